"""The nbconvert exporters give what the batch run gives.

Witness: the batch run's own rendering of the same notebook, and nbconvert's list of exporters.
"""

from datetime import date

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import get_exporter
from nbconvert.utils.exceptions import ConversionException
from nbformat.v4 import new_code_cell
from support.rendering import render_section

from wres_helpers import __version__
from wres_helpers.publishing.pages.exporters import WresHTMLExporter, WresPDFExporter, notebook_parameters
from wres_helpers.publishing.pages.report_parts import PageContext

NAMED = {"organisation": "Trust <b>& Co</b>", "year": "2019/20"}


@pytest.fixture
def notebook(make_notebook, every_block):
    return make_notebook(*every_block)


@pytest.mark.parametrize("audience", ["board", "analyst"])
def test_exporters_give_the_pages_of_the_batch_run(notebook, audience):
    context = PageContext(NAMED["organisation"], NAMED["year"], date.today(), __version__)
    wanted = render_section(notebook, audience, context, "02_recruitment")
    resources = {"metadata": {"name": "02_recruitment"}}
    assert WresHTMLExporter(audience=audience, **NAMED).from_notebook_node(notebook, resources)[0] == wanted["html"]
    assert WresPDFExporter(audience=audience, **NAMED).from_notebook_node(notebook, resources)[0] == wanted["pdf"]


def test_texts_are_escaped_under_nbconvert_too(make_notebook):
    notebook = make_notebook({"kind": "prose", "paragraphs": ["<script>x</script>"]}, title="<script>y</script>")
    page = BeautifulSoup(WresHTMLExporter(**NAMED).from_notebook_node(notebook)[0], "html.parser")
    assert not page.find_all("script")
    assert "Trust <b>& Co</b>" in page.header.get_text()


def test_nothing_is_filled_in_for_a_missing_description(make_notebook, figure):
    for exporter in (WresHTMLExporter(**NAMED), WresPDFExporter(**NAMED)):
        with pytest.raises(ConversionException, match="alternative text"):
            exporter.from_notebook_node(make_notebook(figure(alt="")))


def test_exporting_leaves_the_notebook_as_it_was(notebook):
    before = nbformat.writes(notebook)
    WresHTMLExporter(**NAMED).from_notebook_node(notebook)
    WresPDFExporter(**NAMED).from_notebook_node(notebook)
    assert nbformat.writes(notebook) == before


def test_files_are_written_with_their_endings(notebook, tmp_path):
    path = tmp_path / "02_recruitment.ipynb"
    nbformat.write(notebook, path)
    html, resources = WresHTMLExporter(**NAMED).from_filename(str(path))
    assert resources["output_extension"] == ".html"
    assert html.startswith("<!DOCTYPE html>")
    pdf, resources = WresPDFExporter(**NAMED).from_filename(str(path))
    assert resources["output_extension"] == ".pdf"
    assert pdf.startswith(b"%PDF-")


def test_parameters_are_read_and_not_executed(notebook):
    notebook.cells.insert(1, new_code_cell('params_file = "a.yaml"\nyear = None\nimport os', metadata={"tags": ["parameters"]}))
    notebook.cells.insert(2, new_code_cell('params_file = "b.yaml"\nx = open("/nowhere")', metadata={"tags": ["injected-parameters"]}))
    assert notebook_parameters(notebook) == {"params_file": "b.yaml", "year": None}


def test_organisation_and_year_come_from_the_master_file_the_notebook_names(notebook, request):
    project = request.config.rootpath
    notebook.cells.insert(1, new_code_cell('params_file = "params/necs-2019-20.yaml"', metadata={"tags": ["parameters"]}))
    resources = {"metadata": {"name": "02_recruitment", "path": str(project / "notebooks")}}
    html, _ = WresHTMLExporter().from_notebook_node(notebook, resources)
    title = BeautifulSoup(html, "html.parser").title.get_text()
    assert "North of England Commissioning Support" in title
    assert "2019/20" in title


def test_notebook_without_a_master_file_is_told_so(notebook):
    with pytest.raises(ConversionException, match="params_file"):
        WresHTMLExporter().from_notebook_node(notebook)


@pytest.mark.parametrize(("name", "exporter"), [("wres_html", WresHTMLExporter), ("wres_pdf", WresPDFExporter)])
def test_exporters_are_registered_and_offered_by_name(name, exporter):
    assert get_exporter(name) is exporter
    assert exporter.export_from_notebook.startswith("WRES page")
