"""The words that stand for a hidden number: a limit or a range where one is told, else the policy's marker."""

from typing import Final

import numpy as np

from wres_helpers.disclosure.tables_of_people import KNOWN
from wres_helpers.disclosure.told import Decision
from wres_helpers.page_model import Count
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.standard.columns import ALL, BME, ETHNIC_GROUPS, WHITE

#: A range wider than so many times the smallest count that may be shown tells a reader nothing.
_USEFUL: Final = 4


class RangeWording:
    """Finds words for hidden numbers, from what is told and nothing else."""

    def __init__(self, decision: Decision, policy: DisclosurePolicy):
        self.decision, self.policy = decision, policy

    def limits(self, cell: Count | None) -> tuple[int, float] | None:
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

    def count(self, cell: Count | None) -> str:
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

    def rate(self, cell: Count | None, bases: np.ndarray) -> str:
        """Return the text for a hidden share of a base that is told."""
        limits, base = self.limits(cell) if self.policy.method == "suppress" else None, bases.min()
        if limits is None or not 0 < base == bases.max() or limits[1] - limits[0] >= _USEFUL * self.policy.smallest:
            return self.policy.marker
        low, high = percentage(limits[0] / base), percentage(min(limits[1] / base, 1.0))
        return "less than 0.1%" if high == "0.0%" else f"{low} to {high}" if low != high else f"about {low}"


def percentage(fraction: float) -> str:
    """Return a fraction as a percentage with one decimal, whole ends without."""
    return f"{fraction:.0%}" if fraction in (0, 1) else f"{fraction:.1%}"


def spread_of(low: float, high: float, comparison: str) -> str:
    """Return the range of a comparison's value in its unit."""
    if comparison == "ratio":
        return f"{low:.2f} to {high:.2f}"
    signed = [f"{100 * end:+.1f}".replace("-", "\u2212") for end in (low, high)]
    return f"{signed[0]} to {signed[1]} percentage points"
