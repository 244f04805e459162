"""What may have happened where a column of a table does not add up to its total."""

from collections.abc import Iterator
from dataclasses import dataclass

from wres_helpers.checking.addresses import GROUP_WORDS, Address, band_position, range_ends
from wres_helpers.checking.diagnosis.explanations import Explanation, one_digit_apart, transpositions
from wres_helpers.checking.diagnosis.wrong_counts import _FEW, people
from wres_helpers.checking.printed_numbers import grouped


@dataclass(frozen=True)
class Column:
    """One column of a table: what one group's people are in each category, and what they should add up to.

    Attributes
    ----------
    where
        The printed table; empty for the data.
    address
        Item, breakdown, group and year; all categories.
    cells
        Category to people, in the order of the table.
    total
        What they should add up to; None where no total is known.
    claim
        Identifier of the printed total, or of the first cell; empty for the data.
    members
        Identifiers of the printed cells.
    """

    where: str
    address: Address
    cells: dict[str, int]
    total: int | None
    claim: str
    members: tuple[str, ...] = ()

    @property
    def key(self) -> Address:
        """What the column is a column of, wherever it stands."""
        return self.address

    @property
    def surplus(self) -> int:
        """How many people the cells have more than the total."""
        return sum(self.cells.values()) - (self.total or 0)


def explain_column(column: Column, beside: list[Column], printed: list[Column]) -> Iterator[Explanation]:
    """Try everything that explains a column that does not add up.

    Parameters
    ----------
    column
        The column.
    beside
        All columns of its kind (printed, or of the data): those of other groups of the same table are looked at.
    printed
        All printed columns: the same people in coarser categories show where the fault lies.
    """
    same_table = (column.where, column.address.of(group=""))
    table = [other for other in beside if (other.where, other.address.of(group="")) == same_table and other.total is not None]
    yield from _wrong_column(column, table, printed)
    yield from _swapped(column, table)
    yield from _cells(column)
    yield from _last_year(column, beside)
    if column.surplus < 0:
        text = f"{people(column.surplus)} in the total stand in none of the rows, for example because no grade was recorded"
        yield Explanation("left_out", text, f"{grouped(column.total)}, with a row for them", 4)
    if not table or all(other.surplus == 0 for other in table if other is not column):
        total, right = str(column.total), str(sum(column.cells.values()))
        if total in transpositions(right):
            yield Explanation("transposed_digits", f"the digits of the total {right} were transposed", grouped(int(right)), 1)
        if one_digit_apart(total, right):
            yield Explanation("wrong_digit", f"one digit of the total {right} was mistyped", grouped(int(right)), 4)


def _wrong_column(column: Column, table: list[Column], printed: list[Column]) -> Iterator[Explanation]:
    for other in table:
        if other is not column and other.surplus == -column.surplus:
            over, under = (column, other) if column.surplus > 0 else (other, column)
            block = _block(over, under, printed)
            cells = [
                category for category, value in over.cells.items() if value >= over.surplus and (block is None or _inside(category, block))
            ]
            where = f" of {_title(block)}, as the table by groups of bands shows," if block else ""
            text = (
                f"{people(over.surplus)}{where} counted under {_group(over)} instead of {_group(under)}: "
                f"{_group(over)} adds up to {grouped(sum(over.cells.values()))} for {grouped(over.total)}, "
                f"{_group(under)} to {grouped(sum(under.cells.values()))} for {grouped(under.total)}"
            )
            places = f"in one of {', '.join(map(_title, cells))} under {_group(over)}"
            fix = f"{grouped(column.total)}, with {people(over.surplus)} fewer {places} and as many more under {_group(under)}"
            yield Explanation("wrong_column", text, fix, 0 if block else 1)


def _block(over: Column, under: Column, printed: list[Column]) -> str | None:
    """Find the range of categories in which a coarser table has the people elsewhere."""
    for coarse in printed:
        if coarse.address != over.address or coarse.cells == over.cells:
            continue
        for category, value in coarse.cells.items():
            if range_ends(category) and sum(cell for name, cell in over.cells.items() if _inside(name, category)) - value == over.surplus:
                return category
    return None


def _inside(category: str, block: str) -> bool:
    at, ends = band_position(category), range_ends(block)
    return at is not None and ends[0] <= at <= ends[1]


def _swapped(column: Column, table: list[Column]) -> Iterator[Explanation]:
    for other in table:
        if other is column or other.surplus != -column.surplus:
            continue
        for category, value in column.cells.items():
            if value - other.cells.get(category, value) == column.surplus:
                text = f"in {_title(category)} the figures of {_group(column)} and {_group(other)} were swapped"
                yield Explanation("swapped_groups", text, f"{grouped(other.cells[category])} and {grouped(value)}", 1)


def _cells(column: Column) -> Iterator[Explanation]:
    for category, value in column.cells.items():
        if value and value == -column.surplus:
            text = f"the {grouped(value)} of {_title(category)} were added twice into the total"
            yield Explanation("counted_twice", text, grouped(sum(column.cells.values())), 1 if value > _FEW else 2)
        if value and value == column.surplus:
            text = f"the {grouped(value)} of {_title(category)} were left out of the total"
            yield Explanation("left_out", text, grouped(sum(column.cells.values())), 1 if value > _FEW else 2)
        for digits in transpositions(str(value)):
            if value - int(digits) == column.surplus:
                text = f"the digits of {_title(category)} were transposed ({grouped(value)} for {grouped(int(digits))})"
                yield Explanation("transposed_digits", text, grouped(int(digits)), 1)
        if value - column.surplus in (2 * value, 2 * value - 1, 2 * value + 1) and value > 1:
            yield Explanation("halved_counts", f"{_title(category)} was halved", grouped(value - column.surplus), 2)


def _last_year(column: Column, beside: list[Column]) -> Iterator[Explanation]:
    for other in beside:
        if other.address.of(year="") != column.address.of(year="") or other.address.year >= column.address.year:
            continue
        if other.total == column.total:
            yield Explanation(
                "last_year", f"last year's total {grouped(column.total)} was left in place", grouped(sum(column.cells.values())), 1
            )
        for category, value in column.cells.items():
            if other.cells.get(category) == value and value - column.surplus >= 0 and value != value - column.surplus:
                text = f"last year's {grouped(value)} was left in place in {_title(category)}"
                yield Explanation("last_year", text, grouped(value - column.surplus), 2)


def _group(column: Column) -> str:
    return GROUP_WORDS.get(column.address.group, column.address.group)


def _title(category: str | None) -> str:
    text = category or ""
    return "VSM" if text == "vsm" else text[:1].upper() + text[1:]
