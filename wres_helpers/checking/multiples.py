"""Checks what a sentence says of multiples and parts: over twice, 1.7 times, doubled, fewer than half, one in five."""

from fractions import Fraction

from wres_helpers.checking.check_findings import AGREES
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.diagnosis.explanations import Explanation
from wres_helpers.checking.majorities import contradiction
from wres_helpers.checking.printed_numbers import plain, qualified, rounding
from wres_helpers.checking.recalculation import Calculator, Measured, Missing, rate_of, shown
from wres_helpers.checking.sayings import Saying
from wres_helpers.intake.register_words import ENTERED


def times(claim: Claim, saying: Saying, counted: Measured | Missing, calculator: Calculator) -> dict | Missing:
    """Hold "over twice as likely" to the counts and to the rates as printed.

    Parameters
    ----------
    claim, saying
        The sentence, and what it says.
    counted
        The ratio by the counts.
    calculator
        Knows the printed rates.
    """
    ways = [("from the counts", counted), ("from the rates as printed", _from_printed_rates(claim, calculator))]
    known = [(name, measured) for name, measured in ways if isinstance(measured, Measured)]
    if not known:
        return counted
    known = known[:1] if len({measured.value for _, measured in known}) == 1 else known
    wrong = [measured for _, measured in known if not _hold(saying, measured.value)]
    arithmetic = "; ".join(f"{name}: {measured.text}" for name, measured in known)
    if not wrong:
        return {"verdict": AGREES, "expected": f"{plain(known[0][1].value, 2)} times", "arithmetic": arithmetic}
    return contradiction(f"{plain(wrong[0].value, 2)} times", arithmetic, _why_not_times(claim, saying, known, wrong[0]))


def multiplied(saying: Saying, sides: tuple[Measured | Missing, Measured | Missing]) -> dict | Missing:
    """Hold "doubled" to what there is now and what there was before."""
    missing = next((side for side in sides if isinstance(side, Missing)), None)
    measured = missing or divided(*sides)
    if isinstance(measured, Missing):
        return measured
    expected = f"{plain(measured.value, 2)} times"
    if _hold(saying, measured.value):
        return {"verdict": AGREES, "expected": expected, "arithmetic": measured.text}
    return contradiction(expected, measured.text, [])


def part(saying: Saying, measured: Measured | Missing) -> dict | Missing:
    """Hold "fewer than half" or "one in five" to a share."""
    if isinstance(measured, Missing):
        return measured
    expected = f"{plain(measured.value, 0)}%"
    printed = saying.part
    if qualified(printed, measured.value) if printed.qualifier else rounding(printed, measured.value):
        return {"verdict": AGREES, "expected": expected, "arithmetic": measured.text}
    return contradiction(expected, measured.text, [])


def divided(one: Measured, two: Measured) -> Measured | Missing:
    """Return one value over another."""
    if two.value <= 0 or two.low <= 0:
        return Missing("the ratio divides by zero")
    value = one.value / two.value
    text = f"{one.text}; {two.text}; {shown(one.value)} / {shown(two.value)} = {shown(value)}"
    return Measured(value, text, one.low / two.high, one.high / two.low)


def _from_printed_rates(claim: Claim, calculator: Calculator) -> Measured | Missing:
    rate = rate_of(claim)
    if rate is None or not claim.pair:
        return Missing("no rates are compared")
    sides = [calculator.printed_rate(rate.of(group=group), claim.where) for group in claim.pair]
    if None in sides or sides[1].value <= 0:
        return Missing("the rates are not printed")
    one, two = sides
    text = f"{one.text} / {two.text} = {shown(one.value / two.value)}"
    return Measured(one.value / two.value, text, one.low / two.high, one.high / max(two.low, Fraction(1, 10**6)))


def _why_not_times(claim: Claim, saying: Saying, known: list[tuple[str, Measured]], wrong: Measured) -> list[Explanation]:
    corrected = f"{plain(wrong.value, 2)} times"
    found = []
    if any(_hold(saying, measured.value) for _, measured in known):
        text = "the words follow from counts that were rounded before dividing, while the rates beside them rest on other counts"
        found.append(Explanation("rounded_first", text, corrected, 1))
        if claim.address and claim.address.item == ENTERED:
            found.append(Explanation("halved_counts", "the counts printed are two-year totals halved and rounded", corrected, 1))
    if wrong.value and _hold(saying, 1 / wrong.value):
        found.append(Explanation("inverted_ratio", "the ratio was inverted", corrected, 1))
    return found


def _hold(saying: Saying, value: Fraction) -> bool:
    """Tell whether a multiple is as said; "about" reaches an eighth of it, at most a quarter, or the rounding of its places."""
    said = saying.times
    holds = {"over": value > said, "at least": value >= said, "under": value < said, "at most": value <= said}
    tolerance = Fraction(1, 2 * 10**saying.decimals) if saying.decimals else min(Fraction(1, 4), said / 8)
    return holds.get(saying.limit, abs(value - said) <= max(tolerance, said / 20))
