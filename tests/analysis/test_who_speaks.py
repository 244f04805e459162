"""Which row speaks for an indicator, who answered the survey, and whom a base leaves out. Witnesses: the printed counts."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact, hypergeom

from wres_helpers import open_report, report
from wres_helpers.analysis import analyse
from wres_helpers.analysis.cells import TWO_GROUPS
from wres_helpers.analysis.who_speaks import _asked_by
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.headlines import headline_text
from wres_helpers.standard.catalogue import breaks_between


def with_board(counts, **members):
    """Return the shipped counts with another board of 2019/20: by part the white and BME members."""
    others = counts[~(counts["item"].eq("board") & counts["year"].eq("2019-20"))]
    rows = [
        ("necs", "2019-20", "board", "membership", part, group, number)
        for part, pair in members.items()
        for group, number in zip(("white", "bme"), pair, strict=True)
    ]
    return pd.concat([others, pd.DataFrame(rows, columns=list(counts.columns[:7]))], ignore_index=True)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"voting": (9, 0)}, "0 of 9 voting board members (0%) were BME"),
        ({"voting": (9, 0), "total": (12, 3)}, "0 of 9 voting board members (0%) were BME"),
        ({"total": (12, 3)}, "3 of 15 board members (20.0%) were BME"),
        ({"executive": (6, 1)}, "1 of 7 executive board members (14.3%) was BME"),
    ],
)
def test_voting_members_speak_first_for_the_board_also_without_a_total(necs, necs_counts, reference, members, said):
    evidence = analyse(with_board(necs_counts, **members), necs, reference)
    assert said in report.headline(evidence, "9").text
    status = evidence.statuses.query("indicator == '9' and year == '2019-20'")
    assert list(status["status"]) == ["too_few_to_judge"]
    said = " ".join(report.certainty(evidence, "9").paragraphs)
    assert "not supplied" not in said and "have not disclosed" not in said  # the board's undisclosed were not counted


def test_each_definition_says_which_row_heads_it_and_how_sure_it_is(evidence):
    """Witness: `seen` of indicators.csv; page one named 6 and 8 as not seen whole, whose method gave no grade, and 1, whose method gave one that is."""
    told = {name: " ".join(report.definition(evidence, name).paragraphs) for name in "1689"}
    assert "The headline: from the memory of the pack's authors or their own, and seen in no source." in told["1"]
    assert all("with a question of the organisation's own" in told[name] and "seen in" in told[name] for name in "68")
    assert "The headline is that of the voting members where they were supplied, else of the whole board." in told["9"]


def test_who_answered_the_survey_is_said_by_group_and_no_share_of_other_people_is_a_lower_bound(evidence):
    """37 of 65 is 56.9%, 773 of 1,093 is 70.7%; the score test gives p 0.018 (statsmodels 0.15), Newcombe's interval of the gap 2.1 to 26.2 points.

    Witness: 'at least 56.9% of BME staff answered'. The 37 may hold some of the 157 whose ethnicity is not on record, so that fewer of the
    65 can have answered: what divides the two takes for granted that they are the same people, and says so.
    """
    row = evidence.results.query("measure == 'survey_response' and year == '2019-20'").iloc[0]
    assert (row.bme_count, row.bme_base, row.white_count, row.white_base) == (37, 65, 773, 1093)
    assert row.p_value == pytest.approx(0.018447, abs=1e-6)
    said = " ".join(report.in_people(evidence, "5").paragraphs)
    assert (
        "The question that most answered has 37 BME and 773 white answers; on record, of another day, are 65 and 1,093 staff. If these are the same "
        "people, 56.9% of BME and 70.7% of white staff answered, BME staff clearly less often (by 13.8 percentage points; 95% interval 2.1 to 26.2), "
        "and the answers say less of all of them." in said
    )
    for other in "678":  # said once, by the first indicator that rests on the survey
        assert "same people" not in " ".join(report.in_people(evidence, other).paragraphs)
    assert "same people" not in " ".join(report.in_people(evidence, "2").paragraphs)


def test_a_base_that_leaves_people_out_is_said_with_all_who_answered_beside_it(evidence):
    """19 of the 37 BME respondents said yes or no; 13 of 37 is 35.1%, 481 of 773 is 62.2%."""
    assert "BME respondents who said yes or no believed that careers are fair here less often" in report.headline(evidence, "7").text
    told, found = report.headline(evidence, "7").text, headline_text(evidence, evidence_rows.headline_row(evidence, "7"), short=True)
    assert told.count("This question was answered by 37 BME and 773 white respondents, of whom 19 and 516 said yes or no") == 1
    assert "of all who answered it, 35.1% (13 of 37) against 62.2% (481 of 773) said yes." in told
    # the chart's own table called both bases 'Answered': 37 and 773 in the headline, 19 and 516 beneath it
    heads = {name: report.rates_table(evidence, name).columns[2].label for name in "78"}
    assert heads == {"7": "Said yes or no", "8": "Answered"}
    # page one: on all who answered the difference is as clear and the same way, and its rates have their bases
    assert "BME respondents who said yes or no" in found and "answered by" not in found
    assert "yes or no" not in report.headline(evidence, "5").text


def test_a_base_of_all_answers_leaves_nobody_out_whoever_skipped_the_question(project):
    """From edition 2022 on "don't know" is in the base. Witness: Harrowmere's staff_survey.csv of 2025-26, question 15, summed by hand."""
    opened = open_report(project / "params" / "harrowmere-2025-26.yaml", change={"history": 0})
    answers = opened.supplied("staff_survey").groupby(["question", "ethnic_group"])["respondents"].sum()
    whole = opened.evidence.results.query("measure == 'equal_opportunities_of_all' and year == '2025-26'").iloc[0]
    # of each group the question that most of it answered: 16b and 15, neither of which has most answers of both together
    assert (whole.white_base, whole.bme_base) == (2026, 612) == (answers["16b", "white"], answers["15", "bme"])
    assert answers["15", "white"] == 1994
    for text in (
        report.headline(opened.evidence, "7").text,
        headline_text(opened.evidence, evidence_rows.headline_row(opened.evidence, "7"), short=True),
    ):
        assert "yes or no" not in text and "answered by" not in text


@pytest.mark.parametrize(
    ("choice", "year", "bme", "white", "defined"),
    [
        ("exclude_dont_know", "2025-26", (276, 455), (1191, 1472), "divided by those who answered yes or no"),
        ("include_dont_know", "2020-21", (188, 421), (1113, 1851), "yes, no or do not know"),
    ],
)
def test_a_base_that_the_organisation_chose_is_the_one_that_is_defined(project, choice, year, bme, white, defined):
    """Witness: the answers to question 15 (14 before) in Harrowmere's staff_survey.csv, summed by hand."""
    opened = open_report(
        project / "params" / "harrowmere-2025-26.yaml", year=year, change={"survey.indicator_7_base": choice, "history": 0}
    )
    row = evidence_rows.headline_row(opened.evidence, "7")
    assert (row.bme_count, row.bme_base, row.white_count, row.white_base) == (*bme, *white)
    said = " ".join(report.definition(opened.evidence, "7").paragraphs)
    assert defined in said and "The organisation chose this base; the edition has another." in said
    # with one base for all years nothing breaks where the edition's base changed, and elsewhere as before
    broken = breaks_between(opened.evidence.context.reference.catalogue, 2020, 2026)
    assert set(broken) == {"entering_disciplinary"}
    assert ("said yes or no" in report.headline(opened.evidence, "7").text) == (choice == "exclude_dont_know")


def test_what_holm_ranks_is_the_exact_mid_p_of_every_comparison(evidence):
    """Witness: scipy's hypergeometric chances, those less likely than the one found counted whole and those alike half."""
    statuses = evidence.statuses.query("year == '2019-20' and p_ranked.notna()").set_index("indicator")["p_ranked"]
    cells = {"1": (19, 370, 65 - 19, 1315 - 370), "2": (11, 251, 150, 1605), "4": (9, 65, 218, 1093), "5": (8, 37, 111, 773)}
    for indicator, (count, base, other_count, other_base) in cells.items():
        chances = hypergeom(base + other_base, count + other_count, base).pmf(range(count + other_count + 1))
        alike = np.isclose(chances, chances[count], rtol=1e-9)
        assert statuses[indicator] == pytest.approx(chances[(chances < chances[count]) & ~alike].sum() + chances[alike].sum() / 2)


def test_what_one_person_does_to_fishers_test_and_how_few_are_expected_stand_beside_the_status(evidence):
    """Witness: scipy's Fisher of NECS's counts with one person moved in either group; by hand 37 x 119/810 is 5.4, 37 x 31/808 is 1.4.

    Page one says of indicator 8 that it could turn on one person, and no file had the p-value that does it: the one beside it passes.
    """
    found = evidence.statuses.query("year == '2019-20'").set_index("indicator")
    for name, (count, base, other, of_others) in {"8": (5, 37, 26, 771), "6": (13, 37, 106, 768), "2": (150, 1605, 11, 251)}.items():
        moved = [(count - 1, base, other, of_others), (count, base, other + 1, of_others)]
        tails = [fisher_exact([[a, b - a], [c, d - c]], alternative="greater").pvalue for a, b, c, d in moved]
        assert found.loc[name, "p_fisher_moved"] == pytest.approx(max(tails))
    assert found.loc["8", "p_one_moved"] < 0.05 and found.loc["8", "p_fisher_moved"] > 0.025 > found.loc["6", "p_fisher_moved"]
    assert found.loc["5", "fewest_expected"] == pytest.approx(37 * 119 / 810)
    assert found.loc["8", "fewest_expected"] == pytest.approx(37 * 31 / 808)


def test_which_stand_by_fishers_test_and_how_sure_each_is_are_columns(evidence):
    """Witness: a statistician's Fisher of NECS, doubled, by Holm's steps over nine: 6 0.0234, 7 0.0288, 2 0.0574, 8 0.131, so that 2 and 8 do not stand."""
    found = evidence.statuses.query("year == '2019-20'").set_index("indicator")
    told = [found.loc[name, "p_holm_fisher"] for name in "6728"]
    assert told == pytest.approx([0.0234, 0.0288, 0.0574, 0.131], rel=0.01)
    table = report.sources(evidence, "00_overview")[1]
    heads = [column.label for column in table.columns]
    assert heads[5] == "Largest asked" and heads[-1] == "All nine together (Holm, by Fisher's)"
    surest = sorted("2678", key=lambda name: found.loc[name, "p_largest"])
    assert surest == ["6", "7", "2", "8"] and found.loc["8", "p_largest"] == max(
        found.loc["8", "p_one_moved"], 2 * found.loc["8", "p_fisher"]
    )


@pytest.mark.parametrize(("p_values", "standing"), [((0.005, 0.006), 2), ((0.005, 0.0063), 1), ((0.0056, 0.006), 0), ((0.01, 0.04), 0)])
def test_of_nine_questions_asked_at_once_a_difference_stands_where_holms_rule_has_it(p_values, standing):
    """Witness: Holm by hand: the surest of nine is held to 0.05 / 9 = 0.00556, the next to 0.05 / 8 = 0.00625."""
    rows = pd.DataFrame(
        {"organisation": "o", "year": "2019-20", "comparison": "difference", "direction": "grade-workforce"}, index=range(9)
    )
    rows = rows.assign(p_value=[*p_values, *[0.5] * 7], whole_count=10.0, whole_base=90.0, **dict.fromkeys(TWO_GROUPS, float("nan")))
    assert _asked_by(rows, pd.Series(False, index=rows.index))["p_holm"].le(0.05).sum() == standing
