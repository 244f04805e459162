"""Which single slip makes the printed figure follow: a table of slips, each with the value it would have printed.

A slip is tried, never guessed: it is an explanation only where its value becomes the printed one by rounding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from wres_helpers.checking.addresses import GROUP_WORDS, ITEM_WORDS, JOINED, counts_in, in_words, is_single, moved, rest_of, whole_of
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.explanations import Explanation, fits, in_print, transpositions
from wres_helpers.checking.printed_numbers import grouped, plain, with_unit
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.reckoning import Measured, Reckoning, less
from wres_helpers.intake.register_words import CHANGE, COUNT, ENTERED, GAP, HEADCOUNT, KNOWN, RATIO, STAGES, SURVEY, WORKFORCE
from wres_helpers.page_model import Count, Difference, Quotient, Unknown, ratio, share
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS
from wres_helpers.standard.years import shifted

#: A difference up to this many people may be people in the wrong column; a number no larger than this often stands by chance.
_FEW = 3
_POOLED = ("applied", *STAGES, ENTERED, "accessed_training", SURVEY)
#: Kind, what happened, the value (or what it is the value of) that would have been printed, and how far-fetched it is.
_Slip = tuple[str, str, Measured | Fraction | Unknown | None, int]


@dataclass(frozen=True)
class Case:
    """A printed figure that is not what it should be.

    Attributes
    ----------
    claim, should_be
        The figure and what it should have been.
    reckoning
        Everything else, to try other calculations with.
    page
        The printed figures and what is known of them.
    """

    claim: Claim
    should_be: Measured
    reckoning: Reckoning
    page: PrintedPage

    @property
    def corrected(self) -> str:
        """What should have been printed."""
        if self.should_be.exact or not self.should_be.whole:
            return with_unit(self.should_be.value, self.claim.printed.decimals, self.claim.unit)
        return self.should_be.in_words()

    @property
    def before(self) -> str:
        """The year before the claim's."""
        return shifted(self.claim.count.year, -1)

    def tried(
        self, kind: str, text: str, tried: Measured | Fraction | Unknown | None, tier: int, corrected: str = ""
    ) -> Iterator[Explanation]:
        """Give an explanation if a tried value explains the print and is not what the figure should be anyway."""
        found = tried if isinstance(tried, Measured | Fraction) or tried is None else self.amount(tried)
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
    claim = case.claim
    if case.should_be.exact or (case.should_be.telling and not case.should_be.whole):
        yield from in_print(claim.printed, case.should_be.value, case.corrected)
    kinds = [_other_places, _of_a_count] if claim.kind == COUNT else [_other_places, _other_bases]
    kinds += [_of_a_change] if claim.kind == CHANGE else [_of_two_sides] if claim.sides else [_of_a_share] if claim.kind != COUNT else []
    for kind in kinds:
        for slip in kind(case):
            yield from case.tried(*slip)
    if claim.kind == COUNT and case.should_be.exact:
        yield from _detail_at_fault(case)
        yield from _wrong_column(case)


def _other_places(case: Case) -> Iterator[_Slip]:
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


def _of_a_count(case: Case) -> Iterator[_Slip]:
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
    if right.exact and count.item in _POOLED:
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


def _of_a_share(case: Case) -> Iterator[_Slip]:
    """One of the two counts was taken from elsewhere, pooled, halved, or has its digits transposed, in the calculation or in print."""
    unknown, claim = case.claim.unknown, case.claim
    count, base = case.number(unknown.numerator), case.number(unknown.denominator)
    if count is None or not base:
        return
    before = case.number(moved(unknown.numerator, year={claim.count.year: case.before}))
    if before and claim.count.item in _POOLED:
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


def _other_bases(case: Case) -> Iterator[_Slip]:
    """The shares are of another base, on both sides of a comparison alike."""
    claim = case.claim
    shares = [each for each in (claim.sides or (claim.unknown,)) if isinstance(each, Quotient) and isinstance(each.denominator, Count)]
    if not shares or claim.kind == CHANGE:
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


def _of_two_sides(case: Case) -> Iterator[_Slip]:
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


def _of_a_change(case: Case) -> Iterator[_Slip]:
    now, before = (case.reckoning.value(each) for each in case.claim.sides)
    if not now or not before or not now.value or not before.value:
        return
    now, before = now.value, before.value
    yield "other_base", "the growth was divided by the later figure, not by the earlier", 100 * (now - before) / now, 1
    yield from (("inverted_ratio", "the two years were exchanged", each, 1) for each in (100 * (before - now) / now, before - now))
    yield "percent_for_points", "the difference in percentage points was printed as growth", now - before, 1
    yield "percent_for_points", "growth in per cent stands where points belong", 100 * (now - before) / before, 1
