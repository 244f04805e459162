"""What share of small changes to the rules turns a test red: a random sample of mutants, each run in memory.

Usage: ``python tests/benchmarks/mutants.py NUMBER SEED [PART OF A MODULE'S PATH ...]``, for example ``150 1 analysis/``.

A comparison, an arithmetic sign, a boolean word, a number or a method like ``lt`` is changed in one place of one module; no
file is touched. Each mutant runs in a fork of a process that has imported the libraries, with the quick tests of its room,
those named after the module first, and ends with the first red test. What survives is printed with its line.
"""

import ast
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from support.changed_module import PROJECT, SURVIVED, import_libraries, outcome

TESTS = {
    "analysis": ("tests/analysis", "tests/data/test_standards.py"),
    "standard": ("tests/data/test_standards.py", "tests/data/test_reference_tables.py", "tests/analysis"),
    "settings": ("tests/settings", "tests/commands/test_new_report.py"),
    "disclosure": ("tests/disclosure",),
    "report": ("tests/report",),
    "page_model": ("tests/page_model", "tests/checking"),
    "tables": ("tests/intake",),
    "intake": ("tests/intake",),
}
_COMPARED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
_SIGNS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd}
_NAMES = {
    **{"lt": "le", "le": "lt", "gt": "ge", "ge": "gt", "eq": "ne", "ne": "eq", "any": "all", "all": "any"},
    **{"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum", "isna": "notna", "notna": "isna"},
}


def changes(tree):
    """Yield every place that can be changed, as the node and what makes the change."""
    kept = {id(part) for node in ast.walk(tree) for part in _untouched(node)}
    for node in ast.walk(tree):
        if id(node) in kept:
            continue
        if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
            yield node, lambda node: node.ops.__setitem__(0, _COMPARED[type(node.ops[0])]())
        elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in _SIGNS:
            yield node, lambda node: setattr(node, "op", _SIGNS[type(node.op)]())
        elif isinstance(node, ast.BoolOp):
            yield node, lambda node: setattr(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert | ast.USub):
            yield node, lambda node: setattr(node, "op", ast.UAdd() if isinstance(node.op, ast.USub) else _Same())
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float, bool):
            yield node, lambda node: setattr(node, "value", not node.value if isinstance(node.value, bool) else node.value + 1)
        elif isinstance(node, ast.Attribute) and node.attr in _NAMES:
            yield node, lambda node: setattr(node, "attr", _NAMES[node.attr])


class _Same(ast.Not):
    """Stands where a negation was taken away; see :func:`mutated`."""


def _untouched(node):
    """Yield what no rule hangs on: annotations, and a negation's own constant, which the sign covers."""
    for name in ("annotation", "returns"):
        if isinstance(part := getattr(node, name, None), ast.AST):
            yield from ast.walk(part)


def mutated(source, number):
    """Return a module's source with its change of that number, and the line in which it stands."""
    tree = ast.parse(source)
    node, change = list(changes(tree))[number]
    change(node)
    without = _Without().visit(tree)
    return ast.unparse(ast.fix_missing_locations(without)), node.lineno


class _Without(ast.NodeTransformer):
    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return node.operand if isinstance(node.op, _Same) else node


def tests_of(module):
    """Return the test files of a module's room, those named after the module first."""
    files = [path for place in TESTS[module.relative_to(PROJECT).parts[1]] for path in _files(PROJECT / place)]
    words = set(module.stem.split("_"))
    return sorted(files, key=lambda path: -len(words & set(path.stem.split("_"))))


def _files(place):
    return [place] if place.is_file() else sorted(place.rglob("test_*.py"))


def main(number, seed, *parts):
    """Draw mutants of the modules whose path holds one of some words, run each, and print what came of it."""
    import_libraries()
    modules = [path for path in sorted((PROJECT / "wres_helpers").rglob("*.py")) if any(part in path.as_posix() for part in parts)]
    places = [(path, at) for path in modules for at in range(len(list(changes(ast.parse(path.read_text(encoding="utf-8"))))))]
    drawn = sorted(random.Random(int(seed)).sample(places, min(int(number), len(places))))
    found = Counter()
    unchanged = PROJECT / "wres_helpers" / "problems.py"
    for tests in {tuple(sorted(tests_of(path))) for path, _ in drawn}:
        if (came_of_it := outcome(unchanged, unchanged.read_text(encoding="utf-8"), tests)) != SURVIVED:
            sys.exit(f"{came_of_it} without any change, so that nothing can be told: {' '.join(path.name for path in tests)}")
    for path, at in drawn:
        right = path.read_text(encoding="utf-8")
        source, line = mutated(right, at)
        came_of_it = outcome(path, source, tests_of(path))
        found[came_of_it] += 1
        if came_of_it == SURVIVED:
            differs = next(
                new for new, old in zip(source.splitlines(), ast.unparse(ast.parse(right)).splitlines(), strict=False) if new != old
            )
            print(f"survived: {path.relative_to(PROJECT)}, line {line}: {differs.strip()}", flush=True)
    print(
        f"{sum(found.values()) - found[SURVIVED]} of {sum(found.values())} killed (of {len(places)} possible; seed {seed}): {dict(found)}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
