"""Bounds pushed through all relations until nothing moves, with the statements each bound rests on.

What is found contains every solution. It is enough for most questions, and where it leaves nothing the statements that
led there are known at once. (In the literature: bounds consistency with explanations.) Where some statements are left out,
only the bounds that rest on them are found again.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from wres_helpers.page_model.grounding import Grounded

_TOLERANCE = 1e-7
#: Two real amounts nearer than this (relative to their size) are the same.
_SAME = 1e-11
_MOST_ROUNDS = 120
#: A whole number above this that is still pushed up by this factor in the last round has no end.
_ENDLESS, _GROWS = 10**6, 1.001
LOW, HIGH = 0, 1
#: The bound of a column on one side.
End = tuple[int, int]


class Move(NamedTuple):
    """One move of a bound: in which step, caused by which statement, led to by which bounds (or by those of a row)."""

    step: int
    cause: int
    led: int | tuple[End, ...]


@dataclass
class Bounds:
    """The bounds of every unknown, by column."""

    low: np.ndarray
    high: np.ndarray
    page: Grounded
    without: frozenset[int] = frozenset()  # positions of the statements that are left out
    empty: int | None = None  # a column that has no value left
    history: dict[End, tuple[Move, ...]] = field(default_factory=dict)  # for each column and side, each time the bound moved
    step: int = 0  # the last one in which bounds moved; those of one step know nothing of each other
    settled: bool = False  # whether nothing would move any more

    def causes(self, column: int) -> list[int]:
        """Return the positions of all statements the bounds of a column rest on, in order."""
        found, seen, open_ends = set(), set(), [(column, side, 10**9) for side in (LOW, HIGH)]
        while open_ends:
            at, side, before = open_ends.pop()
            moved = next((each for each in reversed(self.history.get((at, side), ())) if each.step < before), None)
            if moved is None or (at, side, moved.step) in seen:
                continue
            seen.add((at, side, moved.step))
            found.add(moved.cause)
            open_ends += [(*end, moved.step) for end in self._led((at, side), moved)]
        return sorted(found - {-1})

    def sum_behind(self, column: int) -> list[tuple[int, int]]:
        """Return the columns (with their signs) whose sum a known column is; nothing where it was said outright, or follows otherwise."""
        for columns, factors, low, high, cause in self.page.rows_of[column] if self._last_moved(column) else ():
            others = [(each, factor) for each, factor in zip(columns, factors, strict=True) if each != column]
            # a sum of numbers that were known when this one was found
            known = all(self.low[each] == self.high[each] and self._last_moved(each) <= self._last_moved(column) for each, _ in others)
            if known and len(others) > 1 and cause >= 0 and low == high == 0 and all(abs(factor) == 1 for factor in factors):
                own = factors[columns.index(column)]
                return [(each, int(-own * factor)) for each, factor in others]
        return []

    def _last_moved(self, column: int) -> int:
        return max((moves[-1].step for side in (LOW, HIGH) if (moves := self.history.get((column, side)))), default=0)

    @cached_property
    def resting(self) -> dict[tuple[int | None, int | None], set[int]]:
        """The columns with a bound that rests on a statement, by its position, or on a bound of another column."""
        found: dict[tuple[int | None, int | None], set[int]] = defaultdict(set)
        for end, moves in self.history.items():
            for move in moves:
                found[move.cause, None].add(end[0])
                for column, _ in self._led(end, move):
                    found[None, column].add(end[0])
        return found

    def _led(self, end: End, move: Move) -> Iterable[End]:
        """Return the bounds that led to a move: those of the other unknowns of its row, where it is one."""
        if not isinstance(move.led, int):
            return move.led
        column, side = end
        columns, factors = self.page.rows[move.led][:2]
        least = (side == HIGH) == (factors[columns.index(column)] > 0)
        return [(other, LOW if (factor > 0) == least else HIGH) for other, factor in zip(columns, factors, strict=True) if other != column]


class Propagation:
    """The relations of a page, or those of its rows and links at some places, laid out so that all bounds can be pushed at once."""

    def __init__(self, page: Grounded, rows: Iterable[int] | None = None, links: Iterable[int] | None = None):
        self.page = page
        chosen = range(len(page.rows)) if rows is None else list(rows)
        lengths = np.array([len(page.rows[row][0]) for row in chosen], dtype=int)
        self._column = np.array([column for row in chosen for column in page.rows[row][0]], dtype=int)
        self._factor = np.array([factor for row in chosen for factor in page.rows[row][1]])
        self._row, self._line = (np.repeat(numbers, lengths).astype(int) for numbers in (chosen, np.arange(len(chosen))))
        self._start = np.cumsum(lengths) - lengths
        self._low, self._high, self._cause = (np.array([page.rows[row][part] for row in chosen])[self._line] for part in (2, 3, 4))
        self._links = np.array(page.links if links is None else [page.links[link] for link in links], dtype=int).reshape(-1, 4)

    def run(self, without: frozenset[int] = frozenset(), known: Bounds | None = None) -> Bounds:
        """Push the bounds until nothing moves or nothing is left, the statements at some positions left out.

        Where ``known`` bounds without some of these have settled, only what rests on the others is found again.
        """
        bounds, undone = self._begun(without, known)
        if len(undone) == self.page.size:
            return self._pushed(bounds)
        is_undone = np.zeros(self.page.size, dtype=bool)
        is_undone[undone] = True
        rows, links = np.unique(self._row[is_undone[self._column]]), np.flatnonzero(is_undone[self._links[:, :3]].any(axis=1))
        return Propagation(self.page, rows, links)._pushed(bounds)  # nothing else would move

    def _pushed(self, bounds: Bounds) -> Bounds:
        idle = np.isin(self._cause, list(bounds.without)) if bounds.without else False
        self._limits = (np.where(idle, -np.inf, self._low), np.where(idle, np.inf, self._high))
        for turn in range(1, _MOST_ROUNDS + 1):
            if bounds.empty is not None:
                break
            before = bounds.low.copy() if turn == _MOST_ROUNDS else None
            bounds.step += 1
            moved = self._push_rows(bounds) if len(self._column) else False
            bounds.step += 1
            if bounds.empty is None and len(self._links):
                moved |= self._push_links(bounds)
            if not moved:
                bounds.settled = bounds.empty is None
                break
            if before is not None and bounds.empty is None:
                # a number that must be ever larger, without end, is none: two ratios that cannot both be
                endless = self.page.whole & np.isinf(bounds.high) & (bounds.low > _ENDLESS) & (bounds.low > before * _GROWS)
                bounds.empty = int(np.flatnonzero(endless)[0]) if endless.any() else None
        return bounds

    def _begun(self, without: frozenset[int], known: Bounds | None) -> tuple[Bounds, list[int]]:
        """Return the bounds that single statements give, but known ones that do not rest on what is left out now; and the columns of the former."""
        undone = set(range(self.page.size))
        if known is None or not known.settled or not known.without <= without:
            bounds = Bounds(np.full(self.page.size, -np.inf), np.full(self.page.size, np.inf), self.page, without)
        else:
            bounds = Bounds(known.low.copy(), known.high.copy(), self.page, without, None, dict(known.history), known.step + 1)
            undone.clear()
            open_columns = [column for cause in without - known.without for column in known.resting.get((cause, None), ())]
            while open_columns:
                column = open_columns.pop()
                if column not in undone:
                    undone.add(column)
                    open_columns += known.resting.get((None, column), ())
        for column in sorted(undone):
            bounds.low[column], bounds.high[column] = -np.inf, np.inf
            for side in (LOW, HIGH):
                bounds.history.pop((column, side), None)
            for low, high, cause in self.page.limits[column]:
                if cause not in without:
                    self._move(bounds, column, LOW, low, cause, ())
                    self._move(bounds, column, HIGH, high, cause, ())
        return bounds, sorted(undone)

    def _move(self, bounds: Bounds, column: int, side: int, value: float, cause: int, led: int | tuple[End, ...]) -> bool:
        """Take a bound over where it is narrower."""
        if not math.isfinite(value):
            return False
        if self.page.whole[column]:
            value = float(math.ceil(value - _TOLERANCE) if side == LOW else math.floor(value + _TOLERANCE))
        ends = (bounds.low, bounds.high)
        margin = _SAME * max(1.0, abs(value))
        if not (value > ends[LOW][column] + margin if side == LOW else value < ends[HIGH][column] - margin):
            return False
        ends[side][column] = value
        bounds.history[column, side] = (*bounds.history.get((column, side), ()), Move(bounds.step, cause, led))
        if bounds.low[column] > bounds.high[column] + _SAME * 10 * max(1.0, abs(value)) and bounds.empty is None:
            bounds.empty = column
        return True

    def _push_rows(self, bounds: Bounds) -> bool:
        column, factor = self._column, self._factor
        low, high, positive = bounds.low[column], bounds.high[column], factor > 0
        least_others = self._others(np.where(positive, factor * low, factor * high), -np.inf)
        most_others = self._others(np.where(positive, factor * high, factor * low), np.inf)
        from_high, from_low = (self._limits[HIGH] - least_others) / factor, (self._limits[LOW] - most_others) / factor
        at_most, at_least = np.where(positive, from_high, from_low), np.where(positive, from_low, from_high)
        moved = False
        for side, wanted in ((LOW, at_least > low + _SAME), (HIGH, at_most < high - _SAME)):
            for entry in np.flatnonzero(wanted):
                row, value = int(self._row[entry]), float((at_least, at_most)[side][entry])
                moved |= self._move(bounds, int(column[entry]), side, value, self.page.rows[row][4], row)
                if bounds.empty is not None:
                    return True
        return moved

    def _others(self, ends: np.ndarray, without_limit: float) -> np.ndarray:
        """Sum, for each entry, the ends of all other entries of its row."""
        endless = ~np.isfinite(ends)
        finite = np.where(endless, 0.0, ends)
        sums = np.add.reduceat(finite, self._start)[self._line] - finite
        endless_others = np.add.reduceat(endless.astype(int), self._start)[self._line] - endless
        return np.where(endless_others > 0, without_limit, sums)

    def _push_links(self, bounds: Bounds) -> bool:
        low, high = bounds.low, bounds.high
        quotient, numerator, denominator, scale = self._links.T
        # a share of nobody says nothing; a printed share is one of at least one person
        told = high[denominator] > 0
        least = np.maximum(low[denominator], np.where(self.page.whole[denominator], 1.0, 0.0))
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            most_quotient = np.where(least > 0, scale * high[numerator] / least, np.inf)
            most_numerator = np.where((high[quotient] == 0) | (high[denominator] == 0), 0.0, high[quotient] * high[denominator]) / scale
            least_denominator = np.where(high[quotient] > 0, scale * low[numerator] / high[quotient], 0.0)
            most_denominator = np.where(low[quotient] > 0, scale * high[numerator] / low[quotient], np.inf)
            wanted = (
                (quotient, LOW, np.where(told, scale * low[numerator] / high[denominator], -np.inf), (1, LOW), (2, HIGH)),
                (quotient, HIGH, most_quotient, (1, HIGH), (2, LOW)),
                (numerator, LOW, low[quotient] * least / scale, (0, LOW), (2, LOW)),
                (numerator, HIGH, most_numerator, (0, HIGH), (2, HIGH)),
                (denominator, LOW, least_denominator, (1, LOW), (0, HIGH)),
                (denominator, HIGH, most_denominator, (1, HIGH), (0, LOW)),
            )
        moved = False
        for columns, side, values, *led in wanted:
            narrower = values > low[columns] + _SAME if side == LOW else values < high[columns] - _SAME
            for link in np.flatnonzero(told & narrower):
                by = tuple((int(self._links[link, part]), end) for part, end in led)
                moved |= self._move(bounds, int(columns[link]), side, float(values[link]), -1, by)
                if bounds.empty is not None:
                    return True
        return moved
