"""What a missing section is called and how its reason reads. Witness: written by hand."""

import pytest

from wres_helpers.publishing.pages.report_parts import SectionFailure, title_from_name


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("03_disciplinary", "Indicator 3: disciplinary"),
        ("05_06_harassment", "Indicators 5 and 6: harassment"),
        ("00_overview", "Overview"),
        ("10_action_plan", "Action plan"),
        ("explore", "Explore"),
        ("07", "Indicator 7: 07"),
    ],
)
def test_a_missing_section_is_called_by_what_it_is_about(name, title):
    assert title_from_name(name) == title


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("its notebook could not be completed", "Its notebook could not be completed."),
        ("Not found.", "Not found."),
        ("  ", "No reason is known."),
    ],
)
def test_a_reason_reads_as_a_sentence(reason, sentence):
    assert SectionFailure(reason).sentence == sentence
