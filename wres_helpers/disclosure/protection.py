"""Makes what a board may see: the same tables, hidden numbers absent, a coarser truth beside them where one is safe."""

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.method import Method
from wres_helpers.analysis.remembered import remembered
from wres_helpers.disclosure.counterfactual import TABLES, Reports, as_shown, by_year, reports
from wres_helpers.disclosure.hiding_rules import system_of
from wres_helpers.disclosure.publication import Description, describe
from wres_helpers.disclosure.published_cells import CellSystem
from wres_helpers.disclosure.range_words import FINDERS, Wording, spread
from wres_helpers.disclosure.suppression import hidden_cells
from wres_helpers.disclosure.universe import Cell, universe
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import small_tables
from wres_helpers.standard import statuses

#: The number that a row is about; without it the row's status says that it is protected.
_MAIN = {"results": "value", "shares": "rate", "bounds": "value", "changes": "change", "completeness": "unknown_share"}
#: Shares, and the count and base they are made of.
_SHARE_OF = {
    "rate": ("count", "base"),
    "white_rate": ("white_count", "white_base"),
    "bme_rate": ("bme_count", "bme_base"),
    "unknown_share": ("unknown", "total"),
}
#: Columns whose text says in words that something is hidden.
_SAYINGS = {
    "status": statuses.PROTECTED,
    "verdict": statuses.PROTECTED,
    "label": statuses.LABELS[statuses.PROTECTED],
    "reason": statuses.MEANINGS[statuses.PROTECTED],
}


@dataclass(frozen=True)
class Plan:
    """What is hidden, what is said instead, and the reports that prove it.

    Attributes
    ----------
    system
        Cells and relations under the policy.
    hidden
        Which cells are hidden.
    description
        Labels, the attacker's ranges, and tables of counts at their ends.
    tables
        Tables of counts (the true one first) between which nothing that is shown differs.
    reports
        The reports made from them.
    """

    system: CellSystem
    hidden: np.ndarray
    description: Description
    tables: np.ndarray
    reports: Reports


@remembered
@small_tables
def planned(evidence: Evidence, parameters: Parameters) -> Plan:
    """Decide what to hide, and make the reports that decide which fields go with it.

    Raises
    ------
    AttackFailed
        Something cannot be protected; nothing may be published.
    """
    system = system_of(universe(evidence.counts, evidence.context.reference, Method.of(parameters)), parameters.disclosure, parameters.year)
    hidden = hidden_cells(system)
    description = describe(system, hidden)
    tables = by_year(system.names, description.tables)
    return Plan(system, hidden, description, tables, reports(evidence, parameters, system.names, tables))


@small_tables
def protect(evidence: Evidence, parameters: Parameters) -> Evidence:
    """Return what a board may see of the evidence.

    Parameters
    ----------
    evidence
        Everything, unprotected.
    parameters
        The resolved master file with the disclosure policy.

    Returns
    -------
    Evidence
        The same tables and rows. A hidden number is NaN; the column ``protection`` maps each hidden field of the row
        to the text that stands for it (JSON), and is empty where nothing is hidden. A row whose number is hidden has
        the status "protected", unless its judgement would be the same for every count that fits what is published.

    Raises
    ------
    AttackFailed
        Something cannot be protected; nothing may be published.
    """
    if evidence.protected:
        return evidence
    plan = planned(evidence, parameters)
    wording = Wording(plan.system, plan.description, parameters.disclosure)
    shown = as_shown(evidence, parameters)
    made = {name: _protected(name, getattr(evidence, name), getattr(shown, name), plan, wording) for name in TABLES}
    made["counts"] = _protected_counts(shown.counts, plan, wording)
    made["benchmarks"] = evidence.benchmarks.assign(protection="")
    return evidence.with_tables(**made, protected=True)


def _protected(name: str, exact: pd.DataFrame, table: pd.DataFrame, plan: Plan, wording: Wording) -> pd.DataFrame:
    varying = plan.reports.varying(name)
    shown, texts = table.copy(), [{} for _ in range(len(table))]
    for column in table.columns:
        # what rounding leaves out because it is small is hidden, too
        if pd.api.types.is_numeric_dtype(table[column]):
            varying[column] |= (table[column].isna() & exact[column].notna()).to_numpy()
    lines, words = table.to_dict("records"), _Texts(name, plan, wording)
    for column, rows in varying.items():
        for row in np.flatnonzero(rows):
            texts[row][column] = words.of(lines[row], int(row), column)
        if rows.any():
            shown[column] = _blanked(shown[column], rows, column)
    if "differs" in shown:
        shown["differs"] &= shown["status"].ne(statuses.PROTECTED)
    _say_protected(name, shown, texts)
    shown["protection"] = [json.dumps(text) if text else "" for text in texts]
    return shown


def _blanked(column: pd.Series, rows: np.ndarray, name: str) -> pd.Series:
    if pd.api.types.is_bool_dtype(column):
        return column & ~rows
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float).mask(rows)
    return column.mask(rows, _SAYINGS.get(name, ""))


def _say_protected(name: str, shown: pd.DataFrame, texts: list[dict]) -> None:
    """Give rows whose number is hidden the status "protected", unless a judgement that tells nothing still stands."""
    main = _MAIN.get(name)
    if main is None:
        return
    hidden = np.array([main in text or (name == "results" and row == "none" and "bme_rate" in text)
                       for text, row in zip(texts, shown.get("comparison", shown[main]), strict=True)], dtype=bool)  # fmt: skip
    for column in ("status", "verdict"):
        if column in shown:
            changed = hidden & ~shown[column].isin(statuses.JUDGEMENTS) if name == "results" else hidden
            shown[column] = shown[column].mask(changed, _SAYINGS[column])
            shown["reason"] = shown["reason"].mask(changed, _SAYINGS["reason"])


@dataclass(frozen=True)
class _Texts:
    """Finds the words for hidden fields of one table."""

    table: str
    plan: Plan
    wording: Wording

    def of(self, line: dict, row: int, column: str) -> str:
        """Return the words for one hidden field of a row."""
        if column in _SAYINGS:
            return _SAYINGS[column]
        values, finder = self.plan.reports.columns[self.table], FINDERS.get(self.table)
        if finder is None:
            return self.wording.policy.marker
        if column in _SHARE_OF:
            count, base = (values[part][:, row] for part in _SHARE_OF[column])
            return self.wording.rate(finder(line, _SHARE_OF[column][0]), count, base, self.plan.tables)
        if column == "value" and self.table == "results":
            return self._value(line, row, values)
        return self.wording.count(finder(line, column), values[column][:, row], self.plan.tables)

    def _value(self, line: dict, row: int, values: dict[str, np.ndarray]) -> str:
        """Return the range of a comparison in which one count only is hidden and the reports reach both its ends."""
        fields = [f"{group}_{kind}" for group in ("white", "bme") for kind in ("count", "base")]
        moving = [field for field in fields if differing(values[field][:, row])]
        number = values["value"][:, row]
        if len(moving) != 1 or not moving[0].endswith("count") or not np.isfinite(number).all():
            return self.wording.policy.marker
        count = values[moving[0]][:, row]
        found = self.wording.range_within_reach(FINDERS["results"](line, moving[0]), count, self.plan.tables)
        if found is None or found != (count.min(), count.max()):
            return self.wording.policy.marker
        return spread(number.min(), number.max(), line["comparison"])


def differing(values: np.ndarray) -> bool:
    """Tell whether a field is not the same in all reports."""
    return bool((values != values[0]).any() and not np.isnan(values).all())


def _protected_counts(counts: pd.DataFrame, plan: Plan, wording: Wording) -> pd.DataFrame:
    names = {cell: number for number, cell in enumerate(plan.system.names)}
    cells = [Cell(*key) for key in counts[["year", "item", "breakdown", "category", "ethnic_group"]].itertuples(index=False, name=None)]
    hidden = np.array([plan.hidden[names[cell]] for cell in cells], dtype=bool)
    texts = [
        json.dumps({"count": wording.count(cell, plan.tables[:, names[cell]], plan.tables)}) if gone else ""
        for cell, gone in zip(cells, hidden, strict=True)
    ]
    return counts.assign(count=counts["count"].astype(float).mask(hidden), protection=texts)
