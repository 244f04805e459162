"""What an attacker reads and knows, and how staff and answers are decided on. Witness: small tables by hand."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from wres_helpers.disclosure.counted_among import _base, _tells_of_grades, _units
from wres_helpers.disclosure.ethnic_split import _bme_strands, _pairs
from wres_helpers.disclosure.merging import Smallness
from wres_helpers.disclosure.read_as_attacker import Reader
from wres_helpers.disclosure.separated_staff import crossed, rows_apart, separated_staff
from wres_helpers.disclosure.split import Split, group_split
from wres_helpers.disclosure.staff_decision import _rule_for, _sections
from wres_helpers.disclosure.tables_of_people import People, PeopleTable
from wres_helpers.disclosure.told import Decision
from wres_helpers.disclosure.told_together import _blocks, _sets, _told
from wres_helpers.page_model import Count
from wres_helpers.settings.disclosure_policy import DisclosurePolicy

YEAR = "2025-26"


def counted(*rows):
    return pd.DataFrame([(YEAR, *row) for row in rows], columns=["year", "item", "breakdown", "category", "ethnic_group", "count"])


def known(counts):
    """Return what everybody knows of some counts: names with their signs, and the ends, a pair for each statement."""
    reader = object.__new__(Reader)
    reader.people, reader.among, reader.tiers = (
        People(counts),
        {"appointed": ("shortlisted",)},
        {"Band 2": "lower", "Band 8a": "upper", "Consultant": ""},
    )
    found = {}
    for one in reader._common_knowledge():
        terms = dict(one.terms)
        found[frozenset((sign, *cell[1:4]) for cell, sign in terms.items())] = (one.low, one.high)
    return found


STAFF = [("workforce", "overall", "all", "bme", 40), ("workforce", "grade", "Band 2", "bme", 22), ("workforce", "grade", "Band 8a", "bme", 14),
         ("workforce", "grade", "Consultant", "bme", 4)]  # fmt: skip


@pytest.mark.parametrize(("more", "apart"), [(0, 0), (2, 2), (-2, -2), (3, None), (-3, None)])
def test_parts_add_up_to_their_whole_or_are_off_by_a_twentieth_at_most(more, apart):
    """Two of 40 are a twentieth: by how much they are off is known; by more, nothing is known of the one from the other."""
    rows = [*STAFF[:3], (*STAFF[3][:4], 4 + more)]
    of_all = frozenset(
        [*((1, "workforce", "grade", name) for name in ("Band 2", "Band 8a", "Consultant")), (-1, "workforce", "overall", "all")]
    )
    assert known(counted(*rows)) == ({} if apart is None else {of_all: (apart, apart)})


def test_who_works_where_is_known_by_side_by_tier_and_in_both_tables():
    rows = [
        ("workforce", f"grade ({side})", grade, "bme", people)
        for side, grade, people in (("medical", "Consultant", 4), ("clinical", "Band 2", 22))
    ]
    rows += [("workforce", "staff_group", "medical", "bme", 4), ("headcount", "grade", "Band 2", "bme", 22)]
    rows += [("workforce", f"site ({tier} tier)", "North", "bme", people) for tier, people in (("lower", 22), ("upper", 14), ("no", 4))]
    rows += [("workforce", "site", "North", "bme", 40)]
    found = known(counted(*STAFF, *rows))

    def says(*terms):
        return found.pop(frozenset((sign, *place) for sign, *place in terms), None)

    parts = [(1, "workforce", "grade", name) for name in ("Band 2", "Band 8a", "Consultant")]
    whole = (-1, "workforce", "overall", "all")
    assert says(*parts, whole) == says((1, "workforce", "site", "North"), whole) == (0, 0)
    for side, grade in (("medical", "Consultant"), ("clinical", "Band 2")):
        assert says((1, "workforce", f"grade ({side})", grade), (-1, "workforce", "grade", grade)) == (0, 0)
    assert says((1, "workforce", "grade (medical)", "Consultant"), (-1, "workforce", "staff_group", "medical")) == (0, 0)
    assert says((1, "workforce", "grade", "Band 2"), (-1, "headcount", "grade", "Band 2")) == (0, 0)
    for tier, grade in (("lower", "Band 2"), ("upper", "Band 8a"), ("no", "Consultant")):
        assert says((1, "workforce", f"site ({tier} tier)", "North"), (-1, "workforce", "grade", grade)) == (0, 0)
    assert says(
        *((1, "workforce", f"site ({tier} tier)", "North") for tier in ("lower", "upper", "no")), (-1, "workforce", "site", "North")
    ) == (0, 0)
    assert says((1, "workforce", "staff_group", "medical"), whole) is None, (
        "of the other side nothing was supplied, so they are too far apart"
    )
    assert found == {}


def test_who_is_counted_is_among_the_wider_circle_and_kinds_of_members_make_up_the_board():
    members = [
        ("board", "membership", kind, "bme", number)
        for kind, number in (("total", 20), ("voting", 12), ("non_voting", 8), ("executive", 20))
    ]
    found = known(counted(*members, ("shortlisted", "overall", "all", "bme", 9), ("appointed", "overall", "all", "bme", 9)))
    board = frozenset(
        [(1, "board", "membership", "voting"), (1, "board", "membership", "non_voting"), (-1, "board", "membership", "total")]
    )
    alone = frozenset([(1, "board", "membership", "executive"), (-1, "board", "membership", "total")])
    among = frozenset([(1, "appointed", "overall", "all"), (-1, "shortlisted", "overall", "all")])
    assert found.keys() == {board, alone, among} and found[board] == found[alone] == (0, 0) and found[among][1] == 0
    more = counted(("shortlisted", "overall", "all", "bme", 8), ("appointed", "overall", "all", "bme", 9))
    assert known(more) == known(counted(("appointed", "overall", "all", "bme", 0))) == {}, "who are more, or of none, are none of theirs"


def test_what_another_standard_tells_of_everybody_is_told_of_all_groups_together():
    """Witness: by hand; between 20 and 29 of the board, whoever of them the other standard's groups are. A measure that is no other's tells nothing."""
    reader = object.__new__(Reader)

    def place(_, line, field):
        return Count(YEAR, "board", "membership", "total", field.split("_")[0]) if line["measure"] == "board_share" else None

    reader.places = SimpleNamespace(rules={"board_share": {}, "elsewhere": {}}, of=place)
    reader.parts = lambda cell: (cell,) if cell else ()
    line = {
        "measure": "board_share",
        "white_count": 9.0,
        "bme_count": np.nan,
        "unknown_count": np.nan,
        "white_base": 4,
        "bme_base": 5,
        "unknown_base": 6,
    }
    found = list(reader._of_everybody(line, {"bme_count": "11 to 16", "unknown_count": "fewer than 5"}))
    groups = tuple(Count(YEAR, "board", "membership", "total", group) for group in ("white", "bme", "unknown"))
    everybody = Count(YEAR, "board", "membership", "total", "all")
    assert found == [(everybody, groups, 20, 29), (everybody, groups, 15, 15)]
    assert (
        list(reader._of_everybody(line | {"measure": "elsewhere"}, {})) == list(reader._of_everybody(line | {"measure": "other"}, {})) == []
    )


# ------------------------------------------------------------------ what is told of categories


def deciding(*rows, parts=(), **policy):
    decision = Decision(
        People(counted(*rows)), DisclosurePolicy(**policy), {"trained": ("headcount", "workforce"), "appointed": ("shortlisted",)}
    )
    decision.parts.update(parts)
    return decision


@pytest.mark.parametrize(
    ("parts", "units", "bases"),
    [
        ({}, [["A"], ["B"], ["C"]], [None] * 3),
        ({("staff", "site"): None}, None, None),
        ({("staff", "site"): [["B", "A"], ["C"]]}, [["B", "A"], ["C"]], [50, 30]),
        ({("staff", "site"): [["C", "D"], ["B", "D"]]}, [["A"], ["B"], ["C"]], [None, 20, 30]),
        ({("staff", "site"): [["D"], ["A", "B", "C"]]}, [["A", "B", "C"]], [80]),
    ],
)
def test_categories_stand_in_the_parts_in_which_the_wider_circle_is_told(parts, units, bases):
    """Of A, B and C are 30, 20 and 30 staff, of D nobody was supplied; the parts of the wider circle stand in the order of the categories."""
    decision = deciding(*(("headcount", "site", name, "bme", people) for name, people in zip("ABC", (30, 20, 30), strict=True)),
                        parts={(YEAR, *place, "bme"): told for place, told in parts.items()})  # fmt: skip
    assert _units(decision, YEAR, "trained", "site", "bme", ["A", "B", "C"]) == (units, bases)


def test_a_base_is_that_of_the_table_that_has_it():
    rows = [
        ("workforce", "site", "A", "bme", 7),
        ("headcount", "site", "B", "bme", 0),
        ("workforce", "site", "B", "bme", 9),
        ("shortlisted", "site", "A", "bme", 3),
    ]
    decision = deciding(*rows)
    asked = [
        ("headcount", ["A"]),
        ("workforce", ["B"]),
        ("headcount", ["A", "B"]),
        ("headcount", ["C"]),
        ("shortlisted", ["A", "B"]),
        ("shortlisted", ["B"]),
    ]
    assert [_base(decision, YEAR, item, "site", names, "bme") for item, names in asked] == [7, 0, 0, None, 3, None]


@pytest.mark.parametrize(
    ("grades", "told", "tells"),
    [
        ([["Band 5", "Consultant"]], [["medical"], ["clinical"]], True),  # who is told together is divided by the sides
        ([["Band 5"], ["Consultant"]], [["medical"], ["clinical"]], False),
        ([["Band 5", "Consultant"]], [["medical", "clinical"]], False),
        ([["Band 5", "Band 6"], ["Consultant"]], [["medical"], ["clinical"]], False),
        (None, [["medical"], ["clinical"]], False),
    ],
)
def test_sides_tell_of_grades_where_they_divide_a_sum_of_these(grades, told, tells):
    """By hand: consultants are all of the medical side, bands 5 and 6 all of the clinical one."""
    rows = [
        ("workforce", "grade (medical)", "Consultant", "bme", 9),
        ("workforce", "grade (clinical)", "Band 5", "bme", 9),
        ("workforce", "grade (clinical)", "Band 6", "bme", 9),
    ]
    rows += [("trained", "grade", grade, "bme", 5) for grade in ("Band 5", "Band 6", "Consultant")]
    decision = deciding(*rows, parts={(YEAR, "trained", "grade", "bme"): grades})
    assert _tells_of_grades(decision, YEAR, "trained", "bme", told) is tells
    assert not _tells_of_grades(deciding(*rows[3:], parts=decision.parts), YEAR, "trained", "bme", told), "the sides are counted nowhere"


def test_rows_are_apart_where_no_side_has_people_of_both():
    belongs = np.array([[True, False, False, False], [False, True, True, False], [False, False, False, False]])
    assert (
        rows_apart(belongs) == [[0], [1, 2]]
        and rows_apart(belongs, [[0, 1]]) == [[0, 1, 2]]
        and rows_apart(belongs, [[0], [2]]) == [[0], [1], [2]]
    )
    assert crossed([[0, 1]], [[0], [1, 2]]) and not crossed([[1, 2], [0]], [[0], [1, 2]]) and not crossed([[0, 3], [3, 1]], [[0], [1, 2]])


def table(values):
    return SimpleNamespace(values=np.array(values))


def test_zeros_of_a_table_are_shown_where_the_policy_shows_them():
    """Witness: the three values of the key. Nobody of a row is an empty category; nobody of a group of a row is none."""
    lone, empty = table([[[1, 0, 0], [4, 1, 1]]]), table([[[0, 0, 0], [4, 1, 1]]])
    for policy, shown in (("all", (True, True)), ("none", (False, False)), ("empty_categories", (False, True))):
        decision = deciding(("headcount", "site", "A", "bme", 3), show_zeros=policy, show_everybody="all")
        rules = [_rule_for(decision, each) for each in (lone, empty)]
        assert rules == [Smallness(5, zeros, True) for zeros in shown], policy


def test_rows_of_a_pay_tier_are_a_section_and_those_of_a_side_alone_stand_first(reference):
    rows = ("Band 2", "Band 6", "Band 8a", "Band 8b", "Consultant", "Trainee grade", "Band 7")
    assert _sections(reference, rows, {}) == [[0], [1, 6], [2, 3], [4, 5]]
    sides = {"clinical": {"Band 2", "Band 6", "Band 8a"}, "non_clinical": {"Band 2", "Band 8b"}, "medical": {"Consultant", "Trainee grade"}}
    assert _sections(reference, rows, sides) == [[4, 5], [0], [1, 6], [2, 3]], "of Band 7 nobody is on any side"


def test_a_sum_is_told_where_all_tables_have_it():
    a, b = (Count(YEAR, "shortlisted", "site", name, "bme") for name in "AB")
    assert _told([a, b], [{a: 1, b: 2}, {a: 2, b: 1}]) == 3 and np.isnan(_told([a], [{a: 1, b: 2}, {a: 2, b: 1}]))
    assert _told([a], [{b: 2}]) == 0, "of whom nobody was supplied"


def test_parts_of_the_staff_are_told_in_units_that_no_sum_divides_and_bme_people_within_them():
    def cells(group, *names, breakdown="grade", item="workforce"):
        return [Count(YEAR, item, breakdown, name, group) for name in names]

    merged = [cells("white", "Band 5", "Band 6"), cells("unknown", "Band 6", "Band 7"), cells("bme", "Band 5", "Band 6"), cells("bme", "VSM", "Band 9"),
              cells("white", "A", "B", breakdown="site"), cells("white", "A", "B", item="headcount"), cells("white", "all", "any", breakdown="overall"),
              [*cells("white", "Band 2"), *cells("white", "A", breakdown="site")]]  # fmt: skip
    assert _blocks(merged) == {
        (YEAR, "grade"): [["Band 5", "Band 6", "Band 7"], ["Band 9", "VSM"], ["Band 5", "Band 6"]],
        (YEAR, "site"): [["A", "B"]],
    }


@pytest.mark.parametrize(
    ("of_counted", "of_base", "sets"),
    [
        ([["A", "B"], ["C"]], [["A"], ["B"], ["C"]], [["A", "B"]]),
        ([["A"], ["B"], ["C"]], [["B", "C"], ["A"]], [["B", "C"]]),
        ([["A", "B"], ["C"]], [["B", "C"], ["A"]], []),  # all of them have a row of their own
        ([["A"], ["B"], ["C"]], [["A"], ["B"], ["C"]], []),
        ([["A", "B"], ["C"]], None, []),
    ],
)
def test_comparisons_are_told_of_sets_that_no_sum_divides(of_counted, of_base, sets):
    parts = {(YEAR, "trained", "site", group): of_counted for group in ("white", "bme")}
    parts |= {(YEAR, "staff", "site", group): of_base for group in ("white", "bme")}
    rule = {"numerator": "trained", "base": "headcount"}
    assert _sets(SimpleNamespace(parts=parts), YEAR, "site", rule, ["A", "B", "C"]) == sets
    apart = {place: [["A", "B"], ["C"]] if place[3] == "bme" and place[1] == "trained" else [["A"], ["B"], ["C"]] for place in parts}
    assert _sets(SimpleNamespace(parts=apart), YEAR, "site", rule, ["A", "B", "C"]) == [["A", "B"]], "of both groups alike"


def split_of(values, blocks, totals=((0,), (1,))):
    groups = ("white", "bme", "unknown")
    cells = tuple(
        tuple(tuple(Count(YEAR, item, "site", row, group) for group in groups) for row in "AB")
        for item in ("headcount", "workforce")[: len(values)]
    )
    return Split(
        PeopleTable(cells, np.array(values), ("A", "B"), groups),
        dict(zip(groups, blocks, strict=True)),
        totals and [list(rows) for rows in totals],
    )


def test_of_two_rows_told_together_it_is_said_which_is_small_of_the_two_groups_that_move():
    """By hand: 2 and 20 BME people, with 30 and 25 undisclosed, and white people told row by row. 22 less 1 to 4 are 18 to 21."""
    people, apart, together = [[40, 2, 30], [50, 20, 25]], [[0], [1]], [[0, 1]]
    said = split_of([people], (apart, together, together)).said(Smallness(5))
    assert said == [(0, "bme", (1, 4)), (0, "unknown", (28, 31)), (1, "bme", (18, 21)), (1, "unknown", (24, 27))]
    assert split_of([people] * 2, (apart, together, together)).said(Smallness(5)) == said
    assert split_of([people, people[::-1]], (apart, together, together)).said(Smallness(5)) == [], "the tables do not agree"
    assert split_of([people], (apart, together, together), None).said(Smallness(5)) == [], "the rows' totals are not told"
    assert split_of([people], (together, together, together)).said(Smallness(5)) == [], "three groups move"
    assert (
        split_of([people], (apart, apart, together)).said(Smallness(5))
        == []
        == split_of([people], (apart, apart, apart)).said(Smallness(5))
    )
    assert split_of([people], (apart, None, together)).said(Smallness(5)) == said


def test_rows_that_are_not_told_are_those_of_larger_parts_in_which_somebody_is():
    people, apart, together = [[40, 2, 0], [50, 20, 0]], [[0], [1]], [[0, 1]]
    split = split_of([people], (apart, together, together))
    assert split.hidden().tolist() == [[False, True, False]] * 2 and split.sums() == [("bme", [0, 1]), ("unknown", [0, 1])]
    lone = split_of([[[40, 2, 0], [50, 0, 0]]], (apart, together, apart))
    assert lone.hidden().tolist() == [[False, True, False]] * 2, "in one of the rows"
    assert split_of([people], (apart, None, None)).hidden().tolist() == [[False, True, True]] * 2
    assert (
        split.named("bme") == [["A", "B"]]
        and split.named(None) == [["A"], ["B"]]
        and split_of([people], (apart, None, None), None).named(None) is None
    )


def test_of_a_table_of_which_no_total_may_be_told_each_group_is_told_where_its_sum_may_be():
    """By hand: 90 white people; three BME people, whose sum is small; nine undisclosed, of whom four and five are told together; a group hidden elsewhere."""
    table = split_of([[[40, 3, 4], [50, 0, 5]]], (None,) * 3).table
    split = group_split(table, Smallness(5), ())
    assert (split.blocks, split.totals) == ({"white": [[0], [1]], "bme": None, "unknown": [[0, 1]]}, None)
    assert group_split(table, Smallness(5), ("white",)).blocks["white"] is None


def test_bme_people_of_a_row_are_held_with_the_others_of_it_and_those_who_are_not_white_where_some_are_bme():
    """By hand: 9, 3 and 6 people of whom 0, 3 and 2 are BME; of a row without BME people nothing is asked; of 9 or fewer either side would be few."""
    rows = [[4, 0, 5], [0, 3, 0], [0, 2, 4], [3, 2, 5]]
    own, others, undisclosed = _bme_strands(np.array([rows]), (0, 1, 2), Smallness(5), np.array([1, 1, 2, 1]))
    assert (own.amounts.tolist(), own.room.tolist(), own.rows.tolist()) == ([0, 3, 2, 2], [5, 3, 6, 6], [1, 1, 2, 1])
    assert (others.amounts.tolist(), others.room.tolist()) == ([0, 0, 4, 8], [9, 3, 6, 10])
    assert (undisclosed.amounts.tolist(), undisclosed.follows) == ([5, 0, 4, 5], True)
    assert _bme_strands(np.array([rows]), (0, 1, 2), Smallness(5, zeros=False), np.array([1, 1, 2, 1]))[0].rows is None
    table = PeopleTable((), np.array([rows]), tuple("ABCD"), ("white", "bme", "unknown"))
    [not_white] = _pairs(table, [[0, 1], [2], [3]], Smallness(5))
    assert (not_white.amounts.tolist(), not_white.room.tolist()) == ([8, 4, 7], [12, 6, 10])
    [every] = _pairs(table, [[0], [1], [2], [3]], Smallness(5, zeros=False))
    assert every.amounts.tolist() == [5, 3, 4, 7] and _pairs(table, [], Smallness(5)) == []
    [few] = _pairs(table, [[0], [3]], Smallness(6))
    assert few.amounts.tolist() == [0, 5], "of ten people, either side of six would be few"


def test_what_is_told_of_sides_is_told_of_no_fewer_rows_than_of_both_together():
    """By hand: hundreds of each group in each of three grades on both sides; of both sides together two grades are told as one, of all or of BME people."""
    groups, rows, apart, together = ("white", "bme", "unknown"), ("Band 5", "Band 6", "Band 7"), [[0], [1], [2]], [[0, 1], [2]]
    sides = PeopleTable((), np.array([[[400, 200, 300]] * 3, [[500, 250, 350]] * 3]), rows, groups)
    both = PeopleTable((), sides.values.sum(axis=0, keepdims=True), rows, groups)
    for totals, bme, rest in ((apart, apart, apart), (together, together, together), (apart, together, together), (apart, apart, together)):
        whole = Split(both, {"white": rest if bme == apart else apart, "bme": bme, "unknown": rest if bme == apart else apart}, totals)
        told = separated_staff(sides, whole, Smallness(5), [[0, 1, 2]])
        assert (told.totals, told.blocks["bme"]) == (totals, bme)
        assert told.blocks["white"] == told.blocks["unknown"] == rest, "and of the rest, no fewer than of BME people"
        alone = separated_staff(sides, whole, Smallness(5), [[0, 1, 2]], rest_told=False)
        assert (alone.totals, alone.blocks) == (totals, {"white": None, "bme": bme, "unknown": None})
