"""What keeps a chart or a table from being read by everybody: asked when a block is made, and again of a notebook that becomes a page."""

from collections.abc import Iterator, Mapping
from typing import Any

MINIMUM_ALTERNATIVE_WORDS = 8
# What a program puts where a description should be: long enough for automatic checkers, and it tells a reader nothing.
_FILLER = "no description has been provided"


def faults_of(block: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Give what keeps a chart or a table (as plain values) from being read by everybody: what is expected, what is found, and what to do."""
    if block["kind"] == "figure":
        words = " ".join(str(block["alt"]).split()).casefold()
        repeated = words in (str(block["title"]).strip().casefold(), str(block.get("subtitle") or "").strip().casefold())
        filler = words.startswith(_FILLER)
        if filler or repeated or len(words.split()) < MINIMUM_ALTERNATIVE_WORDS:
            expected = f"an alternative text of {MINIMUM_ALTERNATIVE_WORDS} words or more that says what figure '{block['id']}' shows"
            found = "a filler" if filler else "the title again" if repeated else f"{len(words.split())} words"
            yield expected, found, "Write the alternative text from the figure's rows."
        if "<!--" in block["svg"]:
            yield f"a picture without comments in figure '{block['id']}'", "comments", "Draw the chart with wres_helpers.report."
    if block["kind"] == "table":
        label, width = f"table '{block['id']}'", len(block["columns"])
        if not str(block["caption"]).strip():
            yield f"a caption for {label}", "none", "Say what the table shows, where and when."
        if not width or any(not str(column.get("label", "")).strip() for column in block["columns"]):
            yield f"a heading for every column of {label}", "an empty heading", "Name the column."
        if ragged := [number for number, row in enumerate((*block["rows"], *block.get("file_rows", ())), start=1) if len(row) != width]:
            yield f"{width} cells in each row of {label}", f"row {ragged[0]} of another length", "Make the rows whole."
