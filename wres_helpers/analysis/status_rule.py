"""The rule that gives a comparison its status. It is printed beside every status, and set in the master file.

1. Nothing supplied: *not supplied*. Figures that allow no result: *not calculable*.
2. The interval lies wholly on the side adverse to BME staff: *requires focus* where the relative likelihood is beyond
   the range of no adverse difference, else *progressing*.
3. The interval lies wholly on the other side: *achieving* (no difference adverse to BME staff).
4. The interval of a ratio lies wholly inside the range of no adverse difference: *achieving*.
5. The interval includes equality, and fewer people would be expected in some cell than the minimum, were there
   no difference: *too few to judge*.
6. Otherwise *achieving* where the relative likelihood is inside the range or favours BME staff, *progressing* where
   it is beyond the range.

A clear difference is judged however small the numbers: the score and Newcombe intervals are fit for small numbers,
and a finding must not be hidden under "small numbers".
"""

import numpy as np
import pandas as pd

from wres_helpers.definitions import statuses as status

#: Why each status was given, without a number: a reason stands also where numbers are protected.
REASONS = {
    "not_supplied": "the figures for this comparison were not supplied",
    "empty_base": "one of the groups compared has nobody in its base",
    "over_base": "more people are counted than the base holds",
    "nobody": "nobody in either group is counted, so the groups cannot be compared",
    "clear_large": "the interval lies wholly on the side adverse to BME staff, and the difference is beyond the range of no adverse difference",
    "clear_small": "the interval lies wholly on the side adverse to BME staff, but the difference is inside the range of no adverse difference",
    "favourable": "the interval lies wholly on the side favourable to BME staff",
    "narrow": "the whole interval lies inside the range of no adverse difference",
    "too_few": "the interval includes equality, and the numbers are too small to judge",
    "inside": "the interval includes equality, and the difference is inside the range of no adverse difference or favours BME staff",
    "unclear": "the difference is beyond the range of no adverse difference, but the interval includes equality",
    "calculated": "a share on its own; nothing is compared",
    "not_judged": "a single grade is not judged: fewer BME staff are adverse only in senior posts, which are judged together",
}  # fmt: skip

_STATUS_OF = {
    "not_supplied": status.NOT_SUPPLIED,
    "empty_base": status.NOT_CALCULABLE,
    "over_base": status.NOT_CALCULABLE,
    "nobody": status.TOO_FEW_TO_JUDGE,
    "clear_large": status.REQUIRES_FOCUS,
    "clear_small": status.PROGRESSING,
    "favourable": status.ACHIEVING,
    "narrow": status.ACHIEVING,
    "too_few": status.TOO_FEW_TO_JUDGE,
    "inside": status.ACHIEVING,
    "unclear": status.PROGRESSING,
    "calculated": status.CALCULATED,
    "not_judged": status.NOT_JUDGED,
}


def judge(rows: pd.DataFrame, no_adverse_range: tuple[float, float], minimum_expected: float) -> pd.DataFrame:
    """Give every comparison its status and the reason for it.

    Parameters
    ----------
    rows
        One row per comparison with ``comparison``, ``adverse`` (``above_1``, ``above_0`` or ``below_0``), ``lower``,
        ``upper``, ``relative`` (relative likelihood turned so that above 1 is adverse to BME staff), ``expected``
        (smallest expected cell), and the truth values ``supplied``, ``based`` (nobody's base is empty), ``within``
        (no count above its base), ``counted`` (somebody is counted) and ``judged`` (the rule applies).

    Returns
    -------
    pandas.DataFrame
        Columns ``status`` and ``reason``, same rows.
    """
    neutral = np.where(rows["adverse"].eq("above_1"), 1.0, 0.0)
    below = rows["adverse"].eq("below_0").to_numpy()
    clear_above, clear_below = rows["lower"].to_numpy() > neutral, rows["upper"].to_numpy() < neutral
    adverse, favourable = np.where(below, clear_below, clear_above), np.where(below, clear_above, clear_below)
    beyond = rows["relative"].to_numpy() > no_adverse_range[1]
    is_ratio = rows["comparison"].eq("ratio").to_numpy()
    narrow = is_ratio & (rows["lower"].to_numpy() >= no_adverse_range[0]) & (rows["upper"].to_numpy() <= no_adverse_range[1])
    conditions = [
        (~rows["supplied"].to_numpy(), "not_supplied"),
        (~rows["based"].to_numpy(), "empty_base"),
        (~rows["within"].to_numpy(), "over_base"),
        (rows["comparison"].eq("none").to_numpy(), "calculated"),
        (~rows["judged"].to_numpy(), "not_judged"),
        (~rows["counted"].to_numpy(), "nobody"),
        (adverse & beyond, "clear_large"),
        (adverse, "clear_small"),
        (favourable, "favourable"),
        (narrow, "narrow"),
        (rows["expected"].to_numpy() < minimum_expected, "too_few"),
        (~beyond, "inside"),
    ]
    key = np.select([condition for condition, _ in conditions], [name for _, name in conditions], "unclear")
    key = pd.Series(key, index=rows.index)
    return pd.DataFrame({"status": key.map(_STATUS_OF), "reason": key.map(REASONS)})
