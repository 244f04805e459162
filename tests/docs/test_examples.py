"""Examples in docstrings say what the code does. Witness: the example itself, as a reader sees it."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["standard.years", "report.form.numbers", "analysis.calculator"])
def test_every_example_of_a_docstring_is_true(name):
    done = doctest.testmod(importlib.import_module(f"wres_helpers.{name}"))
    assert done.attempted > 0
    assert done.failed == 0
