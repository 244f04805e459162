"""Outputs of an analyst's working cells (DataFrames, printed text, stray pictures) as blocks for the working copy."""

from collections.abc import Mapping
from typing import Any

from wres_helpers.publishing.pages.page_checks import Block

_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")


def working_blocks(output: Mapping[str, Any], place: str) -> list[Block]:
    """Return one output of a cell (nbformat 4) that is not one of the pack's blocks; `place` names section and cell in captions.

    Tables of pandas become plain tables with a caption and headed columns; every other HTML is reduced to its words. A
    picture has no description, so its place is marked instead of being passed over.
    """
    if output.get("output_type") == "stream":
        text = output.get("text", "")
        return [{"kind": "output", "text": text.rstrip()}] if text.strip() else []
    data = output.get("data", {})
    if any(kind in data for kind in _PICTURES):
        text = f"{place} shows a picture without a description. Open the notebook to see it, or draw it with wres_helpers.report."
        return [{"kind": "notice", "tone": "information", "title": "Picture left out", "text": text}]
    if "text/html" in data:
        return _html_blocks(data["text/html"], place)
    text = data.get("text/plain", "")
    return [{"kind": "output", "text": text}] if text.strip() else []


def _html_blocks(source: str, place: str) -> list[Block]:
    from lxml import html  # a board's pages are made without it

    root = html.fragment_fromstring(source, create_parent="div")
    tables = [table for table in root.iter("table") if table.find(".//tr") is not None]
    if not tables:
        text = _words(root)
        return [{"kind": "output", "text": text}] if text else []
    slug = "".join(letter if letter.isalnum() else "-" for letter in place)
    return [_table_block(table, f"{slug}-table-{number}", place) for number, table in enumerate(tables, start=1)]


def _words(element: Any) -> str:
    """Return the words of an element; those of scripts and styles are none."""
    texts = (text.strip() for text in element.xpath(".//text()[not(parent::script or parent::style)]"))
    return " ".join(text for text in texts if text)


def _table_block(table: Any, identifier: str, place: str) -> Block:
    rows = [[_words(cell) for cell in row.iter("th", "td")] for row in table.iter("tr")]
    head_rows = sum(1 for head in table.iter("thead") for _ in head.iter("tr")) or 1
    width = max((len(row) for row in rows), default=1)
    body = [row + [""] * (width - len(row)) for row in rows[head_rows:]]
    columns = [
        {"label": label, "kind": "number" if _numeric([row[number] for row in body]) else "text"}
        for number, label in enumerate(_labels(rows[:head_rows], width))
    ]
    caption = table.find(".//caption")
    return {
        "kind": "table",
        "id": identifier,
        "caption": f"Working table ({place})" if caption is None else _words(caption),
        "columns": columns,
        "rows": body,
        "row_header": any(part.find(".//th") is not None for part in table.iter("tbody")),
        "notes": [],
        "working": True,
    }


def _labels(head: list[list[str]], width: int) -> list[str]:
    """Return one heading a column; pandas puts the name of the index into a second, nearly empty row."""
    padded = [[""] * (width - len(row)) + row for row in head]
    labels = [" ".join(filter(None, column)) for column in zip(*padded, strict=True)]
    return [label or ("Row" if number == 0 else f"Column {number + 1}") for number, label in enumerate(labels)]


def _numeric(cells: list[str]) -> bool:
    told = [cell.replace(",", "").replace("%", "").replace("−", "-") for cell in cells if cell not in ("", "NaN", "None")]
    try:
        return bool([float(cell) for cell in told])
    except ValueError:
        return False
