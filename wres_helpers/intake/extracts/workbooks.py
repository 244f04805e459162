"""Reads workbooks (XLSX and its kin) and Parquet files; typed cells become the texts a CSV would have held."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, ZipError

from wres_helpers.definitions.extract_settings import ExtractFile
from wres_helpers.intake.extracts.coded import from_arrow, missing_column
from wres_helpers.intake.extracts.findings import Findings, place
from wres_helpers.intake.extracts.grids import RawTable, table_from_rows
from wres_helpers.intake.extracts.headings import ROWS_SEARCHED, Wanted, best_row, find_headings

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_REPAIR = "Open it in a spreadsheet, save it as XLSX or CSV (UTF-8) and try again."


def is_encrypted(data: bytes) -> bool:
    """Tell whether a workbook is protected by a password: it is then a container with an encrypted package."""
    return data.startswith(OLE_MAGIC) and _ENCRYPTED in data


def read_workbook(path: Path, file: str, settings: ExtractFile, wanted: Wanted, findings: Findings) -> RawTable | None:
    """Read the mapped columns of one sheet of a workbook, or None where it cannot be read without repair."""
    workbook = _opened(path, file, findings)
    if workbook is None:
        return None
    name = _sheet(workbook, settings, wanted, file, findings)
    if name is None:
        return None
    rows = _texts(workbook, name, file, findings)
    if rows is None:
        return None
    shown = f"{file}, sheet '{name}'" if len(workbook.sheet_names) > 1 else file
    head = find_headings(rows[:ROWS_SEARCHED], wanted, settings.header_row, shown, findings)
    return table_from_rows(rows[head.row :], head, wanted, shown, findings) if head else None


def _opened(path: Path, file: str, findings: Findings) -> CalamineWorkbook | None:
    if is_encrypted(path.read_bytes()):
        _tell_password(file, findings)
        return None
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        _tell_password(file, findings)
    except (CalamineError, ZipError, OSError, ValueError):
        findings.stop("unreadable workbook", place(file), "a damaged workbook, or none at all", "a workbook", _REPAIR)
    return None


def _tell_password(file: str, findings: Findings) -> None:
    findings.stop(
        "a password", place(file), "a workbook protected by a password", "a workbook that opens without one",
        "Open it with the password, save a copy without one in the extracts folder, and keep that folder protected.",
    )  # fmt: skip


def _sheet(workbook: CalamineWorkbook, settings: ExtractFile, wanted: Wanted, file: str, findings: Findings) -> str | None:
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if settings.sheet is not None:
        if settings.sheet in workbook.sheet_names:
            return settings.sheet
        findings.stop(
            "no such sheet",
            place(file),
            "no such sheet",
            f"a sheet '{settings.sheet}'",
            "Correct 'sheet' in the master file; the workbook has: " + ", ".join(names) + ".",
        )
        return None
    if len(names) == 1:
        return names[0]
    holding = [
        name
        for name in names
        if best_row((_texts(workbook, name, file, Findings(), ROWS_SEARCHED) or []), wanted, None)[1] == len(wanted.headings)
    ]
    if len(holding) == 1:
        findings.handle(
            "several sheets",
            place(file),
            f"{len(names)} sheets",
            "one sheet",
            f"read the sheet '{holding[0]}', the only one with the mapped headings.",
        )
        return holding[0]
    found = f"{len(holding)} sheets with the mapped headings" if names else "no sheet that shows"
    findings.stop(
        "which sheet",
        place(file),
        found,
        "one sheet with the mapped headings",
        "Name the sheet under 'sheet' in the master file" + (": one of " + ", ".join(names) if names else "") + ".",
    )
    return None


def _texts(workbook: CalamineWorkbook, name: str, file: str, findings: Findings, first: int | None = None) -> list[list[str]] | None:
    try:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=first)
    except (CalamineError, ValueError, OverflowError):
        findings.stop("unreadable workbook", place(file), "a sheet that cannot be read", "a sheet of cells", _REPAIR)
        return None
    return [[cell_text(cell) for cell in row] for row in rows]


def cell_text(cell: object) -> str:
    """Return a typed cell as the text a CSV would hold: whole numbers without decimals, dates with the year first."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "True" if cell else "False"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    return str(cell)


def read_parquet(path: Path, file: str, settings: ExtractFile, wanted: Wanted, findings: Findings) -> RawTable | None:
    """Read the mapped columns of a Parquet file, or None where it cannot be read without repair."""
    try:
        source = parquet.ParquetFile(path)
        names = source.schema_arrow.names
        head = find_headings([names], wanted, None, file, findings)
        if head is None:
            return None
        table = source.read(columns=[names[position] for position in set(head.positions.values())])
        columns = {name: from_arrow(_as_text(table.column(names[position]))) for name, position in head.positions.items()}
    except (pa.ArrowException, OSError, KeyError):
        findings.stop("unreadable Parquet file", place(file), "a damaged file, or none of this kind", "a Parquet file", "Export it again.")
        return None
    rows = np.arange(2, 2 + table.num_rows)
    columns |= {name: missing_column(table.num_rows, name in wanted.keys) for name in head.missing}
    return RawTable(file, head.headings(), columns, rows, {}, missing=frozenset(head.missing))


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
