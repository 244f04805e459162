"""Page one: where each indicator stands, the findings that matter most, what changed, what is not known, what to decide."""

from collections.abc import Iterable

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import beside_headlines, evidence_rows, numbers, overview, phrases, written_blocks
from wres_helpers.report.beside_headlines import WORSE
from wres_helpers.report.beside_national_figures import of_the_same_year
from wres_helpers.report.blocks import Finding, Findings, Panel, Panels, Prose, Standing, Strip
from wres_helpers.report.headlines import headline_text
from wres_helpers.report.left_open import gravest_unknown, not_known, undisclosed
from wres_helpers.report.made_tables import short_label
from wres_helpers.report.parity_blocks import where_targets_stand
from wres_helpers.report.topics import Topic, Topical, topical
from wres_helpers.report.vocabulary import characteristic, indicator_named, indicators_told, metric, worse_off
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
        without = overview.WIDER if beside_headlines.worse_without_recruits(shown, row) else ""
        worse = (beside_headlines.leaning(shown, row) or worse_off(shown, code)).removesuffix(" staff")
        worse = "; ".join(filter(None, (worse, without, beside_headlines.doubt(shown, indicator))))
        beside = topical(shown, evidence_rows.with_rate(row, "bme"), indicator) if alone else worse
        items.append(Standing(indicator, title, code, short_label(label), beside))
    return Strip(tuple(items))


#: What page one says of the doubt beside a status, and of the statuses that words alone leave open.
_WHY_PERHAPS = "Perhaps: through chance, one person or undisclosed {of}."
_IN_SHORT = {
    statuses.NO_CLEAR_DIFFERENCE: "No clear difference: neither shown nor ruled out.",
    statuses.EQUIVALENT: "Equivalent: none large among those known.",
}


def how_to_read(shown: Evidence) -> Prose:
    """Return for page one what its mark and its less plain statuses mean, and which indicators the organisation itself rated better."""
    found = {name: evidence_rows.status_of(shown, name)[0] for name in overview.indicators(shown)}
    key = [words for code, words in _IN_SHORT.items() if code in found.values()]
    key += [_WHY_PERHAPS.format(of=characteristic(shown))] if any(beside_headlines.doubt(shown, name) for name in found) else []
    differing = _published_otherwise(shown)
    rated = zip(differing["indicator"], differing["status"], differing["published_status"].map(statuses.finding_of), strict=True)
    grave = list(statuses.FINDINGS)
    kinder = [name for name, found, published in rated if found in WORSE and grave.index(published) > grave.index(found)]
    told = f"Own ratings of {phrases.listed(kinder)} were milder." if kinder else ""
    otherwise = topical(shown, told, *kinder, "master_file", tables=["statuses"])
    return Prose(tuple(filter(None, (" ".join(key), otherwise))))


def how_sure(shown: Evidence) -> Prose:
    """Return what the statuses mean, what is still clear with so many questions asked, and all that the figures leave open."""
    used = {evidence_rows.status_of(shown, name)[0] for name in overview.indicators(shown)}
    # what the undisclosed could make of a finding is named beside it
    key = overview.meanings(shown, used.union(*(shown.possible_statuses.get(name, ()) for name in _told_above(shown))))
    order = ""
    if "00_overview" in shown.context.parameters.sections:
        order = f"Page one tells the gravest status first, of one status {overview.SUREST}."
    return Prose(tuple(filter(None, (key, order, _still_standing(shown), *not_known(shown)))))


def beside_other_figures(shown: Evidence) -> Prose:
    """Return for the scorecard what is worse without recruits, and what the nation and the organisation published."""
    rows = {name: evidence_rows.headline_row(shown, name) for name in overview.indicators(shown)}
    flattered = [
        topical(shown, f"{indicator_named(shown, name)}: {told}", name, tables=["asides", "results"])
        for name, row in rows.items()
        if (told := beside_headlines.worse_without_recruits(shown, row))
    ]
    differing = _published_otherwise(shown)
    named = [
        f"{indicators_told(shown, list(some['indicator']))} {statuses.label_of_published(told).lower()}, here {short_label(label).lower()}"
        for (told, label), some in differing.groupby(["published_status", "label"], sort=False)
    ]
    told = f"The organisation's own ratings (one rule that allows for chance rates all here): {'; '.join(named)}."
    otherwise = topical(shown, told, *differing["indicator"], "master_file", tables=["statuses"]) if named else ""
    return Prose(tuple(filter(None, (*flattered, *of_the_same_year(shown), otherwise))))


def _still_standing(shown: Evidence) -> str:
    """Return which clear differences stand although many are asked about; nothing where none is clear, and no more than is shown."""
    found = {indicator: evidence_rows.status_row(shown, indicator) for indicator in overview.compared(shown)}
    clear = {name: row for name, row in found.items() if row is not None and row["status"] in statuses.CLEAR}
    stand = [name for name, row in clear.items() if bool(row["stands"])]
    weaker = [name for name in clear if name not in stand]
    asked = f"with {numbers.in_words(len(found))} questions asked at once (Holm's method)"
    level = numbers.error(1 - shown.context.status_rule.confidence)
    if any(evidence_rows.is_hidden(row, "stands") for row in clear.values()):
        told = f"Which of those found here still stand {asked} is hidden, because it would give hidden numbers away."
    elif stand:
        less = f", that of {indicators_told(shown, weaker)} is not" if weaker else ""
        told = f"Even {asked}, the exact mid-p of {indicators_told(shown, stand)} is at most {level}{less}{_by_fisher(shown, stand)}."
    else:
        told = f"{phrases.capital(asked)}, the exact mid-p of {indicators_told(shown, weaker)} is above {level}."
    return topical(shown, told, *clear, tables=["statuses"]) if clear else ""


def _by_fisher(shown: Evidence, stand: list[str]) -> str:
    """Return which of those that still stand would not by Fisher's test, which the rule asks, too: somebody who takes it finds fewer."""
    held, error = {name: evidence_rows.status_row(shown, name) for name in stand}, 1 - shown.context.status_rule.confidence
    lost = {
        name: row["p_holm_fisher"] for name, row in held.items() if evidence_rows.has(row, "p_holm_fisher") and row["p_holm_fisher"] > error
    }
    values = phrases.listed([numbers.p_value(value) for value in lost.values()])
    return f"; by Fisher's, doubled, that of {indicators_told(shown, [*lost])} is not ({values})" if lost else ""


def _published_otherwise(shown: Evidence) -> pd.DataFrame:
    """Return the statuses of this year that the organisation published otherwise by hand."""
    rows = shown.statuses[shown.statuses["year"].eq(shown.context.year)]
    return rows[rows["differs"].astype(bool) & rows["status"].ne(statuses.PROTECTED)]


def top_findings(shown: Evidence) -> Findings:
    """Return the findings that matter most, at most three, each with where it comes from.

    The rule: that none shows a clear difference, where none does; then the judged indicators by status, the gravest first, and of one
    status the surest first (a hidden one counts as the least sure). How many have not disclosed their ethnicity
    takes a place only where no indicator with a difference claims it.
    """
    items = _no_clear_difference(shown)
    items += [_finding(shown, indicator) for indicator in _told_above(shown)]
    if not items:
        text = topical(shown, NOTHING_TO_JUDGE, *overview.indicators(shown), tables=["statuses"])
        items.append(Finding(text, f"all {metric(shown, 2)}"))
    if len(items) < overview.FINDINGS:
        items.append(Finding(undisclosed(shown), "staff records"))
    grave, told = _grave(shown), _told_above(shown)
    large = all(indicator in overview.with_status(shown, statuses.LARGE_DIFFERENCE) for indicator in grave)
    rest = indicators_told(shown, [name for name in overview.indicators(shown) if name in grave and name not in told])
    lead = f"{'Large' if large else 'Clear'} differences, surest first; also {rest}:" if len(grave) > len(told) else ""
    return Findings(tuple(items), topical(shown, lead, *grave, tables=["statuses"]))


def _grave(shown: Evidence) -> list[str]:
    """Return the indicators by which BME staff fare clearly worse, the gravest first."""
    return [indicator for indicator in overview.by_urgency(shown) if evidence_rows.status_of(shown, indicator)[0] in WORSE]


def _told_above(shown: Evidence) -> list[str]:
    """Return the indicators of the findings: those by which BME staff fare clearly worse, or else any that are judged, the gravest first."""
    return (_grave(shown) or overview.by_urgency(shown))[: overview.FINDINGS - len(_no_clear_difference(shown))]


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
    told = headline_text(shown, row := evidence_rows.headline_row(shown, indicator), short=True)
    told = topical(shown, told, indicator, rows=beside_headlines.rows_told(shown, row, told))
    return Finding(told, ", ".join(filter(None, (indicators_told(shown, [indicator]), beside_headlines.doubt(shown, indicator)))))


def at_a_glance(shown: Evidence, actions: pd.DataFrame, asked: Iterable[str] | None = None) -> Panels:
    """Return three panels: what the board is asked to decide, what changed since the year before, and what is not known.

    Of what to decide stands first what ``asked`` says in the organisation's own words (by default ``report.decisions`` of the master file);
    what has no room stands with the action plan.
    """
    first, every = _decisions(shown, actions, asked)
    more = f"All {numbers.in_words(len(every))} decisions: action plan."
    more = " ".join(filter(None, (more * (len(every) > len(first)), written_blocks.in_full(" ".join(first)))))
    targets = where_targets_stand(shown)
    panels = (
        ("To decide", (*first, *([Topical(more, Topic((), (), leads_to=(written_blocks.PLAN,)))] if more else []))),
        ("What changed", (*since_the_year_before(shown), *targets)),
        ("Not known", gravest_unknown(shown)),
    )
    return Panels(tuple(Panel(title, points) for title, points in panels))


def decisions(shown: Evidence, actions: pd.DataFrame, asked: Iterable[str] | None = None) -> Prose:
    """Return all that the board is asked to decide, in one place, where page one has no room for all of it."""
    first, every = _decisions(shown, actions, asked)
    return Prose(("To decide:", *every) if len(every) > len(first) else ())


#: So many words of what is computed page one has room for; people's own are all told there.
_WORDS_OF_DECISIONS = 46


def _decisions(shown: Evidence, actions: pd.DataFrame, asked: Iterable[str] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the board is asked to decide: what page one says, and all of it, which stands with the plan, where the report has that."""
    own = tuple(shown.context.parameters.report.decisions if asked is None else asked)
    every = (*own, *asked_of_the_board(shown, actions))
    if "10_action_plan" not in shown.context.parameters.sections:
        return every, every
    used = [sum(len(text.split()) for text in every[: place + 1]) for place in range(len(every))]
    return tuple(
        text for text, words in zip(every, used, strict=True) if text in every[: max(len(own), 1)] or words <= _WORDS_OF_DECISIONS
    ), every
