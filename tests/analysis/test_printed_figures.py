"""The report of August 2020 as a published witness: every share, gap and likelihood it prints rightly, we find too.

The expected figures are typed from the printed report; where the report contradicts itself, the comment shows the hand
calculation that stands.
"""

import pytest


def row(evidence, indicator, measure=None, year="2019-20", breakdown="overall", category="all"):
    rows = evidence.results.query("indicator == @indicator and year == @year and breakdown == @breakdown and category == @category")
    about_the_survey = rows["measure"].isin(("survey_response", "equal_opportunities_of_all"))
    rows = rows[rows["measure"].eq(measure) if measure else ~about_the_survey]
    assert len(rows) == 1
    return rows.iloc[0]


def test_indicator_1_shares_of_the_workforce(evidence):
    found = row(evidence, "1", "share_of_grade")
    # printed: 83% white, 5% BME, 12% not disclosed of 1,315
    assert (round(found.white_rate, 2), round(found.bme_rate, 2)) == (0.83, 0.05)
    assert round(found.unknown_count / found.unknown_base, 2) == 0.12


def test_indicator_1_by_cluster(evidence):
    # by hand: 47 of 945 in Bands 1 to 7; 19 of 362 in Bands 8a to 9 (the report prints 18); nobody of 8 VSM
    for category, count, base in (("Bands 1 to 7", 47, 945), ("Bands 8a to 9", 19, 362), ("VSM", 0, 8)):
        found = row(evidence, "1", "share_of_grade", breakdown="cluster", category=category)
        assert (found.bme_count, found.bme_base) == (count, base)


def test_indicator_2(evidence):
    found = row(evidence, "2", "appointed_from_shortlisting")
    assert (round(found.white_rate, 3), round(found.bme_rate, 3)) == (0.093, 0.044)  # printed 9.3% and 4.4%
    assert round(found.value, 2) == 2.13  # never printed; by hand (150/1605)/(11/251)
    assert (round(found.lower, 2), round(found.upper, 2)) == (1.19, 3.86)
    assert found.direction == "white/bme"
    assert round(row(evidence, "2", "shortlisted_from_applied").white_rate, 4) == 0.1626  # printed 16.28%
    assert round(row(evidence, "2", "appointed_from_applied").bme_rate, 4) == 0.0059  # printed 0.59%


def test_indicator_3(evidence):
    found = row(evidence, "3")
    assert found.direction == "bme/white"
    assert round(found.value, 2) == 2.24  # by hand (2/65)/(15/1093); the printed 4.61% and 2.65% rest on other counts
    assert found.status == "too_few_to_judge"


@pytest.mark.parametrize(("year", "ratio"), [("2019-20", 1.44), ("2018-19", 1.03)])
def test_indicator_4(evidence, year, ratio):
    found = row(evidence, "4", year=year)
    assert round(found.value, 2) == ratio
    printed = {"2019-20": (0.20, 0.14), "2018-19": (0.25, 0.24)}[year]
    assert (round(found.white_rate, 2), round(found.bme_rate, 2)) == printed


@pytest.mark.parametrize(
    ("indicator", "white", "bme", "white_percentage", "bme_percentage"),
    [
        ("5", (111, 773), (8, 37), 14.4, 21.6),  # the text prints 179 (23%); the table's answers give 111
        ("6", (106, 768), (13, 37), 13.8, 35.1),
        ("7", (481, 516), (13, 19), 93.2, 68.4),
        ("8", (26, 771), (5, 37), 3.4, 13.5),  # the text prints bases 797 and 27; the table's answers give 771 and 37
    ],
)
def test_survey_indicators(evidence, indicator, white, bme, white_percentage, bme_percentage):
    found = row(evidence, indicator)
    assert ((found.white_count, found.white_base), (found.bme_count, found.bme_base)) == (white, bme)
    assert (round(100 * found.white_rate, 1), round(100 * found.bme_rate, 1)) == (white_percentage, bme_percentage)
    assert found.value == pytest.approx(found.bme_rate - found.white_rate)
    assert found.direction == "bme-white"


def test_indicator_6_is_not_equivalent(evidence):
    found = row(evidence, "6")
    assert found.status == "large_difference"
    assert found.lower > 0
    differs = evidence.statuses.query("indicator == '6' and year == '2019-20'").iloc[0]
    assert (differs.published_status, differs.differs) == ("achieving", True)


def test_indicator_9(evidence):
    found = row(evidence, "9", breakdown="membership", category="total")
    assert round(100 * found.value, 1) == -4.9  # by hand: 0 of 6 less 65 of 1,315
    assert found.status == "too_few_to_judge"
    for part in ("voting", "executive"):
        assert row(evidence, "9", breakdown="membership", category=part).status == "not_supplied"


def test_every_indicator_has_one_row_and_a_status_for_both_years(evidence):
    assert evidence.statuses.groupby("year")["indicator"].agg(list).tolist() == [list("123456789")] * 2
    assert evidence.results["status"].ne("").all()
    assert evidence.results["reason"].ne("").all()


def test_bounds_of_the_workforce_share(evidence):
    # by hand: 65 of 1,315 if all 157 undisclosed are white, 222 of 1,315 if all are BME
    found = evidence.bounds.query("indicator == '1' and breakdown == 'overall' and measure == 'share_of_grade' and year == '2019-20'").iloc[
        0
    ]
    assert (round(100 * found.lower_bound, 1), round(100 * found.upper_bound, 1)) == (4.9, 16.9)


def test_bounds_of_training(evidence):
    # by hand: (218/1093)/(166/222) if all 157 are BME and took part, (218/1093)/(9/222) if all are BME and none did
    found = evidence.bounds.query("indicator == '4' and year == '2019-20'").iloc[0]
    assert found.lower_bound == pytest.approx((218 / 1093) / (166 / 222))
    assert found.upper_bound == pytest.approx((218 / 1093) / (9 / 222))
    assert "from none to all" in found.assumption


def test_change_of_training_is_within_chance(evidence):
    found = evidence.changes.query("indicator == '4'").iloc[0]
    assert found.change == pytest.approx((218 / 1093) / (9 / 65) / ((250 / 1013) / (13 / 54)))
    assert found.verdict == "within_chance"


def test_completeness_of_ethnicity(evidence):
    found = evidence.completeness.query("year == '2019-20' and item == 'headcount'").iloc[0]
    assert (found.known, found.unknown, found.total) == (1158, 157, 1315)
    assert round(found.unknown_share, 3) == 0.119
