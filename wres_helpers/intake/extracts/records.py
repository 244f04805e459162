"""Rows of cells become columns, and totals and footers are told from records; a text file that is regular is read quickly, with the same result."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wres_helpers.intake.extracts.coded_columns import from_arrow
from wres_helpers.intake.extracts.extract_findings import Place
from wres_helpers.intake.extracts.extract_table import Extract, coded, extract_of
from wres_helpers.intake.extracts.headings import NUMBERS, HeadingRow, Source, find_headings
from wres_helpers.problems import collected
from wres_helpers.tables.cell_readers import is_total
from wres_helpers.tables.grids import LONGEST_CELL, SEPARATORS, Text, opened_text, text_rows
from wres_helpers.tables.heading_row import ROWS_SEARCHED
from wres_helpers.tables.regular_columns import regular_columns

_WORD = re.compile(r"[^\W\d_]{2,}")
_WHOLE_NUMBER = re.compile(r"^\d{1,3}(,\d{3})+$|^\d+$")


@dataclass(frozen=True)
class Below:
    """What stands below the records of a file: totals, footers and blank rows."""

    begins: int = 0  # position (or row) at which it begins
    skipped: dict[str, int] = field(default_factory=dict)  # what was left out, and how many rows each
    #: Position, what was found and expected, what to do, and whether it was handled.
    told: list[tuple[int, str, str, str, bool]] = field(default_factory=list)
    first: int = 0  # the row at position 0

    def tell(self, source: Source, records: int, blank: int = 0, again: int = 0) -> dict[str, int]:
        """Tell what was left out below so many records, and among them; return how many rows of each kind there were."""
        left_out = Counter(self.skipped) + Counter({"blank rows": blank, "the headings once more": again})
        for kind, expected in (("blank rows", "no blank rows"), ("the headings once more", "records only")):
            if left_out[kind]:
                source.findings.handle(Place(source.file), f"{kind} ({left_out[kind]:,})", expected, "left out.")
        for at, found, expected, action, handled in self.told:
            source.findings.stop(Place(source.file, rows=[self.first + at]), found, expected, action.format(f"{records:,}"), handled)
        return dict(left_out)


def records_of(body: Sequence[Sequence[str]], head: HeadingRow, source: Source, whole: bool = True, below: Below | None = None) -> Extract:
    """Turn the rows below the headings into an extract, column by column: a large file has a few rows that are no records.

    Only where the file ends as a ``whole`` file does may its last row be taken for a footer; what stands ``below`` may be parted already.
    """
    parted = below or replace(below_records(body, head, source, whole), first=head.row + 1)
    last = len(body) if below else parted.begins
    width, grid, other_widths = len(head.cells), list(body[:last]), {}
    for at in np.flatnonzero(np.fromiter(map(len, grid), np.int64, last) != width):
        cells = grid[at]
        grid[at] = [*cells[:width], *[""] * (width - len(cells))]  # read as far as it goes
        if any(map(str.strip, cells if len(cells) < width else cells[width:])):
            other_widths.setdefault(len(cells), []).append(head.row + 1 + int(at))
    cells_of = [coded([row[position] for row in grid]) for position in range(width)]
    blank, again = np.ones(last, dtype=bool), np.ones(last, dtype=bool)
    for column, heading in zip(cells_of, head.cells, strict=True):
        blank &= column.where(lambda text: not text.strip())
        again &= column.where(lambda text, heading=heading: text.strip() == heading.strip())
    kept = np.flatnonzero(~blank & ~again)
    skipped = parted.tell(source, len(kept), int(blank.sum()), int(again.sum()))
    for found, where in other_widths.items():
        action = "Mend the row: a text with a separator needs quotes round it; a file cut short must be exported again."
        source.findings.stop(Place(source.file, rows=where), f"{found} cells", f"{width} cells, as the heading row has", action)
    columns = {name: cells_of[position] for name, position in head.positions.items()}
    columns = columns if len(kept) == last else {name: coded(column.at(kept)) for name, column in columns.items()}
    return extract_of(source, head, columns, head.row + 1 + kept, skipped)


def below_records(body: Sequence[Sequence[str]], head: HeadingRow, source: Source, whole: bool) -> Below:
    """Find totals, footers and blank rows below the records."""
    last, skipped, told = len(body), {}, []
    while last > 0:
        cells = [cell.strip() for cell in body[last - 1]]
        filled = [cell for cell in cells if cell]
        if not filled:
            kind = "blank rows"
        elif any(is_total(cell) for cell in filled[:2]):
            kind = "totals rows"
            numbers = [int(cell.replace(",", "")) for cell in filled if _WHOLE_NUMBER.match(cell)]
            numbers += [int(number) for cell in filled for number in re.findall(r"^\D*\btotals?\b\D*?(\d+)$", cell, re.IGNORECASE)]
            found = f"a totals row (says {numbers[0]:,})" if len(numbers) == 1 else "a totals row"
            told.append((last - 1, found, "records only", "left out; {} records stand above it.", True))
        elif not (whole and len(head.cells) > 1 and cells[0] and len(filled) == 1 and len(_WORD.findall(filled[0])) > 1):
            break
        elif source.keys:
            kind, found = "footer rows", "a row with one text and nothing else"
            told.append((last - 1, found, "records only", "left out.", True))
        else:
            found, expected = "a row with one text and nothing else", "a member with ethnicity, or no row"
            told.append((last - 1, found, expected, "Fill its cells, or take it out.", False))
            break
        skipped[kind] = skipped.get(kind, 0) + 1
        last -= 1
    # blank lines at the very end of a file are ordinary
    return Below(last, {} if last == len(body) - skipped.get("blank rows", 0) else skipped, told)


_SEPARATORS = {words.removeprefix("a "): separator for separator, words in SEPARATORS.items()}

#: Totals and the like may stand in so many bytes at the end of a file.
_END = 1 << 14


def read_text(path: Path, source: Source) -> Extract | None:
    """Read a CSV or TSV file; None where it cannot be read without repair (the findings say why); a plain file is not copied."""
    data, settings = pa.memory_map(str(path)).read_buffer() if path.stat().st_size else pa.py_buffer(b""), source.settings
    separators = [separator for name, separator in _SEPARATORS.items() if settings.separator in ("detect", name)]
    usual = "\t" if path.suffix.lower() in (".tsv", ".tab") else ","
    given = (source.file, source.wanted.values(), settings.encoding, separators, usual, True)
    text = collected(source.findings.problems, opened_text, data, *given)
    if text is None:
        return None
    for told in text.notices:
        source.findings.pass_on(Place(told.file, rows=[told.row] if told.row else None), told)
    rows, lines = _first_rows(text.top, text.separator)
    head = find_headings(rows, source, settings.header_row)
    if head is None:
        return None
    content, below = _parted(text, head, source)
    if extract := _quick(content, text.separator, head, lines[head.row - 1], text.quoted, source, below):
        return extract
    body = collected(source.findings.problems, text_rows, str(memoryview(content), "utf-8"), text.separator, source.file)
    return None if body is None else records_of(body[head.row :], head, source, text.whole, below)


def _parted(text: Text, head: HeadingRow, source: Source) -> tuple[pa.Buffer, Below | None]:
    """Part totals, footers and blank rows from the records above them, which then can be read at once; None where they must be looked for."""
    content, end = pa.py_buffer(text.content), bytes(memoryview(text.content)[-_END:]).partition(b"\n")[2]
    if text.quoted or len(text.content) <= _END:  # a short file is soon read row by row
        return content, None
    lines, above = end.splitlines(keepends=True), len(text.content) - len(end)
    below = below_records([line.decode().rstrip("\r\n").split(text.separator) for line in lines], head, source, text.whole)
    if below.begins in (0, len(lines)):
        return content, None
    number = 1 + len(re.findall(rb"\r\n|\r|\n", memoryview(text.content)[:above]))
    return content[: above + sum(map(len, lines[: below.begins]))], replace(below, begins=number + below.begins, first=number)


def _first_rows(top: str, separator: str) -> tuple[list[list[str]], list[int]]:
    """Return the first rows and, for each, the number of physical lines up to its end."""
    reader = csv.reader(io.StringIO(top, newline=""), delimiter=separator)
    rows, lines = [], []
    csv.field_size_limit(LONGEST_CELL)
    with suppress(csv.Error):  # the rows before are enough to look for headings; the careful reader tells what is wrong
        for cells in islice(reader, ROWS_SEARCHED):
            rows.append(cells)
            lines.append(reader.line_num)
    return rows, lines


def _quick(
    data: pa.Buffer, separator: str, head: HeadingRow, lines_above: int, quoted: bool, source: Source, below: Below | None = None
) -> Extract | None:
    """Read a regular file with Arrow, or return None where anything about it asks for the careful reader."""
    names = [f"c{position}" for position in range(len(head.cells))]
    fields = {name: names[position] for name, position in head.positions.items()}
    types = {column: pa.string() if name in NUMBERS else pa.dictionary(pa.int32(), pa.string()) for name, column in fields.items()}
    table = regular_columns(data, separator, lines_above, names, quoted, types) if types else None
    if table is None or not table.num_rows or not source.keys:
        return None
    with ThreadPoolExecutor() as threads:  # Arrow and numpy let each other work meanwhile
        columns = dict(zip(fields, threads.map(from_arrow, map(table.column, fields.values())), strict=True))
    # where a key is empty or its own heading anywhere, or the last rows look like totals or footers, whole rows must be looked at
    keys = {name: columns[name].texts for name in source.keys if name in columns}
    odd = [texts.filter(pc.or_(pc.less(texts, "!"), pc.greater(texts, "~"))) for texts in keys.values()]
    blank = any(not text.strip() for texts in odd for text in texts.to_pylist())
    again = any(texts.index(head.cells[head.positions[name]]).as_py() >= 0 for name, texts in keys.items())
    tail = [[cell for cell in row.values() if (cell or "").strip()] for row in table.slice(max(0, table.num_rows - 20)).to_pylist()]
    long = any((pc.max(pc.utf8_length(column.texts)).as_py() or 0) > LONGEST_CELL for column in columns.values())
    if long or again or blank or any(len(cells) < 2 or any(map(is_total, cells)) for cells in tail):
        return None
    skipped = (below or Below()).tell(source, table.num_rows)
    return extract_of(source, head, columns, np.arange(head.row + 1, head.row + 1 + table.num_rows), skipped)
