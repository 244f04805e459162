"""The action plan comes through the same door as every small table. Witness: the rows as written, by eye."""

import pytest

from wres_helpers.intake import read_action_plan
from wres_helpers.problems import InputProblems
from wres_helpers.settings.parameters import load_parameters

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


def test_cells_that_excel_leaves_out_at_the_end_of_a_row_are_empty(spoilable):
    assert plan_of(spoilable, HEAD + "1,2,A,Train,HR\n")["progress"].tolist() == [""]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            HEAD + '1,2,A,"Train,HR,March,\n2,2,A,Mentor,HR,March,\n3,2,A,Ask,HR,March,"\n',
            "row 2: found a cell in quotation marks that holds",
        ),
        (HEAD + "1,2,A,Train\n", "row 2: found 4 cells; expected 7 cells"),
        (HEAD + "1,2,A,Train,HR", "row 2: found 5 cells; expected 7 cells"),
        (HEAD + "\n1,2,A,,HR,March,\n", "row 3, column 'action': found an empty cell"),
        (HEAD + "1,2,A,#REF!,HR,March,\n", "found #REF!"),
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
        ("March 2020", False), ("April 2020", False), ("2020-02", True), ("2020-03", False), ("31/02/2020", False), ("Ongoing", False), ("", False),
    ],
)  # fmt: skip
def test_a_day_or_month_as_people_write_it_tells_what_is_overdue(spoilable, due, overdue):
    assert plan_of(spoilable, HEAD + f"1,2,A,Train,HR,{due},Started\n")["overdue"].tolist() == [overdue]


def test_what_is_overdue_is_measured_by_the_day_that_stands_on_the_report(spoilable):
    """Without a day in the master file that is the day of the run: an action of years ago is late, whatever year is reported."""
    plan_of(spoilable, HEAD + "1,2,A,Train,HR,2021-01-31,Started\n")
    given, today = (
        load_parameters(spoilable / "params" / "necs-2019-20.yaml", change={"report.date": day}) for day in ("2021-01-31", None)
    )
    assert [read_action_plan(parameters)["overdue"].tolist() for parameters in (given, today)] == [[False], [True]]
