"""A report is swapped in whole. Witness: what a reader finds in the folder after each kind of accident."""

import os
import subprocess
import sys

import pytest

from wres_helpers.definitions.problems import InputProblems
from wres_helpers.publishing.files import swap
from wres_helpers.publishing.files.swap import Workspace


def _built(folder, text):
    (folder / "board").mkdir(parents=True)
    (folder / "board" / "report.html").write_text(text)
    (folder / "receipt.json").write_text(text)


def _seen(output):
    return {(output / "board" / "report.html").read_text(), (output / "receipt.json").read_text()}


@pytest.fixture
def output(tmp_path):
    return tmp_path / "outputs" / "necs" / "2019-20"


@pytest.fixture
def published(output):
    with Workspace(output, "outputs") as workspace:
        _built(workspace.building, "first")
        workspace.publish()
    return output


def test_a_first_report_appears_only_when_it_is_published(output):
    with Workspace(output, "outputs") as workspace:
        _built(workspace.building, "first")
        assert not output.exists()
        workspace.publish()
    assert _seen(output) == {"first"}


def test_the_next_report_replaces_it_whole(published):
    (published / "board" / "only-in-the-first.csv").write_text("x")
    with Workspace(published, "outputs") as workspace:
        _built(workspace.building, "second")
        assert _seen(published) == {"first"}
        workspace.publish()
    assert _seen(published) == {"second"}
    assert not (published / "board" / "only-in-the-first.csv").exists()
    assert [path.name for path in (published.parent / swap.HIDDEN_FOLDER).iterdir()] == ["2019-20.lock"]


def test_the_same_where_two_folders_cannot_change_names_in_one_step(published, monkeypatch):
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    with Workspace(published, "outputs") as workspace:
        _built(workspace.building, "second")
        workspace.publish()
    assert _seen(published) == {"second"}


def test_a_run_that_breaks_off_leaves_the_last_report(published):
    with pytest.raises(ZeroDivisionError), Workspace(published, "outputs") as workspace:
        _built(workspace.building, "second")
        raise ZeroDivisionError
    assert _seen(published) == {"first"}
    assert not workspace.building.exists()


def test_a_report_left_under_another_name_between_two_renames_is_put_back(published):
    hidden = published.parent / swap.HIDDEN_FOLDER
    published.rename(hidden / "2019-20.previous")
    _built(hidden / "2019-20.building-dead", "half")
    with Workspace(published, "outputs"):
        assert _seen(published) == {"first"}
        assert not (hidden / "2019-20.building-dead").exists()


def test_a_second_rename_that_fails_puts_the_first_report_back(published, monkeypatch):
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    renamed = swap._renamed

    def failing(source, target, shown):
        if target == published:
            raise OSError("disk full")
        renamed(source, target, shown)

    monkeypatch.setattr(swap, "_renamed", failing)
    with pytest.raises(OSError, match="disk full"), Workspace(published, "outputs") as workspace:
        _built(workspace.building, "second")
        workspace.publish()
    assert _seen(published) == {"first"}


def test_two_runs_of_one_report_do_not_mix(published):
    with Workspace(published, "outputs/necs/2019-20"), pytest.raises(InputProblems, match="a run under way"):
        Workspace(published, "outputs/necs/2019-20").__enter__()
    with Workspace(published, "outputs/necs/2019-20"):
        pass  # the lock is free again


def test_a_killed_run_holds_no_lock(published):
    code = (
        "import os, signal, pathlib; from wres_helpers.publishing.files.swap import Workspace;"
        f"workspace = Workspace(pathlib.Path({str(published)!r}), 'outputs').__enter__();"
        "(workspace.building / 'half').write_text('x'); os.kill(os.getpid(), signal.SIGTERM)"
    )
    subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ})
    with Workspace(published, "outputs") as workspace:
        assert list(workspace.hidden.glob("*.building-*")) == [workspace.building]
    assert _seen(published) == {"first"}


def test_where_nothing_can_be_published_the_failed_run_is_kept_for_a_look(published):
    with Workspace(published, "outputs") as workspace:
        _built(workspace.building, "nothing")
        failed = workspace.keep_failed()
    assert _seen(published) == {"first"}
    assert _seen(failed) == {"nothing"}
