"""Outputs that meet inputs are refused. Witness: folders of a project, spelled and linked in several ways."""

import shutil

import pytest

from wres_helpers.problems import ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters, reports_in

MASTER = """organisation: {code: abc, name: A, short_name: A}
year: "2019-20"
"""


@pytest.fixture
def folder(tmp_path, project):
    for name in ("params", "notebooks", "tests", "data/abc/2019-20", "mine/data", "outputs"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copytree(project / "data" / "reference", tmp_path / "data" / "reference")
    (tmp_path / "to-data").symlink_to("data")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "abc").symlink_to("../data/abc")
    return tmp_path


def _load(folder, more):
    (folder / "params" / "abc.yaml").write_text(MASTER + more)
    return load_parameters(folder / "params" / "abc.yaml")


@pytest.mark.parametrize(
    "outputs",
    ["data", "data/abc", "data/new", "params", "notebooks", "tests/x", ".", "..", "./outputs/../data", "to-data", "linked", ".git"],
)
def test_outputs_never_meet_what_a_report_is_made_from(folder, outputs):
    outside = ", allow_outside_project: true" if outputs == ".." else ""
    with pytest.raises(ParameterProblems, match="a folder for outputs alone"):
        _load(folder, f"folders: {{outputs: {outputs}{outside}}}")


@pytest.mark.parametrize(
    ("data", "outputs"), [("mine/data", "mine"), ("outputs/data", "outputs"), ("mine", "mine/reports"), (".", "outputs")]
)
def test_nor_do_data_of_ones_own(folder, data, outputs):
    with pytest.raises(ParameterProblems, match="a folder for outputs alone"):
        _load(folder, f"folders: {{data: {data}, outputs: {outputs}}}")


@pytest.mark.parametrize("outputs", ["outputs", "mine/reports", "database", "params-reports"])
def test_a_folder_apart_is_taken(folder, outputs):
    assert _load(folder, f"folders: {{outputs: {outputs}}}").master.folders.outputs == outputs


@pytest.mark.parametrize("other", ["data: mine/data", "outputs: data"])
def test_of_many_organisations_none_is_written_where_another_is_read(folder, other):
    (folder / "params" / "many.yaml").write_text(
        "organisations:\n- {code: abc, name: A, folders: {outputs: mine}}\n"
        f"- {{code: xyz, name: X, folders: {{{other}}}}}\nyears: [2019-20]\n"
    )
    with pytest.raises(ParameterProblems, match="a folder for outputs alone"):
        reports_in(folder / "params" / "many.yaml")
