"""What a headline adds where its figure alone misleads: the highest posts, the base, international recruits.

Witnesses: the counts of the shipped report (19 of 370, 3 of 105 and 65 of 1,315), and invented counts worked out by hand.
"""

import math

import pandas as pd
import pytest
from scipy.stats import fisher_exact

from wres_helpers import report
from wres_helpers.analysis.asides import asides
from wres_helpers.analysis.derived import population_served
from wres_helpers.analysis.status_rule import Method
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.headlines import headline_text

HIGHEST = {"comparison": "difference", "direction": "grade-workforce", "status": "no_clear_difference"}


def test_the_headline_of_indicator_1_shows_the_step_to_the_highest_posts_and_its_base(evidence):
    """3 of 105 is 2.9%; outside them 62 of 1,210 staff are BME, 5.1%, which is 1.79 times as much (interval: `wres compare 62/1210 3/105`)."""
    head = report.headline(evidence, "1")
    assert "19 of 370 staff in Band 8a and above (5.1%) were BME, against 4.9% of the whole workforce" in head.text
    assert head.text.endswith(
        "3 of 105 staff in Band 8c and above (2.9%) were BME; these counts are compatible with no difference, and with a large one."
    )
    assert "Shares are of everybody, those whose ethnicity is not disclosed included." in head.detail
    assert "Among all other staff the BME share is 1.79 times that of Band 8c and above (95% interval 0.62 to 5.37)." in head.detail


def test_hidden_highest_posts_are_said_to_be_hidden_and_missing_ones_not_at_all(made, rows_of):
    senior = rows_of.result("1", "senior_share", bme=(10, 100), value=0.0, lower=-0.05, upper=0.07, **HIGHEST)
    highest = rows_of.result("1", "leadership_share", bme=(1, 20), value=-0.05, lower=-0.1, upper=0.1, **HIGHEST)
    hidden = rows_of.hide(highest | {"status": "protected"}, bme_count="[c]", bme_rate="[c]", value="[c]", lower="[c]", upper="[c]")
    text = report.headline(made([senior, hidden]), "1").text
    assert text.endswith("How many of the 20 staff in Band 8c and above were BME is hidden, so that nobody can be recognised.")
    missing = rows_of.result("1", "leadership_share", **(HIGHEST | {"status": "not_supplied"}))
    assert "8c" not in report.headline(made([senior, missing]), "1").text


#: Clear and large on the answer; the score interval of 2.00 (`wres compare`) begins at 1.73 on the first counts and at 1.16 on the second.
SIZES = [
    ((400, 1000), (200, 1000), ""),
    ((30, 100), (15, 100), "whether large is uncertain: 1.25, where large begins, lies inside that interval."),
]


@pytest.mark.parametrize(("white", "bme", "said"), SIZES)
def test_how_large_is_said_to_be_uncertain_where_the_interval_reaches_below_the_boundary(made, rows_of, white, bme, said):
    row = rows_of.result("2", "appointed_from_shortlisting", white, bme, value=2.0, lower=1.2, upper=3.4)
    shown = made([row])
    assert report.headline(shown, "2").detail.endswith(said or "Above 1 is worse for BME staff, above 1.25 large.")
    marked, told = _told_of_the_status(shown)
    assert ("whether large is uncertain" in marked) is bool(said)
    assert ("whether large is uncertain" in told) is bool(said)
    hidden = made([rows_of.hide(row, bme_count="[c]", value="[c]", lower="[c]", upper="[c]")])
    assert not any("uncertain" in text for text in _told_of_the_status(hidden)), "what is hidden tells nothing of its size"


@pytest.mark.parametrize(
    ("bme", "white", "decides"), [((5, 37), (26, 771), True), ((7, 37), (26, 771), False), ((11, 251), (4, 1000), False)]
)
def test_a_clear_difference_that_rests_on_one_person_says_so_and_a_hidden_one_nothing(made, rows_of, bme, white, decides):
    """Witness: Fisher's test by scipy. One answer fewer of 5 in 37 is beyond 2.5%, of 7 in 37 it is not."""
    beyond = fisher_exact([[bme[0] - 1, bme[1] - bme[0] + 1], [white[0], white[1] - white[0]]], alternative="greater").pvalue > 0.025
    assert bool(beyond) is decides
    value = bme[0] / bme[1] - white[0] / white[1]
    gap = {"comparison": "difference", "direction": "bme-white", "value": value, "lower": 0.02, "upper": 0.3}
    row = rows_of.result("8", "discrimination_staff", white, bme, **gap)
    shown = made([row])
    assert (
        "With one person more or less a second test (Fisher's exact) would not confirm it." in report.headline(shown, "8").detail
    ) is decides
    assert ("one person could make it unclear" in str(report.standings(shown))) is decides
    assert "one person more" not in " ".join(report.scorecard(shown).notes), "said once, and nowhere as the opposite"
    for hidden in ({"bme_count": "fewer than 6"}, {"bme_count": "[c]", "value": "[c]", "lower": "[c]", "upper": "[c]"}):
        told = made([rows_of.hide(row, **hidden)])
        assert "one person" not in (report.headline(told, "8").detail + str(report.standings(told))).lower()


def _told_of_the_status(shown):
    """What page one and the method say of the status of indicator 2."""
    return str(report.standings(shown)), report.status_note(shown, "2").text


def test_a_gap_is_told_as_the_relative_likelihood_it_is_judged_by(made, rows_of):
    """30% against 20% is 1.5 times; of the opposite, 80% against 70%, 1.14: the answer is farther from 1.

    Of 90% against 70% it is the opposite, 30% against 10%; intervals by `wres compare`.
    """
    gap = {"comparison": "difference", "direction": "bme-white", "value": 0.1, "lower": 0.08, "upper": 0.12}
    harassed = rows_of.result("6", "harassment_staff", (2000, 10000), (3000, 10000), **gap)
    assert "; judged as a relative likelihood it is 1.50 (1.43 to 1.58)." in report.status_note(made([harassed]), "6").text
    gap |= {"value": -0.2, "lower": -0.22, "upper": -0.18}
    careers = rows_of.result("7", "equal_opportunities", (9000, 10000), (7000, 10000), **gap)
    assert "; judged as a relative likelihood of the opposite it is 3.00 (2.81 to 3.20)." in report.status_note(made([careers]), "7").text


def recruits(rows_of, white, bme, **more):
    """The whole: 60 of 400 white and 45 of 300 BME candidates appointed, 1.00 times; beside them the part that came from abroad."""
    whole = rows_of.result("2", "appointed_from_shortlisting", (60, 400), (45, 300), value=1.0, lower=0.7, upper=1.43, status="equivalent")
    part = rows_of.result("2", "appointed_from_shortlisting", white, bme, value=1.0, lower=0.5, upper=2.0)
    return whole, part | {"breakdown": "source", "category": "International", **more}


@pytest.fixture
def made(made, catalogue):
    """Evidence from rows, with what follows from them."""

    def with_asides(results):
        rows = pd.DataFrame(list(results))
        headlines = rows[rows["breakdown"].eq("overall")]
        return made(results, asides=asides(rows, headlines, catalogue, Method()).to_dict("records"))

    return with_asides


def test_international_recruits_that_flatter_indicator_2_are_named_in_the_headline(made, rows_of):
    """Without 2 of 3 and 30 of 40: 58 of 397 (14.6%) against 15 of 260 (5.8%), 2.53 times, whose interval is above 1.00."""
    shown = made(recruits(rows_of, (2, 3), (30, 40)))
    said = "Without international recruits it is clearly worse: 2.53 times (58 of 397 against 15 of 260; 95% interval"
    assert said in report.headline(shown, "2").text
    assert said in headline_text(shown, evidence_rows.headline_row(shown, "2"), short=True)
    (row,) = (row for row in report.scorecard(shown).rows if row[0].startswith("2."))
    assert row[2].endswith("BME: 15.0% (45 of 300); 2.53 without international recruits")
    assert said in report.top_findings(shown).items[0].text


def test_page_one_says_what_recruits_from_abroad_hide_where_no_finding_does(made, rows_of):
    """Witness: a page one on which indicator 2 was 'Equivalent', clearly worse without recruits from abroad, and that not said: three others were graver."""
    gap = {"comparison": "difference", "direction": "bme-white", "value": 0.3, "lower": 0.2, "upper": 0.4, "p_value": 0.001}
    measures = {"6": "harassment_staff", "7": "equal_opportunities", "8": "discrimination_staff"}
    graver = [rows_of.result(indicator, measure, (10, 100), (40, 100), **gap) for indicator, measure in measures.items()]
    shown = made([*recruits(rows_of, (2, 3), (30, 40)), *graver])
    said = "Without international recruits it is clearly worse: 2.53 times (58 of 397 against 15 of 260; 95% interval"
    assert said in str(report.beside_other_figures(shown))
    calm = made([*recruits(rows_of, (2, 3), (5, 40)), *graver])
    assert "ecruits" not in str(report.beside_other_figures(calm)) + str(report.scorecard(calm).rows)


@pytest.mark.parametrize(("white", "bme"), [((2, 3), (5, 40)), ((0, 3), (0, 4)), ((0, 0), (45, 60))])
def test_recruits_that_change_little_or_leave_nobody_to_compare_are_not_named(made, rows_of, white, bme):
    assert "ecruits" not in report.headline(made(recruits(rows_of, white, bme)), "2").text


def test_recruits_whose_counts_are_hidden_are_said_to_be_in_the_figure(made, rows_of):
    whole, part = recruits(rows_of, (2, 3), (30, 40))
    shown = made([whole, rows_of.hide(part, white_count="[c]", white_base="[c]")])
    assert report.headline(shown, "2").text.endswith(
        "International recruits are counted here; the comparison without them is hidden, but for what the table of recruits can say."
    )


def test_what_is_hidden_without_recruits_is_a_range_that_every_reader_can_work_out_and_page_one_tells_it(made, rows_of):
    """Witness: of 12 white applicants from abroad from none to all were shortlisted and appointed: 48 of 388 to 60 of 388 against 15 of 260.

    Its ends are rounded away from each other: 60 of 388 is 2.6804 times 15 of 260, which "to 2.68" would leave out.
    """
    whole, part = recruits(rows_of, (2, 3), (30, 40))
    before = rows_of.result("2", "shortlisted_from_applied", (3, 12), (40, 50)) | {"breakdown": "source", "category": "International"}
    hidden = rows_of.hide(part, white_count="[c]", white_base="[c]"), rows_of.hide(before, white_count="[c]")
    shown = made([whole, *hidden])
    low, high = (end(100 * count / 388 / (15 / 260)) / 100 for end, count in ((math.floor, 48), (math.ceil, 60)))
    said = f"nternational recruits are counted here; among all others it is {low} to {high} times, a range since counts are hidden"
    assert f"I{said}" in report.headline(shown, "2").text
    graver = {"comparison": "difference", "direction": "bme-white", "value": 0.3, "lower": 0.2, "upper": 0.4, "p_value": 0.001}
    rows = [
        rows_of.result(name, measure, (10, 100), (40, 100), **graver)
        for name, measure in (("6", "harassment_staff"), ("7", "equal_opportunities"), ("8", "discrimination_staff"))
    ]
    assert f"I{said}" in str(report.beside_other_figures(made([whole, *hidden, *rows])))
    # how many applied is hidden, too: no end can be worked out
    unknown = made([whole, hidden[0], rows_of.hide(before, white_count="[c]", white_base="[c]")])
    assert "the comparison without them is hidden" in report.headline(unknown, "2").text


def test_staff_and_population_served_are_set_side_by_side_on_one_base(made, rows_of):
    """800 white and 100 BME staff of 1,000 make 11.1% of 900 whose ethnicity is known; 20 of 100 people served are 20%."""
    served = [("Mere", "white", 80, "Census", "2021"), ("Mere", "bme", 20, "Census", "2021")]
    people = pd.DataFrame(served, columns=["area", "ethnic_group", "people", "source", "population_year"])
    staff = rows_of.result("1", "share_of_grade", (800, 1000), (100, 1000), comparison="none", direction="none")
    shown = made([staff])
    shown.population = population_served(people, shown.results)
    (block,) = report.population_served(shown)
    assert (
        "Of those whose ethnicity is known, BME people are 11.1% of staff (100 of 900) and 20.0% of the people of Mere"
        in block.paragraphs[0]
    )


@pytest.mark.parametrize(("clear", "clear_higher", "told"), [(True, True, False), (False, False, False), (False, True, True)])
def test_a_finding_gives_one_answer_and_the_highest_posts_only_where_they_alone_differ_clearly(made, rows_of, clear, clear_higher, told):
    """The interval leaves out 0 where a part differs clearly; the headline tells both in any case."""
    above, across = {"value": 0.05, "lower": 0.01, "upper": 0.09}, {"value": 0.05, "lower": -0.01, "upper": 0.11}
    senior = rows_of.result("1", "senior_share", bme=(10, 100), **HIGHEST, **(above if clear else across))
    highest = rows_of.result("1", "leadership_share", bme=(3, 20), **HIGHEST, **(above if clear_higher else across))
    shown = made([senior, highest])
    assert "3 of 20 staff in Band 8c and above" in report.headline(shown, "1").text
    assert ("Band 8c" in headline_text(shown, evidence_rows.headline_row(shown, "1"), short=True)) is told


@pytest.mark.parametrize(
    ("value", "lower", "upper", "told"), [(-0.2, -0.3, -0.1, False), (0.2, 0.1, 0.3, True), (-0.05, -0.2, 0.1, True), (None,) * 3 + (True,)]
)
def test_a_finding_tells_all_who_answered_only_where_they_say_something_else(made, rows_of, value, lower, upper, told):
    """Of those who said yes or no the difference is clear and below 0: the same, the other way, not clear, and not shown."""
    gap = {"comparison": "difference", "direction": "bme-white"}
    row = rows_of.result("7", "equal_opportunities", (90, 100), (30, 50), value=-0.3, lower=-0.4, upper=-0.2, **gap)
    ends = {"value": value, "lower": lower, "upper": upper}
    whole = rows_of.result("7", "equal_opportunities_of_all", (90, 150), (30, 80), **gap, **ends)
    shown = made([row, whole])
    (first,) = [item.text for item in report.top_findings(shown).items if item.source.startswith("indicator 7")]
    said = "answered by 80 BME and 150 white respondents, of whom 50 and 100 said yes or no; of all who answered it, "
    assert (f"{said}37.5% (30 of 80) against 60.0% (90 of 150) said yes." in first) is told
    everybody = made([row, whole | {"white_base": 100, "bme_base": 50}])
    assert "who said yes or no" in report.headline(shown, "7").text and "yes or no" not in report.headline(everybody, "7").text


@pytest.mark.parametrize(
    ("white", "bme", "code", "told"),
    [
        # by the printed rule, run by a statistician: 21 of 1,464 or 31 of 4,295 make it clear, and 1.83 is large
        ((32, 4295), (20, 1464), "no_clear_difference", "One person more or less could make it 'large difference'."),
        ((33, 4295), (19, 1464), "no_clear_difference", ""),
        ((9, 402), (7, 121), "too_few_to_judge", "One person more or less could make it 'large difference'."),
        ((9, 402), (3, 121), "too_few_to_judge", ""),
        # 0.92 (0.797 to 1.05), and of 149 of 341 (0.803 to 1.06): a large difference would not fit
        ((480, 1015), (148, 341), "no_clear_difference", "One person more or less could make it 'equivalent'."),
        ((480, 1015), (149, 341), "equivalent", "One person more or less could make it 'no clear difference'."),
        ((32, 4295), (24, 1464), "large_difference", ""),
    ],
)
def test_that_one_person_would_make_a_difference_is_said_as_is_that_one_would_undo_it(made, rows_of, white, bme, code, told):
    """Witness: scipy's score and Fisher tests of the counts with one person moved. Only what one person would undo was said."""
    row = rows_of.result("3", "entering_disciplinary", white, bme, direction="bme/white", value=1.83, lower=1.06, upper=3.17, status=code)
    shown = made([row])
    assert told in report.headline(shown, "3").detail and ("could make" in report.headline(shown, "3").detail) == bool(told)
    for hidden in ({"bme_count": "fewer than 6"}, {"white_count": "[c]"}):
        assert "One person" not in report.headline(made([rows_of.hide(row, **hidden)]), "3").detail


@pytest.mark.parametrize(("base", "told"), [(8, "0 of 8 board members (0%)"), (None, "0 of 6 to 9 board members were")])
def test_of_nobody_among_a_hidden_number_no_percentage_is_told(made, rows_of, base, told):
    """Witness: a page that had '0 of 6 to 9 board members (0%)'."""
    gap = {
        "comparison": "difference",
        "direction": "board-workforce",
        "value": -0.1,
        "lower": -0.3,
        "upper": 0.1,
        "breakdown": "membership",
        "category": "total",
    }
    row = rows_of.result("9", "board_share", (8, base or 8), (0, base or 8), **gap)
    row = row if base else rows_of.hide(row | {"bme_rate": 0.0}, bme_base="6 to 9")
    assert told in report.headline(made([row]), "9").text
