"""One extract as text: its columns, where its records stand in the files, and how a field is read and told of."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.coded_columns import Coded, LowerCase, coded, constant, stacked, standing
from wres_helpers.intake.extracts.extract_findings import HIDDEN, Place, identifies_people, shown, told_apart
from wres_helpers.intake.extracts.headings import NUMBERS, PRIVATE, UNMAPPED, HeadingRow, Source
from wres_helpers.problems import READ_ALL_THE_SAME, Problem
from wres_helpers.tables.cell_readers import ERROR_CELL, Read, bare_key, clean_text

#: Stands in every cell of a column that the file lacks, so that its other columns can be checked all the same.
MISSING = "\0missing"

NOT_RECORDED = "Not recorded"

#: What a value is read as that no table and no rule knows.
NOT_KNOWN = Read(wrong="not known")

#: In how many rows at most a value is looked at for a swap with a name.
SWAPS_LOOKED_FOR = 3

_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Extract(Source):
    """The columns of one extract, of all its files; one row per record."""

    headings: dict[str, str]  # field to the heading as it stands in the file
    columns: dict[str, Coded] = field(repr=False)
    rows: np.ndarray = field(repr=False)  # for every record the row it stands in, as a spreadsheet numbers it
    files: dict[str, dict[str, str]]  # each file to its headings
    of_file: np.ndarray = field(repr=False)  # for every record which of them it stands in
    skipped: dict[str, int]  # what was no record (blank rows, totals rows, footer rows), and how many rows each
    missing: frozenset[str]  # fields whose column the file lacks (which is told)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def mapped(self) -> dict[str, Coded]:
        """Return the columns that the master file maps."""
        return {name: column for name, column in self.columns.items() if not name.startswith(UNMAPPED)}

    def taken(self, positions: np.ndarray, kept: Callable[[str], bool]) -> "Extract":
        """Return some fields and some rows, in the order given; a position may stand several times."""
        columns = {name: Coded(column.codes[positions], column.texts) for name, column in self.columns.items() if kept(name)}
        columns |= {name: standing(columns[name]) for name in NUMBERS if name in columns}
        headings = {name: heading for name, heading in self.headings.items() if kept(name)}
        rows, of_file, missing = self.rows[positions], self.of_file[positions], frozenset(filter(kept, self.missing))
        return replace(self, columns=columns, headings=headings, rows=rows, of_file=of_file, missing=missing)

    def at(self, name: str, positions: np.ndarray | Sequence[int] = ()) -> list[Place]:
        """Return where a field stands, at the given records (counted from 0) or in general, in each file of the extract that has them."""
        places = [(file, headings.get(name, self.headings[name])) for file, headings in self.files.items()]
        if not len(positions):
            return [Place(*place) for place in places]
        chosen = np.asarray(positions, dtype=np.int64)
        by_file = pd.Series(self.rows[chosen]).groupby(self.of_file[chosen], sort=False).unique()
        return [Place(*places[number], rows) for number, rows in sorted(by_file.items())]

    def stop(self, name: str, where: np.ndarray, found: str, expected: str, action: str, handled: bool = False) -> None:
        """Note a defect of a field in the records that a mask or positions name, if any; without its repair no counts are made."""
        positions = np.flatnonzero(where) if where.dtype == bool else where
        if len(positions):
            self.findings.stop(self.at(name, positions), found, expected, action, handled)

    def handle(self, name: str, where: np.ndarray, found: str, expected: str, action: str) -> None:
        """Note a defect of a field that was handled safely, in the records that a mask or positions name, if any."""
        self.stop(name, where, found, expected, action, handled=True)

    def pass_on(self, name: str, told: Problem, handled: bool = True) -> None:
        """Note what the rules of all tables found, at the file's own row and heading; of a field that is not mapped at the file."""
        where = self.at(name, () if told.row is None else [told.row]) if name in self else Place(self.file)
        self.findings.pass_on(where, told, handled)

    def repeated(self, rows: np.ndarray, key: str, expected: str) -> np.ndarray:
        """Return a mask of those of some records that say in every mapped column what an earlier one says; they are told."""
        frame = pd.DataFrame({name: column.codes[rows] for name, column in self.mapped().items()})
        repeated = np.zeros(len(self), dtype=bool)
        repeated[rows[frame.duplicated().to_numpy()]] = True
        self.handle(key, repeated, "a row that repeats an earlier one", expected, "counted once.")
        return repeated

    @cached_property
    def _of_people(self) -> dict[str, Coded]:
        """The columns whose headings say that they tell who somebody is, mapped or not, by heading."""
        return {heading: self.columns[name] for name, heading in self.headings.items() if name in self and identifies_people(heading)}

    @cached_property
    def _private(self) -> LowerCase:
        return LowerCase([*self._of_people.values(), *(self.columns[name] for name in PRIVATE if name in self)])

    def shown(self, value: str, known_words: frozenset[str] = _NO_WORDS) -> str:
        return shown(value, self._private, known_words)

    def swapped_with(self, rows: np.ndarray, fits: Callable[[str], bool]) -> str | None:
        """Return the heading of a column of names that holds, in one of a few records, what would be right elsewhere.

        A column that mostly holds such cells (dates of birth, beside a date of start) is no column of names, and tells of no swap.
        """
        if len(rows) <= SWAPS_LOOKED_FOR:
            for heading, column in self._of_people.items():
                some = column.at(np.arange(min(len(self), 50)))
                if 2 * sum(fits(clean_text(text)[0]) for text in some if text) > sum(map(bool, some)):
                    continue
                texts = (clean_text(text)[0] for text in column.at(rows))
                if any(text and fits(text) for text in texts):
                    return heading
        return None

    def read(
        self,
        name: str,
        reader: Callable[[str], Read],
        wrong: Callable[[str], tuple[str, str]],
        how: str = "",
        known_words: frozenset[str] = _NO_WORDS,
        only: np.ndarray | None = None,
    ) -> list[Read]:
        """Read every distinct value of a field once, and tell what could not be read or was odd; return them in the order of the values.

        ``wrong`` gives what was expected and what to do where a value cannot be read; ``how`` says what was done with odd ones of dates and
        numbers, of which many are told together. ``known_words`` are words of a reference table, which make a value no name. Values that
        stand in no row of ``only`` (a mask of those that matter) are not told.
        """
        column = self.columns[name]
        used = np.bincount(column.codes if only is None else column.codes[only], minlength=column.distinct)
        reads = [reader(value) for value in column.values]
        here = [at for at in np.flatnonzero(used) if not column.values[at].startswith(MISSING) and not ERROR_CELL.match(column.values[at])]
        unknown = [at for at in here if reads[at].wrong]
        if not how and _is_wrong_column(used[unknown], int(used.sum())):
            found = f"{len(unknown):,} different values that are not known"
            action = "Check that the master file maps the right column and declares the right code set, and that no cells stand in other columns."
            there = np.flatnonzero(np.isin(column.codes, unknown))
            self.findings.stop(self.at(name, () if len(there) > len(self) / 2 else there), found, wrong("")[0], action)
            unknown = []
        kinds: dict[tuple[str, str], list[int]] = {}
        for at in (*unknown, *(at for at in here if reads[at].note and not reads[at].wrong)):
            kinds.setdefault((reads[at].wrong, reads[at].note), []).append(at)
        for (problem, note), positions in kinds.items():
            # one system writes all its numbers with a comma, or all its odd dates in one way
            apart = [positions] if how and note else told_apart(positions) if how else ([at] for at in positions)
            for group in apart:
                there = np.isin(column.codes, group)
                rows, value = np.flatnonzero(there if only is None else there & only), column.values[group[0]]
                swapped = self.swapped_with(rows, lambda text: not reader(text).wrong) if problem or how else None
                told = f"{HIDDEN}: it seems swapped with the cell under '{swapped}'" if swapped else self.shown(value, known_words)
                if len(group) > 1:
                    # many texts that are no dates or numbers may be names from another column: then none is shown
                    told = f"{len(group):,} different cells" + (f", the first of them {told}" if told[1:2].isdigit() else "")
                if problem:
                    self.stop(name, rows, told, *wrong(value))
                else:
                    found = f"{told} ({note})" if told != HIDDEN else note
                    self.handle(name, rows, found, wrong(value)[0] if how else "the usual spelling", how or READ_ALL_THE_SAME)
        return reads

    def numbers(self, name: str, reads: Iterable[Read]) -> np.ndarray:
        """Give every row the number that its value was read as, -1 where it could not be read."""
        return self.columns[name].spread(np.array([-1 if read.wrong else read.value for read in reads], dtype=np.int32))

    def ask_of_two_names(self, name: str, reads: Sequence[Read], known_words: frozenset[str]) -> None:
        """Ask about a list of groups in which two cells mean the same, as a code and its label do: the same people may stand in both."""
        column, meant = self.columns[name], {}
        for at in np.flatnonzero(column.used()):
            if not reads[at].wrong:
                meant.setdefault(reads[at].value, {}).setdefault(bare_key(column.values[at]), int(at))
        for alike in (list(texts.values()) for texts in meant.values() if len(texts) > 1):
            found = " and ".join(self.shown(column.values[at], known_words) for at in alike)
            how = "counted together; take one of them out if both hold the same people."
            self.handle(name, np.isin(column.codes, alike), f"{found}, which mean the same", "one name for one group", how)

    def values_read(self, name: str, reader: Callable[[str], Read], meanings: Sequence[str]) -> dict[str, int]:
        """Return how each cell of a field was read (the number of its meaning) and in how many records, for the preparation report.

        Only cells that mean something are returned, so that none of them can be a name.
        """
        column = self.columns[name]
        told = {
            f"{repr(value) if value else 'an empty cell'} as {meanings[read.value]}": int(records)
            for value, records in zip(column.values, column.used(), strict=True)
            if records and not (read := reader(value)).wrong
        }
        return dict(sorted(told.items(), key=lambda item: -item[1]))


def _is_wrong_column(unknown: np.ndarray, records: int) -> bool:
    """Tell whether so many values are unknown, or nearly each one in its own row, that the column is not the one meant."""
    many, each_its_own = len(unknown) > 25, len(unknown) >= 5 and unknown.sum() < 2 * len(unknown)
    return len(unknown) > 200 or (many and each_its_own) or ((many or each_its_own) and unknown.sum() > records / 2)


def extract_of(
    source: Source, head: HeadingRow, columns: dict[str, Coded], rows: np.ndarray, skipped: dict[str, int] | None = None
) -> Extract:
    """Return the extract in one file; a column that it lacks has stand-ins, which differ from row to row where they tell records apart."""
    for name in head.missing:
        columns[name] = coded([f"{MISSING}{row}" for row in rows]) if name in source.keys else constant(MISSING, len(rows))
    headings, of_file = head.headings(), np.zeros(len(rows), dtype=np.int8)
    return Extract(*source.own(), headings, columns, rows, {source.file: headings}, of_file, skipped or {}, frozenset(head.missing))


def joined_extract(parts: Sequence[Extract]) -> Extract:
    """Return the extract in several files as one: the records of the first file, then those of the next."""
    first, headings = parts[0], {name: heading for part in reversed(parts) for name, heading in part.headings.items()}
    skipped = sum((Counter(part.skipped) for part in parts), Counter())
    columns = {name: stacked([part.columns.get(name, constant("", len(part))) for part in parts]) for name in headings}
    rows = np.concatenate([part.rows for part in parts])
    file, missing = ", ".join(part.file for part in parts), frozenset().union(*(part.missing for part in parts))
    of_file = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    files = {part.file: part.headings for part in parts}
    return Extract(file, *first.own()[1:], headings, columns, rows, files, of_file, dict(skipped), missing)
