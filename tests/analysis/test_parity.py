"""What parity would take in people, and what the numbers could have shown.

Witnesses: arithmetic by hand on the printed counts of the NECS report 2019/20; and for the smallest difference,
every possible year with its exact chance, judged one by one.
"""

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq
from scipy.stats import binom, norm

from wres_helpers.analysis.clear_difference import is_clear
from wres_helpers.analysis.intervals import gap_interval
from wres_helpers.analysis.parity import parity
from wres_helpers.standard.columns import SHARE_OF_GRADE

RANGE = (0.80, 1.25)


def row(table: pd.DataFrame, measure: str, category: str = "all") -> pd.Series:
    found = table[table["measure"].eq(measure) & table["category"].eq(category) & table["year"].eq("2019-20")]
    assert len(found) == 1
    return found.iloc[0]


@pytest.fixture(scope="module")
def necs_parity(evidence, reference) -> pd.DataFrame:
    return parity(evidence.results, reference.catalogue, RANGE, 0.95)


def one(direction: str, better: str, white: tuple[float, float], bme: tuple[float, float]) -> pd.Series:
    """Return the parity of one comparison made from its four counts."""
    results = pd.DataFrame([{
        "organisation": "x", "year": "2019-20", "indicator": "2", "measure": "m", "breakdown": "overall", "category": "all",
        "comparison": "difference" if "-" in direction else "ratio", "direction": direction,
        "white_count": white[0], "white_base": white[1], "bme_count": bme[0], "bme_base": bme[1],
    }])  # fmt: skip
    return parity(results, pd.DataFrame({"measure": ["m"], "better": [better]}), RANGE, 0.95).iloc[0]


def test_appointments_of_the_shipped_report_by_hand(necs_parity):
    # 11 of 251 against 150 of 1,605: 23 expected (251 x 150 / 1605 = 23.46), so 12 more; in range at 18.77, so 8 more
    found = row(necs_parity, "appointed_from_shortlisting")
    assert (found["aim"], found["to_equal_people"], found["to_range_people"]) == ("more", 12, 8)


def test_harassment_by_colleagues_in_the_shipped_report_by_hand(necs_parity):
    # 13 of 37 against 106 of 768: equal at 5.1, so 8 fewer; 1.25 times is 6.38, so 7 fewer
    found = row(necs_parity, "harassment_staff")
    assert (found["aim"], found["to_equal_people"], found["to_range_people"]) == ("fewer", 8, 7)


def test_a_range_that_no_whole_number_of_people_enters_is_no_number():
    # 7 of 1,227 are 0.57%: of 229 the range holds 1.05 to 1.63 people; 7 fewer than 8 is 1 and 0.77, 6 fewer is 2 and 1.53
    found = one("bme/white", "lower", (7, 1227), (8, 229))
    assert np.isnan(found["to_range_people"]) and found["to_equal_people"] == 7
    assert one("bme/white", "lower", (14, 1227), (8, 229))["to_range_people"] == 5  # 2.09 to 3.27


def of_a_part(part, whole):
    """The parity of a part of the workforce: of each, how many are BME of how many."""
    common = {"organisation": "x", "year": "2019-20", "indicator": "1", "breakdown": "overall", "category": "all"}
    common |= {"white_count": np.nan, "white_base": np.nan, "unknown_count": np.nan}
    results = pd.DataFrame([
        common | {"measure": SHARE_OF_GRADE, "comparison": "none", "direction": "none", "bme_count": whole[0], "bme_base": whole[1]},
        common | {"measure": "m", "comparison": "difference", "direction": "grade-workforce", "bme_count": part[0], "bme_base": part[1]},
    ])  # fmt: skip
    return parity(results, pd.DataFrame({"measure": ["m"], "better": ["higher"]}), RANGE, 0.95).iloc[0]


@pytest.mark.parametrize(
    ("seniors", "edge"), [((50, 439), 37), ((200, 439), 0), ((480, 560), 6)], ids=["ratio", "none missing", "complement"]
)
def test_senior_posts_enter_the_range_beside_all_other_staff(seniors, edge):
    """Of 6,060 staff 1,464, of 439 seniors 50: with 87 the other 1,377 of 5,621 are 24.5%, 1.236 times 19.8%; with 86 it is 1.2515.

    Of 6,060 staff 5,400, of 560 seniors 480: with 486 those who are not are 13.2%, 1.240 times the 586 of 5,500 others; with 485 it is 1.259.
    """
    whole = (5400, 6060) if seniors[1] == 560 else (1464, 6060)
    found = of_a_part(seniors, whole)
    assert found["to_range_people"] == edge


def test_the_board_of_the_shipped_report_needs_one_bme_member(necs_parity):
    # 0 of 6 against 65 of 1,315 (4.9%): one of six is beyond it, and beyond the range, which no whole member enters
    found = row(necs_parity, "board_share", "total")
    assert (found["aim"], found["to_equal_people"]) == ("more", 1) and np.isnan(found["to_range_people"])


def test_a_large_share_is_held_to_the_range_on_its_complement_too():
    # 2,097 of 3,000 against 8,630 of 10,000: the ratio is inside the range, the answers "no" are 2.2 times
    found = one("bme-white", "higher", (8630, 10000), (2097, 3000))
    # 1 - 1.25 x 0.137 = 0.82875, of 3,000 is 2,486.25; equal at 2,589
    assert (found["to_range_people"], found["to_equal_people"]) == (390, 492)


def test_a_large_share_that_should_be_small_is_held_to_its_complement_too():
    # 140 of 200 against 60%: 1.17 times, but those who met it not are 1.33 times fewer; 1 - 0.4 / 1.25 = 68%, of 200 is 136
    found = one("bme-white", "lower", (600, 1000), (140, 200))
    assert (found["to_range_people"], found["to_equal_people"]) == (4, 20)


@pytest.mark.parametrize(("better", "bme"), [("higher", (30, 60)), ("lower", (5, 60)), ("higher", (60, 60)), ("lower", (0, 60))])
def test_nobody_is_missing_where_the_compared_group_fares_as_well_or_better(better, bme):
    found = one("white/bme" if better == "higher" else "bme/white", better, (100, 400), bme)
    assert (found["to_range_people"], found["to_equal_people"]) == (0, 0)


@pytest.mark.parametrize("hidden", [((np.nan, 400), (5, 60)), ((100, 400), (np.nan, 60)), ((100, 400), (5, np.nan))])
def test_a_hidden_count_gives_no_number_of_people(hidden):
    found = one("white/bme", "higher", *hidden)
    assert np.isnan([found["to_range_people"], found["to_equal_people"], found["smallest_shown"]]).all()
    assert found["reason"] == "a count was not supplied, or is hidden"


def test_an_empty_base_gives_no_number_and_says_so():
    found = one("white/bme", "higher", (100, 400), (0, 0))
    assert np.isnan(found["to_equal_people"])
    assert found["reason"] == "one of the groups compared has nobody in its base"


def test_more_people_show_a_smaller_difference():
    small, large = (one("bme/white", "lower", (20 * n, 2000 * n), (2 * n, 200 * n))["smallest_shown"] for n in (1, 20))
    assert 1 < large < small


def test_where_nothing_could_have_been_shown_it_says_so():
    found = one("white/bme", "higher", (3, 60), (1, 9))
    assert np.isnan(found["smallest_shown"])
    assert found["reason"] == "with so few people no difference, however large, would have been shown"


@pytest.mark.parametrize(
    ("white", "base", "better"),
    [
        ((6, 101), 20, "lower"),
        ((111, 773), 37, "lower"),
        ((481, 516), 19, "higher"),
        ((218, 1093), 65, "higher"),
        ((31, 118), 72, "higher"),
    ],
)
def test_the_smallest_difference_is_found_by_the_status_rule_in_eight_years_of_ten(white, base, better):
    """Witness: every possible year with its exact chance, each judged by the rule itself."""
    other = white[0] / white[1]
    rate = other + one("bme-white", better, white, (0, base))["smallest_shown"]
    found, others = (np.arange(size + 1.0) for size in (base, white[1]))
    chances = np.outer(binom.pmf(found, base, rate), binom.pmf(others, white[1], other)).ravel()
    x, y = (cell.ravel() for cell in np.meshgrid(found, others, indexing="ij"))
    likely = chances > 1e-7
    cells = x[likely], np.full(likely.sum(), float(base)), y[likely], np.full(likely.sum(), float(white[1]))
    lower, upper = gap_interval(*cells)
    clear = is_clear(*cells, excludes_equality=(lower > 0) | (upper < 0))
    assert 0.77 < (chances[likely] * clear).sum() < 0.88


def test_where_the_rule_can_never_be_met_nothing_is_said_to_have_been_shown():
    """One respondent decides alone whatever he answers, so no answer of his is clear."""
    assert not is_clear(np.array([1.0]), np.array([1.0]), np.array([0.0]), np.array([620.0]), excludes_equality=True).any()
    assert np.isnan(one("bme-white", "lower", (30, 620), (0, 1))["smallest_shown"])


#: White and BME people, counted and asked: at, inside and beyond the range on either side, with few and many.
TABLES = [
    ((150, 1605), (11, 251)), ((106, 768), (13, 37)), ((481, 516), (13, 19)), ((60, 400), (12, 100)), ((60, 400), (19, 100)), ((7, 1227), (8, 229)),
    ((8630, 10000), (2097, 3000)), ((600, 1000), (140, 200)), ((100, 400), (25, 100)), ((100, 400), (20, 100)), ((80, 400), (25, 100)),
    ((3, 60), (1, 9)), ((0, 40), (0, 9)), ((40, 40), (9, 9)), ((0, 40), (3, 9)), ((40, 40), (5, 9)), ((1, 2), (1, 1)), ((1, 1), (0, 1)), ((360, 400), (50, 100)),
]  # fmt: skip


def times(one: Fraction, other: Fraction) -> Fraction:
    """Return how many times a rate another is; of nobody beside nobody once, of somebody beside nobody more often than any number."""
    return one / other if other else Fraction(one > 0) * 10**9 + (one == 0)


def people_to_range(white, bme, fewer) -> float:
    """Return the first number of people with whom neither the answer nor its opposite is worse than 1.25 times, by trying; none that jumps over."""
    rate, step = Fraction(*white), -1 if fewer else 1
    for people in range(bme[1] + 1):
        mine = Fraction(bme[0] + step * people, bme[1])
        if not 0 <= mine <= 1:
            break
        worse = (times(mine, rate), times(1 - rate, 1 - mine)) if fewer else (times(rate, mine), times(1 - mine, 1 - rate))
        better = (times(rate, mine), times(1 - mine, 1 - rate)) if fewer else (times(mine, rate), times(1 - rate, 1 - mine))
        if max(worse) <= Fraction(5, 4):
            return np.nan if people and max(better) > Fraction(5, 4) else people
    return np.nan


def smallest(white, bme_base, fewer, direction) -> float:
    """Return the smallest difference that is found in eight years of ten, from the formula of the docstring, its root searched for by scipy."""
    rate, base, other = white[0] / white[1], bme_base, white[1]

    def short(mine):
        pooled = (mine * base + rate * other) / (base + other)
        none = (pooled * (1 - pooled) * (1 / base + 1 / other)) ** 0.5
        spread = (mine * (1 - mine) / base + rate * (1 - rate) / other) ** 0.5
        beyond = abs(mine - rate) - 1 / min(base, other) - 1.959963984540054 * none
        return (norm.cdf(beyond / spread) if spread else float(beyond > 0)) - 0.80

    end = 1.0 if fewer else 0.0
    if short(end) < 0:
        return np.nan
    mine = brentq(short, rate, end, xtol=1e-13) if short(end) else end
    return mine - rate if "-" in direction else rate / mine if direction == "white/bme" else mine / rate


@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize("direction", ["white/bme", "bme/white", "bme-white"])
def test_people_and_the_smallest_difference_are_those_found_by_trying(direction, better):
    """Witness: whole people tried one after another with exact fractions, and the root of the power found by scipy's ``brentq``."""
    fewer = better == "lower"
    for white, bme in TABLES:
        found = one(direction, better, white, bme)
        wanted = people_to_range(white, bme, fewer)
        assert found["to_range_people"] == pytest.approx(wanted, nan_ok=True), (white, bme)
        if not np.isnan(wanted):
            expected = (2 * bme[1] * white[0] + white[1]) // (2 * white[1])  # rounded, half upwards
            assert found["to_equal_people"] == max(bme[0] - expected if fewer else expected - bme[0], wanted, 0), (white, bme)
        with np.errstate(divide="ignore"):
            sure = smallest(white, bme[1], fewer, direction) if white[0] or direction == "bme-white" else None
        if sure is not None:
            assert found["smallest_shown"] == pytest.approx(sure, rel=1e-6, nan_ok=True), (white, bme)
        assert found["aim"] == ("fewer" if fewer else "more")
        assert (found["power"], found["confidence"]) == (0.80, 0.95)
        assert not np.signbit([found["to_range_people"], found["to_equal_people"]])[np.isfinite([found["to_range_people"]] * 2)].any()


PARTS, WHOLES = [(0, 3), (1, 4), (2, 7), (4, 20), (18, 20), (50, 439), (3, 3), (0, 1)], [(1464, 6060), (5400, 6060), (30, 90)]


@pytest.mark.parametrize(("part", "whole"), [pair for pair in product(PARTS, WHOLES) if pair[0][1] <= pair[1][1] // 2])
def test_people_of_a_part_are_those_found_by_trying_with_the_workforce_as_it_is(part, whole):
    """Witness: whole people put into the part one after another, who then are no longer among all other staff, with exact fractions."""
    found = of_a_part(part, whole)
    wanted = np.nan
    for people in range(part[1] - part[0] + 1):
        mine = Fraction(part[0] + people, part[1])
        others = Fraction(whole[0] - part[0] - people, whole[1] - part[1])
        if max(times(others, mine), times(1 - mine, 1 - others)) <= Fraction(5, 4):
            jumped = people and max(times(mine, others), times(1 - others, 1 - mine)) > Fraction(5, 4)
            wanted = np.nan if jumped else people
            break
    assert found["to_range_people"] == pytest.approx(wanted, nan_ok=True)
