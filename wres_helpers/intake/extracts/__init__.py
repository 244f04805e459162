"""From record-level extracts to counts: every decision visible, nobody named."""

from wres_helpers.intake.extracts.prepare import Preparation, prepare
from wres_helpers.intake.extracts.writing import write_preparation

__all__ = ["Preparation", "prepare", "write_preparation"]
