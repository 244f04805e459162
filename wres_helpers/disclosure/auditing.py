"""The audit: starts from what is shown and nothing else, and works out each hidden count as an attacker would.

Two independent judgements have to agree. The attacker solves for the smallest and largest value of every hidden count,
knowing all relations, every number, every text in place of a number, and what was published before. And for both ends
of each range the whole report is made anew from counts that have that value: only where nothing that is shown would be
different does the range stand.
"""

import json
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.method import Method
from wres_helpers.disclosure.attacker import Attacker, AttackFailed
from wres_helpers.disclosure.counterfactual import TABLES, Reports, as_shown, by_year, differs, reports
from wres_helpers.disclosure.hiding_rules import system_of
from wres_helpers.disclosure.protection import planned, protect
from wres_helpers.disclosure.publication import tables_at_ends, together
from wres_helpers.disclosure.published_cells import UNLIMITED, CellSystem, Knowledge, components
from wres_helpers.disclosure.read_as_attacker import hidden_cells_of, told
from wres_helpers.disclosure.universe import Cell, universe
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import small_tables

AUDIT_COLUMNS: Final = (
    "kind", "year", "item", "breakdown", "category", "ethnic_group",
    "feasible_low", "feasible_high", "required_width", "verdict", "reason",
)  # fmt: skip

HIDDEN_COUNT, INSIDER = "hidden count", "insider"
PROTECTED, EXPOSED, PUBLISHED_BEFORE, WARNING = "protected", "exposed", "published before", "warning"

#: A message names no more exposed counts than this.
_TOLD = 3
_KEYS = ["year", "item", "breakdown", "category", "ethnic_group"]


@small_tables
def audit(
    evidence: Evidence,
    protected: Evidence,
    parameters: Parameters,
    earlier_published: pd.DataFrame | None = None,
    insiders: bool = True,
) -> pd.DataFrame:
    """Attack what is shown.

    Parameters
    ----------
    evidence
        The true evidence.
    protected
        What a board is shown.
    parameters
        The resolved master file with the policy.
    earlier_published
        Counts that were published before, with the columns of tidy counts; the attacker knows them.
    insiders
        Whether to look for what somebody who knows one hidden count more could work out, too.

    Returns
    -------
    pandas.DataFrame
        One row per hidden count (kind "hidden count") with the attacker's range (people; infinite where it has no
        end; absent for insiders), the number of values the policy asks for, and the verdict: "protected", "exposed", or "published before"
        where an earlier publication gave the count away. One row per count that somebody who knows one hidden count
        more, such as his own, could work out (kind "insider", verdict "warning"); ``reason`` names what he knows.
    """
    system = system_of(universe(evidence.counts, evidence.context.reference, Method.of(parameters)), parameters.disclosure, parameters.year)
    known = _known_before(system, earlier_published)
    knowledge = told(system, protected)
    knowledge = Knowledge(np.where(known, system.values, knowledge.low), np.where(known, system.values, knowledge.high))
    attackers = [(group, Attacker(system.part(group), Knowledge(knowledge.low[group], knowledge.high[group])))
                 for group in components(system.matrix, np.arange(system.size))]  # fmt: skip
    hidden = hidden_cells_of(system, protected)
    low, high = _ranges(system, attackers, hidden)
    proved = _proved_width(system, attackers, hidden, (low, high), _Shown(evidence, protected, parameters, known))
    rows = [_verdict(system, int(cell), (low, high), proved, known) for cell in np.flatnonzero(hidden)]
    if insiders:
        rows += [row for group, attacker in attackers for row in _insiders(system.part(group), attacker, hidden[group])]
    return pd.DataFrame(rows, columns=list(AUDIT_COLUMNS))


@small_tables
def _ranges(system: CellSystem, attackers: list, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    low, high = system.values.astype(float), system.values.astype(float)
    for group, attacker in attackers:
        for cell in np.flatnonzero(hidden[group]):
            low[group[cell]], high[group[cell]] = attacker.range(int(cell))
    return low, high


def protect_and_audit(evidence: Evidence, parameters: Parameters) -> Evidence:
    """Return what a board may see, or nothing at all: what does not withstand the audit is not given out.

    Raises
    ------
    InputProblems
        Something cannot be protected under the policy, or the audit found it exposed.
    """
    try:
        shown = protect(evidence, parameters)
        outcome = None if shown is evidence else audit(evidence, shown, parameters, insiders=False)
        if outcome is None or not failed(outcome):
            return shown
        found = f"a hidden count that could be worked out from what would be published: {_exposed(outcome)}"
    except AttackFailed as error:
        found = str(error)
    policy = "counts that can be protected under the disclosure policy"
    action = "Nothing was published. Give coarser categories, or ask the owner of the policy."
    raise InputProblems([Problem(parameters.file, policy, action, column="disclosure", found=found)])


def _exposed(outcome: pd.DataFrame) -> str:
    """Return the places of exposed counts in words, the first few of many; the counts themselves stay out of messages and logs."""
    places = [str(place) for place in _cell_keys(outcome[outcome["verdict"].eq(EXPOSED)])]
    more = f"; and {len(places) - _TOLD} more" if len(places) > _TOLD else ""
    return "; ".join(places[:_TOLD]) + more


def summary(outcome: pd.DataFrame) -> dict[str, int | str]:
    """Return an audit in numbers, for the receipt: nothing in it tells a count."""
    hidden, insiders = outcome[outcome["kind"] == HIDDEN_COUNT], outcome[outcome["kind"] == INSIDER]
    width = (hidden["feasible_high"] - hidden["feasible_low"] + 1)[hidden["required_width"] > 0]
    return {
        "outcome": "exposed" if failed(outcome) else "withstood",
        "hidden_counts": len(hidden),
        "exposed": int(hidden["verdict"].eq(EXPOSED).sum()),
        "published_before": int(hidden["verdict"].eq(PUBLISHED_BEFORE).sum()),
        "fewest_values_left": int(min(width.min(), UNLIMITED)) if len(width) else 0,
        "insider_warnings": len(insiders),
    }


def failed(outcome: pd.DataFrame) -> bool:
    """Tell whether an audit found anything that must not be published."""
    return bool(outcome["verdict"].eq(EXPOSED).any())


def _cell_keys(table: pd.DataFrame) -> list[Cell]:
    return [Cell(*key) for key in table[_KEYS].itertuples(index=False, name=None)]


def _known_before(system: CellSystem, earlier: pd.DataFrame | None) -> np.ndarray:
    if earlier is None or earlier.empty:
        return np.zeros(system.size, dtype=bool)
    published = dict(zip(_cell_keys(earlier), earlier["count"], strict=True))
    return np.array([name in published and published[name] == value for name, value in zip(system.names, system.values, strict=True)])


@dataclass(frozen=True)
class _Shown:
    """What is audited, and the cells whose counts were published before."""

    evidence: Evidence
    protected: Evidence
    parameters: Parameters
    known: np.ndarray


def _proved_width(system: CellSystem, attackers: list, hidden: np.ndarray, ranges: tuple, shown: _Shown) -> np.ndarray:
    """Return how many values of each hidden cell lie between tables from which the very same report would be made.

    Any table that fits and makes the same report is a proof, wherever it comes from. Those by which the hiding was
    decided are tried first; where they do not suffice, the attacker's own.
    """
    plan = planned(shown.evidence, shown.parameters)
    found = _standing(plan.tables, plan.reports, shown)
    needed = hidden & (system.required > 0)
    if (found[needed] >= system.required[needed]).all():
        return found
    parts = []
    for group, attacker in attackers:
        cells = np.flatnonzero(hidden[group] & (attacker.lower < attacker.upper))
        if len(cells):
            parts.append((group, tables_at_ends(attacker, cells, ranges[0][group], ranges[1][group])))
    tables = by_year(system.names, together(system, parts))
    made = reports(shown.evidence, shown.parameters, system.names, tables)
    return np.maximum(found, _standing(tables, made, shown))


def _standing(tables: np.ndarray, made: Reports, shown: _Shown) -> np.ndarray:
    """Return how many values lie between the tables that nothing shown or known tells from the true one."""
    exact = as_shown(shown.evidence, shown.parameters)
    same = (tables[:, shown.known] == tables[0, shown.known]).all(axis=1)
    for name in TABLES:
        true, board = getattr(exact, name), getattr(shown.protected, name)
        texts = [json.loads(text) if text else {} for text in board["protection"]]
        for column, values in made.columns[name].items():
            kept = np.array([column not in text for text in texts], dtype=bool)
            kept &= _still_there(_array(true[column], values), _array(board[column], values))
            same &= ~(differs(values[0], values) & kept).any(axis=1)
    standing = tables[same]
    return standing.max(axis=0) - standing.min(axis=0) + 1


def _still_there(true: np.ndarray, board: np.ndarray) -> np.ndarray:
    """Return where a board is shown a number, with whatever digits, or the very text of the true report."""
    return ~np.isnan(board) | np.isnan(true) if board.dtype.kind == "f" else ~differs(true, board)


def _array(column: pd.Series, like: np.ndarray) -> np.ndarray:
    return column.to_numpy(dtype=float, na_value=np.nan) if like.dtype.kind == "f" else column.to_numpy(dtype=object)


def _verdict(system: CellSystem, cell: int, ranges: tuple, proved: np.ndarray, known: np.ndarray) -> tuple:
    required = int(system.required[cell])
    low, high = ranges[0][cell], ranges[1][cell]
    end = np.inf if high >= system.ceiling[cell] > system.values[cell] else high
    row = (HIDDEN_COUNT, *system.names[cell], low, end, required)
    if known[cell] or (known.any() and low == high):
        return (*row, PUBLISHED_BEFORE, "an earlier publication gives the count away; this report adds nothing")
    if high - low + 1 < required:
        return (*row, EXPOSED, "the attacker's range is narrower than the policy asks")
    if proved[cell] < required:
        return (*row, EXPOSED, "other counts in this range would make a different report")
    return (*row, PROTECTED, "")


def _insiders(part: CellSystem, attacker: Attacker, hidden: np.ndarray) -> list[tuple]:
    """Return the sensitive counts that somebody who knows one hidden count more could work out exactly.

    The rows name no number: they stand in the receipt.
    """
    found: dict[int, list[int]] = {}
    cells = np.flatnonzero(hidden & (attacker.lower < attacker.upper))
    for own in cells:
        low, high = attacker.knowledge.low.copy(), attacker.knowledge.high.copy()
        low[own] = high[own] = part.values[own]
        insider = Attacker(part, Knowledge(low, high), attacker.witnesses)
        for cell in cells:
            if cell != own and part.sensitive[cell] and not insider.reaches(int(cell), 2):
                found.setdefault(int(cell), []).append(int(own))
    return [_insider_row(part, cell, own) for cell, own in found.items()]


def _insider_row(part: CellSystem, cell: int, own: list[int]) -> tuple:
    others = f" or one of {len(own) - 1} more" if len(own) > 1 else ""
    reason = f"whoever knows the hidden count of {part.names[own[0]]}{others} can work this one out"
    return (INSIDER, *part.names[cell], np.nan, np.nan, int(part.required[cell]), WARNING, reason)
