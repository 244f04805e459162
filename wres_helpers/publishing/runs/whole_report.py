"""Writes the whole report for one audience from the sections that are there; a missing one is named with its reason."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from wres_helpers import __version__
from wres_helpers.publishing.files.versions import corrections_told, versions_of
from wres_helpers.publishing.pages.report_parts import PageContext
from wres_helpers.publishing.runs import sections as parts
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.years import spoken

#: Page one as a file of its own, to be handed round.
SUMMARY = "summary.pdf"
OVERVIEW = "00_overview"
#: Each claim with the file that holds its figures, for who inspects the report.
EVIDENCE = "evidence.csv"


@dataclass(frozen=True)
class ReportOrder:
    """What a worker needs to write one whole report: its sections in order, and what the missing ones would have been called."""

    audience: str
    form: str
    sections: tuple[parts.SectionMade, ...]
    titles: dict[str, str]
    building: Path
    context: PageContext

    @property
    def file(self) -> str:
        """The file to write, as seen from the report's folder."""
        return f"{self.audience}/{self.form}" if self.form in (SUMMARY, EVIDENCE) else f"{self.audience}/report.{self.form}"


def page_context(parameters: Parameters) -> PageContext:
    """Return what stands on every page of a report."""
    day = parameters.report.date
    return PageContext(
        organisation=parameters.organisation.name,
        year=spoken(parameters.year),
        generated=datetime.date.fromisoformat(day) if day else datetime.date.today(),
        version=__version__,
        report_title=parameters.report.title,
        marking=_STATES[parameters.report.state],
        sign_off=_sign_off(parameters.report.sign_off),
        corrections=corrections_told(versions_of(parameters.output_folder)) if parameters.report.state == "final" else (),
    )


#: What every page says of a report that is not final.
_STATES = {"draft": "Draft", "in_review": "In review", "final": ""}


def _sign_off(signed: Any) -> tuple[tuple[str, str], ...]:
    day = datetime.date.fromisoformat(signed.date) if signed.date else None
    told = (
        ("Signed by", signed.role),
        ("Signed on", f"{day.day} {day:%B %Y}" if day else None),
        ("Passed by", "; ".join(signed.committees)),
        ("Published at", signed.web_address),
        ("For another format", signed.contact),
        ("Next report", signed.next_edition),
    )
    return tuple((label, words) for label, words in told if words)


def report_orders(sections: Sequence[parts.SectionMade], parameters: Parameters, building: Path, context: PageContext) -> list[ReportOrder]:
    """Return the whole reports to write: PDF, Word and HTML for the board, HTML for the analyst; the slowest first."""
    summary = (SUMMARY,) if any(section.section == OVERVIEW and section.present for section in sections) else ()
    # an installation made before Word was among the outputs goes on without it until it is made anew
    word = ("docx",) if find_spec("docx") else ()
    forms = {"board": ("pdf", *word, "html", *summary, EVIDENCE), "analyst": ("html",)}
    titles = {section.section: parts.title_of(section.section, parameters) for section in sections if not section.present}
    return [
        ReportOrder(audience, form, tuple(sections), titles, building, context)
        for audience in parts.audiences(parameters)
        for form in forms[audience]
    ]


def write_report(order: ReportOrder) -> None:
    """Write one whole report. Raises PageProblems: the PDF is refused."""
    from wres_helpers.publishing.pages.html_report import document_html
    from wres_helpers.publishing.pages.report_parts import report_document, summary_document
    from wres_helpers.publishing.pages.typst_document import document_pdf

    document = report_document(list(_parts(order)), order.audience, order.context)
    path = order.building / order.file
    path.parent.mkdir(parents=True, exist_ok=True)
    if order.form == SUMMARY:
        path.write_bytes(document_pdf(summary_document(document)))
    elif order.form == EVIDENCE:
        from wres_helpers.publishing.files.results_files import write_csv
        from wres_helpers.publishing.pages.report_parts import EVIDENCE_COLUMNS, evidence_rows

        write_csv(path, EVIDENCE_COLUMNS, evidence_rows(document))
    elif order.form == "docx":
        from wres_helpers.publishing.pages.word_document import document_docx

        path.write_bytes(document_docx(document))
    elif order.form == "html":
        path.write_text(document_html(document), encoding="utf-8")
    else:
        path.write_bytes(document_pdf(document))


def _parts(order: ReportOrder) -> Iterator[tuple[str, Any]]:
    from wres_helpers.publishing.pages.report_parts import SectionFailure

    for section in order.sections:
        if not section.present:
            yield section.section, SectionFailure(_public_reason(section, order.audience), order.titles[section.section])
        else:
            yield section.section, section.pages[order.audience]


def _public_reason(section: parts.SectionMade, audience: str) -> str:
    # what an analyst reads may quote a value of the data; a board's page says only what kind of reason it is
    if audience == "analyst" or section.outcome == parts.LEFT_OUT:
        return section.message
    return "its notebook could not be completed; the analyst's copy and the run's log say why"
