"""``wres doctor``: what this machine has and lacks, in plain words."""

import importlib.util
import os
import platform
import shutil
import sys
from importlib import metadata
from pathlib import Path

from wres_helpers.publishing.engine.workers import can_be_warm
from wres_helpers.publishing.files.receipt import PACKAGES
from wres_helpers.settings.master_file import available_cores

_GIGABYTE = 1 << 30
#: What a run fails without: what the receipt names, and what the command itself is made with.
NEEDED = (*PACKAGES, "click", "tqdm")
_EXTRAS = {"lab": ("jupyterlab", "JupyterLab, to work in the notebooks"), "cluster": ("distributed", "Dask, to run on several machines")}


#: How a line begins: what is there, what a run fails without, what it can do without.
_OK, _MISSING, _ABSENT = "ok     ", "MISSING", "absent "


def doctor_command() -> int:
    """Print what is there and what is missing; return 1 where a run would fail."""
    findings = [*map(_package, NEEDED), *_machine()]
    for name, (module, purpose) in _EXTRAS.items():
        lacking = f"{purpose}: not installed (pip install --editable '.[{name}]'); only needed for that"
        findings.append((_ABSENT, lacking) if importlib.util.find_spec(module) is None else (_OK, purpose))
    for mark, told in findings:
        print(mark, told)
    missing = any(mark == _MISSING for mark, _ in findings)
    print("\nA report can be made here." if not missing else "\nA report cannot be made here until the lines marked MISSING are put right.")
    return int(missing)


def _machine() -> list[tuple[str, str]]:
    """Return what the machine itself is like: its Python, processors and disk."""
    cores, free, writable = available_cores(), shutil.disk_usage(Path.cwd()).free, os.access(Path.cwd(), os.W_OK)
    kind = "the warm engine (forks)" if can_be_warm() else "ordinary kernels: this system cannot fork safely, so a run takes longer"
    python = f"Python {platform.python_version()} on {platform.system()}; 3.11 or later is needed"
    disk = f"{free / _GIGABYTE:.1f} GB free here" + ("" if writable else ", but this folder cannot be written")
    return [
        (_OK if sys.version_info >= (3, 11) else _MISSING, python),
        (_OK, f"{cores} processor core{'s' if cores != 1 else ''}; notebooks run with {kind}"),
        (_OK if free > _GIGABYTE / 4 and writable else _MISSING, disk),
    ]


def _package(package: str) -> tuple[str, str]:
    try:
        return _OK, f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return _MISSING, f"{package} is not installed: pip install --editable ."
