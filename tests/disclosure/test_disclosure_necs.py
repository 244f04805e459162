"""The shipped report: what a board sees of it withstands an attacker, and still says what a board needs."""

import json
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from support.board_attacker import questions_of
from support.same_page import page_of, values_left

from wres_helpers.analysis import analyse
from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure import protect
from wres_helpers.disclosure.auditing import EXPOSED, INSIDER, PROTECTED, audit, failed
from wres_helpers.disclosure.counterfactual import TABLES
from wres_helpers.disclosure.decision import decide
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import RESULT_COLUMNS

YEAR = "2019-20"


@pytest.fixture(scope="module")
def board(evidence, necs):
    """What a board may see."""
    return protect(evidence, necs)


@pytest.fixture(scope="module")
def outcome(evidence, board, necs):
    """The audit of it."""
    return audit(evidence, board, necs)


def result(shown, indicator, year=YEAR, **conditions):
    rows = shown.results[(shown.results["indicator"] == indicator) & (shown.results["year"] == year)]
    for column, value in conditions.items():
        rows = rows[rows[column] == value]
    return rows.iloc[0]


def texts(row) -> dict[str, str]:
    return json.loads(row["protection"]) if row["protection"] else {}


def with_policy(parameters, **changes):
    policy = parameters.disclosure.model_copy(update=changes)
    return replace(parameters, master=parameters.master.model_copy(update={"disclosure": policy}))


def test_audit_finds_nothing_narrower_than_the_policy_asks(outcome):
    counts = outcome[outcome["kind"] != INSIDER]
    assert len(counts) == 30
    assert set(counts["verdict"]) == {PROTECTED}
    assert (counts["feasible_high"] - counts["feasible_low"] + 1 >= counts["required_width"]).all()
    assert not failed(outcome)


def test_audit_ranges_hold_the_truth(evidence, outcome):
    true = evidence.counts.set_index(["year", "item", "breakdown", "category", "ethnic_group"])["count"]
    keys = ["year", "item", "breakdown", "category", "ethnic_group"]
    for row in outcome[outcome["kind"] != INSIDER].to_dict("records"):
        value = true.get(tuple(row[key] for key in keys))
        assert value is None or row["feasible_low"] <= value <= row["feasible_high"]


def test_insiders_are_warned_of_without_a_number(outcome):
    """Whoever knows the undisclosed of Band 8d can work out the other one: two counts are told as one sum."""
    insiders = outcome[outcome["kind"] == INSIDER]
    assert ((insiders["category"] == "VSM") & (insiders["ethnic_group"] == "unknown")).any()
    assert insiders["feasible_low"].isna().all() and insiders["feasible_high"].isna().all()
    assert set(insiders["verdict"]) == {"warning"}


def test_headlines_for_large_counts_survive(board):
    """Printed counts that no rule hides: 11 of 251, 8 of 37, 13 of 37, 13 of 19, 5 of 37, 9 of 65."""
    expected = {"2": (11, 251), "4": (9, 65), "5": (8, 37), "6": (13, 37), "7": (13, 19), "8": (5, 37)}
    for indicator, (count, base) in expected.items():
        row = result(board, indicator, breakdown="overall")
        assert (row["bme_count"], row["bme_base"]) == (count, base)
        assert not np.isnan([row["value"], row["lower"], row["upper"]]).any()
        assert row["status"] in statuses.JUDGEMENTS and row["protection"] == ""
    assert result(board, "1", measure="senior_share")["bme_count"] == 19


def test_indicator_3_says_fewer_than_5_and_nothing_that_gives_it_back(board):
    """Two of 65: rate, ratio, interval, test and status all tell the two, so none is shown; 1 to 4 of 65 is no news."""
    row = result(board, "3")
    said = texts(row)
    assert said["bme_count"] == "fewer than 5"
    assert said["bme_rate"] == "1.5% to 6.2%"
    assert row[["bme_count", "bme_rate", "value", "lower", "upper", "p_value"]].isna().all()
    assert row["status"] == statuses.PROTECTED
    assert (row["white_count"], row["white_base"], row["bme_base"]) == (15, 1093, 65)
    ratio = [float(end) for end in said["value"].split(" to ")]
    assert ratio == pytest.approx([1 / 65 / (15 / 1093), 4 / 65 / (15 / 1093)], abs=0.005)


def test_survey_answers_are_hidden_in_part(board):
    """13a, BME: 29 never and 8 at all are shown, the 1 is hidden with a partner, the two zeros are shown."""
    answers = board.counts[(board.counts["breakdown"] == "13a") & (board.counts["ethnic_group"] == "bme")].set_index("category")["count"]
    assert answers["Never"] == 29
    assert np.isnan(answers["3-5 times"]) and answers.isna().sum() == 2
    assert answers["6-10 times"] == 0 and answers["More than 10 times"] == 0
    white = board.counts[(board.counts["breakdown"] == "13a") & (board.counts["ethnic_group"] == "white")]["count"]
    assert white.tolist() == [662, 68, 26, 10, 7], "what nobody prints, the answers of all together, is hidden in their place"


def test_no_bme_member_on_the_board_stays_visible(board):
    row = result(board, "9", category="total")
    assert row["bme_count"] == 0
    assert row["value"] == pytest.approx(-65 / 1315)
    assert texts(row)["unknown_count"] == "fewer than 5"


def test_tables_keep_their_shape_and_every_hole_has_a_text(evidence, board):
    for name in TABLES:
        true, shown = getattr(evidence, name), getattr(board, name)
        assert len(true) == len(shown) and list(shown.columns) == [*true.columns, "protection"]
        for column in true.columns[true.dtypes.map(pd.api.types.is_float_dtype) | true.dtypes.map(pd.api.types.is_integer_dtype)]:
            gone = true[column].notna() & shown[column].isna()
            assert shown.loc[gone, "protection"].map(lambda text, column=column: column in json.loads(text)).all()
            kept = shown[column].notna()
            assert np.allclose(true.loc[kept, column].astype(float), shown.loc[kept, column].astype(float))
    assert tuple(board.results.columns[:-1]) == RESULT_COLUMNS


def test_protected_evidence_is_marked_and_protected_once(board, evidence, necs):
    assert board.protected and not evidence.protected
    again = protect(board, necs)
    assert again.results.equals(board.results)


@pytest.mark.parametrize(
    ("table", "field", "where"),
    [
        ("results", "p_value", {"indicator": "3"}),
        ("results", "upper", {"indicator": "3"}),
        ("bounds", "upper_bound", {"indicator": "3"}),
        ("shares", "rate", {"item": "workforce", "category": "Band 2", "ethnic_group": "bme"}),
        ("shares", "count", {"item": "workforce", "category": "Band 2", "ethnic_group": "bme"}),
        ("statuses", "status", {"indicator": "3"}),
        ("completeness", "known", {"item": "entered_disciplinary"}),
    ],
)
def test_a_single_field_put_back_is_found(evidence, board, necs, table, field, where):
    """Fail closed: any one hidden field that slips through is found by the audit."""
    true, spoilt = getattr(evidence, table), getattr(board, table).copy()
    chosen = spoilt["year"].eq(YEAR)
    for column, value in where.items():
        chosen &= spoilt[column].eq(value)
    for row in spoilt.index[chosen]:
        said = texts(spoilt.loc[row])
        said.pop(field, None)
        spoilt.loc[row, "protection"] = json.dumps(said) if said else ""
    spoilt.loc[chosen, field] = true.loc[chosen, field]
    found = audit(evidence, board.with_tables(**{table: spoilt}), necs)
    assert failed(found)
    assert (found["verdict"] == EXPOSED).any()


@pytest.mark.parametrize("changes", [{"show_zeros": "none"}, {"minimum_count": 10}, {"minimum_survey_base": 40}, {"method": "round"}])
def test_every_policy_withstands_the_audit(necs, necs_counts, reference, changes):
    parameters = with_policy(necs, **changes)
    evidence = analyse(necs_counts, parameters, reference)
    found = audit(evidence, protect(evidence, parameters), parameters)
    assert len(found) and not failed(found)


def test_small_survey_groups_are_hidden_whole(necs, necs_counts, reference):
    """With a base of 40 asked for, the 37 BME respondents' answers and percentages all go, and the status words too."""
    parameters = with_policy(necs, minimum_survey_base=40)
    board = protect(analyse(necs_counts, parameters, reference), parameters)
    row = result(board, "8")
    assert row[["bme_count", "bme_base", "bme_rate", "value", "lower", "upper", "p_value"]].isna().all()
    assert texts(row)["bme_base"] == "[c]"
    answers = board.counts[(board.counts["breakdown"] == "13a") & (board.counts["ethnic_group"] == "bme") & (board.counts["year"] == YEAR)]
    assert answers["count"].isna().all()


def test_rounding_rounds_everything_and_hides_the_small(necs, necs_counts, reference):
    """Hand calculation: 1,093 to 1,095, 65 stays, 218 to 220, 9 to 10; 220/1095 over 10/65 is 1.306."""
    parameters = with_policy(necs, method="round")
    board = protect(analyse(necs_counts, parameters, reference), parameters)
    row = result(board, "4", breakdown="overall")
    assert (row["white_count"], row["white_base"], row["bme_count"], row["bme_base"]) == (220, 1095, 10, 65)
    assert row["value"] == pytest.approx(220 / 1095 / (10 / 65))
    assert result(board, "3")["bme_count"] != result(board, "3")["bme_count"]
    shown = board.counts["count"].dropna()
    assert (shown % 5 == 0).all()
    assert board.shares["count"].dropna().mod(5).eq(0).all() and board.completeness[["known", "total"]].stack().dropna().mod(5).eq(0).all()


def test_every_small_count_of_the_shipped_report_has_four_values_that_lead_to_the_same_page(evidence, necs, reference):
    """Witness: for each value a table that fits everything an attacker knows, of which the program tells the very same. Of the undisclosed of
    Band 8d and VSM three were left once: a block closed where none of the white people were few."""
    left = values_left(evidence.counts, reference, Method.of(necs), necs.disclosure, questions_of(evidence))
    assert {str(cell): sorted(values) for cell, values in left.items() if len(values) < necs.disclosure.width} == {}
    assert len(left) == 13


def test_bands_joined_before_the_split_keep_as_many_values_as_the_policy_asks(evidence, necs, reference):
    """Bands 8c and 9 hold 51 and 19 people, of whom 7 and 4 are not white: they are joined before BME people are split off, which
    tells that each has some. Witness: every division of 12 BME people over Bands 8b, 8c and 9, all white people and totals kept;
    those of which the very same is told leave both four values. Somebody who knows that 8c has one BME person was once left
    1, 2 and 3 for Band 9."""
    counts = evidence.counts[evidence.counts["year"].eq("2019-20") & evidence.counts["item"].isin(["headcount", "workforce"])]
    standard = (reference, Method.of(necs), necs.disclosure)
    told, left = page_of(decide(counts, *standard)), {"Band 8c": set(), "Band 9": set(), "Band 9 for who knows Band 8c": set()}
    grades = counts[counts["breakdown"].eq("grade")].set_index(["category", "ethnic_group"])["count"].to_dict()
    totals = {band: sum(grades[band, group] for group in ("white", "bme", "unknown")) for band in ("Band 8b", "Band 8c", "Band 9")}
    for of_8c, of_9 in product(range(1, 6), repeat=2):
        made = {("Band 8b", "bme"): 12 - of_8c - of_9, ("Band 8c", "bme"): of_8c, ("Band 9", "bme"): of_9}
        made |= {(band, "unknown"): total - grades[band, "white"] - made[band, "bme"] for band, total in totals.items()}
        if min(made.values()) >= 0:
            keys = zip(counts["breakdown"], counts["category"], counts["ethnic_group"], counts["count"], strict=True)
            other = counts.assign(count=[made.get((band, group), count) if cut == "grade" else count for cut, band, group, count in keys])
            if page_of(decide(other, *standard)) == told:
                left["Band 8c"].add(of_8c)
                left["Band 9"].add(of_9)
                left["Band 9 for who knows Band 8c"] |= {of_9} if of_8c == grades["Band 8c", "bme"] else set()
    assert all(len(values) >= necs.disclosure.width for values in left.values()), left
