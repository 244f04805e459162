"""Builds a report beside the last one and swaps it in whole, so that a crash never leaves half a report.

Everything that is not yet (or no longer) a report lives in the hidden folder ``.wres`` beside the reports of an
organisation: on the same disk, so that a swap is a change of names and never a copy.

What lies in an output folder and no run has left there so (somebody's minutes, comments in the Word file) is kept through every swap: only
what the folder's receipt names, and nobody has changed since, is replaced or removed. Where there is no receipt that can be read, nothing is.
"""

import ctypes
import filecmp
import glob
import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from wres_helpers.intake.texts.written_together import HIDDEN_FOLDER, locked
from wres_helpers.problems import InputProblems, Problem, system_problem
from wres_helpers.publishing.files.receipt import RECEIPT, named_by_receipt, read_receipt, sha256
from wres_helpers.settings.parameters import Parameters

_TRIES_ON_WINDOWS = 20
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux's renameat2 and RENAME_SWAP of macOS's renamex_np are both 2
_THIS_FOLDER = -100  # AT_FDCWD


class Workspace:
    """The place where one report is built, and the swap that publishes it into the folder `output` (called `shown` in messages).

    Use as a context manager: entering takes the lock of this report, puts back a report that an earlier crash left
    under another name and clears what that run left behind; leaving without :meth:`publish` removes what was built.

    Raises InputProblems: another run is writing the same report, or the folder cannot be written.
    """

    def __init__(self, output: Path, shown: str):
        self.output = output
        self.shown = shown
        self.hidden = output.parent / HIDDEN_FOLDER
        self.failed = output.parent / f"{output.name}-failed"
        self.building = self.hidden / f"{output.name}.building-{secrets.token_hex(4)}"
        self._lock = None

    def __enter__(self) -> "Workspace":
        try:
            self.hidden.mkdir(parents=True, exist_ok=True)
            self._lock = locked(self.hidden / f"{self.output.name}.lock")
        except OSError as error:
            raise InputProblems([system_problem(error, self.shown)]) from None
        if self._lock is None:
            action = "Wait until it has finished, then run again."
            raise InputProblems.of(self.shown, "no other run writing this report", action, found="a run under way")
        if wrong := [path for path in (self.output, self.failed) if path.is_symlink() or path.is_file()]:
            self.__exit__()
            expected, action = "a folder, or nothing there yet", "Move it away and run again."
            places = {self.shown + path.name.removeprefix(self.output.name): "a link" if path.is_symlink() else "a file" for path in wrong}
            raise InputProblems(Problem(place, expected, action, found=found) for place, found in places.items())
        self.recover()
        self.building.mkdir()
        return self

    def __exit__(self, *reason) -> None:
        remove(self.building)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def recover(self) -> None:
        """Put back the last good report if a run died between two renames; clear what dead runs left."""
        for target in (self.output, self.failed):
            previous = self._previous(target)
            if not target.exists() and previous.is_dir():
                previous.rename(target)
            self._clear(previous, target)
        for leftover in self.hidden.glob(f"{glob.escape(self.output.name)}.building-*"):
            self._clear(leftover, self.output)

    def publish(self) -> None:
        """Swap the built report in whole; the one it replaces, and one that failed, are removed afterwards; what no run made is kept."""
        write_list(self.building)
        self._swap_in(self.output)
        remove_ours(self.failed)

    def keep_failed(self) -> Path:
        """Set what was built aside for a look, where nothing in it may be published; return its folder."""
        write_list(self.building)
        self._swap_in(self.failed)
        return self.failed

    def kept(self) -> list[str]:
        """Return what lies in the output folders and no run has left there so, as messages print it."""
        return [f"{folder.name}/{path.as_posix()}" for folder in (self.output, self.failed) for path in strangers(folder)]

    def _previous(self, target: Path) -> Path:
        return self.hidden / f"{target.name}.previous"

    def _swap_in(self, target: Path) -> None:
        if not target.exists():
            _renamed(self.building, target, self.shown)
            return
        carry(target, self.building)
        if exchange(self.building, target):
            carry(self.building, target)  # what was saved meanwhile: `building` is now the old report, which leaving removes
            return
        previous = self._previous(target)
        _renamed(target, previous, self.shown)
        try:
            _renamed(self.building, target, self.shown)
        except BaseException:
            previous.rename(target)
            raise
        carry(previous, target)
        remove(previous)

    def _clear(self, leftover: Path, target: Path) -> None:
        if named_by_receipt(leftover):  # a whole report that was swapped out: something may have been saved into it at the last moment
            carry(leftover, target)
        remove(leftover)


def write_list(folder: Path) -> None:
    """Give a folder that has no receipt of a run one that names its files, so that the next swap knows them."""
    if not (folder / RECEIPT).exists():
        files = {path.relative_to(folder).as_posix(): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}
        (folder / RECEIPT).write_text(json.dumps({"receipt": 1, "outputs": files}, indent=2) + "\n", encoding="utf-8")


def exchange(first: Path, second: Path) -> bool:
    """Swap the names of two folders in one step; False where the machine or its disk cannot."""
    if sys.platform == "linux":
        call = getattr(ctypes.CDLL(None), "renameat2", None)
        arguments = (_THIS_FOLDER, os.fsencode(first), _THIS_FOLDER, os.fsencode(second), _EXCHANGE)
    elif sys.platform == "darwin":
        call = getattr(ctypes.CDLL(None), "renamex_np", None)
        arguments = (os.fsencode(first), os.fsencode(second), _EXCHANGE)
    else:
        return False
    return call is not None and call(*arguments) == 0


def remove(folder: Path) -> None:
    """Remove a folder as far as possible; what is held open by another program goes next time."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder, ignore_errors=True)
    else:
        with suppress(OSError):
            folder.unlink(missing_ok=True)


def _renamed(source: Path, target: Path, shown: str) -> None:
    # Windows refuses to rename a folder in which a file is open, if only for the moment a virus scanner looks at it, and onto one that is still there
    for last in [False] * (_TRIES_ON_WINDOWS - 1) + [True]:
        try:
            source.rename(target)
            return
        except (PermissionError, FileExistsError):
            if sys.platform != "win32":
                raise  # elsewhere an open file is in nobody's way: this is about rights
            if last:
                break
            time.sleep(0.25)
    action = "Close the report and run again; the last report is untouched."
    raise InputProblems.of(shown, "a report that no other program has open", action, found="a file in use")


def check_nothing_is_open(parameters: Parameters) -> None:
    """Raise where a file of the last report is open in Acrobat, Excel or the like (Windows alone locks it, and would refuse the swap).

    Raises InputProblems with every such file, so that all can be closed at once. Nothing has been changed.
    """
    expected, action = "a file that no other program has open", "Close it in the program that shows it, then run again."
    problems = []
    for path in sorted((parameters.output_folder / "board").rglob("*")) if sys.platform == "win32" else ():
        try:
            if path.is_file():
                os.close(os.open(path, os.O_RDWR))
        except PermissionError:
            problems.append(Problem(parameters.shown(path), expected, action, found="a file in use"))
    InputProblems.raise_if_any(problems)


def strangers(folder: Path) -> list[Path]:
    """Return what lies in a folder and is not as its receipt names it, as seen from the folder: files, links, empty folders."""
    ours = _ours(folder)
    return [path for path in _leaves(folder) if path.as_posix() not in ours]


def carry(source: Path, target: Path) -> None:
    """Bring everything of somebody else's in one folder into another, leaving it where it is too; what is there already, as it is, stays.

    A name that the other folder has taken is followed by "(kept)". Raises OSError: a file can't be read or the disk is full.
    """
    for path in strangers(source):
        _bring(source / path, target, path)


def remove_ours(folder: Path) -> None:
    """Remove what a folder's receipt names, the receipt last, and the folder itself if nothing else is in it."""
    ours = _ours(folder)
    for path in sorted((path for path in _leaves(folder) if path.as_posix() in ours), key=lambda path: path.name == RECEIPT):
        (folder / path).unlink()
        place = (folder / path).parent
        while place != folder.parent and not any(place.iterdir()):
            place.rmdir()
            place = place.parent


def _ours(folder: Path) -> set[str]:
    """Return the files that a folder's receipt names and nobody has changed since: comments in a Word file are somebody's work."""
    written = read_receipt(folder).get("outputs", {})
    return {file for file in named_by_receipt(folder) if written.get(file) is None or _is_as_written(folder / file, written[file])}


def _is_as_written(path: Path, digest: str) -> bool:
    with suppress(OSError):  # what nobody can read may be anybody's
        return sha256(path) == digest
    return False


def _leaves(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        if not folders and not files and here != folder:
            yield here.relative_to(folder)
        yield from ((here / name).relative_to(folder) for name in (*files, *links))


def _bring(source: Path, folder: Path, path: Path) -> None:
    place = folder
    for name in path.parts[:-1]:
        place = next(
            option for option in names_to_keep(place / name) if not os.path.lexists(option) or (option.is_dir() and not option.is_symlink())
        )
    place = next(option for option in names_to_keep(place / path.name) if not os.path.lexists(option) or _same(source, option))
    if not os.path.lexists(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        _copied(source, place)


def names_to_keep(path: Any) -> Iterator[Any]:
    """Give the names under which something may be kept: its own, then the same followed by "(kept)", "(kept 2)" and so on."""
    yield path
    for number in count(1):
        yield path.with_name(f"{path.stem} (kept{f' {number}' if number > 1 else ''}){path.suffix}")


def _copied(source: Path, target: Path) -> None:
    if source.is_symlink():
        target.symlink_to(source.readlink())
    elif source.is_dir():
        target.mkdir()
    else:
        try:
            os.link(source, target)
        except OSError:  # another owner's file, or a disk without hard links
            shutil.copy2(source, target)


def _same(first: Path, second: Path) -> bool:
    if (first.is_symlink(), first.is_dir()) != (second.is_symlink(), second.is_dir()):
        return False
    if first.is_symlink():
        return first.readlink() == second.readlink()
    return first.is_dir() or first.samefile(second) or filecmp.cmp(first, second, shallow=False)
