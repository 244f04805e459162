"""When a difference is clear. Witnesses: scipy's ``fisher_exact`` and ``hypergeom``, and counting out every outcome."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, fisher_exact, hypergeom, norm

from wres_helpers.analysis import intervals
from wres_helpers.analysis.clear_difference import (
    EXACT,
    SCORE,
    exact_mid_p,
    is_clear,
    one_sided_fisher,
    p_value,
    p_value_one_moved,
    rests_on_one_person,
    smallest_expected,
    test_of,
    undone_by,
)

test_of.__test__ = False


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
    assert np.isnan(exact_mid_p(*columns)).sum() == 0


def by_hand(count_1, base_1, count_2, base_2):
    """Return the p-value of two groups, written down anew: the pooled z with the factor N/(N - 1), Fisher's of scipy where a cell expects less than 5."""
    everybody, counted = base_1 + base_2, count_1 + count_2
    if counted in (0, everybody):
        return np.nan
    cells = [base * some / everybody for base in (base_1, base_2) for some in (counted, everybody - counted)]
    if min(cells) >= 5:
        rate = counted / everybody
        error = (rate * (1 - rate) * (1 / base_1 + 1 / base_2) * everybody / (everybody - 1)) ** 0.5
        return 2 * norm.sf(abs(count_1 / base_1 - count_2 / base_2) / error)
    chances = hypergeom.pmf(np.arange(counted + 1), everybody, counted, base_1)
    alike = np.isclose(chances, chances[count_1], rtol=1e-7, atol=0)
    return chances[~alike & (chances < chances[count_1])].sum() + chances[alike].sum() / 2


def tail_by_hand(count_1, base_1, count_2, base_2):
    table = [[count_1, base_1 - count_1], [count_2, base_2 - count_2]]
    return fisher_exact(table, alternative="greater" if count_1 * base_2 > count_2 * base_1 else "less")[1]


def moved_by_hand(count_1, base_1, count_2, base_2, test=by_hand):
    """Return the p-value with one person of the first group moved towards the second's rate; 1 where that turns or levels the difference."""
    apart = count_1 * base_2 - count_2 * base_1
    step = (apart < 0) - (apart > 0)
    if ((count_1 + step) * base_2 - count_2 * base_1) * apart > 0:
        return test(count_1 + step, base_1, count_2, base_2)
    return 1.0 if apart else test(count_1, base_1, count_2, base_2)


def unmet_by_hand(cells, error):
    """Return which conditions a difference does not meet, in the words of the module's docstring."""
    if not by_hand(*cells) <= error:
        return ("equal rates",)
    exact, moved = tail_by_hand(*cells) <= error / 2, max(moved_by_hand(*cells), moved_by_hand(*cells[2:], *cells[:2])) <= error
    return ("exact test",) * (not exact) + ("one person",) * (not moved)


def near_the_edge():
    """Return tables of few and of many people about which the conditions differ, drawn once and for all, with the corners of every base."""
    draw = np.random.default_rng(19)
    tables = [(0, 60, 250, 1000), (60, 60, 700, 1000), (250, 1000, 0, 60), (700, 1000, 60, 60), (5, 10, 5, 10), (1, 10, 9, 10), (9, 10, 1, 10),
              (4, 20, 40, 200), (3, 3, 0, 3), (0, 0, 1, 4), (12, 1500, 120, 6000), (0, 4, 3, 3), (1, 1, 0, 620), (6, 10, 0, 2), (5, 65, 4, 228)]  # fmt: skip
    while len(tables) < 160:
        base_1, base_2 = (int(n) for n in (draw.integers(5, 90), draw.integers(30, 1200)))
        rate, apart = draw.uniform(0.02, 0.98), draw.choice((-1, 1)) * draw.normal(2.1, 0.6)
        count_2 = int(draw.binomial(base_2, rate))
        count_1 = round(base_1 * rate + apart * (base_1 * rate * (1 - rate)) ** 0.5)
        if 0 <= count_1 <= base_1:
            tables.append((count_1, base_1, count_2, base_2) if draw.random() < 0.5 else (count_2, base_2, count_1, base_1))
    return tables


@pytest.mark.parametrize("confidence", [0.95, 0.99])
def test_every_condition_is_that_of_the_rule_written_down_anew(confidence):
    """Witness: the four conditions table by table, from scipy's ``norm``, ``hypergeom`` and ``fisher_exact``, none of it vectorised."""
    error = 1 - confidence
    tables = near_the_edge()
    columns = np.array(tables, dtype=float).T
    found = [undone_by(*table, confidence) for table in tables]
    wanted = [unmet_by_hand(table, error) if table[1] and table[3] else ("equal rates",) for table in tables]
    assert found == wanted
    assert {(), ("one person",), ("exact test", "one person"), ("equal rates",)} <= set(wanted)
    assert is_clear(*columns, True, confidence).tolist() == [not unmet for unmet in wanted]
    for table, unmet in zip(tables, wanted, strict=True):
        count_1, base_1, count_2, base_2 = table
        step = 1 if count_1 * base_2 < count_2 * base_1 else -1
        beside = ((count_1 + step, base_1, count_2, base_2), (count_1, base_1, count_2 - step, base_2))
        decides = not unmet and any(set(unmet_by_hand(cells, error)) - {"one person"} for cells in beside)
        assert rests_on_one_person(*table, confidence) == decides


def test_each_p_value_is_that_of_scipy_table_by_table():
    """Also with one person moved, by either test; and of ten against ten with five expected everywhere the score test stands."""
    tables = [table for table in near_the_edge() if table[1] and table[3] and 0 < table[0] + table[2] < table[1] + table[3]]
    columns = np.array(tables, dtype=float).T
    assert p_value(*columns) == pytest.approx([by_hand(*table) for table in tables], rel=1e-6)
    assert one_sided_fisher(*columns) == pytest.approx([tail_by_hand(*table) for table in tables], rel=1e-6)
    for test, witness in ((p_value, by_hand), (one_sided_fisher, tail_by_hand)):
        found = p_value_one_moved(*columns, test=test)
        turned = [(*table[2:], *table[:2]) for table in tables]
        either = [max(moved_by_hand(*table, witness), moved_by_hand(*other, witness)) for table, other in zip(tables, turned, strict=True)]
        assert found == pytest.approx(either, rel=1e-6)
    assert p_value_one_moved(*(np.array([float(cell)]) for cell in (1, 2, 3, 7))) == 1.0  # 0 of 2 lies on the other side of 3 of 7
    assert [str(test_of(*table)) for table in ((5, 10, 5, 10), (5, 10, 4, 10), (9, 10, 1, 10))] == [SCORE, EXACT, SCORE]


def test_more_counted_than_there_are_and_a_missing_count_are_never_clear():
    for cells in ((70, 60, 100, 1000), (100, 1000, 70, 60), (np.nan, 60, 100, 1000), (40, 60, 100, np.nan)):
        assert not is_clear(*(np.array([float(cell)]) for cell in cells), True)[0]
