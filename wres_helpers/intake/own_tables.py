"""What an organisation says of itself beside its counts: breaks in its series, targets it set, and the population it serves.

All three are optional. Breaks and targets live for years and stand in the organisation's folder; the population stands in the year's.
"""

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wres_helpers.intake.supplied_counts import suppressed_counts
from wres_helpers.problems import InputProblems
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import OVERALL, UNKNOWN
from wres_helpers.standard.years import is_year
from wres_helpers.tables.cell_readers import Read, clean_text, one_of, plain_text, whole_number
from wres_helpers.tables.declared import Column, Reading, Table, read_or_refuse

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
        Column("kind", "one of " + ", ".join(BREAK_KINDS), one_of(BREAK_KINDS), choices=BREAK_KINDS),
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
        Column("ethnic_group", "one of white, bme, unknown", one_of(("white", "bme", UNKNOWN)), choices=("white", "bme", UNKNOWN)),
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
    year = parameters.data_folder()
    tables, problems = {}, []
    for declared, folder in ((BREAKS, year.parent), (TARGETS, year.parent), (POPULATION, year)):
        path = folder / f"{declared.name}.csv"
        if not path.is_file():
            continue
        try:
            table = read_or_refuse(path, parameters.shown(path), declared)
            tables[declared.name] = _targets(table, parameters.shown(path)) if declared is TARGETS else table
        except InputProblems as error:
            problems += error.problems
    if problems:
        raise InputProblems(problems)
    return OwnTables(**tables, suppressed=suppressed_counts(parameters))


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
