"""What is said of pay bands: every decision on both its sides. Witness: bands by hand, with counts and intervals beside each."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.report.form import phrases
from wres_helpers.report.form.blocks import Notice, Table
from wres_helpers.report.section import workforce_blocks as bands

ALL_HIDDEN = json.dumps({f"{group}_{what}": "[c]" for group in ("white", "bme", "unknown") for what in ("count", "rate")})
ALIKE, SMALLER, LARGER = (-0.1, 0.1), (-0.2, -0.1), (0.1, 0.2)
TOGETHER = ["year", "measure", "breakdown", "category"]


@pytest.fixture
def shown(made, rows_of):
    """Evidence of indicator 1: rows of a breakdown and a category, counts of BME people of a base, and an interval."""

    def make(*rows, together=(), suppressed=(), shares=None):
        results = [of_band(rows_of, *row) if isinstance(row, tuple) else row for row in rows]
        made_of = made(results, **({} if shares is None else {"shares": shares}))
        made_of.together = pd.DataFrame(list(together), columns=list(together[0]) if together else [])
        if suppressed:
            made_of.context.own = SimpleNamespace(suppressed=pd.DataFrame(suppressed, columns=["item", "year"]))
        return made_of

    return make


def of_band(rows_of, category, bme=(2, 20), ends=ALIKE, breakdown="grade", **more):
    row = rows_of.result("1", "share_of_grade", None, bme, comparison="difference", direction="grade-workforce", value=0.0)
    row |= {"breakdown": breakdown, "category": category} | dict(zip(("lower", "upper"), ends or (None, None), strict=True))
    return row | {"clear": ends in (SMALLER, LARGER), "p_value": 0.001 if ends in (SMALLER, LARGER) else 0.9} | more


def words(block) -> str:
    return " ".join(block.paragraphs)


def hidden(rows_of, category, base=20, **more):
    row = of_band(rows_of, category, (None, base), None, **more)
    return rows_of.hide(row | {"status": "protected"}, bme_count="[c]", bme_rate="[c]", value="[c]", lower="[c]", upper="[c]")


def test_a_band_that_nobody_holds_is_no_row(shown):
    evidence = shown(("Band 2", (0, 0)), ("Band 3", (0, 5)), ("Band 4", (1, None)), ("Band 5", (1, 5), ALIKE, "cluster"))
    assert list(bands.grade_rows(evidence)["category"]) == ["Band 3", "Band 4"]
    assert list(bands.grade_rows(evidence, "cluster")["category"]) == ["Band 5"]


@pytest.mark.parametrize(
    ("rows", "finding", "whose"),
    [
        ([("Band 2",), ("Band 3",)], "No pay band has a BME share clearly different from that of the workforce", ""),
        ([("Band 2", (2, 20), LARGER)], "Band by band, the BME share is clearly larger in Band 2 than in the whole workforce", ""),
        (
            [("Band 2", (2, 20), LARGER), ("Band 3", (2, 20), SMALLER), ("VSM", (2, 20), SMALLER)],
            "Band by band, the BME share is clearly larger in Band 2, and smaller in Band 3 and very senior managers than in the whole workforce",
            "",
        ),
        (
            [(f"Band {band}", (band, 20), LARGER) for band in (2, 3, 4)] + [("Band 5", (7, 20), SMALLER)],
            "Band by band, the BME share is clearly larger in Bands 2, 3 and 4, and smaller in Band 5 than in the whole workforce",
            "",
        ),
        (
            [(f"Band {band}", (band, 20), LARGER) for band in (4, 2, 3)] + [(f"Band {band}", (band, 20), SMALLER) for band in (6, 5)],
            "Band by band, the BME share is clearly larger in three bands, and smaller in two bands than in the whole workforce",
            "Larger in three bands (highest: Band 4, 20.0%), and smaller in two bands (lowest: Band 5, 25.0%).",
        ),
        (
            [("Band 2", (2, 20), LARGER), ("Band 2", (2, 20), ALIKE, "grade (clinical)")],
            "Band by band, the BME share is clearly larger in Band 2 than in the whole workforce",
            "Of all staff together.",
        ),
    ],
)
def test_where_bands_part_is_told_by_name_of_four_and_by_number_of_more(shown, rows, finding, whose):
    assert bands._finding(shown(*rows)) == (finding, whose)


def test_what_is_not_shown_of_a_band_is_said_beside_the_finding(shown, rows_of):
    some = shown(("Band 2", (2, 20), LARGER), hidden(rows_of, "Band 3"))
    assert bands._finding(some)[1] == "Of the bands whose BME share is shown."
    both = shown(("Band 2", (2, 20), LARGER), hidden(rows_of, "Band 3"), ("Band 2", (2, 20), ALIKE, "grade (clinical)"))
    assert bands._finding(both)[1] == "Of all staff together and of the bands whose BME share is shown."


@pytest.mark.parametrize(
    ("item", "year", "said"), [("workforce", "2019-20", True), ("workforce", "2018-19", False), ("board", "2019-20", False)]
)
def test_why_there_is_no_chart_of_bands_follows_from_what_was_hidden_before_the_tables_came_in(shown, rows_of, item, year, said):
    told = report.band_chart(shown(rows_of.appointed, suppressed=[(item, year)]))
    assert isinstance(told, Notice) and ("not calculable" in told.title) is said


def test_a_chart_of_bands_draws_what_is_known_and_says_what_is_not(shown, rows_of, monkeypatch):
    """Witness: of five bands one is hidden, one was not supplied, and one is told as a range; each side has a panel where it has rows."""
    drawn = []
    monkeypatch.setattr(bands.plots, "dots", lambda panels, reference: drawn.append((panels, reference)) or "<svg/>")
    ranged = rows_of.hide(of_band(rows_of, "Band 4", (None, 20), None, status="protected"), bme_rate="10.0% to 20.0%", bme_count="2 to 4")
    absent = of_band(rows_of, "Band 5", None, None, status="not_supplied")
    rows = [("Band 2", (4, 20), LARGER), hidden(rows_of, "Band 3"), ranged, absent]
    figure = report.band_chart(shown(*rows))
    (((panel,), reference),) = drawn
    assert (panel.label, [mark.series for mark in panel.marks], [mark.stands_out for mark in panel.marks]) == (
        "",
        ["Band 2", "Band 4"],
        [True, False],
    )
    assert (reference, [mark.short for mark in panel.marks]) == ((0.1, "whole workforce 10.0%"), ["20.0%", "10.0% to 20.0%"])
    assert "Not drawn, because hidden: Band 3. Not drawn, because not supplied: Band 5." in figure.notes
    assert any(note.startswith(bands.MANY_AT_ONCE) for note in figure.notes)
    of_sides = [*rows, ("Band 2", (4, 20), LARGER, "grade (clinical)"), hidden(rows_of, "Band 3", breakdown="grade (non_clinical)")]
    figure = report.band_chart(shown(*of_sides))
    assert [panel.label for panel in drawn[-1][0]] == ["All staff", "Clinical"]
    assert "Not drawn, because hidden: all staff Band 3; non-clinical of every band." in " ".join(figure.notes)
    unknown = report.band_chart(shown(*rows, shares=[rows_of.share("headcount", "bme", None, 1000)]))
    assert drawn[-1][1] is None and unknown.title
    alike = report.band_chart(shown(("Band 2",)))
    assert not any(note.startswith(bands.MANY_AT_ONCE) for note in alike.notes)
    assert isinstance(report.band_chart(shown(hidden(rows_of, "Band 3"), ("Band 2", (None, 5), None))), Table | Notice)


def labels(evidence):
    apart = [f"{row[0]}, {phrases.small(part.caption).partition(' staff')[0]}" for part in report.band_parts(evidence) for row in part.rows]
    return [*(row.name for row in bands._labelled_rows(evidence)), *apart]


def test_rows_of_bands_stand_once_in_the_order_of_reading(shown):
    """Witness: clusters that are a band themselves, and medical grades that stand among all grades, are no second row."""
    clinical = "grade (clinical)"
    rows = [("Band 2", (1, 10)), ("VSM", (1, 10)), ("VSM", (1, 10), ALIKE, "cluster"), ("Bands 1 to 7", (3, 30), ALIKE, "cluster")]
    rows += [("all", (9, 90), ALIKE, "overall"), ("clinical", (4, 40), ALIKE, "staff_group"), ("Band 2", (1, 5), ALIKE, clinical)]
    assert labels(shown(*rows)) == [
        "Band 2", "Very senior managers", "Bands 1 to 7, together", "Whole workforce", "All clinical staff", "Band 2, clinical",
    ]  # fmt: skip
    medical = [("medical_and_dental", (5, 50), ALIKE, "staff_group"), ("Consultant", (5, 50), ALIKE, "grade (medical_and_dental)")]
    assert labels(shown(*rows, *medical))[4:] == [
        "All clinical staff, medical and dental apart", "All medical and dental staff", "Band 2, clinical", "Consultants, medical and dental",
    ]  # fmt: skip
    among_all = labels(shown(*rows, ("Consultant", (5, 50)), *medical))
    assert "Consultants" in among_all and "Consultants, medical and dental" not in among_all
    of_both = labels(shown(*rows, ("Consultant", (5, 50)), *medical, ("Consultant", (1, 5), ALIKE, clinical)))
    assert "Consultants, medical and dental" in of_both and "Consultants, clinical" in of_both
    cluster = ("Medical and dental", (5, 50), ALIKE, "cluster")
    assert "All medical and dental staff" not in labels(shown(*rows, cluster, *medical)), "a cluster of the same people stands above"
    other = ("Medical and dental", (6, 50), ALIKE, "cluster")
    assert "All medical and dental staff" in labels(shown(*rows, other, *medical))


@pytest.mark.parametrize(
    ("category", "said", "place"),
    [
        ("Band 2 + Band 3", "Band 2 and Band 3, together", 2),
        ("Band 3 + Band 2", "Band 3 and Band 2, together", 2),
        ("Band 2 + Band 3 + Band 4", "Band 2 to Band 4, together", 3),
        ("Band 2 + Band 4", "Band 2 and Band 4, together", 3),
        ("Band 2 + Band 4 + Band 5", "Band 2, Band 4 and Band 5, together", 4),
        ("Band 2", None, None),
        ("Band 2 + Nobody", None, None),
    ],
)
def test_bands_that_are_told_together_stand_after_the_last_of_them(shown, rows_of, category, said, place):
    alone = [f"Band {band}" for band in (2, 3, 4, 5)]
    rows, merged = [(name, (1, 10)) for name in alone], of_band(rows_of, category, (2, 20))
    assert labels(shown(*rows, together=[merged])) == ([*alone[:place], said, *alone[place:]] if said else alone)
    other = of_band(rows_of, "Band 4 + Band 5", (2, 20))
    both = labels(shown(*rows, together=[of_band(rows_of, "Band 2 + Band 3", (2, 20)), other]))
    assert [name.endswith("together") for name in both] == [False, False, True, False, False, True]
    last_year = labels(shown(*rows, together=[merged | {"year": rows_of.before}]))
    assert last_year == alone


def test_bands_without_bme_staff_are_named_and_hidden_ones_are_not(shown, rows_of):
    told = words(report.band_reading(shown(("Band 2", (0, 20)), ("Band 3", (1, 20)), ("Band 4", (0, 20)), hidden(rows_of, "Band 5"))))
    assert told.startswith("No BME staff are recorded in Bands 2 and 4. The standard asks for clinical and non-clinical staff apart;")
    assert "recorded" not in words(report.band_reading(shown(("Band 3", (1, 20)))))
    unknown = words(report.band_reading(shown(("Band 3", (1, 20)), suppressed=[("workforce", "2019-20")])))
    assert unknown == ""


NOWHERE, IN_PART = "nowhere clearly different among non-clinical staff.", "workforce (of the bands where it is shown) is"


@pytest.mark.parametrize(
    ("clinical", "other", "said"),
    [
        ([("Band 2", (2, 20), SMALLER)], [("Band 2",)], f"workforce is clearly smaller in Band 2 among clinical staff; {NOWHERE}"),
        ([("Band 2", (2, 20), LARGER)], [], "workforce is clearly larger in Band 2 among clinical staff."),
        ([("Band 2", (2, 20), None)], [("Band 2",)], f"{IN_PART} not shown of any band of clinical staff; {NOWHERE}"),
        ([("Band 2", (2, 20), None)], [], "no band of either may be shown, so that nobody can be recognised."),
    ],
)
def test_clinical_and_other_staff_are_each_told(shown, clinical, other, said):
    rows = [
        (*row, *((2, 20), ALIKE)[len(row) - 1 :], f"grade ({name})")
        for name, each in (("clinical", clinical), ("non_clinical", other))
        for row in each
    ]
    assert words(report.band_reading(shown(*rows))).endswith(said)
    assert words(report.band_reading(shown(("Band 2",), *rows))).endswith(said), "beside the bands of all staff"


SEVEN, EIGHT = "Bands 1 to 7", "Bands 8a to 9"


def clusters(*rows):
    return [(*row, ALIKE, "cluster") for row in rows]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(SEVEN, (90, 800)), (EIGHT, (10, 200))], "By group of bands, BME staff are 11.3% (90 of 800) in Bands 1 to 7 and 5.0% (10 of 200) in Bands 8a to 9."),
        ([(SEVEN, (90, 800)), (EIGHT, (11, 200))], "Together that is one BME person more than the 100 of the whole workforce"),
        ([(SEVEN, (90, 800)), (EIGHT, (8, 200))], "Together that is two BME people fewer than the 100 of the whole workforce"),
        ([(SEVEN, (100, 800)), (EIGHT, (10, 200))], "Together that is ten BME people more than the 100 of the whole workforce"),
        ([(SEVEN, (100, 800)), (EIGHT, (11, 200))], "Together that is more BME people than the 100 of the whole workforce"),
        ([(SEVEN, (60, 800)), (EIGHT, (11, 200))], "Together that is fewer BME people than the 100 of the whole workforce"),
        ([(SEVEN, (90, 800)), ("VSM", (10, 20))], "50.0% (10 of 20) in very senior managers."),
    ],
)  # fmt: skip
def test_groups_of_bands_are_told_and_whether_they_add_up(shown, rows, told):
    said = words(report.band_reading(shown(*clusters(*rows))))
    assert told in said and ("Together" in said) is ("Together" in told)


def test_groups_of_bands_that_are_hidden_are_told_as_such_and_nothing_is_added_up(shown, rows_of):
    part = {"breakdown": "cluster"}
    some = shown(*clusters((SEVEN, (90, 800))), hidden(rows_of, EIGHT, 200, **part))
    said = words(report.band_reading(some))
    assert said.startswith(
        "By group of bands, BME staff are 11.3% (90 of 800) in Bands 1 to 7. How many BME staff are in Bands 8a to 9 (200 staff) is hidden"
    )
    assert "Together" not in said
    unsized = rows_of.hide(of_band(rows_of, EIGHT, (None, None), None, **part), bme_count="[c]", bme_base="[c]")
    assert "How many BME staff are in Bands 8a to 9 is hidden" in words(report.band_reading(shown(unsized)))
    fewer = rows_of.hide(of_band(rows_of, EIGHT, (None, None), None, **part), bme_count="fewer than 5", bme_base="[c]")
    assert "BME staff are fewer than 5 in Bands 8a to 9." in words(report.band_reading(shown(fewer)))
    nobody = rows_of.hide(of_band(rows_of, EIGHT, (0, None), None, **part), bme_base="[c]") | {"bme_count": 0}
    assert "By group" not in words(report.band_reading(shown(nobody)))
    without = shown(*clusters((SEVEN, (90, 800))), shares=[rows_of.share("headcount", "bme", None, 1000)])
    assert "Together" not in words(report.band_reading(without))


@pytest.mark.parametrize(
    ("hide", "senior", "divided"),
    [
        ((EIGHT, "VSM"), (15, 194), True),
        ((EIGHT,), (15, 194), False),
        ((SEVEN, EIGHT, "VSM"), (15, 194), False),
        ((EIGHT, "VSM"), (None, 194), False),
    ],
)
def test_of_senior_posts_whose_number_is_the_headline_only_the_division_is_hidden(shown, rows_of, hide, senior, divided):
    head = rows_of.result("1", "senior_share", None, senior, comparison="difference", direction="grade-workforce")
    said = words(report.band_reading(shown(head, *(hidden(rows_of, name, breakdown="cluster") for name in hide))))
    assert ("How the 15 BME staff in Band 8a and above are divided between" in said) is divided
    assert ("How many BME staff are in" in said) is not divided


def test_one_group_of_bands_alone_is_divided_between_nothing(shown, rows_of):
    """Witness: a table of grades whose senior posts are all of one group of bands."""
    head = rows_of.result("1", "senior_share", None, (15, 194), comparison="difference", direction="grade-workforce")
    evidence = shown(head, hidden(rows_of, EIGHT, breakdown="cluster"))
    reference = evidence.context.reference
    grades = reference.grades.assign(senior=reference.grades["cluster"].eq(EIGHT))
    evidence.context.reference = SimpleNamespace(**vars(reference) | {"grades": grades})
    assert "How many BME staff are in Bands 8a to 9 (20 staff) is hidden" in words(report.band_reading(evidence))


def test_a_band_of_which_nothing_is_shown_is_noted_with_how_many_there_are(shown, rows_of):
    known = hidden(rows_of, "Band 4") | {"unknown_count": None, "unknown_rate": 0.1}
    part = shown(("Band 2",), hidden(rows_of, "Band 3") | {"white_count": None, "protection": ALL_HIDDEN}, known)
    table = report.band_table(part)
    assert [row[0] for row in table.rows] == ["Band 2", "Band 4"]
    assert any(note.endswith("recognised: Band 3 (20 in all).") for note in table.notes)
