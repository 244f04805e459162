"""Witness: manifest.csv beside the messy extracts, written from what was planted; and the clean set, which has no defect."""

import csv
from pathlib import Path

import pytest
from support.messy_set.messy_files import messy_files

from wres_helpers.intake.extracts.preparing import prepare
from wres_helpers.problems import InputProblems
from wres_helpers.settings.master_file_reader import load_parameters

PROJECT = Path(__file__).parents[2]
EXTRACTS = PROJECT / "data" / "synthetic-messy" / "2019-20" / "extracts"


@pytest.fixture(scope="module")
def problems():
    with pytest.raises(InputProblems) as caught:
        prepare(load_parameters(PROJECT / "params" / "synthetic-messy-2019-20.yaml"))
    return caught.value.problems


@pytest.fixture(scope="module")
def manifest():
    with (EXTRACTS / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _told(line, problem):
    same_place = (problem.file, str(problem.row or ""), problem.column or "") == (line["file"], line["row"], line["column"])
    return same_place and problem.found.startswith(line["found"]) and problem.expected == line["expected"]


def test_every_planted_defect_is_named_in_one_pass(problems, manifest):
    missed = [line for line in manifest if not any(_told(line, problem) for problem in problems)]
    assert missed == []
    assert len(manifest) >= 70


def test_nothing_else_is_told(problems, manifest):
    invented = [problem.sentence() for problem in problems if not any(_told(line, problem) for line in manifest)]
    assert invented == []


def test_every_problem_says_what_to_do(problems):
    assert all(len(problem.action) > 8 and problem.action.endswith(".") for problem in problems)


def test_no_person_is_named(problems):
    """Witness: every surname, forename and employee number that stands in the messy files."""
    text = "\n".join(problem.sentence() for problem in problems)
    staff = (EXTRACTS / "staff.csv").read_bytes().decode("windows-1252").splitlines()[4:]
    cells = [line.split(";") for line in staff]
    private = {
        cell for line in cells if len(line) > 3 for cell in line[:4] if cell and not cell.startswith(("Total", "Grand", "Invented data"))
    }
    private -= {line for line in private if line.replace(",", "").isdigit() and len(line) < 5}
    assert len(private) > 300
    assert [cell for cell in private if cell in text and cell not in ("2.05E+07",)] == []


def test_messy_set_on_disk_is_what_the_generator_makes():
    for name, content in messy_files().items():
        assert (EXTRACTS / name).read_bytes() == content, name
