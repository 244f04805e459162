"""What every notebook promises: the same four parameters, no logic in cells, nothing stored, prose over code."""

import ast
import itertools
import json
from pathlib import Path

import pytest
from papermill.inspection import inspect_notebook

from wres_helpers.settings.master_file import SECTIONS

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
TAGS = {"parameters", "board", "analyst", "method", "summary"}
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
    "path", [p for p in NOTEBOOKS if p.stem in SECTIONS], ids=[p.stem for p in NOTEBOOKS if p.stem in SECTIONS]
)


def cells(path, kind=None):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if kind in (None, cell["cell_type"])]


def source(cell):
    return "".join(cell["source"])


def tags(cell):
    return set(cell["metadata"].get("tags", []))


def test_there_is_one_notebook_per_section_and_two_to_explore():
    assert [path.stem for path in NOTEBOOKS] == [*SECTIONS, "explore", "explore_cuts"]


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


@each_notebook
def test_it_is_short_and_explains_itself(path):
    prose, code = (sum(len(source(cell)) for cell in cells(path, kind)) for kind in ("markdown", "code"))
    assert prose > code / 2
    assert len(cells(path)) <= 30


@each_notebook
def test_only_known_tags_are_used(path):
    for cell in cells(path):
        assert tags(cell) <= TAGS


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
def test_below_the_line_only_protected_figures_exist(path):
    code = [(source(cell), tags(cell)) for cell in cells(path, "code")]
    line = next((number for number, (text, _) in enumerate(code) if "shown = disclosure.protect(" in text), None)
    if line is None:
        assert not any("evidence" in text for text, _ in code)  # a page without figures
        return
    assert "del counts, evidence" in code[line][0]
    for text, cell_tags in code[line + 1 :]:
        assert not {"evidence", "counts"} & {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
        assert "board" in cell_tags
    for _text, cell_tags in code[:line]:
        assert "board" not in cell_tags
