"""What would be missed without each rule of the checker (``python tests/benchmarks/switched_off.py``): each is switched off in turn.

Asked are the shipped register with its data and without them, the registers of ``reports_of_others.md`` and one planted error of each kind in
each shape. Says how far it is, and writes ``results/switched_off.md``. Names of rules after the script: only these, told and not written.
"""

import importlib
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]
from benchmarks.planted_errors import FIRST, generator, said  # noqa: E402
from support.planted_reports import plants_of  # noqa: E402
from support.register_files import read_register_file  # noqa: E402

from wres_helpers.checking import reconcile  # noqa: E402
from wres_helpers.intake.printed.printed_register import read_register  # noqa: E402
from wres_helpers.intake.supplied_counts import read_counts  # noqa: E402
from wres_helpers.settings.master_file_reader import load_parameters  # noqa: E402

RESULTS = PROJECT / "tests" / "benchmarks" / "results" / "switched_off.md"
NOTHING: Callable = lambda *_, **__: iter(())  # noqa: E731
#: Rules of the model, by how their statements are named; what they say of counts is switched off with what they say of shares.
STATEMENTS = {
    "groups add up": r"(shares: )?groups of (?!.*together)",
    "everybody is known and unknown, white and not": r"(shares: )?groups of .*together",
    "listed categories add up": r"(shares: )?sum ",
    "a category and the rest": r"(shares: )?rest ",
    "ranges of bands": r"(shares: )?range ",
    "bands are no more than the staff": r"bands of",
    "parts of a board": r"(shares: )?board of",
    "a staff group and its grades": r"(shares: )?all of",
    "columns add up": r"(shares: )?column ",
    "shares of one base add up": r"shares:",
    "a part is at most 100%": r"part of",
    "no part exceeds its whole": r"order ",
    "respondents are staff": r"respondents",
}
#: Everything else: module below ``wres_helpers``, what of it is replaced, and by what.
PLACES: dict[str, tuple[str, str, object]] = {
    "percentages that make 100 are all there are": ("checking.printed_tables", "_make_hundred", lambda *_: False),
    "rows that are everybody": ("checking.printed_tables", "PrintedTables._are_everybody", lambda *_: False),
    "ethnic categories beside their group": ("checking.printed_tables", "PrintedTables._are_all_categories", lambda *_: False),
    "a copied count is doubted first": ("checking.printed_tables", "PrintedTables.copies", lambda *_: set()),
    "tables told as columns besides": ("checking.printed_tables", "PrintedTables._adds_up", lambda *_: False),
    "cut off instead of rounded": ("checking.printed_page", "PrintedPage._cut_off", lambda *_: None),
    "figures that changed places": ("checking.printed_page", "PrintedPage._changed_places", lambda *_: None),
    "broken sums are doubted": ("checking.printed_page", "PrintedPage._broken_rules", lambda *_: []),
    "halves are rounded up": ("checking.printed_page", "_TIE", 10**12),
    "what else may be wrong": ("page_model.doubtful_statements", "_find_rivals", lambda *_: None),
    "whole numbers are solved": ("page_model.doubtful_statements", "_MOST_TO_SOLVE", 0),
    "quotients without bases": ("page_model.questions", "ModelledPage.proportion", lambda *_: (0.0, float("inf"))),
    "few values are told": ("checking.reckoning", "Reckoning._values", lambda *_: []),
    "a base nobody prints": ("checking.figure_checks", "_unprinted_base", lambda *_: None),
    "parts above their whole are told": ("checking.table_checks", "_order_findings", NOTHING),
    "percentages of one whole are told": ("checking.table_checks", "_of_percentages", NOTHING),
    "a cell of a column is explained": ("checking.table_checks", "_of_one_figure", NOTHING),
    "people between two columns": ("checking.table_checks", "_between", NOTHING),
    "slips on the way into print": ("checking.slips", "_on_its_way_into_print", NOTHING),
    "slips elsewhere": ("checking.slips", "elsewhere", NOTHING),
    "slips: the wrong column": ("checking.slips", "_wrong_column", NOTHING),
}
SLIPS = ("_other_places", "_other_bases", "_of_a_count", "_of_a_share", "_of_two_sides", "_averages")


class Asked(NamedTuple):
    """A register with its data and parameters, and the kind of error that was planted."""

    name: str
    counts: pd.DataFrame
    register: pd.DataFrame
    parameters: object
    kind: str = ""


def registers() -> Iterator[Asked]:
    necs = load_parameters(PROJECT / "params" / "necs-2019-20.yaml")
    counts, register, none = read_counts(necs), read_register(necs), pd.DataFrame()
    yield from (Asked("shipped", counts, register, necs), Asked("shipped, without data", counts.iloc[:0], register, necs))
    cases = (PROJECT / "tests" / "checking" / "reports_of_others.md").read_text(encoding="utf-8").split("\n## ")[1:]
    with TemporaryDirectory() as folder:
        for case in cases:
            path = Path(folder) / "published.csv"
            path.write_text(re.search(r"```csv\n(.*?)\n```", case, re.DOTALL)[1] + "\n", encoding="utf-8")
            yield Asked(case.partition("\n")[0], none, read_register_file(path, "published.csv"), necs)
    further = generator("test_checking_planted_further")
    shapes = [(shape.__name__, shape, tuple(plants_of(shape, kinds).values()), necs) for shape, kinds in further.SHAPES.items()]
    for name in ("errors", "shapes", "sites", "organisations", "rounded"):
        made = generator(f"test_checking_planted_{name}")
        shapes.append((name, made.Report, made.PLANTS, getattr(made, "PARAMETERS", necs)))
    for name, shape, plants, parameters in shapes:
        for at, plant in enumerate(plants):
            report = next(report for seed in range(10_000 * at, 10_000 * at + 999) if plant(report := shape(FIRST + seed)))
            yield Asked(f"{name}: {plant.__name__}", none, report.register(), parameters, plant.__name__)


def switches() -> dict[str, Callable[[], None]]:
    """Return how each rule is switched off in a process of its own."""

    def drop(pattern: str) -> None:
        page = importlib.import_module("wres_helpers.checking.printed_page")
        real = page.rules
        page.rules = lambda *given: [rule for rule in real(*given) if not re.match(pattern, rule.name)]

    def put(module: str, name: str, value: object) -> None:
        setattr(*_place(module, name), value)

    def unslip(name: str) -> None:
        tried = importlib.import_module("wres_helpers.checking.slips")._SLIPS
        for kind, slips in tried.items():
            tried[kind] = tuple(slip for slip in slips if slip.__name__ != name)

    made = {f"model: {name}": (drop, (pattern,)) for name, pattern in STATEMENTS.items()}
    made |= {name: (put, given) for name, given in PLACES.items()}
    made |= {f"slips: {name[1:].replace('_', ' ')}": (unslip, (name,)) for name in SLIPS}
    return {name: lambda does=does, given=given: does(*given) for name, (does, given) in made.items()}


def _place(module: str, name: str) -> tuple[object, str]:
    """Return what holds a replaced thing, and its name there."""
    *owner, attribute = name.split(".")
    place = importlib.import_module(f"wres_helpers.{module}")
    return (getattr(place, owner[0]) if owner else place), attribute


def watched(counted: dict[str, set[int]], at: list[int]) -> None:
    """Note of each function in which registers (``at``, now) it returns something else than it would switched off: only those are asked again."""

    def watching(name: str, real: Callable, off: Callable) -> Callable:
        def noted(*given, **named):
            found = real(*given, **named)
            found = list(found) if inspect.isgenerator(found) else found
            if found != (list(nothing) if isinstance(nothing := off(*given, **named), Iterator) else nothing):
                counted.setdefault(name, set()).update(at)
            return iter(found) if inspect.isgeneratorfunction(real) else found

        noted.__name__ = real.__name__
        return noted

    def bears(rule):
        for name, pattern in STATEMENTS.items():
            if re.match(pattern, rule.name):
                counted.setdefault(f"model: {name}", set()).update(at)
        return rule

    for name, (module, attribute, off) in PLACES.items():
        owner, function = _place(module, attribute)
        if callable(off):
            setattr(owner, function, watching(name, getattr(owner, function), off))
    page = importlib.import_module("wres_helpers.checking.printed_page")
    page.rules = lambda *given, real=page.rules: [bears(rule) for rule in real(*given)]
    tried = importlib.import_module("wres_helpers.checking.slips")._SLIPS
    for kind, slips in tried.items():
        tried[kind] = tuple(watching(f"slips: {slip.__name__[1:].replace('_', ' ')}", slip, NOTHING) for slip in slips)


def contradicted(findings: pd.DataFrame) -> set[str]:
    wrong = findings[findings["verdict"].eq("contradicts")]
    return set(wrong["claim"].where(wrong["claim"].ne(""), wrong["id"]))


def kinds(findings: pd.DataFrame) -> set[str]:
    return {kind for text in said(findings)["explanations"] for kind in text.split(";")}


def row_without(name: str, off: Callable[[], None], asked: list[Asked], whole: list[pd.DataFrame], bearing: set[int]) -> str:
    """Return the row of a table about one rule switched off, asked of the registers on which it bears."""
    off()
    missed = raised = unexplained = other = 0
    for each, findings in ((asked[at], whole[at]) for at in sorted(bearing)):
        found = reconcile(each.counts, each.register, each.parameters)
        missed += len(contradicted(findings) - contradicted(found))
        raised += len(contradicted(found) - contradicted(findings))
        unexplained += bool(each.kind) and each.kind in kinds(findings) - kinds(found)
        told = [table.set_index("id")[["verdict", "expected", "arithmetic", "diagnosis"]] for table in (findings, found)]
        both = told[0].index.intersection(told[1].index)
        other += int(told[0].loc[both].ne(told[1].loc[both]).any(axis=1).sum()) + len(told[0].index.symmetric_difference(told[1].index))
    return f"| {name} | {missed} | {raised} | {unexplained} | {other} |"


def main(only: list[str]) -> None:
    asked = list(registers())
    everywhere, counted, at, whole = {*range(len(asked))}, {}, [0], []
    watched(counted, at)
    for at[0], each in enumerate(asked):
        whole.append(reconcile(each.counts, each.register, each.parameters))
    # what returns nothing tells by itself not where it bears
    constant = {name for name, (_, _, off) in PLACES.items() if not callable(off)} | {"what else may be wrong"}
    rows = []
    for name, off in switches().items():
        if only and name not in only:
            continue
        reading, writing = os.pipe()
        if not os.fork():
            bearing = everywhere if name in constant else counted.get(name, set())
            os.write(writing, row_without(name, off, asked, whole, bearing).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as answer:
            rows.append(answer.read())
        print(rows[-1], flush=True)
    if not only:
        count = (
            f"Over {len(asked)} registers, by `python tests/benchmarks/switched_off.py`. A rule of no misses and no other words would go."
        )
        heading = [
            "| without | contradictions missed | raised besides | planted errors no longer explained | findings that say something else |"
        ]
        RESULTS.write_text(
            "\n".join(["# Rules switched off", "", count, "", *heading, "| --- | --- | --- | --- | --- |", *rows]) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
