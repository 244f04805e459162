"""A document as the data of the Typst template.

The template reads these values as JSON. No text of a report ever becomes Typst markup, so nothing a person types (`#eval`,
`$x$`, `@cite`, `*`, `]`) can run or break the page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from wres_helpers.publishing.pages.page_checks import Block
from wres_helpers.publishing.pages.report_parts import Document, Section
from wres_helpers.publishing.pages.table_widths import cell_text, column_widths, columns_that_fit, table_lines

# A table of up to so many lines is not broken across pages.
KEPT_TOGETHER = 14


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


def for_paper(document: Document) -> Document:
    """Return a document whose tables fit on a page: one that is too wide is set in parts, each with the first column."""
    sections = [replace(section, blocks=tuple(_parts_for_paper(section.blocks))) for section in document.sections]
    return replace(document, sections=tuple(sections))


def row_headers(document: Document) -> list[bool]:
    """Return for each table of a document, in reading order, whether its first column heads the rows."""
    tables = (block for section in document.sections for block in section.blocks if block["kind"] == "table")
    return [bool(block.get("row_header", True)) for block in tables]


def _parts_for_paper(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        parts = columns_that_fit(block["columns"], block["rows"]) if block["kind"] == "table" else [[]]
        if len(parts) == 1:
            yield block
            continue
        for number, places in enumerate(parts, start=1):
            yield {
                **block,
                "caption": f"{block['caption']} (part {number} of {len(parts)})",
                "columns": [block["columns"][place] for place in places],
                "rows": [[row[place] for place in places] for row in block["rows"]],
                "notes": block.get("notes") if number == len(parts) else [],
            }


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
    weights, size = column_widths(columns, block["rows"])
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
        "breakable": table_lines(weights, block["rows"]) > KEPT_TOGETHER,
    }


def _cell_data(cell: Any) -> dict[str, Any]:
    return {"text": cell_text(cell), "status": cell.get("status") if isinstance(cell, dict) else None}
