"""What tests started ends with the process that ran them, also where that is killed and can end nothing itself.

Whatever a test starts, and whatever that starts in turn, has the environment of the tests' process. A watcher beside it looks whether it is
still there; once it is not, the watcher kills every process that bears its mark, in whichever session or group, and goes. Linux only: elsewhere
nothing tells the environment of another process.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

#: The mark in the environment: of whose tests a process is.
MARK = "WRES_TESTS_OF"
_watchers: list[subprocess.Popen] = []


def end_with_this_process():
    """Mark what this process starts from now on, and let it be killed soon after this process has ended."""
    if sys.platform != "linux":
        return
    os.environ[MARK] = f"{os.getpid()}-{time.time_ns()}"
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)  # held open, a pipe of the caller would never end
    # in a session of its own: an interrupt from the keyboard is not for it
    call = [sys.executable, "-IS", __file__, str(os.getpid()), os.environ[MARK]]
    _watchers.append(subprocess.Popen(call, start_new_session=True, **streams))


def _watch(parent, mark):
    while os.getppid() == parent:
        time.sleep(0.5)
    while left := _marked(mark):
        for process in left:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.1)


def _marked(mark):
    """Return the processes that have a mark in their environment, without this one and those that ended and only wait to be told of."""
    sought = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                if sought in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:  # it has ended, or is another user's
                continue
    return found


if __name__ == "__main__":
    _watch(int(sys.argv[1]), sys.argv[2])
