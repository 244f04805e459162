"""A figure as it stands in print: its value, its unit, and how far its rounding reaches."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Printed:
    """A printed figure.

    Attributes
    ----------
    text
        As it stands in the report.
    value
        The number, in its own unit (4.61 for ``4.61%``).
    decimals
        Places behind the point.
    unit
        ``people``, ``percent``, ``points`` or ``times``; empty where the print does not say.
    qualifier
        ``about``, ``over``, ``at least``, ``under``, ``at most``, or empty.
    tolerance
        How far from ``value`` a figure with ``about`` may lie, where its words say so: "one in five" is nearer to that
        than to one in four or six.
    unsigned
        True for "a difference of 6 points": its size, whichever side is larger.
    """

    text: str
    value: Fraction
    decimals: int
    unit: str
    qualifier: str = ""
    tolerance: Fraction | None = None
    unsigned: bool = False

    @property
    def step(self) -> Fraction:
        """One unit in the last printed place."""
        return Fraction(1, 10**self.decimals)

    @property
    def digits(self) -> str:
        """The number without sign, separator or unit, as printed."""
        return plain(abs(self.value), self.decimals)


def rounding(printed: Printed, exact: Fraction) -> str | None:
    """Tell by which rounding the exact value becomes the printed one.

    Returns
    -------
    str or None
        ``exact``, ``rounded`` (the nearest value; every rule of rounding gives it), ``half up`` or ``half even`` (a tie
        was broken so), ``truncated``, or None where none of them does.
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


def reaches(printed: Printed, low: Fraction, high: Fraction) -> bool:
    """Tell whether some value between low and high rounds to the printed one."""
    half = printed.step / 2
    return low <= printed.value + half and high >= printed.value - half


def qualified(printed: Printed, exact: Fraction) -> bool:
    """Tell whether a figure with ``about``, ``over`` or ``under`` holds of the exact value; of a decrease, by its size."""
    value, exact = (-printed.value, -exact) if printed.value < 0 else (printed.value, exact)
    holds = {"over": exact > value, "at least": exact >= value, "under": exact < value, "at most": exact <= value}
    tolerance = printed.tolerance or printed.step / 2
    return holds.get(printed.qualifier, abs(exact - value) <= max(tolerance, abs(exact) / 20))


def plain(value: Fraction, decimals: int) -> str:
    """Write a number with so many places, rounding half up, without separators."""
    scaled = abs(value) * 10**decimals
    digits = str(int(scaled + Fraction(1, 2))).rjust(decimals + 1, "0")
    sign = "-" if value < 0 and int(digits) else ""
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


def grouped(value: Fraction | int) -> str:
    """Write a whole number with separators."""
    return f"{int(value):,}"


def with_unit(value: Fraction, decimals: int, unit: str) -> str:
    """Write a corrected value in the unit it would be printed in."""
    if unit == "people":
        return grouped(value) if value == int(value) else plain(value, max(decimals, 1))
    number = plain(value, decimals)
    if unit == "points":
        return f"{number} percentage point" + ("" if number == "1" else "s")
    return number + {"percent": "%", "times": " times"}.get(unit, "")
