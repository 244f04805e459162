"""Parts of the staff apart, beside what is told of them together: clinical and non-clinical staff, and any parts by pay tier.

Clinical and non-clinical staff together are told already, so each side is a part of them, and a small number on either side of a pay band
hides the other, too. Grades that only some sides have are told with no others: where consultants are all of the medical staff, "medical: 23"
beside "Consultants and others, together: 26" tells of three.

The people of each part and those of each tier are told already, so of each ethnic group this is a table whose margins are known. Of
white and of BME people, who are compared tier by tier, a part with a small number in any tier is told together with its neighbours, in
all tiers; of the undisclosed, a tier with a small number of any part is told together with its neighbours, for all parts, so that parts
keep their base in the others. Either way every number told is a sum that may be told, and what is left of the margins is such a sum, too.
How many a part has in a tier in all is told nowhere else, so a group of which nothing can be told takes no other with it.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from wres_helpers.disclosure.ethnic_split import told_among
from wres_helpers.disclosure.merging import Smallness, connected, merged, strand
from wres_helpers.disclosure.sides_and_grades import told_too_exactly
from wres_helpers.disclosure.split import Split
from wres_helpers.disclosure.tables_of_people import PeopleTable
from wres_helpers.standard.columns import BME, UNKNOWN, WHITE


def separated_staff(
    table: PeopleTable, whole: Split, rule: Smallness, sections: Sequence[Sequence[int]], rest_told: bool = True
) -> Split | None:
    """Decide what may be told of the sides; None where nothing may, because it would tell of both together.

    Parameters
    ----------
    table
        The sides as layers, over the same rows and groups as the table of both together.
    whole
        What is told of both together.
    rest_told
        Whether it is told how many of each side are white and undisclosed.
    """
    staff, everything = table.values.sum(axis=2), range(len(table.rows))
    bme, unknown = (table.values[:, :, table.groups.index(group)] for group in (BME, UNKNOWN))

    def in_parts(
        joined: Iterable[list[int]], people: np.ndarray, wholes: np.ndarray, sides: bool = True
    ) -> tuple[list[list[int]], list[int]]:
        """Return rows in parts, and which of them belong to parts of which several sides have staff; the others are those of both together."""
        units = connected(joined, everything)
        shared = [rows for rows in units if staff[:, rows].any(axis=1).sum() > 1]
        parts = told_among(people, wholes, shared, rule, sections, sides)
        return connected([*units, *parts], everything), [row for rows in shared for row in rows]

    totals, _ = in_parts(whole.totals or (), staff, np.broadcast_to(staff.sum(axis=0), staff.shape), sides=False)
    found, _ = in_parts([*totals, *(whole.blocks[BME] or ())], bme, staff)
    blocks: dict[str, list[list[int]] | None] = {WHITE: None, BME: found, UNKNOWN: None}
    if rest_told:
        beside = (rows for group in (WHITE, UNKNOWN) for rows in whole.blocks[group] or ())
        rest, inside = in_parts([*found, *beside], unknown, staff - bme)
        for group in (WHITE, UNKNOWN):
            of_both = (rows for rows in whole.blocks[group] or () if rows[0] not in inside)
            blocks[group] = [*(rows for rows in rest if rows[0] in inside), *of_both]
    told = Split(table, blocks, totals)
    return None if told_too_exactly(told, whole, rule, lambda _: [[side] for side in range(len(staff))]) else told


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


def crossed(parts: Iterable[Sequence[int]], sets: Iterable[Sequence[int]]) -> bool:
    """Tell whether a sum that is told of some rows is made of several sets of them, of one of which the sum follows from elsewhere."""
    place = {row: number for number, rows in enumerate(sets) for row in rows}
    return any(len({place[row] for row in part if row in place}) > 1 for part in parts)


def tiered_staff(table: PeopleTable, parts: Split, grades: Split, tiers: Mapping[str, str], rule: Smallness) -> Split:
    """Decide what may be told of one group of the parts of the staff by pay tier.

    Parameters
    ----------
    table
        The tiers as layers, those of no tier among them, over the parts.
    parts, grades
        What is told of the parts and of the grades; a tier of which the grades do not tell is not told by this table either.
    tiers
        The tier of each grade.
    """
    [group], places = table.groups, {name: place for place, name in enumerate(table.rows)}
    of_parts, of_grades = parts.named(group), grades.named(group)
    if of_grades is None or any(len({tiers.get(name, "") for name in names}) > 1 for names in of_grades):
        return Split(table, {group: None})
    units = connected([[places[name] for name in names if name in places] for names in of_parts or ()], range(len(table.rows)))
    if of_parts is None or (group == UNKNOWN and len(units) < len(table.rows)):
        return Split(table, {group: [list(range(len(table.rows)))]})
    if group == UNKNOWN:
        table, units = table.turned(), [[tier] for tier in range(len(table.cells))]
    people = np.stack([table.values[:, unit, 0].sum(axis=1) for unit in units], axis=1)
    blocks = merged([strand(own, rule.smallest, people.sum(axis=0), rule.zeros) for own in people]) or [list(range(len(units)))]
    return Split(table, {group: [[row for number in block for row in units[number]] for block in blocks]})
