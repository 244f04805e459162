"""Where a report's folders lie: outputs apart from all it is made from, and what is read for it inside the project.

A run replaces what is in its output folder; and a narrative that is a link to somewhere else would be printed, and nobody would
know whose text it is. Folders are compared as the disk knows them, so that a link, another spelling or ``..`` makes no difference.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from wres_helpers.problems import ParameterProblems, Problem, real
from wres_helpers.settings.parameters import Parameters

#: Folders of a project that are read or worked with and never written by a run.
_NEVER_OUTPUTS = ("params", "data", "notebooks", "tests", "docs", "wres_helpers", ".git", ".ci", ".venv")


def check_folders(parameters: Parameters) -> None:
    """Refuse a report whose outputs overlap its inputs, or whose folders or files lie outside the project.

    Raises ParameterProblems with every folder, or every link, that is in the wrong place.
    """
    refuse_overlaps([parameters])
    if parameters.master.folders.allow_outside_project:
        return
    project = real(parameters.project)
    # a link may lead outside, too
    used = {
        "data": (parameters.data_root, *(parameters.data_folder(year) for year in parameters.years)),
        "outputs": (parameters.project / parameters.master.folders.outputs, parameters.output_folder),
    }
    expected, action = "a folder inside the project", "Use a folder inside the project, or set folders.allow_outside_project: true."
    ParameterProblems.raise_if_any(
        Problem(parameters.file, expected, action, column=f"folders.{key}", found=repr(getattr(parameters.folders, key)))
        for key, folders in used.items()
        if not all(real(folder).is_relative_to(project) for folder in folders)
    )
    ParameterProblems.raise_if_any(links_outside(parameters))


def refuse_overlaps(reports: Iterable[Parameters]) -> None:
    """Refuse reports of which one would be written where another (or itself) is read from.

    Raises ParameterProblems where an output folder is, contains or lies in a folder of the project that holds something else.
    """
    reports = list(reports)
    inputs: dict[Path, None] = {}
    for parameters in reports:
        own = [parameters.project / name for name in _NEVER_OUTPUTS]
        years = [parameters.data_folder(year) for year in parameters.years]
        read = [*own, parameters.path.parent, parameters.data_root, parameters.shared_reference_folder, *years]
        inputs |= dict.fromkeys(map(real, read))
    expected = "a folder for outputs alone, apart from data, params, notebooks and the project's other folders"
    action = "Name a folder that holds nothing else, for example outputs."
    problems = []
    for parameters in reports:
        report = parameters.output_folder
        written = dict.fromkeys(map(real, (report.parent.parent, report.parent, report, report.with_name(f"{report.name}-failed"))))
        met = next((read for read in inputs if any(_contains(folder, read) or _contains(read, folder) for folder in written)), None)
        if met is None and any(_contains(folder, real(parameters.project)) for folder in written):
            met = parameters.project
        if met is not None:
            where = "the project itself" if met == parameters.project else repr(parameters.shown(met))
            found = f"{parameters.master.folders.outputs!r}, which meets {where}"
            problems.append(Problem(parameters.file, expected, action, column="folders.outputs", found=found))
    ParameterProblems.raise_if_any(problems)


def _contains(folder: Path, inner: Path) -> bool:
    if inner.is_relative_to(folder):
        return True
    # one folder in two spellings, on some disks; its name stands in each
    return folder.name.lower() in map(str.lower, inner.parts) and any(_same(folder, place) for place in (inner, *inner.parents))


def _same(first: Path, second: Path) -> bool:
    try:
        return first.name.lower() == second.name.lower() and first.samefile(second)
    except OSError:
        return False


def links_outside(parameters: Parameters) -> list[Problem]:
    """Return a problem for each link in the folders a report is read from that leads out of the project.

    Of a link only its own name is told, not where it leads: that may say too much of a machine.
    """
    there, project = parameters.project, real(parameters.project)
    seen: set[Path] = set()
    organisation = parameters.data_folder().parent
    folders = [*(parameters.data_folder(year) for year in parameters.years), parameters.shared_reference_folder]
    others = organisation.iterdir() if os.access(organisation, os.R_OK | os.X_OK) and organisation.is_dir() else ()
    entries = [*sorted(others), *(entry for folder in dict.fromkeys(folders) for entry in _below(folder, project, seen))]
    # on Windows a junction is no link, and may lead elsewhere too
    outside = [entry for entry in entries if (os.name == "nt" or entry.is_symlink()) and not real(entry).is_relative_to(project)]
    # other years are none of this report's
    told = [entry for entry in dict.fromkeys(outside) if entry.parent != organisation or not entry.is_dir()]
    names = (entry.relative_to(there).as_posix() if entry.is_relative_to(there) else entry.name for entry in told)
    action = "Put the file itself there, or set folders.allow_outside_project: true if somebody decided so."
    return [Problem(name, "a file or folder of the project", action, found="a link that leads outside the project") for name in names]


def _below(folder: Path, project: Path, seen: set[Path]) -> Iterator[Path]:
    """Yield what is in a folder and in those below, links within the project followed, each folder once; what cannot be read is left out."""
    for where, folders, files in os.walk(folder, followlinks=True):
        if real(Path(where)) in seen or not real(Path(where)).is_relative_to(project):
            folders.clear()
            continue
        seen.add(real(Path(where)))
        yield from (Path(where, name) for name in sorted([*folders, *files]))
