"""``wres list``: what a run would take, and where each value came from."""

import json
from pathlib import Path
from typing import Any

from wres_helpers.definitions.parameters import Parameters, load_parameters
from wres_helpers.publishing.receipt import input_files
from wres_helpers.publishing.sections import notebook_of
from wres_helpers.publishing.terminal import text_table


def list_command(params: Path) -> int:
    """Print sections, parameters and inputs; return the exit code."""
    parameters = load_parameters(params)
    print(f"{parameters.organisation.name}, {parameters.year} (edition {parameters.edition}), master file {parameters.file}")
    print(f"Compared with: {parameters.previous_year or 'no earlier year'}")
    print(f"Output folder: {parameters.shown(parameters.output_folder)}\n")
    print(text_table(("Section", "Notebook"), [_section(name, parameters) for name in parameters.sections]) + "\n")
    print(text_table(("Parameter", "Value", "Where it came from"), _values(parameters)) + "\n")
    files = [path for path in input_files(parameters) if path != parameters.path]
    print(text_table(("Input", "Bytes"), [(parameters.shown(path), f"{path.stat().st_size:,}") for path in files]))
    return 0


def _section(name: str, parameters: Parameters) -> tuple[str, str]:
    path = notebook_of(name, parameters)
    return name, parameters.shown(path) if path.is_file() else "missing"


def _values(parameters: Parameters) -> list[tuple[str, str, str]]:
    values = _flat(parameters.master.model_dump(mode="json"))
    return [(key, value, parameters.origins.get(key, "default of the pack")) for key, value in values]


def _flat(content: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows = []
    for key, value in content.items():
        if isinstance(value, dict) and value:
            rows += _flat(value, f"{prefix}{key}.")
        else:
            rows.append((prefix + key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)))
    return rows
