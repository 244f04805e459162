"""People counted among others: appointed among shortlisted, trained among staff, voting among the board.

Both sides of such a count are counts of people: 40 of 42 tells of two. So a count is told where it and the rest are no
small numbers; that nobody was counted may be told, that everybody was only where the policy says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wres_helpers.disclosure.ethnic_split import Smallness
from wres_helpers.disclosure.merging import ENDLESS, merged, strand


@dataclass(frozen=True)
class Told:
    """What is told of a single count: itself, or the smallest and largest it could be."""

    shown: bool
    low: int = 0
    high: float = ENDLESS


def of_one(count: int, base: int | None, rule: Smallness) -> Told:
    """Return what may be told of a count by itself, or among a base that is told.

    Where the base is so small that both sides could be, nothing more is said than that somebody is counted.
    """
    least = 1 if rule.zeros else 0
    if base is None or count > base:
        return Told(False, least, rule.smallest - 1) if rule.hides(count) else Told(True)
    if _safe(count, base, rule):
        return Told(True)
    most = base - 1 if rule.everybody else base
    if base < 2 * rule.smallest:
        return Told(False, least, most)
    return Told(False, least, rule.smallest - 1) if count < rule.smallest else Told(False, base - rule.smallest + 1, most)


def _safe(count: int, base: int, rule: Smallness) -> bool:
    if count == 0:
        return rule.zeros or base == 0
    if count == base:
        return rule.everybody and count >= rule.smallest
    return min(count, base - count) >= rule.smallest


def of_many(counts: Sequence[int], bases: Sequence[int | None], rule: Smallness) -> list[list[int]] | None:
    """Return the units in blocks whose sums may be told, or None where no sum may.

    Parameters
    ----------
    counts
        People counted in each unit.
    bases
        Among how many, where that is told.
    """
    people = np.asarray(counts, dtype=np.int64)
    known = all(base is not None and base >= count for base, count in zip(bases, counts, strict=True))
    room = np.array(bases if known else [ENDLESS] * len(people), dtype=float)
    active = np.flatnonzero((people > 0) | ((not rule.zeros) & (room > 0)))
    if not len(active):
        return [[unit] for unit in range(len(people))]
    strands = [strand(people[active], rule.smallest, room[active], rule.zeros)]
    if known:
        rest = (room - people)[active].astype(np.int64)
        strands.append(strand(rest, rule.smallest, room[active], rule.everybody))
    blocks = merged(strands)
    if blocks is None:
        return None
    return [*([int(active[place]) for place in block] for block in blocks), *([unit] for unit in range(len(people)) if unit not in active)]
