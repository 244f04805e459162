"""The overview, the bands, the survey's answers, and what people write. Witness: the rows beside each test."""

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.analysis import analyse


def words(block) -> str:
    return " ".join(block.paragraphs)


def test_the_surest_findings_come_first_and_the_undisclosed_third(made, rows_of):
    """By the rule: large differences before others, the smaller p-value first."""
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
    first, second, third, together = report.top_findings(made([weaker, rows_of.appointed, surer])).paragraphs
    assert first.startswith("First (indicator 6): large difference. 30.0% of BME respondents")
    assert second.startswith("Second (indicator 2): large difference. White shortlisted candidates were 2.00 times")
    assert third.startswith("Third: 100 staff (10.0%) have not disclosed their ethnicity")
    assert together.endswith("what was found for indicators 2 and 6 still stands.")


def test_a_hidden_p_value_is_not_guessed(made, rows_of):
    hidden = rows_of.hide(rows_of.appointed, p_value="[c]")
    weak = rows_of.result("4", "accessing_training", (30, 100), (10, 100), value=3.0, lower=1.1, upper=8.0, p_value=0.04)
    order = report.top_findings(made([hidden, weak])).paragraphs
    assert "indicator 4" in order[0]
    assert "indicator 2" in order[1]


def test_when_nothing_can_be_judged_the_overview_says_so(made, rows_of):
    row = rows_of.result("2", "appointed_from_shortlisting", status="not_supplied")
    assert words(report.top_findings(made([row]))).startswith("No indicator can be judged this year")


def test_key_facts_stand_on_the_headcount(made):
    items = {item.label: (item.value, item.note) for item in report.key_facts(made()).items}
    assert items["BME staff"] == ("10.0%", "100 of 1,000 staff")
    assert items["Ethnicity not disclosed"] == ("10.0%", "100 of 1,000 staff")


def test_the_scorecard_has_every_indicator_of_the_edition(evidence):
    card = report.scorecard(evidence)
    assert [row[0].split(".")[0] for row in card.rows] == list("123456789")
    assert [row[1].text for row in card.rows][1] == "Large difference (requires focus)"
    assert all("is worse for BME staff" in row[2] for row in card.rows)
    found = {row[0][0]: row[2] for row in card.rows}
    assert "White \u00f7 BME 2.13 (1.19 to 3.86); above 1 is worse" in found["2"]  # the golden value with its direction and interval
    assert "BME minus white +21.3 percentage points (+7.8 to +37.6)" in found["6"]
    assert "Difference \u22124.9 percentage points" in found["9"]
    assert "Large difference (requires focus): BME staff clearly fare worse, and the difference is large" in card.notes[0]
    assert "Not supplied" not in card.notes[0]


def test_the_scorecard_names_every_status_published_by_hand_and_compares_no_hidden_one(made, rows_of):
    """A protected status is neither the same nor different; all three published ones are named, each in its place."""
    statuses = [
        rows_of.status("2", "large_difference", "Large difference", published_status="requires_focus"),
        rows_of.status("3", "protected", "Hidden to protect people", published_status="progressing", differs=True),
        rows_of.status("4", "some_difference", "Some difference", published_status="achieving", differs=True),
    ]
    notes = report.scorecard(made(statuses=statuses)).notes
    assert "Statuses published by hand that differ: indicator 4 (achieving)." in notes
    assert "Statuses published by hand that are the same: indicator 2 (requires focus)." in notes
    assert "Statuses published by hand beside one that is not shown here: indicator 3 (progressing)." in notes


def test_the_title_of_the_likelihoods_says_nothing_of_a_hidden_one(made, rows_of):
    """Whether a hidden ratio lies clearly above 1 would tell which counts are possible."""
    ratio = rows_of.result("3", "entering_disciplinary", (15, 1000), (4, 65), value=4.1, lower=1.5, upper=9.0, direction="bme/white")
    hidden = rows_of.hide(ratio | {"status": "protected"}, bme_count="fewer than 5", bme_rate="[c]", value="[c]", lower="[c]", upper="[c]")
    title = report.likelihood_chart(made([rows_of.appointed, hidden])).title
    assert title == "The one relative likelihood that can be shown lies clearly above 1"
    assert report.likelihood_chart(made([hidden])).title == "No relative likelihood can be shown"


def test_the_undisclosed_touch_only_what_rests_on_staff_records(evidence):
    """Recruitment and the survey have undisclosed people of their own, who were not supplied."""
    third = report.top_findings(evidence).paragraphs[2]
    assert "the figures that rest on staff records (indicators 1, 3, 4 and 9) could move with them" in third


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
    labels = [row[0] for row in report.band_table(evidence).rows]
    assert "Band 5, clinical" in labels
    assert "also counted apart" in words(report.band_reading(evidence))


def test_last_years_coarser_bands_are_said(evidence):
    assert "are by groups of bands, so single bands cannot be compared" in words(report.compared_with_last_year(evidence, "1"))


def test_answers_show_every_response_with_its_base(evidence):
    table = report.answers_table(evidence, "5")
    assert [row[0] for row in table.rows] == ["Never", "1-2 times", "3-5 times", "6-10 times", "More than 10 times", "All who answered"]
    assert table.rows[0] == ("Never", "662", "85.6%", "29", "78.4%")
    assert table.rows[-1] == ("All who answered", "773", "100%", "37", "100%")
    assert report.answers_chart(evidence, "5").title == "'Never' was the answer of 85.6% of white and 78.4% of BME respondents"


def test_a_commonest_answer_is_named_only_when_what_is_shown_settles_it(evidence, rows_of):
    """With the commonest answer hidden, no title may point at another one."""
    shares = evidence.shares.copy()
    chosen = shares["breakdown"].eq("13a") & shares["category"].eq("Never") & shares["of"].eq("group") & shares["ethnic_group"].eq("bme")
    shares["protection"] = ""
    shares.loc[chosen, "rate"] = None
    shares.loc[chosen, "protection"] = '{"rate": "[c]", "count": "[c]"}'
    title = report.answers_chart(evidence.with_tables(shares=shares), "5").title
    assert title == "How each group answered question 13a"


def test_parts_of_the_board_that_were_not_supplied_are_said(evidence):
    rows = {row[0]: row[1:] for row in report.board_table(evidence).rows}
    assert rows["Whole board"] == ("5", "0", "1", "6", "0%", "\u22124.9 percentage points")
    assert set(rows["Voting members"]) == {"not supplied"}
    assert set(rows["Executive members"]) == {"not supplied"}


def test_text_nobody_wrote_is_a_notice_and_not_a_gap():
    texts = {"02_recruitment.done": "- Trained managers."}
    assert report.narrative(texts, "02_recruitment", "done").source == "- Trained managers."
    assert report.narrative(texts, "02_recruitment", "planned").title == "Nothing written yet"


PLAN = pd.DataFrame(
    {
        "action_id": ["A1", "A2"], "indicator": ["1;9", "2"], "area": ["Records", "Recruitment"], "action": ["Ask staff.", "Train."],
        "owner_role": ["HR", "HR"], "due": ["2021", ""], "progress": ["Begun", None],
    }
)  # fmt: skip


@pytest.mark.parametrize(("indicators", "found"), [(("9",), ["A1"]), (("1", "2"), ["A1", "A2"]), (("2",), ["A2"])])
def test_actions_are_found_by_each_indicator_they_serve(indicators, found):
    assert [row[0] for row in report.actions(PLAN, *indicators).rows] == found


def test_an_indicator_without_action_is_pointed_out():
    notice = report.actions(PLAN, "3")
    assert notice.tone == "warning"
    assert "no action for indicator 3" in notice.text


def test_empty_cells_of_the_plan_are_said_in_words():
    assert report.action_plan_table(PLAN).rows[1] == ("A2", "2", "Recruitment", "Train.", "HR", "not stated", "not stated")
    assert report.action_plan_table(PLAN).rows[0][1] == "1 and 9"


def test_completeness_counts_known_and_unknown(evidence):
    assert report.completeness_table(evidence).rows[0] == ("Staff in post", "1,158", "157", "1,315", "11.9%")


def test_sources_name_method_data_and_version(evidence, necs):
    said = words(report.sources(evidence, necs))
    assert "score (Koopman" in said
    assert "data/necs/2019-20" in said
    assert "WRES pack" in said


def test_rounded_counts_are_said_to_be_rounded(evidence, necs):
    from dataclasses import replace

    policy = evidence.context.policy.model_copy(update={"method": "round", "round_to": 5})
    shown = replace(evidence, protected=True, context=replace(evidence.context, policy=policy))
    assert "rounded to the nearest 5" in words(report.sources(shown, necs))
    assert any("rounded to the nearest 5" in row[1] for row in report.method_table(shown, necs).rows)
    assert "rounded to" not in words(report.sources(evidence, necs))


def test_a_missing_plan_is_not_a_plan_without_an_action():
    assert report.actions(PLAN.head(0), "2").text == "No action plan was supplied."
