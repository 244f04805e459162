"""Which counts a printed figure is the sum of. Witness: the rows of the standard, read by hand, and a small organisation."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.composition import Composition, Places, SurveyMeasures, rest_on
from wres_helpers.disclosure.counterfactual import Reports, as_column, differs, printed
from wres_helpers.disclosure.tables_of_people import People
from wres_helpers.page_model import Count

YEAR = "2025-26"
#: Answers to the questions of this edition: of 15 there are three, of 16c only some were asked.
ANSWERS = {"15": ("Yes", "No", "Don't know"), "16b": ("Yes", "No"), "16c": ("Yes", "No", "Not asked"), "14a": ("Never", "1-2 times")}
GRADES = ("Band 2", "Band 3", "Band 7", "Band 8a", "Band 8c", "Consultant", "Senior medical manager", "Other")


def organisation(*more: str) -> pd.DataFrame:
    """Return counts of one person each: grades and answers of white and BME people, of whom the undisclosed of Band 2 alone were supplied."""
    rows = [("workforce", "grade", grade, group) for grade in (*GRADES, *more) for group in ("white", "bme")]
    rows += [
        ("survey", question, answer, group) for question, answers in ANSWERS.items() for answer in answers for group in ("white", "bme")
    ]
    rows += [
        ("workforce", "grade", "Band 2", "unknown"),
        ("workforce", "grade (frontier)", "Band 3", "bme"),
        ("headcount", "site", "North", "bme"),
    ]
    return pd.DataFrame([(YEAR, *row, 1) for row in rows], columns=["year", "item", "breakdown", "category", "ethnic_group", "count"])


@pytest.fixture
def method(necs):
    """The method of a report whose survey asks the standard's own questions."""
    return replace(Method.of(necs), questions={})


@pytest.fixture
def made_of(method, reference):
    return lambda *more: Composition(People(organisation(*more)), reference, method)


@pytest.mark.parametrize(
    ("breakdown", "category", "grades"),
    [
        ("grade", "Band 7", ["Band 7"]),
        ("grade", "Band 2 + Band 8c", ["Band 2", "Band 8c"]),
        ("grade", "Band 2 + Band 9", []),
        ("grade", " + ".join(GRADES), [*GRADES]),
        ("grade", "*", [*GRADES]),
        ("cluster", "Bands 1 to 7", ["Band 2", "Band 3", "Band 7"]),
        ("cluster", "Medical and dental", ["Consultant"]),  # senior medical managers are among the consultants
        ("tier", "upper", ["Band 8a", "Band 8c"]),
        ("tier", "middle", ["Band 7"]),
        ("senior", "senior_share", ["Band 8a", "Band 8c"]),
        ("senior", "leadership_share", ["Band 8c"]),
    ],
)
def test_a_figure_of_several_grades_is_the_sum_of_those_that_are_counted(made_of, breakdown, category, grades):
    cell = Count(YEAR, "workforce", breakdown, category, "bme")
    assert [part[2:] for part in made_of().parts(cell)] == [("grade", grade, "bme") for grade in grades]


def test_a_figure_of_a_part_of_a_larger_group_is_none_of_the_counts(made_of):
    """Of "Bands 8a to 9" nobody knows how many are senior leaders; all of them are senior, in the upper tier, and of the cluster."""
    grouped = made_of("Bands 8a to 9")
    found = {name: [part.category for part in grouped.parts(Count(YEAR, "workforce", *name, "bme"))] for name in
             (("senior", "leadership_share"), ("senior", "senior_share"), ("tier", "upper"), ("cluster", "Bands 8a to 9"), ("tier", "lower"))}  # fmt: skip
    upper = ["Band 8a", "Band 8c", "Bands 8a to 9"]
    assert [found[name] for name in found] == [[], upper, upper, upper, ["Band 2", "Band 3"]]
    assert [part[2:4] for part in grouped.parts(Count(YEAR, "workforce", "tier (frontier)", "lower", "bme"))] == [
        ("grade (frontier)", "Band 3")
    ]


def test_a_figure_of_everybody_is_that_of_the_groups_that_are_counted(made_of):
    parts, place = made_of().parts, (YEAR, "workforce", "grade", "Band 2")
    assert [part.ethnic_group for part in parts(Count(*place, "all"))] == ["white", "bme", "unknown"]
    assert [part.ethnic_group for part in parts(Count(*place, "known"))] == ["white", "bme"]
    assert parts(Count(*place, "unknown")) == (Count(*place, "unknown"),) and parts(None) == ()


def test_a_figure_of_the_survey_is_that_of_the_answers_it_counts(made_of):
    def answers(measure, kind):
        return [part[2:4] for part in made_of().parts(Count(YEAR, "survey", f"indicator {measure}", kind, "bme"))]

    assert answers("equal_opportunities", "counted") == answers("equal_opportunities_of_all", "counted") == [("15", "Yes")]
    assert answers("equal_opportunities", "base") == [("15", answer) for answer in ANSWERS["15"]]
    assert answers("equal_opportunities_of_all", "base") == answers("no_such_measure", "base") == []
    assert answers("harassment_public", "counted") == [("14a", "1-2 times")]
    assert answers("discrimination_on_ethnic_ground", "base") == [("16c", "Yes"), ("16c", "No")]


def test_a_question_is_of_the_measure_that_asks_those_who_answered_it(method, reference):
    """Of 15 two measures are made; the one of all respondents asks everybody. Who said yes to 16b was asked 16c."""
    survey = SurveyMeasures(reference, method)
    assert [survey.of_question(YEAR, question) for question in ("15", "16b", "99", "")] == [
        "equal_opportunities",
        "discrimination_staff",
        "",
        "",
    ]
    assert survey.of_question("2019-20", "14") == "equal_opportunities", "as of its own edition"
    assert survey.before(YEAR, "discrimination_on_ethnic_ground") == ("16b", "discrimination_staff")
    assert survey.before(YEAR, "harassment_public") is survey.before(YEAR, "discrimination_staff") is None
    assert survey.answers(YEAR, "equal_opportunities_of_all", ANSWERS["15"]) == (["Yes"], None)
    assert survey.answers(YEAR, "discrimination_staff", ("No",)) == ([], ["No"]) and survey.answers(YEAR, "discrimination_staff", ()) == (
        [],
        [],
    )


def placed(reference, table="results", counted=(), **row):
    """Return where the counts and bases of a row are found, for BME people."""
    row = {"year": YEAR, "breakdown": "overall", "category": "all"} | row
    return [
        place and tuple(place[1:])
        for place in (Places(reference.catalogue, counted).of(table, row, f"bme_{kind}") for kind in ("count", "base"))
    ]


def test_counts_and_bases_are_found_where_the_rows_of_the_standard_say(reference):
    assert placed(reference, measure="share_of_grade") == [("headcount", "overall", "all", "bme"), ("headcount", "overall", "all", "all")]
    assert placed(reference, measure="share_of_grade", breakdown="grade", category="Band 2") == [
        ("workforce", "grade", "Band 2", "bme"), ("workforce", "grade", "Band 2", "all")]  # fmt: skip
    assert placed(reference, measure="senior_share") == [("workforce", "senior", "senior_share", group) for group in ("bme", "all")]
    assert placed(reference, measure="board_share", category="voting") == [
        ("board", "membership", "voting", group) for group in ("bme", "all")
    ]
    assert placed(reference, measure="harassment_public") == [
        ("survey", "indicator harassment_public", kind, "bme") for kind in ("counted", "base")
    ]
    assert placed(reference, measure="equal_opportunities_of_all") == [
        ("survey", "indicator equal_opportunities_of_all", "counted", "bme"),
        None,
    ]
    assert placed(reference, measure="survey_response") == [None, ("headcount", "overall", "all", "bme")]
    north, east = ({"measure": "accessing_training", "breakdown": "site", "category": name} for name in ("North", "East"))
    there = {Count(YEAR, "headcount", "site", "North", "bme"), Count(YEAR, "accessed_training", "site", "East", "bme")}
    assert placed(reference, counted=there, **north) == [(item, "site", "North", "bme") for item in ("accessed_training", "headcount")]
    assert placed(reference, counted=there, **east) == [(item, "site", "East", "bme") for item in ("accessed_training", "workforce")]
    assert placed(reference, measure="accessing_training") == [
        (item, "overall", "all", "bme") for item in ("accessed_training", "headcount")
    ]
    applied = {"measure": "shortlisted_from_applied", "breakdown": "site", "category": "East"}
    assert placed(reference, **applied) == [(item, "site", "East", "bme") for item in ("shortlisted", "applied")]


def test_shares_and_who_is_known_are_found_by_what_they_are_a_share_of(reference):
    places = Places(reference.catalogue, ())
    share = {"year": YEAR, "item": "workforce", "breakdown": "grade", "category": "Band 2", "ethnic_group": "bme"}
    for of, base in (("category", ("Band 2", "all")), ("group", ("*", "bme"))):
        found = [
            places.of(table, share | {"of": of}, field) for table in ("shares", "counts") for field in ("count", "base", "rate", "upper")
        ]
        assert [place and place[1:] for place in found] == [
            ("workforce", "grade", "Band 2", "bme"), ("workforce", "grade", *base), None, None] * 2  # fmt: skip
    for item, place in (("board", ("membership", "total")), ("shortlisted", ("overall", "all"))):
        found = [places.of("completeness", {"year": YEAR, "item": item}, field) for field in ("known", "unknown", "total", "unknown_share")]
        assert [cell and cell[1:] for cell in found] == [*((item, *place, group) for group in ("known", "unknown", "all")), None]
    assert places.of("completeness", {"year": YEAR, "item": "survey"}, "known") is None
    assert places.of("results", {"year": YEAR, "measure": "accessing_training"}, "bme_rate") is None


def test_a_comparison_rests_on_the_counts_of_both_groups_and_of_a_part_on_those_of_its_own(made_of):
    """By hand: harassment of both groups; of the share of a grade the white people of the grade are no part, its base is."""
    harassment = {"measure": "harassment_public", "breakdown": "overall", "category": "all", "direction": "bme-white", "year": YEAR}
    senior = {"measure": "senior_share", "breakdown": "overall", "category": "all", "direction": "grade-workforce", "year": YEAR}
    alone = {"measure": "discrimination_on_ethnic_ground", "breakdown": "overall", "category": "all", "direction": "none", "year": YEAR}
    results = pd.DataFrame([harassment, senior, alone])
    for cell, rests in {
        ("survey", "14a", "Never", "white"): [True, False, False],
        ("survey", "14a", "1-2 times", "bme"): [True, False, False],
        ("workforce", "grade", "Band 8c", "bme"): [False, True, False],
        ("workforce", "grade", "Band 8c", "white"): [False, True, False],  # in the base, which is everybody's
        ("workforce", "grade", "Band 7", "bme"): [False, False, False],
        ("survey", "16c", "Yes", "bme"): [False, False, True],
    }.items():
        assert rest_on({Count(YEAR, *cell)}, results, made_of()).tolist() == rests
    assert rest_on((), results, made_of()).tolist() == [False] * 3


# ------------------------------------------------------------------ what differs between reports


def test_two_columns_say_the_same_where_both_are_absent_or_equal_to_the_last_digit():
    one = np.array([1.0, np.nan, np.nan, 2.0, 0.1 + 0.2])
    assert differs(one, np.array([1.0, np.nan, 3.0, np.nan, 0.3])).tolist() == [False, False, True, True, True]
    words = np.array(["protected", None, "level"], dtype=object)
    assert differs(words, np.array(["protected", None, "higher"], dtype=object)).tolist() == [False, False, True]


def test_a_field_varies_where_any_report_says_otherwise_and_a_status_where_it_is_not_certain():
    column = np.array([[1.0, 5.0, np.nan], [1.0, 5.0, np.nan], [1.0, 6.0, np.nan]])
    made = Reports(
        {"results": {"value": column, "status": np.array([["x"] * 3] * 3)}, "shares": {"rate": column}}, np.array([True, True, False])
    )
    assert {name: rows.tolist() for name, rows in made.varying("shares").items()} == {"rate": [False, True, False]}
    assert {name: rows.tolist() for name, rows in made.varying("results").items()} == {
        "value": [False, True, False], **{word: [False, False, True] for word in ("status", "reason", "clear")}}  # fmt: skip


def test_numbers_are_given_out_to_ten_decimals_and_a_chance_to_ten_digits():
    table = pd.DataFrame({"p_value": [1.23456789012e-20, -0.0], "value": [0.123456789012, -1e-12], "base": [7, 8], "clear": [True, False]})
    given = printed(table)
    assert given["p_value"].tolist() == pytest.approx([1.23456789e-20, 0.0], rel=1e-12, abs=0) and given["value"].tolist() == [
        0.1234567890,
        0.0,
    ]
    assert not np.signbit(given[["p_value", "value"]].to_numpy()).any(), "and nothing is below none"
    assert given["base"].equals(table["base"]) and given["clear"].equals(table["clear"])
    assert [as_column(table[name]).dtype.kind for name in ("value", "base", "clear")] == ["f", "f", "O"]
    assert np.isnan(as_column(pd.Series([1, None], dtype="Int64"))[1])
