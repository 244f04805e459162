"""The list of known faults is held to the code of today: `make mutations` replays each, and what stands nowhere can't be replayed."""

import subprocess
import sys

import mutations
import pytest


@pytest.mark.parametrize("mutation", mutations.mutations([]), ids=lambda mutation: mutation["name"])
def test_the_line_of_a_known_fault_stands_once_in_the_package_and_its_tests_are_there(mutation):
    module, files = mutations.place_of(mutation), mutations.test_files(mutation["tests"])
    assert files
    changed = module.read_text(encoding="utf-8").replace(mutation["old"], mutation["new"])
    assert changed != module.read_text(encoding="utf-8")
    compile(changed, module.name, "exec")  # a fault that is no Python would turn every test red and tell nothing


def test_what_is_not_changed_survives_and_what_is_broken_is_killed(project):
    """A replay in which no test could begin once called every fault killed. Witness: a module as it is, and with its store grown."""
    script = """
import sys; sys.path.insert(0, "tests")
from support.changed_module import PROJECT, outcome
module, tests = PROJECT / "wres_helpers" / "remembered.py", [PROJECT / "tests" / "test_remembered.py"]
right = module.read_text(encoding="utf-8")
print(outcome(module, right, tests), outcome(module, right.replace("_KEPT = 2", "_KEPT = 9"), tests), outcome(module, right, [PROJECT / "none"]), sep="; ")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "survived; killed; no test ran", done.stderr
