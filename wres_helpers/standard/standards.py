"""What a standard is called, which two groups it compares, and what it counts: read from its folder, never from code.

Inside the pack the groups have the names of the first standard, ``white`` (the reference) and ``bme`` (the compared). A standard's own
words for them are met at the door: in the inputs, in ``results.csv`` and on pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.standard.columns import BME, COUNTS_TABLES, UNKNOWN, WHITE
from wres_helpers.standard.reference_tables import OPTIONAL_KEYS, STANDARD_KEYS, made_of, read_reference
from wres_helpers.standard.standard_folders import place_of, shown_place

if TYPE_CHECKING:
    import pandas as pd

_ROLES = {"reference": WHITE, "compared": BME, "unknown": UNKNOWN}


@dataclass(frozen=True)
class Standard:
    """One standard."""

    name: str  # "Workforce Disability Equality Standard"
    short_name: str  # "WDES"
    characteristic: str  # what its groups are groups of: ``ethnicity``, ``disability``
    group_column: str  # the column of its inputs that holds the groups
    snapshot: str  # the day on which staff are counted, without its year
    metric: str  # what it calls one of its measures: ``indicator`` or ``metric``
    first_edition: str  # the first year it was reported for
    survey: str  # the staff survey its answers come from, where that is not one of the organisation's own
    tiers: str  # its pay tiers in words; empty where it does not say
    national: str  # whose its national figures are; empty where it does not say
    unanswered: str  # which of its measures counts of people do not answer here, and why; empty where all are
    codes: dict[str, str]  # the pack's name of a group to the standard's word for it, as in inputs and results
    labels: dict[str, str]  # the pack's name of a group to the label on pages
    items: pd.DataFrame  # one row per thing that is counted

    @cached_property
    def tables(self) -> dict[str, tuple[str, ...]]:
        """The counts tables: name to columns, the count last; further columns are breakdowns."""
        made: dict[str, tuple[str, ...]] = {}
        for row in self.items.itertuples():
            own = (*((row.where_column,) if row.where_column else ()), "ethnic_group", row.count)
            made.setdefault(row.table, COUNTS_TABLES.get(row.table, own))
        return made

    @cached_property
    def items_of(self) -> dict[str, dict[str, str]]:
        """What each table counts: the value that picks an item out, or an empty text, to the item."""
        made: dict[str, dict[str, str]] = {}
        for row in self.items.itertuples():
            made.setdefault(row.table, {})[row.where_value] = row.item
        return made

    @cached_property
    def labels_of_items(self) -> dict[str, str]:
        """What is counted as the heading of a row has it: 'Staff in post'."""
        return dict(zip(self.items["item"], self.items["label"], strict=True))

    def at_the_door(self, text: str) -> str:
        """Return a direction or the name of a column as this standard's files have it: ``bme_count`` is ``disabled_count``."""
        for own, code in self.codes.items():
            text = text.replace(own, code) if own != UNKNOWN else text
        return text

    def inside(self, direction: str) -> str:
        """Return a direction of the catalogue as the pack has it: ``non_disabled/disabled`` is ``white/bme``."""
        for own, code in sorted(self.codes.items(), key=lambda pair: -len(pair[1])):
            direction = direction.replace(code, own)
        return direction


@made_of("standard", "groups", "items")
def read_standard(reference_folder: Path) -> Standard:
    """Read what a standard is; raise InputProblems where one of its tables is missing or wrong, or lacks a key or a group."""
    facts = read_reference(reference_folder, "standard").set_index("key")["says"].to_dict()
    groups = read_reference(reference_folder, "groups")
    places = {table: shown_place(place_of(Path(reference_folder), table)) for table in ("standard", "groups")}
    problems = [
        Problem(places[table], f"a row '{name}'", "Add the row.", found="no such row")
        for table, names, there in (("standard", STANDARD_KEYS, facts), ("groups", _ROLES, set(groups["role"])))
        for name in names
        if name not in there
    ]
    if not facts.get("first_edition", "2016").isdecimal():
        expected, found = "a year such as 2016 as first_edition", repr(facts["first_edition"])
        problems.append(Problem(places["standard"], expected, "Correct the cell.", column="says", found=found))
    for code in groups["code"][groups["code"].duplicated()]:
        expected, found = "a code of its own for each group", f"'{code}' twice"
        problems.append(Problem(places["groups"], expected, "Correct the code.", column="code", found=found))
    InputProblems.raise_if_any(problems)
    own = groups["role"].map(_ROLES)
    items = read_reference(reference_folder, "items")
    said = {key: facts[key] for key in STANDARD_KEYS} | {key: facts.get(key, "") for key in OPTIONAL_KEYS}
    return Standard(
        **said, codes=dict(zip(own, groups["code"], strict=True)), labels=dict(zip(own, groups["label"], strict=True)), items=items
    )
