"""The training log: course places become people who took up non-mandatory training."""

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.case_extract import years_before
from wres_helpers.intake.extracts.column_mapping import Extract
from wres_helpers.intake.extracts.events import Events, Window, event_table, events_of, people_of
from wres_helpers.intake.extracts.workforce_extract import Workforce

_RULES = {"include": "counted by rule", "leave_out": "left out by rule", "stop": "not allowed by rule"}


def training_table(
    extract: Extract, workforce: Workforce, snapshot: np.datetime64, month_first: bool
) -> tuple[pd.DataFrame, Events, list[str]]:
    """Count the people who took up training in the year; return the table, the course places that count, decisions."""
    window = Window(years_before(snapshot, 1), snapshot)
    events = events_of(extract, "date", window, month_first, workforce)
    chosen, away = people_of(events, workforce, extract.settings.not_on_snapshot)
    decisions = [
        f"Training: {len(events.positions):,} course places from {window.in_words()} turned into people: {len(chosen):,}.",
        f"Training: people not on the snapshot list ({len(away):,}): {_RULES[extract.settings.not_on_snapshot]}.",
    ]
    return event_table(events, chosen, workforce, None, "accessed"), events, decisions
