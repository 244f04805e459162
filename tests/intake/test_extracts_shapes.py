"""Extracts as organisations hold them. Witness: the people of each small file, counted by hand."""

import copy
import re

import pytest
import yaml

from wres_helpers.intake.extracts.preparing import prepare
from wres_helpers.problems import InputProblems
from wres_helpers.settings.master_file_reader import load_parameters

STAFF = {"person": "Employee Number", "ethnicity": "Ethnic Origin", "grade": "Pay Grade"}
LIST = """Staff in post as at 31/03/2020,,,,,,,
Run by: HR information,,,,,,,
Organisation,Employee Number,Ethnic Origin,Pay Grade,Staff Group|Job Role,Assignment Status,Leave Date,Primary
North,20000001,A White - British,NHS Infrastructure|Band 5,Nursing and Midwifery Registered|Staff Nurse,Active Assignment,31/12/4712,Y
North,20000002,H,Band 5,Administrative and Clerical|Clerical Worker,Active Assignment,31/12/4712,Y
North,20000003,A,Band 6,Nursing and Midwifery Registered|Sister,Career Break,31/12/4712,Y
South,20000004,A,Band 6,Nursing and Midwifery Registered|Sister,Active Assignment,31/12/4712,Y
North,20000005,X1,Band 8A,Administrative and Clerical|Manager,Active Assignment,31/12/4712,Y
"""
CATEGORIES = "code_set,code,label,group\nesr,X1,Our own category,bme\n"
SETTINGS = {
    "ethnicity_codes": "esr",
    "ethnic_categories": "categories.csv",
    "grades": "grades.csv",
    "staff": {
        "file": "staff.csv",
        "only_rows": {"Organisation": ["North"]},
        "columns": STAFF
        | {
            "staff_group": "Staff Group|Job Role",
            "assignment_status": "Assignment Status",
            "leave_date": "Leave Date",
            "primary": "Primary",
        },
        "rules": {"assignment_status": {"count": ["Active Assignment"], "leave_out": ["Career Break"]}},
        "clinical": {
            "by": "staff_group",
            "clinical": ["Nursing and Midwifery Registered"],
            "non_clinical": ["Administrative and Clerical"],
        },
    },
}


@pytest.fixture
def prepared(tmp_path, project):
    folder = tmp_path / "data" / "few" / "2019-20" / "extracts"
    folder.mkdir(parents=True)
    (tmp_path / "params").mkdir()
    (tmp_path / "data" / "reference").symlink_to(project / "data" / "reference")
    (tmp_path / "data" / "few" / "categories.csv").write_text(CATEGORIES)
    (tmp_path / "data" / "few" / "grades.csv").write_text("spelling,grade\nNHS Infrastructure|Band 5,Band 5\n")

    def made(files, settings):
        for name, text in files.items():
            (folder / name).write_text(text)
        master = {"organisation": {"code": "few", "name": "Few", "short_name": "Few"}, "year": "2019-20", "extracts": settings}
        (tmp_path / "params" / "few.yaml").write_text(yaml.safe_dump(master))
        return prepare(load_parameters(tmp_path / "params" / "few.yaml"))

    return made


def counts(preparation, name, *columns):
    table = preparation.tables[name]
    count = table.columns[-1]
    return {key: number for key, number in table.groupby(list(columns))[count].sum().items() if number}


def test_an_organisation_in_letters_of_another_alphabet_is_asked_about(prepared):
    """Its rows were left out as another's without a word. Witness: one name in letters as wide as Chinese ones."""
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in "North")
    told = prepared({"staff.csv": LIST.replace("North,20000002", f"{wide},20000002")}, SETTINGS).handled
    assert any(problem.found == f"'{wide}'" and problem.expected == "'North', or another organisation" for problem in told)


def test_a_staff_list_as_the_staff_record_gives_it(prepared):
    # of the five: one of another organisation, one on a career break; 31 December 4712 is "no leave date"
    preparation = prepared({"staff.csv": LIST}, SETTINGS)
    assert counts(preparation, "headcount", "ethnic_group") == {"white": 1, "bme": 2}
    assert counts(preparation, "workforce", "staff_group", "grade") == {
        ("clinical", "Band 5"): 1,
        ("non_clinical", "Band 5"): 1,
        ("non_clinical", "Band 8a"): 1,
    }
    skipped = preparation.report[preparation.report["step"] == "skipped"]
    assert ("rows of others, left out: 1 more, of other names", 1) in list(zip(skipped["detail"], skipped["rows"], strict=True))


def _of_four_places(prepared, only):
    settings = copy.deepcopy(SETTINGS)
    settings["staff"] |= {"only_rows": {"Organisation": only} if only else {}}
    places = {"Northern Trust": 40, "Nothern Trust": 12, "Southern Trust": 20, "Eastern": 2}
    numbers = iter(range(20000000, 20000999, 7))
    end = "A,Band 5,Nursing and Midwifery Registered,Active Assignment,,Y"
    rows = [f"{place},{next(numbers)},{end}" for place, of in places.items() for _ in range(of)]
    return prepared({"staff.csv": "\n".join([LIST.splitlines()[2], *rows]) + "\n"}, settings)


def test_other_organisations_are_named_with_their_rows_and_one_that_is_nearly_ours_is_asked_about(prepared):
    """Twelve people of a misspelt organisation left without a word. Witness: rows of four names, counted as they are written here."""
    made = _of_four_places(prepared, ["Northern Trust"])
    skipped = made.report[made.report["step"] == "skipped"]
    named = {name.removeprefix("rows of others, left out: "): rows for name, rows in zip(skipped["detail"], skipped["rows"], strict=True)}
    assert named == {"'Southern Trust'": 20, "'Nothern Trust'": 12, "1 more, of other names": 2}
    asked = [(each.found.split(" (")[0], each.how_many, each.expected) for each in made.handled if each.column == "Organisation"]
    assert asked == [("'Nothern Trust'", 12, "'Northern Trust', or another organisation")]


def test_rows_of_several_organisations_that_nothing_tells_apart_are_asked_about(prepared):
    """Two employers were counted as one without a word. Witness: the same rows; of one organisation nothing is asked."""
    (asked,) = [each for each in _of_four_places(prepared, None).handled if each.column == "Organisation"]
    assert asked.found == "rows of 4 organisations: 'Northern Trust' 40, 'Southern Trust' 20, 'Nothern Trust' 12, 1 more, of other names 2"
    assert "only_rows: {Organisation: [...]}" in asked.action
    assert not [
        each
        for each in _of_four_places(prepared, ["Northern Trust", "Nothern Trust", "Southern Trust", "Eastern"]).handled
        if each.column == "Organisation"
    ]


@pytest.mark.parametrize("cell", ["Norths", "-", "(North)"])
def test_a_row_whose_organisation_is_nearly_ours_or_none_is_left_out_and_told(prepared, cell):
    """Witness: 'Norths', a dash, and brackets round it, in the row of the second person; 'South' is another organisation."""
    made = prepared({"staff.csv": LIST.replace("North,20000002", f"{cell},20000002")}, SETTINGS)
    told = [(each.row, each.found, each.expected) for each in made.handled if each.column == "Organisation"]
    assert told == [(5, f"'{cell}'", "'North', or another organisation")]
    assert counts(made, "headcount", "ethnic_group") == {"white": 1, "bme": 1}


@pytest.mark.parametrize(
    ("row", "of"),
    [("A,Band 5,9,", "Ethnic Origin"), ("Band 5,North,A,9", "Pay Grade"), ("20000009,H,Band 5,,,,,", "")],
)
def test_a_row_whose_cells_moved_out_of_the_organisations_column_is_asked_about(prepared, row, of):
    """Its people were left out as another organisation's without a word. Witness: a row moved to the left, and one turned round; South is another's."""
    if not of:
        made = prepared({"staff.csv": LIST + row + "\n" + LIST.splitlines()[4] + "\n"}, SETTINGS)
    else:
        columns = {"count": "Heads", "ethnicity": "Ethnic Origin", "grade": "Pay Grade"}
        staff = {"file": "staff.csv", "only_rows": {"Organisation": ["North"]}, "columns": columns}
        rows = "".join(f"{place},{code},Band 5,{heads}\n" for place in ("North", "South") for code, heads in (("A", 9), ("H", 4)))
        files = {"staff.csv": "Organisation,Ethnic Origin,Pay Grade,Heads\n" + rows + row + "\n"}
        made = prepared(files, {"ethnicity_codes": "esr", "staff": staff})
    told = [each.expected for each in made.handled if each.column == "Organisation"]
    assert told == ["'North', or another organisation" + f", and no cell of '{of}'" * bool(of)]


@pytest.mark.parametrize(
    ("years", "stops"),
    [(("2018-19", "2019-20"), True), (("2019/20", "2018/19"), True), (("2019-20",), False), (("May 2019", "June 2019"), True)],
)
def test_a_list_of_groups_of_two_years_stops(prepared, years, stops):
    """Witness: an export of two years, each person of the staff in both: twice as many were counted. So they are in the list of each month."""
    columns = {"count": "Heads", "ethnicity": "Ethnic Origin", "grade": "Pay Grade"}
    settings = {"ethnicity_codes": "esr", "staff": {"file": "staff.csv", "columns": columns}}
    rows = "".join(f"{year},{code},Band 5,{heads}\n" for year in years for code, heads in (("A", 9), ("H", 4)))
    try:
        made = prepared({"staff.csv": "Year,Ethnic Origin,Pay Grade,Heads\n" + rows}, settings)
    except InputProblems as error:
        assert stops and "column 'Year': found rows of " in str(error) and "expected the rows of one " in str(error)
    else:
        assert not stops and counts(made, "headcount", "ethnic_group") == {"white": 9 * len(years), "bme": 4 * len(years)}


@pytest.mark.parametrize(
    ("numbers", "asked"),
    [
        ({4: "2000004"}, True),
        ({4: "200000044"}, True),
        ({}, False),
        ({number: f"9{number:04}" for number in range(4, 9)}, False),
        ({4: "AB12"}, False),
    ],
)
def test_a_number_of_another_length_than_all_others_is_asked_about_and_another_kind_of_numbers_is_not(prepared, numbers, asked):
    """Witness: twelve people whose numbers have eight digits; a digit left out, one too many, and five people with numbers of another system."""
    columns = {"person": "Number", "ethnicity": "Ethnic Origin", "grade": "Pay Grade"}
    settings = {"ethnicity_codes": "esr", "staff": {"file": "staff.csv", "columns": columns}}
    rows = "".join(f"{numbers.get(number, f'2{number:07}')},A,Band 5\n" for number in range(1, 13))
    made = prepared({"staff.csv": "Number,Ethnic Origin,Pay Grade\n" + rows}, settings)
    told = [each.row for each in made.handled if each.found == "a number longer or shorter than all others"]
    assert told == [5] * asked and counts(made, "headcount", "ethnic_group") == {"white": 12}


def test_a_list_of_groups_in_which_nobody_is_stops(prepared):
    """Witness: a column of counts filled with zeros: it gave a table of zeros, and nobody said so."""
    settings = {
        "ethnicity_codes": "esr",
        "recruitment": {
            "file": "list.csv",
            "columns": {"count": "People", "ethnicity": "Ethnic Origin", "stage": "Stage"},
            "stages": {"Applied": "applied", "Appointed": "appointed"},
        },
    }
    text = "Ethnic Origin,Stage,People\nA,Applied,0\nH,Applied,0\nA,Appointed,0\nH,Appointed,0\n"
    with pytest.raises(InputProblems) as caught:
        prepared({"list.csv": text}, settings)
    assert "column 'People': found nobody in any row" in str(caught.value)
    assert counts(prepared({"list.csv": text.replace("A,Applied,0", "A,Applied,9")}, settings), "recruitment", "stage") == {"applied": 9}


def test_a_list_of_groups_of_which_no_row_is_left_stops(prepared):
    """Witness: a mutator's file whose organisation stood in other letters: its counts, none, were asked about, and it ended in a traceback."""
    columns = {"count": "N", "ethnicity": "E", "stage": "Stage"}
    some = {"file": "list.csv", "only_rows": {"Trust": ["North"]}, "columns": columns, "stages": {"Applied": "applied"}}
    with pytest.raises(InputProblems, match="North"):
        prepared({"list.csv": "Trust,E,Stage,N\nSouth,A,Applied,9\nSouth,H,Applied,4\n"}, {"ethnicity_codes": "esr", "recruitment": some})


def test_a_survey_whose_question_and_ethnicity_stand_under_each_others_heading_is_told_and_breaks_nothing(prepared):
    """Witness: a mutator's exchange of two headings; it ended in a traceback (no such column as 'respondents')."""
    columns = {"question": "Question", "response": "Response", "ethnicity": "Ethnic Group", "percent": "Percent", "base": "Base"}
    settings = {"ethnicity_codes": "esr", "survey": {"file": "survey.csv", "columns": columns}}
    with pytest.raises(InputProblems) as caught:
        prepared({"survey.csv": "Ethnic Group,Response,Question,Percent,Base\n13a,At least once,A,25,40\n"}, settings)
    assert "column 'Ethnic Group': found '13a'" in str(caught.value)


def test_a_row_of_a_survey_without_its_category_is_told(prepared):
    """Witness: the category of one row lost: its 30 answers stood among those whose ethnicity nobody knows, and nobody said so."""
    columns = {"question": "Question", "response": "Response", "ethnicity": "Ethnic Group", "percent": "Percent", "base": "Base"}
    settings = {"ethnicity_codes": "esr", "survey": {"file": "survey.csv", "columns": columns}}
    rows = "Question,Response,Ethnic Group,Percent,Base\n13a,At least once,A,25,40\n13a,At least once,H,20,30\n13a,At least once,,10,30\n"
    told = [(each.row, each.found) for each in prepared({"survey.csv": rows}, settings).handled if each.column == "Ethnic Group"]
    assert told == [(4, "an empty cell")]


def test_a_cell_as_long_as_a_file_stops_at_once(prepared):
    """Witness: a cell of two million signs in a file that is regular otherwise; it was read for seven seconds before it stopped."""
    with pytest.raises(InputProblems) as caught:
        prepared({"staff.csv": LIST.replace("Band 6", "x" * 2_000_000, 1)}, SETTINGS)
    assert "row 6: found a cell of more than 1,048,576 characters" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda settings: settings["staff"].update(breakdowns={"team": "FTE"}),
            "column 'FTE': found a column of numbers; expected categories in words",
        ),
        (lambda settings: settings["staff"]["only_rows"].update(Organisation=["Nort"]), "Did you mean 'North'?"),
        (lambda settings: settings["staff"]["only_rows"].update(Trust=["North"]), "the heading 'Trust'"),
        (lambda settings: settings["staff"].update(rules={"assignment_status": {"count": ["Active Assignment"]}}), "'Career Break'"),
        (lambda settings: settings.pop("ethnic_categories"), "'X1'"),
    ],
)
def test_what_such_a_list_must_not_be_read_as(prepared, change, said):
    settings = copy.deepcopy(SETTINGS)
    change(settings)
    with pytest.raises(InputProblems) as caught:
        prepared({"staff.csv": re.sub("(?m)^(?=(North|South),)(.*)$", r"\2,0.60", LIST).replace(",Primary", ",Primary,FTE")}, settings)
    assert said in str(caught.value)


def test_rows_that_stand_for_several_people(prepared):
    text = "Ethnic Origin,Pay Grade,Team,Headcount\nA,Band 5,North,12\nH,Band 5,North,3\nA,Band 6,North,4\nZ,Band 8a,South,0\n"
    settings = {
        "ethnicity_codes": "esr",
        "staff": {
            "file": "s.csv",
            "columns": {"count": "Headcount", "ethnicity": "Ethnic Origin", "grade": "Pay Grade"},
            "breakdowns": {"team": "Team"},
        },
    }
    assert counts(prepared({"s.csv": text}, settings), "headcount", "ethnic_group") == {"white": 16, "bme": 3}


def test_rows_of_groups_that_differ_in_what_nobody_mapped_repeat_nothing_and_are_told_as_rows(prepared):
    """27 of 111 rows were told as repeated, though their bands differ; a stage of 34 people as 34 rows. Witness: three rows of three bands."""
    text = "Band,Ethnic Origin,Stage,N\nBand 2,z not stated,Applied,20\nBand 3,z not stated,Applied,20\nBand 4,z not stated,Applied,20\n"
    columns = {"count": "N", "ethnicity": "Ethnic Origin", "stage": "Stage"}
    settings = {"ethnicity_codes": "esr", "recruitment": {"file": "r.csv", "columns": columns, "stages": {"Applied": "applied"}}}
    made = prepared({"r.csv": text}, settings)
    assert {told.row for told in made.handled if "z not stated" in (told.found or "")} == {2, 3, 4}
    assert made.report.query("step == 'read'")["rows"].tolist() == [3]


@pytest.mark.parametrize("cell", ["<5", "-1", "4.5", "", "1e9"])
def test_a_number_of_people_that_is_none_stops(prepared, cell):
    settings = {"ethnicity_codes": "esr", "staff": {"file": "s.csv", "columns": {"count": "N", "ethnicity": "E", "grade": "G"}}}
    with pytest.raises(InputProblems) as caught:
        prepared({"s.csv": f"E,G,N\nA,Band 5,{cell}\nH,Band 5,3\n"}, settings)
    assert "a whole number of people" in str(caught.value)


def test_applications_that_come_counted(prepared):
    text = "Ethnic Origin,Stage,N\nA,Applied,20\nA,Appointed,2\nH,Applied,7\nH,Shortlisted,3\nH,Appointed,1\n"
    columns = {"count": "N", "ethnicity": "Ethnic Origin", "stage": "Stage"}
    stages = {"Applied": "applied", "Shortlisted": "shortlisted", "Appointed": "appointed"}
    made = prepared({"r.csv": text}, {"ethnicity_codes": "esr", "recruitment": {"file": "r.csv", "columns": columns, "stages": stages}})
    assert counts(made, "recruitment", "stage", "ethnic_group") == {
        ("applied", "white"): 22,
        ("applied", "bme"): 11,
        ("shortlisted", "white"): 2,
        ("shortlisted", "bme"): 4,
        ("appointed", "white"): 2,
        ("appointed", "bme"): 1,
    }
    # whether withdrawn applications, or those of other years, are among them nobody can see: the guide of extracts promises that it is said
    told = " ".join(made.notes)
    assert "recruitment: no column is mapped for 'status'" in told and "recruitment: no column is mapped for 'date'" in told
    # nor whether the first stage holds everybody, as in a counts table
    assert "recruitment: 'Applied' is read as those who came no further; if it holds all who came so far" in told
    stages["Not shortlisted"] = "applied"
    made = prepared({"r.csv": text}, {"ethnicity_codes": "esr", "recruitment": {"file": "r.csv", "columns": columns, "stages": stages}})
    assert not any("came no further" in note for note in made.notes)


def test_a_counted_list_without_its_column_of_counts_stops_and_tells_everything_else(prepared):
    """Witness: a mutator's file whose heading of counts was `#REF!`; it ended in a traceback (no such column as 'application')."""
    columns = {"count": "N", "ethnicity": "Ethnic Origin", "stage": "Stage"}
    settings = {"ethnicity_codes": "esr", "recruitment": {"file": "r.csv", "columns": columns, "stages": {"Applied": "applied"}}}
    with pytest.raises(InputProblems) as caught:
        prepared({"r.csv": "Ethnic Origin,Stage,#REF!\nA,Applied,20\nH,Held,7\n"}, settings)
    assert "column 'N'" in str(caught.value) and "found no such heading" in str(caught.value)
    assert "found 'Held'" in str(caught.value)


@pytest.mark.parametrize(
    ("heading", "cells", "numbers", "key"),
    [
        ("", ("", "", ""), (12, 3, 12), "'E', 'G'"),
        ("", ("", "", ""), (12, 3, 7), "'E', 'G'"),
        ("", ("", "", ""), (12, 3, 0), "'E', 'G'"),
        ("", ("", "", ""), (0, 3, 0), ""),
        ("Team", ("North", "North", "North"), (12, 3, 7), "'E', 'G', 'Team'"),
        ("Team", ("North", "North", "north\u00a0"), (12, 3, 7), "'E', 'G', 'Team'"),
        ("Team", ("North", "North", "South"), (12, 3, 7), ""),
        ("Cost centre", ("101", "101", "102"), (12, 3, 7), ""),
        ("FTE", ("11.4", "3", "6.5"), (12, 3, 7), "'E', 'G'"),
        ("%", ("50%", "12.5%", "29%"), (12, 3, 7), "'E', 'G'"),
        ("No", ("1", "2", "3"), (12, 3, 7), "'E', 'G'"),
    ],
)
def test_a_group_that_stands_twice_in_a_list_of_groups_stops_unless_another_column_tells_its_rows_apart(
    prepared, heading, cells, numbers, key
):
    """Their people were added up, told at most. Witness: one group in two rows, whose numbers are equal, or not; measures are nobody's name."""
    settings = {"ethnicity_codes": "esr", "staff": {"file": "s.csv", "columns": {"count": "N", "ethnicity": "E", "grade": "G"}}}
    groups = zip(("A,Band 5", "H,Band 5", "A,Band 5"), numbers, cells, strict=True)
    text = f"E,G,N,{heading}\n" + "".join(f"{group},{number},{cell}\n" for group, number, cell in groups)
    if not key:
        assert counts(prepared({"s.csv": text}, settings), "headcount", "ethnic_group").get("white", 0) == numbers[0] + numbers[2]
        return
    with pytest.raises(InputProblems) as caught:
        prepared({"s.csv": text}, settings)
    told = [(each.row, each.column, each.expected) for each in caught.value.problems if "no column tells" in each.found]
    assert told == [(row, "N", f"one row for each combination of {key}") for row in (2, 4)]


@pytest.mark.parametrize(
    ("count", "left_out", "told"),
    [
        (["Grievance"], ["Disciplinary"], "cases: 'Grievance' counts, and by its words it does not: see rules.kind in the master file."),
        (["Disciplinary", "Non-informal"], ["Grievance"], ""),
    ],
)
def test_a_rule_that_counts_what_by_its_words_does_not_count_is_told(prepared, count, left_out, told):
    """Witness: a stranger's exchanged lists: indicator 3 counted grievances, without a word."""
    staff = {"file": "s.csv", "columns": {"person": "No", "ethnicity": "E", "grade": "G"}}
    rules = {"kind": {"count": count, "leave_out": left_out}}
    cases = {"file": "c.csv", "window_years": 1, "columns": {"person": "No", "entry_date": "Day", "kind": "Kind"}, "rules": rules}
    files = {
        "s.csv": "No,E,G\nS1,A,Band 5\nS2,H,Band 5\n",
        "c.csv": "No,Day,Kind\nS1,01/06/2019,Grievance\nS2,01/06/2019,Disciplinary\n",
    }
    notes = prepared(files, {"ethnicity_codes": "esr", "staff": staff, "cases": cases}).notes
    assert [note for note in notes if "by its words" in note] == [told] * bool(told)


def test_a_mistyped_category_is_one_cell_of_however_many_people(prepared):
    """A row of eight people was no slip, for eight records are no few. Witness: one place of a list of groups with two letters exchanged."""
    groups = "".join(f"A,Band {band},Surgery,{10 + band}\nH,Band {band},Surgery,{5 + band}\n" for band in range(2, 8))
    columns = {"count": "N", "ethnicity": "E", "grade": "G"}
    settings = {"ethnicity_codes": "esr", "staff": {"file": "s.csv", "columns": columns, "breakdowns": {"directorate": "D"}}}
    told = [problem.sentence() for problem in prepared({"s.csv": f"E,G,D,N\n{groups}H,Band 9,Surgeyr,8\n"}, settings).handled]
    assert any("found 'Surgeyr'; expected 'Surgery', as elsewhere in the column" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([210, 160, 95, 60, 44, 31, 20, 12, 9, 5, 4, 2], "numbers that only fall, from one grade to the next"),
        ([1, 12, 2, 11, 3, 10, 4, 9, 5, 8, 6, 7], "every number from 1 to 12 and no other"),
        ([41, 37, 37, 37, 37, 37, 37, 12, 9, 5, 4, 2], "one number 6 times running"),
        ([21, 17, 14, 11, 9, 6, 7, 5, 4, 3, 2, 1], "100 in all"),
        ([99, 7, 31, 8, 12, 3, 25, 6, 191, 2, 4, 0], ""),
        ([99, 7, 31, 8, 12, 3, 25, 6, 4, 2, 194, 0], ""),
        ([99, 7, 31, 8, 12, 3, 25, 6, 4, 2, 197, 0], "197, the sum of all others"),
    ],
)
def test_the_numbers_of_a_list_of_groups_are_asked_about_as_those_of_a_counts_table_are(prepared, numbers, found):
    """They added up without a word. Witness: the same numbers in a counts table (test_asked_between_tables), each of which was asked about."""
    rows = [f"{category},Band {band}" for band in (2, 3, 4, 5, 6, 7) for category in ("A", "H")]
    text = "E,G,N\n" + "".join(f"{row},{number}\n" for row, number in zip(rows, numbers, strict=True))
    settings = {"ethnicity_codes": "esr", "staff": {"file": "s.csv", "columns": {"count": "N", "ethnicity": "E", "grade": "G"}}}
    told = [problem.found for problem in prepared({"s.csv": text}, settings).handled if problem.column == "N"]
    assert told == [found] * bool(found)


def test_the_numbers_of_applications_that_were_sorted_by_themselves_are_asked_about(prepared):
    """Their rows still stand in blocks. Witness: four ethnic categories of three stages each, the column of numbers sorted alone, and as it was counted."""
    columns = {"count": "N", "ethnicity": "E", "stage": "S"}
    stages = {"Applied": "applied", "Interviewed": "shortlisted", "Appointed": "appointed"}
    settings = {"ethnicity_codes": "esr", "recruitment": {"file": "r.csv", "columns": columns, "stages": stages}}
    rows, counted = (
        [f"{category},{stage}" for category in ("A", "H", "N", "Z") for stage in stages],
        [913, 291, 83, 402, 87, 19, 511, 101, 23, 61, 17, 4],
    )
    for numbers, found in ((counted, []), (sorted(counted, reverse=True), ["numbers that only fall, from one ethnic_group to the next"])):
        text = "E,S,N\n" + "".join(f"{row},{number}\n" for row, number in zip(rows, numbers, strict=True))
        assert [each.found for each in prepared({"r.csv": text}, settings).handled if each.column == "N"] == found


def test_a_category_under_its_code_and_its_label_in_a_list_of_groups_is_asked_about(prepared):
    """The two added up without a word. Witness: A is White - British in the code set of the staff record; nobody's cells of a list of people ask so."""
    settings = {"ethnicity_codes": "esr", "staff": {"file": "s.csv", "columns": {"count": "N", "ethnicity": "E", "grade": "G"}}}
    made = prepared({"s.csv": "E,G,N\nA,Band 2,8\nWhite - British,Band 2,31\nH,Band 2,9\n"}, settings)
    told = [(each.row, each.found) for each in made.handled if "mean the same" in each.found]
    assert told == [(row, "'A' and 'White - British', which mean the same") for row in (2, 3)]


def test_the_same_groups_in_two_files_are_the_same_staff_and_the_applications_of_two_months(prepared):
    """The staff of two months were added up. Witness: two files of the same two groups."""
    parts = {
        "a.csv": "E,G,Stage,N\nA,Band 5,Applied,12\nH,Band 5,Applied,3\n",
        "b.csv": "E,G,Stage,N\nA,Band 5,Applied,11\nH,Band 5,Applied,4\n",
    }
    staff = {"file": [*parts], "columns": {"count": "N", "ethnicity": "E", "grade": "G"}}
    with pytest.raises(InputProblems, match=r"b.csv, row 2, column 'N': found a row that no column tells from another"):
        prepared(parts, {"ethnicity_codes": "esr", "staff": staff})
    applied = {"file": [*parts], "columns": {"count": "N", "ethnicity": "E", "stage": "Stage"}, "stages": {"Applied": "applied"}}
    made = prepared(parts, {"ethnicity_codes": "esr", "recruitment": applied})
    assert counts(made, "recruitment", "ethnic_group") == {"white": 23, "bme": 7}


@pytest.mark.parametrize("again", [" Appointed", "appointed", "APPOINTED ", "Appointed\u00a0"])
def test_a_row_of_several_people_that_stands_twice_in_two_spellings_stops(prepared, again):
    """The two added up, and only that a space was odd was said. Witness: a stage of two rows, the second with a space or in small letters."""
    columns = {"count": "N", "ethnicity": "E", "stage": "Stage"}
    stages = {"Applied": "applied", "Appointed": "appointed"}
    settings = {"ethnicity_codes": "esr", "recruitment": {"file": "r.csv", "columns": columns, "stages": stages}}
    with pytest.raises(InputProblems, match=r"row 4, column 'N': found a row that no column tells from another"):
        prepared({"r.csv": f"E,Stage,N\nA,Applied,20\nA,Appointed,5\nA,{again},3\nH,Applied,9\nH,Appointed,2\n"}, settings)


MONTHS = [f"{2019 + (month < 4)}-{month:02}" for month in (*range(4, 13), *range(1, 4))]


@pytest.mark.parametrize(
    ("gone", "asked"), [((), ""), ((8,), "no record of December 2019"), ((10, 11), "no record of February 2020, March 2020")]
)
def test_a_month_without_an_application_is_asked_about_where_others_have_many(prepared, gone, asked):
    """One of twelve monthly files left out was counted as a quiet month. Witness: 25 applications in each month but those; a few a month are none by chance."""
    settings = {"ethnicity_codes": "esr", "recruitment": {"file": "r.csv", "stages": {"Applied": "applied", "Hired": "appointed", "Seen": "shortlisted"},
                "columns": {"application": "Id", "ethnicity": "E", "stage": "S", "date": "D"}}}  # fmt: skip
    for a_month in (25, 3):
        rows = [f"R{at:02}{number:02},{'AHN'[number % 3]},{('Applied', 'Seen', 'Hired')[number % 3]},{month}-{7 * number % 25 * 5 % 27 + 1:02}"
                for at, month in enumerate(MONTHS) if at not in gone for number in range(a_month)]  # fmt: skip
        told = [
            each.found
            for each in prepared({"r.csv": "\n".join(["Id,E,S,D", *rows]) + "\n"}, settings).handled
            if each.found.startswith("no record")
        ]
        assert told == [asked] * bool(asked and a_month > 20)


@pytest.mark.parametrize("latest", ["2019-02-11", "2019-11-02"])
def test_a_staff_list_of_nobody_who_began_in_the_year_is_asked_about(prepared, latest):
    """Last year's list gave this year's counts. Witness: 120 people, of whom the last began long before the snapshot, or in its year."""
    rows = [f"2000{number:04},{'AH'[number % 2]},Band 5,{latest if number == 7 else f'20{number % 18:02}-05-01'}" for number in range(120)]
    settings = {
        "ethnicity_codes": "esr",
        "staff": {"file": "s.csv", "columns": {"person": "Id", "ethnicity": "E", "grade": "G", "start_date": "D"}},
    }
    told = [each.found for each in prepared({"s.csv": "\n".join(["Id,E,G,D", *rows]) + "\n"}, settings).handled if each.column == "D"]
    assert (f"nobody who began after {latest}" in told) is (latest < "2019-03-31")
