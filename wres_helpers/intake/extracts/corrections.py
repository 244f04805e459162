"""Corrections as data: a table says what is changed, why, by which role and when; the code has no special cases."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.coded_columns import Coded, merge
from wres_helpers.intake.extracts.column_mapping import KEYS, PRIVATE, Extract
from wres_helpers.intake.extracts.extract_findings import Findings, place
from wres_helpers.intake.extracts.values import read_date
from wres_helpers.tables.cell_readers import Read, clean_text, key_of
from wres_helpers.tables.declared import Column, Table, read_table

COLUMNS = ("what", "old_value", "new_value", "reason", "role", "date")

#: Optional column: the person's (or application's) number, to correct one person's record and nobody else's.
KEY_COLUMN = "key"


def read_corrections(path: Path, shown: str, findings: Findings) -> pd.DataFrame:
    """Read the table of corrections; everything wrong with it is told.

    Returns
    -------
    pandas.DataFrame
        One row per correction that can be read, indexed by its row in the table: ``extract`` and ``field``, the old and the new value, the
        key of the record (or an empty text), and by which role, when and why.
    """
    if not path.is_file():
        action = "Put the file there, or take 'corrections' out of the master file."
        findings.stop("a file missing", place(shown), "no such file", "the corrections the master file names", action)
        return pd.DataFrame(columns=["extract"])
    reading = read_table(path, shown, _TABLE)
    findings.stop_all("an incomplete correction", reading.problems)
    if not set(COLUMNS) <= set(reading.table.columns):
        return pd.DataFrame(columns=["extract"])
    # the rows that are good are applied all the same, so that everything else wrong is told in the same pass
    good = reading.table[~reading.table.index.isin({problem.row for problem in reading.problems})]
    good = good[good["what"].str.contains(".", regex=False)].reindex(columns=[*COLUMNS, KEY_COLUMN], fill_value="")
    what = [text.split(".", 1) for text in good["what"]]
    return good.assign(extract=[extract for extract, _ in what], field=[name for _, name in what])


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


def apply_corrections(extract: Extract, corrections: pd.DataFrame, shown: str) -> tuple[Extract, list[dict]]:
    """Apply an extract's corrections; return the corrected extract and a report row for each correction."""
    columns, told = dict(extract.table.columns), []
    for correction in corrections[corrections["extract"].eq(extract.name)].itertuples():
        if correction.field not in columns:
            found, expected = f"'{correction.extract}.{correction.field}'", "a field or breakdown that the master file maps"
            where = place(shown, "what", [correction.Index])
            extract.findings.stop("an unclear correction", where, found, expected, "Mend the cell.")
            continue
        rows = _rows_to_change(columns, extract, correction)
        if not len(rows):
            found, action = "no record it applies to", "Remove the correction, or mend its old value."
            where = place(shown, rows=[correction.Index])
            extract.findings.stop("a correction of nothing", where, found, "a record with the old value", action)
            continue
        columns[correction.field] = _changed(columns[correction.field], rows, correction.new_value)
        told.append(_told(correction, len(rows)))
    return replace(extract, table=replace(extract.table, columns=columns)), told


def _rows_to_change(columns: dict[str, Coded], extract: Extract, correction) -> np.ndarray:
    def standing(name: str, fits: Callable[[str], bool]) -> np.ndarray:
        return columns[name].spread(np.array([fits(value) for value in columns[name].values], dtype=bool))

    chosen = standing(correction.field, lambda value: key_of(value) == key_of(correction.old_value))
    if correction.key:
        of_key = [standing(name, lambda value: value == correction.key) for name in KEYS[extract.name]]
        chosen &= np.logical_or.reduce(of_key) if of_key else False
    return np.flatnonzero(chosen)


def _changed(column: Coded, rows: np.ndarray, new_value: str) -> Coded:
    codes = column.codes.copy()
    codes[rows] = len(column.values)
    return merge(codes, [*column.values, new_value])


def _told(correction, rows: int) -> dict:
    private = correction.field in PRIVATE or bool(correction.key)
    old, new = ("not shown", "not shown") if private else (correction.old_value or "(empty)", correction.new_value)
    detail = f"{correction.extract}.{correction.field}: {old} to {new}; {correction.reason} ({correction.role}, {correction.date})"
    return {"extract": correction.extract, "step": "corrected", "detail": detail, "rows": rows}
