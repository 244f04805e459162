"""Race disparity ratios and the interval of a ratio of odds.

Witnesses: the NECS report 2019/20 worked by hand (tiers white 352, 422, 319 and BME 24, 23, 19 give 1.25, 0.92 and 1.14), and the
score interval of statsmodels, which shares no code with the pack.
"""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep

from wres_helpers import disclosure
from wres_helpers.analysis import analyse
from wres_helpers.analysis.derived import derived_tables
from wres_helpers.analysis.intervals import odds_ratio_interval
from wres_helpers.analysis.pipeline import STEPS, pipeline
from wres_helpers.intake.tidy_counts import tidy_counts
from wres_helpers.standard.standards import read_standard


def tiers(breakdown: str = "tier", **counts: tuple[float, float]) -> pd.DataFrame:
    """Return result rows of tiers from their white and BME counts."""
    rows = [(breakdown, name, white, bme) for name, (white, bme) in counts.items()]
    table = pd.DataFrame(rows, columns=["breakdown", "category", "white_count", "bme_count"])
    return table.assign(organisation="x", year="2019-20")


def step(table: pd.DataFrame, name: str, category: str = "all") -> pd.Series:
    found = table[table["step"].eq(name) & table["category"].eq(category) & table["year"].eq("2019-20")]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize(("name", "worked"), [("lower_to_middle", 1.25), ("middle_to_upper", 0.92), ("lower_to_upper", 1.14)])
def test_the_shipped_report_gives_the_ratios_worked_by_hand(evidence, name, worked):
    row = step(pipeline(evidence.results, 0.95), name)
    assert row["value"] == pytest.approx(worked, abs=0.006)
    assert row["lower"] < 1 < row["upper"]


@pytest.mark.parametrize(("bme", "rejected"), [((11, 2), False), ((60, 10), True)])
def test_a_step_is_clear_by_the_rule_of_the_status_alone(bme, rejected):
    """Witness: scipy's Fisher test. White staff 20 and 20, BME 11 and 2: the interval leaves out parity, and the exact test does not reject."""
    row = step(pipeline(tiers(lower=(20, bme[0]), middle=(20, bme[1])), 0.95), "lower_to_middle")
    assert row["lower"] > 1
    assert (fisher_exact([[20, 20], [bme[1], bme[0]]], alternative="greater").pvalue <= 0.025) == rejected
    assert row["clear"] == rejected


def test_the_tiers_of_the_shipped_report_are_the_printed_bands_added_up(evidence):
    table = pipeline(evidence.results, 0.95)
    assert tuple(step(table, "lower_to_middle")[["white_lower_count", "white_upper_count", "bme_lower_count", "bme_upper_count"]]) == (
        352,
        422,
        24,
        23,
    )
    assert tuple(step(table, "lower_to_upper")[["white_upper_count", "bme_upper_count"]]) == (319, 19)


def test_the_first_two_steps_multiply_to_the_third(evidence):
    table = pipeline(evidence.results, 0.95)
    first, second, both = (step(table, name)["value"] for name in STEPS)
    assert first * second == pytest.approx(both)


def test_what_the_board_sees_follows_from_what_it_is_shown_and_is_the_same_here(necs, evidence):
    shown = disclosure.protect(evidence, necs)
    assert (
        step(pipeline(shown.results, 0.95), "lower_to_upper")["value"] == step(pipeline(evidence.results, 0.95), "lower_to_upper")["value"]
    )


def test_what_is_told_together_is_told_of_the_reports_year_alone(evidence):
    """Witness: two sites whose tiers are told together in both years, 1.5 = (10/30)/(2/9) this year and 3 the year before."""
    tiered = tiers("site (lower tier)", **{"A and B": (30, 9)}), tiers("site (middle tier)", **{"A and B": (10, 2)})
    together = pd.concat(tiered, ignore_index=True).assign(indicator="1")
    before = together.assign(bme_count=[9.0, 1.0], year="2018-19")
    made = derived_tables(evidence.results, evidence.context, pd.concat([together, before]))["pipeline"]
    assert step(made, "lower_to_middle", "A and B")["value"] == pytest.approx(1.5)
    assert set(made["organisation"]) == {"necs"} and set(made["year"]) == {"2019-20"}


def test_nobody_in_a_tier_gives_no_ratio_and_says_why():
    row = step(pipeline(tiers(lower=(300, 20), middle=(200, 10), upper=(50, 0)), 0.95), "middle_to_upper")
    assert np.isnan(row["value"])
    assert row["reason"] == "nobody of one group is in one of the two tiers"


@pytest.mark.parametrize(
    ("middle", "reason"), [({}, "the staff of a tier were not supplied"), ({"middle": (200, np.nan)}, "a count of a tier is hidden")]
)
def test_a_tier_that_is_absent_or_hidden_is_never_taken_as_nobody(middle, reason):
    given = {"lower": (300, 20), **middle, "upper": (50, 2)}
    table = pipeline(tiers(**given), 0.95)
    assert np.isnan(step(table, "lower_to_middle")["value"])
    assert step(table, "lower_to_middle")["reason"] == reason
    assert step(table, "lower_to_upper")["value"] == pytest.approx((50 / 300) / (2 / 20))


def test_parts_of_the_staff_are_named_by_what_tells_them_apart():
    women = [tiers(f"directorate ({tier} tier)", **{"Women and children": (30, 4)}) for tier in ("lower", "middle", "upper", "no")]
    made = pipeline(pd.concat([*(tiers(name, lower=(30, 4), middle=(20, 3)) for name in ("tier", "tier (clinical)")), *women]), 0.95)
    first = made[made["step"].eq("lower_to_middle")]
    assert list(zip(first["breakdown"], first["category"], strict=True)) == [
        ("overall", "all"), ("staff_group", "clinical"), ("directorate", "Women and children"),
    ]  # fmt: skip


#: Grade, directorate, white and BME staff. Theatres: lower 40 and 12, middle 20 and 3, upper 10 and 1; a doctor is in no tier.
STAFF = [
    ("Band 2", "Theatres", 15, 7), ("Band 5", "Theatres", 25, 5), ("Band 6", "Theatres", 20, 3), ("Band 8a", "Theatres", 6, 0),
    ("VSM", "Theatres", 4, 1), ("Consultant", "Theatres", 9, 8), ("Band 3", "Wards + ICU", 60, 30), ("Band 7", "Wards + ICU", 30, 15),
    ("Band 9", "Wards + ICU", 10, 5),
]  # fmt: skip


def of_workforce(staff, necs, reference):
    """Return the evidence of a workforce table with a directorate beside each grade."""
    rows = [
        ("not_separated", grade, place, *pair)
        for grade, place, *both in staff
        for pair in zip(("white", "bme", "unknown"), (*both, 0), strict=True)
    ]
    table = pd.DataFrame(rows, columns=["staff_group", "grade", "directorate", "ethnic_group", "headcount"])
    standard = read_standard(necs.reference_folder)
    whole = table.groupby("ethnic_group")["headcount"].sum().reset_index()
    tables = {"workforce": table, "headcount": whole}
    counts = [tidy_counts(made, name, "x", "2019-20", reference.grades, standard) for name, made in tables.items()]
    return analyse(pd.concat(counts, ignore_index=True), necs, reference)


def test_a_directorates_ratios_are_those_worked_by_hand(necs, reference):
    """Witness: (20/40)/(3/12) = 2, (10/20)/(1/3) = 1.5, (10/40)/(1/12) = 3; of the wards, spread alike, 1 at every step."""
    made = of_workforce(STAFF, necs, reference).pipeline.query("breakdown == 'directorate'")
    found = {(row.category, row.step): row.value for row in made.itertuples()}
    assert found == {
        ("Theatres", "lower_to_middle"): pytest.approx(2.0), ("Theatres", "middle_to_upper"): pytest.approx(1.5),
        ("Theatres", "lower_to_upper"): pytest.approx(3.0), **{("Wards + ICU", name): pytest.approx(1.0) for name in STEPS},
    }  # fmt: skip


def test_that_nobody_of_a_part_is_in_a_tier_is_a_count_and_no_missing_row_that_tells_the_rest(necs, reference):
    """West, with 5 BME people, had no row above Band 4: of the 6 there one was in East. Such a report was refused."""
    staff = [("Band 4", "East", 70, 1), ("Band 4", "West", 40, 5), ("Band 7", "East", 150, 37), ("Band 7", "South", 375, 10)]
    evidence = of_workforce(staff, necs, reference)
    shown = disclosure.protect(evidence, necs).counts
    tiered = shown[shown["breakdown"].str.contains("tier")]
    assert len(tiered) == 2 * 3 * 3
    assert tiered.loc[tiered["category"].eq("East") & tiered["ethnic_group"].eq("bme"), "count"].isna().all()


def test_beside_a_group_of_bands_the_tiers_that_it_holds_some_of_are_not_told(necs, reference):
    """Of 10 people in Bands 1 to 7 nobody knows who is in the lower tier, so the 142 who are known to be are not all; the upper tier is whole."""
    evidence = of_workforce([*STAFF, ("Bands 1 to 7", "Theatres", 8, 2)], necs, reference)
    assert evidence.pipeline["value"].isna().all()
    assert set(evidence.results.loc[evidence.results["breakdown"].str.contains("tier"), "category"]) == {"upper"}


def test_results_without_tiers_give_an_empty_table():
    assert pipeline(tiers(lower=(1, 1)).head(0), 0.95).empty


@pytest.mark.parametrize(
    "cells", [(422, 774, 23, 47), (319, 741, 19, 42), (5, 10, 3, 40), (1, 300, 2, 5), (3000, 9000, 1, 2), (40, 41, 3, 900)]
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_the_interval_of_a_ratio_of_odds_is_that_of_statsmodels(cells):
    lower, upper = odds_ratio_interval(*([cell] for cell in cells))
    witness = confint_proportions_2indep(*cells, compare="odds-ratio", method="score", correction=False)
    assert (lower[0], upper[0]) == pytest.approx(witness, rel=1e-6)


def test_empty_cells_leave_the_interval_open_and_missing_ones_give_none():
    lower, upper = odds_ratio_interval([0, 5, 0, np.nan], [10, 5, 0, 3], [3, 3, 0, 2], [10, 10, 5, 3])
    assert lower[0] == 0
    assert 0 < upper[0] < np.inf
    assert (lower[1] > 1, upper[1]) == (True, np.inf)
    assert np.isnan([*lower[2:], *upper[2:]]).all()
