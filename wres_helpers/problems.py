"""How a mistake in somebody's input is told: where, what was found, what was expected, what to do."""

import errno
import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

#: Signs that nobody sees: without width, between letters of two directions, or turning round what is printed behind them.
NO_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True)
class Problem:
    """One mistake in an input, told so that the person who made the file can mend it."""

    file: str  # its name as the user knows it (relative to the project where possible)
    expected: str  # what would have been right
    action: str  # what to do now, as an instruction
    row: int | None = None  # line of the file as a spreadsheet shows it (the header is row 1)
    column: str | None = None  # its heading, or the key of a master file
    found: str | None = None  # what stands there; never a person's name or number
    how_many: int = field(default=0, repr=False, compare=False)  # in how many rows, where it was found in several; what is found says so

    def sentence(self, rows: str = "") -> str:
        """Return the problem as one line of plain English; ``rows`` names several rows in place of its own."""
        place = self.file
        if rows:
            place += f", rows {rows}"
        elif self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", {'key' if '.yaml' in self.file else 'column'} '{self.column}'"
        found = f" found {self.found};" if self.found is not None else ""
        said = f"{place}:{found} expected {self.expected}. {self.action}"
        return NO_WIDTH.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", said)


#: How the cure of what was wrong and was handled begins; and what is done with what is only spelled otherwise.
HANDLED = "Handled: "
READ_ALL_THE_SAME = "read all the same."


def told_together(problems: Iterable[Problem]) -> list[str]:
    """Return problems as sentences; what is wrong in the same way in several rows of a file is told once, with the rows.

    All that is only spelled otherwise in a file is told at once.
    """
    alike: dict[Problem, list[int | None]] = {}
    spelled: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.action == HANDLED + READ_ALL_THE_SAME:
            spelled.setdefault(problem.file, []).append(problem)
        else:
            alike.setdefault(replace(problem, row=None), []).append(problem.row)
    for file, several in spelled.items():
        columns = ", ".join(f"'{column}'" for column in dict.fromkeys(problem.column for problem in several))
        found = f"other capitals, spaces or punctuation in {columns}"
        told = Problem(file, "the usual spelling", several[0].action, found=found) if len(several) > 1 else several[0]
        alike[told] = [told.row]
    stops = any(not problem.action.startswith(HANDLED) for problem in alike)
    sentences: list[str] = []
    for problem, rows in alike.items():
        if stops and "" not in sentences and problem.action.startswith(HANDLED):
            sentences.append("")  # what stops stands apart from what would have been handled
        numbered = [row for row in rows if row is not None]
        if len(numbered) < 3:
            sentences += [replace(problem, row=row).sentence() for row in rows]
        else:
            sentences.append(problem.sentence(rows=_spans(numbered)))
    return sentences


def _spans(rows: list[int]) -> str:
    """Return row numbers in words: '2 to 94', '2, 5 and 9 to 12'."""
    spans: list[list[int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    words = [str(first) if first == last else f"{first} to {last}" for first, last in spans]
    most = [*words[:20], f"{len(words) - 20} more places"] if len(words) > 20 else words
    return " and ".join([", ".join(most[:-1]), most[-1]]) if len(most) > 1 else most[0]


def noted(sentence: str) -> str:
    """Return what nothing stops at as a line, with the short name by which a master file settles it; with another number in it it has another."""
    return f"Note: {sentence} [n{hashlib.sha256(sentence.encode()).hexdigest()[:5]}]"


def settled_as(note: str) -> str:
    """Return the short name of a note, as :func:`noted` put it there."""
    return note.rpartition("[")[2].rstrip("]")


def unsettled(notes: Sequence[str], settled: Collection[str], teller: str = "wres check --all") -> list[str]:
    """Return the notes that nobody has settled, and of the others how many there are and where they stand."""
    left = [note for note in notes if settled_as(note) not in settled]
    if gone := len(notes) - len(left):
        left.append(f"{gone} settled note{'s' * (gone > 1)}: {teller} tells {'them' if gone > 1 else 'it'}.")
    return left


class InputProblems(Exception):
    """Everything wrong with the inputs, found in one pass, in the order of the files."""

    exit_code = 1  # what the command line ends with
    notes: tuple[str, ...] = ()  # what else was found, told after them

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(told_together(self.problems)))

    @classmethod
    def of(cls, file: str, expected: str, action: str, **more: Any) -> Self:
        """Return them of one problem; see :class:`Problem`."""
        return cls([Problem(file, expected, action, **more)])

    @classmethod
    def raise_if_any(cls, problems: Iterable[Problem]) -> None:
        """Raise them if there are any, each told once."""
        if told := dict.fromkeys(problems):
            raise cls(told)

    def __reduce__(self):
        """Travel between processes whole."""
        return type(self), (self.problems,)


def collected(problems: list[Problem], read: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
    """Return what somebody reads; where that stops, note its problems and return None, so that whatever else is there is read too."""
    try:
        return read(*arguments, **more)
    except InputProblems as error:
        problems += error.problems
        return None


class ParameterProblems(InputProblems):
    """The master file itself is wrong: the command was given something it cannot use."""

    exit_code = 2


#: What the system refuses, as somebody would say what is needed and what to do.
_REFUSALS = {
    errno.EACCES: ("the right to read or write it", "Ask for the right, or use a folder of your own."),
    errno.EPERM: ("the right to read or write it", "Ask for the right, or use a folder of your own."),
    errno.EROFS: ("a disk that can be written", "Use a folder on another disk."),
    errno.ENOSPC: ("free space on the disk", "Free some space and call the command again."),
    errno.EDQUOT: ("free space in your quota", "Free some space and call the command again."),
    errno.EFBIG: ("a file as large as needed", "Ask for a larger limit on the size of files."),
    errno.EEXIST: ("nothing of that name, or what it leads to", "Move away what is there, or mend the link."),
    errno.ENOENT: ("the file or folder", "Put it back, or check its name."),
    errno.EISDIR: ("a file", "Rename the folder or move it away."),
    errno.ENOTDIR: ("a folder", "Rename the file or move it away."),
    errno.ELOOP: ("a file or folder", "Mend the link; it leads to itself."),
    errno.EMFILE: ("files that may still be opened", "Ask for a larger limit on open files."),
    errno.ENAMETOOLONG: ("a name of at most 255 bytes", "Shorten the name."),
    errno.ENOMEM: ("free memory", "Close other programs and call the command again."),
}


def system_problem(error: OSError, file: str | None = None) -> Problem:
    """Return what the system refused (no right, no space, no such file) as a problem of a file as messages print it.

    Without it, of the name that the refusal has, as seen from the working folder.
    """
    expected, action = _REFUSALS.get(error.errno, ("a file or connection that works", "Look into it and call the command again."))
    # of a file that goes to its place, the place is what somebody knows
    return Problem(
        file or _seen_from_here(error.filename2 or error.filename),
        expected,
        action,
        found=error.strerror or str(error) or type(error).__name__,
    )


def _seen_from_here(name: object) -> str:
    if not isinstance(name, str | bytes | os.PathLike):
        return "a file or the output"
    path = Path(os.fsdecode(name)).absolute()
    # nobody knows what lies in the pack's own folder
    path = next((above.parent for above in (*path.parents, path) if above.name == ".wres"), path)
    shown = path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.name or str(path)
    return shown if len(shown) < 300 else f"{shown[:80]}..."


def real(path: Path) -> Path:
    """Return where a path leads; of a link that leads to itself, the link (``Path.resolve`` breaks off there)."""
    return Path(os.path.realpath(path))


def shown_path(path: Path, project: Path) -> str:
    """Return a path seen from the project's folder, or only its name where it lies outside."""
    try:
        return real(Path(path)).relative_to(real(Path(project))).as_posix()
    except ValueError:
        return Path(path).name
