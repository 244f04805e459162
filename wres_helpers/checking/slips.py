"""Which single slip makes the printed figure follow: another group, year, base, category or stage, a sum gone wrong, an inverted ratio."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from wres_helpers.checking.addresses import GROUP_WORDS, ITEM_WORDS, JOINED, counts_in, in_words, is_single, moved, rest_of, whole_of
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.explanations import Explanation, fits, in_print, transpositions
from wres_helpers.checking.printed_numbers import grouped, plain, with_unit
from wres_helpers.checking.reckoning import Measured, Reckoning, less
from wres_helpers.intake.register_words import CHANGE, COUNT, ENTERED, GAP, HEADCOUNT, KNOWN, RATIO, STAGES, SURVEY, WORKFORCE
from wres_helpers.page_model import Count, Difference, Quotient, Unknown, ratio, share
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS
from wres_helpers.standard.years import shifted

#: A difference up to this many people may be people in the wrong column; a number no larger than this often stands by chance.
_FEW = 3
_POOLED = ("applied", *STAGES, ENTERED, "accessed_training", SURVEY)


@dataclass(frozen=True)
class Case:
    """A printed figure that is not what it should be.

    Attributes
    ----------
    claim, should_be
        The figure and what it should have been.
    reckoning
        Everything else, to try other calculations with.
    categories
        Categories known for a column.
    prints
        Every exact printed count, by what it is a count of.
    """

    claim: Claim
    should_be: Measured
    reckoning: Reckoning
    categories: dict[Count, tuple[str, ...]]
    prints: dict[Count, list[Claim]]

    @property
    def corrected(self) -> str:
        """What should have been printed."""
        if self.should_be.exact or not self.should_be.whole:
            return with_unit(self.should_be.value, self.claim.printed.decimals, self.claim.unit)
        return self.should_be.in_words()

    def tried(self, kind: str, text: str, found: Measured | Fraction | None, tier: int = 1, corrected: str = "") -> Iterator[Explanation]:
        """Give an explanation if a tried value explains the print and is not what the figure should be anyway."""
        if found is None:
            return
        low, high = (found.low, found.high) if isinstance(found, Measured) else (found, found)
        if low == high and not (low == self.should_be.low and self.should_be.exact):
            fit = fits(self.claim.printed, Fraction(low))
            if fit is not None:
                yield Explanation(kind, text, corrected or self.corrected, tier + fit)
        elif low != high and isfinite(low) and isfinite(high) and high - low <= max(abs(high) / 5, 4 * self.claim.printed.step):
            ends = self.claim.printed.ends(whole=self.claim.kind == COUNT)
            if ends[0] <= high and low <= ends[1] and not (low <= self.should_be.low and self.should_be.high <= high):
                yield Explanation(kind, text, corrected or self.corrected, tier + 1)

    def amount(self, unknown: Unknown) -> Measured | None:
        """Return an amount as a printed figure of the claim's kind would give it."""
        found = self.reckoning.value(unknown)
        return less(found, self.claim.less) if found else None

    def number(self, count: Count) -> int | None:
        """Return a count, where it is known exactly."""
        found = self.reckoning.value(count)
        return int(found.value) if found and found.exact else None


def slips(case: Case) -> Iterator[Explanation]:
    """Try everything that explains a printed figure."""
    if case.should_be.exact or (case.should_be.telling and not case.should_be.whole):
        yield from in_print(case.claim.printed, case.should_be.value, case.corrected)
    yield from _other_places(case)
    if case.claim.kind == COUNT:
        yield from _of_a_count(case)
    elif case.claim.kind == CHANGE:
        yield from _of_a_change(case)
    elif case.claim.sides:
        yield from _of_two_sides(case)
    else:
        yield from _of_a_share(case)
    if case.claim.kind != COUNT:
        yield from _other_bases(case)


def _other_places(case: Case) -> Iterator[Explanation]:
    """The figure of another group, year or category stands here."""
    claim, unknown = case.claim, case.claim.unknown
    few = claim.kind == COUNT and case.claim.printed.value <= _FEW
    first = claim.count.ethnic_group
    for group in [*ETHNIC_GROUPS, ALL, KNOWN]:
        other = moved(unknown, ethnic_group={first: group})
        if group != first and not claim.pair and other != unknown:
            tier = 0 if claim.kind == COUNT and not few and _exchanged(case, other) else 1
            yield from case.tried("swapped_groups", f"the figure of {GROUP_WORDS[group]} people stands here", case.amount(other), tier)
    earlier = moved(unknown, year={claim.count.year: shifted(claim.count.year, -1)})
    if claim.kind != CHANGE:
        yield from case.tried("last_year", "last year's figure was left in place", case.amount(earlier))
    for category in case.categories.get(claim.count._replace(category=ALL), ()):
        other = moved(unknown, category={claim.count.category: category})
        if other != unknown and claim.count.category not in (ALL, f"not {category}"):
            tier = 1 if claim.kind == COUNT and not few else 2
            yield from case.tried("other_category", f"the figure of '{category}' stands here", case.amount(other), tier)
    if claim.kind != COUNT and claim.count.category != ALL:
        rest = rest_of(claim.count.category) or f"not {claim.count.category}"
        if whole_of(claim.count) in counts_in(unknown):
            yield from case.tried("other_category", f"the figure of '{rest}' stands here", _hundred_less(case.amount(unknown)), 2)


def _exchanged(case: Case, other: Count) -> bool:
    return any(each.where == case.claim.where and each.printed.value == case.should_be.low for each in case.prints.get(other, ()))


def _hundred_less(found: Measured | None) -> Measured | None:
    return Measured(100 - found.high, 100 - found.low, found.text) if found else None


def _of_a_count(case: Case) -> Iterator[Explanation]:
    printed, count, (low, high) = int(case.claim.printed.value), case.claim.count, (case.should_be.low, case.should_be.high)
    for name, value in _parts(case, count):
        few = 1 if value > _FEW and low == high else 2
        if value and low <= printed - value <= high:
            yield Explanation("counted_twice", f"the {grouped(value)} of {name} were added twice", case.corrected, few)
        if value and low <= printed + value <= high:
            yield Explanation("left_out", f"the {grouped(value)} of {name} were left out", case.corrected, few)
        if value and low == high == printed + 2 * value:
            yield Explanation("left_out", f"the {grouped(value)} of {name} were subtracted instead of added", case.corrected, 3)
    if not case.should_be.exact:
        return
    right = int(case.should_be.value)
    yield from _detail_at_fault(case)
    yield from _wrong_column(case, printed - right)
    if right > 1 and printed in (right // 2, -(-right // 2)):
        text = f"{grouped(right)} was halved" + (" and rounded" if right % 2 else "")
        yield Explanation("halved_counts", text, case.corrected)
    before = case.number(count._replace(year=shifted(count.year, -1)))
    if count.item in _POOLED and before and printed == right + before:
        text = f"two years were added together ({grouped(right)} + {grouped(before)})"
        yield Explanation("two_years_over_one", text, case.corrected)
    if count.item in _POOLED and right and printed == 2 * right:
        yield Explanation("two_years_over_one", "the total of two years stands for one", case.corrected)


def _parts(case: Case, count: Count) -> Iterator[tuple[str, int]]:
    """Give the parts a total is made of: its categories, the categories of a sum, or the ethnic groups."""
    parts = [(f"{GROUP_WORDS[group]} people", count._replace(ethnic_group=group)) for group in JOINED.get(count.ethnic_group, ())]
    if not is_single(count.category):
        total = case.claim.column.breakdown == "overall" and count.item == HEADCOUNT
        column = count._replace(item=WORKFORCE, breakdown="grade") if total else case.claim.column
        listed = case.categories.get(column._replace(category=ALL), ())
        names = count.category.split(" + ") if " + " in count.category else listed
        parts += [(f"'{name}'", column._replace(category=name)) for name in names]
    yield from ((name, value) for name, part in parts if (value := case.number(part)) is not None)


def _wrong_column(case: Case, difference: int) -> Iterator[Explanation]:
    """As many people too few under another group of the same table as there are too many here."""
    if not 0 < abs(difference) <= _FEW:
        return
    count = case.claim.count
    for group in [each for each in ETHNIC_GROUPS if each != count.ethnic_group]:
        right = case.number(count._replace(ethnic_group=group))
        for other in case.prints.get(count._replace(ethnic_group=group), ()):
            if right is not None and other.where == case.claim.where and int(other.printed.value) - right == -difference:
                over, under = (count.ethnic_group, group) if difference > 0 else (group, count.ethnic_group)
                text = f"{people(difference)} counted under {GROUP_WORDS[over]} instead of {GROUP_WORDS[under]}"
                yield Explanation("wrong_column", text, case.corrected, 0)


def _detail_at_fault(case: Case) -> Iterator[Explanation]:
    """A figure for several categories that is right, while the single ones do not add up to their total."""
    count, here = case.claim.count, int(case.should_be.value) - int(case.claim.printed.value)
    surplus = {group: _surplus(case, count._replace(ethnic_group=group, category=ALL)) for group in ETHNIC_GROUPS}
    if is_single(count.category) or count.category == ALL or here == 0 or surplus.get(count.ethnic_group) != here:
        return
    others = [group for group, more in surplus.items() if more == -here]
    over, under = ((count.ethnic_group, others[0]) if here > 0 else (others[0], count.ethnic_group)) if others else (count.ethnic_group, "")
    mistake = f" counted under {GROUP_WORDS[over]} instead of {GROUP_WORDS[under]}" if under else " too many or too few"
    text = (
        f"this figure is right and the single bands are not: {people(here)}{mistake} among them, because the {GROUP_WORDS[count.ethnic_group]} "
        f"bands add up to {people(here)} {'more' if here > 0 else 'fewer'} than their total"
    )
    yield Explanation("wrong_column" if under else "left_out", text, grouped(case.claim.printed.value), 0)


def _surplus(case: Case, column: Count) -> int | None:
    cells = [case.number(column._replace(category=category)) for category in case.categories.get(column, ())]
    total = case.number(whole_of(column))
    return sum(cells) - total if cells and None not in cells and total is not None else None


def people(difference: int) -> str:
    """Write so many people, whichever way the difference goes."""
    return f"{grouped(abs(difference))} " + ("person" if abs(difference) == 1 else "people")


def _of_a_share(case: Case) -> Iterator[Explanation]:
    unknown = case.claim.unknown
    count, base = case.number(unknown.numerator), case.number(unknown.denominator)
    if count is None or not base:
        return
    before = case.number(moved(unknown.numerator, year={case.claim.count.year: shifted(case.claim.count.year, -1)}))
    if before and case.claim.count.item in _POOLED:
        text = f"people of two years ({grouped(count)} + {grouped(before)}) were divided by the base of one"
        yield from case.tried("two_years_over_one", text, Fraction(100 * (count + before), base))
    if case.claim.count.item == ENTERED:
        yield from _halved(case, count, base)
    yield from _other_counts(case, count, base)
    needed = int(case.claim.printed.value * base / 100 + Fraction(1, 2))
    text = f"a count of {grouped(needed)} instead of {grouped(count)} was used ({grouped(needed)} of {grouped(base)})"
    yield from case.tried("would_fit", text, Fraction(100 * needed, base), 4)


def _halved(case: Case, count: int, base: int) -> Iterator[Explanation]:
    """A two-year total, halved (and rounded, if odd) for print, while the rate was made from the total."""
    kinds, printed = "halved_counts;two_years_over_one", case.claim.printed
    text = f"{grouped(count)} is half of a two-year total, and the rate is that total over the base of one year"
    yield from case.tried(kinds, text, Fraction(200 * count, base))
    for both in (2 * count - 1, 2 * count + 1):
        of_both = Fraction(100 * both, base)
        cut = ", truncated" if fits(printed, of_both) == 1 else ""
        text = (
            f"{grouped(count)} is the two-year total {both} halved and rounded, and the rate is that total over the base of one year "
            f"({both} of {grouped(base)} = {plain(of_both, 2)}%{cut})"
        )
        yield from case.tried(kinds, text, of_both, 0, f"{plain(of_both / 2, printed.decimals)}% as the yearly average")


def _other_counts(case: Case, count: int, base: int) -> Iterator[Explanation]:
    """One of the two counts was taken from elsewhere, or has its digits transposed, in the calculation or in print."""
    unknown, year = case.claim.unknown, case.claim.count.year
    exchanges = [("last_year", "one is last year's", {"year": {year: shifted(year, -1)}})]
    for group in [each for each in ETHNIC_GROUPS if each != case.claim.count.ethnic_group]:
        exchanges.append(
            ("swapped_groups", f"one is of {GROUP_WORDS[group]} people", {"ethnic_group": {case.claim.count.ethnic_group: group}})
        )
    for kind, text, change in exchanges:
        for at, value in ((unknown.numerator, count), (unknown.denominator, base)):
            other = case.number(moved(at, **change))
            if other is not None and other != value:
                said = f"{grouped(value)} and {grouped(other)} were exchanged: {text}"
                yield from case.tried(kind, said, _percent(other, base) if at == unknown.numerator else _percent(count, other), 2)
    for value in (count, base):
        for digits in map(int, transpositions(str(value))):
            said = f"the digits of {grouped(value)} were transposed ({grouped(digits)})"
            yield from case.tried("transposed_digits", said, _percent(digits, base) if value == count else _percent(count, digits), 2)
    for claim in case.prints.get(unknown.numerator, ()):
        if claim.printed.value != count:
            text = f"it follows from the count printed as {claim.id} ({grouped(claim.printed.value)} of {grouped(base)})"
            yield from case.tried("follows", text, _percent(int(claim.printed.value), base))


def _percent(count: int, base: int) -> Fraction | None:
    return Fraction(100 * count, base) if base else None


def _other_bases(case: Case) -> Iterator[Explanation]:
    """The shares are of another base, on both sides of a comparison alike."""
    claim = case.claim
    shares = [each for each in (claim.sides or (claim.unknown,)) if isinstance(each, Quotient) and isinstance(each.denominator, Count)]
    if not shares or claim.kind == CHANGE:
        return
    for at, base in enumerate(_bases_at_hand(shares[0])):
        others = [share(each.numerator, _bases_at_hand(each)[at]) for each in shares]
        if len(shares) == 1 and not claim.sides:
            whose = "the " + f"{grouped(case.number(base) or 0)} whose ethnicity is known" if base.ethnic_group == KNOWN else in_words(base)
            text = f"it is a share of {whose} instead of {in_words(shares[0].denominator)}"
            tier = 0 if base.ethnic_group == KNOWN else 1
            yield from case.tried("other_base", text, case.amount(others[0]), tier)
        elif len(shares) == 2 and others[0].denominator != others[1].denominator:
            name = "people whose ethnicity is known" if base.ethnic_group == KNOWN else ITEM_WORDS.get(base.item, base.item)
            text = f"the rates are of {name} instead of {ITEM_WORDS.get(shares[0].denominator.item, shares[0].denominator.item)}"
            yield from case.tried("other_base", text, case.amount(_compared(claim, *others)))


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
    if count.item in STAGES:
        bases += [count._replace(item=item) for item in STAGES if item != count.item]
    bases += [Count(count.year, HEADCOUNT, "overall", ALL, group) for group in (count.ethnic_group, ALL)]
    return [each if each not in (base, count) else count._replace(year="no such base") for each in bases]


def _compared(claim: Claim, one: Unknown, two: Unknown) -> Unknown:
    return Difference(one, two) if claim.kind == GAP else ratio(one, two)


def _of_two_sides(case: Case) -> Iterator[Explanation]:
    """A ratio or a gap: inverted, of rates rounded first, or one in place of the other."""
    claim, (one, two) = case.claim, case.claim.sides
    reverse = case.amount(_compared(claim, two, one))
    if claim.kind == RATIO:
        yield from case.tried("inverted_ratio", "the ratio was inverted", reverse)
        rounded = Fraction(plain(case.should_be.value, claim.printed.decimals))
        if rounded:
            text = f"the ratio was rounded to {plain(rounded, claim.printed.decimals)} and then inverted"
            yield from case.tried("inverted_ratio", text, 1 / rounded, 2)
        yield from case.tried("swapped_groups", "the two sides were swapped", reverse)
    else:
        yield from case.tried("swapped_groups", "the two sides were swapped, so the sign is wrong", reverse)
    if claim.count.item == "appointed" and claim.base == "shortlisted":
        others = [moved(each, item={"appointed": "shortlisted", "shortlisted": "applied"}) for each in (one, two)]
        text = "it compares being shortlisted from application, not being appointed"
        yield from case.tried("other_base", text, case.amount(_compared(claim, *others)), 2)
    rates = [case.reckoning.value(each) for each in (one, two)]
    if None in rates or not all(rate.value for rate in rates):
        return
    yield from _rounded_first(case, rates[0].value, rates[1].value)
    yield from _as_another_thing(case, rates[0].value, rates[1].value)
    if claim.kind == RATIO and isinstance(one, Quotient):
        counts, bases = ([case.number(each[at]) for each in (one, two)] for at in (0, 1))
        if None not in (*counts, *bases) and all((*counts, *bases)):
            text = "the counts were divided by each other without their bases"
            yield from case.tried("other_base", text, Fraction(counts[0], counts[1]), 2)
            if claim.count.item == ENTERED:
                yield from _halved_pair(case, counts, bases)


def _rounded_first(case: Case, one: Fraction, two: Fraction) -> Iterator[Explanation]:
    for places in (0, 1, 2):
        first, second = Fraction(plain(one, places)), Fraction(plain(two, places))
        text = f"the rates were rounded first ({plain(first, places)}% and {plain(second, places)}%)"
        if case.claim.kind == GAP:
            yield from case.tried("rounded_first", text, first - second)
        elif second:
            yield from case.tried("rounded_first", text, first / second)


def _as_another_thing(case: Case, one: Fraction, two: Fraction) -> Iterator[Explanation]:
    if case.claim.kind == GAP:
        text = "the difference is relative (a part of the other rate), not in percentage points"
        for larger, smaller in ((one, two), (two, one)):
            yield from case.tried("percent_for_points", text, 100 * abs(one - two) / larger)
            yield from case.tried("percent_for_points", text, 100 * (larger - smaller) / smaller)
        yield from case.tried("other_category", "a ratio stands where a gap belongs", one / two, 2)
    else:
        yield from case.tried("percent_for_points", "a gap in percentage points stands where a ratio belongs", one - two, 2)


def _halved_pair(case: Case, counts: list[int], bases: list[int]) -> Iterator[Explanation]:
    for one in (2 * counts[0] - 1, 2 * counts[0], 2 * counts[0] + 1):
        for two in (2 * counts[1] - 1, 2 * counts[1], 2 * counts[1] + 1):
            if two > 0 and (one, two) != (2 * counts[0], 2 * counts[1]):
                text = f"the counts are two-year totals ({one} and {two}) halved and rounded, and the ratio was made from the totals"
                yield from case.tried("halved_counts", text, Fraction(one * bases[1], two * bases[0]), 2)


def _of_a_change(case: Case) -> Iterator[Explanation]:
    now, before = (case.reckoning.value(each) for each in case.claim.sides)
    if not now or not before or not now.value or not before.value:
        return
    now, before = now.value, before.value
    yield from case.tried("other_base", "the growth was divided by the later figure, not by the earlier", 100 * (now - before) / now)
    yield from case.tried("inverted_ratio", "the two years were exchanged", 100 * (before - now) / now)
    yield from case.tried("inverted_ratio", "the two years were exchanged", before - now)
    yield from case.tried("percent_for_points", "the difference in percentage points was printed as growth", now - before)
    yield from case.tried("percent_for_points", "growth in per cent stands where points belong", 100 * (now - before) / before)
