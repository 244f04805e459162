"""Which single slip makes the printed figure follow: each with the value it would have printed.

A slip is tried, never guessed: it is an explanation only where its value becomes the printed one by rounding.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from math import ceil, floor, isfinite
from typing import Final

from wres_helpers.checking import addresses
from wres_helpers.checking.addresses import GROUP_WORDS, ITEM_WORDS, JOINED, counts_in, exchanged, is_single, rest_of, whole_of
from wres_helpers.checking.check_findings import Explanation
from wres_helpers.checking.other_bases import other_bases, two_years
from wres_helpers.checking.printed_numbers import grouped, people, plain, with_unit
from wres_helpers.checking.printed_tables import partition
from wres_helpers.checking.reckoning import Measured
from wres_helpers.checking.tried_slips import Case, Slip, elsewhere, fits, in_print
from wres_helpers.intake.printed.register_words import CHANGE, COUNT, ENTERED, GAP, HEADCOUNT, RATIO, SHARE, STAGES, SURVEY, WORKFORCE
from wres_helpers.page_model import Amount, Count, Difference, Quotient, share
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS

#: A difference up to this many people may be people in the wrong column; a number no larger than this often stands by chance.
_FEW = 3

_INVERTED = "the ratio was inverted"
_Formula = Callable[[Fraction, Fraction], tuple[Fraction, ...]]
#: How a figure of two amounts may have been calculated instead: its kind, the kind of slip, what happened, what follows from the
#: two amounts, and how far-fetched it is.
_READINGS: Final[tuple[tuple[str, str, str, _Formula, int], ...]] = (
    (GAP, "percent_for_points", "the difference is relative (a part of the other rate), not in percentage points",
     lambda one, two: tuple(sign * 100 * (one - two) / base for base in (one, two) if base for sign in (1, -1)), 1),
    (GAP, "swapped_groups", "the two sides were swapped, so the sign is wrong", lambda one, two: (two - one,), 1),
    (RATIO, "inverted_ratio", _INVERTED, lambda one, two: (two / one,), 1),
    (RATIO, "halved_counts", "it was halved, or one of its rates was", lambda one, two: (one / two / 2,), 2),
    (CHANGE, "wrong_sign", "a fall was printed as growth, or growth as a fall", lambda one, two: (100 * (two - one) / two, two - one), 1),
    (CHANGE, "inverted_ratio", "the two years were exchanged", lambda one, two: (100 * (two - one) / one, two - one), 1),
    (CHANGE, "other_base", "the growth was divided by the later figure, not by the earlier", lambda one, two: (100 * (one - two) / one,), 1),
    (CHANGE, "percent_for_points", "the difference in percentage points was printed as growth", lambda one, two: (one - two,), 1),
    (CHANGE, "percent_for_points", "growth in per cent stands where points belong", lambda one, two: (100 * (one - two) / two,), 1),
)  # fmt: skip


def slips(case: Case) -> Iterator[Explanation]:
    """Try everything that explains a printed figure."""
    figure, printed, right = case.figure, case.figure.printed, case.should_be
    if not printed.exact:
        return  # almost anything is fewer than 5, or about a quarter
    yield from _on_its_way_into_print(case)
    for slips_of in _SLIPS[GAP if figure.sides and figure.kind == SHARE else figure.kind]:
        for slip in slips_of(case):
            yield from case.tried(*slip)
    yield from elsewhere(case)
    if figure.kind == COUNT and right.exact:
        yield from _wrong_column(case)


def _on_its_way_into_print(case: Case) -> Iterator[Explanation]:
    """What happens to digits, of the value a figure should have, or of one only of the whole numbers that would fit."""
    printed, right = case.figure.printed, case.should_be
    if right.exact or (right.telling and not right.whole):
        for value in right.values or (right.value,):
            yield from in_print(printed, value)
        return
    step, unit, narrow = printed.step, case.figure.unit, isfinite(right.high) and right.high - right.low <= 20 * printed.step
    within = [at * step for at in range(ceil(right.low / step), floor(right.high / step) + 1)] if narrow else []
    for values in (within, [] if right.as_printed is None else [right.as_printed]):
        found = [replace(each, corrected=with_unit(value, printed.decimals, unit)) for value in values for each in in_print(printed, value)]
        yield from found if len({each.corrected for each in found}) == 1 else ()


def _averages(case: Case) -> Iterator[Slip]:
    """The average of what the groups or the categories have stands where that of all belongs."""
    for name, parts in _sums(case, case.figure.count):
        known = [found for _, part in parts if (found := case.amount(case.moved(**part._asdict()))) and isfinite(found.high)]
        if len(known) == len(parts) > 1:
            yield "averaged", f"it is the average of {name}", sum((each.written for each in known), Fraction(0)) / len(known), 2


def _sums(case: Case, count: Count) -> Iterator[tuple[str, list[tuple[str, Count]]]]:
    """Give the ways in which a count is a sum, with the names and counts of its parts: by group, by category, however it is cut."""
    groups = JOINED.get(count.ethnic_group, ())
    yield "the groups", [(f"{GROUP_WORDS[group]} people", count._replace(ethnic_group=group)) for group in groups]
    own, alike = case.figure.column._replace(category=ALL), (count.year, count.ethnic_group)
    items = (count.item, WORKFORCE) if count.item == HEADCOUNT else (count.item,)
    whole = own.breakdown == "overall" and count.category == ALL
    cuts = [column for column in case.page.categories if whole and column.item in items and (column.year, column.ethnic_group) == alike]
    for column in [] if is_single(count.category) else cuts or [own]:
        listed = partition([each for each in case.page.categories.get(column, ()) if each not in (rest_of(count.category), count.category)])
        inside = count.category.split(" + ") if " + " in count.category else addresses.bands_in(count.category)
        names = [each for each in inside or listed if not addresses.bands_in(count.category) or each in listed]
        yield f"the parts by {column.breakdown}", [(f"'{name}'", column._replace(category=name)) for name in names]


def _other_places(case: Case) -> Iterator[Slip]:
    """The figure of another group, year or category stands here."""
    figure, unknown, count = case.figure, case.figure.unknown, case.figure.count
    few = figure.kind == COUNT and figure.printed.value <= _FEW
    for group in (*ETHNIC_GROUPS, *JOINED) if not figure.pair else ():
        if (other := case.moved(ethnic_group=group)) != unknown:
            calculated = figure.kind == SHARE and group in JOINED and other not in case.page.stated
            yield "swapped_groups", f"the figure of {GROUP_WORDS[group]} people stands here", other, 2 if calculated else 1
    now, *earlier = dict.fromkeys(each.year for each in counts_in(unknown))
    years = {each.year for amount in (*case.page.unknowns, *case.page.data) for each in counts_in(amount)}
    for year in sorted(years - {now, *earlier}):
        named = "last year's figure was left in place" if year == case.before else f"the figure of {year} stands here"
        text = f"it is compared with {year} instead of {earlier[0]}" if earlier else named
        yield "last_year", text, exchanged(unknown, year={[*earlier, now][0]: year}), 1 if earlier or year == case.before else 2
    for kind, name, other in _beside(case, count):
        if other != unknown:
            # what stands in print was copied sooner than what would have had to be calculated
            told = not few if figure.kind == COUNT else other in case.page.stated
            yield kind, f"the figure of {name} stands here", other, 1 if told else 2


def _beside(case: Case, count: Count) -> Iterator[tuple[str, str, Amount]]:
    """Give what stands in other rows and tables: another stage, category or total, question or cut, with the kind of slip and a name."""
    bases = {each.item for each in counts_in(case.figure.unknown)} - {count.item}
    if count.item in STAGES and bases <= {*STAGES}:
        pairs = [pair for pair in combinations(STAGES, 2) if pair[1] != count.item]  # the same stage of others is another base
        for among, stage in pairs if bases else zip(STAGES, STAGES, strict=True):
            name = ITEM_WORDS.get(stage, stage) + (f" of {ITEM_WORDS.get(among, among)}" if bases else "")
            yield "other_item", name, exchanged(case.figure.unknown, item={count.item: stage, **dict.fromkeys(bases, among)})
    if count.category != ALL:
        for category in case.page.categories.get(count._replace(category=ALL), ()):
            yield "other_category", f"'{category}'", case.moved(category=category)
    cuts = dict.fromkeys(each.breakdown for amount in case.page.unknowns for each in counts_in(amount) if each.item == count.item)
    for cut in cuts if count.breakdown != "overall" else ():
        yield "other_item", f"question {cut}" if count.item == SURVEY else f"'{cut}'", case.moved(breakdown=cut)


def _of_a_count(case: Case) -> Iterator[Slip]:
    count, right = case.figure.count, case.should_be
    for name, _, part in _parts(case, count):
        rare = 1 if part.value > _FEW or not right.exact else 2
        for kind, how, times, tier in _WRONG_SUMS[: 3 if right.exact else 2]:
            least, most = sorted((times * part.low, times * part.high))
            yield kind, f"{_these(name, part)} {how}", Measured(right.low + least, right.high + most, ""), tier or rare
    if not right.exact:
        return
    rounded = " and rounded" if right.value % 2 else ""
    for half in {right.value // 2, -(-right.value // 2)} if right.value > 1 else ():
        yield "halved_counts", f"it was halved{rounded}", Fraction(half), 1
    if both := two_years(case, count):
        text = f"two years were added together ({grouped(right.value)} + {grouped(both - right.value)})"
        yield "two_years_over_one", text, Fraction(both), 1


#: How often too many a part is in a wrong sum, and how far-fetched that is (nought: as the size of the part says).
_WRONG_SUMS = (("counted_twice", "added twice", 1, 0), ("left_out", "left out", -1, 0), ("left_out", "subtracted instead of added", -2, 3))


def _parts(case: Case, count: Count) -> Iterator[tuple[str, Count, Measured]]:
    """Give the parts of a sum whose numbers are known, if only nearly, and are not nought."""
    known = ((name, part, case.reckoning.value(part)) for _, parts in _sums(case, count) for name, part in parts)
    yield from ((name, part, found) for name, part, found in known if found and found.low > 0 and found.telling)


def _these(name: str, part: Measured) -> str:
    return f"the {part.in_words()} of {name} {'was' if part.high == 1 else 'were'}"


def _wrong_column(case: Case) -> Iterator[Explanation]:
    """As many people too few under another group of the same table as there are too many here, in print or among the single cells."""
    count, difference = case.figure.count, int(case.figure.printed.value - case.should_be.value)
    several, own = not is_single(count.category) and count.category != ALL and difference != 0, count._replace(category=ALL)
    columns = [column for column in case.page.columns if several and all(map(is_single, column.cells))]
    surplus = {each.key.ethnic_group: each.surplus for each in columns if each.key._replace(ethnic_group=own.ethnic_group) == own}
    if surplus.get(count.ethnic_group) == -difference:
        group = next((group for group, more in surplus.items() if more == difference), "")
        over, under = (GROUP_WORDS.get(each) for each in ((count.ethnic_group, group) if difference < 0 else (group, count.ethnic_group)))
        mistake = f" counted under {over} instead of {under}" if group else " too many or too few"
        text = (
            f"this figure is right and the single bands are not: {people(difference)}{mistake} among them, because the "
            f"{GROUP_WORDS[count.ethnic_group]} bands add up to {people(difference)} {'more' if difference < 0 else 'fewer'} than their total"
        )
        yield Explanation("wrong_column" if group else "left_out", text, 0, grouped(case.figure.printed.value))


def _of_a_share(case: Case) -> Iterator[Slip]:
    """One of the two counts was pooled, halved, without one of its parts, or is another one in print."""
    figure, unknown = case.figure, case.figure.unknown
    of, among = unknown[:2] if isinstance(unknown, Quotient) else (unknown, unknown)
    count, base = case.number(of), case.number(among)
    if count is None or not base:
        return
    if both := two_years(case, of):
        text = f"people of two years ({grouped(count)} + {grouped(both - count)}) were divided by the base of one"
        yield "two_years_over_one", text, Fraction(100 * both, base), 1
    for name, part, found in _parts(case, of) if isinstance(of, Count) and of.category != ALL and not is_single(of.category) else ():
        there = exchanged(among, category={figure.count.category: part.category})
        # a base of the same rows goes without it, too
        for left in {base, base - (case.number(there) or 0 if there != among else 0)} - {0}:
            yield "left_out", f"{_these(name, found)} left out", 100 * (count - found.value) / left, 2
    for name, _, found in _parts(case, among) if isinstance(of, Count) and among == whole_of(of) else ():
        if found.value < base and name != f"'{figure.count.category}'":
            yield "other_base", f"{_these(name, found)} left out of the base", 100 * count / (base - found.value), 1
    yield from _halved(case, count, base) if figure.count.item == ENTERED else ()
    for each in case.page.prints.get(of, ()):
        text = f"it follows from the count printed as {each.id} ({grouped(each.printed.value)} of {grouped(base)})"
        yield "follows", text, Fraction(100 * int(each.printed.value), base), 1
    needed = int(figure.printed.value * base / 100 + Fraction(1, 2))
    if abs(needed - count) <= count / 10:  # one that is further off was not simply an earlier or later one
        text = f"a count of {grouped(needed)} instead of {grouped(count)} was used ({grouped(needed)} of {grouped(base)})"
        yield "would_fit", text, Fraction(100 * needed, base), 4


def _halved(case: Case, count: int, base: int) -> Iterator[Slip]:
    """A two-year total, halved (and rounded, if odd) for print, while the rate was made from the total."""
    for both in (2 * count, 2 * count - 1, 2 * count + 1):
        value, odd = Fraction(100 * both, base), both % 2
        cut = ", truncated" if fits(case.figure.printed, value) == 1 else ""
        text = (
            f"{grouped(count)} is the two-year total {both} halved{' and rounded' if odd else ''}, and the rate is that total over the base "
            f"of one year ({both} of {grouped(base)} = {plain(value, 2)}%{cut})"
        )
        yearly = (f"{plain(value / 2, case.figure.printed.decimals)}% as the yearly average",) if odd else ()
        yield "halved_counts;two_years_over_one", text, value, 0 if odd else 1, *yearly


def _of_two_sides(case: Case) -> Iterator[Slip]:
    """A ratio, a gap or a change: inverted, of rates rounded first, of other rates or counts, or one in place of the other."""
    figure, (one, two) = case.figure, case.figure.sides
    as_printed = {plain(end, 2) for end in (case.should_be.low, case.should_be.value, case.should_be.high) if isfinite(end)}
    for right in sorted(as_printed) if figure.kind == RATIO else ():  # rounded rates may leave two
        yield "inverted_ratio", _INVERTED, 1 / Fraction(right) if Fraction(right) else None, 1
    if figure.kind == CHANGE and isinstance(one, Count) and isinstance(two, Count):
        points = Difference(*(share(each, each._replace(ethnic_group=ALL)) for each in (one, two)))
        yield "percent_for_points", "it is the change of the share of all, in percentage points", case.reckoning.value(points), 2
    pooled = [(two_years(case, each[0]), case.number(each[1])) for each in (one, two) if isinstance(each, Quotient)]
    if figure.kind == RATIO and len(pooled) == 2 and all(number for pair in pooled for number in pair):
        first, second = (Fraction(number or 0, base or 1) for number, base in pooled)
        yield "two_years_over_one", "both rates are of people of two years", first / second, 1
    known = [found for each in (one, two) if (found := case.reckoning.value(each))]
    rates = [each.value for each in known]
    if len(rates) < 2 or not (rates[1] and (rates[0] or figure.kind == GAP)):
        return
    for places in (0, 1, 2) if figure.kind != CHANGE else ():
        near, far = (Fraction(plain(rate, places)) for rate in rates)
        text = f"the rates were rounded first ({plain(near, places)}% and {plain(far, places)}%)"
        yield "rounded_first", text, near - far if figure.kind == GAP else near / far if far else None, 1
    for kind, slip, text, formula, tier in _READINGS:
        if kind == figure.kind:
            ends = product(*((Fraction(each.low or each.value), Fraction(each.high)) for each in known))
            values = zip(*(formula(*pair) for pair in ends), strict=True)
            yield from ((slip, text, Measured(min(each), max(each), ""), tier) for each in values)
    counts = [number for each in (one, two) if isinstance(each, Quotient) and (number := case.number(each.numerator))]
    if figure.kind == RATIO and len(counts) == 2:
        yield "other_base", "the counts were divided by each other without their bases", Fraction(*counts), 2


#: What is tried, by the kind of figure.
_SLIPS: Final[dict[str, tuple[Callable[[Case], Iterator[Slip]], ...]]] = {
    COUNT: (_other_places, _of_a_count, _averages),
    SHARE: (_other_places, other_bases, _of_a_share, _averages),
    RATIO: (_other_places, other_bases, _of_two_sides, _averages),
    GAP: (_other_places, other_bases, _of_two_sides),
    CHANGE: (_other_places, _of_two_sides),
}
