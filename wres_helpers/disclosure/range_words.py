"""The words that stand for a hidden number: a limit or a range where one is told, else the policy's marker."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from wres_helpers.disclosure.tables_of_people import BASE, COUNTED, INDICATOR, KNOWN, SENIOR, WHOLE, Cell
from wres_helpers.disclosure.told import Decision
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.standard.columns import ALL, BME, ETHNIC_GROUPS, OVERALL, UNKNOWN, WHITE

Row = Any

#: A range wider than so many times the smallest count that may be shown tells a reader nothing.
_USEFUL: Final = 4


class Wording:
    """Finds words for hidden numbers, from what is told and nothing else."""

    def __init__(self, decision: Decision, policy: DisclosurePolicy):
        self.decision, self.policy = decision, policy

    def limits(self, cell: Cell | None) -> tuple[int, float] | None:
        """Return the smallest and largest value told of a count, or of a sum of counts each of which is told or limited."""
        if cell is None:
            return None
        if cell in self.decision.said:
            return self.decision.said[cell]
        if cell in self.decision.people.values and cell not in self.decision.hidden:
            return self.decision.people.values[cell], self.decision.people.values[cell]
        groups = {ALL: ETHNIC_GROUPS, KNOWN: (WHITE, BME)}.get(cell.ethnic_group, ())
        parts = [part for group in groups if (part := cell._replace(ethnic_group=group)) in self.decision.people.values]
        found = [limits for part in parts if (limits := self.limits(part)) is not None]
        if not found or len(found) < len(parts):
            return None
        return sum(low for low, _ in found), sum(high for _, high in found)

    def count(self, cell: Cell | None) -> str:
        """Return the text for a hidden count."""
        limits = self.limits(cell) if self.policy.method == "suppress" or cell in self.decision.said else None
        if limits is None:
            return self.policy.marker
        low, high = limits
        if low <= 1 and high == self.policy.smallest - 1:
            return f"fewer than {self.policy.smallest}"
        if high - low >= _USEFUL * self.policy.smallest or self.policy.method == "round":
            return self.policy.marker
        return f"{low} to {high:.0f}"

    def rate(self, cell: Cell | None, bases: np.ndarray) -> str:
        """Return the text for a hidden share of a base that is told."""
        limits = self.limits(cell) if self.policy.method == "suppress" else None
        if limits is None or (bases != bases[0]).any() or not bases[0] > 0 or limits[1] - limits[0] >= _USEFUL * self.policy.smallest:
            return self.policy.marker
        low, high = percentage(limits[0] / bases[0]), percentage(min(limits[1] / bases[0], 1.0))
        return f"{low} to {high}" if low != high else "less than 0.1%" if low == "0.0%" else f"about {low}"


def percentage(fraction: float) -> str:
    """Return a fraction as a percentage with one decimal, whole ends without."""
    return f"{fraction:.0%}" if fraction in (0, 1) else f"{fraction:.1%}"


def spread_of(low: float, high: float, comparison: str) -> str:
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
    "entering_capability": ("entered_capability", "headcount"),
    "entering_fitness_to_practise": ("entered_fitness_to_practise", "registered"),
    "leaving": ("left", "headcount"),
    "senior_managers": ("senior_managers", "headcount"),
}
#: Measures on everybody who answered the survey: their counts and bases that are cells; the respondents are those of some question.
_OF_ALL_RESPONDENTS = {
    "survey_response": {"base": ("headcount", *OVERALL)},
    "equal_opportunities_of_all": {"count": ("survey", f"{INDICATOR} equal_opportunities_of_all", COUNTED)},
}
_GROUPS = {"white": WHITE, "bme": BME, "unknown": UNKNOWN}


def cell_of_result(row: Row, field: str) -> Cell | None:
    """Return the cell that a count or base of a comparison is."""
    name, _, kind = field.partition("_")
    group = _GROUPS.get(name)
    if group is None or kind not in ("count", "base"):
        return None
    if row["measure"] in _RATE_ITEMS:
        item = _RATE_ITEMS[row["measure"]][kind == "base"]
        if item == "headcount" and row["breakdown"] != OVERALL[0]:
            item = "workforce"
        return Cell(row["year"], item, row["breakdown"], row["category"], group)
    if row["measure"] in _OF_ALL_RESPONDENTS:
        found = _OF_ALL_RESPONDENTS[row["measure"]].get(kind)
        return None if found is None else Cell(row["year"], *found, group)
    if row["measure"] in _SHARES_OF_STAFF or row["measure"] == "board_share":
        return Cell(row["year"], *_place_of_share(row), group if kind == "count" else ALL)
    # what is left is asked in a survey; who reads the cell looks its answers up by the name of the measure
    return Cell(row["year"], "survey", f"{INDICATOR} {row['measure']}", COUNTED if kind == "count" else BASE, group)


#: Shares of the staff; all but the first are of the grades that the standard names for the measure.
_SHARES_OF_STAFF = ("share_of_grade", "senior_share", "leadership_share")


def _place_of_share(row: Row) -> tuple[str, str, str]:
    if row["measure"] == "board_share":
        return "board", "membership", row["category"]
    if row["measure"] != "share_of_grade":
        return "workforce", SENIOR, row["measure"]
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
    "together": cell_of_result,
}
