"""The pages as nbconvert exporters: `jupyter nbconvert --to wres_html` and JupyterLab's "Save and Export Notebook As".

Both read the executed notebook with the same allow-list as the batch run, and refuse what the batch run refuses.
"""

import ast
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter, FilenameExtension
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.utils.exceptions import ConversionException
from traitlets import Enum, Unicode

from wres_helpers import __version__
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.pages.html_report import document_html
from wres_helpers.publishing.pages.page import ANALYST, BOARD, PARAMETER_TAGS, read_page
from wres_helpers.publishing.pages.report_parts import Document, PageContext, section_document
from wres_helpers.publishing.pages.typst_document import document_pdf
from wres_helpers.settings.master_file_reader import find_master_file, load_parameters
from wres_helpers.standard.years import spoken


class _PageExporter(Exporter):
    """What both exporters share: whose page it is, for whom, and that it is made as the batch run makes it."""

    audience = Enum(
        (BOARD, ANALYST), default_value=BOARD, help="board: only cells tagged for the board; analyst: everything, marked as a working copy"
    ).tag(config=True)
    organisation = Unicode(help="Name of the organisation; by default as in the master file the notebook names").tag(config=True)
    year = Unicode(help="Year of the report, e.g. 2019/20; by default as in the master file the notebook names").tag(config=True)
    marking = Unicode(help="A line that every page carries, e.g. Draft").tag(config=True)
    render: Callable[[Document], str | bytes]

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, ResourcesDict]:
        """Return the page, and nbconvert's resources. Raises ConversionException if the notebook may not become a page."""
        prepared, resources = super().from_notebook_node(nb, resources, **kw)
        metadata = resources.get("metadata", {})
        try:
            page = read_page(prepared, self.audience, str(metadata.get("name") or "notebook"))
            context = self._context(notebook_parameters(prepared), Path(str(metadata.get("path") or "")).resolve())
            return type(self).render(section_document(page, context)), resources
        except InputProblems as problems:
            raise ConversionException(str(problems)) from None

    def _context(self, given: Mapping[str, Any], folder: Path) -> PageContext:
        """Return what stands on the page; organisation and year that nobody named are those of the master file that the notebook ran with."""
        organisation, year = self.organisation, self.year
        if not (organisation and year):
            if not given.get("params_file"):
                action = "Name it in the cell tagged 'parameters', or give the exporter an organisation and a year."
                raise InputProblems.of("notebook", "a parameter params_file", action, found="none")
            path = find_master_file(given["params_file"], folder)
            parameters = load_parameters(path, given.get("organisation"), given.get("year"))
            organisation, year = organisation or parameters.organisation.name, year or spoken(parameters.year)
        return PageContext(organisation, year, date.today(), __version__, marking=self.marking)


class WresHTMLExporter(_PageExporter):
    """One self-contained HTML page: no script, nothing loaded from anywhere."""

    export_from_notebook = "WRES page (HTML)"
    output_mimetype = "text/html"
    file_extension = FilenameExtension(".html").tag(config=True)
    render = staticmethod(document_html)


class WresPDFExporter(_PageExporter):
    """One tagged PDF (PDF/UA-1)."""

    export_from_notebook = "WRES page (PDF)"
    output_mimetype = "application/pdf"
    file_extension = FilenameExtension(".pdf").tag(config=True)
    render = staticmethod(document_pdf)


def notebook_parameters(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters a notebook ran with: the defaults written in it, and over them what was injected.

    Only plain values (`name = value` in a cell tagged `parameters` or `injected-parameters`) are read; nothing is executed.
    """
    values: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and PARAMETER_TAGS & frozenset(cell.get("metadata", {}).get("tags", ())):
            for statement in ast.parse(cell["source"]).body:
                if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
                    values |= {target.id: statement.value.value for target in statement.targets if isinstance(target, ast.Name)}
    return values
