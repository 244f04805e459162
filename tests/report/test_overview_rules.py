"""The rules of the overview at their edges. Witness: the rows beside each test, and the words of the rules."""

import pandas as pd
import pytest

from wres_helpers import report

MEASURES = {
    "2": "appointed_from_shortlisting", "3": "entering_disciplinary", "4": "accessing_training", "5": "harassment_public",
    "6": "harassment_staff", "7": "equal_opportunities", "8": "discrimination_staff",
}  # fmt: skip


@pytest.fixture
def of_statuses(made, rows_of):
    """Make evidence in which each indicator has a status; the values are the same for all."""

    def make(**codes):
        results = [
            rows_of.result(name[1:], MEASURES[name[1:]], (40, 400), (5, 100), value=2.0, lower=1.1, upper=3.9, p_value=0.02, status=code)
            for name, code in codes.items()
        ]
        return made(results)

    return make


def test_only_what_requires_focus_is_counted_as_such(of_statuses):
    shown = of_statuses(i2="large_difference", i3="some_difference", i4="equivalent", i5="too_few_to_judge", i6="large_difference")
    facts = {item.label: (item.value, item.note) for item in report.key_facts(shown).items}
    assert facts["Large differences (requiring focus)"] == ("2", "of 4 indicators that could be judged")


def test_a_difference_fills_page_one_before_anything_else(of_statuses):
    """What is no difference stands there only where there is none; then what cannot be judged before what is equivalent."""
    sources = [item.source.split(":")[0] for item in report.top_findings(of_statuses(i2="equivalent", i4="some_difference")).items]
    assert sources == ["indicator 4", "staff records"]
    told = report.top_findings(of_statuses(i2="equivalent", i3="too_few_to_judge")).items
    assert [item.source.split(":")[0] for item in told] == ["indicator 3", "indicator 2", "staff records"]


@pytest.mark.parametrize(("unknown", "said"), [(99, False), (100, False), (101, True)])
def test_that_figures_could_move_is_said_where_more_are_undisclosed_than_bme(made, rows_of, unknown, said):
    shares = [rows_of.share("headcount", "bme", 100, 1000), rows_of.share("headcount", "unknown", unknown, 1000)]
    third = report.at_a_glance(made(shares=shares), pd.DataFrame(), asked=()).items[1].points[0]
    assert f"{unknown} staff" in third
    assert ("could move with them" in third) is said
