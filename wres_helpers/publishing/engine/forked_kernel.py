"""The notebook's side of the warm engine: a Jupyter kernel that lives in a forked child and talks over one socket.

It is ipykernel's own shell (so displays, errors, magics and matplotlib's inline backend behave as in any notebook)
without ipykernel's process, ports and threads. Messages have Jupyter's form, so that nbclient handles them as usual.
"""

import asyncio
import builtins
import contextlib
import getpass
import io
import json
import os
import random
import secrets
import select
import socket
import sys
import threading
import time
from types import SimpleNamespace
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.jsonutil import json_clean
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session, extract_header, json_packer
from traitlets.config import Config

from wres_helpers.publishing.engine.framing import framed, frames
from wres_helpers.publishing.engine.warm_up import INLINE_BACKEND

_FLUSH_SECONDS = 0.2  # as ipykernel: what a long cell prints is seen while it runs


class SocketSession(Session):
    """A Jupyter session whose messages go over one socket instead of ZeroMQ's."""

    def attach(self, connection: socket.socket) -> None:
        """Send through this socket from now on."""
        self._connection = connection
        self._sending = threading.Lock()

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, **options: Any) -> dict[str, Any]:
        """Build a message as Jupyter does and send it; ``stream`` only tells the channel (None: iopub)."""
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content=content, parent=parent)
        data = framed(json_packer({"channel": stream or "iopub", "message": json_clean(message)}))
        with self._sending:
            self._connection.sendall(data)
        return message


class NotebookStream(io.TextIOBase):
    """Standard output or error of a notebook: gathers text and sends it in order with everything else."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, session: SocketSession, name: str, descriptor: int):
        self._session = session
        self.name = name
        self._descriptor = descriptor
        self._text: list[str] = []
        self._lock = threading.RLock()
        self._last = time.monotonic()
        self._parent: dict[str, Any] = {}

    def set_parent(self, parent: dict[str, Any]) -> None:
        """Note the request that what is written from now on belongs to."""
        self._parent = extract_header(parent)

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor that compiled libraries and child processes write to."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Take text; it is sent at the next flush, or at once where the last one is long ago."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        with self._lock:
            self._text.append(text)
        if time.monotonic() - self._last > _FLUSH_SECONDS:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what has been gathered."""
        with self._lock:
            text, self._text = "".join(self._text), []
            self._last = time.monotonic()
            if text:
                self._session.send(None, "stream", {"name": self.name, "text": text}, self._parent)


class DescriptorWatch:
    """Brings what compiled libraries and child processes print into the notebook, as ipykernel does."""

    def __init__(self, stream: NotebookStream):
        self._stream = stream
        reader, self._writer = os.pipe()
        os.dup2(self._writer, stream.fileno())
        self._marker = secrets.token_bytes(16)
        self._seen = threading.Event()
        threading.Thread(target=self._watch, args=(reader,), daemon=True).start()

    def _watch(self, reader: int) -> None:
        held = b""
        while data := os.read(reader, 1 << 16):
            held += data
            text, marker, rest = held.partition(self._marker)
            if marker:
                held = rest
                self._write(text)
                self._seen.set()
            elif self._marker[:1] not in held[-16:]:
                held = b""
                self._write(text)

    def _write(self, text: bytes) -> None:
        if text:
            self._stream.write(text.decode("utf-8", "replace"))

    def drain(self) -> None:
        """Wait until everything printed so far has reached the stream."""
        self._seen.clear()
        os.write(self._writer, self._marker)
        self._seen.wait(5)


class ForkedKernel:
    """Runs cells in this process until the other side closes the socket."""

    def __init__(self, connection: socket.socket):
        self._connection = connection
        self._session = SocketSession()
        self._session.attach(connection)
        self._shell = self._new_shell()
        sys.stdout, sys.stderr = NotebookStream(self._session, "stdout", 1), NotebookStream(self._session, "stderr", 2)
        self._watches = [DescriptorWatch(sys.stdout), DescriptorWatch(sys.stderr)]

    def _new_shell(self) -> ZMQInteractiveShell:
        configuration = Config(HistoryManager={"enabled": False})
        shell = ZMQInteractiveShell.instance(config=configuration, kernel=SimpleNamespace(eventloop=None), compiler_class=XCachingCompiler)
        for part in (shell.displayhook, shell.display_pub):
            part.session = self._session
        shell.displayhook.topic = b"execute_result"
        return shell

    async def serve(self) -> None:
        """Answer execute requests one after another; background tasks of the notebook run on in between."""
        loop = asyncio.get_running_loop()
        self._shell.kernel.io_loop = loop  # `exit` in a cell stops the loop, and with it this process
        self._connection.setblocking(False)
        received = bytearray()
        while data := await loop.sock_recv(self._connection, 1 << 16):
            received += data
            for frame in frames(received):
                self._connection.setblocking(True)
                await self._execute(json.loads(frame))
                self._connection.setblocking(False)

    async def _execute(self, request: dict[str, Any]) -> None:
        self._shell.set_parent(request)
        send = self._session.send
        code = request["content"]["code"]
        send(None, "status", {"execution_state": "busy"}, request)
        send(None, "execute_input", {"code": code, "execution_count": self._shell.execution_count}, request)
        with _no_input():
            result = await self._run(code, request["content"]["store_history"])
        for watch in self._watches:
            watch.drain()
        sys.stdout.flush()
        sys.stderr.flush()
        send("shell", "execute_reply", self._reply(result), request)
        send(None, "status", {"execution_state": "idle"}, request)

    async def _run(self, code: str, store_history: bool) -> Any:
        shell = self._shell
        try:
            transformed = shell.transform_cell(code)
        except Exception:  # noqa: BLE001 a cell that does not parse is reported by run_cell itself
            transformed = code
        if not shell.should_run_async(code, transformed_cell=transformed):
            return shell.run_cell(code, store_history=store_history)
        shell._last_traceback = None  # run_cell does this for cells that are not awaited
        result = None
        try:
            result = await shell.run_cell_async(code, store_history=store_history, transformed_cell=transformed)
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
        return result

    def _reply(self, result: Any) -> dict[str, Any]:
        self._shell.payload_manager.clear_payload()
        reply = {"status": "ok", "execution_count": self._shell.execution_count - 1, "payload": [], "user_expressions": {}}
        error = result.error_before_exec if result.error_before_exec is not None else result.error_in_exec
        if not result.success or getattr(self._shell, "_last_traceback_during_displayhook", False):
            traceback = self._shell._last_traceback or []
            reply |= {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": traceback}
        return reply


@contextlib.contextmanager
def _no_input():
    """Refuse input(), as a notebook that nobody watches does."""

    def refuse(name: str):
        from IPython.core.error import StdinNotImplementedError

        def refused(*arguments: Any, **options: Any) -> str:
            raise StdinNotImplementedError(f"{name} was called, but this frontend does not support input requests.")

        return refused

    kept = builtins.input, getpass.getpass
    builtins.input, getpass.getpass = refuse("raw_input"), refuse("getpass")
    try:
        yield
    finally:
        builtins.input, getpass.getpass = kept


def run_in_child(connection: socket.socket) -> None:
    """Turn this freshly forked process into a kernel; returns when the other side hangs up.

    The first message names the folder to work in and the environment to work with.
    """
    start = json.loads(_first_frame(connection))
    os.chdir(start["folder"])
    os.environ.clear()
    os.environ.update({"MPLBACKEND": INLINE_BACKEND} | start["environment"])
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()  # else every fork would draw the same numbers
    if "" not in sys.path:
        sys.path.insert(0, "")
    kernel = ForkedKernel(connection)
    connection.sendall(framed(json.dumps({"pid": os.getpid()}).encode()))
    threading.Thread(target=_leave_with, args=(connection,), daemon=True).start()
    with contextlib.suppress(RuntimeError):  # a cell that calls `exit` stops the loop
        # not asyncio.run: it would take Ctrl-C for itself, and an interrupted cell would go on
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.run_until_complete(kernel.serve())


def _first_frame(connection: socket.socket) -> bytes:
    received = bytearray()
    while not (found := frames(received)):
        data = connection.recv(1 << 16)
        if not data:
            os._exit(0)
        received += data
    return found[0]


def _leave_with(connection: socket.socket) -> None:
    """End this process when the other side hangs up, even in the middle of a cell."""
    watch = select.poll()
    watch.register(connection, select.POLLHUP | select.POLLERR)
    watch.poll()
    os._exit(0)
