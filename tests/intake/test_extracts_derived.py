"""Age groups, working patterns and extracts in several files. Witness: ages and sums worked out by hand from a few rows."""

import copy
from pathlib import Path

import openpyxl
import pytest
import yaml

from wres_helpers.intake.extracts.preparation_report import as_markdown
from wres_helpers.intake.extracts.preparing import prepare
from wres_helpers.problems import InputProblems, ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters

PROJECT = Path(__file__).parents[2]
STAFF = {"file": "staff.csv", "columns": {"person": "No", "ethnicity": "Eth", "grade": "Grade", "birth_date": "Born", "hours": "Hours"}}
HEADINGS = "No,Eth,Grade,Born,Hours\n"


@pytest.fixture
def project(tmp_path):
    """A maker of projects: files by name and changes of the staff's settings in, parameters out."""
    folder = tmp_path / "data" / "few" / "2019-20" / "extracts"
    folder.mkdir(parents=True)
    (tmp_path / "params").mkdir()
    (tmp_path / "data" / "reference").symlink_to(PROJECT / "data" / "reference")

    def make(files, staff=None, **extracts):
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        settings = {"ethnicity_codes": "esr", "staff": copy.deepcopy(STAFF) | (staff or {})} | extracts
        master = {"organisation": {"code": "few", "name": "Few", "short_name": "Few"}, "year": "2019-20", "extracts": settings}
        (tmp_path / "params" / "few.yaml").write_text(yaml.safe_dump(master), encoding="utf-8")
        return load_parameters(tmp_path / "params" / "few.yaml")

    make.folder = folder
    return make


def _sums(preparation, name):
    table = preparation.tables["headcount"]
    return {category: int(number) for category, number in table.groupby(name)["headcount"].sum().items() if number}


def _told(parameters):
    with pytest.raises(InputProblems) as caught:
        prepare(parameters)
    return str(caught.value)


AGES = {"age_group": {"by": "birth_date", "starts": [25, 40]}}
BORN = {
    # on 31 March 2020
    "31/03/1995": "25 to 39",  # 25 on the day
    "01/04/1995": "24 and under",  # 25 the day after
    "29/02/1980": "40 and over",
    "01/04/1980": "25 to 39",  # 39 until tomorrow
    "": "Not recorded",
}


def test_age_groups_in_whole_years_on_the_snapshot_day(project):
    rows = "".join(f"E{number},A,Band 5,{born},37.5\n" for number, born in enumerate(BORN))
    made = prepare(project({"staff.csv": HEADINGS + rows}, AGES))
    assert _sums(made, "age_group") == {"24 and under": 1, "25 to 39": 2, "40 and over": 1, "Not recorded": 1}
    assert "Age groups by birth date, in whole years on 2020-03-31: 24 and under, 25 to 39, 40 and over." in [*made.report["detail"]]
    assert list(made.tables["workforce"].columns[2:3]) == ["age_group"]


def test_no_date_of_birth_is_ever_shown(project):
    """Whatever the heading: wrong ones, odd ones and unlikely ones are told by row."""
    rows = "E1,A,Band 5,30/02/1980,37.5\nE2,A,Band 5,33191,37.5\nE3,A,Band 5,01/01/2019,37.5\nE4,A,Band 5,05/06/71,37.5\n"
    parameters = project(
        {"staff.csv": HEADINGS.replace("Born", "Column X") + rows}, AGES | {"columns": STAFF["columns"] | {"birth_date": "Column X"}}
    )
    told = _told(parameters)
    for row in (2, 3, 4, 5):
        assert f"row {row}, column 'Column X'" in told
    assert not any(text in told for text in ("1980", "33191", "01/01/2019", "05/06/71"))
    assert "younger than 14" in told


def test_dates_of_birth_stay_out_of_the_report(project):
    files = {
        "staff.csv": HEADINGS + "E1,A,Band 5,05/06/1971,37.5\nE2,A,Band 5,33191,37.5\n",
        "corrections.csv": "what,old_value,new_value,reason,role,date\nstaff.birth_date,05/06/1971,06/06/1971,Typing error,Lead,2020-04-01\n",
    }
    parameters = project(files, AGES, corrections="corrections.csv")
    report = as_markdown(prepare(parameters).report, parameters)
    assert "not shown to not shown" in report and "1971" not in report and "33191" not in report


def test_ages_as_numbers(project):
    staff = {"columns": STAFF["columns"] | {"age": "Hours"}, "age_group": {"by": "age", "starts": [25, 40]}}
    text = HEADINGS + "E1,A,Band 5,,24\nE2,A,Band 5,,25\nE3,A,Band 5,,40\nE4,A,Band 5,,\n"
    assert _sums(prepare(project({"staff.csv": text}, staff)), "age_group") == {
        "24 and under": 1, "25 to 39": 1, "40 and over": 1, "Not recorded": 1,
    }  # fmt: skip
    assert "an age below 14 or above 100" in _told(project({"staff.csv": text.replace(",,24", ",,240")}, staff))


@pytest.mark.parametrize(("field", "from_", "full", "part"), [("hours", 37.5, "37.5", "37"), ("fte", 1, "100%", "0.99")])
def test_full_and_part_time(project, field, from_, full, part):
    staff = {"columns": STAFF["columns"] | {field: "Hours"}, "working_pattern": {"by": field, "full_time_from": from_}}
    text = HEADINGS + f"E1,A,Band 5,,{full}\nE2,A,Band 5,,{part}\nE3,A,Band 5,,{part}\nE4,A,Band 5,,\n"
    made = prepare(project({"staff.csv": text}, staff))
    assert _sums(made, "working_pattern") == {"Full time": 1, "Part time": 2, "Not recorded": 1}


@pytest.mark.parametrize(("field", "from_", "numbers"), [("hours", 37.5, "37,5 18,75 9,0"), ("fte", 1, "1,00 0,60 0,875")])
def test_a_decimal_comma_is_read_and_told_once(project, field, from_, numbers):
    """Witness: the same numbers with a point, read by a person; 0,60 of a post is no other number."""
    staff = {"columns": STAFF["columns"] | {field: "Hours"}, "working_pattern": {"by": field, "full_time_from": from_}}
    rows = [f"E{number};A;Band 5;;{cell}\n" for number, cell in enumerate(numbers.split() * 2)]
    made = prepare(project({"staff.csv": HEADINGS.replace(",", ";") + "".join(rows)}, staff))
    assert _sums(made, "working_pattern") == {"Full time": 2, "Part time": 4}
    told = [problem.sentence() for problem in made.handled if problem.column == "Hours"]
    assert len(told) == 1
    assert "a decimal comma" in told[0]


def test_hours_of_a_year_with_a_comma_of_thousands_are_no_hours_of_a_week(project):
    """Witness: 1,950 hours are a year's full time; read as 1.95 a week they would make everybody part time."""
    staff = {"working_pattern": {"by": "hours", "full_time_from": 37.5}}
    assert "hours a week" in _told(project({"staff.csv": HEADINGS.replace(",", ";") + "E1;A;Band 5;;1,950\n"}, staff))


def test_applicants_have_age_groups_too(project):
    recruitment = {
        "file": "applications.csv", "columns": {"application": "Ref", "ethnicity": "Eth", "shortlisted": "S", "appointed": "A", "birth_date": "B"},
        "age_group": {"by": "birth_date", "starts": [40]},
    }  # fmt: skip
    files = {
        "staff.csv": HEADINGS + "E1,A,Band 5,,37.5\n",
        "applications.csv": "Ref,Eth,S,A,B\nR1,A,Yes,No,31/03/1980\nR2,A,No,No,01/04/1980\n",
    }
    table = prepare(project(files, recruitment=recruitment)).tables["recruitment"]
    assert table.query("age_group == '40 and over' and stage == 'shortlisted'")["people"].sum() == 1
    assert table.query("age_group == '39 and under' and stage == 'applied'")["people"].sum() == 1


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        ({"age_group": {"by": "age"}}, "columns that map 'age', of which age_group is made"),
        ({"age_group": {"by": "birth_date", "starts": [40, 25]}}, "ascending order"),
        (AGES | {"breakdowns": {"age_group": "Hours"}}, "either mapped under breakdowns or made"),
        ({"breakdowns": {"ethnic_category": "Hours"}}, "needs another name"),
    ],
)
def test_settings_that_contradict_themselves(project, staff, said):
    with pytest.raises(ParameterProblems, match=said):
        project({"staff.csv": HEADINGS}, staff)


HALVES = {
    "north.csv": HEADINGS + "E1,A,Band 5,,1\nE2,H,Band 5,,1\n",
    "south.tsv": "South\n" + HEADINGS.replace(",", "\t") + "E3\tA\tBand 5\t\t1\n",
}


def test_one_extract_in_several_files(project):
    made = prepare(project(HALVES, {"file": ["north.csv", "south.tsv"]}))
    assert _sums(made, "ethnic_group") == {"white": 2, "bme": 1}
    read = made.report.query("step == 'read'")
    assert dict(zip(read["detail"].str.rsplit("/", n=1).str[-1], read["rows"], strict=True)) == {"north.csv": 2, "south.tsv": 1}


def test_a_file_of_text_and_a_workbook_together(project):
    book = openpyxl.Workbook()
    for row in (["No", "Eth", "Grade", "Born", "Hours"], ["E3", "A", "Band 5", None, 37.5]):
        book.active.append(row)
    book.save(project.folder / "south.xlsx")
    made = prepare(project(HALVES, {"file": ["north.csv", "south.xlsx"]}))
    assert _sums(made, "ethnic_group") == {"white": 2, "bme": 1}


def test_each_file_is_named_with_its_own_rows(project):
    files = {name: text.replace("Band 5", "Band 12") for name, text in HALVES.items()}
    told = _told(project(files, {"file": ["north.csv", "south.tsv"], "expected_rows": 4}))
    assert "north.csv, row 2, column 'Grade': found 'Band 12'" in told and "south.tsv, row 3, column 'Grade': found 'Band 12'" in told
    assert "found 3 records; expected 4 records" in told


def test_a_person_in_two_files_counts_once(project):
    files = HALVES | {"south.tsv": HEADINGS + "E2,H,Band 5,,1\nE3,A,Band 5,,1\n"}
    made = prepare(project(files, {"file": ["north.csv", "south.tsv"]}))
    assert _sums(made, "ethnic_group") == {"white": 2, "bme": 1}
    assert [(each.file[-9:], each.row) for each in made.handled if each.found == "a row that repeats an earlier one"] == [("south.tsv", 2)]


def test_the_same_file_under_two_names_stops(project):
    files = {"north.csv": HALVES["north.csv"], "copy.csv": HALVES["north.csv"]}
    assert "copy.csv: found the same content as 'north.csv'" in _told(project(files, {"file": ["north.csv", "copy.csv"]}))


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({}, "the list names no dates, so everybody on it is taken to be employed on 2020-03-31"),
        ({"leave_date": "Born"}, "the last day of work counts as worked; the start date is not mapped"),
    ],
)
def test_a_list_without_dates_is_said_to_have_none(project, dates, said):
    columns = {"person": "No", "ethnicity": "Eth", "grade": "Grade"} | dates
    made = prepare(project({"staff.csv": HEADINGS + "E1,A,Band 5,,1\n"}, {"columns": columns}))
    assert any(said in decision for decision in [*made.report["detail"]])
