"""Outputs lie apart from all that a report is made from: a run replaces what is in its output folder.

Folders are compared as the disk knows them, so that a link, another spelling or ``..`` makes no difference.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from wres_helpers.problems import ParameterProblems, Problem

if TYPE_CHECKING:
    from wres_helpers.settings.parameters import Parameters

#: Folders of a project that are read or worked with and never written by a run.
_NEVER_OUTPUTS = ("params", "data", "notebooks", "tests", "docs", "wres_helpers", ".git", ".ci", ".venv")


def refuse_overlaps(reports: Iterable[Parameters]) -> None:
    """Refuse reports of which one would be written where another (or itself) is read from.

    Raises
    ------
    ParameterProblems
        An output folder is, contains or lies in a folder of the project that holds something else.
    """
    reports = list(reports)
    inputs = dict.fromkeys(real(folder) for parameters in reports for folder in _inputs(parameters))
    problems = []
    for parameters in reports:
        written = dict.fromkeys(real(folder) for folder in _outputs(parameters))
        met = next((read for read in inputs if any(_overlap(folder, read) for folder in written)), None)
        if met is None and any(_contains(folder, real(parameters.project)) for folder in written):
            met = parameters.project
        if met is not None:
            problems.append(_problem(parameters, met))
    if problems:
        raise ParameterProblems(dict.fromkeys(problems))


def real(path: Path) -> Path:
    """Return where a path leads; of a link that leads to itself, the link (``Path.resolve`` breaks off there)."""
    return Path(os.path.realpath(path))


def _inputs(parameters: Parameters) -> list[Path]:
    own = [parameters.project / name for name in _NEVER_OUTPUTS]
    years = [parameters.data_folder(year) for year in parameters.years]
    return [*own, parameters.path.parent, parameters.data_root, parameters.shared_reference_folder, *years]


def _outputs(parameters: Parameters) -> list[Path]:
    report = parameters.output_folder
    return [report.parent.parent, report.parent, report, report.with_name(f"{report.name}-failed")]


def _problem(parameters: Parameters, met: Path) -> Problem:
    folders = parameters.master.folders
    return Problem(
        parameters.file,
        "a folder for outputs alone, apart from data, params, notebooks and the project's other folders",
        "Name a folder that holds nothing else, for example outputs.",
        column="folders.outputs",
        found=f"{folders.outputs!r}, which meets {'the project itself' if met == parameters.project else parameters.shown(met)!r}",
    )


def _overlap(first: Path, second: Path) -> bool:
    return _contains(first, second) or _contains(second, first)


def _contains(folder: Path, inner: Path) -> bool:
    return any(_same(folder, place) for place in (inner, *inner.parents))


def _same(first: Path, second: Path) -> bool:
    if first == second:
        return True
    try:
        return first.name.lower() == second.name.lower() and first.samefile(second)  # one folder in two spellings, on some disks
    except OSError:
        return False
