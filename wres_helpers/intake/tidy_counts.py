"""Tidy counts: made of counts tables, without what nobody can know; or read whole, of a system, from Parquet or CSV."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa

from wres_helpers.problems import InputProblems, Problem, system_problem
from wres_helpers.standard.columns import COUNT_COLUMNS, ETHNIC_CATEGORY, ETHNIC_GROUPS, OVERALL, UNKNOWN
from wres_helpers.standard.grades import in_several_tiers, tier_of
from wres_helpers.standard.standards import Standard
from wres_helpers.standard.years import is_year
from wres_helpers.tables.cell_readers import SUPPRESSED, clean_text, shown_cell
from wres_helpers.tables.grids import TOLD

#: Items of which a group's share of everybody is asked for: one hidden group hides the whole.
_ITEMS_OF_SHARES = ("headcount", "workforce", "board")
PLACE = ["year", "item", "breakdown"]
#: Where counts came in hidden, and of whom: of the undisclosed alone, or of everybody (an empty text).
HIDDEN_PLACE = [*PLACE, "ethnic_group"]

#: Of earlier years a page shows one value an indicator; what it does not show need not be calculated, protected or published.
_KEPT = (OVERALL[0], "membership")


def tidy_counts(table: pd.DataFrame, name: str, organisation: str, year: str, grades: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """Turn a checked counts table into tidy counts: its totals, one breakdown per column that cuts them, and each of those by pay tier.

    Of the ``grades`` those that are part of another are counted inside it and so are never added to a total. What the table counts
    the standard says. Returned are the columns of :data:`~wres_helpers.standard.columns.COUNT_COLUMNS`.
    """
    columns, items = standard.tables[name], standard.item_of(name)
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
        parts += _workforce_cuts(frame)
        parts += _tiers_of_parts(frame, [column for column in extra if column != ETHNIC_CATEGORY], grades)
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


def _tiers_of_parts(frame: pd.DataFrame, columns: list[str], grades: pd.DataFrame) -> list[pd.DataFrame]:
    tier = frame["grade"].map(tier_of(grades))
    if not tier.ne("").any() or frame["grade"].isin(in_several_tiers(grades)["grade"]).any():
        return []
    return [_cut(frame, f"{column} (" + tier.replace("", "no") + " tier)", frame[column]) for column in columns]


def _cut(frame: pd.DataFrame, breakdown, category) -> pd.DataFrame:
    cut = frame[["item", "ethnic_group", "count"]].assign(breakdown=breakdown, category=category)
    keys = ["item", "breakdown", "category", "ethnic_group"]
    return cut.groupby(keys, sort=False, observed=True)["count"].sum().reset_index()


def known_counts(counts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part counts from those that nobody can know because a count in them was hidden: a breakdown is known as a whole, or not at all.

    The workforce is cut by grade and side at once, and what is told of a side rests on what is told of the whole: one hidden count hides
    all its cuts. Where the undisclosed alone are hidden, and nobody's share of everybody is asked for, the two groups are compared without them.
    """
    hidden = counts["count"].eq(SUPPRESSED)
    if not hidden.any():
        return counts, counts.loc[hidden, HIDDEN_PLACE].reset_index(drop=True)
    apart = counts["ethnic_group"].eq(UNKNOWN) & ~counts["item"].isin(_ITEMS_OF_SHARES)
    touched = hidden & ~apart
    touched |= counts["item"].eq("workforce") & _stands_among(counts, touched, PLACE[:2])
    lost = _stands_among(counts, touched, PLACE) | _stands_among(counts, hidden & apart, [*PLACE, "ethnic_group"])
    of_whom = counts["ethnic_group"].where(~touched, "")
    places = counts.assign(ethnic_group=of_whom).loc[touched | hidden, HIDDEN_PLACE]
    return counts[~lost].astype({"count": "int64"}), places.drop_duplicates().reset_index(drop=True)


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


#: More people than live in the country: no count of staff.
_LARGEST = 100_000_000

#: What the words of some columns are: the test of a good one, what is expected, what to do.
_GOOD = {
    "ethnic_group": ((ETHNIC_GROUPS.__contains__, "white, bme or unknown", "Mend the column."),),
    "year": ((is_year, "a year such as 2019-20", "Mend the column."),),
}


def read_tidy_counts(path: Path) -> pd.DataFrame:
    """Return a table of tidy counts: one row per organisation, year, item, breakdown, category and ethnic group.

    Raises InputProblems where it is missing or unreadable, lacks a column, repeats a count, or holds something that is no count.
    """
    if not path.is_file():
        raise InputProblems([Problem(path.name, "a table of tidy counts", "Check the name.", found="no such file")])
    table = _read(path)
    missing = [column for column in COUNT_COLUMNS if column not in table.columns]
    if missing:
        found = "columns " + ", ".join(str(column) for column in table.columns)[:200]
        raise InputProblems(Problem(path.name, f"a column '{column}'", "Add the column.", row=1, found=found) for column in missing)
    table = table[list(COUNT_COLUMNS)].assign(**{column: _clean(table[column]) for column in COUNT_COLUMNS[:-1]})
    numbers = _numbers(table["count"])
    problems = list(_problems(table, numbers, path.name))
    if problems:
        raise InputProblems(problems)
    return table.assign(count=numbers.astype("int64")).reset_index(drop=True)


def _read(path: Path) -> pd.DataFrame:
    """Return the file's table; the index is the row as a spreadsheet shows it."""
    action = "Save the table as CSV (UTF-8) or Parquet again."
    try:
        if path.suffix.lower() == ".parquet":
            table = pd.read_parquet(path)
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("error", pd.errors.ParserWarning)  # a row with more cells than there are headings
                table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig", skip_blank_lines=False, index_col=False)
            table = table[table.notna().any(axis=1) & table.fillna("").ne("").any(axis=1)]
    except OSError as error:
        raise InputProblems([system_problem(error, path.name)]) from None
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError, UnicodeError, ValueError, pa.ArrowException):
        raise InputProblems(
            [Problem(path.name, "a table of tidy counts as CSV (UTF-8) or Parquet", action, found="something else")]
        ) from None
    return table.set_axis(table.index + 2)


def _clean(column: pd.Series) -> pd.Series:
    """Return a column of words without odd spaces and signs of no width."""
    return column.map({text: clean_text(text)[0] for text in column.unique() if isinstance(text, str)}, na_action="ignore")


def _numbers(column: pd.Series) -> pd.Series:
    """Return counts as numbers, NaN where a cell is no whole number of people."""
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        texts = column.astype("str").str.strip()
        column = pd.to_numeric(texts.where(texts.str.fullmatch(r"[0-9]{1,9}(\.0)?")), errors="coerce")
    numbers = column.astype("float64")
    return numbers.where(numbers.between(0, _LARGEST) & numbers.mod(1).eq(0))


def _problems(table: pd.DataFrame, numbers: pd.Series, file: str) -> Iterator[Problem]:
    for row, cell in table.loc[numbers.isna(), "count"].head(TOLD).items():
        found = shown_cell("" if pd.isna(cell) else str(cell))
        yield Problem(file, "a whole number, not negative", "Mend the cell.", row=int(row), column="count", found=found)
    for column in COUNT_COLUMNS[:-1]:
        for row in table.index[table[column].isna() | table[column].eq("")][:TOLD]:
            yield Problem(file, "a value", "Complete the row.", row=int(row), column=column, found="an empty cell")
        first = table[column].dropna().astype("str").drop_duplicates()
        for good, expected, action in (*_GOOD.get(column, ()), (str.isprintable, "text", "Mend the cell.")):
            for row, text in first[first.ne("") & ~first.map(good).astype(bool)].sort_values().head(TOLD).items():
                yield Problem(file, expected, action, row=int(row), column=column, found=shown_cell(text))
    for row in table.index[table.duplicated(list(COUNT_COLUMNS[:-1]))][:TOLD]:
        yield Problem(file, "each count once", "Remove one of the rows.", row=int(row), found="a repeated row")
