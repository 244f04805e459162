"""What may have happened where a printed number of people is not the number it should be."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from wres_helpers.checking.addresses import GROUP_WORDS, Address, other_groups, range_ends, year_before
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.diagnosis.explanations import Explanation, one_digit_apart, transpositions
from wres_helpers.checking.ledger import is_single
from wres_helpers.checking.printed_numbers import grouped
from wres_helpers.checking.recalculation import Calculator
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS

#: A difference up to this many people may be people in the wrong column.
_FEW = 3


@dataclass(frozen=True)
class CountCase:
    """A printed number of people that is not what it should be."""

    claim: Claim
    printed: int
    should_be: int
    calculator: Calculator

    @property
    def address(self) -> Address:
        """What the number is a number of."""
        return self.claim.address

    @property
    def corrected(self) -> str:
        """The number that should have been printed."""
        return grouped(self.should_be)

    def explanation(self, kind: str, text: str, tier: int = 1) -> Explanation:
        """Make an explanation that ends in the corrected number."""
        return Explanation(kind, text, self.corrected, tier)

    def known(self, address: Address) -> int | None:
        """Look a number up that the printed one may have been taken from."""
        known = self.calculator.known(address, self.claim.where, without=self.claim.id)
        return None if known is None else known.value


def explain_count(case: CountCase) -> Iterator[Explanation]:
    """Try everything that explains a printed number of people."""
    yield from _detail_at_fault(case)
    yield from _wrong_column(case)
    yield from _other_places(case)
    yield from _parts(case)
    yield from _halves_and_years(case)
    printed, right = str(case.printed), str(case.should_be)
    if printed in transpositions(right):
        yield case.explanation("transposed_digits", f"the digits of {right} were transposed")
    if one_digit_apart(printed, right):
        yield case.explanation("wrong_digit", f"one digit of {right} was mistyped", 3)


def _wrong_column(case: CountCase) -> Iterator[Explanation]:
    difference = case.printed - case.should_be
    if not 0 < abs(difference) <= _FEW:
        return
    for group in other_groups(case.address.group):
        other = case.address.of(group=group)
        right = case.calculator.ledger.data(other)
        for value, claim in case.calculator.ledger.prints(other):
            if right is not None and claim.where == case.claim.where and value - right.value == -difference:
                over, under = (case.address.group, group) if difference > 0 else (group, case.address.group)
                yield case.explanation("wrong_column", f"{people(difference)} counted under {_name(over)} instead of {_name(under)}", 0)


def _detail_at_fault(case: CountCase) -> Iterator[Explanation]:
    """A figure for a range of bands that is right, while the bands it is compared with do not add up to their total."""
    address, ledger = case.address, case.calculator.ledger
    if not range_ends(address.category):
        return
    surplus = {}
    for group in ETHNIC_GROUPS:
        column = address.of(group=group, category=ALL)
        bands = [known.value for each in ledger.categories(column) if (known := ledger.data(column.of(category=each)))]
        total = ledger.best(column.total())
        surplus[group] = sum(bands) - total.value if bands and total else 0
    here = case.should_be - case.printed
    if here == 0 or surplus.get(address.group) != here:
        return
    others = [group for group, more in surplus.items() if more == -here]
    over, under = ((address.group, others[0]) if here > 0 else (others[0], address.group)) if others else (address.group, "")
    moved = f" counted under {_name(over)} instead of {_name(under)}" if under else " too many or too few"
    text = (
        f"this figure is right and the single bands are not: {people(here)}{moved} among them, because the {_name(address.group)} bands "
        f"add up to {people(surplus[address.group])} {'more' if here > 0 else 'fewer'} than their total"
    )
    yield Explanation("wrong_column" if under else "left_out", text, grouped(case.printed), 0)


def people(difference: int) -> str:
    """Write so many people, whichever way the difference goes."""
    return f"{grouped(abs(difference))} " + ("person" if abs(difference) == 1 else "people")


def _name(group: str) -> str:
    return GROUP_WORDS.get(group, group)


def _other_places(case: CountCase) -> Iterator[Explanation]:
    address = case.address
    if case.known(year_before(address)) == case.printed:
        yield case.explanation("last_year", f"last year's {grouped(case.printed)} was left in place")
    for group in [*other_groups(address.group), ALL]:
        if group != address.group and case.known(address.of(group=group)) == case.printed:
            exchanged = any(
                value == case.should_be and claim.where == case.claim.where
                for value, claim in case.calculator.ledger.prints(address.of(group=group))
            )
            tier = 0 if exchanged and case.printed > _FEW else 1
            yield case.explanation("swapped_groups", f"the number of {_name(group)} people stands here", tier)
    for category in case.calculator.ledger.categories(address):
        if category != address.category and case.known(address.of(category=category)) == case.printed:
            yield case.explanation("other_category", f"the number of '{category}' stands here", 2 if case.printed <= _FEW else 1)


def _parts(case: CountCase) -> Iterator[Explanation]:
    """A total into which one part went twice, or not at all."""
    over, under = case.printed - case.should_be, case.should_be - case.printed
    for name, value in parts_of(case.address, case.calculator):
        if value and value == over:
            yield case.explanation("counted_twice", f"the {grouped(value)} of {name} were added twice", 1 if value > _FEW else 2)
        if value and value == under:
            yield case.explanation("left_out", f"the {grouped(value)} of {name} were left out", 1 if value > _FEW else 2)
        if value and 2 * value == under:
            yield case.explanation("left_out", f"the {grouped(value)} of {name} were subtracted instead of added", 3)


def parts_of(address: Address, calculator: Calculator) -> list[tuple[str, int]]:
    """Return the parts a total is made of: its categories, the categories of a sum, or the ethnic groups."""
    parts: list[tuple[str, Address]] = []
    if address.group == ALL:
        parts += [(f"{_name(group)} people", address.of(group=group)) for group in ETHNIC_GROUPS]
    if not is_single(address.category):
        where = address.of(item="workforce", breakdown="grade") if address.item == "headcount" else address
        wanted = address.category.split(" + ") if " + " in address.category else calculator.ledger.categories(where)
        parts += [(f"'{category}'", where.of(category=category)) for category in wanted]
    known = [(name, calculator.known(part)) for name, part in parts]
    return [(name, found.value) for name, found in known if found is not None]


def _halves_and_years(case: CountCase) -> Iterator[Explanation]:
    if case.should_be > 1 and case.printed in (case.should_be // 2, -(-case.should_be // 2)):
        yield case.explanation("halved_counts", f"{grouped(case.should_be)} was halved" + (" and rounded" if case.should_be % 2 else ""))
    before = case.known(year_before(case.address))
    if case.address.item not in ("headcount", "workforce", "board"):
        if before and case.printed == case.should_be + before:
            text = f"two years were added together ({grouped(case.should_be)} + {grouped(before)})"
            yield case.explanation("two_years_over_one", text)
        if case.printed == 2 * case.should_be and case.should_be:
            yield case.explanation("two_years_over_one", "the total of two years stands for one")
    for factor in (10, 100):
        if Fraction(case.printed, factor) == case.should_be or case.printed * factor == case.should_be:
            yield case.explanation("decimal_point", "a nought was added or lost", 2)
