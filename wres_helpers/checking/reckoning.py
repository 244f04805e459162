"""What a printed figure should be: its value with its arithmetic, from everything else that is known."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import inf, isfinite

from wres_helpers.checking.addresses import JOINED, in_words
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.printed_numbers import grouped, shown
from wres_helpers.page_model import Count, Difference, Page, Quotient, Relation, Statement, Unknown

#: How many sums may lie between a count and what is stated.
_DEEPEST = 3


class Missing(Exception):
    """Why something cannot be calculated."""


@dataclass(frozen=True)
class Measured:
    """An amount calculated again.

    Attributes
    ----------
    low, high
        What it can be, in the unit of print; both equal where everything that goes into it is known.
    text
        The arithmetic.
    """

    low: Fraction | float
    high: Fraction | float
    text: str

    @property
    def exact(self) -> bool:
        """True where there is one value only."""
        return self.low == self.high

    @property
    def value(self) -> Fraction:
        """The value, or the middle of what it can be."""
        return Fraction(self.low) if self.exact else (Fraction(self.low) + Fraction(self.high)) / 2

    @property
    def telling(self) -> bool:
        """True where the range is so narrow that a printed figure inside it is borne out."""
        if not (isfinite(self.low) and isfinite(self.high)):
            return False
        return self.high - self.low <= (max(20, self.high / 10) if self.whole else abs(Fraction(self.high)) / 20)

    @property
    def whole(self) -> bool:
        """True for numbers of people."""
        return Fraction(self.low).denominator == 1 and isfinite(self.high) and Fraction(self.high).denominator == 1

    def size(self) -> "Measured":
        """Return an amount below nought without its sign."""
        return Measured(-self.high, -self.low, f"{self.text}; the size of it") if self.high < 0 else self

    def in_words(self) -> str:
        """Say what it can be."""
        return shown(self.low) if self.exact else f"{shown(self.low)} to {shown(self.high)}"


class Reckoning:
    """Calculates amounts from statements that fit together.

    Parameters
    ----------
    statements
        What is taken for true.
    unknowns
        The amounts that will be asked for.
    stated
        Printed figures that stand by the unknown they give, for amounts that rest on print alone.
    supplied
        Counts of the data, for amounts nobody prints.
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        unknowns: Iterable[Unknown],
        stated: Mapping[Unknown, Claim] | None = None,
        supplied: Mapping[Count, int] | None = None,
    ):
        self._page = Page(statements, unknowns)
        self._stated, self._supplied = stated or {}, supplied or {}
        self._left_out: frozenset[str] = frozenset()

    @property
    def fits(self) -> bool:
        """True where the statements fit together."""
        return self._page.bounds.empty is None

    def without(self, names: Collection[str], stated: Mapping[Unknown, Claim]) -> "Reckoning":
        """Return the same with some statements left out."""
        _ = self._statements  # found once for all
        other = copy(self)
        other._page, other._stated, other._left_out = self._page.without(names), stated, frozenset(names)
        return other

    @cached_property
    def _statements(self) -> dict[Unknown, list[Statement]]:
        """The statements that speak of each unknown."""
        found: dict[Unknown, list[Statement]] = defaultdict(list)
        for statement in self._page.grounded.statements:
            for unknown in {each for relation in statement.relations for each, _ in relation.terms}:
                found[unknown].append(statement)
        return found

    def bounds(self, unknown: Unknown) -> tuple[float, float]:
        """Return between which values an unknown lies; without limit where nothing is said of it."""
        if unknown not in self._page.grounded.columns:
            if unknown in self._supplied:
                return self._supplied[unknown], self._supplied[unknown]
            if isinstance(unknown, Count) and unknown.ethnic_group in JOINED:
                parts = [self.bounds(unknown._replace(ethnic_group=group)) for group in JOINED[unknown.ethnic_group]]
                return sum(part[0] for part in parts), sum(part[1] for part in parts)
            return (-inf if isinstance(unknown, Difference) else 0.0), inf
        if not self.fits:
            return (-inf if isinstance(unknown, Difference) else 0.0), inf
        found = self._page.range_of(unknown, thorough=False)
        return found.low, found.high

    def measure(self, unknown: Unknown) -> Measured:
        """Return an amount with its arithmetic.

        Raises
        ------
        Missing
            With the reason.
        """
        if isinstance(unknown, Count):
            return self._count(unknown)
        if isinstance(unknown, Quotient) and unknown.scale == 100 and isinstance(unknown.numerator, Count):
            return self._share(unknown)
        try:
            one, two = self.measure(unknown[0]), self.measure(unknown[1])
            found = self._difference(unknown, one, two) if isinstance(unknown, Difference) else self._ratio(unknown, one, two)
            if all(side.high - side.low <= abs(side.high) / 2 for side in (one, two)):
                return found
            low, high = found.low, found.high
        except Missing:
            low, high = self._page.proportion(unknown) if unknown not in self._stated else self.bounds(unknown)
            if not isfinite(high):
                raise
        low, high = _fraction(low), _fraction(high)
        if claim := self._stated.get(unknown):
            return Measured(low, high, f"{claim.text} as printed ({claim.id})")
        return Measured(low, high, f"everything else that is printed leaves {shown(low)} to {shown(high)}")

    def value(self, unknown: Unknown) -> Measured | None:
        """Return an amount, or None where it is not known."""
        try:
            return self.measure(unknown)
        except Missing:
            return None

    def _count(self, count: Count) -> Measured:
        low, high = self.bounds(count)
        if low == high:
            return Measured(Fraction(low), Fraction(low), self._sum(count, int(low)))
        if not isfinite(high):
            raise Missing(f"the number of {in_words(count)} is neither in the data nor printed elsewhere")
        return Measured(Fraction(low), Fraction(high), f"{in_words(count)}: any number from {grouped(low)} to {grouped(high)} would fit")

    def _sum(self, count: Count, value: int) -> str:
        """Write how a count follows where it is not stated itself."""
        relation = None if self._is_stated(count) else self._sum_of_stated(count, frozenset())
        if relation is None:
            return grouped(value)
        factors = dict(relation.terms)
        return _written([(-by * factors[count], int(self.bounds(each)[0])) for each, by in relation.terms if each != count], value)

    def _is_stated(self, count: Count) -> bool:
        return any(len(statement.relations[0].terms) == 1 for statement in self._about(count))

    def _about(self, count: Count) -> list[Statement]:
        return [each for each in self._statements.get(count, ()) if each.name not in self._left_out]

    def _sum_of_stated(self, count: Count, above: frozenset[Count]) -> Relation | None:
        """Find a sum from which a count follows, all others being stated or following from such a sum themselves."""
        for relation in (relation for statement in self._about(count) for relation in statement.relations):
            others = [each for each, _ in relation.terms if each != count]
            if relation.low != 0 or relation.high != 0 or not all(isinstance(each, Count) and abs(by) == 1 for each, by in relation.terms):
                continue
            if len(above) < _DEEPEST and all(
                self._is_stated(each) or (each not in above and self._sum_of_stated(each, above | {count})) for each in others
            ):
                return relation
        return None

    def _share(self, unknown: Quotient) -> Measured:
        count, base = self.value(unknown.numerator), self.value(unknown.denominator)
        if base and base.exact and base.value == 0:
            raise Missing(f"nobody is in the base ({in_words(unknown.denominator)})")
        if count and base and count.exact and base.exact:
            value = Fraction(100) * count.value / base.value
            sums = "".join(f" ({each.text})" for each in (count, base) if "=" in each.text)
            of = "of" if unknown.numerator.year == unknown.denominator.year else "/"
            return Measured(value, value, f"{grouped(count.value)} {of} {grouped(base.value)}{sums} = {shown(value)}%")
        low, high = map(_fraction, self.bounds(unknown))
        if claim := self._stated.get(unknown):
            return Measured(low, high, f"{claim.printed.digits}% as printed")
        if not isfinite(high) or (low <= 0 and high >= 100):
            missing = unknown.numerator if not (count and count.exact) else unknown.denominator
            raise Missing(f"the number of {in_words(missing)} is neither in the data nor printed")
        return Measured(low, high, f"{in_words(unknown.numerator)}: any share from {shown(low)}% to {shown(high)}% would fit")

    def _ratio(self, unknown: Quotient, one: Measured, two: Measured) -> Measured:
        scale, sign = unknown.scale, "%" if unknown.scale == 100 else ""
        if two.high <= 0:
            raise Missing("growth from nought has no percentage" if scale == 100 else "the ratio divides by nought")
        low, high = map(_fraction, self.bounds(unknown))
        if one.exact and two.exact:
            low = high = scale * one.value / two.value
        elif two.low > 0:
            low, high = max(low, scale * one.low / two.high), min(high, scale * one.high / two.low)
        if not isfinite(high):
            raise Missing("the ratio divides by what may be nought")
        return Measured(
            low, high, f"{_sides(one, two)}{shown(one.value)} / {shown(two.value)} = {shown(scale * one.value / two.value)}{sign}"
        )

    def _difference(self, unknown: Difference, one: Measured, two: Measured) -> Measured:
        low, high = map(_fraction, self.bounds(unknown))
        low, high = max(low, one.low - two.high), min(high, one.high - two.low)
        if one.exact and two.exact:
            low = high = one.value - two.value
        return Measured(low, high, f"{_sides(one, two)}{shown(one.value)} - {shown(two.value)} = {shown(one.value - two.value)}")


def less(measured: Measured, by: int) -> Measured:
    """Return growth: the later amount in per cent of the earlier, less 100."""
    return (
        Measured(measured.low - by, measured.high - by, f"{measured.text}, a change of {shown(measured.value - by)}%") if by else measured
    )


def _sides(one: Measured, two: Measured) -> str:
    plain_numbers = all(each.text == shown(each.value) for each in (one, two))
    return "" if plain_numbers else f"{one.text}; {two.text}; "


def _fraction(value: float | Fraction) -> Fraction | float:
    return Fraction(value).limit_denominator(10**9) if isfinite(value) else value


def _written(terms: list[tuple[int, int]], value: int) -> str:
    """Write a sum: ``29 + 7 + 1 = 37`` or ``1,315 - 1,093 = 222``, what is added first."""
    if len(terms) == 1:
        return grouped(value)
    ordered = sorted(terms, key=lambda term: -term[0])
    first, *rest = ordered
    return grouped(first[1]) + "".join(f" {'+' if sign > 0 else '-'} {grouped(each)}" for sign, each in rest) + f" = {grouped(value)}"
