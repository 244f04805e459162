"""Reads ``published.csv``, the figures and claims somebody printed, one a row; and other shapes of it: groups across, or the pack's own results."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd

from wres_helpers.intake.printed import register_words as words
from wres_helpers.intake.spellings import spellings
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.remembered import remembered_by, stamp
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import catalogue, reference_stamps
from wres_helpers.standard.columns import RESULT_COLUMNS
from wres_helpers.standard.standard_folders import indicators_of
from wres_helpers.standard.standards import Standard, read_standard
from wres_helpers.tables.cell_readers import (
    Read,
    Reader,
    any_text,
    clean_text,
    did_you_mean,
    like,
    line_text,
    loose_key,
    shown_cell,
    written_for_nothing,
)
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
    needed = name in words.REQUIRED_COLUMNS
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
    """Return what of the year's register was read although it was written otherwise."""
    reading = _reading(parameters)
    return reading.notices if reading else []


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


#: Measures of ``results.csv`` whose counts are items of the register: who is counted, and of whom.
_MEASURES: Final = {
    "appointed_from_shortlisting": ("appointed", "shortlisted"),
    "shortlisted_from_applied": ("shortlisted", "applied"),
    "appointed_from_applied": ("appointed", "applied"),
    "entering_disciplinary": (words.ENTERED, words.HEADCOUNT),
    "accessing_training": ("accessed_training", words.HEADCOUNT),
    "share_of_grade": (words.WORKFORCE, "all groups"),
    "board_share": (words.BOARD, "all groups"),
}
_GROUPS: Final = ("white", "bme", "unknown")
#: Columns of ``results.csv`` from which figures are made; ``value`` is another heading for what is printed.
_OF_RESULTS: Final = ("year", "breakdown", "category", "comparison", "direction", "printed")
#: What a value of ``results.csv`` is of two rates, and what directions it has but two groups.
_COMPARED: Final = ("ratio", "difference")
_OF_ALL: Final = ("grade-workforce", "board-workforce")


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
        there = dict.fromkeys([*found.columns, *_OF_RESULTS])  # a file cut short in its headings has some of them
        found = reading.table = found.map(lambda cell: clean_text(cell)[0]).reindex(columns=list(there), fill_value="")
        for name in found.columns.difference([*RESULT_COLUMNS, *_OF_RESULTS, *words.REGISTER_COLUMNS]):
            reading.told("the columns of results.csv", "Left out; rename it if it is one of them.", "another heading", 1, name)
        for number, measure in found["measure"].items() if measures else ():
            if measure not in measures:
                cure = did_you_mean(measure, measures, "Correct it, or take the row out.")
                reading.wrong("a measure of the standard (indicators.csv)", cure, shown_cell(measure), int(number), "measure")
        for number, compared, direction in found.loc[found["printed"].ne(""), ["comparison", "direction"]].itertuples():
            if compared not in _COMPARED:
                reading.wrong("ratio or difference beside a value", "Correct the cell.", shown_cell(compared), int(number), "comparison")
            elif direction not in _OF_ALL and not {"/", "-"} & set(words.group_name(direction) or ""):
                expected = f"two groups, for example white/bme, or one of {', '.join(_OF_ALL)}"
                reading.wrong(expected, "Correct the cell.", shown_cell(direction), int(number), "direction")
        reading.check_key(["year", "measure", "breakdown", "category"])
        once = found[~found.index.isin([problem.row for problem in reading.problems if problem.found == "a repeated row"])]
        records = zip(once.index, once.astype(object).to_dict("records"), strict=True)
        rows = [(number, row) for number, each in records for row in _of_result(each)]
        reading.table = pd.DataFrame([row for _, row in rows], index=[number for number, _ in rows]).fillna("")
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


def _of_result(row: dict[str, str]) -> list[dict[str, str]]:
    """Return the figures of one row of ``results.csv``: counts, bases, rates and what is compared."""
    measure, year = row["measure"], row["year"]
    item, base = _MEASURES.get(measure, (f"counted in {measure}", f"base of {measure}"))
    cut = {"breakdown": row["breakdown"] if item != words.BOARD else "membership", "category": row["category"]}
    if cut["breakdown"] == "overall":
        cut = {"breakdown": "", "category": ""}
    name = ".".join(part for part in (measure, row["breakdown"], row["category"], year) if part).replace(" ", "-")
    # every row stands for itself: the rows of a breakdown need not be all there are
    place = {"where": f"results.csv, {name}", "year": year} | cut
    found = []
    for group in _GROUPS:
        for column, claim, of_item, of_group in (
            ("count", words.COUNT, item, group),
            ("base", words.COUNT, item if base == "all groups" else base, "all" if base == "all groups" else group),
            ("rate", words.SHARE, item, group),
        ):
            text = _percent(row.get(f"{group}_rate", "")) if column == "rate" else row.get(f"{group}_{column}", "")
            if text:
                what = {"claim": claim, "printed": text, "item": of_item, "ethnic_group": of_group}
                found.append(place | what | {"id": f"{name}.{group}-{column}", "base": base if claim == words.SHARE else ""})
    return found + _compared(row, place | {"id": f"{name}.value", "item": item, "base": base})


def _compared(row: dict[str, str], shared: dict[str, str]) -> list[dict[str, str]]:
    value = row["printed"]  # "value" is another heading for what is printed
    if not value or row["comparison"] not in _COMPARED:
        return []
    kind = words.RATIO if row["comparison"] == "ratio" else words.GAP
    text = value if kind == words.RATIO else _percent(value).replace("%", " points")
    beside = "headcount" if (row["direction"], row["measure"]) == ("grade-workforce", "share_of_grade") else ""
    group = "bme" if beside else row["direction"]
    if not words.group_name(group):
        return []  # a part's share beside that of all staff: the register has no such claim
    return [shared | {"claim": kind, "printed": text, "ethnic_group": group, "compare_with": beside}]


def _percent(text: str) -> str:
    """Write a fraction as a percentage, to the last digit; a text that is none stays as it is."""
    try:
        return f"{Decimal(text).scaleb(2):f}%"
    except InvalidOperation:
        return text
