"""The method "round": every count to the nearest 5, on its own, and everything else calculated from rounded counts.

Rows need not add up to their totals. Small counts are absent here; which of them are hidden, and what else with them,
is decided as for suppression. Judgements stay those of the exact counts, where they give nothing away.
"""

import numpy as np
import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.analysis.bounds import bounds
from wres_helpers.analysis.cells import CELLS
from wres_helpers.analysis.changes import changes
from wres_helpers.analysis.evidence import Evidence, most_undisclosed
from wres_helpers.analysis.group_comparisons import recalculated, whole_workforce
from wres_helpers.analysis.status_rule import Method
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.settings.parameters import Parameters


def rounded(values: np.ndarray, base: int) -> np.ndarray:
    """Return counts rounded to the nearest multiple of the base, halves upwards."""
    return (np.asarray(values) * 2 + base) // (2 * base) * base


def rounded_counts(column: pd.Series, policy: DisclosurePolicy) -> pd.Series:
    """Return counts rounded; small ones, and absent ones, absent."""
    numbers = column.astype(float)
    small = (numbers > 0) & (numbers < policy.minimum_count)
    return pd.Series(rounded(numbers.fillna(0).to_numpy(), policy.round_to), index=column.index).astype(float).mask(small | numbers.isna())


def rounded_tables(evidence: Evidence, parameters: Parameters) -> dict[str, pd.DataFrame]:
    """Return the tables with counts, made from rounded ones, for any number of organisations."""
    policy, confidence = parameters.disclosure, parameters.status_rule.confidence
    results = _results(evidence.results, evidence, parameters)
    previous = {parameters.year: parameters.previous_year} if parameters.previous_year else {}
    ranges = bounds(results, most_undisclosed(results, evidence.context.own.suppressed, evidence.context.reference.catalogue))
    ranges[["status", "reason", "assumption"]] = evidence.bounds[["status", "reason", "assumption"]]
    change = changes(results, evidence.context.reference.catalogue, previous, evidence.context.own.breaks)
    change[["verdict", "reason"]] = evidence.changes[["verdict", "reason"]]
    return {
        "results": results,
        "bounds": ranges,
        "changes": change,
        "shares": _with_share(evidence.shares, "rate", ("count", "base"), policy, confidence),
        "completeness": _with_share(evidence.completeness, "unknown_share", ("known", "unknown", "total"), policy, confidence),
        "counts": evidence.counts.assign(count=rounded_counts(evidence.counts["count"], policy)),
    }


def _results(results: pd.DataFrame, evidence: Evidence, parameters: Parameters) -> pd.DataFrame:
    rows = results.copy()
    for column in CELLS:
        rows[column] = rounded_counts(rows[column], parameters.disclosure)
    catalogue = evidence.context.reference.catalogue.drop_duplicates("measure").set_index("measure")
    rows["adverse"] = rows["measure"].map(catalogue["adverse"])
    rows = rows.join(whole_workforce(rows), on=["organisation", "year"])
    made = recalculated(rows, Method.of(parameters))
    made[["status", "reason", "clear"]] = results[["status", "reason", "clear"]]
    return made[list(results.columns)]


def _with_share(table: pd.DataFrame, share: str, columns: tuple[str, ...], policy: DisclosurePolicy, confidence: float) -> pd.DataFrame:
    """Return a table with some columns rounded, and a share with its interval made of the last two of them, a count and its base."""
    counts = {column: rounded_counts(table[column], policy) for column in columns}
    *_, count, base = counts.values()
    usable = (base > 0) & (count <= base)
    lower, upper = (
        pd.Series(np.asarray(end), index=count.index)
        for end in intervals.share_interval(count.where(usable), base.where(usable), confidence)
    )
    made = {share: count / base, "lower": lower, "upper": upper}
    return table.assign(**counts, **{name: values.where(usable) for name, values in made.items()})
