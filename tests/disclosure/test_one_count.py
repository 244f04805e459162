"""What may be told of one count, of a sum, and of a rounded one; witness: every case tried, and the counts that would lead to the same words."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from wres_helpers.disclosure.merging import Smallness, connected, of_one, pair_limits, strand
from wres_helpers.disclosure.rounded_counts import rounded, rounded_counts
from wres_helpers.settings.disclosure_policy import DisclosurePolicy

RULES = [Smallness(*rule) for rule in product((3, 5), (True, False), (True, False))]


@pytest.mark.parametrize("rule", RULES)
def test_a_count_among_a_base_is_told_where_neither_side_is_small_and_else_with_the_counts_that_would_be_told_alike(rule):
    """A base that is told is large, or nobody. That nobody is counted may be told by the rule for nobody, that nobody is left by that for everybody."""
    for base in (0, *range(rule.smallest, 4 * rule.smallest)):
        told = [of_one(count, base, rule) for count in range(base + 1)]
        for count, one in enumerate(told):
            one_side = count >= rule.smallest or (count == 0 and rule.zeros)
            other_side = base - count >= rule.smallest or (base == count and rule.everybody)
            assert one.shown == ((one_side and other_side) or base == 0)
            if not one.shown:
                alike = [other for other, words in enumerate(told) if words == one]
                assert alike == list(range(one.low, int(one.high) + 1))


@pytest.mark.parametrize("rule", RULES)
def test_a_count_without_a_base_is_told_where_it_is_not_small(rule):
    for base in (None, 2):  # more are counted than the base holds: it is none of theirs
        told = [of_one(count, base, rule) for count in range(3 if base else 0, 3 * rule.smallest)]
        for count, one in enumerate(told, 3 if base else 0):
            assert one.shown == (count >= rule.smallest or (count == 0 and rule.zeros)) == (not rule.hides(count))
            assert one.shown or (one.low, one.high) == ((1 if rule.zeros else 0), rule.smallest - 1)


@pytest.mark.parametrize("zeros", [True, False])
def test_a_sum_is_told_where_each_of_its_rows_is_left_as_many_values_as_one_alone(zeros):
    """Witness: the rule in words. Two rows joined leave the first four values at five people; each further row that may hold somebody takes one more."""
    for number in (1, 2, 3, 4):
        for people in range(12):
            one = strand([people, *[0] * (number - 1)], 5, zero_shown=zeros)
            assert one.safe(range(number)) == (zeros if people == 0 else people >= 5 + max(0, number - 2))
            assert one.enough() == (number == 1 or people == 0 or people >= 5 + number - 1)
            assert one.alone(0) == (zeros if people == 0 else people >= 5)


def test_two_that_are_told_together_say_which_is_small_where_each_has_as_many_values_as_the_rule_asks():
    """Witness: the pairs of the same sum whose words are the same, counted out; the words name every one of them and no other."""
    for smallest, least in ((5, 1), (3, 1), (5, 0)):
        for total in range(4 * smallest):
            pairs = [(small, total - small) for small in range(least, smallest) if total - small >= smallest]
            enough = len(pairs) == smallest - least
            for small, large in pairs:
                ends = [(least, smallest - 1), (total - smallest + 1, total - least)]
                for room in ((total, total), (np.inf, np.inf)):
                    assert pair_limits((small, large), room, smallest, least) == (ends if enough else None)
                    assert pair_limits((large, small), room, smallest, least) == (ends[::-1] if enough else None)
                assert pair_limits((small, large), (total - 1, total), smallest, least) is None
    assert pair_limits((1, 9, 9), (np.inf,) * 3, 5) is None


def test_rows_that_a_part_joins_are_one_unit_and_no_others():
    """Witness: two rows are one unit where a way of parts leads from one to the other, tried by going on until nothing new is reached."""
    draw = np.random.default_rng(3)
    for _ in range(60):
        rows = list(range(int(draw.integers(1, 7))))
        parts = [sorted({int(row) for row in draw.choice(9, 2)} & {*rows}) for _ in range(int(draw.integers(0, 5)))]
        units = set()
        for row in rows:
            reached: set[int] = {row}
            while more := {other for part in parts if reached & {*part} for other in part} - reached:
                reached |= more
            units.add(tuple(sorted(reached)))
        assert connected(parts, rows) == sorted(map(list, units))


@pytest.mark.parametrize("base", range(3, 11))
def test_a_rounded_count_is_the_nearest_multiple_and_of_two_the_larger(base):
    counts = np.arange(70)
    nearest = [min(range(0, 100, base), key=lambda multiple, count=count: (abs(multiple - count), -multiple)) for count in counts]
    assert rounded(counts, base).tolist() == nearest
    policy = DisclosurePolicy(method="round", round_to=base, minimum_count=6)
    shown = rounded_counts(pd.Series([*counts, None], dtype=float), policy)
    assert shown[:-1].tolist() == pytest.approx([np.nan if 0 < count < 6 else near for count, near in enumerate(nearest)], nan_ok=True)
    assert np.isnan(shown.iloc[-1])
