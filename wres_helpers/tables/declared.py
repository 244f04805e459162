"""A table declared once: its columns, what each may hold, its key and its rules. Reading, checking and messages are made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from wres_helpers.problems import Problem
from wres_helpers.tables.cell_readers import ERROR_CELL, TURNING, Read, Reader, is_hidden, line_text, loose_key, one_of, shown_cell
from wres_helpers.tables.grids import TOLD

if TYPE_CHECKING:  # a run that reads no table does without pandas, which takes longer to import than all the rest
    import pandas as pd


_ERROR = Read(wrong="an error", cure="Mend the formula, or type the value over it; a column that the table does not need may be taken out.")
_TURNED = Read(
    wrong="turned round", cure="Type the cell anew: a sign that nobody sees turns round what stands behind it, so that 54 is seen as 45."
)


def unreadable(text: str) -> Read | None:
    """Return what is wrong with a cell that no column can hold: an error of a spreadsheet's, or other signs than are seen."""
    return _ERROR if ERROR_CELL.match(text.strip()) else _TURNED if re.search(f"[{TURNING}]", text) else None


@dataclass(frozen=True)
class DeclaredColumn:
    """One column of a declared table."""

    name: str  # its heading
    holds: str = "text"  # what a good cell is, in words: messages and the guide print it
    read: Reader = line_text
    needed: bool = True  # whether the heading must be there
    filled: bool = True  # whether every cell must hold something
    choices: tuple[str, ...] = ()  # the words of a closed list; a message suggests the nearest
    also: tuple[str, ...] = ()  # other headings that mean this column
    verbatim: bool = False  # whether a dash is what stands there, and not nothing
    absent: str = ""  # what fills a column that nobody has, where something does


def closed(name: str, words: Iterable[str], *spellings: Any, **more: Any) -> DeclaredColumn:
    """Return a column of a closed list; its other spellings, and words that are not meant, as :func:`.cell_readers.one_of` has them."""
    choices = tuple(words)
    return DeclaredColumn(name, "one of " + ", ".join(choices), one_of(choices, *spellings), choices=choices, **more)


@dataclass(frozen=True)
class DeclaredTable:
    """One kind of table."""

    name: str  # its file name without ending
    columns: tuple[DeclaredColumn, ...]
    key: tuple[str, ...] = ()  # columns that together stand once; empty where rows may repeat
    others: str = "refused"  # what a column that is not declared is: ``refused``, ``text`` (a breakdown), or ``kept`` as it stands
    largest: int = 64 << 20  # bytes; more than this is another kind of file
    one_row: str = ""  # what one row is, where a guide prints it

    def column(self, name: str) -> DeclaredColumn | None:
        """Return a declared column, or None."""
        return next((column for column in self.columns if column.name == name), None)

    def heading_of(self, cell: str) -> str:
        """Return the heading that a cell of the header row is, however it is set; another stands as it is, without odd spaces."""
        key = loose_key(cell)
        for column in self.columns:
            if key in {loose_key(name) for name in (column.name, *column.also)}:
                return column.name
        return line_text(cell).value if self.others != "text" else key

    @property
    def headings(self) -> list[str]:
        return [heading for column in self.columns for heading in (column.name, *column.also)]


def as_frame(cells: Any, **more: Any) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(cells, **more)


@dataclass
class Reading:
    """What came of reading a table."""

    file: str
    table: pd.DataFrame = field(default_factory=lambda: as_frame([]))  # one row per record; its index: the row as a spreadsheet numbers it
    problems: list[Problem] = field(default_factory=list)  # everything wrong; with any, the table is not to be used
    notices: list[Problem] = field(default_factory=list)  # what was read although it was written otherwise
    across: dict[str, list[str]] = field(default_factory=dict, repr=False)  # heading to the file's own columns that it was made of
    joined: list[str] = field(default_factory=list, repr=False)  # headings made of two rows
    decimal_comma: bool = False  # whether a comma in a number may stand before decimals
    cells_read: bool = False  # whether the table's cells are values; else they are texts as they stand in the file

    @property
    def told_apart(self) -> bool:
        """Whether every row stands under the declared headings, so that each can be looked at, also where cells of others are wrong."""
        return self.cells_read and not any(problem.row == 1 for problem in self.problems)

    def wrong(self, expected: str, action: str, found: str, row: int | None = None, column: str | None = None) -> None:
        self.problems.append(Problem(self.file, expected, action, row=row, column=column, found=found))

    def told(self, expected: str, action: str, found: str, row: int | None = None, column: str | None = None) -> None:
        """Note what was read all the same."""
        self.notices.append(Problem(self.file, expected, action, row=row, column=column, found=found))

    def tell_odd(self, column: DeclaredColumn, reads: Mapping[str, Read]) -> None:
        """Note which cells of a column were read although they were written otherwise; each distinct text is in ``reads`` once."""
        odd = {text: read for text, read in reads.items() if read.note and not read.wrong and not is_hidden(read.value)}
        if odd:
            listed = ", ".join(f"{shown_cell(text)} ({read.note})" for text, read in list(odd.items())[:4]) + " and others" * (len(odd) > 4)
            cures = dict.fromkeys(read.cure or "Read all the same." for read in odd.values())
            self.told(column.holds, " ".join(cures), listed, column=column.name)

    def check_key(self, keys: list[str]) -> None:
        """Tell rows that repeat what must stand once; rows with nothing in these columns do not, nor do rows with a cell that is wrong."""
        if not set(keys) <= set(self.table.columns) or not self.table.duplicated(keys).any():
            return  # a column that lacks is told
        wrong = {problem.row for problem in self.problems if problem.column in keys}
        table = self.table[self.table[keys].ne("").any(axis=1) & ~self.table.index.isin(wrong)]
        for row in table.index[table.duplicated(keys, keep="first")]:
            action = f"Remove the second row, correct its {' or '.join(keys)}, or add up the two where they hold numbers."
            self.wrong("each combination of " + ", ".join(keys) + " once", action, "a repeated row", int(row))

    def in_own_headings(self) -> Reading:
        """Return the reading with what was made of columns that stood across named by those."""
        for told in (self.problems, self.notices):
            told[:] = [replace(each, column="' or '".join(self.across.get(each.column or "", [])) or each.column) for each in told]
        return self

    def sorted(self) -> Reading:
        """Return the reading with its problems in the order of the rows, and not more of a kind than anybody reads."""
        self.problems = shortened(sorted(dict.fromkeys(self.problems), key=lambda problem: problem.row or 0))
        return self


def shortened(problems: Iterable[Problem]) -> list[Problem]:
    """Return at most so many findings of a kind, the last of them saying how many more there are; one found in many rows is one.

    Of so many that the whole column is meant, as where two are exchanged, the first stands for all.
    """
    kinds: dict[tuple, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.file, problem.column, problem.expected), []).append(problem)
    kept = []
    for group in kinds.values():
        found = list(dict.fromkeys(problem.found for problem in group))
        told = set(found[:TOLD] if len(found) <= 5 * TOLD else found[:1])
        more = [problem for problem in group if problem.found not in told]
        kept += [problem for problem in group if problem.found in told]
        if more:
            action = more[0].action if len({problem.action for problem in more}) == 1 else "Mend them likewise; are two columns exchanged?"
            kept.append(replace(more[0], found=f"{len(more):,} more of the kind", action=action))
    return sorted(kept, key=lambda problem: problem.row or 0)
