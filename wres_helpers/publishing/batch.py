"""Makes one report: every section, the whole report, its data, receipt and log, swapped in whole."""

import datetime
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wres_helpers import __version__
from wres_helpers.definitions.parameters import Parameters
from wres_helpers.definitions.problems import InputProblems, ParameterProblems, Problem
from wres_helpers.definitions.years import spoken
from wres_helpers.publishing import receipt as receipts
from wres_helpers.publishing import sections as parts
from wres_helpers.publishing.backends import Backend
from wres_helpers.publishing.run_log import RunLog
from wres_helpers.publishing.swap import Workspace
from wres_helpers.publishing.workers import Done, Job


@dataclass(frozen=True)
class Options:
    """What the command line asks of a run beyond the master file."""

    only: tuple[str, ...] = ()
    jobs: int | None = None
    force: bool = False


@dataclass
class Report:
    """What became of a run.

    Attributes
    ----------
    sections
        What became of each section, in the order of the report.
    problems
        What else went wrong.
    published
        Whether the new report stands in the output folder.
    """

    parameters: Parameters
    sections: list[parts.SectionMade] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    published: bool = False
    seconds: float = 0.0

    @property
    def failed(self) -> list[parts.SectionMade]:
        """Sections that failed."""
        return [section for section in self.sections if section.outcome == parts.FAILED]

    @property
    def succeeded(self) -> bool:
        """Whether everything that was asked for came out."""
        return self.published and not self.failed and not self.problems


def make_report(parameters: Parameters, options: Options, log: RunLog, progress: Any, backend: Backend) -> Report:
    """Make one report and publish it.

    Raises
    ------
    InputProblems
        Something is wrong with the inputs. All of it is told before any kernel starts; the last report is untouched.
    """
    started = datetime.datetime.now(datetime.UTC)
    clock = time.perf_counter()
    report = Report(parameters)
    wanted = _wanted(parameters, options)
    with Workspace(parameters.output_folder, parameters.shown(parameters.output_folder)) as workspace:
        try:
            backend.prepare(parameters)
            run = _Run(parameters, log, progress, backend, workspace, report, wanted)
            run.make()
        finally:
            backend.forget()
        report.seconds = time.perf_counter() - clock
        run.finish(started)
    return report


def _wanted(parameters: Parameters, options: Options) -> list[str]:
    unknown = [name for name in options.only if name not in parameters.sections]
    if unknown:
        known = ", ".join(parameters.sections)
        raise ParameterProblems(
            Problem("--only", f"one of the sections {known}", "Give a section's full name.", found=repr(name)) for name in unknown
        )
    missing = [name for name in parameters.sections if not parts.notebook_of(name, parameters).is_file()]
    if missing:
        raise InputProblems(
            Problem(
                f"notebooks/{name}.ipynb",
                "the notebook of the section",
                "Restore it, or leave the section out of 'sections'.",
                found="no such file",
            )
            for name in missing
        )
    return list(options.only or parameters.sections)


class _Run:
    def __init__(self, parameters, log, progress, backend, workspace, report, wanted):  # noqa: PLR0913, PLR0917
        self.parameters = parameters
        self.log = log
        self.progress = progress
        self.backend = backend
        self.workspace = workspace
        self.report = report
        self.wanted = wanted
        self.context = page_context(parameters)
        self.made: dict[str, parts.SectionMade] = {}

    def make(self) -> None:
        """Make the sections and the files, then the whole report."""
        building = self.workspace.building
        jobs = [self._section_job(name) for name in self.parameters.sections if name in self.wanted]
        for name in self.parameters.sections:
            if name not in self.wanted:
                self.made[name] = parts.SectionMade(name, parts.LEFT_OUT, message="it was not asked for in this run (--only)")
        figures = Job("figures", self.backend.write_figures, (building, self.parameters))
        if self.progress is not None:
            self.progress.total = len(jobs) + 1 + len(self._reports())
        for done in self.backend.run([*jobs, figures]):
            self._take(done)
        self.report.sections = [self.made[name] for name in self.parameters.sections]
        if any(section.present for section in self.report.sections):
            for done in self.backend.run(self._reports()):
                self._take(done)

    def _section_job(self, name: str) -> Job:
        order = parts.SectionOrder(name, self.parameters, self.workspace.building, self.backend.engine, self.context)
        return Job(name, parts.make_section, (order,))

    def _reports(self) -> list[Job]:
        made = tuple(replace(section, files=()) for section in self.report.sections)
        titles = {section.section: parts.title_of(section.section, self.parameters) for section in made if not section.present}
        arguments = (made, titles, self.workspace.building, self.context)
        jobs = [
            Job(f"{audience} report, HTML", write_report, (audience, "html", *arguments)) for audience in parts.audiences(self.parameters)
        ]
        if "board" in parts.audiences(self.parameters):
            jobs.insert(0, Job("board report, PDF", write_report, ("board", "pdf", *arguments)))
        return jobs

    def _take(self, done: Done) -> None:
        name = done.job.name
        if name in self.parameters.sections:
            made = done.result or parts.SectionMade(name, parts.FAILED, message=done.error)
            self.made[name] = made
            line = f"{name}: {made.outcome} in {made.seconds:.1f} s" if made.present else f"{name}: FAILED: {made.message}"
            self.log.say(line)
        elif done.error:
            self.report.problems.append(f"{name}: {done.error}")
            self.log.say(f"{name}: FAILED: {done.error}")
        else:
            self.log.note(f"{name}: written")
        if self.progress is not None:
            self.progress.update(1)

    def finish(self, started: datetime.datetime) -> None:
        """Write receipt and log, and swap the report in, unless there is nothing in it to publish."""
        building = self.workspace.building
        outcome = "complete" if not self.report.failed and not self.report.problems else "incomplete"
        run = {
            "started": started.isoformat(timespec="seconds"),
            "seconds": round(self.report.seconds, 2),
            "outcome": outcome,
            "engine": self.backend.engine,
            "workers": self.backend.workers,
        }
        outputs = receipts.hashes([path for path in building.rglob("*") if path.is_file()], building)
        inputs = receipts.hashes(receipts.input_files(self.parameters), self.parameters.project)
        content = receipts.receipt(self.parameters, inputs, run, [_section_entry(section) for section in self.report.sections], outputs)
        receipts.write_receipt(building / "receipt.json", content)
        self.log.note(f"{outcome} after {self.report.seconds:.1f} s")
        self.log.write(building / "run.log")
        if any(section.present for section in self.report.sections):
            self.workspace.publish()
            self.workspace.clear_failed()
            self.report.published = True
        else:
            self.workspace.keep_failed()


def _section_entry(section: parts.SectionMade) -> dict[str, Any]:
    return {
        "section": section.section,
        "outcome": section.outcome,
        "seconds": round(section.seconds, 2),
        "reused": section.outcome == parts.REUSED,
        "message": section.message,
    }


def page_context(parameters: Parameters) -> Any:
    """Return what stands on every page of a report."""
    from wres_helpers.publishing.page_context import PageContext

    day = parameters.report.date
    return PageContext(
        organisation=parameters.organisation.name,
        year=spoken(parameters.year),
        generated=datetime.date.fromisoformat(day) if day else datetime.date.today(),
        version=__version__,
        report_title=parameters.report.title,
        marking="Draft" if parameters.report.state == "draft" else "",
    )


def write_report(  # noqa: PLR0913, PLR0917
    audience: str, form: str, sections: tuple[parts.SectionMade, ...], titles: dict[str, str], building: Path, context: Any
) -> None:
    """Write the whole report for one audience as HTML or PDF; a section that is missing is named with its reason."""
    from wres_helpers.publishing.html_report import document_html
    from wres_helpers.publishing.report_parts import report_document
    from wres_helpers.publishing.typst_document import document_pdf

    document = report_document(list(_report_parts(sections, titles, audience)), audience, context)
    path = building / audience / f"report.{form}"
    path.parent.mkdir(parents=True, exist_ok=True)
    if form == "html":
        path.write_text(document_html(document), encoding="utf-8")
    else:
        path.write_bytes(document_pdf(document))


def _report_parts(sections: tuple[parts.SectionMade, ...], titles: dict[str, str], audience: str) -> Iterator[tuple[str, Any]]:
    from wres_helpers.publishing.report_parts import SectionFailure

    for section in sections:
        missing = SectionFailure(_public_reason(section, audience), titles[section.section]) if not section.present else None
        yield section.section, missing or section.pages[audience]


def _public_reason(section: parts.SectionMade, audience: str) -> str:
    # what an analyst reads may quote a value of the data; a board's page says only what kind of reason it is
    if audience == "analyst" or section.outcome == parts.LEFT_OUT:
        return section.message
    return "its notebook could not be completed; the analyst's copy and the run's log say why"
