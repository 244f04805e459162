"""How sure the statuses of a report are: a sentence for each cause, with the indicators that it touches.

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
from wres_helpers.report.words.doubts import (
    CHANCE,
    NOT_KNOWN,
    ONE_PERSON,
    UNDISCLOSED,
    WORSE,
    by_the_undisclosed,
    is_surely_large,
    leaning,
    of_indicator,
    undoes,
)
from wres_helpers.report.words.vocabulary import group_label, indicators_told, metric
from wres_helpers.report.words.who_answered import not_as_recorded
from wres_helpers.standard import statuses

#: What is said of the indicators of one kind, of one and of several: of what was found, and of many questions.
_FOUND = {
    "worse": ("{} is clearly worse for {bme} than for {white} staff", "{} are clearly worse for {bme} than for {white} staff"),
    "better": ("{} is clearly better for {bme} than for {white} staff", "{} are clearly better for {bme} than for {white} staff"),
    "surely large": ("{} large beyond chance",) * 2,
    "borderline": ("{} is borderline", "{} are borderline"),
    "unclear": ("{} shows no clear difference", "{} show no clear difference"),
}
_TOGETHER = {
    "less sure": ("{} is less sure", "{} are less sure"),
    "not sure": ("{} could be chance",) * 2,
    "hidden": ("how sure {} is, is hidden", "how sure {} are, is hidden"),
}
#: What could make indicators something else, in the order in which it is told.
_CAUSES = {CHANCE: "Allowing for chance", ONE_PERSON: "With one person more or less", UNDISCLOSED: "At the extreme, with the undisclosed"}
_NOT_LARGE = "not large"
_COULD_BE = {
    statuses.LARGE_DIFFERENCE: "may be large",
    statuses.SOME_DIFFERENCE: "may be clearly worse",
    statuses.NO_CLEAR_DIFFERENCE: "may be unclear",
    _NOT_LARGE: "may not be large",
    statuses.DIFFERENCE_OTHER_WAY: "may be clearly better",
    statuses.EQUIVALENT: "may be equivalent",
    statuses.TOO_FEW_TO_JUDGE: "may be too few to judge",
}


def how_to_read(shown: Evidence) -> Panels:
    """Return for page one how sure each status is, and what the figures in brackets are."""
    names = which_indicators.indicators(shown)
    heads = [evidence_rows.headline_row(shown, name) for name in names]
    of_heads = partial(topical, shown, tables=["statuses", "results", "asides"], rows=heads)
    points = [of_heads(text, *names) for text in told_together(shown, names)]
    values = [name for name in names if value_told(shown, evidence_rows.headline_row(shown, name))]
    level = numbers.confidence(shown.context.status_rule.confidence)
    points += [topical(shown, f"In brackets: {level} intervals.", *values)] if values else []
    return Panels((Panel("How sure", tuple(points)),) if points else ())


def told_together(shown: Evidence, indicators: list[str]) -> list[str]:
    """Return how sure statuses are: what is found, what chance, one person and the undisclosed could make of it, what many questions do.

    What chance could make of an indicator already is not told of another cause again.
    """
    found, many = ({name: kinds(shown, name) for name in indicators} for kinds in (_found, _together))
    could: dict[str, dict[str, set[str]]] = {cause: {} for cause in _CAUSES}
    for name in indicators:
        for doubt in of_indicator(shown, name):
            could[doubt.cause][name] = _could_be(evidence_rows.status_of(shown, name)[0], doubt.becomes) - could[CHANCE].get(name, set())
    return [
        *_sentence(shown, _FOUND, found),
        *(f"{lead}, {made}." for cause, lead in _CAUSES.items() if (made := _made(could[cause]))),
        *_of_the_undisclosed(shown, indicators),
        *_sentence(shown, _TOGETHER, many, "tested all at once, "),
    ]


def _sentence(shown: Evidence, clauses: dict[str, tuple[str, str]], kinds: dict[str, list[str]], lead: str = "") -> Iterator[str]:
    """Give the clauses of which some indicator is, in their order, as one sentence; a number that it begins with is named as an indicator's."""
    who = {clause: names for clause in clauses if (names := [name for name, of in kinds.items() if clause in of])}
    groups = {group: group_label(shown, group) for group in ("bme", "white")}
    told = [clauses[clause][len(names) > 1].format(phrases.in_runs_listed(names), **groups) for clause, names in who.items()]
    if told:
        called = f"{metric(shown, len(next(iter(who.values()))))} " * (not lead)
        yield phrases.sentence(called + lead + "; ".join(told))


def _made(of: dict[str, set[str]]) -> str:
    """Return what indicators could be: '3 and 4 may be large; 6 may be unclear'."""
    told = {words: [name for name, other in of.items() if code in other] for code, words in _COULD_BE.items()}
    return "; ".join(f"{phrases.in_runs_listed(names)} {words}" for words, names in told.items() if names)


def _could_be(code: str, others: frozenset[str]) -> set[str]:
    """Return the gravest of what a status could become, which of a large difference is less; and that a difference may no longer be clear."""
    undone, gravest = undoes(code, others), [each for each in _COULD_BE if each in others][:1]
    if code == statuses.LARGE_DIFFERENCE and others:
        gravest = [] if undone else [_NOT_LARGE]
    return {*gravest, *[statuses.NO_CLEAR_DIFFERENCE] * undone}


def _found(shown: Evidence, indicator: str) -> list[str]:
    """Return which clear difference an indicator shows, how sure it is large, or that none is clear where nothing that chance could do says that."""
    code, row = evidence_rows.status_of(shown, indicator)[0], evidence_rows.headline_row(shown, indicator)
    if code in statuses.CLEAR:
        return ["worse" if code in WORSE else "better", *["surely large"] * is_surely_large(shown, row)]
    if leaning(shown, row):
        return ["borderline"] * (code == statuses.NO_CLEAR_DIFFERENCE)
    by_chance = any(doubt.cause == CHANCE for doubt in of_indicator(shown, indicator))
    return ["unclear"] * (code == statuses.NO_CLEAR_DIFFERENCE and not by_chance)


def _of_the_undisclosed(shown: Evidence, indicators: list[str]) -> Iterator[str]:
    """Give of which of the judged it is not told what those could change who did not disclose their group, and which stand where others do not."""
    judged = {name: by_the_undisclosed(shown, name) for name in indicators if evidence_rows.status_of(shown, name)[0] in statuses.FINDINGS}
    untold = {name: doubt.untold for name, doubt in judged.items() if doubt.untold}
    stand = [name for name, doubt in judged.items() if not doubt.untold and not doubt.becomes]
    if stand and len(stand) < len(judged):
        only = "" if untold else "only "
        yield f"Whoever the undisclosed are, {only}{phrases.in_runs_listed(stand)} {'keeps its' if len(stand) == 1 else 'keep their'} status."
    if untold:
        yield f"Of {phrases.in_runs_listed([*untold])} what the undisclosed could change is {'hidden' if NOT_KNOWN not in untold.values() else 'not known'}."


def _together(shown: Evidence, indicator: str) -> list[str]:
    """Return of a clear difference which of two tests it does not pass by Holm's method, or that this is hidden."""
    row = evidence_rows.status_row(shown, indicator)
    if row is None or row["status"] not in statuses.CLEAR or indicator not in which_indicators.compared(shown):
        return []
    if evidence_rows.is_hidden(row, "stands"):
        return ["hidden"]
    lost = [not row["stands"], _lost_by_fisher(shown, row)].count(True)
    return ([], ["less sure"], ["not sure"])[lost]


def _lost_by_fisher(shown: Evidence, row: pd.Series | None) -> bool:
    """Tell whether a difference would not stand among as many questions by Fisher's test, which the rule asks, too."""
    return evidence_rows.has(row, "p_holm_fisher") and row["p_holm_fisher"] > 1 - shown.context.status_rule.confidence


def how_sure(shown: Evidence) -> Prose:
    """Return what the statuses mean, what is still clear with so many questions asked, and who is not disclosed, or counted otherwise."""
    used = {evidence_rows.status_of(shown, name)[0] for name in which_indicators.indicators(shown)}
    key = overview.meanings(shown, used)
    return Prose(
        tuple(filter(None, (key, _large_beyond_chance(shown), _still_standing(shown), undisclosed(shown), not_as_recorded(shown))))
    )


def _large_beyond_chance(shown: Evidence) -> str:
    """Return which differences are large beyond chance, and what that is; nothing where none is."""
    surely = [name for name in which_indicators.indicators(shown) if is_surely_large(shown, evidence_rows.headline_row(shown, name))]
    high = numbers.ratio(shown.context.status_rule.no_adverse_range[1])
    told = (
        f"Large beyond chance, {indicators_told(shown, surely)}: the whole interval of the relative likelihood lies above {high}, and one "
    )
    return (
        topical(
            shown,
            f"{told}person more or less would not undo it; of the undisclosed that says nothing.",
            *surely,
            tables=["statuses", "asides"],
        )
        if surely
        else ""
    )


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
