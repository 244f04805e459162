"""Published national figures beside an organisation's own.

Witness: the rows of ``data/reference/standards/wres/benchmarks.csv`` and what their columns say of them.
"""

import pandas as pd

from wres_helpers.analysis.evidence import benchmarks


def figure(table: pd.DataFrame, indicator: str, measure: str, group: str) -> pd.Series:
    found = table[table["indicator"].eq(indicator) & table["measure"].eq(measure) & table["group"].eq(group)]
    assert len(found) == 1
    return found.iloc[0]


def test_of_two_values_of_one_edition_the_restated_one_is_shown(reference):
    row = figure(benchmarks(reference, 2022), "2", "relative_likelihood", "white/BME")
    assert (row["value"], bool(row["comparable"]), row["reason"]) == (1.53, True, "")


def test_figures_that_contradict_each_other_are_shown_nowhere(reference):
    shown = set(benchmarks(reference, 2022)["measure"])
    assert not shown & {"bme_headcount", "bme_headcount_vsm", "bme_share_doctors"}
    assert figure(benchmarks(reference, 2023), "6", "hba_staff", "BME")["year"] == 2024


def test_a_figure_of_another_edition_says_how_many_years_apart_it_is(reference):
    row = figure(benchmarks(reference, 2026), "2", "relative_likelihood", "white/BME")
    assert (row["year"], bool(row["comparable"])) == (2023, False)
    assert row["reason"].endswith("this is the nearest, 3 years earlier")
    assert figure(benchmarks(reference, 2018), "9", "bme_share_board", "BME")["reason"].endswith("1 year earlier")


def test_what_another_organisation_prints_as_national_is_not_shown_as_national(reference):
    shown = benchmarks(reference, 2024)
    assert shown[shown["measure"].eq("equal_opportunities_incl_dk") & shown["group"].eq("BME")].empty
