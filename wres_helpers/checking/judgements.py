"""Checks the statuses a report gives its indicators against the status rule applied to the counts."""

import pandas as pd

from wres_helpers.checking.check_findings import AGREES, CANNOT_CHECK, CONCLUSION, CONTRADICTS, Finding, finding_id
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.explanations import Explanation, told
from wres_helpers.intake.register_words import STATUS, STATUS_WORDS
from wres_helpers.standard import statuses

#: From best to worst; an indicator pair is as its worse one.
_ORDER = (
    statuses.EQUIVALENT,
    statuses.DIFFERENCE_OTHER_WAY,
    statuses.NO_CLEAR_DIFFERENCE,
    statuses.SOME_DIFFERENCE,
    statuses.LARGE_DIFFERENCE,
)


def check_status(claim: Claim, results: pd.DataFrame) -> Finding:
    """Return the finding about one status.

    Parameters
    ----------
    claim
        The status as printed, with the indicators it is given to.
    results
        The overall comparison of each indicator: one row per indicator, columns of results.csv.
    """
    blank = Finding(finding_id(claim.id, STATUS), CONCLUSION, CANNOT_CHECK, claim.where, claim.text, "", "", claim=claim.id, rule=STATUS)
    stated = stated_status(claim)
    rows = results[results["indicator"].isin(claim.indicators)]
    if stated is None or rows.empty:
        why = "the words name none of the three statuses" if stated is None else "no indicator with figures is named"
        return blank.with_(arithmetic=f"Cannot be checked: {why}.")
    arithmetic = "; ".join(_in_words(row) for row in rows.to_dict("records"))
    judged = [status for status in rows["status"] if status in _ORDER]
    if not judged:
        return blank.with_(arithmetic=f"Cannot be checked: the numbers do not allow a judgement. {arithmetic}")
    worst = max(judged, key=_ORDER.index)
    if statuses.fits(stated, worst):
        return blank.with_(verdict=AGREES, expected=statuses.LABELS[worst], arithmetic=arithmetic)
    explained = [Explanation("hand_status", "the status was given by hand, without the rule", statuses.LABELS[worst], 1)]
    return blank.with_(verdict=CONTRADICTS, expected=statuses.LABELS[worst], arithmetic=arithmetic, **told(explained))


def stated_status(claim: Claim) -> str | None:
    """Return which of the three statuses a claim states."""
    for text in (claim.says, claim.text.lower()):
        for words, status in STATUS_WORDS.items():
            if text and words in text:
                return status
    return None


def _in_words(row: dict) -> str:
    sides = [
        f"{name} {row[f'{group}_count']:,.0f} of {row[f'{group}_base']:,.0f}"
        for group, name in (("bme", "BME"), ("white", "white"))
        if pd.notna(row[f"{group}_base"])
    ]
    value = ""
    if pd.notna(row["value"]):
        shown = f"{row['value']:.2f}" if row["comparison"] == "ratio" else f"{100 * row['value']:.1f} points"
        limits = (row["lower"], row["upper"])
        low, high = (f"{limit:.2f}" if row["comparison"] == "ratio" else f"{100 * limit:.1f}" for limit in limits)
        value = f", {row['direction']} {shown} (interval {low} to {high})"
    status = statuses.LABELS.get(row["status"], row["status"])
    counts = f"{', '.join(sides)}{value}: " if sides else ""
    return f"indicator {row['indicator']}: {counts}{status} ({row['reason']})"
