"""Intervals: witnesses are statsmodels (an independent implementation), published tables and hand calculation."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
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


#: Two groups of few and of many people, with every corner: nobody, everybody, one person, one group's base alone.
CORNERS = [(a, n, b, m) for n in (1, 2, 7) for m in (1, 3, 40) for a in sorted({0, 1, n // 2, n}) for b in sorted({0, 1, m // 2, m})]
LARGE = [(150, 1605, 11, 251), (13, 37, 106, 768), (2097, 3000, 8630, 10_000), (1, 20_000, 19_999, 20_000)]


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_every_share_of_few_people_has_the_wilson_interval_of_statsmodels(confidence):
    """Nobody's begins at 0 exactly and everybody's ends at 1 exactly; no other does."""
    shares = [(count, base) for base in (1, 2, 5, 11, 400) for count in range(min(base, 12) + 1)] + [(400, 400), (399, 400)]
    lower, upper = intervals.share_interval(*np.array(shares, dtype=float).T, confidence)
    for (count, base), low, high in zip(shares, lower, upper, strict=True):
        assert (low, high) == pytest.approx(proportion_confint(count, base, 1 - confidence, "wilson"), abs=1e-12)
        assert ((low == 0) == (count == 0), (high == 1) == (count == base)) == (True, True)
    assert np.isnan(intervals.share_interval([-1, 6, np.nan, 1], [5, 5, 5, np.nan], confidence)).all()


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_the_score_statistic_is_that_of_two_rates_searched_for_by_likelihood(confidence):
    """Witness: the constrained rates found by halving the derivative of the likelihood, which no formula gives; both limits are rejected just so."""
    for cells in [*CORNERS, *LARGE]:
        count_1, base_1, count_2, base_2 = cells
        limits = intervals.ratio_interval(*cells, confidence=confidence)
        assert (float(limits[0]) == 0, float(limits[1]) == np.inf) == (count_1 == 0, count_2 == 0)
        assert not np.isnan(limits).any()
        for limit, sign in zip(limits, (1, -1), strict=True):
            ratio = float(limit)
            if not 0 < ratio < np.inf:
                continue
            low, high = 0.0, min(1.0, 1 / ratio)

            def slope(rate, ratio=ratio, cells=cells):
                counted, missed = cells[0] + cells[2], ratio * (cells[1] - cells[0]) / (1 - ratio * rate)
                return counted / rate - missed - (cells[3] - cells[2]) / (1 - rate)

            for _ in range(200):
                middle = (low + high) / 2
                low, high = (middle, high) if middle * max(ratio, 1) < 1 and slope(middle) > 0 else (low, middle)
            rates = min(low * ratio, 1.0), low
            variance = (rates[0] * (1 - rates[0]) / base_1 + ratio**2 * rates[1] * (1 - rates[1]) / base_2) * (base_1 + base_2)
            found = (count_1 / base_1 - ratio * count_2 / base_2) / (variance / (base_1 + base_2 - 1)) ** 0.5
            if variance > 1e-9:  # beyond, as where everybody of a group is counted, what a number holds is used up
                assert found == pytest.approx(sign * norm.ppf(0.5 + confidence / 2), rel=1e-4), (cells, ratio)


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_gaps_parts_and_changes_are_combined_from_the_wilson_limits_of_statsmodels(confidence):
    """Witness: Newcombe's distances written down rate by rate; of a part the gap to the rest, times the rest's part of the whole."""

    def ends(count, base):
        rate = count / base
        low, high = proportion_confint(count, base, 1 - confidence, "wilson")
        return rate, rate - low, high - rate

    def gap(count_1, base_1, count_2, base_2):
        (one, down_1, up_1), (two, down_2, up_2) = ends(count_1, base_1), ends(count_2, base_2)
        return one - two, np.hypot(down_1, up_2), np.hypot(up_1, down_2)

    tables = [*CORNERS, *LARGE]
    columns = np.array(tables, dtype=float).T
    lower, upper = intervals.gap_interval(*columns, confidence=confidence)
    for cells, low, high in zip(tables, lower, upper, strict=True):
        middle, down, up = gap(*cells)
        assert (low, high) == pytest.approx((middle - down, middle + up), abs=1e-12)
    later, earlier = columns, columns[:, ::-1]
    lower, upper = intervals.gap_change_interval(*later, *earlier, confidence=confidence)
    for now, before, low, high in zip(tables, tables[::-1], lower, upper, strict=True):
        (one, down_1, up_1), (two, down_2, up_2) = gap(*now), gap(*before)
        assert (low, high) == pytest.approx((one - two - np.hypot(down_1, up_2), one - two + np.hypot(up_1, down_2)), abs=1e-12)
    for part, whole in (((14, 220), (65, 1315)), ((0, 6), (65, 1315)), ((7, 7), (30, 31)), ((3, 20), (3, 90))):
        middle, down, up = gap(*part, whole[0] - part[0], whole[1] - part[1])
        weight = (whole[1] - part[1]) / whole[1]
        found = intervals.part_of_whole_interval(*part, *whole, confidence=confidence)
        assert tuple(map(float, found)) == pytest.approx(((middle - down) * weight, (middle + up) * weight), abs=1e-12)


def test_the_change_of_a_ratio_is_that_of_its_logarithm_written_down_rate_by_rate():
    """Half a person added everywhere; the interval holds the change itself, is open where that is 0 or infinite, and is none where it is nothing."""
    for now in [*CORNERS[::3], *LARGE]:
        for before in ((5, 40, 3, 9), (0, 40, 3, 9), (4, 4, 0, 9)):
            cells = (*now, *before)
            rates = [cells[place] / cells[place + 1] for place in (0, 2, 4, 6)]
            with np.errstate(divide="ignore", invalid="ignore"):
                change = np.float64(rates[0]) / rates[1] / (np.float64(rates[2]) / rates[3])
            found = tuple(map(float, intervals.ratio_change_interval(*cells, confidence=0.9)))
            if np.isnan(change):
                assert np.isnan(found).all()
                continue
            logs = [np.log((cells[place] + 0.5) / (cells[place + 1] + 0.5)) for place in (0, 2, 4, 6)]
            error = sum(1 / (cells[place] + 0.5) - 1 / (cells[place + 1] + 0.5) for place in (0, 2, 4, 6)) ** 0.5
            middle = logs[0] - logs[1] - logs[2] + logs[3]
            wanted = np.exp(middle - 1.6448536269514722 * error), np.exp(middle + 1.6448536269514722 * error)
            assert found == pytest.approx((min(change, wanted[0]), max(change, wanted[1])))
    for impossible in ((6, 5, 1, 4, 1, 4, 1, 4), (1, 5, 1, 4, 1, 4, 5, 4), (1, 0, 1, 4, 1, 4, 1, 4), (0, 0, 1, 4, 1, 4, 1, 4)):
        assert np.isnan(intervals.ratio_change_interval(*impossible)).all()


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_the_limits_of_a_ratio_of_odds_are_just_rejected_by_counts_searched_for(confidence):
    """Witness: the expected count found by halving, in place of the root of a square. Of an empty base there is no limit."""
    for empty in ((0, 0, 1, 4), (1, 4, 0, 0), (0, 0, 0, 0), (np.nan, 4, 1, 4)):
        assert np.isnan(intervals.odds_ratio_interval(*empty, confidence=confidence)).all()
    for cells in [*CORNERS, *LARGE]:
        count_1, base_1, count_2, base_2 = cells
        events = count_1 + count_2
        limits = tuple(map(float, intervals.odds_ratio_interval(*cells, confidence=confidence)))
        assert not np.isnan(limits).any()
        assert (limits[0] == 0) == (count_1 == 0 or count_2 == base_2)
        assert (limits[1] == np.inf) == (count_2 == 0 or count_1 == base_1)
        for limit, sign in zip(limits, (1, -1), strict=True):
            if not 0 < limit < np.inf:
                continue
            low, high = max(0, events - base_2), min(base_1, events)
            for _ in range(200):
                x = (low + high) / 2
                low, high = (x, high) if x * (base_2 - events + x) < limit * (base_1 - x) * (events - x) else (low, x)
            variance = 1 / sum(1 / part for part in (x, base_1 - x, events - x, base_2 - events + x))
            assert (count_1 - x) / variance**0.5 == pytest.approx(sign * norm.ppf(0.5 + confidence / 2), rel=1e-4)


def test_a_p_value_of_every_corner_is_that_of_the_pooled_rate():
    """Witness: z of the pooled rate with the factor N/(N - 1), corner by corner; none where nobody or everybody is counted, or without a base."""
    for count_1, base_1, count_2, base_2 in [*CORNERS, *LARGE]:
        events, everybody = count_1 + count_2, base_1 + base_2
        found = float(intervals.ratio_p_value(count_1, base_1, count_2, base_2))
        if events in (0, everybody):
            assert np.isnan(found)
            continue
        rate = events / everybody
        error = (rate * (1 - rate) * (1 / base_1 + 1 / base_2) * everybody / (everybody - 1)) ** 0.5
        assert found == pytest.approx(2 * norm.sf(abs(count_1 / base_1 - count_2 / base_2) / error), rel=1e-6, abs=1e-300)
    assert np.isnan(intervals.ratio_p_value([0, 1, np.nan], [0, 4, 5], [1, 0, 1], [4, 0, 5])).all()
