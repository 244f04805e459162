"""The action plan as tables: all of it, and the part that serves an indicator."""

import re

import pandas as pd

from wres_helpers.report.blocks import Column, Notice, Table
from wres_helpers.report.vocabulary import year_label

_COLUMNS = (
    ("action_id", "Action no."),
    ("area", "Area"),
    ("action", "Action"),
    ("owner_role", "Owner"),
    ("due", "Due"),
    ("progress", "Progress"),
)

NO_PLAN = Notice(title="No action plan", text="No action plan was supplied.", tone="warning")


def actions(action_plan: pd.DataFrame, *indicators: str) -> Table | Notice:
    """Return the actions that serve the indicators, one row each; a notice where the plan has none."""
    if action_plan.empty:
        return NO_PLAN
    serves = action_plan["indicator"].map(lambda text: bool(set(str(text).replace(",", ";").replace(" ", "").split(";")) & set(indicators)))
    chosen = action_plan[serves.astype(bool)]
    named = " and ".join(indicators)
    word = "indicator" if len(indicators) == 1 else "indicators"
    if chosen.empty:
        return Notice(title="Not in the action plan", text=f"The action plan has no action for {word} {named}.", tone="warning")
    return _plan(chosen, f"actions-{'-'.join(indicators)}", f"Actions for {word} {named}", with_indicator=False)


def action_plan_table(action_plan: pd.DataFrame) -> Table | Notice:
    """Return the whole action plan, one row per action."""
    if action_plan.empty:
        return NO_PLAN
    return _plan(action_plan, "action-plan", "Action plan", with_indicator=True)


def _plan(plan: pd.DataFrame, identifier: str, caption: str, *, with_indicator: bool) -> Table:
    columns = list(_COLUMNS)
    if with_indicator:
        columns.insert(1, ("indicator", "Indicator"))
    body = tuple(tuple(_text(row[key], key) for key, _ in columns) for _, row in plan.iterrows())
    return Table(identifier, caption, tuple(Column(key, label) for key, label in columns), body)


def _text(value: object, key: str) -> str:
    text = "" if pd.isna(value) else str(value).strip()
    if key == "due" and re.fullmatch(r"\d{4}-\d{2}", text):
        text = year_label(text)
    if key == "indicator":
        text = " and ".join(part.strip() for part in text.split(";"))
    return text or "not stated"
