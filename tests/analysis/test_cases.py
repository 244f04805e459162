"""Cases a statistician can edit (cases/comparisons.csv), through the calculator and through a whole report."""

import csv
import math
from pathlib import Path

import pytest

from wres_helpers.analysis.calculator import compare_two
from wres_helpers.analysis.group_comparisons import compare
from wres_helpers.analysis.status_rule import Method

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "comparisons.csv").open(encoding="utf-8")))


def expected(text):
    return None if text == "" else float(text)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case):
    counts = [int(case[name]) for name in ("white_count", "white_base", "bme_count", "bme_base")]
    found = compare_two(*counts, case["direction"])
    assert found["status"] == case["status"]
    for name in ("ratio", "lower", "upper", "p_value"):
        value = expected(case[name])
        if value is None or math.isinf(value):
            assert found[name] == value
        else:
            assert found[name] == pytest.approx(value, abs=6e-5 if name != "p_value" else 6e-7)


def test_the_report_and_the_calculator_agree(evidence):
    for row in evidence.results.query("comparison == 'ratio' and status != 'not_supplied'").itertuples():
        found = compare_two(int(row.white_count), int(row.white_base), int(row.bme_count), int(row.bme_base), row.direction)
        assert (found["ratio"], found["lower"], found["upper"], found["status"]) == (row.value, row.lower, row.upper, row.status)


def test_bands_without_the_undisclosed_of_the_headcount_are_compared_with_nothing(necs, necs_counts, reference):
    """157 of 1,315 staff have not disclosed their ethnicity: bands of white and BME staff alone have another base than the workforce has."""
    left_out = necs_counts["item"].eq("workforce") & necs_counts["ethnic_group"].eq("unknown") & necs_counts["year"].eq("2019-20")
    found = compare(necs_counts[~left_out], reference, Method.of(necs))
    graded = found[found["direction"].eq("grade-workforce")]
    this_year = graded["year"].eq("2019-20")
    assert set(graded.loc[this_year, "status"]) == {"not_supplied"}
    assert graded.loc[~this_year, "value"].notna().any()
    nobody_undisclosed = necs_counts[~necs_counts["ethnic_group"].eq("unknown")]
    assert compare(nobody_undisclosed, reference, Method.of(necs)).query("measure == 'senior_share'")["value"].notna().all()


@pytest.mark.parametrize("counts", [(5, 4, 1, 2), (-1, 4, 1, 2)])
def test_impossible_counts_are_refused(counts):
    with pytest.raises(ValueError, match="between 0 and its base"):
        compare_two(*counts, "white/bme")


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="white/bme, bme/white"):
        compare_two(1, 2, 1, 2, "ratio")


def test_who_answered_is_told_also_of_the_first_and_only_report(necs, necs_counts, reference):
    """Witness: by hand, 19 BME and 516 white people answered question 14 and more of each another; of one year alone as of both."""
    of_one = compare(necs_counts[necs_counts["year"].eq("2019-20")], reference, Method.of(necs)).query("measure == 'survey_response'")
    of_both = compare(necs_counts, reference, Method.of(necs)).query("measure == 'survey_response' and year == '2019-20'")
    counted = ["white_count", "white_base", "bme_count", "bme_base"]
    assert of_one[counted].to_numpy().tolist() == of_both[counted].to_numpy().tolist()
    assert of_one["white_count"].notna().all() and len(of_one) == 1
