"""Counts tables to tidy counts: totals and cuts, without what nobody can know, and of earlier years what a line of years needs."""

import pandas as pd

from wres_helpers.standard.columns import COUNT_COLUMNS, OVERALL, UNKNOWN
from wres_helpers.standard.standards import Standard
from wres_helpers.tables.cell_readers import SUPPRESSED

#: Items of which a group's share of everybody is asked for: one hidden group hides the whole.
_ITEMS_OF_SHARES = ("headcount", "workforce", "board")
PLACE = ["year", "item", "breakdown"]

#: Of earlier years a page shows one value an indicator; what it does not show need not be calculated, protected or published.
_KEPT = (OVERALL[0], "membership")


def tidy_counts(
    table: pd.DataFrame, name: str, organisation: str, year: str, parts_of_others: frozenset[str], standard: Standard
) -> pd.DataFrame:
    """Turn one counts table into tidy counts: its totals, and one breakdown per column that cuts them.

    Parameters
    ----------
    table
        A checked counts table.
    name
        Which table it is.
    parts_of_others
        Grades that are counted inside another grade and so are never added to a total.
    standard
        The standard, which says what a table counts.

    Returns
    -------
    pandas.DataFrame
        Columns of :data:`~wres_helpers.standard.columns.COUNT_COLUMNS`.
    """
    columns, items = standard.tables[name], standard.item_of(name)
    count = columns[-1]
    frame = table.rename(columns={count: "count"}).copy()
    if name == "workforce":
        frame = frame[~frame["grade"].isin(parts_of_others)]
    frame["item"] = items[""] if "" in items else frame[columns[0]].map(items)
    extra = [column for column in table.columns if column not in columns]
    if name == "staff_survey":
        parts = [_cut(frame, frame["question"], frame["response"])]
    elif name == "board":
        parts = [_cut(frame, "membership", frame["membership"])]
    else:
        parts = [_cut(frame, *OVERALL)] + [_cut(frame, column, frame[column]) for column in extra]
    if name == "workforce":
        parts += _workforce_cuts(frame)
    tidy = pd.concat(parts, ignore_index=True)
    tidy.insert(0, "organisation", organisation)
    tidy.insert(1, "year", year)
    return tidy[list(COUNT_COLUMNS)]


def _workforce_cuts(frame: pd.DataFrame) -> list[pd.DataFrame]:
    parts = [_cut(frame, "grade", frame["grade"]), _cut(frame, "staff_group", frame["staff_group"])]
    separated = frame[frame["staff_group"] != "not_separated"]
    if not separated.empty:
        parts.append(_cut(separated, "grade (" + separated["staff_group"] + ")", separated["grade"]))
    return parts


def _cut(frame: pd.DataFrame, breakdown, category) -> pd.DataFrame:
    cut = frame[["item", "ethnic_group", "count"]].assign(breakdown=breakdown, category=category)
    keys = ["item", "breakdown", "category", "ethnic_group"]
    return cut.groupby(keys, sort=False, observed=True)["count"].sum().reset_index()


def known_counts(counts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part counts from those that nobody can know because a count in them was hidden: a breakdown is known as a whole, or not at all.

    Where the undisclosed alone are hidden, and nobody's share of everybody is asked for, the two groups are compared without them.
    """
    hidden = counts["count"].eq(SUPPRESSED)
    if not hidden.any():
        return counts, counts.loc[hidden, PLACE].reset_index(drop=True)
    apart = counts["ethnic_group"].eq(UNKNOWN) & ~counts["item"].isin(_ITEMS_OF_SHARES)
    touched = hidden & ~apart
    lost = _stands_among(counts, touched, PLACE) | _stands_among(counts, hidden & apart, [*PLACE, "ethnic_group"])
    return counts[~lost].astype({"count": "int64"}), counts.loc[touched, PLACE].drop_duplicates().reset_index(drop=True)


def _stands_among(counts: pd.DataFrame, chosen: pd.Series, keys: list[str]) -> pd.Series:
    of_row, wanted = pd.MultiIndex.from_frame(counts[keys]), pd.MultiIndex.from_frame(counts.loc[chosen, keys])
    return pd.Series(of_row.isin(wanted), index=counts.index)


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
