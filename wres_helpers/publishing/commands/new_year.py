"""``wres new-year``: the next year's parameter file and data folder, made from this year's; nothing is overwritten."""

import csv
from pathlib import Path

from wres_helpers.definitions.parameters import Parameters, load_parameters
from wres_helpers.definitions.problems import InputProblems, Problem
from wres_helpers.definitions.schema import COUNTS_TABLES
from wres_helpers.definitions.years import shifted
from wres_helpers.publishing.commands.next_master_file import rolled_forward

_TABLES = (*COUNTS_TABLES, "published", "action_plan")


def new_year_command(params: Path) -> int:
    """Make the next year's files and print what was made; return the exit code."""
    parameters = load_parameters(params)
    for path in new_year(parameters):
        print(parameters.shown(path))
    return 0


def new_year(parameters: Parameters) -> list[Path]:
    """Write the next year's master file and data folder.

    Returns
    -------
    list of Path
        What was made. Counts tables have their header only; an action plan keeps its rows, so that progress can be
        entered; narrative texts carry a line that says they are still last year's.

    Raises
    ------
    InputProblems
        Something of the next year is there already, or the master file cannot be rolled forward with certainty. Nothing
        has been written.
    """
    text = rolled_forward(parameters)
    year = shifted(parameters.year, 1)
    master = parameters.path.with_name(parameters.path.name.replace(parameters.year, year))
    if master == parameters.path:
        master = parameters.path.with_name(f"{parameters.organisation.code}-{year}{parameters.path.suffix}")
    old, new = parameters.data_folder(), parameters.data_folder(year)
    present = [path for path in (master, new) if path.exists()]
    if present:
        raise InputProblems(
            Problem(
                parameters.shown(path),
                "nothing there yet",
                "Move it away, or go on with the files that are there.",
                found="files of the next year",
            )
            for path in present
        )
    new.mkdir(parents=True)
    master.write_bytes(text.encode("utf-8"))
    made = [master]
    made += [_table(old / f"{name}.csv", new / f"{name}.csv") for name in _TABLES if (old / f"{name}.csv").is_file()]
    made += [_narrative(path, new / "narrative" / path.name, parameters.year) for path in _narratives(old)]
    made += [_copy(path, new / path.relative_to(old)) for path in sorted(old.rglob("README.md")) if "extracts" not in path.parts]
    return made


def _narratives(folder: Path) -> list[Path]:
    return [path for path in sorted((folder / "narrative").glob("*.md")) if path.name != "README.md"]


def _table(source: Path, target: Path) -> Path:
    if source.stem == "action_plan":
        return _copy(source, target)
    with source.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(header)
    return target


def _narrative(source: Path, target: Path, year: str) -> Path:
    target.parent.mkdir(exist_ok=True)
    text = source.read_text(encoding="utf-8-sig")
    # said where everyone sees it, so that last year's words are not published again by oversight
    target.write_text(f"*To be rewritten: this is the text of {year}.*\n\n{text}", encoding="utf-8")
    return target


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
    return target
