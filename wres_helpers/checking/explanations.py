"""An explanation of a contradiction: always a possibility, with the value that would follow, never a verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from wres_helpers.checking.printed_numbers import Printed, plain, rounding


@dataclass(frozen=True)
class Explanation:
    """One way in which a contradiction may have come about.

    Attributes
    ----------
    kind
        One word for it, such as ``transposed_digits``.
    text
        What may have happened, as half a sentence.
    corrected
        The value that would follow, as it would be printed.
    tier
        How far-fetched it is: of all explanations that fit, only those of the lowest tier are given.
    """

    kind: str
    text: str
    corrected: str
    tier: int = 1


def told(explanations: Iterable[Explanation], most: int = 4) -> dict[str, str]:
    """Return the simplest explanations as a finding holds them: ``diagnosis`` in words and their kinds.

    Each is said as a possibility, with the value that would follow from it.
    """
    found = list(explanations)
    lowest = min((each.tier for each in found), default=0)
    by_kind: dict[tuple[str, str], Explanation] = {}
    for each in found:
        if each.tier == lowest:
            by_kind.setdefault((each.kind, each.corrected), each)
    given = list(by_kind.values())[:most]
    parts = [f"{each.text} (then: {each.corrected})" if each.corrected else each.text for each in given]
    diagnosis = "Possibly " + "; or ".join(parts) + "." if parts else ""
    return {"diagnosis": diagnosis, "explanations": ";".join(dict.fromkeys(each.kind for each in given))}


def fits(printed: Printed, value: Fraction) -> int | None:
    """Tell how well a candidate value explains a print: 0 by rounding, 1 by truncation, None not at all."""
    if not printed.exact:
        low, high = printed.ends(whole=False)
        return 0 if low <= value <= high else None
    found = rounding(printed, value)
    return None if found is None else int(found == "truncated")


def in_print(printed: Printed, should_be: Fraction, corrected: str) -> Iterable[Explanation]:
    """Try what can happen to any figure on its way into print."""
    right = plain(abs(should_be), printed.decimals)
    if printed.digits in transpositions(right):
        yield Explanation("transposed_digits", f"the digits of {right} were transposed", corrected, 1)
    for fewer in range(printed.decimals):
        if Fraction(plain(should_be, fewer)) == printed.value:
            places = "a whole number" if fewer == 0 else f"{fewer} decimal place" + ("s" if fewer > 1 else "")
            yield Explanation("rounded_first", f"the value was rounded to {places} and a zero was printed behind it", corrected, 1)
    for more in (1, 2) if printed.step <= 1 else ():
        twice = plain(should_be, printed.decimals + more)
        if Fraction(twice) != should_be and fits(printed, Fraction(twice)) == 0:
            yield Explanation("rounded_first", f"the value was first rounded to {twice} and then once more", corrected, 1)
    for factor in (Fraction(10), Fraction(100), Fraction(1, 10), Fraction(1, 100)):
        if should_be and fits(printed, should_be * factor) == 0:
            yield Explanation("decimal_point", "the decimal point slipped, or a nought was added or lost", corrected, 2)
    if len(right) > 1 and one_digit_apart(printed.digits, right):
        yield Explanation("wrong_digit", f"one digit of {right} was mistyped", corrected, 3 if printed.unit == "people" else 4)


def transpositions(digits: str) -> list[str]:
    """Return a number with two neighbouring digits exchanged, in every way that changes it; the point stays in place."""
    places = [at for at, character in enumerate(digits) if character.isdigit()]
    found = []
    for first, second in pairwise(places):
        if digits[first] != digits[second]:
            characters = list(digits)
            characters[first], characters[second] = characters[second], characters[first]
            found.append("".join(characters))
    return found


def one_digit_apart(one: str, other: str) -> bool:
    """Tell whether two numbers of equal length differ in exactly one digit."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
