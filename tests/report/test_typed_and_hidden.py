"""Figures typed into a text that the board's copy hides. Witness: counts of the shipped report and what its policy hides, looked up by hand.

Two of 65 BME staff entered a disciplinary process (3.1%), none of the six members of the board is BME (how many members
there are is hidden), and 11 of 251 BME candidates were appointed, which is shown.
"""

import pandas as pd
import pytest

from wres_helpers import disclosure
from wres_helpers.report.words.typed_and_hidden import hidden_figures
from wres_helpers.settings.master_file import Terms


@pytest.fixture(scope="module")
def board(necs, evidence):
    return disclosure.protect(evidence, necs)


def told(text, evidence, board, name):
    return [
        problem.sentence() for problem in hidden_figures({name: text}, lambda name: f"{name}.md", Terms(), lambda: evidence, lambda: board)
    ]


@pytest.mark.parametrize(
    ("name", "text", "found", "braces"),
    [
        ("03_disciplinary.done", "A line.\n2 of 65 BME staff entered one.", "'2 of 65'", "{indicator 3: counts}"),
        ("foreword", "A line.\nOnly 2 of the 65 entered one.", "'2 of the 65'", "{indicator 3: counts}"),
        ("03_disciplinary.done", "A line.\nThat is 3.1% of BME staff.", "'3.1%'", "{indicator 3: bme rate}"),
        ("03_disciplinary.done", "A line.\nThat is 3 per cent of BME staff.", "'3 per cent'", "{indicator 3: bme rate}"),
        ("09_board.done", "A line.\nOf the board 0 of 6 is BME.", "'0 of 6'", "{indicator 9: counts}"),
        ("03_disciplinary.planned", "A line.\nTwo BME colleagues did.", "'Two BME colleagues'", "{indicator 3: bme count}"),
        ("03_disciplinary.planned", "A line.\n2 BME staff did.", "'2 BME staff'", "{indicator 3: bme count}"),
        ("foreword", "A line.\nTwo BME staff entered one.", "'Two BME staff'", "{indicator 3: bme count}"),
        ("01_workforce.done", "A line.\nOf Band 2, 1 of 30 is BME.", "'1 of 30'", "Write it so, or leave it out"),
    ],
)
def test_a_typed_figure_that_is_right_and_hidden_is_told_with_its_line_and_its_name(evidence, board, name, text, found, braces):
    (said,) = told(text, evidence, board, name)
    assert f"row 2: found {found}, which the board's copy hides" in said and braces in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("02_recruitment.done", "We appointed 11 of 251 BME candidates, 4.4%."),
        ("09_board.done", "The board has no BME members and five white members."),
        ("02_recruitment.done", "2 of 65 BME staff spoke to us; 3.1% of them often."),
        ("foreword", "2 BME nurses spoke to us, 3% of them often."),
        ("03_disciplinary.done", "{indicator 3: BME count} of 65 BME staff entered one; 4 of 9 managers were trained."),
        ("09_board.done", "Two members left."),
    ],
)
def test_what_is_shown_or_of_something_else_is_passed_over(evidence, board, name, text):
    assert told(text, evidence, board, name) == []


def test_a_figure_of_several_rows_is_named_by_the_one_that_has_a_name(evidence, board):
    """'The board has 3 BME members' was the voting ones', too, whose row stood first and has no name. Witness: of both, made here."""
    rows = evidence.results
    members = rows["indicator"].eq("9") & rows["year"].eq(evidence.context.year)
    three = rows.assign(bme_count=rows["bme_count"].mask(members, 3.0))
    results = pd.concat([three[members & three["category"].ne("total")], three[~members], three[members & three["category"].eq("total")]])
    nothing = board.with_tables(results=board.results.iloc[:0])
    for name in ("09_board.done", "foreword"):
        (said,) = told("The board has 3 BME members, voting and not.", evidence.with_tables(results=results), nothing, name)
        assert "'3 BME members'" in said and "{indicator 9: bme count}" in said


def test_a_figure_that_fits_both_groups_is_told_once(evidence, board):
    """Witness: '1 of 6' of a board, told of BME and of white members, so that the text's name stood twice before it."""
    rows = evidence.results
    here = rows["indicator"].eq("3") & rows["year"].eq(evidence.context.year)
    alike = rows.assign(**{f"white_{name}": rows[f"white_{name}"].mask(here, rows[f"bme_{name}"]) for name in ("count", "base")})
    nothing = board.with_tables(results=board.results.iloc[:0])
    (said,) = told("A line.\n2 of 65 entered one.", evidence.with_tables(results=alike), nothing, "03_disciplinary.done")
    assert "row 2: found '2 of 65'" in said


def test_nothing_is_asked_of_a_text_without_such_a_figure(evidence):
    assert list(hidden_figures({"foreword": "We met in 2020."}, str, Terms(), lambda: 1 / 0, lambda: 1 / 0)) == []
