"""Planted errors in tables without rows of totals: sites, ethnic categories beside their group, bands in percentages only.

Witness: the generator below, which knows nothing of the checker. Each report is right; one error of a known kind is planted,
it must be found, and named among the possible explanations.
"""

from fractions import Fraction

from support.planted_reports import PAIR, YEARS, PrintedReport, measured, percent, told

SITES = ("North", "South", "Hub", "Community")
CATEGORIES = {
    "white": ("White British", "White Irish", "Any other White background"),
    "bme": ("Indian", "African", "Any other ethnic group"),
}
BANDS = ("Band 5", "Band 6", "Band 7")
GROUPS = ("white", "bme", "unknown")


class Report(PrintedReport):
    """A consistent report of three years: sites without a row of totals, ethnic categories beside the groups, bands in percentages only."""

    def print_year(self, year: str) -> None:
        self._sites(year)
        self._categories(year)
        self._bands(year)
        self._trained(year)

    def _sites(self, year: str) -> None:
        sizes = {"white": (150, 900), "bme": (40, 400), "unknown": (3, 30)}
        for site in SITES:
            for group in GROUPS:
                count = self.counts[year, site, group] = self.random.randint(*sizes[group])
                cut = {"breakdown": "site", "category": site, "ethnic_group": group}
                self.add("Sites", "count", f"{count:,}", year, item="workforce", says="every part", **cut)
        self.staff = {group: sum(self.counts[year, site, group] for site in SITES) for group in GROUPS}
        self.everybody = sum(self.staff.values())
        self.add("Text", "count", f"{self.everybody:,}", year, item="headcount", ethnic_group="all")
        for group in PAIR:
            part = percent(Fraction(100 * self.staff[group], self.everybody))
            self.add("Text", "share", part, year, item="headcount", ethnic_group=group, base="all groups")

    def _categories(self, year: str) -> None:
        for group, names in CATEGORIES.items():
            first = self.random.randint(self.staff[group] // 2, self.staff[group] - 60)
            second = self.random.randint(10, (self.staff[group] - first) // 2)
            cells = (first, second, self.staff[group] - first - second)
            for name, count in zip(names, cells, strict=True):
                self.counts[year, name] = count
                cut = {"breakdown": "ethnic_category", "category": name, "ethnic_group": group}
                self.add("Categories", "count", f"{count:,}", year, item="headcount", **cut)
            self.add("Categories", "count", f"{self.staff[group]:,}", year, item="headcount", ethnic_group=group)

    def _bands(self, year: str) -> None:
        for band in BANDS:
            cells = {"white": self.random.randint(90, 400), "bme": self.random.randint(20, 200), "unknown": self.random.randint(1, 30)}
            for group, count in cells.items():
                cut = {"breakdown": "grade", "category": band, "ethnic_group": group}
                part = percent(Fraction(100 * count, sum(cells.values())))
                self.add("Bands", "share", part, year, item="workforce", base="all groups", **cut)

    def _trained(self, year: str) -> None:
        for group in PAIR:
            trained = self.counts[year, "trained", group] = self.random.randint(self.staff[group] // 5, self.staff[group] // 2)
            self.add("Training", "count", f"{trained:,}", year, item="accessed_training", ethnic_group=group)
            part = percent(Fraction(100 * trained, self.staff[group]))
            self.add("Training", "share", part, year, item="accessed_training", base="headcount", ethnic_group=group)


def other_category(report: Report) -> bool:
    """A site has the number of the row above."""
    group, below = report.random.choice(PAIR), report.random.randint(1, 3)
    above = report.choose(breakdown="site", category=SITES[below - 1], ethnic_group=group)
    report.choose(breakdown="site", category=SITES[below], ethnic_group=group)["printed"] = above["printed"]
    return True


def left_out(report: Report) -> bool:
    """The number of a group is without one of its ethnic categories."""
    group = report.random.choice(PAIR)
    row = report.choose(where=f"Categories {YEARS[-1]}", breakdown=None, ethnic_group=group)
    missed = report.counts[YEARS[-1], report.random.choice(CATEGORIES[group])]
    row["printed"] = f"{int(row['printed'].replace(',', '')) - missed:,}"
    return True


def averaged(report: Report) -> bool:
    """The share of all is the average of those of the sites."""
    at, year = report.counts, YEARS[-1]
    of_sites = [Fraction(100 * at[year, site, "bme"], sum(at[year, site, group] for group in GROUPS)) for site in SITES]
    row = report.choose(where=f"Text {year}", claim="share", ethnic_group="bme")
    row["printed"], right = percent(sum(of_sites, Fraction(0)) / len(SITES)), row["printed"]
    return abs(float(row["printed"].rstrip("%")) - float(right.rstrip("%"))) > 0.2


def other_base(report: Report) -> bool:
    """The share of all is one of those whose ethnicity is known."""
    row = report.choose(where=f"Text {YEARS[-1]}", claim="share", ethnic_group="white")
    row["printed"], right = percent(Fraction(100 * report.staff["white"], report.staff["white"] + report.staff["bme"])), row["printed"]
    return row["printed"] != right


def swapped_groups(report: Report) -> bool:
    """The trained of one group stand under the other, the shares beside them are right."""
    report.choose(item="accessed_training", claim="count", ethnic_group="bme")["printed"] = report.choose(
        item="accessed_training", claim="count", ethnic_group="white"
    )["printed"]
    return report.counts[YEARS[-1], "trained", "white"] <= report.staff["bme"]


def transposed_digits(report: Report) -> bool:
    """A band's percentage has its digits the wrong way round."""
    row = report.choose(where=f"Bands {YEARS[-1]}", ethnic_group="bme")
    text = row["printed"]
    row["printed"] = text[1] + text[0] + text[2:]
    return len(text) == 5 and text[0] != text[1] and text[1] != "0"


PLANTS = (other_category, left_out, averaged, other_base, swapped_groups, transposed_digits)


def test_errors_in_tables_without_totals_are_found_and_explained(necs):
    table = measured(Report, PLANTS, necs, each=1)
    assert table["found"].all(), table.to_string()
    assert table["named"].all(), table.to_string()


def test_a_right_report_without_totals_raises_nothing(necs):
    found, _, wrong = told(Report(902), necs)
    assert not found, wrong[["id", "printed", "expected", "arithmetic"]].to_string()


def test_percentages_of_one_whole_that_changed_places_explain_no_wrong_sum(necs):
    """Witness: 46.9, 54.3 and 7.9 add up to 109.1 in whatever order; with 45.3 in place of 54.3 they make 100.1."""
    report = Report(31050004)
    assert transposed_digits(report)
    _, kinds, wrong = told(report, necs)
    assert "transposed_digits" in kinds and "swapped_groups" not in kinds, wrong.to_string()
