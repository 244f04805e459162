"""The proof of our own numbers: what a block cites is looked up, and what nobody cited is refused.

Witnesses: a page whose numbers are worked out by hand from two rows; everything the pack can say of shipped and invented
organisations, of which nothing may be refused; and the same pages with numbers replaced at random, which must be refused.
"""

import copy
import random
from dataclasses import replace

import pandas as pd
import pytest
from support.examples import THOROUGH
from support.invented_counts import invented_counts
from support.whole_page import blocks_of

from wres_helpers import intake
from wres_helpers.analysis import analyse
from wres_helpers.disclosure import protect
from wres_helpers.publishing.safeguards.proof import CitedRows, cited_rows, printed_rules, unproven
from wres_helpers.report.form import numbers
from wres_helpers.report.form.blocks import Column, Figure, Prose, Table

# 13 of 37 is 35.1%; 9 of 65 is 13.8%
RESULTS = pd.DataFrame(
    [
        {"year": "2019-20", "indicator": "6", "bme_count": 13.0, "bme_base": 37.0, "bme_rate": 13 / 37, "protection": ""},
        {"year": "2019-20", "indicator": "4", "bme_count": 9.0, "bme_base": 65.0, "bme_rate": 9 / 65, "protection": '{"value": "6 to 9"}'},
    ]
)
CATALOGUE = pd.DataFrame([{"indicator": "4", "measure": "accessing_training", "numerator": "accessed_training", "base": "headcount"}])
ROWS = CitedRows({"results": RESULTS})


def refused(*texts: str, rows: CitedRows = ROWS, findings: tuple[str, ...] = ()) -> list[str]:
    """Return the numbers refused on a page where the findings of some indicators stand."""
    found = [{"kind": "headline", "text": "Found.", "anchor": "finding", "about": {"Found.": {"of": [name]}}} for name in findings]
    blocks = [
        {"kind": "heading", "level": 1, "text": "Page"},
        *found,
        {"kind": "heading", "level": 2, "text": "More"},
        Prose(texts).to_json(),
    ]
    return [problem.found.split("'")[1] for problem in unproven("page", blocks, rows, ["0.80 to 1.25"])]


def test_a_number_that_was_written_from_a_row_passes():
    said = (
        f"{numbers.count(13)} of {numbers.count(37)} said so ({numbers.percentage(13 / 37)}), 0.80 to 1.25, in 2019/20, on 31 March 2020."
    )
    assert refused(said) == []


def test_an_index_says_in_which_table_row_and_field_a_value_stands():
    assert ROWS.where(9 / 65) == {("results", 1)}


def test_a_number_that_nobody_wrote_from_a_row_is_refused_though_a_row_rounds_to_it():
    """35.2% was never written here; 35.1% was, but from a value of no row."""
    assert refused("Of all, 35.2% said so.") == ["35.2"]
    assert refused(f"Of all, {numbers.percentage(0.9876)} said so.") == ["98.8"]


def test_two_numbers_that_belong_together_stand_in_one_row():
    assert refused(f"{numbers.count(13)} of {numbers.count(65)} said so.") == ["13 of 65"]
    assert refused("Fewer than 5 of 65 said so.") == ["5"]  # no row hides a number so
    assert refused(f"6 to 9 of {numbers.count(65)} said so.") == []  # a row does


def test_a_page_about_one_indicator_may_not_print_another_s():
    rows = CitedRows({"results": RESULTS, "catalogue": CATALOGUE})
    said = f"{numbers.percentage(13 / 37)} said so."
    assert refused(said, rows=rows) == []
    assert refused(said, rows=rows, findings=("4",)) == ["35.1"]


@pytest.mark.parametrize("named", [("1", "2", "3", "4"), ("10",), (), ("4a ii",), ("4a i", "4a ii", "10")])
def test_where_findings_stand_the_numbers_of_all_other_indicators_are_refused(named):
    """Witness: counts that are those of one indicator each; the page is about those whose findings it has, whatever its headings say."""
    known = {name: 1000 + at for at, name in enumerate(("1", "2", "3", "4", "4a i", "4a ii", "10"))}
    counted = pd.DataFrame([{"indicator": name, "numerator": f"n{name}", "base": ""} for name in known])
    shares = pd.DataFrame([{"item": f"n{name}", "count": float(people)} for name, people in known.items()])
    found = refused(*map(numbers.count, known.values()), rows=CitedRows({"catalogue": counted, "shares": shares}), findings=named)
    assert found == [numbers.count(people) for name, people in known.items() if named and name not in named]


def test_cells_of_tables_and_the_figures_behind_charts_are_looked_up():
    table = Table("t", "Shares", (Column("Group"), Column("Share")), (("BME", "77.7%"),))
    behind = replace(table, rows=(("BME", numbers.percentage(13 / 37)), ("white", "35.2%")), file_rows=(("All", "36.6%"),))
    chart = Figure("f", "BME staff more", "In 2019/20", "<svg/>", "Bars of two groups, one much longer than the other", behind)
    problems = unproven("page", [table.to_json(), chart.to_json()], ROWS, [])
    assert [problem.found.split("'")[1] for problem in problems] == ["77.7", "35.2", "36.6"]


def test_a_pair_of_numbers_that_somebody_typed_into_a_plan_or_a_target_needs_no_row():
    """Witness: 'Amber: 7 of 12 placed' as the progress of an action failed the section of the plan."""
    card = {"kind": "prose", "paragraphs": ["Amber: 7 of 12 placed"], "cited": {}}
    rows = CitedRows({"targets": pd.DataFrame([{"target": "7 of 12 places"}])})
    assert unproven("page", [card], CitedRows({}), ["Place staff. 7 of 12 placed"]) == []
    assert unproven("page", [card], rows, []) == []
    assert len(unproven("page", [card], CitedRows({}), [])) == 3


def test_texts_that_people_write_are_passed_over_and_excuse_nothing():
    text = {"kind": "text", "title": "", "nodes": [{"type": "text", "text": "We reached 47.3%."}], "written": True}
    assert unproven("page", [text], ROWS, []) == []
    assert len(unproven("page", [text, Prose(("We reached 47.3%.",)).to_json()], ROWS, [])) == 1


@pytest.mark.parametrize("seed", [None, *range(6 if THOROUGH else 3)])
def test_everything_the_pack_can_say_leads_to_a_row(seed, necs, necs_counts, reference):
    """The shipped report, and invented organisations of 100 to 60,000 staff: a proof that refuses a true figure stops a good report.

    What a board may see of the invented ones is proved beside the reader of prose, on the pages made for it.
    """
    counts = necs_counts if seed is None else invented_counts(necs_counts, seed, necs.year)
    rules = printed_rules(necs, intake.read_action_plan(necs))
    evidence = analyse(counts, necs, reference)
    for shown in (evidence, protect(evidence, necs)) if seed is None else (evidence,):
        problems = unproven("page", blocks_of(shown, charts=seed is None), cited_rows(shown), rules)
        assert problems == [], "\n".join(problem.sentence() for problem in problems)


def test_numbers_replaced_at_random_are_refused(necs, necs_counts, reference):
    """Of 400, which tell a rate of 95% to one point; of 40, as before, two or three got through by luck."""
    shown = protect(analyse(necs_counts, necs, reference), necs)
    blocks, rows, rules = blocks_of(shown, charts=False), cited_rows(shown), printed_rules(necs, intake.read_action_plan(necs))
    draw = random.Random(20)
    places = [place for place, block in enumerate(blocks) if block["kind"] == "prose" and block["cited"]]
    caught, tries = 0, 400
    for place in draw.choices(places, k=tries):
        damaged = copy.deepcopy(blocks[place])
        number = draw.choice(list(damaged["cited"]))
        other = f"{draw.uniform(0, 100):.1f}" if "." in number else str(draw.randint(100, 3000))
        damaged["paragraphs"] = [text.replace(number, other) for text in damaged["paragraphs"]]
        caught += bool(unproven("page", [damaged], rows, rules))
    assert caught / tries >= 0.94, caught
