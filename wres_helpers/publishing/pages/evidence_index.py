"""The evidence index of a report: each claim, where it stands, and the file that holds its figures."""

from collections.abc import Iterator

from wres_helpers.publishing.pages.report_parts import Document, Section

EVIDENCE_COLUMNS = ("claim", "section", "page", "file")


def evidence_rows(document: Document) -> Iterator[tuple[str, str, str, str]]:
    """Give one row a claim: a headline, or the finding that heads a chart; files are named as seen from the index."""
    for section in document.sections:
        place = section.id
        for block in section.blocks:
            if block["kind"] in ("heading", "table", "figure"):
                place = block["id"]
            if block["kind"] == "headline":
                yield block["text"], section.title, f"report.html#{place}", "data/results.csv"
            elif block["kind"] == "figure":
                yield block["title"], section.title, f"report.html#{block['id']}", _figures_of(block["id"], section)


def _figures_of(identifier: str, section: Section) -> str:
    # in a whole report an identifier begins with that of its section; the file is named as the chart is
    return f"data/{identifier.removeprefix(f'{section.id}-')}.csv"
