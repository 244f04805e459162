"""How sure the statuses of a report are: what could make them others, cause by cause, with every indicator that it touches and every one it leaves."""

from collections.abc import Iterator

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Panel, Panels, Prose
from wres_helpers.report.form.topics import topical
from wres_helpers.report.summary import overview
from wres_helpers.report.summary.left_open import undisclosed
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.doubts import NOT_KNOWN, SURELY_LARGE, by_the_undisclosed, could_be, size_told
from wres_helpers.report.words.vocabulary import indicators_told, metric
from wres_helpers.report.words.who_answered import not_as_recorded
from wres_helpers.standard import statuses


def how_to_read(shown: Evidence) -> Panels:
    """Return for page one what could change the statuses of its list; nothing where that could be nothing."""
    points = told_together(shown)
    return Panels((Panel("How sure", tuple(points)),) if points else ())


def told_together(shown: Evidence) -> list[str]:
    """Return what could make statuses others: the undisclosed, of all that are judged; and many questions at once, of all that are clear.

    What chance and one person could make of them stands with each in the list of all.
    """
    heads = [evidence_rows.headline_row(shown, name) for name in which_indicators.indicators(shown)]
    return [
        topical(shown, told, *about, tables=["statuses", "results"], rows=heads)
        for about, told in (*_by_the_undisclosed(shown), *_asked_at_once(shown))
    ]


def _by_the_undisclosed(shown: Evidence) -> Iterator[tuple[list[str], str]]:
    """Give of the judged which keep their status whoever the undisclosed are, what each other could be at the extreme, and of which that is not told."""
    names = [name for name in which_indicators.indicators(shown) if evidence_rows.status_of(shown, name)[0] in statuses.FINDINGS]
    judged = {name: by_the_undisclosed(shown, name) for name in names}
    stand = [name for name, doubt in judged.items() if not doubt.untold and not doubt.becomes]
    could: dict[str, list[str]] = {}
    for name, doubt in judged.items():
        if words := could_be(evidence_rows.status_of(shown, name)[0], doubt.becomes):
            could.setdefault(" or ".join(words), []).append(name)
    keep = f"Whoever the undisclosed are, {indicators_told(shown, stand)} {'keeps its' if len(stand) == 1 else 'keep their'} status"
    others = [f"{phrases.in_runs_listed(names)} could be {words}" for words, names in could.items()]
    extreme = f"at the extreme{', with the undisclosed' * (not stand)}, {phrases.listed(others)}"
    what, untold = "that" if stand or others else "what the undisclosed could change", dict[str, list[str]]()
    for name, doubt in judged.items():
        if doubt.untold:
            untold.setdefault("not known" if doubt.untold == NOT_KNOWN else "hidden", []).append(name)
    not_told = f"of {'; of '.join(f'{phrases.in_runs_listed(names)} {what} is {why}' for why, names in untold.items())}"
    if judged:
        told = "; ".join(words for words, there in ((keep, stand), (extreme, others), (not_told, untold)) if there)
        yield [*judged], phrases.sentence(told)


#: What is said of one difference, and of several, of which so many of two tests do not hold when many are asked about.
_HELD = (
    ("stays clear", "stay clear"),
    ("by one of two tests",) * 2,
    ("is not clear", "are not clear"),
)


def _asked_at_once(shown: Evidence) -> Iterator[tuple[list[str], str]]:
    """Give which clear differences stay clear where that many questions are asked at once, and by which of two tests; or that this is hidden."""
    asked, clear = which_indicators.compared(shown), _clear(shown)
    told = dict[tuple[str, str], list[str]]()
    for name, row in clear.items():
        lost = [not row["stands"], _lost_by_fisher(shown, row)].count(True)
        told.setdefault(("is hidden", "are hidden") if evidence_rows.is_hidden(row, "stands") else _HELD[lost], []).append(name)
    if told and len(asked) > 1:
        ordered = sorted(told.items(), key=lambda each: [*_HELD, each[0]].index(each[0]))
        which = "; ".join(f"{phrases.in_runs_listed(names)} {words[len(names) > 1]}" for words, names in ordered)
        yield (
            [*clear],
            f"Allowing for {numbers.in_words(len(asked))} questions at once, {metric(shown, len(next(iter(told.values()))))} {which}.",
        )


def _clear(shown: Evidence) -> dict[str, pd.Series]:
    """Return the statuses of the clear differences."""
    found = {name: evidence_rows.status_row(shown, name) for name in which_indicators.compared(shown)}
    return {name: row for name, row in found.items() if row is not None and row["status"] in statuses.CLEAR}


def _lost_by_fisher(shown: Evidence, row: pd.Series) -> bool:
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
    names = which_indicators.indicators(shown)
    surely = [name for name in names if size_told(shown, evidence_rows.headline_row(shown, name)) == SURELY_LARGE]
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
    asked_of, clear = which_indicators.compared(shown), _clear(shown)
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
