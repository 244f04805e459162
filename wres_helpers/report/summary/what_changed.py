"""What changed, for page one: since the year before, clearly or not and with which status; and where the targets stand."""

from functools import partial

import pandas as pd

from wres_helpers.analysis.changes import CLEAR, DESCRIBED, WITHIN_CHANCE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.targets import BEHIND, MISSED, NO_FIGURE, NOT_YET, OF_ENGLAND, ON_PATH, REACHED
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.topics import last_two, topical
from wres_helpers.report.section import beside_last_year, parity_blocks, table_blocks
from wres_helpers.report.summary import overview
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.vocabulary import group_label, indicator_named, metric, year_label

_BEHIND = "behind"


def since_the_year_before(shown: Evidence) -> list[str]:
    """Return what the indicators did since the year before, those that are not judged among them; that nothing is compared, where nothing is."""
    if not (previous := shown.context.previous_year):
        return ["This report compares with no earlier year."]
    before = year_label(previous)
    rows = {indicator: beside_last_year.change_row(shown, indicator) for indicator in which_indicators.compared(shown)}
    kinds = {indicator: beside_last_year.told_as(row) for indicator, row in rows.items()}
    clear, unclear, described, hidden, absent = (
        [name for name, kind in kinds.items() if kind == each] for each in (CLEAR, WITHIN_CHANCE, DESCRIBED, evidence_rows.HIDDEN, "")
    )
    about = partial(topical, shown, tables=["changes"], years=last_two(shown))
    points = []
    for name in clear:
        called = f"{indicator_named(shown, name)} ({str(evidence_rows.definition_of(shown, name)['plain_title']).lower()})"
        fares = f"is clearly {beside_last_year.direction_of_change(shown, name, rows[name])} for {group_label(shown, 'bme')} staff"
        unit = "" if table_blocks.style_of(shown, rows[name]).equality else " percentage points"
        points.append(about(f"{called} {fares}: {overview.change_values(shown, rows[name])}{unit}.", name))
    if unclear:
        another = {name: status for name in unclear if (status := beside_last_year.another_status_before(shown, name, rows[name]))}
        then = phrases.listed([f"{name} was '{status}'" for name, status in another.items()])
        told = f"{_named(shown, unclear)} did not clearly change since {before}{f', though {metric(shown)} {then}' if another else ''}."
        points.append(about(told, *unclear, tables=["changes", *["statuses"] * bool(another)]))
    apart = [f"whether {_listed(described)} changed cannot be tested"] if described else []
    apart += [f"{_listed(absent)} cannot be compared"] if absent else []
    apart += [f"{_listed(hidden)} {'are' if len(hidden) > 1 else 'is'} hidden"] if hidden else []
    others = [*described, *absent, *hidden]
    noun = "" if points or described else f"{metric(shown, len(others))} "
    return [*points, *([about(phrases.sentence(f"{noun}{'; '.join(apart)}"), *others)] if apart else [])]


def _named(shown: Evidence, names: list[str]) -> str:
    """Return 'Indicators 2 to 8'."""
    return phrases.capital(f"{metric(shown, len(names))} {_listed(names)}")


def _listed(names: list[str]) -> str:
    return phrases.listed(phrases.in_runs(names))


def where_targets_stand(shown: Evidence) -> list[str]:
    """Return which targets are behind and how many on their path: of the organisation's own, and of England's for it if one is late."""
    if shown.targets.empty:
        return []
    every = shown.targets.assign(late=shown.targets["verdict"].isin([BEHIND, MISSED]))
    of_england = every["decided"].str.endswith(OF_ENGLAND)
    kinds = {"Own target": every[~of_england], "Model Employer goal": every[of_england & every.loc[of_england, "late"].any()]}
    return [_verdicts(shown, some, what) for what, some in kinds.items() if len(some)]


def _verdicts(shown: Evidence, some: pd.DataFrame, what: str) -> str:
    """Return which targets are behind, how many stand otherwise or cannot be shown, and of how many chance could undo that."""
    lines = [row for _, row in some.iterrows() if row["verdict"] != NO_FIGURE]
    of: dict[str, list[str]] = {}
    for row in lines:
        of.setdefault(_stands(shown, row), []).append(row["target"])
    order = (_BEHIND, parity_blocks.LOSING_GROUND, ON_PATH, REACHED, NOT_YET)
    told = [f"{phrases.listed(of[how]) if how == _BEHIND else numbers.in_words(len(of[how]))} {how}" for how in order if how in of]
    untold = len(some) - len(lines)
    told += [f"{numbers.in_words(untold)} not shown"] if told and untold else []
    unsure = sum(parity_blocks.BY_CHANCE in parity_blocks.near_the_line(shown, row) for row in lines)
    which = "it" if len(lines) == 1 else "each" if unsure == len(lines) else f"{numbers.in_words(unsure)} of these"
    by_chance = f"; chance could change {which}" if unsure else ""
    text = f"{what}s: {', '.join(told)}{by_chance}." if told else f"The {phrases.small(what)}s cannot be shown."
    found = [parity_blocks.result_of(shown, row, shown.context.year) for row in lines]
    return topical(shown, text, "targets", *some["indicator"].unique(), tables=["targets", "results"], rows=found)


def _stands(shown: Evidence, row: pd.Series) -> str:
    """Return how a target stands: behind, whether its year is past or not; on its path and losing ground; or its verdict."""
    if row["late"]:
        return _BEHIND
    losing = row["verdict"] == ON_PATH and parity_blocks.LOSING_GROUND in parity_blocks.beside_verdict(shown, row)
    return parity_blocks.LOSING_GROUND if losing else str(row["verdict"])
