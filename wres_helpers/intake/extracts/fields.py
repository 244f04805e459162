"""Fields other than ethnicity and grade: dates, yes and no, values that count or are left out, clinical or not."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wres_helpers.definitions.extract_settings import ClinicalRule, ValueRule
from wres_helpers.intake.extracts.columns import Extract
from wres_helpers.intake.extracts.values import Read, clean_text, key_of, read_date, read_share

#: No date: an empty cell.
NO_DATE = np.datetime64("NaT", "D")

#: Words of bank and agency work: a value with one of these must be named in a rule, never counted by default.
CLINICAL, NON_CLINICAL, MEDICAL, NOT_SEPARATED = range(4)
STAFF_GROUPS = ("clinical", "non_clinical", "medical_and_dental", "not_separated")


@dataclass(frozen=True)
class Days:
    """A column of dates: a code for every row and the day each code means (NaT: none)."""

    codes: np.ndarray
    days: np.ndarray

    def of(self, rows: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Return the days of some rows, or of all."""
        return self.days[self.codes[rows]]

    def ask(self, per_day: np.ndarray) -> np.ndarray:
        """Give every row what was found out about its day."""
        return per_day[self.codes]


def no_days(rows: int) -> Days:
    """Return a column without any date."""
    return Days(np.zeros(rows, np.int8), np.array(["NaT"], dtype="datetime64[D]"))


def dates_of(extract: Extract, name: str, month_first: bool) -> Days:
    """Return a date field as days, none where the cell is empty or could not be read (which is told)."""
    column = extract.column(name)
    used = column.used()
    days = np.full(max(1, len(column.values)), NO_DATE, dtype="datetime64[D]")
    expected = "a date as " + ("month/day/year" if month_first else "day/month/year")
    for position, text in enumerate(column.values):
        read = read_date(text, month_first)
        if used[position]:
            _tell(extract, name, position, read, expected, "read as a date")
        if read.value is not None:
            days[position] = np.datetime64(read.value, "D")
    return Days(column.codes, days)


def shares_of(extract: Extract, name: str) -> np.ndarray:
    """Return full-time equivalents, NaN where the cell is empty or could not be read (which is told)."""
    column = extract.column(name)
    used = column.used()
    numbers = np.full(len(column.values), np.nan)
    for position, text in enumerate(column.values):
        read = read_share(text)
        if used[position]:
            _tell(extract, name, position, read, "a number such as 0.6", "read as a share")
        if read.value is not None:
            numbers[position] = read.value
    return column.spread(numbers)


def _tell(extract: Extract, name: str, position: int, read: Read, expected: str, how: str) -> None:
    column = extract.column(name)
    if not (read.wrong or read.note) or extract.lacks(name):
        return
    value = extract.shown(column.values[position])
    where = extract.at(name, column.where(position))
    if read.wrong:
        extract.findings.stop(_DEFECTS.get(read.wrong, read.wrong), where, value, expected, "Mend the cell.")
    else:
        extract.findings.handle(_DEFECTS.get(read.note, read.note), where, f"{value} ({read.note})", expected, f"{how}.")


_DEFECTS = {"suppressed": "a suppressed cell", "percentage": "a percentage for a count"}


def truth_of(extract: Extract, name: str) -> np.ndarray:
    """Return a yes/no field as 1, 0, or -1 where the cell says neither (which is told)."""
    yes = {key_of(text) for text in extract.settings.yes}
    no = {key_of(text) for text in extract.settings.no}

    def read(text: str) -> tuple[int, str]:
        return (1 if key_of(text) in yes else 0 if key_of(text) in no else -1), ""

    expected = "yes or no: " + ", ".join(repr(text) for text in (*extract.settings.yes, *extract.settings.no))
    return extract.look_up(
        name, read, lambda _: ("neither yes nor no", expected, "Mend the cell, or add the value to 'yes' or 'no' in the master file.")
    )


def counted_by(extract: Extract, name: str, rule: ValueRule) -> np.ndarray:
    """Return which rows a rule counts: 1 counted, 0 left out, -1 in neither list (which is told)."""
    counted = {key_of(clean_text(text)[0]) for text in rule.count}
    left_out = {key_of(clean_text(text)[0]) for text in rule.leave_out}

    def read(text: str) -> tuple[int, str]:
        return (1 if key_of(text) in counted else 0 if key_of(text) in left_out else -1), ""

    wrong = (
        "a value without rule",
        "a value that the rule names",
        f"Add it to 'count' or 'leave_out' under extracts.{extract.name}.rules.{name} in the master file.",
    )
    return extract.look_up(name, read, lambda _: wrong)


def values_to(extract: Extract, name: str, meanings: dict[str, int], wrong: Callable[[str], tuple[str, str, str]]) -> np.ndarray:
    """Return what the master file says each value means, -1 where it says nothing (which is told)."""
    keyed = {key_of(clean_text(text)[0]): meaning for text, meaning in meanings.items()}
    return extract.look_up(name, lambda text: (keyed.get(key_of(text), -1), ""), wrong)


def staff_group_of(extract: Extract, rule: ClinicalRule | None, medical: np.ndarray, only: np.ndarray) -> np.ndarray:
    """Return each row's staff group as a position in :data:`STAFF_GROUPS`.

    Medical and dental staff are told by their grade; the others by staff group or by the longest matching beginning
    of their occupation code, as the master file has it.
    """
    if rule is None:
        return np.full(len(extract), NOT_SEPARATED, dtype=np.int32)
    meanings = {key_of(text): CLINICAL for text in rule.clinical} | {key_of(text): NON_CLINICAL for text in rule.non_clinical}

    def read(text: str) -> tuple[int, str]:
        key = key_of(text)
        if rule.by == "staff_group":
            return meanings.get(key, -1), ""
        fits = [beginning for beginning in meanings if beginning and key.startswith(beginning)]
        return (meanings[max(fits, key=len)] if fits else -1), ""

    def wrong(_: str) -> tuple[str, str, str]:
        expected = "a value that extracts.staff.clinical names"
        return "neither clinical nor non-clinical", expected, "Mend the cell, or add it to 'clinical' or 'non_clinical' in the master file."

    groups = extract.look_up(rule.by, read, wrong, only=only & ~medical)
    return np.where(medical, MEDICAL, groups).astype(np.int32)
