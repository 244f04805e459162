"""Writes CSV that a spreadsheet opens safely: nothing is read as a formula."""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

#: A number below nothing, which is none; a page writes it with a minus, which no program reads as one.
_BELOW_NOTHING = re.compile("[-\u2212](inf|[0-9,]+(?:[.][0-9]+)?%?)")


def escaped(value: Any) -> Any:
    """Return a cell so that no spreadsheet runs it: text that looks like a formula gets a leading apostrophe."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) and not _BELOW_NOTHING.fullmatch(value):
        return "'" + value
    return value


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write a CSV file in UTF-8. Where it holds letters outside ASCII it begins with the mark by which Excel knows UTF-8.

    Lines end as RFC 4180 has it; floats are written with as many digits as needed to read the same number back.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(list(columns))
    for row in rows:
        writer.writerow([escaped(cell) for cell in row])
    path.parent.mkdir(parents=True, exist_ok=True)
    content = text.getvalue()
    path.write_bytes(content.encode("utf-8" if content.isascii() else "utf-8-sig"))


def readable(cell: str) -> str:
    """Return a cell without the plus that a spreadsheet takes for a formula; a number below nothing with a hyphen, words with their minus."""
    return f"-{cell[1:]}" if _BELOW_NOTHING.fullmatch(cell) else re.sub(r"(^|[ (])\+(?=\d)", r"\1", cell)
