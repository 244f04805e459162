"""The blocks a notebook cell shows: one frozen dataclass for each kind.

A block is data, not markup. Its JSON form is the single truth from which both the HTML page and the PDF are made,
so the two cannot disagree; the HTML form exists only so that a person working in JupyterLab sees the same thing.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar

from wres_helpers.report.form.block_faults import faults_of
from wres_helpers.report.form.numbers import cited
from wres_helpers.report.form.topics import topics_in

MIME_TYPE = "application/vnd.wres.block+json"
# Text that a number leaves behind when a missing value is formatted by accident. It must never reach a reader.
_ACCIDENTS = re.compile(r"(?<![\w-])(nan|NaN|NaT|inf|-inf|<NA>)(?![\w-])")


class BlockError(ValueError):
    """A block that may not be shown: a missing value in its text, a chart without words, a ragged table."""


def texts_in(value: Any, unseen: Collection[str] = ()) -> Iterator[str]:
    """Give every text inside a plain value, but for what stands under some keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for each in (each for key, each in value.items() if key not in unseen) if isinstance(value, Mapping) else value:
            yield from texts_in(each, unseen)


@dataclass(frozen=True)
class Block:
    """What all blocks share: a kind (the name of the class), a JSON form, and the way Jupyter asks for them.

    Every text of a block is looked at when it is made: one that holds a missing value raises BlockError.
    """

    kind: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls.kind = cls.__name__.lower()

    def __post_init__(self) -> None:
        content = self._content()
        for text in texts_in(content, ("svg",)):
            if text.strip() == "None" or _ACCIDENTS.search(text):
                raise BlockError(f"{self.kind}: a missing value was about to be shown as text: {text[:80]!r}.")
        for expected, found, _ in faults_of(content):
            raise BlockError(f"{self.kind}: {expected} is needed; found {found}.")

    def _content(self) -> dict[str, Any]:
        # an object of its fields, whatever is a dataclass in it likewise
        return json.loads(json.dumps(self, default=lambda each: ({"kind": each.kind} if isinstance(each, Block) else {}) | vars(each)))

    def to_json(self) -> dict[str, Any]:
        """Return the block as plain JSON: kind and fields, under ``cited`` the values behind its numbers, under ``about`` the topics of texts."""
        content, about = self._content(), dict(topics_in(self))
        return content | {"cited": cited(texts_in(content, ("svg",)))} | ({"about": about} if about else {})

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        from wres_helpers.report.form.block_html import in_notebook

        content = self.to_json()
        return {
            MIME_TYPE: content,
            "text/html": in_notebook(content),
            "text/plain": f"({self.kind} of the WRES report)",  # without numbers: it stays in saved notebooks where nobody looks for it
        }


@dataclass(frozen=True)
class Headline(Block):
    """One status and one sentence that a board member can repeat; ``anchor`` is where words lead to it, and ``heads`` that its label is a heading."""

    text: str
    detail: str = ""
    status: str | None = None
    label: str = ""
    anchor: str = ""
    heads: bool = False


@dataclass(frozen=True)
class Prose(Block):
    """Computed sentences, as paragraphs of plain text."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Markdown(Block):
    """Text that people wrote, in limited Markdown; ``text_name`` is the name under which it is looked up when a page is made."""

    source: str
    title: str | None = None
    text_name: str | None = None

    def __post_init__(self) -> None:
        """Take the text as it is: people may write 'nan' where we may not."""


@dataclass(frozen=True)
class Column:
    """One column of a table; `kind` is text, number, status, interval, years, or folded: long texts of an analyst, open at their first words."""

    label: str
    kind: str = "text"


@dataclass(frozen=True)
class StatusCell:
    """A table cell that shows a status: its words and its code."""

    text: str
    status: str


@dataclass(frozen=True)
class IntervalCell:
    """A table cell that draws a value with its interval: places on a line from 0 to 1, cut at its ends; the words say the same."""

    text: str
    value: float
    lower: float
    upper: float
    neutral: float = 0.5


@dataclass(frozen=True)
class YearsCell:
    """A table cell that draws stretches of years that may be joined: places (across, down) from 0 to 1; the words tell the last one."""

    text: str
    years: tuple[tuple[tuple[float, float], ...], ...]


Cell = str | StatusCell | IntervalCell | YearsCell


@dataclass(frozen=True)
class Table(Block):
    """One table: every cell is text that is ready to be shown; ``file_rows`` stand at the end of its file only, ``behind`` folds it away."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_header: bool = True
    notes: tuple[str, ...] = ()
    file_rows: tuple[tuple[str, ...], ...] = ()
    behind: bool = False
    keys: int = 0  # so many of the notes, the first, say what the marks of a drawing mean, for the eye alone; of a figure, too


@dataclass(frozen=True)
class Figure(Block):
    """One chart with the words that stand for it, and the table behind it, its file of figures too."""

    id: str
    title: str
    subtitle: str
    svg: str
    alt: str
    numbers: Table
    notes: tuple[str, ...] = ()
    keys: int = 0


@dataclass(frozen=True)
class Fact:
    """One figure of the key facts."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Facts(Block):
    """A few figures set large."""

    items: tuple[Fact, ...]


@dataclass(frozen=True)
class Notice(Block):
    """Something the reader has to know before reading on; ``text_name`` is that of a text nobody has written yet."""

    title: str
    text: str
    tone: str = "information"
    text_name: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.tone not in ("information", "warning"):
            raise BlockError(f"notice: tone must be information or warning, not {self.tone!r}.")


@dataclass(frozen=True)
class Finding:
    """One of the findings that matter most: what was found, and small behind it where it comes from."""

    text: str
    source: str


@dataclass(frozen=True)
class Findings(Block):
    """The findings that matter most, numbered in the order of their weight; ``lead`` says of how many, where there are more."""

    items: tuple[Finding, ...]
    lead: str = ""


@dataclass(frozen=True)
class Standing:
    """Where one indicator stands: its number and name, its comparison, and what is heard before its brackets."""

    name: str
    beside: str = ""
    heard: str = ""


@dataclass(frozen=True)
class Alike:
    """The indicators of one status: its code, its words, and what it means of all of them."""

    status: str
    label: str
    clause: str
    items: tuple[Standing, ...]


@dataclass(frozen=True)
class Standings(Block):
    """All indicators below their statuses, small enough for page one; ``key`` says how their comparisons are read."""

    title: str
    key: str
    lists: tuple[Alike, ...]


@dataclass(frozen=True)
class Panel:
    """A heading with a few points below it; so many, the first, are ``numbered``."""

    title: str
    points: tuple[str, ...]
    numbered: int = 0


@dataclass(frozen=True)
class Panels(Block):
    """Panels beside one another: what changed, what is not known, what is to be decided."""

    items: tuple[Panel, ...]


@dataclass(frozen=True)
class Card:
    """One action: its text, how far it has come (code and words), and what else is known; ``anchor`` where sentences lead to it by its number."""

    title: str
    text: str
    status: str
    label: str
    details: tuple[tuple[str, str], ...]
    anchor: str = ""


@dataclass(frozen=True)
class Cards(Block):
    """Cards one after the other, such as actions; ``lead`` says what is true of all, ``numbers`` is their file, ``led_to`` the place of all."""

    items: tuple[Card, ...]
    id: str
    numbers: Table
    lead: str = ""
    led_to: str = ""


#: What each kind of block must have, by the name of the kind.
KINDS: Mapping[str, tuple[str, ...]] = {
    each.kind: tuple(field.name for field in fields(each) if field.default is MISSING) for each in Block.__subclasses__()
}


def show(*blocks: Block) -> None:
    """Display several blocks one after the other in one notebook cell."""
    from IPython.display import display

    display(*blocks)
