"""Which single slip makes a printed share, ratio, gap or change follow: other counts, another base, rounded first, inverted."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from wres_helpers.checking.addresses import GROUP_WORDS, ITEM_WORDS, in_words, moved, whole_of
from wres_helpers.checking.claimed_figures import compared
from wres_helpers.checking.printed_numbers import grouped, plain
from wres_helpers.checking.tried_slips import Case, Slip, fits, transpositions
from wres_helpers.intake.register_words import CHANGE, ENTERED, GAP, HEADCOUNT, KNOWN, RATIO, STAGES, SURVEY
from wres_helpers.page_model import Count, Quotient, share
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS
from wres_helpers.standard.years import shifted

#: What is counted over a year, so that two years may be taken together.
POOLED = ("applied", *STAGES, ENTERED, "accessed_training", SURVEY)
_Formula = Callable[[Fraction, Fraction], tuple[Fraction, ...]]
#: How a figure of two amounts may have been calculated instead: its kind, the kind of slip, what happened, what follows from the
#: two amounts, and how far-fetched it is.
_READINGS: Final[tuple[tuple[str, str, str, _Formula, int], ...]] = (
    (GAP, "percent_for_points", "the difference is relative (a part of the other rate), not in percentage points",
     lambda one, two: tuple(sign * 100 * (one - two) / base for base in (one, two) for sign in (1, -1)), 1),
    (GAP, "other_category", "a ratio stands where a gap belongs", lambda one, two: (one / two,), 2),
    (RATIO, "percent_for_points", "a gap in percentage points stands where a ratio belongs", lambda one, two: (one - two,), 2),
    (CHANGE, "other_base", "the growth was divided by the later figure, not by the earlier", lambda one, two: (100 * (one - two) / one,), 1),
    (CHANGE, "inverted_ratio", "the two years were exchanged", lambda one, two: (100 * (two - one) / one, two - one), 1),
    (CHANGE, "percent_for_points", "the difference in percentage points was printed as growth", lambda one, two: (one - two,), 1),
    (CHANGE, "percent_for_points", "growth in per cent stands where points belong", lambda one, two: (100 * (one - two) / two,), 1),
)  # fmt: skip


def of_a_share(case: Case) -> Iterator[Slip]:
    """One of the two counts was taken from elsewhere, pooled, halved, or has its digits transposed, in the calculation or in print."""
    figure, unknown = case.figure, case.figure.unknown
    of, among = unknown[:2] if isinstance(unknown, Quotient) else (unknown, unknown)
    count, base = case.number(of), case.number(among)
    if count is None or not base:
        return
    before = case.number(moved(of, year={figure.count.year: case.before}))
    if before and figure.count.item in POOLED:
        text = f"people of two years ({grouped(count)} + {grouped(before)}) were divided by the base of one"
        yield "two_years_over_one", text, Fraction(100 * (count + before), base), 1
    if figure.count.item == ENTERED:
        yield from _halved(case, count, base)
    for part, value in ((of, count), (among, base)):
        for kind, text, other in _exchanged(case, part, value) if isinstance(part, Count) else ():
            if value == count or other:
                yield kind, text, Fraction(100 * other, base) if value == count else Fraction(100 * count, other), 2
    for each in case.page.prints.get(of, ()):
        if each.printed.value != count:
            text = f"it follows from the count printed as {each.id} ({grouped(each.printed.value)} of {grouped(base)})"
            yield "follows", text, Fraction(100 * int(each.printed.value), base), 1
    needed = int(figure.printed.value * base / 100 + Fraction(1, 2))
    text = f"a count of {grouped(needed)} instead of {grouped(count)} was used ({grouped(needed)} of {grouped(base)})"
    yield "would_fit", text, Fraction(100 * needed, base), 4


def _exchanged(case: Case, part: Count, value: int) -> Iterator[tuple[str, str, int]]:
    """Give what may have stood in place of a count: last year's, another group's, its own digits transposed."""
    exchanges = [("last_year", "one is last year's", part._replace(year=case.before))]
    groups = [group for group in ETHNIC_GROUPS if group != case.figure.count.ethnic_group == part.ethnic_group]
    exchanges += [("swapped_groups", f"one is of {GROUP_WORDS[group]} people", part._replace(ethnic_group=group)) for group in groups]
    for kind, text, other in exchanges:
        number = case.number(other)
        if number and number != value:
            yield kind, f"{grouped(value)} and {grouped(number)} were exchanged: {text}", number
    for digits in map(int, transpositions(str(value))):
        yield "transposed_digits", f"the digits of {grouped(value)} were transposed ({grouped(digits)})", digits


def _halved(case: Case, count: int, base: int) -> Iterator[Slip]:
    """A two-year total, halved (and rounded, if odd) for print, while the rate was made from the total."""
    kinds, printed = "halved_counts;two_years_over_one", case.figure.printed
    text = f"{grouped(count)} is half of a two-year total, and the rate is that total over the base of one year"
    yield kinds, text, Fraction(200 * count, base), 1
    for both in (2 * count - 1, 2 * count + 1):
        of_both = Fraction(100 * both, base)
        cut = ", truncated" if fits(printed, of_both) == 1 else ""
        text = (
            f"{grouped(count)} is the two-year total {both} halved and rounded, and the rate is that total over the base of one year "
            f"({both} of {grouped(base)} = {plain(of_both, 2)}%{cut})"
        )
        yield kinds, text, of_both, 0, f"{plain(of_both / 2, printed.decimals)}% as the yearly average"


def other_bases(case: Case) -> Iterator[Slip]:
    """The shares are of another base, on both sides of a comparison alike."""
    figure = case.figure
    amounts = [each[:2] for each in (figure.sides or (figure.unknown,)) if isinstance(each, Quotient)]
    shares = [(count, base) for count, base in amounts if isinstance(count, Count) and isinstance(base, Count)]
    for tried in zip(*(_bases_at_hand(*each) for each in shares), strict=True):
        others = [share(count, base) for (count, _), base in zip(shares, tried, strict=True)]
        base, named = tried[0], shares[0][1]
        known = base.ethnic_group == KNOWN
        if len(shares) == 1 and not figure.sides:
            whose = f"the {grouped(case.number(base) or 0)} whose ethnicity is known" if known else in_words(base)
            yield "other_base", f"it is a share of {whose} instead of {in_words(named)}", others[0], 0 if known else 1
        elif len(shares) == 2 and tried[0] != tried[1]:
            name = "people whose ethnicity is known" if known else ITEM_WORDS.get(base.item, base.item)
            text = f"the rates are of {name} instead of {ITEM_WORDS.get(named.item, named.item)}"
            yield "other_base", text, compared(figure, *others)[0], 1


def _bases_at_hand(count: Count, base: Count) -> list[Count]:
    """Return the bases somebody might have taken for a share, the commonest first."""
    whole = whole_of(count)
    bases = [count._replace(ethnic_group=KNOWN), count._replace(ethnic_group=ALL), whole, whole._replace(ethnic_group=ALL)]
    bases += [base._replace(year=shifted(base.year, -1)), base._replace(ethnic_group=KNOWN if base.ethnic_group == ALL else ALL)]
    bases += [count._replace(item=item) for item in STAGES if item != count.item and count.item in STAGES]
    bases += [Count(count.year, HEADCOUNT, "overall", ALL, group) for group in (count.ethnic_group, ALL)]
    return [each if each not in (base, count) else count._replace(year="no such base") for each in bases]


def of_two_sides(case: Case) -> Iterator[Slip]:
    """A ratio, a gap or a change: inverted, of rates rounded first, of other rates or counts, or one in place of the other."""
    figure, (one, two) = case.figure, case.figure.sides
    if figure.kind == RATIO:
        yield "inverted_ratio", "the ratio was inverted", compared(figure, two, one)[0], 1
        rounded = plain(case.should_be.value, figure.printed.decimals)
        if Fraction(rounded):
            yield "inverted_ratio", f"the ratio was rounded to {rounded} and then inverted", 1 / Fraction(rounded), 2
    elif figure.kind != CHANGE:
        yield "swapped_groups", "the two sides were swapped, so the sign is wrong", compared(figure, two, one)[0], 1
    if figure.count.item == "appointed" and figure.base == "shortlisted" and figure.kind != CHANGE:
        others = [moved(each, item={"appointed": "shortlisted", "shortlisted": "applied"}) for each in (one, two)]
        yield "other_base", "it compares being shortlisted from application, not being appointed", compared(figure, *others)[0], 2
    rates = [found.value for each in (one, two) if (found := case.reckoning.value(each))]
    if len(rates) < 2 or not all(rates):
        return
    for places in (0, 1, 2) if figure.kind != CHANGE else ():
        near, far = (Fraction(plain(rate, places)) for rate in rates)
        text = f"the rates were rounded first ({plain(near, places)}% and {plain(far, places)}%)"
        yield "rounded_first", text, near - far if figure.kind == GAP else near / far if far else None, 1
    for kind, slip, text, formula, tier in _READINGS:
        if kind == figure.kind:
            yield from ((slip, text, value, tier) for value in formula(*rates))
    if figure.kind == RATIO and isinstance(one, Quotient) and isinstance(two, Quotient):
        yield from _of_counts(case, one, two)


def _of_counts(case: Case, one: Quotient, two: Quotient) -> Iterator[Slip]:
    """The counts of two rates were divided by each other, or are two-year totals halved."""
    known = [number for each in (*one[:2], *two[:2]) if (number := case.number(each))]
    if len(known) < 4:
        return
    count, base, other, other_base = known
    yield "other_base", "the counts were divided by each other without their bases", Fraction(count, other), 2
    for more, most in ((a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if (a or b) and case.figure.count.item == ENTERED):
        both = (2 * count + more, 2 * other + most)
        text = f"the counts are two-year totals ({both[0]} and {both[1]}) halved and rounded, and the ratio was made from the totals"
        yield "halved_counts", text, Fraction(both[0] * other_base, both[1] * base), 2
