"""What is said of an indicator's parts: every decision on both its sides. Witness: parts by hand, with Holm's steps worked out beside them."""

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.analysis.contributions import COMPOSITION
from wres_helpers.report.section import funnel_plots, part_blocks
from wres_helpers.report.words import evidence_rows
from wres_helpers.settings.master_file import Terms

OWN_WORDS = Terms(bme="ethnic minority", bme_long="ethnic minority")
MEASURE = "appointed_from_shortlisting"


@pytest.fixture
def shown(made, rows_of):
    """Evidence of indicator 2 with parts of a breakdown: each its category and p-value; with those told together, and people of a gap."""

    def make(*parts, together=(), people=(), status="large_difference", **more):
        rows = [rows_of.appointed | {"status": status}, *(of_part(rows_of, *part) if isinstance(part, tuple) else part for part in parts)]
        made_of = made(rows, [rows_of.status("2", status, f"Label of {status}")], **more)
        made_of.together = pd.DataFrame(list(together))
        place = {"year": rows_of.year, "indicator": "2", "measure": MEASURE}
        columns = ["breakdown", "category", "beyond_people", "whole_people", "bme_count", "bme_base"]
        made_of.contributions = pd.DataFrame([place | dict(zip(columns, row, strict=True)) for row in people], columns=[*place, *columns])
        return made_of

    return make


def of_part(rows_of, category, p_value=0.5, counts=((30, 100), (10, 100)), breakdown="gender", **more):
    row = rows_of.result("2", MEASURE, *counts, value=3.0, lower=1.5, upper=6.0, p_value=p_value)
    return row | {"breakdown": breakdown, "category": category, "clear": p_value < 0.05, "status": "not_judged"} | more


def hidden(rows_of, category, **more):
    row = of_part(rows_of, category, **{"counts": (None, None), "status": "protected", **more})
    return rows_of.hide(row, white_count="[c]", bme_count="[c]", value="[c]", lower="[c]", upper="[c]", clear="[c]", p_value="[c]")


SURE, UNSURE, NOT = ("Men", 0.001), ("Women", 0.04), ("Others", 0.6)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([NOT], "By gender: the one comparison shown is not clear by itself."),
        ([NOT, ("Women", 0.5)], "By gender: neither comparison shown is clear by itself."),
        ([NOT, ("Women", 0.5), ("Men", 0.5)], "By gender: none of the three comparisons shown is clear by itself."),
        ([SURE], "By gender: clear by itself: Men. Men: white 30.0% (30 of 100), BME 10.0% (10 of 100)."),
        # 0.001 twice is 0.002; of two 0.04 once; of three 0.04 twice is 0.08
        ([SURE, NOT], "By gender: clear by itself: Men. With all two asked at once (Holm's method): it still is. Men: white"),
        ([SURE, UNSURE], "By gender: clear by themselves: Men; Women. With all two asked at once (Holm's method): all of them. Men: white"),
        ([SURE, UNSURE, NOT], "By gender: clear by themselves: Men; Women. With all three asked at once (Holm's method): Men. Men: white"),
        ([UNSURE, NOT], "By gender: clear by itself: Women. With all two asked at once (Holm's method): none. Women: white"),
        ([UNSURE, ("Men", 0.03), NOT], "By gender: clear by themselves: Women; Men. With all three asked at once (Holm's method): none. Men: white"),
    ],
)  # fmt: skip
def test_which_parts_differ_is_told_by_themselves_and_with_all_asked_at_once(shown, parts, said):
    (told,) = report.by_parts(shown(*parts), "2").paragraphs
    assert told.startswith(said)


@pytest.mark.parametrize(
    ("shown_parts", "hidden_parts", "said"),
    [
        ([NOT], ["Men"], "the one comparison shown is not clear by itself. One of two is hidden, and may be more unequal."),
        ([NOT], ["Men", "Women"], "the one comparison shown is not clear by itself. Two of three are hidden, and may be more unequal."),
        ([NOT], ["A", "B", "C"], "the one comparison shown is not clear by itself. Three of four are hidden, and may be more unequal."),
        ([], ["A", "B", "C", "D"], "all four are hidden one by one, so that the most unequal cannot be named."),
        ([], ["Men"], "the one part is hidden."),
        ([], ["Men", "Women"], "both are hidden one by one, so that the most unequal cannot be named."),
        ([], ["Men", "Women", "Others"], "all three are hidden one by one, so that the most unequal cannot be named."),
    ],
)
def test_what_hides_the_most_unequal_part_is_told(shown, rows_of, shown_parts, hidden_parts, said):
    parts = [*shown_parts, *(hidden(rows_of, name) for name in hidden_parts)]
    assert report.by_parts(shown(*parts), "2").paragraphs == (f"By gender: {said}",)
    unasked = of_part(rows_of, "Elsewhere", lower=None)
    assert (report.by_parts(shown(*parts, unasked), "2").paragraphs == ()) is (not shown_parts), (
        "of what cannot be compared nothing is asked"
    )


@pytest.mark.parametrize(
    ("p_value", "said"),
    [(0.001, "Men and Women, together: white 30.0%"), (0.5, "The one group told together is not clear by itself.")],
)
def test_parts_told_together_speak_where_none_does_by_itself(shown, rows_of, p_value, said):
    merged = of_part(rows_of, "Men + Women", p_value)
    parts = [hidden(rows_of, "Men"), hidden(rows_of, "Women")]
    (told,) = report.by_parts(shown(*parts, together=[merged]), "2").paragraphs
    assert said in told and told.startswith("By gender: both are hidden one by one")
    other = merged | {"breakdown": "source"}
    assert said not in report.by_parts(shown(*parts, together=[other]), "2").paragraphs[0]
    (table,) = report.cut_tables(shown(*parts, together=[merged]), "2")
    assert [row[0] for row in table.rows][-1] == "Men and Women, together"


def test_parts_and_what_is_told_together_are_asked_at_once_each_by_its_own_name(shown, rows_of):
    """Witness: seven are asked, of which two have a p-value of 0.001: seven and six times that is far below 5%."""
    merged = [of_part(rows_of, "A + B", 0.5), of_part(rows_of, "C + D", 0.001)]
    (told,) = report.by_parts(shown(SURE, *(hidden(rows_of, name) for name in "ABCD"), together=merged), "2").paragraphs
    names = "clear by themselves: Men; C and D, together. With all seven asked at once (Holm's method): all of them."
    assert told.startswith(f"By gender: {names}") and told.endswith("Four of five are hidden, and may be more unequal.")


def test_breakdowns_that_a_page_shows_in_its_own_way_and_what_was_not_supplied_are_no_parts(shown, rows_of):
    rows = [of_part(rows_of, "x", breakdown=name) for name in ("membership", "cluster", "tier")]
    absent = of_part(rows_of, "Men", status="not_supplied")
    assert report.by_parts(shown(*rows, absent), "2").paragraphs == (part_blocks.NO_PARTS,)
    assert report.cut_tables(shown(*rows, absent), "2") == ()
    evidence = shown(of_part(rows_of, "Open", breakdown="job type (old)"), SURE)
    assert [table.id for table in report.cut_tables(evidence, "2")] == ["indicator-2-by-job-type--old", "indicator-2-by-gender"]
    assert all(table.behind for table in report.cut_tables(evidence, "2"))


def test_a_table_of_parts_explains_its_drawn_intervals_where_there_are_some(shown, rows_of):
    (table,) = report.cut_tables(shown(SURE), "2")
    assert (table.columns[-1].label, table.keys) == ("White divided by BME (95% interval)", 1) and any(
        note.startswith("Dot: comparison") for note in table.notes
    )
    (both,) = report.cut_tables(shown(SURE, of_part(rows_of, "Women", lower=None)), "2")
    assert both.keys == 1
    (plain,) = report.cut_tables(shown(of_part(rows_of, "Men", lower=None)), "2")
    assert plain.keys == 0 and not any(note.startswith("Dot") for note in plain.notes)


@pytest.mark.parametrize(
    ("ranked", "clear", "still"),
    [
        ((0.01, 0.5), [0], [0]),
        ((0.025, 0.5), [0], [0]),  # twice 0.025 is 5%
        ((0.0251, 0.5), [0], []),
        ((0.04, 0.01), [0, 1], [0, 1]),
        ((0.02, 0.02, 0.02), [0, 1, 2], []),  # three times 0.02 is 6%, and no later one is surer than an earlier
        ((None, 0.02), [1], [1]),
        ((None, 0.03), [1], []),
        ((0.01,), [], None),
        ((None, 0.01), [0, 1], None),
    ],
)
def test_holms_steps(ranked, clear, still):
    part = pd.DataFrame({"p_value": pd.Series(ranked, dtype=float), "confidence": 0.95})
    assert part_blocks.clear_together(part, part.iloc[clear]) == still


def test_how_many_bands_stay_clear_is_counted(rows_of):
    part = pd.DataFrame([of_part(rows_of, name, p) for name, p in (("a", 0.001), ("b", 0.04), ("c", 0.6))])
    assert part_blocks.how_many_still(part, " of all staff") == (
        "Clear bands of all staff that stay clear when all three are tested together (Holm's method): one of two."
    )
    assert part_blocks.how_many_still(part.tail(1), "") == ""


@pytest.mark.parametrize(
    ("breakdown", "category", "alone", "beside"),
    [
        ("tier", "lower", "Lower tier", "Lower tier"),
        ("tier (clinical)", "upper", "Upper tier", "Upper tier, clinical"),
        ("grade (non_clinical)", "Band 6", "Band 6", "Band 6, non-clinical"),
        ("site", "Hill", "Hill", "Hill (site)"),
        ("membership", "voting", "Voting members", "Voting members"),
        ("staff_group", "medical_and_dental", "Medical and dental", "Medical and dental"),
        ("directorate", "Hill + Dale", "Hill and Dale, together", "Hill and Dale, together (directorate)"),
    ],
)
def test_a_part_says_beside_others_what_it_is_a_part_of(breakdown, category, alone, beside):
    told = (part_blocks.part_named(breakdown, category, beside_others=others) for others in (False, True))
    assert tuple(told) == (alone, beside)


#: Twelve people fewer in all: eight at Hill, three at Dale, one by where people work.
GAP = [("site", "Hill", -8.2, -12.0, 10, 50), ("site", "Dale", -2.8, -12.0, 5, 30), ("site", COMPOSITION, -1.0, -12.0, None, None)]


def other_way(rows):
    return [(name, part, -beyond, -whole, *counts) for name, part, beyond, whole, *counts in rows]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (GAP, "BME people short of the white rate: 12 in all; the largest number of a part is 8, in Hill."),
        (other_way(GAP), "BME people beyond the white rate: 12 in all; the largest number of a part is 8, in Hill."),
        ([("site", "Hill", -0.4, -12.0, 10, 50), ("site", COMPOSITION, -11.6, -12.0, None, None)], None),
        ([("site", "Hill", -0.3, -0.4, 10, 50)], None),
        ([("site", "Hill", 3.0, -2.0, 10, 50), ("site", COMPOSITION, -5.0, -2.0, None, None)], None),
        ([("site", "Hill", None, -2.0, 10, 50)], None),
        (
            [("site", "Hill", -0.6, -0.9, 10, 50)],
            "BME people short of the white rate: 1 in all; the largest number of a part is 1, in Hill.",
        ),
    ],
)
def test_the_part_with_most_of_the_people_of_a_gap_is_named(shown, people, said):
    told = [text for text in report.by_parts(shown(people=people), "2").paragraphs if "white rate" in text]
    assert told == ([said] if said else [])
    assert not said or said.replace("BME", "Ethnic minority") in report.by_parts(shown(people=people, terms=OWN_WORDS), "2").paragraphs
    settled = shown(people=people, status="equivalent")
    assert not any("white rate" in text for text in report.by_parts(settled, "2").paragraphs), (
        "of groups that are equivalent no gap is divided"
    )


@pytest.mark.parametrize(
    ("people", "rows", "heading", "how"),
    [
        (GAP, [("Hill", "10 of 50", "8"), ("Dale", "5 of 30", "3"), ("Mix of parts", "does not apply", "1")], "Short of the white rate", "fewer"),
        (other_way(GAP), [("Hill", "10 of 50", "+8"), ("Dale", "5 of 30", "+3"), ("Mix of parts", "does not apply", "+1")], "Beyond the white rate", "more"),
        *(([("site", "Hill", -3.0, whole, 9, 50), ("site", "Dale", 3.0, whole, 8, 50)],
           [("Hill", "9 of 50", "\N{MINUS SIGN}3"), ("Dale", "8 of 50", "+3")], "Beyond the white rate", "more") for whole in (0.0, 0.4)),
        ([("site", "Hill", 3.0, -2.0, 10, 50)], [("Hill", "10 of 50", "\N{MINUS SIGN}3")], "Short of the white rate", "fewer"),
    ],
)  # fmt: skip
def test_people_of_a_gap_are_counted_on_the_side_its_heading_names(shown, people, rows, heading, how):
    (table,) = report.contributions(shown(people=people), "2")
    assert [tuple(row) for row in table.rows] == rows and table.columns[-1].label == heading and table.behind
    assert f"how many {how} BME people are counted" in " ".join(table.notes)
    (worded,) = report.contributions(shown(people=people, terms=OWN_WORDS), "2")
    assert worded.columns[1].label == "Ethnic minority people counted"
    (asked,) = report.contributions(shown(people=people, status="equivalent"), "2", ("site",))
    assert not asked.behind and report.contributions(shown(people=people, status="equivalent"), "2") == ()
    assert report.contributions(shown(people=people), "2", ("division",)) == ()
    other = [("directorate", *row[1:]) for row in people]
    assert [each.id[18:] for each in report.contributions(shown(people=[*people, *other]), "2")] == ["site", "directorate"]


def sites(rows_of, many):
    return [of_part(rows_of, f"Site {place:02d}", 0.5, ((300 + place, 1000), (90 + place, 300)), "site") for place in range(many)]


@pytest.mark.parametrize(("many", "drawn"), [(10, True), (9, False)])
def test_parts_in_a_funnel_are_told_by_it_and_not_again(shown, rows_of, monkeypatch, many, drawn):
    monkeypatch.setattr(funnel_plots, "funnel_picture", lambda units: "<svg/>")
    evidence = shown(*sites(rows_of, many))
    assert len(report.funnel_of_parts(evidence, "2")) == drawn == (report.cut_tables(evidence, "2") == ())
    assert any(text.startswith("By site") for text in report.by_parts(evidence, "2").paragraphs) is not drawn
    other = [row | {"breakdown": "gender"} for row in sites(rows_of, many)]
    assert report.funnel_of_parts(shown(*other), "2") == () and len(report.cut_tables(shown(*other), "2")) == 1
    merged = of_part(rows_of, "Site 01 + Site 02", breakdown="site")
    tables = report.cut_tables(shown(*sites(rows_of, many), together=[merged]), "2")
    assert [row[0] for table in tables for row in table.rows][-1] == "Site 01 and Site 02, together"
    assert len(tables[0].rows) == (1 if drawn else 1 + many)


def funnel_of(rows_of, *changed, direction="white/bme", many=10):
    rows = [row | {"organisation": row["category"]} for row in sites(rows_of, many)]
    for place, change in enumerate(changed):
        rows[place] |= change
    frame = pd.DataFrame(rows).assign(direction=direction, comparison="ratio" if "/" in direction else "difference")
    return frame


FAR, OUT = {"bme_count": 10}, {"bme_count": 73}


@pytest.mark.parametrize(
    ("changed", "title"),
    [
        ((), "No site differs from the others by more than chance and ordinary variety would explain"),
        ((FAR,), "Site 00 differs from the other sites by more than chance and ordinary variety would explain"),
        ((FAR, FAR), "Site 00 and Site 01 differ from the other sites by more than chance and ordinary variety would explain"),
        ((OUT,), "No site lies outside the wide limits; Site 00 lies outside the narrow ones"),
        ((OUT, {}, {"white_count": None}), "No site shown lies outside the wide limits; Site 00 lies outside the narrow ones"),
        (({"bme_count": None},), "No site shown differs from the others by more than chance and ordinary variety would explain"),
    ],
)
def test_a_funnel_says_who_lies_outside_of_those_that_are_shown(shown, rows_of, changed, title):
    evidence = shown()
    definition = evidence_rows.definition_of(evidence, "2")
    units = funnel_plots.units_of(evidence.context, funnel_of(rows_of, *changed, many=24), definition, "site", "sites")
    assert funnel_plots._finding(units) == title
    assert funnel_plots._who(units, ["x" * 60]) == "One site" and funnel_plots._who(units, ["x" * 40, "y" * 40]) == "Two sites"
    assert funnel_plots._who(units, ["x" * 50]) == "x" * 50


def units(shown, frame, indicator="2"):
    evidence = shown()
    return funnel_plots.units_of(evidence.context, frame, evidence_rows.definition_of(evidence, indicator), "site", "sites")


def test_a_funnel_says_of_what_it_is_and_which_side_is_worse(shown, rows_of):
    """Witness: the catalogue: above 1 of indicator 2 is worse, a ratio; below 0 of indicator 7 is, a gap in points."""
    ratio, gap = units(shown, funnel_of(rows_of)), units(shown, funnel_of(rows_of, direction="bme-white"), "7")
    assert (ratio.value_title, gap.value_title) == ("Relative likelihood, white divided by BME", "Gap, BME minus white, percentage points")
    assert (ratio.worse, gap.worse) == ("Above 1 is worse for BME staff.", "Below 0 is worse for BME staff.")
    assert (ratio.is_ratio, gap.is_ratio, ratio.id, ratio.subtitle) == (
        True, False, "indicator-2-funnel-site", "Appointment after shortlisting, by site, 2019/20",
    )  # fmt: skip
    assert [" percentage points)" in funnel_plots._notes(each)[0] for each in (ratio, gap)] == [False, True]
    assert [each.has_limits for each in (ratio, units(shown, funnel_of(rows_of, many=9)))] == [True, False]


@pytest.mark.parametrize(
    ("changed", "reason", "whose"),
    [
        ({}, None, "all sites shown"),
        ({"white_count": None}, "the figures are hidden or were not supplied", "all sites shown"),
        ({"bme_base": 0, "bme_count": 0}, "one group has nobody to be counted from", "all sites shown"),
        ({"bme_count": 0}, "one group counts nobody or everybody", "also of those of which one group counts nobody or everybody"),
    ],
)
def test_who_has_no_place_in_a_funnel_is_named_with_the_reason(shown, rows_of, changed, reason, whose):
    made_of = units(shown, funnel_of(rows_of, changed, many=12))
    assert list(funnel_plots._left_out(made_of)) == ([f"Left out, because {reason}: Site 00."] if reason else [])
    assert whose in funnel_plots._notes(made_of)[0] and made_of.told == (" shown" if reason else "")


def test_limits_are_those_of_chance_alone_or_wider_by_what_sites_differ(shown, rows_of):
    alike = units(shown, funnel_of(rows_of))
    assert "so the limits are those of chance alone." in funnel_plots._what_limits_are(alike)
    apart = [{"bme_count": count} for count in (30, 150, 40, 140, 50, 130, 60, 120, 70, 110)]
    assert "times as wide as those of chance alone, because sites differ" in funnel_plots._what_limits_are(
        units(shown, funnel_of(rows_of, *apart))
    )


@pytest.mark.parametrize("many", [2, 3])
def test_three_sites_are_a_table_in_the_order_of_their_names_and_two_are_nothing(shown, rows_of, many):
    frame = funnel_of(rows_of, many=many).iloc[::-1]
    made_of = funnel_plots.funnel_plot(units(shown, frame))
    assert [[row[0] for row in table.rows] for table in made_of] == ([["Site 00", "Site 01", "Site 02"]] if many > 2 else [])
    assert not made_of or made_of[0].columns[-1].label == "Relative likelihood, white divided by BME (95% interval)"
