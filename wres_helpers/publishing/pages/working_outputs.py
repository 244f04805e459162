"""Outputs of an analyst's working cells (DataFrames, printed text, stray pictures) as blocks for the working copy."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wres_helpers.publishing.pages.page_checks import Block

if TYPE_CHECKING:  # a board's pages are made without it
    from bs4 import Tag

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
        return _html_blocks(_joined(data["text/html"]), place)
    text = _joined(data.get("text/plain", ""))
    return [{"kind": "output", "text": text}] if text.strip() else []


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _html_blocks(html: str, place: str) -> list[Block]:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    # Only words are taken over; those of scripts and styles are no words to BeautifulSoup.
    tables = [table for table in soup.find_all("table") if table.find("tr")]
    if not tables:
        text = soup.get_text(" ", strip=True)
        return [{"kind": "output", "text": text}] if text else []
    slug = "".join(letter if letter.isalnum() else "-" for letter in place)
    return [_table_block(table, f"{slug}-table-{number}", place) for number, table in enumerate(tables, start=1)]


def _table_block(table: "Tag", identifier: str, place: str) -> Block:
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    # not by a CSS selector: compiling one costs more than reading all tables of a report
    head_rows = sum(len(head.find_all("tr")) for head in table.find_all("thead")) or 1
    width = max((len(row) for row in rows), default=1)
    body = [row + [""] * (width - len(row)) for row in rows[head_rows:]]
    columns = [
        {"key": f"column_{number}", "label": label, "kind": "number" if _numeric([row[number] for row in body]) else "text"}
        for number, label in enumerate(_labels(rows[:head_rows], width))
    ]
    caption = table.find("caption")
    return {
        "kind": "table",
        "id": identifier,
        "caption": caption.get_text(" ", strip=True) if caption is not None else f"Working table ({place})",
        "columns": columns,
        "rows": body,
        "row_header": any(part.find("th") for part in table.find_all("tbody")),
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
