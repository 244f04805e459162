"""Reads what a board is shown, as an attacker does: a page of statements about counts of people, some of them hidden.

Nothing here knows how it was decided what to hide. Every number and every range of every table becomes a statement about
the counts it is made of, with what everybody knows: parts add up to wholes, who is counted is in the base.
"""

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import CELLS
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.composition import Composition
from wres_helpers.disclosure.tables_of_people import SEPARATED, STAFF, TOGETHER, People, wider_circles
from wres_helpers.page_model import Count, ModelledPage, Statement, Unknown, at_most
from wres_helpers.standard.catalogue import ReferenceTables
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS, OVERALL, hidden_texts, range_told
from wres_helpers.standard.grades import TIERED, tier_of

#: The numbers of people in each table.
COUNT_FIELDS: Final = {
    "counts": ("count",),
    "shares": ("count", "base"),
    "completeness": ("known", "unknown", "total"),
    "results": CELLS,
    "together": CELLS,
}


#: Item, breakdown and category.
Place = tuple[str, str, str]
_MEMBERSHIPS: Final = (("voting", "non_voting"), ("executive", "non_executive"))


class Reader:
    """Somebody who reads tables of a board and knows the standard, but no hidden count.

    Parameters
    ----------
    counts
        Tidy counts, of which only the places are looked at, and by how much whole tables contradict each other.
    """

    def __init__(self, counts: pd.DataFrame, reference: ReferenceTables, method: Method):
        self.people = People(counts)
        self.among = wider_circles(reference.standard.items)
        made_of = Composition(self.people, reference, method)
        self.parts, self.places = made_of.parts, made_of.places
        self.tiers = tier_of(reference.grades)
        larger = dict(reference.grades.loc[reference.grades["kind"].eq("grouped"), ["cluster", "grade"]].to_numpy().tolist())
        self.larger = {band: larger.get(cluster, "") for band, cluster in reference.grades[["grade", "cluster"]].to_numpy().tolist()}

    def page(self, shown: Evidence, policy_round: int = 0, before: Sequence[Mapping[str, Any]] = ()) -> ModelledPage:
        """Return everything that is shown as a page, and what everybody knows.

        Parameters
        ----------
        policy_round
            Base to which counts are rounded; 0 where they are exact.
        before
            Rows of the results of an earlier publication; what contradicts the counts of today is left out.
        """
        said = [one for table in COUNT_FIELDS for one in self._of_rows(table, getattr(shown, table).to_dict("records"), policy_round)]
        said += self._common_knowledge()
        said += self._of_rows("results", before, 0, true_only=True)
        bands = self.bands(before)
        groups = {whole: [(band, 1) for band in bands if self._larger(band) == whole] for whole in map(self._larger, bands)}
        made_of = [Statement(str(whole), (*parts, (whole, -1)), 0, 0) for whole, parts in groups.items()]
        page = ModelledPage([*said, *made_of], [*self.people.values, *bands])
        # bands that were corrected since contradict what is told of them together
        return page if not bands or page.fits() else ModelledPage(said, [*self.people.values, *bands])

    def bands(self, before: Sequence[Mapping[str, Any]]) -> list[Count]:
        """Return the counts of bands of which an earlier publication told and that are told in larger groups since."""
        figures, known = self._figures("results", before, 0), self.people.values
        return list(dict.fromkeys(part for _, parts, *_ in figures for part in parts if part not in known))

    def _larger(self, band: Count) -> Count:
        return band._replace(category=str(self.larger.get(band.category)))

    def _bands(self, cell: Count) -> tuple[Count, ...]:
        """Return the counts of bands, told in larger groups today, that an earlier number is the sum of."""
        groups = ETHNIC_GROUPS if cell.ethnic_group == ALL else (cell.ethnic_group,)
        found = [cell._replace(category=name, ethnic_group=group) for name in cell.category.split(TOGETHER) for group in groups]
        return tuple(found) if all({band, self._larger(band)} & self.people.values.keys() for band in found) else ()

    def _of_rows(self, table: str, lines: Sequence[Mapping[str, Any]], policy_round: int, true_only: bool = False) -> list[Statement]:
        """Return what the rows of a table say, each thing once."""
        found: dict[tuple, Statement] = {}
        for _, parts, low, high in self._figures(table, lines, policy_round):
            if (low > 0 or high < np.inf) and not (true_only and self._contradicts(parts, low, high)):
                found.setdefault((parts, low, high), Statement(table, tuple((part, 1) for part in dict.fromkeys(parts)), low, high))
        return list(found.values())

    def _figures(
        self, table: str, lines: Sequence[Mapping[str, Any]], policy_round: int
    ) -> Iterator[tuple[Count, tuple[Count, ...], float, float]]:
        """Give each figure of some rows that is made of counts: its place, those counts, and the ends of what it tells."""
        for line in lines:
            texts = hidden_texts(line["protection"])
            if line.get("other_standard"):
                yield from self._of_everybody(line, texts)
                continue
            for field in COUNT_FIELDS[table]:
                cell = self.places.of(table, line, field)
                if cell is not None and (parts := self.parts(cell) or self._bands(cell)):
                    yield cell, parts, *_limits(line[field], texts.get(field, ""), policy_round)

    def _of_everybody(self, line: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[tuple[Count, tuple[Count, ...], float, float]]:
        """Give what a row of another standard tells of all groups together: other groups of the same people."""
        for kind in ("count", "base") if line["measure"] in self.places.rules else ():
            fields = [f"{group}_{kind}" for group in ("white", "bme", "unknown")]
            limits = {self.places.of("results", line, field): _limits(line[field], texts.get(field, ""), 0) for field in fields}
            parts = tuple(part for cell in limits for part in self.parts(cell))
            if parts and None not in limits:
                low, high = (sum(ends) for ends in zip(*limits.values(), strict=True))
                yield Count(*parts[0][:4], ALL), parts, low, high

    def _contradicts(self, parts: Iterable[Count], low: float, high: float) -> bool:
        return self.people.values.keys() >= set(parts) and not low <= sum(self.people.values[part] for part in parts) <= high

    def corrected(self, before: Sequence[Mapping[str, Any]]) -> list[Count]:
        """Return the places of which an earlier publication told numbers that cannot be those of the counts of today."""
        figures = self._figures("results", before, 0)
        return list(dict.fromkeys(cell for cell, parts, low, high in figures if self._contradicts(parts, low, high)))

    def _common_knowledge(self) -> Iterator[Statement]:
        """Give what everybody knows: what adds up to what, and who is counted among whom."""
        values = self.people.values
        for year, item in self.people.places:
            for sides in self._sums(year, item):
                for group in ETHNIC_GROUPS:
                    parts, wholes = ([cell for place in side if (cell := Count(year, *place, group)) in values] for side in sides)
                    yield from self._tie(parts, wholes) if parts and wholes else ()
        for part, value in values.items():
            wider = [part._replace(item=name) for name in self.among.get(part.item, ())]
            yield from (at_most(str(part), part, whole) for whole in wider if value <= values.get(whole, -1))

    def _tie(self, parts: list[Count], wholes: list[Count]) -> Iterator[Statement]:
        """Say that the parts supplied add up to one or several wholes; by how much they do not, if it is little, is taken to be known."""
        amount = sum(self.people.values[whole] for whole in wholes)
        apart = sum(self.people.values[part] for part in parts) - amount
        terms: dict[Unknown, int] = {**dict.fromkeys(parts, 1), **dict.fromkeys(wholes, -1)}
        if abs(apart) * 20 <= amount:
            yield Statement(str(wholes[0]), tuple(terms.items()), apart, apart)

    def _sums(self, year: str, item: str) -> Iterator[tuple[list[Place], list[Place]]]:
        """Give what adds up to what in every ethnic group: the parts, and the wholes."""
        names = {breakdown: self.people.categories(year, item, breakdown) for breakdown in self.people.places[year, item]}
        if item == "board":
            yield from (([(item, "membership", name) for name in pair], [(item, "membership", "total")]) for pair in _MEMBERSHIPS)
        if item == "headcount":  # the same people in another table
            yield from (([("workforce", cut, name)], [(item, cut, name)]) for cut in names for name in names[cut])
        if item == "workforce":
            sides = [cut for cut in names if cut.startswith(SEPARATED)]
            yield from (([(item, side, grade) for side in sides], [(item, "grade", grade)]) for grade in names.get("grade", ()))
        for cut in names if item not in ("board", "survey") else ():
            parts, named = [(item, cut, name) for name in names[cut]], TIERED.fullmatch(cut)
            if named:
                # the people of a tier are those of its grades, and of each part its people are those of all tiers
                tiers = [other for other in names if (match := TIERED.fullmatch(other)) and match["column"] == named["column"]]
                yield parts, [(item, "grade", name) for name in names.get("grade", ()) if (self.tiers.get(name) or "no") == named["tier"]]
                yield from (([(item, tier, name) for tier in tiers], [(item, named["column"], name)]) for name in names[cut])
            elif cut.startswith(SEPARATED):
                yield parts, [(item, "staff_group", cut[len(SEPARATED) : -1])]
            elif cut != OVERALL[0]:
                yield parts, [(item, *OVERALL)]


def counts_supplied(corrected: Collection[Count]) -> int:
    """Return the fewest counts supplied that were corrected where these places tell other numbers: wholes, and other cuts of the same, follow."""
    cuts = Counter(
        (*cell[:3], cell.ethnic_group, cell.category)
        if cell.item == "survey"
        else (cell.year, "staff" if cell.item in STAFF else cell.item, cell.ethnic_group, cell.breakdown)
        for cell in corrected
        if cell.ethnic_group != ALL
    )
    most: Counter[tuple] = Counter()
    for (*of, _), places in cuts.items():
        most[tuple(of)] = max(places, most[tuple(of)])
    return most.total() or min(len(corrected), 1)


def counts_shown(shown: Evidence) -> dict[Count, float]:
    """Return every count that the table of counts has a place for; those that it does not show as NaN."""
    keys = shown.counts[["year", "item", "breakdown", "category", "ethnic_group"]].itertuples(index=False, name=None)
    return dict(zip(itertools.starmap(Count, keys), shown.counts["count"], strict=True))


def _limits(value: float, text: str, policy_round: int) -> tuple[float, float]:
    if pd.isna(value):
        return range_told(text)
    below, above = (policy_round // 2, (policy_round - 1) // 2) if policy_round and value else (0, 0)
    return value - below, value + above
