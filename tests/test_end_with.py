"""Processes that tests started end with them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

#: A process of tests: it starts one that starts another in a session of its own, tells their numbers, and waits.
_TESTS = """
import subprocess, sys, time
sys.path.insert(0, {tests!r})
from support.end_with import end_with_this_process
end_with_this_process()
inner = "import subprocess, sys; print(subprocess.Popen(['sleep', '300'], start_new_session=True).pid, flush=True); import time; time.sleep(300)"
outer = subprocess.Popen([sys.executable, "-IS", "-c", inner], stdout=subprocess.PIPE, text=True)
print([outer.pid, int(outer.stdout.readline())], flush=True)
time.sleep(300)
"""


def _runs(process):
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_what_killed_tests_started_ends_soon_after_them():
    """Witness: the system's own list of processes. A scheduler with two workers, of a test that was killed, once ran on for eighty minutes."""
    script = _TESTS.format(tests=str(Path(__file__).parent))
    tests = subprocess.Popen([sys.executable, "-IS", "-c", script], stdout=subprocess.PIPE, text=True)
    started = json.loads(tests.stdout.readline())
    assert all(map(_runs, started))
    tests.send_signal(signal.SIGKILL)
    tests.wait()
    tests.stdout.close()
    end = time.monotonic() + 60
    while (left := list(filter(_runs, started))) and time.monotonic() < end:
        time.sleep(0.05)
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert not left


def test_these_tests_are_watched():
    """The rule holds for every test: what one starts bears the mark of the process that runs it."""
    if sys.platform == "linux":
        told = subprocess.run(
            [sys.executable, "-IS", "-c", "import os; print(os.environ['WRES_TESTS_OF'])"], capture_output=True, check=True
        )
        assert told.stdout.startswith(b"%d-" % os.getpid())
