"""How defects are planted: into which cell, and what should be found there, in words written by hand."""

from dataclasses import dataclass, field

from support.clean_set.clean_extracts import Rows

FOLDER = "data/synthetic-messy/2019-20/extracts"
MANIFEST_HEADINGS = ["file", "row", "column", "defect", "found", "expected"]

NBSP = "\u00a0"
CATEGORY = "a category of the code set 'esr'"
WORDED_CATEGORY = "a category of the code set 'ethnic_category_text'"
GRADE = "a grade that the tables of grades know"
A_DATE = "a date as day/month/year"
A_RULED_VALUE = "a value that the rule names"
WHOLE_NUMBER = "a whole number of respondents"
USUAL_SPELLING = "the usual spelling"


@dataclass
class Sheet:
    """One file in the making: its rows, where its headings stand, and what was planted in it."""

    name: str
    rows: Rows
    above: int = 0
    planted: list[list[str]] = field(default_factory=list)

    def plant(self, record: int, column: str, text: str | None, defect: str, found: str, expected: str) -> None:
        """Put a text into a record's cell (None: leave it) and write down what should be found."""
        position = self.rows[0].index(column)
        if text is not None:
            self.rows[record][position] = text
        self.note(self.above + record + 1, column, defect, found, expected)

    def note(self, row: int | None, column: str, defect: str, found: str, expected: str) -> None:
        """Write down what should be found."""
        self.planted.append([f"{FOLDER}/{self.name}", "" if row is None else str(row), column, defect, found, expected])

    def cell(self, record: int, column: str) -> str:
        """Return a record's cell."""
        return self.rows[record][self.rows[0].index(column)]

    def copy(self, record: int, **changes: str) -> int:
        """Append a copy of a record with some cells changed; return its number."""
        self.rows.append(list(self.rows[record]))
        for column, text in changes.items():
            self.rows[-1][self.rows[0].index(column.replace("_", " "))] = text
        return len(self.rows) - 1
