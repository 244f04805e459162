"""The receipt of a run: from what, by what and how a report was made, so that anyone can make it again.

It names no path of the machine, no host and no user. Only what a folder's receipt names is the pack's to replace or remove.
"""

import hashlib
import json
import platform
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from wres_helpers import __version__
from wres_helpers.settings.master_file_reader import dotted
from wres_helpers.settings.parameters import Parameters

PACK = Path(sys.modules["wres_helpers"].__file__).parent
RECEIPT = "receipt.json"
_WRITTEN_LAST = (RECEIPT, "run.log")  # written when all else has its checksum, so no receipt lists them

#: Packages that can change a number, a picture or a page.
PACKAGES = (
    "pandas", "numpy", "scipy", "matplotlib", "seaborn", "papermill", "nbclient", "nbconvert", "nbformat",
    "ipykernel", "pydantic", "PyYAML", "mistune", "openpyxl", "python-calamine", "pyarrow", "typst", "pikepdf", "python-docx",
    "font-source-sans-pro", "fontpkg-noto-sans-arabic", "fontpkg-hind-siliguri", "fontpkg-noto-sans-devanagari", "fontpkg-noto-sans-tamil",
)  # fmt: skip

#: Why a receipt is no part of what a board gets.
SHARING = (
    "For the analyst; not for sharing with the board's files. Whoever has the checksum of a small input file can try counts "
    "until it fits, and so find those that the board's files hide."
)


def write_receipt(folder: Path, parameters: Parameters, run: dict[str, Any], parts: dict[str, Any]) -> None:
    """Write the receipt of a report that stands whole in a folder, as JSON that a person can read.

    `run` has start, seconds, outcome, engine, workers, versions and one entry a section; `parts` the key and the files of each part, for the
    next run to compare. Each file, as seen from the project or from the folder, has its SHA-256.
    """
    content = {
        "receipt": 1,
        "sharing": SHARING,
        "pack": __version__,
        "organisation": parameters.organisation.code,
        "year": parameters.year,
        **run,
        "disclosure": next((part["disclosure"] for part in parts.values() if "disclosure" in part), None),
        "parameters": {
            "file": parameters.file,
            "values": parameters.master.model_dump(mode="json"),
            "origins": parameters.origins,
        },
        "inputs": {parameters.shown(path): sha256(path) for path in sorted(every_input(parameters))},
        "outputs": {path.relative_to(folder).as_posix(): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()},
        "parts": parts,
        "packages": package_versions(),
        "platform": {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()},
    }
    (folder / RECEIPT).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_receipt(folder: Path) -> dict[str, Any]:
    """Return the receipt in a folder; an empty one where there is none that can be trusted."""
    return trusted((folder / RECEIPT).read_bytes)


def trusted(read: Callable[[], bytes]) -> dict[str, Any]:
    """Return a receipt from wherever it can be read; an empty one where it cannot be trusted."""
    try:
        content = json.loads(read())
        return content if content["receipt"] and isinstance(content["outputs"], dict) else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def settings_told(receipt: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the master file that a receipt tells; none where it tells none."""
    parameters = receipt.get("parameters")
    values = parameters.get("values") if isinstance(parameters, dict) else None
    return values if isinstance(values, dict) else {}


def named_by_receipt(folder: Path) -> frozenset[str]:
    """Return the files of a folder that its receipt names, the receipt and the log among them, as seen from the folder."""
    content = read_receipt(folder)
    return frozenset((*content["outputs"], *_WRITTEN_LAST)) if content else frozenset()


def other_master_file(parameters: Parameters) -> str:
    """Say that the report in the output folder was made from another master file and with other settings; "" where it was not."""
    before, folder = read_receipt(parameters.output_folder).get("parameters", {}), parameters.shown(parameters.output_folder)
    if before.get("file", parameters.file) == parameters.file:
        return ""
    then, now = dotted(before.get("values") or {}), dotted(parameters.master.model_dump(mode="json"))
    other = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    named = ", ".join(other[:4]) + (f" and {len(other) - 4} more" if len(other) > 4 else "")
    told = f"The report that stood in {folder} was made from {before['file']}, with other settings ({named}); that of {parameters.file}"
    return f"{told} takes its place. A master file takes nothing over from another." if other else ""


@lru_cache(maxsize=1)
def package_versions() -> dict[str, str]:
    versions = {}
    for package in PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "not installed"
    return versions


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def every_input(parameters: Parameters) -> list[Path]:
    """Return every file a report is made from: the master file, the data of its years, the tables beside them, plans, the reference tables.

    Record-level extracts are left out: counts are made from them beforehand, and their names may say too much.
    """
    folders = [parameters.data_folder(year) for year in parameters.years] + [parameters.shared_reference_folder]
    organisation = parameters.data_folder().parent
    found = [path for folder in folders if folder.is_dir() for path in folder.rglob("*")]
    found += [*organisation.glob("*.csv"), *organisation.glob("*/action_plan.csv")]  # the year before may be none of the report's years
    files = (path for path in dict.fromkeys(found) if path.is_file() and not path.name.startswith("."))
    return [parameters.path, *(path for path in files if "extracts" not in path.parts)]


def extract_files(parameters: Parameters) -> list[Path]:
    """Return the record-level extracts that counts are made from, and everything beside them."""
    folders = [parameters.data_folder(year) / "extracts" for year in parameters.years if parameters.extracts is not None]
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]


def package_files() -> list[Path]:
    """Return the pack's own files that shape a report: its code and templates."""
    return [path for path in PACK.rglob("*") if path.is_file() and path.suffix not in (".pyc", ".pyo")]
