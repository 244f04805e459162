"""What Windows does otherwise, simulated: a locked file and another event loop. Witness: the behaviour of Windows, from its documentation."""

import asyncio
import os
import sys

import pytest

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.engine import papermill_engines
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
