"""From tidy counts to the six counts of every comparison: who is counted, and out of whom, in each group."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from wres_helpers.analysis.status_rule import Method
from wres_helpers.standard.catalogue import in_force
from wres_helpers.standard.columns import ETHNIC_CATEGORY, ETHNIC_GROUPS, OVERALL, PARTS_OF_THE_BOARD, UNKNOWN
from wres_helpers.standard.grades import in_several_tiers
from wres_helpers.standard.years import edition_of

#: The six counts of a comparison, and those of the two groups alone.
CELLS = ("white_count", "white_base", "bme_count", "bme_base", "unknown_count", "unknown_base")
TWO_GROUPS = list(CELLS[:4])
#: The two separate groups whose rates a comparison divides, or takes from one another, by its direction; the first one on top.
COMPARED_GROUPS = {"white/bme": ("white", "bme"), "bme/white": ("bme", "white"), "bme-white": ("bme", "white")}
KEYS = ["organisation", "year", "breakdown", "category"]
#: How a rule of the base begins that names posts; a column of the grades follows.
GRADES = "grades:"


@dataclass(frozen=True)
class Material:
    """What the measures are made from; what several of them ask for is made once."""

    wide: pd.DataFrame  # one row per organisation, year, item, breakdown and category; a column per ethnic group, NaN where not supplied
    grades: pd.DataFrame  # with their clusters
    method: Method
    _made: dict[tuple, Any] = field(default_factory=dict, repr=False, compare=False)

    def _once(self, what: str, years: list[str], make: Callable[[], Any]) -> Any:
        key = (what, *years)
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @cached_property
    def _of_item(self) -> dict[str, pd.DataFrame]:
        return dict(list(self.wide.groupby("item")))

    @cached_property
    def _reports(self) -> pd.DataFrame:
        """Organisation and year of each report, by its number."""
        return self.wide.drop_duplicates("report")[["organisation", "year"]]

    def told(self, reports: np.ndarray, counted: np.ndarray, base: np.ndarray) -> pd.DataFrame:
        """Return the six counts of the whole of some reports: rows of people counted, and out of whom, a column per ethnic group."""
        cells = self._reports.take(reports).assign(breakdown=OVERALL[0], category=OVERALL[1])
        numbers = {
            f"{group}_{kind}": of[:, place]
            for kind, of in (("count", counted), ("base", base))
            for place, group in enumerate(ETHNIC_GROUPS)
        }
        return cells.assign(**numbers)

    def item(self, name: str, years: list[str]) -> pd.DataFrame:
        """Return the wide rows of one item in some years."""
        rows = self._of_item.get(name, self.wide.head(0))
        return self._once(name, years, lambda: rows[rows["year"].isin(years)])

    def staff(self, years: list[str]) -> pd.DataFrame:
        """Return the wide rows of the headcount, and of the workforce those of breakdowns that the headcount lacks."""
        return self._once("staff of every breakdown", years, lambda: self._staff(years))

    def _staff(self, years: list[str]) -> pd.DataFrame:
        return pd.concat([self.item("headcount", years), _without_overall(self.item("workforce", years))]).drop_duplicates(KEYS)

    def respondents(self, years: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return the reports with a survey, and who answered it at all, as far as is known: a row a report, a column per ethnic group.

        Of each group they are those who answered the question that most of it answered.
        """
        return self._once("respondents", years, lambda: self._respondents(self.item("survey", years)))

    def _respondents(self, answers: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        place, _ = pd.factorize(pd.MultiIndex.from_frame(answers[["report", "breakdown"]]))
        first = np.unique(place, return_index=True)[1]
        of_question = _sums(answers[list(ETHNIC_GROUPS)].to_numpy(), place)
        of_report, reports = pd.factorize(answers["report"].to_numpy()[first])
        most = np.full((len(reports), len(ETHNIC_GROUPS)), np.nan)
        np.fmax.at(most, of_report, of_question)
        return reports, most

    def workforce(self, years: list[str]) -> pd.DataFrame:
        """Return the wide rows of the workforce, without those of a year whose table leaves out the undisclosed the headcount counts.

        The share of a part of them cannot be set beside a share of everybody.
        """
        return self._once("workforce of whom all are told", years, lambda: self._workforce(years))

    def _workforce(self, years: list[str]) -> pd.DataFrame:
        rows, headcount = self.item("workforce", years), _overall(self.item("headcount", years))
        undisclosed = headcount.loc[headcount[UNKNOWN].gt(0), "report"]
        told = rows.loc[rows[UNKNOWN].notna(), "report"]
        return rows[~(rows["report"].isin(undisclosed) & ~rows["report"].isin(told))]


def without_ethnic_categories(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts without the breakdown in which a category is white or BME as a whole: nothing in it can be compared."""
    finer = counts["breakdown"].eq(ETHNIC_CATEGORY)
    return counts[~finer] if finer.any() else counts


def wide_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts with a column per ethnic group: one row per organisation, year, item, breakdown and category.

    ``report`` numbers organisation and year.
    """
    keys = ["organisation", "year", "item", "breakdown", "category"]
    wide = counts.set_index([*keys, "ethnic_group"])["count"].unstack("ethnic_group")
    wide = wide.reindex(columns=list(ETHNIC_GROUPS)).astype(float).reset_index()
    wide["report"] = wide.groupby(["organisation", "year"], sort=False).ngroup()
    return wide


def definitions_in_use(catalogue: pd.DataFrame, years: list[str]) -> list[tuple[pd.Series, list[str]]]:
    """Return each definition in force in some of the years, with those years."""
    by_edition = pd.concat([in_force(catalogue, edition_of(year)).assign(year=year) for year in years])
    found: dict[tuple, tuple[int, list[str]]] = {}
    for place, (*same, year) in enumerate(by_edition[["indicator", "measure", "edition_from", "year"]].itertuples(index=False, name=None)):
        found.setdefault(tuple(same), (place, []))[1].append(year)
    return [(by_edition.iloc[place], told) for place, told in found.values()]


def cells_of(definition: pd.Series, years: list[str], material: Material) -> pd.DataFrame:
    """Return the six counts of one measure as far as they were supplied: one row per organisation, year, breakdown and category."""
    if definition["base"] == "survey":
        return _survey_cells(definition, years, material)
    if definition["numerator"] == "survey":
        return _response_cells(years, material)
    if definition["direction"] == "board-workforce":
        return _shares_of_everyone(material.item("board", years))
    if definition["direction"] == "grade-workforce":
        graded = definition["base_rule"].startswith(GRADES)
        return _senior_cells(definition, years, material) if graded else _grade_cells(years, material)
    return _rate_cells(definition, years, material)


def told_of_every_report(definition: pd.Series) -> list[tuple[str, str]]:
    """Return the breakdowns and categories in which a measure has a row for every organisation and year, supplied or not."""
    if definition["direction"] == "board-workforce":
        return [("membership", name) for name in PARTS_OF_THE_BOARD]
    return [OVERALL] if definition["role"] != "optional" or definition["base"] != "survey" else []


def _rate_cells(definition: pd.Series, years: list[str], material: Material) -> pd.DataFrame:
    counted = material.item(definition["numerator"], years)
    # breakdowns that the headcount table lacks stand in the workforce table; of those in both, the headcount's count
    base = material.staff(years) if definition["base"] == "headcount" else material.item(definition["base"], years)
    return counted.merge(base, on=KEYS, how="left", suffixes=("_count", "_base"))[[*KEYS, *CELLS]]


def _overall(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["breakdown"].eq(OVERALL[0])]


def _without_overall(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["breakdown"].ne(OVERALL[0])]


def _survey_cells(definition: pd.Series, years: list[str], material: Material) -> pd.DataFrame:
    answers = material.item("survey", years)
    # "13b+13c" is one label: both questions joined, each person counted once. Answers to the questions apart cannot be
    # joined afterwards, so they leave the indicator not supplied.
    answers = answers[answers["breakdown"].eq(question_of(definition, material.method))]
    base_answers = answers_in_base(definition)
    if base_answers is not None:
        answers = answers[answers["category"].isin(base_answers)]
    reports, counted = _summed(answers, is_counted(answers["category"], definition["numerator_rule"]).to_numpy(bool))
    _, base = _summed(answers)
    if definition["base_rule"] == "all_respondents":
        of_report, everybody = material.respondents(years)
        base = everybody[pd.Index(of_report).get_indexer(reports)]
    # a group that answered but never so has a count of zero
    counted = np.where(np.isnan(counted) & ~np.isnan(base), 0.0, counted)
    return material.told(reports, counted, base)


def _response_cells(years: list[str], material: Material) -> pd.DataFrame:
    staff, (reports, answered) = _overall(material.item("headcount", years)), material.respondents(years)
    place = pd.Index(staff["report"]).get_indexer(reports)
    known = place >= 0
    return material.told(reports[known], answered[known], staff[list(ETHNIC_GROUPS)].to_numpy()[place[known]])


def question_of(definition: pd.Series, method: Method) -> str:
    """Return the label of the survey question that answers an indicator."""
    return method.questions.get(definition["indicator"], definition["survey_question"])


def answers_in_base(definition: pd.Series) -> list[str] | None:
    """Return the answers that make up an indicator's base, or None where all do; who was not asked a question is in none."""
    kind, _, names = definition["base_rule"].partition(":")
    if kind not in ("answers", "asked"):
        return None
    answers = names.split("|")
    # a percentage of yes tells of the others only that they said no or did not know: both are in such a base
    return [*answers, "No or don't know"] if "Don't know" in answers else answers


def is_counted(answers: pd.Series, rule: str) -> pd.Series:
    """Tell which answers a numerator rule counts."""
    kind, _, values = rule.partition(":")
    named = answers.isin(values.split("|"))
    return named if kind == "is" else ~named


def _summed(rows: pd.DataFrame, counted: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return the reports of some rows, and their people in all rows, or in those that are counted: a row a report, a column per group."""
    people = rows[list(ETHNIC_GROUPS)].to_numpy()
    of_report, reports = pd.factorize(rows["report"].to_numpy())
    return reports, _sums(people if counted is None else np.where(counted[:, None], people, np.nan), of_report)


def _sums(people: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Return the sums of the rows of each place; NaN where none of them has a number."""
    sums, known = np.zeros((place.max(initial=-1) + 1, people.shape[1])), ~np.isnan(people)
    some = np.zeros(sums.shape, dtype=bool)
    np.add.at(sums, place, np.where(known, people, 0.0))
    np.logical_or.at(some, place, known)
    return np.where(some, sums, np.nan)


def _shares_of_everyone(rows: pd.DataFrame) -> pd.DataFrame:
    everyone = rows[list(ETHNIC_GROUPS)].sum(axis=1)  # white and BME people are both supplied, or neither
    cells = rows[KEYS].copy()
    for group in ETHNIC_GROUPS:
        cells[f"{group}_count"] = rows[group]
        cells[f"{group}_base"] = everyone
    return cells


def _grade_cells(years: list[str], material: Material) -> pd.DataFrame:
    workforce = _without_overall(material.workforce(years))
    by_grade = workforce[workforce["breakdown"].str.startswith("grade")]
    # the headcount's own breakdowns stand in the workforce table too
    parts = [
        _overall(material.item("headcount", years)),
        by_grade,
        _grouped(by_grade[by_grade["breakdown"].eq("grade")], material, "cluster"),
        _grouped(by_grade, material, "tier"),
        workforce.drop(by_grade.index),
    ]
    cells = _shares_of_everyone(pd.concat(parts, ignore_index=True))
    return cells[cells["category"].ne("not_separated")]


def _grouped(by_grade: pd.DataFrame, material: Material, group: str) -> pd.DataFrame:
    """Return groups of grades: ``cluster`` or ``tier`` for all staff, ``tier (clinical)`` where staff groups are told apart."""
    grades = material.grades[material.grades["part_of"].eq("") & material.grades[group].ne("")]
    named = by_grade["category"].map(grades.set_index("grade")[group])
    if group == "tier":
        # beside a group of bands that holds some of a tier, the tier is not whole
        places = by_grade[KEYS[:3]]
        groups = by_grade.merge(in_several_tiers(material.grades), left_on="category", right_on="grade")
        torn = pd.MultiIndex.from_frame(groups[[*KEYS[:3], "tier"]])
        named = named.mask(pd.MultiIndex.from_frame(places.assign(tier=named)).isin(torn))
    rows = by_grade.assign(breakdown=by_grade["breakdown"].str.replace("grade", group, n=1), category=named)[named.notna()]
    return rows.groupby(KEYS, sort=False)[list(ETHNIC_GROUPS)].sum(min_count=1).reset_index()


def holds_others(definition: pd.Series, by_grade: pd.DataFrame, grades: pd.DataFrame) -> pd.Series:
    """Tell which rows are of a group of bands that holds some of a measure's posts and others: it cannot be divided."""
    grouped = grades["senior"] & ~_posts_of(definition, grades) & grades["kind"].eq("grouped")
    return by_grade["category"].isin(grades.loc[grouped, "grade"])


def _posts_of(definition: pd.Series, grades: pd.DataFrame) -> pd.Series:
    return grades[definition["base_rule"].removeprefix(GRADES)] & grades["part_of"].eq("")


def _senior_cells(definition: pd.Series, years: list[str], material: Material) -> pd.DataFrame:
    grades = material.grades
    chosen, workforce = _posts_of(definition, grades), material.workforce(years)
    by_grade = workforce[workforce["breakdown"].eq("grade")]
    undivided = by_grade.loc[holds_others(definition, by_grade, grades), "report"]
    rows = by_grade[by_grade["category"].isin(grades.loc[chosen, "grade"]) & ~by_grade["report"].isin(undivided)]
    reports, counted = _summed(rows)
    return material.told(reports, counted, np.broadcast_to(np.nansum(counted, axis=1, keepdims=True), counted.shape))
