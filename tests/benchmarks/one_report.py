"""One report: the stock commands on the same notebooks, and ``wres run`` cold, without changes, and with one sentence changed."""

import subprocess
import sys
import time
from pathlib import Path

from measure import Measured, copy_of_project, timed, wres

PARAMS = "params/necs-2019-20.yaml"
REPORT = "outputs/necs/2019-20/board/report.pdf"


def stock_commands(folder: Path) -> list[list[list[str]]]:
    """Return, for each notebook, the two stock commands: execute by papermill, convert by nbconvert (HTML alone)."""
    (folder / "stock").mkdir(exist_ok=True)
    commands = []
    for notebook in sorted((folder / "notebooks").glob("[0-9]*.ipynb")):
        target = f"stock/{notebook.name}"
        execute = [
            sys.executable,
            "-m",
            "papermill",
            "--no-progress-bar",
            f"notebooks/{notebook.name}",
            target,
            "-p",
            "params_file",
            PARAMS,
        ]
        commands.append([execute, [sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", target]])
    return commands


def measure_one_report(folder: Path, times: int) -> list[Measured]:
    """Measure interleaved, so that a machine that slows down slows everything down."""
    project = copy_of_project(folder)
    loop, pairs = Measured("stock, one after another (HTML only)"), Measured("stock, two at a time (HTML only)")
    cold, one_worker = Measured("`wres run --force`, two workers (HTML and PDF)"), Measured("`wres run --force --jobs 1`")
    nothing, sentence = Measured("`wres run`, nothing changed"), Measured("`wres run`, one sentence changed")
    watched = Measured("`wres run --watch`, from saving one sentence to the new HTML and PDF")
    one_section = Measured("`wres run --force --only 02_recruitment`")
    text = project / "data/necs/2019-20/narrative/02_recruitment.done.md"
    commands = stock_commands(project)
    # a shell line does both for one notebook, so that two notebooks can run side by side
    both = [[sys.executable, "-c", f"import subprocess; [subprocess.run(c, check=True) for c in {pair!r}]"] for pair in commands]
    timed([wres("run", PARAMS, "--force")], project)  # fills the page cache and matplotlib's cache of fonts for all
    for number in range(times):
        loop.add(*timed([command for pair in commands for command in pair], project))
        cold.add(*timed([wres("run", PARAMS, "--force")], project))
        pairs.add(*timed(both, project, side_by_side=2))
        one_worker.add(*timed([wres("run", PARAMS, "--force", "--jobs", "1")], project))
        nothing.add(*timed([wres("run", PARAMS)], project))
        text.write_text(text.read_text(encoding="utf-8") + f"\n- Sentence {number}.\n", encoding="utf-8")
        sentence.add(*timed([wres("run", PARAMS)], project))
        one_section.add(*timed([wres("run", PARAMS, "--force", "--only", "02_recruitment")], project))
        _measure_watched(watched, project, text, 3)
    return [loop, pairs, cold, one_worker, nothing, sentence, watched, one_section]


def _measure_watched(watched: Measured, project: Path, text: Path, times: int) -> None:
    """Measure what somebody waits who saves a sentence while ``--watch`` runs; the first change, which imports, is left out."""
    process = subprocess.Popen(wres("run", PARAMS, "--watch"), cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        for number in range(times + 1):
            made = _stamp(project / REPORT)
            text.write_text(text.read_text(encoding="utf-8") + f"\n- Watched sentence {number}.\n", encoding="utf-8")
            start = time.perf_counter()
            while _stamp(project / REPORT) in (made, None):
                time.sleep(0.005)
            if number:
                watched.add(time.perf_counter() - start)
            time.sleep(1)
    finally:
        process.terminate()
        process.wait()


def _stamp(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # looked at in the moment in which the new report takes the old one's place
        return None


def rows(measured: list[Measured]) -> list[list[str]]:
    """Return the table's rows; everything is compared with the stock loop, the two-worker run with two stock loops too."""
    loop, pairs, cold = measured[:3]
    cold.note = f"{pairs.seconds / cold.seconds:.1f} times as fast as stock two at a time"
    for part in measured[4:7]:
        part.note = f"{part.seconds / cold.seconds:.2f} of the whole run"
    return [part.row(loop) for part in measured]
