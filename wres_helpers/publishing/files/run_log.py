"""The log of a run: what happened when, without paths of the machine and without names of people."""

import datetime
import getpass
import re
import sys
from pathlib import Path

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class RunLog:
    """Writes lines with the time (UTC) to ``run.log``, and says the important ones on the terminal too."""

    def __init__(self, project: Path, quiet: bool = False):
        self.project = project
        self.quiet = quiet
        self.lines: list[str] = []
        self._say = None

    def attach(self, say) -> None:
        """Print through this function (a progress bar's, which keeps the bar whole), or to standard error if None."""
        self._say = say

    def note(self, text: str) -> None:
        """Record a line for the log alone."""
        now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")
        self.lines += [f"{now} {line}" for line in without_paths(text, self.project).splitlines() or [""]]

    def say(self, text: str) -> None:
        """Record a line and print it to standard error."""
        self.note(text)
        if not self.quiet:
            (self._say or _to_standard_error)(text)

    def write(self, path: Path) -> None:
        """Write the log's lines so far."""
        path.write_text("\n".join(self.lines) + "\n", encoding="utf-8")


def _to_standard_error(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def without_paths(text: str, project: Path) -> str:
    """Return text with the paths of this machine and the user's name taken out, and terminal colours too."""
    text = _ANSI.sub("", text)
    for path, shown in _places(project):
        text = text.replace(path, shown)
    name = _user()
    return re.sub(rf"(?<=[/\\]){re.escape(name)}(?=[/\\])", "user", text) if name else text


def _places(project: Path) -> list[tuple[str, str]]:
    packages = {str(Path(place).resolve()) for place in sys.path if place} | {sys.prefix, sys.base_prefix}
    places = [(str(project.resolve()), "<project>"), (str(Path.home()), "~")]
    places += [(place, "<python>") for place in packages if len(place) > 3 and not str(project.resolve()).startswith(place)]
    # the longest first, so that a folder inside another is named as itself
    return sorted(places, key=lambda place: -len(place[0]))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
