"""``wres check``: validates parameters and data, and reconciles printed figures. No notebook runs."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from wres_helpers.definitions.parameters import load_parameters
from wres_helpers.publishing.terminal import text_table

_ORDER = ("contradicts", "cannot_check", "agrees_after_rounding", "agrees")


def check_command(params: Path, as_json: bool) -> int:
    """Print the findings; return 1 where a contradiction changes a conclusion and nobody has acknowledged it.

    Raises
    ------
    InputProblems
        The parameters or the data are wrong; nothing can be reconciled then.
    """
    from wres_helpers.publishing.preparation import read_and_reconcile

    parameters = load_parameters(params)
    checked = read_and_reconcile(parameters)
    if as_json:
        print(json.dumps(checked.findings, indent=2, ensure_ascii=False))
    else:
        _print(checked.findings)
    if checked.blocking:
        print("A contradiction changes a conclusion. Correct it, or acknowledge it in the master file (acknowledgements).", file=sys.stderr)
    return 1 if checked.blocking else 0


def _print(findings: list[dict[str, Any]]) -> None:
    shown = [finding for finding in findings if finding["verdict"] in _ORDER[:2]]
    if shown:
        headings = ("Verdict", "Rank", "Where", "Printed", "Expected", "Diagnosis", "Identifier")
        rows = [_row(finding) for finding in shown]
        print(text_table(headings, rows, widest=32) + "\n")
    counts = Counter(finding["verdict"] for finding in findings)
    said = ", ".join(f"{counts[verdict]} {verdict.replace('_', ' ')}" for verdict in _ORDER if counts[verdict])
    print(f"Parameters and data are in order. Findings: {said or 'none'}.")


def _row(finding: dict[str, Any]) -> tuple[str, ...]:
    verdict = finding["verdict"].replace("_", " ") + (" (acknowledged)" if finding.get("acknowledged") else "")
    return (verdict, finding["rank"], *(finding[key] for key in ("where", "printed", "expected", "diagnosis", "id")))
