"""Imports once what every notebook needs, so that its forked child pays nothing for it.

Only imports and a throw-away picture: no option is set, no state is left that a notebook could see.
"""

import gc
import importlib
import io
import os
import pkgutil
import sys
from collections.abc import Iterable
from contextlib import suppress

#: What calculates the figures.
CALCULATING = (
    "pandas", "scipy.special", "scipy.optimize.elementwise", "scipy.optimize",
    "wres_helpers.intake.supplied_counts", "wres_helpers.intake.count_selection", "wres_helpers.intake.printed_register", "wres_helpers.intake.narrative_texts",
    "wres_helpers.intake.action_plans", "wres_helpers.analysis", "wres_helpers.checking",
)  # fmt: skip

#: What the notebooks need besides: a shell, and what draws and writes.
SHOWING = (
    "matplotlib.pyplot", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg", "pandas.io.formats.html",
    "IPython.core.interactiveshell", "ipykernel.zmqshell", "wres_helpers.publishing.engine.forked_kernel",
    "wres_helpers.report",
)  # fmt: skip

#: Compiled libraries start threads of their own unless told not to; a fork beside threads may hang.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}

#: An ordinary kernel starts with this too; matplotlib reads it when it is imported.
INLINE_BACKEND = "module://matplotlib_inline.backend_inline"


_added: list[str] = []


def keep_single_threaded() -> None:
    """Set the variables that keep compiled libraries from starting threads; to be called before they are imported."""
    for name, value in ONE_THREAD.items():
        if name not in os.environ:
            os.environ[name] = value
            _added.append(name)


def environment_of_user() -> dict[str, str]:
    """Return this process's environment without what :func:`keep_single_threaded` added to it."""
    return {name: value for name, value in os.environ.items() if name not in _added}


def import_what_calculates() -> None:
    """Import what reads and calculates."""
    _import(CALCULATING)


def import_everything(more: Iterable[str] = ()) -> None:
    """Import the packages of the notebooks and draw one picture nobody sees, which fills the caches of fonts."""
    _import((*CALCULATING, *SHOWING, *more))
    # its modules are imported when first used; here that is now
    report = sys.modules.get("wres_helpers.report")
    _import(f"wres_helpers.report.{part.name}" for part in pkgutil.iter_modules(getattr(report, "__path__", [])))
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
