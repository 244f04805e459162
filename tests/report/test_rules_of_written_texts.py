"""What is said of the action plan and of written texts: every decision on both its sides. Witness: plans by hand, and words worked out from them."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.report.section import written_blocks as written

SHOWN = SimpleNamespace(
    context=SimpleNamespace(
        reference=SimpleNamespace(standard=SimpleNamespace(metric="indicator")), parameters=SimpleNamespace(dated=date(2026, 6, 1))
    )
)
ROW = {
    "action_id": "A1",
    "indicator": "2",
    "area": "Records",
    "action": "Ask staff.",
    "owner_role": "HR",
    "due": "2026-06-30",
    "progress": "begun",
}
ROW |= dict.fromkeys(("success_measure", "milestone", "framework", "rag"), "")
ROW |= dict.fromkeys(("done", "given_up", "overdue", "due_soon", "carried_over"), False)

LATER = {"action_id": "A2"}


def plan(*changes):
    """Rows of a plan, each with what is another in it."""
    return pd.DataFrame([ROW | change for change in changes])


def test_an_action_serves_what_it_names_unless_it_was_given_up():
    """Witness: the numbers of the rows; '2' is not in '12'."""
    rows = plan({"indicator": "2;9"}, {"action_id": "A2", "indicator": "12"}, {"action_id": "A3", "given_up": True}, {"action_id": "A4"})
    assert list(written.serving(rows, "2")["action_id"]) == ["A1", "A4"]
    assert list(written.serving(rows, "9", "12")["action_id"]) == ["A1", "A2"]


def test_actions_are_counted_as_people_count_and_those_without_progress_are_known():
    rows = plan({"action_id": "A10"}, {"action_id": "A2", "progress": ""}, {"action_id": "A1", "progress": "Not reported"})
    assert written.names_in_order(rows) == ["A1", "A2", "A10"]
    assert written.without_progress(rows) == ["A1", "A2"]
    assert (written.named(["1"]), written.named(["1", "2"]), written.named(["A1", "2"])) == (
        "action 1",
        "actions 1 and 2",
        "actions A1 and 2",
    )


@pytest.mark.parametrize(
    ("rows", "asked", "title", "text"),
    [
        ([{}], ("2",), None, "Actions for indicator 2: A1."),
        ([{"done": True}], ("2",), None, "Actions for indicator 2: A1 (done)."),
        ([{"done": True}, {"action_id": "A2"}], ("2",), None, "Actions for indicator 2: A1 and A2 (A1 is done)."),
        ([{"done": True}, {"action_id": "A2", "done": True}, {"action_id": "A3"}], ("2",), None, "Actions for indicator 2: A1 to A3 (A1 and A2 are done)."),
        ([{"overdue": True}], ("2",), "Overdue: A1 Records (HR, was due 30 June 2026)", "Actions for indicator 2: A1."),
        ([{}], ("3",), None, "The action plan has no action for indicator 3."),
        ([{}], ("2", "4"), "Not in the action plan", "Actions for indicator 2: A1. The action plan has no action for indicator 4."),
        ([{"overdue": True}], ("2", "4"), "Overdue: A1 Records (HR, was due 30 June 2026); Not in the action plan",
         "Actions for indicator 2: A1. The action plan has no action for indicator 4."),
        ([{"indicator": "2;5"}], ("2", "5"), None, "Actions for indicators 2 and 5: A1."),
        ([{}, {"action_id": "A2", "indicator": "5"}], ("2", "5"), None, "Actions for indicator 2: A1; for indicator 5: A2."),
    ],
)  # fmt: skip
def test_which_actions_serve_and_what_a_board_must_not_miss(monkeypatch, rows, asked, title, text):
    """Witness: of 4 a finding asks for an action, of 3 none does."""
    monkeypatch.setattr(written, "needs_an_action", lambda shown, indicator: indicator == "4")
    told = report.actions(SHOWN, plan(*rows), *asked)
    assert (getattr(told, "title", None), getattr(told, "text", None) or " ".join(told.paragraphs)) == (title, text)
    assert getattr(told, "tone", "warning") == "warning"
    assert report.actions(SHOWN, plan(*rows).head(0), *asked).paragraphs == ()


@pytest.mark.parametrize(
    ("code", "lower", "asked"),
    [
        ("large_difference", 1.1, True), ("some_difference", 1.1, True), ("no_clear_difference", 0.9, False), ("equivalent", 0.9, False),
        ("difference_other_way", 1.1, False), ("too_few_to_judge", 0.9, True), ("not_supplied", 0.9, True), ("protected", 0.9, True),
        ("no_clear_difference", 1.1, True),
    ],
)  # fmt: skip
def test_what_is_not_found_to_be_fair_needs_an_action_and_what_is_borderline_too(made, rows_of, code, lower, asked):
    """Witness: the statuses' own meanings; an interval from 1.1 leaves out equality, and is not called clear."""
    clear = code in ("large_difference", "some_difference", "difference_other_way")
    row = rows_of.result(
        "2", "appointed_from_shortlisting", (40, 400), (5, 100), value=2.0, lower=lower, upper=3.9, status=code, clear=clear
    )
    assert written.needs_an_action(made([row]), "2") is asked
    assert written.needs_an_action(made([row]), "4") is True, "of what nothing is known"


def test_actions_of_one_area_owner_and_day_are_described_as_one():
    rows = plan(
        {}, {"action_id": "A2"}, {"action_id": "A3", "owner_role": "OD"}, {"action_id": "A4", "area": "", "owner_role": "", "due": ""}
    )
    assert written.described(rows, ["A1", "A2", "A3", "A4"]) == [
        "A1 and A2 Records (HR, due 30 June 2026)", "A3 Records (OD, due 30 June 2026)", "A4",
    ]  # fmt: skip
    assert written.described(plan({"overdue": True}), ["A1"]) == ["A1 Records (HR, was due 30 June 2026)"]
    assert written.described(plan({"due": ""}), ["A1"]) == written.described(plan({"due": None}), ["A1"]) == ["A1 Records (HR)"]


@pytest.mark.parametrize(
    ("rows", "short", "told"),
    [
        ([{}], False, "A1: ask staff (HR, due 30 June 2026)"),
        ([{"progress": ""}], False, "A1: ask staff (HR, due 30 June 2026)"),
        ([{"progress": "", "due_soon": True}], False, "A1: ask staff (HR, due 30 June 2026, no progress reported)"),
        ([{"progress": "Not yet started"}], False, "A1: ask staff (HR, due 30 June 2026, not started)"),
        ([{}, {"action_id": "A2"}], False, "A1 and A2 on 'Records' (HR, due 30 June 2026)"),
        ([{"progress": ""}, LATER | {"progress": "Not yet started"}], False, "A1 and A2 on 'Records' (HR, due 30 June 2026, not started)"),
        ([{}, LATER | {"progress": "Not yet started"}], False, "A1 and A2 on 'Records' (HR, due 30 June 2026)"),
        ([{"progress": ""}, LATER | {"progress": "", "due_soon": True}], False, "A1 and A2 on 'Records' (HR, due 30 June 2026, no progress reported)"),
        ([{"area": ""}, {"action_id": "A2", "area": ""}], False, "A1 and A2: ask staff (HR, due 30 June 2026)"),
        ([{}], True, "A1, records, for 2 (HR, due 30 June 2026)"),
        ([{"area": " "}], True, "A1, ask staff, for 2 (HR, due 30 June 2026)"),
        ([{"area": "HR records"}], True, "A1, HR records, for 2 (HR, due 30 June 2026)"),
        ([{"owner_role": "HR; OD; Chair"}], True, "A1, records, for 2 (HR, OD and Chair, due 30 June 2026)"),
        ([{"owner_role": "HR; OD; Chair; EDI lead"}], True, "A1, records, for 2 (four owners, due 30 June 2026)"),
        ([{"owner_role": "HR; OD; Chair; EDI lead"}], False, "A1: ask staff (HR, OD, Chair and EDI lead, due 30 June 2026)"),
    ],
)  # fmt: skip
def test_what_is_to_be_decided_of_actions_is_told_with_who_and_when(rows, short, told):
    assert written.deed(plan(*rows), short=short, serves="2" if short else "") == told
    assert short or written.deed(plan(*rows)) == told
    if short:
        assert written.deed(plan(*rows), short=True) == told.replace(", for 2", "")


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("Offer each member of staff, and report.", "offer each member of staff"),
        ("Offer each member of, and report.", "offer each member of, and report"),
        ("Offer each member of staff: by letter.", "offer each member of staff"),
        ("Offer each member of: by letter.", "offer each member of: by letter"),
        ("A Band 6 post is offered.", "a Band 6 post is offered"),
        ("Offer each member of staff at 10:30 a talk.", "offer each member of staff at 10:30 a talk"),
    ],
)
def test_a_deed_ends_after_five_words_and_no_sooner(action, said):
    assert written.first_clause(action) == said


@pytest.mark.parametrize(
    ("rows", "lead", "labels"),
    [
        ([{}] * 3, "All actions: owner HR; to be done by 30 June 2026. On 1 June 2026 no action was overdue.", ["Begun"] * 3),
        ([{}] * 2, "On 1 June 2026 no action was overdue.", ["Begun"] * 2),
        ([{}, {}, {"owner_role": "OD"}], "All actions: to be done by 30 June 2026. On 1 June 2026 no action was overdue.", ["Begun"] * 3),
        ([{"progress": ""}] * 3, "All actions: owner HR; to be done by 30 June 2026; progress not reported. On 1 June 2026 no action was overdue.", [""] * 3),
        ([{"progress": ""}] * 2, "On 1 June 2026 no action was overdue.", ["Not reported"] * 2),
        ([{"progress": ""}] * 2 + [{}], "All actions: owner HR; to be done by 30 June 2026. On 1 June 2026 no action was overdue.",
         ["Not reported"] * 2 + ["Begun"]),
        ([{}, {"due": "2026-07-30"}], "Overdue first, then by the day they are due; done last. On 1 June 2026 no action was overdue.", ["Begun"] * 2),
        ([{"overdue": True}, {}], "Overdue first, then by the day they are due; done last.", ["Overdue: begun", "Begun"]),
        ([{"overdue": True}], "Overdue first, then by the day they are due; done last.", ["Overdue: begun"]),
        ([{"due": ""}], "No action has a day, so none can be called overdue.", ["Begun"]),
        ([{"due": " "}, {"due": " ", "done": True}], "No action has a day, so none can be called overdue.", ["Begun"] * 2),
        ([{"due": ""}, {}], "Overdue first, then by the day they are due; done last. On 1 June 2026 no action was overdue.", ["Begun"] * 2),
        ([{"done": True}], "", ["Begun"]),
        ([{"given_up": True}], "", ["Begun"]),
        ([{"done": True}, {}], "On 1 June 2026 no action was overdue.", ["Begun"] * 2),
    ],
)  # fmt: skip
def test_what_is_the_same_of_three_actions_is_said_once_before_them_with_their_order(rows, lead, labels):
    own = [{"action_id": f"A{place}", "indicator": str(place), "success_measure": f"Seen {place}"} for place in range(1, len(rows) + 1)]
    numbered = [row | named for row, named in zip(rows, own, strict=True)]
    told = report.action_plan(SHOWN, plan(*numbered))
    assert (told.lead, [card.label for card in told.items]) == (lead, labels)
    kept = {label for card in told.items for label, _ in card.details}
    assert ("Owner" in kept) is ("owner" not in lead) and ("To be done by" in kept) is (
        "done by 30" not in lead and any(row.get("due", "x").strip() for row in rows)
    )


@pytest.mark.parametrize(
    ("row", "status", "label"),
    [
        ({}, "on_track", "Begun"),
        ({"progress": ""}, "not_reported", "Not reported"),
        ({"done": True, "rag": "red"}, "done", "Begun"),
        ({"overdue": True}, "overdue", "Overdue: begun"),
        ({"overdue": True, "progress": ""}, "overdue", "Overdue: not reported"),
        ({"rag": " Red "}, "overdue", "Red: begun"),
        ({"rag": "amber"}, "at_risk", "Amber: begun"),
        ({"rag": "GREEN"}, "on_track", "Green: begun"),
        ({"rag": "blue"}, "on_track", "Begun"),
        ({"rag": "amber", "progress": ""}, "at_risk", "Amber; what became of it is not reported"),
        ({"rag": "green", "given_up": True, "progress": "Stopped: no funds"}, "at_risk", "Stopped: no funds"),
        ({"rag": "green", "progress": "Last reported for 2018/19: begun"}, "not_reported", "Last reported for 2018/19: begun"),
        ({"progress": "Slipped by a month"}, "at_risk", "Slipped by a month"),
        ({"progress": "Delayed"}, "at_risk", "Delayed"),
        ({"progress": "The leaflet has stopped"}, "on_track", "The leaflet has stopped"),
    ],
)
def test_how_far_an_action_has_come_is_a_code_and_words(row, status, label):
    """Witness: the codes by which a card is drawn; what was given up, or was reported of another year, is rated by nobody."""
    (card,) = report.action_plan(SHOWN, plan(row)).items
    assert (card.status, card.label) == (status, label)


def test_cards_stand_by_what_is_late_and_done_and_have_a_title_that_leads_to_them():
    """Witness: the rows; a name of digits alone could be any number of a sentence."""
    rows = plan(
        {"done": True},
        {"action_id": "A2", "title": " New "},
        {"action_id": "3", "overdue": True},
        {"action_id": "A4", "given_up": True},
        {"action_id": "A5"},
    )
    rows["title"] = rows["title"].fillna("")
    cards = report.action_plan(SHOWN, rows).items
    assert [(card.title, card.anchor) for card in cards] == [
        ("3 Records", ""), ("A2 New", "action-A2"), ("A5 Records", "action-A5"), ("A1 Records", "action-A1"), ("A4 Records", "action-A4"),
    ]  # fmt: skip
    before = report.what_became_of(SHOWN, rows)
    assert {card.anchor for card in before.items} == {""}
    assert report.what_became_of(SHOWN, rows.head(0)) == written.NOTHING_BEFORE
    assert report.action_plan(SHOWN, rows.head(0)) == written.NO_PLAN


def test_the_file_of_the_cards_has_a_column_for_whatever_is_known_of_some():
    rows = plan({"milestone": "Half"}, {"action_id": "A2", "framework": " "})
    table = report.action_plan(SHOWN, rows).numbers
    headings = [column.label for column in table.columns]
    assert headings == [
        "Action",
        "Area",
        "What is done",
        "Indicators",
        "Owner",
        "To be done by",
        "Milestone",
        "Measure of success",
        "Progress",
    ]
    assert table.rows[0][-1] == "Begun" and table.rows[1][0] == "A2"


@pytest.mark.parametrize(
    ("value", "key", "told"),
    [
        ("2", "indicator", ("Word", "2")), ("2; 9, 1", "indicator", ("Words", "2, 9 and 1")), ("HR, and OD", "owner_role", ("Word", "HR, and OD")),
        ("HR; OD", "owner_role", ("Words", "HR and OD")), (None, "milestone", ("Word", "")), (" x ", "milestone", ("Word", "x")),
        ("2026-06-30", "was_due", ("Word", "30 June 2026")), ("2026-27", "due", ("Word", "2026/27")), ("2026-06-30", "milestone", ("Word", "2026-06-30")),
    ],
)  # fmt: skip
def test_a_detail_of_an_action_is_told_as_what_it_is(value, key, told):
    label, text = written._detail(value, key, "Word")
    assert (label, text) == told
    anchors = tuple(f"finding-{name}" for name in ("2", "9", "1") if name in str(value).replace(",", ";").replace(" ", "").split(";"))
    assert not isinstance(text, written.Topical) or text.topic.leads_to == (anchors if key == "indicator" else ())


def test_a_sentence_leads_to_actions_whose_names_are_no_numbers():
    assert written.about_actions("x", ["A1", "2", "AB12", "a3", "A1b"]).topic.leads_to == ("action-A1", "action-AB12")


def test_abbreviations_are_spelled_out_where_they_stand_as_words():
    assert written.in_full("HR and OD, not HRD nor EDIT") == "HR: human resources; OD: organisational development."
    assert written.in_full("None.") == ""
    told = report.abbreviations(plan({"owner_role": "OD"}), {"02.done": "Ask ACAS."}).paragraphs
    assert told == ("ACAS: the Advisory, Conciliation and Arbitration Service; OD: organisational development.",)


def test_a_text_is_told_by_its_section_and_part():
    texts = {"foreword": " Dear board. ", "02.done": "  "}
    assert (report.narrative(texts, "foreword").source, report.narrative(texts, "foreword").text_name) == ("Dear board.", "foreword")
    nothing = report.narrative(texts, "02", "done")
    assert (nothing.title, nothing.text_name) == ("Nothing written yet", "02.done") and "'02.done.md'" in nothing.text
