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


#: The files that take longest, longest first (processor seconds, now and then measured anew), so that no worker is left with one
#: of them at the end. Their tests go to the workers one by one, but for those that share what their file makes.
LONGEST = (
    "test_cluster.py", "test_batch.py", "test_incremental.py", "test_shipped_report.py", "test_organisations.py", "test_documents.py",
    "test_execute.py", "test_no_contradiction.py", "test_all_pages.py", "test_explore.py", "test_checking_own_output.py",
    "test_engine.py", "test_disclosure_random.py", "test_checking_planted_errors.py", "test_edge_sentences.py", "test_from_extracts.py",
    "test_disclosure_ledger.py", "test_counts_shapes.py", "test_prose_reader.py", "test_proof_by_look_up.py", "test_broken_off.py",
    "test_disclosure_command.py", "test_cli.py", "test_told_texts.py", "test_versions.py", "test_proof.py", "test_national.py",
    "test_hostile_project.py", "test_architecture.py",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Begin with the longest, and say which tests go to one worker."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))
    for item in items:
        if item.path.name not in LONGEST or (shared := _made_for_its_file(item)):
            item.add_marker(pytest.mark.xdist_group(item.path.name if item.path.name not in LONGEST else f"{item.path.name} {shared}"))


def _made_for_its_file(item) -> str:
    """Return what names the fixtures, and their parameters, that a test shares with others of its file alone; empty where it shares none."""
    fixtures = {name: found[-1] for name, found in item._fixtureinfo.name2fixturedefs.items() if found[-1].scope == "module"}
    given = getattr(item, "callspec", None)
    chosen = [f"{name} {given.indices[name]}" for name, fixture in fixtures.items() if fixture.params and given]
    return " ".join(chosen or (["shared"] if fixtures else []))


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
