"""Which of a file's first rows holds the headings: one rule for every door, whatever stands above them."""

import math
import re
from collections.abc import Callable, Sequence

from wres_helpers.tables.cell_readers import is_suppressed, loose_key

#: Rows looked at for the headings.
ROWS_SEARCHED = 50


def heading_row(rows: Sequence[Sequence[str]], known: Callable[[int], float], all_of_them: float = math.inf) -> tuple[int, float]:
    """Return the place of the headings, counted from 0, and how much is known of them: the first of the rows of which most is.

    ``known`` says of the row at a place how much a door knows of it, at most ``all_of_them``. A record is never taken for headings.
    """
    found: dict[int, float] = {}
    for at in range(min(len(rows), ROWS_SEARCHED)):
        found[at] = known(at)
        if found[at] >= all_of_them and not _is_record(rows, at):
            break
    best = next((at for at in sorted(found, key=found.__getitem__, reverse=True) if not _is_record(rows, at)), 0)
    return best, found.get(best, 0)


def _is_record(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Tell whether above a row stands one as wide, and what it holds stands in its own columns in others yet: headings do neither."""
    width = len([*filter(None, rows[at])])
    above = next((place for place in range(at) if len([*filter(None, rows[place])]) >= width), None)
    if above is None:
        return False
    keyed = [[*map(loose_key, cells)] for cells in rows[:ROWS_SEARCHED]]
    others = [cells for cells in keyed if cells not in (keyed[above], keyed[at])]  # a printed list repeats its headings
    return any(cell and any(cells[place : place + 1] == [cell] for cells in others) for place, cell in enumerate(keyed[at]))


_A_NUMBER = re.compile(r"[<>~-]?[0-9][0-9,. ]*%?")
_A_SHARE = re.compile(r"\(?%|per ?cent|proportion\b|share\b", re.IGNORECASE)


def headings_of(rows: Sequence[Sequence[str]], at: int, several: bool) -> tuple[int, int, list[tuple[str, str]]]:
    """Return the places of the first and the last row of headings, with the row at a place among them, and their words above and below, by column."""
    for last in (at, at + 1) if several else ():
        first, below, found = last, rows[last:], None
        while first > 0 and len(below) > 1 and (joined := joined_headings([rows[first - 1], *below])):  # a third row may stand above two
            first, found = first - 1, joined
            below = [[f"{above} {word}".strip() for above, word in found], *below[1:]]
        if found:
            return first, last, found
    return at, at, [("", cell) for cell in rows[at]]


def joined_headings(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]] | None:
    """Return an upper word ("" for none), carried on, and a lower one for each column, where the first two of the rows are headings together.

    None where the second row is a record, where one of the two suffices or both do not, and where a word below stands also under no word
    above. One upper word over all numbers is a title and is left out, unless it tells a year.
    """
    width = max(map(len, rows))
    upper, lower, *body = [[*map(str.strip, cells), *[""] * (width - len(cells))] for cells in rows]
    filled = [[cells[at] for cells in body if cells[at]] for at in range(width)]
    numbers = [2 * sum(map(_is_number, cells)) > len(cells) for cells in filled]
    below = [loose_key(lower[at]) for at in range(width) if numbers[at] and lower[at]]
    alone = any(all(heading for heading, cells in zip(headings, filled, strict=True) if cells) for headings in (upper, lower))
    numbered = any(_is_number(cell) and not cell.startswith("20") for cell in upper + lower)
    if len(below) < 2 or (alone and len(set(below)) == len(below)) or numbered:
        return None
    above = [cell if numbers[at] else "" for at, cell in enumerate(upper)]
    for at in range(1, width):
        above[at] = above[at] or (above[at - 1] if numbers[at] and lower[at] else "")
    over = {above[at] for at in range(width) if lower[at] and numbers[at]}
    if len(over) == 1 and not re.search("[0-9]", "".join(over)):
        above = [""] * width
    under = [{loose_key(word) for up, word in zip(above, lower, strict=True) if word and bool(up) is some} for some in (True, False)]
    joined = [(up, low) if low else ("", first) for up, low, first in zip(above, lower, upper, strict=True)]
    return None if under[0] & under[1] or not all(word for (_, word), number in zip(joined, numbers, strict=True) if number) else joined


def _is_number(cell: str) -> bool:
    return bool(_A_NUMBER.fullmatch(cell)) or is_suppressed(cell)


def with_their_words(headings: Sequence[str]) -> list[str]:
    """Return headings in which a share that stands more than once, as between groups, has the word of the column on its left before it."""
    shares = [heading.strip() for heading in headings if _A_SHARE.match(heading.strip())]
    named, word = [], ""
    for heading in headings:
        is_share = heading.strip() in shares
        named.append(f"{word} {heading}".strip() if is_share and shares.count(heading.strip()) > 1 else heading)
        word = word if is_share else heading
    return named
