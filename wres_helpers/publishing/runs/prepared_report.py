"""Reads and calculates a report's figures once, before any notebook runs, and writes the files made from figures alone.

In a run with the warm engine the process of the run knows what was calculated, and its workers and notebooks inherit it. Whoever
needs none of that (a changed sentence) does not import this module: it brings everything that calculates.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd

from wres_helpers import intake, remembered
from wres_helpers.checking.check_findings import CONTRACT_COLUMNS
from wres_helpers.checking.supplied_tables import impossible_counts
from wres_helpers.disclosure.auditing import against_published, summary
from wres_helpers.disclosure.protection import planned
from wres_helpers.disclosure.read_as_attacker import counts_supplied
from wres_helpers.intake.printed.printed_register import read_register, register_path
from wres_helpers.problems import InputProblems, Problem, collected
from wres_helpers.publishing.files.changed_in_words import changed_lines, parts_that_came_or_went, superseded
from wres_helpers.publishing.files.receipt import read_receipt, settings_told
from wres_helpers.publishing.files.results_files import final_reports, write_results, written_rows
from wres_helpers.publishing.files.versions import (
    COMPARED,
    COMPARISON,
    Change,
    Key,
    Rows,
    Version,
    corrections_told,
    next_versions,
    versions_of,
)
from wres_helpers.publishing.files.workbook_sheets import SHEETS
from wres_helpers.publishing.pages.evidence_index import supplied_to
from wres_helpers.publishing.pages.page_fonts import check_signs
from wres_helpers.publishing.runs import input_notes
from wres_helpers.publishing.runs.whole_report import page_context
from wres_helpers.publishing.safeguards.proof import CitedRows, cited_rows, printed_rules, unproven
from wres_helpers.remembered import Store
from wres_helpers.report.desk.opened_report import OpenReport
from wres_helpers.report.words.vocabulary import in_terms
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables, read_reference_tables, stages_of
from wres_helpers.standard.standards import read_standard
from wres_helpers.tables.written_csv import write_csv


@dataclass(frozen=True)
class Prepared:
    """One report, opened and calculated, and what the process that did it remembers.

    `against` tells by final report of the organisation that was published before how many hidden counts it and this one together give
    away, and how many of the counts it was made from were corrected since; `notes` are those about its inputs.
    """

    report: OpenReport
    remembered: Store
    against: dict[str, dict[str, int]]
    notes: tuple[str, ...]

    @cached_property
    def rows(self) -> CitedRows:
        return cited_rows(self.report.protected())


#: The report this process has calculated or adopted last.
_prepared: Prepared | None = None


def read_inputs(parameters: Parameters, figures_may_stand_alone: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every input; return the tidy counts and the register of printed figures.

    The register alone may do where there are no counts at all: enough to check a report against itself.

    Raises InputProblems: everything wrong in any input, all at once.
    """
    read_counts = intake.no_counts if figures_may_stand_alone and _is_register_alone(parameters) else intake.read_counts
    problems: list[Problem] = []
    counts = collected(problems, read_counts, parameters)
    collected(problems, read_reference_tables, parameters.reference_folder)
    register = collected(problems, read_register, parameters)
    collected(problems, intake.read_own_tables, parameters)
    collected(problems, check_texts, parameters)
    if counts is None:  # the tables that nothing is wrong with are held to each other all the same
        counts = collected([], intake.readable_counts, parameters)
    problems += impossible_counts(counts, parameters) if counts is not None else []
    InputProblems.raise_if_any(problems)
    return counts, register


def _is_register_alone(parameters: Parameters) -> bool:
    """Tell whether there are printed figures and no counts at all."""
    return not parameters.extracts and not intake.input_files(parameters) and register_path(parameters).is_file()


def check_texts(parameters: Parameters) -> None:
    """Read what people wrote. Raises InputProblems where it cannot be read."""
    problems: list[Problem] = []
    for read in (intake.read_narrative, intake.read_action_plan, check_signs):
        collected(problems, read, parameters)
    InputProblems.raise_if_any(problems)


def calculated(parameters: Parameters) -> Prepared:
    """Read, calculate and protect, in a process of its own; return what :func:`adopt_results` makes another process know.

    The solver that disclosure control uses may start threads, so the process that forks the notebooks must not run it.

    Raises InputProblems: everything wrong in any input, all at once; or something cannot be protected.
    """
    # as a notebook loads it: what is remembered is found by content, and where a value came from is part of it
    given = {key: value for key, value in parameters.given.items() if key != "params_file"}
    report = OpenReport(load_parameters(parameters.path, **given))
    read_inputs(report.parameters)
    _ = report.audit
    against = _held_against_final_reports(report)
    return Prepared(report, remembered.store(without=planned), against, input_notes.notes(report, against))


def _held_against_final_reports(report: OpenReport) -> dict[str, dict[str, int]]:
    """Hold what would be shown against the organisation's final reports. Raises InputProblems where a final one gives counts away with them."""
    parameters, found, problems = report.parameters, {}, []
    for folder, rows in final_reports(parameters).items():
        if rows is None:
            found[folder] = {"could_not_be_read": 1}
            continue
        exposed, corrected = against_published(report.evidence, report.protected(), parameters, rows)
        other = bool(rows) and rows[0]["other_standard"]
        since = {"totals_of_another_day": len(corrected)} if other else {"corrected_since": counts_supplied(corrected)}
        found[folder] = {"exposed": len(exposed)} | since
        if exposed and parameters.master.report.state == "final":
            asked = "nothing hidden that the organisation's earlier final reports help to work out"
            told = f"{len(exposed)} hidden counts that this report and {folder} together give away: {'; '.join(map(str, exposed[:3]))}"
            action = "Nothing was published. Keep the policy of the earlier report, or withdraw it; wres check --disclosure tells more."
            problems.append(Problem(parameters.file, asked, action, column="disclosure", found=told))
    InputProblems.raise_if_any(problems)
    return found


def adopt_results(results: Prepared) -> None:
    """Know what was :func:`calculated` elsewhere, and what the pages of all sections need: this process and its forks make it once."""
    global _prepared  # noqa: PLW0603 the report under way
    _prepared = results
    remembered.adopt(results.remembered)
    _ = results.rows.places, results.report.protected().possible_statuses, read_standard(results.report.parameters.reference_folder)


def prepared_for(parameters: Parameters) -> Prepared:
    """Return a report as this process has calculated or adopted it; it is calculated now where it has not. Raises as :func:`calculated`."""
    known = _prepared and _prepared.report.parameters
    if not known or (known.path, known.output_folder) != (parameters.path, parameters.output_folder):
        adopt_results(calculated(parameters))
    return _prepared


def versions_with(prepared: Prepared, before: list[Version]) -> list[Version]:
    """Return the versions of a final report whose figures are these. Raises InputProblems: they changed, and no note says what was corrected.

    A correction bears the day it is made, whatever day stands on the report: who signed that day has not seen its figures.
    """
    report = prepared.report
    shown, columns = report.protected(), (*COMPARISON, *COMPARED)
    changes = shown.changes.assign(year="since " + shown.changes["previous_year"], status=shown.changes["verdict"])
    rows = written_rows(
        shown.results.assign(year=shown.results["year"].where(shown.results["year"].ne(report.parameters.year), "")), columns
    )
    targets = shown.targets.assign(
        measure="target", breakdown=shown.targets["target"], category="", year="", status=shown.targets["verdict"]
    )
    for judged in (changes, targets):
        rows += written_rows(judged[[*COMPARISON, "status"]].reindex(columns=columns), columns)
    figures = [{name: str(cell) for name, cell in zip(columns, row, strict=True)} for row in rows]
    day = date.today() if before else report.parameters.dated
    own = prepared.against.get(report.parameters.shown(report.parameters.output_folder), {})
    told = partial(superseded, shown), partial(changes_in_words, report.reference)
    return next_versions(before, figures, *told, report.parameters, day, own.get("corrected_since"), _other_policy(report.parameters))


def changes_in_words(reference: ReferenceTables, changed: list[tuple[Key, Change]], rows: list[Rows]) -> list[str]:
    """Return what changed from a version to the next, a line a figure, as ``wres diff`` says it."""
    standard = reference.standard
    lines = changed_lines(changed, rows, standard, stages_of(reference.catalogue))
    told = [f"{standard.metric} {indicator}: {line}" for indicator, line in lines]
    return [*told, *parts_that_came_or_went(changed, standard, "the version before", "the new one")]


def _other_policy(parameters: Parameters) -> str:
    """Say what of the disclosure policy is another than the report in the output folder was made with; "" where nothing is known to be."""
    then = settings_told(read_receipt(parameters.output_folder)).get("disclosure") or {}
    now = parameters.master.model_dump(mode="json")["disclosure"]
    changed = [name for name in then if name in now and then[name] != now[name]]
    return ", ".join(f"disclosure.{name} was {json.dumps(then[name])}, is {json.dumps(now[name])}" for name in changed)


def check_publication(parameters: Parameters) -> Prepared | None:
    """Calculate, protect and attack a report that has counts, and hold it to what was published before it; nothing is written.

    Returns the report as it was calculated, None where there is nothing to calculate. Raises InputProblems with what would stop its run once its
    inputs were read.
    """
    if _is_register_alone(parameters):
        return None
    prepared = calculated(parameters)
    if parameters.report.state == "final":
        try:
            versions_with(prepared, versions_of(parameters.output_folder))
        except InputProblems as error:
            error.notes = prepared.notes
            raise
    return prepared


def prove_page(name: str, blocks: Sequence[Mapping[str, Any]], parameters: Parameters) -> None:
    """Hold a section's blocks for the board to the rows they were made from (see :mod:`.proof`). Raises InputProblems: a number leads to none."""
    actions = pd.concat(intake.read_actions(parameters)).fillna("")  # a column of an organisation's own may stand in one plan alone
    rules = printed_rules(parameters, actions)
    InputProblems.raise_if_any(unproven(name, blocks, prepared_for(parameters).rows, rules))


def _reasons_in_words(evidence: Any) -> pd.DataFrame:
    """Return the results with the reasons of their statuses in the groups of the report, as its workbook and its pages have them."""
    return evidence.results.assign(reason=[in_terms(evidence, text) for text in evidence.results["reason"]])


def write_figures(building: Path, parameters: Parameters) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Write results, workbook and findings of what was prepared in this process or its parent.

    Returns the files as seen from the report's folder, and for the receipt what the attack on them came to, and from which files
    the report is made.
    """
    from wres_helpers.publishing.files.workbook import write_workbook  # openpyxl takes a while, and a check writes none

    prepared = prepared_for(parameters)
    report, standard, wanted = prepared.report, prepared.report.reference.standard, parameters.audiences
    written: list[Path] = []
    if "board" in wanted:
        written += [building / "board" / "data" / "results.csv", building / "board" / "workbook.xlsx"]
        write_results(written[0], _reasons_in_words(report.protected()), standard)
        # the pages know of a correction by now, and the receipt not yet
        versions = versions_with(prepared, versions_of(parameters.output_folder)) if parameters.report.state == "final" else []
        context = replace(page_context(parameters), corrections=corrections_told(versions))
        write_workbook(written[1], report.protected(), parameters, (*context.closing_lines, ("", context.imprint)))
    if "analyst" in wanted:
        written += [building / "analyst" / "data" / "results.csv", building / "analyst" / "findings.csv"]
        write_results(written[-2], _reasons_in_words(report.evidence), standard)
        write_csv(written[-1], CONTRACT_COLUMNS, report.findings[list(CONTRACT_COLUMNS)].to_numpy().tolist())
        if preparation := intake.preparation_report(parameters):
            written.append(building / "analyst" / "preparation_report.md")
            written[-1].write_text(preparation, encoding="utf-8", newline="")
    told = summary(report.audit) | {"against_final_reports": prepared.against}
    return tuple(path.relative_to(building).as_posix() for path in written), {"disclosure": told, "supplied": supplied_to(report, SHEETS)}
