"""What a result could be, whatever the undisclosed are: the widest range, and the two plain scenarios.

People whose ethnicity is not known are outside both groups of a comparison. Each of them is white or BME; the range
runs over every way of sharing them out (worst and best case, Manski 1990). Both groups' rates rise with people who
are counted and fall with people who are not, so the extremes lie where all of the counted go to one group and all of
the others to the other. How many of the undisclosed were counted may be unknown, too: absence is not zero, so it runs from
none to all, or to what whoever hid the number said of it ("<5").
"""

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import CELLS, TWO_GROUPS
from wres_helpers.analysis.group_comparisons import whole_workforce, with_statuses
from wres_helpers.analysis.status_rule import Method
from wres_helpers.remembered import remembered
from wres_helpers.standard.columns import BOUND_COLUMNS, COMPARISON_KEYS, SHARE_OF_GRADE
from wres_helpers.standard.statuses import CALCULATED, NOT_CALCULABLE, NOT_SUPPLIED

FULLY_COUNTED = "every undisclosed person belongs to one of the two groups"
ANY_COUNTED = "every undisclosed person belongs to one of the two groups, and how many of them are among the people counted is not known: from none to all"
AT_MOST_COUNTED = "every undisclosed person belongs to one of the two groups, and at most {:.0f} of them are among the people counted"
_NO_UNKNOWNS = "how many people did not disclose their group was not supplied"
_NO_RESULT = "the comparison itself could not be calculated"


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
    rows, limit = results[list(COMPARISON_KEYS)].copy(), np.full(len(results), np.inf) if most is None else most.to_numpy(float)
    alone = results["comparison"].eq("none")
    rows["value"] = results["bme_rate"].where(alone, results["value"])
    rows["unknown_count"], rows["unknown_base"] = results["unknown_count"], results["unknown_base"]
    whole = results[["organisation", "year"]].join(whole_workforce(results), on=["organisation", "year"])
    made = {
        "ratio": _two_groups(results, limit, as_ratio=True),
        "difference": _two_groups(results, limit, as_ratio=False),
        "none": _share(results),
        "whole": _against_whole(results, whole),
    }
    kind = results["comparison"].where(~results["direction"].isin(["grade-workforce", "board-workforce"]), "whole")
    for name in ("lower_bound", "upper_bound", "if_all_white", "if_all_bme"):
        rows[name] = np.select([kind.eq(key) for key in made], [made[key][name] for key in made], np.nan)
    return _with_status(rows, _unknowns_known(results, kind, whole), results, kind, limit)[list(BOUND_COLUMNS)]


def _unknowns_known(results: pd.DataFrame, kind: pd.Series, whole: pd.DataFrame) -> pd.Series:
    """Tell where it is known how many people did not disclose their ethnicity: in the base of a rate, among a share's people."""
    among_people = results["unknown_count"].notna() & kind.isin(["none", "whole"])
    among_people &= kind.ne("whole") | whole["whole_unknown"].notna()
    return among_people | (results["unknown_base"].notna() & kind.isin(["ratio", "difference"]))


def _with_status(rows: pd.DataFrame, known_unknowns: pd.Series, results: pd.DataFrame, kind: pd.Series, limit: np.ndarray) -> pd.DataFrame:
    calculated = rows["value"].notna()
    usable = known_unknowns & calculated
    rows["status"] = np.select([usable, ~calculated], [CALCULATED, NOT_CALCULABLE], NOT_SUPPLIED)
    rows["reason"] = np.select([usable, ~calculated], ["", _NO_RESULT], _NO_UNKNOWNS)
    any_counted = results["unknown_count"].isna() & kind.isin(["ratio", "difference"])
    some = [AT_MOST_COUNTED.format(most) if np.isfinite(most) else ANY_COUNTED for most in limit]
    rows["assumption"] = np.where(usable, np.where(any_counted, some, FULLY_COUNTED), "")
    rows.loc[~usable, ["lower_bound", "upper_bound", "if_all_white", "if_all_bme"]] = np.nan
    return rows


def _over_all_sharings(
    value: Callable[[np.ndarray, np.ndarray], np.ndarray], first: np.ndarray, second: np.ndarray
) -> dict[str, np.ndarray]:
    """Return the ends of what a value can be if so many undisclosed people of two kinds are BME: none, all, and all of one kind only."""
    none = np.zeros(len(first))
    with np.errstate(divide="ignore", invalid="ignore"):
        return _ends([value(none, none), value(first, second), value(first, none), value(none, second)])


def _ends(scenarios: list[np.ndarray]) -> dict[str, np.ndarray]:
    low, high = np.fmin.reduce(scenarios), np.fmax.reduce(scenarios)  # of those that are defined
    return {"lower_bound": low, "upper_bound": high, "if_all_white": scenarios[0], "if_all_bme": scenarios[1]}


def _two_groups(results: pd.DataFrame, limit: np.ndarray, as_ratio: bool) -> dict[str, np.ndarray]:
    white_count, white_base, bme_count, bme_base = (results[name].to_numpy(float) for name in TWO_GROUPS)
    counted, unknown = results["unknown_count"].to_numpy(float), results["unknown_base"].to_numpy(float)
    bme_on_top = results["direction"].isin(["bme/white", "bme-white"]).to_numpy()

    def value(counted_bme: np.ndarray, others_bme: np.ndarray, counted_white: np.ndarray, others_white: np.ndarray) -> np.ndarray:
        bme = (bme_count + counted_bme) / (bme_base + counted_bme + others_bme)
        white = (white_count + counted_white) / (white_base + counted_white + others_white)
        first, second = np.where(bme_on_top, bme, white), np.where(bme_on_top, white, bme)
        return first / second if as_ratio else first - second

    none, others = np.zeros(len(results)), unknown - counted
    # whoever is not BME is white: of the mixtures, one makes a group look best and the other worst
    made = _over_all_sharings(
        lambda bme_too, bme_others: value(bme_too, bme_others, counted - bme_too, others - bme_others), counted, others
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        # how many were counted is not known: so many BME and all of them counted, the rest white and none of them; and turned
        bme, white = (bme_count, bme_base), (white_count, white_base)
        any_number = [value(some, none, none, unknown - some) for some in _turning_points(*bme, *white, unknown, limit, as_ratio)]
        any_number += [value(none, unknown - some, some, none) for some in _turning_points(*white, *bme, unknown, limit, as_ratio)]
    ends = _ends(any_number) | dict.fromkeys(("if_all_white", "if_all_bme"), np.nan)
    return {name: np.where(np.isnan(counted), ends[name], made[name]) for name in made}


def _turning_points(
    count: np.ndarray,
    base: np.ndarray,
    other_count: np.ndarray,
    other_base: np.ndarray,
    unknown: np.ndarray,
    limit: np.ndarray,
    as_ratio: bool,
) -> list[np.ndarray]:
    """Return the numbers of undisclosed people among which the highest comparison of a group with another is found.

    So many join the group and are counted; the rest join the other group and are not. The group's rate rises with them and the
    other's rises, too, since fewer join it: the comparison is highest at an end or where the two keep pace, which is the root
    of a square (ratio) or of a line (difference), at one of the whole numbers beside it. Where that lies beyond the ``limit`` it is highest
    at the limit.
    """
    missed, everybody = base - count, other_base + unknown
    if as_ratio:
        # missed * (everybody - u) = (count + u) * (base + u), in which missed + count = base
        keeps_pace = np.sqrt(missed * (base + everybody)) - base
    else:
        # missed * (everybody - u)^2 = other_count * (base + u)^2
        a, b = np.sqrt(missed), np.sqrt(other_count)
        keeps_pace = (a * everybody - b * base) / (a + b)  # nothing of nothing: at any number alike
    most = np.fmin(unknown, limit)
    inside = np.clip(np.nan_to_num(np.floor(keeps_pace)), 0, most)
    return [np.zeros(len(unknown)), most, inside, np.minimum(inside + 1, most)]


def _share(results: pd.DataFrame) -> dict[str, np.ndarray]:
    names = ("bme_count", "bme_base", "unknown_count", "unknown_base")
    count, base, unknown, unknown_base = (results[name].to_numpy(float) for name in names)
    # of everybody the undisclosed are a part already; a base of one group's own they would join
    joining = results["measure"].ne(SHARE_OF_GRADE).to_numpy()

    def value(counted: np.ndarray, others: np.ndarray) -> np.ndarray:
        return (count + counted) / (base + np.where(joining, counted + others, 0))

    return _over_all_sharings(value, unknown, unknown_base - unknown)


#: Into how many steps a number of undisclosed people is cut where ways of sharing them out are tried; and where all or none of one kind
#: (counted, or not counted) are of one group: there the groups are largest, and a status that only few ways give is found.
_STEPS, _FINE = 9, 257


@remembered
def statuses_possible(rows: pd.DataFrame, method: Method) -> list[set[str]]:
    """Return for each comparison which statuses it could have, whatever the undisclosed are; none where a number it takes is not known.

    Parameters
    ----------
    rows
        With what :func:`whole_workforce` gives of the organisation and year, the ``adverse`` side as the catalogue has it, and ``most``:
        how many of the undisclosed can be among the people counted, where that number is not known.
    """
    ways = [_ways(row) for _, row in rows.iterrows()]
    judged = with_statuses(pd.concat(ways, ignore_index=True), method)["status"].to_numpy() if any(map(len, ways)) else ()
    return [set(judged[first:last]) for first, last in itertools.pairwise(np.cumsum([0, *map(len, ways)]))]


def _ways(row: pd.Series) -> pd.DataFrame:
    """Return a comparison with the undisclosed shared out, a row for each way that is tried; none where a number it takes is not known."""
    numbers = {name: float(np.nan if pd.isna(row[name]) else row[name]) for name in (*CELLS, "whole_count", "whole_base", "whole_unknown")}
    counted, unknown = numbers["unknown_count"], numbers["unknown_base"]
    if row["direction"] in ("grade-workforce", "board-workforce"):
        elsewhere = numbers["whole_unknown"] - (counted if row["direction"] == "grade-workforce" else 0)
        needed, shared = ["bme_count", "bme_base", "whole_count", "whole_base"], [(counted, max(elsewhere, 0.0))]
    else:
        tried = _cut(min(unknown, row["most"])) if np.isnan(counted) else [counted]
        needed, shared = TWO_GROUPS, [(some, unknown - some) for some in tried]
    known = shared and not any(np.isnan(numbers[name]) for name in needed) and (np.array(shared) >= 0).all()
    ways = np.array([(these, those, x, y) for these, those in shared for x, y in _sharings(these, those)] if known else np.empty((0, 4)))
    these, those, bme_too, bme_others = ways.T
    made = pd.DataFrame([row[list(_NAMES)].to_dict() | numbers] * len(ways), columns=[*_NAMES, *numbers])
    made["bme_count"] = numbers["bme_count"] + bme_too
    if "whole_count" in needed:
        inside = bme_too if row["direction"] == "grade-workforce" else 0
        made["whole_count"] = numbers["whole_count"] + inside + bme_others
    else:
        made["bme_base"] = numbers["bme_base"] + bme_too + bme_others
        made["white_count"] = numbers["white_count"] + these - bme_too
        made["white_base"] = numbers["white_base"] + these + those - bme_too - bme_others
    return made


_NAMES = (*COMPARISON_KEYS, "comparison", "direction", "adverse")


def _sharings(counted: float, others: float) -> list[tuple[float, float]]:
    """Return how many of the counted and of the others may be BME: a grid over all, and its edges in finer steps."""
    inside = itertools.product(_cut(counted), _cut(others))
    edges = itertools.product((0.0, counted), _cut(others, _FINE)), itertools.product(_cut(counted, _FINE), (0.0, others))
    return list(dict.fromkeys(itertools.chain(inside, *edges)))


def _cut(people: float, steps: int = _STEPS) -> list[float]:
    """Return whole numbers of people from none to all, evenly apart; every one of them where they are few."""
    return [] if np.isnan(people) else list(np.unique(np.round(np.linspace(0, people, int(min(people, steps - 1)) + 1))))


def _against_whole(results: pd.DataFrame, whole: pd.DataFrame) -> dict[str, np.ndarray]:
    count, base, unknown = (results[name].to_numpy(float) for name in ("bme_count", "bme_base", "unknown_count"))
    all_count, all_base, all_unknown = (whole[f"whole_{name}"].to_numpy(float) for name in ("count", "base", "unknown"))
    inside = results["direction"].eq("grade-workforce").to_numpy()
    # a band's undisclosed are among the workforce's; a board's need not be
    elsewhere = np.where(inside, np.maximum(all_unknown - unknown, 0), all_unknown)

    def value(bme_here: np.ndarray, bme_elsewhere: np.ndarray) -> np.ndarray:
        workforce = all_count + bme_elsewhere + np.where(inside, bme_here, 0)
        return (count + bme_here) / base - workforce / all_base

    return _over_all_sharings(value, unknown, elsewhere)
