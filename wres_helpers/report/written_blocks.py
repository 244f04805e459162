"""What people write: the texts of a section, and the action plan as cards with what is overdue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from wres_helpers.report import phrases
from wres_helpers.report.blocks import Card, Cards, Markdown, Notice, Prose
from wres_helpers.report.vocabulary import year_label
from wres_helpers.standard.years import is_year, month_told

if TYPE_CHECKING:
    import pandas as pd

NO_PLAN = Notice(title="No action plan", text="No action plan was supplied.", tone="warning")
NOTHING_BEFORE = Notice(title="Actions of the year before", text="No action plan of the year before was supplied.")
_AT_RISK = re.compile(
    r"at risk|delayed|behind|slipp|not started|paused|^(stopped|given up|withdrawn|cancelled|dropped|superseded)", re.IGNORECASE
)
_RATINGS = {"red": "overdue", "amber": "at_risk", "green": "on_track"}
#: What a card tells of an action below its text, label by label.
_DETAILS = (
    ("indicator", "Indicator"),
    ("owner_role", "Owner"),
    ("due", "Due"),
    ("milestone", "Milestone"),
    ("success_measure", "Measure of success"),
    ("framework", "Framework"),
)


def serving(plan: pd.DataFrame, *indicators: str) -> pd.DataFrame:
    """Return the actions that serve any of the indicators."""
    return plan[[bool(set(_indicators(text)) & set(indicators)) for text in plan["indicator"]]]


def names_in_order(plan: pd.DataFrame) -> list[str]:
    """Return the numbers of actions as people count them: A2 before A10."""
    return sorted(plan["action_id"], key=lambda name: re.sub(r"\d+", lambda digits: digits[0].zfill(9), str(name)))


def overdue(plan: pd.DataFrame) -> list[str]:
    """Return the numbers of the actions that are overdue."""
    return names_in_order(plan[plan["overdue"].astype(bool)])


def without_progress(plan: pd.DataFrame) -> list[str]:
    """Return the numbers of the actions of which no progress was reported."""
    from wres_helpers.intake.action_plan import is_silent

    return names_in_order(plan[plan["progress"].map(is_silent).astype(bool)])


def named(numbers: list[str]) -> str:
    """Return the numbers of actions as a sentence names them: 'A1 and A2', and 'actions 1 and 2' where a bare number would say nothing."""
    bare = any(number[:1].isdigit() for number in numbers)
    return (f"action{'s' * (len(numbers) > 1)} " if bare else "") + phrases.listed(numbers)


def actions(plan: pd.DataFrame, *indicators: str) -> Prose | Notice:
    """Return in a line which actions serve the indicators, and which of them are overdue; a warning where the plan has none.

    That there is no plan at all is said on page one and where the plan would stand, and not by each section.
    """
    if plan.empty:
        return Prose(())
    chosen = serving(plan, *indicators)
    if chosen.empty:
        return Notice(
            title="Not in the action plan",
            text=f"The action plan has no action for {phrases.indicators(list(indicators))}.",
            tone="warning",
        )
    late = overdue(chosen)
    text = f"In the action plan: {named(names_in_order(chosen))}."
    if late:
        text += " All are overdue." if len(late) == len(chosen) > 1 else f" Overdue: {named(late)}."
    return Prose((text,))


def action_plan(plan: pd.DataFrame) -> Cards | Notice:
    """Return every action of the plan as a card, those that are overdue first, then in the order they are due."""
    import pandas as pd

    if plan.empty:
        return NO_PLAN
    late = plan["overdue"].astype(bool)
    ordered = pd.concat([plan[late], plan[~late]])
    # an area is named once, on the first of its actions that stand together
    areas = ordered["area"].where(ordered["area"].ne(ordered["area"].shift()), "")
    cards = []
    for _, row in ordered.assign(area=areas).iterrows():
        details = tuple((words, text) for key, words in _DETAILS if (text := _text(row[key], key)))
        cards.append(Card(f"{row['action_id']} {row['area']}".strip(), str(row["action"]).strip(), *_progress(row), details))
    return Cards(tuple(cards))


def what_became_of(plan: pd.DataFrame) -> Cards | Notice:
    """Return the actions of the year before and what became of them."""
    return NOTHING_BEFORE if plan.empty else action_plan(plan)


def _progress(row: pd.Series) -> tuple[str, str]:
    """Return how far an action has come, as code and as words; overdue is said whatever was reported."""
    from wres_helpers.intake.action_plan import is_silent

    reported, rating = str(row["progress"]).strip(), str(row["rag"]).strip().casefold()
    silent = is_silent(reported)
    words = phrases.capital(reported) or "Not reported"
    if bool(row["done"]):
        return "done", words
    if bool(row["overdue"]):
        return "overdue", f"Overdue: {phrases.small(words)}"
    if rating in _RATINGS:
        return _RATINGS[rating], f"{rating.capitalize()}: {phrases.small(words)}"
    if silent:
        return "not_reported", words
    return ("at_risk" if _AT_RISK.search(reported) else "on_track"), words


def _indicators(text: object) -> list[str]:
    return [name for part in re.split("[;,]", str(text)) if (name := part.strip())]


def _text(value: object, key: str) -> str:
    import pandas as pd

    text = "" if pd.isna(value) else str(value).strip()
    if key == "due":
        return month_told(text) or (year_label(text) if is_year(text) else text)
    return phrases.listed(_indicators(text)) if key == "indicator" else text


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
