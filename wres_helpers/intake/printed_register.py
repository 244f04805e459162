"""Reads ``published.csv``: the figures and claims somebody printed, one a row."""

import difflib
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from wres_helpers.intake.register_shapes import reshape
from wres_helpers.intake.register_words import (
    ALL_CATEGORIES,
    ALL_GROUPS,
    CLAIMS,
    FIGURES,
    GROUPS,
    ITEMS,
    KNOWN_ETHNICITY,
    LABEL,
    REGISTER_COLUMNS,
    REQUIRED_COLUMNS,
    STATUS,
    UNITS,
    base_name,
    claim_kind,
    group_name,
    item_name,
    unit_name,
)
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.tables.cells import any_text
from wres_helpers.tables.declared import Column, Table, read_table, shortened

_YEAR = r"(?:20\d\d\s*[-/–]\s*(?:20)?\d\d|31(?:st)?\s*(?:[./-]\s*0?3\s*[./-]|[Mm]arch)\s*(?:20)?\d\d)"

#: How headings may also be written.
_HEADING_SYNONYMS = {
    "ethnic_group": ("group", "ethnicity"), "where": ("place", "page"), "printed": ("figure", "value"), "claim": ("kind", "type"),
    "breakdown": ("question",), "category": ("response", "grade"), "compare_with": ("compared_with",), "refers_to": ("formula",),
    "note": ("notes", "remark", "remarks", "comment", "comments"),
}  # fmt: skip

REGISTER = Table(
    "published",
    "a figure or claim that was printed",
    tuple(
        Column(name, read=any_text, needed=name in REQUIRED_COLUMNS, filled=False, also=_HEADING_SYNONYMS.get(name, ()))
        for name in REGISTER_COLUMNS
    ),
)


def register_path(parameters: Parameters, year: str | None = None) -> Path:
    """Where the register of a year lies."""
    return parameters.data_folder(year) / "published.csv"


def read_register(parameters: Parameters) -> pd.DataFrame:
    """Return the register of the report's year: one row per printed figure or claim; empty where there is none.

    Columns may stand in any order, and only ``printed`` must be there, or a column for each group in its place. Spellings
    of the vocabulary are brought to one form (``BAME`` to ``bme``, ``per cent`` to ``share``); the printed text stays.

    Raises
    ------
    InputProblems
        With everything wrong in the file: headings, identifiers used twice, and words the vocabulary does not have.
    """
    path = register_path(parameters)
    if not path.is_file():
        return pd.DataFrame(columns=list(REGISTER_COLUMNS), dtype="str")
    return read_register_file(path, parameters.shown(path))


def read_register_file(path: Path, shown: str) -> pd.DataFrame:
    """Read one register file; ``shown`` is its name in messages. See :func:`read_register`."""
    reading = read_table(path, shown, REGISTER, reshape)
    if reading.problems:
        raise InputProblems(reading.problems)
    # a register of headings only, as a new year begins, has no row to tell that its columns hold text
    table = reading.table.reindex(columns=list(REGISTER_COLUMNS), fill_value="").astype("str")
    problems = shortened(_value_problems(table, reading.file))
    if problems:
        raise InputProblems(problems)
    return _normalised(table).reset_index(drop=True)


def _value_problems(table: pd.DataFrame, file: str) -> Iterable[Problem]:
    for column in ("id", "printed"):
        for index in table.index[table[column].eq("")]:
            yield Problem(file, "a value", "Fill the cell in.", row=_row(index), column=column, found="an empty cell")
    for index, name in table.loc[table["id"].ne("") & table.duplicated("id"), "id"].items():
        action = "Give the row an identifier of its own."
        yield Problem(file, "each identifier once", action, row=_row(index), column="id", found=repr(name))
    readers: dict[str, tuple[Callable[[str], str | None], Iterable[str]]] = {
        "claim": (claim_kind, CLAIMS),
        "item": (item_name, ITEMS),
        "ethnic_group": (group_name, (*GROUPS, "white/bme", "bme/white", "white-bme", "bme-white")),
        "base": (base_name, (*ITEMS, ALL_GROUPS, ALL_CATEGORIES, KNOWN_ETHNICITY)),
        "unit": (unit_name, UNITS),
    }
    for column, (reader, words) in readers.items():
        yield from _unknown_words(table, column, reader, list(words), file)
    for index, value in table.loc[table["year"].ne("") & ~table["year"].str.contains(_YEAR), "year"].items():
        yield Problem(
            file, "a reporting year such as 2019-20", "Write the year as in 2019-20.", row=_row(index), column="year", found=repr(value)
        )
    yield from _what_a_claim_needs(table, file)


def _unknown_words(table: pd.DataFrame, column: str, reader: Callable[[str], str | None], words: list[str], file: str) -> Iterable[Problem]:
    for index, value in table.loc[table[column].ne("") | (column == "claim"), column].items():
        if reader(value) is None:
            close = difflib.get_close_matches(value.lower(), words, n=1, cutoff=0.5)
            action = f"Did you mean '{close[0]}'?" if close else "Use a word of the vocabulary; data/REGISTER.md explains it."
            yield Problem(file, "one of " + ", ".join(words), action, row=_row(index), column=column, found=repr(value))


def _what_a_claim_needs(table: pd.DataFrame, file: str) -> Iterable[Problem]:
    for index, row in table.iterrows():
        kind = claim_kind(row["claim"])
        if kind in FIGURES and not row["item"] and not row["refers_to"]:
            yield Problem(file, "an item, or figures it refers to", "Say what is counted in 'item', or name other rows in 'refers_to'.",
                          row=_row(index), column="item", found="an empty cell")  # fmt: skip
        if (
            kind == "share"
            and row["item"]
            and not row["base"]
            and item_name(row["item"]) not in ("survey", "board", None)
            and not row["refers_to"]
        ):
            yield Problem(file, "what it is a share of", "Name the base: an item, 'all groups' or 'all categories'.",
                          row=_row(index), column="base", found="an empty cell")  # fmt: skip
        if kind in (STATUS, LABEL) and not row["indicator"]:
            yield Problem(file, "the indicator it belongs to", "Write the number of the indicator, for example 3 or 5-6.",
                          row=_row(index), column="indicator", found="an empty cell")  # fmt: skip


def _normalised(table: pd.DataFrame) -> pd.DataFrame:
    readers = {"claim": claim_kind, "item": item_name, "ethnic_group": group_name, "base": base_name, "unit": unit_name}
    table = table.copy()
    for column, reader in readers.items():
        table[column] = [reader(value) or "" if value else "" for value in table[column]]
    return table


def _row(index) -> int:
    return int(index)  # the table's index is the number of the row as a spreadsheet shows it
