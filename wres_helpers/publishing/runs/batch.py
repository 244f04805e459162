"""Makes one report: every section, the whole report, its data, receipt and log, swapped in whole; what nothing has changed is taken over."""

import datetime
import shutil
import time
from dataclasses import dataclass, replace
from typing import Any

from wres_helpers.intake import read_narrative
from wres_helpers.intake.texts.named_figures import holds_figures, types_figures
from wres_helpers.problems import InputProblems, ParameterProblems, Problem, collected, unsettled
from wres_helpers.publishing.engine.workers import Job
from wres_helpers.publishing.files.receipt import other_master_file, write_receipt
from wres_helpers.publishing.files.run_log import RunLog
from wres_helpers.publishing.files.swap import Workspace
from wres_helpers.publishing.files.versions import corrections_told, versions_of
from wres_helpers.publishing.runs import sections as parts
from wres_helpers.publishing.runs.backends import Backend
from wres_helpers.publishing.runs.incremental import FIGURES, REPORTS, TEXTS, Keys, LastReport
from wres_helpers.publishing.runs.whole_report import charts_of_two, page_context, report_jobs
from wres_helpers.settings.parameters import Parameters


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
    changed; ``replaces`` says where that was another master file's; ``kept`` is what lies in the output folders and no run has left there so.
    """

    def __init__(self, parameters: Parameters, options: Options, log: RunLog, progress: Any, backend: Backend, workspace: Workspace):
        self.parameters = parameters
        self._options = options
        self._log = log
        self._progress = progress
        self._backend = backend
        self._workspace = workspace
        self._context = page_context(parameters)
        self._last = LastReport(parameters.output_folder)
        self._versions_before = self._versions = versions_of(parameters.output_folder)
        self._started, self._clock = datetime.datetime.now(datetime.UTC), time.perf_counter()
        self.problems: list[str] = []
        self.replaces = other_master_file(parameters)
        self.published = self.unchanged = False

    @property
    def sections(self) -> list[parts.SectionMade]:
        return [self._made[name] for name in self.parameters.sections if name in self._made]

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
        self._texts = collected(problems, read_narrative, self.parameters) or {}
        self._take_over(wanted)
        if self._executions:
            self._tell_notes(self._backend.prepare(self.parameters, self._keys.figures))
            if self.parameters.report.state == "final" and self._is_corrected():
                self._take_over(wanted)  # every page says so
        elif self._texts_changed:
            InputProblems.raise_if_any(problems)

    def _take_over(self, wanted: list[str]) -> None:
        """Take over the sections and figures that nothing has changed; note what has to be executed, and what the receipt will say of each."""
        self._keys = Keys(self.parameters, self._context)
        self._entries: dict[str, dict[str, Any]] = {TEXTS: {"texts": self._keys.texts, "files": []}}
        self._made: dict[str, parts.SectionMade] = {}  # of sections with new texts, what they are if nothing fails
        self._executions: list[Job] = []
        for name in self.parameters.sections:
            key = self._keys.section(name)
            if self._taken_over(name, key, self._options.force and name in wanted):
                outcome = parts.REUSED if self._keys.are_shown(self._entries[name]) else parts.NEW_TEXTS
                self._made[name] = parts.SectionMade(name, outcome, files=tuple(self._entries[name]["files"]), key=key)
            elif name in wanted:
                self._executions.append(Job(name, parts.make_section, (self._order(name, key),)))
            else:
                self._made[name] = parts.SectionMade(name, parts.LEFT_OUT, message="it was not asked for in this run (--only)")
        if not self._taken_over(FIGURES, self._keys.figures, self._options.force):
            from wres_helpers.publishing.runs.prepared_report import write_figures

            # the longest job first, so that no worker waits for it at the end
            self._executions.insert(0, Job(FIGURES, write_figures, (self._workspace.building, self.parameters)))

    def _taken_over(self, part: str, key: str, anew: bool = False) -> bool:
        """Copy a part from the last report if it was made with the same key and is whole; tell whether it was."""
        entry = None if anew else self._last.part(part, key)
        for file in entry["files"] if entry else ():
            target = self._workspace.building / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._last.folder / file, target)
        if entry:
            self._entries[part] = entry
        return entry is not None

    def _order(self, name: str, key: str) -> parts.SectionOrder:
        return parts.SectionOrder(name, self.parameters, self._workspace.building, self._backend.engine, self._context, key, self._texts)

    @property
    def _texts_changed(self) -> bool:
        """Whether any text differs from those of the last report, also one that no page shows."""
        return self._last.texts != self._keys.texts

    def _is_corrected(self) -> bool:
        """Take the report for its next version where its figures changed; tell whether pages say anything new of that."""
        from wres_helpers.publishing.runs.prepared_report import prepared_for, versions_with

        self._versions = versions_with(prepared_for(self.parameters), self._versions_before)
        before, self._context = self._context, replace(self._context, corrections=corrections_told(self._versions))
        if self.parameters.report.correction and not self._context.corrections:
            self._log.say("The note report.correction is not printed, because no figure of a final report changed.")
        return self._context != before

    def _tell_notes(self, just_prepared: bool, texts: dict[str, str] | None = None) -> None:
        """Say what ``wres check`` notes of all inputs, which is known where they have just been prepared, or of some texts alone."""
        from wres_helpers.publishing.runs import input_notes, prepared_report

        prepared = prepared_report.prepared_for(self.parameters)
        notes = prepared.notes if just_prepared and texts is None else input_notes.notes(prepared.report, prepared.against, texts)
        for note in unsettled(notes, self.parameters.settled):
            self._log.say(note)

    def make(self) -> None:
        """Make sections and figures, then the whole report."""
        if self._stands():
            return
        if not self._executions:
            new = {name: text for name, text in self._texts.items() if self._last.texts.get(name) != self._keys.texts.get(name)}
            # the pages read below are written from figures in braces; typed ones are held to the rows
            if holds_figures(self._texts) or types_figures(new):
                self._tell_notes(self._backend.prepare(self.parameters, self._keys.figures), new)
            self._backend.warm_up(pages_alone=True)
        renewals = self._renewals()
        if self._progress is not None:
            self._progress.reset(total=len(self._executions) + len(renewals) + 3)
        # where texts alone are new, the whole report is made beside the pages that show them: it will most likely hold them all
        beside = self._report_jobs() if renewals and not self._executions else []
        self._do([*beside[:1], *self._executions, *renewals, *beside[1:]])
        if not beside or any(not self._made[job.name].present for job in renewals):
            self._do(self._report_jobs())
        board = self._workspace.building / "board"
        formats = tuple(form for form in self._context.formats if (board / form[1]).is_file())
        if formats != self._context.formats and (board / "report.html").is_file():  # one was refused: the page does not lead to it
            self._context = replace(self._context, formats=formats)
            self._do([job for job in self._jobs() if job.name == "board/report.html"])

    def _stands(self) -> bool:
        """Take the whole report over where all of its sections stand as they were; tell whether it was."""
        as_they_were = not self._executions and all(made.outcome == parts.REUSED for made in self.sections)
        if not as_they_were or not self._taken_over(REPORTS, self._reports_key()):
            return False
        self.unchanged = self._entries.keys() == self._last.parts.keys() and not self._texts_changed and self._last.is_complete
        return True

    def _renewals(self) -> list[Job]:
        """Read the pages of sections whose notebooks were executed before, with today's texts; return what writes those that are new."""
        renewals = []
        for made in [section for section in self.sections if section.present]:
            order = self._order(made.section, made.key)
            try:
                self._made[made.section] = read = replace(made, pages=parts.read_pages(order))
            except InputProblems as error:
                self._take(parts.SectionMade(made.section, parts.FAILED, message=str(error)))
                continue
            if read.outcome == parts.NEW_TEXTS:
                renewals.append(Job(made.section, parts.make_section, (order, read)))
        return renewals

    def _reports_key(self) -> str:
        """Return the key of the whole report: section, outcome, key and texts of each part, in order."""
        texts = {name: self._keys.shown(entry.get("texts", ())) for name, entry in self._entries.items()}
        known = [(each.section, "" if each.present else each.outcome, each.key, texts.get(each.section, {})) for each in self.sections]
        return self._keys.reports(known)

    def _report_jobs(self) -> list[Job]:
        self.problems = [told for told in self.problems if told.startswith(FIGURES)]
        self._entries.pop(REPORTS, None)
        if not any(section.present for section in self.sections):
            return []
        jobs = self._jobs()
        self._entries[REPORTS] = {"key": self._reports_key(), "files": [job.name for job in jobs]}
        for told in charts_of_two(self.sections):
            self.problems.append(told)
            self._log.say(f"FAILED: {told}")
        return jobs

    def _jobs(self) -> list[Job]:
        supplied = self._entries.get(FIGURES, {}).get("supplied", {})
        return report_jobs(self.sections, self.parameters, self._workspace.building, self._context, supplied)

    def _do(self, jobs: list[Job]) -> None:
        for done in self._backend.run(jobs):
            name = done.job.name
            if name in self.parameters.sections:
                self._take(done.result or parts.SectionMade(name, parts.FAILED, message=done.error))
            elif done.error:
                self._entries.pop(REPORTS if name != FIGURES else FIGURES, None)
                self.problems.append(f"{name}: {done.error}")
                self._log.say(f"{name}: FAILED: {done.error}")
            else:
                if name == FIGURES:
                    files, more = done.result
                    self._entries[name] = {"key": self._keys.figures, **more, "files": list(files)}
                self._log.note(f"{name}: written")
            if self._progress is not None:
                self._progress.update(1)

    def _take(self, made: parts.SectionMade) -> None:
        """Note what became of a section, and for the receipt the texts it shows."""
        before = self._made.get(made.section)
        self._made[made.section] = made
        if made.present:
            names = sorted({name for page in made.pages.values() for name in page.text_names})
            self._entries[made.section] = {"key": made.key, "texts": self._keys.shown(names), "files": list(made.files)}
        elif before is not None:
            for file in before.files:  # pages of the last run never stand beside a report that lacks the section
                (self._workspace.building / file).unlink(missing_ok=True)
            self._entries.pop(made.section, None)
        told = f"{made.outcome} in {made.seconds:.1f} s" if made.present else f"FAILED: {made.message}"
        self._log.say(f"{made.section}: {told}")

    def finish(self) -> None:
        """Write receipt and log, and swap the report in, unless nothing changed or there is nothing to publish."""
        if self.replaces and not self.unchanged:
            self._log.say(self.replaces)
        self.seconds, self.kept = time.perf_counter() - self._clock, self._workspace.kept()
        if self.kept:
            self._log.say(f"Kept, because no run has left it so: {', '.join(self.kept)}")
        if self.unchanged:
            self.published = True
            return
        present = any(section.present for section in self.sections)
        is_better = self._write_receipt() == "complete" or self._options.force or not self._last.is_complete
        if present and is_better:
            self._workspace.publish()
            self.published = True
            return
        if present:
            partial = "has only some of its sections, since the others changed and were not asked for (--only)"
            why = "is not" if self.failed or self.problems else partial
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
        write_receipt(self._workspace.building, self.parameters, run, self._entries)
        self._log.note(f"{outcome} after {self.seconds:.1f} s")
        self._log.write(self._workspace.building / "run.log")
        return outcome
