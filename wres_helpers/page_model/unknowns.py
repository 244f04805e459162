"""What a printed page leaves open: counts of people, and the quotients and differences that are printed of them."""

from collections.abc import Hashable
from typing import NamedTuple


class Count(NamedTuple):
    """A whole number of people (or of anything that is counted), known or not.

    Attributes
    ----------
    year, item, breakdown, category, ethnic_group
        As in the tidy counts. What is printed nowhere may have any other text here: it is a name, nothing more.
    organisation
        Empty where a page is of one organisation only.
    """

    year: str
    item: str
    breakdown: str
    category: str
    ethnic_group: str
    organisation: str = ""


class Quotient(NamedTuple):
    """One amount over another: a share (``scale`` 100, of a count and its base), a relative likelihood (``scale`` 1, of two shares)."""

    numerator: "Unknown"
    denominator: "Unknown"
    scale: int = 100


class Difference(NamedTuple):
    """One amount minus another, such as a gap between two shares; the only unknown that may lie below nought."""

    one: "Unknown"
    other: "Unknown"


#: Any other name of a whole number will do in place of a :class:`Count`, as long as it can be a key.
Unknown = Count | Quotient | Difference | Hashable


def is_whole(unknown: Unknown) -> bool:
    """Tell whether an unknown is a whole number."""
    return not isinstance(unknown, Quotient | Difference)


def made_of(unknown: Unknown) -> tuple[Unknown, ...]:
    """Return what a quotient or a difference is made of; nothing for a count."""
    return tuple(unknown[:2]) if isinstance(unknown, Quotient | Difference) else ()


def share(count: Unknown, base: Unknown) -> Quotient:
    """Return the unknown that is a count in per cent of its base."""
    return Quotient(count, base, 100)


def ratio(one: Unknown, other: Unknown) -> Quotient:
    """Return the unknown that is one amount over another, in times."""
    return Quotient(one, other, 1)
