"""Runs jobs side by side, each in a process of its own: forked where that is safe, spawned elsewhere.

A forked worker inherits what the parent has imported and calculated, so nothing is imported or read twice. A worker
that is killed is tried once more; then its job counts as failed and the others go on.
"""

import ctypes
import gc
import os
import pickle
import selectors
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from wres_helpers.problems import InputProblems, Problem, system_problem

TRIES = 2
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True)
class Job:
    """One piece of work: a function of a module (so that it can be named to a spawned process) and its arguments."""

    name: str
    function: Callable[..., Any]
    arguments: tuple = ()


@dataclass(frozen=True)
class Done:
    """What became of a job: its result, or the reason why there is none.

    Attributes
    ----------
    problems
        The problems in somebody's inputs that the error tells, where it is about these.
    """

    job: Job
    result: Any = None
    error: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass
class _Child:
    job: Job
    tries: int
    pid: int
    received: list[bytes] = field(default_factory=list)


def can_be_warm() -> bool:
    """Tell whether processes may be forked here. Windows has no fork; on macOS forking with its frameworks loaded may crash."""
    return sys.platform == "linux" and hasattr(os, "fork")


def run_jobs(jobs: list[Job], workers: int, way: str) -> Iterator[Done]:
    """Run jobs side by side and give each back as it finishes.

    Parameters
    ----------
    jobs
        What to do, in the order of starting.
    workers
        How many run side by side.
    way
        ``fork`` this process for each job, ``spawn`` fresh processes and keep them, or ``inline``: one after the other in
        this process, which itself is somebody's worker.
    """
    if not jobs:
        return iter(())
    if way == "inline":
        return _inline(jobs)
    return _forked(jobs, workers) if way == "fork" else _spawned(jobs, workers)


def _inline(jobs: list[Job]) -> Iterator[Done]:
    for job in jobs:
        yield Done(job, *_called(job))


class Begun:
    """A job under way in a forked worker; see :func:`begun`."""

    def __init__(self, job: Job, tries: int = 1):
        self._pipe, self._child = _started(job, tries)

    def result(self) -> Any:
        """Wait for the job and return its result.

        Raises
        ------
        InputProblems
            The job raised them, or it failed otherwise.
        """
        while data := os.read(self._pipe, 1 << 20):
            self._child.received.append(data)
        child, self._child = self._child, None
        done = _finished(child)
        if done is None:
            with begun(child.job, child.tries + 1) as again:
                return again.result()
        if done.error is not None:
            action = "Call the command again; if it happens again, report it with these words."
            raise InputProblems(done.problems or [Problem(child.job.name, "a calculation that comes to its end", action, found=done.error)])
        return done.result

    def stop(self) -> None:
        """Let go; the worker ends if it is still at it."""
        if self._child is not None:
            _stop({self._pipe: self._child})
        else:
            os.close(self._pipe)


@contextmanager
def begun(job: Job, tries: int = 1) -> Iterator[Begun]:
    """Begin a job in a fork of this process, to do something else meanwhile."""
    work = Begun(job, tries)
    try:
        yield work
    finally:
        work.stop()


def _forked(jobs: list[Job], workers: int) -> Iterator[Done]:
    waiting = deque((job, 1) for job in jobs)
    running: dict[int, _Child] = {}
    chosen = selectors.DefaultSelector()
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                pipe, child = _started(*waiting.popleft())
                running[pipe] = child
                chosen.register(pipe, selectors.EVENT_READ)
            for key, _ in chosen.select():
                data = os.read(key.fd, 1 << 16)
                if data:
                    running[key.fd].received.append(data)
                    continue
                chosen.unregister(key.fd)
                os.close(key.fd)
                child = running.pop(key.fd)
                done = _finished(child)
                if done is None:
                    waiting.appendleft((child.job, child.tries + 1))
                else:
                    yield done
    finally:
        _stop(running)
        chosen.close()


def _started(job: Job, tries: int) -> tuple[int, _Child]:
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        os.close(writer)
        return reader, _Child(job, tries, pid)
    try:
        os.close(reader)
        prepare_child(parent)
        _answer(job, writer)
    finally:
        os._exit(0)


def prepare_child(parent: int) -> None:
    """Make a forked child die with its parent, and leave Ctrl-C to the parent, which stops its children in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # the collector of a child need not look through what the parent had, nor copy it by looking
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # the parent died before the line above
            os._exit(1)


def _answer(job: Job, writer: int) -> None:
    answer = _called(job)
    with os.fdopen(writer, "wb") as pipe:
        pickle.dump(answer, pipe)


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


def _finished(child: _Child) -> Done | None:
    """Return what a child that closed its pipe has done; None where it was killed and is to be tried again."""
    _, status = os.waitpid(child.pid, 0)
    if child.received and not status:
        return Done(child.job, *pickle.loads(b"".join(child.received)))
    if child.tries < TRIES:
        return None
    ended = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"code {os.waitstatus_to_exitcode(status)}"
    return Done(child.job, error=f"the worker process was ended from outside ({ended}), {TRIES} times")


def _stop(running: dict[int, _Child]) -> None:
    for pipe, child in running.items():
        with suppress(OSError):
            os.kill(child.pid, signal.SIGKILL)
        with suppress(OSError):
            os.waitpid(child.pid, 0)
        os.close(pipe)


def _spawned(jobs: list[Job], workers: int) -> Iterator[Done]:
    waiting = deque((job, 1) for job in jobs)
    while waiting:
        batch, waiting = list(waiting), deque()
        with ProcessPoolExecutor(min(workers, len(batch)), mp_context=get_context("spawn")) as pool:
            futures = {pool.submit(job.function, *job.arguments): (job, tries) for job, tries in batch}
            try:
                for job, tries, future in _as_they_finish(futures):
                    error = future.exception()
                    if isinstance(error, BrokenProcessPool):
                        # one killed worker ends a whole pool, so every unfinished job of it is tried again
                        if tries < TRIES:
                            waiting.append((job, tries + 1))
                        else:
                            yield Done(job, error=f"the worker process was ended from outside, {TRIES} times")
                    elif error is not None:
                        yield Done(job, error=f"{type(error).__name__}: {error}")
                    else:
                        yield Done(job, future.result())
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


def _as_they_finish(futures: dict) -> Iterator[tuple[Job, int, Any]]:
    left = set(futures)
    while left:
        finished, left = wait(left, return_when=FIRST_COMPLETED)
        for future in finished:
            yield *futures[future], future
