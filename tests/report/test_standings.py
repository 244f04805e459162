"""Where each indicator stands on page one, and how sure that is. Witness: the causes beside each case, and the words of the rules."""

import re

import pytest
from bs4 import BeautifulSoup

from wres_helpers import report
from wres_helpers.analysis.asides import JUDGED_BY
from wres_helpers.report.form.block_html import block_html
from wres_helpers.report.summary.how_sure import told_together
from wres_helpers.standard import statuses as codes

MEASURES = {
    "2": "appointed_from_shortlisting", "3": "entering_disciplinary", "4": "accessing_training", "5": "harassment_public",
    "6": "harassment_staff", "7": "equal_opportunities", "8": "discrimination_staff",
}  # fmt: skip
ONCE = "Allowing for nine questions at once, "


def line_of(listed, indicator):
    """Return the line of an indicator in the list of all."""
    (found,) = [item for group in listed.lists for item in group.items if item.name.startswith(f"{indicator}. ")]
    return found


def groups_of(listed, *among):
    """Return the groups of a list as words: its status, what that means, and the numbers in it, of these indicators."""
    told = [(group.label, group.clause, [item.name.partition(".")[0] for item in group.items]) for group in listed.lists]
    return [(label, means, kept) for label, means, names in told if (kept := [name for name in names if name in among])]


@pytest.mark.parametrize("code", ["large_difference", "some_difference", "difference_other_way", "no_clear_difference", "too_few_to_judge"])
def test_the_list_says_a_value_with_its_interval_which_is_named_for_who_listens(made, rows_of, code):
    """Witness: the values of the row. Brackets are not spoken by many a voice, and a listener took three numbers for three results."""
    row = rows_of.result("2", MEASURES["2"], (40, 400), (5, 100), value=2.0, lower=1.1, upper=3.9, status=code)
    listed = report.standings(made([row]))
    found = line_of(listed, "2")
    assert found.beside.startswith("White 2.00 times as likely (1.10 to 3.90)") and found.heard == "interval"
    heard = " ".join(BeautifulSoup(block_html(listed.to_json()), "html.parser").get_text(" ").split())
    assert "White 2.00 times as likely interval (1.10 to 3.90)" in heard


@pytest.mark.parametrize(
    ("value", "low", "high", "direction", "told", "heard"),
    [
        (-0.248, -0.473, -0.084, "bme-white", "24.8 points lower (8.4 to 47.3)", "interval"),
        (0.073, -0.033, 0.23, "bme-white", "7.3 points higher (3.3 lower to 23.0 higher)", "interval"),
        (-0.128, -0.154, -0.095, "grade-workforce", "12.8 points below the workforce (9.5 to 15.4)", "interval"),
        (0.002, 0.0, 0.023, "grade-workforce", "0.2 points above the workforce (0.0 to 2.3)", "interval"),
        (0.0, -0.033, 0.03, "bme-white", "0.0 points different (3.3 lower to 3.0 higher)", "interval"),
        (0.0, -0.033, 0.03, "grade-workforce", "0.0 points different from the workforce (3.3 below to 3.0 above)", "interval"),
    ],
)
def test_points_say_which_side_they_are_on_without_a_sign(made, rows_of, value, low, high, direction, told, heard):
    """Witness: "-24.8 points" of a listener whose voice leaves out signs, and of which more is worse in one indicator and less in another."""
    name, measure = ("7", "equal_opportunities") if direction == "bme-white" else ("1", "senior_share")
    gap = {"comparison": "difference", "direction": direction, "value": value, "lower": low, "upper": high}
    found = line_of(report.standings(made([rows_of.result(name, measure, (40, 400), (5, 100), **gap)])), name)
    assert (found.beside.partition("; one person")[0], found.heard) == (told, heard)


def doubted(made, rows_of, statuses, possible=(), one_person=(), chance=(), large=(), clear=None):
    """Evidence of indicators with these statuses; what the undisclosed or one person could make of them; whose size the interval leaves open, whose not."""
    rows = [
        rows_of.result(name, MEASURES[name], (600, 1000), (300, 1000), (30, 60), value=2.0, lower=1.5, upper=3.0, status=code, clear=clear)
        for name, code in statuses.items()
    ]
    places = {
        row["indicator"]: {name: row[name] for name in ("organisation", "year", "indicator", "measure", "breakdown", "category")}
        for row in rows
    }
    sizes = [places[name] | {"kind": JUDGED_BY, "value": 1.285, "lower": 1.09, "upper": 1.5} for name in chance]
    sizes += [places[name] | {"kind": JUDGED_BY, "value": 2.0, "lower": 1.5, "upper": 3.0} for name in large]
    given = [rows_of.status(name, code, code.replace("_", " ").capitalize(), stands=True) for name, code in statuses.items()]
    shown = made(rows, given, asides=sizes)
    shown.possible_statuses = {name: {code} for name, code in statuses.items()} | dict(possible)
    shown.findings_with_one_person = dict(one_person)
    return shown


WORSE, FITS = "Clearly worse", "Chance could explain it"


@pytest.mark.parametrize(
    ("statuses", "doubts", "told"),
    [
        # the interval of 2 lies beyond where large begins, that of 6 does not; 8 lies beyond, too, but for one person
        ({"2": "large_difference", "6": "large_difference", "8": "large_difference"},
         {"large": "28", "chance": "6", "one_person": {"8": {"no_clear_difference"}}},
         [("Large difference", f"{WORSE}, large beyond chance", ["2"]), ("Large difference", f"{WORSE}, whether large is uncertain", ["6"]),
          ("Large difference", f"{WORSE}, large as counted", ["8"])]),
        # by what they are judged is not shown: nothing is said to be sure
        ({"2": "large_difference"}, {}, [("Large difference", f"{WORSE}, large as counted", ["2"])]),
        ({"2": "some_difference", "3": "some_difference"}, {"chance": "3"},
         [("Some difference", f"{WORSE}, not large as counted", ["2"]), ("Some difference", f"{WORSE}, whether large is uncertain", ["3"])]),
        # the gravest first, what fares well before what cannot be judged, whatever the numbers
        ({"2": "too_few_to_judge", "3": "difference_other_way", "4": "equivalent", "5": "no_clear_difference", "6": "some_difference"}, {},
         [("Some difference", f"{WORSE}, not large as counted", ["6"]),
          ("No clear difference", FITS, ["5"]),
          ("Equivalent", "No large difference either way, beyond chance", ["4"]),
          ("Difference other way", "Clearly better", ["3"]), ("Too few to judge", "", ["2"])]),
        ({"3": "no_clear_difference", "4": "no_clear_difference"}, {"chance": "4"},
         [("No clear difference", FITS, ["3"]),
          ("No clear difference", f"{FITS}; large is not ruled out", ["4"])]),
        # one alike stand together, in their order
        ({"7": "equivalent", "4": "equivalent"}, {},
         [("Equivalent", "No large difference either way, beyond chance", ["4", "7"])]),
        # a label that says all needs no more words
        ({"2": "protected"}, {}, [("Protected", "", ["2"])]),
    ],
)  # fmt: skip
def test_indicators_stand_together_by_what_is_to_be_thought_of_them_and_how_sure_that_is(made, rows_of, statuses, doubts, told):
    """Witness: readers of six rounds, who met the verdict, how sure it is and whether it is large at three places in three vocabularies."""
    listed = report.standings(doubted(made, rows_of, statuses, **doubts))
    assert groups_of(listed, *statuses) == told
    every = [item.name.partition(".")[0] for group in listed.lists for item in group.items]
    assert sorted(every) == list("123456789"), "each once"


def test_findings_say_that_those_surely_large_stand_first(made, rows_of):
    """Witness: "the surest" of five named one whose p-value was the greatest, and one whose size the list below called uncertain."""
    large = dict.fromkeys("2367", "large_difference")
    assert (
        report.top_findings(doubted(made, rows_of, large, chance="67", large="23")).lead
        == "Three of four large differences, those large beyond chance first:"
    )
    assert report.top_findings(doubted(made, rows_of, large, large="2367")).lead == "Three of four large differences, the surest first:"
    three = dict.fromkeys("236", "large_difference")
    assert (
        report.top_findings(doubted(made, rows_of, three, chance="6", large="23")).lead
        == "Large differences, those large beyond chance first:"
    )


def test_a_line_says_that_it_is_borderline_and_what_one_person_could_make_of_it(made, rows_of):
    """Witness: an interval from 1.5 to 3.0 leaves out equality, and a second test does not confirm it; each cause is told of all that it touches."""
    given = {"3": "no_clear_difference", "4": "too_few_to_judge", "5": "equivalent"}
    touched = {"3": {"large_difference"}, "4": {"large_difference"}, "5": {"no_clear_difference", "some_difference"}}
    listed = report.standings(doubted(made, rows_of, given, one_person=touched, clear=False))
    assert line_of(listed, "3").beside.endswith("; one person could make it large")
    assert [group.clause for group in listed.lists if line_of(listed, "3") in group.items] == ["Borderline, looks worse"]
    assert line_of(listed, "4").beside.endswith("; one person could make it large")
    assert line_of(listed, "5").beside.endswith("; one person could make it clearly worse")


@pytest.mark.parametrize("code", list(codes.LABELS))
def test_a_list_of_one_status_alone_has_one_group_and_says_of_brackets_only_where_there_are_any(made, rows_of, code):
    """Witness: every status there is."""
    row = rows_of.result("2", MEASURES["2"], (40, 400), (5, 100), value=2.0, lower=1.1, upper=3.9, status=code)
    gone = rows_of.hide(row, value="[c]", lower="[c]", upper="[c]") if code == "protected" else row
    listed = report.standings(made([gone], [rows_of.status("2", code, codes.LABELS[code])]))
    assert listed.title == "The nine indicators, for BME staff"
    expected = [codes.LABELS[each].partition(" (")[0] for each in codes.LABELS if each in (code, "not_supplied")]
    assert [group.label for group in listed.lists] == expected
    assert ("In brackets" in listed.key) is ("(1.10 to 3.90)" in str(listed.lists))
    assert ("requires focus" in listed.key) is (code in codes.FINDINGS)
    page = BeautifulSoup(block_html(listed.to_json(), {"finding-2": ("section-02", "Indicator 2")}), "html.parser")
    assert [each.name for each in page.find_all(re.compile(r"h\d|ul"))] == ["h3", *["h4", "ul"] * len(listed.lists)], (
        "a heading, then its indicators"
    )
    assert [(link.get_text(), link["href"]) for link in page.find_all("a")] == [(line_of(listed, "2").name, "#section-02")]


@pytest.mark.parametrize(
    ("statuses", "doubts", "told"),
    [
        ({"2": "large_difference"}, {}, ["Whoever the undisclosed are, indicator 2 keeps its status.", f"{ONCE}indicator 2 stays clear."]),
        ({"3": "no_clear_difference", "4": "equivalent"}, {}, ["Whoever the undisclosed are, indicators 3 and 4 keep their status."]),
        ({"4": "too_few_to_judge"}, {}, []),
        ({"2": "large_difference"}, {"possible": {"2": set()}}, ["Of 2 what the undisclosed could change is not known.", f"{ONCE}indicator 2 stays clear."]),
        # every judged indicator is named: those that stay, those that do not, and as what, and those of which it is not known
        ({"2": "large_difference", "3": "some_difference", "4": "equivalent", "5": "large_difference", "6": "no_clear_difference"},
         {"possible": {"2": {"large_difference", "some_difference"}, "3": {"large_difference", "no_clear_difference"},
                       "4": {"equivalent", "large_difference"}, "6": set()}},
         ["Whoever the undisclosed are, indicator 5 keeps its status; at the extreme, 2 could be no longer large, 3 could be large or unclear and 4 could be large; "
          "of 6 that is not known.", f"{ONCE}indicators 2, 3 and 5 stay clear."]),
        ({"2": "large_difference"}, {"possible": {"2": {"large_difference", "equivalent"}}},
         ["At the extreme, with the undisclosed, 2 could be unclear.", f"{ONCE}indicator 2 stays clear."]),
    ],
)  # fmt: skip
def test_how_sure_names_every_indicator_that_a_cause_touches_and_every_one_it_leaves(made, rows_of, statuses, doubts, told):
    """Witness: "only 1 and 8 keep their status" was read three times, for 2, 3 and 7 fell without being named before."""
    assert told_together(doubted(made, rows_of, statuses, **doubts)) == told


@pytest.mark.parametrize(
    ("stands", "by_fisher", "told"),
    [
        (True, 0.01, "2 stays clear"),
        (True, 0.06, "2 by one of two tests"),
        (False, 0.01, "2 by one of two tests"),
        (False, 0.06, "2 is not clear"),
        ("hidden", 0.01, "2 is hidden"),
    ],
)
def test_what_many_questions_at_once_leave_unconfirmed_is_on_page_one(made, rows_of, stands, by_fisher, told):
    """Witness: NECS 2 and 8, whose p-values by Fisher's are 0.0577 and 0.1303 by Holm's steps: page one called them clearly worse and no more."""
    given = rows_of.status("2", "large_difference", "Large difference", stands=stands is True, p_holm_fisher=by_fisher)
    given = rows_of.hide(given, stands="not shown") if stands == "hidden" else given
    shown = made([rows_of.result("2", MEASURES["2"], (600, 1000), (300, 1000), (0, 0), value=2.0, lower=1.5, upper=3.0)], [given])
    assert told_together(shown)[-1] == f"{ONCE}indicator {told}."
