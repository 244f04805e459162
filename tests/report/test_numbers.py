"""How numbers are written. Witness: worked by hand with decimal arithmetic; half rounds up, as people round."""

import math

import pytest

from wres_helpers.report.form import numbers


@pytest.mark.parametrize(
    ("fraction", "written"),
    [
        (8 / 37, "21.6%"),
        (0.1445, "14.5%"),  # 14.45 exactly as a decimal; as a binary float a little less
        (0.0625, "6.3%"),  # round() would give 6.2
        (0.0, "0%"),
        (1.0, "100%"),
        (0.0004, "less than 0.1%"),
        (0.9996, "more than 99.9%"),
        (2.8e-17, "0%"),  # what floating point leaves of nothing
        (1 - 1e-15, "100%"),
        (0.5, "50.0%"),
    ],
)
def test_percentages_have_one_decimal_and_round_half_up(fraction, written):
    assert numbers.percentage(fraction) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (150 / 1605 / (11 / 251), "2.13"),
        (1.005, "1.01"),
        (1.0, "1.00"),
        (math.inf, "no ratio, as one group counts nobody"),
        (1.252, "1.252"),
        (0.7966, "0.797"),
        (1.25, "1.25"),
        (0.9996, "0.9996"),
        (0.0, "0"),
        (0.004, "less than 0.01"),
    ],
)
def test_ratios_have_two_decimals(value, written):
    assert numbers.ratio(value) == written


def test_counts_have_commas_at_the_thousands():
    assert [numbers.count(n) for n in (0, 65, 1315, 309532)] == ["0", "65", "1,315", "309,532"]


@pytest.mark.parametrize(
    ("fraction", "written"),
    [
        (-0.04943, "\u22124.9 percentage points"),
        (0.21333, "+21.3 percentage points"),
        (0.01, "+1.0 percentage point"),
        (0.0004, "+0.04 percentage points"),  # a sign, so that nobody guesses
        (-0.0004, "\u22120.04 percentage points"),
        (-1e-15, "0.0 percentage points"),  # what floating point leaves of nothing
    ],
)
def test_percentage_points_are_always_named(fraction, written):
    assert numbers.signed_points(fraction) == written


@pytest.mark.parametrize(
    ("lower", "upper", "written"),
    [
        (0.078, 0.376, "7.8 to 37.6 percentage points higher"),
        (-0.473, -0.084, "8.4 to 47.3 percentage points lower"),
        (-0.033, 0.230, "3.3 percentage points lower to 23.0 higher"),
    ],
)
def test_a_range_of_points_needs_no_signs(lower, upper, written):
    assert numbers.points_range(lower, upper, "lower", "higher") == written


def test_an_interval_without_upper_limit_is_said_in_words():
    assert numbers.ratio_interval(6.19, math.inf) == "at least 6.19"
    assert numbers.ratio_interval(1.19, 3.86) == "1.19 to 3.86"


@pytest.mark.parametrize(
    ("lower", "upper", "written"),
    [
        (1.004, 4.85, "1.004 to 4.85"),  # leaves out 1, and so may not print as 1.00
        (0.998, 4.85, "0.998 to 4.85"),  # takes 1 in
        (1.0, 4.85, "1.00 to 4.85"),
        (1.0003, 4.85, "1.0003 to 4.85"),
        (0.7966, 1.05, "0.797 to 1.05"),  # outside four fifths, which it would be printed like
        (0.79996, 1.2503, "0.79996 to 1.2503"),
        (0.8, 1.25, "0.80 to 1.25"),
        (0.41, 0.996, "0.41 to 0.996"),
        (0.41, 1.002, "0.41 to 1.002"),
        (0.41, 0.9998, "0.41 to 0.9998"),
        (1.005, 4.85, "1.01 to 4.85"),
        (1.002, 1.004, "1.002 to 1.004"),
        (0.9991, 0.9999, "0.999 to 0.9999"),
    ],
)
def test_a_number_near_a_limit_is_never_printed_like_it(lower, upper, written):
    """A difference is called clear by the exact ends: what is printed beside the word says the same."""
    assert numbers.ratio_interval(lower, upper) == written


def test_an_open_interval_that_leaves_out_one_never_prints_it():
    assert numbers.ratio_interval(1.003, math.inf) == "at least 1.003"
    assert numbers.ratio_interval(1.0001, math.inf) == "at least 1.0001"
    assert numbers.ratio_interval(1.003, 2) == "1.003 to 2.00"


@pytest.mark.parametrize(
    ("lower", "upper", "written", "in_words"),
    [
        (0.0003, 0.032, "+0.03 to +3.2", "0.03 to 3.2 percentage points higher"),
        (-0.0003, 0.032, "\u22120.03 to +3.2", "0.03 percentage points lower to 3.2 higher"),
        (0.00003, 0.032, "+0.003 to +3.2", "0.003 to 3.2 percentage points higher"),
        (-0.032, -0.0003, "\u22123.2 to \u22120.03", "0.03 to 3.2 percentage points lower"),
        (-0.032, -0.00003, "\u22123.2 to \u22120.003", "0.003 to 3.2 percentage points lower"),
        (-0.032, 0.0003, "\u22123.2 to +0.03", "3.2 percentage points lower to 0.03 higher"),
    ],
)
def test_a_difference_near_nothing_is_never_printed_like_it(lower, upper, written, in_words):
    assert numbers.points_span(lower, upper) == written
    assert numbers.points_range(lower, upper, "lower", "higher") == in_words


@pytest.mark.parametrize("style", [numbers.count, numbers.percentage, numbers.ratio, numbers.points, numbers.signed_points])
@pytest.mark.parametrize("missing", [None, math.nan])
def test_a_missing_value_is_refused_and_never_written(style, missing):
    with pytest.raises(numbers.MissingNumber):
        style(missing)


def test_confidence_has_no_needless_decimals():
    assert [numbers.confidence(level) for level in (0.95, 0.995, 0.9)] == ["95%", "99.5%", "90%"]
