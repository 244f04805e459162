"""Counts that nobody counted: all of them round, filled down or sorted by themselves, ranks or shares in place of people."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from wres_helpers.standard.columns import ETHNIC_CATEGORY
from wres_helpers.tables.cell_readers import is_hidden
from wres_helpers.tables.declared import Reading

#: Smaller counts than this often follow each other in even steps, or are the smallest of many.
_SMALL = 10

#: So many counts are ranks, or sorted by themselves, by no chance.
_MANY = 8

#: How unlikely it must be, in the logarithm, that counts stand so by chance.
_NO_CHANCE = 12


def tell_made_up(reading: Reading, count: str) -> None:
    """Ask about counts that nobody seems to have counted, by the first sign of it in the whole table or in a group."""
    table = reading.table.assign(**{count: reading.table[count].mask(reading.table[count].map(is_hidden))})
    for sign, action in _SIGNS.items() if len(table) else ():
        if told := sign(table, count):
            found, row = told
            expected = "counts to the last person" if sign is _all_round else "counts of people"
            reading.told(expected, f"{action}; else leave them.", found, int(row), count)
            return


def _all_round(table: pd.DataFrame, count: str) -> tuple[str, int] | None:
    """Find counts of which each is a multiple of one number, by no chance: rounded, doubled, or the same people of twelve months."""
    counted = table.loc[table[count].gt(0), count]
    step = 1 if counted.mod(1).any() else math.gcd(*map(int, counted))
    by_chance = len(counted) * math.log(max(step, 1)) <= _NO_CHANCE
    return None if by_chance else (f"nothing but multiples of {step:,}", counted.index[0])


def _in_a_hundred(table: pd.DataFrame, count: str) -> tuple[str, int] | None:
    """Find numbers of which those of each stage, or of each group's answers, add up to a hundred, or are all a hundred."""
    if "ethnic_group" not in table or "membership" in table:
        return None
    by = [name for name in ("stage", "question") if name in table]
    by += ["ethnic_group"] if "response" in table else []
    stages = [rows[count] for _, rows in table.groupby(by, sort=False)] if by else [table[count]]
    in_all = all(abs(counts.sum() - 100) <= min(len(counts) - 1, 2) * (len(stages) > 1) for counts in stages)
    bases = any(len(counts) > 1 and counts.eq(100).all() for counts in stages)
    if bases or in_all:
        return "100 of each group" if bases or any(table[count].eq(100)) else "100 in all", table.index[0]
    return None


def _ranked(table: pd.DataFrame, count: str) -> tuple[str, int] | None:
    """Find every number from 1 on and no other."""
    numbers = sorted(table[count].dropna().unique())
    ranked = len(numbers) >= _MANY and numbers == list(range(1, len(numbers) + 1))
    return (f"every number from 1 to {len(numbers)} and no other", table.index[0]) if ranked else None


def _raised(table: pd.DataFrame, count: str) -> tuple[str, int] | None:
    """Find a smallest number so often that none below it is no chance, where nothing is hidden: small counts were raised to it."""
    number = table.loc[table[count].gt(0), count].min()
    smallest = table.index[table[count].eq(number)]
    if table[count].isna().any() or not 1 < number <= _SMALL or len(smallest) * math.log(number) <= _NO_CHANCE:
        return None
    return f"{len(smallest)} times {number:,.0f} and nothing between it and 0", smallest[0]


def _filled_down(table: pd.DataFrame, count: str) -> tuple[str, int] | None:
    """Find numbers in even steps, small ones left aside, or a piece of them that stands below itself again and again."""
    for rows in _parts(table):
        numbers = rows[count].to_numpy(dtype=float)
        steps = np.diff(np.where(numbers >= _SMALL, numbers, np.nan))
        first, length = longest_run_of(steps)
        if length >= 6:
            even = f"{length} numbers one after another, each {abs(steps[first]):,.0f} from the next"
            return even if steps[first] else f"one number {length} times running", rows.index[first]
        first, piece = piece_again(numbers)
        if piece:
            return f"{', '.join(f'{number:,.0f}' for number in piece)} again and again", rows.index[first]
    return None


def _sorted_alone(table: pd.DataFrame, count: str) -> tuple[str, int] | None:
    """Find counts that only fall, or only rise, though their rows still stand in blocks, as nobody sorts them: the column moved alone."""
    for rows in _parts(table):
        some = rows[rows[count].gt(0)]
        falls, rises = some[count].is_monotonic_decreasing, some[count].is_monotonic_increasing
        falling = ["stage"] if rows is not table else []  # of one group fewer are shortlisted than applied, in each directorate
        for name in some.columns.difference([count, *falling]) if len(some) >= _MANY and falls != rises else ():
            blocks = int(some[name].ne(some[name].shift()).sum())
            # of three ethnic groups all white rows may well be above all others; more are categories
            least = 3 if name in ("ethnic_group", ETHNIC_CATEGORY) else 1
            if least < blocks == some[name].nunique() < len(some):
                return f"numbers that only {'fall' if falls else 'rise'}, from one {name} to the next", some.index[0]
    return None


#: What is a sign of counts that nobody counted, and what to do about it; the first that is found is asked about.
_SIGNS = {
    _all_round: "If they were rounded or multiplied, enter them as they were counted",
    _in_a_hundred: "If they are shares in a hundred, enter the people",
    _ranked: "If they are ranks, enter the people",
    _raised: "If small counts were raised to it, enter them as they were counted, or [c] where they are hidden",
    _filled_down: "Check that no cell was filled down over others",
    _sorted_alone: "If the column was sorted by itself, sort whole rows only",
}


def _parts(table: pd.DataFrame) -> list[pd.DataFrame]:
    """Return a table and the rows of each of its groups."""
    column = ETHNIC_CATEGORY if ETHNIC_CATEGORY in table else "ethnic_group"
    return [table, *((rows for _, rows in table.groupby(column, sort=False)) if column in table else ())]


def piece_again(numbers: Sequence[float]) -> tuple[int, tuple[float, ...]]:
    """Return where a piece of two to four numbers begins that stands below itself again and again, by no chance, and the piece; or nothing.

    Two counts of about as many people are equal by chance, about once in twice the root of pi times them.

    Examples
    --------
    >>> piece_again([20, 8, 3, 8, 3, 8, 3, 8, 3, 5]), piece_again([8, 3, 8, 3])
    ((1, (8, 3)), (0, ()))
    """
    values = np.asarray(numbers, dtype=float)
    for length in (2, 3, 4):
        again = values[length:] == values[:-length]
        unlikely = np.where(again, np.log(2 * np.sqrt(np.pi * np.maximum(values[length:], 1 / 12))), 0)
        ends = np.cumsum(~again)
        by_run = np.bincount(ends, unlikely, minlength=1)
        if by_run.max() >= _NO_CHANCE:
            first = int(np.flatnonzero((ends == by_run.argmax()) & again)[0])
            piece = tuple(map(int, values[first : first + length]))
            if len(set(piece)) > 1:
                return first, piece
    return 0, ()


def longest_run_of(steps: np.ndarray) -> tuple[int, int]:
    """Return where the longest run of one step begins, and of how many numbers it is (with a single one 2, without any 1); nan ends one.

    >>> longest_run_of(np.array([5, 1, 1, np.nan])), longest_run_of(np.array([]))
    ((1, 3), (0, 1))
    """
    again = np.flatnonzero(steps[1:] == steps[:-1])  # of millions of steps few are as the one before; nan is like no other
    if not len(again):
        there = np.flatnonzero(~np.isnan(steps))[:1]
        return (int(there[0]), 2) if len(there) else (0, 1)
    begins = np.flatnonzero(np.diff(again, prepend=-2) > 1)
    lengths = np.diff(begins, append=len(again))
    return int(again[begins[lengths.argmax()]]), int(lengths.max()) + 2
