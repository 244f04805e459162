"""From record-level extracts to counts: every decision visible, nobody named."""

from wres_helpers.intake.extracts.preparing import Preparation, prepare
from wres_helpers.intake.extracts.write_counts import write_preparation

__all__ = ["Preparation", "prepare", "write_preparation"]
