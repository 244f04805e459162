"""Reads the counts tables of an organisation's year and tells everything wrong with them at once."""

import difflib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wres_helpers.definitions.problems import InputProblems, Problem
from wres_helpers.definitions.schema import COUNTS_TABLES, ETHNIC_GROUPS

STAGES = ("applied", "shortlisted", "appointed")
MEMBERSHIPS = ("total", "voting", "non_voting", "executive", "non_executive")
STAFF_GROUPS = ("clinical", "non_clinical", "medical_and_dental", "not_separated")

#: Columns whose values come from a closed list.
_CHOICES = {"ethnic_group": ETHNIC_GROUPS, "stage": STAGES, "membership": MEMBERSHIPS, "staff_group": STAFF_GROUPS}


@dataclass(frozen=True)
class Door:
    """What a counts table is checked against.

    Attributes
    ----------
    file
        The table's name as the user knows it.
    columns
        Columns it must have; the last holds the count.
    grades
        Grades that are known, for the workforce table.
    """

    file: str
    columns: tuple[str, ...]
    grades: frozenset[str]

    @property
    def count(self) -> str:
        """Name of the column that holds the count."""
        return self.columns[-1]


def read_counts_table(path: Path, name: str, shown: str, grades: frozenset[str]) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one counts table.

    Parameters
    ----------
    path
        The CSV file.
    name
        Which table it is, for example ``recruitment``.
    shown
        The file's name as messages print it.
    grades
        Grades the workforce table may name.

    Returns
    -------
    tuple
        The table, one row per line of the file, counts as whole numbers; and everything wrong with it. With problems
        the table is not to be used.
    """
    door = Door(shown, COUNTS_TABLES[name], grades)
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        return pd.DataFrame(), [
            Problem(shown, "a CSV file in UTF-8 with a header row", "Save the table as CSV (UTF-8).", found=_plain(error))
        ]
    table.columns = [str(column).strip() for column in table.columns]
    problems = _header_problems(table, door)
    if problems:
        return table, problems
    return checked(table, door)


def checked(table: pd.DataFrame, door: Door) -> tuple[pd.DataFrame, list[Problem]]:
    """Check the values of a counts table and turn its counts into whole numbers."""
    table = table.apply(lambda column: column.str.strip())
    problems = []
    for column, choices in _CHOICES.items():
        if column in door.columns:
            problems += _choice_problems(table, column, choices, door.file)
    if "grade" in door.columns:
        problems += _choice_problems(table, "grade", tuple(door.grades), door.file, "data/reference/grades.csv lists them all")
    problems += _count_problems(table, door)
    problems += _duplicate_problems(table, door)
    if not problems:
        problems += _one_sided_problems(table, door)
    if not problems:
        table[door.count] = table[door.count].str.replace(",", "").astype("int64")
    return table, sorted(problems, key=lambda problem: problem.row or 0)


def raise_if_any(problems: list[Problem]) -> None:
    """Raise all problems together, if there are any."""
    if problems:
        raise InputProblems(problems)


def _plain(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "bytes that are not UTF-8"
    return "nothing" if isinstance(error, pd.errors.EmptyDataError) else "lines with different numbers of columns"


def _header_problems(table: pd.DataFrame, door: Door) -> list[Problem]:
    missing = [column for column in door.columns if column not in table.columns]
    spare = [column for column in table.columns if column not in door.columns]
    problems = []
    for column in missing:
        close = difflib.get_close_matches(column, spare, n=1, cutoff=0.6)
        action = f"Rename '{close[0]}' to '{column}'." if close else f"Add the column '{column}'."
        problems.append(Problem(door.file, "the columns " + ", ".join(door.columns), action, row=1, column=column, found="no such column"))
    return problems


def _choice_problems(table: pd.DataFrame, column: str, choices: tuple[str, ...], file: str, where: str = "") -> list[Problem]:
    problems = []
    for index, value in table.loc[~table[column].isin(choices), column].items():
        close = difflib.get_close_matches(value, choices, n=1, cutoff=0.5) or difflib.get_close_matches(
            value.lower(), choices, n=1, cutoff=0.5
        )
        action = f"Did you mean '{close[0]}'?" if close else "Use one of the values listed" + (f"; {where}." if where else ".")
        expected = "one of " + ", ".join(choices) if len(choices) <= 8 else "a known value" + (f" ({where})" if where else "")
        problems.append(Problem(file, expected, action, row=_row(index), column=column, found=repr(value)))
    return problems


def _count_problems(table: pd.DataFrame, door: Door) -> list[Problem]:
    numbers = table[door.count].str.replace(",", "")
    wrong = table.loc[~numbers.str.fullmatch(r"\d{1,9}"), door.count]
    return [
        Problem(door.file, "a whole number, 0 or more", _count_action(value), row=_row(index), column=door.count, found=repr(value[:40]))
        for index, value in wrong.items()
    ]


def _count_action(value: str) -> str:
    if value == "":
        return "Enter the count; leave the whole row out where nothing was supplied."
    if "*" in value or "<" in value:
        return "Counts must come in unsuppressed; the pack hides small numbers itself."
    return "Enter the count as a whole number."


def _duplicate_problems(table: pd.DataFrame, door: Door) -> list[Problem]:
    keys = [column for column in table.columns if column != door.count]
    repeated = table[table.duplicated(keys, keep="first")]
    return [
        Problem(door.file, "each combination of " + ", ".join(keys) + " once", "Remove the second row, or add the two together.",
                row=_row(index), found="a repeated row")
        for index in repeated.index
    ]  # fmt: skip


def _one_sided_problems(table: pd.DataFrame, door: Door) -> list[Problem]:
    """Return a problem wherever one of the two groups is left out: half a comparison cannot be told from a zero."""
    keys = [column for column in ("stage", "membership", "question") if column in door.columns]
    if "grade" in door.columns:
        return []  # a band without BME staff may be left out of a large table; the totals are in the headcount
    places = table.groupby(keys, sort=False)["ethnic_group"].agg(set).items() if keys else [("", set(table["ethnic_group"]))]
    return [
        Problem(door.file, f"rows for white and for bme{f' where {keys[0]} is {place}' if keys else ''}",
                "Add the row, with 0 where nobody was counted.", column="ethnic_group", found=f"no row for {group}")
        for place, groups in places
        for group in ("white", "bme")
        if group not in groups
    ]  # fmt: skip


def _row(index: int) -> int:
    # the header is row 1, and pandas counts data rows from 0
    return int(index) + 2
