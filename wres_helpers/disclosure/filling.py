"""Fills in what is hidden: counts of which the same is told, by a fixed sequence of choices."""

from collections.abc import Sequence

import numpy as np


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
