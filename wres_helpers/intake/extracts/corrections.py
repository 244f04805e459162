"""Corrections as data: a table says what is changed, why, by which role and when; the code has no special cases."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from wres_helpers.intake.extracts.coded_columns import Coded, merge
from wres_helpers.intake.extracts.column_mapping import KEYS, PRIVATE, Extract
from wres_helpers.intake.extracts.extract_findings import Findings, place
from wres_helpers.intake.extracts.values import read_date
from wres_helpers.tables.cells import Read, clean_text, key_of
from wres_helpers.tables.declared import Column, Table, read_table

COLUMNS = ("what", "old_value", "new_value", "reason", "role", "date")

#: Optional column: the person's (or application's) number, to correct one person's record and nobody else's.
KEY_COLUMN = "key"


@dataclass(frozen=True)
class Correction:
    """One correction.

    Attributes
    ----------
    row
        Where it stands in the table of corrections.
    extract, field
        What it corrects, for example ``staff`` and ``grade``.
    old_value, new_value, key
        Never printed where the field or the key tells who somebody is.
    reason, role, date
        Why, decided by which role, when.
    """

    row: int
    extract: str
    field: str
    old_value: str = field(repr=False)
    new_value: str = field(repr=False)
    key: str = field(repr=False)
    reason: str
    role: str
    date: str


def read_corrections(path: Path, shown: str, findings: Findings) -> list[Correction]:
    """Read the table of corrections; everything wrong with it is told."""
    if not path.is_file():
        findings.stop(
            "a file missing",
            place(shown),
            "no such file",
            "the corrections the master file names",
            "Put the file there, or take 'corrections' out of the master file.",
        )
        return []
    reading = read_table(path, shown, _TABLE)
    findings.stop_all("an incomplete correction", reading.problems)
    wrong = {problem.row for problem in reading.problems}
    if not set(COLUMNS) <= set(reading.table.columns):
        return []
    # the rows that are good are applied all the same, so that everything else wrong is told in the same pass
    good = reading.table[~reading.table.index.isin(wrong)].reindex(columns=[*COLUMNS, KEY_COLUMN], fill_value="")
    rows = [(row, line) for row, line in zip(good.index, good.to_dict("records"), strict=True) if "." in line["what"]]
    return [Correction(int(row), *line["what"].split(".", 1), **{name: line[name] for name in _KEPT}) for row, line in rows]


_KEPT = ("old_value", "new_value", "key", "reason", "role", "date")


def _what(text: str) -> Read:
    extract, _, name = clean_text(text)[0].partition(".")
    return Read(f"{extract}.{name}") if extract in KEYS and name else Read(wrong="unclear", cure="Name extract and field.")


def _day(text: str) -> Read:
    return Read(clean_text(text)[0]) if read_date(clean_text(text)[0]).value is not None else Read(wrong="no date", cure="Enter the day.")


_TABLE = Table(
    "corrections",
    "a correction",
    (
        Column("what", "extract and field, for example staff.grade", _what),
        Column("old_value", filled=False),
        Column("new_value", "the correction's new value"),
        Column("reason", "the correction's reason"),
        Column("role", "the correction's role"),
        Column("date", "the date of the correction", _day),
        Column(KEY_COLUMN, needed=False, filled=False),
    ),
    others="kept",
)


def apply_corrections(extract: Extract, corrections: list[Correction], shown: str) -> tuple[Extract, list[dict]]:
    """Apply an extract's corrections; return the corrected extract and a report row for each correction."""
    columns, told = dict(extract.table.columns), []
    for correction in corrections:
        if correction.extract != extract.name:
            continue
        if correction.field not in columns:
            extract.findings.stop(
                "an unclear correction",
                place(shown, "what", [correction.row]),
                f"'{correction.extract}.{correction.field}'",
                "a field or breakdown that the master file maps",
                "Mend the cell.",
            )
            continue
        rows = _rows_to_change(columns, extract, correction)
        if not len(rows):
            extract.findings.stop(
                "a correction of nothing",
                place(shown, rows=[correction.row]),
                "no record it applies to",
                "a record with the old value",
                "Remove the correction, or mend its old value.",
            )
            continue
        columns[correction.field] = _changed(columns[correction.field], rows, correction.new_value)
        told.append(_told(correction, len(rows)))
    return replace(extract, table=replace(extract.table, columns=columns)), told


def _rows_to_change(columns: dict[str, Coded], extract: Extract, correction: Correction) -> np.ndarray:
    column = columns[correction.field]
    chosen = column.spread(np.array([key_of(value) == key_of(correction.old_value) for value in column.values], dtype=bool))
    if correction.key:
        keys = [
            columns[name].spread(np.array([value == correction.key for value in columns[name].values], dtype=bool))
            for name in KEYS[extract.name]
        ]
        chosen = chosen & np.logical_or.reduce(keys) if keys else np.zeros(len(chosen), dtype=bool)
    return np.flatnonzero(chosen)


def _changed(column: Coded, rows: np.ndarray, new_value: str) -> Coded:
    codes = column.codes.copy()
    codes[rows] = len(column.values)
    return merge(codes, [*column.values, new_value])


def _told(correction: Correction, rows: int) -> dict:
    private = correction.field in PRIVATE or bool(correction.key)
    old, new = ("not shown", "not shown") if private else (correction.old_value or "(empty)", correction.new_value)
    detail = f"{correction.extract}.{correction.field}: {old} to {new}; {correction.reason} ({correction.role}, {correction.date})"
    return {"extract": correction.extract, "step": "corrected", "detail": detail, "rows": rows}
