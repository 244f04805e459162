"""People, not rows: who is on the snapshot list, once each, and by which of their assignments."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wres_helpers.definitions.schema import ETHNIC_GROUPS
from wres_helpers.intake.extracts.columns import Extract
from wres_helpers.intake.extracts.ethnicity import Ethnicity
from wres_helpers.intake.extracts.fields import Days, counted_by, dates_of, no_days, shares_of, staff_group_of, truth_of
from wres_helpers.intake.extracts.findings import place
from wres_helpers.intake.extracts.grades import GradeTable, grade_of

_TITLES = {
    "flag": "the one marked as primary",
    "highest_fte": "the one with the highest full-time equivalent",
    "highest_grade": "the one with the highest grade",
    "earliest_start": "the one that started first",
    "latest_start": "the one that started last",
    "first_row": "the one that stands first in the file",
}
_NEEDS = {"flag": "primary", "highest_fte": "fte", "earliest_start": "start_date", "latest_start": "start_date"}


#: Nobody at work today began before this day.
_EARLIEST_START = np.datetime64("1940-01-01", "D")


@dataclass(frozen=True)
class StaffRows:
    """What every row of the staff list was read as (one element a row).

    Attributes
    ----------
    person
        Number of the person among the staff list's persons.
    group, category, grade, staff_group
        Positions among the ethnic groups, the code set's rows, the grades and the staff groups; -1 not known.
    counted
        Whether the rules count the row (bank and agency left out).
    start, leave
        Days of start and leaving; NaT where empty.
    breakdowns
        Breakdown to codes and categories.
    """

    extract: Extract = field(repr=False)
    person: np.ndarray
    ethnicity: Ethnicity = field(repr=False)
    grade: np.ndarray
    staff_group: np.ndarray
    counted: np.ndarray
    start: Days
    leave: Days
    breakdowns: dict = field(repr=False)

    @property
    def group(self) -> np.ndarray:
        """Position of each row's ethnic group, -1 where not known."""
        return self.ethnicity.groups


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


def read_staff(extract: Extract, ethnicity: Ethnicity, known: GradeTable, month_first: bool, snapshot: np.datetime64) -> StaffRows:
    """Read every field of the staff list.

    Grades and staff groups are only asked of rows that may be counted: a bank worker's grade stops nobody.
    """
    start, leave = (
        dates_of(extract, name, month_first) if name in extract else no_days(len(extract)) for name in ("start_date", "leave_date")
    )
    counted = np.ones(len(extract), dtype=bool)
    for name, rule in extract.settings.rules.items():
        counted &= counted_by(extract, name, rule) != 0
    here = counted & on_day(start, leave, snapshot)
    grade = grade_of(extract, known, only=here)
    medical = known.medical[grade] & (grade >= 0)
    staff_group = staff_group_of(extract, extract.settings.clinical, medical, here)
    _check_dates(extract, start, leave, snapshot)
    breakdowns = {name: extract.column(name) for name in extract.settings.breakdowns}
    return StaffRows(extract, extract.column("person").codes, ethnicity, grade, staff_group, counted, start, leave, breakdowns)


def on_day(start: Days, leave: Days, day: np.datetime64) -> np.ndarray:
    """Tell which assignments were held on a day: started on it or before, and not left before it.

    The leave date is the last day of work, so a person who leaves on the day is still there.
    """
    return start.ask(~(start.days > day)) & leave.ask(~(leave.days < day))


def _check_dates(extract: Extract, start: Days, leave: Days, snapshot: np.datetime64) -> None:
    unlikely = np.flatnonzero(start.ask((start.days < _EARLIEST_START) | (start.days > snapshot + 365)))
    if len(unlikely):
        found = "a start date before 1940 or more than a year after the snapshot day"
        extract.findings.stop(
            "an unlikely date", extract.at("start_date", unlikely), found, "the day the assignment began", "Mend the cell."
        )
    if "start_date" in extract:
        empty = np.flatnonzero(extract.column("start_date").blank())
        if len(empty):
            extract.findings.stop(
                "an empty start date", extract.at("start_date", empty), "an empty cell", "a start date in every record", "Fill the cell."
            )
    left = np.flatnonzero(leave.ask(~np.isnat(leave.days)))
    turned = left[leave.of(left) < start.of(left)]
    if len(turned):
        extract.findings.stop(
            "left before the start",
            extract.at("leave_date", turned),
            "a date before the start date",
            "a date on or after the start date",
            "Correct one of the two dates.",
        )


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
    _assignments_of_two(staff)
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


def _assignments_of_two(staff: StaffRows) -> None:
    """Tell assignments that two people share: then the columns of people and assignments may be swapped."""
    extract = staff.extract
    if "assignment" not in extract or extract.lacks("assignment") or extract.lacks("person"):
        return
    column = extract.column("assignment")
    again = np.flatnonzero(column.repeats() & ~column.blank())
    if not len(again):
        return
    frame = pd.DataFrame({"assignment": column.codes_of(again), "person": staff.person[again]})
    shared = frame.groupby("assignment")["person"].transform("nunique").to_numpy() > 1
    if shared.any():
        found, expected = "an assignment number that two people have", "each assignment number with one person"
        action = "Mend the number; if it is so all over, the columns of people and of assignments may be swapped."
        extract.findings.stop("an assignment of two people", extract.at("assignment", again[shared]), found, expected, action)


def _repeated_rows(staff: StaffRows) -> np.ndarray:
    """Find rows that say nothing an earlier row does not say: the same person and the same in every mapped column."""
    extract = staff.extract
    repeated = np.zeros(len(extract), dtype=bool)
    several = np.bincount(staff.person) > 1 if len(extract) else np.zeros(0, dtype=bool)
    candidates = np.flatnonzero(several[staff.person]) if len(extract) else np.zeros(0, dtype=int)
    if len(candidates):
        frame = pd.DataFrame({name: column.codes_of(candidates) for name, column in extract.table.columns.items()})
        repeated[candidates[frame.duplicated().to_numpy()]] = True
    if repeated.any():
        where = extract.at("person", np.flatnonzero(repeated))
        extract.findings.handle("a repeated row", where, "a row that repeats an earlier one", "each assignment once", "counted once.")
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
    clash = frame.duplicated(keep="first").to_numpy()
    if clash.any():
        extract.findings.stop(
            "one assignment told in two ways", extract.at("assignment", filled[clash]), "an assignment that an earlier row tells otherwise",
            "each assignment once", "Keep the row that is right.",
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


def _tell_conflicts(staff: StaffRows, candidates: np.ndarray, keys: pd.DataFrame, best: pd.DataFrame) -> None:
    extract = staff.extract
    primary = pd.Series(candidates[best.index.to_numpy()], index=best["person"].to_numpy())
    primary_of = primary.loc[keys["person"]].to_numpy()
    known = (staff.group[candidates] >= 0) & (staff.group[primary_of] >= 0)
    differs = known & (staff.ethnicity.categories[candidates] != staff.ethnicity.categories[primary_of])
    if differs.any():
        where = extract.at("ethnicity", candidates[differs])
        found, expected = "another ethnic category than in the same person's primary assignment", "one ethnic category per person"
        if extract.settings.conflicting_ethnicity == "stop":
            extract.findings.stop(
                "conflicting ethnicity",
                where,
                found,
                expected,
                "Correct it (corrections.csv), or set conflicting_ethnicity: primary in the master file.",
            )
        else:
            extract.findings.handle("conflicting ethnicity", where, found, expected, "the primary assignment's is taken.")
    _tell_ties(staff, candidates, keys, primary_of)


def _tell_ties(staff: StaffRows, candidates: np.ndarray, keys: pd.DataFrame, primary_of: np.ndarray) -> None:
    rules = [column for column in keys.columns if column != "person"]
    position = pd.Series(np.arange(len(candidates)), index=candidates)
    winner = position.loc[primary_of].to_numpy()
    tied = (candidates != primary_of) & (keys[rules].to_numpy() == keys[rules].to_numpy()[winner]).all(axis=1)
    matters = staff.grade[candidates] != staff.grade[primary_of]
    matters |= staff.staff_group[candidates] != staff.staff_group[primary_of]
    for column in staff.breakdowns.values():
        matters |= column.codes[candidates] != column.codes[primary_of]
    if (tied & matters).any():
        staff.extract.findings.stop(
            "no primary assignment", staff.extract.at("person", candidates[tied & matters]), "an assignment equal to another of the same person by every rule",
            "one primary assignment per person", "Add a rule, for example first_row, to primary_assignment in the master file.",
        )  # fmt: skip


def ethnicity_counts(staff: StaffRows, rows: np.ndarray) -> dict[str, int]:
    """Return how many of the rows are of each ethnic group."""
    numbers = np.bincount(staff.group[rows][staff.group[rows] >= 0], minlength=len(ETHNIC_GROUPS))
    return dict(zip(ETHNIC_GROUPS, (int(number) for number in numbers), strict=True))
