"""What share of small changes to the rules turns a test red: a random sample of mutants of one room, each run in memory.

Usage: ``python tests/benchmarks/mutants.py ROOM NUMBER SEED [WORD OF A MODULE'S PATH ...]``, for example ``analysis 150 1``; for the
number also ``all``, or places as they are printed (``bounds#23,parity#32``).

A comparison, an arithmetic sign, a boolean word, a number or a method like ``lt`` is changed in one place of one module; no
file is touched. The tests of the room are collected once, and each file of them runs once in a fork, which tells the lines that
every test runs and the processor time it takes. A mutant then runs in a fork of its own, with the code of its function exchanged (where
it stands outside any function: imported anew), against the tests that run its line, the quickest first, then the others of the
same files, to the first red one or for :data:`TRIED` seconds of tests. What survives is printed with its line.

Not changed: texts, annotations, forms of numbers in texts, the options of :data:`CARE`, which hold no rule, and :data:`PICTURES`.
"""

import ast
import builtins
import functools
import gc
import os
import pickle
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import types
from collections import Counter, defaultdict
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from support.changed_module import KILLED, NOT_RUN, PROJECT, SURVIVED, TOO_LONG, import_libraries, outcome

TESTS = {
    "analysis": ("tests/analysis", "tests/data", "tests/intake/test_suppressed_cells.py"),
    "standard": ("tests/data", "tests/settings", "tests/analysis", "tests/intake/test_one_door.py", "tests/intake/test_own_tables.py"),
    "settings": ("tests/settings", "tests/analysis/test_status_rule.py", "tests/disclosure/test_disclosure_policy.py", "tests/commands/test_new_report.py"),
    "disclosure": ("tests/disclosure",),
    "report": (
        "tests/report", "tests/analysis/test_who_speaks.py", "tests/analysis/test_status_rule.py", "tests/intake/test_suppressed_cells.py",
        "tests/data/test_standards.py",
    ),
}  # fmt: skip
#: Seconds of tests that a mutant must survive, and of processor time after which it hangs.
TRIED, HANGS = 20.0, 150
#: Options whose other value changes nothing that a rule says.
CARE = {"strict", "observed", "frozen", "slots", "kw_only", "repr", "copy", "maxsize"}
#: What only places marks in a picture, which people look at, by module.
PICTURES = {
    "year_blocks": {"line", "_label_values", "_HEIGHT", "_BOTTOM", "_ROOM", "_TALL", "_MOST_LABELLED"},
    "funnel_plots": {"funnel_picture", "_ready", "_draw_limits", "_draw_labels", "_HEIGHT"},
}
UNTESTED, OUTSIDE = "no test runs it", "outside any function"
#: The rooms from whose results a room's own are made: no mutant of it need make them again.
BEFORE = {"report": ("analysis", "disclosure", "checking"), "disclosure": ("analysis",)}
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
    """Yield what no rule hangs on."""
    for name in ("annotation", "returns", "format_spec"):
        if isinstance(part := getattr(node, name, None), ast.AST):
            yield from ast.walk(part)
    if isinstance(node, ast.keyword) and node.arg in CARE:
        yield from ast.walk(node.value)


def mutated(source, number):
    """Return a module's tree with its change of that number, and the first and last line of the place."""
    tree = ast.parse(source)
    node, change = list(changes(tree))[number]
    change(node)
    return ast.fix_missing_locations(_Without().visit(tree)), node.lineno, node.end_lineno


class _Without(ast.NodeTransformer):
    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return node.operand if isinstance(node.op, _Same) else node


def exchanged(right, other):
    """Return the code of the outermost function that differs and what stands there instead; None where it lies outside any function."""
    if right.co_flags & 1:  # of a function: CO_OPTIMIZED
        return right, other
    plain = [repr([const for const in code.co_consts if not isinstance(const, types.CodeType)]) for code in (right, other)]
    if right.co_code != other.co_code or plain[0] != plain[1]:
        return None
    inner = zip(right.co_consts, other.co_consts, strict=True)
    return next((exchanged(*pair) for pair in inner if isinstance(pair[0], types.CodeType) and pair[0] != pair[1]), None)


class _Watched(ast.NodeTransformer):
    """Puts before every statement of a function, and into every lambda, a call that says its lines."""

    def __init__(self, path):
        self.path, self.inside = path, False

    def _said(self, node, first, last):
        told = ast.Constant(tuple((self.path, line) for line in range(first, last + 1)))
        call = ast.Call(ast.Attribute(ast.Name("ran_through", ast.Load()), "update", ast.Load()), [told], [])
        return ast.copy_location(call, node)

    def visit_Lambda(self, node):
        self.generic_visit(node)
        both = ast.Tuple([self._said(node, node.lineno, node.end_lineno), node.body], ast.Load())
        node.body = ast.copy_location(ast.Subscript(both, ast.Constant(1), ast.Load()), node.body)
        return node

    def visit_FunctionDef(self, node):
        was, self.inside = self.inside, True
        self.generic_visit(node)
        self.inside = was
        return node

    def generic_visit(self, node):
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            if self.inside and isinstance(part := getattr(node, name, None), list):
                setattr(node, name, [each for one in part for each in (self._before(one), one)])
        return node

    def _before(self, node):
        inner = next((part[0] for name in ("body", "cases") if (part := getattr(node, name, None))), None)
        last = node.end_lineno if inner is None else max(node.lineno, getattr(inner, "lineno", node.lineno + 1) - 1)
        return ast.copy_location(ast.Expr(self._said(node, node.lineno, last)), node)


def _codes(code):
    """Yield a code object and all within it."""
    yield code
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from _codes(const)


class Hunt:
    """Runs the mutants of a room from within pytest, where its tests are collected."""

    def __init__(self, room, drawn, tell):
        self.room, self.drawn, self.tell = room, drawn, tell
        self.outside, self.work = [], Path(tempfile.mkdtemp(prefix="mutants-"))

    def pytest_runtestloop(self, session):
        gc.unfreeze()
        for path in (PROJECT / "wres_helpers" / self.room).rglob("*.py"):
            import_module(_module(path))
        self.functions, self.caches = defaultdict(list), []
        for thing in gc.get_objects():
            if isinstance(thing, types.FunctionType):
                self.functions[_place(thing.__code__)].append(thing)
            elif isinstance(thing, functools._lru_cache_wrapper) and str(thing.__module__).startswith("wres_helpers"):
                self.caches.append(thing)
        self.items = {item.nodeid: item for item in session.items}
        self.factory = session.config._tmp_path_factory
        self.told = self._told()
        for path, at in self.drawn:
            self._one(path, at)
        shutil.rmtree(self.work, ignore_errors=True)
        return True

    def _in_fork(self, work, seconds):
        """Run something in a fork that has a folder of its own and has calculated nothing; return how it ended."""
        base = Path(tempfile.mkdtemp(dir=self.work))
        pid = os.fork()
        if not pid:
            code = 3
            try:
                self.factory._basetemp = base
                for name in _remembering(BEFORE.get(self.room, ())):
                    for folder in ((self.work / "before" / name), base / "known"):
                        folder.mkdir(parents=True, exist_ok=True)
                    (base / "known" / name).symlink_to(self.work / "before" / name)
                for cache in self.caches:
                    cache.cache_clear()
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
                code = work()
            finally:
                os._exit(code)
        status = os.waitpid(pid, 0)[1]
        shutil.rmtree(base, ignore_errors=True)
        if os.WIFSIGNALED(status):
            return TOO_LONG if os.WTERMSIG(status) == signal.SIGXCPU else KILLED
        return {0: SURVIVED, 1: KILLED}.get(os.waitstatus_to_exitcode(status), NOT_RUN)

    def _told(self):
        """Return of each test its processor time and the lines of the room that it runs; of those that are green."""
        files, told, left = defaultdict(list), {}, self.work / "told"
        for item in self.items.values():
            files[item.path].append(item)
        for path, items in files.items():

            def work(items=items):
                self._watch()
                left.write_bytes(pickle.dumps({item.nodeid: self._watched(*both) for both in _in_turn(items) for item in both[:1]}))
                return 0

            if self._in_fork(work, 3000) == SURVIVED:
                told |= pickle.loads(left.read_bytes())
            else:
                say(f"not run: {path}")
        red = [name for name, (_, _, green) in told.items() if not green]
        say(f"{len(told)} tests in {sum(seconds for seconds, _, _ in told.values()):.0f} s; red without any change, and left out: {red}")
        return {name: (seconds, lines) for name, (seconds, lines, green) in told.items() if green}

    def _watched(self, item, following):
        """Run a test; return its processor time, the lines of the room that it ran, and whether it was green."""
        began, builtins.ran_through = time.process_time(), set()
        green = self._green(item, following)
        return time.process_time() - began, builtins.ran_through, green

    def _watch(self):
        """Let every function of the room say which lines it runs; much quicker than tracing, which also stops at each call of a library."""
        for path in (PROJECT / "wres_helpers" / self.room).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            watched = ast.fix_missing_locations(_Watched(str(path)).visit(ast.parse(source)))
            codes = (_codes(compile(tree, str(path), "exec")) for tree in (ast.parse(source), watched))
            for right, other in zip(*codes, strict=True):
                for function in self.functions.get(_place(right), ()):
                    function.__code__ = other

    @staticmethod
    def _green(item, following):
        from _pytest.runner import runtestprotocol
        from _pytest.warnings import catch_warnings_for_item

        with catch_warnings_for_item(item.config, item.ihook, when="runtest", item=item):
            return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))

    def plan(self, path, first, last, anywhere):
        """Return the tests that a mutant must survive, in their order."""
        wanted = {(str(path), line) for line in range(first, last + 1)}
        runs = {
            name for name, (_, lines) in self.told.items() if lines & wanted or (anywhere and any(file == str(path) for file, _ in lines))
        }
        files = {name.partition("::")[0] for name in runs}
        beside = {name for name in self.told if name.partition("::")[0] in files} - runs
        planned, spent = [], 0.0
        for name in [name for names in (runs, beside) for name in sorted(names, key=lambda name: self.told[name][0])]:
            if not planned or spent + self.told[name][0] <= TRIED:
                planned.append(name)
                spent += self.told[name][0]
        return planned

    def _one(self, path, at):
        source = path.read_text(encoding="utf-8")
        tree, first, last = mutated(source, at)
        pair = exchanged(*(compile(each, str(path), "exec") for each in (ast.parse(source), tree)))
        # a function that another one made at import stands beside its maker
        codes = list(zip(*map(_codes, pair), strict=True)) if pair else []
        living = [(function, other) for right, other in codes for function in self.functions.get(_place(right), ())]
        planned = self.plan(path, first, last, anywhere=not living)
        if planned and not living:
            self.outside.append((path, at, planned))
            return

        def work():
            for function, other in living:
                function.__code__ = other
            return int(not all(self._green(*both) for both in _in_turn([self.items[name] for name in planned])))

        self.tell(path, at, self._in_fork(work, HANGS) if planned else UNTESTED)


def _in_turn(items):
    """Return each test with the one that follows it."""
    return list(zip(items, [*items[1:], None], strict=True))


def _module(path):
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def _place(code):
    return code.co_filename, code


def _remembering(rooms):
    """Return the names of the functions of some rooms whose results are remembered."""
    from wres_helpers import remembered

    names = set()
    for name, module in list(sys.modules.items()):
        for thing in vars(module).values() if name.startswith(tuple(f"wres_helpers.{room}" for room in rooms)) else ():
            if isinstance(thing, types.FunctionType) and thing.__code__.co_filename == remembered.__file__:
                names.add(f"{thing.__module__}.{thing.__qualname__}")
    return names


def say(text):
    """Print beside pytest, whose own words go nowhere."""
    print(text, file=_OUT, flush=True)


_OUT = os.fdopen(os.dup(1), "w", encoding="utf-8")


def _places(path):
    """Yield the places of a module that may be drawn: all but what :data:`PICTURES` has."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    sizes = ((part, target) for part in tree.body if isinstance(part, ast.Assign) for target in part.targets)
    names = {name.id: part for part, target in sizes for name in ast.walk(target) if isinstance(name, ast.Name)}
    names |= {part.name: part for part in tree.body if isinstance(part, ast.FunctionDef)}
    apart = [(names[name].lineno, names[name].end_lineno) for name in PICTURES.get(path.stem, ())]
    for at, (node, _) in enumerate(changes(tree)):
        if not any(first <= node.lineno <= last for first, last in apart):
            yield path, at


def main(room, number, seed, *words):
    """Draw mutants of a room's modules, run each, and print what came of it."""
    import_libraries()
    modules = [
        path for path in sorted((PROJECT / "wres_helpers" / room).rglob("*.py")) if not words or any(map(path.as_posix().count, words))
    ]
    places = [place for path in modules for place in _places(path)]
    asked = {f"{path.stem}#{at}": (path, at) for path, at in places}
    drawn = [asked[name] for name in number.split(",")] if "#" in number else places
    drawn = random.Random(int(seed)).sample(places, min(int(number), len(places))) if number.isdigit() else drawn
    found, left = Counter(), Path(tempfile.mkstemp()[1])

    def tell(path, at, came):
        found[came] += 1
        if came != KILLED:
            right = path.read_text(encoding="utf-8")
            tree, line, _ = mutated(right, at)
            both = zip(ast.unparse(tree).splitlines(), ast.unparse(ast.parse(right)).splitlines(), strict=False)
            say(f"{came}: {path.relative_to(PROJECT)}, line {line}, {path.stem}#{at}: {next((a for a, b in both if a != b), '').strip()}")
        if found.total() % 20 == 0:
            say(f"... {found.total()} {dict(found)}")

    if not (pid := os.fork()):
        import pytest

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        hunt = Hunt(room, drawn, tell)
        plugins = [word for name in ("cacheprovider", "xdist", "timeout") for word in ("-p", f"no:{name}")]
        files = os.environ.get("MUTANTS_TESTS", " ".join(TESTS[room])).split()
        pytest.main(["-q", "-s", *plugins, f"--rootdir={PROJECT}", *(str(PROJECT / place) for place in files)], plugins=[hunt])
        left.write_bytes(pickle.dumps((hunt.outside, found)))
        os._exit(0)
    os.waitpid(pid, 0)
    outside, counted = pickle.loads(left.read_bytes())
    found.update(counted)
    for path, at, planned in outside:
        tell(path, at, outcome(path, ast.unparse(mutated(path.read_text(encoding="utf-8"), at)[0]), planned))
    killed = found[KILLED] + found[TOO_LONG]
    say(f"{killed} of {found.total()} killed (of {len(places)} possible in {room} {' '.join(words)}; seed {seed}): {dict(found)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
