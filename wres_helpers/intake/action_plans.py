"""The action plan: what will be done, by which role, by when."""

import pandas as pd

from wres_helpers.definitions.parameters import Parameters
from wres_helpers.definitions.problems import InputProblems, Problem

ACTION_PLAN_COLUMNS = ("action_id", "indicator", "area", "action", "owner_role", "due", "progress")


def read_action_plan(parameters: Parameters) -> pd.DataFrame:
    """Return the action plan, one row per action; empty where none was supplied.

    Raises
    ------
    InputProblems
        A column is missing, or an action has no text, indicator or owner.
    """
    path = parameters.data_folder() / "action_plan.csv"
    if not path.is_file():
        return pd.DataFrame(columns=list(ACTION_PLAN_COLUMNS), dtype="str")
    shown = parameters.shown(path)
    try:
        plan = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        raise InputProblems([Problem(shown, "a CSV file in UTF-8 with a header row", "Save the plan as CSV (UTF-8).")]) from None
    missing = [column for column in ACTION_PLAN_COLUMNS if column not in plan.columns]
    if missing:
        raise InputProblems(
            Problem(
                shown,
                "the columns " + ", ".join(ACTION_PLAN_COLUMNS),
                f"Add the column '{column}'.",
                row=1,
                column=column,
                found="no such column",
            )
            for column in missing
        )
    problems = [
        Problem(shown, "a value", "Fill the cell in.", row=int(index) + 2, column=column, found="an empty cell")
        for column in ("indicator", "action", "owner_role")
        for index in plan.index[plan[column].str.strip().eq("")]
    ]
    if problems:
        raise InputProblems(problems)
    return plan
