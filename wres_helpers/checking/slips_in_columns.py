"""What may have happened where a column of a table does not add up to its total."""

from collections.abc import Iterator

from wres_helpers.checking.addresses import GROUP_WORDS, bands_in
from wres_helpers.checking.printed_numbers import grouped
from wres_helpers.checking.printed_tables import Column
from wres_helpers.checking.slips import people
from wres_helpers.checking.tried_slips import Explanation, one_digit_apart, told, transpositions

_FEW = 3
#: Kind, what happened, by how many people the column then exceeds its total, what it should be, and how far-fetched it is.
_Slip = tuple[str, str, int, str, int]


def explained(column: Column, beside: list[Column], printed: list[Column]) -> dict[str, str]:
    """Return what may have happened to a column that does not add up, as a finding holds it.

    Parameters
    ----------
    column
        The column.
    beside
        All columns of its kind (printed, or of the data): those of other groups of the same table are looked at.
    printed
        All printed columns: the same people in coarser categories show where the fault lies.
    """
    return told(_explanations(column, beside, printed))


def _explanations(column: Column, beside: list[Column], printed: list[Column]) -> Iterator[Explanation]:
    same_table = (column.where, column.key._replace(ethnic_group=""))
    table = [other for other in beside if (other.where, other.key._replace(ethnic_group="")) == same_table and other.total is not None]
    right = sum(column.cells.values())
    yield from _wrong_column(column, table, printed)
    for kind, text, causes, fix, tier in (*_of_cells(column, table, right), *_last_year(column, beside, right)):
        if causes == column.surplus:
            yield Explanation(kind, text, fix, tier)
    if column.surplus < 0:
        verb, them = ("stands", "that person") if column.surplus == -1 else ("stand", "them")
        text = f"{people(column.surplus)} in the total {verb} in none of the rows, for example because no grade was recorded"
        yield Explanation("left_out", text, f"{grouped(column.total)}, with a row for {them}", 4)
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


def _of_cells(column: Column, table: list[Column], right: int) -> Iterator[_Slip]:
    """What may have happened to one cell, and by how many people the column would then exceed its total."""
    for category, value in column.cells.items():
        title, rare, were = _title(category), 1 if value > _FEW else 2, "was" if value == 1 else "were"
        for other in table:
            theirs = other.cells.get(category, value)
            if other is not column and other.surplus == -column.surplus:
                text = f"in {title} the figures of {_group(column)} and {_group(other)} were swapped"
                yield "swapped_groups", text, value - theirs, f"{grouped(theirs)} and {grouped(value)}", 1
        yield "counted_twice", f"the {grouped(value)} of {title} {were} added twice into the total", -value, grouped(right), rare
        yield "left_out", f"the {grouped(value)} of {title} {were} left out of the total", value, grouped(right), rare
        for digits in map(int, transpositions(str(value))):
            text = f"the digits of {title} were transposed ({grouped(value)} for {grouped(digits)})"
            yield "transposed_digits", text, value - digits, grouped(digits), 1
        for whole in (2 * value - 1, 2 * value, 2 * value + 1) if value > 1 else ():
            yield "halved_counts", f"{title} was halved", value - whole, grouped(whole), 2


def _last_year(column: Column, beside: list[Column], right: int) -> Iterator[_Slip]:
    for other in beside:
        if other.key._replace(year="") != column.key._replace(year="") or other.key.year >= column.key.year:
            continue
        if other.total == column.total:
            yield "last_year", f"last year's total {grouped(column.total)} was left in place", column.surplus, grouped(right), 1
        for category, value in column.cells.items():
            if other.cells.get(category) == value >= column.surplus:
                text = f"last year's {grouped(value)} was left in place in {_title(category)}"
                yield "last_year", text, column.surplus, grouped(value - column.surplus), 2


def _group(column: Column) -> str:
    return GROUP_WORDS.get(column.key.ethnic_group, column.key.ethnic_group)


def _title(category: str | None) -> str:
    text = category or ""
    return "VSM" if text == "vsm" else text[:1].upper() + text[1:]
