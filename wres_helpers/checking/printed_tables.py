"""Columns of tables, in print and in the data: which parts are all there are, and the total they should add up to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import inf
from typing import Final

from wres_helpers.checking.addresses import JOINED, adds_up, bands_in, is_open_ended, is_single, whole_of
from wres_helpers.checking.claimed_figures import Claim, PlacedClaim, PrintedFigure
from wres_helpers.checking.page_rules import CompleteColumn
from wres_helpers.checking.printed_numbers import Printed, grouped, rounding
from wres_helpers.checking.supplied_tables import supplied_cells
from wres_helpers.intake.printed.register_words import BOARD, COUNT, EVERY_PART, SHARE, SURVEY
from wres_helpers.page_model import Amount, Count, Quotient, Statement
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS, WHITE

#: Two cells of a table below this number are often alike by chance.
OFTEN_ALIKE: Final = 20


@dataclass(frozen=True)
class PrintedSum:
    """Figures that should add up to a total: a column of people, in print or in the data (without identifiers), or percentages of one whole."""

    where: str
    parts: tuple[PrintedFigure, ...]
    total: Fraction
    whole: PrintedFigure | None = None  # the printed total

    @property
    def figures(self) -> tuple[PrintedFigure, ...]:
        """The parts, and the total where it is printed."""
        return (*self.parts, self.whole) if self.whole else self.parts

    @property
    def claim(self) -> str:
        """Identifier of the printed total, or of the first part; empty for the data."""
        return self.whole.id if self.whole else min(figure.id for figure in self.parts)

    @property
    def key(self) -> Count:
        """Item, breakdown, group and year of a column; all categories."""
        return self.parts[0].column

    @property
    def cells(self) -> dict[str, int]:
        """How many people are in each category of a column."""
        return {figure.count.category: int(figure.printed.value) for figure in self.parts}

    @property
    def unknowns(self) -> set[Amount]:
        """What the parts give."""
        return {figure.unknown for figure in self.parts}

    @property
    def surplus(self) -> Fraction:
        """How many people (or points) the parts have more than the total."""
        return sum((figure.printed.value for figure in self.parts), -self.total)

    @property
    def slack(self) -> Fraction:
        """How far off rounding may leave the sum: half a unit of the last place of each percentage."""
        return sum((figure.printed.step for figure in self.parts if figure.kind == SHARE), Fraction(0)) / 2


def supplied_columns(data: Mapping[Count, int]) -> list[PrintedSum]:
    """Return the columns of the data whose total is supplied, too."""
    columns = []
    for key, cells in supplied_cells(data).items():
        of_group = key._replace(breakdown="staff_group", category=key.breakdown[7:-1])
        total = data.get(of_group if key.breakdown.startswith("grade (") else whole_of(key))
        if total is not None and key.item != SURVEY:
            parts = tuple(_as_printed(key._replace(category=category), value, key) for category, value in cells.items())
            columns.append(PrintedSum("", parts, Fraction(total), _as_printed(whole_of(key), total, key)))
    return columns


def _as_printed(count: Count, value: int, column: Count) -> PrintedFigure:
    """Return a number of the data as if it were printed."""
    printed = Printed(grouped(value), Fraction(value), Fraction(1), "people")
    return PrintedFigure("", "", COUNT, printed.text, printed=printed, count=count, column=column, unknown=count)


def percentages_of_one_whole(rules: Iterable[Statement], figures: Iterable[PrintedFigure]) -> list[PrintedSum]:
    """Return the printed percentages that make 100 by some rules: those of one table, then those spread over a report."""
    exact, found = [figure for figure in figures if figure.kind == SHARE and figure.printed.exact], []
    for rule in rules:
        printed = [figure for figure in exact if figure.unknown in dict(rule.terms)]
        for where in (*dict.fromkeys(figure.where for figure in printed), ""):
            chosen = {figure.unknown: figure for figure in reversed(printed) if where in ("", figure.where)}
            found += [PrintedSum(where, (*reversed(chosen.values()),), Fraction(100))] if len(chosen) == len(rule.terms) else []
    return found


def partition(categories: list[str]) -> list[str]:
    """Choose categories that do not overlap: ranges that are not told band by band, with what lies outside them; none where that is not certain."""
    singles = [each for each in categories if is_single(each)]
    ranges = {each: bands for each in categories if (bands := bands_in(each)) and not {*bands} - {"band 1"} <= {*singles}}
    covered = [band for bands in ranges.values() for band in bands]
    if len(covered) > len({*covered}) or ("vsm" in singles and any(map(is_open_ended, ranges))):
        return []
    return [*ranges, *(each for each in singles if each not in covered)]


class PrintedTables:
    """The tables of a report: which are ``complete``, what is printed where, and which numbers were copied within one."""

    def __init__(self, claims: Iterable[Claim], data: Mapping[Count, int]):
        self._data, self._supplied = data, supplied_cells(data)
        placed = [claim for claim in claims if isinstance(claim, PlacedClaim)]
        self._figures = figures = [claim for claim in placed if isinstance(claim, PrintedFigure)]
        #: Tables with a number in a row that cannot be read: what the others are is not all there is.
        self._unread = {(claim.where, claim.column) for claim in placed if claim.kind in (COUNT, SHARE) and not claim.printed}
        #: Every exact printed count, by what it is a count of.
        self.prints: dict[Amount, list[PrintedFigure]] = defaultdict(list)
        for figure in figures:
            if figure.kind == COUNT and figure.printed.exact:
                self.prints[figure.unknown].append(figure)

    def _tables(self, *kinds: str) -> Iterator[tuple[str, Count, dict[str, list[PrintedFigure]]]]:
        """Give the printed figures of some kinds by the place and the column they stand in, and there by category."""
        found: dict[tuple[str, Count], dict[str, list[PrintedFigure]]] = defaultdict(lambda: defaultdict(list))
        for figure in self._figures:
            in_column = not figure.pair and figure.column.breakdown != "overall" and figure.count.item != BOARD
            if figure.kind in kinds and in_column:
                found[figure.where, figure.column][figure.count.category].append(figure)
        yield from ((where, column, cells) for (where, column), cells in found.items())

    @cached_property
    def complete(self) -> dict[Count, CompleteColumn]:
        """The columns whose parts are known to be all there are, so that their sum is the whole.

        They are those of the data, printed tables with a total or of which the register says so, those whose percentages make 100, those of
        tables whose rows together are everybody (then nobody of any group is elsewhere), and ethnic categories beside their subtotal.
        """
        found = {
            key: CompleteColumn(tuple(cells), whole_of(key))
            for key, cells in self._supplied.items()
            if not key.breakdown.startswith("grade (")
        }
        said = {(figure.where, figure.column._replace(ethnic_group="")) for figure in self._figures if figure.says == EVERY_PART}
        twins = defaultdict(list)
        for _, key, cells in self._tables(COUNT, SHARE):
            twins[key.breakdown, frozenset(cells)].append((key, cells))
        for where, key, cells in self._tables(COUNT, SHARE):
            parts = partition([category for category in cells if category != ALL])
            if key in found or len(parts) < 2:
                continue
            everybody = whole_of(key if key.item == SURVEY else key._replace(breakdown="overall"))
            hundred = (where, key) not in self._unread and any(
                _make_hundred([rows[part] for part in parts], column) for column, rows in twins[key.breakdown, frozenset(cells)]
            )
            if hundred or any(figure.kind == COUNT for figure in cells.get(ALL, ())):
                found[key] = CompleteColumn(tuple(parts), whole_of(key))
            elif (
                (where, key._replace(ethnic_group="")) in said
                or (key.item == SURVEY and {*parts} == {"never", "at least once"})  # everybody, by what the two mean
                or self._are_everybody(key, parts, everybody)
                or self._are_all_categories(where, key, parts)
            ):
                found[key] = CompleteColumn(tuple(parts), everybody)
        return found

    def _number(self, count: Count) -> int | None:
        """Return how many there are, as supplied, as printed most often, or as the groups leave; None where nothing says so."""
        if (said := self._said(count)) is not None:
            return said
        if groups := JOINED.get(count.ethnic_group):
            parts = [self._number(count._replace(ethnic_group=group)) for group in groups]
            return None if None in parts else sum(filter(None, parts))
        rest = [group for group in (ALL, *ETHNIC_GROUPS) if group != count.ethnic_group]
        everybody, *others = (self._said(count._replace(ethnic_group=group)) for group in rest)
        return None if everybody is None or None in others else everybody - sum(filter(None, others))

    def _said(self, count: Count) -> int | None:
        values = [int(figure.printed.value) for figure in self.prints.get(count, ())]
        return self._data.get(count, max(values, key=values.count) if values else None)

    def _are_everybody(self, key: Count, parts: list[str], whole: Count) -> bool:
        """Tell whether the rows of a table add up to what is printed of everybody, or of the white, of whom some are nearly everywhere."""
        for group in (ALL, WHITE):
            counts = [each._replace(ethnic_group=group) for each in (whole, *(key._replace(category=part) for part in parts))]
            known = [number for number in map(self._number, counts) if number is not None]
            if len(known) == len(counts):
                return sum(known[1:]) == known[0]
        return False

    @cached_property
    def _surplus_of_categories(self) -> dict[tuple[str, Count], int]:
        """How many people more the ethnic categories of a group have than the group has, where its number stands in their table."""
        found = {}
        for where, key, cells in self._tables(COUNT):
            beside = [figure for figure in self.prints.get(whole_of(key), ()) if figure.where == where]
            if beside and key.breakdown == "ethnic_category" and key.ethnic_group not in JOINED:
                numbers = [self._number(key._replace(category=part)) or 0 for part in cells if part != ALL]
                found[where, key] = sum(numbers) - int(beside[0].printed.value)
        return found

    def _are_all_categories(self, where: str, key: Count, parts: list[str]) -> bool:
        """Tell whether ethnic categories beside the number of their group are all of it.

        They have no fewer people, one of them is of all others, or in the table of another group or year they add up.
        """
        surplus = self._surplus_of_categories.get((where, key))
        named = any("other" in part for part in parts)
        return surplus is not None and (surplus >= 0 or named or 0 in self._surplus_of_categories.values())

    def columns(self) -> list[PrintedSum]:
        """Return the printed columns of which all parts are printed as exact numbers and should add up to a total.

        A total stands in the same table, or the parts are ranges of bands, or the data have the same categories, or they are known to be all
        there are. A text that mentions a few bands is no table.
        """
        found = []
        for where, key, cells in self._tables(COUNT):
            totals = cells.pop(ALL, [])
            parts = {part: cells[part][0] for part in partition(list(cells))}
            listed, whole = self.complete.get(key, CompleteColumn((), whole_of(key)))
            if known := key.item != SURVEY and key not in self._supplied and listed == (*parts,):
                totals += sorted(self.prints.get(whole, ()), key=lambda each: each.where != where)
            total = next(iter(totals), None)
            exact = all(each.printed.exact and each.printed.step == 1 for each in (*parts.values(), *totals[:1])) and adds_up(key)
            if exact and len(parts) > 1 and (known or self._adds_up(list(parts), total, key)):
                number = int(total.printed.value) if total else self._number(whole)
                found += [] if number is None else [PrintedSum(where, (*parts.values(),), Fraction(number), total)]
        return found

    def _adds_up(self, parts: list[str], total: PrintedFigure | None, key: Count) -> bool:
        ranges, supplied = [set(bands_in(part) or ()) for part in parts], self._supplied.get(key, {})
        covered = bool(supplied) and all(each in parts or any(each in bands for bands in ranges) for each in supplied)
        if total:
            return not supplied or covered or 2 * len(parts) > len(supplied)
        # answers to a question without a printed total are held against the respondents, where those are printed
        return key.item != SURVEY and (covered if supplied else sum(map(bool, ranges)) > 1)

    def copies(self) -> set[str]:
        """Return the figures that their table has before, of another group, year, category or stage: what a cell copied from there leaves.

        With them go shares of everybody that are the average of those of the rows.
        """
        before: dict[tuple, PrintedFigure] = {}
        found = self._averages()
        for figure in self._figures:
            printed, count = figure.printed, figure.count
            steps: float = {COUNT: OFTEN_ALIKE, SHARE: 100}.get(figure.kind, inf)  # 9.8% is often alike, too
            if not printed.exact or printed.value < steps * printed.step or (figure.kind == COUNT and printed.step != 1):
                continue
            # alike but for one part, neither holding the other
            for name in (name for name, part in count._asdict().items() if part not in JOINED):
                base = figure.base if name != "item" else ""  # another stage has another base
                alike = (figure.where, figure.kind, base, printed.value, name, count._replace(**{name: ""}))
                # last year's is in place this year, whichever stands first
                other = before.setdefault(alike, figure)
                if other is not figure:
                    found.add(max(other, figure, key=lambda each: each.count.year).id if name == "year" else figure.id)
        return found

    def _averages(self) -> set[str]:
        """Return the shares of everybody that are the average of the shares of several rows, whatever people those have."""
        found = set()
        for _, _, cells in self._tables(SHARE):
            rows = [cells[part][0].printed.value for part in partition([each for each in cells if each != ALL])]
            average = sum(rows, Fraction(0)) / max(len(rows), 1)
            totals = cells.get(ALL, ()) if len(rows) > 2 else ()
            found |= {each.id for each in totals if rounding(each.printed, average) not in (None, "truncated")}
        return found


def _make_hundred(cells: list[list[PrintedFigure]], key: Count) -> bool:
    shares: list[list[Printed]] = [
        [each.printed for each in cell if each.printed.exact and isinstance(each.unknown, Quotient) and each.unknown[1:] == (whole_of(key), 100)]
        for cell in cells
    ]  # fmt: skip
    if not all(shares):
        return False
    # what is more than 100 holds all there are, or somebody twice
    return sum(each[0].value + each[0].step / 2 for each in shares) >= 100
