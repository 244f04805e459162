"""The net under our own report: every number a reader can see is traced to a row that may be shown, or the page fails.

A number counts as traced when the tables hold a value that is written so, in its own kind: per cent and percentage points
only to rates and differences, whole numbers only to counts, decimals to ratios and differences. Where the text says "13 of
37", the two must stand in one row; where it adds "(35.1%)", the arithmetic must hold. A section about one indicator may
print only what its own rows, and those of the workforce, hold.

What it cannot see: a wrong number that by chance is another row's of the same indicator (of numbers replaced at random nine in
ten are refused), and letters drawn as shapes in a chart, whose alternative text and data it reads; tests hold those letters.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from support.prose_reader import number_patterns as patterns
from support.prose_reader.page_phrases import CELLS, indicators_of_page, phrases_by_indicator, phrases_of_pdf
from support.prose_reader.traceable_numbers import Traceable, numbers_in, percent_of, plain_number
from support.prose_reader.traceable_rows import TraceableRows


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


def untraced_numbers(html: str, pdf_text: str, rows: TraceableRows, texts: Iterable[str]) -> list[Untraced]:
    """Return every number of a rendered report that leads to no row of the evidence, or contradicts one.

    Parameters
    ----------
    html
        The page: visible text, alternative text, texts in charts and attributes that are read aloud are all looked at.
    pdf_text
        The text of the PDF.
    rows
        Those the page was made from; for the board's page the protected ones. Numbers are traced to
        numeric cells, and to the words of text cells (labels, reasons, protected ranges).
    texts
        The action plan, and the rules that are printed (thresholds, definitions): numbers in them need no row.

    Returns
    -------
    list of Untraced
        One for each number, place and phrase; empty for a report that proves its own figures.
    """
    words = _numbers_of_texts(texts)
    by_indicators: dict[frozenset[str], Traceable] = {}
    found: list[Untraced] = []
    for indicators, phrase in dict.fromkeys(phrases_by_indicator(html)):
        if indicators not in by_indicators:
            by_indicators[indicators] = rows.about(indicators).with_words(words)
        check = _in_a_row if CELLS in phrase else _in_a_phrase
        found += _refusals(phrase, "html", check(phrase, by_indicators[indicators]))
    if pdf_text:
        page = rows.about(indicators_of_page(html)).with_words(words)
        for phrase in dict.fromkeys(phrases_of_pdf(pdf_text, html)):
            found += _refusals(phrase, "pdf", _in_a_phrase(phrase, page))
    return list(dict.fromkeys(found))


def untraced_in_figure_data(
    figures: Mapping[str, Mapping[str, Sequence]],
    rows: TraceableRows,
    texts: Iterable[str],
    indicators: frozenset[str] = frozenset(),
) -> list[Untraced]:
    """Return the numbers of the tables behind the charts (table blocks by figure) that lead to no row.

    Only rows of the given indicators count, where the page the charts stand on is about some.
    """
    traceable = rows.about(indicators).with_words(_numbers_of_texts(texts))
    found: list[Untraced] = []
    for name, figure in figures.items():
        for row in (*figure["rows"], *figure.get("file_rows", ())):
            for column, cell in zip(figure["columns"], row, strict=True):
                refused = _in_a_cell(cell, traceable)
                found += [Untraced(number, "figure data", f"{name}, {column['label']}: {cell}", reason) for number, reason, _ in refused]
    return list(dict.fromkeys(found))


_A_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_A_SHARE = re.compile(r"\d+(?:\.\d+)?%")
#: What stands where a number is hidden or missing: a range of people, a bound, a marker, words.
_HIDDEN = re.compile(r"\d to \d|\b(?:fewer|less|more) than\b|\[\w+\]|\bnot (?:supplied|shown|calculable)\b|\*")

#: A number that is refused, why, and where in the phrase it stands.
_Refused = tuple[str, str, int]


def _refusals(phrase: str, place: str, refused: Iterator[_Refused]) -> list[Untraced]:
    readable = " | ".join(part for part in phrase.split(CELLS) if part)
    return [Untraced(number, place, _around(readable, at), reason) for number, reason, at in refused]


def _around(phrase: str, at: int) -> str:
    start = max(0, at - 50)
    return ("..." if start else "") + phrase[start : at + 60] + ("..." if at + 60 < len(phrase) else "")


def _numbers_of_texts(texts: Iterable[str]) -> set[str]:
    return {number for text in texts for number in numbers_in(text)}


def _in_a_phrase(phrase: str, traceable: Traceable) -> Iterator[_Refused]:
    text = patterns.NAMES.sub(lambda match: " " * len(match[0]), phrase)
    alone = _stands_alone(text)
    for match in patterns.NUMBER.finditer(text):
        if reason := traceable.why_not(match["number"], match["unit"] or "", alone):
            yield match[0].strip(), reason, match.start()
    for pattern, holds, reason in _TOGETHER:
        for match in pattern.finditer(text):
            if not holds(traceable, *match.groups()):
                yield match[0], reason, match.start()
    for share, part, whole in patterns.shares_with_their_counts(text):
        if not percent_of(part, whole, share):
            yield f"{part} of {whole} ({share}%)", "the percentage is not that of the two numbers", text.find(share)


_NO_ROW = "the two numbers do not stand in one row"
_NO_INTERVAL = "no interval was calculated with this confidence"
_NO_BASE = "no base in the rows of this number gives this percentage"

#: Numbers that belong together: how they stand in a text, what must hold of them, and what is said if it does not.
_TOGETHER = (
    (patterns.PART_OF, lambda known, part, whole: known.pair(plain_number(part), plain_number(whole)), _NO_ROW),
    (patterns.NUMBER_THEN_SHARE, lambda known, number, share: known.share(plain_number(number), share), _NO_BASE),
    (patterns.SHARE_THEN_NUMBER, lambda known, share, number: known.share(plain_number(number), share), _NO_BASE),
    (patterns.INTERVAL, lambda known, confidence: known.confidence(plain_number(confidence)), _NO_INTERVAL),
    (patterns.RANGE, lambda known, one, two: known.range(plain_number(one), plain_number(two)), "the two limits do not stand in one row"),
)  # fmt: skip


def _in_a_row(row: str, traceable: Traceable) -> Iterator[_Refused]:
    """Hold the percentages of a table's row to the numbers of people in it: each must be a share of or by one of them.

    In a row with a hidden number a percentage may be that of the hidden one, so nothing is held against it.
    """
    cells = [patterns.NAMES.sub(" ", cell).strip() for cell in row.split(CELLS)]
    people = [plain_number(cell) for cell in cells if _A_COUNT.fullmatch(cell)]
    if not people or any(_HIDDEN.search(cell) for cell in cells):
        return
    for share in (cell.rstrip("%") for cell in cells if _A_SHARE.fullmatch(cell)):
        if not any(traceable.row(number, share) for number in people):
            yield f"{share}%", "no number of people in this row gives this percentage", 0


def _in_a_cell(cell: object, traceable: Traceable) -> Iterator[_Refused]:
    if isinstance(cell, str):
        yield from _in_a_phrase(cell, traceable)
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and not traceable.value(float(cell)):
        yield str(cell), "no row of the evidence holds this value", 0


def _stands_alone(text: str) -> bool:
    """Tell whether a phrase is nothing but a number, as in a table's cell or on an axis, where the heading gives its unit."""
    return patterns.NUMBER.sub("", text).strip(" ()+-−–%.,/") == ""
