"""``wres run --watch``: makes the report again whenever one of its files is saved; everything stays warm in between."""

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.receipt import input_files, program_files
from wres_helpers.publishing.files.run_log import RunLog
from wres_helpers.publishing.runs.backends import backend_for
from wres_helpers.publishing.runs.batch import Options, make_report
from wres_helpers.publishing.runs.incremental import code_digest
from wres_helpers.settings.parameters import Parameters, load_parameters

_LOOK_SECONDS = 0.03
#: The pack's own code is looked at less often: it has many files and hardly ever changes.
_LOOKS_AT_CODE = 30

#: Time and size of each file.
_Stamps = dict[Path, tuple[int, int]]


def watch(params: Path, options: Options, audience: str | None) -> int:
    """Make the report, then again after every change, until Ctrl-C; return the exit code of the last run."""
    parameters = load_parameters(params, audience=audience)
    code = code_digest()
    succeeded = False
    backend = backend_for(parameters, options.jobs)
    try:
        while True:
            seen, seen_code = _stamps(_edited_files(parameters)), _stamps(program_files(parameters.project))
            try:
                parameters = load_parameters(params, audience=audience)
                report = make_report(parameters, options, RunLog(parameters.project), None, backend)
                succeeded = report.succeeded
                said = "nothing to do" if report.unchanged else f"report made in {report.seconds:.1f} s"
            except InputProblems as error:
                succeeded = False
                said = f"{error}\nThe last report is untouched"
            print(f"{said}; watching for changes, Ctrl-C ends", file=sys.stderr, flush=True)
            _wait_for_change(parameters, seen, seen_code)
            if _stamps(program_files(parameters.project)) != seen_code and code_digest() != code:
                _start_again()
    except KeyboardInterrupt:
        return 0 if succeeded else 1


def _wait_for_change(parameters: Parameters, seen: _Stamps, seen_code: _Stamps) -> None:
    look = 0
    while (now := _stamps(_edited_files(parameters))) == seen:
        look += 1
        if look % _LOOKS_AT_CODE == 0 and _stamps(program_files(parameters.project)) != seen_code:
            break
        time.sleep(_LOOK_SECONDS)
    while True:  # an editor may write a file in several steps
        time.sleep(_LOOK_SECONDS / 2)
        if (later := _stamps(_edited_files(parameters))) == now:
            return
        now = later


def _edited_files(parameters: Parameters) -> list[Path]:
    return [*input_files(parameters), *(parameters.project / "notebooks").glob("*.ipynb")]


def _stamps(files: Iterable[Path]) -> _Stamps:
    stamps = {}
    for path in files:
        try:
            stamp = path.stat()
        except FileNotFoundError:
            continue
        stamps[path] = (stamp.st_mtime_ns, stamp.st_size)
    return stamps


def _start_again() -> None:
    """Start this command anew: the pack's own code has changed, and what was imported is no longer it."""
    print("The pack's code has changed; starting again.", file=sys.stderr, flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "wres_helpers", *sys.argv[1:]])
