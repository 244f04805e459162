"""Where the tables of a standard stand: a folder of its own, and above it the tables that all standards share."""

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Final

from wres_helpers.standard.years import FIRST_EDITION
from wres_helpers.tables.grids import bytes_of, text_grid

#: Folder of the standards, one folder each, inside ``data/reference``.
STANDARDS: Final = "standards"


def known_standards(shared_folder: Path) -> list[str]:
    """Return the standards that have a folder in ``data/reference``."""
    return sorted(path.name for path in (shared_folder / STANDARDS).glob("*") if path.is_dir())


def group_labels(standard_folder: Path) -> dict[str, dict[str, str]]:
    """Return the row of ``groups.csv`` for each role of a standard (reference, compared, unknown); nothing where it has none."""
    return {row["role"]: row for row in _rows(standard_folder, "groups")}


def indicators_of(standard_folder: Path) -> dict[str, bool]:
    """Return the indicators of a standard, and whether a survey answers each; nothing where it has no table of them."""
    return {row["indicator"]: row["base"] == "survey" for row in _rows(standard_folder, "indicators") if row["role"] == "headline"}


def first_edition(standard_folder: Path) -> int:
    """Return the first edition a standard was reported for; of one that does not say, the first of any."""
    told = said_by_standard(standard_folder, "first_edition")
    return int(told) if told.isdecimal() else FIRST_EDITION


def said_by_standard(standard_folder: Path, key: str) -> str:
    """Return what a standard says of itself under a key of ``standard.csv``; nothing where it does not."""
    return next((row["says"] for row in _rows(standard_folder, "standard") if row["key"] == key), "")


def _rows(standard_folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a standard's own table, for what is asked before anything is read strictly; none where it has no such table."""
    path = standard_folder / f"{name}.csv"
    return _rows_of(bytes_of(path, shown_place(path)), shown_place(path)) if path.is_file() else []


@lru_cache(maxsize=32)  # the keys of one master file ask five times, those of a hundred organisations five hundred times
def _rows_of(content: bytes, shown: str) -> list[dict[str, str]]:
    (_, headings), *rows = text_grid(content, shown, ("role", "key")).rows
    return [defaultdict(str, zip(headings, cells, strict=False)) for _, cells in rows]


def place_of(folder: Path, name: str) -> Path:
    """Return the file of a reference table: the standard's own, or else the one that all standards share."""
    own, shared = folder / f"{name}.csv", folder.parent.parent / f"{name}.csv"
    return shared if folder.parent.name == STANDARDS and not own.is_file() else own


def shown_place(path: Path) -> str:
    """Return a reference table's place as messages print it, whatever folder the project lies in."""
    standard = path.parent.parent.name == STANDARDS
    return f"data/reference/{STANDARDS}/{path.parent.name}/{path.name}" if standard else f"data/reference/{path.name}"
