"""Reads the standard's reference tables, which live as CSV so that anyone can check and mend them."""

from functools import lru_cache
from pathlib import Path

import pandas as pd

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.small_tables import small_tables


def read_reference(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return one reference table as text, with its columns checked.

    Parameters
    ----------
    folder
        The project's ``data/reference``.
    name
        File name without ending.
    columns
        Columns the table must have; others may follow.

    Raises
    ------
    InputProblems
        The file is missing, or lacks a column.
    """
    path = Path(folder) / f"{name}.csv"
    if not path.is_file():
        raise InputProblems([Problem(f"data/reference/{name}.csv", "the reference table that ships with the pack",
                                     "Restore the file from the project.", found="no such file")])  # fmt: skip
    table = _read(path, path.stat().st_mtime_ns)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise InputProblems(
            Problem(f"data/reference/{name}.csv", f"a column '{column}'", "Restore the column.", row=1,
                    found="columns " + ", ".join(table.columns))
            for column in missing
        )  # fmt: skip
    return table.copy()


@lru_cache(maxsize=32)
@small_tables
def _read(path: Path, modified: int) -> pd.DataFrame:
    # `modified` is part of the key, so that an edited table is read again
    return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
