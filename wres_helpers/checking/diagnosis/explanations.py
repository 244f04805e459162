"""An explanation of a contradiction: always a possibility, with the value that would follow, never a verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from wres_helpers.checking.printed_numbers import Printed, rounding

#: Every kind of explanation, in the words of the analyst's page.
KINDS: Final[dict[str, str]] = {
    "wrong_column": "people counted in the wrong column",
    "counted_twice": "a cell added twice",
    "left_out": "a cell left out of the total",
    "transposed_digits": "transposed digits",
    "swapped_groups": "groups or columns swapped",
    "other_category": "a figure of another row",
    "two_years_over_one": "a two-year total over a one-year base",
    "other_base": "a rate from another base",
    "halved_counts": "counts halved and rounded",
    "truncated": "truncated instead of rounded",
    "rounded_first": "rounded before calculating",
    "percent_for_points": "per cent for percentage points",
    "last_year": "last year's value left in place",
    "inverted_ratio": "an inverted ratio",
    "follows": "calculated from another figure that is itself in doubt",
    "decimal_point": "a misplaced decimal point",
    "wrong_digit": "one digit mistyped",
    "unlike_parts": "two figures that are not of the same thing",
    "stale_label": "a label of another edition",
    "hand_status": "a status given by hand",
    "smaller_base": "true of a smaller base",
    "largest_only": "the largest part, not a majority",
    "would_fit": "counts that would fit",
}


@dataclass(frozen=True)
class Explanation:
    """One way in which a contradiction may have come about.

    Attributes
    ----------
    kind
        A key of :data:`KINDS`.
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


def simplest(explanations: Iterable[Explanation], most: int = 4) -> list[Explanation]:
    """Return the explanations of the lowest tier, one of a kind, in the order found."""
    found = list(explanations)
    if not found:
        return []
    lowest = min(each.tier for each in found)
    by_kind: dict[tuple[str, str], Explanation] = {}
    for each in found:
        if each.tier == lowest:
            by_kind.setdefault((each.kind, each.corrected), each)
    return list(by_kind.values())[:most]


def told(explanations: Iterable[Explanation]) -> dict[str, str]:
    """Return the simplest explanations as a finding holds them: ``diagnosis`` in words and their kinds.

    Each is said as a possibility, with the value that would follow from it.
    """
    given = simplest(explanations)
    parts = [f"{each.text} (then: {each.corrected})" if each.corrected else each.text for each in given]
    diagnosis = "Possibly " + "; or ".join(parts) + "." if parts else ""
    return {"diagnosis": diagnosis, "explanations": ";".join(dict.fromkeys(each.kind for each in given))}


def fits(printed: Printed, value: Fraction) -> int | None:
    """Tell how well a candidate value explains a print: 0 by rounding, 1 by truncation, None not at all."""
    found = rounding(printed, value)
    if found is None:
        return None
    return 1 if found == "truncated" else 0


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
