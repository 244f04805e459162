"""Which texts a notebook shows, and where, read from its code: a changed sentence remakes only what carries it.

Only the plain form is understood: texts read by ``read_narrative`` and shown by ``narrative(texts, "section", "part")`` with
the names written out. A notebook that does anything else with the texts depends on all of them.
"""

import ast
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

#: What these names have to stand for, so that what a cell shows of a text can be said without executing it.
_SETTLED = {
    "report": "wres_helpers.report",
    "intake": "wres_helpers.intake",
    "master": "wres_helpers.settings.parameters",
    "parameters": "master.load_parameters(params_file, organisation, year, audience)",
}
_READING = "intake.read_narrative(parameters)"


def texts_shown(notebook: Path) -> frozenset[str] | None:
    """Return the names of the texts a notebook shows (``02_recruitment.done``), or None where it may show any."""
    return _texts_shown(notebook.read_bytes())


@lru_cache(maxsize=64)
def _texts_shown(notebook: bytes) -> frozenset[str] | None:
    try:
        cells = json.loads(notebook)["cells"]
        tree = ast.parse("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"))
    except (SyntaxError, ValueError, KeyError, TypeError):
        return None  # magics, or no notebook at all
    nodes = list(ast.walk(tree))
    names = {target.id for target, value in _assigned(nodes) if isinstance(target, ast.Name) and _called(value) == "read_narrative"}
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    shown = {id(call.args[0]): _text_of(call) for call in calls if _called(call) == "narrative" and call.args}
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load) and shown.get(id(node)) is None:
            return None
    readings = sum(_called(call) == "read_narrative" for call in calls)
    if readings != len(names) or None in shown.values():
        return None
    return frozenset(name for name in shown.values() if name)


def places_of_texts(cells: Sequence[str]) -> list[list[str | None]] | None:
    """Return where the cells of a notebook show texts, or None where that cannot be said for sure.

    Parameters
    ----------
    cells
        Code of the cells.

    Returns
    -------
    list of list
        For each cell the blocks it shows: the name of the text, or None for a block of another kind. Empty for a cell
        that shows no text.
    """
    try:
        trees = [ast.parse(cell) for cell in cells]
    except SyntaxError:
        return None
    nodes = [node for tree in trees for node in ast.walk(tree)]
    bound = _bindings(nodes)
    settled = all(bound.get(name) == {meaning} for name, meaning in _SETTLED.items())
    if not settled or not _only_asked_for_its_parts("report", nodes):
        return None
    places = [_places(tree, {name for name, values in bound.items() if values == {_READING}}) for tree in trees]
    return None if None in places else places


def _places(tree: ast.Module, texts: set[str]) -> list[str | None] | None:
    """Return the blocks of a cell (see :func:`places_of_texts`), or None where it does something else with a text."""
    calls = sum(_called(node) == "narrative" for node in ast.walk(tree))
    if not calls:
        return []
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return None
    value = tree.body[0].value
    shows_several = isinstance(value, ast.Call) and ast.unparse(value.func) == "report.show" and not value.keywords
    blocks = value.args if shows_several else [value]
    places = [_text_of(block) if _is_plain(block, texts) else None for block in blocks]
    starred = any(isinstance(block, ast.Starred) for block in blocks)
    return None if starred or sum(place is not None for place in places) != calls else places


def _is_plain(block: ast.AST, texts: set[str]) -> bool:
    if not isinstance(block, ast.Call) or ast.unparse(block.func) != "report.narrative" or not block.args:
        return False
    return isinstance(block.args[0], ast.Name) and block.args[0].id in texts


def _called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def _text_of(call: ast.Call) -> str | None:
    """Return the name of the text that a call shows, or None where it is not written out."""
    parts = [
        argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None for argument in call.args[1:]
    ]
    return ".".join(parts) if parts and None not in parts and not call.keywords else None


def _assigned(nodes: Iterable[ast.AST]) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield target and value of every plain assignment; ``a, b = c, d`` is two."""
    for node in nodes:
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            yield from zip(target.elts, value.elts, strict=True)
        else:
            yield target, value


def _bindings(nodes: Sequence[ast.AST]) -> dict[str, set[str]]:
    """Return everything each name is bound to: what is imported, the code of what is assigned, ``?`` for all else."""
    found: dict[str, set[str]] = defaultdict(set)
    plain = {id(target): ast.unparse(value) for target, value in _assigned(nodes)}
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                found[alias.asname or alias.name.partition(".")[0]].add(module + alias.name)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name].add("?")
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found[node.id].add(plain.get(id(node), "?"))
    return found


def _only_asked_for_its_parts(name: str, nodes: Sequence[ast.AST]) -> bool:
    """Tell whether a module is used for nothing but looking its functions up, so that nobody has put others in."""
    looked_up = {id(node.value) for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}
    return all(id(node) in looked_up for node in nodes if isinstance(node, ast.Name) and node.id == name)
