"""What changed since the year before, for page one: clear changes, none, what is not judged or hidden, and how many staff there are now."""

from functools import partial

from wres_helpers.analysis.changes import CLEAR, DESCRIBED, WITHIN_CHANCE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import beside_last_year, evidence_rows, numbers, overview, phrases, table_blocks
from wres_helpers.report.made_tables import short_label
from wres_helpers.report.topics import last_two, topical
from wres_helpers.report.vocabulary import group_label, indicator_named, indicators_told, metric, year_label
from wres_helpers.standard import statuses


def since_the_year_before(shown: Evidence) -> list[str]:
    """Return what the indicators did since the year before, and how many staff there are now; that nothing is compared, where nothing is."""
    if not (previous := shown.context.previous_year):
        return ["This report compares with no earlier year."]
    rows = {indicator: beside_last_year.change_row(shown, indicator) for indicator in overview.indicators(shown)}
    kinds = {indicator: beside_last_year.told_as(row) for indicator, row in rows.items()}
    of_kind = (CLEAR, WITHIN_CHANCE, DESCRIBED, evidence_rows.HIDDEN, "")
    clear, unclear, described, hidden, others = ([name for name, kind in kinds.items() if kind == each] for each in of_kind)
    about, points = partial(topical, shown, tables=["changes"], years=last_two(shown)), []
    for indicator in clear:
        named = f"{indicator_named(shown, indicator)} ({str(evidence_rows.definition_of(shown, indicator)['plain_title']).lower()})"
        fares = (
            f"is clearly {beside_last_year.direction_of_change(shown, indicator, rows[indicator])} for {group_label(shown, 'bme')} staff"
        )
        points.append(about(f"{named} {fares}: {overview.change_values(shown, rows[indicator])}.", indicator))
    if unclear:
        many = f"Not one of the {numbers.in_words(len(unclear))} {metric(shown, 2)} that could be judged beside {year_label(previous)} changed clearly"
        named = f"No clear change since {year_label(previous)} in {indicators_told(shown, unclear)}"
        points.append(about(f"{named if clear or len(unclear) < 3 else many}.", *unclear))
    before = {name: beside_last_year.another_status_before(shown, name, rows[name]) for name in unclear}
    if another := [name for name in unclear if before[name]]:
        labels = {name: phrases.small(short_label(evidence_rows.status_of(shown, name)[1])) for name in another}
        went = "; ".join(
            f"{phrases.small(indicator_named(shown, name))} went from '{phrases.small(before[name])}' to '{labels[name]}'"
            for name in another
        )
        points.append(about(f"{phrases.capital(went)}: no change of the figures is clear.", *another, tables=["changes", "statuses"]))
    if described:
        results = {name: table_blocks.result_of(shown, rows[name]) for name in described}
        values = "; ".join(
            f"{indicator_named(shown, name)} ({table_blocks.value_title(shown, result)}): {overview.change_values(shown, rows[name])}"
            for name, result in results.items()
            if result is not None
        )
        points.append(about(f"{values}. Not judged: mostly the same posts or cases are counted in both years.", *described))
    if others:
        which = f"any {metric(shown)}" if len(others) == len(rows) > 1 else indicators_told(shown, others)
        reasons = list(dict.fromkeys(overview.change_cell(shown, name) for name in others))
        why = "not supplied" if all(reason.startswith("No figure") for reason in reasons) else "; ".join(map(phrases.small, reasons))
        points.append(about(f"No comparison with {year_label(previous)} for {which} ({why}).", *others))
    if hidden := [name for name in hidden if evidence_rows.status_of(shown, name)[0] != statuses.PROTECTED]:
        points.append(about(f"Hidden, so that nobody can be recognised: how {indicators_told(shown, hidden)} changed.", *hidden))
    moved = beside_last_year.moved(shown, "bme")
    staff = moved and f"The number of {group_label(shown, 'bme')} staff {moved}."
    return [*points, *filter(None, [topical(shown, staff, "headcount", tables=["shares"], years=last_two(shown))])]
