"""Which single slip makes a printed share, ratio, gap or change follow: other counts, another base, rounded first, inverted."""

from collections.abc import Iterator
from fractions import Fraction

from wres_helpers.checking.addresses import GROUP_WORDS, ITEM_WORDS, in_words, moved, whole_of
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.printed_numbers import grouped, plain
from wres_helpers.checking.tried_slips import POOLED, Case, Slip, fits, transpositions
from wres_helpers.intake.register_words import ENTERED, GAP, HEADCOUNT, KNOWN, RATIO, STAGES
from wres_helpers.page_model import Count, Difference, Quotient, Unknown, ratio, share
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS
from wres_helpers.standard.years import shifted


def of_a_share(case: Case) -> Iterator[Slip]:
    """One of the two counts was taken from elsewhere, pooled, halved, or has its digits transposed, in the calculation or in print."""
    unknown, claim = case.claim.unknown, case.claim
    count, base = case.number(unknown.numerator), case.number(unknown.denominator)
    if count is None or not base:
        return
    before = case.number(moved(unknown.numerator, year={claim.count.year: case.before}))
    if before and claim.count.item in POOLED:
        text = f"people of two years ({grouped(count)} + {grouped(before)}) were divided by the base of one"
        yield "two_years_over_one", text, Fraction(100 * (count + before), base), 1
    if claim.count.item == ENTERED:
        yield from _halved(case, count, base)
    used = [*_exchanged(case, unknown.numerator, count), *_exchanged(case, unknown.denominator, base)]
    for kind, text, value, other in used:
        if value == count or other:
            yield kind, text, Fraction(100 * other, base) if value == count else Fraction(100 * count, other), 2
    for each in case.page.prints.get(unknown.numerator, ()):
        if each.printed.value != count:
            text = f"it follows from the count printed as {each.id} ({grouped(each.printed.value)} of {grouped(base)})"
            yield "follows", text, Fraction(100 * int(each.printed.value), base), 1
    needed = int(claim.printed.value * base / 100 + Fraction(1, 2))
    text = f"a count of {grouped(needed)} instead of {grouped(count)} was used ({grouped(needed)} of {grouped(base)})"
    yield "would_fit", text, Fraction(100 * needed, base), 4


def _exchanged(case: Case, part: Count, value: int) -> Iterator[tuple[str, str, int, int]]:
    """Give what may have stood in place of a count: last year's, another group's, its own digits transposed."""
    exchanges = [("last_year", "one is last year's", part._replace(year=case.before))]
    groups = [group for group in ETHNIC_GROUPS if group != case.claim.count.ethnic_group == part.ethnic_group]
    exchanges += [("swapped_groups", f"one is of {GROUP_WORDS[group]} people", part._replace(ethnic_group=group)) for group in groups]
    for kind, text, other in exchanges:
        number = case.number(other)
        if number and number != value:
            yield kind, f"{grouped(value)} and {grouped(number)} were exchanged: {text}", value, number
    for digits in map(int, transpositions(str(value))):
        yield "transposed_digits", f"the digits of {grouped(value)} were transposed ({grouped(digits)})", value, digits


def _halved(case: Case, count: int, base: int) -> Iterator[tuple]:
    """A two-year total, halved (and rounded, if odd) for print, while the rate was made from the total."""
    kinds, printed = "halved_counts;two_years_over_one", case.claim.printed
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
    claim = case.claim
    shares = [each for each in (claim.sides or (claim.unknown,)) if isinstance(each, Quotient) and isinstance(each.denominator, Count)]
    if not shares:
        return
    for at, base in enumerate(_bases_at_hand(shares[0])):
        others = [share(each.numerator, _bases_at_hand(each)[at]) for each in shares]
        known, named = base.ethnic_group == KNOWN, shares[0].denominator
        if len(shares) == 1 and not claim.sides:
            whose = f"the {grouped(case.number(base) or 0)} whose ethnicity is known" if known else in_words(base)
            yield "other_base", f"it is a share of {whose} instead of {in_words(named)}", others[0], 0 if known else 1
        elif len(shares) == 2 and others[0].denominator != others[1].denominator:
            name = "people whose ethnicity is known" if known else ITEM_WORDS.get(base.item, base.item)
            text = f"the rates are of {name} instead of {ITEM_WORDS.get(named.item, named.item)}"
            yield "other_base", text, _compared(claim, *others), 1


def _bases_at_hand(of: Quotient) -> list[Count]:
    """Return the bases somebody might have taken for a share, the commonest first."""
    count, base = of.numerator, of.denominator
    bases = [
        count._replace(ethnic_group=KNOWN),
        count._replace(ethnic_group=ALL),
        whole_of(count),
        whole_of(count)._replace(ethnic_group=ALL),
    ]
    bases += [base._replace(year=shifted(base.year, -1)), base._replace(ethnic_group=KNOWN if base.ethnic_group == ALL else ALL)]
    bases += [count._replace(item=item) for item in STAGES if item != count.item and count.item in STAGES]
    bases += [Count(count.year, HEADCOUNT, "overall", ALL, group) for group in (count.ethnic_group, ALL)]
    return [each if each not in (base, count) else count._replace(year="no such base") for each in bases]


def _compared(claim: Claim, one: Unknown, two: Unknown) -> Unknown:
    return Difference(one, two) if claim.kind == GAP else ratio(one, two)


def of_two_sides(case: Case) -> Iterator[Slip]:
    """A ratio or a gap: inverted, of rates rounded first, of other rates or counts, or one in place of the other."""
    claim, (one, two) = case.claim, case.claim.sides
    reverse = _compared(claim, two, one)
    if claim.kind == RATIO:
        yield "inverted_ratio", "the ratio was inverted", reverse, 1
        if rounded := Fraction(plain(case.should_be.value, claim.printed.decimals)):
            text = f"the ratio was rounded to {plain(rounded, claim.printed.decimals)} and then inverted"
            yield "inverted_ratio", text, 1 / rounded, 2
    else:
        yield "swapped_groups", "the two sides were swapped, so the sign is wrong", reverse, 1
    if claim.count.item == "appointed" and claim.base == "shortlisted":
        others = [moved(each, item={"appointed": "shortlisted", "shortlisted": "applied"}) for each in (one, two)]
        yield "other_base", "it compares being shortlisted from application, not being appointed", _compared(claim, *others), 2
    rates = [case.reckoning.value(each) for each in (one, two)]
    if None in rates or not all(rate.value for rate in rates):
        return
    first, second = (rate.value for rate in rates)
    for places in (0, 1, 2):
        near, far = Fraction(plain(first, places)), Fraction(plain(second, places))
        text = f"the rates were rounded first ({plain(near, places)}% and {plain(far, places)}%)"
        yield "rounded_first", text, near - far if claim.kind == GAP else near / far if far else None, 1
    if claim.kind == GAP:
        text = "the difference is relative (a part of the other rate), not in percentage points"
        parts = {100 * (first - second) / each for each in (first, second)}
        yield from (("percent_for_points", text, sign * part, 1) for part in parts for sign in (1, -1))
        yield "other_category", "a ratio stands where a gap belongs", first / second, 2
        return
    yield "percent_for_points", "a gap in percentage points stands where a ratio belongs", first - second, 2
    if isinstance(one, Quotient):
        counts, bases = ([case.number(each[at]) for each in (one, two)] for at in (0, 1))
        if None not in (*counts, *bases) and all((*counts, *bases)):
            text = "the counts were divided by each other without their bases"
            yield "other_base", text, Fraction(counts[0], counts[1]), 2
            for more, most in ((a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if (a or b) and claim.count.item == ENTERED):
                both = (2 * counts[0] + more, 2 * counts[1] + most)
                text = (
                    f"the counts are two-year totals ({both[0]} and {both[1]}) halved and rounded, and the ratio was made from the totals"
                )
                yield "halved_counts", text, Fraction(both[0] * bases[1], both[1] * bases[0]), 2


def of_a_change(case: Case) -> Iterator[Slip]:
    now, before = (case.reckoning.value(each) for each in case.claim.sides)
    if not now or not before or not now.value or not before.value:
        return
    now, before = now.value, before.value
    yield "other_base", "the growth was divided by the later figure, not by the earlier", 100 * (now - before) / now, 1
    yield from (("inverted_ratio", "the two years were exchanged", each, 1) for each in (100 * (before - now) / now, before - now))
    yield "percent_for_points", "the difference in percentage points was printed as growth", now - before, 1
    yield "percent_for_points", "growth in per cent stands where points belong", 100 * (now - before) / before, 1
