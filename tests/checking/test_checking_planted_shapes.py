"""Planted errors in shapes no other test plants in: percentages only, other categories, three years, hidden cells.

Witness: the generator below, which knows nothing of the checker. Each report is right; one error of a known kind is planted,
it must be found, and named among the possible explanations.
"""

from fractions import Fraction

import pytest
from support.examples import THOROUGH
from support.planted_reports import PAIR, YEARS, PrintedReport, measured, percent, told

GRADES = ("consultant", "specialty doctor", "foundation year 1", "dentist")


class Report(PrintedReport):
    """A consistent report of three years: percentages of a survey without any count, doctors by grade with a hidden cell, trainees."""

    def print_year(self, year: str) -> None:
        self._survey(year)
        self._doctors(year)
        self._training(year)

    def _survey(self, year: str) -> None:
        rates = {}
        for group in PAIR:
            asked = self.random.randint(40, 900)
            rates[group] = Fraction(100 * self.random.randint(asked // 8, asked // 3), asked)
            question = {"item": "survey", "breakdown": "16b", "ethnic_group": group}
            self.add("Survey", "share", percent(rates[group]), year, category="Yes", **question)
            self.add("Survey", "share", percent(100 - rates[group]), year, category="not Yes", **question)
        gap = rates["bme"] - rates["white"]
        sign = "-" if gap < 0 else ""
        text = sign + percent(abs(gap)).replace("%", " points")
        self.add("Survey text", "gap", text, year, item="survey", breakdown="16b", category="Yes", ethnic_group="bme-white")

    def _doctors(self, year: str) -> None:
        for group in PAIR:
            cells = {grade: self.random.randint(12, 90) for grade in GRADES}
            cells[GRADES[-1]] = self.random.randint(1, 4)
            cut = {"item": "workforce", "breakdown": "medical grade", "ethnic_group": group}
            for grade, count in cells.items():
                self.counts[year, grade, group] = count
                self.add("Doctors", "count", "<5" if count < 5 else str(count), year, category=grade, **cut)
            self.add("Doctors", "count", str(sum(cells.values())), year, category="total", **cut)

    def _training(self, year: str) -> None:
        rates = []
        for group in PAIR:
            staff = sum(self.counts[year, grade, group] for grade in GRADES)
            trained = self.random.randint(staff // 5, staff // 2)
            rates.append(Fraction(100 * trained, staff))
            self.counts[year, "trained", group] = trained
            self.add("Training", "count", str(trained), year, item="accessed_training", ethnic_group=group)
            self.add("Training", "share", percent(rates[-1]), year, item="accessed_training", base="headcount", ethnic_group=group)
        shown = percent(rates[0] / rates[1], 2).rstrip("%")
        self.add("Training", "ratio", shown, year, item="accessed_training", base="headcount", ethnic_group="white/bme")

    def of_last_year(self, row: dict[str, str]) -> str:
        keys = ("claim", "item", "category", "ethnic_group", "base")
        same = [each for each in self.rows if each["year"] == YEARS[-2] and all(each.get(key) == row.get(key) for key in keys)]
        return same[0]["printed"]


def transposed_digits(report: Report) -> bool:
    row = report.choose(claim="share")
    text = row["printed"]
    row["printed"] = text[1] + text[0] + text[2:]
    return text[0] != text[1] and text[1] not in "0."


def last_year(report: Report) -> bool:
    wanted = report.random.choice(({"claim": "share", "item": "accessed_training"}, {"claim": "ratio"}, {"claim": "gap"}))
    row = report.choose(**wanted)
    before = report.of_last_year(row)
    changed = before != row["printed"]
    row["printed"] = before
    return changed


def swapped_groups(report: Report) -> bool:
    row = report.choose(claim="share", item="accessed_training", ethnic_group="bme")
    other = report.choose(claim="share", item="accessed_training", ethnic_group="white")
    row["printed"], other["printed"] = other["printed"], row["printed"]
    return abs(float(row["printed"].rstrip("%")) - float(other["printed"].rstrip("%"))) > 0.2


def inverted_ratio(report: Report) -> bool:
    row = report.choose(claim="ratio")
    right = Fraction(row["printed"])
    row["printed"] = percent(1 / right, 2).rstrip("%")
    return abs(right - 1) > Fraction(1, 20)


def percent_for_points(report: Report) -> bool:
    row = report.choose(claim="gap")
    row["printed"] = row["printed"].replace(" points", "%")
    return True


def counted_twice(report: Report) -> bool:
    row = report.choose(claim="count", category="total", ethnic_group="white")
    cell = report.counts[YEARS[-1], GRADES[1], "white"]
    row["printed"] = str(int(row["printed"]) + cell)
    return True


PLANTS = (transposed_digits, last_year, swapped_groups, inverted_ratio, percent_for_points, counted_twice)


def test_errors_in_new_shapes_are_found_and_explained(necs):
    table = measured(Report, PLANTS, necs, each=2 if THOROUGH else 1)
    assert table["found"].mean() >= 0.95, table[~table["found"]].to_string()
    assert table["named"].mean() >= 0.9, table[~table["named"]].to_string()
    assert table.groupby("kind")["named"].mean().min() >= 0.5, table[~table["named"]].to_string()


@pytest.mark.parametrize("seed", (901, 902))
def test_a_right_report_of_these_shapes_raises_nothing(necs, seed):
    found, _, wrong = told(Report(seed), necs)
    assert not found, wrong[["id", "printed", "expected", "arithmetic"]].to_string()
