"""Reads workbooks (XLSX) and Parquet files; typed cells become the texts a CSV would have held."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet
from python_calamine import CalamineWorkbook

from wres_helpers.intake.extracts.coded_columns import Coded, coded, from_arrow
from wres_helpers.intake.extracts.extract_findings import place
from wres_helpers.intake.extracts.extract_table import Extract, extract_of
from wres_helpers.intake.extracts.headings import ROWS_SEARCHED, HeadingRow, Source, best_row, find_headings
from wres_helpers.intake.extracts.records import records_of
from wres_helpers.problems import InputProblems
from wres_helpers.tables.grids import column_letters
from wres_helpers.tables.workbook_grids import SheetMarks, cell_text, cure_of, marks_or_refuse, opened, sheet_rows, visible_sheets


def read_workbook(path: Path, source: Source) -> Extract | None:
    """Read one sheet of a workbook, or return None where it cannot be read without repair."""
    try:
        data = path.read_bytes()
        workbook = opened(data, source.file)
        name = _sheet(data, workbook, source)
        if name is None:
            return None
        marks, rows = marks_or_refuse(data, name, source.file), sheet_rows(workbook, name, source.file)
    except InputProblems as error:
        source.findings.stop_all("unreadable workbook", error.problems)
        return None
    shown = replace(source, file=f"{source.file}, sheet '{name}'") if len(workbook.sheet_names) > 1 else source
    head = find_headings(rows[:ROWS_SEARCHED], shown, source.settings.header_row)
    if head is None:
        return None
    _tell_marks(marks, head, shown)
    return records_of(rows[head.row :], head, shown)


def _tell_marks(marks: SheetMarks, head: HeadingRow, source: Source) -> None:
    """Tell error cells, formulas without a result and merged cells of the mapped columns, and rows that do not show."""
    findings = source.findings
    names = {column_letters(position): name for name, position in head.positions.items()}
    told: dict[tuple[str, str], list[int]] = {}
    for row, column, text in marks.errors:
        if column in names and row > head.row:
            found = text if text.startswith("a formula") else "an error such as #N/A"
            told.setdefault((head.heading(names[column]), found), []).append(row)
    for (heading, found), rows in told.items():
        findings.stop("an error cell", place(source.file, heading, rows), found, "a value", cure_of(found))
    merged = [first for first, last, _, _ in marks.merged if last > head.row]
    if merged:
        action = "Unmerge them and fill every cell."
        findings.stop("merged cells", place(source.file, rows=merged), "merged cells", "a value in a cell of its own", action)
    hidden = [row for row in marks.hidden_rows if row > head.row]
    if hidden:
        found, how = f"rows that do not show ({len(hidden):,})", "counted like all others; delete them if they do not belong."
        findings.handle("hidden rows", place(source.file, rows=hidden), found, "rows that show", how)


def _sheet(data: bytes, workbook: CalamineWorkbook, source: Source) -> str | None:
    """Return the sheet that the master file names, the only one, or the only one with the mapped headings; None (told) otherwise."""
    where, settings, findings, names = place(source.file), source.settings, source.findings, visible_sheets(workbook)
    if settings.sheet is not None:
        if settings.sheet in workbook.sheet_names:
            return settings.sheet
        action = "Correct 'sheet' in the master file; the workbook has: " + ", ".join(names) + "."
        findings.stop("no such sheet", where, "no such sheet", f"a sheet '{settings.sheet}'", action)
        return None
    holding = names if len(names) == 1 else [name for name in names if _holds_all(data, workbook, name, source)]
    if len(holding) == 1:
        if len(names) > 1:
            how = f"read the sheet '{holding[0]}', the only one with the mapped headings."
            findings.handle("several sheets", where, f"{len(names)} sheets", "one sheet", how)
        return holding[0]
    found = f"{len(holding)} sheets with the mapped headings" if names else "no sheet that shows"
    action = "Name the sheet under 'sheet' in the master file" + (": one of " + ", ".join(names) if names else "") + "."
    findings.stop("which sheet", where, found, "one sheet with the mapped headings", action)
    return None


def _holds_all(data: bytes, workbook: CalamineWorkbook, name: str, source: Source) -> bool:
    try:
        marks_or_refuse(data, name, source.file)
        rows = sheet_rows(workbook, name, source.file, ROWS_SEARCHED)
    except InputProblems:
        return False
    return best_row(rows, source, None)[1] == len(source.wanted)


def read_parquet(path: Path, source: Source) -> Extract | None:
    """Read a Parquet file, or return None where it cannot be read without repair."""
    try:
        file = parquet.ParquetFile(path)
        names = file.schema_arrow.names
        head = find_headings([names], source, None)
        if head is None:
            return None
        table = file.read(columns=[names[position] for position in set(head.positions.values())])
        columns = {name: _as_text(table.column(names[position])) for name, position in head.positions.items()}
    except (pa.ArrowException, OSError, KeyError):
        found, action = "a damaged file, or none of this kind", "Export it again."
        source.findings.stop("unreadable Parquet file", place(source.file), found, "a Parquet file", action)
        return None
    return extract_of(source, head, columns, np.arange(2, 2 + table.num_rows))


def _as_text(column: pa.ChunkedArray) -> Coded:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _as_text(column.cast(kind.value_type))
    if any(fits(kind) for fits in (pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_date)):
        return from_arrow(column.cast(pa.string()))
    # floats, times and truth values: few distinct ones, turned as a workbook's cells are
    encoded = pc.dictionary_encode(column.combine_chunks(), null_encoding="encode")
    return coded([cell_text(value) for value in encoded.dictionary.to_pylist()], encoded.indices.to_numpy())
