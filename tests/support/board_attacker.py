"""An attacker of the board's tables who shares no line with the pack, and knows what anybody can know.

His unknowns are the lines of the table of counts. Headcount and workforce count the same people in every breakdown;
numerators are among their base in every breakdown; respondents are staff; every question is answered by the same people;
a year that is printed in two reports is one year. Whatever number or range stands anywhere is an equation.
"""

import json
import re
from collections import defaultdict
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

GROUPS = ("white", "bme", "unknown")
FAR = 50_000.0
RATES = {
    "appointed_from_shortlisting": ("appointed", "shortlisted"),
    "shortlisted_from_applied": ("shortlisted", "applied"),
    "appointed_from_applied": ("appointed", "applied"),
    "entering_disciplinary": ("entered_disciplinary", "headcount"),
    "accessing_training": ("accessed_training", "headcount"),
}
INSIDE = (
    ("shortlisted", "applied"),
    ("appointed", "shortlisted"),
    ("entered_disciplinary", "headcount"),
    ("accessed_training", "headcount"),
)


class BoardAttacker:
    """Reads the tables of one or several publications.

    Parameters
    ----------
    publications
        Each a mapping of table name to rows (dictionaries), as a board is given them.
    grades
        Rows of the standard's grades, for clusters, tiers and senior posts.
    questions
        Indicator to question, the answers counted and the answers in its base (None: all).
    """

    def __init__(self, publications, grades, questions, zeros_shown=True):
        self.places = {}
        self.low, self.high, self.rows = [], [], []
        self.grades, self.questions = grades, questions
        for tables in publications:
            for row in tables["counts"]:
                self._place(row["year"], row["item"], row["breakdown"], row["category"], row["ethnic_group"])
        self.under = defaultdict(list)
        for key in self.places:
            self.under[key[:3]].append(key)
        for tables in publications:
            for name, read in (
                ("counts", self._count),
                ("shares", self._share),
                ("results", self._result),
                ("completeness", self._complete),
                ("together", self._together),
            ):
                for row in tables.get(name, ()):
                    read(row)
            for cells, low, high in tables.get("sums", ()):
                self._say(cells, low, high)
        self._what_everybody_knows()
        self.seen_low, self.seen_high = np.full(len(self.low), np.inf), np.full(len(self.low), -np.inf)
        self._solve_what_is_plain()

    def _place(self, *key):
        if key not in self.places:
            self.places[key] = len(self.low)
            self.low.append(0.0)
            self.high.append(FAR)

    def _say(self, cells, low, high, minus=(), factor=1.0):
        if cells:
            self.rows.append(([self.places[c] for c in cells], [self.places[c] for c in minus], factor, low, high))

    def _number(self, row, field, cells):
        value, said = row[field], (json.loads(row["protection"]) if row["protection"] else {}).get(field, "")
        if not cells:
            return
        if not pd.isna(value):
            self._say(cells, value, value)
        elif found := re.fullmatch(r"fewer than (\d+)", said):
            self._say(cells, 0, int(found[1]) - 1)
        elif found := re.fullmatch(r"(\d+) to (\d+)", said):
            self._say(cells, int(found[1]), int(found[2]))

    def _rate(self, row, field, cells, base):
        value, said = row[field], (json.loads(row["protection"]) if row["protection"] else {}).get(field, "")
        if not cells or not base:
            return
        if not pd.isna(value):
            self._say(cells, -1e-6 * FAR, 1e-6 * FAR, base, value)
        elif found := re.fullmatch(r"([\d.]+)% to ([\d.]+)%", said):
            self._say(cells, 0, np.inf, base, float(found[1]) / 100 - 0.0006)
            self._say(cells, -np.inf, 0, base, float(found[2]) / 100 + 0.0006)

    def _cells(self, year, item, breakdown, categories=None, groups=GROUPS):
        return [key for key in self.under[year, item, breakdown] if (categories is None or key[3] in categories) and key[4] in groups]

    def _members(self, row):
        """Return breakdown and categories of a row of the workforce that may be a sum of grades, or rows together."""
        breakdown, category = row["breakdown"], row["category"]
        if column := {"senior_share": "senior", "leadership_share": "senior_leadership"}.get(row.get("measure")):
            return "grade", {g["grade"] for g in self.grades if g[column] and not g["part_of"]}
        if breakdown == "cluster":
            return "grade", {g["grade"] for g in self.grades if g["cluster"] == category and not g["part_of"]}
        if breakdown.startswith("tier"):
            return breakdown.replace("tier", "grade", 1), {g["grade"] for g in self.grades if g["tier"] == category and not g["part_of"]}
        return breakdown, set(category.split(" + "))

    def _count(self, row):
        self._number(row, "count", [(row["year"], row["item"], row["breakdown"], row["category"], row["ethnic_group"])])

    def _share(self, row):
        groups = GROUPS if row["ethnic_group"] == "all" else (row["ethnic_group"],)
        breakdown, categories = self._members(row)
        cells = self._cells(row["year"], row["item"], breakdown, categories, groups)
        whole = categories if row["of"] == "category" else None
        base = self._cells(row["year"], row["item"], breakdown, whole, GROUPS if whole else groups)
        self._number(row, "count", cells)
        self._number(row, "base", base)
        self._rate(row, "rate", cells, base)

    def _result(self, row):
        for group in GROUPS:
            cells, base = self._compared(row, group)
            for field, what in (("count", cells), ("base", base)):
                self._number(row, f"{group}_{field}", what)
            if group != "unknown":
                self._rate(row, f"{group}_rate", cells, base)

    def _compared(self, row, group):
        year = row["year"]
        if row["measure"] in RATES:
            top, below = RATES[row["measure"]]
            breakdown, categories = row["breakdown"], set(row["category"].split(" + "))
            base = self._cells(year, below, breakdown, categories, (group,))
            if not base and below == "headcount":
                base = self._cells(year, "workforce", breakdown, categories, (group,))
            return self._cells(year, top, breakdown, categories, (group,)), base
        if row["measure"] in self.questions:
            question, counted, base = self.questions[row["measure"]]
            given = self._cells(year, "survey", question, base, (group,))
            return [cell for cell in given if counted(cell[3])], given
        if row["indicator"] in ("5", "6", "7", "8"):
            return [], []
        if row["indicator"] == "9":
            return self._cells(year, "board", "membership", {row["category"]}, (group,)), self._cells(
                year, "board", "membership", {row["category"]}
            )
        if row["measure"] == "share_of_grade" and row["breakdown"] == "overall":
            return self._cells(year, "headcount", "overall", None, (group,)), self._cells(year, "headcount", "overall")
        breakdown, categories = self._members(row)
        return self._cells(year, "workforce", breakdown, categories, (group,)), self._cells(year, "workforce", breakdown, categories)

    def _together(self, row):
        if row["measure"] in RATES:
            self._result(row)
            return
        for group in GROUPS:
            categories = set(row["category"].split(" + "))
            self._number(row, f"{group}_count", self._cells(row["year"], row["item"], row["breakdown"], categories, (group,)))
            self._number(row, f"{group}_base", self._cells(row["year"], row["item"], row["breakdown"], categories))

    def _complete(self, row):
        if row["item"] != "survey":
            place = (row["year"], row["item"], *(("membership", {"total"}) if row["item"] == "board" else ("overall", None)))
            self._number(row, "known", self._cells(*place, ("white", "bme")))
            self._number(row, "unknown", self._cells(*place, ("unknown",)))
            self._number(row, "total", self._cells(*place))

    def _what_everybody_knows(self):
        for year in sorted({key[0] for key in self.places}):
            tables = {key[1:3] for key in self.places if key[0] == year}
            for group in GROUPS:
                for item, breakdown in tables:
                    self._of_table(year, item, breakdown, group)
                total = self._cells(year, "board", "membership", {"total"}, (group,))
                for pair in ({"voting", "non_voting"}, {"executive", "non_executive"}):
                    parts = self._cells(year, "board", "membership", pair, (group,))
                    if len(parts) == 2:
                        self._equal(parts, total)
            separated = [breakdown for item, breakdown in tables if item == "workforce" and breakdown.startswith("grade (")]
            for cell in self._cells(year, "workforce", "grade") if separated else ():
                self._equal([part for name in separated for part in self._cells(year, "workforce", name, {cell[3]}, (cell[4],))], [cell])

    def _of_table(self, year, item, breakdown, group):
        own = self._cells(year, item, breakdown, None, (group,))
        if item == "survey":
            self._inside(own, self._cells(year, "headcount", "overall", None, (group,)))
        elif tier := re.fullmatch(r"(.+) \((\w+) tier\)", breakdown):
            grades = {grade["grade"] for grade in self.grades if (grade["tier"] or "no") == tier[2]}
            self._equal(own, self._cells(year, item, "grade", grades, (group,)))
            for cell in own:
                everywhere = [(year, item, f"{tier[1]} ({name} tier)", *cell[3:]) for name in ("lower", "middle", "upper", "no")]
                self._equal([each for each in everywhere if each in self.places], self._cells(year, item, tier[1], {cell[3]}, (group,)))
        elif item != "board" and breakdown != "overall":
            kind = breakdown[7:-1] if breakdown.startswith("grade (") else None
            self._equal(own, self._cells(year, item, *(("staff_group", {kind}) if kind else ("overall", None)), (group,)))
        for cell in own if item == "headcount" else ():
            self._equal([cell], self._cells(year, "workforce", breakdown, {cell[3]}, (group,)))
        for base in [base for part, base in INSIDE if part == item]:
            for cell in own:
                wider = self._cells(year, base, breakdown, {cell[3]}, (group,))
                self._inside(
                    [cell], wider or (self._cells(year, "workforce", breakdown, {cell[3]}, (group,)) if base == "headcount" else [])
                )

    def _equal(self, cells, others):
        if cells and others:
            self._say(cells, 0, 0, others)
            self.rows[-1] = (*self.rows[-1], "soft")

    def _inside(self, cells, others):
        if cells and others:
            self._say(cells, -np.inf, 0, others)
            self.rows[-1] = (*self.rows[-1], "soft")

    def _solve_what_is_plain(self):
        """Put in what is shown; what everybody assumes and the shown numbers contradict is dropped."""
        number = len(self.places)
        for row in self.rows:
            if len(row[0]) == 1 and not row[1]:
                self.low[row[0][0]] = max(self.low[row[0][0]], row[3])
                self.high[row[0][0]] = min(self.high[row[0][0]], row[4])
        low, high = np.array(self.low), np.array(self.high)
        kept, lows, highs = [], [], []
        for plus, minus, factor, least, most, *soft in self.rows:
            coefficients = defaultdict(float)
            for place in plus:
                coefficients[place] += 1
            for place in minus:
                coefficients[place] -= factor
            known = sum(times * low[place] for place, times in coefficients.items() if low[place] == high[place])
            unknown = {place: times for place, times in coefficients.items() if low[place] < high[place]}
            if unknown:
                span = [
                    sum(times * (low if (times > 0) == smallest else high)[place] for place, times in unknown.items())
                    for smallest in (True, False)
                ]
                if soft and (known + span[0] > most or known + span[1] < least):
                    continue
                kept.append(unknown)
                lows.append(least - known)
                highs.append(most - known)
        entries = [(row, place, times) for row, one in enumerate(kept) for place, times in one.items()]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        self.matrix = csr_array((values, (rows, columns)), shape=(len(kept), number))
        self.row_low, self.row_high, self.cell_low, self.cell_high = np.array(lows), np.array(highs), low, high
        joined = csr_array((np.ones(len(rows)), (rows, np.array(columns, dtype=int) + len(kept))), shape=(len(kept) + number,) * 2)
        self.part = connected_components(joined, directed=False)[1]

    def range(self, cell, wide=np.inf):
        """Return the smallest and largest count that fits everything; less exactly where it has at least so many values."""
        place = self.places[cell]
        if self.cell_low[place] == self.cell_high[place]:
            return int(self.cell_low[place]), int(self.cell_high[place])
        # numbers of any kind first, which takes a fraction of the time: where they happen to be whole, they fit and are an end
        ends = set()
        for whole, sense in product((False, True), (1, -1)):
            if self.seen_high[place] - self.seen_low[place] + 1 >= wide:
                break
            if sense not in ends and self._look(place, {place: sense}, whole):
                ends.add(sense)
        return int(self.seen_low[place]), int(self.seen_high[place])

    def look_round(self, cells, wide):
        """See many values of many counts at once, those with fewer than so many as small and as large as they get together, and again."""
        of_part = defaultdict(list)
        for place in (self.places[cell] for cell in cells):
            if self.cell_low[place] < self.cell_high[place]:
                of_part[self.part[len(self.row_low) + place]].append(place)
        for joined in of_part.values():
            places, asked = joined, len(joined) + 1
            while 1 < len(places) < asked:
                asked = len(places)
                for signs in (np.ones(asked), np.resize((1, -1), asked)):
                    for sense in (1, -1):
                        self._look(places[0], dict(zip(places, sense * signs, strict=True)), False)
                places = [each for each in places if self.seen_high[each] - self.seen_low[each] + 1 < wide]

    def _look(self, place, costs, whole):
        """Find numbers that fit everything and cost least among those joined to a place; tell whether they are whole, which then are seen."""
        rows, columns, matrix = self._joined(self.part[len(self.row_low) + place])
        low, high = self.row_low[rows] - 1e-7, self.row_high[rows] + 1e-7
        cost = np.zeros(len(columns))
        cost[np.searchsorted(columns, list(costs))] = list(costs.values())
        # HiGHS's presolve of whole numbers cut off counts that fit everything, so it is not used
        answer = milp(cost, integrality=np.full(len(columns), whole), bounds=Bounds(self.cell_low[columns], self.cell_high[columns]),
                      constraints=LinearConstraint(matrix, low, high) if len(rows) else (), options={"presolve": False, "mip_rel_gap": 0.0})  # fmt: skip
        assert answer.x is not None, f"what the board sees contradicts itself: {answer.message} {list(self.places)[place]}"
        found = np.round(answer.x)
        if not whole and np.abs(found - answer.x).max() > 1e-6:
            return False
        # whatever fits everything shows a value of each other count, too
        if ((matrix @ found >= low - 1e-3) & (matrix @ found <= high + 1e-3)).all():
            self.seen_low[columns] = np.minimum(self.seen_low[columns], found)
            self.seen_high[columns] = np.maximum(self.seen_high[columns], found)
        return True

    @cache  # noqa: B019 (as long as a test)
    def _joined(self, part):
        """Return the rows and columns that are joined, and their part of the matrix."""
        rows, columns = np.flatnonzero(self.part[: len(self.row_low)] == part), np.flatnonzero(self.part[len(self.row_low) :] == part)
        return rows, columns, self.matrix[rows][:, columns]


def as_published(shown):
    """Return the tables of a protected report as rows."""
    return {name: getattr(shown, name).to_dict("records") for name in ("counts", "shares", "results", "completeness", "together")}


def questions_of(shown):
    """Return, by indicator, the question, which answers count and which are in the base, read off the printed catalogue."""
    found = {}
    for row in shown.context.catalogue.to_dict("records"):
        if row["base"] == "survey" and row["base_rule"] != "all_respondents":
            kind, _, names = row["numerator_rule"].partition(":")
            names = set(names.split("|"))
            counted = (lambda answer, names=names: answer in names) if kind == "is" else (lambda answer, names=names: answer not in names)
            rule, _, answers = row["base_rule"].partition(":")
            base = set(answers.split("|")) if rule in ("answers", "asked") else None
            found[row["measure"]] = (shown.context.parameters.survey.questions.get(row["indicator"], row["survey_question"]), counted, base)
    return found


def exposed(evidence, publications, policy):
    """Return the small counts that the attacker can tell more exactly than the policy allows, with his ranges."""
    attacker = BoardAttacker(
        [as_published(shown) for shown in publications], evidence.context.reference.grades.to_dict("records"), questions_of(publications[0])
    )
    cells = evidence.counts[["year", "item", "breakdown", "category", "ethnic_group"]].itertuples(index=False, name=None)
    return too_exactly_seen(attacker, zip(cells, evidence.counts["count"], strict=True), policy)


def too_exactly_seen(attacker, counts, policy):
    """Return those small ones among counts (each with its cell) that an attacker can tell more exactly than the policy allows, with his ranges."""
    small = {tuple(cell): count for cell, count in counts if 0 < count < policy.minimum_count}
    attacker.look_round(small, policy.width)
    ranges = {cell: attacker.range(cell, policy.width) for cell in small}
    return [
        (*cell, small[cell], low, high)
        for cell, (low, high) in ranges.items()
        if low <= small[cell] <= high and high - low + 1 < policy.width
    ]
