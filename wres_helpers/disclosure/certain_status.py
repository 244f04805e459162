"""Which statuses follow from what is told: those that every count that could stand behind a comparison gives.

A status that only the tables drawn agree on would not do: of the sixteen pairs of two numbers below 5 one alone may be clear. Shown
with fifteen of them and hidden with the one, it would tell which of the pairs it is.
"""

from itertools import product

import numpy as np
import pandas as pd

from wres_helpers.analysis.group_comparisons import AGAINST_THE_WHOLE, recalculated, whole_workforce
from wres_helpers.analysis.method import Method
from wres_helpers.standard.columns import OVERALL, SHARE_OF_GRADE

#: So many values of each hidden number are tried, its smallest and largest included.
_VALUES = 5
_FIELDS = tuple(f"{group}_{kind}" for kind in ("count", "base") for group in ("white", "bme", "unknown"))


def certain(results: pd.DataFrame, drawn: dict[str, np.ndarray], catalogue: pd.DataFrame, method: Method) -> np.ndarray:
    """Tell, for each comparison, whether whatever its hidden counts are gives it the same status for the same reason.

    Parameters
    ----------
    results
        Comparisons, one a row.
    drawn
        By column of results, what tables of counts of which the same is told have there: a row per table, a column per comparison.
    """
    low, high = ({field: np.fmin.reduce(drawn[field] * sign) * sign for field in _FIELDS} for sign in (1, -1))
    rows = results.assign(adverse=results["measure"].map(catalogue.drop_duplicates("measure").set_index("measure")["adverse"]))
    rows = rows.join(whole_workforce(rows), on=["organisation", "year"])
    parts = rows["direction"].isin(AGAINST_THE_WHOLE).to_numpy()
    hidden = {field: low[field] < high[field] for field in _FIELDS}
    moving = hidden["bme_count"] | hidden["bme_base"] | ((hidden["white_count"] | hidden["white_base"]) & ~parts)
    overall = rows["measure"].eq(SHARE_OF_GRADE) & rows["breakdown"].eq(OVERALL[0])
    moving_whole = rows["year"].isin(rows.loc[overall & moving, "year"]).to_numpy() & parts
    sure = ~(moving | moving_whole)
    places = np.flatnonzero(moving & ~moving_whole & ~rows["measure"].isin((SHARE_OF_GRADE, "survey_response")).to_numpy())
    tried = [_tried({field: (low[field][place], high[field][place]) for field in _FIELDS}, part=bool(parts[place])) for place in places]
    if tried:
        origin = np.repeat(places, [len(one) for one in tried])
        made = rows.iloc[origin].reset_index(drop=True)
        made[list(_FIELDS)] = np.vstack(tried)
        said = recalculated(made, method)[["status", "reason"]].agg("|".join, axis=1)
        sure[places] = said.groupby(origin).nunique().eq(1).to_numpy()
    return sure


def _tried(ends: dict[str, tuple[float, float]], *, part: bool) -> np.ndarray:
    """Return counts and bases to try, a column a field; the base of a part of a whole, where it is hidden, is the sum of the groups."""
    summed = part and ends["bme_base"][0] < ends["bme_base"][1]
    asked = [field for field in _FIELDS if (field.endswith("count") if summed else not field.startswith("unknown"))]
    values = [np.unique(np.linspace(*ends[field], _VALUES).round()) if field in asked else [ends[field][0]] for field in _FIELDS]
    found = np.array(list(product(*values)))
    if summed:
        found[:, 3:] = np.nansum(found[:, :3], axis=1)[:, None]
    possible = ~(found[:, :2] > found[:, 3:5]).any(axis=1)
    return found[possible] if possible.any() else found[:1]
