"""Reports on an existing Dask cluster: ``wres run PARAMS --scheduler tcp://...``.

Each organisation and year is a task. It carries what its report is made from and brings the report back (or writes it to
a shared folder), so workers need the pack and nothing of the project. A task whose worker is lost is given to another;
a report is swapped in whole when it has come back, so none is there twice and none in part.
"""

import logging
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.swap import Workspace, write_list
from wres_helpers.publishing.runs.incremental import nothing_to_do
from wres_helpers.publishing.systems.cluster_worker import (
    RemoteOrder,
    RemoteReport,
    about_worker,
    make_remote,
    project_archive,
    put_report,
    unpacked,
)
from wres_helpers.publishing.systems.organisations import OVERVIEW_FOLDER, ReportMade, ReportOrder

#: Tasks a worker has waiting: enough to keep it busy, few enough to keep the client's memory small.
_AHEAD = 2
_TRIES = 3


def run_on_cluster(orders: list[ReportOrder], scheduler: str, target: str | None, gathered: Path) -> Iterator[ReportMade]:
    """Make reports on a cluster and give what became of each, as it comes back.

    `scheduler` is an address (``tcp://10.0.0.5:8786``), `target` the fsspec address of a folder to write reports into; None brings them back
    into the project's outputs. The results of those that are written elsewhere are `gathered` in a folder.

    Raises InputProblems: Dask is not installed, nobody answers at the address, or the workers have another version of the pack.
    """
    with _connected(scheduler) as client:
        _check_workers(client, scheduler)
        for order, report in _answers(client, orders, target):
            lost = not isinstance(report, RemoteReport) and ReportMade(order.organisation, order.year, "failed", message=report)
            yield lost or _taken(order, report, gathered)


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


def _asked(order: ReportOrder, target: str | None) -> RemoteOrder | RemoteReport | str:
    """Return what is to be sent for an order, or its answer where nothing has to be made."""
    try:
        parameters = order.parameters()
        if target is None and not order.options.force and nothing_to_do(parameters):
            return RemoteReport(ReportMade(order.organisation, order.year, "unchanged", len(parameters.sections)), None, {})
        return RemoteOrder(parameters.file, project_archive(parameters), order, target)
    except InputProblems as error:
        return str(error)


def _answers(client: Any, orders: list[ReportOrder], target: str | None) -> Iterator[tuple[ReportOrder, RemoteReport | str]]:
    """Keep the workers busy and yield each order with its report, or with the reason why there is none."""
    from distributed import as_completed

    running: dict[str, ReportOrder] = {}
    finished = as_completed([], raise_errors=False)
    waiting = deque(orders)
    while waiting or running:
        while waiting and len(running) < _AHEAD * max(1, len(client.scheduler_info(n_workers=-1).get("workers", ()))):
            order = waiting.popleft()
            asked = _asked(order, target)
            if not isinstance(asked, RemoteOrder):
                yield order, asked
                continue
            # pure=False: a task is known by itself, never mistaken for an earlier one with the same content
            future = client.submit(make_remote, asked, pure=False, retries=_TRIES, key=f"wres-{order.name}-{time.time_ns()}")
            running[future.key] = order
            finished.add(future)
        if running:
            future = next(finished)
            order = running.pop(future.key)
            error = future.exception()
            if isinstance(error, CancelledError):  # nobody cancels here: the scheduler is gone, and all that was running with it
                raise error
            yield order, future.result() if error is None else f"{type(error).__name__}: {error}"
            future.release()


def _taken(order: ReportOrder, report: RemoteReport, gathered: Path) -> ReportMade:
    """Swap in a report that has come back; of one that was written elsewhere keep the results for the table of all."""
    if report.archive is not None:
        parameters = order.parameters()
        with Workspace(parameters.output_folder, parameters.shown(parameters.output_folder)) as workspace:
            unpacked(report.archive, workspace.building)
            workspace.publish()
    for audience, content in report.results.items():
        path = gathered / order.organisation / order.year / audience / "data" / "results.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return report.made
