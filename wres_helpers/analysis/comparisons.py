"""The comparisons of white and BME staff: counts in, ``results`` out, for one report or for a whole nation at once."""

import numpy as np
import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.analysis.measures import CELLS, Material, cells_of, definitions_in_use, wide_counts, without_ethnic_categories
from wres_helpers.analysis.method import Method
from wres_helpers.analysis.status_rule import judge
from wres_helpers.definitions.catalogue import ReferenceTables
from wres_helpers.definitions.schema import OVERALL, RESULT_COLUMNS

_METHODS = {
    "white/bme": intervals.RATIO_METHOD,
    "bme/white": intervals.RATIO_METHOD,
    "bme-white": intervals.GAP_METHOD,
    "board-workforce": intervals.GAP_METHOD,
    "grade-workforce": intervals.PART_OF_WHOLE_METHOD,
}


def compare(counts: pd.DataFrame, reference: ReferenceTables, method: Method) -> pd.DataFrame:
    """Compare the two groups on every indicator.

    Parameters
    ----------
    counts
        Tidy counts of any number of organisations and years.
    reference
        The catalogue and the grades.
    method
        Confidence, the status rule, and the survey questions where they differ from the edition's.

    Returns
    -------
    pandas.DataFrame
        One row per comparison with the columns of results.csv in their order; rates and gaps are fractions, counts
        are people. A comparison without figures has a row that says so.
    """
    counts = without_ethnic_categories(counts)
    material = Material(wide_counts(counts), counts[["organisation", "year"]].drop_duplicates(), reference.grades, method)
    years = list(counts["year"].unique())
    parts = []
    for definition, in_years in definitions_in_use(reference.catalogue, years):
        cells = cells_of(definition, in_years, material)
        named = {name: definition[name] for name in ("indicator", "measure", "comparison", "direction", "adverse")}
        parts.append(cells.assign(**named))
    rows = pd.concat(parts, ignore_index=True).reindex(columns=_WORKING)
    return recalculated(rows, method)[list(RESULT_COLUMNS)]


_WORKING = ["organisation", "year", "indicator", "measure", "breakdown", "category", "comparison", "direction", "adverse",
            *CELLS, "whole_count", "whole_base"]  # fmt: skip


def recalculated(rows: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Return rates, value, interval, p-value and status of rows that have their six counts and the whole's two."""
    share_alone = rows["measure"].eq("share_of_grade") & rows["breakdown"].eq(OVERALL[0])
    rows.loc[share_alone, ["comparison", "direction"]] = "none"
    rows["white_rate"] = _rate(rows["white_count"], rows["white_base"])
    rows["bme_rate"] = _rate(rows["bme_count"], rows["bme_base"])
    rows["confidence"] = method.confidence
    rows["method"] = rows["direction"].map(_METHODS)
    rows = rows.assign(value=np.nan, lower=np.nan, upper=np.nan, p_value=np.nan, relative=np.nan, expected=np.nan)
    _mark_usable(rows)
    usable = rows["supplied"] & rows["based"] & rows["within"]
    for direction, calculate in _CALCULATIONS.items():
        chosen = usable & rows["direction"].eq(direction)
        if chosen.any():
            rows.loc[chosen, ["value", "lower", "upper", "p_value", "relative", "expected"]] = calculate(rows[chosen], method.confidence)
    rows[["status", "reason"]] = judge(rows, method.no_adverse_range, method.minimum_expected)
    rows.loc[~usable, ["value", "lower", "upper", "p_value"]] = np.nan
    return rows


def _rate(count: pd.Series, base: pd.Series) -> pd.Series:
    return (count / base.where(base > 0)).where(count <= base)


def _mark_usable(rows: pd.DataFrame) -> None:
    whole = rows["direction"].isin(["grade-workforce", "board-workforce"])
    first, second = rows["bme_count"].where(whole, rows["white_count"]), rows["whole_count"].where(whole, rows["bme_count"])
    first_base, second_base = rows["bme_base"].where(whole, rows["white_base"]), rows["whole_base"].where(whole, rows["bme_base"])
    alone = rows["comparison"].eq("none")
    rows["judged"] = rows["measure"].ne("share_of_grade")
    rows["supplied"] = first.notna() & first_base.notna() & (alone | (second.notna() & second_base.notna()))
    rows["based"] = (first_base > 0) & (alone | (second_base > 0))
    rows["within"] = (first <= first_base) & (alone | (second <= second_base))
    # a band cannot hold more people than the workforce it is part of
    part = rows["direction"].eq("grade-workforce")
    rest_fits = (rows["whole_count"] >= rows["bme_count"]) & (rows["whole_base"] > rows["bme_base"])
    rest_fits &= rows["whole_base"] - rows["bme_base"] >= rows["whole_count"] - rows["bme_count"]
    rows["within"] &= ~part | rest_fits
    rows["counted"] = (first + second).fillna(first) > 0


def _cells(rows: pd.DataFrame, *names: str) -> list[np.ndarray]:
    return [rows[name].to_numpy(dtype=float) for name in names]


def smallest_expected(count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    """Return the smallest number of people expected in any of the four cells, were the two rates equal."""
    rate = (count_1 + count_2) / (base_1 + base_2)
    return np.minimum(base_1, base_2) * np.minimum(rate, 1 - rate)


def _over(rate: np.ndarray, other: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return rate / other


def _ratio(first: str, second: str):
    def calculate(rows: pd.DataFrame, confidence: float) -> np.ndarray:
        cells = _cells(rows, f"{first}_count", f"{first}_base", f"{second}_count", f"{second}_base")
        value = _over(cells[0] / cells[1], cells[2] / cells[3])
        lower, upper = intervals.ratio_interval(*cells, confidence)
        return np.column_stack([value, lower, upper, intervals.ratio_p_value(*cells), value, smallest_expected(*cells)])

    return calculate


def _gap(rows: pd.DataFrame, confidence: float) -> np.ndarray:
    bme_count, bme_base, white_count, white_base = cells = _cells(rows, "bme_count", "bme_base", "white_count", "white_base")
    bme_rate, white_rate = bme_count / bme_base, white_count / white_base
    lower, upper = intervals.gap_interval(*cells, confidence)
    below = rows["adverse"].eq("below_0").to_numpy()
    relative = np.where(below, _over(white_rate, bme_rate), _over(bme_rate, white_rate))
    return np.column_stack([bme_rate - white_rate, lower, upper, intervals.ratio_p_value(*cells), relative, smallest_expected(*cells)])


def _part_of_whole(rows: pd.DataFrame, confidence: float) -> np.ndarray:
    count, base, whole_count, whole_base = cells = _cells(rows, "bme_count", "bme_base", "whole_count", "whole_base")
    rest = (whole_count - count, whole_base - base)
    lower, upper = intervals.part_of_whole_interval(*cells, confidence)
    value = count / base - whole_count / whole_base
    relative = _over(rest[0] / rest[1], count / base)
    return np.column_stack(
        [value, lower, upper, intervals.ratio_p_value(count, base, *rest), relative, smallest_expected(count, base, *rest)]
    )


def _board(rows: pd.DataFrame, confidence: float) -> np.ndarray:
    count, base, whole_count, whole_base = cells = _cells(rows, "bme_count", "bme_base", "whole_count", "whole_base")
    board, workforce = count / base, whole_count / whole_base
    lower, upper = intervals.gap_interval(*cells, confidence)
    return np.column_stack(
        [board - workforce, lower, upper, intervals.ratio_p_value(*cells), _over(workforce, board), smallest_expected(*cells)]
    )


_CALCULATIONS = {
    "white/bme": _ratio("white", "bme"),
    "bme/white": _ratio("bme", "white"),
    "bme-white": _gap,
    "grade-workforce": _part_of_whole,
    "board-workforce": _board,
}
