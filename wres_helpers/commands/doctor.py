"""``wres doctor``: what this machine has and lacks, in plain words."""

import importlib
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
class Finding:
    """One thing that was looked at: ``good``, or what to do; ``needed`` says whether a run fails without it."""

    good: bool
    text: str
    needed: bool = True


def doctor_command() -> int:
    """Print what is there and what is missing; return 1 where a run would fail."""
    findings = [_python(), *_packages(), _kernel(), _engine(), _fonts(), _disk(), *_extras()]
    for finding in findings:
        mark = "ok     " if finding.good else "MISSING" if finding.needed else "absent "
        print(f"{mark} {finding.text}")
    missing = [finding for finding in findings if finding.needed and not finding.good]
    print("\nA report can be made here." if not missing else "\nA report cannot be made here until the lines marked MISSING are put right.")
    return 1 if missing else 0


def _python() -> Finding:
    version = platform.python_version()
    return Finding(sys.version_info >= (3, 11), f"Python {version} on {platform.system()}; 3.11 or later is needed")


def _packages() -> list[Finding]:
    findings = []
    for package in PACKAGES:
        try:
            findings.append(Finding(True, f"{package} {metadata.version(package)}"))
        except metadata.PackageNotFoundError:
            findings.append(Finding(False, f"{package} is not installed: pip install --editable ."))
    return findings


def _kernel() -> Finding:
    if importlib.util.find_spec("jupyter_client") is None:
        return Finding(False, "jupyter_client is not installed, so no kernel can be started")
    from jupyter_client.kernelspec import KernelSpecManager

    found = "python3" in KernelSpecManager().find_kernel_specs()
    return Finding(found, "Jupyter kernel 'python3'" if found else "no Jupyter kernel 'python3': python -m ipykernel install --sys-prefix")


def _engine() -> Finding:
    cores = available_cores()
    warm = can_be_warm()
    kind = "the warm engine (forks)" if warm else "ordinary kernels: this system cannot fork safely, so a run takes longer"
    return Finding(True, f"{cores} processor core{'s' if cores != 1 else ''}; notebooks run with {kind}", needed=False)


def _fonts() -> Finding:
    found = importlib.util.find_spec("font_source_sans_pro") is not None
    return Finding(found, "font Source Sans for charts and PDF" if found else "the font package font-source-sans-pro is not installed")


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free
    writable = os.access(Path.cwd(), os.W_OK)
    text = f"{free / _GIGABYTE:.1f} GB free here" + ("" if writable else ", but this folder cannot be written")
    return Finding(free > _GIGABYTE / 4 and writable, text)


def _extras() -> list[Finding]:
    findings = []
    for extra, (module, purpose) in _EXTRAS.items():
        found = importlib.util.find_spec(module) is not None
        text = f"{purpose}" if found else f"{purpose}: not installed (pip install --editable '.[{extra}]'); only needed for that"
        findings.append(Finding(found, text, needed=False))
    return findings
