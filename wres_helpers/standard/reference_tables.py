"""Reads the standard's reference tables, which live as CSV so that anyone can check and mend them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.small_tables import small_tables
from wres_helpers.standard.columns import ETHNIC_GROUPS
from wres_helpers.standard.standard_folders import place_of, shown_place
from wres_helpers.tables.cell_readers import Read, Reader, key_of, one_of
from wres_helpers.tables.declared import Column, Reading, Table, read_table

if TYPE_CHECKING:
    import pandas as pd


def read_reference(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return one reference table as text, with its columns checked.

    Parameters
    ----------
    folder
        The folder of a standard (``data/reference/standards/wres``); a table it lacks is the one that all standards share, in
        ``data/reference``.
    name
        File name without ending.
    columns
        Columns the table must have; others may follow.

    Raises
    ------
    InputProblems
        The file is missing, lacks a column, or holds a cell of another kind than its column.
    """
    path = place_of(Path(folder), name)
    shown = shown_place(path)
    if not path.is_file():
        action = "Restore the file from the project."
        raise InputProblems([Problem(shown, "the reference table that ships with the pack", action, found="no such file")])
    table = _read(path, path.stat().st_mtime_ns)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        found = "columns " + ", ".join(table.columns)
        raise InputProblems(Problem(shown, f"a column '{column}'", "Restore the column.", row=1, found=found) for column in missing)
    return table.copy()


def ethnic_categories(folder: Path) -> pd.DataFrame:
    """Return one row per code set and code, with its label and its group (white, bme or unknown).

    A code means nothing without its code set: B is Irish in England and Gypsy or Traveller in the Welsh set.
    """
    return read_reference(folder, "ethnic_categories", ("code_set", "code", "label", "group", "source", "seen"))


@lru_cache(maxsize=32)
@small_tables
def _read(path: Path, modified: int) -> pd.DataFrame:
    # `modified` is part of the key, so that an edited table is read again
    key, needed = _KEYS.get(path.stem, ()), _NEEDED.get(path.stem, ())
    columns = (*(replace(column, needed=column.name in needed) for column in _COLUMNS), *_OF_TABLE.get(path.stem, ()))
    table = Table(path.stem, "a row of the standard", columns, key=key, others="kept")
    reading = read_table(path, shown_place(path), table)
    if path.stem == "grade_spellings" and not reading.problems:
        _refuse_two_meanings(reading)
    if reading.problems:
        raise InputProblems(reading.problems)
    return reading.table.reset_index(drop=True).astype("str")


def _refuse_two_meanings(reading: Reading) -> None:
    """Refuse a spelling that stands for two grades; which of them would be taken nobody could tell."""
    meant: dict[str, str] = {}
    for row, spelling, grade in zip(reading.table.index, reading.table["spelling"], reading.table["grade"], strict=True):
        if meant.setdefault(key_of(spelling), grade) != grade:
            found = f"'{spelling}' as '{grade}', above as '{meant[key_of(spelling)]}'"
            reading.wrong("one grade a spelling", "Keep the right row.", found, int(row), "spelling")


def _like(pattern: str) -> Reader:
    matches = re.compile(pattern).fullmatch
    return lambda text: Read(text.strip()) if matches(text.strip()) else Read(wrong="of another kind")


def _optional(name: str, holds: str, pattern: str, filled: bool = True) -> Column:
    return Column(name, holds, _like(pattern), needed=False, filled=filled)


#: Columns that must hold a number, a truth value or a word of a closed list, in whichever table they stand.
_COLUMNS = (
    _optional("edition_from", "an edition such as 2020", "20[0-9][0-9]"),
    _optional("edition_to", "an edition such as 2020, or nothing", "20[0-9][0-9]", filled=False),
    _optional("years_pooled", "a number of years, or nothing", "[1-9]", filled=False),
    _optional("order", "a whole number", "[0-9]{1,6}"),
    _optional("year", "a year such as 2020", "20[0-9][0-9]"),
    _optional("value", "a number", r"-?[0-9]{1,9}(\.[0-9]{1,9})?"),
    _optional("senior", "true or false", "(?i:true|false)"),
    _optional("seen", "guidance, secondary, secondary_in_part or not_seen", "guidance|secondary|secondary_in_part|not_seen"),
    _optional("code_set", "a name", r"[^\s].*"),
    _optional("spelling", "a spelling", r"[^\s].*"),
    _optional("grade", "a grade", r"[^\s].*"),
    _optional("code", "a code", r"[^\s].*"),
)

#: Columns that hold a closed list in one table only.
_OF_TABLE = {"ethnic_categories": (Column("group", "one of " + ", ".join(ETHNIC_GROUPS), one_of(ETHNIC_GROUPS), choices=ETHNIC_GROUPS),)}

#: What stands once in a table.
_KEYS = {"grades": ("grade",), "ethnic_categories": ("code_set", "code")}
_NEEDED = {**_KEYS, "grade_spellings": ("spelling", "grade")}
