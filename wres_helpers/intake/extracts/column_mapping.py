"""One extract, read and cleaned: its fields as coded columns, and the tools that look each distinct value up once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from wres_helpers.intake.extracts.coded_columns import MISSING, Coded
from wres_helpers.intake.extracts.extract_findings import HIDDEN, Findings, Place, shown
from wres_helpers.intake.extracts.headings import Wanted
from wres_helpers.intake.extracts.raw_tables import RawTable
from wres_helpers.intake.extracts.row_selection import selection_headings
from wres_helpers.settings.extract_settings import ExtractFile
from wres_helpers.tables.cell_readers import clean_text

NOT_RECORDED = "Not recorded"

#: More different unknown values than this, in more than half of the rows, mean a wrong column, not wrong cells.
_WRONG_COLUMN_VALUES = 25
_OWN_VALUES = 5
_MANY_VALUES = 200

#: In how many rows at most a value is looked at for a swap with a name.
SWAPS_LOOKED_FOR = 3

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
NUMBERS = ("person", "application", "assignment")

#: Fields that tell who somebody is; their cells are never shown, whatever their heading.
PRIVATE = (*NUMBERS, "birth_date")


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
        return self.table.at(name, None if positions is None else np.asarray(positions, dtype=np.int64))

    def stop(self, defect: str, name: str, where: np.ndarray, found: str, expected: str, action: str) -> None:
        """Note a defect of a field in the records that a mask or positions name, if any; without its repair no counts are made."""
        self._note(self.findings.stop, defect, name, where, (found, expected, action))

    def handle(self, defect: str, name: str, where: np.ndarray, found: str, expected: str, action: str) -> None:
        """Note a defect of a field that was handled safely, in the records that a mask or positions name, if any."""
        self._note(self.findings.handle, defect, name, where, (found, expected, action))

    def _note(self, tell: Callable, defect: str, name: str, where: np.ndarray, told: tuple[str, str, str]) -> None:
        positions = np.flatnonzero(where) if where.dtype == bool else where
        if len(positions):
            tell(defect, self.at(name, positions), *told)

    def lacks(self, name: str) -> bool:
        """Tell whether the file lacks a field's column (which is told already)."""
        return name in self.table.missing

    @cached_property
    def _private_columns(self) -> dict[str, list[str]]:
        return self.table.private()

    @cached_property
    def _private(self) -> frozenset[str]:
        numbers = [value.casefold() for name in PRIVATE if name in self for value in self.column(name).values]
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
        if len(rows) <= SWAPS_LOOKED_FOR:
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

    def values_read(self, name: str, meaning: Callable[[str], str | None]) -> dict[str, int]:
        """Return how each cell of a field was read and in how many records, for the preparation report.

        Only cells that mean something are returned, so that none of them can be a name.
        """
        column = self.column(name)
        read = {
            f"{value!r} as {meant}" if value else f"an empty cell as {meant}": int(records)
            for value, records in zip(column.values, column.used(), strict=True)
            if records and (meant := meaning(value)) is not None
        }
        return dict(sorted(read.items(), key=lambda item: -item[1]))

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
            defect, self.at(name), f"{how_many:,} different values that are not known", expected,
            "Check that the master file maps the right column and declares the right code set.",
        )  # fmt: skip


def _is_wrong_column(unknown: np.ndarray, records: int) -> bool:
    """Tell whether so many values are unknown, or nearly each one in its own row, that the column is not the one meant."""
    if len(unknown) > _MANY_VALUES:
        return True
    many = len(unknown) > _WRONG_COLUMN_VALUES
    each_its_own = len(unknown) >= _OWN_VALUES and unknown.sum() < 2 * len(unknown)
    return (many or each_its_own) and unknown.sum() > records / 2


def wanted_of(name: str, settings: ExtractFile) -> Wanted:
    """Return the headings an extract's mapping asks for."""
    keys = tuple(key for key in KEYS[name] if key in settings.columns)
    return Wanted({**settings.columns, **settings.breakdowns, **selection_headings(settings)}, keys, NUMBERS)
