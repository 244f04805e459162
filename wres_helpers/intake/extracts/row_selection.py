"""Which rows of a file are this organisation's, and rows that stand for several people."""

import difflib
from dataclasses import replace

import numpy as np
import pyarrow as pa

from wres_helpers.intake.extracts.coded_columns import Coded, Keys
from wres_helpers.intake.extracts.extract_findings import Findings
from wres_helpers.intake.extracts.raw_tables import RawTable
from wres_helpers.settings.extract_settings import ExtractFile
from wres_helpers.tables.cell_readers import clean_text, key_of, whole_number

#: Begins the field of a column that only tells which rows are this organisation's.
_ONLY = "only rows: "

#: Fields that get a number of their own where rows are counts.
_NUMBERED = ("person", "application")

#: No row of a table of groups stands for more people than a large trust employs.
_MOST_PEOPLE = 100_000


def selection_headings(settings: ExtractFile) -> dict[str, str]:
    """Return the headings that tell which rows are this organisation's, by field."""
    return {f"{_ONLY}{heading}": heading for heading in settings.only_rows}


def selected(table: RawTable, settings: ExtractFile, findings: Findings) -> RawTable:
    """Return the rows that ``only_rows`` names, each as many times as its count says; what was left out is counted."""
    chosen = np.ones(len(table.rows), dtype=bool)
    for heading, values in settings.only_rows.items():
        chosen &= _named_rows(table, f"{_ONLY}{heading}", values, findings)
    taken = _taken(table, np.flatnonzero(chosen))
    if not chosen.all():
        taken = replace(taken, skipped={**taken.skipped, "rows of others": int((~chosen).sum())})
    return _expanded(taken, findings) if "count" in taken.columns and "count" not in table.missing else taken


def _named_rows(table: RawTable, field: str, values: tuple[str, ...], findings: Findings) -> np.ndarray:
    column = table.columns[field]
    if field in table.missing:
        return np.ones(len(table.rows), dtype=bool)
    keys = [key_of(clean_text(value)[0]) for value in column.values]
    for value in values:
        if key_of(value) not in keys:
            close = difflib.get_close_matches(value, column.values, n=1, cutoff=0.5)
            action = f"Did you mean '{close[0]}'?" if close else "Correct the value under only_rows in the master file."
            findings.stop("no such rows", table.at(field), f"no row with '{value}'", "a value that stands in the column", action)
    wanted = {key_of(value) for value in values}
    return column.spread(np.array([key in wanted for key in keys], dtype=bool))


def _taken(table: RawTable, positions: np.ndarray) -> RawTable:
    """Return some rows of a table, in the order given; a position may stand several times."""
    columns = {name: _column(column, positions) for name, column in table.columns.items() if not name.startswith(_ONLY)}
    headings = {name: heading for name, heading in table.headings.items() if not name.startswith(_ONLY)}
    private = table.private

    def taken_private() -> dict[str, list[str]]:
        return {heading: [texts[position] for position in positions] for heading, texts in private().items()}

    missing = frozenset(name for name in table.missing if not name.startswith(_ONLY))
    return replace(table, columns=columns, headings=headings, rows=table.rows[positions], private=taken_private, missing=missing)


def _column(column: Coded, positions: np.ndarray) -> Coded:
    if isinstance(column, Keys):
        return Keys(pa.chunked_array([column.texts.take(pa.array(positions)).combine_chunks()]))
    return Coded(column.codes[positions], column.values)


def _expanded(table: RawTable, findings: Findings) -> RawTable:
    """Return a table of groups of people with one row a person; people have no number of their own."""
    column = table.columns["count"]
    reads = [whole_number(value) for value in column.values]
    used = column.used()
    for place, read in enumerate(reads):
        if used[place] and (read.wrong or read.value > _MOST_PEOPLE):
            action = (
                "Ask for the numbers unsuppressed: the pack hides small numbers itself."
                if read.wrong == "suppressed"
                else "Enter the number."
            )
            where = table.at("count", column.where(place))
            findings.stop("no number of people", where, f"'{column.values[place][:20]}'", "a whole number of people", action)
    counts = column.spread(np.array([0 if read.wrong or read.value > _MOST_PEOPLE else read.value for read in reads], dtype=np.int64))
    made = _taken(table, np.repeat(np.arange(len(counts)), counts))
    columns = {name: column for name, column in made.columns.items() if name != "count"}
    for name in _NUMBERED:
        if name not in columns:
            columns[name] = Coded(np.arange(len(made.rows), dtype=np.int32), [f"P{number}" for number in range(len(made.rows))])
    return replace(made, columns=columns, headings={**made.headings, **dict.fromkeys(_NUMBERED, table.headings["count"])})
