"""Invents a system of organisations: counts shaped like the shipped report's, larger or smaller, drawn anew for each.

Nobody in them exists. The same seed gives the same files.
"""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd

_SHIPPED = "necs"
_YEARS = ("2018-19", "2019-20")


def write_system(project: Path, target: Path, organisations: int, seed: int = 1) -> Path:
    """Write a project with so many organisations, two years each, and return its master file.

    Parameters
    ----------
    project
        The project whose notebooks, reference tables and shipped counts are used.
    target
        Folder to write into.
    """
    random = np.random.default_rng(seed)
    shutil.copytree(project / "notebooks", target / "notebooks")
    shutil.copytree(project / "data" / "reference", target / "data" / "reference")
    (target / "params").mkdir()
    rows = ["code,name,short_name,kind"]
    for number in range(1, organisations + 1):
        code = f"org-{number:03d}"
        rows.append(f"{code},Invented organisation {number},Organisation {number},invented organisation")
        size = random.lognormal(0.7, 0.6)
        for year in _YEARS:
            _write_year(project / "data" / _SHIPPED / year, target / "data" / code / year, size, random)
    (target / "params" / "organisations.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    master = target / "params" / "system.yaml"
    master.write_text(
        'organisations: organisations.csv\nyear: "2019-20"\nreport:\n  title: Invented report\n  date: "2026-01-01"\nsurvey:\n  kind: local\n'
        '  questions: {"5": 13a, "6": 13b, "7": "14", "8": 15a}\n',
        encoding="utf-8",
    )
    return master


def _write_year(source: Path, target: Path, size: float, random: np.random.Generator) -> None:
    target.mkdir(parents=True)
    for path in source.glob("*.csv"):
        if path.stem in ("published", "action_plan"):
            continue
        table = pd.read_csv(path)
        count = table.columns[-1]
        if path.stem in ("recruitment", "disciplinary", "training", "staff_survey", "board"):
            table[count] = random.binomial((table[count] * size * 2).astype(int), 0.5)
        else:
            table[count] = (table[count] * size).round().astype(int)
        table.to_csv(target / path.name, index=False)
    if (source / "narrative").is_dir():
        shutil.copytree(source / "narrative", target / "narrative")
    if (source / "action_plan.csv").is_file():
        shutil.copyfile(source / "action_plan.csv", target / "action_plan.csv")
