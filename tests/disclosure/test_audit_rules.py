"""What the audit asks of each count, and how it says what it found. Witness: every small count and range by hand, in place of a page."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from wres_helpers.disclosure import auditing
from wres_helpers.disclosure.auditing import EXPOSED, PROTECTED
from wres_helpers.page_model import Count
from wres_helpers.problems import InputProblems
from wres_helpers.settings.disclosure_policy import DisclosurePolicy

#: A count of each number of people from none to seven, on the board and elsewhere.
CELLS = {Count("2019-20", item, "overall", "all", str(people)): people for item in ("shortlisted", "board") for people in range(8)}
#: What is found of bands that an earlier report told of and today's counts have not: fewest and most people.
BANDS = {
    Count("2018-19", "workforce", "grade", f"Band {low}", "bme"): (low, high) for low, high in ((0, 0), (1, 3), (2, 5), (4, 6), (5, 7))
}


class Page:
    """A page of which the attacker finds, of each count, that it lies so far below and above the truth."""

    def __init__(self, below, above):
        self.below, self.above, self.asked = below, above, {}

    def witnesses(self, tables):
        pass

    def look_round(self, widths):
        self.widths = widths

    def range_of(self, cell, enough):
        self.asked[cell] = enough
        low, high = BANDS.get(cell) or (max(CELLS[cell] - self.below, 0), CELLS[cell] + self.above)
        return SimpleNamespace(low=low, high=high)


@pytest.fixture
def audited(monkeypatch):
    """Return what an audit finds of counts of which some are shown, and the page it asked."""

    def audit(shown=(), below=3, above=0, **policy):
        page, rounds, parameters = Page(below, above), [], SimpleNamespace(disclosure=DisclosurePolicy(**policy))
        reader = SimpleNamespace(people=SimpleNamespace(values=CELLS), page=lambda _, round_to, **before: rounds.append(round_to) or page,
                                 bands=lambda _: [*BANDS], corrected=lambda before: before)  # fmt: skip
        monkeypatch.setattr(auditing, "Reader", lambda *_: reader)
        monkeypatch.setattr(auditing.Method, "of", lambda _: None)
        monkeypatch.setattr(auditing, "planned", lambda *_: SimpleNamespace(tables=[], decision=None))
        monkeypatch.setattr(
            auditing, "counts_shown", lambda _: {cell: float(count) if cell in shown else np.nan for cell, count in CELLS.items()}
        )
        monkeypatch.setattr(auditing, "_slipped", lambda *_: [])
        monkeypatch.setattr(auditing, "_insiders", lambda _: [])
        evidence = SimpleNamespace(counts=None, context=SimpleNamespace(reference=None))
        found = auditing.audit.__wrapped__.__wrapped__(evidence, None, parameters)
        published = auditing.against_published(evidence, None, parameters, ["corrected"])
        found["count"] = [CELLS[Count(*key)] for key in found[list(Count._fields)].itertuples(index=False, name=None)]
        return found, page, published, rounds

    return audit


def test_each_small_count_needs_the_width_of_the_policy_hidden_or_shown(audited):
    """Of the smallest count 5: 1 to 4 need four values, hidden or shown; nobody, shown where the policy shows zeros, and what is large need none."""
    shown = {cell for cell in CELLS if cell.item == "board"}
    found, page, _, rounds = audited(shown)
    widths = found.set_index(["item", "count"])["required_width"].to_dict()
    assert widths == {
        **{("shortlisted", people): 4 if 1 <= people <= 4 else 0 for people in range(8)},
        **{("board", people): 4 for people in range(1, 5)},
    }
    asked = {cell: width for cell, width in page.asked.items() if cell not in BANDS}
    wanted = {cell: 4 if 1 <= people <= 4 else 2 for cell, people in CELLS.items() if cell.item != "board" or 1 <= people <= 4}
    assert asked == page.widths == wanted
    assert rounds == [0, 0]


@pytest.mark.parametrize(
    ("policy", "nobody"),
    [({}, 0), ({"show_zeros": "empty_categories"}, 4), ({"show_zeros": "none"}, 4), ({"method": "round", "round_to": 10}, 0)],
)
def test_nobody_needs_a_width_where_zeros_are_not_all_shown(audited, policy, nobody):
    found, _, _, rounds = audited(**policy)
    assert set(found.loc[found["count"].eq(0), "required_width"]) == {nobody}
    assert rounds == [policy.get("round_to", 0)] * 2


def test_what_is_public_is_asked_only_where_it_is_hidden(audited):
    public = {"public": ("board",), "public_decided_by": "Chair", "public_reason": "Names stand on the website"}
    board = {cell for cell in CELLS if cell.item == "board"}
    assert "board" not in set(audited(board, **public)[0]["item"])
    assert set(audited((), **public)[0]["item"]) == {"board", "shortlisted"}


@pytest.mark.parametrize(("below", "above"), [(3, 0), (3, 1), (0, 3), (0, 2), (1, 2)])
def test_a_range_of_fewer_values_than_asked_is_exposed(audited, below, above):
    """Of 1 to 4 people, so many fewer and more, but none below nobody: 1 and 0 of 1 alone are two values, 2 to 4 of three are four."""
    found, page, (together, corrected), _ = audited(below=below, above=above)
    small = found[found["required_width"].gt(0) & found["item"].eq("shortlisted")]
    values = [min(below, people) + above + 1 for people in range(1, 5)]
    assert small["verdict"].tolist() == [PROTECTED if number >= 4 else EXPOSED for number in values]
    assert (small["feasible_high"] - small["feasible_low"] + 1).tolist() == values
    assert [CELLS[cell] for cell in together if cell.item == "board"] == [
        people for people, number in zip(range(1, 5), values, strict=True) if number < 4
    ]
    assert corrected == ["corrected"]
    # of bands it is known only that they may be few: so many values of those that may be
    assert [BANDS[cell] for cell in together if cell in BANDS] == [(1, 3), (4, 6)]
    assert {page.asked[cell] for cell in BANDS} == {4}


@pytest.mark.parametrize(("exposed", "told", "more"), [(1, 1, ""), (3, 3, ""), (4, 3, "; and 1 more"), (9, 3, "; and 6 more")])
def test_what_is_exposed_is_named_up_to_three_times(monkeypatch, exposed, told, more):
    places = [
        ("hidden count", "2019-20", "shortlisted", "site", f"Place {number}", "bme", 1, 2, 4, EXPOSED, "") for number in range(exposed)
    ]
    outcome = pd.DataFrame(
        [("hidden count", "2019-20", "shortlisted", "site", "Safe", "bme", 1, 4, 4, PROTECTED, ""), *places], columns=auditing.AUDIT_COLUMNS
    )
    monkeypatch.setattr(auditing, "protect", lambda evidence, _: f"shown of {evidence}")
    monkeypatch.setattr(auditing, "audit", lambda *_: outcome)
    with pytest.raises(InputProblems) as refused:
        auditing.protect_and_audit("evidence", SimpleNamespace(file="a.yaml"))
    found = refused.value.problems[0].found
    assert found.count("Place") == told and found.partition("; and")[2] == more.partition("; and")[2] and "Safe" not in found
    monkeypatch.setattr(auditing, "audit", lambda *_: outcome.iloc[:1])
    assert auditing.protect_and_audit("evidence", None) == "shown of evidence"


def test_what_an_insider_could_work_out_is_the_small_one_of_a_pair():
    """By hand, of counts below five: of 1 and 4 told together either; of 0 and 5 neither; of three nobody; what is large is no secret."""
    people = {
        Count("2019-20", "shortlisted", "site", name, "bme"): count
        for name, count in zip("ABCDEFGHI", (1, 4, 0, 5, 2, 3, 4, 9, 2), strict=True)
    }
    a, b, c, d, e, f, g, h, i = people
    decision = SimpleNamespace(policy=DisclosurePolicy(), people=SimpleNamespace(values=people), merged=[[a, b], [c, d], [e, f, g], [h, i]])
    rows = auditing._insiders(decision)
    assert [(Count(*row[1:6]), row[-1]) for row in rows] == [
        (cell, f"whoever knows the hidden count of {own} can work this one out") for cell, own in ((a, b), (b, a), (i, h))
    ]
    assert {(row[0], *row[8:10]) for row in rows} == {(auditing.INSIDER, 4, auditing.WARNING)}
