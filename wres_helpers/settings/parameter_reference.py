"""Writes params/README.md: every key of a master file with its meaning, kind and default, read from the schema itself.

Run ``python -m wres_helpers.settings.parameter_reference`` in the project's folder after a change of the schema; a
test holds the page to the schema.
"""

import datetime
import types
import typing
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from wres_helpers.settings.key_problems import model_in
from wres_helpers.settings.master_file import MasterFile

_OPENING = """# Master parameter files

One file here is one report: `params/<organisation>-<year>.yaml`. `wres new-report` begins one of your own,
with nothing of an example in it. `wres check params/<your file>.yaml` tells everything that is wrong at once, before any
notebook starts. An unknown or mistyped key is an error that suggests the nearest known key. Only what differs from the default
needs to be written. `wres list params/<your file>.yaml` prints every resolved value and where it came from.

This page is written from the schema (`python -m wres_helpers.settings.parameter_reference`).

| key | kind | default | meaning |
| --- | --- | --- | --- |
"""


def reference_page() -> str:
    """Return the page: one table row per key of a master file, in the order of the schema."""
    return _OPENING + "\n".join(_rows(MasterFile)) + "\n"


def _rows(model: type[BaseModel], prefix: str = "") -> list[str]:
    rows = []
    for name, field in model.model_fields.items():
        key = prefix + name
        rows.append(f"| `{key}` | {_kind(field)} | {_default(field)} | {_cell(field.description or '')} |")
        inner = model_in(field.annotation)
        if inner is not None:
            many = not (isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)) and "tuple" in str(field.annotation)
            rows += _rows(inner, key + ("[]." if many else "."))
    return rows


_PLAIN_KINDS = {str: "text", int: "whole number", float: "number", bool: "true or false", datetime.date: "date", type(None): "null"}


def _kind(field: FieldInfo) -> str:
    if model_in(field.annotation) is not None:
        return "group of keys" if "tuple" not in str(field.annotation) else "list of groups"
    return _cell(_plain_kind(field.annotation))


def _plain_kind(annotation: Any) -> str:
    """Return a kind of value in words: 'text', 'list, each text', 'one of `day_first`, `month_first`', 'text or null'."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _plain_kind(inner[0])
    if origin is typing.Literal:
        return f"one of {', '.join(f'`{value}`' for value in inner)}"
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_plain_kind(part) for part in inner)
    if origin in (tuple, dict):
        return _plain_collection(origin, inner)
    return _PLAIN_KINDS.get(annotation, str(annotation))


def _plain_collection(origin: type, inner: tuple[Any, ...]) -> str:
    if origin is dict:
        return f"keys: {_plain_kind(inner[0])}; values: {_plain_kind(inner[1])}"
    size = "" if inner[-1] is Ellipsis else f" of {len(inner)}"
    return f"list{size}, each {_plain_kind(inner[0])}"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value: Any = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel) or value in ({}, (), []):
        return "see below" if isinstance(value, BaseModel) else "none"
    if isinstance(value, tuple):
        return _cell(f"`{list(value)}`")
    return "none" if value is None else _cell(f"`{value}`")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    Path("params/README.md").write_text(reference_page(), encoding="utf-8")
