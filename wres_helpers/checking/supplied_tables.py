"""The tables an organisation supplies: what they count, whether they can all be right, and which of them, or which cell, is not."""

import functools
from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from wres_helpers.checking.addresses import make_count, name_of, title_of, whole_of, wholes_among
from wres_helpers.checking.check_findings import Explanation
from wres_helpers.checking.page_rules import CompleteColumn, rules
from wres_helpers.checking.printed_numbers import transpositions
from wres_helpers.intake.register_words import BOARD, HEADCOUNT, WORKFORCE
from wres_helpers.intake.year_folder import table_files
from wres_helpers.page_model import Count, ModelledPage, exactly
from wres_helpers.page_model.questions import Range
from wres_helpers.problems import Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import ALL, OVERALL
from wres_helpers.standard.standards import read_standard
from wres_helpers.standard.years import shifted


def supplied_counts(counts: pd.DataFrame) -> dict[Count, int]:
    """Return what the cells of tidy counts are counts of, each under the item it came as, and how many there are."""
    columns = ("item", "breakdown", "category", "ethnic_group", "year", "count")
    return {
        make_count(item, str(breakdown), str(category), group, year)._replace(item=item): int(count)
        for item, breakdown, category, group, year, count in zip(*(counts[column] for column in columns), strict=True)
        # the sum of the bands is a sum to be checked, not a figure somebody supplied; a missing count says nothing
        if (item, breakdown) != (WORKFORCE, OVERALL[0]) and pd.notna(count)
    }


def as_counted(count: Count) -> Count:
    """Return what a supplied count is of, whichever table it came in: the staff of any cut are the workforce."""
    return make_count(*count[1:5], count.year)


def supplied_cells(data: Mapping[Count, int]) -> dict[Count, dict[str, int]]:
    """Return the columns of the counts as supplied: category to number."""
    cells: dict[Count, dict[str, int]] = defaultdict(dict)
    for count, value in data.items():
        if count.breakdown != "overall" and count.item != BOARD:
            cells[count._replace(category=ALL)][count.category] = value
    return cells


def _page_of(supplied: Mapping[Count, int], year: str, group: str) -> ModelledPage:
    """Return what the tables say of a group in a year, named by their counts; a cell of headcount.csv is one of the workforce, too."""
    own = [count for count in supplied if (count.year, count.ethnic_group) == (year, group)]
    places = [(count, place) for count in own for place in (count, as_counted(count))]
    columns = {}
    for key, parts in supplied_cells({place: supplied[count] for count, place in places}).items():
        # whoever stands in workforce.csv is one of everybody, however it is cut; a cut of one staff group is of those
        everybody = key._replace(item=HEADCOUNT) if key.item == WORKFORCE and " (" not in key.breakdown else key
        columns[key] = CompleteColumn(tuple(parts), whole_of(everybody))
    spoken_of = [*(place for _, place in places), *(column.whole for column in columns.values())]
    return ModelledPage([*rules(spoken_of, columns), *(exactly(str(count), place, supplied[count]) for count, place in places)])


def slips_between(supplied: Mapping[Count, int], year: str, group: str) -> list[Explanation]:
    """Name the one cell of the staff with which two tables would agree: as the year before, else with two digits exchanged; many may be chance."""
    page, found = _page_of(supplied, year, group), []
    for cell, value in supplied.items():
        if cell.category != ALL and (cell.year, cell.ethnic_group) == (year, group) and cell.item in (HEADCOUNT, WORKFORCE):
            cut, _, part = cell.breakdown.removesuffix(")").partition(" (")  # clinical, of grade (clinical)
            # its own table has it in coarser cuts and in its total, too
            coarser = {"breakdown": cut}, {"breakdown": "staff_group", "category": part}, {"breakdown": "overall", "category": ALL}
            rest = page.without([str(cell), *(str(cell._replace(**each)) for each in coarser)])
            left = rest.range_of(cell, thorough=False) if rest.fits(thorough=False) else Range(0, 1)
            right, before = f"{left.low:,.0f}", supplied.get(cell._replace(year=shifted(year, -1))) == left.low
            if left.low == left.high and (before or f"{value:,}" in transpositions(right)):
                how = f"{right} the year before" if before else f"two digits exchanged if {right} is right"
                text = f"{cell.item}.csv has {value:,} for {title_of(cell.category)} ({(part or cut).replace('_', '-')}), and {how}"
                kind = "last_year" if before else "transposed_digits"
                found.append(Explanation(kind, f"{text}; the tables then agree", int(not before), ""))
    return [each for each in found if [other.tier for other in found].count(each.tier) == 1]


def impossible_counts(counts: pd.DataFrame, parameters: Parameters) -> list[Problem]:
    """Return a problem for each of an organisation's tidy counts that exceeds what it is counted among.

    It is that of the part, unless all other tables fit together without the table of the whole, and not without that of the part.
    """
    supplied, standard = supplied_counts(counts), read_standard(parameters.reference_folder)
    data = {as_counted(count): value for count, value in supplied.items()}
    files = dict(zip(standard.items["item"], standard.items["table"], strict=True))
    page_of = functools.cache(functools.partial(_page_of, supplied))
    problems = []
    for part, value in data.items():
        for whole in wholes_among(part):
            if whole in data and value > data[whole]:
                of_headcount = whole.item == WORKFORCE and whole._replace(item=HEADCOUNT) in supplied
                tables = {part: part.item, whole: HEADCOUNT if of_headcount else whole.item}
                gone = {count: [str(each) for each in supplied if each.item == table] for count, table in tables.items()}
                page = page_of(part.year, part.ethnic_group)
                fitting = [count for count, table in gone.items() if page.without(table).fits(thorough=False)]
                wrong, other, limit = (whole, part, "at least") if fitting == [whole] else (part, whole, "at most")
                folder, table = parameters.data_folder(part.year), files.get(tables[wrong], tables[wrong])
                found_in = table_files(folder, standard.tables).get(table, ())
                file = next(iter(found_in), folder)  # the folder, where extracts are read directly
                expected = f"{limit} {data[other]:,}, the number of {name_of(other)}"
                action = "Correct the counts: a part cannot exceed its whole."
                problems.append(Problem(parameters.shown(file), expected, action, found=f"{data[wrong]:,} {name_of(wrong)}"))
    return problems
