"""Reads CSV and TSV files: quickly where they are regular, carefully where they are not, with the same result."""

import csv
import io
import re
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wres_helpers.intake.extracts.coded_columns import from_arrow
from wres_helpers.intake.extracts.extract_findings import Place
from wres_helpers.intake.extracts.extract_table import Extract, extract_of
from wres_helpers.intake.extracts.headings import ROWS_SEARCHED, HeadingRow, Source, find_headings
from wres_helpers.intake.extracts.records import Below, below_records, records_of, tell_below, tell_left_out
from wres_helpers.problems import collected
from wres_helpers.tables.cell_readers import is_total
from wres_helpers.tables.grids import LONGEST_CELL, SEPARATORS, Text, opened_text, text_rows
from wres_helpers.tables.regular_columns import regular_columns

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
    types = dict.fromkeys(fields.values(), pa.dictionary(pa.int32(), pa.string()))
    table = regular_columns(data, separator, lines_above, names, quoted, types)
    if table is None or not table.num_rows or not source.keys:
        return None
    columns = {name: from_arrow(table.column(column)) for name, column in fields.items()}
    # where a key is empty or its own heading anywhere, or the last rows look like totals or footers, whole rows must be looked at
    keys = {name: columns[name].texts for name in source.keys if name in columns}
    odd = [texts.filter(pc.or_(pc.less(texts, "!"), pc.greater(texts, "~"))) for texts in keys.values()]
    blank = any(not text.strip() for texts in odd for text in texts.to_pylist())
    again = any(texts.index(head.cells[head.positions[name]]).as_py() >= 0 for name, texts in keys.items())
    tail = [[cell for cell in row.values() if (cell or "").strip()] for row in table.slice(max(0, table.num_rows - 20)).to_pylist()]
    long = any((pc.max(pc.utf8_length(column.texts)).as_py() or 0) > LONGEST_CELL for column in columns.values())
    if long or again or blank or any(len(cells) < 2 or any(map(is_total, cells)) for cells in tail):
        return None
    below = below or Below(0)
    tell_left_out(below.skipped, "blank rows", 0, source)
    tell_below(below, table.num_rows, source)
    return extract_of(source, head, columns, np.arange(head.row + 1, head.row + 1 + table.num_rows), below.skipped)
