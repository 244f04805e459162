"""How long 1.5 million staff rows take to become validated counts, beside a bare read of the same file.

Run it by hand: ``python tests/benchmarks/bench_extracts.py [--rows 1500000] [--times 5]``. Every measurement is a fresh
process; imports are not timed; the file is in the page cache for both. Peak memory is the process's own high-water mark.
On a busy machine the ratio of processor time says more than that of the clock.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT / "tests"))

BARE = """
import json, sys, time
import pandas as pd, pyarrow, pyarrow.csv
start, work = time.perf_counter(), time.process_time()
frame = pd.read_csv(sys.argv[1], engine="pyarrow")
seconds, work = time.perf_counter() - start, time.process_time() - work
peak = next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"seconds": seconds, "work": work, "peak": peak, "rows": len(frame)}))
"""

PREPARE = """
import json, sys, time
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.intake.extracts.preparing import prepare
parameters = load_parameters(sys.argv[1])
start, work = time.perf_counter(), time.process_time()
made = prepare(parameters)
seconds, work = time.perf_counter() - start, time.process_time() - work
peak = next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
counts = made.tables["headcount"].groupby("ethnic_group")["headcount"].sum().to_dict()
print(json.dumps({"seconds": seconds, "work": work, "peak": peak, "counts": counts}))
"""


def national_project(folder: Path, rows: int) -> tuple[Path, Path, dict[str, int]]:
    """Make a project with one national staff list; return its master file, the list, and the counts it must give."""
    from support.clean_set.clean_extracts import people_of_national

    from wres_helpers.commands.synthesise_command import write_national

    extracts = folder / "data" / "national" / "2019-20" / "extracts"
    extracts.mkdir(parents=True)
    (folder / "params").mkdir()
    (folder / "data" / "reference").symlink_to(PROJECT / "data" / "reference")
    write_national(PROJECT / "data/synthetic/2019-20/extracts/staff.csv", extracts / "staff.csv", rows)
    expected = people_of_national(rows)
    master = yaml.safe_load((PROJECT / "params" / "synthetic-2019-20.yaml").read_text(encoding="utf-8"))
    master["organisation"]["code"] = "national"
    for name in ("recruitment", "cases", "training", "survey", "board"):
        del master["extracts"][name]
    path = folder / "params" / "national-2019-20.yaml"
    path.write_text(yaml.safe_dump(master, sort_keys=False), encoding="utf-8")
    return path, extracts / "staff.csv", expected


def measured(script: str, argument: Path) -> dict:
    """Run a script in a fresh process and return what it measured."""
    done = subprocess.run([sys.executable, "-c", script, str(argument)], capture_output=True, text=True, check=True, cwd=PROJECT)
    return json.loads(done.stdout)


def compare(rows: int, times: int) -> dict:
    """Measure both, in turns, and return medians, their ratio and the peaks."""
    with tempfile.TemporaryDirectory() as name:
        master, staff, expected = national_project(Path(name), rows)
        measured(BARE, staff)
        bare, prepared = [], []
        for _ in range(times):
            bare.append(measured(BARE, staff))
            prepared.append(measured(PREPARE, master))
    assert all(one["counts"] == expected for one in prepared), (prepared[0]["counts"], expected)
    seconds = {name: statistics.median(one["seconds"] for one in runs) for name, runs in (("bare", bare), ("prepare", prepared))}
    ratios = [one["seconds"] / other["seconds"] for one, other in zip(prepared, bare, strict=True)]
    return {
        "rows": rows,
        **{f"{name} (s)": round(value, 3) for name, value in seconds.items()},
        "ratio": round(statistics.median(ratios), 2),
        "ratios": [round(ratio, 2) for ratio in ratios],
        "processor ratio": round(statistics.median(one["work"] for one in prepared) / statistics.median(one["work"] for one in bare), 2),
        "peak (MiB)": round(max(one["peak"] for one in prepared)),
        "peak ratio": round(max(one["peak"] for one in prepared) / max(one["peak"] for one in bare), 2),
    }


def main() -> None:
    """Print one line a size: 15 thousand, 150 thousand and 1.5 million rows."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, action="append")
    arguments.add_argument("--times", type=int, default=5)
    chosen = arguments.parse_args()
    for rows in chosen.rows or [15_000, 150_000, 1_500_000]:
        print(json.dumps(compare(rows, chosen.times)), flush=True)


if __name__ == "__main__":
    main()
