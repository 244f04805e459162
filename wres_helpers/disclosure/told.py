"""What is told of an organisation's counts, and how other counts are made of which the same is told: by a fixed sequence of choices."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from wres_helpers.disclosure.merging import ENDLESS, Smallness, Told, pair_limits
from wres_helpers.disclosure.tables_of_people import People
from wres_helpers.page_model import Count
from wres_helpers.settings.disclosure_policy import DisclosurePolicy


class Draw:
    """A fixed sequence of choices: the first takes every smallest value, the second every largest, others are scattered."""

    def __init__(self, number: int):
        self.number, self._random = number, np.random.default_rng(number)

    def between(self, low: int, high: int) -> int:
        """Return a whole number between two others, both included."""
        chosen = int(self._random.integers(low, high + 1))
        return (low, high, chosen)[min(self.number, 2)]

    def order(self, number: int) -> list[int]:
        """Return places in some order."""
        return [int(place) for place in self._random.permutation(number)]

    def scattered(self) -> bool:
        """Tell whether people are to be scattered or kept together."""
        return bool(self._random.integers(2)) and self.number > 1


def spread(total: int, room: Sequence[float], draw: Draw) -> list[int]:
    """Return whole numbers that add up to a total, none above its room, as a sequence of draws has it."""
    left, shares, scattered = int(total), [0] * len(room), draw.scattered()
    for place in draw.order(len(room)):
        most = int(min(left, room[place]))
        shares[place] = draw.between(0, most) if scattered else most
        left -= shares[place]
    for place in draw.order(len(room)):
        more = int(min(left, room[place] - shares[place]))
        shares[place] += more
        left -= more
    return shares


#: What fills a table of counts of which the same is told: it changes counts by name.
Filling = Callable[[dict[Count, int], Draw], None]


@dataclass
class Decision:
    """What is told.

    Attributes
    ----------
    people
        The counts.
    policy
        The disclosure policy.
    among
        Each item of people counted among others, with its wider circles.
    hidden
        Counts that are not told.
    said
        Smallest and largest value that words tell of a hidden count, or of a sum that is one in all but name.
    merged
        Counts that are hidden and told as a sum, each with all others of that sum.
    parts
        By year, item, breakdown and group, categories in the parts in which they are told; None where they are not.
    fillings
        What makes other counts of which the same is told.
    """

    people: People
    policy: DisclosurePolicy
    among: dict[str, tuple[str, ...]]
    hidden: set[Count] = field(default_factory=set)
    said: dict[Count, tuple[int, float]] = field(default_factory=dict)
    merged: list[list[Count]] = field(default_factory=list)
    parts: dict[tuple[str, str, str, str], list[list[str]] | None] = field(default_factory=dict)
    fillings: list[Filling] = field(default_factory=list)

    @property
    def rule(self) -> Smallness:
        """What the policy calls too small."""
        return Smallness(self.policy.smallest, self.policy.show_zeros == "all", self.policy.show_everybody == "all")

    @property
    def open_ended(self) -> set[Count]:
        """Hidden counts of which neither limits nor a sum are told."""
        return self.hidden - self.said.keys() - {cell for cells in self.merged for cell in cells}

    def table(self, number: int) -> dict[Count, int]:
        """Return other counts of which the same is told; every number gives another table, always the same one."""
        draw, made = Draw(number), dict(self.people.values)
        for fill in self.fillings:
            fill(made, draw)
        return made

    def sum_of(self, cells: Iterable[Count]) -> int:
        """Return how many people some counts are together."""
        return sum(self.people.values[cell] for cell in cells)

    def hide(self, cell: Count, told: Told) -> None:
        """Hide one count, and say what may be said of it."""
        self.hidden.add(cell)
        most = int(told.high) if told.high < ENDLESS else told.low + self.rule.smallest
        if told.high < ENDLESS:
            self.said[cell] = (told.low, told.high)
        self.fillings.append(lambda table, draw: table.update({cell: draw.between(told.low, most)}))

    def hide_together(self, told: Mapping[Count, Told]) -> None:
        """Hide counts that tell of one another, where one of them may not be shown."""
        for cell, one in () if all(one.shown for one in told.values()) else told.items():
            self.hide(cell, one)

    def withhold(self, cells: Sequence[Count], total: int | None) -> None:
        """Hide some counts of which at most the sum is told; not even that, where there is none or it is small."""
        self.hidden.update(cells)
        self.merged += [] if total is None or total < self.rule.smallest else [list(cells)]

        def fill(table: dict[Count, int], draw: Draw) -> None:
            people = draw.between(0, self.rule.smallest - 1) if total is None or total < self.rule.smallest else total
            table.update(zip(cells, spread(people, self._room(cells, table, people), draw), strict=True))

        self.fillings.append(fill)

    def _room(self, cells: Sequence[Count], table: Mapping[Count, int], total: int) -> list[int]:
        """Return the most each count may be among its wider circles, as far as so many people find room there."""
        wider = [[wide for name in self.among.get(cell.item, ()) if (wide := cell._replace(item=name)) in table] for cell in cells]
        room = [min((table[wide] for wide in circles), default=total) for circles in wider]
        return room if sum(room) >= total else [total] * len(cells)

    def tell_together(self, cells: Sequence[Count], room: Sequence[float] | None = None) -> None:
        """Tell some counts as one sum, and where they are two, which of them is small."""
        amounts = [self.people.values[cell] for cell in cells]
        limits = pair_limits(amounts, room or [ENDLESS] * len(cells), self.rule.smallest, self.rule.least)
        self.said |= dict(zip(cells, limits, strict=True)) if limits else {}
        self.withhold(cells, sum(amounts))
