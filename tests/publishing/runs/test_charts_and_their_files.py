"""Each chart has a file of its own. Witness: identifiers written by eye."""

from types import SimpleNamespace

from wres_helpers.publishing.pages.report_parts import file_of
from wres_helpers.publishing.runs.sections import FAILED, MADE, SectionMade
from wres_helpers.publishing.runs.whole_report import charts_of_two


def section(name, *charts, outcome=MADE):
    page = SimpleNamespace(blocks=[{"kind": "figure", "id": chart} for chart in charts] + [{"kind": "table", "id": "all"}])
    return SectionMade(name, outcome, pages={"board": page})


def test_a_chart_called_results_never_stands_in_the_place_of_the_results():
    assert file_of({"kind": "figure", "id": "results"}, "02_recruitment") == "02-recruitment-results.csv"
    assert file_of({"kind": "figure", "id": "grades"}, "01_workforce") == "grades.csv"


def test_two_sections_whose_charts_share_an_identifier_are_told_and_the_run_is_not_complete():
    (told,) = charts_of_two([section("a", "one", "two"), section("b", "two"), section("c", "one", outcome=FAILED)])
    assert told.startswith("a and b: each has a chart 'two'") and "data/two.csv" in told
