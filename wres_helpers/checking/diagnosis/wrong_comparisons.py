"""What may have happened where a printed ratio, gap or growth is not what the counts give."""

from collections.abc import Iterator
from fractions import Fraction

from wres_helpers.checking.addresses import GROUP_WORDS, ITEM_WORDS, Address, other_groups, year_before
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.diagnosis.explanations import Explanation
from wres_helpers.checking.diagnosis.slip_cases import Case, bases_at_hand, value_of, year_earlier
from wres_helpers.checking.printed_numbers import plain
from wres_helpers.checking.recalculation import Rate, rate_of
from wres_helpers.intake.register_words import ENTERED
from wres_helpers.standard.columns import ALL

#: The two sides of a ratio or a gap: rates, or plain counts.
_Sides = list[Rate | Address]


def explain_pair(case: Case) -> Iterator[Explanation]:
    """Try everything that explains a ratio or a gap of two groups."""
    claim, calculator = case.claim, case.calculator
    first, second = claim.pair
    sides = _sides(claim)
    near = claim.where
    reverse = calculator.compared(sides[1], sides[0], claim.sign, near)
    if claim.sign == "/":
        text = f"the ratio was inverted: {_name(second)} over {_name(first)}"
        yield from case.tried("inverted_ratio", text, value_of(reverse), 1)
        yield from case.tried("swapped_groups", "the two groups were swapped", value_of(reverse), 1)
    else:
        yield from case.tried("swapped_groups", "the two groups were swapped, so the sign is wrong", value_of(reverse), 1)
    earlier = [year_earlier(side) if isinstance(side, Rate) else year_before(side) for side in sides]
    yield from case.tried("last_year", "last year's figure was left in place", value_of(calculator.compared(*earlier, claim.sign, near)), 1)
    yield from _pair_other_bases(case, sides)
    yield from _pair_rounded_first(case, sides)
    yield from _pair_as_other_thing(case, sides)


def _name(group: str) -> str:
    return "BME" if group == "bme" else group


def _sides(claim: Claim) -> _Sides:
    rate = rate_of(claim)
    return [rate.of(group=group) if rate else claim.address.of(group=group) for group in claim.pair]


def _pair_other_bases(case: Case, sides: _Sides) -> Iterator[Explanation]:
    if not isinstance(sides[0], Rate):
        return
    for bases in zip(*(bases_at_hand(side) for side in sides), strict=False):
        if bases[0] == sides[0].base:
            continue
        other = [Rate(side.count, base) for side, base in zip(sides, bases, strict=True)]
        text = f"the rates are of {ITEM_WORDS[bases[0].item]} instead of {ITEM_WORDS[sides[0].base.item]}"
        yield from case.tried("other_base", text, value_of(case.calculator.compared(*other, case.claim.sign, case.claim.where)), 1)
    if sides[0].count.item == "appointed":
        other = [Rate(side.count.of(item="shortlisted"), side.count.of(item="applied")) for side in sides]
        text = "it compares being shortlisted from application, not being appointed"
        yield from case.tried("other_base", text, value_of(case.calculator.compared(*other, case.claim.sign, case.claim.where)), 2)


def _pair_rounded_first(case: Case, sides: _Sides) -> Iterator[Explanation]:
    calculator, near = case.calculator, case.claim.where
    values = [value_of(calculator.rate(side, near)) if isinstance(side, Rate) else None for side in sides]
    if None in values:
        return
    pairs = [[calculator.printed_rate(side, near) for side in sides]]
    if all(pairs[0]):
        one, two = (each.value for each in pairs[0])
        yield from _rounded(case, one, two, f"the rates were rounded first ({pairs[0][0].text}, {pairs[0][1].text})", 1)
    for places in (0, 1, 2):
        one, two = (Fraction(plain(value, places)) for value in values)
        yield from _rounded(case, one, two, f"the rates were rounded first ({plain(one, places)}% and {plain(two, places)}%)", 1)


def _rounded(case: Case, one: Fraction, two: Fraction, text: str, tier: int) -> Iterator[Explanation]:
    if case.claim.sign == "-":
        yield from case.tried("rounded_first", text, one - two, tier)
    elif two:
        yield from case.tried("rounded_first", text, one / two, tier)


def _pair_as_other_thing(case: Case, sides: _Sides) -> Iterator[Explanation]:
    calculator, near = case.calculator, case.claim.where
    values = [value_of(calculator.rate(side, near)) if isinstance(side, Rate) else None for side in sides]
    if None in values or not all(values):
        return
    one, two = values
    if case.claim.sign == "-":
        for larger, smaller in ((one, two), (two, one)):
            text = "the difference is relative (a part of the other rate), not in percentage points"
            yield from case.tried("percent_for_points", text, 100 * abs(one - two) / larger, 1)
            yield from case.tried("percent_for_points", text, 100 * (larger - smaller) / smaller, 1)
        yield from case.tried("other_category", "a ratio stands where a gap belongs", one / two, 2)
    else:
        yield from case.tried("percent_for_points", "a gap in percentage points stands where a ratio belongs", one - two, 2)
        counts = [calculator.known(side.count, near) for side in sides]
        if all(counts) and counts[1].value:
            yield from case.tried(
                "other_base", "the counts were divided by each other without their bases", Fraction(counts[0].value, counts[1].value), 2
            )
        if sides[0].count.item == ENTERED:
            yield from _halved_pair(case, sides)


def _halved_pair(case: Case, sides: _Sides) -> Iterator[Explanation]:
    near = case.claim.where
    counts = [case.calculator.known(side.count, near).value for side in sides]
    bases = [case.calculator.known(side.base, near).value for side in sides]
    for one in (2 * counts[0] - 1, 2 * counts[0], 2 * counts[0] + 1):
        for two in (2 * counts[1] - 1, 2 * counts[1], 2 * counts[1] + 1):
            if two > 0 and (one, two) != (2 * counts[0], 2 * counts[1]):
                text = f"the counts are two-year totals ({one} and {two}) halved and rounded, and the ratio was made from the totals"
                yield from case.tried("halved_counts", text, Fraction(one * bases[1], two * bases[0]), 2)


def explain_change(case: Case) -> Iterator[Explanation]:
    """Try everything that explains a growth against an earlier year."""
    claim, calculator = case.claim, case.calculator
    earlier = claim.other.get("year") or year_before(claim.address).year
    now, before = (value_of(calculator.quantity(claim, claim.where, **changes)) for changes in ({}, {"year": earlier}))
    if not now or not before:
        return
    yield from case.tried("other_base", "the growth was divided by the later figure, not by the earlier", 100 * (now - before) / now, 1)
    yield from case.tried("inverted_ratio", "the two years were exchanged", 100 * (before - now) / now, 1)
    yield from case.tried("percent_for_points", "the difference in percentage points was printed as growth", now - before, 1)
    yield from case.tried("percent_for_points", "growth in per cent stands where points belong", 100 * (now - before) / before, 1)
    for group in [*other_groups(claim.address.group), ALL]:
        if group != claim.address.group:
            sides = [value_of(calculator.quantity(claim, claim.where, group=group, **changes)) for changes in ({}, {"year": earlier})]
            if all(sides):
                yield from case.tried(
                    "swapped_groups", f"the growth of {GROUP_WORDS[group]} people stands here", 100 * (sides[0] - sides[1]) / sides[1], 1
                )
