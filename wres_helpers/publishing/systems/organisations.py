"""Many organisations from one master file: a report each, then a table of all.

Each report is made in a worker of its own and is complete on its own; a failed one never stops the rest. Run again after a
kill, finished reports are recognised by their keys and left alone.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.run_log import RunLog
from wres_helpers.publishing.files.swap import Workspace
from wres_helpers.publishing.runs.backends import backend_for
from wres_helpers.publishing.runs.batch import Options, make_report
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.settings.parameters import Parameters

OVERVIEW_FOLDER = "_overview"  # no organisation's code begins so


@dataclass(frozen=True)
class _Report:
    organisation: str
    year: str

    @property
    def name(self) -> str:
        return f"{self.organisation} {self.year}"


@dataclass(frozen=True)
class ReportMade(_Report):
    """What became of one report: one row of ``reports.csv``."""

    outcome: str
    sections: int = 0
    failed: str = ""
    seconds: float = 0.0
    message: str = ""

    @property
    def line(self) -> str:
        """What is said when the report is finished."""
        if self.outcome not in ("complete", "unchanged"):
            return f"{self.name}: {self.outcome.upper()}: {self.message}"
        told = f"; {self.message}" if self.message else ""
        return f"{self.name}: {self.outcome}, {self.sections} sections in {self.seconds:.1f} s{told}"


@dataclass(frozen=True)
class ReportOrder(_Report):
    """What a worker needs to make one report."""

    path: Path
    audience: str | None
    options: Options

    def parameters(self) -> Parameters:
        """Return the report's parameters. Raises ParameterProblems."""
        return load_parameters(self.path, self.organisation, self.year, self.audience)

    def failed(self, why: str, seconds: float = 0.0) -> ReportMade:
        return ReportMade(self.organisation, self.year, "failed", seconds=seconds, message=why)


def without_wholes(reports: list[Parameters]) -> Parameters:
    """Return the report that the table of all follows: the first of an organisation that is not a whole beside its parts."""
    return next((each for each in reports if each.organisation.code not in (each.wholes or ())), reports[0])


def make_one(order: ReportOrder) -> ReportMade:
    """Make one report in this process; whatever goes wrong is told in the answer."""
    start = time.perf_counter()
    try:
        parameters = order.parameters()
        log = RunLog(parameters.project)
        log.print = str
        report = make_report(parameters, order.options, log, None, backend_for(parameters, 1))
    except InputProblems as error:
        return order.failed(str(error), round(time.perf_counter() - start, 2))
    outcome = "unchanged" if report.unchanged else "complete" if report.succeeded else "incomplete" if report.published else "failed"
    told = [f"{section.section}: {section.message}" for section in report.failed] + report.problems
    if report.replaces and not report.unchanged:
        told.append(report.replaces)
    if report.kept:
        told.append(f"kept, because no run has left it so: {', '.join(report.kept)}")
    if "board" not in parameters.audiences and order.organisation in (parameters.wholes or ()):
        told.append("no pages for the board, since its counts less those of one part are what another part's report hides")
    return ReportMade(
        order.organisation,
        order.year,
        outcome,
        sections=sum(section.present for section in report.sections),
        failed=" ".join(section.section for section in report.failed),
        seconds=round(time.perf_counter() - start, 2),
        message="; ".join(told),
    )


def overview_folder(parameters: Parameters) -> Path:
    return parameters.project / parameters.folders.outputs / OVERVIEW_FOLDER / parameters.path.stem


def publish_overview(first: Parameters, made: list[ReportMade], reports: Path, also: Callable[[Path], object] = str) -> None:
    """Write the table of all organisations beside the last one and swap it in whole.

    `first` are the parameters of any of the reports; `made` tells what became of each, in the order of the master file; their results
    lie below the folder `reports`. `also` is done with the new table before that.
    """
    from wres_helpers.publishing.systems.system_overview import write_overview

    folder = overview_folder(first)
    rows = [[*vars(report).values()] for report in made]
    there = [reports / report.organisation / report.year for report in made if report.outcome != "failed"]
    with Workspace(folder, first.shown(folder)) as workspace:
        write_overview(workspace.building, rows, there, first.audiences, first.wholes or (), first)
        also(workspace.building)
        workspace.publish()
