"""What every test may use: the project, the shipped report, and a copy of it that a test may spoil."""

import gc
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from support.as_it_was import as_it_was
from support.end_with import end_with_this_process
from support.examples import examples

# the same examples on every machine, and no deadline: a busy machine is not a failure
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=examples(150))
settings.load_profile("steady")

# the collector of garbage otherwise looks through every table and module again and again: a twelfth of the time of the tests,
# and another twenty-fifth where it looks five times less often, which costs some megabytes
gc.set_threshold(1_000_000, 20, 20)

# as in the package: where JupyterLab is installed, the library that reads notebooks would compile a grammar nobody asks for, two seconds a worker
sys.modules.setdefault("rfc3987_syntax", None)

# started in the background, tests would inherit a deaf ear for interrupts and hand it on to the commands they start
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# a test that is killed, or whose worker is, leaves nothing running
end_with_this_process()

PROJECT = Path(__file__).resolve().parent.parent


#: The files whose tests use the small project: one worker makes what they know of it, once.
OF_THE_SMALL_PROJECT = ("test_batch.py", "test_incremental.py", "test_versions.py", "test_told_texts.py", "test_proof.py")
#: The files that take longest, longest first (processor seconds, now and then measured anew), so that no worker is left with one of
#: them at the end. The tests of a file stay together with what they share: parted, each worker made that for itself.
LONGEST = (
    *OF_THE_SMALL_PROJECT,
    "test_shipped_report.py", "test_small_organisations.py", "test_execute.py", "test_explore.py", "test_checking_own_output.py",
    "test_all_pages.py", "test_disclosure_random.py", "test_check_command.py", "test_disclosure_roads.py", "test_counts_shapes.py",
    "test_documents.py", "test_context_blocks.py", "test_engine.py", "test_checking_planted_further.py", "test_extracts_fuzz.py",
    "test_disclosure_command.py", "test_from_extracts.py", "test_prose_reader.py", "test_suppressed_cells.py",
    "test_edge_sentences.py", "test_checking_other_reports.py", "test_bounds_and_changes.py", "test_extracts_rules.py",
    "test_disclosure_ledger.py", "test_broken_off.py", "test_organisations.py", "test_cli.py", "test_mutated_inputs.py",
    "test_open_doors.py", "test_checking_planted_errors.py", "test_cluster.py", "test_architecture.py", "test_merging.py",
    "test_disclosure_policy.py", "test_no_contradiction.py", "test_hostile_project.py", "test_survey_answers.py",
    "test_checking_planted_organisations.py", "test_suggestion.py", "test_funnel_plots.py", "test_another_standard.py",
    "test_possible_whatever_is_hidden.py", "test_asked_between_tables.py", "test_mutated_tables.py", "test_mutations.py",
    "test_proof_by_look_up.py", "test_what_a_headline_must_add.py", "test_overview_and_texts.py", "test_disclosure_necs.py",
    "test_overview_rules.py", "test_checking_rules.py", "test_pdf_pages.py", "test_standards.py",
)  # fmt: skip


def pytest_collection_modifyitems(items):
    """Begin with the longest."""
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


def pytest_collection_finish():
    """Let the collector of garbage pass over what was imported and collected: all of it stays to the end."""
    gc.freeze()


def pytest_sessionfinish():
    """Nor need it look, when pytest ends, through what tests left: a process that ends gives it all back."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give the workers what belongs together, in the order of the tests. (Marks of groups do nothing with this pytest and xdist.)"""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return "the small project" if file.rpartition("/")[2] in OF_THE_SMALL_PROJECT else file

    config.option.loadscopereorder = False
    return Together(config, log)


@pytest.fixture(scope="session", autouse=True)
def shared(request, tmp_path_factory):
    """What is analysed and protected is so once for all workers; tests of changed code, begun by a worker, are a run of their own."""
    from support.known_results import share  # not at the top: the process that hands tests out to workers needs no pandas

    base = tmp_path_factory.getbasetemp()
    share((base.parent if hasattr(request.config, "workerinput") else base) / "known")


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def necs(project):
    """Parameters of the shipped report."""
    from wres_helpers.settings.master_file_reader import load_parameters

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
def spoilable(tmp_path_factory, project) -> Path:
    """A copy of the project's parameters, data and notebooks that a test may change.

    Every test has it as it was and in the same place, with the files' own times: what was calculated of the shipped counts there is remembered.
    """
    return as_it_was(tmp_path_factory.getbasetemp() / "spoilable", project, "params", "data", "notebooks")
