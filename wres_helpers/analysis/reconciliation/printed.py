"""A figure as it stands in print: its value, its unit, and how far its rounding reaches."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

NUMBER_WORDS: Final = {
    "no": 0, "none": 0, "nobody": 0, "zero": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "once": 1, "twice": 2, "thrice": 3,
}  # fmt: skip
_PART_WORDS: Final = {"half": Fraction(50), "a third": Fraction(100, 3), "two thirds": Fraction(200, 3), "a quarter": Fraction(25),
                      "three quarters": Fraction(75), "a fifth": Fraction(20), "a tenth": Fraction(10)}  # fmt: skip

_NUMBER = re.compile(r"(?<![\w.])([-−–+]?)\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
_SUPPRESSED = re.compile(r"^(?:<|less than|fewer than|under)\s*(\d+)$|^(\*+|\[c\]|-|–|x|n/?a)$", re.IGNORECASE)
_POINTS = re.compile(r"percentage[ -]points?|\bp\.?p\.?\b|\bpoints?\b|%[ -]points?", re.IGNORECASE)
_PERCENT = re.compile(r"%|per ?cent", re.IGNORECASE)
_TIMES = re.compile(r"\btimes\b|\btwice\b|\bthrice\b|\d\s*x\b|:\s*1\b", re.IGNORECASE)
_QUALIFIERS = (
    (re.compile(r"\b(about|around|approximately|roughly|circa|nearly|almost|just (?:over|under))\b|~|≈", re.IGNORECASE), "about"),
    (re.compile(r"\b(over|more than|above|exceeding|at least)\b|^\s*>", re.IGNORECASE), "over"),
    (re.compile(r"\b(under|less than|fewer than|below|up to|at most)\b|^\s*<", re.IGNORECASE), "under"),
)


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
        ``about``, ``over``, ``under``, or empty.
    """

    text: str
    value: Fraction
    decimals: int
    unit: str
    qualifier: str = ""

    @property
    def step(self) -> Fraction:
        """One unit in the last printed place."""
        return Fraction(1, 10**self.decimals)

    @property
    def digits(self) -> str:
        """The number without sign, separator or unit, as printed."""
        return plain(abs(self.value), self.decimals)


def parse_printed(text: str, unit: str = "") -> Printed | None:
    """Read a printed figure; None where the text holds no single number (words, a suppressed cell).

    The unit of the register, where given, goes before what the text itself shows only if the text shows none.
    """
    shown = unit_of(text) or unit
    match = _NUMBER.search(text)
    qualifier = next((name for pattern, name in _QUALIFIERS if pattern.search(text)), "")
    if match:
        whole, places = match[2].replace(",", ""), match[3] or ""
        value = Fraction(int(whole + places), 10 ** len(places))
        return Printed(text, -value if match[1] in ("-", "−", "–") else value, len(places), shown, qualifier)
    lowered = text.lower()
    for word, share in _PART_WORDS.items():
        if re.search(rf"\b{word}\b", lowered):
            return Printed(text, share, 0, shown or "percent", qualifier or "about")
    for word in re.findall(r"[a-z]+", lowered):
        if word in NUMBER_WORDS:
            return Printed(text, Fraction(NUMBER_WORDS[word]), 0, shown, qualifier)
    return None


def suppressed_below(text: str) -> int | None:
    """Return the bound of a hidden cell: 5 for ``<5``, 0 for a star (which bounds nothing), None for any other text."""
    match = _SUPPRESSED.match(text.strip())
    return None if match is None else int(match[1] or 0)


def unit_of(text: str) -> str:
    """Return the unit a printed text shows: points, percent, times, or nothing."""
    for pattern, unit in ((_POINTS, "points"), (_PERCENT, "percent"), (_TIMES, "times")):
        if pattern.search(text):
            return unit
    return ""


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
    """Tell whether a figure with ``about``, ``over`` or ``under`` holds of the exact value."""
    if printed.qualifier == "over":
        return exact > printed.value
    if printed.qualifier == "under":
        return exact < printed.value
    return abs(exact - printed.value) <= max(printed.step / 2, abs(exact) / 20)


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
