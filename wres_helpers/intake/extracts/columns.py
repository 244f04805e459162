"""One extract, read and cleaned: its fields as coded columns, and the tools that look each distinct value up once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from wres_helpers.definitions.extract_settings import ExtractFile
from wres_helpers.intake.extracts.coded import MISSING, Coded, Keys, merge, missing_column
from wres_helpers.intake.extracts.findings import Findings, Place, place
from wres_helpers.intake.extracts.grids import RawTable, is_total
from wres_helpers.intake.extracts.headings import Wanted
from wres_helpers.intake.extracts.showing import HIDDEN, shown
from wres_helpers.intake.extracts.values import begins_with_minus_formula, clean_text, key_of, starts_a_formula

NOT_RECORDED = "Not recorded"
LONGEST_CATEGORY = 100

#: More different unknown values than this, in more than half of the rows, mean a wrong column, not wrong cells.
_WRONG_COLUMN_VALUES = 25
_OWN_VALUES = 5

#: As many different values, in more than a third of the records, are names or numbers and no breakdown.
_MOST_CATEGORIES = 10

#: In how many rows at most a value is looked at for a swap with a name.
_SWAPS_LOOKED_FOR = 3

#: Which fields tell a record from anything else, by extract.
KEYS = {
    "staff": ("person",),
    "recruitment": ("application",),
    "cases": ("person",),
    "training": ("person",),
    "survey": ("question", "response"),
    "board": (),
}

#: Fields whose values are people's or records' numbers.
_NUMBERS = ("person", "application", "assignment")
#: What a number of a person, an application or an assignment is made of; lost digits have a plus sign.
_A_NUMBER = re.compile(r"^(?=.*[0-9])[A-Za-z0-9/._-]+$")
_LOST_DIGITS = re.compile(r"^\d(\.\d+)?[eE]\+\d+$")


@dataclass(frozen=True)
class Extract:
    """One extract with its cells cleaned.

    Attributes
    ----------
    name
        Which extract, for example ``staff``.
    settings
        Its part of the master file.
    table
        Its fields and breakdowns as text; one row per record of the file.
    findings
        Where what is noticed goes.
    """

    name: str
    settings: ExtractFile
    table: RawTable = field(repr=False)
    findings: Findings = field(repr=False)

    def __len__(self) -> int:
        return len(self.table.rows)

    def __contains__(self, name: str) -> bool:
        return name in self.table.columns

    def column(self, name: str) -> Coded:
        """Return a field's column."""
        return self.table.columns[name]

    def at(self, name: str, positions: np.ndarray | Iterable[int] | None = None) -> Place:
        """Return a field's place in the file, at the given records (counted from 0)."""
        if positions is None:
            return place(self.table.file, self.table.headings[name])
        positions = np.asarray(positions, dtype=np.int64)
        return place(self.table.file, self.table.headings[name], self.table.rows[positions])

    def lacks(self, name: str) -> bool:
        """Tell whether the file lacks a field's column (which is told already)."""
        return name in self.table.missing

    @cached_property
    def _private_columns(self) -> dict[str, list[str]]:
        return self.table.private()

    @cached_property
    def _private(self) -> frozenset[str]:
        numbers = [value.casefold() for name in _NUMBERS if name in self for value in self.column(name).values]
        texts = [text.strip().casefold() for column in self._private_columns.values() for text in column]
        return frozenset(numbers + texts) - {""}

    def shown(self, value: str, known_words: frozenset[str] = frozenset()) -> str:
        """Return how a message shows one of the extract's cells."""
        return shown(value, self._private, known_words)

    def told(self, rows: np.ndarray, value: str, fits: Callable[[str], bool], known_words: frozenset[str] = frozenset()) -> str:
        """Return how a message shows a wrong cell of a field; a cell that seems swapped with a name is not shown.

        Parameters
        ----------
        rows
            Records in which the value stands.
        fits
            Whether a text would be right in this field.
        """
        swapped = self.swapped_with(rows, fits)
        return f"{HIDDEN}: it seems swapped with the cell under '{swapped}'" if swapped else self.shown(value, known_words)

    def swapped_with(self, rows: np.ndarray, fits: Callable[[str], bool]) -> str | None:
        """Return the heading of a column of names that holds, in one of a few records, what would be right elsewhere."""
        if len(rows) <= _SWAPS_LOOKED_FOR:
            for heading, texts in self._private_columns.items():
                if any((there := clean_text(texts[row])[0]) and fits(there) for row in rows):
                    return clean_text(heading)[0]
        return None

    def look_up(self, name: str, read: Callable[[str], tuple[int, str]], wrong: Callable[[str], tuple[str, str, str]],
                known_words: frozenset[str] = frozenset(), only: np.ndarray | None = None) -> np.ndarray:  # fmt: skip
        """Look every distinct value of a field up once and spread the answers over the rows.

        Parameters
        ----------
        name
            The field.
        read
            Value to its number (-1: not known) and what was odd about it.
        wrong
            Value to the defect's name, what was expected, and what to do, where it is not known.
        known_words
            Words of the reference table, which make a value no name.
        only
            Mask of the rows that matter; values that stand in no such row are not told.

        Returns
        -------
        numpy.ndarray
            One number a row, -1 where the value is not known.
        """
        column = self.column(name)
        used = np.bincount(column.codes if only is None else column.codes[only], minlength=len(column.values))
        answers = [read(value) for value in column.values]
        numbers = np.array([number for number, _ in answers], dtype=np.int32)
        unknown = [
            position for position in np.flatnonzero(numbers < 0) if used[position] and not column.values[position].startswith(MISSING)
        ]
        if _is_wrong_column(used[unknown], int(used.sum())):
            self._tell_wrong_column(name, len(unknown), wrong(""))
            unknown = []
        for position in unknown:
            rows = self._where(name, int(position), only)
            value = column.values[position]
            defect, expected, action = wrong(value)
            told = self.told(rows, value, lambda text: read(text)[0] >= 0, known_words)
            self.findings.stop(defect, self.at(name, rows), told, expected, action)
        for position, (number, note) in enumerate(answers):
            if number >= 0 and note and used[position]:
                self._tell_odd(name, position, note, known_words, only)
        return column.spread(numbers)

    def _where(self, name: str, position: int, only: np.ndarray | None) -> np.ndarray:
        there = self.column(name).codes == position
        return np.flatnonzero(there if only is None else there & only)

    def _tell_odd(self, name: str, position: int, note: str, known_words: frozenset[str], only: np.ndarray | None) -> None:
        value = self.shown(self.column(name).values[position], known_words)
        where = self.at(name, self._where(name, position, only))
        self.findings.handle(
            "an odd spelling", where, f"{value} ({note})" if value != HIDDEN else note, "the usual spelling", "read all the same."
        )

    def _tell_wrong_column(self, name: str, how_many: int, wrong: tuple[str, str, str]) -> None:
        defect, expected, _ = wrong
        self.findings.stop(
            defect, self.at(name), f"{how_many:,} different values that are not known, in more than half of the records", expected,
            "Check that the master file maps the right column and declares the right code set.",
        )  # fmt: skip


def _is_wrong_column(unknown: np.ndarray, records: int) -> bool:
    """Tell whether so many values are unknown, or nearly each one in its own row, that the column is not the one meant."""
    many = len(unknown) > _WRONG_COLUMN_VALUES
    each_its_own = len(unknown) >= _OWN_VALUES and unknown.sum() < 2 * len(unknown)
    return (many or each_its_own) and unknown.sum() > records / 2


def wanted_of(name: str, settings: ExtractFile) -> Wanted:
    """Return the headings an extract's mapping asks for."""
    return Wanted({**settings.columns, **settings.breakdowns}, KEYS[name], _NUMBERS)


def cleaned(name: str, settings: ExtractFile, table: RawTable, findings: Findings) -> Extract:
    """Return the extract with odd spaces taken out of its cells; what was taken out is told."""
    columns = {}
    for field_name, column in table.columns.items():
        where = (table.file, table.headings[field_name], table.rows)
        columns[field_name] = _cleaned_column(column, where, findings)
    clean = replace(table, columns=columns)
    extract = Extract(name, settings, clean, findings)
    for field_name in KEYS[name]:
        _check_filled(extract, field_name)
    for field_name in _NUMBERS:
        if field_name in columns and field_name not in table.missing:
            _check_numbers(extract, field_name)
    for field_name in settings.breakdowns:
        columns[field_name] = _one_spelling(extract, field_name)
    return extract


def _cleaned_column(column: Coded, where: tuple[str, str, np.ndarray], findings: Findings) -> Coded:
    if isinstance(column, Keys):
        return column
    file, heading, rows = where
    values = list(column.values)
    by_note: dict[str, list[int]] = {}
    for position, value in enumerate(values):
        clean, note = clean_text(value)
        if clean is not value:
            values[position] = clean
            if note:
                by_note.setdefault(note, []).append(position)
    for note, positions in by_note.items():
        odd = np.zeros(len(values), dtype=bool)
        odd[positions] = True
        findings.handle("odd spaces", place(file, heading, rows[odd[column.codes]]), note, "a text without", "read without.")
    return merge(column.codes, values)


def _check_filled(extract: Extract, name: str) -> None:
    empty = np.flatnonzero(extract.column(name).blank())
    if len(empty):
        where = extract.at(name, empty)
        extract.findings.stop("an empty key", where, "an empty cell", "a value in every record", "Fill the cell or remove the record.")


def _check_numbers(extract: Extract, name: str) -> None:
    column = extract.column(name)
    for value in _suspicious(column):
        where = extract.at(name, column.where(column.values.index(value)))
        if _LOST_DIGITS.match(value):
            found = "a number in scientific notation, whose last digits are lost"
            action = "Export again and keep the column as text: a spreadsheet shortened it."
            extract.findings.stop("digits lost", where, found, "the full number", action)
        elif is_total(value):
            found = f"'{value[:30]}'"
            extract.findings.stop("a totals row between records", where, found, "records only", "Remove the row of totals.")
        else:
            expected = "a number: letters, digits, - / . and _, at least one digit"
            extract.findings.stop("no number", where, HIDDEN, expected, "Mend the cell.")


def _suspicious(column: Coded) -> list[str]:
    """Return the keys that are no number of anybody: nearly always none, and quickly known."""
    if isinstance(column, Keys) and column.are_numbers():
        return []
    return [value for value in column.values if value and not value.startswith(MISSING) and not _A_NUMBER.match(value)]


def _one_spelling(extract: Extract, name: str) -> Coded:
    """Return a breakdown whose categories are spelled one way, which a spreadsheet cannot run and which name nobody."""
    column = extract.column(name)
    used = column.used()
    if len(used) >= _MOST_CATEGORIES and len(used) > len(extract) / 3:
        found, expected = f"{len(used):,} different values in {len(extract):,} records", "categories that many records share"
        extract.findings.stop(
            "not a breakdown", extract.at(name), found, expected, "Map another column: this one may hold names or numbers."
        )
        return missing_column(len(extract), each_its_own=False)
    usual = {key_of(column.values[position]): column.values[position] for position in np.argsort(used, kind="stable")}
    for position, value in enumerate(column.values):
        rows = column.where(position) if used[position] <= _SWAPS_LOOKED_FOR else None
        _check_category(extract, name, position, rows, usual)
    return column.merged(lambda value: usual[key_of(value)] if value else NOT_RECORDED)


def _check_category(extract: Extract, name: str, position: int, rows: np.ndarray | None, usual: dict[str, str]) -> None:
    column = extract.column(name)
    value = column.values[position]
    expected = "the name of a category"
    wrong = None
    if starts_a_formula(value) or begins_with_minus_formula(value):
        wrong = (
            "a formula",
            f"a text that begins with '{value[0]}', as a formula does",
            expected,
            "Replace the cell: a spreadsheet would run it.",
        )
    elif len(value) > LONGEST_CATEGORY:
        longest = f"{expected}, at most {LONGEST_CATEGORY} characters"
        wrong = ("a huge cell", f"a text of {len(value):,} characters", longest, "Shorten the cell, or map another column.")
    elif not value.isprintable():
        wrong = ("unprintable characters", "characters that cannot be printed", expected, "Mend the cell.")
    elif rows is not None and value:
        swapped = extract.swapped_with(rows, lambda text: key_of(text) in usual)
        if swapped:
            wrong = ("a name for a category", f"a cell that seems swapped with the one under '{swapped}'", expected, "Mend the record.")
    where = extract.at(name, column.where(position)) if wrong or usual[key_of(value)] != value else None
    if wrong:
        defect, found, expected, action = wrong
        extract.findings.stop(defect, where, found, expected, action)
    elif usual[key_of(value)] != value:
        expected = f"'{usual[key_of(value)]}', as elsewhere in the column"
        extract.findings.handle("mixed case", where, extract.shown(value), expected, "counted with it.")
