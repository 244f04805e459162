"""Writes the messy set: the same seed gives the same files, byte for byte.

Run ``python -m support.messy_set.messy_files data`` in ``tests/`` to write it below a data folder.
"""

import sys
from datetime import datetime
from pathlib import Path

from support.clean_set.clean_extracts import csv_text
from support.messy_set.messy_extracts import messy_set
from support.messy_set.messy_staff import title_rows
from support.messy_set.write_workbook import protected_workbook_bytes, workbook_bytes


def write_messy(data: Path, seed: int = 20200401) -> None:
    """Write the messy set and its manifest below a data folder: ``synthetic-messy/2019-20/extracts``."""
    folder = data / "synthetic-messy" / "2019-20" / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in messy_files(seed).items():
        (folder / name).write_bytes(content)


def messy_files(seed: int = 20200401) -> dict[str, bytes]:
    """Return the messy files by name as they stand on the disk, the manifest among them."""
    messy = messy_set(seed)
    tables = {name: sheet.rows for name, sheet in messy.sheets.items()}
    staff = title_rows(len(tables["staff.csv"][0])) + tables["staff.csv"]
    notes = [["Invented data: nobody in this file exists"]]
    export = [["Recruitment export, invented data"], [], *tables["recruitment.xlsx"]]
    return {
        "staff.csv": csv_text(staff, ";").encode("windows-1252"),
        "recruitment.xlsx": workbook_bytes({"Notes": notes, "Export": [[_typed(cell) for cell in row] for row in export]}),
        "cases.csv": b"\xef\xbb\xbf" + csv_text(tables["cases.csv"]).encode(),
        "training.tsv": csv_text(tables["training.tsv"], "\t").encode(),
        "survey.csv": csv_text(tables["survey.csv"]).rstrip("\n").encode(),
        "board.xlsx": protected_workbook_bytes(),
        "corrections.csv": csv_text(tables["corrections.csv"]).encode(),
        "manifest.csv": csv_text(messy.manifest).encode(),
    }


def _typed(cell: str) -> object:
    # a spreadsheet keeps dates as dates and an unformatted serial as a number
    if len(cell) == 10 and cell[2] == cell[5] == "/":
        return datetime.strptime(cell, "%d/%m/%Y")
    return int(cell) if cell.isdigit() else cell or None


if __name__ == "__main__":
    write_messy(Path(sys.argv[1]))
