"""The forks that answer calls of ``wres`` for tests."""

import subprocess
import sys
import time

import pytest
from support.warm_wres import started, wres

#: A call that starts a process, as a run starts its workers, and never ends; that process has not asked to die with it yet.
_HANGS = "import os, time\npid = os.getpid()\nif not os.fork():\n    print(pid, file=open('begun', 'w'), flush=True)\ntime.sleep(300)"


@pytest.mark.skipif(sys.platform != "linux", reason="groups of forked processes")
@pytest.mark.parametrize("how", ["its time is over", "the test is over"])
def test_a_call_that_is_ended_leaves_no_process_that_holds_a_lock(tmp_path, how):
    """Witness: the system's list of processes. Of a call whose time was over a worker ran on, and two further tests found a run under way."""
    begun = tmp_path / "begun"
    if how == "its time is over":
        with pytest.raises(subprocess.TimeoutExpired):
            wres(tmp_path, "-c", _HANGS, timeout=1)
    else:
        with started(tmp_path, "-c", _HANGS):
            while not begun.exists() or not begun.read_text():
                time.sleep(0.01)
            assert len(_running(begun)) == 2
    assert _running(begun) == []


def _running(begun):
    told = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    of, running = begun.read_text().strip(), [line.split() for line in told.splitlines()]
    return [group for group, state in running if group == of and state[0] not in "ZX"]
