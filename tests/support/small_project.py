"""A small project that runs quickly: three sections of five cells on the shipped data of recruitment, training and conduct."""

import json
import pickle
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from wres_helpers.publishing.runs.prepared_report import calculated
from wres_helpers.settings.master_file_reader import load_parameters

from .as_it_was import as_it_was
from .made_once import made_once
from .warm_wres import KNOWN, MODULE, wres

PARAMS = "params/necs-2019-20.yaml"
SECTIONS = ["02_recruitment", "03_disciplinary", "10_action_plan"]
REPORT = Path("outputs/necs/2019-20")
FAILED_REPORT = Path("outputs/necs/2019-20-failed")
KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}


def notebook(title, *cells):
    parameters = "params_file = 'params/necs-2019-20.yaml'\norganisation = None\nyear = None\naudience = None"
    made = [
        new_markdown_cell(f"# {title}\n\nText.", metadata={"tags": ["board"]}),
        new_code_cell(parameters, metadata={"tags": ["parameters"]}),
    ]
    made += [new_code_cell(source, metadata={"tags": tags}) for source, *tags in cells]
    return new_notebook(cells=made, metadata={"kernelspec": KERNEL})


BLOCKS = "from wres_helpers.report.form import blocks"
CALCULATE = (
    f"{BLOCKS}\n"
    "from wres_helpers import analysis, disclosure, intake\n"
    "from wres_helpers.settings import master_file_reader as master\n"
    "from wres_helpers.standard import catalogue\n"
    "parameters = master.load_parameters(params_file, organisation, year, audience)\n"
    "reference = catalogue.read_reference_tables(parameters.reference_folder)\n"
    "own = intake.read_own_tables(parameters)\n"
    "evidence = analysis.analyse(intake.read_counts(parameters), parameters, reference, own)\n"
    "shown = disclosure.protect(evidence, parameters)"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><rect width="5" height="5"/></svg>'
CHART = (
    f"blocks.Figure('chart-of-{{0}}', 'Finding', 'Where and when', '{SVG}', 'A chart of one bar that shows how the small test works', "
    "blocks.Table('behind', 'Behind it', (blocks.Column('group'), blocks.Column('rate')), (('=1+1', 'most'), ('+1', '-'))))"
)
TABLE = "blocks.Table('rows', 'Rows of results', (blocks.Column('a'), blocks.Column('b', 'number')), (('Indicator 2', '2'),))"


def write_notebooks(project):
    shutil.rmtree(project / "notebooks", ignore_errors=True)
    (project / "notebooks").mkdir()
    for name in SECTIONS:
        # one of them calculates, so that a run on ordinary kernels, which know nothing of one another, does it once
        working = [(CALCULATE,), ("evidence.results.head(2)", "analyst")] if name == SECTIONS[0] else [(BLOCKS,)]
        page = notebook(name, *working, (CHART.format(name), "board"), (TABLE, "board"))
        nbformat.write(page, project / "notebooks" / f"{name}.ipynb")


@pytest.fixture(scope="session")
def made(tmp_path_factory, project):
    """A small project that has run once; tests that spoil it use a copy."""

    def make(folder):
        for part in ("params", "data/necs", "data/reference"):
            shutil.copytree(project / part, folder / part)
        master = folder / PARAMS
        # a draft: tests change its figures as they like, and nobody asks them for a note of correction
        master.write_text(
            master.read_text().replace("state: final", "state: draft")
            + "\nsections: ["
            + ", ".join(f'"{name}"' for name in SECTIONS)
            + "]\n"
        )
        register = folder / "data/necs/2019-20/published.csv"  # of the printed figures as many as show that they are checked
        register.write_text("".join(register.read_text(encoding="utf-8").splitlines(keepends=True)[:25]), encoding="utf-8")
        for year in ("2018-19", "2019-20"):  # and without the tables with most of the counts, which none of its sections speaks of
            for name in ("workforce", "staff_survey", "board"):
                (folder / f"data/necs/{year}/{name}.csv").unlink(missing_ok=True)
        write_notebooks(folder)
        done = wres(folder, "run", PARAMS)
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "small", make)


@pytest.fixture(scope="session")
def place(made, tmp_path_factory):
    """Where the small project is copied for one test after another, and beside it what a call of ``wres`` there may know."""
    folder = tmp_path_factory.mktemp("small") / "project"
    shutil.copytree(made, folder)
    (folder.parent / KNOWN).write_bytes(pickle.dumps(calculated(load_parameters(folder / PARAMS)).remembered))
    return folder


@pytest.fixture
def small(made, place):
    return as_it_was(place, made)


def command(*arguments):
    return [*MODULE, *arguments]


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def contents(folder):
    return {name: (folder / name).read_bytes() for name in files(folder)}


def receipt(project, report=REPORT):
    return json.loads((project / report / "receipt.json").read_text())
