"""One printed figure that is not what it should be, and the trying of a slip: does its value become the printed one?"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.explanations import Explanation, fits
from wres_helpers.checking.printed_numbers import with_unit
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
