"""A column as few distinct values and many small codes: what is done to a value is done once, not once a row."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


#: Stands in every cell of a column that the file lacks, so that its other columns can be checked all the same.
MISSING = "\0missing"


@dataclass(frozen=True)
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
    values: list[str] = field(repr=False)

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, chosen: np.ndarray) -> "Coded":
        """Return the column's chosen rows (a mask or positions)."""
        return Coded(self.codes[chosen], self.values)

    def used(self) -> np.ndarray:
        """Return, for each distinct value, in how many rows it stands."""
        return np.bincount(self.codes, minlength=len(self.values))

    def where(self, position: int) -> np.ndarray:
        """Return the rows (counted from 0) where one distinct value stands."""
        return np.flatnonzero(self.codes == position)

    def blank(self) -> np.ndarray:
        """Return a mask of the rows with an empty cell."""
        return self.spread(np.array([value == "" for value in self.values], dtype=bool))

    def spread(self, per_value: np.ndarray) -> np.ndarray:
        """Give every row what was found out about its value."""
        return per_value[self.codes] if len(self.values) else np.zeros(0, dtype=per_value.dtype)

    def merged(self, change: Callable[[str], str]) -> "Coded":
        """Return the column with its values changed; values that become equal share a code."""
        return merge(self.codes, [change(value) for value in self.values])


def merge(codes: np.ndarray, values: list[str]) -> Coded:
    """Return a column whose values are distinct, from codes of values that may repeat."""
    positions: dict[str, int] = {}
    moved = np.fromiter((positions.setdefault(value, len(positions)) for value in values), np.int32, len(values))
    if len(positions) == len(values):
        return Coded(codes, values)
    return Coded(moved[codes], list(positions))


def missing_column(rows: int, each_its_own: bool) -> Coded:
    """Return the column that stands for one the file lacks; numbers of people differ from row to row."""
    if each_its_own:
        return Coded(np.arange(rows, dtype=np.int32), [f"{MISSING}{row}" for row in range(rows)])
    return Coded(np.zeros(rows, np.int32), [MISSING])


def from_arrow(column: pa.ChunkedArray) -> Coded:
    """Return a text column read by Arrow as a coded column; missing cells are empty texts."""
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(pc.fill_null(column, "") if column.null_count else column)
    column = column.unify_dictionaries() if column.num_chunks else column
    if column.num_chunks == 0:
        return Coded(np.zeros(0, np.int32), [])
    values = column.chunk(0).dictionary.to_pylist()
    codes = np.concatenate([chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in column.chunks])
    codes = codes.astype(np.int32, copy=False)
    if (codes < 0).any():
        values = [*values, ""]
        codes = np.where(codes < 0, np.int32(len(values) - 1), codes)
    return merge(codes, [value if value is not None else "" for value in values])
