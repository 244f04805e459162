"""Commands that write, killed between any two changes of the disk or stopped by a disk that takes no more.

Witness: what stood on the disk before, and what the same call makes where nothing stops it.
"""

import shutil
import sys

import pytest
from support.as_it_was import as_it_was
from support.examples import THOROUGH
from support.small_project import contents
from support.warm_wres import KILLED, wres

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches the calls of a forked process")
NECS, EXTRACTS = "params/necs-2019-20.yaml", "params/synthetic-2019-20.yaml"
GIVEN = ("--code", "north", "--name", "North Trust", "--kind", "trust", "--year", "2025-26")
CALLS = {"new-year": ("new-year", NECS), "new-report": ("new-report", *GIVEN), "prepare": ("prepare", EXTRACTS)}
if THOROUGH:  # which writes as the second does, and makes a workbook first
    CALLS["new-report --workbook"] = ("new-report", "--workbook", *GIVEN)
#: In the suite every so many changes of the disk; all of them with ``make thorough``.
STRIDE = 1 if THOROUGH else 9


@pytest.fixture(scope="module")
def project_of(tmp_path_factory, project):
    """A project with little in it: every command has something to do and does it quickly."""
    folder = tmp_path_factory.mktemp("whole")
    as_it_was(folder, project, "params", "data/necs", "data/reference", "data/synthetic", "notebooks")
    for path in (folder / "data/synthetic/2019-20/extracts").glob("*.csv"):
        if path.name != "survey.csv":  # a question without its last answers stops
            path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:80]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=CALLS)
def call(request):
    return CALLS[request.param]


def visible(folder):
    """Return what stands in a folder: what a command has put aside, and its locks, left out."""
    return {name: content for name, content in contents(folder).items() if "/.wres" not in f"/{name}"}


@pytest.fixture(scope="module")
def made(project_of, call, tmp_path_factory):
    """What a call makes where nothing stops it."""
    folder = tmp_path_factory.mktemp("broken") / "made"
    shutil.copytree(project_of, folder)
    done = wres(folder, *call)
    assert done.returncode == 0, done.stderr
    return visible(folder)


def test_a_kill_loses_and_mixes_nothing_and_the_next_call_completes(project_of, call, made, tmp_path):
    before, folder = visible(project_of), tmp_path / "project"
    for step in range(0, 1000, STRIDE):
        as_it_was(folder, project_of)
        killed = wres(folder, *call, dies_at=step)
        after = visible(folder)
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        assert all(after.get(name) == made.get(name) for name in changed), (step, changed)
        again = wres(folder, *call)
        # where everything had come before the kill, the year or the report is there already, and that is said
        assert again.returncode == 0 or (again.stderr and after == made), (step, again.stderr)
        assert visible(folder) == made, step
        if killed.returncode != KILLED:
            break
    assert killed.returncode != KILLED
    assert step > 10


@pytest.mark.parametrize("bytes_", [0, 60, 900])
def test_a_disk_that_takes_no_more_is_told_and_nothing_is_lost(project_of, call, made, tmp_path, bytes_):
    folder = tmp_path / "project"
    shutil.copytree(project_of, folder)
    before = visible(folder)
    done = wres(folder, *call, largest_file=bytes_)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert visible(folder) == before
    assert wres(folder, *call).returncode == 0
    assert visible(folder) == made
