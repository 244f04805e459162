"""What Windows does otherwise, simulated: a locked file and another event loop. Witness: the behaviour of Windows, from its documentation."""

import asyncio
import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.engine import papermill_engines
from wres_helpers.publishing.files import swap
from wres_helpers.publishing.files.swap import check_nothing_is_open
from wres_helpers.settings.master_file_reader import load_parameters


@pytest.fixture
def last_report(project, tmp_path, monkeypatch):
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "necs-2019-20.yaml").write_bytes((project / "params/necs-2019-20.yaml").read_bytes())
    (tmp_path / "data").symlink_to(project / "data")
    parameters = load_parameters(tmp_path / "params" / "necs-2019-20.yaml", change={"folders.allow_outside_project": True})
    board = parameters.output_folder / "board"
    board.mkdir(parents=True)
    for name in ("report.pdf", "workbook.xlsx"):
        (board / name).write_text("x", encoding="utf-8")
    monkeypatch.setattr(sys, "platform", "win32")
    return parameters


def test_a_file_that_acrobat_has_open_is_named_before_the_run(last_report, monkeypatch):
    opened = os.open

    def locked(path, *rest, **options):
        if str(path).endswith(".pdf"):
            raise PermissionError(13, "used by another process")
        return opened(path, *rest, **options)

    monkeypatch.setattr(os, "open", locked)
    with pytest.raises(InputProblems) as told:
        check_nothing_is_open(last_report)
    assert [problem.file.rsplit("/", 1)[-1] for problem in told.value.problems] == ["report.pdf"]
    assert "Close it" in str(told.value)


def test_files_that_nobody_has_open_let_the_run_begin(last_report):
    check_nothing_is_open(last_report)


def test_on_windows_the_kernels_get_the_event_loop_they_need(monkeypatch):
    chosen = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(asyncio, "WindowsSelectorEventLoopPolicy", lambda: "selector", raising=False)
    monkeypatch.setattr(asyncio, "set_event_loop_policy", chosen.append)
    papermill_engines.let_kernels_talk()
    assert chosen == ["selector"]


@pytest.fixture
def on_windows(monkeypatch):
    """No two folders change names in one step, and none gets a name that is there already, were it that of an empty folder."""
    renamed = Path.rename

    def rename(source, target):
        if Path(target).exists():
            raise FileExistsError(errno.EEXIST, "Cannot create a file when that file already exists", str(source))
        return renamed(source, target)

    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr(swap, "exchange", lambda *_: False)


def _published(output, text):
    with swap.Workspace(output, "outputs/necs/2019-20") as workspace:
        (workspace.building / "board").mkdir()
        (workspace.building / "board" / "report.html").write_text(text, encoding="utf-8")
        swap.write_list(workspace.building)
        workspace.publish()
    return (output / "board" / "report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("on_windows")
def test_a_report_takes_the_place_of_the_last_where_no_name_may_be_taken_twice(tmp_path):
    output = tmp_path / "outputs" / "necs" / "2019-20"
    assert [_published(output, text) for text in ("first", "second", "third")] == ["first", "second", "third"]


@pytest.mark.usefixtures("on_windows")
def test_what_a_program_holds_of_the_report_before_the_last_is_told_and_the_last_stays(tmp_path, monkeypatch):
    """It was 'a file or connection that works'. Witness: Windows removes no folder in which a file is open, and so its name stays taken."""
    output = tmp_path / "outputs" / "necs" / "2019-20"
    _published(output, "first")
    monkeypatch.setattr(swap, "_TRIES_ON_WINDOWS", 2)
    monkeypatch.setattr(swap, "remove", lambda folder: None)
    (output.parent / swap.HIDDEN_FOLDER / "2019-20.previous").mkdir()
    locked = swap.locked

    def holding(path):
        monkeypatch.setattr(sys, "platform", "linux")
        lock = locked(path)
        monkeypatch.setattr(sys, "platform", "win32")
        return lock

    monkeypatch.setattr(swap, "locked", holding)
    with pytest.raises(InputProblems, match="Close the report and run again; the last report is untouched"):
        _published(output, "second")
    assert (output / "board" / "report.html").read_text(encoding="utf-8") == "first"


def test_every_word_is_written_on_a_console_of_an_older_code_page(spoilable):
    """Witness: cp1252, that of English Windows, has neither a minus sign nor a Polish letter."""
    path = spoilable / "params/necs-2019-20.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("name: North of England", "name: Żabno − North of England", 1), encoding="utf-8"
    )
    call, older = [sys.executable, "-m", "wres_helpers", "list", "params/necs-2019-20.yaml"], {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(call, cwd=spoilable, env=os.environ | older, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Żabno − North of England" in done.stdout.decode("utf-8")


def test_what_the_pack_holds_and_makes_leaves_windows_a_long_folder(project):
    """Witness: Windows' limit of 260 characters for a path, less 150 for the folder that the pack lies in."""
    tracked = subprocess.run(["git", "ls-files"], cwd=project, capture_output=True, text=True, check=True).stdout.split()
    narrative = [name for name in tracked if re.search(r"harrowmere/.*/narrative/", name)]
    made = [f"outputs/{'o' * 20}/.wres/2025-26.building-01234567/{name}" for name in
            ("board/data/indicator-2-stages.csv", "analyst/notebooks/07_08_opportunity.ipynb", "board/sections/07_08_opportunity.html")]  # fmt: skip
    assert narrative and max(map(len, (*tracked, *made))) <= 110
    assert not [
        name for name in tracked if re.search(r'[<>:"|?*\\]|[ .](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)', name, flags=re.I)
    ]


def test_git_hands_out_the_same_bytes_on_every_system(project):
    """Witness: what git itself says of each file, in the history and by ``.gitattributes``; inputs are known by their bytes."""
    lines = subprocess.run(["git", "ls-files", "--eol"], cwd=project, capture_output=True, text=True, check=True).stdout.splitlines()
    told = {line.partition("\t")[2]: line.partition("\t")[0].split() for line in lines}
    assert len(told) > 500
    assert [name for name, (kept, *_) in told.items() if kept not in ("i/lf", "i/-text", "i/none")] == []
    assert [name for name, (_, _, *attributes) in told.items() if attributes[-1] not in ("eol=lf", "attr/-text")] == []
