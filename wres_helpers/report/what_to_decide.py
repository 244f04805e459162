"""What the board is asked to decide: to agree the action plan, to fill what it leaves open, and what to ask the owners of actions."""

from collections.abc import Iterator

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows, numbers, overview, phrases, written_blocks
from wres_helpers.report.topics import topical
from wres_helpers.report.vocabulary import characteristic, indicators_told
from wres_helpers.standard import statuses

#: So many themes of actions are named with what they are and by whom until when; the board finds more in the plan.
NAMED_IN_FULL = 5


def asked_of_the_board(shown: Evidence, actions: pd.DataFrame) -> tuple[str, ...]:
    """Return what a board is asked to decide, each leading to the actions it names."""
    if actions.empty:
        return (written_blocks.about_actions("Ask for an action plan: none was supplied.", (), ()), *_of_the_board_itself(shown))
    ended = {words: written_blocks.names_in_order(actions[actions[state].astype(bool)]) for state, words in _ENDED.items()}
    going = actions[~actions["action_id"].isin([name for names in ended.values() for name in names])]
    if going.empty:
        told = [f"Ask for the next actions: every action of the plan is {' or '.join(words for words, names in ended.items() if names)}."]
    else:
        late = going["overdue"].astype(bool)
        told = [*_new_dates(going[late]), *_agreement(going[~late], ended, bool(late.any())), *_without_an_action(shown, actions)]
        told += _of_owners(going[~late])
    return (*(written_blocks.about_actions(text, actions["action_id"]) for text in told), *_of_the_board_itself(shown))


_ENDED = {"done": "done", "given_up": "given up"}


def _of_the_board_itself(shown: Evidence) -> list[str]:
    """Return the decision that only the organisation can take of a board that is hidden: whether what is public of it may be shown."""
    protected = overview.with_status(shown, statuses.PROTECTED) if "board" not in shown.context.policy.public else []
    hidden = [name for name in protected if evidence_rows.definition_of(shown, name)["direction"] == "board-workforce"]
    told = f"Decide whether board members' {characteristic(shown)} that is public already may be printed: {indicators_told(shown, hidden)} is hidden."
    return [topical(shown, told, *hidden, tables=["statuses"])] if hidden else []


def _new_dates(late: pd.DataFrame) -> list[str]:
    """Return what to ask of actions that are overdue."""
    told = phrases.listed(written_blocks.described(late, list(late["action_id"])))
    return [f"Set {'a new date' if len(late) == 1 else 'new dates'} for {told}."] if len(late) else []


def _agreement(going: pd.DataFrame, ended: dict[str, list[str]], others_are_late: bool) -> list[str]:
    """Return what is to be agreed: the plan, or what of it is open and not overdue; of many themes what is due first, and how many more."""
    gone = [f"{written_blocks.named(names)} {'is' if len(names) == 1 else 'are'} {how}" for how, names in ended.items() if names]
    what = f"the {'other ' * others_are_late}open actions" + (f" ({'; '.join(gone)})" if gone else "")
    plan = f"the action plan, {numbers.in_words(len(going))} action{'s' * (len(going) > 1)}"
    themes = going.groupby(written_blocks.KNOWN_BY, sort=False, dropna=False).ngroup()
    told = written_blocks.described(going, list(going.loc[themes < NAMED_IN_FULL, "action_id"]))
    if more := themes.nunique() - len(told):
        which = written_blocks.named(written_blocks.names_in_order(going[themes >= NAMED_IN_FULL]))
        told.append(f"{numbers.in_words(more)} more theme{'s' * (more > 1)} ({which})")
    return [f"Agree {what if gone or others_are_late else plan}: {'; '.join(told)}."] if told else []


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
            yield f"{asked} whether {indicators_told(shown, some)} {'needs' if len(some) == 1 else 'need'} an action: none is planned."


def _of_owners(going: pd.DataFrame) -> Iterator[str]:
    """Give what to ask owners: what is in the way, or progress that nobody reported; of a new action that is not due soon it is not asked."""
    soon, before = (going[state].astype(bool) for state in ("due_soon", "carried_over"))
    silent = going["action_id"].isin(written_blocks.without_progress(going))
    for of, asked in (
        (soon & ~silent, "what is in the way: {they_are} due within three months and not begun"),
        (soon & silent, "for {their} progress: {they_are} due within three months, and none has been reported"),
        (before & ~soon & silent, "for {their} progress: none has been reported"),
    ):
        if names := written_blocks.names_in_order(going[of]):
            words = {"their": "their", "they_are": "they are"} if len(names) > 1 else {"their": "its", "they_are": "it is"}
            yield f"Ask the owner{'s' * (len(names) > 1)} of {written_blocks.named(names)} {asked.format(**words)}."
