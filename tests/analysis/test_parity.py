"""What parity would take in people, and what the numbers could have shown.

Witnesses: arithmetic by hand on the printed counts of the NECS report 2019/20; and for the smallest difference, samples drawn by a
random generator and tested one by one.
"""

import numpy as np
import pandas as pd
import pytest

from wres_helpers.analysis.intervals import ratio_p_value
from wres_helpers.analysis.parity import parity

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
    # 11 of 251 against 150 of 1,605: equal at 251 x 150 / 1605 = 23.46, so 13 more; in range at 18.77, so 8 more
    found = row(necs_parity, "appointed_from_shortlisting")
    assert (found["aim"], found["to_equal_people"], found["to_range_people"]) == ("more", 13, 8)


def test_harassment_by_colleagues_in_the_shipped_report_by_hand(necs_parity):
    # 13 of 37 against 106 of 768: equal at 5.1, so 8 fewer; 1.25 times is 6.38, so 7 fewer
    found = row(necs_parity, "harassment_staff")
    assert (found["aim"], found["to_equal_people"], found["to_range_people"]) == ("fewer", 8, 7)


def test_the_board_of_the_shipped_report_needs_one_bme_member(necs_parity):
    # 0 of 6 against 65 of 1,315 (4.9%): one of six is beyond it
    found = row(necs_parity, "board_share", "total")
    assert (found["aim"], found["to_equal_people"], found["to_range_people"]) == ("more", 1, 1)


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


@pytest.mark.parametrize(("white", "base"), [((1000, 4000), 800), ((60, 3000), 1000), ((450, 900), 120)])
def test_the_smallest_difference_is_found_in_about_eight_samples_of_ten(white, base):
    found = one("white/bme", "higher", white, (round(base * white[0] / white[1]), base))
    rate = white[0] / white[1]
    draw = np.random.default_rng(11)
    whites = draw.binomial(white[1], rate, 4000)
    others = draw.binomial(base, rate / found["smallest_shown"], 4000)
    p = ratio_p_value(whites, np.full(4000, white[1]), others, np.full(4000, base))
    assert np.mean(p < 0.05) == pytest.approx(0.80, abs=0.04)


def test_more_people_show_a_smaller_difference():
    small, large = (one("bme/white", "lower", (20 * n, 2000 * n), (2 * n, 200 * n))["smallest_shown"] for n in (1, 20))
    assert 1 < large < small


def test_where_nothing_could_have_been_shown_it_says_so():
    found = one("white/bme", "higher", (3, 60), (1, 9))
    assert np.isnan(found["smallest_shown"])
    assert found["reason"] == "with so few people no difference, however large, would have been shown"
