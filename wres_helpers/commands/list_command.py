"""``wres list``: what a run would take, and where each value came from."""

import json
from pathlib import Path

from wres_helpers.commands.terminal import text_table
from wres_helpers.publishing.files.receipt import every_input
from wres_helpers.publishing.runs.sections import notebook_of
from wres_helpers.settings.master_file_reader import dotted, reports_in
from wres_helpers.settings.parameters import Parameters


def list_command(params: Path) -> int:
    reports = reports_in(params)
    if reports[0].wholes is not None:
        return _list_many(reports)
    [parameters] = reports
    print(f"{parameters.organisation.name}, {parameters.year} (edition {parameters.edition}), master file {parameters.file}")
    print(f"Compared with: {parameters.previous_year or 'no earlier year'}")
    print(f"Output folder: {parameters.shown(parameters.output_folder)}\n")
    notebooks = {name: notebook_of(name, parameters) for name in parameters.sections}
    sections = [(name, parameters.shown(path) if path.is_file() else "missing") for name, path in notebooks.items()]
    print(text_table(("Section", "Notebook"), sections) + "\n")
    print(text_table(("Parameter", "Value", "Where it came from"), _values(parameters)) + "\n")
    files = [path for path in every_input(parameters) if path != parameters.path]
    print(text_table(("Input", "Bytes"), [(parameters.shown(path), f"{path.stat().st_size:,}") for path in files]))
    return 0


def _list_many(reports: list[Parameters]) -> int:
    """Print the reports of a master file for many organisations, then what the first of them resolves to."""
    rows = [
        (each.organisation.code, each.organisation.name, each.year, each.previous_year or "none", each.shown(each.data_folder()))
        for each in reports
    ]
    print(f"{len(rows)} reports, master file {reports[0].file}\n")
    print(text_table(("Organisation", "Name", "Year", "Compared with", "Data"), rows) + "\n")
    print(f"Values of {reports[0].organisation.code}, {reports[0].year}:\n")
    print(text_table(("Parameter", "Value", "Where it came from"), _values(reports[0])))
    return 0


def _values(parameters: Parameters) -> list[tuple[str, str, str]]:
    resolved = {key: getattr(parameters, key) for key in type(parameters.master).model_fields}
    values = dotted(parameters.master.model_copy(update=resolved).model_dump(mode="json"))
    told = {key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    return [(key, value, parameters.origins.get(key, "default of the pack")) for key, value in told.items()]
