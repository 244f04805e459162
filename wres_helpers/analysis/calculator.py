"""Two groups, four counts: the comparison behind ``wres compare``."""

import math

import pandas as pd

from wres_helpers.analysis.group_comparisons import recalculated
from wres_helpers.analysis.status_rule import Method
from wres_helpers.settings.master_file import StatusRule

DIRECTIONS = ("white/bme", "bme/white")


def compare_two(
    white_count: int,
    white_base: int,
    bme_count: int,
    bme_base: int,
    direction: str,
    **rule: float | tuple[float, float],
) -> dict:
    """Compare two groups by their relative likelihood.

    Parameters
    ----------
    white_count, white_base, bme_count, bme_base
        People counted, and people they are counted from.
    direction
        ``white/bme`` (indicators 2 and 4) or ``bme/white`` (indicator 3); above 1 is read as worse for BME staff.
    rule
        Keys of the status rule (:class:`~wres_helpers.settings.master_file.StatusRule`) that are not to have their default.

    Returns
    -------
    dict
        The keys of ``wres compare --json``. Rates are fractions; what is undefined is None with a reason; what is
        infinite is ``math.inf``.

    Raises
    ------
    ValueError
        The direction is unknown, a count is negative or above its base, or a key of the rule is none or out of its range.

    Examples
    --------
    >>> compared = compare_two(150, 1605, 11, 251, "white/bme")
    >>> round(compared["ratio"], 2), compared["status"]
    (2.13, 'large_difference')
    """
    if direction not in DIRECTIONS:
        raise ValueError(f"the direction must be one of {', '.join(DIRECTIONS)}, not {direction!r}")
    for name, count, base in (("white", white_count, white_base), ("BME", bme_count, bme_base)):
        if not 0 <= count <= base:
            raise ValueError(f"the {name} count must lie between 0 and its base: {count}/{base}")
    row = {
        "measure": "compared", "breakdown": "overall", "comparison": "ratio", "direction": direction, "adverse": "above_1",
        "white_count": white_count, "white_base": white_base, "bme_count": bme_count, "bme_base": bme_base,
        "unknown_count": math.nan, "unknown_base": math.nan, "whole_count": math.nan, "whole_base": math.nan,
    }  # fmt: skip
    method = Method(StatusRule(**rule))
    found = recalculated(pd.DataFrame([row]), method).iloc[0]
    told = ("white_rate", "bme_rate", "value", "lower", "upper", "p_value", "relative_complement")
    numbers = {name: None if math.isnan(found[name]) else float(found[name]) for name in told}
    return {
        "white_count": row["white_count"], "white_base": row["white_base"], "white_rate": numbers["white_rate"],
        "bme_count": row["bme_count"], "bme_base": row["bme_base"], "bme_rate": numbers["bme_rate"],
        "direction": direction, "ratio": numbers["value"], "lower": numbers["lower"], "upper": numbers["upper"],
        "confidence": method.confidence, "method": found["method"], "p_value": numbers["p_value"],
        "p_value_test": None if numbers["p_value"] is None else found["p_value_test"],
        "complement_ratio": numbers["relative_complement"],
        "status": found["status"], "reason": found["reason"],
    }  # fmt: skip
