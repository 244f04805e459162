"""The folder of an organisation's year: which file holds which table, and which files nobody reads."""

import difflib
from pathlib import Path

from wres_helpers.standard.columns import COUNTS_TABLES
from wres_helpers.tables.cells import loose_key
from wres_helpers.tables.workbook_grids import is_workbook

#: A workbook with a sheet for each counts table.
WORKBOOK = "counts.xlsx"

_TABLE_ENDINGS = (".csv", ".xlsx")


def table_files(folder: Path) -> dict[str, list[Path]]:
    """Return, for each counts table, the files of a year that hold it: more than one is for the reader to refuse.

    A table is a CSV or XLSX file of its name, whatever the capitals, or the sheet of its name in ``counts.xlsx``.
    """
    if not folder.is_dir():
        return {}
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in _TABLE_ENDINGS)
    found: dict[str, list[Path]] = {name: [] for name in COUNTS_TABLES}
    for path in files:
        if path.stem.lower() in found:
            found[path.stem.lower()].append(path)
        elif path.name.lower() == WORKBOOK:
            for sheet in _sheets(path):
                if sheet in found:
                    found[sheet].append(path)
    return {name: paths for name, paths in found.items() if paths}


def _sheets(path: Path) -> set[str]:
    """Return the sheets of a workbook by name, as tables are called; none where it cannot be opened (its reader says why)."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

    try:
        if not is_workbook(path.read_bytes()[:8]):
            return set()
        return {loose_key(name) for name in CalamineWorkbook.from_path(path).sheet_names}
    except (CalamineError, PasswordError, ZipError, OSError, ValueError):
        return {"headcount"}


def nearest_name(name: str, known: list[str]) -> str:
    """Return the known file name that is nearest to one, or an empty text."""
    bare = {loose_key(Path(other).stem): other for other in known}
    stem = loose_key(Path(name).stem)
    holding = [other for key, other in bare.items() if key in stem]
    close = holding or [bare[key] for key in difflib.get_close_matches(stem, list(bare), n=1, cutoff=0.5)]
    return max(close, key=len, default="")
