"""``wres new-report``: a report of one's own from nothing. Witness: the catalogue's questions and the published list of grades."""

import csv
import io
import re
import shutil
import sys
from dataclasses import replace
from datetime import time
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from support.warm_wres import wres

from wres_helpers.commands.new_report import NewReport, _asked, csv_bytes, new_report, workbook_bytes
from wres_helpers.intake import read_counts
from wres_helpers.intake.counts.counts_tables import blank_tables
from wres_helpers.intake.texts.narrative_texts import texts_of
from wres_helpers.intake.year_folder import is_blank, unread_files
from wres_helpers.problems import InputProblems, Problem, told_together
from wres_helpers.settings.master_file import SECTIONS
from wres_helpers.settings.master_file_reader import load_parameters

GIVEN = ("--code", "north", "--name", "North: a Trust", "--kind", "trust", "--year", "2025-26")


@pytest.fixture(scope="module")
def empty(project, tmp_path_factory):
    """The pack as cloned, without what it ships as examples."""
    folder = tmp_path_factory.mktemp("clone")
    for part in ("params", "notebooks"):
        (folder / part).mkdir()
    shutil.copytree(project / "data" / "reference", folder / "data" / "reference")
    return folder


@pytest.fixture(scope="module")
def begun(empty):
    done = wres(empty, "new-report", *GIVEN)
    assert done.returncode == 0, done.stderr
    return empty


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_it_names_what_it_made_and_what_to_do_next(begun):
    again = wres(begun, "new-report", "--code", "east", *GIVEN[2:])
    assert "params/east-2025-26.yaml" in again.stdout
    assert "wres check params/east-2025-26.yaml" in again.stderr
    assert "data/east/2025-26/extracts/" in again.stderr and "wres prepare params/east-2025-26.yaml --suggest" in again.stderr


def test_a_space_at_an_end_and_a_capital_of_a_listed_word_are_no_mistake(empty):
    """`--kind Trust` and `--standard WRES` were refused, '2025-26 ' too. Witness: what the same words ask for in the list's own letters."""
    done = wres(empty, "new-report", "--code", "capital", "--name", "West ", "--kind", "Trust", "--year", " 2025-26 ", "--standard", "WRES")
    assert done.returncode == 0, done.stderr
    made = load_parameters(empty / "params/capital-2025-26.yaml")
    assert (made.organisation.kind, made.organisation.name, made.year, made.standard) == ("NHS trust", "West", "2025-26", "wres")


def test_the_master_file_is_right_whatever_the_name(begun):
    parameters = load_parameters(begun / "params/north-2025-26.yaml")
    assert parameters.organisation.name == "North: a Trust"
    assert parameters.organisation.kind == "NHS trust"
    assert parameters.year == "2025-26"
    assert parameters.report.state == "draft"


def test_nothing_of_the_example_is_in_it(begun):
    parameters = load_parameters(begun / "params/north-2025-26.yaml")
    assert not parameters.published_statuses
    assert not parameters.survey.questions
    assert not parameters.acknowledgements
    text = " ".join(path.read_text(encoding="utf-8-sig") for path in (begun / "data" / "north").rglob("*.*"))
    assert "NECS" not in text
    assert "necs" not in text


def test_every_key_is_there_and_every_count_is_empty(begun):
    data = begun / "data" / "north" / "2025-26"
    recruitment = rows(data / "recruitment.csv")
    assert [(row["stage"], row["ethnic_group"]) for row in recruitment] == [
        (stage, group) for stage in ("applied", "shortlisted", "appointed") for group in ("white", "bme", "unknown")
    ]
    assert {row["people"] for row in recruitment} == {""}
    staff = rows(data / "workforce.csv")
    assert {row["staff_group"] for row in staff} == {"clinical", "non_clinical", "medical_and_dental"}
    assert {"Band 2", "Band 8a", "Band 9", "VSM"} <= {row["grade"] for row in staff}
    # questions of survey 2025 as the catalogue has them
    assert list(dict.fromkeys(row["question"] for row in rows(data / "staff_survey.csv"))) == ["14a", "14b+14c", "15", "16b"]
    answers = [row["response"] for row in rows(data / "staff_survey.csv") if row["question"] == "15" and row["ethnic_group"] == "bme"]
    assert answers == ["Yes", "No", "Don't know"]


def test_its_readme_names_every_text_the_pages_show_and_the_days_that_are_counted(begun):
    """Witness: the texts that each section shows; an edition after 2020 counts the disciplinary cases of one year."""
    told = (begun / "data" / "north" / "2025-26" / "README.md").read_text(encoding="utf-8")
    assert all(f"`narrative/{name}.md`" in told for section in SECTIONS for name in texts_of(section))
    assert "`wres narrative export params/" in told
    assert "entered the formal process, 1 April 2025 to 31 March 2026 |" in told and "wres prepare params/north-2025-26.yaml" in told
    assert "`disclosure.public: [board]`" in told


def test_every_comment_of_the_master_file_may_lose_its_mark_and_is_right(begun):
    master = begun / "params" / "marks-2025-26.yaml"
    text = (begun / "params" / "north-2025-26.yaml").read_text(encoding="utf-8")
    master.write_text(re.sub(r"^( *)#(?= *[a-z_]+:( |$))", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    parameters = load_parameters(master)
    assert parameters.disclosure.public == ("board",) and parameters.survey.questions["5"] == "14a"


def test_blank_tables_and_a_misnamed_text_are_told_with_what_is_to_be_done(begun):
    stray = begun / "data" / "north" / "2025-26" / "recruitment done.md"
    stray.write_text("We trained.", encoding="utf-8")
    parameters = load_parameters(begun / "params/north-2025-26.yaml")
    told = [notice.sentence() for notice in unread_files(parameters, "2025-26")]
    stray.unlink()
    assert len(told) == 1 and "Name it 'narrative/02_recruitment.done.md' if it is that" in told[0]
    with pytest.raises(InputProblems, match=r"workforce\.csv, rows 2 to 94, column 'headcount': found an empty cell"):
        read_counts(parameters)


def test_the_workbook_has_a_sheet_a_table_with_lists_to_choose_from(empty):
    done = wres(empty, "new-report", "--code", "west", *GIVEN[2:], "--workbook")
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(empty / "data" / "west" / "2025-26" / "counts.xlsx")
    assert book.sheetnames == ["READ ME", "headcount", "workforce", "recruitment", "disciplinary", "training", "staff_survey", "board"]
    lists = {rule.formula1 for rule in book["recruitment"].data_validations.dataValidation if rule.type == "list"}
    assert lists == {'"applied,shortlisted,appointed"', '"white,bme,unknown"'}
    rules = book["staff_survey"].data_validations.dataValidation
    assert any("At least once" in rule.formula1 for rule in rules) and "whole" not in {rule.type for rule in rules}, "it may be percentages"
    every = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert {(rule.showErrorMessage, rule.errorStyle) for rule in every} == {(True, "warning")}, "told, and nothing is forbidden"
    assert not (empty / "data" / "west" / "2025-26" / "headcount.csv").exists()


def test_a_table_of_an_indicators_own_is_begun_blank_and_known_by_its_file_as_every_other_is(begun):
    """Witness: two rows added to the standard's list of what is counted, for a tenth indicator with stages of its own."""
    reference = begun / "data" / "reference" / "standards" / "wres"
    kept, year = (reference / "items.csv").read_bytes(), begun / "data" / "north" / "2025-26"
    added = "".join(f"{stage},secondments,people,stage_of,{stage},,people,People\n" for stage in ("asked", "agreed")).encode()
    try:
        (reference / "items.csv").write_bytes(kept + added)
        columns, rows = blank_tables(reference, "2025-26", medical=False)["secondments"]
        assert columns == ("stage_of", "ethnic_group", "people") and rows == list(
            product(("asked", "agreed"), ("white", "bme", "unknown"), ("",))
        )
        (year / "secondment list.csv").write_bytes(csv_bytes(columns, rows))
        told = [notice.sentence() for notice in unread_files(load_parameters(begun / "params/north-2025-26.yaml"), "2025-26")]
        assert len(told) == 2 and "Name it 'secondments.csv' if it is that" in told[0]
        assert "secondments.csv: found no such file; expected counts of people." in told[1]
        assert is_blank(year / "secondment list.csv", columns)
    finally:
        (reference / "items.csv").write_bytes(kept)
        (year / "secondment list.csv").unlink(missing_ok=True)


def test_what_is_there_is_not_written_over(begun):
    table = begun / "data" / "north" / "2025-26" / "headcount.csv"
    before = table.read_bytes()
    done = wres(begun, "new-report", *GIVEN)
    assert done.returncode == 1
    assert "nothing there yet" in done.stderr
    assert table.read_bytes() == before


@pytest.mark.parametrize(
    "given, told_so",
    [
        ((), "--name --code --kind --year"),
        (("--code", "North Trust", "--name", "x", "--kind", "trust", "--year", "2025-26"), "Use 'north-trust'"),
        (("--code", "con", "--name", "x", "--kind", "trust", "--year", "2025-26"), "Use 'con-trust'"),
        (("--code", "n", "--name", "x", "--kind", "trust", "--year", "2025"), "a reporting year such as 2025-26"),
        *((("--code", "n", "--name", "x", "--kind", "trust", "--year", year), "Write it as 2025-26.") for year in ("25/26", "2025-2026")),
        (("--code", "n", "--name", "x", "--kind", "trust", "--year", "2025-27"), "Give the financial year that ends on 31 March."),
        (("--code", "n", "--name", "x", "--kind", "trust", "--year", "2014-15"), "from 2015-16 on"),
        (
            ("--code", "n", "--name", "x", "--kind", "hospital", "--year", "2025-26"),
            "one of trust, ambulance, mental-health, community, icb, csu, other",
        ),
    ],
)
def test_a_wrong_or_missing_answer_is_told_and_nothing_is_written(empty, given, told_so):
    before = sorted(empty.rglob("*"))
    done = wres(empty, "new-report", *given)
    assert done.returncode == 2
    assert told_so in done.stderr
    assert sorted(empty.rglob("*")) == before


def test_the_same_mistake_in_many_rows_is_told_once_with_the_rows():
    def empty_cell(row):
        return Problem("a.csv", "a whole number", "Enter it.", row=row, column="people", found="''")

    problems = [*map(empty_cell, (2, 3, 4, 9)), Problem("a.csv", "a year", "Enter it.", row=3)]
    assert told_together(problems) == [
        "a.csv, rows 2 to 4 and 9, column 'people': found ''; expected a whole number. Enter it.",
        "a.csv, row 3: expected a year. Enter it.",
    ]


def test_a_year_without_data_is_told_with_the_command_that_makes_that_very_year(begun):
    master = begun / "params" / "copied-2030-31.yaml"
    text = (begun / "params/north-2025-26.yaml").read_text(encoding="utf-8")
    master.write_text(text.replace('"2025-26"', '"2030-31"'), encoding="utf-8")
    done = wres(begun, "check", "params/copied-2030-31.yaml")
    assert done.returncode == 1
    assert 'wres new-report --code north --name "North: a Trust" --kind other --year 2030-31' in done.stderr
    following = begun / "params" / "copied-2026-27.yaml"
    following.write_text(text.replace('"2025-26"', '"2026-27"'), encoding="utf-8")
    assert "wres new-year params/north-2025-26.yaml" in wres(begun, "check", "params/copied-2026-27.yaml").stderr


def test_tables_are_added_to_a_master_file_that_is_there(empty):
    master = empty / "params" / "south-2025-26.yaml"
    master.write_text("# mine\norganisation: {code: south, name: South, short_name: South}\nyear: '2025-26'\n", encoding="utf-8")
    done = wres(empty, "new-report", "--code", "south", "--name", "South", "--kind", "icb", "--year", "2025-26")
    assert done.returncode == 0, done.stderr
    assert master.read_text(encoding="utf-8").startswith("# mine")
    assert (empty / "data" / "south" / "2025-26" / "headcount.csv").is_file()


def test_a_plan_of_headings_only_is_an_empty_plan(begun):
    from wres_helpers.intake import read_action_plan

    plan = read_action_plan(load_parameters(begun / "params/north-2025-26.yaml"))
    assert plan.empty
    assert not plan["overdue"].any()


def test_the_next_year_begins_with_the_keys_of_this_one_and_its_own_survey_questions(empty):
    data = empty / "data" / "hill"
    done = wres(empty, "new-report", "--code", "hill", "--name", "Hill", "--kind", "icb", "--year", "2020-21")
    assert done.returncode == 0, done.stderr
    board = data / "2020-21" / "board.csv"
    board.write_text("membership,ethnic_group,members\ntotal,white,7\ntotal,bme,3\n", encoding="utf-8")
    plan = "action_id,indicator,area,action,owner_role,due,progress\n"
    plan += "1,2,A,Train,HR,2021-06,Begun\n2,2,A,Ask,HR,,Done\n3,9,A,Meet,HR,,\n"
    (data / "2020-21" / "action_plan.csv").write_text(plan, encoding="utf-8")
    rolled = wres(empty, "new-year", "params/hill-2020-21.yaml")
    assert rolled.returncode == 0, rolled.stderr
    # what was done is left out of the plan; where to write what became of the rest is said
    assert "data/hill/2021-22/action_plan.csv: write into 'progress' what became of each action" in rolled.stderr
    assert (data / "2021-22" / "board.csv").read_text(encoding="utf-8-sig").split() == [
        "membership,ethnic_group,members", "total,white,", "total,bme,",
    ]  # fmt: skip
    # what is done is not promised again, and last year's progress is not this year's
    carried = rows(data / "2021-22" / "action_plan.csv")
    assert [(row["action_id"], row["progress"]) for row in carried] == [("1", "Last reported for 2020/21: Begun"), ("3", "")]
    # survey 2020 asked 13a and counted yes and no; survey 2021 asks 14a and counts "Don't know" too (the catalogue's rows)
    asked = [rows(data / year / "staff_survey.csv")[0]["question"] for year in ("2020-21", "2021-22")]
    assert asked == ["13a", "14a"]
    told = [(data / year / "README.md").read_text(encoding="utf-8") for year in ("2020-21", "2021-22")]
    assert "wres check params/hill-2021-22.yaml" in told[1]
    assert "1 April 2020 to 31 March 2021" in told[0] and "1 April 2021 to 31 March 2022" in told[1]


def test_a_report_on_another_standard_begins_with_its_own_tables_groups_and_words(empty):
    """Witness: the tables and groups of the disability standard (items.csv, groups.csv), whose question 31b only Disabled staff are asked."""
    done = wres(empty, "new-report", "--code", "able", *GIVEN[2:], "--standard", "wdes")
    assert done.returncode == 0 and "wres prepare" not in done.stderr, done.stderr
    data, master = empty / "data" / "able" / "2025-26", empty / "params" / "able-2025-26.yaml"
    assert {path.stem for path in data.glob("*.csv")} == {
        "headcount", "workforce", "recruitment", "capability", "staff_survey", "board", "action_plan",
    }  # fmt: skip
    assert [row["disability"] for row in rows(data / "capability.csv")] == ["non_disabled", "disabled", "unknown"]
    adjusted = [(row["response"], row["disability"]) for row in rows(data / "staff_survey.csv") if row["question"] == "31b"]
    assert adjusted == [("Yes", "disabled"), ("No", "disabled")]
    told = " ".join(path.read_text(encoding="utf-8-sig") for path in [master, *data.iterdir()])
    assert not re.search(r"\b([Ww]hite|(?i:bme)|[Ee]thnic\w*|[Dd]isciplinary|WRES)\b", told)
    assert "| capability | employee relations team: people who entered the formal capability process" in told
    assert load_parameters(master).standard == "wdes" and "two years" not in told and "both years together" in told
    (data / "capability.csv").unlink()
    absent = [notice.sentence() for notice in unread_files(load_parameters(master), "2025-26")]
    assert [each for each in absent if "capability.csv: found no such file" in each]
    early = wres(empty, "new-report", "--code", "early", *GIVEN[2:-1], "2016-17", "--standard", "wdes")
    assert early.returncode == 2 and "from 2018-19 on" in early.stderr and not (empty / "data" / "early").exists()


def test_at_a_terminal_a_wrong_answer_is_asked_again_and_not_all_four(monkeypatch, capsys):
    """Witness: what is typed, line by line; each wrong line is followed by one that is right."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    typed = ["Quayside Trust", "Quay", "quay", "hospital", "", "2025", "2025-26", "wdse", "wdes"]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join(typed) + "\n"))
    answers = _asked({"name": None, "code": None, "kind": None, "year": None})
    quay = {
        "name": "Quayside Trust",
        "short_name": "Quayside Trust",
        "code": "quay",
        "kind": "trust",
        "year": "2025-26",
        "standard": "wdes",
    }
    assert answers == quay
    told = capsys.readouterr().err
    assert "Use 'quay'" in told and "community, icb, csu, other" in told and "found '2025'" in told and "found 'wdse'" in told
    assert _asked({key: quay[key] for key in ("name", "code", "kind", "year")}) == quay | {"standard": "wres"}  # nothing is asked


def test_what_a_call_that_was_broken_off_had_begun_is_not_taken_for_what_is_asked_now(empty, monkeypatch):
    """A second call with another name, or for a workbook, ended with 0 and left the first's. Witness: the name in the master file, and what is told."""

    def stuck(path, target):
        raise PermissionError(1, "Operation not permitted", str(path), None, str(target))

    first = NewReport("half", "First", "First", "trust", "2025-26", "wres")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stuck)
        with pytest.raises(PermissionError):
            new_report(first, empty, as_workbook=False)
    with pytest.raises(InputProblems, match="begun by a call that was broken off"):
        new_report(replace(first, name="Second"), empty, as_workbook=False)
    assert load_parameters(empty / first.master).organisation.name == "First"


def test_a_workbook_of_blank_tables_is_the_same_in_another_hour():
    """Witness: `new-report --workbook` killed as it ended; the same call again completed the files and ended with 1, "with other words or forms"."""
    made = workbook_bytes({"headcount": (("ethnic_group", "headcount"), [("white", "")])}, "Notes")
    assert openpyxl.load_workbook(io.BytesIO(made)).properties.created.time() == time.min
