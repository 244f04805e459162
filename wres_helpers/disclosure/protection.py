"""Makes what a board may see: the same tables, hidden numbers absent, a coarser truth beside them where one is safe."""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import TWO_GROUPS
from wres_helpers.analysis.evidence import Evidence, rests_on
from wres_helpers.analysis.status_rule import Method
from wres_helpers.analysis.who_speaks import headline_rows, headline_statuses
from wres_helpers.disclosure.composition import Composition, Row
from wres_helpers.disclosure.counterfactual import TABLES, Reports, as_column, as_shown, differs, reports
from wres_helpers.disclosure.decision import decide
from wres_helpers.disclosure.range_words import RangeWording, spread_of
from wres_helpers.disclosure.told import Decision
from wres_helpers.disclosure.told_together import rows_together
from wres_helpers.page_model import Count
from wres_helpers.remembered import remembered
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import small_tables
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import ASKED_BY, ETHNIC_GROUPS

#: From how many tables of counts of which the same is told a report is made, to see what follows from it.
_TABLES_TRIED = 24
#: The number that a row is about.
_MAIN = {"results": "value", "shares": "rate", "bounds": "value", "changes": "change", "completeness": "unknown_share"}
#: Shares, and the count and base they are made of.
_SHARE_OF = {f"{group}rate": (f"{group}count", f"{group}base") for group in ("", "white_", "bme_")} | {
    "unknown_share": ("unknown", "total")
}
#: What columns of words say where the number that a row is about is hidden: nothing of what is found of it.
_SAYINGS = {
    "status": statuses.PROTECTED,
    "verdict": statuses.PROTECTED,
    "reason": statuses.MEANINGS[statuses.PROTECTED],
    "assumption": "",
}


#: The numbers of people that a figure needs, by how its column begins; any other compares two groups.
_NEEDS = {
    "bme_expected": ("white_base", "bme_base"),
    "one_person": ("bme_base",),
    **{f"{group}_": (f"{group}_base",) for group in ETHNIC_GROUPS},
}


@dataclass(frozen=True)
class DisclosurePlan:
    """What is told, which counts each number of the tables is made of, and the reports that show what follows from it."""

    decision: Decision
    made_of: Composition
    tables: list[dict[Count, int]]
    reports: Reports

    def needs(self, table: str, row: Row, column: str) -> list[Count | None]:
        """Return the places of those without whom there is no such figure: of nobody there is no rate, and no comparison with nobody."""
        if "measure" not in row:
            return [self.made_of.places.of(table, row, field) for field in ("base", "total")]
        if table == "changes":
            both = () if row["verdict"] in (statuses.NOT_SUPPLIED, statuses.NOT_COMPARABLE) else ("year", "previous_year")
            years = {"value": ("year",), "previous_value": ("previous_year",)}.get(column, both)
            return [cell for year in years for cell in self.needs("results", {**row, "year": row[year]}, column)]
        part = self.made_of.places.rules[row["measure"]]["direction"].endswith("-workforce")
        fields = next((fields for start, fields in _NEEDS.items() if column.startswith(start)), TWO_GROUPS)
        return [self.made_of.places.of(table, row, field) for field in fields if not part or field in ("bme_base", "unknown_base")]

    def may_be_nobody(self, cell: Count | None) -> bool:
        """Tell whether a number of people that is not told may be none, by what is told."""
        told, parts = self.decision, self.made_of.parts(cell)
        if cell in told.said:
            return told.said[cell][0] == 0
        least = sum(told.said.get(part, (0,))[0] if part in told.hidden else told.people.values[part] for part in parts)
        return least == 0 and len({sum(table[part] for part in parts) for table in self.tables}) > (cell not in told.hidden)


@remembered
@small_tables
def planned(evidence: Evidence, parameters: Parameters) -> DisclosurePlan:
    """Decide what to tell, and make the reports that decide which fields go with it."""
    standard = evidence.context.reference, Method.of(parameters)
    decision = decide(evidence.counts, *standard, parameters.disclosure)
    made_of = Composition(decision.people, *standard)
    tables = [decision.table(number) for number in range(_TABLES_TRIED)]
    return DisclosurePlan(decision, made_of, tables, reports(evidence, parameters, tables, decision.open_ended, made_of))


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
    """
    if evidence.protected:
        return evidence
    plan = planned(evidence, parameters)
    wording = RangeWording(plan.decision, parameters.disclosure)
    shown = as_shown(evidence, parameters)
    made = {name: _protected(name, getattr(evidence, name), shown[name], plan, wording) for name in TABLES}
    made |= {name: with_hidden_on_entry(made[name], evidence, parameters) for name in ("results", "bounds", "completeness")}
    made["statuses"] = statuses_of(made["results"], evidence, parameters)
    made["counts"] = _protected_counts(shown["counts"], plan, wording)
    if parameters.disclosure.method == "suppress":
        made["together"] = rows_together(plan.decision, [plan.decision.people.values, *plan.tables], evidence, parameters)
    made["benchmarks"] = evidence.benchmarks.assign(protection="")
    return evidence.with_tables(**made, protected=True)


def _protected(name: str, exact: pd.DataFrame, table: pd.DataFrame, plan: DisclosurePlan, wording: RangeWording) -> pd.DataFrame:
    varying, lines = plan.reports.varying(name), table.to_dict("records")
    counted = [column for column in varying if column.endswith(("count", "base", "known", "total"))]
    may_be_nobody = cache(plan.may_be_nobody)
    for column, values in plan.reports.columns[name].items():
        # what all tables tried agree on and the true one does not is none of the board's business either
        varying[column] |= differs(as_column(table[column]), values[0])
        if pd.api.types.is_float_dtype(table[column]):
            # what rounding leaves out because it is small is hidden, too
            varying[column] |= (table[column].isna() & exact[column].notna()).to_numpy()
            if column not in (*counted, "confidence"):
                # that a figure is there, or has an end, is not told where it would not be, or have none, of nobody, who they may be
                for row in np.flatnonzero(~varying[column]):
                    varying[column][row] = any(map(may_be_nobody, plan.needs(name, lines[row], column)))
    # a hidden count is hidden everywhere, also where all tables drawn happen to have the true one
    for field in counted:
        gone = np.array([plan.made_of.places.of(name, line, field) in plan.decision.hidden for line in lines], dtype=bool)
        follows = [field.removesuffix("count") + kind for kind in ("rate", "lower", "upper") if field.endswith("count")]
        for column in varying.keys() & {field, *follows}:
            varying[column] |= gone
    hidden = varying[_MAIN[name]]
    if name == "results":
        hidden = (hidden | (varying["bme_rate"] & table["comparison"].eq("none"))) & ~table["status"].isin(statuses.JUDGEMENTS).to_numpy()
    for column in varying.keys() & _SAYINGS:
        varying[column] |= hidden
    shown, words = table.copy(), _Texts(name, plan, wording)
    texts: list[dict[str, str]] = [{} for _ in range(len(table))]
    for column, rows in varying.items():
        for row in np.flatnonzero(rows):
            texts[row][column] = words.of(lines[row], int(row), column)
        if rows.any():
            shown[column] = _blanked(shown[column], rows, column)
    shown["protection"] = [json.dumps(text) if text else "" for text in texts]
    return shown


def statuses_of(shown: pd.DataFrame, evidence: Evidence, parameters: Parameters) -> pd.DataFrame:
    """Return the status of each indicator as the comparisons have it that are shown.

    Beside a hidden p-value it is certain what stands if it were 1, and that what would not stand if it were 0 does not; between them it is hidden.
    """
    reference, marker = evidence.context.reference, parameters.disclosure.marker
    table = headline_statuses(shown, reference, parameters)
    hidden, of_chance = table["status"].eq(statuses.PROTECTED), shown["protection"].str.contains('"p_value"')
    at_most = headline_statuses(shown, reference, parameters, surest=of_chance)["stands"]
    unsure = hidden | (at_most & ~table["stands"])
    # p-values of hidden counts follow from nothing that is told
    absent = table[list(ASKED_BY)].isna().mul(shown.loc[headline_rows(shown, reference.catalogue), "protection"].ne("").to_numpy(), axis=0)
    fields = absent.assign(stands=unsure, differs=hidden)
    texts = [{name: marker for name, gone in row.items() if gone} for row in fields.to_dict("records")]
    return table.assign(differs=table["differs"] & ~hidden, protection=[json.dumps(text) if text else "" for text in texts])


_OF_THE_UNDISCLOSED = ("unknown", "total", "unknown_share", "unknown_count", "unknown_base", "unknown_rate", "if_all_white", "if_all_bme")


def with_hidden_on_entry(shown: pd.DataFrame, evidence: Evidence, parameters: Parameters) -> pd.DataFrame:
    """Return a table whose absent numbers of the undisclosed say so where a count in them came in hidden: that is not "not supplied"."""
    suppressed, method = evidence.context.own.suppressed, Method.of(parameters)
    if suppressed.empty:
        return shown
    if "item" in shown:
        of_item = set(suppressed[["year", "item"]].itertuples(index=False, name=None))
        touched = [place in of_item for place in shown[["year", "item"]].itertuples(index=False, name=None)]
    else:
        touched = list(rests_on(shown, suppressed, evidence.context.reference.catalogue, method))
    fields, told = [name for name in _OF_THE_UNDISCLOSED if name in shown], []
    for row, rests in zip(shown.to_dict("records"), touched, strict=True):
        texts = json.loads(row["protection"]) if row["protection"] else {}
        texts |= {name: statuses.HIDDEN_ON_ENTRY for name in fields if rests and pd.isna(row[name]) and name not in texts}
        told.append(json.dumps(texts) if texts else "")
    return shown.assign(protection=told)


def _blanked(column: pd.Series, rows: np.ndarray, name: str) -> pd.Series:
    if pd.api.types.is_bool_dtype(column):
        return column & ~rows
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float).mask(rows)
    return column.mask(rows, _SAYINGS.get(name, ""))


@dataclass(frozen=True)
class _Texts:
    """Finds the words for hidden fields of one table."""

    table: str
    plan: DisclosurePlan
    wording: RangeWording

    def of(self, line: dict, row: int, column: str) -> str:
        """Return the words for one hidden field of a row."""
        if column in _SAYINGS:
            return _SAYINGS[column]
        values = self.plan.reports.columns[self.table]
        if column in _SHARE_OF and _SHARE_OF[column][1] in values:
            count, base = _SHARE_OF[column]
            return self.wording.rate(self.plan.made_of.places.of(self.table, line, count), values[base][:, row])
        if column == "value" and self.table == "results":
            return self._value(line, row, values)
        return self.wording.count(self.plan.made_of.places.of(self.table, line, column))

    def _value(self, line: dict, row: int, values: dict[str, np.ndarray]) -> str:
        """Return the range of a comparison in which one count only is hidden and the reports reach both its ends."""
        moving = [field for field in TWO_GROUPS if differs(values[field][:1, row], values[field][:, row]).any()]
        number = values["value"][:, row]
        if len(moving) != 1 or not moving[0].endswith("count") or not np.isfinite(number).all():
            return self.wording.policy.marker
        limits, count = self.wording.limits(self.plan.made_of.places.of(self.table, line, moving[0])), values[moving[0]][:, row]
        if limits is None or limits != (count.min(), count.max()):
            return self.wording.policy.marker
        return spread_of(number.min(), number.max(), line["comparison"])


def _protected_counts(counts: pd.DataFrame, plan: DisclosurePlan, wording: RangeWording) -> pd.DataFrame:
    cells = [Count(*key) for key in counts[["year", "item", "breakdown", "category", "ethnic_group"]].itertuples(index=False, name=None)]
    hidden = np.array([cell in plan.decision.hidden for cell in cells], dtype=bool)
    texts = [json.dumps({"count": wording.count(cell)}) if gone else "" for cell, gone in zip(cells, hidden, strict=True)]
    return counts.assign(count=counts["count"].astype(float).mask(hidden), protection=texts)
