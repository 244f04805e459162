"""What a reader of a page sees or hears, phrase by phrase: text, alternative text, labels, titles and texts in charts."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

#: Stands between the cells of a table's row, which is a phrase of its own besides its cells.
CELLS: Final = "\x1f"

#: Elements whose text no reader sees, those that end a phrase, and attributes that are read aloud.
_HIDDEN = frozenset("style script template head".split())  # noqa: SIM905
_PHRASES = frozenset(
    "p td th tr li dt dd h1 h2 h3 h4 h5 h6 caption figcaption summary div section text tspan title desc br".split()  # noqa: SIM905
)
_SPOKEN = frozenset({"alt", "aria-label", "title", "summary"})
_SECTIONS = ("h1", "h2")
_INDICATORS = re.compile(r"Indicators?\s+(\d(?:\s*(?:and|,|to)\s*\d)*)\s*:")


class _Reader(HTMLParser):
    """Collects phrases with the level of their heading (0 for no heading)."""

    def __init__(self) -> None:
        super().__init__()
        self.phrases: list[tuple[int, str]] = []
        self._words: list[str] = []
        self._row: list[str] | None = None
        self._hidden = 0
        self._level = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag in _PHRASES:
            self.end_phrase()
        if tag in _SECTIONS:
            self._level = int(tag[1])
        if tag == "tr":
            self._row = []
        self.phrases += [(0, value) for name, value in attrs if name in _SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN
        if tag in _PHRASES:
            self.end_phrase()
        if tag in _SECTIONS:
            self._level = 0
        if tag == "tr" and self._row is not None:
            self.phrases.append((0, CELLS.join(["", *self._row])))
            self._row = None

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)

    def end_phrase(self) -> None:
        """Keep what has been read since the last phrase ended."""
        phrase = " ".join("".join(self._words).split())
        self._words = []
        if phrase:
            self.phrases.append((self._level, phrase))
            if self._row is not None:
                self._row.append(phrase)


def _levelled_phrases(html: str) -> list[tuple[int, str]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_phrase()
    return reader.phrases


def phrases_of_html(html: str) -> list[str]:
    """Return every phrase of a page."""
    return [phrase for _, phrase in _levelled_phrases(html) if CELLS not in phrase]


def phrases_by_indicator(html: str) -> Iterator[tuple[frozenset[str], str]]:
    """Give each phrase, and each table row, with the indicators its section is about; none for other sections.

    A section is about indicators if its heading begins with them: "Indicators 5 and 6: ...".
    """
    indicators: frozenset[str] = frozenset()
    section = 0
    for level, phrase in _levelled_phrases(html):
        heading = _INDICATORS.match(phrase) if level else None
        if heading:
            indicators, section = frozenset(re.findall(r"\d", heading[1])), level
        elif level and level <= section:
            # a heading as high as the section's own that names no indicator
            indicators = frozenset()
        yield indicators, phrase


def indicators_of_page(html: str) -> frozenset[str]:
    """Return the indicators a whole page is about, by its one main heading; none where it has several or names none."""
    titles = [phrase for level, phrase in _levelled_phrases(html) if level == 1]
    heading = _INDICATORS.match(titles[0]) if len(titles) == 1 else None
    return frozenset(re.findall(r"\d", heading[1])) if heading else frozenset()


def phrases_of_pdf(text: str, html: str) -> list[str]:
    """Return the sentences and paragraphs of a PDF's text; the page numbers of its contents are taken out.

    A PDF breaks its lines anywhere. Page numbers are known by the headings, as the HTML has them, that they follow.
    """
    headings = {phrase for level, phrase in _levelled_phrases(html) if level}
    for heading in sorted(headings, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, heading.split()))
        text = re.sub(rf"({words})[\s.]+\d{{1,3}}(?=\s|$)", r"\1\n", text)
    joined = re.sub(r"(?<![.:!?])\n(?!\n)", " ", text)
    return [" ".join(part.split()) for part in re.split(r"\n+", joined) if part.strip()]
