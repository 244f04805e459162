"""What may have happened where a column of a table does not add up to its total."""

from collections.abc import Iterator

from wres_helpers.checking.addresses import GROUP_WORDS, bands_in
from wres_helpers.checking.explanations import Explanation, one_digit_apart, transpositions
from wres_helpers.checking.printed_numbers import grouped
from wres_helpers.checking.printed_tables import Column
from wres_helpers.checking.slips import people

_FEW = 3


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
    same_table = (column.where, column.key._replace(ethnic_group=""))
    table = [other for other in beside if (other.where, other.key._replace(ethnic_group="")) == same_table and other.total is not None]
    right = sum(column.cells.values())
    yield from _wrong_column(column, table, printed)
    yield from _swapped(column, table)
    yield from _cells(column, right)
    yield from _last_year(column, beside)
    if column.surplus < 0:
        one = column.surplus == -1
        text = f"{people(column.surplus)} in the total {'stands' if one else 'stand'} in none of the rows, for example because no grade was recorded"
        yield Explanation("left_out", text, f"{grouped(column.total)}, with a row for {'that person' if one else 'them'}", 4)
    if not table or all(other.surplus == 0 for other in table if other is not column):
        if str(column.total) in transpositions(str(right)):
            yield Explanation("transposed_digits", f"the digits of the total {right} were transposed", grouped(right), 1)
        if one_digit_apart(str(column.total), str(right)):
            yield Explanation("wrong_digit", f"one digit of the total {right} was mistyped", grouped(right), 4)


def _wrong_column(column: Column, table: list[Column], printed: list[Column]) -> Iterator[Explanation]:
    for other in table:
        if other is not column and other.surplus == -column.surplus:
            over, under = (column, other) if column.surplus > 0 else (other, column)
            block = _block(over, printed)
            cells = [name for name, value in over.cells.items() if value >= over.surplus and (block is None or name in bands_in(block))]
            where = f" of {_title(block)}, as the table by groups of bands shows," if block else ""
            text = (
                f"{people(over.surplus)}{where} counted under {_group(over)} instead of {_group(under)}: "
                f"{_group(over)} adds up to {grouped(sum(over.cells.values()))} for {grouped(over.total)}, "
                f"{_group(under)} to {grouped(sum(under.cells.values()))} for {grouped(under.total)}"
            )
            places = f"in one of {', '.join(map(_title, cells))} under {_group(over)}"
            fix = f"{grouped(column.total)}, with {people(over.surplus)} fewer {places} and as many more under {_group(under)}"
            yield Explanation("wrong_column", text, fix, 0 if block else 1)


def _block(over: Column, printed: list[Column]) -> str | None:
    """Find the range of categories in which a coarser table has the people elsewhere."""
    for coarse in printed:
        for category, value in coarse.cells.items() if coarse.key == over.key and coarse.cells != over.cells else ():
            inside = bands_in(category) or ()
            if inside and sum(cell for name, cell in over.cells.items() if name in inside) - value == over.surplus:
                return category
    return None


def _swapped(column: Column, table: list[Column]) -> Iterator[Explanation]:
    for other in table:
        if other is column or other.surplus != -column.surplus:
            continue
        for category, value in column.cells.items():
            if value - other.cells.get(category, value) == column.surplus:
                text = f"in {_title(category)} the figures of {_group(column)} and {_group(other)} were swapped"
                yield Explanation("swapped_groups", text, f"{grouped(other.cells[category])} and {grouped(value)}", 1)


def _cells(column: Column, right: int) -> Iterator[Explanation]:
    for category, value in column.cells.items():
        few, were = 1 if value > _FEW else 2, "was" if value == 1 else "were"
        if value and value == -column.surplus:
            yield Explanation(
                "counted_twice", f"the {grouped(value)} of {_title(category)} {were} added twice into the total", grouped(right), few
            )
        if value and value == column.surplus:
            yield Explanation("left_out", f"the {grouped(value)} of {_title(category)} {were} left out of the total", grouped(right), few)
        for digits in transpositions(str(value)):
            if value - int(digits) == column.surplus:
                text = f"the digits of {_title(category)} were transposed ({grouped(value)} for {grouped(int(digits))})"
                yield Explanation("transposed_digits", text, grouped(int(digits)), 1)
        if value - column.surplus in (2 * value, 2 * value - 1, 2 * value + 1) and value > 1:
            yield Explanation("halved_counts", f"{_title(category)} was halved", grouped(value - column.surplus), 2)


def _last_year(column: Column, beside: list[Column]) -> Iterator[Explanation]:
    for other in beside:
        if other.key._replace(year="") != column.key._replace(year="") or other.key.year >= column.key.year:
            continue
        if other.total == column.total:
            right = grouped(sum(column.cells.values()))
            yield Explanation("last_year", f"last year's total {grouped(column.total)} was left in place", right, 1)
        for category, value in column.cells.items():
            if other.cells.get(category) == value and value - column.surplus >= 0 and column.surplus:
                text = f"last year's {grouped(value)} was left in place in {_title(category)}"
                yield Explanation("last_year", text, grouped(value - column.surplus), 2)


def _group(column: Column) -> str:
    return GROUP_WORDS.get(column.key.ethnic_group, column.key.ethnic_group)


def _title(category: str | None) -> str:
    text = category or ""
    return "VSM" if text == "vsm" else text[:1].upper() + text[1:]
