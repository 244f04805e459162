"""Grades as extracts spell them; what no table knows stops the run."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from wres_helpers.intake.extracts.extract_findings import Findings, vocabulary
from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.standard.grades import grade_spellings, grades
from wres_helpers.tables.cell_readers import key_of, one_of
from wres_helpers.tables.declared import Column, Table, read_table

TABLE = "data/reference/grade_spellings.csv"

#: Words of pay scales: a wrong grade that has one of them is no name of a person.
_PAY_WORDS = vocabulary(
    [
        "band grade scale range pay review body spot salary local trust executive apprentice senior",
        "consultant medical director manager registrar doctor officer",
    ]
)


@dataclass(frozen=True)
class GradeTable:
    """The known grades and their spellings; lists have one element a grade."""

    names: list[str]  # in the order of pay
    medical: np.ndarray  # whether each is a medical or dental grade
    spellings: dict[str, int] = field(repr=False)  # key of a spelling to the position of its grade
    exact: frozenset[str] = field(repr=False)  # spellings as the tables write them
    own_table: str  # the organisation's own table, or the shipped one: where to add a spelling
    known_words: frozenset[str] = field(repr=False)  # words of the spellings
    parts: dict[str, str] = field(repr=False)  # grade that is counted inside another one, to that other


def grade_table(reference_folder: Path, own: Path | None, own_shown: str, findings: Findings) -> GradeTable:
    """Return the grade table: the shipped spellings and, over them, the organisation's own."""
    known, shipped = grades(reference_folder), grade_spellings(reference_folder)
    names = list(known["grade"])
    meant = dict(zip(names, names, strict=True)) | dict(zip(shipped["spelling"], shipped["grade"], strict=True))
    if own is not None:
        meant |= _own_spellings(own, own_shown, names, findings)
    spellings = {key_of(spelling): names.index(grade) for spelling, grade in meant.items()}
    medical = (known["kind"] == "medical_and_dental").to_numpy()
    words = vocabulary([*shipped["spelling"]]) | _PAY_WORDS
    parts = dict(known.loc[known["part_of"].ne(""), ["grade", "part_of"]].itertuples(index=False))
    return GradeTable(names, medical, spellings, frozenset(meant), own_shown or TABLE, words, parts)


def _own_spellings(path: Path, shown: str, names: list[str], findings: Findings) -> dict[str, str]:
    table = Table(
        "grades",
        "a spelling",
        (Column("spelling"), Column("grade", "a grade of data/reference/grades.csv", one_of(names), choices=tuple(names))),
    )
    reading = read_table(path, shown, table)
    meant: dict[str, str] = {}
    for row, spelling, grade in reading.table.itertuples() if not reading.problems else ():
        if meant.setdefault(key_of(spelling), grade) != grade:
            reading.wrong("one grade a spelling", "Keep the right row.", f"'{spelling}' for two grades", int(row), "spelling")
    findings.stop_all("no such grade", reading.problems)
    return {} if reading.problems else dict(reading.table[["spelling", "grade"]].itertuples(index=False))


def read_grade(text: str, known: GradeTable) -> tuple[int, str]:
    """Return the position of the grade a cell means, or -1.

    The staff record writes pay system, code and label in one cell ("NHS|YC72|Consultant"): codes change every year, so the
    parts that are known decide, where they mean one grade.
    """
    whole = known.spellings.get(key_of(text), -1)
    if whole >= 0 or "|" not in text:
        return whole, "" if text in known.exact else "other capitals or dashes"
    meant = {known.spellings[key] for part in text.split("|") if (key := key_of(part.strip())) in known.spellings}
    return (meant.pop(), "") if len(meant) == 1 else (-1, "")


def grade_of(extract: Extract, known: GradeTable, only: np.ndarray | None = None) -> np.ndarray:
    """Return the position of each row's grade in the grade table; unmapped grades stop the run, all told at once."""

    def wrong(value: str) -> tuple[str, str, str]:
        defect = "unmapped grade" if value else "an empty grade"
        return defect, "a grade that the tables of grades know", f"Mend the cell, or add the spelling and its grade to {known.own_table}."

    return extract.look_up("grade", lambda text: read_grade(text, known), wrong, known.known_words, only)


def grades_read(extract: Extract, known: GradeTable) -> dict[str, int]:
    """Return how each spelling of a grade was read and in how many records; cells that no table knows are left out."""

    def meaning(value: str) -> str | None:
        position = read_grade(value, known)[0]
        return known.names[position] if position >= 0 else None

    return extract.values_read("grade", meaning)
