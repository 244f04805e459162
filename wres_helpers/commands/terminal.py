"""Plain text tables for the terminal."""

import textwrap
from collections.abc import Sequence


def text_table(headings: Sequence[str], rows: Sequence[Sequence[str]], widest: int = 60) -> str:
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [min(widest, max(len(row[place]) for row in [list(headings), *rows])) for place in range(len(headings))]
    lines = [*_lines(headings, widths), "  ".join("-" * width for width in widths)]
    for row in rows:
        lines += _lines(row, widths)
    return "\n".join(lines)


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    height = max(len(cell) for cell in cells)
    return [
        "  ".join((cell[number] if number < len(cell) else "").ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
        for number in range(height)
    ]
