"""What was noticed about the extracts, what stops the run and what was handled; and what of a cell a message may show: never who somebody is."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from wres_helpers.problems import HANDLED, Problem
from wres_helpers.tables.cell_readers import shown_cell

#: Rows told one by one; beyond these a finding gives their number.
ROWS_TOLD = 5


class Place(NamedTuple):
    """Where something was found: a file, perhaps a column, perhaps rows."""

    file: str
    column: str | None = None
    rows: Sequence[int] | np.ndarray | None = None


@dataclass
class ExtractFindings:
    """Collects what was noticed about all files, so that it can be told in one pass; none of it holds a person's name or number."""

    problems: list[Problem] = field(default_factory=list)  # without whose repair no counts are made
    notices: list[Problem] = field(default_factory=list)  # what was handled safely; the action says how

    def stop(self, where: Place | list[Place], found: str, expected: str, action: str, handled: bool = False) -> None:
        """Note a defect without whose repair no counts are made, in one place or in several; or one that was ``handled``."""
        told = self.notices if handled else self.problems
        told += _problems(where, found, expected, HANDLED * handled + action)

    def handle(self, where: Place | list[Place], found: str, expected: str, action: str) -> None:
        """Note a defect that was handled safely; ``action`` says how."""
        self.stop(where, found, expected, action, handled=True)

    def pass_on(self, where: Place | list[Place], told: Problem, handled: bool = True) -> None:
        """Note what the readers of all tables found, at the extract's own place."""
        self.stop(where, told.found or "", told.expected, told.action[:1].lower() + told.action[1:] if handled else told.action, handled)

    def in_order(self) -> list[Problem]:
        """Return everything by file and row: what stops the run first, then what was handled."""
        told = []
        for several in (without_displaced(self.problems), self.notices):
            files = list(dict.fromkeys(problem.file for problem in several))
            told += sorted(several, key=lambda problem, files=files: (files.index(problem.file), problem.row or 0))
        return told


def _problems(where: Place | list[Place], found: str, expected: str, action: str) -> Iterator[Problem]:
    """Give a problem for each of a few rows; for more of them one that says how many there are."""
    for file, column, rows in [where] if isinstance(where, Place) else where:
        if rows is None or len(rows) == 0:
            yield Problem(file, expected, action, column=column, found=found)
            continue
        first, *others = (int(row) for row in rows[:ROWS_TOLD])
        told = ""  # a row that has a line of its own is one row
        if len(rows) > ROWS_TOLD:
            told = f" (in {len(rows):,} rows: also {', '.join(map(str, others))} and {len(rows) - ROWS_TOLD:,} more)"
            others = []
        yield from (Problem(file, expected, action, row, column, found + told, len(rows)) for row in (first, *others))


def without_displaced(problems: list[Problem]) -> list[Problem]:
    """Return problems that show no cell of a row whose cells stand in the wrong columns: one of them may be a name.

    A row is taken for displaced where cells of three or more columns are wrong.
    """
    alone = [problem for problem in problems if problem.column and problem.row is not None and problem.how_many < 2]
    wrong = Counter((problem.file, problem.row) for problem in {(each.file, each.row, each.column): each for each in alone}.values())
    displaced = [each for each in alone if (each.found or "").startswith("'") and wrong[each.file, each.row] >= 3]
    hidden = "a cell of a row whose cells seem to stand in the wrong columns"
    return [replace(each, found=hidden) if each in displaced else each for each in dict.fromkeys(problems)]


def told_apart(positions: list[int]) -> list[list[int]]:
    """Return the distinct values that are told each by itself; many (a wrong column, say) are told together, not once a record."""
    return [[position] for position in positions] if len(positions) <= ROWS_TOLD else [positions]


#: Headings of columns whose cells tell who somebody is; their cells are never shown, wherever they turn up.
_IDENTIFYING_HEADING = re.compile(
    r"\b(names?|surname|forenames?|initials|e-?mail|insurance|nino|birth|dob|address|postcode|phone)\b"
    r"|\b(employee|person|staff|candidate|applicant|payroll|case)\s*(number|no\b|id\b|ref|code)"
)

#: Cells that look like a number of a person, an address, or 'Surname, Forename'.
_LIKE_A_NUMBER = re.compile(r"\d[\d\s-]{4,}\d|@|\b[a-z]{2}\d{6}[a-d]\b", re.IGNORECASE)
_LIKE_A_NAME = re.compile(r"^[^\W\d_][\w'’-]*,\s*[^\W\d_].*$|^(mr|mrs|ms|miss|mx|dr|prof|sir|dame)\b\.?\s", re.IGNORECASE)
_LIKE_A_DATE = re.compile(r"^\d{1,4}[/.\- ]\d{1,2}[/.\- ]\d{1,4}([ T]\d{1,2}:\d\d(:\d\d)?)?$")

HIDDEN = "a value not shown here, because it may tell who somebody is"


def identifies_people(heading: str) -> bool:
    """Tell whether a heading names a column of names or numbers of people."""
    return bool(_IDENTIFYING_HEADING.search(heading.casefold().replace("_", " ")))


def shown(value: str, private: Container[str] = frozenset(), known_words: frozenset[str] = frozenset()) -> str:
    """Return how a message shows a cell.

    Not shown are ``private`` texts (in lower case, from columns of names or numbers of people) and what looks like one, unless it has
    one of the ``known_words`` of the reference table the cell was looked up in: then it is no name.
    """
    text = "".join(character if character.isprintable() else "?" for character in value)
    like_a_name = _LIKE_A_NAME.match(text) and not (long_words(text) & known_words)
    looks_private = not _LIKE_A_DATE.match(text) and (_LIKE_A_NUMBER.search(text) or like_a_name)
    return HIDDEN if text.casefold() in private or looks_private else shown_cell(value)


def long_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{3,}", text.casefold()))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(long_words(text) for text in texts))
