"""The words of the groups: spelled out once on each page, with a note on language and a setting for capitals."""

import re

import pytest

from wres_helpers import open_report, report
from wres_helpers.report import plots
from wres_helpers.report.overview import indicators
from wres_helpers.settings.master_file import Terms


def words(block) -> str:
    return " ".join(block.paragraphs)


@pytest.mark.parametrize("indicator", list("123456789"))
def test_the_label_is_spelled_out_on_every_page(evidence, indicator):
    assert words(report.definition(evidence, indicator)).count("BME stands for Black and minority ethnic.") == 1


def test_the_organisations_own_long_form_is_used_and_none_where_it_says_nothing_more(made):
    assert "GM stands for Global Majority." in words(report.definition(made(terms=Terms(bme="GM", bme_long="Global Majority")), "2"))
    assert "stands for" not in words(report.definition(made(terms=Terms(bme="Global Majority", bme_long="global majority")), "2"))


def test_a_note_on_language_stands_with_the_sources(evidence):
    rows = {row[0]: row[1] for row in report.method_table(evidence).rows}
    assert rows["Words"].startswith("BME stands for Black and minority ethnic. The standard compares white with BME staff")
    assert "ethnic minorities" in rows["Words"]


@pytest.mark.parametrize(("capital", "said"), [(False, "the rate of white candidates"), (True, "the rate of White candidates")])
def test_white_has_a_capital_inside_a_sentence_where_that_is_set(made, capital, said):
    shown = made(terms=Terms(white_capital=capital))
    assert said in words(report.in_people(shown, "2"))
    assert report.headline(shown, "2").text.startswith("White shortlisted candidates")


def everything_said(shown, actions) -> str:
    """Every word of every block of every section; the keys of columns and pictures are no words."""
    whole = ("key_facts", "top_findings", "standings", "looked_at_together", "scorecard", "how_status_is_given", "method_table", "metrics",
             "about_national_figures", "parity_table", "completeness_table", "improvement_plan", "targets", "population_served", "pipeline",
             "profile_table", "profile_chart", "band_chart", "band_reading", "band_table", "board_chart", "board_table", "recruitment_funnel")  # fmt: skip
    each = ("headline", "definition", "in_people", "certainty", "status_note", "rates_table", "rates_chart", "undisclosed_table", "answers_chart",
            "compared_with_last_year", "compared_with_benchmark", "years", "cut_tables", "contributions")  # fmt: skip
    made = [getattr(report, name)(shown) for name in whole] + [report.at_a_glance(shown, actions)]
    made += [getattr(report, name)(shown, indicator) for indicator in indicators(shown) for name in each]
    blocks = [block for found in made for block in (found if isinstance(found, tuple) else (found,))]
    return " ".join(word for block in blocks for word in _words_in(block.to_json()))


def _words_in(value, key=""):
    if isinstance(value, str) and key not in ("key", "svg", "name", "data"):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _words_in(part, name)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words_in(part, key)


@pytest.mark.parametrize(
    ("name", "foreign", "own"),
    [
        ("harrowmere-wdes-2025-26", r"BME|[Ww]hite|[Ee]thnic\w*|[Rr]ace", "clear, worse for Disabled staff"),
        ("ashcombe-2025-26", r"NHS Staff Survey|31 March|[Dd]isab\w*", "clear, worse for BME staff"),
    ],
)
def test_every_sentence_of_another_standard_has_its_own_words(project, monkeypatch, name, foreign, own):
    """Witness: groups.csv and standard.csv of the standard: what its groups are called, of what they are groups, and when staff are counted."""
    for drawn in ("bars", "dots", "answers", "people"):
        monkeypatch.setattr(plots, drawn, lambda *given, **more: "<svg/>")
    opened = open_report(project / "params" / f"{name}.yaml")
    said = everything_said(opened.evidence, opened.actions)
    assert own in said
    assert sorted({said[max(0, found.start() - 60) : found.end() + 20] for found in re.finditer(rf"\b({foreign})\b", said)}) == []
