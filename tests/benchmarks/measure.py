"""Times commands as a user would feel them: fresh processes, wall seconds and the processor seconds of everything they start."""

import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass
class Measured:
    """Repeated measurements of one thing."""

    name: str
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    note: str = ""

    def add(self, wall: float, processor: float | None = None) -> None:
        """Add one measurement; ``processor`` where what was measured is a process of its own."""
        self.wall.append(wall)
        if processor is not None:
            self.processor.append(processor)

    @property
    def seconds(self) -> float:
        """Median wall seconds."""
        return statistics.median(self.wall)

    def row(self, baseline: "Measured | None" = None) -> list[str]:
        """Return the row of the table: name, median, spread, processor seconds, how many times as fast as the baseline."""
        times = f"{baseline.seconds / self.seconds:.1f}" if baseline else ""
        spread = f"{min(self.wall):.2f} to {max(self.wall):.2f}"
        processor = f"{statistics.median(self.processor):.1f}" if self.processor else ""
        return [self.name, f"{self.seconds:.2f}", spread, processor, str(len(self.wall)), times, self.note]


HEADINGS = ("what", "seconds (median)", "spread", "processor seconds", "n", "times as fast", "note")


def wres(*arguments: str) -> list[str]:
    """Return the command line of ``wres``."""
    return [sys.executable, "-m", "wres_helpers", *arguments]


def timed(commands: list[list[str]], folder: Path, side_by_side: int = 1) -> tuple[float, float]:
    """Run commands, so many at a time, and return wall seconds and processor seconds of them and all they started."""
    before = _processor_seconds()
    start = time.perf_counter()
    if side_by_side == 1:
        for command in commands:
            _run(command, folder)
    else:
        _run_side_by_side(commands, folder, side_by_side)
    return time.perf_counter() - start, _processor_seconds() - before


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-3000:]}")


def _run_side_by_side(commands: list[list[str]], folder: Path, workers: int) -> None:
    waiting = list(reversed(commands))

    def work() -> None:
        while waiting:
            _run(waiting.pop(), folder)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def peak_memory(pid: int) -> int:
    """Return the high-water mark of a process's memory in kilobytes; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def copy_of_project(target: Path) -> Path:
    """Copy what a run needs, the package too, so that nothing is changed while it is measured."""
    for part in ("params", "data", "notebooks", "wres_helpers"):
        shutil.copytree(PROJECT / part, target / part, ignore=shutil.ignore_patterns("__pycache__", "synthetic*", "outputs"))
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(target / "wres_helpers")], check=True)
    return target


def machine() -> str:
    """Describe the machine in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    made_of = f"{cores} cores ({_processor()}), {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"
    return f"{made_of}; load before the run {load:.1f}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def table(rows: list[list[str]], headings: tuple[str, ...] = HEADINGS) -> str:
    """Return rows as a Markdown table."""
    lines = ["| " + " | ".join(headings) + " |", "| " + " | ".join("---" for _ in headings) + " |"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def kept(name: str, content: dict) -> None:
    """Keep raw figures beside the table."""
    folder = PROJECT / "tests" / "benchmarks" / "results"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
