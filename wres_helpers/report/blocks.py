"""The blocks a notebook cell shows: one frozen dataclass for each kind.

A block is data, not markup. Its JSON form is the single truth from which both the HTML page and the PDF are made,
so the two cannot disagree; the HTML form exists only so that a person working in JupyterLab sees the same thing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

MIME_TYPE = "application/vnd.wres.block+json"

# Text that a number leaves behind when a missing value is formatted by accident. It must never reach a reader.
_ACCIDENTS = re.compile(r"(?<![\w-])(nan|NaN|NaT|inf|-inf|<NA>)(?![\w-])")
MINIMUM_ALTERNATIVE_WORDS = 8


class BlockError(ValueError):
    """A block that may not be shown: a missing value in its text, a chart without words, a ragged table."""


def _checked(text: str, where: str) -> str:
    if not isinstance(text, str):
        raise BlockError(f"{where}: expected text, found {type(text).__name__}.")
    if text.strip() == "None" or _ACCIDENTS.search(text):
        raise BlockError(f"{where}: a missing value was about to be shown as text: {text[:80]!r}.")
    return text


@dataclass(frozen=True)
class Block:
    """What all blocks share: a kind, a JSON form, and the way Jupyter asks for them."""

    kind: ClassVar[str] = ""

    def to_json(self) -> dict[str, Any]:
        """Return the block as the plain dictionary of the block contract."""
        raise NotImplementedError

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        from wres_helpers.report.block_html import block_html, notebook_style

        content = self.to_json()
        return {
            MIME_TYPE: content,
            "text/html": notebook_style() + block_html(content),
            # No numbers here: this fallback survives in saved notebooks where nobody looks for it.
            "text/plain": f"({self.kind} of the WRES report)",
        }


@dataclass(frozen=True)
class Headline(Block):
    """One status and one sentence that a board member can repeat."""

    kind: ClassVar[str] = "headline"
    text: str
    detail: str = ""
    status: str | None = None
    label: str = ""

    def __post_init__(self) -> None:
        for name in ("text", "detail", "label"):
            _checked(getattr(self, name), f"headline {name}")

    def to_json(self) -> dict[str, Any]:
        """Return the block as the plain dictionary of the block contract."""
        return {
            "kind": self.kind,
            "status": self.status,
            "label": self.label,
            "text": self.text,
            "detail": self.detail,
        }


@dataclass(frozen=True)
class Prose(Block):
    """Computed sentences, as paragraphs of plain text."""

    kind: ClassVar[str] = "prose"
    paragraphs: tuple[str, ...]

    def __post_init__(self) -> None:
        for paragraph in self.paragraphs:
            _checked(paragraph, "prose")

    def to_json(self) -> dict[str, Any]:
        """Return the block as the plain dictionary of the block contract."""
        return {"kind": self.kind, "paragraphs": list(self.paragraphs)}


@dataclass(frozen=True)
class Markdown(Block):
    """Text that people wrote, in limited Markdown."""

    kind: ClassVar[str] = "markdown"
    source: str
    title: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the block as the plain dictionary of the block contract."""
        return {"kind": self.kind, "source": self.source, "title": self.title}


@dataclass(frozen=True)
class Column:
    """One column of a table; `kind` is text, number or status."""

    key: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class StatusCell:
    """A table cell that shows a status: its words and its code."""

    text: str
    status: str


@dataclass(frozen=True)
class Table(Block):
    """One table: every cell is text that is ready to be shown."""

    kind: ClassVar[str] = "table"
    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | StatusCell, ...], ...]
    row_header: bool = True
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.caption.strip():
            raise BlockError(f"table {self.id}: a table needs a caption.")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise BlockError(f"table {self.id}: a row has {len(row)} cells for {len(self.columns)} columns.")
            for cell in row:
                _checked(cell.text if isinstance(cell, StatusCell) else cell, f"table {self.id}")

    def to_json(self) -> dict[str, Any]:
        """Return the block as the plain dictionary of the block contract."""
        return {
            "kind": self.kind,
            "id": self.id,
            "caption": self.caption,
            "columns": [{"key": c.key, "label": c.label, "kind": c.kind} for c in self.columns],
            "rows": [[_cell_json(cell) for cell in row] for row in self.rows],
            "row_header": self.row_header,
            "notes": list(self.notes),
        }


def _cell_json(cell: str | StatusCell) -> str | dict[str, str]:
    return {"text": cell.text, "status": cell.status} if isinstance(cell, StatusCell) else cell


@dataclass(frozen=True)
class Figure(Block):
    """One chart with the words that stand for it and the figures behind it."""

    kind: ClassVar[str] = "figure"
    id: str
    title: str
    subtitle: str
    svg: str
    alt: str
    data: Mapping[str, Any]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("title", "subtitle", "alt"):
            _checked(getattr(self, name), f"figure {self.id} {name}")
        if len(self.alt.split()) < MINIMUM_ALTERNATIVE_WORDS or self.alt.strip() == self.title.strip():
            raise BlockError(f"figure {self.id}: the alternative text must say what the chart shows.")
        if "<!--" in self.svg:
            raise BlockError(f"figure {self.id}: the picture carries comments.")

    def to_json(self) -> dict[str, Any]:
        """Return the block as the plain dictionary of the block contract."""
        return {
            "kind": self.kind,
            "id": self.id,
            "title": self.title,
            "subtitle": self.subtitle,
            "svg": self.svg,
            "alt": self.alt,
            "data": {"columns": list(self.data["columns"]), "rows": [list(row) for row in self.data["rows"]]},
            "notes": list(self.notes),
        }


@dataclass(frozen=True)
class Fact:
    """One figure of the key facts."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Facts(Block):
    """A few figures set large."""

    kind: ClassVar[str] = "facts"
    items: tuple[Fact, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        for item in self.items:
            for name in ("label", "value", "note"):
                _checked(getattr(item, name), f"fact {item.label}")

    def to_json(self) -> dict[str, Any]:
        """Return the block as the plain dictionary of the block contract."""
        items = [{"label": item.label, "value": item.value, "note": item.note} for item in self.items]
        return {"kind": self.kind, "items": items}


@dataclass(frozen=True)
class Notice(Block):
    """Something the reader has to know before reading on."""

    kind: ClassVar[str] = "notice"
    title: str
    text: str
    tone: str = "information"

    def __post_init__(self) -> None:
        if self.tone not in ("information", "warning"):
            raise BlockError(f"notice: tone must be information or warning, not {self.tone!r}.")
        _checked(self.title, "notice title")
        _checked(self.text, "notice text")

    def to_json(self) -> dict[str, Any]:
        """Return the block as the plain dictionary of the block contract."""
        return {"kind": self.kind, "tone": self.tone, "title": self.title, "text": self.text}


def show(*blocks: Block) -> None:
    """Display several blocks one after the other in one notebook cell."""
    from IPython.display import display

    for block in blocks:
        display(block)
