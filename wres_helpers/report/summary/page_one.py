"""Page one: where each indicator stands, the findings that matter most, what changed, what is not known, what to decide."""

from collections.abc import Iterable

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Finding, Findings, Panel, Panels, Prose, Standing, Strip
from wres_helpers.report.form.topics import Topic, Topical, topical
from wres_helpers.report.section import written_blocks
from wres_helpers.report.section.beside_national_figures import of_the_same_year
from wres_helpers.report.summary import overview
from wres_helpers.report.summary.left_open import gravest_unknown, undisclosed
from wres_helpers.report.summary.what_changed import since_the_year_before, where_targets_stand
from wres_helpers.report.summary.what_to_decide import also_agreed, asked_of_the_board
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.beside_headlines import ratio_without_recruits, rows_told, value_told, worse_without_recruits
from wres_helpers.report.words.doubts import WORSE, leaning, told_together
from wres_helpers.report.words.headlines import headline_text
from wres_helpers.report.words.made_tables import short_label
from wres_helpers.report.words.vocabulary import group_label, indicator_named, indicators_told, metric, period_told, worse_off
from wres_helpers.report.words.who_answered import not_as_recorded
from wres_helpers.standard import statuses

NOTHING_TO_JUDGE = "Nothing can be judged this year, because the numbers are too small, are missing, or may not be shown."

#: As many findings as a board remembers.
_FINDINGS = 3


def standings(shown: Evidence) -> Strip:
    """Return every indicator with its name, its status, for whom things are worse, and its comparison; of a share that is compared with nothing, the share."""
    items = []
    for indicator in which_indicators.indicators(shown):
        code, label = evidence_rows.status_of(shown, indicator)
        title = str(evidence_rows.definition_of(shown, indicator)["plain_title"])
        row = evidence_rows.headline_row(shown, indicator)
        alone = row is not None and row["comparison"] == "none" and evidence_rows.has(row, "bme_rate")  # no status speaks for it
        without = ratio_without_recruits(shown, row)
        worse, _, whom = (leaning(shown, row) or worse_off(shown, code)).partition("worse for ")
        worse += {"": "", f"{group_label(shown, 'bme')} staff": "worse"}.get(whom, "better")
        found = evidence_rows.with_rate(row, "bme") if row is not None and alone else value_told(row)
        beside = topical(
            shown, "; ".join(filter(None, (worse, found, without))), indicator, tables=["results", *["asides"] * bool(without)]
        )
        items.append(Standing(indicator, title, code, short_label(label), beside))
    return Strip(tuple(items))


def how_to_read(shown: Evidence) -> Panels:
    """Return for page one how sure each status is, and what its figures mean."""
    names = which_indicators.indicators(shown)
    told = [topical(shown, text, *names, tables=["statuses", "results"]) for text in told_together(shown, names)]
    values = {name: value for name in names if (value := value_told(evidence_rows.headline_row(shown, name)))}
    key = (
        [f"In brackets: {numbers.confidence(shown.context.status_rule.confidence)} intervals; points: percentage points."] if values else []
    )
    asked = {name: period_told(shown, evidence_rows.definition_of(shown, name)).partition("staff survey of ")[2] for name in values}
    if surveyed := [name for name, season in asked.items() if season]:
        key.append(f"Survey of {asked[surveyed[0]]}: {phrases.listed(phrases.in_runs(surveyed))}.")
    points = (*told, *([topical(shown, " ".join(key), *values)] if key else []))
    return Panels((Panel("How sure", points),) if points else ())


def how_sure(shown: Evidence) -> Prose:
    """Return what the statuses mean, what is still clear with so many questions asked, and who is not disclosed, or counted otherwise."""
    names = which_indicators.indicators(shown)
    used = {evidence_rows.status_of(shown, name)[0] for name in names}
    said = " ".join(told_together(shown, names))
    key = overview.meanings(
        shown, used | {code for code in statuses.FINDINGS if phrases.small(statuses.LABELS[code].partition(" (")[0]) in said}
    )
    return Prose(tuple(filter(None, (key, _still_standing(shown), undisclosed(shown), not_as_recorded(shown)))))


def beside_other_figures(shown: Evidence) -> Prose:
    """Return for the scorecard what is worse without recruits, and what the nation and the organisation published."""
    rows = {name: evidence_rows.headline_row(shown, name) for name in which_indicators.indicators(shown)}
    flattered = [
        topical(shown, f"{indicator_named(shown, name)}: {told}", name, tables=["asides", "results"])
        for name, row in rows.items()
        if (told := worse_without_recruits(shown, row))
    ]
    differing = _published_otherwise(shown)
    named = [
        f"{statuses.label_of_published(told).lower()}, {metric(shown, len(some))} {phrases.listed(phrases.in_runs(list(some['indicator'])))}"
        for told, some in differing.groupby("published_status", sort=False)
    ]
    told = f"The organisation's own ratings (one rule that allows for chance rates all here): {'; '.join(named)}."
    otherwise = topical(shown, told, *differing["indicator"], "master_file", tables=["statuses"]) if named else ""
    return Prose(tuple(filter(None, (*flattered, *of_the_same_year(shown), otherwise))))


def _still_standing(shown: Evidence) -> str:
    """Return which clear differences stand although many are asked about; nothing where none is clear, and no more than is shown."""
    found = {indicator: evidence_rows.status_row(shown, indicator) for indicator in which_indicators.compared(shown)}
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
        text = topical(shown, NOTHING_TO_JUDGE, *which_indicators.indicators(shown), tables=["statuses"])
        items.append(Finding(text, f"all {metric(shown, 2)}"))
    if len(items) < _FINDINGS:
        items.append(Finding(undisclosed(shown), "staff records"))
    grave, told = _grave(shown), _told_above(shown)
    large = all(indicator in which_indicators.with_status(shown, statuses.LARGE_DIFFERENCE) for indicator in grave)
    rest = indicators_told(shown, [name for name in which_indicators.indicators(shown) if name in grave and name not in told])
    limit = numbers.ratio(shown.context.status_rule.no_adverse_range[1])
    which = f"Large differences (ratio above {limit}; require focus)" if large else f"Clear differences (large: ratio above {limit})"
    lead = f"{which}, surest first{f'; also {rest}' if len(grave) > len(told) else ''}:" if len(grave) > 1 else ""
    return Findings(tuple(items), topical(shown, lead, *grave, tables=["statuses"]))


def _grave(shown: Evidence) -> list[str]:
    """Return the indicators by which BME staff fare clearly worse, the gravest first."""
    return [indicator for indicator in which_indicators.by_urgency(shown) if evidence_rows.status_of(shown, indicator)[0] in WORSE]


def _told_above(shown: Evidence) -> list[str]:
    """Return the indicators of the findings: those by which BME staff fare clearly worse, or else any that are judged, the gravest first."""
    return (_grave(shown) or which_indicators.by_urgency(shown))[: _FINDINGS - len(_no_clear_difference(shown))]


def _no_clear_difference(shown: Evidence) -> list[Finding]:
    """Return that no indicator shows a clear difference, where several were judged and none does: before any of them is told."""
    judged = which_indicators.by_urgency(shown)
    codes = [evidence_rows.status_of(shown, indicator)[0] for indicator in judged]
    if len(codes) < 2 or any(code in statuses.CLEAR for code in codes):
        return []
    told = f"No clear difference was found for the {numbers.in_words(len(codes))} {metric(shown, 2)} that could be judged"
    told += " and whose status may be shown" if which_indicators.with_status(shown, statuses.PROTECTED) else ""
    if statuses.NO_CLEAR_DIFFERENCE in codes:
        told += "; that does not show that there is none"
    return [Finding(topical(shown, f"{told}.", *judged, tables=["statuses"]), indicators_told(shown, sorted(judged)))]


def _finding(shown: Evidence, indicator: str) -> Finding:
    told = headline_text(shown, row := evidence_rows.headline_row(shown, indicator), short=True)
    told = topical(shown, told, indicator, rows=rows_told(shown, row, told))
    return Finding(told, indicators_told(shown, [indicator]))


def at_a_glance(shown: Evidence, actions: pd.DataFrame, asked: Iterable[str] | None = None) -> Panels:
    """Return three panels: what the board is asked to decide, what changed since the year before, and what is not known.

    Of what to decide stands first what ``asked`` says in the organisation's own words (by default ``report.decisions`` of the master file);
    what has no room stands with the action plan.
    """
    first, every = _decisions(shown, actions, asked)
    many = f"All {numbers.in_words(len(every))} decisions: action plan." * (len(every) > len(first))
    also = also_agreed(shown, actions, first) if many else ""
    more = " ".join(filter(None, (also, many, written_blocks.in_full(" ".join(first)))))
    more = Topical(more, Topic((), (), leads_to=(written_blocks.PLAN,))) if many else more
    return Panels(
        (
            Panel("To decide", (*first, *filter(None, [more])), len(first)),
            Panel("What changed", (*since_the_year_before(shown), *where_targets_stand(shown))),
            Panel("Not known", gravest_unknown(shown)),
        )
    )


def decisions(shown: Evidence, actions: pd.DataFrame, asked: Iterable[str] | None = None) -> Panels | Prose:
    """Return all that the board is asked to decide, numbered, in one place, where page one has no room for all of it."""
    first, every = _decisions(shown, actions, asked)
    return Panels((Panel("To decide", every, len(every)),)) if len(every) > len(first) else Prose(())


#: So many words of what is computed page one has room for; people's own are all told there.
_WORDS_OF_DECISIONS = 50


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
