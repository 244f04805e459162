"""A column as few distinct values and many small codes: what is done to a value is done once, not once a row."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

#: Stands in every cell of a column that the file lacks, so that its other columns can be checked all the same.
MISSING = "\0missing"


class Coded:
    """One column of an extract.

    Attributes
    ----------
    codes
        One number a row: the position in ``values``.
    values
        Distinct texts; never printed, for they may be people's numbers.
    """

    codes: np.ndarray
    values: list[str]

    def __init__(self, codes: np.ndarray, values: list[str]):
        self.codes = codes
        self.values = values

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def distinct(self) -> int:
        """How many distinct values there are."""
        return len(self.values)

    def codes_of(self, rows: np.ndarray) -> np.ndarray:
        """Return codes of some rows: equal where the texts are equal, and otherwise without meaning."""
        return self.codes[rows]

    def used(self) -> np.ndarray:
        """Return, for each distinct value, in how many rows it stands."""
        return np.bincount(self.codes, minlength=self.distinct)

    def where(self, position: int) -> np.ndarray:
        """Return the rows (counted from 0) where one distinct value stands."""
        return np.flatnonzero(self.codes == position)

    def repeats(self) -> np.ndarray:
        """Return a mask of the rows whose value stands in other rows too."""
        return self.spread(self.used() > 1)

    def blank(self) -> np.ndarray:
        """Return a mask of the rows with an empty cell."""
        return self.spread(np.array([value == "" for value in self.values], dtype=bool))

    def spread(self, per_value: np.ndarray) -> np.ndarray:
        """Give every row what was found out about its value."""
        return per_value[self.codes] if len(per_value) else np.zeros(0, dtype=per_value.dtype)

    def merged(self, change: Callable[[str], str]) -> "Coded":
        """Return the column with its values changed; values that become equal share a code."""
        return merge(self.codes, [change(value) for value in self.values])


class Keys(Coded):
    """A column in which nearly every row has a value of its own: numbers of people. Texts are made only when asked for.

    All its texts are plain: printable ASCII without spaces, never empty; :func:`plain_keys` makes no others.
    """

    def __init__(self, texts: pa.ChunkedArray):
        self.texts = texts

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def _encoded(self) -> pa.DictionaryArray:
        return self.texts.combine_chunks().dictionary_encode()

    @cached_property
    def codes(self) -> np.ndarray:
        """One number a row, in no particular order."""
        return self._encoded.indices.to_numpy()

    def codes_of(self, rows: np.ndarray) -> np.ndarray:
        """Return codes of some rows, without numbering all the others."""
        return self.texts.take(pa.array(rows)).combine_chunks().dictionary_encode().indices.to_numpy()

    @property
    def distinct(self) -> int:
        """How many distinct values there are."""
        return len(self._encoded.dictionary)

    @cached_property
    def values(self) -> list[str]:
        """Distinct texts by code."""
        return self._encoded.dictionary.to_pylist()

    def blank(self) -> np.ndarray:
        """Return a mask of the rows with an empty cell: none, as plain keys are never empty."""
        return np.zeros(len(self), dtype=bool)

    def are_numbers(self) -> bool:
        """Tell quickly whether every text is made of letters, digits and - / . _ and ends with a digit, as numbers do."""
        return bool(pc.all(pc.match_substring_regex(self.texts, "^[A-Za-z0-9/._-]*[0-9]$")).as_py())


def plain_keys(texts: pa.ChunkedArray) -> Keys | None:
    """Return a text column as keys, or None where any cell is empty or holds more than plain characters."""
    if texts.null_count or not len(texts):
        return None
    return Keys(texts) if pc.all(pc.match_substring_regex(texts, "^[!-~]+$")).as_py() else None


def merge(codes: np.ndarray, values: list[str]) -> Coded:
    """Return a column whose values are distinct, from codes of values that may repeat."""
    positions: dict[str, int] = {}
    moved = np.fromiter((positions.setdefault(value, len(positions)) for value in values), np.int32, len(values))
    if len(positions) == len(values):
        return Coded(codes, values)
    return Coded(moved[codes], list(positions))


def joined(columns: list[Coded]) -> Coded:
    """Return one column whose rows are those of several, one after the other."""
    if all(isinstance(column, Keys) for column in columns):
        return Keys(pa.chunked_array([chunk for column in columns for chunk in column.texts.chunks], pa.string()))
    starts = np.cumsum([0, *(column.distinct for column in columns[:-1])])
    codes = np.concatenate([column.codes + start for column, start in zip(columns, starts, strict=True)])
    return merge(codes.astype(np.int32), [value for column in columns for value in column.values])


def missing_column(rows: int, each_its_own: bool) -> Coded:
    """Return the column that stands for one the file lacks; numbers of people differ from row to row."""
    if each_its_own:
        return Coded(np.arange(rows, dtype=np.int32), [f"{MISSING}{row}" for row in range(rows)])
    return Coded(np.zeros(rows, np.int32), [MISSING])


def from_arrow(column: pa.ChunkedArray) -> Coded:
    """Return a text column read by Arrow as a coded column; missing cells are empty texts."""
    if pa.types.is_string(column.type):
        keys = plain_keys(column)
        if keys is not None:
            return keys
        column = pa.chunked_array([pc.fill_null(column, "").combine_chunks().dictionary_encode()])
    if column.num_chunks == 0:
        return Coded(np.zeros(0, np.int32), [])
    column = column.unify_dictionaries()
    values = column.chunk(0).dictionary.to_pylist()
    codes = np.concatenate([chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in column.chunks])
    codes = codes.astype(np.int32, copy=False)
    if column.null_count:
        values = [*values, ""]
        codes = np.where(codes < 0, np.int32(len(values) - 1), codes)
    return merge(codes, [value if value is not None else "" for value in values])
