"""How numbers are written on a page. Every function refuses a missing value, so none can slip through."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import wraps
from typing import Final, NamedTuple, ParamSpec

MINUS = "\u2212"
#: A number as pages write it, without sign and unit.
NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")

#: Equal rates, and four fifths with its inverse: the range that a screening takes for equivalent.
_LIMITS_OF_RATIO: Final = (1, 0.8, 1.25)
#: What stands for a ratio of which one group counts nobody; a table's cell has the first two words, and its note the reason.
NO_RATIO: Final = "no ratio, as one group counts nobody"
#: What floating point leaves of a limit.
_NOISE: Final = Decimal("1e-9")

Given = ParamSpec("Given")
#: What every number written in this process was written from: '21.3' was 0.21268 once. Kept for as long as the process lives.
_written_from: defaultdict[str, set[float]] = defaultdict(set)


def _cited(write: Callable[Given, str]) -> Callable[Given, str]:
    """Let a function that writes a number remember the exact value behind it, for the block that will print it."""

    @wraps(write)
    def written(*given: Given.args, **options: Given.kwargs) -> str:
        text = write(*given, **options)
        for number in NUMBER.findall(text):
            _written_from[number].add(float(given[0]))  # type: ignore[arg-type]
        return text

    return written


def cited(texts: Iterable[str]) -> dict[str, list[float]]:
    """Return the exact values behind each number in some texts; a number that nobody wrote with this module has none."""
    numbers = {number for text in texts for number in NUMBER.findall(text)}
    return {number: sorted(_written_from[number]) for number in sorted(numbers) if number in _written_from}


class MissingNumber(ValueError):
    """A missing value was asked to be written; the caller must say in words why it is absent."""


def _decimal(value: float) -> Decimal:
    if value is None or math.isnan(value):
        raise MissingNumber("A missing value cannot be written as a number.")
    # repr gives the shortest decimal that stands for the float, so 0.1445 is rounded as 14.45% and not as 14.4499...%
    return Decimal(repr(float(value)))


def _rounded(value: Decimal, decimals: int, apart_from: Iterable[float] = ()) -> Decimal:
    """Return a number rounded half up, with as many decimals more as keep it from being printed like a limit that it is not.

    A reader of "1.25 (1.00 to 1.43)" beside the words for a clear and large difference sees two contradictions, where 1.252 and 1.004 have none.
    """
    shown = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    alike = next((limit for limit in map(_decimal, apart_from) if shown == limit), value)
    return shown if abs(value - alike) < _NOISE else _rounded(value, decimals + 1, apart_from)


@_cited
def count(value: float) -> str:
    """Return a whole number with commas at the thousands: 1315 -> '1,315'. Half and more rounds up."""
    return f"{int(_rounded(_decimal(value), 0)):,}"


@_cited
def people_beyond(people: float) -> str:
    """Return how many more or fewer people are counted than expected, who are rounded to the nearest person as in every sentence.

    >>> people_beyond(2.6), people_beyond(-14.5), people_beyond(0.4)
    ('+3', '−15', '0')
    """
    whole = -math.floor(0.5 - people)
    return f"{'+' if whole > 0 else MINUS if whole else ''}{abs(whole):,}"


@_cited
def percentage(fraction: float, decimals: int = 1) -> str:
    """Return a fraction as a percentage, half rounded up: 0.2162 -> '21.6%'; exactly none and all are '0%' and '100%'.

    A share that is small but not nothing reads 'less than 0.1%', so that somebody is never rounded away.

    >>> percentage(11 / 251), percentage(0), percentage(1 / 5000)
    ('4.4%', '0%', 'less than 0.1%')
    """
    exact = _decimal(fraction) * 100
    # the last binary digits of a calculation are taken off at the two ends: 2.8e-17 is nothing
    exact = next((end for end in (Decimal(0), Decimal(100)) if abs(exact - end) < Decimal("1e-10")), exact)
    if exact in (Decimal(0), Decimal(100)):
        return f"{int(exact)}%"
    shown = _rounded(exact, decimals)
    if shown == 0:
        return f"less than {Decimal(1).scaleb(-decimals)}%"
    if shown == 100:
        return f"more than {100 - Decimal(1).scaleb(-decimals)}%"
    return f"{shown}%"


@_cited
def per_thousand(fraction: float) -> str:
    """Return a fraction as so many in a thousand: 0.00745 -> '7.5'; somebody is never rounded away."""
    shown = _rounded(_decimal(fraction) * 1000, 1)
    return "less than 0.1" if fraction and not shown else str(shown)


@_cited
def points_value(fraction: float, decimals: int = 1) -> str:
    """Return a difference of two shares in percentage points without its unit, with a sign: -0.0494 -> '−4.9', 0.0004 -> '+0.04'."""
    shown = _rounded(_decimal(fraction) * 100, decimals, (0,))
    if shown == 0:
        return f"{abs(shown)}"
    return f"+{shown}" if shown > 0 else f"{MINUS}{abs(shown)}"


def points(fraction: float) -> str:
    """Return the size of a difference of two shares, always with its unit: 0.213 -> '21.3 percentage points'."""
    return signed_points(fraction).lstrip(f"+{MINUS}")


def signed_points(fraction: float) -> str:
    """Return a difference of two shares with sign and unit: -0.0494 -> '−4.9 percentage points'."""
    value = points_value(fraction)
    return f"{value} percentage {'point' if value.lstrip(f'+{MINUS}') == '1.0' else 'points'}"


@_cited
def ratio(value: float, decimals: int = 2) -> str:
    """Return a ratio with two decimals: 2.1325 -> '2.13', 1.252 -> '1.252'; none at all is '0', and one over nothing has none."""
    if value is not None and math.isinf(value):
        return NO_RATIO
    shown = _rounded(_decimal(value), decimals, _LIMITS_OF_RATIO)
    return "0" if value == 0 else str(shown) if shown else "less than 0.01"


def ratio_as_printed(value: float) -> Decimal:
    """Return a ratio to two decimals."""
    return _rounded(_decimal(value), 2)


def ratio_ends(lower: float, upper: float) -> tuple[str, str]:
    """Return both ends of the interval of a ratio: 1.004 and 4.85 are '1.004' and '4.85'."""
    return _ends(lower, upper, ratio, 2)


def points_ends(lower: float, upper: float) -> tuple[str, str]:
    """Return both ends of the interval of a difference: 0.0003 and 0.032 are '+0.03' and '+3.2'."""
    return _ends(lower, upper, points_value, 1)


#: As far as two ends that print alike are told apart.
_MOST_DECIMALS: Final = 5


def _ends(lower: float, upper: float, style: Callable[..., str], decimals: int) -> tuple[str, str]:
    """Return both ends as printed; two that differ are never printed alike."""
    while lower != upper and decimals < _MOST_DECIMALS and style(lower, decimals) == style(upper, decimals):
        decimals += 1
    return style(lower, decimals), style(upper, decimals)


def ratio_interval(lower: float, upper: float) -> str:
    """Return the interval of a ratio: '1.19 to 3.86', 'at least 1.19' without an upper limit, 'any number' without either."""
    if math.isinf(lower):
        return "no number"
    if math.isinf(upper):
        return "any number" if lower == 0 else f"at least {ratio(lower)}"
    return _span(*ratio_ends(lower, upper))


def ratio_range(lower: float, upper: float) -> str:
    """Return between which values a ratio lies whatever is hidden: its ends are rounded away from each other, so that the range holds them.

    >>> ratio_range(1.50012, 1.53494)
    '1.50 to 1.54'
    """
    least = _outwards(lower, ROUND_FLOOR)
    if math.isinf(upper):
        return f"at least {least}" if lower else "any number"
    return _span(least, _outwards(upper, ROUND_CEILING))


@_cited
def _outwards(value: float, rounding: str) -> str:
    return str(_decimal(value).quantize(Decimal("0.01"), rounding=rounding))


def _span(low: str, high: str) -> str:
    """Return both ends, or one where they print alike."""
    return low if low == high else f"{low} to {high}"


def percentage_interval(lower: float, upper: float) -> str:
    """Return the interval of a share: '11.4% to 37.2%'; one number where both ends print alike."""
    return _span(percentage(lower), percentage(upper))


def points_interval(lower: float, upper: float) -> str:
    """Return the interval of a difference with its unit: '+5.9 to +36.6 percentage points'."""
    return f"{points_span(lower, upper)} percentage points"


def points_span(lower: float, upper: float) -> str:
    """Return the interval of a difference whose unit has just been said: '\u22121.5 to +2.3'."""
    return _span(*points_ends(lower, upper))


def points_side(value: float, below: str, above: str, neither: str = "different", unit: str = " points") -> str:
    """Return a difference in words, without a sign, which many a voice leaves out.

    >>> points_side(0.073, "lower", "higher"), points_side(-0.002, "lower", "higher"), points_side(0.0, "below", "above")
    ('7.3 points higher', '0.2 points lower', '0.0 points different')
    """
    size = points_value(value)
    return f"{size.lstrip(f'+{MINUS}')}{unit} {neither if not size.strip('0.') else above if size.startswith('+') else below}"


def points_range(lower: float, upper: float, below: str, above: str, unit: str = " percentage points") -> str:
    """Return an interval of a difference in words, without signs; ``below`` and ``above`` are the words for its two sides.

    >>> points_range(0.078, 0.376, "lower", "higher"), points_range(-0.033, 0.23, "lower", "higher")
    ('7.8 to 37.6 percentage points higher', '3.3 percentage points lower to 23.0 higher')
    """
    low, high = points_ends(lower, upper)
    least, most = (end.lstrip(f"+{MINUS}") for end in (low, high))
    if low == high:
        return "nothing" if not low.strip("0.") else f"{least}{unit} {below if upper < 0 else above}"
    if not low.startswith(MINUS):
        return f"{least} to {most}{unit} {above}"
    if not high.startswith("+"):
        return f"{most} to {least}{unit} {below}"
    return f"{least}{unit} {below} to {most} {above}"


@_cited
def expected(people: float) -> str:
    """Return how many people are expected, with one decimal: '3.7'."""
    return str(_rounded(_decimal(people), 1))


@_cited
def p_value(value: float) -> str:
    """Return a p-value with as many decimals as decide by 2.5%: '0.0257', 'below 0.0001'."""
    return f"{value:.4f}" if value >= 0.0001 else "below 0.0001"


def error(chance: float) -> str:
    """Return how often a test may err, in full: '5%', '2.5%'."""
    return f"{100 * chance:g}%"


class Style(NamedTuple):
    """How a kind of comparison is written: its value bare and with its unit, its interval likewise and as two ends; and its equality."""

    bare: Callable[[float], str]
    value: Callable[[float], str]
    span: Callable[[float, float], str]
    interval: Callable[[float, float], str]
    ends: Callable[[float, float], tuple[str, str]]
    equality: int


#: By the ``comparison`` of a row: two rates as a ratio, two shares as a difference, or a share that is compared with nothing.
STYLES: Final = {
    "ratio": Style(ratio, ratio, ratio_interval, ratio_interval, ratio_ends, 1),
    "difference": Style(points_value, signed_points, points_span, points_interval, points_ends, 0),
    "none": Style(
        percentage, percentage, percentage_interval, percentage_interval, lambda low, high: (percentage(low), percentage(high)), 0
    ),
}


@_cited
def confidence(value: float) -> str:
    """Return a level of confidence as a percentage without needless decimals: 0.95 -> '95%'."""
    exact = (_decimal(value) * 100).normalize()
    return f"{exact:f}%"


WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(value: int) -> str:
    """Return a small whole number in words ('two'), a larger one in figures."""
    return WORDS[value] if 0 <= value < len(WORDS) else count(value)
