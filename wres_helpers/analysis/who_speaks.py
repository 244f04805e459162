"""Which comparison speaks for its indicator, and the status it gives it."""

import numpy as np
import pandas as pd

from wres_helpers.analysis.clear_difference import exact_mid_p, one_sided_fisher, p_value, p_value_one_moved, smallest_expected
from wres_helpers.analysis.group_comparisons import two_groups, whole_workforce
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables, headline_measures
from wres_helpers.standard.columns import ASKED_BY, PARTS_OF_THE_BOARD, STATUS_COLUMNS
from wres_helpers.standard.statuses import LABELS, NOT_SUPPLIED, fits


def headline_statuses(
    results: pd.DataFrame, reference: ReferenceTables, parameters: Parameters, surest: pd.Series | None = None
) -> pd.DataFrame:
    """Return the status of each indicator, beside the one somebody published by hand for the year of the report.

    Parameters
    ----------
    surest
        Comparisons that are ranked as if nothing could be less chance, whatever their counts.

    Returns
    -------
    pandas.DataFrame
        One row per organisation, year and indicator, with what its status was asked by (``ASKED_BY``; the p-value of Holm is the largest it
        can be where another is missing); ``stands`` says whether a clear difference stands when all indicators
        of the year are looked at together; ``published_status`` is empty where none was published,
        ``differs`` says whether the two do not say the same.
    """
    rows = results[headline_rows(results, reference.catalogue)]
    table = rows[["organisation", "year", "indicator", "status", "reason"]].copy()
    table["label"] = table["status"].map(LABELS)
    published = table["indicator"].map(parameters.published_statuses).where(table["year"].eq(parameters.year))
    # without any published status the column would be one of missing numbers
    table["published_status"] = published.astype("object").fillna("").astype("str")
    ranked_first = pd.Series(False, index=rows.index) if surest is None else surest[rows.index]
    tests = _asked_by(rows.join(whole_workforce(results), on=["organisation", "year"]), ranked_first)
    table[list(tests)] = tests
    # Holm's method: the error of all that stand together is that of one test
    table["stands"] = rows["clear"].astype(bool) & tests["p_holm"].le(1 - parameters.status_rule.confidence)
    table["differs"] = [word != "" and not fits(word, code) for word, code in zip(table["published_status"], table["status"], strict=True)]
    return table.reset_index(drop=True)[list(STATUS_COLUMNS)]


def _asked_by(rows: pd.DataFrame, surest: pd.Series) -> pd.DataFrame:
    """Return the fewest expected and the p-values of each headline, and that of all indicators of a year together (Holm 1979, Scand J Statist 6:65).

    Every comparison of the standard counts as asked, also where it could not be tested; a share on its own compares nothing.
    """
    cells = pd.concat(two_groups(rows), axis=1).astype(float)
    given = rows["p_value"].mask(surest, 0.0)
    known = given.notna() & cells.notna().all(axis=1) & ~surest
    count, base, other_count, other_base = cells[known].to_numpy().T
    tests = pd.DataFrame({"p_value": given, "p_ranked": given}, index=rows.index, columns=list(ASKED_BY), dtype=float)
    tests.loc[known, "fewest_expected"] = smallest_expected(count, base, other_count, other_base)
    for name, test in (("p_one_moved", p_value), ("p_fisher_moved", one_sided_fisher)):
        tests.loc[known, name] = p_value_one_moved(count, base, other_count, other_base, test=test)
    tests.loc[known, "p_fisher"] = one_sided_fisher(count, base, other_count, other_base)
    # ranked by one test, where single comparisons take the score test for many people
    tests.loc[known, "p_ranked"] = exact_mid_p(count, base, other_count, other_base)
    # how sure one difference is beside another: by the test that finds it least sure
    twice = (2 * tests["p_fisher"]).clip(upper=1)
    tests["p_largest"] = tests[["p_value", "p_one_moved"]].assign(fisher=twice).max(axis=1, skipna=False)
    for name, ranked in (("p_holm", tests["p_ranked"]), ("p_holm_fisher", twice)):
        tests[name] = _all_together(ranked.fillna(1.0)[rows["comparison"].ne("none")], rows).where(ranked.notna())
    return tests


def _all_together(ranked: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """Return the p-values of the comparisons of a year with all of them asked at once."""
    year = [rows.loc[ranked.index, name] for name in ("organisation", "year")]
    place = ranked.groupby(year).rank(method="first")
    several = (ranked * (ranked.groupby(year).transform("size") - place + 1)).clip(upper=1)
    # a step-down: none that is less certain has a smaller one
    return several.loc[place.sort_values().index].groupby(year).cummax().reindex(rows.index)


def headline_rows(results: pd.DataFrame, catalogue: pd.DataFrame) -> pd.Series:
    """Tell which rows stand for their indicator: the headline measure, overall, or the part of the board that speaks for it."""
    return results["measure"].eq(results["indicator"].map(headline_measures(catalogue))) & speaking_rows(results)


def speaking_rows(results: pd.DataFrame) -> pd.Series:
    """Tell which rows speak for their measure: the overall comparison; of the board the first part that was supplied."""
    member = results["breakdown"].eq("membership").to_numpy(bool)
    members = results[member]
    place = members["category"].map({part: place for place, part in enumerate(PARTS_OF_THE_BOARD)}).astype(float)
    place += len(PARTS_OF_THE_BOARD) * members["status"].eq(NOT_SUPPLIED)
    first = place.groupby([members["organisation"], members["year"], members["measure"]]).transform("min")
    speaks = np.array(results["breakdown"].eq("overall"), dtype=bool)
    speaks[member] = (place.notna() & place.eq(first)).to_numpy(bool)
    return pd.Series(speaks, index=results.index)
