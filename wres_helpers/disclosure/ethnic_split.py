"""How the people of each row of a table fall into ethnic groups: what of it may be told, and what only of rows together.

A row is a pay band, a directorate, an age group. Its total is told wherever it can be. A small BME count is hidden with
the undisclosed of its row, a small undisclosed count with the white ones; the rows in which that happens are merged with
their neighbours, and the sum over them is told. Zeros stay visible where the policy says so.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from wres_helpers.disclosure.filling import Draw, spread
from wres_helpers.disclosure.group_split import Split, group_split
from wres_helpers.disclosure.merging import ENDLESS, Smallness, Strand, connected, merged_in_sections, pair_limits, several, strand
from wres_helpers.disclosure.tables_of_people import PeopleTable
from wres_helpers.standard.columns import BME, ETHNIC_GROUPS, UNKNOWN, WHITE

#: Makes the strands of some units.
Strands = Callable[[Sequence[int]], list[Strand]]


@dataclass(frozen=True)
class EthnicSplit(Split):
    """What is told of a table whose rows' totals are told.

    Attributes
    ----------
    units
        Rows whose people are told together only; most are rows by themselves.
    bme_blocks, unknown_blocks, white_blocks
        Units, several each, whose BME (and undisclosed), undisclosed (and white) or, where the others are hidden already,
        white people are told together only.
    total_blocks
        Rows, several each, whose very totals are told together only.
    """

    units: list[list[int]]
    bme_blocks: list[list[int]] = field(default_factory=list)
    unknown_blocks: list[list[int]] = field(default_factory=list)
    white_blocks: list[list[int]] = field(default_factory=list)
    total_blocks: list[list[int]] = field(default_factory=list)

    def parts(self, group: str) -> Sequence[list[int]]:
        """Return the rows of a group in parts whose sums are told."""
        chosen = {
            BME: self.bme_blocks,
            UNKNOWN: [*self.bme_blocks, *self.unknown_blocks],
            WHITE: [*self.unknown_blocks, *self.white_blocks],
        }[group]
        inside = {unit for block in chosen for unit in block}
        joined = [[row for unit in block for row in self.units[unit]] for block in chosen]
        return [*joined, *(unit for number, unit in enumerate(self.units) if number not in inside)]

    def said(self, rule: Smallness) -> list[tuple[int, str, tuple[int, int]]]:
        """Return row, group and limits of what words tell: of two rows told together, which one is small.

        The limits of the group that follows are what is left of the row.
        """
        if self.white_blocks or any(not np.array_equal(self.table.values[0], layer) for layer in self.table.values):
            return []
        found = []
        for blocks, moving, following in ((self.bme_blocks, BME, UNKNOWN), (self.unknown_blocks, UNKNOWN, WHITE)):
            for block in blocks:
                rows = [row for unit in block for row in self.units[unit]]
                if len(rows) == len(block):
                    found += self._said_of_pair(rows, moving, following, rule)
        return found

    def _said_of_pair(self, rows: list[int], moving: str, following: str, rule: Smallness) -> list[tuple[int, str, tuple[int, int]]]:
        people = self.table.values[0, rows][:, [self.table.groups.index(moving), self.table.groups.index(following)]]
        limits = pair_limits(people[:, 0].tolist(), people.sum(axis=1).tolist(), rule.smallest, 1 if rule.zeros else 0) or []
        found = []
        for row, (low, high), both in zip(rows, limits, people.sum(axis=1), strict=True) if limits else ():
            found += [(row, moving, (low, high)), (row, following, (int(both) - high, int(both) - low))]
        return found

    def fill(self, layer: np.ndarray, draw: Draw) -> None:
        """Fill blocks of units, then the rows within a unit of several."""
        white, bme, unknown = (self.table.groups.index(group) for group in ETHNIC_GROUPS)
        sums = np.array([layer[rows].sum(axis=0) for rows in self.units], dtype=np.int64)
        for blocks, moving, following in (
            (self.white_blocks, white, None),
            (self.bme_blocks, bme, unknown),
            (self.unknown_blocks, unknown, white),
        ):
            for block in blocks:
                totals = sums[block].sum(axis=1)
                both = totals if following is None else totals - sums[block, 3 - moving - following]
                sums[block, moving] = spread(sums[block, moving].sum(), both, draw)
                if following is None:
                    # the others of the row make up the rest; what is told of BME people is seen to next
                    sums[block, bme] = np.minimum(sums[block, bme], totals - sums[block, white])
                    sums[block, unknown] = totals - sums[block, white] - sums[block, bme]
                else:
                    sums[block, following] = both - sums[block, moving]
        all_totals = layer.sum(axis=1)
        for rows in self.total_blocks:
            people = all_totals[rows].sum()
            all_totals[rows] = spread(people, [people] * len(rows), draw)
        for rows, wanted in zip(self.units, sums, strict=True):
            totals = all_totals[rows]
            layer[rows, white] = spread(wanted[white], totals, draw)
            layer[rows, bme] = spread(wanted[bme], totals - layer[rows, white], draw)
            layer[rows, unknown] = totals - layer[rows, white] - layer[rows, bme]


def ethnic_split(
    table: PeopleTable,
    rule: Smallness,
    sections: Sequence[Sequence[int]] = (),
    secret: Collection[str] = (),
    apart: Sequence[Sequence[int]] = (),
) -> Split:
    """Decide what may be told of a table.

    Parameters
    ----------
    sections
        Rows that are better kept together, such as the senior grades, in order; none is one section.
    apart
        Rows that stand beside the others on no ladder, such as doctors: told as one where row by row nothing could be told of anybody.
    secret
        Groups whose total of all rows is hidden elsewhere, so that it must not be told by this table either.
    """
    sums = table.values.sum(axis=1)
    if secret or len(table.groups) < len(ETHNIC_GROUPS) or any(rule.hides(count) for count in sums.ravel()):
        return group_split(table, rule, secret)
    total_blocks, units = _units(table, rule, sections or [range(len(table.rows))])
    for section in apart:
        own = [rows for rows in units if rows[0] in section and table.values[:, rows].any()]
        if len(own) > 1 and _told(table, rule, own, [section]) is None:
            units = connected([*units, [row for rows in own for row in rows]], range(len(table.rows)))
    found = _told(table, rule, units, sections)
    # else nobody is left to be told together with
    return replace(found or EthnicSplit(table, [list(range(len(table.rows)))]), total_blocks=total_blocks)


def _told(table: PeopleTable, rule: Smallness, units: list[list[int]], sections: Sequence[Sequence[int]]) -> EthnicSplit | None:
    """Return what may be told of units of rows, or None where there is not even enough for all of them together."""
    people = np.stack([table.values[:, rows].sum(axis=1) for rows in units], axis=1)
    groups = _sections(units, sections)
    white, bme, unknown = (table.groups.index(group) for group in ETHNIC_GROUPS)
    of_bme = _bme_strands(people, (white, bme, unknown), rule, np.array([len(rows) for rows in units]))
    chosen = _blocks(groups, people[:, :, bme], of_bme, rule)
    if chosen is None:
        return None
    inside = {number for block in chosen for number in block}
    lone = [[number for number in group if number not in inside] for group in groups]
    both = people[:, :, white] + people[:, :, unknown]
    either = [_strands(people[:, :, group], both, rule.smallest, rule.zeros) for group in (unknown, white)]
    moved = _blocks(lone, people[:, :, unknown], lambda numbers: [one for strands in either for one in strands(numbers)], rule)
    of_white = _strands(people[:, :, white], people.sum(axis=2), rule.smallest, rule.zeros)
    followed = _blocks([[number for number in group if number in inside] for group in groups], people[:, :, white], of_white, rule)
    return None if moved is None or followed is None else EthnicSplit(table, units, chosen, moved, followed)


def _sections(units: list[list[int]], sections: Sequence[Sequence[int]]) -> list[list[int]]:
    wanted = sections or [[row for rows in units for row in rows]]
    return [[number for number, rows in enumerate(units) if rows[0] in section] for section in wanted]


def _units(table: PeopleTable, rule: Smallness, sections: Sequence[Sequence[int]]) -> tuple[list[list[int]], list[list[int]]]:
    """Return rows whose totals are no small numbers, several together where need be; and the same joined further.

    The second are joined until no two groups together are a small number.
    """
    everything = list(range(len(table.rows)))
    used = [[row for row in section if table.values[:, row].any() or not rule.zeros] for section in sections]
    told = merged_in_sections(
        used, lambda rows: [strand(layer[rows].sum(axis=1), rule.smallest, zero_shown=rule.zeros) for layer in table.values]
    )
    if told is None:
        return [everything], [everything]
    joined = _joined_pairs(table, told, rule, sections)
    if joined is None:
        return several(told), [everything]
    return several(told), sorted([*joined, *([row] for row in everything if not any(row in section for section in used))])


def _joined_pairs(table: PeopleTable, units: list[list[int]], rule: Smallness, sections: Sequence[Sequence[int]]) -> list[list[int]] | None:
    strands = _pairs(table, units, rule)
    taking_part = [place for place in range(len(units)) if any(one.amounts[place] or not one.alone(place) for one in strands)]
    within = [[place for place in taking_part if units[place][0] in section] for section in sections]
    blocks = merged_in_sections(within, lambda places: [Strand(one.amounts[places], one.room[places], one.smallest) for one in strands])
    if blocks is None:
        return None
    told = [[row for place in block for row in units[place]] for block in blocks]
    return [*told, *(rows for place, rows in enumerate(units) if place not in taking_part)]


def _pairs(table: PeopleTable, units: list[list[int]], rule: Smallness) -> list[Strand]:
    """Return those who are not white, where some of them are BME and they or the white people of the row must be few."""
    bme, unknown = table.groups.index(BME), table.groups.index(UNKNOWN)
    strands: list[Strand] = []
    for layer in np.stack([table.values[:, rows].sum(axis=1) for rows in units], axis=1) if units else []:
        total = layer.sum(axis=1)
        some_bme = (layer[:, bme] > 0) | ((not rule.zeros) & (total > 0))
        not_white = np.where(some_bme, layer[:, bme] + layer[:, unknown], 0)
        # of so few people in all, either side would be a small number
        few = some_bme & (total < 2 * rule.smallest - 1)
        strands.append(strand(np.where(few, np.minimum(not_white, rule.smallest - 1), not_white), rule.smallest, total))
    return strands


def _bme_strands(people: np.ndarray, places: tuple[int, int, int], rule: Smallness, rows: np.ndarray) -> Strands:
    white, bme, unknown = places
    few_white = (people[:, :, white] > 0) & (people[:, :, white] < rule.smallest)
    # the room beside few white people is not told; it is at least this
    least = np.maximum(people.sum(axis=2) - rule.smallest + 1, people[:, :, bme])
    beside = np.where(few_white, least, people[:, :, bme] + people[:, :, unknown])
    # rows without BME people are joined with none, where that they have none is told
    own = _strands(people[:, :, bme], beside, rule.smallest, rule.zeros)
    # where the others of a row are few, its BME people tell of them
    others = _strands(np.where(people[:, :, bme] > 0, people.sum(axis=2) - people[:, :, bme], 0), people.sum(axis=2), rule.smallest)
    # how many undisclosed a block has follows from its BME and white people
    undisclosed = _strands(people[:, :, unknown], np.full(people.shape[:2], ENDLESS), rule.smallest, rule.zeros)
    return lambda units: [
        *(replace(one, rows=rows[list(units)]) if rule.zeros else one for one in own(units)),
        *others(units),
        *(replace(one, follows=True) for one in undisclosed(units)),
    ]


def _strands(amounts: np.ndarray, room: np.ndarray, smallest: int, zeros: bool = True) -> Strands:
    """Return what makes a strand a layer of some units, from amounts and room by layer and unit."""
    return lambda units: [strand(layer[list(units)], smallest, most[list(units)], zeros) for layer, most in zip(amounts, room, strict=True)]


def _blocks(sections: list[list[int]], amounts: np.ndarray, strands: Strands, rule: Smallness) -> list[list[int]] | None:
    """Return the units, several each, that are told together only, or None where not even all together can be told."""
    active = [[unit for unit in section if amounts[:, unit].any() or not rule.zeros] for section in sections]
    blocks = merged_in_sections(active, strands)
    return None if blocks is None else several(blocks)
