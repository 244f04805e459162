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
    body = rows[head_rows:]
    width = max((len(row) for row in rows), default=1)
    labels = _labels(rows[:head_rows], width)
    body = [row + [""] * (width - len(row)) for row in body]
    columns = [
        {"key": f"column_{place_}", "label": label, "kind": "number" if _numeric(body, place_) else "text"}
        for place_, label in enumerate(labels)
    ]
    caption = table.find("caption")
    words = caption.get_text(" ", strip=True) if caption is not None else f"Working table ({place})"
    has_index = any(body.find("th") for body in table.find_all("tbody"))
    return {
        "kind": "table",
        "id": identifier,
        "caption": words,
        "columns": columns,
        "rows": body,
        "row_header": has_index,
        "notes": [],
        "working": True,
    }


def _labels(head: list[list[str]], width: int) -> list[str]:
    """Return one heading a column; pandas puts the name of the index into a second, nearly empty row."""
    labels = [""] * width
    for row in head:
        offset = width - len(row)
        for place, label in enumerate(row):
            labels[place + offset] = " ".join(part for part in (labels[place + offset], label) if part)
    return [label or ("Row" if place == 0 else f"Column {place + 1}") for place, label in enumerate(labels)]


def _numeric(rows: list[list[str]], place: int) -> bool:
    cells = [row[place].replace(",", "").replace("%", "").replace("−", "-") for row in rows if row[place] not in ("", "NaN", "None")]
    return bool(cells) and all(_is_number(cell) for cell in cells)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
