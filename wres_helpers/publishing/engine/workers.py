"""Runs jobs side by side, each in a process of its own: forked where that is safe, spawned elsewhere.

A forked worker inherits what this process has imported and calculated, so nothing is imported or read twice; it does one job. A
spawned one knows nothing and is kept for the next job. One that is killed is tried once more; then its job counts as failed
and the others go on.
"""

import ctypes
import gc
import importlib.util
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from wres_helpers.problems import InputProblems, Problem, system_problem

TRIES = 2
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
#: Compiled libraries start threads of their own unless told not to; a fork beside threads may hang.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}

_INLINE = "module://matplotlib_inline.backend_inline"


@dataclass(frozen=True)
class Job:
    """One piece of work: a function of a module (so that it can be named to a spawned process) and its arguments."""

    name: str
    function: Callable[..., Any]
    arguments: tuple = ()


@dataclass(frozen=True)
class Done:
    """What became of a job: its result, or the reason why there is none, with the problems of somebody's inputs that it tells."""

    job: Job
    result: Any = None
    error: str | None = None
    problems: tuple[Problem, ...] = ()

    def wanted(self) -> Any:
        """Return the result. Raises InputProblems where there is none."""
        if self.error is not None:
            action = "Call the command again; if it happens again, report it with these words."
            raise InputProblems(self.problems or [Problem(self.job.name, "a calculation that comes to its end", action, found=self.error)])
        return self.result


def can_be_warm() -> bool:
    """Tell whether processes may be forked here. Windows has no fork; on macOS forking with its frameworks loaded may crash."""
    return sys.platform == "linux" and hasattr(os, "fork")


class Child:
    """A process that does some work, which is given its end of a connection first, and dies with this process."""

    def __init__(self, way: str, work: Callable[..., None], *arguments: Any):
        machine = get_context(way)
        self.connection, theirs = machine.Pipe()
        self.process = machine.Process(target=_begin, args=(os.getpid(), work, theirs, *arguments))
        self.process.start()
        theirs.close()

    def stop(self) -> None:
        """Let go; the process ends if it is still at it."""
        self.connection.close()
        self.process.kill()
        self.process.join()


def _begin(parent: int, work: Callable[..., None], connection: Connection, *arguments: Any) -> None:
    """Do a child's work, with Ctrl-C left to its parent, which stops its children in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # the collector of a fork need not look through what its parent had, nor copy it by looking
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # the parent died before the line above
            os._exit(1)
    work(connection, *arguments)


class Worker(Child):
    """A child that does jobs; see :func:`run_jobs`."""

    def __init__(self, way: str, job: Job, tries: int = 1):
        self.job, self.tries = job, tries
        super().__init__(way, _do_jobs, job)

    def given(self, job: Job, tries: int) -> "Worker":
        self.job, self.tries = job, tries
        with suppress(ConnectionError):  # one that was killed meanwhile is found out by :meth:`done`
            self.connection.send(job)
        return self

    def done(self) -> Done | None:
        """Wait for the job; return what became of it, None where the worker was killed and the job is to be tried again."""
        try:
            return Done(self.job, *self.connection.recv())
        except (EOFError, ConnectionError):
            self.process.join()
        if self.tries < TRIES:
            return None
        code = self.process.exitcode
        ended = f"signal {-code}" if code < 0 else f"code {code}"
        return Done(self.job, error=f"the worker process was ended from outside ({ended}), {TRIES} times")


def _do_jobs(connection: Connection, job: Job) -> None:
    while True:
        connection.send(_called(job))
        try:
            job = connection.recv()
        except (EOFError, ConnectionError):
            return


def _called(job: Job) -> tuple[Any, str | None, tuple[Problem, ...]]:
    """Return the result, the error and the problems, as :class:`Done` has them."""
    try:
        return job.function(*job.arguments), None, ()
    except InputProblems as error:
        return None, str(error), error.problems
    except OSError as error:
        problem = system_problem(error)
        return None, problem.sentence(), (problem,)
    except Exception as error:  # noqa: BLE001 a worker's error of any kind is the parent's message
        return None, f"{type(error).__name__}: {error}", ()


def run_jobs(jobs: list[Job], workers: int, way: str, meanwhile: Callable[[], Any] = int) -> Iterator[Done]:
    """Run jobs side by side, in the order given, and give each back as it finishes.

    The way is to ``fork`` this process for each job, to ``spawn`` fresh processes and keep them, or ``inline``: one after the other in this
    process, which itself is somebody's worker. `meanwhile` is done here as soon as the first jobs are under way.
    """
    if way == "inline":
        yield from (Done(job, *_called(job)) for job in jobs)
        return
    waiting = deque((job, 1) for job in jobs)
    running: dict[Connection, Worker] = {}
    free: list[Worker] = []
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                worker = Worker(way, *waiting.popleft()) if not free else free.pop().given(*waiting.popleft())
                running[worker.connection] = worker
            meanwhile()
            meanwhile = int  # nothing more
            for connection in wait(list(running)):
                worker = running[connection]
                done = worker.done()
                del running[connection]
                if done is None:
                    waiting.appendleft((worker.job, worker.tries + 1))
                if way == "spawn" and worker.process.is_alive():
                    free.append(worker)
                else:
                    worker.stop()
                if done is not None:
                    yield done
    finally:
        for worker in (*running.values(), *free):
            worker.stop()


def keep_single_threaded() -> None:
    """Set the variables that keep compiled libraries from starting threads; to be called before they are imported."""
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)


def use_inline_pictures() -> None:
    """Let pyplot show its pictures in the notebook, by matplotlib's own defaults, whatever this machine or user has set.

    The environment serves kernels that are started anew and a matplotlib that is not imported yet.
    """
    package = importlib.util.find_spec("matplotlib")
    os.environ["MPLBACKEND"] = _INLINE
    os.environ["MATPLOTLIBRC"] = str(Path(package.submodule_search_locations[0]) / "mpl-data" / "matplotlibrc")
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = _INLINE
