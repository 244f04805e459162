"""Witnesses: the invented recruitment export and staff list counted with ``csv`` alone, and the calculator."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

from wres_helpers import analysis, intake
from wres_helpers.analysis.calculator import compare_two
from wres_helpers.intake.supplied_counts import counts_where
from wres_helpers.problems import ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.catalogue import read_reference_tables
from wres_helpers.standard.columns import COMPARISON_KEYS

PROJECT = Path(__file__).parents[2]
WHITE = {"White - British", "White - Irish", "White - Any other White background"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The invented unit, its counts kept by ethnic category as recorded, and by staff group and grade."""
    folder = tmp_path_factory.mktemp("categories")
    (folder / "params").mkdir()
    (folder / "data").mkdir()
    for name in ("synthetic", "reference"):
        shutil.copytree(PROJECT / "data" / name, folder / "data" / name)
    master = yaml.safe_load((PROJECT / "params" / "synthetic-2019-20.yaml").read_text(encoding="utf-8"))
    master["extracts"]["keep_ethnic_category"] = "as_recorded"
    master["extracts"]["staff"]["also_cut_by"] = ["staff_group", "grade"]
    (folder / "params" / "master.yaml").write_text(yaml.safe_dump(master), encoding="utf-8")
    return load_parameters(folder / "params" / "master.yaml")


@pytest.fixture(scope="module")
def reference(project):
    return read_reference_tables(project.reference_folder)


@pytest.fixture(scope="module")
def counts(project):
    return intake.read_counts(project)


@pytest.fixture(scope="module")
def applications():
    with (PROJECT / "data/synthetic/2019-20/extracts/recruitment.csv").open(encoding="utf-8", newline="") as stream:
        return [line for line in csv.DictReader(stream) if line["Application Status"] == "Submitted"]


def _reached(applications, stages):
    return Counter(line["Ethnic Group"] for line in applications if line["Furthest Stage"] in stages)


def test_a_category_is_compared_with_all_white_people(project, reference, counts, applications):
    shortlisted, appointed = _reached(applications, {"Interviewed", "Appointed"}), _reached(applications, {"Appointed"})
    table = analysis.compare_categories(counts, project, reference)
    rows = table.query("measure == 'appointed_from_shortlisting'").set_index("category")
    african = "Black or Black British - African"
    white = (sum(appointed[name] for name in WHITE), sum(shortlisted[name] for name in WHITE))
    found = compare_two(*white, appointed[african], shortlisted[african], "white/bme")
    row = rows.loc[african]
    assert (row["category_count"], row["category_base"]) == (appointed[african], shortlisted[african])
    assert (row["value"], row["lower"], row["upper"]) == (found["ratio"], found["lower"], found["upper"])
    assert row["reference"] == "all white people" and row["ethnic_group"] == "bme" and row["status"] == "not_judged"
    # a white category is no part of what it is compared with
    irish = rows.loc["White - Irish"]
    assert irish["reference_base"] == white[1] - shortlisted["White - Irish"] and irish["reference"] == "all other white people"


def test_a_reference_of_choice(project, reference, counts, applications):
    shortlisted = _reached(applications, {"Interviewed", "Appointed"})
    table = analysis.compare_categories(counts, project, reference, against="White - British")
    rows = table.query("measure == 'appointed_from_shortlisting'")
    assert set(rows["reference_base"]) == {shortlisted["White - British"]}
    assert "White - British" not in set(rows["category"])
    with pytest.raises(ParameterProblems, match="Did you mean 'White - British'"):
        analysis.compare_categories(counts, project, reference, against="White British")


def test_gypsy_and_traveller_staff_stay_visible(project, reference, counts):
    """They count as white in every comparison, and have rows of their own in the drill-down."""
    rows = analysis.compare_categories(counts, project, reference).query("category == 'White Gypsy/Romany'")
    assert set(rows["indicator"]) == {"1", "3", "4"} and set(rows["ethnic_group"]) == {"white"}
    share = rows.query("indicator == '1'").iloc[0]
    assert share["category_count"] == 2 and share["category_base"] == 1315
    assert share["value"] == share["category_rate"] == 2 / 1315
    table = analysis.compare_categories(counts, project, reference)
    assert table.index.tolist() == list(range(len(table)))


def test_categories_are_never_taken_for_groups(project, reference, counts):
    """A category is white or BME as a whole: none of them may stand among the comparisons of the two groups."""
    evidence = analysis.analyse(counts, project, reference)
    assert (counts["breakdown"] == "ethnic_category").any()
    assert not any((table["breakdown"] == "ethnic_category").any() for table in (evidence.results, evidence.shares, evidence.counts))


def test_each_comparison_stands_once_though_two_tables_carry_its_breakdown(project, reference, counts):
    """Headcount and workforce both carry directorate, gender, staff group and grade."""
    evidence = analysis.analyse(counts, project, reference)
    for table in (evidence.results, evidence.bounds, evidence.changes):
        assert not table.duplicated(list(COMPARISON_KEYS)).any()
    cut = evidence.results.query("measure == 'entering_disciplinary' and year == '2019-20'")
    assert {"directorate", "gender", "staff_group", "grade"} <= set(cut["breakdown"])


def counts_of_those(project, **chosen):
    return counts_where(intake.read_tables(project), project, chosen, project.years)


def test_counts_without_international_recruits(project, reference, applications):
    here = [line for line in applications if line["Applicant Source"] != "International"]
    shortlisted, appointed = _reached(here, {"Interviewed", "Appointed"}), _reached(here, {"Appointed"})
    counts = counts_of_those(project, source=["Internal", "External"])
    results = analysis.analyse(counts, project, reference).results
    row = results.query("measure == 'appointed_from_shortlisting' and breakdown == 'overall' and year == '2019-20'").iloc[0]
    assert row["white_base"] == sum(shortlisted[name] for name in WHITE) and row["white_count"] == sum(appointed[name] for name in WHITE)
    assert set(counts["item"]) == {"applied", "shortlisted", "appointed"}


def test_two_breakdowns_meet(project, applications):
    here = [line for line in applications if (line["Post Band"], line["Post Type"]) == ("Band 5 to 7", "Clinical")]
    counts = counts_of_those(project, band="Band 5 to 7", post_type="Clinical")
    applied = counts.query("item == 'applied' and breakdown == 'overall' and ethnic_group == 'white'")["count"].sum()
    assert applied == sum(line["Ethnic Group"] in WHITE for line in here)


@pytest.mark.parametrize(
    ("chosen", "said"), [({"sourc": "Internal"}, "columns 'sourc'"), ({"source": "Internl"}, "Did you mean 'Internal'")]
)
def test_what_nobody_can_choose_is_told(project, chosen, said):
    from wres_helpers.problems import ParameterProblems

    with pytest.raises(ParameterProblems, match=said):
        counts_of_those(project, **chosen)
