"""Nothing a master file says leads out of the project or runs anything, unless outside folders are opted in to."""

import pytest

from wres_helpers.problems import ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters

GOOD = 'organisation: {code: necs, name: A name, short_name: NECS}\nyear: "2019-20"\n'
STAFF = "staff: {file: staff.csv, columns: {person: a, ethnicity: b}}"


def load(project, text):
    path = project / "params" / "trial.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_parameters(path)


def columns_refused(project, text) -> set[str]:
    with pytest.raises(ParameterProblems) as caught:
        load(project, text)
    return {problem.column for problem in caught.value.problems}


@pytest.mark.parametrize("key", ["data", "outputs"])
@pytest.mark.parametrize("folder", ["../elsewhere", "/opt/elsewhere", "inside/../../outside"])
def test_folders_outside_the_project_need_an_opt_in(tmp_path, key, folder):
    project = tmp_path / "project"
    project.mkdir()
    assert columns_refused(project, GOOD + f"folders: {{{key}: {folder}}}\n") == {f"folders.{key}"}
    assert load(project, GOOD + f"folders: {{{key}: {folder}, allow_outside_project: true}}\n").year == "2019-20"


@pytest.mark.parametrize("folder", ["..", "/"])
def test_a_folder_that_holds_the_project_is_refused_even_with_the_opt_in(tmp_path, folder):
    project = tmp_path / "project"
    project.mkdir()
    for opted in ("false", "true"):
        assert "folders.outputs" in columns_refused(project, GOOD + f"folders: {{outputs: {folder}, allow_outside_project: {opted}}}\n")


@pytest.mark.parametrize(
    ("key", "link"), [("data", "data"), ("data", "data/necs"), ("data", "data/necs/2019-20"), ("outputs", "outputs/necs")]
)
def test_a_link_that_leads_outside_is_a_folder_outside(tmp_path, key, link):
    project, outside = tmp_path / "project", tmp_path / "outside"
    outside.mkdir()
    (project / link).parent.mkdir(parents=True)
    (project / link).symlink_to(outside, target_is_directory=True)
    assert columns_refused(project, GOOD) == {f"folders.{key}"}


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "sub/folder.csv", "..\\\\secret.csv"])
@pytest.mark.parametrize("key", ["grades", "corrections"])
def test_files_of_extracts_are_named_and_not_pointed_at(tmp_path, key, path):
    refused = columns_refused(tmp_path, GOOD + f'extracts: {{ethnicity_codes: x, {key}: "{path}", {STAFF}}}\n')
    assert f"extracts.{key}" in refused


@pytest.mark.parametrize("code", ["../other", "a/b", "..", ".hidden", "A name"])
def test_a_code_that_names_folders_is_no_path(tmp_path, code):
    assert "organisation.code" in columns_refused(tmp_path, GOOD.replace("code: necs", f'code: "{code}"'))


@pytest.mark.parametrize("name", ["con", "nul", "com1", "aux.d", "trust.", "a?b"])
def test_a_folder_that_windows_cannot_make_is_refused_everywhere(tmp_path, name):
    """``--code con`` was taken, and nobody could open the report on Windows. Witness: the names of Microsoft's "Naming Files, Paths, and Namespaces"."""
    assert "organisation.code" in columns_refused(tmp_path, GOOD.replace("code: necs", f'code: "{name}"'))
    for folder in (name, f"out/{name}/all"):
        assert "folders.outputs" in columns_refused(tmp_path, GOOD + f'folders: {{outputs: "{folder}"}}\n')
    for folder in ("./out", "console", "out/com10", "v0.5/outputs"):
        assert load(tmp_path, GOOD + f'folders: {{outputs: "{folder}"}}\n').year == "2019-20"


def test_a_remark_behind_a_value_is_none_of_it_and_a_sign_within_a_word_is(tmp_path):
    """Witness: YAML, where a # begins a remark behind a space alone; what follows it at once was most likely meant."""
    assert load(tmp_path, GOOD + "terms:\n  bme: Global Majority  # agreed in May\n").terms.bme == "Global Majority"
    assert load(tmp_path, GOOD + "terms:\n  bme: Group#1\n").terms.bme == "Group#1"
    assert load(tmp_path, GOOD + 'terms:\n  bme: "Group #1"\n').terms.bme == "Group #1"


def test_tags_of_yaml_make_nothing(tmp_path):
    marker = tmp_path / "made"
    with pytest.raises(ParameterProblems):
        load(tmp_path, GOOD + f"report: !!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path [{marker}]]\n")
    assert not marker.exists()


@pytest.mark.parametrize("escape", [r"\U00110000", r"\UFFFFFFFF", r"\uD800x"])
def test_an_escape_of_a_character_that_there_is_none_of_is_told(tmp_path, escape):
    """Witness: Unicode, which ends at U+10FFFF; the first two ended in a traceback. A half of a pair is text to the loader, and no name."""
    with pytest.raises(ParameterProblems):
        load(tmp_path, GOOD + f'terms:\n  bme: "{escape}"\n')
