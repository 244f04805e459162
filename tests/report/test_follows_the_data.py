"""Every number follows the rows: an input is changed, and sentence, table, chart, alternative text and data all move.

Witness: the printed figures of the report (11 of 251 against 150 of 1,605), and the same with 22 instead of 11, worked by
hand: 22/251 = 8.8%; (150/1605) / (22/251) = 1.07.
"""

import pytest

from wres_helpers import report
from wres_helpers.analysis import analyse
from wres_helpers.disclosure import protect


@pytest.fixture(scope="module")
def changed(necs, necs_counts, reference):
    counts = necs_counts.copy()
    place = counts["item"].eq("appointed") & counts["ethnic_group"].eq("bme") & counts["year"].eq("2019-20")
    assert counts.loc[place, "count"].tolist() == [11]
    counts.loc[place, "count"] = 22
    return analyse(counts, necs, reference)


def texts(shown) -> dict[str, str]:
    figure = report.rates_chart(shown, "2")
    made = {
        "headline": report.headline(shown, "2").text,
        "table": str(report.rates_table(shown, "2").rows),
        "alternative text": figure.alt,
        "scorecard": next(str(row) for row in report.scorecard(shown).rows if row[0].startswith("2.")),
        "stages": str(report.recruitment_funnel(shown)[0].numbers.rows),
        "numbers behind the chart": str(figure.numbers.rows + figure.numbers.file_rows),
    }
    return made | {"picture": figure.svg}


def test_the_printed_figures_are_told(evidence):
    for where, text in texts(evidence).items():
        if where == "picture":
            continue
        assert "11" in text and "251" in text, where
        assert "2.13" in text or where in {"table"}, where
    assert "White candidates were 2.13 times as likely as BME candidates" in texts(evidence)["headline"]


def test_every_place_follows_a_changed_input(evidence, changed):
    before, after = texts(evidence), texts(changed)
    for where, text in after.items():
        assert text != before[where], where
        if where != "picture":
            assert ("22" in text and "8.8%" in text) or where == "headline", where
            assert "11 of 251" not in text and "4.4%" not in text, where
    assert "were 1.07 times as likely" in after["headline"]
    assert "9.3% (150 of 1,605) against 8.8% (22 of 251)" in after["headline"]


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        (
            "4",
            "White staff were 1.44 times as likely as BME staff"
            " to take up non-mandatory training: 19.9% (218 of 1,093) against 13.8% (9 of 65); "
            "these counts are compatible with no difference, and with a large one.",
        ),
        ("5", "21.6% (8 of 37) against 14.4% (111 of 773)"),
        ("6", "35.1% (13 of 37) against 13.8% (106 of 768)"),
        ("7", "68.4% (13 of 19)"),
        ("7", "against 93.2% (481 of 516)"),
        ("8", "13.5% (5 of 37) against 3.4% (26 of 771)"),
        ("9", "0 of 6 board members (0%) were known to be BME, against 4.9% of the whole workforce"),
    ],
)
def test_golden_headlines(evidence, indicator, said):
    assert said in report.headline(evidence, indicator).text


def test_indicator_6_is_not_called_equivalent(evidence):
    said = " ".join(report.certainty(evidence, "6").paragraphs[:-1]) + report.headline(evidence, "6").text
    assert "equivalent" not in said  # the last paragraph is the rule, which names every status
    assert report.headline(evidence, "6").status == "large_difference"


def test_a_page_of_protected_figures_tells_less_and_never_more(evidence, necs):
    shown = protect(evidence, necs)
    assert "2 of 65" not in report.headline(shown, "3").text
    assert "ewer than 5 of 65" in report.headline(shown, "3").text
