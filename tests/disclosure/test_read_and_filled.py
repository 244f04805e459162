"""How an attacker reads words and rounded numbers, and how tables of which the same is told are filled. Witness: cases by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.auditing import EXPOSED, HIDDEN_COUNT, INSIDER, PROTECTED, summary
from wres_helpers.disclosure.composition import Composition
from wres_helpers.disclosure.read_as_attacker import Reader
from wres_helpers.disclosure.split import Split
from wres_helpers.disclosure.tables_of_people import BASE, COUNTED, INDICATOR, People, PeopleTable
from wres_helpers.disclosure.told import Decision, Draw
from wres_helpers.page_model import Count

BAND = Count("2019-20", "workforce", "grade", "Band 2", "bme")


@pytest.mark.parametrize(
    ("count", "words", "round_to", "low", "high"),
    [
        (np.nan, '{"count": "fewer than 5"}', 0, 0, 4),
        (np.nan, '{"count": "3 to 6"}', 0, 3, 6),
        (10, "", 0, 10, 10),
        (10, "", 5, 8, 12),
        (10, "", 10, 5, 14),  # 15 is rounded up, as halves are
        (0, "", 5, 0, 0),  # nobody is rounded to nobody, and nobody else is
    ],
)
def test_a_word_is_read_as_its_limits_and_a_rounded_number_as_all_that_are_rounded_to_it(
    necs, evidence, reference, count, words, round_to, low, high
):
    row = evidence.counts["category"].eq("Band 2") & evidence.counts["ethnic_group"].eq("bme") & evidence.counts["item"].eq("workforce")
    row &= evidence.counts["breakdown"].eq("grade") & evidence.counts["year"].eq("2019-20")
    counts = evidence.counts[row].assign(count=float(count), protection=words)
    nothing = {name: getattr(evidence, name).iloc[:0] for name in ("shares", "completeness", "results", "together")}
    page = Reader(evidence.counts, reference, Method.of(necs)).page(replace(evidence, counts=counts, **nothing), round_to)
    left = page.range_of(BAND)
    assert (left.low, left.high) == (low, high)


def test_an_attacker_knows_which_answers_an_indicator_of_the_survey_counts(necs, evidence, reference):
    """Witness: the question of the shipped report, 13a: harassed is who answered anything but 'Never', out of all who answered."""
    made_of, answers = (
        Composition(People(evidence.counts), reference, Method.of(necs)),
        ("1-2 times", "3-5 times", "6-10 times", "More than 10 times"),
    )
    place = Count("2019-20", "survey", f"{INDICATOR} harassment_public", COUNTED, "bme")
    assert {cell[2:] for cell in made_of.parts(place)} == {("13a", answer, "bme") for answer in answers}
    everybody = {cell[2:] for cell in made_of.parts(place._replace(category=BASE, ethnic_group="white"))}
    assert everybody == {("13a", answer, "white") for answer in ("Never", *answers)}


def test_an_audit_is_summed_up_by_the_places_that_need_a_width():
    """Witness: by hand. The narrowest of those that need one has 4 values; the one that needs none, and what an insider could do, do not count."""
    rows = [
        (HIDDEN_COUNT, 1, 4, 4, PROTECTED),
        (HIDDEN_COUNT, 0, np.inf, 4, PROTECTED),
        (HIDDEN_COUNT, 0, 0, 0, PROTECTED),
        (INSIDER, 7, 7, 4, "warning"),
    ]
    outcome = pd.DataFrame(rows, columns=["kind", "feasible_low", "feasible_high", "required_width", "verdict"])
    told = summary(outcome)
    assert [told[name] for name in ("outcome", "hidden_counts", "exposed", "fewest_values_left", "insider_warnings")] == [
        "withstood",
        3,
        0,
        4,
        1,
    ]
    assert summary(outcome.assign(verdict=EXPOSED))["exposed"] == 3 and summary(outcome.iloc[3:])["fewest_values_left"] == 0
    assert summary(outcome.iloc[1:2])["fewest_values_left"] == 10_000_000


def test_an_attacker_knows_that_the_people_of_a_tier_are_those_of_its_grades(necs, evidence, reference):
    """Witness: by hand. East and West share 30 of Band 2 and 12 of Band 3 (lower), 20 of Band 6 (middle), and 8 consultants (no tier)."""
    grades = {"Band 2": ("lower", 30), "Band 3": ("lower", 12), "Band 6": ("middle", 20), "Consultant": ("no", 8)}
    rows = [("grade", name, people) for name, (_, people) in grades.items()]
    rows += [(f"directorate ({tier} tier)", place, people) for tier, both in (("lower", (40, 2)), ("middle", (15, 5)), ("no", (7, 1)))
             for place, people in zip(("East", "West"), both, strict=True)]  # fmt: skip
    counts = pd.DataFrame(rows, columns=["breakdown", "category", "count"])
    counts = counts.assign(organisation="x", year="2019-20", item="workforce", ethnic_group="bme", protection="")
    shown = counts[counts["breakdown"].eq("grade") | counts["category"].eq("East")]
    nothing = {name: getattr(evidence, name).iloc[:0] for name in ("shares", "completeness", "results", "together")}
    page = Reader(counts, reference, Method.of(necs)).page(replace(evidence, counts=shown, **nothing))
    for tier, people in (("lower", 2), ("middle", 5), ("no", 1)):
        left = page.range_of(Count("2019-20", "workforce", f"directorate ({tier} tier)", "West", "bme"))
        assert (left.low, left.high) == (people, people)


def of_layers(breakdowns, people):
    """Return a table of 12 rows of white people, layer by layer, of whom only the sum is told."""
    rows = tuple(f"Place {number}" for number in range(12))
    cells = tuple(tuple((Count("2019-20", f"item {layer}", name, row, "white"),) for row in rows) for layer, name in enumerate(breakdowns))
    return Split(PeopleTable(cells, np.reshape(people, (len(breakdowns), 12, 1)), rows, ("white",)), {"white": [list(range(12))]})


@pytest.mark.parametrize(
    ("breakdowns", "second", "alike"),
    [
        (("directorate", "directorate"), [5] * 12, True),  # the same people in headcount and workforce
        (("lower tier", "upper tier"), [5] * 12, False),  # other people, as many by chance
        (("directorate", "directorate"), [5] * 11 + [6], False),  # headcount and workforce that differ
    ],
)
def test_two_tables_of_the_same_people_are_filled_alike_and_others_are_not(breakdowns, second, alike):
    split = of_layers(breakdowns, [[5] * 12, second])
    filled = [split.filled(Draw(number)) for number in range(6)]
    assert [np.array_equal(*layers) for layers in filled] == [alike] * 6
    assert all(layers.sum(axis=(1, 2)).tolist() == [60, sum(second)] for layers in filled)


def test_of_counts_of_which_nothing_is_told_there_may_be_nobody(necs, evidence):
    """Nobody to four, where fewer than five are too few."""
    decision = Decision(People(evidence.counts), necs.disclosure, {})
    decision.withhold([BAND], None)
    assert {decision.table(number)[BAND] for number in range(24)} == {0, 1, 2, 3, 4}
