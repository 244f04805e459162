"""The national calculation: 220 organisations, ten years, all indicators; and a million ratio intervals."""

import statistics
import time

import numpy as np
import pandas as pd

from wres_helpers.analysis.intervals import ratio_interval
from wres_helpers.analysis.national_results import national
from wres_helpers.analysis.status_rule import Method
from wres_helpers.intake import read_counts
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.catalogue import read_reference_tables

ORGANISATIONS, YEARS, PAIRS = 220, 10, 1_000_000


def measure_national(params: str, times: int) -> list[list[str]]:
    """Return the table's rows: what, median, spread, rows."""
    parameters = load_parameters(params)
    reference = read_reference_tables(parameters.reference_folder)
    counts = _invented(read_counts(parameters))
    method = Method.of(parameters)
    national(counts[counts["organisation"] == "org-000"], reference, method)  # imports, which are not timed
    walls = []
    for _ in range(times):
        start = time.perf_counter()
        tables = national(counts, reference, method)
        walls.append(time.perf_counter() - start)
    found = [
        _row(
            f"{ORGANISATIONS} organisations, {YEARS} years: all results, bounds, changes, statuses, funnels", walls, len(tables["results"])
        )
    ]
    walls = []
    random = np.random.default_rng(2)
    base_1, base_2 = random.integers(1, 20_000, PAIRS), random.integers(1, 2_000, PAIRS)
    count_1, count_2 = random.integers(0, base_1 + 1), random.integers(0, base_2 + 1)
    for _ in range(times):
        start = time.perf_counter()
        ratio_interval(count_1, base_1, count_2, base_2)
        walls.append(time.perf_counter() - start)
    found.append(_row("score intervals of a million ratios", walls, PAIRS))
    return found


def _row(name: str, walls: list[float], rows: int) -> list[str]:
    return [name, f"{statistics.median(walls):.2f}", f"{min(walls):.2f} to {max(walls):.2f}", f"{rows:,}", str(len(walls))]


HEADINGS = ("what", "seconds (median)", "spread", "rows", "n")


def _invented(counts: pd.DataFrame) -> pd.DataFrame:
    random = np.random.default_rng(1)
    year = counts[counts["year"] == counts["year"].max()]
    years = [f"{start}-{(start + 1) % 100:02d}" for start in range(2015, 2015 + YEARS)]
    parts = [year.assign(organisation=f"org-{number:03d}", year=name) for number in range(ORGANISATIONS) for name in years]
    table = pd.concat(parts, ignore_index=True)
    table["count"] = random.binomial((table["count"] * random.lognormal(0.7, 0.6, len(table)) * 2).astype(int), 0.5).astype("int64")
    return table
