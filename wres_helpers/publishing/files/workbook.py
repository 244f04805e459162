"""The board's figures as one accessible workbook: cover, contents, notes, then one table a sheet.

Made as the Government Analysis Function asks: a title in the first cell, no merged and no empty cells, every table
marked as a table, symbols explained. Nothing in it is a formula, whatever the data say.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from wres_helpers.analysis.asides import JUDGED_BY, OTHERS
from wres_helpers.analysis.cells import TWO_GROUPS
from wres_helpers.analysis.changes import VERDICTS
from wres_helpers.analysis.group_comparisons import tests_of_p_values
from wres_helpers.publishing.files.results_files import written_rows
from wres_helpers.publishing.files.workbook_sheets import NOT_APPLICABLE, NOT_AVAILABLE, NOTES, SHEETS, Sheet
from wres_helpers.report.form import numbers
from wres_helpers.report.section import table_blocks
from wres_helpers.report.section.beside_national_figures import of_whom
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.doubts import by_the_undisclosed, in_words, size_told, undoes
from wres_helpers.report.words.vocabulary import group_label, in_terms, published_measure
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import small_tables
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import ETHNIC_GROUPS
from wres_helpers.standard.years import spoken
from wres_helpers.tables.workbook_grids import save_workbook

_WIDEST = 60
#: Looks of cells, by the names a reader finds in the workbook's own list of styles.
_TITLE, _BODY, _HEADING, _LINK = "Sheet title", "Body", "Column heading", "Link to a sheet"
_TEXT, _LONG_TEXT, _WHOLE, _SHARE, _DECIMAL = "Text", "Long text", "Whole number", "Share", "Decimal"


@small_tables
def write_workbook(path: Path, evidence: Any, parameters: Parameters, closing: Sequence[tuple[str, str]] = ()) -> None:
    """Write the workbook from protected evidence; hidden cells show the text that disclosure control put there.

    ``closing`` is what the last page of the report says of its version, its corrections, who signed it and its day: label and words.

    Raises ValueError: the evidence has not been through disclosure control.
    """
    if not evidence.protected:
        raise ValueError("the workbook is for the board: only protected evidence may be written into it")
    book = Workbook()
    for style in _styles():
        book.add_named_style(style)
    book.properties.creator, book.properties.created = parameters.organisation.name, datetime.combine(parameters.dated, datetime.min.time())
    book.properties.title = f"{parameters.report.title}, {parameters.organisation.name}, {spoken(parameters.year)}: figures"
    if parameters.report.marking:
        book.properties.title += f" ({parameters.report.marking})"
    book.properties.language = "en-GB"
    standard, terms = evidence.context.reference.standard, parameters.terms
    own = {"characteristic": standard.characteristic, "metric": standard.metric, **{group: terms.named(group) for group in ETHNIC_GROUPS}}
    sheets = [sheet._replace(title=sheet.title.format(**own), row=sheet.row.format(**own)) for sheet in SHEETS]
    _cover(book.active, parameters, closing)
    _contents(book.create_sheet("Contents"), sheets)
    notes = book.create_sheet("Notes")
    _write_lines(notes, ["Notes", "This sheet explains the symbols and words used in the tables."])
    told = [tuple(cell.format(**own) for cell in note) for note in NOTES]
    _write_table(notes, "notes", [("Symbol or word", "Meaning"), *told], [20, 90])
    for sheet in sheets:
        _table(book.create_sheet(sheet.name), sheet, evidence, parameters)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_workbook(book, path)


def _cover(sheet: Worksheet, parameters: Parameters, closing: Sequence[tuple[str, str]]) -> None:
    sheet.title = "Cover"
    lines = [
        f"{parameters.report.title}: figures",
        f"{parameters.organisation.name}, {spoken(parameters.year)}",
        parameters.report.marking or "Final",
        "The figures behind the report, after disclosure control. One table a sheet; the sheet Notes explains symbols.",
        *(f"{label}: {words}" if label else words for label, words in closing),
    ]
    _write_lines(sheet, lines)


def _contents(sheet: Worksheet, sheets: list[Sheet]) -> None:
    listed = [("Notes", "Symbols and notes")] + [(part.name, part.title) for part in sheets]
    _write_lines(sheet, ["Contents", "This sheet lists the other sheets and links to them."])
    _write_table(sheet, "contents", [("Sheet", "What it holds"), *listed], [20, 60])
    for row, (name, _title) in enumerate(listed, start=4):
        cell = sheet.cell(row, 1)
        cell.hyperlink = f"#'{name}'!A1"
        cell.style = _LINK


def _table(sheet: Worksheet, part: Sheet, evidence: Any, parameters: Parameters) -> None:
    table = getattr(evidence, part.table)
    if part.table == "results":
        table = table.assign(p_value_test=tests_of_p_values(table))
    elif part.table == "together":  # parts of the staff are compared with nothing
        table = table.drop(columns="p_value", errors="ignore").fillna(dict.fromkeys(table.select_dtypes(["object", "str"]), "none"))
    elif part.table == "benchmarks":
        at = table.columns.get_loc("group") + 1
        table = pd.concat(
            [table.iloc[:, :at], table["group"].map(partial(of_whom, evidence)).rename("of_whom"), table.iloc[:, at:]], axis=1
        )
    elif part.table == "statuses":  # of the report's own year, what pages say of a status beside it
        own = [str(name) if year == parameters.year else "" for name, year in zip(table["indicator"], table["year"], strict=True)]
        table = table.assign(
            size=[_size(evidence, name) for name in own], undisclosed_could=[_undisclosed_could(evidence, name) for name in own]
        )
    named = [name for name in table.columns if name not in ("protection", "clearly_worse", "p_value_test")] or ["reason"]
    lines = [line for _, line in table.iterrows()]
    columns, rows = _with_words(evidence, table, lines, named)
    # a table of a workbook must have a row, so an empty one says that it is empty
    # of a table made from protected ones a number that is not there has its reason elsewhere
    numbers_of = () if "protection" in table else tuple(table.select_dtypes("number"))
    counted = [name.removesuffix(" as printed") in numbers_of for name in columns]
    marks = [_why_absent(evidence, part, line) for line in lines]
    rows = [
        [(no if number else NOT_APPLICABLE) if cell == "" else cell for number, cell in zip(counted, row, strict=True)]
        for no, row in zip(marks, rows, strict=True)
    ] or [["none"] + [NOT_APPLICABLE] * (len(columns) - 1)]
    headings = [_heading(column, evidence.context) for column in columns]
    widths = [_width(heading, [row[place] for row in rows]) for place, heading in enumerate(headings)]
    title = f"{part.title}, {parameters.organisation.name}"
    _write_lines(sheet, [title, f"This sheet holds one table. {part.row}. Notes are on the sheet Notes."])
    _write_table(sheet, part.name.lower().replace(" ", "_"), [headings, *rows], widths, lambda value, place: _style(value, columns[place]))
    sheet.freeze_panes = "A4"


def _why_absent(evidence: Any, part: Sheet, line: Any) -> str:
    """Return the mark of a number that is not there in a row made from protected ones: hidden where the reason, or what it is made from, says so."""
    if part.table == "pipeline":
        hidden = "hidden" in line["reason"]
    else:
        made_from = {name: line[name] for name in ("year", "indicator", "measure") if name in line}
        hidden = part.table == "asides" and evidence_rows.where(evidence.results, made_from)["protection"].astype(bool).any()
    return str(evidence.context.parameters.disclosure.marker) if hidden else NOT_AVAILABLE


def _with_words(evidence: Any, table: Any, lines: list[Any], columns: list[str]) -> tuple[list[str], list[list[Any]]]:
    """Return columns and rows with words, or a number as pages print it, behind each column of codes or of unrounded numbers."""
    # a status has its label beside it where it is the sheet's own matter; published figures have measures and units of their own
    worded = [name for name in columns if name in _WORDS and (name == "measure" or not {"label", "unit"} & set(columns))]
    if not {"measure", "breakdown"} <= set(columns):  # the value of something else than a comparison is told by its own columns
        worded = [name for name in worded if name != "value"]
    told = {name: [_WORDS[name](evidence, line) for line in lines] for name in worded}
    named = [name for column in columns for name in ((column, _IN_WORDS[column]) if column in told else (column,))]
    rows = []
    for place, (line, cells) in enumerate(zip(lines, written_rows(table, columns), strict=True)):
        row = [(name, _said(evidence, line, name, value)) for name, value in zip(columns, cells, strict=True)]
        rows.append([cell for name, value in row for cell in ((value, told[name][place]) if name in told else (value,))])
    return named, rows


def _said(evidence: Any, line: Any, name: str, value: Any) -> Any:
    """Return a cell as the workbook has it: not applicable where its column is not asked of such a row, and in the groups of the standard."""
    if name in _ASKED_OF and not _ASKED_OF[name](line):
        return NOT_APPLICABLE
    return _OWN[name](evidence, value) if name in _OWN else value


def _measure(evidence: Any, row: Any) -> str:
    if "unit" in row:  # a published figure, whose measure has a name of its own
        return published_measure(evidence, row["indicator"], row["measure"])
    found = evidence_rows.definition_if_any(evidence, row["indicator"], row["measure"])
    return row["measure"].replace("_", " ") if found is None else str(found["plain_title"])


def _size(evidence: Any, indicator: str) -> str:
    return size_told(evidence, evidence_rows.headline_row(evidence, indicator)) if indicator else ""


def _undisclosed_could(evidence: Any, indicator: str) -> str:
    """Return what a page says that the undisclosed could do to a status: leave it, undo the difference, or make it another, and which."""
    code = evidence_rows.status_of(evidence, indicator)[0] if indicator else ""
    if code not in statuses.FINDINGS:
        return ""
    could = by_the_undisclosed(evidence, indicator)
    makes = "undo" if undoes(code, could.becomes) else f"make it {in_words(could.becomes)}"
    return could.untold or (makes if could.becomes else "leave it")


def _direction(evidence: Any, row: Any) -> str:
    if row["direction"].endswith("workforce"):
        return f"{evidence.context.terms.bme} share minus that of the whole workforce"
    return "" if row["direction"] == "none" else table_blocks.value_title(evidence, row)


def _value(evidence: Any, row: Any) -> str:
    kind = row.get("comparison") or getattr(table_blocks.result_of(evidence, row), "comparison", "difference")
    style = {"ratio": numbers.ratio, "none": numbers.percentage}.get(kind, numbers.signed_points)
    return evidence_rows.cell(row, "value", style) if evidence_rows.is_there(row, "value") else ""


#: Cells that speak of the groups of the standard, and how they are said in its own codes or words.
_OWN: dict[str, Callable[[Any, str], str]] = {
    **dict.fromkeys(("ethnic_group", "direction"), lambda evidence, text: evidence.context.reference.standard.at_the_door(text)),
    "reason": in_terms,
}

#: What is asked of some rows only: of a clear difference whether it stands, of one published by hand whether it differs, of a likelihood that is
#: hidden between which values it lies; and what a headline is judged by has the counts of its result and none of its own.
_ASKED_OF: dict[str, Callable[[Any], bool]] = {
    "stands": lambda row: row["status"] in (*statuses.CLEAR, statuses.PROTECTED),
    "differs": lambda row: bool(row["published_status"]),
    **{name: lambda row: not str(row.get("kind")).startswith(JUDGED_BY) for name in TWO_GROUPS if name.startswith("bme")},
    # all others outside a part are the compared group's own
    **{name: lambda row: not str(row.get("kind")).startswith((JUDGED_BY, OTHERS)) for name in TWO_GROUPS if name.startswith("white")},
    **dict.fromkeys(("low", "high"), lambda row: pd.isna(row["value"])),
}

#: What stands in words behind a column of codes, and what that column of words is called.
_WORDS: dict[str, Callable[[Any, Any], str]] = {
    "measure": _measure,
    "item": lambda evidence, row: evidence.context.reference.standard.labels_of_items[row["item"]],
    "direction": _direction,
    "ethnic_group": lambda evidence, row: group_label(evidence, row["ethnic_group"], starting=True),
    "value": _value,
    "p_value": lambda evidence, row: evidence_rows.cell(row, "p_value", lambda _: row["p_value_test"]),
    "status": lambda evidence, row: statuses.LABELS.get(row["status"], str(row["status"])),
    "verdict": lambda evidence, row: (statuses.LABELS | VERDICTS).get(row["verdict"], str(row["verdict"]).capitalize()),
}
_IN_WORDS = {name: f"{name} in words" for name in _WORDS} | {"value": "value as printed", "p_value": "p_value test"}


def _heading(column: str, context: Any) -> str:
    words = column.replace("ethnic_group", context.reference.standard.group_column).replace("_", " ")
    for group in ETHNIC_GROUPS:
        words = words.replace(group, getattr(context.terms, group))
    return words[:1].upper() + words[1:]


def _put(sheet: Worksheet, row: int, column: int, value: Any, style: str) -> None:
    cell = sheet.cell(row, column, value)
    cell.style = style
    if isinstance(value, str):
        cell.data_type = "s"  # text stays text: "=1+1" is shown, never calculated
        if value.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True


def _style(value: Any, column: str) -> str:
    if isinstance(value, float):
        return _SHARE if column.endswith(("_rate", "_share")) or column == "rate" else _DECIMAL
    if isinstance(value, int):
        return _WHOLE
    return _LONG_TEXT if len(value) > _WIDEST else _TEXT


def _styles() -> list[NamedStyle]:
    body, top, wrapped = Font(name="Arial", size=12), Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    bold = Font(name="Arial", size=12, bold=True)
    return [
        NamedStyle(_TITLE, font=Font(name="Arial", size=15, bold=True)),
        NamedStyle(_BODY, font=body),
        NamedStyle(_HEADING, font=bold, alignment=wrapped),
        NamedStyle(_LINK, font=Font(name="Arial", size=12, underline="single", color="0563C1")),
        NamedStyle(_TEXT, font=body, alignment=top),
        NamedStyle(_LONG_TEXT, font=body, alignment=wrapped),
        NamedStyle(_WHOLE, font=body, alignment=top, number_format="#,##0"),
        NamedStyle(_SHARE, font=body, alignment=top, number_format="0.0%"),
        NamedStyle(_DECIMAL, font=body, alignment=top, number_format="0.000"),
    ]


def _write_lines(sheet: Worksheet, lines: Sequence[str]) -> None:
    for row, line in enumerate(lines, start=1):
        _put(sheet, row, 1, line, _TITLE if row == 1 else _BODY)


def _width(heading: str, values: list[Any]) -> int:
    longest = max(len(str(round(value, 3) if isinstance(value, float) else value)) for value in [heading.split(maxsplit=1)[0], *values])
    return min(_WIDEST, max(10, longest + 4))


def _write_table(
    sheet: Worksheet, name: str, rows: Sequence[Sequence[Any]], widths: Sequence[int], style: Callable[[Any, int], str] = lambda *_: _BODY
) -> None:
    """Write rows, the headings first, from the third row on; mark them as a table."""
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            _put(sheet, number + 3, place + 1, value, style(value, place) if number else _HEADING)
    table = Table(displayName=f"table_{name}", ref=f"A3:{get_column_letter(len(widths))}{len(rows) + 2}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
