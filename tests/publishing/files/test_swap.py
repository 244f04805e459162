"""A report is swapped in whole. Witness: what a reader finds in the folder after each kind of accident."""

import json
import os
import subprocess
import sys

import pytest

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files import swap
from wres_helpers.publishing.files.swap import Workspace


def _built(folder, text):
    (folder / "board").mkdir(parents=True)
    (folder / "board" / "report.html").write_text(text)
    (folder / "board" / f"only-in-{text}.csv").write_text(text)
    files = ["board/report.html", f"board/only-in-{text}.csv"]
    (folder / "receipt.json").write_text(json.dumps({"receipt": 1, "run": text, "outputs": dict.fromkeys(files)}))


def _seen(output):
    return {(output / "board" / "report.html").read_text(), json.loads((output / "receipt.json").read_text())["run"]}


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
    with Workspace(published, "outputs") as workspace:
        _built(workspace.building, "second")
        assert _seen(published) == {"first"}
        workspace.publish()
    assert _seen(published) == {"second"}
    assert not (published / "board" / "only-in-first.csv").exists()
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


STRANGERS = {"minutes.docx": "minutes", "board/sections/marked up.html": "marks", "board/new.csv": "a name the next run takes"}


def _strange(folder):
    for name, text in STRANGERS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def _stranger_texts(folder):
    return sorted(path.read_text() for path in folder.rglob("*") if path.is_file() and path.read_text() in STRANGERS.values())


@pytest.mark.parametrize("in_one_step", [True, False])
def test_somebodys_own_file_stays_through_every_swap(published, monkeypatch, in_one_step):
    if not in_one_step:
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    _strange(published)
    for text in ("second", "third"):
        with Workspace(published, "outputs") as workspace:
            _built(workspace.building, text)
            (workspace.building / "board" / "new.csv").write_text("from the run")
            content = json.loads((workspace.building / "receipt.json").read_text())
            content["outputs"]["board/new.csv"] = None
            (workspace.building / "receipt.json").write_text(json.dumps(content))
            told = workspace.kept()
            workspace.publish()
        assert len(told) == 3
        assert _seen(published) == {text}
        assert _stranger_texts(published) == sorted(STRANGERS.values())
    assert (published / "board" / "new.csv").read_text() == "from the run"
    assert (published / "board" / "new (kept).csv").read_text() == "a name the next run takes"
    assert not (published / "board" / "only-in-second.csv").exists()


@pytest.mark.parametrize("in_one_step", [True, False])
def test_what_somebody_wrote_into_a_file_of_the_run_is_kept_beside_the_new_one(published, monkeypatch, in_one_step):
    """Witness: comments in the board's Word file, saved where it lies; the next run took its place without a word."""
    if not in_one_step:
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    for text in ("second", "third", "fourth"):
        with Workspace(published, "outputs") as workspace:
            (workspace.building / "report.docx").write_text(text)
            told = workspace.kept()
            workspace.publish()
        if text == "second":
            (published / "report.docx").write_text("with comments")
    assert told == ["2019-20/report (kept).docx"]
    assert {path.name: path.read_text() for path in published.glob("*.docx")} == {
        "report.docx": "fourth",
        "report (kept).docx": "with comments",
    }


def test_a_folder_without_a_receipt_is_nobodys_to_remove(output):
    _strange(output)
    with Workspace(output, "outputs") as workspace:
        _built(workspace.building, "first")
        workspace.publish()
    assert _seen(output) == {"first"}
    assert _stranger_texts(output) == sorted(STRANGERS.values())


def test_what_is_saved_while_the_swap_happens_is_kept(published, monkeypatch):
    exchange = swap.exchange
    (published / "open.docx").write_text("as it was")

    def while_somebody_saves(first, second):
        (second / "saved.docx").write_text("minutes")
        (second / "saved anew").write_text("as it is")
        (second / "saved anew").replace(second / "open.docx")  # as editors save
        return exchange(first, second)

    monkeypatch.setattr(swap, "exchange", while_somebody_saves)
    with Workspace(published, "outputs") as workspace:
        _built(workspace.building, "second")
        workspace.publish()
    assert (published / "saved.docx").read_text() == "minutes"
    assert {path.read_text() for path in published.glob("open*.docx")} == {"as it was", "as it is"}


def test_somebodys_own_file_beside_a_failed_run_stays(published):
    with Workspace(published, "outputs") as workspace:
        _built(workspace.building, "nothing")
        failed = workspace.keep_failed()
    _strange(failed)
    with Workspace(published, "outputs") as workspace:
        _built(workspace.building, "again nothing")
        workspace.keep_failed()
    assert _seen(failed) == {"again nothing"}
    assert _stranger_texts(failed) == sorted(STRANGERS.values())
    with Workspace(published, "outputs") as workspace:
        _built(workspace.building, "a good one")
        workspace.publish()
    assert sorted(path.name for path in failed.rglob("*") if path.is_file()) == ["marked up.html", "minutes.docx", "new.csv"]


def test_a_failed_run_nobody_added_to_goes_whole(published):
    with Workspace(published, "outputs") as workspace:
        _built(workspace.building, "nothing")
        failed = workspace.keep_failed()
    with Workspace(published, "outputs") as workspace:
        _built(workspace.building, "a good one")
        workspace.publish()
    assert not failed.exists()


@pytest.mark.parametrize("kind", ["link", "file"])
def test_what_is_no_folder_is_refused_before_anything_is_written(output, tmp_path, kind):
    output.parent.mkdir(parents=True)
    if kind == "link":
        (tmp_path / "elsewhere").mkdir()
        output.symlink_to(tmp_path / "elsewhere")
    else:
        output.write_text("a list")
    with pytest.raises(InputProblems, match=f"found a {kind}"), Workspace(output, "outputs"):
        pass
    assert output.is_symlink() or output.read_text() == "a list"
