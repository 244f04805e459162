"""A master file rolled forward to the next year: its text is changed where YAML says a value stands, and read back.

What a person wrote otherwise (comments, quotes, order, lists in brackets) stays as it is, to the byte.
"""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import yaml
from pydantic import ValidationError

from wres_helpers.problems import ParameterProblems
from wres_helpers.settings.master_file import MasterFile
from wres_helpers.settings.parameters import Parameters
from wres_helpers.settings.yaml_files import load_yaml
from wres_helpers.standard.years import shifted, spoken

#: Keys of one year: what was published, found, compared, dated, asked of the board and signed then.
_OF_ONE_YEAR = (
    ("published_statuses",), ("acknowledgements",), ("settled",), ("previous_year",), ("report", "date"), ("report", "correction"),
    ("report", "restates"), ("report", "restated_on"), ("report", "decisions"), ("report", "sign_off", "date"), ("report", "sign_off", "committees"),
    ("report", "sign_off", "next_edition"),
)  # fmt: skip
_SNAPSHOT = ("extracts", "staff", "snapshot")
_TITLE = ("report", "title")


def rolled_forward(parameters: Parameters) -> str:
    """Return the text of the next year's master file.

    The year, a title that names it and a snapshot day move on by one year, the state is draft again, and what belongs to
    one year goes. All else means what it meant.

    Raises ParameterProblems: the text cannot be changed so that exactly this comes out; for example a file for many organisations, or
    a year that stands in an anchor.
    """
    text = parameters.path.read_bytes().decode("utf-8-sig")
    wanted = _rolled(load_yaml(text), parameters)
    try:
        changed = _changed(text, wanted, parameters.year)
        if json.dumps(load_yaml(changed)) == json.dumps(wanted):  # tells true from 1, and holds the order of keys
            MasterFile.model_validate(wanted)
            return changed
    except (yaml.YAMLError, ValidationError, ValueError, TypeError):
        pass
    expected = "a master file of one organisation whose year can be rolled forward with certainty"
    action = "Copy the file by hand and change the year, the state and what belongs to one year. Nothing was written."
    found = "years listed for many organisations" if "organisations" in wanted else "a spelling of it that cannot"
    raise ParameterProblems.of(parameters.file, expected, action, found=found)


def _rolled(content: dict[str, Any], parameters: Parameters) -> dict[str, Any]:
    wanted = copy.deepcopy(content)
    for path in _OF_ONE_YEAR:
        _drop(wanted, path)
    if "organisations" not in wanted:
        wanted["year"] = shifted(parameters.year, 1)
    report = wanted.get("report") or {}
    if report.get("state") == "final":
        report["state"] = "draft"
    if isinstance(report.get("title"), str):
        report["title"] = _years_moved(report["title"], parameters.year)
    snapshot = _at(wanted, _SNAPSHOT)
    if isinstance(snapshot, str):
        _at(wanted, _SNAPSHOT[:-1])["snapshot"] = (pd.Timestamp(snapshot) + pd.DateOffset(years=1)).date().isoformat()
    return wanted


def _years_moved(text: str, year: str) -> str:
    after = shifted(year, 1)
    return text.replace(year, after).replace(spoken(year), spoken(after))


def _drop(content: dict[str, Any], path: tuple[str, ...]) -> None:
    """Take out a key, and its group where nothing else is in it."""
    group = _at(content, path[:-1])
    if isinstance(group, dict) and path[-1] in group:
        del group[path[-1]]
        if not group and path[:-1]:
            _drop(content, path[:-1])


def _at(content: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        content = content.get(key) if isinstance(content, dict) else None
    return content


def _changed(text: str, wanted: dict[str, Any], year: str) -> str:
    """Return the text with what differs from the wanted content changed in place, from the end to the start."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    edits = sorted(_edits(text, root, wanted), reverse=True)
    for start, end, new in edits:
        text = text[:start] + new + text[end:]
    title, rest = text[: _next(text, 0)], text[_next(text, 0) :]
    return (_years_moved(title, year) if title.startswith("#") else title) + rest


def _edits(text: str, mapping: yaml.MappingNode, wanted: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    for number, (key, value) in enumerate(mapping.value):
        if key.tag == "tag:yaml.org,2002:merge":
            continue
        if key.value not in wanted:
            yield _cut(text, mapping, number, wanted)
        elif isinstance(value, yaml.MappingNode) and isinstance(wanted[key.value], dict):
            yield from _edits(text, value, wanted[key.value])
        elif isinstance(value, yaml.ScalarNode) and isinstance(wanted[key.value], str) and value.value != wanted[key.value]:
            yield _written_anew(text, value, wanted[key.value])


def _written_anew(text: str, node: yaml.ScalarNode, value: str) -> tuple[int, int, str]:
    old = text[node.start_mark.index : node.end_mark.index]
    named = re.match(r"(?:[&!]\S*\s+)*", old)[0]  # an anchor or a tag stays before the value
    plain = node.style is None and re.fullmatch(r"[A-Za-z][\w /-]*", value) is not None
    new = value if plain else f"'{value}'" if node.style == "'" and "'" not in value else json.dumps(value, ensure_ascii=False)
    return node.start_mark.index, node.end_mark.index, named + new + old[len(old.rstrip()) :]


def _cut(text: str, mapping: yaml.MappingNode, number: int, wanted: dict[str, Any]) -> tuple[int, int, str]:
    key, value = mapping.value[number]
    if not mapping.flow_style:
        return _cut_lines(text, key.start_mark.index, _end(value))
    if any(later.value in wanted for later, _ in mapping.value[number + 1 :]):
        return key.start_mark.index, mapping.value[number + 1][0].start_mark.index, ""
    return _end(mapping.value[number - 1][1]) if number else key.start_mark.index, _end(value), ""


def _cut_lines(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Cut whole lines, with the comment directly above, which speaks of them, and the blank line after."""
    first = text.rfind("\n", 0, start) + 1
    indent = text[first:start]
    # the comment that opens the file speaks of the whole file
    while first and (line := _line_before(text, first)).startswith(indent + "#") and text[: first - len(line)].strip():
        first -= len(line)
    last = text.find("\n", max(end - 1, start)) + 1 or len(text)
    while last < len(text) and not text[last : _next(text, last)].strip() and (not first or not _line_before(text, first).strip()):
        last = _next(text, last)
    return first, last, ""


def _line_before(text: str, start: int) -> str:
    return text[text.rfind("\n", 0, start - 1) + 1 : start]


def _next(text: str, start: int) -> int:
    return text.find("\n", start) + 1 or len(text)


def _end(node: yaml.Node) -> int:
    """Return where a value ends; a block of keys or a list ends with its last value, not before the next key."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return node.end_mark.index
