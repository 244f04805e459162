"""The blank counts tables as one workbook: a sheet a table, drop-down lists, and a page that says how to fill it in."""

import io

from wres_helpers.intake.counts_tables import Row
from wres_helpers.standard.columns import COUNTS_TABLES

_HOW = (
    "How to fill this in",
    "Each sheet is one table. Enter whole numbers in the last column; the cells are marked.",
    "Zero means that somebody counted and found nobody. What nobody can supply has no row: delete the row.",
    "unknown are people who have not disclosed their ethnicity.",
    "A further column, put before the last, is a breakdown, for example directorate: repeat the rows for each.",
    "Counts come in unsuppressed; the pack hides small numbers itself.",
)
_EXAMPLE = ("Example of one row, not read by the pack:", "shortlisted | bme | 251", "means: 251 BME people were shortlisted in the year")


def workbook_bytes(tables: dict[str, list[Row]]) -> bytes:
    """Return the tables as an Excel workbook; the first sheet holds the notes and is not a table."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    notes = book.active
    notes.title = "READ ME"
    for line in (*_HOW, "", *_EXAMPLE):
        notes.append([line])
    notes["A1"].font = Font(bold=True, size=14)
    notes.column_dimensions["A"].width = 110
    for name, rows in tables.items():
        _add_table(book.create_sheet(name), COUNTS_TABLES[name], rows)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _add_table(sheet, headings: tuple[str, ...], rows: list[Row]) -> None:
    from openpyxl.styles import Font, PatternFill

    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    marked = PatternFill("solid", fgColor="FFF3CD")
    for place, heading in enumerate(headings, start=1):
        letter = sheet.cell(1, place).column_letter
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[letter].width = (
            max(len(heading), *(len(row[place - 1]) for row in rows), 12) + 2 if place < len(headings) else 14
        )
        if place < len(headings):
            _offer(sheet, letter, list(dict.fromkeys(row[place - 1] for row in rows)))
    for line in range(2, len(rows) + 2):
        sheet.cell(line, len(headings)).fill = marked
    _whole_numbers(sheet, sheet.cell(1, len(headings)).column_letter)
    sheet.freeze_panes = "A2"


def _offer(sheet, letter: str, choices: list[str]) -> None:
    """Offer the known values of a column as a drop-down list; others are refused by the reader, with their row."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(choices)
    if len(listed) <= 250 and not any("," in choice or '"' in choice for choice in choices):  # Excel's own limit
        offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=False, showErrorMessage=False)
        sheet.add_data_validation(offer)
        offer.add(f"{letter}2:{letter}2000")


def _whole_numbers(sheet, letter: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True, errorTitle="A whole number of people",
                          error="Enter a whole number, 0 or more. Delete the row where nothing was supplied.")  # fmt: skip
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}2000")
