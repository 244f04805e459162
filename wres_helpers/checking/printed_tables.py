"""Columns of tables, in print and in the data: which parts are all there are, and the total they should add up to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wres_helpers.checking.addresses import adds_up, bands_in, is_open_ended, is_single, whole_of
from wres_helpers.checking.claimed_figures import PrintedFigure
from wres_helpers.checking.printed_numbers import Printed
from wres_helpers.intake.register_words import BOARD, COUNT, SHARE, SURVEY
from wres_helpers.page_model import Count, Quotient
from wres_helpers.standard.columns import ALL


@dataclass(frozen=True)
class PrintedColumn:
    """How many people of one group are in each category of a table (``claim`` empty: of the data), and the total they should add up to."""

    where: str
    #: Item, breakdown, group and year; all categories.
    key: Count
    cells: dict[str, int]
    total: int
    #: Identifier of the printed total, or of the first cell.
    claim: str = ""

    @property
    def surplus(self) -> int:
        """How many people the cells have more than the total."""
        return sum(self.cells.values()) - self.total


def supplied_cells(data: Mapping[Count, int]) -> dict[Count, dict[str, int]]:
    """Return the columns of the counts as supplied: category to number."""
    cells: dict[Count, dict[str, int]] = defaultdict(dict)
    for count, value in data.items():
        if count.breakdown != "overall" and count.item != BOARD:
            cells[count._replace(category=ALL)][count.category] = value
    return cells


def data_columns(data: Mapping[Count, int]) -> list[PrintedColumn]:
    """Return the columns of the data whose total is supplied, too."""
    columns = []
    for key, cells in supplied_cells(data).items():
        of_group = key._replace(breakdown="staff_group", category=key.breakdown[7:-1])
        total = data.get(of_group if key.breakdown.startswith("grade (") else whole_of(key))
        columns += [PrintedColumn("", key, cells, total)] if total is not None and key.item != SURVEY else []
    return columns


def _tables(figures: Iterable[PrintedFigure]) -> dict[tuple[str, Count], dict[str, list[PrintedFigure]]]:
    """Gather printed counts and shares by the column they stand in, and there by category."""
    found: dict[tuple[str, Count], dict[str, list[PrintedFigure]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        if figure.kind in (COUNT, SHARE) and not figure.pair and figure.column.breakdown != "overall" and figure.count.item != BOARD:
            found[figure.where, figure.column][figure.count.category].append(figure)
    return found


def printed_columns(figures: list[PrintedFigure], data: Mapping[Count, int]) -> list[PrintedColumn]:
    """Return the printed columns of which all parts are printed as exact numbers and should add up to a total.

    A total stands in the same table, or the parts are ranges of bands, or the data have the same categories. A text that
    mentions a few bands is no table.
    """
    supplied, found = supplied_cells(data), []
    for (where, key), cells in _tables(each for each in figures if each.kind == COUNT and adds_up(each.count)).items():
        total = next(iter(cells.pop(ALL, [])), None)
        parts = {part: cells[part][0] for part in partition(list(cells))}
        exact = all(each.printed.exact for each in (*parts.values(), *([total] if total else [])))
        if exact and len(parts) > 1 and _adds_up(list(parts), total, list(supplied.get(key, ())), key):
            number = int(total.printed.value) if total else _total_elsewhere(whole_of(key), figures, data)
            values = {part: int(figure.printed.value) for part, figure in parts.items()}
            claim = total.id if total else min(figure.id for figure in parts.values())
            found += [] if number is None else [PrintedColumn(where, key, values, number, claim)]
    return found


def _adds_up(parts: list[str], total: PrintedFigure | None, supplied: list[str], key: Count) -> bool:
    ranges = [set(bands_in(part) or ()) for part in parts]
    covered = bool(supplied) and all(each in parts or any(each in bands for bands in ranges) for each in supplied)
    if total:
        return not supplied or covered or 2 * len(parts) > len(supplied)
    # answers to a question without a printed total are held against the respondents, where those are printed
    return key.item != SURVEY and (covered if supplied else sum(map(bool, ranges)) > 1)


def _total_elsewhere(whole: Count, figures: list[PrintedFigure], data: Mapping[Count, int]) -> int | None:
    if whole in data:
        return data[whole]
    values = [int(figure.printed.value) for figure in figures if figure.unknown == whole and figure.printed.exact]
    return max(values, key=values.count) if values else None


def partition(categories: list[str]) -> list[str]:
    """Choose categories that do not overlap: ranges that are not told band by band, with what lies outside them; none where that is not certain."""
    singles = [each for each in categories if is_single(each)]
    ranges = {each: bands for each in categories if (bands := bands_in(each)) and not {*bands} - {"band 1"} <= {*singles}}
    covered = [band for bands in ranges.values() for band in bands]
    if len(covered) > len({*covered}) or ("vsm" in singles and any(map(is_open_ended, ranges))):
        return []
    return [*ranges, *(each for each in singles if each not in covered)]


def complete_columns(figures: list[PrintedFigure], data: Mapping[Count, int]) -> dict[Count, tuple[str, ...]]:
    """Return the columns whose parts are known to be all there are, so that their sum is the whole.

    They are those of the data, printed tables with a total, and those whose percentages make 100.
    """
    found = {key: tuple(cells) for key, cells in supplied_cells(data).items() if not key.breakdown.startswith("grade (")}
    for (_, key), cells in _tables(figures).items():
        parts = partition([category for category in cells if category != ALL])
        whole = any(figure.kind == COUNT for figure in cells.get(ALL, ()))
        if key not in found and len(parts) > 1 and (whole or _make_hundred([cells[part] for part in parts], key)):
            found[key] = tuple(parts)
    return found


def _make_hundred(cells: list[list[PrintedFigure]], key: Count) -> bool:
    shares: list[list[Printed]] = [
        [each.printed for each in cell if each.printed.exact and isinstance(each.unknown, Quotient) and each.unknown[1:] == (whole_of(key), 100)]
        for cell in cells
    ]  # fmt: skip
    if not all(shares):
        return False
    return abs(sum((each[0].value for each in shares), Fraction(-100))) <= sum(each[0].step for each in shares) / 2
