"""Nothing stale: each kind of input is changed once, and what it touches must be made anew.

Witness: the key of every part before and after a change (fast, every kind), and the pages themselves (whole runs).
"""

import json
import shutil
import signal
import sys
import time

import nbformat
import pytest
from support.as_it_was import as_it_was
from support.known_results import nothing_known
from support.made_once import made_once
from support.small_project import CALCULATE, CHART, PARAMS, REPORT, notebook, receipt, wres
from support.warm_wres import python, started

from wres_helpers.publishing.files.receipt import every_input
from wres_helpers.publishing.pages.page import read_executed
from wres_helpers.publishing.runs import incremental
from wres_helpers.publishing.runs.incremental import Keys, LastReport
from wres_helpers.publishing.runs.whole_report import page_context
from wres_helpers.report.desk.opened_report import OpenReport
from wres_helpers.settings.master_file import NO_VERSION
from wres_helpers.settings.master_file_reader import load_parameters

DATA = "data/necs/2019-20"


def keys(folder):
    parameters = load_parameters(folder / PARAMS)
    made = Keys(parameters, page_context(parameters))
    sections = {name: made.section(name) for name in parameters.sections}
    texts = made.texts
    return {**sections, "figures": made.figures, "reports": made.reports([(sections, texts)]), "texts": json.dumps(texts)}


def changed(before, after):
    return {name for name in before if before[name] != after[name]}


def append(path, text="\n"):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


EVERYTHING = "everything"
ALL_BUT_FIGURES = "all but figures"


@pytest.mark.parametrize(
    ("file", "touched"),
    [
        (f"{DATA}/recruitment.csv", EVERYTHING),
        ("data/necs/2018-19/headcount.csv", EVERYTHING),
        ("data/reference/standards/wres/indicators.csv", EVERYTHING),
        ("data/reference/standards/wres/benchmarks.csv", EVERYTHING),
        (f"{DATA}/published.csv", EVERYTHING),
        (f"{DATA}/action_plan.csv", ALL_BUT_FIGURES),
        (PARAMS, ALL_BUT_FIGURES),  # a comment: pages name the master file, figures do not depend on it
        (f"{DATA}/narrative/02_recruitment.done.md", {"texts", "reports"}),  # whose pages are known from what they showed
        ("notebooks/09_board.ipynb", {"09_board", "reports"}),
    ],
)
def test_a_changed_file_touches_what_is_made_from_it(spoilable, file, touched):
    if file.endswith("published.csv") and not (spoilable / file).is_file():
        (spoilable / file).write_text("id,where,claim,printed\n")
    before = keys(spoilable)
    assert keys(spoilable) == before
    append(spoilable / file, " " if file.endswith(".ipynb") else "\n# a comment\n" if file.endswith(".yaml") else "\n")
    if touched in (EVERYTHING, ALL_BUT_FIGURES):
        touched = set(before) - {"texts"} - ({"figures"} if touched == ALL_BUT_FIGURES else set())
    assert changed(before, keys(spoilable)) == touched


#: Told of each file that Python opens while something listens.
_listening: list[list[str]] = []
sys.addaudithook(lambda event, told: [each.append(str(told[0])) for each in _listening] if event == "open" else None)


def test_every_file_that_figures_and_plan_are_made_from_is_an_input(project):
    """Witness: Python's own audit of what is opened. What is no input is in no key and in no receipt, and no worker of a cluster gets it."""
    parameters = load_parameters(project / "params/harrowmere-2025-26.yaml", change={"previous_year": None})
    opened: list[str] = []
    with nothing_known():
        _listening.append(opened)
        try:
            report = OpenReport(parameters)
            assert len(report.evidence.results) and len(report.evidence.targets) and len(report.actions) and report.texts
        finally:
            _listening.clear()
    inputs = {str(path) for path in every_input(parameters)}
    read = {path for path in opened if path.startswith(str(project / "data"))}
    assert str(project / "data/harrowmere/targets.csv") in read
    assert read <= inputs


def test_last_years_action_plan_touches_what_this_years_does(spoilable):
    """Witness: the section of the plan tells what became of last year's actions; its file has the name of this year's."""
    plan = spoilable / "data/necs/2018-19/action_plan.csv"
    plan.write_bytes((spoilable / DATA / "action_plan.csv").read_bytes())
    before = keys(spoilable)
    append(plan)
    assert changed(before, keys(spoilable)) == set(before) - {"texts", "figures"}


def test_new_files_and_renamed_files_touch_everything(spoilable):
    before = keys(spoilable)
    (spoilable / DATA / "extra.csv").write_text("a\n1\n")
    assert changed(before, keys(spoilable)) == set(before) - {"texts"}
    (spoilable / DATA / "extra.csv").rename(spoilable / DATA / "other.csv")
    after = keys(spoilable)
    (spoilable / DATA / "other.csv").unlink()
    assert changed(after, keys(spoilable)) == set(before) - {"texts"}


@pytest.mark.parametrize(
    "line",
    [
        "audience: board",
        "status_rule: {confidence: 0.9}",
        "terms: {bme: Global Majority}",
        "previous_year: null",
        'report: {date: "2020-08-01"}',
    ],
)
def test_a_changed_parameter_touches_everything(spoilable, line):
    before = keys(spoilable)
    text = (spoilable / PARAMS).read_text()
    key = line.split(":", maxsplit=1)[0]
    if key == "report":
        text = text.replace("  date: 2020-08-31", '  date: "2020-08-01"')
    else:
        text += f"\n{line}\n"
    (spoilable / PARAMS).write_text(text)
    assert changed(before, keys(spoilable)) == set(before) - {"texts"}


def test_how_a_run_is_carried_out_touches_no_figure(spoilable):
    before = keys(spoilable)
    append(spoilable / PARAMS, "\nrun: {jobs: 1}\n")
    assert "figures" not in changed(before, keys(spoilable))


def test_code_packages_python_and_the_day_touch_everything(spoilable, monkeypatch, tmp_path_factory):
    before = keys(spoilable)
    for change in (
        lambda patch: patch.setattr(incremental, "package_versions", lambda: {"pandas": "0"}),
        lambda patch: patch.setattr(incremental.sys, "version", "4.0"),
        lambda patch: patch.setattr(incremental, "__version__", "9"),
    ):
        with monkeypatch.context() as patch:
            change(patch)
            assert changed(before, keys(spoilable)) == set(before) - {"texts"}
    module = tmp_path_factory.mktemp("package") / "module.py"
    module.write_text("x = 1\n")
    monkeypatch.setattr(incremental, "package_files", lambda: [module])
    monkeypatch.setattr(incremental, "PACK", module.parent)
    with_module = keys(spoilable)
    module.write_text("x = 2\n")
    assert changed(with_module, keys(spoilable)) == set(before) - {"texts"}
    parameters = load_parameters(spoilable / PARAMS)
    context = page_context(parameters)
    another_day = Keys(parameters, context.__class__(**{**context.__dict__, "generated": context.generated.replace(year=2001)}))
    assert another_day.section("09_board") != keys(spoilable)["09_board"]


def test_nobody_has_signed_what_bears_no_day_of_a_signature(project):
    """Witness: a master file that was rolled forward keeps who signs, and no day."""
    prepared = "authors of the WRES pack"
    for day, label in ((None, "To be signed by"), ("2020-09-30", "Signed by")):
        sign_off = {"role": "Chief people officer", "date": day}
        told = dict(page_context(load_parameters(project / PARAMS, change={"report.sign_off": sign_off})).sign_off)
        signed = {label: "Chief people officer", "Signed on": "30 September 2020" if day else "not told", "Passed by": "not told"}
        assert told == {"Prepared by": prepared} | signed
    drafted = page_context(load_parameters(project / PARAMS, change={"report.state": "draft"}))
    restates = "NECS's report of August 2020, with figures worked out anew on 28 November 2026"
    restated = {"Version": NO_VERSION, "Restates": restates, "Corrected": "nothing of this version so far"}
    unsigned = {"Prepared by": prepared, "To be signed by": "not told", "Signed on": "not yet", "Passed by": "no committee yet"}
    assert dict(drafted.closing_lines) == restated | unsigned, "what was published before is not called uncorrected"
    assert drafted.dated == "As of 31 August 2020, restated"
    undated = page_context(load_parameters(project / PARAMS, change={"report.restated_on": None}))
    assert "anew on a day that was not told" in dict(undated.closing_lines)["Restates"]
    own = page_context(load_parameters(project / PARAMS, change={"report.state": "draft", "report.restates": None}))
    first = {"Version": NO_VERSION, "Corrected": "nothing so far"}
    assert dict(own.closing_lines) == first | unsigned


SETTLED = (
    "from wres_helpers import intake, report\n"
    "from wres_helpers.settings import master_file_reader as master\n"
    "parameters = master.load_parameters(params_file, organisation, year, audience)\n"
    "texts = intake.read_narrative(parameters)"
)


def test_an_executed_notebook_is_read_as_nbformat_reads_it(made):
    for path in sorted((made / REPORT / "analyst/notebooks").glob("*.ipynb")):
        assert read_executed(path) == nbformat.read(path, as_version=4)


def outcomes(folder):
    return {section["section"]: section["outcome"] for section in receipt(folder)["sections"]}


def test_a_run_without_changes_leaves_the_report_as_it_is(small):
    before = (small / REPORT / "receipt.json").read_bytes()
    done = wres(small, "run", PARAMS)
    assert (done.returncode, done.stdout.strip()) == (0, REPORT.as_posix())
    assert "Nothing has changed" in done.stderr
    assert (small / REPORT / "receipt.json").read_bytes() == before


def test_a_changed_template_of_the_package_makes_every_section_anew(small, project):
    shutil.copytree(project / "wres_helpers", small / "wres_helpers", ignore=shutil.ignore_patterns("__pycache__"))
    from_the_copy = (
        "import pathlib, sys\n"
        "from wres_helpers.publishing.files import receipt\n"
        "from wres_helpers.publishing.runs import incremental\n"
        "receipt.PACK = incremental.PACK = pathlib.Path('wres_helpers')\n"
        f"sys.argv = ['wres', 'run', {PARAMS!r}]\n"
        "from wres_helpers.cli import main\nmain()\n"
    )
    assert python(small, from_the_copy).stderr.startswith("Nothing has changed"), "a copy is the package, wherever it lies"
    append(small / "wres_helpers/publishing/pages/templates/wres/page.css")
    assert python(small, from_the_copy).returncode == 0
    assert set(outcomes(small).values()) == {"made"}


def test_a_page_somebody_edited_is_made_anew(small):
    page = small / REPORT / "board/sections/03_disciplinary.html"
    append(page, "<p>edited</p>")
    entries = receipt(small)["parts"]
    previous = LastReport(small / REPORT)
    assert previous.part("03_disciplinary", entries["03_disciplinary"]["key"]) is None
    assert previous.part("02_recruitment", entries["02_recruitment"]["key"])
    assert previous.part("02_recruitment", "another key") is None


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", json.dumps({"parts": {"02_recruitment": {"key": "k", "files": ["../../../../etc/passwd"]}}})]
)
def test_a_receipt_that_cannot_be_trusted_gives_nothing(tmp_path, content):
    (tmp_path / "receipt.json").write_text(content)
    assert LastReport(tmp_path).part("02_recruitment", "k") is None


TEXTS = [f"{DATA}/narrative/02_recruitment.{part}.md" for part in ("done", "planned")]


@pytest.fixture(scope="module")
def worded(made, tmp_path_factory):
    """The small project whose first section has two texts, made once; tests that change it use a copy."""
    cells = [
        (SETTLED,),
        (CALCULATE,),
        (CHART.format("texts"), "board"),
        ("report.show(*(report.narrative(texts, '02_recruitment', part) for part in ('done', 'planned')))", "board"),
        # in a loop, of a name put together: no way of writing the cell may matter
        ("for part in ('done',):\n    report.show(report.narrative(dict(texts), '02_' + 'recruitment', part))", "board"),
    ]

    def make(folder):
        shutil.copytree(made, folder, dirs_exist_ok=True)
        nbformat.write(notebook("Recruitment", *cells), folder / "notebooks/02_recruitment.ipynb")
        done = wres(folder, "run", PARAMS)
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "worded", make)


@pytest.fixture
def texts(worded, place):
    return as_it_was(place, worded)


def pages_of(folder):
    """Return the board's files and the analyst's page to the byte."""
    report = folder / REPORT
    files = {
        path.relative_to(report).as_posix(): path.read_bytes()
        for path in (report / "board").rglob("*")
        if path.suffix != ".xlsx" and path.is_file()
    }
    return files | {"analyst": (report / "analyst/report.html").read_bytes()}


def test_a_new_text_gives_what_executing_everything_gives(texts):
    """Witness: the same project made anew as a whole, with --force."""
    before = nbformat.read(texts / REPORT / "analyst/notebooks/02_recruitment.ipynb", as_version=4)
    for file, text in zip(TEXTS, ("Changed.\n\n- One **point**.\n- 17 of 20.", "Other words."), strict=True):
        (texts / file).write_text(text, encoding="utf-8")
        done = wres(texts, "run", PARAMS)
        assert done.returncode == 0, done.stderr
        assert outcomes(texts) == {"02_recruitment": "new texts", "03_disciplinary": "reused", "10_action_plan": "reused"}
    after = nbformat.read(texts / REPORT / "analyst/notebooks/02_recruitment.ipynb", as_version=4)
    assert after.metadata.papermill.end_time == before.metadata.papermill.end_time  # it was not executed
    quick = pages_of(texts)
    assert [quick[f"board/{page}"].count(b"Changed.") for page in ("sections/02_recruitment.html", "report.html")] == [2, 2]
    assert wres(texts, "run", PARAMS).stderr.startswith("Nothing has changed")
    assert wres(texts, "run", PARAMS, "--force").returncode == 0
    assert outcomes(texts)["02_recruitment"] == "made"
    assert pages_of(texts) == quick


def test_a_new_text_that_cannot_be_shown_is_told_and_the_report_stands(texts):
    path = texts / TEXTS[0]
    before = pages_of(texts)
    path.write_text("\U0010fffd", encoding="utf-8")  # no font of any machine has this letter
    done = wres(texts, "run", PARAMS)
    assert done.returncode == 1
    assert "02_recruitment.done.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert pages_of(texts) == before
    path.write_text("Mended.", encoding="utf-8")
    assert wres(texts, "run", PARAMS).returncode == 0
    assert "Mended." in (texts / REPORT / "board/report.html").read_text(encoding="utf-8")


def test_a_text_that_cannot_be_read_stops_the_run_and_leaves_the_report(texts):
    path = texts / TEXTS[0]
    before = (texts / REPORT / "receipt.json").read_bytes()
    for file in (path, path.with_name("on_no_page.md")):
        path.write_text("Readable.", encoding="utf-8")
        file.write_bytes(b"\xff\xfe\x00bytes")
        done = wres(texts, "run", PARAMS)
        assert done.returncode == 1
        assert f"{file.name}" in done.stderr and "UTF-8" in done.stderr and "Traceback" not in done.stderr
        assert (texts / REPORT / "receipt.json").read_bytes() == before


def test_changes_reach_the_pages_and_nothing_else_is_made(texts):
    """Of figures with a text, of a notebook with a text, and of a section that is asked for."""
    text, board = texts / TEXTS[0], texts / REPORT / "board"
    text.write_text("A new text.", encoding="utf-8")
    recruitment = texts / DATA / "recruitment.csv"
    recruitment.write_text(recruitment.read_text().replace("appointed,white,150", "appointed,white,151"))
    assert wres(texts, "run", PARAMS).returncode == 0
    assert set(outcomes(texts).values()) == {"made"}
    assert ",151,1605," in (board / "data/results.csv").read_text()
    cell = ("from wres_helpers.report.form import blocks\nblocks.Prose(('A changed notebook.',))", "board")
    nbformat.write(notebook("Actions", cell), texts / "notebooks/10_action_plan.ipynb")
    text.write_text("A newer text.", encoding="utf-8")
    assert wres(texts, "run", PARAMS).returncode == 0
    assert outcomes(texts) == {"02_recruitment": "new texts", "03_disciplinary": "reused", "10_action_plan": "made"}
    for words, section in (("A newer text.", "02_recruitment"), ("A changed notebook.", "10_action_plan")):
        for page in (board / f"sections/{section}.html", board / "report.html"):
            assert words in page.read_text(encoding="utf-8")
    assert wres(texts, "run", PARAMS, "--only", "03_disciplinary", "--force").returncode == 0
    assert outcomes(texts) == {"02_recruitment": "reused", "03_disciplinary": "made", "10_action_plan": "reused"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_watching_makes_the_report_again_after_a_change(texts):
    text, page = texts / TEXTS[0], texts / REPORT / "board/sections/10_action_plan.html"
    with started(texts, "run", PARAMS, "--watch") as process:
        _wait(lambda: "watching" in _said(process))
        for words in ("First change.", "Second change."):
            cell = (f"from wres_helpers.report.form import blocks\nblocks.Prose(('{words}',))", "board")
            nbformat.write(notebook("Actions", cell), texts / "notebooks/10_action_plan.ipynb")
            _wait(lambda words=words: words in page.read_text())
        for words in ("A sentence.", "Another sentence."):
            text.write_text(words, encoding="utf-8")
            _wait(lambda words=words: words in (texts / REPORT / "board/report.html").read_text())
        assert outcomes(texts) == {"02_recruitment": "new texts", "03_disciplinary": "reused", "10_action_plan": "reused"}
        headcount = texts / DATA / "headcount.csv"
        good = headcount.read_text()
        headcount.write_text("ethnic_group,headcount\nwhite,many\n")
        _wait(lambda: "headcount.csv, row 2" in _said(process))
        headcount.write_text(good)
        _wait(lambda: _said(process).count("watching") >= 7)
        assert set(outcomes(texts).values()) <= {"reused", "new texts"}
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert "Traceback" not in _said(process)


def _said(process):
    return "".join(process.said())


def _wait(condition, seconds=180):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
