"""The list of known faults is held to the code of today: `make mutations` replays each, and what stands nowhere can't be replayed."""

import mutations
import pytest


@pytest.mark.parametrize("mutation", mutations.mutations([]), ids=lambda mutation: mutation["name"])
def test_the_line_of_a_known_fault_stands_once_in_the_package_and_its_tests_are_there(mutation):
    module, files = mutations.place_of(mutation), mutations.test_files(mutation["tests"])
    assert files
    changed = module.read_text(encoding="utf-8").replace(mutation["old"], mutation["new"])
    assert changed != module.read_text(encoding="utf-8")
    compile(changed, module.name, "exec")  # a fault that is no Python would turn every test red and tell nothing
