"""Which texts a notebook shows, read from its code: a changed sentence remakes only the pages that carry it.

Only the plain form is understood: texts read by ``read_narrative`` and shown by ``narrative(texts, "section", "part")`` with
the names written out. A notebook that does anything else with the texts depends on all of them.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path


def texts_shown(notebook: Path) -> frozenset[str] | None:
    """Return the names of the texts a notebook shows (``02_recruitment.done``), or None where it may show any."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        tree = ast.parse(code)
    except (SyntaxError, ValueError, KeyError, TypeError):
        return None  # magics, or no notebook at all
    names = {name for node in ast.walk(tree) for name in _bound_to_texts(node)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    shown = {id(call.args[0]): _shown(call) for call in calls if _called(call) == "narrative" and call.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load) and shown.get(id(node)) is None:
            return None
    readings = sum(_called(call) == "read_narrative" for call in calls)
    if readings != len(names) or None in shown.values():
        return None
    return frozenset(name for name in shown.values() if name)


def _called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def _bound_to_texts(node: ast.AST) -> Iterator[str]:
    """Yield the variable that an assignment binds to the texts."""
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        return
    target, value = node.targets[0], node.value
    pairs = [(target, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        pairs = list(zip(target.elts, value.elts, strict=True))
    for left, right in pairs:
        if _called(right) == "read_narrative" and isinstance(left, ast.Name):
            yield left.id


def _shown(call: ast.Call) -> str | None:
    """Return the name of the text that a call shows, or None where it is not written out."""
    parts = [
        argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None for argument in call.args[1:]
    ]
    return ".".join(parts) if parts and None not in parts and not call.keywords else None
