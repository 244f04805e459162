"""``wres run``: makes a report and tells the user how it goes."""

import sys
from pathlib import Path

from wres_helpers.definitions.parameters import load_parameters
from wres_helpers.publishing.backends import backend_for
from wres_helpers.publishing.batch import Options, Report, make_report
from wres_helpers.publishing.run_log import RunLog


def run_command(params: Path, only: tuple[str, ...], jobs: int | None, audience: str | None, force: bool) -> int:
    """Make a report; return the exit code."""
    parameters = load_parameters(params, audience=audience)
    log = RunLog(parameters.project)
    with progress_bar(log) as progress, backend_for(parameters, jobs) as backend:
        report = make_report(parameters, Options(only, jobs, force), log, progress, backend)
    _tell(report)
    return 0 if report.succeeded else 1


def progress_bar(log: RunLog):
    """Return a progress bar on standard error, quiet where that is no terminal; the log's lines are printed above it."""
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # tqdm's monitor is a thread, and forking beside threads is unsafe
    bar = tqdm(total=1, unit="step", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
    log.attach(lambda text: bar.write(text, file=sys.stderr))
    return bar


def _tell(report: Report) -> None:
    parameters = report.parameters
    if report.unchanged:
        print(f"Nothing has changed since the last run; its report stands ({report.seconds:.1f} s).", file=sys.stderr)
        print(parameters.shown(parameters.output_folder))
        return
    present = sum(section.present for section in report.sections)
    summary = f"{present} of {len(report.sections)} sections in {report.seconds:.1f} s"
    reused = sum(section.outcome == "reused" for section in report.sections)
    if reused:
        summary += f", {reused} of them reused because nothing they are made from has changed"
    print(summary, file=sys.stderr)
    if report.failed:
        print("Failed: " + ", ".join(section.section for section in report.failed), file=sys.stderr)
    if report.published:
        print(parameters.shown(parameters.output_folder))
    else:
        print(f"Nothing was published; see {parameters.shown(parameters.output_folder)}-failed/run.log", file=sys.stderr)
