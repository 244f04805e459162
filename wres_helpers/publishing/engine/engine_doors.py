"""What papermill's entry points name: engines that import their work only when a notebook is executed.

papermill loads every registered engine while it is itself being imported, so nothing here may import papermill then.
"""

import importlib
from typing import Any

WARM = "wres-warm"
STANDARD = "wres-standard"


class _Door:
    """An engine by the name of its class; papermill asks an engine for three things."""

    module: str
    name: str

    @classmethod
    def _engine(cls) -> Any:
        return getattr(importlib.import_module(cls.module), cls.name)

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Execute a notebook; see papermill."""
        return cls._engine().execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return the kernel a notebook asks for."""
        return cls._engine().nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return the language of a notebook."""
        return cls._engine().nb_language(nb, language)


class WarmEngine(_Door):
    """``wres-warm``: each notebook in a fork of a process that has imported everything."""

    module, name = "wres_helpers.publishing.engine.shell_engine", "ShellEngine"


class StandardEngine(_Door):
    """``wres-standard``: papermill's own kernels, with their traffic encrypted."""

    module, name = "wres_helpers.publishing.engine.standard_engine", "StandardEngine"


def register() -> None:
    """Make both engines known to papermill, also where the package was not installed (a copied folder)."""
    from papermill.engines import papermill_engines

    papermill_engines.register(STANDARD, StandardEngine)
    papermill_engines.register(WARM, WarmEngine)
