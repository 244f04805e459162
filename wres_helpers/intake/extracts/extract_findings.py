"""What was noticed about the extracts, what stops the run and what was handled; and what of a cell a message may show: never who somebody is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from wres_helpers.problems import HANDLED, Problem
from wres_helpers.tables.cell_readers import shown_cell

#: Rows told one by one; beyond these a finding gives their number.
ROWS_TOLD = 5


@dataclass(frozen=True)
class Finding:
    """One defect of one file; what it says never holds a person's name or number."""

    defect: str  # its kind, for example ``unmapped grade``; the same word in manifests and reports
    stops: bool  # whether no counts are made before it is mended; else it was handled, and ``action`` says how
    file: str
    column: str | None  # the heading as it stands in the file
    rows: tuple[int, ...]  # the first rows, as a spreadsheet numbers them
    how_many: int  # in how many rows
    found: str
    expected: str
    action: str

    def problems(self) -> list[Problem]:
        """Return the finding as problems: one a row for a few rows, else one that says how many rows there are."""
        action = self.action if self.stops else f"{HANDLED}{self.action}"
        if not self.rows:
            return [Problem(self.file, self.expected, action, column=self.column, found=self.found)]
        if self.how_many <= ROWS_TOLD:
            found = self.found if self.how_many == 1 else f"{self.found} (in {self.how_many} rows)"
            return [Problem(self.file, self.expected, action, row=row, column=self.column, found=found) for row in self.rows]
        others = ", ".join(str(row) for row in self.rows[1:])
        found = f"{self.found} (in {self.how_many:,} rows: also {others} and {self.how_many - len(self.rows):,} more)"
        return [Problem(self.file, self.expected, action, row=self.rows[0], column=self.column, found=found)]


@dataclass
class Findings:
    """Collects the findings of all files, so that they can be told in one pass."""

    all: list[Finding] = field(default_factory=list)

    def stop(self, defect: str, place: "Place", found: str, expected: str, action: str) -> None:
        """Note a defect without whose repair no counts are made."""
        self._add(True, defect, place, (found, expected, action))

    def stop_all(self, defect: str, problems: Iterable[Problem]) -> None:
        """Note what is wrong with a small table that the extracts need."""
        for one in problems:
            where = place(one.file, one.column, [one.row] if one.row is not None else None)
            self.stop(defect, where, one.found or "", one.expected, one.action)

    def handle(self, defect: str, place: "Place", found: str, expected: str, action: str) -> None:
        """Note a defect that was handled safely; ``action`` says how."""
        self._add(False, defect, place, (found, expected, action))

    def _add(self, stops: bool, defect: str, place: "Place", told: tuple[str, str, str]) -> None:
        for one in (place, *place.elsewhere):
            finding = Finding(defect, stops, one.file, one.column, one.rows, one.how_many, *told)
            if finding not in self.all:
                self.all.append(finding)

    @property
    def stopping(self) -> list[Finding]:
        return without_displaced([finding for finding in self.all if finding.stops])

    @property
    def handled(self) -> list[Finding]:
        return [finding for finding in self.all if not finding.stops]

    def problems(self) -> list[Problem]:
        """Return everything as problems, by file and row: what stops the run first, then what was handled."""
        told = []
        for findings in (self.stopping, self.handled):
            files = {file: position for position, file in enumerate(dict.fromkeys(finding.file for finding in findings))}
            problems = [problem for finding in findings for problem in finding.problems()]
            told += sorted(problems, key=lambda problem, files=files: (files[problem.file], problem.row or 0))
        return told


def without_displaced(findings: list[Finding]) -> list[Finding]:
    """Return findings that show no cell of a row whose cells stand in the wrong columns: one of them may be a name.

    A row is taken for displaced where cells of three or more columns are wrong.
    """
    wrong: dict[tuple[str, int], set[str]] = {}
    for finding in findings:
        if finding.column and finding.how_many == 1:
            wrong.setdefault((finding.file, finding.rows[0]), set()).add(finding.column)
    displaced = {key for key, columns in wrong.items() if len(columns) >= 3}
    return [
        replace(finding, found="a cell of a row whose cells seem to stand in the wrong columns")
        if finding.how_many == 1 and finding.found.startswith("'") and (finding.file, finding.rows[0]) in displaced
        else finding
        for finding in findings
    ]


def told_apart(positions: list[int]) -> list[list[int]]:
    """Return the distinct values that are told each by itself; many (a wrong column, say) are told together, not once a record."""
    return [[position] for position in positions] if len(positions) <= ROWS_TOLD else [positions]


@dataclass(frozen=True)
class Place:
    """Where a finding is: a file, perhaps a column, perhaps rows; and perhaps the same in other files of the extract."""

    file: str
    column: str | None = None
    rows: tuple[int, ...] = ()
    how_many: int = 0
    elsewhere: tuple["Place", ...] = ()


def place(file: str, column: str | None = None, rows: Sequence[int] | Iterable[int] | np.ndarray | None = None) -> Place:
    """Return a place, keeping only the first rows and their number."""
    if rows is None:
        return Place(file, column)
    rows = np.asarray(rows if isinstance(rows, np.ndarray) else list(rows), dtype=np.int64)
    return Place(file, column, tuple(int(row) for row in rows[:ROWS_TOLD]), len(rows))


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


def shown(value: str, private: frozenset[str] = frozenset(), known_words: frozenset[str] = frozenset()) -> str:
    """Return how a message shows a cell.

    Not shown are ``private`` texts (in lower case, from columns of names or numbers of people) and what looks like one, unless it has
    one of the ``known_words`` of the reference table the cell was looked up in: then it is no name.
    """
    text = "".join(character if character.isprintable() else "?" for character in value)
    return HIDDEN if text.casefold() in private or _looks_private(text, known_words) else shown_cell(value)


def _looks_private(text: str, known_words: frozenset[str]) -> bool:
    if _LIKE_A_DATE.match(text):
        return False
    if _LIKE_A_NUMBER.search(text):
        return True
    return bool(_LIKE_A_NAME.match(text)) and not (words(text) & known_words)


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{3,}", text.casefold()))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(words(text) for text in texts))
