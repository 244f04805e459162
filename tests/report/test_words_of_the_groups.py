"""The words of the groups: spelled out once on each page, with a note on language and a setting for capitals."""

import re

import openpyxl
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from support.everything_said import everything_said, texts_of

from wres_helpers import open_report, report
from wres_helpers.analysis.asides import JUDGED_BY
from wres_helpers.publishing.files.workbook import write_workbook
from wres_helpers.publishing.pages.page import read_page
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


@pytest.mark.parametrize(("capital", "said"), [(False, "the white rate"), (True, "the White rate")])
def test_white_has_a_capital_inside_a_sentence_where_that_is_set(made, capital, said):
    shown = made(terms=Terms(white_capital=capital))
    assert said in report.rates_chart(shown, "2").title
    assert report.headline(shown, "2").text.startswith("White candidates")


def test_the_prose_of_a_notebook_has_the_organisations_words_on_a_boards_page():
    """Witness: a text cell in the words of the standard; what an analyst sees of it stays as it is written."""
    cell = new_markdown_cell("# Board\n\nHow BME and white staff fare; whitespace is not white.", metadata={"tags": ["board"]})
    in_words = Terms(bme="Global Majority", white="White British", white_capital=True).in_words
    board, analyst = (str(read_page(new_notebook(cells=[cell]), audience, in_words=in_words).blocks) for audience in ("board", "analyst"))
    assert "How Global Majority and White British staff fare; whitespace is not White British." in board
    assert "How BME and white staff fare; whitespace is not white." in analyst


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "foreign", "group", "left_open"),
    [
        ("harrowmere-wdes-2025-26", r"BME|[Ww]hite|[Ee]thnic\w*|[Rr]ace", "Disabled", [
            "the exact mid-p of metrics 3, 4a i, 4a ii, 4a iii, 5 and 6 is at most 5%",
            "1,161 staff (19.2%) have not disclosed their disability status",
            "Not answered here: 4b (whether", "Very senior managers",
        ]),
        ("ashcombe-2025-26", r"NHS Staff Survey|31 March|[Dd]isab\w*", "BME", [
            "that of metric 7b is not", "59 staff (4.2%) have not disclosed their ethnicity",
            "but one person more or less would undo the difference", "BME stands for",
        ]),
    ],
)  # fmt: skip
def test_every_sentence_of_another_standard_has_its_own_words(project, name, foreign, group, left_open):
    """Witness: groups.csv and standard.csv of the standard: what its groups are called, of what they are groups, and when staff are counted."""
    opened = open_report(project / "params" / f"{name}.yaml")
    said = everything_said(opened.evidence, opened.actions)
    assert f"clear, worse for {group} staff" in said
    # what is open is said as on page one of the first standard, of metrics: which findings stand, what is not known, which test undid one
    metrics = " ".join(text for block in report.metrics(opened.evidence) for text in texts_of(block.to_json()))
    # and once: where the report has an overview, there
    above = "00_overview" in opened.evidence.context.parameters.sections
    overview = " ".join(report.how_sure(opened.evidence).paragraphs)
    assert [each for each in left_open if each not in (f"{metrics} {overview}" if above else metrics)] == []
    assert ("have not disclosed their" in metrics) != above
    # every metric stands in one list, below what is to be thought of it: on page one, or at the head of a report without an overview
    listed = report.standings(opened.evidence)
    assert (listed in report.metrics(opened.evidence)) != above
    assert {"Clearly worse, large beyond chance", "Clearly worse, whether large is uncertain"} <= {each.clause for each in listed.lists}
    of_list = {item.name.partition(".")[0] for alike in listed.lists for item in alike.items}
    assert of_list == set(opened.evidence.context.catalogue.loc[lambda rows: rows["role"].eq("headline"), "indicator"])
    assert "ndicator" not in metrics
    assert ("Not answered here" in metrics) is (name != "ashcombe-2025-26")
    # a metric's label and the note of the table of all metrics say for whom a difference is worse
    assert f"Large difference (requires focus), worse for {group} staff" in said
    assert re.search(rf"Large difference: clearly worse for {group} staff", said)
    assert sorted({said[max(0, found.start() - 60) : found.end() + 20] for found in re.finditer(rf"\b({foreign})\b", said)}) == []


@pytest.mark.slow
def test_a_workbook_of_another_standard_has_its_own_words_and_says_what_it_is(project, tmp_path):
    """Witness: groups.csv of the disability standard; nothing in the book is of ethnic groups, and a draft says so on its cover."""
    opened = open_report(project / "params" / "harrowmere-wdes-2025-26.yaml")
    write_workbook(tmp_path / "book.xlsx", opened.protected(), opened.parameters)
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(tmp_path / "book.xlsx")}
    cells = {str(cell) for name, rows in sheets.items() for row in rows for cell in row}
    foreign = re.compile(r"white|(?<![a-z])bme|ethnic|compared group", re.IGNORECASE)
    assert sorted(cell for cell in cells if foreign.search(cell)) == []
    assert ("Draft",) in [row[:1] for row in sheets["Cover"]]
    head, *rows = sheets["Shares"][2:]
    at = head.index("Disability")
    assert {row[at : at + 2] for row in rows} == {
        ("non_disabled", "Non-disabled"), ("disabled", "Disabled"), ("unknown", "Not disclosed"), ("all", "All"),
    }  # fmt: skip
    assert head[at + 1] == "Disability in words"
    assert {"non_disabled/disabled", "disabled-non_disabled"} <= cells
    # what a headline is judged by has no counts of its own, and a likelihood that is told lies between no others
    _, _, head, *beside = sheets["Beside headlines"]
    for row in (dict(zip(head, cells, strict=True)) for cells in beside):
        assert (row["Disabled count"] == "[z]") == row["Kind"].startswith(JUDGED_BY) and row["Low"] == "[z]"
