"""The answers of one group of respondents to one question: what may be told of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wres_helpers.disclosure.counted_among import of_one
from wres_helpers.disclosure.ethnic_split import Smallness
from wres_helpers.disclosure.merging import merged, several, strand


@dataclass(frozen=True)
class Answers:
    """What is told of a question's answers.

    Attributes
    ----------
    blocks
        Places of answers that are told together only, several each.
    said
        Smallest and largest number, by place of answer, where words say it.
    counted
        Smallest and largest number of those an indicator counts, where they are hidden and words say it.
    """

    blocks: list[list[int]] = field(default_factory=list)
    said: dict[int, tuple[int, float]] = field(default_factory=dict)
    counted: tuple[int, float] | None = None


def told_answers(people: Sequence[int], counted: Sequence[int], others: Sequence[int], rule: Smallness) -> Answers:
    """Decide what may be told of the answers of one group to one question, whose number of respondents is told.

    Parameters
    ----------
    people
        Number who gave each answer.
    counted, others
        Places of the answers that an indicator counts, and of the others in its base; none where no indicator asks.
    """
    outside = [place for place in range(len(people)) if place not in counted and place not in others]
    base = sum(people[place] for place in (*counted, *others))
    if not base or not counted or not others:
        return Answers(_blocks(people, range(len(people)), rule))
    if outside and any(rule.hides(sum(people[place] for place in part)) for part in ((*counted, *others), outside)):
        return Answers([list(range(len(people)))])
    found = of_one(sum(people[place] for place in counted), base, rule)
    if found.shown:
        return Answers([block for part in (counted, others, outside) for block in _blocks(people, part, rule)])
    counts = (found.low, found.high)
    said = {counted[0]: counts} if len(counted) == 1 else {}
    said |= {others[0]: (base - int(found.high), base - found.low)} if len(others) == 1 else {}
    return Answers([[*counted, *others], *_blocks(people, outside, rule)], said, counts)


def _blocks(people: Sequence[int], places: Sequence[int], rule: Smallness) -> list[list[int]]:
    active = [place for place in places if people[place] or not rule.zeros]
    if not active:
        return []
    blocks = merged([strand([people[place] for place in active], rule.smallest, zero_shown=rule.zeros)])
    return [list(places)] if blocks is None else several([[active[place] for place in block] for block in blocks])
