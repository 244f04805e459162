"""The action plan comes through the same door as every small table. Witness: the rows as written, by eye."""

import pytest
from support.doors import told

from wres_helpers.intake import input_notices, read_action_plan, read_actions, read_narrative
from wres_helpers.intake.texts.roles import reads_like_a_person
from wres_helpers.problems import InputProblems
from wres_helpers.settings.master_file_reader import load_parameters

HEAD = "action_id,indicator,area,action,owner_role,due,progress\n"


def plan_of(project, content):
    (project / "data" / "necs" / "2019-20" / "action_plan.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_action_plan(load_parameters(project / "params" / "necs-2019-20.yaml", change={"report.date": "2020-03-31"}))


def test_an_action_on_several_lines_and_a_column_of_ones_own_are_kept(spoilable):
    plan = plan_of(
        spoilable, HEAD.replace("progress", "progress,framework") + '1,2,Jobs,"Train panels\nand check, twice",Head of HR,March,,P1\n'
    )
    assert plan["action"].tolist() == ["Train panels\nand check, twice"]
    assert plan["framework"].tolist() == ["P1"]


def test_a_day_that_excel_made_a_number_of_is_written_out(spoilable):
    assert plan_of(spoilable, HEAD + "1,2,A,Train,HR,46295,\n")["due"].tolist() == ["30 September 2026"]


def told_of_plan(project, column):
    notices = input_notices(load_parameters(project / "params/necs-2019-20.yaml"))
    return [notice for notice in notices if "action_plan" in notice.file and notice.column == column]


def test_a_number_of_which_a_spreadsheet_made_a_day_is_asked_about(spoilable):
    """Witness: 1.1 in a column that a British Excel saved; 01-02 is how somebody numbers."""
    plan_of(spoilable, HEAD + "01-Jan,2,A,Train,HR,,\n1.3,2,A,Ask,HR,,\n01-02,2,A,See,HR,,\n")
    (told,) = told_of_plan(spoilable, "action_id")
    assert told.found == "'01-Jan' (a day that a spreadsheet makes of 1.1)" and told.action.startswith("Kept as it stands")


def test_letters_that_a_page_joins_in_one_sign_are_read_apart_in_plans_and_texts(spoilable):
    """Witness: a plan and a text copied out of a PDF."""
    plan = plan_of(spoilable, HEAD + "1,2,A,Train sta\ufb00 \ufb01rst,HR,,\n")
    assert plan["action"].tolist() == ["Train staff first"]
    (told,) = told_of_plan(spoilable, "action")
    assert "letters joined in one sign" in told.found
    (spoilable / "data/necs/2019-20/narrative/about.md").write_text("An o\ufb03ce.\n", encoding="utf-8")
    assert read_narrative(load_parameters(spoilable / "params/necs-2019-20.yaml"))["about"] == "An office."


def test_cells_that_excel_leaves_out_at_the_end_of_a_row_are_empty(spoilable):
    assert plan_of(spoilable, HEAD + "1,2,A,Train,HR\n")["progress"].tolist() == [""]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            HEAD + '1,2,A,"Train,HR,March,\n2,2,A,Mentor,HR,March,\n3,2,A,Ask,HR,March,"\n',
            "row 2: found a cell in quotation marks that holds",
        ),
        (HEAD + "1,2,A,Train, and mentor,HR,March,\n", "row 2: found 8 cells; expected 7 cells"),
        (HEAD + "1,2,A,Train\n", "row 2: found 4 cells; expected 7 cells"),
        (HEAD + "1,2,A,Train,HR", "row 2: found 5 cells; expected 7 cells"),
        (HEAD + "\n1,2,A,,HR,March,\n", "row 3, column 'action': found an empty cell"),
        (HEAD + "1,2,A,#REF!,HR,March,\n", "found '#REF!'"),
        (HEAD + f"1,2,A,{'Train panels. ' * 10_000},HR,March,\n", "Say it in a few sentences"),
        (HEAD + f"1,2,A,Train,HR,March,{'Begun. ' * 1_000}\n", "row 2, column 'progress'"),
        (HEAD + "1,2,A,Train,HR,March,0\n", "row 2, column 'progress': found '0'; expected what was last reported"),
        (HEAD.replace(",area", ",area,area") + "1,2,A,B,Train,HR,March,\n", "a heading that stands twice"),
        (b"\xff\xfe\x00", "not the text their first bytes announce"),
    ],
)
def test_a_plan_with_a_fault_stops_at_its_row(spoilable, content, said):
    with pytest.raises(InputProblems) as caught:
        plan_of(spoilable, content)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("progress", "done"),
    [
        ("Done", True), ("Completed by the EDI lead", True), ("Closed.", True), ("Done; evaluated in May", True), ("Done in part", False),
        ("Completed, but not evaluated", False), ("Complete by March 2021", False), ("Not done", False), ("Partly done", False), ("", False),
    ],
)  # fmt: skip
def test_only_what_is_wholly_done_is_done(spoilable, progress, done):
    plan = plan_of(spoilable, HEAD + f'1,2,A,Train,HR,2019-06-30,"{progress}"\n')
    assert (plan["done"].tolist(), plan["overdue"].tolist()) == ([done], [not done])


@pytest.mark.parametrize(
    ("due", "overdue"),
    [
        ("30/03/2020", True), ("30 March 2020", True), ("30 Mar 2020", True), ("February 2020", True), ("Sept 2019", True), ("1/4/2020", False),
        ("Q3 2019/20", True), ("Q4 2019-20", False), ("by the end of February 2020", True), ("30.3.20", True), ("2020-03-30 00:00:00", True),
        ("March 2020", False), ("April 2020", False), ("2020-02", True), ("2020-03", False), ("31/02/2020", False), ("Ongoing", False), ("", False),
    ],
)  # fmt: skip
def test_a_day_or_month_as_people_write_it_tells_what_is_overdue(spoilable, due, overdue):
    assert plan_of(spoilable, HEAD + f"1,2,A,Train,HR,{due},Started\n")["overdue"].tolist() == [overdue]


@pytest.mark.parametrize(
    ("due", "progress", "soon"),
    [
        ("31 March 2020", "", True),
        ("June 2020", "Not started", True),  # 30 June is 91 days on
        ("June 2020", "Begun", False),
        ("30 March 2020", "", False),  # is overdue
        ("2 July 2020", "", False),
        ("", "", False),
    ],
)
def test_an_action_not_begun_is_due_soon_within_a_quarter_of_the_day_on_the_report(spoilable, due, progress, soon):
    """Witness: the calendar, from 31 March 2020 on."""
    assert plan_of(spoilable, HEAD + f"1,2,A,Train,HR,{due},{progress}\n")["due_soon"].tolist() == [soon]


def test_what_is_overdue_is_measured_by_the_day_that_stands_on_the_report(spoilable):
    """Without a day in the master file that is the day of the run: an action of years ago is late, whatever year is reported."""
    plan_of(spoilable, HEAD + "1,2,A,Train,HR,2021-01-31,Started\n")
    given, today = (
        load_parameters(spoilable / "params" / "necs-2019-20.yaml", change={"report.date": day}) for day in ("2021-01-31", None)
    )
    assert [read_action_plan(parameters)["overdue"].tolist() for parameters in (given, today)] == [[False], [True]]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1;9", "1; 9"), ("Indicators 5 and 6", "5; 6"), ("5 to 8", "5; 6; 7; 8"), ("7–8", "7; 8"), ("2/3", "2; 3"),
        ("all", "1; 2; 3; 4; 5; 6; 7; 8; 9"), ("\u200eall\u00a0", "1; 2; 3; 4; 5; 6; 7; 8; 9"),
    ],
)  # fmt: skip
def test_the_indicators_an_action_serves_are_read_however_they_are_listed(spoilable, typed, read):
    assert plan_of(spoilable, HEAD + f'1,"{typed}",A,Train,HR,,\n')["indicator"].tolist() == [read]


@pytest.mark.parametrize("typed", ["2, 11", "12", "8 to 5", "2.5", "Culture", "05-Aug"])
def test_an_action_for_an_indicator_that_the_standard_has_not_stops_at_its_row(spoilable, typed):
    """Witness: the standard has nine indicators; what a spreadsheet made of 5-8 is none of them."""
    with pytest.raises(InputProblems, match="row 3, column 'indicator'") as told:
        plan_of(spoilable, HEAD + f'1,2,A,Train,HR,,\n2,"{typed}",A,Ask,HR,,\n')
    assert "1, 2, 3, 4, 5, 6, 7, 8, 9" in str(told.value) and repr(typed) in str(told.value)


def test_dates_nobody_can_read_and_owners_who_seem_to_be_persons_are_asked_about_and_never_named(spoilable):
    rows = ["1,2,A,Train,Ada Osei,Q7", "2,2,A,Ask,HR,September 2020", '3,2,A,Meet,"Osei, Ada",Ongoing', "4,2,A,See,Chief Nurse,"]
    plan_of(spoilable, HEAD + "".join(f"{row},\n" for row in rows))
    told = [notice for notice in input_notices(load_parameters(spoilable / "params/necs-2019-20.yaml")) if "action_plan" in notice.file]
    assert [(notice.row, notice.column) for notice in told] == [(2, "due"), (4, "due"), (2, "owner_role"), (4, "owner_role")]
    assert "'Q7'" in told[0].found and not any("Osei" in notice.sentence() for notice in told)


def test_a_wrong_cell_hides_no_question_about_other_rows(spoilable):
    """Witness: row 2 serves an indicator there is none of; row 3 has a person for an owner and a date nobody can read."""
    rows = "1,77,A,Train,HR,March 2020,\n2,2,B,Mentor,Ada Osei,sometime,\n"
    with pytest.raises(InputProblems, match="row 2"):
        plan_of(spoilable, HEAD + rows)
    asked = input_notices(load_parameters(spoilable / "params" / "necs-2019-20.yaml"))
    assert {(each.row, each.column) for each in asked if each.file.endswith("action_plan.csv")} == {(3, "due"), (3, "owner_role")}


def test_every_key_of_a_master_file_that_names_a_role_is_asked_about(spoilable):
    change = {"report.prepared_by": "Ada Osei", "report.sign_off": {"role": "Dr Osei"}, "disclosure.owner_role": "A. Osei"}
    told = input_notices(load_parameters(spoilable / "params/necs-2019-20.yaml", change=change))
    assert {notice.column for notice in told} == {"report.prepared_by", "report.sign_off.role", "disclosure.owner_role"}


@pytest.mark.parametrize(
    "text",
    [
        "Jane Smith",
        "J. Smith",
        "Smith, Jane",
        "Mary-Ann O'Neil",
        "Dr Patel",
        "Jane Smith (HR)",
        "Head of HR – Jane Smith",
        "ada.osei@example.org",
    ],
)
def test_a_name_is_told_from_a_role(text):
    assert reads_like_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Director of people",
        "Chief Nurse",
        "OD; EDI lead; Director",
        "Freedom To Speak Up Guardian",
        "Estates and Ancillary",
        "Black Staff Network",
        "HR",
    ],
)
def test_a_role_is_no_name(text):
    assert not reads_like_a_person(text)


def test_actions_without_a_number_are_numbered_as_they_stand(spoilable):
    assert plan_of(spoilable, HEAD + "2,2,A,Train,HR,,\n,2,A,Ask,HR,,\n,2,A,See,HR,,\n")["action_id"].tolist() == ["2", "1", "3"]


def test_what_became_of_last_years_actions_is_told_by_this_years_file_and_what_is_done_is_promised_no_more(spoilable):
    """Witness: four actions of last year; this year's file says of two what became of them, and adds one."""
    before = spoilable / "data/necs/2018-19/action_plan.csv"
    before.write_text(
        HEAD + "".join(f"A{number},2,A,Do {number},HR,2019-12,{said}\n" for number, said in enumerate(("Done", "", "Begun", "Begun"), 1))
    )
    plan_of(
        spoilable, HEAD + "A2,2,A,Do 2,HR,2019-12,Done in May\nA3,2,A,Do 3,HR,2020-12,\nA4,2,A,Do 4,HR,2019-12,Given up\nA5,2,A,New,HR,,\n"
    )
    ahead, became = read_actions(load_parameters(spoilable / "params/necs-2019-20.yaml", change={"report.date": "2020-03-31"}))
    assert ahead["action_id"].tolist() == ["A3", "A5"]
    assert became["progress"].tolist() == ["Done", "Done in May", "", "Given up"]
    assert became["overdue"].tolist() == [False, False, False, False]
    assert ahead["was_due"].tolist()[0] == "2019-12"
    assert ahead["carried_over"].tolist() == [True, False], "A3 was promised last year, A5 is new"


def test_a_number_used_again_for_another_action_is_another_action_and_asked_about(spoilable):
    """Witness: last year's A1 is not done; this year's A1 is another action, which is. The plan of last year is not held to this year's rules."""
    before = spoilable / "data/necs/2018-19/action_plan.csv"
    before.write_text(HEAD + "A1,all of it,A,Train,HR,2019-12,Begun\n")
    plan_of(spoilable, HEAD + "A1,2,A,Ask,HR,2019-12,Done\n")
    parameters = load_parameters(spoilable / "params/necs-2019-20.yaml", change={"report.date": "2020-03-31"})
    ahead, became = read_actions(parameters)
    assert (ahead["progress"].tolist(), became["progress"].tolist()) == (["Done"], ["Begun"])
    told = [notice for notice in input_notices(parameters) if "another text than action A1" in (notice.found or "")]
    assert [notice.row for notice in told] == [2]


@pytest.mark.parametrize("column", [2, 3, 4])
@pytest.mark.parametrize("cell", ["2019-12", "30 September 2020", "A7", "3", "Q3 2020-21"])
def test_a_day_or_a_code_alone_is_no_text_of_a_plan(spoilable, column, cell):
    """Witness: cells as they stand under other headings of a plan; where two headings were exchanged, a page printed them."""
    cells = ["A1", "2", "Jobs", "Train panels of Band 8a", "Head of HR", "2019-12", "Begun"]
    assert len(plan_of(spoilable, HEAD + ",".join(cells) + "\n")) == 1
    cells[column] = cell
    with pytest.raises(InputProblems, match=f"found '{cell}'; expected .*are two headings exchanged"):
        plan_of(spoilable, HEAD + ",".join(cells) + "\n")


def test_two_exchanged_headings_of_a_plan_are_asked_about(spoilable):
    """Witness: the shipped plan of an invented trust, by eye, with its headings as they are and exchanged."""
    shipped = (spoilable / "data/harrowmere/2025-26/action_plan.csv").read_text(encoding="utf-8")
    head, rows = shipped.split("\n", 1)
    for exchanged, said in (
        (head, ""),
        (
            head.replace("area", "x").replace("owner_role", "area").replace("x", "owner_role"),
            "column 'area': found what reads as 'owner_role'",
        ),
        (head.replace("area", "x").replace("progress", "area").replace("x", "progress"), "column 'area': found what reads as 'progress'"),
    ):
        plan_of(spoilable, exchanged + "\n" + rows)
        asked = [notice.sentence() for notice in input_notices(load_parameters(spoilable / "params/necs-2019-20.yaml"))]
        assert any(said in line for line in asked) if said else not any("what reads as" in line for line in asked)


def test_last_years_plan_in_this_years_folder_is_asked_about(spoilable):
    """Witness: one plan in both folders, letter by letter; with one word of progress it is this year's."""
    rows = HEAD + "1,2,A,Train panels,Head of HR,March 2021,Draft written\n"
    (spoilable / "data" / "necs" / "2018-19" / "action_plan.csv").write_text(rows)
    plan_of(spoilable, rows)
    assert "the plan of the year before, word for word" in told(spoilable)
    plan_of(spoilable, rows.replace("Draft written", "Panels trained"))
    assert "word for word" not in told(spoilable)


@pytest.mark.parametrize(("due", "asked"), [("March 2012", True), ("March 2018", False), ("March 2021", False)])
def test_a_day_due_years_before_the_report_may_be_a_slip(spoilable, due, asked):
    """Witness: a new action of 2019-20, due "March 2012" for 2022: a page would call it eight years overdue."""
    plan_of(spoilable, HEAD + f"1,2,A,Train panels,Head of HR,{due},\n")
    assert (f"column 'due': found '{due}'" in told(spoilable)) == asked
