"""Checks comparisons in words by what the register says they claim: majority, over 2 times, increased, in line with ..."""

import difflib
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from wres_helpers.checking.addresses import bands_in, in_words
from wres_helpers.checking.check_findings import AGREES, CANNOT_CHECK, CONCLUSION, CONTRADICTS, WORDING, Finding, finding_id
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.explanations import Explanation, told
from wres_helpers.checking.formulas import Formulas
from wres_helpers.checking.number_words import number_in_words
from wres_helpers.checking.printed_numbers import grouped, plain, rounding
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.read_printed import parse_printed
from wres_helpers.checking.reckoning import Measured, Missing, Reckoning, less
from wres_helpers.intake.register_words import ENTERED, SAYINGS, WORDS
from wres_helpers.page_model import Count, Difference, Quotient, Unknown, ratio, share
from wres_helpers.standard.columns import ALL

#: Two growths that differ by no more than this many percentage points are in line.
IN_LINE_POINTS = 2
_WORDING_ONLY: Final = ("majority", "part", "largest", "like for like", "none", "in line with")
_LIMIT: Final = r"(?:(over|more than|at least|about|almost|nearly|less than|fewer than|under|up to|at most) )?"
_LIMITS: Final = {
    "more than": "over",
    "almost": "about",
    "nearly": "about",
    "fewer than": "less than",
    "under": "less than",
    "up to": "at most",
}
_TIMES = re.compile(_LIMIT + r"(?:([\w.]+) times|(twice|thrice|double|half(?= as)))(?: as \w+)?")
_MULTIPLIED = re.compile(_LIMIT + r"(doubl|trebl|tripl|quadrupl|halv)ed")
_MULTIPLES: Final = {"doubl": 2, "trebl": 3, "tripl": 3, "quadrupl": 4, "halv": Fraction(1, 2)}
_SYNONYMS: Final = {
    "most": "majority", "mainly": "majority", "more than half": "majority", "biggest": "largest", "more likely": "higher", "more": "higher",
    "less likely": "lower", "less": "lower", "fewer": "lower", "risen": "increased", "grown": "increased", "fallen": "decreased",
    "equal": "equivalent", "no difference": "equivalent", "equally likely": "equivalent", "no change": "unchanged", "nobody": "none",
}  # fmt: skip
_Found = dict[str, str]


class Sentences:
    """Checks the worded claims of a register.

    Parameters
    ----------
    page
        The printed figures and the data.
    no_adverse_range
        Range of the ratio that counts as equivalent.
    """

    def __init__(self, page: PrintedPage, no_adverse_range: tuple[float, float]):
        self._page, self._range = page, no_adverse_range
        self._formulas = Formulas(page.claims)

    def check(self, claim: Claim) -> Finding:
        """Return the finding about one sentence."""
        kind, check = self._meant(claim.says or claim.text.strip().lower())
        rank = WORDING if kind in ("", *_WORDING_ONLY) else CONCLUSION
        blank = Finding(finding_id(claim.id, WORDS), rank, CANNOT_CHECK, claim.where, claim.text, "", "", claim=claim.id, rule=WORDS)
        try:
            return blank.with_(**check(claim))
        except Missing as reason:
            return blank.with_(arithmetic=f"Cannot be checked: {reason}.")

    def _meant(self, says: str) -> tuple[str, Callable[[Claim], _Found]]:
        says = _SYNONYMS.get(says, says)
        if match := _TIMES.fullmatch(says):
            return "times", lambda claim: self._times(claim, *_multiple(match))
        if match := _MULTIPLIED.fullmatch(says):
            limit, times = _LIMITS.get(match[1] or "", match[1] or "about"), Fraction(_MULTIPLES[match[2]])
            return "multiplied", lambda claim: self._held(claim, limit, times, 0, [("", self._ratio(claim))])
        if says in _CHECKS:
            return says, lambda claim: _CHECKS[says](self, claim)
        if says and (part := parse_printed(says, "percent")):
            return "part", lambda claim: self._part(claim, part)
        return "", lambda claim: _unread(claim.says)

    @property
    def _best(self) -> Reckoning:
        return self._page.best

    def _amount(self, claim: Claim) -> Measured:
        if claim.count is None and claim.refers_to:
            return self._formulas.evaluate(self._formulas.sides(claim.refers_to)[0], "")
        if claim.count is None:
            raise Missing("the register does not say which figures the sentence speaks of")
        return self._best.measure(claim.sides[0] if claim.sides else claim.unknown)

    def _both(self, claim: Claim) -> tuple[Measured, Measured]:
        if claim.sides:
            try:
                return self._measured(claim.sides[0]), self._measured(claim.sides[1])
            except Missing:
                if (printed := self._comparison_as_printed(claim.sides)) is None:
                    raise
                return printed
        sides = self._formulas.sides(claim.refers_to)
        if len(sides) != 2:
            raise Missing(
                "the register does not say what it is compared with" if claim.count else "two sides are needed: refers_to 'A v B'"
            )
        return self._formulas.evaluate(sides[0], ""), self._formulas.evaluate(sides[1], "")

    def _measured(self, side: Unknown) -> Measured:
        """Return an amount; a ratio or gap of which nothing else is known, as printed."""
        try:
            return self._best.measure(side)
        except Missing:
            printed = None if isinstance(side, Count) or not isinstance(side[0], Quotient) else self._comparison_as_printed(side[:2], side)
            if printed is None:
                raise
            return printed[0]

    def _ratio(self, claim: Claim) -> Measured:
        if claim.sides:
            try:
                return self._best.measure(ratio(*claim.sides))
            except Missing:
                printed = self._comparison_as_printed(claim.sides)
                if printed is None or printed[1].value != 1:
                    raise
                return printed[0]
        return _over(*self._both(claim))

    def _comparison_as_printed(self, sides: tuple[Unknown, Unknown], only: Unknown = None) -> tuple[Measured, Measured] | None:
        """Return a printed ratio, gap or change of two sides, and what it would be were they equal; None where none is printed."""
        turned = sides[::-1]
        comparisons = ((ratio(*sides), 1), (Difference(*sides), 0), (share(*sides), 100), (ratio(*turned), 1), (Difference(*turned), 0))
        for at, (unknown, equal) in enumerate(comparisons):
            for claim in self._page.figures:
                if claim.unknown == unknown and only in (None, unknown) and claim.printed.exact and claim.id not in self._page.doubted:
                    low, high = (end + claim.less for end in claim.printed.ends(whole=False))
                    told = Measured(low, high, f"{claim.text} as printed ({claim.id})"), Measured(equal, equal, f"{equal} were they equal")
                    return told if at < 3 else told[::-1]
        return None

    def _times(self, claim: Claim, limit: str, times: Fraction, decimals: int) -> _Found:
        """Hold "over twice as likely" to the counts and to the rates as printed."""
        measured = self._ratio(claim)
        ways = [("from the counts" if measured.exact else "", measured)]
        printed = [self._as_printed(side, claim.where) for side in claim.sides or ()]
        if measured.exact and len(printed) == 2 and None not in printed and printed[1].low > 0:
            text = f"{printed[0].text} / {printed[1].text}"
            way = _over(*printed)
            ways.append(("from the rates as printed", Measured(way.value, way.value, f"{text} = {plain(way.value, 4).rstrip('0')}")))
        return self._held(claim, limit, times, decimals, ways)

    def _as_printed(self, side: Quotient, where: str) -> Measured | None:
        claims = [claim for claim in self._page.figures if claim.unknown == side and claim.printed.exact and not claim.sides]
        claims.sort(key=lambda claim: (claim.where != where, -claim.printed.decimals))
        if not claims or not isinstance(side, Quotient):
            return None
        return Measured(claims[0].printed.value, claims[0].printed.value, f"{claims[0].printed.digits}% as printed")

    def _held(self, claim: Claim, limit: str, times: Fraction, decimals: int, ways: list[tuple[str, Measured]]) -> _Found:
        judged = [(measured, _holds(limit, times, decimals, measured)) for _, measured in ways]
        if len({measured.value for _, measured in ways}) == 1:
            ways, judged = ways[:1], judged[:1]
        arithmetic = "; ".join(f"{name}: {measured.text}" if name else measured.text for name, measured in ways)
        wrong = [measured for measured, holds in judged if holds is False]
        if not wrong:
            if judged[0][1] is None:
                raise Missing(f"{arithmetic}; it may or may not be so")
            return {"verdict": AGREES, "expected": f"{plain(ways[0][1].value, 2)} times", "arithmetic": arithmetic}
        right, found = f"{plain(wrong[0].value, 2)} times", []
        if any(holds for _, holds in judged):
            text = "the words follow from counts that were rounded before dividing, while the rates beside them rest on other counts"
            found.append(Explanation("rounded_first", text, right))
            if claim.count and claim.count.item == ENTERED:
                found.append(Explanation("halved_counts", "the counts printed are two-year totals halved and rounded", right))
        if wrong[0].value and wrong[0].exact and _holds(limit, times, decimals, Measured(1 / wrong[0].value, 1 / wrong[0].value, "")):
            found.append(Explanation("inverted_ratio", "the ratio was inverted", right))
        return _contradiction(right, arithmetic, found)

    def _part(self, claim: Claim, part) -> _Found:
        measured = self._amount(claim)
        if claim.count is not None and not isinstance(claim.unknown, Quotient):
            raise Missing("a part of a whole needs a base, and one group")
        low, high = part.ends(whole=False)
        if part.exact and measured.exact and rounding(part, measured.value):
            low, high = measured.low, measured.high
        return _judged(low <= measured.low and measured.high <= high, low <= measured.high and measured.low <= high, measured,
                       f"{plain(measured.value, 0)}%", f"{plain(measured.value, 0)}%")  # fmt: skip

    def _majority(self, claim: Claim) -> _Found:
        measured = self._amount(claim)
        if claim.count is not None and not isinstance(claim.unknown, Quotient):
            raise Missing("a majority needs a base")
        why = self._why_no_majority(claim) if claim.count else []
        return _judged(
            measured.low > 50, measured.high > 50, measured, "more than half", f"{plain(measured.value, 0)}%, not a majority", why
        )

    def _why_no_majority(self, claim: Claim) -> list[Explanation]:
        """A majority of fewer people, whom another sentence speaks of; or the largest part only."""
        count, parts = claim.count, claim.count.category.split(" + ")
        found = []
        for other in self._page.claims:
            if other.kind == WORDS and other.count and other.count._replace(category="") == count._replace(category=""):
                wider = bands_in(other.count.category) or other.count.category.split(" + ")
                measured = self._best.value(share(count, other.count)) if set(parts) < set(wider) else None
                if measured and measured.exact and 50 < measured.value < 100:
                    text = f"it is a majority only of those in {other.count.category}: {measured.text}"
                    found.append(Explanation("smaller_base", text, f"a majority of those in {other.count.category}"))
        sizes = self._sizes(claim)
        if sizes and set(parts) == set(sorted(sizes, key=sizes.get, reverse=True)[: len(parts)]):
            verb, what = ("holds", "the largest part") if len(parts) == 1 else ("hold", "the largest parts")
            text = f"{' and '.join(parts)} {verb} more people than any other, which is not a majority"
            found.append(Explanation("largest_only", text, what))
        return found

    def _sizes(self, claim: Claim) -> dict[str, int]:
        column = claim.count._replace(category=ALL)
        known = {each: self._best.value(column._replace(category=each)) for each in self._page.categories.get(column, ())}
        return {category: int(found.value) for category, found in known.items() if found and found.exact}

    def _largest(self, claim: Claim) -> _Found:
        sizes = self._sizes(claim) if claim.count else {}
        if claim.count is None or claim.count.category not in sizes:
            raise Missing("the categories it is the largest of are not known")
        category, top = claim.count.category, max(sizes, key=sizes.get)
        arithmetic = f"{category}: {grouped(sizes[category])}; largest: {top}, {grouped(sizes[top])}"
        if sizes[category] == sizes[top]:
            return {"verdict": AGREES, "expected": category, "arithmetic": arithmetic}
        return _contradiction(top, arithmetic)

    def _higher(self, claim: Claim) -> _Found:
        return self._direction(claim, {1: "higher", -1: "lower", 0: "the same"})

    def _trend(self, claim: Claim) -> _Found:
        return self._direction(claim, {1: "increased", -1: "decreased", 0: "unchanged"})

    def _direction(self, claim: Claim, names: dict[int, str]) -> _Found:
        one, two = self._both(claim)
        trend = names[0] == "unchanged"
        # a change that a whole per cent does not show is no change
        hair = Fraction(1, 2) if trend and claim.base and not claim.pair else 0
        arithmetic = f"{two.text}, then {one.text}" if trend else f"{one.text}; {two.text}"
        said = _SYNONYMS.get(claim.says, claim.says)
        if not one.exact or not two.exact:
            side = (one.low > two.high) - (one.high < two.low)
            if not side:
                raise Missing(f"{arithmetic}; either may be more")
        else:
            side = (one.value > two.value) - (one.value < two.value)
        same = one.exact and two.exact and (abs(one.value - two.value) < hair if hair else side == 0)
        if (said == names[0] and same) or said == names[side] != names[0]:
            return {"verdict": AGREES, "expected": said, "arithmetic": arithmetic}
        swapped = [Explanation("swapped_groups", "the two sides were exchanged", names[side])] if side and not trend else []
        return _contradiction(names[side], arithmetic, swapped)

    def _in_line(self, claim: Claim) -> _Found:
        one, two = (less(each, 100 if claim.count else 0) for each in self._both(claim))
        arithmetic = f"{one.text}, against {two.text}"
        if abs(one.value - two.value) <= IN_LINE_POINTS:
            return {"verdict": AGREES, "expected": "in line", "arithmetic": arithmetic}
        faster = "faster" if one.value > two.value else "more slowly"
        return _contradiction(f"grew {faster}: {plain(one.value, 1)}% against {plain(two.value, 1)}%", arithmetic)

    def _equivalent(self, claim: Claim) -> _Found:
        one, two = self._both(claim)
        if not one.low > 0 or not two.low > 0:
            raise Missing("one of the two shares is or may be nought")
        quotient, (low, high) = max(one.value, two.value) / min(one.value, two.value), self._range
        arithmetic = f"{one.text}; {two.text}; one is {plain(quotient, 2)} times the other"
        if float(quotient) <= high and float(1 / quotient) >= low:
            return {"verdict": AGREES, "expected": "equivalent", "arithmetic": arithmetic}
        return _contradiction(f"{plain(quotient, 2)} times", arithmetic)

    def _like_for_like(self, claim: Claim) -> _Found:
        named = self._formulas.claims_in(claim.refers_to)
        if len(named) < 2 or any(each.count is None for each in named):
            raise Missing("refers_to must name two figures whose items the register gives")
        first, second = ((each.count._replace(ethnic_group=""), each.base) for each in named[:2])
        arithmetic = f"{named[0].id}: {in_words(named[0].count)}; {named[1].id}: {in_words(named[1].count)}"
        if first == second:
            return {"verdict": AGREES, "expected": "like for like", "arithmetic": arithmetic}
        text = "the two figures are of different things and cannot be set beside each other"
        return _contradiction("two figures of the same thing", arithmetic, [Explanation("unlike_parts", text, "")])

    def _none(self, claim: Claim) -> _Found:
        measured = self._amount(claim)
        return _judged(measured.high == 0, measured.low == 0, measured, "none", measured.in_words())


def _multiple(match: re.Match) -> tuple[str, Fraction, int]:
    word = match[3] or match[2]
    number = {"double": Fraction(2), "half": Fraction(1, 2)}.get(word)
    if number is None:
        number = Fraction(word) if re.fullmatch(r"\d+(?:\.\d+)?", word) else number_in_words(word)
    if not number:
        raise Missing(f"'{match[0]}' in the column says names no number of times")
    return _LIMITS.get(match[1] or "", match[1] or "about"), number, len(word.partition(".")[2])


def _over(one: Measured, two: Measured) -> Measured:
    if not two.low > 0:
        raise Missing("the ratio divides by nought")
    value = one.value / two.value
    text = f"{one.text}; {two.text}; {plain(one.value, 4)} / {plain(two.value, 4)} = {plain(value, 4)}"
    return Measured(one.low / two.high, one.high / two.low, text)


def _holds(limit: str, times: Fraction, decimals: int, measured: Measured) -> bool | None:
    """Tell whether a multiple is as said, None where it may or may not be; "about" reaches an eighth of it, at most a quarter."""
    tolerance = max(Fraction(1, 2 * 10**decimals) if decimals else min(Fraction(1, 4), times / 8), times / 20)
    tests: dict[str, Callable[[Fraction], bool]] = {
        "over": lambda value: value > times, "at least": lambda value: value >= times,
        "less than": lambda value: value < times, "at most": lambda value: value <= times,
    }  # fmt: skip
    test = tests.get(limit, lambda value: abs(value - times) <= tolerance)
    if limit not in tests and (measured.high < times - tolerance or measured.low > times + tolerance):
        return False
    ends = {test(measured.low), test(measured.high)}
    return ends.pop() if len(ends) == 1 and (measured.exact or limit in tests) else (True if test(measured.value) else None)


def _judged(always: bool, ever: bool, measured: Measured, agreed: str, right: str, why: list[Explanation] | None = None) -> _Found:
    if always:
        return {"verdict": AGREES, "expected": agreed, "arithmetic": measured.text}
    if ever:
        raise Missing(f"{measured.text}; it may or may not be so")
    return _contradiction(right, measured.text, why or [])


def _contradiction(expected: str, arithmetic: str, explanations: list[Explanation] | None = None) -> _Found:
    return {"verdict": CONTRADICTS, "expected": expected, "arithmetic": arithmetic} | told(explanations or [])


def _unread(says: str) -> _Found:
    if not says:
        raise Missing("the register does not say what the sentence claims; write it into the column says, in the words of data/REGISTER.md")
    close = difflib.get_close_matches(says, SAYINGS, n=1, cutoff=0.6)
    raise Missing(f"'{says}' in the column says is not in the vocabulary" + (f" (did you mean '{close[0]}'?)" if close else ""))


def _whole_report(_: Sentences, __: Claim) -> _Found:
    raise Missing("this sentence speaks of the whole report")


#: What looks at each saying.
_CHECKS: Final = {
    "majority": Sentences._majority, "largest": Sentences._largest, "in line with": Sentences._in_line, "equivalent": Sentences._equivalent,
    "higher": Sentences._higher, "lower": Sentences._higher, "increased": Sentences._trend, "decreased": Sentences._trend,
    "unchanged": Sentences._trend, "like for like": Sentences._like_for_like, "none": Sentences._none, "every indicator": _whole_report,
}  # fmt: skip
