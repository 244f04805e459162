"""Figures that a text names in braces. Witness: the shipped report's counts, typed by eye from its tables (150 of 1,605, 11 of 251)."""

import pytest

from wres_helpers import disclosure
from wres_helpers.intake import read_narrative
from wres_helpers.intake.texts.named_figures import NamedFigure, holds_figures, known_figures
from wres_helpers.problems import InputProblems
from wres_helpers.report.form.block_html import block_html
from wres_helpers.report.form.limited_markdown import parse_markdown
from wres_helpers.report.words.figures_in_texts import told, with_figures
from wres_helpers.settings.master_file import Terms
from wres_helpers.settings.master_file_reader import load_parameters


@pytest.fixture(scope="module")
def shown(evidence, necs):
    return disclosure.protect(evidence, necs)


def written(shown, text):
    return with_figures({"about": text}, shown)["about"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{indicator 2: relative likelihood} times", "2.13 times"),
        ("{Indicator 2 :BME  rate} of candidates", "4.4% of candidates"),
        ("{indicator 2:\nwhite rate}", "9.3%"),
        ("{indicator 2: BME count} of {indicator 2: BME base}", "11 of 251"),
        (
            "{indicator 2: counts}",
            "150 of 1,605 white shortlisted candidates against 11 of 251 BME shortlisted candidates",
        ),
        ("{indicator 2: interval}; {indicator 2: status}", "1.19 to 3.86; large difference"),
        ("{indicator 7: gap}", "\u221224.8 percentage points"),
        ("{staff in post}, {BME staff} BME ({BME share}), {undisclosed} undisclosed", "1,315, 65 BME (4.9%), 157 undisclosed"),
        ("{BME staff last year}", "54"),
        ("{indicator 2 last year: BME rate}", "a figure that was not supplied"),
    ],
)
def test_a_named_figure_is_written_out(shown, text, said):
    assert written(shown, text) == said


def test_a_hidden_figure_is_told_as_the_boards_pages_tell_it(shown):
    # two BME staff entered the process: the policy hides counts below 5, and everything that would give them away
    assert written(shown, "{indicator 3: counts}") == "fewer than 5 of 65 BME staff against 15 of 1,093 white staff"
    assert written(shown, "{indicator 3: BME count}") == "fewer than 5"
    for field in ("relative likelihood", "interval", "BME rate"):
        assert written(shown, f"{{indicator 3: {field}}}") == "a figure that is hidden"
    assert written(shown, "{indicator 3: status}") == "hidden to protect people"


def test_every_name_gives_words_and_none_gives_a_marker_or_mark_up(shown):
    known = known_figures(shown.context.catalogue, shown.context.terms, shown.context.previous_year)
    assert len(known) > 150
    for name, figure in known.items():
        words = told(shown, figure)
        assert words, name
        assert words != "nan", name
        assert not set("[]*_<>`{}|") & set(words), (name, words)


@pytest.mark.parametrize(
    "text", ["`{indicator 2: BME rate}`", "<!-- {indicator 2: BME rate} -->", "```\n{staff in post}\n```", r"\{staff in post}"]
)
def test_braces_in_code_comments_and_escaped_ones_stay(shown, text):
    assert not holds_figures({"about": text})
    assert written(shown, text) == text


def test_an_escaped_brace_is_printed_as_a_brace():
    made = block_html({"kind": "text", "title": "", "nodes": parse_markdown(r"A \{staff in post} brace")})
    assert made == '<div class="wres-text"><p>A {staff in post} brace</p></div>'


def test_a_likelihood_without_limit_is_said_in_words(shown):
    from dataclasses import replace

    results = shown.results.copy()
    results.loc[results["measure"].eq("appointed_from_shortlisting"), "value"] = float("inf")
    assert told(replace(shown, results=results), NamedFigure("2", "value", False)) == "no ratio, as one group counts nobody"


def test_groups_go_by_the_words_of_the_report(shown):
    known = known_figures(shown.context.catalogue, Terms(bme="Global Majority"), None)
    assert known["global majority staff"] == known["bme staff"] == NamedFigure("", "bme_count", False)
    assert "staff in post last year" not in known


def read(project, text):
    master = project / "params" / "necs-2019-20.yaml"
    (project / "data" / "necs" / "2019-20" / "narrative" / "about.md").write_text(text, encoding="utf-8")
    return read_narrative(load_parameters(master))["about"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "\nOne.\n\n{indicator 2: BME rat}",
            r"about\.md, row 4: found '\{indicator 2: BME rat\}'.*Did you mean \{indicator 2: bme rate\}\?",
        ),
        ("{indicator 5: relative likelihood}", r"row 1: .*Of indicator 5 there are: gap, interval, status"),
        ("{indikator 2: gap}", r"Of indicator 2 there are: relative likelihood"),
        ("{indicatr 7: gpa}", r"Did you mean \{indicator 7: gap\}\?"),
        ("{indicator 2: ratio}", r"Did you mean \{indicator 2: relative likelihood\}\?"),
        ("{indicator 5: percentage of white staff}", r"Did you mean \{indicator 5: white rate\}\?"),
        ("{indicator 2}", r"Did you mean \{indicator 2: relative likelihood\}\?"),
        ("{indicator 12: gap}", r"There are: indicator 1, .*indicator 9\."),
        ("{staff in psot}", r"Did you mean \{staff in post\}\?"),
        ("{see below}", r"the name of a figure.*A brace that is meant is written \\\{"),
        ("{}", r"found '\{\}'"),
        ("Open {indicator 2\n\nEnd}", r"row 1: found a brace that is not closed"),
    ],
)
def test_an_unknown_name_stops_by_file_and_line(spoilable, text, said):
    with pytest.raises(InputProblems, match=said):
        read(spoilable, text)


def test_known_names_and_meant_braces_are_taken_as_typed(spoilable):
    text = r"{indicator 2: relative likelihood}, \{so}, `{x}` and }"
    assert read(spoilable, text) == text
