"""Reads CSV and TSV files: quickly where they are regular, carefully where they are not, with the same result."""

import csv
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from wres_helpers.intake.extracts.extract_findings import Place
from wres_helpers.intake.extracts.extract_table import Extract, all_from_arrow, extract_of
from wres_helpers.intake.extracts.headings import NUMBERS, ROWS_SEARCHED, UNMAPPED, HeadingRow, Source, best_row, find_headings
from wres_helpers.intake.extracts.records import is_total, records_of

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_NAMES = {separator: name for name, separator in _SEPARATORS.items()}
_ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "windows-1252": "Windows-1252"}
_HEAD_BYTES = 1 << 18
_BLOCK = 1 << 22

#: Longest cell the careful reader takes, in characters; the longest a workbook's cell can be is 32,767.
LONGEST_CELL = 1 << 20


def read_text(path: Path, source: Source) -> Extract | None:
    """Read a CSV or TSV file; None where it cannot be read without repair (the findings say why)."""
    data, settings = _as_utf8(path, source), source.settings
    if data is None:
        return None
    candidates = list(_NAMES) if settings.separator == "detect" else [_SEPARATORS[settings.separator]]
    rows_of = {separator: _first_rows(data, separator) for separator in candidates}
    separator = max(rows_of, key=lambda candidate: best_row(rows_of[candidate][0], source, settings.header_row)[1])
    rows, lines = rows_of[separator]
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
    return _quick(data, separator, head, lines[head.row - 1], source) or _careful(data, separator, head, source, whole)


def _as_utf8(path: Path, source: Source) -> pa.Buffer | None:
    """Return the file in UTF-8 without byte-order mark, or None where it is no text; plain files are not copied."""
    data = pa.memory_map(str(path)).read_buffer() if path.stat().st_size else pa.py_buffer(b"")
    start = data[:3].to_pybytes()
    if start == b"\xef\xbb\xbf":
        source.findings.handle(Place(source.file, rows=[1]), "a byte-order mark", "plain UTF-8", "skipped.")
        data = data.slice(3)
    encoding, odd = source.settings.encoding, _first_odd_byte(data)
    if encoding == "detect":
        encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8" if odd is None else "windows-1252"
        if encoding != "utf-8":
            row = data.to_pybytes()[:odd].count(b"\n") + 1 if encoding == "windows-1252" else 1
            how = f"read as {_ENCODINGS[encoding]}; write 'encoding: {encoding}' in the master file to settle it."
            source.findings.handle(Place(source.file, rows=[row]), f"text in {_ENCODINGS[encoding]}", "UTF-8", how)
    if encoding != "utf-8" or odd is not None:
        try:
            data = pa.py_buffer(data.to_pybytes().decode(encoding).removeprefix("\ufeff").encode())
        except UnicodeError:
            found = "bytes that are no text in " + _ENCODINGS[encoding]
            source.findings.stop(Place(source.file), found, "a text file", "Export it again as CSV (UTF-8).")
            return None
    found = "bytes that are not text" if _holds(data, b"\0") else "" if re.search(rb"\S", memoryview(data)) else "nothing"
    if found:
        source.findings.stop(Place(source.file), found, "a heading row and records", "Export the file again.")
        return None
    return data


def _first_odd_byte(data: pa.Buffer) -> int | None:
    """Return where the bytes stop being UTF-8, or None where they never do."""
    if data.size and np.frombuffer(data, np.uint8).max() < 128:
        return None  # seen in a tenth of the time that it takes to make a text of them
    try:
        str(memoryview(data), "utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _holds(data: pa.Buffer, sign: bytes) -> bool:
    """Tell whether a sign of one byte stands in a file; block by block, which is quicker than a search and takes no memory."""
    content = np.frombuffer(data, np.uint8)
    return any((content[start : start + _BLOCK] == ord(sign)).any() for start in range(0, len(content), _BLOCK))


def _first_rows(data: pa.Buffer, separator: str) -> tuple[list[list[str]], list[int]]:
    """Return the first rows and, for each, the number of physical lines up to its end."""
    head = data[:_HEAD_BYTES].to_pybytes().decode("utf-8", errors="ignore")
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
    rows, lines = [], []
    csv.field_size_limit(LONGEST_CELL)
    with suppress(csv.Error):  # the rows before are enough to look for headings; the careful reader tells what is wrong
        for cells in islice(reader, ROWS_SEARCHED):
            rows.append(cells)
            lines.append(reader.line_num)
    return rows, lines


def _quick(data: pa.Buffer, separator: str, head: HeadingRow, lines_above: int, source: Source) -> Extract | None:
    """Read a regular file with Arrow, or return None where anything about it asks for the careful reader."""
    quoted = _holds(data, b'"')
    if quoted and not _quotes_are_regular(data, separator):
        return None
    names = [f"c{position}" for position in range(len(head.cells))]
    fields = {name: names[position] for name, position in head.positions.items()}
    many, few = pa.string(), pa.dictionary(pa.int32(), pa.string())
    types = {column: many if name in NUMBERS or name.startswith(UNMAPPED) else few for name, column in fields.items()}
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            read_options=arrow_csv.ReadOptions(skip_rows=lines_above, column_names=names, block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=quoted, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(include_columns=list(types), column_types=types, strings_can_be_null=False),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):  # a row of another width, too
        return None
    if not table.num_rows or not source.keys:
        return None
    columns = all_from_arrow({name: table.column(column) for name, column in fields.items()})
    # where a key is empty or its own heading anywhere, or the last rows look like totals or footers, whole rows must be looked at
    keys = [columns[name] for name in source.keys if name in columns]
    filled = all(column.all_match("[!-~]") or all(text.strip() for text in column.values) for column in keys)
    again = any(
        pc.any(pc.equal(table.column(fields[name]), head.cells[head.positions[name]])).as_py() for name in source.keys if name in fields
    )
    tail = [[cell for cell in row.values() if (cell or "").strip()] for row in table.slice(max(0, table.num_rows - 20)).to_pylist()]
    if again or not filled or any(len(cells) < 2 or any(map(is_total, cells)) for cells in tail):
        return None
    return extract_of(source, head, columns, np.arange(head.row + 1, head.row + 1 + table.num_rows))


def _quotes_are_regular(data: pa.Buffer, separator: str) -> bool:
    """Tell whether every quotation mark opens or closes a whole cell, or is doubled inside one.

    Read as switches, marks open (the first, third, ...) after a separator, a line end or another mark, and close (the
    second, fourth, ...) before one of these.
    """
    around = np.frombuffer(f'{separator}\r\n"'.encode(), np.uint8)
    content = np.frombuffer(data, np.uint8)
    seen = 0
    for start in range(0, len(content), _BLOCK):
        marks = start + np.flatnonzero(content[start : start + _BLOCK] == ord('"'))
        opening, closing = marks[seen % 2 :: 2], marks[1 - seen % 2 :: 2]
        before, after = opening[opening > 0] - 1, closing[closing < len(content) - 1] + 1
        if not (np.isin(content[before], around).all() and np.isin(content[after], around).all()):
            return False
        seen += len(marks)
    return seen % 2 == 0


def _careful(data: pa.Buffer, separator: str, head: HeadingRow, source: Source, whole: bool) -> Extract | None:
    """Read any file row by row; what is irregular is told with its row."""
    rows: list[Sequence[str]] = []
    csv.field_size_limit(LONGEST_CELL)
    try:
        for cells in csv.reader(io.StringIO(data.to_pybytes().decode("utf-8"), newline=""), delimiter=separator, strict=True):
            rows.append(cells)
    except csv.Error as error:
        found = "a quotation mark that is not closed or stands inside a text"
        if "field larger" in str(error):
            found = f"a cell of more than {LONGEST_CELL:,} characters"
        where, expected = Place(source.file, rows=[len(rows) + 1]), "cells with closed quotation marks"
        source.findings.stop(where, found, expected, "Mend the row or export the file again.")
        return None
    return records_of(rows[head.row :], head, source, whole)
