"""The staff list: what every row says of a person, who is on the snapshot list, once each, and by which of their assignments."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts import fields
from wres_helpers.intake.extracts.coded_columns import Coded
from wres_helpers.intake.extracts.extract_findings import Place
from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.intake.extracts.reference_codes import Ethnicity, GradeTable, grade_of
from wres_helpers.tables.record_readers import read_share

#: Rules of the primary assignment in words, and the field each needs.
_RULES = {
    "flag": ("the one marked as primary", "primary"),
    "highest_fte": ("the one with the highest full-time equivalent", "fte"),
    "highest_grade": ("the one with the highest grade", "person"),
    "earliest_start": ("the one that started first", "start_date"),
    "latest_start": ("the one that started last", "start_date"),
    "first_row": ("the one that stands first in the file", "person"),
}


@dataclass(frozen=True)
class StaffRows:
    """What every row of the staff list was read as (one element a row)."""

    extract: Extract = field(repr=False)
    ethnicity: Ethnicity = field(repr=False)
    grade: np.ndarray  # position among the grades, -1 not known
    staff_group: np.ndarray  # position among the staff groups, -1 not known
    counted: np.ndarray  # whether the rules count the row (bank and agency left out)
    start: np.ndarray  # days of start and leaving, NaT where empty
    leave: np.ndarray
    breakdowns: dict[str, Coded] = field(repr=False)

    @property
    def person(self) -> np.ndarray:
        """Number of each row's person among the staff list's persons."""
        return self.extract.columns["person"].codes

    @property
    def group(self) -> np.ndarray:
        """Position of each row's ethnic group, -1 where not known."""
        return self.ethnicity.groups


def read_staff(extract: Extract, ethnicity: Ethnicity, known: GradeTable, snapshot: np.datetime64) -> StaffRows:
    """Read every field of the staff list.

    Grades and staff groups are only asked of rows that may be counted: a bank worker's grade stops nobody.
    """
    start, leave = (fields.dates_of(extract, name) for name in ("start_date", "leave_date"))
    counted = fields.counted_by_rules(extract)
    here = counted & _held(start, leave, snapshot)
    grade = grade_of(extract, known, only=here)
    staff_group = fields.staff_group_of(extract, extract.settings.clinical, known.medical[grade] & (grade >= 0), here)
    _check_dates(extract, start, leave, snapshot)
    return StaffRows(extract, ethnicity, grade, staff_group, counted, start, leave, fields.breakdowns_of(extract, snapshot, here))


def _held(start: np.ndarray, leave: np.ndarray, day: np.datetime64) -> np.ndarray:
    """Tell which assignments were held on a day: not begun after it, and not left before it (the leave date is the last day of work)."""
    return ~(start > day) & ~(leave < day)


def _check_dates(extract: Extract, start: np.ndarray, leave: np.ndarray, snapshot: np.datetime64) -> None:
    unlikely = (start < fields.EARLIEST_DAY) | (start > snapshot + 365)
    found = "a start date before 1940 or more than a year after the snapshot day"
    extract.stop("start_date", unlikely, found, "the day the assignment began", "Mend the cell.")
    if "start_date" in extract:
        action = "Fill the cell; if it is so all over, look which column is mapped as start_date."
        extract.stop("start_date", extract.columns["start_date"].blank(), "an empty cell", "a start date in every record", action)
    far = np.flatnonzero(leave > snapshot + 10 * 366)
    far = far[[str(day)[-5:] not in ("12-31", "01-01") for day in leave[far]]]  # where it ends or begins a year it means open
    beyond = leave[far] > snapshot + 80 * 366
    unlikely = np.union1d(far[beyond], np.flatnonzero(leave < fields.EARLIEST_DAY))
    found, expected = "a leave date before 1940 or beyond a working life", "the last day of work, or an empty cell"
    extract.stop("leave_date", unlikely.astype(np.int64), found, expected, "Mend the cell.")
    how = "counted as staff in post; mend the year if it was mistyped."
    extract.handle("leave_date", far[~beyond], "a leave date more than ten years ahead", expected, how)
    expected, action = "a date on or after the start date", "Correct one of the two dates."
    extract.stop("leave_date", leave < start, "a date before the start date", expected, action)


@dataclass(frozen=True)
class Snapshot:
    """The people on the snapshot list. What is asked by a person's number has one element more, the last, for nobody (-1)."""

    rows: np.ndarray  # staff rows, one per person: the primary assignment
    row_of_person: np.ndarray  # the staff row that stands for each person of the staff list, on the snapshot list or not
    on_list: np.ndarray  # whether each person of the staff list is on the snapshot list
    dropped: dict[str, int]  # why rows were left out, and how many


def take_snapshot(staff: StaffRows, day: np.datetime64) -> Snapshot:
    """Choose, for each person on the snapshot list, the assignment that stands for them."""
    kept = fields.Kept(len(staff.extract))
    kept.leave_out("repeated rows", _repeated_rows(staff))
    kept.leave_out("left out by a rule (bank, agency and the like)", ~staff.counted)
    counted = kept.mask
    kept.leave_out("not employed on the snapshot day", ~_held(staff.start, staff.leave, day))
    _tell_assignments_of_two(staff)
    rows = np.flatnonzero(kept.mask)
    if not len(rows):
        where, action = Place(staff.extract.file), "Check the year, the columns of the dates and the rules in the master file."
        found, expected = f"nobody who counts on {day}", "the people employed on that day"
        staff.extract.findings.stop(where, found, expected, action)
    began = staff.start[rows][~np.isnat(staff.start[rows])]
    if len(began) >= 100 and began.max() < day - 365:  # of so many some began in the last year
        found, expected = f"nobody who began after {began.max()}", f"some who began in the year up to {day}"
        how = "read as it stands; check that it is the list of that day."
        staff.extract.findings.handle(staff.extract.at("start_date"), found, expected, how)
    primary = _primary(staff, rows, tell=True)
    if len(primary) < len(rows):
        kept.dropped["other assignments of people counted once"] = len(rows) - len(primary)
    people = staff.extract.columns["person"].distinct + 1
    on_list, row_of_person = np.zeros(people, dtype=bool), np.full(people, -1, dtype=np.int64)
    on_list[staff.person[primary]] = True
    # a leaver, and who is here by a contract that does not count, is still a person of the list, whose ethnicity a case has
    away = ~on_list[staff.person]
    for others in (away & ~counted, away & counted):
        chosen = _primary(staff, np.flatnonzero(others), tell=False)
        row_of_person[staff.person[chosen]] = chosen
    row_of_person[staff.person[primary]] = primary
    return Snapshot(primary, row_of_person, on_list, kept.dropped)


def snapshot_in_words(extract: Extract, day: np.datetime64) -> tuple[str, str]:
    """Return by which dates the snapshot was taken (dates that are not mapped are said) and which assignment stands for a person."""
    mapped = [name for name in ("start_date", "leave_date") if name in extract]
    lacking = "" if len(mapped) == 2 else f"; the {'leave' if mapped == ['start_date'] else 'start'} date is not mapped"
    snapshot = f"Snapshot: assignments held on {day}; the last day of work counts as worked{lacking}."
    if not mapped:
        snapshot = f"Snapshot: the list names no dates, so everybody on it is taken to be employed on {day}."
    return snapshot, f"Primary assignment: {', then '.join(_RULES[rule][0] for rule in _usable_rules(extract))}."


def _usable_rules(extract: Extract) -> list[str]:
    return [rule for rule in extract.settings.primary_assignment if _RULES[rule][1] in extract]


def _primary(staff: StaffRows, rows: np.ndarray, tell: bool) -> np.ndarray:
    """Return one row per person out of the given rows, by the master file's rules in their order."""
    persons = staff.person[rows]
    ambiguous = (np.bincount(persons) > 1)[persons] if len(rows) else np.zeros(0, dtype=bool)
    chosen, candidates = rows[~ambiguous], rows[ambiguous]
    if not len(candidates):
        return chosen
    ranks = {f"rule {number}": _rank(staff, candidates, rule) for number, rule in enumerate(_usable_rules(staff.extract))}
    keys = pd.DataFrame({"person": staff.person[candidates], **ranks})
    best = keys.sort_values(list(keys.columns), kind="stable").drop_duplicates("person")
    if tell:
        # of each candidate, the place of the one that stands for the same person
        winner = pd.Series(best.index, index=best["person"]).loc[keys["person"]].to_numpy()
        _tell_conflicts(staff, candidates, winner)
        _tell_ties(staff, candidates, winner, keys[list(ranks)].to_numpy())
        if "flag" in _usable_rules(staff.extract):
            _tell_marks(staff, chosen, candidates)
    return np.concatenate([chosen, candidates[best.index]])


def _rank(staff: StaffRows, rows: np.ndarray, rule: str) -> np.ndarray:
    """Return a key that is smaller for the better row."""
    if rule == "flag":
        return -(fields.truth_of(staff.extract, "primary")[rows])
    if rule == "highest_fte":
        reads = fields.read_values(staff.extract, "fte", read_share, "a number such as 0.6", "read as a share.")
        return -staff.extract.columns["fte"].spread(np.array([read.value or 0.0 for read in reads]))[rows]  # none is the least
    if rule == "highest_grade":
        return -staff.grade[rows]
    if rule == "first_row":
        return rows
    days = staff.start[rows].astype("int64")
    return np.where(np.isnat(staff.start[rows]), np.iinfo(np.int64).max, days if rule == "earliest_start" else -days)


def _tell_assignments_of_two(staff: StaffRows) -> None:
    """Tell assignments that two people share: then the columns of people and assignments may be swapped."""
    extract = staff.extract
    if "assignment" not in extract or "assignment" in extract.missing or "person" in extract.missing:
        return
    column = extract.columns["assignment"]
    again = np.flatnonzero((column.used() > 1)[column.codes] & ~column.blank())
    frame = pd.DataFrame({"assignment": column.codes[again], "person": staff.person[again]})
    shared = frame.groupby("assignment")["person"].transform("nunique").to_numpy() > 1
    found, expected = "an assignment number that two people have", "each assignment number with one person"
    action = "Mend the number; if it is so all over, the columns of people and of assignments may be swapped."
    extract.stop("assignment", again[shared], found, expected, action)


def _repeated_rows(staff: StaffRows) -> np.ndarray:
    """Find rows that say nothing an earlier row does not say: the same person and the same in every mapped column."""
    extract = staff.extract
    candidates = np.flatnonzero((np.bincount(staff.person) > 1)[staff.person]) if len(extract) else np.zeros(0, dtype=int)
    repeated = extract.repeated(candidates, "person", "each assignment once")
    if "assignment" in extract:
        column, once = extract.columns["assignment"], candidates[~repeated[candidates]]
        filled = once[~column.blank()[once]]
        # two rows of one assignment that follow each other in time are its history, not a contradiction
        frame = pd.DataFrame({"assignment": column.codes[filled], "start": staff.start[filled], "leave": staff.leave[filled]})
        clash = filled[frame.duplicated(keep="first").to_numpy()]
        found, action = "an assignment that an earlier row tells otherwise", "Keep the row that is right."
        extract.stop("assignment", clash, found, "each assignment once", action)
    return repeated


def _tell_marks(staff: StaffRows, single: np.ndarray, candidates: np.ndarray) -> None:
    """Tell marks of the primary assignment that mark another one: yes and no may be exchanged, where nobody's ``single`` assignment is it."""
    extract, marked = staff.extract, fields.truth_of(staff.extract, "primary") == 1
    filled = single[~extract.columns["primary"].blank()[single]]
    bare = filled[~marked[filled]]
    if len(filled) >= 10 and 2 * len(bare) > len(filled):  # fewer may be so by chance
        action = "If yes and no are exchanged, correct the column, or 'yes' and 'no' in the master file."
        found, expected = "an only assignment that is not marked as primary", "yes in the only assignment of a person"
        extract.stop("primary", bare, found, expected, action, handled=len(bare) < len(filled))
    people, of = np.unique(staff.person[candidates], return_inverse=True)
    marks = np.bincount(of, marked[candidates])
    if len(people) > 2 and (marks > 1).all():  # who are no exceptions
        how = "the other rules of primary_assignment choose among them; correct the marks."
        extract.handle("primary", candidates, "several primary assignments of everybody who has several", "one a person", how)


def _tell_conflicts(staff: StaffRows, candidates: np.ndarray, winner: np.ndarray) -> None:
    """Tell people whose assignments name different ethnic categories."""
    extract, primary = staff.extract, candidates[winner]
    known = (staff.group[candidates] >= 0) & (staff.group[primary] >= 0)
    differs = candidates[known & (staff.ethnicity.categories[candidates] != staff.ethnicity.categories[primary])]
    handled, how = extract.settings.conflicting_ethnicity == "primary", "the primary assignment's is taken."
    action = how if handled else "Correct it (corrections.csv), or set conflicting_ethnicity: primary in the master file."
    found = "another ethnic category than in the same person's primary assignment"
    extract.stop("ethnicity", differs, found, "one ethnic category per person", action, handled)


def _tell_ties(staff: StaffRows, candidates: np.ndarray, winner: np.ndarray, ranks: np.ndarray) -> None:
    """Tell people of whose assignments none is the primary one, where that makes a difference."""
    primary = candidates[winner]
    tied = (candidates != primary) & (ranks == ranks[winner]).all(axis=1)
    said = [staff.grade, staff.staff_group, *(column.codes for column in staff.breakdowns.values())]
    matters = np.logical_or.reduce([codes[candidates] != codes[primary] for codes in said])
    found, expected = "an assignment equal to another of the same person by every rule", "one primary assignment per person"
    action = "Add a rule, for example first_row, to primary_assignment in the master file."
    staff.extract.stop("person", candidates[tied & matters], found, expected, action)
