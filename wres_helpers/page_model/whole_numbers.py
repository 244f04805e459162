"""Integer programming, for the questions that pushing bounds leaves open: HiGHS, by way of scipy.

Nothing depends on the clock: the search ends after a number of nodes, with no gap, and the columns and rows stand in the
order of the statements, so the same question always has the same answer.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wres_helpers.page_model.grounding import Grounded
from wres_helpers.page_model.propagation import Bounds

#: How many nodes a search may take; a question that needs more is left undecided, never decided by a guess.
MOST_NODES = 20_000
_TOLERANCE = 1e-7


@dataclass(frozen=True)
class Found:
    """What a search came to.

    Attributes
    ----------
    decided
        False where the search ended at its limit of nodes.
    value
        The smallest value found, or where the search was not finished a bound below it; None where nothing fits.
    solution
        The value of each column of the component, where one was found.
    """

    decided: bool
    value: float | None
    solution: np.ndarray | None = None


@dataclass
class Component:
    """The open unknowns that hang together, everything known put in.

    Attributes
    ----------
    page, bounds
        The page, and the bounds pushed through it.
    members
        Columns of the component that have more than one value left.
    """

    page: Grounded
    bounds: Bounds
    members: np.ndarray

    @cached_property
    def exact(self) -> bool:
        """True where every quotient is linear because its denominator, or itself, is known; else ranges are outer ones."""
        at = set(self.members.tolist())
        return not any({quotient, denominator} <= at for quotient, _, denominator, _ in self.page.links)

    @cached_property
    def simple(self) -> bool:
        """True where unknowns and sums form no ring and all factors are one: pushed bounds are then the exact ranges."""
        at = set(self.members.tolist())
        if any(at & set(link[:3]) for link in self.page.links):
            return False
        open_rows = [[(c, f) for c, f in zip(row[0], row[1], strict=True) if c in at] for row in self.page.rows]
        open_rows = [row for row in open_rows if row]
        if any(abs(factor) != 1 for row in open_rows for _, factor in row):
            return False
        return sum(map(len, open_rows)) == len(open_rows) + len(at) - 1

    @cached_property
    def _problem(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        place = {int(column): position for position, column in enumerate(self.members)}
        lines, lows, highs = [], [], []
        for columns, factors, low, high in [row[:4] for row in self.page.rows] + self._linear_links(place):
            line, known = np.zeros(len(self.members)), 0.0
            for column, factor in zip(columns, factors, strict=True):
                if column in place:
                    line[place[column]] += factor
                else:
                    known += factor * self.bounds.low[column]
            if line.any():
                lines.append(line)
                lows.append(low - known)
                highs.append(high - known)
        return np.array(lines).reshape(-1, len(self.members)), np.array(lows), np.array(highs)

    def _linear_links(self, place: dict[int, int]) -> list[tuple[list[int], list[float], float, float]]:
        """Write each quotient as sums: exactly where its denominator is known, else between its own bounds."""
        rows, low, high = [], self.bounds.low, self.bounds.high
        for quotient, numerator, denominator, scale in self.page.links:
            if not {quotient, numerator, denominator} & place.keys() or high[denominator] <= 0:
                continue
            if denominator not in place:
                rows.append(([numerator, quotient], [float(scale), -low[denominator]], 0.0, 0.0))
                continue
            rows.append(([numerator, denominator], [float(scale), -low[quotient]], 0.0, np.inf))
            if np.isfinite(high[quotient]):
                rows.append(([numerator, denominator], [float(scale), -high[quotient]], -np.inf, 0.0))
        return rows

    def smallest(self, weights: dict[int, float]) -> Found:
        """Return the smallest value a weighted sum of columns can take; with no weights, whether anything fits."""
        from scipy.optimize import Bounds as Limits
        from scipy.optimize import LinearConstraint, milp

        matrix, lows, highs = self._problem
        objective = np.array([weights.get(int(column), 0.0) for column in self.members])
        answer = milp(
            objective,
            integrality=self.page.whole[self.members].astype(int),
            bounds=Limits(self.bounds.low[self.members], self.bounds.high[self.members]),
            constraints=LinearConstraint(matrix, lows - _TOLERANCE, highs + _TOLERANCE) if len(matrix) else (),
            options={"node_limit": MOST_NODES, "mip_rel_gap": 0.0},
        )
        if answer.status == 2:
            return Found(True, None)
        if answer.status == 0:
            return Found(True, float(answer.fun), answer.x)
        # without a lower end, or not finished: the bound found so far, never a guess
        bound = getattr(answer, "mip_dual_bound", None)
        return Found(answer.status == 3, -np.inf if bound is None or answer.status == 3 else float(bound), answer.x)
