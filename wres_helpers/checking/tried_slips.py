"""One printed figure that is not what it should be, and the trying of a slip: does its value become the printed one?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isfinite

from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.printed_numbers import Printed, plain, rounding, with_unit
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.reckoning import Measured, Reckoning, less
from wres_helpers.intake.register_words import COUNT, ENTERED, STAGES, SURVEY
from wres_helpers.page_model import Count, Unknown
from wres_helpers.standard.years import shifted

#: What is counted over a year, so that two years may be taken together.
POOLED = ("applied", *STAGES, ENTERED, "accessed_training", SURVEY)
#: Kind, what happened, the value (or what it is the value of) that would have been printed, and how far-fetched it is.
Slip = tuple[str, str, Measured | Fraction | Unknown | None, int]


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


@dataclass(frozen=True)
class Case:
    """A printed figure that is not what it should be.

    Attributes
    ----------
    claim, should_be
        The figure and what it should have been.
    reckoning
        Everything else, to try other calculations with.
    page
        The printed figures and what is known of them.
    """

    claim: Claim
    should_be: Measured
    reckoning: Reckoning
    page: PrintedPage

    @property
    def corrected(self) -> str:
        """What should have been printed."""
        if self.should_be.exact or not self.should_be.whole:
            return with_unit(self.should_be.value, self.claim.printed.decimals, self.claim.unit)
        return self.should_be.in_words()

    @property
    def before(self) -> str:
        """The year before the claim's."""
        return shifted(self.claim.count.year, -1)

    def tried(
        self, kind: str, text: str, tried: Measured | Fraction | Unknown | None, tier: int, corrected: str = ""
    ) -> Iterator[Explanation]:
        """Give an explanation if a tried value explains the print and is not what the figure should be anyway."""
        found = tried if isinstance(tried, Measured | Fraction) or tried is None else self.amount(tried)
        if found is None:
            return
        low, high = (found.low, found.high) if isinstance(found, Measured) else (found, found)
        if low == high and not (low == self.should_be.low and self.should_be.exact):
            fit = fits(self.claim.printed, Fraction(low))
            if fit is not None:
                yield Explanation(kind, text, corrected or self.corrected, tier + fit)
        elif low != high and isfinite(low) and isfinite(high) and high - low <= max(abs(high) / 5, 4 * self.claim.printed.step):
            ends = self.claim.printed.ends(whole=self.claim.kind == COUNT)
            if ends[0] <= high and low <= ends[1] and not (low <= self.should_be.low and self.should_be.high <= high):
                yield Explanation(kind, text, corrected or self.corrected, tier + 1)

    def amount(self, unknown: Unknown) -> Measured | None:
        """Return an amount as a printed figure of the claim's kind would give it."""
        found = self.reckoning.value(unknown)
        return less(found, self.claim.less) if found else None

    def number(self, count: Count) -> int | None:
        """Return a count, where it is known exactly."""
        found = self.reckoning.value(count)
        return int(found.value) if found and found.exact else None
