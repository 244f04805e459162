"""Several files written as one step: after a kill or a full disk either none of them has changed, or the next call completes them.

All are written aside first (into the hidden folder ``.wres`` beside the years of an organisation). A change of one name
then says that they hold; only after it do they go to their places. Whoever reads in between is told.
"""

import errno
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.parameters import Parameters

HIDDEN_FOLDER = ".wres"
_LIST = "files.json"


@contextmanager
def writing_year(parameters: Parameters, year: str, completed: list[Path] | None = None) -> Iterator[Path]:
    """Hold the folder of an organisation's year for writing; give the place where files go first.

    What an earlier call that was broken off had left is completed, or removed where nothing of it holds yet.

    Parameters
    ----------
    completed
        Is given the places of the files of an earlier call that had to be completed.

    Raises
    ------
    InputProblems
        Another process is writing the same year.
    """
    folder = parameters.data_folder(year)
    hidden = folder.parent / HIDDEN_FOLDER
    hidden.mkdir(parents=True, exist_ok=True)
    lock = locked(hidden / f"{year}.lock")
    if lock is None:
        found = "a call that is writing it"
        raise InputProblems(
            [
                Problem(
                    parameters.shown(folder), "no other call writing this year", "Wait until it has finished, then try again.", found=found
                )
            ]
        )
    try:
        (completed if completed is not None else []).extend(complete(parameters, year))
        for left in hidden.glob(f"{year}.written-aside-*"):
            shutil.rmtree(left)
        yield folder
    finally:
        lock.close()


def write_together(parameters: Parameters, year: str, files: Mapping[Path, bytes]) -> None:
    """Write files as one step; to be called while :func:`writing_year` holds the year.

    Parameters
    ----------
    files
        Place to content, in the order in which they appear.
    """
    hidden = parameters.data_folder(year).parent / HIDDEN_FOLDER
    aside = hidden / f"{year}.written-aside-{secrets.token_hex(4)}"
    try:
        aside.mkdir()
        for number, content in enumerate(files.values()):
            (aside / str(number)).write_bytes(content)
        places = [os.path.relpath(place, hidden) for place in files]
        (aside / _LIST).write_text(json.dumps(places), encoding="utf-8")
        aside.rename(_held(parameters, year))
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    complete(parameters, year)


def complete(parameters: Parameters, year: str) -> list[Path]:
    """Bring what was written aside and holds to its places; return these."""
    held = _held(parameters, year)
    places = _places(held)
    for number, place in enumerate(places):
        if (held / str(number)).exists():  # otherwise it went to its place before the call was broken off
            place.parent.mkdir(parents=True, exist_ok=True)
            (held / str(number)).replace(place)
    with suppress(FileNotFoundError):
        shutil.rmtree(held)
    return places


def refuse_half_written(parameters: Parameters) -> None:
    """Refuse to read years of which only some files are in their places.

    Raises
    ------
    InputProblems
        A call that wrote them was broken off.
    """
    half = [year for year in parameters.years if _held(parameters, year).is_dir()]
    if half:
        raise InputProblems(
            Problem(
                parameters.shown(parameters.data_folder(year)),
                "tables of one preparation",
                "Call wres prepare (or wres new-year) once more; it completes what was begun.",
                found="some of one and some of another: a call was broken off",
            )
            for year in half
        )


def locked(path: Path) -> Any:
    """Return the open lock file, or None where another process holds the lock. A dead process holds none.

    Raises
    ------
    OSError
        The file cannot be opened, or the disk knows no locks.
    """
    handle = path.open("a+b")
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return None
        raise
    return handle


def _held(parameters: Parameters, year: str) -> Path:
    return parameters.data_folder(year).parent / HIDDEN_FOLDER / f"{year}.goes-to-its-places"


def _places(held: Path) -> list[Path]:
    with suppress(FileNotFoundError):  # it goes last when the folder is removed
        return [Path(os.path.normpath(held.parent / place)) for place in json.loads((held / _LIST).read_text(encoding="utf-8"))]
    return []
