"""The columns of an extract: each as distinct texts and a small code a row, so that what is done to a text is done once."""

from collections.abc import Callable, Container, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wres_helpers.tables.regular_columns import as_texts


class Coded:
    """One column of an extract: ``codes`` has one number a row, the position among ``texts``, which are distinct."""

    def __init__(self, codes: np.ndarray, texts: pa.Array):
        self.codes = np.asarray(codes, dtype=np.int32)
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

    def blank(self) -> np.ndarray:
        """Return a mask of the rows with an empty cell."""
        return self.codes == self.texts.index("").as_py()

    def where(self, fits: Callable[[str], bool]) -> np.ndarray:
        """Return a mask of the rows with a text that fits; each distinct one is looked at once."""
        return self.spread(np.array([fits(value) for value in self.values], dtype=bool))

    def spread(self, per_value: np.ndarray) -> np.ndarray:
        """Give every row what was found out about its value."""
        return per_value[self.codes] if len(per_value) else np.zeros(0, dtype=per_value.dtype)

    def holding(self, texts: pa.Array) -> np.ndarray:
        """Return a mask of the rows with one of some texts."""
        some = pc.is_in(self.texts, value_set=texts).to_numpy(zero_copy_only=False) if len(texts) else np.zeros(self.distinct, dtype=bool)
        return self.spread(some)

    def at(self, rows: np.ndarray) -> list[str]:
        """Return the texts of some rows."""
        return [self.values[code] for code in self.codes[rows]]


class LowerCase(Container[str]):
    """The texts of some columns without spaces around them, as Python folds their case; millions, of which a few are asked."""

    def __init__(self, columns: Sequence[Coded]):
        texts = pa.chunked_array([column.texts for column in columns], pa.string())
        plain = pc.string_is_ascii(texts)
        self._plain = pc.ascii_lower(pc.utf8_trim_whitespace(texts.filter(plain)))
        self._others = {text.strip().casefold() for text in texts.filter(pc.invert(plain)).unique().to_pylist()}

    def __contains__(self, text: object) -> bool:
        return bool(text) and (text in self._others or pc.index(self._plain, text).as_py() >= 0)


def matching(texts: pa.Array, pattern: str) -> np.ndarray:
    """Return a mask of the texts in which a pattern is found."""
    halves = texts[: len(texts) // 2], texts[len(texts) // 2 :]
    with ThreadPoolExecutor() as threads:
        found = threads.map(partial(pc.match_substring_regex, pattern=pattern), halves)
    return pa.chunked_array(found, pa.bool_()).to_numpy()


def coded(values: Sequence[str], codes: np.ndarray | None = None) -> Coded:
    """Return the column of some texts, one a row, or those that codes choose among them; texts that are equal share a code."""
    encoded = pa.array(values, pa.string()).dictionary_encode()
    moved = encoded.indices.to_numpy()
    return Coded(moved if codes is None else moved[codes], encoded.dictionary)


def standing(column: Coded) -> Coded:
    """Return a column without the texts that stand in none of its rows (any more), so that no cell is held to them."""
    used = column.used() > 0
    return Coded((np.cumsum(used) - 1)[column.codes], column.texts.filter(pa.array(used)))


def from_arrow(column: pa.ChunkedArray) -> Coded:
    """Return a column read by Arrow as texts; missing cells are empty ones."""
    if pa.types.is_string(column.type):
        return _numbered(column)
    encoded = as_texts(column)
    return Coded(encoded.indices.to_numpy(), encoded.dictionary)


def _numbered(texts: pa.ChunkedArray) -> Coded:
    """Return a column of texts of which nearly each stands in one row: only those that may stand in several are compared."""
    several = _perhaps_again(texts)
    encoded = texts.take(pa.array(several)).combine_chunks().dictionary_encode().indices.to_numpy()
    appears = several[np.unique(encoded, return_index=True)[1]]
    first = np.ones(len(texts), dtype=bool)
    first[several] = False
    first[appears] = True
    codes = np.cumsum(first) - 1
    codes[several] = codes[appears][encoded]
    return Coded(codes, texts.filter(pa.array(first)).combine_chunks())


def _perhaps_again(texts: pa.ChunkedArray) -> np.ndarray:
    """Return the rows whose text may stand in another row, too: all that do so, and hardly any that do not.

    Texts are told apart by a number made of their bytes, the print, because to compare a million texts takes long.
    """
    longest = pc.max(pc.binary_length(texts)).as_py() or 0
    if longest > 64:  # which is no number of a person
        return np.arange(len(texts))
    prints = np.concatenate([np.zeros(0, np.uint64), *(_prints(chunk, width=8 * (longest // 8 + 1)) for chunk in texts.chunks)])
    # the row's own number takes the place of the last bits: then a plain sort tells the rows, too
    of_row = np.uint64(len(texts).bit_length())
    prints = np.sort(prints >> of_row << of_row | np.arange(len(texts), dtype=np.uint64))
    same = np.flatnonzero(prints[1:] >> of_row == prints[:-1] >> of_row)
    rows = prints & np.uint64((1 << int(of_row)) - 1)
    return np.union1d(rows[same], rows[same + 1]).astype(np.int64)


def _prints(texts: pa.Array, width: int) -> np.ndarray:
    """Return one number a text, made of its bytes up to a width, filled up with a byte that stands in no file of texts."""
    words = np.frombuffer(pc.ascii_rpad(texts, width, "\0").buffers()[2], np.uint64, len(texts) * width // 8).reshape(-1, width // 8)
    prints = np.zeros(len(texts), dtype=np.uint64)
    for word in words.T:
        prints = (prints ^ prints >> np.uint64(32) ^ word) * np.uint64(0x9E3779B97F4A7C15)
    return prints


def stacked(columns: Sequence[Coded]) -> Coded:
    """Return one column whose rows are those of several, one after the other."""
    return from_arrow(pa.chunked_array([pa.DictionaryArray.from_arrays(column.codes, column.texts) for column in columns]))


def bare_numbers(numbers: pa.Array) -> pa.Array:
    """Return numbers of people without what systems and spreadsheets change in them: capitals, leading zeros, an added ``.0``."""
    decimals = pc.ends_with(numbers, ".0")
    whole = pc.if_else(decimals, pc.utf8_slice_codeunits(numbers, 0, -2), numbers) if pc.any(decimals).as_py() else numbers
    return pc.ascii_upper(pc.ascii_ltrim(whole, "0"))


def constant(text: str, rows: int) -> Coded:
    return Coded(np.zeros(rows, np.int32), pa.array([text]))
