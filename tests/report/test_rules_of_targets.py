"""What parity takes and where targets stand: every decision on both its sides. Witness: rows by hand, with sums and shares beside each."""

import math
from types import SimpleNamespace

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.report.section import parity_blocks
from wres_helpers.report.section.parity_blocks import LOSING_GROUND, beside_verdict

#: A share of senior posts: 40 of 400 are 10%, the line of 2019/20 at 12%, the goal 20% by 2023/24.
SHARE = {"target": "Posts", "indicator": "1", "measure": "senior_share", "breakdown": "overall", "category": "all", "of": "share"}
SHARE |= {"comparison": "difference", "start_year": "2018-19", "goal_year": "2023-24", "start": 0.1, "path": 0.12, "goal": 0.2}
SHARE |= {"now": 0.1, "base": 400.0, "more_people": 40.0, "verdict": "behind the path", "owner_role": "Chair", "reason": ""}
SHARE |= {"whose": "the organisation's", "decided": ""}
VALUE = SHARE | {"indicator": "2", "measure": "appointed_from_shortlisting", "of": "value", "comparison": "ratio", "start": 2.2}
VALUE |= {"path": 1.9, "goal": 1.0, "now": 2.0, "base": None, "more_people": None}
SENIOR = {"comparison": "difference", "direction": "grade-workforce", "value": -0.1, "lower": -0.14, "upper": -0.05}


@pytest.fixture
def shown(made, rows_of):
    """Evidence with senior posts of two years, all staff, and appointments of two years; tables that are given stand in their place."""

    def make(senior=(40, 400), before=None, ends=(0.074, 0.133), ratio=2.0, ratio_before=None, whole=None, breaks=(), **tables):
        rows = []
        for year, counts, value in ((rows_of.year, senior, ratio), (rows_of.before, before, ratio_before)):
            if counts:
                part = rows_of.result("1", "senior_share", None, counts, **SENIOR) | {"year": year}
                rows.append(part | dict(zip(("bme_lower", "bme_upper"), ends, strict=True)))
            if value:
                rows.append(rows_of.appointed | {"year": year, "value": value})
        if whole:
            everybody = {"comparison": "none", "direction": "none", "status": "not_judged"}
            rows.append(rows_of.result("1", "share_of_grade", None, whole, **everybody))
        years = {"previous_year": rows_of.before} if before or ratio_before else {}
        parity = tables.pop("parity", pd.DataFrame())
        made_of = made(rows, **years, **tables)
        made_of.parity = parity
        made_of.context.parameters.organisation = SimpleNamespace(name="Demonstration Trust", short_name="Demo", kind="NHS trust")
        if breaks:
            own = pd.DataFrame(breaks, columns=["year", "indicator", "kind", "reason"])
            made_of.context.own = SimpleNamespace(breaks=own, suppressed=made_of.context.own.suppressed)
        return made_of

    return make


def beside(shown, row, **changed):
    return beside_verdict(shown, pd.Series(row | changed, dtype=object).fillna(math.nan))


@pytest.mark.parametrize(
    ("row", "changed", "said"),
    [
        # Wilson's interval of the share holds the line of 12%, and not the goal of 20%
        (SHARE, {}, "chance could change that (interval 7.4% to 13.3%)"),
        (SHARE, {"path": 0.14}, ""),
        (SHARE, {"path": 0.06}, ""),
        (SHARE, {"path": 0.133}, "chance could change that"),
        (SHARE, {"path": 0.074}, "chance could change that"),
        (SHARE, {"verdict": "on the path", "path": 0.08}, "chance could change that"),
        (SHARE, {"verdict": "not yet reached"}, ""),
        (SHARE, {"verdict": "not yet reached", "goal": 0.13}, "chance could change that"),
        (SHARE, {"verdict": "reached", "goal": 0.08, "path": 0.5}, "chance could change that"),
        (SHARE, {"now": None}, ""),
        (SHARE, {"path": None}, ""),
        (VALUE, {}, "chance could change that (interval 1.10 to 3.90)"),
        (VALUE, {"path": 1.05}, ""),
        (VALUE, {"path": 4.0}, ""),
    ],
)
def test_that_chance_could_change_where_a_target_stands_is_said_where_its_line_lies_inside_the_interval(shown, row, changed, said):
    told = beside(shown(), row, **changed)
    assert said in told if said else "chance" not in told


@pytest.mark.parametrize(
    ("row", "changed", "few"),
    [
        (SHARE, {"path": 0.1024}, True),  # 0.96 of 400 people
        (SHARE, {"path": 0.0976}, True),
        (SHARE, {"now": 0.25, "path": 0.265625, "base": 64.0}, False),  # exactly one
        (SHARE, {"path": 0.2, "goal": 0.1001, "verdict": "not yet reached"}, False),
        (VALUE, {"path": 2.0, "base": 0.1}, False),
    ],
)
def test_less_than_one_person_from_the_line_is_said_of_shares_beside_their_line(shown, row, changed, few):
    assert ("less than one person" in beside(shown(), row, **changed)) is few
    far = beside(shown(ends=(0.4, 0.5)), row, **changed)
    assert ("less than one person" in far) is few and ("chance" in far) is (row is VALUE)


ON = {"verdict": "on the path", "path": 0.04}


@pytest.mark.parametrize(
    ("before", "changed", "said"),
    [
        # 41 of 400 are 10.3%, farther from the goal now by one person; 44 of 400 are 11.0%, by four
        ((41, 400), ON, "; it fell by one person (41 of 400 in 2018/19, now 40 of 400)"),
        ((44, 400), ON, f", but {LOSING_GROUND}: it fell (from 11.0% to 10.0% since 2018/19)"),
        ((42, 400), ON, f", but {LOSING_GROUND}: it fell (from 10.5% to 10.0% since 2018/19)"),
        ((36, 400), ON, ""),
        ((40, 400), ON, ""),
        ((44, 400), {"verdict": "not yet reached", "path": 0.04}, f", but {LOSING_GROUND}: it fell"),
        ((44, 400), {"verdict": "behind the path", "path": 0.5}, ""),
        ((44, 400), {"verdict": "reached", "goal": 0.05}, ""),
        # a goal below: fewer are wanted, and they rose
        ((36, 400), ON | {"goal": 0.02, "start": 0.2}, f", but {LOSING_GROUND}: it rose (from 9.0% to 10.0% since 2018/19)"),
        ((44, 400), ON | {"goal": 0.02, "start": 0.2}, ""),
        ((100, 400), ON | {"goal": 0.1875, "now": 0.125}, ""),  # as far on its other side
    ],
)
def test_a_share_that_is_farther_from_its_goal_than_the_year_before_loses_ground(shown, before, changed, said):
    told = beside(shown(before=before), SHARE, **changed)
    assert told.startswith(said) if said else "fell" not in told and "rose" not in told
    broken = shown(before=before, breaks=[("2019-20", "", "merger", "A merger.")])
    assert "fell" not in beside(broken, SHARE, **changed), "nothing is compared across a break"
    assert "fell" not in beside(shown(), SHARE, **changed), "without a year before nothing fell"


@pytest.mark.parametrize(
    ("before", "verdict", "said"),
    [
        (1.8, None, f", but {LOSING_GROUND}: it rose (from 1.80 to 2.00 since 2018/19)"),
        (1.8, "clear_change", f", but {LOSING_GROUND}: it rose (from 1.80 to 2.00 since 2018/19)"),
        (1.8, "within_chance", "; it rose (from 1.80 to 2.00 since 2018/19), by no more than chance"),
        (2.2, "within_chance", ""),
        (1.9999, "within_chance", ""),  # both print as 2.00
    ],
)
def test_a_value_that_moved_the_wrong_way_by_no_more_than_chance_says_so(shown, rows_of, before, verdict, said):
    place = {name: VALUE[name] for name in ("measure", "breakdown", "category")}
    of = "2" if verdict else "4"
    changed = [
        place
        | {"year": rows_of.year, "indicator": of, "verdict": verdict or "within_chance", "measure": VALUE["measure"] if verdict else "x"}
    ]
    told = beside(shown(ratio_before=before, changes=changed), VALUE, verdict="on the path", path=9.0)
    assert told.startswith(said) if said else "rose" not in told


@pytest.mark.parametrize(
    ("then", "now", "changed", "told"),
    [
        # gap and share: the gap grew from 5 to 8 points and, as a part of the share, from half to four fifths
        ((-0.05, 0.10), (-0.08, 0.10), {}, "from \N{MINUS SIGN}5.0 in 2018/19 to \N{MINUS SIGN}8.0 percentage points"),
        ((-0.05, 0.10), (-0.08, 0.20), {}, ""),  # the gap grew, and as a part of the share it shrank: 0.5 to 0.4
        ((-0.05, 0.10), (-0.05, 0.05), {}, ""),  # no wider
        ((-0.05, 0.10), (-0.04, 0.05), {}, ""),
        ((0.02, 0.10), (-0.01, 0.09), {}, "from +2.0 in 2018/19 to \N{MINUS SIGN}1.0 percentage points"),
        ((0.02, 0.10), (0.01, 0.11), {}, ""),
        ((-0.05, 0.10), (-0.10, 0.20), {}, ""),  # the gap is half of the share in both
        ((None, 0.10), (-0.08, 0.10), {}, ""),
        ((-0.05, 0.10), (-0.08, 0.10), {"of": "value"}, ""),
        ((-0.05, 0.10), (-0.08, 0.10), {"start_year": "2019-20"}, ""),  # of the year before its start nothing is compared
    ],
)
def test_a_share_that_falls_behind_that_of_all_staff_loses_ground(shown, rows_of, then, now, changed, told):
    made_of = shown(before=(44, 400))
    frame = made_of.results
    for year, (value, rate) in ((rows_of.before, then), (rows_of.year, now)):
        frame.loc[frame["measure"].eq("senior_share") & frame["year"].eq(year), ["value", "bme_rate"]] = value, rate
    said = parity_blocks._widened(made_of, pd.Series(SHARE | changed))
    assert (told in said and LOSING_GROUND in said) if told else said == ""
    made_of.context.own = SimpleNamespace(
        breaks=pd.DataFrame([("2019-20", "1", "survey", "x")], columns=["year", "indicator", "kind", "reason"])
    )
    assert parity_blocks._widened(made_of, pd.Series(SHARE | changed)) == ""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, True),
        ({"start": None, "path": 0.12}, True),
        ({"start": 0.1, "path": None}, True),
        ({"start": None, "path": None}, False),
        ({"start_year": "2019-20"}, False),
    ],
)
def test_that_a_line_starts_before_a_break_is_said_where_there_is_a_line(shown, changed, said):
    broken = shown(breaks=[("2019-20", "1", "merger", "A merger."), ("2019-20", "", "survey", "A survey.")])
    told = beside(broken, SHARE, **changed)
    assert ("where its line starts is not comparable with today (merger and survey)" in told) is said
    other = shown(breaks=[("2019-20", "2", "merger", "A merger.")])
    assert "comparable" not in beside(other, SHARE, **changed)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, True),  # the goal of 20%, and 24.2% of all staff
        ({"goal": 0.3}, False),
        ({"goal": 0.242}, False),
        ({"of": "value"}, False),
        ({"whose": "NHS England's"}, False),
        ({"goal": 0.09}, False),  # wanted lower than its start of 10%
        ({"goal": 0.1}, True),
        ({"start": None}, True),
        ({"goal": None}, False),
    ],
)
def test_a_goal_below_the_share_of_all_staff_is_no_equality(shown, changed, said):
    told = beside(shown(whole=(242, 1000)), SHARE, **changed)
    assert ("the goal itself is below the 24.2% of the whole workforce" in told) is said
    assert "the goal itself" not in beside(shown(), SHARE, **changed), "of all staff nothing is known"
    equal = [{"year": "2019-20", "measure": "senior_share", "breakdown": "overall", "category": "all", "to_equal_people": 57.0}]
    whole = beside(shown(whole=(242, 1000), parity=pd.DataFrame(equal)), SHARE, **changed)
    assert ("workforce (57 more people would be equality)" in whole) is said, "3 more people to a goal hid how far equality is"


@pytest.mark.parametrize(
    ("row", "changed", "cells"),
    [
        (SHARE, {}, ("20.0% by 2023/24, from 10.0% in 2018/19", "10.0% (line 12.0%)", "40 more")),
        (SHARE, {"start": None, "path": None, "verdict": "not yet reached"}, ("20.0% by 2023/24", "10.0%", "40 more")),
        (SHARE, {"more_people": -3.0}, ("20.0% by 2023/24, from 10.0% in 2018/19", "10.0% (line 12.0%)", "3 fewer")),
        (SHARE, {"more_people": 1.0}, ("20.0% by 2023/24, from 10.0% in 2018/19", "10.0% (line 12.0%)", "1 more")),
        (SHARE, {"more_people": 0.0}, ("20.0% by 2023/24, from 10.0% in 2018/19", "10.0% (line 12.0%)", "none")),
        (SHARE, {"more_people": None}, ("20.0% by 2023/24, from 10.0% in 2018/19", "10.0% (line 12.0%)", "hidden")),
        (SHARE, {"more_people": None, "goal": None}, ("not known by 2023/24, from 10.0% in 2018/19", "10.0% (line 12.0%)", "not known")),
        (SHARE, {"now": None}, ("20.0% by 2023/24, from 10.0% in 2018/19", "hidden (line 12.0%)", "40 more")),
        (SHARE, {"now": None, "reason": "the data of this year have no such breakdown and category"},
         ("20.0% by 2023/24, from 10.0% in 2018/19", "not in the data (line 12.0%)", "40 more")),
        (VALUE, {}, ("1.00 by 2023/24, from 2.20 in 2018/19", "2.00 (line 1.90)", "does not apply")),
        (VALUE, {"now": 0.0}, ("1.00 by 2023/24, from 2.20 in 2018/19", "no ratio, as one group counts nobody (line 1.90)", "does not apply")),
        (VALUE, {"now": None}, ("1.00 by 2023/24, from 2.20 in 2018/19", "hidden (line 1.90)", "does not apply")),
        (VALUE | {"comparison": "difference"}, {"now": 0.0, "goal": 0.01, "start": 0.1, "path": 0.05},
         ("+1.0 by 2023/24, from +10.0 in 2018/19", "0.0 (line +5.0)", "does not apply")),
    ],
)  # fmt: skip
def test_goal_now_and_people_of_a_target_are_told_as_they_are_known(row, changed, cells):
    target = pd.Series(row | changed)
    assert (parity_blocks._goal(target), parity_blocks._now(target), parity_blocks._more_people(target)) == cells


@pytest.mark.parametrize(
    ("row", "changed", "said"),
    [
        (SHARE, {}, "indicator 1, senior posts: BME share; Chair"),
        (SHARE, {"breakdown": "grade", "category": "Band 9", "decided": "Board"}, "indicator 1, by grade: BME share; Chair; Board"),
        (SHARE, {"breakdown": "staff_group", "owner_role": ""}, "indicator 1, by staff group: BME share"),
        (SHARE, {"measure": "board_share", "indicator": "9", "breakdown": "membership", "category": "voting"},
         "indicator 9, the voting board members: BME share; Chair"),
        (VALUE, {}, "indicator 2, shortlisting to appointment: relative likelihood; Chair"),
        (VALUE, {"comparison": "difference"}, "indicator 2, shortlisting to appointment: gap; Chair"),
        (VALUE, {"comparison": ""}, "indicator 2, shortlisting to appointment: value; Chair"),
    ],
)  # fmt: skip
def test_of_what_a_target_is_and_whose_is_said_beside_its_name(shown, row, changed, said):
    assert parity_blocks._set_by(shown(), pd.Series(row | changed)) == said


def test_targets_without_a_figure_are_rows_only_where_none_has_one(shown):
    known, absent = SHARE, SHARE | {"target": "Band 9", "now": None}
    (both,) = report.targets(shown(targets=[known, absent]))
    assert [row[0] for row in both.rows] == ["Posts"]
    assert "Without a figure that can be shown: Band 9: 20.0% by 2023/24, from 10.0% in 2018/19." in both.notes
    for rows in ([known], [absent]):
        (alone,) = report.targets(shown(targets=rows))
        assert [row[0] for row in alone.rows] == [rows[0]["target"]] and not any("Without" in note for note in alone.notes)
    (unknown,) = report.targets(shown(targets=[known | {"goal": None}]))
    assert unknown.rows[0][4] == "Goal not known"
    (told,) = report.targets(shown())
    assert told.paragraphs == (parity_blocks.NO_TARGETS,)


ENGLAND = SHARE | {"whose": "NHS England's", "start_year": "2017-18", "goal": 0.164}


@pytest.mark.parametrize(
    ("row", "breaks", "said"),
    [
        (ENGLAND, (), "Model Employer: the goal of every band is the BME share of all staff in 2017/18."),
        (ENGLAND, [("2018-19", "", "merger", "x")], "in 2017/18, not comparable with today (merger)."),
        (ENGLAND | {"goal": None}, (), ""),
        (SHARE, (), ""),
    ],
)
def test_where_the_goals_of_england_come_from_is_noted_once_where_one_is_known(shown, row, breaks, said):
    (table,) = report.targets(shown(targets=[SHARE, row], breaks=breaks))
    notes = [note for note in table.notes if "Model Employer" in note]
    assert len(notes) == bool(said) and all(note.endswith(said) for note in notes)


@pytest.mark.parametrize(
    ("changed", "in_full", "short"),
    [
        ({}, "it is behind the path; chance could change that (interval 7.4% to 13.3%) (Chair, goal 20.0% by 2023/24, date open).",
         "it is behind the path, 10.0% now, where 12.0% was due (Chair, date open)."),
        ({"owner_role": "", "path": 0.3}, "it is behind the path (goal 20.0% by 2023/24, owner, date open).",
         "it is behind the path, 10.0% now, where 30.0% was due (owner, date open)."),
        ({"verdict": "not reached in time"}, "it was not reached in time (Chair, goal 20.0% by 2023/24, date open).",
         "it was not reached in time, 10.0% now, where 20.0% was due (Chair, date open)."),
        ({"path": None}, "it is behind the path (Chair, goal 20.0% by 2023/24, date open).", "it is behind the path (Chair, date open)."),
        ({"now": None}, "it is behind the path (Chair, goal 20.0% by 2023/24, date open).", "it is behind the path (Chair, date open)."),
        ({"whose": "NHS England's"}, None, None),
        ({"verdict": "on the path"}, None, None),
    ],
)  # fmt: skip
def test_a_board_is_asked_about_its_own_targets_that_are_late_with_what_was_due(shown, changed, in_full, short):
    evidence = shown(targets=[SHARE | changed])
    for told, said in ((parity_blocks.asked_of_targets(evidence), in_full), (parity_blocks.asked_of_targets(evidence, short=True), short)):
        assert told == ([f"Decide what follows for the target Posts: {said}"] if said else [])
    assert parity_blocks.asked_of_targets(shown()) == []


def parity_of(shown, rows_of, results, *rows):
    evidence = shown(results)
    named = ("year", "indicator", "measure", "breakdown", "category")
    frame = pd.DataFrame([{name: result[name] for name in named} | row for result, row in zip(results, rows, strict=False)])
    evidence.parity = frame if len(frame) else pd.DataFrame(columns=named)
    table = report.parity_table(evidence)
    return {row[0].partition(".")[0]: row[1:] for row in table.rows}, table.notes


FIVE = {"aim": "more", "to_equal_people": 5.0, "to_range_people": 2.0, "smallest_shown": 1.7, "reason": ""}


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ({}, ("more BME people", "5", "2", "a relative likelihood of 1.70")),
        ({"to_equal_people": 0.0, "to_range_people": 0.0}, ("none", "0", "0", "a relative likelihood of 1.70")),
        ({"to_range_people": None}, ("more BME people", "5", "no whole number enters it", "a relative likelihood of 1.70")),
        ({"smallest_shown": None}, ("more BME people", "5", "2", "none, however large")),
        ({"smallest_shown": float("inf")}, ("more BME people", "5", "2", "only one where a group counts nobody")),
        ({"to_equal_people": None, "reason": "too few"}, ("not known",) * 4),
    ],
)
def test_what_parity_takes_is_told_as_it_is_known(made, rows_of, row, cells):
    told, notes = parity_of(made, rows_of, [rows_of.appointed], FIVE | row)
    assert told["2"] == cells and told["4"] == ("not supplied",) * 4
    assert [note for note in notes if note.startswith("Not known")] == ["Not known: too few."] * (cells[0] == "not known")


def test_what_parity_takes_of_gaps_hidden_counts_and_shares_of_nothing(made, rows_of):
    gap = rows_of.result("6", "harassment_staff", (10, 100), (30, 100), comparison="difference", direction="bme-white", value=0.2)
    told, _ = parity_of(made, rows_of, [gap], FIVE | {"aim": "fewer", "smallest_shown": 0.123})
    assert told["6"] == ("fewer BME people", "5", "2", "12.3 percentage points")
    told, notes = parity_of(made, rows_of, [rows_of.hide(gap, bme_count="[c]")], FIVE | {"to_equal_people": None, "reason": "hidden"})
    assert told["6"] == ("hidden",) * 4 and not [note for note in notes if note.startswith("Not known")]
    told, _ = parity_of(made, rows_of, [gap])
    assert told["6"] == ("does not apply",) * 4
    on_entry = rows_of.hide(gap, unknown_count="not calculable")
    told, _ = parity_of(made, rows_of, [on_entry], FIVE | {"to_equal_people": None, "reason": "not told"})
    assert told["6"] == ("not known",) * 4


@pytest.mark.parametrize(("staff", "said"), [(0.111, "11.1% of staff (100 of 900)"), (None, "a share of staff that is hidden")])
def test_the_people_served_stand_beside_a_share_of_staff_that_may_be_hidden(made, staff, said):
    evidence = made()
    row = {"area": "Mere", "rate": 0.2, "source": "Census", "population_year": "2021", "staff_rate": staff}
    evidence.population = pd.DataFrame([row | {"bme_headcount": 100, "known_headcount": 900}])
    (block,) = report.population_served(evidence)
    assert f"BME people are {said} and 20.0% of the people of Mere (Census, 2021)." in block.paragraphs[0]
