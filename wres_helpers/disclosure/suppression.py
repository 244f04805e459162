"""Chooses what else must be hidden so that sensitive counts cannot be worked out, with the least loss.

For each hidden cell whose range is too narrow, integer programming finds the cheapest further cells which, once
hidden, let two whole tables exist that fit everything published and differ in that cell by the width asked for.
Afterwards every cell that turns out not to be needed is shown again.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from wres_helpers.disclosure.attacker import Attacker, AttackFailed
from wres_helpers.disclosure.published_cells import CellSystem, components, published

_TOLERANCE = 1e-7
#: Seconds one search may take; what it has found by then is safe, only perhaps not the cheapest.
_PATIENCE = 2.0


def hidden_cells(system: CellSystem) -> np.ndarray:
    """Return which cells to hide (a truth value each).

    Raises
    ------
    AttackFailed
        No choice protects a cell (its range is fixed by relations alone), or the search failed.
    """
    hidden = system.sensitive | ~system.visible
    for group in components(system.matrix, np.arange(system.size)):
        if (hidden[group] & (system.required[group] > 0)).any():
            hidden[group] = _Search(system.part(group), hidden[group]).result()
    return hidden


class _Search:
    """Secondary suppression within one component."""

    def __init__(self, system: CellSystem, hidden: np.ndarray):
        self.system, self.hidden, self.first = system, hidden.copy(), hidden.copy()
        self.witnesses = system.values[None, :].astype(float)

    def result(self) -> np.ndarray:
        self._protect()
        self._show_again()
        return self.hidden

    def _attacker(self) -> Attacker:
        return Attacker(self.system, published(self.system, self.hidden), self.witnesses)

    def _unprotected(self, stop_at_first: bool = False) -> list[int]:
        attacker = self._attacker()
        found = []
        for cell in np.flatnonzero(self.hidden & (self.system.required > 0)):
            if not attacker.reaches(int(cell), int(self.system.required[cell])):
                found.append(int(cell))
                if stop_at_first:
                    break
        self.witnesses = attacker.witnesses
        return found

    def _protect(self) -> None:
        while unprotected := self._unprotected():
            for cell in sorted(unprotected, key=lambda cell: (-self.system.required[cell], self.system.values[cell], cell)):
                if not self._attacker().reaches(cell, int(self.system.required[cell])):
                    self._add(cell)

    def _add(self, cell: int) -> None:
        more, witnesses = cheapest_partners(self.system, self.hidden, cell)
        if not (more & ~self.hidden).any():
            raise AttackFailed(f"a count that cannot be protected, because sums alone give it away: {self.system.names[cell]}")
        self.hidden |= more
        self.witnesses = np.vstack([self.witnesses, witnesses])

    def _show_again(self) -> None:
        candidates = np.flatnonzero(self.hidden & ~self.first)
        for cell in sorted(candidates, key=lambda cell: (-self.system.loss[cell], cell)):
            self.hidden[cell] = False
            kept = self.witnesses
            if self._unprotected(stop_at_first=True):
                self.hidden[cell] = True
                self.witnesses = kept


def cheapest_partners(system: CellSystem, hidden: np.ndarray, cell: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells to hide so that one cell's range is wide enough, and two tables that prove it.

    Unknowns: a table that lies above and one that lies below the truth in the cell, and a yes or no for each cell
    that is not hidden yet; a cell may only move where it is hidden, or as far as rounding lets it. Movements of a
    cell that is still shown are kept within the width asked for at first, which keeps the search tight. Where that
    finds nothing, everything is hidden that may be.
    """
    for generosity in (1, 20):
        found = _partners(system, hidden, cell, generosity)
        if found is not None:
            return found
    everything = hidden | np.isfinite(system.loss)
    return everything, np.zeros((0, system.size))


def _partners(system: CellSystem, hidden: np.ndarray, cell: int, generosity: int) -> tuple[np.ndarray, np.ndarray] | None:
    from scipy.optimize import Bounds, LinearConstraint, milp

    size, width = system.size, int(system.required[cell]) - 1
    values = system.values.astype(float)
    fresh = np.flatnonzero(~hidden & np.isfinite(system.loss))
    most = width * generosity
    # how far each cell may move in either table: while it is shown, and once it is hidden
    still_up, still_down = system.shown_high - values, values - system.shown_low
    up = np.where(hidden, np.minimum(system.ceiling - values, 20 * most), still_up)
    down = np.where(hidden, np.minimum(values - system.floor, 20 * most), still_down)
    more_up = np.clip(np.minimum(system.ceiling - values, most) - still_up, 0, None)[fresh]
    more_down = np.clip(np.minimum(values - system.floor, most) - still_down, 0, None)[fresh]
    rows, low, high = _two_tables(system, fresh, (still_up, still_down), (more_up, more_down))
    apart = np.zeros(2 * size + len(fresh))
    apart[cell], apart[size + cell] = 1, -1
    up[fresh] += more_up
    down[fresh] += more_down
    with _without_chatter():
        answer = milp(
            np.concatenate([np.zeros(2 * size), system.loss[fresh]]),
            integrality=np.ones(len(apart)),
            bounds=Bounds(np.concatenate([-down, -down, 0 * fresh]), np.concatenate([up, up, 0 * fresh + 1])),
            constraints=[LinearConstraint(rows, low - _TOLERANCE, high + _TOLERANCE), LinearConstraint(apart[None, :], width)],
            options={"time_limit": _PATIENCE, "mip_rel_gap": 1e-4, "presolve": False},
        )
    if answer.x is None:
        return None
    chosen = hidden.copy()
    chosen[fresh] |= np.round(answer.x[2 * size :]) > 0
    tables = values + np.round(answer.x[: 2 * size]).reshape(2, size)
    return chosen, tables


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Keep the solver's remarks off standard output, where results go; it prints some whatever it is told."""
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _two_tables(system: CellSystem, fresh: np.ndarray, still: tuple, more: tuple) -> tuple:
    """Return rows of the search: both tables fit the relations, and shown cells move only once they are chosen."""
    from scipy import sparse

    matrix = sparse.csr_array(system.matrix)
    truth = matrix @ system.values
    empty, nothing = sparse.csr_array(matrix.shape), sparse.csr_array((len(truth), len(fresh)))
    one, zero = sparse.eye_array(system.size, format="csr")[fresh], sparse.csr_array((len(fresh), system.size))
    choose_up, choose_down = sparse.diags_array(more[0]), sparse.diags_array(more[1])
    blocks = [
        [matrix, empty, nothing],
        [empty, matrix, nothing],
        [one, zero, -choose_up],
        [zero, one, -choose_up],
        [one, zero, choose_down],
        [zero, one, choose_down],
    ]
    endless = np.full(len(fresh), np.inf)
    low = np.concatenate([system.low - truth, system.low - truth, -endless, -endless, -still[1][fresh], -still[1][fresh]])
    high = np.concatenate([system.high - truth, system.high - truth, still[0][fresh], still[0][fresh], endless, endless])
    return sparse.block_array(blocks, format="csc"), low, high
