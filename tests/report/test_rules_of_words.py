"""How a row is read and what it is called: every decision on both its sides. Witness: rows by hand, and the catalogue of 2020."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.analysis.status_rule import SUPPRESSED
from wres_helpers.report.form import numbers
from wres_helpers.report.form.blocks import Column, Notice, Table
from wres_helpers.report.words import evidence_rows as rows
from wres_helpers.report.words import made_tables, sentences, vocabulary

GAP = {"comparison": "difference", "direction": "bme-white", "value": 0.2, "lower": 0.1, "upper": 0.3}


@pytest.fixture
def row(rows_of):
    return lambda **more: pd.Series(rows_of.appointed | more)


def hides(**texts):
    return {"protection": json.dumps(texts)}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "5"), ({"bme_count": None}, "not supplied"), ({"bme_count": None, "status": "not_calculable"}, "not calculable"),
        ({"bme_count": None, "status": "too_few_to_judge"}, "not calculable"), ({"bme_count": None, "status": "not_comparable"}, "not comparable"),
        ({"bme_count": None, "status": "protected"}, "not supplied"), (hides(bme_count="[c]"), "hidden"), (hides(bme_count="fewer than 5"), "fewer than 5"),
        (hides(bme_count="1494 to 1511"), "1,494 to 1,511"), (hides(bme_count="not supplied"), "not supplied"), (hides(bme_base="[c]"), "5"),
        (hides(bme_count="12.345"), "12.345"), (hides(bme_count="under 999 or 2019.5"), "under 999 or 2019.5"),
    ],
)  # fmt: skip
def test_a_cell_has_a_number_or_what_stands_for_it(row, more, said):
    assert rows.cell(row(**more), "bme_count", numbers.count) == said
    assert rows.words(row(**more), "bme_count", numbers.count) == ("a hidden number" if said == "hidden" else said)
    assert (
        rows.cell(None, "bme_count", numbers.count) == "not supplied" and rows.absence(row(status="protected"), "value") == "not calculable"
    )


@pytest.mark.parametrize(
    ("more", "counted", "with_rate", "among"),
    [
        ({}, "5 of 100", "5.0% (5 of 100)", "5 of 100 people"),
        ({"bme_rate": None}, "5 of 100", "5 of 100", "5 of 100 people"),
        (hides(bme_count="[c]"), "a hidden number of 100", "5.0% (a hidden number of 100)", "a hidden number of 100 people"),
        (hides(bme_base="[c]"), "5 of a hidden number", "5.0% (5 of a hidden number)", "5 of a hidden number of people"),
        (hides(bme_count="[c]", bme_base="[c]", bme_rate="[c]"), "a hidden number", "a hidden number", "a hidden number of people"),
        ({"bme_count": None, "bme_rate": None}, "not supplied", "not supplied", "not supplied people"),
    ],
)
def test_counts_are_told_with_what_they_are_a_part_of(row, more, counted, with_rate, among):
    told = rows.counted(row(**more), "bme"), rows.with_rate(row(**more), "bme"), rows.counted_among(row(**more), "bme", "people")
    assert told == (counted, with_rate, among)


@pytest.mark.parametrize(
    ("more", "has", "there", "hidden", "ranged", "on_entry"),
    [
        ({}, True, True, False, False, False), ({"value": None}, False, False, False, False, False),
        (hides(value="[c]"), False, True, True, False, False), (hides(value="1.1 to 2.2"), False, True, True, True, False),
        (hides(lower="1.1"), True, True, False, False, False), ({"reason": SUPPRESSED}, True, True, False, False, True),
        (hides(white_count="not calculable"), True, True, False, False, True),
    ],
)  # fmt: skip
def test_what_is_hidden_is_told_from_what_is_not_there(row, more, has, there, hidden, ranged, on_entry):
    read = row(**more)
    found = (
        rows.has(read, "value"),
        rows.is_there(read, "value"),
        rows.is_hidden(read, "value"),
        rows.is_ranged(read),
        rows.hidden_on_entry(read),
    )
    assert found == (has, there, hidden, ranged, on_entry)
    assert not (rows.has(None, "value") or rows.is_there(None, "value") or rows.is_hidden(None, "value") or rows.is_ranged(None))
    assert rows.has(read, "value", "bme_count") is has and not rows.has(read, "value", "elsewhere")


@pytest.mark.parametrize(
    ("more", "clear", "excludes"),
    [
        ({}, True, True), ({"clear": False}, False, True), ({"lower": None}, None, False), ({"clear": None}, None, True),
        ({"lower": 1.0}, True, False), ({"lower": 0.5, "upper": 1.0}, True, False), ({"lower": 0.5, "upper": 0.99}, True, True),
        (GAP | {"lower": 0.0}, True, False), (GAP | {"lower": 0.01}, True, True), (GAP | {"lower": -0.2, "upper": 0.0}, True, False),
    ],
)  # fmt: skip
def test_a_clear_comparison_and_one_whose_interval_leaves_out_equality(row, more, clear, excludes):
    assert rows.is_clear(row(**more)) is clear and rows.excludes_equality(row(**more)) is excludes


def test_the_row_that_speaks_is_the_whole_or_the_first_part_that_may(made, rows_of):
    """Witness: of a board the voting members speak before the whole board, where they were supplied."""
    board = {"comparison": "difference", "direction": "board-workforce", "breakdown": "membership", "value": 0.1}
    parts = {name: rows_of.result("9", "board_share", (8, 10), (2, 10), **board) | {"category": name} for name in ("total", "voting")}
    shown = made([rows_of.appointed | {"breakdown": "site", "category": "Hill"}, rows_of.appointed, *parts.values()])
    assert (rows.headline_row(shown, "2")["breakdown"], rows.headline_row(shown, "9")["category"]) == ("overall", "voting")
    assert rows.headline_row(shown, "4") is None and rows.headline_row(shown, "2", rows_of.before) is None
    only = made([rows_of.appointed | {"breakdown": "site", "category": "Hill"}])
    assert rows.headline_row(only, "2")["category"] == "Hill"
    own = rows.own_status(shown, rows.headline_row(shown, "2"))
    assert own is not None and rows.own_status(shown, pd.Series(rows_of.appointed | {"breakdown": "site"})) is None
    assert rows.own_status(only, pd.Series(rows_of.appointed)) is None
    assert rows.status_of(made(), "4") == ("not_supplied", "Not supplied") and rows.status_of(made(), "2")[0] == "large_difference"
    with pytest.raises(KeyError, match="no headline measure for indicator 77"):
        rows.definition_of(shown, "77")
    with pytest.raises(KeyError, match="no x for indicator 2"):
        rows.definition_of(shown, "2", "x")


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ((0.0099, 0.02), True), ((0.02, 0.0099), True), ((0.01, 0.02), False), ((0.0, 0.02), False), ((0.02, 0.0), False), ((None, 0.005), False),
    ],
)  # fmt: skip
def test_what_is_rare_is_told_in_people(made, row, rate, said):
    read = row(white_rate=rate[0], bme_rate=rate[1])
    assert ("of a thousand" in sentences._per_thousand_sentence(made(), read)) is said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"unknown_count": 2, "unknown_base": 20}, "2 of 20 shortlisted candidates who have not disclosed their ethnicity were appointed; they"),
        ({"unknown_count": 0, "unknown_base": 0}, ""), ({"unknown_base": 0}, ""), ({}, ""),
        ({"unknown_base": 20}, "20 shortlisted candidates who have not disclosed their ethnicity belong to neither group."),
        (hides(unknown_count="[c]"), "how many of them were appointed is hidden, at least in part."),
        ({"unknown_count": 2} | hides(unknown_base="[c]"), "how many of them were appointed is hidden, at least in part."),
    ],
)  # fmt: skip
def test_the_undisclosed_of_a_comparison_are_told_as_they_are_known(made, row, more, said):
    told = sentences._unknown_sentence(made(), row(**more))
    assert (said in told) if said else told == ""


@pytest.mark.parametrize(("more", "said"), [({}, True), ({"status": "not_supplied"}, False), ({"direction": "grade-workforce"}, False)])
def test_people_are_told_beside_the_chart_of_two_groups(made, row, more, said):
    assert bool(report.in_people(made([row(unknown_base=20, **more).to_dict()]), "2").paragraphs) is said
    assert report.in_people(made(), "4").paragraphs == ()
    assert (
        "two years together here (2018/19 and 2019/20)" in sentences._pooled_sentence(made(), "3")
        and sentences._pooled_sentence(made(), "2") == ""
    )


ANSWERED = {"comparison": "difference", "direction": "bme-white", "lower": -0.3, "upper": -0.1}


@pytest.mark.parametrize(
    ("value", "clear", "less"), [(-0.2, True, "BME staff clearly less often (by 20.0 "), (0.2, True, "white staff clearly less often"), (-0.2, False, "")]
)  # fmt: skip
def test_how_many_of_each_group_answered_is_told_once_with_who_answered_less(made, rows_of, value, clear, less):
    survey = rows_of.result("5", "survey_response", (60, 100), (40, 100), **ANSWERED, value=value, clear=clear)
    shown = made([survey])
    told = sentences.who_answered_by_group(shown, "5")
    assert "has 40 BME and 60 white answers; on record, of another day, are 100 and 100 staff." in told
    assert "40.0% of BME and 60.0% of white staff answered" in told
    assert (less in told) if less else "less often" not in told
    assert sentences.who_answered_by_group(shown, "6") == "" == sentences.who_answered_by_group(made(), "5")


@pytest.mark.parametrize(
    ("indicator", "side"),
    [
        ("2", "Here, a value above 1 is worse for BME staff."),
        ("5", "a higher percentage among BME than among white"),
        ("7", "a lower percentage among BME than among white"),
    ],
)
def test_a_definition_says_which_way_is_worse(made, indicator, side):
    assert any(side in text for text in report.definition(made(), indicator).paragraphs)


def test_a_definition_names_its_question_its_survey_and_what_only_sums_up_another(made):
    one, two, seven, nine = (" ".join(report.definition(made(), name).paragraphs) for name in ("1", "2", "5", "9"))
    assert "The headline. " in one and one.count("of the standard: ") == 1 and "The headline: " in one
    assert "The headline" not in two and "The answers come from" not in two
    assert "The answers come from question 13a of a local staff survey" in seven and "question of the organisation's own" not in seven
    assert "voting members where they were supplied, else of the whole board" in nine and "voting members" not in one
    shown = made()
    shown.context.parameters.survey = SimpleNamespace(kind="national", questions={"5": "9z"})
    own = " ".join(report.definition(shown, "5").paragraphs)
    assert (
        "question 9z of the NHS Staff Survey" in own
        and "with a question of the organisation's own (question 9z)" in own
        and "asks question 13a" in own
    )


@pytest.mark.parametrize(
    ("grades", "said"),
    [
        (["Band 2"], "Band 2"), (["Band 2", "Band 3"], "Bands 2 and 3"), (["VSM"], "very senior managers"), (["Band 2", "VSM"], "Band 2 and very senior managers"),
        (["Band 5", "Consultant", "Trainee grade"], "Band 5, consultants and trainee grades"), (["Consultant", "VSM"], "consultants and very senior managers"),
    ],
)  # fmt: skip
def test_grades_are_listed_bands_first(made, grades, said):
    assert vocabulary.grades_listed(made(), grades) == said


def test_names_of_years_days_cuts_and_groups(made):
    shown = made()
    assert (vocabulary.snapshot_date(shown, "2019-20"), vocabulary.metric(shown, 2), vocabulary.metric(shown, 1)) == (
        "31 March 2020",
        "indicators",
        "indicator",
    )
    shown.context.reference = SimpleNamespace(standard=SimpleNamespace(snapshot="30 September"))
    assert vocabulary.snapshot_date(shown, "2019-20") == "30 September 2019"
    cuts = {
        "grade": "pay band",
        "grade (non_clinical)": "pay band, non-clinical",
        "site and tier": "site and pay tier",
        "job_type": "job type",
    }
    assert {name: vocabulary.cut_named(name) for name in cuts} == cuts
    assert (vocabulary.worse_off(made(), "some_difference"), vocabulary.worse_off(made(), "difference_other_way")) == (
        "worse for BME staff",
        "worse for white staff",
    )
    assert vocabulary.worse_off(made(), "equivalent") == ""
    assert (
        vocabulary.abbreviations(made(), ["VSM", "Band 2", "Consultant"]) == "VSM: very senior managers."
        and vocabulary.abbreviations(made(), ["Band 2"]) == ""
    )
    with pytest.raises(KeyError, match="no measure 'x'"):
        vocabulary.wording(made(), "x")
    assert vocabulary.wording(made(), "entering_disciplinary").acted.endswith(" in two years")
    assert not vocabulary.wording(made(), "accessing_training").acted.endswith("years")


def test_a_part_is_called_small_unless_its_name_has_a_number(made, row):
    shown = made()
    called = {"leadership_share": "Band 8c and above", "senior_share": "senior posts"}
    assert {name: vocabulary.part_of(shown, row(measure=name)) for name in called} == called
    board = {name: vocabulary.part_of(shown, row(measure="board_share", category=name)) for name in ("total", "voting")}
    assert board == {"total": "the board", "voting": "the voting board members"}


def table(*cells):
    width = len(cells[0])
    return Table("t", "Caption", tuple(Column(f"c{place}") for place in range(width)), tuple(cells))


@pytest.mark.parametrize(
    ("cells", "names", "sizes", "kept", "note"),
    [
        ([("A", "1"), ("B", "hidden")], 1, 0, ["A"], "B"),
        ([("A", "1"), ("B", "hidden"), ("C", "hidden")], 1, 0, ["A"], "B; C"),
        ([("A", "1", "9"), ("B", "hidden", "20")], 1, 1, ["A"], "B (20 in all)"),
        ([("A", "x", "1"), ("A", "y", "hidden"), ("B", "z", "hidden")], 2, 0, ["A"], "A (y); B"),
        ([("A", "x", "1"), ("A", "y", "hidden")], 1, 0, ["A", "A"], None),
        ([("A", "1")], 1, 0, ["A"], None),
    ],
)
def test_rows_of_which_nothing_is_shown_stand_in_a_note_once(cells, names, sizes, kept, note):
    told = made_tables.told_once(table(*cells), names, sizes)
    assert [each[0] for each in told.rows] == kept
    assert [text for text in told.notes if text.startswith("Hidden")] == (
        [f"Hidden, so that nobody can be recognised: {note}."] if note else []
    )
    nothing = made_tables.table_or_notice(table(("A", "hidden"), ("B", "hidden")))
    assert isinstance(nothing, Notice) and nothing.title == "Caption: hidden" and nothing.text.endswith("A; B.")
    assert isinstance(made_tables.table_or_notice(table(("A", "1"))), Table)


def test_a_ratio_that_is_none_is_short_in_a_cell_and_long_in_a_note():
    fields = [made_tables.words_field("Name", str), made_tables.number("Value", lambda each: numbers.NO_RATIO if each else "1")]
    for given, noted in (((0, 1), 1), ((0, 0), 0)):
        made = made_tables.table_of("t", "c", fields, given, ["", "Own."])
        assert sum("one group counts nobody" in note for note in made.notes) == noted and "Own." in made.notes and "" not in made.notes
        assert [cells[1] for cells in made.rows] == ["1" if not each else "no ratio" for each in given]
    assert made_tables.status_cell("equivalent").text == "Equivalent" and made_tables.status_cell("x", "Long (y)").text == "Long"


def test_rows_are_those_of_the_reports_year_unless_another_is_asked_for(made, rows_of):
    shown = made([rows_of.appointed, rows_of.appointed | {"year": rows_of.before, "bme_count": 7}])
    assert [len(rows.of_indicator(shown, "results", "2", year)) for year in (None, rows_of.before, "2000-01")] == [1, 1, 0]
    assert rows.of_indicator(shown, "results", "2")["bme_count"].item() == 5
    assert len(rows.of_indicator(shown, "results", "2", measure="x")) == 0
    assert rows.workforce_share(shown, "bme")["count"] == 100 and rows.workforce_share(shown, "bme", rows_of.before) is None
    assert rows.headline_row(shown, "2")["bme_count"] == 5 and rows.headline_row(shown, "2", rows_of.before)["bme_count"] == 7
