"""All organisations and years at once: the same calculations as for one report, in one call, without notebooks."""

import pandas as pd

from wres_helpers.analysis.bounds import bounds
from wres_helpers.analysis.changes import changes
from wres_helpers.analysis.funnel import funnel
from wres_helpers.analysis.group_comparisons import compare
from wres_helpers.analysis.history import NO_BREAKS
from wres_helpers.analysis.shares import completeness
from wres_helpers.analysis.status_rule import Method
from wres_helpers.analysis.who_speaks import headline_rows
from wres_helpers.standard.catalogue import ReferenceTables
from wres_helpers.standard.columns import COUNT_COLUMNS
from wres_helpers.standard.statuses import LABELS


def national(
    counts: pd.DataFrame, reference: ReferenceTables, method: Method, own_breaks: pd.DataFrame = NO_BREAKS
) -> dict[str, pd.DataFrame]:
    """Calculate everything for any number of organisations and years; of ``own_breaks`` each is that of its ``organisation``.

    Returns
    -------
    dict
        ``results`` (one row per comparison), ``bounds``, ``changes``, ``statuses`` (one row per organisation, year and
        indicator), ``completeness`` and ``funnel``. Nothing is protected: the tables are for analysts.
    """
    # texts as categories: a system repeats few of them very often, and joining numbers is quicker than joining texts
    keys = list(COUNT_COLUMNS[:-1])
    counts = counts.astype(dict.fromkeys(keys, "category"))
    results = compare(counts, reference, method)
    headline = results[headline_rows(results, reference.catalogue)]
    statuses = headline[["organisation", "year", "indicator", "measure", "value", "lower", "upper", "status", "reason"]].copy()
    statuses.insert(statuses.columns.get_loc("reason"), "label", statuses["status"].map(LABELS))
    tables = {
        "results": results,
        "bounds": bounds(results),
        "changes": changes(results, reference.catalogue, own_breaks=own_breaks),
        "statuses": statuses.reset_index(drop=True),
        "completeness": completeness(counts, method.confidence),
        "funnel": funnel(results),
    }
    texts = {column: "str" for table in tables.values() for column in table.select_dtypes("category")}
    return {name: table.astype({column: kind for column, kind in texts.items() if column in table}) for name, table in tables.items()}
