"""The rules of the overview at their edges. Witness: the rows beside each test, and the words of the rules."""

import math
import re

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.analysis.asides import JUDGED_BY
from wres_helpers.analysis.targets import OF_ENGLAND, OWN
from wres_helpers.report.section import table_blocks
from wres_helpers.report.summary import left_open, overview, page_one
from wres_helpers.report.summary.what_to_decide import asked_of_the_board
from wres_helpers.report.words import doubts, which_indicators

MEASURES = {
    "2": "appointed_from_shortlisting", "3": "entering_disciplinary", "4": "accessing_training", "5": "harassment_public",
    "6": "harassment_staff", "7": "equal_opportunities", "8": "discrimination_staff",
}  # fmt: skip


def sure(shown):
    """What page one says below its list of what could change a status."""
    return " ".join(point for panel in report.how_to_read(shown).items for point in panel.points)


@pytest.fixture
def of_statuses(made, rows_of):
    """Make evidence in which each indicator has a status; the values are the same for all."""

    def make(**codes):
        results = [
            rows_of.result(name[1:], MEASURES[name[1:]], (40, 400), (5, 100), value=2.0, lower=1.1, upper=3.9, p_value=0.02, status=code)
            for name, code in codes.items()
        ]
        return made(results)

    return make


def test_only_what_requires_focus_is_counted_as_such(of_statuses):
    shown = of_statuses(i2="large_difference", i3="some_difference", i4="equivalent", i5="too_few_to_judge", i6="large_difference")
    facts = {item.label: (item.value, item.note) for item in report.key_facts(shown).items}
    assert facts["Clearly worse for BME staff"] == ("3", "of 4 judged")


def test_three_of_more_are_said_to_be_three_of_so_many(of_statuses):
    """Witness: readers took three findings for the whole answer, where five indicators require focus, and could not name the others."""
    large = dict.fromkeys(("i2", "i3", "i6", "i7"), "large_difference")
    four = "Three of four large differences, the surest first:"
    assert report.top_findings(of_statuses(**large)).lead == four
    assert report.top_findings(of_statuses(**large, i8="some_difference")).lead == four
    three = report.top_findings(of_statuses(**{**large, "i7": "equivalent"})).lead
    assert three == "Large differences, the surest first:"
    some = dict.fromkeys(("i2", "i3"), "some_difference")
    assert report.top_findings(of_statuses(**some)).lead == "Clear differences, none of them large, the surest first:"
    assert report.top_findings(of_statuses(**some, i6="large_difference")).lead == "Clear differences, the large ones first:"
    assert report.top_findings(of_statuses(i2="large_difference")).lead == ""


def test_a_difference_fills_page_one_before_anything_else(of_statuses):
    """What is no difference stands there only where there is none; what cannot be judged is no finding and stands with what is not known."""
    sources = [item.source.split(":")[0] for item in report.top_findings(of_statuses(i2="equivalent", i4="some_difference")).items]
    assert sources == ["indicator 4", "staff records"]
    told = report.top_findings(of_statuses(i2="equivalent", i3="too_few_to_judge")).items
    assert [item.source.split(":")[0] for item in told] == ["indicator 2", "staff records"]


def test_where_nothing_is_clear_page_one_says_that_before_it_tells_what_chance_could_explain(of_statuses):
    """Witness: two indicators judged without a clear difference; of two shown to be equivalent nothing is left open, and one speaks for itself."""

    def first(**statuses):
        return report.top_findings(of_statuses(**statuses)).items[0]

    said = "No clear difference was found for the two indicators that could be judged"
    unclear = first(i2="no_clear_difference", i4="equivalent")
    assert (unclear.text, unclear.source) == (f"{said}; that does not show that there is none.", "indicators 2 and 4")
    assert first(i2="equivalent", i4="equivalent").text == f"{said}."
    for told in (first(i2="difference_other_way", i4="equivalent"), first(i2="no_clear_difference")):
        assert "No clear difference was found" not in told.text


def test_that_nothing_clear_was_found_speaks_only_of_statuses_that_are_shown(of_statuses):
    """Witness: the status of indicator 3 is hidden and may be any, a clear difference among them."""
    (first, *_) = report.top_findings(of_statuses(i2="equivalent", i4="equivalent", i3="protected")).items
    assert first.text == "No clear difference was found for the two indicators that could be judged and whose status may be shown."
    (first, *_) = report.top_findings(of_statuses(i2="equivalent", i4="equivalent", i3="too_few_to_judge")).items
    assert first.text == "No clear difference was found for the two indicators that could be judged."


@pytest.mark.parametrize(("unknown", "said"), [(99, False), (100, False), (101, True)])
def test_that_they_outnumber_bme_staff_is_said_where_more_are_undisclosed_than_bme(made, rows_of, unknown, said):
    shares = [rows_of.share("headcount", "bme", 100, 1000), rows_of.share("headcount", "unknown", unknown, 1000)]
    third = " ".join(report.how_sure(made(shares=shares)).paragraphs)
    assert f"{unknown} staff" in third
    assert ("more than the 100 recorded as BME" in third) is said


def moved(rows_of, indicator, before, now, **more):
    """A clear change of an indicator's headline between the two years."""
    row = {"organisation": "demo", "year": rows_of.year, "indicator": indicator, "measure": MEASURES[indicator], "breakdown": "overall"}
    row |= {"category": "all", "previous_year": rows_of.before, "previous_value": before, "value": now, "change": now / before}
    return row | {"change_lower": 1.2, "change_upper": 3.0, "comparable": True, "verdict": "clear_change", "reason": ""} | more


def test_page_one_tells_a_clear_change_with_both_values(made, rows_of):
    """Witness: the row by hand, 1.10 before and 2.00 now, appointed white over BME, where more is worse."""
    shown = made(changes=[moved(rows_of, "2", 1.1, 2.0)], previous_year=rows_of.before)
    points = report.at_a_glance(shown, pd.DataFrame(), asked=()).items[1].points
    assert points[0] == "Indicator 2 (appointment after shortlisting) has become clearly worse for BME staff: was 1.10, now 2.00."


def test_a_change_that_is_hidden_is_no_missing_comparison(made, rows_of):
    """Witness: both years were supplied for indicator 2, whose change is hidden; for the others nothing was: page one says what is true of both."""
    hidden = rows_of.hide(moved(rows_of, "2", 1.1, 2.0), change="[c]", value="[c]", verdict="[c]")
    points = report.at_a_glance(made(changes=[hidden], previous_year=rows_of.before), pd.DataFrame(), asked=()).items[1].points
    assert points[0] == "No change since 2018/19 can be told of indicators 1 and 3 to 9 (no figures to compare); of 2 (hidden)."
    assert overview.change_cell(made(changes=[hidden], previous_year=rows_of.before), "2") == "Hidden"


def test_nobody_is_told_that_a_change_is_hidden_of_which_a_year_was_not_supplied(made, rows_of):
    """Witness: this year's value is hidden, and of the year before nothing was supplied: there is no change to hide."""
    row = rows_of.hide(moved(rows_of, "2", 1.1, 2.0) | {"previous_value": None}, value="[c]")
    for verdict in ("not_supplied", "not_calculable", "within_chance"):
        shown = made(changes=[row | {"verdict": verdict}], previous_year=rows_of.before)
        points = report.at_a_glance(shown, pd.DataFrame(), asked=()).items[1].points
        assert not any("Hidden" in point for point in points), verdict
        assert "hidden" not in overview.change_cell(shown, "2").lower()


#: The rest of a target of which nothing is known but its verdict.
TARGET = {
    "measure": "none",
    "breakdown": "overall",
    "category": "all",
    "of": "value",
    "comparison": "difference",
    "start_year": "2018-19",
    "goal_year": "2023-24",
}
TARGET |= dict.fromkeys(("start", "path", "goal", "now", "base")) | {"owner_role": "Chair"}


def test_a_board_is_asked_what_follows_for_its_own_target_that_is_late_and_for_no_other(made):
    """Witness: page one said "one behind", and nothing was asked of it; England's goals are not the board's to change."""
    kinds = {"Posts": ("behind the path", OWN), "Band 9": ("on the path", OWN), "VSM": ("behind the path", OF_ENGLAND)}
    kinds["Pay"] = ("not reached in time", OWN)
    rows = [
        {"target": name, "indicator": "1", "verdict": verdict, "whose": whose, "decided": "Board", **TARGET}
        for name, (verdict, whose) in kinds.items()
    ]
    for plan in (pd.DataFrame(), pd.DataFrame({"done": [True], "given_up": [False], "action_id": ["A1"]})):
        assert [point for point in asked_of_the_board(made(targets=rows), plan) if "target" in point] == [
            "Decide what follows for the target Posts: it is behind the path (Chair, goal not known by 2023/24, date open).",
            "Decide what follows for the target Pay: it was not reached in time (Chair, goal not known by 2023/24, date open).",
        ]
        in_short = asked_of_the_board(made(targets=rows), plan, short=True)
        assert "Decide what follows for the target Posts: it is behind the path (Chair, date open)." in in_short


def test_of_what_fares_well_no_action_is_asked_and_of_what_is_hidden_those_who_may_see_it(of_statuses):
    """Witness: by hand, a plan for indicator 8 alone; three are left to decide on, one is hidden, two fare well, one requires focus."""
    codes = ("large_difference", "protected", "equivalent", "difference_other_way", "some_difference", "too_few_to_judge")
    shown = of_statuses(**dict(zip(("i2", "i3", "i4", "i5", "i6", "i7"), codes, strict=True)), i8="no_clear_difference")
    states = dict.fromkeys(("done", "given_up", "overdue", "due_soon", "carried_over"), False)
    row = {"action_id": "A1", "indicator": "8", "area": "Fair", "action": "Train.", "owner_role": "Head", "due": "", "progress": "Started"}
    points = [point.removesuffix(" (owner, date open).") for point in asked_of_the_board(shown, pd.DataFrame([row | states]))]
    assert [point for point in points if "A1" not in point] == [
        "Ask for actions on indicator 2, which requires focus and has none",
        "Decide whether indicators 1, 6, 7 and 9 need an action",
        "Ask those who may see it whether indicator 3 needs an action",
    ]
    plan = pd.DataFrame(
        [row | states | {"action_id": name, "indicator": of, "progress": ""} for name, of in (("A1", "8"), ("A2", "6"), ("A3", "2"))]
    )
    later = asked_of_the_board(of_statuses(i2="large_difference", i6="some_difference", i8="no_clear_difference"), plan)
    assert [point.partition(" (")[0].partition(" for ")[0] for point in later[:2]] == [
        "Agree A1 to A3 on 'Fair'",
        "Name measures of success",
    ]


@pytest.mark.parametrize(
    ("lengths", "told"), [((50, 50, 40), 3), ((50, 50, 41), 2), ((141, 5), 1), ((15,) * 9, 9), ((5,) * 10, 9)], ids=str
)
def test_page_one_has_up_to_nine_decisions_and_140_words_of_them(made, monkeypatch, lengths, told):
    """Witness: words counted by hand; one decision always stands there."""
    monkeypatch.setattr(page_one, "asked_of_the_board", lambda *_, short: tuple(f"Decide{' now' * (words - 1)}" for words in lengths))
    points = report.at_a_glance(made(), pd.DataFrame(), asked=()).items[0].points
    assert sum(point.startswith("Decide") for point in points) == told
    assert [point for point in points if "action plan" in point] == [
        f"{('One', 'Two')[len(lengths) - told - 1]} more; in full: action plan."
    ] * (told < len(lengths))


def test_two_values_that_print_alike_are_no_movement(made, rows_of):
    shown = made(changes=[moved(rows_of, "2", 2.001, 2.004, verdict="within_chance", change_lower=0.9)], previous_year=rows_of.before)
    assert overview.change_cell(shown, "2") == "No clear change: still 2.00"


def test_a_change_that_one_person_would_undo_says_so_wherever_it_is_told(made, rows_of):
    """Witness: the row by hand, whose interval of 1.2 to 3.0 leaves out no change, and whose verdict is that it is not clear all the same."""
    shown = made(changes=[moved(rows_of, "2", 1.1, 2.0, verdict="within_chance")], previous_year=rows_of.before)
    why = "one person more or less would undo it"
    assert overview.change_cell(shown, "2") == f"No clear change ({why}): was 1.10, now 2.00"
    assert why in " ".join(report.compared_with_last_year(shown, "2").paragraphs)


def test_that_many_questions_are_asked_is_said_also_where_what_stands_is_hidden(made, rows_of):
    """Whether a finding stands follows from all counts, so it may be hidden; that chance finds something now and then is no secret."""
    row = rows_of.status("2", "large_difference", "Large difference")
    shown = made(statuses=[rows_of.hide(row, stands="not shown")])
    (said,) = [text for text in report.how_sure(shown).paragraphs if "nine questions asked at once" in text]
    assert "is hidden, because it would give hidden numbers away" in said


def test_where_nothing_could_be_judged_page_one_says_so(of_statuses):
    (fact,) = [item for item in report.key_facts(of_statuses(i2="too_few_to_judge")).items if item.label.startswith("Clearly")]
    assert (fact.value, fact.note) == ("not known", "no indicator could be judged")


def test_the_interval_of_a_hidden_end_is_not_shown_and_not_missing(rows_of):
    row = rows_of.hide(rows_of.appointed, upper="not shown")
    assert table_blocks.interval_cell(pd.Series(row), "above_1") == "2.00 (interval hidden)"
    gap = pd.Series(row | {"comparison": "difference", "value": -0.049, "direction": "board-workforce"})
    assert table_blocks.interval_cell(gap, "below_0") == "4.9 points below the workforce (interval hidden)"
    neither = pd.Series(rows_of.hide(row, value="not shown", upper="not shown"))
    assert table_blocks.interval_cell(neither, "above_1") == "hidden"


def test_the_key_of_the_scorecard_says_what_hidden_means_where_something_is(made, rows_of):
    hidden = made([rows_of.hide(rows_of.appointed, value="not shown", upper="not shown")])
    told = [note for note in report.scorecard(hidden).notes if note.startswith("Hidden: ")]
    assert told == ["Hidden: with these figures somebody could be recognised."]
    assert not [note for note in report.scorecard(made()).notes if note.startswith("Hidden")]


def test_a_hidden_base_reads_before_its_noun(made, rows_of):
    row = rows_of.hide(rows_of.appointed, bme_base="not shown", bme_rate="not shown", value="not shown")
    assert "5 of a hidden number of BME shortlisted candidates" in str(report.headline(made([row]), "2"))


def test_a_report_without_an_earlier_year_has_no_column_that_says_so_nine_times(of_statuses, made, rows_of):
    table = report.scorecard(of_statuses(i2="large_difference"))
    assert [column.label for column in table.columns][-1].startswith("Comparison")
    assert {len(row) for row in table.rows} == {4}
    compared = report.scorecard(made(changes=[moved(rows_of, "2", 1.1, 2.0)], previous_year=rows_of.before))
    assert (compared.columns[-1].label, {len(row) for row in compared.rows}) == ("Since 2018/19", {5})


def test_of_what_could_be_judged_the_gravest_comes_first_and_what_is_alike_last(of_statuses):
    shown = of_statuses(
        i2="equivalent",
        i3="no_clear_difference",
        i4="difference_other_way",
        i5="some_difference",
        i6="large_difference",
        i7="too_few_to_judge",
    )
    assert which_indicators.by_urgency(shown) == ["6", "5", "4", "3", "2"]


@pytest.mark.parametrize("hidden", [False, True])
def test_of_one_status_the_surest_is_that_whose_largest_p_value_is_smallest(made, rows_of, hidden):
    """Witness: a statistician's tests of 11 of 251 and of 5 of 37. By the smallest p-value five people stood before eleven, and one of them decides."""
    asked = {"2": (0.0094, 0.0172, 0.0041), "8": (0.0064, 0.0264, 0.0109)}
    rows = [
        rows_of.result(name, MEASURES[name], (40, 400), (5, 100), value=2.0, lower=1.1, upper=3.9, p_value=p)
        for name, (p, *_) in asked.items()
    ]
    given = [
        rows_of.status(
            name,
            "large_difference",
            "Large difference",
            p_largest=math.nan if hidden else max(p, moved, 2 * fisher),
            p_holm_fisher={"2": 0.0574, "8": 0.131}[name],
        )
        for name, (p, moved, fisher) in asked.items()
    ]
    shown = made(rows, given)
    assert which_indicators.by_urgency(shown) == (["8", "2"] if hidden else ["2", "8"])
    told = " ".join(report.how_sure(made(rows, [one | {"stands": True} for one in given])).paragraphs)
    # by the steps of Holm over Fisher's p-values, doubled, neither stood, and the page named one test for both
    assert (
        "the exact mid-p of indicators 2 and 8 is at most 5%; by Fisher's, doubled, that of indicators 2 and 8 is not (0.0574 and 0.1310)."
        in told
    )
    sure = [one | {"stands": True, "p_holm_fisher": holm} for one, holm in zip(given, (0.01, 0.06), strict=True)]
    assert "is at most 5%; by Fisher's, doubled, that of indicator 8 is not (0.0600)." in " ".join(
        report.how_sure(made(rows, sure)).paragraphs
    )


UNDISCLOSED = [
    # as found, lowest and highest possible, status; whether the undisclosed could undo it. Equality is 1
    (2.0, 1.01, 3.0, "large_difference", False),
    (2.0, 1.0, 3.0, "large_difference", True),
    (1.2, 0.7, 1.9, "some_difference", True),
    (0.5, 0.2, 0.9, "difference_other_way", False),
    (1.3, 0.4, 3.0, "no_clear_difference", False),  # it claims nothing that could be undone
    (2.0, None, None, "large_difference", False),  # how many they are was not supplied
]


@pytest.mark.parametrize(("value", "low", "high", "code", "said"), UNDISCLOSED)
def test_a_difference_that_the_undisclosed_could_undo_is_told_on_page_one_and_beside_its_finding(
    made, rows_of, value, low, high, code, said
):
    row = rows_of.result("2", MEASURES["2"], (40, 400), (5, 100), value=value, lower=0.5, upper=3.9, p_value=0.02, status=code)
    place = {name: row[name] for name in ("organisation", "year", "indicator", "measure", "breakdown", "category")}
    shown = made([row], bounds=[place | {"lower_bound": low, "upper_bound": high, "assumption": ""}])
    assert ("At the extreme, with the undisclosed, 2 could be unclear." in sure(shown)) is said
    assert ("nowing the ethnicity of the undisclosed could make it 'no clear difference'" in report.headline(shown, "2").detail) is said
    assert said or "Of 2 what the undisclosed could change is not known." in sure(shown), "nothing is passed over"


@pytest.mark.parametrize(
    ("unknown", "hidden", "told"),
    [
        # 529 of 2,299 white and 254 of 1,394 BME appointed: 1.26; with 39 of 245 more among the BME applicants 1.15 (293 of 1,533), inside the range
        ((39, 245), "", "At the extreme, with the undisclosed, 2 could be unclear."),
        ((0, 1), "", "Whoever the undisclosed are, indicator 2 keeps its status."),
        ((None, None), "", "Of 2 what the undisclosed could change is not known. "),
        # how many of them were appointed is not known: from none to all
        ((None, 245), "", "At the extreme, with the undisclosed, 2 could be unclear."),
        ((None, 245), "[c]", "Of 2 what the undisclosed could change is hidden. "),
        # 1, 2, 3 or 4 of 245: the others may all be white or all BME, whichever it is
        ((None, 245), "fewer than 5", "At the extreme, with the undisclosed, 2 could be unclear."),
    ],
)
def test_page_one_says_what_the_undisclosed_could_change_and_where_that_is_not_known(made, rows_of, unknown, hidden, told):
    ends = {"value": 1.263, "lower": 1.107, "upper": 1.441}
    row = rows_of.result("2", MEASURES["2"], (529, 2299), (254, 1394), unknown, **ends, status="large_difference")
    row = rows_of.hide(row, unknown_count=hidden) if hidden else row
    assert sure(made([row])).startswith(told)


def test_where_only_the_undisclosed_of_the_whole_workforce_are_hidden_what_they_could_change_is_not_known(made, rows_of):
    """Of 100 seniors 10 are BME and nobody is undisclosed; of all 1,000 staff 200, and the number of the undisclosed is hidden."""
    gap = {"comparison": "difference", "direction": "grade-workforce", "value": -0.1, "lower": -0.14, "upper": -0.03}
    seniors = rows_of.result("1", "senior_share", (90, 100), (10, 100), (0, 100), **gap)
    everybody = rows_of.result("1", "share_of_grade", (800, 1000), (200, 1000), (None, 1000), comparison="none", direction="none")
    shown = made([seniors, rows_of.hide(everybody, unknown_count="fewer than 5")])
    assert "Of 1 what the undisclosed could change is hidden." in sure(shown)


@pytest.mark.parametrize(
    ("undisclosed", "told"),
    [
        ((0, 0), "Whoever the undisclosed are, indicator 2 keeps its status."),
        ((None, None), "Of 2 what the undisclosed could change is not known. "),
        ((300, 600), "At the extreme, with the undisclosed, 2 could be unclear."),
    ],
)
def test_a_status_is_firm_only_where_nothing_can_change_it_and_that_is_known(made, rows_of, undisclosed, told):
    """By hand: 600 of 1,000 against 300 of 1,000 are 2.00 (1.80 to 2.22); with 300 more among 600 more both can be 600 of 1,300."""
    row = rows_of.result("2", MEASURES["2"], (600, 1000), (300, 1000), undisclosed, value=2.0, lower=1.8, upper=2.22)
    assert sure(made([row])).startswith(told)


def test_a_clear_difference_in_spite_of_few_expected_says_that_single_cases_weigh(made, rows_of):
    """Witness: 20 x 325 / 4,899 is 1.33, by hand: a metric with a ratio of 6.03 said nothing of how few it rests on."""
    row = rows_of.result("3", "entering_disciplinary", (14, 4574), (6, 325), direction="bme/white", value=6.03, lower=2.4, upper=15.04)
    given = rows_of.status("3", "large_difference", "Large difference", fewest_expected=20 * 325 / 4899)
    told = report.status_note(made([row], [given]), "3").text
    assert "(single cases weigh heavily: 1.3 expected in the smallest group if the two fared alike)" in told
    # and beside the number itself, not in the method alone
    beside = report.headline(made([row], [given]), "3").detail
    assert beside.endswith("Single cases weigh heavily: 1.3 expected in the smallest group if the two fared alike.")
    assert "expected" not in report.status_note(made([row], [given | {"fewest_expected": 5.0}]), "3").text


@pytest.mark.parametrize(
    ("recorded", "told"),
    [((325, 4574), True), ((610, 5390), True), ((1200, 4000), False), ((600, 5400), True), ((None, 4574), False)],
)
def test_a_survey_of_other_people_than_the_records_tell_of_says_so(made, rows_of, recorded, told):
    """Witness: 610 of 2,620 who answered are 23.3%, 325 of 4,899 on record 6.6%, and 325 people cannot give 610 answers."""
    row = rows_of.result(
        "6", "harassment_staff", (341, 2010), (163, 610), comparison="difference", direction="bme-white", value=0.1, lower=0.06, upper=0.14
    )
    bme, white = recorded
    shares = [rows_of.share("headcount", "white", white, 6060), rows_of.share("headcount", "bme", bme, 6060)]
    shown = made([row], shares=shares)
    said = [text for text in report.how_sure(shown).paragraphs if "of the survey call themselves" in text]
    assert bool(said) is told
    heard = f"At least 610 answered the survey as BME; only {bme} are on record: records leave some out." if bme and bme < 610 else ""
    on_record = [heard or f"Indicators 5 to 8 rest on 610 BME answers; {bme:,} are on record."] if bme else []
    # a pair such as "610 of 4,899" is taken for one row's, and stopped the run of Ashcombe where the two are of different tables
    assert not any(re.search(r"\d of \d", text) for text in left_open.gravest_unknown(shown))
    assert [text for text in left_open.gravest_unknown(shown) if "on record" in text] == on_record, (
        "page one says both, whether they agree or not"
    )
    assert not said or said[0].startswith(
        f"610 respondents of the survey call themselves BME and 2,010 white; on record are {bme:,} and {white:,} staff: not the same people."
    )


@pytest.mark.parametrize(
    ("code", "lower", "upper", "becomes"),
    [
        ("large_difference", 1.25, 1.5, {"some_difference"}),
        ("large_difference", 1.2500001, 1.5, set()),
        ("some_difference", 1.1, 1.25, set()),
        ("some_difference", 1.1, 1.2500001, {"large_difference"}),
        ("no_clear_difference", 0.8, 1.25, set()),
        ("no_clear_difference", 0.8, 1.2500001, {"large_difference"}),
        ("no_clear_difference", 0.7999999, 1.25, {"difference_other_way"}),
        ("difference_other_way", 0.5, 1.5, set()),
    ],
)
def test_chance_could_make_of_a_status_what_its_interval_reaches(made, rows_of, code, lower, upper, becomes):
    """Witness: the printed rule. Large is above 1.25; the range of no adverse difference, 0.80 to 1.25, includes its ends."""
    row = rows_of.result("2", MEASURES["2"], (600, 1000), (300, 1000), value=2.0, lower=1.5, upper=3.0, status=code)
    shown = made([row], asides=[row | {"kind": JUDGED_BY, "value": 1.2, "lower": lower, "upper": upper}])
    assert {other for each in doubts.of_indicator(shown, "2") if each.cause == doubts.CHANCE for other in each.becomes} == becomes


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ({}, ["The official guidance was not seen: definitions could differ."]),
        (
            dict.fromkeys("123456789", "guidance") | {"6": "memory"},
            ["The official guidance on indicator 6 was not seen: definitions could differ."],
        ),
        (dict.fromkeys("123456789", "secondary"), ["The official guidance was not seen: definitions could differ."]),
        (dict.fromkeys("123456789", "guidance"), []),
    ],
)
def test_where_the_guidance_was_not_seen_is_said_of_those_alone(made, seen, told):
    """Witness: the catalogue's column; page one said "Official guidance on 1, 3, 4", which was taken for those that have any."""
    shown = made()
    grades = shown.context.catalogue["indicator"].map(seen)
    shown.context.catalogue = shown.context.catalogue.assign(seen=grades.astype("string").fillna("memory"))
    assert [point for point in left_open.gravest_unknown(shown) if "guidance" in point] == told
