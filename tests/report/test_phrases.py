"""Words chosen by rule. Witness: the rules as written in each docstring, tried on both sides of every edge."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wres_helpers.report import phrases


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


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.44, None),
        (1.45, "about one and a half times"),
        (1.55, "about one and a half times"),
        (1.56, None),
        (1.94, None),
        (1.95, "about twice"),
        (2.05, "about twice"),
        (2.06, "more than twice"),
        (2.94, "more than twice"),
        (2.95, "about three times"),
        (3.06, "more than three times"),
        (12.5, "more than 12 times"),
        (math.inf, None),
    ],
)
def test_spoken_multiples(value, words):
    assert phrases.multiple_in_words(value) == words


@given(st.floats(min_value=0.01, max_value=500))
def test_a_spoken_multiple_never_overstates(value):
    """'More than n times' must be true of the printed ratio, and 'about' within five hundredths."""
    words = phrases.multiple_in_words(value)
    names = {"twice": 2} | {f"{name} times": number for number, name in enumerate(phrases.numbers.WORDS) if number > 2}
    for name, number in names.items():
        if words == f"more than {name}":
            assert round(value, 2) > number
        if words == f"about {name}":
            assert abs(value - number) < 0.0551


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.94, "less likely"),
        (1.0, "about as likely"),
        (1.22, "more likely"),
        (2.13, "more than twice as likely"),
        (math.inf, "more likely"),
    ],
)
def test_likelihood_in_words(value, words):
    assert phrases.likelihood_in_words(value) == words


def test_counts_that_stayed_are_not_called_a_rise():
    assert phrases.counted_change(65, 54) == "rose from 54 to 65"
    assert phrases.counted_change(54, 65) == "fell from 65 to 54"
    assert phrases.counted_change(65, 65) == "stayed at 65"


def test_lists_and_sentences():
    assert phrases.listed(["a"]) == "a"
    assert phrases.listed(["a", "b", "c"]) == "a, b and c"
    assert phrases.sentence("fewer than 5 staff") == "Fewer than 5 staff."
