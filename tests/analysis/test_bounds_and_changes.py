"""Bounds: the witness is trying every way of sharing out the undisclosed. Changes: hand calculation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.examples import examples

from wres_helpers.analysis.bounds import bounds
from wres_helpers.analysis.changes import _is_clear, changes, since_first_comparable
from wres_helpers.analysis.group_comparisons import recalculated
from wres_helpers.analysis.history import NO_BREAKS, history
from wres_helpers.analysis.intervals import gap_change_interval, ratio_change_interval
from wres_helpers.analysis.possible_statuses import _cut, _sharings, _ways, statuses_possible
from wres_helpers.analysis.status_rule import SUPPRESSED, Method
from wres_helpers.standard.columns import RESULT_COLUMNS


def comparison(**cells):
    row = dict.fromkeys(RESULT_COLUMNS, np.nan) | {
        "organisation": "trial", "year": "2019-20", "indicator": "4", "measure": "accessing_training", "breakdown": "overall", "category": "all",
        "comparison": "ratio", "direction": "white/bme", "confidence": 0.95, "status": "achieving", "reason": "",
    }  # fmt: skip
    return pd.DataFrame([row | cells])[list(RESULT_COLUMNS)]


def test_the_undisclosed_join_the_base_of_a_share_of_one_group():
    """By hand: of 120 BME people 70 are counted, of 16 undisclosed 7. Were all BME, 77 of 136; at worst the 9 others only, at best the 7 only."""
    cells = {
        "measure": "adequate_adjustments",
        "comparison": "none",
        "direction": "none",
        "bme_count": 70,
        "bme_base": 120,
        "bme_rate": 70 / 120,
    }
    row = bounds(comparison(**cells, unknown_count=7, unknown_base=16)).iloc[0]
    assert tuple(row[["if_all_white", "if_all_bme", "lower_bound", "upper_bound"]]) == pytest.approx(
        (70 / 120, 77 / 136, 70 / 129, 77 / 127)
    )


def test_a_status_that_only_few_ways_give_is_among_those_the_undisclosed_could_make():
    """Witness: every way of sharing out 55 and 1,106 undisclosed, judged one by one: 'some difference' in few, all of them with all 55."""
    row = comparison(
        measure="senior_share", comparison="difference", direction="grade-workforce", bme_count=20, bme_base=439,
        unknown_count=55, unknown_base=439,
    ).assign(adverse="below", most=np.inf, whole_count=325.0, whole_base=6060.0, whole_unknown=1161.0)  # fmt: skip
    (possible,) = statuses_possible(row, [{}], Method())
    ways = pd.concat([row] * 1107, ignore_index=True).assign(bme_count=75.0, whole_count=380.0 + np.arange(1107))
    assert set(recalculated(ways, Method())["status"]) <= possible
    assert {"some_difference", "equivalent", "large_difference"} <= possible


def judged(row, ways):
    """Return the statuses of a comparison with other counts, judged one by one."""
    table = pd.concat([row] * len(ways), ignore_index=True)
    return set(recalculated(table.assign(**pd.DataFrame(ways)), Method())["status"])


@pytest.mark.parametrize("direction", ["grade-workforce", "board-workforce"])
@pytest.mark.parametrize("shared", [(0, 6), (5, 6), (4, 0), (0, 0), (7, 8)])
def test_of_a_part_of_the_workforce_every_sharing_out_is_tried_and_no_other(direction, shared):
    """Witness: each undisclosed person of the part and of the others is BME or not, counted out. A band's are among the workforce's, a board's are not."""
    here, elsewhere = shared
    part = direction == "grade-workforce"
    whole_unknown = here + elsewhere if part else elsewhere
    whole = comparison(measure="share_of_grade", comparison="none", direction="none", bme_count=90, bme_base=300, bme_rate=0.3,
                       unknown_count=whole_unknown, unknown_base=300)  # fmt: skip
    row = comparison(measure="senior_share", comparison="difference", direction=direction, value=9 / 47 - 0.3, bme_count=9, bme_base=47,
                     unknown_count=here, unknown_base=47)  # fmt: skip
    ways = [{"bme_count": 9.0 + x, "whole_count": 90.0 + y + x * part} for x in range(here + 1) for y in range(elsewhere + 1)]
    values = [way["bme_count"] / 47 - way["whole_count"] / 300 for way in ways]
    found = bounds(pd.concat([whole, row], ignore_index=True)).iloc[1]
    assert (found.lower_bound, found.upper_bound) == pytest.approx((min(values), max(values)))
    assert (found.if_all_white, found.if_all_bme) == pytest.approx((values[0], values[-1]))
    asked = row.assign(adverse="below", most=np.inf, whole_count=90.0, whole_base=300.0, whole_unknown=float(whole_unknown))
    (possible,) = statuses_possible(asked, [{}], Method())
    assert possible == judged(asked, ways)
    tried = _ways(asked.iloc[0])[["bme_count", "whole_count"]]
    assert sorted(tried.itertuples(index=False, name=None)) == sorted(tuple(way.values()) for way in ways)


def test_of_a_band_never_more_are_undisclosed_than_of_the_workforce():
    """Five of the band and four of the workforce: nobody else is left to be shared out."""
    row = comparison(direction="grade-workforce", comparison="difference", bme_count=9, bme_base=47, unknown_count=5, unknown_base=47)
    asked = row.assign(adverse="below", most=np.inf, whole_count=90.0, whole_base=300.0, whole_unknown=4.0)
    assert sorted(_ways(asked.iloc[0])["whole_count"]) == [90, 91, 92, 93, 94, 95]


@pytest.mark.parametrize("most", [np.inf, 2.0, 0.0])
@pytest.mark.parametrize("counted", [3.0, 0.0, 5.0, np.nan])
@pytest.mark.parametrize(("direction", "bme"), [("white/bme", (9, 40)), ("bme/white", (19, 40)), ("bme-white", (22, 40))])
def test_of_two_groups_every_sharing_out_is_tried_and_no_other(direction, bme, counted, most):
    """Witness: of five undisclosed each is BME or white; how many of them are counted is known, or each number up to what was said of it."""
    row = comparison(white_count=100, white_base=420, bme_count=bme[0], bme_base=bme[1], direction=direction, value=1.0,
                     comparison="difference" if "-" in direction else "ratio", unknown_count=counted, unknown_base=5)  # fmt: skip
    adverse = "above_1" if direction == "white/bme" else "above_0"
    asked = row.assign(adverse=adverse, most=most, whole_count=np.nan, whole_base=np.nan, whole_unknown=np.nan)
    numbers = range(int(min(5, most)) + 1) if np.isnan(counted) else [int(counted)]
    ways = [
        {"bme_count": bme[0] + x, "bme_base": bme[1] + x + y, "white_count": 100 + some - x, "white_base": 420 + 5 - x - y}
        for some in numbers for x in range(some + 1) for y in range(5 - some + 1)
    ]  # fmt: skip
    (possible,) = statuses_possible(asked, [{}], Method())
    assert possible == judged(asked, [{name: float(number) for name, number in way.items()} for way in ways])
    tried = _ways(asked.iloc[0])[["bme_count", "bme_base", "white_count", "white_base"]]
    assert sorted(tried.itertuples(index=False, name=None)) == sorted(tuple(way.values()) for way in ways)
    rates = [(way["bme_count"] / way["bme_base"], way["white_count"] / way["white_base"]) for way in ways]
    values = [{"white/bme": white / bme, "bme/white": bme / white, "bme-white": bme - white}[direction] for bme, white in rates]
    found = bounds(row, pd.Series([most])).iloc[0]
    assert (found.lower_bound, found.upper_bound) == pytest.approx((min(values), max(values)))
    told = "at most 2" if most == 2 else "at most 0" if most == 0 else "from none to all"
    assert (told in found.assumption) == bool(np.isnan(counted))


def test_a_number_that_is_not_known_gives_no_status_and_people_are_cut_whole_and_evenly():
    """By hand: few are tried one by one, a thousand in eight steps of 125, at the edges in 256."""
    row = comparison(white_count=100, white_base=420, bme_count=9, bme_base=40, unknown_count=1, unknown_base=5)
    asked = row.assign(adverse="above_1", most=np.inf, whole_count=np.nan, whole_base=np.nan, whole_unknown=np.nan)
    lacking = [asked.assign(**{name: np.nan}) for name in ("white_count", "bme_base", "unknown_base")]
    assert statuses_possible(pd.concat(lacking, ignore_index=True), [{}] * 3, Method()) == [set()] * 3
    (some, none) = statuses_possible(pd.concat([asked, lacking[0]], ignore_index=True), [{}, {}], Method())
    assert (bool(some), none) == (True, set())
    assert _cut(6.0) == [0, 1, 2, 3, 4, 5, 6] and _cut(8.0) == list(range(9))
    assert _cut(1000.0) == [0, 125, 250, 375, 500, 625, 750, 875, 1000]
    ways = _sharings(512.0, 1024.0)
    assert len(ways) == len(set(ways)) == 9 * 9 + 2 * (257 - 9) + 2 * (257 - 9)
    assert {(x, y) for x in (0, 512) for y in range(0, 1025, 4)} | {(x, y) for x in range(0, 513, 2) for y in (0, 1024)} <= set(ways)


@st.composite
def groups(draw):
    counts = {}
    for name in ("white", "bme", "unknown"):
        base = draw(st.integers(0 if name == "unknown" else 1, 8))
        smallest = 0 if name == "unknown" else 1
        counts |= {f"{name}_base": base, f"{name}_count": draw(st.integers(min(smallest, base), base))}
    return counts


def every_allocation(g, direction):
    values = []
    for counted in range(g["unknown_count"] + 1):
        for others in range(g["unknown_base"] - g["unknown_count"] + 1):
            bme = (g["bme_count"] + counted) / (g["bme_base"] + counted + others)
            counted_white = g["unknown_count"] - counted
            others_white = g["unknown_base"] - g["unknown_count"] - others
            white = (g["white_count"] + counted_white) / (g["white_base"] + counted_white + others_white)
            values.append({"white/bme": white / bme, "bme/white": bme / white, "bme-white": bme - white}[direction])
    return min(values), max(values)


@given(groups(), st.sampled_from(["white/bme", "bme/white", "bme-white"]))
@settings(max_examples=examples(200), deadline=None)
def test_bounds_are_the_extremes_over_every_allocation(g, direction):
    row = comparison(**g, direction=direction, value=1.0, comparison="difference" if "-" in direction else "ratio")
    found = bounds(row).iloc[0]
    low, high = every_allocation(g, direction)
    assert found.lower_bound == pytest.approx(low)
    assert found.upper_bound == pytest.approx(high)
    assert found.lower_bound - 1e-12 <= min(found.if_all_white, found.if_all_bme)


@pytest.mark.parametrize("most", [np.inf, 25, 3])
@pytest.mark.parametrize(
    "cells", [(2, 10, 300, 1000), (300, 1000, 2, 10), (9, 10, 1, 400), (10, 10, 5, 30), (5, 30, 0, 12), (30, 90, 25, 80)]
)
def test_where_the_highest_comparison_lies_inside_it_is_found(cells, most):
    """Witness: of 40 undisclosed every number counted, and every sharing out, in one table. In some of these neither end is the highest."""
    white_count, white_base, bme_count, bme_base = cells
    some, x, y = (grid.ravel() for grid in np.meshgrid(np.arange(min(40, most) + 1), np.arange(41), np.arange(41), indexing="ij"))
    real = (x <= some) & (y <= 40 - some)
    some, x, y = some[real], x[real], y[real]
    bme, white = (bme_count + x) / (bme_base + x + y), (white_count + some - x) / (white_base + 40 - x - y)
    for direction, kind in (("white/bme", "ratio"), ("bme/white", "ratio"), ("bme-white", "difference")):
        row = comparison(white_count=white_count, white_base=white_base, bme_count=bme_count, bme_base=bme_base, unknown_base=40,
                         direction=direction, comparison=kind, value=1.0)  # fmt: skip
        with np.errstate(divide="ignore", invalid="ignore"):
            values = {"white/bme": white / bme, "bme/white": bme / white, "bme-white": bme - white}[direction]
        found = bounds(row, pd.Series([most])).iloc[0]
        assert (found.lower_bound, found.upper_bound) == pytest.approx((np.nanmin(values), np.nanmax(values)))


def every_number_and_allocation(g, direction):
    found = [every_allocation(g | {"unknown_count": counted}, direction) for counted in range(g["unknown_base"] + 1)]
    return min(low for low, _ in found), max(high for _, high in found)


@given(groups(), st.integers(1, 400), st.sampled_from(["white/bme", "bme/white", "bme-white"]))
@settings(max_examples=examples(300), deadline=None)
def test_where_it_is_not_known_how_many_of_the_undisclosed_were_counted_any_number_may_be(g, factor, direction):
    """Witness: every number of them, shared out in every way. The white group is enlarged, so that extremes lie inside, too."""
    g = g | {"white_base": g["white_base"] * factor}
    row = comparison(
        **(g | {"unknown_count": np.nan}), direction=direction, value=1.0, comparison="difference" if "-" in direction else "ratio"
    )
    found = bounds(row).iloc[0]
    low, high = every_number_and_allocation(g, direction)
    assert found.lower_bound == pytest.approx(low)
    assert found.upper_bound == pytest.approx(high)
    assert np.isnan(found.if_all_white) and np.isnan(found.if_all_bme)
    assert "from none to all" in found.assumption


def test_without_a_count_of_the_undisclosed_there_is_no_range():
    found = bounds(comparison(white_count=1, white_base=2, bme_count=1, bme_base=2, value=1.0)).iloc[0]
    assert (found.status, np.isnan(found.lower_bound)) == ("not_supplied", True)
    assert found.reason == "how many people did not disclose their group was not supplied"
    without = bounds(comparison(white_count=1, white_base=2, bme_count=0, bme_base=0, unknown_count=0, unknown_base=0)).iloc[0]
    assert (without.status, without.reason) == ("not_calculable", "the comparison itself could not be calculated")
    known = bounds(comparison(white_count=1, white_base=2, bme_count=1, bme_base=2, unknown_count=0, unknown_base=0, value=1.0)).iloc[0]
    assert (known.status, known.reason) == ("calculated", "")


@pytest.mark.parametrize("direction", ["board-workforce", "grade-workforce"])
def test_a_share_whose_undisclosed_were_not_counted_has_no_range(direction):
    """Nine members are known to be white; how many more did not disclose their ethnicity is not: none is not a number for it."""
    kind = {"comparison": "difference", "direction": direction, "measure": "board_share", "value": -0.05}
    whole = comparison(measure="share_of_grade", comparison="none", direction="none", bme_count=65, bme_base=1315, bme_rate=65 / 1315,
                       unknown_count=157, unknown_base=1315)  # fmt: skip
    board = comparison(white_count=9, white_base=9, bme_count=0, bme_base=9, unknown_base=9, **kind)
    found = bounds(pd.concat([whole, board], ignore_index=True)).iloc[1]
    assert (found.status, np.isnan(found.lower_bound), np.isnan(found.upper_bound)) == ("not_supplied", True, True)
    known = board.assign(unknown_count=1.0, white_count=8.0)
    assert bounds(pd.concat([whole, known], ignore_index=True)).iloc[1].status == "calculated"
    assert bounds(known).iloc[0].status == "not_supplied"  # of the workforce nothing is known


def one_year(year, white, bme, **more):
    """Return a year's comparison as the report calculates it, from its four counts."""
    kind = {"comparison": "ratio", "direction": "white/bme", "adverse": "above_1", "measure": "accessing_training", "indicator": "4"} | more
    cells = {"white_count": white[0], "white_base": white[1], "bme_count": bme[0], "bme_base": bme[1]}
    row = {"organisation": "trial", "year": year, "breakdown": "overall", "category": "all"} | kind | cells
    nothing = dict.fromkeys(("unknown_count", "unknown_base", "whole_count", "whole_base"), np.nan)
    return recalculated(pd.DataFrame([row | nothing]).astype(dict.fromkeys(cells, float)), Method())


def changed(reference, before, now, **more):
    """Return the change between two years, each given as the counts of white and BME people."""
    years = [one_year("2018-19", *before, **more), one_year("2019-20", *now, **more)]
    return changes(pd.concat(years, ignore_index=True), reference.catalogue).iloc[0]


def test_a_ratio_changes_by_a_factor(reference):
    """By hand: 0.5/0.2 = 2.5 after 0.5/0.4 = 1.25 is 2.

    With half a person added: ln(50.5/100.5) - ln(10.5/50.5) - ln(50.5/100.5) + ln(20.5/50.5) = 0.66905; its variance
    2(1/50.5 - 1/100.5) + (1/10.5 - 1/50.5) + (1/20.5 - 1/50.5) = 0.124118; 1.959964 standard errors are 0.690503.
    """
    found = changed(reference, ((50, 100), (20, 50)), ((50, 100), (10, 50)))
    assert found.change == pytest.approx(2.0)
    assert (found.change_lower, found.change_upper) == (pytest.approx(0.97877, abs=2e-5), pytest.approx(3.89445, abs=2e-5))
    assert found.bme_rate_change == pytest.approx(-0.2)
    assert found.verdict == "within_chance"


@pytest.mark.parametrize("hidden", [("2018-19",), ("2019-20",), ("2018-19", "2019-20")])
def test_a_change_from_or_to_a_count_that_was_hidden_says_so_and_not_that_nobody_was_counted(reference, hidden):
    """One hidden year is enough; both tell the same."""
    years = [one_year(year, (50, 100), (20, 50)) for year in ("2018-19", "2019-20")]
    table = pd.concat(years, ignore_index=True)
    table.loc[table["year"].isin(hidden), ["status", "reason"]] = ["not_calculable", SUPPRESSED]
    table.loc[table["year"].isin(hidden), ["bme_count", "bme_rate", "value", "lower", "upper"]] = np.nan
    found = changes(table, reference.catalogue).iloc[0]
    assert (found.verdict, found.reason) == ("not_calculable", SUPPRESSED)


SURVEY = {"comparison": "difference", "direction": "bme-white", "adverse": "above_0", "measure": "harassment_staff", "indicator": "6"}


def test_a_fall_is_a_clear_change_as_a_rise_is(reference):
    """Witness: Wilson limits by statsmodels 0.15, combined by hand.

    30 of 100: 0.218949 to 0.395849; 5 of 100: 0.021544 to 0.111750; 10 of 100, twice: 0.055229 to 0.174366. The gap of 0.20 reaches
    hypot(0.081051, 0.074366) down and hypot(0.095849, 0.044771) up, that of -0.05 hypot(0.028456, 0.074366) and hypot(0.061750,
    0.044771); the rise hypot(0.109998, 0.076273) down and hypot(0.105790, 0.079624) up.
    """
    many, few, white = (30, 100), (5, 100), (10, 100)
    rise, fall = changed(reference, (white, few), (white, many), **SURVEY), changed(reference, (white, many), (white, few), **SURVEY)
    assert (rise.change, rise.change_lower, rise.change_upper) == pytest.approx((0.25, 0.116145, 0.382407), abs=2e-6)
    assert (fall.change, fall.change_lower, fall.change_upper) == pytest.approx((-0.25, -0.382407, -0.116145), abs=2e-6)
    assert (fall.verdict, rise.verdict) == ("clear_change", "clear_change")


def test_a_change_to_or_from_nobody_is_judged(reference):
    """Fisher's exact test of 25 of 60 against 0 of 60 gives p 2e-9, of 0 of 65 against 30 of 65 p 2e-11: chance does not explain them."""
    lost = changed(reference, ((250, 1000), (25, 60)), ((250, 1000), (0, 60)))
    assert (lost.change, lost.verdict) == (np.inf, "clear_change")
    assert (lost.change_lower > 1, lost.change_upper) == (True, np.inf)
    won = changed(reference, ((500, 1000), (0, 65)), ((500, 1000), (30, 65)), measure="appointed_from_shortlisting", indicator="2")
    assert (won.change, won.change_lower, won.verdict) == (0, 0, "clear_change")
    assert won.change_upper < 1


def test_one_person_less_or_more_makes_no_clear_change(reference):
    """3 of 60 after 0 of 60: the interval of the gap's change may leave out none, but 2 after 1 are no news."""
    found = changed(reference, ((500, 5000), (1, 60)), ((500, 5000), (7, 60)), **SURVEY)
    assert found.change_lower > 0
    assert found.verdict == "within_chance"


@pytest.mark.parametrize("nobody", [((0, 100), (0, 50)), ((50, 100), (0, 50))])
def test_a_change_that_is_not_defined_has_no_verdict_of_chance(reference, nobody):
    """Nothing over nothing, or infinity over infinity."""
    found = changed(reference, nobody, ((50, 100), (0, 50)))
    assert np.isnan(found.change) and np.isnan(found.change_lower)
    assert (found.verdict, "counts nobody" in found.reason) == ("not_calculable", True)
    # of people in post a change is described and not judged; one that is not defined is not even that
    disciplined = changed(reference, nobody, ((50, 100), (0, 50)), measure="entering_disciplinary", indicator="3", direction="bme/white")
    assert (disciplined.verdict, "counts nobody" in disciplined.reason) == ("not_calculable", True)


def test_a_missing_year_has_no_verdict_of_chance(reference):
    found = changed(reference, ((np.nan, 100), (20, 50)), ((50, 100), (10, 50)))
    assert (found.verdict, np.isnan(found.change)) == ("not_supplied", True)


@pytest.mark.slow
@given(st.lists(st.one_of(st.integers(0, 12), st.just(np.nan)), min_size=8, max_size=8), st.booleans())
@settings(max_examples=examples(300), deadline=None)
def test_no_verdict_is_made_from_a_missing_number(reference, drawn, as_gap):
    """Over counts that are nobody, missing, or above their base: a verdict of chance or of a clear change has its whole interval."""
    before, now = (((a, b), (c, d)) for a, b, c, d in (drawn[:4], drawn[4:]))
    found = changed(reference, before, now, **(SURVEY if as_gap else {}))
    numbers = [found.change, found.change_lower, found.change_upper]
    assert np.isnan(numbers).any() == (found.verdict not in ("clear_change", "within_chance"))
    if found.verdict == "clear_change":
        assert found.change_lower > (0 if as_gap else 1) or found.change_upper < (0 if as_gap else 1)
    if np.isnan(drawn).any():
        assert found.verdict == "not_supplied"


def test_shares_of_people_in_post_and_windows_that_overlap_are_described(evidence, reference):
    """9 of 10 people stand in both years' staff; 2018/19 stands in both two-year windows of indicator 3 up to edition 2020."""
    stock = evidence.changes[evidence.changes["indicator"].isin(("1", "9")) & evidence.changes["change"].notna()]
    assert set(stock["verdict"]) == {"described"}
    assert stock[["change_lower", "change_upper"]].isna().all(axis=None)
    cases = {"measure": "entering_disciplinary", "indicator": "3", "direction": "bme/white"}
    found = changed(reference, ((15, 1000), (4, 60)), ((15, 1000), (40, 60)), **cases)
    assert (found.change, found.verdict) == (pytest.approx(10), "described")
    assert np.isnan([found.change_lower, found.change_upper]).all()


def test_two_year_windows_that_only_touch_count_nobody_twice(reference):
    """Up to edition 2020 indicator 3 pools two years: those of 2018/19 and of 2016/17 share none, those of 2018/19 and 2017/18 one."""
    cases = {"measure": "entering_disciplinary", "indicator": "3", "direction": "bme/white"}
    for before, described in (("2016-17", False), ("2017-18", True)):
        years = [one_year(before, (15, 1000), (40, 600), **cases), one_year("2018-19", (15, 1000), (140, 600), **cases)]
        found = changes(pd.concat(years, ignore_index=True), reference.catalogue, {"2018-19": before}).iloc[0]
        assert found.verdict == ("described" if described else "clear_change")
        assert [np.isnan(found[name]) for name in ("change_lower", "change_upper")] == [described] * 2


def test_a_break_in_the_definition_is_never_a_change(reference):
    catalogue = reference.catalogue
    row = catalogue.query("measure == 'equal_opportunities' and edition_from == 2022").iloc[0]
    assert row.break_note  # the base gained "don't know"
    later = comparison(
        indicator="7",
        measure="equal_opportunities",
        year="2021-22",
        value=0.1,
        lower=0,
        upper=0.2,
        comparison="difference",
        direction="bme-white",
        bme_count=1,
        bme_base=2,
    )
    earlier = later.assign(year="2020-21", value=-0.1)
    found = changes(pd.concat([earlier, later], ignore_index=True), catalogue).iloc[0]
    assert found.verdict == "not_comparable"
    assert not found.comparable
    assert np.isnan(found.change)
    assert found.reason == row.break_note


def breaks_of_our_own(year, indicator=""):
    return pd.DataFrame([(year, indicator, "merger", "Two trusts became one.")], columns=["year", "indicator", "kind", "reason"])


@pytest.mark.parametrize(("own", "verdict"), [(breaks_of_our_own("2019-20"), "not_comparable"), (breaks_of_our_own("2019-20", "2"), "clear_change"),
                                              (breaks_of_our_own("2018-19"), "clear_change")])  # fmt: skip
def test_a_break_of_the_organisations_own_is_never_a_change_and_only_where_it_falls(reference, own, verdict):
    """Witness: 400 of 1,000 and then 100 of 1,000 BME staff is far beyond chance; a merger between the years takes the verdict away."""
    years = [one_year("2018-19", (400, 1000), (400, 1000)), one_year("2019-20", (400, 1000), (100, 1000))]
    found = changes(pd.concat(years, ignore_index=True), reference.catalogue, own_breaks=own).iloc[0]
    assert found.verdict == verdict
    assert (found.reason == "Two trusts became one.") == (verdict == "not_comparable")
    assert np.isnan(found.change) == (verdict == "not_comparable")


@pytest.mark.parametrize(("own", "first"), [(None, "2016-17"), ("2018-19", "2018-19"), ("2019-20", None)])
def test_the_change_since_the_first_comparable_year_is_that_of_the_two_years(reference, own, first):
    """Witness: by hand 0.4/0.2 = 2.0 in the earlier years and 0.4/0.1 = 4.0 in the last: twice as much; not told of the year before alone."""
    names = ("2016-17", "2017-18", "2018-19", "2019-20", "2020-21")
    told = [one_year(name, (400, 1000), (100 if name == names[-1] else 200, 1000)) for name in names]
    results = pd.concat(told, ignore_index=True)
    breaks = NO_BREAKS if own is None else breaks_of_our_own(own)
    years = history(results, pd.Series(True, index=results.index), reference.catalogue, breaks)
    found = since_first_comparable(results, reference.catalogue, years, names[-1])
    assert list(found["previous_year"]) == ([] if first is None else [first])
    if first:
        assert found["change"].tolist() == pytest.approx([2.0])
        assert found["verdict"].tolist() == ["clear_change"]


def test_a_year_whose_counts_are_hidden_or_missing_gives_no_change_since_the_first(reference):
    results = pd.concat([one_year(name, (400, 1000), (200, 1000)) for name in ("2016-17", "2017-18", "2020-21")], ignore_index=True)
    hidden = results.assign(bme_count=results["bme_count"].where(results["year"].ne("2016-17")))
    for table in (hidden, results.assign(value=results["value"].where(results["year"].ne("2020-21")))):
        years = history(table, pd.Series(True, index=table.index), reference.catalogue, NO_BREAKS)
        assert since_first_comparable(table, reference.catalogue, years, "2020-21").empty


@pytest.mark.parametrize(("interval", "no_change"), [(gap_change_interval, 0.0), (ratio_change_interval, 1.0)])
def test_a_clear_change_bears_one_person_of_any_of_the_four_groups(interval, no_change):
    """Witness: one person at a time moved against the change, where a group has one to lose or to gain; the interval leaves out no change each time."""
    draw = np.random.default_rng(45)
    base = draw.integers(3, 60, (4, 800)).astype(float)
    count = np.minimum(base, np.floor(base * draw.choice([0.0, 0.02, 0.1, 0.5, 0.9, 1.0], (4, 800)) + draw.integers(0, 3, (4, 800))))
    cells = [column for pair in zip(count, base, strict=True) for column in pair]
    lower, upper = interval(*cells, confidence=0.95)
    rose, clear = lower > no_change, (lower > no_change) | (upper < no_change)
    for group, rises in enumerate((1, -1, -1, 1)):
        moved = [column.copy() for column in cells]
        for table in range(800):
            step = -rises if rose[table] else rises
            if 0 <= count[group, table] + step <= base[group, table]:
                moved[2 * group][table] += step
        low, high = interval(*moved, confidence=0.95)
        clear &= np.where(rose, low > no_change, high < no_change)
    assert _is_clear(interval, cells, 0.95, no_change).tolist() == clear.tolist()
    assert 50 < clear.sum() < 750
