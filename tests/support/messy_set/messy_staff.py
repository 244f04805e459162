"""The messy staff list: every defect of cells, people, rows and file that a staff list can have."""

from collections.abc import Iterator
from random import Random

from support.clean_set.clean_extracts import SNAPSHOT, Assignment, Rows, staff_list
from support.messy_set.planted_defects import A_DATE, A_RULED_VALUE, CATEGORY, GRADE, NBSP, USUAL_SPELLING, Sheet


def small_staff(random: Random) -> list[Assignment]:
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


def messy_staff(sheet: Sheet) -> Sheet:
    free = iter(_current(sheet))
    _staff_cells(sheet, free)
    _staff_people(sheet, free)
    _staff_rows_of_no_record(sheet, free)
    _staff_file(sheet)
    return sheet


def _staff_cells(sheet: Sheet, free: Iterator[int]) -> None:
    """Plant cells that are handled, and codes, grades, dates and rules that are not."""
    record = next(free)
    sheet.plant(record, "Ethnic Origin", f"A White -{NBSP}British", "odd spaces", "a non-breaking space", "a text without")
    sheet.plant(next(free), "Pay Grade", "Band 5 ", "odd spaces", "spaces before or after the text", "a text without")
    sheet.plant(
        next(free),
        "Ethnic Origin",
        "a white - british",
        "an odd spelling",
        "'a white - british' (other capitals or punctuation)",
        USUAL_SPELLING,
    )
    sheet.plant(next(free), "Pay Grade", "bAND 7", "an odd spelling", "'bAND 7' (other capitals or dashes)", USUAL_SPELLING)
    sheet.plant(next(free), "Latest Start Date", "41000", "an Excel serial number", "'41000' (an Excel serial number)", A_DATE)
    sheet.plant(next(free), "Latest Start Date", "01/09/14", "a year of two digits", "'01/09/14' (a year of two digits)", A_DATE)
    sheet.plant(next(free), "FTE", "60%", "a percentage as text", "'60%' (a percentage as text)", "a number such as 0.6")
    sheet.plant(next(free), "Ethnic Origin", "Q9", "unmapped ethnic category", "'Q9'", CATEGORY)
    sheet.plant(next(free), "Ethnic Origin", "T", "unmapped ethnic category", "'T'", CATEGORY)
    _code_against_label(sheet, next(free), "A White - Irish", "'A' is 'White - British'")
    _code_against_label(sheet, next(free), "CK White Gypsy/Romany", "'CK' is 'White Italian'")
    sheet.plant(next(free), "Pay Grade", "Band 12", "unmapped grade", "'Band 12'", GRADE)
    sheet.plant(next(free), "Pay Grade", "Spot Salary", "unmapped grade", "'Spot Salary'", GRADE)
    sheet.plant(next(free), "Pay Grade", "", "an empty grade", "an empty cell", GRADE)
    sheet.plant(next(free), "Latest Start Date", "31/02/2018", "no such day", "'31/02/2018'", A_DATE)
    sheet.plant(next(free), "Latest Start Date", "soon", "not a date", "'soon'", A_DATE)
    sheet.plant(next(free), "FTE", "*", "a suppressed cell", "'*'", "a number such as 0.6")
    sheet.plant(next(free), "Assignment Category", "Honorary", "a value without rule", "'Honorary'", A_RULED_VALUE)
    expected = "a value that extracts.staff.clinical names"
    sheet.plant(next(free), "Staff Group", "Students", "neither clinical nor non-clinical", "'Students'", expected)
    sheet.plant(next(free), "Directorate", "DIGITAL", "mixed case", "'DIGITAL'", "'Digital', as elsewhere in the column")
    formula = '=HYPERLINK("http://example.invalid";"click")'
    sheet.plant(next(free), "Directorate", formula, "a formula", "a text that begins with '=', as a formula does", "the name of a category")
    huge = "Digital " * 50
    sheet.plant(
        next(free), "Directorate", huge.strip(), "a huge cell", "a text of 399 characters", "the name of a category, at most 100 characters"
    )


def _code_against_label(sheet: Sheet, record: int, cell: str, meant: str) -> None:
    expected = f"a label that agrees with the code: {meant} in the code set 'esr'"
    sheet.plant(record, "Ethnic Origin", cell, "a code and a label that differ", f"'{cell}'", expected)


def _staff_people(sheet: Sheet, free: Iterator[int]) -> None:
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


def _staff_rows_of_no_record(sheet: Sheet, free: Iterator[int]) -> None:
    """Plant rows that tell of nobody, and numbers that tell of the wrong one."""
    sheet.plant(next(free), "Employee Number", "", "an empty key", "an empty cell", "a value in every record")
    found = "a number in scientific notation, whose last digits are lost"
    sheet.plant(next(free), "Employee Number", "2.05E+07", "digits lost", found, "the full number")
    # the person behind the case log's leading zeros, planted there
    sheet.rows[next(free)][0] = "00012345"
    record = sheet.copy(next(free), Employee_Number="Total", Assignment_Number="")
    sheet.plant(record, "Employee Number", None, "a totals row between records", "the word total", "records only")
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
        ("Pay Grade", f"Pay{NBSP}Grade", "a non-breaking space"),
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
