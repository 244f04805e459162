"""What the master files of a project say of one another: in a copied one the code, or the name, may still be another organisation's."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wres_helpers.problems import Problem, collected
from wres_helpers.settings.many_organisations import Listed
from wres_helpers.settings.parameters import Parameters
from wres_helpers.settings.yaml_files import read_yaml
from wres_helpers.tables.cell_readers import bare_key, shown_cell


def copied_organisations(parameters: Parameters) -> Iterator[Problem]:
    """Ask where another organisation of the project's master files has the report's name, or its code under other names."""
    own = parameters.organisation
    known = own.code, own.name, own.short_name
    names = _names(own.model_dump())
    for path in sorted(parameters.path.parent.glob("*.yaml")):
        # a folder may hold hundreds of them: only those are read that speak of it
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        if not any(each in text for each in (*known, "organisations:")):
            continue
        for standard, other in collected([], _organisations, path, parameters) or ():
            code, name = str(other.get("code", "")), str(other.get("name", ""))
            shared, file = names & _names(other), parameters.shown(path)
            action = "Is one of the two a copy of the other? Then correct its name or its code, by which its data are found; else leave it."
            if shared and code != own.code and standard == parameters.standard:
                expected = f"one code for one organisation: {file} has {shown_cell(code)} for {shown_cell(name)}"
                yield Problem(parameters.file, expected, action, column="organisation.code", found=f"'{own.code}' for '{own.name}'")
            elif code == own.code and not shared:
                expected = f"one organisation of a code: {file} has {shown_cell(name)} for '{code}'"
                yield Problem(parameters.file, expected, action, column="organisation.name", found=f"'{own.name}' for '{own.code}'")


def _organisations(path: Path, parameters: Parameters) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the organisations of a master file, each with its standard."""
    content = read_yaml(path, parameters.project)
    listed: list[Any] = [*Listed(content, parameters.shown(path), path.parent).organisations, content.get("organisation")]
    return [(each.get("standard", content.get("standard", "wres")), each) for each in listed if isinstance(each, dict)]


def _names(organisation: Mapping[str, Any]) -> set[str]:
    """Return how an organisation is called; 'the trust', which begins small, is no name."""
    called = (str(organisation.get(key) or "") for key in ("name", "short_name"))
    return {bare_key(name) for name in called if name and not name[0].islower()}
