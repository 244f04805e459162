"""The action plan: what will be done, by which role, by when."""

import pandas as pd

from wres_helpers.settings.parameters import Parameters
from wres_helpers.tables.cells import any_text
from wres_helpers.tables.declared import Column, Table, read_or_refuse

ACTION_PLAN_COLUMNS = ("action_id", "indicator", "area", "action", "owner_role", "due", "progress")

#: Further columns stay as they are: an organisation's own marks beside its actions.
ACTION_PLAN = Table(
    "action_plan",
    "an action",
    tuple(Column(name, read=any_text, filled=name in ("indicator", "action", "owner_role")) for name in ACTION_PLAN_COLUMNS),
    others="kept",
)


def read_action_plan(parameters: Parameters) -> pd.DataFrame:
    """Return the action plan, one row per action; empty where none was supplied.

    Raises
    ------
    InputProblems
        A column is missing, an action has no text, indicator or owner, or the file cannot be read as a table.
    """
    path = parameters.data_folder() / f"{ACTION_PLAN.name}.csv"
    if not path.is_file():
        return pd.DataFrame(columns=list(ACTION_PLAN_COLUMNS), dtype="str")
    return read_or_refuse(path, parameters.shown(path), ACTION_PLAN).astype("str")
