"""Rules that turn rows into people. Witness: counts worked out by hand from the few rows each test writes."""

import copy
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from wres_helpers.commands.prepare_command import prepare_command
from wres_helpers.intake.extracts import reference_codes
from wres_helpers.intake.extracts.preparation_report import write_preparation
from wres_helpers.intake.extracts.preparing import prepare
from wres_helpers.problems import InputProblems, ParameterProblems, settled_as
from wres_helpers.publishing.runs.input_notes import _settled_and_gone
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.tables.cell_readers import bare_key

PROJECT = Path(__file__).parents[2]

STAFF = {
    "file": "staff.csv",
    "columns": {
        "person": "No",
        "assignment": "Asg",
        "ethnicity": "Eth",
        "grade": "Grade",
        "employment_type": "Type",
        "primary": "Prim",
        "fte": "FTE",
        "start_date": "Start",
        "leave_date": "Leave",
        "occupation_code": "Occ",
    },
    "breakdowns": {"team": "Team"},
    "rules": {"employment_type": {"count": ["Perm"], "leave_out": ["Bank", "Agency"]}},
    "clinical": {"by": "occupation_code", "clinical": ["N", "G0C"], "non_clinical": ["G"]},
}
HEADINGS = ["No", "Asg", "Eth", "Grade", "Type", "Prim", "FTE", "Start", "Leave", "Occ", "Team"]


def _row(number, suffix="", **changes):
    """A row of the staff list: a white nurse of Band 5 with one permanent post, but for what is changed."""
    usual = {"eth": "A", "grade": "Band 5", "kind": "Perm", "prim": "Yes", "fte": "1.00", "start": "01/04/2015", "leave": "", "occ": "N6"}
    cells = usual | {"team": "North"} | changes
    return [f"E{number}", f"E{number}{suffix}", *cells.values()]


def _csv(headings, rows):
    return "\n".join(",".join(row) for row in [headings, *rows]) + "\n"


@pytest.fixture
def project(tmp_path):
    """A maker of projects: staff rows, further files and settings in, parameters out."""

    def make(rows, files=None, staff=None, **extracts):
        folder = tmp_path / "data" / "few" / "2019-20" / "extracts"
        folder.mkdir(parents=True, exist_ok=True)
        (tmp_path / "params").mkdir(exist_ok=True)
        if not (tmp_path / "data" / "reference").exists():
            (tmp_path / "data" / "reference").symlink_to(PROJECT / "data" / "reference")
        (folder / "staff.csv").write_text(_csv(HEADINGS, rows), encoding="utf-8")
        for name, text in (files or {}).items():
            (folder / name).write_text(text, encoding="utf-8")
        settings = {"ethnicity_codes": "esr", "staff": copy.deepcopy(STAFF) | (staff or {})} | extracts
        master = {"organisation": {"code": "few", "name": "Few", "short_name": "Few"}, "year": "2019-20", "extracts": settings}
        path = tmp_path / "params" / "few-2019-20.yaml"
        path.write_text(yaml.safe_dump(master), encoding="utf-8")
        return load_parameters(path)

    return make


def _sums(table, *keys):
    count = table.columns[-1]
    sums = table.groupby(list(keys) if len(keys) > 1 else keys[0])[count].sum()
    return {key: int(number) for key, number in sums.items() if number}


def _told(parameters):
    with pytest.raises(InputProblems) as caught:
        prepare(parameters)
    return [(problem.row, problem.column, problem.found) for problem in caught.value.problems]


def test_snapshot_takes_who_is_there_on_31_march_the_last_day_included(project):
    rows = [
        _row(1, leave="31/03/2020"),  # last day of work is the snapshot day: counted
        _row(2, leave="30/03/2020"),  # left the day before
        _row(3, start="31/03/2020"),  # first day: counted
        _row(4, start="01/04/2020"),  # starts the day after
        _row(5, leave="31/12/4712"),  # the end of time, as payroll systems write it: counted
        _row(6, kind="Bank"),
        _row(7, kind="Agency", grade="whatever agencies write"),
    ]
    made = prepare(project(rows))
    assert _sums(made.tables["headcount"], "ethnic_group") == {"white": 3}
    dropped = made.report[made.report["step"] == "dropped"].set_index("detail")["rows"].to_dict()
    assert dropped == {"left out by a rule (bank, agency and the like)": 2, "not employed on the snapshot day": 2}


@pytest.mark.parametrize(
    ("rule", "grade"),
    [
        (["flag", "first_row"], "Band 3"),
        (["highest_fte", "first_row"], "Band 4"),
        (["highest_grade", "first_row"], "Band 9"),
        (["earliest_start", "first_row"], "Band 2"),
        (["latest_start", "first_row"], "Band 8a"),
        (["first_row"], "Band 7"),
        (["flag", "highest_fte"], "Band 3"),
    ],
)
def test_primary_assignment_follows_the_rule(project, rule, grade):
    """One person, six assignments, each the best by one rule."""
    rows = [
        _row(1, grade="Band 7", prim="No", fte="0.20", start="01/01/2012", suffix="a"),
        _row(1, grade="Band 3", prim="Yes", fte="0.20", start="01/01/2012", suffix="b"),
        _row(1, grade="Band 4", prim="No", fte="0.60", start="01/01/2012", suffix="c"),
        _row(1, grade="Band 9", prim="No", fte="0.20", start="01/01/2012", suffix="d"),
        _row(1, grade="Band 2", prim="No", fte="0.20", start="01/01/2001", suffix="e"),
        _row(1, grade="Band 8a", prim="No", fte="0.20", start="01/01/2019", suffix="f"),
    ]
    made = prepare(project(rows, staff={"primary_assignment": rule}))
    assert _sums(made.tables["workforce"], "grade", "ethnic_group") == {(grade, "white"): 1}


def test_a_tie_that_matters_stops_and_one_that_does_not_matter_does_not(project):
    different = [_row(1, grade="Band 5", suffix="a"), _row(1, grade="Band 6", suffix="b")]
    assert [found for _, _, found in _told(project(different, staff={"primary_assignment": ["flag"]}))] == [
        "an assignment equal to another of the same person by every rule"
    ]
    alike = [_row(1, suffix="a"), _row(1, suffix="b")]
    assert _sums(prepare(project(alike, staff={"primary_assignment": ["flag"]})).tables["headcount"], "ethnic_group") == {"white": 1}


def test_conflicting_ethnicity_stops_unless_the_primary_is_to_stand(project):
    rows = [_row(1, eth="A", prim="No", suffix="a"), _row(1, eth="H", suffix="b")]
    assert _told(project(rows)) == [(2, "Eth", "another ethnic category than in the same person's primary assignment")]
    made = prepare(project(rows, staff={"conflicting_ethnicity": "primary"}))
    assert _sums(made.tables["headcount"], "ethnic_group") == {"bme": 1}
    assert ["ethnic category than in the same" in finding.found for finding in made.handled] == [True]


def test_clinical_by_the_longest_beginning_of_the_occupation_code_and_doctors_by_grade(project):
    rows = [_row(1, occ="N6A"), _row(2, occ="G1A"), _row(3, occ="G0C"), _row(4, occ="021", grade="Consultant")]
    table = prepare(project(rows)).tables["workforce"]
    assert _sums(table, "staff_group", "ethnic_group") == {
        ("clinical", "white"): 2,
        ("non_clinical", "white"): 1,
        ("medical_and_dental", "white"): 1,
    }


def test_white_minorities_are_white_and_stay_visible(project):
    rows = [_row(1, eth="CN"), _row(2, eth="CL White Irish Traveller"), _row(3, eth="CP"), _row(4, eth="A"), _row(5, eth="")]
    table = prepare(project(rows, keep_ethnic_category="as_recorded")).tables["headcount"]
    assert _sums(table, "ethnic_category", "ethnic_group") == {
        ("White Gypsy/Romany", "white"): 1,
        ("White Irish Traveller", "white"): 1,
        ("White Polish", "white"): 1,
        ("White - British", "white"): 1,
        ("Not recorded", "unknown"): 1,
    }
    table = prepare(project(rows, keep_ethnic_category="sixteen_plus_one")).tables["headcount"]
    assert _sums(table, "ethnic_category", "ethnic_group")["White - Any other White background", "white"] == 3


def test_code_b_means_what_the_declared_set_says_and_unknown_codes_never_become_unknown(project):
    made = prepare(project([_row(1, eth="B")], ethnicity_codes="wales", keep_ethnic_category="as_recorded"))
    assert set(_sums(made.tables["headcount"], "ethnic_category")) == {"Gypsy or Irish Traveller"}
    rows = [_row(1, eth="T"), _row(2, eth="Q9"), _row(3, eth="Q9"), _row(4, grade="Spine point 12")]
    told = _told(project(rows))
    assert told == [(2, "Eth", "'T'"), (3, "Eth", "'Q9'"), (4, "Eth", "'Q9'"), (5, "Grade", "'Spine point 12'")]
    with pytest.raises(InputProblems) as caught:
        prepare(project(rows))
    assert "under code_set,code,label,group the row esr,(the cell),(the cell),(white, bme or unknown)" in str(caught.value)
    assert "named by extracts.grades in the master file: under spelling,grade the row (the cell),(its grade)" in str(caught.value)


def test_results_by_group_are_read_and_a_code_set_is_named_only_if_it_knows_all_cells_of_the_file(project):
    """Witness: two groups and people not stated; a set that lacks one of the cells would send people from one set to the other and back."""
    rows = [_row(number, eth=text) for number, text in enumerate(("White", "BME", "Not stated", "Not known"))]
    made = prepare(project(rows, ethnicity_codes="wres_groups")).tables["headcount"]
    assert _sums(made, "ethnic_group") == {"white": 1, "bme": 1, "unknown": 2}
    for more, named in (([], True), ([_row(9, eth="Cornish")], False)):
        with pytest.raises(InputProblems) as caught:
            prepare(project(rows + more, ethnicity_codes="census_2021"))
        assert ("'wres_groups' knows all cells" in str(caught.value)) == named and ("declare it" in str(caught.value)) == named


def test_rows_moved_by_a_column_are_told_together_with_how_many_they_are(project):
    """Each number of an application under ethnicity was told in a line of its own. Witness: thirty of a hundred rows, turned round by one cell."""
    rows = [[f"A{number}", "White - British", "Applied"] for number in range(100)]
    files = {"r.csv": _csv(["Ref", "Eth", "Stage"], [*rows[:70], *([row[-1], *row[:-1]] for row in rows[70:])])}
    recruitment = {"file": "r.csv", "ethnicity_codes": "ethnic_category_text", "stages": {"Applied": "applied"},
                   "columns": {"application": "Ref", "ethnicity": "Eth", "stage": "Stage"}}  # fmt: skip
    told = [found for _, column, found in _told(project([_row(1)], files, recruitment=recruitment)) if column == "Eth"]
    assert told == ["30 different values that are not known (in 30 rows: also 73, 74, 75, 76 and 25 more)"]


def test_a_vacant_post_is_no_member_of_the_board_and_an_empty_ethnicity_is_listed(project):
    """Its cure took a rule that names every post, and a second note said that it was counted. Witness: a list of three posts, one vacant, by eye."""
    rows = [["Chair", "Yes", "A"], ["Finance Director", "Yes", ""], ["Vacant", "", ""]]
    files = {"b.csv": _csv(["Role", "Voting", "Eth"], rows)}
    board = {"file": "b.csv", "columns": {"voting": "Voting", "ethnicity": "Eth"}}
    made = prepare(project([_row(1)], files, board=board))
    assert {(told.row, told.column, told.found) for told in made.handled} == {(4, "Role", "a vacant post"), (3, "Eth", "an empty cell")}
    assert made.tables["board"].query("membership == 'total'")["members"].sum() == 2
    assert ("board", "posts that nobody holds", 1) in made.report[["extract", "detail", "rows"]].itertuples(index=False, name=None)
    held = {"b.csv": _csv(["Role", "Voting", "Eth"], [*rows[:2], ["Vacant from May", "Yes", "H"]])}
    assert _told(project([_row(1)], held, board=board))[0] == (4, "Role", "a vacant post with somebody's ethnic category")
    emptied = "what,old_value,new_value,reason,role,date,key\nboard.ethnicity,H,(empty),Left in March,Secretary,2020-04-03,\n"
    made = prepare(project([_row(1)], {**held, "corrections.csv": emptied}, board=board, corrections="corrections.csv"))
    assert made.tables["board"].query("membership == 'total'")["members"].sum() == 2
    for total in ("Total", "Sub-total", "All"):
        with_total = {"b.csv": _csv(["Role", "Voting", "Eth"], [rows[0], [total, "Yes", "A"], rows[1]])}
        assert (3, "Role", "a total") in _told(project([_row(1)], with_total, board=board))
    files = {"b.csv": _csv(["Role", "Voting", "Eth"], [*rows[:2], ["Vacant", "Yes", ""]])}
    board = {**board, "columns": {**board["columns"], "status": "Role"}}
    board["rules"] = {"status": {"count": ["Chair", "Finance Director"], "leave_out": ["Vacant"]}}
    made = prepare(project([_row(1)], files, board=board))
    assert made.tables["board"].query("membership == 'total'")["members"].sum() == 2
    assert made.report.query("extract == 'board'")["detail"].str.contains("not recorded").any()


def test_an_organisations_own_grades(project, tmp_path):
    parameters = project([_row(1, grade="Spine point 12")], grades="grades.csv")
    (tmp_path / "data" / "few" / "grades.csv").write_text("spelling,grade\nSpine Point 12,Band 6\n", encoding="utf-8")
    made = prepare(parameters)
    assert _sums(made.tables["workforce"], "grade") == {"Band 6": 1}


@pytest.mark.parametrize(
    ("name", "table", "asked"),
    [
        ("grades", "spelling,grade\nAfC 5 local,{}\n", {"Band 6": "'Band 5', as its words say", "Band 5": ""}),
        ("grades", "spelling,grade\nSpine point 12,{}\n", {"Band 6": "", "Band 7": ""}),
        ("categories", "code_set,code,label,group\nesr,5C,White - Cornish,{}\n", {"bme": "'white', as its words say", "white": ""}),
        ("categories", "code_set,code,label,group\nesr,5C,White and Asian Welsh,{}\n", {"bme": "", "white": "'bme', as its words say"}),
        ("categories", "code_set,code,label,group\nesr,5C,Vulcan,{}\n", {"bme": "", "white": ""}),
    ],
)
def test_a_row_of_ones_own_table_whose_words_say_otherwise_is_asked_about(project, tmp_path, name, table, asked):
    """The words: a band's number in the spelling of another band, a group's word before a category of the other; made up, by hand."""
    key = {"grades": "grades", "categories": "ethnic_categories"}[name]
    for meaning, expected in asked.items():
        parameters = project([_row(1)], **{key: "own.csv"})
        (tmp_path / "data" / "few" / "own.csv").write_text(table.format(meaning), encoding="utf-8")
        told = [notice.expected for notice in prepare(parameters).handled if "own.csv" in notice.file]
        assert told == [expected] * bool(expected)


CASES = {
    "file": "cases.csv",
    "window_years": 2,
    "columns": {"person": "No", "entry_date": "Date", "kind": "Kind", "ethnicity": "Eth"},
    "rules": {"kind": {"count": ["Formal"], "leave_out": ["Informal"]}},
}
CASE_ROWS = [
    ["E1", "01/05/2018", "Formal", ""],  # counted (first year)
    ["E1", "01/05/2019", "Formal", ""],  # the same person again
    ["E2", "31/03/2020", "Formal", ""],  # last day of the window
    ["E3", "01/04/2018", "Formal", ""],  # first day of the two years; left in 2018, so not on the list
    ["E4", "31/03/2018", "Formal", ""],  # the day before the window
    ["E4", "01/06/2019", "Informal", ""],
    ["X9", "01/06/2019", "Formal", "R"],  # in no staff list: the log's own ethnicity
]
CASE_STAFF = [_row(1), _row(2, eth="H", team="South"), _row(3, eth="M", leave="01/06/2018"), _row(4)]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, {"white": 1, "bme": 3}),
        ({"people_counted_once_per": "year"}, {"white": 2, "bme": 3}),
        ({"window_years": 1}, {"white": 1, "bme": 2}),
        ({"not_on_snapshot": "leave_out"}, {"white": 1, "bme": 1}),
    ],
)
def test_cases_count_people_by_entry_date(project, settings, expected):
    text = _csv(["No", "Date", "Kind", "Eth"], CASE_ROWS)
    made = prepare(project(CASE_STAFF, {"cases.csv": text}, cases=CASES | settings))
    assert _sums(made.tables["disciplinary"], "ethnic_group") == expected


def test_leavers_in_the_case_log_are_listed_by_row_and_never_by_number(project):
    text = _csv(["No", "Date", "Kind", "Eth"], CASE_ROWS)
    made = prepare(project(CASE_STAFF, {"cases.csv": text}, cases=CASES))
    assert "(row 5, 8 of the log)" in " ".join(made.report["detail"])
    told = _told(project(CASE_STAFF, {"cases.csv": text}, cases=CASES | {"not_on_snapshot": "stop"}))
    assert [row for row, _, _ in told] == [5, 8]


@pytest.mark.parametrize(
    ("by_rule", "expected"), [({}, {"white": 1, "unknown": 1}), ({"left_out_by_rule": "include"}, {"white": 1, "bme": 2, "unknown": 1})]
)
def test_whom_a_rule_leaves_out_of_the_staff_is_left_out_of_the_cases_or_counted_with_the_staff_lists_ethnicity(project, by_rule, expected):
    """Witness: by hand. E2 is a bank worker, E3 an agency one who left: neither is among the two whom a share of cases is of; nobody knows E9."""
    rows = [_row(1), _row(2, kind="Bank", eth="H"), _row(3, kind="Agency", eth="H", leave="01/06/2019"), _row(4)]
    cases = {"file": "log.csv", "columns": {"person": "No", "entry_date": "Entered"}, "window_years": 1} | by_rule
    log = _csv(["No", "Entered"], [[number, "03/05/2019"] for number in ("E1", "E2", "E3", "E9")])
    made = prepare(project(rows, {"log.csv": log}, cases=cases))
    assert _sums(made.tables["disciplinary"], "ethnic_group") == expected
    assert _sums(made.tables["headcount"], "ethnic_group") == {"white": 2}
    told = {finding.row: finding.found for finding in made.handled if finding.column == "No"}
    assert ["whom a rule leaves out" in told[row] for row in (3, 4)] == [True, True] and "who is not in the staff list" in told[5]
    assert set(told) == {3, 4, 5}


def test_a_team_without_cases_has_zero_cases_and_not_none(project):
    text = _csv(["No", "Date", "Kind", "Eth"], [["E1", "01/05/2019", "Formal", ""]])
    table = prepare(project(CASE_STAFF, {"cases.csv": text}, cases=CASES)).tables["disciplinary"]
    assert table.set_index(["team", "ethnic_group"])["entered"].to_dict() == {
        ("North", "white"): 1,
        ("North", "bme"): 0,
        ("North", "unknown"): 0,
        ("South", "white"): 0,
        ("South", "bme"): 0,
        ("South", "unknown"): 0,
    }


def test_course_places_become_people_of_the_snapshot_list(project):
    settings = {
        "file": "training.csv",
        "columns": {"person": "No", "date": "Date", "kind": "Kind", "outcome": "Out"},
        "rules": {"kind": {"count": ["CPD"], "leave_out": ["Mandatory"]}, "outcome": {"count": ["Attended"], "leave_out": ["Declined"]}},
    }
    rows = [
        ["E1", "01/04/2019", "CPD", "Attended"],
        ["E1", "02/04/2019", "CPD", "Attended"],
        ["E2", "03/04/2019", "CPD", "Declined"],
        ["E2", "04/04/2019", "Mandatory", "Attended"],
        ["E3", "05/04/2019", "CPD", "Attended"],
        ["E4", "31/03/2019", "CPD", "Attended"],
    ]
    text = _csv(["No", "Date", "Kind", "Out"], rows)
    assert _sums(prepare(project(CASE_STAFF, {"training.csv": text}, training=settings)).tables["training"], "ethnic_group") == {"white": 1}
    included = prepare(project(CASE_STAFF, {"training.csv": text}, training=settings | {"not_on_snapshot": "include"}))
    assert _sums(included.tables["training"], "ethnic_group") == {"white": 1, "bme": 1}


def test_a_day_in_a_yes_or_no_column_is_a_yes_where_the_master_file_says_so(project):
    """Witness: a system that writes when somebody was shortlisted and appointed; one of the two withdrew, which a day tells too."""
    columns = {"application": "Ref", "ethnicity": "Eth", "shortlisted": "S", "appointed": "P", "status": "W"}
    rule = {"rules": {"status": {"count": [""], "leave_out": ["any date"]}}}
    text = _csv(
        ["Ref", "Eth", "S", "P", "W"],
        [["R1", "A", "03/05/2019", "2019-06-01", ""], ["R2", "A", "4 May 2019", "", "05/05/2019"], ["R3", "H", "", "", ""]],
    )
    flags = {"file": "r.csv", "columns": columns, "yes": ["Any date"], "no": [""]} | rule
    made = prepare(project(CASE_STAFF, {"r.csv": text}, recruitment=flags)).tables["recruitment"]
    assert _sums(made, "stage", "ethnic_group") == {
        ("applied", "white"): 1, ("applied", "bme"): 1, ("shortlisted", "white"): 1, ("appointed", "white"): 1,
    }  # fmt: skip
    with pytest.raises(InputProblems, match="a day, where 'any date' stands under one of them"):
        prepare(project(CASE_STAFF, {"r.csv": text}, recruitment=flags | {"yes": ["Yes"]}))


def test_recruitment_by_flags_and_by_one_row_per_stage(project):
    flags = {
        "file": "r.csv",
        "columns": {"application": "Ref", "ethnicity": "Eth", "shortlisted": "S", "appointed": "P"},
        "breakdowns": {"source": "From"},
    }
    text = _csv(
        ["Ref", "Eth", "S", "P", "From"],
        [["R1", "A", "Yes", "Yes", "Home"], ["R2", "A", "Yes", "No", "Abroad"], ["R3", "H", "No", "No", "Home"]],
    )
    by_flags = prepare(project(CASE_STAFF, {"r.csv": text}, recruitment=flags)).tables["recruitment"]
    expected = {("applied", "white"): 2, ("applied", "bme"): 1, ("shortlisted", "white"): 2, ("appointed", "white"): 1}
    assert _sums(by_flags, "stage", "ethnic_group") == expected
    assert _sums(by_flags[by_flags["source"] == "Home"], "stage", "ethnic_group") == expected | {
        ("applied", "white"): 1,
        ("shortlisted", "white"): 1,
    }
    stages = {
        "file": "r.csv",
        "columns": {"application": "Ref", "ethnicity": "Eth", "stage": "Stage"},
        "one_row_per": "application_and_stage",
        "stages": {"New": "applied", "Interview": "shortlisted", "Offer": "appointed", "Withdrawn": "left_out"},
    }
    rows = [
        ["R1", "A", "New"],
        ["R1", "A", "Interview"],
        ["R1", "A", "Offer"],
        ["R2", "A", "New"],
        ["R2", "A", "Interview"],
        ["R3", "H", "New"],
        ["R4", "H", "Withdrawn"],
    ]
    by_rows = prepare(project(CASE_STAFF, {"r.csv": _csv(["Ref", "Eth", "Stage"], rows)}, recruitment=stages)).tables["recruitment"]
    assert _sums(by_rows, "stage", "ethnic_group") == expected
    told = prepare(project(CASE_STAFF, {"r.csv": _csv(["Ref", "Eth", "Stage"], rows)}, recruitment=stages)).notes
    assert not any("'status'" in note for note in told if note.startswith("recruitment"))  # the stages leave withdrawn ones out
    text = _csv(["Ref", "Eth", "S", "P", "From"], [["R1", "A", "No", "Yes", "Home"]])
    assert _told(project(CASE_STAFF, {"r.csv": text}, recruitment=flags)) == [(2, "P", "appointed, but not shortlisted")]


def test_an_application_dated_after_the_year_is_left_out_and_told(project):
    """Its application left the counts without a word. Witness: a closing date after the year; one of the year before is another year's."""
    columns = {"application": "Ref", "ethnicity": "Eth", "stage": "Stage", "date": "Closed"}
    settings = {"file": "r.csv", "columns": columns, "stages": {"Offer": "appointed"}}
    rows = [["R1", "A", "Offer", "01/05/2019"], ["R2", "H", "Offer", "10/05/2020"], ["R3", "H", "Offer", "10/05/2018"]]
    made = prepare(project(CASE_STAFF, {"r.csv": _csv(["Ref", "Eth", "Stage", "Closed"], rows)}, recruitment=settings))
    assert _sums(made.tables["recruitment"], "ethnic_group") == {"white": 3}
    told = [(finding.row, finding.column, finding.found) for finding in made.handled if "date" in str(finding.found)]
    assert told == [(3, "Closed", "a date after the end of the year")]


@pytest.mark.parametrize("log", ["cases", "training"])
@pytest.mark.parametrize(
    ("days", "told"), [(("01/05/2009", "03/06/2012"), "2009 to 2012"), (("01/05/2016",), "2016"), (("01/05/2018",), ""), ((), "")]
)
def test_a_day_years_before_those_counted_is_told(project, log, days, told):
    """It was left out in the words of the year before. Witness: 2009 typed for 2019; a log may well hold the year before."""
    rows = [["E1", "01/05/2019", "Formal", "A"], *(["E2", day, "Formal", "A"] for day in days)]
    settings = CASES | {"window_years": 1} if log == "cases" else {"file": "cases.csv", "columns": {"person": "No", "date": "Date"}}
    made = prepare(project(CASE_STAFF, {"cases.csv": _csv(["No", "Date", "Kind", "Eth"], rows)}, **{log: settings}))
    found = [str(each.found) for each in made.handled if "more than a year before" in str(each.found)]
    assert found == [f"a day more than a year before 2019-04-01, of {told}"] * len(days) * bool(told)


@pytest.mark.parametrize(("log", "ahead", "stops"), [("cases", 2, True), ("training", 2, False), ("training", 999, True)])
def test_a_day_that_is_yet_to_come_is_none_of_a_log(project, log, ahead, stops):
    """It was left out in the words of ordinary late rows. Witness: the calendar of today; a course may be booked, a case has begun."""
    day = (date.today() + timedelta(ahead)).strftime("%d/%m/%Y")
    rows = [["E1", "01/05/2019", "Formal", "A"], ["E2", "01/05/2020", "Formal", "A"], ["E2", day, "Formal", "A"]]
    settings = CASES if log == "cases" else {"file": "cases.csv", "columns": {"person": "No", "date": "Date"}}
    parameters = project(CASE_STAFF, {"cases.csv": _csv(["No", "Date", "Kind", "Eth"], rows)}, **{log: settings})
    said = (4, "Date", "a date that is yet to come")
    if stops:
        assert said in _told(parameters)
    else:
        told = [(each.row, each.column, each.found) for each in prepare(parameters).handled if "date" in str(each.found)]
        assert told == [(3, "Date", "a date after the end of the year"), said]


def test_a_day_that_the_calendar_does_not_have_is_no_swap_with_a_date_of_birth(project):
    """Witness: November has 30 days; a name under a day of birth, and the day under the name, are swapped."""
    rows = [_row(number) for number in range(1, 9)] + [_row(9, start="31/11/2019")]
    with_birth = lambda rows: [[*row, f"0{at % 9 + 1}/05/1980"] for at, row in enumerate(rows)]  # noqa: E731
    parameters = project(rows)
    path = parameters.data_folder() / "extracts" / "staff.csv"
    path.write_text(_csv([*HEADINGS, "Date of Birth"], with_birth(rows)), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        prepare(parameters)
    assert [(each.row, each.column, each.found) for each in caught.value.problems] == [(10, "Start", "'31/11/2019'")]
    assert "There is no such day. Mend the cell, or correct it in corrections.csv." in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [("employment_type", each) for each in ("Bank", "Agency Worker", "Honorary", "Non-Exec Director/Chair")]
    + [("assignment_status", each) for each in ("Career Break", "Inactive Not Worked")],
)
def test_a_value_that_by_its_words_is_nobody_of_the_staff_is_asked_about_where_it_counts(project, field, value):
    """Bank counted without a word. Witness: the standard's staff are the organisation's own; permanent, maternity and acting up are staff."""
    there = ["Permanent", "Maternity & Adoption", "Acting Up", "Not bank", value]
    rows = [_row(number, kind=kind) for number, kind in enumerate(there, 1)]
    columns = {key: heading for key, heading in STAFF["columns"].items() if key != "employment_type"} | {field: "Type"}
    for counts, left_out in ((there, []), (there[:-1], [value])):
        made = prepare(project(rows, staff={"columns": columns, "rules": {field: {"count": counts, "leave_out": left_out}}}))
        said = [note for note in made.notes if "by its words" in note]
        asked = f"staff: '{value}' counts, and by its words it does not: see rules.{field} in the master file."
        assert said == ([] if left_out else [asked])


@pytest.mark.parametrize(
    ("percent", "base", "count"),
    [("50%", "10", 5), ("23.2%", "773", 179), ("0%", "40", 0), ("100%", "7", 7), ("23%", "773", None), ("33%", "10", None)],
)
def test_a_percentage_is_a_count_only_where_it_fits_one(project, percent, base, count):
    """Witness: 179 of 773 is 23.16%; 23% of 773 fits 174 to 181, and no count of 10 rounds to 33%."""
    settings = {"file": "s.csv", "columns": {"question": "Q", "response": "R", "ethnicity": "Eth", "percent": "Pct", "base": "Base"}}
    parameters = project(
        CASE_STAFF,
        {"s.csv": _csv(["Q", "R", "Eth", "Pct", "Base"], [["13a", "Never", "A", percent, base], ["13a", "Never", "H", "50%", "10"]])},
        survey=settings,
    )
    if count is None:
        assert f"{percent} of {base}" in _told(parameters)[0][2]
    else:
        table = prepare(parameters).tables["staff_survey"].set_index(["response", "ethnic_group"])["respondents"]
        assert table["Never", "white"] == count
        assert table["At least once", "white"] == int(base) - count


@pytest.mark.parametrize(
    ("cell", "grade"),
    [("NHS|YC72|Consultant", "Consultant"), ("NHS|ZZ99|Band 6", "Band 6"), ("NHS|XR05|Consultant", None), ("NHS|ZZ99|Wizard", None)],
)
def test_a_pay_scale_is_known_by_the_part_that_is_known(project, cell, grade):
    """Witness: by eye. Codes change every year; a code and a label that mean different grades stop."""
    parameters = project([_row(1, grade=cell), _row(2, eth="H")])
    if grade is None:
        assert _told(parameters)
    else:
        assert grade in set(prepare(parameters).tables["workforce"]["grade"])


def test_a_medical_director_is_counted_among_the_consultants_and_once_in_the_total(project):
    """Witness: two consultants, one of them the medical director: the return has 2 consultants, 1 of them a senior manager."""
    parameters = project([_row(1, grade="Consultant"), _row(2, grade="Medical director"), _row(3, eth="H", grade="Band 5")])
    table = prepare(parameters).tables["workforce"].query("ethnic_group == 'white'").groupby("grade")["headcount"].sum()
    assert (table["Consultant"], table["Senior medical manager"]) == (2, 1)


def test_corrections_are_applied_told_and_never_name_anybody(project):
    text = (
        "what,old_value,new_value,reason,role,date,key\n"
        "staff.grade,Band Five,Band 5,Misspelt by payroll,Information manager,03/04/2020,\n"
        "staff.ethnicity,,H,Told us in the census,Information manager,2020-04-03,E2\n"
        "staff.person,E33,E3,Mistyped,Information manager,2020-04-03,\n"
    )
    rows = [_row(1, grade="Band Five"), _row(2, eth=""), _row(4, eth=""), _row(33, eth="M")]
    made = prepare(project(rows, {"corrections.csv": text}, corrections="corrections.csv"))
    assert _sums(made.tables["headcount"], "ethnic_group") == {"white": 1, "bme": 2, "unknown": 1}
    corrected = made.report[made.report["step"] == "corrected"]
    assert corrected["rows"].tolist() == [1, 1, 1]
    assert "staff.grade: Band Five to Band 5; Misspelt by payroll (Information manager, 03/04/2020)" in corrected["detail"].tolist()
    assert not corrected["detail"].str.contains("E33|E2").any()
    wrong = text.replace("Band Five", "Band Six").replace("staff.person", "staff.shoe_size").replace("Told us in the census", "")
    found = [found for _, _, found in _told(project([_row(1)], {"corrections.csv": wrong}, corrections="corrections.csv"))]
    assert sorted(found) == ["'staff.shoe_size'", "an empty cell", "no record it applies to"]


def test_a_correction_empties_a_cell_where_it_says_so(project):
    """Witness: two people, of whom one did not leave after all."""
    text = (
        "what,old_value,new_value,reason,role,date,key\nstaff.leave_date,01/03/2020,(empty),Still here,Information manager,2020-04-03,E2\n"
    )
    parameters = project([_row(1), _row(2, leave="01/03/2020")], {"corrections.csv": text}, corrections="corrections.csv")
    assert _sums(prepare(parameters).tables["headcount"], "ethnic_group") == {"white": 2}


@pytest.mark.parametrize(
    ("old", "new"), [("E001", "E1"), ("E1.0", "E1"), ("e2", "E2"), ("E-2", "E2"), ("E3-1", "E3"), ("0", "E3"), ("E33333", "E3")]
)
@pytest.mark.parametrize("extract", ["staff", "cases"])
def test_a_correction_cures_what_asked_for_it(project, extract, old, new):
    """Witness: what is wrong in the file, put right as the message says; nothing of it is told any more."""
    numbers, text = (
        ["E1", "E2", "E3"],
        f"what,old_value,new_value,reason,role,date,key\n{extract}.person,{old},{new},Slip,Lead,2020-04-03,\n",
    )
    log = [[number, f"{day * day % 28 + 1:02}/05/2019", "Formal", "A"] for day, number in enumerate([*numbers * 3, old], 1)]
    files = {"corrections.csv": text} | ({"cases.csv": _csv(["No", "Date", "Kind", "Eth"], log)} if extract == "cases" else {})
    again = [[old, f"{new}-9", *_row(1)[2:]]] if extract == "staff" else []
    settings = {"corrections": "corrections.csv"} | ({"cases": CASES} if extract == "cases" else {})
    rows = [[number, f"{number}-{post}", *_row(1, prim=prim)[2:]] for number in numbers for post, prim in enumerate(["Yes", "No", "No"], 1)]
    again = [[*row[:5], "No", *row[6:]] for row in again]
    made = prepare(project([*rows, *again], files, **settings))
    assert _sums(made.tables["headcount"], "ethnic_group") == {"white": 3}
    assert not [each.sentence() for each in made.handled if "number" in (each.found or "")]


@pytest.mark.parametrize(
    ("cell", "old", "new"),
    [
        ("2052-06-01", "01/06/2052", "01/06/2019"),
        ("01/06/2052", "2052-06-01", "2019-06-01"),
        ("31/11/2019", "2019-11-31", "30/11/2019"),
        ("2052-06-01 00:00:00", "1 June 2052", "01/06/2019"),
    ],
)
def test_a_correction_finds_a_day_however_the_spreadsheet_shows_it(project, cell, old, new):
    """ "No record it applies to". Witness: a workbook's day as Excel shows it, and one that the calendar does not have."""
    text = f"what,old_value,new_value,reason,role,date,key\ncases.entry_date,{old},{new},Year mistyped,Lead,2020-04-03,\n"
    files = {"cases.csv": _csv(["No", "Date", "Kind", "Eth"], [["E1", cell, "Formal", "A"]]), "corrections.csv": text}
    made = prepare(project([_row(1)], files, corrections="corrections.csv", cases=CASES))
    assert _sums(made.tables["disciplinary"], "ethnic_group") == {"white": 1}


def test_a_number_of_another_organisations_staff_is_no_other_spelling_of_ours(project):
    """Witness: by hand. 12 is ours and 0012 theirs: two people, and one of them here."""
    rows = [["12", "A1", *_row(1)[2:]], ["0012", "A2", *_row(1, team="South")[2:]]]
    made = prepare(project(rows, staff={"breakdowns": {}, "only_rows": {"Team": ["North"]}}))
    assert _sums(made.tables["headcount"], "ethnic_group") == {"white": 1}


@pytest.mark.parametrize("day", ["01/05/2015", "42125"])  # 42125 is that day, counted as a workbook of 1904 does for 2 May 2019
def test_a_file_without_a_day_of_the_year_is_another_years_file(project, day):
    training = {"file": "training.csv", "columns": {"person": "No", "date": "Date"}}
    said = (2, "Date", "no day from 2019-04-01 to 2020-03-31 in any record")
    assert said in _told(project(CASE_STAFF, {"training.csv": _csv(["No", "Date"], [["E1", day]])}, training=training))
    made = prepare(project(CASE_STAFF, {"cases.csv": _csv(["No", "Date", "Kind", "Eth"], [["E1", day, "Formal", ""]])}, cases=CASES))
    assert "no day from 2018-04-01 to 2020-03-31 in any record" in [finding.found for finding in made.handled]
    assert _sums(made.tables["disciplinary"], "ethnic_group") == {}


@pytest.mark.parametrize(("number", "again"), [("0012", "12"), ("E12", "e12"), ("12", "12.0"), ("120", "0120")])
def test_one_number_in_two_spellings_is_never_two_people(project, number, again):
    # one person, once as the staff record has the number, once as a spreadsheet or another system left it
    said = "a number that differs from another one only by leading zeros, capitals, '.0' or punctuation"
    twice = [[number, "A1", *_row(1)[2:]], [again, "A2", *_row(1)[2:]]]
    assert [row for row, _, found in _told(project(twice)) if found == said] == [2, 3]
    log = {"cases.csv": _csv(["No", "Date", "Kind", "Eth"], [[again, "01/05/2019", "Formal", ""]])}
    said = "a person's number that differs from the staff list's only by leading zeros, capitals or '.0'"
    assert (2, "No", said) in _told(project([twice[0], *CASE_STAFF], log, cases=CASES))


def test_numbers_that_only_look_alike_are_two_people(project):
    rows = [["1-12", "A1", *_row(1)[2:]], ["11-2", "A2", *_row(1)[2:]], ["100", "A3", *_row(1)[2:]], ["10", "A4", *_row(1)[2:]]]
    assert _sums(prepare(project(rows)).tables["headcount"], "ethnic_group") == {"white": 4}


@pytest.mark.parametrize("again", ["12-34", "1234.", "1234-1", "1234/02", "12_34", "-01234"])
def test_a_number_with_punctuation_is_the_same_number_without(project, again):
    # 1234 once more, as another system writes it; 99-1 has no number 99 beside it and stays somebody
    rows = [["1234", "A1", *_row(1)[2:]], [again, "A2", *_row(1)[2:]], ["99-1", "A3", *_row(1)[2:]]]
    said = "a number that differs from another one only by leading zeros, capitals, '.0' or punctuation"
    assert [row for row, _, found in _told(project(rows)) if found == said] == [3]


def test_a_number_that_stands_for_nobody_in_particular_is_nobody(project):
    # one person ten times and ten people once look the same to a count of people: 0 of them are known
    log = _csv(["No", "Date", "Kind", "Eth"], [["E1", f"{day}/05/2019", "Formal", ""] for day in range(10, 20)])
    said = "the same number in every record (in 10 rows: also 3, 4, 5, 6 and 5 more)"
    assert (2, "No", said) in _told(project(CASE_STAFF, {"cases.csv": log}, cases=CASES))
    zeros = [*CASE_STAFF, ["000", "A9", *_row(1)[2:]]]
    assert (len(zeros) + 1, "No", "a number of nothing but zeros") in _told(project(zeros))


def test_a_log_of_which_nobody_is_in_the_staff_list_numbers_people_otherwise(project):
    training = {"file": "training.csv", "columns": {"person": "No", "date": "Date"}}
    strangers = [[f"X{number}", "01/05/2019"] for number in range(1, 6)]
    told = _told(project(CASE_STAFF, {"training.csv": _csv(["No", "Date"], strangers)}, training=training))
    assert (2, "No", "nobody of the staff list in any record") in told
    one_known = [*strangers, ["E1", "01/05/2019"]]
    made = prepare(project(CASE_STAFF, {"training.csv": _csv(["No", "Date"], one_known)}, training=training))
    assert {finding.how_many for finding in made.handled if "(5 of the log's 6 people are not)" in finding.action} == {5}
    assert made.tables["training"]["accessed"].sum() == 1


def test_a_course_of_somebody_nowhere_on_the_staff_list_is_told_with_how_many_they_are(project):
    """Witness: by hand. E3 left and stands in the list, so that nobody wonders; E9 stands nowhere in it: a leaver, or a slip."""
    training = {"file": "training.csv", "columns": {"person": "No", "date": "Date"}}
    log = {"training.csv": _csv(["No", "Date"], [[number, "01/05/2019"] for number in ("E1", "E2", "E3", "E9")])}
    told = [each for each in prepare(project(CASE_STAFF, log, training=training)).handled if "not in the staff list" in each.found]
    assert [(each.row, "left out by rule" in each.action, "(1 of the log's 4 people" in each.action) for each in told] == [(5, True, True)]


def test_a_place_called_as_a_total_is_none(project):
    """Witness: 'Sum' in the team of one record of ten: it was a team of one person."""
    told = _told(project([*(_row(number) for number in range(1, 10)), _row(10, team="Sum")]))
    assert (11, "Team", "the word total") in told


@pytest.mark.parametrize("moved", ["down", "up"])
def test_a_column_whose_only_empty_cell_is_at_its_end_may_have_been_moved_by_a_row(project, moved):
    """Witness: the cells of a column of twelve moved by one row, as a cell inserted or deleted above moves them in a spreadsheet."""
    rows = [_row(number, eth="AH"[number % 2]) for number in range(1, 13)]
    ethnicity = [row[2] for row in rows]
    for row, cell in zip(rows, ["", *ethnicity[:-1]] if moved == "down" else [*ethnicity[1:], ""], strict=True):
        row[2] = cell
    told = [each for each in prepare(project(rows)).handled if each.column == "Eth"]
    assert [(each.row, each.found) for each in told] == [
        (2 if moved == "down" else 13, "the only empty cell of the column, at its very end")
    ]
    rows[5][2] = ""
    assert not [each for each in prepare(project(rows)).handled if each.column == "Eth"], "one more between others: some are not recorded"


@pytest.mark.parametrize(
    ("mistyped", "meant"), [("Norht", "North"), ("Soutehrn Site", "Southern Site"), ("Northerm House", "Northern House"), ("Ward 21", "")]
)
def test_a_place_that_stands_once_and_has_the_letters_of_one_that_stands_often_is_told(project, mistyped, meant):
    """Witness: slips of typing, letters exchanged or one of them another; another ward's number is none."""
    rows = [_row(number, team=meant or "Ward 12") for number in range(1, 9)] + [_row(9, team=mistyped)]
    told = [each.sentence() for each in prepare(project(rows)).handled if each.column == "Team"]
    assert [f"found '{mistyped}'; expected '{meant}', as elsewhere" in line for line in told] == [True] * bool(meant)


@pytest.mark.parametrize("headings", ["only headings", "totals"])
def test_a_staff_list_without_anybody_stops_and_breaks_nothing(project, headings):
    rows = [] if headings == "only headings" else [["Total", "2", *[""] * 9], ["Total", "2", *[""] * 9]]
    log = _csv(["No", "Date", "Kind", "Eth"], [["E1", "01/05/2019", "Formal", ""]])
    assert "headings and no records" in [found for _, _, found in _told(project(rows, {"cases.csv": log}, cases=CASES))]


def test_a_column_without_any_value_is_told_and_of_ethnicity_it_stops(project):
    told = _told(project([_row(number, eth="") for number in range(10)]))
    assert (None, "Eth", "no value in any record") in told
    assert (None, "Leave", "no value in any record") in [
        (None, finding.column, finding.found) for finding in prepare(project([_row(number) for number in range(10)])).handled
    ]


@pytest.mark.parametrize(("day", "wrong"), [("31/12/4712", False), ("01/01/3000", False), ("23/01/2563", True), ("01/01/1900", True)])
def test_a_leave_date_beyond_a_working_life_means_open_only_where_it_ends_a_year(project, day, wrong):
    rows = [_row(1, leave="30/06/2035"), _row(2, leave=day, start="01/04/1899" if day.endswith("1900") else "01/04/2015")]
    if wrong:
        assert (3, "Leave", "a leave date before 1940 or beyond a working life") in _told(project(rows))
    else:
        assert _sums(prepare(project(rows)).tables["headcount"], "ethnic_group") == {"white": 2}


@pytest.mark.parametrize(("day", "asked"), [("14/02/2052", True), ("31/12/2052", False), ("05/08/2029", False), ("14/02/2019", False)])
def test_a_leave_date_more_than_ten_years_ahead_is_told(project, day, asked):
    """Witness: a leaver's year mistyped, 2052 for 2025, who was counted as staff and nobody said so. The snapshot is of March 2020."""
    rows = [_row(1), _row(2, leave=day, start="01/04/2015")]
    told = [(each.row, each.column, each.found) for each in prepare(project(rows)).handled]
    assert ((3, "Leave", "a leave date more than ten years ahead") in told) is asked


def test_a_day_before_1940_is_a_stand_in_and_no_day_of_a_case(project):
    log = _csv(["No", "Date", "Kind", "Eth"], [["E1", "01/01/1900", "Formal", ""], ["E2", "01/05/2019", "Formal", ""]])
    assert (2, "Date", "a date before 1940") in _told(project(CASE_STAFF, {"cases.csv": log}, cases=CASES))


def test_rows_that_tell_a_person_twice_and_assignments_of_two_people(project):
    rows = [_row(1), _row(1), _row(2), ["E3", "E2", *_row(3)[2:]]]
    told = _told(project(rows))
    assert (5, "Asg", "an assignment number that two people have") in told
    assert (3, "No", "a row that repeats an earlier one") in told


def test_writing_never_replaces_a_table_made_by_hand(project, tmp_path):
    folder = tmp_path / "data" / "few" / "2019-20"
    parameters = project([_row(1)])
    made = prepare(parameters)
    names = {path.name for path in write_preparation(made, parameters)}
    assert names == {"headcount.csv", "workforce.csv", "preparation_report.csv", "preparation_report.md"}
    assert write_preparation(made, parameters) == []
    # an extract that changed replaces what was prepared before
    parameters = project([_row(1), _row(2)])
    changed = prepare(parameters)
    assert (folder / "headcount.csv") in write_preparation(changed, parameters)
    # a change by hand does not disappear
    (folder / "headcount.csv").write_text("ethnic_group,headcount\nwhite,7\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.glob("*.*")}
    with pytest.raises(InputProblems) as caught:
        write_preparation(made, parameters)
    assert "made or changed by hand" in str(caught.value)
    assert {path.name: path.read_bytes() for path in folder.glob("*.*")} == before
    assert (folder / "headcount.csv") in write_preparation(made, parameters, replace=True)
    # a blank table, as wres new-report leaves it, holds nothing that could be lost; without its count column it may
    (folder / "headcount.csv").write_text("\ufeffethnic_group,headcount\nwhite,\nbme,\n", encoding="utf-8")
    assert (folder / "headcount.csv") in write_preparation(made, parameters)
    (folder / "headcount.csv").write_text("white,bme\n7,1\n", encoding="utf-8")
    with pytest.raises(InputProblems, match="made or changed by hand"):
        write_preparation(made, parameters)


def test_prepared_tables_pass_the_check_of_counts_tables(project, tmp_path):
    """Witness: the reader of counts tables, which knows nothing of extracts."""
    from wres_helpers.intake.supplied_counts import read_counts

    rows = [_row(1), _row(2, eth="H", team="South"), _row(3, eth="Z", grade="VSM")]
    directly = project(rows, use="directly", keep_ethnic_category="sixteen_plus_one", staff={"also_cut_by": ["grade", "staff_group"]})
    from_extracts = read_counts(directly)
    prepared = project(rows, keep_ethnic_category="sixteen_plus_one", staff={"also_cut_by": ["grade", "staff_group"]})
    write_preparation(prepare(prepared), prepared)
    from_tables = read_counts(prepared)
    keys = list(from_tables.columns[:-1])
    assert from_extracts.set_index(keys)["count"].to_dict() == from_tables.set_index(keys)["count"].to_dict()


@pytest.mark.parametrize(
    ("rows", "staff", "said"),
    [
        ([_row(1), _row(2)], {}, "staff.csv: found a file that was changed"),
        ([_row(1)], {"expected_rows": 1}, "few-2019-20.yaml: found another mapping"),
    ],
)
def test_tables_older_than_what_they_were_prepared_from_make_no_report(project, tmp_path, rows, staff, said):
    """Witness: two people, or a mapping with one more key, after one person was prepared; a mark at an unmapped key changes nothing."""
    from wres_helpers.intake.supplied_counts import read_counts

    prepared = project([_row(1), _row(2, eth="H")])
    write_preparation(prepare(prepared), prepared)
    people = read_counts(prepared)["count"].sum()
    changed = project([*rows, _row(2, eth="H")] if staff else rows, staff=staff)
    with pytest.raises(InputProblems, match=said):
        read_counts(changed)
    (tmp_path / "data/few/2019-20/extracts/staff.csv").unlink()
    assert staff or read_counts(prepared)["count"].sum() == people  # taken away, as good keeping of personal data asks


def test_a_master_file_without_extracts_is_told(project, tmp_path):
    parameters = project([_row(1)])
    master = yaml.safe_load(parameters.path.read_text(encoding="utf-8"))
    del master["extracts"]
    parameters.path.write_text(yaml.safe_dump(master), encoding="utf-8")
    with pytest.raises(ParameterProblems, match="the key 'extracts'"):
        prepare(load_parameters(parameters.path))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"staff": {"columns": {"person": "A", "ethnicity": "B"}, "rules": {}, "clinical": None}}, "columns that map 'grade'"),
        ({"staff": {"file": "../s.csv"}}, "extracts.staff.file"),
        ({"cases": {"file": "c.csv", "columns": {"person": "A", "entry_date": "B"}}}, "window_years"),
        ({"board": {"file": "b.csv", "columns": {"ethnicity": "A"}, "breakdowns": {"grade": "G"}}}, "breakdown 'grade' needs another name"),
        (
            {"survey": {"file": "b.csv", "columns": {"question": "A", "response": "B", "ethnicity": "C"}}},
            "columns that map 'percent' and 'base'",
        ),
    ],
)
def test_a_mapping_that_cannot_work_is_told_before_any_file_is_read(project, change, words):
    with pytest.raises(ParameterProblems) as caught:
        project([_row(1)], **change)
    assert words in str(caught.value)


def test_who_counts_because_a_usual_column_is_not_mapped_is_said_and_so_is_what_no_extract_gives(project, tmp_path):
    """Witness: of the fields usually needed, this mapping lacks those that are told; of the tables one is blank, one was entered by hand."""
    columns = {name: heading for name, heading in STAFF["columns"].items() if name not in ("employment_type", "leave_date")}
    cases = {"file": "cases.csv", "columns": {"person": "No", "entry_date": "Day"}, "window_years": 1}
    parameters = project(
        [_row(1)], {"cases.csv": "No,Day\nE1,03/05/2019\n"}, {"columns": columns, "rules": {}, "clinical": None}, cases=cases
    )
    year = tmp_path / "data/few/2019-20"
    (year / "board.csv").write_text("membership,ethnic_group,members\ntotal,white,\n", encoding="utf-8")
    (year / "training.csv").write_text("ethnic_group,accessed\nwhite,1\nbme,0\n", encoding="utf-8")
    made = prepare(parameters)
    assert [note.split(",")[0] for note in made.notes] == [
        "staff: no column is mapped for 'employment_type'", "staff: no column is mapped for 'assignment_status'",
        "staff: no column is mapped for 'leave_date'", "staff: no column is mapped for 'clinical'",
        "cases: no column is mapped for 'kind'", "cases: no column is mapped for 'status'",
        "data/few/2019-20/training.csv: no extract gives it; it is read as it stands",
        "data/few/2019-20/board.csv: no extract gives it; it is blank: enter it by hand",
    ]  # fmt: skip
    assert made.report.loc[made.report["step"].eq("note"), "detail"].tolist() == list(made.notes)


def test_where_a_spelling_or_a_category_is_added_is_the_organisations_own_table(project, tmp_path):
    folder = tmp_path / "data" / "few"
    folder.mkdir(parents=True)
    (folder / "grades.csv").write_text("spelling,grade\nNurse,Band 5\n", encoding="utf-8")
    (folder / "codes.csv").write_text("code_set,code,label,group\nesr,Q1,Our own,bme\n", encoding="utf-8")
    rows = [_row(1, eth="Q1", grade="Nurse"), _row(2, eth="Q9"), _row(3, grade="Nurze")]
    with pytest.raises(InputProblems) as told:
        prepare(project(rows, grades="grades.csv", ethnic_categories="codes.csv"))
    named = [problem.action.partition(" to ")[2].partition(": under ")[0] for problem in told.value.problems]
    assert named == ["data/few/codes.csv", "data/few/grades.csv"]


@pytest.mark.parametrize(("code_set", "asked"), [("ESR", 0), ("Esr", 0), ("esrr", 1)])
def test_a_code_set_of_the_organisations_own_table_is_known_in_any_capitals_and_asked_about_where_misspelt(
    project, tmp_path, code_set, asked
):
    """Witness: its category was unknown, and the cure was to add the row that stood there."""
    (tmp_path / "data" / "few").mkdir(parents=True)
    (tmp_path / "data" / "few" / "codes.csv").write_text(f"code_set,code,label,group\n{code_set},Q1,Our own,bme\n", encoding="utf-8")
    try:
        handled = prepare(project([_row(1, eth="Q1"), _row(2)], ethnic_categories="codes.csv")).handled
    except InputProblems as error:
        handled = error.problems
        assert asked
    assert sum(told.found == f"'{code_set}'" and told.column == "code_set" for told in handled) == asked


def test_a_table_typed_by_hand_is_in_the_way_with_both_ways_out(project, tmp_path):
    parameters = project([_row(1)])
    (tmp_path / "data/few/2019-20/headcount.csv").write_text("ethnic_group,headcount\nwhite,7\nbme,0\n", encoding="utf-8")
    with pytest.raises(InputProblems, match="write over it with --replace or move it away"):
        write_preparation(prepare(parameters), parameters)


def test_what_stops_stands_apart_from_what_would_have_been_handled(project):
    """Witness: an unknown code stops, and a code in small letters is read."""
    with pytest.raises(InputProblems) as told:
        prepare(project([_row(1, eth="Q9"), _row(2, eth="a")]))
    lines = str(told.value).split("\n")
    assert len(lines) == 3 and "'Q9'" in lines[0] and lines[1] == "" and "Handled: " in lines[2]


def test_what_staff_records_write_for_nobody_knows_and_their_codes_of_the_1990s_are_read_and_a_bare_number_is_not(project):
    """Witness: cells a fresh stranger's export had; 1 alone is another category in the numbers of the 2001 census."""
    made = prepare(
        project([_row(1, eth="Unspecified"), _row(2, eth="9 Not given"), _row(3, eth="0 White"), _row(4, eth="4 Indian"), _row(5)])
    )
    assert _sums(made.tables["headcount"], "ethnic_group") == {"unknown": 2, "white": 2, "bme": 1}
    assert _told(project([_row(1, eth="1")])) == [(2, "Eth", "'1'")]


@pytest.mark.parametrize(("start", "leave"), [("Leave", "Start"), ("Start", "Leave")])
def test_start_and_leave_dates_exchanged_in_the_mapping_are_asked_about(project, start, leave):
    """Witness: a list with a start in three rows of four and a leave date in one; mapped the other way round, and as it is with a cell to fill."""
    rows = [_row(1), _row(2), _row(3, leave="01/05/2019"), _row(4, start="")]
    parameters = project(rows, staff={"columns": STAFF["columns"] | {"start_date": start, "leave_date": leave}})
    with pytest.raises(InputProblems) as caught:
        prepare(parameters)
    assert f"column '{start}': found an empty cell" in str(caught.value)
    assert "if it is so all over, look which column is mapped as start_date" in str(caught.value)


def test_a_column_of_numbers_mapped_as_ethnicity_is_looked_up_and_not_compared_with_every_label(project, monkeypatch):
    """Witness: the number of comparisons. 150,000 numbers took 74 seconds: the labels were made bare again for each of them."""
    made_bare = []
    monkeypatch.setattr(reference_codes, "bare_key", lambda text: made_bare.append(text) or bare_key(text))
    with pytest.raises(InputProblems, match="200 different values that are not known"):
        prepare(project([_row(number, eth=f"7{number:06}") for number in range(200)]))
    assert 200 <= len(made_bare) < 2_000


def _many(**changes):
    """Twelve people with one assignment, and three with two; a change is a text for all rows, or one for each."""
    rows = [(number, "") for number in range(12)] + [(number, suffix) for number in (20, 21, 22) for suffix in ("", "-2")]
    each = [{name: value if isinstance(value, str) else value[at] for name, value in changes.items()} for at in range(len(rows))]
    return [_row(number, suffix, **more) for (number, suffix), more in zip(rows, each, strict=True)]


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        (["Yes"] * 12 + ["Yes", "No"] * 3, []),
        (["No"] * 12 + ["No", "Yes"] * 3, [(True, "an only assignment that is not marked as primary (in 12 rows")]),
        (["No"] * 11 + ["Yes"] + ["Yes", "No"] * 3, [(False, "an only assignment that is not marked as primary (in 11 rows")]),
        (["Yes"] * 11 + ["No"] + ["Yes", "No"] * 3, []),  # of one person it may be a post elsewhere
        (["Yes"] * 18, [(False, "several primary assignments of everybody who has several")]),
        (["Yes"] * 16 + ["Yes", "No"], []),
        ([""] * 12 + ["Yes", ""] * 3, []),  # a system that marks only where there are several
    ],
)
def test_marks_of_the_primary_assignment_that_mark_another_one_are_told(project, marks, told):
    """Each second assignment stood for its person without a word. Witness: yes and no exchanged in all 18 rows, and all of them yes."""
    made = project(_many(prim=marks), staff={"no": ["No", ""]})
    try:
        found = [(False, problem.found) for problem in prepare(made).handled if problem.column == "Prim"]
    except InputProblems as error:
        found = [(True, problem.found) for problem in error.problems if problem.column == "Prim"]
    assert [stops for stops, _ in dict.fromkeys((stops, said.partition(" (")[0]) for stops, said in found)] == [stops for stops, _ in told]
    assert all(any(said.startswith(words) for _, said in found) for _, words in told)


YEARS = [f"31/03/{2021 + number}" for number in range(7)]
MONTHS = ["31/05/2020", "30/06/2020", "31/07/2020", "31/08/2020", "30/09/2020", "31/10/2020", "30/11/2020"]
FEW_DAYS = [f"{number:02d}/05/2020" for number in range(1, 12)]
FORTNIGHTS = [
    "01/05/2020",
    "15/05/2020",
    "29/05/2020",
    "12/06/2020",
    "26/06/2020",
    "10/07/2020",
    "24/07/2020",
    "07/08/2020",
    "21/08/2020",
    "04/09/2020",
]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (YEARS, "7 days one after another, each a year from the next"),
        (MONTHS, "7 days one after another, each a month from the next"),
        (FEW_DAYS, "11 days one after another, each a day from the next"),
        (FORTNIGHTS[::-1], "10 days one after another, each 14 days from the next"),
        (FEW_DAYS[:9], ""),
        (YEARS[:5], ""),
        (["31/03/2021"] * 11, ""),  # contracts that end with the year
        (["01/05/2020", "", "02/05/2020", "", "03/05/2020", "", "04/05/2020"], ""),
    ],
)
@pytest.mark.parametrize("column", ["leave", "start"])
def test_days_that_count_up_row_by_row_are_asked_about(project, days, found, column):
    """Each is a possible day. Witness: a leave date dragged down by a spreadsheet, by years, months and days; as start dates they lie before the snapshot."""
    days = [day and f"{day[:6]}{int(day[6:]) - 12 * (column == 'start')}" for day in days]
    rows = _many(**{column: [*days, *([""] if column == "leave" else ["17/08/2011"]) * 18][:18]})
    rows = [row if row[HEADINGS.index("Start")] else [*row[:7], "17/08/2011", *row[8:]] for row in rows]
    told = [problem.found for problem in prepare(project(rows)).handled if "one after another" in problem.found]
    assert [said.partition(" (")[0] for said in dict.fromkeys(told)] == ([found] if found else [])


@pytest.mark.parametrize(
    ("cell", "doubt"),
    [
        ("NorthNorth", "the same twice"),
        ("South South", "the same twice"),
        ("42", "a number"),
        ("North<br>", "beside"),
        ("=North", None),
        ("Papa", ""),
    ],
)
def test_a_category_of_an_extract_is_held_to_what_one_of_a_counts_table_is(project, cell, doubt):
    """Witness: a word pasted over itself and a lone number among teams, which a counts table alone asked about."""
    rows = [
        *(_row(number) for number in range(12)),
        *(_row(number, team=team) for number, team in ((20, cell), (21, "West"), (22, "East"))),
    ]
    if doubt is None:
        with pytest.raises(InputProblems, match="begins with '='"):
            prepare(project(rows))
        return
    told = [problem.found for problem in prepare(project(rows)).handled if problem.column == "Team"]
    assert any(doubt in said for said in told) if doubt else told == []


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (("Perm", "Bank"), ["staff: no row has 'Agency', which rules.employment_type names: check that no rows are missing."]),
        (("Perm", "perm"), ["staff: no row has 'Bank', 'Agency', which rules.employment_type names: check that no rows are missing."]),
        (("Bank", "Agency"), []),
    ],
)
def test_a_value_of_a_rule_that_no_row_has_is_told(project, kinds, told):
    """A file without its bank staff, or without a staff group, was read without a word. Witness: the kinds of three people, two of them given."""
    notes = prepare(project([_row(1), *(_row(2 + at, kind=kind) for at, kind in enumerate(kinds))])).notes
    assert [note for note in notes if "no row has" in note] == told


def test_a_staff_group_of_the_rule_that_no_row_has_is_told(project):
    """Witness: two groups of the rule, one of them before a job role in the file, as the staff record writes it."""
    clinical = {"by": "staff_group", "clinical": ["Nursing"], "non_clinical": ["Clerical", "Estates"]}
    columns = {name: heading for name, heading in STAFF["columns"].items() if name != "occupation_code"} | {"staff_group": "Occ"}
    rows = [_row(1, occ="Nursing|Sister"), _row(2, occ="Clerical")]
    notes = prepare(project(rows, staff={"clinical": clinical, "columns": columns})).notes
    assert "staff: no row has 'Estates', which clinical names: check that no rows are missing." in notes
    exchanged = {"by": "staff_group", "clinical": ["Clerical", "Estates"], "non_clinical": ["Nursing"]}
    said = "staff: 'Clerical', 'Estates' stand among the clinical: check that the two lists are not exchanged."
    assert (said in prepare(project(rows, staff={"clinical": exchanged, "columns": columns})).notes) and said not in notes


@pytest.mark.parametrize(
    ("post", "executive", "asked"),
    [
        ("Chief Nurse", "No", True),
        ("Non-executive director", "Yes", True),
        ("Chair", "Yes", True),
        ("Director of Finance", "No", True),
        ("Trust Secretary", "No", False),
        ("NED and chair of audit", "No", False),
    ],
)
def test_a_post_that_says_otherwise_than_the_column_beside_it_is_asked_about(project, post, executive, asked):
    """Witness: a list of a board of which only the left columns were sorted: each cell was a possible one."""
    rows = [["Chair", "No", "A"], [post, executive, "H"], ["Medical Director", "Yes", "A"]]
    board = {"file": "b.csv", "columns": {"executive": "Exec", "ethnicity": "Eth"}}
    made = prepare(project([_row(1)], {"b.csv": _csv(["Post", "Exec", "Eth"], rows)}, board=board))
    assert [(told.row, told.found) for told in made.handled] == [(3, "another answer than 'Post' gives")] * asked


@pytest.mark.parametrize(("fte", "found"), [("1.00", "'1.00'"), ("0", "'0'"), ("1.00|0.60", "")])
def test_a_field_of_each_person_that_says_the_same_of_everybody_is_asked_about(project, fte, found):
    """It chose assignments and working patterns without a word. Witness: a column of full-time equivalents that is 1, or 0, throughout."""
    shares, days = fte.split("|"), "0123456789"
    rows = [_row(n, eth="AH"[n % 2], grade=f"Band {5 + n % 2}", start=f"1{days[n]}/0{1 + n * n % 9}/201{days[n]}", fte=shares[n % len(shares)])
            for n in range(10)]  # fmt: skip
    told = [each.found for each in prepare(project(rows)).handled if "every record" in each.found]
    assert told == [f"{found} in every record"] * bool(found)


def test_what_prepare_tells_is_settled_as_the_notes_of_check_are(project, capsys):
    """Witness: a word with a space too many and a table by hand, told by every `wres prepare`; settled they are one line, and no name is gone."""
    parameters = project([_row(1), _row(2, grade="Band  5")])

    def said(*settled):
        parameters.path.write_text(yaml.safe_dump(yaml.safe_load(parameters.path.read_text()) | {"settled": list(settled)}))
        assert prepare_command(parameters.path, replace=False, suggest=False) == 0
        return capsys.readouterr().err

    notes = [line for line in said().splitlines() if line.startswith("Note: ")]
    assert any("double spaces" in note for note in notes) and any("no column is mapped" in note for note in notes)
    names = [*map(settled_as, notes)]
    told = said(*names, "n00000")
    assert f"{len(names)} settled notes: the preparation report tells them." in told and "Note: " not in told
    assert [note.found for note in _settled_and_gone([], load_parameters(parameters.path))] == ["n00000"]


def test_an_error_of_a_spreadsheets_is_told_once_and_not_as_a_grade_or_category_to_be_added(project):
    """Witness: of one cell it was said that it is an error, and that it may be added to the organisation's own grades."""
    with pytest.raises(InputProblems) as caught:
        prepare(project([_row(1), _row(2, grade="#N/A"), _row(3, eth="#REF!"), _row(4, leave="#VALUE!"), _row(5, kind="err:502")]))
    told = [(problem.row, problem.column, problem.found) for problem in caught.value.problems if problem.row]
    places = [(3, "Grade"), (4, "Eth"), (5, "Leave"), (6, "Type")]
    assert sorted(told) == [(*place, "an error such as #N/A") for place in places]


@pytest.mark.parametrize(
    ("kept", "others", "asked"),
    [
        (["North Trust"], "FEW", "'FEW'"),
        (["North Trust"], "Few (RX1)", "'Few (RX1)'"),
        (["Fewer"], "Few", "'Few'"),
        (["Few"], "North Trust", ""),
        (["North Trust", "Few"], "South", ""),
        (["North Trust"], "South", ""),
    ],
)
def test_rows_of_the_reports_own_name_that_only_rows_leaves_out_are_asked_about(project, kept, others, asked):
    """Another trust's people made the report. Witness: lists of two or three names, of which the master file keeps another one than its own."""
    names = [*kept, others]
    rows = [_row(number, team=names[number % len(names)]) for number in range(100, 130)]
    handled = prepare(project(rows, staff={"breakdowns": {}, "only_rows": {"Team": kept}})).handled
    said = [each.found for each in handled if "only_rows" in each.action]
    assert len(said) == bool(asked)
    assert all(f"{asked}, as the report's organisation is called" in found for found in said)


@pytest.mark.parametrize(("records", "more", "found"), [
    (1000, {}, "exactly 1,000 records"), (999, {}, "exactly 1,000 rows, the heading among them"),
    (998, {}, ""), (1001, {}, ""), (1000, {"expected_rows": 1000}, ""),
])  # fmt: skip
def test_a_list_that_ends_where_systems_cut_lists_is_asked_about(project, records, more, found):
    """The people behind the cut were not counted. Witness: a list of so many rows; one more or fewer, or as many as the system has, is whole."""
    rows = [_row(number) for number in range(10_000, 10_000 + records)]
    said = [each.found for each in prepare(project(rows, staff=more)).handled if "may have been cut" in each.action]
    assert said == [found] * bool(found)
