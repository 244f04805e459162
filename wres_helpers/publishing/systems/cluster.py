"""Reports on an existing Dask cluster: ``wres run PARAMS --scheduler tcp://...``.

Each organisation and year is a task. It carries what its report is made from and brings the report back (or writes it to
a shared folder), so workers need the pack and nothing of the project. A task whose worker is lost is given to another;
a report is swapped in whole when it has come back, so none is there twice and none in part.

A Dask worker has threads, so it must not fork. Beside it runs a conductor: a process with one thread that has imported
everything and forks a worker for each report, as ``wres run`` does. It ends when the Dask worker does.
"""

import io
import json
import logging
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from wres_helpers import __version__
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.engine.workers import ONE_THREAD, Job, can_be_warm, run_jobs
from wres_helpers.publishing.files.receipt import RECEIPT, every_input, extract_files, named_by_receipt, package_versions, trusted
from wres_helpers.publishing.files.swap import Workspace, names_to_keep, write_list
from wres_helpers.publishing.runs.backends import Backend
from wres_helpers.publishing.runs.incremental import code_digest, nothing_to_do
from wres_helpers.publishing.systems.organisations import OVERVIEW_FOLDER, ReportMade, ReportOrder, make_one
from wres_helpers.settings.parameters import Parameters

#: Tasks a worker has waiting: enough to keep it busy, few enough to keep the client's memory small.
_AHEAD = 2
_TRIES = 3
#: Names what a call that is under way replaces, until its receipt is there.
_UNFINISHED = ".unfinished.json"

_local = threading.local()


@dataclass(frozen=True)
class RemoteOrder:
    """One report to make on a cluster, with the archive of what it is made from; `master` is seen from that project.

    The path of the order means nothing on another machine. `target` is where to write the report; None sends it back.
    """

    master: str
    project: bytes
    order: ReportOrder
    target: str | None = None


@dataclass(frozen=True)
class RemoteReport:
    """What came of it: its row, and as an archive the report, or its results for the table of all where it does not come back."""

    made: ReportMade
    archive: bytes | None


def run_on_cluster(orders: list[ReportOrder], scheduler: str, target: str | None, gathered: Path) -> Iterator[ReportMade]:
    """Make reports on a cluster and give what became of each, as it comes back.

    `scheduler` is an address (``tcp://10.0.0.5:8786``), `target` the fsspec address of a folder to write reports into; None brings them back
    into the project's outputs. The results of those that are written elsewhere are `gathered` in a folder.

    Raises InputProblems: Dask is not installed, nobody answers at the address, or the workers have another version of the pack.
    """
    with _connected(scheduler) as client:
        from distributed import as_completed

        _check_workers(client, scheduler)
        running, finished, waiting = dict[str, ReportOrder](), as_completed([], raise_errors=False), deque(orders)
        while waiting or running:
            if waiting and len(running) < _AHEAD * max(1, len(client.scheduler_info(n_workers=-1).get("workers", ()))):
                order = waiting.popleft()
                sent = _sent(order, target)
                if isinstance(sent, ReportMade):
                    yield sent
                else:
                    # pure=False: a task is known by itself, never mistaken for an earlier one with the same content
                    future = client.submit(make_remote, sent, pure=False, retries=_TRIES)
                    running[future.key] = order
                    finished.add(future)
                continue
            future = next(finished)
            order, error = running.pop(future.key), future.exception()
            if isinstance(error, CancelledError):  # nobody cancels here: the scheduler is gone, and all that was running with it
                raise error
            why = f"{type(error).__name__}: {error}"
            yield order.failed(why) if error else _taken(order, future.result(), gathered if target else None)
            future.release()


def _sent(order: ReportOrder, target: str | None) -> RemoteOrder | ReportMade:
    """Return what is to be sent for an order, or what became of it where nothing has to be made."""
    try:
        parameters = order.parameters()
        if target is None and not order.options.force and nothing_to_do(parameters):
            return ReportMade(order.organisation, order.year, "unchanged", len(parameters.sections))
        return RemoteOrder(parameters.file, project_archive(parameters), order, target)
    except InputProblems as error:
        return order.failed(str(error))


def _taken(order: ReportOrder, report: RemoteReport, gathered: Path | None) -> ReportMade:
    """Swap in a report that has come back; of one that was written elsewhere keep the results for the table of all."""
    if report.archive is not None and gathered is not None:
        unpacked(report.archive, gathered / order.organisation / order.year)
    elif report.archive is not None:
        parameters = order.parameters()
        with Workspace(parameters.output_folder, parameters.shown(parameters.output_folder)) as workspace:
            unpacked(report.archive, workspace.building)
            workspace.publish()
    return report.made


def put_overview(overview: Path, target: str, name: str) -> None:
    """Write the table of all reports beside those that were written elsewhere."""
    write_list(overview)
    put_report(overview, target, f"{OVERVIEW_FOLDER}/{name}")


@contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    try:
        from distributed import Client
        from distributed.comm import CommClosedError
    except ImportError:
        action = "Install the extra: pip install 'wres-pack[cluster]' (or pip install --editable '.[cluster]' in the project)."
        raise InputProblems.of("--scheduler", "Dask on this machine", action, found="no package 'distributed'") from None
    for part in ("distributed", "distributed.client"):  # each has a level of its own; what they say of a lost connection is said here, once
        logging.getLogger(part).setLevel(logging.CRITICAL)
    try:
        client = Client(scheduler)
    except (OSError, TimeoutError, ValueError):
        action = "Start one (dask scheduler), or check the address."
        raise InputProblems.of("--scheduler", "a Dask scheduler that answers", action, found=repr(scheduler)) from None
    try:
        yield client
    except InputProblems:
        raise
    except (Exception, CancelledError) as error:  # a client that has lost its scheduler fails in many ways
        if not isinstance(error, CommClosedError | CancelledError) and client.status == "running":
            raise
        action = "Start it and call the command again: reports that have come back stand and are not made again."
        raise InputProblems.of("--scheduler", "a scheduler that answers to the end", action, found="a connection that was lost") from None
    finally:
        with suppress(TimeoutError):  # on a busy machine, or where its scheduler is gone: what came back stands
            client.close(timeout=2)


def _check_workers(client: Any, scheduler: str) -> None:
    from dask import config

    try:  # a worker is waited for as long as Dask is set to wait for a scheduler
        client.wait_for_workers(1, timeout=config.get("distributed.comm.timeouts.connect"))
    except TimeoutError:
        raise InputProblems.of("--scheduler", "at least one worker", f"Start one: dask worker {scheduler}", found="none") from None
    try:
        there = client.run(about_worker)
    except (ImportError, AttributeError):
        expected, action = "workers that have the pack installed", "Install it where the workers run."
        raise InputProblems.of("--scheduler", expected, action, found="workers without it") from None
    here = about_worker()
    differing = sorted({key for about in there.values() for key in here if about.get(key) != here[key]})
    if differing:
        action = "Install the same versions everywhere: reports of one system must not differ by machine."
        expected = "workers with the same pack, packages and Python as here"
        raise InputProblems.of("--scheduler", expected, action, found=f"another {' and '.join(differing)}")


def about_worker() -> dict[str, Any]:
    """Return what must be the same on every machine that makes parts of one system's reports."""
    return {"pack": __version__, "code": code_digest(), "packages": package_versions(), "python": sys.version.split()[0]}


def packed(folder: Path, files: Iterable[Path]) -> bytes:
    """Return files below a folder as an archive, named as seen from the folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as archive:
        for path in files:
            archive.write(path, path.relative_to(folder))
    return stream.getvalue()


def unpacked(archive: bytes, folder: Path) -> None:
    """Write an archive's files below a folder; a name that would lead out of it is cut short by the standard library."""
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        content.extractall(folder)


def project_archive(parameters: Parameters) -> bytes:
    """Return everything one report is made from: master file and list, notebooks, its data and the reference tables."""
    project = parameters.project
    notebooks = [path for path in (project / "notebooks").rglob("*") if path.suffix in (".ipynb", ".py")]
    files = {path for path in every_input(parameters) if path.is_relative_to(project)}
    files.update(path for path in notebooks if ".ipynb_checkpoints" not in path.parts)
    files.update(parameters.path.parent.glob("*.csv"), extract_files(parameters))
    return packed(project, sorted(files))


def make_remote(order: RemoteOrder) -> RemoteReport:
    """Make a report on this worker (the task that is sent to the cluster)."""
    conductor = getattr(_local, "conductor", None)
    if conductor is None or conductor.poll() is not None:
        # one conductor a thread: a worker with several threads makes several reports at once
        command = [sys.executable, "-c", f"from {__name__} import conduct; conduct()"]
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        conductor = _local.conductor = subprocess.Popen(command, env=ONE_THREAD | os.environ, **streams)
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
        folder = here.parameters().output_folder
        if not (folder / RECEIPT).is_file():
            return RemoteReport(made, None)
        written = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        if order.target is None:
            return RemoteReport(made, packed(folder, written))
        if not put_report(folder, order.target, f"{made.organisation}/{made.year}", order.order.options.force):
            made = replace(made, outcome="failed", message=f"{made.message}; the report at its place is complete and stays")
        return RemoteReport(made, packed(folder, [path for path in written if path.name == "results.csv"]))


def put_report(folder: Path, target: str, name: str, force: bool = True) -> bool:
    """Write a report to an fsspec address; tell whether it was written.

    Its receipt goes last, so a report without one is not finished. What the receipt of the report before names is removed;
    what nobody's run made is kept. A complete report is not replaced by an incomplete one unless forced.
    """
    import fsspec

    system, root = fsspec.core.url_to_fs(target)
    where = f"{root.rstrip('/')}/{name}"
    before, begun = (trusted(partial(system.cat_file, f"{where}/{file}")) for file in (RECEIPT, _UNFINISHED))
    now = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
    if before.get("outcome") == "complete" and now.get("outcome", "complete") != "complete" and not force:
        return False
    new = sorted(file for file in named_by_receipt(folder) if (folder / file).is_file() and file != RECEIPT)
    ours = {*before.get("outputs", ()), *begun.get("outputs", ())}
    ours.update(("run.log", RECEIPT) if before else ())
    system.makedirs(where, exist_ok=True)
    system.pipe_file(f"{where}/{_UNFINISHED}", json.dumps({"receipt": 1, "outputs": dict.fromkeys({*ours, *new})}).encode())
    _remove(system, where, ours & {RECEIPT})
    for file in [*new, RECEIPT]:
        there = f"{where}/{file}"
        if system.exists(there) and file not in ours:  # somebody else's gets another name
            system.mv(there, next(name for name in map(str, names_to_keep(PurePosixPath(there))) if not system.exists(name)))
        system.makedirs(there.rpartition("/")[0], exist_ok=True)
        system.put_file(str(folder / file), there)
    _remove(system, where, [*sorted(ours - {*new, RECEIPT}), _UNFINISHED])
    return True


def _remove(system: Any, where: str, files: Iterable[str]) -> None:
    for path in (f"{where}/{file}" for file in files):
        if system.exists(path):
            system.rm_file(path)


def conduct() -> None:
    """Make reports as they are asked for on standard input, each in a fork of this process; answer on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that is printed may get among the answers
    way = "fork" if can_be_warm() else "inline"
    Backend(can_be_warm(), 1).warm_up()
    with suppress(EOFError):
        while True:
            done = next(run_jobs([Job("report", make_here, (pickle.load(sys.stdin.buffer),))], 1, way))
            pickle.dump(done.result if done.error is None else done.error, answers)
            answers.flush()
