"""Small hand-made evidence: a few rows with round numbers, so that every expected word can be worked out by hand."""

import json
from functools import cached_property
from types import SimpleNamespace

import pandas as pd
import pytest

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.intake.own_tables import OwnTables
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.settings.master_file import Organisation, StatusRule, Survey, Terms
from wres_helpers.small_tables import small_tables

YEAR, BEFORE = "2019-20", "2018-19"
KEYS = {"organisation": "demo", "year": YEAR, "breakdown": "overall", "category": "all"}
NUMBERS = ("white_count", "white_base", "white_rate", "bme_count", "bme_base", "bme_rate", "unknown_count", "unknown_base")


def wilson(count, base):
    """The 95% interval of a share by the formula."""
    if not base or count is None:
        return None, None
    rate, squared = count / base, 1.959964**2
    middle = (rate + squared / (2 * base)) / (1 + squared / base)
    reach = (squared * (rate * (1 - rate) + squared / (4 * base)) / base) ** 0.5 / (1 + squared / base)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def result(indicator, measure, white=None, bme=None, unknown=(None, None), **more):
    """One comparison; white and bme are (count, base), their rates follow."""
    row = KEYS | {"indicator": indicator, "measure": measure, "comparison": "ratio", "direction": "white/bme"}
    for group, pair in (("white", white), ("bme", bme), ("unknown", unknown)):
        count, base = pair or (None, None)
        row |= {f"{group}_count": count, f"{group}_base": base}
        row[f"{group}_rate"] = count / base if base and count is not None else None
        if group != "unknown":
            row[f"{group}_lower"], row[f"{group}_upper"] = wilson(count, base)
    row |= {"value": None, "lower": None, "upper": None, "confidence": 0.95, "method": "score", "p_value": None}
    row |= {"status": "large_difference", "reason": ""} | more
    neutral = 1 if row["comparison"] == "ratio" else 0
    clear = row["lower"] is not None and (row["lower"] > neutral or row["upper"] < neutral)
    expected = row["white_rate"] * row["bme_base"] if row["white_rate"] is not None and row["bme_base"] is not None else None
    one = 1 / row["bme_base"] if row["bme_base"] else None
    return {"clear": clear, "bme_expected": expected, "one_person": one} | row


def hide(row, **texts):
    """The row as disclosure control leaves it: hidden numbers gone, their texts in `protection`."""
    return row | {field: None for field in texts} | {"protection": json.dumps(texts)}


def share(item, group, count, base, **more):
    """One share of an item's category."""
    row = KEYS | {"item": item, "ethnic_group": group, "of": "category", "count": count, "base": base, "status": "calculated", "reason": ""}
    return row | {"rate": count / base if count is not None and base else None} | more


def status(indicator, code, label, **more):
    """One indicator's status."""
    row = {"organisation": "demo", "year": YEAR, "indicator": indicator, "status": code, "label": label, "reason": ""}
    return row | {"stands": code == "large_difference", "published_status": "", "differs": False} | more


WORKFORCE = [
    share("headcount", "white", 800, 1000),
    share("headcount", "bme", 100, 1000),
    share("headcount", "unknown", 100, 1000),
    share("headcount", "all", 1000, 1000),
]
APPOINTED = result(
    "2", "appointed_from_shortlisting", (40, 400), (5, 100), value=2.0, lower=1.1, upper=3.9, p_value=0.02
)  # 10.0% against 5.0%


class _Shown(SimpleNamespace):
    """Evidence of which a page asks its tables and what follows from them; like evidence it is another only where it is the same."""

    __eq__, __hash__ = object.__eq__, object.__hash__
    possible_statuses, headlines = cached_property(Evidence.possible_statuses.func), Evidence.headlines
    findings_with_one_person = cached_property(Evidence.findings_with_one_person.func)


@pytest.fixture(scope="session")
def rows_of():
    """The makers of rows, for tests that need other rows than the ready ones."""
    return SimpleNamespace(result=result, hide=hide, share=share, status=status, appointed=APPOINTED, year=YEAR, before=BEFORE)


@pytest.fixture(scope="session")
def catalogue(reference):
    """The catalogue in force in edition 2020."""
    from wres_helpers.standard.catalogue import in_force

    return in_force(reference.catalogue, 2020)


@pytest.fixture
def made(catalogue, reference):
    """Make evidence from rows; tables that are not given are empty."""

    @small_tables  # as evidence has them
    def make(results=(APPOINTED,), statuses=(), shares=WORKFORCE, **tables):
        parameters = SimpleNamespace(
            organisation=Organisation(code="demo", name="Demonstration Trust", short_name="Demo", kind="NHS trust"),
            survey=Survey(kind="local", questions={"5": "13a"}),
            status_rule=StatusRule(),
            sections=("10_action_plan",),
        )
        context = SimpleNamespace(
            year=YEAR, previous_year=tables.pop("previous_year", None), edition=2020, terms=tables.pop("terms", Terms()),
            status_rule=StatusRule(), policy=DisclosurePolicy(), catalogue=catalogue, reference=reference, parameters=parameters,
            own=_OWN,
        )  # fmt: skip
        statuses = list(statuses) or [status(row["indicator"], row["status"], row["status"].replace("_", " ")) for row in results]
        frames = {"results": results, "statuses": statuses, "shares": shares} | tables
        known = ("results", "shares", "bounds", "changes", "benchmarks", "completeness", "statuses", "history", "asides", "targets")
        given = {name: list(frames.get(name, ())) for name in known}
        made_frames = {name: pd.DataFrame(rows) if rows else _NOTHING[name].copy() for name, rows in given.items()}
        return _Shown(context=context, protected=False, **made_frames)

    return make


_EMPTY = {
    "bounds": ("indicator", "year", "measure", "breakdown", "category", "assumption"),
    "changes": ("indicator", "year", "measure", "category"),
    "history": ("indicator", "year", "measure", "category", "value"),
    "asides": ("indicator", "year", "measure", "kind"),
    "benchmarks": ("indicator", "measure", "year", "group", "unit", "comparable"),
    "completeness": ("year", "item"),
    "shares": ("item", "year", "ethnic_group", "breakdown", "category", "of"),
}
_NOTHING = {name: pd.DataFrame(columns=list(_EMPTY.get(name, ()))) for name in ("results", "statuses", "targets", *_EMPTY)}
_OWN = OwnTables()
