"""Runs tests against another source of one module, in a fork of this process that has imported the libraries; no file is touched."""

import importlib.abc
import importlib.util
import os
import signal
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
KILLED, SURVIVED, TOO_LONG, NOT_RUN = "killed", "survived", "took too long", "no test ran"
SECONDS = 300
_LIBRARIES = (
    *("pandas", "scipy.stats", "scipy.optimize.elementwise", "pydantic", "yaml", "hypothesis"),
    *("matplotlib.figure", "statsmodels.stats.proportion"),
)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Gives one module with another source."""

    def __init__(self, name, path, source):
        self.name, self.path, self.source = name, str(path), source

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_filename(self, name):
        return self.path

    def get_data(self, path):
        return self.source.encode()


def import_libraries():
    """Import, once for all forks, what the tests need besides the package."""
    os.chdir(PROJECT)
    for name in _LIBRARIES:
        importlib.import_module(name)


def outcome(module, source, files):
    """Run test files against another source of a module, up to the first red test; return what came of it."""
    pid = os.fork()
    if not pid:
        code = 3
        try:
            code = _tested(module, source, files)
        finally:
            os._exit(code)
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        return TOO_LONG if os.WTERMSIG(status) == signal.SIGALRM else KILLED
    return {0: SURVIVED, 3: NOT_RUN, 4: NOT_RUN, 5: NOT_RUN}.get(os.waitstatus_to_exitcode(status), KILLED)


def _tested(module, source, files):
    import pytest

    signal.alarm(SECONDS)
    name = ".".join(module.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
    sys.meta_path.insert(0, _Finder(name, module, source))
    for number in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    return pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--rootdir={PROJECT}", *map(str, files)])
