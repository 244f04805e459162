"""Grades that only some sides of the staff have: what is told of the sides is then told of these grades together.

Where consultants are all of the medical staff, "medical: 23" beside "Consultants and others, together: 26" tells of three.
"""

from collections.abc import Iterable, Sequence

import numpy as np


def connected(parts: Iterable[Iterable[int]], rows: Iterable[int]) -> list[list[int]]:
    """Return rows in units that no part divides."""
    found: list[set[int]] = [{row} for row in rows]
    for part in parts:
        touching = [unit for unit in found if unit & set(part)]
        found = [unit for unit in found if unit not in touching] + ([set().union(*touching)] if touching else [])
    return sorted(sorted(unit) for unit in found)


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
