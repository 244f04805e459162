"""What is told of answers and of the board, question by question. Witness: small surveys and boards by hand, counts below five too few."""

from dataclasses import replace

import pandas as pd
import pytest

from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.decision import decide
from wres_helpers.page_model import Count
from wres_helpers.settings.disclosure_policy import DisclosurePolicy

YEAR = "2025-26"
#: Answers in the order of the standard's questions of this edition.
ANSWERS = {
    "14a": ("Never", "1-2 times", "3-5 times"),
    "15": ("Yes", "No", "Don't know"),
    "16b": ("Yes", "No"),
    "99": ("Good", "Bad", "Neither"),
}


@pytest.fixture
def decided(necs, reference):
    method = replace(Method.of(necs), questions={})

    def of(tables, **policy):
        rows = [(YEAR, *place, "bme", count) for place, count in tables.items()]
        counts = pd.DataFrame(rows, columns=["year", "item", "breakdown", "category", "ethnic_group", "count"])
        decision = decide(counts, reference, method, DisclosurePolicy(**policy))
        drawn = [decision.table(number) for number in range(24)]
        return decision, drawn

    return of


@pytest.fixture
def answered(decided):
    """Return what is hidden of the answers to a question, said of them and told as sums, and what other tables have there."""

    def of(question, *counts, **policy):
        places = [("survey", question, answer) for answer in ANSWERS[question]]
        decision, drawn = decided(dict(zip(places, counts, strict=True)), **policy)
        name = {Count(YEAR, *place, "bme"): place[2] for place in places}
        said = {cell.category if cell.breakdown == question else cell.breakdown: limits for cell, limits in decision.said.items()}
        return (
            {name[cell] for cell in decision.hidden},
            said,
            [[name[cell] for cell in cells] for cells in decision.merged],
            [[table[cell] for cell in name] for table in drawn],
        )

    return of


def test_answers_of_enough_are_told_as_they_are(answered):
    assert answered("16b", 9, 30)[:3] == answered("14a", 20, 6, 7)[:3] == answered("99", 12, 15, 9)[:3] == (set(), {}, [])


@pytest.mark.parametrize(
    ("yes", "no", "zeros", "of_yes", "of_no"),
    [(3, 30, "all", (1, 4), (29, 32)), (31, 2, "all", (29, 33), (0, 4)), (0, 33, "none", (0, 4), (29, 33))],
)
def test_of_a_question_of_two_answers_it_is_said_which_is_few(answered, yes, no, zeros, of_yes, of_no):
    """That nobody was harassed may be told, so fewer than five are 1 to 4; that everybody was may not, so that of few others there may be none."""
    hidden, said, merged, drawn = answered("16b", yes, no, show_zeros=zeros)
    assert (hidden, merged) == ({"Yes", "No"}, [["Yes", "No"]])
    assert said == {"Yes": of_yes, "No": of_no, "indicator discrimination_staff": of_yes}
    assert {sum(pair) for pair in drawn} == {33} and {pair[0] for pair in drawn} == {*range(of_yes[0], of_yes[1] + 1)}


def test_of_several_answers_that_are_counted_together_their_sum_is_said_to_be_few(answered):
    """Two and one of 33 were harassed: fewer than five, and of each answer that was counted nothing; the one that was not is the rest."""
    hidden, said, merged, drawn = answered("14a", 30, 2, 1)
    assert hidden == set(ANSWERS["14a"]) and said == {"Never": (29, 32), "indicator harassment_public": (1, 4)}
    assert [set(block) for block in merged] == [{*ANSWERS["14a"]}]
    assert (
        {sum(row) for row in drawn} == {33} and {row[1] + row[2] for row in drawn} == {1, 2, 3, 4} and {0, 4} <= {row[1] for row in drawn}
    )


def test_an_answer_outside_the_base_is_told_by_itself(necs, reference):
    """Edition 2020 counts yes and no of question 14; who did not know is told apart, unless the base is too small or leaves few."""
    method, policy = replace(Method.of(necs), questions={}), DisclosurePolicy()
    for numbers, hidden in (
        ((20, 30, 9), set()),
        ((20, 30, 3), {"Yes", "No", "Don't know"}),  # three who did not know follow from all less the base
        ((20, 30, 0), set()),
        ((3, 30, 9), {"Yes", "No"}),
        ((5, 5, 9), {"Yes", "No", "Don't know"}),  # a base of ten, of whom eleven are asked
        ((6, 5, 9), set()),
    ):
        rows = [
            ("2019-20", "survey", "14", answer, "bme", count) for answer, count in zip(("Yes", "No", "Don't know"), numbers, strict=True)
        ]
        counts = pd.DataFrame(rows, columns=["year", "item", "breakdown", "category", "ethnic_group", "count"])
        assert {cell.category for cell in decide(counts, reference, method, policy).hidden} == hidden, numbers


def test_a_question_that_no_indicator_asks_tells_few_answers_together(answered):
    hidden, said, merged, drawn = answered("99", 20, 3, 4)
    assert hidden == {"Bad", "Neither"} and merged == [["Bad", "Neither"]]
    assert said == {} and {row[0] for row in drawn} == {20} and {row[1] + row[2] for row in drawn} == {7}
    assert answered("99", 20, 9, 0)[:3] == (set(), {}, [])


@pytest.mark.parametrize(("people", "hidden"), [((1, 0), True), ((5, 5), True), ((6, 5), False), ((0, 0), False)])
def test_fewer_respondents_than_the_policy_asks_are_hidden_and_nobody_is_nobody(answered, people, hidden):
    assert answered("16b", *people)[0] == ({"Yes", "No"} if hidden else set())


@pytest.mark.parametrize(
    ("total", "voting", "executive", "hidden"),
    [
        (20, 12, 10, set()),
        (4, 4, 0, {"total", "voting", "non_voting", "executive", "non_executive"}),
        (20, 17, 10, {"voting", "non_voting"}),
        (20, 20, 10, set()),  # that nobody does not vote may be told
        (20, 3, 16, {"voting", "non_voting", "executive", "non_executive"}),
        (0, 0, 0, set()),
    ],
)
def test_of_two_kinds_of_members_both_are_hidden_where_one_is_few(decided, total, voting, executive, hidden):
    kinds = {"total": total, "voting": voting, "non_voting": total - voting, "executive": executive, "non_executive": total - executive}
    decision, _ = decided({("board", "membership", kind): number for kind, number in kinds.items()})
    assert {cell.category for cell in decision.hidden} == hidden
    if hidden == {"voting", "non_voting"}:
        assert {cell.category: limits for cell, limits in decision.said.items()} == {"voting": (16, 19), "non_voting": (1, 4)}
    public = decided(
        {("board", "membership", kind): number for kind, number in kinds.items()},
        public=("board",),
        public_decided_by="Chair",
        public_reason="x",
    )
    assert public[0].hidden == set()
