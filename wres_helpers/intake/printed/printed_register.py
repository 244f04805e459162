"""Reads ``published.csv``, the figures and claims somebody printed, one a row; and other shapes of it: groups across, or the pack's own results."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from wres_helpers.intake.printed import register_words as words
from wres_helpers.intake.printed.results_rows import rows_of_results
from wres_helpers.intake.spellings import spellings
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.remembered import remembered_by, stamp
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import small_tables
from wres_helpers.standard.catalogue import catalogue, reference_stamps
from wres_helpers.standard.columns import RESULT_COLUMNS
from wres_helpers.standard.grades import grades
from wres_helpers.standard.standard_folders import indicators_of
from wres_helpers.standard.standards import Standard, read_standard
from wres_helpers.tables.cell_readers import Read, Reader, any_text, like, line_text, loose_key, nearest, shown_cell, written_for_nothing
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, Reading, shortened
from wres_helpers.tables.table_reader import read_table

_YEAR = r"(?s:.*)(20[0-4]\d\s*[-/–]\s*(?:20)?\d\d|31(?:st)?\s*(?:[./-]\s*0?3\s*[./-]|[Mm]arch)\s*(?:20)?\d\d)(?s:.*)"

#: Columns that hold words of the vocabulary: what reads them, and the words.
_WORDS: dict[str, tuple[Callable[[str], str | None], tuple[str, ...]]] = {
    "claim": (lambda text: words.read_claim(text).value, tuple(words.CLAIMS)),
    "item": (words.item_name, words.ITEMS),
    "ethnic_group": (words.group_name, (*words.GROUPS, "white/bme", "bme/white", "white-bme", "bme-white")),
    "base": (words.base_name, (*words.ITEMS, words.ALL_GROUPS, words.ALL_CATEGORIES, words.KNOWN_ETHNICITY)),
    "unit": (lambda text: words.read_unit(text).value, words.UNITS),
}


def _word(known: Callable[[str], str | None]) -> Reader:
    def read(text: str) -> Read:
        plain = any_text(text).value
        word = "" if written_for_nothing(plain) else known(plain)
        return Read(word) if word is not None else Read(wrong="not in the vocabulary")

    return read


def _as_printed(text: str) -> Read:
    """Take a figure or sentence as it stands, and tell what of its letters is odd."""
    return Read(any_text(text).value, line_text(text).note)


#: Columns that hold something else than a text.
_OTHERS = {
    "year": ("a reporting year such as 2019-20", like(_YEAR)),
    "category": ("text", words.read_category),
    "indicator": ("numbers of indicators, such as 3 or 5-6", like(r"\d{1,2}[a-z]?( ?(-|–|/|,|;|&|to|and) ?\d{1,2}[a-z]?)*")),
}


def _column(name: str) -> DeclaredColumn:
    needed = name == "printed"
    also = tuple(word for word, column in spellings("heading of a register").items() if column == name)
    if name in _WORDS:
        known, choices = _WORDS[name]
        holds = "one of " + ", ".join(choices)
        return DeclaredColumn(name, holds, _word(known), needed, filled=name == "claim", choices=choices, also=also)
    holds, read = _OTHERS.get(name, ("text", _as_printed if name == "printed" else line_text))
    return DeclaredColumn(name, holds, read, needed, filled=name in ("id", "printed"), also=also, verbatim=True)


REGISTER = DeclaredTable("published", tuple(map(_column, words.REGISTER_COLUMNS)))


def register_path(parameters: Parameters) -> Path:
    return parameters.data_folder() / "published.csv"


@small_tables
def read_register(parameters: Parameters) -> pd.DataFrame:
    """Return the register of the report's year: one row per printed figure or claim; empty where there is none.

    Columns may stand in any order, and only ``printed`` must be there, or a column for each group in its place. Spellings
    of the vocabulary are brought to one form (``BAME`` to ``bme``, ``per cent`` to ``share``); the printed text stays.

    Raises
    ------
    InputProblems
        With everything wrong in the file: headings, identifiers used twice, and words the vocabulary does not have.
    """
    reading = _reading(parameters)
    return register_of(reading) if reading else pd.DataFrame(columns=list(words.REGISTER_COLUMNS), dtype="str")


def _stamps(parameters: Parameters) -> tuple:
    return (path := register_path(parameters)), parameters.shown(path), stamp(path), reference_stamps(parameters.reference_folder)


@remembered_by(_stamps)  # what it says, what is wrong with it and what of it is odd are asked one after another
def _reading(parameters: Parameters) -> Reading | None:
    """Return what came of reading the year's register, held to the measures and indicators of its standard; None where there is none."""
    path, folder = register_path(parameters), parameters.reference_folder
    if not path.is_file():
        return None
    into_rows = partial(reshape, standard=read_standard(folder), measures=tuple(catalogue(folder)["measure"]))
    reading, indicators = read_table(path, parameters.shown(path), REGISTER, into_rows), indicators_of(folder)
    if reading.told_apart and "indicator" in reading.table:
        for row, cell in reading.table["indicator"].items():
            if unknown := [each for each in re.findall(r"\d+[a-z]?", cell) if each not in indicators]:
                expected = f"indicators of the standard: {', '.join(indicators)}"
                reading.wrong(expected, "Correct it.", repr(unknown[0]), int(row), "indicator")
    return reading


def register_of(reading: Reading) -> pd.DataFrame:
    """Return the register that a file was read as; raise InputProblems with everything wrong in it. See :func:`read_register`."""
    # a register of headings only, as a new year begins, has no row to tell that its columns hold text
    table = reading.table.reindex(columns=list(words.REGISTER_COLUMNS), fill_value="").astype("str")
    told = {(problem.row, problem.column) for problem in reading.problems}
    unread = len(reading.table) == 0 or any(problem.row == 1 for problem in reading.problems)
    needed = [] if unread else [need for need in _what_rows_need(table, reading.file) if (need.row, need.column) not in told]
    InputProblems.raise_if_any(shortened([*reading.problems, *needed]))
    return table.reset_index(drop=True)


def register_notices(parameters: Parameters) -> list[Problem]:
    """Return what of the year's register was read although it was written otherwise, and a question where none of its figures is of the year."""
    reading = _reading(parameters)
    if reading is None:
        return []
    years = sorted({year or parameters.year for year in reading.table.get("year", ())})
    if years and not reading.problems and parameters.year not in years:
        action = "Check that it is this year's report; else leave it."
        found = f"figures of {', '.join(years)} alone"
        return [*reading.notices, Problem(reading.file, f"figures of {parameters.year}, too", action, column="year", found=found)]
    return reading.notices


def misplaced_figures(parameters: Parameters, tables: Iterable[pd.DataFrame]) -> list[Problem]:
    """Return a question for each figure whose breakdown or category is nearly a known one, or half there: no count is held to it.

    Known are those of the counts ``tables``, of the standard, and what stands in several rows of the register. Of a survey all is held to its questions.
    """
    reading = _reading(parameters)
    if reading is None or reading.problems:
        return []
    rows = reading.table.reindex(columns=["item", "breakdown", "category"], fill_value="").astype("str")
    rows = rows[rows["item"].ne(words.SURVEY) & rows["breakdown"].ne("")]
    known: dict[str, set[str]] = {"grade": set(grades(parameters.reference_folder)["grade"]), "membership": set(), "staff_group": set()}
    for table in tables:
        for column in table.select_dtypes(exclude="number"):
            known.setdefault(str(column), set()).update(table[column])
    rows = rows[~rows.index.duplicated()]  # of several figures of a row one
    for breakdown, category in rows.loc[rows.duplicated(["breakdown", "category"]), ["breakdown", "category"]].itertuples(index=False):
        known.setdefault(breakdown, set()).add(category)
    asked = Reading(reading.file)
    for row, _, breakdown, category in rows.itertuples():
        if close := breakdown not in known and nearest(loose_key(breakdown), known, 0.8):
            asked.told("a breakdown of the counts tables", f"Did you mean '{close}'?", shown_cell(breakdown), int(row), "breakdown")
        elif not category:
            action = "Fill it in; 'all' if the figure is their total."
            asked.told(f"a category of '{breakdown}'", action, "an empty cell", int(row), "category")
        elif category not in known.get(breakdown, {category}):
            close = nearest(category, known[breakdown], 0.8)
            if close and _NUMBERED.sub("", close.casefold()) != _NUMBERED.sub("", category.casefold()):  # Band 8 is no slip of Band 8a
                asked.told(f"a category of '{breakdown}'", f"Did you mean '{close}'?", shown_cell(category), int(row), "category")
    return asked.notices


#: The number of a band; of other words the letters alone.
_NUMBERED = re.compile(r"\d+[a-d]?|[^a-z]")


def _what_rows_need(table: pd.DataFrame, file: str) -> Iterable[Problem]:
    """Give what is wrong between the cells of a row, and between rows."""
    for row, name in table.loc[table["id"].ne("") & table.duplicated("id"), "id"].items():
        action = "Give the row an identifier of its own."
        yield Problem(file, "each identifier once", action, row=int(row), column="id", found=repr(name))
    for row, cells in zip(table.index, table.astype(object).to_dict("records"), strict=True):
        claim, alone = cells["claim"], not cells["refers_to"]
        if claim in (words.COUNT, words.SHARE, words.RATIO) and cells["says"] not in ("", words.EVERY_PART):
            action = "Take it out, or move it to the row of the sentence that says it."
            expected = f"nothing, or '{words.EVERY_PART}', beside a {claim}"
            yield Problem(file, expected, action, row=int(row), column="says", found=repr(cells["says"]))
        figures = "Say what is counted in 'item', or name other rows in 'refers_to'."
        needs = (
            ("item", "an item, or figures it refers to", figures, claim in words.FIGURES and alone),
            ("base", "what it is a share of", "Name the base: an item, 'all groups' or 'all categories'.",
             claim == words.SHARE and cells["item"] not in ("", "survey", "board") and alone),
            ("indicator", "the indicator it belongs to", "Write the number of the indicator, for example 3 or 5-6.",
             claim in (words.STATUS, words.LABEL)),
        )  # fmt: skip
        for column, expected, action, needed in needs:
            if needed and not cells[column]:
                yield Problem(file, expected, action, row=int(row), column=column, found="an empty cell")


def reshape(reading: Reading, table: DeclaredTable, standard: Standard | None = None, measures: Sequence[str] = ()) -> None:
    """Bring a register that is set out otherwise into one row a figure, and fill in what a long one may leave out.

    Rows of the pack's own results are held to the ``measures`` of the standard, where these are given.
    """
    inside = standard.inside if standard else str
    found = reading.table.rename(columns=lambda name: key if (key := inside(loose_key(name))) in RESULT_COLUMNS else name)
    if standard:
        # another standard's files say disabled_count where the pack says bme_count inside
        found = found.rename(columns=standard.inside)
        for column in {"direction", "ethnic_group", "compare_with"} & set(found.columns):
            found[column] = found[column].map(standard.inside)
    reading.table = found
    if {"measure", "white_count", "bme_count"} <= set(found.columns):
        rows_of_results(reading, measures)
    elif "printed" not in found.columns and any(words.group_name(str(name)) for name in found.columns):
        reading.table = _long(found)
    elif "printed" not in found.columns:
        return
    table = reading.table
    for column in {"id", "where", "claim"} - set(table.columns):
        table[column] = ""
    table["id"] = [name.strip() or f"row-{number}" for name, number in zip(table["id"], table.index, strict=True)]
    table["claim"] = [row["claim"].strip() or _kind(row) for row in table.fillna("").to_dict("records")]


def _long(wide: pd.DataFrame) -> pd.DataFrame:
    """Give each cell under a group a row of its own; ``65 (5%)`` is two figures where the row has a base."""
    groups = {name: group for name in wide.columns if (group := words.group_name(str(name)))}
    rows, numbers = [], []
    for number, record in zip(wide.index, wide.to_dict("records"), strict=True):
        shared = {name: cell for name, cell in record.items() if name not in groups}
        first = str(shared.get("id") or "").strip() or f"row-{number}"
        for name, group in groups.items():
            text = str(record[name]).strip()
            kinds = [words.COUNT, words.SHARE] if re.fullmatch(r"[\d, ]+\([\d.]+ ?%\)", text) and shared.get("base") else [""]
            for kind in kinds if text else ():
                identity = f"{first}-{group.replace('/', '-over-')}" + (f"-{kind}" if kind else "")
                claim = kind or str(shared.get("claim") or "")
                rows.append(shared | {"id": identity, "printed": text, "ethnic_group": group, "claim": claim})
                numbers.append(number)
    return pd.DataFrame(rows, index=numbers).fillna("")


def _kind(row: dict[str, str]) -> str:
    """Say what kind of claim a row without one is, from what it prints and compares."""
    text, group = str(row.get("printed", "")).lower(), words.group_name(str(row.get("ethnic_group", ""))) or ""
    if row.get("says") not in (None, "", words.EVERY_PART):
        return words.WORDS
    if "point" in text or "-" in group:
        return words.GAP
    if "times" in text or "/" in group:
        return words.RATIO
    if re.search(r"%|per ?cent", text):
        return words.CHANGE if re.search(r"20\d\d|year", str(row.get("compare_with", ""))) else words.SHARE
    return words.COUNT
