"""The two papermill engines: papermill's own kernels, and each notebook in a fork of the process that executes it.

The fork has imported everything already, and its cells run in IPython's own shell (:mod:`.notebook_shell`), so displays, errors,
magics and matplotlib's inline backend behave as in any notebook; no kernel is started and nothing goes over a port. A notebook in
another language, and any notebook on a machine without a safe fork, is executed by papermill's own engine.
"""

import asyncio
import os
import random
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import NBClientEngine
from traitlets.config import Config

from wres_helpers.publishing.engine import PYTHON_KERNEL
from wres_helpers.publishing.engine.workers import Child, can_be_warm

_GRACE = 5  # seconds for an interrupted cell to show where it was, also on a busy machine


def let_kernels_talk() -> None:
    """Choose the event loop that a kernel's sockets need; Windows starts with another, under which each kernel warns and is slower."""
    policy = getattr(asyncio, "WindowsSelectorEventLoopPolicy", None)
    if sys.platform == "win32" and policy is not None:
        asyncio.set_event_loop_policy(policy())


class StandardEngine(NBClientEngine):
    """papermill engine ``wres-standard``."""

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Return the kernel to use: Python's own for a notebook in Python, whatever the machine it was saved on calls it."""
        return PYTHON_KERNEL if name is None and cls.nb_language(nb) == "python" else super().nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Return the language of a notebook; Python where it names none."""
        told = nb.metadata.get("kernelspec", {}).get("language") or nb.metadata.get("language_info", {}).get("name")
        return (language or told or "python").lower()

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, kernel_name: str, finish: Callable[[NotebookNode], object] = id, **options: Any
    ) -> NotebookNode:
        """Execute a notebook; see papermill. ``finish`` is given it before papermill writes it, also where it breaks off."""
        let_kernels_talk()
        try:
            return super().execute_notebook(nb, kernel_name, **options)
        finally:
            finish(nb)

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Execute the cells in an ordinary kernel whose messages are encrypted where the machine can."""
        options.setdefault("config", Config(KernelManager={"transport_encryption": "auto"}))
        return super().execute_managed_notebook(nb_man, kernel_name, **options)


class WarmEngine(StandardEngine):
    """papermill engine ``wres-warm``."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, execution_timeout: int | None = None, **options: Any) -> Any:
        """Execute the notebook's cells in a forked child. Parameters are papermill's."""
        if not can_be_warm() or kernel_name != PYTHON_KERNEL:
            return super().execute_managed_notebook(nb_man, kernel_name, execution_timeout=execution_timeout, **options)
        child = Child("fork", _serve)
        try:
            _execute(nb_man, child, execution_timeout or options.get("timeout"))
        finally:
            child.stop()
        nb_man.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        return nb_man.nb


def _execute(nb_man: Any, child: Child, timeout: int | None) -> None:
    client = NotebookClient(nb_man.nb)  # without a kernel: it makes outputs of messages
    for index, cell in enumerate(nb_man.nb.cells):
        nb_man.cell_start(cell, index)
        try:
            if cell.cell_type == "code" and cell.source.strip():
                _run(cell, index, client, child, timeout)
        except CellExecutionError as error:
            nb_man.cell_exception(cell, cell_index=index, exception=error)
            break
        finally:
            nb_man.cell_complete(cell, cell_index=index)


def _run(cell: Any, index: int, client: NotebookClient, child: Child, timeout: int | None) -> None:
    in_time = True
    cell.outputs = []
    try:
        child.connection.send(cell.source)
        if not child.connection.poll(timeout):
            in_time = False
            os.kill(child.process.pid, signal.SIGINT)
            if not child.connection.poll(_GRACE):
                raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, cell)
        answer = child.connection.recv()
    except (EOFError, ConnectionError):
        raise DeadKernelError("Kernel died") from None
    cell.execution_count, client.clear_before_next_output = answer["count"], False
    for message in answer["messages"]:
        client.process_message(message, cell, index)
    if not in_time:
        raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, cell)
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if errors and "raises-exception" not in cell.metadata.get("tags", ()):
        raise CellExecutionError.from_cell_and_msg(cell, errors[-1])


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
