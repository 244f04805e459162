"""What an organisation says of itself beside its counts: breaks in its series, targets, the population it serves, and its action plan.

All are optional. Breaks and targets live for years and stand in the organisation's folder; the others stand in the year's.
"""

import calendar
import datetime
import re
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wres_helpers.intake.supplied_counts import suppressed_counts
from wres_helpers.problems import InputProblems
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import ETHNIC_GROUPS, OVERALL
from wres_helpers.standard.years import edition_of, is_year
from wres_helpers.tables.cell_readers import Read, any_text, clean_text, one_of, plain_text, whole_number
from wres_helpers.tables.declared import Column, Reading, Table, closed, read_or_refuse

BREAK_KINDS = ("definition", "wording", "survey", "window", "merger", "restatement")

_SHARE = re.compile(r"^(\d{1,3}(?:\.\d+)?) ?%$")
_POINTS = re.compile(r"^([-\u2212]?\d{1,3}(?:\.\d+)?) (?:percentage )?points$")
_RATIO = re.compile(r"^\d{1,3}\.\d+$")
_INDICATOR = tuple(str(number) for number in range(1, 11))


def a_year(text: str) -> Read:
    """Read a reporting year: ``2025-26``, or ``2025/26`` as pages print it."""
    year = clean_text(text)[0].replace("/", "-")
    return Read(year) if is_year(year) else Read(wrong="not a reporting year")


def share_or_value(text: str) -> Read:
    """Read ``12%`` as a share, ``1.25`` as a ratio and ``-2 points`` as a gap: the kind, and the value as a fraction or ratio."""
    clean = clean_text(text)[0]
    if (found := _SHARE.match(clean)) and float(found[1]) <= 100:
        return Read(("share", float(found[1]) / 100))
    if found := _POINTS.match(clean):
        return Read(("value", float(found[1].replace("\u2212", "-")) / 100))
    return Read(("value", float(clean))) if _RATIO.match(clean) else Read(wrong="neither a share, a ratio nor points")


_YEAR = "a reporting year such as 2025-26"
_AMOUNT = "a share such as 12%, a ratio such as 1.25, or a gap such as -2 points"
BREAKS = Table(
    "breaks",
    "a year from which on the organisation's figures are not comparable with those before",
    (
        Column("year", _YEAR, a_year),
        Column("indicator", "an indicator, or nothing for all", one_of(_INDICATOR), filled=False),
        closed("kind", BREAK_KINDS),
        Column("reason", "a sentence that a page can print"),
        Column("source", "where that is written down", filled=False),
    ),
    key=("year", "indicator", "kind"),
)
TARGETS = Table(
    "targets",
    "a target that the organisation set itself, or the preset model_employer",
    (
        Column("target", "a short name"),
        Column("indicator", "an indicator", one_of(_INDICATOR)),
        Column("measure", "a measure of the indicator, or nothing for its headline", filled=False),
        Column("breakdown", "a breakdown, or nothing for the whole", filled=False),
        Column("category", "a category of the breakdown", filled=False),
        Column("start_year", _YEAR, a_year),
        Column("start", _AMOUNT, share_or_value, filled=False),
        Column("goal", _AMOUNT, share_or_value, filled=False),
        Column("goal_year", _YEAR, a_year, filled=False),
        Column("turnover", "the share of such posts that falls vacant in a year, such as 11%", share_or_value, filled=False),
        Column("owner_role", "a role, never a name", filled=False),
        Column("decided", "who decided it and when", filled=False),
    ),
    key=("target",),
)
POPULATION = Table(
    "population",
    "an ethnic group of the people the organisation serves",
    (
        Column("area", "the area, as a page prints it"),
        closed("ethnic_group", ETHNIC_GROUPS),
        Column("people", "a whole number, 0 or more", whole_number),
        Column("source", "where the number is from"),
        Column("population_year", "the year the number is of", plain_text),
    ),
    key=("area", "ethnic_group"),
)

#: A target that stands for the goals of the NHS strategy of 2019, one for each senior band.
MODEL_EMPLOYER = "model_employer"
_NEEDED = ("goal", "goal_year", "owner_role", "decided")


@dataclass(frozen=True)
class OwnTables:
    """The organisation's own tables; each is empty where none was supplied."""

    #: One row per break: ``year`` (the first after it), ``indicator`` (empty: all), ``kind``, ``reason``.
    breaks: pd.DataFrame = field(default_factory=lambda: _empty(BREAKS))
    #: One row per target; shares, gaps and turnover are fractions, what is absent is NaN.
    targets: pd.DataFrame = field(default_factory=lambda: _empty(TARGETS))
    #: One row per area and ethnic group of the people served.
    population: pd.DataFrame = field(default_factory=lambda: _empty(POPULATION))
    #: One row per year, item and breakdown of which the organisation's own counts tables hide a count.
    suppressed: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["year", "item", "breakdown"], dtype=object))


def read_own_tables(parameters: Parameters) -> OwnTables:
    """Read the organisation's own tables; raise InputProblems with everything wrong in any of them."""
    tables, problems = {}, []
    for declared in (BREAKS, TARGETS, POPULATION):
        try:
            tables[declared.name] = _read(declared, parameters)
        except InputProblems as error:
            problems += error.problems
    InputProblems.raise_if_any(problems)
    return OwnTables(**tables, suppressed=suppressed_counts(parameters))


def read_breaks(parameters: Parameters) -> pd.DataFrame:
    """Return the breaks of the organisation's own series with its ``organisation``; raise InputProblems with everything wrong in them."""
    return _read(BREAKS, parameters).assign(organisation=parameters.organisation.code)


def _read(declared: Table, parameters: Parameters) -> pd.DataFrame:
    year = parameters.data_folder()
    path = (year if declared is POPULATION else year.parent) / f"{declared.name}.csv"
    if not path.is_file():
        return _empty(declared)
    table = read_or_refuse(path, parameters.shown(path), declared)
    return _targets(table, parameters.shown(path)) if declared is TARGETS else table


def _targets(table: pd.DataFrame, shown: str) -> pd.DataFrame:
    """Return targets with shares and values as numbers; refuse one that lacks what it needs, or whose start and goal are of two kinds."""
    table = table.reindex(columns=[column.name for column in TARGETS.columns]).fillna("")
    reading = Reading(shown)
    for place, row in table.iterrows():
        if row["measure"] == MODEL_EMPLOYER:
            continue
        lacking, number = [name for name in _NEEDED if not row[name]], place + 2
        for name in lacking:
            reading.wrong("a value", "Fill the cell in.", "an empty cell", number, name)
        if len({row[name][0] for name in ("start", "goal") if row[name]}) > 1:
            action, found = "Give both as shares, or both as values.", "a share beside a value"
            reading.wrong("a start and a goal of one kind", action, found, number, "goal")
        elif not lacking and row["goal_year"] <= row["start_year"]:
            reading.wrong("a goal year after the start year", "Correct the years.", repr(row["goal_year"]), number, "goal_year")
    if reading.problems:
        raise InputProblems(reading.problems)
    table["of"] = [row["goal"][0] if row["goal"] else "share" for _, row in table.iterrows()]
    for name in ("start", "goal", "turnover"):
        table[name] = [cell[1] if cell else np.nan for cell in table[name]]
    whole = table["breakdown"].eq("")
    table.loc[whole, ["breakdown", "category"]] = OVERALL
    return table


def _empty(table: Table) -> pd.DataFrame:
    names = [column.name for column in table.columns]
    return pd.DataFrame(columns=[*names, "of"] if table.name == TARGETS.name else names, dtype=object)


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
        The columns of the file, those of `OPTIONAL_COLUMNS`, and ``done`` and ``overdue`` (bool): due before the day that
        stands on the report, and not done.

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
    plan["overdue"] = last.lt(parameters.dated).astype(bool) & ~plan["done"]
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
