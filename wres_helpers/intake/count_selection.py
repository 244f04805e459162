"""Counts of some of the people only: one directorate, applications without international recruits, and the like."""

import difflib

import pandas as pd

from wres_helpers.intake.supplied_counts import counts_of, read_tables
from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import COUNTS_TABLES
from wres_helpers.standard.grades import grades


def read_counts_where(parameters: Parameters, **chosen: str | list[str]) -> pd.DataFrame:
    """Read the counts of those people who are of the chosen categories; all cuts of them are made as ever.

    For example ``read_counts_where(parameters, source=["Internal", "External"])`` leaves international recruits out,
    and ``read_counts_where(parameters, band="Band 5", post_type="Clinical")`` is where two breakdowns meet.

    Parameters
    ----------
    parameters
        The resolved master file.
    chosen
        Breakdown (or ``staff_group``, ``grade``) to the category or categories kept.

    Returns
    -------
    pandas.DataFrame
        Tidy counts, as :func:`~wres_helpers.intake.supplied_counts.read_counts` returns them. Tables without one of the
        breakdowns cannot tell who is meant, so nothing of them is there; the headcount is then the sum of the workforce.

    Raises
    ------
    InputProblems
        With everything wrong in any file of any year.
    ParameterProblems
        No table has all of the breakdowns together, or a breakdown has no such category.
    """
    wanted = {name: [values] if isinstance(values, str) else list(values) for name, values in chosen.items()}
    by_year = {
        year: {name: table for name, table in tables.items() if set(wanted) <= set(breakdowns_of(name, table))}
        for year, tables in read_tables(parameters).items()
    }
    _check(wanted, [table for tables in by_year.values() for table in tables.values()], parameters)
    kept = {
        year: _with_headcount({name: table[_meant(table, wanted)].reset_index(drop=True) for name, table in tables.items()}, parameters)
        for year, tables in by_year.items()
    }
    return counts_of({year: {name: table for name, table in tables.items() if len(table)} for year, tables in kept.items()}, parameters)


def _with_headcount(tables: dict[str, pd.DataFrame], parameters: Parameters) -> dict[str, pd.DataFrame]:
    """Return the tables with the headcount of those chosen: where only the workforce can tell who is meant, its sum."""
    workforce = tables.get("workforce")
    if "headcount" in tables or workforce is None:
        return tables
    known = grades(parameters.reference_folder)
    inside_others = set(known.loc[known["part_of"].ne(""), "grade"])
    people = workforce[~workforce["grade"].isin(inside_others)]
    shared = [name for name in breakdowns_of("workforce", people) if name not in ("staff_group", "grade")]
    keys = [*shared, "ethnic_group"]
    return {"headcount": people.groupby(keys, sort=False, as_index=False)["headcount"].sum(), **tables}


def breakdowns_of(name: str, table: pd.DataFrame) -> list[str]:
    """Return the columns by which a counts table can be cut."""
    fixed = {*COUNTS_TABLES[name], "ethnic_group"} - {"staff_group", "grade"}
    return [column for column in table.columns if column not in fixed]


def _meant(table: pd.DataFrame, wanted: dict[str, list[str]]) -> pd.Series:
    mask = pd.Series(True, index=table.index)
    for name, values in wanted.items():
        mask &= table[name].isin(values)
    return mask


def _check(wanted: dict[str, list[str]], tables: list[pd.DataFrame], parameters: Parameters) -> None:
    if not tables:
        names = " and ".join(f"'{name}'" for name in wanted)
        action = "Choose breakdowns that the counts tables carry together; the columns of the tables say which."
        raise ParameterProblems([Problem(parameters.file, f"a counts table with the columns {names}", action, found="none")])
    problems = []
    for name, values in wanted.items():
        there = sorted(set().union(*(table[name] for table in tables)))
        for value in values:
            if value not in there:
                close = difflib.get_close_matches(value, there, n=1)
                action = f"Did you mean '{close[0]}'?" if close else "Choose one of: " + ", ".join(there[:20]) + "."
                problems.append(Problem(parameters.file, f"a category of the breakdown '{name}'", action, found=f"'{value}'"))
    if problems:
        raise ParameterProblems(problems)


def categories_of(parameters: Parameters, breakdown: str) -> list[str]:
    """Return the categories of a breakdown in the counts tables of the report's years, in the order of the tables."""
    tables = [table for year in read_tables(parameters).values() for table in year.values() if breakdown in table.columns]
    return list(dict.fromkeys(value for table in tables for value in table[breakdown]))
