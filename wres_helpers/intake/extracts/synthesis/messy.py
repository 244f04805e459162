"""Makes the messy set: a small clean set with every defect of the doors, codes, grades and people planted, and a manifest.

The manifest is written here by hand, in words, from what is planted; it is the witness against which the reading is
measured, and nothing of the reading is used to make it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from wres_helpers.intake.extracts.synthesis.clean import (
    SNAPSHOT,
    Assignment,
    Rows,
    board_rows,
    case_rows,
    recruitment_rows,
    staff_list,
    staff_rows,
    survey_rows,
    training_rows,
)

FOLDER = "data/synthetic-messy/2019-20/extracts"
MANIFEST_HEADINGS = ["file", "row", "column", "defect", "found", "expected"]

_NBSP = "\u00a0"
_CODE = "a category of the code set 'esr'"
_WORDED_CODE = "a category of the code set 'ethnic_category_text'"
_GRADE = "a grade that the tables of grades know"
_DATE = "a date as day/month/year"
_RULE = "a value that the rule names"
_WHOLE = "a whole number of respondents"
_USUAL = "the usual spelling"
_HIDDEN = "a value not shown here, because it may tell who somebody is"


@dataclass
class Sheet:
    """One file in the making: its rows, where its headings stand, and what was planted in it."""

    name: str
    rows: Rows
    above: int = 0
    planted: list[list[str]] = field(default_factory=list)

    def plant(self, record: int, column: str, text: str | None, defect: str, found: str, expected: str) -> None:  # noqa: PLR0913, PLR0917
        """Put a text into a record's cell (None: leave it) and write down what should be found."""
        position = self.rows[0].index(column)
        if text is not None:
            self.rows[record][position] = text
        self.note(self.above + record + 1, column, defect, found, expected)

    def note(self, row: int | None, column: str, defect: str, found: str, expected: str) -> None:  # noqa: PLR0913, PLR0917
        """Write down what should be found."""
        self.planted.append([f"{FOLDER}/{self.name}", "" if row is None else str(row), column, defect, found, expected])

    def cell(self, record: int, column: str) -> str:
        """Return a record's cell."""
        return self.rows[record][self.rows[0].index(column)]

    def copy(self, record: int, **changes: str) -> int:
        """Append a copy of a record with some cells changed; return its number."""
        self.rows.append(list(self.rows[record]))
        for column, text in changes.items():
            self.rows[-1][self.rows[0].index(column.replace("_", " "))] = text
        return len(self.rows) - 1


@dataclass(frozen=True)
class MessySet:
    """The messy files as tables, and the manifest of what was planted."""

    sheets: dict[str, Sheet]
    manifest: Rows


def messy_set(seed: int = 20200401) -> MessySet:
    """Return the messy extracts and the manifest; the same seed gives the same set."""
    random = Random(seed)
    staff = _small_staff(random)
    sheets = {
        "staff.csv": _messy_staff(Sheet("staff.csv", staff_rows(staff), above=3)),
        "recruitment.xlsx": _messy_recruitment(Sheet("recruitment.xlsx", recruitment_rows(random)[:241], above=2)),
        "cases.csv": _messy_cases(Sheet("cases.csv", _people_only(case_rows(random, staff), 0)), staff),
        "training.tsv": _messy_training(Sheet("training.tsv", training_rows(random, staff)[:121])),
        "survey.csv": _messy_survey(Sheet("survey.csv", survey_rows())),
        "board.xlsx": _protected(Sheet("board.xlsx", board_rows())),
        "corrections.csv": _messy_corrections(Sheet("corrections.csv", [])),
    }
    planted = [row for sheet in sheets.values() for row in sheet.planted]
    return MessySet(sheets, [MANIFEST_HEADINGS, *planted])


def _people_only(rows: Rows, missing: int) -> Rows:
    return [row for row in rows if row[missing]]


def _small_staff(random: Random) -> list[Assignment]:
    """Return some 300 rows: every person with all their rows, none with an empty ethnicity or a leaving date ahead."""
    everybody = staff_list(random)
    primary = [one for one in everybody if one.primary == "Yes" and one.ethnicity]
    chosen = {one.number for one in random.sample(primary, 260)} | {one.number for one in primary if one.number < 900 and one.group == 1}
    return [one for one in everybody if one.number in chosen]


def _current(sheet: Sheet) -> list[int]:
    """Return the records of people on the snapshot list with one assignment only, in the order of the file."""
    numbers = [row[0] for row in sheet.rows]
    column = {name: sheet.rows[0].index(name) for name in ("Assignment Category", "Leave Date", "Latest Start Date")}
    return [
        record
        for record, row in enumerate(sheet.rows[1:], start=1)
        if row[column["Assignment Category"]] == "Permanent" and not row[column["Leave Date"]] and numbers.count(row[0]) == 1
        and row[column["Latest Start Date"]][6:] < str(SNAPSHOT.year)
    ]  # fmt: skip


def _messy_staff(sheet: Sheet) -> Sheet:
    free = iter(_current(sheet))
    _staff_cells(sheet, free)
    _staff_people(sheet, free)
    _staff_rows_of_no_record(sheet, free)
    _staff_file(sheet)
    return sheet


def _staff_cells(sheet: Sheet, free) -> None:
    """Plant cells that are handled, and codes, grades, dates and rules that are not."""
    record = next(free)
    sheet.plant(record, "Ethnic Origin", f"A White -{_NBSP}British", "odd spaces", "a non-breaking space", "a text without")
    sheet.plant(next(free), "Pay Grade", "Band 5 ", "odd spaces", "spaces before or after the text", "a text without")
    sheet.plant(next(free), "Ethnic Origin", "a white - british", "an odd spelling", "'a white - british' (other capitals)", _USUAL)
    sheet.plant(next(free), "Pay Grade", "bAND 7", "an odd spelling", "'bAND 7' (other capitals or dashes)", _USUAL)
    sheet.plant(next(free), "Latest Start Date", "41000", "an Excel serial number", "'41000' (an Excel serial number)", _DATE)
    sheet.plant(next(free), "Latest Start Date", "01/09/14", "a year of two digits", "'01/09/14' (a year of two digits)", _DATE)
    sheet.plant(next(free), "FTE", "60%", "a percentage as text", "'60%' (a percentage as text)", "a number such as 0.6")
    sheet.plant(next(free), "Ethnic Origin", "Q9", "unmapped ethnic category", "'Q9'", _CODE)
    sheet.plant(next(free), "Ethnic Origin", "T", "unmapped ethnic category", "'T'", _CODE)
    sheet.plant(next(free), "Ethnic Origin", "A White - Irish", "unmapped ethnic category", "'A White - Irish'", _CODE)
    sheet.plant(next(free), "Pay Grade", "Band 12", "unmapped grade", "'Band 12'", _GRADE)
    sheet.plant(next(free), "Pay Grade", "Spot Salary", "unmapped grade", "'Spot Salary'", _GRADE)
    sheet.plant(next(free), "Pay Grade", "", "an empty grade", "an empty cell", _GRADE)
    sheet.plant(next(free), "Latest Start Date", "31/02/2018", "no such day", "'31/02/2018'", _DATE)
    sheet.plant(next(free), "Latest Start Date", "soon", "not a date", "'soon'", _DATE)
    sheet.plant(next(free), "FTE", "*", "a suppressed cell", "'*'", "a number such as 0.6")
    sheet.plant(next(free), "Assignment Category", "Honorary", "a value without rule", "'Honorary'", _RULE)
    expected = "a value that extracts.staff.clinical names"
    sheet.plant(next(free), "Staff Group", "Students", "neither clinical nor non-clinical", "'Students'", expected)
    sheet.plant(next(free), "Directorate", "DIGITAL", "mixed case", "'DIGITAL'", "'Digital', as elsewhere in the column")
    formula = '=HYPERLINK("http://example.invalid";"click")'
    sheet.plant(next(free), "Directorate", formula, "a formula", "a text that begins with '=', as a formula does", "the name of a category")
    huge = "Digital " * 50
    sheet.plant(
        next(free), "Directorate", huge.strip(), "a huge cell", "a text of 399 characters", "the name of a category, at most 100 characters"
    )


def _staff_people(sheet: Sheet, free) -> None:
    """Plant what is wrong between a person's rows."""
    record = next(free)
    sheet.plant(
        record, "Leave Date", "01/01/1990", "left before the start", "a date before the start date", "a date on or after the start date"
    )
    copied = sheet.copy(next(free))
    sheet.plant(copied, "Employee Number", None, "a repeated row", "a row that repeats an earlier one", "each assignment once")
    first = next(free)
    other = sheet.copy(
        first, Directorate="Finance and Contracting" if sheet.cell(first, "Directorate") != "Finance and Contracting" else "Digital"
    )
    found = "an assignment that an earlier row tells otherwise"
    sheet.plant(other, "Assignment Number", None, "one assignment told in two ways", found, "each assignment once")
    first = next(free)
    mixed = "H Asian or Asian British - Indian" if sheet.cell(first, "Ethnic Origin")[:1] != "H" else "A White - British"
    second = sheet.copy(first, Assignment_Number=sheet.cell(first, "Employee Number") + "-2", Primary="No", Ethnic_Origin=mixed)
    found = "another ethnic category than in the same person's primary assignment"
    sheet.plant(second, "Ethnic Origin", None, "conflicting ethnicity", found, "one ethnic category per person")


def _staff_rows_of_no_record(sheet: Sheet, free) -> None:
    """Plant rows that tell of nobody, and numbers that tell of the wrong one."""
    sheet.plant(next(free), "Employee Number", "", "an empty key", "an empty cell", "a value in every record")
    found = "a number in scientific notation, whose last digits are lost"
    sheet.plant(next(free), "Employee Number", "2.05E+07", "digits lost", found, "the full number")
    # the person behind the case log's leading zeros, planted there
    sheet.rows[next(free)][0] = "00012345"
    record = sheet.copy(next(free), Employee_Number="Total", Assignment_Number="")
    sheet.plant(record, "Employee Number", None, "a totals row between records", "'Total'", "records only")
    sheet.copy(next(free), Employee_Number="S0009901", Assignment_Number="S0009901")
    record = next(free)
    sheet.rows[record] = [*sheet.rows[record], "and another"]
    width = len(sheet.rows[0])
    sheet.note(sheet.above + record + 1, "", "a row of another width", f"{width + 1} cells", f"{width} cells, as the heading row has")
    record = next(free)
    sheet.rows[record] = sheet.rows[record][: width - 2]
    sheet.note(sheet.above + record + 1, "", "a row of another width", f"{width - 2} cells", f"{width} cells, as the heading row has")


def _staff_file(sheet: Sheet) -> None:
    """Plant what is wrong with the file as a whole; the writer adds the encoding and the separator."""
    records = len(sheet.rows) - 1
    blank = [""] * len(sheet.rows[0])
    sheet.rows.append(list(blank))
    sheet.rows.append(["Grand Total", f"{records:,}", *blank[2:]])
    sheet.rows.append(["Invented data: nobody in this file exists", *blank[1:]])
    last = sheet.above + len(sheet.rows)
    sheet.note(None, "", "blank rows", "blank rows (1)", "no blank rows")
    sheet.note(last - 1, "", "a totals row", f"a totals row (says {records:,})", "records only")
    sheet.note(last, "", "a footer row", "a row with one text and nothing else", "records only")
    sheet.note(1, "", "rows above the headings", f"{sheet.above} rows above the headings", "the headings in row 1")
    sheet.note(sheet.above + 1, "", "another separator", "a semicolon between cells", "a comma between cells")
    sheet.note(1, "", "another encoding", "text in Windows-1252", "UTF-8")
    headings = sheet.rows[0]
    for column, text, note in (
        ("Employee Number", " Employee Number ", "spaces before or after the text"),
        ("Pay Grade", f"Pay{_NBSP}Grade", "a non-breaking space"),
        ("Gender", "GENDER", "other capitals or dashes than in the master file"),
    ):
        headings[headings.index(column)] = text
        sheet.note(sheet.above + 1, column, "odd spelling of a heading", note, f"the heading '{column}'")
    # messages show a heading as it stands in the file
    for row in sheet.planted:
        row[2] = "GENDER" if row[2] == "Gender" and row[3] != "odd spelling of a heading" else row[2]


def title_rows(width: int) -> Rows:
    """Return the rows above the staff list's headings; the dash is a byte of its own in Windows-1252."""
    return [["Staff in post – invented data", *[""] * (width - 1)], ["Run on 01/04/2020", *[""] * (width - 1)], [""] * width]


def _messy_recruitment(sheet: Sheet) -> Sheet:
    sheet.plant(5, "Ethnic Group", "Purple", "unmapped ethnic category", "'Purple'", _WORDED_CODE)
    sheet.plant(9, "Furthest Stage", "Offer withdrawn", "an unmapped stage", "'Offer withdrawn'", "a stage that the master file names")
    sheet.plant(14, "Application Status", "On hold", "a value without rule", "'On hold'", _RULE)
    sheet.plant(20, "Date Applied", "", "an empty date", "an empty cell", "a date in every record that counts")
    sheet.plant(24, "Date Applied", "43600", "an Excel serial number", "'43600' (an Excel serial number)", _DATE)
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
    sheet.plant(next(free), "Date Entered", "2019-13-01", "no such day", "'2019-13-01'", _DATE)
    other = next(record for record, row in enumerate(sheet.rows) if record and row[2] != formal)
    sheet.plant(other, kind, "Dignity at work", "a value without rule", "'Dignity at work'", _RULE)
    record = next(free)
    sheet.rows[record][1], sheet.rows[record][4] = "S0099999", ""
    found = "a person who is not in the staff list and has no ethnicity here"
    sheet.plant(record, "Employee Number", None, "a person nobody knows", found, "a person of the staff list")
    record = next(free)
    found = "a person's number that differs from the staff list's only by leading zeros"
    sheet.plant(record, "Employee Number", "12345", "leading zeros", found, "the number as the staff list has it")
    record = next(free)
    own = {one.employee: one.group for one in staff}[sheet.cell(record, "Employee Number")]
    text = "A White - British" if own else "R Other ethnic groups - Chinese"
    found = "another ethnic group than in the staff list"
    sheet.plant(record, "Ethnic Origin", text, "another ethnic group than in the staff list", found, "the same")
    sheet.plant(next(free), "Ethnic Origin", "ZZ", "unmapped ethnic category", "'ZZ'", _CODE)
    sheet.note(1, "", "a byte-order mark", "a byte-order mark", "plain UTF-8")
    return sheet


def _messy_training(sheet: Sheet) -> Sheet:
    sheet.plant(7, "Course Type", "Statutory", "a value without rule", "'Statutory'", _RULE)
    sheet.plant(11, "Course Date", "29/02/2019", "no such day", "'29/02/2019'", _DATE)
    sheet.plant(16, "Employee Number", "", "an empty key", "an empty cell", "a value in every record")
    sheet.rows[0][sheet.rows[0].index("Booking Status")] = "Bookng Status"
    expected = "the heading 'Booking Status', which the master file maps to 'outcome'"
    sheet.note(1, "Booking Status", "a heading missing", "no such heading", expected)
    return sheet


def _messy_survey(sheet: Sheet) -> Sheet:
    sheet.plant(3, "Respondents", "*", "a suppressed cell", "'*'", _WHOLE)
    sheet.plant(10, "Respondents", "<5", "a suppressed cell", "'<5'", _WHOLE)
    sheet.plant(14, "Respondents", "86%", "a percentage for a count", "'86%'", _WHOLE)
    sheet.plant(20, "Respondents", "1,024", "a comma between thousands", "'1,024' (a comma between thousands)", _WHOLE)
    sheet.plant(26, "Respondents", "12.5", "not a count", "'12.5'", _WHOLE)
    sheet.plant(32, "Respondents", "", "not a count", "an empty cell", _WHOLE)
    copied = sheet.copy(40)
    found = "a question, response and ethnic category that stand in an earlier row"
    sheet.plant(copied, "Question", None, "an answer told twice", found, "each once")
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
