"""Planted errors in five shapes of board papers: rounded clusters, two years of percentages, starred clusters, sentences, leavers.

Witness: the generators below, which know nothing of the checker. Each report is right; one error of a known kind is planted,
it must be found, and named among the possible explanations. What other counts of people would fit is not planted: the
planting function says so.
"""

from fractions import Fraction

import pytest
from support.planted_reports import PAIR, YEARS, PrintedReport, not_explained, number_in, percent, put, raises_nothing, swap, transposed

GROUPS = ("white", "bme", "unknown")
THEN, BEFORE, NOW = YEARS
CLUSTERS = {
    "Bands 1 to 4": (120, 600, 0.6),
    "Bands 5 to 7": (100, 500, 0.5),
    "Bands 8a to 8b": (20, 90, 0.3),
    "Bands 8c to 9": (8, 40, 0.1),
}


def to_five(count: int) -> int:
    return (2 * count + 5) // 10 * 5


def up_or_down(now: Fraction, before: Fraction, unit: str = " percentage points") -> str:
    return f"{'up' if now > before else 'down'} {percent(abs(now - before)).rstrip('%')}{unit}"


def apart(row: dict[str, str], least: float = 1.0) -> bool:
    """Tell whether what a row prints now is well apart from what it printed."""
    return abs(number_in(row) - float(row["was"])) > max(least, 0.08 * abs(float(row["was"])))


def say(row: dict[str, str], printed: str) -> dict[str, str]:
    row["was"], row["printed"] = str(number_in(row)), printed
    return row


class Clustered(PrintedReport):
    """Bands in clusters, groups across, with the share of BME staff of each; how numbers are told is the shape's own."""

    places = 1

    def told(self, count: int) -> str:
        raise NotImplementedError

    def print_year(self, year: str) -> None:
        for cluster, (least, most, part) in CLUSTERS.items():
            white = self.random.randint(least, most)
            counts = (white, self.random.randint(int(white * part / 4), int(white * part)), self.random.randint(0, white // 20))
            self.counts |= {(year, cluster, group): count for group, count in zip(GROUPS, counts, strict=True)}
            self.counts[year, cluster, "all"] = sum(counts)
        for group in (*GROUPS, "all"):
            self.counts[year, "all", group] = sum(self.counts[year, cluster, group] for cluster in CLUSTERS)
        for cluster in (*CLUSTERS, "all"):
            cut = {"item": "workforce", "breakdown": "grade", "category": cluster}
            for group in (*GROUPS, "all"):
                self.add("Clusters", "count", self.told(self.counts[year, cluster, group]), year, ethnic_group=group, **cut)
            if self.counts[year, cluster, "bme"] >= 5:
                printed = percent(self.share(cluster, year), self.places)
                self.add("Clusters", "share", printed, year, ethnic_group="bme", base="all groups", **cut)
        if year != THEN:
            before = YEARS[YEARS.index(year) - 1]
            change = up_or_down(self.share("all", year), self.share("all", before))
            whole = {"item": "headcount", "ethnic_group": "bme", "base": "all groups", "compare_with": before}
            self.add("Text", "change", change, year, **whole)

    def share(self, cluster: str, year: str = NOW) -> Fraction:
        return Fraction(100 * self.counts[year, cluster, "bme"], self.counts[year, cluster, "all"])

    def of(self, claim: str, cluster: str = "", group: str = "bme") -> dict[str, str]:
        return self.choose(claim=claim, category=cluster or self.random.choice([*CLUSTERS][:2]), ethnic_group=group)

    def swapped_groups(self) -> bool:
        """The share of white staff stands for that of BME staff."""
        row = self.of("share")
        wrong = Fraction(100 * self.counts[NOW, row["category"], "white"], self.counts[NOW, row["category"], "all"])
        return apart(say(row, percent(wrong, self.places)), 5)

    def other_category(self) -> bool:
        """The share of the row above stands here."""
        row, above = self.of("share", "Bands 5 to 7"), self.of("share", "Bands 1 to 4")
        return put(row, above) and apart(row, 3)

    def last_year(self) -> bool:
        row = self.of("share")
        return put(row, self.twin(row, BEFORE)) and apart(row, 3)

    def transposed_digits(self) -> bool:
        row = self.of("share")
        row["was"] = str(number_in(row))
        return transposed(row) and apart(row, 3)

    def wrong_sign(self) -> bool:
        """Up, where it went down as much."""
        row = self.choose(claim="change")
        row["printed"] = row["printed"].replace("up", "DOWN").replace("down", "up").replace("DOWN", "down")
        return number_in(row) > 0.4

    def other_base(self) -> bool:
        """The share of a cluster is one of all BME staff."""
        row = self.of("share")
        wrong = Fraction(100 * self.counts[NOW, row["category"], "bme"], self.counts[NOW, "all", "bme"])
        return apart(say(row, percent(wrong, self.places)), 3)

    def counted_twice(self) -> bool:
        """The total of a group has one of its clusters twice."""
        group, cluster = self.random.choice(PAIR), self.random.choice([*CLUSTERS][:2])
        row = self.of("count", "all", group)
        return bool(say(row, self.told(self.counts[NOW, "all", group] + self.counts[NOW, cluster, group])))


class Rounded(Clustered):
    """Every number to the nearest 5, which no cell says, below five a star; percentages of the exact numbers, in whole per cent."""

    places = 0

    def told(self, count: int) -> str:
        return "*" if 0 < count < 5 else f"{to_five(count):,}"

    def misprinted(self) -> bool:
        """One number of the rounded ones is no multiple of five any more, because its last two digits changed places."""
        row = self.of("count", group="white")
        text = row["printed"]
        row["printed"] = text[:-2] + text[-1] + text[-2]
        return len(text) > 1 and abs(int(text[-1]) - int(text[-2])) > 1 and text[-2] != "0"


class Starred(Clustered):
    """Numbers as they are, below five a star, also in the totals; percentages with one place, of numbers that are shown only."""

    def told(self, count: int) -> str:
        return "*" if 0 < count < 5 else f"{count:,}"

    def wrong_column(self) -> bool:
        """Some people of a cluster are counted under the other group."""
        cluster, some = self.random.choice([*CLUSTERS][:2]), self.random.randint(2, 9)
        for group, more in (("white", -some), ("bme", some)):
            row = self.of("count", cluster, group)
            row["printed"] = f"{self.counts[NOW, cluster, group] + more:,}"
        return True


class TwoYears(PrintedReport):
    """An infographic: this year and last, in percentages only, with what became of gaps and ratios in words."""

    QUESTIONS = ("14a", "15")
    CATEGORIES = ("Clinical", "Non-clinical", "Medical")

    def print_year(self, year: str) -> None:
        if year == THEN:
            return
        staff = {group: self.random.randint(*size) for group, size in zip(GROUPS, ((900, 3000), (200, 900), (20, 90)), strict=True)}
        for group, count in staff.items():
            part = self.counts[year, "staff", group] = Fraction(100 * count, sum(staff.values()))
            self.add("Staff", "share", percent(part), year, item="headcount", ethnic_group=group, base="all groups")
        for question in self.QUESTIONS:
            for group in PAIR:
                asked = self.random.randint(150, 900)
                part = self.counts[year, question, group] = Fraction(100 * self.random.randint(asked // 8, asked // 2), asked)
                self.add("Survey", "share", percent(part), year, item="survey", breakdown=question, category="Yes", ethnic_group=group)
            gap = self.gap(question, year)
            said = percent(abs(gap)).replace("%", f" points {'higher' if gap > 0 else 'lower'}")
            cut = {"item": "survey", "breakdown": question, "category": "Yes", "ethnic_group": "bme-white"}
            self.add("Survey", "gap", said, year, **cut)
            if year == NOW and gap * self.gap(question, BEFORE) > 0:
                says = "narrowed" if abs(gap) < abs(self.gap(question, BEFORE)) else "widened"
                self.add("Survey text", "words", f"the gap has {says}", year, says=says, compare_with=BEFORE, **cut)
        rates = {}
        for group in PAIR:
            asked = self.random.randint(80, 700)
            rates[group] = Fraction(100 * self.random.randint(asked // 6, asked // 2), asked)
            row = {"item": "appointed", "base": "shortlisted"}
            self.add("Recruitment", "share", percent(rates[group]), year, ethnic_group=group, **row)
        ratio = self.counts[year, "ratio"] = rates["white"] / rates["bme"]
        self.add("Recruitment", "ratio", percent(ratio, 2).rstrip("%"), year, ethnic_group="white/bme", **row)
        said = "higher" if ratio > 1 else "lower"
        self.add("Recruitment text", "words", said, year, says=said, ethnic_group="white/bme", **row)
        if year == NOW:
            change = up_or_down(self.counts[NOW, "staff", "bme"], self.counts[BEFORE, "staff", "bme"])
            self.add("Text", "change", change, year, item="headcount", ethnic_group="bme", base="all groups", compare_with=BEFORE)

    def gap(self, question: str, year: str = NOW) -> Fraction:
        return self.counts[year, question, "bme"] - self.counts[year, question, "white"]

    def inverted_ratio(self) -> bool:
        row = self.choose(claim="ratio")
        return apart(say(row, percent(1 / self.counts[NOW, "ratio"], 2).rstrip("%")), 0.1)

    def wrong_direction(self) -> bool:
        """A word says the other way round what a gap, or a ratio, did."""
        row = self.choose(claim="words")
        turned = {"narrowed": "widened", "widened": "narrowed", "higher": "lower", "lower": "higher"}
        row["says"] = turned[row["says"]]
        gaps = [abs(self.gap(row["breakdown"], year)) for year in (NOW, BEFORE)] if row["item"] == "survey" else []
        return abs(gaps[0] - gaps[1]) > 1 if gaps else abs(self.counts[NOW, "ratio"] - 1) > Fraction(1, 10)

    def last_year(self) -> bool:
        row = self.choose(claim="gap")
        return put(row, self.twin(row, BEFORE)) and apart(row, 1)

    def percent_for_points(self) -> bool:
        """The gap is told in per cent of the percentage of white staff."""
        row = self.choose(claim="gap")
        wrong = 100 * self.gap(row["breakdown"]) / self.counts[NOW, row["breakdown"], "white"]
        return apart(say(row, percent(abs(wrong)).replace("%", f" points {'higher' if wrong > 0 else 'lower'}")), 1)

    def transposed_digits(self) -> bool:
        row = self.choose(claim="share", item="survey")
        row["was"] = str(number_in(row))
        return transposed(row) and apart(row, 2)

    def wrong_sign(self) -> bool:
        row = self.choose(claim="gap")
        text = row["printed"]
        row["printed"] = text.replace("higher", "lower") if "higher" in text else text.replace("lower", "higher")
        return number_in(row) > 0.3

    def swapped_groups(self) -> bool:
        """The rates of the two groups changed places, above a ratio that is right."""
        one, two = (self.choose(claim="share", item="appointed", ethnic_group=group) for group in PAIR)
        return swap(one, two) and apart(one, 3)


class Sentences(PrintedReport):
    """No table at all: numbers, parts, multiples and orders in the words of sentences."""

    def print_year(self, year: str) -> None:
        white, bme, unknown = self.random.randint(2000, 4000), self.random.randint(500, 1200), self.random.randint(30, 150)
        everybody = self.counts[year, "all"] = white + bme + unknown
        self.counts |= {(year, "white"): white, (year, "bme"): bme, (year, "share"): Fraction(100 * bme, everybody)}
        staff = {"item": "headcount"}
        self.add("Text", "count", f"{everybody:,} people", year, ethnic_group="all", **staff)
        self.add("Text", "count", f"{bme:,} of whom are BME", year, ethnic_group="bme", **staff)
        self.add("Text", "share", percent(self.counts[year, "share"]), year, ethnic_group="bme", base="all groups", **staff)
        self.add("Text", "count", f"{white:,} white colleagues", year, ethnic_group="white", **staff)
        self.add("Text", "count", f"the ethnicity of {unknown} is not known", year, ethnic_group="unknown", **staff)
        low = self.counts[year, "low"] = self.random.randint(int(0.53 * bme), int(0.75 * bme))
        part = {"item": "workforce", "breakdown": "grade", "category": "Bands 2 to 5", "ethnic_group": "bme", "base": "all categories"}
        self.add("Text", "count", f"{low:,} of our BME staff", year, **{**part, "base": ""})
        self.add("Text", "words", "the majority", year, says="majority", **part)
        self.add("Text", "share", "over half", year, **part)
        rates = {}
        for group, size in zip(PAIR, ((40, 90), (30, 80)), strict=True):
            entered = self.counts[year, "entered", group] = self.random.randint(*size)
            rates[group] = Fraction(1000 * entered, self.counts[year, group])
            row = {"item": "entered_disciplinary"}
            self.add("Text", "count", f"{entered} formal cases", year, ethnic_group=group, **row)
            told_as = f"{percent(rates[group]).rstrip('%')} per 1,000 staff"
            self.add("Text", "share", told_as, year, ethnic_group=group, base="headcount", **row)
        ratio = self.counts[year, "ratio"] = rates["bme"] / rates["white"]
        pair = row | {"ethnic_group": "bme/white", "base": "headcount"}
        self.add("Text", "ratio", f"{percent(ratio, 1).rstrip('%')} times as likely", year, **pair)
        if year != THEN:
            before = YEARS[YEARS.index(year) - 1]
            change = self.counts[year, "share"] - self.counts[before, "share"]
            whole = {"item": "headcount", "ethnic_group": "bme", "base": "all groups", "compare_with": before}
            self.add("Text", "change", up_or_down(self.counts[year, "share"], self.counts[before, "share"]), year, **whole)
            self.add("Text", "words", "rose", year, says="increased" if change > 0 else "decreased", **whole)
            growth = Fraction(100 * everybody, self.counts[before, "all"]) - 100
            said = f"{'grew' if growth > 0 else 'fell'} by {percent(abs(growth))}"
            self.add("Text", "change", said, year, item="headcount", ethnic_group="all", compare_with=before)

    def transposed_digits(self) -> bool:
        return transposed(self.choose(claim="count", item="headcount", ethnic_group=self.random.choice(("all", "bme", "white"))))

    def inverted_ratio(self) -> bool:
        row = self.choose(claim="ratio")
        return apart(say(row, f"{percent(1 / self.counts[NOW, 'ratio'], 1).rstrip('%')} times as likely"), 0.4)

    def other_base(self) -> bool:
        """The percentage is one of those whose ethnicity is known."""
        row = self.choose(claim="share", item="headcount")
        wrong = Fraction(100 * self.counts[NOW, "bme"], self.counts[NOW, "bme"] + self.counts[NOW, "white"])
        row["was"], row["printed"] = str(number_in(row)), percent(wrong)
        return abs(wrong - self.counts[NOW, "share"]) > Fraction(3, 10)

    def last_year(self) -> bool:
        row = self.choose(claim="share", item=self.random.choice(("headcount", "entered_disciplinary")))
        return put(row, self.twin(row, BEFORE)) and apart(row)

    def wrong_direction(self) -> bool:
        row = self.choose(claim="words", item="headcount")
        row["says"] = {"increased": "decreased", "decreased": "increased"}[row["says"]]
        return abs(self.counts[NOW, "share"] - self.counts[BEFORE, "share"]) > Fraction(1, 5)

    def two_years_over_one(self) -> bool:
        """The rate is that of the cases of two years."""
        group = self.random.choice(PAIR)
        row = self.choose(claim="share", item="entered_disciplinary", ethnic_group=group)
        both = self.counts[NOW, "entered", group] + self.counts[BEFORE, "entered", group]
        return apart(say(row, f"{percent(Fraction(1000 * both, self.counts[NOW, group])).rstrip('%')} per 1,000 staff"))

    def other_year(self) -> bool:
        """The growth is that since the year before last."""
        row = self.choose(claim="change", ethnic_group="all")
        growth = Fraction(100 * self.counts[NOW, "all"], self.counts[THEN, "all"]) - 100
        row["was"] = str(number_in(row))
        row["printed"] = f"{'grew' if growth > 0 else 'fell'} by {percent(abs(growth))}"
        return abs(self.counts[BEFORE, "all"] - self.counts[THEN, "all"]) > self.counts[THEN, "all"] / 20


class Leavers(PrintedReport):
    """What the standard has no word for: who left, by reason, with the share of each reason and of the staff, and the ratio of the two rates."""

    REASONS = ("Retirement", "Resignation", "Dismissal", "End of contract")

    def print_year(self, year: str) -> None:
        rates = {}
        for group, size in zip(PAIR, (40, 12), strict=True):
            staff = self.counts[year, "staff", group] = self.random.randint(30 * size, 70 * size)
            left = {reason: self.random.randint(size // 3, 2 * size) for reason in self.REASONS}
            everybody = self.counts[year, "left", group] = sum(left.values())
            self.add("Staff", "count", f"{staff:,}", year, item="headcount", ethnic_group=group)
            for reason, count in (left | {"all": everybody}).items():
                self.counts[year, reason, group] = count
                cut = {"item": "leavers", "breakdown": "reason", "category": reason, "ethnic_group": group}
                self.add("Leavers", "count", f"{count:,}", year, **cut)
                if reason != "all":
                    self.add("Leavers", "share", percent(Fraction(100 * count, everybody)), year, base="all categories", **cut)
            rates[group] = Fraction(100 * everybody, staff)
            self.add("Turnover", "share", percent(rates[group]), year, item="leavers", ethnic_group=group, base="headcount")
        ratio = self.counts[year, "ratio"] = rates["bme"] / rates["white"]
        row = {"item": "leavers", "ethnic_group": "bme/white", "base": "headcount"}
        self.add("Turnover", "ratio", percent(ratio, 2).rstrip("%"), year, **row)

    def of_reason(self, claim: str) -> dict[str, str]:
        return self.choose(claim=claim, category=self.random.choice(self.REASONS[1:]), ethnic_group=self.random.choice(PAIR))

    def swapped_groups(self) -> bool:
        row = self.of_reason("share")
        other = PAIR[1 - PAIR.index(row["ethnic_group"])]
        return put(row, self.choose(claim="share", category=row["category"], ethnic_group=other)) and apart(row, 3)

    def other_category(self) -> bool:
        row = self.of_reason("share")
        above = self.REASONS[self.REASONS.index(row["category"]) - 1]
        return put(row, self.choose(claim="share", category=above, ethnic_group=row["ethnic_group"])) and apart(row, 3)

    def left_out(self) -> bool:
        """The total of a group is without one of the reasons."""
        group = self.random.choice(PAIR)
        row = self.choose(claim="count", category="all", ethnic_group=group)
        return bool(say(row, f"{self.counts[NOW, 'left', group] - self.counts[NOW, self.random.choice(self.REASONS), group]:,}"))

    def transposed_digits(self) -> bool:
        row = self.of_reason(self.random.choice(("share", "count")))
        row["was"] = str(number_in(row))
        return transposed(row) and apart(row, 2)

    def inverted_ratio(self) -> bool:
        row = self.choose(claim="ratio")
        return apart(say(row, percent(1 / self.counts[NOW, "ratio"], 2).rstrip("%")), 0.1)

    def last_year(self) -> bool:
        row = self.choose(claim="share", where=f"Turnover {NOW}")
        return put(row, self.twin(row, BEFORE)) and apart(row)


_OF_CLUSTERS = ("swapped_groups", "other_category", "last_year", "transposed_digits", "wrong_sign", "other_base", "counted_twice")
SHAPES: dict[type[PrintedReport], tuple[str, ...]] = {
    Rounded: (*_OF_CLUSTERS, "misprinted"),
    Starred: (*_OF_CLUSTERS, "wrong_column"),
    TwoYears: ("inverted_ratio", "wrong_direction", "last_year", "percent_for_points", "transposed_digits", "wrong_sign", "swapped_groups"),
    Sentences: (
        "transposed_digits", "inverted_ratio", "other_base", "last_year", "wrong_direction", "two_years_over_one", "other_year",
    ),
    Leavers: ("swapped_groups", "other_category", "left_out", "transposed_digits", "inverted_ratio", "last_year"),
}  # fmt: skip
NAMES = {
    "wrong_direction": {"swapped_groups", "inverted_ratio"},
    "wrong_sign": {"swapped_groups", "inverted_ratio"},
    "other_year": {"last_year"},
    "misprinted": {"transposed_digits"},
}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_errors_in_these_papers_are_found_and_explained(necs, shape):
    missed = not_explained(shape, SHAPES[shape], NAMES, necs)
    assert len(missed) <= len(SHAPES[shape]) // 8, missed


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_right_paper_of_these_shapes_raises_nothing(necs, shape):
    raises_nothing(shape, necs)
