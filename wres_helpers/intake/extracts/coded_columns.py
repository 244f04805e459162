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
        self._matrix = _byte_matrix(texts)

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def codes(self) -> np.ndarray:
        """One number a row, in no particular order."""
        dense = _dense_codes(self._matrix) if self._matrix is not None else None
        if dense is not None:
            return dense
        return self.texts.combine_chunks().dictionary_encode().indices.to_numpy()

    def codes_of(self, rows: np.ndarray) -> np.ndarray:
        """Return codes of some rows, without numbering all the others."""
        return self.texts.take(pa.array(rows)).combine_chunks().dictionary_encode().indices.to_numpy()

    @cached_property
    def distinct(self) -> int:
        """How many distinct values there are."""
        return int(self.codes.max()) + 1 if len(self) else 0

    @cached_property
    def values(self) -> list[str]:
        """Distinct texts by code."""
        example = np.zeros(self.distinct, dtype=np.int64)
        example[self.codes] = np.arange(len(self))
        return self.texts.take(pa.array(example)).to_pylist()

    def blank(self) -> np.ndarray:
        """Return a mask of the rows with an empty cell: none, as plain keys are never empty."""
        return np.zeros(len(self), dtype=bool)

    def repeats(self) -> np.ndarray:
        """Return a mask of the rows whose value stands in other rows too."""
        longest = max(int(_lengths(chunk).max(initial=0)) for chunk in self.texts.chunks)
        parts = zip(self.texts.chunks, _contents(self.texts), strict=True)
        marks = np.concatenate([_marks(chunk, content, longest) for chunk, content in parts])
        ordered = np.sort(marks)
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        mask = np.isin(marks, np.unique(twice)) if len(twice) else np.zeros(len(marks), dtype=bool)
        # equal marks of different texts are rare, but possible: only texts that are equal count
        rows = np.flatnonzero(mask)
        if len(rows):
            codes = self.codes_of(rows)
            mask[rows] = np.bincount(codes)[codes] > 1
        return mask

    def are_numbers(self) -> bool:
        """Tell quickly whether every text is made of letters, digits and - / . _ and ends with a digit, as numbers do."""
        for chunk, content in zip(self.texts.chunks, _contents(self.texts), strict=True):
            if not len(chunk):
                continue
            ends = content[_offsets(chunk)[1:] - _offsets(chunk)[0] - 1]
            if not (_NUMBER_BYTES[content].all() and (ends >= ord("0")).all() and (ends <= ord("9")).all()):
                return False
        return True


#: Bytes that numbers of people and assignments are made of.
_NUMBER_BYTES = np.zeros(256, dtype=bool)
_NUMBER_BYTES[[*b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-"]] = True


def plain_keys(texts: pa.ChunkedArray) -> Keys | None:
    """Return a text column as keys, or None where any cell is empty or holds more than plain characters."""
    if texts.null_count or not len(texts):
        return None
    for chunk, content in zip(texts.chunks, _contents(texts), strict=True):
        if not len(chunk):
            continue
        if (_lengths(chunk) == 0).any() or content.min() <= ord(" ") or content.max() > ord("~"):
            return None
    return Keys(texts)


def _offsets(chunk: pa.Array) -> np.ndarray:
    buffer = chunk.buffers()[1]
    return np.frombuffer(buffer, np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]


def _lengths(chunk: pa.Array) -> np.ndarray:
    return np.diff(_offsets(chunk))


def _contents(texts: pa.ChunkedArray) -> list[np.ndarray]:
    """Return the bytes of each chunk's texts, one after the other."""
    contents = []
    for chunk in texts.chunks:
        offsets, buffer = _offsets(chunk), chunk.buffers()[2]
        content = np.frombuffer(buffer, np.uint8) if buffer is not None else np.zeros(0, np.uint8)
        contents.append(content[offsets[0] : offsets[-1]] if len(chunk) else content[:0])
    return contents


def _marks(chunk: pa.Array, content: np.ndarray, longest: int) -> np.ndarray:
    """Return a number for every text of a chunk, the same for equal texts: eight bytes at a time, mixed."""
    lengths, starts = _lengths(chunk).astype(np.int64), (_offsets(chunk)[:-1] - _offsets(chunk)[:1]).astype(np.int64)
    padded = np.concatenate([content, np.zeros(8, np.uint8)])
    # the eight bytes from any place on, as one number
    words = np.ndarray((len(content) + 1,), np.uint64, buffer=padded.data, strides=(1,))
    masks = np.array([(1 << 8 * size) - 1 for size in range(9)], dtype=np.uint64)
    marks = lengths.astype(np.uint64)
    for place in range(0, longest, 8):
        word = words[np.minimum(starts + place, len(content))] & masks[np.clip(lengths - place, 0, 8)]
        marks = (marks ^ word) * np.uint64(0x9E3779B97F4A7C15)
        marks ^= marks >> np.uint64(29)
    return marks


def _byte_matrix(texts: pa.ChunkedArray) -> np.ndarray | None:
    """Return texts of one length as rows of bytes, or None where their lengths differ."""
    lengths = {int(length) for chunk in texts.chunks if len(chunk) for length in (_lengths(chunk).min(), _lengths(chunk).max())}
    if len(lengths) != 1:
        return None
    return np.concatenate([content.reshape(-1, next(iter(lengths))) for content in _contents(texts) if len(content)])


def _dense_codes(matrix: np.ndarray) -> np.ndarray | None:
    """Number texts of one length that differ only in digits, without hashing; None where the numbers lie too far apart."""
    number = np.zeros(len(matrix), dtype=np.int64)
    for column in matrix.T[-18:]:
        if column[0] == column[-1] and (column == column[0]).all():
            continue
        digits = column - np.uint8(ord("0"))
        if digits.max() > 9:
            return None
        number *= 10
        number += digits
    if len(matrix.T) > 18 and not (matrix[:, :-18] == matrix[0, :-18]).all():
        return None
    number -= number.min()
    highest = int(number.max())
    if highest > 4 * len(number) + 1000:
        return None
    marks = np.zeros(highest + 1, dtype=bool)
    marks[number] = True
    place = np.cumsum(marks, dtype=np.int32)
    place -= 1
    return place[number]


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
