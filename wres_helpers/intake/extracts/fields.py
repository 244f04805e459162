"""Fields other than ethnicity and grade: dates, yes and no, values that count or are left out, clinical or not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.column_mapping import Extract
from wres_helpers.intake.extracts.extract_findings import ROWS_TOLD
from wres_helpers.intake.extracts.values import read_date, read_share
from wres_helpers.settings.extract_settings import ClinicalRule, ValueRule
from wres_helpers.tables.cell_readers import Read, clean_text, key_of, whole_number

#: No date: an empty cell.
NO_DATE = np.datetime64("NaT", "D")

#: Words of bank and agency work: a value with one of these must be named in a rule, never counted by default.
CLINICAL, NON_CLINICAL, MEDICAL, NOT_SEPARATED = range(4)
STAFF_GROUPS = ("clinical", "non_clinical", "medical_and_dental", "not_separated")


@dataclass(frozen=True)
class Window:
    """Days counted: from ``first`` to ``last``, both included."""

    first: np.datetime64
    last: np.datetime64

    def holds(self, days: np.ndarray) -> np.ndarray:
        """Tell which days lie in the window."""
        return (days >= self.first) & (days <= self.last)

    def __str__(self) -> str:
        """Return the window as a sentence's end."""
        return f"{self.first} to {self.last}"


def years_up_to(snapshot: np.datetime64, years: int) -> Window:
    """Return so many years that end with the snapshot day: from 1 April for a snapshot on 31 March."""
    following = (snapshot + 1).item()
    return Window(np.datetime64(following.replace(year=following.year - years).isoformat(), "D"), snapshot)


@dataclass(frozen=True)
class Counted:
    """What came of one extract.

    Attributes
    ----------
    tables
        Counts tables by name.
    dropped
        Why records were left out, and how many.
    decisions
        Every rule applied, in words.
    read
        What was looked up (ethnicity, grade) to how each cell was read and in how many records.
    """

    tables: dict[str, pd.DataFrame]
    dropped: dict[str, int] = field(default_factory=dict)
    decisions: tuple[str, ...] = ()
    read: dict[str, dict[str, int]] = field(default_factory=dict)


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
    expected = "a date as " + ("month/day/year" if month_first else "day/month/year")
    reads = read_values(extract, name, lambda text: read_date(text, month_first), expected, "read as a date.")
    days = np.array([read.value if read.value is not None else NO_DATE for read in reads] or [NO_DATE], dtype="datetime64[D]")
    return Days(extract.column(name).codes, days)


def counted_by_rules(extract: Extract) -> np.ndarray:
    """Return a mask of the records that the master file's rules count; values no rule names are told."""
    counted = np.ones(len(extract), dtype=bool)
    for name, rule in extract.settings.rules.items():
        counted &= counted_by(extract, name, rule) != 0
    return counted


def days_that_count(extract: Extract, name: str, window: Window, month_first: bool) -> tuple[np.ndarray, np.ndarray, dict[str, int]]:
    """Return each record's day, a mask of those that the rules count and the window holds, and why the others were left out."""
    counted = counted_by_rules(extract)
    days = dates_of(extract, name, month_first).of()
    empty = counted & extract.column(name).blank()
    extract.stop("an empty date", name, empty, "an empty cell", "a date in every record that counts", "Fill the cell.")
    inside = counted & window.holds(days)
    dropped = {"left out by a rule": int((~counted).sum()), f"outside {window}": int((counted & ~inside & ~np.isnat(days)).sum())}
    return days, inside, dropped


def shares_of(extract: Extract, name: str) -> np.ndarray:
    """Return full-time equivalents, NaN where the cell is empty or could not be read (which is told)."""
    reads = read_values(extract, name, read_share, "a number such as 0.6", "read as a share.")
    return extract.column(name).spread(np.array([np.nan if read.value is None else read.value for read in reads]))


def whole_numbers_of(extract: Extract, name: str, expected: str) -> np.ndarray:
    """Return counts, 0 where the cell could not be read (which is told)."""
    reads = read_values(extract, name, whole_number, expected, "read as a number.")
    return extract.column(name).spread(np.array([read.value or 0 for read in reads], dtype=np.int64))


def read_values(extract: Extract, name: str, reader: Callable[[str], Read], expected: str, how: str) -> list[Read]:
    """Read every distinct value of a field, and tell what could not be read or was odd.

    Parameters
    ----------
    reader
        Text to what it was read as.
    expected
        What a good cell holds.
    how
        What was done with odd cells, for the messages.
    """
    column = extract.column(name)
    reads = [reader(text) for text in column.values]
    if extract.lacks(name):
        return reads
    used = column.used()
    kinds: dict[tuple[str, str], list[int]] = {}
    for position, read in enumerate(reads):
        if used[position] and (read.wrong or read.note):
            kinds.setdefault((read.wrong, read.note), []).append(position)
    for kind, positions in kinds.items():
        # a whole column written in another way is told once, not once a value
        groups = [[position] for position in positions] if len(positions) <= ROWS_TOLD else [positions]
        for group in groups:
            _tell(extract, name, group, kind, _Telling(reader, expected, how))
    return reads


class _Telling(NamedTuple):
    """How a field's cells are read and told: the reader, what a good cell holds, what was done with odd ones."""

    reader: Callable[[str], Read]
    expected: str
    how: str


def _tell(extract: Extract, name: str, group: list[int], kind: tuple[str, str], telling: _Telling) -> None:
    column = extract.column(name)
    chosen = np.zeros(column.distinct, dtype=bool)
    chosen[group] = True
    rows = np.flatnonzero(chosen[column.codes])
    value = extract.told(rows, column.values[column.codes[rows[0]]], lambda text: not telling.reader(text).wrong)
    if len(group) > 1:
        # many texts that are no dates or numbers may be names from another column: then none is shown
        first = f", the first of them {value}" if value[1:2].isdigit() else ""
        value = f"{len(group):,} different cells{first}"
    wrong, note = kind
    if wrong:
        defect, action = _WRONG.get(wrong, (wrong, "Mend the cell."))
        extract.findings.stop(defect, extract.at(name, rows), value, telling.expected, action)
    else:
        extract.findings.handle(note, extract.at(name, rows), f"{value} ({note})", telling.expected, telling.how)


_WRONG = {
    "suppressed": ("a suppressed cell", "Ask for the numbers unsuppressed: the pack hides small numbers itself."),
    "a percentage": ("a percentage for a count", "Map the column as 'percent' and its base as 'base', or ask for the numbers."),
    "no such day": ("no such day", "Mend the cell; if the file has the month first, say so with date_order in the master file."),
}


def _reader(meanings: dict[str, int]) -> Callable[[str], tuple[int, str]]:
    """Return what looks a value up whatever its capitals, and notes other capitals than the master file has."""
    cleaned = {clean_text(text)[0]: meaning for text, meaning in meanings.items()}
    keyed = {key_of(text): meaning for text, meaning in cleaned.items()}
    return lambda text: (keyed.get(key_of(text), -1), "" if text in cleaned else "other capitals or dashes")


def truth_of(extract: Extract, name: str) -> np.ndarray:
    """Return a yes/no field as 1, 0, or -1 where the cell says neither (which is told)."""
    meanings = dict.fromkeys(extract.settings.yes, 1) | dict.fromkeys(extract.settings.no, 0)
    expected = "yes or no: " + ", ".join(repr(text) for text in meanings)
    wrong = ("neither yes nor no", expected, "Mend the cell, or add the value to 'yes' or 'no' in the master file.")
    return values_to(extract, name, meanings, wrong)


def counted_by(extract: Extract, name: str, rule: ValueRule) -> np.ndarray:
    """Return which rows a rule counts: 1 counted, 0 left out, -1 in neither list (which is told)."""
    meanings = dict.fromkeys(rule.leave_out, 0) | dict.fromkeys(rule.count, 1)
    action = f"Add it to 'count' or 'leave_out' under extracts.{extract.name}.rules.{name} in the master file."
    return values_to(extract, name, meanings, ("a value without rule", "a value that the rule names", action))


def values_to(extract: Extract, name: str, meanings: dict[str, int], wrong: tuple[str, str, str]) -> np.ndarray:
    """Return what the master file says each value means, -1 where it says nothing (which is told)."""
    return extract.look_up(name, _reader(meanings), lambda _: wrong)


def staff_group_of(extract: Extract, rule: ClinicalRule | None, medical: np.ndarray, only: np.ndarray) -> np.ndarray:
    """Return each row's staff group as a position in :data:`STAFF_GROUPS`.

    Medical and dental staff are told by their grade; the others by staff group or by the longest matching beginning
    of their occupation code, as the master file has it.
    """
    if rule is None:
        return np.full(len(extract), NOT_SEPARATED, dtype=np.int32)
    meanings = {key_of(text): CLINICAL for text in rule.clinical} | {key_of(text): NON_CLINICAL for text in rule.non_clinical}

    by_name = _reader(dict.fromkeys(rule.clinical, CLINICAL) | dict.fromkeys(rule.non_clinical, NON_CLINICAL))

    def read(text: str) -> tuple[int, str]:
        if rule.by == "staff_group":
            found = by_name(text)
            # the staff record writes "Staff Group|Job Role": the role decides where it is listed, else the group
            return found if found[0] >= 0 or "|" not in text else by_name(text.partition("|")[0].strip())
        key = key_of(text)
        fits = [beginning for beginning in meanings if beginning and key.startswith(beginning)]
        return (meanings[max(fits, key=len)] if fits else -1), ""

    def wrong(_: str) -> tuple[str, str, str]:
        expected = "a value that extracts.staff.clinical names"
        return "neither clinical nor non-clinical", expected, "Mend the cell, or add it to 'clinical' or 'non_clinical' in the master file."

    groups = extract.look_up(rule.by, read, wrong, only=only & ~medical)
    return np.where(medical, MEDICAL, groups).astype(np.int32)
