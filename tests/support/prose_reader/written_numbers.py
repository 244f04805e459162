"""Numbers as pages write them: without separators, with the places and the rounding that presentation uses."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_NUMBER = re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")


def plain_number(text: str) -> str:
    """Write a number without separators or needless zeros behind the point."""
    text = text.replace(",", "")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


@lru_cache(maxsize=20_000)
def percent_of(part: str, whole: str, share: str) -> bool:
    """Tell whether a percentage is that of two whole numbers, half rounded up."""
    one, two = Decimal(part.replace(",", "")), Decimal(whole.replace(",", ""))
    if two == 0:
        return False
    exact = 100 * one / two
    return exact.quantize(Decimal(1).scaleb(-len(share.partition(".")[2])), rounding=ROUND_HALF_UP) == Decimal(share)


@lru_cache(maxsize=20_000)
def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers in a text."""
    return frozenset(plain_number(match[0]) for match in _NUMBER.finditer(text))


@lru_cache(maxsize=50_000)
def as_rate(value: float) -> frozenset[str]:
    """Write a rate or difference as pages do: per cent with one place, nearly none and nearly all as a limit, or a difference with more places."""
    written = {_apart(100 * each, 1, ("0",)) for each in _readings(value)} | {_written(100 * each, 1) for each in _readings(value)}
    limits = {"0": "0.1", "100": "99.9"} if value not in (0, 1) else {}
    return frozenset(written | {limits[each] for each in written if each in limits})


def per_thousand(value: float) -> frozenset[str]:
    """Write a rate as pages do where it is rare: people in a thousand, with one place."""
    return frozenset(_written(1000 * each, 1) for each in _readings(value))


@lru_cache(maxsize=50_000)
def as_ratio(value: float) -> frozenset[str]:
    """Write a ratio, or a probability, as pages do: near a limit that it is not, with as many places as tell it apart."""
    apart = {_apart(each, 2, ("1", "0.8", "1.25")) for each in _readings(value)}
    return frozenset(apart | {_written(each, places) for each in _readings(value) for places in (2, 3)})


def _readings(value: float) -> set[Decimal]:
    """Return a number with and without the noise of its last binary digits: a difference may lie on either side of a tie."""
    return {exactly(value), Decimal(repr(float(value)))}


def exactly(value: float) -> Decimal:
    """Return a number without the noise of its last binary digits."""
    # a noisy last digit of a float must not decide a rounding
    return Decimal(repr(float(value))).quantize(Decimal("1e-12"), rounding=ROUND_HALF_UP)


def _apart(value: Decimal, places: int, limits: tuple[str, ...]) -> str:
    """Write a number with more places where it would read like a limit that it is not."""
    near = (places for places in range(places, 11) if _written(value, places) not in limits)
    return _written(value, next(near, places))


def _written(value: Decimal, places: int) -> str:
    return plain_number(str(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)))
