"""What is said of a year beside the one before: every decision on both its sides. Witness: the rows beside each test, and words worked out by hand."""

import math

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.report.section import beside_last_year

PART = {"comparison": "difference", "direction": "grade-workforce", "value": -0.1, "lower": -0.2, "upper": -0.05}


@pytest.fixture
def compared(made, rows_of):
    """What is said of one indicator whose change is given, with its results of both years where these are given."""

    def make(indicator="2", measure="appointed_from_shortlisting", results=(), statuses=(), **change):
        row = {"organisation": "demo", "year": rows_of.year, "previous_year": rows_of.before, "indicator": indicator, "measure": measure}
        row |= {"breakdown": "overall", "category": "all", "value": 2.0, "previous_value": 1.2, "verdict": "within_chance", "reason": ""}
        row |= {"change": 1.67, "change_lower": 0.8, "change_upper": 2.5} | change
        results = list(results) or [rows_of.appointed | {"indicator": indicator, "measure": measure}]
        shown = made(results, statuses, changes=[row], previous_year=rows_of.before)
        return " ".join(report.compared_with_last_year(shown, indicator).paragraphs)

    return make


UNDONE = beside_last_year.ONE_WOULD_UNDO


@pytest.mark.parametrize(
    ("change", "said", "unsaid"),
    [
        ({}, ("No clear change", "1.67", "0.80 to 2.50"), (UNDONE,)),
        ({"change_lower": 0.0, "change_upper": math.inf}, ("no limits",), (UNDONE, "1.67")),
        ({"change_lower": math.inf, "change_upper": math.inf}, ("no limits", UNDONE), ("1.67",)),
        ({"change_lower": 0.5, "change_upper": math.inf}, ("1.67", "at least 0.50"), (UNDONE, "no limits")),
        ({"change_lower": 0.0}, ("1.67", "0 to 2.50"), (UNDONE, "no limits")),
        ({"change_lower": 1.0}, ("1.00 to 2.50",), (UNDONE,)),
        ({"change_upper": 1.0}, ("0.80 to 1.00",), (UNDONE,)),
        ({"change_lower": 1.01}, ("1.01 to 2.50", UNDONE), ()),
        ({"change_upper": 0.9}, ("0.80 to 0.90", UNDONE), ()),
        ({"change": None}, ("No clear change",), ("interval", "1.67", UNDONE)),
        ({"change_lower": None}, ("No clear change",), ("interval", "1.67", UNDONE)),
        ({"change_upper": None}, ("No clear change",), ("interval", "1.67", UNDONE)),
        ({"verdict": "described", "reason": "people of both"}, ("not judged: people of both",), ("interval", "1.67", UNDONE, "clear change")),
        ({"verdict": "clear_change", "change_lower": 1.1}, ("clearly worse for BME staff", "1.10 to 2.50"), (UNDONE, "clear change")),
    ],
)  # fmt: skip
def test_how_far_chance_reaches_is_said_of_a_change_of_a_ratio(compared, change, said, unsaid):
    told = compared(**change)
    assert [words for words in said if words not in told] == [words for words in unsaid if words in told] == []


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (1.2, 2.0, "The relative likelihood was 1.20 in 2018/19 and is 2.00 in 2019/20."),
        (2.001, 2.004, "The relative likelihood is 2.00, as in 2018/19 when rounded."),
        (0.0, 2.0, "The relative likelihood was no ratio, as one group counts nobody in 2018/19 and is 2.00 in 2019/20."),
    ],
)
def test_two_ratios_that_print_alike_are_one(compared, before, now, said):
    assert compared(previous_value=before, value=now).startswith(f"{said} ")


ASKED, SENIOR = "percentage of BME respondents", "BME share of senior posts"


@pytest.mark.parametrize(
    ("what", "before", "now", "said"),
    [
        (ASKED, 0.05, -0.03, "was 5.0 percentage points above {} in 2018/19, and is 3.0 percentage points below it in 2019/20."),
        (ASKED, 0.0501, 0.0502, "is 5.0 percentage points above {}, as in 2018/19 when rounded."),
        (ASKED, 0.0, 0.0502, "was level with {} in 2018/19, and is 5.0 percentage points above it in 2019/20."),
        (SENIOR, -0.0501, -0.0502, "is 5.0 percentage points below {}, as in 2018/19 when rounded."),
        (SENIOR, -0.05, 0.01, "was 5.0 percentage points below {} in 2018/19, and is 1.0 percentage point above it in 2019/20."),
    ],
)
def test_the_sides_of_a_gap_are_said_in_words_in_both_years(compared, rows_of, what, before, now, said):
    name, measure, direction = ("5", "harassment_public", "bme-white") if what == ASKED else ("1", "senior_share", "grade-workforce")
    said = said.format("that of white respondents" if what == ASKED else "that of the whole workforce")
    gap = {"comparison": "difference", "direction": direction, "value": now, "lower": -0.2, "upper": 0.3}
    rows = [rows_of.result(name, measure, None, None, **gap)]
    told = compared(name, measure, rows, previous_value=before, value=now, change=now - before, change_lower=-0.1, change_upper=0.02)
    assert f"The {what} {said}" in told
    assert "10.0 lower to 2.0 higher" in told and beside_last_year.ONE_WOULD_UNDO not in told
    assert ("8.0 percentage points lower" in told) is (round(now - before, 3) == -0.08)
    beyond = compared(name, measure, rows, previous_value=before, value=now, change=now - before, change_lower=-0.1, change_upper=-0.02)
    assert "10.0" in beyond and "2.0" in beyond and beside_last_year.ONE_WOULD_UNDO in beyond


@pytest.mark.parametrize(
    ("indicator", "measure", "before", "now", "direction"),
    [
        ("2", "appointed_from_shortlisting", 1.2, 2.0, "worse"),
        ("2", "appointed_from_shortlisting", 2.0, 1.2, "better"),
        ("7", "equal_opportunities", -0.3, -0.1, "better"),
        ("7", "equal_opportunities", -0.1, -0.3, "worse"),
        ("2", "appointed_from_shortlisting", 2.0, 2.0, "better"),
    ],
)
def test_a_clear_change_is_better_or_worse_by_the_side_the_catalogue_calls_adverse(
    made, rows_of, indicator, measure, before, now, direction
):
    row = {"year": rows_of.year, "previous_year": rows_of.before, "indicator": indicator, "measure": measure, "breakdown": "overall"}
    row = pd.Series(row | {"category": "all", "previous_value": before, "value": now, "verdict": "clear_change"})
    assert beside_last_year.direction_of_change(made(), indicator, row) == direction
    for verdict in ("within_chance", "described", "not_supplied"):
        assert beside_last_year.direction_of_change(made(), indicator, row.replace("clear_change", verdict)) == "no clear change"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"previous_value": None}, "No figure of 2018/19 was supplied for indicator 2."),
        ({"value": None}, "No figure of 2019/20 was supplied for indicator 2."),
        ({"verdict": "not_calculable", "reason": "a group counts nobody"}, "Indicator 2 cannot be compared with 2018/19: a group counts nobody."),
        (
            {"verdict": "not_comparable", "reason": "the base moved for the compared group"},
            "The figures of 2018/19 for indicator 2 are not comparable. The base moved for BME staff.",
        ),
        ({"verdict": "protected"}, "The change of indicator 2 since 2018/19 is hidden, so that nobody can be recognised."),
        ({"value": None, "protection": '{"value": "[c]"}'}, "The change of indicator 2 since 2018/19 is hidden, so that nobody can be recognised."),
        ({"value": None, "previous_value": None, "protection": '{"value": "[c]"}'}, "No figure of 2018/19 was supplied for indicator 2."),
    ],
)  # fmt: skip
def test_why_a_change_cannot_be_told_is_said_for_each_reason(compared, change, said):
    assert compared(**change) == said


def test_a_rate_that_puts_two_years_together_is_not_said_to_be_of_one(compared):
    """Witness: the catalogue of 2020 counts indicator 3 over two years, and indicator 2 over one."""
    told = compared("3", "entering_disciplinary", previous_value=None)
    assert told == "No two-year figure ending in 2018/19 was supplied for indicator 3."


@pytest.mark.parametrize("many", [False, True])
def test_where_several_indicators_are_told_each_sentence_names_its_own_and_each_reason_stands_once(made, rows_of, many):
    row = {
        "organisation": "demo",
        "year": rows_of.year,
        "previous_year": rows_of.before,
        "indicator": "2",
        "value": 2.0,
        "previous_value": 1.2,
    }
    row |= {"measure": "appointed_from_shortlisting", "breakdown": "overall", "category": "all", "verdict": "within_chance", "reason": ""}
    shown = made(changes=[row], previous_year=rows_of.before)
    told = report.compared_with_last_year(shown, *("2", "4") if many else "2").paragraphs
    assert told[0].startswith("Indicator 2: The relative likelihood" if many else "The relative likelihood")
    assert list(told[1:]) == ["For indicator 4 there are no figures of 2018/19 to compare with."] * many
    both = report.compared_with_last_year(shown, "4", "5").paragraphs
    assert both == ("For indicators 4 and 5 there are no figures of 2018/19 to compare with.",)
    assert report.compared_with_last_year(made(), "2").paragraphs == ("This report compares with no earlier year.",)


@pytest.mark.parametrize(
    ("before", "now", "verdict", "said"),
    [
        ("equivalent", "large_difference", "within_chance", True),
        ("too_few_to_judge", "large_difference", "within_chance", True),
        ("large_difference", "large_difference", "within_chance", False),
        ("equivalent", "large_difference", "clear_change", False),
        ("equivalent", "large_difference", "described", False),
        ("not_supplied", "large_difference", "within_chance", False),
        ("equivalent", "protected", "within_chance", False),
    ],
)
def test_a_status_that_is_another_is_told_where_nothing_clearly_changed_and_both_are_findings(
    compared, rows_of, before, now, verdict, said
):
    labels = {"equivalent": "Equivalent", "large_difference": "Large difference (requires focus)"}
    given = [rows_of.status("2", code, labels.get(code, code), year=year) for code, year in ((before, rows_of.before), (now, rows_of.year))]
    told = compared(statuses=given, verdict=verdict)
    then = labels.get(before, before).partition(" (")[0]
    assert (f"The status was '{then}' in 2018/19; no change of the figures is clear." in told) is said
    assert ("The status was" in told) is said


RATES = "In 2018/19 and 2019/20: {}."


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (((40, 400), (10, 100)), ((80, 400), (5, 100)), "10.0% and 20.0% of white shortlisted candidates; 10.0% and 5.0% of BME shortlisted candidates"),
        (((40, 400), (10, 100)), ((40, 400), (5, 100)), "10.0% of white shortlisted candidates in both; 10.0% and 5.0% of BME shortlisted candidates"),
        (((40, 400), (None, 100)), ((40, 400), (5, 100)), ""),
        (((40, 400), (5, 100)), ((40, 400), (None, 100)), ""),
    ],
)  # fmt: skip
def test_both_rates_of_both_years_stand_beside_a_change_or_none(compared, rows_of, before, now, said):
    ends = {"value": 2.0, "lower": 1.1, "upper": 3.9}
    rows = [
        rows_of.result("2", "appointed_from_shortlisting", *pairs, **ends) | {"year": year}
        for year, pairs in ((rows_of.before, before), (rows_of.year, now))
    ]
    told = compared(results=rows)
    assert (RATES.format(said) in told) if said else "In 2018/19 and" not in told
    assert "In 2018/19 and" not in compared(results=rows[1:]), "of the year before there is no row"
    part = [row | PART for row in rows]
    assert "In 2018/19 and" not in compared(results=part), "a part of the workforce has one rate alone"


def test_the_highest_posts_are_told_of_both_years_where_both_have_them(compared, rows_of):
    def of(year, highest):
        rows = [
            rows_of.result("1", "senior_share", None, (50, 400), **PART),
            rows_of.result("1", "leadership_share", None, highest, **PART),
        ]
        return [row | {"year": year} for row in rows]

    both = [*of(rows_of.before, (9, 111)), *of(rows_of.year, (8, 112))]
    said = "Of staff in Band 8c and above, 8.1% (9 of 111) in 2018/19 and 7.1% (8 of 112) in 2019/20 were BME."
    assert said in compared("1", "senior_share", both, value=-0.1, previous_value=-0.1, verdict="described", reason="same")
    for rows in (both[1:], both[:1] + both[2:], both[:3]):
        assert "Band 8c" not in compared("1", "senior_share", rows, value=-0.1, previous_value=-0.1, verdict="described", reason="same")
    uncounted = [row | ({"bme_count": None} if row["year"] == rows_of.before else {}) for row in both]
    assert "Band 8c" not in compared("1", "senior_share", uncounted, value=-0.1, previous_value=-0.1, verdict="described", reason="same")


STAFF = {"all": (1300, 1000), "bme": (65, 54), "unknown": (500, 500)}


ROSE, UNDISCLOSED = "the number of staff rose from 1,000 to 1,300", "that of staff who have not disclosed their ethnicity"
BME_ROSE = "that of BME staff rose from 54 to 65 (5.4% to 5.0% of staff)"
STAYED = f"that of BME staff stayed at 50 (still 5.0% of staff) and {UNDISCLOSED} stayed at 500 (still 50.0% of staff)"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (STAFF, f"Since 2018/19, {ROSE}, {BME_ROSE} and {UNDISCLOSED} stayed at 500 (50.0% to 38.5% of staff)."),
        (STAFF | {"all": (1000, 1000), "bme": (50, 50)}, f"Since 2018/19, the number of staff stayed at 1,000, {STAYED}."),
        (STAFF | {"unknown": (None, 500)}, f"Since 2018/19, {ROSE} and {BME_ROSE}."),
        (STAFF | {"unknown": (500, None)}, f"Since 2018/19, {ROSE} and {BME_ROSE}."),
        (dict.fromkeys(STAFF, (None, None)), "How the workforce changed since 2018/19 is hidden or was not supplied."),
    ],
)
def test_how_the_workforce_moved_is_told_group_by_group(made, rows_of, counts, said):
    shares = [
        rows_of.share("headcount", group, pair[place], counts["all"][place], year=year)
        for group, pair in counts.items()
        for place, year in enumerate((rows_of.year, rows_of.before))
    ]
    shown = made(shares=shares, previous_year=rows_of.before)
    assert beside_last_year.workforce_change(shown) == said
    told = report.compared_with_last_year(shown, "1", "4").paragraphs
    assert told[0] == said and said not in report.compared_with_last_year(shown, "4").paragraphs
    assert beside_last_year.workforce_change(made(shares=shares)) == ""
    for years in ([rows_of.year], [rows_of.before], [rows_of.year, rows_of.before]):
        unrated = [share | ({"rate": None} if share["year"] in years else {}) for share in shares]
        assert "of staff)" not in beside_last_year.workforce_change(made(shares=unrated, previous_year=rows_of.before))


def test_a_change_of_what_has_no_result_or_no_definition_is_told_without_one(made, rows_of):
    """Witness: an indicator of which only an earlier year's change is known, and a measure that no edition in force has."""
    row = {"organisation": "demo", "year": rows_of.year, "previous_year": rows_of.before, "indicator": "4", "measure": "accessing_training"}
    row |= {"breakdown": "overall", "category": "all", "value": 2.0, "previous_value": None, "verdict": "within_chance", "reason": ""}
    shown = made(changes=[row], previous_year=rows_of.before)
    assert beside_last_year.change_row(shown, "4") is None and beside_last_year.told_as(None) == ""
    why = beside_last_year.why_no_change(shown, pd.Series(row | {"measure": "of another edition"}), rows_of.before)
    assert why == "no figure of 2018/19 was supplied for {who}"


def test_a_claim_on_two_years_names_the_comparisons_that_it_tells(made, rows_of):
    """Witness: a reader's way from a sentence to its rows: of senior posts to the highest posts too, of two groups to their own row."""
    rows = [rows_of.result("1", "senior_share", None, (50, 400), **PART), rows_of.result("1", "leadership_share", None, (9, 111), **PART)]
    shown = made([*rows, rows_of.appointed])
    assert [row["measure"] for row in beside_last_year._told_of(shown, "1")] == ["senior_share", "leadership_share"]
    assert [row is None or row["measure"] for row in beside_last_year._told_of(shown, "2")] == ["appointed_from_shortlisting", True]
    assert beside_last_year._told_of(shown, "4") == []
