"""Which comparison speaks for its indicator, and the status it gives it."""

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import TWO_GROUPS
from wres_helpers.analysis.clear_difference import exact_mid_p
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables, headline_measures
from wres_helpers.standard.columns import PARTS_OF_THE_BOARD, STATUS_COLUMNS
from wres_helpers.standard.statuses import LABELS, NOT_SUPPLIED, fits


def headline_statuses(results: pd.DataFrame, reference: ReferenceTables, parameters: Parameters) -> pd.DataFrame:
    """Return the status of each indicator, beside the one somebody published by hand for the year of the report.

    Returns
    -------
    pandas.DataFrame
        One row per organisation, year and indicator; ``stands`` says whether a clear difference stands when all indicators
        of the year are looked at together; ``published_status`` is empty where none was published,
        ``differs`` says whether the two do not say the same.
    """
    rows = results[headline_rows(results, reference.catalogue)]
    table = rows[["organisation", "year", "indicator", "status", "reason"]].copy()
    table["label"] = table["status"].map(LABELS)
    published = table["indicator"].map(parameters.published_statuses).where(table["year"].eq(parameters.year))
    # without any published status the column would be one of missing numbers
    table["published_status"] = published.astype("object").fillna("").astype("str")
    table["stands"] = _stands(rows, parameters.status_rule.confidence).to_numpy()
    table["differs"] = [word != "" and not fits(word, code) for word, code in zip(table["published_status"], table["status"], strict=True)]
    return table.reset_index(drop=True)[list(STATUS_COLUMNS)]


def _stands(rows: pd.DataFrame, confidence: float) -> pd.Series:
    """Tell which clear differences stand when all indicators of a year are looked at together (Holm 1979, Scand J Statist 6:65).

    Every indicator that the standard asks for counts as asked, also where it could not be tested.
    """
    year = [rows["organisation"], rows["year"]]
    p_values = _by_one_test(rows, 1 - confidence).fillna(1.0)
    place = p_values.groupby(year).rank(method="first")
    asked = p_values.groupby(year).transform("size")
    rejected = p_values <= (1 - confidence) / (asked - place + 1)
    # a step-down: once one does not stand, none that is less certain does
    first_not = place.where(~rejected).groupby(year).transform("min")
    return rows["clear"].astype(bool) & (place < first_not.fillna(np.inf))


def _by_one_test(rows: pd.DataFrame, error: float) -> pd.Series:
    """Return p-values that may be ranked: of two groups the exact mid-p for all, where single comparisons take the score test for many people."""
    p_values = rows["p_value"].astype(float)
    # what is far from being rejected alone stays so, and its exact value is of no use
    ranked = p_values.le(2 * error) & ~rows["direction"].str.endswith("workforce") & rows[list(TWO_GROUPS)].notna().all(axis=1)
    if ranked.any():
        cells = (rows.loc[ranked, name].to_numpy(dtype=float) for name in TWO_GROUPS)
        p_values = p_values.mask(ranked, pd.Series(exact_mid_p(*cells), index=rows.index[ranked]))
    return p_values


def headline_rows(results: pd.DataFrame, catalogue: pd.DataFrame) -> pd.Series:
    """Tell which rows stand for their indicator: the headline measure, overall, or the part of the board that speaks for it."""
    return results["measure"].eq(results["indicator"].map(headline_measures(catalogue))) & speaking_rows(results)


def speaking_rows(results: pd.DataFrame) -> pd.Series:
    """Tell which rows speak for their measure: the overall comparison; of the board the first part that was supplied."""
    member = results["breakdown"].eq("membership")
    place = results["category"].map({part: place for place, part in enumerate(PARTS_OF_THE_BOARD)}).where(member).astype(float)
    place += len(PARTS_OF_THE_BOARD) * results["status"].eq(NOT_SUPPLIED)
    first = place.groupby([results["organisation"], results["year"], results["measure"]]).transform("min")
    return results["breakdown"].eq("overall") | (place.notna() & place.eq(first))
