"""A cluster worker's side: makes one report from an archive, in a process that stays warm between tasks.

A Dask worker has threads, so it must not fork. Beside it runs a conductor: a process with one thread that has imported
everything and forks a worker for each report, as ``wres run`` does. It ends when the Dask worker does.
"""

import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from wres_helpers import __version__
from wres_helpers.publishing.engine.workers import ONE_THREAD, Job, can_be_warm, run_jobs
from wres_helpers.publishing.files.receipt import RECEIPT, every_input, extract_files, named_by_receipt, package_versions, trusted
from wres_helpers.publishing.files.swap import names_to_keep
from wres_helpers.publishing.runs.backends import Backend
from wres_helpers.publishing.runs.incremental import code_digest
from wres_helpers.publishing.systems.organisations import ReportMade, ReportOrder, make_one
from wres_helpers.settings.parameters import Parameters

#: The same content gives the same archive.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def packed(folder: Path, files: Iterable[Path]) -> bytes:
    """Return files below a folder as an archive, named as seen from the folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in files:
            archive.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix(), _NO_TIME), path.read_bytes(), zipfile.ZIP_DEFLATED)
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
    """What came of it: its row, the report itself where it comes back, and its results for the table of all where it does not."""

    made: ReportMade
    archive: bytes | None
    results: dict[str, bytes]


def make_remote(order: RemoteOrder) -> RemoteReport:
    """Make a report on this worker (the task that is sent to the cluster)."""
    conductor = getattr(_local, "conductor", None)
    if conductor is None or conductor.poll() is not None:
        # one conductor a thread: a worker with several threads makes several reports at once
        command = [sys.executable, "-m", "wres_helpers.publishing.systems.cluster_worker"]
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
        if order.target is None or not (folder / RECEIPT).is_file():
            there = sorted(path for path in folder.rglob("*") if path.is_file())
            return RemoteReport(made, packed(folder, there) if (folder / RECEIPT).is_file() else None, {})
        tables = {audience: folder / audience / "data" / "results.csv" for audience in ("board", "analyst")}
        results = {audience: path.read_bytes() for audience, path in tables.items() if path.is_file()}
        if not put_report(folder, order.target, f"{made.organisation}/{made.year}", order.order.options.force):
            made = replace(made, outcome="failed", message=f"{made.message}; the report at its place is complete and stays")
        return RemoteReport(made, None, results)


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


def about_worker() -> dict[str, Any]:
    """Return what must be the same on every machine that makes parts of one system's reports."""
    return {"pack": __version__, "code": code_digest(), "packages": package_versions(), "python": sys.version.split()[0]}


if __name__ == "__main__":
    # by its own name, so that what is pickled here is known there
    from wres_helpers.publishing.systems.cluster_worker import conduct as conduct_by_name

    conduct_by_name()
