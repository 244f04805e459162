"""What stands in place of a hidden number, and how other counts of which the same is told are drawn. Witness: every case by hand."""

import numpy as np
import pandas as pd
import pytest

from wres_helpers.disclosure.merging import ENDLESS, Told
from wres_helpers.disclosure.range_words import RangeWording, percentage, spread_of
from wres_helpers.disclosure.tables_of_people import People, wider_circles
from wres_helpers.disclosure.told import Decision, Draw
from wres_helpers.page_model import Count
from wres_helpers.settings.disclosure_policy import DisclosurePolicy

WHITE, BME, UNKNOWN = (Count("2019-20", "shortlisted", "overall", "all", group) for group in ("white", "bme", "unknown"))
EVERYBODY, KNOWN = WHITE._replace(ethnic_group="all"), WHITE._replace(ethnic_group="known")


def decided(counts=None, among=None, **policy):
    """Return a decision, nothing decided yet, on some counts."""
    rows = [(*cell, count) for cell, count in (counts or {WHITE: 7, BME: 2, UNKNOWN: 6}).items()]
    columns = ["year", "item", "breakdown", "category", "ethnic_group", "count"]
    return Decision(People(pd.DataFrame(rows, columns=columns)), DisclosurePolicy(**policy), among or {})


@pytest.mark.parametrize(
    ("said", "words"),
    [((0, 4), "fewer than 5"), ((1, 4), "fewer than 5"), ((2, 4), "2 to 4"), ((1, 5), "1 to 5"), ((1, 3), "1 to 3"), ((3, 22), "3 to 22"),
     ((3, 23), "[c]"), ((6, ENDLESS), "[c]")],
    ids=str,
)  # fmt: skip
def test_a_limit_is_said_as_fewer_than_and_a_range_up_to_four_times_as_wide_as_the_smallest_count(said, words):
    decision = decided()
    decision.hidden, decision.said = {BME}, {BME: said}
    assert RangeWording(decision, decision.policy).count(BME) == words
    rounding = RangeWording(decision, DisclosurePolicy(method="round"))
    assert rounding.count(BME) == (words if words == "fewer than 5" else "[c]")


@pytest.mark.parametrize(
    ("hidden", "said", "of_known", "of_all"),
    [
        (set(), {}, "9 to 9", "15 to 15"),
        ({BME}, {BME: (1, 4)}, "8 to 11", "14 to 17"),
        ({BME, UNKNOWN}, {BME: (1, 4), UNKNOWN: (5, 8)}, "8 to 11", "13 to 19"),
        ({BME, UNKNOWN}, {BME: (1, 4)}, "8 to 11", "[c]"),
        ({WHITE, BME, UNKNOWN}, {}, "[c]", "[c]"),
        ({BME}, {BME: (1, 4), KNOWN: (8, 9)}, "8 to 9", "14 to 17"),
    ],
)
def test_a_sum_is_told_as_far_as_each_of_its_groups_is(hidden, said, of_known, of_all):
    decision = decided()
    decision.hidden, decision.said = hidden, said
    words = RangeWording(decision, decision.policy)
    assert (words.count(KNOWN), words.count(EVERYBODY)) == (of_known, of_all)
    assert words.count(None) == words.count(EVERYBODY._replace(item="appointed")) == words.count(BME._replace(item="appointed")) == "[c]"
    assert RangeWording(decision, DisclosurePolicy(method="round")).count(EVERYBODY) == "[c]"


def test_a_sum_over_groups_of_which_one_is_not_counted_is_that_of_the_others():
    assert RangeWording(decided({WHITE: 7, UNKNOWN: 6}), DisclosurePolicy()).count(EVERYBODY) == "13 to 13"


@pytest.mark.parametrize(
    ("said", "bases", "words"),
    [((1, 4), [65, 65], "1.5% to 6.2%"), ((1, 4), [65, 66], "[c]"), ((1, 4), [66, 65], "[c]"), ((1, 4), [0, 0], "[c]"), ((1, 4), [np.nan] * 2, "[c]"),
     ((0, 1), [1, 1], "0% to 100%"), ((1, 4), [3, 3], "33.3% to 100%"), ((1, 4), [20_000] * 2, "less than 0.1%"), ((7, 8), [2000] * 2, "about 0.4%"),
     ((3, 22), [100, 100], "3.0% to 22.0%"), ((3, 23), [100, 100], "[c]"), ((0, 4), [20_000] * 2, "less than 0.1%")],
    ids=str,
)  # fmt: skip
def test_a_share_is_told_between_its_limits_where_its_base_is_told(said, bases, words):
    decision = decided()
    decision.hidden, decision.said = {BME}, {BME: said}
    assert RangeWording(decision, decision.policy).rate(BME, np.array(bases, dtype=float)) == words
    assert RangeWording(decision, DisclosurePolicy(method="round")).rate(BME, np.array([65.0])) == "[c]"
    assert RangeWording(decision, decision.policy).rate(None, np.array([65.0])) == "[c]"


def test_ends_are_written_in_the_unit_of_what_they_are_ends_of():
    assert [percentage(part) for part in (0, 0.005, 0.5, 0.999, 1)] == ["0%", "0.5%", "50.0%", "99.9%", "100%"]
    assert spread_of(0.5, 1.256, "ratio") == "0.50 to 1.26"
    assert spread_of(-0.0251, 0.1, "difference") == "\u22122.5 to +10.0 percentage points"


def test_the_first_draw_takes_every_smallest_value_the_second_every_largest_and_the_others_any():
    assert [Draw(number).between(2, 5) for number in (0, 1)] == [2, 5]
    assert {Draw(number).between(2, 5) for number in range(2, 60)} == {2, 3, 4, 5}
    assert [Draw(number).scattered() for number in (0, 1)] == [False, False]
    assert {Draw(number).scattered() for number in range(2, 30)} == {False, True} and Draw(2).scattered()
    assert sorted(Draw(3).order(5)) == [0, 1, 2, 3, 4]


def drawn(decision, *cells):
    return [tuple(decision.table(number)[cell] for cell in cells) for number in range(80)]


@pytest.mark.parametrize(
    ("told", "values", "said"), [(Told(False, 1, 4), {1, 2, 3, 4}, {BME: (1, 4)}), (Told(False), {0, 1, 2, 3, 4, 5}, {}), (Told(False, 3), {*range(3, 9)}, {})]
)  # fmt: skip
def test_a_count_that_is_hidden_may_be_whatever_is_said_of_it(told, values, said):
    """Of which no end is said, as many more are tried as are too few to show."""
    decision = decided()
    decision.hide(BME, told)
    assert {count for (count,) in drawn(decision, BME)} == values
    assert (decision.hidden, decision.said, decision.open_ended) == ({BME}, said, set() if said else {BME})


def test_counts_that_tell_of_one_another_are_hidden_together_or_not_at_all():
    decision = decided()
    decision.hide_together({WHITE: Told(True), BME: Told(True)})
    assert decision.hidden == set()
    decision.hide_together({WHITE: Told(True), BME: Told(False, 1, 4)})
    assert (decision.hidden, decision.said) == ({WHITE, BME}, {BME: (1, 4)})


@pytest.mark.parametrize(("total", "sums"), [(None, {*range(5)}), (4, {*range(5)}), (5, {5}), (9, {9})])
def test_a_sum_is_told_of_withheld_counts_where_it_is_not_small(total, sums):
    decision = decided()
    decision.withhold([BME, UNKNOWN], total)
    assert {sum(pair) for pair in drawn(decision, BME, UNKNOWN)} == sums
    assert decision.hidden == {BME, UNKNOWN}
    assert (decision.merged, decision.open_ended) == (([], {BME, UNKNOWN}) if total in (None, 4) else ([[BME, UNKNOWN]], set()))


@pytest.mark.parametrize(("limits", "drawn_as"), [((3, 4), {(3, 4)}), ((3, 5), {(3, 4), (2, 5)}), ((2, 4), None)])
def test_people_counted_among_others_find_room_there_where_there_is_room(limits, drawn_as):
    """Seven of 3 and 4, of 3 and 5, and of 2 and 4, of whom they can't all be some: then anywhere."""
    places = [BME._replace(breakdown="site", category=name) for name in ("A", "B")]
    wider = [place._replace(item="applied") for place in places]
    decision = decided(dict(zip([*places, *wider], [3, 4, *limits], strict=True)), {"shortlisted": ("applied",)})
    decision.withhold(places, 7)
    found = set(drawn(decision, *places))
    assert found == drawn_as if drawn_as else (7, 0) in found and all(sum(pair) == 7 for pair in found)


def test_of_two_told_together_it_is_said_which_is_small_and_of_three_nothing():
    decision = decided({WHITE: 7, BME: 2, UNKNOWN: 6})
    decision.tell_together([WHITE, BME])
    assert (decision.said, decision.merged) == ({WHITE: (5, 8), BME: (1, 4)}, [[WHITE, BME]])
    assert decided().rule.least == 1 and decided(show_zeros="none").rule.least == 0
    several, roomless = decided(), decided()
    several.tell_together([WHITE, BME, UNKNOWN])
    roomless.tell_together([WHITE, BME], [9, 8])
    assert several.said == roomless.said == {}
    assert [decided(**policy).rule.everybody for policy in ({}, {"show_everybody": "all"})] == [False, True]


# ------------------------------------------------------------------ the tables people stand in


def staffed():
    """Grades of clinical staff, medical staff and both: of medical ones nobody is BME, and the undisclosed of Band 5 were not supplied."""
    rows = [("grade", "Consultant", "white", 9), ("grade", "Band 5", "white", 30), ("grade", "Band 5", "bme", 8),
            ("grade (clinical)", "Band 5", "white", 30), ("grade (clinical)", "Band 5", "bme", 8), ("grade (clinical)", "Consultant", "white", 0),
            ("grade (medical_and_dental)", "Consultant", "white", 9), ("overall", "all", "white", 39)]  # fmt: skip
    return People(
        pd.DataFrame(
            [("2019-20", "workforce", *row) for row in rows], columns=["year", "item", "breakdown", "category", "ethnic_group", "count"]
        )
    )


def test_people_stand_in_the_tables_in_which_they_were_supplied():
    people = staffed()
    assert people.years == ["2019-20"]
    assert people.breakdowns("2019-20", "workforce") == ["grade", "grade (clinical)", "grade (medical_and_dental)"]
    assert people.categories("2019-20", "workforce", "grade") == ["Consultant", "Band 5"]
    assert people.breakdowns("2018-19", "workforce") == people.categories("2019-20", "headcount", "grade") == []
    assert people.value("2019-20", "workforce", "grade", "Band 5", "bme") == 8
    assert people.value("2019-20", "workforce", "grade", "Consultant", "bme") is None
    assert people.sides("2019-20") == {"clinical": {"Band 5"}, "medical_and_dental": {"Consultant"}} and people.sides("2018-19") == {}


def test_a_table_has_a_layer_a_breakdown_over_the_same_rows():
    sides = [("workforce", "grade (clinical)"), ("workforce", "grade (medical_and_dental)")]
    table = staffed().table("2019-20", sides, {"Consultant": 2, "Band 5": 1})
    assert (table.rows, table.groups) == (("Band 5", "Consultant"), ("white", "bme"))
    assert table.values.tolist() == [[[30, 8], [0, 0]], [[0, 0], [9, 0]]]
    assert table.cells[1][0] == (None, None) and table.cells[0][0][1] == Count("2019-20", "workforce", "grade (clinical)", "Band 5", "bme")
    assert staffed().table("2019-20", sides, {"Consultant": 0}).rows == ("Consultant", "Band 5"), "what is on no ladder follows"
    bme, turned = table.of_group("bme"), staffed().table("2019-20", [*sides, ("workforce", "grade")], {"Band 5": 0}).turned()
    assert (bme.groups, bme.values.tolist(), bme.cells[0][0]) == (("bme",), [[[8], [0]], [[0], [0]]], (table.cells[0][0][1],))
    assert turned.rows == ("grade (clinical)", "grade (medical_and_dental)", "grade") and turned.groups == table.groups
    assert turned.values.tolist() == [[[30, 8], [0, 0], [30, 8]], [[0, 0], [9, 0], [9, 0]]]
    assert turned.cells[1][:2] == (table.cells[0][1], table.cells[1][1])


def test_wider_circles_come_before_those_counted_among_them():
    """Witness: a made-up standard whose items stand in another order; the staff, the board and the survey are told otherwise."""
    rows = [
        ("survey", ""),
        ("appointed", "shortlisted"),
        ("board", ""),
        ("trained", "headcount"),
        ("shortlisted", "applied"),
        ("applied", ""),
        ("headcount", ""),
        ("workforce", ""),
    ]
    circles = wider_circles(pd.DataFrame(rows, columns=["item", "counted_among"]))
    assert circles == {
        "trained": ("headcount", "workforce"),
        "applied": (),
        "shortlisted": ("applied",),
        "appointed": ("shortlisted", "applied"),
    }
    assert list(circles) == ["trained", "applied", "shortlisted", "appointed"]
