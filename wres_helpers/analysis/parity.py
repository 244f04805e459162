"""What parity would take, in people, and the smallest true difference that this year's numbers could have shown.

Both are read from the counts of a comparison and from nothing else, so they are as safe to show as the counts are. People are
whole: the answer is by how many the counted people of the compared group would have to be more (appointed, trained, in
senior posts) or fewer (harassed, disciplined), with everybody else, and the whole workforce, as they are. "Could have shown" is at eight chances in ten, for
the status rule at the report's confidence: the usual normal approximation (Fleiss, Levin and Paik, Statistical Methods for Rates and
Proportions, chapter 4), with the weight of one person of the smaller group taken off the difference.
"""

from typing import Final

import numpy as np
import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.analysis.group_comparisons import whole_workforce
from wres_helpers.standard.columns import COMPARISON_KEYS

POWER: Final = 0.80

#: One row per comparison that is a ratio or a difference.
PARITY_COLUMNS: Final = (
    *COMPARISON_KEYS, "aim", "to_range_people", "to_equal_people", "smallest_shown", "power", "confidence", "reason",
)  # fmt: skip

_HIDDEN: Final = "a count was not supplied, or is hidden"
_EMPTY: Final = "one of the groups compared has nobody in its base"
_TOO_FEW: Final = "with so few people no difference, however large, would have been shown"
_HALVINGS: Final = 50


def parity(results: pd.DataFrame, catalogue: pd.DataFrame, no_adverse_range: tuple[float, float], confidence: float) -> pd.DataFrame:
    """Return, for each comparison, by how many people it is away from the range and from equality, and what it could have shown.

    Parameters
    ----------
    no_adverse_range
        Range of the relative likelihood in which no adverse difference is seen, held on the answer and on its complement.

    Returns
    -------
    pandas.DataFrame
        Columns of :data:`PARITY_COLUMNS`: ``aim`` is ``more`` or ``fewer``; ``to_range_people`` (the fewest that enter the range, NaN where
        no whole number does) and ``to_equal_people`` (to the people expected, rounded as every sentence rounds them) are whole people, 0
        where nobody is missing; ``smallest_shown`` is in the unit of the comparison (a ratio; a gap as a fraction), NaN where no
        difference could have been shown. A hidden or missing count gives no number, and ``reason`` says so.
    """
    compared = results["comparison"].isin(("ratio", "difference"))
    rows = results[compared].reset_index(drop=True)
    other_rate, other_base = (column[compared.to_numpy()] for column in _compared_with(results))
    count, base = rows["bme_count"].to_numpy(float), rows["bme_base"].to_numpy(float)
    fewer = rows["measure"].map(dict(zip(catalogue["measure"], catalogue["better"], strict=True))).eq("lower").to_numpy()
    known = ~np.isnan(np.vstack([count, base, other_rate, other_base])).any(axis=0)
    usable = known & (base > 0) & (other_base > 0)
    part, most = rows["direction"].eq("grade-workforce").to_numpy(), no_adverse_range[1]
    edge = np.where(part, _edge_of_a_part(base, other_rate, other_base, most), base * _edge_of_range(other_rate, fewer, most))
    beyond = np.where(part, _edge_of_a_part(base, other_rate, other_base, 1 / most), base * _edge_of_range(other_rate, ~fewer, most))
    in_range = np.ceil(_people(count, edge, fewer) - 1e-9) + 0.0
    landed = np.where(fewer, count - in_range, count + in_range)
    jumped = (in_range > 0) & np.where(fewer, landed < beyond - 1e-9, landed > beyond + 1e-9)  # from one side of the range to the other
    shown = np.where(usable, _smallest_shown(rows, (base, other_rate, other_base), fewer, confidence), np.nan)
    table = rows[list(COMPARISON_KEYS)].assign(
        aim=np.where(fewer, "fewer", "more"),
        to_range_people=np.where(usable & ~jumped, in_range, np.nan),
        to_equal_people=np.where(usable, np.maximum(_people(count, np.floor(base * other_rate + 0.5), fewer), in_range), np.nan),
        smallest_shown=shown,
        power=POWER,
        confidence=confidence,
        reason=np.select([~known, ~usable, np.isnan(shown)], [_HIDDEN, _EMPTY, _TOO_FEW], ""),
    )
    return table[list(PARITY_COLUMNS)]


def _compared_with(results: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the rate and the base that each row's group is compared with: the other group's, or the whole workforce's."""
    joined = results.join(whole_workforce(results), on=["organisation", "year"])
    against_whole = results["direction"].str.endswith("workforce")
    count = joined["whole_count"].where(against_whole, results["white_count"]).to_numpy(float)
    base = joined["whole_base"].where(against_whole, results["white_base"]).to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(base == 0, 0.0, count / base), base  # of nobody any rate will do: such a row is not used


def _edge_of_range(other: np.ndarray, fewer: np.ndarray, most: float) -> np.ndarray:
    """Return the rate at the edge of the range nearest to the adverse side, both the answer and its complement inside it."""
    return np.where(fewer, np.minimum(other * most, 1 - (1 - other) / most), np.maximum(other / most, 1 - (1 - other) * most))


def _edge_of_a_part(base: np.ndarray, whole_rate: np.ndarray, whole_base: np.ndarray, most: float) -> np.ndarray:
    """Return how many of a part of the workforce are at the lower edge of the range, or the upper one where ``most`` is below 1.

    The status compares it with all other staff. The workforce stays as it is, so whoever is in the part is not among the others.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        others, counted = whole_base - base, whole_rate * whole_base
        answer = counted * base / (base + most * others)
        complement = (1 - most + most * counted / others) / (1 / base + most / others)
        return np.maximum(answer, complement) if most > 1 else np.minimum(answer, complement)


def _people(count: np.ndarray, expected: np.ndarray, fewer: np.ndarray) -> np.ndarray:
    """Return by how many people a count must fall or rise to be what is expected; 0 where it need not."""
    return np.maximum(np.where(fewer, count - expected, expected - count), 0)


def _smallest_shown(rows: pd.DataFrame, cells: tuple[np.ndarray, ...], fewer: np.ndarray, confidence: float) -> np.ndarray:
    """Return the difference nearest to none that would be found at :data:`POWER`, on the adverse side."""
    base, other_rate, other_base = cells
    found, missed = np.where(fewer, 1.0, 0.0), other_rate.copy()
    possible = _power(found, base, other_rate, other_base, confidence) >= POWER
    for _ in range(_HALVINGS):
        middle = (found + missed) / 2
        enough = _power(middle, base, other_rate, other_base, confidence) >= POWER
        found, missed = np.where(enough, middle, found), np.where(enough, missed, middle)
    direction = rows["direction"]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(direction.eq("white/bme"), other_rate / found, found / other_rate)
    return np.where(possible, np.where(rows["comparison"].eq("ratio"), ratio, found - other_rate), np.nan)


def _power(rate: np.ndarray, base: np.ndarray, other_rate: np.ndarray, other_base: np.ndarray, confidence: float) -> np.ndarray:
    """Return the chance that the status rule finds a group's true rate to differ from the other's.

    The rule asks for more than a test: an exact one must agree, and one person of the smaller group must not decide. That person's weight is
    taken off the difference; without it, what is said to be found in eight years of ten would be found in six to seven.
    """
    from scipy.special import ndtr

    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (rate * base + other_rate * other_base) / (base + other_base)
        no_difference = np.sqrt(pooled * (1 - pooled) * (1 / base + 1 / other_base))
        difference = np.sqrt(rate * (1 - rate) / base + other_rate * (1 - other_rate) / other_base)
        one_person = 1 / np.minimum(base, other_base)
        beyond = np.abs(rate - other_rate) - one_person - intervals.normal_quantile(confidence) * no_difference
        return ndtr(beyond / difference)
