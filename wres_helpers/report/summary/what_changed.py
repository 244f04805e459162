"""What changed, for page one: since the year before, clearly or not and with which status."""

from functools import partial

import pandas as pd

from wres_helpers.analysis.changes import CLEAR, DESCRIBED, WITHIN_CHANCE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.topics import last_two, topical
from wres_helpers.report.section import beside_last_year, table_blocks
from wres_helpers.report.summary import overview
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.vocabulary import group_label, indicator_named, metric, part_of, year_label
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import SHARE_OF_GRADE


def since_the_year_before(shown: Evidence) -> list[str]:
    """Return what the indicators did since the year before, those that are not judged among them; that nothing is compared, where nothing is."""
    if not (previous := shown.context.previous_year):
        return ["This report compares with no earlier year."]
    before = year_label(previous)
    rows = {indicator: beside_last_year.change_row(shown, indicator) for indicator in which_indicators.compared(shown)}
    kinds = {indicator: beside_last_year.told_as(row) for indicator, row in rows.items()}
    clear, unclear = ([name for name, kind in kinds.items() if kind == each] for each in (CLEAR, WITHIN_CHANCE))
    about = partial(topical, shown, tables=["changes"], years=last_two(shown))
    points = []

    def values(name: str) -> str:
        unit = "" if table_blocks.style_of(shown, rows[name]).equality else " percentage points"
        return f"{overview.change_values(shown, rows[name])}{unit}"

    for name in clear:
        called = f"{indicator_named(shown, name)} ({str(evidence_rows.definition_of(shown, name)['plain_title']).lower()})"
        fares = f"has become clearly {beside_last_year.direction_of_change(shown, name, rows[name])} for {group_label(shown, 'bme')} staff"
        points.append(about(f"{called} {fares}: {values(name)}.", name))
    if unclear:
        another = {name: was for name in unclear if (was := beside_last_year.another_status_before(shown, name, rows[name]))}
        were = [f"{name} was '{was}' ({values(name).removeprefix('was ')})" for name, was in another.items()]
        relabelled = f"; {phrases.listed(were)}" * bool(another)
        told = f"{phrases.capital(metric(shown, len(unclear)))} {phrases.in_runs_listed(unclear)} did not clearly change since {before}{relabelled}."
        points.append(about(told, *unclear, tables=["changes", *["statuses"] * bool(another)]))
    why: dict[str, list[str]] = {}
    for name in kinds:
        if name not in (*clear, *unclear):
            why.setdefault(_why_none(rows[name]), []).append(name)
    told = "; of ".join(f"{phrases.in_runs_listed(names)} ({reason})" for reason, names in why.items())
    if not why:
        return points
    called = "of" if points else f"since {before} can be told of {metric(shown, len(next(iter(why.values()))))}"
    told = f"No change {'can be told ' * bool(points)}{called} {told}."
    shares = [share for name in why.get(_WHY_NONE[DESCRIBED], ()) if (share := _both_shares(shown, name))]
    return [*points, about(told, *(name for names in why.values() for name in names)), *shares]


def _both_shares(shown: Evidence, indicator: str) -> str:
    """Return what both years' shares are, of a part and of the workforce, where a change of the two is not judged; nothing where one is not shown."""
    heads = [evidence_rows.headline_row(shown, indicator, year) for year in last_two(shown)]
    wholes = [evidence_rows.first(shown.results, year=year, measure=SHARE_OF_GRADE, breakdown="overall") for year in last_two(shown)]
    shares = [[numbers.percentage(row["bme_rate"]) for row in rows if evidence_rows.has(row, "bme_rate")] for rows in (heads, wholes)]
    if heads[-1] is None or [len(each) for each in shares] != [2, 2]:
        return ""
    (before, now), (before_of_all, now_of_all) = shares
    whose = group_label(shown, "bme", starting=True)
    told = f"{whose}: {part_of(shown, heads[-1])} {before}, now {now}; workforce {before_of_all}, now {now_of_all}."
    return topical(shown, told, indicator, "headcount", years=last_two(shown), rows=[heads[-1], wholes[-1]])


#: Why no change is told, by what its row says, and of a row without one, or whose values are not there.
_WHY_NONE = {
    DESCRIBED: "many of the same people",
    statuses.NOT_COMPARABLE: "counted otherwise",
    statuses.NOT_CALCULABLE: "not calculable",
    evidence_rows.HIDDEN: "hidden",
}
_NO_FIGURES = "no figures to compare"


def _why_none(row: pd.Series | None) -> str:
    verdict = "" if row is None else beside_last_year.told_as(row) or str(row["verdict"])
    return _WHY_NONE.get(verdict, _NO_FIGURES)
