"""Decides what of an organisation's counts may be told.

Everything a board is shown is calculated from what is told here and from nothing else, so that no table, sentence or
chart can give away more. The choice of what to hide follows the rules of :mod:`wres_helpers.disclosure.merging`: it does not
search, so it depends on no clock, and what it leaves open is the same for every count that could stand behind it. The same people
answer every question of a survey, so what is too few for one is too few for all.
"""

from collections.abc import Sequence

import pandas as pd

from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.composition import SurveyMeasures
from wres_helpers.disclosure.counted_among import decide_among
from wres_helpers.disclosure.merging import Smallness, Told, in_blocks, of_one, several
from wres_helpers.disclosure.staff_decision import decide_staff
from wres_helpers.disclosure.tables_of_people import COUNTED, INDICATOR, People, wider_circles
from wres_helpers.disclosure.told import Decision, Draw, spread
from wres_helpers.page_model import Count
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
        _decide_survey(decision, measures, year)
    return decision


def _decide_board(decision: Decision, year: str) -> None:
    for group in ETHNIC_GROUPS:
        total = Count(year, "board", "membership", "total", group)
        if total in decision.people.values:
            decision.hide_together({total: of_one(decision.people.values[total], None, decision.rule)})
        for pair in _MEMBERSHIPS:
            _decide_membership(
                decision, [cell for name in pair if (cell := total._replace(category=name)) in decision.people.values], total
            )


def _decide_membership(decision: Decision, cells: list[Count], total: Count) -> None:
    """Decide on two kinds of members, who are the rest of one another: that there are none of one kind may be told."""
    rule = Smallness(decision.rule.smallest, decision.rule.zeros, everybody=decision.rule.zeros)
    people, untold = decision.people.values, total in decision.hidden
    decision.hide_together({cell: Told(False) if untold else of_one(people[cell], people.get(total), rule) for cell in cells})


def _decide_survey(decision: Decision, measures: SurveyMeasures, year: str) -> None:
    """Decide on the answers of one year."""
    people = decision.people
    for group in ETHNIC_GROUPS:
        answers = [
            [cell for name in people.categories(year, "survey", question)
             if (cell := Count(year, "survey", question, name, group)) in people.values]
            for question in people.breakdowns(year, "survey")
        ]  # fmt: skip
        too_few = any(0 < decision.sum_of(cells) < decision.policy.minimum_survey_base for cells in answers)
        for cells in answers:
            if too_few:
                decision.withhold(cells, None)
            elif cells:
                _answers(decision, measures, cells)


def _answers(decision: Decision, measures: SurveyMeasures, cells: list[Count]) -> None:
    """Decide on the answers of one group to one question, whose number of respondents is told."""
    names, year = [cell.category for cell in cells], cells[0].year
    measure = measures.of_question(year, cells[0].breakdown)
    asked, in_base = measures.answers(year, measure, names) if measure else ([], None)
    counted = [names.index(name) for name in asked]
    others = [names.index(name) for name in in_base or () if name not in asked]
    outside = [place for place in range(len(names)) if place not in counted and place not in others]
    people, rule = [decision.people.values[cell] for cell in cells], decision.rule
    base = sum(people[place] for place in (*counted, *others))
    found = of_one(sum(people[place] for place in counted), base, rule)
    if not base or not counted or not others:
        _tell(decision, cells, _blocks(people, range(len(people)), rule))
    elif outside and _small_inside(decision, measures, cells[0], measure, base, sum(people[place] for place in outside)):
        _tell(decision, cells, [list(range(len(people)))])
    elif found.shown:
        _tell(decision, cells, [block for part in (counted, others, outside) for block in _blocks(people, part, rule)])
    else:
        low, high = found.low, int(found.high)
        _tell(decision, cells, [[*counted, *others], *_blocks(people, outside, rule)], [0.0] * len(cells))
        decision.said |= {cells[counted[0]]: (low, high)} if len(counted) == 1 else {}
        decision.said |= {cells[others[0]]: (base - high, base - low)} if len(others) == 1 else {}
        decision.said[Count(year, "survey", f"{INDICATOR} {measure}", COUNTED, cells[0].ethnic_group)] = (low, high)

        def fill(table: dict[Count, int], draw: Draw) -> None:
            number = draw.between(low, high)
            for places, total in ((counted, number), (others, base - number)):
                table.update(zip((cells[place] for place in places), spread(total, [total] * len(places), draw), strict=True))

        decision.fillings.append(fill)


def _small_inside(decision: Decision, measures: SurveyMeasures, cell: Count, measure: str, base: int, outside: int) -> bool:
    """Tell whether a base that is only a part of those who answered is too small, or leaves a small number when another is taken from it."""
    rests, before = [base, outside], measures.before(cell.year, measure)
    if before is not None:
        question, other = before
        given = decision.people.categories(cell.year, "survey", question)
        said_yes = [cell._replace(breakdown=question, category=answer) for answer in measures.answers(cell.year, other, given)[0]]
        # whoever said yes there was asked here
        rests.append(abs(base - decision.sum_of(yes for yes in said_yes if yes in decision.people.values)))
    return base < decision.policy.minimum_survey_base or any(decision.rule.hides(rest) for rest in rests)


def _tell(decision: Decision, cells: list[Count], blocks: list[list[int]], room: Sequence[float] | None = None) -> None:
    """Tell answers in blocks as sums, where anybody gave them; of one that is too few by itself nothing."""
    for places in blocks:
        together = [cells[place] for place in places]
        if decision.sum_of(together):
            decision.tell_together(together, room and room[: len(together)])


def _blocks(people: Sequence[int], places: Sequence[int], rule: Smallness) -> list[list[int]]:
    blocks = in_blocks([people[place] for place in places], rule)
    return [list(places)] if blocks is None else several([[places[unit] for unit in block] for block in blocks])
