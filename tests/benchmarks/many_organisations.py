"""Many organisations: seconds a section, processor seconds and the parent's memory, on one and two workers."""

import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from many import write_system
from measure import PROJECT, copy_of_project, peak_memory, wres

SECTIONS = 9


@dataclass(frozen=True)
class System:
    """One run over a system."""

    organisations: int
    workers: int
    seconds: float
    processor: float
    parent: int

    @property
    def per_section(self) -> float:
        """Wall seconds a section, start-up included."""
        return self.seconds / (self.organisations * SECTIONS)

    def row(self) -> list[str]:
        """Return the table's row."""
        return [
            str(self.organisations), str(self.workers), f"{self.seconds:.1f}", f"{self.per_section:.3f}",
            f"{self.processor / (self.organisations * SECTIONS):.2f}", f"{self.parent / 1024:.0f}",
        ]  # fmt: skip


HEADINGS = ("organisations", "workers", "seconds", "seconds a section", "processor seconds a section", "parent's peak memory, MB")


def measure_system(folder: Path, organisations: int, workers: int) -> System:
    """Run a system of invented organisations once, from nothing."""
    folder.mkdir()
    copy_of_project(folder / "project")
    system = folder / "system"
    master = write_system(PROJECT, system, organisations)
    (system / "wres_helpers").symlink_to(folder / "project" / "wres_helpers")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = wres("run", master.relative_to(system).as_posix(), "--jobs", str(workers))
    process = subprocess.Popen(command, cwd=system, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak = 0
    while process.poll() is None:
        peak = max(peak, peak_memory(process.pid))
        time.sleep(0.5)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"the run over {organisations} organisations ended with {process.returncode}:\n{process.stderr.read()[-3000:]}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return System(organisations, workers, seconds, processor, peak)
