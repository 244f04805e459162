"""What may be told of one count, of a sum, and of a rounded one; witness: every case tried, and the counts that would lead to the same words."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from wres_helpers.disclosure.counted_among import halved
from wres_helpers.disclosure.merging import Smallness, connected, in_blocks, of_one, pair_limits, strand
from wres_helpers.disclosure.rounded_counts import _with_share, rounded, rounded_counts
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


@pytest.mark.parametrize("least", [None, (0, 2, 0), (1, 0, 3)])
def test_no_unit_of_a_block_is_forced_to_a_small_number_by_the_room_of_the_others(least):
    """Witness: every way of sharing the people out within the rooms; of each unit the fewest it is ever given."""
    for rooms in product((1, 3, 6, 9), repeat=3):
        for people in range(3, 13):
            floor = least or (0, 0, 0)
            ways = [way for way in product(*(range(low, room + 1) for low, room in zip(floor, rooms, strict=True))) if sum(way) == people]
            if ways:
                fewest = [min(unit) for unit in zip(*ways, strict=True)]
                one = replace(strand([people, 0, 0], 3, rooms), least=None if least is None else np.array(least))
                assert one.clear([0, 1, 2]) == all(number <= 1 or number >= 3 for number in fewest)
    assert strand([4, 0], 3).clear([0, 1])  # of wholes that are told nowhere nothing follows


def test_a_block_ends_where_its_last_unit_or_one_that_others_joined_could_hold_everybody():
    """Witness: the rule in words; a unit that others joined counts only where so many are counted that two could be large, and each other one somebody."""
    for rooms in product((2, 5, 6, 9), repeat=4):
        for people in (0, 1, 5, 6, 7, 9):
            one = strand([people, 0, 0, 0], 3, rooms)
            many = people >= 2 * 3 + 4 - 3
            for last, joined in ((False, rooms[1:3]), (True, rooms[:3])):
                assert one.roomy(range(4), last) == (people > 0 and (rooms[3] >= people or (many and max(joined) >= people)))
            assert not replace(one, follows=True).roomy(range(4), last=True)


def test_who_has_nobody_stands_alone_only_where_that_is_so_in_every_layer_and_one_block_of_all_tells_nothing():
    """By hand, of counts below five."""
    rule, zeros_hidden = Smallness(5), Smallness(5, zeros=False)
    assert in_blocks([[0, 7, 9], [3, 7, 9]], rule) == [[0, 1], [2]]
    assert in_blocks([[0, 7, 9], [0, 7, 9]], rule) == [[1], [2], [0]]
    assert in_blocks([0, 16, 17], zeros_hidden, room=[0, 40, 40]) == [[1], [2], [0]]
    assert in_blocks([3, 3], rule) == [[0, 1]]
    assert in_blocks([3, 3], rule, room=[40, 40]) is None
    assert in_blocks([3, 3, 0], rule, room=[40, 40, 40]) == [[0, 1], [2]]


def test_places_are_halved_as_long_as_both_halves_are_safe_and_no_further():
    """By hand: 10 of 20 everywhere are told place by place; where one place has four, it stays with its neighbour."""
    ten = np.full((2, 2, 4), 10)
    assert halved(ten, ten.sum(axis=0), 5) == [[0], [1], [2], [3]]
    assert halved(ten[:, :, :2], ten[:, :, :2].sum(axis=0), 10) == [[0], [1]]
    assert halved(ten[:, :, :2], ten[:, :, :2].sum(axis=0), 11) == [[0, 1]]
    few = ten.copy()
    few[0, 1, 2] = 4
    assert halved(few, few.sum(axis=0), 5) == [[0], [1], [2, 3]]
    # of one group all places have as many, of the other the last has most: there the whole is divided, where of both most are on either side
    wholes = np.array([[10, 10, 10, 70], [25, 25, 25, 25]])
    sides = np.stack([wholes // 2, wholes - wholes // 2])
    assert halved(sides, wholes, 12) == [[0, 1, 2], [3]] and halved(sides, wholes, 16) == [[0, 1, 2, 3]]


def test_a_rounded_share_is_that_of_rounded_counts_and_none_where_more_are_counted_than_there_are():
    """By hand: 12 of 18 become 10 of 20; 6 of 6 becomes 5 of 5; 8 of 7 become 10 of 5, which is no share; 3 is small, and of nobody there is none."""
    table = pd.DataFrame({"count": [12, 6, 8, 3, 0], "base": [18, 6, 7, 20, 0], "rate": 0.5, "lower": 0.1, "upper": 0.9})
    made = _with_share(table, "rate", ("count", "base"), DisclosurePolicy(method="round"), 0.95)
    assert made["rate"].tolist() == pytest.approx([0.5, 1, np.nan, np.nan, np.nan], nan_ok=True)
    assert made["count"].tolist() == pytest.approx([10, 5, 10, np.nan, 0], nan_ok=True)
    assert made["base"].tolist() == [20, 5, 5, 20, 0]
    assert made[["lower", "upper"]].notna().all(axis=1).tolist() == [True, True, False, False, False]
    assert made.loc[0, ["lower", "upper"]].tolist() == pytest.approx([0.2993, 0.7007], abs=1e-4)  # Wilson's of 10 in 20, statsmodels 0.15
