"""``wres run``: makes a report and tells the user how it goes; or again after every change of what it is made from."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from tqdm import tqdm

from wres_helpers.problems import InputProblems, ParameterProblems
from wres_helpers.publishing.engine.workers import Job, keep_single_threaded
from wres_helpers.publishing.files.receipt import every_input, package_files
from wres_helpers.publishing.files.run_log import RunLog
from wres_helpers.publishing.files.swap import check_nothing_is_open
from wres_helpers.publishing.runs.backends import backend_for
from wres_helpers.publishing.runs.batch import Options, ReportRun, make_report
from wres_helpers.publishing.runs.incremental import code_digest
from wres_helpers.publishing.runs.sections import NEW_TEXTS, REUSED
from wres_helpers.publishing.systems.organisations import (
    ReportMade,
    ReportOrder,
    make_one,
    overview_folder,
    publish_overview,
    without_wholes,
)
from wres_helpers.settings.master_file_reader import load_parameters, reports_in
from wres_helpers.settings.parameters import Parameters


def run_command(
    params: Path, audience: str | None, only: tuple[str, ...], jobs: int | None, force: bool, watching: bool, scheduler: str | None,
    target: str | None,
) -> int:  # fmt: skip
    """Make the report of a master file, or all reports of one for many organisations; return the exit code.

    It is made here once, or `watching` after every change, or on the cluster of a `scheduler`.
    """
    keep_single_threaded()  # before anything compiled is imported, which nothing above does
    if target is not None and scheduler is None:
        raise ParameterProblems.of("--to", "a cluster to write from", "Give --scheduler too.", found="--to alone")
    options, reports = Options(only, jobs, force), reports_in(params, audience)
    is_list = reports[0].wholes is not None
    if is_list and watching:
        raise ParameterProblems.of(
            "--watch", "a master file for one organisation", "Watch one report at a time.", found="many organisations"
        )
    if is_list or scheduler is not None:
        orders = [ReportOrder(each.organisation.code, each.year, each.path, audience, options) for each in reports]
        return run_many(orders, without_wholes(reports), scheduler, target)
    if watching:
        return watch(params, options, audience)
    [parameters] = reports
    check_nothing_is_open(parameters)
    log = RunLog(parameters.project)
    with progress_bar(log) as progress:
        report = make_report(parameters, options, log, progress, backend_for(parameters, jobs))
    _tell(report)
    return 0 if report.succeeded else 1


def run_many(orders: list[ReportOrder], first: Parameters, scheduler: str | None, target: str | None) -> int:
    """Make many reports and the table of all of them, which follows the first; return the exit code."""
    start = time.perf_counter()
    log, made = RunLog(first.project), {}
    with ExitStack() as stack, progress_bar(log, unit="report") as progress:
        progress.reset(total=len(orders))
        reports, folder, also = _made_here(orders, first), first.project / first.folders.outputs, str
        if scheduler is not None:
            from wres_helpers.publishing.systems.cluster import put_overview, run_on_cluster

            gathered = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wres-")))
            reports = run_on_cluster(orders, scheduler, target, gathered)
            if target is not None:
                folder, also = gathered, partial(put_overview, target=target, name=first.path.stem)
        for report in reports:
            made[report.name] = report
            log.say(report.line)
            progress.update(1)
        made = [made[order.name] for order in orders]
        publish_overview(first, made, folder, also)
    good = [report for report in made if report.outcome in ("complete", "unchanged")]
    print(f"{len(good)} of {len(made)} reports are complete, {time.perf_counter() - start:.1f} s", file=sys.stderr)
    bad = [report.name for report in made if report not in good]
    if bad:
        print("Failed or incomplete: " + ", ".join(bad), file=sys.stderr)
    if target is not None:
        print(f"Reports were written to {target}; one without receipt.json is not finished.", file=sys.stderr)
    print(first.shown(overview_folder(first)))
    return 1 if bad else 0


def _made_here(orders: list[ReportOrder], first: Parameters) -> Iterator[ReportMade]:
    backend = backend_for(first, orders[0].options.jobs)
    backend.warm_up()
    for done in backend.run([Job(order.name, make_one, (order,)) for order in orders]):
        order = done.job.arguments[0]
        yield done.result or order.failed(done.error)


def progress_bar(log: RunLog, unit: str = "step"):
    """Return a progress bar on standard error, quiet where that is no terminal; the log's lines are printed above it."""
    tqdm.monitor_interval = 0  # tqdm's monitor is a thread, and forking beside threads is unsafe
    bar = tqdm(total=1, unit=unit, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
    log.print = partial(bar.write, file=sys.stderr)
    return bar


def _tell(report: ReportRun) -> None:
    parameters = report.parameters
    if report.unchanged:
        print(f"Nothing has changed since the last run; its report stands ({report.seconds:.1f} s).", file=sys.stderr)
        print(parameters.shown(parameters.output_folder))
        return
    present = sum(section.present for section in report.sections)
    summary = f"{present} of {len(report.sections)} sections in {report.seconds:.1f} s"
    told = {NEW_TEXTS: "with new texts and otherwise as before", REUSED: "reused because nothing they are made from has changed"}
    for outcome, words in told.items():
        if number := sum(section.outcome == outcome for section in report.sections):
            summary += f", {number} of them {words}"
    print(summary, file=sys.stderr)
    if report.failed:
        print("Failed: " + ", ".join(section.section for section in report.failed), file=sys.stderr)
    if report.published:
        print(parameters.shown(parameters.output_folder))
    else:
        print(f"Nothing was published; see {parameters.shown(parameters.output_folder)}-failed/run.log", file=sys.stderr)


def watch(params: Path, options: Options, audience: str | None) -> int:
    """Make the report, then again after every change, until Ctrl-C; return the exit code of the last run."""
    parameters = load_parameters(params, audience=audience)
    code, succeeded = code_digest(), False
    backend = backend_for(parameters, options.jobs)
    try:
        while True:
            seen = _stamps(parameters)
            try:
                parameters = load_parameters(params, audience=audience)
                report = make_report(parameters, options, RunLog(parameters.project), None, backend)
                succeeded = report.succeeded
                said = "nothing to do" if report.unchanged else f"report made in {report.seconds:.1f} s"
            except InputProblems as error:
                succeeded = False
                said = f"{error}\nThe last report is untouched"
            print(f"{said}; watching for changes, Ctrl-C ends", file=sys.stderr, flush=True)
            before, now = seen, _stamps(parameters)
            while now == seen or now != before:  # an editor may write a file in several steps
                time.sleep(0.1)
                before, now = now, _stamps(parameters)
            if code_digest() != code:  # what was imported is no longer the pack's own code
                print("The pack's code has changed; starting again.", file=sys.stderr, flush=True)
                os.execv(sys.executable, [sys.executable, "-m", "wres_helpers", *sys.argv[1:]])
    except KeyboardInterrupt:
        return 0 if succeeded else 1


def _stamps(parameters: Parameters) -> dict[Path, tuple[int, int]]:
    """Return time and size of every input, notebook and file of the pack."""
    stamps = {}
    for path in (*every_input(parameters), *package_files(), *(parameters.project / "notebooks").glob("*.ipynb")):
        with suppress(FileNotFoundError):
            stamp = path.stat()
            stamps[path] = (stamp.st_mtime_ns, stamp.st_size)
    return stamps
