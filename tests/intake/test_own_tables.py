"""Breaks, targets and population of the organisation's own, and earlier years kept as history.

Witness: tables typed by hand, and the shipped invented trust.
"""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from wres_helpers import analysis, intake, report
from wres_helpers.intake.own_tables import own_notices
from wres_helpers.intake.own_targets import a_year
from wres_helpers.intake.tidy_counts import as_history
from wres_helpers.problems import InputProblems, ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.reference_tables import reference_notices

HEAD = "target,indicator,measure,breakdown,category,start_year,start,goal,goal_year,turnover,owner_role,decided\n"


@pytest.fixture
def trust(spoilable):
    return load_parameters(spoilable / "params" / "harrowmere-2025-26.yaml", change={"history": 3})


def targets(trust, text: str) -> pd.DataFrame:
    (trust.data_folder().parent / "targets.csv").write_text(HEAD + text, encoding="utf-8")
    return intake.read_own_tables(trust).targets


def test_the_shipped_trust_has_a_merger_five_targets_and_a_population(trust):
    own = intake.read_own_tables(trust)
    assert own.breaks[["year", "indicator", "kind"]].to_numpy().tolist() == [["2021-22", "", "merger"]]
    assert list(own.targets["measure"]) == ["senior_share", "leadership_share", "", "board_share", "model_employer"]
    assert own.population.set_index("ethnic_group")["people"].to_dict() == {"white": 318400, "bme": 81600}


PEERS = "peers,indicator,measure,year,ethnic_group,value,source\n"
MADE_UP = "Invented table 3"


def test_figures_of_the_organisations_own_peers_stand_beside_the_national_ones(trust, reference):
    """Witness: typed by hand; an ambulance trust's harassment was set beside that of all trusts, and nothing else could be."""
    (trust.data_folder().parent / "peers.csv").write_text(
        PEERS + f"ambulance trusts in England,2,,2024-25,,1.42,{MADE_UP}\nambulance trusts in England,5,,2024/25,white,41.0%,{MADE_UP}\n"
        f"ambulance trusts in England,5,,2024/25,bme,34.5%,{MADE_UP}\n",
        encoding="utf-8",
    )
    evidence = analysis.analyse(intake.read_counts(trust), trust, reference, intake.read_own_tables(trust))
    told = report.compared_with_benchmark(evidence, "2", "5").paragraphs
    lead = "Ambulance trusts in England, 2024/25 ("
    mine = [lead + text.partition(lead)[2] for text in told if lead in text]
    assert [text.partition("). ")[0].partition("): ")[2] for text in mine] == [
        f"the relative likelihood, white divided by BME, was 1.42 ({MADE_UP}",
        f"34.5% of BME and 41.0% of white respondents reported harassment from the public ({MADE_UP}",
    ]
    assert sum(text.startswith("NHS trusts in England, ") for text in told) == 2, "the national figures stand as before"
    assert not any("The figure of" in text for text in told), "of another year, so set beside the organisation's own and not judged"


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("x,1,,2024-25,bme,12%,s", "measure", "a measure of indicator 1 of benchmark_words.csv: bme_share_workforce, bme_share_vsm"),
        ("x,2,,2024-25,,42%,s", "value", "a ratio such as 1.25"),
        ("x,2,,2024-25,bme,1.42,s", "ethnic_group", "an empty cell, since a ratio is of both groups"),
        ("x,5,,2024-25,,42%,s", "ethnic_group", "whose share it is"),
        ("x,5,,2024-25,unknown,42%,s", "ethnic_group", "one of white, bme"),
        ("x,5,,2024-25,bme,0.42,s", "value", "a share such as 12%"),
        ("x,5,,2024-25,bme,42%,", "source", "where it was published"),
        ("x,9,,2024-25,white,9.8%,s", "ethnic_group", "'bme': the measure is of that group alone"),
    ],
)
def test_a_figure_of_peers_without_a_certain_reading_is_refused(trust, row, column, said):
    (trust.data_folder().parent / "peers.csv").write_text(PEERS + row + "\n", encoding="utf-8")
    with pytest.raises(InputProblems) as refused:
        intake.read_own_tables(trust)
    (problem,) = refused.value.problems
    assert (problem.column, problem.row) == (column, 2) and said in problem.expected


def test_a_peers_share_that_is_a_hundredth_of_its_like_is_asked_about(trust):
    """Witness: 0.41% typed for 0.41, beside the 34.5% of the other group."""
    rows = "x,5,,2024-25,white,0.41%,s\nx,5,,2024-25,bme,34.5%,s\nx,8,,2024-25,bme,1.2%,s\n"
    (trust.data_folder().parent / "peers.csv").write_text(PEERS + rows, encoding="utf-8")
    told = [(each.row, each.column, each.found) for each in own_notices(trust) if "peers.csv" in each.file]
    assert told == [(2, "value", "0.41%")]


def test_what_is_wrong_with_targets_is_told_all_at_once(trust):
    """Witness: a goal that is no number hid that the goal's year lies before the start, and the turnover of a ratio."""
    rows = (
        "A,1,,,,2020-21,5%,many,2019-20,,Chair,Board\nB,2,,,,2020-21,2 points,1.2,2029-30,11%,Chair,Board\nC,77,,,,2020-21,,8%,,,Chair,\n"
    )
    with pytest.raises(InputProblems) as refused:
        targets(trust, rows)
    assert [(problem.row, problem.column) for problem in refused.value.problems] == [
        (2, "goal"), (2, "goal_year"), (3, "start"), (3, "goal"), (3, "turnover"), (4, "indicator"),
    ]  # fmt: skip


def test_which_measure_an_empty_cell_means_is_told_where_the_indicator_has_several(trust):
    """Witness: a target of the share of staff was taken as one of senior posts, and nothing said so."""
    targets(trust, "A,1,,,,2020-21,5%,8%,2029-30,,Chair,Board\nB,3,,,,2020-21,1.8,1.2,2029-30,,Chair,Board\n")
    (told,) = [problem for problem in own_notices(trust) if problem.file.endswith("targets.csv")]
    assert (told.row, told.column) == (2, "measure")
    assert told.action.startswith("Taken as 'senior_share'") and "share_of_grade" in told.action


def test_shares_ratios_and_points_are_told_apart(trust):
    table = targets(
        trust,
        "A,1,,,,2020-21,5.2%,12%,2029-30,11%,Chief executive,Board\n"
        "B,2,,,,2020/21,1.80,1.25,2029-30,,Chief executive,Board\n"
        "C,6,,,,2020-21,+21.0 points,\u20135 points,2029-30,,Chief executive,Board\n",
    )
    assert list(table["of"]) == ["share", "value", "value"]
    assert list(table["goal"]) == pytest.approx([0.12, 1.25, -0.05])
    assert table["turnover"].isna().tolist() == [False, True, True]
    assert set(table["start_year"]) == {"2020-21"}
    assert set(table["breakdown"]) == {"overall"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,1,,,,2020-21,5%,12,2029-30,,Chair,Board\n", "a share such as 12%"),
        ("A,1,,,,2020-21,5%,120%,2029-30,,Chair,Board\n", "a share such as 12%"),
        ("A,1,,,,2020-21,5%,12%,2029,,Chair,Board\n", "a reporting year such as 2025-26"),
        ("A,1,,,,2020-21,1.80,12%,2029-30,,Chair,Board\n", "start a ratio and goal a share; expected a start and a goal of one kind"),
        ("A,1,,,,2020-21,5%,12%,2019-20,,Chair,Board\n", "a goal year after the start year"),
        ("A,1,,,,2020-21,5%,12%,2029-30,,,Board\n", "a value"),
        ("A,12,,,,2020-21,5%,12%,2029-30,,Chair,Board\n", "an indicator of the standard: 1, 2, 3, 4, 5, 6, 7, 8, 9"),
        ("A,1,senior_shares,,,2020-21,5%,12%,2029-30,,Chair,Board\n", "Did you mean 'senior_share'?"),
        ("A,2,senior_share,,,2020-21,5%,12%,2029-30,,Chair,Board\n", "a measure of indicator 2"),
        ("A,1,,,,2020-21,1.10,1.25,2029-30,,Chair,Board\n", "a gap such as -2 points, or a share such as 12%"),
        ("A,2,,,,2020-21,-3 points,-2 points,2029-30,,Chair,Board\n", "a ratio such as 1.25, or a share such as 12%"),
        ("A,1,,,,2020-21,5%,12%,2029-30,1.25,Chair,Board\n", "a share such as 11%"),
        ("A,6,,,,2020-21,30%,12%,2029-30,11%,Chair,Board\n", "turnover is of posts"),
        ("A,1,,,,2020-21,-9 points,0 points,2029-30,11%,Chair,Board\n", "turnover is of posts"),
        ("A,1,share_of_grade,,Band 7,2020-21,5%,12%,2029-30,,Chair,Board\n", "a breakdown beside the category"),
        ("A,1,share_of_grade,grade,,2020-21,5%,12%,2029-30,,Chair,Board\n", "a category beside the breakdown"),
        ("A,3,model_employer,,,2020-21,,,,,Chair,Board\n", "indicator 1, whose bands the preset is about"),
        ("A,1,model_employer,,,2020-21,5%,12%,2029-30,,Chair,Board\n", "since the preset has its own"),
        ("A,1,,,,2020-21,5%,12%,2029-30,,Chair,Board\n\nB,1,,,,2020-21,5%,12%,2029-30,,,Board\n", "row 4, column 'owner_role'"),
        ("A,1,,,,2020-21,5%,12%,2029-30,,Chair,Board\nA,1,,,,2020-21,5%,12%,2029-30,,Chair,Board\n", "each combination of target once"),
    ],
)
def test_a_target_without_one_certain_reading_is_refused(trust, row, said):
    with pytest.raises(InputProblems) as error:
        targets(trust, row)
    assert said in str(error.value)
    assert "targets.csv" in str(error.value)


def test_the_preset_of_ethnicity_is_none_of_another_standard(spoilable):
    parameters = load_parameters(spoilable / "params" / "harrowmere-wdes-2025-26.yaml")
    row = f"{HEAD}A,1,model_employer,,,2020-21,,,,,Chair,Board\n"
    (parameters.data_folder().parent / "targets.csv").write_text(row, encoding="utf-8")
    with pytest.raises(InputProblems, match=r"column 'measure': found 'model_employer'; expected a measure, since .* 'wdes' has none"):
        intake.read_own_tables(parameters)


def test_a_standard_whose_metrics_have_names_of_their_own_may_break_and_have_targets(spoilable):
    wdes = load_parameters(spoilable / "params" / "harrowmere-wdes-2025-26.yaml")
    folder = wdes.data_folder().parent
    (folder / "breaks.csv").write_text(
        "year,indicator,kind,reason,source\n2025-26,4a ii,wording,The question changed.,board\n", encoding="utf-8"
    )
    (folder / "targets.csv").write_text(HEAD + "A,8,,,,2024-25,60%,75%,2027-28,,Chair,Board\n", encoding="utf-8")
    own = intake.read_own_tables(wdes)
    assert (own.breaks["indicator"].tolist(), own.targets["of"].tolist()) == (["4a ii"], ["share"])
    (folder / "breaks.csv").write_text(
        "year,indicator,kind,reason,source\n2025-26,9,wording,The question changed.,board\n", encoding="utf-8"
    )
    with pytest.raises(InputProblems, match="4a iii"):
        intake.read_own_tables(wdes)


@pytest.mark.parametrize(
    "content",
    [
        "area,White,BME,Total,source,population_year\nA,700,300,1000,Census,2021\n",
        "People served\narea,ethnic_group,people,source,population_year\nA,white,700,Census,2021\nA,bme,300,Census,2021\nA,All,1000,Census,2021\n",
        "area,ethnicity,people,source,population_year\nA,White - British,600,Census,2021\nA,White - Irish,100,Census,2021\n"
        "A,Asian or Asian British - Indian,200,Census,2021\nA,Black or Black British - African,100,Census,2021\n",
    ],
)
def test_a_population_in_the_shapes_of_published_tables_is_the_same_population(trust, content):
    (trust.data_folder() / "population.csv").write_text(content, encoding="utf-8")
    population = intake.read_own_tables(trust).population
    assert population.set_index("ethnic_group")["people"].to_dict() == {"white": 700, "bme": 300}
    assert set(population["population_year"]) == {"2021"}


def test_a_population_is_of_the_groups_of_the_reports_standard(spoilable):
    """Witness: the standard's own words for its groups, as in its counts tables; those of another standard would say who lives there falsely."""
    wdes = load_parameters(spoilable / "params" / "harrowmere-wdes-2025-26.yaml")
    path, head = wdes.data_folder() / "population.csv", "area,disability,people,source,population_year\n"
    path.write_text(head + "County,non_disabled,800,Census,2021\nCounty,disabled,200,Census,2021\n", encoding="utf-8")
    assert intake.read_own_tables(wdes).population.set_index("ethnic_group")["people"].to_dict() == {"white": 800, "bme": 200}
    path.write_text(head + "County,white,800,Census,2021\n", encoding="utf-8")
    with pytest.raises(InputProblems, match="one of non_disabled, disabled, unknown"):
        intake.read_own_tables(wdes)
    path.write_text(head + "County,disabled,800,Census,2021\n", encoding="utf-8")
    with pytest.raises(InputProblems, match="a row 'non_disabled' of County"):
        intake.read_own_tables(wdes)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("County,bme,816,Census,2021\n", "a row 'white' of County"),
        ("County,unknown,816,Census,2021\n", "a row 'bme' of County"),
        ("County,white,0,Census,2021\nCounty,bme,0,Census,2021\n", "found nobody"),
        ("County,white,80,Census,2021\nCounty,bme,20,Census,2021\n", "100 people together, as of shares in per cent"),
        ("County,white,800,Census,2021\nCounty,bme,200,Census,2011\n", "one source and one year for County"),
        ("County,white,800,Census,2021\nCounty,bme,200,Estimate,2021\n", "one source and one year for County"),
    ],
)
def test_a_population_that_gives_no_share_is_refused_before_a_page_needs_it(trust, rows, said):
    path = trust.data_folder() / "population.csv"
    path.write_text("area,ethnic_group,people,source,population_year\n" + rows, encoding="utf-8")
    with pytest.raises(InputProblems) as error:
        intake.read_own_tables(trust)
    assert said in str(error.value)


def test_an_organisation_without_such_tables_has_empty_ones(necs):
    own = intake.read_own_tables(necs)
    assert (len(own.breaks), len(own.targets), len(own.population)) == (0, 0, 0)


# ------------------------------------------------------------------ years


@pytest.mark.parametrize(
    ("years", "first"), [(None, "2024-25"), ("auto", "2016-17"), (3, "2023-24"), (2, "2024-25"), (0, "2024-25"), (99, "2016-17")]
)
def test_the_years_of_a_report_are_those_asked_for(project, years, first):
    found = load_parameters(project / "params" / "harrowmere-2025-26.yaml", change={"history": years}).years
    assert (found[0], found[-2:]) == (first, ("2024-25", "2025-26"))


def test_years_may_be_named_and_are_held_to_the_standards_editions(project):
    path = project / "params" / "harrowmere-2025-26.yaml"
    assert load_parameters(path, change={"history": ["2019-20", "2017-18"]}).years == ("2017-18", "2019-20", "2024-25", "2025-26")
    for wrong in (["2013-14"], ["2019"], -1):
        with pytest.raises(ParameterProblems):
            load_parameters(path, change={"history": wrong})


def test_a_folder_without_tables_is_no_year_of_history(trust):
    (trust.data_folder().parent / "2015-16").mkdir()
    Path(trust.data_folder().parent / "2014-15").mkdir()
    assert load_parameters(trust.path).years[0] == "2016-17"


def test_earlier_years_keep_what_a_line_needs_and_nothing_finer(trust, reference):
    counts = intake.read_counts(trust)
    old = counts[counts["year"].eq("2023-24")]
    assert set(old["breakdown"]) == {"overall", "membership", "grade", "14a", "14b+14c", "15", "16b"}
    bands = old[old["breakdown"].eq("grade")].groupby("category")["count"].sum()
    assert set(bands.index) == {"Bands 1 to 7", "Bands 8a to 9", "VSM", "Medical and dental"}
    staff = pd.read_csv(trust.data_folder("2023-24") / "headcount.csv")["headcount"].sum()
    assert bands.sum() == staff
    assert "directorate" in set(counts.loc[counts["year"].eq("2024-25"), "breakdown"])


def test_without_history_counts_stay_as_they_are(necs_counts, reference):
    assert as_history(necs_counts, (), reference.grades) is necs_counts


def test_every_group_of_bands_is_a_grade_of_its_own(reference):
    assert set(reference.grades["cluster"]) <= set(reference.grades["grade"])
    assert np.all(reference.grades["cluster"].ne(""))


def test_a_year_of_history_without_data_is_told_as_one_of_history(trust):
    asked = load_parameters(trust.path, change={"history": ["2018-19"]})
    shutil.rmtree(trust.data_folder("2018-19"))
    with pytest.raises(InputProblems, match="Take it out of history"):
        intake.read_counts(asked)


@pytest.mark.parametrize(
    ("year", "read"), [("2021", "2021"), ("mid-2022 estimate", "mid-2022 estimate"), ("Invented census table", None), ("2021.0", None)]
)
def test_a_population_is_of_a_year(spoilable, year, read):
    """Witness: the year as a spreadsheet writes it, with words, and the source in its place."""
    rows = f"area,ethnic_group,people,source,population_year\nTown,white,900,Census,{year}\nTown,bme,100,Census,{year}\n"
    (spoilable / "data" / "necs" / "2019-20" / "population.csv").write_text(rows)
    parameters = load_parameters(spoilable / "params" / "necs-2019-20.yaml")
    if read is None:
        with pytest.raises(InputProblems, match="column 'population_year'"):
            intake.read_own_tables(parameters)
    else:
        assert set(intake.read_own_tables(parameters).population["population_year"]) == {read}


@pytest.mark.parametrize("year", ["2025-26", "2025/26", "2025\u201326"])
def test_a_reporting_year_is_read_with_any_dash(year):
    """Witness: the year as files, pages and word processors write it."""
    assert a_year(year).value == "2025-26"


@pytest.mark.parametrize(
    ("file", "row", "found"),
    [
        ("targets", HEAD + "T,2,,,,2011-12,1.5,1.1,2027-28,,Chief,Board\n", "column 'start_year': found '2011-12'; expected a year from 2015-16 to 2019-20"),
        ("targets", HEAD + "T,2,,,,2029-30,1.5,1.1,2031-32,,Chief,Board\n", "column 'start_year': found '2029-30'"),
        ("breaks", "year,indicator,kind,reason,source\n2041-42,,merger,We grew.,Us\n", "column 'year': found '2041-42'"),
        ("peers", "peers,indicator,measure,year,ethnic_group,value,source\nTrusts,2,,2014-15,,1.2,NHS\n", "column 'year': found '2014-15'"),
        ("targets", HEAD + "T,2,,,,2018-19,1.5,1.1,2027-28,,Chief,Board\n", ""),
    ],
)  # fmt: skip
def test_a_year_that_no_edition_has_is_asked_about(spoilable, file, row, found):
    """Its row stood beside nothing, without a word. Witness: years before the standard and years to come; a goal may lie ahead."""
    (spoilable / "data" / "necs" / f"{file}.csv").write_text(row, encoding="utf-8")
    said = "\n".join(notice.sentence() for notice in own_notices(load_parameters(spoilable / "params" / "necs-2019-20.yaml")))
    assert found in said if found else "expected a year" not in said


@pytest.mark.parametrize(
    ("table", "old", "new", "found"),
    [
        ("benchmark_words", "\n5,hba_public", "\n5,hba_staff", "found 'hba_staff'; expected a measure of indicator 5 in benchmarks.csv: hba_public"),
        ("benchmark_words", "\n5,hba_public", "\n5,hba_publik", "Did you mean 'hba_public'?"),
        ("benchmarks", "\n2018,1,", "\n2009,1,", "found '2009'; expected an edition from 2016"),
        ("benchmarks", "\n2018,1,", "\n2048,1,", "found '2048'; expected an edition from 2016"),
    ],
)  # fmt: skip
def test_national_figures_of_no_measure_and_no_edition_are_asked_about(spoilable, table, old, new, found):
    """No page said them, and nobody was told. Witness: words under another indicator or misspelt; years of no edition."""
    path, folder = spoilable / "data" / "reference" / "standards" / "wres" / f"{table}.csv", spoilable / "data" / "reference"
    text = path.read_text(encoding="utf-8")
    assert not reference_notices(folder / "standards" / "wres")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert found in "\n".join(notice.sentence() for notice in reference_notices(folder / "standards" / "wres"))
