"""What one person's case more or less would make clear; witness: every such table judged on its own."""

import numpy as np
import pandas as pd
import pytest

from wres_helpers.analysis.group_comparisons import recalculated, relative_likelihoods, two_groups
from wres_helpers.analysis.possible_statuses import findings_with_one_person
from wres_helpers.analysis.status_rule import Method
from wres_helpers.standard.statuses import CLEAR, FINDINGS

COUNTED = ("white_count", "white_base", "bme_count", "bme_base", "whole_count", "whole_base")
_ALONE = (("bme_count",), ("white_count",))
#: Of each direction: its adverse side, what one person changes together, and counts in the order of COUNTED: of few and of many, nobody among them.
KINDS = {
    "white/bme": ("above_1", _ALONE, [(107, 430, 35, 101), (58, 304, 1, 26), (300, 2000, 0, 9), (0, 90, 0, 30), (1, 40, 0, 1), (500, 2000, 9, 64)]),
    "bme/white": ("above_1", _ALONE, [(101, 1083, 11, 63), (124, 1270, 0, 53), (30, 1500, 0, 60), (0, 90, 0, 30)]),
    "bme-white": ("above_0", _ALONE, [(272, 848, 18, 37), (195, 850, 8, 66), (250, 1000, 24, 60), (0, 400, 3, 90), (5, 60, 0, 60)]),
    "grade-workforce": (
        "below_0", (("bme_count", "whole_count"), ("whole_count",)),
        [(0, 14, 7, 14, 348, 1307), (0, 37, 2, 37, 131, 656), (0, 20, 0, 20, 3, 90), (0, 28, 1, 28, 160, 765)],
    ),
    "board-workforce": (
        "below_0", (("bme_count",), ("whole_count",)),
        [(0, 22, 12, 22, 374, 1153), (0, 54, 1, 54, 139, 1376), (0, 14, 0, 14, 190, 900), (0, 9, 0, 9, 0, 90)],
    ),
}  # fmt: skip


def rows_of(direction, counts):
    row = {
        "organisation": "trial", "year": "2019-20", "indicator": "1", "breakdown": "tier", "category": "upper", "direction": direction,
        "measure": "board_share" if direction == "board-workforce" else "senior_share" if direction == "grade-workforce" else "trial",
        "adverse": KINDS[direction][0], "comparison": "ratio" if "/" in direction else "difference", "unknown_count": np.nan, "unknown_base": np.nan,
    }  # fmt: skip
    numbers = (dict(zip(COUNTED, map(float, (*cells, np.nan, np.nan)[:6]), strict=True)) for cells in counts)
    return pd.DataFrame([row | each for each in numbers])


@pytest.mark.parametrize("direction", KINDS)
def test_one_person_more_or_less_makes_what_the_table_with_that_person_shows(direction):
    """Nobody can be one fewer, and where a difference is clear already nothing is asked; too few are judged only where they are clear."""
    _, together, counts = KINDS[direction]
    rows = recalculated(rows_of(direction, counts), Method())
    beside = []
    for case, cells in enumerate(counts):
        for names, sign in ((names, sign) for names in together for sign in (1, -1)):
            table = dict(zip(COUNTED, cells, strict=False))
            table |= {name: table[name] + sign for name in names}
            beside += [(case, tuple(table.values()))] if min(table.values()) >= 0 else []
    shown = recalculated(rows_of(direction, [table for _, table in beside]), Method())["status"]
    wanted = [
        {
            code
            for (of, _), code in zip(beside, shown, strict=True)
            if of == case and code in (FINDINGS if status in FINDINGS else CLEAR) and status not in CLEAR and code != status
        }
        for case, status in enumerate(rows["status"])
    ]
    assert findings_with_one_person(rows, Method()) == wanted
    assert len(set(map(frozenset, wanted))) > 1


def test_the_answer_itself_is_judged_where_its_opposite_is_as_far_from_equal():
    """By hand: 3 of 10 beside 7 of 10, and 7 of 10 not counted beside 3 of 10: both 3/7. Of 2 of 10 the opposite, 8/10 over 3/10, is nearer."""
    found = relative_likelihoods(rows_of("bme-white", [(7, 10, 3, 10), (7, 10, 2, 10), (8, 10, 3, 10)]), 0.95)
    assert found["opposite"].tolist() == [False, False, True]
    assert found["value"].tolist() == pytest.approx([3 / 7, 2 / 7, 2 / 7])


def test_a_board_is_compared_with_all_staff_and_a_grade_with_those_outside_it():
    """By hand: 3 of 12 beside 90 of 600, or beside the other 87 of 588."""
    board, grade = (rows_of(direction, [(9, 12, 3, 12, 90, 600)]) for direction in ("board-workforce", "grade-workforce"))
    assert [float(cells.iloc[0]) for cells in two_groups(board)] == [3, 12, 90, 600]
    assert [float(cells.iloc[0]) for cells in two_groups(grade)] == [3, 12, 87, 588]
    assert [float(cells.iloc[0]) for cells in two_groups(rows_of("bme-white", [(9, 12, 3, 11)]))] == [3, 11, 9, 12]


def test_a_rate_is_of_as_many_as_there_are_and_of_nobody_none():
    """By hand: none and one of one, nobody of nobody, more than there are, and what is not known."""
    given = [(0, 1, 1, 1), (0, 0, 2, 1), (np.nan, 4, 1, np.nan), (1, 4, 3, 4)]
    made = recalculated(rows_of("bme-white", given), Method())
    assert made["white_rate"].tolist() == pytest.approx([0, np.nan, np.nan, 0.25], nan_ok=True)
    assert made["bme_rate"].tolist() == pytest.approx([1, np.nan, np.nan, 0.75], nan_ok=True)
