"""Compiles a document into a tagged PDF (PDF/UA-1) with the Typst binding: pip only, offline, the same bytes each time."""

import json
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

from wres_helpers.problems import Problem
from wres_helpers.publishing.pages.page_checks import PageProblems
from wres_helpers.publishing.pages.page_fonts import font_paths
from wres_helpers.publishing.pages.pdf_structure import complete_structure
from wres_helpers.publishing.pages.report_parts import Document
from wres_helpers.publishing.pages.typst_data import document_data, for_paper, row_headers

STANDARD = "ua-1"


def document_pdf(document: Document) -> bytes:
    """Return a document as PDF/UA-1.

    The same document gives the same bytes: the only date in it is that of the context, and only fonts that come with the
    packages are used. The compiler starts threads when it first compiles, so a process that forks must not call this.

    Raises
    ------
    PageProblems
        If the compiler refuses the document (a missing alternative text, a character no font can show).
    """
    paper = for_paper(document)
    return complete_structure(_compile(document_data(paper), paper), row_headers(paper))


def _compile(data: dict[str, Any], document: Document) -> bytes:
    import typst  # not at the top: many processes read pages and set none

    moment = datetime.combine(document.context.generated, datetime.min.time(), tzinfo=UTC)
    options: dict[str, Any] = {
        "font_paths": font_paths(),
        "pdf_standards": [STANDARD],
        "timestamp": int(moment.timestamp()),
        "sys_inputs": {"document": json.dumps(data, ensure_ascii=False)},
    }
    try:
        return typst.compile(_template(), ignore_system_fonts=True, **options)
    except typst.TypstError as first:
        if "could not be displayed" not in str(first):
            raise _refusal(first, document) from first
    # A letter outside the fonts the packages bring (say, of another script): the machine may have one that holds it.
    try:
        return typst.compile(_template(), ignore_system_fonts=False, **options)
    except typst.TypstError as second:
        raise _refusal(second, document) from second


def _refusal(error: Exception, document: Document) -> PageProblems:
    lines = str(error).strip().splitlines()
    action = "Mend the text or the figure named, then run again."
    found = lines[0] if lines else "no reason"
    return PageProblems([Problem(document.title, "a page that can be set as an accessible PDF", action, found=found)])


@cache
def _template() -> bytes:
    return (resources.files("wres_helpers.publishing.pages") / "templates" / "typst" / "report.typ").read_bytes()
