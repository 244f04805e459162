"""The pack's own board output, read back as a register, holds nothing to object to.

Witness: the program's other half. What disclosure control prints ("fewer than 5", "1 to 7", ranges of rates and ratios) must
be read as it is meant, and every printed number must follow from the others.
"""

import random

import pandas as pd
import pytest

from wres_helpers.analysis import analyse
from wres_helpers.checking import reconcile
from wres_helpers.disclosure import protect
from wres_helpers.intake import read_counts
from wres_helpers.intake.printed_register import read_register_file
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.results_files import write_results
from wres_helpers.settings.parameters import load_parameters
from wres_helpers.standard.columns import COUNT_COLUMNS

REPORTS = ("necs-2019-20", "synthetic-2019-20")


def read_back(evidence, standard, path) -> pd.DataFrame:
    write_results(path, evidence.results, standard)
    return read_register_file(path, "published.csv")


@pytest.mark.parametrize("name", REPORTS)
def test_a_shipped_report_contradicts_neither_itself_nor_its_data(project, reference, tmp_path, name):
    parameters = load_parameters(project / "params" / f"{name}.yaml")
    counts = read_counts(parameters)
    register = read_back(protect(analyse(counts, parameters, reference), parameters), reference.standard, tmp_path / "published.csv")
    assert len(register) > 100
    for data in (counts.iloc[:0], counts):
        findings = reconcile(data, register, parameters)
        wrong = findings[findings["verdict"].eq("contradicts") & findings["claim"].ne("")]
        assert wrong.empty, wrong[["id", "printed", "expected", "arithmetic"]].to_string()


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
    printed = 0
    for seed in range(3):
        counts = invented(seed)
        try:
            protected = protect(analyse(counts, necs, reference), necs)
        except InputProblems:
            continue  # what cannot be protected is not printed at all
        findings = reconcile(counts.iloc[:0], read_back(protected, reference.standard, tmp_path / "published.csv"), necs)
        wrong = findings[findings["verdict"].eq("contradicts")]
        assert wrong.empty, wrong[["id", "printed", "expected", "arithmetic"]].to_string()
        printed += 1
    assert printed
