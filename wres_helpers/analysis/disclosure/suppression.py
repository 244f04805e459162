"""Chooses what else must be hidden so that sensitive counts cannot be worked out, with the least loss.

For each hidden cell whose range is too narrow, integer programming finds the cheapest further cells which, once
hidden, let two whole tables exist that fit everything published and differ in that cell by the width asked for.
Afterwards every cell that turns out not to be needed is shown again.
"""

import numpy as np

from wres_helpers.analysis.disclosure.attacker import AttackFailed, Attacker
from wres_helpers.analysis.disclosure.cells import UNLIMITED, CellSystem, components, shown_exactly

_TOLERANCE = 1e-7
#: Seconds one search may take; what it has found by then is safe, only perhaps not the cheapest.
_PATIENCE = 2.0


def hidden_cells(system: CellSystem, forced: np.ndarray | None = None) -> np.ndarray:
    """Return which cells to hide (a truth value each).

    Parameters
    ----------
    system
        Cells, relations, and what hiding each costs.
    forced
        Cells to hide whatever happens, besides the sensitive ones.

    Raises
    ------
    AttackFailed
        No choice protects a cell (its range is fixed by relations alone), or the search failed.
    """
    hidden = system.sensitive | ~system.visible
    if forced is not None:
        hidden = hidden | forced
    everything = np.arange(system.size)
    for group in components(system.matrix, everything):
        if not hidden[group].any() or not (system.required[group][hidden[group]] > 0).any():
            continue
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
        return Attacker(self.system, shown_exactly(self.system, self.hidden), self.witnesses)

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
            raise AttackFailed("a count cannot be protected: the relations alone give it away")
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
    that is not hidden yet; a cell may only move where it is hidden. Movements of a cell that is still shown are kept
    within the width asked for, which keeps the search tight.

    Raises
    ------
    AttackFailed
        There are no such cells.
    """
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    size, width = system.size, int(system.required[cell]) - 1
    values = system.values.astype(float)
    movable = hidden | np.isfinite(system.loss)
    room_up = np.where(movable, np.minimum(system.ceiling, UNLIMITED) - values, 0.0)
    room_down = np.where(movable, np.minimum(values - system.floor, UNLIMITED), 0.0)
    reach = np.where(hidden, 20.0 * width, float(width))
    up, down = np.clip(np.minimum(room_up, reach), 0, None), np.clip(np.minimum(room_down, reach), 0, None)
    fresh = np.flatnonzero(movable & ~hidden)
    # Unknowns: movement of the upper table, movement of the lower table, and the choices.
    truth = system.matrix @ values
    matrix = sparse.csr_array(system.matrix)
    nothing = sparse.csr_array((len(truth), len(fresh)))
    empty = sparse.csr_array(matrix.shape)
    one = sparse.eye_array(size, format="csr")[fresh]
    zero = sparse.csr_array((len(fresh), size))
    choose_up, choose_down = sparse.diags_array(up[fresh]), sparse.diags_array(down[fresh])
    apart = np.zeros(2 * size + len(fresh))
    apart[cell], apart[size + cell] = 1, -1
    blocks = [
        [matrix, empty, nothing],
        [empty, matrix, nothing],
        [one, zero, -choose_up],
        [zero, one, -choose_up],
        [one, zero, choose_down],
        [zero, one, choose_down],
    ]
    lows = [system.low - truth, system.low - truth, *[np.full(len(fresh), -np.inf)] * 2, *[np.zeros(len(fresh))] * 2]
    highs = [system.high - truth, system.high - truth, *[np.zeros(len(fresh))] * 2, *[np.full(len(fresh), np.inf)] * 2]
    rows = sparse.vstack([sparse.block_array(blocks), sparse.csr_array(apart[None, :])], format="csc")
    cost = np.concatenate([np.zeros(2 * size), system.loss[fresh]])
    answer = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(np.concatenate([-down, -down, np.zeros(len(fresh))]), np.concatenate([up, up, np.ones(len(fresh))])),
        constraints=LinearConstraint(
            rows,
            np.concatenate([*lows, [width]]) - _TOLERANCE,
            np.concatenate([*highs, [np.inf]]) + _TOLERANCE,
        ),
        options={"time_limit": _PATIENCE, "mip_rel_gap": 0.02},
    )
    if answer.x is None:
        raise AttackFailed("a count cannot be protected by hiding others")
    chosen = hidden.copy()
    chosen[fresh] |= np.round(answer.x[2 * size :]) > 0
    tables = values + np.round(answer.x[: 2 * size]).reshape(2, size)
    return chosen, tables
