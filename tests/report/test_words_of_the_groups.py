"""The words of the groups: spelled out once on each page, with a note on language and a setting for capitals."""

import pytest

from wres_helpers import report
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
