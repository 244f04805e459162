"""How sure the statuses of a report are: at most four sentences, each of one cause, with the indicators that it touches.

Which other status a cause could make is told in the sections and in the files.
"""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Panel, Panels, Prose
from wres_helpers.report.form.topics import topical
from wres_helpers.report.summary import overview
from wres_helpers.report.summary.left_open import undisclosed
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.beside_headlines import value_told
from wres_helpers.report.words.doubts import CHANCE, NOT_KNOWN, ONE_PERSON, WORSE, by_the_undisclosed, leaning, of_indicator
from wres_helpers.report.words.vocabulary import group_label, indicators_told, metric
from wres_helpers.report.words.who_answered import not_as_recorded
from wres_helpers.standard import statuses

#: What is said of the indicators of one kind, of one and of several: of the differences found, of what is undecided, of many questions.
_FOUND = {
    "worse": ("{} is clearly worse for {bme} staff", "{} are clearly worse for {bme} staff"),
    "better": ("{} is clearly better for {bme} staff", "{} are clearly better for {bme} staff"),
    "not large": ("{} may not be large",) * 2,
    "large": ("{} may be large",) * 2,
    "one person": ("one person could undo {}",) * 2,
}
_UNDECIDED = {
    "borderline": ("{} is borderline", "{} are borderline"),
    "either": ("{} may hide a large difference",) * 2,
    "neither": ("{} shows no clear difference", "{} show no clear difference"),
    "one person": ("one person could change {}",) * 2,
}
_TOGETHER = {
    "one": ("{} passes one test of two", "{} pass one test of two"),
    "none": ("{} passes neither test", "{} pass neither test"),
    "hidden": ("what {} would pass is hidden",) * 2,
}


def how_to_read(shown: Evidence) -> Panels:
    """Return for page one how sure each status is, and what the figures in brackets are."""
    names = which_indicators.indicators(shown)
    heads = [evidence_rows.headline_row(shown, name) for name in names]
    of_heads = partial(topical, shown, tables=["statuses", "results", "asides"], rows=heads)
    points = [of_heads(text, *names) for text in told_together(shown, names)]
    values = [name for name in names if value_told(evidence_rows.headline_row(shown, name))]
    level = numbers.confidence(shown.context.status_rule.confidence)
    points += [topical(shown, f"In brackets: {level} intervals.", *values)] if values else []
    return Panels((Panel("How sure", tuple(points)),) if points else ())


def told_together(shown: Evidence, indicators: list[str]) -> list[str]:
    """Return how sure the statuses of indicators are: what is found, what is undecided, what the undisclosed leave open, what many questions do."""
    found, undecided, many = ({name: kinds(shown, name) for name in indicators} for kinds in (_found, _undecided, _together))
    return [
        *_sentence(shown, _FOUND, found),
        *_sentence(shown, _UNDECIDED, undecided),
        *_of_the_undisclosed(shown, indicators),
        *_sentence(shown, _TOGETHER, many, "tested together, "),
    ]


def _sentence(shown: Evidence, clauses: dict[str, tuple[str, str]], kinds: dict[str, list[str]], lead: str = "") -> Iterator[str]:
    """Give the clauses of which some indicator is, in their order, as one sentence; a number that it begins with is named as an indicator's."""
    who = {clause: names for clause in clauses if (names := [name for name, some in kinds.items() if clause in some])}
    told = [clauses[clause][len(names) > 1].format(_listed(names), bme=group_label(shown, "bme")) for clause, names in who.items()]
    if told:
        called = f"{metric(shown, len(next(iter(who.values()))))} " * (not lead and told[0][0].isdigit())
        yield phrases.sentence(called + lead + "; ".join(told))


def _listed(names: list[str]) -> str:
    return phrases.listed(phrases.in_runs(names))


def _found(shown: Evidence, indicator: str) -> list[str]:
    """Return what is said of an indicator that shows a clear difference."""
    code, causes = evidence_rows.status_of(shown, indicator)[0], [doubt.cause for doubt in of_indicator(shown, indicator) if doubt.becomes]
    if code not in statuses.CLEAR:
        return []
    size = "not large" if code == statuses.LARGE_DIFFERENCE else "large"
    return ["worse" if code in WORSE else "better", *[size] * (CHANCE in causes), *[ONE_PERSON] * (ONE_PERSON in causes)]


def _undecided(shown: Evidence, indicator: str) -> list[str]:
    """Return what is said of an indicator that shows no clear difference, and of any without one that one person could change."""
    code, row = evidence_rows.status_of(shown, indicator)[0], evidence_rows.headline_row(shown, indicator)
    causes = {doubt.cause: doubt.becomes for doubt in of_indicator(shown, indicator)}
    kinds = [ONE_PERSON] * (ONE_PERSON in causes and code not in statuses.CLEAR)
    if code != statuses.NO_CLEAR_DIFFERENCE:
        return kinds
    if leaning(shown, row):
        return [*kinds, "borderline"]
    return [*kinds, "either" if statuses.LARGE_DIFFERENCE in causes.get(CHANCE, ()) else "neither"]


def _of_the_undisclosed(shown: Evidence, indicators: list[str]) -> Iterator[str]:
    """Give which of the judged those could change who did not disclose their group, which not, and of which that is not told; where all stand nothing."""
    judged = {name: by_the_undisclosed(shown, name) for name in indicators if evidence_rows.status_of(shown, name)[0] in statuses.FINDINGS}
    hidden, absent = ([name for name, doubt in judged.items() if doubt.untold == why] for why in (evidence_rows.HIDDEN, NOT_KNOWN))
    could = [name for name, doubt in judged.items() if doubt.becomes]
    stand = [name for name in judged if name not in (*could, *hidden, *absent)]
    told = [f"could change {_listed(could)}"] if could else []
    told += [f"could not change {_listed(stand)}"] if stand else []
    apart = [f"{why} for {_listed(names)}" for names, why in ((hidden, "hidden"), (absent, "not supplied")) if names]
    if told and (could or apart):
        yield f"At the extreme, the undisclosed {'; '.join([*told, *apart])}."
    elif apart:
        yield f"What the undisclosed could change in {_listed([*hidden, *absent])} is {'hidden' if not absent else 'not known'}."


def _together(shown: Evidence, indicator: str) -> list[str]:
    """Return of a clear difference which of two tests it does not pass by Holm's method, or that this is hidden."""
    row = evidence_rows.status_row(shown, indicator)
    if row is None or row["status"] not in statuses.CLEAR or indicator not in which_indicators.compared(shown):
        return []
    if evidence_rows.is_hidden(row, "stands"):
        return ["hidden"]
    lost = [not row["stands"], _lost_by_fisher(shown, row)].count(True)
    return [["one", "none"][lost - 1]] if lost else []


def _lost_by_fisher(shown: Evidence, row: pd.Series | None) -> bool:
    """Tell whether a difference would not stand among as many questions by Fisher's test, which the rule asks, too."""
    return evidence_rows.has(row, "p_holm_fisher") and row["p_holm_fisher"] > 1 - shown.context.status_rule.confidence


def how_sure(shown: Evidence) -> Prose:
    """Return what the statuses mean, what is still clear with so many questions asked, and who is not disclosed, or counted otherwise."""
    used = {evidence_rows.status_of(shown, name)[0] for name in which_indicators.indicators(shown)}
    key = overview.meanings(shown, used)
    return Prose(tuple(filter(None, (key, _still_standing(shown), undisclosed(shown), not_as_recorded(shown)))))


def _still_standing(shown: Evidence) -> str:
    """Return which clear differences stand although many are asked about; nothing where none is clear, and no more than is shown."""
    asked_of = which_indicators.compared(shown)
    found = {name: evidence_rows.status_row(shown, name) for name in asked_of}
    clear = {name: row for name, row in found.items() if row is not None and row["status"] in statuses.CLEAR}
    stand = [name for name, row in clear.items() if bool(row["stands"])]
    weaker = [name for name in clear if name not in stand]
    asked = f"with {numbers.in_words(len(asked_of))} questions asked at once (Holm's method)"
    level = numbers.error(1 - shown.context.status_rule.confidence)
    if any(evidence_rows.is_hidden(row, "stands") for row in clear.values()):
        told = f"Which of those found here still stand {asked} is hidden, because it would give hidden numbers away."
    elif stand:
        less = f", that of {indicators_told(shown, weaker)} is not" if weaker else ""
        told = f"Even {asked}, the exact mid-p of {indicators_told(shown, stand)} is at most {level}{less}"
        if lost := {name: clear[name] for name in stand if _lost_by_fisher(shown, clear[name])}:
            values = phrases.listed([numbers.p_value(row["p_holm_fisher"]) for row in lost.values()])
            told += f"; by Fisher's, doubled, that of {indicators_told(shown, [*lost])} is not ({values})"
        told += "."
    else:
        told = f"{phrases.capital(asked)}, the exact mid-p of {indicators_told(shown, weaker)} is above {level}."
    return topical(shown, told, *clear, tables=["statuses"]) if clear else ""
