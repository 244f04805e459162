"""Reads and calculates a report's figures once, before any notebook runs, and writes the files made from figures alone.

In a run with the warm engine these functions run in a server whose forked notebooks inherit what was calculated here.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wres_helpers.definitions.parameters import Parameters, load_parameters
from wres_helpers.definitions.problems import InputProblems
from wres_helpers.publishing.execution import notebook_parameters

_prepared: dict[str, Any] = {}


@dataclass(frozen=True)
class Prepared:
    """What the run learns from the preparation.

    Attributes
    ----------
    findings
        Number of findings of the reconciliation by verdict.
    blocking
        Whether a finding speaks against publishing.
    """

    findings: dict[str, int]
    blocking: bool


def prepare(parameters: Parameters) -> Prepared:
    """Read every input, calculate, protect and reconcile; keep the results for this process and its forks.

    Raises
    ------
    InputProblems
        Everything wrong in any input, all at once.
    """
    from wres_helpers import analysis, intake
    from wres_helpers.definitions import catalogue

    # as a notebook loads them, so that what is remembered here is what a notebook asks for
    parameters = load_parameters(
        parameters.path, **{key: value for key, value in notebook_parameters(parameters).items() if key != "params_file"}
    )
    problems: list = []
    counts = _tried(problems, intake.read_counts, parameters)
    reference = _tried(problems, catalogue.read_reference_tables, parameters.reference_folder)
    _tried(problems, intake.read_narrative, parameters)
    _tried(problems, intake.read_action_plan, parameters)
    register = _tried(problems, _register, parameters)
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    evidence = analysis.analyse(counts, parameters, reference)
    protected = analysis.protect(evidence, parameters)
    findings = _findings(evidence, register, parameters)
    _prepared.update(evidence=evidence, protected=protected, findings=findings)
    verdicts = [finding["verdict"] for finding in findings]
    return Prepared({verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))}, False)


def _tried(problems: list, read, *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except InputProblems as error:
        problems += error.problems
        return None


def _register(parameters: Parameters) -> Any:
    return None


def _findings(evidence: Any, register: Any, parameters: Parameters) -> list[dict[str, Any]]:
    return []


def write_figures(building: Path, parameters: Parameters) -> None:
    """Write results, workbook and findings of what :func:`prepare` calculated in this process or its parent."""
    from wres_helpers.publishing.results_files import write_findings, write_results
    from wres_helpers.publishing.workbook import write_workbook

    if not _prepared:
        prepare(parameters)
    if parameters.audience in ("board", "both"):
        write_results(building / "board" / "data" / "results.csv", _prepared["protected"].results)
        write_workbook(building / "board" / "workbook.xlsx", _prepared["protected"], parameters)
    if parameters.audience in ("analyst", "both"):
        write_results(building / "analyst" / "data" / "results.csv", _prepared["evidence"].results)
        write_findings(building / "analyst" / "findings.csv", _prepared["findings"])
