"""Random organisations: never an exact disclosure, and more is kept than by hiding small counts with their whole rows."""

import json
import time

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.organisations import organisation
from support.outside_attacker import narrowed

from wres_helpers.analysis.evidence import analyse
from wres_helpers.analysis.method import Method
from wres_helpers.disclosure.auditing import INSIDER, audit, failed
from wres_helpers.disclosure.hiding_rules import system_of
from wres_helpers.disclosure.protection import protect
from wres_helpers.disclosure.publication import describe
from wres_helpers.disclosure.suppression import hidden_cells
from wres_helpers.disclosure.universe import universe

NUMBERS = {
    "results": ("white_count", "white_base", "white_rate", "bme_count", "bme_base", "bme_rate", "unknown_count", "unknown_base", "value"),
    "shares": ("count", "base", "rate"),
    "completeness": ("known", "unknown", "total", "unknown_share"),
}


def kept(evidence, shown) -> int:
    """Return how many numbers a board sees, exact or as a range or a limit."""
    number = 0
    for table, columns in NUMBERS.items():
        true, board = getattr(evidence, table), getattr(shown, table)
        number += sum(int((true[column].notna() & board[column].notna()).sum()) for column in columns)
        said = [json.loads(text) for text in board["protection"] if text]
        number += sum(text != "[c]" for one in said for field, text in one.items() if field in columns)
    return number


def kept_by_hand(evidence, policy) -> int:
    """Return how many numbers are left when small counts go with their whole rows, and small survey groups with their questions."""
    counts = evidence.counts
    small = counts[(counts["count"] > 0) & (counts["count"] < policy.minimum_count)]
    rows = set(small[["year", "item", "breakdown", "category"]].itertuples(index=False, name=None))
    answers = counts[counts["item"] == "survey"].groupby(["year", "breakdown", "ethnic_group"])["count"].sum()
    questions = {place[:2] for place, number in answers.items() if 0 < number < policy.minimum_survey_base}
    number = 0
    for table, columns in NUMBERS.items():
        for row in getattr(evidence, table).to_dict("records"):
            place = {"shares": (row.get("item"), row.get("breakdown"), row.get("category")),
                     "completeness": (row.get("item"), "overall", "all")}.get(table)  # fmt: skip
            if place is None:
                told = [row[f"{group}_count"] for group in ("white", "bme", "unknown")]
                gone = any(0 < value < policy.minimum_count for value in told) or 0 < row["bme_base"] < policy.minimum_survey_base
            else:
                gone = (row["year"], *place) in rows or (row["year"], row.get("breakdown")) in questions
            number += 0 if gone else sum(not pd.isna(row[column]) for column in columns)
    return number


# no shrinking: an example takes a second and names its seed
@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    seed=st.integers(0, 2**32 - 1),
    years=st.integers(1, 2),
    sparse=st.sampled_from([0.7, 3.0, 15.0]),
    split=st.booleans(),
    grades=st.integers(2, 5),
)
def test_never_an_exact_disclosure(necs, reference, seed, years, sparse, split, grades):
    """Witnesses: an attacker who shares no line with the pack; the audit, which starts from the board's tables; and each
    true small count is shown nowhere."""
    evidence = analyse(organisation(seed, years, sparse, split, grades), necs, reference)
    shown = protect(evidence, necs)
    assert narrowed(evidence, shown, necs.disclosure) == []
    found = audit(evidence, shown, necs)
    hidden = found[found["kind"] != INSIDER]
    assert not failed(found)
    assert (hidden["feasible_high"] - hidden["feasible_low"] + 1 >= hidden["required_width"]).all()
    for table, columns in (("counts", ("count",)), ("shares", ("count", "base")), ("completeness", ("known", "unknown", "total"))):
        for column in columns:
            numbers = getattr(shown, table)[column]
            assert not ((numbers > 0) & (numbers < necs.disclosure.minimum_count)).any()
        assert not getattr(shown, table)["protection"].str.contains(r"\d{6}").any(), "a limit that is none"


@pytest.mark.parametrize(("seed", "sparse", "grades"), [(103, 3.0, 3), (135, 0.7, 5)])
def test_small_groups_of_respondents_have_no_absurd_limits(necs, reference, seed, sparse, grades):
    """Without an upper limit a board once read "0 to 9999963"."""
    evidence = analyse(organisation(seed, 1, sparse, False, grades), necs, reference)
    shown = protect(evidence, necs)
    assert narrowed(evidence, shown, necs.disclosure) == []
    assert not shown.counts["protection"].str.contains(r"\d{6}").any()


@pytest.mark.parametrize("seed", [None, 3, 8])
def test_a_year_is_hidden_alike_in_its_own_report_and_in_the_next(necs, necs_counts, reference, seed):
    """What two reports of different years show of one year together is no more than either: the same cells are hidden, the
    same of them described. Else the second report would show what the first one hid."""
    both = necs_counts if seed is None else organisation(seed, 2, 3.0, seed % 2 == 0, 5)
    first = both[both["year"].eq("2018-19")]
    now, before = _hidden_and_described(both, necs, reference, "2019-20"), _hidden_and_described(first, necs, reference, "2018-19")
    assert any(hidden for hidden, _ in before.values())
    assert {name: now[name] for name in before} == before


def _hidden_and_described(counts, parameters, reference, year) -> dict:
    system = system_of(universe(counts, reference, Method.of(parameters)), parameters.disclosure, year)
    hidden = hidden_cells(system)
    described = describe(system, hidden).labelled
    return {name: (bool(hidden[place]), bool(described[place])) for place, name in enumerate(system.names)}


def test_more_is_kept_than_by_hand(necs, reference, evidence, record_property):
    """Six organisations and the shipped report. The usual method by hand is not even safe, and keeps less."""
    ours = hand = 0
    for seed, sparse in zip(range(6), [1, 3, 15] * 2, strict=True):
        made = analyse(organisation(seed, 1, sparse, seed % 2 == 0), necs, reference)
        ours += kept(made, protect(made, necs))
        hand += kept_by_hand(made, necs.disclosure)
    shipped = kept(evidence, protect(evidence, necs)), kept_by_hand(evidence, necs.disclosure)
    record_property("numbers kept (ours, by hand)", str(((ours, hand), shipped)))
    print(f"numbers a board sees: random organisations {ours} (by hand {hand}); shipped report {shipped[0]} (by hand {shipped[1]})")
    assert ours > hand
    assert shipped[0] > shipped[1]


@pytest.mark.slow
def test_time_grows_with_the_number_of_organisations(necs, reference):
    """Processor seconds for protection and audit: the later half of six organisations takes no longer than the first."""
    took = []
    for seed in range(6):
        made = analyse(organisation(seed), necs, reference)
        start = time.process_time()
        audit(made, protect(made, necs), necs)
        took.append(time.process_time() - start)
    print("processor seconds for each organisation-year:", [round(seconds, 2) for seconds in took])
    assert sum(took[3:]) < 3 * sum(took[:3])
