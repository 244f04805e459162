"""Planted errors in a report of which every count is rounded to 5, each on its own: sums are off by what that does.

Witness: the generator below, which knows nothing of the checker. Each report is right; one error of a known kind is planted,
it must be found, and named among the possible explanations.
"""

import dataclasses
from fractions import Fraction
from pathlib import Path

from support.planted_reports import PAIR, YEARS, PrintedReport, measured, percent, told

from wres_helpers.settings.master_file_reader import load_parameters

GROUPS = ("white", "bme", "unknown")
BANDS = ("Band 4", "Band 5", "Band 6", "Band 7")
_NECS = load_parameters(Path(__file__).parents[2] / "params" / "necs-2019-20.yaml")
_GIVEN = _NECS.master.model_dump()
_ROUND = _GIVEN | {"disclosure": _GIVEN["disclosure"] | {"method": "round", "round_to": 5}}
#: Parameters whose disclosure control rounds to the nearest 5.
PARAMETERS = dataclasses.replace(_NECS, master=type(_NECS.master).model_validate(_ROUND))


def to_five(count: int) -> int:
    return (2 * count + 5) // 10 * 5


class Report(PrintedReport):
    """A consistent report of three years: bands by group with a total, and what was entered and trained, with rates of rounded counts."""

    def print_year(self, year: str) -> None:
        sizes = {"white": (140, 700), "bme": (40, 260), "unknown": (10, 60)}
        for group in GROUPS:
            cells = [self.random.randint(*sizes[group]) for _ in BANDS]
            cut = {"item": "workforce", "breakdown": "grade", "ethnic_group": group}
            for band, count in zip((*BANDS, "all"), (*cells, sum(cells)), strict=True):
                self.counts[year, band, group] = to_five(count)
                self.add("Bands", "count", f"{to_five(count):,}", year, category=band, **cut)
        for item in ("accessed_training", "entered_disciplinary"):
            rates = {}
            for group in PAIR:
                staff = self.counts[year, "all", group]
                people = {"accessed_training": (staff // 5, staff // 2), "entered_disciplinary": (staff // 30 + 8, staff // 10 + 12)}[item]
                count = self.counts[year, item, group] = to_five(self.random.randint(*people))
                rates[group] = Fraction(100 * count, staff)
                self.add(item, "count", f"{count:,}", year, item=item, ethnic_group=group)
                self.add(item, "share", percent(rates[group]), year, item=item, base="headcount", ethnic_group=group)
            ratio = percent(rates["white"] / rates["bme"], 2).rstrip("%")
            self.add(item, "ratio", ratio, year, item=item, base="headcount", ethnic_group="white/bme")


def inverted_ratio(report: Report) -> bool:
    row = report.choose(claim="ratio")
    right = Fraction(row["printed"])
    row["printed"] = percent(1 / right, 2).rstrip("%")
    return abs(right - 1) > Fraction(1, 20)


def swapped_groups(report: Report) -> bool:
    one, two = (report.choose(claim="share", item="accessed_training", ethnic_group=group) for group in PAIR)
    one["printed"], two["printed"] = two["printed"], one["printed"]
    return abs(float(one["printed"].rstrip("%")) - float(two["printed"].rstrip("%"))) > 0.2


def last_year(report: Report) -> bool:
    row = report.choose(claim=report.random.choice(("share", "ratio")))
    keys = ("claim", "item", "ethnic_group")
    then = next(each for each in report.rows if each["year"] == YEARS[-2] and all(each[key] == row[key] for key in keys))
    changed = abs(float(then["printed"].rstrip("%")) - float(row["printed"].rstrip("%"))) > 0.1
    row["printed"] = then["printed"]
    return changed


def transposed_digits(report: Report) -> bool:
    row = report.choose(claim="share")
    text = row["printed"]
    row["printed"] = text[1] + text[0] + text[2:]
    return len(text) == 5 and text[0] != text[1] and text[1] != "0"


def two_years_over_one(report: Report) -> bool:
    group = report.random.choice(PAIR)
    both = sum(report.counts[year, "entered_disciplinary", group] for year in YEARS[-2:])
    row = report.choose(claim="share", item="entered_disciplinary", ethnic_group=group)
    row["printed"] = percent(Fraction(100 * both, report.counts[YEARS[-1], "all", group]))
    return True


def counted_twice(report: Report) -> bool:
    """The total of a group has one of its bands twice."""
    group = report.random.choice(PAIR)
    row = report.choose(claim="count", category="all", ethnic_group=group)
    row["printed"] = f"{report.counts[YEARS[-1], 'all', group] + report.counts[YEARS[-1], report.random.choice(BANDS), group]:,}"
    return True


PLANTS = (inverted_ratio, swapped_groups, last_year, transposed_digits, two_years_over_one, counted_twice)


def test_errors_among_rounded_counts_are_found_and_explained():
    table = measured(Report, PLANTS, PARAMETERS, each=1)
    assert table["found"].all(), table.to_string()
    assert table["named"].all(), table.to_string()


def test_a_right_report_of_rounded_counts_raises_nothing():
    found, _, wrong = told(Report(904), PARAMETERS)
    assert not found, wrong[["id", "printed", "expected", "arithmetic"]].to_string()
