"""A question that only some were asked (16c, the ground of discrimination) is withheld by itself and takes no other with it.

Witness: the attack by hand. Whoever said yes to 16b was asked 16c, so the number asked less those who said yes, and the number who were
not asked, follow from what is told of both.
"""

import pandas as pd
import pytest

from wres_helpers import analysis, intake
from wres_helpers import report as page
from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure import protect
from wres_helpers.disclosure.decision import decide
from wres_helpers.settings.master_file_reader import load_parameters

#: Respondents of data/harrowmere; of 574 BME ones 95 said yes to 16b.
RESPONDENTS = {"white": 2026, "bme": 574}
EVERYTHING = {"Yes", "No", "Not asked"}


@pytest.fixture(scope="module")
def harrowmere(project):
    parameters = load_parameters(project / "params" / "harrowmere-2025-26.yaml", change={"history": 0})
    counts = intake.read_counts(parameters)
    return parameters, counts[counts["year"].eq("2025-26")]


def with_grounds(counts, yes, no):
    """Return counts with answers to 16c: 40 of 190 white people named their ethnic background, and so many BME people did and did not."""
    named = {"white": (40, 150), "bme": (yes, no)}
    rows = [("harrowmere", "2025-26", "survey", "16c", answer, group, number) for group, both in named.items()
            for answer, number in zip(("Yes", "No", "Not asked"), (*both, RESPONDENTS[group] - sum(both)), strict=True)]  # fmt: skip
    return pd.concat([counts, pd.DataFrame(rows, columns=counts.columns)], ignore_index=True)


@pytest.mark.parametrize(
    ("yes", "no", "hidden"),
    [(70, 50, set()), (4, 3, EVERYTHING), (6, 4, EVERYTHING), (6, 5, set()), (70, 28, EVERYTHING), (95, 4, EVERYTHING),
     (3, 100, {"Yes", "No"}), (300, 271, EVERYTHING)],
    ids=["many", "a base of 7", "a base of 10", "a base of 11, which is enough", "98 asked less 95 are 3", "99 less 95 are 4", "few named it", "all but 3 asked"],
)  # fmt: skip
def test_few_who_were_asked_are_withheld_and_nothing_else_is(harrowmere, reference, yes, no, hidden):
    parameters, counts = harrowmere
    without = decide(counts, reference, Method.of(parameters), parameters.disclosure).hidden
    told = decide(with_grounds(counts, yes, no), reference, Method.of(parameters), parameters.disclosure).hidden
    assert {cell.category for cell in told - without} == hidden
    assert all(cell[2:3] + cell[4:] == ("16c", "bme") for cell in told - without)
    assert without <= told


def test_the_board_is_told_that_they_are_too_few_or_how_many_named_their_ethnic_background(harrowmere, reference):
    parameters, counts = harrowmere
    for yes, no, figure in ((70, 50, ("58.3%", "70 of 120")), (4, 3, ("hidden", "hidden"))):
        evidence = analysis.analyse(with_grounds(counts, yes, no), parameters, reference)
        table, _ = page.improvement_plan(protect(evidence, parameters))
        assert table.rows[-1][0] == "Beside 6b"
        assert table.rows[-1][2:4] == figure


@pytest.mark.parametrize(("question", "answers"), [("13a", ("Never",)), ("99a", ("Yes",)), ("99a", ("Yes", "No"))], ids=str)
@pytest.mark.parametrize(("respondents", "hidden"), [(15, True), (20, False)])
def test_fewer_than_may_be_shown_are_hidden_also_where_all_gave_the_only_answer(
    harrowmere, reference, question, answers, respondents, hidden
):
    """Witness: a policy of 20 people beside the 11 respondents that a survey needs; 15 who all said 'Yes' were shown, 15 of two answers were not."""
    parameters, counts = harrowmere
    rows = [("harrowmere", "2025-26", "survey", question, answer, group, number) for answer in answers
            for group, number in (("white", 300), ("bme", respondents if len(answers) == 1 or not hidden else respondents - 6))]  # fmt: skip
    counts = pd.concat([counts[counts["item"].ne("survey")], pd.DataFrame(rows, columns=counts.columns)], ignore_index=True)
    policy = parameters.disclosure.model_copy(update={"minimum_count": 20})
    told = decide(counts, reference, Method.of(parameters), policy).hidden
    assert {cell.category for cell in told if cell.item == "survey"} == (set(answers) if hidden else set())
