"""The audit: starts from what is shown and nothing else, and works out each hidden count as an attacker would.

It takes no word of the decision what to hide. Everything that is shown is read as a page of statements, and the page is asked
for the smallest and largest value of every hidden count. Other counts of which the decision has it that the same is told are
held to every statement first; those that fit answer without a search.
"""

from importlib.metadata import version
from typing import Any, Final

import numpy as np
import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.status_rule import Method
from wres_helpers.analysis.who_speaks import headline_rows
from wres_helpers.disclosure.counterfactual import TABLES, as_column
from wres_helpers.disclosure.protection import DisclosurePlan, planned, protect
from wres_helpers.disclosure.read_as_attacker import COUNT_FIELDS, Reader, counts_shown
from wres_helpers.disclosure.told import Decision
from wres_helpers.page_model import Count
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.remembered import remembered
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import small_tables
from wres_helpers.standard.columns import hidden_texts

AUDIT_COLUMNS: Final = ("kind", *Count._fields, "feasible_low", "feasible_high", "required_width", "verdict", "reason")

HIDDEN_COUNT, INSIDER = "hidden count", "insider"
PROTECTED, EXPOSED, WARNING = "protected", "exposed", "warning"

#: A message names no more exposed counts than this.
_TOLD = 3
#: What ``summary`` tells instead of no limit at all.
_NO_LIMIT = 10_000_000


@remembered
@small_tables
def audit(
    evidence: Evidence,
    protected: Evidence,
    parameters: Parameters,
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

    Returns
    -------
    pandas.DataFrame
        One row per hidden count, and per small one that is shown (kind "hidden count"), with the attacker's range (people; infinite where it has no
        end; absent for insiders; where it is as wide as asked, as far as it was looked for), the number of values the
        policy asks for, and the verdict: "protected" or "exposed". One row per count that somebody who knows one
        hidden count more, such as his own, could work out (kind "insider", verdict "warning"); ``reason`` names what
        he knows.
    """
    policy, method = parameters.disclosure, Method.of(parameters)
    reader = Reader(evidence.counts, evidence.context.reference, method)
    page = reader.page(protected, policy.round_to if policy.method == "round" else 0)
    plan = planned(evidence, parameters)
    page.witnesses([reader.people.values, *plan.tables])
    rows, widths = [], {}
    for cell, count in counts_shown(protected).items():
        value = reader.people.values[cell]
        if pd.isna(count) or (0 < value < policy.smallest and cell.item not in policy.public):
            # what is hidden for the sake of others may be worked out, as long as the others cannot
            widths[cell] = policy.width if value < policy.smallest and not (value == 0 and policy.show_zeros == "all") else 0
    page.look_round({cell: max(width, 2) for cell, width in widths.items()})
    for cell, width in widths.items():
        value, found = reader.people.values[cell], page.range_of(cell, enough=max(width, 2))
        ends = min(found.low, value), max(found.high, value)
        narrow = ends[1] - ends[0] + 1 < width
        verdict = (EXPOSED, "the attacker's range is narrower than the policy asks") if narrow else (PROTECTED, "")
        rows.append((HIDDEN_COUNT, *cell, *ends, width, *verdict))
    rows += [(HIDDEN_COUNT, *key, np.nan, np.nan, policy.width, EXPOSED, reason) for key, reason in _slipped(plan, protected)]
    rows += _insiders(plan.decision)
    return pd.DataFrame(rows, columns=list(AUDIT_COLUMNS))


def against_published(
    evidence: Evidence, protected: Evidence, parameters: Parameters, before: list[dict[str, Any]]
) -> tuple[list[Count], list[Count]]:
    """Hold what is shown against an earlier publication.

    Parameters
    ----------
    before
        Rows of the results of the earlier publication, as a board was given them. Where its numbers cannot be those of
        the same counts, because one was corrected since, the row says nothing.

    Returns
    -------
    tuple
        The small hidden counts that both together tell more exactly than the policy allows, and the places of which the
        earlier one told other numbers: whoever has both editions can set them against each other.
    """
    policy = parameters.disclosure
    reader = Reader(evidence.counts, evidence.context.reference, Method.of(parameters))
    page = reader.page(protected, policy.round_to if policy.method == "round" else 0, before=before)
    small = [cell for cell, count in counts_shown(protected).items() if pd.isna(count) and 0 < reader.people.values[cell] < policy.smallest]
    ranges = {cell: page.range_of(cell, enough=policy.width) for cell in [*small, *reader.bands(before)]}
    # what was counted in a band is not known here, so that it may be small is enough
    maybe_small = [cell for cell, found in ranges.items() if found.low < policy.smallest and found.high > 0]
    return [cell for cell in maybe_small if ranges[cell].high - ranges[cell].low + 1 < policy.width], reader.corrected(before)


def _place(table: str, line: pd.Series, plan: DisclosurePlan) -> tuple:
    """Return the hidden count that a row is about, or what else names the row."""
    cells = (plan.made_of.places.of(table, line, field) for field in COUNT_FIELDS.get(table, ()))
    named = tuple(str(line.get(key, line.get("indicator", ""))) for key in Count._fields)
    return next((cell for cell in cells if cell in plan.decision.hidden), named)


def _slipped(plan: DisclosurePlan, protected: Evidence) -> list[tuple[tuple, str]]:
    """Return the places of numbers and words that are shown though they do not follow from what is told."""
    found = []
    for name in TABLES:
        board = getattr(protected, name)
        hidden = [hidden_texts(text) for text in board["protection"]]
        for column, rows in plan.reports.varying(name).items():
            for row in np.flatnonzero(rows & ~pd.isna(as_column(board[column]))):
                if column not in hidden[row]:
                    found.append((_place(name, board.iloc[int(row)], plan), f"the {column} of {name} does not follow from what is told"))
    speaking = headline_rows(protected.results, protected.context.reference.catalogue)
    follows = protected.results.loc[speaking, ["year", "indicator", "status"]].reset_index(drop=True)
    other = protected.statuses["status"].ne(follows["status"])
    return found + [
        (_place("statuses", line, plan), "the status does not follow from what is told") for _, line in follows[other].iterrows()
    ]


def protect_and_audit(evidence: Evidence, parameters: Parameters) -> Evidence:
    """Return what a board may see, or nothing at all: what does not withstand the audit is not given out.

    Raises
    ------
    InputProblems
        Something cannot be protected under the policy, or the audit found it exposed.
    """
    shown = protect(evidence, parameters)
    outcome = None if shown is evidence else audit(evidence, shown, parameters)
    if outcome is None or not failed(outcome):
        return shown
    # the counts themselves stay out of messages and logs
    exposed = outcome.loc[outcome["verdict"].eq(EXPOSED), list(Count._fields)]
    places = "; ".join(str(Count(*key)) for key in exposed[:_TOLD].itertuples(index=False, name=None))
    more = f"; and {len(exposed) - _TOLD} more" if len(exposed) > _TOLD else ""
    policy = "counts that can be protected under the disclosure policy"
    action = "Nothing was published. Give coarser categories, or ask the owner of the policy."
    found = f"a hidden count that could be worked out from what would be published: {places}{more}"
    raise InputProblems([Problem(parameters.file, policy, action, column="disclosure", found=found)])


def summary(outcome: pd.DataFrame) -> dict[str, int | str]:
    """Return an audit in numbers, for the receipt: nothing in it tells a count."""
    hidden, insiders = outcome[outcome["kind"] == HIDDEN_COUNT], outcome[outcome["kind"] == INSIDER]
    width = (hidden["feasible_high"] - hidden["feasible_low"] + 1)[hidden["required_width"] > 0]
    return {
        "outcome": "exposed" if failed(outcome) else "withstood",
        "solver": f"HiGHS, as in scipy {version('scipy')}",
        "hidden_counts": len(hidden),
        "exposed": int(hidden["verdict"].eq(EXPOSED).sum()),
        "fewest_values_left": int(min(width.min(), _NO_LIMIT)) if len(width) else 0,
        "insider_warnings": len(insiders),
    }


def failed(outcome: pd.DataFrame) -> bool:
    """Tell whether an audit found anything that must not be published."""
    return bool(outcome["verdict"].eq(EXPOSED).any())


def _insiders(decision: Decision) -> list[tuple]:
    """Return the small counts that somebody who knows one hidden count more could work out: those told together in pairs.

    The rows name no number: they stand in the receipt.
    """
    policy, rows = decision.policy, []
    for pair in (cells for cells in decision.merged if len(cells) == 2):
        for cell, own in (pair, pair[::-1]):
            if 0 < decision.people.values[cell] < policy.smallest:
                reason = f"whoever knows the hidden count of {own} can work this one out"
                rows.append((INSIDER, *cell, np.nan, np.nan, policy.width, WARNING, reason))
    return rows
