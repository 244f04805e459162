"""Reads ``published.csv``: the figures and claims somebody printed, one a row."""

import re
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
    SHARE,
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
from wres_helpers.tables.cell_readers import Read, Reader, any_text
from wres_helpers.tables.declared import Column, Table, read_table, shortened

_YEAR = re.compile(r"20\d\d\s*[-/–]\s*(?:20)?\d\d|31(?:st)?\s*(?:[./-]\s*0?3\s*[./-]|[Mm]arch)\s*(?:20)?\d\d")

#: How headings may also be written.
_HEADING_SYNONYMS = {
    "ethnic_group": ("group", "ethnicity"), "where": ("place", "page"), "printed": ("figure", "value"), "claim": ("kind", "type"),
    "breakdown": ("question",), "category": ("response", "grade"), "compare_with": ("compared_with",), "refers_to": ("formula",),
    "note": ("notes", "remark", "remarks", "comment", "comments"),
}  # fmt: skip

#: Columns that hold words of the vocabulary: what reads them, and the words.
_WORDS: dict[str, tuple[Callable[[str], str | None], tuple[str, ...]]] = {
    "claim": (claim_kind, tuple(CLAIMS)),
    "item": (item_name, ITEMS),
    "ethnic_group": (group_name, (*GROUPS, "white/bme", "bme/white", "white-bme", "bme-white")),
    "base": (base_name, (*ITEMS, ALL_GROUPS, ALL_CATEGORIES, KNOWN_ETHNICITY)),
    "unit": (unit_name, UNITS),
}


def _word(known: Callable[[str], str | None]) -> Reader:
    def read(text: str) -> Read:
        plain = any_text(text).value
        word = known(plain) if plain else ""
        return Read(word) if word is not None else Read(wrong="not in the vocabulary")

    return read


def _year(text: str) -> Read:
    plain = any_text(text)
    return plain if not plain.value or _YEAR.search(plain.value) else Read(wrong="no year", cure="Write the year as in 2019-20.")


def _column(name: str) -> Column:
    also, needed = _HEADING_SYNONYMS.get(name, ()), name in REQUIRED_COLUMNS
    if name in _WORDS:
        known, words = _WORDS[name]
        return Column(name, "one of " + ", ".join(words), _word(known), needed, filled=name == "claim", choices=words, also=also)
    if name == "year":
        return Column(name, "a reporting year such as 2019-20", _year, needed, filled=False, also=also)
    return Column(name, read=any_text, needed=needed, filled=name in ("id", "printed"), also=also)


REGISTER = Table("published", "a figure or claim that was printed", tuple(map(_column, REGISTER_COLUMNS)))


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
    # a register of headings only, as a new year begins, has no row to tell that its columns hold text
    table = reading.table.reindex(columns=list(REGISTER_COLUMNS), fill_value="").astype("str")
    told = {(problem.row, problem.column) for problem in reading.problems}
    unread = len(reading.table) == 0 or any(problem.row == 1 for problem in reading.problems)
    needed = [] if unread else [need for need in _what_rows_need(table, reading.file) if (need.row, need.column) not in told]
    problems = shortened([*reading.problems, *needed])
    if problems:
        raise InputProblems(problems)
    return table.reset_index(drop=True)


def _what_rows_need(table: pd.DataFrame, file: str) -> Iterable[Problem]:
    """Give what is wrong between the cells of a row, and between rows."""
    for row, name in table.loc[table["id"].ne("") & table.duplicated("id"), "id"].items():
        action = "Give the row an identifier of its own."
        yield Problem(file, "each identifier once", action, row=int(row), column="id", found=repr(name))
    for row, cells in table.iterrows():
        alone = not cells["refers_to"]
        lacking = {
            ("item", "an item, or figures it refers to", "Say what is counted in 'item', or name other rows in 'refers_to'."): (
                cells["claim"] in FIGURES and not cells["item"] and alone
            ),
            ("base", "what it is a share of", "Name the base: an item, 'all groups' or 'all categories'."): (
                cells["claim"] == SHARE and cells["item"] not in ("", "survey", "board") and not cells["base"] and alone
            ),
            ("indicator", "the indicator it belongs to", "Write the number of the indicator, for example 3 or 5-6."): (
                cells["claim"] in (STATUS, LABEL) and not cells["indicator"]
            ),
        }
        for (column, expected, action), lacks in lacking.items():
            if lacks:
                yield Problem(file, expected, action, row=int(row), column=column, found="an empty cell")
