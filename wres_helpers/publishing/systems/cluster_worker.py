"""A cluster worker's side: makes one report from an archive, in a process that stays warm between tasks.

A Dask worker has threads, so it must not fork. Beside it runs a conductor: a process with one thread that has imported
everything and forks a worker for each report, as ``wres run`` does. It ends when the Dask worker does.
"""

import os
import pickle
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wres_helpers.definitions.parameters import load_parameters
from wres_helpers.publishing.files.archives import packed, unpacked
from wres_helpers.publishing.systems.organisations import ReportMade, ReportOrder, make_one

_local = threading.local()


@dataclass(frozen=True)
class RemoteOrder:
    """One report to make on a cluster.

    Attributes
    ----------
    master
        The master file, as seen from the project.
    project
        Archive of what the report is made from.
    order
        The report; its path means nothing on another machine.
    target
        fsspec address of the folder to write the report into; None sends it back.
    """

    master: str
    project: bytes
    order: ReportOrder
    target: str | None = None


@dataclass(frozen=True)
class RemoteReport:
    """What came of it: its row, the report itself where it comes back, and its results for the table of all."""

    made: ReportMade
    archive: bytes | None
    results: dict[str, bytes]


def make_remote(order: RemoteOrder) -> RemoteReport:
    """Make a report on this worker (the task that is sent to the cluster)."""
    conductor = getattr(_local, "conductor", None)
    if conductor is None or conductor.poll() is not None:
        # one conductor a thread: a worker with several threads makes several reports at once
        command = [sys.executable, "-m", "wres_helpers.publishing.systems.cluster_worker"]
        conductor = _local.conductor = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    pickle.dump(order, conductor.stdin)
    conductor.stdin.flush()
    try:
        answer = pickle.load(conductor.stdout)
    except EOFError as error:
        raise RuntimeError("the process that makes reports was ended from outside") from error
    if isinstance(answer, str):
        raise RuntimeError(answer)
    return answer


def make_here(order: RemoteOrder) -> RemoteReport:
    """Make a report in this process: unpack, make, pack (or write to the shared folder)."""
    with tempfile.TemporaryDirectory(prefix="wres-") as name:
        project = Path(name)
        unpacked(order.project, project)
        here = replace(order.order, path=project / order.master)
        made = make_one(here)
        folder = load_parameters(here.path, here.organisation, here.year).output_folder
        if not (folder / "receipt.json").is_file():
            return RemoteReport(made, None, {})
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        tables = {audience: folder / audience / "data" / "results.csv" for audience in ("board", "analyst")}
        results = {audience: path.read_bytes() for audience, path in tables.items() if path.is_file()}
        if order.target is None:
            return RemoteReport(made, packed(folder, files), results)
        put_report(folder, files, order.target, f"{made.organisation}/{made.year}")
        return RemoteReport(made, None, results)


def put_report(folder: Path, files: list[Path], target: str, name: str) -> None:
    """Write a report to an fsspec address; its receipt goes last, so a report without one is not finished."""
    import fsspec

    system, root = fsspec.core.url_to_fs(target)
    receipt = folder / "receipt.json"
    where = f"{root.rstrip('/')}/{name}"
    if system.exists(where):
        system.rm(where, recursive=True)
    for path in [*(path for path in files if path != receipt), receipt]:
        there = f"{where}/{path.relative_to(folder).as_posix()}"
        system.makedirs(there.rpartition("/")[0], exist_ok=True)
        system.put_file(str(path), there)


def conduct() -> None:
    """Make reports as they are asked for on standard input, each in a fork of this process; answer on standard output."""
    from wres_helpers.publishing.engine.workers import Job, can_be_warm, run_jobs

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that is printed may get among the answers
    warm = False
    while True:
        try:
            order = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        if can_be_warm() and not warm:
            _warm(order)
            warm = True
        done = next(run_jobs([Job("report", make_here, (order,))], 1, "fork" if warm else "inline"))
        pickle.dump(done.result if done.error is None else done.error, answers)
        answers.flush()


def _warm(order: RemoteOrder) -> None:
    from wres_helpers.publishing.runs.backends import backend_for

    with tempfile.TemporaryDirectory(prefix="wres-") as name:
        unpacked(order.project, Path(name))
        parameters = load_parameters(Path(name) / order.master, order.order.organisation, order.order.year)
        backend_for(parameters, 1).warm(parameters)


def about_worker() -> dict[str, Any]:
    """Return what must be the same on every machine that makes parts of one system's reports."""
    from wres_helpers import __version__
    from wres_helpers.publishing.files.receipt import package_versions
    from wres_helpers.publishing.runs.incremental import code_digest

    return {"pack": __version__, "code": code_digest(), "packages": package_versions(), "python": sys.version.split()[0]}


if __name__ == "__main__":
    # by its own name, so that what is pickled here is known there
    from wres_helpers.publishing.systems.cluster_worker import conduct as conduct_by_name

    conduct_by_name()
