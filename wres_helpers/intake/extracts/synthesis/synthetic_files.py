"""Writes invented extracts: CSV as text, byte for byte the same for the same seed."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from wres_helpers.intake.extracts.synthesis import invented_plan
from wres_helpers.intake.extracts.synthesis.synthetic_extracts import clean_set


def csv_text(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    """Return rows as CSV text."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def write_clean(data: Path, seed: int = 20200331) -> None:
    """Write the clean set below a data folder: ``synthetic/2019-20/extracts`` and the counts of ``synthetic/2018-19``."""
    folder = data / "synthetic" / "2019-20" / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in clean_set(seed).items():
        (folder / name).write_text(csv_text(rows), encoding="utf-8", newline="")
    before = data / "synthetic" / "2018-19"
    before.mkdir(parents=True, exist_ok=True)
    for name, column in (("headcount", "headcount"), ("training", "accessed")):
        groups = zip(("white", "bme", "unknown"), invented_plan.PREVIOUS[name], strict=False)
        rows = [["ethnic_group", column], *([group, str(number)] for group, number in groups)]
        (before / f"{name}.csv").write_text(csv_text(rows), encoding="utf-8", newline="")
