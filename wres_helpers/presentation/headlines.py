"""The status and the one sentence of each indicator that a board member can repeat."""

import math
from typing import Any

import pandas as pd

from wres_helpers.definitions import statuses
from wres_helpers.presentation import numbers, phrases, rows
from wres_helpers.presentation.blocks import Headline
from wres_helpers.presentation.vocabulary import group_label, snapshot_date, wording, worse_for


def headline(shown: Any, indicator: str) -> Headline:
    """Return the indicator's status, its headline sentence, and how sure we are in one more."""
    row = rows.headline_row(shown, indicator)
    status = rows.status_row(shown, indicator)
    code = statuses.NOT_SUPPLIED if status is None else str(status["status"])
    label = statuses.LABELS[code] if status is None else str(status["label"])
    return Headline(text=headline_text(shown, indicator, row), detail=detail_text(shown, indicator, row), status=code, label=label)


def headline_text(shown: Any, indicator: str, row: pd.Series | None) -> str:
    """Return the headline sentence of a result; it says in words what is absent or hidden."""
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return "The figures for this indicator were not supplied, so nothing can be said about it this year."
    if row["comparison"] == "ratio":
        return _ratio_text(shown, row)
    if row["direction"] == "bme-white":
        return _gap_text(shown, row)
    return _share_text(shown, row)


def detail_text(shown: Any, indicator: str, row: pd.Series | None) -> str:
    """Return what chance could do to the headline's value, in one sentence; empty where there is no value."""
    definition = rows.definition_of(shown, indicator)
    if row is None or definition is None or not rows.has(row, "value", "lower", "upper"):
        return ""
    worse = phrases.sentence(worse_for(shown, str(definition["adverse"])))
    level = numbers.confidence(row["confidence"])
    if row["comparison"] == "ratio":
        interval = numbers.ratio_interval(row["lower"], row["upper"])
        return f"Allowing for chance, anything from {interval} times fits these counts ({level} interval). {worse}"
    interval = numbers.points_interval(row["lower"], row["upper"])
    value = numbers.signed_points(row["value"])
    return f"The difference is {value}; allowing for chance, anything from {interval} fits these counts ({level} interval). {worse}"


def counted(shown: Any, row: pd.Series, group: str) -> str:
    """Return '11 of 251', or what may be said where a number is hidden: 'fewer than 5 of 65'."""
    return f"{rows.words(row, f'{group}_count', numbers.count)} of {rows.words(row, f'{group}_base', numbers.count)}"


def counted_people(shown: Any, row: pd.Series, group: str) -> str:
    """Return '11 of 251 BME shortlisted candidates'."""
    return f"{counted(shown, row, group)} {group_label(shown, group)} {wording(row['measure']).people}"


def _ratio_text(shown: Any, row: pd.Series) -> str:
    first, second = rows.RATIO_GROUPS[row["direction"]]
    told = wording(row["measure"])
    both = f"{counted_people(shown, row, first)} and {counted_people(shown, row, second)} {told.acted}"
    if not rows.has(row, "value"):
        return phrases.sentence(f"{both}{_without_value(row)}")
    if row["status"] == statuses.TOO_FEW_TO_JUDGE:
        return phrases.sentence(f"{both}: too few to judge whether the two groups fare differently")
    if math.isinf(row["value"]) or row["value"] == 0:
        return phrases.sentence(f"{both}, so no multiple can be given")
    counts = f"{counted(shown, row, first)} against {counted(shown, row, second)}"
    return (
        f"{group_label(shown, first, starting=True)} {told.people} were {phrases.times_as_likely(row['value'])} "
        f"as {group_label(shown, second)} {told.people} to {told.act} ({counts})."
    )


def _without_value(row: pd.Series) -> str:
    """Return why a comparison has no value to show, as the end of a sentence that gave the counts."""
    if row["status"] == statuses.PROTECTED or rows.is_hidden(row, "value"):
        hidden = rows.protection(row)
        few = any(hidden.get(f"{group}_count", "").startswith("fewer") for group in ("white", "bme"))
        return ": too few to publish a comparison" if few else "; the comparison is not shown, so that nobody can be recognised"
    reason = row["reason"] if isinstance(row["reason"], str) and row["reason"] else "the figures allow no result"
    return f"; no comparison can be made, because {reason}"


def _gap_text(shown: Any, row: pd.Series) -> str:
    told = wording(row["measure"])
    bme, white = group_label(shown, "bme", starting=True), group_label(shown, "white")
    if not rows.has(row, "value", "white_rate", "bme_rate"):
        both = f"{counted_people(shown, row, 'bme')} and {counted_people(shown, row, 'white')} said they {told.acted}"
        return phrases.sentence(f"{both}{_without_value(row)}")
    counts = f"{counted(shown, row, 'bme')} against {counted(shown, row, 'white')}"
    text = (
        f"{numbers.percentage(row['bme_rate'])} of {bme} {told.people} said they {told.acted}, against "
        f"{numbers.percentage(row['white_rate'])} of {white} {told.people} ({counts})"
    )
    few = ": too few to judge whether the two groups differ" if row["status"] == statuses.TOO_FEW_TO_JUDGE else ""
    return f"{text}{few}."


def _share_text(shown: Any, row: pd.Series) -> str:
    whole = workforce_share(shown, "bme", row["year"])
    bme = group_label(shown, "bme", starting=True)
    place = wording(row["measure"]).people
    part = counted(shown, row, "bme")
    base = f"{bme} people are {part} {place}"
    if not rows.has(row, "value", "bme_rate") or whole is None:
        return phrases.sentence(f"{base}{_without_value(row)}")
    workforce = f"{numbers.percentage(whole['rate'])} of the workforce" if rows.has(whole, "rate") else "their share of the workforce"
    few = ": too few to judge whether this is more than chance" if row["status"] == statuses.TOO_FEW_TO_JUDGE else ""
    return f"{base} ({numbers.percentage(row['bme_rate'])}) on {snapshot_date(row['year'])}, against {workforce}{few}."


def workforce_share(shown: Any, group: str, year: str | None = None) -> pd.Series | None:
    """Return a group's share of the whole workforce, from the headcount."""
    return rows.share(shown, "headcount", group, year=year or shown.context.year)
