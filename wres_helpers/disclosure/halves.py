"""Places too small to be told one by one, in halves of which both groups of a comparison are told."""

import numpy as np


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
