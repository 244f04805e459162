"""Writes the whole report for one audience from the sections that are there; a missing one is named with its reason."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wres_helpers import __version__
from wres_helpers.publishing.engine.workers import Job
from wres_helpers.publishing.files.versions import corrections_told, sign_off_told, versions_of
from wres_helpers.publishing.pages import report_parts
from wres_helpers.publishing.pages.html_report import document_html
from wres_helpers.publishing.pages.pdf_structure import pages_of
from wres_helpers.publishing.pages.typst_document import document_pdf, pdf_and_claims
from wres_helpers.publishing.runs import sections as parts
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.years import spoken

#: Page one as a file of its own, to be handed round.
SUMMARY = "summary.pdf"
OVERVIEW = "00_overview"
#: Each claim with the file that holds its figures, for who inspects the report.
EVIDENCE = "evidence.csv"
#: What the board's page leads to: its other forms, and what lies beside it.
FORMATS = (
    ("report (PDF)", "report.pdf"),
    ("report (Word)", "report.docx"),
    ("figures (workbook)", "workbook.xlsx"),
    ("comparisons (CSV)", "data/results.csv"),
    ("sources of claims (CSV)", EVIDENCE),
)


def page_context(parameters: Parameters) -> report_parts.PageContext:
    report = parameters.report
    versions = versions_of(parameters.output_folder) if report.state == "final" else []
    return report_parts.PageContext(
        organisation=parameters.organisation.name,
        year=spoken(parameters.year),
        generated=parameters.dated,
        version=__version__,
        report_title=report.title,
        marking=report.marking,
        restates=report.restated,
        sign_off=sign_off_told(report),
        corrections=corrections_told(versions),
        formats=FORMATS,
    )


def report_jobs(
    sections: Sequence[parts.SectionMade],
    parameters: Parameters,
    building: Path,
    context: report_parts.PageContext,
    supplied: Mapping[str, Any],
) -> list[Job]:
    """Return what writes the whole reports: Word, PDF and HTML for the board, HTML for the analyst; the slowest first."""
    summary = (SUMMARY,) if any(section.section == OVERVIEW and section.present for section in sections) else ()
    names = {"board": ("report.docx", "report.pdf", "report.html", *summary), "analyst": ("report.html",)}
    jobs = []
    for audience in parameters.audiences:
        told = [(section.section, _told(section, audience, parameters)) for section in sections]
        files = [f"{audience}/{name}" for name in names[audience]]
        jobs += [Job(file, write_report, (building / file, told, audience, context, supplied)) for file in files]
    return jobs


def charts_of_two(sections: Sequence[parts.SectionMade]) -> list[str]:
    """Return what is wrong where a chart of one section would write its figures into the file of another's."""
    places: dict[str, list[str]] = {}
    for section in sections:
        page = section.pages.get("board") if section.present else None
        for block in page.blocks if page else ():
            if block["kind"] == "figure":
                places.setdefault(block["id"], []).append(section.section)
    return [
        f"{' and '.join(names)}: each has a chart '{chart}', and both would write data/{chart}.csv. Give one of the charts another id."
        for chart, names in places.items()
        if len(names) > 1
    ]


def _told(section: parts.SectionMade, audience: str, parameters: Parameters) -> Any:
    if section.present:
        return section.pages[audience]
    # what an analyst reads may quote a value of the data; a board's page says only what kind of reason it is
    public = audience == "analyst" or section.outcome == parts.LEFT_OUT
    reason = section.message if public else "it could not be made; whoever prepared this report can say why"
    return report_parts.failed_section(reason, parts.title_of(section.section, parameters))


def write_report(
    path: Path, sections: list[tuple[str, Any]], audience: str, context: report_parts.PageContext, supplied: Mapping[str, Any]
) -> None:
    """Write one whole report, in the form that its name asks for, and beside its PDF the index of evidence and the dictionary of the data.

    Raises InputProblems: the PDF is refused.
    """
    document = report_parts.report_document(sections, audience, context)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".docx":
        from wres_helpers.publishing.pages.word_document import document_docx

        path.write_bytes(document_docx(document))
    elif path.suffix == ".html":
        path.write_text(document_html(document), encoding="utf-8")
    elif path.name == SUMMARY:
        path.write_bytes(document_pdf(report_parts.summary_document(document)))
    else:
        content, claims = pdf_and_claims(document)
        path.write_bytes(content)
        from wres_helpers.publishing.files.workbook_sheets import SHEETS
        from wres_helpers.publishing.pages.data_dictionary import DICTIONARY, DICTIONARY_COLUMNS, dictionary_rows
        from wres_helpers.publishing.pages.evidence_index import EVIDENCE_COLUMNS, index_rows
        from wres_helpers.tables.written_csv import write_csv

        pages = claims | {heading: [page] for heading, page in pages_of(content).items()}
        rows = index_rows(document, supplied, SHEETS, pages)
        write_csv(path.with_name(EVIDENCE), EVIDENCE_COLUMNS, rows)
        if "words" in supplied:
            told = dictionary_rows(document, supplied["words"])
            write_csv(path.parent / "data" / DICTIONARY, DICTIONARY_COLUMNS, told)
