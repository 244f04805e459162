"""Reporting years, months and groups of grades; witness: every year and month written out, the calendar's own names, and a small ladder by hand."""

import calendar
from datetime import date
from math import inf, nan

import pandas as pd

from wres_helpers.standard.columns import hidden_texts, range_told
from wres_helpers.standard.grades import in_several_tiers, tier_of
from wres_helpers.standard.statuses import LABELS, fits, label_of_published
from wres_helpers.standard.years import WRITTEN_YEARS, day_told, edition_of, is_year, month_told, shifted, spoken, year_of

#: Each reporting year by its edition, written out.
YEARS = {first + 1: f"{first}-{str(first + 1)[2:]}" for first in range(2000, 2050)}


def test_every_reporting_year_is_one_and_no_other_pair_of_numbers():
    every = {f"{first}-{second:02d}" for first in range(1990, 2060) for second in range(100)}
    assert {text for text in every if is_year(text)} == set(YEARS.values())
    assert not any(is_year(text) for text in ("2019/20", "2019-2020", " 2019-20", "2019-20x", "19-20", ""))
    assert list(WRITTEN_YEARS) == list(range(2000, 2050))


def test_a_year_its_edition_and_its_neighbours_belong_together():
    assert {edition_of(year): year_of(edition_of(year)) for year in YEARS.values()} == YEARS
    for edition, year in YEARS.items():
        assert [shifted(year, by) for by in (-1, 0, 1, 9)] == [year_of(edition + by) for by in (-1, 0, 1, 9)]
        assert spoken(year) == f"{edition - 1}/{str(edition)[2:]}"
    assert (shifted("1999-00", 1), shifted("2000-01", -1)) == ("2000-01", "1999-00")


def test_a_month_is_told_by_its_name_where_it_is_no_reporting_year():
    for year in range(2000, 2050):
        for month in range(100):
            text = f"{year}-{month:02d}"
            real = 1 <= month <= 12 and text not in YEARS.values()
            assert month_told(text) == (f"{calendar.month_name[month]} {year}" if real else None)
    assert [day_told("2020-08-31"), day_told(date(2024, 2, 9))] == ["31 August 2020", "9 February 2024"]
    assert [month_told(text) for text in ("1999-05", "2026-9", "2026-09-01", "")] == [None] * 4


def test_only_a_group_of_grades_that_is_in_no_tier_lies_in_several():
    """By hand: bands 1 to 6 of two tiers form a cluster; a group within one tier, and a grade by itself without any, lie in none or one."""
    ladder = pd.DataFrame(
        [
            ("Band 1", "other", "support", "lower"), ("Band 2", "other", "support", "lower"), ("Band 6", "other", "support", "middle"),
            ("Bands 1 to 6", "grouped", "support", ""), ("Bands 1 and 2", "grouped", "support", "lower"),
            ("Consultant", "medical", "medical", ""), ("Very senior", "other", "top", "upper"), ("All above", "grouped", "top", ""),
        ],
        columns=["grade", "kind", "cluster", "tier"],
    )  # fmt: skip
    found = list(in_several_tiers(ladder).itertuples(index=False, name=None))
    assert found == [("Bands 1 to 6", "lower"), ("Bands 1 to 6", "middle"), ("All above", "upper")]
    assert tier_of(ladder)["Band 6"] == "middle" and tier_of(ladder)["Bands 1 to 6"] == ""


def test_what_stands_in_place_of_a_hidden_number_is_read_as_its_limits():
    """By hand: fewer than 5 is 0 to 4; a marker, and words that are no whole limits, tell nothing."""
    told = {"fewer than 5": (0, 4), "fewer than 1": (0, 0), "3 to 6": (3, 6), "[c]": (0, inf), "": (0, inf), "about 3 to 6": (0, inf)}
    assert {text: range_told(text) for text in told} == told
    assert hidden_texts('{"bme_count": "3 to 6"}') == {"bme_count": "3 to 6"}
    assert [hidden_texts(nothing) for nothing in ("", None, nan)] == [{}, {}, {}]


def test_a_word_published_by_hand_fits_the_finding_it_stands_for_and_no_other():
    """Witness: the three words of 2019/20, and that of a status itself; none of them fits 'no clear difference' or 'difference the other way'."""
    meant = {"achieving": "equivalent", "progressing": "some_difference", "requires_focus": "large_difference"} | {
        status: status for status in LABELS
    }
    for word, finding in meant.items():
        assert [status for status in LABELS if fits(word, status)] == [finding]
    assert [label_of_published(word) for word in ("requires_focus", "equivalent", "own words")] == [
        "Requires focus",
        "Equivalent",
        "own words",
    ]
