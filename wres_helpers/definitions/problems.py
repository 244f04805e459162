"""How a mistake in somebody's input is told: where, what was found, what was expected, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake in an input, told so that the person who made the file can mend it.

    Parameters
    ----------
    file
        The file's name as the user knows it (relative to the project where possible).
    expected
        What would have been right.
    action
        What to do now, as an instruction.
    row
        Line of the file as a spreadsheet shows it (the header is row 1).
    column
        Heading of the column, or the key of a master file.
    found
        What stands there. Never a person's name or number.
    """

    file: str
    expected: str
    action: str
    row: int | None = None
    column: str | None = None
    found: str | None = None

    def sentence(self) -> str:
        """Return the problem as one line of plain English."""
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column '{self.column}'"
        found = f" found {self.found};" if self.found is not None else ""
        return f"{place}:{found} expected {self.expected}. {self.action}"


class InputProblems(Exception):
    """Everything wrong with the inputs, found in one pass.

    Attributes
    ----------
    problems
        The problems in the order of the files.
    exit_code
        What the command line ends with.
    """

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.sentence() for problem in self.problems))


class ParameterProblems(InputProblems):
    """The master file itself is wrong: the command was given something it cannot use."""

    exit_code = 2
