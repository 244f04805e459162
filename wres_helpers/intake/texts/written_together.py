"""Several files written as one step: after a kill or a full disk either none of them has changed, or the next call completes them.

All are written aside first (into the hidden folder ``.wres`` beside the years of an organisation), with what stood in their places. A change
of one name then says that they hold; only after it do they go there. Whoever reads in between is told, and what somebody changed in between is
never written over.
"""

import errno
import glob
import hashlib
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
def writing(folder: Path, shown: str, completed: list[Path] | None = None) -> Iterator[None]:
    """Hold the folder of an organisation's year for writing; raise InputProblems where another process is writing the same year.

    What an earlier call that was broken off had left is completed (``completed`` is given the places of these files), or removed
    where nothing of it holds yet; InputProblems where somebody has changed since what it would write over.
    """
    hidden = folder.parent / HIDDEN_FOLDER
    hidden.mkdir(parents=True, exist_ok=True)
    lock = locked(hidden / f"{folder.name}.lock")
    if lock is None:
        action = "Wait until it has finished, then try again."
        raise InputProblems([Problem(shown, "no other call writing this year", action, found="a call that is writing it")])
    try:
        (completed if completed is not None else []).extend(_complete(folder, shown))
        for left in hidden.glob(f"{glob.escape(folder.name)}.written-aside-*"):
            shutil.rmtree(left)
        yield
    finally:
        _released(lock, hidden)


def complete_broken_off(folder: Path, shown: str) -> None:
    """Complete what a call that was broken off had begun to write; raises as :func:`writing` does, and where nothing was left does nothing."""
    if _held(folder).is_dir():
        with writing(folder, shown):
            pass


def write_together(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Write files (place to content, in the order in which they appear) as one step, while :func:`writing` holds the year's folder.

    Most lie in the folder; others are on the same disk.
    """
    aside = folder.parent / HIDDEN_FOLDER / f"{folder.name}.written-aside-{secrets.token_hex(4)}"
    try:
        aside.mkdir()
        for number, content in enumerate(files.values()):
            (aside / str(number)).write_bytes(content)
        places = {os.path.relpath(place, aside.parent): _stands(place) for place in files}
        (aside / _LIST).write_text(json.dumps(places), encoding="utf-8")
        aside.rename(_held(folder))
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    _complete(folder, folder.name)


def stand(files: Mapping[Path, bytes]) -> bool:
    """Tell whether files (place to content) stand as they would be written."""
    return all(_stands(place) == hashlib.sha256(content).hexdigest() for place, content in files.items())


def _stands(place: Path) -> str | None:
    """Return the digest of the file at a place; None where nothing is, an empty one of what is no file."""
    if place.is_file():
        return hashlib.sha256(place.read_bytes()).hexdigest()
    return "" if os.path.lexists(place) else None


def _complete(folder: Path, shown: str) -> list[Path]:
    """Bring what was written aside and holds to its places; return these. Raises InputProblems: somebody has changed since what stood there."""
    held = _held(folder)
    places = _places(held)
    waiting = _waiting(held)
    action = "Move it away and call the command again, which completes what it had begun; then take from yours what you want."
    expected, found = "what stood there when a call was broken off", "a file that somebody has changed since"
    changed = [place for place, aside in waiting.items() if _stands(place) not in (None, places[place], _stands(aside))]
    named = [Path(os.path.normpath(Path(shown) / os.path.relpath(place, folder))).as_posix() for place in changed]
    InputProblems.raise_if_any(Problem(file, expected, action, found=found) for file in named)
    for place, aside in waiting.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        aside.replace(place)
    with suppress(FileNotFoundError):
        shutil.rmtree(held)
    return list(places)


def refuse_half_written(parameters: Parameters) -> None:
    """Raise InputProblems for years of which only some files are in their places: a call that wrote them was broken off."""
    half = [parameters.shown(folder) for folder in map(parameters.data_folder, parameters.years) if _waiting(_held(folder))]
    action = "Call the command that was broken off once more (wres prepare, new-year, new-report or narrative import); it completes what was begun."
    expected, found = "files of one preparation", "some of one and some of another: a call was broken off"
    InputProblems.raise_if_any(Problem(folder, expected, action, found=found) for folder in half)


def locked(path: Path) -> Any:
    """Return the open lock file, or None where another process holds the lock (a dead process holds none).

    Raises OSError where the file cannot be opened, or the disk knows no locks.
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
    with suppress(FileNotFoundError):  # whoever held it has just taken it away
        if os.path.samestat(os.fstat(handle.fileno()), path.stat()):
            return handle
    handle.close()
    return locked(path)


def _released(lock: Any, hidden: Path) -> None:
    """Let go of a lock and leave nothing of ours among somebody's data."""
    path = Path(lock.name)
    with suppress(OSError):
        path.unlink()  # while it is held, so that it is nobody else's
    lock.close()
    with suppress(OSError):
        if sys.platform == "win32":
            path.unlink()  # there an open file cannot be removed
        hidden.rmdir()


def _held(folder: Path) -> Path:
    return folder.parent / HIDDEN_FOLDER / f"{folder.name}.goes-to-its-places"


def _waiting(held: Path) -> dict[Path, Path]:
    """Return the places of files that have not gone there yet, each with where its file waits."""
    return {place: held / str(number) for number, place in enumerate(_places(held)) if (held / str(number)).exists()}


def _places(held: Path) -> dict[Path, str | None]:
    """Return the places of the files that hold, in order, each with what stood there."""
    with suppress(FileNotFoundError):  # it goes last when the folder is removed
        if not held.is_dir():
            return {}
        before = json.loads((held / _LIST).read_text(encoding="utf-8"))
        return {Path(os.path.normpath(held.parent / place)): stood for place, stood in before.items()}
    return {}
