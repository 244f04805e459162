"""What changed, for page one: since the year before, clearly or not and with which status."""

from functools import partial

from wres_helpers.analysis.changes import CLEAR, WITHIN_CHANCE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import phrases
from wres_helpers.report.form.topics import last_two, topical
from wres_helpers.report.section import beside_last_year, table_blocks
from wres_helpers.report.summary import overview
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.vocabulary import group_label, indicator_named, metric, year_label


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
    for name in clear:
        called = f"{indicator_named(shown, name)} ({str(evidence_rows.definition_of(shown, name)['plain_title']).lower()})"
        fares = f"has become clearly {beside_last_year.direction_of_change(shown, name, rows[name])} for {group_label(shown, 'bme')} staff"
        unit = "" if table_blocks.style_of(shown, rows[name]).equality else " percentage points"
        points.append(about(f"{called} {fares}: {overview.change_values(shown, rows[name])}{unit}.", name))
    if unclear:
        now = {name: evidence_rows.status_of(shown, name)[1].partition(" (")[0] for name in unclear}
        another = {name: status for name in unclear if (status := beside_last_year.another_status_before(shown, name, rows[name]))}
        labels = ", ".join(f"{name} from '{then}' to '{now[name]}'" for name, then in another.items())
        relabelled = f", though labels moved: {labels}" if another else ""
        told = f"{_named(shown, unclear)} did not clearly change since {before}{relabelled}."
        points.append(about(told, *unclear, tables=["changes", *["statuses"] * bool(another)]))
    others = [name for name in kinds if name not in (*clear, *unclear)]
    told = f"{_listed(others)} no change" if points else f"{metric(shown, len(others))} {_listed(others)} no change since {before}"
    return [*points, *([about(f"Of {told} can be told.", *others)] if others else [])]


def _named(shown: Evidence, names: list[str]) -> str:
    """Return 'Indicators 2 to 8'."""
    return phrases.capital(f"{metric(shown, len(names))} {_listed(names)}")


def _listed(names: list[str]) -> str:
    return phrases.listed(phrases.in_runs(names))
