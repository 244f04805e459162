"""Checks comparisons in words: what the register says they claim is a limit on an amount of the page, held to what is known of it.

The words are those a report needs besides its figures. A sentence that holds a figure ("over half", "doubled") is that figure.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import inf
from typing import Final

from wres_helpers.checking.addresses import bands_in, name_of
from wres_helpers.checking.check_findings import CONCLUSION, WORDING, CheckFinding, Explanation
from wres_helpers.checking.claimed_figures import Claim, PlacedClaim
from wres_helpers.checking.printed_numbers import HAIR, plain, with_unit
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.printed_tables import partition
from wres_helpers.checking.read_printed import parse_printed
from wres_helpers.checking.reckoning import Measured, Missing
from wres_helpers.intake.printed.register_words import BOARD, ENTERED, HEADCOUNT, RATIO, SAYINGS, WORDS, WORKFORCE
from wres_helpers.page_model import Amount, Count, Difference, Quotient, ratio, share
from wres_helpers.standard.columns import ALL
from wres_helpers.tables.cell_readers import nearest

_TIMES: Final = re.compile(r"(?:(?:over|more than|at least|about|less than|at most) )?(?:[\w.]+ times|twice)(?: as \w+)?")
_Ends = tuple[Fraction | float, Fraction | float]
_Names = tuple[str, str, str]
_SIGNS: Final[tuple[_Ends, _Ends]] = ((HAIR, inf), (-inf, -HAIR))
#: Words of a difference: between which ends it lies, and what is said where it is above, below and at nought.
_GROUPS, _YEARS = ("higher", "lower", "the same"), ("increased", "decreased", "unchanged")
#: Words of what is good, or of how far from equality something is: which way that is depends on what they speak of.
_VALUES: Final = (("better", "worse", "the same"), ("improved", "worsened", "unchanged"), ("widened", "narrowed", "unchanged"))
_DIRECTIONS: Final[dict[str, tuple[_Ends, _Names]]] = {
    word: (ends, names) for names in (_GROUPS, _YEARS, *_VALUES) for word, ends in zip(names, _SIGNS, strict=False)
}
#: Stems by which a printed figure says which way it goes, without a sign: improved by 2.3 points.
_STEMS: Final = {
    "improv": "improved", "better": "better", "worsen": "worsened", "deteriorat": "worsened", "worse": "worse", "narrow": "narrowed",
    "widen": "widened",
}  # fmt: skip
#: Why a direction may be the wrong one.
_TAKEN_FOR_GOOD: Final = Explanation("inverted_ratio", "more was taken for better, or for wider, where less is")
_BETWEEN_GROUPS: Final = Explanation("swapped_groups", "the two sides were exchanged")
_BETWEEN_YEARS: Final = Explanation("inverted_ratio", "the two years were exchanged")
#: Two growths that differ by no more than this many percentage points are in line.
_IN_LINE = Fraction(2)
#: What would be right, the arithmetic, and for a contradiction how it may have come about.
_Judged = tuple[str, str, list[Explanation] | None]


def check_sentence(claim: Claim, said: str, page: PrintedPage, better_of: Callable[[Claim], int]) -> CheckFinding:
    """Return the finding about what one claim says in words; ``better_of`` tells which way is good: 1 up, -1 down, nought is not known."""
    says = said or claim.text.strip().lower()
    judge = _times if _TIMES.fullmatch(says) else partial(_direction, better_of=better_of) if says in _DIRECTIONS else _JUDGES.get(says)
    blank = CheckFinding.of(claim, WORDS, CONCLUSION if judge and says not in _JUDGES else WORDING)
    if judge is None:
        return blank.cannot(_unread(said))
    try:
        right, arithmetic, wrong = judge(claim, page, says)
    except Missing as reason:
        return blank.cannot(reason)
    return blank.judged(wrong is None, right, arithmetic, wrong or ())


def _unread(says: str) -> str:
    if not says:
        return "the register does not say what the sentence claims; write it into the column says, in the words of data/REGISTER.md"
    close = nearest(says, SAYINGS)
    return f"'{says}' in the column says is not in the vocabulary" + (f" (did you mean '{close}'?)" if close else "")


def _within(measured: Measured, low: Fraction | float, high: Fraction | float) -> bool:
    """Tell whether an amount is within what is said; raises Missing where it may or may not be."""
    if low <= measured.low and measured.high <= high:
        return True
    if low <= measured.high and measured.low <= high:
        raise Missing(f"{measured.text}; it may or may not be so")
    return False


def direction_in(text: str) -> str:
    """Return the word by which a printed figure says which way it goes for somebody, such as improved; empty where it has none."""
    return next((word for stem, word in _STEMS.items() if re.search(rf"\b{stem}", text.lower())), "")


def _direction(claim: Claim, page: PrintedPage, says: str, better_of: Callable[[Claim], int]) -> _Judged:
    """Judge higher and lower, increased and decreased, improved and worsened."""
    (ends, names), measured = _DIRECTIONS[says], _difference(claim, page)
    less = names in _VALUES and _upwards(claim, page, names, better_of) < 0
    if less:
        measured = replace(measured, low=-measured.high, high=-measured.low)
    right = names[0] if measured.low > 0 else names[1] if measured.high < 0 else names[2]
    if _within(measured, *ends):
        return says, measured.text, None
    exchanged = _TAKEN_FOR_GOOD if less else _BETWEEN_GROUPS if names[2] == "the same" else _BETWEEN_YEARS
    return right, measured.text, [*([exchanged] if right != names[2] else []), *_turned_ratio(claim, page)]


def _upwards(claim: Claim, page: PrintedPage, names: _Names, better_of: Callable[[Claim], int]) -> int:
    """Tell whether more of an amount is better (or wider, where that is said): 1, or -1 where less is."""
    sides, wider = _sides(claim), names[0] == "widened"
    equal = [(page.best.measure(side), equality) for side in sides if (equality := _equality(side, page))]
    if len(equal) == len(sides):
        away = {(side.low > equality.high) - (side.high < equality.low) for side, equality in equal}
        if away not in ({1}, {-1}):
            reason = (
                "which way is better depends on the side of equality it stands on, and it is not certain to stand on one side both times"
            )
            raise Missing(reason)
        return away.pop() * (1 if wider else -1)
    if wider or not (better := better_of(claim)):
        raise Missing("only what is compared narrows or widens" if wider else "whether more of it is better or worse is not known")
    return better


def _equality(side: Amount, page: PrintedPage) -> Measured | None:
    """Return where the groups are equal: no gap, a ratio of 1, the workforce's share for one of the board or of a part of the staff."""
    if isinstance(side, Difference) or (isinstance(side, Quotient) and side.scale == 1):
        return Measured(Fraction(isinstance(side, Quotient)), Fraction(isinstance(side, Quotient)), "")
    count, base = side[:2]
    if not isinstance(count, Count) or count.item not in (BOARD, WORKFORCE) or base != count._replace(ethnic_group=ALL):
        return None
    staff = Count(count.year, HEADCOUNT, "overall", ALL, count.ethnic_group)
    return page.best.measure(share(staff, staff._replace(ethnic_group=ALL)))


def _turned_ratio(claim: Claim, page: PrintedPage) -> Iterator[Explanation]:
    """A ratio of which nobody prints the rates may be the other group's, and the words right."""
    figure = page.stated.get(ratio(*_sides(claim))) if not all(map(page.best.value, _sides(claim))) else None
    if figure and figure.kind == RATIO and figure.printed.value:
        turned = with_unit(1 / figure.printed.value, figure.printed.decimals, "times")
        yield Explanation("inverted_ratio", f"not the words but the ratio {figure.id} ({figure.text}) was inverted", corrected=turned)


def _difference(claim: Claim, page: PrintedPage) -> Measured:
    """Return by how much one side exceeds the other; where only a ratio or growth is printed, by how much that exceeds equality."""
    one, two = _sides(claim)
    comparisons: list[tuple[Amount, int, int]] = [
        (Difference(one, two), 0, 1), (ratio(one, two), 1, 1), (share(one, two), 100, 1), (ratio(two, one), 1, -1), (Difference(two, one), 0, -1),
    ]  # fmt: skip
    for amount, equal, sign in comparisons:
        if found := page.best.value(amount):
            low, high = sorted((sign * (found.low - equal), sign * (found.high - equal)))
            return Measured(low, high, found.text)
    return page.best.measure(comparisons[0][0])


def _sides(claim: Claim) -> tuple[Amount, ...]:
    """Return the two amounts a sentence compares."""
    if not isinstance(claim, PlacedClaim) or not claim.sides:
        raise Missing("the register does not say what it is compared with")
    return claim.sides


def _in_line(claim: Claim, page: PrintedPage, says: str) -> _Judged:
    measured = _difference(claim, page)
    if _within(measured, -_IN_LINE, _IN_LINE):
        return "in line", measured.text, None
    grew = f"grew {'faster' if measured.value > 0 else 'more slowly'}, by {plain(abs(measured.value), 1)} percentage points"
    return grew, measured.text, []


def _times(claim: Claim, page: PrintedPage, says: str) -> _Judged:
    """Hold "over twice as likely" to the counts and to the rates as printed."""
    said = parse_printed(says, "times")
    if said is None or not said.value:
        raise Missing(f"'{says}' in the column says names no number of times")
    near = min(Fraction(1, 4), said.value / 8) if said.limit in ("", "about") and said.step == 1 else said.tolerance
    said = replace(said, limit=said.limit or "about", tolerance=near)
    low, high = said.ends(whole=False)
    one, two = _sides(claim)
    ways = [page.best.measure(ratio(one, two))]
    if ways[0].exact and (printed := _as_printed(claim, page)) and printed.value != ways[0].value:
        ways.append(printed)
    names = ("from the counts: ", "from the rates as printed: ") if len(ways) > 1 else ("",)
    arithmetic = "; ".join(name + way.text for name, way in zip(names, ways, strict=True))
    wrong = [way for way in ways if not _within(way, low, high)]
    values = (wrong or ways)[0].values or ((wrong or ways)[0].value,)
    right, found = " or ".join(with_unit(value, max(2, said.places_beyond(value)), "times") for value in values), []
    if len(wrong) < len(ways):
        text = "the words follow from counts that were rounded before dividing, while the rates beside them rest on other counts"
        found.append(Explanation("rounded_first", text))
        if isinstance(claim, PlacedClaim) and claim.count.item == ENTERED:
            found.append(Explanation("halved_counts", "the counts printed are two-year totals halved and rounded"))
    return right, arithmetic, found if wrong else None


def _as_printed(claim: Claim, page: PrintedPage) -> Measured | None:
    """Return the ratio of two rates as they stand in print."""
    rates = [each for side in _sides(claim) if isinstance(side, Quotient) and (each := page.print_of(side, claim.where))]
    if len(rates) < 2 or not rates[1].value:
        return None
    value = rates[0].value / rates[1].value
    return Measured(value, value, f"{rates[0].digits}% as printed / {rates[1].digits}% as printed = {plain(value, 4).rstrip('0')}")


def _majority(claim: Claim, page: PrintedPage, says: str) -> _Judged:
    if not isinstance(claim, PlacedClaim) or claim.sides or not isinstance(claim.amounts[0], Quotient):
        raise Missing("a majority needs a base, and one group")
    measured = page.best.measure(claim.amounts[0])
    if _within(measured, 50 + HAIR, 100):
        return "more than half", measured.text, None
    shares = dict.fromkeys(plain(end, 0) for end in (measured.low, measured.high))
    return f"{' to '.join(shares)}%, not a majority", measured.text, _why_no_majority(claim, page)


def _why_no_majority(claim: PlacedClaim, page: PrintedPage) -> list[Explanation]:
    """A majority of fewer people, whom another sentence speaks of; or the largest part only."""
    count, parts, found = claim.count, claim.count.category.split(" + "), []
    for other in page.claims:
        if other.kind == WORDS and isinstance(other, PlacedClaim) and other.count._replace(category=count.category) == count:
            wider = bands_in(other.count.category) or other.count.category.split(" + ")
            measured = page.best.value(share(count, other.count)) if set(parts) < set(wider) else None
            if measured and measured.exact and 50 < measured.value < 100:
                text = f"it is a majority only of those in {other.count.category}: {measured.text}"
                found.append(Explanation("smaller_base", text, corrected=f"a majority of those in {other.count.category}"))
    column = count._replace(category=ALL)
    known = {each: page.best.value(column._replace(category=each)) for each in partition(list(page.categories.get(column, ())))}
    sizes = {category: size.value for category, size in known.items() if size and size.exact}
    if len(sizes) > len(parts) and set(parts) == set(sorted(sizes, key=sizes.__getitem__, reverse=True)[: len(parts)]):
        verb, what = ("holds", "the largest part") if len(parts) == 1 else ("hold", "the largest parts")
        text = f"{' and '.join(parts)} {verb} more people than any other, which is not a majority"
        found.append(Explanation("largest_only", text, corrected=what))
    return found


def _like_for_like(claim: Claim, page: PrintedPage, says: str) -> _Judged:
    named = [each for each in page.formulas.claims_in(claim.refers_to) if isinstance(each, PlacedClaim)][:2]
    if len(named) < 2:
        raise Missing("refers_to must name two figures whose items the register gives")
    first, second = ((each.count._replace(ethnic_group=""), each.base) for each in named)
    arithmetic = "; ".join(f"{each.id}: {name_of(each.count)}" for each in named)
    if first == second:
        return "like for like", arithmetic, None
    text = "the two figures are of different things and cannot be set beside each other"
    return "two figures of the same thing", arithmetic, [Explanation("unlike_parts", text, corrected="")]


_JUDGES: Final[dict[str, Callable[[Claim, PrintedPage, str], _Judged]]] = {
    "majority": _majority, "in line with": _in_line, "like for like": _like_for_like,
}  # fmt: skip
