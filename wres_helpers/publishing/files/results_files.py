"""Writes the tables of a report as CSV, where protected cells say so.

Reads, too, the results that an earlier report gave its board, numbers and words as they stand in its file.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping, Sequence
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wres_helpers.problems import InputProblems, collected
from wres_helpers.publishing.files.receipt import read_receipt, settings_told
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import RESULT_COLUMNS, hidden_texts
from wres_helpers.standard.standard_folders import STANDARDS
from wres_helpers.standard.standards import Standard, read_standard
from wres_helpers.tables.written_csv import readable, write_csv

if TYPE_CHECKING:
    import pandas as pd


def written_rows(table: pd.DataFrame, columns: Sequence[str]) -> list[list[Any]]:
    """Return some columns of a table of an Evidence as they are written to a file, a list a row.

    Cells are int, float, str, or "" where there is nothing to write; infinite numbers are the text "inf". The column ``protection``
    (JSON: field to text), where there is one, names the hidden cells and what they show.
    """
    protection = table["protection"].tolist() if "protection" in table.columns else [""] * len(table)
    told = table[list(columns)].astype(object)
    rows = []
    for number, cells in enumerate(told.where(told.notna(), None).to_numpy().tolist()):
        shown = hidden_texts(protection[number])
        rows.append([shown[column] if column in shown else _plain(cell, column) for column, cell in zip(columns, cells, strict=True)])
    return rows


def _plain(value: Any, column: str) -> Any:
    if value is None:
        return ""
    if isinstance(value, float):
        if math.isinf(value):
            return "inf" if value > 0 else "-inf"
        # a count that pandas holds as a float (because others are missing) is written as the whole number it is, 0 and 1 too
        whole = value.is_integer() and (abs(value) >= 2 or column.endswith(("count", "base", "people", "known", "total")))
        return int(value) if whole else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.item() if hasattr(value, "item") else value


def write_results(path: Path, results: pd.DataFrame, standard: Standard) -> None:
    """Write ``results.csv``: one row per comparison, in the columns of the contract, the groups called as the standard calls them."""
    told = results.assign(direction=results["direction"].map(standard.at_the_door))
    write_csv(path, [standard.at_the_door(column) for column in RESULT_COLUMNS], written_rows(told, RESULT_COLUMNS))


def write_table(path: Path, block: Mapping[str, Any]) -> Path:
    """Write a table, or the one behind a chart, its numbers as programs read them; return its file."""
    table = block.get("numbers") or block
    rows = [
        [readable(cell if isinstance(cell, str) else cell["text"]) for cell in row] for row in (*table["rows"], *table.get("file_rows", ()))
    ]
    write_csv(path, [column["label"] for column in table["columns"]], rows)
    return path


#: Where a report has what it told a board, as seen from its folder.
BOARD_RESULTS = Path("board/data/results.csv")
#: Columns that hold numbers of people; what is no number there is what stood in its place.
_COUNTS = tuple(column for column in RESULT_COLUMNS if column.endswith(("_count", "_base")))


def final_reports(parameters: Parameters) -> dict[str, list[dict[str, Any]] | None]:
    """Return what the organisation's final reports in the outputs folder told a board, by the name of the folder.

    Their receipts are the ledger: a draft was not published, a report that failed neither. Reports of its other standards are there, too,
    where its code has the standard's name at its end (``trust-wdes``). None stands for a report whose numbers cannot be read.
    """
    found: dict[str, list[dict[str, Any]] | None] = {}
    trunk = parameters.organisation.code.removesuffix(f"-{parameters.standard}")
    for path in sorted(parameters.output_folder.parents[1].glob(f"{escape(trunk)}*/*/{BOARD_RESULTS.as_posix()}")):
        folder, code = path.parents[2], path.parents[3].name
        receipt = read_receipt(folder) if code == trunk or code.startswith(f"{trunk}-") else {}
        values = settings_told(receipt)
        is_final = receipt.get("outcome") == "complete" and values.get("report", {}).get("state") == "final"
        if is_final and code.removesuffix(f"-{values.get('standard', parameters.standard)}") == trunk:
            found[parameters.shown(folder)] = collected([], published_before, folder, parameters)
    return found


def published_before(folder: Path, parameters: Parameters) -> list[dict[str, Any]]:
    """Return the rows of an earlier report's results as a board was given them.

    A row has its columns as texts, under the pack's names for the groups, counts as numbers (NaN where none is shown, or where it was
    rounded), ``protection`` as in protected evidence, and ``other_standard`` (bool), of which only sums over all groups are the same people.

    Raises InputProblems: the folder holds no results of a board, or they lack a column; the standard in its receipt is not known.
    """
    path, values = folder / BOARD_RESULTS, settings_told(read_receipt(folder))
    if not path.is_file():
        action = "Name the folder of a report that was published, such as outputs/necs/2019-20."
        raise InputProblems.of(str(folder), f"{BOARD_RESULTS} in it", action, found="no such file")
    name, policy = values.get("standard", parameters.standard), values.get("disclosure", {})
    standard = read_standard(parameters.shared_reference_folder / STANDARDS / name)
    rows = told_results(path, standard)
    if lacking := [column for column in RESULT_COLUMNS if rows and column not in rows[0]]:
        action, found = "Name a report that this version of the pack can read, with its receipt, which tells its standard.", lacking[0]
        raise InputProblems.of(str(path), "the columns of results.csv", action, found=f"no column '{standard.at_the_door(found)}'")
    rounded_to = policy.get("round_to", 0) if policy.get("method") == "round" else 0
    return [_as_shown(row, rounded_to) | {"other_standard": name != parameters.standard} for row in rows]


def told_results(path: Path, standard: Standard) -> list[dict[str, Any]]:
    """Return the rows of a file of results as texts, under the pack's names for the groups of its standard."""
    columns = {standard.at_the_door(column): column for column in RESULT_COLUMNS}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{columns.get(column, column): text for column, text in row.items()} for row in csv.DictReader(file)]


def _as_shown(row: dict[str, Any], rounded_to: int) -> dict[str, Any]:
    counts = {column: float(row[column]) if row[column].isdigit() else float("nan") for column in _COUNTS}
    texts = {column: row[column] for column in _COUNTS if row[column] and not row[column].isdigit()}
    if rounded_to:  # a rounded count tells the range it was rounded from; nobody is not rounded
        for column in [column for column, count in counts.items() if count > 0]:
            count, counts[column] = int(counts[column]), float("nan")
            texts[column] = f"{count - rounded_to // 2} to {count + (rounded_to - 1) // 2}"
    return row | counts | {"protection": json.dumps(texts) if texts else ""}
