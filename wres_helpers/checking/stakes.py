"""What hangs on a contradiction: a conclusion (direction, status, headline), a number, or wording only."""

from fractions import Fraction

from wres_helpers.checking.addresses import moved
from wres_helpers.checking.check_findings import CONCLUSION, NUMBER
from wres_helpers.checking.claimed_figures import Claim, amount_of
from wres_helpers.checking.reckoning import Measured, Reckoning
from wres_helpers.intake.register_words import ALL_CATEGORIES, BOARD, CHANGE, COUNT, GAP, RATIO, SURVEY, USUAL_BASES
from wres_helpers.page_model import Quotient
from wres_helpers.standard.columns import ALL, BME, WHITE


def rank_of(claim: Claim, measured: Measured, reckoning: Reckoning, no_adverse_range: tuple[float, float]) -> str:
    """Return ``conclusion`` if the printed figure would lead to another conclusion than the right one, else ``number``."""
    printed, right = claim.printed.value, measured.value
    if claim.kind == RATIO:
        return CONCLUSION if _side(printed, no_adverse_range) != _side(right, no_adverse_range) else NUMBER
    if claim.kind in (GAP, CHANGE):
        return CONCLUSION if (printed > 0) != (right > 0) else NUMBER
    base = claim.base or ({**USUAL_BASES, SURVEY: ALL_CATEGORIES}.get(claim.count.item) if claim.kind == COUNT else "")
    if not base or claim.count.item == BOARD or claim.count.ethnic_group not in (WHITE, BME) or (claim.kind == COUNT and _is_base(claim)):
        return NUMBER
    # does the comparison of the two groups come out otherwise?
    rate = amount_of(claim.count, base)
    other = reckoning.value(moved(rate, ethnic_group={WHITE: BME, BME: WHITE}))
    mine = reckoning.value(rate.denominator) if isinstance(rate, Quotient) else None
    if not other or not other.value or not mine or not mine.value:
        return NUMBER
    printed, right = (100 * each / mine.value if claim.kind == COUNT else each for each in (printed, right))
    sides = {_side(Fraction(each) / other.value, no_adverse_range) for each in (printed, right)}
    return CONCLUSION if len(sides) > 1 else NUMBER


def _is_base(claim: Claim) -> bool:
    return claim.count.item == SURVEY and claim.count.category == ALL


def _side(ratio: Fraction, no_adverse_range: tuple[float, float]) -> int:
    """Say on which side of the range of no adverse difference a ratio lies: -1, 0 or 1."""
    low, high = no_adverse_range
    return (ratio > high) - (ratio < low)
