"""A printed rate, ratio, gap or growth that is not what it should be, and what can happen to any figure in print."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from wres_helpers.checking.addresses import Address, year_before
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.diagnosis.explanations import Explanation, fits, one_digit_apart, transpositions
from wres_helpers.checking.printed_numbers import Printed, plain, with_unit
from wres_helpers.checking.recalculation import Calculator, Measured, Missing, Rate
from wres_helpers.intake.register_words import COUNT, GAP, HEADCOUNT, RATIO
from wres_helpers.standard.columns import ALL


@dataclass(frozen=True)
class Case:
    """A printed figure that is not what it should be.

    Attributes
    ----------
    claim, printed
        The claim and its figure.
    should_be
        What it should have been.
    calculator
        To try other calculations with.
    """

    claim: Claim
    printed: Printed
    should_be: Measured
    calculator: Calculator

    @property
    def corrected(self) -> str:
        """What should have been printed."""
        return with_unit(self.should_be.value, self.printed.decimals, unit_meant(self.claim, self.printed))

    def tried(self, kind: str, text: str, value: Fraction | None, tier: int, corrected: str = "") -> Iterator[Explanation]:
        """Give an explanation if the tried value explains the print."""
        if value is None or value == self.should_be.value:
            return
        fit = fits(self.printed, value)
        if fit is not None:
            yield Explanation(kind, text, corrected or self.corrected, tier + fit)


def unit_meant(claim: Claim, printed: Printed) -> str:
    """Return the unit a claim of this kind is in."""
    return {COUNT: "people", GAP: "points", RATIO: "times"}.get(claim.kind, printed.unit or "percent")


def explain_print(printed: Printed, should_be: Fraction, corrected: str) -> Iterator[Explanation]:
    """Try what can happen to any figure on its way into print."""
    right = plain(abs(should_be), printed.decimals)
    if printed.digits in transpositions(right):
        yield Explanation("transposed_digits", f"the digits of {right} were transposed", corrected, 1)
    for fewer in range(printed.decimals):
        if Fraction(plain(should_be, fewer)) == printed.value:
            places = "a whole number" if fewer == 0 else f"{fewer} decimal place" + ("s" if fewer > 1 else "")
            yield Explanation("rounded_first", f"the value was rounded to {places} and a zero was printed behind it", corrected, 1)
    for more in (1, 2):
        twice = plain(should_be, printed.decimals + more)
        if Fraction(twice) != should_be and fits(printed, Fraction(twice)) == 0:
            yield Explanation("rounded_first", f"the value was first rounded to {twice} and then once more", corrected, 1)
    for factor in (Fraction(10), Fraction(100), Fraction(1, 10), Fraction(1, 100)):
        if should_be and fits(printed, should_be * factor) == 0:
            yield Explanation("decimal_point", "the decimal point slipped", corrected, 2)
    if one_digit_apart(printed.digits, right):
        yield Explanation("wrong_digit", f"one digit of {right} was mistyped", corrected, 4)


def bases_at_hand(rate: Rate) -> list[Address]:
    """Return the bases somebody might have taken for a share."""
    count = rate.count
    bases = [count.of(group=ALL), count.total(), count.total().of(group=ALL), year_before(rate.base)]
    if count.item in ("shortlisted", "appointed"):
        bases += [Address(item, count.breakdown, count.category, count.group, count.year) for item in ("applied", "shortlisted")]
    bases += [Address(HEADCOUNT, "overall", ALL, group, count.year) for group in dict.fromkeys((count.group, ALL))]
    return list(dict.fromkeys(base for base in bases if base != count))


def year_earlier(rate: Rate) -> Rate:
    """Return the same rate a year earlier."""
    return Rate(year_before(rate.count), year_before(rate.base))


def value_of(measured: Measured | Missing) -> Fraction | None:
    """Return what was calculated, or None."""
    return measured.value if isinstance(measured, Measured) else None
