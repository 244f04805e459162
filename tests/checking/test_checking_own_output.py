"""The pack's own board output, read back as a register, holds nothing to object to.

Witness: the program's other half. What disclosure control prints ("fewer than 5", "1 to 7", ranges of rates and ratios) must
be read as it is meant, and every printed number must follow from the others.
"""

import dataclasses
import random
from pathlib import Path

import pandas as pd
import pytest
from support.examples import THOROUGH
from support.random_trusts import SMALL, random_trust
from support.register_files import read_register_file

from wres_helpers.analysis import analyse
from wres_helpers.checking import reconcile
from wres_helpers.disclosure import protect
from wres_helpers.intake import read_counts
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.results_files import write_results
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.catalogue import read_reference_tables
from wres_helpers.standard.columns import COUNT_COLUMNS


def read_back(evidence, standard, path) -> pd.DataFrame:
    write_results(path, evidence.results, standard)
    return read_register_file(path, "published.csv", standard)


def assert_nothing_contradicts(register: pd.DataFrame, parameters, *data: pd.DataFrame) -> None:
    assert len(register) > 100
    for counts in data:
        findings = reconcile(counts, register, parameters)
        wrong = findings[findings["verdict"].eq("contradicts") & findings["claim"].ne("")]
        assert wrong.empty, wrong[["id", "printed", "expected", "arithmetic"]].to_string()


#: Every master file that ships, but for that of ten years, which has a test of its own.
SHIPPED = {path.stem for path in (Path(__file__).parents[2] / "params").glob("*.yaml")} - {"harrowmere-2025-26"}
#: Ships to show what is refused: nothing is printed of it.
REFUSED = "synthetic-messy-2019-20"


@pytest.mark.parametrize("name", sorted(SHIPPED - {REFUSED}))
def test_a_shipped_report_contradicts_neither_itself_nor_its_data(project, tmp_path, name):
    parameters = load_parameters(project / "params" / f"{name}.yaml")
    standard, counts = read_reference_tables(parameters.reference_folder), read_counts(parameters)
    register = read_back(protect(analyse(counts, parameters, standard), parameters), standard.standard, tmp_path / "published.csv")
    assert_nothing_contradicts(register, parameters, counts.iloc[:0], counts)


def test_of_the_only_other_shipped_file_nothing_is_printed(project):
    with pytest.raises(InputProblems):
        read_counts(load_parameters(project / "params" / f"{REFUSED}.yaml"))


def test_a_report_of_ten_years_contradicts_neither_its_data_nor_in_its_last_year_itself(project, reference, tmp_path):
    parameters = load_parameters(project / "params" / "harrowmere-2025-26.yaml")
    counts = read_counts(parameters)
    register = read_back(protect(analyse(counts, parameters, reference), parameters), reference.standard, tmp_path / "published.csv")
    years = sorted(register["year"].unique())
    assert len(years) >= 10
    places = ["claim", "item", "breakdown", "category", "ethnic_group", "base"]
    shapes = {year: frozenset(figures[places].itertuples(index=False, name=None)) for year, figures in register.groupby("year")}
    # in the suite the first and the last year of all that print the same kinds of figures, but for the year before, which prints those of this one
    alike = [[year for year in years if shapes[year] == shape] for shape in set(shapes.values())]
    asked = years if THOROUGH else {year for same in alike for year in (same[0], same[-1])} - {years[-2]}
    assert len(asked) >= 3 and years[-1] in asked
    assert_nothing_contradicts(register[register["year"].isin(asked)], parameters, counts)
    assert_nothing_contradicts(register[register["year"].eq(parameters.year)], parameters, counts.iloc[:0])


def test_a_report_of_another_standard_is_told_of_in_its_own_words(project, tmp_path):
    # its results call the groups disabled and non_disabled; witness of the words: groups.csv of the standard
    parameters = load_parameters(project / "params" / "harrowmere-wdes-2025-26.yaml")
    standard, counts = read_reference_tables(parameters.reference_folder), read_counts(parameters)
    register = read_back(protect(analyse(counts, parameters, standard), parameters), standard.standard, tmp_path / "published.csv")
    cell = register.index[register["claim"].eq("count") & register["item"].eq("appointed") & register["ethnic_group"].eq("bme")][0]
    register.loc[cell, "printed"] = str(int(register.loc[cell, "printed"]) + 100)
    findings = reconcile(counts, register, parameters)
    wrong = findings[findings["claim"].eq(register.loc[cell, "id"])]
    assert set(wrong["verdict"]) == {"contradicts"}
    text = findings[["arithmetic", "diagnosis"]].to_csv()
    assert "Disabled" in text and "BME" not in text and "white" not in text


def rounding(parameters):
    """Return parameters whose disclosure control rounds to the nearest 5 instead of hiding."""
    master = parameters.master.model_dump()
    given = master | {"disclosure": master["disclosure"] | {"method": "round", "round_to": 5}}
    return dataclasses.replace(parameters, master=type(parameters.master).model_validate(given))


def test_a_report_of_rounded_counts_contradicts_neither_itself_nor_its_data(necs, necs_counts, reference, tmp_path):
    # 720, 40 and 110 of 865: each is rounded on its own, and the sum is off by 5
    parameters = rounding(necs)
    register = read_back(protect(analyse(necs_counts, parameters, reference), parameters), reference.standard, tmp_path / "published.csv")
    assert_nothing_contradicts(register, parameters, necs_counts.iloc[:0], necs_counts)
    # one number that rounding does not explain is found all the same
    cell = register.index[register["claim"].eq("count") & register["item"].eq("headcount") & register["ethnic_group"].eq("bme")][0]
    register.loc[cell, "printed"] = str(int(register.loc[cell, "printed"]) + 40)
    findings = reconcile(necs_counts, register, parameters)
    assert "contradicts" in set(findings.loc[findings["claim"].eq(register.loc[cell, "id"]), "verdict"])


def invented(seed: int) -> pd.DataFrame:
    draw = random.Random(seed)
    rows = []
    for group, most in (("white", 300), ("bme", 20), ("unknown", 9)):
        bands = {band: draw.randint(0, most) for band in ("Band 2", "Band 5", "Band 6", "Band 8a", "VSM")}
        rows += [("workforce", "grade", band, group, count) for band, count in bands.items()]
        staff = sum(bands.values()) + 1
        rows.append(("headcount", "overall", "all", group, staff))
        applied = draw.randint(staff, 4 * staff)
        shortlisted = draw.randint(0, applied)
        flows = {"applied": applied, "shortlisted": shortlisted, "appointed": draw.randint(0, shortlisted)}
        flows |= {"entered_disciplinary": draw.randint(0, min(staff, 6)), "accessed_training": draw.randint(0, staff)}
        rows += [(item, "overall", "all", group, count) for item, count in flows.items()]
        if group != "unknown":
            rows += [("survey", "13a", answer, group, draw.randint(0, most)) for answer in ("Never", "1-2 times", "More than 10 times")]
    columns = [each for each in COUNT_COLUMNS if each not in ("organisation", "year")]
    return pd.DataFrame(rows, columns=columns).assign(organisation="necs", year="2019-20")[list(COUNT_COLUMNS)]


def test_invented_reports_contradict_themselves_nowhere(necs, reference, tmp_path):
    # with the random organisations that disclosure control is attacked with: two years, sites, doctors, small numbers
    printed, seeds = 0, (3, 8)  # which disclosure control protects for tests of its own, too
    trusts = [random_trust(seed, size=SMALL) for seed in range(15)] if THOROUGH else map(random_trust, seeds)
    for counts in (*map(invented, range(3 if THOROUGH else 2)), *trusts):
        try:
            protected = protect(analyse(counts, necs, reference), necs)
        except InputProblems:
            continue  # what cannot be protected is not printed at all
        assert_nothing_contradicts(read_back(protected, reference.standard, tmp_path / "published.csv"), necs, counts.iloc[:0])
        printed += 1
    assert printed > 3
