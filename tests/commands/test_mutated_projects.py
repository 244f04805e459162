"""Commands that write, on projects in which something is not what it should be: each ends in words, and nothing is lost.

Witness: what stood on the disk before. The mutations are drawn here and share nothing with the pack.
"""

import os
import random
import shutil

import pytest
from click.testing import CliRunner
from support.as_it_was import as_it_was
from support.examples import examples

from wres_helpers.cli import commands

PARAMS = "params/necs-2019-20.yaml"
TEXT = "utf-8"


def _folder_instead(path, _):
    path.unlink()
    path.mkdir()
    (path / "inside.txt").write_text("mine")


def _link_to_itself(path, _):
    path.unlink()
    path.symlink_to(path.name)


def _link_to_nothing(path, _):
    path.unlink()
    path.symlink_to("gone/away")


def _bytes(path, draw):
    path.write_bytes(draw.randbytes(draw.choice([1, 300, 5000])))


def _file_instead_of_its_folder(path, _):
    folder = path.parent
    kept = path.read_bytes()
    shutil.rmtree(folder)
    folder.write_bytes(kept)


MUTATIONS = (
    _folder_instead,
    _link_to_itself,
    _link_to_nothing,
    _bytes,
    _file_instead_of_its_folder,
    lambda path, _: path.unlink(),
    lambda path, _: path.write_bytes(b""),
    lambda path, _: path.write_bytes(path.read_bytes() * 2),
    lambda path, draw: path.write_bytes(path.read_bytes()[: draw.randrange(1, 200)]),
    lambda path, _: path.write_bytes(path.read_bytes().decode(TEXT, "replace").encode("utf-16")),
    lambda path, _: path.write_bytes(path.read_bytes().replace(b"\n", b"\x00\n", 3)),
    lambda path, _: path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")),
    lambda path, _: path.write_bytes(b'"' + path.read_bytes()),
    lambda path, _: path.write_bytes(path.read_bytes() + b"\n" + b"x" * 200_000),
)


def _stands(folder):
    """Return everything below a folder: content of files, aim of links, None for folders; locks and their folder left out."""
    seen = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = os.path.join(place, name)  # noqa: PTH118 a link is not to be followed
            if ".wres" in path:
                continue
            if os.path.islink(path):  # noqa: PTH114
                seen[path] = os.readlink(path)  # noqa: PTH115
            elif os.path.isdir(path):  # noqa: PTH112
                seen[path] = None
            else:
                with open(path, "rb") as file:  # noqa: PTH123
                    seen[path] = file.read()
    return seen


@pytest.fixture(scope="module")
def whole(tmp_path_factory, project):
    folder = tmp_path_factory.mktemp("whole")
    as_it_was(folder, project, "params", "data/necs", "data/reference")
    return folder


@pytest.mark.parametrize("number", range(examples(60)))
def test_new_year_ends_in_words_and_loses_nothing(whole, tmp_path, monkeypatch, number):
    draw = random.Random(number)
    project = tmp_path / "project"
    shutil.copytree(whole, project)
    own = [path for path in sorted(project.rglob("*")) if path.is_file() and "2019-20" in path.as_posix()]
    for _ in range(draw.choice([1, 1, 2])):
        path = draw.choice(own)
        if path.is_file() and not path.is_symlink():
            draw.choice(MUTATIONS)(path, draw)
    before = _stands(project)
    monkeypatch.chdir(project)
    done = CliRunner().invoke(commands, ["new-year", PARAMS])
    assert isinstance(done.exception, SystemExit | None), done.exception
    after = _stands(project)
    assert {path: after.get(path) for path in before} == before
    if done.exit_code:
        assert done.output.strip()
        assert len(done.output) < 20_000
        assert after == before
    else:
        assert (project / "params/necs-2020-21.yaml").is_file()
