"""What each part of an organisation has in a gap.

Witness: a table small enough to work by hand, and that parts and composition add up to the whole.
"""

import numpy as np
import pandas as pd
import pytest

from wres_helpers.analysis.contributions import COMPOSITION, contributions

#: Medicine: white 10 of 100, BME 8 of 40. Surgery: white 40 of 100, BME 4 of 10. Whole: white 50 of 200, BME 12 of 50.
PARTS = {"Medicine": (10, 100, 8, 40), "Surgery": (40, 100, 4, 10)}


def results(parts: dict[str, tuple], whole: tuple = (50, 200, 12, 50)) -> pd.DataFrame:
    rows = [("overall", "all", *whole), *(("directorate", name, *cells) for name, cells in parts.items())]
    columns = ["breakdown", "category", "white_count", "white_base", "bme_count", "bme_base"]
    return pd.DataFrame(rows, columns=columns).assign(organisation="x", year="2025-26", indicator="3", measure="m", direction="bme/white")


def test_parts_by_hand():
    table = contributions(results(PARTS)).set_index("category")
    # Medicine at its white rate: 4 of 40, so 4 beyond; Surgery 4 of 10, so none
    assert table["beyond_people"].to_dict() == pytest.approx({"Medicine": 4, "Surgery": 0, COMPOSITION: -4.5})
    # the whole: 50 at 25% is 12.5, so half a person fewer than expected
    assert table["whole_people"].unique() == pytest.approx([-0.5])


def test_parts_and_composition_add_up_to_the_whole():
    draw = np.random.default_rng(4)
    for _ in range(50):
        cells = draw.integers(1, 60, (5, 4))
        cells[:, 1] += cells[:, 0]
        cells[:, 3] += cells[:, 2]
        parts = {f"part {number}": tuple(row) for number, row in enumerate(cells.tolist())}
        table = contributions(results(parts, tuple(cells.sum(axis=0).tolist())))
        assert table["beyond_people"].sum() == pytest.approx(table["whole_people"].iloc[0])


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"Medicine": (10, 100, np.nan, 40), "Surgery": (40, 100, 4, 10)}, "a count of a part was not supplied, or is hidden"),
        ({"Medicine": (10, 100, 8, 40)}, "the parts do not add up to the whole"),
        ({"Medicine": (50, 200, 8, 40), "Surgery": (0, 0, 4, 10)}, "a part has nobody to compare the compared group with"),
    ],
)
def test_what_cannot_be_added_up_gives_no_number_and_says_why(parts, reason):
    table = contributions(results(parts))
    assert table["beyond_people"].isna().all()
    assert table["reason"].str.startswith(reason).all()


def test_a_report_of_which_one_group_has_nobody_at_all_is_not_ended_by_it():
    table = contributions(results({"Medicine": (0, 0, 8, 40), "Surgery": (0, 0, 4, 10)}, (0, 0, 12, 50)))
    assert table["whole_people"].isna().all()
    assert set(table["reason"]) == {"the parts do not add up to the whole"}


def test_a_part_that_has_nobody_has_no_part_in_the_gap():
    """By hand: as without it; of one that has white staff alone nobody is expected."""
    table = contributions(results(PARTS | {"Closed": (0, 0, 0, 0)})).set_index("category")
    assert table["beyond_people"].to_dict() == pytest.approx({"Medicine": 4, "Surgery": 0, "Closed": 0, COMPOSITION: -4.5})
    white_alone = contributions(results(PARTS | {"Estates": (30, 100, 0, 0)}, (80, 300, 12, 50))).set_index("category")
    assert white_alone.loc["Estates", ["expected", "beyond_people"]].tolist() == [0, 0]


def test_a_report_without_breakdowns_gives_an_empty_table():
    assert contributions(results({})).empty
