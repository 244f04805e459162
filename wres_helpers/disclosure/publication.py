"""What may be said of a hidden count instead of its number, and whole tables that prove it says too little.

"Fewer than 5" is said wherever everything hidden stays wide enough although everybody then knows it. It is said of all
sensitive cells of a component or of none: a cell of such a component that is not so called is known to be larger. The
range an attacker can compute anyway may always be printed: it tells him nothing new.
"""

from dataclasses import dataclass

import numpy as np

from wres_helpers.disclosure.attacker import Attacker, AttackFailed
from wres_helpers.disclosure.published_cells import CellSystem, Knowledge, components, independent_blocks, published


@dataclass(frozen=True)
class Description:
    """How hidden cells are described, and what an attacker can then work out.

    Attributes
    ----------
    labelled
        Cells whose words tell their label ("fewer than 5").
    knowledge
        Everything that is published about each cell.
    low, high
        The attacker's range of each cell; :data:`UNLIMITED` where there is no end.
    tables
        Whole tables of counts that fit everything published: the true one first, then, for each hidden cell, one with
        its smallest and one with its largest value.
    """

    labelled: np.ndarray
    knowledge: Knowledge
    low: np.ndarray
    high: np.ndarray
    tables: np.ndarray


def describe(system: CellSystem, hidden: np.ndarray) -> Description:
    """Choose words for hidden cells and compute what an attacker can then work out.

    Raises
    ------
    AttackFailed
        A hidden cell's range is narrower than required, or could not be computed. Nothing may be published.
    """
    labelled = np.zeros(system.size, dtype=bool)
    low, high = system.values.astype(float), system.values.astype(float)
    parts = []
    for group in components(system.matrix, np.arange(system.size)):
        if not hidden[group].any():
            continue
        attacker, labelled[group] = widest_words(system.part(group), hidden[group])
        for cell in np.flatnonzero(hidden[group]):
            low[group[cell]], high[group[cell]] = attacker.range(int(cell))
        cells = np.flatnonzero(hidden[group] & (attacker.lower < attacker.upper))
        parts.append((group, tables_at_ends(attacker, cells, low[group], high[group])))
    return Description(labelled, published(system, hidden, labelled), low, high, together(system, parts))


def widest_words(part: CellSystem, hidden: np.ndarray) -> tuple[Attacker, np.ndarray]:
    """Return the attacker who knows as many labels as everything can bear, and the labelled cells."""
    labelled, witnesses = hidden.copy(), None
    needy = np.flatnonzero(hidden & (part.required > 0))
    while True:
        attacker = Attacker(part, published(part, hidden, labelled), witnesses)
        narrow = {int(cell) for cell in needy if not attacker.reaches(int(cell), int(part.required[cell]))}
        if not narrow:
            return attacker, labelled
        before, witnesses = labelled.copy(), attacker.witnesses
        for group in independent_blocks(part, np.flatnonzero(hidden | (part.shown_low < part.shown_high))):
            if narrow & set(group.tolist()):
                labelled[group] = False
        if np.array_equal(before, labelled):
            raise AttackFailed("a hidden count could be worked out from what is published")


def reach(required: np.ndarray) -> np.ndarray:
    """Return how far from the true count tables are made, by the number of values asked for."""
    return 10 * np.maximum(required, 5)


def tables_at_ends(attacker: Attacker, cells: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return few tables, the true one first, that between them show the smallest and largest value of every cell.

    Ends that lie far away are replaced by a value well beyond the width asked for.
    """
    values, far = attacker.system.values, reach(attacker.system.required)
    wanted = [(int(cell), max(low[cell], values[cell] - far[cell])) for cell in cells]
    wanted += [(int(cell), min(high[cell], values[cell] + far[cell])) for cell in cells]
    missing = [(cell, end) for cell, end in wanted if end != values[cell]]
    for cell, end in missing:
        attacker.table_near_end(cell, end)
    chosen = [values.astype(float)]
    while missing:
        reached = sum((attacker.witnesses[:, cell] == end).astype(int) for cell, end in missing)
        best = attacker.witnesses[int(np.argmax(reached))]
        chosen.append(best)
        missing = [(cell, end) for cell, end in missing if best[cell] != end]
    return np.array(chosen)


def together(system: CellSystem, parts: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Return whole tables: each combines one table of every component, the true one where a component has no more."""
    tables = np.tile(system.values, (max((len(tables) for _, tables in parts), default=1), 1))
    for group, own in parts:
        tables[: len(own), group] = own
    return tables
