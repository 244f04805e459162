"""Charts: one look, the same picture for the same rows, and no way to read off what is hidden."""

import math
import re
from importlib.resources import files
from itertools import pairwise

import matplotlib
import pytest
import seaborn
from matplotlib.axes import Axes
from support.spoken_words import spoken_words

from wres_helpers import report
from wres_helpers.report.form import drawing, plots
from wres_helpers.report.form.blocks import Column, Table
from wres_helpers.report.form.drawing import Category, Mark
from wres_helpers.report.form.scales import Scale, _limits
from wres_helpers.report.section import charts


def test_equal_rows_give_equal_pictures(made):
    assert report.rates_chart(made(), "2").svg == report.rates_chart(made(), "2").svg


def test_more_than_four_series_are_refused():
    marks = tuple(Mark(f"group {number}", 0.1, "10%") for number in range(5))
    with pytest.raises(KeyError, match="group 4"):
        plots.bars((Category("", marks),))
    assert plots.bars((Category("", marks[:4]),)).startswith("<svg")


def test_a_picture_carries_no_comment_date_metadata_text_or_outside_address(made):
    svg = report.rates_chart(made(), "2").svg
    assert "<!--" not in svg
    assert "<metadata" not in svg
    assert "<text" not in svg  # words are drawn as paths: the same everywhere, and nothing to search in
    addresses = set(re.findall(r"https?://[^\"' ]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by the WCAG formula."""

    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_can_be_told_apart():
    """Graphics need 3 to 1 on white and between neighbours, words 4.5 to 1 (WCAG 2.2)."""
    assert all(contrast(colour, "#FFFFFF") >= 2.99 for colour in drawing.PALETTE)
    assert all(contrast(*pair) >= 2.99 for pair in zip(drawing.PALETTE, drawing.PALETTE[1:], strict=False))
    assert all(contrast(colour, "#FFFFFF") >= 4.5 for colour in (drawing.INK, drawing.QUIET))


_BEHIND = "The table of its numbers has every value that may be shown."


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (2, "Band 0: 10.0% (40 of 400); Band 1: 11.0% (40 of 400); All: 10.0%."),
        (6, f"{'; '.join(f'Band {place}: {10 + place}.0%' for place in range(6))}; All: 10.0%."),
        (20, f"Highest: Band 19, 29.0% (40 of 400); lowest: Band 0, 10.0% (40 of 400); All: 10.0%. {_BEHIND}"),
    ],
)
def test_a_picture_is_heard_by_its_values_or_its_ends_and_does_not_say_its_title_again(made, values, told):
    """Twenty values are 300 spoken words, four times what is heard in half a minute; two are thirty.

    Witness: a listener, to whom a chart of bands was told without any value.
    """
    marks = tuple(Mark(f"Band {place}", 0.1 + place / 100, f"{10 + place}.0% (40 of 400)", 0.07, 0.13) for place in range(values))
    numbers = Table("t", "Staff by band", (Column("Band"),), ())
    words = {"id": "f", "title": "Nowhere is the share clearly another", "subtitle": "Share of each band", "numbers": numbers}
    figure = charts.drawn(made(), "Dot chart", "<svg/>", (Category("", marks),), "All: 10.0%", **words)
    assert figure.alt == f"Dot chart: {told}"
    assert spoken_words(figure.alt) <= 85 and figure.notes == ("Thin lines: 95% intervals.",)


def hidden(text: str = "hidden", known: tuple[float, float] | None = None) -> Mark:
    return Mark("BME", None, text, known=known)


def test_a_hidden_value_is_drawn_from_what_is_told_of_it_alone():
    """The picture of a hidden value depends on its published text and range: there is no number in the mark."""
    shown = Mark("White", 0.1, "10.0% (40 of 400)")
    one = plots.bars((Category("", (shown, hidden())),))
    assert one == plots.bars((Category("", (shown, hidden())),))
    assert hidden().value is None
    assert hidden().lower is None
    limits = [plots._limit([shown, hidden(text)], None) for text in ("hidden", "5.0% to 90.0%")]
    assert limits == [plots._limit([shown], None)] * 2
    assert plots._limit([shown, hidden("5.0% to 90.0%", (0.05, 0.9))], None) == pytest.approx(0.918)  # the end that is told, and 2%


@pytest.mark.parametrize(
    ("told", "known"), [("5.0% to 90.0%", (0.05, 0.9)), ("[c]", None), ("fewer than 5", None), ("less than 0.1%", None), ("", None)]
)
def test_only_a_range_that_the_page_tells_is_drawn(rows_of, told, known):
    import pandas as pd

    from wres_helpers.report.section import charts

    row = pd.Series(rows_of.hide(rows_of.appointed, **({"bme_rate": told} if told else {"bme_count": "[c]"})))
    mark = charts.absent_mark("BME", row, "bme_count", "bme_rate", "bme_base")
    assert (mark.known == pytest.approx(known)) if known else mark.known is None
    assert mark.value is None


def test_hidden_answers_are_the_rest_of_the_bar_and_none_of_them_has_a_length_of_its_own():
    """Two hidden answers of 1 and 3 in ten, or of 2 and 2, give one and the same picture."""
    group = Category("BME", (Mark("Never", 0.6, "60.0% (6)"), Mark("1-2 times", None, "1 to 3"), Mark("More", None, "1 to 3")))
    assert plots.answer_bars((group,), "rest") == plots.answer_bars((group,), "rest")
    assert plots.answer_bars((group,), "rest") != plots.answer_bars(
        (Category("BME", (*group.marks[:1], Mark("More", 0.4, "40.0%"))),), "rest"
    )


def test_a_protected_chart_says_not_shown_in_picture_words_and_data(made, rows_of):
    texts = {"bme_count": "fewer than 5", "bme_rate": "[c]", "value": "[c]", "lower": "[c]", "upper": "[c]"}
    row = rows_of.hide(rows_of.appointed | {"status": "protected"}, **texts)
    figure = report.rates_chart(made([row]), "2")
    assert "BME: hidden (fewer than 5 of 100)" in figure.alt
    assert figure.numbers.rows[1][1:4] == ("fewer than 5", "100", "hidden")
    assert not any("Thick" in note for note in figure.notes)  # nothing is told of it that could be drawn
    assert figure.title == "Appointment after shortlisting: the comparison is hidden"


def test_words_of_a_chart_hold_every_value_of_its_data(made):
    figure = report.rates_chart(made(), "2")
    for series, count, base, rate, _ in figure.numbers.rows:
        assert f"{series}: {rate} ({count} of {base})" in figure.alt
    assert "Relative likelihood, white divided by BME: 2.00 (95% interval 1.10 to 3.90)" in figure.alt


@pytest.mark.parametrize("values", [(0.0, 0.0), (1.0, 1.0), (0.0001, 0.0002), (None, None)])
def test_odd_values_still_make_a_picture(values):
    marks = tuple(Mark(name, value, "text") for name, value in zip(("White", "BME"), values, strict=True))
    assert plots.bars((Category("", marks),)).startswith("<svg")


def test_a_scale_with_an_open_end_stays_in_the_picture(made, rows_of):
    row = rows_of.appointed | {"lower": 0.02, "upper": float("inf")}
    assert report.rates_chart(made([row]), "2").svg.startswith("<svg")


def test_a_clear_difference_is_pointed_at_where_the_bar_would_end(made, rows_of):
    """Witness: 10% of 100 BME candidates are 10; the same numbers without a clear difference point at nothing.

    The people expected on a board are those of the workforce's share, whatever share of it is white.
    """
    unclear = rows_of.appointed | {"lower": 0.8, "clear": False, "status": "no_clear_difference"}
    board = rows_of.appointed | {"comparison": "difference", "direction": "board-workforce"}
    pointed = [row for rows in ([rows_of.appointed], [unclear], [board]) for row in report.rates_chart(made(rows), "2").numbers.file_rows]
    assert [row[:3] for row in pointed if row[0].endswith("at the white rate")] == [("BME at the white rate", "10", "100")]


def test_a_picture_turns_dark_with_its_page_and_its_words_stay_legible(made):
    """Charts were white plates on a dark page. Witness: the contrast of WCAG, of every colour that a picture of ours is drawn in, on both grounds.

    The dark ground is that of the style sheet; the answers of a bar keep their colours on both, and words within stand out from each of them.
    """
    picture = report.rates_chart(made(), "2").svg
    style = picture[picture.index("<style") : picture.index("</style>")]
    assert "@media screen and (prefers-color-scheme:dark)" in style
    used = {colour for colour in re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", picture)}
    turned = dict(re.findall(r'\[style\*="fill: (#[0-9a-f]{6})"\]\{fill:(#[0-9a-f]{6})!important\}', style))
    assert {drawing.INK.lower(), drawing.GROUND.lower(), drawing.PALETTE[0].lower()} <= used & set(turned)
    assert turned[drawing.GROUND.lower()] in (files("wres_helpers.publishing.pages") / "templates" / "wres" / "page.css").read_text()
    adorning = {colour.lower() for colour in (drawing.FAINT, drawing.RANGE, drawing.GROUND)}  # a range has edges of its own
    for grounds, name in ((lambda each: each, drawing.GROUND), (lambda each: turned.get(each, each), turned[drawing.GROUND.lower()])):
        assert {each for each in used - adorning if contrast(grounds(each), name) < 3} == set()
    for number in range(1, 8):
        assert all(contrast(shade, drawing.ink_on(shade)) >= 4.5 for shade in drawing.shades(number))


def test_a_theme_of_ones_own_changes_no_picture_of_the_pack(made):
    """Witness: the same picture before. A grey frame of seaborn's theme stood in it wherever a notebook had set that."""
    before = report.rates_chart(made(), "2").svg
    with matplotlib.rc_context():
        seaborn.set_theme(style="darkgrid", palette="Set2", font_scale=2)
        assert report.rates_chart(made(), "2").svg == before


def test_answers_of_a_bar_can_be_told_apart_in_grey():
    """Witness: five answers, of which the first two were 1.5 to 1 and the last two 1.4 to 1; equal steps are 1.48 to 1."""
    shades = drawing.shades(5)
    assert all(contrast(one, other) > 1.4 for one, other in pairwise(shades))


def test_words_of_a_chart_are_twelve_pixels_high_on_a_telephone():
    """Witness: a picture as wide as a page of 320 pixels leaves it: 320 less its margins, of a rem each. They were of 10 to 11."""
    assert drawing.SMALL * (320 - 2 * 16) / (drawing.WIDTH * 72) >= 12


def test_a_figure_stands_in_or_right_above_its_answer_and_those_of_slivers_are_left_to_the_table(monkeypatch):
    """Four figures stood beside one another above slivers, with slanting strokes to them. Witness: the words that are written, and where."""
    written = []
    drawn = Axes.text
    monkeypatch.setattr(Axes, "text", lambda axes, x, y, words, **style: written.append((words, x, y)) or drawn(axes, x, y, words, **style))
    shares = {"Never": 0.717, "1-2 times": 0.168, "3-5 times": 0.058, "6-10 times": 0.022, "More than 10 times": 0.034}
    plots.answer_bars((Category("White", tuple(Mark(name, share, f"{share:.1%}") for name, share in shares.items())),), "hidden")
    figures = {words: (x, y) for words, x, y in written if words.endswith("%")}
    assert set(figures) == {"71.7%", "16.8%", "5.8%"}
    assert figures["5.8%"][0] == pytest.approx(0.717 + 0.168 + 0.058 / 2) and figures["5.8%"][1] < figures["71.7%"][1]


@pytest.mark.parametrize(
    ("neutral", "value", "lower", "upper", "span", "ends"),
    [
        (1, 1.2, 0.9, 1.6, (0.8, 1.25), (0.66 * 0.9, 1.6 * 1.12)),  # room for the range and a little beside it, whatever the interval
        (1, 1.0, 0.95, 1.05, None, (0.66 * 0.9, 1.5 * 1.12)),
        (1, 0.4, 0.3, 0.6, (0.8, 1.25), (0.3 * 0.9, 1.5 * 1.12)),
        (1, 0.05, 0.01, 0.4, (0.8, 1.25), (0.1, 1.5 * 1.12)),  # never below a tenth, never above ten
        (1, 8.0, 4.0, math.inf, (0.8, 1.25), (0.66 * 0.9, 8 * 1.12)),
        (1, 9.5, 4.0, 20.0, (0.5, 2.0), (0.5 * 0.9, 10)),
        (1, math.inf, 2.0, math.inf, None, (0.66 * 0.9, 2 * 1.12)),
        (1, 0.0, 0.0, 0.5, None, (0.5 * 0.9, 1.5 * 1.12)),
        (0, 0.1, 0.02, 0.2, None, (-0.03, 0.23)),  # from nothing on, with three twentieths of the farthest end as room
        (0, -0.1, -0.2, -0.02, None, (-0.23, 0.03)),
        (0, 0.01, -0.02, 0.03, None, (-0.0275, 0.0375)),  # room as for five points at least
        (0, 0.95, 0.9, 1.0, None, (-0.15, 1)),
        (0, -0.95, -1.0, -0.9, None, (-1, 0.15)),
    ],
)
def test_a_line_has_room_for_equality_range_and_interval_and_ends_where_no_value_can_be(neutral, value, lower, upper, span, ends):
    """Witness: worked out by hand."""
    scale = Scale("", "", value, lower, upper, neutral, span, "", "right")
    assert _limits(scale) == pytest.approx(ends)


def test_a_long_name_of_a_band_leaves_its_dots_room(monkeypatch):
    """Witness: a reader on a telephone: an axis of 90 pixels, marked at 0% and 50% only, beside 'Non-consultant career grades'."""
    made, placed = drawing.axes_in_inches, []
    monkeypatch.setattr(drawing, "axes_in_inches", lambda figure, *place: placed.append(place) or made(figure, *place))
    plots.dots((Category("", (Mark("Non-consultant career grades", 0.58, "58.0%"), Mark("Band 2", 0.2, "20.3%"))),), None)
    ((_, _, width, _),) = placed
    assert width > drawing.WIDTH / 2
