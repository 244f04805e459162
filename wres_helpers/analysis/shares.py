"""Shares of people: who makes up a category, how a group's people spread over categories, and how complete ethnicity is."""

import numpy as np
import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.standard.columns import ALL, COMPLETENESS_COLUMNS, ETHNIC_GROUPS, OVERALL, SHARE_COLUMNS, UNKNOWN
from wres_helpers.standard.statuses import CALCULATED, NOT_CALCULABLE, NOT_SUPPLIED

_PLACE = ["organisation", "year", "item", "breakdown", "category"]
_NOT_SUPPLIED = "the undisclosed were not counted, or the count was not supplied"
_EMPTY = "nobody is in the base"

#: Items whose categories divide each ethnic group, so that the spread of a group over them means something.
_SPREAD_ITEMS = ("workforce", "survey")


def shares(counts: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Return shares of people with Wilson intervals.

    Returns
    -------
    pandas.DataFrame
        One row per organisation, year, item, breakdown, category, ethnic group (and all groups together) and kind of
        base. ``of`` is ``category`` (out of everyone in the category) or ``group`` (out of everyone of the ethnic
        group, over the categories of the breakdown). Rates are fractions.
    """
    everyone = counts.groupby(_PLACE, sort=False)["count"].sum()
    with_all = pd.concat([counts, everyone.reset_index().assign(ethnic_group=ALL)], ignore_index=True)
    of_category = with_all.join(everyone.rename("base"), on=_PLACE).assign(of="category")
    spread = with_all[with_all["item"].isin(_SPREAD_ITEMS) & with_all["breakdown"].ne(OVERALL[0])]
    whole = spread.groupby([*_PLACE[:-1], "ethnic_group"], sort=False)["count"].transform("sum")
    table = pd.concat([of_category, spread.assign(base=whole, of="group")], ignore_index=True)
    return _with_interval(table, confidence)[list(SHARE_COLUMNS)]


def _with_interval(table: pd.DataFrame, confidence: float) -> pd.DataFrame:
    usable = table["base"] > 0
    lower, upper = intervals.share_interval(table["count"], table["base"], confidence)
    return table.assign(
        rate=(table["count"] / table["base"].where(usable)),
        lower=lower,
        upper=upper,
        confidence=confidence,
        method=intervals.SHARE_METHOD,
        status=np.where(usable, CALCULATED, NOT_CALCULABLE),
        reason=np.where(usable, "", _EMPTY),
    )


def completeness(counts: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Return how many people's ethnicity is known, for every item that was counted.

    Returns
    -------
    pandas.DataFrame
        One row per organisation, year and item; counts are people, the unknown share a fraction with its Wilson
        interval. Where the undisclosed were not counted the row says *not supplied*. Of the survey, each group is counted
        on the question that most of it answered; of the board, its total.
    """
    rows = counts[counts["breakdown"].eq(OVERALL[0]) | counts["item"].eq("survey") | counts["category"].eq("total")]
    item = ["organisation", "year", "item"]
    of_question = rows.groupby([*item, "breakdown", "ethnic_group"], sort=False)["count"].sum()
    groups = of_question.groupby([*item, "ethnic_group"], sort=False).max().unstack("ethnic_group")
    groups = groups.reindex(columns=list(ETHNIC_GROUPS)).astype(float)
    known = groups.drop(columns=UNKNOWN).sum(axis=1, min_count=1)
    table = pd.DataFrame({"known": known, "unknown": groups[UNKNOWN], "total": known + groups[UNKNOWN]}).reset_index()
    supplied = table["unknown"].notna() & (table["total"] > 0)
    table["unknown_share"] = (table["unknown"] / table["total"]).where(supplied)
    table["lower"], table["upper"] = intervals.share_interval(table["unknown"], table["total"], confidence)
    table["status"] = np.where(supplied, CALCULATED, NOT_SUPPLIED)
    table["reason"] = np.where(supplied, "", _NOT_SUPPLIED)
    return table[table["item"].ne("workforce")].reset_index(drop=True)[list(COMPLETENESS_COLUMNS)]
