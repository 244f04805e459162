"""What is told of an organisation, as an attacker reads it, without making a report: quick enough for a thousand of them.

A report shows each count that is told, the words for those that are not, the sums of those told together, and each sum that
is the same for all counts of which the same is told. Here are more such sums than any report prints.
"""

import json
from collections import defaultdict

import numpy as np

from support.board_attacker import GROUPS, BoardAttacker, too_exactly_seen
from wres_helpers.disclosure.decision import Decision, decide

#: From so many tables of which the same is told is seen which sums they have in common, as in a report.
TABLES = 24
FIELDS = ("year", "item", "breakdown", "category", "ethnic_group")
_SPLITS = (("white",), ("bme",), ("unknown",), ("white", "bme"), GROUPS)


def told_page(decision: Decision, grades: list[dict], questions: dict) -> dict[str, list]:
    """Return tables as :class:`BoardAttacker` reads them."""
    values, tables = decision.people.values, [decision.table(number) for number in range(TABLES)]
    counts = []
    for cell, value in values.items():
        hidden, said = cell in decision.hidden, decision.said.get(cell)
        assert hidden or all(table[cell] == value for table in tables), f"{cell} is told and differs among tables told alike"
        text = json.dumps({"count": f"{said[0]} to {said[1]:.0f}"}) if hidden and said and np.isfinite(said[1]) else ""
        counts.append(dict(zip(FIELDS, cell, strict=True), count=np.nan if hidden else value, protection=text))
    sums = [(tuple(cells), *2 * (decision.sum_of(cells),)) for cells in decision.merged]
    for cells in _sums(values, grades, questions):
        found = {sum(table[cell] for cell in cells) for table in (values, *tables)}
        sums += [(cells, *found, *found)] if len(found) == 1 else []
    for cell, (low, high) in decision.said.items():
        if cell not in values:
            question, counted, base = questions[cell.breakdown.removeprefix("indicator ")]
            asked = [each for each in values if each[:3] == (cell.year, "survey", question) and each.ethnic_group == cell.ethnic_group]
            sums.append((tuple(each for each in asked if counted(each.category) and (base is None or each.category in base)), low, high))
    return {"counts": counts, "shares": [], "results": [], "completeness": [], "sums": sums}


def _sums(cells, grades, questions) -> list[tuple]:
    under = defaultdict(list)
    for cell in cells:
        under[cell[:3]].append(cell)
    return list(dict.fromkeys(tuple(one) for place, own in under.items() for one in _sums_of(place, own, grades, questions) if one))


def _sums_of(place, own, grades, questions):
    if place[1] == "survey":
        for question, counted, base in questions.values():
            asked = [cell for cell in own if question == place[2] and (base is None or cell[3] in base)]
            for group in GROUPS:
                yield [cell for cell in asked if cell[4] == group]
                yield [cell for cell in asked if cell[4] == group and counted(cell[3])]
        return
    members = [{cell[3]} for cell in own] + [{cell[3] for cell in own}]
    if place[2].startswith("grade"):
        for column in ("tier", "cluster", "senior", "senior_leadership"):
            for value in {grade[column] for grade in grades if grade[column]}:
                members.append({grade["grade"] for grade in grades if grade[column] == value and not grade["part_of"]})
    for categories in members:
        for groups in _SPLITS:
            yield [cell for cell in own if cell[3] in categories and cell[4] in groups]


def told_too_exactly(counts, standard, questions) -> list[tuple]:
    """Return the small counts that the attacker can tell more exactly than the policy allows, each with his range.

    Parameters
    ----------
    standard
        Reference tables, method and policy.
    """
    reference, method, policy = standard
    decision, grades = decide(counts, reference, method, policy), reference.grades.to_dict("records")
    attacker = BoardAttacker([told_page(decision, grades, questions)], grades, questions)
    return too_exactly_seen(attacker, decision.people.values.items(), policy)
