"""Units beside one another. Witness: counts chosen so that the outcome is plain, and the figures of the shipped invented trust."""

import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest

from wres_helpers import analysis, disclosure, intake, report
from wres_helpers.analysis.funnel import funnel
from wres_helpers.report.form import drawing
from wres_helpers.report.form.topics import Topic
from wres_helpers.report.section import funnel_plots
from wres_helpers.report.section.funnel_plots import Units
from wres_helpers.settings.master_file_reader import load_parameters


def units(rows, comparison="ratio", direction="white/bme"):
    table = pd.DataFrame(rows, columns=["organisation", "white_count", "white_base", "bme_count", "bme_base"]).assign(
        year="2025-26",
        indicator="2",
        measure="m",
        breakdown="site",
        comparison=comparison,
        direction=direction,
        status="x",
        lower=0.5,
        upper=2.5,
        confidence=0.95,
        adverse="above_1",
    )
    white, bme = table["white_count"] / table["white_base"], table["bme_count"] / table["bme_base"]
    table["value"], table["white_rate"], table["bme_rate"] = white / bme if comparison == "ratio" else bme - white, white, bme
    said = "Appointed, by site, 2025/26", "White divided by BME", "Above 1 is worse.", "White", "BME"
    return Units("funnel", Topic(("2",)), "site", "sites", *said, table)


#: Eleven sites where both groups fare alike, as far as whole numbers go, and one where BME people are counted a third as often.
ALIKE = [(f"Site {place:02d}", 300 + place, 1000, 90 + place % 3, 300) for place in range(11)]
FAR = ("Far site", 300, 1000, 30, 300)


def test_a_site_that_differs_is_named_and_its_limits_stand_in_the_table():
    given = units([*ALIKE, FAR])
    (figure,) = funnel_plots.funnel_plot(given)
    assert figure.title == "Far site differs from the other sites by more than chance and ordinary variety would explain"
    assert (
        figure.alt
        == "Funnel plot: Lowest Site 02: 0.98; highest Far site: 3.00. The table of its numbers has every value that may be shown."
    )
    rows = {row[0]: row[1:] for row in figure.numbers.rows}
    placed = funnel(given.results.assign(breakdown="overall")).set_index("organisation")
    assert rows["Far site"][:3] == ("300 of 1,000", "30 of 300", "3.00")
    assert rows["Far site"][4] == f"{placed.loc['Far site', 'lower_998']:.2f} to {placed.loc['Far site', 'upper_998']:.2f}"
    assert [row[0] for row in figure.numbers.rows] == sorted(rows)  # by name, and so no league table


@pytest.mark.parametrize(("comparison", "direction", "error"), [("ratio", "white/bme", 0.125167), ("difference", "bme-white", 0.0272642)])
def test_how_sure_a_site_is_has_the_textbook_standard_error(comparison, direction, error):
    """Witness, by hand, for 300 of 1,000 and 60 of 300: the root of 1/300 - 1/1000 + 1/60 - 1/300 = 0.0156667 is 0.125167, and that of
    0.3 x 0.7 / 1000 + 0.2 x 0.8 / 300 = 0.000743333 is 0.0272642.
    """
    placed = funnel(units([*ALIKE, ("One", 300, 1000, 60, 300)], comparison, direction).results.assign(breakdown="overall"))
    assert placed.set_index("organisation").loc["One", "standard_error"] == pytest.approx(error, rel=1e-5)


def test_a_title_counts_those_it_has_no_room_for():
    many = [(f"Far and away site {place}", 300, 1000, 30, 300) for place in range(3)]
    alike = [(f"{name} of another kind", *cells) for name, *cells in ALIKE * 8]
    named = [(f"{place} {name}", *cells) for place, (name, *cells) in enumerate([*alike, *many])]
    (figure,) = funnel_plots.funnel_plot(units(named))
    assert figure.title == "Three sites differ from the other sites by more than chance and ordinary variety would explain"


def test_where_none_differs_none_is_named():
    (figure,) = funnel_plots.funnel_plot(units(ALIKE))
    assert figure.title == "No site differs from the others by more than chance and ordinary variety would explain"


def test_ten_units_have_limits_and_nine_a_table_of_their_own_intervals_and_no_judgement():
    """Witness: the counts and the interval of 0.5 to 2.5 that each row was given; six to nine dots joined to their names by lines that cross tell less."""
    ten, nine = (funnel_plots.funnel_plot(units([*ALIKE[: count - 1], FAR]))[0] for count in (10, 9))
    assert "Far site differs" in ten.title
    assert [column.label for column in ten.numbers.columns[-2:]] == ["95% limits", "99.8% limits"]
    assert [column.label for column in nine.columns] == ["Site", "White", "BME", "White divided by BME (95% interval)"]
    assert [nine.rows[0][2], nine.rows[0][3].text] == ["10.0% (30 of 300)", "3.00 (0.50 to 2.50)"]
    assert "limits" not in str(nine)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("Hidden site", None, 1000, None, 300), "Left out, because the figures are hidden or were not supplied: Hidden site."),
        (("New site", 200, 1000, 0, 0), "Left out, because one group has nobody to be counted from: New site."),
        (("Empty site", 200, 1000, 0, 300), "Left out, because one group counts nobody or everybody: Empty site."),
    ],
)
def test_a_unit_that_is_left_out_is_said_and_stands_nowhere_else(row, said):
    (figure,) = funnel_plots.funnel_plot(units([*ALIKE, row]))
    assert said in figure.notes
    assert row[0] not in figure.alt
    assert row[0] not in str(figure.numbers.rows) + figure.title


@pytest.mark.parametrize(("rows", "said"), [
    (ALIKE, "No site shown differs from the others by more"),
])  # fmt: skip
def test_sites_that_are_shown_do_not_speak_for_those_that_are_hidden(rows, said):
    """Witness: the hidden site may be the one that differs; with all of them known the same titles speak of all."""
    hidden = ("Hidden site", None, 1000, 30, 300)
    assert funnel_plots.funnel_plot(units([*rows, hidden]))[0].title.startswith(said)
    assert funnel_plots.funnel_plot(units(rows))[0].title.startswith(said.replace(" shown", ""))


def test_the_common_value_says_whose_it_is():
    """Witness: by hand, (3,355/11,000)/(1,000/3,300), and with 200 of 1,000 and 0 of 3,000, which have no place, (3,555/12,000)/(1,000/6,300)."""
    (alone,), (with_it,) = (funnel_plots.funnel_plot(units(rows)) for rows in (ALIKE, [*ALIKE, ("Empty site", 200, 1000, 0, 3000)]))
    assert alone.notes[0].startswith("The dashed line is the value of all sites shown, taken together (1.01)")
    assert "all sites, also of those of which one group counts nobody or everybody, taken together (1.87)" in with_it.notes[0]


def test_fewer_than_three_units_are_no_picture():
    assert funnel_plots.funnel_plot(units(ALIKE[:2])) == ()
    assert len(funnel_plots.funnel_plot(units(ALIKE[:3]))) == 1


def test_gaps_are_told_in_percentage_points():
    (figure,) = funnel_plots.funnel_plot(units([*ALIKE, FAR], "difference", "bme-white"))
    assert {row[0]: row[3] for row in figure.numbers.rows}["Far site"] == "\N{MINUS SIGN}20.0"
    assert "percentage points)" in figure.notes[0]


def test_no_two_lines_to_labels_cross_whatever_the_places_of_the_dots():
    """Witness: the turn of three points, of each pair of lines drawn; dots of 200 seeded funnels, most of them close in value."""
    from matplotlib.figure import Figure

    chance = np.random.default_rng(16)
    for _ in range(200):
        axes = Figure(figsize=(4.2, 2.9)).add_axes((0.1, 0.2, 0.6, 0.7))
        labels = [(value, f"site {place}", across) for place, (value, across) in enumerate(chance.uniform(0.3, 0.7, (9, 2)))]
        funnel_plots._draw_labels(axes, labels)
        lines = [(axes.transData.transform(text.xy), axes.transAxes.transform(text.xyann)) for text in axes.texts]
        for place, (a, b) in enumerate(lines):
            for c, d in lines[:place]:
                turns = [np.sign(np.linalg.det([q - p, r - p])) for p, q, r in ((a, b, c), (a, b, d), (c, d, a), (c, d, b))]
                assert turns[0] == turns[1] or turns[2] == turns[3]


def test_labels_never_stand_on_one_another():
    """All values alike: the labels at the right are still a line apart and within the picture."""
    with drawing.board(3.0) as figure:
        axes = drawing.axes_in_inches(figure, 0.4, 0.3, 2.0, 2.5)
        axes.set_ylim(0, 1)
        funnel_plots._draw_labels(axes, [(0.9, f"site {place}", 0.5) for place in range(8)])
        heights = sorted(text.xyann[1] * 2.5 for text in axes.texts)
    assert min(after - before for before, after in itertools.pairwise(heights)) == pytest.approx(funnel_plots._LINE)
    assert heights[0] >= 0
    assert heights[-1] <= 2.5 + 1e-9


@pytest.fixture(scope="module")
def trust(project, reference):
    parameters = load_parameters(project / "params" / "harrowmere-2025-26.yaml", change={"history": 0})
    evidence = analysis.analyse(intake.read_counts(parameters), parameters, reference, intake.read_own_tables(parameters))
    return disclosure.protect(evidence, parameters)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["directorate", "division", "site", "locality"])
def test_parts_too_few_for_limits_stand_in_a_table_with_their_own_intervals(trust, part):
    """Witness: data/harrowmere/2025-26/recruitment.csv: Women and children 72 of 290 and 34 of 262; the same counts under other headings."""
    called = dataclasses.replace(trust, results=trust.results.replace({"breakdown": {"directorate": part}}))
    (table,) = (table for table in report.cut_tables(called, "2") if table.id == f"indicator-2-by-{part}")
    *words, drawn = table.rows[-1]
    assert words == ["Women and children", "24.8% (72 of 290)", "13.0% (34 of 262)"] and drawn.text == "1.91 (1.33 to 2.78)"
    assert drawn.neutral < drawn.lower < drawn.value < drawn.upper, "white over BME above 1 is worse, and drawn to the right"
    assert report.funnel_of_parts(called, "2") == ()


@pytest.mark.slow
def test_directorates_that_are_hidden_are_not_put_beside_one_another(trust):
    """Of the six, the disciplinary figures are told of two and of the four others together: nothing to put beside one another."""
    assert report.funnel_of_parts(trust, "3") == ()


@pytest.mark.slow
def test_parts_told_together_only_stand_at_the_end_of_their_table(trust):
    """Witness: data/harrowmere/2025-26/disciplinary.csv and workforce.csv, added up by hand. Nothing was said of the six directorates but one."""
    (table,) = report.cut_tables(trust, "3")
    *words, drawn = next(row for row in table.rows if row[0] == "Medicine and Surgery, together")
    assert words[1:] == ["0.6% (12 of 1,910)", "1.3% (11 of 850)"] and drawn.text == "2.06 (0.93 to 4.55)"


def test_a_report_without_parts_has_no_funnel(evidence):
    assert report.funnel_of_parts(evidence, "2") == ()


@pytest.mark.slow
def test_every_band_that_the_finding_names_is_drawn(trust, monkeypatch):
    drawn = []
    monkeypatch.setattr("wres_helpers.report.form.plots.dots", lambda panels, reference: drawn.append(panels) or "<svg/>")
    figure = report.band_chart(trust)
    first = drawn[0][0]
    assert first.label == "All staff"
    # more bands than a title can list: how many, and below the picture whose and the farthest of each side
    assert (
        figure.title
        == "Band by band, the BME share is clearly larger in four bands, and smaller in seven bands than in the whole workforce"
    )
    far = "larger in four bands (highest: Non-consultant career grades, 58.0%), and smaller in seven bands (lowest: Band 8b, 10.5%)"
    assert f"Of all staff together and of the bands whose BME share is shown: {far}." in figure.notes
    named = ["Non-consultant career grades", "Band 8b"]
    assert {"Band 5", "Band 8a", *named} <= {mark.series for mark in first.marks}
    assert all(mark.value is not None for mark in first.marks if mark.series in named)
    assert [panel.label for panel in drawn[0]] == ["All staff", "Clinical", "Non-clinical"]


@pytest.mark.slow
def test_a_band_that_differs_stands_out_in_picture_and_words(trust):
    figure = report.band_chart(trust)
    assert "the BME share is clearly larger in four bands" in figure.title
    ends = "All staff, highest: Non-consultant career grades, 58.0%; lowest: Band 8b, 10.5%; whole workforce 24.2%"
    assert figure.alt == f"Dot chart: {ends}. The table of its numbers has every value that may be shown."
    assert any(note.startswith("Diamonds: clearly different by itself") for note in figure.notes)
    assert not any("VSM" in note for note in figure.notes)  # whose share is hidden, and who have no row


@pytest.mark.slow
def test_each_part_of_the_bands_has_its_percentages_below_it(trust, monkeypatch):
    """All three are taller than a screen, and the percentages stood below the last alone. Witness: the words that are written."""
    written, drawn = [], drawing.words_at
    monkeypatch.setattr(drawing, "words_at", lambda axes, text, *place, **style: written.append(text) or drawn(axes, text, *place, **style))
    report.band_chart(trust)
    assert written.count("0%") == written.count("20%") == written.count("40%") == 3


@pytest.mark.slow
def test_parts_with_limits_tell_them_in_the_table_behind_the_picture(trust):
    """Witness: twelve sites made of the trust's own counts, all alike, of which the last is hidden."""
    whole = trust.results.query("year == @trust.context.year and measure == 'appointed_from_shortlisting' and breakdown == 'overall'")
    sites = pd.concat([whole.assign(breakdown="site", category=f"Site {number:02}") for number in range(12)])
    cells = ["white_count", "white_base", "bme_count", "bme_base"]
    sites.loc[sites["category"].eq("Site 11"), [*cells, "value", "lower", "upper"]] = None
    shown = dataclasses.replace(trust, results=pd.concat([trust.results, sites], ignore_index=True))
    figure = next(figure for figure in report.funnel_of_parts(shown, "2") if figure.id.endswith("site"))
    assert [column.label for column in figure.numbers.columns[-2:]] == ["95% limits", "99.8% limits"]
    assert "Site 11" not in {row[0] for row in figure.numbers.rows}
    assert "Left out, because the figures are hidden or were not supplied: Site 11." in figure.notes


@pytest.mark.slow
def test_no_two_tables_of_a_report_bear_one_caption(trust, evidence, monkeypatch):
    """Witness: a screen reader's list of tables, in which nothing but the caption tells them apart."""
    monkeypatch.setattr(drawing, "to_svg", lambda figure: "<svg/>")
    each = ("rates_chart", "undisclosed_table", "years", "cut_tables", "contributions", "funnel_of_parts")
    once = ("scorecard", "profile_chart", "method_table", "parity_table", "completeness_table", "band_chart", "pipeline", "recruitment_funnel",
            "board_chart", "targets", "improvement_plan")  # fmt: skip
    for shown in (trust, disclosure.protect(evidence, evidence.context.parameters)):
        made = [getattr(report, name)(shown, indicator) for indicator in "2345678" for name in each]
        made += [getattr(report, name)(shown) for name in once]
        made += [block for indicator in "5678" for block in report.answers_chart(shown, indicator)]
        made += [block for indicator in "19" for block in (report.undisclosed_table(shown, indicator), report.years(shown, indicator))]
        blocks = [block for blocks in made for block in (blocks if isinstance(blocks, tuple) else (blocks,))]
        captions = [getattr(block, "numbers", block).caption for block in blocks if block.kind in ("table", "figure")]
        assert len(captions) > 20 and sorted(set(captions)) == sorted(captions)
