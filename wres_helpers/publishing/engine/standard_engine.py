"""papermill's own kernels, with their traffic encrypted where the machine can."""

import asyncio
import sys
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode
from papermill.engines import NBClientEngine
from traitlets.config import Config


def let_kernels_talk() -> None:
    """Choose the event loop that a kernel's sockets need; Windows starts with another, under which each kernel warns and is slower."""
    policy = getattr(asyncio, "WindowsSelectorEventLoopPolicy", None)
    if sys.platform == "win32" and policy is not None:
        asyncio.set_event_loop_policy(policy())


class StandardEngine(NBClientEngine):
    """papermill's own engine. A notebook that breaks off without an error cell is still handed back (``kept``)."""

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, kernel_name: str, kept: dict[str, Any] | None = None, finish: Callable[[NotebookNode], None] | None = None,
        **options: Any,
    ) -> NotebookNode:  # fmt: skip
        """Execute a notebook; see papermill.

        ``kept["notebook"]`` is the notebook even if an exception ends the run; ``finish`` is given the executed notebook
        before papermill writes it.
        """
        if kept is not None:
            kept["notebook"] = nb
        let_kernels_talk()
        executed = super().execute_notebook(nb, kernel_name, **options)
        if finish is not None:
            finish(executed)
        return executed

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Execute the cells in an ordinary kernel whose messages are encrypted where the machine can."""
        options.setdefault("config", Config(KernelManager={"transport_encryption": "auto"}))
        return super().execute_managed_notebook(nb_man, kernel_name, **options)
