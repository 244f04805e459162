"""The model of a printed page. Witness: counts tried one by one, and arithmetic by hand written beside each case."""

from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.examples import examples

from wres_helpers.page_model import Difference, ModelledPage, at_most, between, exactly, ratio, share, smallest_conflict, total

POINT_ONE, POINT_01 = Fraction(1, 10), Fraction(1, 100)


def rounded(name, unknown, value, step):
    return between(name, unknown, value - step / 2, value + step / 2)


def printed(name, unknown, text):
    return rounded(name, unknown, Fraction(text), Fraction(1, 10 ** len(text.partition(".")[2])))


def fewer_than(name, unknown, bound):
    return between(name, unknown, 0, bound - 1)


def feasible(statements):
    return ModelledPage(statements).fits()


def range_of(unknown, statements):
    return ModelledPage(statements, [unknown]).range_of(unknown)


def mended_by(statements, conflict):
    """Return the statements of a conflict each of which, left out alone, makes all the rest fit."""
    return [each for each in conflict if not each.given and feasible([other for other in statements if other is not each])]


def test_a_hidden_cell_follows_from_its_total():
    # fewer than 5, and 8, of 10: 2
    said = [fewer_than("yes", "yes", 5), exactly("no", "no", 8), exactly("all", "all", 10), total("sum", "all", ["yes", "no"], given=True)]
    assert feasible(said)
    found = range_of("yes", said)
    assert (found.low, found.high, found.exact) == (2, 2, True)


def test_a_board_table_with_ranges_fits():
    # 29, 1 to 7, 1 to 7, 0 and 0 of 37: the two add up to 8
    said = [exactly("a", "a", 29), between("b", "b", 1, 7), between("c", "c", 1, 7), exactly("d", "d", 0), exactly("e", "e", 0)]
    said += [exactly("all", "all", 37), total("sum", "all", "abcde", given=True)]
    assert feasible(said)
    assert (range_of("b", said).low, range_of("b", said).high) == (1, 7)


def test_a_percentage_that_no_whole_number_gives():
    # 37 of 413 is 8.96%, 38 is 9.20%; 19 of 165 is 11.52%, 18 is 10.9% and 20 is 12.1%
    assert not feasible([exactly("base", "base", 413), printed("rate", share("count", "base"), "9.09")])
    found = range_of("count", [exactly("base", "base", 165), printed("rate", share("count", "base"), "11.5")])
    assert (found.low, found.high) == (19, 19)


def test_an_unprinted_base_lies_where_both_shares_allow():
    # 825 is 82.5% of 999.4 to 1000.6, 157 is 15.7% of 996.8 to 1003.2
    said = [exactly("white", "white", 825), printed("white share", share("white", "base"), "82.5")]
    said += [exactly("bme", "bme", 157), printed("bme share", share("bme", "base"), "15.7")]
    assert (range_of("base", said).low, range_of("base", said).high) == (1000, 1000)


def test_a_ratio_of_two_printed_shares_without_a_count():
    # 9.3 / 4.4 lies between 9.25 / 4.45 = 2.079 and 9.35 / 4.35 = 2.149
    said = [printed("white", share("wc", "wb"), "9.3"), printed("bme", share("bc", "bb"), "4.4")]
    quotient = ratio(share("wc", "wb"), share("bc", "bb"))
    found = range_of(quotient, said)
    assert (round(found.low, 3), round(found.high, 3)) == (2.079, 2.149)
    assert feasible([*said, printed("ratio", quotient, "2.13")]) and not feasible([*said, printed("ratio", quotient, "2.24")])


def test_a_gap_of_printed_shares():
    # 78% and then 76%: between -3 and -1 points, so not 2 points more
    said = [printed("then", share("c1", "b1"), "78"), printed("now", share("c2", "b2"), "76")]
    gap = Difference(share("c2", "b2"), share("c1", "b1"))
    found = range_of(gap, said)
    assert (round(found.low, 6), round(found.high, 6)) == (-3, -1)
    assert not feasible([*said, printed("gap", gap, "2")])


def test_a_majority_is_more_than_half():
    said = [exactly("all", "all", 10), exactly("most", "part", 5)]
    assert not feasible([*said, between("majority", share("part", "all"), 50 + Fraction(1, 10**6), 100)])
    assert feasible(
        [exactly("all", "all", 10), exactly("most", "part", 6), between("majority", share("part", "all"), 50 + Fraction(1, 10**6), 100)]
    )


def test_the_smallest_conflict_and_what_mends_it():
    # 5 + 32 = 37 and 5 of 37 is 13.5%, printed 14%; the text says 27 were asked
    said = [exactly("yes", "yes", 5), exactly("no", "no", 32), exactly("asked", "all", 27), total("sum", "all", ["yes", "no"], given=True)]
    said += [printed("share", share("yes", "all"), "14"), exactly("elsewhere", "other", 4)]
    conflict = smallest_conflict(said)
    assert {each.name for each in conflict} <= {"yes", "no", "asked", "sum", "share"} and "elsewhere" not in {
        each.name for each in conflict
    }
    assert [each.name for each in mended_by(said, conflict)] == ["asked"]


def test_shares_of_nobody_say_nothing():
    assert feasible([exactly("c", "c", 0), exactly("b", "b", 0), printed("r", share("c", "b"), "0")])


def test_a_star_says_nothing_and_an_unlimited_range_is_told_as_such():
    found = range_of("c", [between("c", "c", 0, float("inf"))])
    assert found.low == 0 and found.high == float("inf")


def test_a_page_that_contradicts_itself_answers_no_question():
    with pytest.raises(ValueError):
        range_of("c", [exactly("one", "c", 1), exactly("two", "c", 2)])


def test_parity_needs_the_solver():
    # x + y, y + z and x + z are all 1 in thirds of a ring: their sum 3 is odd, so no whole numbers do
    ring = [("x", "y"), ("y", "z"), ("x", "z")]
    said = [exactly(f"{a}{b}", (a, b), 1) for a, b in ring] + [total(f"sum {a}{b}", (a, b), [a, b], given=True) for a, b in ring]
    assert not feasible(said)


def test_percentages_of_bases_nobody_prints_are_held_together_by_their_logarithms():
    # 48 / 50 over 31 / 64, each half a unit out: from 47.5 / 50.5 * 63.5 / 31.5 = 1.896 to 48.5 / 49.5 * 64.5 / 30.5 = 2.072
    said = [printed("b", share("eb", "e"), "48"), printed("w", share("ew", "e"), "50")]
    said += [printed("hb", share("hb", "h"), "31"), printed("hw", share("hw", "h"), "64")]
    likelihood = ratio(share("eb", "hb"), share("ew", "hw"))
    low, high = ModelledPage(said, [likelihood]).proportion(likelihood)
    assert (round(low, 3), round(high, 3)) == (1.896, 2.072)
    assert feasible([*said, printed("r", likelihood, "1.97")])
    wrong = [*said, printed("r", likelihood, "2.20")]
    # bounds alone cannot tell
    assert ModelledPage(wrong).fits(thorough=False) and not feasible(wrong)
    assert {each.name for each in smallest_conflict(wrong)} == {"b", "w", "hb", "hw", "r"}


SIDES = ("white", "bme")
ANSWERS = ("yes", "no")


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_ranges_of_a_table_are_those_of_all_tables_that_fit(data):
    true = {(side, answer): data.draw(st.integers(0, 4)) for side in SIDES for answer in ANSWERS}
    shown = {cell: data.draw(st.sampled_from(["exact", "hidden", "below 5", "1 to 3"])) for cell in true}
    margins = data.draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    said = []
    for cell, value in true.items():
        if shown[cell] == "exact" or (shown[cell] == "1 to 3" and not 1 <= value <= 3):
            said.append(exactly(str(cell), cell, value))
        elif shown[cell] == "1 to 3":
            said.append(between(str(cell), cell, 1, 3))
        else:
            said.append(fewer_than(str(cell), cell, 5))
    if margins[0]:
        for side in SIDES:
            said += [exactly(side, side, sum(true[side, each] for each in ANSWERS)), total("t", side, [(side, each) for each in ANSWERS])]
    if margins[1]:
        for answer in ANSWERS:
            said += [
                exactly(answer, answer, sum(true[each, answer] for each in SIDES)),
                total("t", answer, [(each, answer) for each in SIDES]),
            ]
    page = ModelledPage(said, true)
    tables = [dict(zip(true, values, strict=True)) for values in product(range(5), repeat=4)]

    def stands(table):
        for cell, value in table.items():
            if shown[cell] == "exact" and value != true[cell]:
                return False
            if shown[cell] == "1 to 3" and value != true[cell] and not (1 <= value <= 3 and 1 <= true[cell] <= 3):
                return False
        rows = not margins[0] or all(sum(table[s, a] - true[s, a] for a in ANSWERS) == 0 for s in SIDES)
        columns = not margins[1] or all(sum(table[s, a] - true[s, a] for s in SIDES) == 0 for a in ANSWERS)
        return rows and columns

    fitting = [table for table in tables if stands(table)]
    for cell in true:
        found = page.range_of(cell)
        assert (found.low, found.high) == (min(t[cell] for t in fitting), max(t[cell] for t in fitting))
    # looked round first, a page tells as many values as are enough, or all there are
    enough, page = data.draw(st.integers(2, 5)), ModelledPage(said, true)
    page.look_round(dict.fromkeys(true, enough))
    for cell in true:
        found, least, most = page.range_of(cell, enough=enough), min(t[cell] for t in fitting), max(t[cell] for t in fitting)
        assert least <= found.low and found.high <= most
        assert (found.low, found.high) == (least, most) or found.high - found.low + 1 >= enough


@settings(max_examples=examples(120), deadline=None)
@given(st.data())
def test_a_page_without_some_statements_tells_what_a_page_never_given_them_tells(data):
    """Counts, totals, shares and a gap, most of them redundant, some wrong. Witness: the page made anew of what is left."""
    true = {(side, answer): data.draw(st.integers(0, 60)) for side in SIDES for answer in ANSWERS}
    of_side = {side: sum(true[side, answer] for answer in ANSWERS) for side in SIDES}
    yes = {side: share((side, "yes"), side) for side in SIDES}
    said = [exactly(f"count {cell}", cell, value) for cell, value in true.items()]
    said += [between(f"about {cell}", cell, max(0, value - 3), value + 4) for cell, value in true.items()]
    for side, people in of_side.items():
        said += [exactly(f"all {side}", side, people), total(f"sum {side}", side, [(side, answer) for answer in ANSWERS])]
        rate = Fraction(100 * true[side, "yes"], people) if people else Fraction(0)
        said += [rounded(f"share {side}", yes[side], round(rate * 10) / Fraction(10), POINT_ONE)] if people else []
    said.append(between("gap", Difference(yes["bme"], yes["white"]), -100, data.draw(st.integers(-5, 100))))
    names = [each.name for each in said]
    first, more = (set(data.draw(st.lists(st.sampled_from(names), max_size=size))) for size in (9, 6))
    page = ModelledPage(said, [*true, *of_side, *yes.values()])
    for found, gone in ((page.without(first), first), (page.without(first).without(more), first | more)):
        anew = ModelledPage([each for each in said if each.name not in gone], [*true, *of_side, *yes.values()])
        assert found.fits(thorough=False) == anew.fits(thorough=False)
        for unknown in (*true, *of_side, *yes.values()) if anew.fits(thorough=False) else ():
            ends = [(each.low, each.high) for each in (found.range_of(unknown, thorough=False), anew.range_of(unknown, thorough=False))]
            assert ends[0] == pytest.approx(ends[1], rel=1e-9), unknown


def test_a_share_goes_with_the_count_that_it_followed_from():
    # 10 less 7 is 3, and 3 of 10 is 30%; without the 7 anybody may be among them
    rate = share("bme", "all")
    said = [exactly("A", "white", 7), exactly("B", "all", 10), total("row", "all", ["white", "bme"])]
    page = ModelledPage(said, [rate])
    ends = [(each.low, each.high) for each in (asked.range_of(rate, thorough=False) for asked in (page, page.without("A")))]
    assert ends == [(30, 30), (0, 100)]


@settings(max_examples=examples(100), deadline=None)
@given(count=st.integers(0, 300), base=st.integers(1, 300), places=st.integers(0, 2))
def test_what_is_rightly_rounded_always_fits(count, base, places):
    count = min(count, base)
    exact = Fraction(100 * count, base)
    step = Fraction(1, 10**places)
    value = Fraction(int(exact / step + Fraction(1, 2))) * step
    said = [exactly("c", "c", count), exactly("b", "b", base), rounded("r", share("c", "b"), value, step), at_most("part", "c", "b")]
    assert feasible(said)
    assert not feasible([*said[:2], rounded("r", share("c", "b"), value + 2 * step, step)])


def test_counts_from_elsewhere_answer_only_where_they_fit_everything():
    # two tables of 10, x at most y at most z; what is offered first keeps the sum of the second only, which it tells to be wide enough
    said = []
    for name in "ab":
        parts = [f"{name}x", f"{name}y", f"{name}z"]
        said += [exactly(f"all {name}", name, 10), total(f"sum {name}", name, parts)]
        said += [at_most(f"{one} {other}", one, other) for one, other in pairwise(parts)]
    offered = {"a": 10, "ax": 9, "ay": 9, "az": 9, "b": 10, "bx": 0, "by": 3, "bz": 7}
    page = ModelledPage(said)
    page.witnesses([offered, offered | {"ax": 0, "bx": 2, "by": 3, "bz": 5}])
    found = page.range_of("bx", enough=3)
    assert (found.low, found.high, found.exact) == (0, 2, False)
    # of 10 the smallest of three is 3 at most
    assert [(found.low, found.high) for found in (page.range_of("ax", enough=3), page.range_of("bx"))] == [(0, 3), (0, 3)]


def test_what_is_known_joins_nothing():
    # a known total of two tables leaves each a question of its own
    said = [
        exactly("all", "all", 20),
        exactly("a", "a", 10),
        exactly("b", "b", 10),
        total("sum", "all", "ab"),
        total("a", "a", ["a1", "a2"]),
        total("b", "b", ["b1", "b2"]),
    ]
    page = ModelledPage(said)
    joined = {tuple(page._component_of(page.grounded.columns[each]).members) for each in ("a1", "a2", "b1", "b2")}
    assert sorted(map(len, joined)) == [2, 2]
    assert (page.range_of("a1").low, page.range_of("a1").high) == (0, 10)


def test_a_count_tells_the_sum_it_follows_from_and_what_is_said_outright_tells_none():
    page = ModelledPage(
        [exactly("A", "white", 7), exactly("B", "all", 10), total("row", "all", ["white", "bme"]), between("C", "bme", 1, 7)]
    )
    assert page.sum_behind("bme") == [(-1, 7), (1, 10)] and page.sum_behind("white") == []
    # 9 or 10 less 7 is no number yet
    assert (
        ModelledPage([exactly("A", "white", 7), between("B", "all", 9, 10), total("row", "all", ["white", "bme"])]).sum_behind("bme") == []
    )
    # 35% of a hundred is a number that follows from no sum
    assert ModelledPage([exactly("A", "all", 100), between("S", share("bme", "all"), 35, 35)]).sum_behind("bme") == []
