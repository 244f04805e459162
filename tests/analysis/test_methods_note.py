"""The note on methods says what its program finds. Witness: the program, run again for the parts that take no time."""

import importlib.util
import re

import pytest


@pytest.fixture(scope="module")
def program(project):
    """docs/make_methods.py as a module."""
    spec = importlib.util.spec_from_file_location("make_methods", project / "docs" / "make_methods.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def note(project):
    return (project / "docs" / "methods.md").read_text(encoding="utf-8")


def test_every_false_alarm_of_the_note_is_at_most_two_and_a_half_percent(note):
    part = note.partition("## False alarms")[2].partition("Nine indicators")[0]
    found = [float(cell) for cell in re.findall(r"\| (\d+\.\d)%", part)]
    assert len(found) == 8 * 4
    assert max(found) <= 2.5


def test_the_note_is_what_the_program_makes(program, note, monkeypatch):
    monkeypatch.setattr(program, "BME_BASES", (20, 37))
    monkeypatch.setattr(program, "WHITE_BASES", (60, 300))
    for row in program.false_alarms().itertuples(index=False):
        assert f"| {row[0]} | {row[1]} | {row[2]} |" in note
    for line in program.as_markdown(program.power("a body of 300 (12 BME staff)")).splitlines():
        assert line in note
