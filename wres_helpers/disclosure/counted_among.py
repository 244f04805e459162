"""Decides on people counted among others: appointed among shortlisted, trained among staff."""

import numpy as np

from wres_helpers.disclosure.merging import connected, in_blocks, of_one
from wres_helpers.disclosure.separated_staff import crossed, rows_apart
from wres_helpers.disclosure.tables_of_people import STAFF
from wres_helpers.disclosure.told import Decision
from wres_helpers.page_model import Count
from wres_helpers.standard.columns import BME, ETHNIC_GROUPS, OVERALL, WHITE

#: Groups that a comparison tells apart, so that of both as many people are told together.
_COMPARED = (WHITE, BME)
#: Of fewer categories most are told one by one, or in pairs of neighbours.
_MANY = 5


def decide_among(decision: Decision, year: str, item: str) -> None:
    """Decide on one item of one year, after its wider circles."""
    for group in ETHNIC_GROUPS:
        cell = Count(year, item, *OVERALL, group)
        if cell in decision.people.values:
            wider = [whole for name in decision.among[item] if (whole := cell._replace(item=name)) not in decision.hidden]
            base = next((decision.people.values[whole] for whole in wider if whole in decision.people.values), None)
            decision.hide_together({cell: of_one(decision.people.values[cell], base, decision.rule)})
    # what is told of sides of the staff is held against what is told of grades
    for breakdown in sorted(decision.people.breakdowns(year, item), key=lambda name: name == "staff_group"):
        sets = _halved(decision, year, item, breakdown)
        for group in ETHNIC_GROUPS:
            _column(decision, year, item, breakdown, group, sets if group in _COMPARED else None)


def _halved(decision: Decision, year: str, item: str, breakdown: str) -> list[list[str]] | None:
    """Return categories in sets of which white and BME people are both told; None where they are enough to be told category by category.

    All of it is asked of what is told: the totals, and the bases.
    """
    names, people = decision.people.categories(year, item, breakdown), decision.people
    counts = np.array([[people.value(year, item, breakdown, name, group) or 0 for name in names] for group in _COMPARED])
    if not names or any(Count(year, item, *OVERALL, group) in decision.hidden for group in _COMPARED):
        return None
    found = [_units(decision, year, item, breakdown, group, names) for group in _COMPARED]
    if any(units is None or None in bases for units, bases in found):
        return None
    units = connected([[names.index(name) for name in unit] for units, _ in found for unit in units], range(len(names)))
    own = np.array([counts[:, unit].sum(axis=1) for unit in units]).T
    wholes = np.array([[sum(base for part, base in zip(parts, bases, strict=True) if names.index(part[0]) in unit) for unit in units]
                       for parts, bases in found])  # fmt: skip
    sides = np.stack([own, wholes - own])
    if len(units) < _MANY or not decision.rule.smallest <= sides.sum(axis=2).min() < decision.rule.smallest * len(units):
        return None
    told = halved(sides, wholes, decision.rule.smallest)
    return [[names[place] for unit in part for place in units[unit]] for part in told]


def halved(sides: np.ndarray, wholes: np.ndarray, smallest: int) -> list[list[int]]:
    """Return units in sets whose sums may be told of several groups, where these are too few to be told unit by unit.

    All units are divided into two sets of neighbours, as evenly as what is told of their wholes has it, and each of these again, as long as
    of every group both are safe. Whether a set was divided is asked of both groups, so that either may be what forbade it, and of
    neither more is told than its sum: that nobody of a set is counted in one unit of it is told of none.

    Parameters
    ----------
    sides
        People counted and people not counted, by side, group and unit; each side must be safe.
    wholes
        Both together, by group and unit.
    """

    def parts(units: list[int]) -> list[list[int]]:
        share = wholes[:, units].cumsum(axis=1) / np.maximum(wholes[:, units].sum(axis=1, keepdims=True), 1)
        even = np.minimum(share, 1 - share).min(axis=0)[:-1]
        halves = [units[: int(even.argmax()) + 1], units[int(even.argmax()) + 1 :]] if len(units) > 1 else []
        safe = all((sides[:, :, half].sum(axis=2) >= smallest).all() for half in halves)
        return [part for half in halves for part in parts(half)] if halves and safe else [units]

    return parts(list(range(sides.shape[2])))


def _column(decision: Decision, year: str, item: str, breakdown: str, group: str, sets: list[list[str]] | None) -> None:
    cells = {name: cell for name in decision.people.categories(year, item, breakdown)
             if (cell := Count(year, item, breakdown, name, group)) in decision.people.values}  # fmt: skip
    if not cells:
        return
    categories, total, rule = list(cells), Count(year, item, *OVERALL, group), decision.rule
    counted = decision.sum_of(cells.values())
    units, bases = _units(decision, year, item, breakdown, group, categories)
    blocks = None
    if counted == 0 and rule.zeros:
        units, blocks = [[name] for name in categories], [[place] for place in range(len(categories))]
    elif units is not None and total not in decision.hidden and not rule.hides(counted):
        people = [decision.sum_of(cells[name] for name in unit) for unit in units]
        among = [base for base, number in zip(bases, people, strict=True) if base is not None and base >= number]
        blocks = in_blocks(people, rule, among if len(among) == len(people) else None)
        if sets is not None:
            units = [own for names in sets if (own := [name for name in names if name in cells])]
            blocks, bases = [[place] for place in range(len(units))] if len(units) > 1 else None, []
    told = [[name for place in block for name in units[place]] for block in blocks or ()]
    if not blocks or (breakdown == "staff_group" and _tells_of_grades(decision, year, item, group, told)):
        decision.withhold(list(cells.values()), None if total in decision.hidden else counted)
        decision.parts[year, item, breakdown, group] = None
        return
    decision.parts[year, item, breakdown, group] = told
    for names, block in zip(told, blocks, strict=True):
        if len(names) > 1 and decision.sum_of(cells[name] for name in names):
            alone = len(block) == len(names) and bases and all(base is None for base in bases)
            decision.tell_together([cells[name] for name in names], None if alone else [0] * len(names))


def _tells_of_grades(decision: Decision, year: str, item: str, group: str, told: list[list[str]]) -> bool:
    """Tell whether what is told of sides of the staff divides a sum that is told of grades."""
    sides, grades = decision.people.sides(year), decision.people.categories(year, item, "grade")
    names = [name for part in told for name in part]
    belongs = np.array([[bool(decision.people.value(year, item, "grade", grade, group)) and grade in sides.get(name, ()) for grade in grades]
                        for name in names])  # fmt: skip
    parts = decision.parts.get((year, item, "grade", group)) or []
    sets = rows_apart(belongs, [[names.index(name) for name in part] for part in told]) if grades and sides else []
    return crossed([[grades.index(name) for name in part] for part in parts], sets)


def _units(decision: Decision, year: str, item: str, breakdown: str, group: str, categories: list[str]) -> tuple:
    """Return the categories in the parts in which the wider circle is told, and its size in each; None where it is not."""
    for wider in decision.among[item]:
        key = (year, "staff" if wider in STAFF else wider, breakdown, group)
        if key not in decision.parts:
            continue
        if (parts := decision.parts[key]) is None:
            return None, None
        pairs = [(unit, _base(decision, year, wider, breakdown, part, group)) for part in parts
                 if (unit := [name for name in part if name in categories])]  # fmt: skip
        pairs += [([name], None) for name in categories if not any(name in unit for unit, _ in pairs)]
        pairs.sort(key=lambda pair: categories.index(pair[0][0]))
        return [unit for unit, _ in pairs], [base for _, base in pairs]
    return [[name] for name in categories], [None] * len(categories)


def _base(decision: Decision, year: str, item: str, breakdown: str, names: list[str], group: str) -> int | None:
    for own in STAFF if item in STAFF else (item,):
        found = [decision.people.value(year, own, breakdown, name, group) for name in names]
        if any(count is not None for count in found):
            return sum(count or 0 for count in found)
    return None
