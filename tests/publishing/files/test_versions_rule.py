"""When a final report takes a version. Witness: the rule as the guide states it; figures typed here."""

from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from wres_helpers import __version__
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.versions import COMPARED, COMPARISON, corrections_told, next_versions, versions_of
from wres_helpers.publishing.runs.prepared_report import changes_in_words
from wres_helpers.standard.catalogue import read_reference_tables

DAY = date(2026, 11, 25)
REFERENCE = Path(__file__).parents[3] / "data" / "reference" / "standards" / "wres"


def figures(count, value="2.13", **more):
    row = dict.fromkeys((*COMPARISON, *COMPARED), "")
    return [row | {"indicator": "2", "measure": "appointed", "bme_count": count, "value": value, **more}]


def after(versions, rows, note=None, counts=None, policy=""):
    parameters = SimpleNamespace(file="params/x.yaml", report=SimpleNamespace(correction=note))
    told = (lambda changed, rows: [f"{len(changed)} changed"], partial(changes_in_words, read_reference_tables(REFERENCE)))
    return next_versions(versions, rows, *told, parameters, DAY, counts, policy)


FIRST = after([], figures("11"))


def test_a_first_version_says_nothing_on_the_page():
    assert [(each["version"], each["date"]) for each in FIRST] == [(1, "2026-11-25")]
    assert corrections_told(FIRST) == ()


@pytest.mark.parametrize("note", [None, "A note too early."])
def test_equal_figures_are_the_same_version(note):
    assert after(FIRST, figures("11", "2.130001"), note) == FIRST


@pytest.mark.parametrize("note", [None, "", "   "])
def test_a_changed_figure_without_a_note_stops_and_is_named(note):
    with pytest.raises(
        InputProblems, match=r"x\.yaml, key 'report\.correction': found a figure other.*indicator 2: Appointed, BME: was 11, is 13"
    ):
        after(FIRST, figures("13"), note)


@pytest.mark.parametrize(
    ("counts", "said"),
    [(None, "final (indicator 2: Appointed, BME: was 11, is 13);"), (0, "no count it told was corrected"), (1, "1 corrected count;")],
)
def test_who_corrected_nothing_is_told_that_settings_or_the_pack_are_others(counts, said):
    """A newer pack may judge the same counts otherwise, and somebody who changed nothing looks for an error in vain. Witness: by hand."""
    with pytest.raises(InputProblems) as refused:
        after(FIRST, figures("13"), counts=counts)
    assert said in str(refused.value)
    assert (__version__ in str(refused.value)) is (counts == 0)


def test_another_policy_is_asked_for_as_a_decision_and_no_mistake():
    """'Say what was wrong' was asked of who had decided to show the board's members. Witness: a count that was hidden, by hand."""
    given = figures("[c]"), figures("6")
    with pytest.raises(InputProblems, match="Say in a sentence what was decided and why") as refused:
        after(after([], given[0]), given[1], counts=0, policy='disclosure.public was [], is ["board"]')
    assert 'BME: was hidden, is 6), as another policy shows them (disclosure.public was [], is ["board"]);' in str(refused.value)
    with pytest.raises(InputProblems, match=r"what was wrong and why"):
        after(after([], given[0]), given[1], counts=1, policy="disclosure.minimum_count was 5, is 10")


def test_a_division_called_otherwise_is_no_correction_unless_a_figure_of_it_changed():
    """Its old name was 'absent' and its new one 'there', which asked for a public note though no figure changed. Witness: by hand."""
    named = [figures("11", category=name, breakdown="division") for name in ("Family", "Women", "Estates")]
    assert after(after([], named[0] + named[2]), named[1] + named[2]) == after([], named[0] + named[2])
    with pytest.raises(InputProblems, match=r"Only in the new one, of indicator 2: Women \(division\)"):
        after(after([], named[0]), figures("12", category="Women", breakdown="division"))


def test_a_hidden_figure_that_is_shown_now_is_a_change():
    with pytest.raises(InputProblems, match="was fewer than 5, is 6"):
        after(after([], figures("fewer than 5")), figures("6"))


def test_an_earlier_year_is_a_figure_of_the_report_too():
    first = after([], figures("11") + figures("9", year="2018-19"))
    with pytest.raises(InputProblems, match="indicator 2: Appointed, 2018/19, BME: was 9, is 8"):
        after(first, figures("11") + figures("8", year="2018-19"))


def target(verdict):
    row = dict.fromkeys((*COMPARISON, *COMPARED), "")
    return [row | {"indicator": "2", "measure": "target", "breakdown": "Appointment after shortlisting", "status": verdict}]


def test_a_target_that_turned_is_a_change_and_is_named_before_counts():
    """Witness: a count corrected from 78 to 80 set a target on its path, and 17 "further figures" were told."""
    counts = [row for place in range(4) for row in figures("11", category=f"Ward {place}", breakdown="ward")]
    others = [row | {"bme_count": "12"} for row in counts]
    with pytest.raises(
        InputProblems, match=r"\(indicator 2: Target, Appointment after shortlisting, status: was behind the path, is on the path;"
    ):
        after(after([], counts + target("behind the path")), others + target("on the path"))


def test_a_receipt_that_knew_no_targets_takes_them_as_they_are():
    now = figures("11") + target("on the path")
    assert after(FIRST, now)[-1]["figures"] == now


def test_a_corrected_report_prints_every_note_and_keeps_only_its_last_figures():
    second = after(FIRST, figures("13"), "Two were left out.")
    third = after(second, figures("14"), "One more was.")
    assert ["figures" in each for each in third] == [False, False, True]
    assert corrections_told(third) == (
        ("Version", "3, 25 November 2026"),
        ("Corrected in version 2", "Two were left out."),
        ("Superseded", "1 changed"),
        ("Corrected in version 3", "One more was."),
        ("Superseded", "1 changed"),
    )
    with pytest.raises(InputProblems, match="the note is that of an earlier version"):
        after(second, figures("14"), "Two were left out.")


def test_a_note_may_be_put_into_better_words_without_a_new_version():
    second = after(FIRST, figures("13"), "Two wer left out.")
    assert [each["correction"] for each in after(second, figures("13"), "Two were left out.")] == ["", "Two were left out."]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"versions": 1'])
def test_a_receipt_without_versions_has_none(tmp_path, content):
    (tmp_path / "receipt.json").write_text(content)
    assert versions_of(tmp_path) == []
    assert versions_of(tmp_path / "nowhere") == []
