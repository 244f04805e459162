"""The action plan: what will be done, by which role, by when, and how it will be known to have worked."""

import calendar
import datetime
import re
from contextlib import suppress

import pandas as pd

from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.years import edition_of, is_year
from wres_helpers.tables.cell_readers import any_text, one_of
from wres_helpers.tables.declared import Column, Table, read_or_refuse

ACTION_PLAN_COLUMNS = ("action_id", "indicator", "area", "action", "owner_role", "due", "progress")
#: Columns a plan may have beside these; without them they are empty.
OPTIONAL_COLUMNS = ("success_measure", "milestone", "framework", "rag")
RAG = ("red", "amber", "green")

#: Further columns stay as they are: an organisation's own marks beside its actions.
ACTION_PLAN = Table(
    "action_plan",
    "an action",
    (
        *(Column(name, read=any_text, filled=name in ("indicator", "action", "owner_role")) for name in ACTION_PLAN_COLUMNS),
        *(Column(name, read=any_text, needed=False, filled=False) for name in OPTIONAL_COLUMNS[:-1]),
        Column("rag", holds="red, amber or green, or nothing", read=one_of(RAG), needed=False, filled=False, choices=RAG),
    ),
    key=("action_id",),
    others="kept",
)


def read_action_plan(parameters: Parameters, year: str | None = None) -> pd.DataFrame:
    """Return the action plan, one row per action, the earliest due first; empty where none was supplied.

    It is the report's year's, or another year's: the year before shows what became of what was promised.

    Returns
    -------
    pandas.DataFrame
        The columns of the file, those of `OPTIONAL_COLUMNS`, and ``done`` and ``overdue`` (bool): due before the report's
        date, or before the end of the reporting year where the master file gives no date, and not done.

    Raises
    ------
    InputProblems
        A column is missing, an action has no text, indicator or owner, the file cannot be read as a table, or a rating is none of
        red, amber and green.
    """
    path = parameters.data_folder(year) / f"{ACTION_PLAN.name}.csv"
    if not path.is_file():
        return pd.DataFrame(columns=[*ACTION_PLAN.headings, "done", "overdue"], dtype="str")
    plan = read_or_refuse(path, parameters.shown(path), ACTION_PLAN).astype("str")
    for column in OPTIONAL_COLUMNS:
        plan[column] = plan[column] if column in plan.columns else ""
    plan["done"] = plan["progress"].map(_is_done).astype(bool)  # a plan of headings only has no row to tell the kind
    last = plan["due"].map(lambda due: _last_day(due) or datetime.date.max)
    as_at = parameters.report.date or f"{edition_of(parameters.year)}-03-31"
    plan["overdue"] = last.map(lambda day: day < datetime.date.fromisoformat(as_at)).astype(bool) & ~plan["done"]
    return plan.loc[last.sort_values(kind="stable").index].reset_index(drop=True)


#: How people write when an action is due, and whether it names a month.
_WRITTEN_DUE = {"%d/%m/%Y": False, "%d %B %Y": False, "%d %b %Y": False, "%B %Y": True, "%b %Y": True}


def _is_done(progress: str) -> bool:
    """Tell whether what was reported of an action says that it is done; done in part, or to be done by a day, is not."""
    said = progress.strip().casefold()
    done = re.match(r"(done|complete|completed|finished|closed|achieved)\b", said)
    return bool(done) and not re.match(r"complete (by|when|once|if)\b|\w+,? (in part|partly|partially|except|but)\b", said)


def _last_day(due: str) -> datetime.date | None:
    """Return the last day on which an action is in time; None for a text that names no day, month or reporting year.

    Read are a day (2020-09-30, 30/09/2020, 30 September 2020), a month (2020-09, unless it reads as a reporting year; September
    2020) and a reporting year (2020-21).
    """
    for form, whole_month in _WRITTEN_DUE.items():
        with suppress(ValueError):
            day = datetime.datetime.strptime(due.strip().replace("Sept ", "Sep "), form).date()
            return day.replace(day=calendar.monthrange(day.year, day.month)[1]) if whole_month else day
    text = due.strip().replace("/", "-")
    if is_year(text):
        return datetime.date(edition_of(text), 3, 31)
    if match := re.fullmatch(r"(20\d\d)-(\d\d)(?:-(\d\d))?", text):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12:
            last = calendar.monthrange(year, month)[1]
            return datetime.date(year, month, min(int(match[3] or last), last) or 1)
    return None
