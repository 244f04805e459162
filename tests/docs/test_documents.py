"""Documents: links lead somewhere, commands run, and what is written from the code is as the code is."""

import re
import runpy
import shlex
import shutil
import tomllib

import pytest
from support.known_results import kernels_that_know
from support.warm_wres import python, wres

from wres_helpers import report

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#([^)]*))?\)")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", flags=re.M | re.S)

#: Commands that find something to say about the shipped report, which contradicts itself in places.
ENDS_WITH_1 = ("wres check params/necs-2019-20.yaml",)


def documents(project):
    named = [project / name for name in ("README.md", "CONTRIBUTING.md", "params/README.md", "data/README.md", "notebooks/README.md")]
    return [*named, *sorted((project / "docs").glob("*.md")), *sorted((project / "data").glob("README-*.md"))]


def commands(text):
    return [
        line.split("  #")[0].strip() for kind, body in FENCE.findall(text) if kind == "sh" for line in body.splitlines() if line.strip()
    ]


def test_every_link_within_the_project_leads_to_a_file(project):
    broken = []
    for page in documents(project):
        for target, _ in LINK.findall(page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []


def test_every_file_of_the_code_that_a_document_names_is_there(project):
    files = {
        path.relative_to(project).as_posix()
        for room in ("wres_helpers", "tests", "notebooks", "docs")
        for path in (project / room).rglob("*.py")
    }
    missing = [
        f"{page.name}: {name}"
        for page in documents(project)
        for name in re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8"))
        if not any(f"/{file}".endswith(f"/{name}") for file in files)
    ]
    assert missing == []


def test_every_command_of_the_pack_that_a_document_names_exists(project):
    from wres_helpers.cli import commands as known

    unknown = {
        f"{page.name}: {name}"
        for page in documents(project)
        for name in re.findall(r"\bwres ([a-z]+(?:-[a-z]+)*)(?= |`|$)", page.read_text(encoding="utf-8"))
        if name not in known.commands
    }
    assert {entry for entry in unknown if not entry.endswith((": reference", ": itself"))} == set()
    table = re.findall(r"^\| `wres ([a-z-]+)", (project / "README.md").read_text(encoding="utf-8"), flags=re.M)
    assert sorted(table) == sorted(known.commands), "the table of the README has every command"


def test_every_target_of_make_has_a_plain_command_beside_it(project):
    (targets,) = re.findall(r"^\.PHONY: (.*)$", (project / "Makefile").read_text(encoding="utf-8"), flags=re.M)
    table = (project / "docs" / "how-to.md").read_text(encoding="utf-8").partition("## Work without make")[2].partition("\n## ")[0]
    told = {target for row in table.splitlines() for target in re.findall(r"`make ([a-z]+)`", row.partition(" | ")[0])}
    assert set(targets.split()) == told
    scripts = [name.replace("\\", "/") for name in re.findall(r"python ([a-z_\\]+\.py)", table)]
    assert [name for name in scripts if not (project / name).is_file()] == []


def test_every_path_that_a_document_writes_as_windows_does_is_there(project):
    """Witness: the files and the packages' own commands; PowerShell's lines are executed by nobody here."""
    told = {
        name for page in documents(project) for name in re.findall(r"(?<![\w\\.:])[\w.]+(?:\\[\w.-]+)+", page.read_text(encoding="utf-8"))
    }
    ours = {name.replace("\\", "/") for name in told if not name.startswith((".venv", "build"))}
    assert len(ours) > 8 and [name for name in ours if not (project / name).exists()] == []
    programs = {name.rpartition("\\")[2] for name in told if name.startswith(".venv")}
    assert programs <= {"Scripts", "pip", "python", "wres", "jupyter", "Activate.ps1"}


def test_what_builds_the_pack_is_carried_to_a_machine_without_a_network(project):
    """It was setuptools that lacked there. Witness: what pyproject.toml asks for before anything is built."""
    section = (project / "docs" / "how-to.md").read_text(encoding="utf-8").partition("no network\n")[2].partition("\n## ")[0]
    fetched = {name.strip('"') for line in section.splitlines() if line.startswith("pip download") for name in line.split()[2:]}
    builds = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    assert {*builds, "requirements-report.lock"} <= fetched and "--no-index --find-links wheels" in section


def test_the_reference_tells_every_call_that_a_notebook_may_make_of_a_page(project):
    """Witness: the names that the room gives out. All but one were missing: what marks a working copy was taken for no function."""
    told = (project / "docs" / "reference.md").read_text(encoding="utf-8").partition("## Blocks of a page")[2]
    assert [name for name in report.__all__ if name != "Block" and f"| `{name}(" not in told] == []


def test_the_reference_is_as_the_code_is(project):
    made = runpy.run_path(str(project / "docs" / "make_reference.py"))
    assert (project / "docs" / "reference.md").read_text(encoding="utf-8") == made["reference_page"](), "run: python docs/make_reference.py"


@pytest.fixture
def clone(project, tmp_path):
    for part in ("params", "data", "notebooks"):
        shutil.copytree(project / part, tmp_path / part, ignore=shutil.ignore_patterns("synthetic-messy"))
    for path in (tmp_path / "params").glob("*.yaml"):  # whole reports are made by tests of their own
        text = path.read_text(encoding="utf-8")
        path.write_text(text if "\nsections:" in text else text + '\nsections: ["02_recruitment"]\n', encoding="utf-8")
    return tmp_path


def papermill(folder, *arguments):
    call = f"import sys; sys.argv[1:] = {arguments!r}; from papermill.__main__ import papermill; papermill()"
    return python(folder, call, kernels_that_know(folder))


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md", "docs/how-to.md"])
def test_every_command_of_a_document_does_what_it_is_written_for(project, clone, page):
    for command in commands((project / page).read_text(encoding="utf-8")):
        program, *arguments = shlex.split(command)
        assert program in ("wres", "papermill"), command
        done = wres(clone, *arguments) if program == "wres" else papermill(clone, *arguments)
        wanted = 1 if command.startswith(ENDS_WITH_1) else 0
        assert done.returncode == wanted, f"{command}\n{done.stderr}"
    if "tutorial" in page:
        assert (clone / "outputs/synthetic/2019-20/board/report.pdf").is_file()
        assert (clone / "data/synthetic/2019-20/headcount.csv").is_file()


def test_the_python_of_the_documents_runs(project):
    texts = [page.read_text(encoding="utf-8") for page in documents(project)]
    code = "\n".join(body for text in texts for kind, body in FENCE.findall(text) if kind == "python")
    assert code.count("report.ask") > 5 and "what_if" in code
    done = python(project, code)
    assert done.returncode == 0, done.stderr
    made = project / "outputs" / "answers" / "bands.xlsx"
    assert made.is_file()
    made.unlink()
