"""Published national figures beside an organisation's own.

Witness: the rows of ``data/reference/standards/wres/benchmarks.csv`` and what their columns say of them.
"""

from dataclasses import replace

import pandas as pd
import pytest

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
    assert figure(benchmarks(reference, 2023), "6", "hba_staff", "BME")["reason"].endswith("1 year later")


def test_what_another_organisation_prints_as_national_is_not_shown_as_national(reference):
    shown = benchmarks(reference, 2024)
    assert shown[shown["measure"].eq("equal_opportunities_incl_dk") & shown["group"].eq("BME")].empty


def test_a_figure_of_another_definition_is_not_shown_however_near_it_is(reference):
    """Indicator 3 changed between editions 2020 and 2021: so 2021 is shown 2023's figure, although 2020's is nearer."""
    table = reference.benchmarks
    of_3 = table["indicator"].eq("3") & table["group"].eq("BME/white")
    row = table[of_3].iloc[[0]]
    table = pd.concat([table[~of_3], *(row.assign(year=year, conflict="", published="2023") for year in (2019, 2020, 2023))])
    given = replace(reference, benchmarks=table)
    found = {
        edition: figure(benchmarks(given, edition), "3", "relative_likelihood", "BME/white")["year"] for edition in (2018, 2020, 2021, 2026)
    }
    assert found == {2018: 2019, 2020: 2020, 2021: 2023, 2026: 2023}
    only_before = replace(reference, benchmarks=table[~(table["indicator"].eq("3") & table["year"].eq(2023))])
    shown = benchmarks(only_before, 2021)
    assert not (shown["indicator"].eq("3") & shown["group"].eq("BME/white")).any()


def test_two_figures_of_one_publication_that_differ_are_shown_nowhere_although_nobody_marked_them(reference):
    row = reference.benchmarks.query("indicator == '2' and group == 'white/BME' and year == 2023")
    table = pd.concat([reference.benchmarks, row.assign(value=row["value"] + 0.1)])
    assert figure(benchmarks(replace(reference, benchmarks=table), 2023), "2", "relative_likelihood", "white/BME")["year"] == 2022


def test_figures_of_the_peers_stand_under_their_name_in_the_unit_of_their_kind(reference):
    """By hand: a share of 0.123 is 12.3%; a ratio without a group stands under the sides of its indicator's own."""
    columns = ["peers", "year", "indicator", "measure", "ethnic_group", "value", "source"]
    rows = [
        ("ambulance trusts", "2019-20", "5", "harassment_public", "bme", ("share", 0.123), "their report"),
        ("ambulance trusts", "2019-20", "2", "appointed_from_shortlisting", "", ("ratio", 1.4), "their report"),
    ]
    shown = benchmarks(reference, 2020, pd.DataFrame(rows, columns=columns))
    found = shown[shown["group"].str.startswith("ambulance trusts: ")].sort_values("indicator")
    assert found[["indicator", "group", "unit", "year"]].to_numpy().tolist() == [
        ["2", "ambulance trusts: white/bme", "ratio", 2020],
        ["5", "ambulance trusts: bme", "percent", 2020],
    ]
    assert found["value"].tolist() == pytest.approx([1.4, 12.3])
