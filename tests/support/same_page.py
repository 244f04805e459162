"""Somebody who runs the program himself: of all tables of counts that fit what is told, those that lead to the same page."""

from collections import defaultdict

import numpy as np
import pandas as pd

from wres_helpers.disclosure.decision import Decision, decide

KEYS = ["year", "item", "breakdown", "category", "ethnic_group"]


def page_of(decision: Decision) -> tuple:
    """Return everything that is told, to hold it against another decision."""
    values = decision.people.values
    shown = tuple(sorted((cell, count) for cell, count in values.items() if cell not in decision.hidden))
    sums = tuple(sorted((tuple(cells), decision.sum_of(cells)) for cells in decision.merged))
    return shown, sums, tuple(sorted(decision.said.items())), tuple(sorted(decision.hidden))


def values_left(counts: pd.DataFrame, reference, method, policy, steps: int = 600, seed: int = 0, tables: int = 0) -> dict:
    """Return, for each small hidden count, the values it has in tables that make the program tell the very same.

    Walks from table to table: people move between two counts of one sum, those beside them follow so that the rows keep
    their sums, and the walk goes on from wherever the program still tells the same. A total is changed by itself. Before, as
    many of the program's own ``tables`` are tried, part by part.
    """
    decision, draw = decide(counts, reference, method, policy), np.random.default_rng(seed)
    told = page_of(decision)
    small = [cell for cell in decision.hidden if 0 < decision.people.values[cell] < policy.smallest]
    found = defaultdict(set, {cell: {decision.people.values[cell]} for cell in small})
    sums = [
        cells
        for cells in decision.merged
        if any(cell in small for cell in cells) or any(_beside(cell, decision) & set(small) for cell in cells)
    ]
    alone = [cell for cell in small if not any(cell in cells for cells in decision.merged)]
    for cell in alone:
        for value in range(policy.smallest + 1):
            _try(decision, counts, {cell: value}, told, found, (reference, method, policy))
    for number in range(tables):
        for part in _parts(decision.table(number), decision):
            _try(decision, counts, part, told, found, (reference, method, policy))
    here: dict = {}
    for _ in range(steps if sums else 0):
        if all(len(values) >= policy.width for values in found.values()):
            break
        moved = dict(here)
        # mostly where something is still looked for, at times from where the counts really are
        wanted = [cells for cells in sums if any(len(found[cell]) < policy.width for cell in cells if cell in small)]
        if draw.random() < 0.2:
            moved = {}
        chosen = wanted if wanted and draw.random() < 0.8 else sums
        for place in draw.choice(len(chosen), min(len(chosen), int(draw.integers(1, 3))), replace=False):
            _move(decision, moved, chosen[place], draw)
        if moved != here and _try(decision, counts, moved, told, found, (reference, method, policy)):
            here = moved
    return dict(found)


def _parts(table, decision):
    """Return the changes of a table in parts that have nothing to do with each other."""
    found = defaultdict(dict)
    for cell, value in table.items():
        if value != decision.people.values[cell]:
            kind = cell.ethnic_group if cell.item == "survey" else cell.breakdown.split(" ")[0]
            found[cell.year, cell.item if cell.item in ("survey", "board") else "", kind][cell] = value
    return found.values()


def _beside(cell, decision):
    return {other for other in decision.hidden if other[:4] == cell[:4] and other != cell}


def _move(decision, moved, cells, draw):
    one, other = (cells[place] for place in draw.choice(len(cells), 2, replace=False))
    people = int(draw.integers(1, 5))
    beside = [
        (left, right) for left in _beside(one, decision) for right in _beside(other, decision) if left.ethnic_group == right.ethnic_group
    ]
    follows = beside and one.item in ("headcount", "workforce") and draw.random() < 0.7
    follow = beside[int(draw.integers(len(beside)))] if follows else None
    same = {"headcount": "workforce", "workforce": "headcount"}

    def add(cell, more):
        for name in dict.fromkeys((cell, cell._replace(item=same.get(cell.item, cell.item)))):
            if name in decision.people.values:
                moved[name] = moved.get(name, decision.people.values[name]) + more

    add(one, people)
    add(other, -people)
    if follow:
        add(follow[0], -people)
        add(follow[1], people)
    if any(value < 0 for value in moved.values()):
        moved.clear()


def _try(decision, counts, changed, told, found, standard):
    keys = counts[KEYS].itertuples(index=False, name=None)
    other = decide(counts.assign(count=[changed.get(key, count) for key, count in zip(keys, counts["count"], strict=True)]), *standard)
    if page_of(other) != told:
        return False
    for cell in found:
        found[cell].add(changed.get(cell, decision.people.values[cell]))
    return True
