"""The net under our own report: every number a reader can see is traced to a row that may be shown, or the page fails.

A number counts as traced when the tables hold a value that is written so, in its own kind: per cent and percentage points
only to rates and differences, whole numbers only to counts, decimals to ratios and differences. Where the text says "13 of
37", the two must stand in one row; where it adds "(35.1%)", the arithmetic must hold.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

import pandas as pd

from wres_helpers.publishing.traceable_numbers import Traceable, numbers_in, of_indicators, percent_of, plain_number

#: Numbers that are names: years, dates, bands, indicators, questions, answers of a scale, actions, versions, addresses.
_NAMES = re.compile(
    r"https?://\S+|[\w.-]+@[\w.-]+|\b[0-9a-f]{7,}\b(?=[^%])(?<![0-9]{7})|\b[\w-]+(?:/[\w.-]+)+\.\w+|\bdata/\S+|\bparams/\S+"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d{4})?"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{4}"
    r"|\b(?:19|20)\d\d\s?[-–/]\s?\d{2,4}\b|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}:\d\d(?::\d\d)?\b|\bv?\d+\.\d+\.\d+\w*"
    r"|\b(?:19|20)\d\d\b(?!%| of | people| staff)"
    r"|\b(?:[Uu]nder )?[Bb]ands?\s+\d[a-d]?\b(?:\s*(?:to|and|,|or|-|–)\s*\d[a-d]?\b(?! of))*"
    r"|\b\d[a-d]\b|\b[Ii]ndicators?\s+\d(?:\s*(?:to|and|,|or|-|–|/|\([^)]*\))\s*\d)*(?:\s*\([^)]*\)\s*and\s+\d)?|\b[Qq]uestions?\s+\d+[a-z]?(?:\s*(?:and|\+|,|or)\s*\d{1,2}[a-z]?(?![\d/]))*"
    r"|\b\d+[a-z](?:\s*\+\s*\d+[a-z])*\b|\b\d+-\d+ times\b|\b[Mm]ore than 10 times\b|\b[A-Z]{1,3}\d{1,3}\b|^\s*\d\.\s(?=[A-Z])|\b[Ll]evel \d\b|\b[Pp]age \d+(?: of \d+)?"
)
_NUMBER = re.compile(r"(?<![\w.,])(?P<sign>[+\-−–]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>\s?%|\s+per cent|\s+percentage points?|\s+points?\b)?(?![\w])")
_N = r"\d{1,3}(?:,\d{3})+|\d+"
_OF = re.compile(rf"(?<![\w.,%])({_N}) of (?:the )?({_N})(?![\d.,]*\d)(?!\s*(?:%| to \d))")
_SHARE_FIRST = re.compile(rf"(\d+(?:\.\d+)?)%\s*\(({_N}) of ({_N})\)")
_SHARE_LAST = re.compile(rf"(?<!\d)({_N}) of ({_N})[^()%;.\d]{{0,40}}\((\d+(?:\.\d+)?)%\)")
_SHARE_OF = re.compile(rf"(?<![\d.])(\d+(?:\.\d+)?)% of [^0-9()%;]{{3,160}}\(({_N}) of ({_N})(?![\d,]*\d)(?! against)")
_BOTH = re.compile(rf"(?<![\d.])(\d+(?:\.\d+)?)% of [^0-9()%;]{{3,200}} against (\d+(?:\.\d+)?)% of [^0-9()%;]{{3,200}}\(({_N}) of ({_N}) against ({_N}) of ({_N})\)")
_COUNT_LAST = re.compile(rf"(?<![\d.])(\d+(?:\.\d+)?)% \(({_N})\)")
_INTERVAL = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)% (?:confidence )?intervals?\b")
_BESIDE = re.compile(rf"(?<! of )(?<![\w.,])({_N})(?: (?:people|staff|respondents|of them))? \((\d+(?:\.\d+)?)%\)")
_RANGE = re.compile(
    r"(?<![\w.,])(?P<one>\d+\.\d+)(?P<one_unit>%| percentage points?)? (?:to|and) [+\-−–]?(?P<two>\d+\.\d+)(?![\d.]*\d)(?= ?%| percentage| points?|[\s).,;:]|$)"
)

_SECTION = re.compile(r"Indicators?\s+(\d(?:\s*(?:and|,|to)\s*\d)*)\s*:")

#: Elements whose text no reader sees, and those that end a phrase.
_HIDDEN = frozenset({"style", "script", "template", "head"})
_PHRASES = frozenset({"p", "td", "th", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "div", "dt", "dd", "section", "text", "title", "desc", "tr", "summary", "tspan"})
#: Stands between the cells of a table's row, which is a phrase of its own besides its cells.
_CELLS = "\x1f"
_SPOKEN = ("alt", "aria-label", "title", "summary")


@dataclass(frozen=True)
class Untraced:
    """A number in our own report that leads to no row, or contradicts one.

    Attributes
    ----------
    number
        As the reader sees it.
    place
        ``html``, ``pdf`` or ``figure data``.
    phrase
        The words around it.
    reason
        Why it is refused.
    """

    number: str
    place: str
    phrase: str
    reason: str

    def sentence(self) -> str:
        """Return the refusal as one line."""
        return f"{self.place}: '{self.number}' in \"{self.phrase}\": {self.reason}"


def untraced_numbers(html: str, pdf_text: str, evidence_tables: Mapping[str, pd.DataFrame], narrative_texts: Iterable[str]) -> list[Untraced]:
    """Return every number of a rendered report that leads to no row of the evidence, or contradicts one.

    Parameters
    ----------
    html
        The page: visible text, alternative text, texts in charts and attributes that are read aloud are all looked at.
    pdf_text
        The text of the PDF.
    evidence_tables
        The tables the page was made from, by name; for the board's page the protected ones. Numbers are traced to
        numeric cells, and to the words of text cells (labels, reasons, protected ranges).
    narrative_texts
        Text that people wrote, and the rules that are printed (thresholds, definitions): numbers in it need no row.

    Returns
    -------
    list of Untraced
        One for each number, place and phrase; empty for a report that proves its own figures.
    """
    words = _numbers_of_texts(narrative_texts)
    by_indicators: dict[frozenset[str], Traceable] = {}
    found = []
    for indicators, phrase in dict.fromkeys(_phrases_by_indicator(html)):
        if indicators not in by_indicators:
            by_indicators[indicators] = Traceable.of(of_indicators(evidence_tables, indicators), words)
        found += _check_row(phrase, by_indicators[indicators]) if _CELLS in phrase else _check(phrase, "html", by_indicators[indicators])
    everything = Traceable.of(evidence_tables, words)
    phrases = _phrases_of_text(_without_contents(pdf_text, html)) if pdf_text else []
    found += [problem for phrase in dict.fromkeys(phrases) for problem in _check(phrase, "pdf", everything)]
    return list(dict.fromkeys(found))


def untraced_in_figure_data(figures: Mapping[str, Mapping[str, Sequence]], evidence_tables: Mapping[str, pd.DataFrame], narrative_texts: Iterable[str]) -> list[Untraced]:
    """Return the numbers of the tables behind the charts (``columns`` and ``rows`` by figure) that lead to no row."""
    traceable = Traceable.of(evidence_tables, _numbers_of_texts(narrative_texts))
    found = []
    for name, figure in figures.items():
        for row in figure["rows"]:
            for column, cell in zip(figure["columns"], row, strict=True):
                phrase = f"{name}, {column}: {cell}"
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    if not traceable.value(float(cell)):
                        found.append(Untraced(str(cell), "figure data", phrase, "no row of the evidence holds this value"))
                elif isinstance(cell, str):
                    found += _check(cell, "figure data", traceable)
    return list(dict.fromkeys(found))


class _Phrases(HTMLParser):
    """Collects what a reader of a page sees or hears, phrase by phrase, with the level of its heading (0 for no heading)."""

    def __init__(self) -> None:
        super().__init__()
        self.phrases: list[tuple[int, str]] = []
        self._words: list[str] = []
        self._hidden = 0
        self._level = 0
        self._row: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        if tag in _PHRASES or tag == "br":
            self._end()
        if tag in ("h1", "h2"):
            self._level = int(tag[1])
        if tag == "tr":
            self._row = []
        self.phrases += [(0, value) for name, value in attrs if name in _SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag in _PHRASES:
            self._end()
        if tag in ("h1", "h2"):
            self._level = 0
        if tag == "tr" and self._row is not None:
            self.phrases.append((0, _CELLS.join(["", *self._row])))
            self._row = None

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)

    def _end(self) -> None:
        phrase = " ".join("".join(self._words).split())
        if phrase:
            self.phrases.append((self._level, phrase))
            if self._row is not None:
                self._row.append(phrase)
        self._words = []


def phrases_of_html(html: str) -> list[str]:
    """Return the phrases a reader sees or hears: text, alternative text, labels and titles, and texts in charts."""
    return [phrase for _, phrase in _levelled_phrases(html) if _CELLS not in phrase]


def _levelled_phrases(html: str) -> list[tuple[int, str]]:
    parser = _Phrases()
    parser.feed(html)
    parser.close()
    parser._end()
    return parser.phrases


def _phrases_by_indicator(html: str) -> list[tuple[frozenset[str], str]]:
    """Return each phrase with the indicators its section is about, by the section's heading; none for other sections."""
    indicators: frozenset[str] = frozenset()
    found, section = [], 0
    for level, phrase in _levelled_phrases(html):
        heading = _SECTION.match(phrase) if level else None
        if heading:
            indicators, section = frozenset(re.findall(r"\d", heading[1])), level
        elif level and level <= section:
            # a heading as high as the section's own that names no indicator
            indicators = frozenset()
        found.append((indicators, phrase))
    return found


def _without_contents(pdf_text: str, html: str) -> str:
    """Take the page numbers of the table of contents out of a PDF's text: each follows a heading."""
    headings = {phrase for level, phrase in _levelled_phrases(html) if level}
    for heading in sorted(headings, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, heading.split()))
        pdf_text = re.sub(rf"({words})[\s.]+\d{{1,3}}(?=\s|$)", r"\1\n", pdf_text)
    return pdf_text


def _phrases_of_text(text: str) -> list[str]:
    # a PDF breaks its lines anywhere, so that only sentences and paragraphs are phrases
    joined = re.sub(r"(?<![.:!?])\n(?!\n)", " ", text)
    return [" ".join(part.split()) for part in re.split(r"\n+", joined) if part.strip()]


def _numbers_of_texts(texts: Iterable[str]) -> set[str]:
    return {number for text in texts for number in numbers_in(text)}


def _check(phrase: str, place: str, traceable: Traceable) -> list[Untraced]:
    found = []
    text = _NAMES.sub(lambda match: " " * len(match[0]), phrase)
    for match in _NUMBER.finditer(text):
        if reason := traceable.why_not(match["number"], match["unit"] or "", _stands_alone(text)):
            found.append(Untraced(match[0].strip(), place, _around(phrase, match.start()), reason))
    for match in _OF.finditer(text):
        if not traceable.pair(plain_number(match[1]), plain_number(match[2])):
            found.append(Untraced(match[0], place, _around(phrase, match.start()), "the two numbers do not stand in one row"))
    for match in _BESIDE.finditer(text):
        if not traceable.share(plain_number(match[1]), match[2]):
            found.append(Untraced(match[0], place, _around(phrase, match.start()), "no base in the rows of this number gives this percentage"))
    for match in _COUNT_LAST.finditer(text):
        if not traceable.share(plain_number(match[2]), match[1]):
            found.append(Untraced(match[0], place, _around(phrase, match.start()), "no base in the rows of this number gives this percentage"))
    for match in _INTERVAL.finditer(text):
        if traceable.confidences and plain_number(match[1]) not in traceable.confidences:
            found.append(Untraced(match[0], place, _around(phrase, match.start()), "no interval was calculated with this confidence"))
    for match in _RANGE.finditer(text):
        if not traceable.range(plain_number(match["one"]), plain_number(match["two"])):
            found.append(Untraced(match[0], place, _around(phrase, match.start()), "the two limits do not stand in one row"))
    for share, part, whole in _shares(text):
        if not percent_of(part, whole, share):
            found.append(Untraced(f"{part} of {whole} ({share}%)", place, _around(phrase, phrase.find(part)), "the percentage is not that of the two numbers"))
    return found


def _check_row(row: str, traceable: Traceable) -> list[Untraced]:
    """Hold the percentages of a table's row to the numbers of people in it: each must be a share of or by one of them."""
    cells = [_NAMES.sub(" ", cell).strip() for cell in row.split(_CELLS)]
    people = [plain_number(cell) for cell in cells if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+", cell)]
    shares = [cell.rstrip("%") for cell in cells if re.fullmatch(r"\d+(?:\.\d+)?%", cell)]
    if not people:
        return []
    wrong = [share for share in shares if not any(traceable.row(number, share) for number in people)]
    return [Untraced(f"{share}%", "html", " | ".join(cells)[:110], "no number of people in this row gives this percentage") for share in wrong]


def _stands_alone(text: str) -> bool:
    """Tell whether a phrase is nothing but a number, as in a table's cell or on an axis, where the heading gives its unit."""
    return _NUMBER.sub("", text).strip(" ()+-−–%.,/") == ""


def _shares(text: str) -> list[tuple[str, str, str]]:
    first = [(match[1], match[2], match[3]) for match in _SHARE_FIRST.finditer(text)]
    last = [(match[3], match[1], match[2]) for match in _SHARE_LAST.finditer(text)]
    spelled = [(match[1], match[2], match[3]) for match in _SHARE_OF.finditer(text)]
    both = [pair for match in _BOTH.finditer(text) for pair in ((match[1], match[3], match[4]), (match[2], match[5], match[6]))]
    return first + last + spelled + both


def _around(phrase: str, at: int) -> str:
    start = max(0, at - 50)
    return ("..." if start else "") + phrase[start : at + 60] + ("..." if at + 60 < len(phrase) else "")
