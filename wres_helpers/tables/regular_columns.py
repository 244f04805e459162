"""The quick way through the door: Arrow reads the columns of a regular file, each distinct text once.

Whatever asks for a look at its rows (a stray quotation mark, a blank line, a row of another width) is left to the careful way, with the same result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

from wres_helpers.tables.grids import refuse
from wres_helpers.tables.workbook_grids import cell_text

_BLOCK = 1 << 22


def columns_of_parquet(data: bytes, file: str) -> tuple[list[str], list[np.ndarray]]:
    """Return the headings of a Parquet file and its columns as texts; raise InputProblems where it is damaged, or a column holds no texts or numbers."""
    try:
        table = parquet.read_table(pa.BufferReader(data))
        if not table.num_columns:
            raise pa.ArrowInvalid
    except (pa.ArrowException, OSError):
        raise refuse(file, "a damaged Parquet file", "a Parquet file or CSV (UTF-8)", "Save the table again.") from None
    for column in table.schema:
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if pa.types.is_nested(kind) or "binary" in str(kind):
            action = "Save the column as texts or numbers."
            raise refuse(file, f"a column of the kind '{kind}'", "one text or number a cell", action, row=1, column=column.name)
    return table.column_names, [np.array(texts.dictionary.to_pylist(), object)[texts.indices] for texts in map(as_texts, table.columns)]


def regular_columns(
    data: Any, separator: str, lines_above: int, headings: Sequence[str], quoted: bool, types: Mapping[str, Any]
) -> pa.Table | None:
    """Return columns of a file in UTF-8, or None where anything about it is irregular.

    ``headings`` are distinct names for all of its columns, which stand below so many lines; ``quoted`` tells whether a quotation mark
    stands anywhere in it; ``types`` are the columns to be read, with their type.
    """
    if quoted and not _quotes_are_regular(data, separator):
        return None
    where = csv.ReadOptions(skip_rows=lines_above, column_names=list(headings), block_size=_BLOCK)
    cells = csv.ParseOptions(delimiter=separator, newlines_in_values=quoted, ignore_empty_lines=False)
    asked = csv.ConvertOptions(include_columns=list(types), column_types=types, strings_can_be_null=False)
    with suppress(pa.ArrowInvalid, pa.ArrowKeyError):
        return csv.read_csv(pa.BufferReader(data), where, cells, asked)
    return None


def _quotes_are_regular(data: Any, separator: str) -> bool:
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


def as_texts(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Return a column of any kind as the texts a CSV file would hold, each distinct one once; a missing cell is an empty text."""
    if pa.types.is_dictionary(column.type):
        encoded = column.unify_dictionaries().combine_chunks()
        of_rows = len(encoded.indices.unique()) == len(encoded.dictionary)  # a category that no row has is not told of
        if of_rows and not encoded.null_count and pa.types.is_string(encoded.type.value_type):
            return encoded
        column = column.cast(column.type.value_type)
    kind = column.type
    if any(fits(kind) for fits in (pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_date)):
        return pc.dictionary_encode(column.cast(pa.string()).fill_null("").combine_chunks())
    # floats, times and truth values: few distinct ones, turned as a workbook's cells are; two of them may be one text
    encoded = pc.dictionary_encode(column.combine_chunks(), null_encoding="encode")
    texts = pc.dictionary_encode(pa.array(map(cell_text, encoded.dictionary.to_pylist()), pa.string()))
    return pa.DictionaryArray.from_arrays(texts.indices.take(encoded.indices), texts.dictionary)
