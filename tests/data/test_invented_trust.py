"""The invented trust with ten years.

Witness: the seeded program that made it, and what a trust must hold whatever its numbers: years that share most of their
people, bands that add up to the headcount, nobody appointed who was not shortlisted.
"""

from pathlib import Path

import pandas as pd
import pytest

from tests.support import invented_trust

PROJECT = Path(__file__).resolve().parents[2]
TRUST = PROJECT / "data" / "harrowmere"
YEARS = [f"{start}-{start + 1 - 2000}" for start in range(2016, 2026)]


def table(year: str, name: str) -> pd.DataFrame:
    return pd.read_csv(TRUST / year / f"{name}.csv")


@pytest.fixture(scope="module")
def made() -> dict[tuple[str, str], str]:
    return {place: invented_trust.as_csv(rows) for place, rows in invented_trust.tables().items()}


def test_the_shipped_tables_are_those_the_program_makes(made):
    assert {place[0] for place in made} == set(YEARS)
    different = [place for place, text in made.items() if (TRUST / place[0] / f"{place[1]}.csv").read_text(encoding="utf-8") != text]
    assert not different


@pytest.mark.parametrize("year", YEARS)
def test_bands_add_up_to_the_headcount_of_each_group(year):
    headcount = table(year, "headcount").set_index("ethnic_group")["headcount"]
    assert table(year, "workforce").groupby("ethnic_group")["headcount"].sum().to_dict() == headcount.to_dict()


@pytest.mark.parametrize("year", YEARS)
def test_nobody_is_counted_who_is_not_in_the_base(year):
    stages = table(year, "recruitment").groupby(["stage", "ethnic_group"])["people"].sum().unstack()
    assert (stages.loc["appointed"] <= stages.loc["shortlisted"]).all()
    assert (stages.loc["shortlisted"] <= stages.loc["applied"]).all()
    staff = table(year, "headcount").set_index("ethnic_group")["headcount"]
    for name in ("disciplinary", "training"):
        assert (table(year, name).groupby("ethnic_group").sum(numeric_only=True).iloc[:, 0] <= staff.sort_index()).all()
    board = table(year, "board").pivot_table(index="membership", columns="ethnic_group", values="members")
    assert (board.loc["voting"] + board.loc["non_voting"] == board.loc["total"]).all()
    assert (board.loc["executive"] + board.loc["non_executive"] == board.loc["total"]).all()


def test_it_has_about_six_thousand_staff_and_grew_at_once_only_in_the_year_of_the_merger():
    sizes = [int(table(year, "headcount")["headcount"].sum()) for year in YEARS]
    assert 5_900 <= sizes[-1] <= 6_200
    growth = {year: later - earlier for year, earlier, later in zip(YEARS[1:], sizes[:-1], sizes[1:], strict=True)}
    assert [year for year, people in growth.items() if people > 200] == ["2021-22"]


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [("workforce", "grade", "headcount"), ("recruitment", "stage", "people"), ("board", "membership", "members")],
)
def test_its_two_standards_count_the_same_people(name, kind, number):
    """Witness: the tables of ../harrowmere, which are made by the program; those of the disability standard were typed."""
    race, disability = (pd.read_csv(TRUST.parent / folder / "2025-26" / f"{name}.csv") for folder in ("harrowmere", "harrowmere-wdes"))
    counted = disability.groupby(kind)[number].sum().to_dict()
    assert counted == {each: people for each, people in race.groupby(kind)[number].sum().to_dict().items() if each in counted}


@pytest.mark.parametrize("file", ["README.md", "2025-26/narrative/README.md", "2025-26/narrative/foreword.md"])
def test_its_folders_and_texts_say_that_it_does_not_exist(file):
    text = (TRUST / file).read_text(encoding="utf-8").lower()
    assert "does not exist" in text


def test_its_name_on_every_page_says_that_it_is_invented():
    text = (PROJECT / "params" / "harrowmere-2025-26.yaml").read_text(encoding="utf-8")
    assert "name: Harrowmere Hospitals NHS Trust (invented)" in text
    assert "short_name: Harrowmere (invented)" in text


def test_each_action_of_the_plan_says_how_one_will_see_that_it_worked():
    """Witness: the file; readers asked of four of its seven actions how a board would know."""
    plan = table("2025-26", "action_plan")
    assert len(plan) == 7 and plan["success_measure"].str.split().str.len().ge(5).all()
    assert plan["area"].is_unique, "page one names an action by it"
