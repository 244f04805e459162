"""A link among the files of a report never leads out of its project. Witness: text planted outside, looked for in messages."""

import shutil

import pytest

from wres_helpers.problems import ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters

MASTER = "params/necs-2019-20.yaml"


@pytest.fixture
def linked(project, tmp_path):
    """A copy of the shipped project, and a function that turns one of its files or folders into a link."""
    inside, outside = tmp_path / "project", tmp_path / "elsewhere"
    for name in ("params", "data"):
        shutil.copytree(project / name, inside / name)
    outside.mkdir()

    def link(name, target=None):
        place = inside / name
        target = target or outside / place.name
        if place.exists():
            shutil.move(place, target)
        elif not target.suffix:
            target.mkdir()
        else:
            target.write_text("planted", encoding="utf-8")
        place.symlink_to(target, target_is_directory=target.is_dir())
        return inside

    return link


@pytest.mark.parametrize(
    "name",
    [
        "data/necs/2019-20/narrative/about.md",
        "data/necs/2019-20/narrative",
        "data/necs/2019-20/headcount.csv",
        "data/necs/2019-20/action_plan.csv",
        "data/necs/2019-20/published.csv",
        "data/necs/2018-19/headcount.csv",
        "data/necs/targets.csv",
        "data/necs/2019-20/extracts",
        "data/necs/2019-20/narrative/new.md",
    ],
)
def test_a_link_that_leads_outside_is_one_problem(linked, name):
    with pytest.raises(ParameterProblems) as caught:
        load_parameters(linked(name) / MASTER)
    assert [problem.file for problem in caught.value.problems] == [name]
    assert "a link that leads outside the project" in str(caught.value)
    assert "elsewhere" not in str(caught.value)


def test_all_links_are_told_at_once_and_a_broken_one_too(linked, tmp_path):
    linked("data/necs/2019-20/headcount.csv")
    project = linked("data/necs/2019-20/narrative/about.md")
    (project / "data/necs/2019-20/narrative/gone.md").symlink_to(tmp_path / "nowhere.md")
    with pytest.raises(ParameterProblems) as caught:
        load_parameters(project / MASTER)
    assert len(caught.value.problems) == 3


def test_a_folder_linked_within_the_project_hides_no_link_that_leads_out(linked):
    project = linked("data/necs/2019-20/narrative/about.md")
    kept = project / "kept"
    linked("data/necs/2019-20/narrative", kept)
    with pytest.raises(ParameterProblems) as caught:
        load_parameters(project / MASTER)
    assert [problem.file for problem in caught.value.problems] == ["data/necs/2019-20/narrative/about.md"]


def test_links_within_the_project_are_followed_also_in_a_circle(linked):
    project = linked("data/necs/2019-20/narrative/about.md")
    (project / "data/necs/2019-20/narrative/about.md").unlink()
    shutil.copy(project / "data/necs/2019-20/narrative/foreword.md", project / "kept.md")
    (project / "data/necs/2019-20/narrative/about.md").symlink_to(project / "kept.md")
    (project / "data/necs/2019-20/narrative/round").symlink_to(project / "data/necs/2019-20", target_is_directory=True)
    assert load_parameters(project / MASTER).year == "2019-20"


def test_who_opts_in_may_link_outside(linked):
    project = linked("data/necs/2019-20/narrative/about.md")
    assert load_parameters(project / MASTER, change={"folders.allow_outside_project": True}).year == "2019-20"
