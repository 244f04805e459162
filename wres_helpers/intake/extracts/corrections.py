"""Corrections as data: a table says what is changed, why, by which role and when; the code has no special cases."""

import csv
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from wres_helpers.intake.extracts.coded_columns import Coded, merge
from wres_helpers.intake.extracts.column_mapping import KEYS, PRIVATE, Extract
from wres_helpers.intake.extracts.extract_findings import Findings, place
from wres_helpers.intake.extracts.values import clean_text, key_of, read_date

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
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True, restkey="_more", restval="")
            lines = list(reader)
            headings = reader.fieldnames or []
    except (csv.Error, UnicodeDecodeError):
        headings, lines = [], []
    missing = [column for column in COLUMNS if column not in headings]
    if missing:
        findings.stop(
            "an unreadable table",
            place(shown, rows=[1]),
            "no column " + ", ".join(missing),
            "a CSV file in UTF-8 with the columns " + ", ".join(COLUMNS),
            "Mend the table.",
        )
        return []
    read = [
        _correction({name: clean_text(text)[0] for name, text in line.items() if isinstance(text, str) and name}, row, shown, findings)
        for row, line in enumerate(lines, start=2)
    ]
    return [correction for correction in read if correction]


def _correction(line: dict[str, str], row: int, shown: str, findings: Findings) -> Correction | None:
    extract, _, name = line["what"].partition(".")
    good = True
    if extract not in KEYS or not name:
        findings.stop(
            "an unclear correction",
            place(shown, "what", [row]),
            f"'{line['what'][:40]}'",
            "extract and field, for example staff.grade",
            "Mend the cell.",
        )
        good = False
    for column in ("new_value", "reason", "role"):
        if not line.get(column):
            findings.stop(
                "an incomplete correction",
                place(shown, column, [row]),
                "an empty cell",
                f"the correction's {column.replace('_', ' ')}",
                "Fill the cell.",
            )
            good = False
    if read_date(line["date"]).value is None:
        findings.stop("an incomplete correction", place(shown, "date", [row]), "no date", "the date of the correction", "Fill the cell.")
        good = False
    return (
        Correction(
            row, extract, name, line["old_value"], line["new_value"], line.get(KEY_COLUMN, ""), line["reason"], line["role"], line["date"]
        )
        if good
        else None
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
