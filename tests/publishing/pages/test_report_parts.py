"""How the reason of a missing section reads, and at which level each finding stands. Witness: written by hand."""

import pytest

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


def test_all_findings_of_a_report_are_headings_of_one_level(make_notebook, text_cell, block_cell, context):
    """Of nine indicators four stood a level below the others: who goes from one to the next by ear took each pair for one."""
    finding = {"kind": "headline", "status": "large_difference", "label": "Large difference", "text": "Found.", "detail": ""}
    one = read_page(make_notebook(finding, title="Indicator 2: appointment"), "board", "02")
    pair = [
        (text_cell(f"## Indicator {number}: answers"), block_cell(finding), text_cell("### What the answers say"), block_cell())
        for number in (5, 6)
    ]
    cells = (*pair[0], *pair[1], text_cell("## Compared with last year"))
    several = read_page(make_notebook(title="Indicators 5 and 6: harassment", cells=cells), "board", "05-06")
    report = report_document([("02", one), ("05-06", several)], "board", context)
    levels = {block["text"]: block["level"] for block in report.sections[1].blocks if block["kind"] == "heading"}
    # a section's own title is of level 2
    assert levels["Indicator 5: answers"] == levels["Indicator 6: answers"] == 2
    assert levels["What the answers say"] == levels["Compared with last year"] == 3
