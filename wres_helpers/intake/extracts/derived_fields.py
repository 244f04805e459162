"""Breakdowns that no column holds but two numbers give: the age group, and full or part time."""

from bisect import bisect_right
from datetime import date
from itertools import pairwise

import numpy as np

from wres_helpers.intake.extracts.coded_columns import Coded, coded
from wres_helpers.intake.extracts.extract_table import NOT_RECORDED, Extract
from wres_helpers.intake.extracts.fields import read_dates, read_values
from wres_helpers.intake.extracts.values import read_hours, read_share
from wres_helpers.settings.extract_settings import DERIVED, AgeGroups, ExtractFile, WorkingPattern
from wres_helpers.tables.cell_readers import Read, whole_number

#: Ages at which people work; any other comes from a wrong cell.
_AGES = (14, 100)


def derived_breakdowns(extract: Extract, day: np.datetime64, month_first: bool, counted: np.ndarray) -> dict[str, Coded]:
    """Return the breakdowns an extract's settings derive, by name: one category a record.

    Ages are taken on ``day``, the snapshot; only of the records that may be ``counted`` an unlikely age stops the run.
    """
    ages, pattern = (getattr(extract.settings, name, None) for name in DERIVED)
    derived = {}
    if ages:
        derived["age_group"] = _age_group(extract, ages, (day, month_first), counted)
    if pattern:
        derived["working_pattern"] = _working_pattern(extract, pattern)
    return derived


def derived_in_words(settings: ExtractFile, day: np.datetime64) -> list[str]:
    """Return how breakdowns are derived, for the preparation report."""
    ages, pattern = (getattr(settings, name, None) for name in DERIVED)
    words = []
    if ages:
        groups = ", ".join(_age_group_names(ages.starts))
        words.append(f"Age groups by {ages.by.replace('_', ' ')}, in whole years on {day}: {groups}.")
    if pattern:
        by = "full-time equivalent" if pattern.by == "fte" else "hours"
        words.append(f"Full time: {by} of {pattern.full_time_from:g} or more in the primary assignment.")
    return words


def _age_group_names(starts: tuple[int, ...]) -> list[str]:
    """Return the groups' names, which sort as they stand: ``24 and under``, ``25 to 34``, ..., ``65 and over``."""
    between = [f"{first} to {following - 1}" for first, following in pairwise(starts)]
    return [f"{starts[0] - 1} and under", *between, f"{starts[-1]} and over"]


def _age_group(extract: Extract, settings: AgeGroups, when: tuple[np.datetime64, bool], counted: np.ndarray) -> Coded:
    day, month_first = when
    if settings.by == "birth_date":
        born = [read.value for read in read_dates(extract, "birth_date", month_first)]
        ages = [None if birth is None else _age(birth, day.item()) for birth in born]
        found = "a date of birth that makes somebody younger than {} or older than {}".format(*_AGES)
    else:
        ages = [read.value for read in read_values(extract, "age", _read_age, "an age in whole years", "read as an age.")]
        found = "an age below {} or above {}".format(*_AGES)
    column = extract.column(settings.by)
    unlikely = np.array([age is not None and not _AGES[0] <= age <= _AGES[1] for age in ages], dtype=bool)
    wrong = column.spread(unlikely) & counted
    extract.stop("an unlikely age", settings.by, wrong, found, "the age of somebody at work", "Mend the cell.")
    names = _age_group_names(settings.starts)
    return coded([NOT_RECORDED if age is None else names[bisect_right(settings.starts, age)] for age in ages], column.codes)


def _age(born: date, day: date) -> int:
    """Return the age in whole years; who was born on 29 February is a year older on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _read_age(text: str) -> Read:
    return Read() if text == "" else whole_number(text)


def _working_pattern(extract: Extract, settings: WorkingPattern) -> Coded:
    reader, expected = (read_share, "a number such as 0.6") if settings.by == "fte" else (read_hours, "hours a week such as 37.5")
    reads = read_values(extract, settings.by, reader, expected, "read as a share.")
    categories = {True: "Full time", False: "Part time"}
    values = [NOT_RECORDED if read.value is None else categories[read.value >= settings.full_time_from] for read in reads]
    return coded(values, extract.column(settings.by).codes)
