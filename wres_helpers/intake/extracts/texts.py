"""Reads CSV and TSV files: quickly where they are regular, carefully where they are not, with the same result."""

import csv
import io
import re
from contextlib import suppress
from itertools import islice
from operator import attrgetter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wres_helpers.intake.extracts.coded_columns import Numbers, from_arrow, on_all_cores
from wres_helpers.intake.extracts.extract_findings import Place
from wres_helpers.intake.extracts.extract_table import Extract, extract_of
from wres_helpers.intake.extracts.headings import NUMBERS, ROWS_SEARCHED, UNMAPPED, HeadingRow, Source, find_headings
from wres_helpers.intake.extracts.records import records_of
from wres_helpers.problems import collected
from wres_helpers.tables.cell_readers import is_total
from wres_helpers.tables.grids import LONGEST_CELL, SEPARATORS, Utf8, as_utf8, separator_of, text_rows
from wres_helpers.tables.regular_columns import regular_columns

_NAMES = {separator: words.removeprefix("a ") for separator, words in SEPARATORS.items()}
_ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "windows-1252": "Windows-1252"}
_HEAD_BYTES = 1 << 18


def read_text(path: Path, source: Source) -> Extract | None:
    """Read a CSV or TSV file; None where it cannot be read without repair (the findings say why)."""
    decoded, settings = _decoded(path, source), source.settings
    if decoded is None:
        return None
    data, quoted = pa.py_buffer(decoded.content), b'"' in decoded.signs
    candidates = [separator for separator, name in _NAMES.items() if settings.separator in ("detect", name)]
    top = data[:_HEAD_BYTES].to_pybytes().decode("utf-8", errors="ignore")
    separator = separator_of(top, source.wanted.values(), candidates)
    rows, lines = _first_rows(top, separator)
    head = find_headings(rows, source, settings.header_row)
    if head is None:
        return None
    usual = "\t" if path.suffix.lower() in (".tsv", ".tab") else ","
    if settings.separator == "detect" and separator != usual:
        found, expected = f"a {_NAMES[separator]} between cells", f"a {_NAMES[usual]} between cells"
        how = f"read so; write 'separator: {_NAMES[separator]}' in the master file to settle it."
        source.findings.handle(Place(source.file, rows=[head.row]), found, expected, how)
    whole = data[data.size - 1] in (ord("\n"), ord("\r"))
    if not whole:
        found, expected = "a last line without line end", "a file that ends with a line end"
        how = "read as it stands; if the export may have been cut short, state expected_rows in the master file."
        source.findings.handle(Place(source.file), found, expected, how)
    if extract := _quick(data, separator, head, lines[head.row - 1], quoted, source):
        return extract
    rows = collected(source.findings.problems, text_rows, str(memoryview(data), "utf-8"), separator, source.file)
    return None if rows is None else records_of(rows[head.row :], head, source, whole)


def _decoded(path: Path, source: Source) -> Utf8 | None:
    """Return the file in UTF-8 without byte-order mark, or None where it is no text; plain files are not copied."""
    data, declared = pa.memory_map(str(path)).read_buffer() if path.stat().st_size else pa.py_buffer(b""), source.settings.encoding
    try:
        content, encoding, row, signs = decoded = as_utf8(data, declared)
    except UnicodeError:
        found = "bytes that are no text in " + _ENCODINGS.get(declared, "the encoding that its first bytes announce")
        source.findings.stop(Place(source.file), found, "a text file", "Export it again as CSV (UTF-8).")
        return None
    if encoding == "utf-8-sig":
        source.findings.handle(Place(source.file, rows=[1]), "a byte-order mark", "plain UTF-8", "skipped.")
    elif encoding != "utf-8" and declared == "detect":
        how = f"read as {_ENCODINGS[encoding]}; write 'encoding: {encoding}' in the master file to settle it."
        source.findings.handle(Place(source.file, rows=[row]), f"text in {_ENCODINGS[encoding]}", "UTF-8", how)
    found = "bytes that are not text" if b"\0" in signs else "" if re.search(rb"\S", memoryview(content)) else "nothing"
    if found:
        source.findings.stop(Place(source.file), found, "a heading row and records", "Export the file again.")
        return None
    return decoded


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


def _quick(data: pa.Buffer, separator: str, head: HeadingRow, lines_above: int, quoted: bool, source: Source) -> Extract | None:
    """Read a regular file with Arrow, or return None where anything about it asks for the careful reader."""
    names = [f"c{position}" for position in range(len(head.cells))]
    fields = {name: names[position] for name, position in head.positions.items()}
    many, few = pa.string(), pa.dictionary(pa.int32(), pa.string())
    types = {column: many if name in NUMBERS or name.startswith(UNMAPPED) else few for name, column in fields.items()}
    table = regular_columns(data, separator, lines_above, names, quoted, types)
    if table is None or not table.num_rows or not source.keys:
        return None
    columns = {name: (Numbers if types[column] == many else from_arrow)(table.column(column)) for name, column in fields.items()}
    on_all_cores(attrgetter("codes"), [columns[name] for name in NUMBERS if name in columns])  # every extract asks for them
    # where a key is empty or its own heading anywhere, or the last rows look like totals or footers, whole rows must be looked at
    keys = {name: columns[name].cells for name in source.keys if name in columns}
    odd = [cells.filter(pc.or_(pc.less(cells, "!"), pc.greater(cells, "~"))) for cells in keys.values()]
    blank = any(not text.strip() for cells in odd for text in cells.unique().to_pylist())
    again = any(pc.any(pc.equal(cells, head.cells[head.positions[name]])).as_py() for name, cells in keys.items())
    tail = [[cell for cell in row.values() if (cell or "").strip()] for row in table.slice(max(0, table.num_rows - 20)).to_pylist()]
    long = any(len(text) > LONGEST_CELL for name, column in fields.items() if types[column] == few for text in columns[name].values)
    if long or again or blank or any(len(cells) < 2 or any(map(is_total, cells)) for cells in tail):
        return None
    return extract_of(source, head, columns, np.arange(head.row + 1, head.row + 1 + table.num_rows))
