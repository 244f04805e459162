"""Grades: Agenda for Change bands, very senior managers, medical and dental grades, and how they are grouped."""

from pathlib import Path

import pandas as pd

from wres_helpers.standard.reference_tables import read_reference

GRADE_COLUMNS = ("grade", "label", "order", "kind", "cluster", "tier", "senior", "part_of")


def grades(reference_folder: Path) -> pd.DataFrame:
    """Return one row per grade in the order of pay, with its cluster, tier and whether it is senior.

    ``order`` is a number and ``senior`` a truth value. Source: the columns ``source`` and ``verified`` of the table.
    """
    table = read_reference(reference_folder, "grades", GRADE_COLUMNS)
    table["order"] = table["order"].astype(int)
    table["senior"] = table["senior"].str.lower().eq("true")
    return table.sort_values("order", ignore_index=True)


def grade_spellings(reference_folder: Path) -> pd.DataFrame:
    """Return one row per spelling of a grade met in extracts: ``spelling`` and the ``grade`` it means."""
    return read_reference(reference_folder, "grade_spellings", ("spelling", "grade"))
