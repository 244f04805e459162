"""Checks a printed figure: judges its rounding against what it should be, and asks what happened where it does not agree."""

from fractions import Fraction

from wres_helpers.checking.addresses import adds_up, in_words, moved
from wres_helpers.checking.check_findings import AFTER_ROUNDING, AGREES, CANNOT_CHECK, CONCLUSION, CONTRADICTS, NUMBER, WORDING, Finding
from wres_helpers.checking.claimed_figures import Claim, amount_of
from wres_helpers.checking.printed_numbers import Printed, grouped, plain, rounding, with_unit
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.reckoning import Measured, Missing, Reckoning, less
from wres_helpers.checking.slips import slips
from wres_helpers.checking.tried_slips import Case, told
from wres_helpers.intake.register_words import ALL_CATEGORIES, BOARD, CHANGE, COUNT, GAP, RATIO, SHARE, SURVEY, USUAL_BASES
from wres_helpers.page_model import Count, Quotient
from wres_helpers.standard.columns import ALL, BME, WHITE

_ROUNDING_WORDS = {
    "rounded": "rounded to the nearest", "half up": "rounded half up", "half even": "rounded half to even", "truncated": "truncated",
}  # fmt: skip

_MOST_PEOPLE = 10**9
#: A range of so many units in the last printed place bears out the figure in it.
_STEPS = 4


def check_figure(claim: Claim, page: PrintedPage, no_adverse_range: tuple[float, float]) -> Finding:
    """Return the finding about one printed figure."""
    blank = Finding.of(claim, claim.kind)
    if claim.count is not None and claim.kind == COUNT and not adds_up(claim.count) and claim.id not in page.doubted:
        return blank.cannot("a median, a mean or a score does not follow from numbers of people")
    if claim.printed is None:
        return blank.cannot("the printed text holds no number that can be read with certainty")
    if claim.unknown is None:
        return blank.cannot("the register does not say which figures it speaks of")
    reckoning = page.settled if page.settled_by_data(claim) else page.without(claim)
    try:
        measured = less(reckoning.measure(claim.unknown), claim.less)
    except Missing as reason:
        return _unmeasured(blank, claim, page, str(reason))
    if claim.id not in page.doubted and _of_an_unprinted_base(claim, measured, reckoning):
        return _unmeasured(blank, claim, page, f"the number of {in_words(claim.unknown.denominator)} is neither in the data nor printed")
    if claim.printed.unsigned:
        measured = measured.size()
    found = judged(blank, claim.printed, measured, claim.unit, whole=claim.kind == COUNT)
    if claim.id in page.doubted and not measured.exact and found.verdict != CONTRADICTS:
        found = found.with_(verdict=CONTRADICTS, arithmetic=_conflict(claim, page) + (f"; {measured.text}" if measured.telling else ""))
    if found.verdict == CONTRADICTS:
        found = _explained(found, claim, measured, reckoning, page).with_(rank=_rank_of(claim, measured, page.best, no_adverse_range))
        found = _with_rivals(found, claim, page)
    return _wrong_unit(found, claim)


def _of_an_unprinted_base(claim: Claim, measured: Measured, reckoning: Reckoning) -> bool:
    """Tell whether only the base of a share is missing; the share then tells what the base is, not the other way round."""
    if claim.kind != SHARE or measured.exact or not isinstance(claim.unknown.denominator, Count):
        return False
    count, base = reckoning.value(claim.unknown.numerator), reckoning.value(claim.unknown.denominator)
    return count is not None and count.exact and not (base and base.exact)


def judged(blank: Finding, printed: Printed, measured: Measured, unit: str, whole: bool) -> Finding:
    """Fill in verdict, expected value and arithmetic of a figure that could be calculated again."""
    expected = _expected(printed, measured, unit)
    if printed.limit == "hidden":
        return blank.cannot(f"the number is not shown; {measured.text}")
    found = blank.with_(expected=expected, arithmetic=f"{measured.text}; printed {printed.text}")
    if not measured.exact or printed.limit:
        return _within(found, printed.ends(whole), measured, printed)
    how = rounding(printed, measured.value)
    if how == "truncated":
        note = f"Possibly truncated instead of rounded (then: {expected})."
        text = f"{measured.text}; truncated to {printed.digits}"
        return found.with_(verdict=AFTER_ROUNDING, arithmetic=text, diagnosis=note, explanations="truncated")
    if not how:
        return found.with_(verdict=CONTRADICTS)
    text = measured.text if how == "exact" else f"{measured.text}; {_ROUNDING_WORDS[how]}"
    return found.with_(verdict=AGREES if how == "exact" else AFTER_ROUNDING, arithmetic=text)


def _expected(printed: Printed, measured: Measured, unit: str) -> str:
    if measured.exact or (measured.telling and not measured.whole):
        return with_unit(measured.value, printed.decimals, unit)
    if measured.whole and unit == "people":
        return measured.in_words()
    # 11.5 to 12.5 is printed as 12: the lower half is rounded up, the upper one is not reached
    end = max(Fraction(measured.low), Fraction(measured.high) - printed.step / 1000)
    low, high = plain(measured.low, printed.decimals), plain(end, printed.decimals)
    return with_unit(end, printed.decimals, unit) if low == high else f"{low} to {with_unit(end, printed.decimals, unit)}"


def _within(found: Finding, ends: tuple, measured: Measured, printed: Printed) -> Finding:
    """Judge a limit or a range, or a figure of which only a range is known."""
    low, high = ends
    if not (low <= measured.high and measured.low <= high):
        return found.with_(verdict=CONTRADICTS)
    if measured.exact:
        return found.with_(verdict=AGREES if printed.limit in ("between", "under", "at most") else AFTER_ROUNDING)
    width = measured.high - measured.low
    narrow = measured.telling or width <= _STEPS * printed.step or (printed.unit == "times" and width <= abs(Fraction(measured.high)) / 5)
    if not narrow and not (low <= measured.low and measured.high <= high):
        return found.with_(expected="").cannot(measured.text)
    text = f"{measured.text}; within the rounding of the printed figures ({measured.in_words()})"
    return found.with_(verdict=AFTER_ROUNDING, arithmetic=text)


def _explained(found: Finding, claim: Claim, measured: Measured, reckoning: Reckoning, page: PrintedPage) -> Finding:
    # other figures may explain it whatever they rest on; what it should be comes from what settles it
    wide = page.best if page.best.fits else reckoning
    return found.with_(**told(slips(Case(claim, measured, wide, page))))


def _unmeasured(blank: Finding, claim: Claim, page: PrintedPage, reason: str) -> Finding:
    if claim.id in page.doubted:
        expected = _whole_numbers_near(claim, page) if claim.kind == SHARE else ""
        return _with_rivals(blank.with_(verdict=CONTRADICTS, expected=expected, arithmetic=_conflict(claim, page)), claim, page)
    open_counts = [count for count in (claim.unknown[:2] if isinstance(claim.unknown, Quotient) else ()) if isinstance(count, Count)]
    for count in reversed(open_counts):
        low, high = page.best.bounds(count)
        if low < high < _MOST_PEOPLE and high - low < high / 2:
            fitting = f"any number of {in_words(count)} from {grouped(low)} to {grouped(high)} would fit{_of_whom(count, page)}"
            return blank.cannot(f"{reason}; {fitting}; it is printed nowhere")
        if low == high > 0 and count not in page.prints and count not in page.data:
            return blank.cannot(f"{reason}; only {grouped(low)} {in_words(count)} would fit, printed nowhere")
    return blank.cannot(reason)


def _of_whom(count: Count, page: PrintedPage) -> str:
    """Say how many of a base belong to no group whose number is printed."""
    undisclosed = count._replace(ethnic_group="unknown")
    low, high = page.best.bounds(undisclosed)
    if count.ethnic_group != "all" or not 0 < low <= high < _MOST_PEOPLE:
        return ""
    return f", of whom {grouped(low)} to {grouped(high)} belong to no group whose number is printed"


def _whole_numbers_near(claim: Claim, page: PrintedPage) -> str:
    """Write the shares that whole numbers next to the printed one would give."""
    low, high = page.best.bounds(claim.unknown.denominator) if isinstance(claim.unknown, Quotient) else (0, 0)
    if low != high or not low:
        return ""
    below = int(claim.printed.value * int(low) / 100)
    shares = [
        f"{plain(Fraction(100 * count, int(low)), claim.printed.decimals)}% ({grouped(count)} of {grouped(low)})"
        for count in (below, below + 1)
    ]
    return " or ".join(shares)


def _conflict(claim: Claim, page: PrintedPage) -> str:
    """Name the figures a figure cannot stand with."""
    beside = ", ".join(f"{each.id} ({each.text})" for each in page.beside(claim))
    return f"no whole numbers of people fit {claim.text} beside {beside or 'what is known otherwise'}"


def _with_rivals(found: Finding, claim: Claim, page: PrintedPage) -> Finding:
    rivals = page.rivals(claim)
    if not rivals:
        return found
    named = ", ".join(f"{rival.id} ({rival.text})" for rival in rivals)
    beside = "" if named in found.arithmetic else f"it cannot stand beside {named}, and "
    return found.with_(arithmetic=f"{found.arithmetic}; {beside}nothing tells which is wrong")


def _wrong_unit(found: Finding, claim: Claim) -> Finding:
    """A gap printed with a per cent sign may agree as a number, but says something else."""
    if claim.kind not in (GAP, RATIO) or claim.printed.unit != "percent" or found.verdict == CANNOT_CHECK:
        return found
    meant = {GAP: "percentage points", RATIO: "times"}[claim.kind]
    text = f"{found.arithmetic}; the figure is in {meant}, printed with a per cent sign"
    if found.verdict == CONTRADICTS:
        return found.with_(arithmetic=text)
    right = with_unit(claim.printed.value, claim.printed.decimals, claim.unit)
    note = f"Possibly per cent printed for {meant} (then: {right})."
    told_so = {"expected": right, "arithmetic": text, "diagnosis": note, "explanations": "percent_for_points"}
    return found.with_(verdict=CONTRADICTS, rank=WORDING, **told_so)


def _rank_of(claim: Claim, measured: Measured, reckoning: Reckoning, no_adverse_range: tuple[float, float]) -> str:
    """Return what hangs on a contradiction: ``conclusion`` if the printed figure would lead to another conclusion than the right one, else ``number``."""
    printed, right = claim.printed.value, measured.value
    if claim.kind == RATIO:
        return CONCLUSION if _side(printed, no_adverse_range) != _side(right, no_adverse_range) else NUMBER
    if claim.kind in (GAP, CHANGE):
        return CONCLUSION if (printed > 0) != (right > 0) else NUMBER
    base = claim.base or ({**USUAL_BASES, SURVEY: ALL_CATEGORIES}.get(claim.count.item) if claim.kind == COUNT else "")
    is_base = claim.kind == COUNT and claim.count.item == SURVEY and claim.count.category == ALL
    if not base or is_base or claim.count.item == BOARD or claim.count.ethnic_group not in (WHITE, BME):
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


def _side(ratio: Fraction, no_adverse_range: tuple[float, float]) -> int:
    """Say on which side of the range of no adverse difference a ratio lies: -1, 0 or 1."""
    low, high = no_adverse_range
    return (ratio > high) - (ratio < low)
