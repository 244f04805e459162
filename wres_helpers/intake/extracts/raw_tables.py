"""Rows of cells, wherever they came from, become columns: blank rows, totals and footers are told from records."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from wres_helpers.intake.extracts.coded_columns import Coded, joined, merge, missing_column
from wres_helpers.intake.extracts.extract_findings import Findings, Place, identifies_people, place, together
from wres_helpers.intake.extracts.headings import HeadingRow, Source

_TOTAL = re.compile(
    r"^(grand |sub-?|overall )?totals?( number| count)?( of)?( records| rows| staff| employees| headcount| people| assignments| applications| members| cases)?"
    r"\W*[\d,.]*\W*$",
    re.IGNORECASE,
)
_WHOLE_NUMBER = re.compile(r"^\d{1,3}(,\d{3})+$|^\d+$")


@dataclass(frozen=True)
class RawTable:
    """The mapped columns of one extract, as text.

    Attributes
    ----------
    file
        Its name as messages print it; of an extract in several files, their names.
    headings
        Field to the heading as it stands in the file.
    columns
        Field to its column.
    rows
        For every record the row it stands in, as a spreadsheet numbers it.
    skipped
        What was left out below the headings (``blank rows``, ``totals rows``, ``footer rows``) and how many rows each.
    private
        Gives, for every heading that tells who somebody is, the column's texts; asked only to know what not to show.
    missing
        Fields whose column the file lacks.
    parts
        The tables of the files, where the extract comes in several; their records follow each other.
    """

    file: str
    headings: dict[str, str]
    columns: dict[str, Coded] = field(repr=False)
    rows: np.ndarray = field(repr=False)
    skipped: dict[str, int]
    private: Callable[[], dict[str, list[str]]] = field(default=dict, repr=False)
    missing: frozenset[str] = frozenset()
    parts: tuple["RawTable", ...] = field(default=(), repr=False)

    def at(self, name: str, positions: np.ndarray | None = None) -> Place:
        """Return a field's place, at the given records (counted from 0) in whichever file they stand."""
        if not self.parts:
            return place(self.file, self.headings[name], None if positions is None else self.rows[positions])
        if positions is None or not len(positions):
            return together([part.at(name, positions) for part in self.parts])
        return together([part.at(name, there) for part, there in self._by_part(positions)])

    def rows_in_words(self, positions: np.ndarray) -> str:
        """Return the numbers of the rows of some records as words, with the file where there are several."""
        if not self.parts:
            return ", ".join(str(row) for row in self.rows[positions])
        return "; ".join(f"{part.rows_in_words(there)} in {part.file}" for part, there in self._by_part(positions))

    def _by_part(self, positions: np.ndarray) -> list[tuple["RawTable", np.ndarray]]:
        sizes = np.array([len(part.rows) for part in self.parts])
        ends = np.cumsum(sizes)
        number = np.searchsorted(ends, positions, side="right")
        return [(self.parts[part], positions[number == part] - (ends - sizes)[part]) for part in np.unique(number)]


def joined_tables(tables: Sequence[RawTable]) -> RawTable:
    """Return the tables of one extract's files as one: the records of the first file, then those of the next."""
    skipped = Counter()
    for table in tables:
        skipped.update(table.skipped)
    return RawTable(
        file=", ".join(table.file for table in tables),
        headings=tables[0].headings,
        columns={name: joined([table.columns[name] for table in tables]) for name in tables[0].columns},
        rows=np.concatenate([table.rows for table in tables]),
        skipped=dict(skipped),
        private=lambda: _private_of_all(tables),
        missing=frozenset().union(*(table.missing for table in tables)),
        parts=tuple(tables),
    )


def _private_of_all(tables: Sequence[RawTable]) -> dict[str, list[str]]:
    parts = [table.private() for table in tables]
    headings = dict.fromkeys(heading for part in parts for heading in part)
    return {
        heading: [text for table, part in zip(tables, parts, strict=True) for text in part.get(heading, [""] * len(table.rows))]
        for heading in headings
    }


def is_total(text: str) -> bool:
    """Tell whether a cell is the label of a totals row."""
    return bool(_TOTAL.match(text.strip()))


def table_from_rows(body: Sequence[Sequence[str]], head: HeadingRow, source: Source, whole: bool = True) -> RawTable:
    """Turn the rows below the headings into columns.

    Parameters
    ----------
    body
        Rows below the headings; row ``i`` stands in line ``head.row + 1 + i`` of the file.
    whole
        Whether the file ends as a whole file does; only then may its last row be taken for a footer.
    """
    file, findings = source.file, source.findings
    last, skipped = _without_tail(body, head, source, whole)
    kept, rows = [], []
    other_widths: dict[int, list[int]] = {}
    for number, cells in enumerate(body[:last], start=head.row + 1):
        if any(cell.strip() for cell in cells):
            kept.append(_squared(cells, len(head.cells), number, other_widths))
            rows.append(number)
        else:
            skipped["blank rows"] = skipped.get("blank rows", 0) + 1
    _tell_blank_rows(skipped, file, findings)
    _tell_widths(other_widths, len(head.cells), file, findings)
    columns = {name: _column(kept, position) for name, position in head.positions.items()}
    columns |= {name: missing_column(len(kept), name in source.wanted.keys) for name in head.missing}
    return RawTable(
        file, head.headings(), columns, np.array(rows, dtype=np.int64), skipped, lambda: _private(kept, head), frozenset(head.missing)
    )


def _tell_blank_rows(skipped: dict[str, int], file: str, findings: Findings) -> None:
    number = skipped.get("blank rows", 0)
    if number:
        findings.handle("blank rows", place(file), f"blank rows ({number:,})", "no blank rows", "left out.")


def _column(kept: list[Sequence[str]], position: int) -> Coded:
    values = [cells[position] for cells in kept]
    return merge(np.arange(len(values), dtype=np.int32), values)


def _private(kept: list[Sequence[str]], head: HeadingRow) -> dict[str, list[str]]:
    positions = [position for position, heading in enumerate(head.cells) if identifies_people(heading)]
    return {head.cells[position]: [cells[position] for cells in kept] for position in positions}


def _squared(cells: Sequence[str], width: int, row: int, other_widths: dict[int, list[int]]) -> Sequence[str]:
    """Return a row as wide as the headings; a row of another width is noted and read as far as it goes."""
    if len(cells) == width:
        return cells
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width]
    other_widths.setdefault(len(cells), []).append(row)
    return [*cells[:width], *[""] * (width - len(cells))]


def _tell_widths(other_widths: dict[int, list[int]], width: int, file: str, findings: Findings) -> None:
    for cells, rows in other_widths.items():
        findings.stop(
            "a row of another width", place(file, rows=rows), f"{cells} cells", f"{width} cells, as the heading row has",
            "Mend the row: a text with a separator needs quotes round it; a file cut short must be exported again.",
        )  # fmt: skip


def _without_tail(body: Sequence[Sequence[str]], head: HeadingRow, source: Source, whole: bool) -> tuple[int, dict[str, int]]:
    """Return how many rows come before totals and footers, and what was left out after them."""
    last, skipped, totals = len(body), {}, []
    while last > 0:
        cells = [cell.strip() for cell in body[last - 1]]
        filled = [cell for cell in cells if cell]
        row = head.row + last
        if not filled:
            kind = "blank rows"
        elif any(is_total(cell) for cell in filled[:2]):
            kind = "totals rows"
            totals.append((row, filled))
        elif whole and _is_footer(cells, filled, len(head.cells)) and not source.wanted.keys:
            found, expected = "a row with one text and nothing else", "a member with ethnicity, or no row"
            source.findings.stop(
                "a footer row or a record", place(source.file, rows=[row]), found, expected, "Fill its cells, or take it out."
            )
            break
        elif whole and _is_footer(cells, filled, len(head.cells)):
            kind = "footer rows"
            source.findings.handle(
                "a footer row", place(source.file, rows=[row]), "a row with one text and nothing else", "records only", "left out."
            )
        else:
            break
        skipped[kind] = skipped.get(kind, 0) + 1
        last -= 1
    if last == len(body) - skipped.get("blank rows", 0):
        # blank lines at the very end of a file are ordinary
        skipped = {}
    records = sum(any(cell.strip() for cell in cells) for cells in body[:last])
    for row, filled in totals:
        _tell_total(row, filled, records, source)
    return last, skipped


def _is_footer(cells: list[str], filled: list[str], width: int) -> bool:
    long_text = len(filled) == 1 and len(re.findall(r"[^\W\d_]{2,}", filled[0])) >= 2
    return long_text and width > 1 and bool(cells[0])


def _tell_total(row: int, filled: list[str], records: int, source: Source) -> None:
    numbers = [int(cell.replace(",", "")) for cell in filled if _WHOLE_NUMBER.match(cell)]
    numbers += [int(number) for cell in filled for number in re.findall(r"^\D*\btotals?\b\D*?(\d+)$", cell, re.IGNORECASE)]
    said = f"a totals row (says {numbers[0]:,})" if len(numbers) == 1 else "a totals row"
    source.findings.handle(
        "a totals row", place(source.file, rows=[row]), said, "records only", f"left out; {records:,} records stand above it."
    )
