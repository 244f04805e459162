"""Checks a printed figure: calculates it again, judges the rounding, and asks what happened where it does not agree."""

from wres_helpers.checking.check_findings import AFTER_ROUNDING, AGREES, CANNOT_CHECK, CONTRADICTS, NUMBER, WORDING, Finding, finding_id
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.diagnosis.explanations import Explanation, told
from wres_helpers.checking.diagnosis.slip_cases import Case, explain_print, unit_meant
from wres_helpers.checking.diagnosis.wrong_counts import CountCase, explain_count
from wres_helpers.checking.diagnosis.wrong_rates import explain_rate
from wres_helpers.checking.formulas import Formulas
from wres_helpers.checking.printed_numbers import Printed, qualified, reaches, rounding, with_unit
from wres_helpers.checking.read_printed import suppressed_below
from wres_helpers.checking.recalculation import Calculator, Measured, Missing, shown
from wres_helpers.checking.stakes import rank_of
from wres_helpers.intake.register_words import COUNT, GAP, RATIO

_ROUNDING_WORDS = {
    "rounded": "rounded to the nearest", "half up": "rounded half up", "half even": "rounded half to even", "truncated": "truncated",
}  # fmt: skip


def check_figure(claim: Claim, calculator: Calculator) -> Finding:
    """Return the finding about one printed figure against the data, or against what else is printed."""
    blank = Finding(
        finding_id(claim.id, claim.kind), NUMBER, CANNOT_CHECK, claim.where, claim.text, "", "", claim=claim.id, rule=claim.kind
    )
    if claim.printed is None:
        return _without_number(blank, claim, calculator)
    measured = calculator.measure(claim)
    if isinstance(measured, Missing):
        return blank.with_(arithmetic=f"Cannot be checked: {measured.reason}.")
    if claim.printed.unsigned and measured.value < 0:
        measured = measured.size()
    if claim.kind == COUNT and _is_outvoting(claim, calculator):
        return blank.with_(verdict=AGREES, expected=claim.text, arithmetic="The figure printed elsewhere has less to support it.")
    found = judged(blank, claim.printed, measured, unit_meant(claim, claim.printed))
    if found.verdict == CONTRADICTS:
        explained = _explanations(claim, measured, calculator)
        return found.with_(rank=rank_of(claim, measured, calculator), **told(explained))
    return _wrong_unit(found, claim)


def check_formula(claim: Claim, formulas: Formulas) -> Finding:
    """Return the finding about one printed figure against the other printed figures its row refers to."""
    rule = "formula"
    blank = Finding(finding_id(claim.id, rule), NUMBER, CANNOT_CHECK, claim.where, claim.text, "", "", claim=claim.id, rule=rule)
    if claim.printed is None:
        return blank.with_(arithmetic="Cannot be checked: the printed text holds no number.")
    unit = unit_meant(claim, claim.printed) if claim.kind != COUNT else "people"
    measured = formulas.evaluate(claim.refers_to, unit)
    if isinstance(measured, Missing):
        return blank.with_(arithmetic=f"Cannot be checked: {measured.reason}.")
    found = judged(blank, claim.printed, measured, unit)
    if found.verdict == CONTRADICTS:
        explained = explain_print(claim.printed, measured.value, found.expected)
        return found.with_(**told(explained))
    return _wrong_unit(found, claim)


def judged(blank: Finding, printed: Printed, measured: Measured, unit: str) -> Finding:
    """Fill in verdict, expected value and arithmetic of a figure that could be calculated again."""
    expected = with_unit(measured.value, printed.decimals, unit)
    arithmetic = measured.text
    if printed.qualifier:
        verdict = AFTER_ROUNDING if qualified(printed, measured.value) else CONTRADICTS
        return blank.with_(
            verdict=verdict,
            expected=expected,
            arithmetic=f"{arithmetic}; printed {printed.text}, that is {printed.qualifier} {printed.digits}",
        )
    how = rounding(printed, measured.value)
    if how == "exact":
        return blank.with_(verdict=AGREES, expected=expected, arithmetic=arithmetic)
    if how == "truncated":
        note = f"Possibly truncated instead of rounded (then: {expected})."
        return blank.with_(
            verdict=AFTER_ROUNDING,
            expected=expected,
            arithmetic=f"{arithmetic}; truncated to {printed.digits}",
            diagnosis=note,
            explanations="truncated",
        )
    if how:
        return blank.with_(verdict=AFTER_ROUNDING, expected=expected, arithmetic=f"{arithmetic}; {_ROUNDING_WORDS[how]}")
    if not measured.exact and reaches(printed, measured.low, measured.high):
        note = f"{arithmetic}; within the rounding of the printed figures ({shown(measured.low)} to {shown(measured.high)})"
        return blank.with_(verdict=AFTER_ROUNDING, expected=expected, arithmetic=note)
    return blank.with_(verdict=CONTRADICTS, expected=expected, arithmetic=f"{arithmetic}; printed {printed.text}")


def _without_number(blank: Finding, claim: Claim, calculator: Calculator) -> Finding:
    bound = suppressed_below(claim.text)
    measured = calculator.measure(claim)
    if not bound or isinstance(measured, Missing):
        return blank.with_(arithmetic="Cannot be checked: the printed text holds no number.")
    agrees = measured.value < bound
    return blank.with_(
        verdict=AGREES if agrees else CONTRADICTS,
        expected=f"{shown(measured.value)}",
        arithmetic=f"{measured.text}; printed as below {bound}",
    )


def _explanations(claim: Claim, measured: Measured, calculator: Calculator) -> list[Explanation]:
    if claim.kind == COUNT:
        return list(explain_count(CountCase(claim, int(claim.printed.value), int(measured.value), calculator)))
    return list(explain_rate(Case(claim, claim.printed, measured, calculator)))


def _wrong_unit(found: Finding, claim: Claim) -> Finding:
    """A gap printed with a per cent sign agrees as a number, but says something else."""
    if claim.kind not in (GAP, RATIO) or claim.printed.unit != "percent" or found.verdict == CANNOT_CHECK:
        return found
    meant = {GAP: "percentage points", RATIO: "times"}[claim.kind]
    note = f"Possibly per cent printed for {meant} (then: {found.expected})."
    arithmetic = f"{found.arithmetic}; the figure is in {meant}, printed with a per cent sign"
    return found.with_(verdict=CONTRADICTS, rank=WORDING, arithmetic=arithmetic, diagnosis=note, explanations="percent_for_points")


def _is_outvoting(claim: Claim, calculator: Calculator) -> bool:
    """Tell whether, with no data to decide, more speaks for this figure than for the other ones printed of the same thing."""
    ledger = calculator.ledger
    if ledger.data(claim.address) is not None:
        return False
    prints = ledger.prints(claim.address)
    values = [value for value, _ in prints]
    mine = int(claim.printed.value)
    if set(values) == {mine}:
        return False
    parts = ledger.printed(claim.address, claim.where, without=claim.id) if len(values) == 1 else None
    support = {value: values.count(value) + (parts is not None and parts.value == value) for value in values}
    best = max(support.values())
    # with equal support the figure registered first is left alone and the later one is questioned
    first = next(value for value in values if support[value] == best)
    return mine == first
