"""What a correction superseded, in words. Witness: changes typed by hand beside the shipped report's headlines."""

import pytest

from wres_helpers import disclosure
from wres_helpers.publishing.files.changed_in_words import superseded
from wres_helpers.publishing.files.versions import COMPARED, changed_figures

HEAD = ("2", "appointed_from_shortlisting", "overall", "all", "")
TODAY = {
    "bme_count": "13",
    "bme_base": "251",
    "bme_rate": "0.0517928287",
    "value": "1.8",
    "direction": "white/bme",
    "status": "no_clear_difference",
}


@pytest.fixture(scope="module")
def shown(evidence, necs):
    return disclosure.protect(evidence, necs)


def lines(shown, *changes):
    """Return what is said of changes: what compares, what stood then, and what stands now where that is not as above."""
    empty = dict.fromkeys(COMPARED, "")
    rows = [{key: empty | TODAY | now | then for key, then, now in changes}, {key: empty | TODAY | now for key, _, now in changes}]
    return superseded(shown, list(changed_figures(*rows)), rows)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ({"bme_count": "11", "bme_rate": "0.0438247012"}, "BME: was 4.4% (11 of 251), is 5.2% (13 of 251)"),
        ({"bme_count": "fewer than 5", "bme_rate": "[c]"}, "BME: was fewer than 5 of 251, is 5.2% (13 of 251)"),
        ({"value": "2.1325403568"}, "relative likelihood: was 2.13, is 1.80"),
        ({"value": ""}, "relative likelihood: was not supplied, is 1.80"),
        ({"status": "large_difference"}, "status: was Large difference (requires focus), is No clear difference"),
    ],
)
def test_an_earlier_figure_is_told_as_pages_print_it(shown, then, said):
    assert lines(shown, (HEAD, then, {})) == [f"Indicator 2: Shortlisting to appointment, {said}."]


def test_figures_beside_the_headlines_are_counted(shown):
    part = (*HEAD[:2], "band", "Band 5", "")
    told = lines(shown, (HEAD, {"bme_count": "11"}, {}), (part, {"bme_count": "3", "value": "2"}, {}))
    assert told[1:] == ["2 further figures of board/data/results.csv."]
    assert lines(shown, (part, {"bme_count": "3"}, {})) == ["1 figure of board/data/results.csv."]


def test_a_figure_of_an_earlier_year_names_it_and_what_became_of_it_follows(shown):
    then = [(("1", "senior_share", "overall", "all", year), {"bme_count": "54"}, {}) for year in ("2018-19", "since 2018-19")]
    [line] = lines(shown, *then)
    assert line.endswith(", 2018/19, BME: was 5.2% (54 of 251), is 5.2% (13 of 251).")


def test_the_board_is_called_by_the_part_that_speaks_for_it(shown):
    board = ("9", "board_share", "membership", "total", "")
    told = lines(shown, (board, {"value": "-0.0494296578"}, {"direction": "board-workforce", "value": "0.01"}))
    assert told == ["Indicator 9: Whole board, difference: was \u22124.9 points, is +1.0 points."]


def test_a_target_that_turned_is_a_line_of_its_own_and_no_further_figure(shown):
    """Witness: typed by hand; "Of two own targets: one behind" became "one on the path", and no line named it."""
    target = ("2", "target", "Fair appointment", "", "")
    told = lines(shown, (target, {"status": "behind the path"}, {"status": "on the path"}))
    assert told == ["Indicator 2: Target, Fair appointment, status: was behind the path, is on the path."]
