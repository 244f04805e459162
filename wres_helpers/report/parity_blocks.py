"""How far it is: what parity would take, and the organisation's own targets with what turnover would allow."""

import numpy as np
import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows as rows
from wres_helpers.report import numbers
from wres_helpers.report.blocks import Block, Column, Prose, Table, columns_of
from wres_helpers.report.overview import indicators
from wres_helpers.report.vocabulary import characteristic, group_label, year_label


def parity_row(shown: Evidence, indicator: str) -> pd.Series | None:
    """Return the parity of the result that speaks for an indicator."""
    headline = rows.headline_row(shown, indicator)
    if headline is None:
        return None
    place = {name: headline[name] for name in ("year", "indicator", "measure", "breakdown", "category")}
    return rows.first(shown.parity, **place)


def parity_table(shown: Evidence) -> Table:
    """Return one row per indicator: people to the range, people to equality, and the smallest difference that would have been shown."""
    low, high = (numbers.ratio(end) for end in shown.context.status_rule.no_adverse_range)
    columns = columns_of(
        ("Indicator", "For parity"),
        (
            f"People, to enter the range of {low} to {high}",
            "People, to be equal",
            "Smallest difference this year's numbers could have shown",
        ),
    )
    body = []
    for indicator in indicators(shown):
        definition, row = rows.definition_if_any(shown, indicator), parity_row(shown, indicator)
        if definition is not None:
            body.append((f"{indicator}. {definition['plain_title']}", *_cells(shown, row)))
    notes = [
        "People: by how many those counted would have to be more or fewer, with everybody else as they are.",
        "Could have shown: a true difference of this size would be found in eight years of ten; a smaller one can be there and not be found, so "
        "that no clear difference does not mean none.",
    ]
    if any("not said" in row for row in body):
        notes.append("Not said: a count was not supplied, or is hidden.")
    return Table("what-parity-takes", f"What parity would take, {year_label(shown.context.year)}", columns, tuple(body), notes=tuple(notes))


def _cells(shown: Evidence, row: pd.Series | None) -> tuple[str, ...]:
    if row is None or pd.isna(row["to_equal_people"]):
        return ("not supplied" if row is None else "not said",) * 4
    aim = f"{row['aim']} {group_label(shown, 'bme')} people"
    return (
        aim,
        numbers.count(row["to_range_people"]),
        numbers.count(row["to_equal_people"]),
        _smallest(shown, row) or "none, however large",
    )


def _smallest(shown: Evidence, row: pd.Series) -> str:
    if pd.isna(row["smallest_shown"]):
        return ""
    if np.isinf(row["smallest_shown"]):
        return "only one where a group counts nobody"
    result = rows.headline_row(shown, row["indicator"])
    ratio = result is not None and result["comparison"] == "ratio"
    text = f"a relative likelihood of {numbers.ratio(row['smallest_shown'])}" if ratio else numbers.points(row["smallest_shown"])
    return text


NO_TARGETS = "No target of the organisation's own was supplied (targets.csv), so none is shown. England's figures are no targets."
HOW = (
    "How likely a share is to be reached in time is worked out from three stated things: today's posts, the part of them that falls vacant in a "
    "year, and the share of {bme} people among those who fill them, which is taken to be their share of the workforce. The number of posts stays, "
    "and each post is taken on its own. It is a sum, not a forecast."
)


def targets(shown: Evidence) -> tuple[Block, ...]:
    """Return the targets as a table with what their chance rests on; a sentence where the organisation set none."""
    frame = shown.targets
    if frame.empty:
        return (Prose((NO_TARGETS,)),)
    bme = group_label(shown, "bme")
    told = (("Target", "text"), ("Goal", "text"), ("Now (line)", "number"), ("Progress", "text"), (f"More {bme} people", "number"))
    columns = tuple(Column(*each) for each in (*told, ("Chance in time", "number"), ("Share that would do", "number")))
    body = tuple(_row(row) for _, row in frame.iterrows())
    notes = (
        "Line: where a straight line to the goal stands this year.",
        f"Share that would do: of {bme} people among those appointed, for eight chances in ten.",
    )
    blocks: list[Block] = [Table("targets", f"Targets, {year_label(shown.context.year)}", columns, body, notes=notes)]
    if frame["chance_at_parity"].notna().any():
        blocks.append(Prose((HOW.replace("{bme}", bme),)))
    return tuple(blocks)


def _row(row: pd.Series) -> tuple[str, ...]:
    def amount(name: str) -> str:
        if pd.isna(row[name]):
            return "not known"
        if row["of"] == "share":
            return numbers.percentage(row[name])
        return numbers.ratio(row[name]) if row["comparison"] == "ratio" else numbers.points_value(row[name])

    now = "not shown" if pd.isna(row["now"]) else amount("now")
    people = "not shown" if pd.isna(row["more_people"]) and row["of"] == "share" else ""
    people = people or ("does not apply" if pd.isna(row["more_people"]) else numbers.count(row["more_people"]))
    goal = f"{amount('goal')} by {year_label(row['goal_year'])}"
    whose = f"{row['target']} ({'; '.join(part for part in (row['owner_role'], row['decided']) if part)})"
    line = "" if pd.isna(row["path"]) else f" (line {amount('path')})"
    return (whose, goal, f"{now}{line}", row["verdict"].capitalize(), people, _chance(row), _needed(row))


def _chance(row: pd.Series) -> str:
    if pd.isna(row["chance_at_parity"]):
        return "reached" if row["verdict"] == "reached" else "not known"
    tenths = round(10 * row["chance_at_parity"])
    return {0: "less than one in ten", 10: "more than nine in ten"}.get(tenths, f"about {numbers.in_words(tenths)} in ten")


def _needed(row: pd.Series) -> str:
    if row["verdict"] == "reached":
        return "reached"
    if pd.isna(row["chance_at_parity"]):
        return "not known"
    return "none would" if pd.isna(row["share_needed"]) else numbers.percentage(row["share_needed"], 0)


def population_served(shown: Evidence) -> tuple[Prose, ...]:
    """Return the BME share of the workforce beside that of the people served, both of those whose group is known; nothing without an area."""
    frame, bme = shown.population, group_label(shown, "bme")
    if frame.empty:
        return ()
    told = [
        f"Of those whose {characteristic(shown)} is known, {bme} people are {_staff(row)} and {numbers.percentage(row['rate'])} of the people of "
        f"{row['area']} ({row['source']}, {row['population_year']})."
        for _, row in frame.iterrows()
    ]
    note = "A workforce is not drawn from its neighbourhood alone, so this is a background and not a target."
    return (Prose((*told, note)),)


def _staff(row: pd.Series) -> str:
    if not rows.has(row, "staff_rate"):
        return "a share of staff that is not shown"
    counts = f"{numbers.count(row['bme_headcount'])} of {numbers.count(row['known_headcount'])}"
    return f"{numbers.percentage(row['staff_rate'])} of staff ({counts})"
