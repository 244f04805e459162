"""Merging neighbours: what is told, and that whoever knows the rule cannot tell what was merged. Witness: enumeration."""

from collections import defaultdict
from itertools import product

import numpy as np
import pandas as pd
import pytest

from wres_helpers.disclosure.composition import Places
from wres_helpers.disclosure.counted_among import halved
from wres_helpers.disclosure.ethnic_split import ethnic_split, told_among
from wres_helpers.disclosure.merging import Smallness, in_blocks, merged, merged_in_sections, pair_limits, strand
from wres_helpers.disclosure.separated_staff import tiered_staff
from wres_helpers.disclosure.split import Split
from wres_helpers.disclosure.tables_of_people import PeopleTable
from wres_helpers.disclosure.told import Draw, spread
from wres_helpers.page_model import Count


def told(amounts, smallest=5):
    """Return what is told of some units: blocks, and the sum of each."""
    blocks = in_blocks(amounts, Smallness(smallest))
    return None if blocks is None else tuple((tuple(block), sum(amounts[unit] for unit in block)) for block in blocks)


def test_nothing_small_stands_alone_and_every_sum_is_told():
    assert told((1, 6, 3, 14, 9, 14)) == (((0, 1, 2), 10), ((3,), 14), ((4,), 9), ((5,), 14))


def test_what_is_left_at_the_end_joins_the_block_before_it():
    assert told((7, 9, 1, 0, 2)) == (((0,), 7), ((1, 2, 4), 12), ((3,), 0))


def test_not_even_all_together():
    assert told((1, 1, 1)) is None


def test_who_joins_a_block_brings_no_small_number_of_what_nobody_had_in_it():
    """Nobody of the first two is in the second count, and one of the third: told with them, that one would stand as a sum."""
    first, second = strand([2, 9, 3, 20], 5), strand([0, 0, 1, 20], 5)
    assert merged([first]) == [[0, 1, 2], [3]]
    assert merged([first, second]) == [[0, 1, 2, 3]]


@pytest.mark.parametrize(("units", "most"), [(2, 14), (3, 12), (4, 9)])
def test_every_hidden_count_has_four_values_that_lead_to_the_same_page(units, most):
    """All tables of a few units with their sum, which is told elsewhere: those of which the very same is told, and what each hidden small
    count can be in them. Of three places with 5 together of which nothing could be told, 1, 2 and 3 were left once, since of two places
    with 5 and one with nobody all was told."""
    same = defaultdict(list)
    for amounts in product(range(most + 1), repeat=units):
        if 5 <= sum(amounts) <= most:
            same[sum(amounts), told(amounts)].append(amounts)
    for (_, page), tables in same.items():
        for unit in range(units) if page is None else [unit for block, people in page if len(block) > 1 and people for unit in block]:
            left = {table[unit] for table in tables}
            assert len(left) >= 4 or not left & set(range(1, 5)), (page, unit, tables)


@pytest.mark.parametrize("sections", [[[0, 1, 2, 3]], [[0, 1], [2, 3]], [[0, 1], [2], [3]], [[0], [1], [2], [3]]])
def test_sections_leave_every_hidden_count_four_values(sections):
    """Every table of four pay bands in tiers. Of two bands of a tier with 4 together, told with the next tier, 1, 2 and 3 were left once: with
    5, the tier would have been told by itself. In one tier a block after a block would leave one value."""
    same = defaultdict(list)
    for counts in product(range(1, 10), repeat=4):
        if sum(counts) <= 12:
            blocks = merged_in_sections(sections, [strand(counts, 5)])
            if blocks is not None:
                same[tuple((tuple(block), sum(counts[unit] for unit in block)) for block in blocks)].append(counts)
    for page, tables in same.items():
        for unit in [unit for block, _ in page if len(block) > 1 for unit in block]:
            left = {table[unit] for table in tables}
            assert len(left) >= 4 or not left & set(range(1, 5)), (page, unit, tables)


def values_left(bases, before=(), after=()):
    """Return page, place and number of those counted, and of the others, that lead to the page, for each hidden one that may be small.

    ``before`` and ``after`` are places whose count and base are told.
    """
    same, outer = defaultdict(list), [*before, *after]
    for inner in product(*(range(base + 1) for base in bases)):
        counts = [*(count for count, _ in before), *inner, *(count for count, _ in after)]
        wholes = [*(base for _, base in before), *bases, *(base for _, base in after)]
        if min(sum(counts), sum(wholes) - sum(counts)) >= 5:
            blocks = in_blocks(counts, Smallness(5), wholes)
            page = None if blocks is None else tuple(sorted((tuple(block), sum(counts[unit] for unit in block)) for block in blocks))
            same[sum(counts), page].append(counts)
    places = set(range(len(before), len(before) + len(bases)))
    for (_, page), tables in same.items():
        hidden = (
            places | set(range(len(outer)))
            if page is None
            else {unit for block, people in page if len(block) > 1 and people for unit in block}
        )
        for unit in hidden if hidden <= places else ():
            for left in ({table[unit] for table in tables}, {wholes[unit] - table[unit] for table in tables}):
                if left & set(range(1, 5)):
                    yield page, unit, left


@pytest.mark.parametrize("bases", [(7, 9), (9, 9), (8, 12), (7, 8, 9), (9, 7, 7), (5, 12, 6)])
def test_of_people_counted_among_others_every_hidden_count_has_four_values_that_lead_to_the_same_page(bases):
    """Every table of people trained among so many in each place, where neither all who were nor all who were not are few. Of 9 and 9 with
    6 trained, 2, 3 and 4 were left once, since a block closed only where none of those not trained were few; of 7 and 9 with 6 trained, one
    or all seven not trained, since two places with three each were told together."""
    assert [found for found in values_left(bases) if len(found[-1]) < 4] == []


@pytest.mark.parametrize(
    ("wholes", "people"),
    [(((12, 9, 20), (14, 9, 12)), (11, 12)), (((16, 6, 9), (20, 9, 9)), (12, 10)), (((7, 7, 7, 7), (6, 9, 6, 9)), (10, 10))],
)
def test_halves_leave_every_hidden_count_four_values(wholes, people):
    """Every pair of tables of so many white and BME people among so many in each place: either group may be what forbade a half. Where the
    places were told one by one wherever halves could not be, 1, 2 and 3 were left of a BME count whose white people were safe in both."""
    groups = [[each for each in product(*(range(most + 1) for most in own)) if sum(each) == number]
              for own, number in zip(wholes, people, strict=True)]  # fmt: skip
    same, room = defaultdict(list), np.array(wholes)
    for pair in product(*groups):
        counts = np.array(pair)
        sets = halved(np.stack([counts, room - counts]), room, 5)
        same[tuple((tuple(own), *counts[:, own].sum(axis=1).tolist()) for own in sets)].append(pair)
    assert len(same) > 1, "some are told in halves, and some only all together"
    for told, pairs in same.items():
        for units, *sums in told:
            bases = [sum(own[unit] for unit in units) for own in wholes]
            assert all(number >= 5 and base - number >= 5 for number, base in zip(sums, bases, strict=True))
            for unit, group in product(units if len(units) > 1 else (), (0, 1)):
                left = {pair[group][unit] for pair in pairs}
                for values in (left, {wholes[group][unit] - count for count in left}):
                    assert len(values) >= 4 or not values & set(range(1, 5)), (told, group, unit, values)


@pytest.mark.parametrize(
    ("wholes", "sections"), [((6, 8, 7, 5), [[0, 1, 2], [3]]), ((7, 9, 8), [[0], [1, 2]]), ((7, 9, 8, 5), [[0, 1, 2, 3]])]
)
def test_people_told_among_the_staff_of_sections_have_four_values_that_lead_to_the_same_page(wholes, sections):
    """Every table of people of one group among so many staff. Of the first, 1, 2 and 3 were left of the last once, since a section of three bands
    with 4 people or fewer did not stand alone; of the last, all but one of eight."""
    same, staff = defaultdict(list), np.array([wholes])
    for counts in product(*(range(whole + 1) for whole in wholes)):
        if not any(0 < people < 5 for people in (sum(counts), sum(wholes) - sum(counts))):
            parts = told_among(np.array([counts]), staff, [[row] for row in range(len(wholes))], Smallness(5), sections)
            same[tuple((tuple(rows), sum(counts[row] for row in rows)) for rows in parts)].append(counts)
    few = [
        (page, row, left)
        for page, tables in same.items()
        for row in [row for rows, people in page if len(rows) > 1 and people for row in rows]
        for left in ({table[row] for table in tables}, {wholes[row] - table[row] for table in tables})
        if len(left) < 4 and left & set(range(1, 5))
    ]
    assert few == []


def test_a_block_between_places_that_are_told_ends_by_its_sum_alone():
    """Every table of 8, 14 and 6 people between 13 of whom 6 are trained and 23 of whom 6 are. With 13 trained among the three, 4, 5 or 6 were
    left for the last once, since whether the block went on after the second was asked of those of the first two."""
    assert [found for found in values_left((8, 14, 6), before=[(6, 13)], after=[(6, 23)]) if len(found[-1]) < 4] == []


def few_values_of_staff(tables, sections):
    """Return each small hidden count of staff that fewer than four values are left of, in tables of rows whose totals are the same."""
    same = defaultdict(list)
    for cells in tables:
        sums, rows = np.sum(cells, axis=0), len(cells)
        if not any(0 < people < 5 for people in sums):
            table = PeopleTable((), np.array([cells]), tuple(map(str, range(rows))), ("white", "bme", "unknown"))
            split = ethnic_split(table, Smallness(5), sections)
            assert sorted(row for part in split.totals for row in part) == list(range(rows))
            parts = tuple(
                (part, np.array(cells)[list(part), place].sum())
                for place, group in enumerate(table.groups)
                for part in map(tuple, split.blocks[group])
            )
            assert not any(0 < people < 5 for _, people in parts), (cells, parts)
            same[tuple(sums), parts, tuple(map(tuple, split.totals)), split.hidden().tobytes()].append(np.array(cells))
    return [
        (page, band, place, left)
        for page, found in same.items()
        for band, place in np.argwhere(np.frombuffer(page[3], dtype=bool).reshape(-1, 3))
        if (left := {int(table[band, place]) for table in found}) & set(range(1, 5)) and len(left) < 4
    ]


@pytest.mark.parametrize(("totals", "sections"), [((8, 10), [[0, 1]]), ((8, 10), [[0], [1]]), ((5, 5, 6), [[0, 1], [2]])])
def test_where_few_are_undisclosed_every_hidden_count_of_staff_has_four_values_that_lead_to_the_same_page(totals, sections):
    """Every table of white, BME and undisclosed people in bands of so many staff, whose totals are told, where the sums over the bands are."""
    of_band = [
        [(total - bme - unknown, bme, unknown) for bme in range(total + 1) for unknown in range(total - bme + 1)] for total in totals
    ]
    assert few_values_of_staff(product(*of_band), sections) == []


@pytest.mark.parametrize(("totals", "white"), [((20, 9), 0), ((18, 14), 0), ((25, 20), 0), ((20, 7, 16), 5)])
def test_where_few_are_white_beside_many_undisclosed_every_hidden_count_has_four_values(totals, white):
    """Every table of so many staff with that many white people, 31 of them undisclosed where somebody is white. Of 20 and 9 with nobody white,
    8 BME and 21 undisclosed, one undisclosed person of the second was the one value left; of the last, nobody and one of the white people."""
    of_row = [[(most, bme, total - most - bme) for most in range(white + 1) for bme in range(total - most + 1)] for total in totals]
    tables = [
        cells for cells in product(*of_row) if sum(row[0] for row in cells) == white and (not white or sum(row[2] for row in cells) == 31)
    ]
    assert few_values_of_staff(tables, [list(range(len(totals)))]) == []


def test_of_two_units_words_say_which_is_small_only_where_four_values_are_left():
    """9 is the least sum of two of which one is 1 to 4 and the other 5 or more whatever the first is."""
    endless = [float("inf")] * 2
    assert pair_limits([4, 5], endless, 5) == [(1, 4), (5, 8)]
    assert pair_limits([9, 2], endless, 5) == [(7, 10), (1, 4)]
    assert pair_limits([3, 5], endless, 5) is None
    assert pair_limits([4, 9], [100, 12], 5) is None, "the second could not hold all thirteen"


@pytest.mark.parametrize("number", range(8))
def test_people_are_spread_within_their_room(number):
    shares = spread(17, [3, 10, 9, 2], Draw(number))
    assert sum(shares) == 17 and all(share <= room for share, room in zip(shares, [3, 10, 9, 2], strict=True))


def test_a_measure_that_a_standard_adds_is_placed_by_its_rows(reference):
    """Witness: who is counted, and out of whom, as the rows of the standard say; without a line of code for the measure."""
    rule = reference.catalogue[reference.catalogue["measure"].eq("entering_disciplinary")].assign(
        measure="being_promoted", numerator="promoted", base="headcount"
    )
    places = Places(pd.concat([reference.catalogue, rule], ignore_index=True), ())
    row = {"year": "2019-20", "measure": "being_promoted", "breakdown": "overall", "category": "all"}
    assert places.of("results", row, "bme_count") == Count("2019-20", "promoted", "overall", "all", "bme")
    assert places.of("results", row, "white_base") == Count("2019-20", "headcount", "overall", "all", "white")
    # of a part of the staff the base is that part's
    part = row | {"breakdown": "grade", "category": "Band 5"}
    assert places.of("bounds", part, "unknown_base") == Count("2019-20", "workforce", "grade", "Band 5", "unknown")
    assert places.of("results", row, "value") is None and places.of("statuses", row, "bme_count") is None
    # of a share only its count and its base are people, and no end of its interval
    share = {"year": "2019-20", "item": "board", "breakdown": "membership", "category": "total", "ethnic_group": "bme", "of": "category"}
    assert [places.of("shares", share, field) for field in ("count", "base", "lower")] == [
        Count("2019-20", "board", "membership", "total", "bme"),
        Count("2019-20", "board", "membership", "total", "all"),
        None,
    ]


def test_parts_keep_their_undisclosed_in_tiers_in_which_no_part_has_few():
    """Witness: by hand. Of three directorates 1, 6 and 3 undisclosed people are in the upper tier and 9, 9 and 4 in none, so these two are told as
    10, 15 and 7 and the others as they are. Once no tier was told, since each part with few in any would have taken its neighbours with it."""
    tiers, parts, bands = ("lower", "middle", "upper", "no"), ("North", "South", "East"), ("Band 2", "Band 6", "Band 9", "Consultant")
    people = np.array([[[44], [44], [30]], [[21], [16], [15]], [[1], [6], [3]], [[9], [9], [4]]])
    cells = tuple(
        tuple((Count("2025-26", "workforce", f"directorate ({tier} tier)", part, "unknown"),) for part in parts) for tier in tiers
    )
    told = [
        Split(PeopleTable((), np.zeros((1, len(rows), 1), dtype=int), rows, ("unknown",)), {"unknown": [[row] for row in range(len(rows))]})
        for rows in (parts, bands)
    ]
    split = tiered_staff(
        PeopleTable(cells, people, parts, ("unknown",)),
        *told,
        dict(zip(bands, ("lower", "middle", "upper", ""), strict=True)),
        Smallness(5),
    )
    hidden = [cell for layer in split.table.cells for (cell,), gone in zip(layer, split.hidden(), strict=True) if gone[0]]
    assert {cell.breakdown for cell in hidden} == {"directorate (upper tier)", "directorate (no tier)"} and len(hidden) == 6
    assert split.sums() == [("unknown", [2, 3])] and split.table.values[:, [2, 3], 0].sum(axis=1).tolist() == [10, 15, 7]


@pytest.mark.parametrize(
    ("row", "bme_alone", "others_alone"),
    [((5, 5, 0), True, True), ((4, 5, 0), False, False), ((5, 4, 0), False, False), ((4, 5, 1), True, False), ((6, 5, 0), True, True)],
    ids=str,
)
def test_a_row_of_which_no_count_is_small_is_told_by_itself(row, bme_alone, others_alone):
    """By hand: of 5 and 5 nobody is too few; 4 and 1 are told with a neighbour, and BME people too where they would tell of 4 white ones."""
    people, rows = [row, (60, 20, 60), (60, 20, 60)], ("Few", "Many", "More")
    cells = tuple(tuple(Count("2019-20", "workforce", "grade", name, group) for group in ("white", "bme", "unknown")) for name in rows)
    split = ethnic_split(PeopleTable((cells,), np.array([people]), rows, ("white", "bme", "unknown")), Smallness(5))
    assert [[0] in (split.blocks[group] or ()) for group in ("bme", "white", "unknown")] == [bme_alone, others_alone, others_alone]
