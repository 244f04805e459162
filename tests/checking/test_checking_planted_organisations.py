"""Planted errors on a page of two organisations: staff side by side with a row of both, and a funnel of four stages in percentages only.

Witness: the generator below, which knows nothing of the checker. Each report is right; one error of a known kind is planted,
it must be found, and named among the possible explanations.
"""

from fractions import Fraction
from itertools import pairwise

from support.planted_reports import PAIR, YEARS, PrintedReport, measured, percent, told

TRUSTS = ("Alderby", "Westmoor")
GROUPS = ("white", "bme", "unknown")
FUNNEL = ("applied", "shortlisted", "interviewed", "appointed")


class Report(PrintedReport):
    """A consistent report of three years: staff and training of two organisations, and shares of the stage before without any count."""

    def print_year(self, year: str) -> None:
        self._staff(year)
        self._training(year)
        self._funnel(year)

    def _staff(self, year: str) -> None:
        sizes = {"white": (900, 4000), "bme": (150, 900), "unknown": (20, 90)}
        for trust in (*TRUSTS, "total"):
            for group in GROUPS:
                both = [self.counts.get((year, name, group), 0) for name in TRUSTS]
                count = sum(both) if trust == "total" else self.random.randint(*sizes[group])
                self.counts[year, trust, group] = count
                cut = {"breakdown": "organisation", "category": trust, "ethnic_group": group}
                self.add("Staff", "count", f"{count:,}", year, item="workforce", **cut)
            everybody = sum(self.counts[year, trust, group] for group in GROUPS)
            for group in GROUPS:
                cut = {"breakdown": "organisation", "category": trust, "ethnic_group": group}
                part = percent(Fraction(100 * self.counts[year, trust, group], everybody))
                self.add("Staff", "share", part, year, item="workforce", base="all groups", **cut)

    def _training(self, year: str) -> None:
        for trust in TRUSTS:
            cut, rates = {"item": "accessed_training", "breakdown": "organisation", "category": trust}, {}
            for group in PAIR:
                staff = self.counts[year, trust, group]
                trained = self.counts[year, trust, "trained", group] = self.random.randint(staff // 5, staff // 2)
                rates[group] = Fraction(100 * trained, staff)
                self.add("Training", "count", f"{trained:,}", year, ethnic_group=group, **cut)
                self.add("Training", "share", percent(rates[group]), year, ethnic_group=group, base="workforce", **cut)
            ratio = percent(rates["white"] / rates["bme"], 2).rstrip("%")
            self.add("Training", "ratio", ratio, year, ethnic_group="white/bme", base="workforce", **cut)

    def _funnel(self, year: str) -> None:
        for group in PAIR:
            people = self.random.randint(2000, 9000)
            for before, stage in pairwise(FUNNEL):
                people, left = self.random.randint(people // 4, people // 2), people
                rate = self.counts[year, stage, group] = Fraction(100 * people, left)
                self.add("Funnel", "share", percent(rate), year, item=stage, base=before, ethnic_group=group)
            whole = Fraction(100)
            for stage in FUNNEL[1:]:
                whole *= self.counts[year, stage, group] / 100
            self.counts[year, "funnel", group] = whole
            self.add("Funnel", "share", percent(whole, 2), year, item="appointed", base="applied", ethnic_group=group)
        for before, stage in pairwise(FUNNEL):
            ratio = self.counts[year, stage, "white"] / self.counts[year, stage, "bme"]
            shown = percent(ratio, 2).rstrip("%")
            self.add("Funnel", "ratio", shown, year, item=stage, base=before, ethnic_group="white/bme")

    def last_year(self, row: dict[str, str]) -> str:
        keys = ("claim", "item", "category", "ethnic_group", "base")
        same = [each for each in self.rows if each["year"] == YEARS[-2] and all(each.get(key) == row.get(key) for key in keys)]
        return same[0]["printed"]


def other_category(report: Report) -> bool:
    """The trained of one organisation stand under the other, the shares beside them are right."""
    group = report.random.choice(PAIR)
    mine, theirs = (report.choose(item="accessed_training", claim="count", ethnic_group=group, category=trust) for trust in TRUSTS)
    mine["printed"] = theirs["printed"]
    return report.counts[YEARS[-1], "Westmoor", "trained", group] <= report.counts[YEARS[-1], "Alderby", group]


def counted_twice(report: Report) -> bool:
    """The number of both organisations has one of them twice."""
    group = report.random.choice(GROUPS)
    row = report.choose(item="workforce", claim="count", category="total", ethnic_group=group)
    more = report.counts[YEARS[-1], report.random.choice(TRUSTS), group]
    row["printed"] = f"{int(row['printed'].replace(',', '')) + more:,}"
    return True


def averaged(report: Report) -> bool:
    """The share of both is the average of the two."""
    shares = [report.choose(item="workforce", claim="share", category=trust, ethnic_group="bme") for trust in TRUSTS]
    row = report.choose(item="workforce", claim="share", category="total", ethnic_group="bme")
    exact = [
        Fraction(100 * report.counts[YEARS[-1], trust, "bme"], sum(report.counts[YEARS[-1], trust, group] for group in GROUPS))
        for trust in TRUSTS
    ]
    row["printed"], right = percent(sum(exact, Fraction(0)) / len(shares)), row["printed"]
    return abs(float(row["printed"].rstrip("%")) - float(right.rstrip("%"))) > 0.2


def swapped_groups(report: Report) -> bool:
    """Two percentages of the funnel changed places."""
    stage = report.random.choice(FUNNEL[1:])
    base = FUNNEL[FUNNEL.index(stage) - 1]
    one, two = (report.choose(item=stage, base=base, claim="share", ethnic_group=group) for group in PAIR)
    one["printed"], two["printed"] = two["printed"], one["printed"]
    return abs(float(one["printed"].rstrip("%")) - float(two["printed"].rstrip("%"))) > 2


def inverted_ratio(report: Report) -> bool:
    row = report.choose(claim="ratio", where=f"Funnel {YEARS[-1]}")
    right = Fraction(row["printed"])
    row["printed"] = percent(1 / right, 2).rstrip("%")
    return abs(right - 1) > Fraction(1, 20)


def last_year(report: Report) -> bool:
    """A percentage of the funnel, or a ratio, is that of the year before."""
    row = report.choose(claim=report.random.choice(("share", "ratio")), where=f"Funnel {YEARS[-1]}")
    before = report.last_year(row)
    apart = abs(float(before.rstrip("%")) - float(row["printed"].rstrip("%")))
    row["printed"] = before
    return apart > 0.03 * float(before.rstrip("%"))


PLANTS = (other_category, counted_twice, averaged, swapped_groups, inverted_ratio, last_year)


def test_errors_of_two_organisations_are_found_and_explained(necs):
    table = measured(Report, PLANTS, necs, each=1)
    assert table["found"].all(), table.to_string()
    assert table["named"].all(), table.to_string()


def test_a_right_page_of_two_organisations_raises_nothing(necs):
    found, _, wrong = told(Report(903), necs)
    assert not found, wrong[["id", "printed", "expected", "arithmetic"]].to_string()
