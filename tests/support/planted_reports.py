"""What the generators of reports with planted errors share: rows of a register, and how many errors are found and named."""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

import pandas as pd

from wres_helpers.checking import reconcile
from wres_helpers.settings.parameters import Parameters

YEARS = ("2017-18", "2018-19", "2019-20")
PAIR = ("white", "bme")


def percent(value: Fraction, places: int = 1) -> str:
    scaled = int(value * 10**places + Fraction(1, 2))
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}d}%" if places else f"{scaled}%"


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

    def register(self) -> pd.DataFrame:
        return pd.DataFrame(self.rows).fillna("")

    def twin(self, row: dict[str, str], year: str) -> dict[str, str]:
        """Return the same figure of another year."""
        keys = ("claim", "item", "breakdown", "category", "ethnic_group", "base")
        where = row["where"].replace(row["year"], year)
        return next(
            each
            for each in self.rows
            if each["year"] == year and each["where"] == where and all(each.get(key) == row.get(key) for key in keys)
        )

    def choose(self, **wanted: str | None) -> dict[str, str]:
        fitting = [row for row in self.rows if row["year"] == YEARS[-1] and all(row.get(key) == value for key, value in wanted.items())]
        return self.random.choice(fitting)


def number_in(row: dict[str, str]) -> float:
    return float(re.search(r"-?\d[\d,]*(?:\.\d+)?", row["printed"])[0].replace(",", ""))


def put(row: dict[str, str], other: dict[str, str]) -> bool:
    """Print in a row what another prints; tells whether that is something else."""
    row["was"], row["printed"] = str(number_in(row)), other["printed"]
    return number_in(row) != float(row["was"])


def swap(row: dict[str, str], other: dict[str, str]) -> bool:
    """Let two rows change places; tells whether that changes anything."""
    row["was"], row["printed"], other["printed"] = str(number_in(row)), other["printed"], row["printed"]
    return row["printed"] != other["printed"]


def transposed(row: dict[str, str]) -> bool:
    """Exchange the first two digits; tells whether that changes a number of at least two digits, and leaves it a number."""
    first, second = [at for at, character in enumerate(row["printed"]) if character.isdigit()][:2] if len(row["printed"]) > 1 else (0, 0)
    digits = list(row["printed"])
    digits[first], digits[second] = digits[second], digits[first]
    row["printed"], before = "".join(digits), row["printed"]
    return row["printed"] != before and not row["printed"].startswith("0") and "." not in before[first : second + 1]


def told(report: PrintedReport, parameters: Parameters) -> tuple[bool, set[str], pd.DataFrame]:
    findings = reconcile(pd.DataFrame(), report.register(), parameters)
    wrong = findings[findings["verdict"].eq("contradicts")]
    return not wrong.empty, {kind for text in wrong["explanations"] for kind in text.split(";")}, wrong


def plants_of(shape: type[PrintedReport], kinds: Iterable[str]) -> dict[str, Callable[[PrintedReport], bool]]:
    return {kind: getattr(shape, kind) for kind in kinds}


def not_explained(shape: type[PrintedReport], kinds: Iterable[str], also: Mapping[str, set[str]], parameters: Parameters) -> list[tuple]:
    """Plant one error of each kind, which must be found; return those that are not named as one of what ``also`` says of their kind."""
    missed = []
    for at, (kind, plant) in enumerate(plants_of(shape, kinds).items()):
        seed = 100 * at
        while not plant(report := shape(seed)):
            seed += 1
        found, named, wrong = told(report, parameters)
        assert found, (kind, seed)
        missed += [] if named & also.get(kind, {kind}) else [(kind, seed, wrong.to_string())]
    return missed


def raises_nothing(shape: type[PrintedReport], parameters: Parameters) -> None:
    """Hold a right report of a shape to raising nothing."""
    found, _, wrong = told(shape(904), parameters)
    assert not found, wrong[["id", "printed", "expected", "arithmetic"]].to_string()


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
