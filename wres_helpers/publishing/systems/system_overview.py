"""The overview of a system: the results of all its organisations in one tidy table, and their places in the funnels, also as pictures.

Each organisation's board copy is protected by itself. A sum beside its parts would give away what is hidden of one of them,
so the board's overview has the parts only; and it is not made where a sum was not declared as one.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.publishing.files.results_files import write_csv
from wres_helpers.publishing.systems.system_funnels import funnels_page
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import RESULT_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

REPORT_COLUMNS = ("organisation", "year", "outcome", "sections", "failed", "seconds", "message")


#: Of more organisations of a year than this, only the sum of all others is looked for.
_FEW = 12


def write_overview(
    building: Path,
    reports: list[list[Any]],
    folders: list[Path],
    audiences: tuple[str, ...],
    wholes: Sequence[str] = (),
    first: Parameters | None = None,
) -> None:
    """Write ``reports.csv``, and for each audience ``results.csv``, ``funnel.csv`` and ``funnels.html``.

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
    wholes
        Codes of the organisations that others are declared parts of. They are left out of the board's table, and of the
        funnels, which would count their people twice.
    first
        The parameters of any of the reports: its year, its words, its standard; without them no picture is drawn.

    Raises
    ------
    InputProblems
        An organisation of the board's table is the sum of others and not declared so.
    """
    import pandas as pd

    from wres_helpers.analysis.funnel import funnel

    write_csv(building / "reports.csv", REPORT_COLUMNS, reports)
    for audience in audiences:
        target = building / audience
        target.mkdir(parents=True, exist_ok=True)
        apart = [folder for folder in folders if audience != "board" or folder.parent.name not in wholes]
        _gathered(target / "results.csv", [folder / audience / "data" / "results.csv" for folder in apart])
        results = pd.read_csv(target / "results.csv", dtype={"indicator": "str", "organisation": "str"}, low_memory=False)
        for column in ("white_count", "white_base", "bme_count", "bme_base", "value", "lower", "upper"):
            results[column] = pd.to_numeric(results[column], errors="coerce")  # what is protected is text, and has no place in a funnel
        if audience == "board":
            _refuse_sums(results)
        side_by_side = results[~results["organisation"].isin(wholes)]
        placed = funnel(side_by_side)
        rows = placed.astype(object).where(placed.notna(), "").to_numpy().tolist()
        write_csv(target / "funnel.csv", list(placed.columns), rows)
        if first is not None:
            (target / "funnels.html").write_text(funnels_page(side_by_side, first, audience), encoding="utf-8", newline="\n")


def _refuse_sums(results: "pd.DataFrame") -> None:
    overall = results[results["breakdown"].eq("overall") & results["indicator"].ne("9")]
    fields = ["white_count", "white_base", "bme_count", "bme_base"]
    problems = []
    for year, rows in overall.groupby("year"):
        table = rows.pivot_table(index="organisation", columns=["measure", "category"], values=fields, aggfunc="first", dropna=False)
        problems += [
            Problem(
                f"the board's overview, {year}",
                "organisations that are no sums of one another: the difference would give away what is hidden of a part",
                f"Give {' and '.join(parts)} the key 'part_of: {whole}' in the list of organisations; the reports themselves stand.",
                column="organisations",
                found=f"{whole}, which has the people of {' and '.join(parts)} together",
            )
            for whole, parts in _sums(table)
        ]
    if problems:
        raise InputProblems(problems)


def _sums(table: "pd.DataFrame") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each organisation that has, wherever all is told, the sum of the numbers of others."""
    import numpy as np

    codes, numbers = list(table.index), dict(zip(table.index, table.to_numpy(dtype=float), strict=True))
    for whole in codes:
        others = [code for code in codes if code != whole]
        for size in range(2 if len(codes) <= _FEW else len(others), len(others) + 1):
            for parts in combinations(others, size) if size > 1 else ():
                apart = sum(numbers[code] for code in parts) - numbers[whole]
                told = ~np.isnan(apart)
                if told.sum() > 1 and not apart[told].any() and numbers[whole][told].any():
                    yield whole, parts


def _gathered(target: Path, files: list[Path]) -> None:
    """Write all files below one another, their header once; line by line, so that memory does not grow with their number."""
    with target.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(RESULT_COLUMNS) + "\r\n")
        for path in files:
            with path.open(encoding="utf-8", newline="") as lines:
                next(lines, None)
                out.writelines(lines)
