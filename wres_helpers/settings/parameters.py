"""Reads a master parameter file and gives back what to run, frozen; every value knows where it came from."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.settings.acknowledgements import Acknowledgement
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.settings.folder_overlaps import real, refuse_overlaps
from wres_helpers.settings.links_outside import links_outside
from wres_helpers.settings.many_organisations import is_many, one_report
from wres_helpers.settings.master_file import Folders, MasterFile, Organisation, Report, StatusRule, Survey, Terms
from wres_helpers.settings.run_settings import RunSettings
from wres_helpers.standard.standard_folders import STANDARDS, group_labels, known_standards
from wres_helpers.standard.years import FIRST_EDITION, edition_of, is_year, shifted


@dataclass(frozen=True)
class Parameters:
    """One report to make: a master file resolved for one organisation and one year.

    Every key of the master file is an attribute here too, resolved once: a folder that comes or goes later changes nothing.

    Attributes
    ----------
    project
        Folder that holds ``params/``, ``data/`` and ``notebooks/``.
    path
        The master file.
    master
        Its validated content.
    origins
        Key (dotted) to the place its value came from: the file, the command, or the pack's default.
    previous_year
        The year compared with, or None where there is none.
    history
        The years before that one which a line of years shows, the earliest first.
    """

    project: Path
    path: Path
    master: MasterFile
    origins: dict[str, str]
    # the keys of the master file, filled from it and never given apart
    organisation: Organisation = field(init=False, repr=False)
    standard: str = field(init=False, repr=False)
    year: str = field(init=False, repr=False)
    previous_year: str | None = field(init=False, repr=False)
    history: tuple[str, ...] = field(init=False, repr=False)
    audience: str = field(init=False, repr=False)
    sections: tuple[str, ...] = field(init=False, repr=False)
    report: Report = field(init=False, repr=False)
    terms: Terms = field(init=False, repr=False)
    status_rule: StatusRule = field(init=False, repr=False)
    survey: Survey = field(init=False, repr=False)
    disclosure: DisclosurePolicy = field(init=False, repr=False)
    published_statuses: dict[str, str] = field(init=False, repr=False)
    acknowledgements: tuple[Acknowledgement, ...] = field(init=False, repr=False)
    extracts: ExtractSettings | None = field(init=False, repr=False)
    folders: Folders = field(init=False, repr=False)
    run: RunSettings = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for key in MasterFile.model_fields:
            object.__setattr__(self, key, getattr(self.master, key))
        object.__setattr__(self, "terms", self._terms())
        object.__setattr__(self, "previous_year", self._year_compared_with())
        object.__setattr__(self, "history", self._earlier_years())

    def _year_compared_with(self) -> str | None:
        if self.master.previous_year != "auto":
            return self.master.previous_year
        before = shifted(self.year, -1)
        return before if edition_of(before) >= FIRST_EDITION and self.data_folder(before).is_dir() else None

    def _terms(self) -> Terms:
        """Return the words for the groups: the master file's, or else those of the standard."""
        labels = {} if self.standard == "wres" else group_labels(self.reference_folder)
        own = {} if set(labels) < {"reference", "compared", "unknown"} else {
            "white": labels["reference"]["label"], "bme": labels["compared"]["label"], "bme_long": labels["compared"]["label_long"],
            "unknown": labels["unknown"]["label"],
        }  # fmt: skip
        return Terms(**(own | self.master.terms.model_dump(exclude_unset=True)))

    def _earlier_years(self) -> tuple[str, ...]:
        wanted, first = self.master.history, self.previous_year
        if first is None or wanted in (None, 0):
            return ()
        if isinstance(wanted, tuple):
            return tuple(sorted(year for year in wanted if year < first))
        folders = [
            path for path in self.data_folder().parent.glob("20*-*") if is_year(path.name) and edition_of(path.name) >= FIRST_EDITION
        ]
        found = sorted(path.name for path in folders if path.name < first and any(path.glob("*.[cx][sl]*")))
        return tuple(found if wanted == "auto" else found[max(len(found) + 2 - wanted, 0) :])

    @property
    def file(self) -> str:
        """The master file's name, seen from the project."""
        return shown_path(self.path, self.project)

    @property
    def edition(self) -> int:
        """WRES edition: the calendar year of the snapshot."""
        return edition_of(self.year)

    @property
    def years(self) -> tuple[str, ...]:
        """The years of the report, the earliest first: its history, the year compared with, and its own."""
        return (*self.history, *(year for year in (self.previous_year, self.year) if year))

    @property
    def data_root(self) -> Path:
        """Folder of all data."""
        return self.project / self.folders.data

    @property
    def shared_reference_folder(self) -> Path:
        """Folder of all reference tables: those that standards share, and in it a folder for each standard."""
        return self.data_root / "reference" if (self.data_root / "reference").is_dir() else self.project / "data" / "reference"

    @property
    def reference_folder(self) -> Path:
        """Folder of the standard's own reference tables."""
        return self.shared_reference_folder / STANDARDS / self.standard

    @property
    def output_folder(self) -> Path:
        """Folder of this report's outputs."""
        return self.project / self.folders.outputs / self.organisation.code / self.year

    def data_folder(self, year: str | None = None) -> Path:
        """Folder of the organisation's data for a year (default: the year of the report)."""
        return self.data_root / self.organisation.code / (year or self.year)

    def shown(self, path: Path) -> str:
        """A path as messages and receipts print it: seen from the project, never from the machine's root."""
        return shown_path(path, self.project)


def shown_path(path: Path, project: Path) -> str:
    """Return a path seen from the project's folder, or only its name where it lies outside."""
    try:
        return real(Path(path)).relative_to(real(Path(project))).as_posix()
    except ValueError:
        return Path(path).name


def find_master_file(path: str | Path) -> Path:
    """Return the master file, looked for from the working folder upwards.

    A notebook lives one folder below the project, so ``params/necs-2019-20.yaml`` must be found from there too.

    Raises
    ------
    ParameterProblems
        There is no such file.
    """
    path = Path(path)
    folders = [Path()] if path.is_absolute() else [Path.cwd(), *Path.cwd().parents]
    for folder in folders:
        if (folder / path).is_file():
            return (folder / path).resolve()
    raise ParameterProblems(
        [Problem(path.as_posix(), "a master parameter file", "Check the name; master files live in params/.", found="no such file")]
    )


def load_parameters(
    path: str | Path,
    organisation: str | None = None,
    year: str | None = None,
    audience: str | None = None,
    years: Any = None,
    change: Mapping[str, Any] | None = None,
) -> Parameters:
    """Read, validate and freeze a master file.

    Parameters
    ----------
    path
        The master file, relative to the working folder or to a folder above it.
    organisation, year, audience
        What to take instead of the master file's value; None means as in the master file.
    years
        Years of the organisation's own on the lines of years, instead of the master file's ``history``.
    change
        Values to take instead of those of any other key, by its dotted name: ``{"status_rule.confidence": 0.99}``.

    Raises
    ------
    ParameterProblems
        The file is missing, is not YAML, has unknown or mistyped keys, or values that cannot be used. All problems
        are told at once.
    """
    path = find_master_file(path)
    project = path.parent.parent
    content = read_yaml(path, project)
    listed: dict[str, str] = {}
    if is_many(content):
        content, listed = one_report(content, organisation, year, shown_path(path, project), path.parent)
        organisation = year = None
    given = {"organisation": organisation, "year": year, "audience": audience, "history": years}
    content, origins = _resolved(content, {key: value for key, value in given.items() if value is not None}, path, project)
    content = _changed(content, change or {}, origins, shown_path(path, project))
    origins |= {key: listed[key.split(".")[0]] for key in origins if key.split(".")[0] in listed}
    try:
        master = MasterFile.model_validate(content)
    except ValidationError as error:
        raise ParameterProblems(_problems(error, shown_path(path, project))) from None
    parameters = Parameters(project, path, master, _all_origins(master, origins))
    _check_standard(parameters)
    _check_folders(parameters)
    return parameters


def read_yaml(path: Path, project: Path) -> dict:
    """Return a YAML file's content by the safe loader.

    Raises
    ------
    ParameterProblems
        The file is not readable as a YAML mapping.
    """
    stamp = path.stat()
    return _read_yaml(path, project, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=8)
def _read_yaml(path: Path, project: Path, modified: int, size: int) -> dict:
    # time and size are part of the key, so that an edited file is read again; nobody changes what is returned
    name = shown_path(path, project)
    try:
        content = load_yaml(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise ParameterProblems([Problem(name, "a text file in UTF-8", "Save the file as UTF-8.", found="other bytes")]) from None
    except RecursionError:
        raise ParameterProblems(
            [Problem(name, "keys a few levels deep", "Mend the file.", found="keys nested without end, or a value that holds itself")]
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        found = getattr(error, "problem", None) or "text that is not YAML"
        raise ParameterProblems([Problem(name, "YAML: 'key: value' lines", "Mend the line.", row=row, found=found)]) from None
    if _goes_on(content):
        found = "keys nested without end, or a value that holds itself"
        raise ParameterProblems([Problem(name, "keys a few levels deep", "Mend the file.", found=found)])
    if not isinstance(content, dict):
        raise ParameterProblems([Problem(name, "a mapping of keys to values", "Start from a shipped master file.", found="something else")])
    return content


def _goes_on(content: Any) -> bool:
    """Tell whether a file's content is nested deeper, or larger once its aliases are written out, than any master file."""
    level, seen = [content], 0
    for _ in range(30):
        level = [
            inner for value in level for inner in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
        ]
        seen += len(level)
        if not level:
            return False
        if seen > 200_000:
            return True
    return True


def load_yaml(text: str) -> Any:
    """Return what YAML text says, by the safe loader; dates stay text.

    Raises
    ------
    yaml.YAMLError
        The text is not YAML.
    """
    return yaml.load(text, Loader=_StrictLoader)


class _StrictLoader(yaml.SafeLoader):
    """The safe loader, stricter: a key once, and only plain words read as truth values or numbers.

    Dates stay text, since a notebook parameter must be plain text; so do ``NO`` and ``on``, which old YAML takes for truth
    values, and ``0123`` and ``1:30``, which it takes for other numbers.
    """

    def construct_mapping(self, node: Any, deep: bool = False) -> dict:
        seen: dict[Any, int] = {}
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, list | dict):
                continue
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key}' a second time (first in row {seen[key]})", key_node.start_mark
                )
            seen[key] = key_node.start_mark.line + 1
        return super().construct_mapping(node, deep)


_OWN_PATTERNS = {
    "tag:yaml.org,2002:timestamp": None,
    "tag:yaml.org,2002:bool": re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"),
    "tag:yaml.org,2002:int": re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$"),
}
_StrictLoader.yaml_implicit_resolvers = {
    letter: [(tag, _OWN_PATTERNS.get(tag, pattern)) for tag, pattern in resolvers if _OWN_PATTERNS.get(tag, pattern)]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _resolved(content: dict, given: dict, path: Path, project: Path) -> tuple[dict, dict[str, str]]:
    origins = {key: shown_path(path, project) for key in _dotted(content)}
    content = dict(content)
    organisation = given.pop("organisation", None)
    if organisation is not None:
        _check_organisation(content, organisation, shown_path(path, project))
    for key, value in given.items():
        content[key] = value
        origins[key] = "given for this run"
    return content, origins


def _changed(content: dict, change: Mapping[str, Any], origins: dict[str, str], file: str) -> dict:
    """Return a master file's content with values of dotted keys replaced; nothing that was read is changed."""
    for key, value in change.items():
        content = _with_value(content, key.split("."), value, file)
        origins[key] = "changed for this run"
    return content


def _with_value(content: Any, path: list[str], value: Any, file: str) -> dict:
    if not isinstance(content, dict):
        action = "Name a single key, dotted as in `wres list`."
        raise ParameterProblems([Problem(file, f"a group of keys that holds '{path[0]}'", action, found="a single value")])
    inner = value if len(path) == 1 else _with_value(content.get(path[0]) or {}, path[1:], value, file)
    return {**content, path[0]: inner}


def _check_organisation(content: dict, organisation: str, file: str) -> None:
    code = (content.get("organisation") or {}).get("code") if isinstance(content.get("organisation"), dict) else None
    if code != organisation:
        raise ParameterProblems(
            [
                Problem(
                    file,
                    f"an organisation this file names ({code})",
                    "Give one of its organisations, or none.",
                    column="organisation",
                    found=organisation,
                )
            ]
        )


def _dotted(content: dict, prefix: str = "") -> list[str]:
    keys = []
    for key, value in content.items():
        keys += _dotted(value, f"{prefix}{key}.") if isinstance(value, dict) and value else [f"{prefix}{key}"]
    return keys


def _all_origins(master: BaseModel, stated: dict[str, str]) -> dict[str, str]:
    keys = _dotted(master.model_dump(mode="json"))
    return {key: stated.get(key) or stated.get(key.split(".")[0]) or "default of the pack" for key in keys}


def _problems(error: ValidationError, file: str) -> list[Problem]:
    return [_problem(detail, file) for detail in error.errors(include_url=False)]


def _problem(detail: Mapping[str, Any], file: str) -> Problem:
    location = [str(part) for part in detail["loc"]]
    key = ".".join(location)
    if detail["type"] == "extra_forbidden":
        known = _known_keys(location[:-1])
        close = difflib.get_close_matches(location[-1], known, n=1, cutoff=0.5)
        action = f"Did you mean '{close[0]}'?" if close else "Remove the key, or see params/README.md for all keys."
        return Problem(file, "one of the keys " + ", ".join(known), action, column=key, found=f"unknown key '{location[-1]}'")
    if detail["type"] == "missing":
        return Problem(file, f"a value for '{key}'", "Add the key.", column=key, found="nothing")
    expected = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return Problem(file, expected, "Correct the value; params/README.md explains every key.", column=key, found=repr(detail["input"]))


def _known_keys(location: list[str]) -> list[str]:
    model: Any = MasterFile
    for part in location:
        if part.isdigit():
            continue
        field = getattr(model, "model_fields", {}).get(part)
        model = model_in(field.annotation) if field else None
    return list(getattr(model, "model_fields", {}))


def model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_in(part))), None)


def _check_standard(parameters: Parameters) -> None:
    known = known_standards(parameters.shared_reference_folder)
    if known and parameters.standard not in known:
        close = difflib.get_close_matches(parameters.standard, known, n=1)
        action = f"Did you mean '{close[0]}'?" if close else "Name one of them, or add its folder to data/reference/standards."
        raise ParameterProblems(
            [
                Problem(
                    parameters.file, "one of the standards " + ", ".join(known), action, column="standard", found=repr(parameters.standard)
                )
            ]
        )


def _check_folders(parameters: Parameters) -> None:
    refuse_overlaps([parameters])
    if parameters.master.folders.allow_outside_project:
        return
    project = real(parameters.project)
    # a link may lead outside, too
    used = {
        "data": (parameters.data_root, *(parameters.data_folder(year) for year in parameters.years)),
        "outputs": (parameters.project / parameters.master.folders.outputs, parameters.output_folder),
    }
    outside = [key for key, folders in used.items() if not all(real(folder).is_relative_to(project) for folder in folders)]
    if outside:
        raise ParameterProblems(
            Problem(parameters.file, "a folder inside the project", "Use a folder inside the project, or set folders.allow_outside_project: true.",
                    column=f"folders.{key}", found=repr(getattr(parameters.master.folders, key)))
            for key in outside
        )  # fmt: skip
    if links := links_outside(parameters):
        raise ParameterProblems(links)
