"""Checks a printed figure: judges its rounding against what it should be, and asks what happened where it does not agree."""

from fractions import Fraction

from wres_helpers.checking.addresses import adds_up, counts_in, exchanged, name_of
from wres_helpers.checking.check_findings import (
    AFTER_ROUNDING,
    AGREES,
    CANNOT_CHECK,
    CONCLUSION,
    CONTRADICTS,
    NUMBER,
    WORDING,
    CheckFinding,
)
from wres_helpers.checking.claimed_figures import Claim, PlacedClaim, PrintedFigure, amount_of
from wres_helpers.checking.printed_numbers import Printed, grouped, more_or_fewer, plain, rounding, with_unit
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.reckoning import Measured, Missing, Reckoning, less
from wres_helpers.checking.slips import slips
from wres_helpers.checking.tried_slips import Case
from wres_helpers.intake.printed.register_words import ALL_CATEGORIES, BOARD, CHANGE, COUNT, GAP, RATIO, SHARE, SURVEY, USUAL_BASES
from wres_helpers.page_model import Count, Quotient
from wres_helpers.standard.columns import ALL, BME, WHITE

_ROUNDINGS = {"half even": "; rounded half to even", "half up": "; rounded half up", "rounded": "; rounded to the nearest", "exact": ""}

#: A range of so many units in the last printed place bears out the figure in it.
_STEPS = 4


def check_figure(claim: Claim, page: PrintedPage, no_adverse_range: tuple[float, float]) -> CheckFinding:
    """Return the finding about one printed figure."""
    blank = CheckFinding.of(claim, claim.kind)
    if isinstance(claim, PlacedClaim) and claim.kind == COUNT and not adds_up(claim.count) and claim.id not in page.doubted:
        return blank.cannot("a median, a mean or a score does not follow from numbers of people")
    if claim.printed is None:
        return blank.cannot("the printed text holds no number that can be read with certainty")
    if not isinstance(claim, PrintedFigure):
        return blank.cannot("the register does not say which figures it speaks of")
    reckoning = page.settled if page.is_settled(claim) else page.without(claim)
    try:
        measured = less(reckoning.measure(claim.unknown), claim.less)
    except Missing as reason:
        return _unmeasured(blank, claim, page, str(reason))
    base = _unprinted_base(claim, measured, reckoning, page)
    if (base and claim.id not in page.doubted) or (claim.id in page.cut_off and not measured.exact):
        return _unmeasured(blank, claim, page, f"the number of {name_of(base)} is neither in the data nor printed" if base else "")
    if claim.printed.unsigned:
        measured = measured.size()
    found = judged(blank, claim.printed, measured, claim.unit, whole=claim.kind == COUNT)
    if claim.id in page.doubted and not measured.exact and found.verdict != CONTRADICTS and found.explanations != "truncated":
        found = found.with_(verdict=CONTRADICTS, arithmetic=_conflict(claim, page) + (f"; {measured.text}" if measured.telling else ""))
    if found.verdict == CONTRADICTS:
        # other figures may explain it whatever they rest on; what it should be comes from what settles it
        found = found.explained(slips(Case(claim, measured, page.best if page.best.fits else reckoning, page)))
        found = _with_rivals(found.with_(rank=_rank_of(claim, measured, page.best, no_adverse_range)), claim, page)
    return _wrong_unit(found, claim)


def _unprinted_base(figure: PrintedFigure, measured: Measured, reckoning: Reckoning, page: PrintedPage) -> Count | None:
    """Return the base of a share where only shares of it speak of it; they then tell what the base is, not the other way round."""
    counts = counts_in(figure.unknown) if figure.kind == SHARE and not measured.exact else []
    known = [bool(found and found.exact) for found in map(reckoning.value, counts)]
    if known != [True, False] or any(counts[1] in (each.unknown, each.unknown[0]) for each in page.figures):
        return None
    return counts[1]


def judged(blank: CheckFinding, printed: Printed, measured: Measured, unit: str, whole: bool) -> CheckFinding:
    """Fill in verdict, expected value and arithmetic of a figure that could be calculated again."""
    expected = _expected(printed, measured, unit)
    if printed.limit == "hidden":
        return blank.cannot(f"the number is not shown; {measured.in_words()} would fit")
    found = blank.with_(expected=expected, arithmetic=f"{measured.text}; printed {printed.text}")
    values = measured.values or ((measured.value,) if measured.exact else ())
    if not values or printed.limit:
        return _within(found, printed.ends(whole), measured, printed)
    how = max((each for value in values if (each := rounding(printed, value))), key=("truncated", *_ROUNDINGS).index, default=None)
    if how == "truncated":
        return _truncated(found, f"{measured.text}; truncated to {printed.digits}", expected)
    if not how:
        return found.with_(verdict=CONTRADICTS)
    text = measured.text + _ROUNDINGS[how]
    return found.with_(verdict=AGREES if how == "exact" and measured.exact else AFTER_ROUNDING, arithmetic=text)


def _truncated(found: CheckFinding, text: str, expected: str) -> CheckFinding:
    """Return the finding of a figure that was cut off instead of rounded: it agrees, and that is told."""
    note = f"Possibly truncated instead of rounded{f' (it would be {expected})' if expected else ''}."
    return found.with_(verdict=AFTER_ROUNDING, arithmetic=text, diagnosis=note, explanations="truncated")


def _expected(printed: Printed, measured: Measured, unit: str) -> str:
    """Write what should have been printed: the value, the few there may be, or from where to where it lies."""
    if len(measured.values) > 1:
        return " or ".join(dict.fromkeys(with_unit(value, printed.decimals, unit) for value in measured.values))
    if measured.whole and unit == "people":
        return more_or_fewer(measured.low, measured.high) if measured.low < 0 and not measured.exact else measured.in_words()
    places = max(map(printed.places_beyond, (measured.low, measured.high))) if printed.limit else printed.decimals
    # of what follows from rounded figures the middle is as wrong as its ends; only the printed size, with one sign or the other, is surer
    near = [each for each in (printed.value, -printed.value) if printed.exact and measured.low <= each <= measured.high]
    if measured.exact or (near and (measured.telling or measured.high - measured.low <= _STEPS * printed.step)):
        return with_unit((near or [measured.value])[0], places, unit)
    hair = printed.step / 1000
    # 11.5 to 12.5 is printed as 12: the lower half is rounded up, the upper one is not reached
    low = Fraction(measured.low) + hair
    end = max(low, Fraction(measured.high) - hair)
    written = plain(low, places), plain(end, places)
    return with_unit(end, places, unit) if len({*written}) == 1 else f"{written[0]} to {with_unit(end, places, unit)}"


def _within(found: CheckFinding, ends: tuple, measured: Measured, printed: Printed) -> CheckFinding:
    """Judge a limit or a range, or a figure of which only a range is known."""
    low, high = ends
    if not any(low <= value <= high for value in measured.values or (min(max(low, measured.low), measured.high),)):
        return found.with_(verdict=CONTRADICTS)
    if measured.exact:
        return found.with_(verdict=AGREES if printed.limit in ("between", "under", "at most") else AFTER_ROUNDING)
    width = measured.high - measured.low
    narrow = measured.telling or width <= _STEPS * printed.step or (printed.unit == "times" and width <= abs(Fraction(measured.high)) / 5)
    if measured.as_printed is not None and not printed.limit:
        narrow |= rounding(printed, measured.as_printed) is not None
    if not narrow and not (low <= measured.low and measured.high <= high):
        return found.with_(expected="").cannot(measured.text)
    text = f"{measured.text}; within the rounding of the printed figures ({measured.in_words()})"
    return found.with_(verdict=AFTER_ROUNDING, arithmetic=text)


def _unmeasured(blank: CheckFinding, figure: PrintedFigure, page: PrintedPage, reason: str) -> CheckFinding:
    if figure.id in page.cut_off:
        return _truncated(blank, f"no whole numbers of people beside it are rounded to {figure.text}, and some are cut off to it", "")
    if figure.id in page.doubted:
        expected = _whole_numbers_near(figure, page) if figure.kind == SHARE else ""
        return _with_rivals(blank.with_(verdict=CONTRADICTS, expected=expected, arithmetic=_conflict(figure, page)), figure, page)
    for count in [each for each in figure.unknown[1::-1] if isinstance(each, Count)]:
        low, high = page.best.bounds(count)
        if low < high < 10**9 and high - low < high / 2:
            return blank.cannot(
                f"{reason}; any number of {name_of(count)} from {grouped(low)} to {grouped(high)} would fit; it is printed nowhere"
            )
        if low == high > 0 and count not in page.prints and count not in page.data:
            return blank.cannot(f"{reason}; only {grouped(low)} {name_of(count)} would fit, printed nowhere")
    return blank.cannot(reason)


def _whole_numbers_near(figure: PrintedFigure, page: PrintedPage) -> str:
    """Write the shares that whole numbers next to the printed one would give."""
    low, high = page.best.bounds(figure.unknown[1]) if isinstance(figure.unknown, Quotient) else (0, 0)
    if low != high or not low:
        return ""
    below, decimals = int(figure.printed.value * int(low) / 100), figure.printed.decimals
    counts = (below, below + 1)
    return " or ".join(f"{plain(Fraction(100 * each, int(low)), decimals)}% ({grouped(each)} of {grouped(low)})" for each in counts)


def _conflict(claim: PrintedFigure, page: PrintedPage) -> str:
    """Name the figures a figure cannot stand with."""
    beside = ", ".join(f"{each.id} ({each.text})" for each in page.beside(claim))
    either = "; either may be wrong" if [each.kind for each in page.beside(claim)] == [claim.kind] and not page.rivals(claim) else ""
    return f"no whole numbers of people fit {claim.text} beside {beside or 'what is known otherwise'}{either}"


def _with_rivals(found: CheckFinding, claim: PrintedFigure, page: PrintedPage) -> CheckFinding:
    rivals = page.rivals(claim)
    if not rivals:
        return found
    named = ", ".join(f"{rival.id} ({rival.text})" for rival in rivals)
    beside = "" if named in found.arithmetic else f"it cannot stand beside {named}, and "
    return found.with_(arithmetic=f"{found.arithmetic}; {beside}nothing tells which is wrong")


def _wrong_unit(found: CheckFinding, claim: PrintedFigure) -> CheckFinding:
    """A gap printed with a per cent sign may agree as a number, but says something else."""
    if claim.kind != GAP or claim.printed.unit != "percent" or found.verdict == CANNOT_CHECK:
        return found
    text = f"{found.arithmetic}; the figure is in percentage points, printed with a per cent sign"
    if found.verdict == CONTRADICTS:
        return found.with_(arithmetic=text)
    right = with_unit(claim.printed.value, claim.printed.decimals, claim.unit)
    note = f"Possibly per cent printed for percentage points (it would be {right})."
    wrong = found.with_(verdict=CONTRADICTS, rank=WORDING, expected=right, arithmetic=text)
    return wrong.with_(diagnosis=note, explanations="percent_for_points")


def _rank_of(figure: PrintedFigure, measured: Measured, reckoning: Reckoning, no_adverse_range: tuple[float, float]) -> str:
    """Return what hangs on a contradiction: ``conclusion`` if the printed figure would lead to another conclusion than the right one, else ``number``."""
    values, count = (figure.printed.value, measured.value), figure.count
    if figure.kind in (GAP, CHANGE):
        return CONCLUSION if (values[0] > 0) != (values[1] > 0) else NUMBER
    if figure.kind != RATIO:
        base = figure.base or ({**USUAL_BASES, SURVEY: ALL_CATEGORIES}.get(count.item) if figure.kind == COUNT else "")
        is_base = figure.kind == COUNT and count.item == SURVEY and count.category == ALL
        rate = amount_of(count, base or "")
        if not isinstance(rate, Quotient) or is_base or count.item == BOARD or count.ethnic_group not in (WHITE, BME):
            return NUMBER
        # does the comparison of the two groups come out otherwise?
        other, mine = reckoning.value(exchanged(rate, ethnic_group={WHITE: BME, BME: WHITE})), reckoning.value(rate.denominator)
        if not other or not other.value or not mine or not mine.value:
            return NUMBER
        scale = 100 / mine.value if figure.kind == COUNT else 1
        values = (scale * values[0] / other.value, scale * values[1] / other.value)
    low, high = no_adverse_range
    sides = {(ratio > high) - (ratio < low) for ratio in map(Fraction, values)}
    return CONCLUSION if len(sides) > 1 else NUMBER
