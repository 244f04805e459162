"""``wres doctor``: what this machine has and lacks, in plain words."""

import importlib.util
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from wres_helpers.publishing.engine.workers import can_be_warm
from wres_helpers.publishing.files.receipt import PACKAGES
from wres_helpers.settings.master_file import available_cores

_GIGABYTE = 1 << 30
_EXTRAS = {"lab": ("jupyterlab", "JupyterLab, to work in the notebooks"), "cluster": ("distributed", "Dask, to run on several machines")}


@dataclass(frozen=True)
class Diagnosis:
    """One thing that was looked at: ``good``, or what to do; ``needed`` says whether a run fails without it."""

    good: bool
    text: str
    needed: bool = True


def doctor_command() -> int:
    """Print what is there and what is missing; return 1 where a run would fail."""
    findings = [*map(_package, PACKAGES), _kernel(), *_machine(), *(_extra(name, *extra) for name, extra in _EXTRAS.items())]
    for finding in findings:
        mark = "ok     " if finding.good else "MISSING" if finding.needed else "absent "
        print(f"{mark} {finding.text}")
    missing = [finding for finding in findings if finding.needed and not finding.good]
    print("\nA report can be made here." if not missing else "\nA report cannot be made here until the lines marked MISSING are put right.")
    return 1 if missing else 0


def _machine() -> list[Diagnosis]:
    """Return what the machine itself is like: its Python, processors and disk."""
    cores, free, writable = available_cores(), shutil.disk_usage(Path.cwd()).free, os.access(Path.cwd(), os.W_OK)
    kind = "the warm engine (forks)" if can_be_warm() else "ordinary kernels: this system cannot fork safely, so a run takes longer"
    return [
        Diagnosis(sys.version_info >= (3, 11), f"Python {platform.python_version()} on {platform.system()}; 3.11 or later is needed"),
        Diagnosis(True, f"{cores} processor core{'s' if cores != 1 else ''}; notebooks run with {kind}", needed=False),
        Diagnosis(
            free > _GIGABYTE / 4 and writable,
            f"{free / _GIGABYTE:.1f} GB free here" + ("" if writable else ", but this folder cannot be written"),
        ),
    ]


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _package(package: str) -> Diagnosis:
    try:
        return Diagnosis(True, f"{package} {metadata.version(package)}")
    except metadata.PackageNotFoundError:
        return Diagnosis(False, f"{package} is not installed: pip install --editable .")


def _kernel() -> Diagnosis:
    if not _is_there("jupyter_client"):
        return Diagnosis(False, "jupyter_client is not installed, so no kernel can be started")
    from jupyter_client.kernelspec import KernelSpecManager

    found = "python3" in KernelSpecManager().find_kernel_specs()
    return Diagnosis(
        found, "Jupyter kernel 'python3'" if found else "no Jupyter kernel 'python3': python -m ipykernel install --sys-prefix"
    )


def _extra(name: str, module: str, purpose: str) -> Diagnosis:
    lacking = "" if _is_there(module) else f": not installed (pip install --editable '.[{name}]'); only needed for that"
    return Diagnosis(not lacking, purpose + lacking, needed=False)
