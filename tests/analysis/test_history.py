"""Years, and the breaks that no line may cross.

Witness: the break notes of the catalogue (indicator 3 from edition 2021, indicator 7 from edition 2022) and breaks set down by hand.
"""

import numpy as np
import pandas as pd
import pytest

from wres_helpers import open_report
from wres_helpers.analysis.history import NO_BREAKS, comparable_since, history, joined, missing_years, with_every_year

YEARS = [f"{start}-{start - 1999:02d}" for start in range(2018, 2026)]
MEASURES = {"2": "appointed_from_shortlisting", "3": "entering_disciplinary", "7": "equal_opportunities"}


def results(years: list[str] = YEARS) -> pd.DataFrame:
    rows = [(year, indicator, measure, float(place)) for indicator, measure in MEASURES.items() for place, year in enumerate(years, 1)]
    table = pd.DataFrame(rows, columns=["year", "indicator", "measure", "value"])
    return table.assign(organisation="x", breakdown="overall", category="all").sample(frac=1, random_state=3).reset_index(drop=True)


def of(reference, indicator: str, breaks: pd.DataFrame = NO_BREAKS, years: list[str] = YEARS) -> pd.DataFrame:
    rows = results(years)
    table = history(rows, pd.Series(True, index=rows.index), reference.catalogue, breaks)
    return table[table["indicator"].eq(indicator)].reset_index(drop=True)


@pytest.mark.parametrize(("indicator", "broken"), [("2", []), ("3", ["2020-21"]), ("7", ["2021-22"])])
def test_a_definition_breaks_the_line_where_it_changed_and_only_there(reference, indicator, broken):
    rows = of(reference, indicator)
    assert list(rows["year"]) == YEARS
    assert list(rows.loc[rows["break_kind"].eq("definition"), "year"]) == broken
    assert list(rows.loc[~joined(rows), "year"]) == ["2018-19", *broken]


def test_a_merger_breaks_every_indicator_and_a_new_wording_only_its_own(reference):
    own = pd.DataFrame([("2021-22", "", "merger", "Two trusts became one."), ("2023-24", "2", "wording", "Another question.")],
                       columns=["year", "indicator", "kind", "reason"])  # fmt: skip
    second, third = of(reference, "2", own), of(reference, "3", own)
    assert dict(zip(second["year"], second["break_kind"], strict=True))["2021-22"] == "merger"
    assert list(second.loc[second["break_kind"].ne(""), "year"]) == ["2021-22", "2023-24"]
    assert list(third.loc[third["break_kind"].ne(""), "year"]) == ["2020-21", "2021-22"]
    assert (comparable_since(second), comparable_since(third)) == ("2023-24", "2021-22")
    newest = own.assign(year=["2021-22", "2025-26"])
    assert comparable_since(of(reference, "2", newest)) == "2025-26", "a break before the last year leaves that year alone"


def test_a_break_in_a_year_that_was_not_supplied_falls_before_the_next_one(reference):
    years = [year for year in YEARS if year != "2020-21"]
    rows = with_every_year(of(reference, "3", years=years))
    assert list(rows["year"]) == YEARS
    assert list(rows.loc[rows["break_kind"].ne(""), "year"]) == ["2021-22"]
    assert missing_years(rows) == ["2020-21"]


def test_a_year_without_a_value_is_a_hole_and_no_line_runs_through_it(reference):
    rows = of(reference, "2")
    rows.loc[rows["year"].eq("2021-22"), "value"] = np.nan
    assert missing_years(rows) == ["2021-22"]
    assert list(rows.loc[~joined(rows), "year"]) == ["2018-19", "2021-22", "2022-23"]


def test_a_ratio_that_is_no_number_is_no_point_of_the_line(reference):
    rows = of(reference, "2")
    rows.loc[rows["year"].eq("2021-22"), "value"] = np.inf
    assert list(rows.loc[~joined(rows), "year"]) == ["2018-19", "2021-22", "2022-23"]
    assert missing_years(rows) == []


def test_years_begin_with_the_first_value_and_none_is_left_out(reference):
    rows = of(reference, "2", years=["2018-19", "2020-21", "2023-24"])
    rows.loc[0, "value"] = np.nan
    made = with_every_year(rows)
    assert made["year"].tolist() == ["2020-21", "2021-22", "2022-23", "2023-24"]
    assert made["value"].isna().tolist() == [False, True, True, False]
    assert missing_years(made) == ["2021-22", "2022-23"]
    assert made[["indicator", "measure", "break_kind"]].drop_duplicates().to_numpy().tolist() == [["2", MEASURES["2"], ""]]
    assert with_every_year(rows.assign(value=np.nan)).empty


def test_the_two_years_of_the_shipped_report_are_in_order(evidence, reference):
    from wres_helpers.analysis.who_speaks import headline_rows

    table = history(evidence.results, headline_rows(evidence.results, reference.catalogue), reference.catalogue, NO_BREAKS)
    training = table[table["indicator"].eq("4")]
    assert list(training["year"]) == ["2018-19", "2019-20"]
    assert training["value"].tolist() == pytest.approx([1.025, 1.440], abs=0.001)


def test_bands_told_in_groups_are_no_figure_that_was_not_supplied(project):
    """Witness: the invented trust supplied its bands in every year; those before the last two are kept in groups, of which one holds 8c and above beside others."""
    rows = open_report(project / "params/harrowmere-2025-26.yaml").evidence.results.query("measure == 'leadership_share'")
    before = rows[rows["year"].lt("2024-25")]
    assert len(before) == 8 and before["status"].eq("not_calculable").all()
    assert before["reason"].str.contains("groups that hold other posts").all()
    assert rows[rows["year"].ge("2024-25")]["value"].notna().all()


def test_every_table_of_the_evidence_numbers_its_rows_from_nought(project):
    """Two rows of one number would be taken for one wherever a row is looked up. Witness: those of the likelihoods beside headlines."""
    tables = open_report(project / "params/harrowmere-2025-26.yaml").evidence.tables()
    assert [name for name, table in tables.items() if list(table.index) != list(range(len(table)))] == []
