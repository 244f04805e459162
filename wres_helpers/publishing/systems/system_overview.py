"""The overview of a system: the results of all its organisations in one tidy table, and their places in the funnels."""

from pathlib import Path
from typing import Any

from wres_helpers.publishing.files.results_files import write_csv
from wres_helpers.standard.columns import RESULT_COLUMNS

REPORT_COLUMNS = ("organisation", "year", "outcome", "sections", "failed", "seconds", "message")


def write_overview(building: Path, reports: list[list[Any]], folders: list[Path], audiences: tuple[str, ...]) -> None:
    """Write ``reports.csv``, and for each audience ``results.csv`` and ``funnel.csv``.

    Parameters
    ----------
    building
        Folder to write into.
    reports
        What became of each report, columns of :data:`REPORT_COLUMNS`.
    folders
        Output folders of the reports that are there, in order.
    audiences
        Whose results are gathered. The board's are the protected ones of each organisation's own report.
    """
    import pandas as pd

    from wres_helpers.analysis.funnel import funnel

    write_csv(building / "reports.csv", REPORT_COLUMNS, reports)
    for audience in audiences:
        target = building / audience
        target.mkdir(parents=True, exist_ok=True)
        _gathered(target / "results.csv", [folder / audience / "data" / "results.csv" for folder in folders])
        results = pd.read_csv(target / "results.csv", dtype={"indicator": "str", "organisation": "str"}, low_memory=False)
        for column in ("white_count", "white_base", "bme_count", "bme_base", "value"):
            results[column] = pd.to_numeric(results[column], errors="coerce")  # what is protected is text, and has no place in a funnel
        placed = funnel(results)
        rows = placed.astype(object).where(placed.notna(), "").to_numpy().tolist()
        write_csv(target / "funnel.csv", list(placed.columns), rows)


def _gathered(target: Path, files: list[Path]) -> None:
    """Write all files below one another, their header once; line by line, so that memory does not grow with their number."""
    with target.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(RESULT_COLUMNS) + "\r\n")
        for path in files:
            with path.open(encoding="utf-8", newline="") as lines:
                next(lines, None)
                out.writelines(lines)
