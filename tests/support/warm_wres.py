"""The command ``wres`` without the seconds of its start: a process that has imported everything is forked for each call.

What a call prints, returns, reads and writes is that of ``python -m wres_helpers`` in the same folder; which modules are
imported on the way is not, so tests of imports, of signals and of a changed package start a process of their own.

A script of some lines may be run in the same way (:func:`python`).

What was calculated of the same inputs in the same place may stand beside the folder (:data:`KNOWN`): the call then remembers it,
by its content, as the notebooks of a run remember what the run has calculated. Where an input differs, it is calculated.
"""

import atexit
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "linux":
    import resource

PROJECT = Path(__file__).resolve().parents[2]
SECONDS = 600
KILLED = 137
#: File beside a project with what calls there may remember.
KNOWN = "known.pickle"
MODULE = [sys.executable, "-m", "wres_helpers"]
_CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.truncate"}
_forker: list[subprocess.Popen] = []


def wres(folder, *arguments, timeout=SECONDS, dies_at=None, largest_file=None, environment=None):
    """Call ``wres`` in a folder; return what ``subprocess.run`` returns, with text.

    On Linux the call may be killed before the change of the disk of some number (``dies_at``; then it returns
    :data:`KILLED`), and may be allowed files of so many bytes only (``largest_file``), as on a disk that is full.
    """
    with started(folder, *arguments, timeout=timeout, dies_at=dies_at, largest_file=largest_file, environment=environment) as process:
        code = process.wait()
        if code == -getattr(signal, "SIGALRM", 0):
            process.end()
            raise subprocess.TimeoutExpired(arguments, timeout)
        return subprocess.CompletedProcess(arguments, code, *process.said())


def python(folder, script, environment=None):
    """Run a script in a folder, in a process of its own that has imported everything; return what ``subprocess.run`` returns, with text."""
    with started(folder, "-c", script, environment=environment) as process:
        code = process.wait()
        return subprocess.CompletedProcess(script, code, *process.said())


@contextmanager
def started(folder, *arguments, timeout=SECONDS, dies_at=None, largest_file=None, environment=None):
    """Begin a call of ``wres``, as :func:`wres` does; give it as a :class:`Started`. It is killed at the end if it is still at it."""
    arguments, environment = [str(argument) for argument in arguments], environment or {}
    with tempfile.TemporaryDirectory() as place:
        streams = [str(Path(place, name)) for name in ("stdout", "stderr")]
        if sys.platform == "linux":
            order = {"arguments": arguments, "folder": str(folder), "streams": streams, "seconds": timeout, "environment": environment}
            process = Started(_answer(call=order | {"dies_at": dies_at, "largest_file": largest_file}))
        else:
            with open(streams[0], "w", encoding="utf-8") as out, open(streams[1], "w", encoding="utf-8") as err:  # noqa: PTH123
                call = [sys.executable, *arguments] if arguments[:1] == ["-c"] else [*MODULE, *arguments]
                process = subprocess.Popen(call, cwd=folder, stdout=out, stderr=err, env=os.environ | environment)
        process.said = lambda: [Path(name).read_text(encoding="utf-8", errors="replace") if Path(name).exists() else "" for name in streams]
        try:
            yield process
        finally:
            if process.poll() is None:
                process.end() if isinstance(process, Started) else process.kill()
                process.wait()


class Started:
    """A call under way in a fork: what ``subprocess.Popen`` offers; ``said()`` gives its standard output and error so far."""

    def __init__(self, pid):
        self.pid, self.returncode = pid, None

    def poll(self):
        return self.wait(how=os.WNOHANG)

    def wait(self, timeout=None, how=0):
        """Return its exit code, also where it was ended because the seconds it was given are over."""
        if self.returncode is None:
            self.returncode = _answer(waited_for=self.pid, how=how)
        return self.returncode

    def send_signal(self, number):
        os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def end(self):
        """Kill it with its workers, and wait until none runs: one would hold the report's lock, and the next test find a run under way."""
        while _runs_in(self.pid):
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            time.sleep(0.01)


def _runs_in(group) -> bool:
    """Tell whether a process of a group is there and has not ended."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, of, *_ = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if of == str(group) and state not in "ZX":
                return True
    return False


def forker() -> int:
    """Return the process that has imported everything and is forked for each call; it is started now where it has not been."""
    if not _forker:
        # its errors go where pytest's own go: a forker that cannot start says why
        _forker.append(subprocess.Popen([sys.executable, __file__], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        atexit.register(_let_go)
    return _forker[0].pid


def _let_go():
    """End the forker and wait for it: the processor time of all calls is its own, and else would be counted nowhere."""
    _forker[0].stdin.close()
    try:
        _forker[0].wait(10)
    except subprocess.TimeoutExpired:
        _forker[0].kill()


def _answer(**order):
    forker()
    print(json.dumps(order), file=_forker[0].stdin, flush=True)
    return json.loads(_forker[0].stdout.readline())


def _import_all():
    from wres_helpers.publishing.engine.workers import keep_single_threaded

    keep_single_threaded()
    from wres_helpers.commands import check_command, run_command  # noqa: F401 imported for the children
    from wres_helpers.publishing.runs.backends import import_everything

    import_everything()
    # pydantic makes what reads and tells a master file when it first does, and packages are asked for their versions: each call would for itself
    from wres_helpers.intake import asked_about  # noqa: F401
    from wres_helpers.publishing.files.receipt import package_versions
    from wres_helpers.remembered import fingerprint
    from wres_helpers.settings.master_file_reader import load_parameters

    package_versions()
    fingerprint(load_parameters(PROJECT / "params" / "necs-2019-20.yaml"))


def _serve():
    _import_all()
    import known_results  # beside this file, for the children; after what keeps the libraries to one thread

    known_results.know_reference_tables()
    for table in (PROJECT / "data" / "reference" / "standards").glob("*/indicators.csv"):
        known_results.reference_tables.reference_notices(table.parent)
    sys.path[0] = ""  # as python -m has it: the folder one is in, not that of this file
    for line in sys.stdin:
        print(json.dumps(_done(**json.loads(line))), flush=True)
    os._exit(0)


def _done(call=None, waited_for=None, how=0):
    """Begin a call and return its process, or return the exit code of one that was begun, None while it is at it."""
    if call is None:
        pid, status = os.waitpid(waited_for, how)
        return os.waitstatus_to_exitcode(status) if pid else None
    pid = os.fork()
    if not pid:
        _be_called(**call)
    with suppress(OSError):  # it may have gone
        os.setpgid(pid, pid)  # what it starts can be ended with it
    return pid


def _die_at(step):
    """End this process without a word before the given change of the disk."""
    left = [step]

    def watch(event, details):
        if event in _CHANGES or (event == "open" and isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            left[0] -= 1
            if left[0] < 0:
                os._exit(KILLED)

    sys.addaudithook(watch)


def _be_called(arguments, folder, streams, seconds, dies_at, largest_file, environment):
    code = 1
    try:
        os.environ.update(environment)
        for number, name in enumerate([os.devnull, *streams]):
            os.dup2(os.open(name, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT), number)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        os.chdir(folder)
        if dies_at is largest_file is None:
            sys.modules["known_results"].share()  # its files are no changes of the disk that a call makes
        if (known := Path(folder).parent / KNOWN).is_file():
            from wres_helpers import remembered

            remembered.adopt(pickle.loads(known.read_bytes()))
        sys.argv = ["wres", *arguments]
        from wres_helpers.cli import main

        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
        if dies_at is not None:
            _die_at(dies_at)
        if arguments[:1] == ["-c"]:
            exec(compile(arguments[1], "<script>", "exec"), {"__name__": "__main__"})
            code = 0
        else:
            main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 a traceback is what tests look for
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
