"""papermill's warm engine: each notebook in a fork of the process that executes it, which has imported everything already.

The cells run in IPython's own shell (:mod:`.notebook_shell`), so displays, errors, magics and matplotlib's inline backend
behave as in any notebook; no kernel is started and nothing goes over a port. A notebook in another language, and any
notebook on a machine without a safe fork, is executed by papermill's own engine.
"""

import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import from_dict

from wres_helpers.publishing.engine.engine_doors import PYTHON_KERNEL
from wres_helpers.publishing.engine.standard_engine import StandardEngine
from wres_helpers.publishing.engine.workers import can_be_warm, prepare_child

_GRACE = 1  # seconds for an interrupted cell to show where it was


class ShellEngine(StandardEngine):
    """papermill engine ``wres-warm``."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, execution_timeout: int | None = None, **options: Any) -> Any:
        """Execute the notebook's cells in a forked child. Parameters are papermill's."""
        if not can_be_warm() or kernel_name != PYTHON_KERNEL:
            return super().execute_managed_notebook(nb_man, kernel_name, execution_timeout=execution_timeout, **options)
        with _forked() as (connection, pid):
            _execute(nb_man, connection, pid, execution_timeout or options.get("timeout"))
        nb_man.nb.metadata["language_info"] = language_info()
        return nb_man.nb


def _execute(nb_man: Any, connection: Connection, pid: int, timeout: int | None) -> None:
    ran: list[Any] = []
    for index, cell in enumerate(nb_man.nb.cells):
        nb_man.cell_start(cell, index)
        try:
            if cell.cell_type == "code" and cell.source.strip():
                ran.append(cell)
                _run(cell, ran, connection, pid, timeout)
        except CellExecutionError as error:
            nb_man.cell_exception(cell, cell_index=index, exception=error)
            break
        finally:
            nb_man.cell_complete(cell, cell_index=index)


def _run(cell: Any, ran: list[Any], connection: Connection, pid: int, timeout: int | None) -> None:
    in_time = True
    cell.outputs = []
    try:
        connection.send(cell.source)
        if not connection.poll(timeout):
            in_time = False
            os.kill(pid, signal.SIGINT)
            if not connection.poll(_GRACE):
                raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, cell)
        answer = connection.recv()
    except (EOFError, ConnectionError):
        raise DeadKernelError("Kernel died") from None
    cell.execution_count = answer["count"]
    for number, outputs in {len(ran) - 1: answer["outputs"], **answer["changed"]}.items():
        ran[number].outputs = from_dict(outputs)
    if not in_time:
        raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, cell)
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if errors and "raises-exception" not in cell.metadata.get("tags", ()):
        raise CellExecutionError.from_cell_and_msg(cell, errors[-1])


@contextmanager
def _forked() -> Iterator[tuple[Connection, int]]:
    """Give the connection to a fork of this process that runs cells, and its number; it is gone at the end."""
    ours, theirs = Pipe()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            ours.close()
            prepare_child(parent)
            _serve(theirs)
        finally:
            os._exit(0)
    theirs.close()
    try:
        yield ours, pid
    finally:
        ours.close()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _serve(connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()  # else every fork would draw the same numbers
    if "" not in sys.path:
        sys.path.insert(0, "")
    from wres_helpers.publishing.engine.notebook_shell import NotebookRunner

    runner = NotebookRunner()
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            connection.send(runner.run(connection.recv()))


def language_info() -> dict[str, Any]:
    """Return what an ipykernel says of its language; papermill stores it in the notebook."""
    return {
        "name": "python",
        "version": sys.version.split()[0],
        "mimetype": "text/x-python",
        "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
        "pygments_lexer": "ipython3",
        "nbconvert_exporter": "python",
        "file_extension": ".py",
    }
