"""Many organisations beside one another: each value with its precision, the whole system's value, and control limits.

A funnel plot shows which organisations differ from the rest by more than chance. The centre of each year's funnel is the
value of all its organisations taken together; the limits are those of an organisation of the same size that truly has the
centre's value (Spiegelhalter 2005, Statistics in Medicine 24:1185; ratios on the logarithmic scale).
"""

import numpy as np
import pandas as pd

KEYS = ["year", "indicator", "measure", "comparison", "direction"]
FUNNEL_COLUMNS = (
    "organisation", *KEYS, "value", "scale", "position", "standard_error", "white_base", "bme_base",
    "centre", "lower_95", "upper_95", "lower_998", "upper_998", "outside", "status",
)  # fmt: skip
#: Comparisons of two separate groups; a share of a grade or of the board is compared with a whole it is part of.
DIRECTIONS = ("white/bme", "bme/white", "bme-white")
_LIMITS = {"95": 1.959964, "998": 3.090232}


def funnel(results: pd.DataFrame) -> pd.DataFrame:
    """Return one row per organisation and comparison whose counts are all known, with its place in the funnel.

    Parameters
    ----------
    results
        Results of any number of organisations and years; only overall comparisons of the two groups are taken.

    Returns
    -------
    pandas.DataFrame
        Columns of :data:`FUNNEL_COLUMNS`. ``position`` is the value on the scale of the funnel (its logarithm for ratios);
        ``outside`` is ``""``, ``95`` or ``998``: beyond which limit it lies. Rows whose standard error is not defined (a
        zero cell) keep their value and have no limits.
    """
    counts = ["white_count", "white_base", "bme_count", "bme_base"]
    rows = results[results["breakdown"].eq("overall") & results["direction"].isin(DIRECTIONS)].copy()
    rows = rows[rows[counts].notna().all(axis=1) & rows[["white_base", "bme_base"]].gt(0).all(axis=1)]
    rows[counts] = rows[counts].astype(float)
    totals = rows.groupby(KEYS, observed=True)[counts].transform("sum")
    ratio = rows["comparison"].eq("ratio")
    with np.errstate(divide="ignore", invalid="ignore"):
        rows["position"], rows["standard_error"] = _position(rows, ratio)
        centre, _ = _position(rows.assign(**{name: totals[name] for name in counts}), ratio)
        for name, width in _LIMITS.items():
            for side, sign in (("lower", -1), ("upper", 1)):
                limit = centre + sign * width * rows["standard_error"]
                rows[f"{side}_{name}"] = np.where(ratio, np.exp(limit), limit)
        distance = (rows["position"] - centre).abs() / rows["standard_error"]
    rows["centre"] = np.where(ratio, np.exp(centre), centre)
    rows["scale"] = np.where(ratio, "logarithm", "difference")
    rows["outside"] = np.select([distance > _LIMITS["998"], distance > _LIMITS["95"]], ["998", "95"], "")
    return rows.replace([np.inf, -np.inf], np.nan)[list(FUNNEL_COLUMNS)].reset_index(drop=True)


def _position(rows: pd.DataFrame, ratio: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return place and standard error on the funnel's scale, in the direction of the comparison."""
    white, bme = rows["white_count"] / rows["white_base"], rows["bme_count"] / rows["bme_base"]
    turned = rows["direction"].isin(["bme/white", "bme-white"])
    first, second = white.where(~turned, bme), bme.where(~turned, white)
    position = np.where(ratio, np.log(first / second), first - second)
    log_error = np.sqrt(1 / rows["white_count"] - 1 / rows["white_base"] + 1 / rows["bme_count"] - 1 / rows["bme_base"])
    gap_error = np.sqrt(white * (1 - white) / rows["white_base"] + bme * (1 - bme) / rows["bme_base"])
    error = pd.Series(np.where(ratio, log_error, gap_error), index=rows.index)
    return pd.Series(position, index=rows.index), error.where(np.isfinite(error) & error.gt(0))
