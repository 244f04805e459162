"""Roads on which an earlier version gave counts away, each with a small input; witnesses: the counts put in, and an attacker
who shares no line with the pack."""

import json
import sys
import time

import pandas as pd
import pytest
from support.board_attacker import exposed, questions_of
from support.known_results import nothing_known
from support.random_trusts import ANY_SIZE, SMALL, random_trust
from support.same_page import page_of, values_left
from support.small_grades import trust_of_6000

from wres_helpers.analysis.evidence import analyse
from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.auditing import against_published, audit, protect_and_audit
from wres_helpers.disclosure.decision import decide
from wres_helpers.disclosure.protection import planned, protect
from wres_helpers.page_model import Count
from wres_helpers.page_model.whole_numbers import Component
from wres_helpers.remembered import forget
from wres_helpers.settings.disclosure_policy import DisclosurePolicy

YEAR = "2019-20"


def counts_of(**tables) -> pd.DataFrame:
    """Return tidy counts; each table is named item__breakdown and maps categories to counts of white, BME and undisclosed."""
    rows = []
    # somebody answered a survey, as everywhere
    scale, choice = {"Never": (12, 6), "1-2 times": (10, 5)}, {"Yes": (12, 6), "No": (10, 5)}
    tables = {"survey__13a": scale, "survey__13b": scale, "survey__14": choice, "survey__15a": choice} | tables
    for name, table in tables.items():
        item, breakdown = name.split("__")
        for category, values in table.items():
            rows += [
                ("o", YEAR, item, breakdown, category, group, count)
                for group, count in zip(("white", "bme", "unknown"), values, strict=False)
            ]
    return pd.DataFrame(rows, columns=["organisation", "year", "item", "breakdown", "category", "ethnic_group", "count"])


def overall(table):
    return {"all": [sum(values) for values in zip(*table.values(), strict=True)]}


PLACES = {"A": (31, 8, 5), "B": (15, 3, 5)}
BANDS = {"Band 5": (30, 0, 4), "Band 6": (40, 4, 5), "Band 8a": (30, 9, 7)}


@pytest.mark.parametrize("more", [1, 127])
def test_what_an_attacker_knows_holds_where_headcount_and_workforce_contradict_each_other(necs, reference, more):
    """Such a check ended in a traceback. Witness: the base of a directorate is the headcount's number, whatever the workforce has."""
    counted = {"A": (400, 130, 50), "B": (200, 103, 50)}
    otherwise = {"A": (400, 130 + more, 50), "B": (200, 103, 50)}
    trained = {"A": (100, 30, 3), "B": (40, 20, 10)}
    staff = {"headcount__overall": overall(counted), "headcount__directorate": counted, "workforce__overall": overall(otherwise),
             "workforce__directorate": otherwise, "accessed_training__overall": overall(trained), "accessed_training__directorate": trained}  # fmt: skip
    evidence = analyse(counts_of(**staff), necs, reference)
    shown = protect(evidence, necs)
    base = shown.results.query("measure == 'accessing_training' and category == 'A'")["bme_base"]
    assert base.tolist() == [130] and (shown.results["protection"] != "").any()
    assert not audit(evidence, shown, necs)["verdict"].eq("exposed").any()


def test_headcount_and_workforce_are_the_same_people_in_every_breakdown(necs, reference):
    """23 - 15 - 5 = 3: one table hid what the other told."""
    staff = {
        f"{item}__{name}": table
        for item in ("headcount", "workforce")
        for name, table in (("overall", overall(PLACES)), ("directorate", PLACES))
    }
    evidence = analyse(counts_of(**staff), necs, reference)
    shown = protect(evidence, necs)
    hidden = decide(evidence.counts, reference, Method.of(necs), necs.disclosure).hidden
    assert {cell._replace(item="workforce") for cell in hidden} == {cell._replace(item="headcount") for cell in hidden} ^ {
        cell._replace(item=item) for cell in hidden for item in ("headcount", "workforce")
    }
    assert exposed(evidence, [shown], necs.disclosure) == []


def test_who_was_trained_is_among_those_whose_number_is_shown(necs, reference):
    """The page once read "100% to 100% (5 to 8 of 5)"."""
    heads = {"A": (60, 5, 10), "B": (80, 20, 12)}
    trained = {"A": (30, 5), "B": (40, 4)}
    counts = counts_of(headcount__overall=overall(heads), headcount__directorate=heads, workforce__overall=overall(heads),
                       accessed_training__overall=overall(trained), accessed_training__directorate=trained)  # fmt: skip
    evidence = analyse(counts, necs, reference)
    shown = protect(evidence, necs)
    assert exposed(evidence, [shown], necs.disclosure) == []
    for row in shown.results.to_dict("records"):
        said = json.loads(row["protection"]) if row["protection"] else {}
        assert "100% to 100%" not in said.get("bme_rate", "")


def test_who_was_trained_of_a_side_does_not_tell_of_grades_told_together(necs, reference):
    """Consultants are all medical staff: "Consultant and Other, together: 9" less the 6 trained of the medical side are 3."""
    medical, rest = {"Consultant": (20, 14, 9)}, {"Band 5": (60, 14, 8), "Band 6": (50, 12, 9), "Other": (30, 20, 12)}
    trained = {"Band 5": (30, 7), "Band 6": (20, 6), "Consultant": (10, 6), "Other": (12, 3)}
    sides = {"medical_and_dental": overall(medical)["all"], "non_clinical": overall(rest)["all"]}
    counts = counts_of(
        headcount__overall=overall(medical | rest), workforce__overall=overall(medical | rest), workforce__grade=medical | rest,
        workforce__staff_group=sides, **{"workforce__grade (medical_and_dental)": medical, "workforce__grade (non_clinical)": rest},
        accessed_training__overall=overall(trained), accessed_training__grade=trained,
        accessed_training__staff_group={"medical_and_dental": (10, 6), "non_clinical": (62, 16)},
    )  # fmt: skip
    decision = decide(counts, reference, Method.of(necs), necs.disclosure)
    together = [{cell.category for cell in cells} for cells in decision.merged if cells[0][1:3] == ("accessed_training", "grade")]
    assert together == [{"Consultant", "Other"}]
    hidden = {(cell.category, cell.ethnic_group) for cell in decision.hidden if cell[1:3] == ("accessed_training", "staff_group")}
    assert hidden == {("medical_and_dental", "bme"), ("non_clinical", "bme")}, "and the white ones, who tell of nobody, stay"


def test_what_is_hidden_does_not_depend_on_the_clock(monkeypatch, evidence, necs):
    """A clock that jumps ten minutes each time it is read changes nothing."""
    first = page_of(decide(evidence.counts, evidence.context.reference, Method.of(necs), necs.disclosure))
    ticks = iter(range(0, 10**9, 600))
    for name in ("time", "perf_counter", "monotonic", "process_time"):
        monkeypatch.setattr(time, name, lambda: float(next(ticks)))
    assert page_of(decide(evidence.counts, evidence.context.reference, Method.of(necs), necs.disclosure)) == first


def test_a_process_slowed_down_shows_the_same_and_finds_the_same(necs, reference):
    """Witness: the same small organisation in a process in which every call takes longer, by the clock and by the processor."""
    made = analyse(random_trust(3, years=1, size=SMALL), necs, reference)

    def shown_and_found():
        forget()
        start, shown = time.process_time(), protect(made, necs)
        tables = {**shown.tables(), "audit": audit(made, shown, necs)}
        return tables, time.process_time() - start

    # what is loaded and calculated once for all is not timed
    shown_and_found()
    usual, quick = shown_and_found()
    sys.setprofile(lambda *_: sum(range(20)))
    try:
        slowed, slow = shown_and_found()
    finally:
        sys.setprofile(None)
    assert slow > 2 * quick
    assert {name for name, table in usual.items() if not table.equals(slowed[name])} == set()


def test_the_audit_searches_for_many_hidden_counts_at_once(necs, reference, monkeypatch):
    """Witness: the costliest of sixty random organisations, of which every hidden count was once searched for, 213 times in all."""
    made = analyse(random_trust(1, size=ANY_SIZE), necs, reference)
    asked, search = [], Component.smallest
    monkeypatch.setattr(Component, "smallest", lambda *given: asked.append(given) or search(*given))
    with nothing_known():
        found = audit(made, protect(made, necs), necs)
    assert found["verdict"].ne("exposed").all() and found["required_width"].gt(0).sum() > 100
    assert 0 < len(asked) < 60


def test_single_bands_of_an_earlier_report_are_held_against_larger_groups_of_today(necs, reference):
    """Published with single bands: BME 20 in Band 2, 12 in Band 3, Bands 7 and 8a together 10. Told since: "Bands 1 to 7: 34". So 2 in Band 7,
    by hand. Where the group was corrected so that the bands cannot be it, nothing is said."""
    single = {"Band 2": (100, 20, 10), "Band 3": (80, 12, 9), "Band 7": (50, 2, 6), "Band 8a": (40, 8, 7), "Band 8b": (30, 9, 6)}
    found = []
    for of_group in (34, 31):
        larger = {"Bands 1 to 7": (230, of_group, 25), "Bands 8a to 9": (70, 17, 13)}
        before, today = (
            analyse(
                counts_of(headcount__overall=overall(bands), workforce__overall=overall(bands), workforce__grade=bands), necs, reference
            )
            for bands in (single, larger)
        )
        rows = [*(board := protect(before, necs)).results.to_dict("records"), *board.together.to_dict("records")]
        found.append([cell[3:] for cell in against_published(today, protect(today, necs), necs, rows)[0]])
    assert found == [[("Band 7", "bme")], []]


@pytest.mark.parametrize(
    "counts",
    [
        counts_of(headcount__overall=overall(BANDS), workforce__overall=overall(BANDS), workforce__grade=BANDS),
        counts_of(headcount__overall={"all": (100, 30, 20)}, accessed_training__overall={"all": (40, 1, 2)}),
        counts_of(headcount__overall=overall(PLACES), headcount__directorate=PLACES),
    ],
    ids=["bands", "training", "places"],
)
def test_who_runs_the_program_on_other_counts_cannot_tell_a_small_one(necs, reference, evidence, counts):
    """Of these three, all hidden counts of the first and all but three values of the second could once be read off."""
    left = values_left(counts, reference, Method.of(necs), necs.disclosure, questions_of(evidence))
    assert {str(cell): sorted(values) for cell, values in left.items() if len(values) < necs.disclosure.width} == {}
    assert left


def test_a_status_that_one_pair_of_small_numbers_alone_changes_is_hidden_for_all_pairs(necs, reference):
    """Of the sixteen pairs below 5 only 4 of 28 and 1 of 80 differ clearly: a status for fifteen and none for the one told both numbers."""
    pages = []
    for appointed in ((4, 1, 0), (2, 3, 0)):
        counts = counts_of(headcount__overall={"all": (80, 30, 12)}, entered_disciplinary__overall={"all": (0, 0, 1)},
                           applied__overall={"all": (90, 90, 9)}, shortlisted__overall={"all": (28, 80, 5)},
                           appointed__overall={"all": appointed})  # fmt: skip
        shown = protect(analyse(counts, necs, reference), necs)
        pages.append({name: table.to_csv() for name, table in shown.tables().items()})
    assert pages[0] == pages[1]


def test_that_everybody_was_harassed_is_not_told(necs, reference):
    """12 of 12: everybody who knows one of them knows it of him."""
    answers = {"Never": (40, 0), "1-2 times": (10, 12)}
    counts = counts_of(headcount__overall={"all": (100, 30, 9)}, survey__13a=answers)
    row = protect(analyse(counts, necs, reference), necs).results
    row = row[row["measure"].eq("harassment_public")].iloc[0]
    assert pd.isna(row["bme_count"]) and pd.isna(row["bme_rate"]) and row["bme_base"] == 12
    assert json.loads(row["protection"])["bme_count"] == "8 to 12"
    allowed = DisclosurePolicy(show_everybody="all")
    assert Count(YEAR, "survey", "13a", "1-2 times", "bme") not in decide(counts, reference, Method.of(necs), allowed).hidden


def test_a_group_too_small_for_one_question_is_hidden_for_all(necs, reference):
    """10 answered one question and 11 the other: the same people."""
    counts = counts_of(headcount__overall={"all": (100, 30, 9)}, survey__13a={"Never": (40, 5), "1-2 times": (10, 5)},
                       survey__13b={"Never": (40, 5), "1-2 times": (10, 6)})  # fmt: skip
    hidden = decide(counts, reference, Method.of(necs), necs.disclosure).hidden
    assert {(cell.breakdown, cell.ethnic_group) for cell in hidden} == {(question, "bme") for question in ("13a", "13b", "14", "15a")}


def test_the_board_is_public_where_a_role_decided_so_with_a_reason(necs, reference):
    counts = counts_of(board__membership={"total": (12, 2, 1), "voting": (9, 1, 1), "non_voting": (3, 1, 0)})
    public = DisclosurePolicy(public=("board",), public_decided_by="Trust secretary", public_reason="Members are named on the website")
    assert decide(counts, reference, Method.of(necs), public).hidden == set()
    assert decide(counts, reference, Method.of(necs), DisclosurePolicy()).hidden
    with pytest.raises(ValueError, match="public_decided_by"):
        DisclosurePolicy(public=("board",))


def test_a_policy_by_name_fills_in_what_is_not_given():
    hospital = DisclosurePolicy(preset="national_hospital_statistics")
    assert (hospital.minimum_count, hospital.method, hospital.round_to) == (8, "round", 5)
    assert DisclosurePolicy(preset="ten", minimum_count=12).minimum_count == 12
    assert DisclosurePolicy(preset="surveys").minimum_count == 11


def test_other_counts_of_which_the_same_is_told_make_the_same_page(evidence, necs):
    """Everything a board sees is calculated from what is told: the tables tried agree wherever a number is shown."""
    board, plan = protect(evidence, necs), planned(evidence, necs)
    for name, columns in plan.reports.columns.items():
        for column, values in columns.items():
            shown = getattr(board, name)[column]
            if values.dtype.kind == "f":
                for row in shown.index[shown.notna()]:
                    assert len(set(values[:, getattr(board, name).index.get_loc(row)].tolist())) == 1, (name, column, row)


def test_comparisons_of_places_too_small_to_be_told_one_by_one_are_told_of_halves(necs, reference):
    """Witness: the counts of a made-up trust of 6,000, of which no directorate's disciplined people could be compared; the attacker."""
    counts = trust_of_6000(4, years=1, separated=False)
    evidence = analyse(counts, necs, reference)
    shown = protect_and_audit(evidence, necs)
    assert exposed(evidence, [shown], necs.disclosure) == []
    rows = shown.together[shown.together["measure"].eq("entering_disciplinary")]
    assert sorted(len(category.split(" + ")) for category in rows["category"]) == [6, 6]
    people = counts[counts["item"].eq("entered_disciplinary") & counts["breakdown"].eq("directorate")]
    for row in rows.to_dict("records"):
        inside = people[people["category"].isin(row["category"].split(" + "))].groupby("ethnic_group")["count"].sum()
        assert (row["white_count"], row["bme_count"]) == (inside["white"], inside["bme"])
        assert row["value"] == pytest.approx(row["bme_rate"] / row["white_rate"]) and row["lower"] < row["value"] < row["upper"]
