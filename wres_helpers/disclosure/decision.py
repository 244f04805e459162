"""Decides what of an organisation's counts may be told.

Everything a board is shown is calculated from what is told here and from nothing else, so that no table, sentence or
chart can give away more. The choice of what to hide follows the rules of :mod:`wres_helpers.disclosure.merging`: it does not
search, so it depends on no clock, and what it leaves open is the same for every count that could stand behind it.
"""

import pandas as pd

from wres_helpers.analysis.method import Method
from wres_helpers.disclosure.composition import SurveyMeasures
from wres_helpers.disclosure.counted_among import decide_among
from wres_helpers.disclosure.respondents import decide_survey
from wres_helpers.disclosure.smallness import Smallness, Told, of_one
from wres_helpers.disclosure.staff_decision import decide_staff
from wres_helpers.disclosure.tables_of_people import Cell, People, wider_circles
from wres_helpers.disclosure.told import Decision
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.standard.catalogue import ReferenceTables
from wres_helpers.standard.columns import ETHNIC_GROUPS

_MEMBERSHIPS = (("voting", "non_voting"), ("executive", "non_executive"))


def decide(counts: pd.DataFrame, reference: ReferenceTables, method: Method, policy: DisclosurePolicy) -> Decision:
    """Decide what may be told of one organisation's counts, each year by itself, wider circles before those counted among them."""
    decision = Decision(People(counts), policy, wider_circles(reference.standard.items))
    measures = SurveyMeasures(reference, method)
    for year in decision.people.years:
        decide_staff(decision, reference, year)
        for item in decision.among:
            decide_among(decision, year, item)
        if "board" not in policy.public:
            _decide_board(decision, year)
        decide_survey(decision, measures, year)
    return decision


def _decide_board(decision: Decision, year: str) -> None:
    for group in ETHNIC_GROUPS:
        total = Cell(year, "board", "membership", "total", group)
        if total in decision.people.values and not (told := of_one(decision.people.values[total], None, decision.rule)).shown:
            decision.hide(total, told)
        for pair in _MEMBERSHIPS:
            _decide_membership(
                decision, [cell for name in pair if (cell := total._replace(category=name)) in decision.people.values], total
            )


def _decide_membership(decision: Decision, cells: list[Cell], total: Cell) -> None:
    """Decide on two kinds of members, who are the rest of one another: that there are none of one kind may be told."""
    if total in decision.hidden:
        decision.withhold_all(cells)
        return
    rule = Smallness(decision.rule.smallest, decision.rule.zeros, everybody=decision.rule.zeros)
    told = {cell: of_one(decision.people.values[cell], decision.people.values.get(total), rule) for cell in cells}
    if not all(one.shown for one in told.values()):
        for cell, one in told.items():
            decision.hide(cell, Told(False) if one.shown else one)
