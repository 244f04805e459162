"""Witness: the counts printed in the NECS report 2019/20, as data/necs has them; its bands mended as the README says."""

import re
from pathlib import Path

import pandas as pd
import pytest
import yaml
from support.clean_set.clean_extracts import clean_set, csv_text
from support.messy_set.messy_files import messy_files

from wres_helpers.intake.extracts.preparing import prepare
from wres_helpers.intake.supplied_counts import preparation_report
from wres_helpers.intake.tidy_counts import tidy_counts
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.grades import grades
from wres_helpers.standard.standards import read_standard

PROJECT = Path(__file__).parents[2]
NECS = PROJECT / "data" / "necs" / "2019-20"


@pytest.fixture(scope="module")
def preparation():
    return prepare(load_parameters(PROJECT / "params" / "synthetic-2019-20.yaml"))


def _necs(name, keys, count):
    table = pd.read_csv(NECS / f"{name}.csv", dtype="str")
    return table.astype({count: int}).set_index(keys)[count].to_dict()


@pytest.mark.parametrize(
    ("name", "keys", "count"),
    [
        ("headcount", ["ethnic_group"], "headcount"),
        ("recruitment", ["stage", "ethnic_group"], "people"),
        ("disciplinary", ["ethnic_group"], "entered"),
        ("training", ["ethnic_group"], "accessed"),
        ("staff_survey", ["question", "response", "ethnic_group"], "respondents"),
        ("board", ["membership", "ethnic_group"], "members"),
    ],
)
def test_prepared_counts_are_the_printed_ones(preparation, name, keys, count):
    made = preparation.tables[name].groupby(keys)[count].sum().to_dict()
    printed = _necs(name, keys, count)
    assert {key: made[key] for key in printed} == printed


def test_bands_are_the_printed_ones_but_for_the_one_person_too_many(preparation):
    table = preparation.tables["workforce"]
    made = table.groupby(["grade", "ethnic_group"])["headcount"].sum().to_dict()
    printed = _necs("workforce", ["grade", "ethnic_group"], "headcount")
    differing = {key: (number, made.get(key, 0)) for key, number in printed.items() if number != made.get(key, 0)}
    assert differing == {("Band 8b", "bme"): (9, 8), ("Band 8b", "unknown"): (7, 8)}
    assert table.groupby("ethnic_group")["headcount"].sum().to_dict() == {"white": 1093, "bme": 65, "unknown": 157}


def test_clean_set_has_no_finding(preparation):
    assert preparation.handled == ()
    assert not preparation.report["step"].isin(["handled", "corrected"]).any()


def test_a_report_straight_from_extracts_says_how_they_became_counts(necs):
    text = preparation_report(load_parameters(PROJECT / "params" / "synthetic-2019-20.yaml"))
    assert "staff.csv: 1,561" in text and "Snapshot: assignments held on 2020-03-31" in text
    assert not re.search(r"S00\d{5}|Invented\d", text)
    assert preparation_report(necs) is None


def test_rows_read_are_kept_or_dropped_for_a_reason(preparation):
    """Witness: arithmetic. Every record of the staff list is a person counted or has a reason."""
    report = preparation.report[preparation.report["extract"] == "staff"].set_index("step")["rows"]
    assert report["read"] == report["dropped"].sum() + report["kept"] == 1561


def test_clean_set_on_disk_is_what_the_generator_makes():
    folder = PROJECT / "data" / "synthetic" / "2019-20" / "extracts"
    for name, rows in clean_set().items():
        assert (folder / name).read_text(encoding="utf-8") == csv_text(rows), name


def test_every_breakdown_adds_up_to_the_total(preparation):
    """Witness: the same table's overall counts; a breakdown loses nobody and has all three groups in every category."""
    folder = PROJECT / "data" / "reference" / "standards" / "wres"
    standard, ladder = read_standard(folder), grades(folder)
    for name, table in preparation.tables.items():
        tidy = tidy_counts(table, name, "synthetic", "2019-20", ladder, standard)
        if name in ("staff_survey", "board"):
            continue
        totals = tidy[tidy["breakdown"] == "overall"].set_index(["item", "ethnic_group"])["count"]
        parts = tidy[~tidy["breakdown"].str.contains("overall|grade \\(|tier\\)")]
        assert len(parts), name
        for breakdown, part in parts.groupby("breakdown"):
            assert part.groupby(["item", "ethnic_group"])["count"].sum().to_dict() == totals.to_dict(), (name, breakdown)
            # an ethnic category belongs to one group; every other category holds all three
            groups = 1 if breakdown == "ethnic_category" else 3
            assert (part.groupby(["item", "category"])["ethnic_group"].nunique() == groups).all(), (name, breakdown)


def test_the_messy_set_leaves_the_clean_one_alone():
    """Once, defects planted in the messy headings stayed in the headings of every later set of the same process."""
    before = csv_text(clean_set()["staff.csv"])
    messy_files()
    assert csv_text(clean_set()["staff.csv"]) == before


@pytest.mark.parametrize(
    ("extract", "field"), [("cases", "kind"), ("training", "outcome"), ("staff", "employment_type"), ("recruitment", "status")]
)
def test_a_field_that_only_a_rule_reads_is_not_mapped_without_one(extract, field):
    """Every row would count, grievances among the disciplinary cases. Witness: a master file whose rule is taken away."""
    from wres_helpers.problems import ParameterProblems

    text = (PROJECT / "params" / "synthetic-2019-20.yaml").read_text(encoding="utf-8")
    rules = yaml.safe_load(text)["extracts"][extract]["rules"]
    with pytest.raises(ParameterProblems) as caught:
        load_parameters(
            PROJECT / "params" / "synthetic-2019-20.yaml",
            change={f"extracts.{extract}.rules": {name: rule for name, rule in rules.items() if name != field}},
        )
    assert f"rules for '{field}'" in str(caught.value)
