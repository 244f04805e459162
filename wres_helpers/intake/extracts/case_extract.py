"""The employee relations case log: people who entered a formal disciplinary process."""

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.column_mapping import Extract
from wres_helpers.intake.extracts.ethnicity_codes import CodeSet, Ethnicity, ethnicity_of
from wres_helpers.intake.extracts.events import Events, Window, event_table, events_of, people_of, staff_rows
from wres_helpers.intake.extracts.workforce_extract import Workforce


def disciplinary_table(
    extract: Extract, workforce: Workforce, known: CodeSet | None, snapshot: np.datetime64, month_first: bool
) -> tuple[pd.DataFrame, Events, np.ndarray, list[str]]:
    """Count the people who entered, by entry date in the window; return the table, the events, who is away, decisions."""
    settings = extract.settings
    window = Window(years_before(snapshot, settings.window_years), snapshot)
    events = events_of(extract, "entry_date", window, month_first, workforce)
    years = None
    if settings.people_counted_once_per == "year":
        years = np.where(events.days >= years_before(snapshot, 1), 1, 0)
    chosen, away = people_of(events, workforce, settings.not_on_snapshot, years)
    own = ethnicity_of(extract, known, workforce.settings.blank_ethnicity == "unknown") if known and "ethnicity" in extract else None
    _compare(events, chosen, workforce, own)
    _tell_unknown_people(events, chosen, workforce, own)
    decisions = [
        f"Cases: {len(chosen):,} people entered from {window.in_words()} ({len(events.positions):,} cases that count); "
        f"a person counts once per {settings.people_counted_once_per}.",
        f"Cases: {len(away):,} of them not on the snapshot list: {_RULES[settings.not_on_snapshot]}{_rows(events, away)}.",
    ]
    return event_table(events, chosen, workforce, own, "entered"), events, away, decisions


_RULES = {"include": "counted by rule", "leave_out": "left out by rule", "stop": "not allowed by rule"}


def _rows(events: Events, away: np.ndarray) -> str:
    return f" (rows {events.extract.table.rows_in_words(events.positions[away])} of the case log)" if len(away) else ""


def years_before(snapshot: np.datetime64, years: int) -> np.datetime64:
    """Return the day after the snapshot day, so many years earlier: 1 April for a snapshot on 31 March."""
    following = (snapshot + 1).item()
    return np.datetime64(following.replace(year=following.year - years).isoformat(), "D")


def _compare(events: Events, chosen: np.ndarray, workforce: Workforce, own: Ethnicity | None) -> None:
    if own is None:
        return
    rows = staff_rows(events, chosen, workforce)
    here = own.groups[events.positions[chosen]]
    filled = ~events.extract.column("ethnicity").blank()[events.positions[chosen]]
    differs = filled & (rows >= 0) & (here >= 0) & (workforce.staff.group[rows] >= 0) & (here != workforce.staff.group[rows])
    if differs.any():
        where = events.extract.at("ethnicity", events.positions[chosen[differs]])
        events.extract.findings.handle(
            "another ethnic group than in the staff list",
            where,
            "another ethnic group than in the staff list",
            "the same",
            "the staff list's is taken.",
        )


def _tell_unknown_people(events: Events, chosen: np.ndarray, workforce: Workforce, own: Ethnicity | None) -> None:
    strangers = staff_rows(events, chosen, workforce) < 0
    if own is not None:
        strangers &= events.extract.column("ethnicity").blank()[events.positions[chosen]]
    if strangers.any() and not events.extract.lacks("person"):
        where = events.extract.at("person", events.positions[chosen[strangers]])
        events.extract.findings.handle(
            "a person nobody knows", where, "a person who is not in the staff list and has no ethnicity here", "a person of the staff list",
            "counted with ethnicity not known; correct the number in corrections.csv if it is wrong.",
        )  # fmt: skip
