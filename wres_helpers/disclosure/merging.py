"""Merges neighbours until no small count stands alone, by a rule whose outcome tells next to nothing of what was merged.

Units (pay bands in order of pay, answers, places) are passed once, from the first to the last. A unit that may be shown
stands alone. One that may not opens a block, which takes in the units after it and ends before the first that may be shown
by itself once the sum of the block may be shown, too; what is left open at the end joins the block before it.

Whoever knows this rule and sees a block of several units with its sum can say of the first only that it is small, of the
last only that it makes up the rest, and of those between only that together with the first they are small: with a
smallest count of 5, each can still have at least four values, and every one of them leads to the same block. That holds
as long as the rest finds room in one unit. Whether a block ends is asked of its sum alone, which is told, and of no sum on the way to it.

Both sides of a count among a base are counts of people: 40 of 42 tells of two. So a count is told where it and the rest
are no small numbers; that nobody was counted may be told, that everybody was only where the policy says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

Name = TypeVar("Name", int, str)

#: Room of a unit whose whole is told nowhere.
ENDLESS = np.inf


@dataclass(frozen=True)
class Strand:
    """One count of every unit, all of which must be safe in a block.

    Attributes
    ----------
    amounts
        People, one number a unit.
    room
        The most each unit could hold, as far as that is shown.
    smallest
        Smallest count that may be shown.
    zero_shown
        Whether nobody at all may be shown.
    least
        The fewest each unit could hold, as far as that is shown; by default nobody.
    rows
        Rows that are joined in each unit and may hold somebody each. What is small must leave each of them as many values as a
        row by itself has.
    follows
        Whether this count only follows from others: its sum must be safe in a block, and it closes and opens none.
    """

    amounts: np.ndarray
    room: np.ndarray
    smallest: int
    zero_shown: bool = True
    least: np.ndarray | None = None
    rows: np.ndarray | None = None
    follows: bool = False

    def of(self, units: Sequence[int] | np.ndarray) -> "Strand":
        """Return the same of some units."""
        chosen = list(units)
        least, rows = (None if column is None else column[chosen] for column in (self.least, self.rows))
        return replace(self, amounts=self.amounts[chosen], room=self.room[chosen], least=least, rows=rows)

    def alone(self, unit: int) -> bool:
        """Tell whether a unit may be shown by itself."""
        return self.follows or self.safe([unit])

    def safe(self, units: Sequence[int]) -> bool:
        """Tell whether the sum over some units may be shown."""
        people = self.amounts[list(units)].sum()
        if people == 0:
            return self.zero_shown
        more = max(0, len(units) - 2) if self.rows is None else self.rows[list(units)].sum() - 1
        return bool(people >= self.smallest + more)

    def enough(self) -> bool:
        """Tell whether of all units together so many are counted that, were they one fewer, each could still have as many values."""
        people, units = self.amounts.sum(), len(self.amounts)
        return self.follows or units < 2 or people == 0 or bool(people >= self.smallest + units - 1)

    def clear(self, units: Sequence[int]) -> bool:
        """Tell whether what is shown forces no unit to a small number: each may be all but empty, or is large for certain."""
        people, room = self.amounts[list(units)].sum(), self.room[list(units)]
        least = people - (room.sum() - room) if np.isfinite(room).all() else np.zeros(len(units))
        if self.least is not None:
            least = np.maximum(least, self.least[list(units)])
        return bool(((least <= 1) | (least >= self.smallest)).all())

    def roomy(self, units: Sequence[int], last: bool) -> bool:
        """Tell whether the last unit could hold everybody of the block, or an earlier one could that others joined, so that nothing is pinned.

        The first could only at the end, where it may have stood alone before the others joined it.
        """
        people, room = self.amounts[list(units)].sum(), self.room[list(units)]
        joined = people >= 2 * self.smallest + len(units) - 3 and people <= room[0 if last else 1 : -1].max(initial=0)
        return bool(people > 0 and (people <= room[-1] or joined)) and not self.follows


@dataclass(frozen=True)
class Smallness:
    """What is too small: counts below ``smallest``, nobody unless ``zeros``, everybody unless ``everybody``."""

    smallest: int
    zeros: bool = True
    everybody: bool = False

    @property
    def least(self) -> int:
        """The smallest value that a hidden count can have."""
        return 1 if self.zeros else 0

    def hides(self, count: int) -> bool:
        """Tell whether a count may not be shown for itself."""
        return count < self.smallest and not (count == 0 and self.zeros)


def strand(amounts: ArrayLike, smallest: int, room: ArrayLike | None = None, zero_shown: bool = True) -> Strand:
    """Return a strand; without ``room`` nothing is known of the wholes."""
    people = np.asarray(amounts, dtype=np.int64)
    return Strand(people, np.full(len(people), ENDLESS) if room is None else np.asarray(room, dtype=float), smallest, zero_shown)


def merged(strands: Sequence[Strand]) -> list[list[int]] | None:
    """Return the units in blocks, each of which may be shown as a sum, or None where not even all together may.

    Parameters
    ----------
    strands
        Counts of the same units; a block ends where all are safe and one of them is clear and roomy. Both are told of the block,
        so what ends it depends on no count in it.
    """

    def ends(units: list[int], last: bool) -> bool:
        safe = all(one.safe(units) for one in strands)
        return safe and any(one.clear(units) and one.roomy(units, last) for one in strands)

    done: list[list[int]] = []
    unfinished: list[int] = []
    for unit in range(len(strands[0].amounts)):
        if all(one.alone(unit) for one in strands) and (not unfinished or ends(unfinished, last=False)):
            done += [unfinished, [unit]] if unfinished else [[unit]]
            unfinished = []
        else:
            unfinished.append(unit)
    while unfinished and not ends(unfinished, last=True):
        if not done:
            return None
        unfinished = done.pop() + unfinished
    while unfinished and done and len(done[-1]) > 1:
        # a block right after a block never begins with a small number, which would tell of this one
        unfinished = done.pop() + unfinished
    return [*done, unfinished] if unfinished else done


def merged_in_sections(sections: Sequence[Sequence[int]], strands: Sequence[Strand]) -> list[list[int]] | None:
    """Return units, in order, in blocks that cross no section, where that is possible, else as few as need be."""
    left = [list(section) for section in sections if section]
    done: list[tuple[list[int], list[list[int]]]] = []
    failed: list[list[int]] = []
    while left:
        units = left.pop(0)
        own = [one.of(units) for one in strands]
        blocks = merged(own) if all(one.enough() for one in own) else None
        if blocks is not None:
            done.append((units, [[units[place] for place in block] for block in blocks]))
            continue
        failed.append(units)
        if left:
            left[0] = units + left[0]
        elif done:
            left = [done.pop()[0] + units]
        else:
            return None
    told = [block for _, blocks in done for block in blocks]
    # of a section of which nothing could be told by itself no unit is told alone: that it could not would tell of the others
    return connected([*told, *failed], [unit for block in told for unit in block])


def connected(parts: Iterable[Iterable[Name]], rows: Iterable[Name]) -> list[list[Name]]:
    """Return rows in units that no part divides."""
    found: list[set[Name]] = [{row} for row in rows]
    for part in parts:
        touching = [unit for unit in found if unit & set(part)]
        found = [unit for unit in found if unit not in touching] + ([set().union(*touching)] if touching else [])
    return sorted(sorted(unit) for unit in found)


def several(blocks: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the blocks of more than one unit."""
    return [list(block) for block in blocks if len(block) > 1]


def in_blocks(counts: ArrayLike, rule: Smallness, room: ArrayLike | None = None) -> list[list[int]] | None:
    """Return units in blocks whose sums may be told, those of which nobody is counted by themselves; None where no sum may.

    Parameters
    ----------
    counts
        People counted in each unit, in one layer or in several.
    room
        Among how many, where that is told: what is left of each must be safe, too.
    """
    people = np.atleast_2d(np.asarray(counts, dtype=np.int64))
    most = np.full(people.shape[1], ENDLESS) if room is None else np.asarray(room, dtype=float)

    strands = [strand(layer, rule.smallest, most, rule.zeros) for layer in people]
    if room is not None:
        strands += [strand(most - layer, rule.smallest, most, rule.everybody) for layer in people]
    return blocks_of(people.any(axis=0) | ((not rule.zeros) & (most > 0)), strands, room is not None)


def blocks_of(counted: np.ndarray, strands: Sequence[Strand], whole_told: bool) -> list[list[int]] | None:
    """Return units in blocks whose sums may be told, those of which nobody is counted by themselves; None where no sum may.

    Parameters
    ----------
    counted
        Which units somebody is counted of.
    whole_told
        Whether the sum of all units is told, so that one block of all tells nothing.
    """
    number = len(counted)
    # where those of whom somebody is counted cannot be told among themselves, those of whom nobody is are told with them
    for active in (np.flatnonzero(counted), np.arange(number)):
        found = [one.of(active) for one in strands]
        if len(active) >= number - 1 and not all(one.enough() for one in found):
            continue
        blocks = merged(found)
        if blocks is not None and (not whole_told or len(blocks) > 1 or len(active) < number):
            return [
                *([int(active[place]) for place in block] for block in blocks),
                *([unit] for unit in range(number) if unit not in active),
            ]
    return None


def pair_limits(amounts: Sequence[int], room: Sequence[float], rule_smallest: int, least: int = 1) -> list[tuple[int, int]] | None:
    """Return what may be said of each of two units that are told together: which is small, and what the other then is.

    None where too little would be left open, which depends on nothing but what is told.
    """
    total = int(sum(amounts))
    if len(amounts) != 2 or total < 2 * rule_smallest - 1 or min(room) < total:
        return None
    small = (least, rule_smallest - 1)
    other = (total - rule_smallest + 1, total - least)
    return [small, other] if amounts[0] < rule_smallest else [other, small]


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
    if base is None or count > base:
        return Told(False, rule.least, rule.smallest - 1) if rule.hides(count) else Told(True)
    if _safe(count, base, rule):
        return Told(True)
    most = base - 1 if rule.everybody else base
    if base < 2 * rule.smallest:
        return Told(False, rule.least, most)
    return Told(False, rule.least, rule.smallest - 1) if count < rule.smallest else Told(False, base - rule.smallest + 1, most)


def _safe(count: int, base: int, rule: Smallness) -> bool:
    if count == 0:
        return rule.zeros or base == 0
    if count == base:
        return rule.everybody and count >= rule.smallest
    return min(count, base - count) >= rule.smallest
