"""When a difference is clear. Witnesses: scipy's ``fisher_exact`` and ``hypergeom``, and counting out every outcome."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, fisher_exact, hypergeom

from wres_helpers.analysis import intervals
from wres_helpers.analysis.clear_difference import _counts_that_could_show, exact_mid_p, is_clear, p_value, smallest_expected


@st.composite
def few_expected(draw):
    base_1, base_2 = draw(st.integers(1, 60)), draw(st.integers(1, 900))
    count_1, count_2 = draw(st.integers(0, base_1)), draw(st.integers(0, base_2))
    return count_1, base_1, count_2, base_2


@given(few_expected())
def test_the_exact_p_value_is_fishers_less_half_the_chance_of_what_was_found(cells):
    count_1, base_1, count_2, base_2 = cells
    counted, everybody = count_1 + count_2, base_1 + base_2
    if counted in (0, everybody) or smallest_expected(*cells) >= 5:
        return
    fisher = fisher_exact([[count_1, base_1 - count_1], [count_2, base_2 - count_2]])[1]
    chances = hypergeom.pmf(np.arange(counted + 1), everybody, counted, base_1)
    alike = chances[np.isclose(chances, chances[count_1], rtol=1e-7, atol=0)].sum()
    assert float(p_value(*cells)) == pytest.approx(fisher - alike / 2, rel=1e-6, abs=1e-9)


def test_where_five_are_expected_everywhere_the_score_test_stands():
    # statsmodels 0.15: test_proportions_2indep(150, 1605, 11, 251, compare="ratio", method="score"), p 0.009396
    assert float(p_value(150, 1605, 11, 251)) == pytest.approx(0.009396, abs=5e-7)


def test_nobody_everybody_and_no_base_have_no_p_value():
    assert np.isnan(p_value([0, 5, 0], [5, 5, 0], [0, 9, 1], [9, 9, 4])).all()


def clear_of(count_1, base_1, count_2, base_2):
    lower, upper = intervals.ratio_interval(count_1, base_1, count_2, base_2)
    return is_clear(count_1, base_1, count_2, base_2, (lower > 1) | (upper < 1))


@given(few_expected())
def test_what_is_clear_stays_so_with_one_person_moved(cells):
    """Witness: Fisher's mid-p or the score test of the tables next to it, in either group."""
    count_1, base_1, count_2, base_2 = cells
    if not clear_of(*(np.array([float(cell)]) for cell in cells))[0]:
        return
    step = 1 if count_1 / base_1 > count_2 / base_2 else -1
    for moved in ((count_1 - step, base_1, count_2, base_2), (count_1, base_1, count_2 + step, base_2)):
        assert float(p_value(*moved)) <= 0.05
        assert np.sign(moved[0] / base_1 - moved[2] / base_2) == step


@pytest.mark.parametrize("base_1", [1, 5, 12, 37, 65])
@pytest.mark.parametrize("base_2", [20, 60, 228, 768])
def test_false_alarms_are_at_most_one_in_forty_on_either_side(base_1, base_2):
    """Counted out: every outcome of two groups with the same rate, with its probability."""
    count_1, count_2 = (grid.ravel().astype(float) for grid in np.meshgrid(np.arange(base_1 + 1), np.arange(base_2 + 1)))
    clear = clear_of(count_1, np.full(count_1.shape, float(base_1)), count_2, np.full(count_1.shape, float(base_2)))
    more = count_1 / base_1 > count_2 / base_2
    for rate in (0.005, 0.01, 0.03, 0.1, 0.2, 0.5, 0.8, 0.95):
        chance = binom.pmf(count_1, base_1, rate) * binom.pmf(count_2, base_2, rate)
        assert chance[clear & more].sum() <= 0.025
        assert chance[clear & ~more].sum() <= 0.025


def test_the_exact_bound_is_kept_where_the_other_conditions_would_not_keep_it():
    """Fisher's one-sided probability of every clear table is at most 2.5%; witness: scipy's hypergeom."""
    base_1, base_2 = 65.0, 228.0  # 5 of 65 against 4 of 228 is clear by all else, and its tail is above 2.5%
    count_1, count_2 = (grid.ravel().astype(float) for grid in np.meshgrid(np.arange(base_1 + 1), np.arange(base_2 + 1)))
    clear = clear_of(count_1, np.full(count_1.shape, base_1), count_2, np.full(count_1.shape, base_2))
    assert clear.sum() > 1000
    more = count_1 / base_1 > count_2 / base_2
    tail = np.where(
        more,
        hypergeom.sf(count_1 - 1, base_1 + base_2, count_1 + count_2, base_1),
        hypergeom.sf(count_2 - 1, base_1 + base_2, count_1 + count_2, base_2),
    )
    assert tail[clear].max() <= 0.025


def test_one_person_of_either_group_decides_alike():
    """2 of 13 against 1 of 228 is 1 of 13 with one person fewer (Fisher 0.105), whichever group is named first."""
    one = clear_of(*(np.array([float(cell)]) for cell in (2, 13, 1, 228)))
    other = clear_of(*(np.array([float(cell)]) for cell in (1, 228, 2, 13)))
    assert (bool(one[0]), bool(other[0])) == (False, False)


def test_nothing_is_clear_whose_printed_interval_holds_equality():
    """13 of 37 against 106 of 768: p 0.0004; a page that printed an interval with equality in it could not call that clear."""
    cells = [np.array([float(cell)]) for cell in (13, 37, 106, 768)]
    assert (bool(is_clear(*cells, True)[0]), bool(is_clear(*cells, False)[0])) == (True, False)


def test_of_a_million_people_the_mid_p_tries_only_counts_that_could_show():
    """Witness: the hypergeometric chances of scipy over every possible count, those as unlikely as the one found counted half or whole."""
    base_1, base_2, counted = 1_000_000, 500_000, 3_000
    chances = hypergeom.pmf(np.arange(counted + 1), base_1 + base_2, base_1, counted)
    columns = np.array([[count, base_1, counted - count, base_2] for count in (2_000, 1_930, 1_890, 2_110)], dtype=float).T
    alike = [np.isclose(chances, chances[int(count)], rtol=1e-7, atol=0) for count in columns[0]]
    wanted = [
        chances[~same & (chances < chances[int(count)])].sum() + chances[same].sum() / 2
        for same, count in zip(alike, columns[0], strict=True)
    ]
    assert exact_mid_p(*columns) == pytest.approx(wanted, rel=1e-6)
    first, last = _counts_that_could_show(columns[0], columns[1], np.full(4, 3e5), columns[1] + columns[3])
    assert (last - first).max() < 40_000
