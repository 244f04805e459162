"""The shell in which a forked child runs the cells of one notebook: IPython's own, which tells what it shows as a kernel does, in order."""

import builtins
import getpass
import io
import os
import sys
import tempfile
from functools import partial
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from wres_helpers.publishing.engine.workers import use_inline_pictures


class Messages(list[dict[str, Any]]):
    """What a cell has shown, as messages of Jupyter's protocol, in the order in which it was shown."""

    def tell(self, kind: str, **content: Any) -> None:
        self.append({"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {}, "content": content})

    def write(self, stream: str, text: str) -> None:
        """Add printed text to what the same stream has just printed."""
        if self and self[-1]["content"].get("name") == stream:
            self[-1]["content"]["text"] += text
        elif text:
            self.tell("stream", name=stream, text=text)


class _Stream(io.TextIOBase):
    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, name: str, descriptor: int, messages: Messages):
        self.name, self._descriptor, self._messages = name, descriptor, messages

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._messages.write(self.name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **more) -> None:
        kind = "update_display_data" if update else "display_data"
        self.shell.messages.tell(kind, data=data, metadata=metadata or {}, transient=transient or {})

    def clear_output(self, wait: bool = False) -> None:
        self.shell.messages.tell("clear_output", wait=wait)


class _Hook(DisplayHook):
    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict, md_dict=None) -> None:
        self.shell.messages.tell("execute_result", execution_count=self.prompt_count, data=format_dict, metadata=md_dict or {})


class NotebookShell(InteractiveShell):
    """IPython's shell with nothing of the user's own in it: no profile, no history, no startup files."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    messages = Messages()

    def init_ipython_dir(self, ipython_dir: Any) -> None:
        """Do without the folder that IPython would make in the user's home, or leave behind where it cannot."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """Do without a profile in it."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.messages.tell("error", ename=str(etype.__name__), evalue=str(evalue), traceback=list(stb))

    def ask_exit(self) -> None:
        """End this process, as `exit` in a cell ends a kernel."""
        os._exit(0)


class NotebookRunner:
    """Runs cells one after another in this process, which belongs to one notebook."""

    def __init__(self) -> None:
        use_inline_pictures()
        self.shell = NotebookShell.instance(config=Config(HistoryManager={"enabled": False, "hist_file": ":memory:"}))
        self.messages = self.shell.messages
        sys.stdout, sys.stderr = (_Stream(name, number, self.messages) for number, name in ((1, "stdout"), (2, "stderr")))
        self._printed = {name: tempfile.TemporaryFile() for name in ("stdout", "stderr")}  # noqa: SIM115 open as long as the process
        for number, file in enumerate(self._printed.values(), start=1):
            os.dup2(file.fileno(), number)
        builtins.input, getpass.getpass = partial(_refused, "raw_input"), partial(_refused, "getpass")

    def run(self, code: str) -> dict[str, Any]:
        """Run a cell; return its number and the messages of what it has shown."""
        self.messages.clear()
        count = self.shell.execution_count
        self.shell.run_cell(code, store_history=True)
        for name, file in self._printed.items():  # what compiled code and child processes have printed
            file.seek(0)
            self.messages.write(name, file.read().decode("utf-8", "replace"))
            file.seek(0)
            file.truncate()
        return {"count": count, "messages": self.messages}


def _refused(name: str, *_arguments: Any, **_options: Any) -> str:
    raise StdinNotImplementedError(f"{name} was called, but this frontend does not support input requests.")
