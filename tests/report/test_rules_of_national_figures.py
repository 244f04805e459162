"""National figures and those of peers: every decision on both its sides. Witness: rows by hand, and words worked out from them."""

from types import SimpleNamespace

import pandas as pd
import pytest

from wres_helpers import report
from wres_helpers.report.section import beside_national_figures as national
from wres_helpers.report.words import evidence_rows

LINE = {"confidence_mark": "S", "source_kind": "press", "source_url": "https://www.x.org/1", "comparable": False, "reason": ""}
RATIO = LINE | {"indicator": "2", "measure": "relative_likelihood", "group": "white/BME", "unit": "ratio", "year": 2020, "value": 1.46}
ASKED = LINE | {"indicator": "5", "measure": "hba_public", "group": "BME", "unit": "percent", "year": 2020, "value": 29.8}
CAREERS = ASKED | {"indicator": "7", "measure": "equal_opportunities_excl_dk", "value": 70.0}
BOARD = ASKED | {"indicator": "9", "measure": "bme_share_board", "value": 8.4}
GAP = {"comparison": "difference", "direction": "bme-white", "value": 0.1, "lower": 0.02, "upper": 0.18}
SEEN, HARASSED = "(press: x.org)", "respondents reported harassment from the public"
UNSEEN = f"{HARASSED} (that of white was not seen; press: x.org)."
WHITE, ROUNDED = {"group": "white"}, {"unit": "percent_rounded"}


@pytest.fixture
def shown(made, rows_of):
    """Evidence with published figures; of an organisation of a kind, and with peers where these are named."""

    def make(*lines, results=(), kind="NHS trust", peers=(), sections=("10_action_plan",)):
        made_of = made(list(results) or [rows_of.appointed], benchmarks=lines)
        made_of.context.parameters.organisation = SimpleNamespace(name="Demonstration", short_name="Demo", kind=kind)
        made_of.context.parameters.sections = sections
        own = made_of.context.own
        made_of.context.own = SimpleNamespace(peers=pd.DataFrame({"peers": list(peers)}), breaks=own.breaks, suppressed=own.suppressed)
        return made_of

    return make


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (2020, "2019/20: "),
        (2019, "2018/19 (one year earlier): "),
        (2018, "2017/18 (two years earlier): "),
        (2021, "2020/21 (one year later): "),
        (2022, "2021/22 (two years later): "),
    ],
)
def test_how_far_a_national_figure_is_from_the_year_is_said_in_words(shown, year, words):
    told = national.national_figures(shown(RATIO | {"year": year}), "2", own=False)
    assert told.startswith(f"NHS trusts in England, {words}the relative likelihood, white divided by BME, was 1.46 {SEEN}.")
    survey = national.national_figures(shown(ASKED | {"year": year}), "5", own=False)
    assert f"(staff survey of autumn {year - 1}): 29.8% of BME respondents" in survey and "year earlier" not in survey


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([ASKED], f"29.8% of BME {UNSEEN}"),
        ([ASKED | WHITE], f"29.8% of white {HARASSED} (that of BME was not seen; press: x.org)."),
        ([ASKED | {"value": 30.0} | ROUNDED], f"30% of BME {HARASSED} (that of white was not seen; printed rounded; press: x.org)."),
        ([ASKED, ASKED | WHITE], f"29.8% of BME and 29.8% of white {HARASSED} {SEEN}."),
        ([ASKED, ASKED | WHITE | ROUNDED], f"29.8% of BME and 30% (printed rounded) of white {HARASSED} {SEEN}."),
        ([ASKED | ROUNDED, ASKED | WHITE | ROUNDED], f"30% of BME and 30% of white {HARASSED} (printed rounded; press: x.org)."),
        ([ASKED, ASKED | {"group": "region:London BME"}, ASKED | {"group": "all"}], f"29.8% of BME {UNSEEN}"),
        ([RATIO], f"the relative likelihood, white divided by BME, was 1.46 {SEEN}."),
        ([RATIO | {"restated": "true"}], "the relative likelihood, white divided by BME, was 1.46 (as restated; press: x.org)."),
        ([RATIO | {"restated": "false"}], f"the relative likelihood, white divided by BME, was 1.46 {SEEN}."),
        ([RATIO | {"source_url": ""}], "the relative likelihood, white divided by BME, was 1.46 (press)."),
        ([RATIO | {"measure": "another"}], ""),
        ([RATIO | {"indicator": "3"}], ""),
    ],
)  # fmt: skip
def test_published_figures_are_told_as_they_were_printed_and_of_whom(shown, lines, told):
    said = national.national_figures(shown(*lines), str(lines[0]["indicator"]) if told else "2", own=False)
    assert said.partition(": ")[2] == told if told else said == ""


def test_of_all_years_the_nearest_is_told_of_each_measure(shown):
    """Witness: 2022 and 2018 are two years away, 2017 is three."""
    lines = [RATIO | {"year": year, "value": year - 2016} for year in (2017, 2022, 2018)]
    told = national.national_figures(shown(*lines), "2", own=False)
    assert told.index("was 2.00") < told.index("was 6.00") and "was 1.00" not in told
    assert "was 3.00" in national.national_figures(shown(*lines, RATIO | {"year": 2019, "value": 3.0}), "2", own=False)


@pytest.mark.parametrize(("measure", "told"), [("equal_opportunities_excl_dk", True), ("equal_opportunities_incl_dk", False)])
def test_a_national_figure_of_another_base_is_not_set_beside_this_one(shown, measure, told):
    """Witness: the edition of 2020 counts those who said yes or no; one whose base has Don't know takes the other."""
    line = CAREERS | {"measure": measure}
    evidence = shown(line)
    assert bool(national.national_figures(evidence, "7")) is told
    catalogue = evidence.context.catalogue
    with_unsure = catalogue["base_rule"].mask(catalogue["measure"].eq("equal_opportunities"), "answers:Yes|No|Don't know")
    other = shown(line)
    other.context.catalogue = catalogue.assign(base_rule=with_unsure)
    assert bool(national.national_figures(other, "7")) is not told


@pytest.mark.parametrize(
    ("kind", "judged"), [("NHS trust", True), ("Ambulance Trust", True), ("commissioning support unit", False), ("council", False)]
)
def test_a_national_figure_is_a_yardstick_for_trusts_alone_and_peers_for_all(shown, kind, judged):
    here = RATIO | {"comparable": True}
    assert ("lies within" in national.national_figures(shown(here, kind=kind), "2")) is judged
    peers = RATIO | {"comparable": True, "group": "Units like us: white/BME", "value": 1.2}
    told = national.national_figures(shown(here, peers, kind=kind, peers=["Units like us"]), "2")
    assert "The figure of Units like us lies within the organisation's 95% interval: chance could explain the distance." in told
    assert ("figure of NHS trusts in England lies" in told) is judged
    assert told.index("NHS trusts in England, 2019/20") < told.index("Units like us, 2019/20") < told.index("Demo")
    about = report.about_national_figures(shown(kind=kind)).paragraphs[0]
    assert ("a background and not a yardstick" in about) is not judged
    assert ("Its peers are other commissioning support units" in about) is kind.startswith("commissioning")
    assert told.topic.of == ("2", "benchmarks", "peers")
    assert national.national_figures(shown(here), "2").topic.of == ("2", "benchmarks")


@pytest.mark.parametrize(
    ("value", "unit", "verdict"),
    [
        (12.5, "percent", "within"), (25.0, "percent", "within"), (12.4, "percent", "outside"), (25.1, "percent", "outside"),
        (13.0, "percent_rounded", "within"), (24.0, "percent_rounded", "within"), (12.0, "percent_rounded", ""), (25.0, "percent_rounded", ""),
        (11.9, "percent_rounded", "outside"), (25.6, "percent_rounded", "outside"), (12.4, "percent_rounded", ""), (24.6, "percent_rounded", ""),
        (25.5, "percent_rounded", ""),
    ],
)  # fmt: skip
def test_a_figure_is_judged_where_all_that_it_may_stand_for_lies_on_one_side(shown, rows_of, value, unit, verdict):
    """Witness: an interval from 12.5% to 25%; what is printed as 12% lies from 11.5% to 12.5%."""
    row = rows_of.result("5", "harassment_public", (131, 2026), (95, 574), **GAP) | {"bme_lower": 0.125, "bme_upper": 0.25}
    line = ASKED | {"value": value, "unit": unit, "comparable": True}
    told = national.national_figures(shown(line, results=[row]), "5")
    words = f"lies {verdict} the organisation's 95% interval" if verdict else "is printed too coarsely to judge the distance"
    assert f"The figure of NHS trusts in England for BME respondents {words}" in told
    assert ("chance could explain" in told, "clearly apart" in told) == (verdict == "within", verdict == "outside")


def test_a_figure_is_judged_of_the_same_year_where_the_own_one_is_shown_and_of_two_groups(shown, rows_of):
    row = rows_of.result("5", "harassment_public", (131, 2026), (95, 574), **GAP)
    line = ASKED | {"comparable": True}
    assert "The figure" in national.national_figures(shown(line, results=[row]), "5")
    assert "The figure" not in national.national_figures(shown(line | {"comparable": False}, results=[row]), "5")
    for absent in ({"bme_lower": None}, {"value": None}, {"direction": "board-workforce"}):
        assert "The figure" not in national.national_figures(shown(line, results=[row | absent]), "5")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Demo (95% intervals): BME 5.0% (2.2% to 11.2%), white 10.0% (7.4% to 13.3%)."),
        ({"white_lower": None}, "Demo (95% intervals): BME 5.0% (2.2% to 11.2%), white 10.0%."),
        ({"white_lower": None, "bme_lower": None}, "Demo: BME 5.0%, white 10.0%."),
        ({"lower": None}, ""),
        ({"direction": "grade-workforce"}, ""),
    ],
)
def test_the_organisations_own_figure_stands_beside_with_the_interval_of_each(shown, rows_of, changed, said):
    """Witness: Wilson of 5 of 100 and of 40 of 400."""
    row = rows_of.result("5", "harassment_public", (40, 400), (5, 100), **GAP) | changed
    told = national.national_figures(shown(ASKED, results=[row]), "5")
    assert told.endswith(said) if said else "Demo" not in told
    assert "Demo" not in national.national_figures(shown(ASKED, results=[row]), "5", own=False)
    assert national.national_figures(shown(results=[row]), "5") == "", "nothing published, nothing beside it"
    told = [report.compared_with_benchmark(shown(*lines, results=[row]), "5").paragraphs[0] for lines in ((), (ASKED,))]
    assert ["no national figure of the same definition is known" in words for words in told] == [True, False]
    assert national.national_figures(shown(RATIO), "2").endswith("Demo (95% interval): 2.00 (1.10 to 3.90).")


@pytest.mark.parametrize(
    ("lines", "cell"),
    [
        ([RATIO], "1.46 (2019/20)"),
        ([RATIO | {"year": 2022, "value": 2.0}, RATIO | {"year": 2018}], "1.46 (2017/18); 2.00 (2021/22)"),
        ([ASKED, ASKED | {"group": "white", "value": 20.0}], "29.8% of BME and 20.0% of white (staff survey of autumn 2019)"),
        ([BOARD], "8.4% of board members were BME (2019/20)"),
        ([], ""),
    ],
)
def test_a_cell_of_the_scorecard_has_what_is_published_and_of_when(shown, rows_of, lines, cell):
    board = rows_of.result("9", "board_share", (8, 10), (1, 10), comparison="difference", direction="board-workforce", value=0.0)
    asked = rows_of.result("5", "harassment_public", (40, 400), (5, 100), **GAP)
    evidence = shown(*lines, results=[rows_of.appointed, board | {"breakdown": "membership", "category": "total"}, asked])
    indicator = lines[0]["indicator"] if lines else "2"
    assert national.national_cell(evidence, evidence_rows.headline_row(evidence, indicator)) == cell
    if not lines:
        return
    step = pd.Series(rows_of.appointed | {"measure": "shortlisted_from_applied"})
    assert national.national_cell(evidence, step) == "", "a step that is not the headline"
    assert (national.national_note(evidence, []), national.national_note(evidence, [indicator]).count("press: x.org")) == ("", 1)


@pytest.mark.parametrize(
    ("line", "sections", "told"),
    [
        (RATIO | {"comparable": True}, (), ["Indicator 2: NHS trusts in England, 2019/20: "]),
        (RATIO | {"year": 2019}, (), ["known here; those of other years stand beside each indicator, not judged."]),
        (RATIO | {"year": 2019}, ("metrics",), ["known here; those of other years stand in the table of the indicators, not judged."]),
        (RATIO | {"comparable": True, "measure": "another"}, (), []),
    ],
)
def test_what_is_published_of_the_same_year_is_gathered_or_that_only_other_years_have_some(shown, line, sections, told):
    said = national.of_the_same_year(shown(line, sections=sections))
    assert len(said) == len(told) and all(words in text for words, text in zip(told, said, strict=True))
    assert not any("Demo" in text for text in said), "the organisation's own figure stands in the table above"
    nowhere = shown(line, sections=sections)
    standard = nowhere.context.reference.standard
    nowhere.context.reference = SimpleNamespace(**vars(nowhere.context.reference) | {"standard": _unnamed(standard)})
    assert not any("is known here" in text for text in national.of_the_same_year(nowhere)), "a standard that names no nation"


def _unnamed(standard):
    from dataclasses import replace

    return replace(standard, national="")
