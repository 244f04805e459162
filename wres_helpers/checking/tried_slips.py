"""One printed figure that is not what it should be, and the trying of a slip: does its value become the printed one?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite
from typing import Final

from wres_helpers.checking.addresses import GROUP_WORDS, ITEM_WORDS, JOINED, exchanged
from wres_helpers.checking.check_findings import Explanation
from wres_helpers.checking.claimed_figures import PrintedFigure, only_difference
from wres_helpers.checking.printed_numbers import Printed, people, plain, rounding, transpositions
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.reckoning import Measured, Reckoning, less
from wres_helpers.intake.printed.register_words import COUNT
from wres_helpers.page_model import Amount, Count, Difference, Quotient
from wres_helpers.standard.years import shifted

#: What would have been printed: a value, or the amount it is the value of.
Tried = Measured | Fraction | Amount | None
#: Kind, what happened, what would have been printed, how far-fetched it is, and what is right where that is not what follows anyway.
Slip = tuple[str, str, Tried, int] | tuple[str, str, Tried, int, str]

#: Two figures that differ in one of these only may have changed places; the kind of slip it is.
_EXCHANGED: Final = {"ethnic_group": "swapped_groups", "year": "last_year", "category": "other_category", "item": "other_item"}


def fits(printed: Printed, value: Fraction) -> int | None:
    """Tell how well a candidate value explains a print: 0 by rounding, 1 by truncation, None not at all."""
    if not printed.exact:
        low, high = printed.ends(whole=False)
        return 0 if low <= value <= high else None
    found = rounding(printed, value)
    return None if found is None else int(found == "truncated")


def in_print(printed: Printed, should_be: Fraction) -> Iterable[Explanation]:
    """Try what can happen to any figure on its way into print."""
    as_printed = printed.step * int(abs(should_be) / printed.step + Fraction(1, 2)) * (-1 if should_be < 0 else 1)
    right, digits = plain(abs(as_printed), printed.decimals), printed.digits
    if digits.replace(".", "") not in re.sub(r"[.,]", "", printed.text):
        return
    for places in range(printed.decimals + 3):
        before = plain(should_be, places)
        if places != printed.decimals and Fraction(before) != should_be and fits(printed, Fraction(before)) == 0:
            yield Explanation("rounded_first", f"the value was first rounded to {before} and then printed as {digits}")
    if printed.unit == "percent" and should_be and fits(printed, should_be / 100) == 0:
        yield Explanation("decimal_point", "the proportion was printed as a percentage")
    elif should_be and any(
        fits(printed, each * Fraction(10) ** places) == 0 for each in (should_be, as_printed) for places in (1, 2, -1, -2)
    ):
        yield Explanation("decimal_point", "the decimal point slipped, or a nought was added or lost", 2)
    elif digits in transpositions(right):
        yield Explanation("transposed_digits", "two digits were transposed")
    rare = 3 if printed.unit == "people" else 4
    if len(digits) == len(right) > 1 and sum(a != b for a, b in zip(digits, right, strict=True)) == 1:
        yield Explanation("wrong_digit", "one digit was mistyped", rare)
    elif printed.unit == "people" and right in [digits[:at] + digits[at + 1 :] for at in range(len(digits))]:
        yield Explanation("wrong_digit", "a digit too many stands in it, such as the mark of a footnote", rare)


@dataclass(frozen=True)
class Case:
    """A figure, what it should have been, everything else to try other calculations with, and the page it stands on."""

    figure: PrintedFigure
    should_be: Measured
    reckoning: Reckoning
    page: PrintedPage

    @property
    def before(self) -> str:
        """The year before the figure's."""
        return shifted(self.figure.count.year, -1)

    def moved(self, **elsewhere: str) -> Amount:
        """Return the figure's amount with one part of its count exchanged, such as ``year="2018-19"``."""
        figure = self.figure
        return exchanged(figure.unknown, **{field: {getattr(figure.count, field): value} for field, value in elsewhere.items()})

    def tried(self, kind: str, text: str, tried: Tried, tier: int, corrected: str | None = None) -> Iterator[Explanation]:
        """Give an explanation if a tried value explains the print and is not what the figure should be anyway."""
        found = self.amount(tried) if isinstance(tried, Count | Quotient | Difference) else tried
        if found is None:
            return
        printed = self.figure.printed
        low, high = (found.low, found.high) if isinstance(found, Measured) else (found, found)
        if low == high and not (low == self.should_be.low and self.should_be.exact):
            fit = fits(printed, Fraction(low))
            if fit is not None:
                yield Explanation(kind, text, tier + fit, corrected)
        elif low != high and isfinite(low) and isfinite(high) and high - low <= max(abs(Fraction(high)) / 5, 4 * printed.step):
            ends = printed.ends(whole=self.figure.kind == COUNT)
            if ends[0] <= high and low <= ends[1] and not (low <= self.should_be.low and self.should_be.high <= high):
                # what stands in print elsewhere was copied from there
                there = self.page.stated.get(tried) if isinstance(tried, Count | Quotient | Difference) else None
                yield Explanation(kind, text, tier + (there is None or there.printed.value != printed.value), corrected)

    def amount(self, amount: Amount) -> Measured | None:
        """Return an amount as a printed figure of this kind would give it."""
        found = self.reckoning.value(amount)
        return less(found, self.figure.less) if found else None

    def number(self, amount: Amount) -> int | None:
        """Return a count, where it is known exactly."""
        found = self.reckoning.value(amount)
        return int(found.value) if found and found.exact else None


def elsewhere(case: Case) -> Iterator[Explanation]:
    """Two figures of one table changed places, or the slip is in another figure: with it undone, everything fits."""
    figure, page = case.figure, case.page
    for other in page.figures:
        field = only_difference(figure, other)
        if not field or (field != "ethnic_group" and fits(other.printed, case.should_be.value) is None):
            continue
        if page.fits_with(replace(figure, printed=other.printed), replace(other, printed=figure.printed), thorough=True):
            mine, theirs = (_named(getattr(each.count, field)) for each in (figure, other))
            text = f"the figures of {mine} and {theirs} changed places ({figure.id} and {other.id})"
            yield Explanation(_EXCHANGED[field], text, 0, other.text)
        if field == "ethnic_group":
            yield from _between_groups(case, other)
    elsewhere_found = []
    for other in (each for each in page.beside(figure) if each.printed.exact and each is not figure):
        for digits in transpositions(other.printed.digits):
            value = Fraction(digits) * (-1 if other.printed.value < 0 else 1)
            if not digits.startswith("0") and page.fits_with(_printed_as(other, value)):
                text = f"this figure is right, and the digits of {other.id} ({other.text}) were transposed"
                elsewhere_found.append(Explanation("transposed_digits", text, 2, digits))
    # where many would do, each may be chance
    yield from elsewhere_found if len(elsewhere_found) == 1 else ()


def _between_groups(case: Case, other: PrintedFigure) -> Iterator[Explanation]:
    """As many people too many here as there are too few in another figure that cannot stand: with both mended everything fits."""
    figure, groups = case.figure, (case.figure.count.ethnic_group, other.count.ethnic_group)
    more = int(figure.printed.value - case.should_be.value) if figure.kind == COUNT and case.should_be.exact else 0
    mended = _printed_as(figure, figure.printed.value - more), _printed_as(other, other.printed.value + more)
    if more and other.id in case.page.doubted and JOINED.keys().isdisjoint(groups) and case.page.fits_with(*mended):
        over, under = (GROUP_WORDS[group] for group in (groups if more > 0 else groups[::-1]))
        yield Explanation("wrong_column", f"{people(more)} counted under {over} instead of {under}, in {other.id} ({other.text}), too", 1)


def _printed_as(figure: PrintedFigure, value: Fraction) -> PrintedFigure:
    """Return a figure as if another number were printed."""
    return replace(figure, printed=replace(figure.printed, value=value))


def _named(place: str) -> str:
    """Name what is different about a figure elsewhere: its group, year, stage or category."""
    return f"{GROUP_WORDS[place]} people" if place in GROUP_WORDS else ITEM_WORDS.get(place, f"'{place}'")
