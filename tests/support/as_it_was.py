"""A folder that tests spoil is made what it was before each of them: what a test left alone is not copied again."""

import functools
import os
import shutil
import stat
from pathlib import Path


def as_it_was(place: Path, source: Path, *parts: str) -> Path:
    """Make a place hold what a source holds, or some parts of it, with the files' own times; return the place.

    A file is known by its kind, rights, size and time of change. The source itself must not change while tests run.
    """
    place.mkdir(parents=True, exist_ok=True)
    wanted, found = _wanted(source, parts), _entries(place)
    for name in sorted(found.keys() - wanted.keys() | {name for name in found.keys() & wanted.keys() if found[name] != wanted[name]}):
        path = place / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)  # it went with its folder
    for name in sorted(name for name in wanted if not os.path.lexists(place / name)):
        if stat.S_ISDIR(wanted[name][0]):
            (place / name).mkdir(parents=True)
            shutil.copymode(source / name, place / name)
        else:
            shutil.copy2(source / name, place / name, follow_symlinks=False)
    return place


@functools.cache
def _wanted(source: Path, parts: tuple[str, ...]) -> dict[str, tuple]:
    if not parts:
        return _entries(source)
    above = {parent.as_posix() for part in parts for parent in Path(part).parents} - {"."}
    wanted = {name: _told(source / name) for name in above.union(parts)}
    return wanted | {f"{part}/{name}": told for part in parts for name, told in _entries(source / part).items()}


def _entries(folder: Path) -> dict[str, tuple]:
    """Return what a folder holds: by its path from there, what is known of each thing."""
    return {
        os.path.relpath(path, folder): _told(path)
        for place, folders, files in os.walk(folder)
        for path in (os.path.join(place, name) for name in (*folders, *files))  # noqa: PTH118 hundreds of them before every test
    }


def _told(path: str | Path) -> tuple:
    told = os.lstat(path)
    return (told.st_mode,) if stat.S_ISDIR(told.st_mode) else (told.st_mode, told.st_size, told.st_mtime_ns)
