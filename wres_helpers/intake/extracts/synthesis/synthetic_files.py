"""Writes invented extracts: CSV as text, byte for byte the same for the same seed."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from wres_helpers.intake.extracts.synthesis import invented_plan
from wres_helpers.intake.extracts.synthesis.synthetic_extracts import clean_set
from wres_helpers.intake.written_together import write_together, writing


def csv_text(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    """Return rows as CSV text."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def write_clean(data: Path, seed: int = 20200331) -> None:
    """Write the clean set below a data folder: ``synthetic/2019-20/extracts`` and the counts of ``synthetic/2018-19``."""
    year, before = data / "synthetic" / "2019-20", data / "synthetic" / "2018-19"
    texts = {year / "extracts" / name: csv_text(rows) for name, rows in clean_set(seed).items()}
    for name, column in (("headcount", "headcount"), ("training", "accessed")):
        groups = zip(("white", "bme", "unknown"), invented_plan.PREVIOUS[name], strict=False)
        rows = [["ethnic_group", column], *([group, str(number)] for group, number in groups)]
        texts[before / f"{name}.csv"] = csv_text(rows)
    with writing(year, year.name):
        write_together(year, {path: text.encode() for path, text in texts.items()})
