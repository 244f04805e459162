"""The words each measure is spoken of with, once: who is counted, what may happen to them, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wres_helpers.report.form import numbers, phrases
from wres_helpers.standard.columns import OVERALL
from wres_helpers.standard.statuses import DIFFERENCE_OTHER_WAY, LABELS, LARGE_DIFFERENCE, SOME_DIFFERENCE
from wres_helpers.standard.years import shifted
from wres_helpers.standard.years import spoken as year_label

if TYPE_CHECKING:
    import pandas as pd

    from wres_helpers.analysis.evidence import Evidence
    from wres_helpers.settings.master_file import Terms


@dataclass(frozen=True)
class Wording:
    """How a measure is put into sentences."""

    people: str  # who is counted in the base: 'shortlisted candidates'
    act: str  # what may happen, after 'likely to': 'be appointed'
    acted: str  # what happened, after the people: 'were appointed'
    in_short: str  # the same in few words, for titles and findings: 'reported harassment from managers or colleagues'
    stage: str  # short noun for tables and chart labels: 'Appointed from shortlisting'
    again: str  # who is counted, where it has just been said in full: 'candidates'


def wording(shown: Evidence, measure: str) -> Wording:
    """Return the words of a measure, from the standard's ``words.csv``. Raises KeyError where the standard has no such measure."""
    row = _catalogue_row(shown, measure)
    told = {name: str(row[name]) for name in ("people", "act", "acted", "in_short", "stage", "again")}
    if (years := int(row["years_pooled"])) > 1:  # such a rate would be read as that of a year
        told |= {name: f"{told[name]} in {numbers.in_words(years)} years" for name in ("act", "acted", "in_short")}
    return Wording(**told)


def _catalogue_row(shown: Evidence, measure: str) -> pd.Series:
    from wres_helpers.report.words.evidence_rows import first  # pages of a changed sentence are made without what calculates

    row = first(shown.context.catalogue, measure=measure)
    if row is None:
        raise KeyError(f"The standard has no measure '{measure}'.")
    return row


#: What the breakdowns of every report are called, and a part of one; others are an organisation's own columns.
_CUTS = {"grade": "pay band", "cluster": "group of bands", "tier": "pay tier", "membership": "part of the board"}
STAFF_GROUPS = {"clinical": "clinical", "non_clinical": "non-clinical", "medical_and_dental": "medical and dental"}
_PARTS = STAFF_GROUPS | {"no tier": "in no tier"}


def cut_named(breakdown: str) -> str:
    """Return what a breakdown is called in words: 'pay band, non-clinical' for ``grade (non_clinical)``, else its own heading."""
    if " and " in breakdown:  # two that are crossed
        return " and ".join(map(cut_named, breakdown.split(" and ")))
    whole, _, part = breakdown.removesuffix(")").partition(" (")
    return ", ".join(filter(None, [_CUTS.get(whole, whole.replace("_", " ")), _PARTS.get(part, part)]))


MEMBERSHIPS: dict[str, str] = {
    "total": "Whole board",
    "voting": "Voting members",
    "non_voting": "Non-voting members",
    "executive": "Executive members",
    "non_executive": "Non-executive members",
}


def codes_in_words(shown: Evidence) -> list[tuple[str, str]]:
    """Return what codes in the files mean: measures and breakdowns of the results, measures of published figures, parts of a board or the staff, statuses."""
    catalogue = shown.context.reference.catalogue.drop_duplicates("measure").set_index("measure")["plain_title"]
    told = [(name, f"measure: {catalogue[name]}") for name in catalogue.index if name in set(shown.results["measure"])]
    published = dict[str, dict[str, None]]()
    for indicator, measure in shown.benchmarks[["indicator", "measure"]].itertuples(index=False):
        published.setdefault(measure, {})[published_measure(shown, indicator, measure)] = None
    told += [(name, f"measure of a published figure: {'; '.join(said)}") for name, said in published.items() if name not in dict(told)]
    cuts = shown.results["breakdown"].unique()
    told += [(name, "breakdown: by nothing" if name == OVERALL[0] else f"breakdown: by {cut_named(name)}") for name in cuts]
    held = set(shown.results["category"])
    told += [(name, f"category: {label}") for name, label in (MEMBERSHIPS | STAFF_GROUPS | _TIERS).items() if name in held]
    return [*told, *((code, f"status: {label}") for code, label in LABELS.items())]


def published_measure(shown: Evidence, indicator: str, measure: str) -> str:
    """Return what a published figure is a figure of: 'BME share of Band 5'; its code, without underscores, where the table of words has no more."""
    words = shown.context.reference.benchmark_words
    said = words.loc[words["indicator"].eq(indicator) & words["measure"].eq(measure), "in_words"]
    told = next(filter(None, said), measure.replace("_", " "))
    return told.replace("{bme}", group_label(shown, "bme")).replace("{white}", group_label(shown, "white"))


_TIERS = {OVERALL[1]: "everybody", **{tier: f"{tier} tier of pay" for tier in ("lower", "middle", "upper")}}


def people_of(shown: Evidence, row: pd.Series) -> str:
    """Return who is counted in a comparison's base; of the board, which part of it: 'voting board members'."""
    people = wording(shown, row["measure"]).people
    return f"{row['category']} {people}" if row["measure"] == "board_share" and row["category"] != "total" else people


def indicators_told(shown: Evidence, names: list[str]) -> str:
    """Return 'indicator 3', or 'indicators 5, 6 and 7', in the standard's own word for them."""
    return f"{metric(shown, len(names))} {phrases.listed(names)}"


def indicator_named(shown: Evidence, name: str) -> str:
    """Return 'Indicator 3' in the standard's own word, as a heading or a sentence begins with it."""
    return phrases.capital(indicators_told(shown, [name]))


def metric(shown: Evidence, many: int = 1) -> str:
    """Return what the standard calls one of its measures, or several: 'indicator', 'metrics'."""
    return f"{shown.context.reference.standard.metric}{'s' * (many > 1)}"


def characteristic(shown: Evidence) -> str:
    """Return what the groups of the standard are groups of: 'ethnicity'."""
    return shown.context.reference.standard.characteristic


def part_of(shown: Evidence, row: pd.Series) -> str:
    """Return the part of the workforce, or of the board, whose share a comparison gives."""
    if row["measure"] != "board_share":
        stage = wording(shown, row["measure"]).stage
        return stage if any(letter.isdigit() for letter in stage) else phrases.small(stage)
    return "the board" if row["category"] == "total" else f"the {people_of(shown, row)}"


def group_label(shown: Evidence, group: str, *, starting: bool = False) -> str:
    """Return the label of a group in a sentence, or at the start of one."""
    return shown.context.terms.named(group, starting=starting)


def spelled_out(shown: Evidence, pattern: str = "") -> str:
    """Return what the label of the BME group stands for, as a sentence or in a pattern; empty where it is spelled out already."""
    terms = shown.context.terms
    if terms.bme.lower() == terms.bme_long.lower():
        return ""
    return pattern.format(terms.bme_long) if pattern else f"{terms.bme} stands for {terms.bme_long}."


def in_terms(shown: Evidence, text: str) -> str:
    """Return a text of the catalogue or of the analysis with the organisation's own words for the two groups."""
    return shown.context.terms.in_words(text.replace("the compared group", f"{shown.context.terms.bme} staff"))


def worse_for(terms: Terms, adverse: str) -> str:
    """Return in words which way the value is worse: 'above 1 is worse for BME staff'."""
    side, limit = adverse.rsplit("_", 1)
    return f"{side} {limit} is worse for {terms.bme} staff"


def comparison_title(terms: Terms, direction: str) -> str:
    """Return what the value of a comparison of two groups is: 'Relative likelihood, white divided by BME', 'Gap, BME minus white'."""
    what, by, sign = ("Relative likelihood", "/", " divided by ") if "/" in direction else ("Gap", "-", " minus ")
    return f"{what}, {sign.join(map(terms.named, direction.split(by)))}"


#: Who fares worse where a status says that there is a difference.
_WORSE_OFF = {LARGE_DIFFERENCE: "bme", SOME_DIFFERENCE: "bme", DIFFERENCE_OTHER_WAY: "white"}


def worse_off(shown: Evidence, status: str) -> str:
    """Return for whom a status says that things are worse: 'worse for BME staff'; empty where it finds no difference."""
    group = _WORSE_OFF.get(status)
    return f"worse for {group_label(shown, group)} staff" if group else ""


def period_label(year: str, definition: pd.Series) -> str:
    """Return when a measure counts: '2019/20', '2018/19 and 2019/20' where its definition puts two together, 'staff survey of autumn 2019'."""
    if survey := str(definition["period"]).format(year=year[:4]).partition("staff survey of ")[2]:
        return f"staff survey of {survey}"
    return phrases.listed([year_label(shifted(year, -back)) for back in reversed(range(int(definition["years_pooled"])))])


def period_told(shown: Evidence, definition: pd.Series) -> str:
    """Return the time a measure covers, with the year of the survey that the report's year rests on: 'the staff survey of autumn 2025'."""
    return str(definition["period"]).format(year=shown.context.year[:4])


def snapshot_date(shown: Evidence, year: str) -> str:
    """Return the day on which staff in post of a reporting year are counted: '2019-20' -> '31 March 2020'."""
    day = shown.context.reference.standard.snapshot
    at_its_end = day.endswith(("January", "February", "March"))
    return f"{day} {int(year[:4]) + at_its_end}"


def share_heading(shown: Evidence, measure: str) -> tuple[str, str]:
    """Return the headings of a measure's count and base."""
    row = _catalogue_row(shown, measure)
    return str(row["count_heading"]), str(row["base_heading"])


def grades_listed(shown: Evidence, grades: list[str]) -> str:
    """Return grades in a sentence: 'Bands 2, 3 and 8a', 'Bands 8d and 9 and very senior managers', 'Band 5, consultants and trainees'."""
    bands = [grade.removeprefix("Band ") for grade in grades if grade.startswith("Band ")]
    others = [phrases.small(label) for grade in grades if not grade.startswith("Band ") for label in [grade_label(shown, grade)]]
    told = f"Band{'s' if len(bands) > 1 else ''} {phrases.listed(bands)}"
    if not bands or not others:
        return told if bands else phrases.listed(others)
    return f"{told} and {others[0]}" if len(others) == 1 else f"{told}, {phrases.listed(others)}"


def grade_label(shown: Evidence, grade: str) -> str:
    """Return a grade's name in full, as the reference table has it: 'VSM' is 'Very senior managers'."""
    from wres_helpers.report.words.evidence_rows import first  # pages of a changed sentence are made without what calculates

    named = first(shown.context.reference.grades, grade=grade)
    return grade if named is None else str(named["label"])


def grade_called(shown: Evidence, grade: str) -> str:
    """Return how a chart calls a grade: its label where that is a plural, as in the table."""
    full = grade_label(shown, grade)
    return full if full.startswith(grade) else grade


def abbreviations(shown: Evidence, grades: list[str]) -> str:
    """Return what the short names of grades stand for; a plural tells nothing new."""
    names = {grade: grade_label(shown, grade) for grade in grades}
    return phrases.sentence(
        "; ".join(f"{grade}: {phrases.small(label)}" for grade, label in names.items() if not label.lower().startswith(grade.lower()))
    )
