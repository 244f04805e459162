"""Page one: where each indicator stands, the findings that matter most, what changed, what is not known, what to decide."""

from collections.abc import Iterable

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import beside_headlines, evidence_rows, numbers, overview, phrases
from wres_helpers.report.beside_national_figures import in_short
from wres_helpers.report.blocks import Finding, Findings, Panel, Panels, Prose, Standing, Strip
from wres_helpers.report.headlines import headline_text
from wres_helpers.report.left_open import not_known, undisclosed
from wres_helpers.report.made_tables import short_label
from wres_helpers.report.parity_blocks import where_targets_stand
from wres_helpers.report.topics import topical
from wres_helpers.report.vocabulary import group_label, indicator_named, indicators_told, metric, worse_off
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
        looks = beside_headlines.leaning(shown, row)
        unsure = [beside_headlines.UNSURE] if beside_headlines.is_size_unsure(shown, row) else []
        unsure += ["could turn on one person"] if beside_headlines.is_on_one_person(shown, row) else []
        worse = f"borderline: {looks}" if looks else "; ".join([worse_off(shown, code), *unsure])
        beside = topical(shown, evidence_rows.with_rate(row, "bme"), indicator) if alone else worse
        items.append(Standing(indicator, title, code, short_label(label), beside))
    return Strip(tuple(items))


def looked_at_together(shown: Evidence) -> Prose:
    """Return what the statuses mean, which clear differences stand of many questions, which are worse without recruits, and what others published."""
    above = _told_above(shown)  # a finding above says so itself
    rows = {name: evidence_rows.headline_row(shown, name) for name in overview.indicators(shown) if name not in above}
    flattered = [
        topical(shown, f"{indicator_named(shown, name)}: {headline_text(shown, row)}", name, tables=["asides", "results"])
        for name, row in rows.items()
        if beside_headlines.worse_without_recruits(shown, row)
    ]
    row, answered = beside_headlines.responses(shown)
    silent = "" if row is None else topical(shown, f"The survey was answered by {answered}.", row["indicator"], "headcount")
    key = overview.meanings(shown, {evidence_rows.status_of(shown, name)[0] for name in overview.indicators(shown)})
    return Prose(tuple(filter(None, (key, _still_standing(shown), *flattered, silent, in_short(shown), _published_otherwise(shown)))))


def _still_standing(shown: Evidence) -> str:
    """Return which clear differences stand although many are asked about; nothing where none is clear.

    A status that is hidden is not counted, and of the others no more is said than what is shown of them.
    """
    found = {indicator: evidence_rows.status_row(shown, indicator) for indicator in overview.indicators(shown)}
    clear = {name: row for name, row in found.items() if row is not None and row["status"] in statuses.CLEAR}
    if not clear:
        return ""
    stand = [name for name, row in clear.items() if bool(row["stands"])]
    weaker = [name for name in clear if name not in stand]
    if any(evidence_rows.is_hidden(row, "stands") for row in clear.values()):
        told = "Which of those found here still stand when that is allowed for is hidden, because it would give hidden numbers away"
    elif not stand:
        told = f"Allowing for that, none of what was found ({indicators_told(shown, weaker)}) is certain: the next year will tell more"
    else:
        less = f"; {indicators_told(shown, weaker)} {'are' if len(weaker) > 1 else 'is'} less certain" if weaker else ""
        told = f"What was found for {indicators_told(shown, stand)} is, as counted, too clear for that{less}"
    judged = [name for name, row in found.items() if row is not None and row["status"] in statuses.FINDINGS]
    # each shows a clear difference against one group by chance alone in at most half of what two sides may have
    by_chance = 1 - (1 - (1 - shown.context.status_rule.confidence) / 2) ** len(judged)
    often = numbers.in_words(min(max(round(1 / by_chance), 2), 12))
    which = f" ({numbers.in_words(len(judged))} judged)" if len(judged) < len(found) else ""
    by_luck = f"at least one would look clearly worse for {group_label(shown, 'bme')} staff by chance alone"
    asked = f"Of {numbers.in_words(len(found))} questions asked at once{which}, {by_luck} in up to about one year in {often}."
    return topical(shown, f"{asked} {told}.", *judged, tables=["statuses"])


def _published_otherwise(shown: Evidence) -> str:
    """Return for which indicators the organisation published another status by hand, and which."""
    rows = shown.statuses[shown.statuses["year"].eq(shown.context.year)]
    rows = rows[rows["differs"].astype(bool) & rows["status"].ne(statuses.PROTECTED)]
    named = [
        f"{phrases.listed(list(some['indicator']))} as {statuses.label_of_published(told).lower()}, here {short_label(label).lower()}"
        for (told, label), some in rows.groupby(["published_status", "label"], sort=False)
    ]
    told = f"Published by hand otherwise (one rule gives all here, and allows for chance): {metric(shown, len(rows))} {'; '.join(named)}."
    return topical(shown, told, *rows["indicator"], "master_file", tables=["statuses"]) if named else ""


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
    """Return three panels: what changed since the year before, what is not known, and what the board is asked to decide.

    Of these stands first what ``asked`` says in the organisation's own words (by default ``report.decisions`` of the master file).
    """
    asked = shown.context.parameters.report.decisions if asked is None else asked
    targets = where_targets_stand(shown)
    panels = (
        ("What changed, and targets" if targets else "What changed", (*since_the_year_before(shown), *targets)),
        ("What we do not know", not_known(shown)),
        ("What the board is asked to decide", (*asked, *asked_of_the_board(shown, actions))),
    )
    return Panels(tuple(Panel(title, points) for title, points in panels))
