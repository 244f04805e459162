"""For the analyst: what contradicts what, and what an attacker could work out. Never for a board."""

import math

import pandas as pd

from wres_helpers.presentation.blocks import Column, Notice, Prose, Table

#: Findings shown in full, gravest first; the rest are in findings.csv.
_SHOWN_FINDINGS = 20

_RANKS = {"conclusion": "changes a conclusion", "number": "changes a number", "wording": "wording only"}


def contradictions(findings: pd.DataFrame) -> tuple[Notice, Table] | tuple[Notice]:
    """Return what stands in the way of publication, and the figures that contradict another, the gravest first.

    Parameters
    ----------
    findings
        One row per finding, as ``reconcile`` gives them.
    """
    wrong = findings[findings["verdict"].eq("contradicts")]
    if wrong.empty:
        return (Notice("No contradictions", "No printed figure contradicts the data or another figure.", "information"),)
    open_ones = wrong[wrong["rank"].eq("conclusion") & ~wrong["acknowledged"].astype(bool)]
    title = "Figures that contradict each other"
    text = (
        f"{len(wrong)} printed figures or claims contradict the data or each other; {len(open_ones)} of them change a conclusion and "
        "have not been acknowledged in the master file."
    )
    body = tuple(
        (
            row["id"],
            _RANKS[row["rank"]],
            row["where"],
            row["printed"] or "nothing",
            row["expected"],
            row["diagnosis"] or "no simple explanation found",
        )
        for _, row in wrong.head(_SHOWN_FINDINGS).iterrows()
    )
    columns = tuple(
        Column(key, label)
        for key, label in (
            ("id", "Finding"), ("rank", "Weight"), ("where", "Where"), ("printed", "Printed"), ("expected", "Expected"),
            ("diagnosis", "What may have happened"),
        )
    )  # fmt: skip
    notes = (f"The first {len(body)} of {len(wrong)}; all of them are in findings.csv. `wres check` shows them with their arithmetic.",)
    return Notice(title, text, "warning" if len(open_ones) else "information"), Table("contradictions", title, columns, body, notes=notes)


def attackers_ranges(audit: pd.DataFrame) -> tuple[Prose, Table] | tuple[Prose]:
    """Return, for each count hidden from the board, what somebody could work out who solves everything published.

    Parameters
    ----------
    audit
        One row per hidden count and per insider warning, as the disclosure audit gives them.
    """
    hidden, insiders = audit[audit["kind"].eq("hidden count")], audit[audit["kind"].eq("insider")]
    exposed = int(hidden["verdict"].eq("exposed").sum())
    told = f"{len(hidden)} counts are hidden from the board; {exposed} of them could be narrowed below what the policy asks."
    told += f" Somebody who knows one hidden count more, such as their own, could work out {len(insiders)} others."
    if hidden.empty:
        return (Prose((told,)),)
    body = tuple(
        (
            row["year"],
            row["item"].replace("_", " "),
            row["breakdown"],
            row["category"],
            row["ethnic_group"],
            _range(row),
            _end(row["required_width"]),
            row["verdict"],
        )
        for _, row in hidden.iterrows()
    )
    labels = ("Year", "Item", "Breakdown", "Category", "Group", "Could be", "Values asked for", "Verdict")
    columns = tuple(Column(f"c{number}", label) for number, label in enumerate(labels))
    return Prose((told,)), Table("attackers-ranges", "Hidden counts and what an attacker can say of them", columns, body, row_header=False)


def _range(row: pd.Series) -> str:
    return f"{_end(row['feasible_low'])} to {_end(row['feasible_high'])}"


def _end(number: float) -> str:
    return "any number" if pd.isna(number) or math.isinf(number) else f"{number:,.0f}"
