"""Counts that nobody counted: all of them round, filled down or sorted by themselves, ranks or shares in place of people."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from wres_helpers.standard.columns import ETHNIC_CATEGORY
from wres_helpers.tables.cell_readers import is_hidden
from wres_helpers.tables.declared import Reading

#: So many counts in a row follow each other in even steps by no chance; smaller ones than this often do.
_EVEN, _SMALL = 6, 10
_HUNDRED = 100

#: So many counts are ranks, or sorted by themselves, by no chance.
_MANY = 8

#: The longest piece that is looked for again below itself, and how unlikely it must be there by chance, in the logarithm; as must be one step of all.
_LONGEST_PIECE, _NO_CHANCE = 4, 12

#: What a question about counts says: what was found, what to do, and the row.
Doubt = tuple[str, str, int]


def tell_made_up(reading: Reading, count: str) -> None:
    """Ask about counts that nobody seems to have counted, by the first sign of it in the whole table or in a group."""
    table = reading.table.assign(**{count: reading.table[count].mask(reading.table[count].map(is_hidden))})
    for doubt in (_all_round, _in_a_hundred, _ranked, _filled_down, _sorted_alone) if len(table) else ():
        if told := doubt(table, count):
            found, action, row = told
            expected = "counts to the last person" if doubt is _all_round else "counts of people"
            reading.told(expected, f"{action}; else leave them.", found, row, count)
            return


def _all_round(table: pd.DataFrame, count: str) -> Doubt | None:
    """Find counts of which each is a multiple of one number, by no chance: rounded, doubled, or the same people of twelve months."""
    counted = table.loc[table[count].gt(0), count]
    step = 1 if counted.mod(1).any() else math.gcd(*map(int, counted))
    action = "If they were rounded or multiplied, enter them as they were counted"
    return (
        (f"nothing but multiples of {step:,}", action, int(counted.index[0]))
        if len(counted) * math.log(max(step, 1)) > _NO_CHANCE
        else None
    )


def _in_a_hundred(table: pd.DataFrame, count: str) -> Doubt | None:
    if "ethnic_group" not in table or {"response", "membership"} & set(table):
        return None
    stages = [rows for _, rows in table.groupby("stage", sort=False)] if "stage" in table else [table]
    if all(abs(rows[count].sum() - _HUNDRED) <= min(len(stages) - 1, 1) for rows in stages) or any(
        len(rows) > 1 and rows[count].eq(_HUNDRED).all() for rows in stages
    ):
        found = f"{_HUNDRED} of each group" if any(table[count].eq(_HUNDRED)) else f"{_HUNDRED} in all"
        return found, "If they are shares in a hundred, enter the people", int(table.index[0])
    return None


def _ranked(table: pd.DataFrame, count: str) -> Doubt | None:
    """Find every number from 1 on and no other."""
    numbers = sorted(table[count].dropna().unique())
    ranked = len(numbers) >= _MANY and numbers == list(range(1, len(numbers) + 1))
    action = "If they are ranks, enter the people"
    return (f"every number from 1 to {len(numbers)} and no other", action, int(table.index[0])) if ranked else None


def _sorted_alone(table: pd.DataFrame, count: str) -> Doubt | None:
    """Find counts that only fall, or only rise, though their rows still stand in blocks, as nobody sorts them: the column moved alone."""
    action = "If the column was sorted by itself, sort whole rows only"
    for rows in _parts(table):
        some = rows[rows[count].gt(0)]
        falls, rises = some[count].is_monotonic_decreasing, some[count].is_monotonic_increasing
        for name in some.columns.difference([count, "ethnic_group", ETHNIC_CATEGORY]) if len(some) >= _MANY and falls != rises else ():
            blocks = int(some[name].ne(some[name].shift()).sum())
            if 1 < blocks == some[name].nunique() < len(some):
                return f"numbers that only {'fall' if falls else 'rise'}, from one {name} to the next", action, int(some.index[0])
    return None


def _parts(table: pd.DataFrame) -> list[pd.DataFrame]:
    """Return a table and the rows of each of its groups."""
    column = ETHNIC_CATEGORY if ETHNIC_CATEGORY in table else "ethnic_group"
    return [table, *((rows for _, rows in table.groupby(column, sort=False)) if column in table else ())]


def _filled_down(table: pd.DataFrame, count: str) -> Doubt | None:
    action = "Check that no cell was filled down over others"
    for rows in _parts(table):
        first, length = longest_even_run(rows[count].tolist())
        if length >= _EVEN:
            step = rows[count].iloc[first + 1] - rows[count].iloc[first]
            steps = f"{length} numbers one after another, each {abs(step):,.0f} from the next"
            return steps if step else f"one number {length} times running", action, int(rows.index[first])
        first, piece = piece_again(rows[count].tolist())
        if piece:
            return f"{', '.join(f'{number:,.0f}' for number in piece)} again and again", action, int(rows.index[first])
    return None


def piece_again(numbers: Sequence[float]) -> tuple[int, tuple[float, ...]]:
    """Return where a piece of two to four numbers begins that stands below itself again and again, by no chance, and the piece; or nothing.

    Two counts of about as many people are equal by chance, about once in twice the root of pi times them.

    Examples
    --------
    >>> piece_again([20, 8, 3, 8, 3, 8, 3, 8, 3, 5]), piece_again([8, 3, 8, 3])
    ((1, (8, 3)), (0, ()))
    """
    values = np.asarray(numbers, dtype=float)
    for length in range(2, _LONGEST_PIECE + 1):
        again = values[length:] == values[:-length]
        unlikely = np.where(again, np.log(2 * np.sqrt(np.pi * np.maximum(values[length:], 1 / 12))), 0)
        ends = np.cumsum(~again)
        by_run = np.bincount(ends, unlikely) if len(ends) else np.zeros(1)
        if by_run.max() >= _NO_CHANCE:
            first = int(np.flatnonzero((ends == by_run.argmax()) & again)[0])
            piece = tuple(map(int, values[first : first + length]))
            if len(set(piece)) > 1:
                return first, piece
    return 0, ()


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
