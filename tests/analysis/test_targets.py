"""Targets: progress, distance in whole people, and the chance of getting there.

Witnesses: sums by hand, and a simulation post by post that shares no line with the exact calculation.
"""

import numpy as np
import pandas as pd
import pytest

from wres_helpers.analysis.status_rule import SUPPRESSED
from wres_helpers.analysis.targets import OF_ENGLAND, OWN, chance, model_employer, progress, with_presets

PLACE = {"measure": "senior_share", "breakdown": "overall", "category": "all"}


def target(**given) -> pd.DataFrame:
    usual = {
        "target": "T1", "indicator": "1", **PLACE, "of": "share", "start_year": "2020-21", "start": 0.05, "goal": 0.10,
        "goal_year": "2030-31", "turnover": 0.12, "more_is_better": True, "owner_role": "Chief executive", "decided": "Board, May 2021",
    }  # fmt: skip
    return pd.DataFrame([usual | given])


def results(count: float, base: float, value: float = 1.4) -> pd.DataFrame:
    whole = {"measure": "share_of_grade", "breakdown": "overall", "category": "all", "bme_count": 240.0, "bme_base": 1000.0}
    table = pd.DataFrame([whole, {**PLACE, "bme_count": count, "bme_base": base, "value": value}])
    return table.assign(year="2025-26", organisation="x", comparison="difference", bme_rate=table["bme_count"] / table["bme_base"])


def stands(made: pd.DataFrame, **given) -> pd.Series:
    return progress(target(**given), made, "2025-26").iloc[0]


def test_half_way_in_time_and_behind():
    found = stands(results(28, 400))
    # 7.0% now, the line stands at 7.5% after five of ten years, the goal of 40 is 12 people away
    assert (found["now"], found["path"]) == pytest.approx((0.07, 0.075))
    assert (found["more_people"], found["verdict"]) == (12, "behind the path")


@pytest.mark.parametrize(
    ("count", "verdict", "people"), [(30, "on the path", 10), (40, "reached", 0), (55, "reached", 0), (39, "on the path", 1)]
)
def test_verdicts_at_their_edges(count, verdict, people):
    found = stands(results(count, 400))
    assert (found["verdict"], found["more_people"]) == (verdict, people)


@pytest.mark.parametrize(
    ("given", "count", "verdict", "people"),
    [
        # fewer harassed: 15% of 400 are 60 people
        ({"start": 0.30, "goal": 0.15}, 90, "on the path", -30),
        ({"start": 0.30, "goal": 0.15}, 60, "reached", 0),
        # without a start, or with one at the goal, the better side decides
        ({"start": np.nan, "goal": 0.15, "more_is_better": False}, 50, "reached", 0),
        ({"start": np.nan, "goal": 0.15, "more_is_better": False}, 61, "not yet reached", -1),
        ({"start": 0.15, "goal": 0.15, "more_is_better": False}, 61, "behind the path", -1),
        ({"start": np.nan, "goal": 0.15}, 50, "not yet reached", 10),
    ],
)
def test_a_goal_may_lie_below_and_people_are_then_fewer(given, count, verdict, people):
    found = stands(results(count, 400), turnover=np.nan, **given)
    assert (found["verdict"], found["more_people"]) == (verdict, people)


@pytest.mark.parametrize(("goal_year", "count", "verdict"), [("2024-25", 39, "not reached in time"), ("2025-26", 39, "not reached in time"),
                                                            ("2026-27", 36, "behind the path"), ("2024-25", 40, "reached")])  # fmt: skip
def test_a_goal_whose_year_is_over_is_reached_or_missed(goal_year, count, verdict):
    assert stands(results(count, 400), goal_year=goal_year)["verdict"] == verdict


def test_before_its_start_a_target_has_no_line_to_be_behind():
    found = stands(results(12, 400), start_year="2026-27")
    assert (found["verdict"], np.isnan(found["path"])) == ("not yet reached", True)


@pytest.mark.parametrize("value", [0.0, np.inf])
def test_a_ratio_of_a_group_that_counts_nobody_is_no_verdict(value):
    table = results(1, 2, value=value).assign(comparison="ratio")
    found = stands(table, of="value", start=1.8, goal=1.25, turnover=np.nan)
    assert (found["verdict"], found["reason"].startswith("one group counts nobody")) == ("no figure", True)


def test_fewer_of_a_group_is_as_likely_as_more_of_all_others():
    """Of 400 posts 100 are held; 80 or fewer is 320 or more of the others, who fill vacancies with 76 of 100."""
    found = stands(results(100, 400), start=0.30, goal=0.20)
    vacated = 1 - 0.88**5
    assert found["chance_at_parity"] == pytest.approx(chance(300, 400, 320, vacated, 0.76))
    assert chance(300, 400, 320, vacated, 1 - found["share_needed"]) >= 0.80 > chance(300, 400, 320, vacated, 0.99 - found["share_needed"])


def test_without_leavers_nothing_moves():
    found = stands(results(28, 400), turnover=0.0)
    assert found["chance_at_parity"] == 0
    assert np.isnan(found["share_needed"])


def test_a_place_that_the_data_do_not_have_is_said_to_be_none():
    found = stands(results(28, 400), breakdown="grade", category="Band 99")
    assert (found["verdict"], found["reason"]) == ("no figure", "the data of this year have no such breakdown and category")


def test_a_target_of_the_organisation_is_read_by_the_side_that_the_catalogue_calls_better(evidence, reference):
    """Indicator 2 is better below (white/BME), 6 fewer harassed, 7 more who believe, 9 a higher gap."""
    rows = [("2", "value"), ("6", "share"), ("6", "value"), ("7", "value"), ("9", "value"), ("1", "share")]
    own = pd.concat([target(indicator=indicator, measure="", of=of) for indicator, of in rows], ignore_index=True)
    made = with_presets(own, evidence.results, evidence.context.catalogue, reference.grades)
    assert made["more_is_better"].tolist() == [False, False, False, True, True, True]


def test_a_preset_keeps_what_its_row_says_of_turnover_and_owner(evidence, reference):
    own = target(measure="model_employer", start_year="2018-19", decided="")
    made = with_presets(own, evidence.results, evidence.context.catalogue, reference.grades)
    assert made[["turnover", "owner_role"]].drop_duplicates().to_numpy().tolist() == [[0.12, "Chief executive"]]
    assert made["decided"].str.startswith("NHS England, January 2019").all()


def test_a_goal_that_is_no_whole_number_of_people_is_rounded_up():
    # 10% of 439 is 43.9
    assert stands(results(28, 439))["more_people"] == 16


def test_a_hidden_figure_is_no_progress_and_no_standstill():
    found = stands(results(np.nan, 400))
    assert found["verdict"] == "no figure"
    assert np.isnan([found["now"], found["more_people"], found["chance_at_parity"]]).all()
    assert "hidden" in found["reason"]


def test_a_target_below_is_reached_from_above():
    falling = {"of": "value", "measure": "senior_share", "start": 1.8, "goal": 1.25}
    assert stands(results(1, 2, value=1.2), **falling)["verdict"] == "reached"
    assert stands(results(1, 2, value=1.5), **falling)["verdict"] == "on the path"
    assert stands(results(1, 2, value=1.6), **falling)["verdict"] == "behind the path"


@pytest.mark.parametrize(("share", "verdict"), [(0.0946, "on the path"), (0.0956, "on the path"), (0.0944, "behind the path")])
def test_a_figure_that_prints_like_the_line_is_not_behind_it(share, verdict):
    """The line stands at 9.5%, halfway from 4% to 15%; 9.46% prints as 9.5% too, 9.56% is ahead and 9.44% behind."""
    assert stands(results(share * 10_000, 10_000), start=0.04, goal=0.15)["verdict"] == verdict


def test_the_chance_is_that_of_a_simulation_post_by_post():
    posts, held, years, turnover, share, wanted = 120, 8, 4, 0.12, 0.24, 18
    draw = np.random.default_rng(6)
    bme = np.zeros((20_000, posts), dtype=bool)
    bme[:, :held] = True
    for _ in range(years):
        vacant = draw.random(bme.shape) < turnover
        bme = np.where(vacant, draw.random(bme.shape) < share, bme)
    simulated = np.mean(bme.sum(axis=1) >= wanted)
    assert chance(held, posts, wanted, 1 - (1 - turnover) ** years, share) == pytest.approx(simulated, abs=0.012)


def test_the_share_needed_is_the_smallest_whole_per_cent_that_makes_it_sure():
    found = stands(results(28, 400))
    vacated = 1 - 0.88**5
    assert chance(28, 400, 40, vacated, found["share_needed"]) >= 0.80
    assert chance(28, 400, 40, vacated, found["share_needed"] - 0.01) < 0.80


def test_without_a_turnover_nothing_is_said_of_the_chance():
    found = stands(results(28, 400), turnover=np.nan)
    assert np.isnan([found["chance_at_parity"], found["share_needed"]]).all()
    assert found["more_people"] == 12


def test_nothing_can_be_reached_after_the_goal_year():
    assert np.isnan(stands(results(28, 400), goal_year="2025-26")["chance_at_parity"])


def test_model_employer_takes_the_share_of_the_start_year_to_every_senior_band(evidence, reference):
    # witness: 54 BME of 1,204 staff on 31 March 2019
    found = model_employer(evidence.results, reference.grades, "2018-19")
    assert list(found["category"]) == ["Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM"]
    assert found["goal"].unique() == pytest.approx([54 / 1204])
    assert found["decided"].str.contains("path not confirmed").all()
    # of a year that is not at hand no goal is known, and the bands are named all the same
    assert model_employer(evidence.results, reference.grades, "2011-12")["goal"].isna().all()


@pytest.mark.parametrize(
    ("years", "path"),
    [(("2025-26", "2030-31"), 0.05), (("2024-25", "2026-27"), 0.075), (("2020-21", "2024-25"), 0.10), (("2019-20", "2022-23"), 0.10)],
)
def test_a_line_begins_in_its_first_year_and_ends_in_its_last(years, path):
    """By hand: 5% in the first year, halfway 7.5%, and from the year of the goal on 10%."""
    assert stands(results(30, 400), start_year=years[0], goal_year=years[1])["path"] == pytest.approx(path)


@pytest.mark.parametrize(
    ("goal_year", "count", "told"), [("2026-27", 30, True), ("2026-27", 39, True), ("2026-27", 40, False), ("2025-26", 39, False)]
)
def test_the_chance_is_told_for_one_person_and_for_one_year_and_not_where_none_is_missing(goal_year, count, told):
    found = stands(results(count, 400), goal_year=goal_year)
    assert np.isfinite(found["chance_at_parity"]) == told
    if told:
        assert found["chance_at_parity"] == pytest.approx(chance(count, 400, 40, 0.12, 0.24))


def test_a_share_of_nobody_is_a_figure_and_a_ratio_that_prints_like_the_line_is_on_it():
    """Halfway from 1.8 to 1.2 the line is at 1.5: 1.504 prints as 1.50 too, 1.506 as 1.51. A gap is compared in tenths of a point."""
    assert stands(results(0, 400).assign(comparison="ratio"))["verdict"] == "behind the path"
    ratio = {"of": "value", "start": 1.8, "goal": 1.2, "turnover": np.nan}
    assert [stands(results(1, 2, value=value).assign(comparison="ratio"), **ratio)["verdict"] for value in (1.504, 1.506, 1.2)] == [
        "on the path", "behind the path", "reached",
    ]  # fmt: skip
    gap = {"of": "value", "start": 0.04, "goal": 0.02, "turnover": np.nan}
    assert [stands(results(1, 2, value=value), **gap)["verdict"] for value in (0.0304, 0.0306)] == ["on the path", "behind the path"]


@pytest.mark.parametrize(
    ("protection", "reason", "kept"),
    [('{"bme_rate": "[c]"}', "", False), ("", SUPPRESSED, False), ("", "", True), ('{"value": "[c]"}', "", True)],
)
def test_a_start_whose_year_is_hidden_is_seen_no_more_than_its_figure(protection, reason, kept):
    """A share's start is its rate; where the first year is not among the results, what was typed stands."""
    now = results(28, 400).assign(protection="", reason="")
    began = now.assign(year="2020-21", protection=protection, reason=reason)
    for table, stays in ((pd.concat([began, now], ignore_index=True), kept), (now, True)):
        found = stands(table)
        assert (found["start"] == 0.05, np.isfinite(found["path"])) == (stays, stays)


def test_the_first_part_of_the_board_that_was_supplied_speaks_for_a_target_of_the_whole(reference):
    """The voting members, who would come first, have no base, and another measure's have one; other targets keep their places."""
    part = {"year": "2025-26", "breakdown": "membership", "measure": "board_share"}
    rows = [part | {"category": "voting", "bme_base": np.nan}, part | {"category": "total", "bme_base": 9.0},
            part | {"measure": "other", "category": "voting", "bme_base": 9.0}, part | {"breakdown": "site", "category": "voting", "bme_base": 9.0}]  # fmt: skip
    own = pd.concat([
        target(indicator="9", measure="board_share", of="share"), target(indicator="1", measure="senior_share"),
        target(indicator="9", measure="board_share", breakdown="membership", category="executive"), target(measure="model_employer", start_year="2018-19"),
    ], ignore_index=True)  # fmt: skip
    made = with_presets(own, pd.DataFrame(rows).assign(bme_count=1.0), reference.catalogue, reference.grades)
    assert made["category"].tolist()[:3] == ["total", "all", "executive"]
    assert made["breakdown"].tolist()[:3] == ["membership", "overall", "membership"]
    assert made.index.tolist() == list(range(9))
    assert made["more_is_better"].all()
    assert set(made["decided"][3:]) == {"Board, May 2021; NHS England, January 2019; path not confirmed"}
    assert made["whose"].tolist() == [OWN] * 3 + [OF_ENGLAND] * 6, "a column, where the end of a text was asked"
