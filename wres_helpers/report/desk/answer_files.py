"""The files of an answer: a chart for a slide, a workbook whose figures are numbers, a table; each with title, source and notes in it."""

import json
import math
from importlib import resources
from pathlib import Path
from typing import Literal, cast

import pandas as pd

from wres_helpers.report.form.blocks import Figure, Notice, Table
from wres_helpers.report.form.drawing import font_folder
from wres_helpers.tables.whole_file import whole
from wres_helpers.tables.workbook_grids import save_workbook
from wres_helpers.tables.written_csv import readable, write_csv

_PICTURES, _TABLES = (".png", ".svg", ".pdf"), (".xlsx", ".csv")


class SavedFile(type(Path())):  # type: ignore[misc] # a path is of this system's kind
    """Where an answer was written; a notebook shows it as one line."""

    def __repr__(self) -> str:
        return f"Saved, unprotected: {self}"


def written(path: Path, table: Table, chart: Figure | Notice, figures: list[tuple[str, str, pd.Series]]) -> SavedFile:
    """Write the chart or the table, whichever the ending asks for; the caption of the table is the title of both.

    ``figures`` are the columns of a workbook: heading, number format, cells. Raises ValueError: the ending is another, or there is no chart.
    """
    ending = path.suffix.lower()
    if ending not in (*_PICTURES, *_TABLES):
        raise ValueError(f"The file must end in one of {', '.join((*_PICTURES, *_TABLES))}; it ends in {path.suffix or 'nothing'!r}.")
    if ending in _PICTURES and isinstance(chart, Notice):
        raise ValueError(f"{chart.text} Save a table instead: a name that ends in .xlsx or .csv.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as aside:
        if isinstance(chart, Figure) and ending in _PICTURES:
            _write_picture(aside, table, chart, cast(Literal["png", "svg", "pdf"], ending[1:]))
        elif ending == ".xlsx":
            _write_workbook(aside, table, figures)
        else:
            body = [[readable(cell if isinstance(cell, str) else cell.text) for cell in row] for row in table.rows]
            write_csv(aside, [table.caption], [[column.label for column in table.columns], *body, *([note] for note in table.notes)])
    return SavedFile(path)


def _write_picture(path: Path, table: Table, chart: Figure, kind: Literal["png", "svg", "pdf"]) -> None:
    import typst  # only who saves a picture needs it

    # a picture has no column that says what may be shown outside
    notes = [note for note in (*table.notes, *chart.notes) if "last column" not in note]
    told = json.dumps({"title": table.caption, "svg": chart.svg, "notes": notes}, ensure_ascii=False)
    page = resources.files("wres_helpers.report") / "templates" / "answer.typ"
    made = typst.compile(
        page.read_bytes(), format=kind, ppi=200.0, font_paths=[str(font_folder())] if font_folder() else [], sys_inputs={"told": told}
    )  # type: ignore[misc] # its types want text and folders both as bytes
    path.write_bytes(made)


def _write_workbook(path: Path, table: Table, figures: list[tuple[str, str, pd.Series]]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    page = book.active
    page.title = "Answer"
    page["A1"], page["A1"].font = table.caption, Font(bold=True, size=14)
    for place, (heading, form, cells) in enumerate(figures, start=1):
        top = page.cell(2, place, heading)
        top.font, top.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        for row, value in enumerate(cells, start=3):
            told = None if pd.isna(value) else "infinite" if value == math.inf else value
            cell = page.cell(row, place, told)
            cell.number_format = form or "General"
            if isinstance(told, str):
                cell.data_type = "s"  # text stays text: "=1+1" is shown, never calculated
        width = max(len(str(value)) for value in cells) if not form else 0
        page.column_dimensions[top.column_letter].width = min(max(width, 12), 48) + 2
    for note in ("", *table.notes):  # a row of its own ends what can be sorted
        page.append([note])
    page.freeze_panes = "A3"
    book.properties.title = table.caption
    save_workbook(book, path)
