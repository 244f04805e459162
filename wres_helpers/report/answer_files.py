"""Writes an answer to a file: a chart or a table, with title, source and notes in it, so that it can stand alone."""

import csv
import importlib.resources
import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from wres_helpers.report.blocks import Table

#: Endings of files, by what is written.
WRITERS = {"picture": (".png", ".svg", ".pdf"), "table": (".xlsx", ".csv")}

_PAGE = """#let told = json(bytes(sys.inputs.told))
#set page(width: 16cm, height: auto, margin: 0.8cm)
#set text(font: ("Source Sans Pro", "Libertinus Serif"), size: 11pt, lang: "en", region: "GB")
#set document(title: told.title)
#text(size: 14pt, weight: "semibold", told.title)
#image(bytes(told.svg), format: "svg", width: 100%, alt: told.title)
#set text(size: 9pt)
#for note in told.notes [#par(note)]
"""


@dataclass(frozen=True)
class Sheet:
    """What a file of an answer holds: its title, the chart as SVG (or nothing), the table, and the notes."""

    title: str
    svg: str
    table: Table
    notes: tuple[str, ...]


def writer_for(path: Path) -> Callable[[Path, Sheet], None]:
    """Return what writes a file of this name. Raises ValueError where its ending is none that can be written."""
    if path.suffix in WRITERS["picture"]:
        return _write_picture
    if path.suffix in WRITERS["table"]:
        return _write_workbook if path.suffix == ".xlsx" else _write_csv
    endings = ", ".join((*WRITERS["picture"], *WRITERS["table"]))
    raise ValueError(f"The name of the file must end in one of {endings}; it ends in {path.suffix or 'nothing'!r}.")


def _write_picture(path: Path, sheet: Sheet) -> None:
    import typst  # only who saves a picture needs it

    told = json.dumps({"title": sheet.title, "svg": sheet.svg, "notes": list(sheet.notes)}, ensure_ascii=False)
    kind = cast(Literal["png", "svg", "pdf"], path.suffix[1:])  # one of the endings of WRITERS
    made = typst.compile(_PAGE.encode(), format=kind, ppi=200.0, font_paths=_fonts(), sys_inputs={"told": told})  # type: ignore[misc] # its types want text and folders both as bytes
    path.write_bytes(made)


def _fonts() -> list[str]:
    found = importlib.util.find_spec("font_source_sans_pro")
    return [str(importlib.resources.files("font_source_sans_pro") / "files")] if found else []


def _lines(table: Table) -> list[list[str]]:
    body = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in table.rows]
    return [[column.label for column in table.columns], *body]


def _write_csv(path: Path, sheet: Sheet) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([[sheet.title], *_lines(sheet.table), *([note] for note in sheet.notes)])


def _write_workbook(path: Path, sheet: Sheet) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    page = book.active
    page.title = "Answer"
    page.append([sheet.title])
    page["A1"].font = Font(bold=True, size=14)
    lines = _lines(sheet.table)
    for line in lines:
        page.append(line)
    for cell in page[2]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for place, heading in enumerate(lines[0]):
        width = max(len(line[place]) for line in lines[1:]) if len(lines) > 1 else len(heading)
        page.column_dimensions[page.cell(2, place + 1).column_letter].width = min(max(width, 12), 48) + 2
    for note in sheet.notes:
        page.append([note])
    book.properties.title = sheet.title
    book.save(path)
