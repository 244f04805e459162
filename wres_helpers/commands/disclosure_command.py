"""``wres check --disclosure``: for the person who decides what the board's copy may show. Nothing is written.

It names the places of small counts, never the counts: what it prints may be shown to whoever decides.
"""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import yaml

from wres_helpers import analysis
from wres_helpers.analysis.who_speaks import headline_rows
from wres_helpers.commands.terminal import text_table
from wres_helpers.disclosure.auditing import EXPOSED, INSIDER, against_published, audit, failed
from wres_helpers.disclosure.protection import planned, protect
from wres_helpers.disclosure.read_as_attacker import counts_supplied
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.results_files import final_reports, published_before
from wres_helpers.publishing.runs.prepared_report import read_inputs
from wres_helpers.report.desk.opened_report import OpenReport
from wres_helpers.settings.disclosure_policy import PRESETS
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.settings.parameters import Parameters
from wres_helpers.settings.yaml_files import load_yaml

#: The numbers a reader looks for in a row of results.
_FIGURES: Final = ("white_count", "white_base", "bme_count", "bme_base", "unknown_count", "value")

#: Changes of a policy that may show more, by their words in the master file.
_CHANGES: Final[dict[str, dict[str, Any]]] = {
    "public: [board], with public_decided_by (a role) and public_reason": {"public": ("board",)},
    "show_everybody: all": {"show_everybody": "all"},
}


def disclosure_command(params: Path, policy: Sequence[str], against: Path | None = None) -> int:
    """Print what is small, what is hidden with it, who could work it out, and what other policies would cost; 1 where the audit fails.

    Raises InputProblems: the parameters, the data, a value of ``--policy`` or the folder of an earlier publication are wrong.
    """
    asked = {f"disclosure.{key}": value for key, value in map(_key_and_value, policy)}
    parameters = load_parameters(params, change=asked or None)
    read_inputs(parameters)
    evidence = OpenReport(parameters).evidence
    shown = protect(evidence, parameters)
    before = {str(against): published_before(against, parameters)} if against else final_reports(parameters)
    outcome = _print_policy(evidence, shown, parameters)
    for name, rows in before.items():
        outcome |= _print_against(evidence, shown, parameters, name, rows)
    _print_costs(evidence, shown, parameters, params, "as asked" if asked else "as in the master file")
    return 1 if outcome else 0


def _print_against(evidence: Any, shown: Any, parameters: Parameters, name: str, before: list[dict[str, Any]] | None) -> bool:
    """Print what somebody could work out who has read an earlier publication, too; return whether somebody must decide on anything."""
    if before is None:
        print(
            f"\n{name} was published before and cannot be read (another version, or a standard that is not known here): it was not compared."
        )
        return True
    found, corrected = against_published(evidence, shown, parameters, before)
    print(f"\nWith what was published before in {name}:")
    if found:
        print(
            f"{len(found)} hidden counts could be worked out with it more exactly than the policy allows. Keep its policy, or withdraw it."
        )
        print("\n".join(f"  {cell}" for cell in found))
    else:
        print("It gives no hidden count away.")
    if corrected and before[0]["other_standard"]:
        print(f"{len(corrected)} of its totals are not those of this report, of other people or of another day, and were not compared.")
        return bool(found)
    if corrected:
        counts = counts_supplied(corrected)
        print(f"It was made before {counts} corrected count{'s' * (counts > 1)}, so what the two tell together was not compared there.")
        print("Withdraw it before the corrected report is published, or give coarser categories where these stand:")
        print("\n".join(f"  {cell}" for cell in corrected))
    return bool(found or corrected)


def _key_and_value(text: str) -> tuple[str, Any]:
    key, sign, value = text.partition("=")
    with suppress(yaml.YAMLError):
        if sign and key.strip():
            return key.strip(), load_yaml(value)
    raise InputProblems.of("--policy", "KEY=VALUE, for example minimum_count=10 or public=[board]", "Write it so.", found=repr(text))


def _print_policy(evidence: Any, shown: Any, parameters: Parameters) -> bool:
    """Print the policy's effect; return whether the audit failed."""
    decision, outcome = planned(evidence, parameters).decision, audit(evidence, shown, parameters)
    small = [cell for cell in sorted(decision.hidden) if 0 < decision.people.values[cell] < parameters.disclosure.smallest]
    print(
        f"{len(decision.hidden)} counts of people are hidden; {len(small)} of them are small themselves, the others are told together with them."
    )
    rows = [(str(cell), _together(cell, decision)) for cell in small]
    if rows:
        print("\n" + text_table(("Small count", "Told only together with"), rows, widest=70))
    insiders = outcome[outcome["kind"].eq(INSIDER)]
    if len(insiders):
        told = [(", ".join(str(row[key]) for key in ("item", "breakdown", "category", "ethnic_group", "year")), row["reason"])
                for row in insiders.to_dict("records")]  # fmt: skip
        print("\nTold in pairs, so that knowing one hidden count tells the other (a warning; nobody else can work it out):")
        print(text_table(("Small count", "Who could know it"), told, widest=70))
    print(
        f"\nFigures of the results that a board does not see: {_hidden_figures(shown)} of {evidence.results[list(_FIGURES)].notna().sum().sum()}."
    )
    bad = outcome[outcome["verdict"].eq(EXPOSED)]
    if failed(outcome):
        places = Counter(zip(bad["item"], bad["breakdown"], strict=True))
        print(
            f"The audit does not withstand: {len(bad)} counts could be worked out. {_smallest_change(evidence, parameters, list(places))}"
        )
    else:
        print("The audit withstands: nobody can work out a hidden count from the report more exactly than the policy allows.")
    for indicator, texts in _hidden_indicators(shown).items():
        why = "; ".join(f"{field.replace('_', ' ').replace('bme', 'BME')} {text}" for field, text in texts.items() if field in _FIGURES[:4])
        print(
            f"A board does not see the comparison of indicator {indicator}: {why or 'other indicators would tell of hidden counts in it'}."
        )
    return failed(outcome)


def _together(cell: Any, decision: Any) -> str:
    """Return with which categories a count is told as one sum, or what is said of it instead."""
    others = [other.category for cells in decision.merged if cell in cells for other in cells if other != cell]
    if others:
        return ", ".join(dict.fromkeys(others))
    return "nothing: 'fewer than' stands in its place" if cell in decision.said else "nothing: no number of its table is told"


def _smallest_change(evidence: Any, parameters: Parameters, places: list[tuple[str, str]]) -> str:
    """Return the one breakdown whose absence would help, tried in turn, or that no single one would."""
    for item, breakdown in places:
        counts = evidence.counts[~(evidence.counts["item"].eq(item) & evidence.counts["breakdown"].eq(breakdown))]
        without = analysis.analyse(counts.reset_index(drop=True), parameters, evidence.context.reference)
        if not failed(audit(without, protect(without, parameters), parameters)):
            return f"It would without the breakdown '{breakdown}' of {item.replace('_', ' ')}, or with coarser categories there."
    return "No single breakdown left out would help; give coarser categories, or ask the owner of the policy."


def _hidden_figures(shown: Any) -> int:
    texts = shown.results["protection"]
    return sum(f'"{field}":' in text for text in texts for field in _FIGURES if text)


def _hidden_indicators(shown: Any) -> dict[str, dict[str, str]]:
    """Return the indicators of which a board does not see the comparison, each with the words for what is hidden of it."""
    rows = shown.results[
        headline_rows(shown.results, shown.context.reference.catalogue) & shown.results["protection"].str.contains('"value"')
    ]
    told = rows[rows["year"].eq(shown.context.parameters.year)]
    return dict(zip(told["indicator"], map(json.loads, told["protection"]), strict=True))


def _print_costs(evidence: Any, shown: Any, parameters: Parameters, params: Path, name: str) -> None:
    """Print how many figures of this report, and which indicators, each named policy and each change of the policy in force would hide."""
    in_force = parameters.disclosure.model_copy(update={"preset": None})
    others = {str(preset): load_parameters(params, change={f"disclosure.{key}": value for key, value in PRESETS[preset].items()}).disclosure
              for preset in PRESETS}  # fmt: skip
    changed = {words: in_force.model_copy(update=change) for words, change in _CHANGES.items()}
    others |= {words: policy for words, policy in changed.items() if policy != in_force}
    rows = []
    for words, policy in {name: in_force, **others}.items():
        same = policy.model_copy(update={"preset": None}) == in_force
        master = parameters.master.model_copy(update={"disclosure": policy})
        board = shown if same else protect(evidence, replace(parameters, master=master))
        rows.append((words, str(_hidden_figures(board)), ", ".join(_hidden_indicators(board)) or "none"))
    print(
        "\nA stricter policy may hide fewer: which counts are told as one sum is chosen anew for each, and other sums may let more be told."
    )
    print(text_table(("Policy", "Figures hidden", "Indicators hidden"), rows))
    print(
        "What no policy shows needs larger parts: fewer breakdowns, or staff groups told together ('not_separated'; of extracts no `clinical`)."
    )
