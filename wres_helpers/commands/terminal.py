"""Plain text tables for the terminal."""

import textwrap
from collections.abc import Sequence
from itertools import zip_longest


def text_table(headings: Sequence[str], rows: Sequence[Sequence[str]], widest: int = 60) -> str:
    table = [list(map(str, row)) for row in (headings, *rows)]
    widths = [min(widest, max(map(len, column))) for column in zip(*table, strict=True)]
    table.insert(1, ["-" * width for width in widths])
    lines = []
    for row in table:
        wrapped = (textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True))
        for parts in zip_longest(*wrapped, fillvalue=""):
            lines.append("  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip())
    return "\n".join(lines)
