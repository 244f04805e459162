"""A document as the data of the Typst template.

The template reads these values as JSON. No text of a report ever becomes Typst markup, so nothing a person types (`#eval`,
`$x$`, `@cite`, `*`, `]`) can run or break the page.
"""

from collections.abc import Sequence
from typing import Any

from wres_helpers.publishing.page_checks import Block
from wres_helpers.publishing.report_parts import Document, Section

# Widths are counted in characters; a line of a table takes about this many at its usual size on A4.
USUAL_LINE = 104
USUAL_SIZE = 9.5
SMALLEST_SIZE = 7.0
# A text of up to so many characters is kept on one line; a longer one may wrap.
KEPT_WHOLE = 14
LONGEST_WANTED = 64
NARROWEST_COLUMN = 4
CELL_PADDING = 3
# A status stands in a chip with a shape before it, which takes a little more room than its words.
CHIP = 1


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


def column_weights(columns: Sequence[Block], rows: Sequence[Sequence[Any]]) -> tuple[list[float], float]:
    """Return how wide each column of a table should be, and its type size.

    Every column gets what it needs (numbers and short texts unbroken); what is left of the line goes to the columns with
    much to say. The type is set smaller only where the needs alone do not fit on a line.

    Returns
    -------
    tuple of list of float and float
        Widths in characters, in the order of the columns, and the size in points.
    """
    texts = [[_cell_text(row[place]) for row in rows] for place in range(len(columns))]
    needed = [_needed(column, cells) for column, cells in zip(columns, texts, strict=True)]
    wanted = [max(_wanted(cells), need) for cells, need in zip(texts, needed, strict=True)]
    size = max(SMALLEST_SIZE, min(USUAL_SIZE, round(USUAL_SIZE * USUAL_LINE / sum(needed), 1)))
    missing = sum(wanted) - sum(needed)
    spare = max(USUAL_LINE - sum(needed), 0)
    share = min(spare / missing, 1) if missing else 0
    return [need + share * (want - need) for need, want in zip(needed, wanted, strict=True)], size


def _needed(column: Block, cells: Sequence[str]) -> int:
    """Return the width below which a column would break words, or texts that belong on one line."""
    parts = [cell if len(cell) <= KEPT_WHOLE else max(cell.split(), key=len, default="") for cell in cells]
    heading = max(column["label"].split(), key=len, default="")
    if column.get("kind") == "status":
        return max(*(len(cell) for cell in cells), 0, len(heading)) + CHIP + CELL_PADDING
    longest = max((len(part) for part in [*parts, heading]), default=0)
    # A heading may take three lines, not more.
    return max(longest, round(len(column["label"]) / 3), NARROWEST_COLUMN) + CELL_PADDING


def _wanted(cells: Sequence[str]) -> int:
    """Return the width a column would like: its longest text, unless that is an exception among short ones."""
    lengths = [len(cell) for cell in cells] or [0]
    typical = 1.6 * sum(lengths) / len(lengths)
    return round(min(max(lengths), max(typical, 2 * KEPT_WHOLE), LONGEST_WANTED)) + CELL_PADDING


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
    weights, size = column_weights(columns, block["rows"])
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
        "size": size,
    }


def _cell_text(cell: Any) -> str:
    return cell["text"] if isinstance(cell, dict) else str(cell)


def _cell_data(cell: Any) -> dict[str, Any]:
    return {"text": _cell_text(cell), "status": cell.get("status") if isinstance(cell, dict) else None}
