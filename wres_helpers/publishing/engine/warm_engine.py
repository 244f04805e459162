"""papermill's side of the warm engine: a clean forked child for each notebook, driven by nbclient.

nbclient's own loop executes the cells, so outputs, errors, timeouts and metadata are handled by the code that handles
them with an ordinary kernel; only the way to the kernel differs. Where there is no fork the ordinary kernel is used.
"""

import asyncio
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.jsonutil import extract_dates
from jupyter_client.session import Session, json_packer
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError
from papermill.clientwrap import PapermillNotebookClient
from papermill.log import logger

from wres_helpers.publishing.engine.framing import framed, frames
from wres_helpers.publishing.engine.standard_engine import StandardEngine
from wres_helpers.publishing.engine.warm_server import warm_server
from wres_helpers.publishing.engine.warm_up import environment_of_user
from wres_helpers.publishing.engine.workers import EndedFromOutside, can_be_warm

_PYTHON_KERNELS = ("python3", "python")


class WarmEngine(StandardEngine):
    """papermill engine ``wres-warm``."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, start_timeout: int = 60, execution_timeout: int | None = None, **options: Any
    ) -> Any:
        """Execute the notebook's cells in a forked child. Parameters are papermill's."""
        if kernel_name not in _PYTHON_KERNELS or not can_be_warm():
            return super().execute_managed_notebook(
                nb_man, kernel_name, start_timeout=start_timeout, execution_timeout=execution_timeout, **options
            )
        kernel = ForkedKernelManager(warm_server().ask(do="kernel"))
        timeout = execution_timeout or options.pop("timeout", None)
        for unused in ("input_path", "startup_timeout", "config"):
            options.pop(unused, None)
        try:
            client = PapermillNotebookClient(
                nb_man, km=kernel, kernel_name=kernel_name, timeout=timeout, startup_timeout=start_timeout, log=logger, **options
            )
            return client.execute()
        except CellTimeoutError:
            kernel.interrupt_and_listen()  # so that the notebook shows where it was interrupted, as it does with an ordinary kernel
            raise
        finally:
            kernel.stop()


class ForkedKernelManager:
    """What nbclient needs of a kernel manager and of a kernel client, for a kernel in a forked child."""

    has_kernel = True
    allow_stdin = False

    def __init__(self, connection: socket.socket):
        self.kernel_id = "forked"
        self._connection = connection
        self._received = bytearray()
        self._session = Session()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pid: int | None = None
        self._ready = asyncio.Event()
        self._idle = asyncio.Event()
        self._ended = False
        self.shell_channel = _Channel(self)
        self.iopub_channel = _Channel(self)

    def client(self) -> "ForkedKernelManager":
        """Return the client: this object plays both parts."""
        return self

    def start_channels(self) -> None:
        """Tell the child where to work; it is ready once it has answered."""
        start = {"folder": str(Path.cwd()), "environment": environment_of_user()}
        self._send(json.dumps(start).encode())

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the child's first word.

        Raises
        ------
        RuntimeError
            It does not come in time, or the warm process cannot fork one.
        """
        self.listen()
        try:
            await asyncio.wait_for(self._ready.wait(), timeout)
        except TimeoutError:
            raise RuntimeError(f"Kernel didn't respond in {timeout} seconds") from None
        if self._pid is None:
            raise EndedFromOutside("Kernel died before replying to kernel_info")

    def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Send a cell to the child; return the identifier its answers carry."""
        content = {"code": code, "store_history": store_history, "stop_on_error": stop_on_error}
        message = self._session.msg("execute_request", content)
        self._idle.clear()
        self._send(json_packer(message))
        return message["header"]["msg_id"]

    def _send(self, content: bytes) -> None:
        self._connection.setblocking(True)
        with suppress(BrokenPipeError, ConnectionResetError):  # a dead child is found by is_alive
            self._connection.sendall(framed(content))
        self._connection.setblocking(False)

    def kernel_info(self) -> str:
        """Answer from here: the language is known."""
        request = self._session.msg("kernel_info_request", {})
        self.shell_channel.put(self._session.msg("kernel_info_reply", {"language_info": language_info()}, parent=request))
        return request["header"]["msg_id"]

    def is_alive(self) -> bool:
        """Tell whether the child still runs."""
        return not self._ended

    def cleanup_resources(self, restart: bool = False) -> None:
        """Do nothing; nbclient asks for it where a kernel did not become ready, and :meth:`stop` follows."""

    def stop_channels(self) -> None:
        """Do nothing, for the same reason."""

    def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs."""
        os.kill(self._pid, signal.SIGINT)

    def interrupt_and_listen(self) -> None:
        """Interrupt the cell that runs and hear what it has to say about it, for a second at most."""
        self.interrupt_kernel()

        async def listen() -> None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), 1)
            await asyncio.sleep(0.05)  # lets nbclient's own task take the last message in

        run_sync(listen)()

    def stop(self) -> None:
        """Hang up; the child leaves at once, also from a cell that never ends."""
        self._no_longer_listen()
        self._connection.close()

    def listen(self) -> None:
        """Take messages in whenever the loop of the moment is idle."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop and not self._ended:
            self._loop = loop
            loop.add_reader(self._connection, self._take_in)

    def _no_longer_listen(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._connection)

    def _take_in(self) -> None:
        try:
            data = self._connection.recv(1 << 20)
        except (BlockingIOError, InterruptedError):
            return
        except ConnectionResetError:
            data = b""
        if not data:
            self._ended = True
            self._no_longer_listen()
            self._ready.set()
            return
        self._received += data
        for frame in frames(self._received):
            self._take(json.loads(frame))

    def _take(self, content: dict[str, Any]) -> None:
        if "pid" in content:
            self._pid = content["pid"]
            self._ready.set()
            return
        message = content["message"]
        message["header"] = extract_dates(message["header"])
        channel = self.shell_channel if content["channel"] == "shell" else self.iopub_channel
        channel.put(message)
        if message["header"]["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            self._idle.set()


class _Channel:
    """One of Jupyter's channels, as nbclient reads it."""

    def __init__(self, kernel: ForkedKernelManager):
        self._kernel = kernel
        self._messages: asyncio.Queue = asyncio.Queue()

    def put(self, message: dict[str, Any]) -> None:
        self._messages.put_nowait(message)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message; raise ``queue.Empty`` where none comes in time."""
        self._kernel.listen()
        try:
            return await asyncio.wait_for(self._messages.get(), timeout)
        except TimeoutError:
            raise Empty from None


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
