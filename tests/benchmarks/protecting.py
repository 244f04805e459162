"""What protection and its audit cost: an organisation of two years, and 1, 5, 20 and 60 organisations one after another.

    python tests/benchmarks/protecting.py

Processor seconds, which other users of the machine change little, each after all that is remembered was forgotten, in one process that has imported
everything. Nothing but protection and audit is measured. The result goes to results/protecting.md.
"""

import os
import statistics
import sys
import time
from pathlib import Path

import pandas as pd

PROJECT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "results" / "protecting.md"
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]

from support.random_trusts import ANY_SIZE, random_trust  # noqa: E402
from support.small_grades import trust_of_6000  # noqa: E402

from wres_helpers import analysis, intake  # noqa: E402
from wres_helpers.disclosure.auditing import audit  # noqa: E402
from wres_helpers.disclosure.protection import protect  # noqa: E402
from wres_helpers.remembered import forget  # noqa: E402
from wres_helpers.settings.master_file_reader import load_parameters  # noqa: E402
from wres_helpers.standard.catalogue import read_reference_tables  # noqa: E402

#: How often each group of organisations is measured, of which the least counts; one of 60 is so long that it is measured once.
TIMES = 3


def measured(report: str, counts: pd.DataFrame) -> tuple[float, float]:
    """Return the processor seconds that the protection of an organisation takes, and those of its audit."""
    parameters = load_parameters(PROJECT / f"params/{report}.yaml")
    evidence = analysis.analyse(counts, parameters, read_reference_tables(parameters.reference_folder))
    forget()
    begun = time.process_time()
    shown = protect(evidence, parameters)
    protected = time.process_time()
    audit(evidence, shown, parameters)
    return protected - begun, time.process_time() - protected


def harrowmere() -> pd.DataFrame:
    """Return the counts of the last two years of Harrowmere."""
    counts = intake.read_counts(load_parameters(PROJECT / "params/harrowmere-2025-26.yaml"))
    return counts[counts["year"].isin(sorted(counts["year"].unique())[-2:])].reset_index(drop=True)


def main() -> None:
    """Measure in turns and write the result."""
    many = [random_trust(seed, size=ANY_SIZE, medical=seed % 3 == 0) for seed in range(1, 61)]
    trusts = [trust_of_6000(seed, separated=seed % 2 == 0) for seed in range(12)]
    cases = {"Harrowmere": ("harrowmere-2025-26", [harrowmere()])}
    cases["12 made-up trusts of 6,000 with small grades in twelve directorates"] = ("necs-2019-20", trusts)
    cases |= {f"random organisations: {number}": ("necs-2019-20", many[:number]) for number in (1, 5, 20, 60)}
    for report, organisations in cases.values():
        measured(report, organisations[0])  # what is done once in a process is not measured
    lines = [
        "# What protection and audit cost",
        "",
        f"`tests/benchmarks/protecting.py`, two years each, load {os.getloadavg()[0]:.0f}. Processor seconds, with nothing remembered.",
        "",
        "| organisations | protection, mean (most) | audit, mean (most) | both, all of them | both, each |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, (report, organisations) in cases.items():
        turns = 1 if len(organisations) > 20 else TIMES
        took = [[min(ends) for ends in zip(*(measured(report, counts) for _ in range(turns)), strict=True)] for counts in organisations]
        sides = [f"{statistics.mean(side):.2f} ({max(side):.2f})" for side in zip(*took, strict=True)]
        both = sum(map(sum, took))
        lines.append(f"| {name} | {sides[0]} | {sides[1]} | {both:.1f} | {both / len(took):.2f} |")
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
