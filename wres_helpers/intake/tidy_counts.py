"""Tidy counts: made of counts tables, without what nobody can know; or read whole, of a system, from Parquet or CSV."""

from itertools import repeat
from pathlib import Path

import pandas as pd

from wres_helpers.intake.own_targets import YEAR, a_year
from wres_helpers.problems import InputProblems
from wres_helpers.standard.columns import COUNT_COLUMNS, ETHNIC_CATEGORY, ETHNIC_GROUPS, OVERALL, UNKNOWN
from wres_helpers.standard.grades import in_several_tiers, tier_of
from wres_helpers.standard.standards import Standard
from wres_helpers.tables.cell_readers import is_hidden, most_of, whole_number
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, closed
from wres_helpers.tables.table_reader import read_table

#: Items of which a group's share of everybody is asked for: one hidden group hides the whole.
_ITEMS_OF_SHARES = ("headcount", "workforce", "board")
PLACE = ["year", "item", "breakdown"]
#: Where counts came in hidden, and of whom (of the undisclosed alone, or of everybody: an empty text); and how many each can be at most.
HIDDEN_PLACE = [*PLACE, "ethnic_group", "at_most"]

#: Of earlier years a page shows one value an indicator; what it does not show need not be calculated, protected or published.
_KEPT = (OVERALL[0], "membership")


def tidy_counts(table: pd.DataFrame, name: str, organisation: str, year: str, grades: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """Turn a checked counts table into tidy counts: its totals, one breakdown per column that cuts them, and each of those by pay tier.

    Of the ``grades`` those that are part of another are counted inside it and so are never added to a total. What the table counts
    the standard says. Returned are the columns of :data:`~wres_helpers.standard.columns.COUNT_COLUMNS`.
    """
    columns, items = standard.tables[name], standard.items_of[name]
    count = columns[-1]
    frame = table.rename(columns={count: "count"}).copy()
    if name == "workforce":
        frame = frame[~frame["grade"].isin(grades.loc[grades["part_of"].ne(""), "grade"])]
    frame["item"] = items[""] if "" in items else frame[columns[0]].map(items)
    extra = [column for column in table.columns if column not in columns]
    if name == "staff_survey":
        parts = [_cut(frame, frame["question"], frame["response"])]
    elif name == "board":
        parts = [_cut(frame, "membership", frame["membership"])]
    else:
        parts = [_cut(frame, *OVERALL)] + [_cut(frame, column, frame[column]) for column in extra]
    if name == "workforce":
        parts += [_cut(frame, "grade", frame["grade"]), _cut(frame, "staff_group", frame["staff_group"])]
        separated = frame[frame["staff_group"] != "not_separated"]
        if not separated.empty:
            parts.append(_cut(separated, "grade (" + separated["staff_group"] + ")", separated["grade"]))
        parts += _tiers_of_parts(frame, [column for column in extra if column != ETHNIC_CATEGORY], grades)
    tidy = pd.concat(parts, ignore_index=True)
    tidy.insert(0, "organisation", organisation)
    tidy.insert(1, "year", year)
    return tidy[list(COUNT_COLUMNS)]


def _tiers_of_parts(frame: pd.DataFrame, columns: list[str], grades: pd.DataFrame) -> list[pd.DataFrame]:
    tier = frame["grade"].map(tier_of(grades)) if columns else pd.Series(dtype=str)
    if not tier.ne("").any() or frame["grade"].isin(in_several_tiers(grades)["grade"]).any():
        return []
    parts = [_cut(frame, f"{column} (" + tier.replace("", "no") + " tier)", frame[column]) for column in columns]
    # that a part has nobody in a tier is a count like any other, and no missing row that tells it
    keys = ["item", "breakdown", "category", "ethnic_group"]
    full = [pd.MultiIndex.from_product([part[key].unique() for key in keys], names=keys) for part in parts]
    return [part.set_index(keys).reindex(places, fill_value=0).reset_index() for part, places in zip(parts, full, strict=True)]


def _cut(frame: pd.DataFrame, breakdown: str | pd.Series, category: str | pd.Series) -> pd.DataFrame:
    """Return the sums of the counts by item, breakdown, category and group, in the order of the rows."""
    cuts = [repeat(cut, len(frame)) if isinstance(cut, str) else cut for cut in (breakdown, category)]
    sums: dict[tuple[str, ...], float] = {}
    # a table has a few hundred rows: adding up is quicker than grouping
    for *key, count in zip(frame["item"], *cuts, frame["ethnic_group"], frame["count"], strict=True):
        if all(isinstance(part, str) for part in key):  # of a grade in no tier and a stage that is not counted there is no cut
            sums[tuple(key)] = sums.get(tuple(key), 0) + count
    made = pd.DataFrame(list(sums), columns=["item", "breakdown", "category", "ethnic_group"], dtype="str")
    return made.assign(count=pd.Series(list(sums.values()), dtype=frame["count"].dtype))


def known_counts(counts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part counts from those that nobody can know because a count in them was hidden: a breakdown is known as a whole, or not at all.

    The workforce is cut by grade and side at once, and what is told of a side rests on what is told of the whole: one hidden count hides
    all its cuts. Where the undisclosed alone are hidden, and nobody's share of everybody is asked for, the two groups are compared without them.
    """
    hidden, of_whom = counts["count"].map(is_hidden).astype(bool), [*PLACE, "ethnic_group"]
    if not hidden.any():
        return counts, pd.DataFrame(columns=HIDDEN_PLACE)
    apart = counts["ethnic_group"].eq(UNKNOWN) & ~counts["item"].isin(_ITEMS_OF_SHARES)
    touched = hidden & ~apart
    touched |= counts["item"].eq("workforce") & _stands_among(counts, touched, PLACE[:2])
    undisclosed = _stands_among(counts, hidden & apart, of_whom)
    lost = _stands_among(counts, touched, PLACE) | undisclosed
    told = counts.assign(ethnic_group=counts["ethnic_group"].where(~touched, ""), at_most=counts["count"].map(most_of))
    places = told[touched | undisclosed].groupby(of_whom, sort=False, as_index=False)["at_most"].max()
    return counts[~lost].astype({"count": "int64"}), places


def _stands_among(counts: pd.DataFrame, chosen: pd.Series, keys: list[str]) -> pd.Series:
    of_row, wanted = pd.MultiIndex.from_frame(counts[keys]), pd.MultiIndex.from_frame(counts.loc[chosen, keys])
    return pd.Series(of_row.isin(wanted), index=counts.index)


def as_history(counts: pd.DataFrame, years: tuple[str, ...], grades: pd.DataFrame) -> pd.DataFrame:
    """Return tidy counts in which the years kept as history hold no more than a line of years needs; bands become their group."""
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


TIDY = DeclaredTable(
    "counts",
    (
        *(DeclaredColumn(name) for name in COUNT_COLUMNS[:-1] if name not in ("year", "ethnic_group")),
        DeclaredColumn("year", YEAR, a_year),
        closed("ethnic_group", ETHNIC_GROUPS),
        DeclaredColumn("count", "a whole number, not negative", whole_number),
    ),
    key=COUNT_COLUMNS[:-1],
    others="kept",
    largest=1 << 30,
)


def read_tidy_counts(path: Path) -> pd.DataFrame:
    """Return a table of tidy counts: one row per organisation, year, item, breakdown, category and ethnic group.

    Raises InputProblems where it is missing or unreadable, lacks a column, has no row, repeats a count, or holds something that is no count.
    """
    reading = read_table(path, path.name, TIDY)
    if not reading.problems and not reading.table["count"].any():
        reading.wrong("a row a count", "Fill in the table.", "nothing but zeros" if len(reading.table) else "none")
    InputProblems.raise_if_any(reading.problems)
    table = reading.table[list(COUNT_COLUMNS)].reset_index(drop=True)
    return table.astype(dict.fromkeys(COUNT_COLUMNS[:-1], "str") | {"count": "int64"})
