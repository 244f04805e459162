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
from wres_helpers.tables.cell_readers import Read, Reader, did_you_mean, key_of, shown_cell
from wres_helpers.tables.declared import Column, Reading, Table, closed, read_table

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
        shown = shown if name in _SHARED else shown_place(Path(folder) / path.name)
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
    columns = {column.name: replace(column, needed=column.name in needed) for column in (*_COLUMNS, *_of_table(path))}
    table = Table(path.stem, "a row of the standard", tuple(columns.values()), key=key, others="kept")
    reading = read_table(path, shown_place(path), table)
    if path.stem == "grade_spellings" and not reading.problems:
        _refuse_two_meanings(reading)
    if not reading.problems:
        _refuse_unknown(reading, path)
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


def _of_table(path: Path) -> list[Column]:
    """Return the columns that hold words of a closed list in one table only."""
    printed = [_optional(name, holds, pattern) for name, (holds, pattern) in _PRINTED.get(path.stem, {}).items()]
    if path.stem != "indicators":
        return printed + [closed(name, words) for name, words in _OF_TABLE.get(path.stem, {}).items()]
    codes = list(read_reference(path.parent, "groups", ("code",))["code"])
    sides = [f"{one}{sign}{other}" for sign in "/-" for one in codes for other in codes if one != other]
    listed = {"role": ("headline", "context", "optional"), "direction": (*sides, "grade-workforce", "board-workforce", "none")}
    return printed + [closed(name, words) for name, words in listed.items()]


def _refuse_unknown(reading: Reading, path: Path) -> None:
    """Refuse a cell that names what a table of the same standard does not have."""
    for column, (name, where) in _ELSEWHERE.get(path.stem, {}).items():
        known = set(reading.table[where] if name == path.stem else read_reference(path.parent, name, (where,))[where])
        for row, cell in reading.table[column].items() if column in reading.table else ():
            if cell and cell not in known:
                action = did_you_mean(cell, known, f"Correct the cell, or add it to {name}.csv first.")
                reading.wrong(f"{where}s of {name}.csv", action, shown_cell(cell), int(row), column)


_TRUTH, _ANSWERS = "(?i:true|false)", r"(Never|Yes|No|Don't know)(\|(Never|Yes|No|Don't know))*"
#: Columns that must hold a number, a truth value or a word of a closed list, in whichever table they stand.
_COLUMNS = (
    _optional("edition_from", "an edition such as 2020", "20[0-9][0-9]"),
    _optional("edition_to", "an edition such as 2020, or nothing", "20[0-9][0-9]", filled=False),
    _optional("years_pooled", "a number of years, or nothing", "[1-9]", filled=False),
    _optional("order", "a whole number", "[0-9]{1,6}"),
    _optional("year", "a year such as 2020", "20[0-9][0-9]"),
    _optional("value", "a number", r"-?[0-9]{1,9}(\.[0-9]{1,9})?"),
    _optional("senior", "true or false", _TRUTH),
    _optional("senior_leadership", "true or false", _TRUTH),
    _optional("restated", "true or false", _TRUTH),
    _optional("numerator_rule", "any_but: or is: with the survey's answers, or nothing", f"(any_but|is):{_ANSWERS}", filled=False),
    _optional("base_rule", "all_answers, all_respondents, answers: or asked: with the survey's answers, grades:senior, grades:senior_leadership, or "
              "nothing", f"all_answers|all_respondents|(answers|asked):{_ANSWERS}|grades:senior(_leadership)?", filled=False),
    _optional("seen", "guidance, secondary, secondary_in_part or not_seen", "guidance|secondary|secondary_in_part|not_seen"),
    _optional("code_set", "a name", r"[^\s].*"),
    _optional("spelling", "a spelling", r"[^\s].*"),
    _optional("grade", "a grade", r"[^\s].*"),
    _optional("code", "a code", r"[^\s].*"),
    closed("tier", ("lower", "middle", "upper"), filled=False),
    closed("comparison", ("ratio", "difference", "none")),
    closed("adverse", ("above_0", "above_1", "below_0", "below_1"), filled=False),
    closed("better", ("higher", "lower", "parity")),
)  # fmt: skip

_OF_TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "ethnic_categories": {"group": ETHNIC_GROUPS},
    "groups": {"role": ("reference", "compared", "unknown")},
    "benchmarks": {
        "unit": ("percent", "percent_rounded", "ratio", "headcount"),
        "kind": ("pooled", "mean_of_means", "median", "count", "share_of_organisations", "not_stated"),
    },
}

_WORDS = ("words that a page prints", ".+")
#: Columns that a page prints: what they hold, and what may stand in braces in them.
_PRINTED = {
    "words": dict.fromkeys(("people", "act", "acted", "in_short", "stage", "again", "count_heading", "base_heading"), _WORDS),
    "indicators": dict.fromkeys(("title", "question", "plain_title"), _WORDS),
    "benchmark_words": {"says": ("words with no braces but {value}, {who} and {group}", r"([^{}]|\{(value|who|group)\})+")},
}

#: Columns whose words stand in a column of the same or another table.
_ELSEWHERE = {
    "grade_spellings": {"grade": ("grades", "grade")},
    "grades": {"part_of": ("grades", "grade")},
    "items": {"counted_among": ("items", "item")},
    "indicators": {"numerator": ("items", "item"), "base": ("items", "item")},
}

#: Tables that standards share where they have none of their own.
_SHARED = ("grades", "grade_spellings", "ethnic_categories")

#: What stands once in a table.
_KEYS = {
    "grades": ("grade",), "ethnic_categories": ("code_set", "code"), "groups": ("role",), "items": ("item",), "words": ("measure",),
    "standard": ("key",), "indicators": ("measure", "edition_from"),
    "benchmarks": ("year", "indicator", "measure", "group", "unit", "kind", "published"),
}  # fmt: skip
_NEEDED = {"grades": ("grade",), "ethnic_categories": ("code_set", "code", "group"), "grade_spellings": ("spelling", "grade")}
