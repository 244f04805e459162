"""Kills a run at random moments: the last good report must be whole each time, and the next run must complete."""

import os
import random
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from measure import copy_of_project, wres

PARAMS = "params/necs-2019-20.yaml"
REPORT = "outputs/necs/2019-20"


@dataclass
class Tally:
    """What was found."""

    kills: int = 0
    parents: int = 0
    whole: int = 0
    completed: int = 0


def kill_runs(folder: Path, kills: int, seed: int = 1) -> Tally:
    """Kill the parent or one of its descendants with SIGKILL, at a random time in the run, again and again."""
    project = copy_of_project(folder)
    chance = random.Random(seed)
    start = time.perf_counter()
    subprocess.run(wres("run", PARAMS), cwd=project, capture_output=True, check=True)
    length = time.perf_counter() - start
    good = _contents(project / REPORT)
    tally = Tally()
    while tally.kills < kills:
        process = subprocess.Popen(wres("run", PARAMS, "--force"), cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, length))
        family = [process.pid, *_descendants(process.pid)]
        victim = process.pid if chance.random() < 0.5 else chance.choice(family)
        if process.poll() is not None:
            continue
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            process.wait()
            continue
        tally.kills += 1
        tally.parents += victim == process.pid
        process.wait()
        # either the last report as it was, or (a killed worker is tried again) a new one that is as whole
        tally.whole += _same_report(_contents(project / REPORT), good)
        done = subprocess.run(wres("run", PARAMS), cwd=project, capture_output=True, text=True, check=False)
        tally.completed += done.returncode == 0 and _same_report(_contents(project / REPORT), good)
    return tally


def _contents(report: Path) -> dict[str, bytes]:
    return {path.relative_to(report).as_posix(): path.read_bytes() for path in sorted(report.rglob("*")) if path.is_file()}


def _same_report(found: dict[str, bytes], good: dict[str, bytes]) -> bool:
    """Tell whether the report has the same files, and the board's pages and data the same bytes."""
    exact = [name for name in good if name.startswith("board/") and not name.endswith(".xlsx")]
    return found.keys() == good.keys() and all(found[name] == good[name] for name in exact)


def _descendants(pid: int) -> list[int]:
    done = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=False)
    parents = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    found, level = [], {pid}
    while level:
        level = {child for child, parent in parents if parent in level}
        found += sorted(level)
    return found
