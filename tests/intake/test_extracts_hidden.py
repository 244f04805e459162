"""What a workbook hides and what a board list ends with. Witness: the same records as CSV; cells planted by hand."""

import openpyxl
import pytest

from wres_helpers.intake.extracts.cleaning import cleaned
from wres_helpers.intake.extracts.extract_findings import ExtractFindings
from wres_helpers.intake.extracts.preparing import prepare
from wres_helpers.intake.extracts.read_extract import read_extract
from wres_helpers.settings.extract_settings import BoardFile, StaffFile
from wres_helpers.settings.master_file_reader import load_parameters

STAFF = {"person": "Number", "ethnicity": "Ethnic Origin", "leave_date": "Leave", "grade": "Grade"}
ROWS = [
    ["Number", "Ethnic Origin", "Leave", "Grade", "Other"],
    ["S1", "A", None, "Band 5", 1],
    ["S2", "H", None, "Band 6", 2],
    ["S3", "Z", None, "Band 2", 3],
]


def read(folder, kind, settings, rows, spoil=lambda sheet: None, name="x.xlsx"):
    if name.endswith(".csv"):
        (folder / name).write_text("".join(",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows))
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        spoil(book.active)
        book.save(folder / name)
    findings = ExtractFindings()
    table = read_extract(kind, folder, "extracts", settings, findings)
    return (cleaned(table) if table else None), findings


def error(cell):
    def spoil(sheet):
        sheet[cell] = "#N/A"
        sheet[cell].data_type = "e"

    return spoil


@pytest.mark.parametrize(
    ("spoil", "found", "where"),
    [
        (error("A3"), "an error such as #N/A", ("Number", 3)),  # once told as an empty cell, too
        (error("B3"), "an error such as #N/A", ("Ethnic Origin", 3)),
        (error("C4"), "an error such as #N/A", ("Leave", 4)),
        (lambda sheet: sheet.__setitem__("C2", "=TODAY()"), "a formula that was never calculated", ("Leave", 2)),
        (lambda sheet: sheet.merge_cells("B2:B4"), "merged cells B2:B4", ("B", 2)),
        (lambda sheet: sheet.__setitem__("XFD1048576", "x"), "something in cell XFD1048576, far outside the table", (None, None)),
    ],
)
def test_what_a_workbook_hides_stops_where_it_stands(tmp_path, spoil, found, where):
    _, findings = read(tmp_path, "staff", StaffFile(file="x.xlsx", columns=STAFF), ROWS, spoil)
    assert [(finding.found, (finding.column, finding.row)) for finding in findings.problems] == [(found, where)]


def test_a_cell_far_outside_stops_in_a_workbook_of_several_sheets_too(tmp_path):
    """Witness: the last cell that a sheet has; to read so far would end the process."""

    def spoil(sheet):
        sheet["XFD1048576"] = "x"
        sheet.parent.create_sheet("Notes")["XFD1048576"] = "x"

    _, findings = read(tmp_path, "staff", StaffFile(file="x.xlsx", columns=STAFF), ROWS, spoil)
    assert [finding.found for finding in findings.problems] == ["0 sheets with the mapped headings"]


@pytest.mark.parametrize("heading", ["Other", "Full Name", "Organisation"])
def test_an_error_in_a_column_nobody_maps_stops_nobody(tmp_path, heading):
    """Witness: also of a column that is read only to know what no message may show, or whose rows they are."""
    rows = [[*ROWS[0][:4], heading], *ROWS[1:]]
    extract, findings = read(tmp_path, "staff", StaffFile(file="x.xlsx", columns=STAFF), rows, error("E3"))
    assert (len(extract), findings.problems) == (3, [])


def test_the_same_error_in_a_csv_file_stops_too(tmp_path):
    rows = [*ROWS[:2], ["S2", "#N/A", None, "Band 6", 2]]
    _, findings = read(tmp_path, "staff", StaffFile(file="x.csv", columns=STAFF), rows, name="x.csv")
    assert [finding.found for finding in findings.problems] == ["an error such as #N/A"]


def _hide(sheet):
    sheet.row_dimensions[3].hidden = sheet.column_dimensions["B"].hidden = True


def test_rows_and_columns_that_do_not_show_are_counted_and_told(tmp_path):
    extract, findings = read(tmp_path, "staff", StaffFile(file="x.xlsx", columns=STAFF), ROWS, _hide)
    assert len(extract) == 3
    assert [finding.found for finding in findings.notices] == ["hidden rows: 3", "hidden columns: B"]


BOARD = [
    ["Name", "Ethnicity", "Voting"],
    ["Chair", "A", "Y"],
    [None, None, None],
    ["Finance Director", "H", "Y"],
    ["Total Rewards Director", "A", "Y"],
]


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
@pytest.mark.parametrize("tail", [[], [["Total", 3, None]], [[None, None, None]]])
def test_a_board_list_has_the_same_members_in_csv_and_xlsx(tmp_path, name, tail):
    settings = BoardFile(file=name, columns={"ethnicity": "Ethnicity", "voting": "Voting"})
    extract, findings = read(tmp_path, "board", settings, BOARD + tail, name=name)
    assert findings.problems == []
    assert len(extract) == 3


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_last_member_with_a_name_only_is_no_footer(tmp_path, name):
    settings = BoardFile(file=name, columns={"ethnicity": "Ethnicity", "voting": "Voting"})
    _, findings = read(tmp_path, "board", settings, [*BOARD, ["Medical Director", None, None]], name=name)
    assert [finding.found for finding in findings.problems] == ["a row with one text and nothing else"]


@pytest.mark.parametrize("post", ["Post", "Seat"])
def test_a_member_who_stands_twice_in_a_board_list_is_asked_about(spoilable, post):
    """Witness: a board of six under names of posts, and the same list pasted once more below it."""
    path = spoilable / "data" / "synthetic" / "2019-20" / "extracts" / "board.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, *lines[1:]]).replace(lines[0].split(",")[0], post), encoding="utf-8")
    handled = [problem.sentence() for problem in prepare(load_parameters(spoilable / "params" / "synthetic-2019-20.yaml")).handled]
    assert any("board.csv" in told and "a row that repeats an earlier one" in told for told in handled)


def test_signs_that_say_nothing_and_mistyped_categories_of_an_extract_are_told(spoilable):
    """Witness: cells of the shipped applications, one with a dash for nothing, one with nothing, one with a letter too many."""
    path = spoilable / "data" / "synthetic" / "2019-20" / "extracts" / "recruitment.csv"
    head, first, second, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [first.replace(",External", ",-"), second.replace(",External", ",Externall")]
    assert [first, second] != changed and first != changed[0] and second != changed[1]
    third = next(at for at, line in enumerate(others) if ",External" in line)
    others[third] = others[third].replace(",External", ",")
    path.write_text("".join([head, *changed, *others]), encoding="utf-8")
    made = prepare(load_parameters(spoilable / "params" / "synthetic-2019-20.yaml"))
    told = "\n".join(problem.sentence() for problem in made.handled)
    assert "found '-'; expected the name of a category. Handled: counted as 'Not recorded'." in told
    assert "found an empty cell; expected the name of a category. Handled: counted as 'Not recorded'." in told
    assert "found 'Externall'; expected 'External', as elsewhere in the column" in told
    assert {"Not recorded", "Externall"} <= set(made.tables["recruitment"]["source"])
