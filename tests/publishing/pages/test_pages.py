"""Reading an executed notebook: what reaches which audience, and what is refused.

Witness: the notebooks are written by hand in conftest.py, so what must and must not appear is known beforehand.
"""

import pytest
from nbformat.v4 import new_code_cell, new_output

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.pages.page import read_page


def of_kind(page, kind: str) -> list:
    return [block for block in page.blocks if block["kind"] == kind]


def kinds(page) -> list[str]:
    return [block["kind"] for block in page.blocks]


def refused(notebook, audience: str = "board") -> str:
    with pytest.raises(InputProblems) as raised:
        read_page(notebook, audience, "02_recruitment")
    return str(raised.value)


def test_board_page_holds_only_what_is_tagged_for_the_board(make_notebook, figure, table):
    page = read_page(make_notebook(figure(), table()), "board", "02_recruitment")
    assert page.title == "Indicator 2: Appointment"
    assert kinds(page) == ["heading", "heading", "figure", "table"]
    assert "secret_setup" not in repr(page.blocks)
    assert "Working notes" not in repr(page.blocks)


def test_analyst_page_holds_everything(make_notebook, figure, table):
    page = read_page(make_notebook(figure(), table()), "analyst", "02_recruitment")
    assert kinds(page) == ["heading", "code", "heading", "code", "figure", "table", "heading", "code", "table"]
    frame = page.blocks[-1]
    assert [column["label"] for column in frame["columns"]] == ["grade", "white", "bme"]
    assert frame["rows"] == [["Band 1", "12", "3"]]
    assert [column["kind"] for column in frame["columns"]] == ["text", "number", "number"]
    assert frame["caption"]


@pytest.mark.parametrize(
    ("output", "kind", "text"),
    [
        (new_output("display_data", data={"text/html": "<p>12 rows</p><script>alert(1)</script><style>p{}</style>"}), "output", "12 rows"),
        (new_output("stream", name="stdout", text="checked 12 rows\n"), "output", "checked 12 rows"),
        (new_output("execute_result", data={"text/plain": "42"}), "output", "42"),
    ],
)
def test_analyst_sees_the_words_of_working_outputs(make_notebook, output, kind, text):
    working = new_code_cell("x", outputs=[output], metadata={"tags": ["analyst"]}, execution_count=2)
    shown = [block for block in read_page(make_notebook(cells=(working,)), "analyst").blocks if block["kind"] == kind]
    assert [block["text"] for block in shown] == [text]


def test_picture_without_description_is_named_in_the_working_copy(make_notebook):
    picture = new_output("display_data", data={"image/png": "AAAA", "text/plain": "<Figure>"})
    working = new_code_cell("x", outputs=[picture], metadata={"tags": ["analyst"]}, execution_count=2)
    page = read_page(make_notebook(cells=(working,)), "analyst", "02_recruitment")
    assert "02_recruitment, cell 5, output 1 shows a picture" in of_kind(page, "notice")[0]["text"]


def test_figures_come_with_their_rows(make_notebook, figure):
    page = read_page(make_notebook(figure("a"), figure("b")), "board")
    assert [block["id"] for block in of_kind(page, "figure")] == ["a", "b"]
    assert of_kind(page, "figure")[0]["numbers"]["rows"] == [["White", "9.3%"], ["BME", "4.4%"]]


def test_headings_that_read_the_same_have_ids_of_their_own(make_notebook, text_cell, table):
    cells = (text_cell("### Finding"), text_cell("### Finding"), text_cell("### Rates"))
    page = read_page(make_notebook(table("rates"), cells=cells), "board")
    identifiers = [block["id"] for block in of_kind(page, "heading")] + ["rates"]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize(
    "alternative",
    [
        "",
        "None",
        "No description has been provided for this image",
        "Fewer BME applicants were appointed",
        "Share of shortlisted applicants appointed, 2019/20",
        "A bar chart of the two shares",
    ],
)
def test_figure_without_real_alternative_text_is_refused(make_notebook, figure, alternative):
    message = refused(make_notebook(figure(alt=alternative)))
    assert "alternative text" in message
    assert "02_recruitment, cell 4" in message


@pytest.mark.parametrize(
    ("svg", "reason"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "<script>"),
        ('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "onload"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/a.png"/></svg>', "link to the outside"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><style>@import "x.css";</style></svg>', "loads from outside"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><rect fill="url(https://example.org/x)"/></svg>', "loads from outside"),
        ("<svg><rect></svg>", "well-formed"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "entity"),
        ("<p>no picture</p>", "no SVG"),
    ],
)
def test_picture_that_could_run_or_load_is_refused(make_notebook, figure, svg, reason):
    assert reason in refused(make_notebook(figure(svg=svg)))


def test_pictures_of_matplotlib_pass(make_notebook, figure):
    matplotlib_svg = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns="http://www.w3.org/2000/svg"><defs><path id="a" d="M0 0"/></defs><use xlink:href="#a"/>'
        '<g clip-path="url(#clip)"/></svg>'
    )
    assert of_kind(read_page(make_notebook(figure(svg=matplotlib_svg)), "board"), "figure")


def test_skipped_heading_level_is_refused(make_notebook, text_cell):
    assert "level 4 after level 2 ('Deep')" in refused(make_notebook(cells=(text_cell("#### Deep"),)))


def test_second_title_is_refused(make_notebook, text_cell):
    assert "2 titles" in refused(make_notebook(cells=(text_cell("# Another"),)))


def test_picture_in_a_text_cell_is_refused(make_notebook, text_cell):
    assert "an image" in refused(make_notebook(cells=(text_cell("- see ![alt](chart.png)"),)))


@pytest.mark.parametrize(
    ("output", "found"),
    [
        (new_output("display_data", data={"image/png": "AAAA", "text/plain": "<Figure>"}), "image/png and text/plain"),
        (new_output("execute_result", data={"text/html": "<table></table>", "text/plain": "x"}), "text/html and text/plain"),
        (new_output("stream", name="stdout", text="checked\n"), "printed text"),
    ],
)
def test_board_cell_that_shows_something_else_is_refused_and_named(make_notebook, output, found):
    stray = new_code_cell("x", outputs=[output], metadata={"tags": ["board"]}, execution_count=2)
    message = refused(make_notebook(cells=(stray,)))
    assert found in message
    assert "02_recruitment, cell 5" in message


def test_warnings_of_libraries_are_not_for_the_board(make_notebook):
    warning = new_output("stream", name="stderr", text="FutureWarning: a name is to be given up\n")
    cell = new_code_cell("x", outputs=[warning], metadata={"tags": ["board"]}, execution_count=2)
    assert "FutureWarning" not in repr(read_page(make_notebook(cells=(cell,)), "board").blocks)


def test_failed_notebook_is_refused(make_notebook):
    error = new_output("error", ename="ValueError", evalue="row 7 of staff.csv", traceback=["ValueError"])
    failed = new_code_cell("x", outputs=[error], metadata={"tags": []}, execution_count=2)
    for audience in ("board", "analyst"):
        message = refused(make_notebook(cells=(failed,)), audience)
        assert "an error" in message
        assert "row 7" not in message


def test_papermills_mark_of_a_failure_is_refused(make_notebook, text_cell):
    assert "an error" in refused(make_notebook(cells=(text_cell("An Exception was encountered", "papermill-error-cell-tag"),)))


def test_notebook_that_was_not_run_is_refused(make_notebook, table):
    notebook = make_notebook(table())
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    assert "cells without outputs" in refused(notebook)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"caption": "  "}, "a caption"),
        ({"rows": [["White", "1"]]}, "3 cells in each row"),
        ({"columns": [{"key": "a", "label": ""}] * 3}, "a heading for every column"),
    ],
)
def test_table_that_is_not_whole_is_refused(make_notebook, table, changes, reason):
    assert reason in refused(make_notebook(table(**changes)))


def test_two_tables_with_one_id_are_refused(make_notebook, table):
    assert "'rates' twice" in refused(make_notebook(table(), table()))


def test_unknown_kind_and_missing_parts_are_refused(make_notebook):
    assert "'poem'" in refused(make_notebook({"kind": "poem"}))
    assert "a headline with text" in refused(make_notebook({"kind": "headline"}))


def test_all_problems_are_told_at_once(make_notebook, figure, table, text_cell):
    notebook = make_notebook(figure(alt=""), table(caption=""), cells=(text_cell("#### Deep"),))
    with pytest.raises(InputProblems) as raised:
        read_page(notebook, "board")
    assert len(raised.value.problems) == 3


def test_audience_must_be_known(make_notebook):
    with pytest.raises(ValueError, match="audience"):
        read_page(make_notebook(), "everybody")
