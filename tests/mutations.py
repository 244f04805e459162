"""Replay known faults: each is put into the package, alone and in memory, and its tests must turn red.

Usage: ``python tests/mutations.py [part of a name ...]``. Exit code 1 where a fault survives or its line is gone.
"""

import sys
import tomllib

from support.changed_module import KILLED, PROJECT, SURVIVED, import_libraries, outcome


def mutations(chosen: list[str]) -> list[dict]:
    """Return the mutations of mutations.toml whose names hold one of some words; all of them where no word is given."""
    known = tomllib.loads((PROJECT / "tests" / "mutations.toml").read_text(encoding="utf-8"))["mutation"]
    return [mutation for mutation in known if not chosen or any(word in mutation["name"] for word in chosen)]


def place_of(mutation: dict):
    """Return the one module in which a mutation's text stands exactly once.

    Raises
    ------
    LookupError
        The text stands nowhere, in more than one module, or more than once in its module.
    """
    modules = [path for path in sorted((PROJECT / "wres_helpers").rglob("*.py")) if path.as_posix().endswith(mutation.get("file", ""))]
    found = [(path, times) for path in modules if (times := path.read_text(encoding="utf-8").count(mutation["old"]))]
    if len(found) != 1 or found[0][1] != 1:
        raise LookupError(f"its line stands {sum(times for _, times in found)} times in the package")
    return found[0][0]


def test_files(names: list[str]) -> list:
    """Return the paths of test files, found by their names."""
    found = {path.name: path for path in sorted((PROJECT / "tests").rglob("test_*.py"))}
    if missing := [name for name in names if name not in found]:
        raise LookupError(f"no test file {', '.join(missing)}")
    return [found[name] for name in names]


def replayed(mutation: dict) -> str:
    """Put a mutation into its module and run its tests; return 'killed' or what is wrong."""
    try:
        module, files = place_of(mutation), test_files(mutation["tests"])
    except LookupError as error:
        return str(error)
    right = module.read_text(encoding="utf-8")
    return outcome(module, right.replace(mutation["old"], mutation["new"]), files)


def main(chosen: list[str]) -> int:
    """Replay the chosen mutations and print what came of each."""
    import_libraries()
    known = mutations(chosen)
    unchanged = PROJECT / "wres_helpers" / "problems.py"
    for name in sorted({name for mutation in known for name in mutation["tests"]}):
        if outcome(unchanged, unchanged.read_text(encoding="utf-8"), test_files([name])) != SURVIVED:
            print(f"red without any fault, so that nothing can be told: {name}")
            return 1
    survivors = 0
    for mutation in known:
        came_of_it = replayed(mutation)
        survivors += came_of_it != KILLED
        print(f"{came_of_it}: {mutation['name']}", flush=True)
    print(f"{len(known) - survivors} of {len(known)} killed")
    return 1 if survivors or not known else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
