"""What a process remembers of its calculations. Witness: how often a function was called, counted here."""

from dataclasses import dataclass

import pandas as pd
import pytest
from support.known_results import PLACE, nothing_known, share

from wres_helpers import remembered


@pytest.fixture
def doubled():
    """A function that remembers, the arguments it was really called with, and a store that no other test shares."""
    before, calls = remembered.store(without=lambda: None), []

    @remembered.remembered
    def doubled(table):
        calls.append(list(table["count"]))
        return Doubled(table * 2)

    yield doubled, calls
    remembered.adopt(before)


@dataclass(frozen=True)
class Doubled:
    table: pd.DataFrame


def counted(*numbers):
    return pd.DataFrame({"count": numbers})


def test_the_same_content_is_calculated_once_and_any_other_anew(doubled):
    double, calls = doubled
    for numbers in ((1, 2), (1, 2), (1, 3), (1, 2)):
        assert list(double(counted(*numbers)).table["count"]) == [2 * number for number in numbers]
    assert calls == [[1, 2], [1, 3]]


def test_however_many_organisations_come_two_are_kept(doubled):
    """So neither memory nor time grows with their number; the one asked for last is kept."""
    double, calls = doubled
    for number in (1, 2, 1, 3, 1, 2):
        double(counted(number))
    assert calls == [[1], [2], [3], [2]]


def test_what_one_caller_changes_no_other_sees(doubled):
    double, _ = doubled
    table = double(counted(5)).table
    table.loc[0, "count"] = 0
    assert list(double(counted(5)).table["count"]) == [10]


def test_a_value_whose_content_cannot_be_told_is_refused():
    with pytest.raises(TypeError, match="the content of a function cannot be told"):
        remembered.fingerprint(lambda: None)


def test_workers_of_the_suite_find_what_one_of_them_has_calculated_of_the_same_content(tmp_path, monkeypatch):
    """Witness: the arguments it was really called with; what was forgotten in memory stands in the folder, and where nothing is known it counts for nothing."""
    calls = []

    def doubled(table):
        calls.append(list(table["count"]))
        return Doubled(table * 2)

    doubled.__module__, doubled.__qualname__ = "wres_helpers.analysis.doubling", "doubled"
    monkeypatch.setenv(PLACE, str(tmp_path))
    with nothing_known():
        share()
        remembering = remembered.remembered(doubled)
        for numbers in ((1, 2), (1, 3)):
            remembering(counted(*numbers))
            remembered.forget()
            assert list(remembering(counted(*numbers)).table["count"]) == [2 * number for number in numbers]
        assert calls == [[1, 2], [1, 3]]
        with nothing_known():
            remembering(counted(1, 2))
        assert calls == [[1, 2], [1, 3], [1, 2]]
