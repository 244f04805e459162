"""Files written as one step. Witness: what stands on the disk after each kill between two changes of the disk."""

import json
import multiprocessing
import os
import shutil
from pathlib import Path

import pytest

from wres_helpers.intake import read_counts
from wres_helpers.intake.texts.written_together import complete_broken_off, refuse_half_written, write_together, writing
from wres_helpers.problems import InputProblems
from wres_helpers.settings.master_file_reader import load_parameters

MASTER = 'organisation: {code: abc, name: A, short_name: A}\nyear: "2019-20"\n'
OLD = {"headcount.csv": "old", "board.csv": "old", "notes.txt": "mine"}
NEW = {"headcount.csv": "new", "board.csv": "new", "made/training.csv": "new"}


@pytest.fixture
def parameters(tmp_path, project):
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "abc.yaml").write_text(MASTER)
    shutil.copytree(project / "data" / "reference", tmp_path / "data" / "reference")
    folder = tmp_path / "data" / "abc" / "2019-20"
    folder.mkdir(parents=True)
    for name, text in OLD.items():
        (folder / name).write_text(text)
    return load_parameters(tmp_path / "params" / "abc.yaml")


def _seen(parameters):
    folder = parameters.data_folder()
    return {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def _write(parameters):
    folder = parameters.data_folder()
    with writing(folder, "data"):
        write_together(folder, {folder / name: text.encode() for name, text in NEW.items()})


def _killed_at(step, parameters):
    """End this process without a word before the given change of the disk."""
    left = [step]
    for owner, name in (
        (os, "rename"),
        (os, "replace"),
        (os, "mkdir"),
        (os, "unlink"),
        (os, "rmdir"),
        (Path, "write_bytes"),
        (Path, "write_text"),
    ):
        original = getattr(owner, name)

        def counting(*arguments, original=original, **options):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
            return original(*arguments, **options)

        setattr(owner, name, counting)
    _write(parameters)
    os._exit(0)


def test_all_files_come_and_others_stay(parameters):
    _write(parameters)
    assert _seen(parameters) == OLD | NEW
    assert not (parameters.data_folder().parent / ".wres").exists()


def test_a_kill_between_any_two_steps_loses_and_mixes_nothing(parameters):
    states = set()
    for step in range(100):
        shutil.rmtree(parameters.data_folder().parent / ".wres", ignore_errors=True)
        shutil.rmtree(parameters.data_folder())
        for name, text in OLD.items():
            parameters.data_folder().mkdir(exist_ok=True)
            (parameters.data_folder() / name).write_text(text)
        child = multiprocessing.get_context("fork").Process(target=_killed_at, args=(step, parameters))
        child.start()
        child.join(20)
        try:
            refuse_half_written(parameters)
            assert _seen(parameters) in (OLD, OLD | NEW), step
            states.add("old" if _seen(parameters) == OLD else "new")
        except InputProblems as error:
            assert "broken off" in str(error)
            states.add("told")
        _write(parameters)
        assert _seen(parameters) == OLD | NEW, step
        if child.exitcode == 0:
            break
    assert states == {"old", "told", "new"}
    assert step > 10


def test_half_written_tables_are_never_counted(parameters):
    hidden = parameters.data_folder().parent / ".wres"
    held = hidden / "2019-20.goes-to-its-places"
    held.mkdir(parents=True)
    (held / "files.json").write_text(json.dumps({"../2019-20/workforce.csv": None}))
    (held / "0").write_text("staff_group\n")
    with pytest.raises(InputProblems, match="a call was broken off"):
        read_counts(parameters)


def test_a_call_that_was_broken_off_once_all_had_come_is_in_nobodys_way(parameters):
    """Every call stopped and sent people to one that had nothing left to do. Witness: the files stand in their places."""
    held = parameters.data_folder().parent / ".wres" / "2019-20.goes-to-its-places"
    held.mkdir(parents=True)
    (held / "files.json").write_text(json.dumps({f"../2019-20/{name}": None for name in OLD}))
    refuse_half_written(parameters)
    complete_broken_off(parameters.data_folder(), "data/necs/2019-20")
    assert not held.parent.exists()
    assert _seen(parameters) == OLD


def test_a_full_disk_while_writing_aside_changes_nothing(parameters, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        _write(parameters)
    assert _seen(parameters) == OLD
    refuse_half_written(parameters)


def test_two_calls_do_not_write_one_year_at_once(parameters):
    with writing(parameters.data_folder(), "data"), pytest.raises(InputProblems, match="no other call"):
        _write(parameters)
    _write(parameters)


def test_what_somebody_changed_since_a_call_was_broken_off_is_not_written_over(parameters, monkeypatch):
    """Witness: a table that a person mends after the break, and a file that he makes where there was none. Moved away, the step is completed."""
    folder, hidden = parameters.data_folder(), parameters.data_folder().parent / ".wres"

    def stuck(path, target):
        raise PermissionError(1, "Operation not permitted", str(path), None, str(target))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stuck)
        with pytest.raises(PermissionError):
            _write(parameters)
    (folder / "board.csv").write_text("mended by hand")
    (folder / "made").mkdir()
    (folder / "made/training.csv").write_text("made by hand")
    for _ in range(2):
        with pytest.raises(InputProblems) as told:
            _write(parameters)
        assert [problem.file for problem in told.value.problems] == ["data/board.csv", "data/made/training.csv"]
        assert _seen(parameters) == OLD | {"board.csv": "mended by hand", "made/training.csv": "made by hand"}
    for name in ("board.csv", "made/training.csv"):
        (folder / name).rename(folder / f"{Path(name).name}.mine")
    _write(parameters)
    mine = {"board.csv.mine": "mended by hand", "training.csv.mine": "made by hand"}
    assert _seen(parameters) == OLD | NEW | mine and not hidden.exists()
