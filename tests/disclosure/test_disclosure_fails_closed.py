"""What cannot be protected is not given out, and the message says which count it is about without saying it."""

import json
from dataclasses import replace

import pytest
from support.known_results import nothing_known

from wres_helpers.commands.check_command import check_command
from wres_helpers.disclosure import auditing as audit_module
from wres_helpers.disclosure import protection
from wres_helpers.disclosure.auditing import protect_and_audit
from wres_helpers.disclosure.decision import decide
from wres_helpers.disclosure.protection import protect
from wres_helpers.problems import InputProblems


@pytest.fixture(autouse=True)
def nothing_remembered():
    with nothing_known():
        yield


def test_a_slip_in_what_would_be_given_out_stops_it(monkeypatch, evidence, necs):
    """The rate of indicator 3 slips through; the audit of every run finds it, and names the count."""

    def careless(evidence, parameters):
        board = protect(evidence, parameters)
        results = board.results.copy()
        row = results.index[results["indicator"].eq("3") & results["year"].eq(parameters.year)][0]
        said = json.loads(results.loc[row, "protection"])
        said.pop("bme_rate")
        results.loc[row, "bme_rate"], results.loc[row, "protection"] = evidence.results.loc[row, "bme_rate"], json.dumps(said)
        return board.with_tables(results=results)

    monkeypatch.setattr(audit_module, "protect", careless)
    with pytest.raises(InputProblems) as caught:
        protect_and_audit(evidence, necs)
    message = str(caught.value)
    assert "Nothing was published" in message
    assert "entered disciplinary, overall, all, bme, 2019-20" in message
    assert "2 of 65" not in message and "0.03" not in message


def test_a_decision_that_hides_small_counts_alone_stops_it(monkeypatch, evidence, necs, capsys):
    """Nothing is hidden besides the small counts: the sums give them away, and the audit, which starts from the page, says so.

    ``wres check`` does not say that all is in order then: a run would stop.
    """

    def careless(*arguments):
        made = decide(*arguments)
        small = {cell for cell in made.hidden if 0 < made.people.values[cell] < necs.disclosure.smallest}
        return replace(made, hidden=small, said={}, merged=[], fillings=[_one_more(small)])

    monkeypatch.setattr(protection, "decide", careless)
    with pytest.raises(InputProblems) as caught:
        protect_and_audit(evidence, necs)
    message = str(caught.value)
    assert "Nothing was published" in message
    assert any(item in message for item in ("workforce", "survey", "board"))
    with pytest.raises(InputProblems, match="Nothing was published"):
        check_command(necs.path, False)
    assert "in order" not in capsys.readouterr().out


def test_a_small_count_that_is_shown_stops_it(monkeypatch, evidence, necs):
    """One small count is taken out of what is hidden, and everything made from it is shown: the audit once asked of hidden counts only."""

    def careless(*arguments):
        made = decide(*arguments)
        shown = min(cell for cell in made.hidden if cell.item == "board" and 0 < made.people.values[cell] < necs.disclosure.smallest)
        return replace(
            made,
            hidden=made.hidden - {shown},
            fillings=[*made.fillings, lambda table, draw: table.update({shown: made.people.values[shown]})],
        )

    monkeypatch.setattr(protection, "decide", careless)
    with pytest.raises(InputProblems, match=r"found a hidden count that could be worked out from what would be published: board"):
        protect_and_audit(evidence, necs)


def _one_more(cells):
    return lambda table, draw: table.update({cell: draw.between(1, 4) for cell in cells})
