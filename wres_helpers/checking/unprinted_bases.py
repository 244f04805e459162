"""Shares of a base that nobody prints: which bases would fit them all, and whether any does."""

from fractions import Fraction
from math import ceil, floor

from wres_helpers.checking.addresses import Address
from wres_helpers.checking.check_findings import CANNOT_CHECK, CONTRADICTS, Finding
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.printed_numbers import grouped
from wres_helpers.checking.recalculation import Calculator, rate_of
from wres_helpers.intake.register_words import SHARE
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS


def narrow_bases(findings: list[Finding], claims: list[Claim], calculator: Calculator) -> list[Finding]:
    """Say of shares that cannot be checked which bases would fit, or that none does.

    Parameters
    ----------
    findings
        Findings about figures; those that can be checked come back as they are.
    """
    open_ids = {finding.claim for finding in findings if finding.verdict == CANNOT_CHECK}
    shares: dict[Address, list[tuple[Claim, int, int]]] = {}
    for claim in claims:
        if claim.id in open_ids and claim.kind == SHARE and claim.printed and not claim.pair and (limits := _limits(claim, calculator)):
            shares.setdefault(rate_of(claim).base, []).append((claim, *limits))
    said = {}
    for base, entries in shares.items():
        said.update(_sentences(base, entries, calculator))
    return [_with(finding, said.get(finding.claim)) for finding in findings]


def _limits(claim: Claim, calculator: Calculator) -> tuple[int, int] | None:
    """Return the smallest and largest base that gives the printed share, rounding and truncation allowed."""
    rate, printed = rate_of(claim), claim.printed
    if rate is None:
        return None
    count = calculator.known(rate.count, claim.where)
    if count is None or calculator.known(rate.base, claim.where) is not None or count.value == 0 or printed.value <= 0:
        return None
    high = Fraction(100 * count.value) / max(printed.value - printed.step / 2, Fraction(1, 10**6))
    low = Fraction(100 * count.value) / (printed.value + printed.step)
    return ceil(low), floor(high)


def _sentences(base: Address, entries: list[tuple[Claim, int, int]], calculator: Calculator) -> dict[str, tuple[str, str]]:
    known = [found.value for group in ETHNIC_GROUPS if base.group == ALL and (found := calculator.known(base.of(group=group)))]
    low, high = max([each[1] for each in entries] + [sum(known)]), min(each[2] for each in entries)
    if low <= high:
        rest = (
            f", of whom {grouped(low - sum(known))} to {grouped(high - sum(known))} belong to no group whose number is printed"
            if known
            else ""
        )
        text = f"any number of {base.in_words()} from {grouped(low)} to {grouped(high)} would fit{rest}; it is printed nowhere"
        return {claim.id: (CANNOT_CHECK, text) for claim, *_ in entries}
    ranges = "; ".join(f"{claim.id} ({claim.text}): {grouped(one)} to {grouped(two)}" for claim, one, two in entries)
    last = entries[-1][0]
    text = f"no number of {base.in_words()} fits: {ranges}" + (f"; {grouped(sum(known))} are printed" if known else "")
    return {claim.id: (CONTRADICTS if claim is last else CANNOT_CHECK, text) for claim, *_ in entries}


def _with(finding: Finding, said: tuple[str, str] | None) -> Finding:
    if said is None or finding.verdict != CANNOT_CHECK:
        return finding
    return finding.with_(verdict=said[0], arithmetic=f"{finding.arithmetic.rstrip('.')}; {said[1]}.")
