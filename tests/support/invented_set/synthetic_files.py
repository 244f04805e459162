"""Writes invented extracts: CSV as text, byte for byte the same for the same seed.

``make synthetic`` writes those that ship below ``data/synthetic``.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from support.invented_set import invented_plan
from support.invented_set.synthetic_extracts import clean_set


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
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


if __name__ == "__main__":
    write_clean(Path("data"))
