"""What changed since the year before, for page one: clear changes, none, and labels that are others."""

from functools import partial

from wres_helpers.analysis.changes import CLEAR, WITHIN_CHANCE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import beside_last_year, evidence_rows, numbers, overview, phrases
from wres_helpers.report.topics import last_two, topical
from wres_helpers.report.vocabulary import group_label, indicator_named, indicators_told, metric, year_label

#: Fewer than so many indicators are named.
_NAMED = 4


def since_the_year_before(shown: Evidence) -> list[str]:
    """Return what the indicators did since the year before; that nothing is compared, where nothing is."""
    if not (previous := shown.context.previous_year):
        return ["This report compares with no earlier year."]
    rows = {indicator: beside_last_year.change_row(shown, indicator) for indicator in overview.indicators(shown)}
    kinds = {indicator: beside_last_year.told_as(row) for indicator, row in rows.items()}
    clear, unclear = ([name for name, kind in kinds.items() if kind == each] for each in (CLEAR, WITHIN_CHANCE))
    about, points = partial(topical, shown, tables=["changes"], years=last_two(shown)), []
    for indicator in clear:
        named = f"{indicator_named(shown, indicator)} ({str(evidence_rows.definition_of(shown, indicator)['plain_title']).lower()})"
        fares = (
            f"is clearly {beside_last_year.direction_of_change(shown, indicator, rows[indicator])} for {group_label(shown, 'bme')} staff"
        )
        points.append(about(f"{named} {fares}: {overview.change_values(shown, rows[indicator])}.", indicator))
    if unclear:
        many = f"{numbers.in_words(len(unclear))} {metric(shown, 2)}"
        which = indicators_told(shown, unclear) if clear or len(unclear) < 3 else many
        others = [name for name in rows if name not in (*clear, *unclear)]
        left = phrases.listed(others) if len(others) < _NAMED else numbers.in_words(len(others))
        apart = f" ({left} not judged)" if others else ""
        points.append(about(f"No clear change since {year_label(previous)} in {which}{apart}.", *unclear))
    if another := {name: label for name in unclear if (label := beside_last_year.another_status_before(shown, name, rows[name]))}:
        told = ", ".join(f"{name} (was {phrases.small(label)})" for name, label in another.items())
        points.append(about(f"New label alone: {told}.", *another, tables=["changes", "statuses"]))
    if not (clear or unclear):
        points.append(about(f"No {metric(shown)} could be judged beside {year_label(previous)}.", *rows))
    return points
