"""Finds the row of the headings, whatever stands above it, and the columns the master file maps."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wres_helpers.intake.extracts.extract_findings import HIDDEN, Findings, Place, place, shown
from wres_helpers.tables.cell_readers import clean_text, key_of

#: Rows looked at for the headings.
ROWS_SEARCHED = 50


@dataclass(frozen=True)
class Wanted:
    """The columns an extract's mapping asks for.

    Attributes
    ----------
    headings
        Field (or breakdown) to the heading the master file gives.
    keys
        Fields that may not be empty; they tell a record from a footer.
    numbers
        Fields in which nearly every record has a value of its own.
    """

    headings: dict[str, str]
    keys: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A file being read.

    Attributes
    ----------
    file
        Its name as messages print it.
    wanted
        What is wanted of it.
    findings
        Where what is noticed goes.
    """

    file: str
    wanted: Wanted
    findings: Findings = field(repr=False)


@dataclass(frozen=True)
class HeadingRow:
    """Where the headings stand.

    Attributes
    ----------
    row
        As a spreadsheet numbers it.
    positions
        Field to its column, counted from 0.
    cells
        All headings of the row.
    missing
        Field to the heading that the file lacks (which is told).
    """

    row: int
    positions: dict[str, int]
    cells: tuple[str, ...] = field(repr=False)
    missing: dict[str, str] = field(default_factory=dict)

    def headings(self) -> dict[str, str]:
        """Return every field's heading; of a missing one, the heading looked for."""
        return {name: self.heading(name) for name in self.positions} | self.missing

    def heading(self, name: str) -> str:
        """Return a field's heading as it stands in the file, without odd spaces."""
        return clean_text(self.cells[self.positions[name]])[0]


def heading_key(text: str) -> str:
    """Return what two ways of writing a heading have in common."""
    return key_of(clean_text(text)[0])


def matches(cells: Sequence[str], wanted: Wanted) -> int:
    """Return how many of the wanted headings stand in a row."""
    there = {heading_key(cell) for cell in cells}
    return sum(heading_key(heading) in there for heading in wanted.headings.values())


def best_row(rows: Sequence[Sequence[str]], wanted: Wanted, header_row: int | None) -> tuple[int, int]:
    """Return the position of the row with most of the wanted headings, and how many it has."""
    if header_row is not None:
        return header_row - 1, matches(rows[header_row - 1], wanted) if header_row <= len(rows) else 0
    counts = [matches(cells, wanted) for cells in rows[:ROWS_SEARCHED]]
    best = max(counts, default=0)
    return (counts.index(best), best) if best else (0, 0)


def find_headings(rows: Sequence[Sequence[str]], source: Source, header_row: int | None) -> HeadingRow | None:
    """Find the heading row among a file's first rows and tell what is missing, doubled, or differs from the master file.

    Returns
    -------
    HeadingRow or None
        None where the file cannot be read without repair; the findings say why.
    """
    wanted = source.wanted.headings
    position, count = best_row(rows, source.wanted, header_row)
    if count == 0:
        where = f"row {header_row}" if header_row else f"any of the first {ROWS_SEARCHED} rows"
        found, expected = f"none of the mapped headings in {where}", "a row with the headings " + _quoted(wanted.values())
        action = "Give the file's own headings under 'columns' in the master file; check the separator and the sheet."
        source.findings.stop("no heading row", place(source.file), found, expected, action)
        return None
    cells = tuple(rows[position])
    positions = _positions(cells, position + 1, source)
    if position > 0 and header_row is None:
        found, where = f"{position} row{'s' * (position > 1)} above the headings", place(source.file, rows=[1])
        source.findings.handle("rows above the headings", where, found, "the headings in row 1", f"headings read from row {position + 1}.")
    missing = {name: heading for name, heading in wanted.items() if name not in positions}
    # a file that lacks a column is read on, so that everything else wrong with it is told in the same pass
    return HeadingRow(position + 1, positions, cells, missing)


def _positions(cells: Sequence[str], row: int, source: Source) -> dict[str, int]:
    keys = [heading_key(cell) for cell in cells]
    repeated = Counter(keys)
    positions = {}
    for name, heading in source.wanted.headings.items():
        key, where = heading_key(heading), place(source.file, heading, [row])
        if key not in repeated:
            expected = f"the heading '{heading}', which the master file maps to '{name}'"
            action = (
                _hint(heading, cells, source)
                + "Correct the heading under 'columns' or 'breakdowns' in the master file, or export the column."
            )
            source.findings.stop("a heading missing", where, "no such heading", expected, action)
        elif repeated[key] > 1:
            found, action = f"{repeated[key]} columns with this heading", "Rename or remove the column that is not meant."
            source.findings.stop("a heading twice", where, found, "one column", action)
        else:
            positions[name] = keys.index(key)
            _odd_heading(cells[positions[name]], heading, where, source.findings)
    return positions


def _hint(heading: str, cells: Sequence[str], source: Source) -> str:
    mapped = {heading_key(other) for other in source.wanted.headings.values()}
    spare = [clean_text(cell)[0] for cell in cells if cell and heading_key(cell) not in mapped]
    close = difflib.get_close_matches(heading, spare, n=1, cutoff=0.6)
    # a heading with many digits is a record that ran into the heading row
    safe = close and shown(close[0]) != HIDDEN and not re.search(r"\d{3}", close[0])
    return f"Did you mean '{close[0]}'? " if safe else ""


def _odd_heading(cell: str, heading: str, where: Place, findings: Findings) -> None:
    if cell == heading:
        return
    clean, note = clean_text(cell)
    if not note and clean != heading:
        note = "other capitals or dashes than in the master file"
    if note:
        findings.handle("odd spelling of a heading", where, note, f"the heading '{heading}'", "taken as the same heading.")


def _quoted(headings: Iterable[str]) -> str:
    return ", ".join(f"'{heading}'" for heading in headings)
