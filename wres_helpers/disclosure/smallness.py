"""What is too small to be told, by itself or among a base that is told.

Both sides of a count among a base are counts of people: 40 of 42 tells of two. So a count is told where it and the rest
are no small numbers; that nobody was counted may be told, that everybody was only where the policy says so.
"""

from dataclasses import dataclass

from wres_helpers.disclosure.merging import ENDLESS


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
