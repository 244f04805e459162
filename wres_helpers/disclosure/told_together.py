"""The rows of categories that are told together only: parts of the staff, and what is compared within them.

All that stands in them follows from what is told already: a sum is told where it is the same in all tables of which the same is told.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import CELLS, TWO_GROUPS
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.group_comparisons import recalculated
from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.composition import Places
from wres_helpers.disclosure.counterfactual import printed
from wres_helpers.disclosure.merging import connected
from wres_helpers.disclosure.tables_of_people import STAFF, TOGETHER
from wres_helpers.disclosure.told import Decision
from wres_helpers.page_model import Count
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import BME, ETHNIC_GROUPS, OVERALL, RESULT_COLUMNS, SHARE_OF_GRADE, WHITE

_NUMBERS = tuple(f"{group}_{kind}" for group in ETHNIC_GROUPS for kind in ("count", "base", "rate"))
COLUMNS = ("year", "indicator", "item", "measure", "breakdown", "category", *_NUMBERS, "protection")


def rows_together(decision: Decision, tables: Sequence[Mapping[Count, int]], evidence: Evidence, parameters: Parameters) -> pd.DataFrame:
    """Return one row per part of a breakdown that is told together only, as the results have theirs.

    Parameters
    ----------
    tables
        Counts of which the same is told.
    """
    reference = evidence.context.reference
    indicator = dict(reference.catalogue[["measure", "indicator"]].to_numpy())[SHARE_OF_GRADE]
    found = [
        _staff_together(decision, tables, indicator, tuple(reference.grades["grade"])),
        _compared_together(decision, tables, evidence, parameters),
    ]
    return pd.concat([part for part in found if len(part)] or found[:1], ignore_index=True)


def _staff_together(decision: Decision, tables: Sequence[Mapping[Count, int]], indicator: str, ladder: Sequence[str]) -> pd.DataFrame:
    """Return the parts of the staff.

    Parameters
    ----------
    ladder
        Grades in the order of pay, in which they are named; other categories are named as they were supplied.
    """
    rows = []
    for (year, breakdown), blocks in _blocks(decision.merged).items():
        order = list(dict.fromkeys([*ladder, *decision.people.categories(year, "workforce", breakdown)]))
        for names in sorted((sorted(block, key=order.index) for block in blocks), key=lambda block: [order.index(block[0]), len(block)]):
            if len(names) == len(decision.people.categories(year, "workforce", breakdown)):
                # the sum of all of them has a row of its own elsewhere
                continue
            cells = {group: [Count(year, "workforce", breakdown, name, group) for name in names] for group in ETHNIC_GROUPS}
            base = _told([cell for own in cells.values() for cell in own], tables)
            counts = {group: _told(own, tables) for group, own in cells.items()}
            found = {f"{group}_count": count for group, count in counts.items()}
            found |= {f"{group}_base": base for group in ETHNIC_GROUPS}
            found |= {f"{group}_rate": np.round(count / base, 10) if base else np.nan for group, count in counts.items()}
            texts = {field: decision.policy.marker for field in _NUMBERS if np.isnan(found[field])}
            place = (year, indicator, "workforce", SHARE_OF_GRADE, breakdown, TOGETHER.join(names))
            rows.append((*place, *(found[field] for field in _NUMBERS), json.dumps(texts) if texts else ""))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _told(cells: Iterable[Count], tables: Sequence[Mapping[Count, int]]) -> float:
    found = {sum(table.get(cell, 0) for cell in cells) for table in tables}
    return float(found.pop()) if len(found) == 1 else np.nan


def _blocks(merged: Iterable[Sequence[Count]]) -> dict[tuple[str, str], list[list[str]]]:
    """Return the categories of each breakdown of the staff in parts that no sum divides, and those inside them whose BME people are told."""
    told: dict[tuple[str, str], list[tuple[str, list[str]]]] = defaultdict(list)
    for cells in merged:
        if cells[0].item == "workforce" and cells[0].breakdown != OVERALL[0] and cells[0].breakdown == cells[1].breakdown:
            told[cells[0].year, cells[0].breakdown].append((cells[0].ethnic_group, sorted(cell.category for cell in cells)))
    found = {}
    for place, parts in told.items():
        whole = connected((names for _, names in parts), {name for _, names in parts for name in names})
        found[place] = [*whole, *(names for group, names in parts if group == BME and names not in whole)]
    return found


def _compared_together(
    decision: Decision, tables: Sequence[Mapping[Count, int]], evidence: Evidence, parameters: Parameters
) -> pd.DataFrame:
    """Return the comparisons of people counted among others, as far as the counts and bases of both groups are told of the same categories."""
    catalogue = evidence.context.reference.catalogue
    places, results = Places(catalogue, decision.people.values), evidence.results
    rows = []
    for rule in catalogue.drop_duplicates("measure").to_dict("records"):
        own = results[results["measure"].eq(rule["measure"])] if rule["numerator"] in decision.among else results[:0]
        for (year, breakdown), part in own[own["breakdown"].ne(OVERALL[0])].groupby(["year", "breakdown"], sort=False):
            for names in _sets(decision, str(year), str(breakdown), rule, part["category"].tolist()):
                place = {**rule, "year": year, "breakdown": breakdown}
                cells = {field: [places.of("results", place | {"category": name}, field) for name in names] for field in CELLS}
                told = {field: _told([*filter(None, own)], tables) for field, own in cells.items()}
                if not np.isnan([told[field] for field in TWO_GROUPS]).any():
                    about = {"category": TOGETHER.join(names), "item": rule["numerator"], "whole_count": np.nan, "whole_base": np.nan}
                    rows.append(place | told | about)
    if not rows:
        return pd.DataFrame()
    made = recalculated(pd.DataFrame(rows).assign(organisation=parameters.organisation.code), Method.of(parameters))
    absent = [{field: decision.policy.marker for field in CELLS if np.isnan(row[field])} for row in made.to_dict("records")]
    texts = [json.dumps(fields) if fields else "" for fields in absent]
    return printed(made[[*RESULT_COLUMNS, "item"]]).drop(columns="organisation").assign(protection=texts)


def _sets(decision: Decision, year: str, breakdown: str, rule: Mapping, names: list[str]) -> list[list[str]]:
    """Return the categories that are told together only, in sets that no sum divides, without the set of everybody counted anywhere."""
    parts = []
    for kind in ("numerator", "base"):
        item = "staff" if rule[kind] in STAFF else rule[kind]
        parts += [decision.parts.get((year, item, breakdown, group)) for group in (WHITE, BME)]
    if any(part is None for part in parts):
        return []
    joined = connected([[name for name in own if name in names] for part in parts for own in part or ()], names)
    return [[name for name in names if name in own] for own in joined if 1 < len(own) < len(names)]
