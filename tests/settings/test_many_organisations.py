"""Master files for many organisations. Witness: what the same keys give in a file for one."""

import shutil

import pytest

from wres_helpers.problems import ParameterProblems
from wres_helpers.settings.many_organisations import Listed
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.settings.yaml_files import read_yaml


@pytest.fixture
def folder(tmp_path, project):
    (tmp_path / "params").mkdir()
    shutil.copytree(project / "data" / "reference", tmp_path / "data" / "reference")
    return tmp_path / "params"


LISTED = """
organisations:
  - {code: north, name: North Trust, short_name: North}
  - code: south
    name: South Trust
    years: ["2018-19", "2019-20"]
    terms: {bme: Global Majority}
    status_rule: {confidence: 0.9}
year: "2019-20"
terms: {white: White staff}
status_rule: {minimum_expected: 3}
"""


def write(folder, text, name="system.yaml"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_shared_keys_hold_for_all_and_overrides_for_one(folder):
    path = write(folder, LISTED)
    north, south = (load_parameters(path, code) for code in ("north", "south"))
    assert (north.organisation.name, north.year, north.terms.white, north.terms.bme) == ("North Trust", "2019-20", "White staff", "BME")
    assert (south.year, south.terms.white, south.terms.bme) == ("2018-19", "White staff", "Global Majority")
    assert (south.status_rule.confidence, south.status_rule.minimum_expected) == (0.9, 3)  # groups of keys are merged
    assert (north.status_rule.confidence, north.status_rule.minimum_expected) == (0.95, 3)
    assert south.organisation.short_name == "South Trust"  # the name, where no short one is given
    assert load_parameters(path).organisation.code == "north"
    assert load_parameters(path, "south", "2019-20", "board").audience == "board"
    assert Listed(read_yaml(path, folder.parent), "system.yaml", folder).reports == [
        ("north", "2019-20"),
        ("south", "2018-19"),
        ("south", "2019-20"),
    ]


def test_a_list_from_a_csv_gives_the_same(folder):
    path = write(folder, 'organisations: list.csv\nyears: ["2019-20"]\nterms: {white: White staff}\n')
    rows = "code,name,short_name,years,terms.bme,status_rule.confidence\nnorth,North Trust,North,,,\nsouth,South Trust,,2018-19; 2019-20,Global Majority,0.9\n"
    (folder / "list.csv").write_text("\ufeff" + rows, encoding="utf-8")
    south = load_parameters(path, "south", "2019-20")
    assert (south.terms.bme, south.terms.white, south.status_rule.confidence) == ("Global Majority", "White staff", 0.9)
    assert south.origins["terms.bme"] == "list.csv, row 3"
    assert len(Listed(read_yaml(path, folder.parent), "system.yaml", folder).reports) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("organisations: []\nyear: '2019-20'\n", "a list of organisations"),
        ("organisations: nowhere.csv\nyear: '2019-20'\n", "nowhere.csv"),
        ("organisations: [north]\nyear: '2019-20'\n", "a list of organisations"),
        (
            "organisations: [{code: a, name: A}, {code: a, name: B}]\nyear: '2019-20'\n",
            "found 'a' a second time; expected each organisation once",
        ),
        ("organisations: [{name: A}]\nyear: '2019-20'\n", "found no code; expected each organisation once"),
        ("organisations: [{code: a, name: A}]\n", "a year"),
        ("organisations: [{code: a, name: A}]\norganisation: {code: a}\nyear: '2019-20'\n", "both"),
        ("organisations: [{code: a, name: A}]\nyear: '2019-20'\nyears: ['2019-20']\n", "both"),
        ("organisations: [{code: a, name: A, termz: {}}]\nyear: '2019-20'\n", "Did you mean 'terms'?"),
        ("organisations: [{code: a, name: A}]\nyear: '2019-20'\nsektions: []\n", "Did you mean 'sections'?"),
        ("organisations: [{code: A!, name: A}]\nyear: '2019-20'\n", "organisation.code"),
        ("organisations: [{code: a, name: A}]\nyear: '2019'\n", "2019-20"),
    ],
)
def test_mistakes_are_told(folder, text, said):
    path = write(folder, text)
    with pytest.raises(ParameterProblems) as caught:
        load_parameters(path)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("code,name\n", "found none; expected a row an organisation"),
        (
            "code,name,terms,terms.bme\nnorth,N,,\n",
            "row 1, column 'terms': found 'terms' beside 'terms.bme'; expected a key, or keys grouped",
        ),
    ],
)
def test_a_list_that_nobody_can_read_keys_from_is_told(folder, rows, said):
    (folder / "list.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(ParameterProblems) as caught:
        load_parameters(write(folder, 'organisations: list.csv\nyear: "2019-20"\n'))
    assert said in str(caught.value)


def test_an_organisation_or_year_outside_the_list(folder):
    path = write(folder, LISTED)
    for arguments, said in ((("west",), "'west'"), (("north", "2018-19"), "'2018-19'")):
        with pytest.raises(ParameterProblems, match=said):
            load_parameters(path, *arguments)


def test_an_edited_list_is_read_again(folder):
    path = write(folder, 'organisations: list.csv\nyear: "2019-20"\n')
    for name in ("First", "Second name"):
        (folder / "list.csv").write_text(f"code,name\nnorth,{name}\n")
        assert load_parameters(path).organisation.name == name


def test_two_organisations_of_one_name_are_told_apart_by_their_codes(folder):
    """Witness: what a reader of the funnels could not know, of two trusts that both call themselves North."""
    path = write(folder, "organisations:\n" + "".join(f"  - {{code: {code}, name: {name}}}\n" for code, name in
                 (("a", "North"), ("b", "North"), ("c", "South"))) + 'year: "2019-20"\n')  # fmt: skip
    assert Listed(read_yaml(path, folder.parent), path.name, folder).names == {"a": "a", "b": "b", "c": "South"}


@pytest.mark.parametrize(
    ("part_of", "wrong"),
    [
        ({}, []),
        ({"a": "c", "b": "c"}, []),
        ({"a": "b", "b": "c"}, []),
        ({"a": "elsewhere"}, ["'elsewhere'"]),
        ({"a": "a"}, ["'a'"]),
        ({"a": "b", "b": "a"}, ["'b'", "'a'"]),
        ({"a": "b", "b": "c", "c": "b"}, ["'c'", "'b'"]),  # a is no part of itself
    ],
)
def test_an_organisation_is_part_of_another_of_the_list_and_never_of_itself(tmp_path, part_of, wrong):
    """Witness: chains and rings of three organisations, by hand."""
    entries = [{"code": code, "name": code.upper()} | ({"part_of": part_of[code]} if code in part_of else {}) for code in "abc"]
    content = {"organisations": entries, "year": "2019-20"}
    if wrong:
        with pytest.raises(ParameterProblems) as refused:
            Listed(content, "system.yaml", tmp_path)
        assert [(problem.column, problem.found) for problem in refused.value.problems] == [("part_of", found) for found in wrong]
    else:
        assert Listed(content, "system.yaml", tmp_path).wholes == tuple(dict.fromkeys(part_of.values()))
