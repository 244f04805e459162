"""Makes the messy set: a small clean set with every defect of the doors, codes, grades and people planted, and a manifest.

The manifest is written here by hand, in words, from what is planted; it is the witness against which the reading is
measured, and nothing of the reading is used to make it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from support.clean_set.clean_extracts import (
    Assignment,
    Rows,
    board_rows,
    case_rows,
    recruitment_rows,
    staff_rows,
    survey_rows,
    training_rows,
)
from support.messy_set.messy_staff import messy_staff, small_staff
from support.messy_set.planted_defects import A_DATE, A_RULED_VALUE, CATEGORY, MANIFEST_HEADINGS, WHOLE_NUMBER, WORDED_CATEGORY, Sheet


@dataclass(frozen=True)
class MessySet:
    """The messy files as tables, and the manifest of what was planted."""

    sheets: dict[str, Sheet]
    manifest: Rows


def messy_set(seed: int = 20200401) -> MessySet:
    """Return the messy extracts and the manifest; the same seed gives the same set."""
    random = Random(seed)
    staff = small_staff(random)
    sheets = {
        "staff.csv": messy_staff(Sheet("staff.csv", staff_rows(staff), above=3)),
        "recruitment.xlsx": _messy_recruitment(Sheet("recruitment.xlsx", recruitment_rows(random)[:241], above=2)),
        "cases.csv": _messy_cases(Sheet("cases.csv", case_rows(random, staff)), staff),
        "training.tsv": _messy_training(Sheet("training.tsv", training_rows(random, staff)[:121])),
        "survey.csv": _messy_survey(Sheet("survey.csv", survey_rows())),
        "board.xlsx": _protected(Sheet("board.xlsx", board_rows())),
        "corrections.csv": _messy_corrections(Sheet("corrections.csv", [])),
    }
    planted = [row for sheet in sheets.values() for row in sheet.planted]
    return MessySet(sheets, [MANIFEST_HEADINGS, *planted])


def _messy_recruitment(sheet: Sheet) -> Sheet:
    sheet.plant(5, "Ethnic Group", "Purple", "unmapped ethnic category", "'Purple'", WORDED_CATEGORY)
    sheet.plant(9, "Furthest Stage", "Offer withdrawn", "an unmapped stage", "'Offer withdrawn'", "a stage that the master file names")
    sheet.plant(14, "Application Status", "On hold", "a value without rule", "'On hold'", A_RULED_VALUE)
    sheet.plant(20, "Date Applied", "", "an empty date", "an empty cell", "a date in every record that counts")
    sheet.plant(24, "Date Applied", "43600", "an Excel serial number", "'43600' (an Excel serial number)", A_DATE)
    sheet.plant(30, "Post Band", "@SUM(A1)", "a formula", "a text that begins with '@', as a formula does", "the name of a category")
    for record in (5, 9, 14, 20, 24, 30, 40, 50, 51):
        if record != 14:
            sheet.rows[record][sheet.rows[0].index("Application Status")] = "Submitted"
    copied = sheet.copy(40)
    sheet.plant(copied, "Application Ref", None, "a repeated row", "a row that repeats an earlier one", "each application once")
    stage = "Interviewed" if sheet.cell(50, "Furthest Stage") == "Applied" else "Applied"
    copied = sheet.copy(50, Furthest_Stage=stage)
    found, expected = "an application that other rows tell otherwise", "one row per application"
    sheet.plant(50, "Application Ref", None, "one application told in two ways", found, expected)
    sheet.plant(copied, "Application Ref", None, "one application told in two ways", found, expected)
    sheet.note(1, "", "rows above the headings", "2 rows above the headings", "the headings in row 1")
    sheet.planted[-1][0] += ", sheet 'Export'"
    for row in sheet.planted[:-1]:
        row[0] += ", sheet 'Export'"
    sheet.note(None, "", "several sheets", "2 sheets", "one sheet")
    return sheet


def _messy_cases(sheet: Sheet, staff: Sequence[Assignment]) -> Sheet:
    kind, formal = "Case Type", "Disciplinary - formal investigation"
    records = [
        record for record, row in enumerate(sheet.rows) if row[2] == formal and row[3][6:] in ("2018", "2019") and row[3][3:5] > "04"
    ]
    free = iter(records)
    sheet.plant(next(free), "Date Entered", "", "an empty date", "an empty cell", "a date in every record that counts")
    found = "a date after the end of the year"
    sheet.plant(next(free), "Date Entered", "14/05/2020", "a date after the year", found, "dates up to the snapshot day")
    sheet.plant(next(free), "Date Entered", "2019-13-01", "no such day", "'2019-13-01'", A_DATE)
    other = next(record for record, row in enumerate(sheet.rows) if record and row[2] != formal)
    sheet.plant(other, kind, "Dignity at work", "a value without rule", "'Dignity at work'", A_RULED_VALUE)
    record = next(free)
    sheet.rows[record][1], sheet.rows[record][4] = "S0099999", ""
    found = "a person who is not in the staff list"
    sheet.plant(record, "Employee Number", None, "a person nobody knows", found, "a person of the staff list")
    _plant_stranger(sheet, 1)
    record = next(free)
    found = "a person's number that differs from the staff list's only by leading zeros, capitals or '.0'"
    sheet.plant(record, "Employee Number", "12345", "leading zeros", found, "the number as the staff list has it")
    record = next(free)
    own = {one.employee: one.group for one in staff}[sheet.cell(record, "Employee Number")]
    text = "A White - British" if own else "R Other ethnic groups - Chinese"
    found = "another ethnic group than in the staff list"
    sheet.plant(record, "Ethnic Origin", text, "another ethnic group than in the staff list", found, "the same")
    sheet.plant(next(free), "Ethnic Origin", "ZZ", "unmapped ethnic category", "'ZZ'", CATEGORY)
    sheet.note(1, "", "a byte-order mark", "a byte-order mark", "plain UTF-8")
    return sheet


def _plant_stranger(sheet: Sheet, place: int) -> None:
    """Note the person whose number the messy staff list spoils: a stranger in every log."""
    record = next(record for record, row in enumerate(sheet.rows) if row[place] == "S0000358")
    found = "a person who is not in the staff list"
    sheet.plant(record, "Employee Number", None, "a person with another number", found, "a person of the staff list")


def _messy_training(sheet: Sheet) -> Sheet:
    sheet.plant(7, "Course Type", "Statutory", "a value without rule", "'Statutory'", A_RULED_VALUE)
    sheet.plant(11, "Course Date", "29/02/2019", "no such day", "'29/02/2019'", A_DATE)
    sheet.plant(16, "Employee Number", "", "an empty key", "an empty cell", "a value in every record")
    sheet.rows[0][sheet.rows[0].index("Booking Status")] = "Bookng Status"
    _plant_stranger(sheet, 0)
    expected = "the heading 'Booking Status', which the master file maps to 'outcome'"
    sheet.note(1, "Booking Status", "a heading missing", "no such heading", expected)
    return sheet


def _messy_survey(sheet: Sheet) -> Sheet:
    sheet.plant(3, "Respondents", "*", "a suppressed cell", "'*'", WHOLE_NUMBER)
    sheet.plant(10, "Respondents", "<5", "a suppressed cell", "'<5'", WHOLE_NUMBER)
    sheet.plant(14, "Respondents", "86%", "a percentage for a count", "'86%'", WHOLE_NUMBER)
    sheet.plant(20, "Respondents", "1,024", "a comma between thousands", "'1,024' (a comma between thousands)", WHOLE_NUMBER)
    sheet.plant(26, "Respondents", "12.5", "not a count", "'12.5'", WHOLE_NUMBER)
    sheet.plant(32, "Respondents", "", "not a count", "an empty cell", WHOLE_NUMBER)
    copied = sheet.copy(40)
    expected = "each combination of question, response, ethnic_group, ethnic_category once"
    sheet.plant(copied, "Question", None, "an answer told twice", "a repeated row", expected)
    sheet.note(None, "", "no line end at the end", "a last line without line end", "a file that ends with a line end")
    return sheet


def _protected(sheet: Sheet) -> Sheet:
    sheet.note(None, "", "a password", "a workbook protected by a password", "a workbook that opens without one")
    return sheet


def _messy_corrections(sheet: Sheet) -> Sheet:
    sheet.rows = [
        ["what", "old_value", "new_value", "reason", "role", "date"],
        ["staff.grade", "Band 9 (old)", "Band 9", "Old spelling of the pay system", "Workforce information manager", "03/04/2020"],
        ["staff.colour", "Red", "Blue", "No such field", "Workforce information manager", "03/04/2020"],
        ["training.kind", "Mandatory", "Continuing professional development", "", "Learning and development lead", "03/04/2020"],
    ]  # fmt: skip
    sheet.note(2, "", "a correction of nothing", "no record it applies to", "a record with the old value")
    sheet.plant(2, "what", None, "an unclear correction", "'staff.colour'", "a field or breakdown that the master file maps")
    sheet.plant(3, "reason", None, "an incomplete correction", "an empty cell", "the correction's reason")
    return sheet
