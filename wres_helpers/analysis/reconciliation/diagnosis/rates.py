"""What may have happened where a printed share, ratio, gap or growth is not what the counts give."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from wres_helpers.analysis.reconciliation.addresses import GROUP_WORDS, ITEM_WORDS, Address, other_groups, year_before
from wres_helpers.analysis.reconciliation.claims import Claim
from wres_helpers.analysis.reconciliation.diagnosis.explanations import Explanation, fits, one_digit_apart, transpositions
from wres_helpers.analysis.reconciliation.measure import Calculator, Measured, Rate, rate_of
from wres_helpers.analysis.reconciliation.printed import Printed, grouped, plain, with_unit
from wres_helpers.definitions.claims import BOARD, CHANGE, ENTERED, GAP, HEADCOUNT, RATIO
from wres_helpers.definitions.schema import ALL


@dataclass(frozen=True)
class Case:
    """A printed figure that is not what it should be.

    Attributes
    ----------
    claim, printed
        The claim and its figure.
    should_be
        What it should have been.
    calculator
        To try other calculations with.
    """

    claim: Claim
    printed: Printed
    should_be: Measured
    calculator: Calculator

    @property
    def corrected(self) -> str:
        """What should have been printed."""
        return with_unit(self.should_be.value, self.printed.decimals, unit_meant(self.claim, self.printed))

    def tried(self, kind: str, text: str, value: Fraction | None, tier: int, corrected: str = "") -> Iterator[Explanation]:
        """Give an explanation if the tried value explains the print."""
        if value is None or value == self.should_be.value:
            return
        fit = fits(self.printed, value)
        if fit is not None:
            yield Explanation(kind, text, corrected or self.corrected, tier + fit)


def unit_meant(claim: Claim, printed: Printed) -> str:
    """Return the unit a claim of this kind is in."""
    return {GAP: "points", RATIO: "times"}.get(claim.kind, printed.unit or "percent")


def explain_rate(case: Case) -> Iterator[Explanation]:
    """Try everything that explains a printed share, ratio, gap or growth."""
    yield from explain_print(case.printed, case.should_be.value, case.corrected)
    if case.claim.kind == CHANGE:
        yield from _of_a_change(case)
    elif case.claim.pair and case.claim.address:
        yield from _of_a_pair(case)
    elif case.claim.address and (rate := rate_of(case.claim)) and case.claim.kind not in (GAP, RATIO):
        yield from _of_a_share(case, rate)
        yield from _counts_that_fit(case, rate)


def explain_print(printed: Printed, should_be: Fraction, corrected: str) -> Iterator[Explanation]:
    """Try what can happen to any figure on its way into print."""
    right = plain(abs(should_be), printed.decimals)
    if printed.digits in transpositions(right):
        yield Explanation("transposed_digits", f"the digits of {right} were transposed", corrected, 1)
    for fewer in range(printed.decimals):
        if Fraction(plain(should_be, fewer)) == printed.value:
            places = "a whole number" if fewer == 0 else f"{fewer} decimal place" + ("s" if fewer > 1 else "")
            yield Explanation("rounded_first", f"the value was rounded to {places} and a zero was printed behind it", corrected, 1)
    for more in (1, 2):
        twice = plain(should_be, printed.decimals + more)
        if Fraction(twice) != should_be and fits(printed, Fraction(twice)) == 0:
            yield Explanation("rounded_first", f"the value was first rounded to {twice} and then once more", corrected, 1)
    for factor in (Fraction(10), Fraction(100), Fraction(1, 10), Fraction(1, 100)):
        if should_be and fits(printed, should_be * factor) == 0:
            yield Explanation("decimal_point", "the decimal point slipped", corrected, 2)
    if one_digit_apart(printed.digits, right):
        yield Explanation("wrong_digit", f"one digit of {right} was mistyped", corrected, 4)


def _value(measured) -> Fraction | None:
    return measured.value if isinstance(measured, Measured) else None


def _of_a_share(case: Case, rate: Rate) -> Iterator[Explanation]:
    calculator, near = case.calculator, case.claim.where
    for group in other_groups(rate.count.group):
        other = rate.of(group=group)
        yield from case.tried("swapped_groups", f"the figure of {GROUP_WORDS[group]} people stands here", _value(calculator.rate(other, near)), 1)
    yield from case.tried("last_year", "last year's figure was left in place", _value(calculator.rate(_earlier(rate), near)), 1)
    yield from _other_bases(case, rate)
    yield from _two_years(case, rate)
    beside = calculator.rate(rate, near, "printed")
    text = f"it follows from the counts printed beside it ({beside.text})" if isinstance(beside, Measured) else ""
    yield from case.tried("follows", text, _value(beside), 1)
    yield from _other_categories(case, rate)
    yield from _other_counts(case, rate)


def _other_counts(case: Case, rate: Rate) -> Iterator[Explanation]:
    """One of the two counts is wrong in print, and the rate is right; or the other way round."""
    calculator, near = case.calculator, case.claim.where
    count, base = calculator.known(rate.count, near), calculator.known(rate.base, near)
    if not count or not base or not base.value:
        return
    for kind, text, address in _mistakable(rate):
        for whole, share_of in ((count, lambda other: (other, base.value)), (base, lambda other: (count.value, other))):
            other = calculator.known(address(rate.count if whole is count else rate.base), near)
            if other and share_of(other.value)[1]:
                yield from case.tried(kind, f"{grouped(whole.value)} and {grouped(other.value)} were exchanged: {text}", Fraction(100 * share_of(other.value)[0], share_of(other.value)[1]), 2)
    for digits in transpositions(str(count.value)):
        text = f"the digits of {grouped(count.value)} were transposed ({grouped(int(digits))})"
        yield from case.tried("transposed_digits", text, Fraction(100 * int(digits), base.value), 2)
    for digits in transpositions(str(base.value)):
        if int(digits):
            text = f"the digits of {grouped(base.value)} were transposed ({grouped(int(digits))})"
            yield from case.tried("transposed_digits", text, Fraction(100 * count.value, int(digits)), 2)


def _mistakable(rate: Rate):
    yield "last_year", "one is last year's", year_before
    for group in other_groups(rate.count.group):
        yield "swapped_groups", f"one is of {GROUP_WORDS[group]} people", lambda address, group=group: address.of(group=group)


def _earlier(rate: Rate) -> Rate:
    return Rate(year_before(rate.count), year_before(rate.base))


def _other_bases(case: Case, rate: Rate) -> Iterator[Explanation]:
    for base in bases_at_hand(rate):
        if base != rate.base:
            measured = case.calculator.rate(Rate(rate.count, base), case.claim.where)
            text = f"it is a share of {base.in_words()} instead of {rate.base.in_words()}"
            yield from case.tried("other_base", text, _value(measured), 1)


def bases_at_hand(rate: Rate) -> list[Address]:
    """Return the bases somebody might have taken for a share."""
    count = rate.count
    bases = [count.of(group=ALL), count.total(), count.total().of(group=ALL), year_before(rate.base)]
    if count.item in ("shortlisted", "appointed"):
        bases += [Address(item, count.breakdown, count.category, count.group, count.year) for item in ("applied", "shortlisted")]
    bases += [Address(HEADCOUNT, "overall", ALL, group, count.year) for group in dict.fromkeys((count.group, ALL))]
    return list(dict.fromkeys(base for base in bases if base != count))


def _two_years(case: Case, rate: Rate) -> Iterator[Explanation]:
    calculator, near = case.calculator, case.claim.where
    count, base = calculator.known(rate.count, near), calculator.known(rate.base, near)
    before = calculator.known(year_before(rate.count), near)
    if not count or not base or not base.value:
        return
    if before and rate.count.item not in (HEADCOUNT, BOARD):
        text = f"people of two years ({grouped(count.value)} + {grouped(before.value)}) were divided by the base of one"
        yield from case.tried("two_years_over_one", text, Fraction(100 * (count.value + before.value), base.value), 1)
    if rate.count.item != ENTERED:
        return
    text = f"{grouped(count.value)} is half of a two-year total, and the rate is that total over the base of one year"
    yield from case.tried("halved_counts;two_years_over_one", text, Fraction(200 * count.value, base.value), 1)
    yield from _halved(case, count.value, base.value)


def _halved(case: Case, count: int, base: int) -> Iterator[Explanation]:
    """A two-year total of odd size, halved and rounded for print, while the rate was made from the total."""
    for total in (2 * count - 1, 2 * count + 1):
        share = Fraction(100 * total, base)
        text = (
            f"{grouped(count)} is the two-year total {total} halved and rounded, and the rate is that total over the base of one year "
            f"({total} of {grouped(base)} = {plain(share, 2)}%" + (", truncated" if fits(case.printed, share) == 1 else "") + ")"
        )
        average = f"{plain(share / 2, case.printed.decimals)}% as the yearly average"
        yield from case.tried("halved_counts;two_years_over_one", text, share, 0, average)


def _other_categories(case: Case, rate: Rate) -> Iterator[Explanation]:
    calculator, near = case.calculator, case.claim.where
    if rate.count.category == ALL:
        return
    categories = [each for each in calculator.ledger.categories(rate.count) if each != rate.count.category]
    for category in [*categories, f"not {rate.count.category}"]:
        if rate.count.category.startswith("not ") and category.startswith("not "):
            continue
        measured = calculator.rate(Rate(rate.count.of(category=category), rate.base), near)
        yield from case.tried("other_category", f"the figure of '{category}' stands here", _value(measured), 2)


def _counts_that_fit(case: Case, rate: Rate) -> Iterator[Explanation]:
    """The whole number of people that would give the printed share, as a last resort."""
    base, count = case.calculator.known(rate.base, case.claim.where), case.calculator.known(rate.count, case.claim.where)
    if not base or not base.value or not count:
        return
    needed = int(case.printed.value * base.value / 100 + Fraction(1, 2))
    if fits(case.printed, Fraction(100 * needed, base.value)) is None:
        return
    text = f"a count of {grouped(needed)} instead of {grouped(count.value)} was used ({grouped(needed)} of {grouped(base.value)})"
    yield Explanation("would_fit", text, case.corrected, 4)


def _of_a_pair(case: Case) -> Iterator[Explanation]:
    claim, calculator = case.claim, case.calculator
    first, second = claim.pair
    sides = _sides(claim)
    near = claim.where
    reverse = calculator.compared(sides[1], sides[0], claim.sign, near)
    if claim.sign == "/":
        text = f"the ratio was inverted: {_name(second)} over {_name(first)}"
        yield from case.tried("inverted_ratio", text, _value(reverse), 1)
        yield from case.tried("swapped_groups", "the two groups were swapped", _value(reverse), 1)
    else:
        yield from case.tried("swapped_groups", "the two groups were swapped, so the sign is wrong", _value(reverse), 1)
    earlier = [_earlier(side) if isinstance(side, Rate) else year_before(side) for side in sides]
    yield from case.tried("last_year", "last year's figure was left in place", _value(calculator.compared(*earlier, claim.sign, near)), 1)
    yield from _pair_other_bases(case, sides)
    yield from _pair_rounded_first(case, sides)
    yield from _pair_as_other_thing(case, sides)


def _name(group: str) -> str:
    return "BME" if group == "bme" else group


def _sides(claim: Claim) -> list:
    rate = rate_of(claim)
    return [rate.of(group=group) if rate else claim.address.of(group=group) for group in claim.pair]


def _pair_other_bases(case: Case, sides: list) -> Iterator[Explanation]:
    if not isinstance(sides[0], Rate):
        return
    for bases in zip(*(bases_at_hand(side) for side in sides), strict=False):
        if bases[0] == sides[0].base:
            continue
        other = [Rate(side.count, base) for side, base in zip(sides, bases, strict=True)]
        text = f"the rates are of {ITEM_WORDS[bases[0].item]} instead of {ITEM_WORDS[sides[0].base.item]}"
        yield from case.tried("other_base", text, _value(case.calculator.compared(*other, case.claim.sign, case.claim.where)), 1)
    for item, base in (("shortlisted", "applied"),):
        if sides[0].count.item == "appointed":
            other = [Rate(side.count.of(item=item), side.count.of(item=base)) for side in sides]
            text = "it compares being shortlisted from application, not being appointed"
            yield from case.tried("other_base", text, _value(case.calculator.compared(*other, case.claim.sign, case.claim.where)), 2)


def _pair_rounded_first(case: Case, sides: list) -> Iterator[Explanation]:
    calculator, near = case.calculator, case.claim.where
    values = [_value(calculator.rate(side, near)) if isinstance(side, Rate) else None for side in sides]
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


def _pair_as_other_thing(case: Case, sides: list) -> Iterator[Explanation]:
    calculator, near = case.calculator, case.claim.where
    values = [_value(calculator.rate(side, near)) if isinstance(side, Rate) else None for side in sides]
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
            yield from case.tried("other_base", "the counts were divided by each other without their bases", Fraction(counts[0].value, counts[1].value), 2)
        if sides[0].count.item == ENTERED:
            yield from _halved_pair(case, sides)


def _halved_pair(case: Case, sides: list) -> Iterator[Explanation]:
    near = case.claim.where
    counts = [case.calculator.known(side.count, near).value for side in sides]
    bases = [case.calculator.known(side.base, near).value for side in sides]
    for one in (2 * counts[0] - 1, 2 * counts[0], 2 * counts[0] + 1):
        for two in (2 * counts[1] - 1, 2 * counts[1], 2 * counts[1] + 1):
            if two > 0 and (one, two) != (2 * counts[0], 2 * counts[1]):
                text = f"the counts are two-year totals ({one} and {two}) halved and rounded, and the ratio was made from the totals"
                yield from case.tried("halved_counts", text, Fraction(one * bases[1], two * bases[0]), 2)


def _of_a_change(case: Case) -> Iterator[Explanation]:
    claim, calculator = case.claim, case.calculator
    earlier = claim.other.get("year") or year_before(claim.address).year
    now, before = (_value(calculator.quantity(claim, claim.where, **changes)) for changes in ({}, {"year": earlier}))
    if not now or not before:
        return
    yield from case.tried("other_base", "the growth was divided by the later figure, not by the earlier", 100 * (now - before) / now, 1)
    yield from case.tried("inverted_ratio", "the two years were exchanged", 100 * (before - now) / now, 1)
    yield from case.tried("percent_for_points", "the difference in percentage points was printed as growth", now - before, 1)
    yield from case.tried("percent_for_points", "growth in per cent stands where points belong", 100 * (now - before) / before, 1)
    for group in [*other_groups(claim.address.group), ALL]:
        if group != claim.address.group:
            sides = [_value(calculator.quantity(claim, claim.where, group=group, **changes)) for changes in ({}, {"year": earlier})]
            if all(sides):
                yield from case.tried("swapped_groups", f"the growth of {GROUP_WORDS[group]} people stands here", 100 * (sides[0] - sides[1]) / sides[1], 1)


