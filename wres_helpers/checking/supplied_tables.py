"""The tables an organisation supplies: what they count, whether they can all be right, and which cell is not."""

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from wres_helpers.checking.addresses import make_count, name_of, title_of, wholes_among
from wres_helpers.checking.check_findings import Explanation
from wres_helpers.checking.printed_numbers import transpositions
from wres_helpers.intake.printed.register_words import BOARD, HEADCOUNT, WORKFORCE
from wres_helpers.intake.year_folder import table_files
from wres_helpers.page_model import Count
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


def slips_between(supplied: Mapping[Count, int], year: str, group: str, surplus: int) -> list[Explanation]:
    """Name the one cell of a file with which two tables of the staff would agree: as the year before, else with two digits exchanged.

    The ``surplus`` is what workforce.csv has more than headcount.csv. Many such cells may be chance.
    """
    found, cuts = [], {cell.breakdown for cell in supplied}
    for cell, value in supplied.items():
        cut, _, part = cell.breakdown.removesuffix(")").partition(" (")  # clinical, of grade (clinical)
        summed = cell.category == ALL or any(each.startswith(f"{cell.breakdown} (") for each in cuts)  # what no file has
        if not summed and (cell.year, cell.ethnic_group) == (year, group) and cell.item in (HEADCOUNT, WORKFORCE):
            right = value - surplus if cell.item == WORKFORCE else value + surplus
            before = supplied.get(cell._replace(year=shifted(year, -1))) == right
            if before or f"{value:,}" in transpositions(f"{right:,}"):
                how = f"{right:,} the year before" if before else f"two digits exchanged if {right:,} is right"
                text = f"{cell.item}.csv has {value:,} for {title_of(cell.category)} ({(part or cut).replace('_', '-')}), and {how}"
                kind = "last_year" if before else "transposed_digits"
                found.append(Explanation(kind, f"{text}; the tables then agree", int(not before), ""))
    return [each for each in found if [other.tier for other in found].count(each.tier) == 1]


def impossible_counts(counts: pd.DataFrame, parameters: Parameters) -> list[Problem]:
    """Return a problem for each of an organisation's tidy counts that exceeds what it is counted among; which of the two is wrong nothing tells."""
    supplied, standard = supplied_counts(counts), read_standard(parameters.reference_folder)
    data = {as_counted(count): value for count, value in supplied.items()}
    tables = dict(zip(standard.items["item"], standard.items["table"], strict=True))
    problems = []
    for part, value in data.items():
        for whole in wholes_among(part):
            if whole in data and value > data[whole]:
                folder = parameters.data_folder(part.year)
                file = next(iter(table_files(folder, standard.tables).get(tables.get(part.item, part.item), ())), folder)
                expected = f"at most {data[whole]:,}, the number of {name_of(whole)}"  # the folder, where extracts are read directly
                action = "Correct the one that is wrong: a part cannot exceed its whole."
                problems.append(Problem(parameters.shown(file), expected, action, found=f"{value:,} {name_of(part)}"))
    return problems
