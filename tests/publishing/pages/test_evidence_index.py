"""Which actions a sentence names, and which rows, in the index of evidence. Witness: the sentences and keys below, read by hand."""

import pytest

from wres_helpers.publishing.files.workbook_sheets import SHEETS
from wres_helpers.publishing.pages.evidence_index import _actions, _rows

PLAN = {"leads_to": [f"action-A{number}" for number in range(1, 13)]}


@pytest.mark.parametrize(
    ("claim", "rows"),
    [
        ("Set a new date for A11 Fair recruitment (Chair, was due September 2026).", "Action A11"),  # and not A1
        ("Agree the open actions: A2 to A4 Fairer recruitment (HR, due 2020/21); A9 Board (Chair).", "Action A2 | A3 | A4 | A9"),
        ("Ask the owners of A10 and A12 what is in the way.", "Action A10 | A12"),
        ("Ask for an action plan: none was supplied.", "all rows"),
    ],
)
def test_a_claim_about_actions_is_found_by_those_it_names(claim, rows):
    """A1 was said to be among "A11", and of a claim with any run all actions of the plan."""
    assert _actions(claim, PLAN) == rows


def test_a_key_has_values_of_its_own_file_alone_and_what_stands_between_them_is_in_none_of_them():
    """Each of two files was asked for the parts that only the other has, and " or " stood in values too."""
    parts, merged = ["Medicine or surgery", "Heart | lung"], "Estates + Kitchens"
    topic = {"of": ["3"], "years": ["2025-26"], "rows": [("indicator", ["3"]), ("category", [*parts, merged])]}
    held = {"results": {"indicator": ["3"], "category": parts}, "together": {"indicator": ["3"], "category": [merged]}}
    sheets = {sheet.table: sheet for sheet in SHEETS}
    keys = [_rows(sheets[table], topic, {"held": held}) for table in ("results", "together", "bounds")]
    assert keys[:2] == ["indicator 3, category Medicine or surgery | Heart || lung", "Indicator 3, Category Estates + Kitchens"]
    held["bounds"] = {"indicator": ["3"], "category": ["all"]}
    assert _rows(sheets["bounds"], topic, {"held": held}) == "", "a table without any of them is not named"
