"""How the reason of a missing section reads. Witness: written by hand."""

import pytest

from wres_helpers.publishing.pages.report_parts import failed_section


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
