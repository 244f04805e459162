"""``wres run --watch``: makes the report again whenever one of its files is saved; everything stays warm in between."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.receipt import input_files, program_files
from wres_helpers.publishing.files.run_log import RunLog
from wres_helpers.publishing.runs.backends import backend_for
from wres_helpers.publishing.runs.batch import Options, make_report
from wres_helpers.publishing.runs.incremental import code_digest
from wres_helpers.settings.parameters import Parameters, load_parameters

_LOOK_SECONDS = 0.1


def watch(params: Path, options: Options, audience: str | None) -> int:
    """Make the report, then again after every change, until Ctrl-C; return the exit code of the last run."""
    parameters = load_parameters(params, audience=audience)
    code = code_digest()
    succeeded = False
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
                time.sleep(_LOOK_SECONDS)
                before, now = now, _stamps(parameters)
            if code_digest() != code:  # what was imported is no longer the pack's own code
                print("The pack's code has changed; starting again.", file=sys.stderr, flush=True)
                os.execv(sys.executable, [sys.executable, "-m", "wres_helpers", *sys.argv[1:]])
    except KeyboardInterrupt:
        return 0 if succeeded else 1


def _stamps(parameters: Parameters) -> dict[Path, tuple[int, int]]:
    """Return time and size of every input, notebook and file of the pack."""
    stamps = {}
    for path in (*input_files(parameters), *program_files(parameters.project)):
        with suppress(FileNotFoundError):
            stamp = path.stat()
            stamps[path] = (stamp.st_mtime_ns, stamp.st_size)
    return stamps
