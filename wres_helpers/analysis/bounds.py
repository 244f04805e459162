"""What a result could be, whatever the undisclosed are: the widest range, and the two plain scenarios.

People whose ethnicity is not known are outside both groups of a comparison. Each of them is white or BME; the range
runs over every way of sharing them out (worst and best case, Manski 1990). Both groups' rates rise with people who
are counted and fall with people who are not, so the extremes lie where all of the counted go to one group and all of
the others to the other. How many of the undisclosed were counted may be unknown, too: absence is not zero, so it runs from
none to all, or to what whoever hid the number said of it ("<5").
"""

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import CELLS
from wres_helpers.analysis.group_comparisons import AGAINST_THE_WHOLE, whole_workforce
from wres_helpers.standard.columns import BOUND_COLUMNS, COMPARISON_KEYS, SHARE_OF_GRADE
from wres_helpers.standard.statuses import CALCULATED, NOT_CALCULABLE, NOT_SUPPLIED

FULLY_COUNTED = "every undisclosed person belongs to one of the two groups"
ANY_COUNTED = "every undisclosed person belongs to one of the two groups, and how many of them are among the people counted is not known: from none to all"
AT_MOST_COUNTED = "every undisclosed person belongs to one of the two groups, and at most {:.0f} of them are among the people counted"
_NO_UNKNOWNS = "how many people did not disclose their group was not supplied"
_NO_RESULT = "the comparison itself could not be calculated"

#: Counts of comparisons, and of the whole workforce, by name; count and base of one group.
Numbers = dict[str, np.ndarray]
Group = tuple[np.ndarray, np.ndarray]


def bounds(results: pd.DataFrame, most: pd.Series | None = None) -> pd.DataFrame:
    """Return the range each comparison could take.

    Parameters
    ----------
    results
        One row per comparison.
    most
        Of each comparison, how many of the undisclosed can be among the people counted, where that number was hidden; infinite where
        nothing was said of it.

    Returns
    -------
    pandas.DataFrame
        One row per comparison, same order, in the unit of its value (a ratio, or a gap as a fraction; the overall row
        of indicator 1 gives the BME share itself). ``if_all_white`` and ``if_all_bme`` are the results were every
        undisclosed person one or the other; they have no number where it is not known how many of the undisclosed were counted.
        ``assumption`` says what was taken for granted.
    """
    limit = np.full(len(results), np.inf) if most is None else most.to_numpy(float)
    asked = results.join(whole_workforce(results), on=["organisation", "year"])
    alone, two_groups = asked["comparison"].eq("none"), asked["comparison"].ne("none") & ~asked["direction"].isin(AGAINST_THE_WHOLE)
    value = asked["bme_rate"].where(alone, asked["value"])
    elsewhere_known = asked["whole_unknown"].notna() | alone
    known = asked["unknown_base"].notna().where(two_groups, asked["unknown_count"].notna() & elsewhere_known)
    usable = known & value.notna()
    untold = two_groups & asked["unknown_count"].isna()
    some = [AT_MOST_COUNTED.format(number) if np.isfinite(number) else ANY_COUNTED for number in limit]
    ends = {name: np.where(usable, found, np.nan) for name, found in _ends(asked, untold.to_numpy(bool), limit).items()}
    made = asked[list(COMPARISON_KEYS)].assign(
        value=value, **ends, unknown_count=asked["unknown_count"], unknown_base=asked["unknown_base"],
        assumption=np.where(usable, np.where(untold, some, FULLY_COUNTED), ""),
        status=np.select([usable, value.isna()], [CALCULATED, NOT_CALCULABLE], NOT_SUPPLIED),
        reason=np.select([usable, value.isna()], ["", _NO_RESULT], _NO_UNKNOWNS),
    )  # fmt: skip
    return made[list(BOUND_COLUMNS)]


def _ends(asked: pd.DataFrame, untold: np.ndarray, limit: np.ndarray) -> Numbers:
    """Return what each comparison is if the undisclosed are none of them BME, all of them, and whatever else gives an extreme."""
    counted, others = undisclosed(asked)
    none, unknown = np.zeros(len(asked)), asked["unknown_base"].to_numpy(float)
    # of the mixtures one makes a group look best and the other worst: BME are the counted only, or the others only
    corners = [_value(asked, counted, others, *bme) for bme in ((none, none), (counted, others), (counted, none), (none, others))]
    # where it is not known how many were counted: so many BME and all of them counted, the rest white and none of them; and turned
    bme, white = ((asked[f"{group}_count"].to_numpy(float), asked[f"{group}_base"].to_numpy(float)) for group in ("bme", "white"))
    as_ratio = asked["comparison"].eq("ratio").to_numpy()
    mixed = [_value(asked, some, unknown - some, some, none) for some in _turning_points(bme, white, unknown, limit, as_ratio)]
    mixed += [_value(asked, some, unknown - some, none, unknown - some) for some in _turning_points(white, bme, unknown, limit, as_ratio)]
    scenarios = [np.where(untold, one, other) for one, other in zip(mixed, corners * 2, strict=True)]
    low, high = np.fmin.reduce(scenarios), np.fmax.reduce(scenarios)  # of those that are defined
    return {"lower_bound": low, "upper_bound": high, "if_all_white": corners[0], "if_all_bme": corners[1]}


def undisclosed(asked: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return how many undisclosed people are among those a comparison counts, and how many others there are: not counted, or elsewhere in the workforce."""
    counted, unknown, whole = (asked[name].to_numpy(float) for name in ("unknown_count", "unknown_base", "whole_unknown"))
    # a band's undisclosed are among the workforce's; a board's need not be
    in_a_band, on_a_board = (asked["direction"].eq(direction).to_numpy() for direction in AGAINST_THE_WHOLE)
    return counted, np.select([in_a_band, on_a_board], [np.maximum(whole - counted, 0), whole], unknown - counted)


def shared_out(asked: pd.DataFrame, counted: np.ndarray, others: np.ndarray, bme_counted: np.ndarray, bme_others: np.ndarray) -> Numbers:
    """Return the counts of comparisons once so many undisclosed people have told their group, and so many of each kind are BME."""
    now = {name: asked[name].to_numpy(float) for name in (*CELLS[:4], "whole_count", "whole_base")}
    in_a_band, on_a_board = (asked["direction"].eq(direction).to_numpy() for direction in AGAINST_THE_WHOLE)
    # of everybody the undisclosed are a part already; a base of one group's own they join
    of_everybody = in_a_band | on_a_board | asked["measure"].eq(SHARE_OF_GRADE).to_numpy()
    return {
        "white_count": now["white_count"] + counted - bme_counted,
        "white_base": now["white_base"] + counted + others - bme_counted - bme_others,
        "bme_count": now["bme_count"] + bme_counted,
        "bme_base": now["bme_base"] + np.where(of_everybody, 0, bme_counted + bme_others),
        "whole_count": now["whole_count"] + np.where(in_a_band, bme_counted, 0) + bme_others,
        "whole_base": now["whole_base"],
    }


def _value(asked: pd.DataFrame, *sharing: np.ndarray) -> np.ndarray:
    """Return the value of comparisons with the undisclosed shared out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        cells = shared_out(asked, *sharing)
        white, bme, whole = (cells[f"{group}_count"] / cells[f"{group}_base"] for group in ("white", "bme", "whole"))
        white_on_top, against_whole = asked["direction"].eq("white/bme"), asked["direction"].isin(AGAINST_THE_WHOLE)
        first, second = np.where(white_on_top, white, bme), np.select([white_on_top, against_whole], [bme, whole], white)
        return np.select([asked["comparison"].eq("none"), asked["comparison"].eq("ratio")], [bme, first / second], first - second)


def _turning_points(group: Group, other: Group, unknown: np.ndarray, limit: np.ndarray, as_ratio: np.ndarray) -> list[np.ndarray]:
    """Return the numbers of undisclosed people among which the highest comparison of a group with another is found.

    So many join the group and are counted; the rest join the other group and are not. The group's rate rises with them and the
    other's rises, too, since fewer join it: the comparison is highest at an end or where the two keep pace, which is the root
    of a square (ratio) or of a line (difference), at one of the whole numbers beside it. Where that lies beyond the ``limit`` it is highest
    at the limit.
    """
    (count, base), (other_count, other_base) = group, other
    missed, everybody = base - count, other_base + unknown
    with np.errstate(divide="ignore", invalid="ignore"):
        # missed * (everybody - u) = (count + u) * (base + u), in which missed + count = base
        of_ratio = np.sqrt(missed * (base + everybody)) - base
        # missed * (everybody - u)^2 = other_count * (base + u)^2
        a, b = np.sqrt(missed), np.sqrt(other_count)
        of_difference = (a * everybody - b * base) / (a + b)  # nothing of nothing: at any number alike
    most = np.fmin(unknown, limit)
    inside = np.clip(np.nan_to_num(np.floor(np.where(as_ratio, of_ratio, of_difference))), 0, most)
    return [np.zeros(len(unknown)), most, inside, np.minimum(inside + 1, most)]
