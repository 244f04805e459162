"""What is said of an indicator's years: every decision on both its sides. Witness: years by hand, and which of them are lowest and highest."""

import math

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.report.form.blocks import YearsCell
from wres_helpers.report.section import year_blocks

MINUS = "\N{MINUS SIGN}"
YEARS = ("2016-17", "2017-18", "2018-19", "2019-20")
RATIO = {"organisation": "demo", "indicator": "2", "measure": "appointed_from_shortlisting", "breakdown": "overall", "category": "all"}
RATIO |= {"comparison": "ratio", "direction": "white/bme", "white_rate": 0.1, "bme_rate": 0.05, "status": "large_difference"}
GAP = RATIO | {"indicator": "7", "measure": "equal_opportunities", "comparison": "difference", "direction": "bme-white"}


def frame(values, of=RATIO, breaks=(), reach=0.1, **more):
    """The years up to this one with their values; breaks are years before which the series breaks, each with its kind."""
    rows, series = [], 0
    for year, value in zip(YEARS[-len(values) :], values, strict=True):
        kind = dict(breaks).get(year, "")
        series += bool(kind)
        known = value is not None and math.isfinite(value)
        ends = {"lower": value - reach if known else None, "upper": value + reach if known else None}
        reason = f"A {kind} of {year}." if kind else ""
        rows.append(of | ends | {"year": year, "value": value, "series": series, "break_kind": kind, "break_reason": reason} | more)
    made = pd.DataFrame(rows)
    return made.astype({name: float for name in ("value", "lower", "upper")})


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Pictures are held by tests of their own; here it is words that are asked about."""
    monkeypatch.setattr(year_blocks, "line", lambda *_: "<svg/>")


@pytest.fixture
def shown(made, rows_of):
    def make(*frames, since=(), **more):
        rows = [row for each in frames for row in each.to_dict("records")]
        made_of = made(history=rows, **more)
        made_of.since_first = pd.DataFrame(list(since), columns=list(since[0]) if since else ["indicator", "year", "measure"])
        return made_of

    return make


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ((1.0, 1.2, 1.4), True),
        ((1.2, 1.4), False),
        ((1.0, None, 1.4), False),
        ((1.0, 1.2, 1.4, None), False),
        ((1.0, None, 1.2, 1.4), True),
    ],
)
def test_a_line_is_drawn_from_three_years_on_the_last_of_them_this_one(shown, values, drawn):
    evidence = shown(frame(values))
    assert [block.kind for block in report.years(evidence, "2")] == (["figure", "prose"] if drawn else [])
    cell = year_blocks.with_years(evidence, "2", "words")
    assert isinstance(cell, YearsCell) is drawn
    assert report.years(evidence, "4") == () and year_blocks.with_years(evidence, "4", "words") == "words"


def test_a_years_row_for_each_year_from_the_first_with_a_figure_on(shown):
    evidence = shown(frame((None, 1.2, 1.1, 1.4)), frame((0.1,), GAP))
    assert list(year_blocks.history_of(evidence, "2")["year"]) == list(YEARS[1:])
    assert list(year_blocks.history_of(evidence, "7")["value"]) == [0.1]


@pytest.mark.parametrize(
    ("values", "breaks", "drawn"),
    [
        ((1.0, 1.5, 1.25, 2.0), (), [[(0, 1), (0.3333, 0.5), (0.6667, 0.75), (1, 0)]]),
        ((1.0, 2.0, 1.5, 3.0), (), [[(0, 1), (0.3333, 0.5), (0.6667, 0.75), (1, 0)]]),
        ((1.0, 1.5, None, 2.0), (), [[(0, 1), (0.3333, 0.5)], [(1, 0)]]),
        ((1.0, 1.5, math.inf, 2.0), (), [[(0, 1), (0.3333, 0.5)], [(1, 0)]]),
        ((1.0, 1.5, 1.25, 2.0), (("2018-19", "merger"),), [[(0, 1), (0.3333, 0.5)], [(0.6667, 0.75), (1, 0)]]),
        ((1.5, 1.5, 1.5), (), [[(0, 1), (0.5, 1), (1, 1)]]),
        ((1.0, 1.5, 2.0, math.inf), (), None),
        ((1.0, 1.5, math.inf, 2.0), (("2017-18", "merger"),), [[(0, 1)], [(0.3333, 0.5)], [(1, 0)]]),
    ],
)
def test_a_small_line_has_each_year_at_its_height_and_breaks_where_nothing_joins_it(shown, values, breaks, drawn):
    """Witness: heights from the highest value, 0, to the lowest, 1; a year's place by how many there are."""
    cell = year_blocks.with_years(shown(frame(values, breaks=breaks)), "2", "words")
    assert (cell if drawn is None else [list(stretch) for stretch in cell.years]) == ("words" if drawn is None else drawn)


@pytest.mark.parametrize(
    ("values", "of", "breaks", "found"),
    [
        ((1.2, 1.4, 1.1, 1.3), RATIO, (), "1.20 in 2016/17, 1.30 in 2019/20"),
        ((1.3, 1.4, 1.1, 1.3), RATIO, (), "1.30 in 2016/17 and, as rounded, in 2019/20"),
        ((1.3, 1.3, 1.3), RATIO, (), "1.30 in every year with a figure since 2017/18"),
        ((1.3, None, 1.3), RATIO, (), "1.30 in every year with a figure since 2017/18"),
        ((1.2, 1.4, 1.1, 1.3), RATIO, (("2018-19", "merger"),), "1.10 in 2018/19, 1.30 in 2019/20"),
        ((1.2, 1.4, 1.1, 1.3), RATIO, (("2019-20", "merger"),), "no earlier year can be compared with 2019/20"),
        ((1.2, 1.4, math.inf), RATIO, (), "in 2019/20 one group counts nobody, so that there is no ratio to set beside other years"),
        ((math.inf, 1.4, 1.3), RATIO, (), "1.40 in 2018/19, 1.30 in 2019/20"),
        ((-0.1, -0.3, -0.2), GAP, (), "10.0 points lower for BME staff in 2017/18, 20.0 points lower in 2019/20"),
        ((-0.1, -0.3, 0.2), GAP, (), "10.0 points lower for BME staff in 2017/18, 20.0 points higher in 2019/20"),
        ((0.1, 0.3, 0.1), GAP, (), "10.0 points higher for BME staff in 2017/18 and, as rounded, in 2019/20"),
    ],
)
def test_a_title_tells_the_first_year_that_can_be_compared_and_this_one(shown, values, of, breaks, found):
    years = frame(values, of, breaks)
    assert year_blocks._finding(shown(years), years) == found


@pytest.mark.parametrize(
    ("more", "cells"),
    [
        ({}, ("1.30", "1.20", "1.40", "10.0%", "5.0%", "none")),
        ({"value": None, "lower": None, "upper": None}, ("no figure", "none", "none", "10.0%", "5.0%", "none")),
        ({"value": None, "lower": None, "upper": None, "status": "protected"}, ("hidden", "none", "none", "10.0%", "5.0%", "none")),
        ({"value": None, "protection": '{"value": "[c]"}'}, ("hidden", "1.20", "1.40", "10.0%", "5.0%", "none")),
        ({"lower": None, "protection": '{"lower": "[c]"}'}, ("1.30", "hidden", "1.40", "10.0%", "5.0%", "none")),
        ({"break_kind": "merger;survey"}, ("1.30", "1.20", "1.40", "10.0%", "5.0%", "merger, survey")),
    ],
)
def test_the_table_behind_a_line_says_what_is_known_of_each_year(shown, more, cells):
    years = frame((1.1, 1.2, 1.3, 1.4))
    years = pd.DataFrame([row | (more if place == 2 else {}) for place, row in enumerate(years.to_dict("records"))])
    table = year_blocks._numbers(shown(), "2", "caption", years)
    assert tuple(table.rows[2][1:]) == cells and table.columns[1].label == "Relative likelihood"
    assert year_blocks._numbers(shown(), "7", "caption", frame((0.1, 0.2), GAP)).columns[1].label == "Percentage points"


def notes(shown, values, of=RATIO, **given):
    return year_blocks.year_chart(shown(), of["indicator"], frame(values, of, **given)).notes


def test_the_key_of_a_line_explains_what_is_drawn_and_nothing_else(shown):
    bare, dashed = frame((1.1, 1.2, 1.3)).assign(lower=math.nan), "Dashed line: 1, equally likely."
    figure = year_blocks.year_chart(shown(), "2", bare)
    assert (figure.notes[1:], figure.keys, figure.notes[0]) == ((dashed,), 1, report.UNPROTECTED) or figure.notes[: figure.keys] == (
        dashed,
    )
    strokes = "Upright strokes: 95% intervals."
    assert notes(shown, (1.1, 1.2, 1.3)) == (dashed, strokes)
    assert notes(shown, (0.1, 0.2, 0.3), GAP) == ("Dashed line: 0, no difference.", strokes)
    some = frame((1.1, 1.2, 1.3)).assign(lower=[1.0, math.nan, 1.2])
    assert strokes in year_blocks.year_chart(shown(), "2", some).notes, "where one year has its interval"
    broken = notes(shown, (1.1, 1.2, 1.3), breaks=(("2018-19", "merger;survey"), ("2019-20", "window")))
    assert broken[2] == "Dotted line: not comparable with years before 2018/19 (merger, survey) and before 2019/20 (window)."
    assert any(note.startswith("A year without a dot") for note in notes(shown, (1.1, math.inf, 1.2, 1.3)))
    assert not any(note.startswith("A year without a dot") for note in notes(shown, (1.1, None, 1.2, 1.3)))


@pytest.mark.parametrize(("of", "adverse", "told"), [(RATIO, "higher", 1.0), (GAP, "lower", 0.0)])
def test_a_line_is_drawn_with_equality_and_the_side_that_is_worse(shown, monkeypatch, of, adverse, told):
    """Witness: the catalogue, by which above 1 of indicator 2 and below 0 of indicator 7 are worse."""
    drawn = []
    monkeypatch.setattr(year_blocks, "line", lambda years, neutral, worse: drawn.append((neutral, worse)) or "<svg/>")
    figure = year_blocks.year_chart(shown(), of["indicator"], frame((1.1, 1.2, 1.3), of))
    assert drawn[0][0] == told and f"{adverse} is worse for BME staff" in drawn[0][1]
    assert figure.subtitle.endswith("2017/18 to 2019/20") and figure.title.topic.years == YEARS[1:]
    board = frame((0.1, 0.2, 0.3), GAP | {"indicator": "9", "measure": "board_share", "direction": "board-workforce"})
    board["category"] = ["total", "total", "voting"]
    of_the_board = year_blocks.year_chart(shown(), "9", board)
    assert "voting board members" in of_the_board.subtitle
    # witness: a reader, who took the shares of a part of the workforce for those of the two groups that the gap is of
    headings = [column.label for column in of_the_board.numbers.columns]
    assert [headings[place] for place in (1, 4, 5)] == [
        "Percentage points from the workforce's BME share", "White, voting board members", "BME, voting board members",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (((1.0, 1.4), (1.0, 1.4), (1.1, 1.5)), ""),
        # values and equality from 1.0 to 1.3: one and a half times 0.3 beyond, and a twentieth
        (((1.0, 1.76), (1.0, 1.4), (1.1, 1.5)), ""),
        (((1.0, 1.78), (1.0, 1.4), (1.1, 1.5)), "; arrow: goes on, to 1.78 in 2017/18"),
        (((0.52, 1.4), (0.54, 1.4), (1.1, 9.0)), "; arrow: goes on, to 0.52 in 2017/18 and to 9.00 in 2019/20"),
        (((None, 9.0), (1.0, 1.4), (1.1, 1.5)), ""),
    ],
)
def test_an_interval_goes_on_where_it_ends_beyond_the_axis(ends, said):
    years = frame((1.1, 1.2, 1.3)).assign(lower=[low for low, _ in ends], upper=[high for _, high in ends])
    assert year_blocks._going_on(years.astype({"lower": float, "upper": float}), 1.0) == said


@pytest.mark.parametrize(
    ("values", "reach", "neutral", "ends"),
    [
        ((1.1, 1.3), 0.1, 1.0, (0.982, 1.418)),
        ((1.1, 1.3), 9.0, 1.0, (0.532, 1.768)),
        ((1.0, 1.0), 9.0, 1.0, (0.688, 1.312)),
        ((0.0, 0.0), 9.0, 0.0, (-0.078, 0.078)),
        ((-0.1, 0.1), 0.0, 0.0, (-0.112, 0.112)),
    ],
)
def test_an_axis_holds_all_values_and_equality_and_of_intervals_as_much_as_leaves_them_legible(values, reach, neutral, ends):
    """Witness: by hand, of what values and equality span one and a half times beyond them, and 6% more; of values alike a fifth of equality, or 5 points."""
    years = frame(values, reach=reach)
    assert year_blocks._limits(years[["value", "lower", "upper"]], neutral) == pytest.approx(ends)


def test_breaks_of_every_series_are_said_once_for_all(shown):
    """Witness: a merger breaks both series, a survey one; of one series alone nothing is shared."""
    both = [frame((1.1, 1.2, 1.3), of, (("2018-19", "merger"), *own)) for of, own in ((RATIO, ()), (GAP, (("2019-20", "survey"),)))]
    evidence = shown(*both)
    assert year_blocks.shared_breaks(evidence) == {"2018-19": "A merger of 2018-19."}
    assert year_blocks.shared_breaks(shown(both[0])) == {}
    unlike = both[1].replace("A merger of 2018-19.", "Another.")
    assert year_blocks.shared_breaks(shown(both[0], unlike)) == {}
    longer = both[1].replace("A merger of 2018-19.", "A merger of 2018-19. And more.")
    assert year_blocks.shared_breaks(shown(both[0], longer)) == {"2018-19": "A merger of 2018-19."}
    told = report.years(shown(both[0], longer), "7")[1].paragraphs
    assert [words for words in told if "before" in words] == [
        "Indicator 7, before 2018/19: And more.",
        "Indicator 7, before 2019/20: A survey of 2019-20.",
    ]
    assert not any("before" in words for words in report.years(shown(both[0], longer), "2")[1].paragraphs)


@pytest.mark.parametrize(("verdict", "said"), [("not_comparable", False), ("within_chance", True), (None, True)])
def test_a_break_before_this_very_year_is_said_where_the_years_are_compared(shown, rows_of, verdict, said):
    row = {"year": rows_of.year, "previous_year": rows_of.before, "indicator": "2", "measure": RATIO["measure"], "category": "all"}
    changes = [row | {"breakdown": "overall", "verdict": verdict}] if verdict else []
    broken = frame((1.1, 1.2, 1.3), breaks=(("2019-20", "merger"), ("2018-19", "window")))
    told = report.years(shown(broken, changes=changes), "2")[1].paragraphs
    assert any("before 2019/20" in words for words in told) is said and any("before 2018/19" in words for words in told)


def test_years_without_a_figure_are_named_and_how_it_moved_since_the_first(shown, rows_of):
    evidence = shown(frame((1.1, None, 1.2, 1.3)))
    assert report.years(evidence, "2")[1].paragraphs == (
        "For 2017/18 there is no figure that can be shown; the line leaves a gap there and does not run through it.",
    )
    assert report.years(shown(frame((1.1, 1.2, 1.3))), "2")[1].paragraphs == ()
    row = {
        "indicator": "2",
        "year": rows_of.year,
        "measure": RATIO["measure"],
        "previous_year": "2016-17",
        "previous_value": 1.1,
        "value": 1.3,
    }
    row |= {"verdict": "described", "reason": "x", "breakdown": "overall", "category": "all"}
    since = "Indicator 2 beside 2016/17, the first year that can be compared: the relative likelihood was 1.10 in 2016/17 and is 1.30 in 2019/20."
    told = report.years(shown(frame((1.1, 1.2, 1.3)), since=[row]), "2")[1].paragraphs
    assert len(told) == 1 and told[0].startswith(since)
    (alone,) = report.years(shown(frame((1.2, 1.3)), since=[row]), "2")
    assert alone.paragraphs[0].startswith(since) and alone.kind == "prose"
