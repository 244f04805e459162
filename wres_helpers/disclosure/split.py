"""What is told of a table: of each ethnic group, rows in parts whose sums are told, and whether the rows' totals are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wres_helpers.disclosure.merging import Smallness, connected, in_blocks, pair_limits, several
from wres_helpers.disclosure.tables_of_people import PeopleTable
from wres_helpers.disclosure.told import Draw, spread
from wres_helpers.standard.columns import BME, UNKNOWN, WHITE

#: Of groups that are hidden in a row, the first is chosen and the last makes up the row's total.
_IN_TURN = (BME, UNKNOWN, WHITE)


@dataclass(frozen=True)
class Split:
    """What is told of a table.

    Attributes
    ----------
    table
        The table.
    blocks
        By group, rows in parts whose sums are told, most of one row; None where nothing of the group is told. Of any two groups the parts of
        one divide those of the other, so that the parts of the third follow.
    totals
        Rows in parts whose totals are told; None where no row's total is.
    """

    table: PeopleTable
    blocks: Mapping[str, Sequence[list[int]] | None]
    totals: Sequence[list[int]] | None = None

    def parts(self, group: str | None) -> Sequence[list[int]] | None:
        """Return the rows of a group, or of all together, in parts whose sums are told; None where nothing of them is."""
        return self.totals if group is None else self.blocks.get(group)

    def people(self, group: str | None) -> np.ndarray:
        """Return the people of a group, or of all together, by layer and row."""
        return self.table.values.sum(axis=2) if group is None else self.table.values[:, :, self.table.groups.index(group)]

    def named(self, group: str | None) -> list[list[str]] | None:
        """Return the same by name."""
        parts = self.parts(group)
        return None if parts is None else [[self.table.rows[row] for row in rows] for rows in parts]

    def sums(self) -> list[tuple[str, list[int]]]:
        """Return group and rows of each sum that is told of several rows."""
        return [(group, rows) for group in self.table.groups for rows in several(self.blocks[group] or ())]

    def hidden(self) -> np.ndarray:
        """Return which rows and groups are not told (a truth value each)."""
        hidden = np.zeros(self.table.values.shape[1:], dtype=bool)
        for place, group in enumerate(self.table.groups):
            # of nobody at all everybody is nobody
            gone = [rows for rows in several(self.blocks[group] or ()) if self.table.values[:, rows, place].any()]
            hidden[[row for rows in gone for row in rows] if self.blocks[group] is not None else slice(None), place] = True
        return hidden

    def said(self, rule: Smallness) -> list[tuple[int, str, tuple[int, int]]]:
        """Return row, group and limits of what words tell: of two rows told together, which one is small.

        The limits of a group that follows are what is left of the row.
        """
        if self.totals is None or any(not np.array_equal(self.table.values[0], layer) for layer in self.table.values):
            return []
        pairs = {tuple(rows) for _, rows in self.sums() if len(rows) == 2}
        return [one for rows in sorted(pairs) for one in self._said_of_pair(list(rows), rule)]

    def _said_of_pair(self, rows: list[int], rule: Smallness) -> list[tuple[int, str, tuple[int, int]]]:
        moving = [group for group in _IN_TURN if not all([row] in (self.blocks[group] or ()) for row in rows)]
        if len(moving) != 2:
            return []
        people = self.table.values[0, rows][:, [self.table.groups.index(group) for group in moving]]
        limits = pair_limits(people[:, 0].tolist(), people.sum(axis=1).tolist(), rule.smallest, rule.least) or []
        found = []
        for row, (low, high), both in zip(rows, limits, people.sum(axis=1), strict=True) if limits else ():
            found += [(row, moving[0], (low, high)), (row, moving[1], (int(both) - high, int(both) - low))]
        return found

    def filled(self, draw: Draw) -> np.ndarray:
        """Return counts of which the same is told, as a fixed sequence of draws has them."""
        made = self.table.values.copy()
        breakdowns = [{cell.breakdown for row in layer for cell in row if cell} for layer in self.table.cells]
        for number, layer in enumerate(made):
            # the same people in two tables; layers of other people are alike by chance
            if number and breakdowns[0] == breakdowns[number] and np.array_equal(self.table.values[0], self.table.values[number]):
                layer[:] = made[0]
            elif self.totals is None:
                self._fill_groups(layer, draw)
            else:
                self._fill_rows(layer, self.totals, draw)
        return made

    def _fill_groups(self, layer: np.ndarray, draw: Draw) -> None:
        """Spread each part's people over its rows; of a group of which nothing is told anybody may be anywhere."""
        for place, group in enumerate(self.table.groups):
            if self.blocks[group] is None:
                layer[:, place] = [draw.between(0, 4) for _ in layer]
            for rows in self.blocks[group] or ():
                total = layer[rows, place].sum()
                layer[rows, place] = spread(total, [total] * len(rows), draw)

    def _fill_rows(self, layer: np.ndarray, totals: Sequence[list[int]], draw: Draw) -> None:
        """Spread the people of each part over its rows within the rows' totals, the group with most parts first."""
        left = layer.sum(axis=1)
        for rows in several(totals):
            people = left[rows].sum()
            left[rows] = spread(people, [people] * len(rows), draw)
        parts = [rows for group in _IN_TURN for rows in self.blocks[group] or ()]
        free = [group for group in _IN_TURN if self.blocks[group] is None]
        for unit in connected(parts, range(len(left))) if free else several(connected(parts, range(len(left)))):
            inside = {group: [rows for rows in self.blocks[group] or () if rows[0] in unit] for group in _IN_TURN}
            *first, last = sorted(_IN_TURN, key=lambda group: -len(inside[group]))
            for group in first:
                place = self.table.groups.index(group)
                for rows in inside[group]:
                    layer[rows, place] = spread(layer[rows, place].sum(), left[rows], draw)
                if group in free:
                    layer[unit, place] = [draw.between(0, int(most)) for most in left[unit]]
                left[unit] -= layer[unit, place]
            layer[unit, self.table.groups.index(last)] = left[unit]


def group_split(table: PeopleTable, rule: Smallness, secret: Collection[str]) -> Split:
    """Decide what may be told of each group by itself, where no row's total may be told.

    Parameters
    ----------
    secret
        Groups whose total of all rows is hidden elsewhere, so that it must not be told by this table either.
    """
    found: dict[str, list[list[int]] | None] = {}
    for place, group in enumerate(table.groups):
        people = table.values[:, :, place]
        hidden = group in secret or any(rule.hides(count) for count in people.sum(axis=1))
        found[group] = None if hidden else in_blocks(people, rule)
    return Split(table, found)
