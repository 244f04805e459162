"""What a printed figure is made of: the counts that a total, a pay tier, a senior post or a survey indicator is the sum of."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import TWO_GROUPS, answers_in_base, is_counted, question_of
from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.tables_of_people import BASE, CLUSTER, COUNTED, INDICATOR, KNOWN, SENIOR, TIER, TOGETHER, WHOLE, People
from wres_helpers.page_model import Count
from wres_helpers.standard.catalogue import ReferenceTables, in_force
from wres_helpers.standard.columns import ALL, BME, ETHNIC_GROUPS, OVERALL, UNKNOWN, WHITE
from wres_helpers.standard.years import edition_of

#: A row of a table, by column.
Row = Mapping[str, Any]


class SurveyMeasures:
    """Which question each survey indicator asks, and which of its answers it counts."""

    def __init__(self, reference: ReferenceTables, method: Method):
        self.reference, self.method = reference, method
        self.rules = cache(self._rules)

    def _rules(self, edition: int) -> list[tuple[str, str, dict[str, Any]]]:
        rules = in_force(self.reference.catalogue, edition)
        asked = rules[rules["base"].eq("survey")].to_dict("records")
        return [(rule["measure"], question_of(rule, self.method), rule) for rule in asked]

    def of_question(self, year: str, question: str) -> str:
        """Return the measure that asks a question of those who answered it; empty where none does."""
        rules = self.rules(edition_of(year))
        return next((name for name, asked, rule in rules if asked == question and rule["base_rule"] != "all_respondents"), "")

    def before(self, year: str, measure: str) -> tuple[str, str] | None:
        """Return the question, and the measure that counts its answers, whose yes led to a question that only some were asked."""
        rules = self.rules(edition_of(year))
        own = [rule["indicator"] for name, _, rule in rules if name == measure and rule["base_rule"].startswith("asked:")]
        return next(((asked, name) for name, asked, rule in rules if name != measure and rule["indicator"] in own), None)

    def answers(self, year: str, measure: str, given: Sequence[str]) -> tuple[list[str], list[str] | None]:
        """Return the answers a measure counts, and those in its base; None where everybody who answered anything is its base."""
        rule = next(rule for name, _, rule in self.rules(edition_of(year)) if name == measure)
        in_base = answers_in_base(rule)
        base = [answer for answer in given if in_base is None or answer in in_base]
        marked = is_counted(pd.Series(base, dtype="str"), rule["numerator_rule"]) if base else []
        everybody = rule["base_rule"] == "all_respondents"
        return [answer for answer, counts in zip(base, marked, strict=True) if counts], None if everybody else base


class Composition:
    """Finds the counts a figure is the sum of."""

    def __init__(self, people: People, reference: ReferenceTables, method: Method):
        self.people, self.reference = people, reference
        self.survey = SurveyMeasures(reference, method)
        self.places = Places(reference.catalogue, people.values)
        self.parts = cache(self._parts)
        self._grades = cache(self._grades_where)
        # where a number's people stand is the same for every group
        self._places = cache(lambda *place: list(self._found_places(*place)))

    def _parts(self, cell: Count | None) -> tuple[Count, ...]:
        """Return the counts that a number is the sum of; none where it is not known, as of bands that are told in larger groups since."""
        if cell is None:
            return ()
        if cell in self.people.values:
            return (cell,)
        groups = {ALL: ETHNIC_GROUPS, KNOWN: (WHITE, BME)}.get(cell.ethnic_group, (cell.ethnic_group,))
        places = self._places(cell.year, cell.item, cell.breakdown, cell.category)
        found = [Count(year, item, breakdown, name, group) for year, item, breakdown, name in places for group in groups]
        return tuple(part for part in found if part in self.people.values)

    def _found_places(self, year: str, item: str, breakdown: str, category: str) -> Iterable[tuple[str, str, str, str]]:
        if breakdown.startswith(INDICATOR):
            yield from self._answers(year, breakdown.removeprefix(f"{INDICATOR} "), category)
        elif category == WHOLE:
            yield from ((year, item, breakdown, name) for name in self.people.categories(year, item, breakdown))
        elif breakdown in (SENIOR, CLUSTER) or breakdown.startswith(TIER):
            members, mixed = self._grades(breakdown, category)
            divided = breakdown.replace(TIER, "grade", 1) if breakdown.startswith(TIER) else "grade"
            counted = self.people.categories(year, item, divided)
            # what is left of a sum beside a group that holds the others is another figure
            yield from ((year, item, divided, name) for name in counted if name in members and mixed.isdisjoint(counted))
        else:
            counted = self.people.categories(year, item, breakdown)
            names = [category] if category in counted else category.split(TOGETHER)
            yield from ((year, item, breakdown, name) for name in names if set(names) <= set(counted))

    def _grades_where(self, breakdown: str, category: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the grades of a group of them, and the larger groups that hold some of these beside others."""
        grades, catalogue = self.reference.grades, self.reference.catalogue
        if breakdown == SENIOR:
            rule = catalogue.loc[catalogue["measure"].eq(category), "base_rule"].iloc[0]
            members = grades[str(rule).removeprefix("grades:")].eq(True)
        else:
            members = grades[CLUSTER if breakdown == CLUSTER else TIER].eq(category)
        mixed = grades["kind"].eq("grouped") & ~members & grades["cluster"].isin(grades.loc[members, "cluster"])
        return frozenset(grades.loc[members & grades["part_of"].eq(""), "grade"]), frozenset(grades.loc[mixed, "grade"])

    def _answers(self, year: str, measure: str, category: str) -> Iterable[tuple[str, str, str, str]]:
        question = next((asked for name, asked, _ in self.survey.rules(edition_of(year)) if name == measure), None)
        if question is not None:
            counted, base = self.survey.answers(year, measure, self.people.categories(year, "survey", question))
            yield from ((year, "survey", question, answer) for answer in (base if category == BASE else counted) or ())


class Places:
    """Finds the count, or the sum of counts, that a number of a table is.

    Parameters
    ----------
    catalogue
        What each measure counts, and out of what; ``rules`` has its rows by measure.
    counted
        Counts that are there: staff of a breakdown are the headcount's where it has the breakdown, else the workforce's.
    """

    def __init__(self, catalogue: pd.DataFrame, counted: Collection[Count]):
        self.counted = counted
        self.rules = {rule["measure"]: rule for rule in catalogue.to_dict("records")}
        self._finders: dict[str, Callable[[Row, str], Count | None]] = {
            "shares": _of_share, "completeness": _of_completeness, "counts": _of_share,
            "results": self._of_result, "bounds": self._of_result, "together": self._of_result,
        }  # fmt: skip

    def of(self, table: str, row: Row, field: str) -> Count | None:
        """Return the place of one field of a row; None where it is no number of people, or no sum of counts."""
        return self._finders[table](row, field) if table in self._finders else None

    def _of_result(self, row: Row, field: str) -> Count | None:
        name, _, kind = field.partition("_")
        group = {"white": WHITE, "bme": BME, "unknown": UNKNOWN}.get(name)
        if group is None or kind not in ("count", "base"):
            return None
        rule, (year, breakdown, category) = self.rules[row["measure"]], (row["year"], row["breakdown"], row["category"])
        item = rule["numerator" if kind == "count" else "base"]
        if rule["numerator"] == "survey":
            # those who answered anything are the respondents of some question; who reads a cell looks its answers up by the measure
            asked = Count(year, "survey", f"{INDICATOR} {row['measure']}", COUNTED if kind == "count" else BASE, group)
            if rule["base"] != "survey":
                return None if kind == "count" else Count(year, item, *OVERALL, group)
            return None if kind == "base" and rule["base_rule"] == "all_respondents" else asked
        if rule["numerator"] == rule["base"]:
            return Count(year, *_place_of_part(rule, breakdown, category), group if kind == "count" else ALL)
        cell = Count(year, item, breakdown, category, group)
        return cell._replace(item="workforce") if item == "headcount" and breakdown != OVERALL[0] and cell not in self.counted else cell


def rest_on(cells: Collection[Count], results: pd.DataFrame, made_of: Composition) -> np.ndarray:
    """Tell which comparisons are made from some counts, of either group."""
    places, parts = made_of.places, made_of.parts
    rows = results.to_dict("records")
    return np.array(
        [any(part in cells for field in TWO_GROUPS for part in parts(places.of("results", row, field))) for row in rows], dtype=bool
    )


def _place_of_part(rule: Row, breakdown: str, category: str) -> tuple[str, str, str]:
    """Return the part of the board or of the staff whose groups a measure tells."""
    if rule["numerator"] == "board":
        return "board", "membership", category
    if rule["base_rule"].startswith("grades:"):
        return "workforce", SENIOR, rule["measure"]
    return ("headcount", *OVERALL) if breakdown == OVERALL[0] else ("workforce", breakdown, category)


def _of_share(row: Row, field: str) -> Count | None:
    place = (row["year"], row["item"], row["breakdown"])
    if field not in ("count", "base"):
        return None
    if field == "count":
        return Count(*place, row["category"], row["ethnic_group"])
    return Count(*place, row["category"], ALL) if row["of"] == "category" else Count(*place, WHOLE, row["ethnic_group"])


def _of_completeness(row: Row, field: str) -> Count | None:
    group = {"known": KNOWN, "unknown": UNKNOWN, "total": ALL}.get(field)
    place = ("membership", "total") if row["item"] == "board" else OVERALL
    return None if group is None or row["item"] == "survey" else Count(row["year"], row["item"], *place, group)
