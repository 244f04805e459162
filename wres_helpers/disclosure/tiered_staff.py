"""Parts of the staff by pay tier: what may be told of them, beside what is told of the parts and of the tiers.

The people of each part and those of each tier are told already, so of each ethnic group this is a table whose margins are known. A
part with a small number in any tier is told together with its neighbours, in all tiers, so that every number told is a sum that may
be told, and what is left of the margins is such a sum, too. How many a part has in a tier in all is told nowhere, so a group of
which nothing can be told takes no other with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from wres_helpers.disclosure.filling import Draw, spread
from wres_helpers.disclosure.merging import Smallness, connected, merged, strand
from wres_helpers.disclosure.split import Split
from wres_helpers.disclosure.tables_of_people import Cell, PeopleTable
from wres_helpers.standard.columns import UNKNOWN
from wres_helpers.standard.grades import TIERED


@dataclass(frozen=True)
class TieredStaff(Split):
    """What is told of a table whose layers are pay tiers and whose rows are parts of the staff.

    Attributes
    ----------
    column
        The breakdown that tells the parts apart.
    tiers
        The tier of each grade.
    """

    column: str = ""
    tiers: Mapping[str, str] = field(default_factory=dict)

    def filled(self, told: Mapping[Cell, int], draw: Draw) -> np.ndarray:
        """Return counts with the same people in each tier of a block, and as many in each row as that row now has.

        Of a group of which nothing is told each tier has as many as its grades now have, in any row.
        """
        # choices of its own, so that what is drawn for other tables is the same with and without this one; other ones each year, else the change is told
        year = next(cell.year for layer in self.table.cells for row in layer for cell in row if cell)
        draw = Draw(draw.number, int(year[:4]))
        made = np.zeros_like(self.table.values)
        for place, group in enumerate(self.table.groups):
            blocks = self.blocks[group]
            for number, layer in enumerate(self.table.cells) if blocks is None else ():
                people = self._in_grades(next(cell for row in layer for cell in row if cell), group, told)
                made[number, :, place] = spread(people, [people] * len(layer), draw)
            for block in blocks or ():
                left = self.table.values[:, block, place].sum(axis=1)
                for row in (block[number] for number in draw.order(len(block))):
                    people = told.get(self._whole(row, group), int(self.table.values[:, row, place].sum()))
                    made[:, row, place] = spread(people, left, draw)
                    left = left - made[:, row, place]
        return made

    def _in_grades(self, some: Cell, group: str, told: Mapping[Cell, int]) -> int:
        named, grades = TIERED.fullmatch(some.breakdown), (some.year, some.item, "grade")
        tier = named["tier"] if named else ""
        return sum(count for cell, count in told.items()
                   if cell[:3] == grades and cell.ethnic_group == group and (self.tiers.get(cell.category) or "no") == tier)  # fmt: skip

    def _whole(self, row: int, group: str) -> Cell:
        some = next(cell for layer in self.table.cells for cell in layer[row] if cell)
        return some._replace(breakdown=self.column, ethnic_group=group)


def tiered_staff(table: PeopleTable, column: str, parts: Split, grades: Split, tiers: Mapping[str, str], rule: Smallness) -> TieredStaff:
    """Decide what may be told of parts of the staff by pay tier, group by group.

    Parameters
    ----------
    table
        The tiers as layers, those of no tier among them, over the parts.
    parts, grades
        What is told of the parts and of the grades; a tier of which the grades do not tell is not told by this table either.
    tiers
        The tier of each grade.
    """
    blocks = {
        group: _blocks(table, group, _told_together(parts, group), _told_together(grades, group), tiers, rule) for group in table.groups
    }
    return TieredStaff(table, blocks, None, column, tiers)


def _blocks(
    table: PeopleTable, group: str, parts: list[list[str]] | None, grades: list[list[str]] | None, tiers: Mapping[str, str], rule: Smallness
) -> list[list[int]] | None:
    if parts is None or grades is None or any(len({tiers.get(name, "") for name in names}) > 1 for names in grades):
        return None
    places, own = {name: place for place, name in enumerate(table.rows)}, table.values[:, :, table.groups.index(group)]
    units = connected([[places[name] for name in names if name in places] for names in parts], range(len(table.rows)))
    people = np.stack([own[:, unit].sum(axis=1) for unit in units], axis=1)
    blocks = merged([strand(tier, rule.smallest, people.sum(axis=0), rule.zeros) for tier in people])
    # sums of the undisclosed would only blur of whom there are sums of the two groups
    if blocks is None or (group == UNKNOWN and len(blocks) < len(table.rows)):
        return None
    return [[row for number in block for row in units[number]] for block in blocks]


def _told_together(split: Split, group: str) -> list[list[str]] | None:
    """Return the rows of a group, by name, in the parts in which they are told; None where some are not told at all."""
    parts = split.blocks.get(group)
    return None if parts is None else [[split.table.rows[row] for row in rows] for rows in parts]
