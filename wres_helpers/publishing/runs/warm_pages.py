"""Imports what makes pages and fills its caches once, in the process whose forks make them.

The first use of papermill, of a template or of a parser costs more than the use itself. Typst is imported but never used
here: it starts threads when it first compiles, and this process is to be forked.
"""

from typing import Any

from wres_helpers.settings.parameters import Parameters

_TABLE = "<table><caption>t</caption><thead><tr><th>a</th></tr></thead><tbody><tr><th>1</th></tr></tbody></table>"


def import_pages() -> None:
    """Import what makes pages of notebooks that were executed before."""
    import typst  # noqa: F401

    from wres_helpers.publishing.files import executed_notebooks  # noqa: F401 imported for the workers, like the others
    from wres_helpers.publishing.pages import html_report, page, report_parts, typst_document  # noqa: F401


def warm_pages(parameters: Parameters) -> None:
    """Make a page of a tiny notebook and throw it away."""
    import nbformat
    from papermill.parameterize import parameterize_notebook

    from wres_helpers.publishing.engine import engine_doors
    from wres_helpers.publishing.pages import typst_document  # noqa: F401 imported for the workers
    from wres_helpers.publishing.pages.html_report import document_html
    from wres_helpers.publishing.pages.page import read_page
    from wres_helpers.publishing.pages.report_parts import report_document, section_document
    from wres_helpers.publishing.runs.whole_report import page_context

    engine_doors.register()
    context = page_context(parameters)
    notebook = _tiny_notebook(nbformat.v4)
    parameterize_notebook(nbformat.reads(nbformat.writes(notebook), as_version=4), {"audience": "board"})
    for audience in ("board", "analyst"):
        page = read_page(notebook, audience, "tiny")
        document_html(section_document(page, context))
        document_html(report_document([("tiny", page)], audience, context))


def _tiny_notebook(make: Any) -> Any:
    block = {
        "kind": "table",
        "id": "t",
        "caption": "t",
        "columns": [{"key": "a", "label": "a", "kind": "text"}],
        "rows": [["1"]],
        "notes": [],
    }
    outputs = [make.new_output("display_data", data={"application/vnd.wres.block+json": block})]
    working = make.new_code_cell("t", outputs=[make.new_output("display_data", data={"text/html": _TABLE})], metadata={"tags": ["analyst"]})
    parameters = make.new_code_cell("audience = None", metadata={"tags": ["parameters"]})
    cells = [make.new_markdown_cell("# t\n\n- *t*", metadata={"tags": ["board"]}), parameters, working]
    cells.append(make.new_code_cell("t", outputs=outputs, metadata={"tags": ["board"]}))
    metadata = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}, "papermill": {}}
    return make.new_notebook(cells=cells, metadata=metadata)
