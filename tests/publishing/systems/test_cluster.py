"""Reports on a Dask cluster of a scheduler and two workers, one of which is killed in mid-run."""

import json
import signal
import socket
import sys
import time
from contextlib import ExitStack

import pytest
from support.small_project import contents, files, wres
from support.small_system import CODES, MASTER, only, outcomes
from support.warm_wres import started

from wres_helpers.publishing.files.swap import write_list
from wres_helpers.publishing.systems.cluster import _connected, put_report

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler and two workers, which do what those do that a user starts by hand; gives its address, the scheduler and the workers.

    The tests that use it do so in their order: the second kills a worker, the last the scheduler.
    """
    folder = tmp_path_factory.mktemp("cluster")
    port = str(_free_port())
    address = f"tcp://127.0.0.1:{port}"

    def start(part, *arguments):
        # what `python -m distributed.cli.dask_worker` does, in a process that has imported everything else
        call = f"import sys; sys.argv[1:] = {list(arguments)!r}; from distributed.cli.dask_{part} import main; main()"
        return stack.enter_context(started(folder, "-c", call))

    with ExitStack() as stack:
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        yield address, scheduler, *(start("worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny") for _ in range(2))


def whole(folder):
    return {"receipt.json", "board/report.pdf", "board/report.html", "analyst/report.html"} <= files(folder)


def test_reports_may_go_to_a_shared_folder(system, cluster, tmp_path):
    address, *_ = cluster
    only(system, "alpha", "gamma")
    shared = tmp_path / "shared"
    done = wres(system, "run", MASTER, "--scheduler", address, "--to", f"file://{shared}")
    assert "gamma 2019-20: FAILED" in done.stderr
    assert "Traceback" not in done.stderr
    assert [code for code in CODES if whole(shared / code / "2019-20")] == ["alpha"]
    assert (shared / "_overview/system/analyst/results.csv").is_file()
    assert not list((system / "outputs").glob("alpha"))


def test_a_worker_is_killed_and_every_report_is_whole(system, cluster):
    address, _, worker, _ = cluster
    outputs = system / "outputs"
    with started(system, "run", MASTER, "--scheduler", address) as process:
        while process.poll() is None and not list(outputs.glob("*/2019-20/receipt.json")):
            time.sleep(0.05)
        worker.send_signal(signal.SIGKILL)
        process.wait()
        _, said = process.said()
    assert process.returncode == 1, said  # one organisation has a mistake in its data, and is named
    assert "gamma 2019-20: FAILED" in said
    assert "headcount.csv, row 2" in said
    assert "Traceback" not in said
    assert outcomes(system) == {"alpha": "complete", "beta": "complete", "gamma": "failed", "delta": "complete"}
    for code in CODES:
        assert whole(outputs / code / "2019-20") == (code != "gamma")
    before = contents(outputs / "beta")
    again = wres(system, "run", MASTER, "--scheduler", address)
    assert outcomes(system) == {"alpha": "unchanged", "beta": "unchanged", "gamma": "failed", "delta": "unchanged"}, again.stderr
    assert contents(outputs / "beta") == before
    for content in before.values():
        assert b"/tmp/wres-" not in content


def test_a_scheduler_that_is_lost_is_told(system, cluster):
    address, scheduler, *_ = cluster
    only(system, "alpha", "beta")
    # as long as Dask is set to try, half a minute as installed, it looks for a scheduler that was lost
    patience = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s"}
    with started(system, "run", MASTER, "--scheduler", address, environment=patience) as process:
        while process.poll() is None and not list((system / "outputs").glob("*/2019-20/receipt.json")):
            time.sleep(0.05)
        scheduler.kill()
        process.wait()
        _, said = process.said()
    assert process.returncode == 1
    assert "--scheduler: found a connection that was lost" in said
    assert "Traceback" not in said


def test_a_connection_that_is_slow_to_close_costs_nothing_of_what_came_back(monkeypatch):
    """On a busy machine closing took more than its two seconds, and the overview of reports that all stood was not written.

    Witness: what Dask does then, by its own account: it raises TimeoutError.
    """

    class Slow:
        def __init__(self, scheduler):
            self.status = "running"

        def close(self, timeout):
            raise TimeoutError(f"timed out after {timeout} s.")

    monkeypatch.setattr("distributed.Client", Slow)
    with _connected("tcp://127.0.0.1:1") as client:
        assert client.status == "running"


def test_where_nobody_answers_it_is_said(system):
    done = wres(system, "run", MASTER, "--scheduler", "nonsense")
    assert done.returncode == 1
    assert "a Dask scheduler that answers" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_extra_the_message_says_how_to_install_it(system):
    (system / "distributed.py").write_text("raise ImportError('not here')\n")
    done = wres(system, "run", MASTER, "--scheduler", "tcp://127.0.0.1:1")
    assert done.returncode == 1
    assert "[cluster]" in done.stderr


def test_somebodys_own_file_in_the_shared_folder_stays(tmp_path):
    """Witness: the folder read by hand; no cluster is needed to write a report to an address."""
    before, now, place = tmp_path / "before", tmp_path / "now", tmp_path / "shared" / "alpha" / "2019-20"
    for folder, names in ((before, ["report.html", "old.csv"]), (now, ["report.html", "new.csv"])):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(folder.name)
        write_list(folder)
    assert put_report(before, f"file://{tmp_path / 'shared'}", "alpha/2019-20")
    for name in ("minutes.docx", "new.csv"):
        (place / name).write_text("mine")
    assert put_report(now, f"file://{tmp_path / 'shared'}", "alpha/2019-20")
    seen = {path.name: path.read_text() for path in place.iterdir() if path.name != "receipt.json"}
    assert seen == {"report.html": "now", "new.csv": "now", "minutes.docx": "mine", "new (kept).csv": "mine"}


def test_a_complete_report_in_the_shared_folder_outlasts_an_incomplete_one(tmp_path):
    for outcome in ("complete", "incomplete"):
        (tmp_path / outcome).mkdir()
        (tmp_path / outcome / "report.html").write_text(outcome)
        (tmp_path / outcome / "receipt.json").write_text(json.dumps({"receipt": 1, "outcome": outcome, "outputs": {"report.html": ""}}))
    assert put_report(tmp_path / "complete", str(tmp_path / "shared"), "alpha")
    assert not put_report(tmp_path / "incomplete", str(tmp_path / "shared"), "alpha", force=False)
    assert (tmp_path / "shared/alpha/report.html").read_text() == "complete"
    assert put_report(tmp_path / "incomplete", str(tmp_path / "shared"), "alpha", force=True)
    assert (tmp_path / "shared/alpha/report.html").read_text() == "incomplete"
