"""What a page says, as limits on whole numbers of people: exact, rounded, hidden, a range, a total, an order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from wres_helpers.page_model.unknowns import Unknown


@dataclass(frozen=True)
class Relation:
    """A sum of unknowns, each with its factor, that lies between two limits (both included)."""

    terms: tuple[tuple[Unknown, int], ...]
    low: float | Fraction = -inf
    high: float | Fraction = inf


@dataclass(frozen=True)
class Statement:
    """Something a page says, or what is true of every page.

    Attributes
    ----------
    name
        Identifier of the printed figure, or the words of a rule.
    relations
        What it means for the unknowns; none, where it says nothing about them (a star in a cell).
    given
        True for what cannot be a misprint: the data, a rule of arithmetic. A conflict is never mended by leaving it out
        as long as there is another way.
    """

    name: str
    relations: tuple[Relation, ...]
    given: bool = False


def between(name: str, unknown: Unknown, low: float | Fraction, high: float | Fraction, given: bool = False) -> Statement:
    """Say that an amount lies between two limits, both included: ``1 to 7``."""
    return Statement(name, (Relation(((unknown, 1),), low, high),), given)


def exactly(name: str, unknown: Unknown, value: int | Fraction, given: bool = False) -> Statement:
    """Say how many there are."""
    return between(name, unknown, value, value, given)


def total(name: str, whole: Unknown, parts: Iterable[Unknown], apart: tuple[int, int] = (0, 0), given: bool = False) -> Statement:
    """Say that parts add up to a whole.

    Parameters
    ----------
    apart
        By how much the parts may fall short of the whole or exceed it: lowest and highest value of the sum minus the whole.
    """
    return Statement(name, (Relation((*((part, 1) for part in parts), (whole, -1)), *apart),), given)


def at_most(name: str, part: Unknown, whole: Unknown, given: bool = False) -> Statement:
    """Say that one amount does not exceed another, as no part exceeds its whole."""
    return Statement(name, (Relation(((part, 1), (whole, -1)), high=0),), given)


def combined(name: str, terms: Mapping[Unknown, int], low: float | Fraction, high: float | Fraction, given: bool = False) -> Statement:
    """Say between which limits any sum of unknowns lies."""
    return Statement(name, (Relation(tuple(terms.items()), low, high),), given)
