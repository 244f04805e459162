"""Checks what a sentence says of parts of a whole: that they are a majority, or the largest."""

from wres_helpers.checking.addresses import Address, range_ends
from wres_helpers.checking.check_findings import AGREES, CONTRADICTS
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.diagnosis.explanations import Explanation, told
from wres_helpers.checking.printed_numbers import grouped, plain
from wres_helpers.checking.recalculation import Calculator, Measured, Missing, Rate, rate_of
from wres_helpers.intake.register_words import WORDS


def contradiction(expected: str, arithmetic: str, explanations: list[Explanation]) -> dict[str, str]:
    """Return the parts of a finding that contradicts a sentence."""
    return {"verdict": CONTRADICTS, "expected": expected, "arithmetic": arithmetic} | told(explanations)


def majority(claim: Claim, measured: Measured | Missing, claims: list[Claim], calculator: Calculator) -> dict[str, str] | Missing:
    """Hold "the majority of ..." to the share it speaks of."""
    if isinstance(measured, Missing):
        return measured
    if rate_of(claim) is None and claim.address is not None:
        return Missing("a majority needs a base")
    if measured.value > 50:
        return {"verdict": AGREES, "expected": "more than half", "arithmetic": measured.text}
    explanations = _why_no_majority(claim, claims, calculator) if claim.address else []
    return contradiction(f"{plain(measured.value, 0)}%, not a majority", measured.text, explanations)


def largest(claim: Claim, calculator: Calculator) -> dict[str, str] | Missing:
    """Hold "the largest" to the other categories of its breakdown."""
    sizes = _sizes(claim.address, calculator) if claim.address else {}
    if claim.address is None or claim.address.category not in sizes:
        return Missing("the categories it is the largest of are not known")
    category = claim.address.category
    top = max(sizes, key=sizes.get)
    arithmetic = f"{category}: {grouped(sizes[category])}; largest: {top}, {grouped(sizes[top])}"
    if sizes[category] == sizes[top]:
        return {"verdict": AGREES, "expected": category, "arithmetic": arithmetic}
    return contradiction(top, arithmetic, [])


def _why_no_majority(claim: Claim, claims: list[Claim], calculator: Calculator) -> list[Explanation]:
    parts = claim.address.category.split(" + ")
    found = []
    for wider in _wider_categories(claim, claims, calculator):
        measured = calculator.rate(Rate(claim.address, claim.address.of(category=wider)), claim.where)
        if isinstance(measured, Measured) and 50 < measured.value < 100:
            text = f"it is a majority only of those in {wider}: {measured.text}"
            found.append(Explanation("smaller_base", text, f"a majority of those in {wider}"))
    sizes = _sizes(claim.address, calculator)
    if sizes and set(parts) == set(sorted(sizes, key=sizes.get, reverse=True)[: len(parts)]):
        verb, what = ("holds", "the largest part") if len(parts) == 1 else ("hold", "the largest parts")
        found.append(Explanation("largest_only", f"{' and '.join(parts)} {verb} more people than any other, which is not a majority", what))
    return found


def _wider_categories(claim: Claim, claims: list[Claim], calculator: Calculator) -> list[str]:
    """Return the categories, holding those of the claim, of which another sentence about the same people speaks."""
    mine = set(claim.address.category.split(" + "))
    others = [other.address for other in claims if other.kind == WORDS and other.address]
    alike = [other for other in others if other.of(category="") == claim.address.of(category="")]
    return [other.category for other in alike if mine < _parts(other, calculator)]


def _parts(address: Address, calculator: Calculator) -> set[str]:
    return set(calculator.ledger.members(address)) if range_ends(address.category) else set(address.category.split(" + "))


def _sizes(address: Address, calculator: Calculator) -> dict[str, int]:
    categories = calculator.ledger.categories(address)
    known = {category: calculator.known(address.of(category=category)) for category in categories}
    return {category: found.value for category, found in known.items() if found}
