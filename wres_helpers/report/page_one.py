"""Page one: where each indicator stands, the findings that matter most, what changed, what is not known, what to decide."""

from collections.abc import Iterable

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import beside_headlines, evidence_rows, numbers, overview
from wres_helpers.report.beside_national_figures import of_the_same_year
from wres_helpers.report.blocks import Finding, Findings, Panel, Panels, Prose, Standing, Strip
from wres_helpers.report.headlines import headline_text
from wres_helpers.report.left_open import not_known, undisclosed
from wres_helpers.report.made_tables import short_label
from wres_helpers.report.parity_blocks import where_targets_stand
from wres_helpers.report.topics import topical
from wres_helpers.report.vocabulary import indicator_named, indicators_told, metric, worse_off
from wres_helpers.report.what_changed import since_the_year_before
from wres_helpers.report.what_to_decide import asked_of_the_board
from wres_helpers.standard import statuses

NOTHING_TO_JUDGE = "Nothing can be judged this year, because the numbers are too small, are missing, or may not be shown."


def standings(shown: Evidence) -> Strip:
    """Return every indicator with its name, its status, and for whom things are worse; of a share that is compared with nothing, the share."""
    items = []
    for indicator in overview.indicators(shown):
        code, label = evidence_rows.status_of(shown, indicator)
        title = str(evidence_rows.definition_of(shown, indicator)["plain_title"])
        row = evidence_rows.headline_row(shown, indicator)
        alone = evidence_rows.has(row, "bme_rate") and row["comparison"] == "none"  # no status speaks for it: '74.0% (111 of 150)'
        looks, could = beside_headlines.leaning(shown, row), beside_headlines.of_the_undisclosed(shown, indicator)
        turned = code in statuses.FINDINGS and could in (beside_headlines.UNDO, beside_headlines.CHANGE)
        told = [f"borderline: {looks}" if looks else worse_off(shown, code)]
        told += [beside_headlines.UNSURE] if beside_headlines.is_size_unsure(shown, row) else []
        told += ["could turn on one person"] if beside_headlines.is_on_one_person(shown, row) else []
        told += [beside_headlines.THE_UNDISCLOSED.format("change it")] if turned else []
        worse = "; ".join(filter(None, told))
        beside = topical(shown, evidence_rows.with_rate(row, "bme"), indicator) if alone else worse
        items.append(Standing(indicator, title, code, short_label(label), beside))
    return Strip(tuple(items))


def looked_at_together(shown: Evidence) -> Prose:
    """Return for page one what the statuses mean, what is still clear with so many questions asked, and that some were published otherwise."""
    differing = _published_otherwise(shown)
    told = f"{numbers.in_words(len(differing)).capitalize()} status{'es differ' if len(differing) > 1 else ' differs'}"
    otherwise = f"{told} from the organisation's own ratings (see the overview, below the {metric(shown, 2)})."
    used = {evidence_rows.status_of(shown, name)[0] for name in overview.indicators(shown)}
    # what the undisclosed could make of a finding is named beside it
    key = overview.meanings(shown, used.union(*(shown.possible_statuses.get(name, ()) for name in _told_above(shown))))
    return Prose(tuple(filter(None, (key, _still_standing(shown), otherwise if len(differing) else ""))))


def beside_other_figures(shown: Evidence) -> Prose:
    """Return for the scorecard what is worse without recruits, who answered, and what the nation and the organisation published."""
    rows = {name: evidence_rows.headline_row(shown, name) for name in overview.indicators(shown)}
    flattered = [
        topical(shown, f"{indicator_named(shown, name)}: {headline_text(shown, row)}", name, tables=["asides", "results"])
        for name, row in rows.items()
        if beside_headlines.worse_without_recruits(shown, row)
    ]
    row, answered = beside_headlines.responses(shown)
    silent = "" if row is None else topical(shown, f"The survey was answered by at least {answered}.", row["indicator"], "headcount")
    differing = _published_otherwise(shown)
    named = [
        f"{indicators_told(shown, list(some['indicator']))} {statuses.label_of_published(told).lower()}, here {short_label(label).lower()}"
        for (told, label), some in differing.groupby(["published_status", "label"], sort=False)
    ]
    told = f"The organisation's own ratings (one rule that allows for chance rates all here): {'; '.join(named)}."
    otherwise = topical(shown, told, *differing["indicator"], "master_file", tables=["statuses"]) if named else ""
    return Prose(tuple(filter(None, (*flattered, silent, *of_the_same_year(shown), otherwise))))


def _still_standing(shown: Evidence) -> str:
    """Return which clear differences stand although many are asked about; nothing where none is clear, and no more than is shown."""
    found = {indicator: evidence_rows.status_row(shown, indicator) for indicator in overview.compared(shown)}
    clear = {name: row for name, row in found.items() if row is not None and row["status"] in statuses.CLEAR}
    stand = [name for name, row in clear.items() if bool(row["stands"])]
    weaker = [name for name in clear if name not in stand]
    asked = f"{numbers.in_words(len(found))} questions asked at once (Holm's method)"
    if any(evidence_rows.is_hidden(row, "stands") for row in clear.values()):
        told = f"Which of those found here still stand with {asked} is hidden, because it would give hidden numbers away."
    elif stand:
        less = f"; for {indicators_told(shown, weaker)} it is not" if weaker else ""
        told = f"Even with {asked}, what was found for {indicators_told(shown, stand)} is still clear{less}."
    else:
        told = f"With {asked}, what was found for {indicators_told(shown, weaker)} is no longer clear."
    return topical(shown, told, *clear, tables=["statuses"]) if clear else ""


def _published_otherwise(shown: Evidence) -> pd.DataFrame:
    """Return the statuses of this year that the organisation published otherwise by hand."""
    rows = shown.statuses[shown.statuses["year"].eq(shown.context.year)]
    return rows[rows["differs"].astype(bool) & rows["status"].ne(statuses.PROTECTED)]


def top_findings(shown: Evidence) -> Findings:
    """Return the findings that matter most, at most three, each with where it comes from.

    The rule: that none shows a clear difference, where none does; then the judged indicators by status, the gravest first, and of one
    status the surest first (smallest p-value; a hidden one counts as the least sure). How many have not disclosed their ethnicity
    takes a place only where no indicator with a difference claims it.
    """
    items = _no_clear_difference(shown)
    items += [_finding(shown, indicator) for indicator in _told_above(shown)]
    if not items:
        text = topical(shown, NOTHING_TO_JUDGE, *overview.indicators(shown), tables=["statuses"])
        items.append(Finding(text, f"all {metric(shown, 2)}"))
    if len(items) < overview.FINDINGS:
        items.append(Finding(undisclosed(shown), "staff records"))
    return Findings(tuple(items))


def _told_above(shown: Evidence) -> list[str]:
    """Return the indicators of the findings: those by which BME staff fare clearly worse, or else any that are judged, the gravest first."""
    order = overview.by_urgency(shown)
    grave = [indicator for indicator in order if evidence_rows.status_of(shown, indicator)[0] in beside_headlines.WORSE]
    return (grave or order)[: overview.FINDINGS - len(_no_clear_difference(shown))]


def _no_clear_difference(shown: Evidence) -> list[Finding]:
    """Return that no indicator shows a clear difference, where several were judged and none does: before any of them is told."""
    judged = overview.by_urgency(shown)
    codes = [evidence_rows.status_of(shown, indicator)[0] for indicator in judged]
    if len(codes) < 2 or any(code in statuses.CLEAR for code in codes):
        return []
    told = f"No clear difference was found for the {numbers.in_words(len(codes))} {metric(shown, 2)} that could be judged"
    told += " and whose status may be shown" if overview.with_status(shown, statuses.PROTECTED) else ""
    if statuses.NO_CLEAR_DIFFERENCE in codes:
        told += "; that does not show that there is none"
    return [Finding(topical(shown, f"{told}.", *judged, tables=["statuses"]), indicators_told(shown, sorted(judged)))]


def _finding(shown: Evidence, indicator: str) -> Finding:
    label = short_label(evidence_rows.status_of(shown, indicator)[1]).lower()
    row = evidence_rows.headline_row(shown, indicator)
    text = topical(shown, headline_text(shown, row, short=True), indicator)
    return Finding(text, f"{indicators_told(shown, [indicator])}: {'; '.join([label, *beside_headlines.beside_status(shown, row)])}")


def at_a_glance(shown: Evidence, actions: pd.DataFrame, asked: Iterable[str] | None = None) -> Panels:
    """Return three panels: what the board is asked to decide, what changed since the year before, and what is not known.

    Of what to decide stands first what ``asked`` says in the organisation's own words (by default ``report.decisions`` of the master file).
    """
    asked = shown.context.parameters.report.decisions if asked is None else asked
    targets = where_targets_stand(shown)
    panels = (
        ("What the board is asked to decide", (*asked, *asked_of_the_board(shown, actions))),
        ("What changed, and targets" if targets else "What changed", (*since_the_year_before(shown), *targets)),
        ("What we do not know", not_known(shown)),
    )
    return Panels(tuple(Panel(title, points) for title, points in panels))
