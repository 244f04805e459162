"""How wide the columns of a printed table are: numbers unbroken, and the room left over where it makes rows shorter.

Widths are counted in characters. A browser does this by itself; on paper it has to be worked out.
"""

import re
from collections.abc import Sequence
from math import ceil
from typing import Any

from wres_helpers.publishing.pages.page_checks import Block, words_of

# A line of a table takes about this many characters at its usual size on A4.
USUAL_LINE = 112
USUAL_SIZE = 9.5
SMALLEST_SIZE = 7.0
# In the back part tables are smaller, their columns closer, and those that fit take one of its two columns, so much of a line.
BACK_SIZE = 8.0
BACK_PADDING = 2
# So many times the lines of the whole measure a table may take in a column.
MOST_TURNED = 1.5
COLUMN = 84 / 176
# A text of up to so many characters with a number in it is kept on one line; a longer one, or words alone, may wrap, and each of its
# lines loses a few characters to the words that do not fit any more.
KEPT_WHOLE = 14
LOST_TO_WRAPPING = 3
NARROWEST_COLUMN = 4
CELL_PADDING = 3
# A table of up to so many lines is not broken across pages.
KEPT_TOGETHER = 14
# What columns of pictures take on paper, in millimetres, whatever stands in them; beside few other columns their words stand on one line.
FIXED = {"status": 25, "interval": 34, "years": 27}
ROOMY = {"status": 35, "interval": 66, "years": 27}
FEW_COLUMNS = 4
LINE_IN_MILLIMETRES = 176


def table_on_paper(block: Block, is_back: bool = False) -> Block:
    """Return a table block as a page shows it: ``weights`` of its columns, the ``fixed`` ones, its ``size``, whether it is ``breakable``.

    In the back part it is ``small``, and ``narrow`` where its numbers fit in a column.
    """
    columns, rows = block["columns"], block["rows"]
    weights, size, lines = column_widths(columns, rows, is_back)
    narrow = False
    if is_back and any(column.get("kind") == "number" for column in columns):
        closer = column_widths(columns, rows, is_back, COLUMN)
        narrow = sum(closer[0]) * SMALLEST_SIZE <= COLUMN * USUAL_LINE * USUAL_SIZE and closer[2] <= MOST_TURNED * lines
        weights, size, lines = closer if narrow else (weights, size, lines)
    shape = {"fixed": fixed_widths(columns), "breakable": lines > KEPT_TOGETHER, "small": is_back, "narrow": narrow}
    return {**block, "weights": weights, "size": size, **shape}


def fixed_widths(columns: Sequence[Block]) -> dict[str, int]:
    """Return the widths of columns of pictures: of few columns each has more, and an interval that only where no status stands beside it."""
    if len(columns) > FEW_COLUMNS:
        return FIXED
    return ROOMY | ({"interval": FIXED["interval"]} if any(column.get("kind") == "status" for column in columns) else {})


def column_widths(
    columns: Sequence[Block], rows: Sequence[Sequence[Any]], is_back: bool = False, part: float = 1
) -> tuple[list[int], float, int]:
    """Return how wide each column of a table block should be, in characters, its type size in points, and its lines, in so much of a line of the page.

    Every column gets what it needs. What is left of the line goes, character by character, to the column whose texts make
    the rows, or the headings, tall. The type is set smaller only where the needs alone do not fit on a line.
    """
    padding, usual = (BACK_PADDING, BACK_SIZE) if is_back else (CELL_PADDING, USUAL_SIZE)
    fixed = {kind: round(width * USUAL_LINE / LINE_IN_MILLIMETRES) for kind, width in fixed_widths(columns).items()}
    needed = [
        fixed.get(column.get("kind", "text")) or _needed(column, [words_of(row[place]) for row in rows]) + padding
        for place, column in enumerate(columns)
    ]
    line = USUAL_LINE * USUAL_SIZE * part
    size = max(SMALLEST_SIZE, min(usual, round(line / sum(needed), 1)))
    flexible = [column.get("kind") not in fixed for column in columns]
    texts = [[column["label"] for column in columns], *([words_of(cell) for cell in row] for row in rows)]
    lengths = [[len(text) if grows else 0 for text, grows in zip(row, flexible, strict=True)] for row in texts]
    widths = _with_spare(needed, lengths, max(int(line / size) - sum(needed), 0), padding)
    return widths, size, sum(max(map(_lines, map(len, row), [width - padding for width in widths])) for row in texts[1:])


def _needed(column: Block, cells: Sequence[str]) -> int:
    """Return the width below which a column would break words, or texts that belong on one line."""
    heading = max((len(word) for word in column["label"].split()), default=0)
    whole = [len(cell) <= KEPT_WHOLE and any(map(str.isdigit, cell)) for cell in cells]
    # the number of a name stands with its first word, in the room that is kept between columns
    words = [re.sub(r"^\S+\. ", "_", cell).split() for cell in cells]
    parts = [len(cell) if kept else max(map(len, word), default=0) for kept, cell, word in zip(whole, cells, words, strict=True)]
    # A heading may take three lines, not more.
    return max([*parts, heading, round(len(column["label"]) / 3), NARROWEST_COLUMN])


def _with_spare(needed: Sequence[int], lengths: Sequence[Sequence[int]], spare: int, padding: int) -> list[int]:
    """Return widths with the spare characters given to the columns that make rows tall."""
    given = list(needed)
    for _ in range(spare):
        votes = [0] * len(given)
        for row in lengths:
            lines = [_lines(length, width - padding) for length, width in zip(row, given, strict=True)]
            tallest = max(lines)
            if tallest > 1:
                votes = [vote + tallest**3 * (count == tallest) for vote, count in zip(votes, lines, strict=True)]
        if not any(votes):
            break
        given[votes.index(max(votes))] += 1
    return given


def _lines(length: int, room: int) -> int:
    return 1 if length <= room else ceil(length / max(room - LOST_TO_WRAPPING, 1))
