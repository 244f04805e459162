"""The house: who may import whom, and the promises of the ground it stands on."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from wres_helpers import intake, report
from wres_helpers.commands.doctor import NEEDED


def run(project, *command):
    return subprocess.run([sys.executable, *command], cwd=project, capture_output=True, text=True, check=False)


def test_each_room_knows_only_the_rooms_above_it(project):
    done = run(project, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_code_is_linted(project):
    done = run(project, "-m", "ruff", "check", "--no-cache", "wres_helpers", "tests", "notebooks", "docs")
    assert done.returncode == 0, done.stdout


def test_the_types_of_the_code_hold_together(project):
    done = run(project, "-m", "mypy", "--cache-dir", str(project / ".mypy_cache"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_pandas_is_not_loaded_by_the_settings_of_a_run(project):
    # `wres --help` must be quick: the command line loads nothing heavy before a command needs it
    script = (
        "import sys, wres_helpers.cli; print([m for m in ('pandas', 'matplotlib', 'scipy', 'papermill', 'nbconvert') if m in sys.modules])"
    )
    assert run(project, "-c", script).stdout.strip() == "[]"


CEILING = 300


def test_a_changed_sentence_loads_nothing_that_calculates_or_draws(project, tmp_path):
    # it is on the pages again a second after a fresh start; each of these would cost a tenth of that and more
    heavy = (
        "wres_helpers.analysis",
        "wres_helpers.disclosure",
        "numpy",
        "pandas",
        "pyarrow",
        "scipy",
        "matplotlib",
        "papermill",
        "openpyxl",
        "fontTools",
        "bs4",
        "docx",
    )
    script = f"""
import sys, wres_helpers.commands.run_command
from pathlib import Path
from wres_helpers.publishing.runs.whole_report import page_context, write_report
from wres_helpers.settings.master_file_reader import load_parameters

context = page_context(load_parameters("params/necs-2019-20.yaml"))
write_report(Path({str(tmp_path)!r}) / "report.pdf", [], "board", context, {{}})
print([name for name in {heavy} if name in sys.modules])
"""
    done = run(project, "-c", script)
    assert done.stdout.strip() == "[]", done.stderr


def test_file_names_are_unique(project):
    """A traceback, a file finder and a coverage table show only the last part of a path."""
    found = [path.name for path in (project / "wres_helpers").rglob("*.py") if path.name != "__init__.py"]
    assert sorted({name for name in found if found.count(name) > 1}) == []


@pytest.mark.parametrize("room", [intake, report], ids=["intake", "report"])
def test_no_module_bears_the_name_of_a_function_that_its_room_gives_out(room):
    """Witness: a chart added as architecture.md says, in a module of its name: once that was imported, a page called the module."""
    assert {path.stem for path in Path(room.__file__).parent.iterdir()} & {*room.__all__} == set()


def test_no_module_grows_beyond_its_ceiling(project):
    package = project / "wres_helpers"
    lengths = {path.relative_to(package).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in package.rglob("*.py")}
    assert {name: lines for name, lines in lengths.items() if lines > CEILING} == {}


def names(requirements):
    return {re.split(r"[<>=!~;\[ ]", line.strip())[0].lower().replace("_", "-") for line in requirements}


def test_the_doctor_looks_for_every_package_that_a_run_needs(project):
    """Witness: what pip installs. Without python-docx or python-calamine it said that a report can be made here."""
    needed = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert names(needed) - names(NEEDED) == set()


def test_conda_and_pip_ask_for_the_same_packages(project):
    import yaml

    metadata = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    conda = yaml.safe_load((project / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(part["pip"] for part in conda if isinstance(part, dict))
    stated = names([part for part in conda if isinstance(part, str)] + [part for part in by_pip if not part.startswith("-e")])
    wanted = names(metadata["dependencies"] + metadata["optional-dependencies"]["lab"])
    assert stated - {"python", "pip"} == wanted


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-lab.lock", "requirements-report.lock", "requirements-lowest.lock"])
def test_locks_hold_hashes_and_no_addresses(project, name):
    lock = (project / name).read_text(encoding="utf-8")
    assert "://" not in lock
    pinned = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", lock, flags=re.M)
    assert lock.count("--hash=sha256:") >= len(pinned)
    metadata = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert names(metadata["dependencies"]) <= {pin.replace("_", "-").replace(".", "-") for pin in pinned}
    assert ("jupyterlab" in pinned) == (name == "requirements-lab.lock")


def test_the_lowest_versions_allowed_are_those_that_are_tried(project):
    """Witness: the lock that `make lowest` installs. pandas 2.3 was allowed, and no report could be made with it: nobody had tried."""
    from packaging.requirements import Requirement
    from packaging.version import Version

    needed = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lock = dict(
        re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", (project / "requirements-lowest.lock").read_text(encoding="utf-8"), flags=re.M)
    )
    for requirement in map(Requirement, needed):
        (bound,) = requirement.specifier
        assert (bound.operator, Version(bound.version)) == (">=", Version(lock[requirement.name.lower()])), requirement


def test_top_level_folders_are_the_agreed_ones(project):
    tracked = subprocess.run(["git", "ls-files"], cwd=project, capture_output=True, text=True, check=True).stdout.split()
    folders = {Path(name).parts[0] for name in tracked if "/" in name}
    assert folders == {".ci", "data", "docs", "notebooks", "outputs", "params", "tests", "wres_helpers"}


def test_the_documents_list_every_status(project):
    from wres_helpers.standard.statuses import LABELS

    told = (project / "docs" / "numbers.md").read_text(encoding="utf-8")
    assert [status for status in LABELS if f"`{status}`" not in told] == []
