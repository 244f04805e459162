"""What may have happened where a printed share, ratio, gap or growth is not what the counts give."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from wres_helpers.checking.addresses import GROUP_WORDS, Address, other_groups, year_before
from wres_helpers.checking.diagnosis.explanations import Explanation, fits, transpositions
from wres_helpers.checking.diagnosis.slip_cases import Case, bases_at_hand, explain_print, value_of, year_earlier
from wres_helpers.checking.diagnosis.wrong_comparisons import explain_change, explain_pair
from wres_helpers.checking.printed_numbers import grouped, plain
from wres_helpers.checking.recalculation import Measured, Rate, rate_of
from wres_helpers.intake.register_words import BOARD, CHANGE, ENTERED, GAP, HEADCOUNT, RATIO
from wres_helpers.standard.columns import ALL


def explain_rate(case: Case) -> Iterator[Explanation]:
    """Try everything that explains a printed share, ratio, gap or growth."""
    yield from explain_print(case.printed, case.should_be.value, case.corrected)
    if case.claim.kind == CHANGE:
        yield from explain_change(case)
    elif case.claim.pair and case.claim.address:
        yield from explain_pair(case)
    elif case.claim.address and (rate := rate_of(case.claim)) and case.claim.kind not in (GAP, RATIO):
        yield from _of_a_share(case, rate)
        yield from _counts_that_fit(case, rate)


def _of_a_share(case: Case, rate: Rate) -> Iterator[Explanation]:
    calculator, near = case.calculator, case.claim.where
    for group in other_groups(rate.count.group):
        other = rate.of(group=group)
        yield from case.tried(
            "swapped_groups", f"the figure of {GROUP_WORDS[group]} people stands here", value_of(calculator.rate(other, near)), 1
        )
    yield from case.tried("last_year", "last year's figure was left in place", value_of(calculator.rate(year_earlier(rate), near)), 1)
    yield from _other_bases(case, rate)
    yield from _two_years(case, rate)
    beside = calculator.rate(rate, near, "printed")
    text = f"it follows from the counts printed beside it ({beside.text})" if isinstance(beside, Measured) else ""
    yield from case.tried("follows", text, value_of(beside), 1)
    yield from _other_categories(case, rate)
    yield from _other_counts(case, rate)


def _other_counts(case: Case, rate: Rate) -> Iterator[Explanation]:
    """One of the two counts is wrong in print, and the rate is right; or the other way round."""
    calculator, near = case.calculator, case.claim.where
    count, base = calculator.known(rate.count, near), calculator.known(rate.base, near)
    if not count or not base or not base.value:
        return
    for kind, text, moved in _mistakable(rate):
        for known, address in ((count, rate.count), (base, rate.base)):
            other = calculator.known(moved(address), near)
            if other is not None:
                said = f"{grouped(known.value)} and {grouped(other.value)} were exchanged: {text}"
                yield from case.tried(
                    kind, said, _share(other.value, base.value) if known is count else _share(count.value, other.value), 2
                )
    for known in (count, base):
        for digits in map(int, transpositions(str(known.value))):
            said = f"the digits of {grouped(known.value)} were transposed ({grouped(digits)})"
            share = _share(digits, base.value) if known is count else _share(count.value, digits)
            yield from case.tried("transposed_digits", said, share, 2)


def _share(count: int, base: int) -> Fraction | None:
    return Fraction(100 * count, base) if base else None


def _mistakable(rate: Rate) -> Iterator[tuple[str, str, Callable[[Address], Address]]]:
    """Give the counts that may have been taken for another: last year's, and those of the other groups."""
    yield "last_year", "one is last year's", year_before
    for group in other_groups(rate.count.group):
        yield "swapped_groups", f"one is of {GROUP_WORDS[group]} people", lambda address, group=group: address.of(group=group)


def _other_bases(case: Case, rate: Rate) -> Iterator[Explanation]:
    for base in bases_at_hand(rate):
        if base != rate.base:
            measured = case.calculator.rate(Rate(rate.count, base), case.claim.where)
            text = f"it is a share of {base.in_words()} instead of {rate.base.in_words()}"
            yield from case.tried("other_base", text, value_of(measured), 1)


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
        yield from case.tried("other_category", f"the figure of '{category}' stands here", value_of(measured), 2)


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
