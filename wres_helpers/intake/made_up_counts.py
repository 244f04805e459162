"""Counts that nobody counted: all of them round, in even steps, as a spreadsheet fills cells in, or shares in a hundred."""

from collections.abc import Sequence

import numpy as np

from wres_helpers.standard.columns import ETHNIC_CATEGORY
from wres_helpers.tables.cell_readers import is_hidden
from wres_helpers.tables.declared import Reading

#: So many counts are all round by no chance, nor do so many in a row follow each other in even steps; smaller ones than this often do.
_ROUND, _EVEN, _SMALL = 8, 6, 10
_HUNDRED = 100


def tell_made_up(reading: Reading, count: str) -> None:
    """Ask about counts that are all rounded, and about those that seem filled down over others, in the whole table or in a group."""
    table = reading.table.assign(**{count: reading.table[count].mask(reading.table[count].map(is_hidden))})
    counted = table.loc[table[count].gt(0), count]
    round_to = next((each for each in (10, 5) if len(counted) >= _ROUND and counted.mod(each).eq(0).all()), 0)
    if round_to:
        action = "If they were rounded, enter them as they were counted; else leave them."
        reading.told("counts to the last person", action, f"nothing but multiples of {round_to}", int(counted.index[0]), count)
        return
    if "ethnic_group" in table and not {"response", "membership"} & set(table):
        stages = [rows for _, rows in table.groupby("stage", sort=False)] if "stage" in table else [table]
        if all(abs(rows[count].sum() - _HUNDRED) <= min(len(stages) - 1, 1) for rows in stages) or any(
            len(rows) > 1 and rows[count].eq(_HUNDRED).all() for rows in stages
        ):
            found = f"{_HUNDRED} of each group" if any(table[count].eq(_HUNDRED)) else f"{_HUNDRED} in all"
            action = "If they are shares in a hundred, enter the people; else leave them."
            reading.told("counts of people", action, found, int(table.index[0]), count)
            return
    column = ETHNIC_CATEGORY if ETHNIC_CATEGORY in table else "ethnic_group"
    for rows in (table, *(rows for _, rows in table.groupby(column, sort=False))):
        first, length = longest_even_run(rows[count].tolist())
        if length >= _EVEN:
            step = rows[count].iloc[first + 1] - rows[count].iloc[first]
            found = (
                f"{length} numbers one after another, each {abs(step):,.0f} from the next" if step else f"one number {length} times running"
            )
            action = "Check that no cell was filled down over others; else leave them."
            reading.told("counts of people", action, found, int(rows.index[first]), count)
            return


def longest_even_run(numbers: Sequence[float]) -> tuple[int, int]:
    """Return where the longest run of numbers in even steps begins and how long it is; small numbers and what is not known end one.

    Examples
    --------
    >>> longest_even_run([12, 40, 41, 42, 43, 17]), longest_even_run([30, 30, 30, 2, 2, 2])
    ((1, 4), (0, 3))
    """
    values = np.asarray(numbers, dtype=float)
    return longest_run_of(np.diff(np.where(values >= _SMALL, values, np.nan)))


def longest_run_of(steps: np.ndarray) -> tuple[int, int]:
    """Return where the longest run of one step begins, and of how many numbers it is (with a single one 2, without any 1); nan ends one.

    >>> longest_run_of(np.array([5, 1, 1, np.nan]))
    (1, 3)
    """
    same = np.flatnonzero(np.append(steps[1:] != steps[:-1], True) | np.isnan(steps)) if len(steps) else np.zeros(0, int)
    first = np.append(0, same[:-1] + 1)[: len(same)]
    lengths = np.where(np.isnan(steps[first]), 0, same - first + 1) if len(same) else np.zeros(1, int)
    longest = int(lengths.argmax())
    return int(first[longest]) if len(first) else 0, int(lengths[longest]) + 1
