"""The funnel of many organisations. Witness: the formulas of Spiegelhalter 2005 written down unit by unit, with Python's own numbers."""

import math
import statistics

import numpy as np
import pandas as pd
import pytest

from wres_helpers.analysis.funnel import FUNNEL_COLUMNS, funnel
from wres_helpers.standard.columns import RESULT_COLUMNS

TURNED = {"white/bme": False, "bme/white": True, "bme-white": True}
#: White people counted and asked, BME people counted and asked.
UNITS = [
    (150, 1605, 11, 251), (90, 700, 9, 80), (40, 400, 30, 300), (200, 1000, 10, 210), (66, 640, 8, 75), (31, 300, 4, 44),
    (120, 1100, 20, 190), (77, 800, 7, 95), (12, 130, 3, 24), (300, 2500, 25, 260), (55, 300, 40, 110), (9, 900, 30, 90),
]  # fmt: skip


def rows_of(units, direction, measure="appointed"):
    made = [
        dict.fromkeys(RESULT_COLUMNS, np.nan)
        | {"organisation": f"trust {place:02}", "year": "2019-20", "indicator": "2", "measure": measure, "breakdown": "overall",
           "category": "all", "comparison": "ratio" if "/" in direction else "difference", "direction": direction, "value": 1.0,
           "status": "", "white_count": unit[0], "white_base": unit[1], "bme_count": unit[2], "bme_base": unit[3]}
        for place, unit in enumerate(units)
    ]  # fmt: skip
    return pd.DataFrame(made)


def place_of(unit, direction):
    white, bme = unit[0] / unit[1], unit[2] / unit[3]
    first, second = (bme, white) if TURNED[direction] else (white, bme)
    if "/" not in direction:
        return first - second, math.sqrt(white * (1 - white) / unit[1] + bme * (1 - bme) / unit[3])
    return math.log(first / second), math.sqrt(1 / unit[0] - 1 / unit[1] + 1 / unit[2] - 1 / unit[3])


def tenth(values, share):
    """Return a quantile between two values, as most programs do (R's type 7)."""
    ordered, at = sorted(values), share * (len(values) - 1)
    low = math.floor(at)
    return ordered[low] + (at - low) * (ordered[min(low + 1, len(values) - 1)] - ordered[low])


@pytest.mark.parametrize("direction", TURNED)
@pytest.mark.parametrize("units", [UNITS, UNITS[:10], [(unit[0], unit[1], round(unit[3] * unit[0] / unit[1]), unit[3]) for unit in UNITS]])
def test_limits_are_those_of_the_formulas_unit_by_unit(units, direction):
    """Some lie beyond either limit, and where all lie close together the limits are not narrowed."""
    found = funnel(rows_of(units, direction))
    places = [place_of(unit, direction) for unit in units]
    centre = place_of([sum(column) for column in zip(*units, strict=True)], direction)[0]
    z = [(place - centre) / error for place, error in places]
    low, high = tenth(z, 0.1), tenth(z, 0.9)
    spread = max(1.0, statistics.fmean(min(max(each, low), high) ** 2 for each in z))
    assert found["overdispersion"].tolist() == pytest.approx([spread] * len(units))
    assert len(units) < 12 or (spread > 1) == (units is UNITS)
    shown = math.exp if "/" in direction else float
    for row, (place, error) in zip(found.itertuples(), places, strict=True):
        assert (row.position, row.standard_error, row.centre) == pytest.approx((place, error, shown(centre)))
        reach = error * math.sqrt(spread)
        for name, width in (("95", 1.959964), ("998", 3.090232)):
            ends = getattr(row, f"lower_{name}"), getattr(row, f"upper_{name}")
            assert ends == pytest.approx((shown(centre - width * reach), shown(centre + width * reach)))
        away = abs(place - centre) / reach
        assert row.outside == ("998" if away > 3.090232 else "95" if away > 1.959964 else "")
        assert (row.units, row.scale) == (len(units), "logarithm" if "/" in direction else "difference")
    if units is UNITS and direction == "bme/white":
        assert "998" in set(found["outside"])


def test_nine_units_and_those_without_an_error_have_no_limits():
    """Nobody counted in a group of two: their place is told where it is a number; the other ten keep their limits, of nine there are none."""
    nobody = [(0, 100, 3, 20), (10, 100, 0, 20)]
    found = funnel(rows_of(UNITS[:10] + nobody, "white/bme"))
    assert found["units"].tolist() == [10] * 12
    assert found["lower_95"].notna().tolist() == [True] * 10 + [False] * 2
    assert found["standard_error"].isna().tolist() == [False] * 10 + [True] * 2
    few = funnel(pd.concat([rows_of(UNITS[:9], "white/bme"), rows_of(UNITS[:10], "white/bme", "other")], ignore_index=True))
    assert few["upper_998"].notna().tolist() == [False] * 9 + [True] * 10
    assert (few["units"].tolist(), set(few["overdispersion"][:9])) == ([9] * 9 + [10] * 10, {1.0})
    assert set(few["outside"][:9]) == {""}


def test_a_row_without_a_base_or_of_a_part_is_no_unit():
    rows = rows_of(UNITS[:4], "bme-white")
    rows.loc[0, "bme_base"], rows.loc[1, "white_count"], rows.loc[2, "breakdown"] = 0, np.nan, "grade"
    found = funnel(rows)
    assert found["organisation"].tolist() == ["trust 03"]
    assert list(found) == list(FUNNEL_COLUMNS)
    # one person asked is somebody; where everybody or nobody of both groups is counted chance has no size
    found = funnel(rows_of([(1, 1, 1, 2), (0, 1, 0, 1), (7, 7, 3, 3)], "bme-white"))
    assert found["position"].tolist() == [-0.5, 0, 0]
    assert found["standard_error"].notna().tolist() == [True, False, False]
