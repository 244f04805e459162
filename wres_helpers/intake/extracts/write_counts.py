"""Writes what a preparation made, and never over a table somebody made by hand."""

import csv
import hashlib
import io
from pathlib import Path

import pandas as pd

from wres_helpers.intake.counts_tables import raise_if_any
from wres_helpers.intake.extracts.preparation_report import as_markdown
from wres_helpers.intake.extracts.preparing import Preparation
from wres_helpers.intake.written_together import write_together, writing
from wres_helpers.problems import Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import COUNTS_TABLES

REPORT = "preparation_report.csv"
REPORT_TEXT = "preparation_report.md"


def write_preparation(preparation: Preparation, parameters: Parameters, replace: bool = False) -> list[Path]:
    """Write the counts tables and the preparation report into the organisation's year.

    Parameters
    ----------
    preparation
        What :func:`~wres_helpers.intake.extracts.preparing.prepare` returned.
    parameters
        The same master file.
    replace
        Whether to replace tables that ``wres prepare`` did not write.

    Returns
    -------
    list of Path
        The files written; tables first, then the report. A table that already has the same content is left alone.

    Raises
    ------
    InputProblems
        A table exists that was made or changed by hand and has other content; nothing is written then. A blank one is no such table.
    """
    texts = {f"{name}.csv": table.to_csv(index=False, lineterminator="\n") for name, table in preparation.tables.items()}
    folder = parameters.data_folder()
    with writing(folder, parameters.shown(folder)):
        if not replace:
            raise_if_any([_made_by_hand(folder / name, parameters) for name, text in texts.items() if _is_foreign(folder, name, text)])
        report = _with_prints(preparation.report, texts)
        texts[REPORT] = report.to_csv(index=False, lineterminator="\n")
        texts[REPORT_TEXT] = as_markdown(preparation.report, parameters)
        files = {folder / name: text.encode() for name, text in texts.items() if not _stands(folder / name, text.encode())}
        write_together(folder, files)
    return list(files)


def _stands(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _with_prints(report: pd.DataFrame, texts: dict[str, str]) -> pd.DataFrame:
    """Return the report with the fingerprint of every table written, so that a later change by hand is seen."""
    rows = [{"extract": "", "step": "written", "detail": f"{name} {_print(text)}", "rows": None} for name, text in texts.items()]
    return pd.concat([report, pd.DataFrame(rows, columns=list(report.columns)).astype(report.dtypes.to_dict())], ignore_index=True)


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_foreign(folder: Path, name: str, text: str) -> bool:
    path = folder / name
    if not path.is_file():
        return False
    there = path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n")
    return there != text and not _is_blank(name, there) and f"{name} {_print(there)}" not in _written_before(folder)


def _is_blank(name: str, there: str) -> bool:
    """Tell whether a table has its count column and no count in it, as ``wres new-report`` leaves it."""
    lines, count = csv.DictReader(io.StringIO(there.removeprefix("\ufeff"), newline="")), COUNTS_TABLES[name.removesuffix(".csv")][-1]
    return count in (lines.fieldnames or ()) and not any((line[count] or "").strip() for line in lines)


def _written_before(folder: Path) -> set[str]:
    path = folder / REPORT
    if not path.is_file():
        return set()
    lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8", errors="replace"), newline=""))
    return {line.get("detail") or "" for line in lines if line.get("step") == "written"}


def _made_by_hand(path: Path, parameters: Parameters) -> Problem:
    expected = "no table, or one that wres prepare wrote and nobody changed"
    action = "Move it away or rename it if the extracts are right; or map no extract for it in the master file."
    return Problem(parameters.shown(path), expected, action, found="a table with other content, made or changed by hand")
