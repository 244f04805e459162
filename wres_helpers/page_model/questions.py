"""The questions asked of a printed page: does it fit together, what is the smallest part that does not, what can a count be?"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from wres_helpers.page_model.grounding import Grounded, grounded
from wres_helpers.page_model.propagation import Bounds, Propagation
from wres_helpers.page_model.statements import Statement, Unknown
from wres_helpers.page_model.whole_numbers import Component, Found


@dataclass(frozen=True)
class Range:
    """Between which values an unknown lies, given everything that is said; infinite where nothing limits it."""

    low: float
    high: float
    exact: bool = True  # whether both ends are reached by a set of counts that fits everything; else they may lie further out


class ModelledPage:
    """Everything a page says, ready to be asked; the order of statements decides which of several equally small conflicts is told.

    The unknowns are further ones that will be asked for, whether something is said of them or not.
    """

    def __init__(self, statements: Iterable[Statement], unknowns: Iterable[Unknown] = ()):
        self.grounded: Grounded = grounded(tuple(statements), unknowns)
        self._propagation = Propagation(self.grounded)
        self.bounds: Bounds = self._propagation.run()
        self._made: dict[int, Component] = {}
        self._found_low, self._found_high = np.full(self.grounded.size, np.inf), np.full(self.grounded.size, -np.inf)

    def without(self, names: Collection[str]) -> "ModelledPage":
        """Return the page with some (more) statements left out, which is quicker than to make it anew; to be asked for bounds only."""
        page = copy(self)
        for lazy in ("open_components", "_numbers"):
            page.__dict__.pop(lazy, None)
        page._made = {}
        gone = self.bounds.without.union(*(self.grounded.places_of.get(name, ()) for name in names))
        page.bounds = self._propagation.run(gone, self.bounds)
        return page

    @cached_property
    def open_components(self) -> list[Component]:
        """The parts of the page with something left open."""
        firsts = sorted(np.unique(self._numbers, return_index=True)[1].tolist())
        return [component for column in firsts if (component := self._component_of(column))]

    @cached_property
    def _numbers(self) -> np.ndarray:
        """The number of each column's component; below nought where one value is left, give or take what a real number loses in calculation."""
        is_open = self.bounds.high - self.bounds.low > 1e-9 * np.maximum(1.0, np.abs(self.bounds.low))
        return np.where(is_open, self.grounded.components(is_open), -1)

    def _component_of(self, column: int) -> Component | None:
        """Return the component of a column, made when it is first asked for: most pages are asked of one; None where nothing is open."""
        number = int(self._numbers[column])
        if number >= 0 and number not in self._made:
            columns, groups = self.grounded.joined
            rows, links = self.grounded.rows, self.grounded.links
            places = np.unique(groups[self._numbers[columns] == number]).tolist()
            sums, quotients = [rows[at] for at in places if at < len(rows)], [links[at - len(rows)] for at in places if at >= len(rows)]
            self._made[number] = Component(self.grounded, self.bounds, np.flatnonzero(self._numbers == number), sums, quotients)
        return self._made.get(number)

    def fits(self, thorough: bool = True) -> bool:
        """Tell whether there are counts that fit everything; False only where that is certain.

        Where bounds alone cannot tell, the solver is asked if the question is ``thorough``.
        """
        if self.bounds.empty is not None:
            return False
        return not thorough or all(component.fits for component in self.open_components)

    def suspects(self) -> list[Statement]:
        """Return statements among which a conflict lies, of a page that does not fit: all, or those the bounds rest on."""
        if self.bounds.empty is None:
            return list(self.grounded.statements)
        return [self.grounded.statements[cause] for cause in self.bounds.causes(self.bounds.empty)]

    def range_of(self, unknown: Unknown, thorough: bool = True, enough: float = np.inf) -> Range:
        """Return the smallest and largest value an unknown can have.

        From ``enough`` values on the ends need not be exact: they are values that fit, as far as they were found. Raises ValueError where
        the page contradicts itself; then every question about it has no answer.
        """
        if self.bounds.empty is not None:
            raise ValueError("the page contradicts itself")
        at = self.grounded.columns[unknown]
        low, high = float(self.bounds.low[at]), float(self.bounds.high[at])
        if not thorough:
            return Range(low, high, exact=False)
        component = self._component_of(at)
        if component is None:
            return Range(low, high)
        ends, exact = [], component.exact
        for sense, limit, reached in ((1, low, self._found_low), (-1, high, self._found_high)):
            if self._found_high[at] - self._found_low[at] + 1 >= enough:
                return Range(float(self._found_low[at]), float(self._found_high[at]), exact=False)
            if reached[at] == limit:
                ends.append(limit)
                continue
            found = component.smallest({at: float(sense)})
            if found.value is None:
                raise ValueError("the page contradicts itself")
            self._remember(component, found)
            whole = self.grounded.whole[at] and np.isfinite(found.value)
            ends.append(sense * (float(np.ceil(found.value - 1e-6)) if whole else found.value))
            exact &= found.decided
        return Range(ends[0], ends[1], exact)

    def look_round(self, wanted: Mapping[Unknown, float]) -> None:
        """Look for counts that fit everything and move many unknowns at once, until each was seen with so many values or few more move.

        Few are left to be searched for one by one.
        """
        asked = {self.grounded.columns[unknown]: enough for unknown, enough in wanted.items()}
        for component in self.open_components if self.bounds.empty is None else ():
            within, moving = asked.keys() & set(component.members.tolist()), True
            while moving:
                narrow = {at for at in within if self._found_high[at] - self._found_low[at] + 1 < asked[at]}
                seen = {at: (self._found_low[at], self._found_high[at]) for at in narrow}
                weights = {at: -1.0 if self._found_high[at] < self.bounds.high[at] < np.inf else 1.0 for at in narrow}
                if len(narrow) > 1:
                    self._remember(component, component.smallest(weights))
                moving = sum(seen[at] != (self._found_low[at], self._found_high[at]) for at in narrow) > 1

    def _remember(self, component: Component, found: Found) -> None:
        """Keep the values of a solution: whatever fits everything answers for every other unknown, too."""
        if found.solution is not None and component.exact:
            values = np.where(self.grounded.whole[component.members], np.round(found.solution), found.solution)
            self._found_low[component.members] = np.minimum(self._found_low[component.members], values)
            self._found_high[component.members] = np.maximum(self._found_high[component.members], values)

    def sum_behind(self, unknown: Unknown) -> list[tuple[int, int]]:
        """Return the signs and values of the sum an unknown follows from; nothing where it is said outright, or follows otherwise."""
        terms = self.bounds.sum_behind(self.grounded.columns[unknown]) if unknown in self.grounded.columns else []
        return [(sign, int(self.bounds.low[column])) for column, sign in terms]

    def witnesses(self, tables: Iterable[Mapping[Any, float]]) -> None:
        """Take over what counts from elsewhere tell of the ends of ranges, component by component, where they fit everything said.

        Each has a value for every unknown, none of which is a quotient or a difference.
        """
        made = np.array([[table[unknown] for unknown in self.grounded.columns] for table in tables], dtype=float)
        for component in self.open_components:
            if len(values := component.kept_by(made)):
                self._found_low[component.members] = values.min(axis=0)
                self._found_high[component.members] = values.max(axis=0)

    def proportion(self, unknown: Unknown) -> tuple[float, float]:
        """Return between which values the quotients of a page leave a quotient; a page that does not fit leaves anything."""
        at = self.grounded.columns.get(unknown, -1)
        component = None if at < 0 or self.bounds.empty is not None else self._component_of(at)
        if component is None:
            return 0.0, np.inf
        low, high = (component.least_in_proportion(at, sign) for sign in (1, -1))
        return (0.0, np.inf) if low is None or high is None else (low, high)


def apart(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Part statements that have no unknown in common, even by way of others: each part can be asked alone, which is quicker."""
    laid_out = grounded(tuple(statements))
    components, parts = laid_out.components(np.ones(laid_out.size, dtype=bool)), defaultdict[int, list[Statement]](list)
    for statement in laid_out.statements:
        if statement.terms:
            parts[int(components[laid_out.columns[statement.terms[0][0]]])].append(statement)
    return list(parts.values())


def smallest_conflict(statements: Sequence[Statement], thorough: bool = True) -> tuple[Statement, ...]:
    """Return a set of statements that cannot stand together though any of them left out the others can; empty if all fit.

    What can be left out is tried from the last statement on, what is not ``given`` first, so that a conflict is told in terms
    of the earliest statements and of what is given. (A deletion filter; irreducible infeasible set in the literature.)
    """
    page = ModelledPage(statements)
    if page.fits(thorough):
        return ()
    kept = page.suspects()
    if len(kept) < len(page.grounded.statements) and ModelledPage(kept).fits(thorough):
        kept = list(page.grounded.statements)
    for statement in sorted(reversed(kept), key=lambda each: each.given):
        if statement in kept and not (page := ModelledPage([each for each in kept if each is not statement])).fits(thorough):
            kept = page.suspects()
    return tuple(kept)
