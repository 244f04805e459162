"""The master file: every mistake is told at once, in words, before anything runs."""

import dataclasses
import re
import runpy
import shutil

import pytest
import yaml

from wres_helpers.problems import ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters


def write(folder, text):
    path = folder / "params" / "trial.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


GOOD = 'organisation: {code: necs, name: A name, short_name: NECS}\nyear: "2019-20"\n'


def problems_of(folder, text):
    with pytest.raises(ParameterProblems) as caught:
        load_parameters(write(folder, text))
    return caught.value.problems


def test_the_shipped_file_loads_and_derives_what_follows(necs):
    assert (necs.year, necs.previous_year, necs.years, necs.edition) == ("2019-20", "2018-19", ("2018-19", "2019-20"), 2020)
    assert necs.output_folder.as_posix().endswith("outputs/necs/2019-20")
    assert necs.file == "params/necs-2019-20.yaml"
    told = repr(necs)
    assert (
        "set by hand: organisation, year" in told
        and "cell_timeout" not in told
        and "folders" not in told
        and told.count("organisation") == 1
    )


def test_a_mistyped_key_names_its_neighbour(tmp_path):
    (problem,) = problems_of(tmp_path, GOOD + "disclosure: {minimum_cuont: 7}\n")
    assert problem.column == "disclosure.minimum_cuont"
    assert "Did you mean 'minimum_count'?" in problem.sentence()


def test_a_key_or_a_file_in_capitals_is_known_by_its_letters(tmp_path, monkeypatch):
    """'ORGANISATION' was to be removed, and of a file 'Trial.yml' nothing was said. Witness: the same letters in the shipped key and file."""
    missing, unknown = problems_of(tmp_path, GOOD.replace("organisation:", "ORGANISATION:"))
    assert missing.column == "organisation" and unknown.action == "Did you mean 'organisation'?"
    monkeypatch.chdir(tmp_path)
    for name, action in (("Trial.yml", "Did you mean 'trial.yaml'?"), ("other.yaml", "Check the name and the working folder")):
        with pytest.raises(ParameterProblems) as caught:
            load_parameters(f"params/{name}")
        assert caught.value.problems[0].action.startswith(action)


def test_every_mistake_is_told_in_one_pass(tmp_path):
    found = problems_of(tmp_path, GOOD.replace("2019-20", "2019-21") + "audience: bored\nstatus_rule: {confidence: 95}\nyaer: 1\n")
    assert {problem.column for problem in found} == {"year", "audience", "status_rule.confidence", "yaer"}


@pytest.mark.parametrize("text", ["a: [1", "- a list\n", "just text", ""])
def test_what_is_not_a_master_file_is_said_plainly(tmp_path, text):
    (problem,) = problems_of(tmp_path, text)
    assert problem.file == "params/trial.yaml"


def test_a_missing_file_is_exit_code_two(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ParameterProblems) as caught:
        load_parameters("params/none.yaml")
    assert caught.value.exit_code == 2
    assert "no such file" in str(caught.value)


def test_dates_stay_text_so_that_a_notebook_can_take_them(tmp_path):
    parameters = load_parameters(write(tmp_path, GOOD + "report: {date: 2020-08-31}\n"))
    assert parameters.report.date == "2020-08-31"


@pytest.mark.parametrize("folder", ["../elsewhere", "/tmp", "data/../../x"])
def test_no_path_leaves_the_project(tmp_path, folder):
    (problem,) = problems_of(tmp_path, GOOD + f"folders: {{outputs: {folder}}}\n")
    assert problem.column == "folders.outputs"


@pytest.mark.parametrize("code", ["../necs", "NECS", "a/b", ""])
def test_an_organisation_code_cannot_name_a_path(tmp_path, code):
    problems = problems_of(tmp_path, GOOD.replace("code: necs", f"code: '{code}'"))
    assert problems[0].column == "organisation.code"


def test_yaml_cannot_run_code(tmp_path):
    (problem,) = problems_of(tmp_path, "organisation: !!python/object/apply:os.system ['true']\n")
    assert (
        "row 1: found a tag: 'organisation: !!python/object/apply:os.system ['true']'; expected YAML: values without" in problem.sentence()
    )


@pytest.mark.parametrize(("value", "found"), [("*a", "an alias that stands for nothing"), ("~", "found nothing")])
def test_what_yaml_keeps_for_itself_is_told_in_words(tmp_path, value, found):
    problems = problems_of(tmp_path, GOOD.replace("code: necs", f"code: {value}"))
    assert found in problems[0].sentence()


def test_every_value_knows_where_it_came_from(necs, project):
    assert necs.origins["organisation.code"] == "params/necs-2019-20.yaml"
    assert necs.origins["status_rule.confidence"] == "default of the pack"
    given = load_parameters(project / "params" / "necs-2019-20.yaml", audience="board")
    assert given.origins["audience"] == "given for this run"
    assert given.audience == "board"


def test_the_printed_reference_is_the_schema(project):
    made = runpy.run_path(str(project / "docs" / "make_readmes.py"))
    assert (project / "params" / "README.md").read_text(encoding="utf-8") == made["parameters_page"](), "run: python docs/make_readmes.py"


def test_every_key_of_a_master_file_is_a_typed_field_of_the_parameters(necs):
    # witness: the schema of the master file itself
    typed = {part.name for part in dataclasses.fields(necs)}
    assert set(type(necs.master).model_fields) <= typed
    assert all(
        getattr(necs, key) == getattr(necs.master, key) for key in type(necs.master).model_fields if key not in ("previous_year", "history")
    )


def test_the_year_compared_with_is_settled_once(spoilable):
    parameters = load_parameters(spoilable / "params" / "necs-2019-20.yaml")
    shutil.rmtree(spoilable / "data" / "necs" / "2018-19")
    assert parameters.previous_year == "2018-19"
    assert load_parameters(spoilable / "params" / "necs-2019-20.yaml").previous_year is None


def test_the_first_year_of_the_standard_is_compared_with_and_none_before_it(spoilable):
    """Witness: the standard's first edition, 2016, is of the year 2015-16."""
    for year in ("2014-15", "2015-16"):
        shutil.copytree(spoilable / "data" / "necs" / "2018-19", spoilable / "data" / "necs" / year)
    compared = {
        year: load_parameters(spoilable / "params" / "necs-2019-20.yaml", year=year).previous_year for year in ("2015-16", "2016-17")
    }
    assert compared == {"2015-16": None, "2016-17": "2015-16"}


def test_words_of_a_standard_for_its_groups_hold_but_where_the_master_file_has_its_own(project):
    """Witness: the labels of the disability standard's groups.csv."""
    master = project / "params" / "harrowmere-wdes-2025-26.yaml"
    for change, words in (
        ({}, ("Non-disabled", "Disabled")),
        ({"terms.white": "Others"}, ("Others", "Disabled")),
        ({"terms.bme": "D"}, ("Non-disabled", "D")),
    ):
        terms = load_parameters(master, change=change).terms
        assert (terms.white, terms.bme) == words  # a letter is a word


@pytest.mark.parametrize(
    ("asked", "first"),
    [(0, "2024-25"), ("auto", "2016-17"), (30, "2016-17"), (6, "2020-21"), (3, "2023-24"), (2, "2024-25"), (1, "2024-25")],
)
def test_a_number_of_years_counts_the_last_ones_with_the_report_s_own(project, asked, first):
    """Witness: the ten years of the invented trust, counted on fingers; the year compared with is there whatever is asked."""
    years = load_parameters(project / "params" / "harrowmere-2025-26.yaml", change={"history": asked}).years
    assert (years[0], years[-1], len(years)) == (first, "2025-26", 2026 - int(first[:4]))


@pytest.mark.parametrize(
    "section",
    [
        "status_rule: {confidence: true}",
        "status_rule: {no_adverse_range: [true, 1.25]}",
        "disclosure: {round_to: false}",
        "run: {jobs: true}",
    ],
)
def test_a_truth_value_is_no_number(tmp_path, section):
    """`[true, 1.25]` was a range from 1 on. Witness: what a person reads there."""
    [found] = problems_of(tmp_path, f"{GOOD}{section}\n")
    assert "number" in found.expected
    assert found.found in ("'true'", "'false'")


@pytest.mark.parametrize("name", ["N\u043erth", "Zo\u00c3\u00ab", "<b>North</b>", "North &amp; South", "=A1", "...", "n/a", "“North”"])
@pytest.mark.parametrize("key", ["organisation.short_name", "report.title", "terms.bme"])
def test_what_a_page_prints_is_words(tmp_path, key, name):
    """A Cyrillic letter in a short name reached the page; tables and texts refuse it. Witness: what a person reads there is no word."""
    section, _, key = key.partition(".")
    content = yaml.safe_load(GOOD)
    content.setdefault(section, {})[key] = name
    [found] = problems_of(tmp_path, yaml.safe_dump(content, allow_unicode=True))
    assert (found.column, found.expected) == (f"{section}.{key}", "words, in letters of one alphabet and without markup")


@pytest.mark.parametrize(("key", "value", "most"), [("name", "North of " * 3000, "1,000"), ("code", "necs" * 30, "50")])
def test_a_value_of_a_book_is_told_in_a_line(tmp_path, key, value, most):
    """A name of 27,000 characters reached the page, a code of 120 the names of folders. Witness: how long the value is."""
    [found] = problems_of(tmp_path, re.sub(rf"{key}: [^,}}\n]+", f"{key}: {value}", GOOD, count=1))
    assert (found.column, found.expected) == (f"organisation.{key}", f"a text of at most {most} characters")
    assert len(found.found) < 120
