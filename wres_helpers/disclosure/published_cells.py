"""Counts of people as unknowns of an attacker, and the equations that tie them together.

A cell is one count that exists: a group of people in one category of one table. A relation is what everybody may
assume of cells: white, BME and undisclosed people add up to all people; bands add up to a cluster; nobody is appointed
who was not shortlisted. Where published tables contradict each other by a person, the contradiction is handed to the
attacker as known, so that the true counts always satisfy every relation.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

#: Stands for "no upper limit"; larger than any count of people here and small enough for exact arithmetic.
UNLIMITED = 10_000_000

_NOTHING = 1e-9


_PER_CELL = (
    "values", "floor", "ceiling", "shown_low", "shown_high", "label_low", "label_high",
    "sensitive", "required", "loss", "visible",
)  # fmt: skip


@dataclass(frozen=True)
class CellSystem:
    """Cells and the relations between them.

    Attributes
    ----------
    names
        One name for each cell.
    values
        The true counts.
    floor, ceiling
        What the attacker knows of a hidden cell before any equation, from the policy alone.
    shown_low, shown_high
        What showing the cell tells: the count itself, or the numbers that round to what is shown.
    label_low, label_high
        What the words for a hidden cell would tell: "fewer than 5", or, of a cell not so called, "5 or more".
    sensitive
        Cells that the policy hides for themselves.
    required
        How many different values a hidden cell must still be able to have; 0 where it does not matter.
    loss
        What a reader loses when the cell is hidden; infinite for cells that must stay.
    visible
        Whether the cell stands in some table; a cell that never does (the people who were *not* appointed) is hidden
        from the start at no loss.
    matrix, low, high
        Relations: ``low <= matrix @ values <= high``.
    """

    names: tuple[Hashable, ...]
    values: np.ndarray
    floor: np.ndarray
    ceiling: np.ndarray
    shown_low: np.ndarray
    shown_high: np.ndarray
    label_low: np.ndarray
    label_high: np.ndarray
    sensitive: np.ndarray
    required: np.ndarray
    loss: np.ndarray
    visible: np.ndarray
    matrix: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def size(self) -> int:
        """Number of cells."""
        return len(self.names)

    def part(self, cells: np.ndarray) -> "CellSystem":
        """Return the system of some cells; relations that reach beyond them must not exist."""
        rows = np.flatnonzero(self.matrix[:, cells].any(axis=1)) if len(self.matrix) else np.array([], dtype=int)
        columns = {name: getattr(self, name)[cells] for name in _PER_CELL}
        return replace(
            self,
            names=tuple(self.names[cell] for cell in cells),
            matrix=self.matrix[np.ix_(rows, cells)],
            low=self.low[rows],
            high=self.high[rows],
            **columns,
        )


@dataclass(frozen=True)
class Knowledge:
    """What is published about each cell: it lies between ``low`` and ``high``; equal where the number is shown."""

    low: np.ndarray
    high: np.ndarray

    @property
    def open(self) -> np.ndarray:
        """Cells whose count is not told."""
        return self.low < self.high


def relations(size: int, rows: Iterable[tuple[Sequence[int], Sequence[int], float, float]]) -> tuple:
    """Return ``matrix, low, high`` of relations given as cells, coefficients, lowest and highest sum."""
    rows = list(rows)
    matrix = np.zeros((len(rows), size))
    for number, (cells, coefficients, _, _) in enumerate(rows):
        np.add.at(matrix[number], list(cells), list(coefficients))
    return matrix, np.array([row[2] for row in rows], dtype=float), np.array([row[3] for row in rows], dtype=float)


def components(matrix: np.ndarray, cells: np.ndarray) -> list[np.ndarray]:
    """Return groups of the given cells that are tied together by relations, directly or through each other.

    A relation between cells outside ``cells`` (whose counts are known) ties nothing.
    """
    parent = {int(cell): int(cell) for cell in cells}

    def root(cell: int) -> int:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    wanted = np.zeros(matrix.shape[1], dtype=bool)
    wanted[cells] = True
    for row in matrix:
        tied = np.flatnonzero((row != 0) & wanted)
        for cell in tied[1:]:
            parent[root(int(cell))] = root(int(tied[0]))
    groups: dict[int, list[int]] = {}
    for cell in cells:
        groups.setdefault(root(int(cell)), []).append(int(cell))
    return [np.array(group) for group in groups.values()]


def independent_blocks(system: CellSystem, cells: np.ndarray) -> list[np.ndarray]:
    """Return the finest groups of hidden cells that can vary independently, whatever redundant relations say.

    The total of all bands ties the bands of two clusters together in words only when the clusters' totals are shown.
    The echelon form of the equations shows which ties are real (the components of the matroid of the columns).
    """
    equal = system.low == system.high
    ties = list(echelon(system.matrix[np.ix_(equal, cells)])) + list(system.matrix[np.ix_(~equal, cells)])
    if not ties:
        return [np.array([cell]) for cell in cells]
    return [cells[group] for group in components(np.array(ties), np.arange(len(cells)))]


def echelon(matrix: np.ndarray) -> np.ndarray:
    """Return the reduced row echelon form without empty rows."""
    matrix, row = matrix.copy(), 0
    for column in range(matrix.shape[1]):
        if row == len(matrix):
            break
        pivot = row + int(np.abs(matrix[row:, column]).argmax())
        if abs(matrix[pivot, column]) < _NOTHING:
            continue
        matrix[[row, pivot]] = matrix[[pivot, row]]
        matrix[row] /= matrix[row, column]
        factors = matrix[:, column].copy()
        factors[row] = 0
        matrix -= np.outer(factors, matrix[row])
        matrix[np.abs(matrix) < _NOTHING] = 0
        row += 1
    return matrix[:row]


def published(system: CellSystem, hidden: np.ndarray, labelled: np.ndarray | None = None) -> Knowledge:
    """Return what everybody knows when the hidden cells are hidden, and the labelled ones among them described."""
    low, high = np.where(hidden, system.floor, system.shown_low), np.where(hidden, system.ceiling, system.shown_high)
    if labelled is not None:
        described = hidden & labelled
        low, high = np.where(described, system.label_low, low), np.where(described, system.label_high, high)
    return Knowledge(low, high)
