"""Decides what of an organisation's counts may be told.

Everything a board is shown is calculated from what is told here and from nothing else, so that no table, sentence or
chart can give away more. The choice of what to hide follows the rules of :mod:`wres_helpers.disclosure.merging`: it does not
search, so it depends on no clock, and what it leaves open is the same for every count that could stand behind it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import answers_in_base, is_counted, question_of
from wres_helpers.analysis.method import Method
from wres_helpers.disclosure.counted_among import Told, of_many, of_one
from wres_helpers.disclosure.ethnic_split import EthnicSplit, Smallness, ethnic_split
from wres_helpers.disclosure.merging import ENDLESS, Draw, pair_limits, spread
from wres_helpers.disclosure.separated_staff import separated_staff
from wres_helpers.disclosure.survey_answers import told_answers
from wres_helpers.disclosure.tables_of_people import COUNTED, INDICATOR, SEPARATED, STAFF, Cell, People, PeopleTable, wider_circles
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.standard.catalogue import ReferenceTables, in_force
from wres_helpers.standard.columns import ETHNIC_GROUPS, OVERALL
from wres_helpers.standard.years import edition_of

#: What fills a table of counts of which the same is told: it changes counts by name.
Filling = Callable[[dict[Cell, int], Draw], None]
_MEMBERSHIPS = (("voting", "non_voting"), ("executive", "non_executive"))


@dataclass
class Decision:
    """What is told.

    Attributes
    ----------
    people
        The counts.
    hidden
        Counts that are not told.
    said
        Smallest and largest value that words tell of a hidden count, or of a sum that is one in all but name.
    merged
        Counts that are hidden and told as a sum, each with all others of that sum.
    fillings
        What makes other counts of which the same is told.
    """

    people: People
    hidden: set[Cell] = field(default_factory=set)
    said: dict[Cell, tuple[int, float]] = field(default_factory=dict)
    merged: list[list[Cell]] = field(default_factory=list)
    fillings: list[Filling] = field(default_factory=list)

    def table(self, number: int) -> dict[Cell, int]:
        """Return other counts of which the same is told; every number gives another table, always the same one."""
        draw, made = Draw(number), dict(self.people.values)
        for fill in self.fillings:
            fill(made, draw)
        return made

    def page(self) -> tuple:
        """Return everything that is told, to hold it against another decision."""
        shown = tuple(sorted((cell, count) for cell, count in self.people.values.items() if cell not in self.hidden))
        sums = tuple(sorted((tuple(cells), sum(self.people.values[cell] for cell in cells)) for cells in self.merged))
        return shown, sums, tuple(sorted(self.said.items())), tuple(sorted(self.hidden))


def decide(counts: pd.DataFrame, reference: ReferenceTables, method: Method, policy: DisclosurePolicy) -> Decision:
    """Decide what may be told of one organisation's counts, each year by itself."""
    people = People(counts)
    made = _Deciding(people, reference, method, policy)
    for year in people.years:
        made.year(year)
    return made.decision


class _Deciding:
    """Works through the tables of an organisation, the wider circles of people before those counted among them."""

    def __init__(self, people: People, reference: ReferenceTables, method: Method, policy: DisclosurePolicy):
        self.people, self.reference, self.method, self.policy = people, reference, method, policy
        self.among = wider_circles(reference.standard.items)
        self.rule = Smallness(policy.smallest, policy.show_zeros == "all", policy.show_everybody == "all")
        self.decision = Decision(people)
        self.splits: dict[tuple[str, str], EthnicSplit] = {}
        self.parts: dict[tuple[str, str, str, str], list[list[str]] | None] = {}

    def year(self, year: str) -> None:
        """Decide on one year."""
        self._totals(year)
        self._staff(year)
        for item in self.among:
            self._total_among(year, item)
            for breakdown in self.people.breakdowns(year, item):
                self._breakdown_among(year, item, breakdown)
        self._board(year)
        self._survey(year)

    def _hide(self, cells: Iterable[Cell], told: Told | None = None) -> None:
        for cell in cells:
            self.decision.hidden.add(cell)
            if told is not None:
                self.decision.said[cell] = (told.low, told.high)

    def _known(self, cell: Cell) -> int | None:
        return None if cell in self.decision.hidden else self.people.values.get(cell)

    # --- staff -------------------------------------------------------------------------------------------------------

    def _totals(self, year: str) -> None:
        """Hide small totals of staff; the two tables of staff count the same people, so of both or of none."""
        for group in ETHNIC_GROUPS:
            cells = [cell for item in STAFF if (cell := Cell(year, item, *OVERALL, group)) in self.people.values]
            if any(self.rule.hides(self.people.values[cell]) for cell in cells):
                for cell in cells:
                    told = of_one(self.people.values[cell], None, self.rule)
                    self._hide_one(cell, Told(False, 0, ENDLESS) if told.shown else told)

    def _hide_one(self, cell: Cell, told: Told) -> None:
        self._hide([cell], told if told.high < ENDLESS else None)
        most = int(told.high) if told.high < ENDLESS else told.low + self.rule.smallest

        def fill(table: dict[Cell, int], draw: Draw) -> None:
            table[cell] = draw.between(told.low, most)

        self.decision.fillings.append(fill)

    def _staff(self, year: str) -> None:
        breakdowns = list(dict.fromkeys(name for item in STAFF for name in self.people.breakdowns(year, item)))
        for breakdown in breakdowns:
            if not breakdown.startswith(SEPARATED):
                self._staff_table(year, breakdown)
        separated = [("workforce", name) for name in breakdowns if name.startswith(SEPARATED)]
        if separated:
            self._separated(year, separated)

    def _staff_table(self, year: str, breakdown: str) -> None:
        layers = [(item, breakdown) for item in STAFF if breakdown in self.people.breakdowns(year, item)]
        table = self.people.table(year, layers, self._order(breakdown))
        secret = [group for group in ETHNIC_GROUPS if any(Cell(year, item, *OVERALL, group) in self.decision.hidden for item in STAFF)]
        split = ethnic_split(table, self._rule_for(table), self._sections(table.rows) if breakdown == "grade" else (), secret)
        for layer in table.cells:
            for place, group in enumerate(table.groups):
                self._hide(cell for row, gone in zip(layer, split.hidden(), strict=True) if gone[place] and (cell := row[place]))
                for rows in split.parts(group):
                    together = [cell for row in rows or () if (cell := layer[row][place])]
                    if len(together) > 1 and together[0] in self.decision.hidden:
                        self.decision.merged.append(together)
        for row, group, limits in split.said(self.rule):
            self.decision.said |= {cell: limits for layer in table.cells if (cell := layer[row][table.groups.index(group)])}
        for group in table.groups:
            told = split.parts(group)
            self.parts[year, "staff", breakdown, group] = (
                None if told == [None] else [[table.rows[row] for row in rows] for rows in told if rows is not None]
            )
        self.splits[year, breakdown] = split
        self.decision.fillings.append(lambda made, draw: _fill(made, table, split.filled(draw)))

    def _separated(self, year: str, layers: list[tuple[str, str]]) -> None:
        """Decide on clinical and non-clinical staff apart, given what is told of both together."""
        both = self.splits[year, "grade"]
        order = {name: place for place, name in enumerate(both.table.rows)}
        table = self.people.table(year, layers, order)
        secret = any(cell.breakdown == "staff_group" and cell.year == year for cell in self.decision.hidden)
        if secret or table.rows != both.table.rows or table.groups != both.table.groups or both.by_group is not None:
            self._withhold_all([cell for layer in table.cells for row in layer for cell in row if cell])
            return
        told = separated_staff(table, both, self._rule_for(table), self._sections(table.rows))
        lone = [row for row in range(len(table.rows)) if not any(row in block for block in told.mixed)]
        # a row of one side only is the row of both together
        hidden = told.hidden() | (both.hidden() & np.isin(np.arange(len(table.rows)), lone)[:, None])
        for layer in table.cells:
            self._hide(cell for row, gone in zip(layer, hidden, strict=True) for cell, away in zip(row, gone, strict=True) if cell and away)
            for group, block in told.sums():
                together = [cell for row in block if (cell := layer[row][table.groups.index(group)])]
                if len(together) > 1:
                    self.decision.merged.append(together)

        def fill(made: dict[Cell, int], draw: Draw) -> None:
            whole = np.array([[made.get(cell, 0) if cell else 0 for cell in row] for row in both.table.cells[-1]])
            _fill(made, table, told.filled(whole, draw))

        self.decision.fillings.append(fill)

    def _withhold_all(self, cells: list[Cell]) -> None:
        self._hide(cells)
        self.decision.fillings.append(lambda made, draw: made.update({cell: draw.between(0, self.rule.smallest) for cell in cells}))

    def _order(self, breakdown: str) -> dict[str, int] | None:
        grades = self.reference.grades["grade"]
        return dict(zip(grades, range(len(grades)), strict=True)) if breakdown == "grade" else None

    def _rule_for(self, table) -> Smallness:
        if self.policy.show_zeros == "empty_categories":
            return Smallness(self.rule.smallest, not _has_lone_zeros(table.values), self.rule.everybody)
        return self.rule

    def _sections(self, rows: tuple[str, ...]) -> list[list[int]]:
        grades = self.reference.grades.set_index("grade")
        kind = [str(grades["tier"].get(name, "")) for name in rows]
        return [[row for row, own in enumerate(kind) if own == wanted] for wanted in dict.fromkeys(kind)]

    # --- counted among -----------------------------------------------------------------------------------------------

    def _total_among(self, year: str, item: str) -> None:
        for group in ETHNIC_GROUPS:
            cell = Cell(year, item, *OVERALL, group)
            if cell in self.people.values:
                bases = [base for wider in self.among[item] if (base := self._known(Cell(year, wider, *OVERALL, group))) is not None]
                told = of_one(self.people.values[cell], bases[0] if bases else None, self.rule)
                if not told.shown:
                    self._hide_one(cell, told)

    def _breakdown_among(self, year: str, item: str, breakdown: str) -> None:
        for group in ETHNIC_GROUPS:
            categories = [
                name
                for name in self.people.categories(year, item, breakdown)
                if Cell(year, item, breakdown, name, group) in self.people.values
            ]
            if categories:
                self._column(year, item, breakdown, group, categories)

    def _column(self, year: str, item: str, breakdown: str, group: str, categories: list[str]) -> None:
        cells = {name: Cell(year, item, breakdown, name, group) for name in categories}
        total = Cell(year, item, *OVERALL, group)
        counted = sum(self.people.values[cell] for cell in cells.values())
        units, bases = self._units(year, item, breakdown, group, categories)
        blocks = None
        if counted == 0 and self.rule.zeros:
            units, blocks = [[name] for name in categories], [[place] for place in range(len(categories))]
        elif units is not None and total not in self.decision.hidden and not self.rule.hides(counted):
            blocks = of_many([sum(self.people.values[cells[name]] for name in unit) for unit in units], bases, self.rule)
        if blocks is None:
            self._withhold(list(cells.values()), None if total in self.decision.hidden else counted)
            self.parts[year, item, breakdown, group] = None
            return
        told = [[name for place in block for name in units[place]] for block in blocks]
        self.parts[year, item, breakdown, group] = told
        for names, block in zip(told, blocks, strict=True):
            if len(names) > 1 and any(self.people.values[cells[name]] for name in names):
                alone = len(block) == len(names) and bases and all(base is None for base in bases)
                self._tell_together([cells[name] for name in names], None if alone else [0] * len(names))

    def _units(self, year: str, item: str, breakdown: str, group: str, categories: list[str]) -> tuple:
        """Return the categories in the parts in which the wider circle is told, and its size in each; None where it is not."""
        for wider in self.among[item]:
            key = (year, "staff" if wider in STAFF else wider, breakdown, group)
            if key not in self.parts:
                continue
            parts = self.parts[key]
            if parts is None:
                return None, None
            units = [[name for name in part if name in categories] for part in parts]
            alone = [[name] for name in categories if not any(name in unit for unit in units)]
            bases = [self._base(year, wider, breakdown, part, group) for part in parts]
            pairs = [pair for pair in zip(units, bases, strict=True) if pair[0]] + [(unit, None) for unit in alone]
            pairs.sort(key=lambda pair: categories.index(pair[0][0]))
            return [unit for unit, _ in pairs], [base for _, base in pairs]
        return [[name] for name in categories], [None] * len(categories)

    def _base(self, year: str, item: str, breakdown: str, names: list[str], group: str) -> int | None:
        for own in STAFF if item in STAFF else (item,):
            found = [self.people.value(year, own, breakdown, name, group) for name in names]
            if any(count is not None for count in found):
                return sum(count or 0 for count in found)
        return None

    def _tell_together(self, cells: list[Cell], room: Sequence[float] | None = None) -> None:
        """Tell some counts as one sum, and where they are two, which of them is small."""
        self._hide(cells)
        amounts = [self.people.values[cell] for cell in cells]
        limits = pair_limits(amounts, room or [ENDLESS] * len(cells), self.rule.smallest, 1 if self.rule.zeros else 0)
        self.decision.said |= dict(zip(cells, limits, strict=True)) if limits else {}
        self.decision.merged.append(cells)
        among = [cell._replace(item=wider) for cell in cells for wider in self.among.get(cell.item, ())]

        def fill(table: dict[Cell, int], draw: Draw) -> None:
            total = sum(self.people.values[cell] for cell in cells)
            room = [min((table[wide] for wide in among if wide in table and wide[2:] == cell[2:]), default=total) for cell in cells]
            spare = [total] * len(cells) if sum(room) < total else room
            table.update(zip(cells, spread(total, spare, draw), strict=True))

        self.decision.fillings.append(fill)

    def _withhold(self, cells: list[Cell], total: int | None) -> None:
        self._hide(cells)

        def fill(table: dict[Cell, int], draw: Draw) -> None:
            people = draw.between(0, self.rule.smallest - 1) if total is None or total < self.rule.smallest else total
            table.update(zip(cells, spread(people, [people] * len(cells), draw), strict=True))

        self.decision.fillings.append(fill)

    # --- board and survey --------------------------------------------------------------------------------------------

    def _board(self, year: str) -> None:
        if "board" in self.policy.public:
            return
        for group in ETHNIC_GROUPS:
            total = Cell(year, "board", "membership", "total", group)
            if total in self.people.values and not (told := of_one(self.people.values[total], None, self.rule)).shown:
                self._hide_one(total, told)
            for pair in _MEMBERSHIPS:
                self._membership([cell for name in pair if (cell := total._replace(category=name)) in self.people.values], total)

    def _membership(self, cells: list[Cell], total: Cell) -> None:
        """Decide on two kinds of members, who are the rest of one another: that there are none of one kind may be told."""
        if total in self.decision.hidden:
            self._withhold_all(cells)
            return
        rule = Smallness(self.rule.smallest, self.rule.zeros, everybody=self.rule.zeros)
        told = {cell: of_one(self.people.values[cell], self.people.values.get(total), rule) for cell in cells}
        if not all(one.shown for one in told.values()):
            for cell in cells:
                self._hide_one(cell, told[cell] if not told[cell].shown else Told(False, 0, ENDLESS))

    def _survey(self, year: str) -> None:
        questions = self.people.breakdowns(year, "survey")
        for group in ETHNIC_GROUPS:
            answers = {
                question: [cell for name in self.people.categories(year, "survey", question)
                           if (cell := Cell(year, "survey", question, name, group)) in self.people.values]
                for question in questions
            }  # fmt: skip
            sizes = [sum(self.people.values[cell] for cell in cells) for cells in answers.values()]
            # the same people answer every question: what is too few for one is too few for all
            too_few = any(0 < size < self.policy.minimum_survey_base for size in sizes)
            for question, cells in answers.items():
                if too_few:
                    self._withhold(cells, None)
                elif cells:
                    self._answers(year, question, cells)

    def _answers(self, year: str, question: str, cells: list[Cell]) -> None:
        measure, counted, others = self._asked(year, question, [cell.category for cell in cells])
        numbers = [self.people.values[cell] for cell in cells]
        told = told_answers(numbers, counted, others, self.rule)
        for places in told.blocks:
            if any(numbers[place] for place in places) and len(places) > 1:
                self._tell_together([cells[place] for place in places], None if told.counted is None else [0] * len(places))
        for place, limits in told.said.items():
            self.decision.said[cells[place]] = limits
        if told.counted is not None:
            base = sum(numbers[place] for place in (*counted, *others))
            self.decision.said[Cell(year, "survey", f"{INDICATOR} {measure}", COUNTED, cells[0].ethnic_group)] = told.counted
            self._fill_answers(cells, counted, others, base, told.counted)

    def _fill_answers(self, cells: list[Cell], counted: list[int], others: list[int], base: int, limits: tuple[int, float]) -> None:
        def fill(table: dict[Cell, int], draw: Draw) -> None:
            number = draw.between(limits[0], int(limits[1]))
            for places, total in ((counted, number), (others, base - number)):
                table.update(zip((cells[place] for place in places), spread(total, [total] * len(places), draw), strict=True))

        self.decision.fillings.append(fill)

    def _asked(self, year: str, question: str, answers: list[str]) -> tuple[str, list[int], list[int]]:
        """Return the measure that asks a question, and the places of the answers it counts and of the others in its base."""
        rules = in_force(self.reference.catalogue, edition_of(year))
        for _, rule in rules[rules["base"].eq("survey")].iterrows():
            if question_of(rule, self.method) != question or rule["base_rule"] == "all_respondents":
                continue
            in_base = answers_in_base(rule, self.method)
            base = [place for place, name in enumerate(answers) if in_base is None or name in in_base]
            marked = is_counted(pd.Series(answers, dtype="str"), rule["numerator_rule"])
            return rule["measure"], [place for place in base if marked[place]], [place for place in base if not marked[place]]
        return "", [], []


def _fill(made: dict[Cell, int], table: PeopleTable, values: np.ndarray) -> None:
    for layer, counts in zip(table.cells, values, strict=True):
        for row, numbers in zip(layer, counts, strict=True):
            made.update({cell: int(number) for cell, number in zip(row, numbers, strict=True) if cell})


def _has_lone_zeros(values: np.ndarray) -> bool:
    """Tell whether a row in which somebody is counted has a group in which nobody is."""
    return bool(((values == 0) & (values.sum(axis=2, keepdims=True) > 0)).any())
