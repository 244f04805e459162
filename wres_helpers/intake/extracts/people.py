"""People, not rows: who is on the snapshot list, once each, and by which of their assignments."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.column_mapping import Extract
from wres_helpers.intake.extracts.extract_findings import place
from wres_helpers.intake.extracts.fields import shares_of, truth_of
from wres_helpers.intake.extracts.staff_extract import StaffRows, on_day

_TITLES = {
    "flag": "the one marked as primary",
    "highest_fte": "the one with the highest full-time equivalent",
    "highest_grade": "the one with the highest grade",
    "earliest_start": "the one that started first",
    "latest_start": "the one that started last",
    "first_row": "the one that stands first in the file",
}
_NEEDS = {"flag": "primary", "highest_fte": "fte", "earliest_start": "start_date", "latest_start": "start_date"}


@dataclass(frozen=True)
class Snapshot:
    """The people on the snapshot list.

    Attributes
    ----------
    rows
        Staff rows, one per person: the primary assignment.
    row_of_person
        For every person of the staff list the row that stands for them, on the list or not (-1: no row counted).
    on_list
        For every person of the staff list, whether they are on the snapshot list.
    dropped
        Why rows were left out, and how many.
    """

    rows: np.ndarray
    row_of_person: np.ndarray
    on_list: np.ndarray
    dropped: dict[str, int]


def take_snapshot(staff: StaffRows, day: np.datetime64) -> Snapshot:
    """Choose, for each person on the snapshot list, the assignment that stands for them."""
    repeated = _repeated_rows(staff)
    there = on_day(staff.start, staff.leave, day)
    eligible = staff.counted & there & ~repeated
    dropped = {
        "repeated rows": int(repeated.sum()),
        "left out by a rule (bank, agency and the like)": int((~staff.counted & ~repeated).sum()),
        "not employed on the snapshot day": int((staff.counted & ~repeated & ~there).sum()),
    }
    people = staff.extract.column("person").distinct
    _tell_assignments_of_two(staff)
    rows = np.flatnonzero(eligible)
    if not len(rows):
        _tell_nobody(staff, day)
    primary = _primary(staff, rows, people, tell=True)
    dropped["other assignments of people counted once"] = len(rows) - len(primary)
    on_list = np.zeros(people, dtype=bool)
    on_list[staff.person[primary]] = True
    row_of_person = np.full(people, -1, dtype=np.int64)
    away = np.flatnonzero(staff.counted & ~repeated & ~on_list[staff.person])
    for chosen in (_primary(staff, away, people, tell=False), primary):
        row_of_person[staff.person[chosen]] = chosen
    return Snapshot(primary, row_of_person, on_list, {reason: number for reason, number in dropped.items() if number})


def _tell_nobody(staff: StaffRows, day: np.datetime64) -> None:
    staff.extract.findings.stop(
        "nobody on the snapshot list", place(staff.extract.table.file), f"nobody who counts on {day}", "the people employed on that day",
        "Check the year, the columns of the dates and the rules in the master file.",
    )  # fmt: skip


def _primary(staff: StaffRows, rows: np.ndarray, people: int, tell: bool) -> np.ndarray:
    """Return one row per person out of the given rows, by the master file's rules in their order."""
    persons = staff.person[rows]
    several = np.bincount(persons, minlength=people) > 1
    ambiguous = several[persons]
    chosen = rows[~ambiguous]
    if not ambiguous.any():
        return chosen
    candidates = rows[ambiguous]
    rules = usable_rules(staff.extract)
    keys = pd.DataFrame(
        {"person": staff.person[candidates]} | {f"rule {number}": _rank(staff, candidates, rule) for number, rule in enumerate(rules)}
    )
    order = keys.sort_values(list(keys.columns), kind="stable")
    best = order.drop_duplicates("person")
    if tell:
        _tell_conflicts(staff, candidates, keys, best)
    return np.concatenate([chosen, candidates[best.index.to_numpy()]])


def usable_rules(extract: Extract) -> list[str]:
    """Return the rules of the primary assignment whose column is mapped."""
    return [rule for rule in extract.settings.primary_assignment if _NEEDS.get(rule, "person") in extract]


def snapshot_rule_in_words(extract: Extract, day: np.datetime64) -> str:
    """Return by which dates the snapshot was taken, as a sentence; dates that are not mapped are said."""
    mapped = [name for name in ("start_date", "leave_date") if name in extract]
    if not mapped:
        return f"Snapshot: the list names no dates, so everybody on it is taken to be employed on {day}."
    lacking = "" if len(mapped) == 2 else f"; the {'leave' if mapped == ['start_date'] else 'start'} date is not mapped"
    return f"Snapshot: assignments held on {day}; the last day of work counts as worked{lacking}."


def primary_rule_in_words(extract: Extract) -> str:
    """Return the rule of the primary assignment as a sentence's end."""
    return ", then ".join(_TITLES[rule] for rule in usable_rules(extract))


def _rank(staff: StaffRows, rows: np.ndarray, rule: str) -> np.ndarray:
    """Return a key that is smaller for the better row."""
    if rule == "flag":
        return -(truth_of(staff.extract, "primary")[rows])
    if rule == "highest_fte":
        return np.nan_to_num(-shares_of(staff.extract, "fte")[rows], nan=0.0)
    if rule == "highest_grade":
        return -staff.grade[rows]
    if rule == "first_row":
        return rows
    days = staff.start.of(rows).astype("int64")
    unknown = np.isnat(staff.start.of(rows))
    return np.where(unknown, np.iinfo(np.int64).max, days if rule == "earliest_start" else -days)


def _tell_assignments_of_two(staff: StaffRows) -> None:
    """Tell assignments that two people share: then the columns of people and assignments may be swapped."""
    extract = staff.extract
    if "assignment" not in extract or extract.lacks("assignment") or extract.lacks("person"):
        return
    column = extract.column("assignment")
    again = np.flatnonzero(column.repeats() & ~column.blank())
    frame = pd.DataFrame({"assignment": column.codes_of(again), "person": staff.person[again]})
    shared = frame.groupby("assignment")["person"].transform("nunique").to_numpy() > 1
    found, expected = "an assignment number that two people have", "each assignment number with one person"
    action = "Mend the number; if it is so all over, the columns of people and of assignments may be swapped."
    extract.stop("an assignment of two people", "assignment", again[shared], found, expected, action)


def _repeated_rows(staff: StaffRows) -> np.ndarray:
    """Find rows that say nothing an earlier row does not say: the same person and the same in every mapped column."""
    extract = staff.extract
    repeated = np.zeros(len(extract), dtype=bool)
    candidates = np.flatnonzero((np.bincount(staff.person) > 1)[staff.person]) if len(extract) else np.zeros(0, dtype=int)
    if len(candidates):
        frame = pd.DataFrame({name: column.codes_of(candidates) for name, column in extract.table.columns.items()})
        repeated[candidates[frame.duplicated().to_numpy()]] = True
    extract.handle("a repeated row", "person", repeated, "a row that repeats an earlier one", "each assignment once", "counted once.")
    _same_assignment(staff, candidates[~repeated[candidates]])
    return repeated


def _same_assignment(staff: StaffRows, candidates: np.ndarray) -> None:
    extract = staff.extract
    if "assignment" not in extract or not len(candidates):
        return
    column = extract.column("assignment")
    filled = candidates[~column.blank()[candidates]]
    # two rows of one assignment that follow each other in time are its history, not a contradiction
    frame = pd.DataFrame({"assignment": column.codes_of(filled), "start": staff.start.of(filled), "leave": staff.leave.of(filled)})
    clash = filled[frame.duplicated(keep="first").to_numpy()]
    found, action = "an assignment that an earlier row tells otherwise", "Keep the row that is right."
    extract.stop("one assignment told in two ways", "assignment", clash, found, "each assignment once", action)


def _tell_conflicts(staff: StaffRows, candidates: np.ndarray, keys: pd.DataFrame, best: pd.DataFrame) -> None:
    """Tell people whose assignments name different ethnic categories, or of whose assignments none is the primary one.

    Parameters
    ----------
    candidates
        Rows of people with several assignments.
    keys
        For each of these rows, the person and the row's rank by each rule.
    best
        The rows of ``keys`` that the rules choose.
    """
    extract = staff.extract
    primary = pd.Series(candidates[best.index.to_numpy()], index=best["person"].to_numpy())
    primary_of = primary.loc[keys["person"]].to_numpy()
    known = (staff.group[candidates] >= 0) & (staff.group[primary_of] >= 0)
    differs = candidates[known & (staff.ethnicity.categories[candidates] != staff.ethnicity.categories[primary_of])]
    defect, found = "conflicting ethnicity", "another ethnic category than in the same person's primary assignment"
    expected, action = (
        "one ethnic category per person",
        "Correct it (corrections.csv), or set conflicting_ethnicity: primary in the master file.",
    )
    if extract.settings.conflicting_ethnicity == "stop":
        extract.stop(defect, "ethnicity", differs, found, expected, action)
    else:
        extract.handle(defect, "ethnicity", differs, found, expected, "the primary assignment's is taken.")
    _tell_ties(staff, candidates, keys, primary_of)


def _tell_ties(staff: StaffRows, candidates: np.ndarray, keys: pd.DataFrame, primary_of: np.ndarray) -> None:
    rules = [column for column in keys.columns if column != "person"]
    winner = pd.Series(np.arange(len(candidates)), index=candidates).loc[primary_of].to_numpy()
    tied = (candidates != primary_of) & (keys[rules].to_numpy() == keys[rules].to_numpy()[winner]).all(axis=1)
    matters = staff.grade[candidates] != staff.grade[primary_of]
    matters |= staff.staff_group[candidates] != staff.staff_group[primary_of]
    for column in staff.breakdowns.values():
        matters |= column.codes[candidates] != column.codes[primary_of]
    found, expected = "an assignment equal to another of the same person by every rule", "one primary assignment per person"
    action = "Add a rule, for example first_row, to primary_assignment in the master file."
    staff.extract.stop("no primary assignment", "person", candidates[tied & matters], found, expected, action)
