"""A file that appears whole or not at all: after a kill or a full disk what stood in its place stands there still."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a place beside a file to write to, and put it there once all is written; what a killed call left aside is written over.

    Raises OSError, of the file itself: the system takes no more of it.
    """
    target = path.resolve()
    aside = target.with_name(f".{target.name}.part")
    try:
        yield aside
        aside.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        aside.unlink(missing_ok=True)
