"""Helpers of the WRES pack: from counts of staff to a report a board can act on.

The rooms, in the order in which they may know one another:

tables        the strict door: how a small table is declared, read and written
standard      what the Workforce Race Equality Standard means: indicators by edition, grades, ethnic categories
settings      what a master file may say
intake        the doors in: counts tables and record-level extracts become one tidy counts table
page_model    what a printed page says, as statements about whole numbers of people; the checker and the attacker ask it
analysis      the numbers: comparisons, status, bounds, change
checking      printed figures against the data and against each other
disclosure    what the board's copy may show, and the proof of it
report        the words and pictures, made from rows that may be shown
publishing    the doors out: papermill batch, HTML, PDF, workbook, receipt
commands      what each command says

``open_report`` is the one door for notebooks. Nothing is imported before it is called, so that ``wres --help`` stays quick.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wres_helpers.report.desk.asked_report import AskedReport

__version__ = "0.6.0"


def open_report(
    params_file: str | Path,
    organisation: str | None = None,
    year: str | None = None,
    audience: str | None = None,
    change: Mapping[str, Any] | None = None,
) -> "AskedReport":
    """Open a report by its master file: everything a notebook needs, before protection.

    Parameters
    ----------
    params_file
        The master file, looked for from the working folder upwards.
    organisation, year, audience
        What to take instead of the master file's value; None means as in the master file.
    change
        Values to try without editing the file, by dotted key: ``{"status_rule.confidence": 0.99}``. With another mapping or rule of the
        extracts these are read directly, since the prepared tables were made by the file's own.

    Raises
    ------
    ParameterProblems
        The master file is missing or wrong. All problems are told at once.
    """
    from wres_helpers.report.desk.asked_report import AskedReport
    from wres_helpers.settings.master_file_reader import load_parameters

    if any(key.startswith("extracts.") for key in change or {}):
        change = {"extracts.use": "directly"} | dict(change)
    return AskedReport(load_parameters(params_file, organisation, year, audience, change=change))
