"""What the board is asked to decide: to agree the action plan, to fill what it leaves open, and what to ask the owners of actions."""

from collections.abc import Iterator

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows, numbers, overview, phrases, written_blocks
from wres_helpers.report.topics import topical
from wres_helpers.report.vocabulary import indicators_told
from wres_helpers.standard import statuses

#: So many actions are named with what they are and by whom until when; the board finds more in the plan.
NAMED_IN_FULL = 3


def asked_of_the_board(shown: Evidence, actions: pd.DataFrame) -> tuple[str, ...]:
    """Return what a board is asked to decide, each leading to the actions it names."""
    if actions.empty:
        return (written_blocks.about_actions("Ask for an action plan: none was supplied.", (), ()), *_of_the_board_itself(shown))
    ended = {words: written_blocks.names_in_order(actions[actions[state].astype(bool)]) for state, words in _ENDED.items()}
    going = actions[~actions["action_id"].isin([name for names in ended.values() for name in names])]
    if going.empty:
        told = [f"Ask for the next actions: every action of the plan is {' or '.join(words for words, names in ended.items() if names)}."]
    else:
        told = [_agreement(actions, going, ended), *_without_an_action(shown, actions), *_of_owners(actions, going)]
    return (*(written_blocks.about_actions(text, actions["action_id"]) for text in told), *_of_the_board_itself(shown))


_ENDED = {"done": "done", "given_up": "given up"}


def _of_the_board_itself(shown: Evidence) -> list[str]:
    """Return the decision that only the organisation can take of a board that is hidden: whether what is public of it may be shown."""
    protected = overview.with_status(shown, statuses.PROTECTED) if "board" not in shown.context.policy.public else []
    hidden = [name for name in protected if evidence_rows.definition_of(shown, name)["direction"] == "board-workforce"]
    told = f"Decide whether what is public of the board already may be shown: {indicators_told(shown, hidden)} is hidden."
    return [topical(shown, told, *hidden, tables=["statuses"])] if hidden else []


def _first(going: pd.DataFrame) -> list[str]:
    """Return the actions that come first, those of one area, owner and day as one: what is overdue, then what is due earliest, as the plan has them."""
    going = going.sort_values("overdue", ascending=False, kind="stable")
    return list(going.loc[going.groupby(written_blocks.KNOWN_BY, sort=False, dropna=False).ngroup() < NAMED_IN_FULL, "action_id"])


def _agreement(actions: pd.DataFrame, going: pd.DataFrame, ended: dict[str, list[str]]) -> str:
    """Return what is to be agreed: the plan, or what of it is open; of many actions what comes first, and the others by number."""
    gone = [f"{written_blocks.named(names)} {'is' if len(names) == 1 else 'are'} {how}" for how, names in ended.items() if names]
    plan = f"the action plan, {numbers.in_words(len(going))} action{'s' * (len(going) > 1)}"
    open_ones = f"the open actions ({'; '.join(gone)})"
    first = _first(going)
    others = [name for name in written_blocks.names_in_order(going) if name not in first]
    told = written_blocks.described(actions, first) + ([f"then {written_blocks.named(others)}"] if others else [])
    return f"Agree {open_ones if gone else plan}: {'; '.join(told)}."


def _without_an_action(shown: Evidence, actions: pd.DataFrame) -> Iterator[str]:
    """Give what to ask for where the plan has no action for an indicator; of one that fares well nothing is asked."""
    unserved = [name for name in overview.indicators(shown) if written_blocks.serving(actions, name).empty]
    grave = [
        name for name in overview.by_urgency(shown) if name in unserved and name in overview.with_status(shown, statuses.LARGE_DIFFERENCE)
    ]
    codes = {name: evidence_rows.status_of(shown, name)[0] for name in unserved if name not in grave}
    hidden = [name for name, code in codes.items() if code == statuses.PROTECTED]
    others = [name for name, code in codes.items() if code not in (statuses.PROTECTED, statuses.EQUIVALENT, statuses.DIFFERENCE_OTHER_WAY)]
    if grave:
        requires, has = ("requires", "has") if len(grave) == 1 else ("require", "have")
        yield f"Ask for actions on {indicators_told(shown, grave)}, which {requires} focus and {has} none."
    for asked, some in (("Decide", others), ("Ask those who may see the hidden figures", hidden)):
        if some:
            yield f"{asked} whether {indicators_told(shown, some)} {'needs' if len(some) == 1 else 'need'} an action: the plan has none."


def _of_owners(actions: pd.DataFrame, going: pd.DataFrame) -> Iterator[str]:
    """Give what to ask owners: a new date, what is in the way, or progress that nobody reported; of a new action that is not due soon it is not asked."""
    overdue, soon, before = (going[state].astype(bool) for state in ("overdue", "due_soon", "carried_over"))
    silent = going["action_id"].isin(written_blocks.without_progress(going))
    if overdue.all() and len(going) > 1:
        yield "Ask the owners for new dates: every open action is overdue."
        overdue &= False
    for of, asked in (
        (overdue, "for a new date: {they_are} overdue"),
        (soon & ~silent, "what is in the way: {they_are} due within three months and not begun"),
        (soon & silent, "for {their} progress: {they_are} due within three months, and none has been reported"),
        (before & ~soon & silent, "for {their} progress: none has been reported"),
    ):
        if names := written_blocks.names_in_order(going[of]):
            words = {"their": "their", "they_are": "they are"} if len(names) > 1 else {"their": "its", "they_are": "it is"}
            yield f"Ask the owner{'s' * (len(names) > 1)} of {_called(actions, names, _first(going))} {asked.format(**words)}."


def _called(actions: pd.DataFrame, names: list[str], known: list[str]) -> str:
    """Return actions by number where they are known already or many, else as a board knows them."""
    if len(names) > NAMED_IN_FULL or set(names) <= set(known):
        return written_blocks.named(names)
    return phrases.listed(
        [written_blocks.named([name]) if name in known else written_blocks.described(actions, [name])[0] for name in names]
    )
