"""Reads the standard's reference tables, which live as CSV so that anyone can check and mend them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.small_tables import small_tables
from wres_helpers.standard.columns import COUNTS_TABLES, ETHNIC_GROUPS, STAGES
from wres_helpers.standard.standard_folders import place_of, shown_place
from wres_helpers.tables.cell_readers import Read, any_text, clean_text, did_you_mean, key_of, like, nearest, shown_cell
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, Reading, closed
from wres_helpers.tables.table_reader import read_table

if TYPE_CHECKING:
    import pandas as pd

Given = ParamSpec("Given")
Made = TypeVar("Made")

#: What every standard says of itself in ``standard.csv``, and what it may say.
STANDARD_KEYS = ("name", "short_name", "characteristic", "group_column", "snapshot", "metric", "first_edition", "survey")
OPTIONAL_KEYS = ("tiers", "national", "unanswered")

#: Edition that stands for "still in force".
OPEN_END = "9999"


def read_reference(folder: Path, name: str) -> pd.DataFrame:
    """Return one reference table as text, held to its declaration.

    Parameters
    ----------
    folder
        The folder of a standard (``data/reference/standards/wres``); a table it lacks is the one that all standards share, in
        ``data/reference``.
    name
        File name without ending.

    Raises
    ------
    InputProblems
        The file is missing, lacks a column, has one that nobody reads, or holds a cell of another kind than its column.
    """
    path = place_of(Path(folder), name)
    if not path.is_file():
        shown = shown_place(path if name in _SHARED else Path(folder) / path.name)
        action = "Restore the file from the project."
        raise InputProblems.of(shown, "the reference table that ships with the pack", action, found="no such file")
    return _read(path, path.stat().st_mtime_ns).table.copy()


def reference_notices(folder: Path) -> list[Problem]:
    """Return what of a standard's tables was read although it was written otherwise. Raises as :func:`read_reference`."""
    places = [place for name in TABLES if (place := place_of(Path(folder), name)).is_file()]
    readings = [_read(place, place.stat().st_mtime_ns) for place in places]
    return [notice for reading in readings if len(reading.table) for notice in reading.notices]  # a standard may have no figures, or peers


def made_of(*names: str) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Let a function of a standard's folder, and of plain values, keep what it made until one of these reference tables is changed."""

    def decorated(make: Callable[Given, Made]) -> Callable[Given, Made]:
        kept: Callable[..., Made] = lru_cache(maxsize=64)(lambda _, *given, **named: make(*given, **named))

        @wraps(make)
        def keeping(*given: Given.args, **named: Given.kwargs) -> Made:
            places = [place_of(Path(str(given[0])), name) for name in names]
            made = kept(tuple((place, place.is_file() and place.stat().st_mtime_ns) for place in places), *given, **named)
            return made.copy() if hasattr(made, "copy") else made  # of a table, so that nobody changes what another will see

        return keeping

    return decorated


@lru_cache(maxsize=256)
@small_tables
def _read(path: Path, modified: int) -> Reading:
    # `modified` is part of the key, so that an edited table is read again
    declared = TABLES[path.stem]
    known = {column.name: column for column in (*_COLUMNS, *declared.columns, *_of_groups(path))}
    plain = {name: DeclaredColumn(name, read=any_text, filled=name in declared.key) for name in (*declared.needed, *declared.further)}
    columns = tuple(replace(column, needed=name in declared.needed) for name, column in (plain | known).items() if name in plain)
    table = DeclaredTable(path.stem, columns, key=declared.key)
    reading = read_table(path, shown_place(path), table)
    if reading.table.empty and not reading.problems and path.stem not in _MAY_BE_EMPTY:
        reading.wrong("the rows of the table", "Restore the file from the project.", "headings only")
    for check in (_refuse_unknown, *declared.rules) if not reading.problems else ():
        check(reading, path)
    InputProblems.raise_if_any(reading.sorted().problems)
    reading.table = reading.table.reset_index(drop=True).astype("str")
    return reading


def refuse_two_meanings(reading: Reading, _: Path) -> None:
    """Refuse a spelling that stands for two grades; which of them would be taken nobody could tell."""
    meant: dict[str, str] = {}
    for row, spelling, grade in reading.table[["spelling", "grade"]].itertuples():
        if meant.setdefault(key_of(spelling), grade) != grade:
            found = f"'{spelling}' as '{grade}', above as '{meant[key_of(spelling)]}'"
            reading.wrong("one grade a spelling", "Keep the right row.", found, int(row), "spelling")


def _check_figures(reading: Reading, path: Path) -> None:
    """Refuse a share that no group of people can have; ask about a year before the standard's first edition, or yet to come."""
    first, last = min(read_reference(path.parent, "indicators")["edition_from"]), str(date.today().year)
    for row, year, value, unit in reading.table[["year", "value", "unit"]].itertuples():
        if unit.startswith("percent") and not 0 <= float(value) <= 100:
            reading.wrong("a percentage from 0 to 100", "Correct the value or its unit.", shown_cell(value), int(row), "value")
        if not first <= year <= last:
            reading.told(f"an edition from {first} to {last}", "Correct the year; else leave it.", f"'{year}'", int(row), "year")


def _ask_other_measure(reading: Reading, path: Path) -> None:
    """Ask about words of a measure of which nothing is published under the indicator, though of others is: no page would say them."""
    published = read_reference(path.parent, "benchmarks").groupby("indicator")["measure"].agg(dict.fromkeys)
    for row, indicator, measure in reading.table[["indicator", "measure"]].itertuples():
        if measure not in (known := [*published.get(indicator, {measure: None})]):
            action = did_you_mean(measure, known, "Correct the one that is wrong; of a figure of your own peers alone leave it.")
            expected = f"a measure of indicator {indicator} in benchmarks.csv: {', '.join(known)}"
            reading.told(expected, action, shown_cell(measure), int(row), "measure")


def _refuse_other_stage(reading: Reading, _: Path) -> None:
    """Refuse a stage that the table of recruitment has not, whose counts would be missing without a word, and a column that a table has not."""
    for row, table, column in reading.table[["table", "where_column"]].itertuples():
        if column and column not in (columns := COUNTS_TABLES.get(table, (column,))):
            reading.wrong(f"a column of {table}: {', '.join(columns)}", "Correct the cell.", shown_cell(column), int(row), "where_column")
    for row, item, table in reading.table[["item", "table"]].itertuples():
        if table != item and item in set(reading.table["table"]):
            reading.wrong(f"'{item}', whose name it has", "Correct the item or its table.", shown_cell(table), int(row), "table")
    stages = reading.table.loc[reading.table["where_column"].eq("stage"), "where_value"]
    for row, cell in stages[~stages.isin(STAGES)].items():
        action = did_you_mean(cell, STAGES, "Use one of them.")
        reading.wrong(f"one of {', '.join(STAGES)}", action, shown_cell(cell), int(row), "where_value")


def _refuse_other_indicator(reading: Reading, path: Path) -> None:
    """Refuse a question under another indicator than the one whose question it is in the same editions."""
    asked = read_reference(path.parent, "indicators")
    ends = asked["edition_to"].replace("", OPEN_END)
    for row, label, indicator, first, last in reading.table[["label", "indicator", "edition_from", "edition_to"]].itertuples():
        here = asked["survey_question"].str.split("[+|]").map(lambda parts, label=label: label in parts)
        of = set(asked.loc[here & asked["edition_from"].le(last or OPEN_END) & ends.ge(first), "indicator"])
        if of and indicator not in of:
            expected = f"indicator {' or '.join(sorted(of))}, whose question '{label}' is in indicators.csv"
            reading.wrong(expected, "Correct the one that is wrong.", f"'{indicator}'", int(row), "indicator")


def _holding(name: str, holds: str, pattern: str, filled: bool = True) -> DeclaredColumn:
    return DeclaredColumn(name, holds, like(pattern), filled=filled)


def _open_list(name: str, words: Iterable[str]) -> DeclaredColumn:
    """Return a column of words that the pack knows, and of others: one that is nearly known would stand beside nothing without a word."""
    known = tuple(words)

    def read(text: str) -> Read:
        clean = clean_text(text)[0]
        close = "" if clean.lower() in known else nearest(clean.lower(), known, 0.75)
        return Read(wrong="nearly another word", cure=f"Did you mean '{close}'?") if close else Read(clean)

    return DeclaredColumn(name, f"one of {', '.join(known)}, or a word of the standard's own", read, choices=known)


def _of_groups(path: Path) -> list[DeclaredColumn]:
    """Return the columns whose words are the groups of the standard: directions, and whose a published figure is."""
    if path.stem not in ("indicators", "benchmarks"):
        return []
    codes = list(read_reference(path.parent, "groups")["code"])
    sides = [f"{one}{sign}{other}" for sign in "/-" for one in codes for other in codes if one != other]
    return [
        closed("direction", (*sides, "grade-workforce", "board-workforce", "none")),
        _open_list("group", (*codes, *(each for each in sides if "/" in each))),
    ]


def _refuse_unknown(reading: Reading, path: Path) -> None:
    """Refuse a cell that names what a table of the same standard does not have."""
    for column, (name, where) in TABLES[path.stem].elsewhere.items():
        known = set(reading.table[where] if name == path.stem else read_reference(path.parent, name)[where])
        for row, cell in reading.table[column].items():
            if cell and cell not in known:
                action = did_you_mean(cell, known, f"Correct the cell, or add it to {name}.csv first.")
                reading.wrong(f"{where}s of {name}.csv", action, shown_cell(cell), int(row), column)


_A_NAME = ("a name in small letters, digits, _ and .", "[a-z][a-z0-9_.]*")
_A_QUESTION = "[A-Za-z]{0,3}[0-9]{1,2}[a-z]?"
_ANSWERS = r"(Never|Yes|No|Don't know)(\|(Never|Yes|No|Don't know))*"
#: Columns that must hold a number, a truth value or a word of a closed list, in whichever table they stand.
_COLUMNS = (
    _holding("edition_from", "an edition such as 2020", "20[0-4][0-9]"),
    _holding("edition_to", "an edition such as 2020, or nothing", "20[0-4][0-9]", filled=False),
    _holding("years_pooled", "a number of years, or nothing", "[1-9]", filled=False),
    _holding("order", "a whole number", "[1-9][0-9]{0,5}|0"),
    _holding("year", "a year such as 2020", "20[0-4][0-9]"),
    _holding("value", "a number", r"-?[0-9]{1,9}(\.[0-9]{1,9})?"),
    *(_holding(name, "true or false", "(?i:true|false)") for name in ("senior", "senior_leadership", "restated")),
    _holding("numerator_rule", "any_but: or is: with the survey's answers, or nothing", f"(any_but|is):{_ANSWERS}", filled=False),
    _holding("base_rule", "all_answers, all_respondents, answers: or asked: with the survey's answers, grades:senior, grades:senior_leadership, or "
              "nothing", f"all_answers|all_respondents|(answers|asked):{_ANSWERS}|grades:senior(_leadership)?", filled=False),
    _holding("seen", "guidance, secondary, secondary_in_part or not_seen", "guidance|secondary|secondary_in_part|not_seen"),
    *(_holding(name, f"a {name}", ".+") for name in ("code_set", "spelling", "grade", "code", "label")),
    _holding("indicator", "an indicator", ".+"),
    *(_holding(name, *_A_NAME) for name in ("item", "count", "measure")),
    _holding("survey_question", "questions such as 14a or 14b+14c, or nothing", rf"{_A_QUESTION}([+|]{_A_QUESTION})*", filled=False),
    _holding("published", "a year such as 2020, or nothing", "20[0-4][0-9]", filled=False),
    _holding("confidence_mark", "a letter", "[A-Z]"),
    closed("tier", ("lower", "middle", "upper"), filled=False),
    closed("comparison", ("ratio", "difference", "none")),
    closed("adverse", ("above_0", "above_1", "below_0", "below_1"), filled=False),
    closed("better", ("higher", "lower", "parity")),
)  # fmt: skip

_WORDS = ("words that a page prints", ".+")


@dataclass(frozen=True)
class Declared:
    """What a reference table must have, once."""

    needed: tuple[str, ...]  # columns that must be there
    key: tuple[str, ...] = ()  # what stands once
    columns: tuple[DeclaredColumn, ...] = ()  # columns that hold something else here than in other tables
    elsewhere: dict[str, tuple[str, str]] = field(default_factory=dict)  # column to the table and column in which its words stand
    rules: tuple[Callable[[Reading, Path], None], ...] = ()  # what rows are held to besides
    further: tuple[str, ...] = ("source", "seen", "note")  # columns that may be there


#: The tables, each declared once.
TABLES = {
    "standard": Declared(("key", "says"), ("key",), (closed("key", (*STANDARD_KEYS, *OPTIONAL_KEYS)),)),
    "groups": Declared(
        ("role", "code", "label", "label_long"), ("role",),
        (closed("role", ("reference", "compared", "unknown")), *(_holding(name, *_WORDS) for name in ("label", "label_long"))),
    ),
    "items": Declared(
        ("item", "table", "count", "where_column", "where_value", "counted_among", "people", "label"), ("item",),
        (*(_holding(name, *_WORDS) for name in ("people", "label")), _open_list("table", COUNTS_TABLES)),
        elsewhere={"counted_among": ("items", "item")},
        rules=(_refuse_other_stage,),
    ),
    "indicators": Declared(
        ("indicator", "measure", "role", "edition_from", "edition_to", "title", "question", "plain_title", "numerator", "base",
         "comparison", "direction", "adverse", "better", "period", "survey_question", "numerator_rule", "base_rule",
         "years_pooled", "definition", "source", "seen", "break_note"),
        ("measure", "edition_from"),
        (*(_holding(name, *_WORDS) for name in ("title", "question", "plain_title")), closed("role", ("headline", "context", "optional"))),
        {"numerator": ("items", "item"), "base": ("items", "item")},
    ),
    "words": Declared(
        ("measure", "people", "act", "acted", "in_short", "stage", "again", "count_heading", "base_heading"), ("measure",),
        tuple(_holding(name, *_WORDS) for name in ("people", "act", "acted", "in_short", "stage", "again", "count_heading", "base_heading")),
    ),
    "question_labels": Declared(
        ("label", "indicator", "edition_from", "edition_to", "survey", "source", "seen"),
        columns=(_holding("label", "a question such as 14a, or a key finding such as KF21", _A_QUESTION),), rules=(_refuse_other_indicator,)
    ),
    "peers": Declared(("kind", "in_national_report", "peers"), ("kind",), (closed("in_national_report", ("yes", "no")),)),
    "benchmarks": Declared(
        ("year", "indicator", "measure", "group", "value", "unit", "kind", "published", "restated", "conflict",
         "confidence_mark", "source_kind", "source_url"),
        ("year", "indicator", "measure", "group", "unit", "kind", "published"),
        (closed("unit", ("percent", "percent_rounded", "ratio", "headcount")),
         closed("kind", ("pooled", "mean_of_means", "median", "count", "share_of_organisations", "not_stated"))),
        {"indicator": ("indicators", "indicator")},
        (_check_figures,),
    ),
    # how a published figure is told: ``lead`` begins its sentence; in ``says`` stands ``{value}`` for the figure, ``{who}`` for each group
    # with its own, ``{group}`` for the groups of a ratio, nothing for a measure of the workbook alone; ``in_words`` is what it measures
    "benchmark_words": Declared(("indicator", "measure", "lead", "says"), (),
        (_holding("says", "words with {value} or {who}, perhaps {group}, and no other braces, or nothing",
                  r"(?=.*\{(value|who)\})([^{}]|\{(value|who|group)\})+", filled=False),),
        {"indicator": ("indicators", "indicator")}, (_ask_other_measure,), further=("in_words",),
    ),
    # a code means nothing without its code set: B is Irish in England and Gypsy or Traveller in the Welsh set
    "ethnic_categories": Declared(
        ("code_set", "code", "label", "group", "category_16", "source", "seen"), ("code_set", "code"), (closed("group", ETHNIC_GROUPS),),
        further=("order", "note"),
    ),
    "grades": Declared(
        ("grade", "label", "order", "kind", "cluster", "tier", "senior", "senior_leadership", "part_of", "source", "seen"), ("grade",),
        (_open_list("kind", ("agenda_for_change", "very_senior_manager", "grouped", "medical_and_dental", "other")),),
        {"part_of": ("grades", "grade")}, further=("wdes_cluster", "note"),
    ),
    "grade_spellings": Declared(("spelling", "grade"), elsewhere={"grade": ("grades", "grade")}, rules=(refuse_two_meanings,)),
}  # fmt: skip

#: Tables of which a standard may have no row.
_MAY_BE_EMPTY = ("benchmarks", "benchmark_words", "grade_spellings", "peers", "question_labels")

#: Tables that standards share where they have none of their own.
_SHARED = ("grades", "grade_spellings", "ethnic_categories")
