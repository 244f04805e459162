"""What a printed figure should be: its value with its arithmetic, from everything else that is known."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import inf, isfinite, prod

from wres_helpers.checking.addresses import JOINED, counts_in, name_of
from wres_helpers.checking.claimed_figures import PrintedFigure
from wres_helpers.checking.printed_numbers import grouped, more_or_fewer, shown
from wres_helpers.page_model import Amount, Count, Difference, ModelledPage, Quotient, Statement

_HAIR = 1e-7


class Missing(Exception):
    """Why something cannot be calculated."""


@dataclass(frozen=True)
class Measured:
    """An amount calculated again: what it can be, in the unit of print (both equal where all is known), and the arithmetic.

    ``values`` are all there are between the two, where whole numbers leave no more than a few; ``as_printed`` is what printed figures
    give as they stand, whatever their rounding hides.
    """

    low: Fraction | float
    high: Fraction | float
    text: str
    values: tuple[Fraction, ...] = ()
    as_printed: Fraction | None = None

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

    @property
    def written(self) -> Fraction:
        """The value that the arithmetic is written with."""
        return self.value if self.as_printed is None else self.as_printed

    def size(self) -> "Measured":
        """Return an amount below nought without its sign."""
        return Measured(-self.high, -self.low, f"{self.text}; the size of it") if self.high < 0 else self

    def in_words(self) -> str:
        """Say what it can be."""
        if self.values:
            return " or ".join(map(shown, self.values))
        return shown(self.low) if self.exact else f"{shown(self.low)} to {shown(self.high)}"


class Reckoning:
    """Calculates amounts from statements that fit together.

    ``stated`` are printed figures that stand, for amounts that rest on print alone, and ``supplied`` counts of the data that no
    figure speaks of.
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        unknowns: Iterable[Amount],
        stated: Mapping[Amount, PrintedFigure] | None = None,
        supplied: Mapping[Count, int] | None = None,
    ):
        self._page = ModelledPage(statements, unknowns)
        self._stated, self._supplied = stated or {}, supplied or {}
        self._found: dict[Amount, Measured | None] = {}  # what was asked before: slips ask for the same amounts again and again

    @property
    def fits(self) -> bool:
        """True where the statements fit together."""
        return self._page.bounds.empty is None

    def without(self, names: Collection[str], stated: Mapping[Amount, PrintedFigure]) -> "Reckoning":
        """Return the same with some statements left out."""
        other = copy(self)
        other._page, other._stated, other._found = self._page.without(names), stated, {}
        return other

    def bounds(self, unknown: Amount) -> tuple[float, float]:
        """Return between which values an unknown lies; without limit where nothing is said of it."""
        if unknown in self._page.grounded.columns:
            if self.fits:
                found = self._page.range_of(unknown, thorough=False)
                return found.low, found.high
        elif isinstance(unknown, Count):
            if unknown in self._supplied:
                return self._supplied[unknown], self._supplied[unknown]
            if unknown.ethnic_group in JOINED:
                parts = [self.bounds(unknown._replace(ethnic_group=group)) for group in JOINED[unknown.ethnic_group]]
                return sum(part[0] for part in parts), sum(part[1] for part in parts)
        return (-inf if isinstance(unknown, Difference) else 0.0), inf

    def measure(self, unknown: Amount) -> Measured:
        """Return an amount with its arithmetic; raises Missing, with the reason, where it is not known."""
        found = self._measured(unknown)
        values = [] if found.exact or isinstance(unknown, Count) else self._values(unknown)
        if not 0 < len(values) <= 3:  # each of which can be told
            return found
        text = f"{found.text}; whole numbers leave only {' or '.join(map(shown, values))}"
        return Measured(values[0], values[-1], text, tuple(values))

    def _values(self, amount: Quotient | Difference) -> list[Fraction]:
        """Return every value of an amount that whole numbers of people leave open; nothing where there are too many to try."""
        counts = list(dict.fromkeys(counts_in(amount)))
        ends = [self.bounds(count) for count in counts]
        if not all(isfinite(high) for _, high in ends) or prod(high - low + 1 for low, high in ends) > 400:
            return []
        tried = product(*(range(int(low), int(high) + 1) for low, high in ends))
        found = {self._with(amount, dict(zip(counts, numbers, strict=True))) for numbers in tried}
        return sorted(value for value in found if value is not None)

    def _with(self, amount: Amount, numbers: Mapping[Count, int]) -> Fraction | None:
        """Return an amount with numbers put in; None where a share among them is not what is printed of it."""
        if isinstance(amount, Count):
            return Fraction(numbers[amount])
        one, two = (self._with(part, numbers) for part in amount[:2])
        if one is None or two is None or (isinstance(amount, Quotient) and not two):
            return None
        value = amount.scale * one / two if isinstance(amount, Quotient) else one - two
        low, high = self.bounds(amount)
        return value if low - _HAIR <= value <= high + _HAIR else None

    def _measured(self, unknown: Amount) -> Measured:
        if isinstance(unknown, Count):
            return self._count(unknown)
        one, two = unknown[:2]
        if isinstance(unknown, Quotient) and unknown.scale == 100 and isinstance(one, Count) and isinstance(two, Count):
            return self._share(unknown, one, two)
        try:
            sides = self._measured(one), self._measured(two)
            found = self._of_two(unknown, *sides)
            if all(side.high - side.low <= abs(Fraction(side.high)) / 2 for side in sides):
                return found
            low, high = found.low, found.high
        except Missing:
            low, high = map(_fraction, self._page.proportion(unknown) if unknown not in self._stated else self.bounds(unknown))
            if not isfinite(high):
                raise
        if figure := self._stated.get(unknown):
            return Measured(low, high, f"{figure.text} as printed ({figure.id})")
        unit = "%" if isinstance(unknown, Quotient) and unknown.scale == 100 else ""
        of_people = isinstance(unknown, Difference) and isinstance(one, Count)
        ends = more_or_fewer(low, high) if of_people else f"{shown(low)}{unit} to {shown(high)}{unit}"
        return Measured(low, high, f"everything else that is printed leaves {ends}")

    def value(self, unknown: Amount) -> Measured | None:
        """Return an amount, or None where it is not known."""
        if unknown not in self._found:
            try:
                self._found[unknown] = self.measure(unknown)
            except Missing:
                self._found[unknown] = None
        return self._found[unknown]

    def _count(self, count: Count) -> Measured:
        low, high = self.bounds(count)
        if low == high:
            return Measured(Fraction(low), Fraction(low), _written(self._page.sum_behind(count), int(low)))
        if not isfinite(high):
            raise Missing(f"the number of {name_of(count)} is neither in the data nor printed elsewhere")
        return Measured(Fraction(low), Fraction(high), f"{name_of(count)}: any number from {grouped(low)} to {grouped(high)} would fit")

    def _share(self, unknown: Quotient, of: Count, among: Count) -> Measured:
        count, base = self.value(of), self.value(among)
        if base and base.exact and base.value == 0:
            raise Missing(f"nobody is in the base ({name_of(among)})")
        if count and base and count.exact and base.exact:
            value = Fraction(100) * count.value / base.value
            sums = "".join(f" ({each.text})" for each in (count, base) if "=" in each.text)
            word = "of" if of.year == among.year else "/"
            return Measured(value, value, f"{grouped(count.value)} {word} {grouped(base.value)}{sums} = {shown(value)}%")
        low, high = map(_fraction, self.bounds(unknown))
        if figure := self._stated.get(unknown):
            return Measured(low, high, f"{figure.printed.digits}% as printed", as_printed=figure.printed.value)
        if count and base and base.low > 0:
            low, high = max(low, 100 * count.low / base.high), min(high, 100 * count.high / base.low)
        if not isfinite(high) or (low <= 0 and high >= 100):
            # what hangs together by quotients only, of bases that nobody prints
            low, high = map(_fraction, self._page.proportion(unknown))
            missing = among if count and count.exact else of
            if not isfinite(high) or high - low > high / 2:
                raise Missing(f"the number of {name_of(missing)} is neither in the data nor printed")
        return Measured(low, high, f"{name_of(of)}: any share from {shown(low)}% to {shown(high)}% would fit")

    def _of_two(self, unknown: Quotient | Difference, one: Measured, two: Measured) -> Measured:
        """Return a difference, a ratio or growth from its two sides, within what else is known of it."""
        low, high = map(_fraction, self.bounds(unknown))
        if isinstance(unknown, Difference):
            value, sign, unit = one.written - two.written, "-", ""
            ends = one.low - two.high, one.high - two.low
        elif two.high <= 0:
            raise Missing("growth from nought has no percentage" if unknown.scale == 100 else "the ratio divides by nought")
        else:
            value, sign, unit = unknown.scale * one.written / two.written, "/", "%" if unknown.scale == 100 else ""
            ends = unknown.scale * one.low / two.high, unknown.scale * one.high / two.low if two.low > 0 else inf
        low, high = (value, value) if one.exact and two.exact else (max(low, ends[0]), min(high, ends[1]))
        if not isfinite(high):
            raise Missing("the ratio divides by what may be nought")
        sides = "" if all(each.text == shown(each.value) for each in (one, two)) else f"{one.text}; {two.text}; "
        text = f"{sides}{shown(one.written)} {sign} {shown(two.written)} = {shown(value)}{unit}"
        if low - _HAIR <= value <= high + _HAIR:
            return Measured(low, high, text, as_printed=value)
        # 1.2% / 0.7% is 1.71, but 9 of 725 and 17 of 2,505 leave more
        return Measured(low, high, f"{text}, and everything else leaves {shown(low)} to {shown(high)}")


def less(measured: Measured, by: int) -> Measured:
    """Return growth: the later amount in per cent of the earlier, less 100."""
    if not by:
        return measured
    values = tuple(value - by for value in measured.values)
    as_printed = None if measured.as_printed is None else measured.as_printed - by
    changed = Measured(measured.low - by, measured.high - by, "", values, as_printed)
    said = changed.in_words() if as_printed is None else shown(as_printed)
    return replace(changed, text=f"{measured.text}, a change of {said}%")


def _fraction(value: float | Fraction) -> Fraction | float:
    return Fraction(value).limit_denominator(10**9) if isfinite(value) else value


def _written(terms: list[tuple[int, int]], value: int) -> str:
    """Write a sum: ``29 + 7 + 1 = 37`` or ``1,315 - 1,093 = 222``, what is added first."""
    if not terms:
        return grouped(value)
    ordered = sorted(terms, key=lambda term: -term[0])
    first, *rest = ordered
    return grouped(first[1]) + "".join(f" {'+' if sign > 0 else '-'} {grouped(each)}" for sign, each in rest) + f" = {grouped(value)}"
