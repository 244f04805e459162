"""When a difference between two groups is called clear: never where chance could well explain it, or one person decides.

Three conditions, all of them for the counts as they are: the printed interval leaves out equality; the test of equal rates
rejects on two sides; and the exact probability of a difference at least so large in its direction, were there none, is at
most half of what two sides may have (2.5% at 95%), which bounds the false alarm of each side whatever the true rate is
(Fisher's exact test, conditional on the total). And one for the counts next to them: moving one person, in either group,
towards equality still leaves a difference that the test rejects. A fragility index of 1 is not enough
(Walsh and others 2014, Journal of Clinical Epidemiology 67:622).

The test is the score test where at least :data:`SCORE_FROM` people are expected in every cell, and the exact mid-p test
(Lancaster 1961, Journal of the American Statistical Association 56:223) where not. ``docs/methods.md`` shows what the
conditions amount to: false alarm and power by group size and rate.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from wres_helpers.analysis import intervals

#: Fewest people expected in every cell, were the rates equal, for the score test (Cochran 1954, Biometrics 10:417).
SCORE_FROM: Final = 5.0

#: The two tests, by name.
SCORE: Final = "score test"
EXACT: Final = "exact mid-p test"

#: Two probabilities closer than this part of one another are the same; the usual care of Fisher's test.
_TIE: Final = 1e-7

#: A further term of a sum that is smaller than this part of it is left out, with all that follow.
_NEGLIGIBLE: Final = 1e-16


def smallest_expected(count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    """Return the smallest number of people expected in any of the four cells, were the two rates equal; NaN without a base."""
    count_1, base_1, count_2, base_2 = intervals.columns(count_1, base_1, count_2, base_2)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = (count_1 + count_2) / (base_1 + base_2)
    return np.minimum(base_1, base_2) * np.minimum(rate, 1 - rate)


def p_value(count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    """Return the two-sided p-value that two rates are equal: score test, exact mid-p where few people are expected.

    NaN where a base is empty, or where nobody or everybody of both groups is counted.
    """
    cells = intervals.columns(count_1, base_1, count_2, base_2)
    found = np.atleast_1d(intervals.ratio_p_value(*cells))
    few = np.atleast_1d(test_of(*cells) == EXACT) & ~np.isnan(found)
    if few.any():
        found[few] = exact_mid_p(*(np.atleast_1d(cell)[few] for cell in cells))
    return found.reshape(cells[0].shape)


def test_of(count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    """Return the name of the test that gives the :func:`p_value` of two groups; of no matter where there is none."""
    with np.errstate(invalid="ignore"):
        return np.where(smallest_expected(count_1, base_1, count_2, base_2) < SCORE_FROM, EXACT, SCORE)


def exact_mid_p(count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    """Return Fisher's two-sided p-value with half of the probability of what was found (mid-p); one-dimensional columns.

    Two-sided by probability: every table as unlikely as the one found, or more so, as in R's ``fisher.test``.
    """
    counted, everybody = count_1 + count_2, base_1 + base_2

    def chance_of(count: np.ndarray) -> np.ndarray:
        ways = log_ways(base_1[:, None], count) + log_ways(base_2[:, None], counted[:, None] - count)
        return np.exp(ways - log_ways(everybody, counted)[:, None])  # nought of a count that there can't be

    # further off than this any chance is below 1e-70, and not worth a column: of a million people not every count is tried
    reach = np.ceil(25 * (np.sqrt(smallest_expected(count_1, base_1, count_2, base_2)) + 1))
    first = np.floor(counted * base_1 / everybody) - reach
    chances = chance_of(first[:, None] + np.arange(2 * int(reach.max(initial=0)) + 2))
    found = chance_of(count_1[:, None])
    rarer, alike = chances < found * (1 - _TIE), np.isclose(chances, found, rtol=_TIE, atol=0)
    return np.where(rarer, chances, 0).sum(axis=1) + np.where(alike, chances, 0).sum(axis=1) / 2


def fisher_tail(count: np.ndarray, base: np.ndarray, counted: np.ndarray, everybody: np.ndarray) -> np.ndarray:
    """Return the chance that at least ``count`` of a group of ``base`` are among the ``counted`` of everybody, drawn blindly.

    For a group whose rate is at least everybody's: from there on each further number is less likely than the one before.
    """
    first = log_ways(base, count) + log_ways(everybody - base, counted - count) - log_ways(everybody, counted)
    chance, at = np.exp(first), np.array(count)
    tail = chance.copy()
    while (chance > tail * _NEGLIGIBLE).any():
        chance = chance * (base - at) * (counted - at) / ((at + 1) * (everybody - base - counted + at + 1))
        at += 1
        tail += chance
    return tail


def log_ways(of: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Return the logarithm of the number of ways to choose some of many."""
    from scipy.special import gammaln

    return gammaln(of + 1) - gammaln(chosen + 1) - gammaln(of - chosen + 1)


def is_clear(
    count_1: np.ndarray,
    base_1: np.ndarray,
    count_2: np.ndarray,
    base_2: np.ndarray,
    excludes_equality: np.ndarray,
    confidence: float = 0.95,
) -> np.ndarray:
    """Tell where a difference between two rates is clear, by the four conditions of this module.

    Parameters
    ----------
    count_1, base_1, count_2, base_2
        The two groups; one-dimensional columns. A missing count is never clear.
    excludes_equality
        Whether the interval that is printed leaves out equality. A two-sided test rejects at one minus the confidence.
    """
    cells = count_1, base_1, count_2, base_2 = intervals.columns(count_1, base_1, count_2, base_2)
    clear = np.array(np.broadcast_to(excludes_equality, count_1.shape), dtype=bool)
    clear &= (count_1 <= base_1) & (count_2 <= base_2)
    for met in _CONDITIONS.values():
        if (still := np.flatnonzero(clear)).size:
            clear[still] = met([cell[still] for cell in cells], 1 - confidence)
    return clear


def undone_by(count_1: float, base_1: float, count_2: float, base_2: float, confidence: float) -> tuple[str, ...]:
    """Return which conditions a difference of four known counts does not meet; none where it meets all but, perhaps, that of the interval."""
    cells = [np.array([float(cell)]) for cell in (count_1, base_1, count_2, base_2)]
    with np.errstate(invalid="ignore"):
        unmet = tuple(name for name, met in _CONDITIONS.items() if not met(cells, 1 - confidence)[0])
    return unmet[:1] if EQUAL_RATES in unmet else unmet


def rests_on_one_person(count_1: float, base_1: float, count_2: float, base_2: float, confidence: float) -> bool:
    """Tell whether a clear difference of four known counts would not be confirmed as found, were one person of either group moved towards equality.

    The rule asks the test of equal rates alone to bear that; where Fisher's would not, one person decides all the same, and a page says so.
    """
    towards = 1.0 if count_1 * base_2 < count_2 * base_1 else -1.0
    moved = ((count_1 + towards, base_1, count_2, base_2), (count_1, base_1, count_2 - towards, base_2))
    confirmed = not undone_by(count_1, base_1, count_2, base_2, confidence)
    return confirmed and any(set(undone_by(*cells, confidence)) - {ONE_PERSON} for cells in moved)


def one_sided_fisher(count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    """Return Fisher's one-sided p-value: the tail of the group with the higher rate, of at least so many counted in it."""
    more = count_1 * base_2 > count_2 * base_1
    high, high_base = np.where(more, count_1, count_2), np.where(more, base_1, base_2)
    return fisher_tail(high, high_base, count_1 + count_2, base_1 + base_2)


def p_value_one_moved(
    count_1: np.ndarray, base_1: np.ndarray, count_2: np.ndarray, base_2: np.ndarray, *, test: Callable[..., np.ndarray] = p_value
) -> np.ndarray:
    """Return the larger p-value of a test with one person of either group moved towards equality; 1 where that turns the direction."""

    def moved(count: np.ndarray, base: np.ndarray, *others: np.ndarray) -> np.ndarray:
        apart = count * others[1] - others[0] * base
        nearer = count - np.sign(apart)
        same_direction = np.sign(nearer * others[1] - others[0] * base) == np.sign(apart)
        return np.where(same_direction, test(np.where(same_direction, nearer, count), base, *others), 1.0)

    return np.maximum(moved(count_1, base_1, count_2, base_2), moved(count_2, base_2, count_1, base_1))


#: What keeps a difference from being clear although its interval leaves out equality: the conditions that are not met.
EQUAL_RATES, EXACT_TEST, ONE_PERSON = "equal rates", "exact test", "one person"
_CONDITIONS: Final[dict[str, Callable[[list[np.ndarray], float], np.ndarray]]] = {
    EQUAL_RATES: lambda cells, error: p_value(*cells) <= error,
    EXACT_TEST: lambda cells, error: one_sided_fisher(*cells) <= error / 2,
    ONE_PERSON: lambda cells, error: p_value_one_moved(*cells) <= error,
}
