"""How far chance alone could move a figure: intervals and tests for shares, ratios and gaps, a whole column at once.

Every function takes whole columns (numpy arrays) and gives columns back, so that one report and a nation's worth of
reports go through the same lines. Undefined cases are answered by NaN or infinity together with a status in
:mod:`wres_helpers.analysis.status_rule`; nothing here raises on a zero.
"""

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

RATIO_METHOD: Final = "score (Koopman, Miettinen-Nurminen variance)"
SHARE_METHOD: Final = "Wilson"
GAP_METHOD: Final = "Newcombe"
PART_OF_WHOLE_METHOD: Final = "Newcombe, against the rest of the workforce, scaled to the whole"
ODDS_RATIO_METHOD: Final = "score (ratio of odds, variance without the factor N/(N - 1))"
CHANGE_METHOD: Final = "Newcombe, the four intervals of both years combined"
RATIO_CHANGE_METHOD: Final = "logarithm of the ratio of ratios, half a person added to every count"

#: Fewest people a cell is taken to hold at a hypothesis, so that a hypothesis far away is far and not undefined.
_LEAST_PEOPLE: Final = 1e-12

#: Natural logarithm of the smallest and largest ratio looked for; wider than any ratio of real counts.
_LOG_RATIO_RANGE: Final = (-40.0, 40.0)


def normal_quantile(confidence: float) -> float:
    """Return the two-sided critical value of the normal distribution (1.96 for 0.95)."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + confidence / 2))


def score_statistic(ratio: np.ndarray, count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    """Return the score statistic for the hypothesis that the ratio of two rates is ``ratio``.

    The two rates are estimated under the hypothesis (Koopman 1984); the variance carries the factor N/(N-1) of
    Miettinen and Nurminen (1985), which is also the default of statsmodels' ``method="score"``.

    Returns
    -------
    numpy.ndarray
        Positive where the observed ratio lies above the hypothesis; falls steadily as ``ratio`` rises.
    """
    total = base_1 + base_2
    a = total * ratio
    b = base_1 * ratio + count_1 + base_2 + count_2 * ratio
    rate_2 = 2 * (count_1 + count_2) / (b + np.sqrt(np.maximum(b * b - 4 * a * (count_1 + count_2), 0)))
    rate_1 = np.minimum(rate_2 * ratio, 1.0)
    variance = rate_1 * (1 - rate_1) / base_1 + ratio**2 * rate_2 * np.maximum(1 - rate_2, 0) / base_2
    variance = variance * total / np.maximum(total - 1, 1)
    distance = count_1 / base_1 - ratio * count_2 / base_2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(distance == 0, 0.0, distance / np.sqrt(variance))


def ratio_interval(
    count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray, *, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Return the score interval of the ratio of two rates, ``(count_1/base_1) / (count_2/base_2)``.

    The hypotheses that :func:`score_statistic` does not reject, found by scipy's vectorised root finder. Zero cells
    have an answer: no events in the first group give a lower limit of 0, none in the second an upper limit of
    infinity, none in either the interval from 0 to infinity. An empty base gives NaN.

    Sources: Koopman 1984, Biometrics 40:513; Miettinen and Nurminen 1985, Statistics in Medicine 4:213.
    """
    cells = count_1, base_1, count_2, base_2 = columns(count_1, base_1, count_2, base_2)
    usable = (base_1 > 0) & (base_2 > 0)
    return _score_limits(score_statistic, cells, usable, (count_1 > 0, count_2 > 0), confidence)


def columns(*cells: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return counts as columns of numbers, all of one length."""
    return np.broadcast_arrays(*(np.asarray(cell, dtype=float) for cell in cells))


def _score_limits(
    statistic: Callable[..., np.ndarray], cells: tuple[np.ndarray, ...], usable: np.ndarray, ends: tuple[np.ndarray, ...], confidence: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return between which hypotheses a score test does not reject; where there is no lower (upper) one of the ``ends``, 0 (infinity)."""
    from scipy.optimize.elementwise import find_root

    limits, critical = [np.where(usable, end, np.nan) for end in (0.0, np.inf)], normal_quantile(confidence)
    wanted = [usable & end for end in ends]
    counts = [np.concatenate([cell[side] for side in wanted]) for cell in cells]
    if len(counts[0]):
        # all lower and upper limits in one search: each takes its own way, and what is slow is the search, not the numbers
        found = find_root(
            lambda log_ratio, target, *counts: statistic(np.exp(log_ratio), *counts) - target,
            [np.full(len(counts[0]), edge) for edge in _LOG_RATIO_RANGE],
            args=(np.repeat([critical, -critical], [side.sum() for side in wanted]), *counts),
            tolerances={"xatol": 1e-11, "xrtol": 1e-11},
        )
        for limit, side, roots in zip(limits, wanted, np.split(found.x, [wanted[0].sum()]), strict=True):
            limit[side] = np.exp(roots)
    return limits[0], limits[1]


def ratio_p_value(count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    """Return the two-sided p-value of the score test that two rates are equal.

    The same test answers for a ratio of 1 and for a gap of 0. NaN where a base is empty, or where nobody or
    everybody in both groups is counted.
    """
    from scipy.special import ndtr

    count_1, base_1, count_2, base_2 = columns(count_1, base_1, count_2, base_2)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = score_statistic(np.ones_like(count_1), count_1, base_1, count_2, base_2)
        events = count_1 + count_2
        defined = (events > 0) & (events < base_1 + base_2)  # of an empty base the statistic is no number
        return np.where(defined, 2 * ndtr(-np.abs(statistic)), np.nan)


def share_interval(count: np.ndarray, base: np.ndarray, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the Wilson interval of a share; NaN where the base is empty or a count is missing.

    The interval of nobody starts at 0 exactly, that of everybody ends at 1 exactly: the rounding errors of the formula
    there (6e-17, depending on the base) would tell the base.

    Source: Wilson 1927, Journal of the American Statistical Association 22:209.
    """
    count, base = columns(count, base)
    usable = (base > 0) & (count >= 0) & (count <= base)
    base, rate = np.where(usable, base, 1), np.where(usable, count, 0) / np.where(usable, base, 1)
    squared = normal_quantile(confidence) ** 2
    middle = (rate + squared / (2 * base)) / (1 + squared / base)
    reach = np.sqrt(squared * (rate * (1 - rate) + squared / (4 * base)) / base) / (1 + squared / base)
    lower = np.where(rate == 0, 0.0, middle - reach)
    upper = np.where(rate == 1, 1.0, middle + reach)
    return np.where(usable, lower, np.nan), np.where(usable, upper, np.nan)


def gap_interval(
    count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray, *, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Return Newcombe's interval of a gap between two rates, ``count_1/base_1 - count_2/base_2``.

    The distances from each rate to its two Wilson limits, combined. NaN where a base is empty or a count is missing.

    Source: Newcombe 1998, Statistics in Medicine 17:873, method 10.
    """
    _, lower, upper = _gap_with_ends((count_1, base_1, count_2, base_2), confidence)
    return lower, upper


def _gap_with_ends(cells: Iterable[np.ndarray], confidence: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    count_1, base_1, count_2, base_2 = columns(*cells)
    lower_1, upper_1 = share_interval(count_1, base_1, confidence)
    lower_2, upper_2 = share_interval(count_2, base_2, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate_1, rate_2 = count_1 / base_1, count_2 / base_2
    gap = rate_1 - rate_2
    return gap, gap - np.hypot(rate_1 - lower_1, upper_2 - rate_2), gap + np.hypot(upper_1 - rate_1, rate_2 - lower_2)


def part_of_whole_interval(
    part_count: np.ndarray, part_base: np.ndarray, whole_count: np.ndarray, whole_base: np.ndarray, *, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Return the interval of the gap between a part's rate and the rate of the whole that contains it.

    A band is part of the workforce it is compared with, so the two shares are not independent. The gap equals the
    gap between the band and the rest of the workforce times the rest's share of the whole, which is fixed; so do its
    limits (Newcombe's interval of band against rest, scaled).
    """
    part_count, part_base, whole_count, whole_base = columns(part_count, part_base, whole_count, whole_base)
    rest_base = whole_base - part_base
    lower, upper = gap_interval(part_count, part_base, whole_count - part_count, rest_base, confidence=confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = rest_base / whole_base
    return lower * weight, upper * weight


def gap_change_interval(*cells: np.ndarray, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the interval of the change of a gap between two independent years.

    Parameters
    ----------
    cells
        Count and base of the two groups now, the first one that the second is taken from; the same of the earlier year.

    The distances from each of the four rates to its Wilson limits, combined as in :func:`gap_interval`; defined for zero cells.

    Source: Newcombe 2001, Statistics in Medicine 20:2889 (estimating differences between differences).
    """
    (now, *now_ends), (before, *before_ends) = (_gap_with_ends(part, confidence) for part in (cells[:4], cells[4:]))
    change = now - before
    down = np.hypot(now - now_ends[0], before_ends[1] - before)
    up = np.hypot(now_ends[1] - now, before - before_ends[0])
    return change - down, change + up


def ratio_change_interval(*cells: np.ndarray, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the interval of the change of a ratio between two independent years: of the ratio of the two ratios.

    Parameters
    ----------
    cells
        As for :func:`gap_change_interval`: the first group of a year is divided by the second.

    On the logarithm, with half a person added to every count and base, so that zero cells have an answer; open towards 0 or
    infinity where the ratio of ratios itself is 0 or infinite, NaN where it is undefined or a count is missing.

    Source: Pettigrew, Gart and Thomas 1986, Biometrika 73:425 (the adjusted logarithm of a rate and its variance).
    """
    counts, bases = ([np.asarray(x, dtype=float) for x in cells[start::2]] for start in (0, 1))
    # more counted than there are, or a group of nobody, has neither a rate nor a variance
    bases = [np.where(count <= base, base, np.nan) for count, base in zip(counts, bases, strict=True)]
    signs = (1, -1, -1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = [count / base for count, base in zip(counts, bases, strict=True)]
        change = (rates[0] / rates[1]) / (rates[2] / rates[3])
        middle = sum(sign * np.log((count + 0.5) / (base + 0.5)) for sign, count, base in zip(signs, counts, bases, strict=True))
        variance = sum(1 / (count + 0.5) - 1 / (base + 0.5) for count, base in zip(counts, bases, strict=True))
    reach = normal_quantile(confidence) * np.sqrt(variance)
    lower, upper = np.minimum(np.exp(middle - reach), change), np.maximum(np.exp(middle + reach), change)
    undefined = np.isnan(change)
    return np.where(undefined, np.nan, lower), np.where(undefined, np.nan, upper)


def odds_ratio_interval(
    count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray, *, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Return the score interval of the ratio of two odds, ``count_1/(base_1-count_1)`` over ``count_2/(base_2-count_2)``.

    The hypotheses that a score test does not reject. Where one of the four cells is empty, the interval is open on that
    side (0 or infinity); where a base is empty or a count is missing it is NaN.

    Source: Cornfield 1956; without continuity correction, as Miettinen and Nurminen 1985, Statistics in Medicine 4:213.
    """
    cells = count_1, base_1, count_2, base_2 = columns(count_1, base_1, count_2, base_2)
    usable = (base_1 > 0) & (base_2 > 0) & ~np.isnan(count_1 + count_2)
    ends = (count_1 > 0) & (count_2 < base_2), (count_2 > 0) & (count_1 < base_1)
    return _score_limits(_odds_statistic, cells, usable, ends, confidence)


def _odds_statistic(odds_ratio: np.ndarray, count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    """Return the score statistic of a hypothetical odds ratio; it falls as the hypothesis rises."""
    events = count_1 + count_2
    # the expected count of the first group: the root, between its limits, of x(base_2 - events + x) = ratio(base_1 - x)(events - x)
    a, b, c = 1 - odds_ratio, base_2 - events + odds_ratio * (base_1 + events), -odds_ratio * base_1 * events
    root = np.sqrt(np.maximum(b * b - 4 * a * c, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(b >= 0, -2 * c / (b + root), (root - b) / (2 * a))
    parts = np.vstack([expected, base_1 - expected, events - expected, base_2 - events + expected])
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = 1 / (1 / np.maximum(parts, _LEAST_PEOPLE)).sum(axis=0)
        return (count_1 - expected) / np.sqrt(variance)
