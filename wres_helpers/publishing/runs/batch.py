"""Makes one report: every section, the whole report, its data, receipt and log, swapped in whole."""

import datetime
import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from wres_helpers.intake import read_narrative
from wres_helpers.intake.named_figures import holds_figures
from wres_helpers.problems import InputProblems, ParameterProblems, Problem
from wres_helpers.publishing.engine.workers import Job
from wres_helpers.publishing.files.receipt import write_receipt
from wres_helpers.publishing.files.run_log import RunLog
from wres_helpers.publishing.files.swap import Workspace
from wres_helpers.publishing.files.versions import corrections_told, next_versions, versions_of
from wres_helpers.publishing.runs import sections as parts
from wres_helpers.publishing.runs.backends import Backend
from wres_helpers.publishing.runs.incremental import FIGURES, REPORTS, Plan
from wres_helpers.publishing.runs.whole_report import page_context, report_jobs
from wres_helpers.settings.parameters import Parameters


@dataclass(frozen=True)
class Options:
    """What the command line asks of a run beyond the master file."""

    only: tuple[str, ...] = ()
    jobs: int | None = None
    force: bool = False


@dataclass
class Report:
    """What became of a run: of each section, in the order of the report, and what else went wrong.

    It is ``published`` where it stands in the output folder, ``unchanged`` where that is the last run's, because nothing it is made from has
    changed; ``kept`` is what lies in the output folders and no run has made.
    """

    parameters: Parameters
    sections: list[parts.SectionMade] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    published: bool = False
    unchanged: bool = False
    kept: list[str] = field(default_factory=list)
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
    """Make one report and publish it; take over from the last run what nothing has changed.

    Raises InputProblems: something is wrong with the inputs. All of it is told before any kernel starts; the last report is untouched.
    """
    report = Report(parameters)
    wanted = _wanted(parameters, options)
    with Workspace(parameters.output_folder, parameters.shown(parameters.output_folder)) as workspace:
        run = _Run(report, options, log, progress, backend, workspace)
        run.decide(wanted)
        run.make()
        run.finish()
    return report


def _wanted(parameters: Parameters, options: Options) -> list[str]:
    unknown = [name for name in options.only if name not in parameters.sections]
    expected, action = f"one of the sections {', '.join(parameters.sections)}", "Give a section's full name."
    ParameterProblems.raise_if_any(Problem("--only", expected, action, found=repr(name)) for name in unknown)
    missing = [name for name in parameters.sections if not parts.notebook_of(name, parameters).is_file()]
    expected, action = "the notebook of the section", "Restore it, or leave the section out of 'sections'."
    InputProblems.raise_if_any(Problem(f"notebooks/{name}.ipynb", expected, action, found="no such file") for name in missing)
    return list(options.only or parameters.sections)


class _Run:
    """One report under way."""

    def __init__(self, report: Report, options: Options, log: RunLog, progress: Any, backend: Backend, workspace: Workspace):
        self.report = report
        self.options = options
        self.parameters = report.parameters
        self.log = log
        self.progress = progress
        self.backend = backend
        self.workspace = workspace
        self.context = page_context(self.parameters)
        self.versions_before = self.versions = versions_of(self.parameters.output_folder)
        self.started = datetime.datetime.now(datetime.UTC)
        self.clock = time.perf_counter()

    def decide(self, wanted: list[str]) -> None:
        """Decide what is taken over from the last report and what is made. Raises InputProblems where inputs cannot be read."""
        problems: tuple[Problem, ...] = ()
        try:
            texts = read_narrative(self.parameters)
        except InputProblems as error:
            texts, problems = {}, error.problems  # told with everything else that is wrong
        plan = partial(Plan, self.parameters, self.workspace.building, self.backend.engine, texts, wanted, self.options.force)
        self.plan = plan(self.context)
        # also where no page is made anew: a mistake in an input that no page shows is told all the same
        if self.plan.executions or self.plan.more_than_texts_changed:
            self.backend.prepare(self.parameters, self.plan.keys.figures())
            if self.parameters.report.state == "final" and self._is_corrected():
                self.plan = plan(self.context)  # every page says so
        elif problems and self.plan.texts_changed:
            raise InputProblems(problems)

    def _is_corrected(self) -> bool:
        """Take the report for its next version where its figures changed; tell whether pages say anything new of that."""
        from wres_helpers.publishing.runs.prepared_report import board_figures, superseded_words

        figures, told = board_figures(self.parameters), partial(superseded_words, self.parameters)
        self.versions = next_versions(self.versions_before, figures, told, self.parameters, self.context.generated)
        before, self.context = self.context, replace(self.context, corrections=corrections_told(self.versions))
        if self.parameters.report.correction and not self.context.corrections:
            self.log.say("The note report.correction is not printed, because no figure of a final report changed.")
        return self.context != before

    def make(self) -> None:
        """Make sections and figures, then the whole report."""
        plan = self.plan
        if self._stands():
            return
        if not plan.executions:
            if holds_figures(plan.texts):  # the pages read below are written from them
                self.backend.prepare(self.parameters, plan.keys.figures())
            self.backend.warm_up(pages_alone=True)
        for made in plan.read_pages():
            self._take_section(made)
        if self.progress is not None:
            self.progress.reset(total=len(plan.executions) + len(plan.renewals) + 3)
        # where texts alone are new, the whole report is made beside the pages that show them: it will most likely hold them all
        beside = self._report_jobs() if plan.renewals and not plan.executions else []
        self._do([*beside[:1], *plan.executions, *plan.renewals, *beside[1:]])
        if not beside or any(not plan.made[job.name].present for job in plan.renewals):
            self._do(self._report_jobs())

    def _stands(self) -> bool:
        """Take the whole report over where all of its sections stand as they were; tell whether it was."""
        plan = self.plan
        if plan.executions or any(made.outcome != parts.REUSED for made in plan.made.values()):
            return False
        self.report.sections = [plan.made[name] for name in self.parameters.sections]
        if not plan.taken_over(REPORTS, self._reports_key()):
            return False
        unchanged = plan.entries.keys() == plan.previous.receipt["parts"].keys() and not plan.texts_changed
        self.report.unchanged = unchanged and plan.previous.is_complete
        return True

    def _report_jobs(self) -> list[Job]:
        self.report.sections = [self.plan.made[name] for name in self.parameters.sections]
        self.report.problems = [told for told in self.report.problems if told.startswith(FIGURES)]
        self.plan.entries.pop(REPORTS, None)
        if not any(section.present for section in self.report.sections):
            return []
        jobs = report_jobs(self.report.sections, self.parameters, self.workspace.building, self.context)
        self.plan.stands(REPORTS, self._reports_key(), [job.name for job in jobs])
        return jobs

    def _reports_key(self) -> str:
        keys, entries = self.plan.keys, self.plan.entries
        return keys.reports(
            (part.section, "", part.key, keys.texts(entries[part.section]["texts"]))
            if part.present
            else (part.section, part.outcome, "", {})
            for part in self.report.sections
        )

    def _do(self, jobs: list[Job]) -> None:
        for done in self.backend.run(jobs):
            name = done.job.name
            if name in self.parameters.sections:
                self._take_section(done.result or parts.SectionMade(name, parts.FAILED, message=done.error))
            elif done.error:
                self.plan.entries.pop(REPORTS if name != FIGURES else FIGURES, None)
                self.report.problems.append(f"{name}: {done.error}")
                self.log.say(f"{name}: FAILED: {done.error}")
            else:
                if name == FIGURES:
                    files, disclosure = done.result
                    self.plan.stands(name, self.plan.keys.figures(), list(files), disclosure=disclosure)
                self.log.note(f"{name}: written")
            if self.progress is not None:
                self.progress.update(1)

    def _take_section(self, made: parts.SectionMade) -> None:
        self.plan.take(made)
        told = f"{made.outcome} in {made.seconds:.1f} s" if made.present else f"FAILED: {made.message}"
        self.log.say(f"{made.section}: {told}")

    def finish(self) -> None:
        """Write receipt and log, and swap the report in, unless nothing changed or there is nothing to publish."""
        self.report.seconds = time.perf_counter() - self.clock
        self.report.kept = self.workspace.kept()
        if self.report.kept:
            self.log.say(f"Kept, because no run has made it: {', '.join(self.report.kept)}")
        if self.report.unchanged:
            self.report.published = True
            return
        present = any(section.present for section in self.report.sections)
        is_better = self._write_receipt() == "complete" or self.options.force or not self.plan.previous.is_complete
        if present and is_better:
            self.workspace.publish()
            self.workspace.clear_failed()
            self.report.published = True
            return
        if present:
            self.log.say("The last report is complete and stays, because this one is not. --force publishes this one.")
        self.workspace.keep_failed()

    def _write_receipt(self) -> str:
        building, report = self.workspace.building, self.report
        outcome = "complete" if not report.failed and not report.problems else "incomplete"
        run = {
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(report.seconds, 2),
            "outcome": outcome,
            "engine": self.backend.engine,
            "workers": self.backend.workers,
            "versions": self.versions if outcome == "complete" else self.versions_before,
            "sections": [section.told for section in report.sections],
        }
        write_receipt(building, self.parameters, run, self.plan.entries)
        self.log.note(f"{outcome} after {report.seconds:.1f} s")
        self.log.write(building / "run.log")
        return outcome
