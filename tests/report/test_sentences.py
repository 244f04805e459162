"""Computed sentences, status by status. Witness: each sentence worked out by hand from the row beside it."""

import math
import re

import pandas as pd
import pytest
from scipy.stats import fisher_exact

from wres_helpers import open_report, report
from wres_helpers.report.form.blocks import Prose, Table
from wres_helpers.report.section import beside_national_figures
from wres_helpers.report.words import evidence_rows, headlines
from wres_helpers.settings.master_file import Terms


def words(block) -> str:
    return " ".join(block.paragraphs)


def test_a_clear_difference_is_said_with_counts_and_direction(made):
    head = report.headline(made(), "2")
    assert (
        head.text
        == "White candidates were 2.00 times as likely as BME candidates to be appointed: 10.0% (40 of 400) against 5.0% (5 of 100)."
    )
    assert head.detail == (
        "Allowing for chance, a relative likelihood of 1.10 to 3.90 fits these counts (95% interval). Above 1 is worse for BME staff, above 1.25 large."
    )


def test_beside_the_chart_stands_what_the_white_rate_would_have_meant(made):
    """White rate 10% of 100 BME candidates shortlisted: 10 expected, 5 appointed."""
    said = report.rates_chart(made(), "2").title
    assert said == "Appointment after shortlisting: at the white rate about 10 of the 100 BME shortlisted candidates, not 5"


@pytest.mark.parametrize(
    ("white", "bme", "told"),
    [
        ((0, 400), (5, 100), "none of the 100 BME shortlisted candidates, not 5"),
        ((400, 400), (5, 100), "all 100 BME shortlisted candidates, not 5"),
        ((1, 400), (5, 100), "fewer than one of the 100 BME shortlisted candidates, not 5"),
        ((2, 400), (5, 100), "about 1 of the 100 BME shortlisted candidates, not 5"),
        ((4, 400), (0, 100), "about 1 of the 100 BME shortlisted candidates, not none"),
    ],
)
def test_nobody_everybody_and_less_than_one_at_the_white_rate_are_words(made, rows_of, white, bme, told):
    """By hand: 0, 100, 0.25, 0.5 and 1 of the 100."""
    row = rows_of.result("2", "appointed_from_shortlisting", white, bme, value=2.0, lower=1.1, upper=3.9, p_value=0.02)
    assert report.rates_chart(made([row]), "2").title.endswith(f"at the white rate {told}")


def test_a_title_without_a_value_tells_what_is_hidden_from_what_cannot_be_compared(made, rows_of):
    """Hidden by its own mark, hidden by its status, and nothing to compare."""
    empty = {"value": None, "lower": None, "upper": None, "clear": False}
    marked = rows_of.hide(rows_of.appointed | {"lower": None, "upper": None, "clear": False}, value="[c]")
    for row, told in (
        (marked, "the comparison is hidden"),
        (rows_of.appointed | empty | {"status": "protected"}, "the comparison is hidden"),
        (rows_of.appointed | empty | {"status": "not_calculable", "reason": "nobody was appointed"}, "no comparison possible"),
    ):
        assert headlines.title(made([row]), made([row]).results.iloc[0]) == f"Appointment after shortlisting: {told}"


def test_a_difference_that_chance_could_explain_is_never_stated_bare(made, rows_of):
    row = rows_of.appointed | {"lower": 0.8, "clear": False, "status": "no_clear_difference"}
    assert "these counts are compatible with no difference" in report.headline(made([row]), "2").text
    assert report.rates_chart(made([row]), "2").title == "Appointment after shortlisting: no clear difference"
    for value, said in ((0.05, True), (-0.05, True), (0.0, False)):
        gap = {"direction": "bme-white", "comparison": "difference", "value": value, "lower": value - 0.08, "upper": value + 0.08}
        gap = rows_of.result("5", "harassment_public", (30, 100), (35, 100), **gap, status="no_clear_difference", clear=False)
        assert ("these counts are compatible with no difference" in report.headline(made([gap]), "5").text) is said


def test_of_two_groups_that_are_equivalent_no_side_is_named(made, rows_of):
    """Witness: a green card, "Equivalent", over "BME respondents reported harassment more often"; its value is told beside it."""
    row = rows_of.appointed | {"value": 1.08, "lower": 0.99, "upper": 1.17, "clear": False, "status": "equivalent"}
    head = report.headline(made([row]), "2")
    assert head.text.startswith("White and BME candidates were similarly likely to be appointed: 10.0% (40 of 400) against 5.0%")
    assert head.detail.startswith("The relative likelihood is 1.08. Allowing for chance, a relative likelihood of 0.99 to 1.17 fits")
    assert report.rates_chart(made([row]), "2").title == "Appointment after shortlisting: no large difference among those known"
    gap = rows_of.result(
        "5", "harassment_public", (561, 1983), (178, 586), direction="bme-white", comparison="difference", value=0.021, lower=-0.02, upper=0.064,
        status="equivalent", clear=False,
    )  # fmt: skip
    said = report.headline(made([gap]), "5").text
    assert said.startswith(
        "BME and white respondents reported harassment from the public similarly often: 30.4% (178 of 586) against 28.3%"
    )


def test_an_interval_beyond_equality_is_not_called_clear_where_the_status_does_not(made, rows_of):
    row = rows_of.appointed | {"clear": False, "status": "no_clear_difference"}
    assert "at the rate of" not in report.headline(made([row]), "2").text + report.rates_chart(made([row]), "2").title


@pytest.mark.parametrize(
    ("white", "bme", "undone"),
    [
        # Fisher's one-sided tails by scipy.stats.fisher_exact: 0.0257 of the first, 0.0242 of the second; 19 or 14 gives a p above 5%
        (
            (32, 4295),
            (20, 1464),
            "a second test (Fisher's exact) does not confirm the difference and one person the other way would leave it plainly unclear",
        ),
        ((31, 400), (15, 100), "one person more or less would undo the difference"),
        ((None, 4295), (20, 1464), "at least one further test (Fisher's exact test, one person more or less) undoes the difference"),
    ],
)
def test_of_an_interval_beyond_equality_it_is_said_which_test_undoes_the_difference(made, rows_of, white, bme, undone):
    """Witness: a reader of 'one person could make it large' and 'one person would undo it' asked what there is to undo where nothing is clear."""
    row = rows_of.result(
        "3",
        "entering_disciplinary",
        white,
        bme,
        direction="bme/white",
        value=1.83,
        lower=1.06,
        upper=3.17,
        status="no_clear_difference",
        clear=False,
    )
    shown, looks = made([row]), "looks worse for BME staff"
    assert headlines.chance_words(shown, pd.Series(row)) == f"; it {looks}, but is borderline"
    ((clause, standing),) = [
        (group.clause, item) for group in report.standings(shown).lists for item in group.items if item.name.startswith("3.")
    ]
    assert clause.startswith("Borderline, looks worse") and standing.beside.startswith("BME 1.83 times as likely (1.06 to 3.17)")
    if white[0]:
        assert report.rates_chart(shown, "3").title == f"Formal disciplinary process: borderline, {looks}"
        head = report.headline(shown, "3")
        assert head.label.endswith(" (borderline, looks worse)"), "in the heading as on page one"
        assert head.text.endswith(f"it {looks}, but is borderline.")
        assert head.detail.endswith(f"{undone[0].upper()}{undone[1:]}; a large difference is not ruled out.")


def test_too_few_to_judge_makes_no_finding(made, rows_of):
    row = rows_of.result(
        "3", "entering_disciplinary", (15, 1093), (2, 65), (None, 157), direction="bme/white", value=2.24, lower=0.57, upper=8.4,
        status="too_few_to_judge",
    )  # fmt: skip
    shown = made([row])
    assert report.headline(shown, "3").text == (
        "2 of 65 BME staff and 15 of 1,093 white staff entered a formal disciplinary process in two years: "
        "too few to judge whether the two groups fare differently."
    )
    said = report.headline(shown, "3").text + words(report.in_people(shown, "3"))
    assert "twice" not in said
    assert "157 staff who have not disclosed their ethnicity belong to neither group" in said
    assert "asks for two years together here (2018/19 and 2019/20)" in said
    assert report.rates_chart(shown, "3").title == "Formal disciplinary process: too few to judge a difference"


def test_an_infinite_ratio_is_said_in_words(made, rows_of):
    row = rows_of.result("2", "appointed_from_shortlisting", (40, 400), (0, 100), value=math.inf, lower=2.5, upper=math.inf)
    shown = made([row])
    assert report.headline(shown, "2").text.endswith(
        "0 of 100 BME shortlisted candidates were appointed, so no relative likelihood can be given."
    )
    assert "a relative likelihood of at least 2.50 fits" in report.headline(shown, "2").detail


def test_not_supplied_is_an_answer(made, rows_of):
    row = rows_of.result("2", "appointed_from_shortlisting", status="not_supplied")
    shown = made([row])
    for block in (report.headline(shown, "2"), report.rates_chart(shown, "2")):
        assert "not supplied" in block.text
    assert {cell for line in report.rates_table(shown, "2").rows for cell in line[1:]} == {"not supplied"}


def test_not_calculable_gives_its_reason(made, rows_of):
    row = rows_of.result(
        "2",
        "appointed_from_shortlisting",
        (0, 0),
        (0, 0),
        status="not_calculable",
        reason="one of the groups compared has nobody in its base",
    )
    assert (
        report.headline(made([row]), "2").text == "There are no white or BME shortlisted candidates, so the two groups cannot be compared."
    )
    over = row | {"white_count": 3, "white_base": 2, "bme_base": 5, "reason": "more people are counted than the base holds"}
    assert "no comparison can be made, because more people are counted than the base holds" in report.headline(made([over]), "2").text


PROTECTED = {"bme_count": "fewer than 5", "bme_rate": "[c]", "value": "[c]", "lower": "[c]", "upper": "[c]"}


def disciplinary(rows_of, **texts):
    row = rows_of.result("3", "entering_disciplinary", (15, 1093), (2, 65), direction="bme/white", value=2.24, lower=0.57, upper=8.4)
    return rows_of.hide(row | {"status": "protected"}, **texts)


def test_protected_sentences_keep_the_coarse_truth_and_nothing_else(made, rows_of):
    shown = made([disciplinary(rows_of, **PROTECTED)])
    assert report.headline(shown, "3").text == (
        "Fewer than 5 of 65 BME staff and 15 of 1,093 white staff entered a formal disciplinary process in two years; the comparison is "
        "hidden, so that nobody can be recognised."
    )
    blocks = [report.in_people(shown, "3"), report.certainty(shown, "3"), report.rates_table(shown, "3")]
    blocks += [report.headline(shown, "3"), report.rates_chart(shown, "3")]
    # of a picture its words: a place in it may happen to have the digits of a hidden number
    everything = " ".join(str(block.to_json() | {"svg": ""}) for block in blocks)
    for leaked in ("2.24", "3.1%", "0.57", "8.40", "twice", "At the rate of", " 2 of 65"):
        assert leaked not in everything


@pytest.mark.parametrize("marker", ["[c]", "*", "suppressed"])
def test_a_marker_of_the_data_files_stands_on_no_page(made, rows_of, marker):
    shown = made([disciplinary(rows_of, **(PROTECTED | {"bme_count": marker, "white_count": marker}))])
    shown.context.policy = shown.context.policy.model_copy(update={"marker": marker})
    sentences = report.headline(shown, "3").text + words(report.in_people(shown, "3"))
    assert marker not in sentences
    assert "A hidden number of 65 BME staff" in sentences
    texts = {field: marker for field in PROTECTED} | {"white_count": marker}
    shown.results = pd.DataFrame([disciplinary(rows_of, **texts)])
    assert marker not in str(report.rates_table(shown, "3").rows) and "hidden" in report.rates_table(shown, "3").rows[1]


def test_a_hidden_number_of_undisclosed_takes_no_percentage_from_elsewhere(made, rows_of):
    """10.0% of the workforce have not disclosed their ethnicity: that is no percentage of the 35 shortlisted who have not."""
    row = rows_of.appointed | {"unknown_count": 3, "unknown_base": 35}
    shown = made([rows_of.hide(row, unknown_count="3 to 1029")])
    assert report.rates_table(shown, "2").rows[2] == ("Not disclosed", "3 to 1,029", "35", "hidden", "hidden")


def test_the_metrics_side_by_side_tell_the_range_that_hiding_leaves_and_what_was_not_supplied(made, rows_of):
    """Witness: the rows by hand; of a value without an interval the value stands, and nothing of an interval."""
    hidden = rows_of.hide(rows_of.appointed | {"status": "protected"}, value="1.12 to 4.48", lower="[c]", upper="[c]")
    absent = rows_of.result("2", "appointed_from_shortlisting", status="not_supplied")
    for row, told in ((hidden, "1.12 to 4.48"), (absent, "not supplied"), (rows_of.appointed | {"lower": None, "upper": None}, "2.00")):
        [table] = [block for block in report.metrics(made([row])) if isinstance(block, Table)]
        assert [cells[3] for cells in table.rows] == [told]


def test_what_was_never_supplied_is_not_called_hidden(made, rows_of):
    """The row is protected, but nobody counted the undisclosed who entered: that cell hides nothing."""
    row = rows_of.result("3", "entering_disciplinary", (15, 1093), (2, 65), (None, 157), direction="bme/white", value=2.24)
    shown = made([rows_of.hide(row | {"status": "protected"}, **PROTECTED)])
    assert report.rates_table(shown, "3").rows[2] == ("Not disclosed", "not supplied", "157", "not supplied", "not supplied")


def test_a_hidden_interval_is_not_taken_for_one_that_includes_chance(made, rows_of):
    row = rows_of.result("9", "board_share", (5, 6), (0, 6), comparison="difference", direction="board-workforce", value=-0.1)
    row = rows_of.hide(row | {"breakdown": "membership", "category": "total"}, lower="[c]", upper="[c]")
    assert "compatible with no difference" not in report.headline(made([row]), "9").text


def test_a_status_published_by_hand_stands_beside_the_rule(made, rows_of):
    line = rows_of.status("2", "large_difference", "Large difference", published_status="achieving", differs=True)
    note = report.status_note(made(statuses=[line]), "2")
    assert note.tone == "warning"
    assert "The rule gives 'Large difference'" in note.text
    assert note.title == "Status differs from 'Achieving', as published"


def test_a_rating_that_differs_is_told_in_the_open_beside_the_finding(evidence):
    """Witness: a reader of indicator 6, whom only a folded box told that 35.1% against 13.8% had been published as 'Achieving'."""
    told = {name: report.headline(evidence, name).detail for name in "256"}
    assert told["6"].endswith("NECS rated this 'Achieving'.") and told["5"].endswith("NECS rated this 'Achieving'.")
    assert "rated" not in told["2"], "published as the rule has it"


def test_the_rule_of_the_status_is_printed_with_its_numbers(made):
    said = words(report.how_status_is_given(made()))
    assert "is above 1.25" in said
    assert "lie between 0.80 and 1.25" in said
    assert "95% interval" in said
    assert "(p at most 5%, two sides)" in said and "(p at most 2.5% on the side found" in said
    assert "fewer than 5 people would be expected" in said
    assert "Borderline, " in said and "looks worse" in said  # words that page one and titles use, and no key had


def test_an_indicator_or_a_measure_that_there_is_not_is_named(made):
    for measure, told in ((None, "headline measure"), ("pay_gap", "pay_gap")):
        with pytest.raises(KeyError, match=f"no {told} for indicator 12"):
            evidence_rows.definition_of(made(), "12", measure)


def test_the_organisations_own_terms_are_used(made, necs):
    shown = made(terms=Terms(white="White", bme="Global Majority"))
    assert "Global Majority candidates" in report.headline(shown, "2").text
    assert "BME" not in report.headline(shown, "2").text + words(report.definition(shown, "2"))
    assert "BME" not in str(report.rates_chart(shown, "2").to_json() | {"svg": ""})


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ("guidance", "edition, seen in the standard's technical guidance: "),
        ("secondary", "edition, seen in a secondary source: "),
        ("secondary_in_part", "edition, seen in a secondary source in part, the rest from the memory of the pack's authors: "),
        ("not_seen", "edition, from the memory of the pack's authors or their own, and seen in no source: "),
    ],
)
def test_the_definition_says_what_was_seen_where(made, seen, expected):
    shown = made()
    shown.context.catalogue = shown.context.catalogue.assign(seen=seen)
    assert expected in words(report.definition(shown, "2"))


def change(rows_of, **more):
    row = {"organisation": "demo", "year": rows_of.year, "indicator": "2", "measure": "appointed_from_shortlisting", "breakdown": "overall"}
    row |= {"category": "all", "previous_year": rows_of.before, "value": 2.0, "previous_value": 1.2, "change": 1.67, "change_lower": 1.1}
    return row | {"change_upper": 2.5, "comparable": True, "verdict": "clear_change", "reason": ""} | more


def compared(made, rows_of, **more):
    shown = made(changes=[change(rows_of, **more)], previous_year=rows_of.before)
    return words(report.compared_with_last_year(shown, "2"))


def test_change_has_a_direction_for_people_and_not_only_for_numbers(made, rows_of):
    said = compared(made, rows_of)
    assert "was 1.20 in 2018/19 and is 2.00 in 2019/20" in said
    assert "clearly worse for BME staff" in said
    assert "clearly better for BME staff" in compared(made, rows_of, value=1.2, previous_value=2.0)


def test_a_change_within_chance_is_no_change(made, rows_of):
    assert "No clear change" in compared(made, rows_of, verdict="within_chance", change_lower=0.9)
    said = compared(made, rows_of, verdict="within_chance")  # 1.10 to 2.50 times, which leaves out none, and yet is not judged clear
    assert "No clear change: one person more or less would undo it (later over earlier 1.67; 95% interval 1.10 to 2.50)." in said


def test_a_break_in_the_series_stops_the_comparison(made, rows_of):
    said = compared(made, rows_of, verdict="not_comparable", comparable=False, reason="the base of the question moved")
    assert "The figures of 2018/19 for indicator 2 are not comparable. The base of the question moved." in said
    assert "1.20" not in said


def test_a_missing_year_is_told_apart_from_a_hidden_one(made, rows_of):
    assert "No figure of 2018/19 was supplied" in compared(made, rows_of, previous_value=None, verdict="not_supplied")
    hidden = rows_of.hide(change(rows_of), previous_value="[c]", value="[c]")
    assert "is hidden, so that nobody can be recognised" in compared(made, rows_of, **hidden)


def bounds(rows_of, **more):
    row = {"organisation": "demo", "year": rows_of.year, "indicator": "2", "measure": "appointed_from_shortlisting", "breakdown": "overall"}
    row |= {"category": "all", "value": 2.0, "lower_bound": 1.5, "upper_bound": 2.6, "if_all_white": 1.5, "if_all_bme": 2.6}
    return (
        row
        | {"unknown_count": 1, "unknown_base": 20, "assumption": "everybody is white or BME", "status": "calculated", "reason": ""}
        | more
    )


def test_what_the_undisclosed_could_change_is_one_table(made, rows_of):
    shown = made(bounds=[bounds(rows_of)])
    assert report.undisclosed_table(shown, "2").rows == (("Shortlisting to appointment", "20", "2.00", "1.50", "2.60", "1.50", "2.60"),)


def test_bounds_of_which_one_end_is_hidden_are_not_said_to_be_hidden_whole(made, rows_of):
    half = rows_of.hide(bounds(rows_of), upper_bound="[c]", if_all_bme="[c]")
    assert report.undisclosed_table(made(bounds=[half]), "2").rows[0][-2:] == ("1.50", "hidden")


def test_the_unit_of_what_the_undisclosed_could_change_stands_in_its_row_s_heading_once(made, rows_of):
    """Witness: a gap of 20.0 points by hand, from 15.0 to 26.0; a ratio has no unit."""
    gap = {"comparison": "difference", "direction": "bme-white", "value": 0.2, "lower": 0.1, "upper": 0.3}
    row = rows_of.result("6", "harassment_staff", (10, 100), (30, 100), **gap)
    ends = {"indicator": "6", "measure": "harassment_staff", "value": 0.2, "lower_bound": 0.15, "upper_bound": 0.26}
    hidden = bounds(rows_of, **ends, if_all_white=0.15, if_all_bme=0.26) | {
        "protection": '{"upper_bound": "+24.0 to +29.0 percentage points"}'
    }
    ((heading, _, *cells),) = report.undisclosed_table(made([row], bounds=[hidden]), "6").rows
    assert heading.endswith(" (percentage points)")
    assert cells == ["+20.0", "+15.0", "+26.0", "+15.0", "+24.0 to +29.0"]


def test_undisclosed_nobody_is_said_so(made, rows_of):
    assert report.undisclosed_table(made(bounds=[bounds(rows_of, unknown_base=0)]), "2").rows[0][1] == "0"
    # of a board without undisclosed members a box said that what they could change is hidden
    hidden = rows_of.hide(bounds(rows_of, unknown_base=0), lower_bound="[c]", upper_bound="[c]", if_all_white="[c]", if_all_bme="[c]")
    assert report.undisclosed_table(made(bounds=[hidden]), "2") == Prose(())


def test_a_benchmark_of_another_edition_is_never_passed_off_as_this_one(made):
    line = {"indicator": "2", "measure": "relative_likelihood", "year": 2019, "group": "white/BME", "value": 1.46, "unit": "ratio"}
    line |= {"confidence_mark": "S", "source_kind": "press", "source_url": "https://x.org/1", "comparable": False, "reason": "nearest"}
    said = words(report.compared_with_benchmark(made(benchmarks=[line]), "2"))
    assert "in England, 2018/19 (one year earlier): the relative likelihood, white divided by BME, was 1.46" in said
    once = words(report.about_national_figures(made()))
    assert "Where no national figure for 2019/20 is known here, the nearest year is given, and not judged beside this one." in once
    assert "chance" not in said


@pytest.mark.parametrize(("figure", "verdict"), [
    (("2", "relative_likelihood", "white/BME", "ratio", 1.46), "lies within the organisation's 95% interval: chance could explain the distance"),
    (("2", "relative_likelihood", "white/BME", "ratio", 5.0), "lies outside the organisation's 95% interval: clearly apart"),
    (("8", "discrimination_staff", "BME", "percent", 14.0), "for BME respondents lies within the organisation's 95% interval"),
    (("8", "discrimination_staff", "BME", "percent", 30.0), "for BME respondents lies outside the organisation's 95% interval"),
    (("8", "discrimination_staff", "BME", "percent_rounded", 14.0), "for BME respondents is printed too coarsely to judge"),
])  # fmt: skip
def test_a_national_figure_of_the_same_year_is_judged_whatever_its_kind(made, rows_of, figure, verdict):
    """Witness: 1.46 and 5 beside 1.19 to 3.86; 14 and 30 beside Wilson's 13.7 to 19.8% of 95 of 574; 14% printed rounded may be 13.6%."""
    indicator, measure, group, unit, value = figure
    line = {"indicator": indicator, "measure": measure, "year": 2020, "group": group, "value": value, "unit": unit, "comparable": True}
    line |= {"confidence_mark": "S", "source_kind": "press", "source_url": "https://x.org/1", "reason": ""}
    asked = rows_of.result("8", "discrimination_staff", (131, 2026), (95, 574), direction="bme-white", comparison="difference", value=0.101)
    rows = [rows_of.appointed, asked | {"bme_lower": 0.137, "bme_upper": 0.198}]
    assert verdict in words(report.compared_with_benchmark(made(rows, benchmarks=[line]), indicator))


@pytest.mark.parametrize(("year", "comparable", "said"), [(2020, True, False), (2019, False, True)])
def test_that_no_national_figure_of_the_year_is_known_is_not_said_where_one_is_and_the_own_was_not_supplied(made, year, comparable, said):
    """Witness: a board of 84 staff without a survey, whose page would say that no figure of 2025/26 was known, and told one in its section."""
    line = {"indicator": "8", "measure": "discrimination_staff", "year": year, "group": "BME", "value": 14.0, "unit": "percent"}
    line |= {"confidence_mark": "S", "source_kind": "press", "source_url": "https://x.org/1", "comparable": comparable, "reason": ""}
    told = beside_national_figures.of_the_same_year(made(benchmarks=[line]))
    assert [text.startswith("No figure of NHS trusts in England for 2019/20 is known here") for text in told] == [True] * said


def test_two_groups_of_a_benchmark_are_of_one_year(made):
    """White of 2023 beside BME of 2019 would compare two years: the nearest year alone is told."""
    line = {
        "indicator": "5",
        "measure": "hba_public",
        "unit": "percent",
        "source_kind": "press",
        "source_url": "https://x.org/1",
        "comparable": False,
    }
    lines = [
        line | {"year": 2019, "group": "BME", "value": 29.8, "reason": "nearest"},
        line | {"year": 2023, "group": "white", "value": 26.8, "reason": "nearest"},
    ]
    said = words(report.compared_with_benchmark(made(benchmarks=lines), "5"))
    assert (
        "2018/19 (staff survey of autumn 2018): 29.8% of BME respondents reported harassment from the public "
        "(that of white was not seen; press: x.org)." in said
    )
    assert "26.8%" not in said
    both = [lines[0], lines[1] | {"year": 2019}]
    assert "29.8% of BME and 26.8% of white respondents" in words(report.compared_with_benchmark(made(benchmarks=both), "5"))


@pytest.mark.parametrize(
    ("white", "bme", "said"),
    [
        (
            (32, 4295),
            (20, 1464),
            "13.7 of a thousand BME staff entered a formal disciplinary process in two years, and 7.5 of a thousand white staff.",
        ),
        ((2, 100_000), (1, 30_000), "Less than 0.1 of a thousand BME staff"),
        ((400, 4000), (150, 1000), None),
        ((0, 4000), (20, 1000), None),
    ],
)
def test_what_is_rare_is_told_in_a_thousand(made, rows_of, white, bme, said):
    """Witness: 20 of 1,464 are 13.66 in a thousand, 32 of 4,295 are 7.45; 1 of 30,000 is 0.03."""
    row = rows_of.result("3", "entering_disciplinary", white, bme, direction="bme/white", value=1.8, lower=1.1, upper=3.2)
    told = words(report.in_people(made([row]), "3"))
    assert said in told if said else "of a thousand" not in told


def test_a_second_test_that_does_not_confirm_a_difference_says_what_it_gave_and_what_was_asked(project):
    """Witness: scipy's fisher_exact of 20 of 1,464 and 32 of 4,295, one side: 0.0257; the rule asks half of 5%."""
    shown = open_report(project / "params" / "harrowmere-2025-26.yaml").evidence
    told = f"{fisher_exact([[20, 1444], [32, 4263]], alternative='greater').pvalue:.4f}"
    assert f"(Fisher's exact, on one side p = {told} where 2.5% is asked) does not confirm" in report.headline(shown, "3").detail


def test_a_status_that_no_undisclosed_person_could_change_says_so_and_by_which_likelihood_it_is_large(project):
    """Witness: the table of the undisclosed: indicator 1 lies between -17.4 and -8.8 points, all on one side; 2 could lose its size."""
    shown = open_report(project / "params" / "harrowmere-2025-26.yaml").evidence
    stands = {
        name: bool(
            re.search(
                r"Whatever the ethnicity of the (undisclosed|\d+ \w+ who did not tell it), the status stands",
                report.headline(shown, name).detail,
            )
        )
        for name in "12568"
    }
    assert stands == {"1": True, "2": False, "5": False, "6": False, "8": True}
    assert "judged as a relative likelihood of the opposite it is 1.36 (" in report.headline(shown, "7").detail, (
        "336 of 612 against 803 of 1,994"
    )
