"""Words chosen by rule. Witness: the rules as written in each docstring, tried on both sides of every edge."""

import pytest

from wres_helpers.report.form import phrases


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.944, "0.94 times as likely (that is, less likely)"),
        (0.945, "about as likely"),  # printed 0.95
        (1.0, "about as likely"),
        (1.054, "about as likely"),  # printed 1.05
        (1.055, "1.06 times as likely"),
        (2.1325, "2.13 times as likely"),
    ],
)
def test_times_as_likely(value, words):
    assert phrases.times_as_likely(value) == words


def test_counts_that_stayed_are_not_called_a_rise():
    assert phrases.counted_change(65, 54) == "rose from 54 to 65"
    assert phrases.counted_change(54, 65) == "fell from 65 to 54"
    assert phrases.counted_change(65, 65) == "stayed at 65"


@pytest.mark.parametrize(
    ("fraction", "word"),
    [
        (0.0005, "more"),
        (0.00049, "the same"),
        (0, "the same"),
        (-0.00049, "the same"),
        (-0.0005, "less"),
        (0.005, "more"),
        (-0.005, "less"),
    ],
)
def test_a_difference_is_more_or_less_where_a_tenth_of_a_point_is_printed_of_it(fraction, word):
    assert phrases.more_or_less(fraction) == word


def test_lists_and_sentences():
    assert phrases.listed(["a"]) == "a"
    assert phrases.listed(["a", "b", "c"]) == "a, b and c"
    assert phrases.sentence("fewer than 5 staff") == "Fewer than 5 staff."
