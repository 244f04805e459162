"""The report of a year that goes on with last year's actions is made.

Witness: the plans are written here. Of last year's A01, due in March 2021 and now a year later, and A02, A02 has another text this year, so it is
another action; A03 is new. The report of 0.3.0 had no page at all then, since the day an action had before stood in some rows only.
"""

from support.warm_wres import wres

PARAMS = "params/necs-2019-20.yaml"
BEFORE = """action_id,indicator,area,action,owner_role,due,progress
A01,2,Recruitment,Train panels,Head of people,2021-03,Begun
A02,2,Recruitment,Ask candidates,Head of people,2021-03,Done
"""
NOW = """action_id,indicator,area,action,owner_role,due,progress,Our mark
A01,2,Recruitment,Train panels,Head of people,2022-03,Half of them,kept
A02,3,Conduct,Count cases,Head of people,2021-06,,
A03,4,Training,Ask staff,Head of people,2021-09,,
"""


def test_a_plan_that_carries_an_action_over_reaches_the_board(spoilable):
    (spoilable / "data/necs/2018-19/action_plan.csv").write_text(BEFORE)
    (spoilable / "data/necs/2019-20/action_plan.csv").write_text(NOW)
    run = wres(spoilable, "run", PARAMS, "--only", "10_action_plan", "--audience", "board")
    assert run.returncode == 0, run.stderr
    pages = list((spoilable / "outputs/necs").rglob("board/sections/10_action_plan.html"))
    said = " ".join(pages[0].read_text(encoding="utf-8").split())
    assert said.count("Was due") == 1, "of the action whose day moved, and of no other"
    assert "March 2021" in said and ">nan<" not in said
