"""Everything that is known about a quantity: what the data say, and what is printed of it, and where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from wres_helpers.checking.addresses import Address, band_position, make_address, range_ends
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.printed_numbers import grouped
from wres_helpers.intake.register_words import BOARD, COUNT, HEADCOUNT, SURVEY, WORKFORCE
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS, OVERALL


@dataclass(frozen=True)
class Known:
    """A count that is known.

    Attributes
    ----------
    value
        People.
    text
        How it comes about: ``65``, or ``29 + 7 + 1 = 37``.
    source
        ``data``, or the identifiers of the printed figures it rests on.
    """

    value: int
    text: str
    source: str = "data"


class Ledger:
    """What the counts and the printed counts say about each address.

    Parameters
    ----------
    counts
        Tidy counts; may be empty.
    claims
        The claims of the register.
    """

    def __init__(self, counts: pd.DataFrame, claims: Iterable[Claim] = ()):
        self._data = _from_counts(counts)
        self._printed: dict[Address, list[tuple[int, Claim]]] = defaultdict(list)
        for claim in claims:
            if claim.kind == COUNT and claim.address and claim.printed and claim.pair is None and not claim.printed.qualifier:
                self._printed[claim.address].append((int(claim.printed.value), claim))

    def data(self, address: Address) -> Known | None:
        """Return what the data say, adding up parts where they must be added."""
        return self._resolve(address, self._data_at)

    def printed(self, address: Address, near: str = "", without: str = "") -> Known | None:
        """Return what the report prints, first at the place ``near``; never by the claim ``without``."""
        beside = self._resolve(address, lambda each: self._printed_at(each, near, without, only_near=True)) if near else None
        return beside or self._resolve(address, lambda each: self._printed_at(each, near, without))

    def best(self, address: Address, near: str = "", without: str = "") -> Known | None:
        """Return what the data say, or else what the report prints."""
        mixed = lambda each: self._data_at(each) or self._printed_at(each, near, without)  # noqa: E731
        return self.data(address) or self.printed(address, near, without) or self._resolve(address, mixed)

    def prints(self, address: Address) -> list[tuple[int, Claim]]:
        """Return every printed count of exactly this address."""
        return list(self._printed.get(address, []))

    def categories(self, address: Address) -> list[str]:
        """Return the categories known for an item, breakdown, group and year, in the order met."""
        found = dict.fromkeys(
            known.category
            for known in [*self._data, *self._printed]
            if (known.item, known.breakdown, known.group, known.year) == (address.item, address.breakdown, address.group, address.year)
        )
        return [category for category in found if is_single(category)]

    def supplied_categories(self, address: Address) -> list[str]:
        """Return the categories the data have for an item, breakdown, group and year."""
        wanted = (address.item, address.breakdown, address.group, address.year)
        return [known.category for known in self._data if (known.item, known.breakdown, known.group, known.year) == wanted]

    def supplied(self) -> list[tuple[Address, int]]:
        """Return every count of the data as it was supplied."""
        return list(self._data.items())

    def addresses(self) -> list[Address]:
        """Return every address that is known directly, data first."""
        return list(dict.fromkeys([*self._data, *self._printed]))

    def _data_at(self, address: Address) -> Known | None:
        value = self._data.get(address)
        return None if value is None else Known(value, grouped(value))

    def _printed_at(self, address: Address, near: str, without: str, only_near: bool = False) -> Known | None:
        entries = [(value, claim) for value, claim in self._printed.get(address, []) if claim.id != without]
        if only_near:
            entries = [entry for entry in entries if entry[1].where == near]
        if not entries:
            return None
        beside = [entry for entry in entries if entry[1].where == near]
        value, claim = (beside or _most_printed(entries))[0]
        return Known(value, grouped(value), claim.id)

    def _resolve(self, address: Address, at) -> Known | None:
        return at(address) or self._by_equality(address, at) or self._by_category(address, at) or self._by_group(address, at)

    def _by_equality(self, address: Address, at) -> Known | None:
        """Look where the same people are counted under another name: the workforce is the headcount."""
        if address.category != ALL or address.item not in (WORKFORCE, HEADCOUNT):
            return None
        named = [Address(HEADCOUNT, *OVERALL, address.group, address.year), Address(WORKFORCE, "grade", ALL, address.group, address.year)]
        return next((known for other in named if other != address and (known := at(other))), None)

    def _by_category(self, address: Address, at) -> Known | None:
        category = address.category
        if " + " in category:
            return self._sum([address.of(category=part) for part in category.split(" + ")], at)
        if category.startswith("not "):
            return self._difference(address, address.of(category=category[4:]), at)
        if range_ends(category):
            return self._sum([address.of(category=each) for each in self.members(address)], at)
        if address.item == BOARD and category != "total":
            whole = at(address.of(category="total"))
            return Known(0, "none on the whole board", whole.source) if whole is not None and whole.value == 0 else None
        if category == ALL and address.item == SURVEY:
            return self._sum([address.of(category=each) for each in self.categories(address)], at)
        return None

    def members(self, address: Address) -> list[str]:
        """Return the single bands a range such as ``bands 5 to 8b`` holds."""
        first, last = range_ends(address.category)
        return [each for each in self.categories(address) if (at := band_position(each)) and first <= at <= last]

    def _by_group(self, address: Address, at) -> Known | None:
        if address.group != ALL:
            return None
        return self._sum([address.of(group=group) for group in ETHNIC_GROUPS], at)

    def _sum(self, parts: list[Address], at) -> Known | None:
        found = [self._resolve(part, at) for part in parts]
        if not found or any(known is None for known in found):
            return None
        total = sum(known.value for known in found)
        text = f"{' + '.join(grouped(known.value) for known in found)} = {grouped(total)}" if len(found) > 1 else found[0].text
        return Known(total, text, _sources(found))

    def _difference(self, address: Address, left_out: Address, at) -> Known | None:
        others = [address.of(category=each) for each in self.categories(address) if each not in (left_out.category, ALL)]
        total, part = self._resolve(address.of(category=ALL), at), self._resolve(left_out, at)
        if total is None or part is None:
            return self._sum(others, at)
        return Known(
            total.value - part.value,
            f"{grouped(total.value)} - {grouped(part.value)} = {grouped(total.value - part.value)}",
            _sources([total, part]),
        )


def is_single(category: str) -> bool:
    """Tell whether a category is one cell of a table, not a total, a sum, a range or a rest."""
    return category not in (ALL, "total") and " + " not in category and not category.startswith("not ") and range_ends(category) is None


def _from_counts(counts: pd.DataFrame) -> dict[Address, int]:
    found: dict[Address, int] = {}
    columns = ("item", "breakdown", "category", "ethnic_group", "year", "count")
    for item, breakdown, category, group, year, count in zip(*(counts[column] for column in columns), strict=True):
        if (item, breakdown) == (WORKFORCE, OVERALL[0]):
            # the sum of the bands is a sum to be checked, not a figure somebody supplied
            continue
        found[make_address(item, str(breakdown), str(category), group, year)] = int(count)
    return found


def _most_printed(entries: list[tuple[int, Claim]]) -> list[tuple[int, Claim]]:
    values = [value for value, _ in entries]
    return sorted(entries, key=lambda entry: -values.count(entry[0]))


def _sources(found: list[Known]) -> str:
    return ", ".join(dict.fromkeys(known.source for known in found))
