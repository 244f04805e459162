"""Linear and integer programming, for the questions that pushing bounds leaves open: HiGHS, by way of scipy.

Sums are asked of whole numbers, quotients of logarithms, in which a quotient is a difference: percentages of bases that nobody
prints hang together in no other way.

Nothing depends on the clock: the search ends after a number of nodes, with no gap, and the columns and rows stand in the
order of the statements, so the same question always has the same answer.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from wres_helpers.page_model.grounding import Grounded, Link, Row
from wres_helpers.page_model.propagation import Bounds

#: How many nodes a search may take; a question that needs more is left undecided, never decided by a guess.
MOST_NODES = 20_000
_TOLERANCE = 1e-7
#: How far from a whole number HiGHS takes one for whole.
_WHOLE = 1e-6


@dataclass(frozen=True)
class Found:
    """What a search came to."""

    decided: bool  # False where it ended at its limit of nodes
    value: float | None  # the smallest value found, or where the search was not finished a bound below it; None where nothing fits
    solution: np.ndarray | None = None  # the value of each column of the component, where one was found


@lru_cache(maxsize=10_000)  # a register with one figure after another left out asks the same of all that this one has nothing to do with
def _least(rows: bytes, sums: bytes, lows: bytes, highs: bytes, place: int, sign: int) -> float | None:
    """Return the smallest logarithm (with ``sign`` -1 the largest) of the column at a place, infinite where it has no end; None where none fits."""
    from scipy.optimize import Bounds as Limits
    from scipy.optimize import LinearConstraint, milp

    matrix, right, low, high = map(np.frombuffer, (rows, sums, lows, highs))
    objective = np.where(np.arange(len(low)) == place, sign, 0.0)
    # not linprog, which asks HiGHS the same and takes half as long again for it
    answer = milp(objective, bounds=Limits(low, high), constraints=LinearConstraint(matrix.reshape(len(right), len(low)), right, right))
    least = float(answer.fun) if answer.status == 0 else -np.inf
    return None if answer.status == 2 else sign * least


@dataclass
class Component:
    """The open unknowns that hang together, everything known put in."""

    page: Grounded
    bounds: Bounds  # as pushed through the page
    members: np.ndarray  # columns of the component that have more than one value left
    rows: list[Row]  # the sums of the page that speak of any of them
    links: list[Link]  # and its quotients

    @property
    def exact(self) -> bool:
        """True where there are sums only; with quotients ranges are outer ones."""
        return not self.links

    @cached_property
    def _problem(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        place = {int(column): position for position, column in enumerate(self.members)}
        lines, lows, highs = [], [], []
        for columns, factors, low, high, _ in self.rows:
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

    def kept_by(self, tables: np.ndarray) -> np.ndarray:
        """Return the values that the members have in those tables, of a row each, that keep all limits and sums."""
        matrix, lows, highs = self._problem
        values = tables[:, self.members]
        sums, known = values @ matrix.T, (self.bounds.low[self.members] <= values) & (values <= self.bounds.high[self.members])
        return values[known.all(axis=1) & ((lows <= sums) & (sums <= highs)).all(axis=1)]

    def smallest(self, weights: dict[int, float]) -> Found:
        """Return the smallest value a weighted sum of columns can take; with no weights, whether anything fits."""
        from scipy.optimize import Bounds as Limits
        from scipy.optimize import LinearConstraint, milp

        matrix, lows, highs = self._problem
        objective = np.array([weights.get(int(column), 0.0) for column in self.members])
        whole, among = self.page.whole[self.members], LinearConstraint(matrix, lows - _TOLERANCE, highs + _TOLERANCE) if len(matrix) else ()
        # the search for whole numbers takes five times as long as that for any, which mostly are whole at their best
        for asked in (np.zeros_like(whole), whole):
            answer = milp(
                objective,
                integrality=asked.astype(int),
                bounds=Limits(self.bounds.low[self.members], self.bounds.high[self.members]),
                constraints=among,
                # presolving, HiGHS cut off counts that fit everything (a range of 0 to 1 where 0 to 5 is right)
                options={"node_limit": MOST_NODES, "mip_rel_gap": 0.0, "presolve": False},
            )
            if answer.status == 2:
                return Found(True, None)
            if answer.status == 0 and np.abs(answer.x - np.round(answer.x))[whole & ~asked].max(initial=0.0) < _WHOLE:
                return Found(True, float(answer.fun), answer.x)
        # without a lower end, or not finished: the bound found so far, never a guess
        bound = getattr(answer, "mip_dual_bound", None)
        return Found(answer.status == 3, -np.inf if bound is None or answer.status == 3 else float(bound), answer.x)

    @cached_property
    def _proportions(self) -> tuple[dict[int, int], np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """The quotients as differences of logarithms: place of each column, factors and sums of the rows, limits of the columns."""
        links = [link for link in self.links if all(self.bounds.high[column] > 0 for column in link[:3])]
        place = {column: number for number, column in enumerate(dict.fromkeys(column for link in links for column in link[:3]))}
        rows = np.zeros((len(links), len(place)))
        for number, (quotient, numerator, denominator, _) in enumerate(links):
            for column, factor in ((quotient, 1.0), (numerator, -1.0), (denominator, 1.0)):
                rows[number, place[column]] += factor
        columns, bases = list(place), [link[2] for link in links]
        # a share that is printed is one of at least one person
        at_least = np.where(np.isin(columns, bases) & self.page.whole[columns], 1.0, 0.0)
        with np.errstate(divide="ignore"):  # the logarithm of nothing is no limit
            low, high = np.log(np.maximum(self.bounds.low[columns], at_least)), np.log(self.bounds.high[columns])
        return place, rows, np.log([float(link[3]) for link in links]), low - _TOLERANCE, high + _TOLERANCE

    def least_in_proportion(self, column: int = -1, sign: int = 1) -> float | None:
        """Return the smallest value (with ``sign`` -1 the largest) that the quotients alone leave a column; None where none fits.

        Without a column, any number says that there are amounts of which these are the quotients.
        """
        place, *problem = self._proportions
        if not place or (column >= 0 and column not in place):
            return 0.0 if sign > 0 else np.inf
        found = _least(*(array.tobytes() for array in problem), place.get(column, -1), sign)
        return None if found is None else float(np.exp(found))

    @property
    def fits(self) -> bool:
        """False only where it is certain that nothing fits: the quotients where there are any, else the sums."""
        return self.least_in_proportion() is not None if self._proportions[0] else self.smallest({}).value is not None
