"""Writes an answer to a file: a chart or a table, with title, source and notes in it, so that it can stand alone."""

import csv
import json
from pathlib import Path
from typing import Literal, cast

from wres_helpers.report.blocks import Figure, Notice, Table
from wres_helpers.report.drawing import font_folder

_PICTURES, _TABLES = (".png", ".svg", ".pdf"), (".xlsx", ".csv")

_PAGE = """#let told = json(bytes(sys.inputs.told))
#set page(width: 16cm, height: auto, margin: 0.8cm)
#set text(font: ("Source Sans Pro", "Libertinus Serif"), size: 11pt, lang: "en", region: "GB")
#set document(title: told.title)
#text(size: 14pt, weight: "semibold", told.title)
#image(bytes(told.svg), format: "svg", width: 100%, alt: told.title)
#set text(size: 9pt)
#for note in told.notes [#par(note)]
"""


def write_answer(path: Path, table: Table, chart: Figure | Notice) -> None:
    """Write the chart (.png, .svg, .pdf) or the table (.xlsx, .csv); the caption of the table is the title of both.

    Raises ValueError where the ending is another, or there is no chart to draw.
    """
    ending = path.suffix.lower()
    if ending not in (*_PICTURES, *_TABLES):
        endings = ", ".join((*_PICTURES, *_TABLES))
        raise ValueError(f"The name of the file must end in one of {endings}; it ends in {path.suffix or 'nothing'!r}.")
    if ending in _PICTURES and isinstance(chart, Notice):
        raise ValueError(f"{chart.text} Save a table instead: a name that ends in .xlsx or .csv.")
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(chart, Figure) and ending in _PICTURES:
        _write_picture(path, table, chart, cast(Literal["png", "svg", "pdf"], ending[1:]))
    elif ending == ".xlsx":
        _write_workbook(path, table)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(_lines(table))


def _write_picture(path: Path, table: Table, chart: Figure, kind: Literal["png", "svg", "pdf"]) -> None:
    import typst  # only who saves a picture needs it

    told = json.dumps({"title": table.caption, "svg": chart.svg, "notes": [*table.notes, *chart.notes]}, ensure_ascii=False)
    made = typst.compile(
        _PAGE.encode(), format=kind, ppi=200.0, font_paths=[str(font_folder())] if font_folder() else [], sys_inputs={"told": told}
    )  # type: ignore[misc] # its types want text and folders both as bytes
    path.write_bytes(made)


def _lines(table: Table) -> list[list[str]]:
    """Return a table as lines of a file: its title, its headings, its rows, its notes."""
    body = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in table.rows]
    return [[table.caption], [column.label for column in table.columns], *body, *([note] for note in table.notes)]


def _write_workbook(path: Path, table: Table) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    page = book.active
    page.title = "Answer"
    lines = _lines(table)
    for line in lines:
        page.append(line)
    page["A1"].font = Font(bold=True, size=14)
    for cell in page[2]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for place, heading in enumerate(lines[1]):
        width = max((len(line[place]) for line in lines[2 : 2 + len(table.rows)]), default=len(heading))
        page.column_dimensions[page.cell(2, place + 1).column_letter].width = min(max(width, 12), 48) + 2
    book.properties.title = table.caption
    book.save(path)
