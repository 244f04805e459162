"""How far single counts can move beside what is told of sides of the staff and of grades.

Whoever is told how many people each side has, and how many each grade, can think of them in other places only if these sums stay as they
are: for each who leaves a place somebody else must come back to it, by other places. How many can is how far its count can move.
"""

from collections.abc import Callable, Hashable, Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from wres_helpers.disclosure.merging import Smallness, connected
from wres_helpers.disclosure.split import Split
from wres_helpers.standard.columns import BME, UNKNOWN, WHITE

#: Between which two sums people are counted, how many they are, and the fewest and most that words tell of them.
Place = tuple[Hashable, Hashable, int, int, int]


def told_too_exactly(sides: Split, grades: Split, rule: Smallness, together: Callable[[str | None], Sequence[list[int]] | None]) -> bool:
    """Tell whether a small count of a grade, or of a side's grade, could have fewer values than it must.

    Parameters
    ----------
    sides
        What is told of the grades of each side, a layer each; of sides that are told as a whole only, the sum over all grades.
    grades
        What is told of the grades of all sides together.
    together
        Finds the sides in the parts in which they are told of a group, or of everybody; None where nothing is.
    """
    staff, names = sides.people(None), sides.table.rows
    row_of = {name: row for row, name in enumerate(names) if staff[:, row].any()}
    # of how many a side has in these rows, and how many of them are BME people, the rest follows
    units = connected([*(sides.totals or ()), *(sides.parts(BME) or ())], range(len(names)))
    inside = np.array([[row in rows for rows in units] for row in range(len(names))])
    for group in (*sides.table.groups, None):
        people, joined, blocks, parts = sides.people(group), together(group), sides.parts(group), grades.named(group)
        if joined is None or blocks is None or parts is None:
            continue
        rest = staff - sides.people(BME) if group in (WHITE, UNKNOWN) else staff
        room = np.where(staff, rest @ inside @ inside.T, 0)
        said = {grades.table.rows[row]: limits for row, kind, limits in grades.said(rule) if kind == group}
        places: list[Place] = [
            ((side[0], block[0]), names[row], people[side, row].sum(), 0, room[side, row].sum())
            for side in joined for block in blocks for row in block if room[side, row].any()
        ]  # fmt: skip
        places += [
            (name, tuple(part), people[:, row_of[name]].sum(), *said.get(name, (0, people.sum())))
            for part in parts for name in part if name in row_of
        ]  # fmt: skip
        if _too_exact(places, rule):
            return True
    return False


def _too_exact(places: Sequence[Place], rule: Smallness) -> bool:
    number = {end: at for at, end in enumerate(dict.fromkeys(end for place in places for end in place[:2]))}
    ways = np.zeros((len(number), len(number)), dtype=np.int32)
    for one, other, people, low, high in places:
        ways[number[one], number[other]], ways[number[other], number[one]] = max(high - people, 0), max(people - low, 0)
    for one, other, people, low, high in places:
        there, back, others = number[one], number[other], ways.copy()
        others[[there, back], [back, there]] = 0
        # those who can go round by two other places alone are quickly found, and mostly enough
        ends = (there, back), (back, there)
        away, here = (np.minimum(np.minimum(others[start, :, None], others), others[:, end]).max() for start, end in ends)
        if min(people + here, high) - max(people - away, low, rule.least) + 2 >= rule.smallest:
            continue
        fewest = max(people - maximum_flow(csr_array(others), there, back).flow_value, low)
        if fewest < rule.smallest:
            most = min(people + maximum_flow(csr_array(others), back, there).flow_value, high)
            if most >= rule.least and most - max(fewest, rule.least) + 2 < rule.smallest:
                return True
    return False
