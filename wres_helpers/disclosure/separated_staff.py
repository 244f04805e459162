"""Clinical and non-clinical staff apart: what may be told of each, beside what is told of both together.

Both together are told already, so each side is a part of them, and a small number on either side of a pay band hides the other, too. Grades
that only some sides have are told with no others: where consultants are all of the medical staff, "medical: 23" beside "Consultants
and others, together: 26" tells of three.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from wres_helpers.disclosure.ethnic_split import told_among
from wres_helpers.disclosure.merging import Smallness, connected, several
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
    return None if _tells_of_both(told, whole) else told


def _tells_of_both(told: Split, whole: Split) -> bool:
    """Tell whether some rows of a block are all that some sides have in it, and rows told together are only partly among them."""
    people, staff = told.table.values, told.table.values.sum(axis=2)
    sums = [(told.blocks[group] or (), whole.told(group), people[:, :, place]) for place, group in enumerate(told.table.groups)]
    for blocks, parts, counts in [*sums, (told.totals or (), whole.told(None), staff)]:
        for block in several(blocks):
            inside = np.isin(np.arange(len(told.table.rows)), block) & counts.any(axis=0)
            somebody = counts[:, block].any(axis=1)
            if crossed(parts, rows_apart((staff > 0) & inside & somebody[:, None])):
                return True
    return False


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
