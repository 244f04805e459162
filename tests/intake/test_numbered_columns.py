"""Columns of people's numbers are told apart by prints of their bytes; the witness is Arrow's own dictionary."""

import pyarrow as pa
import pytest

from wres_helpers.intake.extracts.coded_columns import from_arrow


@pytest.mark.parametrize(
    "chunks",
    [
        [["A1", "A2"], ["A3"]],
        [["A1", "A2", "A1"], ["A2", "A3", "A1"]],
        [["", "0", "00"], ["", "0"]],
        [["12345678", "123456781", "1234567", "12345678"], ["123456781"]],  # as long as a word of eight bytes, shorter, longer
        [["Zo\u00eb", "Zoe\u0308", "Zo\u00eb"], ["\u540d\u524d\u540d\u524d", "\u540d\u524d"]],
        [["x" * 65, "x" * 66, "y"], ["x" * 65]],  # longer than any number of a person
        [["one"] * 5, ["one"] * 5],
        [["A1"], []],
        [],
    ],
)
def test_texts_and_codes_are_those_of_a_dictionary(chunks):
    """Without the second row of an equal pair among those that are compared, or without the last bytes, rows get another number."""
    column = pa.chunked_array(chunks, pa.string())
    numbered, expected = from_arrow(column), column.combine_chunks().dictionary_encode()
    assert numbered.texts.to_pylist() == expected.dictionary.to_pylist()
    assert numbered.codes.tolist() == expected.indices.to_pylist()
