"""Reads the results that an earlier report gave its board, numbers and words as they stand in its file."""

import csv
import json
from pathlib import Path
from typing import Any

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.kept_files import read_receipt
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import RESULT_COLUMNS

_PLACE = Path("board/data/results.csv")
#: Columns that hold numbers of people; what is no number there is what stood in its place.
_COUNTS = tuple(column for column in RESULT_COLUMNS if column.endswith(("_count", "_base")))


def final_reports(parameters: Parameters) -> dict[str, list[dict[str, Any]] | None]:
    """Return what the organisation's final reports in the outputs folder told a board, by the name of the folder.

    Their receipts are the ledger: a draft was not published, a report that failed neither. None stands for a report of
    another standard or version, whose numbers cannot be read.
    """
    found: dict[str, list[dict[str, Any]] | None] = {}
    for path in sorted(parameters.output_folder.parent.glob(f"*/{_PLACE.as_posix()}")):
        folder = path.parents[2]
        receipt = read_receipt(folder)
        try:
            values = receipt["parameters"]["values"]
            is_final, policy = receipt["outcome"] == "complete" and values["report"]["state"] == "final", values.get("disclosure", {})
        except (KeyError, TypeError, AttributeError):
            continue
        if is_final:
            try:
                rows = published_before(folder, policy.get("round_to", 0) if policy.get("method") == "round" else 0)
            except InputProblems:
                rows = None
            found[parameters.shown(folder)] = rows
    return found


def published_before(folder: Path, rounded_to: int = 0) -> list[dict[str, Any]]:
    """Return the rows of an earlier report's results as a board was given them, its counts rounded to a base (0: exact).

    A row has its columns as texts, counts as numbers (NaN where none is shown), and ``protection`` as in protected evidence.

    Raises InputProblems: the folder holds no results of a board, or they lack a column.
    """
    path = folder / _PLACE
    if not path.is_file():
        action = "Name the folder of a report that was published, such as outputs/necs/2019-20."
        raise InputProblems.of(str(folder), f"{_PLACE} in it", action, found="no such file")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lacking = [column for column in RESULT_COLUMNS if rows and column not in rows[0]]
    if lacking:
        action = "Name a report that this version of the pack can read, of a standard whose groups are white and BME."
        raise InputProblems.of(str(path), "the columns of results.csv", action, found=f"no column '{lacking[0]}'")
    return [_as_shown(row if not rounded_to else row | _ranges(row, rounded_to)) for row in rows]


def _ranges(row: dict[str, Any], base: int) -> dict[str, str]:
    """Return what a rounded count tells: the range it was rounded from; nobody is not rounded."""
    counts = {column: int(row[column]) for column in _COUNTS if row[column].isdigit() and int(row[column])}
    return {column: f"{count - base // 2} to {count + (base - 1) // 2}" for column, count in counts.items()}


def _as_shown(row: dict[str, Any]) -> dict[str, Any]:
    texts = {column: row[column] for column in _COUNTS if row[column] and not row[column].isdigit()}
    numbers = {column: float(row[column]) if row[column].isdigit() else float("nan") for column in _COUNTS}
    return row | numbers | {"protection": json.dumps(texts) if texts else ""}
