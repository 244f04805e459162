"""Many organisations beside one another: each value with its precision, the whole system's value, and control limits.

A funnel plot shows which organisations differ from the rest by more than chance. The centre of each year's funnel is the
value of all its organisations taken together; the limits are those of an organisation of the same size that truly has the
centre's value (Spiegelhalter 2005, Statistics in Medicine 24:1185; ratios on the logarithmic scale). Organisations differ by more than
chance for many harmless reasons, so the limits are widened by what their middle eight tenths show of it (overdispersion; winsorised
z-scores, same source). With few organisations neither can be told, and no limits are drawn. It is no league table.
"""

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import COMPARED_GROUPS, TWO_GROUPS

KEYS = ["year", "indicator", "measure", "comparison", "direction"]
FUNNEL_COLUMNS = (
    "organisation", *KEYS, "value", "scale", "position", "standard_error", "white_base", "bme_base",
    "units", "overdispersion", "centre", "lower_95", "upper_95", "lower_998", "upper_998", "outside", "status",
)  # fmt: skip
#: How many standard errors the limits are from the centre, by the ending of their fields.
WIDTHS = {"95": 1.959964, "998": 3.090232}
#: Fewest units for which limits are drawn, and the share of them at either end whose distance is pulled in.
FEWEST_UNITS = 10
_PULLED_IN = 0.1


def funnel(results: pd.DataFrame) -> pd.DataFrame:
    """Return one row per organisation and overall comparison of the two groups whose counts are all known, with its place in the funnel.

    Returns
    -------
    pandas.DataFrame
        Columns of :data:`FUNNEL_COLUMNS`. ``position`` is the value on the scale of the funnel (its logarithm for ratios);
        ``outside`` is ``""``, ``95`` or ``998``: beyond which limit it lies. ``overdispersion`` is the factor by which the
        variance of the limits is widened, never below 1. Rows whose standard error is not defined (a zero cell), and those of
        fewer than :data:`FEWEST_UNITS` units, keep their value and have no limits.
    """
    rows = results[results["breakdown"].eq("overall") & results["direction"].isin(COMPARED_GROUPS)].copy()
    rows = rows[rows[TWO_GROUPS].notna().all(axis=1) & rows[["white_base", "bme_base"]].gt(0).all(axis=1)]
    rows[TWO_GROUPS] = rows[TWO_GROUPS].astype(float)
    totals = rows.groupby(KEYS, observed=True)[TWO_GROUPS].transform("sum")
    ratio = rows["comparison"].eq("ratio")
    with np.errstate(divide="ignore", invalid="ignore"):
        rows["position"], rows["standard_error"] = _position(rows, ratio)
        centre, _ = _position(rows.assign(**{name: totals[name] for name in TWO_GROUPS}), ratio)
        rows["units"] = rows.groupby(KEYS, observed=True)["standard_error"].transform("count")
        z = (rows["position"] - centre) / rows["standard_error"]
        rows["overdispersion"] = z.groupby([rows[key] for key in KEYS], observed=True).transform(_overdispersion)
        error = (rows["standard_error"] * np.sqrt(rows["overdispersion"])).where(rows["units"] >= FEWEST_UNITS)
        for name, width in WIDTHS.items():
            for side, sign in (("lower", -1), ("upper", 1)):
                limit = centre + sign * width * error
                rows[f"{side}_{name}"] = np.where(ratio, np.exp(limit), limit)
        distance = (rows["position"] - centre).abs() / error
    rows["centre"] = np.where(ratio, np.exp(centre), centre)
    rows["scale"] = np.where(ratio, "logarithm", "difference")
    rows["outside"] = np.select([distance > WIDTHS["998"], distance > WIDTHS["95"]], ["998", "95"], "")
    return rows.replace([np.inf, -np.inf], np.nan)[list(FUNNEL_COLUMNS)].reset_index(drop=True)


def _overdispersion(z: pd.Series) -> float:
    """Return by how much more than chance units differ: the mean square of their distances, the furthest tenth at each end pulled in."""
    known = z[np.isfinite(z)]
    if len(known) < FEWEST_UNITS:
        return 1.0
    return max(1.0, float(np.mean(known.clip(known.quantile(_PULLED_IN), known.quantile(1 - _PULLED_IN)) ** 2)))


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
