"""The quick way through the door for large files with nothing to tell: column by column, each distinct text looked at once.

It takes a file only where the careful way would take every cell. Any doubt (a quotation mark, a row of another width, a word that is not known)
leaves the file to that one, which says what it is, by row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wres_helpers.tables.cell_readers import ERROR_CELL, Read, any_text, is_hidden, line_text
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, Reading
from wres_helpers.tables.grids import CONTROL, LONGEST_CELL, starts_with_a_mark

if TYPE_CHECKING:
    import pyarrow as pa

#: Bytes of text from which on a file is worth the library it takes.
_LARGE = 1 << 18

_HEADING = DeclaredColumn("heading")


def clean_reading(data: bytes, shown: str, table: DeclaredTable) -> Reading | None:
    """Return what came of reading a large clean file, its cells read; None where it is small, or anything of it is in doubt."""
    if len(data) < _LARGE and not data.startswith(b"PAR1"):
        return None
    import pyarrow as pa

    try:
        columns = _of_parquet(data) if data.startswith(b"PAR1") else _of_text(data)
    except (pa.ArrowException, OSError):
        return None
    names = [] if columns is None else columns.column_names
    needed = {column.name for column in table.columns if column.needed}
    if columns is None or not columns.num_rows or len(set(names)) < len(names) or not needed <= set(names):
        return None
    if any(_is_doubtful(name, Read(name), _HEADING) or table.heading_of(name) != name for name in names):
        return None
    if table.others == "refused" and not all(map(table.column, names)):
        return None
    return _read(columns, shown, table)


def _read(columns: pa.Table, shown: str, table: DeclaredTable) -> Reading | None:
    import pandas as pd

    reading, made, codes = Reading(shown, cells_read=True), {}, {}
    for name in columns.column_names:
        declared = table.column(name) or DeclaredColumn(name, read=line_text if table.others == "text" else any_text, filled=False)
        encoded = columns[name].combine_chunks()
        reads = {str(text): declared.read(str(text)) for text in encoded.dictionary.to_pylist()}
        if encoded.null_count or any(_is_doubtful(text, read, declared) for text, read in reads.items()):
            return None
        reading.tell_odd(declared, reads)
        # two spellings of one value are one
        numbers, distinct = pd.factorize(pd.Series([read.value for read in reads.values()], dtype=object), use_na_sentinel=False)
        codes[name] = numbers.astype("int32")[encoded.indices.to_numpy(zero_copy_only=False)]
        kind = "str" if all(isinstance(value, str) for value in distinct) else None
        made[name] = pd.Series(list(distinct), dtype=kind).array.take(codes[name])
    keys = [name for name in codes if name in table.key or (table.others == "text" and not table.column(name))] if table.key else []
    if keys and pd.DataFrame({name: codes[name] for name in keys}).duplicated().any():
        return None
    reading.table = pd.DataFrame(made, index=pd.RangeIndex(2, len(columns) + 2))
    return reading


def _is_doubtful(text: str, read: Read, column: DeclaredColumn) -> bool:
    """Tell whether there is something to say of a cell by its row."""
    blank, long = column.filled and not text.strip(), len(text) > LONGEST_CELL
    return blank or long or bool(read.wrong or CONTROL.search(text) or ERROR_CELL.match(text.strip())) or is_hidden(read.value)


def _of_text(data: bytes) -> pa.Table | None:
    """Return the columns of a CSV file with commas, UTF-8 and one kind of line end, in which no cell is quoted and no line blank."""
    import pyarrow as pa
    from pyarrow import csv

    end = b"\r\n" if b"\r" in data else b"\n"
    head = data.partition(end)[0]
    plain = not starts_with_a_mark(data) and b'"' not in data and data.endswith(end) and end + end not in data
    of_a_kind = data.count(end) == data.count(b"\n") and data.count(b"\r") == data.count(b"\r\n")
    if not (head.strip() and plain and head.isascii() and of_a_kind):
        return None
    kinds = dict.fromkeys(head.decode().split(","), pa.dictionary(pa.int32(), pa.string()))
    table = csv.read_csv(pa.BufferReader(data), convert_options=csv.ConvertOptions(column_types=kinds, strings_can_be_null=False))
    return table.unify_dictionaries()


def _of_parquet(data: bytes) -> pa.Table | None:
    """Return the columns of a Parquet file of texts and whole numbers; None where it holds anything else."""
    import pyarrow as pa
    from pyarrow import parquet

    table = parquet.read_table(pa.BufferReader(data))
    kinds = [column.type.value_type if pa.types.is_dictionary(column.type) else column.type for column in table.columns]
    if not all(pa.types.is_integer(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind) for kind in kinds):
        return None
    # a category that no row has is not told of
    encoded = [column.cast(kind).dictionary_encode() for column, kind in zip(table.columns, kinds, strict=True)]
    return pa.table(dict(zip(table.column_names, encoded, strict=True))).unify_dictionaries()
