"""What the board is asked to decide: to agree the action plan, to fill what it leaves open, and what to ask the owners of actions."""

from collections.abc import Iterator

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.targets import OWN
from wres_helpers.intake.texts.reported_progress import is_begun
from wres_helpers.report.form import phrases
from wres_helpers.report.form.topics import topical
from wres_helpers.report.section import parity_blocks, written_blocks
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.vocabulary import characteristic, indicators_told, metric
from wres_helpers.standard import statuses

#: The end of what has neither yet.
_UNOWNED = " (owner, date open)."


def asked_of_the_board(shown: Evidence, actions: pd.DataFrame, *, short: bool = False) -> tuple[str, ...]:
    """Return what a board is asked to decide, each leading to the actions it names: what is overdue and what the gravest findings need first.

    In short, in the same order, a line says which action, whose and by when; what is done stands with the plan.
    """
    of_others = (*parity_blocks.asked_of_targets(shown, short=short), *_of_the_board_itself(shown))
    if actions.empty:
        return (written_blocks.about_actions(f"Ask for an action plan: none was supplied{_UNOWNED}", (), ()), *of_others)
    done, given_up = (actions[state].astype(bool) for state in ("done", "given_up"))
    going = actions[~done & ~given_up]
    if going.empty:
        ways = [words for words, which in (("done", done), ("given up", given_up)) if which.any()]
        told = [f"Ask for the next actions: every action of the plan is {' or '.join(ways)}{_UNOWNED}"]
    else:
        late = going["overdue"].astype(bool)
        grave, others = _without_an_action(shown, actions)
        told = [*grave, *_agreed(shown, going, short=short), *_unmeasured(shown, going), *others, *_of_owners(going[~late])]
    return (*(written_blocks.about_actions(text, actions["action_id"]) for text in told), *of_others)


def due_together(actions: pd.DataFrame) -> str:
    """Return when all actions that go on are due, where that is one time, not passed, for several: said once on page one; else nothing."""
    going = actions if actions.empty else actions[~actions["done"].astype(bool) & ~actions["given_up"].astype(bool)]
    together = len(going) > 1 and going["due"].nunique() == 1 and not going["overdue"].astype(bool).any()
    return written_blocks.due_told(going.iloc[0]) if together else ""


def _agreed(shown: Evidence, going: pd.DataFrame, *, short: bool) -> Iterator[str]:
    """Give the actions to agree, to continue, and to set a new day for, in the order of the plan: what is overdue first.

    What was promised before is not agreed again: where it has not begun its owner is asked (:func:`_of_owners`).
    """
    late = going["overdue"].astype(bool)
    goes_on = going["progress"].map(is_begun).astype(bool) | going["carried_over"].astype(bool)
    verbs = goes_on.map({True: "Continue", False: "Agree"}).mask(late, "Set a new date for")
    ordered = going.assign(verb=verbs, later=~late).sort_values("later", kind="stable")
    ordered = ordered[~ordered["action_id"].isin(_asked_of_owners(going[~late]))]
    every = which_indicators.indicators(shown)
    if short and due_together(going):
        ordered = ordered.assign(due="")
    for (*_, verb), alike in ordered.groupby([*written_blocks.KNOWN_BY, "verb"], sort=False, dropna=False):
        served = [name for name in every if not written_blocks.serving(alike, name).empty]
        serves = f"all {metric(shown, 2)}" if served == every else phrases.in_runs_listed(served)
        yield f"{verb} {written_blocks.deed(alike, short=short, serves=serves)}."


def _unmeasured(shown: Evidence, going: pd.DataFrame) -> list[str]:
    """Return what to ask for where a large difference has actions, and neither they nor a target of the organisation's own say when they worked."""
    measured = set() if shown.targets.empty else set(shown.targets.loc[shown.targets["whose"].eq(OWN), "indicator"])
    names = []
    for name in which_indicators.with_status(shown, statuses.LARGE_DIFFERENCE):
        some = written_blocks.serving(going, name)
        said = some["success_measure"].str.strip().ne("").any() if "success_measure" in some else False
        names += [name] if len(some) and not said and name not in measured else []
    return [f"Name measures of success for actions on {phrases.in_runs_listed(names)}{_UNOWNED}"] if names else []


def _of_the_board_itself(shown: Evidence) -> list[str]:
    """Return the decision that only the organisation can take of a board that is hidden: whether what is public of it may be shown."""
    protected = which_indicators.with_status(shown, statuses.PROTECTED) if "board" not in shown.context.policy.public else []
    hidden = [name for name in protected if evidence_rows.definition_of(shown, name)["direction"] == "board-workforce"]
    told = (
        f"Decide whether board members' public {characteristic(shown)} may be printed: {indicators_told(shown, hidden)} is hidden{_UNOWNED}"
    )
    return [topical(shown, told, *hidden, tables=["statuses"])] if hidden else []


def _without_an_action(shown: Evidence, actions: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return what to ask for where the plan has no action for an indicator, the gravest apart; of one that fares well nothing is asked."""
    unserved = [name for name in which_indicators.indicators(shown) if written_blocks.serving(actions, name).empty]
    grave = [
        name
        for name in which_indicators.by_urgency(shown)
        if name in unserved and name in which_indicators.with_status(shown, statuses.LARGE_DIFFERENCE)
    ]
    codes = {name: evidence_rows.status_of(shown, name)[0] for name in unserved if name not in grave}
    hidden = [name for name, code in codes.items() if code == statuses.PROTECTED]
    others = [name for name, code in codes.items() if code not in (statuses.PROTECTED, statuses.EQUIVALENT, statuses.DIFFERENCE_OTHER_WAY)]
    requires, has = ("requires", "has") if len(grave) == 1 else ("require", "have")
    first = f"Ask for actions on {indicators_told(shown, grave)}, which {requires} focus and {has} none{_UNOWNED}"
    whether = [
        f"{asked} whether {indicators_told(shown, some)} {'needs' if len(some) == 1 else 'need'} an action{_UNOWNED}"
        for asked, some in (("Decide", others), ("Ask those who may see it", hidden))
        if some
    ]
    return [first] * bool(grave), whether


def _asked_of_owners(going: pd.DataFrame) -> list[str]:
    """Return the numbers of the actions of which an owner is asked: promised before, and without progress, or due soon and not begun."""
    silent = going["action_id"].isin(written_blocks.without_progress(going))
    return list(going.loc[going["carried_over"].astype(bool) & (going["due_soon"].astype(bool) | silent), "action_id"])


def _of_owners(going: pd.DataFrame) -> Iterator[str]:
    """Give what to ask owners of what was promised before: what is in the way, or progress that nobody reported; of a new action it is not asked."""
    asked = going[going["action_id"].isin(_asked_of_owners(going))]
    soon, silent = asked["due_soon"].astype(bool), asked["action_id"].isin(written_blocks.without_progress(asked))
    for of, what in (
        (soon & ~silent, "what is in the way: {they_are} due within three months and not started"),
        (soon & silent, "for {their} progress: {they_are} due within three months, and none has been reported"),
        (~soon & silent, "for {their} progress: none has been reported"),
    ):
        if names := written_blocks.names_in_order(asked[of]):
            words = {"their": "their", "they_are": "they are"} if len(names) > 1 else {"their": "its", "they_are": "it is"}
            yield f"Ask the owner{'s' * (len(names) > 1)} of {written_blocks.named(names)} {what.format(**words)}."
