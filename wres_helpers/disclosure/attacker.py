"""The attacker: solves everything published for the smallest and largest value each hidden count can have.

Bounds are pushed through the relations until nothing moves (cheap; exact where the open cells form no ring), and
integer programming settles the rest. Any table found on the way that fits everything published is kept as a witness:
two witnesses that differ in a cell prove how wide its range is at least, without solving again.
"""

import numpy as np

from wres_helpers.disclosure.published_cells import UNLIMITED, CellSystem, Knowledge, components, echelon

_TOLERANCE = 1e-7
_MOST_ROUNDS = 200
_MOST_WITNESSES = 400
#: How far from the truth tables are looked for; a cell that gets there is taken to have no limit.
_HORIZON = 2000
_LONGEST_MOVE = 50


class AttackFailed(RuntimeError):
    """The attacker's problem could not be solved; nothing may be published on the strength of it."""


def tightened(matrix: np.ndarray, low: np.ndarray, high: np.ndarray, cell_low: np.ndarray, cell_high: np.ndarray) -> tuple:
    """Return whole-number bounds of cells pushed through the relations until nothing moves.

    The bounds contain every solution; they are the exact ranges where the open cells form no ring.
    """
    lower, upper = cell_low.astype(float), cell_high.astype(float)
    if not len(matrix):
        return lower, upper
    sign_positive, present = matrix > 0, matrix != 0
    divisor = np.where(present, matrix, 1.0)
    for _ in range(_MOST_ROUNDS):
        least = np.where(sign_positive, matrix * lower, matrix * upper)
        most = np.where(sign_positive, matrix * upper, matrix * lower)
        others_least = least.sum(axis=1, keepdims=True) - least
        others_most = most.sum(axis=1, keepdims=True) - most
        one, other = (high[:, None] - others_least) / divisor, (low[:, None] - others_most) / divisor
        at_most = np.where(present, np.where(sign_positive, one, other), np.inf).min(axis=0)
        at_least = np.where(present, np.where(sign_positive, other, one), -np.inf).max(axis=0)
        new_upper = np.minimum(upper, np.floor(at_most + _TOLERANCE))
        new_lower = np.maximum(lower, np.ceil(at_least - _TOLERANCE))
        if np.array_equal(new_upper, upper) and np.array_equal(new_lower, lower):
            break
        lower, upper = new_lower, new_upper
    return lower, upper


class Attacker:
    """Somebody who knows a system's relations and what is published of its cells.

    Parameters
    ----------
    system
        Cells and relations.
    knowledge
        What is published.
    witnesses
        Tables found in earlier attacks on the same system; those that do not fit are dropped.
    """

    def __init__(self, system: CellSystem, knowledge: Knowledge, witnesses: np.ndarray | None = None):
        self.system, self.knowledge = system, knowledge
        known = np.vstack([system.values[None, :].astype(float)] + ([witnesses] if witnesses is not None and len(witnesses) else []))
        fits = ((known >= knowledge.low) & (known <= knowledge.high)).all(axis=1)
        if not fits[0]:
            raise AttackFailed("what is published does not fit the true counts")
        self.witnesses = known[fits][-_MOST_WITNESSES:]
        self.lower, self.upper = tightened(system.matrix, system.low, system.high, knowledge.low, knowledge.high)
        if (self.lower > system.values).any() or (self.upper < system.values).any():
            raise AttackFailed("the relations do not fit the true counts")
        #: Cells whose count is not told for certain, by component.
        self.groups = components(system.matrix, np.flatnonzero(self.lower < self.upper))
        self._problems: dict[int, _Problem] = {}
        for group in self.groups:
            problem = _Problem(system, group, self.lower, self.upper)
            self._problems |= {int(cell): problem for cell in group}

    def seen(self, cell: int) -> tuple[float, float]:
        """Return the smallest and largest value of a cell among the witnesses; the true range is at least as wide."""
        column = self.witnesses[:, cell]
        return column.min(), column.max()

    def range(self, cell: int) -> tuple[int, int]:
        """Return the smallest and largest value the cell can have, exact within the horizon."""
        problem = self._problems.get(cell)
        if problem is None or problem.simple:
            least, most = int(self.lower[cell]), int(self.upper[cell])
        else:
            least, most = self._extreme(cell, 1), self._extreme(cell, -1)
            if most >= self.system.values[cell] + _HORIZON:
                most = int(self.upper[cell])
        # what is left of "no limit" once other counts are taken from it is no limit either
        return least, UNLIMITED if most > UNLIMITED // 2 else most

    def reaches(self, cell: int, width: int) -> bool:
        """Whether the cell can have at least ``width`` different values, from its smallest to its largest."""
        if self.upper[cell] - self.lower[cell] + 1 < width:
            return False
        problem = self._problems.get(cell)
        if problem is None or problem.simple:
            return True
        low, high = self.seen(cell)
        if high - low + 1 < width:
            self._try_moves(problem)
            if cell in problem.settled:
                return False
        for sense in (-1, 1):
            low, high = self.seen(cell)
            if high - low + 1 >= width:
                return True
            self._extreme(cell, sense)
        low, high = self.seen(cell)
        return bool(high - low + 1 >= width)

    def _try_moves(self, problem: "_Problem") -> None:
        """Add the tables that simple moves from the truth lead to; most questions are answered by these."""
        if problem.moved:
            return
        problem.moved = True
        moved = problem.moves_from(self.system.values[problem.group].astype(float))
        tables = np.tile(self.system.values.astype(float), (len(moved), 1))
        tables[:, problem.group] = moved
        self.witnesses = np.vstack([self.witnesses, tables])

    def moves(self, group: np.ndarray, longest: int) -> np.ndarray:
        """Return tables of one component that lie one simple move of at most this length from the truth."""
        return self._problems[int(group[0])].moves_from(self.system.values[group].astype(float), longest)

    def table_near_end(self, cell: int, end: float) -> np.ndarray:
        """Return a table that fits everything published in which the cell has the given value of its range.

        Raises
        ------
        AttackFailed
            There is none: the value is not an end of the exact range.
        """
        there = np.flatnonzero(self.witnesses[:, cell] == end)
        if not len(there):
            self._solve(cell, -1 if end > self.system.values[cell] else 1, end)
            there = np.array([len(self.witnesses) - 1])
        if self.witnesses[there[0], cell] != end:
            raise AttackFailed("no table reaches the end of a range")
        return self.witnesses[there[0]]

    def _extreme(self, cell: int, sense: int) -> int:
        low, high = self.seen(cell)
        if sense > 0 and low <= self.lower[cell]:
            return int(low)
        if sense < 0 and high >= self.upper[cell]:
            return int(high)
        return self._solve(cell, sense)

    def _solve(self, cell: int, sense: int, end: float | None = None) -> int:
        group, solution = self._problems[cell].solve(cell, sense, end)
        witness = self.system.values.astype(float)
        witness[group] = solution
        self.witnesses = np.vstack([self.witnesses, witness])
        return int(witness[cell])


class _Problem:
    """The relations among the open cells of one component, everything else put in as known."""

    def __init__(self, system: CellSystem, group: np.ndarray, lower: np.ndarray, upper: np.ndarray):
        self.group = group
        rows = np.flatnonzero((system.matrix[:, group] != 0).any(axis=1))
        outside = np.ones(system.size, dtype=bool)
        outside[group] = False
        fixed = system.matrix[rows][:, outside] @ lower[outside] if len(rows) else np.zeros(0)
        self.matrix = system.matrix[np.ix_(rows, group)]
        self.low, self.high = system.low[rows] - fixed, system.high[rows] - fixed
        self.lower, self.upper, self.values = lower[group], upper[group], system.values[group].astype(float)
        edges = int((self.matrix != 0).sum())
        whole = bool(np.isin(self.matrix, (-1.0, 0.0, 1.0)).all())
        #: No ring of cells and relations: the pushed bounds are exact.
        self.simple = whole and edges == len(rows) + len(group) - 1
        #: Whether the simple moves were tried.
        self.moved = False
        #: Cells that no move changes: the equations alone give them away.
        self.settled: frozenset[int] = frozenset()

    def moves_from(self, values: np.ndarray, longest: int = _LONGEST_MOVE) -> np.ndarray:
        """Return tables reached from the truth by moving one free cell as far as it goes, the others following it.

        The free cells and how the others follow are read off the echelon form of the equations.
        """
        equal = self.low == self.high
        form = echelon(self.matrix[equal])
        leading = (form != 0).argmax(axis=1) if len(form) else np.array([], dtype=int)
        free = np.setdiff1d(np.arange(len(self.group)), leading)
        moves = np.zeros((len(free), len(self.group)))
        moves[np.arange(len(free)), free] = 1
        moves[:, leading] = -form[:, free].T
        self.settled = frozenset(self.group[(moves == 0).all(axis=0)].tolist())
        moves = moves[(moves == np.round(moves)).all(axis=1)]
        moves = np.vstack([moves, -moves])
        with np.errstate(divide="ignore", invalid="ignore"):
            room = np.where(moves > 0, (self.upper - values) / moves, np.where(moves < 0, (self.lower - values) / moves, np.inf))
        steps = np.minimum(np.floor(room.min(axis=1) + _TOLERANCE), longest)
        tables = values + steps[:, None] * moves
        sums = tables @ self.matrix.T
        fits = (sums >= self.low - _TOLERANCE).all(axis=1) & (sums <= self.high + _TOLERANCE).all(axis=1) & (steps > 0)
        return tables[fits]

    def solve(self, cell: int, sense: int, end: float | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Return the group and a table of it in which the cell is smallest (sense 1) or largest (-1), up to an end."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        objective = np.where(self.group == cell, float(sense), 0.0)
        lower, upper = np.maximum(self.lower, self.values - _HORIZON), np.minimum(self.upper, self.values + _HORIZON)
        if end is not None:
            lower = np.where(self.group == cell, np.maximum(lower, end), lower) if sense > 0 else lower
            upper = np.where(self.group == cell, np.minimum(upper, end), upper) if sense < 0 else upper
        answer = milp(
            objective,
            integrality=np.ones(len(self.group)),
            bounds=Bounds(lower, upper),
            constraints=LinearConstraint(self.matrix, self.low - _TOLERANCE, self.high + _TOLERANCE),
        )
        if answer.x is None or answer.status != 0:
            raise AttackFailed(f"the attacker's range could not be computed: {answer.message}")
        return self.group, np.round(answer.x)
