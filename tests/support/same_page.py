"""Somebody who runs the program himself: of all tables of counts that fit what is told, those that lead to the same page.

For each hidden small count and each other value of it, integer programming finds a table that fits everything an attacker knows
(:class:`BoardAttacker`, who shares no line with the pack) and is as near as can be to one that is known to lead to the page; the program
is run on it. Where it tells something else, the sums that a decision may look at and that now lie on another side of one of its
thresholds are to blame: they are kept where they were, at a price that rises each time, and the next table is looked for. Every table
found is one more to start from. Where a page is reached by no table near another one, people of one told sum change rows and as many of another
group change back, and then the people of each told sum of a table are shared out anew, both by chance. A table found is a proof that the value is
left; that none was found proves nothing.
"""

from collections import defaultdict

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array

from support.board_attacker import GROUPS, BoardAttacker
from support.told_page import TABLES, told_page
from wres_helpers.disclosure.decision import Decision, decide

KEYS = ["year", "item", "breakdown", "category", "ethnic_group"]
_TWIN = {"headcount": "workforce"}
#: Rows that follow each other, tries for one value of one count, and passes over all values.
_LONGEST, _TRIES, _PASSES = 8, 24, 4
#: How often the people of a table are shared out anew, and people moved, for each count of which values are looked for still.
_SHARED_OUT, _MOVED = 120, 120


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
        self.values = self.decision.people.values
        # what is told of a survey depends on nothing else, and nothing on it
        self.without_survey = counts["item"].ne("survey")
        self.pages = [self._page(self.decision), self._page(decide(counts[self.without_survey], *standard))]
        grades = standard[0].grades.to_dict("records")
        page = told_page(self.decision, grades, questions)
        self.rows = self._rows_in_order([grade["grade"] for grade in grades])
        page["sums"] += self._sums_of_rows()
        self.sums = {(frozenset(cells), low, high) for cells, low, high in page["sums"]}
        self.attacker = BoardAttacker([page], grades, questions)
        self.place, self.cells = self.attacker.places, [self._cell(key) for key in self.attacker.places]
        self.starts = [np.array([self.values[cell] for cell in self.cells], dtype=float)]
        self.looked_at, self.least, self.table_of = self._looked_at()
        # whether anybody is counted shows nearly everywhere
        self.price, self.blame = 2.0 * ((self.least == 1) & (np.diff(self.looked_at.indptr) == 1)), 4
        small = sorted(cell for cell in self.decision.hidden if 0 < self.values[cell] < self.smallest)
        self.found = {cell: {self.values[cell]} for cell in small}
        self.likely = {cell: defaultdict(list) for cell in small}

    @staticmethod
    def _page(decision):
        return page_of(decision), [decision.table(number) for number in range(TABLES)]

    def _cell(self, key):
        return next(iter(self.values))._make(key)

    def _rows_in_order(self, order):
        """Return the cells of each table with rows, row by row, each with its group."""
        under = defaultdict(lambda: defaultdict(dict))
        for cell in self.values:
            under[cell[:3]][cell.category][cell.ethnic_group] = cell
        place = {name: number for number, name in enumerate(order)}
        return {
            table: [rows[name] for name in (sorted(rows, key=lambda name: place.get(name, len(place))) if "grade" in table[2] else rows)]
            for table, rows in under.items()
        }  # fmt: skip

    def _sums_of_rows(self):
        """Return sums of rows that follow each other, which no count by itself tells: whatever is the same in all tables tried."""
        found = []
        for place, rows in self.rows.items():
            some = [row for row in rows if self.decision.sum_of(row.values())] if place[1] not in ("survey", "board") else []
            for first in range(len(some)):
                for last in range(first + 2, min(first + _LONGEST, len(some)) + 1):
                    for groups in (GROUPS, ("white", "unknown"), ("bme", "unknown"), ("white", "bme")):
                        cells = tuple(row[group] for row in some[first:last] for group in groups if group in row)
                        sums = {sum(table[cell] for cell in cells) for table in (self.values, *self.pages[0][1])}
                        found += [(cells, *sums, *sums)] if len(sums) == 1 else []
        return found

    def _looked_at(self):
        """Return sums that decisions may look at, each with a threshold at which they may change, and the table each is of."""
        entries, least, tables = [], [], []
        for table, rows in self.rows.items():
            if _TWIN.get(table[1]) and (table[0], _TWIN[table[1]], table[2]) in self.rows:
                continue
            if not any(cell in self.decision.hidden for row in rows for cell in row.values()):
                continue
            for factors, thresholds in self._sums_of(table, rows):
                for threshold in thresholds:
                    entries += [(len(least), self.place[cell], factor) for cell, factor in factors.items()]
                    least.append(threshold)
                    tables.append(table)
        places, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_array((factors, (places, columns)), shape=(len(least), len(self.cells))), np.array(least), tables

    def _sums_of(self, table, rows):
        small = self.smallest
        for first in range(len(rows)):
            for last in range(first + 1, min(first + _LONGEST, len(rows)) + 1):
                run = rows[first:last]
                for groups in (*(((group,)) for group in GROUPS), GROUPS, ("white", "unknown"), ("bme", "unknown"), ("white", "bme")):
                    cells = {row[group]: 1 for row in run for group in groups if group in row}
                    if not cells or not any(cell in self.decision.hidden for cell in cells):
                        continue
                    yield cells, (1, *range(small, small + len(run)), 2 * small + len(run) - 3, 2 * small + max(len(run) - 2, -1))
                    if len(run) > 1 and len(groups) < len(GROUPS):
                        # whether one of the rows could hold everybody
                        for row in run:
                            for room in (GROUPS, (*groups, "unknown"), (*groups, "white"))[: 3 if len(groups) == 1 else 1]:
                                beside = {row[group] for group in set(room) if group in row}
                                yield (
                                    {
                                        cell: (cell in cells) - (cell in beside)
                                        for cell in cells.keys() | beside
                                        if (cell in cells) != (cell in beside)
                                    },
                                    (1,),
                                )
                    for wider in self.decision.among.get(table[1], ()) if len(groups) == 1 else ():
                        bases = {base: 1 for cell in cells if (base := cell._replace(item=wider)) in self.values}
                        if bases:
                            yield bases | {cell: -1 for cell in cells}, (1, *range(small, small + len(run)))

    def run(self):
        self._look_for_many()
        for number in range(_PASSES):
            for cell in self.found:
                for value in self._wanted(cell, number):
                    if len(self.found[cell]) >= self.width:
                        break
                    if value not in self.found[cell]:
                        self._look(cell, value)
            if not number:
                self._move()
                self._share_out()
        for cell, likely in self.likely.items():
            for value, tables in likely.items():
                if len(self.found[cell]) < self.width and self.same_report and any(self.same_report(table) for table in tables[:3]):
                    self.found[cell].add(value)
        return self.found

    def _wanted(self, cell, number):
        """Return values to look for: small ones and the next, nearest first; in later passes any, by chance."""
        near = sorted(range(self.smallest + 4), key=lambda value: (not 0 < value < self.smallest, abs(value - self.values[cell])))
        most = max((self.decision.sum_of(cells) for cells in self.decision.merged if cell in cells), default=0)
        return near if not number else [int(value) for value in self.draw.permutation(max(most + 1, len(near)))[: len(near)]]

    def _look_for_many(self):
        """Look for many values at once, of one count in each column of each table; what is not found so is looked for by itself."""
        tried = set()
        while True:
            wanted = {}
            for cell, values in self.found.items():
                column = (cell.year, _TWIN.get(cell.item, cell.item), cell.breakdown, cell.ethnic_group)
                left = [value for value in range(1, self.smallest) if value not in values and (cell, value) not in tried]
                if left and column not in wanted and len(values) < self.width:
                    wanted[column] = (cell, left[0])
                    tried.add(wanted[column])
            if not wanted:
                return
            differs = self._together(wanted)
            if differs and (others := {column: one for column, one in wanted.items() if one[0][:3] not in differs}):
                self._together(others)

    def _together(self, wanted):
        """Run the program on the table nearest to the true one with some values; return the tables of which it tells something else."""
        by_part, found = defaultdict(dict), self.starts[0].copy()
        for cell, value in wanted.values():
            by_part[self.attacker.part[len(self.attacker.row_low) + self.place[cell]]][self.place[cell]] = value
        for values in by_part.values():
            columns, rows = self._joined(next(iter(values)))
            nearest = self._nearest(self.starts[0], values, columns, rows)
            if nearest is not None:
                found[columns] = nearest[columns]
        return self._program(self.starts[0], found)

    def _look(self, cell, value):
        """Look for a table with that value that leads to the page, each further from what differed in those before."""
        columns, rows = self._joined(self.place[cell])
        for number in range(_TRIES):
            start = self._start(self.place[cell], value)
            wanted = self._scattered(cell, start) if number > _TRIES / 2 else {}
            found = self._nearest(start, {self.place[cell]: value}, columns, rows, by_chance=number > 0, wanted=wanted)
            if found is None or not self._program(start, found):
                return

    def _scattered(self, cell, start):
        """Return other counts for a column, drawn by chance: small ones, nearly everybody, or any."""
        column = self._column(cell)
        total, drawn = sum(start[self.place[each]] for each in column), {}
        for each in column:
            room = min([total, *(start[self.place[base]] for wider in self.decision.among.get(cell.item, ())
                                 if (base := each._replace(item=wider)) in self.place)])  # fmt: skip
            few = min(self.draw.integers(0, self.smallest + 1), room)
            drawn[self.place[each]] = (few, room - few, self.draw.integers(0, room + 1))[self.draw.integers(3)]
        return drawn

    def _move(self):
        """Look for tables in which people of one told sum have changed rows, and as many of another group, or none, have changed back.

        They are those of a count or of a wider circle, so that somebody more may be counted among them.
        """
        for cell, values in self.found.items():
            circles = [cell, *(base for wider in self.decision.among.get(cell.item, ())
                               if (base := cell._replace(item=wider)) in self.decision.hidden)]  # fmt: skip
            for number in range(_MOVED):
                if len(values) >= self.width:
                    break
                start = self.starts[self.draw.integers(len(self.starts))] if number % 2 else self.starts[0]
                left = [value for value in self._wanted(cell, number % 4 // 3) if value not in values]
                value, moved = left[self.draw.integers(len(left))], circles[self.draw.integers(len(circles))]
                block = min((cells for cells in self.decision.merged if moved in cells), key=len, default=self._column(moved))
                others, near = [each for each in block if each != moved], start.copy()
                if others:
                    self._change_rows(near, moved, others, value - start[self.place[moved]] + (moved != cell) * self.draw.integers(3))
                columns, rows = self._joined(self.place[cell])
                wanted = {int(place): near[place] for place in np.flatnonzero(near != start)}
                found = self._nearest(start, {self.place[cell]: value}, columns, rows, by_chance=number > 3, wanted=wanted)
                if found is not None:
                    self._program(start, found)

    def _column(self, cell):
        return [row[cell.ethnic_group] for row in self.rows[cell[:3]] if row.get(cell.ethnic_group) in self.decision.hidden]

    def _change_rows(self, found, cell, others, more):
        """Add people to a count from other rows of its group, and take as many of another group from its row, in all tables of the same people."""
        moved = dict.fromkeys([cell, *others], 0)
        moved[cell] = int(more)
        for _ in range(abs(int(more))):
            moved[others[self.draw.integers(len(others))]] -= np.sign(int(more))
        if len(others) > 1 and self.draw.random() < 0.3:
            one, other = self.draw.choice(len(others), 2, replace=False)
            moved[others[one]] += 1
            moved[others[other]] -= 1
        back = (None, *(group for group in GROUPS if group != cell.ethnic_group))[self.draw.integers(3)]
        for each, people in moved.items():
            for item in (each.item, *(twin for pair in _TWIN.items() if each.item in pair for twin in pair if twin != each.item)):
                for group, sign in ((each.ethnic_group, 1), *(((back, -1),) if back else ())):
                    place = self.place.get(each._replace(item=item, ethnic_group=group))
                    if place is not None:
                        found[place] += sign * people

    def _share_out(self):
        """Look for tables far from the known ones: the people of each told sum of one table shared out anew, row by row."""
        for cell, values in self.found.items():
            for number in range(_SHARED_OUT):
                if len(values) >= self.width:
                    break
                start = self.starts[self.draw.integers(len(self.starts))]
                left = [value for value in self._wanted(cell, number % 2) if value not in values]
                fixed = {self.place[cell]: left[self.draw.integers(len(left))]} if left and number % 3 else {}
                columns, rows = self._joined(self.place[cell])
                found = self._nearest(start, fixed, columns, rows, by_chance=True, wanted=self._shares(cell) | fixed)
                if found is not None:
                    self._program(start, found)

    def _shares(self, cell):
        """Return counts for the told sums of a count's table: every row has few people, as many as others or most, by chance."""
        low, high = ((1, 1), (0.05, 1), (0.05, 8), (0, 8))[self.draw.integers(4)]
        weight = {row: self.draw.choice((low, 1, high)) for row in self.decision.people.categories(*cell[:3])}
        shared = {}
        for cells in self.decision.merged:
            own = [each for each in cells if each[:3] == cell[:3] and self.place[each] not in shared]
            if len(own) < len(cells) or self.draw.random() < 0.2:
                continue
            parts = np.array([weight[each.category] * self.draw.uniform(0.8, 1.25) + 1e-6 for each in own])
            parts *= self.decision.sum_of(own) / parts.sum()
            shared |= {self.place[each]: round(part) for each, part in zip(own, parts, strict=True)}
        return shared

    def _joined(self, place):
        number = len(self.attacker.row_low)
        part = self.attacker.part[number + place]
        return np.flatnonzero(self.attacker.part[number:] == part), np.flatnonzero(self.attacker.part[:number] == part)

    def _start(self, place, value):
        """Return a table that leads to the page, one of those in which the count is nearest to the value."""
        away = np.array([abs(table[place] - value) for table in self.starts])
        return self.starts[self.draw.choice(np.flatnonzero(away == away.min()))]

    def _nearest(self, start, values, columns, rows, by_chance=False, wanted=None):
        """Return the table that fits all that is known and has those values, by place, nearest to another one; None where there is none."""
        wanted = wanted or {}
        attacker, size = self.attacker, len(columns)
        low, high = attacker.cell_low[columns].copy(), attacker.cell_high[columns].copy()
        at = np.searchsorted(columns, list(values))
        low[at] = np.maximum(low[at], list(values.values()))
        high[at] = np.minimum(high[at], list(values.values()))
        if (low > high).any():
            return None
        kept = np.flatnonzero(self.price) if not wanted else np.empty(0, dtype=int)
        looked_at, elsewhere = self.looked_at[kept], start.copy()
        above = looked_at @ start >= self.least[kept]
        elsewhere[columns] = 0
        sums, limits = looked_at[:, columns], self.least[kept] - looked_at @ elsewhere
        one, slack = eye_array(size), eye_array(len(kept))
        matrix = block_array(
            [
                [attacker.matrix[rows][:, columns], None, None],
                [one, -one, None],
                [one, one, None],
                [sums, None, slack],
                [sums, None, -slack],
            ]
        ).tocsr()
        none = np.full(len(kept), np.inf)
        near = np.array([wanted.get(int(column), start[column]) for column in columns])
        lows = np.concatenate([attacker.row_low[rows] - 1e-7, np.full(size, -np.inf), near, np.where(above, limits, -none), -none])
        highs = np.concatenate([attacker.row_high[rows] + 1e-7, near, np.full(size, np.inf), none, np.where(above, none, limits - 1)])
        cost = np.concatenate([np.zeros(size), np.where(np.isin(columns, list(wanted)), 20.0, 1.0), self.price[kept]])
        if by_chance:
            cost *= np.exp(self.draw.uniform(-1.5, 1.5, len(cost)))
        answer = milp(
            cost,
            integrality=np.repeat([1, 0], [size, size + len(kept)]),
            bounds=Bounds(np.append(low, np.zeros(size + len(kept))), np.append(high, np.full(size + len(kept), np.inf))),
            constraints=LinearConstraint(matrix, lows, highs),
            options={"node_limit": 200, "mip_rel_gap": 0.1},
        )
        if answer.x is None:
            return None
        found = start.copy()
        found[columns] = np.round(answer.x[:size])
        return found

    def _program(self, start, found):
        """Run the program on a table; return the tables of which it tells something else, put down to what crossed a threshold."""
        changed = {cell: int(count) for cell, count in zip(self.cells, found, strict=True) if count != self.values[cell]}
        self.runs += 1
        counts = self.counts.assign(count=[changed.get(key, self.values[key]) for key in self.keys])
        survey = any(cell.item == "survey" for cell in changed)
        other = decide(counts if survey else counts[self.without_survey], *self.standard)
        page, drawn = self.pages[not survey]
        crossed = np.flatnonzero((self.looked_at @ start >= self.least) != (self.looked_at @ found >= self.least))
        told = page_of(other)
        if told != page:
            differs = (page[3] ^ told[3]) | {cell for cell, _ in page[2] ^ told[2]}
            places = {cell[:3] for cell in (*differs, *(cell for cells, _ in page[1] ^ told[1] for cell in cells))}
            blamed = [row for row in crossed if self.table_of[row] in places] or list(crossed)
            # a few at a time, the plainest first: others were crossed with them
            plain = self.draw.uniform(0.5, 2, len(blamed)) * np.diff(self.looked_at.indptr)[blamed]
            for row in np.array(blamed, dtype=int)[np.argsort(plain)][: self.blame]:
                self.price[row] = min(max(2 * self.price[row], 4), 1000)
            return places or {"shown"}
        self.price[crossed] /= 2
        tables = [other.table(number) for number in range(TABLES)]
        if tables == drawn:
            self.starts.append(found)
            for cell, values in self.found.items():
                values.add(changed.get(cell, self.values[cell]))
            return set()
        if all(
            {sum(table[cell] for cell in cells) for table in tables} <= set(range(int(low), int(high) + 1))
            for cells, low, high in self.sums
            if survey or next(iter(cells))[1] != "survey"
        ):
            # all sums are told alike; only the tables that the program draws by chance differ
            for cell in self.found:
                self.likely[cell][changed.get(cell, self.values[cell])].append(changed)
        return {cell[:3] for cell in changed}
