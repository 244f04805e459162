"""Intervals: witnesses are statsmodels (an independent implementation), published tables and hand calculation."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    score_test_proportions_2indep,
    test_proportions_2indep,
)
from support.examples import examples

from wres_helpers.analysis import intervals

test_proportions_2indep.__test__ = False


@st.composite
def two_groups(draw, smallest=0):
    base_1, base_2 = draw(st.integers(1, 20_000)), draw(st.integers(1, 20_000))
    return draw(st.integers(min(smallest, base_1), base_1)), base_1, draw(st.integers(min(smallest, base_2), base_2)), base_2


@given(two_groups(smallest=1))
@settings(max_examples=examples(150), deadline=None)
def test_ratio_interval_agrees_with_statsmodels_score_to_five_digits(cells):
    """Five and no more: worked in 50 digits, statsmodels is off by 2 in a million at 1 of 2 against 9,933 of 12,977, and ours is not."""
    if cells[0] == cells[1] or cells[2] == cells[3]:
        return  # everybody of a group: statsmodels leaves the real numbers or stops at its start; see the next test
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            witness = confint_proportions_2indep(*cells, compare="ratio", method="score")
        except (ValueError, ZeroDivisionError):
            return  # statsmodels has no answer here; the cases below give ours
    if not np.isreal(witness).all() or np.isnan(np.real(witness)).any():
        return
    lower, upper = intervals.ratio_interval(*cells)
    assert lower == pytest.approx(float(np.real(witness[0])), rel=1e-5)
    assert upper == pytest.approx(float(np.real(witness[1])), rel=1e-5)


@given(two_groups(smallest=1))
@settings(max_examples=examples(150), deadline=None)
def test_statsmodels_score_test_is_on_the_brink_at_both_limits(cells):
    """Also where everybody of a group is counted: the limits are the ratios that are just not rejected at 5%."""
    for limit in intervals.ratio_interval(*cells):
        statistic = score_test_proportions_2indep(*cells, value=float(limit), compare="ratio", return_results=False)[0]
        if not np.isnan(statistic):
            assert abs(statistic) == pytest.approx(1.959964, rel=1e-3)


@pytest.mark.parametrize(
    ("cells", "lower", "upper"),
    [
        ((150, 1605, 11, 251), 1.19319, 3.86415),  # statsmodels 0.15, method="score"
        ((0, 40, 12, 600), 0.0, 4.48171),  # statsmodels 0.15
        ((3, 40, 0, 600), 11.72949, np.inf),  # statsmodels 0.15
        ((0, 40, 0, 600), 0.0, np.inf),  # nobody in either group: every ratio is possible
        ((40, 40, 600, 600), 0.912253, 1.006412),  # statsmodels 0.15, real part
    ],
)
def test_ratio_interval_of_zero_and_full_cells(cells, lower, upper):
    found = intervals.ratio_interval(*cells)
    assert found[0] == pytest.approx(lower, abs=1e-5)
    assert found[1] == pytest.approx(upper, rel=1e-5)


def test_an_empty_base_gives_no_interval():
    assert np.isnan(intervals.ratio_interval(0, 0, 1, 4)).all()
    assert np.isnan(intervals.share_interval(0, 0)).all()
    assert np.isnan(intervals.gap_interval(0, 0, 1, 4)).all()


@given(two_groups())
@settings(max_examples=examples(200), deadline=None)
def test_swapping_the_groups_inverts_the_ratio_interval(cells):
    count_1, base_1, count_2, base_2 = cells
    lower, upper = intervals.ratio_interval(count_1, base_1, count_2, base_2)
    swapped_lower, swapped_upper = intervals.ratio_interval(count_2, base_2, count_1, base_1)
    with np.errstate(divide="ignore"):
        assert swapped_lower == pytest.approx(float(1 / upper), rel=1e-6)
        assert swapped_upper == pytest.approx(float(1 / lower) if lower > 0 else np.inf, rel=1e-6)


@given(two_groups(smallest=1))
@settings(max_examples=examples(200), deadline=None)
def test_the_interval_holds_the_ratio_and_the_test_agrees_with_it(cells):
    count_1, base_1, count_2, base_2 = cells
    value = (count_1 / base_1) / (count_2 / base_2)
    lower, upper = intervals.ratio_interval(*cells)
    assert lower <= value * (1 + 1e-9) and value <= upper * (1 + 1e-9)
    p_value = float(intervals.ratio_p_value(*cells))
    if not np.isnan(p_value) and abs(p_value - 0.05) > 1e-6:
        assert (p_value < 0.05) == bool(lower > 1 or upper < 1)


def test_p_value_agrees_with_statsmodels():
    witness = test_proportions_2indep(13, 37, 106, 768, compare="ratio", method="score").pvalue
    assert float(intervals.ratio_p_value(13, 37, 106, 768)) == pytest.approx(float(witness), rel=1e-9)


def test_wilson_interval_of_a_published_example():
    # Newcombe 1998, Statistics in Medicine 17:857, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611
    lower, upper = intervals.share_interval([81, 0], [263, 20])
    assert lower == pytest.approx([0.2553, 0.0], abs=5e-5)
    assert upper == pytest.approx([0.3662, 0.1611], abs=5e-5)


def test_newcombe_interval_of_a_published_example():
    # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10: 56/70 - 48/80 gives 0.0524 to 0.3339
    lower, upper = intervals.gap_interval(56, 70, 48, 80)
    assert (float(lower), float(upper)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_part_of_whole_equals_the_scaled_gap_to_the_rest():
    # by hand: 14 of 220 in the band, 65 of 1,315 in all, so 51 of 1,095 in the rest; weight 1095/1315
    low, high = intervals.gap_interval(14, 220, 51, 1095)
    lower, upper = intervals.part_of_whole_interval(14, 220, 65, 1315)
    assert float(lower) == pytest.approx(float(low) * 1095 / 1315)
    assert float(upper) == pytest.approx(float(high) * 1095 / 1315)
    assert float(lower) < 14 / 220 - 65 / 1315 < float(upper)


def test_the_change_of_a_gap_of_a_published_kind():
    """By hand from Wilson limits (statsmodels 0.15): 56 of 70, 48 of 80 now; 48 of 80, 48 of 80 before."""
    lower, upper = intervals.gap_change_interval(56, 70, 48, 80, 48, 80, 48, 80)
    # distances down and up: 56/70 0.108558 and 0.077024; 48/80 0.109501 and 0.100336
    down = (0.108558**2 + 0.100336**2 + 0.100336**2 + 0.109501**2) ** 0.5
    up = (0.077024**2 + 0.109501**2 + 0.109501**2 + 0.100336**2) ** 0.5
    assert (float(lower), float(upper)) == pytest.approx((0.2 - down, 0.2 + up), abs=2e-4)


def test_a_change_with_an_empty_base_or_a_missing_count_has_no_interval():
    for interval in (intervals.gap_change_interval, intervals.ratio_change_interval):
        assert np.isnan(interval(1, 4, 2, 5, 1, 0, 2, 5)).all()
        assert np.isnan(interval(1, 4, 2, 5, np.nan, 4, 2, 5)).all()
