"""From tidy counts to the cells and relations an attacker has to work with.

Every count of the tables is a cell, and so is every sum that a report shows or that everybody can form: all groups
together, a whole breakdown, a cluster of bands, the senior grades, the answers that make up a survey indicator, the
people who were not appointed. Hiding is decided on these cells; that nothing else gives them away is proved afterwards
on whole reports, so a sum that is missing here costs information, never safety.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from wres_helpers.analysis.cells import answers_in_base, is_counted, question_of
from wres_helpers.analysis.method import Method
from wres_helpers.standard.catalogue import ReferenceTables, in_force
from wres_helpers.standard.columns import ALL, BME, ETHNIC_GROUPS, OVERALL, UNKNOWN, WHITE
from wres_helpers.standard.years import edition_of

#: Category that stands for all categories of a breakdown together.
WHOLE = "*"
#: Ethnic group that stands for white and BME people together.
KNOWN = "known"
#: Breakdown of the people of a base who are not counted.
OTHERS = "others"
SENIOR = "senior"
CLUSTER = "cluster"
TIER = "tier"
#: Breakdown of the answers that make up a survey indicator, and its two categories.
INDICATOR = "indicator"
COUNTED = "counted"
BASE = "base"

#: Numerators and what they are counted among.
_NESTED = (
    ("shortlisted", "applied"),
    ("appointed", "shortlisted"),
    ("entered_disciplinary", "headcount"),
    ("accessed_training", "headcount"),
)
_MEMBERSHIPS = (("voting", "non_voting"), ("executive", "non_executive"))


class Cell(NamedTuple):
    """Name of one count."""

    year: str
    item: str
    breakdown: str
    category: str
    ethnic_group: str

    def __str__(self) -> str:
        """Return the place in words, without its count."""
        return ", ".join(
            part for part in (self.item.replace("_", " "), self.breakdown, self.category, self.ethnic_group, self.year) if part
        )


@dataclass
class Universe:
    """Cells and relations of an organisation's counts.

    Attributes
    ----------
    values
        True count of each cell.
    relations
        Cells, coefficients, lowest and highest sum.
    survey_groups
        For each group of respondents to a question or an indicator: the cell that counts them all, and all cells
        that tell something of them.
    survey_sums
        By year, question and ethnic group, the cells of the indicators that the question answers.
    """

    values: dict[Cell, int] = field(default_factory=dict)
    relations: list[tuple[list[Cell], list[int], float, float]] = field(default_factory=list)
    survey_groups: list[tuple[Cell, list[Cell]]] = field(default_factory=list)
    survey_sums: dict[tuple[str, str, str], list[Cell]] = field(default_factory=lambda: defaultdict(list))

    def add_sum(self, total: Cell, parts: list[Cell]) -> None:
        """Add a cell that is the sum of others."""
        if total not in self.values:
            self.values[total] = sum(self.values[part] for part in parts)
        self.tie(total, parts)

    def tie(self, total: Cell, parts: Iterable[Cell], only_if_close: bool = False) -> None:
        """Add that the parts add up to the total, with what they are apart handed to the attacker.

        ``only_if_close`` leaves the relation out where the tables differ so much that nobody would assume it.
        """
        parts = [part for part in parts if part in self.values]
        if not parts or total not in self.values:
            return
        apart = sum(self.values[part] for part in parts) - self.values[total]
        if not only_if_close or abs(apart) * 20 <= self.values[total]:
            self.relations.append(([*parts, total], [1] * len(parts) + [-1], apart, apart))


def universe(counts: pd.DataFrame, reference: ReferenceTables, method: Method) -> Universe:
    """Return the cells and relations of one organisation's counts, any number of years."""
    made = Universe()
    for row in counts.rename(columns={"count": "count_"}).itertuples(index=False):
        made.values[Cell(row.year, row.item, row.breakdown, row.category, row.ethnic_group)] = int(row.count_)
    for year in dict.fromkeys(cell.year for cell in made.values):
        _add_clusters(made, year, reference)
        _add_survey(made, year, reference, method)
        _add_whole_breakdowns(made, year)
        _add_board(made, year)
        _add_all_groups(made, year)
        _add_headcount(made, year)
        _add_others(made, year)
    return made


def _places(made: Universe, year: str) -> dict[tuple[str, str], dict[str, set[str]]]:
    """Return the categories of each item and breakdown of a year, with the groups counted in each."""
    places: dict = defaultdict(lambda: defaultdict(set))
    for cell in made.values:
        if cell.year == year:
            places[cell.item, cell.breakdown][cell.category].add(cell.ethnic_group)
    return places


def _add_clusters(made: Universe, year: str, reference: ReferenceTables) -> None:
    grades = reference.grades[reference.grades["part_of"].eq("")]
    tiers = {tier: set(rows["grade"]) for tier, rows in grades[grades["tier"].ne("")].groupby("tier", sort=False)}
    wanted = [("grade", CLUSTER, cluster, set(rows["grade"])) for cluster, rows in grades.groupby("cluster", sort=False)]
    wanted.append(("grade", SENIOR, ALL, set(grades.loc[grades["senior"], "grade"])))
    places = _places(made, year)
    for item, breakdown in places:
        if item == "workforce" and breakdown.startswith("grade"):
            wanted += [(breakdown, breakdown.replace("grade", TIER, 1), tier, members) for tier, members in tiers.items()]
    for divided, breakdown, name, members in wanted:
        present = places.get(("workforce", divided), {})
        for group in ETHNIC_GROUPS:
            parts = [Cell(year, "workforce", divided, grade, group) for grade in present if grade in members]
            parts = [part for part in parts if part in made.values]
            if parts:
                made.add_sum(Cell(year, "workforce", breakdown, name, group), parts)


def _add_survey(made: Universe, year: str, reference: ReferenceTables, method: Method) -> None:
    answers = {question: list(found) for (item, question), found in _places(made, year).items() if item == "survey"}
    rules = in_force(reference.catalogue, edition_of(year))
    for _, rule in rules[rules["base"].eq("survey")].iterrows():
        question, in_base = question_of(rule, method), answers_in_base(rule, method)
        given = pd.Series(answers.get(question, []), dtype="str")
        base = given if in_base is None else given[given.isin(in_base)]
        counted = base[is_counted(base, rule["numerator_rule"])] if len(base) else base
        for group in ETHNIC_GROUPS:
            sums = []
            for name, chosen in ((BASE, base), (COUNTED, counted)):
                parts = [cell for answer in chosen if (cell := Cell(year, "survey", question, answer, group)) in made.values]
                if parts:
                    sums.append((Cell(year, "survey", f"{INDICATOR} {rule['indicator']}", name, group), parts))
                    made.add_sum(*sums[-1])
            made.survey_sums[year, question, group] += [cell for cell, _ in sums]
            if sums:
                made.survey_groups.append((sums[0][0], [*(cell for cell, _ in sums), *sums[0][1]]))


def _is_division(item: str, breakdown: str) -> bool:
    sums = breakdown in (OVERALL[0], CLUSTER, SENIOR) or breakdown.startswith((OTHERS, INDICATOR, TIER))
    return item != "board" and not sums


def _add_whole_breakdowns(made: Universe, year: str) -> None:
    for (item, breakdown), categories in _places(made, year).items():
        if not _is_division(item, breakdown):
            continue
        for group in ETHNIC_GROUPS:
            parts = [Cell(year, item, breakdown, category, group) for category in categories]
            parts = [part for part in parts if part in made.values]
            if not parts:
                continue
            whole = Cell(year, item, breakdown, WHOLE, group)
            made.add_sum(whole, parts)
            if item == "survey":
                made.survey_groups.append((whole, [whole, *parts, *made.survey_sums[year, breakdown, group]]))
            of_staff_group = breakdown.startswith("grade (")
            divided = Cell(year, item, "staff_group", breakdown[7:-1], group) if of_staff_group else Cell(year, item, *OVERALL, group)
            made.tie(divided, [whole], only_if_close=True)
    _tie_staff_groups(made, year)


def _tie_staff_groups(made: Universe, year: str) -> None:
    places = _places(made, year)
    separated = [breakdown for item, breakdown in places if item == "workforce" and breakdown.startswith("grade (")]
    if not separated:
        return
    for grade in places["workforce", "grade"]:
        for group in ETHNIC_GROUPS:
            total = Cell(year, "workforce", "grade", grade, group)
            made.tie(total, [Cell(year, "workforce", breakdown, grade, group) for breakdown in separated], only_if_close=True)


def _add_board(made: Universe, year: str) -> None:
    for group in ETHNIC_GROUPS:
        total = Cell(year, "board", "membership", "total", group)
        for parts in _MEMBERSHIPS:
            cells = [Cell(year, "board", "membership", part, group) for part in parts]
            if all(cell in made.values for cell in cells):
                made.tie(total, cells, only_if_close=True)
            else:
                for cell in cells:
                    _add_rest(made, total, cell, f"{OTHERS}: {cell.category}")


def _add_all_groups(made: Universe, year: str) -> None:
    for (item, breakdown), categories in _places(made, year).items():
        for category, groups in categories.items():
            place = (year, item, breakdown, category)
            if len(groups) > 1:
                made.add_sum(Cell(*place, ALL), [Cell(*place, group) for group in ETHNIC_GROUPS if group in groups])
            if groups >= {WHITE, BME, UNKNOWN} and (breakdown == OVERALL[0] or item == "board"):
                made.add_sum(Cell(*place, KNOWN), [Cell(*place, WHITE), Cell(*place, BME)])


def _add_headcount(made: Universe, year: str) -> None:
    for group in (*ETHNIC_GROUPS, ALL):
        made.tie(Cell(year, "headcount", *OVERALL, group), [Cell(year, "workforce", *OVERALL, group)], only_if_close=True)


def _add_others(made: Universe, year: str) -> None:
    """Add the people of a base who are not counted, for every numerator."""
    for numerator, base_item in _NESTED:
        for cell, base in _with_base(made, year, numerator, base_item):
            _add_rest(made, base, cell, f"{OTHERS}: {cell.breakdown}")


def _add_rest(made: Universe, whole: Cell, part: Cell, breakdown: str) -> None:
    """Add the people of a whole who are not of a part, if the two agree; anybody can subtract."""
    if whole in made.values and part in made.values and made.values[whole] >= made.values[part]:
        rest = part._replace(breakdown=breakdown)
        made.values[rest] = made.values[whole] - made.values[part]
        made.tie(whole, [part, rest])


def _with_base(made: Universe, year: str, numerator: str, base_item: str) -> Iterator[tuple[Cell, Cell]]:
    for cell in [cell for cell in made.values if cell.year == year and cell.item == numerator]:
        if WHOLE in cell or cell.breakdown.startswith(OTHERS) or cell.ethnic_group == KNOWN:
            continue
        overall = cell.breakdown == OVERALL[0]
        base = cell._replace(item=base_item if overall or base_item != "headcount" else "workforce")
        if base in made.values:
            yield cell, base
