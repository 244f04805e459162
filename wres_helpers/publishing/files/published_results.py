"""Reads the results that an earlier report gave its board, numbers and words as they stand in its file."""

import csv
import json
from pathlib import Path
from typing import Any

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.standard.columns import RESULT_COLUMNS

_PLACE = Path("board/data/results.csv")
#: Columns that hold numbers of people; what is no number there is what stood in its place.
_COUNTS = tuple(column for column in RESULT_COLUMNS if column.endswith(("_count", "_base")))


def published_before(folder: Path) -> list[dict[str, Any]]:
    """Return the rows of an earlier report's results as a board was given them.

    Returns
    -------
    list
        One row per comparison: its columns as texts, counts as numbers (NaN where none is shown), and ``protection`` as in
        protected evidence.

    Raises
    ------
    InputProblems
        The folder holds no results of a board, or they lack a column.
    """
    path = folder / _PLACE
    if not path.is_file():
        action = "Name the folder of a report that was published, such as outputs/necs/2019-20."
        raise InputProblems([Problem(str(folder), f"{_PLACE} in it", action, found="no such file")])
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lacking = [column for column in RESULT_COLUMNS if rows and column not in rows[0]]
    if lacking:
        action = "Name a report that this version of the pack can read, of a standard whose groups are white and BME."
        raise InputProblems([Problem(str(path), "the columns of results.csv", action, found=f"no column '{lacking[0]}'")])
    return [_as_shown(row) for row in rows]


def _as_shown(row: dict[str, Any]) -> dict[str, Any]:
    texts = {column: row[column] for column in _COUNTS if row[column] and not row[column].isdigit()}
    numbers = {column: float(row[column]) if row[column].isdigit() else float("nan") for column in _COUNTS}
    return row | numbers | {"protection": json.dumps(texts) if texts else ""}
