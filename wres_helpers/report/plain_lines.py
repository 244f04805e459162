"""A result as one plain line, for the scorecard and for page one."""

import math
from collections.abc import Iterable
from typing import TypeGuard

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import charts, evidence_rows, headlines
from wres_helpers.standard import statuses


def plain_line(shown: Evidence, row: pd.Series | None) -> str:
    """Return a result as one plain line without a full stop: who, how much likelier or oftener, and both rates with their counts.

    Where a value or a rate is hidden, missing or infinite the headline's own sentences stand in its place.
    """
    if not _has_a_line(row):
        return headlines.headline_text(shown, row).rstrip(".")
    if row["comparison"] == "ratio":
        return f"{headlines.likelihood(shown, row, short=True)}: {_rates(row, evidence_rows.RATIO_GROUPS[row['direction']])}"
    return f"{charts.gap_finding(shown, row, chance=('', ''))}: {_rates(row, ('bme', 'white'))}"


def finding(shown: Evidence, row: pd.Series | None) -> str:
    """Return the same as whole sentences that stand alone: with what chance could do, and on which base a percentage stands."""
    if not _has_a_line(row):
        return headlines.headline_text(shown, row)
    return f"{plain_line(shown, row)}{headlines.chance_words(row)}. {headlines.qualified(shown, row)}".strip()


def _has_a_line(row: pd.Series | None) -> TypeGuard[pd.Series]:
    """Tell whether a result is a comparison of two rates with a value that can be said in words."""
    if not evidence_rows.has(row, "value", "white_rate", "bme_rate") or math.isinf(row["value"]):
        return False
    judged = row["status"] not in (statuses.NOT_SUPPLIED, statuses.TOO_FEW_TO_JUDGE)
    return judged and not row["direction"].endswith("workforce") and (row["comparison"] != "ratio" or row["value"] > 0)


def _rates(row: pd.Series, groups: Iterable[str]) -> str:
    return " against ".join(headlines.with_rate(row, group) for group in groups)
