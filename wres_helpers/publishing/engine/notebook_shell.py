"""The shell in which a forked child runs the cells of one notebook: IPython's own, with its outputs kept in order."""

import builtins
import getpass
import io
import os
import sys
import tempfile
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from wres_helpers.publishing.engine.workers import use_inline_pictures

Output = dict[str, Any]


class Outputs:
    """What each cell has shown, in the order in which it was shown, as Jupyter's format has it."""

    def __init__(self) -> None:
        self.cells: list[list[Output]] = []
        self.count = 0
        self.changed: set[int] = set()
        self._by_name: dict[str, list[tuple[int, Output]]] = {}
        self._clear_first = False

    def begin(self) -> None:
        """Begin with the next cell."""
        self.cells.append([])
        self.changed.clear()
        self._clear_first = False

    def add(self, output: Output, name: str | None = None) -> None:
        """Add what was shown; ``name`` is the display identifier by which it may be changed later."""
        if self._clear_first:
            self.clear()
        self.cells[-1].append(output)
        if name:
            self._by_name.setdefault(name, []).append((len(self.cells) - 1, output))

    def write(self, stream: str, text: str) -> None:
        """Add printed text to what the same stream has printed last."""
        shown = self.cells[-1] if self.cells else []
        if not self._clear_first and shown and shown[-1].get("name") == stream:
            shown[-1]["text"] += text
        elif text and self.cells:
            self.add({"output_type": "stream", "name": stream, "text": text})

    def change(self, name: str, data: Output, metadata: Output) -> None:
        """Change everything that was shown under a display identifier."""
        for cell, output in self._by_name.get(name, ()):
            output |= {"data": data, "metadata": metadata}
            self.changed.add(cell)

    def clear(self, wait: bool = False) -> None:
        """Take back what the cell has shown, now or when it next shows something."""
        self._clear_first = wait
        if not wait:
            self.cells[-1].clear()


class _Stream(io.TextIOBase):
    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, name: str, descriptor: int, outputs: Outputs):
        self.name, self._descriptor, self._outputs = name, descriptor, outputs

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._outputs.write(self.name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **more) -> None:
        outputs, name = self.shell.outputs, (transient or {}).get("display_id")
        if update:
            outputs.change(name, data, metadata or {})
        else:
            outputs.add({"output_type": "display_data", "data": data, "metadata": metadata or {}}, name)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear(wait)


class _Hook(DisplayHook):
    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict, md_dict=None) -> None:
        count = self.shell.outputs.count
        self.shell.outputs.add({"output_type": "execute_result", "execution_count": count, "data": format_dict, "metadata": md_dict or {}})


class NotebookShell(InteractiveShell):
    """IPython's shell with nothing of the user's own in it: no profile, no history, no startup files."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def init_ipython_dir(self, ipython_dir: Any) -> None:
        """Do without the folder that IPython would make in the user's home, or leave behind where it cannot."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """Do without a profile in it."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.outputs.add({"output_type": "error", "ename": str(etype.__name__), "evalue": str(evalue), "traceback": list(stb)})

    def ask_exit(self) -> None:
        """End this process, as `exit` in a cell ends a kernel."""
        os._exit(0)


class NotebookRunner:
    """Runs cells one after another in this process, which belongs to one notebook."""

    def __init__(self) -> None:
        use_inline_pictures()
        self.outputs = Outputs()
        NotebookShell.outputs = self.outputs
        self.shell = NotebookShell.instance(config=Config(HistoryManager={"enabled": False, "hist_file": ":memory:"}))
        sys.stdout, sys.stderr = (_Stream(name, number, self.outputs) for number, name in ((1, "stdout"), (2, "stderr")))
        self._printed = {name: tempfile.TemporaryFile() for name in ("stdout", "stderr")}  # noqa: SIM115 open as long as the process
        for number, file in enumerate(self._printed.values(), start=1):
            os.dup2(file.fileno(), number)
        builtins.input, getpass.getpass = _refused("raw_input"), _refused("getpass")

    def run(self, code: str) -> dict[str, Any]:
        """Run a cell; return its outputs, its number, whether it failed, and cells whose outputs it changed."""
        self.outputs.begin()
        count = self.outputs.count = self.shell.execution_count
        result = self.shell.run_cell(code, store_history=True)
        for name, file in self._printed.items():  # what compiled code and child processes have printed
            file.seek(0)
            self.outputs.write(name, file.read().decode("utf-8", "replace"))
            file.seek(0)
            file.truncate()
        changed = {cell: self.outputs.cells[cell] for cell in self.outputs.changed}
        return {"outputs": self.outputs.cells[-1], "count": count, "success": result.success, "changed": changed}


def _refused(name: str) -> Any:
    def refused(*arguments: Any, **options: Any) -> str:
        raise StdinNotImplementedError(f"{name} was called, but this frontend does not support input requests.")

    return refused
