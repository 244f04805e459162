"""Reads a master parameter file and gives back what to run, or everything that is wrong in it at once; and holds it to those beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wres_helpers.problems import ParameterProblems, Problem, collected, shown_path
from wres_helpers.settings import master_file
from wres_helpers.settings.key_problems import check_standard, key_problems
from wres_helpers.settings.many_organisations import Listed
from wres_helpers.settings.parameters import CHANGED, Parameters
from wres_helpers.settings.project_folders import check_folders, refuse_overlaps
from wres_helpers.settings.yaml_files import read_yaml
from wres_helpers.tables.cell_readers import bare_key, did_you_mean, shown_cell


def reports_in(params: Path, audience: str | None = None) -> list[Parameters]:
    """Return the parameters of every report of a master file, in its order: of one, where it is for one organisation.

    Raises ParameterProblems: everything wrong in the file, for any of its reports; what is wrong for many is told once.
    """
    path = find_master_file(params)
    project = path.parent.parent
    problems: list[Problem] = []
    reports = Listed(read_yaml(path, project), shown_path(path, project), path.parent).reports
    listed: Sequence[tuple[str | None, str | None]] = reports or [(None, None)]
    found = [collected(problems, load_parameters, path, organisation, year, audience) for organisation, year in listed]
    ParameterProblems.raise_if_any(problems)
    refuse_overlaps({parameters.master.folders: parameters for parameters in reversed(found)}.values())
    return found


def find_master_file(path: str | Path, start: Path = Path()) -> Path:
    """Return the master file, looked for from a folder upwards, by default the working folder; raise ParameterProblems where there is none.

    A notebook lives one folder below the project, so ``params/necs-2019-20.yaml`` must be found from there too.
    """
    path, start = Path(path), start.absolute()
    for folder in (start, *start.parents):
        if (folder / path).is_file():
            return (folder / path).resolve()
    beside = [each.name for folder in (start, *start.parents) for each in (folder / path).parent.glob("*.yaml") if each.is_file()]
    action = did_you_mean(path.name, beside, "Check the name and the working folder (papermill: --cwd); master files live in params/.", 0.8)
    raise ParameterProblems([Problem(path.as_posix(), "a master parameter file", action, found="no such file")])


def load_parameters(
    path: str | Path,
    organisation: str | None = None,
    year: str | None = None,
    audience: str | None = None,
    change: Mapping[str, Any] | None = None,
    without: Iterable[str] = (),
) -> Parameters:
    """Read, validate and freeze a master file.

    Parameters
    ----------
    path
        The master file, relative to the working folder or to a folder above it.
    organisation, year, audience
        What to take instead of the master file's value; None means as in the master file.
    change
        Values to take instead of those of any other key, by its dotted name: ``{"status_rule.confidence": 0.99}``.
    without
        Keys of the file that are passed over, as if they were not there: those that are wrong, to see what else is.

    Raises
    ------
    ParameterProblems
        The file is missing, is not YAML, has unknown or mistyped keys, or values that cannot be used. All problems
        are told at once.
    """
    path = find_master_file(path)
    project = path.parent.parent
    content, file = read_yaml(path, project), shown_path(path, project)
    content = {key: value for key, value in content.items() if key not in without} if without else content
    listed = Listed(content, file, path.parent)
    places: dict[str, str] = {}
    if listed.reports:
        content, places = listed.one_report(organisation, year)
        organisation = year = None
    given = {"organisation": organisation, "year": year, "audience": audience}
    content, origins = _resolved(content, {key: value for key, value in given.items() if value is not None}, file)
    for key, value in (change or {}).items():
        content = _with_value(content, key.split("."), value, file)
        origins |= dict.fromkeys(dotted({key: value}), CHANGED)
    origins |= {key: places[key.split(".")[0]] for key in origins if key.split(".")[0] in places}
    try:
        master = master_file.MasterFile.model_validate(content)
    except ValidationError as error:
        asked, of_change = tuple(change or ()), f"{file}, {CHANGED}"
        told = (replace(each, file=of_change) if (each.column or "").startswith(asked) else each for each in key_problems(error, file))
        raise ParameterProblems(told) from None
    if master.organisation.code in listed.wholes and not master.disclosure.wholes_beside_parts:
        master = _for_analysts_only(master, file)
        origins["audience"] = "an organisation whose parts are in the list"
    keys = dotted(master.model_dump(mode="json"))
    origins = {key: origins.get(key) or origins.get(key.split(".")[0]) or "default of the pack" for key in keys}
    parameters = Parameters(project, path, master, origins, listed.wholes if listed.reports else None)
    check_standard(parameters)
    check_folders(parameters)
    return parameters


def _for_analysts_only(master: master_file.MasterFile, file: str) -> master_file.MasterFile:
    """Return a master file without the board among its readers; refused where the board is its only one."""
    if master.audience == "board":
        expected = f"no pages for the board of '{master.organisation.code}', of which others in the list are parts: "
        expected += "its counts less theirs give away what theirs hide"
        action = "Ask for both audiences or for the analyst's, leave it out of the list, or have disclosure.wholes_beside_parts decided."
        raise ParameterProblems([Problem(file, expected, action, column="audience", found="'board'")])
    return master.model_copy(update={"audience": "analyst"})


def _resolved(content: dict, given: dict, file: str) -> tuple[dict, dict[str, str]]:
    named, asked = content.get("organisation"), given.pop("organisation", None)
    code = named.get("code") if isinstance(named, dict) else None
    if asked not in (None, code):
        expected, action = f"an organisation this file names ({code})", "Give one of its organisations, or none."
        raise ParameterProblems([Problem(file, expected, action, column="organisation", found=asked)])
    return content | given, dict.fromkeys(dotted(content), file) | dict.fromkeys(given, "given for this run")


def _with_value(content: Any, path: list[str], value: Any, file: str) -> dict:
    """Return a master file's content with the value of a dotted key replaced; nothing that was read is changed."""
    if not isinstance(content, dict):
        action = "Name a single key, dotted as in `wres list`."
        raise ParameterProblems([Problem(file, f"a group of keys that holds '{path[0]}'", action, found="a single value")])
    inner = value if len(path) == 1 else _with_value(content.get(path[0]) or {}, path[1:], value, file)
    return {**content, path[0]: inner}


def dotted(content: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return the values of nested keys by their dotted names."""
    values: dict[str, Any] = {}
    for key, value in content.items():
        values |= dotted(value, f"{prefix}{key}.") if isinstance(value, dict) and value else {f"{prefix}{key}": value}
    return values


def copied_organisations(parameters: Parameters) -> Iterator[Problem]:
    """Ask where another organisation of the project's master files has the report's name, or its code under other names."""
    own = parameters.organisation
    # a folder may hold hundreds of them: only those are read that speak of it
    known, names = (own.code, own.name, own.short_name, "organisations:"), _names(own.model_dump())
    action = "Is one of the two a copy of the other? Then correct its name or its code, by which its data are found; else leave it."
    for path in sorted(filter(Path.is_file, parameters.path.parent.glob("*.yaml"))):
        spoken_of = any(each in path.read_text(encoding="utf-8", errors="replace") for each in known)
        for standard, other in (collected([], _organisations, path, parameters.project) or ()) if spoken_of else ():
            code, name = str(other.get("code", "")), str(other.get("name", ""))
            shared, file = names & _names(other), parameters.shown(path)
            if shared and code != own.code and standard == parameters.standard:
                expected = f"one code for one organisation: {file} has {shown_cell(code)} for {shown_cell(name)}"
                yield Problem(parameters.file, expected, action, column="organisation.code", found=f"'{own.code}' for '{own.name}'")
            elif code == own.code and not shared:
                expected = f"one organisation of a code: {file} has {shown_cell(name)} for '{code}'"
                yield Problem(parameters.file, expected, action, column="organisation.name", found=f"'{own.name}' for '{own.code}'")


def _organisations(path: Path, project: Path) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the organisations of a master file, each with its standard."""
    content = read_yaml(path, project)
    listed: list[Any] = [*Listed(content, path.name, path.parent).organisations, content.get("organisation")]
    return [(each.get("standard", content.get("standard", "wres")), each) for each in listed if isinstance(each, dict)]


def _names(organisation: Mapping[str, Any]) -> set[str]:
    """Return how an organisation is called; 'the trust', which begins small, is no name."""
    called = (str(organisation.get(key) or "") for key in ("name", "short_name"))
    return {bare_key(name) for name in called if name and not name[0].islower()}
