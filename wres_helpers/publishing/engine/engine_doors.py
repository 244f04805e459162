"""What papermill's entry points name: engines that are imported only when a notebook is executed.

papermill loads every registered engine while it is itself being imported, so nothing here may import papermill then.
"""

from importlib import import_module
from typing import Any

WARM = "wres-warm"
STANDARD = "wres-standard"


class _Door:
    """Stands for an engine of :mod:`.papermill_engines`, of which papermill asks one thing or another."""

    def __init__(self, engine: str):
        self._engine = engine

    def __getattr__(self, asked: str) -> Any:
        return getattr(getattr(import_module("wres_helpers.publishing.engine.papermill_engines"), self._engine), asked)


WarmEngine, StandardEngine = _Door("WarmEngine"), _Door("StandardEngine")


def register() -> None:
    """Make both engines known to papermill, also where the package was not installed (a copied folder)."""
    from papermill.engines import papermill_engines

    papermill_engines.register(STANDARD, StandardEngine)
    papermill_engines.register(WARM, WarmEngine)
