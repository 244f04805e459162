"""From record-level extracts to counts: every decision visible, nobody named."""

from wres_helpers.intake.extracts.preparation_report import Preparation, write_preparation
from wres_helpers.intake.extracts.preparing import prepare

__all__ = ["Preparation", "prepare", "write_preparation"]
