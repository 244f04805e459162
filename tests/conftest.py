"""What every test may use: the project, the shipped report, and a copy of it that a test may spoil."""

import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings
from support.examples import examples

# the same examples on every machine, and no deadline: a busy machine is not a failure
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=examples(150))
settings.load_profile("steady")

# started in the background, tests would inherit a deaf ear for interrupts and hand it on to the commands they start
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

PROJECT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest (whole runs), so that no worker ends with one while the other has nothing left."""
    items.sort(key=lambda item: not item.path.is_relative_to(PROJECT / "tests" / "publishing"))


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def necs(project):
    """Parameters of the shipped report."""
    from wres_helpers.settings.parameters import load_parameters

    return load_parameters(project / "params" / "necs-2019-20.yaml")


@pytest.fixture(scope="session")
def reference(necs):
    """The standard's reference tables."""
    from wres_helpers.standard.catalogue import read_reference_tables

    return read_reference_tables(necs.reference_folder)


@pytest.fixture(scope="session")
def necs_counts(necs):
    """Tidy counts of the shipped report, both years."""
    from wres_helpers.intake import read_counts

    return read_counts(necs)


@pytest.fixture(scope="session")
def evidence(necs, necs_counts, reference):
    """Evidence of the shipped report, unprotected."""
    from wres_helpers.analysis import analyse

    return analyse(necs_counts, necs, reference)


@pytest.fixture
def spoilable(tmp_path, project) -> Path:
    """A copy of the project's parameters, data and notebooks that a test may change."""
    for folder in ("params", "data", "notebooks"):
        shutil.copytree(project / folder, tmp_path / folder)
    return tmp_path
