"""A figure as it stands in print: its value, its unit, and which amounts are printed so."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import inf

#: The least that is more than nothing.
HAIR = Fraction(1, 10**9)


@dataclass(frozen=True)
class Printed:
    """A printed figure in its own unit (4.61 for ``4.61%``); of a range the lower end, of a hidden cell nought."""

    text: str
    value: Fraction
    step: Fraction  # what it is rounded to: 0.01 for ``4.61%``, 100,000 for ``1.3 million``
    unit: str  # ``people``, ``percent``, ``points`` or ``times``; empty where the print does not say
    limit: str = ""  # ``about``, ``over``, ``at least``, ``under``, ``at most``, ``between``, ``hidden``, or empty
    upper: Fraction | None = None
    #: How far from ``value`` a figure with ``about`` may lie, where its words say so: "one in five" is nearer to that than to one in four.
    tolerance: Fraction | None = None
    unsigned: bool = False  # true for "a difference of 6 points": its size, whichever side is larger

    @property
    def decimals(self) -> int:
        """Places behind the point."""
        return len(str(self.step.denominator)) - 1

    @property
    def digits(self) -> str:
        """The number without sign, separator or unit, as printed."""
        return plain(abs(self.value), self.decimals)

    @property
    def exact(self) -> bool:
        """True for a single number, not a limit, a range or a hidden cell."""
        return not self.limit

    def ends(self, whole: bool) -> tuple[Fraction | float, Fraction | float]:
        """Return the lowest and highest amount that may be printed so; a whole number is printed as it is unless the print is coarser."""
        if self.limit == "hidden":
            return 0, inf
        if self.limit == "between":
            half = Fraction(0) if whole else self.step / 2
            return self.value - half, (self.value if self.upper is None else self.upper) + half
        if self.limit == "about":
            far = max(self.tolerance or self.step / 2, abs(self.value) / 20)
            return self.value - far, self.value + far
        if self.limit:
            return self._limited(Fraction(1) if whole else HAIR)
        half = Fraction(0) if whole and self.step == 1 else self.step / 2
        return self.value - half, self.value + half

    def places_beyond(self, value: Fraction | float) -> int:
        """Return how many places show that a value is not what is printed: 1.96 is less than "over twice", and 2.0 would be no reason."""
        low, high = self.ends(whole=False)
        if value == self.value or low <= value <= high:
            return self.decimals
        tried, low, high = range(self.decimals, self.decimals + 5), min(low, self.value), max(high, self.value)
        return next((places for places in tried if not low <= Fraction(plain(value, places)) <= high), self.decimals)

    def _limited(self, beyond: Fraction) -> tuple[Fraction | float, Fraction | float]:
        """Limit the size: "over 5% lower" is below -5%; ``beyond`` is the least that is more than nothing."""
        inner = {"over": beyond, "under": -beyond}.get(self.limit, Fraction(0)) * (-1 if self.value < 0 else 1)
        from_below = (self.limit in ("over", "at least")) == (self.value >= 0)
        return (self.value + inner, inf) if from_below else (-inf, self.value + inner)


def rounding(printed: Printed, exact: Fraction) -> str | None:
    """Tell by which rounding the exact value becomes the printed one, or None where none does.

    It is ``exact``, ``rounded`` (the nearest value), ``half up`` or ``half even`` (a tie was broken so), or ``truncated``.
    """
    target, scaled = abs(printed.value) / printed.step, abs(exact) / printed.step
    if printed.value * exact < 0:
        return None
    floor = scaled.numerator // scaled.denominator
    rest = scaled - floor
    if rest == 0:
        return "exact" if target == floor else None
    if target == floor + (1 if rest > Fraction(1, 2) else 0) and rest != Fraction(1, 2):
        return "rounded"
    if rest == Fraction(1, 2) and target in (floor, floor + 1):
        return "half up" if target == floor + 1 else ("half even" if floor % 2 == 0 else "truncated")
    return "truncated" if target == floor else None


def transpositions(digits: str) -> list[str]:
    """Return a number with two neighbouring digits exchanged, in every way that changes it; the point stays in place."""
    places = [(one, two) for one, two in pairwise(at for at, sign in enumerate(digits) if sign.isdigit()) if digits[one] != digits[two]]
    return [digits[:one] + digits[two] + digits[one + 1 : two] + digits[one] + digits[two + 1 :] for one, two in places]


def plain(value: Fraction | float, decimals: int) -> str:
    """Write a number with so many places, rounding half up, without separators."""
    scaled = abs(Fraction(value)) * 10**decimals
    digits = str(int(scaled + Fraction(1, 2))).rjust(decimals + 1, "0")
    sign = "-" if value < 0 and int(digits) else ""
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


def grouped(value: Fraction | float) -> str:
    """Write a whole number with separators."""
    return f"{int(value):,}"


def people(difference: Fraction | int) -> str:
    """Write so many people, whichever way a difference goes."""
    return f"{grouped(abs(Fraction(difference)))} " + ("person" if abs(difference) == 1 else "people")


def more_or_fewer(low: Fraction | float, high: Fraction | float) -> str:
    """Write a range of a change in people, where they may have become fewer."""
    one, two = (f"{grouped(abs(Fraction(end)))} {'fewer' if end < 0 else 'more'}" for end in (low, high))
    return f"{one} to {two}" if low < 0 else f"{grouped(low)} to {grouped(high)}"


def shown(value: Fraction | float) -> str:
    """Write a calculated value with as many places as help to see its rounding (at most four), without trailing zeros."""
    if Fraction(value).denominator == 1:
        return grouped(value)
    return plain(value, 4 if -10 < value < 10 else 3).rstrip("0").rstrip(".")


def with_unit(value: Fraction | float, decimals: int, unit: str) -> str:
    """Write a corrected value in the unit it would be printed in."""
    if unit == "people":
        return grouped(value) if Fraction(value).denominator == 1 else plain(value, max(decimals, 1))
    number = plain(value, max(decimals, 1) if unit == "times" and Fraction(value).denominator > 1 else decimals)
    if unit == "points":
        return f"{number} percentage point" + ("" if number == "1" else "s")
    return number + {"percent": "%", "times": " times"}.get(unit, "")
