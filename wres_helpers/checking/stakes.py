"""What hangs on a contradiction: a conclusion (direction, status, headline), a number, or wording only."""

from fractions import Fraction

from wres_helpers.checking.check_findings import CONCLUSION, NUMBER
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.recalculation import Calculator, Measured, Rate, base_address, rate_of
from wres_helpers.intake.register_words import BOARD, CHANGE, COUNT, GAP, RATIO, SURVEY
from wres_helpers.standard.columns import ALL, BME, WHITE

#: What the rate of each item is a share of, where the indicators compare rates.
_BASE_OF = {"appointed": "shortlisted", "shortlisted": "applied", "entered_disciplinary": "headcount", "accessed_training": "headcount"}


def rank_of(claim: Claim, measured: Measured, calculator: Calculator) -> str:
    """Return ``conclusion`` if the printed figure would lead to another conclusion than the right one, else ``number``."""
    printed = claim.printed.value
    if claim.kind == RATIO:
        return CONCLUSION if _side(printed, calculator) != _side(measured.value, calculator) else NUMBER
    if claim.kind in (GAP, CHANGE):
        return CONCLUSION if (printed > 0) != (measured.value > 0) else NUMBER
    return _rank_within_comparison(claim, measured, calculator)


def _rank_within_comparison(claim: Claim, measured: Measured, calculator: Calculator) -> str:
    """Compare the two groups with the printed figure and with the right one; does the comparison come out otherwise?"""
    rate = _compared_rate(claim)
    if rate is None or claim.address.group not in (WHITE, BME):
        return NUMBER
    other = rate.of(group=BME if claim.address.group == WHITE else WHITE)
    right, beside = calculator.rate(rate, claim.where), calculator.rate(other, claim.where)
    stated = calculator.printed_rate(other, claim.where) or beside
    if not all(isinstance(each, Measured) for each in (right, beside, stated)) or not beside.value or not stated.value:
        return NUMBER
    as_printed = claim.printed.value
    if claim.kind == COUNT:
        base = calculator.known(rate.base, claim.where)
        as_printed = 100 * claim.printed.value / base.value
    return CONCLUSION if _side(as_printed / stated.value, calculator) != _side(right.value / beside.value, calculator) else NUMBER


def _compared_rate(claim: Claim) -> Rate | None:
    address = claim.address
    if claim.kind != COUNT:
        return rate_of(claim)
    if address.item == SURVEY and address.category != ALL:
        return Rate(address, address.total())
    base = _BASE_OF.get(address.item)
    return Rate(address, base_address(address, base)) if base and address.item != BOARD else None


def _side(ratio: Fraction, calculator: Calculator) -> int:
    """Say on which side of the range of no adverse difference a ratio lies: -1, 0 or 1."""
    low, high = calculator.no_adverse_range
    return (ratio > high) - (ratio < low)
