"""What protection and its audit cost: two years of an organisation of 6,000, and 1, 10 and 100 organisations one after another.

    python tests/benchmarks/protecting.py

Processor seconds and seconds of the clock, the least and the median of several, each on evidence made anew so that nothing is remembered. Nothing but
protection and audit is measured. The result goes to results/protecting.md.
"""

import os
import statistics
import sys
import time
from pathlib import Path

import pandas as pd

PROJECT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "results" / "protecting.md"
sys.path.insert(0, str(PROJECT / "tests"))

from support.random_trusts import ANY_SIZE, random_trust  # noqa: E402
from support.small_grades import trust_of_6000  # noqa: E402

from wres_helpers import analysis, intake  # noqa: E402
from wres_helpers.disclosure.auditing import protect_and_audit  # noqa: E402
from wres_helpers.settings.master_file_reader import load_parameters  # noqa: E402
from wres_helpers.standard.catalogue import read_reference_tables  # noqa: E402

TIMES = 3


def measured(report: str, organisations: list[pd.DataFrame]) -> tuple[float, float]:
    """Return the processor seconds and the seconds of the clock that organisations take, one after another."""
    parameters = load_parameters(PROJECT / f"params/{report}.yaml")
    reference = read_reference_tables(parameters.reference_folder)
    made = [analysis.analyse(counts, parameters, reference) for counts in organisations]
    processor, clock = time.process_time(), time.perf_counter()
    for evidence in made:
        protect_and_audit(evidence, parameters)
    return time.process_time() - processor, time.perf_counter() - clock


def harrowmere() -> pd.DataFrame:
    """Return the counts of the last two years of Harrowmere."""
    counts = intake.read_counts(load_parameters(PROJECT / "params/harrowmere-2025-26.yaml"))
    return counts[counts["year"].isin(sorted(counts["year"].unique())[-2:])].reset_index(drop=True)


def main() -> None:
    """Measure in turns and write the result."""
    many = [random_trust(seed, size=ANY_SIZE, medical=seed % 3 == 0) for seed in range(1, 41)]
    cases = {"Harrowmere, two years": ("harrowmere-2025-26", [harrowmere()])}
    cases["a made-up trust of 6,000 with small grades in twelve directorates, two years"] = ("necs-2019-20", [trust_of_6000(2)])
    cases |= {f"{number} random organisations, two years": ("necs-2019-20", many[:number]) for number in (1, 10, 40)}
    for case in cases.values():
        measured(case[0], case[1][:1])  # what is done once in a process is not measured
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
    for _ in range(TIMES):
        for name, case in cases.items():
            if len(case[1]) < 40 or not found[name]:
                found[name].append(measured(*case))
    lines = [
        "# What protection and audit cost",
        "",
        f"`tests/benchmarks/protecting.py`, {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.0f}. Processor seconds count what the",
        "process itself takes; where others use the machine, the clock says how long it waited.",
        "",
        "| what | processor seconds, least (median) | clock, least (median) | processor seconds an organisation |",
        "| --- | --- | --- | --- |",
    ]
    for name, took in found.items():
        sides = [f"{min(one):.2f} ({statistics.median(one):.2f})" for one in zip(*took, strict=True)]
        lines.append(f"| {name} | {sides[0]} | {sides[1]} | {min(took)[0] / len(cases[name][1]):.2f} |")
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
