"""Make docs/methods.md: what the status rule and the printed intervals amount to, calculated with the pack's own functions.

Usage: ``python docs/make_methods.py``, from the project's folder. Takes less than a minute. False alarms and the coverage of one
year's intervals are counted out over every outcome; power and the coverage of changes are drawn, always the same draws.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import binom

from wres_helpers.analysis import intervals
from wres_helpers.analysis.clear_difference import is_clear
from wres_helpers.analysis.group_comparisons import recalculated
from wres_helpers.analysis.status_rule import Method
from wres_helpers.standard import statuses

NOTE = Path(__file__).parent / "methods.md"
Z = intervals.normal_quantile(0.95)
BME_BASES, WHITE_BASES = (5, 12, 20, 37, 65, 120, 250, 500), (60, 300, 1_100, 5_000)
RATES = (0.005, 0.01, 0.03, 0.10, 0.20, 0.50, 0.80, 0.95)
#: Outcomes rarer than this part of all are left out of what is counted out; each false alarm is too low by at most so much.
RARE = 1e-6
DRAWS = 4_000

#: Kinds of organisation: BME and white people shortlisted, in post, and answering the survey.
ORGANISATIONS = {
    "a unit of 1,300 (65 BME staff)": ((250, 1_600), (65, 1_093), (37, 770)),
    "a trust of 6,000 (1,200 BME staff)": ((1_800, 5_200), (1_200, 4_400), (500, 2_000)),
    "a body of 300 (12 BME staff)": ((40, 400), (12, 270), (9, 180)),
}
#: Indicators by kind: which of the three bases, direction, adverse side, and the white rate.
INDICATORS = {
    "2 (appointed, white 10%)": (0, "white/bme", "above_1", 0.10),
    "3 (disciplinary, white 1.5%)": (1, "bme/white", "above_1", 0.015),
    "4 (training, white 20%)": (1, "white/bme", "above_1", 0.20),
    "5, 6, 8 (harassment, white 15%)": (2, "bme-white", "above_0", 0.15),
    "7 (careers fair, white 90%)": (2, "bme-white", "below_0", 0.90),
}
TRUE_RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)
SHOWN = {
    statuses.LARGE_DIFFERENCE: "large", statuses.SOME_DIFFERENCE: "some", statuses.NO_CLEAR_DIFFERENCE: "no clear",
    statuses.EQUIVALENT: "equivalent", statuses.DIFFERENCE_OTHER_WAY: "other way", statuses.TOO_FEW_TO_JUDGE: "too few",
}  # fmt: skip


def likely(base: int, rate: float) -> np.ndarray:
    """Return the counts out of a base that a rate makes likelier than rare."""
    low, high = binom.ppf([RARE / 2, 1 - RARE / 2], base, rate)
    return np.arange(low, high + 1)


def outcomes(base_1: int, base_2: int, rate_1: float, rate_2: float) -> tuple[np.ndarray, np.ndarray]:
    """Return every pair of counts worth counting, as two columns."""
    count_1, count_2 = np.meshgrid(likely(base_1, rate_1), likely(base_2, rate_2))
    return count_1.ravel(), count_2.ravel()


def false_alarms() -> pd.DataFrame:
    """Return the probability of a clear difference on either side where there is none: the worst over the rates."""
    rows = []
    for base_1 in BME_BASES:
        row = {"BME people": f"{base_1:,}"}
        for base_2 in WHITE_BASES:
            worst = 0.0
            for rate in RATES:
                count_1, count_2 = outcomes(base_1, base_2, rate, rate)
                bases = np.full(count_1.shape, float(base_1)), np.full(count_1.shape, float(base_2))
                # the interval of the ratio leaves out 1 exactly where the score test rejects
                excluded = intervals.ratio_p_value(count_1, bases[0], count_2, bases[1]) < 0.05
                clear = is_clear(count_1, bases[0], count_2, bases[1], excluded)
                chance = binom.pmf(count_1, base_1, rate) * binom.pmf(count_2, base_2, rate)
                more = count_1 * base_2 > count_2 * base_1
                worst = max(worst, chance[clear & more].sum(), chance[clear & ~more].sum())
            row[f"{base_2:,} white"] = f"{worst:.1%}"
        rows.append(row)
    return pd.DataFrame(rows)


def _drawn(generator: np.random.Generator, indicator: tuple, bases: tuple[int, int], ratio: float) -> pd.DataFrame:
    """Return comparisons of drawn counts: BME people fare worse by a true ratio (of those who said no, for indicator 7)."""
    _, direction, adverse, white_rate = indicator
    bme_rate = white_rate / ratio if direction == "white/bme" else min(white_rate * ratio, 1)
    if adverse == "below_0":
        bme_rate = 1 - min((1 - white_rate) * ratio, 1)
    row = {"measure": "drawn", "breakdown": "overall", "direction": direction, "adverse": adverse}
    row["comparison"] = "ratio" if "/" in direction else "difference"
    nothing = dict.fromkeys(("unknown_count", "unknown_base", "whole_count", "whole_base"), np.nan)
    return pd.DataFrame({
        "white_count": generator.binomial(bases[1], white_rate, DRAWS).astype(float), "white_base": float(bases[1]),
        "bme_count": generator.binomial(bases[0], bme_rate, DRAWS).astype(float), "bme_base": float(bases[0]), **row, **nothing,
    })  # fmt: skip


def power(organisation: str) -> pd.DataFrame:
    """Return how often each status is given at one organisation's sizes, by indicator and true ratio."""
    generator, rows = np.random.default_rng(20_200_331), []
    for name, indicator in INDICATORS.items():
        bases = ORGANISATIONS[organisation][indicator[0]]
        for ratio in TRUE_RATIOS:
            # every draw once: equal counts give equal statuses
            drawn = _drawn(generator, indicator, bases, ratio)
            counts = ["white_count", "bme_count"]
            distinct = drawn.drop_duplicates(counts).reset_index(drop=True)
            distinct["status"] = recalculated(distinct.copy(), Method())["status"]
            given = drawn.merge(distinct[[*counts, "status"]], on=counts)["status"].value_counts(normalize=True)
            shares = {words: f"{given.get(code, 0):.0%}" for code, words in SHOWN.items()}
            rows.append({"indicator": name, "BME and white people": f"{bases[0]:,} and {bases[1]:,}", "true ratio": f"{ratio:g}"} | shares)
    return pd.DataFrame(rows)


def _coverage_of_one_year(base_1: int, base_2: int, rate_1: float, rate_2: float) -> dict[str, float]:
    count_1, count_2 = outcomes(base_1, base_2, rate_1, rate_2)
    ones, twos = np.full(count_1.shape, float(base_1)), np.full(count_1.shape, float(base_2))
    chance = binom.pmf(count_1, base_1, rate_1) * binom.pmf(count_2, base_2, rate_2)
    gap, rest = rate_1 - rate_2, base_2 / (base_1 + base_2)
    ends = {
        "gap": (gap, intervals.gap_interval(count_1, ones, count_2, twos)),
        "part of the whole": (gap * rest, intervals.part_of_whole_interval(count_1, ones, count_1 + count_2, ones + twos)),
        "share": (rate_1, intervals.share_interval(count_1, ones)),
    }
    # an interval of the ratio holds the true one exactly where the score test does not reject it
    score = np.abs(intervals.score_statistic(np.full(count_1.shape, rate_1 / rate_2), count_1, ones, count_2, twos))
    held = {"ratio": (score <= Z) | np.isnan(score)} | {name: (low <= true) & (true <= high) for name, (true, (low, high)) in ends.items()}
    return {name: chance[inside].sum() / chance.sum() for name, inside in held.items()}


def _coverage_of_change(base_1: int, base_2: int, rate_1: float, rate_2: float, generator: np.random.Generator) -> dict[str, float]:
    sizes = ((base_1, rate_1), (base_2, rate_2)) * 2
    cells = [
        column for base, rate in sizes for column in (generator.binomial(base, rate, DRAWS).astype(float), np.full(DRAWS, float(base)))
    ]
    told = {}
    for name, interval, none in (
        ("change of a ratio", intervals.ratio_change_interval, 1),
        ("change of a gap", intervals.gap_change_interval, 0),
    ):
        low, high = interval(*cells)
        given = ~np.isnan(low)
        told[name] = np.mean(((low <= none) & (high >= none))[given]) if given.any() else np.nan
    return told


def coverage() -> pd.DataFrame:
    """Return the coverage of every printed 95% interval, least, greatest and mean over the rates, by size."""
    generator, rows = np.random.default_rng(1), []
    pairs = [(rate, rate) for rate in RATES] + [(2 * rate, rate) for rate in RATES if 2 * rate < 1]
    for bases in ((5, 60), (12, 300), (20, 300), (37, 770), (65, 1_093), (250, 1_600), (500, 5_000)):
        found = pd.DataFrame([_coverage_of_one_year(*bases, *pair) | _coverage_of_change(*bases, *pair, generator) for pair in pairs])
        told = {name: f"{column.min():.1%} to {column.max():.1%}, mean {column.mean():.1%}" for name, column in found.items()}
        rows.append({"BME and white people": f"{bases[0]:,} and {bases[1]:,}"} | told)
    return pd.DataFrame(rows)


def as_markdown(table: pd.DataFrame) -> str:
    """Return a table in Markdown."""
    lines = [table.columns, ["---"] * len(table.columns), *table.itertuples(index=False)]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


WORDS = """# What the statuses and intervals amount to

Made by `python docs/make_methods.py` with the pack's own functions; do not edit by hand. How each number is made stands in
[numbers.md](numbers.md).

## The rule

A difference between two groups is **clear** where all of this holds: the printed interval leaves out equality; the test of equal
rates rejects at 5% on two sides (score test; where fewer than five people are expected in some cell exact mid-p: half the chance of
what was found, and that of every other split of the same people that is no likelier, on either side); Fisher's exact probability of
a difference at least so large in its direction is at most 2.5%; and with one person of either group moved towards
equality the test still rejects. It is **large** where the relative likelihood is beyond 1.25 on the answer or on its complement: a
ratio of two large shares hardly leaves 0.80 to 1.25 (99% against 80% is 1.24), while the same answers counted as "no" do (20 times).

- Clear, worse for BME staff, large: *large difference* (requires focus); not large: *some difference* (progressing).
- Clear, better for BME staff: *difference the other way*.
- Not clear: *too few to judge* where fewer than five people are expected in some cell; *equivalent* (achieving) where the whole
  interval lies in the range, on the answer and on its complement; else *no clear difference*.

The range is a convention for screening: the four fifths of a rule of thumb in United States hiring (1978, from memory), and its inverse;
NHS England has counted trusts inside and outside 0.80 to 1.25 since its targets of 2019, on both sides. It is no test in law, and it
says nothing about why two groups differ.

## False alarms

The probability of a *clear* difference **on one side** where the two groups truly fare alike: the worst of the true rates
{rates}. Counted out over every outcome. Fisher's condition holds it at 2.5% or less whatever the rate is.

{false_alarms}

Nine indicators are looked at together, so that in up to one year in five (1 - 0.975^9 = 20%) at least one would show a clear
difference against BME staff by chance alone, were there none anywhere. The overview therefore says which findings stand by Holm's
method over all nine (Holm 1979).

## What is found, and how often

How often each status is given, by indicator and true ratio (of the rates; of those who said "no" for indicator 7), in {draws:,} drawn
years. A true ratio of 1 shows the false alarms again; of 1.25 a difference just at the end of the range. "Some" and "large" together
are the power. Small bodies find only very large differences: that is what their numbers can bear, and no fault of the rule.

{power}

## Coverage of the printed 95% intervals

Least, greatest and mean coverage over the same true rates of white people, with BME people's the same and twice as high, and no change
between the years. One year's intervals are counted out; changes are drawn. The intervals of changes are wide where few people are
expected. With five or twelve people a share's interval can cover as little as 86% at rates near none or all: a known weakness of
Wilson's interval, whose mean coverage is right.

{coverage}

A ratio has Koopman's score interval with the variance of Miettinen and Nurminen; a gap Newcombe's; a share Wilson's; a part of the
whole Newcombe's against the rest, scaled; the change of a gap Newcombe's four intervals combined; the change of a ratio the adjusted
logarithm, with half a person added to every count. Changes take the two years as independent. Disciplinary cases, training and
survey answers of a year are that year's own, though many of the people are the same: what stays with a person makes the two years
alike and such an interval too wide, so that a change called clear is so all the more, and some real ones are not found. Shares of people
in post (indicators 1 and 9), and two-year windows that overlap, are described and not judged: with nine tenths of the staff the same,
an interval for independent years is about three times too wide and would find next to nothing.
"""


def main() -> None:
    """Write the note."""
    found = "\n\n".join(f"### In {name}\n\n{as_markdown(power(name))}" for name in ORGANISATIONS)
    text = WORDS.format(
        rates=", ".join(f"{rate:.1%}".replace(".0%", "%") for rate in RATES),
        false_alarms=as_markdown(false_alarms()), draws=DRAWS, power=found, coverage=as_markdown(coverage()),
    )  # fmt: skip
    NOTE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
