"""Whole reports made from other counts of which the same is told: what differs between them must not be shown.

A field that is the same in all of these reports follows from what is told; a field that differs does not. Nothing needs
to be known about how a field is calculated, so a ratio, an interval's end, a status, or a column added next year cannot be
forgotten. The true counts take no part, so nothing that is shown can depend on them beyond what is told.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from wres_helpers.analysis.evidence import Evidence, counted_tables
from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.certain_status import certain
from wres_helpers.disclosure.composition import Composition, rest_on
from wres_helpers.disclosure.rounded_counts import rounded_tables
from wres_helpers.page_model import Count
from wres_helpers.settings.parameters import Parameters

#: Tables that are calculated from counts, in which anything may have to be hidden.
TABLES = ("results", "shares", "bounds", "changes", "completeness")

#: Decimals of every number that is given out, and significant digits of a p-value, which may be smaller than any decimal.
#: What is compared is what is given out, digit by digit, so that no difference is too small to be noticed.
_DECIMALS, _DIGITS = 10, 10
_SMALLEST = 1e-290


@dataclass(frozen=True)
class Reports:
    """The same report made from several tables of counts.

    Attributes
    ----------
    columns
        By table and column, an array with a row per report and a column per row of the table.
    certain
        Of which comparisons the status follows from what is told (a truth value each).
    """

    columns: dict[str, dict[str, np.ndarray]]
    certain: np.ndarray

    def varying(self, table: str) -> dict[str, np.ndarray]:
        """Return, by column, in which rows of the table the reports are not all the same."""
        found = {column: np.asarray(differs(values[:1], values).any(axis=0)) for column, values in self.columns[table].items()}
        return found | ({column: ~self.certain for column in ("status", "reason", "clear")} if table == "results" else {})


def differs(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return where two arrays of a column do not say the same, to the last digit; absent equals absent."""
    absent = np.asarray(pd.isna(one)) & np.asarray(pd.isna(other))
    return np.asarray(~(absent | np.asarray(one == other, dtype=bool)))


def reports(
    evidence: Evidence, parameters: Parameters, tables: Sequence[Mapping[Count, int]], open_ended: Collection[Count], made_of: Composition
) -> Reports:
    """Return the evidence calculated anew from each table of counts.

    Parameters
    ----------
    evidence
        The true evidence; its counts give the rows.
    parameters
        The resolved master file.
    tables
        Counts by name, each table one report.
    open_ended
        Hidden counts of which no limit is told: what is found where they are takes no part in what follows from the tables.
    made_of
        Finds the counts of each comparison.
    """
    counts = evidence.counts
    keys = [Count(*key) for key in counts[["year", "item", "breakdown", "category", "ethnic_group"]].itertuples(index=False, name=None)]
    stacked = pd.concat([counts] * len(tables), ignore_index=True)
    # each table of counts takes part as an organisation of its own, so that all are calculated in one pass
    stacked["organisation"] = np.repeat([f"{number:06d}" for number in range(len(tables))], len(counts))
    stacked["count"] = np.array([table[key] for table in tables for key in keys], dtype="int64")
    reference, method = evidence.context.reference, Method.of(parameters)
    exact = replace(evidence, **counted_tables(stacked, parameters, reference, evidence.context.own))
    made, drawn = as_shown(exact, parameters), _by_report(exact.results, evidence.results, len(tables))
    return Reports(
        {name: _by_report(made[name], getattr(evidence, name), len(tables)) for name in TABLES},
        certain(evidence.results, drawn, reference.catalogue, method) & ~rest_on(open_ended, evidence.results, made_of),
    )


def as_shown(evidence: Evidence, parameters: Parameters) -> dict[str, pd.DataFrame]:
    """Return :data:`TABLES` and the counts with their numbers as they would be shown: counts as they are, or rounded; the rest to ten decimals.

    Whoever sees all sixteen digits of an interval's end can read from the last ones, which are errors of calculation,
    what it was calculated from.
    """
    tables = evidence.tables() | (rounded_tables(evidence, parameters) if parameters.disclosure.method == "round" else {})
    return {"counts": tables["counts"], **{name: printed(tables[name]) for name in TABLES}}


def printed(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the digits that are given out."""
    changed = {}
    for column in table.columns:
        if pd.api.types.is_float_dtype(table[column]):
            numbers = table[column].to_numpy(dtype=float, na_value=np.nan)
            digits = significant(numbers) if column == "p_value" else np.round(numbers, _DECIMALS)
            changed[column] = pd.Series(digits + 0.0, index=table.index)
    return table.assign(**changed)


def significant(numbers: np.ndarray) -> np.ndarray:
    """Return numbers to ten significant digits; those too small for a computer to divide exactly as 0."""
    usable = np.abs(numbers) > _SMALLEST
    scale = 10.0 ** (_DIGITS - 1 - np.floor(np.log10(np.where(usable, np.abs(numbers), 1.0))))
    return np.where(usable | np.isnan(numbers), np.round(numbers * scale) / scale, 0.0)


def _by_report(made: pd.DataFrame, true: pd.DataFrame, number: int) -> dict[str, np.ndarray]:
    made = made.sort_values("organisation", kind="stable")
    if len(made) != number * len(true):
        raise RuntimeError("a report made from other counts has other rows than the true one")
    return {column: as_column(made[column]).reshape(number, len(true)) for column in made.columns if column != "organisation"}


def as_column(column: pd.Series) -> np.ndarray:
    """Return a column of a table as the reports hold theirs."""
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return column.to_numpy(dtype=float, na_value=np.nan) if number else column.to_numpy(dtype=object)
