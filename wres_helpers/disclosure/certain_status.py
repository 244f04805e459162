"""Which statuses follow from what is told: those that every count that could stand behind a comparison gives.

A status that only the tables drawn agree on would not do: of the sixteen pairs of two numbers below 5 one alone may be clear. Shown
with fifteen of them and hidden with the one, it would tell which of the pairs it is.
"""

from itertools import product

import numpy as np
import pandas as pd

from wres_helpers.analysis.group_comparisons import AGAINST_THE_WHOLE, whole_workforce, with_statuses
from wres_helpers.analysis.status_rule import Method
from wres_helpers.standard.columns import OVERALL, SHARE_OF_GRADE

#: Where more tables than this could stand behind a comparison, no status is certain.
_MOST = 10_000
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
    ends = [{field: (low[field][place], high[field][place]) for field in _FIELDS} for place in places]
    # a status that is not even the same at the ends needs no more trying
    for every in (False, True):
        tried = [_tried(own, part=bool(parts[place]), every=every) for own, place in zip(ends, places, strict=True)]
        left = _agree(rows, places, tried, method)
        places, ends = places[left], [own for own, stays in zip(ends, left, strict=True) if stays]
    sure[places] = True
    return sure


def _agree(rows: pd.DataFrame, places: np.ndarray, tried: list[np.ndarray], method: Method) -> np.ndarray:
    """Tell of which comparisons all that is tried gives the same status for the same reason; of none of which nothing is tried."""
    origin = np.repeat(np.arange(len(places)), [len(one) for one in tried])
    if not len(origin):
        return np.zeros(len(places), dtype=bool)
    made = rows.iloc[places[origin]].reset_index(drop=True)
    made[list(_FIELDS)] = np.vstack(tried)
    judged = with_statuses(made, method)
    return (judged["status"] + judged["reason"]).groupby(origin).nunique().reindex(np.arange(len(places))).eq(1).to_numpy()


def _tried(ends: dict[str, tuple[float, float]], *, part: bool, every: bool) -> np.ndarray:
    """Return the ends of counts and bases, or all there is between them, a column a field; none where that is too much to try.

    The base of a part of a whole, where it is hidden, is the sum of the groups.
    """
    summed = part and ends["bme_base"][0] < ends["bme_base"][1]
    asked = [field for field in _FIELDS if (field.endswith("count") if summed else not field.startswith("unknown"))]
    moving = [field for field in asked if ends[field][0] < ends[field][1]]
    if every and np.prod([ends[field][1] - ends[field][0] + 1 for field in moving]) > _MOST:
        return np.empty((0, len(_FIELDS)))
    values = [(np.arange(low, high + 1) if every else (low, high)) if field in moving else (low,) for field, (low, high) in ends.items()]
    found = np.array(list(product(*values)))
    if summed:
        found[:, 3:] = np.nansum(found[:, :3], axis=1)[:, None]
    possible = ~(found[:, :2] > found[:, 3:5]).any(axis=1)
    return found[possible] if possible.any() else found[:1]
