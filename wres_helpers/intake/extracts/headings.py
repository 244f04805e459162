"""The columns an extract asks for, and where they stand: the row of the headings is found whatever stands above it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wres_helpers.intake.extracts.extract_findings import HIDDEN, ExtractFindings, Place, identifies_people, shown
from wres_helpers.problems import READ_ALL_THE_SAME
from wres_helpers.settings.extract_settings import ExtractFile
from wres_helpers.tables.cell_readers import bare_key, clean_text, key_of, nearest
from wres_helpers.tables.heading_row import ROWS_SEARCHED, heading_row

#: Which fields tell a record from anything else, by extract: they may not be empty.
KEYS: dict[str, tuple[str, ...]] = dict.fromkeys(("staff", "cases", "training"), ("person",))
KEYS |= {"recruitment": ("application",), "survey": ("question", "response"), "board": ()}

#: Fields whose values are people's or records' numbers: nearly every record has one of its own.
NUMBERS = ("person", "application", "assignment")

#: Fields that tell who somebody is; their cells are never shown, whatever their heading.
PRIVATE = (*NUMBERS, "birth_date")

#: How the fields of columns begin that are read beside the mapped ones: those that only tell which rows are this organisation's, and
#: those that say who somebody is, read to know what no message may show.
ONLY, UNMAPPED = "only rows: ", "unmapped: "

_A_POST = re.compile(r"\b(role|post|title|position|member|director|seat|office|holder|number|no|ref)\b", re.IGNORECASE)

#: Headings of columns that say whose record a row is; of a previous employer, or a day, they do not.
OF_ORGANISATIONS = re.compile(
    r"(?!.*\b(previous|last|prior|former|date|start|joined|service|years?)\b).*\b(organi[sz]ation|employer|trust)\b"
)


@dataclass(frozen=True)
class Source:
    """A file being read as one of the extracts."""

    file: str  # its name as messages print it
    name: str  # which extract, for example ``staff``
    settings: ExtractFile = field(repr=False)  # its part of the master file
    findings: ExtractFindings = field(repr=False)  # where what is noticed goes
    month_first: bool  # how dates in numbers are written; declared, never guessed

    @cached_property
    def wanted(self) -> dict[str, str]:
        """Field (or breakdown) to the heading the master file gives."""
        only = {f"{ONLY}{heading}": heading for heading in self.settings.only_rows}
        return {**self.settings.columns, **self.settings.breakdowns, **only}

    def own(self) -> tuple:
        """Return what an extract takes over from its source."""
        return self.file, self.name, self.settings, self.findings, self.month_first

    @property
    def keys(self) -> tuple[str, ...]:
        """The mapped fields that tell a record from a footer."""
        return tuple(key for key in KEYS[self.name] if key in self.settings.columns)


@dataclass(frozen=True)
class HeadingRow:
    """Where the headings stand."""

    row: int  # as a spreadsheet numbers it
    positions: dict[str, int]  # field to its column, counted from 0
    cells: tuple[str, ...] = field(repr=False)  # all headings of the row
    missing: dict[str, str] = field(default_factory=dict)  # field to the heading that the file lacks (which is told)

    def headings(self) -> dict[str, str]:
        """Return every field's heading as it stands in the file, without odd spaces; of a missing one, the heading looked for."""
        return {name: clean_text(self.cells[at])[0] for name, at in self.positions.items()} | self.missing


def _key(text: str) -> str:
    return key_of(clean_text(text)[0])


def best_row(rows: Sequence[Sequence[str]], source: Source, header_row: int | None) -> tuple[int, float]:
    """Return the place of the row with most of the wanted headings, counted from 0, and how many it has; that of a master file as it says."""
    wanted = [_key(heading) for heading in source.wanted.values()]

    def known(at: int) -> int:
        there = {_key(cell) for cell in rows[at]} if at < len(rows) else set()
        return sum(key in there for key in wanted)

    return heading_row(rows, known, len(wanted)) if header_row is None else (header_row - 1, known(header_row - 1))


def find_headings(rows: Sequence[Sequence[str]], source: Source, header_row: int | None) -> HeadingRow | None:
    """Find the heading row among a file's first rows and tell what is missing, doubled, or differs from the master file.

    None where the file cannot be read without repair; the findings say why.
    """
    position, count = best_row(rows, source, header_row)
    if count == 0:
        where = f"row {header_row}" if header_row else f"any of the first {ROWS_SEARCHED} rows"
        headings = ", ".join(f"'{heading}'" for heading in source.wanted.values())
        found, expected = f"none of the mapped headings in {where}", f"a row with the headings {headings}"
        action = "Give the file's own headings under 'columns' in the master file; check the separator and the sheet."
        source.findings.stop(Place(source.file), found, expected, action)
        return None
    cells = tuple(rows[position])
    positions = _positions(cells, position + 1, source)
    if position > 0 and header_row is None:
        found, where = f"{position} row{'s' * (position > 1)} above the headings", Place(source.file, rows=[1])
        source.findings.handle(where, found, "the headings in row 1", f"headings read from row {position + 1}.")
    # a file that lacks a column is read on, so that everything else wrong with it is told in the same pass
    missing = {name: heading for name, heading in source.wanted.items() if name not in positions}
    mapped = set(positions.values())
    of_posts = {at for at, cell in enumerate(cells) if not source.keys and _A_POST.search(cell)}  # of a board: a vacant one is no member
    # rows that count people may be alike in all that is mapped, and differ in what is not
    told = {at for at, cell in enumerate(cells) if "count" in positions or identifies_people(cell)} | of_posts
    told |= {at for at, cell in enumerate(cells) if source.keys and OF_ORGANISATIONS.match(bare_key(cell))}
    return HeadingRow(position + 1, positions | {f"{UNMAPPED}{cells[at]}": at for at in sorted(told - mapped)}, cells, missing)


def _positions(cells: Sequence[str], row: int, source: Source) -> dict[str, int]:
    keys = [_key(cell) for cell in cells]
    repeated = Counter(keys)
    positions = {}
    for name, heading in source.wanted.items():
        key, where = _key(heading), Place(source.file, heading, [row])
        if key not in repeated:
            expected = f"the heading '{heading}', which the master file maps to '{name}'"
            action = f"{_hint(heading, cells, source)}Correct the heading under 'columns' or 'breakdowns' in the master file, or export the column."
            source.findings.stop(where, "no such heading", expected, action)
        elif repeated[key] > 1:
            found, action = f"{repeated[key]} columns with this heading", "Rename or remove the column that is not meant."
            source.findings.stop(where, found, "one column", action)
        else:
            positions[name] = keys.index(key)
            cell, (clean, note) = cells[positions[name]], clean_text(cells[positions[name]])
            if cell != heading and (note or clean != heading):
                odd = note or "other capitals or dashes than in the master file"
                source.findings.handle(where, odd, f"the heading '{heading}'", READ_ALL_THE_SAME)
    return positions


def _hint(heading: str, cells: Sequence[str], source: Source) -> str:
    mapped = {_key(other) for other in source.wanted.values()}
    spare = [clean_text(cell)[0] for cell in cells if cell and _key(cell) not in mapped]
    close = nearest(heading, spare)
    # a heading with many digits is a record that ran into the heading row
    safe = close and shown(close) != HIDDEN and not re.search(r"\d{3}", close)
    return f"Did you mean '{close}'? " if safe else ""
