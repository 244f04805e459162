"""The action plan: what an organisation has decided to do, which indicators it serves, which role answers for it, and how far it has come."""

import calendar
import datetime
import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path

import pandas as pd

from wres_helpers.intake.texts.narrative_texts import tell_placeholders
from wres_helpers.intake.texts.reported_progress import LAST_YEARS, is_begun, is_done, is_given_up, is_silent
from wres_helpers.intake.texts.roles import tell_persons
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.remembered import remembered_by, stamp
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import small_tables
from wres_helpers.standard.catalogue import catalogue, in_force, reference_stamps
from wres_helpers.standard.years import WRITTEN_YEARS, is_year, shifted, spoken
from wres_helpers.tables.cell_readers import Read, Reader, any_text, bare_key, clean_text, key_of, one_of, shown_cell
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, Reading
from wres_helpers.tables.record_readers import made_a_date, read_date
from wres_helpers.tables.table_reader import read_table

#: What is found out of each action: done; given up; due before the report's day, or within a quarter of it and not begun or not reported; not of this year alone.
STATES = ("done", "given_up", "overdue", "due_soon", "carried_over")

RAG = ("red", "amber", "green")
_DUE = "a day (30 September 2026), a month (September 2026), a quarter (Q3 2026-27) or a reporting year (2026-27)"
_TOO_LONG = Read(wrong="too long", cure="Say it in a few sentences; the rest belongs elsewhere.")
#: How a text reads that stands under another heading of the plan than its own; progress may read as anything.
_READS_AS = {
    "progress": re.compile(r"(not (yet )?)?(done|started|begun|reported|complete|on track|in progress|ongoing|stopped|overdue)\b", re.I),
    "owner_role": re.compile(r"(?=.{,40}$).*\b(director|chief|head|lead|manager|nurse|officer|chair)\b", re.I),
    "action": re.compile(r".{41}"),
}


def _served(indicators: Sequence[str]) -> Reader:
    """Return the reader of the indicators that an action serves: lists, ranges (5 to 8) and 'all', each of the standard's own."""
    places = {bare_key(name): place for place, name in enumerate(indicators)}

    def places_of(part: str) -> list[int]:
        if bare_key(part) in places:
            return [places[bare_key(part)]]
        ends = re.fullmatch(r"(.+?)(?:[-\u2013]|\bto\b)(.+)", part)
        first, last = (places.get(bare_key(end)) for end in ends.groups()) if ends else (None, None)
        return [] if first is None or last is None else list(range(first, last + 1))

    def read(text: str) -> Read:
        bare = re.sub(r"^\W*(?:indicators?|metrics?)\b", "", clean_text(text)[0], flags=re.I).strip(" .;,")
        if not indicators or not bare:
            return any_text(text)
        if re.fullmatch(r"all(?: \w+)?", bare, re.I):
            return Read("; ".join(indicators))
        found = [places_of(part) for part in re.split(r"[;,/&+\n]|\band\b", bare) if part.strip()]
        if not all(found):
            return Read(wrong="no indicator", cure="Correct the number; what serves the whole report serves 'all'.")
        return Read("; ".join(indicators[place] for place in sorted(set().union(*found))))

    return read


def _number(text: str) -> Read:
    """Take an action's number as it stands; of what reads as a day a spreadsheet may have made it."""
    typed = any_text(text)
    made = made_a_date(typed.value) if re.search(r"[a-z]|\d{4}", typed.value, re.I) else None
    cure = "Kept as it stands; if it was a number, type it again as text."
    return typed._replace(note=f"a day that a spreadsheet makes of {made[0]}.{made[1]}", cure=cure) if made else typed


def _short(text: str) -> Read:
    """Take a text that a page can hold beside others: two pages are a document, or a file whose quotation marks are lost."""
    return _TOO_LONG if len(text) > 5_000 else any_text(text)


def _in_words(text: str) -> Read:
    """Take a text of words; a day, a number or a code alone says that it stands under another heading than its own."""
    bare = text.strip()
    alone = re.search(r"\d", bare) and (not re.search(r"[^\W\d_]{2}", bare) or _last_day(bare) is not None)
    return Read(wrong="no words", cure="Write it in words; are two headings exchanged?") if alone else _short(text)


def _reported(text: str) -> Read:
    """Take a text that says how far an action has come; a number alone may be one of anything."""
    alone = re.fullmatch(r"[\d.,]+", text.strip())
    cure = "Say in words what was reported, such as 'Not started', or write 50%."
    return Read(wrong="a number alone", cure=cure) if alone else _short(text)


def _due(text: str) -> Read:
    """Take a date as it stands; what Excel made of it, a serial number, is written out."""
    day = read_date(text.strip()).value if re.fullmatch(r"[0-9]{5}(\.0)?", text.strip()) else None
    return Read(said := f"{day.day} {day:%B %Y}", f"read as {said}") if day else any_text(text)


def action_plan_table(indicators: Sequence[str] = ()) -> DeclaredTable:
    """Return the declaration of an action plan; ``indicators`` are those of the standard, without which the column is any text."""
    served = f"indicators of the standard ({', '.join(indicators)}), separated by semicolons, or all"
    return DeclaredTable(
        "action_plan",
        (
            DeclaredColumn("action_id", "its number, for example A1; nothing: numbered as it stands", _number, filled=False),
            DeclaredColumn("indicator", served if indicators else "the indicators it serves, separated by semicolons, or all", _served(indicators)),
            DeclaredColumn("area", "the heading under which it stands", _in_words, filled=False),
            DeclaredColumn("title", "its own name in few words, where several stand under one heading", _in_words, needed=False, filled=False),
            DeclaredColumn("action", "what will be done, as a page prints it", _in_words),
            DeclaredColumn("owner_role", "the role that answers for it, never a person's name", _in_words),
            DeclaredColumn("due", _DUE, _due, filled=False),
            DeclaredColumn("progress", "what was last reported; 'Done' first where it is wholly done, 'Stopped' where it is given up", _reported,
                   filled=False),
            DeclaredColumn("success_measure", "how one will see that it worked", _short, needed=False, filled=False),
            DeclaredColumn("judged_from", "when that can first be seen, where it is later than the action is done", _short, needed=False, filled=False),
            DeclaredColumn("milestone", "the next step", _short, needed=False, filled=False),
            DeclaredColumn("framework", "what else it answers to", _short, needed=False, filled=False),
            DeclaredColumn("rag", "red, amber or green, or nothing", one_of(RAG), needed=False, filled=False, choices=RAG),
        ),
        one_row="an action",
        key=("action_id",),
        others="kept",  # an organisation's own marks beside its actions stay as they are
    )  # fmt: skip


ACTION_PLAN = action_plan_table()


def _reading(parameters: Parameters, year: str | None = None) -> Reading | None:
    """Return what came of reading a year's plan, its rows numbered as a spreadsheet shows them; None where there is none.

    The plan of another year was published, and what it serves is not asked again.
    """
    path = _path(parameters, year)
    if not path.is_file():
        return None
    held = in_force(catalogue(parameters.reference_folder), parameters.edition)["indicator"] if year in (None, parameters.year) else ()
    reading = read_table(path, parameters.shown(path), action_plan_table(tuple(dict.fromkeys(held))))
    if reading.told_apart:
        numbers = iter(str(number) for number in range(1, 10**6) if str(number) not in set(reading.table["action_id"]))
        reading.table["action_id"] = [name or next(numbers) for name in reading.table["action_id"]]
        if year in (None, parameters.year):
            tell_placeholders(reading, parameters)
    return reading


def _path(parameters: Parameters, year: str | None = None) -> Path:
    return parameters.data_folder(year) / f"{ACTION_PLAN.name}.csv"


def _plan_key(parameters: Parameters, year: str | None = None) -> tuple:
    """Return what a plan depends on: its file, by time and size, the standard, the edition, the day and state, and whether it is the report's own."""
    path = _path(parameters, year)
    own, by = year in (None, parameters.year), reference_stamps(parameters.reference_folder)
    return path, parameters.shown(path), stamp(path), parameters.edition, parameters.dated.isoformat(), parameters.report.state, own, by


@remembered_by(_plan_key)  # every section of a report asks for it
@small_tables
def read_action_plan(parameters: Parameters, year: str | None = None) -> pd.DataFrame:
    """Return the action plan, one row per action, the earliest due first; empty where none was supplied.

    Returns
    -------
    pandas.DataFrame
        The columns of the file, those it may have, and those of :data:`STATES` (bool). What is done or given up is never overdue or due.

    Raises
    ------
    InputProblems
        A column is missing, an action has no text, indicator or owner, or serves an indicator that the standard has not, the file cannot
        be read as a table, a cell of a final report is a placeholder, or a rating is none of red, amber and green.
    """
    reading = _reading(parameters, year)
    if reading is None:
        return pd.DataFrame(columns=[*ACTION_PLAN.headings, *STATES], dtype="str").astype(dict.fromkeys(STATES, bool))
    InputProblems.raise_if_any(reading.problems)
    plan = reading.table.astype("str")
    for column in ACTION_PLAN.headings:
        plan[column] = plan[column] if column in plan.columns else ""
    plan["done"] = plan["progress"].map(is_done).astype(bool)  # a plan of headings only has no row to tell the kind
    plan["given_up"] = plan["progress"].map(is_given_up).astype(bool)
    last = plan["due"].map(lambda due: _last_day(due) or datetime.date.max)
    plan["overdue"] = last.lt(parameters.dated).astype(bool) & ~plan["done"] & ~plan["given_up"]
    soon = last.between(parameters.dated, parameters.dated + datetime.timedelta(days=92)).astype(bool)
    plan["due_soon"] = soon & ~plan["progress"].map(is_begun).astype(bool)
    plan["carried_over"] = plan["progress"].str.strip().str.startswith(LAST_YEARS).astype(bool)
    return plan.loc[last.sort_values(kind="stable").index].reset_index(drop=True)


@small_tables
def read_actions(parameters: Parameters) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what will be done, and what became of the actions of the year compared with (or else of the year before).

    Of an action that this year's plan still has, with its number and its text, this year's progress is told: last year's file stays as it
    was published. One that is done by then is no promise any more; ``was_due`` has the day it had, where that was another.
    Columns as in :func:`read_action_plan`; raises as it does.
    """
    now, before = read_action_plan(parameters), read_action_plan(parameters, _year_before(parameters))
    ours, promised = _known_by(now), {same: place for place, same in enumerate(_known_by(before))}
    now["was_due"], before["was_due"] = "", ""
    now["carried_over"] = [again or same in promised for again, same in zip(now["carried_over"], ours, strict=True)]
    told, ended = ["progress", "rag", *STATES], []
    for place, same in enumerate(ours):
        if (earlier := promised.get(same)) is not None:
            before.loc[earlier, told] = (action := now.loc[place])[told]
            now.loc[place, "was_due"] = due if (due := before.at[earlier, "due"]) != action["due"] else ""
            ended += [place] if action["done"] or action["given_up"] else []
    return now.drop(index=ended).reset_index(drop=True), before


def _year_before(parameters: Parameters) -> str:
    return parameters.previous_year or shifted(parameters.year, -1)


def _known_by(plan: pd.DataFrame) -> list[tuple[str, str]]:
    """Return by what each action of two plans is known to be one: many begin again with number 1 every year."""
    return list(zip(plan["action_id"], map(bare_key, plan["action"]), strict=True))


def carried_over(parameters: Parameters) -> pd.DataFrame | None:
    """Return what the next year's plan begins with, as it stands in the file but for three things; None where there is no plan.

    What is done or given up is not promised again; what was last reported says of which year it is, until somebody writes what became
    of the action; and a rating of last year is none of this one. Raises InputProblems: the plan cannot be read.
    """
    reading = _reading(parameters)
    if reading is None:
        return None
    InputProblems.raise_if_any(reading.problems)
    plan = reading.table
    kept = plan[~plan["progress"].map(lambda text: is_done(text) or is_given_up(text)).astype(bool)].astype("str")
    said = f"{LAST_YEARS}{spoken(parameters.year)}: "
    progress = ["" if is_silent(text) else said + text for text in kept["progress"]]
    every = dict.fromkeys(in_force(catalogue(parameters.reference_folder), parameters.edition)["indicator"])
    serves = kept["indicator"].replace("; ".join(every), "all")
    return kept.assign(progress=progress, indicator=serves, **{name: "" for name in ("rag",) if name in kept})


def plan_notices(parameters: Parameters) -> list[Problem]:
    """Return what the owner of the year's plan should know.

    Dates that cannot be read, owners who seem to be persons, odd spellings, and numbers that another action had in the year before;
    of every row, also where a cell of the plan is wrong.
    """
    reading, before = _reading(parameters), _reading(parameters, _year_before(parameters))
    if reading is None or not reading.told_apart:
        return []
    if before and reading.table.equals(before.table):
        reading.told("this year's plan", "Write what became of each action.", "the plan of the year before, word for word", 1)
    promised = dict(_known_by(before.table)) if before and before.told_apart else {}
    for row, (number, text) in zip(reading.table.index, _known_by(reading.table), strict=True):
        if promised.get(number, text) != text:
            expected = "the text that the action of this number had, or a number of its own"
            action_told = "If it is the same action, keep its text, so that what became of it is told; a new one needs a new number."
            reading.told(expected, action_told, f"another text than action {number} of the year before had", int(row), "action")
    for row, due in reading.table["due"].items():
        day = _last_day(due)
        if due.strip() and (day is None or day.year not in range(parameters.edition - 3, WRITTEN_YEARS.stop)):
            found = shown_cell(due) + ", so that the action is never told as overdue" * (day is None)
            reading.told(_DUE, "Write it so if it has a day; else leave it.", found, int(row), "due")
    for column, (heading, like) in product(("area", "owner_role", "action"), _READS_AS.items()):
        cells, own = (reading.table[name].astype(str) for name in (column, heading))
        for row in reading.table.index[cells.str.match(like) & own.ne("") & ~own.str.match(like)]:
            found, action = f"what reads as '{heading}'", "If the two cells or headings are exchanged, put them right; else leave it."
            reading.told(ACTION_PLAN.column(column).holds, action, found, int(row), column)
    tell_persons(reading, "owner_role")
    return reading.notices


def _last_day(due: str) -> datetime.date | None:
    """Return the last day on which an action is in time; None for a text that names no day, month, quarter or reporting year.

    A month as 2020-09, unless it reads as a reporting year.
    """
    text = re.sub(r"^(by )?(the )?(end of )?", "", " ".join(key_of(due).split()))
    year = re.fullmatch(r"(?:Q([1-4])[ ,]*)?(?:FY ?)?(20\d\d)[-/](\d\d)", text, re.I)
    if year and is_year(f"{year[2]}-{year[3]}"):
        month = 3 * int(year[1] or 4)  # of a year that begins in April
        return _end_of(int(year[2]) + month // 12, (month + 2) % 12 + 1)
    if year and not year[1] and 1 <= int(year[3]) <= 12:
        return _end_of(int(year[2]), int(year[3]))
    for form in ("%B %Y", "%b %Y"):
        with suppress(ValueError):
            month = datetime.datetime.strptime(text.replace("sept ", "sep "), form)
            return _end_of(month.year, month.month)
    return read_date(text).value


def _end_of(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
