"""Bounds: the witness is trying every way of sharing out the undisclosed. Changes: hand calculation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wres_helpers.analysis.bounds import bounds
from wres_helpers.analysis.changes import changes
from wres_helpers.standard.columns import RESULT_COLUMNS


def comparison(**cells):
    row = dict.fromkeys(RESULT_COLUMNS, np.nan) | {
        "organisation": "trial", "year": "2019-20", "indicator": "4", "measure": "accessing_training", "breakdown": "overall", "category": "all",
        "comparison": "ratio", "direction": "white/bme", "confidence": 0.95, "status": "achieving", "reason": "",
    }  # fmt: skip
    return pd.DataFrame([row | cells])[list(RESULT_COLUMNS)]


@st.composite
def groups(draw):
    counts = {}
    for name in ("white", "bme", "unknown"):
        base = draw(st.integers(0 if name == "unknown" else 1, 8))
        smallest = 0 if name == "unknown" else 1
        counts |= {f"{name}_base": base, f"{name}_count": draw(st.integers(min(smallest, base), base))}
    return counts


def every_allocation(g, direction):
    values = []
    for counted in range(g["unknown_count"] + 1):
        for others in range(g["unknown_base"] - g["unknown_count"] + 1):
            bme = (g["bme_count"] + counted) / (g["bme_base"] + counted + others)
            counted_white = g["unknown_count"] - counted
            others_white = g["unknown_base"] - g["unknown_count"] - others
            white = (g["white_count"] + counted_white) / (g["white_base"] + counted_white + others_white)
            values.append({"white/bme": white / bme, "bme/white": bme / white, "bme-white": bme - white}[direction])
    return min(values), max(values)


@given(groups(), st.sampled_from(["white/bme", "bme/white", "bme-white"]))
@settings(max_examples=200, deadline=None)
def test_bounds_are_the_extremes_over_every_allocation(g, direction):
    row = comparison(**g, direction=direction, value=1.0, comparison="difference" if "-" in direction else "ratio")
    found = bounds(row).iloc[0]
    low, high = every_allocation(g, direction)
    assert found.lower_bound == pytest.approx(low)
    assert found.upper_bound == pytest.approx(high)
    assert found.lower_bound - 1e-12 <= min(found.if_all_white, found.if_all_bme)


def test_without_a_count_of_the_undisclosed_there_is_no_range():
    found = bounds(comparison(white_count=1, white_base=2, bme_count=1, bme_base=2, value=1.0)).iloc[0]
    assert (found.status, np.isnan(found.lower_bound)) == ("not_supplied", True)


def two_years(reference, **later):
    before = comparison(
        year="2018-19",
        white_count=50,
        white_base=100,
        bme_count=20,
        bme_base=50,
        white_rate=0.5,
        bme_rate=0.4,
        value=1.25,
        lower=0.9,
        upper=1.8,
    )
    now = comparison(
        white_count=50, white_base=100, bme_count=10, bme_base=50, white_rate=0.5, bme_rate=0.2, value=2.5, lower=1.4, upper=4.6, **later
    )
    return changes(pd.concat([before, now], ignore_index=True), reference.catalogue).iloc[0]


def test_a_ratio_changes_by_a_factor(reference):
    """By hand, on logarithms (natural): now 0.9163 (0.3365 to 1.5261), before 0.2231 (-0.1054 to 0.5878).

    The change is 0.6931; down hypot(0.5798, 0.3646) = 0.6849, up hypot(0.6098, 0.3285) = 0.6926: 0.0082 to 1.3858.
    """
    found = two_years(reference)
    assert found.change == pytest.approx(2.0)
    assert (found.change_lower, found.change_upper) == (pytest.approx(1.0082, abs=5e-4), pytest.approx(3.9980, abs=2e-3))
    assert found.bme_rate_change == pytest.approx(-0.2)
    assert found.verdict == "clear_change"


def gaps_of_two_years(before, now):
    return pd.concat(
        [
            comparison(year=year, indicator="6", measure="harassment_staff", comparison="difference", direction="bme-white",
                       value=value, lower=lower, upper=upper)
            for year, (value, lower, upper) in (("2018-19", before), ("2019-20", now))
        ],
        ignore_index=True,
    )  # fmt: skip


def test_a_fall_is_a_clear_change_as_a_rise_is(reference):
    """By hand: from 0.30 (0.20 to 0.34) to 0.05 (0.02 to 0.10) is -0.25; down hypot(0.03, 0.04) = 0.05, up hypot(0.05, 0.10) = 0.1118."""
    rise = changes(gaps_of_two_years((0.05, 0.02, 0.10), (0.30, 0.20, 0.34)), reference.catalogue).iloc[0]
    fall = changes(gaps_of_two_years((0.30, 0.20, 0.34), (0.05, 0.02, 0.10)), reference.catalogue).iloc[0]
    assert (fall.change, fall.change_lower, fall.change_upper) == pytest.approx((-0.25, -0.30, -0.138197), abs=1e-6)
    assert (rise.change, rise.change_lower, rise.change_upper) == pytest.approx((0.25, 0.138197, 0.30), abs=1e-6)
    assert (fall.verdict, rise.verdict) == ("clear_change", "clear_change")


def test_a_break_in_the_definition_is_never_a_change(reference):
    catalogue = reference.catalogue
    row = catalogue.query("measure == 'equal_opportunities' and edition_from == 2022").iloc[0]
    assert row.break_note  # the base gained "don't know"
    later = comparison(
        indicator="7",
        measure="equal_opportunities",
        year="2021-22",
        value=0.1,
        lower=0,
        upper=0.2,
        comparison="difference",
        direction="bme-white",
        bme_count=1,
        bme_base=2,
    )
    earlier = later.assign(year="2020-21", value=-0.1)
    found = changes(pd.concat([earlier, later], ignore_index=True), catalogue).iloc[0]
    assert found.verdict == "not_comparable"
    assert not found.comparable
    assert np.isnan(found.change)
    assert found.reason == row.break_note
