"""What a part of a report is made from, as one key: a part whose key has not changed is taken over, never made from memory.

The key holds everything that can change the part: the code of the pack, its notebooks and packages, the resolved master
file, the data of all years, the reference tables, the texts, the day printed on the pages. When in doubt, a part is made anew.
By the keys :class:`.ReportRun` decides what is taken over, what only shows new texts, and what is made.
"""

import hashlib
import json
import platform
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wres_helpers import __version__
from wres_helpers.intake.texts.narrative_texts import narrative_folder
from wres_helpers.publishing.files.receipt import PACK, every_input, extract_files, package_files, package_versions, read_receipt, sha256
from wres_helpers.publishing.runs import sections as parts
from wres_helpers.publishing.runs.whole_report import page_context
from wres_helpers.settings.parameters import Parameters

_FORM = 2


class Keys:
    """The keys of the parts of one report; `context` is what stands on every page (the day of the run, for one).

    `figures` is the key of results, workbook and findings, `texts` has the checksum of every text by its name.
    """

    def __init__(self, parameters: Parameters, context: Any):
        self._parameters = parameters
        inputs = {path: sha256(path) for path in (*every_input(parameters), *extract_files(parameters))}
        narrative = narrative_folder(parameters)
        self.texts = {path.name.removesuffix(".md"): digest for path, digest in inputs.items() if path.parent == narrative}
        plans = [path for path in inputs if path.name == "action_plan.csv"]  # this year's, and that of the year before
        apart = {parameters.path, *plans, *(path for path in inputs if path.parent == narrative)}
        master = parameters.master.model_dump(mode="json")
        self.figures = _digest(
            {
                "form": _FORM,
                "pack": __version__,
                "packages": package_versions(),
                "python": sys.version,
                "machine": platform.machine(),
                "code": code_digest(),
                "modules": _checksums((parameters.project / "notebooks").rglob("*.py"), parameters.project),
                # how a run is carried out does not change what comes out; the file itself is not among the data either
                "master": {key: value for key, value in master.items() if key not in ("run", "sections")},
                "data": {parameters.shown(path): digest for path, digest in inputs.items() if path not in apart},
            }
        )
        plan = {parameters.shown(path): inputs[path] for path in plans}
        self._page = _digest(self.figures, plan, {"context": repr(context), "master_file": inputs[parameters.path]})

    def section(self, name: str) -> str:
        """Return the key of a section but for the texts it shows."""
        return _digest(self._page, {"section": name, "notebook": sha256(parts.notebook_of(name, self._parameters))})

    def reports(self, sections: list[tuple[Any, ...]]) -> str:
        """Return the key of the whole report by what is known of its sections."""
        return _digest(self._page, sections)

    def shown(self, names: Iterable[str]) -> dict[str, str | None]:
        """Return the checksum of the texts that a part shows, None of one nobody has written."""
        return {name: self.texts.get(name) for name in names}

    def are_shown(self, entry: dict[str, Any]) -> bool:
        """Tell whether the texts that a part showed when it was made are those of today."""
        shown = entry.get("texts", {})
        return shown == self.shown(shown)


def nothing_to_do(parameters: Parameters) -> bool:
    """Tell whether the whole report of these parameters stands already, made from exactly what is there now."""
    keys, last = Keys(parameters, page_context(parameters)), LastReport(parameters.output_folder)
    wanted = {**{name: keys.section(name) for name in parameters.sections}, FIGURES: keys.figures}
    stands = all((entry := last.part(name, key)) and keys.are_shown(entry) for name, key in wanted.items())
    return stands and last.is_complete and last.part(REPORTS, last.parts.get(REPORTS, {}).get("key")) is not None


def code_digest() -> str:
    return _digest(_checksums(package_files(), PACK.parent))


def _checksums(files: Iterable[Path], root: Path) -> dict[str, str]:
    """Return checksums by name; never by the whole path, since a project that was moved or copied is still the same."""
    return {path.relative_to(root).as_posix(): sha256(path) for path in sorted(files)}


def _digest(*content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


class LastReport:
    """The report of the last run, as its receipt tells it; an empty one where there is none that can be trusted."""

    def __init__(self, folder: Path):
        receipt = read_receipt(folder)
        self.folder = folder
        self.is_complete = receipt.get("outcome") == "complete"  # whether nothing in it failed
        self.parts: dict[str, dict[str, Any]] = receipt.get("parts", {})
        self.texts: dict[str, str] = self.parts.get(TEXTS, {}).get("texts", {})  # the checksum of every text by its name
        self._outputs = receipt.get("outputs", {})

    def part(self, name: str, key: str | None) -> dict[str, Any] | None:
        """Return the receipt's entry of a part made with this key whose files are all as they were written, or None."""
        entry = self.parts.get(name, {})
        if entry.get("key") != key or not entry.get("files"):
            return None
        files = ((self.folder / file, self._outputs.get(file)) for file in entry["files"])
        return entry if all(path.is_file() and sha256(path) == digest for path, digest in files) else None


FIGURES = "figures"
REPORTS = "reports"
#: What a receipt calls its entry of all texts, also of those that no page shows.
TEXTS = "inputs"
