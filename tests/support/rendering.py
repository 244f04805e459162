"""Renders executed notebooks: one section, or the whole report, as HTML and as PDF from the same page."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.pages.html_report import document_html
from wres_helpers.publishing.pages.page import Page, read_page
from wres_helpers.publishing.pages.report_parts import PageContext, Section, failed_section, report_document, section_document
from wres_helpers.publishing.pages.typst_document import document_pdf

__all__ = ["InputProblems", "PageContext", "RenderedSection", "failed_section", "render_report", "render_section"]


class RenderedSection(TypedDict):
    """One section: its HTML page, its PDF, and the table behind each chart by the chart's id."""

    html: str
    pdf: bytes
    figures: dict[str, Mapping[str, Any]]


def render_section(notebook: Mapping[str, Any], audience: str, context: PageContext, name: str = "notebook") -> RenderedSection:
    """Render one executed notebook for one audience.

    Parameters
    ----------
    notebook
        Executed notebook node (nbformat 4).
    audience
        ``board`` or ``analyst``.
    context
        What stands on every page.
    name
        Name of the section, used in messages.

    Raises
    ------
    InputProblems
        If the notebook may not become a page (see `read_page`) or the PDF is refused.
    """
    page = read_page(notebook, audience, name)
    document = section_document(page, context)
    return {
        "html": document_html(document),
        "pdf": document_pdf(document),
        "figures": {block["id"]: block["numbers"] for block in page.blocks if block["kind"] == "figure"},
    }


def render_report(sections: Sequence[tuple[str, Mapping[str, Any] | Section]], audience: str, context: PageContext) -> tuple[str, bytes]:
    """Render all sections as one report.

    Parameters
    ----------
    sections
        Name of each section with its executed notebook, in reading order. A `failed_section` stands for a section that did
        not come out; the report names it with the reason.
    audience
        ``board`` or ``analyst``.
    context
        What stands on every page.

    Returns
    -------
    tuple of str and bytes
        The HTML page and the PDF.

    Raises
    ------
    InputProblems
        If a notebook may not become a page. Render the sections first and hand over a `failed_section` for those refused.
    """
    parts: list[tuple[str, Page | Section]] = [
        (name, part if isinstance(part, Section) else read_page(part, audience, name)) for name, part in sections
    ]
    document = report_document(parts, audience, context)
    return document_html(document), document_pdf(document)
