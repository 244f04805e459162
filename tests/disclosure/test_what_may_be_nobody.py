"""Which figures need somebody, who may be nobody, and what stands in a hidden field. Witness: cases by hand, in place of a report."""

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from wres_helpers.disclosure.composition import Places
from wres_helpers.disclosure.counterfactual import Reports
from wres_helpers.disclosure.protection import DisclosurePlan, _blanked, _protected, _Texts, with_hidden_on_entry
from wres_helpers.page_model import Count
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.standard import statuses

WHITE, BME = (Count("2019-20", "shortlisted", "overall", "all", group) for group in ("white", "bme"))
BOTH = BME._replace(ethnic_group="known")


def plan(people, hidden=(), said=None, tables=(), places=None):
    """Return a plan of which two counts and their sum are known."""
    decision = SimpleNamespace(hidden=set(hidden), said=said or {}, people=SimpleNamespace(values=people))
    parts = {WHITE: (WHITE,), BME: (BME,), BOTH: (WHITE, BME), None: ()}
    return DisclosurePlan(
        decision, SimpleNamespace(parts=parts.get, places=places), [dict(zip((WHITE, BME), pair, strict=True)) for pair in tables], None
    )


@pytest.mark.parametrize(
    ("people", "hidden", "said", "tables", "of_bme", "of_both"),
    [
        ((7, 0), {BME}, {}, [(7, 0), (7, 0)], True, False),  # hidden, whatever the tables drawn have there
        ((7, 2), {BME}, {}, [(7, 0), (7, 3)], True, False),
        ((7, 0), (), {}, [(7, 0), (7, 0)], False, False),  # that nobody is counted is told
        ((0, 0), {BME}, {}, [(0, 0), (0, 2)], True, True),
        ((0, 0), {BME}, {}, [(0, 0), (0, 0)], True, False),  # the sum is the same in all tables, so it is told
        ((0, 2), {BME}, {BME: (1, 4)}, [(0, 1), (0, 4)], False, False),
        ((0, 2), {BME}, {BME: (0, 4)}, [(0, 1), (0, 4)], True, True),
        ((0, 2), {BME}, {BOTH: (0, 4)}, [(0, 1), (0, 4)], True, True),
        ((0, 2), {BME}, {BOTH: (1, 4)}, [(0, 1), (0, 4)], True, False),
        ((3, 2), {WHITE, BME}, {}, [(5, 0), (0, 5)], True, False),  # five together, whoever they are
        ((3, 2), {WHITE, BME}, {}, [(5, 0), (1, 5)], True, True),
    ],
)
def test_somebody_may_be_nobody_where_nothing_that_is_told_says_otherwise(people, hidden, said, tables, of_bme, of_both):
    made = plan(dict(zip((WHITE, BME), people, strict=True)), hidden, said, tables)
    assert (made.may_be_nobody(BME), made.may_be_nobody(BOTH), made.may_be_nobody(None)) == (of_bme, of_both, False)


@pytest.fixture
def needs(reference):
    made = plan({}, places=Places(reference.catalogue, ()))
    return lambda table, column, **row: [cell and (cell.year, cell.item, cell.ethnic_group) for cell in made.needs(
        table, {"year": "2019-20", "breakdown": "overall", "category": "all"} | row, column)]  # fmt: skip


def test_a_figure_needs_the_people_it_is_a_figure_of(needs):
    """Of nobody there is no rate, and with nobody no comparison; of a share of the staff the base is everybody's."""
    training, heads = {"measure": "accessing_training"}, lambda *groups, year="2019-20": [(year, "headcount", group) for group in groups]
    assert needs("results", "bme_rate", **training) == needs("results", "one_person", **training) == heads("bme")
    assert needs("results", "white_lower", **training) == heads("white") and needs("results", "unknown_rate", **training) == heads(
        "unknown"
    )
    assert needs("results", "bme_expected", **training) == heads("white", "bme")
    compared = [place for group in ("white", "bme") for place in (("2019-20", "accessed_training", group), *heads(group))]
    assert needs("results", "value", **training) == needs("bounds", "lower_bound", **training) == compared
    grade = {"measure": "share_of_grade", "breakdown": "grade", "category": "Band 2"}
    assert needs("results", "value", **grade) == needs("results", "bme_rate", **grade) == [("2019-20", "workforce", "all")]
    assert needs("results", "white_rate", **grade) == []
    share = {"item": "board", "category": "total", "ethnic_group": "bme", "of": "category"}
    assert needs("shares", "rate", **share) == [("2019-20", "board", "all"), None]
    assert needs("completeness", "unknown_share", item="board") == [None, ("2019-20", "board", "all")]


def test_a_change_needs_the_people_of_both_years_where_it_is_told(needs):
    row = {"measure": "share_of_grade", "breakdown": "grade", "category": "Band 2", "previous_year": "2018-19", "verdict": "level"}
    now, before = ("2019-20", "workforce", "all"), ("2018-19", "workforce", "all")
    assert needs("changes", "change", **row) == needs("changes", "change_lower", **row) == [now, before]
    assert (needs("changes", "value", **row), needs("changes", "previous_value", **row)) == ([now], [before])
    for verdict in (statuses.NOT_SUPPLIED, statuses.NOT_COMPARABLE):
        other = row | {"verdict": verdict}
        assert needs("changes", "change", **other) == [] and needs("changes", "value", **other) == [now]


def test_a_hidden_field_is_absent_and_words_in_it_say_that_it_is_protected():
    rows = np.array([True, False, True])
    assert _blanked(pd.Series([True, True, False]), rows, "clear").tolist() == [False, True, False]
    numbers = _blanked(pd.Series([7, 8, 9]), rows, "base")
    assert numbers.isna().tolist() == [True, False, True] and numbers[1] == 8
    words = pd.Series(["level", "level", "higher"])
    assert _blanked(words, rows, "status").tolist() == ["protected", "level", "protected"] and _blanked(words, rows, "method").tolist() == [
        "",
        "level",
        "",
    ]


@pytest.mark.parametrize(
    ("field", "counts", "base", "number", "limits", "comparison", "words"),
    [
        ("bme_count", (1, 2, 4), 65, (0.5, 1.0, 2.0), (1, 4), "ratio", "0.50 to 2.00"),
        ("bme_count", (4, 2, 1), 65, (0.1, 0.05, -0.02), (1, 4), "difference", "\u22122.0 to +10.0 percentage points"),
        ("bme_count", (1, 2, 3), 65, (0.5, 1.0, 1.5), (1, 4), "ratio", "[c]"),  # the tables drawn do not reach the end
        ("bme_count", (2, 3, 4), 65, (0.5, 1.0, 1.5), (1, 4), "ratio", "[c]"),
        ("bme_count", (1, 2, 4), 65, (0.5, np.nan, 2.0), (1, 4), "ratio", "[c]"),
        ("bme_count", (1, 2, 4), 65, (0.5, 1.0, np.inf), (1, 4), "ratio", "[c]"),
        ("bme_count", (1, 2, 4), 65, (0.5, 1.0, 2.0), None, "ratio", "[c]"),
        ("bme_base", (60, 62, 64), 3, (0.5, 1.0, 2.0), (60, 64), "ratio", "[c]"),
        ("white_count", (1, 2, 4), 65, (0.5, 1.0, 2.0), (1, 4), "ratio", "0.50 to 2.00"),
    ],
)
def test_a_comparison_of_one_hidden_count_is_told_between_the_ends_of_it(field, counts, base, number, limits, comparison, words):
    values = {name: np.full((3, 1), 65.0) for name in ("white_count", "white_base", "bme_count", "bme_base")}
    values |= {field: np.reshape(counts, (3, 1)).astype(float), "value": np.reshape(number, (3, 1))}
    wording = SimpleNamespace(policy=DisclosurePolicy(), limits=lambda cell: limits if cell == (field,) else None)
    plan = SimpleNamespace(
        reports=SimpleNamespace(columns={"results": values}), made_of=SimpleNamespace(places=SimpleNamespace(of=lambda *place: place[2:]))
    )
    texts = _Texts("results", plan, wording)
    assert texts.of({"comparison": comparison}, 0, "value") == words
    assert texts.of({}, 0, "status") == "protected"
    both = values | {"unknown_count": values[field], "bme_count": values[field], "white_count": values[field]}
    plan.reports.columns["results"] = both
    assert texts.of({"comparison": comparison}, 0, "value") == "[c]", "two hidden counts"


def test_a_number_that_came_in_hidden_is_not_said_to_be_missing(necs):
    """Witness: the undisclosed of the board came in hidden. What is hidden here keeps its words, and what was never supplied has none."""
    shown = pd.DataFrame({"year": "2019-20", "item": ["board", "shortlisted", "board"], "unknown": [np.nan, np.nan, 3.0], "total": [np.nan, np.nan, 20.0],
                          "known": np.nan, "protection": ['{"total": "6 to 9"}', "", ""]})  # fmt: skip
    own = SimpleNamespace(suppressed=pd.DataFrame({"year": ["2019-20"], "item": ["board"]}))
    evidence = SimpleNamespace(context=SimpleNamespace(own=own, reference=None))
    told = with_hidden_on_entry(shown, evidence, necs)["protection"]
    assert [json.loads(text) if text else {} for text in told] == [{"total": "6 to 9", "unknown": "not calculable"}, {}, {}]
    own.suppressed = own.suppressed.iloc[:0]
    assert with_hidden_on_entry(shown, evidence, necs) is shown


#: A comparison of which nothing is hidden; the cases differ from it in one thing each.
PLAIN = {
    **{"comparison": "ratio", "white_count": 9.0, "white_base": 60.0, "bme_count": 7.0, "bme_base": 50.0, "bme_rate": 0.14},
    **{"value": 0.9, "clear": True, "status": "level", "reason": "as counted"},
}
JUDGED, CONTEXT = {"status": "large_difference"}, {"status": "not_judged"}
ALONE = {"comparison": "none", "value": np.nan, "status": "calculated"}
SAYINGS = {"status": "protected", "reason": statuses.MEANINGS["protected"]}
CASES = {
    # what the row is, what another report has there, which of its people may be nobody or are hidden, and the words in its fields
    "all alike": ({}, {}, (), (), {}),
    "the value of a judged one differs": (JUDGED, {"value": 0.8}, (), (), {"value": "[c]"}),
    "the value of another differs": (CONTEXT, {"value": 0.8}, (), (), {"value": "[c]"} | SAYINGS),
    "the rate of a group alone differs": (ALONE, {"bme_rate": 0.2}, (), (), {"bme_rate": "rate of bme_count in 50"} | SAYINGS),
    "the rate of a group that is compared differs": (CONTEXT, {"bme_rate": 0.2}, (), (), {"bme_rate": "rate of bme_count in 50"}),
    "a group alone": (ALONE, {}, (), (), {}),
    "the count is hidden though all tables have it": (JUDGED, {}, (), ("bme_count",), {"bme_count": "count of bme_count", "bme_rate": "rate of bme_count in 50"}),
    "the base is hidden though all tables have it": (JUDGED, {}, (), ("bme_base",), {"bme_base": "count of bme_base"}),
    "there may be nobody": (JUDGED, {}, ("value",), (), {"value": "[c]"}),
    "a count of nobody is a count": (JUDGED, {}, ("bme_count", "bme_base"), (), {}),
    "the status is not certain": (JUDGED | {"certain": False}, {}, (), (), SAYINGS | {"clear": "count of None"}),
}  # fmt: skip


def protected_row(name, true, other, nobody=(), hidden=(), **exact):
    """Return the words in the hidden fields of one row of a table; a second report has other numbers in some columns, and so has the exact row."""
    certain = np.array([true.get("certain", True)])
    row = {column: value for column, value in true.items() if column != "certain"}
    columns = {
        column: np.array([[value], [other.get(column, value)]], dtype=float if isinstance(value, float) else object)
        for column, value in row.items()
    }
    of = SimpleNamespace(of=lambda table, line, field: field if field.endswith(("count", "base")) else None)
    plan = SimpleNamespace(reports=Reports({name: columns}, certain), made_of=SimpleNamespace(places=of), decision=SimpleNamespace(hidden=set(hidden)),
                           needs=lambda table, line, column: [column], may_be_nobody=lambda cell: cell in nobody)  # fmt: skip
    wording = SimpleNamespace(policy=DisclosurePolicy(), limits=lambda _: None, count=lambda cell: f"count of {cell}",
                              rate=lambda cell, bases: f"rate of {cell} in {bases[0]:.0f}")  # fmt: skip
    table = pd.DataFrame([row | {column: value for column, value in exact.items() if row[column] == row[column]}])
    shown = _protected(name, pd.DataFrame([row | exact]), table, plan, wording).iloc[0]
    texts = json.loads(shown["protection"]) if shown["protection"] else {}
    for column, value in row.items():
        if column in texts:
            assert pd.isna(shown[column]) or shown[column] in (False, SAYINGS.get(column)), column
        else:
            assert pd.isna(value) or shown[column] == value, column
    return texts


@pytest.mark.parametrize("name", CASES)
def test_of_a_comparison_what_differs_is_hidden_and_what_follows_from_it(name):
    row, other, nobody, hidden, texts = CASES[name]
    assert protected_row("results", PLAIN | row, other, nobody, hidden) == texts


def test_of_a_share_the_status_goes_with_the_rate():
    share = {"count": 7.0, "base": 50.0, "rate": 0.14, "lower": 0.1, "status": "calculated"}
    assert protected_row("shares", share, {"rate": 0.2}) == {"rate": "rate of count in 50", "status": "protected"}
    assert protected_row("shares", share, {"lower": 0.2}) == {"lower": "count of None"}
    hidden = protected_row("shares", share, {}, hidden={"count"})
    assert set(hidden) == {"count", "rate", "lower", "status"} and hidden["count"] == "count of count"


def test_what_all_reports_agree_on_and_the_true_one_has_otherwise_is_hidden():
    """And what rounding leaves out because it is small; not what was absent before."""
    share = {"count": 7.0, "base": 50.0, "rate": 0.14, "status": "calculated"}
    assert protected_row("shares", share, {}, base=51.0) == {"base": "count of base"}
    assert protected_row("shares", share | {"count": np.nan}, {}, count=3.0) == {"count": "count of count"}
    assert protected_row("shares", share | {"count": np.nan}, {}) == {}
