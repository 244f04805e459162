"""Which statuses are the same whatever is hidden. Witness: every count that may stand there, put in and judged one by one."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from wres_helpers.analysis.group_comparisons import recalculated, whole_workforce
from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure import certain_status
from wres_helpers.disclosure.certain_status import _tried, certain

FIELDS = [f"{group}_{kind}" for group in ("white", "bme", "unknown") for kind in ("count", "base")]


@pytest.fixture(scope="module")
def told(necs, evidence, reference):
    """The comparisons of the shipped report, and what asks which of them are sure where some counts are hidden: by row and field, by how many."""
    results, method = evidence.results, Method.of(necs)

    def sure(hidden):
        drawn = {field: np.vstack([results[field].to_numpy(float)] * 2) for field in FIELDS}
        for (place, field), (fewer, more) in hidden.items():
            drawn[field][:, place] += (fewer, more)
        return certain(results, drawn, reference.catalogue, method)

    adverse = reference.catalogue.drop_duplicates("measure").set_index("measure")["adverse"]
    rows = results.join(whole_workforce(results), on=["organisation", "year"]).assign(adverse=results["measure"].map(adverse))
    return results, rows, method, sure


@pytest.mark.parametrize("hidden", [{"bme_count": (0, 3)}, {"bme_count": (-2, 1), "white_count": (0, 2)}, {"white_count": (-1, 1)}])
def test_a_status_is_sure_where_every_hidden_count_gives_it_for_the_same_reason(told, hidden):
    """Nothing was red when no hidden count was tried, or only the smallest and the largest."""
    results, rows, method, sure = told
    fewest = hidden.get("bme_count", (0, 0))[0]
    asked = np.flatnonzero(results["comparison"].ne("none") & results["value"].notna() & results["bme_count"].add(fewest).ge(0))
    made = []
    for place in asked:
        row = rows.iloc[place]
        part = row["direction"].endswith("-workforce")  # set beside the workforce, whoever of it is white
        matters = {field: ends for field, ends in hidden.items() if not (part and field.startswith("white"))}
        for changes in product(*(range(low, high + 1) for low, high in matters.values())):
            case = row.to_dict() | {field: row[field] + by for field, by in zip(matters, changes, strict=True)} | {"place": place}
            if part or (case["white_count"] <= case["white_base"] and case["bme_count"] <= case["bme_base"]):
                made.append(case | {"context": bool(matters) and row["measure"] in ("share_of_grade", "survey_response")})
    judged = recalculated(pd.DataFrame(made), method)
    one = (judged["status"] + judged["reason"]).groupby(judged["place"]).nunique().eq(1) & ~judged.groupby("place")["context"].first()
    found = sure({(place, field): ends for field, ends in hidden.items() for place in asked})[asked]
    assert one.index.tolist() == asked.tolist() and found.tolist() == one.tolist()
    assert {True, False} <= set(found)


def test_where_the_whole_workforce_is_hidden_no_part_of_that_year_is_sure(told):
    results, _, _, sure = told
    overall = np.flatnonzero(results["measure"].eq("share_of_grade") & results["breakdown"].eq("overall") & results["value"].isna())
    parts = results["direction"].isin(["grade-workforce", "board-workforce"]).to_numpy()
    for place in overall:
        same_year = results["year"].eq(results["year"].iloc[place]).to_numpy()
        left = sure({(place, "bme_count"): (0, 2)})
        assert (left == ~(parts & same_year | (np.arange(len(results)) == place))).all()


def test_where_the_base_of_a_part_of_the_staff_is_hidden_it_is_the_sum_of_its_groups_and_else_it_stands():
    """By hand: two or three white, one or two BME and four undisclosed people, of whom the base is 7 to 9; of a base that is told, and of one of two."""
    fields = ("white_count", "bme_count", "unknown_count", "white_base", "bme_base", "unknown_base")
    hidden = dict(zip(fields, [(2, 3), (1, 2), (4, 4), (7, 9), (7, 9), (7, 9)], strict=True))
    every = [[white, bme, 4, *[white + bme + 4] * 3] for white in (2, 3) for bme in (1, 2)]
    assert _tried(hidden, part=True, every=True).tolist() == _tried(hidden, part=True, every=False).tolist() == every
    told = hidden | dict.fromkeys(fields[3:], (9, 9))
    assert _tried(told, part=True, every=True).tolist() == [[white, bme, 4, 9, 9, 9] for white in (2, 3) for bme in (1, 2)]
    two = {
        "white_count": (8, 8),
        "bme_count": (0, 2),
        "unknown_count": (0, 3),
        "white_base": (8, 8),
        "bme_base": (1, 2),
        "unknown_base": (5, 5),
    }
    assert _tried(two, part=False, every=True).tolist() == [[8, bme, 0, 8, base, 5] for bme in (0, 1, 2) for base in (1, 2) if bme <= base]
    assert _tried(two, part=False, every=False).tolist() == [[8, bme, 0, 8, base, 5] for bme in (0, 2) for base in (1, 2) if bme <= base]


def test_more_than_ten_thousand_cases_are_not_tried_and_what_fits_no_base_is_tried_as_the_first_has_it():
    of = {
        "white_count": (0, 99),
        "bme_count": (0, 99),
        "unknown_count": (0, 0),
        "white_base": (200, 200),
        "bme_base": (200, 200),
        "unknown_base": (0, 0),
    }
    assert len(_tried(of, part=False, every=True)) == 10_000 and len(_tried(of, part=False, every=False)) == 4
    more = of | {"white_count": (0, 100)}
    assert _tried(more, part=False, every=True).shape == (0, 6) and len(_tried(more, part=False, every=False)) == 4
    none = of | {"bme_count": (300, 301), "white_count": (1, 1)}
    assert _tried(none, part=False, every=True).tolist() == [[1, 300, 0, 200, 200, 0]]


def test_one_count_between_two_ends_that_gives_another_status_makes_it_unsure(told, monkeypatch):
    """Witness: statuses made up, alike at both ends of a hidden count and otherwise for the one between."""
    results, _, _, sure = told
    place = int(np.flatnonzero(results["measure"].eq("accessing_training") & results["bme_count"].ge(2))[0])
    between = results["bme_count"].iloc[place]
    for odd, certainly in ((between, False), (between + 5, True), (between - 1, False), (between + 1, False)):
        made_up = lambda made, _, odd=odd: made.assign(status=np.where(made["bme_count"].eq(odd), "a", "b"), reason="")  # noqa: E731
        monkeypatch.setattr(certain_status, "with_statuses", made_up)
        assert sure({(place, "bme_count"): (-1, 1)})[place] == certainly


def test_a_part_that_is_hidden_beside_a_hidden_workforce_is_not_sure(told):
    results, _, _, sure = told
    year = results["year"].eq(results["year"].iloc[-1])
    [whole] = np.flatnonzero(year & results["measure"].eq("share_of_grade") & results["breakdown"].eq("overall") & results["value"].isna())
    parts = np.flatnonzero(year & results["direction"].isin(["grade-workforce", "board-workforce"]) & results["value"].notna())
    assert not sure({(place, "bme_count"): (0, 1) for place in (whole, *parts)})[parts].any()
