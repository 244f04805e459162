"""Executes one notebook by papermill and says in plain words why it failed, if it did."""

from functools import partial
from pathlib import Path
from typing import Any

from wres_helpers.publishing.files.run_log import without_paths
from wres_helpers.settings.parameters import Parameters


class NotebookFailed(Exception):
    """Why a notebook failed, in one sentence a person can act on."""


def notebook_parameters(parameters: Parameters) -> dict[str, str | None]:
    """Return the four parameters every notebook takes."""
    return {
        "params_file": parameters.file,
        "organisation": parameters.organisation.code,
        "year": parameters.year,
        "audience": parameters.audience,
    }


def execute(source: Path, target: Path, parameters: Parameters, engine: str) -> Any:
    """Execute a notebook from the project's folder by one of the two engines; write it, failed or not, to ``target``, and return it.

    Where its process was ended from outside, which says nothing about the notebook, it is executed once more. Raises NotebookFailed.
    """
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from wres_helpers.publishing.engine import engine_doors

    engine_doors.register()
    kept: dict[str, Any] = {}
    clean = partial(_clean, source=source, parameters=parameters)
    run = partial(
        papermill.execute_notebook, _literally(source), _literally(target), parameters=notebook_parameters(parameters), engine_name=engine,
        cwd=str(parameters.project), progress_bar=False, request_save_on_cell_execute=False,
        execution_timeout=parameters.run.cell_timeout, kept=kept, finish=clean,
    )  # fmt: skip
    try:
        try:
            return run()
        except DeadKernelError:
            return run()
    except PapermillExecutionError as error:
        kept["notebook"] = nbformat.read(target, as_version=4)
        told = error.ename in ("InputProblems", "ParameterProblems")
        failure = error.evalue if told else f"cell In [{error.exec_count}] stopped with {error.ename}: {error.evalue}"
    except DeadKernelError:
        failure = "the process that executed the notebook was ended from outside"
    except CellTimeoutError:
        failure = f"a cell took longer than {parameters.run.cell_timeout} seconds (run.cell_timeout in the master file)"
    except Exception as error:  # noqa: BLE001 a broken notebook is one section's failure, whatever its type
        failure = f"{type(error).__name__}: {error}"
    notebook = kept.get("notebook") or nbformat.v4.new_notebook()
    clean(notebook)
    nbformat.write(notebook, target)
    raise NotebookFailed(without_paths(failure, parameters.project))


def _literally(path: Path) -> str:
    """Return a path as papermill takes it: what stands in braces is a parameter to it, so braces are doubled."""
    return str(path).replace("{", "{{").replace("}", "}}")


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
