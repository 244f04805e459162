"""The doors in: counts tables, extracts, the text people write, and the register of printed figures."""

from wres_helpers.intake.counts import input_files, no_counts, preparation_report, read_counts
from wres_helpers.intake.register import read_register
from wres_helpers.intake.selection import read_counts_where
from wres_helpers.intake.written import read_action_plan, read_narrative

__all__ = [
    "input_files",
    "no_counts",
    "preparation_report",
    "read_action_plan",
    "read_counts",
    "read_counts_where",
    "read_narrative",
    "read_register",
]
