"""The people of a report as whole tables: who is the same people wherever they are counted, and who is counted among whom."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from wres_helpers.page_model import Count
from wres_helpers.standard.columns import ETHNIC_GROUPS, OVERALL

#: Category that stands for all categories of a breakdown together.
WHOLE: Final = "*"
#: Ethnic group that stands for white and BME people together.
KNOWN: Final = "known"
SENIOR: Final = "senior"
CLUSTER: Final = "cluster"
TIER: Final = "tier"
#: Breakdown of the answers that make up a survey indicator, and its two categories.
INDICATOR: Final = "indicator"
COUNTED: Final = "counted"
BASE: Final = "base"

#: Tables that count the same people: the staff on 31 March.
STAFF: Final = ("headcount", "workforce")
SEPARATED: Final = "grade ("
#: Stands between the names of categories that are told together only.
TOGETHER: Final = " + "


@dataclass(frozen=True)
class PeopleTable:
    """One breakdown of the same people, in one or several layers.

    Attributes
    ----------
    cells
        Name of each count, by layer, row and group; None where a layer lacks it.
    values
        The counts, in the same shape; 0 where a layer lacks one.
    rows
        The categories in order.
    groups
        The ethnic groups counted.
    """

    cells: tuple[tuple[tuple[Count | None, ...], ...], ...]
    values: np.ndarray
    rows: tuple[str, ...]
    groups: tuple[str, ...]

    def of_group(self, group: str) -> "PeopleTable":
        """Return the table of one ethnic group."""
        place = self.groups.index(group)
        cells = tuple(tuple((row[place],) for row in layer) for layer in self.cells)
        return PeopleTable(cells, self.values[:, :, [place]], self.rows, (group,))

    def turned(self) -> "PeopleTable":
        """Return the table with its layers as rows, named by their breakdown, and its rows as layers."""
        names = tuple(next(cell.breakdown for row in layer for cell in row if cell) for layer in self.cells)
        return PeopleTable(tuple(zip(*self.cells, strict=True)), self.values.swapaxes(0, 1), names, self.groups)


class People:
    """Every count of an organisation by its name, and the tables they stand in."""

    def __init__(self, counts: pd.DataFrame):
        keys = ["year", "item", "breakdown", "category", "ethnic_group", "count"]
        self.values = {Count(*row[:5]): int(row[5]) for row in counts[keys].itertuples(index=False, name=None)}
        self.places: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
        for cell in self.values:
            self.places[cell.year, cell.item].setdefault(cell.breakdown, [])
            categories = self.places[cell.year, cell.item][cell.breakdown]
            if cell.category not in categories:
                categories.append(cell.category)

    @property
    def years(self) -> list[str]:
        """Return the years in the order of the counts."""
        return list(dict.fromkeys(cell.year for cell in self.values))

    def breakdowns(self, year: str, item: str) -> list[str]:
        """Return the breakdowns of an item, its total aside."""
        return [name for name in self.places.get((year, item), {}) if name != OVERALL[0]]

    def categories(self, year: str, item: str, breakdown: str) -> list[str]:
        """Return the categories of a breakdown in the order of the counts."""
        return self.places.get((year, item), {}).get(breakdown, [])

    def value(self, *cell: str) -> int | None:
        """Return one count, or None where it was not supplied."""
        return self.values.get(Count(*cell))

    def sides(self, year: str) -> dict[str, set[str]]:
        """Return the grades in which each side of the staff has people, where the sides are counted apart."""
        found = {name[len(SEPARATED) : -1]: name for name in self.breakdowns(year, "workforce") if name.startswith(SEPARATED)}
        return {
            side: {cell.category for cell, count in self.values.items() if count and cell[:3] == (year, "workforce", breakdown)}
            for side, breakdown in found.items()
        }

    def table(self, year: str, layers: list[tuple[str, str]], order: Mapping[str, int] | None = None) -> PeopleTable:
        """Return one table of several layers, each an item and a breakdown, over the same rows.

        Parameters
        ----------
        order
            Place of each category; the others follow in the order of the counts.
        """
        rows = list(dict.fromkeys(name for layer in layers for name in self.categories(year, *layer)))
        if order:
            rows.sort(key=lambda name: order.get(name, len(order)))
        groups = [group for group in ETHNIC_GROUPS if any((year, *layer, row, group) in self.values for layer in layers for row in rows)]
        cells = tuple(
            tuple(tuple(cell if (cell := Count(year, *layer, row, group)) in self.values else None for group in groups) for row in rows)
            for layer in layers
        )
        values = np.array([[[self.values[cell] if cell else 0 for cell in row] for row in layer] for layer in cells], dtype=np.int64)
        return PeopleTable(cells, values.reshape(len(layers), len(rows), len(groups)), tuple(rows), tuple(groups))


def wider_circles(items: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return each item of people counted among others, with the wider circles, the nearest first; wider circles come before.

    Parameters
    ----------
    items
        What the standard counts, and among whom. Staff, board and survey are told otherwise and are left out.
    """
    among = dict(zip(items["item"], items["counted_among"], strict=True))

    def circles(item: str) -> tuple[str, ...]:
        wider = among.get(item, "")
        return STAFF if wider in STAFF else (wider, *circles(wider)) if wider else ()

    found = {item: circles(item) for item in among if item not in (*STAFF, "board", "survey")}
    return dict(sorted(found.items(), key=lambda pair: len([wider for wider in pair[1] if wider in found])))
