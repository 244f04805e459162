"""``wres check``: validates parameters and data, reconciles printed figures, and tries whether a board's copy can be protected.

No notebook runs, and nothing is written.
"""

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from wres_helpers.checking import FINDING_COLUMNS, blocking, reconcile
from wres_helpers.checking.check_findings import CANNOT_CHECK, CONTRADICTS, VERDICTS
from wres_helpers.commands.disclosure_command import disclosure_command
from wres_helpers.commands.terminal import text_table
from wres_helpers.intake.supplied_counts import NO_HEADCOUNT
from wres_helpers.problems import InputProblems, ParameterProblems, Problem, collected, settled_as, unsettled
from wres_helpers.publishing.runs.input_notes import notes
from wres_helpers.publishing.runs.prepared_report import check_publication, read_inputs
from wres_helpers.report.desk.opened_report import OpenReport
from wres_helpers.settings.master_file_reader import load_parameters, reports_in
from wres_helpers.settings.parameters import Parameters

#: Longest text of a cell of the printed table; `--json` has all of it.
_LONGEST = 400

#: Keys without which nobody knows where the data are and what they mean.
_WHERE_DATA_ARE = ("organisation", "organisations", "year", "years", "previous_year", "standard", "folders")


def check_command(
    params: Path, as_json: bool, disclosure: bool = False, policy: Sequence[str] = (), against: Path | None = None, tell_all: bool = False
) -> int:
    """Print the findings; return 1 where a contradiction changes a conclusion, or is one of supplied tables, and nobody has acknowledged it.

    Notes that are settled are counted, and told with `tell_all`.

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
            findings, blocks = _checked(parameters, as_json, () if tell_all else parameters.settled)
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


def _checked(parameters: Parameters, as_json: bool, settled: Collection[str]) -> tuple[list[dict[str, Any]], bool]:
    try:
        prepared = check_publication(parameters)
        findings = prepared.report.findings if prepared else reconcile(*read_inputs(parameters, figures_may_stand_alone=True), parameters)
    except InputProblems as error:  # a file that nobody reads may be the one that is missing
        error.notes = tuple(unsettled(error.notes or notes(OpenReport(parameters), {}), settled))
        raise
    found = prepared.notes if prepared else notes(OpenReport(parameters), {})
    _tell(unsettled(found, settled))
    told = findings[list(FINDING_COLUMNS)].to_dict("records")
    if as_json:
        told += [_as_finding(note, parameters) for note in found]
    else:
        print_findings(told)
    return told, not blocking(findings).empty


def _as_finding(note: str, parameters: Parameters) -> dict[str, Any]:
    """Return a note among the findings of `--json`; acknowledged is one that is settled."""
    name = settled_as(note)
    told = {"id": name, "verdict": "note", "diagnosis": note.removeprefix("Note: ").removesuffix(f" [{name}]")}
    return dict.fromkeys(FINDING_COLUMNS, "") | told | {"acknowledged": name in parameters.settled}


def _tell(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)


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
    cells = (finding["where"], finding["printed"], finding["expected"], why, finding["id"])
    shown = (cell if len(cell) <= _LONGEST else f"{cell[:_LONGEST]}… ({len(cell):,} characters)" for cell in cells)
    return verdict, finding["rank"], *shown
