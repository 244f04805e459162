"""Page one: where each indicator stands, the findings that matter most, what changed, what is not known, what to decide."""

from collections.abc import Iterable

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Finding, Findings, Panel, Panels, Prose
from wres_helpers.report.form.topics import Topic, Topical, anchor_of, topical
from wres_helpers.report.section import written_blocks
from wres_helpers.report.summary.left_open import gravest_unknown, undisclosed
from wres_helpers.report.summary.what_changed import since_the_year_before
from wres_helpers.report.summary.what_to_decide import asked_of_the_board, due_together
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.beside_headlines import rows_told, tables_told
from wres_helpers.report.words.doubts import SURELY_LARGE, WORSE, size_told
from wres_helpers.report.words.headlines import headline_text
from wres_helpers.report.words.vocabulary import indicators_told, metric, period_label
from wres_helpers.standard import statuses

NOTHING_TO_JUDGE = "Nothing can be judged this year, because the numbers are too small, are missing, or may not be shown."

#: As many findings as a board remembers.
_FINDINGS = 3


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
    grave = _grave(shown)
    return Findings(tuple(items), topical(shown, _lead(shown, grave), *grave, tables=["statuses"]) if len(grave) > 1 else "")


def _lead(shown: Evidence, grave: list[str]) -> str:
    """Return of how many the findings are, and whether they are large."""
    large = which_indicators.with_status(shown, statuses.LARGE_DIFFERENCE)
    if 0 < len(large) < min(len(grave), _FINDINGS):
        return "Clear differences, the large ones first:"
    which, many = ("large differences", len(large)) if large else ("clear differences, none of them large", len(grave))
    surely = [size_told(shown, evidence_rows.headline_row(shown, name)) == SURELY_LARGE for name in large]
    first = "those large beyond chance" if any(surely) and not all(surely) else "the surest"
    if many > _FINDINGS:
        return f"{numbers.in_words(_FINDINGS).capitalize()} of {numbers.in_words(many)} {which}, {first} first:"
    return f"{which.capitalize()}, {first} first:"


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
    told = topical(shown, told, indicator, tables=tables_told(shown, row), rows=rows_told(shown, row, told))
    period = period_label(shown.context.year, evidence_rows.definition_of(shown, indicator))
    source = indicators_told(shown, [indicator]) + f", {period.removeprefix('staff survey of ')}" * period.startswith("staff survey")
    return Finding(told, Topical(source, Topic((), (), leads_to=(anchor_of(indicator),))))


#: So many decisions page one has, and so many words for what is computed of them: all where these suffice, and else what comes first.
_DECISIONS, _WORDS = 9, 140


def at_a_glance(shown: Evidence, actions: pd.DataFrame, asked: Iterable[str] | None = None, before: pd.DataFrame | None = None) -> Panels:
    """Return three panels: what the board is asked to decide, what changed since the year before, and what is not known.

    Of what to decide stands first what ``asked`` says in the organisation's own words (by default ``report.decisions`` of the master file);
    the rest in short, for in full it stands with the action plan, by the same numbers. ``before`` are the actions of the year before.
    """
    told, rest = _room_for(shown, actions, asked)
    points = list(told)
    if rest or not (actions.empty or _PLAN not in shown.context.parameters.sections):
        more = [f"{numbers.in_words(rest)} more"] * bool(rest) + [f"actions due {due}" for due in [due_together(actions)] if due]
        text = phrases.sentence("; ".join([*more, "in full: action plan"]))
        points.append(
            Topical(text, Topic(("action_plan",), ("action_plan",) * bool(due_together(actions)), leads_to=(written_blocks.PLAN,)))
        )
    no_plan_before = before is not None and before.empty and shown.context.previous_year is not None
    return Panels(
        (
            Panel("To decide", (*points, *filter(None, [written_blocks.in_full(" ".join(points))])), len(told)),
            Panel("What changed", tuple(since_the_year_before(shown))),
            Panel(
                "Not known",
                (
                    *gravest_unknown(shown),
                    *["Last year's plan was not supplied."] * no_plan_before,
                ),
            ),
        )
    )


def _room_for(shown: Evidence, actions: pd.DataFrame, asked: Iterable[str] | None) -> tuple[tuple[str, ...], int]:
    """Return the decisions that page one has, people's own words all of them, and how many more there are; without a plan's section all, in full."""
    own, has_plan = _own_words(shown, asked), _PLAN in shown.context.parameters.sections
    computed = asked_of_the_board(shown, actions, short=has_plan)
    words = [len(each.split()) for each in computed]
    fits = sum(place <= _DECISIONS - len(own) and sum(words[:place]) <= _WORDS for place in range(1, len(computed) + 1))
    told = computed[: max(fits, not own)] if has_plan else computed
    return (*own, *told), len(computed) - len(told)


def decisions(shown: Evidence, actions: pd.DataFrame, asked: Iterable[str] | None = None) -> Panels | Prose:
    """Return all that the board is asked to decide, numbered as on page one, with what each action does; nothing where page one has that whole."""
    if not _room_for(shown, actions, asked)[1]:
        return Prose(())
    every = (*_own_words(shown, asked), *asked_of_the_board(shown, actions))
    return Panels((Panel("To decide", every, len(every)),))


#: The section with the action plan.
_PLAN = "10_action_plan"


def _own_words(shown: Evidence, asked: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(shown.context.parameters.report.decisions if asked is None else asked)
