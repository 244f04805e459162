"""Reads YAML more strictly than its loader does: a key once, only plain words as truth values or numbers, no endless nesting."""

import re
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from wres_helpers.problems import NO_WIDTH, ParameterProblems, Problem, shown_path
from wres_helpers.tables.cell_readers import shown_cell

#: What people write that YAML does not take, by the loader's words for it: what stands there, what would be right, what to do.
_SLIPS = {
    "'\\t'": ("a tab", "spaces before a key", "Take the tab away and indent with spaces."),
    "<block end>": ("a key further in or out than the keys it stands among", "keys of one group with as many spaces before them",
                    "Give it as many spaces as its neighbours have."),
    "mapping values are not allowed": ("a second colon", "a text with a colon in quotes", 'Write the value in quotes: "North: East".'),
    "could not find expected ':'": ("a line without a key", "'key: value' lines", "Write a colon and a space after the key, or a # before a remark."),
    "end of stream": ("a quotation mark that is not closed", "texts with a mark at either end", "Close the quotation mark."),
    "expected ',' or": ("a bracket that is not closed, or a comma left out", "lists and groups in brackets, their parts parted by commas",
                        "Close the bracket."),
    "cut at '#'": ("a value cut at '#', where a remark begins", "a text with a # in quotes",
                   "Write the whole value in quotes; if it is a remark, write a space after its #."),
    "nobody can print": ("a sign that nobody can print", "texts of letters and signs",
                         "Take it away; where it is written with a backslash, that and what follows."),
    "determine a constructor": ("a tag", "values without a tag", "Take away the word that begins with '!', or the '<<'."),
    "undefined alias": ("an alias that stands for nothing", "a text that begins with a star in quotes", "Write it in quotes."),
    "alphabetic or numeric character": ("a name after '&' or '*', which YAML keeps for itself", "such a text in quotes", "Write it in quotes."),
    "cannot start any token": ("a value that begins with a sign that YAML keeps for itself", "such a text in quotes", "Write it in quotes."),
}  # fmt: skip
#: Begins and ends what `wres prepare --suggest` writes into a master file as comments.
SUGGESTED = "--- suggested by wres prepare --suggest"
_OF_SUGGESTION = " If it is part of a suggestion: take one # and nothing else from every line of it; a line that keeps its # is not read."

_ENDLESS = object()
_UNPRINTABLE = "a sign that nobody can print"


def read_yaml(path: Path, project: Path) -> dict:
    """Return a YAML file's content by the safe loader; raise ParameterProblems where it is not readable as a YAML mapping."""
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
        content = _ENDLESS
    except yaml.MarkedYAMLError as error:
        raise ParameterProblems([_slip(error, path.read_text(encoding="utf-8-sig"), name)]) from None
    if content is _ENDLESS or _goes_on(content):
        found = "keys nested without end, or a value that holds itself"
        raise ParameterProblems([Problem(name, "keys a few levels deep", "Mend the file.", found=found)])
    if not isinstance(content, dict):
        raise ParameterProblems([Problem(name, "a mapping of keys to values", "Start from a shipped master file.", found="something else")])
    return content


def _slip(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """Return where a file stops being YAML, what stands there, and what the likely cause is."""
    said = (error.problem or "text that is not YAML").removeprefix("but ").removeprefix("found ")
    known = next((words for words in _SLIPS if words in said), "")
    opened = known in ("could not find expected ':'", "end of stream", "expected ',' or")  # told where it begins, not where it is missed
    mark = error.context_mark if opened else error.problem_mark
    lines = text.splitlines()
    line = lines[mark.line].strip() if mark and mark.line < len(lines) else ""
    if known.startswith("mapping") and len(re.findall(r":(?:\s|$)", line.partition(" #")[0])) < 2:
        known = "<block end>"  # the line above has a value, so that nothing can stand below it
    usual = ("each key once", "Keep one of the lines.") if "a second time" in said else ("'key: value' lines", "Mend the line.")
    found, expected, action = _SLIPS.get(known, (said, *usual))
    if known == "<block end>" and SUGGESTED in text:
        action += _OF_SUGGESTION
    found += f": {shown_cell(line)}" if line and known not in ("", "'\\t'") else ""
    return Problem(file, f"YAML: {expected}", action, row=mark.line + 1 if mark else None, found=found)


def _goes_on(content: Any) -> bool:
    """Tell whether a file's content is nested deeper, or larger once its aliases are written out, than any master file."""
    level, seen = [content], 0
    for _ in range(30):
        level = list(chain(*(value.values() if isinstance(value, dict) else value for value in level if isinstance(value, dict | list))))
        seen += len(level)
        if not level or seen > 200_000:
            break
    return bool(level)


def load_yaml(text: str) -> Any:
    """Return what YAML text says, by the safe loader (dates stay text); raise yaml.MarkedYAMLError where it is none."""
    try:
        loader = _StrictLoader(text)
    except yaml.reader.ReaderError as error:  # has no mark, and would be told in words of its own
        mark = yaml.Mark("", error.position, text.count("\n", 0, error.position), 0, None, None)
        raise yaml.MarkedYAMLError(problem=_UNPRINTABLE, problem_mark=mark) from None
    try:
        return loader.get_single_data()
    except (ValueError, OverflowError):  # such as \U00110000
        found = "found an escape (a sign after \\) of a character that there is none of"
        raise yaml.MarkedYAMLError(problem=found, problem_mark=loader.get_mark()) from None


class _StrictLoader(yaml.SafeLoader):
    """The safe loader, stricter: a key once, and only plain words read as truth values or numbers.

    Dates stay text, since a notebook parameter must be plain text; so do ``NO`` and ``on``, which old YAML takes for truth
    values, and ``0123`` and ``1:30``, which it takes for other numbers.
    """

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, KeyError, AttributeError) as error:  # `!!bool abc`: the loader looks for it in a list, and for its parts
            raise yaml.constructor.ConstructorError(None, None, "could not determine a constructor", node.start_mark) from error

    def construct_mapping(self, node: Any, deep: bool = False) -> dict:
        seen: dict[Any, int] = {}
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, list | dict):
                continue
            if key in seen:
                found = f"the key '{key}' a second time (first in row {seen[key]})"
                raise yaml.constructor.ConstructorError(None, None, found, key_node.start_mark)
            seen[key] = key_node.start_mark.line + 1
        return super().construct_mapping(node, deep)

    def construct_scalar(self, node: Any) -> Any:
        if node.style is None and re.match(r"[ \t]+#[^\s#-]", node.end_mark.buffer[node.end_mark.pointer :]):  # North #1 Trust
            raise yaml.constructor.ConstructorError(None, None, "a value cut at '#'", node.start_mark)
        value = super().construct_scalar(node)
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", value) or NO_WIDTH.search(value):
            raise yaml.constructor.ConstructorError(None, None, _UNPRINTABLE, node.start_mark)
        return _WIDE_SPACE.sub(" ", value)


#: A space of another width, which no page shows: a name with it would be another one. Line ends and tabs are none.
_WIDE_SPACE = re.compile(r"[^\S \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]")

_OWN_PATTERNS = {
    "tag:yaml.org,2002:timestamp": None,
    "tag:yaml.org,2002:bool": re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"),
    "tag:yaml.org,2002:int": re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$"),
}
_StrictLoader.yaml_implicit_resolvers = {
    letter: [(tag, _OWN_PATTERNS.get(tag, pattern)) for tag, pattern in resolvers if _OWN_PATTERNS.get(tag, pattern)]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_yaml(text: str) -> str:
    """Return a text as YAML writes it, also within a list in brackets: quoted where it must be, for it may hold a colon or begin with a sign."""
    return yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=10_000).strip()[1:-1]
