"""The columns of an extract: each as distinct texts and a small code a row, so that what is done to a text is done once."""

from collections.abc import Callable, Container, Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wres_helpers.tables.regular_columns import as_texts


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
    return pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)


def coded(values: Sequence[str], codes: np.ndarray | None = None) -> Coded:
    """Return the column of some texts, one a row, or those that codes choose among them; texts that are equal share a code."""
    encoded = pa.array(values, pa.string()).dictionary_encode()
    moved = encoded.indices.to_numpy().astype(np.intp)
    return Coded(moved if codes is None else moved[codes], encoded.dictionary)


def standing(column: Coded) -> Coded:
    """Return a column without the texts that stand in none of its rows (any more), so that no cell is held to them."""
    used = column.used() > 0
    return Coded((np.cumsum(used) - 1)[column.codes], column.texts.filter(pa.array(used)))


def from_arrow(column: pa.ChunkedArray) -> Coded:
    """Return a column read by Arrow as texts; missing cells are empty ones."""
    encoded = as_texts(column)
    return Coded(encoded.indices.to_numpy().astype(np.intp), encoded.dictionary)


def stacked(columns: Sequence[Coded]) -> Coded:
    """Return one column whose rows are those of several, one after the other."""
    return from_arrow(pa.chunked_array([pa.DictionaryArray.from_arrays(column.codes, column.texts) for column in columns]))


def bare_numbers(numbers: pa.Array) -> pa.Array:
    """Return numbers of people without what systems and spreadsheets change in them: capitals, leading zeros, an added ``.0``."""
    decimals = pc.ends_with(numbers, ".0")
    whole = pc.if_else(decimals, pc.utf8_slice_codeunits(numbers, 0, -2), numbers) if pc.any(decimals).as_py() else numbers
    return pc.ascii_upper(pc.ascii_ltrim(whole, "0"))


def constant(text: str, rows: int) -> Coded:
    return Coded(np.zeros(rows, np.intp), pa.array([text]))
