"""Which actions a sentence names, in the index of evidence. Witness: the sentences below, read by hand."""

import pytest

from wres_helpers.publishing.pages.evidence_index import _actions

PLAN = {"leads_to": [f"action-A{number}" for number in range(1, 13)]}


@pytest.mark.parametrize(
    ("claim", "rows"),
    [
        ("Set a new date for A11 Fair recruitment (Chair, was due September 2026).", "Action A11"),  # and not A1
        ("Agree the open actions: A2 to A4 Fairer recruitment (HR, due 2020/21); A9 Board (Chair).", "Action A2 or A3 or A4 or A9"),
        ("Ask the owners of A10 and A12 what is in the way.", "Action A10 or A12"),
        ("Ask for an action plan: none was supplied.", "all rows"),
    ],
)
def test_a_claim_about_actions_is_found_by_those_it_names(claim, rows):
    """A1 was said to be among "A11", and of a claim with any run all actions of the plan."""
    assert _actions(claim, PLAN) == rows
