"""Targets: progress, distance in whole people, and the chance of getting there.

Witnesses: sums by hand, and a simulation post by post that shares no line with the exact calculation.
"""

import numpy as np
import pandas as pd
import pytest

from wres_helpers.analysis.targets import chance, model_employer, progress

PLACE = {"measure": "senior_share", "breakdown": "overall", "category": "all"}


def target(**given) -> pd.DataFrame:
    usual = {
        "target": "T1", "indicator": "1", **PLACE, "of": "share", "start_year": "2020-21", "start": 0.05, "goal": 0.10,
        "goal_year": "2030-31", "turnover": 0.12, "owner_role": "Chief executive", "decided": "Board, May 2021",
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
