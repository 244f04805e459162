"""An attacker written apart from the pack: reads what a board sees, one year at a time, and solves it by himself.

He knows nothing of cells, relations or plans of the package: his unknowns are the lines of the counts table, and every
number, range and percentage of any table is an equation among them, with what everybody knows of such tables.
"""

import json
import re
from collections import Counter

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

GROUPS = ("white", "bme", "unknown")
MOST = 30_000.0
#: Numerator and base of indicators 2 to 4, and of the steps of recruitment.
ITEMS = {
    "appointed_from_shortlisting": ("appointed", "shortlisted"),
    "shortlisted_from_applied": ("shortlisted", "applied"),
    "appointed_from_applied": ("appointed", "applied"),
    "entering_disciplinary": ("entered_disciplinary", "headcount"),
    "accessing_training": ("accessed_training", "headcount"),
}
#: Question of each survey indicator in a local survey like that of the shipped report, and the answer that does not count.
QUESTIONS = {"5": ("13a", "Never"), "6": ("13b", "Never"), "7": ("14", "No"), "8": ("15a", "No")}
NESTED = (
    ("shortlisted", "applied"),
    ("appointed", "shortlisted"),
    ("entered_disciplinary", "headcount"),
    ("accessed_training", "headcount"),
)


class OutsideAttacker:
    """Somebody who solves all linear equations that the protected tables of one year amount to."""

    def __init__(self, shown, year, smallest_hidden: int = 1):
        self.shown, self.year, self.smallest_hidden = shown, year, smallest_hidden
        self.counts = self._of_year(shown.counts)
        self.place = {self._key(row): number for number, row in enumerate(self.counts)}
        self.floor = np.full(len(self.place), float(smallest_hidden))
        self.ceiling = np.full(len(self.place), MOST)
        self.rows, self.low, self.high = [], [], []
        self.seen: set[tuple] = set()
        for row in self.counts:
            self._number(row, "count", [self._key(row)])
        for row in self._of_year(shown.shares):
            self._share(row)
        for row in self._of_year(shown.results):
            self._result(row)
        for row in self._of_year(shown.completeness):
            self._completeness(row)
        self._common_knowledge()

    def _of_year(self, table):
        return table[table["year"] == self.year].to_dict("records")

    @staticmethod
    def _key(row):
        return row["item"], row["breakdown"], row["category"], row["ethnic_group"]

    def _cells(self, item, breakdown=None, categories=None, groups=GROUPS):
        return [key for key in self.place if key[0] == item and breakdown in (None, key[1]) and (categories is None or key[2] in categories)
                and key[3] in groups]  # fmt: skip

    def _equation(self, positive, negative, low, high, factor=1.0):
        """Add low <= sum of the positive cells - factor * sum of the negative ones <= high."""
        if not positive:
            return
        coefficients = np.zeros(len(self.place))
        for cells, sign in ((positive, 1.0), (negative, -factor)):
            for cell, times in Counter(cells).items():
                coefficients[self.place[cell]] += sign * times
        self.rows.append(coefficients)
        self.low.append(low)
        self.high.append(high)

    def _number(self, row, field, cells):
        said = json.loads(row["protection"]).get(field, "") if row["protection"] else ""
        if not pd.isna(row[field]):
            if len(cells) == 1:
                self.floor[self.place[cells[0]]] = 0
                self.seen.add(cells[0])
            self._equation(cells, [], row[field], row[field])
        elif match := re.fullmatch(r"fewer than (\d+)", said):
            self._equation(cells, [], 0, int(match[1]) - 1)
        elif match := re.fullmatch(r"(\d+) to (\d+)", said):
            if match[1] == "0" and len(cells) == 1:
                self.floor[self.place[cells[0]]] = 0
            self._equation(cells, [], int(match[1]), int(match[2]))
        elif match := re.fullmatch(r"(\d+) or more", said):
            self._equation(cells, [], int(match[1]), np.inf)

    def _rate(self, row, field, counted, base):
        said = json.loads(row["protection"]).get(field, "") if row["protection"] else ""
        if not pd.isna(row[field]):
            self._equation(counted, base, -1e-6 * MOST, 1e-6 * MOST, row[field])
        elif match := re.fullmatch(r"([\d.]+)% to ([\d.]+)%", said):
            self._equation(counted, base, 0, np.inf, float(match[1]) / 100 - 0.0006)
            self._equation(counted, base, -np.inf, 0, float(match[2]) / 100 + 0.0006)

    def _share(self, row):
        groups = GROUPS if row["ethnic_group"] == "all" else (row["ethnic_group"],)
        counted = self._cells(row["item"], row["breakdown"], {row["category"]}, groups)
        categories = {row["category"]} if row["of"] == "category" else None
        base = self._cells(row["item"], row["breakdown"], categories, GROUPS if categories else groups)
        if row["item"] == "survey" and row["of"] == "group" and '"base": "fewer' in row["protection"]:
            # of a group too small to be shown the zeros are hidden, too
            self.floor[[self.place[cell] for cell in base]] = 0
        self._number(row, "count", counted)
        self._number(row, "base", base)
        self._rate(row, "rate", counted, base)

    def _result(self, row):
        for group in GROUPS:
            counted, base = self._compared(row, group)
            if counted and base:
                self._number(row, f"{group}_count", counted)
                self._number(row, f"{group}_base", base)
                if f"{group}_rate" in row:
                    self._rate(row, f"{group}_rate", counted, base)

    def _compared(self, row, group):
        if row["measure"] in ITEMS:
            return tuple(self._cells(item, row["breakdown"], {row["category"]}, (group,)) for item in ITEMS[row["measure"]])
        if row["indicator"] in QUESTIONS:
            question, other = QUESTIONS[row["indicator"]]
            base = self._cells("survey", question, None, (group,))
            return [cell for cell in base if cell[2] != other], base
        if row["indicator"] == "9":
            place = "board", "membership", {row["category"]}
        elif row["measure"] == "senior_share":
            place = "workforce", "grade", self._grades("senior", True)
        elif row["breakdown"] == "cluster":
            place = "workforce", "grade", self._grades("cluster", row["category"])
        elif row["breakdown"] == "overall":
            place = "headcount", "overall", {"all"}
        else:
            place = "workforce", row["breakdown"], {row["category"]}
        return self._cells(*place, (group,)), self._cells(*place)

    def _grades(self, column, wanted):
        grades = self.shown.context.grades
        return set(grades.loc[grades[column].eq(wanted), "grade"])

    def _completeness(self, row):
        if row["item"] == "survey":
            return
        place = ("board", "membership", {"total"}) if row["item"] == "board" else (row["item"], "overall", {"all"})
        self._number(row, "known", self._cells(*place, ("white", "bme")))
        self._number(row, "unknown", self._cells(*place, ("unknown",)))
        self._number(row, "total", self._cells(*place))

    def _common_knowledge(self):
        """Parts add up to wholes, as they do in tables that do not contradict themselves; who is counted is in the base."""
        split = [breakdown for breakdown in {key[1] for key in self.place} if breakdown.startswith("grade (")]
        for group in GROUPS:
            whole = self._cells("workforce", "overall", {"all"}, (group,))
            for breakdown in ("grade", "staff_group"):
                if parts := self._cells("workforce", breakdown, None, (group,)):
                    self._equation(parts, whole, 0, 0)
            for breakdown in split:
                kind = self._cells("workforce", "staff_group", {breakdown[7:-1]}, (group,))
                self._equation(self._cells("workforce", breakdown, None, (group,)), kind, 0, 0)
            for grade in {key[2] for key in self._cells("workforce", "grade")} if split else ():
                parts = [cell for breakdown in split for cell in self._cells("workforce", breakdown, {grade}, (group,))]
                self._equation(parts, self._cells("workforce", "grade", {grade}, (group,)), 0, 0)
            heads = self._cells("headcount", groups=(group,))
            # where both are shown they may differ by a few, and nobody has to assume anything
            if not self.seen.issuperset([*heads, *whole]):
                self._equation(heads, whole, 0, 0)
            for part, base in NESTED:
                self._equation(self._cells(part, groups=(group,)), self._cells(base, "overall", {"all"}, (group,)), -np.inf, 0)
            if parts := self._cells("board", "membership", {"voting", "non_voting"}, (group,)):
                self._equation(parts, self._cells("board", "membership", {"total"}, (group,)), 0, 0)

    def range(self, *cell):
        """Return the smallest and largest count that fits everything."""
        ends = []
        for sense in (1, -1):
            objective = np.zeros(len(self.place))
            objective[self.place[cell]] = sense
            answer = milp(objective, integrality=np.ones(len(objective)), bounds=Bounds(self.floor, self.ceiling),
                          constraints=LinearConstraint(np.array(self.rows), self.low, self.high))  # fmt: skip
            assert answer.status == 0, f"what the board sees contradicts itself: {answer.message}"
            ends.append(round(answer.x[self.place[cell]]))
        return tuple(ends)


def narrowed(evidence, shown, policy) -> list[tuple]:
    """Return the small counts that the attacker can tell more exactly than the policy allows, with his ranges."""
    found = []
    for year, true in evidence.counts.groupby("year"):
        attacker = OutsideAttacker(shown, year)
        for row in true[(true["count"] > 0) & (true["count"] < policy.minimum_count)].to_dict("records"):
            cell = row["item"], row["breakdown"], row["category"], row["ethnic_group"]
            low, high = attacker.range(*cell)
            assert low <= row["count"] <= high, "the attacker is mistaken, and this test with him"
            if high - low + 1 < policy.width:
                found.append((year, *cell, low, high))
    return found
