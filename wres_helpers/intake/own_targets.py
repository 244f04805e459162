"""The organisation's own targets: what a row of ``targets.csv`` may say, and what has a certain reading."""

import re
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from wres_helpers.standard.columns import OVERALL
from wres_helpers.standard.years import is_year
from wres_helpers.tables.cell_readers import Read, clean_text, did_you_mean, key_of
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, Reading

_SHARE = re.compile(r"^(\d{1,3}(?:\.\d+)?) ?%$")
_POINTS = re.compile(r"^([+-]?\d{1,3}(?:\.\d+)?) (?:percentage )?points$")
_RATIO = re.compile(r"^\d{1,3}\.\d+$")


def a_year(text: str) -> Read:
    """Read a reporting year: ``2025-26``, or ``2025/26`` as pages print it."""
    year = key_of(clean_text(text)[0]).replace("/", "-")
    return Read(year) if is_year(year) else Read(wrong="not a reporting year")


def share(text: str) -> Read:
    """Read ``12%`` as a share: the kind, and the fraction."""
    found = _SHARE.match(clean_text(text)[0])
    return Read(("share", float(found[1]) / 100)) if found and float(found[1]) <= 100 else Read(wrong="no share")


def share_or_value(text: str) -> Read:
    """Read ``12%`` as a share, ``1.25`` as a ratio and ``-2 points`` as a gap: the kind, and the value as a fraction or ratio."""
    clean = key_of(clean_text(text)[0])  # whatever dash stands for the minus
    if found := _POINTS.match(clean):
        return Read(("gap", float(found[1]) / 100))
    return Read(("ratio", float(clean))) if _RATIO.match(clean) else share(clean)


YEAR = "a reporting year such as 2025-26"
_AMOUNT = "a share such as 12%, a ratio such as 1.25, or a gap such as -2 points"
TARGETS = DeclaredTable(
    "targets",
    (
        DeclaredColumn("target", "a short name"),
        DeclaredColumn("indicator", "an indicator of the standard"),
        DeclaredColumn("measure", "a measure of the indicator, or nothing for its headline", filled=False),
        DeclaredColumn("breakdown", "a breakdown, or nothing for the whole", filled=False),
        DeclaredColumn("category", "a category of the breakdown", filled=False),
        DeclaredColumn("start_year", YEAR, a_year),
        DeclaredColumn("start", _AMOUNT, share_or_value, filled=False),
        DeclaredColumn("goal", _AMOUNT, share_or_value, filled=False),
        DeclaredColumn("goal_year", YEAR, a_year, filled=False),
        DeclaredColumn(
            "turnover", "a share such as 11%: the posts that fall vacant in a year, where the goal is a share of posts", share, filled=False
        ),
        DeclaredColumn("owner_role", "a role, never a name", filled=False),
        DeclaredColumn("decided", "who decided it and when", filled=False),
    ),
    one_row="a target that the organisation set itself, or the preset model_employer",
    key=("target",),
)
#: A target that stands for the goals of the NHS strategy of 2019, one for each senior band.
MODEL_EMPLOYER = "model_employer"

#: What each kind of comparison may have as a goal, beside a share of the compared group.
_GOALS = {
    "ratio": ("ratio", "a ratio such as 1.25"),
    "difference": ("gap", "a gap such as -2 points"),
    "none": ("share", "a share such as 12%"),
}


def check_targets(reading: Reading, definitions: pd.DataFrame, standard: str) -> None:
    """Refuse a target that has no certain reading: what it lacks, what does not fit its measure, and what would be passed over."""
    reading.table = reading.table.reindex(columns=[column.name for column in TARGETS.columns]).fillna("")
    told = {(problem.row, problem.column) for problem in reading.problems}

    def tell(number: int, expected: str, action: str, found: str, column: str) -> None:
        if (number, column) not in told:
            reading.wrong(expected, action, found, number, column)

    for number, row in reading.table.iterrows():
        wrong = partial(tell, int(number))
        of_indicator = definitions[definitions["indicator"].eq(row["indicator"])]
        named = of_indicator["measure"].eq(row["measure"]) if row["measure"] else of_indicator["role"].eq("headline")
        if (number, "indicator") in told:
            continue  # nobody knows what the row is about
        if row["measure"] == MODEL_EMPLOYER:
            _check_preset(row, standard, wrong)
        elif not named.any():
            known = [*of_indicator["measure"]]
            expected, action = f"a measure of indicator {row['indicator']}: {', '.join(known)}", "Use one of them."
            wrong(expected, did_you_mean(row["measure"], known, action), repr(row["measure"]), column="measure")
        else:
            _check_target(row, of_indicator[named].iloc[0], wrong)
            if not row["measure"] and len(of_indicator) > 1:
                meant, others = of_indicator.loc[named, "measure"].iloc[0], ", ".join(of_indicator.loc[~named, "measure"])
                action = f"Taken as '{meant}', the indicator's headline; write the measure if one of {others} is meant."
                reading.told("a measure, where the indicator has several", action, "an empty cell", int(number), "measure")


def _check_preset(row: pd.Series, standard: str, wrong: Callable) -> None:
    if standard != "wres":
        expected = f"a measure, since the NHS goals of 2019 are of ethnicity and '{standard}' has none"
        action = "Write a target of your own: the measure, a breakdown and category, and its goal."
        wrong(expected, action, repr(row["measure"]), column="measure")
        return
    if row["indicator"] != "1":
        wrong("indicator 1, whose bands the preset is about", "Correct the indicator.", repr(row["indicator"]), column="indicator")
    for name in ("breakdown", "category", "start", "goal", "goal_year"):
        if row[name]:
            expected, action = "an empty cell, since the preset has its own", "Empty the cell, or name a measure instead of the preset."
            wrong(expected, action, "a value", column=name)


def _check_target(row: pd.Series, definition: pd.Series, wrong: Callable) -> None:
    for name in ("goal", "goal_year", "owner_role", "decided"):
        if not row[name]:
            wrong("a value", "Fill the cell in.", "an empty cell", column=name)
    given, (kind, example) = {name: row[name][0] for name in ("start", "goal") if row[name]}, _GOALS[definition["comparison"]]
    for name, typed in given.items():
        if typed not in ("share", kind):
            expected = f"{example}, or a share such as 12%" if kind != "share" else example
            wrong(expected, "Give start and goal so.", f"a {typed}", column=name)
    if len(set(given.values())) > 1:
        found, action = f"start a {given['start']} and goal a {given['goal']}", f"Give both as a share such as 12%, or both as {example}."
        wrong("a start and a goal of one kind", action, found, column="goal")
    if row["turnover"] and given and not ({*given.values()} == {"share"} and str(definition["direction"]).endswith("workforce")):
        expected = "an empty cell: turnover is of posts, and the goal is no share of posts"
        wrong(expected, "Empty the cell, or give the goal as a share of people in post.", "a turnover", column="turnover")
    if row["goal_year"] and row["goal_year"] <= row["start_year"]:
        wrong("a goal year after the start year", "Correct the years.", repr(row["goal_year"]), column="goal_year")
    for name, other in (("breakdown", "category"), ("category", "breakdown")):
        if row[name] and not row[other]:
            wrong(f"a {other} beside the {name}", "Fill the cell in, or leave both empty for the whole.", "an empty cell", column=other)


def with_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Return targets with shares and values as numbers, and of which kind each is."""
    table["of"] = ["value" if row["goal"] and row["goal"][0] != "share" else "share" for _, row in table.iterrows()]
    for name in ("start", "goal", "turnover"):
        table[name] = [cell[1] if cell else np.nan for cell in table[name]]
    whole = table["breakdown"].eq("")
    table.loc[whole, ["breakdown", "category"]] = OVERALL
    return table
