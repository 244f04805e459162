"""Makes one report: every section, the whole report, its data, receipt and log, swapped in whole; or again after every change of its inputs."""

import datetime
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from wres_helpers.intake import read_narrative
from wres_helpers.intake.named_figures import holds_figures
from wres_helpers.problems import InputProblems, ParameterProblems, Problem, collected
from wres_helpers.publishing.engine.workers import Job
from wres_helpers.publishing.files.receipt import every_input, other_master_file, program_files, write_receipt
from wres_helpers.publishing.files.run_log import RunLog
from wres_helpers.publishing.files.swap import Workspace
from wres_helpers.publishing.files.versions import corrections_told, versions_of
from wres_helpers.publishing.runs import sections as parts
from wres_helpers.publishing.runs.backends import Backend, backend_for
from wres_helpers.publishing.runs.incremental import FIGURES, REPORTS, Plan, code_digest
from wres_helpers.publishing.runs.whole_report import charts_of_two, page_context, report_jobs
from wres_helpers.settings.parameters import Parameters, load_parameters

#: How long a watch waits before it looks again.
_LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Options:
    """What the command line asks of a run beyond the master file."""

    only: tuple[str, ...] = ()
    jobs: int | None = None
    force: bool = False


def make_report(parameters: Parameters, options: Options, log: RunLog, progress: Any, backend: Backend) -> "ReportRun":
    """Make one report and publish it; take over from the last run what nothing has changed.

    Raises InputProblems: something is wrong with the inputs. All of it is told before any kernel starts; the last report is untouched.
    """
    wanted = _wanted(parameters, options)
    with Workspace(parameters.output_folder, parameters.shown(parameters.output_folder)) as workspace:
        report = ReportRun(parameters, options, log, progress, backend, workspace)
        report.decide(wanted)
        report.make()
        report.finish()
    return report


def _wanted(parameters: Parameters, options: Options) -> list[str]:
    unknown = [name for name in options.only if name not in parameters.sections]
    expected, action = f"one of the sections {', '.join(parameters.sections)}", "Give a section's full name."
    ParameterProblems.raise_if_any(Problem("--only", expected, action, found=repr(name)) for name in unknown)
    missing = [name for name in parameters.sections if not parts.notebook_of(name, parameters).is_file()]
    expected, action = "the notebook of the section", "Restore it, or leave the section out of 'sections'."
    InputProblems.raise_if_any(Problem(f"notebooks/{name}.ipynb", expected, action, found="no such file") for name in missing)
    return list(options.only or parameters.sections)


class ReportRun:
    """One report under way, then what became of it: of each section, in the order of the report, and what else went wrong.

    It is ``published`` where it stands in the output folder, ``unchanged`` where that is the last run's, because nothing it is made from has
    changed; ``replaces`` says where that was another master file's; ``kept`` is what lies in the output folders and no run has made.
    """

    def __init__(self, parameters: Parameters, options: Options, log: RunLog, progress: Any, backend: Backend, workspace: Workspace):
        self.parameters = parameters
        self._options = options
        self._log = log
        self._progress = progress
        self._backend = backend
        self._workspace = workspace
        self._context = page_context(parameters)
        self._versions_before = self._versions = versions_of(parameters.output_folder)
        self._started, self._clock = datetime.datetime.now(datetime.UTC), time.perf_counter()
        self.problems: list[str] = []
        self.replaces = other_master_file(parameters)
        self.published = self.unchanged = False

    @property
    def sections(self) -> list[parts.SectionMade]:
        return self._plan.sections

    @property
    def failed(self) -> list[parts.SectionMade]:
        return [section for section in self.sections if section.outcome == parts.FAILED]

    @property
    def succeeded(self) -> bool:
        """Whether everything that was asked for came out."""
        return self.published and not self.failed and not self.problems

    def decide(self, wanted: list[str]) -> None:
        """Decide what is taken over from the last report and what is made. Raises InputProblems where inputs cannot be read."""
        problems: list[Problem] = []  # told with everything else that is wrong
        texts = collected(problems, read_narrative, self.parameters) or {}
        plan = partial(Plan, self.parameters, self._workspace.building, self._backend.engine, texts, wanted, self._options.force)
        self._plan = plan(self._context)
        if self._plan.executions:
            self._backend.prepare(self.parameters, self._plan.keys.figures)
            if self.parameters.report.state == "final" and self._is_corrected():
                self._plan = plan(self._context)  # every page says so
        elif self._plan.texts_changed:
            InputProblems.raise_if_any(problems)

    def _is_corrected(self) -> bool:
        """Take the report for its next version where its figures changed; tell whether pages say anything new of that."""
        from wres_helpers.publishing.runs.prepared_report import prepared_for, versions_with

        self._versions = versions_with(prepared_for(self.parameters).report, self._versions_before)
        before, self._context = self._context, replace(self._context, corrections=corrections_told(self._versions))
        if self.parameters.report.correction and not self._context.corrections:
            self._log.say("The note report.correction is not printed, because no figure of a final report changed.")
        return self._context != before

    def make(self) -> None:
        """Make sections and figures, then the whole report."""
        plan = self._plan
        if self._stands():
            return
        if not plan.executions:
            if holds_figures(plan.texts):  # the pages read below are written from them
                self._backend.prepare(self.parameters, plan.keys.figures)
            self._backend.warm_up(pages_alone=True)
        for made in plan.read_pages():
            self._take_section(made)
        if self._progress is not None:
            self._progress.reset(total=len(plan.executions) + len(plan.renewals) + 3)
        # where texts alone are new, the whole report is made beside the pages that show them: it will most likely hold them all
        beside = self._report_jobs() if plan.renewals and not plan.executions else []
        self._do([*beside[:1], *plan.executions, *plan.renewals, *beside[1:]])
        if not beside or any(not plan.made[job.name].present for job in plan.renewals):
            self._do(self._report_jobs())

    def _stands(self) -> bool:
        """Take the whole report over where all of its sections stand as they were; tell whether it was."""
        plan = self._plan
        if (
            plan.executions
            or any(made.outcome != parts.REUSED for made in self.sections)
            or not plan.taken_over(REPORTS, plan.reports_key())
        ):
            return False
        self.unchanged = plan.entries.keys() == plan.last.parts.keys() and not plan.texts_changed and plan.last.is_complete
        return True

    def _report_jobs(self) -> list[Job]:
        self.problems = [told for told in self.problems if told.startswith(FIGURES)]
        self._plan.entries.pop(REPORTS, None)
        if not any(section.present for section in self.sections):
            return []
        supplied = self._plan.entries.get(FIGURES, {}).get("supplied", {})
        jobs = report_jobs(self.sections, self.parameters, self._workspace.building, self._context, supplied)
        self._plan.stands(REPORTS, self._plan.reports_key(), [job.name for job in jobs])
        for told in charts_of_two(self.sections):
            self.problems.append(told)
            self._log.say(f"FAILED: {told}")
        return jobs

    def _do(self, jobs: list[Job]) -> None:
        for done in self._backend.run(jobs):
            name = done.job.name
            if name in self.parameters.sections:
                self._take_section(done.result or parts.SectionMade(name, parts.FAILED, message=done.error))
            elif done.error:
                self._plan.entries.pop(REPORTS if name != FIGURES else FIGURES, None)
                self.problems.append(f"{name}: {done.error}")
                self._log.say(f"{name}: FAILED: {done.error}")
            else:
                if name == FIGURES:
                    files, more = done.result
                    self._plan.stands(name, self._plan.keys.figures, list(files), **more)
                self._log.note(f"{name}: written")
            if self._progress is not None:
                self._progress.update(1)

    def _take_section(self, made: parts.SectionMade) -> None:
        self._plan.take(made)
        told = f"{made.outcome} in {made.seconds:.1f} s" if made.present else f"FAILED: {made.message}"
        self._log.say(f"{made.section}: {told}")

    def finish(self) -> None:
        """Write receipt and log, and swap the report in, unless nothing changed or there is nothing to publish."""
        if self.replaces and not self.unchanged:
            self._log.say(self.replaces)
        self.seconds, self.kept = time.perf_counter() - self._clock, self._workspace.kept()
        if self.kept:
            self._log.say(f"Kept, because no run has made it: {', '.join(self.kept)}")
        if self.unchanged:
            self.published = True
            return
        present = any(section.present for section in self.sections)
        is_better = self._write_receipt() == "complete" or self._options.force or not self._plan.last.is_complete
        if present and is_better:
            self._workspace.publish()
            self._workspace.clear_failed()
            self.published = True
            return
        if present:
            why = (
                "is not"
                if self.failed or self.problems
                else "has only some of its sections, since the others changed and were not asked for (--only)"
            )
            self._log.say(f"The last report is complete and stays, because this one {why}. With --force this one takes its place as it is.")
        self._workspace.keep_failed()

    def _write_receipt(self) -> str:
        whole = all(section.present for section in self.sections) and not self.problems
        outcome = "complete" if whole else "incomplete"
        run = {
            "started": self._started.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 2),
            "outcome": outcome,
            "engine": self._backend.engine,
            "workers": self._backend.workers,
            "versions": self._versions if outcome == "complete" else self._versions_before,
            "sections": [section.told for section in self.sections],
        }
        write_receipt(self._workspace.building, self.parameters, run, self._plan.entries)
        self._log.note(f"{outcome} after {self.seconds:.1f} s")
        self._log.write(self._workspace.building / "run.log")
        return outcome


def watch(params: Path, options: Options, audience: str | None) -> int:
    """Make the report, then again after every change, until Ctrl-C; return the exit code of the last run."""
    parameters = load_parameters(params, audience=audience)
    code = code_digest()
    succeeded = False
    backend = backend_for(parameters, options.jobs)
    try:
        while True:
            seen = _stamps(parameters)
            try:
                parameters = load_parameters(params, audience=audience)
                report = make_report(parameters, options, RunLog(parameters.project), None, backend)
                succeeded = report.succeeded
                said = "nothing to do" if report.unchanged else f"report made in {report.seconds:.1f} s"
            except InputProblems as error:
                succeeded = False
                said = f"{error}\nThe last report is untouched"
            print(f"{said}; watching for changes, Ctrl-C ends", file=sys.stderr, flush=True)
            before, now = seen, _stamps(parameters)
            while now == seen or now != before:  # an editor may write a file in several steps
                time.sleep(_LOOK_SECONDS)
                before, now = now, _stamps(parameters)
            if code_digest() != code:  # what was imported is no longer the pack's own code
                print("The pack's code has changed; starting again.", file=sys.stderr, flush=True)
                os.execv(sys.executable, [sys.executable, "-m", "wres_helpers", *sys.argv[1:]])
    except KeyboardInterrupt:
        return 0 if succeeded else 1


def _stamps(parameters: Parameters) -> dict[Path, tuple[int, int]]:
    """Return time and size of every input, notebook and file of the pack."""
    stamps = {}
    for path in (*every_input(parameters), *program_files(parameters.project)):
        with suppress(FileNotFoundError):
            stamp = path.stat()
            stamps[path] = (stamp.st_mtime_ns, stamp.st_size)
    return stamps
