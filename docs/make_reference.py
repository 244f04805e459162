"""Writes docs/reference.md from the code itself: run ``python docs/make_reference.py`` after a change; a test holds the two together."""

import inspect
import re
from pathlib import Path
from typing import Any

import click

from wres_helpers import cli, open_report, report
from wres_helpers.report.desk.answers import Answer
from wres_helpers.report.desk.asked_report import AskedReport
from wres_helpers.standard import columns
from wres_helpers.standard.statuses import LABELS

PAGE = Path(__file__).resolve().parent / "reference.md"

_OPENING = """# Reference

Written from the code by `python docs/make_reference.py`. Keys of the master file: [params/README.md](../params/README.md). Counts tables:
[data/README.md](../data/README.md). Extracts: [data/README-extracts.md](../data/README-extracts.md).
"""


def reference_page() -> str:
    """Return the page."""
    parts = [_OPENING, _commands(), _statuses(), _columns(), _door(), _blocks()]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _commands() -> str:
    told = ["## Commands", "", "Every command ends with 0 when all went well, 1 when the work failed, 2 when it was used wrongly."]
    told += ["`wres check` ends with 1, too, where something contradicts a conclusion and nobody has acknowledged it."]
    # as people meet them, below `wres`: click keeps the option of help in the form it was first asked for
    above = click.Context(cli.commands, info_name="wres", **cli.commands.context_settings)
    for name, command in sorted(cli.commands.commands.items()):
        context = click.Context(command, parent=above, info_name=name, max_content_width=110)
        told += ["", f"### wres {name}", "", "```text", command.get_help(context), "```"]
    return "\n".join(told)


def _statuses() -> str:
    rows = [f"| `{code}` | {label} |" for code, label in LABELS.items()]
    return "\n".join(
        ["## Statuses", "", "Every row of every table carries one of these.", "", "| status | as a page prints it |", "|---|---|", *rows]
    )


def _columns() -> str:
    told = ["## Columns", "", "Rates and differences are fractions; counts are people."]
    for title, names in (
        ("`results.csv`, one row per comparison", columns.RESULT_COLUMNS),
        ("Tidy counts, one row per organisation, year, item, breakdown, category and ethnic group", columns.COUNT_COLUMNS),
    ):
        told += ["", f"{title}: {' '.join(f'`{name}`' for name in names)}"]
    return "\n".join(told)


def _door() -> str:
    told = ["## In a notebook", "", f"`open_report{inspect.signature(open_report)}`".replace("'", ""), "", _first(open_report), ""]
    for kind in (AskedReport, Answer):
        members = {name: value for owner in reversed(kind.__mro__) for name, value in vars(owner).items()}
        names = [name for name, value in members.items() if not name.startswith("_") and not isinstance(value, str)]
        told += [f"`{kind.__name__}`: {_first(kind)}", "", "| name | is |", "|---|---|"]
        parts = [(name, inspect.getattr_static(kind, name)) for name in names]
        told += [f"| `{_called(name, part)}` | {_cell(_first(part))} |" for name, part in parts]
        for name, part in parts:
            if taken := _taken(part):
                told += ["", f"`{name}` takes", "", *taken]
        told.append("")
    return "\n".join(told)


def _called(name: str, part: Any) -> str:
    """Return a name as one writes it: what is a call with its arguments."""
    function = getattr(part, "__func__", part)
    if not inspect.isfunction(function):
        return name
    return f"{name}({', '.join(_argument(each) for each in [*inspect.signature(function).parameters.values()][1:])})"


def _taken(part: object) -> list[str]:
    """Return the arguments that a docstring explains, one a line of a list."""
    text = (inspect.getdoc(part) or "").partition("Parameters\n----------\n")[2].split("\n\n")[0]
    entries = re.findall(r"^(\w+)\n((?:    .*\n?)+)", text + "\n", flags=re.M)
    return [f"- `{name}`: {' '.join(told.split())}".replace("``", "`") for name, told in entries]


def _blocks() -> str:
    told = [
        "## Blocks of a page",
        "",
        "`from wres_helpers import report as page`; most take the evidence first, and each returns a block, or several.",
        "",
        "| call | returns |",
        "|---|---|",
    ]
    for name in sorted(report.__all__):
        function = getattr(report, name)
        if inspect.isfunction(function):
            arguments = ", ".join(_argument(each) for each in inspect.signature(function).parameters.values())
            told.append(f"| `{name}({arguments})` | {_cell(_first(function))} |")
    return "\n".join(told)


def _argument(parameter: inspect.Parameter) -> str:
    return {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "") + parameter.name


def _first(thing: object) -> str:
    """Return the first paragraph of a docstring as one line."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(reference_page(), encoding="utf-8", newline="\n")
