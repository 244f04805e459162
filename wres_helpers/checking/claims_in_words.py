"""Checks comparisons in words: majority, over twice, in line with, equivalent, higher, increased, like for like."""

from dataclasses import replace
from fractions import Fraction

from wres_helpers.checking.addresses import Address, year_before
from wres_helpers.checking.check_findings import AGREES, CANNOT_CHECK, CONCLUSION, WORDING, Finding, finding_id
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.diagnosis.explanations import Explanation
from wres_helpers.checking.formulas import Formulas
from wres_helpers.checking.majorities import contradiction, largest, majority
from wres_helpers.checking.multiples import divided, multiplied, part, times
from wres_helpers.checking.printed_numbers import plain
from wres_helpers.checking.recalculation import Calculator, Measured, Missing, Rate, rate_of, shown
from wres_helpers.checking.sayings import Saying, saying_of, why_unread
from wres_helpers.intake.register_words import WORDS

#: Two growths that differ by no more than this many percentage points are in line.
IN_LINE_POINTS = 2

_WORDING_ONLY = ("majority", "part", "largest", "like for like", "none")


class Sentences:
    """Checks the worded claims of a register.

    Parameters
    ----------
    claims
        All claims.
    calculator
        Calculates quantities again.
    no_adverse_range
        Range of the ratio that counts as equivalent.
    """

    def __init__(self, claims: list[Claim], calculator: Calculator, no_adverse_range: tuple[float, float]):
        self._claims, self._calculator = claims, calculator
        self._formulas = Formulas(claims)
        self._range = no_adverse_range

    def check(self, claim: Claim) -> Finding:
        """Return the finding about one sentence."""
        saying = saying_of(claim.says, claim.text)
        rank = WORDING if saying is None or saying.kind in _WORDING_ONLY else CONCLUSION
        blank = Finding(finding_id(claim.id, WORDS), rank, CANNOT_CHECK, claim.where, claim.text, "", "", claim=claim.id, rule=WORDS)
        if saying is None:
            return blank.with_(arithmetic=f"Cannot be checked: {why_unread(claim.says, claim.text)}.")
        check = _CHECKS.get(saying.kind)
        found = check(self, claim, saying) if check else Missing("this sentence speaks of the whole report")
        return blank.with_(arithmetic=f"Cannot be checked: {found.reason}.") if isinstance(found, Missing) else blank.with_(**found)

    def _quantity(self, claim: Claim, **changes: str) -> Measured | Missing:
        if claim.address is None and claim.refers_to:
            return self._formulas.evaluate(self._formulas.sides(claim.refers_to)[0], "")
        if claim.address is None:
            return Missing("the register does not say which figures the sentence speaks of")
        return self._calculator.quantity(claim, claim.where, **changes)

    def _times(self, claim: Claim, saying: Saying) -> dict | Missing:
        return times(claim, saying, self._ratio(claim), self._calculator)

    def _multiplied(self, claim: Claim, saying: Saying) -> dict | Missing:
        return multiplied(saying, self._now_and_before(claim))

    def _part(self, claim: Claim, saying: Saying) -> dict | Missing:
        if claim.address is not None and (rate_of(claim) is None or claim.pair):
            return Missing("a part of a whole needs a base, and one group")
        return part(saying, self._quantity(claim))

    def _ratio(self, claim: Claim) -> Measured | Missing:
        """Return one side over the other: two groups, this and what it is compared with, or two printed figures."""
        if claim.pair:
            return self._quantity(replace(claim, sign="/"))
        sides = self._both_sides(claim)
        missing = next((side for side in sides if isinstance(side, Missing)), None)
        return missing or divided(*sides)

    def _majority(self, claim: Claim, saying: Saying) -> dict | Missing:
        return majority(claim, self._quantity(claim), self._claims, self._calculator)

    def _largest(self, claim: Claim, saying: Saying) -> dict | Missing:
        return largest(claim, self._calculator)

    def _compared(self, claim: Claim, saying: Saying) -> dict | Missing:
        one, two = self._both_sides(claim)
        for side in (one, two):
            if isinstance(side, Missing):
                return side
        above = one.value > two.value
        arithmetic = f"{one.text}; {two.text}"
        if (one.value != two.value) and above == (saying.kind == "higher"):
            return {"verdict": AGREES, "expected": saying.kind, "arithmetic": arithmetic}
        right = "the same" if one.value == two.value else ("higher" if above else "lower")
        return contradiction(
            right, arithmetic, [Explanation("swapped_groups", "the two sides were exchanged", right, 1)] if one.value != two.value else []
        )

    def _both_sides(self, claim: Claim) -> tuple[Measured | Missing, Measured | Missing]:
        if claim.address is None:
            sides = self._formulas.sides(claim.refers_to)
            found = [self._formulas.evaluate(side, "") for side in sides]
            return (found[0], found[1]) if len(found) == 2 else (Missing("two sides are needed: refers_to 'A v B'"),) * 2
        rate = rate_of(claim)
        if claim.pair:
            pair = [self._calculator.quantity(_alone(claim), claim.where, group=group) for group in claim.pair]
            return pair[0], pair[1]
        if not claim.other:
            return (Missing("the register does not say what it is compared with"),) * 2
        other = self._calculator.other_side(claim, rate, claim.address)
        second = self._calculator.rate(other, claim.where) if isinstance(other, Rate) else self._calculator.count(other, claim.where)
        return self._quantity(claim), second

    def _trend(self, claim: Claim, saying: Saying) -> dict | Missing:
        now, before = self._now_and_before(claim)
        for side in (now, before):
            if isinstance(side, Missing):
                return side
        arithmetic = f"{before.text}, then {now.text}"
        # a change that a whole per cent does not show is no change
        same = abs(now.value - before.value) < Fraction(1, 2) if rate_of(claim) and claim.sign != "/" else now.value == before.value
        right = "increased" if now.value > before.value else ("decreased" if now.value < before.value else "unchanged")
        agrees = same if saying.kind == "unchanged" else right == saying.kind
        return {"verdict": AGREES, "expected": saying.kind, "arithmetic": arithmetic} if agrees else contradiction(right, arithmetic, [])

    def _now_and_before(self, claim: Claim) -> tuple[Measured | Missing, Measured | Missing]:
        if claim.address is None:
            return self._both_sides(claim)
        return self._quantity(claim), self._quantity(claim, year=claim.other.get("year") or year_before(claim.address).year)

    def _in_line(self, claim: Claim, saying: Saying) -> dict | Missing:
        if claim.address is None:
            one, two = self._both_sides(claim)
        else:
            one, two = self._growth(claim.address, claim.where), self._growth(self._other_address(claim), claim.where)
        for side in (one, two):
            if isinstance(side, Missing):
                return side
        arithmetic = f"{one.text}, against {two.text}"
        if abs(one.value - two.value) <= IN_LINE_POINTS:
            return {"verdict": AGREES, "expected": "in line", "arithmetic": arithmetic}
        faster = "faster" if one.value > two.value else "more slowly"
        return contradiction(f"grew {faster}: {plain(one.value, 1)}% against {plain(two.value, 1)}%", arithmetic, [])

    def _other_address(self, claim: Claim) -> Address:
        other = self._calculator.other_side(claim, None, claim.address)
        return claim.address.of(group="all") if other == claim.address else other

    def _growth(self, address: Address, near: str) -> Measured | Missing:
        now, before = self._calculator.count(address, near), self._calculator.count(year_before(address), near)
        for side in (now, before):
            if isinstance(side, Missing):
                return side
        if before.value == 0:
            return Missing("growth from zero has no percentage")
        value = 100 * (now.value - before.value) / before.value
        return Measured(value, f"{shown(before.value)} to {shown(now.value)} ({plain(value, 1)}%)", value, value)

    def _equivalent(self, claim: Claim, saying: Saying) -> dict | Missing:
        one, two = self._both_sides(claim)
        for side in (one, two):
            if isinstance(side, Missing):
                return side
        if not one.value or not two.value:
            return Missing("one of the two shares is nought")
        ratio, (low, high) = max(one.value, two.value) / min(one.value, two.value), self._range
        arithmetic = f"{one.text}; {two.text}; one is {plain(ratio, 2)} times the other"
        if float(ratio) <= high and float(1 / ratio) >= low:
            return {"verdict": AGREES, "expected": "equivalent", "arithmetic": arithmetic}
        return contradiction(f"{plain(ratio, 2)} times", arithmetic, [])

    def _like_for_like(self, claim: Claim, saying: Saying) -> dict | Missing:
        named = self._formulas.claims_in(claim.refers_to)
        if len(named) < 2 or any(each.address is None for each in named):
            return Missing("refers_to must name two figures whose items the register gives")
        first, second = ((each.address.of(group=""), each.base) for each in named[:2])
        arithmetic = f"{named[0].id}: {named[0].address.in_words()}; {named[1].id}: {named[1].address.in_words()}"
        if first == second:
            return {"verdict": AGREES, "expected": "like for like", "arithmetic": arithmetic}
        text = "the two figures are of different things and cannot be set beside each other"
        return contradiction("two figures of the same thing", arithmetic, [Explanation("unlike_parts", text, "", 1)])

    def _none(self, claim: Claim, saying: Saying) -> dict | Missing:
        measured = self._quantity(claim)
        if isinstance(measured, Missing):
            return measured
        if measured.value == 0:
            return {"verdict": AGREES, "expected": "none", "arithmetic": measured.text}
        return contradiction(shown(measured.value), measured.text, [])


def _alone(claim: Claim) -> Claim:
    return replace(claim, pair=None, sign="", other={})


#: What looks at each saying.
_CHECKS = {
    "times": Sentences._times,
    "multiplied": Sentences._multiplied,
    "part": Sentences._part,
    "majority": Sentences._majority,
    "largest": Sentences._largest,
    "in line with": Sentences._in_line,
    "equivalent": Sentences._equivalent,
    "higher": Sentences._compared,
    "lower": Sentences._compared,
    "increased": Sentences._trend,
    "decreased": Sentences._trend,
    "unchanged": Sentences._trend,
    "like for like": Sentences._like_for_like,
    "none": Sentences._none,
}
