"""A column as distinct texts and one small code a row: what is done to a text is done once, not once a row."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

#: Stands in every cell of a column that the file lacks, so that its other columns can be checked all the same.
MISSING = "\0missing"


class Coded:
    """One column of an extract: ``codes`` has one number a row, the position among ``texts``, which are distinct."""

    def __init__(self, codes: np.ndarray, texts: pa.Array):
        self.codes = codes
        self.texts = texts

    @cached_property
    def values(self) -> list[str]:
        """The distinct texts by code, made only when asked for; never printed, for they may be people's numbers."""
        return self.texts.to_pylist()

    @property
    def distinct(self) -> int:
        return len(self.texts)

    def used(self) -> np.ndarray:
        """Return, for each distinct value, in how many rows it stands."""
        return np.bincount(self.codes, minlength=self.distinct)

    def where(self, position: int) -> np.ndarray:
        """Return the rows (counted from 0) where one distinct value stands."""
        return np.flatnonzero(self.codes == position)

    def blank(self) -> np.ndarray:
        """Return a mask of the rows with an empty cell."""
        return self.codes == self.texts.index("").as_py()

    def all_match(self, pattern: str) -> bool:
        return bool(pc.all(pc.match_substring_regex(self.texts, pattern)).as_py())

    def spread(self, per_value: np.ndarray) -> np.ndarray:
        """Give every row what was found out about its value."""
        return per_value[self.codes] if len(per_value) else np.zeros(0, dtype=per_value.dtype)


def coded(values: Sequence[str], codes: np.ndarray | None = None) -> Coded:
    """Return the column of some texts, one a row, or those that codes choose among them; texts that are equal share a code."""
    encoded = pa.array(values, pa.string()).dictionary_encode()
    moved = encoded.indices.to_numpy()
    return Coded(moved if codes is None else moved[codes], encoded.dictionary)


def from_arrow(column: pa.ChunkedArray) -> Coded:
    """Return a column of texts read by Arrow; missing cells are empty texts."""
    if column.null_count:
        column = column.cast(pa.string()).fill_null("")
    if not pa.types.is_dictionary(column.type):
        column = pa.chunked_array([column.combine_chunks().dictionary_encode()])
    encoded = column.unify_dictionaries().combine_chunks()
    return Coded(encoded.indices.to_numpy(), encoded.dictionary)


def joined(columns: Sequence[Coded]) -> Coded:
    """Return one column whose rows are those of several, one after the other."""
    return from_arrow(pa.chunked_array([pa.DictionaryArray.from_arrays(column.codes, column.texts) for column in columns]))


def constant(text: str, rows: int) -> Coded:
    return Coded(np.zeros(rows, np.int32), pa.array([text]))
