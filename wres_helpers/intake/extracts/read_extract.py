"""The doors in: finds an extract, tells by its content what kind of file it is, and reads its mapped columns as text."""

import difflib
import filecmp
from collections.abc import Callable
from pathlib import Path

from wres_helpers.intake.extracts.extract_findings import Findings, place
from wres_helpers.intake.extracts.headings import Source, Wanted
from wres_helpers.intake.extracts.raw_tables import RawTable, joined_tables
from wres_helpers.intake.extracts.read_workbook import read_parquet, read_workbook
from wres_helpers.intake.extracts.row_selection import selected
from wres_helpers.intake.extracts.texts import read_text
from wres_helpers.settings.extract_settings import ExtractFile
from wres_helpers.tables.workbook_grids import OLE_MAGIC

#: Where an extract's readers are: what a file's first bytes are tells its kind, whatever its name says.
_KINDS: dict[bytes, tuple[str, Callable]] = {
    b"PK\x03\x04": ("a workbook", read_workbook),
    OLE_MAGIC: ("a workbook", read_workbook),
    b"PAR1": ("a Parquet file", read_parquet),
}
_ENDINGS = {**dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), "a workbook"), ".parquet": "a Parquet file"}


def read_extract(folder: Path, shown_folder: str, settings: ExtractFile, wanted: Wanted, findings: Findings) -> RawTable | None:
    """Read the mapped columns of one extract, of all its files.

    Parameters
    ----------
    folder
        The extracts folder.
    shown_folder
        Its name as messages print it.
    settings
        The extract's part of the master file.
    wanted
        Its mapped headings.
    findings
        Where what is noticed goes.

    Returns
    -------
    RawTable or None
        None where a file cannot be read without repair.
    """
    sources = [(folder / name, Source(f"{shown_folder}/{name}", wanted, findings)) for name in settings.file]
    tables = [_read_file(path, settings, source) for path, source in sources]
    if any(table is None for table in tables):
        return None
    _tell_same_files(sources)
    records = sum(len(table.rows) for table in tables)
    if settings.only_rows or "count" in settings.columns:
        tables = [selected(table, settings, findings) for table in tables]
    table = tables[0] if len(tables) == 1 else joined_tables(tables)
    _check_number(table.file, records, settings, findings)
    return table


def _read_file(path: Path, settings: ExtractFile, source: Source) -> RawTable | None:
    findings = source.findings
    if not path.is_file():
        _tell_missing(path, source)
        return None
    with path.open("rb") as stream:
        magic = stream.read(8)
    kind, reader = next((known for start, known in _KINDS.items() if magic.startswith(start)), ("a text file", read_text))
    named = _ENDINGS.get(path.suffix.lower(), "a text file")
    if kind != named and kind == "a text file":
        what = named.removeprefix("a ")
        findings.stop(f"unreadable {what}", place(source.file), f"no {what}, though its name says so", named, "Export the file again.")
        return None
    if kind != named:
        findings.handle("another kind of file", place(source.file), kind, f"{named}, as its name says", "read as what it is.")
    table = reader(path, settings, source)
    if table is not None and not len(table.rows) and settings.expected_rows is None:
        findings.stop("no records", place(table.file), "headings and no records", "at least one record", "Export the file again.")
    return table


def _tell_same_files(sources: list[tuple[Path, Source]]) -> None:
    """Tell files with the same content under two names: every record in them would be there twice."""
    for number, (path, source) in enumerate(sources):
        same = next((other for other, _ in sources[:number] if filecmp.cmp(other, path, shallow=False)), None)
        if same:
            found, expected = f"the same content as '{same.name}'", "another part of the extract"
            source.findings.stop("the same file twice", place(source.file), found, expected, "Take one of them out of the master file.")


def _tell_missing(path: Path, source: Source) -> None:
    others = [other.name for other in path.parent.glob("*") if other.is_file()] if path.parent.is_dir() else []
    close = difflib.get_close_matches(path.name, others, n=1, cutoff=0.5)
    action = (f"Did you mean '{close[0]}'? " if close else "") + "Put the file there or correct its name in the master file."
    source.findings.stop("a file missing", place(source.file), "no such file", "the extract the master file names", action)


def _check_number(file: str, records: int, settings: ExtractFile, findings: Findings) -> None:
    if settings.expected_rows is not None and records != settings.expected_rows:
        expected = f"{settings.expected_rows:,} records, as expected_rows says"
        action = "Export the file again in full, or correct expected_rows in the master file."
        findings.stop("another number of records", place(file), f"{records:,} records", expected, action)
