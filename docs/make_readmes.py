"""Writes what is written of declarations: params/README.md, every key of a master file with its meaning, kind and default; and the
guide to the counts tables in data/README.md. Run ``python docs/make_readmes.py`` after a change; tests hold them together.
"""

import datetime
import types
import typing
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from wres_helpers.intake.counts.counts_tables import declared_table, words_of
from wres_helpers.intake.own_tables import BREAKS, PEERS, POPULATION
from wres_helpers.intake.own_targets import TARGETS
from wres_helpers.intake.texts.action_plan import ACTION_PLAN
from wres_helpers.settings.key_problems import model_in
from wres_helpers.settings.master_file import MasterFile
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.columns import COUNTS_TABLES
from wres_helpers.tables.declared import DeclaredTable

PROJECT = Path(__file__).resolve().parent.parent

_OPENING = """# Master parameter files

One file here is one report: `params/<organisation>-<year>.yaml`. `wres new-report` begins one of your own,
with nothing of an example in it. `wres check params/<your file>.yaml` tells everything that is wrong at once, before any
notebook starts. An unknown or mistyped key is an error that suggests the nearest known key. Only what differs from the default
needs to be written. `wres list params/<your file>.yaml` prints every resolved value and where it came from.

This page is written from the schema (`python docs/make_readmes.py`).

| key | kind | default | meaning |
| --- | --- | --- | --- |
"""

#: What one row of each counts table of WRES is, as the guide prints it.
ONE_ROW = {
    "headcount": "an ethnic group of the whole workforce on 31 March",
    "workforce": "an ethnic group within a grade on 31 March",
    "recruitment": "an ethnic group at a stage of recruitment, 1 April to 31 March",
    "disciplinary": "an ethnic group among staff who entered a formal disciplinary investigation; period: see the year's README",
    "training": "an ethnic group among staff who took up non-mandatory training or CPD; people, not course places",
    "staff_survey": "an answer to a question by an ethnic group; where a measure joins two questions the label is `13b+13c` and each "
    "person is counted once",
    "board": "an ethnic group of a part of the board on 31 March",
}


def parameters_page() -> str:
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


def guide() -> str:
    """Return the tables as the guide in data/README.md prints them: one line a table."""
    lines = ["| Table | One row is | Columns | Allowed values |", "|---|---|---|---|"]
    parameters = load_parameters(PROJECT / "params" / "necs-2019-20.yaml")
    words = words_of(parameters, parameters.year)
    for name in COUNTS_TABLES:
        table = declared_table(name, words)
        allowed = "; ".join(f"{column.name.replace('_', ' ')} " + ", ".join(f"`{word}`" for word in column.choices)
                            for column in table.columns if column.choices and column.name not in ("ethnic_group", "grade", "question"))  # fmt: skip
        allowed = {
            "workforce": f"{allowed}; grades of `reference/grades.csv`",
            "staff_survey": f"questions of `reference/standards/wres/indicators.csv`; {allowed}",
        }.get(name, allowed)
        lines.append(f"| `{name}.csv` | {ONE_ROW[name]} | `{' '.join(column.name for column in table.columns)}` | {allowed} |")
    return "\n".join(lines) + "\n"


def own_guide() -> str:
    """Return the organisation's own tables, column by column, as data/README.md prints them."""
    places = dict.fromkeys((ACTION_PLAN, POPULATION), "in the year's folder") | dict.fromkeys((TARGETS, BREAKS, PEERS), "beside the years")
    return "\n".join(_own_table(table, place) for table, place in places.items())


def _own_table(table: DeclaredTable, place: str) -> str:
    lines = [f"**`{table.name}.csv`**, {place}: one row is {table.one_row}.", "", "| Column | Holds | Must be there |", "|---|---|---|"]
    for column in table.columns:
        needed = "column and cells" if column.needed and column.filled else "the column" if column.needed else "no"
        holds = column.holds if column.holds != "text" else f"the {column.name.replace('_', ' ')}"
        lines.append(f"| `{column.name}` | {holds} | {needed} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (PROJECT / "params" / "README.md").write_text(parameters_page(), encoding="utf-8", newline="\n")
    data = PROJECT / "data" / "README.md"
    first, lines = guide().partition("\n")[0], data.read_text(encoding="utf-8")
    before, _, after = lines.partition(first)
    lines = before + guide() + after[after.index("\n\n") + 1 :]
    before, _, after = lines.partition("**`action_plan.csv`**")
    data.write_text(before + own_guide() + after[after.index("\n## ") :], encoding="utf-8", newline="\n")
