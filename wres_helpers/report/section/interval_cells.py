"""A comparison with its interval as the cell of a table: a dot on a line whose right side is worse, and its words."""

import math
from dataclasses import replace

import pandas as pd

from wres_helpers.analysis.asides import JUDGED_BY_OPPOSITE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers
from wres_helpers.report.form.blocks import IntervalCell
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.doubts import judged_by

#: Where the line of the scorecard ends: a ratio of four (and of a quarter), a gap of 40 percentage points.
_RATIO_END, _GAP_END = 4.0, 0.4


def interval_key(confidence: float) -> str:
    """Return what the marks of a column of intervals mean."""
    level = numbers.confidence(confidence)
    return f"Dot: comparison, right worse; bar: {level} interval; upright line: equality."


def interval_cell(row: pd.Series | None, adverse: str) -> IntervalCell | str:
    """Return a comparison with its interval on a line whose right side is worse; words alone where it has no value to show."""
    if row is None or not evidence_rows.has(row, "value", "lower", "upper"):
        hidden = evidence_rows.is_hidden(row, "value", "lower", "upper")
        if not hidden or not evidence_rows.has(row, "value"):
            return evidence_rows.HIDDEN if hidden else "no comparison"
        return f"{numbers.STYLES[row['comparison']].value(row['value'])} (interval {evidence_rows.HIDDEN})"
    ratio, style = row["comparison"] == "ratio", numbers.STYLES[row["comparison"]]
    sign = -1 if adverse.startswith("below") else 1
    value, low, high = (_place(row[field], sign, ratio=ratio) for field in ("value", "lower", "upper"))
    words = f"{style.value(row['value'])} ({style.span(row['lower'], row['upper'])})"
    return IntervalCell(words, value, min(low, high), max(low, high))


def with_ratio(shown: Evidence, row: pd.Series | None, cell: IntervalCell | str) -> IntervalCell | str:
    """Return the cell of a gap with the ratio by which it is judged, so that a column of points does not hide what is large."""
    found = judged_by(shown, row) if row is not None and row["comparison"] == "difference" else None
    if found is None or not isinstance(cell, IntervalCell) or math.isinf(found["value"]):
        return cell
    of = " of the opposite" * (found["kind"] == JUDGED_BY_OPPOSITE)
    return replace(cell, text=f"{cell.text}; as a ratio{of} {numbers.ratio(found['value'])}")


def _place(value: float, sign: int, *, ratio: bool) -> float:
    """Return the place of a value on the scorecard's line, from 0 to 1, cut at its ends."""
    far = value / _GAP_END
    if ratio:
        far = -math.inf if value == 0 else math.log(value) / math.log(_RATIO_END)
    return 0.5 + 0.5 * max(-1.0, min(1.0, sign * float(far)))
