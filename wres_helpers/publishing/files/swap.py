"""Builds a report beside the last one and swaps it in whole, so that a crash never leaves half a report.

Everything that is not yet (or no longer) a report lives in the hidden folder ``.wres`` beside the reports of an
organisation: on the same disk, so that a swap is a change of names and never a copy.
"""

import ctypes
import os
import secrets
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

from wres_helpers.definitions.problems import InputProblems, Problem

HIDDEN_FOLDER = ".wres"
_TRIES_ON_WINDOWS = 20
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux's renameat2 and RENAME_SWAP of macOS's renamex_np are both 2
_THIS_FOLDER = -100  # AT_FDCWD


class Workspace:
    """The place where one report is built, and the swap that publishes it.

    Use as a context manager: entering takes the lock of this report, puts back a report that an earlier crash left
    under another name and clears what that run left behind; leaving without :meth:`publish` removes what was built.

    Parameters
    ----------
    output
        Folder of the finished report, for example ``outputs/necs/2019-20``.
    shown
        The same as messages print it.

    Raises
    ------
    InputProblems
        Another run is writing the same report, or the folder cannot be written.
    """

    def __init__(self, output: Path, shown: str):
        self.output = output
        self.shown = shown
        self.hidden = output.parent / HIDDEN_FOLDER
        self.previous = self.hidden / f"{output.name}.previous"
        self.building = self.hidden / f"{output.name}.building-{secrets.token_hex(4)}"
        self._lock = None

    def __enter__(self) -> "Workspace":
        try:
            self.hidden.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(self.hidden / f"{self.output.name}.lock")
        except OSError as error:
            raise InputProblems(
                [
                    Problem(
                        self.shown, "a folder that can be written", "Check the folder's permissions and free space.", found=error.strerror
                    )
                ]
            ) from None
        if self._lock is None:
            raise InputProblems(
                [
                    Problem(
                        self.shown,
                        "no other run writing this report",
                        "Wait until it has finished, then run again.",
                        found="a run under way",
                    )
                ]
            )
        self.recover()
        self.building.mkdir()
        return self

    def __exit__(self, *reason) -> None:
        remove(self.building)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def leave_to_parent(self) -> None:
        """Forget the lock in a forked child, so that a child that outlives its parent does not hold it."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def recover(self) -> None:
        """Put back the last good report if a run died between two renames; clear what dead runs left."""
        if not self.output.exists() and self.previous.is_dir():
            self.previous.rename(self.output)
        for leftover in [self.previous, *self.hidden.glob(f"{self.output.name}.building-*")]:
            remove(leftover)

    def publish(self) -> None:
        """Swap the built report in whole; the one it replaces is removed afterwards."""
        if not self.output.exists():
            _renamed(self.building, self.output, self.shown)
            return
        if exchange(self.building, self.output):
            return  # `building` is now the old report; leaving removes it
        remove(self.previous)
        _renamed(self.output, self.previous, self.shown)
        try:
            _renamed(self.building, self.output, self.shown)
        except BaseException:
            self.previous.rename(self.output)
            raise
        remove(self.previous)

    def keep_failed(self) -> Path:
        """Set what was built aside for a look, where nothing in it may be published; return its folder."""
        failed = self.output.parent / f"{self.output.name}-failed"
        remove(failed)
        _renamed(self.building, failed, self.shown)
        return failed

    def clear_failed(self) -> None:
        """Remove what an earlier run that failed had set aside."""
        remove(self.output.parent / f"{self.output.name}-failed")


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
    if folder.is_dir():
        shutil.rmtree(folder, ignore_errors=True)
    else:
        with suppress(OSError):
            folder.unlink(missing_ok=True)


def _renamed(source: Path, target: Path, shown: str) -> None:
    # Windows refuses to rename a folder in which a file is open, if only for the moment a virus scanner looks at it
    for last in [False] * (_TRIES_ON_WINDOWS - 1) + [True]:
        try:
            source.rename(target)
            return
        except PermissionError:
            if last or sys.platform != "win32":
                break
            time.sleep(0.25)
    raise InputProblems(
        [
            Problem(
                shown,
                "a report that no other program has open",
                "Close the report and run again; the last report is untouched.",
                found="a file in use",
            )
        ]
    )


def _locked(path: Path):
    """Return the open lock file, or None where another process holds the lock. A dead process holds none."""
    handle = path.open("a+b")
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle
