"""What people write: the texts of a section, and the action plan as cards with what is overdue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from wres_helpers.intake.texts.reported_progress import LAST_YEARS, is_begun, is_silent
from wres_helpers.report.form import phrases
from wres_helpers.report.form.blocks import Card, Cards, Column, Markdown, Notice, Prose, Table
from wres_helpers.report.form.numbers import in_words
from wres_helpers.report.form.topics import Topic, Topical, anchor_of
from wres_helpers.report.words.vocabulary import indicators_told, metric, year_label
from wres_helpers.standard.statuses import FINDINGS
from wres_helpers.standard.years import day_told, is_year, month_told
from wres_helpers.tables.record_readers import read_date

if TYPE_CHECKING:
    import pandas as pd

    from wres_helpers.analysis.evidence import Evidence

NO_PLAN = Notice(title="No action plan", text="No action plan was supplied.", tone="warning")
NOTHING_BEFORE = Prose(("The plan of the year before was not supplied.",))
_AT_RISK = re.compile(
    r"at risk|delayed|behind|slipp|not started|paused|^(stopped|given up|withdrawn|cancelled|dropped|superseded)", re.IGNORECASE
)
#: Where the plan stands.
PLAN = "action-plan"
#: By what a board knows actions apart from their numbers.
KNOWN_BY = ["area", "owner_role", "due"]
#: So many roles that answer for an action page one names, and of more only how many.
_ROLES_IN_SHORT = 3
#: The name of an action that no other number in a sentence can be taken for.
_NAME = re.compile(r"[A-Z]+\d+")
_RATINGS = {"red": "overdue", "amber": "at_risk", "green": "on_track"}
_SILENT = "Not reported"
#: What a card tells of an action below its text, label by label.
_DETAILS = {
    "owner_role": "Owner",
    "due": "To be done by",
    "was_due": "Was due",
    "milestone": "Milestone",
    "success_measure": "Measure of success",
    "judged_from": "Can be judged from",
    "framework": "Framework",
}


def serving(plan: pd.DataFrame, *indicators: str) -> pd.DataFrame:
    """Return the actions that serve any of the indicators, without those that were given up."""
    served = plan["indicator"].map(lambda text: bool(set(names_in(text)) & set(indicators))).astype(bool)
    return plan[served & ~plan["given_up"].astype(bool)]


def names_in_order(plan: pd.DataFrame) -> list[str]:
    """Return the numbers of actions as people count them: A2 before A10."""
    return sorted(plan["action_id"], key=lambda name: re.sub(r"\d+", lambda digits: digits[0].zfill(9), str(name)))


def without_progress(plan: pd.DataFrame) -> list[str]:
    """Return the numbers of the actions of which no progress was reported this year."""
    return names_in_order(plan[plan["progress"].map(is_silent).astype(bool)])


def named(numbers: list[str]) -> str:
    """Return the numbers of actions as a sentence names them: 'A1 and A2', 'A2 to A4 and A7', and 'actions 1 and 2' where a bare number would say nothing."""
    bare = any(number[:1].isdigit() for number in numbers)
    return (f"action{'s' * (len(numbers) > 1)} " if bare else "") + phrases.in_runs_listed(numbers)


def actions(shown: Evidence, plan: pd.DataFrame, *indicators: str) -> Prose | Notice:
    """Return which actions serve the indicators, and which indicator has none.

    What a board must not miss is a warning: an action that is overdue, and an indicator without an action that a finding does not let rest.
    That there is no plan at all is said on page one and where the plan would stand, and not by each section.
    """
    if plan.empty:
        return Prose(())
    chosen = serving(plan, *indicators)
    late, names = names_in_order(chosen[chosen["overdue"].astype(bool)]), names_in_order(chosen)
    serves: dict[tuple[str, ...], list[str]] = {}
    for indicator in indicators:
        serves.setdefault(tuple(names_in_order(serving(plan, indicator))), []).append(indicator)
    unserved = serves.pop((), [])
    ended = names_in_order(chosen[chosen["done"].astype(bool)])
    which = "" if ended == names else f"{named(ended)} {'is' if len(ended) == 1 else 'are'} "
    done = f" ({which}done)" if ended else ""
    each = "; for ".join(f"{indicators_told(shown, served)}: {named(list(some))}" for some, served in serves.items())
    told = [about_actions(f"Actions for {each}{done}.", names)] if serves else []
    titles = [f"Overdue: {phrases.listed(described(chosen, late))}"] if late else []
    if unserved:
        titles += ["Not in the action plan"] * any(needs_an_action(shown, indicator) for indicator in unserved)
        told.append(about_actions(f"The action plan has no action for {indicators_told(shown, unserved)}.", ()))
    return Notice("; ".join(titles), about_actions(" ".join(told), names), "warning") if titles else Prose(tuple(told))


def needs_an_action(shown: Evidence, indicator: str) -> bool:
    """Tell whether nothing found lets an indicator rest without an action: neither that it is no worse, nor that nothing clear was found."""
    from wres_helpers.report.words import doubts, evidence_rows  # pages of a changed sentence are made without what calculates

    code, _ = evidence_rows.status_of(shown, indicator)
    rests = code in FINDINGS and code not in doubts.WORSE
    return not rests or doubts.leaning(shown, evidence_rows.headline_row(shown, indicator)) != ""


def described(plan: pd.DataFrame, names: list[str]) -> list[str]:
    """Return actions as a board knows them: 'A02 Fair recruitment (Chair, September 2026)', those of one area, owner and day as one."""
    alike = plan.set_index("action_id", drop=False).loc[names].groupby(KNOWN_BY, sort=False, dropna=False)
    return [f"{named(list(some['action_id']))} {some.iloc[0]['area']}".strip() + _known_of(some.iloc[0]) for _, some in alike]


def due_told(row: pd.Series) -> str:
    """Return when an action is due, as a page tells it."""
    return _detail(row["due"], "due", "")[1]


def _known_of(row: pd.Series, *beside: str, short: bool = False) -> str:
    """Return who answers for an action, each by role, and when it is due, in brackets; in short of more than three how many."""
    owner, due = (_detail(row[key], key, "")[1] for key in ("owner_role", "due"))
    many, told = len(names_in(row["owner_role"], ";")), "was due " if row["overdue"] else "due "
    owners = f"{in_words(many)} owners" if short and many > _ROLES_IN_SHORT else owner  # who of them does what, the plan says
    known = ", ".join(filter(None, (owners, due and f"{told}{due}", *beside)))
    return f" ({known})" if known else ""


def deed(alike: pd.DataFrame, *, short: bool = False, serves: str = "") -> str:
    """Return actions of one area, owner and day, to decide on, with what is done: 'A06: publish every post (EDI lead, due March 2027)'.

    In short, for page one, an action is told by the heading that it has in the plan, and what it ``serves``: 'A06, acting-up posts, for 7
    (EDI lead, due March 2027)'.
    """
    row, soon = alike.iloc[0], alike["due_soon"].astype(bool).any()
    silent, begun = alike["progress"].map(is_silent).all(), alike["progress"].map(is_begun).any()
    late = ("no progress reported" if soon else "") if silent else "" if begun else "not started"
    area, done = str(row["area"]).strip(), first_clause(str(row["action"]))
    if short:
        return (
            f"{named(names_in_order(alike))}, {_in_a_sentence(area) or done}{f', for {serves}' * bool(serves)}{_known_of(row, short=True)}"
        )
    what = f" on '{area}'" if len(alike) > 1 and area else f": {done}"
    return named(names_in_order(alike)) + what + _known_of(row, late)


#: Where a deed may end after the fewest words of one: before a clause that is joined to it, or else where it stands alone.
_JOINED = re.compile(r"[^,;:.]+(?=, (?:and|with|so|but|which|who|where|above) )")
_ALONE = re.compile(r".+?(?=[;:.](?:\s|$))")
_FEWEST_WORDS = 5


def first_clause(action: str) -> str:
    """Return what is done, whole, up to where its first clause ends; a list of things is never cut in its midst."""
    told = action.strip().rstrip(".")
    ends = (found[0] for found in (_JOINED.match(told), _ALONE.match(told)) if found and len(found[0].split()) >= _FEWEST_WORDS)
    return _in_a_sentence(next(ends, told))


def _in_a_sentence(text: str) -> str:
    """Return text as it stands in a sentence: with a small letter, but for what begins with an abbreviation."""
    return text if text[1:2].isupper() else phrases.small(text)


def about_actions(text: str, names: Iterable[str], tables: tuple[str, ...] = ("action_plan",)) -> Topical:
    """Return a sentence about some actions; it leads to those whose names letters tell from other numbers."""
    return Topical(
        text, Topic(("action_plan",), tables, leads_to=tuple(f"action-{name}" for name in filter(_NAME.fullmatch, map(str, names))))
    )


def action_plan(shown: Evidence, plan: pd.DataFrame) -> Cards | Notice:
    """Return every action of the plan as a card: those that are overdue first, then in the order they are due, and what is done or given up last.

    What is the same of three or more, such as the day they are due, is said of all before them.
    """
    if plan.empty:
        return NO_PLAN
    cards = tuple(_cards(shown, plan))
    alike = [detail for detail in cards[0].details if len(cards) > 2 and all(detail in card.details for card in cards)]
    silent = len(cards) > 2 and {(card.status, card.label) for card in cards} == {("not_reported", _SILENT)}
    told = [*(f"{phrases.small(label)} {text}" for label, text in alike), *([f"progress {phrases.small(_SILENT)}"] if silent else [])]
    unmeasured = "" if any(map(str.strip, plan.get("success_measure", ()))) else "No measure of success was supplied for any action."
    lead = " ".join(filter(None, (f"All actions: {'; '.join(told)}." if told else "", unmeasured, _in_order(shown, plan))))
    shorter = (replace(card, details=tuple(each for each in card.details if each not in alike)) for card in cards)
    return Cards(tuple(replace(card, label="") if silent else card for card in shorter), "actions", _table(plan, "actions"), lead, PLAN)


def _in_order(shown: Evidence, plan: pd.DataFrame) -> str:
    """Return in which order the cards stand, and that none was overdue on the day of the report, or can be called so."""
    late, still = plan["overdue"].astype(bool).any(), plan[~plan["done"].astype(bool) & ~plan["given_up"].astype(bool)]
    order = "Overdue first, then by the day they are due; done last." if late or plan["due"].nunique() > 1 else ""
    told = f"On {day_told(shown.context.parameters.dated)} no action was overdue."
    told = told if still["due"].astype(str).str.strip().any() else "No action has a day, so none can be called overdue."
    return " ".join(filter(None, (order, "" if late or still.empty else told)))


def _cards(shown: Evidence, plan: pd.DataFrame) -> Iterator[Card]:
    import pandas as pd

    late, ended = plan["overdue"].astype(bool), plan["done"].astype(bool) | plan["given_up"].astype(bool)
    parts = {"indicator": phrases.capital(metric(shown))} | _DETAILS
    for _, row in pd.concat([plan[late], plan[~late & ~ended], plan[ended]]).iterrows():
        details = tuple(told for key, words in parts.items() if (told := _detail(row.get(key, ""), key, words))[1])
        name = str(row["action_id"])
        title, text = f"{name} {str(row.get('title', '')).strip() or row['area']}".strip(), str(row["action"]).strip()
        yield Card(title, text, *_progress(row), details, f"action-{name}" if _NAME.fullmatch(name) else "")


def what_became_of(shown: Evidence, plan: pd.DataFrame) -> Cards | Prose:
    """Return the actions of the year before and what became of them."""
    # a sentence leads to the action of this year's plan
    name = "actions-before"
    return (
        NOTHING_BEFORE if plan.empty else Cards(tuple(replace(card, anchor="") for card in _cards(shown, plan)), name, _table(plan, name))
    )


def _table(plan: pd.DataFrame, name: str) -> Table:
    """Return the actions as a table, for the file of their cards: a row each, a column for whatever is known of some, and for how one will see success."""
    columns = {"action_id": "Action", "area": "Area", "title": "Title", "action": "What is done", "indicator": "Indicators", **_DETAILS}
    measures = plan.get("success_measure", [""] * len(plan))
    told = plan.assign(success_measure=[str(text).strip() or "not supplied" for text in measures])
    known = {key: words for key, words in columns.items() if key in told and told[key].astype("str").str.strip().ne("").any()}
    rows = tuple((*(str(_detail(row[key], key, "")[1]) for key in known), _progress(row)[1]) for _, row in told.iterrows())
    return Table(name, "Actions", tuple(map(Column, (*known.values(), "Progress"))), rows)


def _progress(row: pd.Series) -> tuple[str, str]:
    """Return how far an action has come, as code and as words; overdue is said whatever was reported."""
    reported, rating = str(row["progress"]).strip(), str(row["rag"]).strip().casefold()
    silent = is_silent(reported)
    words = phrases.capital(reported) or _SILENT
    if bool(row["done"]):
        return "done", words
    if bool(row["overdue"]):
        return "overdue", f"Overdue: {phrases.small(words)}"
    if rating in _RATINGS and not reported.startswith(LAST_YEARS) and not bool(row["given_up"]):  # else it is of what the action was before
        told = "; what became of it is not reported" if silent else f": {phrases.small(words)}"
        return _RATINGS[rating], rating.capitalize() + told
    if silent:
        return "not_reported", words
    return ("at_risk" if _AT_RISK.search(reported) else "on_track"), words


def names_in(text: object, between: str = "[;,]") -> list[str]:
    """Return the names that a cell of the plan holds: the indicators an action serves, or the owners it has."""
    return [name for part in re.split(between, str(text)) if (name := part.strip())]


def _detail(value: object, key: str, words: str) -> tuple[str, str]:
    """Return the label and the text of a detail of an action; of several indicators or owners, the label as a plural."""
    import pandas as pd

    text = "" if pd.isna(value) else str(value).strip()
    if key in ("due", "was_due"):
        return words, month_told(text) or (year_label(text) if is_year(text) else day_told(day) if (day := read_date(text).value) else text)
    if key in ("indicator", "owner_role"):
        names = names_in(text, "[;,]" if key == "indicator" else ";")
        anchors = tuple(anchor_of(name) for name in names if key == "indicator")
        return f"{words}{'s' * (len(names) > 1)}", Topical(phrases.listed(names), Topic((), (), leads_to=anchors))
    return words, text


#: Abbreviations that plans often use.
_ABBREVIATIONS = {
    "ACAS": "the Advisory, Conciliation and Arbitration Service",
    "EDI": "equality, diversity and inclusion",
    "FTSU": "freedom to speak up",
    "HR": "human resources",
    "ILM": "the Institute of Leadership and Management",
    "OD": "organisational development",
}


def abbreviations(plan: pd.DataFrame, texts: Mapping[str, str]) -> Prose:
    """Return what the abbreviations in the plan, and in what people wrote, stand for; nothing where there are none."""
    written = [*plan[["action", "owner_role"]].astype(str).agg(" ".join, axis=1), *texts.values()]
    told = in_full(" ".join(written))
    return Prose((told,) if told else ())


def in_full(text: str) -> str:
    """Return what the abbreviations in a text stand for: 'HR: human resources.'; nothing where there are none."""
    used = set(re.findall(r"\b[A-Z]{2,}\b", text))
    told = "; ".join(f"{short}: {long}" for short, long in _ABBREVIATIONS.items() if short in used)
    return f"{told}." if told else ""


def narrative(texts: Mapping[str, str], section: str, part: str | None = None) -> Markdown | Notice:
    """Return the text people wrote for a section ("02_recruitment", "foreword") or its part ("done", "planned"); a notice where nobody did.

    The block carries the text's name, and a page shows what stands under this name when the page is made: a changed
    sentence needs no notebook to run.
    """
    name = f"{section}.{part}" if part else section
    source = texts.get(name, "").strip()
    if source:
        return Markdown(source, text_name=name)
    return Notice(title="Nothing written yet", text=f"The text '{name}.md' has not been supplied.", text_name=name)
