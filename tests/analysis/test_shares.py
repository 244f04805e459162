"""Shares of people and how complete ethnicity is. Witness: divisions by hand, the Wilson interval of statsmodels."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from wres_helpers.analysis.shares import completeness, shares
from wres_helpers.standard.columns import COMPLETENESS_COLUMNS, SHARE_COLUMNS


def counts(*rows):
    table = pd.DataFrame(rows, columns=["item", "breakdown", "category", "ethnic_group", "count"])
    return table.assign(organisation="x", year="2019-20")


STAFF = counts(
    ("workforce", "grade", "Band 5", "white", 30), ("workforce", "grade", "Band 5", "bme", 10), ("workforce", "grade", "Band 6", "white", 60),
    ("workforce", "grade", "Band 6", "bme", 0), ("workforce", "grade", "Band 7", "white", 0), ("headcount", "overall", "all", "white", 90),
    ("headcount", "overall", "all", "bme", 10), ("headcount", "overall", "all", "unknown", 25),
)  # fmt: skip


def test_a_share_is_of_its_category_or_of_its_group_and_of_everybody():
    """By hand: 10 of the 40 of Band 5 are BME, and all 10 of the BME staff are in it; of all groups 40 of 100; of nobody there is no share."""
    table = shares(STAFF, 0.9)
    assert (list(table), table.index.tolist()) == (list(SHARE_COLUMNS), list(range(len(table))))
    found = {(row.of, row.category, row.ethnic_group): row for row in table[table["item"].eq("workforce")].itertuples()}
    wanted = {
        ("category", "Band 5", "white"): (30, 40), ("category", "Band 5", "bme"): (10, 40), ("category", "Band 5", "all"): (40, 40),
        ("category", "Band 6", "white"): (60, 60), ("category", "Band 6", "bme"): (0, 60), ("category", "Band 6", "all"): (60, 60),
        ("category", "Band 7", "white"): (0, 0), ("category", "Band 7", "all"): (0, 0), ("group", "Band 5", "white"): (30, 90),
        ("group", "Band 5", "bme"): (10, 10), ("group", "Band 5", "all"): (40, 100), ("group", "Band 6", "white"): (60, 90),
        ("group", "Band 6", "bme"): (0, 10), ("group", "Band 6", "all"): (60, 100), ("group", "Band 7", "white"): (0, 90),
        ("group", "Band 7", "all"): (0, 100),
    }  # fmt: skip
    assert {key: (row.count, row.base) for key, row in found.items()} | wanted == {key: (row.count, row.base) for key, row in found.items()}
    assert set(found) == set(wanted)
    for key, (count, base) in wanted.items():
        row = found[key]
        if not base:
            assert (np.isnan(row.rate), row.status, row.reason) == (True, "not_calculable", "nobody is in the base")
            continue
        assert (row.rate, row.status, row.reason) == (pytest.approx(count / base), "calculated", "")
        assert (row.lower, row.upper) == pytest.approx(proportion_confint(count, base, 0.1, "wilson"), abs=1e-12)
    assert set(table.loc[table["item"].eq("headcount"), "of"]) == {"category"}  # the whole is spread over nothing


def test_how_many_people_s_ethnicity_is_known_is_told_where_the_undisclosed_were_counted():
    """By hand: 25 of 125; of the survey each group by the question that most of it answered, of the board its total, of bands nothing."""
    survey = counts(
        ("survey", "14", "Yes", "white", 50), ("survey", "14", "No", "white", 5), ("survey", "15", "Yes", "white", 60), ("survey", "14", "Yes", "bme", 8),
        ("survey", "15", "Yes", "bme", 7), ("survey", "14", "Yes", "unknown", 0), ("board", "membership", "total", "white", 9),
        ("board", "membership", "voting", "unknown", 3), ("applied", "overall", "all", "unknown", 4), ("applied", "grade", "Band 5", "white", 4),
    )  # fmt: skip
    table = completeness(pd.concat([STAFF, survey], ignore_index=True), 0.9)
    assert (list(table), table.index.tolist()) == (list(COMPLETENESS_COLUMNS), list(range(len(table))))
    found = table.set_index("item")
    assert set(found.index) == {"headcount", "survey", "board", "applied"}
    assert found.loc["headcount", ["known", "unknown", "total", "unknown_share", "status"]].tolist() == [100, 25, 125, 0.2, "calculated"]
    assert tuple(found.loc["headcount", ["lower", "upper"]]) == pytest.approx(proportion_confint(25, 125, 0.1, "wilson"))
    assert found.loc["survey", ["known", "unknown", "total", "unknown_share", "status"]].tolist() == [68, 0, 68, 0, "calculated"]
    for item, known in (("board", 9.0), ("applied", np.nan)):
        row = found.loc[item]
        assert (row["known"], np.isnan(row["unknown_share"]), row["status"]) == (pytest.approx(known, nan_ok=True), True, "not_supplied")
        assert row["reason"] == "the undisclosed were not counted, or the count was not supplied"
    nobody = completeness(counts(("headcount", "overall", "all", "white", 0), ("headcount", "overall", "all", "unknown", 0)), 0.9)
    assert nobody["status"].tolist() == ["not_supplied"]
    one = completeness(counts(("headcount", "overall", "all", "white", 0), ("headcount", "overall", "all", "unknown", 1)), 0.9)
    assert one["unknown_share"].tolist() == [1.0]
