"""What every notebook promises: the same four parameters, no logic in cells, nothing stored, prose over code, one source."""

import ast
import itertools
import json
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot
import nbformat
import pandas as pd
import pytest
import seaborn
import yaml
from papermill.inspection import inspect_notebook

from wres_helpers.intake.texts.narrative_texts import texts_of
from wres_helpers.settings.master_file import FURTHER_SECTIONS, SECTIONS

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
TO_EXPLORE = ["explore", "how_one_figure_is_made", "questions"]
TAGS = {"parameters", "board", "analyst", "method", "summary"}
#: What a cell for the board may speak of: the protected figures, what people wrote, and the blocks made of them.
SHAREABLE = {"board", "texts", "actions", "actions_before", "page"}
LOGIC = (
    ast.FunctionDef,
    ast.ClassDef,
    ast.For,
    ast.While,
    ast.If,
    ast.Try,
    ast.With,
    ast.Lambda,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
)

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
each_section = pytest.mark.parametrize(
    "path",
    [p for p in NOTEBOOKS if p.stem in (*SECTIONS, *FURTHER_SECTIONS)],
    ids=[p.stem for p in NOTEBOOKS if p.stem in (*SECTIONS, *FURTHER_SECTIONS)],
)


def cells(path, kind=None):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if kind in (None, cell["cell_type"])]


def source(cell):
    return "".join(cell["source"])


def tags(cell):
    return set(cell["metadata"].get("tags", []))


def test_there_is_one_notebook_per_section_and_three_to_explore():
    assert [path.stem for path in NOTEBOOKS] == sorted([*SECTIONS, *FURTHER_SECTIONS, *TO_EXPLORE])


def test_every_notebook_is_made_from_its_text():
    # a cell that was added by hand would be lost when they are made again: add it to notebooks/source and make them
    made = runpy.run_path(str(FOLDER / "source" / "make_notebooks.py"))
    assert [path.stem for path in made["texts"]()] == [path.stem for path in NOTEBOOKS]
    for path, text in zip(NOTEBOOKS, made["texts"](), strict=True):
        # the cells: JupyterLab orders what is around them in its own way when it saves a notebook that somebody opened
        assert cells(path) == json.loads(made["notebook"](text))["cells"], f"run: python notebooks/source/make_notebooks.py ({path.name})"


def test_a_picture_of_counts_adds_them_up_where_the_table_has_several_rows_of_a_group():
    """The bars were means of the cut rows, with an interval nobody asked for. Witness: 40 + 2 and 9 + 5, added by hand."""
    matplotlib.use("Agg")
    code = [source(cell) for cell in cells(FOLDER / "how_one_figure_is_made.ipynb", "code")]
    drawn = [text for text in code if "recruitment" in text and "seaborn." in text]
    rows = [("applied", "white", "5", 40), ("applied", "white", "6", 2), ("applied", "bme", "5", 9), ("applied", "bme", "6", 5)]
    known = {"seaborn": seaborn, "recruitment": pd.DataFrame(rows, columns=["stage", "ethnic_group", "band", "people"])}
    for text in drawn:
        exec(text, known)
    axes = matplotlib.pyplot.gca()
    assert sorted(bar.get_width() for bar in axes.patches if bar.get_width()) == [14, 42]
    assert not [line for line in axes.lines if len(line.get_xdata())]
    matplotlib.pyplot.close("all")


def test_the_hooks_take_outputs_out_and_keep_records_out(tmp_path):
    """Witness: a notebook as JupyterLab saves it, with outputs and the state of its lists; the hooks are run as they are written."""
    (hooks,) = [
        entry["hooks"] for entry in yaml.safe_load((FOLDER.parent / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    ]
    entries = {hook["id"]: [sys.executable, *shlex.split(hook["entry"])[1:]] for hook in hooks}
    assert all(shlex.split(hook["entry"])[0] == "python" for hook in hooks)
    opened = nbformat.read(FOLDER / "explore.ipynb", as_version=4)
    opened.metadata["widgets"] = {"state": "11 of 251"}
    for cell in opened.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", text="11 of 251")], 3
    path = tmp_path / "explore.ipynb"
    nbformat.write(opened, path)
    subprocess.run([*entries["nbstripout"], path], check=True)
    assert "251" not in path.read_text(encoding="utf-8")
    assert cells(path) == cells(FOLDER / "explore.ipynb")
    records = next(hook["files"] for hook in hooks if hook["id"] == "no-records")
    assert re.match(records, "data/north/2025-26/extracts/staff.csv")
    assert not re.match(records, "data/synthetic/2019-20/extracts/staff.csv")
    refused = subprocess.run([*entries["no-records"], "staff.csv"], capture_output=True, text=True, check=False)
    assert refused.returncode == 1 and "never enter the history: staff.csv" in refused.stderr


@each_notebook
def test_it_takes_exactly_the_four_parameters(path):
    assert list(inspect_notebook(str(path))) == ["params_file", "organisation", "year", "audience"]
    (parameters,) = [cell for cell in cells(path, "code") if "parameters" in tags(cell)]
    values = {node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(source(parameters)).body}
    assert (FOLDER.parent / values.pop("params_file")).is_file()
    assert set(values.values()) == {None}


@each_notebook
def test_cells_say_and_the_package_does(path):
    for cell in cells(path, "code"):
        tree = ast.parse(source(cell))
        assert not [node for node in ast.walk(tree) if isinstance(node, LOGIC)], source(cell)
        words = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not words & {"merge", "join", "groupby", "apply", "to_csv", "read_csv"}, source(cell)


@each_notebook
def test_nothing_is_stored(path):
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


def lines(path, kind):
    return [line for cell in cells(path, kind) if "parameters" not in tags(cell) for line in source(cell).splitlines() if line.strip()]


@each_notebook
def test_it_is_short_and_explains_itself(path):
    code = lines(path, "code")
    assert len(lines(path, "markdown")) >= 2 * len(code)
    assert len(code) <= 45
    assert max(map(len, code)) <= 106  # what JupyterLab shows without scrolling, at 1280 pixels beside its list of files


@each_notebook
def test_only_known_tags_are_used(path):
    # one question needs a staff list; where there is none its line stops, and JupyterLab goes on to the next
    may_stop = {"raises-exception"} if path.stem == "questions" else set()
    for cell in cells(path):
        assert tags(cell) <= TAGS | may_stop


@each_section
def test_the_first_cell_is_the_title_and_headings_skip_no_level(path):
    headings = [
        line for cell in cells(path, "markdown") for line in source(cell).splitlines() if line.startswith("#") and "board" in tags(cell)
    ]
    levels = [len(line.split()[0]) for line in headings]
    assert source(cells(path)[0]).startswith("# ")
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


@each_section
def test_a_cell_for_the_board_speaks_of_nothing_unprotected(path):
    for cell in cells(path, "code"):
        names = {node.id for node in ast.walk(ast.parse(source(cell))) if isinstance(node, ast.Name)}
        assert "board" not in tags(cell) or names <= SHAREABLE, source(cell)


@each_section
def test_below_the_line_no_unprotected_name_exists_until_the_last_board_cell(path):
    code = [(source(cell), tags(cell)) for cell in cells(path, "code")]
    line = next((number for number, (text, _) in enumerate(code) if "board = report.protected()" in text), None)
    last = max(number for number, (_, cell_tags) in enumerate(code) if "board" in cell_tags)
    if line is None:
        assert not any("evidence" in text or "counts" in text for text, _ in code)  # a page without figures
        return
    assert all("board" not in cell_tags for _, cell_tags in code[: line + 1])
    assert all("board" in cell_tags for _, cell_tags in code[line + 1 : last])
    bound = {
        node.id
        for text, cell_tags in code[: line + 1]
        if "parameters" not in cell_tags
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    deleted = {node.id for node in ast.walk(ast.parse(code[line][0])) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del)}
    assert {"board"} <= bound - deleted <= {"board", "texts", "actions", "actions_before"}


@each_section
def test_a_section_asks_for_the_texts_that_it_shows_and_no_others(path):
    """A further section of one's own had to be named in a third place, or a final report asked for texts that no page has. Witness: its cells."""
    shown = re.findall(r'page\.narrative\(texts, "(\w+)"(?:, "(\w+)")?', "\n".join(source(cell) for cell in cells(path, "code")))
    assert sorted(".".join(filter(None, names)) for names in shown) == sorted(texts_of(path.stem))
