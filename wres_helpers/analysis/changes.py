"""What changed since the year before, and whether chance alone could have done it."""

import numpy as np
import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.standard.catalogue import breaks_between
from wres_helpers.standard.columns import CHANGE_COLUMNS, COMPARISON_KEYS
from wres_helpers.standard.years import edition_of, shifted

CLEAR = "clear_change"
WITHIN_CHANCE = "within_chance"
NOT_COMPARABLE = "not_comparable"
NOT_SUPPLIED = "not_supplied"

_PLACE = [name for name in COMPARISON_KEYS if name != "year"]


def changes(results: pd.DataFrame, catalogue: pd.DataFrame, previous: dict[str, str] | None = None) -> pd.DataFrame:
    """Return the change of every comparison from one year to an earlier one.

    Parameters
    ----------
    results
        One row per comparison, any number of years.
    catalogue
        The catalogue, which knows where definitions broke.
    previous
        The earlier year of each year; default: the year before.

    Returns
    -------
    pandas.DataFrame
        One row per comparison of a year whose earlier year is among the results. ``change`` is the difference of the
        values (of a ratio: the later ratio over the earlier one; 1 is no change), with its interval;
        ``white_rate_change`` and ``bme_rate_change`` are fractions. ``verdict`` is ``clear_change``,
        ``within_chance``, ``not_comparable`` or ``not_supplied``.
    """
    years = list(results["year"].unique())
    previous = previous or {year: shifted(year, -1) for year in years}
    later = results[results["year"].map(previous).isin(years)].copy()
    later["previous_year"] = later["year"].map(previous)
    earlier = results.rename(columns={"year": "previous_year"})
    joined = later.merge(earlier, on=["previous_year", *_PLACE], how="left", suffixes=("", "_before"))
    joined["reason"] = _breaks(joined, catalogue)
    joined["comparable"] = joined["reason"].eq("")
    table = _calculated(joined)
    return table.rename(columns={"value_before": "previous_value"}).reindex(columns=list(CHANGE_COLUMNS))


def _breaks(joined: pd.DataFrame, catalogue: pd.DataFrame) -> pd.Series:
    pairs = joined[["year", "previous_year"]].drop_duplicates()
    notes = {
        (row.year, row.previous_year): breaks_between(catalogue, edition_of(row.previous_year), edition_of(row.year))
        for row in pairs.itertuples()
    }
    keys = zip(joined["year"], joined["previous_year"], joined["measure"], strict=True)
    return pd.Series([notes[year, before].get(measure, "") for year, before, measure in keys], index=joined.index, dtype="str")


def _calculated(joined: pd.DataFrame) -> pd.DataFrame:
    alone = joined["comparison"].eq("none")
    for suffix in ("", "_before"):
        joined[f"value{suffix}"] = joined[f"bme_rate{suffix}"].where(alone, joined[f"value{suffix}"])
    ratio = joined["comparison"].eq("ratio")
    ends = {name: joined[name].to_numpy(float) for side in ("value", "lower", "upper") for name in (side, f"{side}_before")}
    shares = {
        suffix: intervals.share_interval(joined[f"bme_count{suffix}"], joined[f"bme_base{suffix}"], _confidence(joined))
        for suffix in ("", "_before")
    }
    with np.errstate(divide="ignore", invalid="ignore"):
        for suffix, (lower, upper) in shares.items():
            ends[f"lower{suffix}"] = np.where(alone, lower, ends[f"lower{suffix}"])
            ends[f"upper{suffix}"] = np.where(alone, upper, ends[f"upper{suffix}"])
        ends = {name: np.where(ratio, np.log(column), column) for name, column in ends.items()}
        low, high = intervals.change_interval(
            *(ends[name] for name in ("value", "lower", "upper", "value_before", "lower_before", "upper_before"))
        )
        change = ends["value"] - ends["value_before"]
        joined["change"], joined["change_lower"], joined["change_upper"] = (np.where(ratio, np.exp(x), x) for x in (change, low, high))
    joined["method"] = intervals.CHANGE_METHOD
    joined["white_rate_change"] = joined["white_rate"] - joined["white_rate_before"]
    joined["bme_rate_change"] = joined["bme_rate"] - joined["bme_rate_before"]
    supplied = joined["value"].notna() & joined["value_before"].notna()
    clear = (low > 0) | (high < 0)
    joined["verdict"] = np.select([~supplied, ~joined["comparable"], clear], [NOT_SUPPLIED, NOT_COMPARABLE, CLEAR], WITHIN_CHANCE)
    shown = supplied & joined["comparable"]
    joined.loc[~shown, ["change", "change_lower", "change_upper", "white_rate_change", "bme_rate_change"]] = np.nan
    joined.loc[~supplied, "reason"] = "one of the two years was not supplied"
    return joined


def _confidence(joined: pd.DataFrame) -> float:
    return float(joined["confidence"].iloc[0]) if len(joined) else 0.95
