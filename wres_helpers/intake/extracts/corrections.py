"""Corrections as data: a table says what is changed, why, by which role and when; the code has no special cases."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.coded_columns import Coded, coded
from wres_helpers.intake.extracts.extract_findings import Findings, place
from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.intake.extracts.headings import KEYS, PRIVATE
from wres_helpers.intake.extracts.values import read_date
from wres_helpers.tables.cell_readers import Read, clean_text, key_of
from wres_helpers.tables.declared import Column, Table, read_table

COLUMNS = ("what", "old_value", "new_value", "reason", "role", "date")

#: Optional column: the person's (or application's) number, to correct one person's record and nobody else's.
KEY_COLUMN = "key"


def read_corrections(path: Path, shown: str, findings: Findings) -> pd.DataFrame:
    """Read the table of corrections, one row each, indexed by its row in the file; everything wrong with it is told.

    ``extract`` and ``field`` say what is corrected; ``key`` whose record (or an empty text); and by which role, when and why.
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


def apply_corrections(extract: Extract, corrections: pd.DataFrame, shown: str) -> tuple[Extract, list[tuple[str, int]]]:
    """Apply an extract's corrections; return the corrected extract, and each correction in words with its number of records."""
    columns, told = dict(extract.columns), []
    for correction in corrections[corrections["extract"].eq(extract.name)].itertuples():
        field = correction.field
        if field not in extract.mapped():
            found, expected = f"'{correction.extract}.{field}'", "a field or breakdown that the master file maps"
            where = place(shown, "what", [correction.Index])
            extract.findings.stop("an unclear correction", where, found, expected, "Mend the cell.")
            continue
        chosen = _standing(columns[field], lambda value, old=correction.old_value: key_of(value) == key_of(old))
        if correction.key:
            of_key = [_standing(columns[name], lambda value, key=correction.key: value == key) for name in KEYS[extract.name]]
            chosen &= np.logical_or.reduce(of_key) if of_key else False
        if not chosen.any():
            found, action = "no record it applies to", "Remove the correction, or mend its old value."
            where = place(shown, rows=[correction.Index])
            extract.findings.stop("a correction of nothing", where, found, "a record with the old value", action)
            continue
        columns[field] = coded(
            [*columns[field].values, correction.new_value], np.where(chosen, columns[field].distinct, columns[field].codes)
        )
        private = field in PRIVATE or bool(correction.key)
        change = "not shown to not shown" if private else f"{correction.old_value or '(empty)'} to {correction.new_value}"
        words = f"{correction.extract}.{field}: {change}; {correction.reason} ({correction.role}, {correction.date})"
        told.append((words, int(chosen.sum())))
    return replace(extract, columns=columns), told


def _standing(column: Coded, fits: Callable[[str], bool]) -> np.ndarray:
    return column.spread(np.array([fits(value) for value in column.values], dtype=bool))
