"""Clinical and non-clinical staff apart: what may be told of each, beside what is told of both together.

Both together are told already, so each side is a part of them. A pay band with a small number on either side shows only
how many staff each side has; the bands in which that happens are told together. Grades that only some sides have are told with no
others: where consultants are all of the medical staff, "medical: 23" beside "Consultants and others, together: 26" tells of three.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from wres_helpers.disclosure.ethnic_split import EthnicSplit
from wres_helpers.disclosure.filling import Draw, spread
from wres_helpers.disclosure.group_split import Split
from wres_helpers.disclosure.merging import Smallness, Strand, connected, merged_in_sections, several
from wres_helpers.disclosure.tables_of_people import Cell, PeopleTable
from wres_helpers.standard.columns import WHITE


@dataclass(frozen=True)
class SeparatedStaff(Split):
    """What is told of the sides, which are the layers of the table, over the rows of both together.

    Attributes
    ----------
    whole
        What is told of both together.
    mixed
        Rows of several sides, in blocks within which no group is told row by row; most are rows by themselves.
    by_group
        By group other than white, blocks of such rows by themselves whose people of the group (and white ones) are told
        together only.
    totals
        Blocks within which not even the staff of each side are told row by row.
    """

    whole: EthnicSplit
    mixed: list[list[int]]
    by_group: dict[str, list[list[int]]]
    totals: list[list[int]]

    @property
    def lone(self) -> list[int]:
        """Rows of one side only, each of which is the row of both together."""
        return [row for row in range(len(self.table.rows)) if not any(row in block for block in self.mixed)]

    def hidden(self) -> np.ndarray:
        """Return which rows and groups are not told (a truth value each)."""
        rows = self.whole.hidden() & np.isin(np.arange(len(self.table.rows)), self.lone)[:, None]
        for block in several(self.mixed):
            rows[block] = True
        for group, blocks in self.by_group.items():
            for block in several(blocks):
                rows[block, self.table.groups.index(group)] = True
                rows[block, self.table.groups.index(WHITE)] = True
        return rows

    def sums(self) -> list[tuple[str, list[int]]]:
        """Return group and rows of each sum that is told of several rows."""
        together = [(group, block) for block in several(self.mixed) for group in self.table.groups]
        return together + [(group, block) for group, blocks in self.by_group.items() for block in several(blocks)]

    def filled(self, told: Mapping[Cell, int], draw: Draw) -> np.ndarray:
        """Return counts of the sides of which the same is told, given those of both together."""
        made, lone = self.table.values.copy(), self.lone
        both = np.array([[told.get(cell, 0) if cell else 0 for cell in row] for row in self.whole.table.cells[-1]])
        made[:, lone] = np.where(made[:, lone].any(axis=2, keepdims=True), both[lone], 0)
        for block in several(self.mixed):
            self._fill_block(made, block, draw)
        for group, blocks in self.by_group.items():
            for block in several(blocks):
                self._move(made, block, self.table.groups.index(group), draw)
        return made

    def _move(self, made: np.ndarray, block: list[int], group: int, draw: Draw) -> None:
        one, other = (side for side in range(len(made)) if made[side][block].any())
        least, most = _limits(made[:, block], group, self.table.groups.index(WHITE), one)
        moved = least + spread(int(made[one, block, group].sum() - least.sum()), most - least, draw)
        more = moved - made[one, block, group]
        for side, sense in ((one, 1), (other, -1)):
            made[side, block, group] += sense * more
            made[side, block, self.table.groups.index(WHITE)] -= sense * more

    def _fill_block(self, made: np.ndarray, block: list[int], draw: Draw) -> None:
        for side in made:
            totals = side[block].sum(axis=1)
            for rows in (each for each in several(self.totals) if each[0] in block):
                places = [block.index(row) for row in rows]
                people = totals[places].sum()
                totals[places] = spread(people, [people] * len(places), draw)
            wanted, left = side[block].sum(axis=0), totals.copy()
            for group in draw.order(len(wanted)):
                side[block, group] = spread(wanted[group], left, draw)
                left = left - side[block, group]


def separated_staff(table: PeopleTable, whole: EthnicSplit, rule: Smallness, sections: Sequence[Sequence[int]]) -> SeparatedStaff | None:
    """Decide what may be told of the sides; None where nothing may, because it would tell of both together.

    Parameters
    ----------
    table
        The sides as layers, over the same rows and groups as the table of both together.
    whole
        What is told of both together.
    """
    found = _separated(table, whole, rule, sections)
    if _tells_of_both(found, whole):
        several_sides = sorted(row for block in found.mixed for row in block)
        found = SeparatedStaff(table, whole, [several_sides], {}, found.totals)
    return None if _tells_of_both(found, whole) else found


def _tells_of_both(told: SeparatedStaff, whole: EthnicSplit) -> bool:
    """Tell whether some rows of a block are all that some sides have in it, and rows told together are only partly among them."""
    people = told.table.values
    for block in several(told.mixed):
        sums = [(whole.parts(group), people[:, :, place]) for place, group in enumerate(told.table.groups)]
        for parts, counts in [*sums, (whole.total_blocks, people.sum(axis=2))]:
            inside = np.isin(np.arange(people.shape[1]), block) & counts.any(axis=0)
            somebody = counts[:, block].any(axis=1)
            if crossed(parts, rows_apart(people.any(axis=2) & inside & somebody[:, None])):
                return True
    return False


def _separated(table: PeopleTable, whole: EthnicSplit, rule: Smallness, sections: Sequence[Sequence[int]]) -> SeparatedStaff:
    # rows that are told together and have several sides in all belong to them: one would tell of the other
    told_together = connected([*_parts(whole), *whole.total_blocks], list(range(len(table.rows))))
    several_sides = sorted(row for unit in told_together if table.values[:, unit].any(axis=(1, 2)).sum() > 1 for row in unit)
    totals = _merged(table, _with_lone(whole.total_blocks, several_sides), sections, lambda people, _: _staff(people, rule))
    if totals is None:
        return SeparatedStaff(table, whole, [several_sides], {}, [several_sides])
    units, sides = connected([*_parts(whole), *totals], several_sides), table.values[:, several_sides].any(axis=(1, 2)).sum()
    told_apart = [] if sides > 2 or not rule.zeros else [group for group in table.groups if group != WHITE]
    mixed = _merged(table, units, sections, lambda people, single: _groups(people, rule, table.groups, told_apart, single))
    if mixed is None:
        return SeparatedStaff(table, whole, [several_sides], {}, totals)
    alone = [block for block in mixed if len(block) == 1]
    by_group = {group: _merged(table, alone, sections, partial(_moving, rule=rule, group=group, table=table)) for group in told_apart}
    if any(blocks is None for blocks in by_group.values()):
        mixed = _merged(table, units, sections, lambda people, single: _groups(people, rule, table.groups, [], single))
        return SeparatedStaff(table, whole, [several_sides] if mixed is None else mixed, {}, totals)
    return SeparatedStaff(table, whole, mixed, {group: blocks or [] for group, blocks in by_group.items()}, totals)


def _limits(people: np.ndarray, group: int, white: int, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the fewest and most people of a group each row's side can have, where the white ones of the row follow."""
    both, here = people.sum(axis=0), people[side, :, group] + people[side, :, white]
    return np.maximum(here - both[:, white], 0), np.minimum(both[:, group], here)


def _moving(people: np.ndarray, _: np.ndarray, rule: Smallness, group: str, table: PeopleTable) -> list[Strand]:
    place, white = table.groups.index(group), table.groups.index(WHITE)
    found = []
    for side in np.flatnonzero(people.any(axis=(1, 2))):
        least, most = _limits(people, place, white, int(side))
        found.append(Strand(people[side, :, place], most.astype(float), rule.smallest, rule.zeros, least))
    return found or [Strand(np.zeros(people.shape[1], dtype=int), np.zeros(people.shape[1]), rule.smallest)]


def _with_lone(blocks: list[list[int]], rows: list[int]) -> list[list[int]]:
    """Return the blocks, as far as they hold some of the rows, and every other row by itself, in order."""
    inside = [[row for row in block if row in rows] for block in blocks]
    return sorted([*(block for block in inside if block), *([row] for row in rows if not any(row in block for block in inside))])


def _merged(
    table: PeopleTable, units: list[list[int]], sections: Sequence[Sequence[int]], strands: Callable[[np.ndarray, np.ndarray], list[Strand]]
) -> list[list[int]] | None:
    """Return rows in blocks of units, by the strands of some units' people (side, unit, group) and which are single rows."""
    within = [[number for number, unit in enumerate(units) if unit[0] in section] for section in sections]
    blocks = merged_in_sections(
        within,
        lambda chosen: strands(
            np.stack([table.values[:, units[number]].sum(axis=1) for number in chosen], axis=1),
            np.array([len(units[number]) == 1 for number in chosen]),
        ),
    )
    return None if blocks is None else [[row for number in block for row in units[number]] for block in blocks]


def _staff(people: np.ndarray, rule: Smallness) -> list[Strand]:
    sides = people.sum(axis=2)
    return [Strand(side, sides.sum(axis=0).astype(float), rule.smallest) for side in sides]


def _groups(people: np.ndarray, rule: Smallness, groups: Sequence[str], told_apart: Sequence[str], single: np.ndarray) -> list[Strand]:
    """Return every group of every side; of single rows, those told apart decide elsewhere."""
    room = np.minimum(people.sum(axis=0), people.sum(axis=2, keepdims=True)).astype(float)
    return [Strand(people[side, :, place], room[side, :, place], rule.smallest, rule.zeros, exempt=single if group in told_apart else None)
            for side in range(len(people)) for place, group in enumerate(groups)]  # fmt: skip


def _parts(whole: EthnicSplit) -> list[list[int]]:
    return [rows for group in whole.table.groups for rows in whole.parts(group)]


def rows_apart(belongs: np.ndarray, told: Iterable[Sequence[int]] | None = None) -> list[list[int]]:
    """Return rows in sets that have no side in common, so that the sum over each follows from what is told of the sides.

    Parameters
    ----------
    belongs
        Truth values by side and row: whether the side has people of the row.
    told
        Sides in the parts in which they are told; by default each by itself.
    """
    parts = [[side] for side in range(len(belongs))] if told is None else told
    return connected(
        [np.flatnonzero(belongs[list(part)].any(axis=0)).tolist() for part in parts], np.flatnonzero(belongs.any(axis=0)).tolist()
    )


def crossed(parts: Iterable[Sequence[int] | None], sets: Iterable[Sequence[int]]) -> bool:
    """Tell whether a sum that is told of some rows is made of several sets of them, of one of which the sum follows from elsewhere."""
    place = {row: number for number, rows in enumerate(sets) for row in rows}
    return any(len({place[row] for row in part if row in place}) > 1 for part in parts if part is not None)
