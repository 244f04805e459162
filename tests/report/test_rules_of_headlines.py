"""What a headline says and what it adds: every decision on both its sides. Witness: rows by hand, with rates and sums beside each."""

import math

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.analysis.asides import JUDGED_BY, JUDGED_BY_OPPOSITE, OTHERS, WITHOUT_RECRUITS
from wres_helpers.report.words import beside_headlines, headlines, sentences, who_answered
from wres_helpers.report.words.vocabulary import MEMBERSHIPS

GAP = {"comparison": "difference", "direction": "bme-white", "value": 0.2, "lower": 0.1, "upper": 0.3}
PART = {"comparison": "difference", "direction": "grade-workforce", "value": -0.05, "lower": -0.1, "upper": -0.01}
ALIKE = "these counts are compatible with no difference, and with a large one"
NOT_LARGE = "a large difference does not fit these counts"


@pytest.fixture
def row(rows_of):
    """A result: appointments unless changed, of which 10.0% of 400 white and 5.0% of 100 BME candidates were appointed."""
    return lambda **more: pd.Series(rows_of.appointed | more)


@pytest.fixture
def asked(rows_of):
    """A result of the survey: 10.0% of 100 white and 30.0% of 100 BME respondents reported harassment."""
    return lambda **more: pd.Series(rows_of.result("6", "harassment_staff", (10, 100), (30, 100), **(GAP | more)))


UNCLEAR = {"status": "no_clear_difference", "clear": False, "lower": 0.9}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "White candidates were 2.00 times as likely as BME candidates to be appointed: 10.0% (40 of 400) against 5.0% (5 of 100)."),
        ({"value": 1.0}, "White candidates were about as likely as BME candidates"),
        ({"value": 0.5}, "White candidates were 0.50 times as likely (that is, less likely) as BME candidates"),
        (UNCLEAR, f"5.0% (5 of 100); {ALIKE}."),
        (UNCLEAR | {"value": 1.04}, "about as likely as BME candidates to be appointed: 10.0% (40 of 400) against 5.0% (5 of 100)."),
        (UNCLEAR | {"status": "equivalent"}, "were similarly likely to be appointed: 10.0% (40 of 400) against 5.0% (5 of 100); among the candidates"),
        (UNCLEAR | {"lower": 1.1}, "; it looks worse for BME staff, but is borderline."),
        (UNCLEAR | {"lower": 1.1, "status": "equivalent"}, "; it looks worse for BME staff, but is borderline; among the candidates"),
        (UNCLEAR | {"value": 0.5, "lower": 0.3, "upper": 0.9}, "; it looks worse for white staff, but is borderline."),
        ({"status": "too_few_to_judge", "clear": False, "lower": 0.9}, "were appointed: too few to judge whether the two groups fare differently."),
        ({"status": "too_few_to_judge", "clear": False}, "fare differently, although it looks worse for BME staff."),
        ({"value": math.inf, "upper": math.inf}, "were appointed, so no relative likelihood can be given."),
        ({"value": 0.0}, "were appointed, so no relative likelihood can be given."),
        ({"status": "not_supplied"}, headlines.NOTHING_SUPPLIED),
        ({"status": "not_calculable", "bme_base": None, "reason": "of what"}, "No comparison can be made, because of what."),
        ({"white_base": 0}, "There are no white shortlisted candidates, so the two groups cannot be compared."),
        ({"white_base": 0, "bme_base": 0}, "There are no white or BME shortlisted candidates, so the two groups cannot be compared."),
        ({"value": None, "reason": "so it is"}, "were appointed; no comparison can be made, because so it is."),
        ({"value": None, "reason": ""}, "no comparison can be made, because the figures allow no result."),
        ({"value": None, "status": "protected"}, "; the comparison is hidden, so that nobody can be recognised."),
        ({"value": None, "protection": '{"value": "[c]"}'}, "; the comparison is hidden, so that nobody can be recognised."),
        ({"value": None, "protection": '{"value": "1.10 to 2.50"}'}, "; depending on what is hidden, the comparison gives 1.10 to 2.50, before any"),
        ({"value": None, "protection": '{"value": "1.10 to 2.50", "white_count": "fewer than 5"}'}, "hidden but for a range, so that nobody can be"),
    ],
)  # fmt: skip
def test_what_a_headline_says_of_two_groups_and_a_ratio(made, row, more, said):
    told = headlines.headline_text(made(), row(**more))
    assert said in told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "BME respondents reported harassment from managers or colleagues more often than white respondents: 30.0% (30 of 100) against 10.0%"),
        ({"value": -0.2}, "less often than white respondents"),
        ({"value": 0.0004}, "BME and white respondents reported harassment from managers or colleagues about equally often: "),
        ({"value": 0.0}, "about equally often: 30.0% (30 of 100) against 10.0% (10 of 100)."),
        ({"clear": False, "status": "no_clear_difference", "lower": -0.1}, f"10.0% (10 of 100); {ALIKE}."),
        ({"clear": False, "status": "no_clear_difference", "lower": -0.1, "value": 0.0}, "10.0% (10 of 100)."),
        ({"clear": False, "status": "equivalent", "lower": -0.1}, "BME and white respondents reported harassment from managers or colleagues similarly often"),
        ({"clear": False, "status": "too_few_to_judge", "lower": -0.1}, "too few to judge whether the two groups differ."),
        ({"bme_base": 0}, "There are no BME respondents, so the two groups cannot be compared."),
    ],
)  # fmt: skip
def test_what_a_headline_says_of_two_groups_and_a_gap(made, asked, more, said):
    told = headlines.headline_text(made(), asked(**more))
    assert said in told and (ALIKE in told) is (ALIKE in said)


@pytest.mark.parametrize(
    ("more", "short", "full"),
    [
        ({}, "10.0% (40 of 400) of white candidates were appointed; BME: 5.0% (5 of 100)", "White candidates were 2.00 times as likely"),
        (UNCLEAR | {"lower": 1.1}, "BME: 5.0% (5 of 100); borderline: it looks worse for BME staff", "but is borderline"),
        ({"status": "not_supplied"}, headlines.NOTHING_SUPPLIED[:-1], headlines.NOTHING_SUPPLIED[:-1]),
    ],
)
def test_a_line_is_short_beside_its_status(made, row, more, short, full):
    shown = made()
    assert headlines.line(shown, row(**more), short=True).endswith(short) and full in headlines.line(shown, row(**more))
    text = headlines.headline_text(shown, row(**more), short=True)
    assert text.startswith("10.0% (40 of 400) of white candidates were appointed" if more.get("status") != "not_supplied" else short)
    assert headlines.line(shown, None) == headlines.NOTHING_SUPPLIED[:-1]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "at the white rate about 10 of the 100 BME shortlisted candidates, not 5"),
        ({"bme_expected": 0.5}, "at the white rate about 1 of the 100 BME shortlisted candidates, not 5"),
        ({"bme_expected": 0.49}, "at the white rate fewer than one of the 100 BME shortlisted candidates, not 5"),
        ({"bme_count": 0}, ", not none"),
        ({"bme_expected": None}, "White candidates were 2.00 times as likely as BME candidates to be appointed"),
        ({"status": "not_supplied"}, "figures not supplied"),
        ({"value": None}, "no comparison possible"),
        ({"value": None, "status": "protected"}, "the comparison is hidden"),
        ({"value": None, "protection": '{"value": "[c]"}'}, "the comparison is hidden"),
        ({"value": None, "protection": '{"value": "1.10 to 2.50"}'}, "the comparison is hidden but for a range"),
        ({"status": "too_few_to_judge"}, "too few to judge a difference"),
        (UNCLEAR, "no clear difference"),
        (UNCLEAR | {"status": "equivalent"}, "no large difference among those known"),
        (UNCLEAR | {"lower": 1.1}, "borderline, looks worse for BME staff"),
    ],
)  # fmt: skip
def test_the_title_of_a_chart_is_what_it_shows(made, row, more, said):
    told = headlines.title(made(), row(**more))
    assert told.endswith(said) and told.startswith("White" if said.startswith("White") else "Appointment after shortlisting: ")
    rate = "bme_expected" not in more or more["bme_expected"]
    assert ("at the white rate" in told) is bool(rate and ", not " in said)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "smaller than"), ({"value": 0.05, "lower": 0.01, "upper": 0.1}, "larger than"), ({"value": 0.0}, "the same as"),
        ({"clear": False, "upper": 0.1}, "not clearly different from"),
    ],
)  # fmt: skip
def test_the_title_of_a_part_of_the_workforce_says_on_which_side_it_is(made, rows_of, more, words):
    part = pd.Series(rows_of.result("1", "senior_share", None, (10, 100), **PART) | more)
    assert headlines.title(made(), part) == f"The BME share of senior posts is {words} that of the whole workforce"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "On 31 March 2020, 10 of 100 staff in Band 8a and above (10.0%) were BME, against 10.0% of the whole workforce."),
        ({"bme_count": 1, "bme_rate": 0.01}, "1 of 100 staff in Band 8a and above (1.0%) was BME"),
        ({"bme_count": 0, "bme_rate": 0.0}, "0 of 100 staff in Band 8a and above (0%) were BME"),
        ({"clear": False, "upper": 0.1, "status": "no_clear_difference"}, f"of the whole workforce; {ALIKE}."),
        ({"clear": False, "upper": 0.1, "status": "too_few_to_judge"}, "whole workforce: too few to judge whether this is more than chance."),
        ({"bme_base": 0}, "There are no staff in Band 8a and above, so nothing can be compared."),
        ({"value": None, "reason": "so it is"}, "10 of 100 staff in Band 8a and above were BME; no comparison can be made, because so it is."),
        ({"bme_rate": None}, "10 of 100 staff in Band 8a and above were BME; no comparison"),
        ({"protection": '{"bme_count": "[c]"}', "bme_count": None}, "How many of the 100 staff in Band 8a and above were BME is hidden"),
        ({"protection": '{"bme_count": "[c]", "bme_base": "[c]"}', "bme_count": None, "bme_base": None}, "How many of the staff in Band 8a and above"),
        ({"protection": '{"bme_count": "fewer than 5"}', "bme_count": None, "bme_rate": None, "value": None}, "fewer than 5 of 100 staff in Band 8a"),
    ],
)  # fmt: skip
def test_what_a_headline_says_of_a_part_of_the_workforce(made, rows_of, more, said):
    part = pd.Series(rows_of.result("1", "senior_share", None, (10, 100), **PART) | more)
    assert said in headlines.headline_text(made([part.to_dict()]), part)
    short = headlines.headline_text(made([part.to_dict()]), part, short=True)
    assert "31 March" not in short
    unknown = made([part.to_dict()], shares=[rows_of.share("headcount", "bme", None, 1000)])
    compared = "of the whole workforce" in headlines.headline_text(made([part.to_dict()]), part)
    assert ("against a share that is hidden of the whole" in headlines.headline_text(unknown, part)) is compared


@pytest.mark.parametrize(
    ("unknown", "said"), [(1, "were known to be BME"), (0, "were BME"), (None, "were BME"), ("hidden", "were known to be BME")]
)
def test_of_a_board_one_who_did_not_tell_weighs(made, rows_of, unknown, said):
    board = rows_of.result("9", "board_share", (8, 10), (2, 10), **PART | {"direction": "board-workforce"})
    board |= {"breakdown": "membership", "category": "voting", "unknown_count": None if unknown == "hidden" else unknown}
    board |= {"protection": '{"unknown_count": "[c]"}'} if unknown == "hidden" else {}
    told = headlines.headline_text(made([board]), pd.Series(board))
    assert f"2 of 10 voting board members (20.0%) {said}," in told
    senior = pd.Series(rows_of.result("1", "senior_share", None, (10, 100), unknown=(3, 100), **PART))
    assert "known to be" not in headlines.headline_text(made([senior.to_dict()]), senior)


@pytest.mark.parametrize(("published", "differs", "status", "said"), [
    ("achieving", True, "large_difference", True), ("achieving", False, "large_difference", False), ("achieving", True, "protected", False),
])  # fmt: skip
def test_a_rating_by_hand_is_told_where_the_rule_gives_another_that_may_be_told(made, rows_of, published, differs, status, said):
    given = rows_of.status("2", status, status, published_status=published, differs=differs)
    told = headlines._published_otherwise(made(statuses=[given]), "2")
    assert told == ("Demo rated this 'Achieving'." if said else "") and headlines._published_otherwise(made(), "4") == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, True), ({"status": "equivalent"}, True), ({"status": "some_difference"}, True), ({"status": "too_few_to_judge"}, False),
        ({"unknown_base": 0}, False),
    ],
)  # fmt: skip
def test_that_a_status_stands_whoever_the_undisclosed_are_is_said_where_that_is_known(made, row, more, said):
    shown = made([row(unknown_base=20, **{name: value for name, value in more.items() if name != "unknown_base"}).to_dict()])
    headline = row(**({"unknown_base": 20} | more))
    shown.possible_statuses = {"2": {headline["status"]}}
    told = beside_headlines._whoever_they_are(shown, headline)
    assert told == ("Whatever the ethnicity of the 20 candidates who did not tell it, the status stands." if said else "")
    shown = made([headline.to_dict()])
    shown.possible_statuses = {"2": {headline["status"], "no_clear_difference"}}
    assert beside_headlines._whoever_they_are(shown, headline) == "", "it need not stand"
    shown = made([headline.to_dict()])
    shown.possible_statuses = {}
    assert beside_headlines._whoever_they_are(shown, headline) == "", "nobody knows"
    part = row(direction="grade-workforce", unknown_base=20)
    shown = made([part.to_dict()])
    shown.possible_statuses = {"2": {part["status"]}}
    assert beside_headlines._whoever_they_are(shown, part).startswith("Whatever the ethnicity of the undisclosed, ")


@pytest.mark.parametrize(
    ("status", "expected", "said"),
    [
        ("too_few_to_judge", 3.2, "3.2 expected in the smallest group, 5 asked"), ("large_difference", 3.2, "single cases weigh heavily: 3.2"),
        ("large_difference", 5.0, ""), ("no_clear_difference", 3.2, ""), ("too_few_to_judge", None, ""),
    ],
)  # fmt: skip
def test_how_few_are_expected_is_said_of_what_is_too_few_or_clear_in_spite_of_it(made, row, rows_of, status, expected, said):
    headline = row(status=status)
    shown = made([headline.to_dict()], [rows_of.status("2", status, status, fewest_expected=expected)])
    told = beside_headlines.how_few(shown, headline)
    assert told.startswith(said) if said else told == ""
    detail = beside_headlines.detail_text(shown, "2", headline)
    assert ("expected in the smallest" in detail) is (status == "large_difference" and bool(said))
    assert (said in headlines.reason_told(shown, headline)) and ("(" in headlines.reason_told(shown, headline)) is bool(said)


def recruits(row, **more):
    return [row().to_dict() | {"kind": WITHOUT_RECRUITS, "value": 2.5, "lower": 1.4, "upper": 4.0, "clearly_worse": True} | more]


NO_COUNTS = {"white_count": None, "low": 2.4, "high": 2.8}


@pytest.mark.parametrize(
    ("more", "said", "worse", "short"),
    [
        ({}, "Without international recruits it is clearly worse: 2.50 times", True, "2.50 without international recruits"),
        ({"clearly_worse": False}, "", True, ""),
        (NO_COUNTS, "International recruits are counted here; among all others it is 2.40 to 2.80 times", True, "at least 2.40 without"),
        (NO_COUNTS | {"low": 1.9}, "among all others it is 1.90 to 2.80 times", False, ""),
        (NO_COUNTS | {"low": 2.0}, "among all others it is 2.00 to 2.80 times", False, ""),
        ({"white_count": None, "low": None, "high": None}, "the comparison without them is hidden", False, ""),
        ({"white_count": None, "low": None, "high": 2.8}, "the comparison without them is hidden", False, ""),
    ],
)
def test_recruits_from_abroad_are_told_of_where_they_flatter(made, row, more, said, worse, short):
    """Witness: 2.00 as counted, so that at least 2.40 of all others is worse whatever is hidden, and 1.90 or 2.00 may not be."""
    shown = made(asides=recruits(row, **more))
    told = beside_headlines.qualified(shown, row())
    assert said in told and bool(told) is bool(said)
    assert beside_headlines.worse_without_recruits(shown, row()) == (told if worse else "")
    in_short = beside_headlines.ratio_without_recruits(shown, row())
    assert in_short.startswith(short) and bool(in_short) is bool(short)
    assert beside_headlines.qualified(shown, row(status="not_supplied")) == "" == beside_headlines.qualified(made(), row())
    assert beside_headlines.worse_without_recruits(shown, None) == "" == beside_headlines.ratio_without_recruits(shown, None)
    assert beside_headlines.worse_without_recruits(shown, row(comparison="difference")) == ""
    tables = ("results", "asides") if said else ("results",)
    assert beside_headlines.tables_told(shown, row()) == tables and beside_headlines.tables_told(shown, None) == ("results",)


def test_a_ratio_below_one_is_worse_without_recruits_from_one_on(made, row):
    """Witness: 0.80 as counted; of all others at least 0.95 is higher, and on the better side of equality."""
    below = {"white_count": None, "low": 0.95, "high": 1.2}
    assert beside_headlines.worse_without_recruits(made(asides=recruits(row, **below)), row(value=0.8)) == ""
    assert beside_headlines.worse_without_recruits(made(asides=recruits(row, **below | {"low": 1.05})), row(value=0.8)) != ""


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "White 2.00 times as likely (1.10 to 3.90)"), ({"upper": None}, ""), ({"value": math.inf}, ""), ({"comparison": "none"}, ""),
        (GAP, "20.0 points higher (10.0 to 30.0)"), (GAP | {"lower": -0.1}, "20.0 points higher (10.0 lower to 30.0 higher)"),
        (GAP | {"lower": 0.0}, "20.0 points higher (0.0 to 30.0)"), (GAP | {"value": -0.2, "lower": -0.3, "upper": 0.0}, "20.0 points lower (0.0 to 30.0)"),
        (PART, "5.0 points below the workforce (1.0 to 10.0)"), (PART | {"upper": 0.01}, "5.0 points below the workforce (10.0 below to 1.0 above)"),
    ],
)  # fmt: skip
def test_by_how_much_it_is_larger_is_told_with_its_side(made, row, more, told):
    assert beside_headlines.value_told(made(), row(**more)) == told and beside_headlines.value_told(made(), None) == ""


ANSWERED = {"indicator": "5", "measure": "survey_response", "comparison": "difference", "direction": "bme-white"}


@pytest.mark.parametrize(
    ("answered", "said"),
    [((60, 100), True), ((99, 100), False), ((100, 60), False)],
)
def test_a_question_that_one_group_left_out_says_how_many_answered(made, rows_of, answered, said):
    """Witness: 60 of 100 BME and 200 of 200 white respondents answered it, by Fisher far beyond chance; 99 of 100 is not."""
    survey = rows_of.result(
        "5", "survey_response", (200, 400), (100, 200), value=0.0, lower=-0.1, upper=0.1, comparison="difference", direction="bme-white"
    )
    row = pd.Series(rows_of.result("6", "harassment_staff", (20, 200), (10, answered[0]), **GAP))
    shown = made([row.to_dict(), survey])
    told = beside_headlines._left_it_out(shown, row)
    assert told == (f"Of at least 100 BME and 200 white respondents, {answered[0]} and 200 answered this question." if said else "")
    assert beside_headlines._left_it_out(made([row.to_dict()]), row) == ""
    hidden = pd.Series(row.to_dict() | {"bme_count": None})
    assert beside_headlines._left_it_out(made([hidden.to_dict(), survey]), hidden) == ""


ALL = {"comparison": "difference", "direction": "bme-white"}


def careers(rows_of, whole=((90, 150), (30, 80)), **more):
    """Of 100 white and 50 BME respondents who said yes or no, and of all who answered."""
    row = rows_of.result("7", "equal_opportunities", (90, 100), (30, 50), **ALL, value=-0.3, lower=-0.4, upper=-0.2)
    other = rows_of.result("7", "equal_opportunities_of_all", *whole, **ALL, **({"value": -0.2, "lower": -0.3, "upper": -0.1} | more))
    return pd.Series(row), other


@pytest.mark.parametrize(
    ("more", "same"),
    [
        ({}, True), ({"lower": -0.3, "upper": 0.1}, False), ({"value": 0.2, "lower": 0.1, "upper": 0.3}, False), ({"value": None}, False),
        ({"lower": None}, False), ({"value": 0.0, "lower": -0.3, "upper": -0.1}, False),
    ],
)  # fmt: skip
def test_all_who_answered_are_told_where_they_give_another_answer(made, rows_of, more, same):
    row, other = careers(rows_of, **more)
    shown = made([row.to_dict(), other])
    short = who_answered.left_out(shown, row, short=True)
    assert short == "80 BME and 150 white respondents answered." if same else "37.5% (30 of 80) against 60.0% (90 of 150) said yes" in short
    full = who_answered.left_out(shown, row)
    assert "of whom 50 and 100 said yes or no" in full and "37.5% (30 of 80) against 60.0% (90 of 150) said yes" in full
    unrated = made([row.to_dict(), other | {"bme_rate": None}])
    assert "said yes." not in who_answered.left_out(unrated, row)
    assert who_answered.who_answered(shown, row) == " who said yes or no"


def test_whom_a_base_leaves_out_is_told_where_both_bases_are_shown_and_differ(made, rows_of):
    row, other = careers(rows_of)
    for changed in ({"white_base": 100, "bme_base": 50}, {"bme_base": None}):
        assert who_answered.left_out(made([row.to_dict(), other | changed]), row) == ""
    one_differs = made([row.to_dict(), other | {"white_base": 100}])
    assert who_answered.left_out(one_differs, row) != ""
    hidden = pd.Series(row.to_dict() | {"bme_base": None})
    assert who_answered.left_out(made([hidden.to_dict(), other]), hidden) == ""
    harassed = pd.Series(rows_of.result("6", "harassment_staff", (10, 100), (30, 100), **GAP))
    assert (
        who_answered.left_out(made([harassed.to_dict()]), harassed) == "" == who_answered.who_answered(made([harassed.to_dict()]), harassed)
    )


@pytest.mark.parametrize(
    ("more", "people", "said"),
    [
        ({}, "2", "Among 100 BME shortlisted candidates, one person is 1.0 percentage point, so single cases weigh heavily."),
        ({"one_person": 0.0099}, "2", None), ({"one_person": 0.01}, "2", "one person is 1.0 percentage point"), ({"bme_base": None}, "2", None),
        ({"status": "not_supplied"}, "2", headlines.NOTHING_SUPPLIED),
        ({"direction": "grade-workforce"}, "2", "Among 100 shortlisted candidates, one person"),
    ],
)  # fmt: skip
def test_what_one_person_weighs_is_told_where_that_is_a_point_or_more(made, row, more, people, said):
    told = report.certainty(made([row(**more).to_dict()]), people).paragraphs
    assert (said in told[0]) if said else told == ()
    assert report.certainty(made([row(**more).to_dict()]), "4").paragraphs == (headlines.NOTHING_SUPPLIED,)


@pytest.mark.parametrize(
    ("published", "differs", "status", "title", "text"),
    [
        ("", False, "large_difference", "Status by rule", "The rule gives 'Large'"),
        ("requires_focus", False, "large_difference", "Status by rule, as published", "The rule gives 'Large'"),
        ("achieving", True, "large_difference", "Status differs from 'Achieving', as published", "The rule gives 'Large'"),
        ("", True, "large_difference", "Status by rule", "The rule gives 'Large'"),
        ("achieving", True, "protected", "Status by rule: hidden", "Published by hand was 'Achieving'."),
        ("", False, "protected", "Status by rule: hidden", "because it would give hidden numbers away."),
    ],
)
def test_the_status_by_rule_stands_beside_one_given_by_hand(made, rows_of, published, differs, status, title, text):
    given = rows_of.status("2", status, "Large", published_status=published, differs=differs)
    note = report.status_note(made(statuses=[given]), "2")
    assert (note.title, note.tone == "warning") == (title, title.startswith("Status differs"))
    assert text in note.text and ("by hand" in note.text) is (bool(published) and status == "protected")
    assert report.status_note(made(), "4").text == headlines.NOTHING_SUPPLIED


def test_a_question_or_several_and_the_parts_of_a_board_are_called_by_their_names():
    assert [sentences.question_told(question) for question in ("13a", "13b+13c", "14|15", "")] == [
        "question 13a",
        "questions 13b and 13c",
        "question 14",
        "",
    ]
    assert set(MEMBERSHIPS) == {"total", "voting", "non_voting", "executive", "non_executive"}


@pytest.mark.parametrize(
    ("more", "begins"),
    [
        ({}, "Allowing for chance, a relative likelihood of 1.10 to 3.90 fits these counts (95% interval). Above 1 is worse for BME staff"),
        ({"status": "equivalent"}, "The relative likelihood is 2.00. Allowing for chance, a relative likelihood of 1.10 to 3.90"),
        (GAP, "The difference is 20.0 percentage points; allowing for chance, 10.0 to 30.0 percentage points higher fits these counts (95%"),
        (PART, "The difference is 5.0 percentage points; allowing for chance, 1.0 to 10.0 percentage points below fits these counts"),
        ({"value": None}, ""), ({"upper": None}, ""),
    ],
)  # fmt: skip
def test_a_detail_begins_with_what_chance_allows(made, row, more, begins):
    told = beside_headlines.detail_text(made([row(**more).to_dict()]), "2", row(**more))
    assert told.startswith(begins) and bool(told) is bool(begins)
    assert beside_headlines.detail_text(made(), "2", None) == "" == beside_headlines.detail_text(made(), "77", row())


def test_shares_of_senior_posts_say_of_whom_they_are_and_how_far_the_highest_are(made, rows_of):
    senior, highest = (
        rows_of.result("1", measure, None, counts, **PART)
        for measure, counts in (("senior_share", (10, 100)), ("leadership_share", (1, 20)))
    )
    others = highest | {"kind": OTHERS, "value": 1.8, "lower": 0.6, "upper": 5.4}
    doctors = senior | {"measure": "share_of_grade", "breakdown": "staff_group", "category": "medical_and_dental"}
    bases = lambda *rows, asides=(): beside_headlines._bases(made([senior, *rows], asides=asides), pd.Series(senior))  # noqa: E731
    assert bases() == ["Shares are of everybody, those whose ethnicity is not disclosed included."]
    (told,) = bases(doctors)
    assert told.endswith("included; doctors and dentists, consultants too, count in the workforce and not in senior posts.")
    assert (
        bases(highest, asides=[others])[1]
        == "Among all other staff the BME share is 1.80 times that of Band 8c and above (95% interval 0.60 to 5.40)."
    )
    assert len(bases(highest)) == 1 == len(bases(highest, asides=[others | {"upper": None}])) == len(bases(asides=[others]))
    assert beside_headlines._bases(made(), pd.Series(rows_of.appointed)) == []
    shown = made([senior, highest, senior | {"measure": "share_of_grade"}, rows_of.appointed])
    named = [each["measure"] for each in beside_headlines.rows_told(shown, pd.Series(senior), "") if each is not None]
    assert named == ["senior_share", "share_of_grade", "leadership_share"] and beside_headlines.rows_told(shown, None, "") == []
    assert len(beside_headlines.rows_told(shown, pd.Series(rows_of.appointed), "")) == 1


@pytest.mark.parametrize(
    ("more", "kind", "value", "said"),
    [
        ({}, JUDGED_BY, 1.5, ""), ({}, JUDGED_BY_OPPOSITE, 1.5, "judged as a relative likelihood of the opposite it is 1.50 (1.20 to 1.90)"),
        (GAP, JUDGED_BY, 1.5, "judged as a relative likelihood it is 1.50 (1.20 to 1.90)"),
        (GAP, JUDGED_BY, math.inf, "judged as a relative likelihood it is 1.20 to 1.90, as one group counts nobody"),
        (PART | {"measure": "senior_share", "indicator": "1"}, JUDGED_BY, 1.5, ", all other staff over those in senior posts, it is 1.50"),
        ({}, "another", 1.5, ""),
    ],
)  # fmt: skip
def test_by_which_ratio_a_difference_is_judged_is_told_where_it_is_not_the_comparison_itself(made, row, more, kind, value, said):
    result = row(**more)
    shown = made([result.to_dict()], asides=[result.to_dict() | {"kind": kind, "value": value, "lower": 1.2, "upper": 1.9}])
    told = beside_headlines.as_relative_likelihood(shown, result)
    assert said in told and bool(told) is bool(said)
    assert beside_headlines.judged_as(shown, result) == (f"{told}; large begins above 1.25" if told else "")
    other = made([result.to_dict()], asides=shown.asides.to_dict("records"))
    other.context.catalogue = shown.context.catalogue.assign(adverse="below_1")
    turned = beside_headlines.as_relative_likelihood(other, result)
    assert turned == ("turned so that above 1 is worse it is 1.50 (1.20 to 1.90)" if not more and kind == JUDGED_BY else told)


@pytest.mark.parametrize(
    ("status", "lower", "said"),
    [
        ("large_difference", 1.2, "The difference is clear; whether large is uncertain: judged as a relative likelihood it is 1.50 (1.20 to 1.90), and 1.25"),
        ("large_difference", 1.3, "Judged as a relative likelihood it is 1.50 (1.30 to 1.90); large begins above 1.25."),
        ("equivalent", 1.2, "Judged as a relative likelihood it is 1.50"), ("no_clear_difference", 1.2, ""), ("too_few_to_judge", 1.2, ""),
    ],
)  # fmt: skip
def test_how_large_is_told_of_what_is_clear_or_equivalent(made, asked, status, lower, said):
    result = asked(status=status)
    shown = made([result.to_dict()], asides=[result.to_dict() | {"kind": JUDGED_BY, "value": 1.5, "lower": lower, "upper": 1.9}])
    told = beside_headlines._how_large(shown, result)
    assert told.startswith(said) and bool(told) is bool(said)
