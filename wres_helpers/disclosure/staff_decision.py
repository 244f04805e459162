"""Decides what may be told of the staff: totals, every breakdown, and clinical and non-clinical staff apart."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from wres_helpers.disclosure.ethnic_split import ethnic_split
from wres_helpers.disclosure.merging import Smallness, Told, connected, of_one, several
from wres_helpers.disclosure.separated_staff import rows_apart, separated_staff, tiered_staff
from wres_helpers.disclosure.split import Split
from wres_helpers.disclosure.tables_of_people import SEPARATED, STAFF, PeopleTable
from wres_helpers.disclosure.told import Decision, Draw
from wres_helpers.page_model import Count
from wres_helpers.standard.catalogue import ReferenceTables
from wres_helpers.standard.columns import BME, ETHNIC_GROUPS, OVERALL, UNKNOWN
from wres_helpers.standard.grades import TIERED, tier_of


def decide_staff(decision: Decision, reference: ReferenceTables, year: str) -> None:
    """Decide on the staff of one year; of the two tables that count them alike, since they are the same people."""
    _totals(decision, year)
    breakdowns = list(dict.fromkeys(name for item in STAFF for name in decision.people.breakdowns(year, item)))
    tiered = [name for name in breakdowns if TIERED.fullmatch(name)]
    alone = [name for name in breakdowns if not name.startswith(SEPARATED) and name not in tiered]
    splits: dict[str, Split] = {}
    # grades after the sides of the staff, which some of them are all of
    for name in sorted(alone, key=lambda name: name == "grade"):
        splits[name] = _split(decision, reference, year, name, splits.get("staff_group"))
    separated = [("workforce", name) for name in breakdowns if name.startswith(SEPARATED)]
    groups = splits.get("staff_group")
    told_twice = bool(separated) and (
        # tables that do not count the same groups are told by rules that know nothing of one another
        (groups is not None and groups.table.groups != splits["grade"].table.groups)
        or _leave_few(decision, year, splits["grade"], groups)
        or _need_somebody(decision, year, splits["grade"])
    )
    for name in alone:
        split, told = splits[name], not (told_twice and name == "staff_group")
        _tell(decision, split) if told else _withhold(decision, split.table)
        for group in split.table.groups:
            decision.parts[year, "staff", name, group] = split.named(group) if told else None
    if separated:
        apart = None if told_twice else _told_apart(decision, reference, year, separated, splits["grade"], groups)
        _tell(decision, apart) if apart else _withhold(decision, decision.people.table(year, separated))
    _decide_tiers(decision, reference, year, tiered, splits)


def _decide_tiers(decision: Decision, reference: ReferenceTables, year: str, tiered: list[str], splits: Mapping[str, Split]) -> None:
    """Decide on parts of the staff by pay tier, after the parts and the grades."""
    for column in dict.fromkeys(TIERED.sub(r"\g<column>", name) for name in tiered):
        table = decision.people.table(year, [("workforce", name) for name in tiered if TIERED.sub(r"\g<column>", name) == column])
        if column in splits and "grade" in splits:
            tiers, rule = tier_of(reference.grades), _rule_for(decision, table)
            for group in table.groups:
                _tell(decision, tiered_staff(table.of_group(group), splits[column], splits["grade"], tiers, rule))
        else:
            _withhold(decision, table)


def _leave_few(decision: Decision, year: str, grades: Split, groups: Split | None) -> bool:
    """Tell whether sides whose sum is told, less the grades that only they have, are so few people that they may not be told.

    Asked of the grades as they are told of each group by itself, and of those that all groups together leave apart.
    """
    rows, sides = grades.table.rows, decision.people.sides(year)
    joined = connected([part for group in (*grades.table.groups, None) for part in grades.told(group)], range(len(rows)))
    names = groups.table.rows if groups else tuple(sides)
    table = decision.people.table(year, [("workforce", f"{SEPARATED}{side})") for side in names])

    def few(counts: np.ndarray, told: Sequence[list[int]] | None, units: Sequence[list[int]], sharing: Collection[set[str]]) -> bool:
        shared = {rows[row] for unit in units if sum(any(rows[one] in own for one in unit) for own in sharing) > 1 for row in unit}
        left = counts[:, [name in shared for name in table.rows]].sum(axis=1)
        return any(0 < left[part].sum() < decision.rule.smallest for part in told or [[side] for side in range(len(names))])

    for group in (*table.groups, None):
        counts = table.values.sum(axis=2) if group is None else table.values[:, :, table.groups.index(group)]
        told = groups.parts(group) if groups else None
        # a side that has nobody of a group shares no grade of it with another
        sharing = [sides.get(name, set()) for name, own in zip(names, counts, strict=True) if own.any()]
        if few(counts, told, joined, sides.values()) or few(counts, told, grades.parts(group) or (), sharing):
            return True
    return False


def _need_somebody(decision: Decision, year: str, grades: Split) -> bool:
    """Tell whether a side has more people than its other grades can hold, so that a small number of one cannot be any small number."""
    table, sides = grades.table, decision.people.sides(year)
    for place, group in enumerate(table.groups):
        parts = grades.blocks[group] or ()
        people = table.values[-1, :, place]
        for side, own in sides.items():
            inside = {row for row, name in enumerate(table.rows) if name in own}
            staff = sum(decision.people.value(year, "workforce", f"{SEPARATED}{side})", name, group) or 0 for name in own)
            for part in parts:
                for row in inside.intersection(part) if len(part) > 1 else ():
                    others = sum(people[each].sum() for each in parts if (inside - {row}) & set(each))
                    if 1 < staff - others < decision.rule.smallest:
                        return True
    return False


def _told_apart(
    decision: Decision, reference: ReferenceTables, year: str, layers: list[tuple[str, str]], both: Split, groups: Split | None
) -> Split | None:
    table = decision.people.table(year, layers, {name: place for place, name in enumerate(both.table.rows)})
    if table.rows != both.table.rows or table.groups != both.table.groups or both.totals is None:
        return None
    # what is not told of each side is told of no row of it
    apart = [groups is None or not several(groups.blocks[group] or [[0, 0]]) for group in (BME, UNKNOWN)]
    if not apart[0] or (groups and (groups.totals is None or several(groups.totals))):
        return None
    sections = _sections(reference, table.rows, decision.people.sides(year))
    return separated_staff(table, both, _rule_for(decision, table), sections, rest_told=apart[1])


def _totals(decision: Decision, year: str) -> None:
    """Hide small totals, in both tables or in none."""
    for group in ETHNIC_GROUPS:
        cells = [cell for item in STAFF if (cell := Count(year, item, *OVERALL, group)) in decision.people.values]
        decision.hide_together({cell: of_one(decision.people.values[cell], None, decision.rule) for cell in cells})


def _split(decision: Decision, reference: ReferenceTables, year: str, breakdown: str, groups: Split | None) -> Split:
    layers = [(item, breakdown) for item in STAFF if breakdown in decision.people.breakdowns(year, item)]
    grades = reference.grades["grade"]
    order = dict(zip(grades, range(len(grades)), strict=True)) if breakdown == "grade" else None
    table = decision.people.table(year, layers, order)
    secret = [group for group in ETHNIC_GROUPS if any(Count(year, item, *OVERALL, group) in decision.hidden for item in STAFF)]
    sections = _sections(reference, table.rows, decision.people.sides(year)) if breakdown == "grade" else ()
    tiers = tier_of(reference.grades)
    apart = [section for section in sections if not tiers.get(table.rows[section[0]])]
    beside = _sums_told(table, groups, decision.people.sides(year)) if groups and breakdown == "grade" else {}
    return ethnic_split(table, _rule_for(decision, table), sections, secret, apart, beside)


def _sums_told(table: PeopleTable, groups: Split, sides: Mapping[str, set[str]]) -> dict[str, list[list[int]]]:
    """Return by group the grades of which the sum is told, since they are all of some sides; none where a grade is of no side."""
    belongs = np.array([[grade in sides.get(side, ()) for grade in table.rows] for side in groups.table.rows])
    if (table.values.any(axis=(0, 2)) & ~belongs.any(axis=0)).any():
        return {}
    return {group: rows_apart(belongs, parts) for group, parts in groups.blocks.items() if parts is not None}


def _tell(decision: Decision, split: Split) -> None:
    table, hidden = split.table, split.hidden()
    for layer in table.cells:
        decision.hidden.update(
            cell for row, gone in zip(layer, hidden, strict=True) for cell, away in zip(row, gone, strict=True) if cell and away
        )
        sums = ([cell for row in rows if (cell := layer[row][table.groups.index(group)])] for group, rows in split.sums())
        decision.merged += [cells for cells in sums if len(cells) > 1 and cells[0] in decision.hidden]
    for row, group, limits in split.said(decision.rule):
        decision.said |= {cell: limits for layer in table.cells if (cell := layer[row][table.groups.index(group)])}

    def fill(made: dict[Count, int], draw: Draw) -> None:
        cells = (cell for layer in table.cells for row in layer for cell in row)
        made.update({cell: number for cell, number in zip(cells, split.filled(draw).ravel().tolist(), strict=True) if cell})

    decision.fillings.append(fill)


def _withhold(decision: Decision, table: PeopleTable) -> None:
    for cell in (cell for layer in table.cells for row in layer for cell in row if cell):
        decision.hide(cell, Told(False))


def _rule_for(decision: Decision, table: PeopleTable) -> Smallness:
    """Return the rule for a table: zeros of it may be shown where the policy allows it for empty categories, and it has no others."""
    rule, people = decision.rule, table.values
    if decision.policy.show_zeros != "empty_categories":
        return rule
    lone = (people == 0) & (people.sum(axis=2, keepdims=True) > 0)
    return Smallness(rule.smallest, not lone.any(), rule.everybody)


def _sections(reference: ReferenceTables, rows: tuple[str, ...], sides: Mapping[str, set[str]]) -> list[list[int]]:
    """Return the rows of each pay tier, which are better kept together; those of other sides of the staff, which are better kept apart, first."""
    tiers = tier_of(reference.grades)
    apart = sorted(rows_apart(np.array([[name in own for name in rows] for own in sides.values()])), key=len) if sides else []
    place = {row: number for number, own in enumerate(apart) for row in own}
    kind = [(place.get(row, len(apart) - 1), str(tiers.get(name, ""))) for row, name in enumerate(rows)]
    return [[row for row, own in enumerate(kind) if own == wanted] for wanted in sorted(dict.fromkeys(kind), key=lambda own: own[0])]
