"""What is wrong between a person's rows: repeated, shared or contradicting assignments."""

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.staff_extract import StaffRows


def tell_assignments_of_two(staff: StaffRows) -> None:
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


def repeated_rows(staff: StaffRows) -> np.ndarray:
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


def tell_conflicts(staff: StaffRows, candidates: np.ndarray, keys: pd.DataFrame, best: pd.DataFrame) -> None:
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
        where = staff.extract.at("person", candidates[tied & matters])
        found, expected = "an assignment equal to another of the same person by every rule", "one primary assignment per person"
        action = "Add a rule, for example first_row, to primary_assignment in the master file."
        staff.extract.findings.stop("no primary assignment", where, found, expected, action)
