"""The log of a run: what happened when, without paths of the machine and without names of people."""

import datetime
import getpass
import re
import sys
from functools import partial
from pathlib import Path

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class RunLog:
    """Writes lines with the time (UTC) to ``run.log``, and says the important ones on the terminal too."""

    def __init__(self, project: Path):
        self.project = project
        self.lines: list[str] = []
        #: Prints a line; that of a progress bar, which keeps itself whole, takes its place, or one of many reports, which says nothing.
        self.print = partial(print, file=sys.stderr, flush=True)

    def note(self, text: str) -> None:
        """Record a line for the log alone."""
        now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")
        self.lines += [f"{now} {line}" for line in without_paths(text, self.project).splitlines() or [""]]

    def say(self, text: str) -> None:
        """Record a line and print it to standard error."""
        self.note(text)
        self.print(text)

    def write(self, path: Path) -> None:
        path.write_text("\n".join(self.lines) + "\n", encoding="utf-8")


def without_paths(text: str, project: Path) -> str:
    """Return text with the paths of this machine and the user's name taken out, and terminal colours too."""
    text = _ANSI.sub("", text)
    here = str(project.resolve())
    packages = {str(Path(place).resolve()) for place in sys.path if place} | {sys.prefix, sys.base_prefix}
    places = {place: "<python>" for place in packages if len(place) > 3 and not here.startswith(place)}
    places |= {str(Path.home()): "~", here: "<project>"}
    for place in sorted(places, key=len, reverse=True):  # a folder inside another is named as itself
        text = text.replace(place, places[place])
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return text
    return re.sub(rf"(?<=[/\\]){re.escape(name)}(?=[/\\])", "user", text)
