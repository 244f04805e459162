"""Which single slip makes the printed figure follow: each with the value it would have printed.

A slip is tried, never guessed: it is an explanation only where its value becomes the printed one by rounding.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final

from wres_helpers.checking.addresses import GROUP_WORDS, JOINED, counts_in, is_single, moved, rest_of, whole_of
from wres_helpers.checking.printed_numbers import grouped, people
from wres_helpers.checking.reckoning import Measured
from wres_helpers.checking.slips_in_rates import POOLED, of_a_share, of_two_sides, other_bases
from wres_helpers.checking.tried_slips import Case, Explanation, Slip, in_print, transpositions
from wres_helpers.intake.register_words import CHANGE, COUNT, GAP, HEADCOUNT, KNOWN, RATIO, SHARE, WORKFORCE
from wres_helpers.page_model import Count
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS

#: A difference up to this many people may be people in the wrong column; a number no larger than this often stands by chance.
_FEW = 3


def slips(case: Case) -> Iterator[Explanation]:
    """Try everything that explains a printed figure."""
    figure, printed, right = case.figure, case.figure.printed, case.should_be
    if right.exact or (right.telling and not right.whole):
        for value in right.values or (right.value,):
            yield from in_print(printed, value, case.corrected)
    for digits in transpositions(printed.digits) if right.telling and not right.exact else ():
        low, high = replace(printed, value=Fraction(digits)).ends(whole=figure.kind == COUNT)
        if low <= right.high and right.low <= high:
            yield Explanation("transposed_digits", f"the digits of {digits} were transposed", case.corrected)
    for slips_of in _SLIPS[GAP if figure.sides and figure.kind == SHARE else figure.kind]:
        for slip in slips_of(case):
            yield from case.tried(*slip)
    yield from _elsewhere(case)
    if figure.kind == COUNT and right.exact:
        yield from _detail_at_fault(case)
        yield from _wrong_column(case)


def _elsewhere(case: Case) -> Iterator[Explanation]:
    """Two figures of one table changed places, or the slip is in another figure: with it undone, everything fits."""
    figure, page = case.figure, case.page
    mine = figure.count.ethnic_group
    for other in page.figures if figure.printed.exact else ():
        theirs = other.count.ethnic_group
        alike = (other.kind, other.where) == (figure.kind, figure.where) and other.unknown == moved(
            figure.unknown, ethnic_group={mine: theirs}
        )
        differ = mine != theirs and other.printed.exact and other.printed.value != figure.printed.value
        if alike and differ and page.fits_with(replace(figure, printed=other.printed), replace(other, printed=figure.printed)):
            text = f"the figures of {GROUP_WORDS[mine]} and {GROUP_WORDS[theirs]} people changed places ({figure.id} and {other.id})"
            yield Explanation("swapped_groups", text, other.text)
    transposed = []
    for other in [each for each in page.beside(figure) if each.printed.exact]:
        for digits in transpositions(other.printed.digits):
            printed = replace(other.printed, value=Fraction(digits) * (-1 if other.printed.value < 0 else 1))
            if not digits.startswith("0") and page.fits_with(figure, replace(other, printed=printed)):
                transposed.append((f"this figure is right, and the digits of {other.id} ({other.text}) were transposed", digits))
    # where many would do, each may be chance
    if len(transposed) == 1:
        yield Explanation("transposed_digits", *transposed[0], 2)


def _other_places(case: Case) -> Iterator[Slip]:
    """The figure of another group, year or category stands here."""
    figure, unknown, count = case.figure, case.figure.unknown, case.figure.count
    few = figure.kind == COUNT and figure.printed.value <= _FEW
    for group in [*ETHNIC_GROUPS, ALL, KNOWN]:
        other = moved(unknown, ethnic_group={count.ethnic_group: group})
        if group != count.ethnic_group and not figure.pair and other != unknown:
            prints = case.page.prints.get(other, ())
            exchanged = any(each.where == figure.where and each.printed.value == case.should_be.low for each in prints)
            yield "swapped_groups", f"the figure of {GROUP_WORDS[group]} people stands here", other, 0 if exchanged and not few else 1
    if figure.kind != CHANGE:
        yield "last_year", "last year's figure was left in place", moved(unknown, year={count.year: case.before}), 1
    for category in case.page.categories.get(count._replace(category=ALL), ()):
        other = moved(unknown, category={count.category: category})
        if other != unknown and count.category not in (ALL, f"not {category}"):
            yield "other_category", f"the figure of '{category}' stands here", other, 1 if figure.kind == COUNT and not few else 2
    if figure.kind != COUNT and count.category != ALL and whole_of(count) in counts_in(unknown):
        rest, found = rest_of(count.category) or f"not {count.category}", case.amount(unknown)
        left = Measured(100 - found.high, 100 - found.low, "") if found else None
        yield "other_category", f"the figure of '{rest}' stands here", left, 2


def _of_a_count(case: Case) -> Iterator[Slip]:
    count, right = case.figure.count, case.should_be
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
        total = case.figure.column.breakdown == "overall" and count.item == HEADCOUNT
        column = count._replace(item=WORKFORCE, breakdown="grade") if total else case.figure.column
        listed = case.page.categories.get(column._replace(category=ALL), ())
        names = count.category.split(" + ") if " + " in count.category else listed
        parts += [(f"'{name}'", column._replace(category=name)) for name in names]
    yield from ((name, value) for name, part in parts if (value := case.number(part)))


def _wrong_column(case: Case) -> Iterator[Explanation]:
    """As many people too few under another group of the same table as there are too many here."""
    count, difference = case.figure.count, int(case.figure.printed.value - case.should_be.value)
    for group in ETHNIC_GROUPS if 0 < abs(difference) <= _FEW else ():
        there = count._replace(ethnic_group=group)
        right = case.number(there) if there != count else None
        for other in case.page.prints.get(there, ()) if right is not None else ():
            if other.where == case.figure.where and right is not None and int(other.printed.value) - right == -difference:
                text = f"{people(difference)} counted under {_instead(count.ethnic_group, group, difference > 0)}"
                yield Explanation("wrong_column", text, case.corrected, 0)


def _instead(here: str, there: str, too_many: bool) -> str:
    over, under = (here, there) if too_many else (there, here)
    return f"{GROUP_WORDS[over]} instead of {GROUP_WORDS[under]}"


def _detail_at_fault(case: Case) -> Iterator[Explanation]:
    """A figure for several categories that is right, while the single ones do not add up to their total."""
    count, here = case.figure.count, int(case.should_be.value) - int(case.figure.printed.value)
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
    yield Explanation("wrong_column" if other else "left_out", text, grouped(case.figure.printed.value), 0)


def _surplus(case: Case, column: Count) -> int | None:
    cells = [case.number(column._replace(category=category)) for category in case.page.categories.get(column, ())]
    known, total = [cell for cell in cells if cell is not None], case.number(whole_of(column))
    return sum(known) - total if cells and len(known) == len(cells) and total is not None else None


#: What is tried, by the kind of figure.
_SLIPS: Final[dict[str, tuple[Callable[[Case], Iterator[Slip]], ...]]] = {
    COUNT: (_other_places, _of_a_count),
    SHARE: (_other_places, other_bases, of_a_share),
    RATIO: (_other_places, other_bases, of_two_sides),
    GAP: (_other_places, other_bases, of_two_sides),
    CHANGE: (_other_places, of_two_sides),
}
