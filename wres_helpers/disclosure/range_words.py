"""The text that stands for a hidden number: a coarser truth where one is safe, else the marker."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from wres_helpers.disclosure.publication import Description, reach
from wres_helpers.disclosure.published_cells import UNLIMITED, CellSystem
from wres_helpers.disclosure.rounded_counts import rounded_counts
from wres_helpers.disclosure.universe import BASE, COUNTED, INDICATOR, KNOWN, SENIOR, WHOLE, Cell
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.standard.columns import ALL, BME, OVERALL, UNKNOWN, WHITE

Row = Any


class Wording:
    """Finds words for hidden numbers.

    A text is made only from what an attacker can compute anyway (his exact ranges and the labels), and only where the
    number is known to be that of a cell: it must equal the cell in the true report and in every other one.
    """

    def __init__(self, system: CellSystem, description: Description, policy: DisclosurePolicy):
        self.system, self.description, self.policy = system, description, policy
        self._place = {name: number for number, name in enumerate(system.names)}

    def range_of(self, cell: Cell | None, values: np.ndarray, tables: np.ndarray) -> tuple[float, float] | None:
        """Return the attacker's range of the number, or None where it is not known to be that of the cell."""
        number = self._place.get(cell) if cell is not None else None
        if number is None or not np.array_equal(self._as_shown(tables[:, number]), values, equal_nan=True):
            return None
        return self.description.low[number], self.description.high[number]

    def range_within_reach(self, cell: Cell | None, values: np.ndarray, tables: np.ndarray) -> tuple[float, float] | None:
        """Return the range if tables reach both its ends wherever in it the true count lies, else None.

        If it depended on the true count, the presence of a text would tell how far from the ends that is.
        """
        found = self.range_of(cell, values, tables)
        if found is None or found[1] - found[0] > reach(self.system.required[self._place[cell]]):
            return None
        return found

    def _as_shown(self, counts: np.ndarray) -> np.ndarray:
        return rounded_counts(pd.Series(counts), self.policy).to_numpy() if self.policy.method == "round" else counts

    def count(self, cell: Cell | None, values: np.ndarray, tables: np.ndarray) -> str:
        """Return the text for a hidden count."""
        found = self.range_of(cell, values, tables)
        if found is None:
            return self.policy.marker
        number = self._place[cell]
        low, high = found
        label = self.system.label_high[number]
        if self.description.labelled[number] and self.system.sensitive[number] and label < UNLIMITED:
            return f"fewer than {int(label) + 1}"
        if high >= UNLIMITED:
            return f"{int(low)} or more" if low >= self.policy.minimum_count else self.policy.marker
        return f"{int(low)} to {int(high)}"

    def rate(self, cell: Cell | None, counts: np.ndarray, bases: np.ndarray, tables: np.ndarray) -> str:
        """Return the text for a hidden share of a base that is shown."""
        found = self.range_of(cell, counts, tables) if self.policy.method == "suppress" else None
        if found is None or found[1] >= UNLIMITED or (bases != bases[0]).any() or not bases[0] > 0:
            return self.policy.marker
        return f"{percentage(found[0] / bases[0])} to {percentage(min(found[1] / bases[0], 1.0))}"


def percentage(fraction: float) -> str:
    """Return a fraction as a percentage with one decimal, whole ends without."""
    return f"{fraction:.0%}" if fraction in (0, 1) else f"{fraction:.1%}"


def spread(low: float, high: float, comparison: str) -> str:
    """Return the range of a comparison's value in its unit."""
    if comparison == "ratio":
        return f"{low:.2f} to {high:.2f}"
    signed = [f"{100 * end:+.1f}".replace("-", "\u2212") for end in (low, high)]
    return f"{signed[0]} to {signed[1]} percentage points"


_RATE_ITEMS = {
    "appointed_from_shortlisting": ("appointed", "shortlisted"),
    "shortlisted_from_applied": ("shortlisted", "applied"),
    "appointed_from_applied": ("appointed", "applied"),
    "entering_disciplinary": ("entered_disciplinary", "headcount"),
    "accessing_training": ("accessed_training", "headcount"),
}
_GROUPS = {"white": WHITE, "bme": BME, "unknown": UNKNOWN}


def cell_of_result(row: Row, field: str) -> Cell | None:
    """Return the cell that a count or base of a comparison is."""
    group, _, kind = field.partition("_")
    group = _GROUPS.get(group)
    if group is None or kind not in ("count", "base"):
        return None
    if row["measure"] in _RATE_ITEMS:
        item = _RATE_ITEMS[row["measure"]][kind == "base"]
        if item == "headcount" and row["breakdown"] != OVERALL[0]:
            item = "workforce"
        return Cell(row["year"], item, row["breakdown"], row["category"], group)
    if row["indicator"] in ("5", "6", "7", "8"):
        return Cell(row["year"], "survey", f"{INDICATOR} {row['indicator']}", COUNTED if kind == "count" else BASE, group)
    place = _place_of_share(row)
    return Cell(row["year"], *place, group if kind == "count" else ALL)


def _place_of_share(row: Row) -> tuple[str, str, str]:
    if row["indicator"] == "9":
        return "board", "membership", row["category"]
    if row["measure"] == "senior_share":
        return "workforce", SENIOR, ALL
    if row["breakdown"] == OVERALL[0]:
        return "headcount", *OVERALL
    return "workforce", row["breakdown"], row["category"]


def cell_of_share(row: Row, field: str) -> Cell | None:
    """Return the cell that a count or base of a share is."""
    place = (row["year"], row["item"], row["breakdown"])
    if field == "count":
        return Cell(*place, row["category"], row["ethnic_group"])
    if row["of"] == "category":
        return Cell(*place, row["category"], ALL)
    return Cell(*place, WHOLE, row["ethnic_group"])


def cell_of_completeness(row: Row, field: str) -> Cell | None:
    """Return the cell that a figure about known ethnicity is."""
    group = {"known": KNOWN, "unknown": UNKNOWN, "total": ALL}.get(field)
    if group is None or row["item"] == "survey":
        return None
    place = ("membership", "total") if row["item"] == "board" else OVERALL
    return Cell(row["year"], row["item"], *place, group)


def cell_of_count(row: Row, field: str) -> Cell | None:
    """Return the cell that a line of the counts is."""
    return Cell(row["year"], row["item"], row["breakdown"], row["category"], row["ethnic_group"]) if field == "count" else None


FINDERS: dict[str, Callable[[Row, str], Cell | None]] = {
    "shares": cell_of_share,
    "completeness": cell_of_completeness,
    "counts": cell_of_count,
    "results": cell_of_result,
    "bounds": cell_of_result,
}
