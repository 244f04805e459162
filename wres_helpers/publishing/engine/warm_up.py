"""Imports once what every notebook needs, so that its forked child pays nothing for it.

Only imports and a throw-away picture: no option is set, no state is left that a notebook could see.
"""

import gc
import importlib
import importlib.util
import io
import os
import pkgutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

#: What calculates the figures.
CALCULATING = (
    "pandas", "scipy.special", "scipy.optimize.elementwise", "scipy.optimize",
    "wres_helpers.intake.supplied_counts", "wres_helpers.intake.count_selection", "wres_helpers.intake.printed_register", "wres_helpers.intake.narrative_texts",
    "wres_helpers.intake.action_plans", "wres_helpers.analysis", "wres_helpers.checking",
)  # fmt: skip

#: What the notebooks need besides: a shell, and what draws and writes.
SHOWING = (
    "matplotlib.pyplot", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg", "pandas.io.formats.html",
    "wres_helpers.publishing.engine.notebook_shell",
    "wres_helpers.report", "wres_helpers.publishing.safeguards.proof", "wres_helpers.publishing.files.workbook",
)  # fmt: skip

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


def import_what_calculates() -> None:
    """Import what reads and calculates."""
    _import(CALCULATING)


def import_everything() -> None:
    """Import the packages of the notebooks and draw one picture nobody sees, which fills the caches of fonts."""
    _import((*CALCULATING, *SHOWING))
    # its modules are imported when first used; here that is now
    report = sys.modules.get("wres_helpers.report")
    _import(f"wres_helpers.report.{part.name}" for part in pkgutil.iter_modules(getattr(report, "__path__", [])))
    with suppress(Exception):
        _draw_nothing()
    gc.collect()
    gc.freeze()  # so that the collector of a child does not touch, and so copy, every page it shares with us


def _import(names: Iterable[str]) -> None:
    for name in names:
        # what cannot be imported is left to the notebook that needs it, which says so in its own cell
        with suppress(Exception):
            importlib.import_module(name)


def _draw_nothing() -> None:
    # not through pyplot: that would choose the backend here, and the inline one has to meet its notebook first
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots()
    axes.set_title("warm")
    figure.savefig(io.BytesIO(), format="svg")
