"""Witnesses: the invented recruitment export counted with ``csv`` alone, and the calculator."""

import csv
import json
from pathlib import Path

import pytest

from wres_helpers import analysis, intake, report
from wres_helpers.analysis.calculator import compare_two
from wres_helpers.report.form import numbers
from wres_helpers.report.section.part_blocks import NO_PARTS
from wres_helpers.settings.master_file_reader import load_parameters

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def invented(reference):
    """Evidence of the invented unit, unprotected."""
    parameters = load_parameters(PROJECT / "params" / "synthetic-2019-20.yaml")
    return analysis.analyse(intake.read_counts(parameters), parameters, reference)


def _reached(source, stages, group):
    with (PROJECT / "data/synthetic/2019-20/extracts/recruitment.csv").open(encoding="utf-8", newline="") as stream:
        lines = [line for line in csv.DictReader(stream) if line["Applicant Source"] == source and line["Furthest Stage"] in stages]
    unknown = ("Not stated", "I do not wish to disclose my ethnic origin")
    groups = [
        "unknown" if line["Ethnic Group"] in unknown else "white" if line["Ethnic Group"].startswith("White -") else "bme" for line in lines
    ]
    return groups.count(group)


def test_appointments_with_and_without_international_recruits(invented):
    table = next(table for table in report.cut_tables(invented, "2") if table.id == "indicator-2-by-source")
    cells = {row[0]: row[1:] for row in table.rows}
    assert list(cells) == ["External", "Internal", "International"]
    for source, (white, bme, drawn) in cells.items():
        counts = [_reached(source, stages, group) for group in ("white", "bme") for stages in (["Appointed"], ["Interviewed", "Appointed"])]
        found = compare_two(*counts, "white/bme")
        assert f"({counts[0]:,} of {counts[1]:,})" in white and f"({counts[2]:,} of {counts[3]:,})" in bme
        assert drawn.text == f"{numbers.ratio(found['ratio'])} ({numbers.ratio_interval(found['lower'], found['upper'])})"


@pytest.mark.parametrize(
    ("indicator", "cut_by"),
    [
        ("2", {"band", "post-type", "source"}),
        ("3", {"directorate", "gender", "working-pattern"}),
        ("4", {"directorate", "gender", "working-pattern"}),
    ],
)
def test_every_breakdown_has_its_table(invented, indicator, cut_by):
    tables = [*report.cut_tables(invented, indicator), *(figure.numbers for figure in report.funnel_of_parts(invented, indicator))]
    assert len(tables) == len(cut_by)
    assert {table.id.removeprefix(f"indicator-{indicator}-by-") for table in tables} == cut_by


def test_nothing_over_nothing_is_not_called_not_supplied(invented):
    table = next(table for table in report.cut_tables(invented, "3") if table.id.endswith("directorate"))
    row = next(row for row in table.rows if row[0] == "Clinical Quality")
    assert row[1:] == ("0% (0 of 152)", "0% (0 of 5)", "not calculable")


def test_a_hidden_figure_says_what_may_be_said_of_it(invented):
    """Witness: the text that disclosure control puts in the number's place."""
    results = invented.results.assign(protection="")
    here = results["breakdown"].eq("gender") & results["indicator"].eq("4")
    results["protection"] = results["protection"].mask(here, json.dumps({"value": "0.58 to 3.50", "lower": "[c]", "upper": "[c]"}))
    table = next(table for table in report.cut_tables(invented.with_tables(results=results), "4") if table.id.endswith("gender"))
    assert [row[3:] for row in table.rows] == [("0.58 to 3.50",)] * 2


def test_parts_that_differ_clearly_by_themselves_are_named_before_their_table(invented):
    """Witness: the column of the results that says which part is clear; a reader of Women and children, 1.91 (1.33 to 2.78), had to look for it in the intervals."""
    here = invented.results["breakdown"].eq("gender") & invented.results["indicator"].eq("4")
    clear = invented.results["clear"].mask(here, invented.results["category"].eq(invented.results.loc[here, "category"].iloc[0]))
    names = list(invented.results.loc[here, "category"])
    for which, told in (
        (clear, f"By gender: clear by itself: {names[0]}."),
        (clear.mask(here, True), f"By gender: clear by themselves: {names[0]}; {names[1]}."),
        (clear.mask(here, False), "By gender: neither comparison shown is clear by itself."),
    ):
        shown = invented.with_tables(results=invented.results.assign(clear=which))
        said = next(text for text in report.by_parts(shown, "4").paragraphs if text.startswith("By gender"))
        assert said.startswith(told) and ("Holm" in said) == ("themselves" in said or ": clear" in said), "which still are stands beside it"


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        (1, "By gender: the one comparison shown is not clear by itself. One of two is hidden, and may be more unequal."),
        (2, "By gender: both are hidden one by one, so that the most unequal cannot be named."),
    ],
)
def test_hidden_parts_are_said_to_be_what_keeps_the_most_unequal_unnamed(invented, hidden, told):
    """Witness: a reader, who asked where discipline is most unequal and found six directorates named as hidden, and no answer."""
    results = invented.results.astype({"clear": object}).assign(clear=False).astype({"clear": object})
    places = results.index[results["breakdown"].eq("gender") & results["indicator"].eq("4")][:hidden]
    results.loc[places, ["value", "lower", "upper", "clear"]], results.loc[places, "status"] = None, "protected"
    said = report.by_parts(invented.with_tables(results=results), "4").paragraphs
    assert told in said
    only = results.drop(places[-1] if hidden == 2 else results.index[:0])  # the other was not supplied
    said = report.by_parts(invented.with_tables(results=only), "4").paragraphs
    assert hidden == 1 or "By gender: the one part is hidden." in said


def test_a_report_without_breakdowns_has_no_such_table(evidence):
    assert [report.cut_tables(evidence, indicator) for indicator in "234"] == [(), (), ()]
    assert {report.by_parts(evidence, indicator).paragraphs for indicator in "234"} == {(NO_PARTS,)}, "and says so"
