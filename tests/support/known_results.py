"""What is calculated of the same content is calculated once in a run of the suite, by the process that needs it first.

The package finds what it remembers by the content it was made from (:mod:`wres_helpers.remembered`). What is analysed and protected stands in
a folder besides, for all workers and the calls of ``wres`` that tests make, and so does what printed figures contradict, which the package
itself, whose run asks once, does not remember. Of what is read from files counts tables do, which are known by their bytes, one by one, also
beside a table that a test changed. Reference tables are known by their bytes in each process, wherever a project lies. A test that puts other
code into these rooms, or asks whether something is calculated, uses :func:`nothing_known`.
"""

import hashlib
import os
import pickle
from collections import OrderedDict
from contextlib import contextmanager
from functools import lru_cache, wraps
from inspect import unwrap
from pathlib import Path

from wres_helpers import checking, remembered
from wres_helpers.intake import supplied_counts
from wres_helpers.small_tables import small_tables
from wres_helpers.standard import reference_tables
from wres_helpers.standard.standard_folders import STANDARDS, shown_place

#: Where the folder stands for processes that tests start.
PLACE = "WRES_TESTS_KNOW"
#: The room that reads files, whose results are found by their time and size.
_READING = "wres_helpers.intake."
#: A counts table of more bytes is none that another test reads again.
_LARGE = 1 << 18
#: What follows from its arguments alone, all of a room or a function; a counts table does, which here is known by its bytes.
_ROOMS = ("wres_helpers.analysis.", "wres_helpers.disclosure.", "wres_helpers.checking.", "wres_helpers.intake.counts.counts_tables.")
#: Reference tables as read, by their place in a project and the bytes of all tables beside them, to which they are held.
_reference_tables: dict[tuple[str, bytes], object] = {}


def share(folder=None):
    """Let this process, and those it starts, find and leave results in a folder; that of the process that started it where none is given."""
    if folder or PLACE in os.environ:
        os.environ[PLACE] = str(folder or os.environ[PLACE])
        remembered._store = _Functions(Path(os.environ[PLACE]))
        checking.reconcile = remembered.remembered(unwrap(checking.reconcile))
        supplied_counts.read_counts_table = _known_by_its_bytes(unwrap(supplied_counts.read_counts_table))
        know_reference_tables()


def know_reference_tables():
    """Let this process, and its forks, read reference tables of the same bytes once."""
    read = small_tables(unwrap(reference_tables._read))

    @lru_cache(maxsize=256)
    @wraps(read)
    def reading(path, modified):
        folders = [path.parent, *([path.parents[2]] if path.parents[1].name == STANDARDS else [])]
        beside = hashlib.sha256()
        try:
            for each in (each for folder in folders for each in sorted(folder.glob("*.csv"))):
                beside.update(b"\0".join((each.name.encode(), each.read_bytes(), b"")))
        except OSError:
            return read(path, modified)
        key = shown_place(path), beside.digest()
        if key not in _reference_tables:
            _reference_tables[key] = read(path, modified)
            if len(_reference_tables) > 500:
                _reference_tables.pop(next(iter(_reference_tables)))
        return _reference_tables[key]

    reference_tables._read = reading


def _known_by_its_bytes(read):
    """Return what reads a counts table, and remembers by the bytes and name of its file, and by all that its words mean."""
    last = [None, b""]  # the words of a year are told once for all its tables
    told = {}  # by those words as they are packed: what they are known by takes fifty times as long to tell

    def key(path, name, shown, words):
        if last[0] is not words:
            packed = pickle.dumps(words)
            if packed not in told:
                told[packed] = repr(remembered.fingerprint(words))
            last[:] = words, told[packed]
        return [path.name, repr(path.read_bytes()), name, shown, last[1]]

    known = remembered.remembered_by(key)(read)

    @wraps(read)
    def reading(path, *told):
        return (known if path.is_file() and path.stat().st_size < _LARGE else read)(path, *told)

    return reading


def kernels_that_know(folder):
    """Return the environment in which kernels find and leave results, as calls of ``wres`` do; what they begin with is laid in a folder."""
    begin = folder / "ipython/profile_default/startup/know.py"
    begin.parent.mkdir(parents=True)
    tests = Path(__file__).resolve().parents[1]
    begin.write_text(f"import sys\nsys.path.append({str(tests)!r})\nfrom support.known_results import share\nshare()\n", encoding="utf-8")
    return {"IPYTHONDIR": str(folder / "ipython")}


@contextmanager
def nothing_known():
    """Let this process know nothing, and forget afterwards what it has calculated meanwhile."""
    before, remembered._store = remembered._store, {}
    reference_tables._read.cache_clear()
    _reference_tables.clear()
    try:
        yield
    finally:
        remembered._store = before


class _Functions(dict):
    """The results of each function, by its name."""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder

    def setdefault(self, name, _):
        if name not in self:
            kinds = {_ROOMS: lambda: _Results(self.folder / name), (_READING,): _Read}
            self[name] = next((make() for rooms, make in kinds.items() if name.startswith(rooms)), OrderedDict())
        return self[name]

    def update(self, others):
        for name, results in others.items():
            for digest, result in results.items():
                OrderedDict.__setitem__(self.setdefault(name, None), digest, result)


class _Read(OrderedDict):
    """The last results of one function that reads files, and beside them so many as a file of tests asks for in turn."""

    beside = 40

    def __init__(self, *given):
        super().__init__(*given)
        self.others = OrderedDict()

    def __contains__(self, digest):
        if not super().__contains__(digest) and digest in self.others:
            super().__setitem__(digest, self.others[digest])
        return super().__contains__(digest)

    def __setitem__(self, digest, result):
        super().__setitem__(digest, result)
        self.others[digest] = result
        if len(self.others) > self.beside:
            self.others.popitem(last=False)

    def __reduce__(self):
        return OrderedDict, (list(self.items()),)


class _Results(OrderedDict):
    """The last results of one function, and in a folder all of them."""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder

    def __contains__(self, digest):
        if not super().__contains__(digest) and (path := self._path(digest)).is_file():
            super().__setitem__(digest, pickle.loads(path.read_bytes()))
        return super().__contains__(digest)

    def __setitem__(self, digest, result):
        super().__setitem__(digest, result)
        try:
            content = pickle.dumps(result)
        except (AttributeError, pickle.PicklingError):
            return  # holds functions of its own
        self.folder.mkdir(parents=True, exist_ok=True)
        made = self.folder / f"{digest.hex()}.{os.getpid()}"
        made.write_bytes(content)
        made.rename(self._path(digest))

    def __reduce__(self):
        return OrderedDict, (list(self.items()),)

    def _path(self, digest):
        return self.folder / digest.hex()
