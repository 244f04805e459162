"""Executes one notebook by papermill and says in plain words why it failed, if it did."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wres_helpers.publishing.engine.engine_doors import PYTHON_KERNEL
from wres_helpers.publishing.files.run_log import without_paths
from wres_helpers.settings.parameters import Parameters

#: The tag papermill gives the cells it adds to a failed notebook. Such a notebook is never rendered.
ERROR_TAG = "papermill-error-cell-tag"


@dataclass(frozen=True)
class Executed:
    """An executed notebook (of a failed one, with the outputs up to the failure), and why it failed: a sentence a person can act on.

    ``ended`` where its process was ended from outside.
    """

    notebook: Any
    failure: str | None = None
    ended: bool = False


def notebook_parameters(parameters: Parameters) -> dict[str, str | None]:
    """Return the four parameters every notebook takes."""
    return {
        "params_file": parameters.file,
        "organisation": parameters.organisation.code,
        "year": parameters.year,
        "audience": parameters.audience,
    }


def execute(source: Path, target: Path, parameters: Parameters, engine: str) -> Executed:
    """Execute a notebook from the project's folder by one of the two engines and write it, failed or not, to ``target``."""
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from wres_helpers.publishing.engine import engine_doors

    engine_doors.register()
    kept: dict[str, Any] = {}
    ended = False

    def clean(notebook: Any) -> None:
        _clean(notebook, source, parameters)

    try:
        notebook = papermill.execute_notebook(
            _literally(source), _literally(target), **_kernel_of(source), parameters=notebook_parameters(parameters),
            engine_name=engine, cwd=str(parameters.project), progress_bar=False, request_save_on_cell_execute=False,
            execution_timeout=parameters.run.cell_timeout, kept=kept, finish=clean,
        )  # fmt: skip
        return Executed(notebook)
    except PapermillExecutionError as error:
        notebook, failure = nbformat.read(target, as_version=4), _cell_failure(error)
    except Exception as error:  # noqa: BLE001 a dead kernel, a timeout or a broken notebook is one section's failure, whatever its type
        notebook, failure, ended = kept.get("notebook"), _other_failure(error, parameters), _was_ended(error)
        notebook = nbformat.v4.new_notebook() if notebook is None else notebook
    clean(notebook)
    nbformat.write(notebook, target)
    return Executed(notebook, without_paths(failure, parameters.project), ended)


def _literally(path: Path) -> str:
    """Return a path as papermill takes it: what stands in braces is a parameter to it, so braces are doubled."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _kernel_of(source: Path) -> dict[str, str]:
    """Return the kernel for a notebook in Python, whatever the machine on which it was saved calls it."""
    try:
        metadata = json.loads(source.read_text(encoding="utf-8"))["metadata"]
        language = metadata.get("kernelspec", {}).get("language") or metadata.get("language_info", {}).get("name") or "python"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # papermill says what is wrong with it
    return {"kernel_name": PYTHON_KERNEL, "language": "python"} if language == "python" else {}


def _was_ended(error: Exception) -> bool:
    return type(error).__name__ == "DeadKernelError"


def _cell_failure(error) -> str:
    if error.ename in ("InputProblems", "ParameterProblems"):
        return error.evalue
    return f"cell In [{error.exec_count}] stopped with {error.ename}: {error.evalue}"


def _other_failure(error: Exception, parameters: Parameters) -> str:
    name = type(error).__name__
    if name == "CellTimeoutError":
        return f"a cell took longer than {parameters.run.cell_timeout} seconds (run.cell_timeout in the master file)"
    if _was_ended(error):
        return "the process that executed the notebook was ended from outside"
    return f"{name}: {error}"


def _clean(notebook: Any, source: Path, parameters: Parameters) -> None:
    """Take the machine's paths out of an executed notebook, and say where it belongs."""
    record = notebook.metadata.get("papermill")
    if record is not None:
        record["input_path"] = parameters.shown(source)
        record["output_path"] = f"analyst/notebooks/{source.name}"
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.evalue = without_paths(output.evalue, parameters.project)
                output.traceback = [without_paths(line, parameters.project) for line in output.traceback]
            elif output.output_type == "stream":
                output.text = without_paths(output.text, parameters.project)
