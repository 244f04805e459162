"""Years: each indicator's value in every year of the organisation's own data, and the breaks that no line may cross.

A break falls between two years and only there: where the standard's definition changed (the catalogue says from which edition on),
or where the organisation says that its own figures did (a merger, a change of survey or of wording, another window, a restatement).
"""

import functools
from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from wres_helpers.standard.catalogue import breaks_between
from wres_helpers.standard.statuses import NOT_SUPPLIED
from wres_helpers.standard.years import edition_of, shifted

DEFINITION: Final = "definition"

#: One row per organisation, year and headline comparison, the earliest year first.
HISTORY_COLUMNS: Final = (
    "organisation", "year", "indicator", "measure", "breakdown", "category", "comparison", "direction",
    "white_count", "white_base", "white_rate", "bme_count", "bme_base", "bme_rate",
    "value", "lower", "upper", "status", "series", "break_kind", "break_reason",
)  # fmt: skip


#: The breaks of an organisation that has none of its own.
NO_BREAKS: Final = pd.DataFrame(columns=["year", "indicator", "kind", "reason"])

Breaks = Callable[[str, str, str, str, str], list[tuple[str, str]]]


def history(results: pd.DataFrame, headline: pd.Series, catalogue: pd.DataFrame, own_breaks: pd.DataFrame) -> pd.DataFrame:
    """Return the headline comparison of every indicator in every year, with the breaks between years.

    Parameters
    ----------
    headline
        Which rows speak for their indicator.
    own_breaks
        The organisation's breaks: ``year`` (the first year after the break), ``indicator`` (empty: all), ``kind`` and ``reason``; with
        a column ``organisation`` those of several, each its own.

    Returns
    -------
    pandas.DataFrame
        Columns of :data:`HISTORY_COLUMNS`. ``series`` numbers the stretches of comparable years of an indicator from 0;
        ``break_kind`` and ``break_reason`` stand in the first year of a new stretch and are empty elsewhere. A year without figures has
        no value and a year that is not among the results has no row; neither is ever a zero. What a protected row says of
        its hidden fields (``protection``) is kept.
    """
    rows = results[headline].sort_values(["organisation", "indicator", "year"], kind="stable").reset_index(drop=True)
    earlier = rows.groupby(["organisation", "indicator"], sort=False)["year"].shift()
    between = breaks_between_years(catalogue, own_breaks)
    found = [
        between(whose, before, *row) if isinstance(before, str) else []
        for whose, before, *row in zip(rows["organisation"], earlier, rows["year"], rows["indicator"], rows["measure"], strict=True)
    ]
    rows["break_kind"] = [";".join(dict.fromkeys(kind for kind, _ in breaks)) for breaks in found]
    rows["break_reason"] = [" ".join(reason for _, reason in breaks) for breaks in found]
    broken = rows["break_kind"].ne("")
    rows["series"] = broken.groupby([rows["organisation"], rows["indicator"]], sort=False).cumsum().astype(int)
    kept = [*HISTORY_COLUMNS, *(("protection",) if "protection" in rows else ())]
    return rows.reindex(columns=kept)


def breaks_between_years(catalogue: pd.DataFrame, own: pd.DataFrame) -> Breaks:
    """Return what gives kind and reason of every break between two years: of an organisation, an earlier and a later year, an indicator, its measure.

    It is the break of a definition, looked up once for each pair of years, or the organisation's own.
    """
    by_definition = functools.cache(lambda before, year: breaks_between(catalogue, edition_of(before), edition_of(year)))
    fields = ["year", "indicator", "kind", "reason"]
    owners = own["organisation"] if "organisation" in own else pd.Series("", index=own.index)  # without that column they are everybody's
    given = {whose: [*rows[fields].itertuples(index=False, name=None)] for whose, rows in own.groupby(owners)}

    def between(whose: str, before: str, year: str, indicator: str, measure: str) -> list[tuple[str, str]]:
        reason = by_definition(before, year).get(measure)
        found = [(DEFINITION, reason)] if reason else []
        broken = given.get(whose, given.get("", []))
        return found + [(kind, why) for when, of, kind, why in broken if before < when <= year and of in ("", indicator)]

    return between


def first_comparable_years(table: pd.DataFrame) -> dict[str, str]:
    """Return by indicator the first year with a value in the stretch of its last year; nothing where the last year has none.

    The table is that of :func:`history`, of one organisation.
    """
    last = table.groupby("indicator", sort=False)["series"].transform("last")
    told = table[table["series"].eq(last) & table["value"].notna()]
    newest = table.groupby("indicator", sort=False)["year"].last()
    ends = told.groupby("indicator", sort=False)["year"].agg(["first", "last"])
    return ends.loc[ends["last"].eq(newest.reindex(ends.index)), "first"].to_dict()


def comparable_since(rows: pd.DataFrame) -> str:
    """Return the first year of the stretch that the last year of one indicator's rows belongs to."""
    return str(rows.loc[rows["series"].eq(rows["series"].iloc[-1]), "year"].iloc[0])


def with_every_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one indicator's rows from its first year with a value on, with a row without a value for each year that has none."""
    valued = rows.loc[rows["value"].notna(), "year"]
    if valued.empty:
        return rows.iloc[:0]
    first, last = int(valued.iloc[0][:4]), int(rows["year"].iloc[-1][:4])
    years = [shifted(valued.iloc[0], by) for by in range(last - first + 1)]
    made = rows.set_index("year").reindex(years).rename_axis("year").reset_index()[list(rows.columns)]
    added = ~made["year"].isin(rows["year"])
    made[_OF_A_SERIES] = made[_OF_A_SERIES].ffill()
    made["series"] = made["series"].astype(int)
    texts = [name for name in ("break_kind", "break_reason", "protection") if name in made]
    made.loc[added, texts] = ""
    made["status"] = made["status"].mask(added, NOT_SUPPLIED)
    return made


#: What all years of an indicator share, as far as no break changes it.
_OF_A_SERIES: Final = ["organisation", "indicator", "measure", "breakdown", "category", "comparison", "direction", "series"]


def missing_years(rows: pd.DataFrame) -> list[str]:
    """Return the years of one indicator's rows for which there is no value, up to the last that has one."""
    last = rows["value"].last_valid_index()
    return [] if last is None else list(rows.loc[:last].loc[rows["value"].isna(), "year"])


def joined(rows: pd.DataFrame) -> np.ndarray:
    """Tell for each year of one indicator whether a line may join it to the year before: same stretch, and a number in both."""
    drawn = pd.Series(np.isfinite(rows["value"].astype(float)), index=rows.index)
    return (drawn & drawn.shift(fill_value=False) & rows["series"].eq(rows["series"].shift())).to_numpy()
