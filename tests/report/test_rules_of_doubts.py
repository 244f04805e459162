"""What a status may come to and how sure it is: every decision on both its sides. Witness: the printed rule, and rows by hand beside each case."""

import math

import pandas as pd
import pytest

from wres_helpers.analysis.asides import ANSWERED_UNDISCLOSED, AS_ANSWERED, JUDGED_BY, JUDGED_BY_OPPOSITE
from wres_helpers.report.summary import standings
from wres_helpers.report.words import doubts, which_indicators
from wres_helpers.standard import statuses as codes

LARGE, SOME, UNCLEAR = codes.LARGE_DIFFERENCE, codes.SOME_DIFFERENCE, codes.NO_CLEAR_DIFFERENCE
EQUAL, OTHER, FEW = codes.EQUIVALENT, codes.DIFFERENCE_OTHER_WAY, codes.TOO_FEW_TO_JUDGE


@pytest.mark.parametrize(
    ("code", "becomes", "words"),
    [
        (LARGE, {SOME}, ["no longer large"]), (LARGE, {UNCLEAR}, ["unclear"]), (LARGE, {SOME, EQUAL}, ["unclear"]), (LARGE, set(), []),
        (LARGE, {FEW}, ["no longer large"]), (SOME, {LARGE}, ["large"]), (SOME, {UNCLEAR}, ["unclear"]), (SOME, {LARGE, UNCLEAR}, ["large", "unclear"]),
        (UNCLEAR, {LARGE, SOME}, ["large"]), (UNCLEAR, {SOME}, ["clearly worse"]), (UNCLEAR, {OTHER}, ["clearly better"]),
        (UNCLEAR, {LARGE, OTHER}, ["large", "clearly better"]), (EQUAL, {UNCLEAR}, ["unclear"]),
        (UNCLEAR, {EQUAL}, ["equivalent"]), (UNCLEAR, {FEW}, ["too few to judge"]), (UNCLEAR, set(), []), (OTHER, {UNCLEAR, EQUAL}, ["unclear"]),
    ],
)  # fmt: skip
def test_what_a_cause_could_make_of_a_status_is_told_by_the_gravest_and_whether_it_is_undone(code, becomes, words):
    """The other side is told beside the gravest: 'could be large' stood alone where twice as many ways to spread the undisclosed led to the other side."""
    assert doubts.could_be(code, frozenset(becomes)) == words
    assert doubts.undoes(code, frozenset(becomes)) is (code in (LARGE, SOME, OTHER) and bool(becomes & {UNCLEAR, EQUAL}))


def test_statuses_are_named_in_small_without_what_stands_in_brackets():
    assert (
        doubts.in_words(frozenset({SOME, EQUAL})) == "'some difference' or 'equivalent'"
        and doubts.in_words(frozenset({LARGE})) == "'large difference'"
    )


@pytest.fixture
def judged(made, rows_of):
    """Evidence of a status of indicator 2 whose relative likelihood has an interval, with what one person could make of it."""

    def make(status, ends=None, person=(), kind=JUDGED_BY, **more):
        row = (
            rows_of.result("2", "appointed_from_shortlisting", (600, 1000), (300, 1000), value=2.0, lower=1.8, upper=2.2, status=status)
            | more
        )
        asides = [row | {"kind": kind, "value": 1.5, "lower": ends[0], "upper": ends[1]}] if ends else []
        shown = made([row], [rows_of.status("2", status, status)], asides=asides)
        shown.findings_with_one_person = {"2": set(person)} if person else {}
        return shown, pd.Series(row)

    return make


@pytest.mark.parametrize(
    ("status", "ends", "person", "told"),
    [
        (LARGE, (1.3, 1.9), (), "large beyond chance"), (LARGE, (1.2500001, 1.9), (), "large beyond chance"), (LARGE, (1.25, 1.9), (), doubts.UNSURE),
        (LARGE, (1.2, 1.9), (), doubts.UNSURE), (LARGE, None, (), "large as counted"), (LARGE, (1.3, 1.9), (SOME,), "large as counted"),
        (SOME, (1.1, 1.25), (), "not large as counted"), (SOME, (1.1, 1.26), (), doubts.UNSURE), (SOME, None, (), "not large as counted"),
        (UNCLEAR, (0.9, 1.9), (), ""), (EQUAL, (0.9, 1.1), (), ""), (OTHER, (1.3, 1.9), (), ""),
    ],
)  # fmt: skip
def test_how_sure_the_size_of_a_difference_is(judged, status, ends, person, told):
    shown, row = judged(status, ends, person)
    assert doubts.size_told(shown, row) == told and doubts.size_told(shown, None) == ""


def test_by_which_ratio_a_size_is_judged_the_answer_comes_before_its_opposite(judged):
    shown, row = judged(LARGE, (1.3, 1.9), kind=JUDGED_BY_OPPOSITE)
    assert doubts.judged_by(shown, row)["kind"] == JUDGED_BY_OPPOSITE
    other, row = judged(LARGE)
    assert doubts.judged_by(other, row) is None


UNLIKE = "3.01 (1.20 to 7.55), not clear by the rule, if taken from white staff, and 3.21 (1.28 to 8.05), clearly worse as counted, if taken from the undisclosed"


@pytest.mark.parametrize(
    ("others", "undisclosed", "told"),
    [
        (False, True, UNLIKE), (False, False, "3.01 (1.20 to 7.55), not clear by the rule, if taken from white staff"),
        (True, True, "3.01 (1.20 to 7.55), clearly worse as counted, if taken from white staff"), (False, None, UNLIKE.partition(", and ")[0]),
        (None, True, UNLIKE.partition(", and ")[2]), (None, None, ""),
    ],
)  # fmt: skip
def test_whence_those_are_taken_who_answered_and_are_not_on_record_is_said_and_both_where_it_matters(
    made, rows_of, others, undisclosed, told
):
    """Witness: a statistician's 3.21, clear, of the same 610 of whom the page told 3.01 alone, without a word of whence they come."""
    row = rows_of.result("3", "entering_disciplinary", (14, 4574), (6, 325), value=6.03, lower=2.4, upper=15.0, status=UNCLEAR)
    given = ((AS_ANSWERED, others, (3.01, 1.2, 7.55)), (ANSWERED_UNDISCLOSED, undisclosed, (3.21, 1.28, 8.05)))
    asides = [
        row | {"kind": kind, "bme_base": 610.0, "clearly_worse": clear} | dict(zip(("value", "lower", "upper"), found, strict=True))
        for kind, clear, found in given
        if clear is not None
    ]
    said = doubts.beside_status(made([row], [rows_of.status("3", UNCLEAR, UNCLEAR)], asides=asides), pd.Series(row))
    assert [each.partition("it would be ")[2] for each in said if "without a further case" in each] == ([told] if told else [])


@pytest.mark.parametrize(
    ("more", "looks"),
    [
        ({"clear": False}, "looks worse for BME staff"), ({"clear": True}, ""), ({"clear": False, "lower": 0.9}, ""), ({"clear": None}, ""),
        ({"clear": False, "value": 0.5, "lower": 0.3, "upper": 0.9}, "looks worse for white staff"), ({"clear": False, "lower": None}, ""),
    ],
)  # fmt: skip
def test_what_is_not_clear_and_leaves_out_equality_looks_worse_for_one_side(judged, more, looks):
    shown, row = judged(UNCLEAR, **more)
    assert doubts.leaning(shown, row) == looks and doubts.leaning(shown, None) == ""
    assert doubts.borderline_in_short(shown, row) == ("borderline, looks worse" if looks else "")


@pytest.mark.parametrize(
    ("status", "possible", "more", "becomes", "untold"),
    [
        (LARGE, {LARGE}, {}, set(), ""), (LARGE, {LARGE, SOME}, {}, {SOME}, ""), (LARGE, set(), {}, set(), doubts.NOT_KNOWN),
        (LARGE, set(), {"protection": '{"unknown_count": "[c]"}'}, set(), "hidden"),
        (LARGE, {LARGE, SOME}, {"protection": '{"unknown_count": "[c]"}'}, {SOME}, ""),
        (LARGE, set(), {"protection": '{"unknown_count": "not calculable"}'}, set(), doubts.NOT_KNOWN),
        (LARGE, set(), {"protection": '{"value": "[c]"}'}, set(), doubts.NOT_KNOWN),
    ],
)  # fmt: skip
def test_what_the_undisclosed_could_make_of_a_status(judged, status, possible, more, becomes, untold):
    shown, _ = judged(status, **more)
    shown.possible_statuses = {"2": possible}
    found = doubts.by_the_undisclosed(shown, "2")
    assert (set(found.becomes), found.untold) == (becomes, untold)
    assert doubts.by_the_undisclosed(shown, "4").untold == doubts.NOT_KNOWN


@pytest.mark.parametrize(
    ("status", "low", "high", "undone"),
    [(LARGE, 0.9, 3.0, True), (LARGE, 1.0, 3.0, True), (LARGE, 1.01, 3.0, False), (OTHER, 0.2, 1.0, True), (OTHER, 0.2, 0.99, False), (UNCLEAR, 0.5, 3.0, False)],
)  # fmt: skip
def test_the_undisclosed_undo_a_difference_where_equality_is_among_what_it_could_be(made, rows_of, status, low, high, undone):
    row = rows_of.result("2", "appointed_from_shortlisting", (600, 1000), (300, 1000), value=2.0, lower=1.8, upper=2.2, status=status)
    shown = made([row], [rows_of.status("2", status, status)], bounds=[row | {"lower_bound": low, "upper_bound": high, "assumption": ""}])
    shown.possible_statuses = {"2": {status, SOME}}
    found = doubts.by_the_undisclosed(shown, "2")
    assert (UNCLEAR in found.becomes) is undone and found.becomes - {UNCLEAR} == {SOME}


@pytest.mark.parametrize(
    ("order", "sizes", "p_values", "told"),
    [
        # of large differences those beyond chance come first, then the smallest p-value; one hidden comes last
        ((LARGE, LARGE), ((1.1, 1.9), (1.3, 1.9)), (0.001, 0.04), ["6", "2"]),
        ((LARGE, LARGE), ((1.3, 1.9), (1.3, 1.9)), (0.001, 0.04), ["2", "6"]),
        ((LARGE, LARGE), ((1.3, 1.9), (1.3, 1.9)), (0.04, 0.001), ["6", "2"]),
        ((LARGE, LARGE), ((1.3, 1.9), (1.3, 1.9)), (0.04, 0.04), ["2", "6"]),
        ((LARGE, LARGE), ((1.3, 1.9), (1.3, 1.9)), (None, 0.9), ["6", "2"]),
        ((SOME, LARGE), ((1.1, 1.2), (1.1, 1.9)), (0.001, 0.04), ["6", "2"]),
        ((FEW, EQUAL), ((1.1, 1.2), (0.9, 1.1)), (0.001, 0.04), ["6"]),
    ],
)
def test_indicators_stand_by_weight_size_and_surety(made, rows_of, order, sizes, p_values, told):
    measures = {"2": "appointed_from_shortlisting", "6": "harassment_staff"}
    rows, given, asides = [], [], []
    for (name, measure), code, ends, p_value in zip(measures.items(), order, sizes, p_values, strict=True):
        row = rows_of.result(name, measure, (600, 1000), (300, 1000), value=2.0, lower=1.8, upper=2.2, status=code, p_value=0.5)
        rows.append(row)
        given.append(rows_of.status(name, code, code, p_largest=math.nan if p_value is None else p_value))
        given[-1] |= {} if p_value is not None else {"p_largest": None}
        rows[-1] |= {"p_value": None} if p_value is None else {}
        asides.append(row | {"kind": JUDGED_BY, "value": 1.5, "lower": ends[0], "upper": ends[1]})
    shown = made(rows, given, asides=asides)
    shown.findings_with_one_person = {}
    assert which_indicators.by_urgency(shown) == told
    assert which_indicators.with_status(shown, LARGE) == [name for name, code in zip("26", order, strict=True) if code == LARGE]


def test_shares_compared_with_nothing_are_not_among_those_compared(made):
    shown = made()
    assert which_indicators.compared(shown) == which_indicators.indicators(shown) == list("123456789")
    catalogue = shown.context.catalogue
    alone = made()
    alone.context.catalogue = catalogue.assign(comparison=catalogue["comparison"].mask(catalogue["indicator"].eq("8"), "none"))
    assert which_indicators.compared(alone) == list("12345679") and which_indicators.indicators(alone) == list("123456789")


@pytest.mark.parametrize(
    ("ends", "person", "possible", "said"),
    [(None, (LARGE,), (), False), (None, (), (UNCLEAR, LARGE), False), ((0.9, 1.9), (), (), True), ((0.7, 1.2), (), (), False)],
)
def test_that_large_is_not_ruled_out_is_said_where_chance_alone_leaves_it_open(judged, ends, person, possible, said):
    """Witness: what one person, or the undisclosed, could make large says so itself; chance could make 0.7 to 1.2 no more than better."""
    shown, _ = judged(UNCLEAR, ends, person)
    shown.possible_statuses = {"2": set(possible)} if possible else {}
    assert standings.meaning(shown, "2") == f"Chance could explain it{'; large is not ruled out' * said}"


def test_a_list_of_one_indicator_does_not_count_it(judged):
    shown, _ = judged(LARGE)
    assert standings.standings(shown).title == "The nine indicators, for BME staff"
    alone, _ = judged(LARGE)
    alone.context.catalogue = alone.context.catalogue[alone.context.catalogue["indicator"].eq("2")]
    assert standings.standings(alone).title == "The indicator, for BME staff"
    two, _ = judged(LARGE)
    two.context.catalogue = two.context.catalogue[two.context.catalogue["indicator"].isin(["2", "4"])]
    assert standings.standings(two).title == "The two indicators, for BME staff"
    unjudged, _ = judged(FEW)
    assert standings.standings(unjudged).key.topic.of == ("2",), "whose brackets are explained"
