"""A small system of four organisations; one of them has a mistake in its data."""

import csv
import shutil

import pytest

from .small_project import SECTIONS

MASTER = "params/system.yaml"
CODES = ["alpha", "beta", "gamma", "delta"]


@pytest.fixture
def system(made, tmp_path):
    """Four organisations with the shipped figures and one section; one of them has a mistake in its data."""
    folder = tmp_path / "system"
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("outputs"))
    text = (folder / "params/necs-2019-20.yaml").read_text()
    sections = text[text.index("survey:") : text.index("# Statuses")] + f'sections: ["{SECTIONS[0]}"]\n'
    only(folder, *CODES)
    (folder / MASTER).write_text('organisations: list.csv\nyear: "2019-20"\nreport: {date: "2026-01-01"}\n' + sections)
    for code in CODES:
        shutil.copytree(folder / "data/necs", folder / "data" / code)
    training = folder / "data/alpha/2019-20/training.csv"
    training.write_text(training.read_text().replace("white,2", "white,3", 1))
    (folder / "data/gamma/2019-20/headcount.csv").write_text("ethnic_group,headcount\nwhite,many\n")
    return folder


def only(folder, *codes):
    """Let the system be of these organisations."""
    rows = [f"{code},Organisation {code},{code},trust" for code in codes]
    (folder / "params/list.csv").write_text("\n".join(["code,name,short_name,kind", *rows]) + "\n")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def outcomes(folder):
    return {row["organisation"]: row["outcome"] for row in rows(folder / "outputs/_overview/system/reports.csv")}
