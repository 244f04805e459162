"""Decides on the answers to a survey: the same people answer every question, so what is too few for one is too few for all."""

from collections.abc import Sequence

from wres_helpers.disclosure.composition import SurveyMeasures
from wres_helpers.disclosure.merging import Draw, merged, several, spread, strand
from wres_helpers.disclosure.smallness import Smallness, of_one
from wres_helpers.disclosure.tables_of_people import COUNTED, INDICATOR, Cell
from wres_helpers.disclosure.told import Decision
from wres_helpers.standard.columns import ETHNIC_GROUPS


def decide_survey(decision: Decision, measures: SurveyMeasures, year: str) -> None:
    """Decide on the answers of one year."""
    people = decision.people
    for group in ETHNIC_GROUPS:
        answers = [
            [cell for name in people.categories(year, "survey", question)
             if (cell := Cell(year, "survey", question, name, group)) in people.values]
            for question in people.breakdowns(year, "survey")
        ]  # fmt: skip
        too_few = any(0 < decision.sum_of(cells) < decision.policy.minimum_survey_base for cells in answers)
        for cells in answers:
            if too_few:
                decision.withhold(cells, None)
            elif cells:
                _answers(decision, measures, cells)


def _answers(decision: Decision, measures: SurveyMeasures, cells: list[Cell]) -> None:
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
    elif outside and any(rule.hides(sum(people[place] for place in part)) for part in ((*counted, *others), outside)):
        _tell(decision, cells, [list(range(len(people)))])
    elif found.shown:
        _tell(decision, cells, [block for part in (counted, others, outside) for block in _blocks(people, part, rule)])
    else:
        low, high = found.low, int(found.high)
        _tell(decision, cells, [[*counted, *others], *_blocks(people, outside, rule)], [0.0] * len(cells))
        decision.said |= {cells[counted[0]]: (low, high)} if len(counted) == 1 else {}
        decision.said |= {cells[others[0]]: (base - high, base - low)} if len(others) == 1 else {}
        decision.said[Cell(year, "survey", f"{INDICATOR} {measure}", COUNTED, cells[0].ethnic_group)] = (low, high)

        def fill(table: dict[Cell, int], draw: Draw) -> None:
            number = draw.between(low, high)
            for places, total in ((counted, number), (others, base - number)):
                table.update(zip((cells[place] for place in places), spread(total, [total] * len(places), draw), strict=True))

        decision.fillings.append(fill)


def _tell(decision: Decision, cells: list[Cell], blocks: list[list[int]], room: Sequence[float] | None = None) -> None:
    """Tell answers in blocks of several as sums, where anybody gave them."""
    for places in blocks:
        together = [cells[place] for place in places]
        if len(together) > 1 and decision.sum_of(together):
            decision.tell_together(together, room and room[: len(together)])


def _blocks(people: Sequence[int], places: Sequence[int], rule: Smallness) -> list[list[int]]:
    active = [place for place in places if people[place] or not rule.zeros]
    if not active:
        return []
    blocks = merged([strand([people[place] for place in active], rule.smallest, zero_shown=rule.zeros)])
    return [list(places)] if blocks is None else several([[active[place] for place in block] for block in blocks])
