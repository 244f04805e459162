"""The 2019/20 report, item by item: the checker against one person's careful reading.

Witness: ``necs_2019_20_reading.csv``, written from the report before and apart from the checker. It gives a verdict
for each of the 241 printed figures and each worded claim, with the arithmetic; this test does that arithmetic again with
``decimal`` and holds the reading to it, then the checker to the reading.
"""

import csv
import dataclasses
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd
import pytest

from wres_helpers.analysis import analyse
from wres_helpers.checking import FINDING_COLUMNS, blocking, reconcile
from wres_helpers.checking.check_findings import CONTRACT_COLUMNS, RANKS, VERDICTS
from wres_helpers.intake.printed.printed_register import read_register
from wres_helpers.intake.supplied_counts import read_counts
from wres_helpers.settings.master_file_reader import load_parameters

PROJECT = Path(__file__).parents[2]
READING = list(csv.DictReader((Path(__file__).parent / "necs_2019_20_reading.csv").open(encoding="utf-8")))
WITH_ARITHMETIC = [row for row in READING if row["arithmetic"] and row["verdict"] != "cannot_check"]


@pytest.fixture(scope="module")
def inputs():
    parameters = load_parameters(PROJECT / "params" / "necs-2019-20.yaml")
    return read_counts(parameters), read_register(parameters), parameters


@pytest.fixture(scope="module")
def findings(inputs) -> pd.DataFrame:
    return reconcile(*inputs)


def verdicts(findings: pd.DataFrame) -> dict[str, str]:
    """Return the gravest verdict of each claim."""
    told = findings[findings["claim"].ne("")]
    return told.groupby("claim")["verdict"].agg(lambda each: min(each, key=VERDICTS.index)).to_dict()


def test_the_register_holds_the_whole_report(inputs):
    register = inputs[1]
    numbers = [row for row in register["id"] if re.fullmatch(r"N\d{3}", row)]
    assert numbers == [f"N{number:03d}" for number in range(1, 242)]
    assert {row["claim"] for row in READING} == set(register["id"])


@pytest.mark.parametrize("row", WITH_ARITHMETIC, ids=[row["claim"] for row in WITH_ARITHMETIC])
def test_the_reading_is_right_about_its_arithmetic(row):
    value = eval(re.sub(r"\d+(?:\.\d+)?", lambda number: f"Decimal('{number[0]}')", row["arithmetic"]), {"Decimal": Decimal})
    printed = re.search(r"\d[\d,]*(?:\.\d+)?", row["printed"])
    if printed is None:
        # "over twice": what the sentence says must fail by the arithmetic
        assert (value <= 2) == (row["verdict"] == "contradicts")
        return
    text = printed[0].replace(",", "")
    percent = "/" in row["arithmetic"]
    value = value * 100 if percent else value
    nearest = value.quantize(Decimal(1).scaleb(-len(text.partition(".")[2])), rounding=ROUND_HALF_UP)
    agrees = nearest == Decimal(text)
    if "points printed as per cent" in row["why"] or "group" in row["why"] or "truncated;" in row["why"]:
        return
    assert agrees == (row["verdict"] != "contradicts"), (str(value), text)


def test_every_contradiction_is_found_and_nothing_else(findings):
    found = verdicts(findings)
    wrong = [(row["claim"], row["verdict"], found.get(row["claim"])) for row in READING if found.get(row["claim"]) != row["verdict"]]
    assert not wrong
    contradicted = [row["claim"] for row in READING if row["verdict"] == "contradicts"]
    recall = sum(found[claim] == "contradicts" for claim in contradicted) / len(contradicted)
    false_alarms = sum(found[row["claim"]] == "contradicts" for row in READING if row["verdict"].startswith("agrees"))
    assert (recall, false_alarms, len(contradicted)) == (1.0, 0, len(contradicted))


def test_results_at_hand_need_not_be_made_anew(inputs, findings, necs_counts, reference):
    # witness: the findings where the checker compares the groups itself
    results = analyse(necs_counts, inputs[2], reference).results
    pd.testing.assert_frame_equal(reconcile(*inputs, results=results), findings)


def test_what_the_definitions_ask_for_and_the_report_lacks(findings):
    required = findings[findings["rule"].eq("required")]
    # what is absent contradicts nothing
    assert set(required["verdict"]) == {"cannot_check"}
    owed = set(required["id"])
    assert owed == {
        "required.indicator-1.clinical-and-non-clinical",
        "required.indicator-1.percentages-by-band",
        "required.indicator-2.relative-likelihood",
        "required.indicator-3.relative-likelihood",
        "required.indicator-4.relative-likelihood",
        "required.indicator-9.board-executive",
        "required.indicator-9.board-voting",
    }


@pytest.mark.parametrize(
    ("finding", "kind", "words"),
    [
        ("N047.parts", "wrong_column", "Bands 8a to 9"),
        ("N073.parts", "wrong_column", "counted under BME instead of undisclosed"),
        ("N078.count", "wrong_column", "this figure is right and the single bands are not"),
        ("N022.count", "wrong_digit", "157"),
        ("N119.share", "halved_counts", "3 of 65"),
        ("N118.share", "two_years_over_one", "29 of 1,093"),
        ("N120.words", "halved_counts", "1.74 times"),
        ("N127.gap", "percent_for_points", "6 percentage points"),
        ("N143.count", "counted_twice", "the 68 of '1-2 times'"),
        ("N144.share", "follows", "179 of 773"),
        ("N146.share", "truncated", "22%"),
        ("N157.count", "other_category", "more than 10 times"),
        ("N206.count", "counted_twice", "the 26 of 'yes'"),
        ("N209.count", "wrong_digit", "37"),
        ("N230.share", "rounded_first", "4.9%"),
        ("N094.share", "would_fit", "1,607"),
        ("W08.words", "smaller_base", "28 of 53"),
        ("W10.words", "largest_only", "largest"),
        ("W12.share", "other_base", "applicants"),
        ("L03.label", "wrong_digit", "KF21"),
    ],
)
def test_what_probably_happened(findings, finding, kind, words):
    row = findings.set_index("id").loc[finding]
    assert kind in row["explanations"].split(";")
    assert words in row["diagnosis"]
    assert row["diagnosis"].startswith("Possibly")


def test_ranks(findings):
    rank = findings.set_index("id")["rank"]
    assert {rank[each] for each in ("N120.words", "N144.share", "S5.status", "S6.status", "required.indicator-2.relative-likelihood")} == {
        "conclusion"
    }
    assert {rank[each] for each in ("N022.count", "N047.parts", "N206.count")} == {"number"}
    assert {rank[each] for each in ("L12.label", "N127.gap", "W08.words", "W05.words")} == {"wording"}


def test_identifiers_do_not_depend_on_the_order_of_the_register(inputs):
    counts, register, parameters = inputs
    shuffled = register.sample(frac=1, random_state=1)[list(reversed(register.columns))]
    first, second = reconcile(counts, register, parameters), reconcile(counts.sample(frac=1, random_state=2), shuffled, parameters)
    assert set(first["id"]) == set(second["id"])
    told = [set(each.loc[each["verdict"].eq("contradicts"), "id"]) for each in (first, second)]
    assert told[0] == told[1]
    assert first["id"].is_unique


def test_json_keeps_the_contract(findings):
    rows = findings[list(FINDING_COLUMNS)].to_dict("records")
    assert all(tuple(row)[: len(CONTRACT_COLUMNS)] == CONTRACT_COLUMNS for row in rows)
    assert {row["verdict"] for row in rows} <= set(VERDICTS) and {row["rank"] for row in rows} <= set(RANKS)
    assert all(isinstance(row["acknowledged"], bool) for row in rows)


def test_acknowledged_findings_no_longer_block(inputs, findings):
    counts, register, parameters = inputs
    assert len(blocking(findings))
    grave = findings.loc[findings["verdict"].eq("contradicts") & findings["rank"].eq("conclusion"), "id"]
    accepted = [{"id": each, "reason": "printed so in 2020", "role": "EDI lead", "date": "2026-11-23"} for each in grave]
    master = type(parameters.master).model_validate(parameters.master.model_dump() | {"acknowledgements": accepted})
    accepted_findings = reconcile(counts, register, dataclasses.replace(parameters, master=master))
    assert blocking(accepted_findings).empty
    assert accepted_findings.loc[accepted_findings["acknowledged"], "reason"].str.contains("EDI lead").all()
    assert set(accepted_findings["id"]) == set(findings["id"])


def test_an_acknowledgement_of_nothing_is_told(inputs):
    counts, register, parameters = inputs
    accepted = [{"id": "N022.cuont", "reason": "a slip", "role": "EDI lead", "date": "2026-11-23"}]
    master = type(parameters.master).model_validate(parameters.master.model_dump() | {"acknowledgements": accepted})
    found = reconcile(counts, register, dataclasses.replace(parameters, master=master)).set_index("id")
    assert "no finding has this identifier" in found.loc["acknowledgement.N022.cuont", "arithmetic"]
    assert not found.loc["N022.count", "acknowledged"]


def test_the_same_report_without_data(inputs, findings):
    """Printed figures contradict each other also where no data are at hand: all is found, and no false alarm is raised."""
    counts, register, parameters = inputs
    found = verdicts(reconcile(counts.iloc[:0], register, parameters))
    contradicted = [row["claim"] for row in READING if row["verdict"] == "contradicts"]
    assert [claim for claim in contradicted if found[claim] != "contradicts"] == []
    # 14% beside "27 respondents" and 5: the table of 5 and 32 says that 27, and not the 14%, is wrong
    assert [row["claim"] for row in READING if row["verdict"] != "contradicts" and found[row["claim"]] == "contradicts"] == []
