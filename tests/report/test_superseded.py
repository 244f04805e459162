"""What a correction superseded, in words. Witness: changes typed by hand beside the shipped report's headlines."""

import pytest

from wres_helpers import disclosure
from wres_helpers.report.figures_in_texts import superseded


@pytest.fixture(scope="module")
def shown(evidence, necs):
    return disclosure.protect(evidence, necs)


def change(field, old, indicator="2", where="appointed_from_shortlisting", year=""):
    return {"indicator": indicator, "where": where, "year": year, "field": field, "old": old, "new": "x"}


@pytest.mark.parametrize(
    ("field", "old", "said"),
    [
        ("bme_count", "11", "BME count was 11"),
        ("white_base", "1605", "white base was 1,605"),
        ("bme_count", "fewer than 5", "BME count was fewer than 5"),
        ("bme_rate", "0.0438247012", "BME rate was 4.4%"),
        ("bme_rate", "[c]", "BME rate was hidden"),
        ("value", "2.1325403568", "relative likelihood was 2.13"),
        ("value", "inf", "relative likelihood was no ratio, as one group counts nobody"),
        ("value", "", "relative likelihood was without a figure"),
        ("status", "large_difference", "status was large difference"),
    ],
)
def test_an_earlier_figure_is_told_as_pages_print_it(shown, field, old, said):
    assert superseded(shown, [change(field, old)]) == [f"Indicator 2, being appointed after shortlisting: {said}."]


def test_figures_beside_the_headlines_are_counted(shown):
    others = [change("lower", "1.19"), change("bme_count", "3", where="appointed_from_shortlisting band Band 5")]
    lines = superseded(shown, [change("bme_count", "11"), *others])
    assert lines[1:] == ["2 further figures of board/data/results.csv."]
    assert superseded(shown, others[:1]) == ["1 figure of board/data/results.csv."]


def test_a_figure_of_an_earlier_year_names_it_and_what_became_of_it_follows(shown):
    then = [change("bme_count", "54", "1", "senior_share", year) for year in ("2018-19", "since 2018-19")]
    [line] = superseded(shown, then)
    assert line.endswith(", 2018/19: BME count was 54.")


def test_the_board_is_called_by_the_part_that_speaks_for_it(shown):
    lines = superseded(shown, [change("value", "-0.0494296578", "9", "board_share membership total")])
    assert lines == ["Indicator 9, representation on the board: gap was \u22124.9 percentage points."]


def test_a_target_that_turned_is_a_line_of_its_own_and_no_further_figure(shown):
    """Witness: typed by hand; "Of two own targets: one behind" became "one on the path", and no line named it."""
    turned = {
        "indicator": "2",
        "where": "target Fair appointment",
        "year": "",
        "field": "status",
        "old": "behind the path",
        "new": "on the path",
    }
    assert superseded(shown, [turned]) == ["Target Fair appointment (indicator 2): was behind the path, is on the path."]
