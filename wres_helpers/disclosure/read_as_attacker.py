"""Reads what a board is shown, as an attacker does: which counts are told, and what the texts instead of the others say."""

import json
import re

import numpy as np
import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.disclosure.published_cells import CellSystem, Knowledge
from wres_helpers.disclosure.range_words import FINDERS
from wres_helpers.disclosure.universe import Cell


def hidden_cells_of(system: CellSystem, protected: Evidence) -> np.ndarray:
    """Return the cells that some table has a place for and does not show."""
    found = _numbers_and_texts(system, protected)
    return np.array([name in found and found[name][0] is None for name in system.names])


def _numbers_and_texts(system: CellSystem, shown: Evidence) -> dict[Cell, tuple[float | None, set[str]]]:
    """Return, for every cell that has a place in a table, the number if any place shows it, and all texts instead."""
    names = {name: number for number, name in enumerate(system.names)}
    found: dict[Cell, tuple[float | None, set[str]]] = {}
    for table in ("counts", "shares", "completeness", "results"):
        for line in getattr(shown, table).to_dict("records"):
            texts = json.loads(line["protection"]) if line["protection"] else {}
            for field in _COUNT_FIELDS[table]:
                cell = FINDERS[table](line, field)
                if cell not in names:
                    continue
                number, said = found.get(cell, (None, set()))
                value = line[field]
                found[cell] = (number if pd.isna(value) else float(value), said | ({texts[field]} if field in texts else set()))
    return found


_COUNT_FIELDS = {
    "counts": ("count",),
    "shares": ("count", "base"),
    "completeness": ("known", "unknown", "total"),
    "results": tuple(f"{group}_{kind}" for group in ("white", "bme", "unknown") for kind in ("count", "base")),
}


def told(system: CellSystem, protected: Evidence) -> Knowledge:
    """Return what the shown numbers and the texts in place of hidden ones say of each cell."""
    low, high = system.floor.astype(float), system.ceiling.astype(float)
    found = _numbers_and_texts(system, protected)
    for number, name in enumerate(system.names):
        value, texts = found.get(name, (None, set()))
        if value is not None:
            low[number], high[number] = system.shown_low[number], system.shown_high[number]
        for text in texts:
            least, most = range_said(text)
            low[number], high[number] = max(low[number], least), min(high[number], most)
    return Knowledge(low, high)


def range_said(text: str) -> tuple[float, float]:
    """Return the range of counts that a text in place of a number tells; a marker tells nothing."""
    for pattern, read in _SAYINGS:
        match = re.fullmatch(pattern, text)
        if match:
            return read(match)
    return 0, np.inf


_SAYINGS = (
    (r"fewer than (\d+)", lambda match: (0, int(match[1]) - 1)),
    (r"(\d+) or more", lambda match: (int(match[1]), np.inf)),
    (r"(\d+) to (\d+)", lambda match: (int(match[1]), int(match[2]))),
)
