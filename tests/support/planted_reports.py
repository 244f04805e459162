"""What the generators of reports with planted errors share: rows of a register, and how many errors are found and named."""

import random
from collections.abc import Callable
from fractions import Fraction

import pandas as pd

from wres_helpers.checking import reconcile
from wres_helpers.settings.parameters import Parameters

YEARS = ("2017-18", "2018-19", "2019-20")
PAIR = ("white", "bme")


def percent(value: Fraction, places: int = 1) -> str:
    scaled = int(value * 10**places + Fraction(1, 2))
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}d}%"


class PrintedReport:
    """A consistent report of three years, made from a seed by :meth:`print_year`; it knows nothing of the checker."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.rows: list[dict[str, str]] = []
        self.counts: dict[tuple, int] = {}
        for year in YEARS:
            self.print_year(year)

    def print_year(self, year: str) -> None:
        raise NotImplementedError

    def add(self, where: str, claim: str, printed: str, year: str, **more: str) -> None:
        self.rows.append(
            {"id": f"P{len(self.rows):03d}", "where": f"{where} {year}", "claim": claim, "printed": printed, "year": year} | more
        )

    def choose(self, **wanted: str | None) -> dict[str, str]:
        fitting = [row for row in self.rows if row["year"] == YEARS[-1] and all(row.get(key) == value for key, value in wanted.items())]
        return self.random.choice(fitting)


def told(report: PrintedReport, parameters: Parameters) -> tuple[bool, set[str], pd.DataFrame]:
    findings = reconcile(pd.DataFrame(), pd.DataFrame(report.rows).fillna(""), parameters)
    wrong = findings[findings["verdict"].eq("contradicts")]
    return not wrong.empty, {kind for text in wrong["explanations"] for kind in text.split(";")}, wrong


def measured(made: Callable[[int], PrintedReport], plants: tuple, parameters: Parameters, each: int) -> pd.DataFrame:
    """Plant each kind of error in its own reports: kind, whether it was found, and whether it was named."""
    rows = []
    for plant in plants:
        planted, seed = 0, 0
        while planted < each:
            seed += 1
            report = made(100 * plants.index(plant) + seed)
            if plant(report):
                planted += 1
                found, kinds, _ = told(report, parameters)
                rows.append({"kind": plant.__name__, "found": found, "named": plant.__name__ in kinds, "seed": seed})
    return pd.DataFrame(rows)
