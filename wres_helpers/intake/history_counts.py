"""Earlier years, kept only as far as a line of years needs them: totals, survey answers, the board, and groups of bands.

A page shows one value an indicator for these years. What it does not show need not be calculated, protected or published.
"""

import pandas as pd

from wres_helpers.standard.columns import COUNT_COLUMNS, OVERALL

_KEPT = (OVERALL[0], "membership")


def as_history(counts: pd.DataFrame, years: tuple[str, ...], grades: pd.DataFrame) -> pd.DataFrame:
    """Return counts in which some years hold no more than a line of years needs.

    Parameters
    ----------
    counts
        Tidy counts of any years.
    years
        The years to be kept as history.
    grades
        The grades with the group each belongs to; a group of bands is a grade of its own.
    """
    old = counts["year"].isin(years)
    if not old.any():
        return counts
    history = counts[old]
    by_grade = history["item"].eq("workforce") & history["breakdown"].eq("grade")
    kept = history[history["breakdown"].isin(_KEPT) | history["item"].eq("survey")]
    grouped = history[by_grade].copy()
    grouped["category"] = grouped["category"].map(dict(zip(grades["grade"], grades["cluster"], strict=True)))
    keys = list(COUNT_COLUMNS[:-1])
    grouped = grouped.groupby(keys, sort=False)["count"].sum().reset_index()
    return pd.concat([counts[~old], kept, grouped], ignore_index=True)
