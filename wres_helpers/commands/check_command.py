"""``wres check``: validates parameters and data, reconciles printed figures, and tries whether a board's copy can be protected.

No notebook runs, and nothing is written.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from wres_helpers import intake
from wres_helpers.analysis.targets import NOT_IN_DATA, SHARE
from wres_helpers.checking import FINDING_COLUMNS, blocking, reconcile
from wres_helpers.checking.check_findings import CANNOT_CHECK, CONTRADICTS, VERDICTS
from wres_helpers.commands.disclosure_command import disclosure_command
from wres_helpers.commands.terminal import text_table
from wres_helpers.intake.narrative_texts import narrative_folder, texts_and_problems, yet_to_be_written
from wres_helpers.intake.own_targets import MODEL_EMPLOYER
from wres_helpers.intake.supplied_counts import NO_HEADCOUNT
from wres_helpers.problems import InputProblems, ParameterProblems, Problem, collected, told_together
from wres_helpers.publishing.runs.prepared_report import check_publication, read_inputs
from wres_helpers.report.evidence_rows import where
from wres_helpers.report.figures_in_texts import absent_figures, typed_figures
from wres_helpers.report.opened_report import OpenReport
from wres_helpers.settings.master_file_reader import load_parameters, reports_in
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.years import day_told

#: Keys without which nobody knows where the data are and what they mean.
_WHERE_DATA_ARE = ("organisation", "organisations", "year", "years", "previous_year", "standard", "folders")
#: As many files as one note names.
_NAMED = 6


def check_command(params: Path, as_json: bool, disclosure: bool = False, policy: Sequence[str] = (), against: Path | None = None) -> int:
    """Print the findings; return 1 where a contradiction changes a conclusion, or is one of supplied tables, and nobody has acknowledged it.

    With `disclosure`, or a value of its `policy` or an earlier publication to hold it `against`, see :mod:`.disclosure_command`.

    Raises InputProblems: the parameters or the data are wrong; nothing can be reconciled then. Of many organisations, the others are
    checked all the same.
    """
    if disclosure or policy or against:
        return disclosure_command(params, policy, against)
    try:
        reports = reports_in(params)
    except ParameterProblems as error:
        raise ParameterProblems([*error.problems, *_wrong_besides(params, error)]) from None
    found, blocking, problems, many = [], False, list[Problem](), reports[0].wholes is not None
    for parameters in reports:
        named = {"organisation": parameters.organisation.code, "year": parameters.year} if many else {}
        if many and not as_json:
            print(f"\n{' '.join(named.values())}")
        try:
            findings, blocks = _checked(parameters, as_json)
        except InputProblems as error:
            if not many:
                raise
            problems += error.problems
            _tell(error.notes)
            continue
        found += [finding | named for finding in findings]
        blocking |= blocks
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
    if blocking:
        told = "A contradiction changes a conclusion, or sets two supplied tables against each other."
        _tell([f"{told} Correct it, or acknowledge it in the master file (acknowledgements)."])
    InputProblems.raise_if_any(problems)
    return 1 if blocking else 0


def _wrong_besides(params: Path, error: ParameterProblems) -> list[Problem]:
    """Return what is wrong with the data of a report whose master file is wrong, where they can be found all the same."""
    keys = {(problem.column or "").split(".")[0] for problem in error.problems}
    problems: list[Problem] = []
    parameters = None if keys & {"", *_WHERE_DATA_ARE} else collected([], load_parameters, params, without=keys)
    if parameters is not None:
        collected(problems, read_inputs, parameters, figures_may_stand_alone=True)
        if "extracts" in keys:  # which may be read directly, so that no table need be there
            problems = [problem for problem in problems if problem.expected != NO_HEADCOUNT]
    return problems


def _checked(parameters: Parameters, as_json: bool) -> tuple[list[dict[str, Any]], bool]:
    report, against = OpenReport(parameters), dict[str, dict[str, int]]()
    try:
        if prepared := check_publication(parameters):
            report, against = prepared.report, prepared.against
        findings = report.findings if prepared else reconcile(*read_inputs(parameters, figures_may_stand_alone=True), parameters)
    except InputProblems as error:  # a file that nobody reads may be the one that is missing
        error.notes = _noted(parameters, report, against)
        raise
    _tell(_noted(parameters, report, against))
    told = findings[list(FINDING_COLUMNS)].to_dict("records")
    if not as_json:
        print_findings(told)
    return told, not blocking(findings).empty


def _tell(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)


def _noted(parameters: Parameters, report: OpenReport, against: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """Return the notes about a report's inputs as sentences; what is the same of several files is told once."""
    files: dict[Problem, list[str]] = {}
    for each in [*_notices(parameters, report), *_corrected_since(against)]:
        files.setdefault(replace(each, file=""), []).append(each.file)
    several = {
        each: ", ".join(names[:_NAMED]) + f" and {len(names) - _NAMED} more" * (len(names) > _NAMED) for each, names in files.items()
    }
    return tuple(f"Note: {told}" for told in told_together(replace(each, file=names) for each, names in several.items()))


def _notices(parameters: Parameters, report: OpenReport) -> list[Problem]:
    """Return what is worth knowing about the inputs, as far as they can be read; of figures in texts only where all can."""
    notices: list[Problem] = collected([], intake.input_notices, parameters) or []
    folder, texts = parameters.shown(narrative_folder(parameters)), {}
    with suppress(InputProblems):  # a folder that cannot be read
        texts = texts_and_problems(parameters)[0]
    if parameters.report.state != "final" and (waiting := yet_to_be_written(texts)):  # of a final report that is wrong
        found, action = f"{len(waiting)} still to be written: {', '.join(waiting)}", "Write them; a draft may wait."
        notices.append(Problem(folder, "the texts of a final report", action, found=found))
    notices += _year_to_come(parameters, date.today())
    with suppress(InputProblems):
        for doubtful in (typed_figures, absent_figures):
            notices += doubtful(texts, lambda name: f"{folder}/{name}.md", lambda: report.evidence)
        notices += _doubtful_targets(report) + _bands_untold(report)
    return notices


def _bands_untold(report: OpenReport) -> list[Problem]:
    """Return that a board would see no pay band by itself, where several were counted: indicator 1 would be one row for all staff."""
    bands = {"measure": "share_of_grade", "breakdown": "grade", "year": report.parameters.year}
    counted, told = (int(where(each.results, bands)["bme_rate"].notna().sum()) for each in (report.evidence, report.protected()))
    if counted < 2 or told:
        return []
    found, action = f"{counted} pay bands, none of which may be told by itself", "`wres check --disclosure` says which counts are small."
    return [Problem(report.parameters.file, "pay bands that a board may see", action, column="disclosure", found=found)]


def _corrected_since(against: Mapping[str, Mapping[str, int]]) -> list[Problem]:
    """Return the organisation's final reports that told a board other numbers than the data have now."""
    action = "Run it again with a note of what was corrected (report.correction), or restore the data."
    return [
        Problem(
            folder,
            "a report of today's counts",
            action,
            found=f"a final report made before {corrected} corrected count{'s' * (corrected > 1)}",
        )
        for folder, found in against.items()
        if (corrected := found.get("corrected_since"))
    ]


def _year_to_come(parameters: Parameters, today: date) -> list[Problem]:
    """Return a year whose staff nobody can have counted yet, since its snapshot is still to come."""
    day, staff = parameters.snapshot, parameters.extracts and parameters.extracts.staff
    key = "extracts.staff.snapshot" if staff and staff.snapshot else "year"
    if day <= today.isoformat():
        return []
    found = f"{parameters.year}, whose snapshot of {day_told(day)} is still to come"
    action = "Check the year, and of which day the counts are."
    return [Problem(parameters.file, "a year whose snapshot has been taken", action, column=key, found=found)]


def _doubtful_targets(report: OpenReport) -> list[Problem]:
    """Return targets about a part that this year's data do not have, and starts that the data of their year have otherwise.

    Bands of the preset may be without one another.
    """
    path = report.parameters.data_folder().parent / "targets.csv"
    if not path.is_file():
        return []
    shown, results, own = report.parameters.shown(path), report.evidence.results, report.evidence.context.own.targets
    named, problems = set(own.loc[own["measure"].ne(MODEL_EMPLOYER), "target"]), []
    for row in report.evidence.targets.itertuples():
        place = {"year": row.start_year, "measure": row.measure, "breakdown": row.breakdown, "category": row.category}
        began = where(results, place)
        if began.empty and row.start_year in report.parameters.history and row.start == row.start:  # its bands are grouped there
            master = report.parameters.master.model_copy(update={"previous_year": row.start_year, "history": ()})
            began = where(OpenReport(replace(report.parameters, master=master)).evidence.results, place)
        began = began["bme_rate" if row.of == SHARE else "value"]
        ratio = row.of != SHARE and row.comparison == "ratio"
        if row.reason == NOT_IN_DATA and row.target in named:
            expected, action = "a breakdown and a category of this year's data", "Correct the two cells, or leave both empty for the whole."
            found = f"'{row.category}' of '{row.breakdown}' for '{row.target}'"
            problems.append(Problem(shown, expected, action, column="category", found=found))
        elif len(began) and abs(began.iloc[0] - row.start) > _rounding(row.start, ratio):
            was, typed = (f"{value:.2f}" if ratio else f"{value:.1%}" for value in (began.iloc[0], row.start))
            expected = f"{was}, as the data of {row.start_year} have it"
            action = "Correct the start, or its year: the path to the goal begins there."
            problems.append(Problem(shown, expected, action, column="start", found=f"{typed} for '{row.target}'"))
    return problems


def _rounding(typed: float, ratio: bool) -> float:
    """Return how far a figure may lie from one that was typed rounded: to one decimal or a whole percentage, or else to the digits of a page."""
    coarse, fine = (0.05, 0.01) if ratio else (0.005, 0.001)
    return coarse if round(typed, 1 if ratio else 2) == typed else fine


def print_findings(findings: list[dict[str, Any]]) -> None:
    """Print the table of what contradicts, cannot be checked or was cut off, and one line that sums all findings up."""
    # a figure that agrees only because it was cut off is shown too
    shown = [finding for finding in findings if finding["verdict"] in (CONTRADICTS, CANNOT_CHECK) or finding["diagnosis"]]
    if shown:
        headings = ("Verdict", "Rank", "Where", "Found", "Expected", "Why", "Identifier")
        rows = [_row(finding) for finding in shown]
        print(text_table(headings, rows, widest=32) + "\n")
    counts = Counter(finding["verdict"] for finding in findings)
    said = ", ".join(f"{counts[verdict]} {verdict.replace('_', ' ')}" for verdict in VERDICTS if counts[verdict])
    open_ones = sum(finding["verdict"] == CONTRADICTS and not finding["acknowledged"] for finding in findings)
    if open_ones:
        figures = "printed figure or count contradicts" if open_ones == 1 else "printed figures or counts contradict"
        print(f"Parameters and data can be read. {open_ones} {figures} the data or each other. Findings: {said}.")
    else:
        print(f"Parameters and data are in order. Findings: {said or 'none'}.")


def _row(finding: dict[str, Any]) -> tuple[str, ...]:
    verdict = finding["verdict"].replace("_", " ") + (" (acknowledged)" if finding.get("acknowledged") else "")
    # where nothing explains a finding, the arithmetic does, or why it cannot be checked
    why = finding["diagnosis"] or finding["arithmetic"]
    return (verdict, finding["rank"], *(finding[key] for key in ("where", "printed", "expected")), why, finding["id"])
