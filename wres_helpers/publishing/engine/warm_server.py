"""A process that has imported everything once and forks a clean child whenever it is asked to.

The server has one thread and reads no notebook, so what it forks is clean: nothing passes from one notebook to the
next. Requests come over a socket pair that only the asking process and its forked children hold; with each comes one
end of a new socket pair, over which the forked child and the asker then talk. Three kinds of request:

``kernel``  the child becomes a notebook's kernel (see ``forked_kernel.py``)
``call``    the child calls a function and sends back what it returns
``server``  the child calls a function and then serves requests itself: its children inherit what was calculated
"""

import ctypes
import importlib
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.engine.workers import EndedFromOutside

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_LARGEST_REQUEST = 1 << 16


class WarmServer:
    """The asking side: a connection to a warm process, which lives as long as somebody holds the connection."""

    def __init__(self, control: socket.socket, process: subprocess.Popen | None = None):
        self._control = control
        self._process = process
        self._started_by = os.getpid()

    @classmethod
    def start(cls, *modules: str) -> "WarmServer":
        """Start a warm process. It imports while the caller goes on; the first request waits for it.

        ``modules`` are imported besides what notebooks need.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        from wres_helpers.publishing.engine.warm_up import INLINE_BACKEND, ONE_THREAD

        environment = {**ONE_THREAD, "MPLBACKEND": INLINE_BACKEND, **os.environ}
        command = [sys.executable, "-m", "wres_helpers.publishing.engine.warm_server", str(theirs.fileno()), *modules]
        with theirs:
            process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=environment)
        return cls(ours, process)

    def ask(self, **request: Any) -> socket.socket:
        """Send a request; return our end of the connection to the child that will answer it."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [json.dumps(request).encode()], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise EndedFromOutside("The warm process has ended.") from error
        return ours

    def call(self, function: str, *arguments: Any, meanwhile: Callable[[], None] | None = None) -> Any:
        """Call a function (``module:name``) in a child of the server and return what it returns.

        ``meanwhile`` is what this process does while it waits.

        Raises
        ------
        InputProblems
            The function raised them.
        RuntimeError
            It failed in any other way, or its process was ended.
        """
        with self.ask(do="call", function=function) as connection:
            _send(connection, arguments)
            if meanwhile is not None:
                meanwhile()
            return _answer(connection)

    def prepared(self, function: str, *arguments: Any) -> "WarmServer":
        """Fork a server that has called a function, and return it. Raises as :meth:`call`."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with self.ask(do="server", function=function) as connection, theirs:
            try:
                _send(connection, arguments)
                with _heard():
                    socket.send_fds(connection, [b"."], [theirs.fileno()])
                _answer(connection)
            except BaseException:
                ours.close()
                raise
        return WarmServer(ours)

    def close(self) -> None:
        """Let the server go. Who started it ends it; a forked process only gives up its own end of the connection."""
        self._control.close()
        if self._process is not None and self._started_by == os.getpid():
            self._process.terminate()  # it may still be importing what nobody needs any more
            self._process.wait()


_current: list[WarmServer] = []


def use_server(server: WarmServer) -> None:
    """Let the notebooks of this process, and of its forked children, be forked from this server."""
    _current[:] = [server]


def warm_server(*modules: str) -> WarmServer:
    """Return the server of this process; start it at the first call."""
    if not _current:
        use_server(WarmServer.start(*modules))
    return _current[0]


def end_server() -> None:
    """End the server of this process, if there is one."""
    if _current:
        _current.pop().close()


def _send(connection: socket.socket, content: Any) -> None:
    data = pickle.dumps(content)
    with _heard():
        connection.sendall(len(data).to_bytes(8, "big") + data)


@contextmanager
def _heard() -> Iterator[None]:
    """Say in one way that the process at the other end is gone."""
    try:
        yield
    except (BrokenPipeError, ConnectionResetError) as error:
        raise EndedFromOutside("The warm process ended before it answered.") from error


def _receive(connection: socket.socket) -> Any:
    length = int.from_bytes(_exactly(connection, 8), "big")
    return pickle.loads(_exactly(connection, length))


def _exactly(connection: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        part = connection.recv(min(1 << 20, length - len(data)))
        if not part:
            raise EndedFromOutside("The warm process ended before it answered.")
        data += part
    return bytes(data)


def _answer(connection: socket.socket) -> Any:
    with _heard():
        kind, value = _receive(connection)
    if kind == "problems":
        exception, problems = value
        raise exception(problems)
    if kind == "error":
        raise RuntimeError(value)
    return value


def _called(function: str, arguments: tuple) -> tuple[str, Any]:
    module, _, name = function.partition(":")
    try:
        return "value", getattr(importlib.import_module(module), name)(*arguments)
    except InputProblems as error:
        return "problems", (type(error), error.problems)
    except Exception as error:  # noqa: BLE001 whatever it is, the asker must hear of it
        return "error", f"{type(error).__name__}: {error}\n{traceback.format_exc()}"


def serve(control: socket.socket) -> None:
    """Fork a child for each request until nobody holds the other end any more."""
    signal.signal(signal.SIGCHLD, _bury)
    while _serve_one(control, os.getpid()):
        pass


def _serve_one(control: socket.socket, me: int) -> bool:
    """Fork a child for the next request; False where nobody will ask any more."""
    request, descriptors, _, _ = socket.recv_fds(control, _LARGEST_REQUEST, 1)
    if not request:
        return False
    connection = socket.socket(fileno=descriptors[0])
    if os.fork() == 0:
        try:
            control.close()
            _become(json.loads(request), connection, me)
        finally:
            os._exit(0)
    connection.close()
    return True


def _bury(*_: Any) -> None:
    """Take leave of children that have ended, so that their processor time counts as this process's."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become(request: dict[str, Any], connection: socket.socket, parent: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        return
    if request["do"] == "kernel":
        from wres_helpers.publishing.engine.forked_kernel import run_in_child

        signal.signal(signal.SIGINT, signal.default_int_handler)
        run_in_child(connection)
        return
    arguments = _receive(connection)
    control = None
    if request["do"] == "server":
        _, descriptors, _, _ = socket.recv_fds(connection, 1, 1)
        control = socket.socket(fileno=descriptors[0])
    answer = _called(request["function"], arguments)
    _send(connection, answer)
    connection.close()
    if control is not None and answer[0] == "value":
        serve(control)


def main() -> None:
    """Import everything, then serve the socket whose number stands on the command line."""
    from wres_helpers.publishing.engine.warm_up import import_everything, import_what_calculates

    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the asker, who then hangs up
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    import_what_calculates()
    _serve_calls_that_wait(control)  # the figures are calculated while the rest is imported
    import_everything(sys.argv[2:])
    serve(control)


def _serve_calls_that_wait(control: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, _bury)
    while True:
        try:
            waiting = control.recv(_LARGEST_REQUEST, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        if not waiting or json.loads(waiting)["do"] != "call":
            return
        _serve_one(control, os.getpid())


if __name__ == "__main__":
    main()
