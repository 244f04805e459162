"""Two groups, four counts: the comparison behind ``wres compare``."""

import math

import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.analysis.comparisons import smallest_expected
from wres_helpers.analysis.status_rule import judge

DIRECTIONS = ("white/bme", "bme/white")


def compare_two(
    white_count: int,
    white_base: int,
    bme_count: int,
    bme_base: int,
    direction: str,
    confidence: float = 0.95,
    no_adverse_range: tuple[float, float] = (0.80, 1.25),
    minimum_expected: float = 5,
) -> dict:
    """Compare two groups by their relative likelihood.

    Parameters
    ----------
    white_count, white_base, bme_count, bme_base
        People counted, and people they are counted from.
    direction
        ``white/bme`` (indicators 2 and 4) or ``bme/white`` (indicator 3); above 1 is read as worse for BME staff.
    confidence
        Confidence of the score interval.
    no_adverse_range, minimum_expected
        The status rule.

    Returns
    -------
    dict
        The keys of ``wres compare --json``. Rates are fractions; what is undefined is None with a reason; what is
        infinite is ``math.inf``.

    Raises
    ------
    ValueError
        The direction is unknown, a count is negative, or a count is above its base.
    """
    if direction not in DIRECTIONS:
        raise ValueError(f"the direction must be one of {', '.join(DIRECTIONS)}, not {direction!r}")
    for name, count, base in (("white", white_count, white_base), ("BME", bme_count, bme_base)):
        if not 0 <= count <= base:
            raise ValueError(f"the {name} count must lie between 0 and its base: {count}/{base}")
    white, bme = (white_count, white_base), (bme_count, bme_base)
    cells = (*white, *bme) if direction == "white/bme" else (*bme, *white)
    lower, upper = (float(end) for end in intervals.ratio_interval(*cells, confidence))
    status, reason = _status(cells, lower, upper, no_adverse_range, minimum_expected)
    return {
        "white_count": white_count, "white_base": white_base, "white_rate": _rate(*white),
        "bme_count": bme_count, "bme_base": bme_base, "bme_rate": _rate(*bme),
        "direction": direction, "ratio": _ratio(*cells), "lower": _defined(lower), "upper": _defined(upper),
        "confidence": confidence, "method": intervals.RATIO_METHOD, "p_value": _defined(float(intervals.ratio_p_value(*cells))),
        "status": status, "reason": reason,
    }  # fmt: skip


def _rate(count: int, base: int) -> float | None:
    return count / base if base else None


def _ratio(count_1: int, base_1: int, count_2: int, base_2: int) -> float | None:
    if not base_1 or not base_2 or (count_1 == 0 and count_2 == 0):
        return None
    return (count_1 / base_1) / (count_2 / base_2) if count_2 else math.inf


def _defined(number: float) -> float | None:
    return None if math.isnan(number) else number


def _status(cells: tuple, lower: float, upper: float, no_adverse_range: tuple[float, float], minimum_expected: float) -> tuple[str, str]:
    based, ratio = cells[1] > 0 and cells[3] > 0, _ratio(*cells)
    row = {
        "comparison": "ratio",
        "adverse": "above_1",
        "lower": lower,
        "upper": upper,
        "relative": math.nan if ratio is None else ratio,
        "expected": float(smallest_expected(*cells)) if based else math.nan,
        "supplied": True,
        "judged": True,
        "based": based,
        "within": True,
        "counted": cells[0] + cells[2] > 0,
    }
    judged = judge(pd.DataFrame([row]), no_adverse_range, minimum_expected).iloc[0]
    return judged["status"], judged["reason"]
