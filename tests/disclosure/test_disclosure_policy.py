"""Every value of the policy does something; witness: what a board sees of the shipped report under another value."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.analysis import analyse
from wres_helpers.disclosure import protect
from wres_helpers.disclosure.auditing import HIDDEN_COUNT, audit, failed
from wres_helpers.disclosure.protection import statuses_of
from wres_helpers.intake.own_tables import OwnTables
from wres_helpers.problems import ParameterProblems
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.settings.master_file_reader import load_parameters


@pytest.fixture
def under(necs, necs_counts, reference):
    """Return evidence, what a board sees, and the parameters, under a changed policy."""

    def changed(**values):
        policy = necs.disclosure.model_copy(update=values)
        parameters = replace(necs, master=necs.master.model_copy(update={"disclosure": policy}))
        evidence = analyse(necs_counts, parameters, reference)
        return evidence, protect(evidence, parameters), parameters

    return changed


def test_zeros_of_empty_categories_only(under):
    """Nobody BME in Band 8d, but 27 others: that nobody is hidden, too."""
    _, board, _ = under(show_zeros="empty_categories")
    counts = board.counts[board.counts["year"].eq("2019-20")]
    assert not counts["count"].eq(0).any()
    row = counts[counts["category"].eq("Band 8d") & counts["ethnic_group"].eq("bme")].iloc[0]
    assert row["count"] != row["count"] and "count" in row["protection"]


def test_the_marker_is_the_organisation_s(under):
    _, board, _ = under(marker="(hidden)")
    text = " ".join(board.results["protection"])
    assert "(hidden)" in text and "[c]" not in text


@pytest.mark.parametrize("base", [4, 10])
def test_rounding_to_another_base(under, base):
    """Halves go upwards: to the nearest 10, 5 to 14 become 10; to the nearest 4, 6 to 9 become 8. The audit withstands."""
    evidence, board, parameters = under(method="round", round_to=base)
    shown = board.counts["count"].dropna()
    true = evidence.counts.loc[shown.index, "count"]
    assert len(shown) > 30
    assert (shown == (true + base / 2) // base * base).all()
    assert not failed(audit(evidence, board, parameters))


def test_rounded_figures_do_not_cross_a_break_of_the_organisation_s_own(necs, necs_counts, reference):
    """Witness: a merger before 2019/20; the change of no indicator is told, rounded or not."""
    own = OwnTables(breaks=pd.DataFrame([("2019-20", "", "merger", "Two became one.")], columns=["year", "indicator", "kind", "reason"]))
    policy = necs.disclosure.model_copy(update={"method": "round"})
    parameters = replace(necs, master=necs.master.model_copy(update={"disclosure": policy}))
    evidence = analyse(necs_counts, parameters, reference, own)
    for shown in (evidence, protect(evidence, parameters)):
        assert "not_comparable" in set(shown.changes["verdict"])
        assert shown.changes["change"].isna().all()


def test_a_wider_protection_is_at_least_so_wide(under):
    evidence, board, parameters = under(protection_width=9)
    found = audit(evidence, board, parameters)
    needed = found[found["kind"].eq(HIDDEN_COUNT) & (found["required_width"] > 0)]
    assert (needed["required_width"] == 9).all()
    assert (needed["feasible_high"] - needed["feasible_low"] + 1 >= 9).all() and not failed(found)
    ranges = [match for text in board.counts["protection"] for match in re.findall(r"(\d+) to (\d+)", text)]
    assert ranges and all(int(high) - int(low) >= 8 for low, high in ranges)


def test_the_owner_is_named_on_the_page(under):
    _, board, _ = under(owner_role="Caldicott guardian")
    assert "Caldicott guardian" in str(report.method_table(board).rows)


def test_a_count_that_may_be_shown_is_never_rounded_to_nobody(tmp_path):
    path = tmp_path / "params" / "trial.yaml"
    path.parent.mkdir()
    path.write_text('organisation: {code: necs, name: A, short_name: B}\nyear: "2019-20"\ndisclosure: {method: round, round_to: 20}\n')
    with pytest.raises(ParameterProblems, match="rounded to 0"):
        load_parameters(path)
    assert DisclosurePolicy(method="round", round_to=20, minimum_count=10).round_to == 20


def with_answers(necs_counts, people):
    """Return the counts with so many BME answers to question 14 (16 of them yes where there are so many)."""
    counts = necs_counts.copy()
    here = counts["item"].eq("survey") & counts["breakdown"].eq("14") & counts["ethnic_group"].eq("bme") & counts["year"].eq("2019-20")
    counts.loc[here & counts["category"].eq("Yes"), "count"] = people - 5
    counts.loc[here & counts["category"].eq("No"), "count"] = 5
    return counts


def test_what_stands_is_told_where_no_hidden_count_decides_it(evidence, necs):
    """Holm over nine by hand: 0.05/9, /8, /7, /6 = 0.0056, 0.0063, 0.0071, 0.0083. Indicator 9's p-value is hidden and may be 1 or 0.

    0.001 and 0.002 stand either way and 0.02 never does: told. 0.0072 is more than 0.05/7, but less than 0.05/6 if the hidden one stands: hidden.
    """
    chance = {"6": 0.001, "7": 0.002, "8": 0.0072, "2": 0.02}
    rows = evidence.results.query("year == '2019-20'")
    rows = rows.assign(p_value=rows["indicator"].map(chance).fillna(0.5), white_count=float("nan"), protection="")
    rows["protection"] = rows["protection"].mask(rows["indicator"].eq("9"), '{"p_value": "[c]"}')
    told = statuses_of(rows.assign(p_value=rows["p_value"].mask(rows["indicator"].eq("9"))), evidence, necs).set_index("indicator")
    assert list(told.index[told["stands"]]) == ["6", "7"]
    assert [name for name in ("2", "6", "7", "8") if "stands" in told.loc[name, "protection"]] == ["8"]


def test_ten_respondents_are_hidden_and_eleven_are_shown(necs, necs_counts, reference):
    """Witness: the policy's own words, fewer than 11 respondents; counts of five and six are no small counts."""
    shown = {}
    for people in (10, 11):
        board = protect(analyse(with_answers(necs_counts, people), necs, reference), necs)
        row = board.results.query("indicator == '7' and year == '2019-20'").iloc[0]
        shown[people] = row["bme_base"]
    assert shown[11] == 11
    assert shown[10] != 10
