"""Links among a report's files: what is read for a report lies in its project, also where the name of it is a link.

A narrative that is a link to somewhere else would be printed, and nobody would know whose text it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from wres_helpers.problems import Problem
from wres_helpers.settings.folder_overlaps import real

if TYPE_CHECKING:
    from wres_helpers.settings.parameters import Parameters

_ACTION = "Put the file itself there, or set folders.allow_outside_project: true if somebody decided so."


def links_outside(parameters: Parameters) -> list[Problem]:
    """Return a problem for each link in the folders a report is read from that leads out of the project.

    Of a link only its own name is told, not where it leads: that may say too much of a machine.
    """
    project = real(parameters.project)
    seen: set[Path] = set()
    organisation = parameters.data_folder().parent
    folders = [*(parameters.data_folder(year) for year in parameters.years), parameters.shared_reference_folder]
    entries = [*_entries(organisation), *(entry for folder in dict.fromkeys(folders) for entry in _below(folder, project, seen))]
    outside = [entry for entry in entries if not real(entry).is_relative_to(project)]
    return [
        Problem(_name(entry, parameters.project), "a file or folder of the project", _ACTION, found="a link that leads outside the project")
        for entry in dict.fromkeys(outside)
        if entry.parent != organisation or not entry.is_dir()  # other years are none of this report's
    ]


def _below(folder: Path, project: Path, seen: set[Path]) -> Iterator[Path]:
    """Yield what is in a folder and in those below, links within the project followed, each folder once."""
    where = real(folder)
    if where in seen or not where.is_relative_to(project):
        return
    seen.add(where)
    for entry in _entries(folder):
        yield entry
        if entry.is_dir():
            yield from _below(entry, project, seen)


def _entries(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            return sorted(Path(entry.path) for entry in found)
    except OSError:  # whoever reads the folder says what is wrong with it
        return []


def _name(path: Path, project: Path) -> str:
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else path.name
