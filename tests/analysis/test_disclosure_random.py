"""Random organisations: never an exact disclosure, and more is kept than by hiding small counts with their whole rows."""

import json
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wres_helpers.analysis.disclosure.audit import INSIDER, audit, failed
from wres_helpers.analysis.disclosure.protection import protect
from wres_helpers.analysis.evidence import analyse

GRADES = ("Band 2", "Band 4", "Band 5", "Band 7", "Band 8a", "Band 8c", "Band 9", "VSM")
SCALE = ("Never", "1-2 times", "3-5 times", "6-10 times", "More than 10 times")
NUMBERS = {
    "results": ("white_count", "white_base", "white_rate", "bme_count", "bme_base", "bme_rate", "unknown_count", "unknown_base", "value"),
    "shares": ("count", "base", "rate"),
    "completeness": ("known", "unknown", "total", "unknown_share"),
}


def organisation(seed: int, years: int = 1, sparse: float = 15.0, split: bool = False, grades: int = 6) -> pd.DataFrame:
    """Return tidy counts of an organisation that does not exist."""
    random = np.random.default_rng(seed)
    rows: list[tuple] = []
    for year in ("2018-19", "2019-20")[2 - years :]:
        rows += _year(random, year, sparse, split, grades)
    return pd.DataFrame(rows, columns=["organisation", "year", "item", "breakdown", "category", "ethnic_group", "count"])


def _year(random, year, sparse, split, grades):
    rows = []

    def add(item, breakdown, category, values):
        for group, value in zip(("white", "bme", "unknown"), values, strict=False):
            rows.append(("random", year, item, breakdown, category, group, int(value)))

    names = [GRADES[place] for place in sorted(random.choice(len(GRADES), grades, replace=False))]
    kinds = ("clinical", "non_clinical") if split else ("not_separated",)
    people = {(kind, grade): random.poisson(sparse * random.gamma(1, 1) * np.array([6, 1, 1])) for kind in kinds for grade in names}
    everyone = sum(people.values())
    add("headcount", "overall", "all", everyone)
    add("workforce", "overall", "all", everyone)
    for grade in names:
        add("workforce", "grade", grade, sum(people[kind, grade] for kind in kinds))
    for kind in kinds:
        add("workforce", "staff_group", kind, sum(people[kind, grade] for grade in names))
        for grade in names if split else ():
            add("workforce", f"grade ({kind})", grade, people[kind, grade])
    applied = random.poisson(sparse * 20 * np.array([6, 2, 0.5]))
    shortlisted = random.binomial(applied, 0.3)
    for item, values in (("applied", applied), ("shortlisted", shortlisted), ("appointed", random.binomial(shortlisted, 0.3))):
        add(item, "overall", "all", values[:2])
    add("entered_disciplinary", "overall", "all", random.binomial(everyone, 0.03)[:2])
    add("accessed_training", "overall", "all", random.binomial(everyone, 0.8)[:2])
    for question, answers, chances in (("13a", SCALE, (0.8, 0.1, 0.05, 0.03, 0.02)), ("15a", ("Yes", "No"), (0.1, 0.9))):
        drawn = [random.multinomial(random.binomial(number, 0.6), chances) for number in everyone[:2]]
        for place, answer in enumerate(answers):
            add("survey", question, answer, [one[place] for one in drawn])
    board = random.poisson([6, 1, 0.7])
    voting = random.binomial(board, 0.7)
    for membership, values in (("total", board), ("voting", voting), ("non_voting", board - voting)):
        add("board", "membership", membership, values)
    return rows


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


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32 - 1),
    years=st.integers(1, 2),
    sparse=st.sampled_from([0.7, 3.0, 15.0]),
    split=st.booleans(),
    grades=st.integers(2, 5),
)
def test_never_an_exact_disclosure(necs, reference, seed, years, sparse, split, grades):
    """Witness: the audit, which starts from the board's tables; and each true small count is shown nowhere."""
    evidence = analyse(organisation(seed, years, sparse, split, grades), necs, reference)
    shown = protect(evidence, necs)
    found = audit(evidence, shown, necs)
    hidden = found[found["kind"] != INSIDER]
    assert not failed(found)
    assert (hidden["feasible_high"] - hidden["feasible_low"] + 1 >= hidden["required_width"]).all()
    for table, columns in (("counts", ("count",)), ("shares", ("count", "base")), ("completeness", ("known", "unknown", "total"))):
        for column in columns:
            numbers = getattr(shown, table)[column]
            assert not ((numbers > 0) & (numbers < necs.disclosure.minimum_count)).any()


def test_more_is_kept_than_by_hand(necs, reference, evidence, record_property):
    """Twelve organisations and the shipped report. The usual method by hand is not even safe, and keeps less."""
    ours = hand = 0
    for seed, sparse in zip(range(12), [1, 3, 15] * 4, strict=True):
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
    """Processor seconds for protection and audit: the later half of ten organisations takes no longer than the first."""
    took = []
    for seed in range(10):
        made = analyse(organisation(seed), necs, reference)
        start = time.process_time()
        audit(made, protect(made, necs), necs)
        took.append(time.process_time() - start)
    print("processor seconds for each organisation-year:", [round(seconds, 2) for seconds in took])
    assert sum(took[5:]) < 3 * sum(took[:5])
