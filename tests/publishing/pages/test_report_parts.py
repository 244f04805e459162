"""How the reason of a missing section reads, and at which level each finding stands. Witness: written by hand."""

import pytest
from bs4 import BeautifulSoup

from wres_helpers.publishing.pages.html_report import document_html
from wres_helpers.publishing.pages.page import read_page
from wres_helpers.publishing.pages.report_parts import failed_section, report_document


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("its notebook could not be completed", "Its notebook could not be completed."),
        ("Not found.", "Not found."),
        ("  ", "No reason is known."),
    ],
)
def test_a_reason_reads_as_a_sentence(reason, sentence):
    assert failed_section(reason, "Title").failure == sentence


def test_what_two_indicators_share_stands_beside_them_and_below_neither(make_notebook, text_cell, block_cell, context):
    """Both were headings as high as their section, which then was empty, and the years of both were heard as those of the second."""
    finding = {"kind": "headline", "status": "large_difference", "label": "Large difference", "text": "Found.", "detail": ""}
    pair = [
        (text_cell(f"## Indicator {number}: answers"), block_cell(finding), text_cell("### What the answers say"), block_cell())
        for number in (5, 6)
    ]
    cells = (*pair[0], *pair[1], text_cell("## Compared with last year"))
    several = read_page(make_notebook(title="Indicators 5 and 6: harassment", cells=cells), "board", "05-06")
    report = report_document([("05-06", several)], "board", context)
    headings = {block["text"]: block for block in report.sections[0].blocks if block["kind"] == "heading"}
    # a section's own title is of level 2
    assert {headings[name]["level"] for name in ("Indicator 5: answers", "Indicator 6: answers", "Compared with last year")} == {3}
    assert headings["What the answers say"]["level"] == 4
    assert headings["Indicator 6: answers"]["spoken"] == "Indicator 6: answers: large difference"
    # by titles alone both statuses are heard: who steps from one to the next heard one of five that require focus
    assert report.sections[0].spoken == "Indicators 5 and 6: harassment: 5 and 6 large difference"
    # on the page as in the PDF and its contents
    page = BeautifulSoup(document_html(report_document([("05-06", several), ("07-08", several)], "board", context)), "html.parser")
    assert [item.get_text() for item in page.select(".wres-contents li li")] == ["Indicator 5: answers", "Indicator 6: answers"] * 2
