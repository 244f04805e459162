"""What is set for a process and its children before compiled libraries and matplotlib are imported."""

import importlib.util
import os
import sys
from pathlib import Path

#: Compiled libraries start threads of their own unless told not to; a fork beside threads may hang.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}

_INLINE = "module://matplotlib_inline.backend_inline"


def keep_single_threaded() -> None:
    """Set the variables that keep compiled libraries from starting threads; to be called before they are imported."""
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)


def use_inline_pictures() -> None:
    """Let pyplot show its pictures in the notebook, by matplotlib's own defaults, whatever this machine or user has set.

    The environment serves kernels that are started anew and a matplotlib that is not imported yet.
    """
    package = importlib.util.find_spec("matplotlib")
    os.environ["MPLBACKEND"] = _INLINE
    os.environ["MATPLOTLIBRC"] = str(Path(package.submodule_search_locations[0]) / "mpl-data" / "matplotlibrc")
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = _INLINE
