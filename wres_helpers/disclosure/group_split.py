"""What may be told of a table where ethnic groups are told each by itself, and no row's total is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wres_helpers.disclosure.filling import Draw, spread
from wres_helpers.disclosure.merging import Smallness, in_blocks
from wres_helpers.disclosure.tables_of_people import Cell, PeopleTable


@dataclass(frozen=True)
class Split:
    """What is told of a table: of each group, rows in parts whose sums are told.

    Attributes
    ----------
    table
        The table.
    """

    table: PeopleTable

    def parts(self, group: str) -> Sequence[list[int] | None]:
        """Return the rows of a group in parts whose sums are told; ``[None]`` where none is."""
        raise NotImplementedError

    def sums(self) -> list[tuple[str, list[int]]]:
        """Return group and rows of each sum that is told of several rows."""
        return [(group, rows) for group in self.table.groups for rows in self.parts(group) if rows is not None and len(rows) > 1]

    def said(self, rule: Smallness) -> list[tuple[int, str, tuple[int, int]]]:
        """Return row, group and limits of what words tell of hidden counts."""
        return []

    def fill(self, layer: np.ndarray, draw: Draw) -> None:
        """Put counts of which the same is told in place of those of one layer."""
        raise NotImplementedError

    def hidden(self) -> np.ndarray:
        """Return which rows and groups are not told (a truth value each)."""
        return np.stack([self._hidden_rows(place, group) for place, group in enumerate(self.table.groups)], axis=1)

    def _hidden_rows(self, place: int, group: str) -> np.ndarray:
        rows = np.zeros(len(self.table.rows), dtype=bool)
        for part in self.parts(group):
            if part is None:
                return ~rows
            # of nobody at all everybody is nobody
            rows[part] = len(part) > 1 and self.table.values[:, part, place].any()
        return rows

    def filled(self, told: Mapping[Cell, int], draw: Draw) -> np.ndarray:
        """Return counts of which the same is told, as a fixed sequence of draws has them; ``told`` are those drawn before."""
        made = self.table.values.copy()
        for number, layer in enumerate(made):
            if number and np.array_equal(self.table.values[0], self.table.values[number]):
                layer[:] = made[0]
            else:
                self.fill(layer, draw)
        return made


@dataclass(frozen=True)
class GroupSplit(Split):
    """A table told group by group: blocks of rows by ethnic group, None where nothing of the group is told."""

    blocks: Mapping[str, list[list[int]] | None]

    def parts(self, group: str) -> Sequence[list[int] | None]:
        """Return the blocks of a group."""
        blocks = self.blocks[group]
        return [None] if blocks is None else blocks

    def fill(self, layer: np.ndarray, draw: Draw) -> None:
        """Spread each block's people over its rows; of a group of which nothing is told anybody may be anywhere."""
        for place, group in enumerate(self.table.groups):
            for rows in self.parts(group):
                if rows is None:
                    layer[:, place] = [draw.between(0, 4) for _ in layer]
                else:
                    total = layer[rows, place].sum()
                    layer[rows, place] = spread(total, [total] * len(rows), draw)


def group_split(table: PeopleTable, rule: Smallness, secret: Collection[str]) -> GroupSplit:
    """Decide what may be told of each group by itself.

    Parameters
    ----------
    secret
        Groups whose total of all rows is hidden elsewhere, so that it must not be told by this table either.
    """
    found: dict[str, list[list[int]] | None] = {}
    for place, group in enumerate(table.groups):
        people = table.values[:, :, place]
        sums = people.sum(axis=1)
        if group in secret or any(rule.hides(count) for count in sums):
            found[group] = None
        else:
            found[group] = in_blocks(people, rule)
    return GroupSplit(table, found)
