"""Many organisations from one master file: a report each, then a table of all.

Each report is made in a worker of its own and is complete on its own; a failed one never stops the rest. Run again after a
kill, finished reports are recognised by their keys and left alone.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wres_helpers.problems import InputProblems, ParameterProblems
from wres_helpers.publishing.engine.workers import Job
from wres_helpers.publishing.files.run_log import RunLog
from wres_helpers.publishing.files.swap import Workspace
from wres_helpers.publishing.runs.backends import Backend, backend_for
from wres_helpers.publishing.runs.batch import Options, make_report
from wres_helpers.publishing.runs.sections import audiences
from wres_helpers.publishing.systems.system_overview import write_overview
from wres_helpers.settings.many_organisations import is_many, reports_of, wholes_of
from wres_helpers.settings.parameters import Parameters, find_master_file, load_parameters
from wres_helpers.settings.project_folders import refuse_overlaps, shown_path
from wres_helpers.settings.yaml_files import read_yaml

OVERVIEW_FOLDER = "_overview"  # no organisation's code begins so


@dataclass(frozen=True)
class ReportMade:
    """What became of one report: one row of ``reports.csv``."""

    organisation: str
    year: str
    outcome: str
    sections: int = 0
    failed: str = ""
    seconds: float = 0.0
    message: str = ""

    @property
    def name(self) -> str:
        """Organisation and year, as messages have them."""
        return f"{self.organisation} {self.year}"


@dataclass(frozen=True)
class ReportOrder:
    """What a worker needs to make one report."""

    path: Path
    organisation: str
    year: str
    audience: str | None
    options: Options

    @property
    def name(self) -> str:
        """Organisation and year, as messages have them."""
        return f"{self.organisation} {self.year}"


def orders_of(params: Path, audience: str | None, options: Options) -> list[ReportOrder] | None:
    """Return the reports of a master file for many organisations; None where it is for one.

    Raises ParameterProblems: everything wrong in the file, for any of its reports; what is wrong for many is told once.
    """
    path = find_master_file(params)
    project = path.parent.parent
    content = read_yaml(path, project)
    if not is_many(content):
        return None
    problems: dict = {}
    orders = []
    folders: dict = {}
    for organisation, year in reports_of(content, shown_path(path, project), path.parent):
        try:
            parameters = load_parameters(path, organisation, year, audience)
            folders.setdefault(parameters.master.folders, parameters)
        except ParameterProblems as error:
            problems |= dict.fromkeys(error.problems)
        orders.append(ReportOrder(path, organisation, year, audience, options))
    if problems:
        raise ParameterProblems(problems)
    refuse_overlaps(folders.values())
    return orders


def first_parameters(orders: list[ReportOrder]) -> Parameters:
    """Return the parameters that the table of all follows: of the first organisation that is not a whole beside its parts."""
    wholes = declared_wholes(_parameters_of(orders[0]))
    return _parameters_of(next((order for order in orders if order.organisation not in wholes), orders[0]))


def _parameters_of(order: ReportOrder) -> Parameters:
    return load_parameters(order.path, order.organisation, order.year, order.audience)


def make_one(order: ReportOrder) -> ReportMade:
    """Make one report in this process; whatever goes wrong is told in the answer."""
    start = time.perf_counter()
    try:
        parameters = _parameters_of(order)
        log = RunLog(parameters.project, quiet=True)
        report = make_report(parameters, order.options, log, None, backend_for(parameters, 1))
    except InputProblems as error:
        return ReportMade(order.organisation, order.year, "failed", seconds=time.perf_counter() - start, message=str(error))
    present = sum(section.present for section in report.sections)
    outcome = "unchanged" if report.unchanged else "complete" if report.succeeded else "incomplete" if report.published else "failed"
    kept = [f"kept, because no run has made it: {', '.join(report.kept)}"] if report.kept else []
    told = [f"{section.section}: {section.message}" for section in report.failed] + report.problems + kept
    if "board" not in audiences(parameters) and order.organisation in declared_wholes(parameters):
        told.append("no pages for the board, since its counts less those of one part are what another part's report hides")
    message = "; ".join(told)
    failed = " ".join(section.section for section in report.failed)
    return ReportMade(order.organisation, order.year, outcome, present, failed, time.perf_counter() - start, message)


def overview_folder(parameters: Parameters) -> Path:
    """Return the folder of the table of all organisations of a master file."""
    return parameters.project / parameters.folders.outputs / OVERVIEW_FOLDER / parameters.path.stem


def progress_line(made: ReportMade) -> str:
    """Return what is said when a report is finished."""
    if made.outcome in ("complete", "unchanged"):
        return f"{made.name}: {made.outcome}, {made.sections} sections in {made.seconds:.1f} s" + (
            f"; {made.message}" if made.message else ""
        )
    return f"{made.name}: {made.outcome.upper()}: {made.message}"


def publish_overview(first: Parameters, made: list[ReportMade], backend: Backend) -> None:
    """Write the table of all organisations beside the last one and swap it in whole.

    `first` are the parameters of any of the reports; `made` tells what became of each, in the order of the master file.
    """
    folder = overview_folder(first)
    outputs = first.project / first.folders.outputs
    there = [outputs / report.organisation / report.year for report in made if report.outcome != "failed"]
    with Workspace(folder, first.shown(folder)) as workspace:
        arguments = (workspace.building, overview_rows(made), there, audiences(first), declared_wholes(first), first)
        for done in backend.run([Job("the table of all organisations", write_overview, arguments)]):
            done.wanted()
        workspace.publish()


def declared_wholes(first: Parameters) -> list[str]:
    """Return the codes of the organisations of a master file that others are declared parts of."""
    file = shown_path(first.path, first.project)
    return wholes_of(read_yaml(first.path, first.project), file, first.path.parent)


def overview_rows(made: list[ReportMade]) -> list[list[Any]]:
    """Return the rows of ``reports.csv``."""
    return [[one.organisation, one.year, one.outcome, one.sections, one.failed, round(one.seconds, 2), one.message] for one in made]
