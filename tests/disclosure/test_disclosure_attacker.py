"""The attacker and the suppression, checked against an attacker who simply tries every table there is."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from wres_helpers.disclosure.attacker import Attacker, AttackFailed
from wres_helpers.disclosure.publication import describe
from wres_helpers.disclosure.published_cells import CellSystem, Knowledge, components, independent_blocks, published, relations
from wres_helpers.disclosure.suppression import hidden_cells

MINIMUM, MOST = 5, 60


def table_system(inner: np.ndarray, minimum: int = MINIMUM, width: int = MINIMUM - 1) -> CellSystem:
    """Return a table of rows and columns with its totals as cells; zeros are shown, small counts are sensitive."""
    rows, columns = inner.shape
    full = np.zeros((rows + 1, columns + 1), dtype=int)
    full[:rows, :columns] = inner
    full[rows, :] = full[:rows].sum(axis=0)
    full[:, columns] = full[:, :columns].sum(axis=1)
    cell = np.arange(full.size).reshape(full.shape)
    ties = [([*cell[row, :columns], cell[row, columns]], [1] * columns + [-1], 0, 0) for row in range(rows + 1)]
    ties += [([*cell[:rows, column], cell[rows, column]], [1] * rows + [-1], 0, 0) for column in range(columns + 1)]
    matrix, low, high = relations(full.size, ties)
    values = full.ravel()
    zero, small = values == 0, (values > 0) & (values < minimum)
    loss = np.where(np.isin(np.arange(full.size), cell[:rows, :columns]), 1.0, 20.0)
    return CellSystem(
        names=tuple(range(full.size)),
        values=values,
        floor=np.where(zero, 0, 1),
        ceiling=np.where(zero, 0, MOST),
        shown_low=values,
        shown_high=values,
        label_low=np.where(small, 1, np.where(zero, 0, minimum)),
        label_high=np.where(small, minimum - 1, np.where(zero, 0, MOST)),
        sensitive=small,
        required=np.where(zero, 0, width),
        loss=np.where(zero, np.inf, loss),
        visible=np.ones(full.size, dtype=bool),
        matrix=matrix,
        low=low,
        high=high,
    )


def every_table(inner: np.ndarray, knowledge: Knowledge) -> np.ndarray | None:
    """Return all tables with totals that fit what is published, by trying all inner tables; None where they are too many."""
    rows, columns = inner.shape
    shape = (rows + 1, columns + 1)
    low, high = knowledge.low.reshape(shape).astype(int), knowledge.high.reshape(shape).astype(int)
    choices = [range(low[i, j], min(high[i, j], high[i, columns], high[rows, j]) + 1) for i in range(rows) for j in range(columns)]
    if math.prod(len(choice) for choice in choices) > 20_000:
        return None
    found = []
    for values in itertools.product(*choices):
        table = np.zeros(shape, dtype=int)
        table[:rows, :columns] = np.reshape(values, inner.shape)
        table[rows, :] = table[:rows].sum(axis=0)
        table[:, columns] = table[:, :columns].sum(axis=1)
        if (table >= low).all() and (table <= high).all():
            found.append(table.ravel())
    return np.array(found)


tables = st.tuples(st.integers(2, 3), st.integers(2, 3)).flatmap(
    lambda shape: st.lists(st.integers(0, 12), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]).map(
        lambda values: np.array(values).reshape(shape)
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(inner=tables, hiding=st.integers(0, 2**16))
def test_ranges_are_those_of_all_tables(inner, hiding):
    """Witness: enumeration of every table that fits. The attacker's ranges are exactly its smallest and largest."""
    system = table_system(inner)
    hidden = np.array([bool(hiding >> number & 1) for number in range(system.size)]) & (system.values > 0)
    knowledge = published(system, hidden)
    everything = every_table(inner, knowledge)
    assume(everything is not None)
    attacker = Attacker(system, knowledge)
    for cell in range(system.size):
        assert attacker.range(cell) == (everything[:, cell].min(), everything[:, cell].max())
        for width in (2, 4):
            wide = everything[:, cell].max() - everything[:, cell].min() + 1 >= width
            assert Attacker(system, knowledge).reaches(cell, width) == wide


@settings(max_examples=60, deadline=None)
@given(inner=tables)
def test_nothing_hidden_is_narrower_than_asked(inner):
    """Witness: enumeration where it is small enough, and tables at both ends of each range everywhere."""
    system = table_system(inner)
    hidden = hidden_cells(system)
    assert hidden[system.sensitive].all(), "a sensitive count is shown"
    assert not hidden[system.values == 0].any(), "a zero that may be shown is hidden"
    described = describe(system, hidden)
    for cell in np.flatnonzero(hidden):
        spread = described.tables[:, cell]
        assert spread.max() - spread.min() + 1 >= system.required[cell]
    fits = described.tables @ system.matrix.T
    assert (fits >= system.low - 1e-9).all() and (fits <= system.high + 1e-9).all()
    assert (described.tables >= described.knowledge.low).all() and (described.tables <= described.knowledge.high).all()
    everything = every_table(inner, described.knowledge)
    if everything is not None:
        for cell in np.flatnonzero(hidden):
            assert (everything[:, cell].min(), everything[:, cell].max()) == (described.low[cell], described.high[cell])


def test_no_smaller_choice_would_do():
    """Witness: every cheaper choice of further cells, tried one by one on a table where that is possible."""
    inner = np.array([[20, 2, 15], [30, 9, 12]])
    system = table_system(inner)
    hidden = hidden_cells(system)
    cost = system.loss[hidden & ~system.sensitive].sum()
    others = np.flatnonzero(~system.sensitive)
    for number in range(4):
        for more in itertools.combinations(others, number):
            choice = system.sensitive.copy()
            choice[list(more)] = True
            if system.loss[list(more)].sum() >= cost:
                continue
            attacker = Attacker(system, published(system, choice))
            assert not all(attacker.reaches(int(cell), int(system.required[cell])) for cell in np.flatnonzero(choice))
    assert cost == 3.0, "a ring of four cells: the small count and three partners"


def test_one_hidden_cell_in_a_row_with_its_total_is_worked_out():
    """Hand calculation: 30 - 12 - 17 = 1, the Band 2 of the printed report."""
    system = table_system(np.array([[12, 1, 17], [77, 6, 35]]))
    only_small = Attacker(system, published(system, system.sensitive))
    assert only_small.range(1) == (1, 1)
    assert not only_small.reaches(1, 2)


def test_words_are_chosen_for_all_small_counts_of_a_block_or_for_none():
    """Hand calculation: two hidden counts add up to 8; "fewer than 5" of the one would leave it only 1, 2 and 3,
    because the other, not so called, is known to be at least 5. Without the words each can be 1 to 7."""
    matrix, low, high = relations(3, [([0, 1, 2], [1, 1, -1], 0, 0)])
    values = np.array([1, 7, 8])
    small = np.array([True, False, False])
    system = CellSystem((0, 1, 2), values, np.ones(3, int), np.full(3, MOST), values, values,
                        np.array([1, 5, 5]), np.array([4, MOST, MOST]), small, np.full(3, 4), np.array([1.0, 1.0, np.inf]),
                        np.ones(3, bool), matrix, low, high)  # fmt: skip
    described = describe(system, np.array([True, True, False]))
    assert not described.labelled.any()
    assert list(described.low[:2]) == [1, 1] and list(described.high[:2]) == [7, 7]


def test_what_cannot_be_protected_fails():
    """Two hidden counts with the sum of 3 shown, which may not be hidden: each is 1 or 2, four values are asked for."""
    matrix, low, high = relations(3, [([0, 1, 2], [1, 1, -1], 0, 0)])
    values = np.array([1, 2, 3])
    system = CellSystem((0, 1, 2), values, np.ones(3, int), np.full(3, MOST), values, values, np.ones(3, int), np.full(3, 4),
                        np.array([True, True, False]), np.array([4, 4, 0]), np.array([1.0, 1.0, np.inf]), np.ones(3, bool),
                        matrix, low, high)  # fmt: skip
    with pytest.raises(AttackFailed):
        hidden_cells(system)
    with pytest.raises(AttackFailed):
        describe(system, np.array([True, True, False]))


def test_knowledge_that_contradicts_the_truth_is_refused():
    """A label that is not true must never pass for protection."""
    system = table_system(np.array([[12, 1], [3, 9]]))
    wrong = published(system, np.zeros(system.size, dtype=bool))
    with pytest.raises(AttackFailed):
        Attacker(system, Knowledge(wrong.low + 1, wrong.high + 1))


def test_blocks_see_through_redundant_totals():
    """Two clusters with shown totals vary independently although the grand total names all four bands."""
    matrix, low, high = relations(4, [([0, 1], [1, 1], 5, 5), ([2, 3], [1, 1], 7, 7), ([0, 1, 2, 3], [1, 1, 1, 1], 12, 12)])
    values = np.array([2, 3, 3, 4])
    bounds = np.full(4, MOST)
    system = CellSystem((0, 1, 2, 3), values, np.zeros(4, int), bounds, values, values, np.zeros(4, int), bounds,
                        np.ones(4, bool), np.zeros(4, int), np.ones(4), np.ones(4, bool), matrix, low, high)  # fmt: skip
    assert len(components(matrix, np.arange(4))) == 1
    assert sorted(tuple(block) for block in independent_blocks(system, np.arange(4))) == [(0, 1), (2, 3)]
