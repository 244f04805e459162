"""Reads and calculates a report's figures once, before any notebook runs, and writes the files made from figures alone.

In a run with the warm engine these functions run in a server whose forked notebooks inherit what was calculated here.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wres_helpers.definitions.parameters import Parameters, load_parameters
from wres_helpers.definitions.problems import InputProblems, Problem
from wres_helpers.publishing.execution import notebook_parameters

_prepared: dict[str, Any] = {}


@dataclass(frozen=True)
class Checked:
    """What reading and reconciling gave.

    Attributes
    ----------
    counts, reference
        Tidy counts, and the standard's tables.
    findings
        Findings of the reconciliation as ``wres check --json`` prints them.
    blocking
        Whether a contradiction that nobody acknowledged changes a conclusion.
    """

    counts: Any
    reference: Any
    findings: list[dict[str, Any]]
    blocking: bool


@dataclass(frozen=True)
class Prepared:
    """What the run learns from the preparation: findings by verdict, and whether one changes a conclusion."""

    findings: dict[str, int]
    blocking: bool


@dataclass(frozen=True)
class Figures:
    """The files written from figures alone, as seen from the report's folder, and what the attack on them came to."""

    files: tuple[str, ...]
    disclosure: dict[str, Any]


def read_and_reconcile(parameters: Parameters) -> Checked:
    """Read every input and reconcile the printed figures.

    Raises
    ------
    InputProblems
        Everything wrong in any input, all at once.
    """
    from wres_helpers import intake
    from wres_helpers.analysis import reconciliation
    from wres_helpers.definitions import catalogue
    from wres_helpers.intake.register import read_register

    problems: list = []
    counts = _tried(problems, intake.read_counts, parameters)
    reference = _tried(problems, catalogue.read_reference_tables, parameters.reference_folder)
    register = _tried(problems, read_register, parameters)
    for read in (intake.read_narrative, intake.read_action_plan):
        _tried(problems, read, parameters)
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    findings = reconciliation.reconcile(counts, register, parameters, reference)
    return Checked(counts, reference, reconciliation.findings_to_json(findings), reconciliation.blocks_publication(findings))


def prepare(parameters: Parameters) -> Prepared:
    """Read, reconcile, calculate and protect; keep the results for this process and its forks.

    Raises
    ------
    InputProblems
        Everything wrong in any input, all at once.
    """
    from wres_helpers import analysis

    # as a notebook loads them, so that what is remembered here is what a notebook asks for
    given = {key: value for key, value in notebook_parameters(parameters).items() if key != "params_file"}
    parameters = load_parameters(parameters.path, **given)
    checked = read_and_reconcile(parameters)
    evidence = analysis.analyse(checked.counts, parameters, checked.reference)
    protected = analysis.protect(evidence, parameters)
    attacked = analysis.audit(evidence, protected, parameters)
    _prepared.update(evidence=evidence, protected=protected, findings=checked.findings, audit=attacked)
    return Prepared(dict(Counter(finding["verdict"] for finding in checked.findings)), checked.blocking)


def prove_page(name: str, page: Mapping[str, Any], parameters: Parameters) -> list[Problem]:
    """Hold a board page to the rows it was made from; see :func:`wres_helpers.publishing.proof.unproven`.

    Parameters
    ----------
    name
        Name of the section.
    page
        ``html``, the ``document`` its PDF is set from, and the ``figures`` behind its charts.
    """
    from wres_helpers import intake
    from wres_helpers.publishing.proof import evidence_tables, printed_rules, unproven

    if not _prepared:
        prepare(parameters)
    texts = printed_rules(parameters, intake.read_narrative(parameters), intake.read_action_plan(parameters))
    return unproven(name, page, evidence_tables(_prepared["protected"]), texts)


def forget() -> None:
    """Let go of what was prepared."""
    _prepared.clear()


def _tried(problems: list, read: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except InputProblems as error:
        problems += error.problems
        return None


def write_figures(building: Path, parameters: Parameters) -> Figures:
    """Write results, workbook, findings and audit of what :func:`prepare` calculated in this process or its parent."""
    from wres_helpers.analysis.disclosure.audit import summary
    from wres_helpers.publishing.results_files import write_findings, write_results
    from wres_helpers.publishing.workbook import write_workbook

    if not _prepared:
        prepare(parameters)
    files: list[str] = []
    if parameters.audience in ("board", "both"):
        files += ["board/data/results.csv", "board/workbook.xlsx"]
        write_results(building / files[0], _prepared["protected"].results)
        write_workbook(building / files[1], _prepared["protected"], parameters)
    if parameters.audience in ("analyst", "both"):
        files += ["analyst/data/results.csv", "analyst/findings.csv"]
        write_results(building / files[-2], _prepared["evidence"].results)
        write_findings(building / files[-1], _prepared["findings"])
    return Figures(tuple(files), summary(_prepared["audit"]))
