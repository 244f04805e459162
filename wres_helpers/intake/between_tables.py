"""What the tables of a year say of one another: groups exchanged, another table's file, a stage or a side that is not there."""

import math
from collections.abc import Iterator, Mapping
from itertools import product

import pandas as pd

from wres_helpers.intake.survey_questions import survey_of
from wres_helpers.intake.year_folder import table_place
from wres_helpers.problems import Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import BME, WHITE
from wres_helpers.standard.standards import read_standard
from wres_helpers.tables.cell_readers import is_hidden

#: A count further from another than so many standard errors of counts is not so by chance.
FAR = 5

#: A group that has so many times fewer people in a table than its staff would have is hardly there.
_HARDLY = 10


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


def headcount_again(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice for each of the year's tables of people among the staff that has all of them, as another table's file has."""
    standard, tables = read_standard(parameters.reference_folder), by_year.get(parameters.year, {})
    expected, found = "some of the staff", "the headcount of every group, to the last number"
    action = "Check that it is not another table's file; if everybody counts, leave it."
    sums = {name: table.groupby("ethnic_group")[standard.tables[name][-1]].sum().to_dict() for name, table in tables.items()}
    among = standard.items.loc[standard.items["counted_among"].eq("headcount"), "table"]
    for name in dict.fromkeys(among):
        if name in sums and sums[name] == sums.get("headcount"):
            yield Problem(table_place(parameters, parameters.year, name), expected, action, found=found)


def hardly_there(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice where hardly anybody of a group is among the people of a table who would be many by its staff: a column or two exchanged."""
    standard = read_standard(parameters.reference_folder)
    for (year, tables), name in product(by_year.items(), standard.tables):
        if name in ("headcount", "workforce", "board") or not {name, "headcount"} <= set(tables):
            continue
        staff = tables["headcount"].groupby("ethnic_group")["headcount"].sum()
        *keys, _, count = standard.tables[name] if name != "staff_survey" else ("question", "", "respondents")
        people = tables[name].assign(all="").groupby([*(keys or ["all"]), "ethnic_group"], sort=False)[count].sum().unstack(fill_value=0)
        if name == "staff_survey":  # of which some questions are asked of one group
            people = people.drop(
                [label for label, each in survey_of(parameters, year).questions.items() if each.of_one_group], errors="ignore"
            )
        for group in people.columns.intersection([WHITE, BME]).intersection(staff.index):
            due = people.sum(axis=1) * staff[group] / staff.sum()
            for place, number in people[group].items():
                if number * _HARDLY < due[place] and far(number, due[place]) > FAR:
                    found = f"{number:,.0f} {standard.codes[group]}" + f" ({place})" * bool(keys)
                    expected = f"about {due[place]:,.0f}, as many as of the staff"
                    action = "Check that no groups were exchanged; else leave it."
                    yield Problem(table_place(parameters, year, name), expected, action, column=count, found=found)
