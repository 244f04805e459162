"""What changed since the year before, and whether chance alone could have done it.

A change is judged on the counts of both years, taken as independent: of a gap, the difference of the two gaps; of a relative
likelihood, the ratio of the two. What people who are there in both years have in common makes such an interval too wide, never too
narrow. Of shares of people in post (indicators 1 and 9), and of windows of several years that overlap, nearly everything is counted
twice; the interval would be so wide there that it found nothing, so they are described and not judged.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.analysis.cells import COMPARED_GROUPS
from wres_helpers.analysis.history import NO_BREAKS, breaks_between_years, first_comparable_years
from wres_helpers.analysis.status_rule import SUPPRESSED
from wres_helpers.standard.columns import CHANGE_COLUMNS, COMPARISON_KEYS
from wres_helpers.standard.statuses import NOT_CALCULABLE, NOT_COMPARABLE, NOT_SUPPLIED
from wres_helpers.standard.years import edition_of, shifted

CLEAR: Final = "clear_change"
WITHIN_CHANCE: Final = "within_chance"
#: The same posts or cases stand in both years, so that chance cannot be told from the counts.
DESCRIBED: Final = "described"
#: Those of the verdicts that are no status, in words.
VERDICTS: Final = {CLEAR: "Clear change", WITHIN_CHANCE: "No clear change", DESCRIBED: "Described, not judged"}

_ABSENT: Final = "one of the two years was not supplied"
_UNDEFINED: Final = (
    "in one of the two years, or in both, a group counts nobody or has nobody in its base, so that there is no change to tell"
)
_SAME_PEOPLE: Final = "people may be counted in both years"

_PLACE = [name for name in COMPARISON_KEYS if name != "year"]


def changes(
    results: pd.DataFrame, catalogue: pd.DataFrame, previous: dict[str, str] | None = None, own_breaks: pd.DataFrame = NO_BREAKS
) -> pd.DataFrame:
    """Return the change of every comparison from one year to an earlier one.

    Parameters
    ----------
    previous
        The earlier year of each year; default: the year before.
    own_breaks
        The organisations' own breaks, such as a merger, as :func:`wres_helpers.analysis.history.history` takes them.

    Returns
    -------
    pandas.DataFrame
        One row per comparison of a year whose earlier year is among the results. ``change`` is the difference of the
        values (of a ratio: the later ratio over the earlier one; 1 is no change), with its interval;
        ``white_rate_change`` and ``bme_rate_change`` are fractions. ``verdict`` is ``clear_change`` (the interval leaves out
        no change, and would with one person more or less in any group), ``within_chance``, ``described`` (no interval),
        ``not_comparable``, ``not_calculable`` or ``not_supplied``; never one of the first two without an interval.
    """
    years = list(results["year"].unique())
    previous = previous or {year: shifted(year, -1) for year in years}
    later = results[results["year"].map(previous).isin(years)].copy()
    later["previous_year"] = later["year"].map(previous)
    earlier = results.rename(columns={"year": "previous_year"})
    joined = later.merge(earlier, on=["previous_year", *_PLACE], how="left", suffixes=("", "_before"))
    joined["hidden_on_entry"] = joined["reason"].eq(SUPPRESSED) | joined["reason_before"].eq(SUPPRESSED)
    joined["reason"] = _breaks(joined, catalogue, own_breaks)
    joined["comparable"] = joined["reason"].eq("")
    joined["same_people"] = ~joined["direction"].isin(COMPARED_GROUPS) | _windows_overlap(joined, catalogue)
    table = _calculated(joined)
    return table.rename(columns={"value_before": "previous_value"}).reindex(columns=list(CHANGE_COLUMNS))


def since_first_comparable(results: pd.DataFrame, catalogue: pd.DataFrame, history: pd.DataFrame, year: str) -> pd.DataFrame:
    """Return how each indicator's headline moved since the first year that can be compared, where that is before the year before.

    Parameters
    ----------
    results
        The headline comparisons of one organisation.
    history
        Their years, as :func:`wres_helpers.analysis.history.history` gives them.

    Returns
    -------
    pandas.DataFrame
        As :func:`changes`, at most one row per indicator; none where either year's counts are not there, or are hidden.
    """
    firsts = {indicator: first for indicator, first in first_comparable_years(history).items() if first < shifted(year, -1)}
    found = [
        changes(
            results[results["indicator"].astype(str).isin(name for name, began in firsts.items() if began == first)],
            catalogue,
            {year: first},
        )
        for first in dict.fromkeys(firsts.values())
    ]
    table = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(CHANGE_COLUMNS))
    return table[table["verdict"].isin((CLEAR, WITHIN_CHANCE, DESCRIBED))].reset_index(drop=True)


def _breaks(joined: pd.DataFrame, catalogue: pd.DataFrame, own_breaks: pd.DataFrame) -> pd.Series:
    whose = joined["organisation"].astype("str")
    # of a system few have breaks of their own: the others share their answers
    whose = whose.where(whose.isin(own_breaks["organisation"]), "") if "organisation" in own_breaks else whose
    keys = list(zip(whose, joined["previous_year"], joined["year"], joined["indicator"], joined["measure"], strict=True))
    between = breaks_between_years(catalogue, own_breaks)
    notes = {key: " ".join(reason for _, reason in between(*key)) for key in dict.fromkeys(keys)}
    return pd.Series([notes[key] for key in keys], index=joined.index, dtype="str")


Interval = Callable[..., tuple[np.ndarray, np.ndarray]]


def _windows_overlap(joined: pd.DataFrame, catalogue: pd.DataFrame) -> pd.Series:
    """Tell where an event of one year may be counted in both: a definition puts together more years than lie between them."""
    pooled = catalogue.set_index("measure")[["edition_from", "edition_to", "years_pooled"]]
    pooled = pooled[pooled["years_pooled"].gt(1)]
    overlap = pd.Series(False, index=joined.index)
    for measure, from_edition, to_edition, years in pooled.itertuples():
        # a category that is mapped stays one, and has no order
        edition, before = (joined[name].map(edition_of).astype("int64") for name in ("year", "previous_year"))
        overlap |= joined["measure"].eq(measure) & edition.between(from_edition, to_edition) & (edition - before).lt(years)
    return overlap


def _calculated(joined: pd.DataFrame) -> pd.DataFrame:
    alone, ratio = joined["comparison"].eq("none"), joined["comparison"].eq("ratio")
    for suffix in ("", "_before"):
        joined[f"value{suffix}"] = joined[f"bme_rate{suffix}"].where(alone, joined[f"value{suffix}"])
    now, before = joined["value"].to_numpy(float), joined["value_before"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        joined["change"] = np.where(ratio, now / before, now - before)
    joined["method"] = np.where(ratio, intervals.RATIO_CHANGE_METHOD, intervals.CHANGE_METHOD)
    joined["white_rate_change"] = joined["white_rate"] - joined["white_rate_before"]
    joined["bme_rate_change"] = joined["bme_rate"] - joined["bme_rate_before"]
    _judge(joined, _with_interval(joined))
    return joined


def _with_interval(joined: pd.DataFrame) -> np.ndarray:
    """Add the interval of every change that has one; return which of these are clear."""
    joined["change_lower"], joined["change_upper"] = np.nan, np.nan
    clear = np.zeros(len(joined), dtype=bool)
    told = ~joined["same_people"] & joined["comparable"] & joined["change"].notna()
    for direction, (top, bottom) in COMPARED_GROUPS.items():
        chosen = told & joined["direction"].eq(direction)
        if chosen.any():
            rows = joined[chosen]
            cells = [
                rows[f"{group}_{kind}{suffix}"].to_numpy(float)
                for suffix in ("", "_before")
                for group in (top, bottom)
                for kind in ("count", "base")
            ]
            interval = intervals.ratio_change_interval if "/" in direction else intervals.gap_change_interval
            confidence = float(rows["confidence"].iloc[0])
            joined.loc[chosen, ["change_lower", "change_upper"]] = np.column_stack(interval(*cells, confidence=confidence))
            clear[chosen] = _is_clear(interval, cells, confidence, 1.0 if "/" in direction else 0.0)
    return clear


def _is_clear(interval: Interval, cells: list[np.ndarray], confidence: float, no_change: float) -> np.ndarray:
    """Tell which changes leave out no change, and would with one person of any of the four groups moved towards it."""
    lower, upper = interval(*cells, confidence=confidence)
    rose = lower > no_change
    clear = rose | (upper < no_change)
    # moved against the change: out of the first group of now, into the second; the other way round in the earlier year
    for place, sign in ((0, -1), (2, 1), (4, 1), (6, -1)):
        moved = list(cells)
        moved[place] = np.clip(cells[place] + np.where(rose, sign, -sign), 0, cells[place + 1])
        low, high = interval(*moved, confidence=confidence)
        clear &= np.where(rose, low > no_change, high < no_change)
    return clear


def _judge(joined: pd.DataFrame, clear: np.ndarray) -> None:
    """Add verdict and reason; take away the numbers of changes that cannot be told."""
    absent = joined["status"].eq(NOT_SUPPLIED) | joined["status_before"].isin((NOT_SUPPLIED, np.nan))
    known = joined["change_lower"].notna()
    conditions = {
        NOT_SUPPLIED: absent,
        NOT_COMPARABLE: ~joined["comparable"],
        NOT_CALCULABLE: joined["change"].isna(),
        DESCRIBED: joined["same_people"],
        CLEAR: known & clear,
        WITHIN_CHANCE: known,
    }
    joined["verdict"] = np.select([condition.to_numpy(bool) for condition in conditions.values()], list(conditions), NOT_CALCULABLE)
    reasons = {NOT_SUPPLIED: _ABSENT, NOT_CALCULABLE: _UNDEFINED, DESCRIBED: _SAME_PEOPLE}
    joined["reason"] = joined["verdict"].map(reasons).fillna(joined["reason"])
    joined.loc[joined["verdict"].eq(NOT_CALCULABLE) & joined["hidden_on_entry"], "reason"] = SUPPRESSED
    untold = joined["verdict"].isin((NOT_SUPPLIED, NOT_COMPARABLE))
    joined.loc[untold, ["change", "change_lower", "change_upper", "white_rate_change", "bme_rate_change"]] = np.nan
