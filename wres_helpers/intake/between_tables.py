"""What the tables of a year say of one another: groups exchanged, another table's file, a stage or a side that is not there."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from wres_helpers.intake.year_folder import table_place
from wres_helpers.problems import Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import BME, WHITE
from wres_helpers.standard.standards import Standard, read_standard
from wres_helpers.tables.cell_readers import is_hidden

#: A count further from another than so many standard errors of counts is not so by chance.
FAR = 5

#: A group that has so many times fewer people in a table than its staff would have is hardly there.
_HARDLY = 10

#: So many people who are counted twice, group by group, are so by no chance.
_NO_CHANCE = 20


def moved(one: float, other: float, times: float = 2) -> bool:
    """Tell whether one of two counts is more than so many times the other, and not by chance."""
    return far(one, other) > FAR and times * min(one, other) < max(one, other)


def far(one: float, other: float) -> float:
    """Return how far two counts are apart, in standard errors of counts; a hidden one is no distance away."""
    return 0 if is_hidden(max(one, other)) else 2 * abs(math.sqrt(one) - math.sqrt(other))


def apart_in_answering(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice where of one ethnic group's staff more than twice as many in a hundred answered the survey as of the other's.

    Of people with a disability a survey always finds more than the staff records.
    """
    standard = read_standard(parameters.reference_folder)
    for year, tables in by_year.items() if standard.characteristic == "ethnicity" else ():
        if {"headcount", "staff_survey"} <= set(tables):
            asked = tables["staff_survey"].groupby(["ethnic_group", "question"])["respondents"].sum().groupby("ethnic_group").max()
            staff = tables["headcount"].groupby("ethnic_group")["headcount"].sum()
            (one, other), (of_one, of_other) = ([each.get(group, math.inf) for group in (WHITE, BME)] for each in (asked, staff))
            if moved(one, other * of_one / of_other if of_other else math.inf):
                found = " and ".join(f"{asked[group]:,.0f} of {staff[group]:,.0f} ({standard.codes[group]})" for group in (WHITE, BME))
                expected, action = "groups that answer about equally often", "Check that they are not exchanged; else leave them."
                yield Problem(table_place(parameters, year, "staff_survey"), expected, action, column="respondents", found=found)


def lacking_parts(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice for each table of the year that is without a stage, or without the other side of a part of the board, as one cut short is."""
    standard = read_standard(parameters.reference_folder)
    expected, action = "all that belong together", "Add the rows if somebody counted; as it stands they are not supplied."
    for name, table in by_year.get(parameters.year, {}).items():
        column, wanted = standard.tables[name][0], list(filter(None, standard.items_of[name]))
        there = set(table[column])
        if name == "board":
            wanted = [side.removeprefix("non_") if side.startswith("non_") else f"non_{side}" for side in sorted(there - {"total"})]
        if gone := [part for part in wanted if part not in there]:
            yield Problem(table_place(parameters, parameters.year, name), expected, action, column=column, found=f"no {' or '.join(gone)}")


def counted_again(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice where the year's people of one thing are those of another, group by group: one of two files is the other's."""
    standard, tables, told = read_standard(parameters.reference_folder), by_year.get(parameters.year, {}), {}
    action = "Check that it is not another table's file; if the same people are meant, leave it."
    for item in standard.items.itertuples():
        if item.table not in tables or not (item.counted_among or item.item in set(standard.items["counted_among"])):
            continue
        table = tables[item.table]
        rows = table[table[item.where_column].eq(item.where_value)] if item.where_column else table
        sums = tuple(sorted(rows.groupby("ethnic_group")[item.count].sum().items()))
        people = sum(number for _, number in sums)
        if sums in told and people >= _NO_CHANCE and not is_hidden(people):
            file, found = table_place(parameters, parameters.year, item.table), f"as many of each group as {told[sums]}, to the last number"
            yield Problem(file, f"counts of {item.people}", action, found=found)
        told.setdefault(sums, item.people)


def hardly_there(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice where hardly anybody of a group is among the people of a table who would be many by its staff: a column or two exchanged."""
    standard, action = read_standard(parameters.reference_folder), "Check that no groups were exchanged; else leave it."
    for year, tables in by_year.items():
        for name, place, group, number, due in _beside_staff(tables, standard) if "headcount" in tables else ():
            if number * _HARDLY < due and far(number, due) > FAR:
                file, column = table_place(parameters, year, name), standard.tables[name][-1]
                found = f"{number:,.0f} {standard.codes[group]}" + (f" ({place})" if place else "")
                yield Problem(file, f"about {due:,.0f}, as many as of the staff", action, column=column, found=found)


def _beside_staff(tables: Mapping[str, pd.DataFrame], standard: Standard) -> Iterator[tuple[str, str, str, float, float]]:
    """Give for each table, part of it and group how many it has, and how many it would have if all groups had their share of the staff."""
    staff = tables["headcount"].groupby("ethnic_group")["headcount"].sum()
    for name, table in tables.items() if not is_hidden(staff.sum()) else ():
        part, *_, count = standard.tables[name]
        people: dict[str, Counter[str]] = defaultdict(Counter)  # a table has a few hundred rows: adding up is quicker than grouping
        places = table[part] if part != "ethnic_group" else [""] * len(table)
        for place, group, number in zip(places, table["ethnic_group"], table[count], strict=True):
            people[place][group] += number
        for group in (each for each in table["ethnic_group"].unique() if each in (WHITE, BME) and each in staff.index):
            for place, numbers in people.items():  # a group without a row is none that is asked
                if group in numbers and not is_hidden(numbers.total()):
                    yield name, place, group, numbers[group], numbers.total() * staff[group] / staff.sum()
