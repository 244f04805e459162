"""Figures typed by hand into a text, or named in braces. Witness: 11 of 251 appointed against 150 of 1,605 is 2.13 times, typed from the printed counts."""

from dataclasses import replace

import pytest

from wres_helpers.report.words.figures_in_texts import absent_figures, typed_figures


def told(text, evidence, name="02_recruitment.done"):
    return [problem.sentence() for problem in typed_figures({name: text}, lambda name: f"{name}.md", lambda: evidence)]


@pytest.mark.parametrize(
    "text",
    [
        "We appointed 11 of 251 BME candidates, and 150 of the 1,605 white ones.",
        "White candidates were 2.13 times as likely to be appointed; the relative likelihood was 2.1.",
        "9 of 40 managers took the course.",  # a base of nobody's
        "In 2020 we ran 12 of 14 sessions, 3 times as many as before.",
        "",
    ],
)
def test_figures_that_agree_or_are_of_something_else_are_passed_over(evidence, text):
    assert told(text, evidence) == []


@pytest.mark.parametrize(
    ("text", "found", "given"),
    [
        ("One line.\nWe appointed 13 of 251 BME candidates.", "'13 of 251'", "11 of 251"),
        ("We appointed 11 of 215 BME candidates.", "'11 of 215'", "11 of 251"),
        ("White candidates were 1.83 times as likely to be appointed.", "'1.83 times as likely'", "2.13"),
        ("The relative likelihood is 3.1 this year.", "'relative likelihood is 3.1'", "2.13"),
    ],
)
def test_a_typed_figure_that_contradicts_a_row_is_told_with_its_line(evidence, text, found, given):
    (said,) = told(text, evidence)
    assert found in said and given in said and f"row {len(text.splitlines())}" in said


def test_the_cure_names_the_section_s_own_figure_and_another_year_by_its_year(evidence):
    """It named last year's count as right without its year. Witness: 54 BME staff of 2018/19, 13 of whom took up training; 65 in 2019/20, 9 of whom did."""
    (last,), (this,) = (told(text, evidence, "04_training.done") for text in ("12 of 54 came.", "12 of 65 came."))
    assert "(13 of 54 in 2018/19)" in last and "(9 of 65)" in this
    assert "{indicator 4: counts}" in last and "{indicator 4: counts}" in this


def test_a_typed_likelihood_of_no_year_is_answered_with_this_year_s_first(evidence):
    """Last year's alone were offered, since they stand first in the results. Witness: training, 1.03 in 2018/19 and 1.44 in 2019/20."""
    (said,) = told("White staff were 7.77 times as likely to take it up.", evidence, "04_training.done")
    assert "1.44, 1.03" in said


@pytest.mark.parametrize(
    "when",
    ["In 2018/19 ", "In 2018-19 ", "On 31 March 2019 ", "Last year ", "Before the merger ", "After a good autumn "],
)
def test_a_figure_of_an_earlier_year_is_told_where_its_line_does_not_say_so(evidence, when):
    """The commonest slip of a second year: last year's text, with last year's figures. Witness: training of 2018/19, 13 of 54 and 250 of 1,013."""
    said = told(f"{when}13 of 54 BME staff took the training, and 250 of 1,013 white staff.", evidence, "04_training.done")
    if "autumn" not in when:
        assert said == []
        return
    bme, white = said
    assert "'13 of 54'" in bme and "(9 of 65; it is that of 2018/19, which the line does not say)" in bme
    assert "'250 of 1,013'" in white and "(218 of 1,093; it is that of 2018/19" in white


@pytest.mark.parametrize("name", ["foreword", "00_overview.done", "about"])
def test_a_text_of_no_indicator_is_held_to_the_counts_of_an_earlier_year(evidence, name):
    """What is carried over unread is the foreword. Witness: training of 2018/19, 13 of 54; 13 of 251 is no count of any year."""
    (said,) = told("This year 13 of 54 BME staff took the training.", evidence, name)
    assert "(9 of 65; it is that of 2018/19, which the line does not say)" in said
    for right in (
        "13 of 251 people came.",
        "In 2018/19 13 of 54 BME staff did.",
        "9 of 65 BME staff took the training.",
        "1.03 times as likely",
    ):
        assert told(right, evidence, name) == []


def test_a_line_that_sets_two_years_of_a_group_side_by_side_is_of_both(evidence):
    assert told("The course was taken by 9 of 65 BME staff, from 13 of 54.", evidence, "04_training.done") == []
    (said,) = told("The course was taken by 9 of 65 BME staff and 250 of 1,013 white staff.", evidence, "04_training.done")
    assert "'250 of 1,013'" in said


def test_a_relative_likelihood_of_an_earlier_year_is_told_where_its_line_does_not_say_so(evidence):
    """Witness: 250 of 1,013 over 13 of 54 is 1.03 in 2018/19; 218 of 1,093 over 9 of 65 is 1.44 in 2019/20."""
    (said,) = told("White staff were 1.03 times as likely to train.", evidence, "04_training.done")
    assert "(1.44; it is that of 2018/19, which the line does not say)" in said
    assert told("In 2018/19 white staff were 1.03 times as likely to train.", evidence, "04_training.done") == []
    assert told("White staff were 1.44 times as likely to train.", evidence, "04_training.done") == []


def test_a_text_without_such_figures_asks_for_no_calculation():
    def never():
        raise AssertionError

    assert list(typed_figures({"foreword": "We rose from 54 to 65 people."}, str, never)) == []


def test_a_figure_named_in_braces_that_nobody_supplied_is_told_with_its_line(evidence):
    """Witness: '{indicator 4: BME rate}' was printed as 'a figure that was not supplied took up training', and nobody was told before."""
    text = "One line.\n{indicator 4: BME rate} took up training, {indicator 2: relative\nlikelihood} and `{indicator 4: counts}`."
    without = replace(evidence, results=evidence.results[evidence.results["indicator"].ne("4")])
    (told,) = (problem.sentence() for problem in absent_figures({"about": text}, lambda name: f"{name}.md", lambda: without))
    assert told.startswith("about.md, row 2: found '{indicator 4: bme rate}'; expected a figure that there is. Supply")
    assert list(absent_figures({"about": text}, str, lambda: evidence)) == []


def test_a_text_of_no_indicator_is_held_to_no_row(evidence):
    assert told("13 of 251 people came.", evidence, name="foreword") == []


@pytest.mark.parametrize("year", ["2017-18", "2017/18", "2017–2018"])
def test_another_year_beside_a_figure_of_last_year_is_told(evidence, year):
    """A text carried over a year more prints the figure of 2018/19 under the year before it."""
    figure = "{indicator 4 last year: relative likelihood}"
    (said,) = (problem.sentence() for problem in absent_figures({"x": f"In {year} it was {figure}."}, str, lambda: evidence))
    assert "row 1: found '2017/18' beside" in said and "expected 2018/19, of which the figure is" in said
    for right in (f"In 2018/19 it was {figure}.", f"In 2019/20 it is more than the {figure} before.", f"It was {figure}."):
        assert list(absent_figures({"x": right}, str, lambda: evidence)) == []


@pytest.mark.parametrize(
    ("name", "text", "found", "given"),
    [
        ("02_recruitment.done", "A line.\nOf BME candidates 4.6% were appointed.", "row 2: found '4.6%'", "4.4%, BME, 2019/20"),
        ("02_recruitment.done", "A line.\n11% of the white\ncandidates were appointed.", "row 2: found '11%'", "9.3%, white, 2019/20"),
        ("foreword", "BME people are 9.4% of our workforce.", "row 1: found '9.4%'", None),
        ("foreword", "BME people are 5.9 per cent of our workforce.", "row 1: found '5.9 per cent'", "4.9%, BME, 2019/20"),
        ("01_workforce.done", "Our staff are 81% white.", "row 1: found '81%'", "83.1%, white, 2019/20"),
    ],
)
def test_a_percentage_near_a_group_s_own_is_told(evidence, name, text, found, given):
    """Witness: 11 of 251 and 150 of 1,605 are 4.4% and 9.3%; 65 and 1,093 of 1,315 are 4.9% and 83.1%. 9.4% is further off than 3 points."""
    said = told(text, evidence, name)
    assert said == [] if given is None else (len(said) == 1 and found in said[0] and given in said[0])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("02_recruitment.done", "4.4% of BME candidates and 9.3% of white ones were appointed; 9% and 4%, in short."),
        ("02_recruitment.done", "95.6% of BME candidates were not appointed."),
        ("02_recruitment.done", "We trained 10% of all panel members."),
        ("02_recruitment.done", "The gap is 5 percentage points, 4.8% points or 5 per cent points, between BME and white."),
        ("01_workforce.done", "In 2018/19 4.5% of staff were BME, and 84.1% white."),
        ("foreword", "90% of BME staff know their guardian; 13.8% of white staff reported harassment."),
    ],
)
def test_a_percentage_of_a_row_or_of_something_else_is_passed_over(evidence, name, text):
    """Witness: the printed counts of both years (54 of 1,204 are 4.5%); what is far from any is nobody's to judge."""
    assert told(text, evidence, name) == []
