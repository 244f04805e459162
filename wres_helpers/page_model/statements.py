"""What a page leaves open, counts of people and what is printed of them, and what it says of them: limits on whole numbers."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import NamedTuple


class Count(NamedTuple):
    """A whole number of people (or of anything that is counted), known or not, named as in the tidy counts.

    What is printed nowhere may have any other text here: it is a name, nothing more.
    """

    year: str
    item: str
    breakdown: str
    category: str
    ethnic_group: str

    def __str__(self) -> str:
        """Return the place in words, without its count."""
        named = (self.item.replace("_", " "), self.breakdown, self.category, self.ethnic_group, self.year)
        return ", ".join(part for part in named if part)


class Quotient(NamedTuple):
    """One amount over another: a share (``scale`` 100, of a count and its base), a relative likelihood (``scale`` 1, of two shares)."""

    numerator: "Amount"
    denominator: "Amount"
    scale: int = 100


class Difference(NamedTuple):
    """One amount minus another, such as a gap between two shares; the only unknown that may lie below nought."""

    one: "Amount"
    other: "Amount"


#: What a report prints figures of.
Amount = Count | Quotient | Difference
#: Any other name of a whole number will do in place of a :class:`Count`, as long as it can be a key.
Unknown = Amount | Hashable


def is_whole(unknown: Unknown) -> bool:
    """Tell whether an unknown is a whole number."""
    return not isinstance(unknown, Quotient | Difference)


def share(count: Amount, base: Amount) -> Quotient:
    """Return the unknown that is a count in per cent of its base."""
    return Quotient(count, base, 100)


def ratio(one: Amount, other: Amount) -> Quotient:
    """Return the unknown that is one amount over another, in times."""
    return Quotient(one, other, 1)


@dataclass(frozen=True)
class Statement:
    """Something a page says, or what is true of every page: a sum of unknowns, each with its factor, lies between two limits (both included).

    What is ``given`` cannot be a misprint: the data, a rule of arithmetic. A conflict is never mended by leaving it out as long as
    there is another way.
    """

    name: str  # identifier of the printed figure, or the words of a rule
    terms: tuple[tuple[Unknown, int], ...]  # none, where it says nothing about them (a star in a cell)
    low: float | Fraction = -inf
    high: float | Fraction = inf
    given: bool = False


def between(name: str, unknown: Unknown, low: float | Fraction, high: float | Fraction, given: bool = False) -> Statement:
    """Say that an amount lies between two limits, both included: ``1 to 7``."""
    return Statement(name, ((unknown, 1),), low, high, given)


def exactly(name: str, unknown: Unknown, value: int | Fraction, given: bool = False) -> Statement:
    """Say how many there are."""
    return between(name, unknown, value, value, given)


def total(name: str, whole: Unknown, parts: Iterable[Unknown], given: bool = False) -> Statement:
    """Say that parts add up to a whole."""
    return Statement(name, (*((part, 1) for part in parts), (whole, -1)), 0, 0, given)


def at_most(name: str, part: Unknown, whole: Unknown, given: bool = False) -> Statement:
    """Say that one amount does not exceed another, as no part exceeds its whole."""
    return Statement(name, ((part, 1), (whole, -1)), high=0, given=given)
