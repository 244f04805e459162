"""The comparisons of white and BME staff: counts in, ``results`` out, for one report or for a whole nation at once."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.analysis.cells import (
    CELLS,
    KEYS,
    Material,
    cells_of,
    definitions_in_use,
    told_of_every_report,
    wide_counts,
    without_ethnic_categories,
)
from wres_helpers.analysis.clear_difference import is_clear, p_value, smallest_expected, test_of
from wres_helpers.analysis.status_rule import Method, judge
from wres_helpers.standard.catalogue import ReferenceTables
from wres_helpers.standard.columns import ETHNIC_GROUPS, OVERALL, RESULT_COLUMNS, SHARE_OF_GRADE

#: Count and base of a group, count and base of the one it is compared with.
Cells = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]

#: Cells and a confidence in; value, lower and upper end out.
Calculation = Callable[..., tuple[np.ndarray, ...]]

#: Comparisons of BME people's share of a part with their share of the whole workforce.
AGAINST_THE_WHOLE = ("grade-workforce", "board-workforce")


def compare(counts: pd.DataFrame, reference: ReferenceTables, method: Method) -> pd.DataFrame:
    """Compare the two groups on every indicator, for any number of organisations and years.

    Returns
    -------
    pandas.DataFrame
        One row per comparison with the columns of results.csv in their order; rates and gaps are fractions, counts
        are people. A comparison without figures has a row that says so.
    """
    counts = without_ethnic_categories(counts)
    material = Material(wide_counts(counts), reference.grades, method)
    rows = _every_row(counts, definitions_in_use(reference.catalogue, list(counts["year"].unique())), material)
    rows = rows.join(whole_workforce(rows), on=["organisation", "year"])
    return recalculated(rows.reindex(columns=_WORKING), method)[list(RESULT_COLUMNS)]


def _every_row(counts: pd.DataFrame, definitions: list[tuple[pd.Series, list[str]]], material: Material) -> pd.DataFrame:
    """Return the cells of all measures with what names them; a measure of which a report says nothing has a row that says so."""
    named = pd.DataFrame([definition[_NAMES] for definition, _ in definitions]).reset_index(drop=True)
    cells = pd.concat([cells_of(*each, material).assign(place=place) for place, each in enumerate(definitions)], ignore_index=True)
    told = [(place, year, *where) for place, (definition, years) in enumerate(definitions) for year in years
            for where in told_of_every_report(definition)]  # fmt: skip
    wanted = counts[["organisation", "year"]].drop_duplicates().merge(pd.DataFrame(told, columns=["place", *KEYS[1:]]), on="year")
    rows = wanted.merge(cells, on=["place", *KEYS], how="outer", sort=False).sort_values("place", kind="stable", ignore_index=True)
    return rows.join(named, on="place")


_NAMES = ["indicator", "measure", "comparison", "direction", "adverse"]
_WORKING = [*KEYS, *_NAMES, *CELLS, "whole_count", "whole_base"]


def whole_workforce(results: pd.DataFrame) -> pd.DataFrame:
    """Return the compared people among all staff: ``whole_count``, ``whole_base`` and ``whole_unknown`` by organisation and year."""
    overall = results["measure"].eq(SHARE_OF_GRADE) & results["breakdown"].eq(OVERALL[0])
    counts = results.reindex(columns=["organisation", "year", "bme_count", "bme_base", "unknown_count"])[overall]
    return counts.set_index(["organisation", "year"]).set_axis(["whole_count", "whole_base", "whole_unknown"], axis=1)


def recalculated(rows: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Return rates, value, interval, p-value and status of rows that have their six counts and the whole's two."""
    rows = with_statuses(rows, method)
    cells = _compared(rows)
    return rows.assign(**_of_each_group(rows, method.confidence), p_value=p_value(*cells), p_value_test=test_of(*cells))


def with_statuses(rows: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Return value, interval and status of such rows, without rates and p-values: nothing else is asked of thousands of ways to share people out."""
    share_alone = rows["measure"].eq(SHARE_OF_GRADE) & rows["breakdown"].eq(OVERALL[0])
    rows.loc[share_alone, ["comparison", "direction"]] = "none"
    rows["confidence"] = method.confidence
    rows["method"] = rows["direction"].map({direction: method for direction, (*_, method) in _CALCULATIONS.items()})
    _mark_usable(rows)
    rows["usable"] = rows["supplied"] & rows["based"] & rows["within"] & rows["comparison"].ne("none")
    calculated = np.full((3, len(rows)), np.nan)
    for direction, (first, second, calculate, _) in _CALCULATIONS.items():
        chosen = (rows["usable"] & rows["direction"].eq(direction)).to_numpy()
        if chosen.any():
            cells = (rows[f"{group}_{kind}"].to_numpy(float)[chosen] for group in (first, second) for kind in ("count", "base"))
            calculated[:, chosen] = calculate(*cells, confidence=method.confidence)
    rows = rows.assign(**dict(zip(("value", "lower", "upper"), calculated, strict=True)))
    rows = rows.assign(**_judged_by(rows, method))
    rows[["status", "reason"]] = judge(rows, method.rule)
    return rows


def _of_each_group(rows: pd.DataFrame, confidence: float) -> dict[str, np.ndarray]:
    """Return what is said of each group alone: its rate with a Wilson interval, and what one BME person weighs."""
    made = {}
    for group in ETHNIC_GROUPS:
        made[f"{group}_rate"] = _rate(rows[f"{group}_count"], rows[f"{group}_base"])
    for group in ("white", "bme"):
        ends = intervals.share_interval(rows[f"{group}_count"], rows[f"{group}_base"], confidence)
        made |= {f"{group}_lower": ends[0], f"{group}_upper": ends[1]}
    made["one_person"] = 1 / rows["bme_base"].where(rows["bme_base"] > 0)
    whole = rows["direction"].isin(AGAINST_THE_WHOLE)
    compared_with = _rate(rows["whole_count"], rows["whole_base"]).where(whole, made["white_rate"])
    made["bme_expected"] = (compared_with * rows["bme_base"]).where(rows["comparison"].ne("none"))
    return made


def _rate(count: pd.Series, base: pd.Series) -> pd.Series:
    return (count / base).where(count <= base)


def _mark_usable(rows: pd.DataFrame) -> None:
    count, base, other_count, other_base = two_groups(rows)
    alone = rows["comparison"].eq("none")
    rows["judged"] = ~rows["measure"].isin(("share_of_grade", "survey_response"))
    rows["supplied"] = count.notna() & base.notna() & (alone | (other_count.notna() & other_base.notna()))
    rows["based"] = (base > 0) & (alone | (other_base > 0))
    # a band cannot hold more people than the workforce it is part of: the rest would be less than nobody
    rows["within"] = (count <= base) & (alone | ((other_count <= other_base) & (other_count >= 0)))
    rows["counted"] = count + other_count > 0
    rows["uncounted"] = count + other_count < base + other_base


def two_groups(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    """Return the two groups that a comparison tells apart: BME staff, and whom they are compared with.

    A senior grade is compared with the rest of the workforce, which does not hold it; the board with the workforce, which is
    taken as another group.

    Returns
    -------
    tuple
        Count and base of BME people, then count and base of the others.
    """
    whole, part = rows["direction"].isin(AGAINST_THE_WHOLE), rows["direction"].eq("grade-workforce")
    other_count = (rows["whole_count"] - rows["bme_count"].where(part, 0)).where(whole, rows["white_count"])
    other_base = (rows["whole_base"] - rows["bme_base"].where(part, 0)).where(whole, rows["white_base"])
    return rows["bme_count"], rows["bme_base"], other_count, other_base


def tests_of_p_values(results: pd.DataFrame) -> pd.Series:
    """Return the test that gave the p-value of each comparison, empty where there is none; hidden counts are no part of a p-value that is shown."""
    tests = test_of(*two_groups(results.join(whole_workforce(results), on=["organisation", "year"])))
    return pd.Series(tests, index=results.index).where(results["p_value"].notna(), "")


def _compared(rows: pd.DataFrame) -> Cells:
    """Return the two groups of every comparison; NaN where nothing can be compared."""
    count, base, other_count, other_base = (np.where(rows["usable"], column.to_numpy(float), np.nan) for column in two_groups(rows))
    return count, base, other_count, other_base


def _judged_by(rows: pd.DataFrame, method: Method) -> dict[str, np.ndarray]:
    """Return what the status rule asks of every comparison; NaN and False where nothing can be compared."""
    cells = _compared(rows)
    ratio = rows["comparison"].eq("ratio").to_numpy()
    lower, upper = rows["lower"].to_numpy(float), rows["upper"].to_numpy(float)
    excluded = (lower > np.where(ratio, 1.0, 0.0)) | (upper < np.where(ratio, 1.0, 0.0))
    turned = _turned(rows, cells)
    clear = is_clear(*cells, excludes_equality=excluded, confidence=method.confidence)
    expected = smallest_expected(*cells)
    return {
        "excluded": excluded,
        "clear": clear,
        "relative": _relative(*turned),
        "relative_complement": _relative(*_complement(*turned)),
        "inside": _inside(turned, ~clear, method),
        "expected": expected,
    }


def relative_likelihoods(rows: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Return the relative likelihood that the rule of the status looks at, whatever a comparison is printed as.

    Parameters
    ----------
    rows
        With ``adverse`` and the whole's ``whole_count`` and ``whole_base``.

    Returns
    -------
    pandas.DataFrame
        ``value``, ``lower`` and ``upper``, turned so that above 1 is worse for BME staff; of the answer or, where that is farther from 1, of
        its ``opposite`` (bool). NaN where a count is not known.
    """
    answer = _turned(rows, tuple(column.to_numpy(float) for column in two_groups(rows)))
    with np.errstate(divide="ignore", invalid="ignore"):
        opposite = np.abs(np.log(_relative(*_complement(*answer)))) > np.abs(np.log(_relative(*answer)))
    cells = tuple(np.where(opposite, *pair) for pair in zip(_complement(*answer), answer, strict=True))
    value, lower, upper = _ratio(*cells, confidence=confidence)
    return pd.DataFrame({"value": value, "lower": lower, "upper": upper, "opposite": opposite}, index=rows.index)


def _turned(rows: pd.DataFrame, cells: Cells) -> Cells:
    """Return the four counts in such an order that a higher rate of the first group is worse for BME staff."""
    count, base, other_count, other_base = cells
    # white over BME above 1, or BME over white below 1, and a gap below 0: too few BME people are counted
    white_on_top, below = rows["direction"].eq("white/bme"), rows["adverse"].str.startswith("below")
    fewer_is_worse = (white_on_top ^ below).where(rows["comparison"].eq("ratio"), below).to_numpy(bool)
    first = np.where(fewer_is_worse, other_count, count), np.where(fewer_is_worse, other_base, base)
    return (*first, np.where(fewer_is_worse, count, other_count), np.where(fewer_is_worse, base, other_base))


def _complement(count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> Cells:
    """Return the people not counted, turned as their opposites are."""
    return base_2 - count_2, base_2, base_1 - count_1, base_1


def _relative(count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return (count_1 / base_1) / (count_2 / base_2)


def _inside(turned: Cells, asked: np.ndarray, method: Method) -> np.ndarray:
    """Tell where the intervals of the relative likelihood and of its complement both lie inside the range."""
    inside = np.array(asked)
    low, high = method.rule.no_adverse_range
    for cells in (turned, _complement(*turned)):
        if (still := np.flatnonzero(inside)).size:
            lower, upper = intervals.ratio_interval(*(cell[still] for cell in cells), confidence=method.confidence)
            inside[still] = (lower >= low) & (upper <= high)
    return inside


def _ratio(*cells: np.ndarray, confidence: float) -> tuple[np.ndarray, ...]:
    return (_relative(*cells), *intervals.ratio_interval(*cells, confidence=confidence))


def _difference(interval: Callable) -> Calculation:
    def calculate(*cells: np.ndarray, confidence: float) -> tuple[np.ndarray, ...]:
        return (cells[0] / cells[1] - cells[2] / cells[3], *interval(*cells, confidence=confidence))

    return calculate


#: Which two shares a comparison sets side by side, how, and what the method of its interval is called.
_CALCULATIONS: dict[str, tuple[str, str, Calculation, str]] = {
    "white/bme": ("white", "bme", _ratio, intervals.RATIO_METHOD),
    "bme/white": ("bme", "white", _ratio, intervals.RATIO_METHOD),
    "bme-white": ("bme", "white", _difference(intervals.gap_interval), intervals.GAP_METHOD),
    "grade-workforce": ("bme", "whole", _difference(intervals.part_of_whole_interval), intervals.PART_OF_WHOLE_METHOD),
    "board-workforce": ("bme", "whole", _difference(intervals.gap_interval), intervals.GAP_METHOD),
}
