"""Somebody who runs the program himself: of all tables of counts that fit what is told, those that lead to the same page.

For each hidden small count and each other value of it, integer programming finds a table that fits everything an attacker knows
(:class:`BoardAttacker`, who shares no line with the pack) and lies near the true one, or looks like one of which the same is told: the
program is run on it, and where it tells something else, what it told otherwise is held nearer to the truth, or people are placed
otherwise. A table found is a proof that the value is left; that none was found proves nothing.
"""

from collections import defaultdict

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array

from support.board_attacker import GROUPS, BoardAttacker
from support.told_page import TABLES, told_page
from wres_helpers.disclosure.decision import Decision, decide

KEYS = ["year", "item", "breakdown", "category", "ethnic_group"]
_TWIN = {"headcount": "workforce", "workforce": "headcount"}


def page_of(decision: Decision) -> tuple:
    """Return what is told, to hold it against another decision: counts, sums, words, and what is hidden."""
    values = decision.people.values
    shown = frozenset((cell, count) for cell, count in values.items() if cell not in decision.hidden)
    sums = frozenset((tuple(cells), decision.sum_of(cells)) for cells in decision.merged)
    return shown, sums, frozenset(decision.said.items()), frozenset(decision.hidden)


def values_left(counts, reference, method, policy, questions, seed: int = 0, same_report=None) -> dict:
    """Return, for each small hidden count, the values it has in tables that make the program tell the very same.

    Parameters
    ----------
    questions
        As of the attacker.
    same_report
        Tells of the cells that differ whether the board's report is the same to the last digit. It is asked where the program tells
        the same but draws other tables to see what follows from it; by default that does not count as the same page.
    """
    return _Search(counts, (reference, method, policy), questions, seed, same_report).run()


class _Search:
    def __init__(self, counts, standard, questions, seed, same_report):
        self.counts, self.standard, self.draw, self.same_report = counts, standard, np.random.default_rng(seed), same_report
        self.keys, self.runs = list(counts[KEYS].itertuples(index=False, name=None)), 0
        self.smallest, self.width = standard[2].smallest, standard[2].width
        self.decision = decide(counts, *standard)
        self.values, self.told = self.decision.people.values, page_of(self.decision)
        self.tables = [self.decision.table(number) for number in range(TABLES)]
        grades = standard[0].grades.to_dict("records")
        page = told_page(self.decision, grades, questions)
        page["sums"] += self._sums_of_rows([grade["grade"] for grade in grades])
        self.sums = self._same_in_all(page["sums"])
        self.attacker = BoardAttacker([page], grades, questions)
        self.cells, self.place = [self._cell(key) for key in self.attacker.places], self.attacker.places
        self.true = np.array([self.values[cell] for cell in self.cells], dtype=float)
        self.soft = list(self._classes())
        small = [cell for cell in self.decision.hidden if 0 < self.values[cell] < self.smallest]
        self.found = {cell: {self.values[cell]} for cell in sorted(small)}
        self.likely = {cell: defaultdict(list) for cell in small}

    def _cell(self, key):
        return next(iter(self.values))._make(key)

    def _sums_of_rows(self, order):
        """Return sums of rows that follow each other, which no count by itself tells: whatever is the same in all tables tried."""
        under = defaultdict(lambda: defaultdict(list))
        for cell in self.values:
            if cell.item not in ("survey", "board"):
                under[cell[:3]][cell.category].append(cell)
        found = []
        for place, rows in under.items():
            names = [name for name in rows if self.decision.sum_of(rows[name])]
            if place[2].startswith("grade"):
                names.sort(key=lambda name: order.index(name) if name in order else len(order))
            for first in range(len(names)):
                for last in range(first + 2, min(first + 8, len(names)) + 1):
                    for groups in (GROUPS, ("white", "unknown"), ("bme", "unknown"), ("white", "bme")):
                        cells = tuple(cell for name in names[first:last] for cell in rows[name] if cell.ethnic_group in groups)
                        sums = {sum(table[cell] for cell in cells) for table in (self.values, *self.tables)}
                        found += [(cells, *sums, *sums)] if len(sums) == 1 else []
        return found

    @staticmethod
    def _same_in_all(sums):
        return {(frozenset(cells), low, high) for cells, low, high in sums}

    def _classes(self):
        """Give sums that decisions look at, each with the thresholds at which they may change: factor by place, and thresholds."""
        small, rows = self.smallest, defaultdict(list)
        for cell in self.values:
            rows[cell[:4]].append(cell)
        for cell in self.decision.hidden:
            yield {self.place[cell]: 1}, (1, small)
        for place, cells in rows.items():
            for groups in (GROUPS, ("bme", "unknown"), ("white", "unknown"), ("white", "bme")):
                chosen = [cell for cell in cells if cell.ethnic_group in groups]
                if place[1] not in ("survey", "board") and len(chosen) == len(groups) and self.decision.hidden.intersection(chosen):
                    yield {self.place[cell]: 1 for cell in chosen}, (1, small, *([2 * small - 1] if groups == GROUPS else []))
        for cells in self.decision.merged:
            for number in range(2, len(cells)):
                yield {self.place[cell]: 1 for cell in cells[:number]}, (small + number - 2,)
        for cell in self.values:
            wider = [other for item in self.decision.among.get(cell.item, ()) if (other := cell._replace(item=item)) in self.values]
            if wider and self.decision.hidden.intersection((cell, wider[0])):
                yield {self.place[wider[0]]: 1, self.place[cell]: -1}, (1, small)

    def run(self):
        for cell in self.found:
            for value in self._wanted(cell):
                if len(self.found[cell]) >= self.width:
                    break
                if value not in self.found[cell]:
                    self._look(cell, value)
            for value, tables in list(self.likely[cell].items()):
                if len(self.found[cell]) < self.width and self.same_report and any(self.same_report(table) for table in tables[:3]):
                    self.found[cell].add(value)
        return self.found

    def _wanted(self, cell):
        """Return values to look for: small ones, the next, and those that make up nearly all of what is told together."""
        small, true = self.smallest, self.values[cell]
        together = max((self.decision.sum_of(cells) for cells in self.decision.merged if cell in cells), default=0)
        near = sorted(range(small + 4), key=lambda value: (not 0 < value < small, abs(value - true)))
        return [*near, *range(together - 1, max(together - small - 5, small + 3), -1)]

    def _look(self, cell, value):
        answer = self._tried(cell, value, times=2)
        if answer in ("same", "impossible"):
            return
        for classes in self._patterns(cell):
            if self._tried(cell, value, 2, classes=classes) == "same":
                return
        for _ in range(10):
            others = self._scattered(cell, value)
            if others is None or self._tried(cell, value, 1, others=others) == "same":
                return

    def _patterns(self, cell):
        """Give classes of the counts told together: another one than the first is large, all others are small."""
        blocks = [cells for cells in self.decision.merged if cell in cells]
        blocks = blocks or [cells for cells in self.decision.merged if any(other[:4] == cell[:4] for other in cells)]
        for cells in sorted(blocks, key=len)[:2]:
            some = [other for other in cells if self.values[other]]
            for large in range(1, len(some)):
                yield self._with_twins({
                    other: (self.smallest, np.inf) if number == large else (1, self.smallest - 1) for number, other in enumerate(some)
                })  # fmt: skip

    def _scattered(self, cell, value):
        """Return other counts of the hidden ones of a column, drawn by chance, with the same sum."""
        others = [other for other in self.decision.hidden if other[:3] == cell[:3] and other[4] == cell[4] and other != cell]
        left, drawn = self.decision.sum_of(others) + self.values[cell] - value, {cell: value}
        if left < 0 or not others:
            return None
        kind = self.draw.integers(3)
        for number in self.draw.permutation(len(others)):
            most = min(left, (self.smallest - 1, self.smallest + 2, left)[kind])
            drawn[others[number]] = left if len(drawn) == len(others) else int(self.draw.integers(0, most + 1))
            left -= drawn[others[number]]
        return self._with_twins(drawn)

    def _with_twins(self, cells):
        """Return something by place, the same for headcount and workforce."""
        return {
            self.place[own]: given
            for cell, given in cells.items()
            for own in (cell, cell._replace(item=_TWIN.get(cell.item, cell.item)))
            if own in self.place
        }

    def _tried(self, cell, value, times, classes=None, others=None):
        """Look for a table with that value, and run the program on it; several times, each further from what differed."""
        attacker, place, classes, others = self.attacker, self.place[cell], classes or {}, others or {}
        number = len(attacker.row_low)
        rows = np.flatnonzero(attacker.part[:number] == attacker.part[number + place])
        columns = np.flatnonzero(attacker.part[number:] == attacker.part[number + place])
        low, high, at = attacker.cell_low[columns].copy(), attacker.cell_high[columns].copy(), int(np.flatnonzero(columns == place)[0])
        if not low[at] <= value <= high[at]:
            return "impossible"
        low[at] = high[at] = value
        wanted = np.array([others.get(int(column), self.true[column]) for column in columns], dtype=float)
        matrix, least, most, heavy = self._softly({int(column): number for number, column in enumerate(columns)}, classes, others)
        size, softs, known = len(columns), len(least), attacker.matrix[rows][:, columns]
        one, slack = eye_array(size), eye_array(softs)
        limits = block_array(
            [[known, None, None], [one, -one, None], [one, one, None], [matrix, None, slack], [matrix, None, -slack]]
        ).tocsr()  # fmt: skip
        lows = np.concatenate([attacker.row_low[rows] - 1e-7, np.full(size, -np.inf), wanted, least, np.full(softs, -np.inf)])
        highs = np.concatenate([attacker.row_high[rows] + 1e-7, wanted, np.full(size + softs, np.inf), most])
        weight = np.where(np.isin(columns, list(others)), 20.0, 1.0)
        for time in range(times):
            factor, other = (1, 1) if not time else (self.draw.uniform(0.3, 3, size), self.draw.uniform(0.3, 3, softs))
            answer = milp(
                np.concatenate([np.zeros(size), weight * factor, heavy * other]),
                integrality=np.repeat([1, 0], [size, size + softs]),
                bounds=Bounds(np.append(low, np.zeros(size + softs)), np.append(high, np.full(size + softs, np.inf))),
                constraints=LinearConstraint(limits, lows, highs),
                options={"node_limit": 200, "mip_rel_gap": 0.1},
            )
            if answer.x is None:
                return "impossible" if not (time or classes or others) else "not found"
            differs = self._program(np.round(answer.x[:size]), columns)
            if not differs:
                return "same"
            weight = weight * np.where([self.cells[column][:3] in differs for column in columns], 1.6, 1.0)
        return "not found"

    def _softly(self, where, classes, others):
        """Return the sums that decisions look at as rows, with limits that keep them on their side of each threshold, and what each weighs."""
        entries, least, most, heavy = [], [], [], []
        for factors, thresholds in self.soft:
            own = [place for place in factors if place in classes]
            inside = {where[place]: factor for place, factor in factors.items() if place in where}
            if not inside or any(place in others for place in factors) or len(own) > 1:
                continue
            if own and len(factors) == 1:
                ends, weight = classes[own[0]], 1000.0
            else:
                true = sum(factor * self.true[place] for place, factor in factors.items())
                fixed = sum(factor * self.true[place] for place, factor in factors.items() if place not in where)
                below, above = [each for each in thresholds if each <= true], [each for each in thresholds if each > true]
                ends, weight = (max(below, default=-np.inf) - fixed, min(above, default=np.inf) - 1 - fixed), 10.0
            entries += [(len(least), column, factor) for column, factor in inside.items()]
            least, most, heavy = [*least, ends[0]], [*most, ends[1]], [*heavy, weight]
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_array((factors, (rows, columns)), shape=(len(least), len(where))), np.array(least), np.array(most), np.array(heavy)

    def _program(self, found, columns):
        """Run the program on a table; return the tables of which it tells something else, nothing where the page is the same."""
        changed = {
            self.cells[column]: int(count) for count, column in zip(found, columns, strict=True) if count != self.true[column]
        }  # fmt: skip
        self.runs += 1
        other = decide(self.counts.assign(count=[changed.get(key, self.values[key]) for key in self.keys]), *self.standard)
        told = page_of(other)
        if told != self.told:
            differs = (self.decision.hidden ^ other.hidden) | {cell for cell, _ in self.told[2] ^ told[2]}
            return {cell[:3] for cell in (*differs, *(cell for cells, _ in self.told[1] ^ told[1] for cell in cells))} or {"shown"}
        tables = [other.table(number) for number in range(TABLES)]
        if tables == self.tables:
            for cell, values in self.found.items():
                values.add(changed.get(cell, self.values[cell]))
            return set()
        if all(
            {sum(table[cell] for cell in cells) for table in tables} <= set(range(int(low), int(high) + 1))
            for cells, low, high in self.sums
        ):
            # all sums are told alike; only the tables that the program draws by chance differ
            for cell in self.found:
                self.likely[cell][changed.get(cell, self.values[cell])].append(changed)
        return {cell[:3] for cell in changed}
