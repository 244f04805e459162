"""Reads workbooks (XLSX and its kin) and Parquet files; typed cells become the texts a CSV would have held."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, ZipError

from wres_helpers.intake.extracts.coded_columns import from_arrow, missing_column
from wres_helpers.intake.extracts.extract_findings import Findings, place
from wres_helpers.intake.extracts.grids import RawTable, table_from_rows
from wres_helpers.intake.extracts.headings import ROWS_SEARCHED, HeadingRow, Source, best_row, find_headings
from wres_helpers.settings.extract_settings import ExtractFile
from wres_helpers.tables.grids import column_letters
from wres_helpers.tables.workbook_grids import SheetMarks, cell_text, is_encrypted, marks_of

_REPAIR = "Open it in a spreadsheet, save it as XLSX or CSV (UTF-8) and try again."


def read_workbook(path: Path, settings: ExtractFile, source: Source) -> RawTable | None:
    """Read the mapped columns of one sheet of a workbook, or None where it cannot be read without repair."""
    workbook = _opened(path, source)
    name = _sheet(path, workbook, settings, source) if workbook else None
    marks = _marks(path, name, source) if workbook and name is not None else None
    rows = _texts(workbook, name, source) if workbook and name is not None and marks is not None else None
    if rows is None or marks is None:
        return None
    shown = replace(source, file=f"{source.file}, sheet '{name}'") if len(workbook.sheet_names) > 1 else source
    head = find_headings(rows[:ROWS_SEARCHED], shown, settings.header_row)
    if head is None:
        return None
    _tell_marks(marks, head, shown)
    return table_from_rows(rows[head.row :], head, shown)


def _marks(path: Path, sheet: str, source: Source) -> SheetMarks | None:
    """Return what the sheet holds beside its values; None (told) where that cannot be known, or no table reaches so far."""
    marks, findings = marks_of(path, sheet), source.findings
    if marks is None:
        found = "a workbook of another kind, in which errors cannot be told from empty cells"
        findings.stop("another kind of workbook", place(source.file), found, "an XLSX file", _REPAIR)
    elif marks.far:
        action = "Delete everything right of and below the table (select whole columns and rows), and save."
        findings.stop(
            "a cell far outside", place(source.file), f"something in {marks.far}", "one table and nothing else on the sheet", action
        )
        return None
    return marks


def _tell_marks(marks: SheetMarks, head: HeadingRow, source: Source) -> None:
    """Tell error cells, formulas without a result and merged cells of the mapped columns, and rows that do not show."""
    names = {column_letters(position): name for name, position in head.positions.items()}
    for letters, name in names.items():
        for uncalculated in (False, True):
            rows = [
                row
                for row, column, text in marks.errors
                if column == letters and row > head.row and text.startswith("a formula") == uncalculated
            ]
            if rows:
                found = "a formula that was never calculated" if uncalculated else "an error such as #N/A"
                action = (
                    "Open the workbook in Excel so that it calculates, and save it."
                    if uncalculated
                    else "Mend the formula, or type the value over it."
                )
                source.findings.stop("an error cell", place(source.file, head.heading(name), rows), found, "a value", action)
    merged = [first for first, last, left, right in marks.merged if last > head.row]
    if merged:
        action = "Unmerge them and fill every cell."
        source.findings.stop("merged cells", place(source.file, rows=merged), "merged cells", "a value in a cell of its own", action)
    hidden = [row for row in marks.hidden_rows if row > head.row]
    if hidden:
        how = "counted like all others; delete them if they do not belong."
        source.findings.handle(
            "hidden rows", place(source.file, rows=hidden), f"rows that do not show ({len(hidden):,})", "rows that show", how
        )


def _opened(path: Path, source: Source) -> CalamineWorkbook | None:
    if is_encrypted(path.read_bytes()):
        _tell_password(source)
        return None
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        _tell_password(source)
    except (CalamineError, ZipError, OSError, ValueError):
        source.findings.stop("unreadable workbook", place(source.file), "a damaged workbook, or none at all", "a workbook", _REPAIR)
    return None


def _tell_password(source: Source) -> None:
    action = "Open it with the password, save a copy without one in the extracts folder, and keep that folder protected."
    found, expected = "a workbook protected by a password", "a workbook that opens without one"
    source.findings.stop("a password", place(source.file), found, expected, action)


def _sheet(path: Path, workbook: CalamineWorkbook, settings: ExtractFile, source: Source) -> str | None:
    where, findings = place(source.file), source.findings
    visible = [sheet for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    names = [sheet.name for sheet in visible if sheet.typ == SheetTypeEnum.WorkSheet]
    if settings.sheet is not None:
        if settings.sheet in workbook.sheet_names:
            return settings.sheet
        action = "Correct 'sheet' in the master file; the workbook has: " + ", ".join(names) + "."
        findings.stop("no such sheet", where, "no such sheet", f"a sheet '{settings.sheet}'", action)
        return None
    if len(names) == 1:
        return names[0]
    holding = [name for name in names if _holds_all(path, workbook, name, source)]
    if len(holding) == 1:
        how = f"read the sheet '{holding[0]}', the only one with the mapped headings."
        findings.handle("several sheets", where, f"{len(names)} sheets", "one sheet", how)
        return holding[0]
    found = f"{len(holding)} sheets with the mapped headings" if names else "no sheet that shows"
    action = "Name the sheet under 'sheet' in the master file" + (": one of " + ", ".join(names) if names else "") + "."
    findings.stop("which sheet", where, found, "one sheet with the mapped headings", action)
    return None


def _holds_all(path: Path, workbook: CalamineWorkbook, name: str, source: Source) -> bool:
    if (marks := marks_of(path, name)) is None or marks.far:
        return False
    rows = _texts(workbook, name, replace(source, findings=Findings()), ROWS_SEARCHED) or []
    return best_row(rows, source.wanted, None)[1] == len(source.wanted.headings)


def _texts(workbook: CalamineWorkbook, name: str, source: Source, first: int | None = None) -> list[list[str]] | None:
    try:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=first)
    except (CalamineError, ValueError, OverflowError):
        source.findings.stop("unreadable workbook", place(source.file), "a sheet that cannot be read", "a sheet of cells", _REPAIR)
        return None
    return [[cell_text(cell) for cell in row] for row in rows]


def read_parquet(path: Path, settings: ExtractFile, source: Source) -> RawTable | None:
    """Read the mapped columns of a Parquet file, or None where it cannot be read without repair."""
    try:
        opened = parquet.ParquetFile(path)
        names = opened.schema_arrow.names
        head = find_headings([names], source, None)
        if head is None:
            return None
        table = opened.read(columns=[names[position] for position in set(head.positions.values())])
        columns = {name: from_arrow(_as_text(table.column(names[position]))) for name, position in head.positions.items()}
    except (pa.ArrowException, OSError, KeyError):
        source.findings.stop(
            "unreadable Parquet file", place(source.file), "a damaged file, or none of this kind", "a Parquet file", "Export it again."
        )
        return None
    rows = np.arange(2, 2 + table.num_rows)
    columns |= {name: missing_column(table.num_rows, name in source.wanted.keys) for name in head.missing}
    return RawTable(source.file, head.headings(), columns, rows, {}, missing=frozenset(head.missing))


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _as_text(column.cast(kind.value_type))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return column.cast(pa.string())
    if pa.types.is_integer(kind) or pa.types.is_date(kind):
        return column.cast(pa.string())
    # floats, times and truth values: few distinct ones, turned as a workbook's cells are
    encoded = column.dictionary_encode().unify_dictionaries()
    texts: Sequence[str] = [cell_text(value) for value in (encoded.chunk(0).dictionary.to_pylist() if encoded.num_chunks else [])]
    return pa.chunked_array(
        [pa.DictionaryArray.from_arrays(chunk.indices, pa.array(texts, pa.string())) for chunk in encoded.chunks],
        type=pa.dictionary(pa.int32(), pa.string()),
    )  # fmt: skip
