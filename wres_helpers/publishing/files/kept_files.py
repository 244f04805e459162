"""What lies in an output folder and was made by no run: somebody's minutes, a marked-up copy. It is kept through every swap.

Only what a folder's receipt names is the pack's to replace or remove. Where there is no receipt that can be read, nothing is.
"""

import filecmp
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

RECEIPT = "receipt.json"
_WRITTEN_LAST = (RECEIPT, "run.log")  # written when all else has its checksum, so no receipt lists them


def read_receipt(folder: Path) -> dict[str, Any]:
    """Return the receipt in a folder; an empty one where there is none that can be trusted."""
    return trusted((folder / RECEIPT).read_bytes)


def trusted(read: Callable[[], bytes]) -> dict[str, Any]:
    """Return a receipt from wherever it can be read; an empty one where it cannot be trusted."""
    try:
        content = json.loads(read())
        return content if content["receipt"] and isinstance(content["outputs"], dict) else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def settings_told(receipt: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the master file that a receipt tells; none where it tells none."""
    parameters = receipt.get("parameters")
    values = parameters.get("values") if isinstance(parameters, dict) else None
    return values if isinstance(values, dict) else {}


def named_by_receipt(folder: Path) -> frozenset[str]:
    """Return the files of a folder that its receipt names, the receipt and the log among them, as seen from the folder."""
    content = read_receipt(folder)
    return frozenset((*content["outputs"], *_WRITTEN_LAST)) if content else frozenset()


def strangers(folder: Path) -> list[Path]:
    """Return what lies in a folder and is not named by its receipt, as seen from the folder: files, links, empty folders."""
    ours = named_by_receipt(folder)
    return [path for path in _leaves(folder) if path.as_posix() not in ours]


def carry(source: Path, target: Path) -> None:
    """Bring everything of somebody else's in one folder into another, leaving it where it is too; what is there already, as it is, stays.

    A name that the other folder has taken is followed by "(kept)". Raises OSError: a file can't be read or the disk is full.
    """
    for path in strangers(source):
        _bring(source / path, target, path)


def remove_ours(folder: Path) -> None:
    """Remove what a folder's receipt names, the receipt last, and the folder itself if nothing else is in it."""
    ours = named_by_receipt(folder)
    for path in sorted((path for path in _leaves(folder) if path.as_posix() in ours), key=lambda path: path.name == RECEIPT):
        (folder / path).unlink()
        place = (folder / path).parent
        while place != folder.parent and not any(place.iterdir()):
            place.rmdir()
            place = place.parent


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
