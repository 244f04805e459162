"""The overview of a system: the results of all its organisations in one tidy table, and their places in the funnels, also as pictures.

Each organisation's board copy is protected by itself. A sum beside its parts would give away what is hidden of one of them,
so the board's overview has the parts only; and it is not made where a sum was not declared as one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import COMPARED_GROUPS, TWO_GROUPS
from wres_helpers.analysis.funnel import funnel
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.publishing.pages.html_report import document_html
from wres_helpers.publishing.pages.report_parts import Document, Section
from wres_helpers.publishing.runs.whole_report import page_context
from wres_helpers.report.form.blocks import Block, Prose
from wres_helpers.report.section.funnel_plots import FEWEST_DRAWN, funnel_plot, units_of
from wres_helpers.settings.many_organisations import Listed
from wres_helpers.settings.parameters import Parameters
from wres_helpers.settings.yaml_files import read_yaml
from wres_helpers.standard.catalogue import headline_measures, in_force, read_reference_tables
from wres_helpers.standard.columns import RESULT_COLUMNS
from wres_helpers.tables.written_csv import write_csv

TITLE = "The organisations side by side"
REPORT_COLUMNS = ("organisation", "year", "outcome", "sections", "failed", "seconds", "message")

#: Of more organisations of a year than this, only the sum of all others is looked for.
_FEW = 12


def write_overview(
    building: Path, reports: list[list[Any]], folders: list[Path], audiences: tuple[str, ...], wholes: Sequence[str], first: Parameters
) -> None:
    """Write ``reports.csv``, and for each audience ``results.csv``, ``funnel.csv`` and ``funnels.html``, into the folder `building`.

    `reports` are rows of :data:`REPORT_COLUMNS`, `folders` the reports that are there, in order, `first` the parameters of any of them.
    The board's results are the protected ones of each report. Organisations that others are declared parts of (`wholes`) are left out
    of the board's table, and of the funnels, which would count their people twice.

    Raises InputProblems: an organisation of the board's table is the sum of others and not declared so.
    """
    write_csv(building / "reports.csv", REPORT_COLUMNS, reports)
    for audience in audiences:
        target = building / audience
        target.mkdir(parents=True, exist_ok=True)
        apart = [folder for folder in folders if audience != "board" or folder.parent.name not in wholes]
        _gathered(target / "results.csv", [folder / audience / "data" / "results.csv" for folder in apart])
        results = pd.read_csv(target / "results.csv", dtype={"indicator": "str", "organisation": "str"}, low_memory=False)
        numbers = [*TWO_GROUPS, "white_rate", "bme_rate", "value", "lower", "upper", "confidence"]
        results[numbers] = results[numbers].apply(pd.to_numeric, errors="coerce")  # what is protected is text, and has no place in a funnel
        if audience == "board":
            _refuse_sums(results)
        side_by_side = results[~results["organisation"].isin(wholes)]
        placed = funnel(side_by_side)
        write_csv(target / "funnel.csv", placed.columns, placed.astype(object).where(placed.notna(), "").to_numpy().tolist())
        (target / "funnels.html").write_text(funnels_page(side_by_side, first, audience), encoding="utf-8", newline="\n")


def _refuse_sums(results: pd.DataFrame) -> None:
    overall = results[results["breakdown"].eq("overall") & results["indicator"].ne("9")]
    expected = "organisations that are no sums of one another: the difference would give away what is hidden of a part"
    problems = []
    for year, rows in overall.groupby("year"):
        table = rows.pivot_table(index="organisation", columns=["measure", "category"], values=TWO_GROUPS, aggfunc="first", dropna=False)
        for whole, parts in _sums(table):
            named = " and ".join(parts)
            action = f"Give {named} the key 'part_of: {whole}' in the list of organisations; the reports themselves stand."
            found = f"{whole}, which has the people of {named} together"
            problems.append(Problem(f"the board's overview, {year}", expected, action, column="organisations", found=found))
    InputProblems.raise_if_any(problems)


def _sums(table: pd.DataFrame) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each organisation that has, wherever all is told, the sum of the numbers of others."""
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


def funnels_page(results: pd.DataFrame, first: Parameters, audience: str) -> str:
    """Return the page as HTML: one funnel for each indicator whose organisations can be put beside one another.

    Of the results, what is protected is missing; `first` are the parameters of any of the reports.
    """
    organisations = results["organisation"].nunique()
    context = replace(page_context(first), organisation=f"{organisations} organisations", restates="", sign_off=(), corrections=())
    blocks = tuple(block.to_json() for block in _blocks(results, first))
    return document_html(Document(TITLE, context, audience, (Section("section", TITLE, blocks),), is_report=False))


def _blocks(results: pd.DataFrame, first: Parameters) -> list[Block]:
    names = Listed(read_yaml(first.path, first.project), first.file, first.path.parent).names
    results = results.assign(organisation=results["organisation"].map(lambda code: names.get(code, code)))
    catalogue = in_force(read_reference_tables(first.reference_folder).catalogue, first.edition)
    headlines = catalogue[catalogue["measure"].isin(headline_measures(catalogue).values()) & catalogue["direction"].isin(COMPARED_GROUPS)]
    here = results[results["year"].eq(first.year) & results["breakdown"].eq("overall")]
    found = [
        figure
        for _, definition in headlines.iterrows()
        for figure in funnel_plot(
            units_of(first, here[here["measure"].eq(definition["measure"])], definition, "organisation", "organisations")
        )
    ]
    told = (
        "Each picture puts the organisations beside what all of them show together. It is no ranking, and a report of an organisation says "
    )
    none = f"Nowhere can {FEWEST_DRAWN} organisations be shown beside one another."
    return [Prose((f"{told}more than its place here." if found else none,)), *found]
