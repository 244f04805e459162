"""Rows for the categories of a breakdown of the staff that are told together only: "Bands 2 to 4: 10 of 249"."""

import json
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from wres_helpers.disclosure.tables_of_people import TOGETHER, Cell
from wres_helpers.disclosure.told import Decision
from wres_helpers.standard.columns import ETHNIC_GROUPS, OVERALL

_NUMBERS = tuple(f"{group}_{kind}" for group in ETHNIC_GROUPS for kind in ("count", "base", "rate"))
COLUMNS = ("year", "item", "measure", "breakdown", "category", *_NUMBERS, "protection")


def merged_rows(decision: Decision, tables: Sequence[Mapping[Cell, int]]) -> pd.DataFrame:
    """Return one row per part of a breakdown of the staff that is told together only, as the results have theirs.

    Parameters
    ----------
    tables
        Counts of which the same is told: a sum that is the same in all of them is told.
    """
    rows = []
    for (year, breakdown), blocks in _blocks(decision.merged).items():
        order = decision.people.categories(year, "workforce", breakdown)
        for names in sorted((sorted(block, key=order.index) for block in blocks), key=lambda block: order.index(block[0])):
            cells = {group: [Cell(year, "workforce", breakdown, name, group) for name in names] for group in ETHNIC_GROUPS}
            base = _told([cell for own in cells.values() for cell in own], tables)
            counts = {group: _told(own, tables) for group, own in cells.items()}
            found = {f"{group}_count": count for group, count in counts.items()}
            found |= {f"{group}_base": base for group in ETHNIC_GROUPS}
            found |= {f"{group}_rate": np.round(count / base, 10) if base else np.nan for group, count in counts.items()}
            texts = {field: decision.policy.marker for field in _NUMBERS if np.isnan(found[field])}
            place = (year, "workforce", "share_of_grade", breakdown, TOGETHER.join(names))
            rows.append((*place, *(found[field] for field in _NUMBERS), json.dumps(texts) if texts else ""))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _told(cells: Iterable[Cell], tables: Sequence[Mapping[Cell, int]]) -> float:
    found = {sum(table.get(cell, 0) for cell in cells) for table in tables}
    return float(found.pop()) if len(found) == 1 else np.nan


def _blocks(merged: Iterable[Sequence[Cell]]) -> dict[tuple[str, str], list[set[str]]]:
    """Return the categories of each breakdown of the staff in parts that no sum divides."""
    found: dict[tuple[str, str], list[set[str]]] = {}
    for cells in merged:
        if cells[0].item == "workforce" and cells[0].breakdown != OVERALL[0]:
            blocks = found.setdefault((cells[0].year, cells[0].breakdown), [])
            names = {cell.category for cell in cells}.union(*(block for block in blocks if block & {cell.category for cell in cells}))
            blocks[:] = [*(block for block in blocks if not block & names), names]
    return found
