"""Grades: Agenda for Change bands, very senior managers, medical and dental grades, and how they are grouped."""

import re
from pathlib import Path
from typing import Final

import pandas as pd

from wres_helpers.small_tables import small_tables
from wres_helpers.standard.reference_tables import made_of, read_reference

#: What the staff of one pay tier are called as a breakdown by something else: "directorate (upper tier)"; of no tier, "(no tier)".
TIERED: Final = re.compile(r"(?P<column>.+) \((?P<tier>\w+) tier\)")


@made_of("grades")
@small_tables
def grades(reference_folder: Path) -> pd.DataFrame:
    """Return one row per grade in the order of pay, with its cluster, its tier and how senior it is.

    ``order`` is a number; ``senior`` (Band 8a and above) and ``senior_leadership`` (Band 8c and above) are truth values.
    Source: the columns ``source`` and ``seen`` of the table.
    """
    table = read_reference(reference_folder, "grades")
    table["order"] = table["order"].astype(int)
    for flag in ("senior", "senior_leadership"):
        table[flag] = table[flag].str.lower().eq("true")
    return table.sort_values("order")


def tier_of(table: pd.DataFrame) -> dict[str, str]:
    """Return the pay tier of each grade; an empty text for one that is in none."""
    return dict(zip(table["grade"], table["tier"], strict=True))


def in_several_tiers(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per group of grades and tier of which it holds some of the people, nobody knows how many."""
    undivided = table.loc[table["kind"].eq("grouped") & table["tier"].eq(""), ["grade", "cluster"]]
    return undivided.merge(table.loc[table["tier"].ne(""), ["cluster", "tier"]].drop_duplicates(), on="cluster")[["grade", "tier"]]
