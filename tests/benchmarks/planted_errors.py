"""How well the checker finds errors, on more reports than the suite has time for (``python tests/benchmarks/planted_errors.py 400 8``).

The generators are those of the tests, with seeds the tests do not use. Says how far it is, and
writes ``results/planted_errors.md`` at the end.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pandas as pd

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]
RESULTS = PROJECT / "tests" / "benchmarks" / "results" / "planted_errors.md"
#: Far from every seed of the tests.
FIRST = 26_000_000


def generator(name: str) -> ModuleType:
    """Return a test module, for its reports and its plants."""
    spec = importlib.util.spec_from_file_location(name, PROJECT / "tests" / "checking" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(findings: pd.DataFrame) -> pd.DataFrame:
    """Return the findings that say that something is wrong, or was cut off."""
    return findings[findings["verdict"].eq("contradicts") | findings["explanations"].eq("truncated")]


def clean(reports: ModuleType, each: int) -> list[str]:
    """Check reports without an error, every other one without its data; return a row."""
    alarms = []
    for seed in range(FIRST, FIRST + each):
        findings = reports.findings_of(reports.Report(seed), with_data=seed % 2 == 0)
        told = findings[findings["verdict"].eq("contradicts") | findings["explanations"].ne("")]
        alarms += [f"{seed}: {', '.join(told['id'])}"] if len(told) else []
        if (seed + 1) % 50 == 0:
            print(seed + 1 - FIRST, "reports without an error:", len(alarms), "alarms", flush=True)
    return [f"| no error, every other one without its data | {each} | {len(alarms)} raised something | {'; '.join(alarms)} |"]


def planted(name: str, plants: tuple, check, report, each: int, names: dict[str, set[str]] = {}) -> list[str]:  # noqa: B006
    """Plant each kind of error in its own reports; return a row for each kind, and one for all.

    ``names`` are what an error is called among the explanations, where that is not its own name.
    """
    rows, all_found, all_named = [], 0, 0
    for at, plant in enumerate(plants):
        seed, done, found, missed = FIRST + 10_000 * at, 0, 0, []
        while done < each:
            seed += 1
            broken = report(seed)
            if not plant(broken):
                continue
            done += 1
            told = said(check(broken))
            found += len(told) > 0
            kinds = {kind for text in told["explanations"] for kind in text.split(";")}
            missed += [] if kinds & names.get(plant.__name__, {plant.__name__}) else [str(seed)]
        rows.append(f"| {plant.__name__}, {name} | {each} | {found} found, {each - len(missed)} explained | {' '.join(missed)} |")
        all_found, all_named = all_found + found, all_named + each - len(missed)
        print(rows[-1], flush=True)
    count = each * len(plants)
    return [
        *rows,
        f"| **all, {name}** | {count} | {all_found} found ({all_found / count:.1%}), {all_named} explained ({all_named / count:.1%}) | |",
    ]


def main(of_clean: int = 400, of_planted: int = 8) -> None:
    """Measure both, and write the table."""
    from support.planted_reports import plants_of

    from wres_helpers.checking import reconcile

    reports = generator("test_checking_planted_errors")
    rows = clean(reports, of_clean)
    for name, with_data in (("with data", True), ("register only", False)):
        rows += planted(name, reports.PLANTS, lambda report, way=with_data: reports.findings_of(report, way), reports.Report, of_planted)
    for shape in ("shapes", "sites", "organisations", "rounded"):
        shapes = generator(f"test_checking_planted_{shape}")
        told_of = getattr(shapes, "PARAMETERS", reports.PARAMETERS)
        check = lambda report, way=told_of: reconcile(pd.DataFrame(), pd.DataFrame(report.rows).fillna(""), way)  # noqa: E731
        rows += planted(f"other {shape}", shapes.PLANTS, check, shapes.Report, of_planted)
    check = lambda report: reconcile(pd.DataFrame(), report.register(), reports.PARAMETERS)  # noqa: E731
    for shapes in map(generator, ("test_checking_planted_further", "test_checking_planted_papers")):
        for shape, kinds in shapes.SHAPES.items():
            alarms = [seed for seed in range(FIRST, FIRST + of_clean // 5) if check(shape(seed))["verdict"].eq("contradicts").any()]
            rows.append(f"| no error, {shape.__name__} | {of_clean // 5} | {len(alarms)} raised something | {alarms or ''} |")
            rows += planted(shape.__name__, tuple(plants_of(shape, kinds).values()), check, shape, of_planted, shapes.NAMES)
    heading = "Made by `python tests/benchmarks/planted_errors.py`; where an error was not explained as what it is, the last column has its seeds."
    table = ["| reports | how many | came to | seeds |", "| --- | --- | --- | --- |", *rows]
    RESULTS.write_text(f"# Planted errors\n\n{heading}\n\n" + "\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
