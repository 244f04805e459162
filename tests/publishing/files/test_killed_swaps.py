"""A kill between any two changes of the disk while a report is swapped in. Witness: what stands in the folder afterwards."""

import json
import multiprocessing
import os
import shutil
import sys
from pathlib import Path

import pytest

from wres_helpers.publishing.files import swap
from wres_helpers.publishing.files.swap import Workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")
MINE = {"minutes.docx": "mine", "board/new.csv": "mine too"}
_STEPS = ((os, "rename"), (os, "mkdir"), (os, "unlink"), (os, "rmdir"), (os, "link"), (os, "replace"), (swap, "exchange"))


def _report(folder, name, files):
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(name)
    (folder / "receipt.json").write_text(json.dumps({"receipt": 1, "run": name, "outputs": dict.fromkeys(files)}))


def _begin(output):
    shutil.rmtree(output.parent, ignore_errors=True)
    _report(output, "first", ["board/report.html", "board/old.csv"])
    for name, text in MINE.items():
        (output / name).write_text(text)


def _swap(output, name="second"):
    with Workspace(output, "outputs") as workspace:
        _report(workspace.building, name, ["board/report.html", "board/new.csv"])
        workspace.publish()


def _killed(step, output, in_one_step):
    left = [step]
    if not in_one_step:
        swap.exchange = lambda *_: False
    for owner, name in _STEPS:
        original = getattr(owner, name)

        def counting(*arguments, original=original, **options):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
            return original(*arguments, **options)

        setattr(owner, name, counting)
    _swap(output)
    os._exit(0)


def _whole(output):
    name = json.loads((output / "receipt.json").read_text())["run"]
    ours = {"first": ["board/report.html", "board/old.csv"], "second": ["board/report.html", "board/new.csv"]}[name]
    return all((output / file).read_text() == name for file in ours)


def _texts(folder):
    return [path.read_text() for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("in_one_step", [True, False])
def test_nothing_is_lost_or_mixed_and_the_next_run_completes(tmp_path, in_one_step):
    output: Path = tmp_path / "outputs" / "necs" / "2019-20"
    absent = 0
    for step in range(120):
        _begin(output)
        child = multiprocessing.get_context("fork").Process(target=_killed, args=(step, output, in_one_step))
        child.start()
        child.join(20)
        if output.exists():
            assert _whole(output), step
        else:
            absent += 1  # between two renames, where names cannot be exchanged in one step; the report lies beside it
        assert set(MINE.values()) <= set(_texts(output.parent)), step
        _swap(output)
        assert _whole(output)
        assert json.loads((output / "receipt.json").read_text())["run"] == "second"
        assert sorted(text for text in _texts(output) if text in MINE.values()) == sorted(MINE.values()), step
        assert [path.name for path in (output.parent / ".wres").iterdir()] == ["2019-20.lock"], step
        if child.exitcode == 0:
            break
    assert child.exitcode == 0
    assert step > 8
    assert absent == (0 if in_one_step else 1)
