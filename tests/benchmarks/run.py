"""The benchmark suite: ``python tests/benchmarks/run.py``; ``--help`` shows how to run parts of it.

Everything is measured in one run on one machine and stated beside the stock commands on the same notebooks, so ratios can be
trusted further than seconds. Prints a table in Markdown and keeps it in ``tests/benchmarks/results``.
"""

import argparse
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import kills  # noqa: E402
import many_organisations  # noqa: E402
import national_calculation  # noqa: E402
import one_report  # noqa: E402
from measure import PROJECT, kept, machine, table  # noqa: E402


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", nargs="+", default=["one", "many", "national"], choices=["one", "many", "national", "kills"])
    parser.add_argument("--times", type=int, default=5, help="repetitions of one report and of the national calculation")
    parser.add_argument("--organisations", nargs="+", type=int, default=[20, 100, 220])
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--kills", type=int, default=50)
    given = parser.parse_args()
    text = [f"Measured on {machine()}."]
    print(text[0], flush=True)
    with tempfile.TemporaryDirectory(prefix="wres-benchmark-") as name:
        for part in given.parts:
            text.append(_PARTS[part](Path(name) / part, given))
            print(text[-1], flush=True)
    target = PROJECT / "tests" / "benchmarks" / "results" / ("-".join(given.parts) + ".md")
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n\n".join(text) + "\n", encoding="utf-8")


def _one(folder: Path, given: argparse.Namespace) -> str:
    folder.mkdir()
    measured = one_report.measure_one_report(folder, given.times)
    kept("one_report", {part.name: {"wall": part.wall, "processor": part.processor} for part in measured})
    return table(one_report.rows(measured))


def _many(folder: Path, given: argparse.Namespace) -> str:
    folder.mkdir()
    rows = []
    for organisations in given.organisations:
        for workers in given.workers:
            system = many_organisations.measure_system(folder / f"{organisations}-{workers}", organisations, workers)
            rows.append(system.row())
            kept(f"system-{organisations}-{workers}", asdict(system))
            print("  " + ", ".join(rows[-1]), file=sys.stderr, flush=True)
    return table(rows, many_organisations.HEADINGS)


def _national(folder: Path, given: argparse.Namespace) -> str:
    rows = national_calculation.measure_national(str(PROJECT / one_report.PARAMS), given.times)
    return table(rows, national_calculation.HEADINGS)


def _kills(folder: Path, given: argparse.Namespace) -> str:
    folder.mkdir()
    tally = kills.kill_runs(folder, given.kills)
    kept("kills", asdict(tally))
    rows = [[str(value) for value in (tally.kills, tally.parents, tally.whole, tally.completed)]]
    return table(rows, ("kills", "of them the parent", "last report whole", "next run complete"))


_PARTS = {"one": _one, "many": _many, "national": _national, "kills": _kills}


if __name__ == "__main__":
    main()
