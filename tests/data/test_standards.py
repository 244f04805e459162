"""Standards as folders of data: what each must hold, and that a new indicator or breakdown touches data only.

Witness: a standard of one invented indicator, written row by row in a test.
"""

import csv
from pathlib import Path

import pandas as pd
import pytest

from wres_helpers.problems import InputProblems
from wres_helpers.standard.catalogue import catalogue
from wres_helpers.standard.columns import COUNTS_TABLES

pytestmark = pytest.mark.slow

STANDARDS = Path(__file__).resolve().parents[2] / "data" / "reference" / "standards"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def added(path: Path, **cells: str) -> None:
    """Add a row to a table: a copy of its last row with some cells changed."""
    found = rows(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([*found, found[-1] | cells])


@pytest.mark.parametrize("standard", ["wres", "wdes", "social-care-wres"])
def test_every_standard_names_itself_and_three_groups_with_sources(standard):
    keys = {row["key"] for row in rows(STANDARDS / standard / "standard.csv")}
    always = {"name", "short_name", "characteristic", "group_column", "snapshot", "metric", "first_edition", "survey", "tiers"}
    # a standard whose national figures are shown says whose they are
    assert keys - {"unanswered"} == always | ({"national"} if (STANDARDS / standard / "benchmark_words.csv").is_file() else set())
    assert [row["role"] for row in rows(STANDARDS / standard / "groups.csv")] == ["reference", "compared", "unknown"]
    for table in ("standard", "groups"):
        found = rows(STANDARDS / standard / f"{table}.csv")
        assert all(row["source"] for row in found)
        assert not [row for row in found if row["seen"] == "secondary" and row["source"].lower().startswith("from memory")]


@pytest.mark.parametrize(("standard", "key", "early", "first"), [
    ("wdes", "year", "2017-18", "2018-19"), ("social-care-wres", "year", "2019-20", "2020-21"), ("wdes", "previous_year", "2017-18", "2018-19"),
    ("wdes", "history", "2016-17", "2018-19"),
])  # fmt: skip
def test_a_year_before_the_first_edition_of_its_own_standard_is_refused_and_never_taken_by_itself(spoilable, standard, key, early, first):
    from wres_helpers.problems import ParameterProblems
    from wres_helpers.settings.master_file_reader import load_parameters

    master, data = spoilable / "params" / "early.yaml", spoilable / "data" / "early"
    for year in (early, first):
        (data / year).mkdir(parents=True, exist_ok=True)
        (data / year / "headcount.csv").write_text("", encoding="utf-8")
    year = early if key == "year" else "2020-21"
    plain = f"organisation: {{code: early, name: Early, short_name: Early}}\nstandard: {standard}\nyear: YEAR\n"
    master.write_text(
        plain.replace("YEAR", year)
        + {"year": "", "previous_year": f"previous_year: {early}\n", "history": f"previous_year: 2019-20\nhistory: [{early}]\n"}[key]
    )
    with pytest.raises(ParameterProblems) as error:
        load_parameters(master)
    assert f"key '{key}': found '{early}'; expected a reporting year from {first} on" in str(error.value)
    master.write_text(plain.replace("YEAR", first))
    assert load_parameters(master).years == (first,)


def test_statuses_and_questions_are_of_the_indicators_of_their_own_standard(spoilable):
    from wres_helpers.problems import ParameterProblems
    from wres_helpers.settings.master_file_reader import load_parameters

    master = spoilable / "params" / "harrowmere-wdes-2025-26.yaml"
    plain = master.read_text(encoding="utf-8")
    own = "published_statuses: {4a ii: progressing, '10': achieving}\nsurvey: {kind: local, questions: {4a ii: '9b'}}\n"
    master.write_text(plain + own, encoding="utf-8")
    parameters = load_parameters(master)
    assert parameters.published_statuses == {"4a ii": "progressing", "10": "achieving"}
    master.write_text(plain + "published_statuses: {'9': achieving}\nsurvey: {kind: local, questions: {'3': '9b'}}\n", encoding="utf-8")
    with pytest.raises(ParameterProblems) as error:
        load_parameters(master)
    told = str(error.value)
    assert "key 'published_statuses.9': found unknown indicator '9'; expected one of 1, 2, 3, 4a i" in told
    assert "key 'survey.questions.3': found unknown indicator '3'; expected one of 4a i, 4a ii, 4a iii, 5, 6, 8" in told


def test_the_items_of_wres_are_those_of_its_counts_tables():
    items = rows(STANDARDS / "wres" / "items.csv")
    assert {row["table"] for row in items} == set(COUNTS_TABLES)
    assert {row["table"]: row["count"] for row in items} == {name: columns[-1] for name, columns in COUNTS_TABLES.items()}
    among = {row["item"]: row["counted_among"] for row in items if row["counted_among"]}
    assert among == {
        "shortlisted": "applied", "appointed": "shortlisted", "entered_disciplinary": "headcount", "accessed_training": "headcount",
    }  # fmt: skip


def test_an_indicator_without_words_is_told_with_the_place_where_they_are_missing(spoilable):
    folder = spoilable / "data" / "reference" / "standards" / "wres"
    added(folder / "indicators.csv", measure="leaving", indicator="9", role="context")
    with pytest.raises(InputProblems) as error:
        catalogue(folder)
    assert "data/reference/standards/wres/words.csv" in str(error.value)
    assert "'leaving'" in str(error.value)


def test_a_new_measure_of_known_counts_touches_the_catalogue_and_one_row_of_words(spoilable):
    from wres_helpers import analysis, intake
    from wres_helpers.report.words import evidence_rows
    from wres_helpers.report.words.headlines import headline
    from wres_helpers.settings.master_file_reader import load_parameters
    from wres_helpers.standard.catalogue import read_reference_tables

    folder = spoilable / "data" / "reference" / "standards" / "wres"
    like = next(row for row in rows(folder / "indicators.csv") if row["measure"] == "accessing_training")
    added(folder / "indicators.csv", **(like | {"measure": "training_of_shortlisted", "role": "context", "base": "shortlisted"}))
    added(
        folder / "words.csv",
        measure="training_of_shortlisted",
        people="people",
        act="train",
        acted="trained",
        in_short="trained",
        stage="Training",
    )
    parameters = load_parameters(spoilable / "params" / "necs-2019-20.yaml")
    evidence = analysis.analyse(intake.read_counts(parameters), parameters, read_reference_tables(parameters.reference_folder))
    row = evidence_rows.first(evidence.results, measure="training_of_shortlisted", year="2019-20", breakdown="overall")
    # 218 of 1,605 against 9 of 251
    assert row["value"] == pytest.approx((218 / 1605) / (9 / 251))
    assert headline(evidence, "4").text


def test_a_new_indicator_of_the_survey_stands_on_every_page_with_a_row_of_the_catalogue_and_one_of_words(spoilable):
    """Witness: question 13b of the shipped report, asked once more as an indicator of its own: 13 of 37 against 106 of 768."""
    from support.everything_said import everything_said

    from wres_helpers import open_report

    folder = spoilable / "data" / "reference" / "standards" / "wres"
    like = next(row for row in rows(folder / "indicators.csv") if row["measure"] == "harassment_staff" and row["edition_to"] == "2021")
    own = {"indicator": "10", "measure": "belittled", "survey_question": "13b", "plain_title": "Being belittled"}
    added(folder / "indicators.csv", **(like | own))
    added(folder / "words.csv", measure="belittled", people="respondents", again="respondents", act="be belittled",
          acted="said they were belittled", in_short="were belittled", stage="Being belittled", count_heading="Belittled",
          base_heading="Answered")  # fmt: skip
    opened = open_report(spoilable / "params" / "necs-2019-20.yaml")
    said = everything_said(opened.evidence, opened.actions)
    assert "10. Being belittled" in said
    assert "BME respondents were belittled more often than white respondents: 35.1% (13 of 37) against 13.8% (106 of 768)" in said
    assert "ten questions asked at once" in said


def test_a_new_breakdown_touches_the_counts_table_and_nothing_else(spoilable):
    from wres_helpers import analysis, intake
    from wres_helpers.settings.master_file_reader import load_parameters
    from wres_helpers.standard.catalogue import read_reference_tables

    path = spoilable / "data" / "necs" / "2019-20" / "recruitment.csv"
    table = pd.read_csv(path)
    halves = [
        table.assign(people=table["people"] // 2, site="North"),
        table.assign(people=table["people"] - table["people"] // 2, site="South"),
    ]
    pd.concat(halves)[["stage", "site", "ethnic_group", "people"]].to_csv(path, index=False)
    parameters = load_parameters(spoilable / "params" / "necs-2019-20.yaml")
    evidence = analysis.analyse(intake.read_counts(parameters), parameters, read_reference_tables(parameters.reference_folder))
    cut = evidence.results[evidence.results["breakdown"].eq("site") & evidence.results["measure"].eq("appointed_from_shortlisting")]
    assert dict(zip(cut["category"], cut["white_count"], strict=True)) == {"North": 75, "South": 75}
    assert set(evidence.contributions["breakdown"]) == {"site"}


# ------------------------------------------------------------------ other standards, and no code


def evidence_of(project: Path, name: str):
    from wres_helpers import analysis, intake
    from wres_helpers.settings.master_file_reader import load_parameters
    from wres_helpers.standard.catalogue import read_reference_tables

    parameters = load_parameters(project / "params" / f"{name}.yaml")
    return analysis.analyse(intake.read_counts(parameters), parameters, read_reference_tables(parameters.reference_folder))


def spoken(evidence, measure: str) -> pd.Series:
    from wres_helpers.report.words import evidence_rows

    return evidence_rows.first(evidence.results, measure=measure, breakdown="overall")


def test_the_disability_standard_is_data(project):
    evidence = evidence_of(project, "harrowmere-wdes-2025-26")
    # 708 of 3,370 non-disabled and 74 of 390 disabled people appointed; 6 of 325 and 14 of 4,574 in capability processes
    assert spoken(evidence, "appointed_from_shortlisting")["value"] == pytest.approx((708 / 3370) / (74 / 390))
    assert spoken(evidence, "entering_capability")["value"] == pytest.approx((6 / 325) / (14 / 4574))
    # one group alone: of 364 who need adjustments 268 have them; nothing is compared
    alone = spoken(evidence, "adequate_adjustments")
    assert (alone["bme_count"], alone["bme_base"], alone["comparison"], alone["status"]) == (268, 364, "none", "calculated")
    assert pd.isna(alone["value"])
    assert list(evidence.statuses["indicator"]) == ["1", "2", "3", "4a i", "4a ii", "4a iii", "5", "6", "8", "10"]


def test_social_care_ratios_are_all_of_bme_over_white_and_below_one_is_worse_where_more_is_better(project):
    evidence = evidence_of(project, "ashcombe-2025-26")
    appointed = spoken(evidence, "appointed_from_shortlisting")
    assert appointed["value"] == pytest.approx((62 / 410) / (150 / 540))
    assert appointed["status"] == "large_difference"
    assert spoken(evidence, "entering_fitness_to_practise")["value"] == pytest.approx((7 / 121) / (9 / 402))
    ratios = evidence.results[evidence.results["comparison"].eq("ratio")]
    assert set(ratios["direction"]) == {"bme/white"}
    # turned round, the same counts are no finding against BME people
    parity = evidence.parity.set_index("measure").loc["appointed_from_shortlisting"]
    assert (parity["aim"], parity["to_equal_people"]) == ("more", 52)


def test_a_published_figure_of_some_councils_is_said_to_be_theirs_and_not_the_nations(project):
    """Witness: benchmarks.csv of Social Care WRES, whose figures are of "Councils of the first phase" by its own last column."""
    from wres_helpers import report as page

    blocks = [block.to_json() for block in page.metrics(evidence_of(project, "ashcombe-2025-26"))]
    table = next(block for block in blocks if block.get("id") == "metrics")
    # seven sentences alike told them once, after the table of the organisation's own
    place = [column["label"] for column in table["columns"]].index("Councils of the first phase")
    assert [row[place] for row in table["rows"]][:4] == ["not known", "not known", "0.50 (2022/23)", "1.40 (2022/23)"]
    assert "those of other years stand in the table of the metrics, not judged" in str(blocks)
    assert "Councils of the first phase: official: skillsforcare.org.uk" in str(table["notes"]) and "yardstick" not in str(blocks)
    # this report has no page one whose order could be told
    assert "page one" not in str(blocks)


def test_of_a_metric_that_is_too_few_to_judge_the_number_that_decides_it_is_told(project):
    """Witness: Ashcombe's metric 4 by hand: 16 of 523 entered, so that 121 x 16/523 are 3.7 expected; chart titles tell another 'expected'."""
    from wres_helpers import report as page

    told = str([block.to_json() for block in page.metrics(evidence_of(project, "ashcombe-2025-26"))])
    assert "the numbers are too small to judge (3.7 expected in the smallest group, 5 asked)" in told


def test_the_period_of_each_metric_stands_with_its_definition(project):
    """Witness: `period` of indicators.csv; rates of WDES and Social Care WRES had none, and staff of one day beside cases of two years."""
    from wres_helpers import report as page

    for name in ("ashcombe-2025-26", "harrowmere-wdes-2025-26"):
        shown = evidence_of(project, name)
        rows = page.metric_definitions(shown).rows
        assert [row[2] for row in rows][1:4] == list(shown.context.catalogue["period"])[1:4] and all(row[2] for row in rows)


def test_a_standards_own_words_for_its_groups_stand_in_its_files_and_pages(project, tmp_path):
    from wres_helpers import report as page
    from wres_helpers.publishing.files.results_files import write_results

    evidence = evidence_of(project, "harrowmere-wdes-2025-26")
    write_results(tmp_path / "results.csv", evidence.results, evidence.context.reference.standard)
    table = pd.read_csv(tmp_path / "results.csv")
    assert {"non_disabled_count", "disabled_rate"} <= set(table.columns)
    assert not [column for column in table.columns if "white" in column or "bme" in column]
    assert set(table["direction"].dropna()) >= {"non_disabled/disabled", "disabled-non_disabled"}
    told = str([block.to_json() for block in page.metrics(evidence)])
    assert "Non-disabled candidates were 1.11 times as likely as Disabled candidates to be appointed: 21.0% (708 of 3,370)" in told
    assert "BME" not in told


def test_ethnic_groups_are_no_groups_of_a_standard_about_something_else(spoilable):
    from wres_helpers.intake import read_counts
    from wres_helpers.settings.master_file_reader import load_parameters

    # the headcount by ethnicity put in the folder of the disability standard, which would have read BME staff as disabled
    (spoilable / "data/harrowmere-wdes/2025-26/headcount.csv").write_text("disability,headcount\nwhite,4574\nBAME,325\nnot stated,981\n")
    with pytest.raises(InputProblems) as caught:
        read_counts(load_parameters(spoilable / "params" / "harrowmere-wdes-2025-26.yaml"))
    told = str(caught.value)
    assert "row 2, column 'ethnic_group': found 'white'; expected one of non_disabled, disabled, unknown" in told and "found 'BAME'" in told
    assert "not stated" not in told


def test_wres_files_keep_white_and_bme(evidence, tmp_path):
    from wres_helpers.publishing.files.results_files import write_results

    write_results(tmp_path / "results.csv", evidence.results, evidence.context.reference.standard)
    assert list(pd.read_csv(tmp_path / "results.csv").columns[6:12]) == [
        "white_count", "white_base", "white_rate", "bme_count", "bme_base", "bme_rate",
    ]  # fmt: skip


def loaded(folder, standard: str, more: str = ""):
    from wres_helpers.settings.master_file_reader import load_parameters

    master = folder / "params" / "own-2025-26.yaml"
    own = f"standard: {standard}\norganisation: {{code: own, name: Own, short_name: Own}}\nyear: 2025-26\n"
    master.write_text(own + more, encoding="utf-8")
    return load_parameters(master)


@pytest.mark.parametrize(("standard", "title"), [
    ("wdes", "Workforce Disability Equality Standard report"), ("social-care-wres", "Social Care Workforce Race Equality Standard report"),
])  # fmt: skip
def test_sections_and_title_follow_from_the_standard_alone(spoilable, standard, title):
    """Witness: the names of the standards, typed; sections of single indicators are those of WRES."""
    parameters = loaded(spoilable, standard)
    assert (parameters.sections, parameters.report.title) == (("00_overview", "metrics", "10_action_plan"), title)
    assert loaded(spoilable, standard, "report: {title: Our own}\nsections: [metrics]\n").sections == ("metrics",)
    first = loaded(spoilable, "wres")
    assert len(first.sections) == 9 and first.report.title == "Workforce Race Equality Standard report"


def test_a_section_that_speaks_of_the_indicators_of_wres_is_refused_for_another_standard(spoilable):
    from wres_helpers.problems import ParameterProblems

    with pytest.raises(ParameterProblems) as error:
        loaded(spoilable, "wdes", "sections: [00_overview, 03_disciplinary, 11_improvement_plan]\n")
    told = str(error.value)
    assert "key 'sections': found '03_disciplinary'" in told and "'11_improvement_plan'" in told and "'00_overview', which" not in told
    assert "expected a section that speaks for the standard 'wdes': 00_overview, metrics, 10_action_plan" in told


def test_extracts_are_none_of_a_report_that_is_not_about_ethnicity(spoilable):
    """Witness: people of an extract are told apart by ethnicity alone: counts of White and BME stood under Non-disabled and Disabled."""
    from wres_helpers.problems import ParameterProblems

    extracts = "extracts:\n  ethnicity_codes: esr\n  staff:\n    file: [staff.csv]\n    columns: {person: Number, ethnicity: Origin, grade: Band}\n"
    with pytest.raises(ParameterProblems, match=r"'extracts'.*counted by ethnicity and not by disability status"):
        loaded(spoilable, "wdes", extracts)
    assert loaded(spoilable, "social-care-wres", extracts).extracts


def test_the_list_of_a_report_shows_the_sections_and_title_of_its_standard(spoilable, capsys):
    """Witness: the name of the standard, typed; the list showed the defaults of WRES."""
    from wres_helpers.commands.list_command import list_command

    list_command(loaded(spoilable, "wdes").path)
    shown = capsys.readouterr().out
    assert "Workforce Disability Equality Standard report" in shown and '["00_overview", "metrics", "10_action_plan"]' in shown


#: Question 31b is asked of Disabled staff who need adjustments: 268 of 364, of whom the others answered no.
ALONE = "31b,Yes,disabled,268\n31b,No,disabled,96\n"


@pytest.mark.parametrize(("rows", "refused"), [
    (ALONE, ""),
    (ALONE + "31b,Not asked,non_disabled,2010\n31b,Not asked,disabled,246\n", ""),
    (ALONE + "31b,Yes,non_disabled,0\n31b,No,non_disabled,0\n", "found an answer of non_disabled; expected answers to question 31b of disabled alone"),
    ("31b,Yes,non_disabled,0\n31b,No,non_disabled,0\n", "found no row for disabled; expected rows for disabled where question is 31b"),
    ("31b,Yes,disabled,268\n", "expected rows for 'No' to question 31b"),
])  # fmt: skip
def test_nobody_invents_an_answer_of_a_group_that_was_not_asked(spoilable, rows, refused):
    """Who was not asked has no answer: neither 0 nor a percentage of theirs is taken, and the figure of those asked needs none."""
    from wres_helpers.report.words.evidence_rows import first

    survey = spoilable / "data" / "harrowmere-wdes" / "2025-26" / "staff_survey.csv"
    kept = [line for line in survey.read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith("31b")]
    survey.write_text("".join(kept) + rows, encoding="utf-8")
    if refused:
        with pytest.raises(InputProblems) as error:
            evidence_of(spoilable, "harrowmere-wdes-2025-26")
        assert refused in str(error.value) and "white" not in str(error.value)
        return
    row = first(evidence_of(spoilable, "harrowmere-wdes-2025-26").results, measure="adequate_adjustments", breakdown="overall")
    assert (row["bme_count"], row["bme_base"], row["status"]) == (268, 364, "calculated") and pd.isna(row["white_base"])


def test_messages_about_counts_speak_of_the_groups_of_their_standard(spoilable):
    """Witness: 15 is answered yes by both groups and no by Disabled staff alone; more Disabled members vote than there are."""
    data = spoilable / "data" / "harrowmere-wdes" / "2025-26"
    survey, board = (data / name for name in ("staff_survey.csv", "board.csv"))
    lines = survey.read_text(encoding="utf-8").splitlines(keepends=True)
    survey.write_text("".join(line for line in lines if not line.startswith("15,No,non_disabled")), encoding="utf-8")
    board.write_text(board.read_text(encoding="utf-8") + "executive,disabled,9\nexecutive,non_disabled,1\n", encoding="utf-8")
    with pytest.raises(InputProblems) as error:
        evidence_of(spoilable, "harrowmere-wdes-2025-26")
    told = str(error.value)
    assert "found no row for non_disabled with 'No'" in told and "of 'total' in group disabled" in told


def test_an_unknown_standard_is_refused_with_those_that_there_are(spoilable):
    from wres_helpers.problems import ParameterProblems
    from wres_helpers.settings.master_file_reader import load_parameters

    path = spoilable / "params" / "ashcombe-2025-26.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("social-care-wres\n", "wde\n"), encoding="utf-8")
    with pytest.raises(ParameterProblems) as error:
        load_parameters(path)
    assert "Did you mean 'wdes'?" in str(error.value)
