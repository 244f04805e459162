"""A document as the data of the Typst template.

The template reads these values as JSON. No text of a report ever becomes Typst markup, so nothing a person types (`#eval`,
`$x$`, `@cite`, `*`, `]`) can run or break the page.
"""

from collections.abc import Sequence
from typing import Any

from wres_helpers.publishing.page_checks import Block
from wres_helpers.publishing.report_parts import Document, Section

# Widths are counted in characters; a line of a table takes about this many at its usual size on A4.
USUAL_LINE = 96
USUAL_SIZE = 9.5
SMALLEST_SIZE = 7.0
LONGEST_TEXT_COLUMN = 46
NARROWEST_TEXT_COLUMN = 14
NARROWEST_COLUMN = 5
CELL_PADDING = 2


def document_data(document: Document) -> dict[str, Any]:
    """Return a document as plain JSON values.

    Returns
    -------
    dict
        ``title organisation year report_title imprint markings is_report missing sections``; a section has ``title failure
        blocks``; blocks are those of a page, tables with column ``weight`` and a ``size`` in points.
    """
    context = document.context
    return {
        "title": document.title,
        "organisation": context.organisation,
        "year": context.year,
        "report_title": context.report_title,
        "imprint": context.imprint,
        "markings": list(document.markings),
        "is_report": document.is_report,
        "missing": [{"title": section.title, "failure": section.failure} for section in document.missing],
        "sections": [_section_data(section) for section in document.sections],
    }


def row_headers(document: Document) -> list[bool]:
    """Return for each table of a document, in reading order, whether its first column heads the rows."""
    tables = (block for section in document.sections for block in section.blocks if block["kind"] == "table")
    return [bool(block.get("row_header", True)) for block in tables]


def column_weights(columns: Sequence[Block], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return how many characters wide each column of a table wants to be.

    A column of numbers is as wide as its longest number, a column of text as its longest text up to a limit; a heading
    may break between words.
    """
    weights = []
    for place, column in enumerate(columns):
        texts = [_cell_text(row[place]) for row in rows]
        longest = max((len(text) for text in texts), default=0)
        words = [len(word) for text in texts for word in text.split()]
        heading = max((len(word) for word in column["label"].split()), default=0)
        heading = max(heading, round(len(column["label"]) / 3))
        if column.get("kind", "text") == "text":
            longest = max(min(longest, LONGEST_TEXT_COLUMN), max(words, default=0))
        extra = 3 if column.get("kind") == "status" else 0
        weights.append(max(longest + extra, heading, NARROWEST_COLUMN) + CELL_PADDING)
    return weights


def table_size(columns: Sequence[Block], weights: Sequence[int]) -> float:
    """Return the type size of a table in points: smaller only where its numbers would not fit, as texts may wrap."""
    needed = sum(
        min(weight, NARROWEST_TEXT_COLUMN) if column.get("kind", "text") == "text" else weight
        for column, weight in zip(columns, weights, strict=True)
    )
    return max(SMALLEST_SIZE, min(USUAL_SIZE, round(USUAL_SIZE * USUAL_LINE / needed, 1)))


def _section_data(section: Section) -> dict[str, Any]:
    return {"title": section.title, "failure": section.failure, "blocks": [_block_data(block) for block in section.blocks]}


def _block_data(block: Block) -> dict[str, Any]:
    if block["kind"] == "table":
        return _table_data(block)
    if block["kind"] == "figure":
        return {**_without_data(block), "notes": block.get("notes") or [], "subtitle": block.get("subtitle") or ""}
    if block["kind"] == "headline":
        defaults = {"status": block.get("status"), "label": block.get("label") or "", "detail": block.get("detail") or ""}
        return {**block, **defaults}
    if block["kind"] == "facts":
        return {"kind": "facts", "items": [{**item, "note": item.get("note") or ""} for item in block["items"]]}
    return {**block, "tone": block.get("tone") or "information"} if block["kind"] == "notice" else block


def _without_data(block: Block) -> Block:
    return {key: value for key, value in block.items() if key != "data"}


def _table_data(block: Block) -> dict[str, Any]:
    columns = block["columns"]
    weights = column_weights(columns, block["rows"])
    return {
        "kind": "table",
        "caption": block["caption"],
        "columns": [
            {"label": column["label"], "kind": column.get("kind", "text"), "weight": weight}
            for column, weight in zip(columns, weights, strict=True)
        ],
        "rows": [[_cell_data(cell) for cell in row] for row in block["rows"]],
        "row_header": bool(block.get("row_header", True)),
        "notes": list(block.get("notes") or []),
        "size": table_size(columns, weights),
    }


def _cell_text(cell: Any) -> str:
    return cell["text"] if isinstance(cell, dict) else str(cell)


def _cell_data(cell: Any) -> dict[str, Any]:
    return {"text": _cell_text(cell), "status": cell.get("status") if isinstance(cell, dict) else None}
