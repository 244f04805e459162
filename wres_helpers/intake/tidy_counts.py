"""Counts of a whole system as one tidy table, from Parquet or CSV: a million rows, so its columns are checked whole."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa

from wres_helpers.problems import InputProblems, Problem, system_problem
from wres_helpers.standard.columns import COUNT_COLUMNS, ETHNIC_GROUPS
from wres_helpers.standard.years import is_year
from wres_helpers.tables.cell_readers import clean_text, shown_cell
from wres_helpers.tables.declared import TOLD

#: More people than live in the country: no count of staff.
_LARGEST = 100_000_000


def read_tidy_counts(path: Path) -> pd.DataFrame:
    """Return a table of tidy counts: one row per organisation, year, item, breakdown, category and ethnic group.

    Raises
    ------
    InputProblems
        The file is missing or unreadable, lacks a column, repeats a count, or holds something that is no count.
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
        for text in [text for text in table[column].dropna().unique() if not str(text).isprintable()][:TOLD]:
            row = int(table.index[table[column].eq(text)][0])
            yield Problem(file, "text", "Mend the cell.", row=row, column=column, found=shown_cell(text))
    for column, good, expected in (
        ("ethnic_group", ETHNIC_GROUPS.__contains__, "white, bme or unknown"),
        ("year", is_year, "a year such as 2019-20"),
    ):
        strange = [text for text in table[column].dropna().astype("str").unique() if text and not good(text)]
        for text in sorted(strange)[:TOLD]:
            row = int(table.index[table[column].astype("str").eq(text)][0])
            yield Problem(file, expected, "Mend the column.", row=row, column=column, found=shown_cell(text))
    for row in table.index[table.duplicated(list(COUNT_COLUMNS[:-1]))][:TOLD]:
        yield Problem(file, "each count once", "Remove one of the rows.", row=int(row), found="a repeated row")
