"""The overview, the bands, the survey's answers, and what people write. Witness: the rows beside each test."""

import re
from copy import copy
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from scipy.stats import fisher_exact, norm

from wres_helpers import report
from wres_helpers.analysis import analyse
from wres_helpers.disclosure import protect
from wres_helpers.report.form.blocks import Column, Table
from wres_helpers.report.section.workforce_blocks import _finding
from wres_helpers.report.section.written_blocks import first_clause, named
from wres_helpers.report.summary.what_to_decide import asked_of_the_board
from wres_helpers.report.words.made_tables import table_or_notice, told_once


def words(block) -> str:
    return " ".join(block.paragraphs)


def test_the_surest_findings_come_first_and_the_undisclosed_only_where_there_is_room(made, rows_of):
    """By the rule: large differences before others, the smaller p-value first; two of them leave one place."""
    surer = rows_of.result(
        "6",
        "harassment_staff",
        (10, 100),
        (30, 100),
        comparison="difference",
        direction="bme-white",
        value=0.2,
        lower=0.1,
        upper=0.3,
        p_value=0.001,
    )
    weaker = rows_of.result(
        "4", "accessing_training", (30, 100), (20, 100), value=1.5, lower=0.9, upper=2.4, p_value=0.1, status="no_clear_difference"
    )
    first, second, third = report.top_findings(made([weaker, rows_of.appointed, surer])).items
    assert first.source == "indicator 6, autumn 2019"
    assert first.text == ("30.0% (30 of 100) of BME respondents reported harassment from managers or colleagues; white: 10.0% (10 of 100).")
    assert second.source == "indicator 2"
    assert second.text.startswith("10.0% (40 of 400) of white candidates were appointed; BME: 5.0% (5 of 100).")
    assert third.text.startswith("100 staff (10.0%) have not disclosed their ethnicity")


def test_a_hidden_p_value_is_not_guessed(made, rows_of):
    hidden = rows_of.hide(rows_of.appointed, p_value="[c]")
    weak = rows_of.result("4", "accessing_training", (30, 100), (10, 100), value=3.0, lower=1.1, upper=8.0, p_value=0.04)
    order = report.top_findings(made([hidden, weak])).items
    assert "indicator 4" in order[0].source
    assert "indicator 2" in order[1].source


def test_when_nothing_can_be_judged_the_overview_says_so(made, rows_of):
    row = rows_of.result("2", "appointed_from_shortlisting", status="not_supplied")
    only = report.top_findings(made([row])).items
    assert only[0].text.startswith("Nothing can be judged this year")


def test_key_facts_stand_on_the_headcount(made):
    items = {item.label: (item.value, item.note) for item in report.key_facts(made()).items}
    assert items["BME staff (Black and minority ethnic)"] == ("10.0%", "100 of 1,000")
    assert items["Ethnicity not disclosed"] == ("10.0%", "100 of 1,000")


def test_the_scorecard_has_every_indicator_of_the_edition(evidence):
    card = report.scorecard(evidence)
    assert [row[0].split(".")[0] for row in card.rows] == list("123456789")
    assert [row[1].text for row in card.rows][1] == "Large difference"
    found, intervals = ({row[0][0]: row[place] for row in card.rows} for place in (2, 3))
    assert found["2"] == ("9.3% (150 of 1,605) of white candidates were appointed; BME: 4.4% (11 of 251)")
    assert intervals["2"].text == "2.13 (1.19 to 3.86)"  # the golden value with its interval
    assert intervals["6"].text == "21.3 points higher (7.8 to 37.6); as a ratio 2.55 (1.54 to 3.89)"


@pytest.mark.parametrize(
    ("indicator", "worse"), [("2", True), ("6", True), ("7", True), ("8", True)], ids=["ratio", "gap", "gap where less is worse", "gap"]
)
def test_right_of_the_line_is_worse_whichever_way_an_indicator_is_counted(evidence, indicator, worse):
    """Of the printed figures these four require focus; indicator 7 is adverse below 0 and must still lie on the right."""
    cell = next(row[3] for row in report.scorecard(evidence).rows if row[0].startswith(indicator))
    assert 0 <= cell.lower <= cell.value <= cell.upper <= 1
    assert (cell.lower > cell.neutral) is worse


@pytest.mark.parametrize(
    ("value", "place"), [(1.0, 0.5), (4.0, 1.0), (0.25, 0.0), (2.0, 0.75), (0.0, 0.0), (float("inf"), 1.0), (99.0, 1.0)]
)
def test_a_ratio_stands_at_its_place_on_the_line(value, place):
    """By hand: the line is logarithmic from a quarter to four, so twice as likely stands three quarters of the way."""
    from wres_helpers.report.section.table_blocks import _place

    assert _place(value, 1, ratio=True) == pytest.approx(place)
    assert _place(value, -1, ratio=True) == pytest.approx(1 - place)


def test_page_one_explains_the_statuses_it_shows_and_no_other(evidence):
    """Witness: statuses.MEANINGS below the scorecard; page one has in short what words alone leave open."""
    key = report.how_sure(evidence).paragraphs[0]
    said = "Large difference: clearly worse for BME staff, and large as counted; No clear difference: chance could explain it"
    assert key.startswith(said)
    assert "Not supplied" not in key


def test_tables_and_charts_of_evidence_before_protection_say_so_and_the_boards_do_not(evidence, necs):
    """Counts of 1 and 2 by directorate stood without a word. Witness: the same blocks of the protected evidence."""
    board = protect(evidence, necs)
    for made in (report.completeness_table, report.profile_chart, report.scorecard, lambda shown: report.recruitment_funnel(shown)[0]):
        assert made(evidence).notes[0] == report.UNPROTECTED and report.UNPROTECTED not in made(board).notes


def test_what_was_published_otherwise_is_named_and_no_hidden_one_compared(made, rows_of):
    """Witness: of the four published by hand one is milder, one graver, one the same; a protected status is neither the same nor different."""
    statuses = [
        rows_of.status("2", "large_difference", "Large difference", published_status="requires_focus"),
        rows_of.status("3", "protected", "Hidden to protect people", published_status="progressing", differs=True),
        rows_of.status("4", "some_difference", "Some difference", published_status="achieving", differs=True),
        rows_of.status("5", "no_clear_difference", "No clear difference", published_status="progressing", differs=True),
    ]
    shown = made(statuses=statuses)
    told = report.beside_other_figures(shown).paragraphs[-1]
    assert told.endswith(
        "by the one rule here): 'Requires focus' 2 (large difference); 'Achieving' 4 (some difference); "
        "'Progressing' 5 (no clear difference), 3 (hidden to protect people)."
    ), "all in the open, and of a hidden one no more than that it is"
    alike = report.beside_other_figures(made(statuses=statuses[:2])).paragraphs
    assert not any("ratings" in text for text in alike), "where none differs there is nothing to tell"


def test_the_undisclosed_of_the_survey_are_not_taken_for_those_of_the_staff(evidence):
    """Recruitment and the survey have undisclosed people of their own, who were not supplied."""
    unknown = words(report.how_sure(evidence))
    assert "more than the 65 recorded as BME." in unknown
    assert "of 2 and 5 to 8 that is not known." in report.how_to_read(evidence).items[0].points[0]


def test_bands_that_do_not_add_up_to_the_workforce_are_said(evidence):
    """The printed bands hold 47 + 19 + 0 = 66 BME staff, the printed headcount 65."""
    said = words(report.band_reading(evidence))
    assert "Together that is one BME person more than the 65 of the whole workforce" in said


def test_each_band_stands_in_the_order_of_pay_beside_the_workforce(evidence):
    table = report.band_table(evidence)
    labels = [row[0] for row in table.rows]
    assert labels[0] == "Band 2"
    assert labels[11] == "Very senior managers"
    assert labels[-1] == "Whole workforce"
    assert table.rows[3][1:5] == ("180", "81.8%", "14", "6.4%")  # Band 5 as printed: 180 white, 14 BME of 220


def test_not_separated_is_said(evidence):
    assert "the data supplied do not separate them" in words(report.band_reading(evidence))


def test_clinical_staff_stand_apart_where_the_data_separate_them(necs, necs_counts, reference):
    """All staff of the shipped report called clinical, as a joint cut and by grade: the rows must appear."""
    grades = necs_counts[necs_counts["item"].eq("workforce") & necs_counts["breakdown"].eq("grade")]
    cut = grades.assign(breakdown="grade (clinical)")
    evidence = analyse(pd.concat([necs_counts, cut], ignore_index=True), necs, reference)
    (clinical,) = report.band_parts(evidence)
    assert "Band 5" in [row[0] for row in clinical.rows] and clinical.caption.startswith("Clinical staff by pay band")
    assert (
        "Counted apart, as the standard asks, the BME share beside that of the whole workforce is nowhere clearly different among clinical staff."
        in words(report.band_reading(evidence))
    )


def test_where_nothing_of_clinical_staff_is_shown_nothing_is_claimed_to_be(rows_of, made):
    """Witness: a workforce counted apart of which no band has an interval that may be shown."""
    part = {"comparison": "difference", "direction": "grade-workforce", "value": None, "lower": None, "upper": None}
    row = rows_of.result("1", "share_of_grade", None, (None, 20), **part) | {"breakdown": "grade (clinical)", "category": "Band 5"}
    told = words(report.band_reading(made([row])))
    assert told == "Clinical and non-clinical staff were counted apart; no band of either may be shown, so that nobody can be recognised."
    shown = row | {"bme_count": 2, "bme_rate": 0.1, "lower": -0.3, "upper": -0.1, "clear": True}
    told = words(report.band_reading(made([shown])))
    assert told.endswith("the BME share beside that of the whole workforce is clearly smaller in Band 5 among clinical staff.")


def bands(rows_of, group, *known):
    """Bands 2 to 5 of a side of the staff, those from 'known' on hidden; each is named with its interval."""
    part = {"comparison": "difference", "direction": "grade-workforce", "value": 0.0}
    made = []
    for band, ends in known:
        row = rows_of.result("1", "share_of_grade", None, (2, 20), lower=0.0, upper=0.0, **part)
        row |= {"breakdown": f"grade{group}", "category": f"Band {band}"} | dict(zip(("lower", "upper"), ends or (0, 0), strict=True))
        row["clear"] = ends == SMALLER
        made.append(row if ends else rows_of.hide(row, bme_count="[c]", bme_rate="[c]", value="[c]", lower="[c]", upper="[c]"))
    return made


ALIKE, SMALLER, HIDDEN = (-0.1, 0.1), (-0.2, -0.1), None


@pytest.mark.parametrize(
    ("clinical", "non_clinical", "told"),
    [
        (
            (ALIKE, ALIKE, HIDDEN),
            (ALIKE, SMALLER, HIDDEN),
            "(of the bands where it is shown) is nowhere clearly different among clinical staff; clearly smaller in Band 3 among non-clinical staff.",
        ),
        (
            (ALIKE, ALIKE),
            (ALIKE, SMALLER),
            "workforce is nowhere clearly different among clinical staff; clearly smaller in Band 3 among non-clinical staff.",
        ),
        (
            (ALIKE, HIDDEN),
            (HIDDEN, HIDDEN),
            "(of the bands where it is shown) is nowhere clearly different among clinical staff; not shown of any band of non-clinical staff.",
        ),
    ],
)
def test_bands_that_are_shown_do_not_speak_for_those_that_are_hidden(rows_of, made, clinical, non_clinical, told):
    """Witness: a trust's Band 5 of clinical staff had 44.7% against 29.2%, hidden; its page said of the two bands shown that they differ nowhere."""
    sides = {" (clinical)": clinical, " (non_clinical)": non_clinical}
    rows = [row for group, known in sides.items() for row in bands(rows_of, group, *enumerate(known, start=2))]
    assert words(report.band_reading(made(rows))).endswith(told)


def test_a_band_whose_share_is_hidden_is_not_named_by_an_interval_that_is_left(rows_of, made):
    """Witness: a trust's clinical Band 8a, 47 staff: its BME share was hidden, not drawn, and named as clearly smaller and shown in full."""
    rows = bands(rows_of, " (clinical)", (2, ALIKE), (3, SMALLER))
    rows[1] = rows_of.hide(rows[1], bme_count="[c]", bme_rate="[c]")
    assert words(report.band_reading(made(rows))).endswith(
        "(of the bands where it is shown) is nowhere clearly different among clinical staff."
    )


def test_the_finding_of_the_bands_speaks_of_those_that_are_shown(rows_of, made):
    """Witness: the rows; of bands none of which has an interval that may be shown nothing can be found.

    "Shown in full" was said of bands of whose table the white count and the undisclosed are hidden.
    """
    some, none = (bands(rows_of, "", *enumerate(known, start=2)) for known in ((ALIKE, HIDDEN), (HIDDEN, HIDDEN)))
    assert _finding(made(some))[0] == "No pay band whose BME share is shown has one clearly different from that of the workforce"
    assert _finding(made(none))[0] == "No pay band's BME share can be set beside that of the workforce"
    part, every = (bands(rows_of, "", *enumerate(known, start=2)) for known in ((ALIKE, SMALLER, HIDDEN), (ALIKE, SMALLER)))
    told = "Band by band, the BME share is clearly smaller in Band 3 than in the whole workforce"
    assert (_finding(made(part)), _finding(made(every))) == ((told, "Of the bands whose BME share is shown."), (told, ""))


def test_a_band_is_called_clearly_different_by_the_rule_of_the_status_alone(necs, necs_counts, reference):
    """Witness: scipy's Fisher test; an interval that leaves out equality is not enough where the exact test does not reject.

    Of 35 in Band 9 one is BME, and 127 of the 860 others: a trust's page said "clearly" where its results said that it was not.
    """
    people = [
        ("workforce", "grade", "Band 5", 733, 127),
        ("workforce", "grade", "Band 9", 34, 1),
        ("headcount", "overall", "all", 767, 128),
    ]
    cells = [
        {"item": item, "breakdown": breakdown, "category": category, "ethnic_group": group, "count": count}
        for item, breakdown, category, *counts in people
        for group, count in zip(("white", "bme", "unknown"), (*counts, 0), strict=True)
    ]
    keys = necs_counts[necs_counts["year"].eq("2019-20")].iloc[[0] * len(cells)].reset_index(drop=True)
    evidence = analyse(keys.assign(**pd.DataFrame(cells)).astype(necs_counts.dtypes), necs, reference)
    band = evidence.results[evidence.results["category"].eq("Band 9")].iloc[0]
    assert band["upper"] < 0
    assert fisher_exact([[1, 34], [127, 733]], alternative="less").pvalue > 0.025
    assert _finding(evidence)[0] == "No pay band has a BME share clearly different from that of the workforce"


def test_the_highest_posts_of_both_years_stand_beside_the_change(made, rows_of):
    """Witness: 9 of 111 is 8.1%, 8 of 112 is 7.1%; of a year whose count is hidden nothing is said."""
    part = {"comparison": "difference", "direction": "grade-workforce", "value": -0.1, "lower": -0.2, "upper": -0.05}

    def year(name, senior, highest):
        rows = [("senior_share", senior), ("leadership_share", highest)]
        return [rows_of.result("1", measure, None, count, **part) | {"year": name} for measure, count in rows]

    change = {"organisation": "demo", "year": rows_of.year, "previous_year": rows_of.before, "indicator": "1", "measure": "senior_share",
              "breakdown": "overall", "category": "all", "value": -0.1, "previous_value": -0.1, "verdict": "described", "reason": "same"}  # fmt: skip
    rows = [*year(rows_of.before, (50, 400), (9, 111)), *year(rows_of.year, (50, 439), (8, 112))]
    told = words(report.compared_with_last_year(made(rows, changes=[change], previous_year=rows_of.before), "1"))
    assert "Of staff in Band 8c and above, 8.1% (9 of 111) in 2018/19 and 7.1% (8 of 112) in 2019/20 were BME." in told
    rows[-1] = rows_of.hide(rows[-1], bme_count="[c]", bme_rate="[c]")
    assert "Band 8c" not in words(report.compared_with_last_year(made(rows, changes=[change], previous_year=rows_of.before), "1"))


@pytest.mark.parametrize("left", ["1.12 to 4.48", "0.20 to 0.90", "0.90 to 4.48", "[c]"])
def test_a_range_without_an_interval_is_given_no_direction(made, rows_of, left):
    """Witness: 1 of 65 against 15 of 1,093 is 1.5% against 1.4%: 'higher in any case' may be one person, and no interval supports it."""
    row = rows_of.result("3", "entering_disciplinary", (15, 1093), (2, 65), direction="bme/white", status="protected")
    shown = made([rows_of.hide(row, bme_count="fewer than 5", bme_rate="[c]", value=left, lower="[c]", upper="[c]")])
    told, points = report.headline(shown, "3").text, report.how_sure(shown).paragraphs
    assert "higher" not in " ".join((told, *points)) and told.endswith("recognised.")


def test_a_decision_about_a_hidden_indicator_is_asked_of_those_who_may_see_it(made, rows_of):
    """Witness: a board that is not shown a figure cannot decide by it; the plan of one action serves indicator 2 only."""
    row = rows_of.result("3", "entering_disciplinary", (15, 1093), (2, 65), direction="bme/white", status="protected")
    shown = made([rows_of.hide(row, bme_count="[c]", bme_rate="[c]", value="[c]", lower="[c]", upper="[c]")])
    states = dict.fromkeys(("done", "given_up", "overdue", "due_soon", "carried_over"), False)
    row = {"action_id": "A1", "indicator": "2", "area": "Fair", "action": "Train.", "owner_role": "Head", "due": "", "progress": "Started"}
    plan = pd.DataFrame([row | states])
    points = asked_of_the_board(shown, plan)
    assert "Ask those who may see it whether indicator 3 needs an action (owner, date open)." in points
    assert not any(point.startswith("Decide") and "indicator 3" in point for point in points)


def test_answers_show_every_response_with_its_base(evidence):
    table = report.answers_table(evidence, "5")
    assert [row[0] for row in table.rows] == [
        "Never",
        "1 to 2 times",
        "3 to 5 times",
        "6 to 10 times",
        "More than 10 times",
        "All who answered",
    ]
    assert table.rows[0] == ("Never", "662", "85.6%", "29", "78.4%")
    assert table.rows[-1] == ("All who answered", "773", "100%", "37", "100%")
    assert report.answers_chart(evidence, "5")[0].title == "'Never' was the answer of 85.6% of white and 78.4% of BME respondents"


def test_of_a_question_that_nobody_supplied_one_notice_stands_on_the_page(made):
    """Witness: a page said that no figures were supplied, and below it that not all of its answers were."""
    shown = made()  # appointments alone
    assert report.rates_chart(shown, "5").title == "No chart: figures not supplied"
    assert report.answers_chart(shown, "5") == ()


def test_of_a_group_of_bands_known_to_hold_nobody_of_people_whose_number_is_hidden_the_sentence_on_empty_grades_speaks(made, rows_of):
    """Witness: a board of 84 staff, whose page said "BME staff are 0 in VSM"."""
    cells = {"comparison": "gap", "direction": "grade-workforce", "status": "not_judged"}
    rows = [
        rows_of.hide(rows_of.result("1", "share_of_grade", None, (0, None), breakdown=breakdown, category=name, **cells), bme_base="[c]")
        for breakdown, name in (("cluster", "VSM"), ("grade", "Very senior managers"))
    ]
    rows = [row | {"bme_count": 0} for row in rows]
    told = " ".join(map(str, report.band_reading(made(rows)).paragraphs))
    assert "No BME staff are recorded in very senior managers." in told and "VSM" not in told


def test_of_senior_posts_that_are_told_together_only_their_division_is_hidden(made, rows_of):
    """Witness: a page that said "how many are in Bands 8a to 9 and VSM is hidden" below its own headline of 15 of 194."""
    cells = {"comparison": "difference", "direction": "grade-workforce", "status": "not_judged"}
    clusters = [
        rows_of.hide(
            rows_of.result("1", "share_of_grade", None, (None, base), breakdown="cluster", category=name, **cells), bme_count="[c]"
        )
        for name, base in (("Bands 8a to 9", 186), ("VSM", 8))
    ]
    senior = rows_of.result("1", "senior_share", None, (15, 194), **cells)
    told = " ".join(map(str, report.band_reading(made([*clusters, senior])).paragraphs))
    assert (
        "How the 15 BME staff in Band 8a and above are divided between Bands 8a to 9 (186 staff) and very senior managers (8 staff) is hidden"
        in told
    )
    told = " ".join(map(str, report.band_reading(made(clusters)).paragraphs))
    assert "How many BME staff are in Bands 8a to 9 (186 staff) and very senior managers (8 staff) is hidden" in told


def test_a_picture_of_voting_members_does_not_call_them_the_board(made, rows_of):
    """Witness: 10, 1 and 1 dots of the 12 voting members of a board of 15, "Board members by ethnicity"."""
    cells = {"comparison": "difference", "direction": "board-workforce", "breakdown": "membership", "category": "voting", "value": 0.01}
    chart = report.board_chart(made([rows_of.result("9", "board_share", (10, 12), (1, 12), (1, 12), **cells)]))
    assert chart.subtitle.startswith("Voting members of the board by ethnicity, one dot each") and "Voting members: 10" in chart.alt


def test_of_two_questions_no_plus_is_read_aloud(made):
    """Witness: the catalogue of 2020, whose indicator 6 is of questions 13b+13c."""
    assert report.answers_table(made(), "6").caption == "Answers to questions 13b and 13c, 2019/20"


def test_a_chart_of_answers_names_the_first_answer_where_it_may_be_shown(evidence, rows_of):
    """With the first answer of a group hidden, no title may point at another one. Witness: the published answers to 13a, 29 of 37 and 662 of 773."""
    title = report.answers_chart(evidence, "5")[0].title
    assert title == "'Never' was the answer of 85.6% of white and 78.4% of BME respondents"
    shares = evidence.shares.copy()
    chosen = shares["breakdown"].eq("13a") & shares["category"].eq("Never") & shares["of"].eq("group") & shares["ethnic_group"].eq("bme")
    shares["protection"] = ""
    shares.loc[chosen, "rate"] = None
    shares.loc[chosen, "protection"] = '{"rate": "[c]", "count": "[c]"}'
    title = report.answers_chart(evidence.with_tables(shares=shares), "5")[0].title
    assert title == "How each group answered question 13a"


def test_parts_of_the_board_that_were_not_supplied_are_said(evidence):
    rows = {row[0]: row[1:] for row in report.board_table(evidence).rows}
    assert rows["Whole board"] == ("5", "0", "1", "6", "0%", "\u22124.9 percentage points")
    assert "Voting members" not in rows
    assert report.board_table(evidence).notes == (report.UNPROTECTED, "Not supplied: voting members; Executive members.")


def test_text_nobody_wrote_is_a_notice_and_not_a_gap():
    texts = {"02_recruitment.done": "- Trained managers."}
    assert report.narrative(texts, "02_recruitment", "done").source == "- Trained managers."
    assert report.narrative(texts, "02_recruitment", "planned").title == "Nothing written yet"


#: All that the blocks of a plan ask of the evidence: what the standard calls its measures, and the statuses, of which there is none.
SHOWN = SimpleNamespace(
    context=SimpleNamespace(
        year="2019-20", reference=SimpleNamespace(standard=SimpleNamespace(metric="indicator")), parameters=SimpleNamespace(dated=date(2020, 8, 31)),
    ),
    statuses=pd.DataFrame(columns=["year", "indicator"]), results=pd.DataFrame(columns=["year", "indicator"]),
)  # fmt: skip
PLAN = pd.DataFrame(
    {
        "action_id": ["A1", "A2", "A3"], "indicator": ["1;9", "2", "2"], "area": ["Records", "Recruitment", "Recruitment"],
        "action": ["Ask staff.", "Train.", "Study adverts."], "owner_role": ["HR", "HR", "OD"], "due": ["2021-22", "", "2020-06"],
        "progress": ["begun", "", "Done in May"], "success_measure": ["Nobody unknown", "", ""], "milestone": ["", "", ""],
        "framework": ["", "", ""], "rag": ["amber", "", ""], "done": [False, False, True], "given_up": False, "overdue": [True, False, False],
        "due_soon": False, "carried_over": [False, True, False],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("indicators", "said"),
    [
        (("9",), "Actions for indicator 9: A1."),
        (("1", "2"), "Actions for indicator 1: A1; for indicator 2: A2 and A3 (A3 is done)."),
        (("1", "9"), "Actions for indicators 1 and 9: A1."),
        (("2",), "Actions for indicator 2: A2 and A3 (A3 is done)."),
    ],
)
def test_actions_are_found_by_each_indicator_they_serve(indicators, said):
    assert report.actions(SHOWN, PLAN.assign(overdue=False), *indicators).paragraphs == (said,)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-06-30", "30 June 2026"), ("30/06/2026", "30 June 2026"), ("30 June 2026", "30 June 2026"), ("2026-11", "November 2026"),
        ("Q2 2026-27", "Q2 2026-27"), ("November 2026", "November 2026"), ("ongoing", "ongoing"),
    ],
)  # fmt: skip
def test_the_day_of_an_action_is_told_as_pages_tell_days(due, said):
    """It stood as '2026-06-30' beside 'November 2026'. Witness: the calendar."""
    late = report.actions(SHOWN, PLAN.assign(due=due), "1")
    assert f"(HR, was due {said})" in late.title


def test_an_overdue_action_is_a_warning_with_its_owner_and_date():
    """Witness: readers of the shipped report, who met it in half a line while an equivalent indicator without an action had a box."""
    late = report.actions(SHOWN, PLAN, "1", "2")
    assert (late.title, late.text, late.tone) == (
        "Overdue: A1 Records (HR, was due 2021/22)", "Actions for indicator 1: A1; for indicator 2: A2 and A3 (A3 is done).", "warning",
    )  # fmt: skip
    both = report.actions(SHOWN, PLAN, "3", "9")
    assert both.title == "Overdue: A1 Records (HR, was due 2021/22); Not in the action plan" and "no action for indicator 3" in both.text


@pytest.mark.parametrize(("numbers", "said"), [
    (["A2", "A6", "A7"], "A2, A6 and A7"), (["A1", "A2", "A3", "A5"], "A1 to A3 and A5"), (["A09", "A10", "A11"], "A09 to A11"), (["A1"], "A1"),
    (["1", "2", "3"], "actions 1 to 3"), (["x", "y", "z"], "x, y and z"), (["A1", "B2", "C3"], "A1, B2 and C3"), ([], ""),
])  # fmt: skip
def test_a_range_of_actions_has_no_gap(numbers, said):
    assert named(numbers) == said


def test_an_indicator_without_an_action_is_told_apart_from_one_with(made, rows_of):
    """Witness: no action serves indicators 5 and 8; of these 5 is equivalent, so that a board has nothing to decide of it."""
    codes = {"2": "large_difference", "5": "equivalent", "8": "no_clear_difference"}
    shown = made(statuses=[rows_of.status(name, code, code) for name, code in codes.items()])
    assert report.actions(shown, PLAN, "2", "5").paragraphs == (
        "Actions for indicator 2: A2 and A3 (A3 is done).",
        "The action plan has no action for indicator 5.",
    )
    assert report.actions(shown, PLAN.iloc[[0]], "8").kind == "prose", "nothing clear was found"
    assert report.actions(shown, PLAN.iloc[[0]], "2").tone == "warning", "it is clearly worse"
    points = asked_of_the_board(shown, PLAN)
    assert next(point for point in points if point.startswith("Decide")).startswith(
        "Decide whether indicators 3, 4, 6, 7 and 8 need an action"
    )


def test_actions_whose_numbers_are_bare_are_called_actions(evidence):
    """Witness: 'In the action plan: 1, 2 and 3' says nothing to a reader."""
    plan = PLAN.assign(action_id=["1", "2", "3"])
    assert report.actions(SHOWN, plan, "9").title == "Overdue: action 1 Records (HR, was due 2021/22)"
    assert report.actions(SHOWN, plan, "2").paragraphs == ("Actions for indicator 2: actions 2 and 3 (action 3 is done).",)
    points = asked_of_the_board(evidence, plan)
    assert "Set a new date for action 1: ask staff (HR, was due 2021/22)." in points
    assert "Agree action 2: train (HR)." in asked_of_the_board(evidence, plan.assign(carried_over=False))


def test_what_was_last_reported_in_another_year_is_no_progress_of_this_one():
    """Witness: the words that `wres new-year` writes into a plan that it carries over."""
    plan = PLAN.assign(
        progress=["Last reported for 2019/20: begun", "", "Stopped"], overdue=False, rag="", done=False, given_up=[False, False, True]
    )
    assert [(card.status, card.label) for card in report.action_plan(SHOWN, plan).items] == [
        ("not_reported", "Last reported for 2019/20: begun"), ("not_reported", "Not reported"), ("at_risk", "Stopped"),
    ]  # fmt: skip


def test_an_indicator_without_action_is_pointed_out():
    notice = report.actions(SHOWN, PLAN, "3")
    assert notice.tone == "warning"
    assert "no action for indicator 3" in notice.text
    assert report.actions(SHOWN, PLAN, "2", "3", "4").text == (
        "Actions for indicator 2: A2 and A3 (A3 is done). The action plan has no action for indicators 3 and 4."
    )


def test_a_rating_stands_only_beside_what_it_rates():
    """Witness: a plan rolled forward with its ratings printed "Green: stopped: replaced by A7" and "Green: not reported"."""
    plan = PLAN.assign(progress=["Stopped: replaced by A7", "", "Last reported for 2019/20: begun"], overdue=False, rag="Green", done=False)
    plan["given_up"] = [True, False, False]
    labels = [card.label for card in report.action_plan(SHOWN, plan).items]
    assert labels == ["Green; what became of it is not reported", "Last reported for 2019/20: begun", "Stopped: replaced by A7"]


def test_a_card_says_progress_in_words_and_leaves_out_what_nobody_gave():
    late, silent, done = report.action_plan(SHOWN, PLAN).items
    assert (late.status, late.label) == ("overdue", "Overdue: begun")  # whatever the rating says
    assert dict(late.details) == {
        "Indicators": "1 and 9",
        "Owner": "HR",
        "To be done by": "2021/22",
        "Measure of success": "Nobody unknown",
    }
    assert (silent.status, silent.label) == ("not_reported", "Not reported")
    assert (done.status, done.label) == ("done", "Done in May")


def test_that_no_progress_was_reported_of_any_action_is_said_once():
    """Witness: a screen reader's listener, who heard "Not reported" in 28 headings."""
    plan = PLAN.assign(progress="", overdue=False, rag="", done=False, due="2020-21")
    told = report.action_plan(SHOWN, plan)
    assert told.lead == "All actions: to be done by 2020/21; progress not reported. On 31 August 2020 no action was overdue."
    assert [card.label for card in told.items] == ["", "", ""]
    one_begun = report.action_plan(SHOWN, plan.assign(progress=["begun", "", ""]))
    assert "progress" not in one_begun.lead and sorted(card.label for card in one_begun.items) == ["Begun", "Not reported", "Not reported"]


def test_a_measure_of_success_that_nobody_supplied_is_said_above_the_cards_and_stands_in_their_file():
    """Witness: an inspector, sent by page one to a file that had no such column, could not tell a missing column from a forgotten one."""
    for measure, said in (("", True), ("Fewer complaints", False)):
        told = report.action_plan(SHOWN, PLAN.assign(success_measure=[measure, "", ""]))
        place = [column.label for column in told.numbers.columns].index("Measure of success")
        assert ("No measure of success was supplied for any action." in told.lead) is said
        assert sorted(row[place] for row in told.numbers.rows) == sorted([measure or "not supplied", "not supplied", "not supplied"])


def test_several_owners_are_called_so_and_their_abbreviations_are_spelled_out():
    plan = PLAN.assign(owner_role=["OD; EDI lead; Director", "Chair", "Chair"])
    assert dict(report.action_plan(SHOWN, plan).items[0].details)["Owners"] == "OD, EDI lead and Director"
    assert report.abbreviations(plan, {}).paragraphs == ("EDI: equality, diversity and inclusion; OD: organisational development.",)
    assert report.abbreviations(plan.tail(2), {}).paragraphs == ()
    told = report.abbreviations(plan.tail(2), {"03_disciplinary.done": "Good practice from ACAS."}).paragraphs
    assert told == ("ACAS: the Advisory, Conciliation and Arbitration Service.",)


def test_what_was_given_up_is_no_open_action_and_serves_no_indicator(evidence):
    """Witness: 'Stopped: no funds' stood on page one among the actions that a board was asked to agree."""
    plan = PLAN.assign(progress=["begun", "Stopped: no funds", "Done in May"], given_up=[False, True, False])
    points = asked_of_the_board(evidence, plan)
    assert any(point.startswith("Set a new date for A1: ask staff (HR") for point in points)
    assert not any("Agree" in point for point in points)
    begun = asked_of_the_board(evidence, plan.assign(overdue=False))
    assert begun[1] == "Continue A1: ask staff (HR, due 2021/22)." and not any("Agree" in point for point in begun)
    assert report.actions(SHOWN, plan, "2").paragraphs == ("Actions for indicator 2: A3 (done).",)
    assert report.actions(SHOWN, plan.iloc[[1]], "2").tone == "warning"
    ended = asked_of_the_board(evidence, plan.iloc[1:])
    assert ended == ("Ask for the next actions: every action of the plan is done or given up (owner, date open).",)


def test_what_is_overdue_stands_first_and_what_is_done_last():
    later = PLAN.iloc[[1, 2, 0]]
    assert [card.title for card in report.action_plan(SHOWN, later).items] == ["A1 Records", "A2 Recruitment", "A3 Recruitment"]


def test_actions_of_one_area_owner_and_day_are_told_as_one(evidence):
    """Witness: a board was asked to agree 'A01 Complete ethnicity records; A02 Complete ethnicity records', the same words twice."""
    plan = PLAN.assign(area="Records", owner_role="HR", due="2021/22", progress="", overdue=False, done=False, carried_over=False)
    agreed = [point for point in asked_of_the_board(evidence, plan) if "Agree" in point]
    assert agreed == ["Agree A1 to A3 on 'Records' (HR, due 2021/22)."]
    many = pd.concat([plan.assign(indicator="2", action_id=[f"A{number}{place}" for place in (1, 2, 3)]) for number in (1, 2)])
    told = [point for point in asked_of_the_board(evidence, many) if "Agree" in point]
    assert told == ["Agree A11 to A13 and A21 to A23 on 'Records' (HR, due 2021/22)."]


def test_actions_are_asked_about_in_the_order_of_the_plan_and_those_begun_are_not_agreed_again(evidence):
    """Witness: decisions stood by the findings they serve and the plan below them by the day, a second order; and what had begun was to be agreed."""
    plan = PLAN.assign(
        indicator=["4", "2;8", "5;6"], area=["Training", "Recruitment", "Respect"], owner_role="HR", due="", overdue=False, done=False,
        carried_over=False, progress=["", "Not yet started", "Started"],
    )  # fmt: skip
    told = [point for point in asked_of_the_board(evidence, plan) if point.startswith(("Agree", "Continue"))]
    assert told == ["Agree A1: ask staff (HR).", "Agree A2: train (HR, not started).", "Continue A3: study adverts (HR)."]
    late = [point for point in asked_of_the_board(evidence, plan.assign(overdue=[False, False, True])) if "A" in point.split(":")[0][-3:]]
    assert late[0].startswith("Set a new date for A3"), "overdue first"


def test_what_page_one_has_no_room_for_is_asked_beside_the_plan_and_nothing_is_lost(evidence):
    """Witness: ten of 28 actions stood as 'two more themes (A19 to A28)', with no owner and no day; people's own words are all told on page one."""
    plan = PLAN.assign(owner_role="HR", due="2021/22", overdue=False, done=False, carried_over=False, progress="")
    many = pd.concat(
        [plan.assign(area=f"Theme {number}", action_id=[f"A{number}{place}" for place in (1, 2, 3)]) for number in range(1, 12)]
    )
    everything, in_short = (asked_of_the_board(evidence, many, short=short) for short in (False, True))
    for own in ((), ("One.", "Two."), tuple(f"{word} " * 20 for word in ("One", "Two", "Three", "Four"))):
        (panel, *_), (all_of_it,) = report.at_a_glance(evidence, many, own).items, report.decisions(evidence, many, own).items
        told = all_of_it.points
        assert told == (*own, *everything) and all_of_it.numbered == len(told), "all of it in one place"
        *first, more, in_full = panel.points
        assert panel.numbered == len(first) and tuple(first) == (*own, *in_short)[: len(first)], "by the same numbers, in the same order"
        assert len(first) == 9, "as many as a board can take in, whatever people say beside it"
        assert more.endswith(" more; actions due 2021/22; in full: action plan.") and in_full == "HR: human resources."
    panel, again = report.at_a_glance(evidence, many.head(6), ()).items[0], report.decisions(evidence, many.head(6), ())
    assert "more" not in " ".join(panel.points) and panel.numbered == len(asked_of_the_board(evidence, many.head(6))), "told whole"
    assert again.paragraphs == (), "and once"
    parameters = copy(evidence.context.parameters)
    object.__setattr__(parameters, "sections", ("00_overview",))
    without = replace(evidence, context=replace(evidence.context, parameters=parameters))
    panel = report.at_a_glance(without, many, ()).items[0]
    assert panel.points == (*everything, "HR: human resources.") and report.decisions(without, many, ()).paragraphs == ()


def test_a_decision_says_what_is_done_and_abbreviations_are_spelled_out_on_page_one(evidence):
    """Witness: "Agree A06 Fair careers": a board cannot vote on a name alone; and it was sent to pages of method for what OD is."""
    long = "Put every proposed formal investigation before two people outside the directorate who ask whether an informal way was tried."
    plan = PLAN.assign(action=[long, "EDI training for panels, with a test.", "Train."], owner_role=["OD", "HR", "HR"], overdue=False, due="",
                       carried_over=False, progress=["Not begun", "", ""], due_soon=[True, False, False], done=[False, False, True])  # fmt: skip
    panel, every = report.at_a_glance(evidence, plan, ()).items[0], asked_of_the_board(evidence, plan)
    assert f"Agree A1: {long[0].lower()}{long[1:-1]} (OD, not started)." in every, "whole"
    assert "Agree A2: EDI training for panels, with a test (HR)." in every and "Agree A2, recruitment, for 2 (HR)." in panel.points
    assert "HR: human resources; OD: organisational development." in panel.points[-1]
    unnamed = asked_of_the_board(evidence, plan.assign(area=""), short=True)
    assert "Agree A2, EDI training for panels, with a test, for 2 (HR)." in unnamed, "what has no heading is told by what is done"
    silent = asked_of_the_board(evidence, plan.assign(progress=""))
    assert f"Agree A1: {long[0].lower()}{long[1:-1]} (OD, no progress reported)." in silent
    assert not any(point.startswith("Ask the owner") for point in silent), "nothing is in the way of what is only agreed today"


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("Train.", "train"),
        ("Run listening sessions on harassment and bullying, and answer in writing.", "run listening sessions on harassment and bullying"),
        ("Review policies, procedures, practice and panels, and report.", "review policies, procedures, practice and panels, and report"),
        ("Stop, and think about what was said: then act.", "stop, and think about what was said"),
        ("HR will ask every leaver, by post, why they go.", "HR will ask every leaver, by post, why they go"),
        ("A of the", "a of the"),
        (
            "Offer every member of staff in Bands 7 and 8a a career conversation.",
            "offer every member of staff in Bands 7 and 8a a career conversation",
        ),
        ("", ""),
    ],
)
def test_a_deed_is_told_whole_up_to_where_its_first_clause_ends(action, said):
    """Witness: 'put every proposed formal investigation before two people…' was put to a vote, which leaves out which people and why."""
    assert first_clause(action) == said


def test_whether_what_is_public_of_a_hidden_board_may_be_shown_is_asked_of_who_decides_it(made, rows_of, evidence):
    """Witness: the board's hidden rows said 'if the organisation decides so', and no decision was asked. Of a board that is shown, or public, nothing is."""
    asked = "Decide whether board members' public ethnicity may be printed: indicator 9 is hidden (owner, date open)."
    hidden = made(statuses=[rows_of.status("9", "protected", "Hidden to protect people")])
    for plan in (PLAN, PLAN.head(0), PLAN.assign(done=True)):
        assert asked_of_the_board(hidden, plan)[-1] == asked
        assert asked not in asked_of_the_board(evidence, plan)


def test_the_board_is_asked_for_what_the_plan_leaves_open(evidence):
    """Indicators 2, 6, 7 and 8 of the printed figures require focus; this plan serves only 2 of them."""
    assert asked_of_the_board(evidence, PLAN) == (
        "Ask for actions on indicators 6, 7 and 8, which require focus and have none (owner, date open).",
        "Set a new date for A1: ask staff (HR, was due 2021/22).",
        "Name measures of success for actions on 2 (owner, date open).",
        "Decide whether indicators 3, 4 and 5 need an action (owner, date open).",
        "Ask the owner of A2 for its progress: none has been reported.",
    )
    new = asked_of_the_board(evidence, PLAN.assign(carried_over=False, due_soon=[False, True, False]))
    assert "Agree A2: train (HR, no progress reported)." in new and not any("Ask the owner" in point for point in new), "it is new"
    measured = PLAN.assign(success_measure="Fewer complaints")
    assert not any("measures of success" in point for point in asked_of_the_board(evidence, measured))
    begun = PLAN.assign(progress=["begun", "Not yet started", ""], due_soon=[False, True, True], done=False, carried_over=True)
    assert asked_of_the_board(evidence, begun)[-2:] == (
        "Ask the owner of A2 what is in the way: it is due within three months and not started.",
        "Ask the owner of A3 for its progress: it is due within three months, and none has been reported.",
    )
    both = asked_of_the_board(evidence, PLAN.assign(carried_over=True, due_soon=[False, True, False]))
    assert len([point for point in both if "A2" in point]) == 1, "nobody is asked for progress twice, or to agree what was agreed"
    late = PLAN.assign(overdue=True)
    assert asked_of_the_board(evidence, late.head(2).assign(area="Records"))[1:3] == (
        "Set a new date for A1: ask staff (HR, was due 2021/22).",
        "Set a new date for A2: train (HR).",
    )  # fmt: skip
    assert (
        asked_of_the_board(evidence, PLAN.assign(done=True))[0]
        == "Ask for the next actions: every action of the plan is done (owner, date open)."
    )
    assert report.actions(SHOWN, late, "2").title == "Overdue: A2 Recruitment (HR) and A3 Recruitment (OD, was due June 2020)"
    panel = report.at_a_glance(evidence, PLAN.head(0)).items[0]
    assert panel.points == ("Ask for an action plan: none was supplied (owner, date open).",)


def test_page_one_says_what_changed_and_what_is_open(evidence):
    """Indicator 4 has figures of both years; a change of indicator 1, a stock, is described and not judged; 9 rests on six members."""
    _, changed, unknown = report.at_a_glance(evidence, PLAN).items
    assert changed.points == (
        "Indicator 4 did not clearly change since 2018/19.",
        "No change can be told of 1 (many of the same people); of 2, 3 and 5 to 9 (no figures to compare).",
        "BME: senior posts 4.2%, now 5.1%; workforce 4.5%, now 4.9%.",
    )
    assert unknown.points == (
        "Indicators 5 to 8 rest on 19 to 37 BME answers each; 65 are on record.",
        "The official guidance was not seen: definitions could differ.",
    )
    before = report.at_a_glance(evidence, PLAN, before=PLAN.head(0)).items[2].points
    assert (
        before[-1] == "Last year's plan was not supplied."
        and report.at_a_glance(evidence, PLAN, before=PLAN).items[2].points == unknown.points
    )
    assert not any("rest on too few" in text for text in report.how_sure(evidence).paragraphs), "the tiles and the table say it"


def test_page_one_says_a_clear_change_with_both_years_values(evidence):
    """The same two values of indicator 4, had chance been excluded: 1.03 before and 1.44 now, where a higher ratio is worse."""
    changes = evidence.changes.copy()
    changes.loc[changes["indicator"].eq("4"), ["verdict", "previous_value", "value"]] = ["clear_change", 1.03, 1.44]
    changed = report.at_a_glance(evidence.with_tables(changes=changes), PLAN).items[1]
    assert changed.points[0] == "Indicator 4 (non-mandatory training) has become clearly worse for BME staff: was 1.03, now 1.44."


def test_completeness_counts_known_and_unknown(evidence):
    assert report.completeness_table(evidence).rows[0] == ("Staff in post", "1,158", "157", "1,315", "11.9%")


def test_sources_name_method_data_and_version(evidence):
    assert report.sources(evidence, "02_recruitment") == (), "said once, in the first section"
    table = {row[0]: row[1] for row in report.method_table(evidence).rows}
    assert "score (Koopman" in table["Method"]
    assert "official guidance was not seen" in table["Definitions"]
    assert "2018/19 and 2019/20 (data/necs, a folder a year)" in table["Data"]
    assert "WRES pack" in table["Date, version"]


def test_the_p_values_that_a_status_was_asked_by_stand_in_one_table(evidence, necs):
    """Witness: scipy's fisher_exact of 13 of 37 and 106 of 768; the score test of 12 of 37 by hand; what is hidden of 3 and 9 has no p-value."""
    _, table, _ = report.sources(evidence, "00_overview")
    pooled = 12 + 106, 37 + 768
    apart = 12 / 37 - 106 / 768
    spread = pooled[0] / pooled[1] * (1 - pooled[0] / pooled[1]) * (1 / 37 + 1 / 768) * pooled[1] / (pooled[1] - 1)
    moved, fisher = 2 * norm.sf(apart / spread**0.5), fisher_exact([[13, 24], [106, 662]], alternative="greater").pvalue
    rows = {row[0].partition(".")[0]: row[1:] for row in table.rows}
    assert len(rows) == 9 and rows["6"][1:3] == (f"{moved:.4f}", f"{fisher:.4f}")
    _, told, _ = report.sources(protect(evidence, necs), "00_overview")
    assert [row[0][0] for row in told.rows if set(row[1:]) == {"hidden"}] == ["3", "9"]


def test_what_a_page_says_of_source_day_and_edition_follows_what_it_is_made_from(evidence, necs):
    """Witness: each input, given another value that stands nowhere else; what it was before is gone from the page."""

    def told(shown):
        blocks = (*report.sources(shown, "00_overview"), *(report.definition(shown, each) for each in "1234"))
        national = (report.compared_with_benchmark(shown, each) for each in "34")
        return " ".join(str(block.to_json()) for block in (*blocks, *national, report.key_facts(shown)))

    parameters = copy(necs)
    object.__setattr__(parameters, "report", necs.report.model_copy(update={"date": "2031-05-07"}))
    context, benchmarks = evidence.context, evidence.benchmarks
    standard = context.reference.standard
    named = replace(context.reference, standard=replace(standard, name="Standard of Elsewhere", snapshot="9 June"))
    seen = context.catalogue.assign(source="a register of Elsewhere", period="one moon", seen="guidance")
    other = replace(context, parameters=parameters, catalogue=seen, reference=named)
    addresses = benchmarks.assign(source_kind="gazette", source_url="https://www.elsewhere.example/1")
    before, after = told(evidence), told(replace(evidence, context=other, benchmarks=addresses))
    changed = {
        "31 August 2020": "7 May 2031",
        "31 March 2020": "9 June 2019",
        f"{standard.name}, edition": "Standard of Elsewhere, edition",
        "NECS WRES report 2019/20": "a register of Elsewhere",
        "1 April to 31 March": "one moon",
        "hsj.co.uk": "gazette: elsewhere.example",
        "guidance was not seen": "technical guidance: a register",
    }
    assert {old: (old in before, old in after) for old in changed} == dict.fromkeys(changed, (True, False))
    assert [new for new in changed.values() if new not in after or new in before] == []


@pytest.mark.parametrize("sections", [("00_overview", "metrics", "10_action_plan"), ("metrics",), ("03_disciplinary", "02_recruitment")])
def test_a_report_tells_its_sources_and_its_rule_in_one_section_whatever_sections_it_has(necs, evidence, sections):
    """Witness: each table of a report has a caption of its own; without the overview the first section is where a reader begins."""
    parameters = copy(necs)
    object.__setattr__(parameters, "sections", sections)
    shown = replace(evidence, context=replace(evidence.context, parameters=parameters))
    told = {section: [block.to_json()["kind"] for block in report.sources(shown, section)] for section in sections}
    tables = ["table"] * (1 if sections[0] == "03_disciplinary" else 2)  # under the heading of one indicator no other's p-values can stand
    assert told == {section: ["prose", *tables] if section == sections[0] else [] for section in sections}


def test_rounded_counts_are_said_to_be_rounded(evidence, necs):

    policy = evidence.context.policy.model_copy(update={"method": "round", "round_to": 5})
    shown = replace(evidence, protected=True, context=replace(evidence.context, policy=policy))
    assert "rounded to the nearest 5" in words(*report.sources(shown, "02_recruitment"))
    assert any("rounded to the nearest 5" in row[1] for row in report.method_table(shown).rows)
    assert report.sources(evidence, "02_recruitment") == ()


def test_a_missing_plan_is_not_a_plan_without_an_action():
    assert report.actions(SHOWN, PLAN.head(0), "2").paragraphs == ()  # said where the plan would stand and on page one, not by each section
    assert report.action_plan(SHOWN, PLAN.head(0)).text == "No action plan was supplied."


def test_a_band_without_a_share_to_draw_is_named_below_the_chart_and_not_drawn(evidence, necs):
    """Witness: the bands of the board's table whose share is a marker."""
    shown = protect(evidence, necs)
    hidden = [row[0] for row in report.band_table(shown).rows if row[0].startswith("Band ") and row[4] == "hidden"]
    chart = report.band_chart(shown)
    note = next(note for note in chart.notes if note.startswith("Not drawn"))
    assert hidden
    told = {f"Band {number}" for number in re.findall(r"\b\d[a-d]?\b", note)}
    assert [name for name in hidden if name not in told or f"{name}:" in chart.alt] == []


def test_where_no_share_of_a_band_can_be_drawn_the_table_stands_in_place_of_the_picture(evidence):
    results = evidence.results
    bands = results["breakdown"].str.startswith("grade")
    hidden = results.assign(bme_rate=results["bme_rate"].mask(bands), protection=bands.map({True: '{"bme_rate": "[c]"}', False: ""}))
    shown = evidence.with_tables(results=hidden)
    assert report.band_chart(shown) == report.band_table(shown)
    assert report.band_chart(evidence).kind == "figure"


def test_rows_of_which_nothing_is_shown_are_named_once():
    """A row whose numbers are all hidden stands in a note, a table of such rows is one sentence; a row that tells one number stays."""
    columns = (*map(Column, ("Part", "Step")), *(Column(label, "number") for label in ("People", "Share")))
    rows = (("North", "first", "hidden", "hidden"), ("North", "last", "5", "hidden"), ("South", "first", "hidden", "hidden"))
    table = table_or_notice(Table("t", "People by part", columns, rows, notes=("A note.",)), names=2)
    assert table.rows == rows[1:2]
    assert table.notes[:2] == ("A note.", "Hidden, so that nobody can be recognised: North (first); South.")
    notice = table_or_notice(Table("t", "People by part", columns, (rows[0], rows[2])), names=2)
    assert (notice.title, notice.text) == (
        "People by part: hidden",
        "Hidden, so that nobody can be recognised: North; South.",
    )
    # what was never supplied is not hidden
    absent = (("East", "first", "not supplied", "not supplied"),)
    assert table_or_notice(Table("t", "People by part", columns, absent), names=2).rows == absent
    # a size alone is told with the name, and is no row
    sized = told_once(Table("t", "People by part", columns, (("North", "first", "hidden", "12"), rows[1])), names=2, sizes=1)
    assert sized.rows == rows[1:2]
    assert "Hidden, so that nobody can be recognised: North (first) (12 in all)." in sized.notes


def test_the_whole_way_is_no_third_step_and_both_directions_are_said(made, rows_of):
    """White candidates ahead at one step and behind at the other; the whole way is ahead too and counts for nothing."""
    clear = {"value": 2.0, "lower": 1.5, "upper": 2.6}
    steps = [
        rows_of.result("2", "shortlisted_from_applied", (400, 1000), (200, 1000), **clear),
        rows_of.result("2", "appointed_from_shortlisting", (40, 400), (40, 200), value=0.5, lower=0.3, upper=0.8),
        rows_of.result("2", "appointed_from_applied", (80, 1000), (40, 1000), **clear),
    ]
    figure = report.recruitment_funnel(made(steps))[0]
    assert figure.title == (
        "White candidates fared clearly better from application to shortlisting and BME candidates from shortlisting to appointment"
    )
    ahead = [steps[0], steps[1] | {"value": 1.1, "lower": 0.8, "upper": 1.5, "clear": False}, steps[2]]
    title = report.recruitment_funnel(made(ahead))[0].title
    assert title == "White candidates fared clearly better from application to shortlisting"
    assert report.recruitment_funnel(made([steps[0], steps[0] | {"measure": "appointed_from_shortlisting"}]))[0].title.endswith(
        "from application to shortlisting and from shortlisting to appointment"
    )


def test_without_a_year_before_this_years_plan_is_not_taken_for_the_last(project):
    """Witness: data/necs holds one plan, that of 2019-20; the year before it had none."""
    from wres_helpers import open_report

    opened = open_report(project / "params" / "necs-2019-20.yaml", change={"previous_year": None})
    assert len(opened.actions) == 28 and opened.actions_before.empty


def test_the_source_of_a_national_figure_stands_beside_it_in_words(evidence):
    """Witness: data/reference/standards/wres/benchmarks.csv, by hand: indicators 3 and 4 of edition 2019 were read in the press, 5 in a newspaper."""
    told = report.compared_with_benchmark(evidence, "3", "4", "5").paragraphs
    assert sum("(press: hsj.co.uk)." in text for text in told) == 2
    assert any("(that of white was not seen; newspaper: dailymail.co.uk)." in text for text in told)
    addresses = set(evidence.benchmarks.loc[evidence.benchmarks["indicator"].isin(["3", "4"]), "source_url"])
    assert any("www.hsj.co.uk" in address for address in addresses)  # and the workbook has them
    assert "workbook, sheet Benchmarks" in words(report.about_national_figures(evidence))
