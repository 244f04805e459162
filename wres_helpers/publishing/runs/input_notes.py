"""What is told of a report's inputs though nothing stops: by ``wres check`` of all of them, by ``wres run`` of what it makes anew."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial

from wres_helpers import intake
from wres_helpers.analysis import Evidence
from wres_helpers.checking.doubtful_inputs import doubtful_targets, other_answers
from wres_helpers.intake.texts.narrative_texts import narrative_folder, texts_and_problems, yet_to_be_written
from wres_helpers.intake.year_folder import prepared_facts
from wres_helpers.problems import InputProblems, Problem, collected, noted, settled_as, told_together
from wres_helpers.publishing.pages.page_fonts import sign_notices
from wres_helpers.report.desk.opened_report import OpenReport
from wres_helpers.report.words.figures_in_texts import absent_figures, typed_figures
from wres_helpers.report.words.typed_and_hidden import hidden_figures
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.years import day_told

#: As many files as one note names.
_NAMED = 6


def notes(report: OpenReport, against: Mapping[str, Mapping[str, int]], texts: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the notes about a report's inputs as sentences, as far as these can be read; of figures only where all inputs can.

    `against` tells how many counts were corrected since each of the organisation's final reports; with `texts`, only the figures in them
    are looked at.
    """
    if texts is not None:
        return _sentences(_figures_in_texts(report, texts))
    parameters, texts = report.parameters, {}
    notices: list[Problem] = collected([], intake.input_notices, parameters) or []
    with suppress(InputProblems):  # a folder that cannot be read
        texts = texts_and_problems(parameters)[0]
        notices += sign_notices(parameters)
    if parameters.report.state != "final" and (waiting := yet_to_be_written(texts)):  # of a final report that is wrong
        found, action = f"{len(waiting)} still to be written: {', '.join(waiting)}", "Write them; a draft may wait."
        notices.append(Problem(parameters.shown(narrative_folder(parameters)), "the texts of a final report", action, found=found))
    notices += [*_year_to_come(parameters, date.today()), *_corrected_since(against, parameters)]
    with suppress(InputProblems):
        notices += _figures_in_texts(report, texts)
        notices += doubtful_targets(report.evidence, parameters, partial(_in_the_year, report))
        notices += other_answers(report.evidence, parameters)
        notices += _settled_and_gone(notices, parameters)  # known where all inputs could be read
    return _sentences(notices)


def _settled_and_gone(notices: list[Problem], parameters: Parameters) -> list[Problem]:
    """Return the names under ``settled`` that no note has any more; of many organisations a name may be a note of another one."""
    prepared = map(noted, prepared_facts(parameters.data_folder(), "handled", "note"))  # as its report keeps what ``wres prepare`` told
    told = set(map(settled_as, (*_sentences(notices), *prepared)))
    gone = [name for name in parameters.settled if name not in told]
    if not gone or parameters.wholes is not None:
        return []
    action = "Take it out; where a number in a note changed, the note has another name and is told again."
    return [Problem(parameters.file, "names of notes that are told today", action, column="settled", found=", ".join(gone))]


def _sentences(notices: Iterable[Problem]) -> tuple[str, ...]:
    """Return notices as sentences; what is the same of several files is told once."""
    files: dict[Problem, list[str]] = {}
    for each in notices:
        files.setdefault(replace(each, file=""), []).append(each.file)
    several = {
        each: ", ".join(names[:_NAMED]) + f" and {len(names) - _NAMED} more" * (len(names) > _NAMED) for each, names in files.items()
    }
    return tuple(map(noted, told_together(replace(each, file=names) for each, names in several.items())))


def _figures_in_texts(report: OpenReport, texts: Mapping[str, str]) -> Iterator[Problem]:
    folder = report.parameters.shown(narrative_folder(report.parameters))
    for doubtful in (typed_figures, absent_figures):
        yield from doubtful(texts, lambda name: f"{folder}/{name}.md", lambda: report.evidence)
    yield from hidden_figures(texts, lambda name: f"{folder}/{name}.md", report.parameters.terms, lambda: report.evidence, report.protected)


def _corrected_since(against: Mapping[str, Mapping[str, int]], parameters: Parameters) -> Iterator[Problem]:
    """Give the organisation's final reports that told a board other numbers than the data have now; not the one that this one corrects."""
    report = parameters.report
    own = parameters.shown(parameters.output_folder) if report.state == "final" and report.correction else None
    action = "Run it again with a note of what was corrected (report.correction), or restore the data."
    for folder, told in against.items():
        if folder != own and (corrected := told.get("corrected_since")):
            found = f"a final report made before {corrected} corrected count{'s' * (corrected > 1)}"
            yield Problem(folder, "a report of today's counts", action, found=found)


def _year_to_come(parameters: Parameters, today: date) -> list[Problem]:
    """Return a year whose staff nobody can have counted yet, since its snapshot is still to come."""
    day, staff = parameters.snapshot, parameters.extracts and parameters.extracts.staff
    key = "extracts.staff.snapshot" if staff and staff.snapshot else "year"
    if day <= today.isoformat():
        return []
    found = f"{parameters.year}, whose snapshot of {day_told(day)} is still to come"
    action = "Check the year, and of which day the counts are."
    return [Problem(parameters.file, "a year whose snapshot has been taken", action, column=key, found=found)]


def _in_the_year(report: OpenReport, year: str) -> Evidence:
    """Return the evidence of a report together with that of an earlier year, whose bands are grouped as they were then."""
    master = report.parameters.master.model_copy(update={"previous_year": year, "history": ()})
    return OpenReport(replace(report.parameters, master=master)).evidence
