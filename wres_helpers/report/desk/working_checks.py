"""For the analyst: what contradicts what, and what an attacker could work out. Never for a board."""

import math

import pandas as pd

from wres_helpers.checking.check_findings import blocking
from wres_helpers.report.form.blocks import Column, Notice, Prose, Table
from wres_helpers.report.words.vocabulary import year_label

#: Findings shown in full, gravest first; the rest are in findings.csv.
_SHOWN_FINDINGS = 20

_CONTRADICTIONS = "Figures that contradict each other"
_RANKS = {"conclusion": "changes a conclusion", "number": "changes a number", "wording": "wording only"}


def contradictions(findings: pd.DataFrame) -> tuple[Notice, Table] | tuple[Notice]:
    """Return what stands in the way of publication, and the figures that contradict another, the gravest first.

    One row per finding, as ``reconcile`` gives them; those that somebody has accepted stand last, with the reason.
    """
    wrong = findings[findings["verdict"].eq("contradicts")]
    accepted = wrong["acknowledged"].astype(bool)
    wrong = pd.concat([wrong[~accepted], wrong[accepted]])
    unchecked = _unchecked(findings)
    if wrong.empty:
        text = " ".join(["No printed figure contradicts the data or another figure.", *unchecked])
        return (Notice("No contradictions", text, "information"),)
    open_ones = len(blocking(wrong))
    told = [
        f"{len(wrong)} printed figures or claims contradict the data or each other; {open_ones} of them change a conclusion, or set "
        "supplied tables against each other, and have not been acknowledged in the master file.",
        *([f"{accepted.sum()} are acknowledged and stand last."] if accepted.any() else []),
        *unchecked,
    ]
    notice = Notice(_CONTRADICTIONS, " ".join(told), "warning" if open_ones else "information")
    # what stands in the way of publication is never cut off
    return notice, _contradictions_table(wrong, max(_SHOWN_FINDINGS, open_ones))


def _unchecked(findings: pd.DataFrame) -> list[str]:
    """Say how many figures could not be checked, and which acknowledgements are of nothing."""
    open_ones = findings[findings["verdict"].eq("cannot_check")]
    stale = open_ones["rule"].eq("acknowledgement")
    told = [f"{(~stale).sum()} could not be checked; findings.csv says why."] if (~stale).any() else []
    if stale.any():
        told.append(f"The master file acknowledges what is no finding: {', '.join(open_ones.loc[stale, 'printed'])}.")
    return told


def _contradictions_table(wrong: pd.DataFrame, most: int) -> Table:
    body = []
    for _, row in wrong.head(most).iterrows():
        happened = row["diagnosis"] or f"No simple explanation found: {row['arithmetic']}"
        happened = f"Acknowledged: {row['reason']}. {happened}" if row["acknowledged"] else happened
        body.append((row["id"], _RANKS[row["rank"]], row["where"], row["printed"] or "nothing", row["expected"], happened))
    folded = tuple(Column(label, "folded") for label in ("Where", "Printed", "Expected", "What may have happened"))
    columns = (Column("Finding"), Column("Weight"), *folded)
    first = f"The first {len(body)} of {len(wrong)}. " if len(body) < len(wrong) else ""
    notes = (f"{first}All findings, with their arithmetic, are in findings.csv.",)
    return Table("contradictions", _CONTRADICTIONS, columns, tuple(body), notes=notes)


def attackers_ranges(audit: pd.DataFrame) -> tuple[Prose, Table] | tuple[Prose]:
    """Return, for each count hidden from the board, what somebody could work out who solves everything published."""
    hidden, insiders = audit[audit["kind"].eq("hidden count")], audit[audit["kind"].eq("insider")]
    exposed = int(hidden["verdict"].eq("exposed").sum())
    told = f"{len(hidden)} counts are hidden from the board; {exposed} of them could be narrowed below what the policy asks."
    told += f" Somebody who knows one hidden count more, such as their own, could work out {len(insiders)} others."
    if hidden.empty:
        return (Prose((told,)),)
    named = ["item", "breakdown", "category", "ethnic_group"]
    told_of = hidden.assign(item=hidden["item"].str.replace("_", " "))
    body = tuple(
        (
            year_label(row["year"]),
            *row[named],
            f"{_end(row['feasible_low'])} to {_end(row['feasible_high'])}",
            _end(row["required_width"]),
            row["verdict"],
        )
        for _, row in told_of.iterrows()
    )
    columns = tuple(map(Column, ("Year", "Item", "Breakdown", "Category", "Group", "Could be", "Values asked for", "Verdict")))
    return Prose((told,)), Table("attackers-ranges", "Hidden counts and what an attacker can say of them", columns, body, row_header=False)


def _end(number: float) -> str:
    return "any number" if pd.isna(number) or math.isinf(number) else f"{round(number):,}"
