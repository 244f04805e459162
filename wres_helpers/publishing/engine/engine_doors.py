"""What papermill's entry points name: engines that import their work only when a notebook is executed.

papermill loads every registered engine while it is itself being imported, so nothing here may import papermill then.
"""

from typing import Any

from wres_helpers.publishing.engine import PYTHON_KERNEL

WARM = "wres-warm"
STANDARD = "wres-standard"


class _Door:
    """An engine by the name of its class; papermill asks an engine for three things."""

    @classmethod
    def _engine(cls) -> Any:
        from wres_helpers.publishing.engine import papermill_engines

        return getattr(papermill_engines, cls.__name__)

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        return cls._engine().execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return the kernel to use: Python's own for a notebook in Python, whatever the machine it was saved on calls it."""
        if name is None and cls.nb_language(nb) == "python":
            return PYTHON_KERNEL
        return cls._engine().nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return the language of a notebook; Python where it names none."""
        told = nb.metadata.get("kernelspec", {}).get("language") or nb.metadata.get("language_info", {}).get("name")
        return (language or told or "python").lower()


class WarmEngine(_Door):
    """``wres-warm``: each notebook in a fork of a process that has imported everything."""


class StandardEngine(_Door):
    """``wres-standard``: papermill's own kernels, with their traffic encrypted."""


def register() -> None:
    """Make both engines known to papermill, also where the package was not installed (a copied folder)."""
    from papermill.engines import papermill_engines

    papermill_engines.register(STANDARD, StandardEngine)
    papermill_engines.register(WARM, WarmEngine)
