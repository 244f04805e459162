"""Decides what may be told of the staff: totals, every breakdown, and clinical and non-clinical staff apart."""

from collections.abc import Mapping

import numpy as np

from wres_helpers.disclosure.ethnic_split import ethnic_split
from wres_helpers.disclosure.merging import Smallness, Told, of_one, several
from wres_helpers.disclosure.separated_staff import rows_apart, separated_staff, tiered_staff
from wres_helpers.disclosure.sides_and_grades import told_too_exactly
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
    splits = {name: _split(decision, reference, year, name) for name in alone}
    separated = [("workforce", name) for name in breakdowns if name.startswith(SEPARATED)]
    sides_told, apart = True, None
    if separated:
        sides_told, apart = _side_by_side(decision, reference, year, separated, splits["grade"], splits["staff_group"])
    for name in alone:
        split, told = splits[name], sides_told or name != "staff_group"
        _tell(decision, split) if told else _withhold(decision, split.table)
        for group in split.table.groups:
            decision.parts[year, "staff", name, group] = split.named(group) if told else None
    if separated:
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


def _side_by_side(
    decision: Decision, reference: ReferenceTables, year: str, layers: list[tuple[str, str]], grades: Split, groups: Split
) -> tuple[bool, Split | None]:
    """Tell whether sides of the staff may be told beside its grades, and return what may be told of the grades of each side."""
    table = decision.people.table(year, layers, {name: place for place, name in enumerate(grades.table.rows)})
    place = {breakdown[len(SEPARATED) : -1]: number for number, (_, breakdown) in enumerate(layers)}
    whole = [list(range(len(table.rows)))]

    def together(group: str | None) -> list[list[int]] | None:
        named = groups.named(group)
        return None if named is None else [[place[side] for side in sides if side in place] for sides in named]

    # tables that do not count the same groups are told by rules that know nothing of one another
    if {table.groups, groups.table.groups} != {grades.table.groups} or told_too_exactly(
        Split(table, dict.fromkeys(table.groups, whole), whole), grades, decision.rule, together
    ):
        return False, None
    # what is not told of each side is told of no row of it
    apart = [not several(groups.parts(group) or [[0, 0]]) for group in (BME, UNKNOWN)]
    if table.rows != grades.table.rows or None in (grades.totals, groups.totals) or several(groups.totals or ()) or not apart[0]:
        return True, None
    sections = _sections(reference, table.rows, decision.people.sides(year))
    return True, separated_staff(table, grades, _rule_for(decision, table), sections, rest_told=apart[1])


def _totals(decision: Decision, year: str) -> None:
    """Hide small totals, in both tables or in none."""
    for group in ETHNIC_GROUPS:
        cells = [cell for item in STAFF if (cell := Count(year, item, *OVERALL, group)) in decision.people.values]
        decision.hide_together({cell: of_one(decision.people.values[cell], None, decision.rule) for cell in cells})


def _split(decision: Decision, reference: ReferenceTables, year: str, breakdown: str) -> Split:
    layers = [(item, breakdown) for item in STAFF if breakdown in decision.people.breakdowns(year, item)]
    grades = reference.grades["grade"]
    order = dict(zip(grades, range(len(grades)), strict=True)) if breakdown == "grade" else None
    table = decision.people.table(year, layers, order)
    secret = [group for group in ETHNIC_GROUPS if any(Count(year, item, *OVERALL, group) in decision.hidden for item in STAFF)]
    sections = _sections(reference, table.rows, decision.people.sides(year)) if breakdown == "grade" else ()
    tiers = tier_of(reference.grades)
    apart = [section for section in sections if not tiers.get(table.rows[section[0]])]
    return ethnic_split(table, _rule_for(decision, table), sections, secret, apart)


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
