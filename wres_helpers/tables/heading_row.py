"""Which of a file's first rows holds the headings: one rule for every door, whatever stands above them."""

import math
from collections.abc import Callable, Sequence

from wres_helpers.tables.cell_readers import loose_key

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
