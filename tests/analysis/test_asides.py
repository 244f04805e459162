"""Figures beside headlines. Witness: sums beside each case; the interval of all 397 and 260 by statsmodels' score method, which searches coarsely."""

import math

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from wres_helpers.analysis.asides import (
    ANSWERED_UNDISCLOSED,
    AS_ANSWERED,
    ASIDE_COLUMNS,
    JUDGED_BY,
    LARGE_GAP,
    OTHERS,
    WITHOUT_RECRUITS,
    asides,
)
from wres_helpers.analysis.status_rule import Method
from wres_helpers.standard.catalogue import headline_measures
from wres_helpers.standard.columns import SHARE_OF_GRADE


def row(measure, white, bme, **more):
    cells = dict(zip(("white_count", "white_base", "bme_count", "bme_base"), map(float, (*white, *bme)), strict=True))
    return {
        "organisation": "a", "year": "2024-25", "indicator": "2", "measure": measure, "breakdown": "overall", "category": "all",
        "comparison": "ratio", "direction": "white/bme", "value": 1.0, "unknown_count": np.nan, "unknown_base": np.nan, **cells, **more,
    }  # fmt: skip


@pytest.fixture
def beside(reference):
    def made(*rows):
        results = pd.DataFrame(rows)
        found = asides(results, results.iloc[:0], reference.catalogue, Method())
        assert list(found.columns) == list(ASIDE_COLUMNS)
        return found.set_index("kind")

    return made


def test_people_outside_a_part_are_the_whole_less_the_part(beside):
    """Of 1,000 staff 150 are BME, of the 112 in senior posts 8: of the other 888 it is 142, 15.99% to 7.14%, 2.24 times."""
    whole = row(SHARE_OF_GRADE, (850, 1000), (150, 1000), indicator="1", comparison="none", direction="none")
    senior = row("senior", (104, 112), (8, 112), indicator="1", direction="grade-workforce")
    by_directorate = senior | {"breakdown": "directorate", "category": "A"}
    found = beside(whole, senior, by_directorate).loc[[OTHERS]]
    assert found[["bme_count", "bme_base"]].to_numpy().tolist() == [[142, 888]]
    assert found["value"].iloc[0] == pytest.approx((142 / 888) / (8 / 112))
    assert not found["clearly_worse"].iloc[0], "that is said of recruits alone"
    of_one = row("senior", (11, 12), (1, 12), indicator="1", direction="grade-workforce")
    assert beside(whole, of_one).loc[OTHERS, "value"] == pytest.approx((149 / 988) / (1 / 12))


@pytest.mark.parametrize(("count", "base", "whole"), [(0, 112, 1000), (112, 112, 112)], ids=["nobody", "no others"])
def test_a_part_without_bme_staff_or_without_others_has_no_multiple(beside, count, base, whole):
    everybody = row(SHARE_OF_GRADE, (850, whole), (min(150, whole), whole), indicator="1", comparison="none", direction="none")
    part = row("senior", (base - count, base), (count, base), indicator="1", direction="grade-workforce")
    assert beside(everybody, part).loc[[OTHERS], "value"].isna().all()


def test_a_part_whose_count_is_hidden_has_no_interval(beside):
    """Witness: 'inf' in a workbook, which reads there as a rate divided by nobody: of a hidden number nothing is told."""
    everybody = row(SHARE_OF_GRADE, (850, 1000), (150, 1000), indicator="1", comparison="none", direction="none")
    part = row("senior", (104, 112), (math.nan, 112), indicator="1", direction="grade-workforce")
    assert beside(everybody, part).loc[[OTHERS], ["value", "lower", "upper"]].isna().all(axis=None)


def test_recruits_are_taken_out_of_both_groups(beside):
    """60 of 400 and 45 of 300, less 2 of 3 and 30 of 40: 58 of 397 and 15 of 260, 2.53 times; 1.00 with them lies below the interval."""
    whole = row("appointed_from_shortlisting", (60, 400), (45, 300))
    part = row("appointed_from_shortlisting", (2, 3), (30, 40), breakdown="source", category="International recruits")
    found = beside(whole, part).loc[WITHOUT_RECRUITS]
    assert [found[name] for name in ("white_count", "white_base", "bme_count", "bme_base")] == [58, 397, 15, 260]
    ends = confint_proportions_2indep(58, 397, 15, 260, compare="ratio", method="score", correction=False)
    assert (found["value"], found["lower"], found["upper"]) == pytest.approx((58 / 397 / (15 / 260), *ends), rel=1e-3)
    assert found["clearly_worse"]


def test_what_is_better_without_recruits_or_left_without_anybody_is_not_called_worse(beside):
    whole = row("appointed_from_shortlisting", (60, 400), (45, 300), value=1.0)
    better = row("appointed_from_shortlisting", (40, 50), (2, 40), breakdown="source", category="international")
    assert not beside(whole, better).loc[WITHOUT_RECRUITS, "clearly_worse"]
    everybody = row("appointed_from_shortlisting", (60, 400), (45, 300), breakdown="source", category="International")
    found = beside(whole, everybody).loc[WITHOUT_RECRUITS]
    assert np.isnan(found["value"])
    assert not found["clearly_worse"]


@pytest.mark.parametrize(("category", "abroad"), [("INTERNATIONAL", True), ("recruited internationally", True), ("Home", False)])
def test_recruits_are_known_by_the_words_of_a_category_whatever_its_capitals(beside, category, abroad):
    whole = row("appointed_from_shortlisting", (60, 400), (45, 300))
    part = row("appointed_from_shortlisting", (2, 3), (30, 40), breakdown="source", category=category)
    assert (WITHOUT_RECRUITS in beside(whole, part).index) is abroad


def test_a_likelihood_without_recruits_whose_counts_are_hidden_lies_between_what_everybody_can_work_out(beside):
    """Witness: every number of 12 white applicants that may have been shortlisted, and of these appointed, tried one by one."""
    whole = row("appointed_from_shortlisting", (529, 2299), (277, 1517))
    part = row("appointed_from_shortlisting", (np.nan, np.nan), (60, 77), breakdown="recruits", category="international")
    before = row("shortlisted_from_applied", (np.nan, 12), (77, 114), breakdown="recruits", category="international")
    found = beside(whole, part, before, row("shortlisted_from_applied", (2299, 7743), (1517, 6965)))
    found = found[found["measure"].eq("appointed_from_shortlisting")].loc[WITHOUT_RECRUITS]
    tried = [(529 - counted) / (2299 - base) / (217 / 1440) for base in range(13) for counted in range(base + 1)]
    assert (found["low"], found["high"]) == pytest.approx((min(tried), max(tried)))
    assert beside(whole, part).loc[WITHOUT_RECRUITS, ["low", "high"]].isna().all(), "without the stage before nothing limits them"
    known = beside(whole, part | {"white_count": 2.0, "white_base": 3.0}, before).loc[WITHOUT_RECRUITS]
    assert np.isnan(known["low"]), "a value that is known needs no range"


def test_hidden_counts_of_a_likelihood_with_bme_staff_on_top_lie_between_turned_ends(beside):
    """Witness: of 9 who may have entered each number, and of them each who was counted, tried one by one, BME staff over white staff."""
    whole = row("entering_disciplinary", (60, 400), (45, 300), indicator="3", direction="bme/white")
    part = row(
        "entering_disciplinary", (np.nan, 9), (2, 20), indicator="3", direction="bme/white", breakdown="source", category="international"
    )
    found = beside(whole, part).loc[WITHOUT_RECRUITS]
    tried = [(43 / 280) / ((60 - counted) / 391) for counted in range(10)]
    assert (found["low"], found["high"]) == pytest.approx((min(tried), max(tried)))
    hidden = part | {"white_count": 1.0, "bme_count": np.nan, "bme_base": 8.0}
    tried = [((45 - counted) / 292) / (59 / 391) for counted in range(9)]
    assert tuple(beside(whole, hidden).loc[WITHOUT_RECRUITS, ["low", "high"]]) == pytest.approx((min(tried), max(tried)))
    # of the whole group fewer were counted than the part has: a rate below nought had made a likelihood below nought
    few = whole | {"bme_count": 3.0}
    tried = [((3 - counted) / 292) / (59 / 391) for counted in range(4)]
    assert tuple(beside(few, hidden).loc[WITHOUT_RECRUITS, ["low", "high"]]) == pytest.approx((min(tried), max(tried)))


def test_a_value_at_the_end_of_the_interval_is_not_outside_it_and_the_judged_likelihood_is_never_called_worse(beside, reference):
    """Of a measure that is worse below 1, as those of social care are, the upper end counts."""
    measure = "appointed_from_shortlisting"
    for adverse, direction, end, worse in (("above_1", "white/bme", "lower", -1e-9), ("below_1", "bme/white", "upper", 1e-9)):
        catalogue = reference.catalogue.assign(
            adverse=reference.catalogue["adverse"].mask(reference.catalogue["measure"].eq(measure), adverse)
        )
        whole = row(measure, (60, 400), (45, 300), direction=direction)
        part = row(measure, (2, 3), (30, 40), direction=direction, breakdown="source", category="international")

        def found(value, whole=whole, part=part, catalogue=catalogue):
            results = pd.DataFrame([whole | {"value": value}, part])
            return asides(results, results.iloc[:0], catalogue, Method()).set_index("kind").loc[WITHOUT_RECRUITS]

        edge = found(1.0)[end]
        assert [bool(found(value)["clearly_worse"]) for value in (edge, edge + worse)] == [False, True]
    whole = row("appointed_from_shortlisting", (600, 4000), (25, 300), value=1.8, unknown_base=0.0)
    results = pd.DataFrame([whole])
    judged = asides(results, results, reference.catalogue, Method()).iloc[0]
    assert (judged["value"], bool(judged["clearly_worse"])) == (pytest.approx(0.15 / (25 / 300)), False)


def test_of_more_who_answered_than_are_on_record_the_likelihood_is_told_with_as_many(reference):
    """6 of 325 beside 14 of 4,574 is 6.03; with the 610 who call themselves so, 285 of them taken from the others, 3.01 (worked out by hand)."""
    case = row("entering_disciplinary", (14, 4574), (6, 325), indicator="3", direction="bme/white", value=6.03)
    answers = row("harassment_staff", (521, 2010), (206, 610), indicator="6", comparison="difference", direction="bme-white", value=0.08)
    for answered, found in ((610, (6 / 610) / (14 / 4289)), (325, None)):
        results = pd.DataFrame([case, answers | {"bme_base": float(answered)}])
        made = asides(results, results.iloc[:1], reference.catalogue, Method())
        made = made[made["kind"].eq(AS_ANSWERED)]
        assert made["value"].tolist() == ([] if found is None else [pytest.approx(found)])
        assert not made["clearly_worse"].any(), "2.5 are expected where 5 are asked: too few to judge"


@pytest.mark.parametrize(("undisclosed", "known"), [(1161.0, True), (285.0, True), (284.0, False), (0.0, False), (None, False)])
def test_those_who_answered_may_be_taken_from_the_undisclosed_where_so_many_are(reference, undisclosed, known):
    """Witness: a statistician, by hand: 6 of 610 beside all 14 of 4,574 is 3.21 (1.28 to 8.05) and clear; taken from the others it is not."""
    case = row("entering_disciplinary", (14, 4574), (6, 325), indicator="3", direction="bme/white", value=6.03, unknown_base=undisclosed)
    answers = row("harassment_staff", (521, 2010), (206, 610), indicator="6", comparison="difference", direction="bme-white", value=0.08)
    results = pd.DataFrame([case, answers])
    made = asides(results, results.iloc[:1], reference.catalogue, Method()).set_index("kind")
    assert (ANSWERED_UNDISCLOSED in made.index) is known and not made.loc[AS_ANSWERED, "clearly_worse"]
    if known:
        found = made.loc[ANSWERED_UNDISCLOSED]
        assert [round(found[name], 2) for name in ("value", "lower", "upper")] == [3.21, 1.28, 8.05] and found["clearly_worse"]


@pytest.mark.parametrize(
    ("measure", "rate", "gap"),
    [
        ("harassment_staff", 0.2, 0.05),
        ("harassment_staff", 0.6, 0.08),
        ("equal_opportunities", 0.3, 0.06),
        ("equal_opportunities", 0.6, 0.1),
    ],
)
def test_a_gap_is_large_from_where_the_answer_or_its_opposite_is_a_quarter_more(reference, measure, rate, gap):
    """20% and a quarter is 25%; of 60%, 40% and a fifth less is 32%. Fewer is worse: 30% less a fifth; 60% that leave 40% and a quarter, 50%."""
    case = row(measure, (rate * 1000, 1000), (500, 1000), indicator="6", comparison="difference", direction="bme-white", value=0.1)
    results = pd.DataFrame([case])
    made = asides(results, results, reference.catalogue, Method()).set_index("kind")
    assert made.loc[LARGE_GAP, "value"] == pytest.approx(gap)


def test_asides_are_of_the_headlines_of_the_year_alone(evidence):
    """Witness: the one headline measure of each indicator, in the standard's own table; the year before stands in the results, too."""
    judged = evidence.asides[evidence.asides["kind"].str.startswith(JUDGED_BY)]
    measures = headline_measures(evidence.context.catalogue)
    assert set(judged["year"]) == {"2019-20"} < set(evidence.results["year"])
    assert judged["measure"].tolist() == [measures[name] for name in judged["indicator"]] and judged["indicator"].is_unique
