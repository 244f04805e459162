"""Race disparity ratios: how far white and BME staff are spread differently over the lower, middle and upper pay tiers.

The ratio of a step is (white in the upper of two tiers / white in the lower) / (BME in the upper / BME in the lower). 1 is
parity; above 1, BME staff are fewer in the upper tier than the white staff's spread would have it. It describes who is in
post, not who was promoted. The tiers stand in the grades of the standard (lower: up to Band 5; middle: Bands 6 and 7; upper:
Band 8a and above with very senior managers; medical and dental staff in none). No official formula was published; this is the
one in use, printed as ours.
"""

from typing import Final

import numpy as np
import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.analysis.clear_difference import is_clear
from wres_helpers.standard.grades import TIERED

#: Every step and its two tiers, the lower first.
STEPS: Final = {"lower_to_middle": ("lower", "middle"), "middle_to_upper": ("middle", "upper"), "lower_to_upper": ("lower", "upper")}

#: One row per organisation, year, part of the staff and step.
PIPELINE_COLUMNS: Final = (
    "organisation", "year", "indicator", "breakdown", "category", "step",
    "white_lower_count", "white_upper_count", "bme_lower_count", "bme_upper_count", "value", "lower", "upper", "confidence", "method", "clear", "reason",
)  # fmt: skip

_TIER: Final = "tier"
_HIDDEN: Final = "a count of a tier is hidden"
ABSENT: Final = "the staff of a tier were not supplied"
EMPTY: Final = "nobody of one group is in one of the two tiers"


def pipeline(results: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Return the race disparity ratios of all staff, of each staff group and of each part that the data tell apart.

    Parameters
    ----------
    results
        Of which the rows are taken whose breakdown is ``tier`` (all staff), ``tier (clinical)`` (a staff group) or
        ``directorate (lower tier)`` (parts of the staff by whatever else the data tell apart).

    Returns
    -------
    pandas.DataFrame
        Columns of :data:`PIPELINE_COLUMNS`, counts in people. ``category`` is ``all`` or the part of the staff. A ratio that
        cannot be calculated is NaN and ``reason`` says why; ``clear`` tells whether it is clearly away from parity, by the rule of the status.
    """
    tiers = _by_tier(results)
    keys = ["organisation", "year", "breakdown", "category"]
    people = tiers[keys].drop_duplicates().reset_index(drop=True)
    told = tiers.assign(there=1.0).set_index([*keys, "tier"])[["white_count", "bme_count", "there"]].unstack("tier")
    every = pd.MultiIndex.from_product([("white_count", "bme_count", "there"), ("lower", "middle", "upper")])
    people = people.join(told.reindex(columns=every).set_axis(every.map("_".join), axis=1), on=keys)
    return _with_ratio(pd.concat([_step(people, step, *ends) for step, ends in STEPS.items()], ignore_index=True), confidence)


def _by_tier(results: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of pay tiers, each with its tier, what tells parts of the staff apart, and the part."""
    of_grades = results[results["breakdown"].str.startswith(_TIER)]
    side = of_grades["breakdown"].str.extract(r"\((.+)\)$", expand=False)
    of_grades = of_grades.assign(
        tier=of_grades["category"], breakdown=np.where(side.isna(), "overall", "staff_group"), category=side.fillna("all")
    )
    named = results["breakdown"].str.extract(TIERED)
    of_parts = results.assign(breakdown=named["column"], tier=named["tier"])[named["tier"].notna()]
    return pd.concat([of_grades, of_parts], ignore_index=True)


def _step(people: pd.DataFrame, step: str, below: str, above: str) -> pd.DataFrame:
    ends = {
        f"{group}_{end}_count": people[f"{group}_count_{tier}"]
        for group in ("white", "bme")
        for end, tier in (("lower", below), ("upper", above))
    }
    there = people[f"there_{below}"].notna() & people[f"there_{above}"].notna()
    return people[["organisation", "year", "breakdown", "category"]].assign(indicator="1", step=step, there=there, **ends)


def _with_ratio(table: pd.DataFrame, confidence: float) -> pd.DataFrame:
    cells = [table[name].to_numpy(float) for name in ("white_lower_count", "white_upper_count", "bme_lower_count", "bme_upper_count")]
    known = ~np.isnan(np.vstack(cells)).any(axis=0)
    filled = known & (np.vstack(cells) > 0).all(axis=0)
    white_lower, white_upper, bme_lower, bme_upper = cells
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (white_upper / white_lower) / (bme_upper / bme_lower)
    groups = white_upper, white_upper + white_lower, bme_upper, bme_upper + bme_lower
    lower, upper = intervals.odds_ratio_interval(*groups, confidence=confidence)
    made = table.assign(
        value=np.where(filled, value, np.nan),
        lower=np.where(filled, lower, np.nan),
        upper=np.where(filled, upper, np.nan),
        confidence=confidence,
        method=intervals.ODDS_RATIO_METHOD,
        clear=is_clear(*groups, excludes_equality=filled & ((lower > 1) | (upper < 1)), confidence=confidence),
        reason=np.select([filled, known, ~table["there"]], ["", EMPTY, ABSENT], _HIDDEN),
    )
    return made[list(PIPELINE_COLUMNS)]
