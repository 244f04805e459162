"""Which single slip makes the printed figure follow: a table of slips, each with the value it would have printed.

A slip is tried, never guessed: it is an explanation only where its value becomes the printed one by rounding.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final

from wres_helpers.checking.addresses import GROUP_WORDS, JOINED, counts_in, is_single, moved, rest_of, whole_of
from wres_helpers.checking.printed_numbers import grouped
from wres_helpers.checking.reckoning import Measured
from wres_helpers.checking.slips_in_rates import of_a_change, of_a_share, of_two_sides, other_bases
from wres_helpers.checking.tried_slips import POOLED, Case, Explanation, Slip, in_print, transpositions
from wres_helpers.intake.register_words import CHANGE, COUNT, GAP, HEADCOUNT, KNOWN, RATIO, SHARE, WORKFORCE
from wres_helpers.page_model import Count
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS

#: A difference up to this many people may be people in the wrong column; a number no larger than this often stands by chance.
_FEW = 3


def slips(case: Case) -> Iterator[Explanation]:
    """Try everything that explains a printed figure."""
    claim = case.claim
    if case.should_be.exact or (case.should_be.telling and not case.should_be.whole):
        yield from in_print(claim.printed, case.should_be.value, case.corrected)
    for digits in transpositions(claim.printed.digits) if case.should_be.telling and not case.should_be.exact else ():
        low, high = replace(claim.printed, value=Fraction(digits)).ends(whole=claim.kind == COUNT)
        if low <= case.should_be.high and case.should_be.low <= high:
            yield Explanation("transposed_digits", f"the digits of {digits} were transposed", case.corrected)
    for slips_of in _SLIPS[GAP if claim.sides and claim.kind == SHARE else claim.kind]:
        for slip in slips_of(case):
            yield from case.tried(*slip)
    yield from _elsewhere(case)
    if claim.kind == COUNT and case.should_be.exact:
        yield from _detail_at_fault(case)
        yield from _wrong_column(case)


def _elsewhere(case: Case) -> Iterator[Explanation]:
    """Two figures of one table changed places, or the slip is in another figure: with it undone, everything fits."""
    claim, transposed = case.claim, []
    for other in [
        each for each in case.page.figures if claim.printed.exact and each.printed.exact and each.printed.value != claim.printed.value
    ]:
        groups = claim.count.ethnic_group, other.count.ethnic_group
        other_group = moved(claim.unknown, ethnic_group={groups[0]: groups[1]})
        alike = (other.kind, other.where, other.unknown) == (claim.kind, claim.where, other_group) and groups[0] != groups[1]
        if alike and case.page.fits_with(replace(claim, printed=other.printed), replace(other, printed=claim.printed)):
            text = f"the figures of {GROUP_WORDS[groups[0]]} and {GROUP_WORDS[groups[1]]} people changed places ({claim.id} and {other.id})"
            yield Explanation("swapped_groups", text, other.text)
    for other in [each for each in case.page.beside(claim) if each.printed.exact]:
        for digits in transpositions(other.printed.digits):
            printed = replace(other.printed, value=Fraction(digits) * (-1 if other.printed.value < 0 else 1))
            if not digits.startswith("0") and case.page.fits_with(claim, replace(other, printed=printed)):
                transposed.append((f"this figure is right, and the digits of {other.id} ({other.text}) were transposed", digits))
    # where many would do, each may be chance
    if len(transposed) == 1:
        yield Explanation("transposed_digits", *transposed[0], 2)


def _other_places(case: Case) -> Iterator[Slip]:
    """The figure of another group, year or category stands here."""
    claim, unknown = case.claim, case.claim.unknown
    count, few = claim.count, claim.kind == COUNT and claim.printed.value <= _FEW
    for group in [*ETHNIC_GROUPS, ALL, KNOWN]:
        other = moved(unknown, ethnic_group={count.ethnic_group: group})
        if group != count.ethnic_group and not claim.pair and other != unknown:
            exchanged = any(
                each.where == claim.where and each.printed.value == case.should_be.low for each in case.page.prints.get(other, ())
            )
            yield "swapped_groups", f"the figure of {GROUP_WORDS[group]} people stands here", other, 0 if exchanged and not few else 1
    if claim.kind != CHANGE:
        yield "last_year", "last year's figure was left in place", moved(unknown, year={count.year: case.before}), 1
    for category in case.page.categories.get(count._replace(category=ALL), ()):
        other = moved(unknown, category={count.category: category})
        if other != unknown and count.category not in (ALL, f"not {category}"):
            yield "other_category", f"the figure of '{category}' stands here", other, 1 if claim.kind == COUNT and not few else 2
    if claim.kind != COUNT and count.category != ALL and whole_of(count) in counts_in(unknown):
        rest, found = rest_of(count.category) or f"not {count.category}", case.amount(unknown)
        left = Measured(100 - found.high, 100 - found.low, "") if found else None
        yield "other_category", f"the figure of '{rest}' stands here", left, 2


def _of_a_count(case: Case) -> Iterator[Slip]:
    count, right = case.claim.count, case.should_be
    for name, value in _parts(case, count):
        were = "was" if value == 1 else "were"
        rare = 1 if value > _FEW or not right.exact else 2
        yield "counted_twice", f"the {grouped(value)} of {name} {were} added twice", _plus(right, value), rare
        yield "left_out", f"the {grouped(value)} of {name} {were} left out", _plus(right, -value), rare
        if right.exact:
            yield "left_out", f"the {grouped(value)} of {name} {were} subtracted instead of added", right.value - 2 * value, 3
    if right.exact and right.value > 1:
        rounded = " and rounded" if right.value % 2 else ""
        for half in {right.value // 2, -(-right.value // 2)}:
            yield "halved_counts", f"{grouped(right.value)} was halved{rounded}", Fraction(half), 1
    if right.exact and count.item in POOLED:
        if before := case.number(count._replace(year=case.before)):
            text = f"two years were added together ({grouped(right.value)} + {grouped(before)})"
            yield "two_years_over_one", text, right.value + before, 1
        yield "two_years_over_one", "the total of two years stands for one", 2 * right.value, 1


def _plus(amount: Measured, value: int) -> Measured:
    return Measured(amount.low + value, amount.high + value, "")


def _parts(case: Case, count: Count) -> Iterator[tuple[str, int]]:
    """Give the parts a total is made of: its categories, the categories of a sum, or the ethnic groups."""
    parts = [(f"{GROUP_WORDS[group]} people", count._replace(ethnic_group=group)) for group in JOINED.get(count.ethnic_group, ())]
    if not is_single(count.category):
        total = case.claim.column.breakdown == "overall" and count.item == HEADCOUNT
        column = count._replace(item=WORKFORCE, breakdown="grade") if total else case.claim.column
        listed = case.page.categories.get(column._replace(category=ALL), ())
        names = count.category.split(" + ") if " + " in count.category else listed
        parts += [(f"'{name}'", column._replace(category=name)) for name in names]
    yield from ((name, value) for name, part in parts if (value := case.number(part)))


def _wrong_column(case: Case) -> Iterator[Explanation]:
    """As many people too few under another group of the same table as there are too many here."""
    count, difference = case.claim.count, int(case.claim.printed.value - case.should_be.value)
    for group in ETHNIC_GROUPS if 0 < abs(difference) <= _FEW else ():
        right = case.number(count._replace(ethnic_group=group))
        for other in (
            case.page.prints.get(count._replace(ethnic_group=group), ()) if group != count.ethnic_group and right is not None else ()
        ):
            if other.where == case.claim.where and int(other.printed.value) - right == -difference:
                text = f"{people(difference)} counted under {_instead(count.ethnic_group, group, difference > 0)}"
                yield Explanation("wrong_column", text, case.corrected, 0)


def _instead(here: str, there: str, too_many: bool) -> str:
    over, under = (here, there) if too_many else (there, here)
    return f"{GROUP_WORDS[over]} instead of {GROUP_WORDS[under]}"


def _detail_at_fault(case: Case) -> Iterator[Explanation]:
    """A figure for several categories that is right, while the single ones do not add up to their total."""
    count, here = case.claim.count, int(case.should_be.value) - int(case.claim.printed.value)
    if is_single(count.category) or count.category == ALL or here == 0:
        return
    surplus = {group: _surplus(case, count._replace(ethnic_group=group, category=ALL)) for group in ETHNIC_GROUPS}
    if surplus.get(count.ethnic_group) != here:
        return
    other = next((group for group, more in surplus.items() if more == -here), None)
    mistake = f" counted under {_instead(count.ethnic_group, other, here > 0)}" if other else " too many or too few"
    text = (
        f"this figure is right and the single bands are not: {people(here)}{mistake} among them, because the {GROUP_WORDS[count.ethnic_group]} "
        f"bands add up to {people(here)} {'more' if here > 0 else 'fewer'} than their total"
    )
    yield Explanation("wrong_column" if other else "left_out", text, grouped(case.claim.printed.value), 0)


def _surplus(case: Case, column: Count) -> int | None:
    cells = [case.number(column._replace(category=category)) for category in case.page.categories.get(column, ())]
    total = case.number(whole_of(column))
    return sum(cells) - total if cells and None not in cells and total is not None else None


def people(difference: int) -> str:
    """Write so many people, whichever way the difference goes."""
    return f"{grouped(abs(difference))} " + ("person" if abs(difference) == 1 else "people")


#: What is tried, by the kind of figure.
_SLIPS: Final[dict[str, tuple[Callable[[Case], Iterator[Slip]], ...]]] = {
    COUNT: (_other_places, _of_a_count),
    SHARE: (_other_places, other_bases, of_a_share),
    RATIO: (_other_places, other_bases, of_two_sides),
    GAP: (_other_places, other_bases, of_two_sides),
    CHANGE: (_other_places, of_a_change),
}
