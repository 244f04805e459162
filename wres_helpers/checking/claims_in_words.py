"""Checks comparisons in words: what the register says they claim is a limit on an amount of the page, held to what is known of it."""

import difflib
import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from wres_helpers.checking.addresses import bands_in, name_of
from wres_helpers.checking.check_findings import CONCLUSION, WORDING, CheckFinding, Explanation
from wres_helpers.checking.claimed_figures import Claim, PlacedClaim
from wres_helpers.checking.printed_numbers import Printed, grouped, plain, rounding
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.read_printed import parse_printed
from wres_helpers.checking.reckoning import Measured, Missing
from wres_helpers.intake.register_words import ENTERED, MULTIPLES, SAYING_SYNONYMS, SAYINGS, WORDS
from wres_helpers.page_model import Amount, Difference, Quotient, ratio, share
from wres_helpers.standard.columns import ALL

_AMOUNT: Final = re.compile(
    r"(?:(?:over|more than|at least|about|almost|nearly|less than|fewer than|under|up to|at most) )?"
    r"(?:[\w.]+ times|twice|thrice|double|half as)(?: (?:as )?\w+)?"
)
#: Words of a difference: the limit they set it, and what is said where it is above, below and at nought.
_SIDES, _YEARS = ("higher", "lower", "the same"), ("increased", "decreased", "unchanged")
_DIRECTIONS: Final = {
    "higher": ("over", _SIDES), "lower": ("under", _SIDES),
    "increased": ("over", _YEARS), "decreased": ("under", _YEARS), "unchanged": ("between", _YEARS),
}  # fmt: skip
#: A change that a whole per cent does not show is no change.
_UNSEEN = Fraction(499, 1000)
#: Two growths that differ by no more than this many percentage points are in line.
_IN_LINE = Fraction(2)
#: What would be right, the arithmetic, and for a contradiction how it may have come about.
_Judged = tuple[str, str, list[Explanation] | None]
#: The amount a sentence speaks of, the limit it sets, and what is right where it holds and where it does not.
_Said = tuple[Measured, Printed, str, str]


class Sentences:
    """Checks the worded claims of a register: an amount of the page, and the limit that the words set it."""

    def __init__(self, page: PrintedPage, no_adverse_range: tuple[float, float]):
        self._page = page
        self._widest = min(Fraction(no_adverse_range[1]), 1 / Fraction(no_adverse_range[0]))

    def check(self, claim: Claim) -> CheckFinding:
        """Return the finding about one sentence."""
        says = claim.says or claim.text.strip().lower()
        says = SAYING_SYNONYMS.get(says, says)
        for verb, times in MULTIPLES.items():
            says = re.sub(rf"\b{verb}\b", times, says)
        grave = says in ("equivalent", *_DIRECTIONS) or _AMOUNT.fullmatch(says)
        blank = CheckFinding.of(claim, WORDS, CONCLUSION if grave else WORDING)
        try:
            right, arithmetic, found = self._judged(claim, says)
        except Missing as reason:
            return blank.cannot(reason)
        return blank.judged(found is None, right, arithmetic, found or ())

    def _judged(self, claim: Claim, says: str) -> _Judged:
        if says == "largest":
            return self._largest(claim)
        if says == "like for like":
            return self._like_for_like(claim)
        if _AMOUNT.fullmatch(says):
            return self._times(claim, says)
        measured, said, held, right = self._said(claim, says)
        rounds = said.exact and measured.exact and rounding(said, measured.value)
        if rounds or _holds(said, measured):
            return held, measured.text, None
        if says in _SIDES[:2] and right != _SIDES[2]:
            return right, measured.text, [Explanation("swapped_groups", "the two sides were exchanged")]
        return right, measured.text, self._why_no_majority(claim) if says == "majority" else []

    def _said(self, claim: Claim, says: str) -> _Said:
        if says in _DIRECTIONS:
            measured, (limit, names) = self._difference(claim), _DIRECTIONS[says]
            unseen = _UNSEEN if names is _YEARS and claim.base and not claim.pair else Fraction(0)
            said = _limit(limit, -unseen if limit == "between" else 0, unseen)
            return measured, said, says, names[0] if measured.low > 0 else names[1] if measured.high < 0 else names[2]
        if says == "majority":
            measured = self._amount(claim, "a majority")
            return measured, _limit("over", 50), "more than half", f"{plain(measured.value, 0)}%, not a majority"
        if says == "in line with":
            measured = self._difference(claim)
            grew = f"grew {'faster' if measured.value > 0 else 'more slowly'}, by {plain(abs(measured.value), 1)} percentage points"
            return measured, _limit("between", -_IN_LINE, _IN_LINE), "in line", grew
        if says == "equivalent":
            measured = self._ratio(claim)
            if not measured.low > 0:
                raise Missing("one of the two shares is or may be nought")
            return measured, _limit("between", 1 / self._widest, self._widest), says, f"{plain(measured.value, 2)} times"
        if says == "none":
            measured = self._amount(claim)
            return measured, _limit("at most", 0), says, measured.in_words()
        part = parse_printed(says, "percent") if says else None
        if part is None:
            raise _unread(claim.says)
        measured = self._amount(claim, "a part of a whole")
        right = f"{plain(measured.value, 0)}%"
        return measured, part, right, right

    def _amount(self, claim: Claim, what: str = "") -> Measured:
        """Return the amount a sentence speaks of; with ``what`` it must be a share."""
        if not isinstance(claim, PlacedClaim):
            if not claim.refers_to:
                raise Missing("the register does not say which figures the sentence speaks of")
            return self._page.formulas.evaluate(self._page.formulas.sides(claim.refers_to)[0], "")
        if what and (claim.sides or not isinstance(claim.amounts[0], Quotient)):
            raise Missing(f"{what} needs a base, and one group")
        return self._page.best.measure(claim.amounts[0])

    def _of_two(self, claim: Claim, sign: str) -> Measured:
        """Return what the two sides of ``refers_to`` make."""
        sides = self._page.formulas.sides(claim.refers_to)
        if len(sides) != 2:
            grounded = isinstance(claim, PlacedClaim)
            raise Missing("the register does not say what it is compared with" if grounded else "two sides are needed: refers_to 'A v B'")
        return self._page.formulas.evaluate(sign.join(f"({side})" if " " in side else side for side in sides), "")

    def _difference(self, claim: Claim) -> Measured:
        """Return by how much one side exceeds the other; where only a ratio or growth is printed, by how much that exceeds equality."""
        if not isinstance(claim, PlacedClaim) or not claim.sides:
            return self._of_two(claim, " - ")
        one, two = claim.sides
        comparisons: list[tuple[Amount, int, int]] = [
            (Difference(one, two), 0, 1), (ratio(one, two), 1, 1), (share(one, two), 100, 1), (ratio(two, one), 1, -1), (Difference(two, one), 0, -1),
        ]  # fmt: skip
        for amount, equal, sign in comparisons:
            if found := self._page.best.value(amount):
                low, high = sorted((sign * (found.low - equal), sign * (found.high - equal)))
                return Measured(low, high, found.text)
        return self._page.best.measure(comparisons[0][0])

    def _ratio(self, claim: Claim) -> Measured:
        if isinstance(claim, PlacedClaim) and claim.sides:
            return self._page.best.measure(ratio(*claim.sides))
        return self._of_two(claim, " / ")

    def _times(self, claim: Claim, says: str) -> _Judged:
        """Hold "over twice as likely" to the counts and to the rates as printed."""
        said = parse_printed(says, "times")
        if said is None or said.unit == "percent" or not said.value:
            raise Missing(f"'{says}' in the column says names no number of times")
        near = min(Fraction(1, 4), said.value / 8) if said.limit in ("", "about") and said.step == 1 else said.tolerance
        said = replace(said, limit=said.limit or "about", tolerance=near)
        ways = [self._ratio(claim)]
        if ways[0].exact and (printed := self._as_printed(claim)) and printed.value != ways[0].value:
            ways.append(printed)
        names = ("from the counts: ", "from the rates as printed: ") if len(ways) > 1 else ("",)
        arithmetic = "; ".join(name + way.text for name, way in zip(names, ways, strict=True))
        wrong = [way for way in ways if not _holds(said, way)]
        if not wrong:
            return f"{plain(ways[0].value, 2)} times", arithmetic, None
        right, found = f"{plain(wrong[0].value, 2)} times", []
        if len(wrong) < len(ways):
            text = "the words follow from counts that were rounded before dividing, while the rates beside them rest on other counts"
            found.append(Explanation("rounded_first", text))
            if isinstance(claim, PlacedClaim) and claim.count.item == ENTERED:
                found.append(Explanation("halved_counts", "the counts printed are two-year totals halved and rounded"))
        inverse = 1 / wrong[0].value if wrong[0].value and wrong[0].exact else Fraction(0)
        if said.ends(whole=False)[0] <= inverse <= said.ends(whole=False)[1]:
            found.append(Explanation("inverted_ratio", "the ratio was inverted"))
        return right, arithmetic, found

    def _as_printed(self, claim: Claim) -> Measured | None:
        """Return the ratio of two rates as they stand in print."""
        sides = [side for side in claim.sides if isinstance(side, Quotient)] if isinstance(claim, PlacedClaim) else []
        rates = [each for side in sides if (each := self._page.print_of(side, claim.where))]
        if len(rates) < 2 or not rates[1].value:
            return None
        value = rates[0].value / rates[1].value
        return Measured(value, value, f"{rates[0].digits}% as printed / {rates[1].digits}% as printed = {plain(value, 4).rstrip('0')}")

    def _why_no_majority(self, claim: Claim) -> list[Explanation]:
        """A majority of fewer people, whom another sentence speaks of; or the largest part only."""
        if not isinstance(claim, PlacedClaim):
            return []
        count, parts, found = claim.count, claim.count.category.split(" + "), []
        for other in self._page.claims:
            if other.kind == WORDS and isinstance(other, PlacedClaim) and other.count._replace(category=count.category) == count:
                wider = bands_in(other.count.category) or other.count.category.split(" + ")
                measured = self._page.best.value(share(count, other.count)) if set(parts) < set(wider) else None
                if measured and measured.exact and 50 < measured.value < 100:
                    text = f"it is a majority only of those in {other.count.category}: {measured.text}"
                    found.append(Explanation("smaller_base", text, corrected=f"a majority of those in {other.count.category}"))
        sizes = self._sizes(claim)
        if sizes and set(parts) == set(sorted(sizes, key=sizes.__getitem__, reverse=True)[: len(parts)]):
            verb, what = ("holds", "the largest part") if len(parts) == 1 else ("hold", "the largest parts")
            text = f"{' and '.join(parts)} {verb} more people than any other, which is not a majority"
            found.append(Explanation("largest_only", text, corrected=what))
        return found

    def _sizes(self, claim: Claim) -> dict[str, int]:
        """Return the number of people in each category beside the one a sentence speaks of, where it is known."""
        if not isinstance(claim, PlacedClaim):
            return {}
        column = claim.count._replace(category=ALL)
        known = {each: self._page.best.value(column._replace(category=each)) for each in self._page.categories.get(column, ())}
        return {category: int(found.value) for category, found in known.items() if found and found.exact}

    def _largest(self, claim: Claim) -> _Judged:
        sizes = self._sizes(claim)
        if not isinstance(claim, PlacedClaim) or claim.count.category not in sizes:
            raise Missing("the categories it is the largest of are not known")
        category, top = claim.count.category, max(sizes, key=sizes.__getitem__)
        arithmetic = f"{category}: {grouped(sizes[category])}; largest: {top}, {grouped(sizes[top])}"
        return top, arithmetic, None if sizes[category] == sizes[top] else []

    def _like_for_like(self, claim: Claim) -> _Judged:
        named = [each for each in self._page.formulas.claims_in(claim.refers_to) if isinstance(each, PlacedClaim)][:2]
        if len(named) < 2:
            raise Missing("refers_to must name two figures whose items the register gives")
        first, second = ((each.count._replace(ethnic_group=""), each.base) for each in named)
        arithmetic = "; ".join(f"{each.id}: {name_of(each.count)}" for each in named)
        if first == second:
            return "like for like", arithmetic, None
        text = "the two figures are of different things and cannot be set beside each other"
        return "two figures of the same thing", arithmetic, [Explanation("unlike_parts", text, corrected="")]


def _limit(limit: str, value: Fraction | int, upper: Fraction | None = None) -> Printed:
    return Printed("", Fraction(value), Fraction(0), "", limit, upper)


def _holds(said: Printed, measured: Measured) -> bool:
    """Tell whether an amount is within what is said; raises Missing where it may or may not be."""
    low, high = said.ends(whole=False)
    if low <= measured.low and measured.high <= high:
        return True
    if low <= measured.high and measured.low <= high:
        raise Missing(f"{measured.text}; it may or may not be so")
    return False


def _unread(says: str) -> Missing:
    if not says:
        return Missing(
            "the register does not say what the sentence claims; write it into the column says, in the words of data/REGISTER.md"
        )
    close = difflib.get_close_matches(says, SAYINGS, n=1, cutoff=0.6)
    return Missing(f"'{says}' in the column says is not in the vocabulary" + (f" (did you mean '{close[0]}'?)" if close else ""))
