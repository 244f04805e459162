"""Cases and courses become people: looked up in the staff list, within the year, each person once."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from wres_helpers.intake.extracts.column_mapping import Extract
from wres_helpers.intake.extracts.counting import count_people
from wres_helpers.intake.extracts.ethnicity_codes import Ethnicity
from wres_helpers.intake.extracts.fields import counted_by, dates_of
from wres_helpers.intake.extracts.workforce_extract import Workforce, tidy_category


@dataclass(frozen=True)
class Window:
    """Days counted: from ``first`` to ``last``, both included."""

    first: np.datetime64
    last: np.datetime64

    def holds(self, days: np.ndarray) -> np.ndarray:
        """Tell which days lie in the window."""
        return (days >= self.first) & (days <= self.last)

    def in_words(self) -> str:
        """Return the window as a sentence's end."""
        return f"{self.first} to {self.last}"


@dataclass(frozen=True)
class Events:
    """Events of one log that count, joined to the staff list.

    Attributes
    ----------
    positions
        The log's records, counted from 0.
    staff_person
        The person's number in the staff list, -1 where the list has no such person.
    log_person
        The person's number in the log.
    days
        Day of each event.
    dropped
        Why records were left out, and how many.
    """

    extract: Extract = field(repr=False)
    positions: np.ndarray
    staff_person: np.ndarray
    log_person: np.ndarray
    days: np.ndarray
    dropped: dict[str, int]


def events_of(extract: Extract, date_field: str, window: Window, month_first: bool, workforce: Workforce) -> Events:
    """Return the records of a log that the rules count and that lie in the window."""
    days = dates_of(extract, date_field, month_first).of()
    counted = np.ones(len(extract), dtype=bool)
    for name, rule in extract.settings.rules.items():
        counted &= counted_by(extract, name, rule) != 0
    empty = np.flatnonzero(counted & extract.column(date_field).blank())
    if len(empty):
        extract.findings.stop(
            "an empty date", extract.at(date_field, empty), "an empty cell", "a date in every record that counts", "Fill the cell."
        )
    inside = window.holds(days)
    _tell_future(extract, date_field, counted & (days > window.last))
    positions = np.flatnonzero(counted & inside)
    person = extract.column("person")
    staff_number = _in_staff(extract, workforce)
    dropped = {
        "left out by a rule": int((~counted).sum()),
        f"outside {window.in_words()}": int((counted & ~inside & ~np.isnat(days)).sum()),
    }
    return Events(
        extract,
        positions,
        staff_number[person.codes[positions]],
        person.codes[positions],
        days[positions],
        {why: number for why, number in dropped.items() if number},
    )


def _tell_future(extract: Extract, date_field: str, later: np.ndarray) -> None:
    if later.any():
        extract.findings.handle(
            "a date after the year",
            extract.at(date_field, np.flatnonzero(later)),
            "a date after the end of the year",
            "dates up to the snapshot day",
            "left out.",
        )


def _in_staff(extract: Extract, workforce: Workforce) -> np.ndarray:
    """Return, for every distinct person of the log, their number in the staff list, or -1."""
    staff = workforce.staff.extract.column("person").values
    log = extract.column("person").values
    found = pc.index_in(pa.array(log, pa.string()), value_set=pa.array(staff, pa.string()))
    numbers = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    absent = np.flatnonzero(numbers < 0)
    if len(absent):
        bare = {value.lstrip("0") for value in staff}
        for position in absent:
            value = log[position]
            if value.lstrip("0") in bare and value.strip("0"):
                where = extract.at("person", extract.column("person").where(int(position)))
                found = "a person's number that differs from the staff list's only by leading zeros"
                action = "Export both with the column as text, or correct it in corrections.csv."
                extract.findings.stop("leading zeros", where, found, "the number as the staff list has it", action)
    return numbers


def people_of(events: Events, workforce: Workforce, not_on_snapshot: str, per: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return the first event of every person, and which of these people are not on the snapshot list.

    Parameters
    ----------
    not_on_snapshot
        ``include``, ``leave_out`` or ``stop``.
    per
        A number of each event (its year); a person counts once for each. None: once in all.

    Returns
    -------
    tuple of numpy.ndarray
        Positions among the events of the people counted; and a mask of all first events of people who are away.
    """
    frame = pd.DataFrame({"person": events.log_person, "per": 0 if per is None else per})
    first = np.flatnonzero(~frame.duplicated().to_numpy())
    known = events.staff_person[first] >= 0
    away = ~known
    away[known] = ~workforce.snapshot.on_list[events.staff_person[first][known]]
    if not_on_snapshot == "stop" and away.any() and not events.extract.lacks("person"):
        where = events.extract.at("person", events.positions[first[away]])
        events.extract.findings.stop(
            "not on the snapshot list", where, "a person who is not on the snapshot list", "people of the snapshot list only",
            "Correct the number, or say in the master file what is done with such people (not_on_snapshot).",
        )  # fmt: skip
    return (first[~away] if not_on_snapshot == "leave_out" else first), first[away]


def event_table(events: Events, chosen: np.ndarray, workforce: Workforce, own: Ethnicity | None, name: str) -> pd.DataFrame:
    """Count the chosen people by breakdown and ethnic group, with zeros for every combination of the headcount.

    Ethnicity comes from the staff list; for people whom it does not have, from the log where the log records it.
    """
    rows = staff_rows(events, chosen, workforce)
    groups = np.where(rows >= 0, workforce.staff.group[rows], _own_groups(events, chosen, own))
    cuts = workforce.cuts(rows, workforce.settings.staff.also_cut_by)
    everybody = workforce.cuts(workforce.snapshot.rows, workforce.settings.staff.also_cut_by)
    return tidy_category(count_people(cuts, groups, name, everybody), workforce.group_of_category(), name)


def staff_rows(events: Events, chosen: np.ndarray, workforce: Workforce) -> np.ndarray:
    """Return the staff row that stands for each chosen person, -1 where there is none."""
    persons = events.staff_person[chosen]
    return np.where(persons >= 0, workforce.snapshot.row_of_person[persons], -1)


def _own_groups(events: Events, chosen: np.ndarray, own: Ethnicity | None) -> np.ndarray:
    unknown = 2
    if own is None:
        return np.full(len(chosen), unknown)
    return own.groups[events.positions[chosen]]
