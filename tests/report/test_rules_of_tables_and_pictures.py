"""What tables and pictures of a section say in place of a number, and what stands beside one. Witness: rows by hand, and sums beside them."""

import math

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.analysis.asides import JUDGED_BY, JUDGED_BY_OPPOSITE
from wres_helpers.analysis.pipeline import ABSENT, EMPTY
from wres_helpers.report.form.blocks import IntervalCell, Prose
from wres_helpers.report.section import charts, own_pictures, pipeline_blocks, table_blocks

PLACE = {"year": "2019-20", "indicator": "1", "breakdown": "overall", "category": "all", "reason": "", "clear": False}


def step(name, white, bme, value, **more):
    row = PLACE | {
        "step": name,
        "value": value,
        "lower": None if value is None else value / 2,
        "upper": None if value is None else value * 2,
    }
    counts = zip(("white_lower_count", "white_upper_count", "bme_lower_count", "bme_upper_count"), (*white, *bme), strict=True)
    return row | dict(counts) | more


#: 100, 50 and 20 white and 10, 4 and 2 BME staff by tier.
TIERS = [
    step("lower_to_middle", (100, 50), (10, 4), 1.5), step("middle_to_upper", (50, 20), (4, 2), 0.9), step("lower_to_upper", (100, 20), (10, 2), 1.2),
]  # fmt: skip


@pytest.fixture
def pipeline(made):
    def make(rows):
        evidence = made()
        evidence.pipeline = pd.DataFrame([row for row in rows]).astype({name: float for name in ("value", "lower", "upper")})
        return report.pipeline(evidence), evidence

    return make


def with_steps(*changes):
    return [row | change for row, change in zip(TIERS, changes, strict=True)]


CLEAR, FEWER, MORE = {"clear": True}, "clearly fewer BME staff are", "clearly more BME staff are"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (({}, {}, {}), "At no step from one tier to the next is the spread of BME staff clearly different from that of white staff."),
        (({}, {}, CLEAR), "At no step from one tier to the next"),
        (
            (CLEAR, {}, {}),
            f"At the step from lower to middle, {FEWER} in the higher of the two tiers than if they were spread like white staff.",
        ),
        (({}, CLEAR, {}), f"At the step from middle to upper, {MORE}"),
        ((CLEAR, CLEAR | {"value": 1.1}, {}), f"At the steps from lower to middle and from middle to upper, {FEWER}"),
        ((CLEAR, CLEAR, {}), f"white staff. At the step from middle to upper, {MORE}"),
        (({}, {"value": None}, {}), "At no step whose ratio can be calculated and shown is the spread"),
        (({"value": None}, {"value": None}, {}), "The ratios of all staff are hidden or cannot be calculated."),
    ],
)
def test_the_steps_at_which_groups_part_are_named_with_their_side(pipeline, changes, said):
    (reading, *_), _ = pipeline(with_steps(*changes))
    assert said in reading.paragraphs[0] and "tier, where" not in reading.paragraphs[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (({"bme_upper_count": 0}, {"bme_lower_count": 0}, {}), "No BME staff are in the middle tier, where 50 white staff are."),
        (({}, {"bme_upper_count": 0}, {"bme_upper_count": 0}), "No BME staff are in the upper tier, where 20 white staff are."),
        (({"bme_lower_count": 0}, {}, {"bme_lower_count": 0}), "No BME staff are in the lower tier, where 100 white staff are."),
        (({}, {}, {"white_upper_count": 0}), "No white staff are in the upper tier, where 2 BME staff are."),
        (({}, {}, {"white_upper_count": 0, "bme_upper_count": 0}), ""),
        (({}, {}, {"white_upper_count": 0, "bme_upper_count": 1}), "No white staff are in the upper tier, where 1 BME staff are."),
        (({}, {}, {"white_upper_count": 0, "bme_upper_count": None}), ""),
    ],
)
def test_an_empty_tier_is_told_beside_those_of_the_other_group(pipeline, changes, said):
    (reading, *_), _ = pipeline(with_steps(*changes))
    assert reading.paragraphs[0].endswith(said) and ("tier, where" in reading.paragraphs[0]) is bool(said)


def test_a_table_of_steps_says_what_is_hidden_absent_or_of_nobody(pipeline):
    changes = ({"value": None, "reason": "hidden", "bme_upper_count": None}, {"value": None, "reason": EMPTY},
               {"value": None, "reason": ABSENT, "bme_upper_count": None, "white_upper_count": None, "white_lower_count": None})  # fmt: skip
    shown_step = {"value": 2.0, "lower": 1.0, "upper": 4.0, "category": "clinical", "breakdown": "staff_group"}
    (_, table), _ = pipeline([*with_steps(*changes), TIERS[0] | shown_step | {"category": "non_clinical"}, TIERS[0] | shown_step])
    assert [row[:5] for row in table.rows] == [
        ("All staff, middle to upper", "50 and 20", "4 and 2", "not calculable", "not calculable"),
        ("All staff, lower to upper", "not supplied", "10 and not supplied", "not supplied", "not supplied"),
        ("Non-clinical, lower to middle", "100 and 50", "10 and 4", "2.00", "1.00 to 4.00"),
        ("Clinical, lower to middle", "100 and 50", "10 and 4", "2.00", "1.00 to 4.00"),
    ]  # fmt: skip
    assert table.behind and any(note.endswith("recognised: All staff, lower to middle.") for note in table.notes)


def test_a_pipeline_without_a_ratio_is_nothing_and_other_years_are_none(pipeline):
    blocks, evidence = pipeline(with_steps(*({"value": None},) * 3))
    assert blocks == () and pipeline_blocks.formula(evidence) == ""
    later = [row | {"breakdown": "division"} for row in of_part("Z")]
    blocks, _ = pipeline([*TIERS, *of_part("A"), *later])
    assert [table.id[21:] for table in blocks[2:]] == ["job-type", "division"], "in the order of the data"
    assert blocks[1].columns[-2].label == "Race disparity ratio"
    blocks, evidence = pipeline([row | {"year": "2018-19"} for row in TIERS])
    assert blocks == () and pipeline_blocks.formula(evidence) == ""
    blocks, evidence = pipeline(with_steps({}, {"value": None}, {"value": None}))
    assert len(blocks) == 2 and pipeline_blocks.formula(evidence).startswith("The tiers are lower (up to Band 5)")
    evidence.pipeline = evidence.pipeline.iloc[:0]
    assert pipeline_blocks.formula(evidence) == ""


def of_part(category, *changes):
    return [row | {"breakdown": "job_type", "category": category} | change for row, change in zip(TIERS, changes or ({},) * 3, strict=True)]


NONE = ({"value": None, "reason": "hidden"},) * 3


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        ([of_part("A"), of_part("B")], ["A", "B"]),
        ([of_part("A"), of_part("B", *NONE), of_part("C", *NONE), of_part("B + C")], ["A", "B and C, together"]),
        ([of_part("A"), of_part("B", *NONE), of_part("C"), of_part("B + C")], ["A", "C", "B and C, together"]),
        ([of_part("A"), of_part("B"), of_part("C"), of_part("B + C", *NONE)], ["A", "B", "C"]),
        ([of_part("A"), of_part("B", NONE[0], {}, {}), of_part("C", *NONE), of_part("B + C")], ["A", "B", "B and C, together"]),
        ([of_part("A"), of_part("B", *NONE), of_part("C", *NONE), of_part("B + C", {}, {}, NONE[0])], ["A", "B and C, together"]),
        ([of_part("A"), of_part("B", {}, *NONE[:2])], ["A", "B"]),
        ([of_part("A"), of_part("B"), of_part("X + Y")], ["A", "B", "X and Y, together"]),
    ],
)
def test_parts_of_which_only_the_sum_is_told_stand_in_it(pipeline, parts, names):
    (_, _, table), _ = pipeline([*TIERS, *(row for part in parts for row in part)])
    assert [row[0] for row in table.rows] == names and table.behind
    assert table.columns[0].label == "Job type" and table.id == "indicator-1-pipeline-job-type"
    assert table.rows[0][3:] == ("1.50 (0.75\u00a0to\u00a03.00)", "0.90 (0.45\u00a0to\u00a01.80)", "1.20 (0.60\u00a0to\u00a02.40)")
    assert table.rows[-1][1:3] == ("100, 50 and 20", "10, 4 and 2")
    only_all = [*of_part("A", *NONE), *of_part("B", *NONE), *of_part("A + B")]
    (_, _, nothing), _ = pipeline([*TIERS, *only_all])
    assert nothing.title.endswith(": hidden") and "together" not in nothing.text, "the sum of all parts is all staff"


GAP = {"comparison": "difference", "direction": "bme-white", "value": 0.2, "lower": 0.1, "upper": 0.3}


@pytest.mark.parametrize(
    ("row", "adverse", "place"),
    [
        ({"value": 2.0, "lower": 1.0, "upper": 4.0}, "above_1", (0.75, 0.5, 1.0)),
        ({"value": 2.0, "lower": 1.0, "upper": 4.0}, "below_1", (0.25, 0.0, 0.5)),
        ({"value": 0.0, "lower": 0.0, "upper": math.inf}, "above_1", (0.0, 0.0, 1.0)),
        (GAP, "above_0", (0.75, 0.625, 0.875)),
        (GAP, "below_0", (0.25, 0.125, 0.375)),
        (GAP | {"value": 0.5, "upper": 0.9}, "above_0", (1.0, 0.625, 1.0)),
    ],
)
def test_a_value_and_its_interval_stand_on_the_line_with_the_worse_side_right(rows_of, row, adverse, place):
    """Witness: the line ends at four times and at 40 points; twice is half way to four."""
    cell = table_blocks.interval_cell(pd.Series(rows_of.appointed | row), adverse)
    assert (cell.value, cell.lower, cell.upper) == pytest.approx(place)


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (None, "no comparison"), ({"value": None}, "no comparison"), ({"value": None, "protection": '{"value": "[c]"}'}, "hidden"),
        ({"upper": None, "protection": '{"upper": "[c]"}'}, "2.00 (interval hidden)"), ({"upper": None}, "no comparison"),
    ],
)  # fmt: skip
def test_what_stands_for_a_value_that_cannot_be_drawn(rows_of, row, cell):
    assert table_blocks.interval_cell(None if row is None else pd.Series(rows_of.appointed | row), "above_1") == cell


@pytest.mark.parametrize(
    ("kind", "row", "judged", "said"),
    [
        (JUDGED_BY, {}, 1.5, "20.0 points higher (10.0 to 30.0); as a ratio 1.50 (1.20 to 1.90)"),
        (JUDGED_BY_OPPOSITE, {}, 1.5, "20.0 points higher (10.0 to 30.0); as a ratio of the opposite 1.50 (1.20 to 1.90)"),
        (JUDGED_BY, {}, math.inf, None),
        ("another", {}, 1.5, None),
        (JUDGED_BY, {"comparison": "ratio", "direction": "white/bme"}, 1.5, None),
    ],
)
def test_a_gap_is_told_with_the_ratio_by_which_it_is_judged(made, rows_of, kind, row, judged, said):
    result = rows_of.result("6", "harassment_staff", (10, 100), (30, 100), **GAP | row)
    shown = made([result], asides=[result | {"kind": kind, "value": judged, "lower": 1.2, "upper": 1.9}])
    cell = IntervalCell("words", 0.5, 0.4, 0.6)
    told = table_blocks.with_ratio(shown, pd.Series(result), cell)
    assert told.text == (said or "words")
    assert table_blocks.with_ratio(shown, pd.Series(result), "hidden") == "hidden" and table_blocks.with_ratio(shown, None, cell) is cell


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ({"unknown_count": 2, "unknown_base": 20, "unknown_rate": 0.1}, "10.0%"),
        ({"unknown_count": 0, "unknown_base": 0}, "not calculable"),
        ({}, "not supplied"),
        ({"status": "not_comparable"}, "not comparable"),
        ({"protection": '{"unknown_count": "[c]"}'}, "hidden"),
        ({"protection": '{"unknown_base": "not calculable"}'}, "not calculable"),
        ({"measure": "share_of_grade", "indicator": "1", "protection": '{"unknown_count": "[c]"}'}, "10.0%"),
        ({"measure": "share_of_grade", "indicator": "1", "breakdown": "grade", "category": "Band 2", "protection": '{"unknown_count": "[c]"}'}, "20.0%"),
        ({"measure": "share_of_grade", "indicator": "1", "breakdown": "grade", "category": "Band 3", "protection": '{"unknown_count": "[c]"}'}, "hidden"),
    ],
)  # fmt: skip
def test_the_share_of_the_undisclosed_is_told_as_it_is_known(made, rows_of, row, cell):
    shares = [
        rows_of.share("headcount", "unknown", 100, 1000),
        rows_of.share("workforce", "unknown", 4, 20, breakdown="grade", category="Band 2"),
    ]
    shown = made(shares=shares)
    assert table_blocks.rate_cell(shown, pd.Series(rows_of.appointed | row), "unknown") == cell
    assert table_blocks.rate_cell(shown, pd.Series(rows_of.appointed | row), "bme") == "5.0%"


@pytest.mark.parametrize(
    ("row", "groups", "intervals"),
    [
        ({}, ["White", "BME"], ["7.4% to 13.3%", "2.2% to 11.2%"]),
        ({"unknown_count": 2, "unknown_base": 20, "unknown_rate": 0.1}, ["White", "BME", "Not disclosed"], ["7.4% to 13.3%", "2.2% to 11.2%", "not calculated"]),
        ({"unknown_base": 20}, ["White", "BME", "Not disclosed"], ["7.4% to 13.3%", "2.2% to 11.2%", "not supplied"]),
        ({"protection": '{"unknown_count": "[c]"}'}, ["White", "BME", "Not disclosed"], ["7.4% to 13.3%", "2.2% to 11.2%", "hidden"]),
        ({"bme_lower": None, "bme_count": None, "protection": '{"bme_count": "[c]"}'}, ["White", "BME"], ["7.4% to 13.3%", "hidden"]),
        ({"protection": '{"unknown_count": "not calculable"}'}, ["White", "BME", "Not disclosed"], ["7.4% to 13.3%", "2.2% to 11.2%", "not calculable"]),
        ({"bme_lower": None}, ["White", "BME"], ["7.4% to 13.3%", "not calculated"]),
    ],
)  # fmt: skip
def test_rates_are_told_group_by_group_and_the_undisclosed_where_they_were_supplied(made, rows_of, row, groups, intervals):
    table = report.rates_table(made([rows_of.appointed | row]), "2")
    assert ([each[0] for each in table.rows], [each[4] for each in table.rows]) == (groups, intervals)
    assert any("not supplied, so what it could change" in note for note in table.notes) is (len(groups) == 2)
    assert any("method of the interval: score" in note for note in table.notes)
    assert report.rates_table(made(), "4").rows == (), "of what was not supplied"


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ({}, "2.00 (95% interval 1.10 to 3.90); method of the interval: score."),
        ({"method": ""}, "2.00 (95% interval 1.10 to 3.90)."),
        ({"lower": None}, "2.00."),
        ({"value": None}, "not supplied."),
        ({"value": None, "status": "not_calculable"}, "not calculable."),
        ({"value": None, "protection": '{"value": "[c]"}'}, "hidden."),
        ({"value": None, "protection": '{"value": "1.10 to 2.00"}'}, "1.10 to 2.00, depending on numbers that are hidden and without any allowance for chance."),
    ],
)  # fmt: skip
def test_the_note_of_a_value_says_its_interval_and_method_or_what_stands_for_it(made, rows_of, row, note):
    assert table_blocks.value_note(made(), pd.Series(rows_of.appointed | row)) == f"Relative likelihood, white divided by BME: {note}"
    assert table_blocks.value_note(made(), None) == ""


def test_what_the_undisclosed_could_change_is_told_of_the_whole_and_parts_of_a_board_alone(made, rows_of):
    row = {"organisation": "demo", "year": rows_of.year, "indicator": "2", "measure": "appointed_from_shortlisting", "breakdown": "overall"}
    row |= {
        "category": "all",
        "value": 2.0,
        "lower_bound": 1.5,
        "upper_bound": 2.6,
        "if_all_white": 1.5,
        "if_all_bme": 2.6,
        "unknown_base": 20,
    }
    row |= {"assumption": "everybody is one of the two", "unknown_count": 1, "status": "calculated", "reason": ""}

    def rows(**more):
        told = report.undisclosed_table(made(bounds=[row | more]), "2")
        return told if told == Prose(()) else [each[:2] for each in told.rows]

    assert rows() == [("Shortlisting to appointment", "20")] and rows(breakdown="site") == Prose(())
    assert rows(breakdown="membership", category="voting") == [("Voting members (percentage points)", "1")]
    assert rows(measure="survey_response") == Prose(()) == rows(lower_bound=None)
    ends = ("lower_bound", "upper_bound", "if_all_white", "if_all_bme")
    half = rows_of.hide(row, **dict.fromkeys(ends, "[c]"))
    (told,) = report.undisclosed_table(made(bounds=[half]), "2").rows
    assert told[1:] == ("20", "2.00", "hidden", "hidden", "hidden", "hidden"), "the value as counted is shown"
    notes = report.undisclosed_table(made(bounds=[row, row | {"assumption": ""}]), "2").notes
    assert [note for note in notes if note.startswith("Assumed")] == ["Assumed: everybody is one of the two."]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, (0.1, "10 at the white rate")), ({"clear": False}, None), ({"lower": None}, None), ({"direction": "grade-workforce"}, None),
        ({"bme_expected": None}, None), ({"white_rate": None}, None),
    ],
)  # fmt: skip
def test_where_a_bar_would_end_at_the_white_rate_is_drawn_of_a_clear_difference_alone(made, rows_of, row, expected):
    """Witness: 10.0% of 100."""
    assert charts._expected(made(), pd.Series(rows_of.appointed | row)) == expected


@pytest.mark.parametrize(
    ("row", "text", "known"),
    [
        ({"protection": '{"bme_count": "[c]", "bme_rate": "[c]"}'}, "hidden", None),
        ({"protection": '{"bme_count": "fewer than 5", "bme_rate": "[c]"}', "bme_base": 100}, "hidden (fewer than 5 of 100)", None),
        ({"protection": '{"bme_count": "fewer than 5", "bme_base": "[c]"}'}, "hidden (fewer than 5)", None),
        (
            {"protection": '{"bme_count": "2 to 4", "bme_rate": "2.0% to 4.0%"}', "bme_base": 100},
            "2.0% to 4.0% (2 to 4 of 100)",
            (0.02, 0.04),
        ),
        ({"protection": '{"bme_base": "90 to 110", "bme_rate": "[c]"}', "bme_count": 5}, "5 of 90 to 110", None),
        ({"protection": '{"bme_rate": "[c]"}', "bme_count": 5, "bme_base": None}, "5", None),
        ({"protection": '{"bme_rate": "not calculable"}', "bme_count": None}, "not supplied", None),
        ({"status": "protected"}, "hidden", None),
        ({"status": "not_calculable"}, "not calculable", None),
        ({}, "not supplied", None),
    ],
)
def test_a_rate_that_is_not_shown_is_told_by_what_may_be_said_of_it(made, rows_of, row, text, known):
    cells = {"bme_rate": None, "bme_lower": None, "bme_count": None} | row
    mark = charts.group_mark(made(), pd.Series(rows_of.appointed | cells), "bme")
    assert (mark.text, mark.known, mark.value, mark.short) == (text, known, None, "2.0% to 4.0%" if known else "")


@pytest.mark.parametrize(
    ("row", "drawn"),
    [({}, True), ({"value": 0.0}, False), ({"value": math.inf}, False), ({"upper": None}, False), ({"value": 0.01}, True)],
)
def test_a_comparison_has_a_line_of_its_own_where_it_has_a_value_and_an_interval(made, rows_of, row, drawn):
    scale = charts.scale_of(made(), "2", pd.Series(rows_of.appointed | row))
    assert (scale is not None) is drawn
    assert not drawn or (scale.neutral, scale.span, scale.worse_side) == (1, (0.8, 1.25), "right")


@pytest.mark.parametrize(("judged", "side"), [(1.5, "right"), (0.9, "right"), (None, "left"), (math.inf, "left"), (0.0, "left")])
def test_a_gap_is_drawn_as_the_ratio_by_which_it_is_judged_where_that_has_a_place(made, rows_of, judged, side):
    row = rows_of.result("7", "equal_opportunities", (60, 100), (40, 100), **GAP | {"value": -0.2, "lower": -0.3, "upper": -0.1})
    ratio = row | {"kind": JUDGED_BY, "value": judged, "lower": 1.2, "upper": 1.9}
    scale = charts.scale_of(made([row], asides=[ratio] if judged is not None else []), "7", pd.Series(row))
    assert (scale.worse_side, scale.neutral, scale.value) == (side, 1 if side == "right" else 0, judged if side == "right" else -0.2)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (None, None, "At no step that can be compared is there a clear difference"),
        (2.0, None, "White candidates fared clearly better from application to shortlisting"),
        (0.5, None, "BME candidates fared clearly better from application to shortlisting"),
        (2.0, 3.0, "White candidates fared clearly better from application to shortlisting and from shortlisting to appointment"),
        (
            2.0,
            0.5,
            "White candidates fared clearly better from application to shortlisting and BME candidates from shortlisting to appointment",
        ),
        (1.0, None, "At no step that can be compared is there a clear difference"),
    ],
)
def test_the_steps_of_recruitment_name_who_fared_clearly_better(made, rows_of, first, second, said):
    values = {"shortlisted_from_applied": first, "appointed_from_shortlisting": second, "appointed_from_applied": 4.0}
    rows = [
        pd.Series(rows_of.appointed | {"measure": measure, "value": value or 1.5, "clear": value is not None})
        for measure, value in values.items()
    ]
    assert own_pictures._finding_of_steps(made(), rows) == said
    hidden = [row.drop("value") for row in rows]
    assert own_pictures._finding_of_steps(made(), hidden) == "At no step that can be compared is there a clear difference"


@pytest.mark.parametrize(
    ("bme", "unknown", "said"),
    [((100, 1000), (50, 1000), "10.0% of staff are BME; 5.0% have not disclosed their ethnicity"), ((None, 1000), (50, 1000), "Who works at Demo"),
     ((100, 1000), (None, 1000), "Who works at Demo")],
)  # fmt: skip
def test_who_works_here_is_told_where_both_shares_are_shown(made, rows_of, bme, unknown, said):
    shares = [rows_of.share("headcount", group, *counts) for group, counts in (("bme", bme), ("unknown", unknown))]
    assert own_pictures._profile_finding(made(shares=shares)) == said
    assert [mark.text for mark in (charts.share_mark("x", None), charts.share_mark("x", pd.Series(shares[0])))] == [
        "not supplied", "10.0% (100)" if bme[0] else "not supplied",
    ]  # fmt: skip


@pytest.mark.parametrize(("letters", "digits", "whole"), [(590, 0, True), (591, 0, False), (582, 1, True), (583, 1, False)])
def test_what_takes_half_a_minute_to_hear_is_left_to_the_table(letters, digits, whole):
    """Witness: 590 letters are heard in half a minute, and a digit takes as long as nine."""
    told = "V v v v v v v v"
    told += "v" * (letters - len(f"Bar chart: {told}.") - digits) + "1" * digits
    assert (charts.alternative("Bar chart", told) == f"Bar chart: {told}.") is whole


def test_groups_at_the_head_of_a_bar_have_a_capital_and_years_stand_this_one_first(made, rows_of, monkeypatch):
    """Witness: the labels of the standard; the board's undisclosed have a row where their number is known, hidden or not."""
    drawn = []
    for name in ("bars", "people_dots", "answer_bars"):
        monkeypatch.setattr(own_pictures.plots, name, lambda categories, *_, **__: drawn.append(categories) or "<svg/>")
    told = report.profile_chart(made(previous_year=rows_of.before))
    assert [category.label for category in drawn[-1]] == ["White", "BME", "Not disclosed"]
    assert [mark.series for mark in drawn[-1][0].marks] == ["2019/20", "2018/19"] and told.subtitle.endswith(
        "31 March 2019 and 31 March 2020"
    )
    board = {"comparison": "difference", "direction": "board-workforce", "breakdown": "membership", "category": "total", "value": 0.1}
    for unknown, labels in (((1, 10), ["White", "BME", "Not disclosed"]), ((None, None), ["White", "BME"])):
        report.board_chart(made([rows_of.result("9", "board_share", (8, 10), (1, 10), unknown, **board)]))
        assert [category.label for category in drawn[-1]] == labels
    said = [
        ("Never", "white", 60),
        ("Never", "bme", 30),
        ("1-2 times", "white", 30),
        ("1-2 times", "bme", 5),
        ("Often", "white", 10),
        ("Often", "bme", 5),
    ]
    base = {"white": 100, "bme": 40}
    shares = [rows_of.share("survey", group, count, base[group], breakdown="13a", category=name, of="group") for name, group, count in said]
    asked = rows_of.result("5", "harassment_public", (40, 100), (10, 40), **GAP)
    (figure,) = report.answers_chart(made([asked], shares=shares), "5")
    assert [(category.label, category.marks[1].series, category.marks[1].short) for category in drawn[-1]] == [
        ("White", "1 to 2 times", "30.0%"), ("BME", "1 to 2 times", "12.5%"),
    ]  # fmt: skip
    assert figure.title == "'Never' was the answer of 60.0% of white and 75.0% of BME respondents"
    assert figure.numbers.rows[-1] == ("All who answered", "100", "100%", "40", "100%")
    two = [share for share in shares if share["category"] != "Often"]
    assert report.answers_chart(made([asked], shares=two), "5") == () and len(report.answers_chart(made([asked]), "5")) == 1
