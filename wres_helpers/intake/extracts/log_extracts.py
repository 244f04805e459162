"""The logs of cases and of courses become people: looked up in the staff list, within the years counted, each person once."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from wres_helpers.intake.extracts.column_mapping import Extract
from wres_helpers.intake.extracts.counting import count_people
from wres_helpers.intake.extracts.ethnicity_codes import CodeSet, Ethnicity, ethnicity_of
from wres_helpers.intake.extracts.fields import Counted, Window, counted_by_rules, days_that_count, years_up_to
from wres_helpers.intake.extracts.workforce_extract import Workforce, tidy_category

#: What is done with people who are not on the snapshot list, in words.
_RULES = {"include": "counted by rule", "leave_out": "left out by rule", "stop": "not allowed by rule"}


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


def count_cases(extract: Extract, workforce: Workforce, known: CodeSet | None, snapshot: np.datetime64, month_first: bool) -> Counted:
    """Count the people who entered a formal disciplinary process, by entry date in the years counted."""
    settings = extract.settings
    window = years_up_to(snapshot, settings.window_years)
    events = events_of(extract, "entry_date", window, month_first, workforce)
    years = (events.days >= years_up_to(snapshot, 1).first).astype(int) if settings.people_counted_once_per == "year" else None
    chosen, away = people_of(events, workforce, settings.not_on_snapshot, years)
    own = ethnicity_of(extract, known, workforce.settings.blank_ethnicity == "unknown") if known and "ethnicity" in extract else None
    _compare(events, chosen, workforce, own)
    _tell_unknown_people(events, chosen, workforce, own)
    rows = f" (rows {extract.table.rows_in_words(events.positions[away])} of the case log)" if len(away) else ""
    decisions = (
        f"Cases: {len(chosen):,} people entered from {window} ({len(events.positions):,} cases that count); "
        f"a person counts once per {settings.people_counted_once_per}.",
        f"Cases: {len(away):,} of them not on the snapshot list: {_RULES[settings.not_on_snapshot]}{rows}.",
    )
    return Counted({"disciplinary": event_table(events, chosen, workforce, own, "entered")}, events.dropped, decisions)


def count_training(extract: Extract, workforce: Workforce, snapshot: np.datetime64, month_first: bool) -> Counted:
    """Count the people who took up training in the year: course places become people."""
    window = years_up_to(snapshot, 1)
    events = events_of(extract, "date", window, month_first, workforce)
    chosen, away = people_of(events, workforce, extract.settings.not_on_snapshot)
    decisions = (
        f"Training: {len(events.positions):,} course places from {window} turned into people: {len(chosen):,}.",
        f"Training: people not on the snapshot list ({len(away):,}): {_RULES[extract.settings.not_on_snapshot]}.",
    )
    return Counted({"training": event_table(events, chosen, workforce, None, "accessed")}, events.dropped, decisions)


def events_of(extract: Extract, date_field: str, window: Window, month_first: bool, workforce: Workforce) -> Events:
    """Return the records of a log that the rules count and that lie in the window."""
    days, inside, dropped = days_that_count(extract, date_field, window, month_first)
    _tell_future(extract, date_field, counted_by_rules(extract) & (days > window.last))
    positions = np.flatnonzero(inside)
    person = extract.column("person").codes[positions]
    return Events(extract, positions, _in_staff(extract, workforce)[person], person, days[positions], dropped)


def _tell_future(extract: Extract, date_field: str, later: np.ndarray) -> None:
    found, expected = "a date after the end of the year", "dates up to the snapshot day"
    extract.handle("a date after the year", date_field, later, found, expected, "left out.")


def _in_staff(extract: Extract, workforce: Workforce) -> np.ndarray:
    """Return, for every distinct person of the log, their number in the staff list, or -1."""
    staff, column = workforce.staff.extract.column("person").values, extract.column("person")
    found = pc.index_in(pa.array(column.values, pa.string()), value_set=pa.array(staff, pa.string()))
    numbers = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    bare = {value.lstrip("0") for value in staff} if (numbers < 0).any() else set()
    for position in np.flatnonzero(numbers < 0):
        value = column.values[position]
        if value.lstrip("0") in bare and value.strip("0"):
            told = "a person's number that differs from the staff list's only by leading zeros"
            action = "Export both with the column as text, or correct it in corrections.csv."
            extract.stop("leading zeros", "person", column.where(int(position)), told, "the number as the staff list has it", action)
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
    if not_on_snapshot == "stop" and not events.extract.lacks("person"):
        found, expected = "a person who is not on the snapshot list", "people of the snapshot list only"
        action = "Correct the number, or say in the master file what is done with such people (not_on_snapshot)."
        events.extract.stop("not on the snapshot list", "person", events.positions[first[away]], found, expected, action)
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


def _compare(events: Events, chosen: np.ndarray, workforce: Workforce, own: Ethnicity | None) -> None:
    if own is None:
        return
    rows = staff_rows(events, chosen, workforce)
    here = own.groups[events.positions[chosen]]
    filled = ~events.extract.column("ethnicity").blank()[events.positions[chosen]]
    differs = filled & (rows >= 0) & (here >= 0) & (workforce.staff.group[rows] >= 0) & (here != workforce.staff.group[rows])
    found = "another ethnic group than in the staff list"
    events.extract.handle(found, "ethnicity", events.positions[chosen[differs]], found, "the same", "the staff list's is taken.")


def _tell_unknown_people(events: Events, chosen: np.ndarray, workforce: Workforce, own: Ethnicity | None) -> None:
    strangers = staff_rows(events, chosen, workforce) < 0
    if own is not None:
        strangers &= events.extract.column("ethnicity").blank()[events.positions[chosen]]
    if not events.extract.lacks("person"):
        found, expected = "a person who is not in the staff list and has no ethnicity here", "a person of the staff list"
        how = "counted with ethnicity not known; correct the number in corrections.csv if it is wrong."
        events.extract.handle("a person nobody knows", "person", events.positions[chosen[strangers]], found, expected, how)
