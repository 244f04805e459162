"""Replay known faults: each is put into a copy of the project, alone, and its tests must turn red.

Usage: ``python tests/mutations.py [part of a name ...]``. Exit code 1 where a fault survives or its line is gone.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = "wres_helpers"
PARTS = (PACKAGE, "tests", "params", "data", "notebooks", "docs", "pyproject.toml", "README.md", "CHANGELOG.md")
#: pytest's exit codes: tests failed; anything above it (nothing collected, no such file) proves nothing.
RED = 1


def mutations(chosen: list[str]) -> list[dict]:
    """Return the mutations of mutations.toml whose names hold one of some words; all of them where no word is given."""
    known = tomllib.loads((PROJECT / "tests" / "mutations.toml").read_text(encoding="utf-8"))["mutation"]
    return [mutation for mutation in known if not chosen or any(word in mutation["name"] for word in chosen)]


def place_of(mutation: dict, project: Path) -> Path:
    """Return the one module in which a mutation's text stands exactly once.

    Raises
    ------
    LookupError
        The text stands nowhere, in more than one module, or more than once in its module.
    """
    modules = [path for path in sorted((project / PACKAGE).rglob("*.py")) if path.as_posix().endswith(mutation.get("file", ""))]
    found = [(path, times) for path in modules if (times := path.read_text(encoding="utf-8").count(mutation["old"]))]
    if len(found) != 1 or found[0][1] != 1:
        raise LookupError(f"its line stands {sum(times for _, times in found)} times in the package")
    return found[0][0]


def test_files(mutation: dict, project: Path) -> list[str]:
    """Return the paths of a mutation's test files, found by their names."""
    found = {path.name: str(path) for path in sorted((project / "tests").rglob("test_*.py"))}
    missing = [name for name in mutation["tests"] if name not in found]
    if missing:
        raise LookupError(f"no test file {', '.join(missing)}")
    return [found[name] for name in mutation["tests"]]


def outcome(mutation: dict, project: Path) -> str:
    """Put a mutation into a copy of the project, run its tests, take it out again; return 'killed' or what is wrong."""
    try:
        module, files = place_of(mutation, project), test_files(mutation, project)
    except LookupError as error:
        return str(error)
    right = module.read_text(encoding="utf-8")
    module.write_text(right.replace(mutation["old"], mutation["new"]), encoding="utf-8")
    code = tested(files, project)
    module.write_text(right, encoding="utf-8")
    return "killed" if code == RED else f"SURVIVES (exit code {code})"


def tested(files: list[str], project: Path) -> int:
    """Run test files of a copy of the project against the package of that copy; return pytest's exit code."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *files]
    environment = os.environ | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, check=False).returncode


def main(chosen: list[str]) -> int:
    """Replay the chosen mutations and print what came of each."""
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in PARTS:
            if (PROJECT / part).is_dir():
                shutil.copytree(PROJECT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
            elif (PROJECT / part).is_file():
                shutil.copy(PROJECT / part, copy / part)
        known = mutations(chosen)
        used = sorted({path for mutation in known for path in copy.rglob("test_*.py") if path.name in mutation["tests"]})
        if red := [name for name in used if tested([name], copy)]:
            print(f"red without any fault, so that nothing can be told: {', '.join(Path(name).name for name in red)}")
            return 1
        for mutation in known:
            told = outcome(mutation, copy)
            survivors += told != "killed"
            print(f"{told}: {mutation['name']}", flush=True)
    print(f"{len(known) - survivors} of {len(known)} killed")
    return 1 if survivors or not known else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
